/*
 * Column maps: what the headings of an agency's return mean, as a person wrote it down once. Parsing
 * and checking only; table_return.c applies them.
 */
#ifndef TDM_INGEST_MAP_H
#define TDM_INGEST_MAP_H

#include "ingest/draft.h"

#define TDM__SHARED (-1) /* of every event of a row */

/* A heading that the map names, whatever for. */
typedef struct tdm__heading {
    tdm_str written; /* in the map */
    tdm_str folded;
    bool mapped; /* else ignored */
} tdm__heading;

/* One column filling one field of all events of a row or of one of them. */
typedef struct tdm__binding {
    uint32_t heading;
    int32_t event; /* number of the dated column, or TDM__SHARED */
    tdm__how how;  /* its rules are the map's */
    bool has_values;
    tdm__dictionary theirs; /* folded */
    const tdm_str *ours;    /* same order */
    bool labelled;          /* the heading goes before the text */
    bool joins;             /* text behind text that another column gave, with `join` between */
    tdm_str join;
} tdm__binding;

/* A dated column: a row in which it is filled gives an event of this kind. */
typedef struct tdm__dated_column {
    uint32_t kind;
} tdm__dated_column;

typedef struct tdm__constant {
    tdm__how how;
    tdm_str value;
} tdm__constant;

typedef struct tdm__map {
    const tdm_allocator *allocator;
    tdm__arena arena;
    tdm_str agency;   /* "" when neither given nor needed */
    tdm_str encoding; /* "" or one of those that tdm__decode takes */
    char delimiter;   /* 0: guess */
    int32_t header_row;
    bool has_header_row;    /* the map gives it; else a workbook or document is searched */
    tdm__dictionary sheets; /* folded names of those that the map is for; none: any */
    bool has_order;         /* the map says which of day and month comes first */
    tdm_date_rules rules;
    tdm__dictionary folded; /* of the headings, same order */
    tdm__heading *headings;
    size_t heading_capacity;
    tdm__binding *bindings;
    size_t binding_count, binding_capacity;
    tdm__dated_column *dated;
    size_t dated_count;
    tdm__constant *constants;
    size_t constant_count;
    uint32_t *in_part; /* kinds of which the return holds some alone, such as the latest */
    size_t in_part_count;
} tdm__map;

/*
 * Parses a column map.
 *
 * out   set to NULL first; freed with tdm__map_free, before `vocabulary` and `allocator` go
 * dates  how dates are read where the map does not say; NULL: the defaults
 * json  may be freed afterwards
 *
 * TDM_OK; TDM_INVALID_INPUT with file, line and member; what tdm__json_parse gives; TDM_NO_MEMORY.
 */
tdm_status tdm__map_parse(tdm__map **out, const tdm_allocator *allocator, const tdm_vocabulary *vocabulary,
                          const tdm_date_rules *dates, tdm_str json, tdm_str file, tdm_error *error);
void tdm__map_free(tdm__map *map); /* accepts NULL */

/* Whether rows give an event of their own, beside those of dated columns. */
bool tdm__map_has_own_event(const tdm__map *map);
/* Whether the map is for a sheet of this name: it says so, or says nothing of sheets. TDM_NO_MEMORY. */
tdm_status tdm__map_names_sheet(bool *out, const tdm__map *map, tdm_str sheet);
bool tdm__map_fills(const tdm__map *map, tdm__field field);
tdm_str tdm__map_constant(const tdm__map *map, tdm__field field);

#endif
