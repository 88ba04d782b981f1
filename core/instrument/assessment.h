/*
 * A filled-in form as it was written, with the line of each entry. Whether it fits an instrument is
 * seen when it is scored.
 */
#ifndef TDM_INSTRUMENT_ASSESSMENT_H
#define TDM_INSTRUMENT_ASSESSMENT_H

#include "instrument/instrument.h"

typedef enum tdm__assessment_text {
    TDM__FORM_INSTRUMENT,
    TDM__FORM_VERSION,
    TDM__FORM_ID,
    TDM__FORM_CHILD,
    TDM__FORM_CARER,
    TDM__FORM_AGENCY,   /* code of an agency: who filled it in */
    TDM__FORM_AGE_BAND, /* code of the instrument's */
    TDM__FORM_ASSESSOR,
    TDM__FORM_ASSESSOR_ROLE,
    TDM__FORM_PURPOSE,
    TDM__FORM_STATUS,
    TDM__FORM_SUBJECT_TYPE,
    TDM__FORM_SUBJECT_ID,
    TDM__FORM_COUNT
} tdm__assessment_text;

/* What those texts may be that are one of a few words, separated by spaces. FHIR has its own lists, since a
 * response may have no status. */
#define TDM__FORM_PURPOSES "baseline review"
#define TDM__FORM_STATUSES "draft complete countersigned"
#define TDM__FORM_SUBJECTS "child carer home agency case"

typedef struct tdm__entry {
    tdm_str item;
    tdm__entry_state state;
    int32_t value;
    int32_t line;
} tdm__entry;

typedef struct tdm__remark {
    tdm_str item;
    tdm_str text;
    int32_t line;
} tdm__remark;

typedef struct tdm__target {
    tdm_str item;
    int32_t current;
    int32_t target;
    int32_t actual;
    bool has_current, has_target, has_actual;
    tdm_day by;
    int32_t line;
} tdm__target;

typedef struct tdm__condition {
    tdm_str name;
    int32_t line;
} tdm__condition;

/* Something that a lenient reading could not read. */
typedef struct tdm__left_out {
    tdm_str item; /* "": of no item, or of one without a valid code */
    int32_t line;
    struct tdm__left_out *next;
} tdm__left_out;

/* Arrays and strings live in the arena. */
struct tdm_assessment {
    tdm_allocator allocator;
    tdm__arena arena;
    tdm_str file;
    int32_t line;                                         /* of the object */
    tdm_str texts[TDM__FORM_COUNT];                       /* data NULL: not given */
    int32_t instrument_line, version_line, age_band_line; /* 0: that of the object */
    tdm_day date, recorded, window_from, window_to;
    tdm__entry *entries;
    size_t entry_count;
    tdm__condition *conditions;
    size_t condition_count;
    tdm__remark *evidence;
    size_t evidence_count;
    tdm__remark *child_words;
    size_t child_word_count;
    tdm__target *targets;
    size_t target_count;
    tdm__left_out *left_out, *left_out_last; /* in the order of the form */
    size_t left_out_count;
};

/* An empty form without days, to be filled in. file: copied. *out is freed with tdm_assessment_free in every
 * case. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__assessment_new(tdm_assessment **out, const tdm_allocator *allocator, tdm_str file,
                               tdm_error *error);
/* Remembers what a lenient reading leaves out, so that the score flags it. `item` must live as long as the
 * assessment. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__assessment_leave_out(tdm_assessment *assessment, tdm_str item, int32_t line);

#endif
