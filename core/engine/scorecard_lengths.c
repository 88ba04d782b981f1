/*
 * Lengths of a measure: mean and quartiles of those that have ended, survival with those that still wait.
 * Under a threshold the steps of a survival curve are put together, so that no step tells of a few.
 */
#include "engine/scorecard_parts.h"

#include <math.h>

static tdm_status describe(tdm__card_times *out, tdm__carding *making, const tdm__tally *t)
{
    int32_t *ended = tdm__arena_array(&making->scratch, t->length_count, sizeof *ended);
    size_t count = 0;
    int64_t sum = 0;
    if (!ended)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < t->length_count; i++)
        if (!t->lengths[i].censored) {
            sum += t->lengths[i].length;
            ended[count++] = t->lengths[i].length;
        }
    if (count == 0)
        return TDM_OK;
    out->mean_tenths = tdm__mean_tenths(sum, (int64_t)count);
    out->lower_doubled = tdm__quantile_doubled(ended, count, 250);
    out->median_doubled = tdm__quantile_doubled(ended, count, 500);
    out->upper_doubled = tdm__quantile_doubled(ended, count, 750);
    return TDM_OK;
}

/* --- survival --- */

static bool is_enough(int64_t count, int32_t threshold)
{
    return count == 0 || count >= threshold;
}

static bool may_stand(const tdm__survival_step *step, int32_t threshold)
{
    return is_enough(step->ended, threshold) && is_enough(step->waiting, threshold);
}

/* What happened in `more` happened in the step too; it lies where the later of them lies. */
static void put_together(tdm__survival_step *step, const tdm__survival_step *more)
{
    int64_t at_risk = step->at_risk, ended = step->ended, waiting = step->waiting;
    *step = *more;
    step->at_risk = at_risk;
    step->ended += ended;
    step->waiting += waiting;
}

/* In place: each step is put together with those after it until it may stand, what is left over at the end
 * with those before. Gives how many stand. */
static size_t put_few_together(tdm__survival_step *steps, size_t count, int32_t threshold)
{
    size_t made = 0;
    bool open = false;
    for (size_t i = 0; i < count; i++) {
        if (open)
            put_together(&steps[made - 1], &steps[i]);
        else
            steps[made++] = steps[i];
        open = !may_stand(&steps[made - 1], threshold);
    }
    for (; made > 1 && !may_stand(&steps[made - 1], threshold); made--)
        put_together(&steps[made - 2], &steps[made - 1]);
    return made == 1 && !may_stand(&steps[0], threshold) ? 0 : made;
}

static int32_t days_of(tdm_span span)
{
    return span.unit == TDM_SPAN_MONTHS ? (int32_t)(((int64_t)span.count * 36525 + 600) / 1200) : span.count;
}

/* Steps up to the day. */
static size_t steps_by(const tdm__survival_step *steps, size_t count, int32_t day)
{
    size_t by = 0;
    while (by < count && steps[by].length <= day)
        by++;
    return by;
}

/*
 * full   every step there is
 * shown  those that may be seen: a share on a day between two of them would tell what each hides
 */
static tdm__card_share share_at(tdm_span span, const tdm__survival_step *full, size_t full_count,
                                const tdm__survival_step *shown, size_t shown_count)
{
    tdm__card_share out = {.span = span, .day = days_of(span), .share = 1, .low = NAN, .high = NAN};
    size_t by = steps_by(full, full_count, out.day), seen = steps_by(shown, shown_count, out.day);
    bool followed = by < full_count || full[full_count - 1].share == 0 ||
                    full[full_count - 1].length == out.day;
    bool seen_whole = by == 0 || (seen > 0 && shown[seen - 1].length == full[by - 1].length);
    out.given = followed && seen_whole;
    if (out.given && by > 0) {
        out.share = full[by - 1].share;
        out.low = full[by - 1].low;
        out.high = full[by - 1].high;
    }
    return out;
}

static tdm_status survive(tdm__card_times *out, tdm__carding *making, const tdm__card_measure *measure,
                          const tdm__tally *t)
{
    tdm__survival_step *full, *steps;
    size_t count;
    tdm__arena *arena = &making->card->arena;
    tdm_status status = tdm__survival(&full, &count, &making->scratch, t->lengths, t->length_count);
    if (status != TDM_OK)
        return status;
    tdm__card_share *at = tdm__arena_array(arena, measure->at_count, sizeof *at);
    steps = tdm__arena_array(arena, count, sizeof *steps);
    if (!at || !steps)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        steps[i] = full[i];
    out->middle = tdm__survival_median_of(full, count);
    out->step_count = put_few_together(steps, count, making->card->threshold);
    out->steps = steps;
    for (size_t i = 0; i < measure->at_count; i++)
        at[i] = share_at(measure->at[i], full, count, steps, out->step_count);
    out->at = at;
    return TDM_OK;
}

/* --- all --- */

static tdm_status fill(tdm__card_times *out, tdm__carding *making, const tdm__card_work *work,
                       const tdm__tally *t)
{
    bool survival = work->out->form == TDM__MEASURED_SURVIVAL;
    out->mean_tenths = out->median_doubled = out->lower_doubled = out->upper_doubled = -1;
    if (t->reason)
        return TDM_OK;
    out->count = t->shown_count;
    out->waiting = t->shown_waiting;
    out->shown = t->length_count > 0 && t->shown_count >= 0 && (!survival || t->shown_waiting >= 0);
    if (!out->shown)
        return TDM_OK;
    tdm_status status = describe(out, making, t);
    return status == TDM_OK && survival ? survive(out, making, work->out, t) : status;
}

static bool spans_in_months(const tdm__card_measure *out)
{
    bool months = false;
    for (size_t i = 0; i < out->at_count; i++)
        months = months || out->at[i].unit == TDM_SPAN_MONTHS;
    return months;
}

tdm_status tdm__card_lengths(tdm__carding *making, tdm__card_work *work)
{
    tdm__card_measure *out = work->out;
    size_t groups = making->card->group_count, cells = making->card->period_count * groups;
    tdm_status status = TDM_OK;
    if (out->form != TDM__MEASURED_TIMES && out->form != TDM__MEASURED_SURVIVAL)
        return TDM_OK;
    tdm__card_times *times = tdm__arena_array(&making->card->arena, cells, sizeof *times);
    if (!times)
        return TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < cells; i++) {
        times[i].period = (uint32_t)(i / groups);
        times[i].group = (uint32_t)(i % groups);
        status = fill(&times[i], making, work, &work->tallies[i]);
    }
    out->times = times;
    out->times_count = cells;
    return status == TDM_OK && spans_in_months(out)
               ? tdm__card_note(making, work, "A month stands for the twelfth part of 365.25 days.")
               : status;
}
