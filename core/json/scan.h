/*
 * The strict scanner: decides whether text is JSON that we take, where each value stands and what it says.
 * Strings stay in the text, over what was written; numbers that are no plain digits are read by cJSON, from
 * text that can no longer surprise it.
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

/*
 * Checks all of `text` (no BOM) and adds its values. Names and strings are slices of `text`, written over
 * what stood there and ended by a zero byte each. On failure nothing is added; the room stays. Depth and
 * sizes are capped; nothing recurses. Duplicate names are not looked for.
 */
tdm_status tdm__json_scan(tdm__json_values *values, const tdm_allocator *allocator, char *text, size_t length,
                          tdm_str file, tdm_error *error);

/* The parts of values, once they are known to be right (scan_values.c): */
/* Escapes become what they stand for; the new length, never more than the old one. */
size_t tdm__json_unescape(char *text, size_t length);
/* is_whole: nothing but digits behind a sign. False: no memory. */
bool tdm__json_number_of(double *out, tdm_str number, bool is_whole);

#endif
