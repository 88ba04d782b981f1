/*
 * The one sentence that says what decided. Codes, grades and counts only: nothing that was written
 * in the form comes in.
 */
#include "instrument/score.h"

static const tdm__part *area_part(const tdm_score *score, size_t area)
{
    return &score->instrument->areas.items[area];
}

static const tdm__part *sub_area_part(const tdm_score *score, size_t sub_area)
{
    return &score->instrument->sub_areas.items[sub_area];
}

static const char *plural(int32_t count, const char *one, const char *more)
{
    return count == 1 ? one : more;
}

/* "decided by items A2a, A2c"; nothing for a sub-area that is its own item. */
static void put_deciding_items(tdm__text *out, const tdm_score *score, uint32_t sub_area)
{
    const tdm__part_result *result = &score->sub_areas[sub_area];
    const tdm__part *part = sub_area_part(score, result->takes != TDM__NO_PART ? result->takes : sub_area);
    const tdm__part *items = score->instrument->items.items;
    int32_t count = 0, put = 0;
    for (uint32_t i = part->first; i < part->first + part->count; i++)
        count += score->decides[i];
    if (count == 0 || tdm__str_equal(items[part->first].code, sub_area_part(score, sub_area)->code))
        return;
    tdm__text_puts(out, plural(count, ", decided by item ", ", decided by items "));
    for (uint32_t i = part->first; i < part->first + part->count; i++)
        if (score->decides[i])
            tdm__text_printf(out, "%s%.*s", put++ > 0 ? ", " : "", TDM_STR_ARGS(items[i].code));
}

/* "sub-area A2 is 4, decided by item A2c; sub-area A3 is 4, ..." */
static void put_deciding_sub_areas(tdm__text *out, const tdm_score *score, const tdm__part *area)
{
    int32_t put = 0;
    for (uint32_t i = area->first; i < area->first + area->count; i++) {
        if (!score->sub_areas[i].decides)
            continue;
        tdm__text_printf(out, "%ssub-area %.*s is %d", put++ > 0 ? "; " : "",
                         TDM_STR_ARGS(sub_area_part(score, i)->code), (int)score->sub_areas[i].grade);
        put_deciding_items(out, score, i);
    }
}

/* "H1, H5, H7 (2)": what a sum or count is made of; what adds one is only named. */
static void put_addends(tdm__text *out, const tdm_score *score, const tdm__part *area,
                        tdm__aggregation_kind kind)
{
    int32_t put = 0;
    for (uint32_t i = area->first; i < area->first + area->count; i++) {
        const tdm__part_result *result = &score->sub_areas[i];
        if (!result->decides)
            continue;
        tdm__text_printf(out, "%s%.*s", put++ > 0 ? ", " : "", TDM_STR_ARGS(sub_area_part(score, i)->code));
        if (kind == TDM__POLICY_SUM && result->grade != 1)
            tdm__text_printf(out, " (%d)", (int)result->grade);
    }
}

/* Whether each sub-area is its own item, so that people speak of items. */
static bool only_items(const tdm_score *score, const tdm__part *area)
{
    for (uint32_t i = area->first; i < area->first + area->count; i++) {
        const tdm__part *sub_area = sub_area_part(score, i);
        if (!tdm__str_equal(score->instrument->items.items[sub_area->first].code, sub_area->code))
            return false;
    }
    return true;
}

/* Which rule made a grade, where the deciding parts alone do not show it. */
static void put_rule(tdm__text *out, const tdm_score *score, uint32_t index)
{
    const tdm__part_result *area = &score->areas[index];
    if (area->override)
        tdm__text_printf(out, "; a grade of %d or worse stands whatever the others are",
                         (int)tdm__instrument_area_scale(score->instrument, index)->concern_from);
    else if (area->majority_not_clear)
        tdm__text_printf(out,
                         "; no grade has more than half of the %d sub-areas, so the most frequent stands, "
                         "of equally frequent ones the worst",
                         (int)area->graded);
}

/* Where an area is put together otherwise than the whole. */
static void put_own_policy(tdm__text *out, const tdm_score *score, uint32_t index)
{
    const tdm__aggregation *policy = tdm__score_policy(score, TDM__LEVEL_SUB_AREAS, index);
    if (policy != score->policies[TDM__LEVEL_SUB_AREAS])
        tdm__text_printf(out, "; put together by %s", policy->name);
}

static void put_missing(tdm__text *out, const tdm__part_result *result)
{
    const int32_t *counts = result->items.of_state;
    int32_t missing = counts[TDM__ENTRY_NOT_SEEN] + counts[TDM__ENTRY_NOT_RECORDED];
    if (missing > 0)
        tdm__text_printf(out, " (%d %s not scored)", (int)missing, plural(missing, "item", "items"));
}

static void put_reason(tdm__text *out, const tdm__part_result *result, const char *one, const char *more)
{
    switch (result->reason) {
    case TDM__REASON_NOT_APPLICABLE:
        tdm__text_puts(out, "nothing in it applies");
        break;
    case TDM__REASON_NOTHING_SCORED:
        tdm__text_puts(out, "nothing in it is scored");
        break;
    case TDM__REASON_NO_POLICY:
        tdm__text_puts(out, "the instrument gives no result for it");
        break;
    default:
        tdm__text_printf(out, "%d of %d %s graded", (int)result->graded, (int)result->applies,
                         plural(result->applies, one, more));
        if (result->reason == TDM__REASON_TOO_FEW_SCORED)
            tdm__text_printf(out, ", at least %d needed", (int)result->needed);
        else
            tdm__text_printf(out, "; it would lie between %d and %d of %d", (int)result->low,
                             (int)result->high, (int)result->max);
    }
}

static void put_band(tdm__text *out, const tdm__part_result *result)
{
    if (result->band)
        tdm__text_printf(out, ", in the band \"%.*s\"", TDM_STR_ARGS(result->band->label));
}

static void put_deciding(tdm__text *out, const tdm_score *score, const tdm__part *area,
                         tdm__aggregation_kind kind)
{
    bool any = false;
    for (uint32_t i = area->first; i < area->first + area->count; i++)
        any = any || score->sub_areas[i].decides;
    tdm__text_puts(out, any ? ": " : "");
    if (kind == TDM__POLICY_GRADE)
        put_deciding_sub_areas(out, score, area);
    else
        put_addends(out, score, area, kind);
}

static void put_area(tdm__text *out, const tdm_score *score, uint32_t index)
{
    const tdm__part_result *area = &score->areas[index];
    const tdm__part *part = area_part(score, index);
    tdm__aggregation_kind kind = tdm__score_policy(score, TDM__LEVEL_SUB_AREAS, index)->kind;
    if (kind == TDM__POLICY_NOTHING)
        return;
    tdm__text_printf(out, "%sArea %.*s is ", out->length > 0 ? " " : "", TDM_STR_ARGS(part->code));
    if (area->reason != TDM__REASON_NONE) {
        bool items = only_items(score, part);
        tdm__text_puts(out, "not assessed: ");
        put_reason(out, area, items ? "item" : "sub-area", items ? "items" : "sub-areas");
        put_band(out, area);
    } else {
        if (kind == TDM__POLICY_GRADE)
            tdm__text_printf(out, "graded %d", (int)area->grade);
        else
            tdm__text_printf(out, "%d of %d", (int)area->grade, (int)area->max);
        put_band(out, area);
        put_missing(out, area);
        put_deciding(out, score, part, kind);
        put_rule(out, score, index);
        put_own_policy(out, score, index);
    }
    tdm__text_char(out, '.');
}

static void put_conditions(tdm__text *out, const tdm_score *score)
{
    for (size_t i = 0; i < score->instrument->sub_areas.count; i++) {
        uint32_t takes = score->sub_areas[i].takes;
        if (takes == TDM__NO_PART)
            continue;
        tdm__text_printf(out, " By the condition recorded, sub-area %.*s takes the result of %.*s.",
                         TDM_STR_ARGS(sub_area_part(score, i)->code),
                         TDM_STR_ARGS(sub_area_part(score, takes)->code));
    }
}

static void put_total(tdm__text *out, const tdm_score *score)
{
    tdm__aggregation_kind kind = score->policies[TDM__LEVEL_AREAS]->kind;
    if (kind == TDM__POLICY_NOTHING || score->instrument->areas.count == 1)
        return;
    if (score->total.reason == TDM__REASON_NONE && kind == TDM__POLICY_GRADE) {
        tdm__text_printf(out, " All areas together are graded %d.", (int)score->total.grade);
    } else if (score->total.reason == TDM__REASON_NONE) {
        tdm__text_printf(out, " All areas together are %d of %d", (int)score->total.grade,
                         (int)score->total.max);
        put_band(out, &score->total);
        tdm__text_char(out, '.');
    } else {
        tdm__text_puts(out, " All areas together are not assessed: ");
        put_reason(out, &score->total, "area", "areas");
        put_band(out, &score->total);
        tdm__text_char(out, '.');
    }
}

tdm_status tdm__score_explain(tdm_score *score)
{
    tdm__text out;
    tdm__text_init(&out, &score->allocator);
    for (uint32_t i = 0; i < score->instrument->areas.count; i++)
        put_area(&out, score, i);
    put_conditions(&out, score);
    put_total(&out, score);
    if (!out.failed)
        score->sentence = tdm__arena_copy(&score->arena, tdm__text_str(&out));
    tdm__text_free(&out);
    return score->sentence.data ? TDM_OK : TDM_NO_MEMORY;
}
