/*
 * The children-in-need census while it is read, shared by cin_elements.c (which elements there are),
 * cin_census.c (XML to records of one child) and cin_events.c (records to events).
 */
#ifndef TDM_INGEST_CIN_H
#define TDM_INGEST_CIN_H

#include "ingest/draft.h"

/* What of the census is kept while a child is read. Those up to CIN_REVIEWS are rows of the account. */
typedef enum tdm__cin_type {
    TDM__CIN_DETAILS,
    TDM__CIN_ASSESSMENT,
    TDM__CIN_PLAN,
    TDM__CIN_SECTION_47,
    TDM__CIN_PROTECTION_PLAN,
    TDM__CIN_REVIEWS,
    TDM__CIN_REVIEW_DATE,
    TDM__CIN_CHILD,
    TDM__CIN_HEADER,
    TDM__CIN_TYPES
} tdm__cin_type;

/* Fields of the records, by type. */
enum {
    TDM__DETAILS_REFERRED,
    TDM__DETAILS_SOURCE,
    TDM__DETAILS_NEED,
    TDM__DETAILS_CLOSED,
    TDM__DETAILS_REASON,
    TDM__DETAILS_CONFERENCE,
    TDM__DETAILS_NO_ACTION
};
enum { TDM__ASSESSMENT_STARTED, TDM__ASSESSMENT_AUTHORISED, TDM__ASSESSMENT_FACTORS };
enum { TDM__PLAN_STARTED, TDM__PLAN_ENDED };
enum { TDM__S47_STARTED, TDM__S47_TARGET, TDM__S47_CONFERENCE, TDM__S47_NOT_REQUIRED };
enum { TDM__CPP_STARTED, TDM__CPP_ENDED, TDM__CPP_INITIAL, TDM__CPP_LATEST, TDM__CPP_PREVIOUS };
enum { TDM__REVIEW_ON };
enum {
    TDM__CHILD_ID,
    TDM__CHILD_BORN,
    TDM__CHILD_EXPECTED,
    TDM__CHILD_SEX,
    TDM__CHILD_GENDER,
    TDM__CHILD_DIED
};
enum { TDM__HEADER_COLLECTION, TDM__HEADER_YEAR, TDM__HEADER_REFERENCE };
#define TDM__CIN_FIELDS 7

typedef enum tdm__cin_role {
    TDM__CIN_HOLDS, /* holds elements */
    TDM__CIN_OPENS, /* holds elements and opens a record */
    TDM__CIN_FILLS, /* text of a field */
    TDM__CIN_ADDS,  /* text added to a field, by one space */
    TDM__CIN_DATES, /* text of a record of its own */
    TDM__CIN_PASSES /* known, and not read */
} tdm__cin_role;

#define TDM__CIN_ROOT (-1)

typedef struct tdm__cin_element {
    const char *name;
    int32_t parent; /* row of the table */
    tdm__cin_role role;
    tdm__cin_type record;
    int32_t field;
} tdm__cin_element;

/* Row of the table for an element below another; -1: not known there. */
int32_t tdm__cin_find_element(const char *name, int32_t parent);
const tdm__cin_element *tdm__cin_element_at(int32_t row);
/* Name of the element that fills a field. */
const char *tdm__cin_field_name(tdm__cin_type record, int32_t field);

/* Whether the value is one of the codes of the field; true where it has none. */
bool tdm__cin_code_is_known(tdm__cin_type record, int32_t field, tdm_str value);

typedef struct tdm__cin_record {
    tdm__cin_type type;
    int32_t line;
    uint32_t parent; /* record that holds it; TDM_NO_INDEX */
    tdm_str fields[TDM__CIN_FIELDS];
    int32_t lines[TDM__CIN_FIELDS];
} tdm__cin_record;

typedef struct tdm__cin {
    tdm__return *file;
    tdm__arena texts;   /* of the records of one child */
    tdm__arena scratch; /* of one event */
    tdm__draft draft;
    tdm__cin_record header;
    tdm__cin_record *records; /* of one child; the child itself first */
    size_t record_count, record_capacity;
    uint32_t source;
    tdm_day reference_day; /* TDM_DAY_NONE: not given */
} tdm__cin;

/* Checks the header once it has been read. */
tdm_status tdm__cin_header(tdm__cin *cin);
/* Turns the records of one child into a child and its events. */
tdm_status tdm__cin_child(tdm__cin *cin);
/* Registers the source. */
tdm_status tdm__cin_source(tdm__cin *cin);

#endif
