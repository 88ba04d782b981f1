/*
 * What was measured, put together by period and group: lines of one order, everything as the sum of the
 * groups, since each unit is of one group. Nothing is hidden here, and nothing is worked out.
 */
#include "engine/scorecard_parts.h"

#include <stdlib.h>
#include <string.h>

static const tdm__measured *answer_of(const tdm__card_work *work, size_t question)
{
    const tdm__measure_answer *answer = &work->answers[question];
    return work->reasons[question] || answer->reason ? NULL : &answer->measured;
}

/* --- lines --- */

static bool is_last_line(tdm_str name)
{
    return tdm__str_equal(name, TDM_LIT("not-recorded"));
}

static uint32_t line_of(const tdm_str *lines, size_t count, tdm_str name)
{
    for (size_t i = 0; i < count; i++)
        if (tdm__str_equal(lines[i], name))
            return (uint32_t)i;
    return TDM_NO_INDEX;
}

/* In the order in which they come, period by period, and what is not recorded last. */
static void gather_lines(tdm_str *lines, size_t *count, const tdm__card_work *work, size_t periods)
{
    tdm_str last = {NULL, 0};
    for (size_t p = 0; p < periods; p++) {
        const tdm__measured *measured = answer_of(work, p);
        for (size_t i = 0; measured && i < measured->line_count; i++)
            if (is_last_line(measured->lines[i]))
                last = measured->lines[i];
            else if (line_of(lines, *count, measured->lines[i]) == TDM_NO_INDEX)
                lines[(*count)++] = measured->lines[i];
    }
    if (last.data)
        lines[(*count)++] = last;
}

static tdm_status take_lines(tdm__carding *making, tdm__card_work *work)
{
    size_t room = 0, periods = making->card->period_count;
    for (size_t p = 0; p < periods; p++)
        room += answer_of(work, p) ? answer_of(work, p)->line_count : 0;
    tdm_str *lines = tdm__arena_array(&making->card->arena, room, sizeof *lines);
    if (!lines)
        return TDM_NO_MEMORY;
    gather_lines(lines, &work->out->line_count, work, periods);
    for (size_t i = 0; i < work->out->line_count; i++) {
        lines[i] = tdm__arena_copy(&making->card->arena, lines[i]);
        if (!lines[i].data)
            return TDM_NO_MEMORY;
    }
    work->out->lines = lines;
    return TDM_OK;
}

/* --- one group and period --- */

/* A tally in the making; lengths are counted first, then put in. */
typedef struct sum {
    tdm__tally *tally;
    int64_t *lines;
    tdm__length *lengths;
} sum;

static int64_t added(int64_t a, int64_t b)
{
    return a < 0 ? b : b < 0 ? a : a + b;
}

static void add_group(sum *s, const tdm__card_measure *out, const tdm__measured *measured,
                      const tdm__measured_group *group)
{
    tdm__tally *t = s->tally;
    t->numerator = added(t->numerator, group->numerator);
    t->denominator = measured->of_time && t->denominator >= 0 ? t->denominator
                                                              : added(t->denominator, group->denominator);
    for (size_t i = 0; i < measured->line_count; i++) {
        uint32_t line = line_of(out->lines, out->line_count, measured->lines[i]);
        if (line != TDM_NO_INDEX)
            s->lines[line] += group->lines[i];
    }
    for (size_t i = 0; i < TDM__UNCOUNTED_COUNT; i++)
        t->left_out[i] += group->left_out[i];
    if (group->length_count > 0)
        memcpy(s->lengths + t->length_count, group->lengths, group->length_count * sizeof *s->lengths);
    t->length_count += group->length_count;
}

static int compare_lengths(const void *a, const void *b)
{
    const tdm__length *left = a, *right = b;
    int order = (left->length > right->length) - (left->length < right->length);
    return order != 0 ? order : (left->censored > right->censored) - (left->censored < right->censored);
}

/* Numbers of a measured form as those of a figure. */
static void settle_numbers(tdm__tally *t, const tdm__measured *measured)
{
    bool is_number = measured->form == TDM__MEASURED_BREAKDOWN ||
                     (measured->form == TDM__MEASURED_TIMES && measured->within < 0);
    t->total = t->denominator;
    if (is_number) {
        t->numerator = t->denominator < 0 ? 0 : t->denominator;
        t->denominator = -1;
    }
    t->numerator = t->numerator < 0 ? 0 : t->numerator;
    for (size_t i = 0; i < t->length_count; i++)
        t->waiting += t->lengths[i].censored;
}

/* group: of the card, 0 everything. */
static bool belongs(const tdm__carding *making, size_t measured_group, size_t group)
{
    return group == 0 ||
           (measured_group < making->measured_count && making->group_of[measured_group] == group);
}

static size_t count_lengths(const tdm__carding *making, const tdm__measured *measured, size_t group)
{
    size_t count = 0;
    for (size_t i = 0; i < measured->group_count; i++)
        count += belongs(making, i, group) ? measured->groups[i].length_count : 0;
    return count;
}

static tdm_status tally(tdm__tally *out, tdm__carding *making, const tdm__card_measure *measure,
                        const tdm__measured *measured, size_t group)
{
    tdm__arena *arena = &making->scratch;
    size_t parts = 0;
    sum s = {out, tdm__arena_array(arena, measure->line_count, sizeof *s.lines),
             tdm__arena_array(arena, count_lengths(making, measured, group), sizeof *s.lengths)};
    if (!s.lines || !s.lengths)
        return TDM_NO_MEMORY;
    *out = (tdm__tally){.numerator = -1, .denominator = -1, .lines = s.lines, .lengths = s.lengths};
    for (size_t i = 0; i < measured->group_count; i++)
        if (belongs(making, i, group)) {
            add_group(&s, measure, measured, &measured->groups[i]);
            parts += measured->groups[i].length_count > 0;
        }
    if (parts > 1)
        qsort(s.lengths, out->length_count, sizeof *s.lengths, compare_lengths);
    if (out->denominator < 0 && measured->form != TDM__MEASURED_COUNT)
        out->denominator = 0; /* an area of the list in which there is no child */
    settle_numbers(out, measured);
    return TDM_OK;
}

/* --- all --- */

/* Why a question has no answer; NULL: it has one. Where nobody declares a time, how much of it is covered is
 * not known either. */
static const char *lacking(const tdm__carding *making, const tdm__card_work *work, size_t question)
{
    const char *reason = work->reasons[question] ? work->reasons[question] : work->answers[question].reason;
    return !reason && work->of_time && !making->sources.declares ? "not-covered" : reason;
}

static tdm_status tally_periods(tdm__carding *making, tdm__card_work *work)
{
    size_t groups = making->card->group_count;
    tdm_status status = TDM_OK;
    for (size_t p = 0; p < making->card->period_count; p++)
        for (size_t g = 0; status == TDM_OK && g < groups; g++) {
            tdm__tally *out = &work->tallies[p * groups + g];
            const char *reason = lacking(making, work, p) ? lacking(making, work, p)
                                                          : work->group_reasons[p * groups + g];
            *out = (tdm__tally){.reason = reason, .numerator = -1, .denominator = -1};
            if (!reason)
                status = tally(out, making, work->out, &work->answers[p].measured, g);
        }
    return status;
}

static tdm_status tally_quarters(tdm__carding *making, tdm__card_work *work)
{
    size_t periods = making->card->period_count;
    tdm_status status = TDM_OK;
    for (size_t q = 0; status == TDM_OK && q < making->quarter_count; q++) {
        const char *reason = work->measure->chart == TDM__CHART_NONE ? "none"
                                                                     : lacking(making, work, periods + q);
        work->quarters[q] = (tdm__tally){.reason = reason, .numerator = -1, .denominator = -1};
        if (!reason)
            status = tally(&work->quarters[q], making, work->out, &work->answers[periods + q].measured, 0);
    }
    return status;
}

/* Form, limits and the failure of a script are the same in every period; the first that tells is taken. */
static void take_form(tdm__carding *making, tdm__card_work *work)
{
    tdm__card_measure *out = work->out;
    size_t last = making->card->period_count;
    const tdm__measured *measured = NULL;
    for (size_t p = last; p-- > 0;) {
        const tdm__measure_answer *answer = &work->answers[p];
        measured = answer_of(work, p) ? answer_of(work, p) : measured;
        if (!work->reasons[p] && answer->reason) {
            out->file = answer->file;
            out->line = answer->line;
        }
    }
    out->within = -1;
    if (!measured)
        return;
    out->form = measured->form;
    out->counting = measured->counting;
    out->within = measured->within;
    out->at = measured->at;
    out->at_count = measured->at_count;
    work->of_time = measured->of_time;
}

/* What is assessed in no period for one reason is so as a whole. */
static void take_reason(const tdm__carding *making, tdm__card_work *work)
{
    const char *reason = lacking(making, work, 0);
    for (size_t p = 0; p < making->card->period_count; p++)
        if (!lacking(making, work, p) || strcmp(lacking(making, work, p), reason) != 0)
            return;
    work->out->reason = reason;
    work->out->words = tdm__card_reason_words(reason);
}

static tdm_status keep(tdm__carding *making, tdm__card_measure *out)
{
    tdm__arena *arena = &making->card->arena;
    tdm_span *at = tdm__arena_array(arena, out->at_count, sizeof *at);
    out->file = tdm__arena_copy(arena, out->file);
    if (!at || !out->file.data)
        return TDM_NO_MEMORY;
    if (out->at_count > 0)
        memcpy(at, out->at, out->at_count * sizeof *at);
    out->at = at;
    return TDM_OK;
}

tdm_status tdm__card_tallies(tdm__carding *making, tdm__card_work *work)
{
    size_t cells = making->card->period_count * making->card->group_count;
    work->tallies = tdm__arena_array(&making->scratch, cells, sizeof *work->tallies);
    work->quarters = tdm__arena_array(&making->scratch, making->quarter_count, sizeof *work->quarters);
    if (!work->tallies || !work->quarters)
        return TDM_NO_MEMORY;
    take_form(making, work);
    if (!work->out->reason)
        take_reason(making, work);
    tdm_status status = take_lines(making, work);
    if (status == TDM_OK)
        status = tally_periods(making, work);
    if (status == TDM_OK)
        status = tally_quarters(making, work);
    return status == TDM_OK ? keep(making, work->out) : status;
}
