/*
 * The figures of a measure from its tallies: percent, rate, and what stands in place of a number.
 */
#include "engine/scorecard_parts.h"

#include "engine/suppress.h"

static int64_t percent(int64_t numerator, int64_t denominator)
{
    return numerator < 0 || denominator < 1 ? -1 : tdm__percent_tenths(numerator, denominator);
}

static int64_t rate(const tdm__card_work *work, const tdm__card_group *group, int64_t numerator)
{
    return work->measure->per < 1 || group->population < 1 || numerator < 0
               ? -1
               : tdm__rate_tenths(numerator, group->population, work->measure->per);
}

static tdm__figure_status status_of(const tdm__tally *t, uint8_t mark)
{
    if (t->reason)
        return TDM__FIGURE_NOT_ASSESSED;
    return mark == TDM__CELL_SMALL          ? TDM__FIGURE_SMALL
           : mark == TDM__CELL_BESIDE_SMALL ? TDM__FIGURE_BESIDE_SMALL
                                            : TDM__FIGURE_GIVEN;
}

static tdm__card_figure new_figure(const tdm__card_work *work, const tdm__tally *t, size_t period,
                                   size_t group)
{
    tdm__card_figure figure = {.group = (uint32_t)group,
                               .period = (uint32_t)period,
                               .line = TDM_NO_INDEX,
                               .status = status_of(t, t->mark),
                               .reason = t->reason,
                               .words = TDM_LIT(""),
                               .numerator = -1,
                               .denominator = -1,
                               .percent_tenths = -1,
                               .rate_tenths = -1,
                               .commentary = TDM_LIT("")};
    if (t->reason)
        figure.words = work->out->reason ? work->out->words : tdm__card_reason_words(t->reason);
    return figure;
}

static tdm__card_figure figure_itself(const tdm__card_work *work, const tdm__tally *t,
                                      const tdm__card_group *of, size_t period, size_t group)
{
    tdm__card_figure figure = new_figure(work, t, period, group);
    if (t->reason)
        return figure;
    figure.numerator = t->shown_numerator;
    figure.denominator = t->shown_denominator;
    figure.percent_tenths = percent(figure.numerator, figure.denominator);
    figure.rate_tenths = rate(work, of, figure.numerator);
    bool no_lengths = work->out->form == TDM__MEASURED_TIMES && t->total == 0;
    if (figure.status == TDM__FIGURE_GIVEN && (figure.denominator == 0 || no_lengths))
        figure.status = TDM__FIGURE_NONE;
    for (size_t i = 0; i < TDM__UNCOUNTED_COUNT; i++)
        figure.left_out[i] = t->left_out[i];
    return figure;
}

/* The whole of which a line is a part is hidden only with the figure itself. */
static tdm__card_figure figure_of_line(const tdm__card_work *work, const tdm__tally *t,
                                       const tdm__card_figure *itself, const tdm__card_group *of, size_t line)
{
    tdm__card_figure figure = new_figure(work, t, itself->period, itself->group);
    bool whole_shown = work->out->form == TDM__MEASURED_BREAKDOWN || work->out->within < 0
                           ? itself->numerator >= 0
                           : itself->denominator >= 0;
    figure.line = (uint32_t)line;
    if (t->reason)
        return figure;
    figure.status = status_of(t, t->line_marks[line]);
    figure.numerator = figure.status == TDM__FIGURE_GIVEN ? t->lines[line] : TDM__NOT_SHOWN;
    figure.denominator = whole_shown ? t->total : TDM__NOT_SHOWN;
    figure.percent_tenths = percent(figure.numerator, figure.denominator);
    figure.rate_tenths = rate(work, of, figure.numerator);
    if (figure.status == TDM__FIGURE_GIVEN && figure.denominator == 0)
        figure.status = TDM__FIGURE_NONE;
    return figure;
}

tdm_status tdm__card_figures(tdm__carding *making, tdm__card_work *work)
{
    const tdm_scorecard *card = making->card;
    tdm__card_measure *out = work->out;
    size_t cells = card->period_count * card->group_count, at = 0;
    work->figures = tdm__arena_array(&making->card->arena, cells * (out->line_count + 1),
                                     sizeof *work->figures);
    if (!work->figures)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < cells; i++) {
        size_t period = i / card->group_count, group = i % card->group_count;
        const tdm__tally *t = &work->tallies[i];
        const tdm__card_figure *itself = &work->figures[at];
        work->figures[at++] = figure_itself(work, t, &card->groups[group], period, group);
        for (size_t line = 0; line < out->line_count; line++)
            work->figures[at++] = figure_of_line(work, t, itself, &card->groups[group], line);
    }
    out->figures = work->figures;
    out->figure_count = at;
    return TDM_OK;
}
