/*
 * What an assessment came to, with all that is needed to explain it.
 */
#ifndef TDM_INSTRUMENT_SCORE_H
#define TDM_INSTRUMENT_SCORE_H

#include "instrument/assessment.h"
#include "json/json.h"

typedef enum tdm__reason {
    TDM__REASON_NONE,
    TDM__REASON_NO_POLICY,
    TDM__REASON_NOT_APPLICABLE,
    TDM__REASON_NOTHING_SCORED,
    TDM__REASON_TOO_FEW_SCORED,
    TDM__REASON_INCOMPLETE /* a sum or count needs all that applies */
} tdm__reason;

/* "too-few-scored"; "" for none. */
const char *tdm__reason_code(tdm__reason reason);

typedef struct tdm__item_counts {
    int32_t of_state[4]; /* by tdm__entry_state */
    bool has_worst;
    int32_t best;
    int32_t worst;
} tdm__item_counts;

/* One sub-area, area, or the total. */
typedef struct tdm__part_result {
    tdm__reason reason; /* NONE: assessed */
    int32_t grade;
    bool override;
    bool majority_not_clear;
    int32_t low, high, max;
    tdm__item_counts items;
    int32_t graded;  /* of the parts one level below */
    int32_t applies; /* of them */
    int32_t needed;
    uint32_t takes;        /* the sub-area whose result this is by a condition; else TDM__NO_PART */
    bool decides;          /* for the level above */
    const tdm__band *band; /* of an area or the total; NULL: none */
} tdm__part_result;

typedef struct tdm__raised_flag {
    const char *code; /* item, condition, draft, left-out, age-band */
    tdm_str part;     /* code of an item or sub-area; "" for the whole */
    tdm_str text;
} tdm__raised_flag;

struct tdm_score {
    tdm_allocator allocator;
    tdm__arena arena;
    const tdm_instrument *instrument;
    const tdm__aggregation *policies[TDM__LEVEL_COUNT]; /* of areas that have none of their own */
    tdm_str assessment, child;
    tdm_str carer, assessor; /* "": not given */
    tdm_day date, recorded;
    tdm_day window_from, window_to; /* TDM_DAY_NONE: not given */
    tdm_day next_due;  /* by the instrument's review_after; TDM_DAY_NONE: none, or in working days, which need
                          holidays */
    uint32_t age_band; /* TDM__NO_PART: the form names none of the instrument's */
    tdm__entry_state *states; /* of each item */
    int32_t *values;
    bool *decides;
    tdm__part_result *sub_areas;
    tdm__part_result *areas;
    tdm__part_result total;
    tdm__raised_flag *flags;
    size_t flag_count;
    tdm__target *targets; /* of the form, those of a known code */
    size_t target_count;
    tdm_str sentence;
};

/* The policy that made an area's results at that level; of the total whatever `area` is. */
const tdm__aggregation *tdm__score_policy(const tdm_score *score, tdm__level level, uint32_t area);
/* Finds the bands of the areas and the total, once these are there. */
void tdm__score_bands(tdm_score *score);
/* Fills the sentence. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__score_explain(tdm_score *score);
/* The score as one value, for a writer that has other things to write too. */
void tdm__score_put(tdm__json_writer *writer, const tdm_score *score);

#endif
