/*
 * The markup of a part, element by element. Names come without their namespace; those of a namespace
 * that is not Office's come as "". No DTD, no entities; depth and the length of a tag are capped.
 * Nothing else sees expat.
 */
#ifndef TDM_INGEST_ZIP_MARKUP_H
#define TDM_INGEST_ZIP_MARKUP_H

#include "ingest/zip_package.h"

#define TDM__MARKUP_DEPTH_MAX 256

typedef struct tdm__markup tdm__markup;

/* What is told while a part is read; each may be NULL. */
typedef struct tdm__markup_handlers {
    void (*start)(tdm__markup *markup, const char *name, const char *const *attributes);
    void (*end)(tdm__markup *markup, const char *name);
    void (*text)(tdm__markup *markup, tdm_str text);
} tdm__markup_handlers;

struct tdm__markup {
    void *payload;
    const tdm__markup_handlers *handlers;
    tdm__package *package;
    const char *what;
    tdm_error *error;
    tdm_status status; /* first failure; ends the reading */
    void *parser;
    int32_t depth;      /* of the element at hand, the root 1 */
    int32_t skip_depth; /* nothing is told of what lies in this element; 0: all is */
    size_t since_told;  /* bytes since the parser last told anything */
};

/*
 * Reads a part. What handlers report with tdm__markup_fail comes back.
 *
 * TDM_OK; what tdm__package_part_open and tdm__package_part_next give; TDM_INVALID_INPUT (no well-formed XML,
 * a DOCTYPE); TDM_TOO_LARGE (depth, a tag over 1 MiB).
 */
tdm_status tdm__markup_read(tdm__package *package, const char *part, const char *what,
                            const tdm__markup_handlers *handlers, void *payload, tdm_error *error);
/* For a start handler: nothing of the element is told any more, its end neither. */
void tdm__markup_skip(tdm__markup *markup);
/* Ends the reading; with TDM_OK nothing happens. */
void tdm__markup_keep(tdm__markup *markup, tdm_status status);
void tdm__markup_fail(tdm__markup *markup, tdm_status status, const char *words);
/* Value of the attribute of that name; NULL data: there is none. */
tdm_str tdm__markup_attribute(const char *const *attributes, const char *name);

#endif
