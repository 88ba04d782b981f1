/*
 * What of a scorecard may be shown, and where it stands. How it reads is in scorecard_words.c.
 */
#include "report/scorecard_view.h"

#include <string.h>

/* Figures are ordered by period, group, line, the figure itself (which wraps to 0) first. */
static int compare_place(const tdm__card_figure *figure, uint32_t period, uint32_t group, uint32_t line)
{
    if (figure->period != period)
        return figure->period < period ? -1 : 1;
    if (figure->group != group)
        return figure->group < group ? -1 : 1;
    uint32_t own = figure->line + 1u, wanted = line + 1u;
    return own < wanted ? -1 : own > wanted ? 1 : 0;
}

const tdm__card_figure *tdm__card_figure_of(const tdm__card_measure *measure, uint32_t period, uint32_t group,
                                            uint32_t line)
{
    size_t low = 0, high = measure->figure_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_place(&measure->figures[middle], period, group, line);
        if (order == 0)
            return &measure->figures[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool tdm__card_given(const tdm__card_figure *figure)
{
    return figure && figure->status == TDM__FIGURE_GIVEN;
}

const char *tdm__card_status(const tdm__card_figure *figure)
{
    switch (figure->status) {
    case TDM__FIGURE_GIVEN:
        return "given";
    case TDM__FIGURE_NONE:
        return "none";
    case TDM__FIGURE_NOT_ASSESSED:
        return "not-assessed";
    default:
        return "suppressed";
    }
}

const tdm__card_times *tdm__card_times_of(const tdm__card_measure *measure, uint32_t period, uint32_t group)
{
    if (!tdm__card_given(tdm__card_figure_of(measure, period, group, TDM_NO_INDEX)))
        return NULL;
    for (size_t i = 0; i < measure->times_count; i++) {
        const tdm__card_times *times = &measure->times[i];
        if (times->period == period && times->group == group)
            return times->shown ? times : NULL;
    }
    return NULL;
}

const char *tdm__card_without_lengths(const tdm__card_figure *figure)
{
    int64_t counted = figure->denominator == -1 ? figure->numerator : figure->denominator;
    return counted == 0 ? "none" : "c";
}

bool tdm__card_peer_given(const tdm__card_measure *measure, const tdm__card_peer *peer)
{
    return !peer->own || tdm__card_given(tdm__card_figure_of(measure, 0, peer->group, TDM_NO_INDEX));
}

int64_t tdm__card_left_out(bool *hidden, const tdm_scorecard *card, const tdm__card_figure *figure,
                           int reason)
{
    bool whole = figure->group == 0 && figure->period == 0;
    int64_t count = figure->left_out[reason];
    *hidden = count < 0 || (count > 0 && count < card->threshold);
    /* Of parts they could be subtracted from the whole; of a figure that is not shown they hint at it. */
    if (card->threshold > 1 &&
        (!whole || figure->status == TDM__FIGURE_SMALL || figure->status == TDM__FIGURE_BESIDE_SMALL))
        return 0;
    return *hidden ? 1 : count;
}

bool tdm__card_wants_words(const tdm__card_figure *figure)
{
    return tdm__card_given(figure) && figure->moved && figure->commentary.length == 0;
}

const tdm__measure_break *tdm__break_within(const tdm__card_measure *measure, tdm_day after, tdm_day until)
{
    for (size_t i = 0; i < measure->measure->break_count; i++) {
        const tdm__measure_break *one = &measure->measure->breaks[i];
        if (one->from > after && one->from <= until)
            return one;
    }
    return NULL;
}

tdm_run tdm__card_sources(const tdm_scorecard *card)
{
    return (tdm_run){.allocator = card->allocator,
                     .as_of = card->as_of,
                     .chronology = card->chronology,
                     .diagnostics = card->diagnostics,
                     .accounts = card->accounts,
                     .account_count = card->account_count};
}

tdm_status tdm__card_diagnosed(tdm__diagnosed **out, size_t *count, tdm__arena *arena,
                               const tdm_scorecard *card)
{
    const tdm__diagnostics *list = card->diagnostics;
    size_t items = list ? list->count : 0;
    *count = 0;
    *out = tdm__arena_array(arena, items, sizeof **out);
    if (!*out)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < items; i++) {
        const tdm__diagnostic *one = &list->items[i];
        size_t at = 0;
        while (at < *count && strcmp((*out)[at].code, one->code) != 0)
            at++;
        if (at == *count)
            (*out)[(*count)++] = (tdm__diagnosed){one->code, one->severity, 0, one->message};
        tdm__diagnosed *row = &(*out)[at];
        row->times += one->times > 0 ? one->times : 1;
        row->severity = one->severity > row->severity ? one->severity : row->severity;
    }
    return TDM_OK;
}
