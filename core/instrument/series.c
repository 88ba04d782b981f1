/*
 * Scores to series and visits, and each visit of a series compared with the next.
 */
#include "instrument/series.h"

#include <stdlib.h>

/* A score and where it stood among the inputs, which settles what nothing else does. */
typedef struct ordered {
    const tdm_score *score;
    size_t place;
} ordered;

static int compare_texts(const tdm_score *a, const tdm_score *b)
{
    const tdm_str *one = a->instrument->texts, *other = b->instrument->texts;
    int order = tdm__str_compare(one[TDM__TEXT_ID], other[TDM__TEXT_ID]);
    if (order == 0)
        order = tdm__str_compare(a->child, b->child);
    return order != 0 ? order : tdm__str_compare(a->carer, b->carer);
}

static int compare_ordered(const void *one, const void *other)
{
    const ordered *a = one, *b = other;
    int order = compare_texts(a->score, b->score);
    if (order == 0)
        order = (a->score->date > b->score->date) - (a->score->date < b->score->date);
    if (order == 0)
        order = tdm__str_compare(a->score->assessment, b->score->assessment);
    return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

static const tdm_score **put_in_order(tdm__arena *arena, const tdm_score *const *scores, size_t count)
{
    ordered *items = tdm__arena_array(arena, count + 1, sizeof *items);
    const tdm_score **sorted = tdm__arena_array(arena, count + 1, sizeof *sorted);
    if (!items || !sorted)
        return NULL;
    for (size_t i = 0; i < count; i++)
        items[i] = (ordered){scores[i], i};
    qsort(items, count, sizeof *items, compare_ordered);
    for (size_t i = 0; i < count; i++)
        sorted[i] = items[i].score;
    return sorted;
}

/* Behind the last that is of one visit with `first`. */
static size_t visit_end(const tdm_score *const *scores, size_t first, size_t end)
{
    size_t next = first + 1;
    while (next < end && tdm__same_visit(scores[first], scores[next]))
        next++;
    return next;
}

/* Behind the last of the same child, carer and instrument. */
static size_t series_end(const tdm_score *const *scores, size_t first, size_t count)
{
    size_t end = first + 1;
    while (end < count && compare_texts(scores[first], scores[end]) == 0)
        end++;
    return end;
}

static tdm_status group(tdm__series_list *list, const tdm_score *const *scores, size_t count)
{
    const tdm_score **sorted = put_in_order(&list->arena, scores, count);
    tdm__visit *visits = tdm__arena_array(&list->arena, count + 1, sizeof *visits);
    list->items = tdm__arena_array(&list->arena, count + 1, sizeof *list->items);
    if (!sorted || !visits || !list->items)
        return TDM_NO_MEMORY;
    for (size_t first = 0, end; first < count; first = end) {
        tdm__series *series = &list->items[list->count++];
        end = series_end(sorted, first, count);
        *series = (tdm__series){.visits = visits};
        for (size_t i = first, next; i < end; i = next) {
            next = visit_end(sorted, i, end);
            *visits++ = (tdm__visit){&sorted[i], next - i};
            series->visit_count++;
        }
    }
    return TDM_OK;
}

tdm_status tdm__series_list_make(tdm__series_list **out, const tdm_allocator *allocator,
                                 const tdm_score *const *scores, size_t count)
{
    *out = NULL;
    tdm__series_list *list = tdm__alloc_zeroed(allocator, 1, sizeof *list);
    if (!list)
        return TDM_NO_MEMORY;
    list->allocator = *allocator;
    tdm__arena_init(&list->arena, &list->allocator);
    tdm_status status = group(list, scores, count);
    if (status != TDM_OK) {
        tdm__series_list_free(list);
        return status;
    }
    *out = list;
    return TDM_OK;
}

void tdm__series_list_free(tdm__series_list *list)
{
    if (!list)
        return;
    tdm_allocator allocator = list->allocator;
    for (size_t i = 0; i < list->count; i++)
        tdm__series_forget(&list->items[i], &allocator);
    tdm__arena_free(&list->arena);
    tdm__free(&allocator, list);
}

tdm__visit_pair tdm__visit_pair_of(const tdm_score *a, const tdm_score *b)
{
    bool turned = tdm__str_compare(a->assessor, b->assessor) > 0;
    return turned ? (tdm__visit_pair){b, a} : (tdm__visit_pair){a, b};
}

static size_t fill_pairs(tdm__visit_pair *pairs, const tdm__series *series)
{
    size_t count = 0;
    for (size_t i = 0; i < series->visit_count; i++)
        for (size_t other = 1; other < series->visits[i].count; other++)
            pairs[count++] = tdm__visit_pair_of(series->visits[i].scores[0], series->visits[i].scores[other]);
    return count;
}

static size_t count_others(const tdm__series *series)
{
    size_t count = 0;
    for (size_t i = 0; i < series->visit_count; i++)
        count += series->visits[i].count - 1;
    return count;
}

static tdm_status compare_all(tdm__series *series, const tdm_allocator *allocator,
                              tdm__comparison_input *input)
{
    for (size_t i = 0; i + 1 < series->visit_count; i++) {
        input->before = series->visits[i].scores[0];
        input->now = series->visits[i + 1].scores[0];
        tdm_status status = tdm__comparison_make(&series->comparisons[i], allocator, input);
        if (status != TDM_OK)
            return status;
    }
    return TDM_OK;
}

tdm_status tdm__series_compare(tdm__series *series, const tdm_allocator *allocator,
                               tdm__reliability reliability)
{
    tdm__visit_pair *pairs = tdm__alloc_zeroed(allocator, count_others(series) + 1, sizeof *pairs);
    series->comparisons = tdm__alloc_zeroed(allocator, series->visit_count, sizeof *series->comparisons);
    tdm_status status = TDM_NO_MEMORY;
    if (pairs && series->comparisons) {
        tdm__comparison_input input = {.pairs = pairs, .reliability = reliability};
        input.pair_count = fill_pairs(pairs, series);
        status = compare_all(series, allocator, &input);
    }
    tdm__free(allocator, pairs);
    if (status != TDM_OK)
        tdm__series_forget(series, allocator);
    return status;
}

void tdm__series_forget(tdm__series *series, const tdm_allocator *allocator)
{
    for (size_t i = 0; series->comparisons && i + 1 < series->visit_count; i++)
        tdm__comparison_free(series->comparisons[i]);
    tdm__free(allocator, series->comparisons);
    series->comparisons = NULL;
}
