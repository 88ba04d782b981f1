/*
 * What of a measure may be shown: every number that a writer prints becomes a cell, everything that readers
 * know to add up a sum, and suppress.h says which cells stay out. Here is only what a cell and a sum are.
 */
#include "engine/scorecard_parts.h"

#include "engine/suppress.h"

#include <string.h>

/* Cells of one number by period, group and line; index 0 of each is the total of the others. */
typedef struct table {
    size_t base;
    size_t periods, groups, lines; /* lines: 1 and those that there are */
} table;

typedef struct hiding {
    tdm__carding *making;
    tdm__card_work *work;
    int64_t *counts;
    uint8_t *marks;
    size_t count, room;
    tdm__sum *sums;
    size_t sum_count, sum_room;
    bool of_share;                /* there is a numerator beside the whole */
    table whole, numerator, rest; /* of the periods */
    table waiting;                /* lines: 0 where there is none */
    table left_out[TDM__UNCOUNTED_COUNT];
    table quarter_whole, quarter_numerator, quarter_rest; /* a row of periods, without a total */
} hiding;

static size_t cells_of(const table *t)
{
    return t->periods * t->groups * t->lines;
}

static uint32_t cell(const table *t, size_t period, size_t group, size_t line)
{
    return (uint32_t)(t->base + (period * t->groups + group) * t->lines + line);
}

static table new_table(hiding *h, size_t periods, size_t groups, size_t lines)
{
    table t = {h->count, periods, groups, lines};
    h->count += cells_of(&t);
    return t;
}

/* --- sums --- */

static tdm_status push_sums(hiding *h, const tdm__sum *sums, size_t count)
{
    if (h->sum_count + count > h->sum_room) {
        size_t room = h->sum_room * 2 + count;
        tdm__sum *grown = tdm__arena_array(&h->making->scratch, room, sizeof *grown);
        if (!grown)
            return TDM_NO_MEMORY;
        if (h->sum_count > 0)
            memcpy(grown, h->sums, h->sum_count * sizeof *grown);
        h->sums = grown;
        h->sum_room = room;
    }
    if (count > 0)
        memcpy(h->sums + h->sum_count, sums, count * sizeof *sums);
    h->sum_count += count;
    return TDM_OK;
}

static tdm_status push_parts(hiding *h, uint32_t total, const uint32_t *parts, size_t count)
{
    uint32_t *kept = tdm__arena_array(&h->making->scratch, count, sizeof *kept);
    if (!kept)
        return TDM_NO_MEMORY;
    memcpy(kept, parts, count * sizeof *kept);
    return push_sums(h, &(tdm__sum){total, kept, count}, 1);
}

/* Whether a cell is the sum of `count` cells from `first` on, `stride` apart; what has no number proves
 * nothing. */
static bool adds_up(const hiding *h, size_t total, size_t first, size_t stride, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (h->counts[first + i * stride] < 0)
            return true;
        sum += h->counts[first + i * stride];
    }
    return h->counts[total] < 0 || h->counts[total] == sum;
}

static bool periods_add(const hiding *h, const table *t)
{
    size_t row = t->groups * t->lines;
    bool adds = t->periods > 1;
    for (size_t i = 0; adds && i < row; i++)
        adds = adds_up(h, t->base + i, t->base + row + i, row, t->periods - 1);
    return adds;
}

static bool groups_add(const hiding *h, const table *t)
{
    bool adds = t->groups > 1;
    for (size_t p = 0; adds && p < t->periods; p++)
        for (size_t l = 0; adds && l < t->lines; l++)
            adds = adds_up(h, cell(t, p, 0, l), cell(t, p, 0, l) + t->lines, t->lines, t->groups - 1);
    return adds;
}

static bool lines_add(const hiding *h, const table *t)
{
    bool adds = t->lines > 1;
    for (size_t i = 0; adds && i < t->periods * t->groups; i++)
        adds = adds_up(h, t->base + i * t->lines, t->base + i * t->lines + 1, 1, t->lines - 1);
    return adds;
}

/* What is counted on the last day of a period is the same for the whole and for its last part. */
static tdm_status tie_last_period(hiding *h, const table *t)
{
    size_t row = t->groups * t->lines, last = (t->periods - 1) * row;
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < row; i++)
        if (h->counts[t->base + i] != h->counts[t->base + last + i])
            return TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < row; i++) {
        uint32_t part = (uint32_t)(t->base + last + i);
        status = push_parts(h, (uint32_t)(t->base + i), &part, 1);
    }
    return status;
}

static tdm_status add_table_sums(hiding *h, const table *t)
{
    tdm__sum *sums;
    size_t count;
    tdm__dimension dimensions[] = {
        {t->periods, periods_add(h, t)}, {t->groups, groups_add(h, t)}, {t->lines, lines_add(h, t)}};
    tdm_status status = tdm__table_sums(&sums, &count, &h->making->scratch, (uint32_t)t->base, dimensions, 3);
    if (status == TDM_OK)
        status = push_sums(h, sums, count);
    if (status == TDM_OK && t->periods > 1 && !dimensions[0].adds)
        status = tie_last_period(h, t);
    return status;
}

/* --- cells --- */

static int64_t whole_of(const hiding *h, const tdm__tally *t)
{
    return t->reason ? -1 : h->of_share ? t->denominator : t->numerator;
}

/* A numerator that is larger than its denominator leaves no rest that anybody could work out. */
static int64_t rest_of(const tdm__tally *t)
{
    return t->reason || t->denominator < t->numerator ? -1 : t->denominator - t->numerator;
}

static void fill_periods(hiding *h)
{
    const tdm__tally *tallies = h->work->tallies;
    for (size_t p = 0; p < h->whole.periods; p++)
        for (size_t g = 0; g < h->whole.groups; g++) {
            const tdm__tally *t = &tallies[p * h->whole.groups + g];
            h->counts[cell(&h->whole, p, g, 0)] = whole_of(h, t);
            for (size_t l = 1; l < h->whole.lines; l++)
                h->counts[cell(&h->whole, p, g, l)] = t->reason ? -1 : t->lines[l - 1];
            if (h->of_share) {
                h->counts[cell(&h->numerator, p, g, 0)] = t->reason ? -1 : t->numerator;
                h->counts[cell(&h->rest, p, g, 0)] = rest_of(t);
            }
            if (h->waiting.lines > 0)
                h->counts[cell(&h->waiting, p, g, 0)] = t->reason ? -1 : t->waiting;
            for (size_t r = 0; r < TDM__UNCOUNTED_COUNT; r++)
                h->counts[cell(&h->left_out[r], p, g, 0)] = t->reason ? -1 : t->left_out[r];
        }
}

static void fill_quarters(hiding *h)
{
    for (size_t q = 0; q < h->quarter_whole.periods; q++) {
        const tdm__tally *t = &h->work->quarters[q];
        h->counts[cell(&h->quarter_whole, q, 0, 0)] = whole_of(h, t);
        if (!h->of_share)
            continue;
        h->counts[cell(&h->quarter_numerator, q, 0, 0)] = t->reason ? -1 : t->numerator;
        h->counts[cell(&h->quarter_rest, q, 0, 0)] = rest_of(t);
    }
}

static tdm_status lay_out(hiding *h)
{
    const tdm_scorecard *card = h->making->card;
    const tdm__card_measure *out = h->work->out;
    size_t periods = card->period_count, groups = card->group_count, quarters = h->making->quarter_count;
    h->of_share = out->form == TDM__MEASURED_SHARE || out->form == TDM__MEASURED_SURVIVAL ||
                  (out->form == TDM__MEASURED_TIMES && out->within >= 0);
    h->whole = new_table(h, periods, groups, out->line_count + 1);
    h->numerator = new_table(h, periods, groups, h->of_share);
    h->rest = new_table(h, periods, groups, h->of_share);
    h->waiting = new_table(h, periods, groups, out->form == TDM__MEASURED_TIMES);
    for (size_t r = 0; r < TDM__UNCOUNTED_COUNT; r++)
        h->left_out[r] = new_table(h, periods, groups, 1);
    h->quarter_whole = new_table(h, quarters, 1, 1);
    h->quarter_numerator = new_table(h, quarters, 1, h->of_share);
    h->quarter_rest = new_table(h, quarters, 1, h->of_share);
    h->counts = tdm__arena_array(&h->making->scratch, h->count, sizeof *h->counts);
    h->marks = tdm__arena_array(&h->making->scratch, h->count, sizeof *h->marks);
    if (!h->counts || !h->marks)
        return TDM_NO_MEMORY;
    fill_periods(h);
    fill_quarters(h);
    return TDM_OK;
}

/* --- what readers know to add up --- */

static tdm_status split_shares(hiding *h, const table *whole, const table *numerator, const table *rest)
{
    tdm_status status = TDM_OK;
    for (size_t p = 0; p < numerator->periods; p++)
        for (size_t g = 0; status == TDM_OK && g < numerator->groups * numerator->lines; g++)
            status = push_parts(h, cell(whole, p, g, 0),
                                (const uint32_t[]){cell(numerator, p, g, 0), cell(rest, p, g, 0)}, 2);
    return status;
}

static bool are_within(const hiding *h, size_t lines)
{
    for (size_t p = 0; p < h->whole.periods; p++)
        for (size_t g = 0; g < h->whole.groups; g++)
            if (!adds_up(h, cell(&h->numerator, p, g, 0), cell(&h->whole, p, g, 1), 1, lines))
                return false;
    return true;
}

/* Those within the limit are those of the first bins, where the limit is an edge. */
static tdm_status tie_limit(hiding *h)
{
    size_t bins = h->whole.lines - 1, lines = 1;
    tdm_status status = TDM_OK;
    while (lines <= bins && !are_within(h, lines))
        lines++;
    if (!h->of_share || lines > bins)
        return TDM_OK;
    uint32_t *parts = tdm__arena_array(&h->making->scratch, lines, sizeof *parts);
    if (!parts)
        return TDM_NO_MEMORY;
    for (size_t p = 0; p < h->whole.periods; p++)
        for (size_t g = 0; status == TDM_OK && g < h->whole.groups; g++) {
            for (size_t l = 0; l < lines; l++)
                parts[l] = cell(&h->whole, p, g, l + 1);
            status = push_parts(h, cell(&h->numerator, p, g, 0), parts, lines);
        }
    return status;
}

/* Quarters [*first, *end) that make up the period; empty: they do not. */
static void quarters_of(size_t *first, size_t *end, const tdm__carding *making,
                        const tdm__card_period *period)
{
    *first = *end = 0;
    for (size_t q = 0; q < making->quarter_count; q++) {
        if (making->quarters[q].from == period->from)
            *first = q;
        if (making->quarters[q].to == period->to)
            *end = q + 1;
    }
    if (*end <= *first || making->quarters[*first].from != period->from)
        *first = *end = 0;
}

/* Quarters that add up to a period, or of which the last says the same as it. */
static tdm_status tie_quarters(hiding *h, const table *periods, const table *quarters)
{
    const tdm__carding *making = h->making;
    tdm_status status = TDM_OK;
    uint32_t *parts = tdm__arena_array(&h->making->scratch, quarters->periods, sizeof *parts);
    if (!parts)
        return TDM_NO_MEMORY;
    for (size_t q = 0; q < cells_of(quarters); q++)
        parts[q] = cell(quarters, q, 0, 0);
    for (size_t p = 0; status == TDM_OK && cells_of(quarters) > 0 && p < periods->periods; p++) {
        size_t first, end, total = cell(periods, p, 0, 0);
        quarters_of(&first, &end, making, &making->card->periods[p]);
        if (end > first && adds_up(h, total, parts[first], 1, end - first))
            status = push_parts(h, (uint32_t)total, parts + first, end - first);
        for (size_t q = 0; status == TDM_OK && q < quarters->periods; q++)
            if (making->quarters[q].to == making->card->periods[p].to && h->counts[parts[q]] >= 0 &&
                h->counts[parts[q]] == h->counts[total])
                status = push_parts(h, (uint32_t)total, &parts[q], 1);
    }
    return status;
}

static tdm_status add_sums(hiding *h)
{
    const table *tables[] = {&h->whole, &h->numerator, &h->rest, &h->waiting};
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < sizeof tables / sizeof *tables; i++)
        if (cells_of(tables[i]) > 0)
            status = add_table_sums(h, tables[i]);
    for (size_t r = 0; status == TDM_OK && r < TDM__UNCOUNTED_COUNT; r++)
        status = add_table_sums(h, &h->left_out[r]);
    if (status == TDM_OK)
        status = split_shares(h, &h->whole, &h->numerator, &h->rest);
    if (status == TDM_OK)
        status = split_shares(h, &h->quarter_whole, &h->quarter_numerator, &h->quarter_rest);
    if (status == TDM_OK)
        status = tie_limit(h);
    if (status == TDM_OK)
        status = tie_quarters(h, &h->whole, &h->quarter_whole);
    return status == TDM_OK && h->of_share ? tie_quarters(h, &h->numerator, &h->quarter_numerator) : status;
}

/* --- back into the tallies --- */

static int64_t if_shown(const hiding *h, uint32_t number, int64_t value)
{
    return h->marks[number] == TDM__CELL_SHOWN ? value : TDM__NOT_SHOWN;
}

static uint8_t worse(uint8_t a, uint8_t b)
{
    return a == TDM__CELL_SMALL || b == TDM__CELL_SHOWN ? a : b;
}

static void mark_tally(tdm__tally *t, const hiding *h, uint32_t whole, uint32_t numerator)
{
    if (t->reason)
        return;
    t->mark = h->of_share ? worse(h->marks[whole], h->marks[numerator]) : h->marks[whole];
    t->shown_numerator = if_shown(h, h->of_share ? numerator : whole, t->numerator);
    t->shown_denominator = h->of_share ? if_shown(h, whole, t->denominator) : -1;
}

static void mark_lengths(tdm__tally *t, const hiding *h, size_t p, size_t g)
{
    uint32_t whole = cell(&h->whole, p, g, 0);
    bool survival = h->work->out->form == TDM__MEASURED_SURVIVAL;
    uint32_t count = survival ? cell(&h->numerator, p, g, 0) : whole;
    uint32_t waiting = survival               ? cell(&h->rest, p, g, 0)
                       : h->waiting.lines > 0 ? cell(&h->waiting, p, g, 0)
                                              : whole;
    t->shown_count = if_shown(h, count, (int64_t)t->length_count - t->waiting);
    t->shown_waiting = if_shown(h, waiting, t->waiting);
}

static void mark_period(hiding *h, size_t p, size_t g)
{
    tdm__tally *t = &h->work->tallies[p * h->whole.groups + g];
    mark_tally(t, h, cell(&h->whole, p, g, 0), h->of_share ? cell(&h->numerator, p, g, 0) : 0);
    mark_lengths(t, h, p, g);
    t->line_marks = &h->marks[cell(&h->whole, p, g, 0) + 1];
    for (size_t r = 0; !t->reason && r < TDM__UNCOUNTED_COUNT; r++)
        t->left_out[r] = if_shown(h, cell(&h->left_out[r], p, g, 0), t->left_out[r]);
}

static void mark_all(hiding *h)
{
    for (size_t p = 0; p < h->whole.periods; p++)
        for (size_t g = 0; g < h->whole.groups; g++)
            mark_period(h, p, g);
    for (size_t q = 0; q < h->quarter_whole.periods; q++)
        mark_tally(&h->work->quarters[q], h, cell(&h->quarter_whole, q, 0, 0),
                   h->of_share ? cell(&h->quarter_numerator, q, 0, 0) : 0);
}

/* Days of coverage are no children, and there is nothing to hide; nor is there where all is shown. */
tdm_status tdm__card_hide(tdm__carding *making, tdm__card_work *work)
{
    hiding h = {.making = making, .work = work};
    int32_t threshold = making->card->threshold;
    tdm_status status = lay_out(&h);
    if (status == TDM_OK && threshold > 1 && !work->of_time) {
        status = add_sums(&h);
        tdm__cells cells = {h.counts, h.count, h.sums, h.sum_count, threshold};
        if (status == TDM_OK)
            status = tdm__suppress(h.marks, &cells, &making->card->allocator);
    }
    if (status == TDM_OK)
        mark_all(&h);
    return status;
}
