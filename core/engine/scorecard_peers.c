/*
 * National and neighbour figures beside a measure: the latest year of the comparison file, the share of all
 * its areas together, and where each lies against the limits around it.
 */
#include "engine/scorecard_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_NAMED 5

/* What is wrong with a row, so that it is left out. */
typedef enum fault { SOUND, LARGER, EMPTY, REPEATED, FAULTS } fault;

static const char *const fault_words[FAULTS][2] = {
    {NULL, NULL},
    {"row of the comparison file is left out, its numerator being larger than its denominator",
     "rows of the comparison file are left out, their numerators being larger than their denominators"},
    {"row of the comparison file is left out, having no denominator",
     "rows of the comparison file are left out, having no denominator"},
    {"row of the comparison file is left out, its area and year having been given before",
     "rows of the comparison file are left out, their areas and years having been given before"},
};

/* Rows of one measure by year, code, row. */
typedef struct peer_rows {
    const tdm__peer_figure **items;
    uint8_t *faults;
    size_t count;
} peer_rows;

static int compare_rows(const void *a, const void *b)
{
    const tdm__peer_figure *left = *(const tdm__peer_figure *const *)a;
    const tdm__peer_figure *right = *(const tdm__peer_figure *const *)b;
    int order = (left->year > right->year) - (left->year < right->year);
    if (order == 0)
        order = tdm__str_compare(left->code, right->code);
    return order != 0 ? order : (left->row > right->row) - (left->row < right->row);
}

static bool same_place(const tdm__peer_figure *a, const tdm__peer_figure *b)
{
    return a->year == b->year && tdm__str_equal(a->code, b->code);
}

static tdm_status gather(peer_rows *out, tdm__carding *making, tdm_str national)
{
    const tdm__scorecard_options *options = making->options;
    *out = (peer_rows){tdm__arena_array(&making->scratch, options->peer_count, sizeof *out->items),
                       tdm__arena_array(&making->scratch, options->peer_count, sizeof *out->faults), 0};
    if (!out->items || !out->faults)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < options->peer_count; i++)
        if (tdm__str_equal(options->peers[i].measure, national))
            out->items[out->count++] = &options->peers[i];
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, compare_rows);
    const tdm__peer_figure *sound = NULL;
    for (size_t i = 0; i < out->count; i++) {
        const tdm__peer_figure *row = out->items[i];
        out->faults[i] = row->denominator <= 0 || row->numerator < 0 ? EMPTY
                         : row->numerator > row->denominator         ? LARGER
                         : sound && same_place(sound, row)           ? REPEATED
                                                                     : SOUND;
        sound = out->faults[i] == SOUND ? row : sound;
    }
    return TDM_OK;
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static tdm_status note_fault(tdm__carding *making, tdm__card_work *work, const peer_rows *rows, fault which)
{
    size_t count = 0;
    tdm__text text;
    uint32_t *numbers = tdm__arena_array(&making->scratch, rows->count, sizeof *numbers);
    if (!numbers)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->faults[i] == which)
            numbers[count++] = rows->items[i]->row;
    if (count == 0)
        return TDM_OK;
    qsort(numbers, count, sizeof *numbers, compare_numbers);
    tdm__text_init(&text, &making->card->allocator);
    tdm__text_printf(&text, "%zu %s: line%s", count, fault_words[which][count > 1], count > 1 ? "s" : "");
    for (size_t i = 0; i < count && i < ROWS_NAMED; i++) {
        bool last = i + 1 == count && i > 0;
        tdm__text_puts(&text, last ? " and " : i > 0 ? ", " : " ");
        tdm__text_int(&text, numbers[i]);
    }
    if (count > ROWS_NAMED)
        tdm__text_printf(&text, " and %zu more", count - ROWS_NAMED);
    tdm_status status = text.failed
                            ? TDM_NO_MEMORY
                            : tdm__card_note(making, work, "%.*s.", TDM_STR_ARGS(tdm__text_str(&text)));
    tdm__text_free(&text);
    return status;
}

static tdm__beyond place(double target, int64_t numerator, int64_t denominator)
{
    double share = (double)numerator / (double)denominator;
    tdm__limits near = tdm__funnel_limits(target, denominator, 0.05);
    tdm__limits far = tdm__funnel_limits(target, denominator, 0.002);
    return share < far.low     ? TDM__BELOW_998
           : share > far.high  ? TDM__ABOVE_998
           : share < near.low  ? TDM__BELOW_95
           : share > near.high ? TDM__ABOVE_95
                               : TDM__WITHIN;
}

/* Entity codes of the Office for National Statistics, the first three signs of nine, that hold whole
 * authorities: countries, regions, inner and outer London, and what countries make together. */
static bool is_wider(tdm_str code)
{
    static const char *const entities[] = {"E92", "W92", "S92", "N92", "E12", "E13", "K02", "K03", "K04"};
    for (size_t i = 0; code.length == 9 && i < sizeof entities / sizeof *entities; i++)
        if (memcmp(code.data, entities[i], 3) == 0)
            return true;
    return false;
}

/* The share of all areas together; where there are none, of the widest row. */
static double target_of(const tdm__card_peer *peers, size_t count)
{
    int64_t numerator = 0, denominator = 0;
    const tdm__card_peer *widest = NULL;
    for (size_t i = 0; i < count; i++) {
        bool wider = peers[i].beyond == TDM__WIDER;
        if (wider && (!widest || peers[i].denominator > widest->denominator))
            widest = &peers[i];
        numerator += wider ? 0 : peers[i].numerator;
        denominator += wider ? 0 : peers[i].denominator;
    }
    if (denominator == 0 && widest)
        return (double)widest->numerator / (double)widest->denominator;
    return (double)numerator / (double)denominator;
}

static tdm_status add_peers(tdm__card_peer *peers, tdm__carding *making, tdm__card_measure *out,
                            const peer_rows *rows, int32_t year)
{
    for (size_t i = 0; i < rows->count; i++) {
        const tdm__peer_figure *row = rows->items[i];
        if (rows->faults[i] != SOUND || row->year != year)
            continue;
        tdm__card_peer *peer = &peers[out->peer_count++];
        *peer = (tdm__card_peer){.code = tdm__arena_copy(&making->card->arena, row->code),
                                 .name = tdm__arena_copy(&making->card->arena, row->name),
                                 .year = year,
                                 .numerator = row->numerator,
                                 .denominator = row->denominator,
                                 .percent_tenths = tdm__percent_tenths(row->numerator, row->denominator),
                                 .beyond = is_wider(row->code) ? TDM__WIDER : TDM__WITHIN};
        if (!peer->code.data || !peer->name.data)
            return TDM_NO_MEMORY;
    }
    out->target = target_of(peers, out->peer_count);
    return TDM_OK;
}

/* An agency or a team is no area, nor is where none is recorded. */
static bool is_area(const tdm_scorecard *card, uint32_t group)
{
    return group == 0 || (card->by == TDM__BY_AREA && card->groups[group].code.length > 0);
}

/* Everything and the areas whose share of the whole period is shown. */
static void add_own(tdm__card_peer *peers, const tdm__carding *making, tdm__card_work *work)
{
    int32_t year, month, day;
    tdm_day_to_civil(making->options->to, &year, &month, &day);
    for (size_t i = 0; i < work->out->figure_count; i++) {
        tdm__card_figure *figure = &work->figures[i];
        if (figure->period != 0 || figure->line != TDM_NO_INDEX || figure->status != TDM__FIGURE_GIVEN ||
            figure->denominator <= 0 || !is_area(making->card, figure->group))
            continue;
        const tdm__card_group *group = &making->card->groups[figure->group];
        tdm__beyond beyond = place(work->out->target, figure->numerator, figure->denominator);
        figure->moved = figure->moved || beyond != TDM__WITHIN;
        peers[work->out->peer_count++] = (tdm__card_peer){.code = group->code,
                                                          .name = group->name,
                                                          .year = year,
                                                          .numerator = figure->numerator,
                                                          .denominator = figure->denominator,
                                                          .percent_tenths = figure->percent_tenths,
                                                          .beyond = beyond,
                                                          .own = true,
                                                          .group = figure->group};
    }
}

tdm_status tdm__card_peers(tdm__carding *making, tdm__card_work *work)
{
    tdm__card_measure *out = work->out;
    peer_rows rows;
    int32_t year = 0;
    bool some = false;
    out->target = NAN;
    if (work->measure->national.length == 0 || making->options->peer_count == 0)
        return TDM_OK;
    tdm_status status = gather(&rows, making, work->measure->national);
    for (int which = LARGER; status == TDM_OK && which < FAULTS; which++)
        status = note_fault(making, work, &rows, (fault)which);
    for (size_t i = 0; status == TDM_OK && i < rows.count; i++)
        if (rows.faults[i] == SOUND) {
            some = true;
            year = rows.items[i]->year;
        }
    if (status != TDM_OK || !some)
        return status;
    tdm__card_peer *peers = tdm__arena_array(&making->card->arena, rows.count + making->card->group_count,
                                             sizeof *peers);
    if (!peers)
        return TDM_NO_MEMORY;
    status = add_peers(peers, making, out, &rows, year);
    for (size_t i = 0; status == TDM_OK && i < out->peer_count; i++)
        if (peers[i].beyond != TDM__WIDER)
            peers[i].beyond = place(out->target, peers[i].numerator, peers[i].denominator);
    if (status == TDM_OK)
        add_own(peers, making, work);
    out->peers = peers;
    return status;
}
