/*
 * Checks on how the record is kept: actions, sources, seen and heard, days of recording, balance, density,
 * entries without a date.
 */
#include "engine/check_parts.h"

#include <stdlib.h>

/* A finding on many rows at once. */
typedef struct row_list {
    uint32_t *events;
    size_t count;
} row_list;

static row_list new_list(tdm__checking *c)
{
    return (row_list){tdm__check_room(c, c->row_count, sizeof(uint32_t)), 0};
}

static tdm_str number(tdm__checking *c, int64_t value)
{
    return tdm__check_text(c, "%lld", (long long)value);
}

static void found_list(tdm__checking *c, const row_list *list, tdm_answer answer, tdm_str a, tdm_str b,
                       tdm_str third, tdm_str fourth)
{
    tdm__found found = {.answer = answer,
                        .events = list->events,
                        .event_count = list->count,
                        .values = {a, b, third, fourth}};
    if (list->count > 0)
        tdm__check_found(c, &found);
}

static const tdm_str nothing = {"", 0};

void tdm__check_no_action(tdm__checking *c)
{
    row_list without = new_list(c);
    int64_t concerns = 0;
    bool any = false;
    for (uint32_t i = 0; without.events && i < c->row_count; i++) {
        const tdm__checked_row *row = &c->rows[i];
        bool has = tdm__chronology_has_string(c->chronology, row->event.index, TDM__ACTION);
        any = any || has;
        concerns += row->concern;
        if (row->concern && !has)
            without.events[without.count++] = row->event.index;
    }
    if (concerns > 0 && !any)
        tdm__check_gap_add(c, TDM__GAP_NO_ACTION);
    else
        found_list(c, &without, TDM_MET, number(c, (int64_t)without.count), number(c, concerns), nothing,
                   nothing);
}

void tdm__check_no_source(tdm__checking *c)
{
    row_list without = new_list(c);
    for (uint32_t i = 0; without.events && i < c->row_count; i++)
        if (tdm__chronology_source(c->chronology, c->rows[i].event.source)->name.length == 0)
            without.events[without.count++] = c->rows[i].event.index;
    found_list(c, &without, TDM_MET, number(c, (int64_t)without.count), number(c, c->row_count), nothing,
               nothing);
}

void tdm__check_undated(tdm__checking *c)
{
    row_list without = new_list(c);
    for (uint32_t i = 0; without.events && i < c->row_count; i++)
        if (!c->rows[i].dated)
            without.events[without.count++] = c->rows[i].event.index;
    found_list(c, &without, TDM_MET, number(c, (int64_t)without.count), number(c, c->row_count), nothing,
               nothing);
}

/* --- seen and heard --- */

typedef struct ordered_row {
    tdm_day from;
    uint32_t row;
} ordered_row;

static int compare_rows(const void *a, const void *b)
{
    const ordered_row *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static size_t dated_rows(ordered_row *out, const tdm__checking *c)
{
    size_t count = 0;
    for (uint32_t i = 0; i < c->row_count; i++)
        if (c->rows[i].dated)
            out[count++] = (ordered_row){c->rows[i].from, i};
    if (count > 1)
        qsort(out, count, sizeof *out, compare_rows);
    return count;
}

/* Days on which the level of response is that of an assessment or more, whatever the doubtful dates. */
#define LEVEL_OF_WORK 3

/* Time since the child was last seen (or heard), while entries go on. */
typedef struct stretch {
    tdm_day from, to; /* some day within: when it began */
    row_list entries;
} stretch;

static void end_stretch(tdm__checking *c, stretch *since, tdm_day from, tdm_day to)
{
    bool certain = (int64_t)from - since->to > c->values[0];
    bool perhaps = (int64_t)to - since->from > c->values[0];
    if (perhaps)
        found_list(c, &since->entries, certain ? TDM_MET : TDM_POSSIBLE,
                   tdm__check_day_words(c, certain ? since->to : since->from),
                   tdm__check_day_words(c, certain ? from : to), number(c, (int64_t)since->entries.count),
                   nothing);
    since->entries.count = 0;
}

/* The rows in order of their first day, and how far they have been looked through. */
typedef struct looking {
    ordered_row *order;
    size_t count, at;
    tdm_day seen_to; /* the last day on which any row so far may have said yes */
    uint32_t (*value_of)(const tdm__event *event);
} looking;

/* Up to a day; every row is passed once, whatever the number of periods. */
static void pass_rows(tdm__checking *c, looking *l, stretch *since, tdm_day until)
{
    for (; l->at < l->count && l->order[l->at].from <= until; l->at++) {
        const tdm__checked_row *row = &c->rows[l->order[l->at].row];
        bool yes = l->value_of(&row->event) == TDM__YES;
        if (yes && row->to > l->seen_to)
            l->seen_to = row->to;
        if (!since)
            continue;
        if (!yes) {
            since->entries.events[since->entries.count++] = row->event.index;
            continue;
        }
        end_stretch(c, since, row->from, row->to);
        since->from = row->from;
        since->to = row->to > since->to ? row->to : since->to;
    }
}

static void look_in_period(tdm__checking *c, looking *l, row_list room, tdm_day from, tdm_day to)
{
    pass_rows(c, l, NULL, from - 1);
    stretch since = {from, l->seen_to > from ? l->seen_to : from, room};
    pass_rows(c, l, &since, to);
    end_stretch(c, &since, to, to);
}

static bool any_value(const tdm__checking *c, uint32_t (*value_of)(const tdm__event *event))
{
    for (uint32_t i = 0; i < c->row_count; i++)
        if (value_of(&c->rows[i].event) != TDM__NOT_RECORDED)
            return true;
    return false;
}

/* `value_of` gives what a row says: yes, no, nothing. Steps follow one another without gaps. */
static void look_for_stretches(tdm__checking *c, uint32_t (*value_of)(const tdm__event *event), uint32_t gap)
{
    const tdm__level_step *steps = c->levels;
    ordered_row *order = tdm__check_room(c, c->row_count, sizeof *order);
    row_list room = new_list(c);
    if (c->status != TDM_OK)
        return;
    looking l = {order, dated_rows(order, c), 0, TDM_DAY_NONE, value_of};
    bool recorded = any_value(c, value_of);
    for (size_t i = 0, first = 0; i < c->level_count; i++) {
        bool work = steps[i].level.certain >= LEVEL_OF_WORK;
        if (!work) {
            first = i + 1;
            continue;
        }
        if (!recorded)
            tdm__check_gap_add(c, gap);
        if (recorded && (i + 1 == c->level_count || steps[i + 1].level.certain < LEVEL_OF_WORK))
            look_in_period(c, &l, room, steps[first].from, steps[i].to);
    }
}

static uint32_t seen_of(const tdm__event *event)
{
    return event->child_seen;
}

static uint32_t heard_of(const tdm__event *event)
{
    return event->voice;
}

void tdm__check_not_seen(tdm__checking *c)
{
    look_for_stretches(c, seen_of, TDM__GAP_NO_SEEN);
}

void tdm__check_not_heard(tdm__checking *c)
{
    look_for_stretches(c, heard_of, TDM__GAP_NO_HEARD);
}

/* --- days of recording --- */

void tdm__check_recorded_late(tdm__checking *c)
{
    row_list late = new_list(c), perhaps = new_list(c);
    int64_t recorded = 0, longest = 0, longest_perhaps = 0;
    for (uint32_t i = 0; c->status == TDM_OK && i < c->row_count; i++) {
        const tdm__checked_row *row = &c->rows[i];
        if (!row->dated || row->event.recorded == TDM_DAY_NONE)
            continue;
        /* The history cut the last day to that of the record. */
        int64_t least = (int64_t)row->event.recorded - row->to,
                most = (int64_t)row->event.recorded - row->from;
        recorded++;
        if (least > c->values[0] && !row->uncertain) {
            late.events[late.count++] = row->event.index;
            longest = least > longest ? least : longest;
        } else if (most > c->values[0]) {
            perhaps.events[perhaps.count++] = row->event.index;
            longest_perhaps = most > longest_perhaps ? most : longest_perhaps;
        }
    }
    if (recorded == 0) {
        tdm__check_gap_add(c, TDM__GAP_NO_RECORDED);
        return;
    }
    const row_list *list = late.count > 0 ? &late : &perhaps;
    found_list(c, list, late.count > 0 ? TDM_MET : TDM_POSSIBLE, number(c, (int64_t)list->count),
               number(c, recorded), number(c, c->values[0]),
               number(c, late.count > 0 ? longest : longest_perhaps));
}

/* --- balance --- */

static bool could_hold_strength(const tdm__checking *c)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(c->chronology);
    for (uint32_t kind = 0; kind < vocabulary->kind_count; kind++)
        if (vocabulary->kinds[kind].strength &&
            tdm__chronology_could_hold(c->chronology, c->history->child, kind, c->history->as_of))
            return true;
    return false;
}

void tdm__check_all_negative(tdm__checking *c)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(c->chronology);
    row_list concerns = new_list(c);
    bool stated = false, strength = false;
    for (uint32_t i = 0; concerns.events && i < c->row_count; i++) {
        const tdm__event *event = &c->rows[i].event;
        stated = stated || event->polarity != TDM__POLARITY_NOT_STATED;
        strength = strength || event->polarity == TDM__STRENGTH ||
                   (event->polarity == TDM__POLARITY_NOT_STATED && vocabulary->kinds[event->kind].strength);
        if (c->rows[i].concern)
            concerns.events[concerns.count++] = event->index;
    }
    if (strength || concerns.count < (size_t)c->values[0])
        return;
    if (!stated && !could_hold_strength(c))
        tdm__check_gap_add(c, TDM__GAP_NO_POLARITY);
    else
        found_list(c, &concerns, TDM_MET, number(c, (int64_t)concerns.count), nothing, nothing, nothing);
}

/* --- density --- */

static int32_t month_of(tdm_day day)
{
    int32_t year, month, of_month;
    tdm_day_to_civil(day, &year, &month, &of_month);
    return year * 12 + month - 1;
}

static int compare_months(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* First and last month of each dated row, and those of rows that lie in one month, each list sorted. */
typedef struct months {
    int32_t *starts, *ends, *sure;
    size_t count, sure_count;
} months;

static bool gather_months(months *out, tdm__checking *c)
{
    *out = (months){.starts = tdm__check_room(c, c->row_count, sizeof(int32_t)),
                    .ends = tdm__check_room(c, c->row_count, sizeof(int32_t)),
                    .sure = tdm__check_room(c, c->row_count, sizeof(int32_t))};
    if (c->status != TDM_OK)
        return false;
    for (uint32_t i = 0; i < c->row_count; i++) {
        const tdm__checked_row *row = &c->rows[i];
        if (!row->dated)
            continue;
        int32_t first = month_of(row->from), last = month_of(row->to);
        if (first == last && !row->uncertain)
            out->sure[out->sure_count++] = first;
        out->starts[out->count] = first;
        out->ends[out->count++] = last;
    }
    if (out->count > 1) {
        qsort(out->starts, out->count, sizeof *out->starts, compare_months);
        qsort(out->ends, out->count, sizeof *out->ends, compare_months);
        qsort(out->sure, out->sure_count, sizeof *out->sure, compare_months);
    }
    return true;
}

typedef struct full_months {
    size_t months, most; /* how many hold too much; the most in one */
    int32_t fullest;
} full_months;

static void take_month(full_months *full, int32_t month, size_t count, int32_t limit)
{
    full->months += count > (size_t)limit;
    if (count > full->most) {
        full->most = count;
        full->fullest = month;
    }
}

static full_months surely_full(const months *of, int32_t limit)
{
    full_months full = {0};
    for (size_t i = 0, first = 0; i < of->sure_count; i++) {
        if (i + 1 < of->sure_count && of->sure[i + 1] == of->sure[i])
            continue;
        take_month(&full, of->sure[i], i - first + 1, limit);
        first = i + 1;
    }
    return full;
}

/* The most that a month can hold is held in one in which a row may begin. */
static full_months perhaps_full(const months *of, int32_t limit)
{
    full_months full = {0};
    for (size_t i = 0, ended = 0; i < of->count; i++) {
        if (i + 1 < of->count && of->starts[i + 1] == of->starts[i])
            continue;
        while (ended < of->count && of->ends[ended] < of->starts[i])
            ended++;
        take_month(&full, of->starts[i], i + 1 - ended, limit);
    }
    return full;
}

void tdm__check_dense(tdm__checking *c)
{
    months of;
    row_list rows = new_list(c);
    if (!gather_months(&of, c))
        return;
    full_months full = surely_full(&of, c->values[0]);
    tdm_answer answer = TDM_MET;
    if (full.months == 0) {
        full = perhaps_full(&of, c->values[0]);
        answer = TDM_POSSIBLE;
    }
    if (full.months == 0)
        return;
    for (uint32_t i = 0; i < c->row_count; i++)
        if (c->rows[i].dated && month_of(c->rows[i].from) <= full.fullest &&
            month_of(c->rows[i].to) >= full.fullest)
            rows.events[rows.count++] = c->rows[i].event.index;
    char words[TDM_DATE_TEXT_SIZE];
    tdm_day first;
    tdm_day_from_civil(&first, full.fullest / 12, full.fullest % 12 + 1, 1);
    tdm_date_words(words, (tdm_date){first, tdm_day_add_months(first, 1) - 1, 0});
    found_list(c, &rows, answer, number(c, (int64_t)full.months), number(c, c->values[0]),
               tdm__check_text(c, "%s", words), number(c, (int64_t)full.most));
}
