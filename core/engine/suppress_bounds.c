/*
 * The attacks by what a mark says: a small cell is 1 to threshold - 1, one left out beside it is not. Each
 * sum narrows what its members can be, and that the sums of those; and each other value of a small cell is
 * tried in turn, whether the sums around contradict it. A small cell of which one value is left is given
 * away.
 *
 * These are no search through all tables, and end after ALL_STEPS; a search found nothing that was left in
 * some ten thousand small tables, of which the tests keep some.
 */
#include "engine/suppress_parts.h"

#include <string.h>

#define ANY          (INT64_MAX / 4) /* more than any count; sums of it are held at it */
#define VALUES_APART 64
#define TRIAL_STEPS  4000     /* members looked at for one value, and cells narrowed by it */
#define ALL_STEPS    20000000 /* for all of them together; what is left then is not tried */

/* What each cell can be. */
typedef struct range {
    int64_t low, high;
} range;

typedef struct change {
    uint32_t cell;
    range before;
} change;

typedef struct limits {
    const tdm__hiding *hiding;
    range *ranges;
    uint8_t *tells;  /* one a sum: it holds, and all of it is published or left out by us */
    uint32_t *queue; /* sums to go through, round and round; each stands in it once */
    uint8_t *queued;
    size_t queue_first, queue_count;
    change *changes; /* of a trial, to be taken back; room for TRIAL_STEPS */
    size_t change_count;
    bool trying;
    size_t steps;
} limits;

static int64_t held(int64_t number)
{
    return number > ANY ? ANY : number;
}

/* What the attacker sees. Were every number left out, marks alone may still give a cell away, and nothing
 * more can be done about that; of what is shown he then sees the marks as one sign. */
typedef enum sight { SEES_MARKS, SEES_MARKS_ALONE, SEES_ONE_SIGN } sight;

static range range_of(const tdm__hiding *hiding, size_t cell, sight sees)
{
    const int64_t count = hiding->cells->counts[cell], threshold = hiding->cells->threshold;
    if (hiding->marks[cell] == TDM__CELL_SHOWN && (count == 0 || sees != SEES_MARKS_ALONE))
        return (range){held(count), held(count)};
    /* That a 0 is left out is rare: who knows the rule takes what is for no 0. */
    if (count == 0 || sees == SEES_ONE_SIGN)
        return (range){count == 0 ? 0 : 1, ANY};
    const bool small = hiding->marks[cell] == TDM__CELL_SMALL;
    return small ? (range){1, threshold - 1} : (range){threshold, ANY};
}

/* A sum that does not hold, or of which a cell is not published, tells nothing about limits. */
static bool sum_tells(const tdm__hiding *hiding, const tdm__sum *sum)
{
    int64_t together = 0;
    for (size_t i = 0; i < sum->part_count; i++) {
        const int64_t count = hiding->cells->counts[sum->parts[i]];
        if (count < 0)
            return false;
        together = held(together + held(count));
    }
    return together < ANY && together == hiding->cells->counts[sum->total];
}

static void queue_sum(limits *l, uint32_t sum)
{
    if (l->queued[sum] || !l->tells[sum])
        return;
    l->queued[sum] = 1;
    l->queue[(l->queue_first + l->queue_count++) % l->hiding->cells->sum_count] = sum;
}

/* false: no value is left. */
static bool narrow(limits *l, uint32_t cell, int64_t low, int64_t high)
{
    range *what = &l->ranges[cell];
    if (low <= what->low && high >= what->high)
        return true;
    if (l->trying) {
        if (l->change_count == TRIAL_STEPS)
            return true;
        l->changes[l->change_count++] = (change){cell, *what};
    }
    what->low = low > what->low ? low : what->low;
    what->high = high < what->high ? high : what->high;
    for (size_t i = l->hiding->first_of[cell]; i < l->hiding->first_of[cell + 1]; i++)
        queue_sum(l, l->hiding->sums_of[i]);
    return what->low <= what->high;
}

/* All parts against the total; then the total less all but one part against that part, for each. */
static bool narrow_sum(limits *l, const tdm__sum *sum)
{
    int64_t low = 0, high = 0;
    size_t boundless = 0; /* parts that can be anything: with another of them a part has no least value */
    for (size_t i = 0; i < sum->part_count; i++) {
        const range *part = &l->ranges[sum->parts[i]];
        low = held(low + part->low);
        high = held(high + (part->high < ANY ? part->high : 0));
        boundless += part->high < ANY ? 0 : 1;
    }
    l->steps += tdm__member_count(sum);
    if (!narrow(l, sum->total, low, boundless > 0 ? ANY : high))
        return false;
    const range total = l->ranges[sum->total];
    for (size_t i = 0; i < sum->part_count; i++) {
        const range part = l->ranges[sum->parts[i]];
        const bool bounded = part.high < ANY;
        const bool others_bounded = boundless == (bounded ? 0U : 1U);
        const int64_t least = others_bounded ? total.low - (bounded ? high - part.high : high) : 0;
        const int64_t most = total.high < ANY ? total.high - (low - part.low) : ANY;
        if (part.low != part.high && !narrow(l, sum->parts[i], least, most))
            return false;
    }
    return true;
}

static void forget_queue(limits *l)
{
    for (; l->queue_count > 0; l->queue_count--) {
        l->queued[l->queue[l->queue_first]] = 0;
        l->queue_first = (l->queue_first + 1) % l->hiding->cells->sum_count;
    }
}

/* Goes through the sums that wait, at most `steps` members. false: they contradict each other. */
static bool follow(limits *l, size_t steps)
{
    bool fits = true;
    for (const size_t end = l->steps + steps; fits && l->queue_count > 0 && l->steps < end;) {
        const uint32_t sum = l->queue[l->queue_first];
        l->queue_first = (l->queue_first + 1) % l->hiding->cells->sum_count;
        l->queue_count--;
        l->queued[sum] = 0;
        fits = narrow_sum(l, &l->hiding->cells->sums[sum]);
    }
    forget_queue(l);
    return fits;
}

static bool can_be(limits *l, uint32_t cell, int64_t value)
{
    l->trying = true;
    l->change_count = 0;
    const bool fits = narrow(l, cell, value, value) && follow(l, TRIAL_STEPS);
    while (l->change_count > 0) {
        const change *last = &l->changes[--l->change_count];
        l->ranges[last->cell] = last->before;
    }
    forget_queue(l);
    l->trying = false;
    return fits;
}

/* The values around the right one are those that others agree with soonest. */
static bool has_another_value(limits *l, uint32_t cell)
{
    const range what = l->ranges[cell];
    const int64_t count = l->hiding->cells->counts[cell];
    for (int64_t apart = 1; apart <= VALUES_APART; apart++) {
        if (count - apart >= what.low && can_be(l, cell, count - apart))
            return true;
        if (count + apart <= what.high && can_be(l, cell, count + apart))
            return true;
    }
    return false;
}

static tdm_status set_up(limits *l, const tdm__hiding *hiding, sight sees, tdm__arena *arena)
{
    const tdm__cells *cells = hiding->cells;
    *l = (limits){.hiding = hiding,
                  .ranges = tdm__arena_array(arena, cells->count, sizeof *l->ranges),
                  .tells = tdm__arena_array(arena, cells->sum_count, 1),
                  .queue = tdm__arena_array(arena, cells->sum_count, sizeof *l->queue),
                  .queued = tdm__arena_array(arena, cells->sum_count, 1),
                  .changes = tdm__arena_array(arena, TRIAL_STEPS, sizeof *l->changes)};
    if (!l->ranges || !l->tells || !l->queue || !l->queued || !l->changes)
        return TDM_NO_MEMORY;
    for (size_t cell = 0; cell < cells->count; cell++)
        l->ranges[cell] = range_of(hiding, cell, sees);
    for (uint32_t s = 0; s < cells->sum_count; s++) {
        l->tells[s] = sum_tells(hiding, &cells->sums[s]) ? 1 : 0;
        queue_sum(l, s);
    }
    return TDM_OK;
}

/* Tries the small cells whose `state` is `asked`: sets those of which one value is left to `found`, the
 * others to `not_found`. */
static tdm_status attack(tdm__hiding *hiding, sight sees, uint8_t asked, uint8_t found, uint8_t not_found)
{
    tdm__arena arena;
    tdm__arena_init(&arena, hiding->arena->allocator);
    limits l;
    tdm_status status = set_up(&l, hiding, sees, &arena);
    if (status == TDM_OK) {
        (void)follow(&l, ALL_STEPS); /* the counts themselves agree with every sum that tells */
        for (uint32_t cell = 0; cell < hiding->cells->count; cell++)
            if (hiding->marks[cell] == TDM__CELL_SMALL && hiding->state[cell] == asked)
                hiding->state[cell] = l.steps < ALL_STEPS && !has_another_value(&l, cell) ? found : not_found;
    }
    tdm__arena_free(&arena);
    return status;
}

static bool any_in(const tdm__hiding *hiding, uint8_t state)
{
    return memchr(hiding->state, state, hiding->cells->count) != NULL;
}

/* What was found to have several values stays so, as leaving out more only adds to them. */
tdm_status tdm__attack_by_bounds(tdm__hiding *hiding)
{
    enum { BY_MARKS, BY_SIGN, SAFE, KNOWN_BY_MARKS, KNOWN_BY_SIGN };
    if (hiding->cells->threshold <= 2) /* the mark itself says 1 */
        return TDM_OK;
    tdm_status status = attack(hiding, SEES_MARKS, BY_MARKS, KNOWN_BY_MARKS, SAFE);
    if (status == TDM_OK && any_in(hiding, KNOWN_BY_MARKS))
        status = attack(hiding, SEES_MARKS_ALONE, KNOWN_BY_MARKS, BY_SIGN, KNOWN_BY_MARKS);
    if (status == TDM_OK && any_in(hiding, BY_SIGN))
        status = attack(hiding, SEES_ONE_SIGN, BY_SIGN, KNOWN_BY_SIGN, SAFE);
    for (size_t cell = 0; status == TDM_OK && cell < hiding->cells->count; cell++) {
        uint8_t *state = &hiding->state[cell];
        const bool known = *state == KNOWN_BY_MARKS || *state == KNOWN_BY_SIGN;
        hiding->given_away[cell] = known ? 1 : 0;
        if (known)
            *state = *state == KNOWN_BY_MARKS ? BY_MARKS : BY_SIGN; /* to be asked again */
    }
    return status;
}
