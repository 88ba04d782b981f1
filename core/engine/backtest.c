/*
 * Counting what two runs and a replay say of one indicator.
 */
#include "engine/backtest.h"

#include <stdlib.h>

static const tdm__prompt *prompt_of(const tdm__child_result *child, uint32_t indicator)
{
    for (size_t i = 0; i < child->prompt_count; i++)
        if (child->prompts[i].indicator == indicator)
            return &child->prompts[i];
    return NULL;
}

static tdm_answer answer_of(const tdm__child_result *child, uint32_t indicator)
{
    const tdm__prompt *prompt = prompt_of(child, indicator);
    if (prompt)
        return prompt->answer;
    for (size_t i = 0; i < child->no_prompt_count; i++)
        if (child->no_prompts[i].indicator == indicator)
            return child->no_prompts[i].answer;
    return TDM_NOT_MET;
}

static bool fired(tdm_answer answer)
{
    return answer == TDM_MET || answer == TDM_POSSIBLE;
}

static tdm_day knowable_on(const tdm__replay *replay, size_t place)
{
    const tdm__replayed_child *child = &replay->children[place];
    return child->count > 0 ? child->items[0].met_on : TDM_DAY_NONE;
}

static void add_child(tdm__backtest *out, const tdm_run *run, size_t place, const tdm_run *against,
                      uint32_t against_indicator, const tdm__replay *replay)
{
    const tdm__child_result *child = &run->children[place];
    const tdm__prompt *prompt = prompt_of(child, out->indicator);
    tdm__backtest_child found = {.child = child->child,
                                 .answer = answer_of(child, out->indicator),
                                 .first_met = prompt ? prompt->first_met : TDM_DAY_NONE,
                                 .knowable = replay ? knowable_on(replay, place) : TDM_DAY_NONE};
    found.against = against ? answer_of(&against->children[place], against_indicator) : found.answer;
    if (!fired(found.answer) && !fired(found.against))
        return;
    tdm_day day = found.knowable != TDM_DAY_NONE ? found.knowable : found.first_met;
    found.step_up = tdm__step_up_after(child, day);
    if (found.step_up.day != TDM_DAY_NONE)
        found.days_before = found.step_up.day - day;
    out->gained += fired(found.against) && !fired(found.answer);
    out->lost += fired(found.answer) && !fired(found.against);
    out->stepped_up += found.step_up.day != TDM_DAY_NONE;
    out->children[out->child_count++] = found;
}

static void count_overlap(tdm__backtest *out, uint32_t other)
{
    tdm__backtest_overlap *overlap = &out->overlaps[out->overlap_count++];
    *overlap = (tdm__backtest_overlap){.indicator = other};
    for (size_t i = 0; i < out->run->child_count; i++) {
        const tdm__child_result *child = &out->run->children[i];
        bool has = prompt_of(child, other) != NULL;
        overlap->children += has;
        overlap->both += has && prompt_of(child, out->indicator);
    }
}

static int compare_days(const void *a, const void *b)
{
    const int32_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static tdm_status find_median(tdm__backtest *out, tdm__arena *arena)
{
    size_t count = 0;
    int32_t *days = tdm__arena_array(arena, out->stepped_up, sizeof *days);
    if (!days)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < out->child_count; i++)
        if (out->children[i].step_up.day != TDM_DAY_NONE)
            days[count++] = out->children[i].days_before;
    if (count == 0)
        return TDM_OK;
    qsort(days, count, sizeof *days, compare_days);
    out->median_days_before = days[(count - 1) / 2];
    return TDM_OK;
}

tdm_status tdm__backtest_make(tdm__backtest *out, tdm__arena *arena, const tdm_run *run, uint32_t indicator,
                              const tdm_run *against, uint32_t against_indicator, const tdm__replay *replay)
{
    *out = (tdm__backtest){.run = run,
                           .indicator = indicator,
                           .has_against = against != NULL,
                           .has_knowable = replay != NULL,
                           .against_title = against ? against->policy_title : (tdm_str){"", 0},
                           .against_definition = {"", 0},
                           .children = tdm__arena_array(arena, run->child_count, sizeof *out->children),
                           .overlaps = tdm__arena_array(arena, run->indicator_count, sizeof *out->overlaps)};
    if (!out->children || !out->overlaps)
        return TDM_NO_MEMORY;
    if (against)
        out->against_definition = against->indicators[against_indicator].definition;
    for (size_t i = 0; i < run->child_count; i++)
        add_child(out, run, i, against, against_indicator, replay);
    for (uint32_t i = 0; i < run->indicator_count; i++)
        if (i != indicator && run->indicators[i].on)
            count_overlap(out, i);
    return find_median(out, arena);
}
