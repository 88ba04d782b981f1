/*
 * What changed between two scores of one instrument, and how sure that is. A fall that no item bears
 * out is never called better; what one of the two does not tell cannot be compared.
 */
#ifndef TDM_INSTRUMENT_COMPARE_H
#define TDM_INSTRUMENT_COMPARE_H

#include "instrument/score.h"

typedef enum tdm__change {
    TDM__CHANGE_BETTER,
    TDM__CHANGE_WORSE,
    TDM__CHANGE_NOT_CLEAR,
    TDM__CHANGE_NOT_COMPARABLE,
    TDM__CHANGE_COUNT
} tdm__change;

/* "no-clear-change" */
const char *tdm__change_code(tdm__change change);

/* Why a change is not clear or cannot be told; the rows of `reasons` in compare.c. */
typedef enum tdm__change_reason {
    TDM__CHANGED,
    TDM__SAME_GRADE,
    TDM__SAME_GRADE_ITEMS_WORSE, /* an override may hold a grade still while all below it falls */
    TDM__OTHER_CHILD_OR_CARER,
    TDM__OTHER_INSTRUMENT,
    TDM__OTHER_VERSION,
    TDM__OTHER_POLICY,
    TDM__WINDOW_MISSING,
    TDM__WINDOW_OVERLAP,
    TDM__NOT_IN_BOTH,
    TDM__NOT_ASKED, /* at the child's age, either time */
    TDM__NOT_ASSESSED_BEFORE,
    TDM__NOT_ASSESSED_NOW,
    TDM__CONDITION_ONCE,
    TDM__OTHER_ITEMS,
    TDM__WITHIN_SPREAD,
    TDM__NOT_RELIABLE,
    TDM__MAJORITY_NOT_CLEAR,
    TDM__ITEM_LOST,
    TDM__NO_ITEM_BETTER,
    TDM__NOT_MORE_BETTER,
    TDM__NO_ITEM_WORSE,
    TDM__CHANGE_REASON_COUNT
} tdm__change_reason;

const char *tdm__change_reason_code(tdm__change_reason reason);
/* The reason as the end of a sentence; "" for none. */
const char *tdm__change_reason_words(tdm__change_reason reason);

/* Items of a part by what became of them. */
typedef struct tdm__moves {
    int32_t better, worse;
    int32_t lost;       /* graded before, not now */
    int32_t found;      /* graded now, not before */
    bool has_lost;      /* `worst_lost` is set */
    int32_t worst_lost; /* of the grades that were lost */
} tdm__moves;

typedef struct tdm__compared_part {
    const tdm__part *part; /* NULL for the total */
    tdm__change change;
    tdm__change_reason reason;
    bool has_before, has_now;
    int32_t before, now;
    int32_t steps; /* grades of the scale, or points of a sum; above 0: better */
    bool has_spread;
    int32_t spread; /* steps between two assessors of one visit, the most there was */
    tdm__moves moves;
    tdm_str sentence;
} tdm__compared_part;

/* What the later assessment says of a target of the earlier one. */
typedef enum tdm__target_outcome {
    TDM__TARGET_NOT_SET, /* the form names the item, but no grade to reach */
    TDM__TARGET_REACHED,
    TDM__TARGET_NOT_REACHED,
    TDM__TARGET_NOT_YET, /* not reached, on a day before the one it was set for */
    TDM__TARGET_NOT_ASSESSED,
    TDM__TARGET_NOT_COMPARABLE, /* as the two assessments are not */
    TDM__TARGET_OUTCOME_COUNT
} tdm__target_outcome;

/* "not-reached" */
const char *tdm__target_outcome_code(tdm__target_outcome outcome);
/* "not reached" */
const char *tdm__target_outcome_words(tdm__target_outcome outcome);

typedef struct tdm__followed_target {
    const tdm__target *target; /* of the earlier score */
    tdm_str title;             /* of its item, sub-area or area */
    tdm__target_outcome outcome;
    bool has_now;
    int32_t now;
} tdm__followed_target;

typedef struct tdm__moved_item {
    tdm_str code;
    int32_t before, now;
    bool better;
} tdm__moved_item;

/* Two scores of one visit by different assessors. */
typedef struct tdm__visit_pair {
    const tdm_score *one, *other;
} tdm__visit_pair;

/* What a policy says of an instrument's total; `given` false: nothing. */
typedef struct tdm__reliability {
    bool given;
    double reliability;        /* from 0 to below 1 */
    double standard_deviation; /* above 0, in points of the total */
    tdm_str source;
} tdm__reliability;

typedef struct tdm__comparison_input {
    const tdm_score *before, *now;
    const tdm__visit_pair *pairs; /* of the same instrument; give the spread */
    size_t pair_count;
    tdm__reliability reliability;
} tdm__comparison_input;

/* Arrays in the instrument's order (that of `before`); scores and pairs must outlive it. */
typedef struct tdm__comparison {
    tdm_allocator allocator;
    tdm__arena arena;
    const tdm_score *before, *now;
    tdm__change_reason reason; /* TDM__CHANGED, or why the whole cannot be compared */
    tdm__compared_part *areas;
    tdm__compared_part *sub_areas;
    tdm__compared_part total;
    bool has_total;
    tdm__moved_item *items;
    size_t item_count;
    tdm__followed_target *targets; /* those of `before`, in its order */
    size_t target_count;
    bool has_index; /* the policy gives what the Reliable Change Index needs, and there are two totals */
    double index;   /* above 0: better */
    tdm_str source; /* of what the index rests on */
    tdm_str sentence;
} tdm__comparison;

/* Whether two scores are of one visit: same instrument, child and carer, another assessor, and the same day
 * or windows that share a day. */
bool tdm__same_visit(const tdm_score *one, const tdm_score *other);

/* *out set to NULL first. TDM_OK or TDM_NO_MEMORY: what cannot be compared is said in the result. */
tdm_status tdm__comparison_make(tdm__comparison **out, const tdm_allocator *allocator,
                                const tdm__comparison_input *input);
void tdm__comparison_free(tdm__comparison *comparison); /* accepts NULL */

/* Follows the targets, once the whole is judged. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__comparison_follow_targets(tdm__comparison *comparison);
/* Fills the sentences of all parts and of the whole. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__comparison_explain(tdm__comparison *comparison);
/* What became of a part in two to four words: "one grade better", "no clear change", "not assessed now". */
void tdm__comparison_words(tdm__text *text, const tdm__comparison *comparison, const tdm__compared_part *part,
                           tdm__level level);
/* One object (comparison.schema.json). */
void tdm__comparison_put(tdm__json_writer *writer, const tdm__comparison *comparison);
/* A few lines: heading, a sentence each area, the whole. */
void tdm__comparison_text(tdm__text *text, const tdm__comparison *comparison);

#endif
