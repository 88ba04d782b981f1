/*
 * Many events at once of which each is a child, an exact day, agency, kind, strings and facts, and no more:
 * most rows of most returns. What comes of them is what tdm__builder_event makes of one after the other.
 */
#ifndef TDM_CHRONOLOGY_PLAIN_EVENTS_H
#define TDM_CHRONOLOGY_PLAIN_EVENTS_H

#include "chronology/chronology.h"

typedef struct tdm__plain_event {
    uint64_t row_key;
    tdm_day day;
    uint32_t row, kind;
    uint32_t agency; /* from tdm__builder_agency */
} tdm__plain_event;

/* Strings of all of them: that of the i-th is first[i * stride]. */
typedef struct tdm__plain_strings {
    const tdm_str *first;
    size_t stride;
    tdm__string_field field; /* each at most once; of the children nothing */
} tdm__plain_strings;

/* One fact of all of them, each key at most once. */
typedef struct tdm__plain_facts {
    uint32_t key;           /* from tdm__builder_fact, as the values are */
    const uint32_t *values; /* TDM_NO_INDEX: this one has none */
} tdm__plain_facts;

/* Of one call: what is looked up for so many stays in the nearest cache. */
#define TDM__PLAIN_EVENTS_MAX 256

typedef struct tdm__plain_events {
    uint32_t source;
    const tdm__plain_event *events;
    size_t count;
    tdm__plain_strings children;
    const tdm__plain_strings *strings;
    size_t string_count;
    const tdm__plain_facts *facts;
    size_t fact_count;
} tdm__plain_events;

/* What an agency, or a fact with its value, is called in the events to be added. TDM_NO_MEMORY,
 * TDM_TOO_LARGE. */
tdm_status tdm__builder_agency(uint32_t *out, tdm__builder *builder, tdm_str code);
tdm_status tdm__builder_fact(uint32_t *key, uint32_t *value, tdm__builder *builder,
                             const tdm__fact_input *fact);
/* Adds them all; statuses of tdm__builder_event, TDM_INVALID_ARG also for too many. */
tdm_status tdm__builder_plain_events(tdm__builder *builder, const tdm__plain_events *added);

#endif
