/*
 * The targets that an assessment set, and whether the next one reached them. What it does not say, or what
 * cannot be compared, is never taken as reached.
 */
#include "instrument/compare.h"

typedef struct outcome_row {
    const char *code;
    const char *words;
} outcome_row;

static const outcome_row outcomes[TDM__TARGET_OUTCOME_COUNT] = {
    [TDM__TARGET_NOT_SET] = {"not-set", "no grade to reach was set"},
    [TDM__TARGET_REACHED] = {"reached", "reached"},
    [TDM__TARGET_NOT_REACHED] = {"not-reached", "not reached"},
    [TDM__TARGET_NOT_YET] = {"not-yet", "not reached yet; its day has not come"},
    [TDM__TARGET_NOT_ASSESSED] = {"not-assessed", "not assessed"},
    [TDM__TARGET_NOT_COMPARABLE] = {"not-comparable", "cannot be compared"},
};

const char *tdm__target_outcome_code(tdm__target_outcome outcome)
{
    return outcomes[outcome].code;
}

const char *tdm__target_outcome_words(tdm__target_outcome outcome)
{
    return outcomes[outcome].words;
}

/* What a score says of a code: of an item first, then of a sub-area, then of an area. */
typedef struct found_part {
    const tdm__part *part; /* NULL: there is none of that code */
    const tdm__scale *scale;
    bool assessed;
    int32_t grade;
} found_part;

static found_part result_part(const tdm__part *part, const tdm__scale *scale, const tdm__part_result *result)
{
    return (found_part){part, scale, result->reason == TDM__REASON_NONE, result->grade};
}

static found_part find(const tdm_score *score, tdm_str code)
{
    const tdm_instrument *instrument = score->instrument;
    uint32_t at = tdm__instrument_find_item(instrument, code);
    if (at != TDM__NO_PART)
        return (found_part){&instrument->items.items[at], tdm__instrument_item_scale(instrument, at),
                            score->states[at] == TDM__ENTRY_SCORED, score->values[at]};
    at = tdm__instrument_find_part(&instrument->sub_areas, code);
    if (at != TDM__NO_PART)
        return result_part(&instrument->sub_areas.items[at], tdm__instrument_sub_area_scale(instrument, at),
                           &score->sub_areas[at]);
    at = tdm__instrument_find_part(&instrument->areas, code);
    if (at != TDM__NO_PART)
        return result_part(&instrument->areas.items[at], tdm__instrument_area_scale(instrument, at),
                           &score->areas[at]);
    return (found_part){0};
}

static tdm__target_outcome outcome_of(const tdm__comparison *c, const tdm__target *target,
                                      const found_part *now)
{
    if (!target->has_target)
        return TDM__TARGET_NOT_SET;
    if (c->reason != TDM__CHANGED || !now->part)
        return TDM__TARGET_NOT_COMPARABLE;
    if (!now->assessed)
        return TDM__TARGET_NOT_ASSESSED;
    tdm__grades grades = tdm__scale_grades(now->scale);
    if (!tdm__grade_worse(&grades, now->grade, target->target))
        return TDM__TARGET_REACHED;
    return target->by != TDM_DAY_NONE && c->now->date < target->by ? TDM__TARGET_NOT_YET
                                                                   : TDM__TARGET_NOT_REACHED;
}

tdm_status tdm__comparison_follow_targets(tdm__comparison *comparison)
{
    tdm__comparison *c = comparison;
    c->targets = tdm__arena_array(&c->arena, c->before->target_count + 1, sizeof *c->targets);
    if (!c->targets)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < c->before->target_count; i++) {
        const tdm__target *target = &c->before->targets[i];
        found_part was = find(c->before, target->item), now = find(c->now, target->item);
        tdm__followed_target *out = &c->targets[c->target_count++];
        *out = (tdm__followed_target){target, was.part ? was.part->title : TDM_LIT(""),
                                      .outcome = outcome_of(c, target, &now)};
        out->has_now = now.assessed && out->outcome != TDM__TARGET_NOT_COMPARABLE;
        out->now = out->has_now ? now.grade : 0;
    }
    return TDM_OK;
}
