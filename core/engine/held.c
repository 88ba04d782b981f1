/*
 * Whether the rows of a child are enough for an indicator to be met at all, as its script declares them in
 * `needs.held`: how many, within which time, of what sort. Whoever is not sure asks the script. Not here:
 * what sources could hold (needs.c).
 */
#include "engine/needs.h"

#include "chronology/selection.h"
#include "chronology/table.h"

/* Beyond so many rows in doubt the script is asked: each is held against each. */
#define DOUBTFUL_ROWS_MAX 256

/* Which rows count, made ready once an indicator and child. */
typedef struct counting {
    const tdm__at_hand *at_hand;
    const tdm__needs *needs;
    bool some;                          /* only concerns of these kinds and themes */
    uint64_t kinds[TDM_KINDS_MAX / 64]; /* of concerns */
    uint32_t themes;
} counting;

/* Codes that are a kind and a theme stand for both: too many is no fault here. */
static void add_codes(counting *c, const tdm__param_value *list)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(c->at_hand->history->chronology);
    for (size_t i = 0; list->codes && i < list->item_count; i++) {
        uint32_t kind = tdm__vocabulary_kind(vocabulary, list->codes[i]);
        int32_t theme = tdm__theme_find(list->codes[i]);
        if (kind != TDM_NO_INDEX)
            c->kinds[kind / 64] |= UINT64_C(1) << (kind % 64);
        if (theme >= 0)
            c->themes |= UINT32_C(1) << theme;
    }
}

static bool concern_counts(const counting *c, uint32_t row)
{
    uint8_t sort = c->at_hand->concern_rows[row];
    if (sort == 0 || (c->needs->held_high && sort != TDM__HELD_HIGH))
        return false;
    if (!c->some)
        return true;
    const tdm_history *h = c->at_hand->history;
    tdm__event event = tdm__history_event(h, row);
    return (c->kinds[event.kind / 64] >> (event.kind % 64) & 1) || (event.themes & c->themes) != 0;
}

static bool row_counts(const counting *c, uint32_t row)
{
    const tdm_history *h = c->at_hand->history;
    uint32_t kind = h->chronology->columns.kind[h->rows[row].event];
    for (size_t i = 0; i < c->needs->held_count; i++)
        if (c->needs->held[i] == kind)
            return true;
    return c->needs->held_concern && concern_counts(c, row);
}

/* Days between the first and the last day of a span, or more. */
static int64_t days_at_most(tdm_span span)
{
    switch (span.unit) {
    case TDM_SPAN_MONTHS:
        return INT64_C(31) * span.count;
    case TDM_SPAN_WORKING_DAYS:
        return INT64_C(2) * span.count + 30; /* weekends, and the longest run of holidays */
    default:
        return span.count;
    }
}

/* Whether `n` of the rows, in order of their days, which are known, lie within so many days. */
static bool lie_close(const tdm__period *rows, size_t count, size_t n, int64_t days)
{
    for (size_t i = 0; i + n <= count; i++)
        if ((int64_t)rows[i + n - 1].from - rows[i].from <= days)
            return true;
    return false;
}

/* Whether they may, wherever their dates fall: a time that holds them can begin on the last day of one. */
static bool may_lie_close(const tdm__period *rows, size_t count, size_t n, int64_t days)
{
    if (count > DOUBTFUL_ROWS_MAX)
        return true;
    for (size_t i = 0; i < count; i++) {
        size_t inside = 0;
        for (size_t k = 0; k < count; k++)
            inside += rows[k].to >= rows[i].to && (int64_t)rows[k].from - rows[i].to <= days;
        if (inside >= n)
            return true;
    }
    return false;
}

/* Rows without a date are in no time. */
static bool enough_within(const counting *c, size_t n, int64_t days)
{
    const tdm_history *h = c->at_hand->history;
    tdm__period *rows = tdm__arena_alloc(h->arena, h->row_count * sizeof *rows);
    bool doubt = false;
    size_t count = 0;
    if (!rows)
        return true; /* the script will say that there is no memory */
    for (uint32_t row = 0; row < h->row_count; row++) {
        if (!h->rows[row].dated || !row_counts(c, row))
            continue;
        rows[count] = (tdm__period){h->rows[row].from, h->rows[row].to};
        doubt = doubt || rows[count].from != rows[count].to ||
                (count > 0 && rows[count].from < rows[count - 1].from);
        count++;
    }
    return doubt ? may_lie_close(rows, count, n, days) : lie_close(rows, count, n, days);
}

static bool enough_of_some(const counting *c, int64_t n)
{
    int64_t count = 0;
    for (uint32_t row = 0; row < c->at_hand->history->row_count && count < n; row++)
        count += row_counts(c, row);
    return count >= n;
}

/* A concern of these kinds counts twice: too many is no fault here. */
static int64_t rows_at_most(const tdm__at_hand *at_hand, const tdm__needs *needs)
{
    int64_t rows = needs->held_high ? at_hand->high_concerns : needs->held_concern ? at_hand->concerns : 0;
    for (size_t i = 0; i < needs->held_count; i++)
        rows += at_hand->rows[needs->held[i]];
    return rows;
}

/* --- different things --- */

/* Whether a row of the kind carries the fact: how many things it tells is not known. */
static bool has_row_with(const tdm__at_hand *at_hand, uint32_t kind, uint32_t fact)
{
    const tdm_history *h = at_hand->history;
    tdm__fact_value value;
    if (at_hand->rows[kind] == 0)
        return false;
    for (uint32_t row = 0; row < h->row_count; row++)
        if (tdm__history_event(h, row).kind == kind &&
            tdm__chronology_fact(&value, h->chronology, h->rows[row].event, fact))
            return true;
    return false;
}

static bool has_themed_concern(const tdm__at_hand *at_hand)
{
    const tdm_history *h = at_hand->history;
    for (uint32_t row = 0; row < h->row_count; row++)
        if (at_hand->concern_rows[row] != 0 && tdm__history_event(h, row).themes != 0)
            return true;
    return false;
}

/* Things that lists put together stand beside each other. */
static bool may_be_different(const tdm__at_hand *at_hand, const tdm__needs *needs, int64_t n)
{
    int64_t things = 0;
    uint32_t last = TDM_NO_INDEX;
    for (size_t i = 0; i < needs->held_count; i++) {
        const tdm__held_thing *thing = &needs->things[i];
        bool there = at_hand->rows[needs->held[i]] > 0;
        if (thing->fact != TDM_NO_INDEX && has_row_with(at_hand, needs->held[i], thing->fact))
            return true;
        if (thing->fact != TDM_NO_INDEX || thing->number == last || !there)
            continue;
        things++;
        last = thing->number;
    }
    return things >= n || (needs->held_concern && has_themed_concern(at_hand));
}

static int64_t least_of(const tdm__needs *needs, const tdm__param_value *params)
{
    int64_t least = needs->held_n_count == 0 ? 1 : INT64_MAX;
    for (size_t i = 0; i < needs->held_n_count; i++)
        if (params[needs->held_n[i]].number < least)
            least = params[needs->held_n[i]].number;
    return least;
}

static bool has_one_of(const tdm__at_hand *at_hand, const uint32_t *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (at_hand->rows[kinds[i]] > 0)
            return true;
    return count == 0;
}

bool tdm__may_be_enough(const tdm__at_hand *at_hand, const tdm__needs *needs, const tdm__param_value *params)
{
    if (needs->held_count == 0 && !needs->held_concern)
        return true;
    int64_t n = least_of(needs, params);
    if (needs->things)
        return may_be_different(at_hand, needs, n);
    if (rows_at_most(at_hand, needs) < n || !has_one_of(at_hand, needs->also, needs->also_count))
        return false;
    counting c = {.at_hand = at_hand, .needs = needs, .some = needs->held_of_count > 0};
    for (size_t i = 0; i < needs->held_of_count; i++)
        add_codes(&c, &params[needs->held_of[i]]);
    if (c.some && !enough_of_some(&c, n))
        return false;
    return needs->held_within == TDM_NO_INDEX || n < 2 ||
           enough_within(&c, (size_t)n, days_at_most(params[needs->held_within].span));
}
