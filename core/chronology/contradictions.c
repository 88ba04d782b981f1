/*
 * What rows of one incident say differently: days that exclude each other, one fact with two values.
 * Which of them is right is for a person to find out.
 */
#include "chronology/history.h"
#include "chronology/table.h"

typedef struct list {
    tdm__contradiction *items; /* NULL: only counted */
    size_t count;
} list;

static void add(list *found, uint32_t row, uint32_t other, uint32_t key)
{
    if (found->items)
        found->items[found->count] = (tdm__contradiction){row, other, key};
    found->count++;
}

/* As written: rows of a stated incident share a date in the history. An undated row excludes nothing. */
static bool days_exclude(const tdm_history *h, uint32_t a, uint32_t b)
{
    const tdm__columns *k = &h->chronology->columns;
    uint32_t x = h->rows[a].event, y = h->rows[b].event;
    return k->day_from[x] > tdm__column_day_to(k, y) || k->day_from[y] > tdm__column_day_to(k, x);
}

static bool values_differ(const tdm_history *h, uint32_t a, uint32_t b, uint32_t key)
{
    tdm__fact_value x, y;
    return tdm__chronology_fact(&x, h->chronology, h->rows[a].event, key) &&
           tdm__chronology_fact(&y, h->chronology, h->rows[b].event, key) && !tdm__str_equal(x.text, y.text);
}

static bool contradict(const tdm_history *h, uint32_t a, uint32_t b, uint32_t key)
{
    return key == TDM_NO_INDEX ? days_exclude(h, a, b) : values_differ(h, a, b, key);
}

static void compare_rows(list *found, const tdm_history *h, const uint32_t *rows, uint32_t count,
                         uint32_t key)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t k = 0;
        while (k < i && !contradict(h, rows[i], rows[k], key))
            k++;
        if (k < i)
            add(found, rows[i], rows[k], key);
    }
}

/* Whether two rows at least carry the fact: most facts are on none. */
static bool carried(const tdm_history *h, const uint32_t *rows, uint32_t count, uint32_t key)
{
    uint32_t carriers = 0;
    tdm__fact_value value;
    for (uint32_t i = 0; i < count && carriers < 2; i++)
        carriers += tdm__chronology_fact(&value, h->chronology, h->rows[rows[i]].event, key);
    return carriers == 2;
}

static void compare_all(list *found, const tdm_history *h, const uint32_t *rows, uint32_t count)
{
    compare_rows(found, h, rows, count, TDM_NO_INDEX);
    for (uint32_t key = 0; key < tdm__chronology_fact_key_count(h->chronology); key++)
        if (carried(h, rows, count, key))
            compare_rows(found, h, rows, count, key);
}

tdm_status tdm__history_contradictions(tdm__contradiction **out, size_t *count, const tdm_history *history,
                                       const uint32_t *rows, uint32_t row_count)
{
    list found = {NULL, 0};
    *out = NULL;
    *count = 0;
    compare_all(&found, history, rows, row_count);
    found.items = tdm__arena_array(history->arena, found.count, sizeof *found.items);
    if (!found.items)
        return TDM_NO_MEMORY;
    found.count = 0;
    compare_all(&found, history, rows, row_count);
    *out = found.items;
    *count = found.count;
    return TDM_OK;
}
