/*
 * What is held on one person, for a request of subject access or a court's bundle: the rows, why each is
 * among them, and what in them speaks of somebody else, so that a person can decide what is taken out before
 * it is handed over. Nothing is taken out here. Who is meant and what tells is found by the caller.
 *
 * Sources of the practice: article 15 of the UK GDPR; Data Protection Act 2018, schedule 2, part 3
 * (protection of the rights of others).
 */
#ifndef TDM_REPORT_PERSON_H
#define TDM_REPORT_PERSON_H

#include "report/report.h"

/* Why a row is here: bits. X(NAME, code, words) */
#define TDM__HELD_MAP(X)                                                                                     \
    X(OWN, "about", "about this child")                                                                      \
    X(NAMED, "named", "names this person")                                                                   \
    X(ROLE, "role", "uses a word for this person's role; whether this person is meant, a reader must say")   \
    X(HOUSEHOLD, "household", "about a child of this person's household")

#define TDM__HELD_ENUM(name, code, words) TDM__HELD_##name,
typedef enum tdm__held_why { TDM__HELD_MAP(TDM__HELD_ENUM) TDM__HELD_WHYS } tdm__held_why;
#undef TDM__HELD_ENUM
const char *tdm__held_code(tdm__held_why why);
const char *tdm__held_words(tdm__held_why why);

typedef struct tdm__held_row {
    uint32_t event;
    uint32_t why; /* bit per tdm__held_why */
} tdm__held_row;

/* One place that speaks of somebody else, or may. Strings are the caller's. */
typedef struct tdm__third_party {
    size_t row;       /* in the rows of the report */
    tdm_str place;    /* "text", "facts: worker", "file" */
    const char *kind; /* "child", "worker", "phone" */
    const char *what; /* the kind in words */
    tdm_str who;      /* "child LN-2"; "" not known */
    tdm_str words;    /* as they stand there */
} tdm__third_party;

typedef struct tdm__person_report {
    const tdm_run *run;
    tdm_str id;
    uint32_t child; /* TDM_NO_INDEX: no child of the inputs */
    const tdm__person *const *people;
    size_t person_count; /* entries of the inputs with that id */
    const tdm__held_row *rows;
    size_t row_count;
    const tdm__third_party *third_parties; /* by row */
    size_t third_party_count;
    bool with_names; /* a list of names was looked for too */
} tdm__person_report;

tdm_status tdm__report_person_text(const tdm__person_report *report, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error);
tdm_status tdm__report_person_json(const tdm__person_report *report, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error);
tdm_status tdm__report_person_html(const tdm__person_report *report, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error);
/* The third parties alone, a line each, to work through in a spreadsheet. */
tdm_status tdm__report_person_csv(const tdm__person_report *report, const tdm__report_options *options,
                                  tdm_sink sink, tdm_error *error);

#endif
