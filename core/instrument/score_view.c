/*
 * Scores as other code reads them: small values, nothing computed.
 */
#include "instrument/score.h"

tdm_str tdm_score_instrument(const tdm_score *score)
{
    return score->instrument->texts[TDM__TEXT_ID];
}

tdm_str tdm_score_assessment(const tdm_score *score)
{
    return score->assessment;
}

tdm_str tdm_score_child(const tdm_score *score)
{
    return score->child;
}

tdm_day tdm_score_date(const tdm_score *score)
{
    return score->date;
}

tdm_day tdm_score_recorded(const tdm_score *score)
{
    return score->recorded;
}

tdm_str tdm_score_sentence(const tdm_score *score)
{
    return score->sentence;
}

static tdm_score_view view_of(const tdm__part_result *result, tdm_str code, tdm_str title)
{
    const int32_t *counts = result->items.of_state;
    return (tdm_score_view){
        .code = code,
        .title = title,
        .assessed = result->reason == TDM__REASON_NONE,
        .grade = result->grade,
        .reason = tdm__str(tdm__reason_code(result->reason)),
        .override = result->override,
        .majority_not_clear = result->majority_not_clear,
        .low = result->low,
        .high = result->high,
        .max = result->max,
        .scored = counts[TDM__ENTRY_SCORED],
        .not_seen = counts[TDM__ENTRY_NOT_SEEN],
        .not_applicable = counts[TDM__ENTRY_NOT_APPLICABLE],
        .not_recorded = counts[TDM__ENTRY_NOT_RECORDED],
        .has_worst = result->items.has_worst,
        .best = result->items.best,
        .worst = result->items.worst,
        .band = result->band ? result->band->label : (tdm_str){"", 0},
    };
}

bool tdm_score_area(tdm_score_view *out, const tdm_score *score, size_t area)
{
    *out = (tdm_score_view){0};
    if (area >= score->instrument->areas.count)
        return false;
    const tdm__part *part = &score->instrument->areas.items[area];
    *out = view_of(&score->areas[area], part->code, part->title);
    return true;
}

bool tdm_score_sub_area(tdm_score_view *out, const tdm_score *score, size_t area, size_t sub_area)
{
    *out = (tdm_score_view){0};
    if (area >= score->instrument->areas.count || sub_area >= score->instrument->areas.items[area].count)
        return false;
    size_t index = score->instrument->areas.items[area].first + sub_area;
    const tdm__part *part = &score->instrument->sub_areas.items[index];
    *out = view_of(&score->sub_areas[index], part->code, part->title);
    return true;
}

bool tdm_score_total(tdm_score_view *out, const tdm_score *score)
{
    tdm__aggregation_kind kind = score->policies[TDM__LEVEL_AREAS]->kind;
    *out = (tdm_score_view){0};
    if (kind == TDM__POLICY_NOTHING || kind == TDM__POLICY_SHARE)
        return false;
    *out = view_of(&score->total, (tdm_str){"", 0}, (tdm_str){"", 0});
    return true;
}
