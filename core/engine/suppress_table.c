/*
 * The sums of a table of several dimensions: along each that adds up, the first place is what the others come
 * to.
 */
#include "engine/suppress.h"

/* Cells of the table, and how many a step in each dimension is: the product of the sizes behind it. */
static bool cell_count_of(size_t *count, const tdm__dimension *dimensions, size_t dimension_count)
{
    *count = 1;
    for (size_t d = 0; d < dimension_count; d++)
        if (!tdm__multiply_size(count, *count, dimensions[d].size) || *count >= UINT32_MAX)
            return false;
    return true;
}

static bool adds_up(const tdm__dimension *dimension)
{
    return dimension->adds && dimension->size > 1;
}

typedef struct filling {
    tdm__sum *sums;
    uint32_t *parts;
    size_t count;
} filling;

/* One sum for each line of cells along the dimension, which are `step` apart. */
static void add_along(filling *to, uint32_t base, size_t cell_count, size_t size, size_t step)
{
    for (size_t cell = 0; cell < cell_count; cell++) {
        if (cell / step % size != 0)
            continue;
        to->sums[to->count++] = (tdm__sum){base + (uint32_t)cell, to->parts, size - 1};
        for (size_t place = 1; place < size; place++)
            *to->parts++ = base + (uint32_t)(cell + place * step);
    }
}

tdm_status tdm__table_sums(tdm__sum **sums, size_t *sum_count, tdm__arena *arena, uint32_t base,
                           const tdm__dimension *dimensions, size_t dimension_count)
{
    *sums = NULL;
    *sum_count = 0;
    size_t cell_count;
    if (!cell_count_of(&cell_count, dimensions, dimension_count) || base > UINT32_MAX - cell_count)
        return TDM_INVALID_ARG;
    size_t lines = 0, parts = 0; /* no more of both together than cells in each dimension */
    for (size_t d = 0; d < dimension_count; d++)
        if (adds_up(&dimensions[d])) {
            lines += cell_count / dimensions[d].size;
            parts += cell_count / dimensions[d].size * (dimensions[d].size - 1);
        }
    tdm__sum *made = tdm__arena_array(arena, lines, sizeof *made);
    uint32_t *made_parts = tdm__arena_array(arena, parts, sizeof *made_parts);
    if (!made || !made_parts)
        return TDM_NO_MEMORY;
    filling to = {made, made_parts, 0};
    size_t step = cell_count;
    for (size_t d = 0; d < dimension_count && cell_count > 0; d++) {
        step /= dimensions[d].size;
        if (adds_up(&dimensions[d]))
            add_along(&to, base, cell_count, dimensions[d].size, step);
    }
    *sums = made;
    *sum_count = to.count;
    return TDM_OK;
}
