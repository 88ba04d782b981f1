/*
 * The strict scanner: decides whether text is JSON that we take, and where each value stands. What
 * the strings and numbers say is read later, by cJSON, from text that can no longer surprise it.
 */
#ifndef TDM_JSON_SCAN_H
#define TDM_JSON_SCAN_H

#include "json/json.h"

#define TDM_JSON_TEXT_BYTES_MAX   (64u * 1024u * 1024u)
#define TDM_JSON_VALUES_MAX       8000000u
#define TDM_JSON_NUMBER_BYTES_MAX 63u /* cJSON cuts longer ones */

/* Values lie in document order, so that the first child of a container is the value behind it. */
struct tdm__json_value {
    tdm_str name; /* in its object */
    tdm_str string;
    double number;    /* of a bool: 0 or 1 */
    uint32_t count;   /* items or members */
    uint32_t subtree; /* values in it, itself included: where the next sibling stands */
    int32_t line;
    int32_t column;
    uint8_t type; /* tdm__json_type */
    bool last;    /* no sibling behind it */
};

typedef struct tdm__json_values {
    tdm__json_value *items;
    size_t count;
    size_t capacity;
} tdm__json_values;

/*
 * Checks all of `text` (no BOM) and lists its values with type, line, count and subtree.
 * On failure `out` is empty. Depth and sizes are capped; nothing recurses.
 */
tdm_status tdm__json_scan(tdm__json_values *out, const tdm_allocator *allocator, tdm_str text, tdm_str file,
                          tdm_error *error);

#endif
