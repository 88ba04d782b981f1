/*
 * Small numbers of a table that is to be published: which cells are left out so that none from 1 to
 * threshold - 1 can be read, or worked out from what is shown. A pure function of counts and of what adds up
 * to what; it knows no measure, no group and no period.
 *
 * Rows, columns, groups and periods are one thing: a sum. A share is three cells, of which the third is never
 * printed: numerator + rest = denominator; so a numerator is left out too where the rest is small.
 *
 * What holds afterwards, against an attacker who knows every shown cell, every sum, the threshold and the
 * marks:
 *
 * - no sum has just one cell left out, nor do those left out of a shown total add up to a small number;
 *
 * - no linear combination of sums gives a cell that was left out, unless it is 0 (suppress_solve.c);
 *
 * - no small cell has only one value that its mark and the sums around it allow (suppress_bounds.c). Marks
 * alone may say it, as those of a small total of threshold - 1 small parts do; nothing is given away there
 * either where a writer prints one sign for both marks.
 *
 * Not held off: who already knows one of the cells. In a table so large that an attack would take too long it
 * ends early: the first then counts what it did not settle as given away, the second lets it be. A writer
 * that shows less than the marks allow is safe; one that shows anything more is not.
 */
#ifndef TDM_ENGINE_SUPPRESS_H
#define TDM_ENGINE_SUPPRESS_H

#include "base/memory.h"

/* counts[total] is the sum of the counts of its parts, and readers know that it is. Cells by index. A sum
 * that does not hold in the counts is guarded in the same way. */
typedef struct tdm__sum {
    uint32_t total;
    const uint32_t *parts;
    size_t part_count;
} tdm__sum;

typedef enum tdm__cell_mark {
    TDM__CELL_SHOWN,
    TDM__CELL_SMALL,       /* 1 to threshold - 1 */
    TDM__CELL_BESIDE_SMALL /* would give a small one away */
} tdm__cell_mark;

typedef struct tdm__cells {
    const int64_t *counts; /* negative: not published anyway, and nothing to hide */
    size_t count;          /* at most UINT32_MAX */
    const tdm__sum *sums;
    size_t sum_count;
    int32_t threshold; /* 0 or 1: everything is shown */
} tdm__cells;

/*
 * marks  one tdm__cell_mark a cell, the caller's; all SHOWN first. A cell with a negative count stays SHOWN.
 *
 * Beside a small cell the smallest part of the same sum is left out that is not 0, the first of equal ones;
 * the total when no such part is left. No 0 is ever left out where the sums hold. The same input gives the
 * same marks.
 *
 * TDM_OK; TDM_INVALID_ARG for an index that is no cell; TDM_NO_MEMORY.
 */
tdm_status tdm__suppress(uint8_t *marks, const tdm__cells *cells, const tdm_allocator *allocator);

/*
 * The sums of a table of several dimensions whose first place in each is the total of the others: cells in
 * row-major order, the last dimension fastest (as periods, groups, lines). In a dimension that does not add
 * up (distinct children, one child in two groups) adds is false. sums: in the arena, with their parts.
 * add to `base` the index of the table's first cell, where several tables share one list of cells.
 *
 * TDM_OK; TDM_INVALID_ARG for more cells than UINT32_MAX; TDM_NO_MEMORY.
 */
typedef struct tdm__dimension {
    size_t size; /* 1 or more */
    bool adds;
} tdm__dimension;
tdm_status tdm__table_sums(tdm__sum **sums, size_t *sum_count, tdm__arena *arena, uint32_t base,
                           const tdm__dimension *dimensions, size_t dimension_count);

#endif
