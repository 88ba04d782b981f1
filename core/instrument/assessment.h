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
    TDM__FORM_ASSESSOR,
    TDM__FORM_ASSESSOR_ROLE,
    TDM__FORM_PURPOSE,
    TDM__FORM_STATUS,
    TDM__FORM_SUBJECT_TYPE,
    TDM__FORM_SUBJECT_ID,
    TDM__FORM_COUNT
} tdm__assessment_text;

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

/* Arrays and strings live in the arena. */
struct tdm_assessment {
    tdm_allocator allocator;
    tdm__arena arena;
    tdm_str file;
    int32_t line;                   /* of the object */
    tdm_str texts[TDM__FORM_COUNT]; /* data NULL: not given */
    int32_t instrument_line, version_line;
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
};

#endif
