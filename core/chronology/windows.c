/*
 * Placing units by the method of barriers. See the header for what is asked and why it is exact.
 */
#include "chronology/windows.h"

typedef struct schedule {
    const tdm__unit **jobs; /* by from */
    tdm_day *barrier;       /* earliest day of each place */
    tdm_day *day;           /* of each place */
    uint32_t *taken_by;     /* job of each place */
    uint32_t *heap;         /* released jobs, earliest deadline first */
    uint32_t count, heap_count, released;
    uint32_t place; /* the next one to fill */
    int64_t steps;  /* taken since they were charged last */
    uint32_t most;
    tdm_span span;
    const tdm_holidays *holidays;
} schedule;

/* Earlier deadline, then the order of the jobs. */
static bool before(const schedule *s, uint32_t a, uint32_t b)
{
    return s->jobs[a]->to != s->jobs[b]->to ? s->jobs[a]->to < s->jobs[b]->to : a < b;
}

static void push(schedule *s, uint32_t job)
{
    uint32_t at = s->heap_count++;
    for (; at > 0 && before(s, job, s->heap[(at - 1) / 2]); at = (at - 1) / 2)
        s->heap[at] = s->heap[(at - 1) / 2];
    s->heap[at] = job;
}

static uint32_t pop(schedule *s)
{
    uint32_t top = s->heap[0], last = s->heap[--s->heap_count], at = 0;
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= s->heap_count)
            break;
        if (child + 1 < s->heap_count && before(s, s->heap[child + 1], s->heap[child]))
            child++;
        if (!before(s, s->heap[child], last))
            break;
        s->heap[at] = s->heap[child];
        at = child;
    }
    s->heap[at] = last;
    return top;
}

/* Earliest day of a place, from the places before it and its barrier. */
static tdm_status place_opens(tdm_day *out, const schedule *s, uint32_t place)
{
    *out = s->barrier[place];
    if (place > 0 && s->day[place - 1] > *out)
        *out = s->day[place - 1];
    if (place < s->most)
        return TDM_OK;
    tdm_day last;
    tdm_status status = tdm__window_last(&last, s->day[place - s->most], s->span, s->holidays);
    if (status == TDM_OK && last == TDM_DAY_AFTER_ALL)
        *out = TDM_DAY_AFTER_ALL;
    else if (status == TDM_OK && last + 1 > *out)
        *out = last + 1;
    return status;
}

static void release_until(schedule *s, tdm_day day)
{
    while (s->released < s->count && s->jobs[s->released]->from <= day)
        push(s, s->released++);
}

/* Takes back what was placed from `place` on. Released by then were the jobs that open by the day before it
 * in the row; what waits is those of them that no earlier place has taken. */
static void go_back_to(schedule *s, uint32_t place)
{
    uint32_t waiting = s->heap_count;
    s->steps += waiting;
    for (uint32_t at = place; at <= s->place; at++)
        s->heap[waiting++] = s->taken_by[at];
    while (s->released > 0 && (place == 0 || s->jobs[s->released - 1]->from > s->day[place - 1]))
        s->released--;
    s->heap_count = 0;
    for (uint32_t i = 0; i < waiting; i++)
        if (s->heap[i] < s->released)
            push(s, s->heap[i]);
    s->place = place;
}

/* Sets a barrier for the job that comes too late at the place just filled and goes back to it; false when
 * nothing before it can give way. */
static bool add_barrier(schedule *s)
{
    uint32_t place = s->place;
    tdm_day deadline = s->jobs[s->taken_by[place]]->to;
    tdm_day released = s->jobs[s->taken_by[place]]->from;
    for (uint32_t at = place; at-- > 0;) {
        const tdm__unit *job = s->jobs[s->taken_by[at]];
        if (job->to > deadline) {
            s->barrier[at] = released;
            go_back_to(s, at);
            return true;
        }
        released = job->from < released ? job->from : released;
    }
    return false;
}

typedef enum attempt { PLACED, AGAIN, IMPOSSIBLE } attempt;

static tdm_status place_all(attempt *out, schedule *s)
{
    *out = PLACED;
    for (; s->place < s->count; s->place++) {
        tdm_day day;
        s->steps += 4;
        tdm_status status = place_opens(&day, s, s->place);
        if (status != TDM_OK)
            return status;
        release_until(s, day);
        if (s->heap_count == 0) {
            day = s->jobs[s->released]->from;
            release_until(s, day);
        }
        s->taken_by[s->place] = pop(s);
        s->day[s->place] = day;
        if (day > s->jobs[s->taken_by[s->place]]->to) {
            *out = add_barrier(s) ? AGAIN : IMPOSSIBLE;
            return TDM_OK;
        }
    }
    return TDM_OK;
}

static tdm_status new_schedule(schedule *s, const tdm__world_units *units, const bool *use)
{
    tdm__arena *arena = units->history->arena;
    s->jobs = tdm__arena_array(arena, units->count, sizeof *s->jobs);
    s->barrier = tdm__arena_array(arena, units->count, sizeof *s->barrier);
    s->day = tdm__arena_array(arena, units->count, sizeof *s->day);
    s->taken_by = tdm__arena_array(arena, units->count, sizeof *s->taken_by);
    s->heap = tdm__arena_array(arena, (size_t)units->count + 1, sizeof *s->heap);
    if (!s->jobs || !s->barrier || !s->day || !s->taken_by || !s->heap)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < units->count; i++)
        if (!units->items[i].optional && (!use || use[i])) {
            s->barrier[s->count] = TDM_DAY_BEFORE_ALL;
            s->jobs[s->count++] = &units->items[i];
        }
    return TDM_OK;
}

tdm_status tdm__windows_can_hold_at_most(bool *out, const tdm__world_units *units, const bool *use,
                                         uint32_t most, tdm_span span, const tdm_holidays *holidays,
                                         tdm_budget *budget)
{
    schedule s = {.most = most, .span = span, .holidays = holidays};
    *out = false;
    tdm_status status = new_schedule(&s, units, use);
    if (status != TDM_OK)
        return status;
    if (most == 0 || s.count <= most) {
        *out = s.count <= most;
        return TDM_OK;
    }
    for (attempt result = AGAIN; result == AGAIN;) {
        status = place_all(&result, &s);
        if (status != TDM_OK)
            return status;
        if (!tdm__charge(budget, s.steps))
            return TDM_BUDGET;
        s.steps = 0;
        *out = result == PLACED;
    }
    return TDM_OK;
}
