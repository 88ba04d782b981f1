/*
 * An event in the making: fields by their names in NDJSON and column maps, each read from text in its
 * own way; then split into a start and an end where it spans an episode, and added for each child.
 */
#ifndef TDM_INGEST_DRAFT_H
#define TDM_INGEST_DRAFT_H

#include "ingest/reader.h"

typedef enum tdm__field {
    TDM__FIELD_CHILD,
    TDM__FIELD_HOUSEHOLD, /* whose children a row about "household" reaches */
    TDM__FIELD_OCCURRED,
    TDM__FIELD_OCCURRED_AS_WRITTEN,
    TDM__FIELD_TIME,
    TDM__FIELD_ENDED,
    TDM__FIELD_RECORDED,
    TDM__FIELD_AGENCY,
    TDM__FIELD_KIND,
    TDM__FIELD_KIND_AS_WRITTEN,
    TDM__FIELD_THEME,
    TDM__FIELD_POLARITY,
    TDM__FIELD_SIGNIFICANCE,
    TDM__FIELD_CHILD_SEEN,
    TDM__FIELD_SEEN_ALONE,
    TDM__FIELD_VOICE,
    TDM__FIELD_ROLE,
    TDM__FIELD_SIGNIFICANCE_BY,
    TDM__FIELD_ACTION,
    TDM__FIELD_OUTCOME,
    TDM__FIELD_TEXT,
    TDM__FIELD_ANALYSIS,
    TDM__FIELD_REFERENCE,
    TDM__FIELD_INCIDENT,
    TDM__FIELD_EPISODE,
    TDM__FIELD_FACT, /* "facts.KEY" */
    TDM__FIELDS
} tdm__field;

/* Why a value could not be taken as it stands. */
typedef enum tdm__problem {
    TDM__FINE,
    TDM__PROBLEM_DATE,      /* kept as undated, with what was written */
    TDM__PROBLEM_ENDED,     /* the same of the end */
    TDM__PROBLEM_TIME,      /* left out */
    TDM__PROBLEM_RECORDED,  /* left out */
    TDM__PROBLEM_KIND,      /* kind "other", with what was written */
    TDM__PROBLEM_AGENCY,    /* taken as it is */
    TDM__PROBLEM_THEME,     /* left out */
    TDM__PROBLEM_WORD,      /* left out */
    TDM__PROBLEM_FACT,      /* left out */
    TDM__PROBLEM_FACT_CODE, /* kept */
    TDM__PROBLEM_FACT_KEY,  /* kept */
    TDM__PROBLEM_MEMORY,
    TDM__PROBLEMS
} tdm__problem;

typedef struct tdm__draft {
    const tdm_vocabulary *vocabulary;
    const tdm_allocator *allocator;
    tdm__arena *scratch; /* strings made for this event; reset by the owner */
    tdm__event_input event;
    tdm_str child, household;
    char child_split; /* between several children; 0: one */
    bool has_time;    /* from a field of its own, which goes before one behind the date */
    bool has_ended;
    tdm_date ended;
    tdm_str ended_as_written; /* only where it differs from the canonical form */
    tdm__fact_input *facts;
    size_t fact_count, fact_capacity;
    uint64_t facts_known; /* bits of those in the vocabulary */
    tdm__fact_input *end_facts;
    size_t end_fact_capacity;
} tdm__draft;

void tdm__draft_init(tdm__draft *draft, const tdm_vocabulary *vocabulary, const tdm_allocator *allocator,
                     tdm__arena *scratch);
void tdm__draft_free(tdm__draft *draft);
/* An event of which nothing is known yet; keeps the room for facts. */
void tdm__draft_clear(tdm__draft *draft);

/* TDM__FIELDS when there is none. *key is the part behind "facts.". */
tdm__field tdm__field_named(tdm_str *key, tdm_str name);
const char *tdm__field_name(tdm__field field);
/* Where a field of plain text is kept; TDM__STRING_FIELDS for any other. */
tdm__string_field tdm__field_string(tdm__field field);

/* How one field reads its values: the rules for its dates, what parts its lists, which fact it is. */
typedef struct tdm__how {
    tdm__field field;
    tdm_str fact_key;
    uint32_t fact; /* in the vocabulary; TDM_NO_INDEX: none, or unknown */
    const tdm_date_rules *rules;
    char split; /* between the items of a list; 0: one space */
} tdm__how;

/* Reads a value, trimmed and not empty, into the draft. */
tdm__problem tdm__draft_read(tdm__draft *draft, const tdm__how *how, tdm_str value);

/* Tells a problem: code, severity and words from one table. value: what may be told only once. */
tdm_status tdm__note_problem(tdm__return *file, tdm__problem problem, int32_t row, tdm_str column,
                             tdm_str value);

/* Adds the event for each child that it is about. *landed is false when the row is set aside, and a
 * diagnostic has said why. */
tdm_status tdm__draft_add(bool *landed, tdm__return *file, tdm__draft *draft);

#endif
