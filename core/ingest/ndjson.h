/*
 * Our own events, one JSON object a line, shared by the files that read them: ndjson.c (lines and
 * their types), ndjson_sources.c (what says where rows came from), ndjson_event.c (one event). How lines are
 * made ready for them is ndjson_lines.h's.
 */
#ifndef TDM_INGEST_NDJSON_H
#define TDM_INGEST_NDJSON_H

#include "ingest/ndjson_lines.h"

/* A source that a line describes, or that an event names; registered before the first event. */
typedef struct tdm__ndjson_source {
    tdm__source_input input; /* strings in the file's arena */
    tdm__period *covers, *no_contact;
    size_t cover_capacity, no_contact_capacity;
    const uint32_t *replaces; /* sources of earlier lines */
    size_t replace_count;
    uint32_t number; /* in the builder */
} tdm__ndjson_source;

typedef struct tdm__ndjson {
    tdm__return *file;
    tdm__arena scratch;
    tdm__draft draft;
    int32_t line;
    tdm__ndjson_source *sources;
    size_t source_count, source_capacity;
    tdm__dictionary source_keys; /* name, sheet, agency; and name, sheet */
    uint32_t *source_numbers;    /* in the builder, by key */
    size_t source_number_capacity;
    uint32_t own_source; /* for events that name none; TDM_NO_INDEX until needed */
    tdm__text key;
} tdm__ndjson;

/* Lines of type "source" and "coverage", gathered by a first walk. */
tdm_status tdm__ndjson_add_source(tdm__ndjson *reading, const tdm__json_value *object);
tdm_status tdm__ndjson_add_coverage(tdm__ndjson *reading, const tdm__json_value *object);
/* Hands what was gathered to the builder. */
tdm_status tdm__ndjson_register_sources(tdm__ndjson *reading);
/* The source that an event names, made when no line described it; the file itself when `named` is NULL. Of a
 * part of an input that describes sources TDM_NO_INDEX where it is none of them. */
tdm_status tdm__ndjson_source_of(uint32_t *out, tdm__ndjson *reading, const tdm__json_value *named,
                                 tdm_str agency);
void tdm__ndjson_sources_free(tdm__ndjson *reading);

/* One event; *landed is false when it is set aside, and a diagnostic has said why. */
tdm_status tdm__ndjson_event(bool *landed, tdm__ndjson *reading, const tdm__ndjson_line *line,
                             const tdm__json_value *object);

/* Members of `object` that are none of `names` (ended by NULL): a diagnostic each. */
tdm_status tdm__ndjson_note_unknown(tdm__ndjson *reading, const tdm__json_value *object,
                                    const char *const *names);
/* A date member; undated with a diagnostic when it cannot be read. */
tdm_status tdm__ndjson_date(tdm_date *out, tdm__ndjson *reading, const tdm__json_value *object,
                            const char *name);

#endif
