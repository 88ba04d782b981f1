/*
 * Which cells are left out: the small ones, then what the rule of two wants beside them, then what the
 * attacks show to be wanted yet. Every step leaves out more, so it ends: at the latest with everything that
 * hangs together with a small cell.
 */
#include "engine/suppress_parts.h"

#include <string.h>

#define NO_CELL     UINT32_MAX
#define GUARDED_MAX 16

static void look_again(tdm__hiding *hiding, uint32_t sum)
{
    if (hiding->is_waiting[sum])
        return;
    hiding->is_waiting[sum] = 1;
    hiding->waiting[(hiding->waiting_first + hiding->waiting_count++) % hiding->cells->sum_count] = sum;
}

static void hide(tdm__hiding *hiding, uint32_t cell, tdm__cell_mark mark)
{
    hiding->marks[cell] = (uint8_t)mark;
    for (size_t i = hiding->first_of[cell]; i < hiding->first_of[cell + 1]; i++) {
        hiding->changed_in[hiding->sums_of[i]] = hiding->round;
        look_again(hiding, hiding->sums_of[i]);
    }
}

/* What is lost least: a part before a total, the smallest, the first. A 0 comes last, as it protects badly:
 * what is left out beside a small cell is 0 or no small number, and that gap gives much away. */
typedef struct choice {
    uint32_t cell; /* NO_CELL: none yet */
    int rank;
} choice;
#define NO_NUMBER 2 /* the rank of a 0, and of no choice */
#define NO_CHOICE ((choice){NO_CELL, NO_NUMBER})

static void consider(choice *best, const tdm__hiding *hiding, const tdm__sum *sum, size_t member)
{
    const int64_t *counts = hiding->cells->counts;
    const uint32_t cell = tdm__member(sum, member);
    if (tdm__cell_hidden(hiding, cell))
        return;
    const int rank = counts[cell] == 0 ? NO_NUMBER : member == sum->part_count ? 1 : 0;
    const bool better = best->cell == NO_CELL || rank < best->rank ||
                        (rank == best->rank && (counts[cell] < counts[best->cell] ||
                                                (counts[cell] == counts[best->cell] && cell < best->cell)));
    if (better)
        *best = (choice){cell, rank};
}

/* Whether the cells left out of a sum are too few, or too small together, to protect each other. Those not
 * published protect and need no protection. */
static bool gives_away(const tdm__hiding *hiding, const tdm__sum *sum)
{
    const int64_t *counts = hiding->cells->counts;
    const int64_t enough = hiding->cells->threshold;
    int64_t together = 0; /* of the parts left out; held at `enough` */
    size_t parts = 0, ours = 0;
    for (size_t i = 0; i < sum->part_count; i++) {
        const uint32_t cell = sum->parts[i];
        if (!tdm__cell_hidden(hiding, cell))
            continue;
        parts++;
        ours += hiding->marks[cell] != TDM__CELL_SHOWN ? 1 : 0;
        const int64_t more = counts[cell] < 0 || counts[cell] > enough ? enough : counts[cell];
        together = together + more > enough ? enough : together + more;
    }
    if (tdm__cell_hidden(hiding, sum->total))
        return parts == 0 && hiding->marks[sum->total] != TDM__CELL_SHOWN;
    return ours > 0 && (parts == 1 || together < enough);
}

static uint32_t next_waiting(tdm__hiding *hiding)
{
    const uint32_t sum = hiding->waiting[hiding->waiting_first];
    hiding->waiting_first = (hiding->waiting_first + 1) % hiding->cells->sum_count;
    hiding->waiting_count--;
    hiding->is_waiting[sum] = 0;
    return sum;
}

/* The rule of two, for every sum that waits; those that waited longest come first, so that the row and the
 * column of one cell are both seen to before the rows and columns that this touches. */
static void mend(tdm__hiding *hiding)
{
    while (hiding->waiting_count > 0) {
        const tdm__sum *sum = &hiding->cells->sums[next_waiting(hiding)];
        if (!gives_away(hiding, sum))
            continue;
        choice best = NO_CHOICE;
        for (size_t i = 0; i < tdm__member_count(sum); i++)
            consider(&best, hiding, sum, i);
        if (best.cell != NO_CELL)
            hide(hiding, best.cell, TDM__CELL_BESIDE_SMALL);
    }
}

/* Puts the sums of a cell that this search has not seen yet on the list. */
static size_t add_sums_of(tdm__hiding *hiding, uint32_t *list, size_t count, uint32_t cell)
{
    for (size_t i = hiding->first_of[cell]; i < hiding->first_of[cell + 1]; i++) {
        const uint32_t sum = hiding->sums_of[i];
        if (hiding->seen_in[sum] == hiding->search)
            continue;
        hiding->seen_in[sum] = hiding->search;
        list[count++] = sum;
    }
    return count;
}

/* Leaves out one more number as near to this one as there is one: in its sums, else in the sums of their
 * members, and so on. false: all that hangs together with it is left out, or 0. list: room for all sums. */
static bool guard(tdm__hiding *hiding, uint32_t cell, uint32_t *list)
{
    hiding->search++;
    choice best = NO_CHOICE;
    size_t count = add_sums_of(hiding, list, 0, cell);
    for (size_t from = 0; from < count && best.rank == NO_NUMBER;) {
        const size_t to = count;
        for (size_t k = from; k < to; k++)
            for (size_t i = 0; i < tdm__member_count(&hiding->cells->sums[list[k]]); i++)
                consider(&best, hiding, &hiding->cells->sums[list[k]], i);
        for (size_t k = from; k < to && best.rank == NO_NUMBER; k++)
            for (size_t i = 0; i < tdm__member_count(&hiding->cells->sums[list[k]]); i++)
                count = add_sums_of(hiding, list, count, tdm__member(&hiding->cells->sums[list[k]], i));
        from = to;
    }
    if (best.rank == NO_NUMBER)
        return false;
    hide(hiding, best.cell, TDM__CELL_BESIDE_SMALL);
    return true;
}

static bool changed_this_round(const tdm__hiding *hiding, uint32_t cell)
{
    for (size_t i = hiding->first_of[cell]; i < hiding->first_of[cell + 1]; i++)
        if (hiding->changed_in[hiding->sums_of[i]] == hiding->round)
            return true;
    return false;
}

/* More cells beside each that was given away: one, and twice as many each time that this was not enough. A
 * sum is changed for the sake of one cell a round, as that may do for several. */
static bool guard_all(tdm__hiding *hiding, uint32_t *list)
{
    bool any = false;
    hiding->round++;
    for (uint32_t cell = 0; cell < hiding->cells->count; cell++) {
        if (!hiding->given_away[cell] || changed_this_round(hiding, cell))
            continue;
        const size_t wanted = (size_t)1 << hiding->guarded[cell];
        if (hiding->guarded[cell] < GUARDED_MAX)
            hiding->guarded[cell]++;
        bool more = true;
        for (size_t i = 0; i < wanted && more; i++) {
            more = guard(hiding, cell, list);
            any = any || more;
        }
    }
    return any;
}

/* The sums that each cell is in, in the order of the sums. */
static bool index_sums(tdm__hiding *hiding)
{
    const tdm__cells *cells = hiding->cells;
    size_t *first = tdm__arena_array(hiding->arena, cells->count + 2, sizeof *first);
    if (!first)
        return false;
    for (size_t s = 0; s < cells->sum_count; s++)
        for (size_t i = 0; i < tdm__member_count(&cells->sums[s]); i++)
            first[tdm__member(&cells->sums[s], i) + 2]++;
    for (size_t cell = 0; cell < cells->count; cell++)
        first[cell + 2] += first[cell + 1];
    uint32_t *sums_of = tdm__arena_array(hiding->arena, first[cells->count + 1], sizeof *sums_of);
    if (!sums_of)
        return false;
    for (size_t s = 0; s < cells->sum_count; s++)
        for (size_t i = 0; i < tdm__member_count(&cells->sums[s]); i++)
            sums_of[first[tdm__member(&cells->sums[s], i) + 1]++] = (uint32_t)s;
    hiding->first_of = first;
    hiding->sums_of = sums_of;
    return true;
}

static bool make_room(tdm__hiding *hiding, uint32_t **list)
{
    const size_t sums = hiding->cells->sum_count;
    hiding->waiting = tdm__arena_array(hiding->arena, sums, sizeof *hiding->waiting);
    hiding->is_waiting = tdm__arena_array(hiding->arena, sums, 1);
    hiding->given_away = tdm__arena_array(hiding->arena, hiding->cells->count, 1);
    hiding->state = tdm__arena_array(hiding->arena, hiding->cells->count, 1);
    hiding->guarded = tdm__arena_array(hiding->arena, hiding->cells->count, 1);
    hiding->seen_in = tdm__arena_array(hiding->arena, sums, sizeof *hiding->seen_in);
    hiding->changed_in = tdm__arena_array(hiding->arena, sums, sizeof *hiding->changed_in);
    *list = tdm__arena_array(hiding->arena, sums, sizeof **list);
    return hiding->waiting && hiding->is_waiting && hiding->given_away && hiding->state && hiding->guarded &&
           hiding->seen_in && hiding->changed_in && *list && index_sums(hiding);
}

static tdm_status hide_all(tdm__hiding *hiding)
{
    uint32_t *list = NULL;
    if (!make_room(hiding, &list))
        return TDM_NO_MEMORY;
    hiding->round = 1;
    for (uint32_t cell = 0; cell < hiding->cells->count; cell++)
        if (hiding->marks[cell] != TDM__CELL_SHOWN)
            hide(hiding, cell, TDM__CELL_SMALL);
    tdm_status status;
    do {
        mend(hiding);
        memset(hiding->given_away, 0, hiding->cells->count);
        status = tdm__attack_by_bounds(hiding);
        if (status == TDM_OK)
            status = tdm__attack_by_sums(hiding);
    } while (status == TDM_OK && guard_all(hiding, list));
    return status;
}

static bool are_cells(const tdm__cells *cells)
{
    for (size_t s = 0; s < cells->sum_count; s++)
        for (size_t i = 0; i < tdm__member_count(&cells->sums[s]); i++)
            if (tdm__member(&cells->sums[s], i) >= cells->count)
                return false;
    return cells->count < UINT32_MAX && cells->sum_count < UINT32_MAX;
}

tdm_status tdm__suppress(uint8_t *marks, const tdm__cells *cells, const tdm_allocator *allocator)
{
    bool any = false;
    for (size_t cell = 0; cell < cells->count; cell++) {
        const bool small = cells->counts[cell] > 0 && cells->counts[cell] < cells->threshold;
        marks[cell] = small ? TDM__CELL_SMALL : TDM__CELL_SHOWN;
        any = any || small;
    }
    if (!are_cells(cells))
        return TDM_INVALID_ARG;
    if (!any)
        return TDM_OK;
    tdm__arena arena;
    tdm__arena_init(&arena, allocator);
    tdm__hiding hiding = {.cells = cells, .marks = marks, .arena = &arena};
    tdm_status status = hide_all(&hiding);
    tdm__arena_free(&arena);
    return status;
}
