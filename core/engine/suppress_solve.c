/*
 * The attack by elimination, for tables of any size: of all changes to the cells left out that no sum shows,
 * a random one is taken. A cell that it leaves as it was is one that the sums determine.
 *
 * Such a change is what remains of random numbers when their part along the sums is taken off (least squares
 * by conjugate gradients, CGLS of Hestenes and Stiefel), which costs some hundred passes over the sums where
 * elimination would cost the cube of their number. What is not settled when the passes end counts as
 * determined.
 */
#include "engine/suppress_parts.h"

#include <math.h>
#include <string.h>

#define NEAR_ZERO    1e-6  /* random numbers are from 1 to 2, or below zero so */
#define SETTLED      1e-22 /* of the squares of what the sums still show */
#define UNSETTLED    1e4   /* how much of what they still show a cell may hold */
#define PASSES_EACH  4
#define PASSES_LEAST 1000

/* Sums with cells left out as equations between them; entries of equation e are first[e] to first[e + 1]. */
typedef struct equations {
    size_t count, cell_count;
    size_t *first;
    uint32_t *cells;
    double *factors; /* +-1 over the root of the number of its entries, so that long sums weigh no more */
    double *change;  /* by cell: at last what no sum shows */
    double *step;    /* by cell */
    double *shown;   /* by equation: what it shows of the change */
    double *along;   /* by equation */
} equations;

/* The same numbers on every machine: splitmix64 by Vigna, the top bits as a double. */
static double random_of(uint64_t number)
{
    uint64_t z = (number + 1) * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    z ^= z >> 31;
    const double size = 1 + (double)(z >> 12) / 4503599627370496.0; /* 2^52 */
    return z & 1 ? size : -size;
}

static size_t count_hidden(const tdm__hiding *hiding, const tdm__sum *sum)
{
    size_t count = 0;
    for (size_t i = 0; i < tdm__member_count(sum); i++)
        count += tdm__cell_hidden(hiding, tdm__member(sum, i)) ? 1 : 0;
    return count;
}

static void add_equation(equations *all, const tdm__hiding *hiding, const tdm__sum *sum, size_t entries)
{
    const double factor = 1 / sqrt((double)entries);
    size_t at = all->first[all->count];
    for (size_t i = 0; i < tdm__member_count(sum); i++) {
        const uint32_t cell = tdm__member(sum, i);
        if (!tdm__cell_hidden(hiding, cell))
            continue;
        all->cells[at] = cell;
        all->factors[at++] = i < sum->part_count ? factor : -factor;
    }
    all->first[++all->count] = at;
}

static tdm_status set_up(equations *all, const tdm__hiding *hiding, tdm__arena *arena)
{
    const tdm__cells *cells = hiding->cells;
    size_t entries = 0, sums = 0;
    for (size_t s = 0; s < cells->sum_count; s++) {
        const size_t hidden = count_hidden(hiding, &cells->sums[s]);
        entries += hidden;
        sums += hidden > 0 ? 1 : 0;
    }
    *all = (equations){.cell_count = cells->count,
                       .first = tdm__arena_array(arena, sums + 1, sizeof *all->first),
                       .cells = tdm__arena_array(arena, entries, sizeof *all->cells),
                       .factors = tdm__arena_array(arena, entries, sizeof *all->factors),
                       .change = tdm__arena_array(arena, cells->count, sizeof *all->change),
                       .step = tdm__arena_array(arena, cells->count, sizeof *all->step),
                       .shown = tdm__arena_array(arena, sums, sizeof *all->shown),
                       .along = tdm__arena_array(arena, sums, sizeof *all->along)};
    if (!all->first || !all->cells || !all->factors || !all->change || !all->step || !all->shown ||
        !all->along)
        return TDM_NO_MEMORY;
    for (size_t s = 0; s < cells->sum_count; s++) {
        const size_t hidden = count_hidden(hiding, &cells->sums[s]);
        if (hidden > 0)
            add_equation(all, hiding, &cells->sums[s], hidden);
    }
    for (size_t cell = 0; cell < cells->count; cell++)
        all->change[cell] = tdm__cell_hidden(hiding, cell) ? random_of(cell) : 0;
    return TDM_OK;
}

/* What each equation shows of the change; the squares of it together. */
static double look(equations *all)
{
    double squares = 0;
    for (size_t e = 0; e < all->count; e++) {
        double sum = 0;
        for (size_t i = all->first[e]; i < all->first[e + 1]; i++)
            sum += all->factors[i] * all->change[all->cells[i]];
        all->shown[e] = sum;
        squares += sum * sum;
    }
    return squares;
}

/* The cells along the equations by `along`; the squares of it together. */
static double lay_along(equations *all)
{
    double squares = 0;
    memset(all->step, 0, all->cell_count * sizeof *all->step);
    for (size_t e = 0; e < all->count; e++)
        for (size_t i = all->first[e]; i < all->first[e + 1]; i++)
            all->step[all->cells[i]] += all->factors[i] * all->along[e];
    for (size_t cell = 0; cell < all->cell_count; cell++)
        squares += all->step[cell] * all->step[cell];
    return squares;
}

/* Takes off the change what the equations show of it; the squares of what is left of that. */
static double take_off(equations *all)
{
    double squares = look(all);
    const double settled = SETTLED * squares;
    const size_t passes = PASSES_EACH * all->count + PASSES_LEAST;
    memcpy(all->along, all->shown, all->count * sizeof *all->along);
    for (size_t pass = 0; pass < passes && squares > settled; pass++) {
        const double length = lay_along(all);
        if (!(length > 0))
            break;
        const double before = squares, by = squares / length;
        for (size_t cell = 0; cell < all->cell_count; cell++)
            all->change[cell] -= by * all->step[cell];
        squares = look(all);
        for (size_t e = 0; e < all->count; e++)
            all->along[e] = all->shown[e] + squares / before * all->along[e];
    }
    return squares;
}

tdm_status tdm__attack_by_sums(tdm__hiding *hiding)
{
    tdm__arena arena;
    tdm__arena_init(&arena, hiding->arena->allocator);
    equations all;
    tdm_status status = set_up(&all, hiding, &arena);
    if (status == TDM_OK) {
        const double least = NEAR_ZERO + UNSETTLED * sqrt(take_off(&all));
        for (size_t cell = 0; cell < all.cell_count; cell++)
            if (hiding->marks[cell] != TDM__CELL_SHOWN && hiding->cells->counts[cell] > 0 &&
                hiding->first_of[cell] < hiding->first_of[cell + 1] && fabs(all.change[cell]) < least)
                hiding->given_away[cell] = 1;
    }
    tdm__arena_free(&arena);
    return status;
}
