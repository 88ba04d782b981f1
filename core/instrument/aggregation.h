/*
 * Aggregation policies: pure integer functions from the grades below to the one above, in a table.
 * What is missing, and how much may be, is decided before a policy is asked.
 */
#ifndef TDM_INSTRUMENT_AGGREGATION_H
#define TDM_INSTRUMENT_AGGREGATION_H

#include "base/text.h"

/* Grades that are there; at least one. */
typedef struct tdm__grades {
    const int32_t *values;
    size_t count;
    bool higher_is_worse;
    bool has_concern;     /* the scale says from where on a grade is a concern */
    int32_t concern_from; /* that grade and all worse ones */
} tdm__grades;

typedef struct tdm__grade {
    int32_t value;
    bool override;           /* a concern decided, whatever the others are */
    bool majority_not_clear; /* the most frequent decided, but it has no more than half */
} tdm__grade;

typedef enum tdm__aggregation_kind {
    TDM__POLICY_GRADE,  /* the result is on the scale */
    TDM__POLICY_SUM,    /* the result adds up; complete only when nothing is missing */
    TDM__POLICY_COUNT,  /* how many are a concern; complete only when nothing is missing */
    TDM__POLICY_SHARE,  /* how many are a concern, of those that are there */
    TDM__POLICY_NOTHING /* no result at this level */
} tdm__aggregation_kind;

typedef struct tdm__aggregation {
    const char *name;
    tdm__aggregation_kind kind;
    void (*apply)(tdm__grade *out, const tdm__grades *grades); /* `out` zeroed before */
    bool needs_concern;                                        /* the scale must say what a concern is */
    bool concern_decides; /* one concern makes the result one, whatever is missing */
    bool weighs;          /* items count by their weight */
} tdm__aggregation;

/* NULL when there is none of that name. */
const tdm__aggregation *tdm__aggregation_named(tdm_str name);
/* All names, for messages: "worst, majority, ...". */
const char *tdm__aggregation_names(void);
/* Row by row; NULL behind the last. */
const tdm__aggregation *tdm__aggregation_at(size_t index);

bool tdm__grade_worse(const tdm__grades *scale, int32_t a, int32_t b);
bool tdm__grade_concern(const tdm__grades *scale, int32_t grade);

#endif
