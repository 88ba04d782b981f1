/*
 * Forms of national collections as tables of fields: what a record of the form becomes, and how its
 * rows are keyed. Shared by the Standard Safeguarding Dataset (ssd*.c), the DfE's API (dfe_api*.c) and the
 * school census (school_census*.c), which say where records come from.
 */
#ifndef TDM_INGEST_NATIONAL_H
#define TDM_INGEST_NATIONAL_H

#include "ingest/cin.h"

#define TDM__NATIONAL_EVENTS     3
#define TDM__NATIONAL_FIELDS_MAX 24

/* Their word for a thing and ours; lists end with a NULL. Case does not matter. */
typedef struct tdm__word {
    const char *theirs;
    const char *ours;
} tdm__word;

typedef enum tdm__national_use {
    TDM__USE_PASSED, /* known, and not read */
    TDM__USE_CHILD,
    TDM__USE_REFERENCE,
    TDM__USE_DATE,   /* on which the event happened */
    TDM__USE_ANCHOR, /* day on which the episode started, where that is another than the first event's */
    TDM__USE_ONLY,   /* the event is one only where this value is among the words, or begins like one */
    TDM__USE_FIELD,
    TDM__USE_FACT,
    TDM__USE_OUTCOME /* flags in JSON, told in words as the outcome */
} tdm__national_use;

typedef struct tdm__national_field {
    const char *name; /* of the column or member, in small letters */
    tdm__national_use use;
    int32_t event; /* of the form's events */
    bool or_first; /* goes to the first event while its own has not come */
    tdm__field field;
    const char *fact;
    const tdm__word *words; /* NULL: as it is; a value that is none of them is kept and told */
    tdm__cin_type code_of;  /* the census field whose codes it has; the zero field: none */
    int32_t code_field;
} tdm__national_field;

typedef enum tdm__national_when {
    TDM__WHEN_ALWAYS, /* without a date it is kept as undated */
    TDM__WHEN_DATED,
    TDM__WHEN_TOLD,    /* a date, or anything else of it */
    TDM__WHEN_NO_OTHER /* none of the events before it came; on the day of the first */
} tdm__national_when;

typedef struct tdm__national_event {
    const char *kind; /* NULL: there are no more */
    tdm__national_when when;
    const char *as_written; /* for a kind that has no words of its own; NULL: none */
} tdm__national_event;

typedef struct tdm__national_form {
    const char *name;
    const tdm__national_field *fields; /* facts in the order in which the census has them */
    size_t field_count;
    const char *episode;       /* NULL: none */
    bool keyed_as_census;      /* by its cells, so that it meets the census's own; else by its reference */
    const char *not_opened_by; /* fact whose yes opens no episode while there is no end; NULL: none */
    tdm__national_event events[TDM__NATIONAL_EVENTS];
} tdm__national_form;

typedef struct tdm__national_record {
    const tdm__national_form *form;
    tdm_str child;
    int32_t row;
    const tdm_str *values; /* one a field of the form, trimmed */
    const int32_t *rows;   /* where each stands; NULL: all in `row` */
    tdm_str anchor;        /* as TDM__USE_ANCHOR; "" */
} tdm__national_record;

typedef struct tdm__national {
    tdm__return *file;
    tdm_str agency;
    tdm__arena scratch; /* of one event */
    tdm__arena texts;   /* of one record */
    tdm__draft draft;
    uint32_t source;
    bool doubtful[TDM__NATIONAL_FIELDS_MAX]; /* a column whose day and month cannot be told apart */
} tdm__national;

void tdm__national_init(tdm__national *reading, tdm__return *file, tdm_str agency);
void tdm__national_free(tdm__national *reading);
/* Registers the source, which can carry what these forms give. */
tdm_status tdm__national_source(tdm__national *reading, const tdm__national_form *const *forms, size_t count);

/*
 * Adds the events of a record. *landed is false when it is set aside, and a diagnostic has said why.
 *
 * TDM_OK; TDM_NO_MEMORY.
 */
tdm_status tdm__national_add(bool *landed, tdm__national *reading, const tdm__national_record *record);

/* Words that several forms have: categories of abuse, sexes, reasons why a child's care begins or ends. */
extern const tdm__word tdm__national_categories[], tdm__national_sexes[], tdm__national_care_started[],
    tdm__national_care_ended[];

/* The word for a value; NULL data: there is none. `part`: the value need only begin like one. */
tdm_str tdm__word_for(const tdm__word *words, tdm_str value, bool part);
#define TDM__NO_FIELD SIZE_MAX

/*
 * Reads a date that may have the time of day that databases give to any: midnight is none. *minute -1.
 * field: of the form, for what is known of its column; TDM__NO_FIELD.
 */
bool tdm__national_date(tdm_date *out, int32_t *minute, const tdm__national *reading, size_t field,
                        tdm_str value);
/* As the census writes a day; as it was written where it is no exact day. In `arena`. NULL data: no memory.
 */
tdm_str tdm__national_day_text(tdm__arena *arena, const tdm__national *reading, size_t field, tdm_str value);
/* Whether a field holds dates. */
bool tdm__national_holds_dates(const tdm__national *reading, const tdm__national_field *field);

/*
 * What an outcome in JSON says, in words: of {"OUTCOME_NEW_REFERRAL_FLAG": "Y", "COMMENTS": "..."} the
 * flags that are set, then texts as they are. Anything that is no such JSON stays as it was written.
 */
tdm_status tdm__national_outcome(tdm_str *out, tdm__national *reading, tdm_str written);

/* --- rows of CSV --- */

/* What is done with a row. `values` are trimmed, one a name. */
typedef struct tdm__national_rows {
    size_t name_count;
    const char *(*name)(const void *payload,
                        size_t at); /* heading in small letters; twice: both are filled */
    tdm_status (*row)(bool *landed, void *payload, const tdm_str *values, int32_t row);
    void *payload;
    bool headings_open;                                  /* other headings are not told */
    bool (*holds_dates)(const void *payload, size_t at); /* NULL: no column does */
    const tdm_date_rules *rules;                         /* of the dates */
    bool *doubtful; /* one a name: set before the first row where a column holds dates of both orders */
} tdm__national_rows;

/*
 * Walks over the rows of a CSV file whose headings are known, and counts them. A heading that has no
 * name is told once; a row that cannot be read is set aside.
 *
 * TDM_OK; TDM_INVALID_INPUT: the heading cannot be read; TDM_NO_MEMORY; what polling gives.
 */
tdm_status tdm__national_walk(tdm__return *file, const tdm__national_rows *rows, tdm_error *error);
/* How many cells of the first line are headings that `known` takes; *cells is how many there are. */
size_t tdm__national_headings(size_t *cells, tdm_str content,
                              bool (*known)(tdm_str heading, const void *payload), const void *payload);

#endif
