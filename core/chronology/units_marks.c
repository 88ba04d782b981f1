/*
 * Marks of a child's units: see units_marks.h. What is asked of them is in units_relate.c and
 * units_stretches.c.
 */
#include "chronology/units_marks.h"

#include "chronology/days.h"

#include <stdlib.h>

/* --- what is marked --- */

bool tdm__mark_start(tdm__mark *out, const tdm__units *units, size_t at)
{
    *out = (tdm__mark){.key = units->start_from[at], .value = units->start_to[at], .event = units->event[at]};
    return true;
}

bool tdm__mark_start_by_last(tdm__mark *out, const tdm__units *units, size_t at)
{
    *out = (tdm__mark){.key = units->start_to[at], .value = units->start_from[at], .event = units->event[at]};
    return true;
}

/* A fault of the end, or of how many there are at a time, leaves the start where it was recorded. */
static bool start_is_sure(const tdm__units *units, size_t at)
{
    uint8_t reason = tdm__unit_reason(units, at);
    return reason == TDM__COUNTED || reason == TDM__UNCOUNTED_OVERLAPPING ||
           reason == TDM__UNCOUNTED_END_BEFORE_START;
}

bool tdm__mark_sure_start(tdm__mark *out, const tdm__units *units, size_t at)
{
    return tdm__mark_start(out, units, at) && start_is_sure(units, at);
}

bool tdm__mark_sure_start_by_last(tdm__mark *out, const tdm__units *units, size_t at)
{
    return tdm__mark_start_by_last(out, units, at) && start_is_sure(units, at);
}

static bool has_end(const tdm__units *units, size_t at)
{
    return units->end_from && units->end_from[at] != TDM_DAY_NONE;
}

bool tdm__mark_end(tdm__mark *out, const tdm__units *units, size_t at)
{
    if (!has_end(units, at))
        return false;
    *out = (tdm__mark){.key = units->end_from[at], .value = units->end_to[at], .event = units->event[at]};
    return true;
}

bool tdm__mark_sure_end_by_last(tdm__mark *out, const tdm__units *units, size_t at)
{
    uint8_t reason = tdm__unit_reason(units, at);
    if (!has_end(units, at) ||
        (reason != TDM__COUNTED && reason != TDM__UNCOUNTED_OVERLAPPING && reason != TDM__UNCOUNTED_NO_START))
        return false;
    *out = (tdm__mark){.key = units->end_to[at], .value = units->end_from[at], .event = units->event[at]};
    return true;
}

/* One that is over on the day of its start holds no day. */
bool tdm__mark_stay(tdm__mark *out, const tdm__units *units, size_t at)
{
    bool ends = has_end(units, at) && tdm__unit_reason(units, at) != TDM__UNCOUNTED_END_BEFORE_START;
    *out = (tdm__mark){.key = units->start_from[at],
                       .value = ends ? units->end_to[at] : TDM_DAY_AFTER_ALL,
                       .event = units->event[at]};
    return out->value > out->key;
}

bool tdm__mark_sure_stay(tdm__mark *out, const tdm__units *units, size_t at)
{
    uint8_t reason = tdm__unit_reason(units, at);
    *out = (tdm__mark){.key = units->start_to[at],
                       .value = has_end(units, at) ? units->end_from[at] : TDM_DAY_AFTER_ALL,
                       .event = units->event[at]};
    return reason == TDM__COUNTED || reason == TDM__UNCOUNTED_OVERLAPPING;
}

static bool with_last_day(tdm__mark *mark, bool is_one)
{
    mark->value += is_one && mark->value != TDM_DAY_AFTER_ALL;
    return is_one;
}

bool tdm__mark_stay_to_last(tdm__mark *out, const tdm__units *units, size_t at)
{
    tdm__mark_stay(out, units, at);
    return with_last_day(out, out->value >= out->key);
}

bool tdm__mark_sure_stay_to_last(tdm__mark *out, const tdm__units *units, size_t at)
{
    return with_last_day(out, tdm__mark_sure_stay(out, units, at));
}

/* --- looking them up --- */

static int compare_marks(const void *a, const void *b)
{
    const tdm__mark *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return (x->event > y->event) - (x->event < y->event);
}

#define NO_HIGHEST TDM_DAY_NONE
#define NO_LOWEST  TDM_DAY_AFTER_ALL

/* Takes over what the mark before it knows. */
static void carry(tdm__mark *mark, const tdm__mark *before, bool lowest)
{
    mark->best = mark->value;
    mark->best_event = mark->event;
    mark->second = lowest ? NO_LOWEST : NO_HIGHEST;
    if (!before)
        return;
    bool theirs = lowest ? before->best <= mark->value : before->best >= mark->value;
    tdm_day other = theirs ? mark->value : before->best;
    if (theirs) {
        mark->best = before->best;
        mark->best_event = before->best_event;
    }
    mark->second = (lowest ? before->second < other : before->second > other) ? before->second : other;
}

static void make_ready(tdm__marks *marks)
{
    bool in_order = true;
    for (size_t i = 1; in_order && i < marks->count; i++)
        in_order = marks->items[i - 1].key <= marks->items[i].key;
    if (!in_order)
        qsort(marks->items, marks->count, sizeof *marks->items, compare_marks);
    for (size_t i = 0; i < marks->count; i++) {
        size_t at = marks->lowest ? marks->count - 1 - i : i;
        size_t before = marks->lowest ? at + 1 : at - 1;
        carry(&marks->items[at], i == 0 ? NULL : &marks->items[before], marks->lowest);
    }
}

/* How many have a key below `key`. */
static size_t keys_below(const tdm__marks *marks, int64_t key)
{
    size_t low = 0, high = marks->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (marks->items[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t tdm__marks_count_up_to(const tdm__marks *marks, tdm_day key)
{
    return keys_below(marks, (int64_t)key + 1);
}

static bool best_but(tdm_day *value, const tdm__mark *mark, uint32_t except, tdm_day none)
{
    bool own = except != TDM_NO_INDEX && mark->best_event == except;
    *value = own ? mark->second : mark->best;
    return !own || mark->second != none;
}

bool tdm__marks_up_to(tdm_day *value, const tdm__marks *marks, tdm_day key, uint32_t except)
{
    size_t count = tdm__marks_count_up_to(marks, key);
    *value = NO_HIGHEST;
    return count > 0 && best_but(value, &marks->items[count - 1], except, NO_HIGHEST);
}

bool tdm__marks_from(tdm_day *value, const tdm__marks *marks, tdm_day key, uint32_t except)
{
    size_t first = keys_below(marks, key);
    *value = NO_LOWEST;
    return first < marks->count && best_but(value, &marks->items[first], except, NO_LOWEST);
}

/* --- child by child --- */

static void fill(tdm__marks *marks, const tdm__marking *marking, const tdm__units *others, size_t first,
                 size_t end)
{
    marks->count = 0;
    marks->lowest = marking->lowest;
    for (size_t i = first; i < end; i++)
        if (marking->of(&marks->items[marks->count], others, i))
            marks->count++;
    make_ready(marks);
}

static void fill_for_child(tdm__watch *watch, uint32_t child)
{
    const tdm__units *others = watch->others;
    while (watch->at < others->count && others->child[watch->at] < child)
        watch->at++;
    watch->first = watch->at;
    while (watch->at < others->count && others->child[watch->at] == child)
        watch->at++;
    fill(&watch->may_marks, &watch->may, others, watch->first, watch->at);
    fill(&watch->sure_marks, &watch->surely, others, watch->first, watch->at);
}

/* Room for the most units that one child has, and one more that turns out to be no mark. */
static tdm_status watch_new(tdm__watch *watch, tdm__arena *arena)
{
    const tdm__units *others = watch->others;
    size_t most = 0;
    for (size_t i = 0, first = 0; i < others->count; i++) {
        if (others->child[i] != others->child[first])
            first = i;
        most = i - first + 1 > most ? i - first + 1 : most;
    }
    watch->first = watch->at = 0;
    watch->may_marks.items = tdm__arena_array(arena, most + 1, sizeof(tdm__mark));
    watch->sure_marks.items = tdm__arena_array(arena, most + 1, sizeof(tdm__mark));
    return watch->may_marks.items && watch->sure_marks.items ? TDM_OK : TDM_NO_MEMORY;
}

tdm_status tdm__watch_children(tdm__units_ground *ground, const tdm__units *units, tdm__watch *watches,
                               size_t watch_count, tdm__judge_fn judge, void *payload)
{
    tdm_status status = tdm__units_are_of(ground, units);
    for (size_t i = 0; status == TDM_OK && i < watch_count; i++) {
        status = tdm__units_are_of(ground, watches[i].others);
        if (status == TDM_OK)
            status = watch_new(&watches[i], ground->arena);
        ground->looked_at += (int64_t)watches[i].others->count;
    }
    for (size_t i = 0; status == TDM_OK && i < units->count; i++) {
        if (i == 0 || units->child[i] != units->child[i - 1])
            for (size_t k = 0; k < watch_count; k++)
                fill_for_child(&watches[k], units->child[i]);
        judge(payload, i);
    }
    return status;
}

/* --- spans --- */

/* A day that is not known stays so. */
static bool stays(tdm_day day)
{
    return day == TDM_DAY_BEFORE_ALL || day == TDM_DAY_AFTER_ALL;
}

bool tdm__span_before(tdm_day *out, tdm_day day, tdm_span span, const tdm_holidays *holidays)
{
    *out = span.count < 0 ? TDM_DAY_BEFORE_ALL : day;
    if (span.count < 0 || stays(day))
        return true;
    if (span.unit == TDM_SPAN_WORKING_DAYS)
        return holidays && tdm_add_working_days(out, day, -span.count, holidays) == TDM_OK;
    *out = tdm__days_before(day, span);
    return true;
}

bool tdm__span_after(tdm_day *out, tdm_day day, tdm_span span, const tdm_holidays *holidays)
{
    *out = span.count < 0 ? TDM_DAY_AFTER_ALL : day;
    return span.count < 0 || stays(day) || tdm_span_end(out, day, span, holidays) == TDM_OK;
}
