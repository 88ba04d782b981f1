/*
 * Making a population: one pass over the children, shared out to threads in pieces of fixed size, whose rows
 * and episodes are put together in the order of the children. Which groups there are: population_groups.c.
 */
#include "chronology/population_columns.h"

#include "chronology/table.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define CHILDREN_A_PIECE 256
#define JOBS_MAX         64

const char *tdm__uncounted_code(tdm__uncounted reason)
{
#define CODE(name, code, words) code,
    static const char *const codes[] = {TDM__UNCOUNTED_MAP(CODE)};
#undef CODE
    return codes[reason];
}

const char *tdm__uncounted_words(tdm__uncounted reason)
{
#define WORDS(name, code, words) words,
    static const char *const words[] = {TDM__UNCOUNTED_MAP(WORDS)};
#undef WORDS
    return words[reason];
}

/* What children [first, end) have. */
typedef struct piece {
    tdm__population_row *rows;
    size_t row_count, row_capacity;
    tdm__population_episode *episodes;
    size_t episode_count, episode_capacity;
} piece;

typedef struct shared_work {
    const tdm_context *context;
    const tdm_chronology *chronology;
    tdm_day as_of;
    size_t child_count;
    piece *pieces;
    size_t piece_count;
    pthread_mutex_t lock; /* of what stands below */
    size_t next_piece;
    tdm_status status; /* the first failure ends all */
    tdm_error error;
} shared_work;

/* Of which a child has one at a time, so that two that an agency names apart overlap all the same. */
static const char *const single_names[] = {"cp-plan", "cin-plan", "looked-after", "pre-proceedings",
                                           "missing"};

/* Until when an agency's episode of a name is open: the latest of those seen so far. */
typedef struct open_until {
    tdm_day surely, perhaps;
} open_until;

/* What a thread needs for one child after the other. */
typedef struct workbench {
    tdm__arena scratch;
    uint64_t single;  /* bits: episode names */
    open_until *open; /* by name and agency */
} workbench;

/* --- one child --- */

static int compare_rows(const void *a, const void *b)
{
    const tdm__population_row *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->event > y->event) - (x->event < y->event);
}

static uint8_t row_reason(const tdm__row *row)
{
    if (!row->dated)
        return TDM__UNCOUNTED_NO_DATE;
    return row->uncertain ? TDM__UNCOUNTED_DATE_IN_DOUBT : TDM__COUNTED;
}

static tdm_status add_rows(piece *p, const tdm_history *h, const tdm_allocator *allocator)
{
    tdm__population_row *rows = tdm__grown(allocator, p->rows, &p->row_capacity,
                                           p->row_count + h->row_count + 1, sizeof *rows);
    bool in_order = true;
    if (!rows)
        return TDM_NO_MEMORY;
    p->rows = rows;
    rows += p->row_count;
    for (uint32_t i = 0; i < h->row_count; i++) {
        const tdm__row *row = &h->rows[i];
        rows[i] = (tdm__population_row){row->event, h->child, row->from, row->to, row_reason(row)};
        in_order = in_order && (i == 0 || rows[i - 1].from <= rows[i].from);
    }
    if (!in_order)
        qsort(rows, h->row_count, sizeof *rows, compare_rows);
    p->row_count += h->row_count;
    return TDM_OK;
}

static uint8_t episode_reason(const tdm__episode *episode)
{
    if (episode->faults & TDM__EPISODE_ENDS_BEFORE_START)
        return TDM__UNCOUNTED_END_BEFORE_START;
    if (episode->faults & TDM__EPISODE_STARTED_TWICE)
        return TDM__UNCOUNTED_OVERLAPPING;
    return episode->uncertain ? TDM__UNCOUNTED_DATE_IN_DOUBT : TDM__COUNTED;
}

static uint32_t event_of(const tdm_history *h, uint32_t row)
{
    return row == TDM_NO_INDEX ? TDM_NO_INDEX : h->rows[row].event;
}

static tdm__population_episode paired(const tdm_history *h, const tdm__episode *episode)
{
    tdm__population_episode unit = {.name = episode->name,
                                    .event = event_of(h, episode->start_row),
                                    .child = h->child,
                                    .end_event = event_of(h, episode->end_row),
                                    .start_from = episode->start_from,
                                    .start_to = episode->start_to,
                                    .end_from = episode->end_from,
                                    .end_to = episode->end_to,
                                    .reason = episode_reason(episode)};
    /* It ended on that day, or on a later one, or has not. */
    if (episode->end_row == TDM_NO_INDEX && (episode->faults & TDM__EPISODE_END_AMBIGUOUS)) {
        unit.end_from = episode->ambiguous_from;
        unit.end_to = TDM_DAY_AFTER_ALL;
    }
    return unit;
}

static tdm__population_episode loose_end(const tdm_history *h, uint32_t row)
{
    uint32_t event = h->rows[row].event;
    tdm_day to = h->rows[row].to;
    int32_t name = h->chronology->vocabulary->kinds[h->chronology->columns.kind[event]].closes;
    return (tdm__population_episode){(uint32_t)name,         event, h->child,          event,
                                     TDM_DAY_BEFORE_ALL,     to,    h->rows[row].from, to,
                                     TDM__UNCOUNTED_NO_START};
}

static open_until *open_of(const workbench *bench, const tdm_chronology *c,
                           const tdm__population_episode *episode)
{
    return &bench->open[episode->name * c->agencies.count + c->columns.agency[episode->event]];
}

/* Pairing tells of two that begin beside each other before it knows what else ends them; and of those that
 * are told apart by a number, not at all. */
static bool overlaps(const workbench *bench, const tdm__population_episode *episode, const open_until *open)
{
    if (episode->reason == TDM__UNCOUNTED_OVERLAPPING)
        return episode->start_from <= open->perhaps;
    return (bench->single >> episode->name & 1) != 0 && episode->start_to <= open->surely &&
           episode->reason != TDM__UNCOUNTED_END_BEFORE_START;
}

static void find_overlaps(const workbench *bench, const tdm_history *h, tdm__population_episode *units)
{
    for (uint32_t i = 0; i < h->episode_count; i++) {
        tdm__population_episode *unit = &units[i];
        open_until *open = open_of(bench, h->chronology, unit);
        bool ends = unit->end_from != TDM_DAY_NONE;
        if (overlaps(bench, unit, open))
            unit->reason = TDM__UNCOUNTED_OVERLAPPING;
        else if (unit->reason == TDM__UNCOUNTED_OVERLAPPING)
            unit->reason = h->episodes[i].uncertain ? TDM__UNCOUNTED_DATE_IN_DOUBT : TDM__COUNTED;
        tdm_day last = ends ? unit->end_from - 1 : TDM_DAY_AFTER_ALL;
        if (unit->start_from == unit->start_to && last > open->surely)
            open->surely = last;
        last = ends && unit->end_to != TDM_DAY_AFTER_ALL ? unit->end_to - 1 : TDM_DAY_AFTER_ALL;
        if (last > open->perhaps)
            open->perhaps = last;
    }
    for (uint32_t i = 0; i < h->episode_count; i++)
        *open_of(bench, h->chronology, &units[i]) = (open_until){TDM_DAY_BEFORE_ALL, TDM_DAY_BEFORE_ALL};
}

static tdm_status add_episodes(piece *p, const workbench *bench, const tdm_history *h,
                               const tdm_allocator *allocator)
{
    size_t count = (size_t)h->episode_count + h->loose_end_count;
    if (count == 0)
        return TDM_OK;
    tdm__population_episode *episodes = tdm__grown(allocator, p->episodes, &p->episode_capacity,
                                                   p->episode_count + count, sizeof *episodes);
    if (!episodes)
        return TDM_NO_MEMORY;
    p->episodes = episodes;
    episodes += p->episode_count;
    for (uint32_t i = 0; i < h->loose_end_count; i++)
        episodes[i] = loose_end(h, h->loose_ends[i]);
    for (uint32_t i = 0; i < h->episode_count; i++)
        episodes[h->loose_end_count + i] = paired(h, &h->episodes[i]);
    find_overlaps(bench, h, episodes + h->loose_end_count);
    p->episode_count += count;
    return TDM_OK;
}

/* --- all of them --- */

static tdm_status do_piece(shared_work *work, workbench *bench, size_t number)
{
    piece *p = &work->pieces[number];
    size_t first = number * CHILDREN_A_PIECE, end = first + CHILDREN_A_PIECE;
    tdm_status status = TDM_OK;
    for (size_t child = first; status == TDM_OK && child < end && child < work->child_count; child++) {
        tdm_history *history;
        tdm__arena_reset(&bench->scratch);
        status = tdm__history_of_episodes(&history, &bench->scratch, work->chronology, (uint32_t)child,
                                          work->as_of);
        if (status == TDM_OK)
            status = add_rows(p, history, &work->context->allocator);
        if (status == TDM_OK)
            status = add_episodes(p, bench, history, &work->context->allocator);
    }
    return status;
}

static tdm_status bench_new(workbench *bench, const shared_work *work)
{
    const tdm_vocabulary *vocabulary = work->chronology->vocabulary;
    size_t count = vocabulary->episode_names.count * work->chronology->agencies.count;
    *bench = (workbench){0};
    tdm__arena_init(&bench->scratch, &work->context->allocator);
    for (size_t i = 0; i < sizeof single_names / sizeof *single_names; i++) {
        uint32_t name = tdm__vocabulary_episode(vocabulary, tdm__str(single_names[i]));
        if (name != TDM_NO_INDEX)
            bench->single |= UINT64_C(1) << name;
    }
    bench->open = tdm__alloc_zeroed(&work->context->allocator, count + 1, sizeof *bench->open);
    for (size_t i = 0; bench->open && i < count; i++)
        bench->open[i] = (open_until){TDM_DAY_BEFORE_ALL, TDM_DAY_BEFORE_ALL};
    return bench->open ? TDM_OK : TDM_NO_MEMORY;
}

/* The interrupt is asked under the lock: one thread at a time. */
static bool take_piece(size_t *out, shared_work *work)
{
    pthread_mutex_lock(&work->lock);
    if (work->status == TDM_OK && work->next_piece < work->piece_count)
        work->status = tdm__context_poll(work->context, &work->error);
    bool taken = work->status == TDM_OK && work->next_piece < work->piece_count;
    *out = work->next_piece;
    work->next_piece += taken;
    if (taken)
        tdm__context_progress(work->context, "population", "pieces", work->next_piece, work->piece_count);
    pthread_mutex_unlock(&work->lock);
    return taken;
}

static void *work_thread(void *payload)
{
    shared_work *work = payload;
    workbench bench;
    size_t number;
    tdm_status status = bench_new(&bench, work);
    while (status == TDM_OK && take_piece(&number, work))
        status = do_piece(work, &bench, number);
    if (status != TDM_OK) {
        pthread_mutex_lock(&work->lock);
        if (work->status == TDM_OK)
            work->status = status == TDM_NO_MEMORY ? tdm__no_memory(&work->error) : status;
        pthread_mutex_unlock(&work->lock);
    }
    tdm__free(&work->context->allocator, bench.open);
    tdm__arena_free(&bench.scratch);
    return NULL;
}

/* The calling thread works too; a thread that cannot be started is done without. */
static void work_through(shared_work *work, int32_t jobs)
{
    pthread_t threads[JOBS_MAX];
    int32_t started = 0;
    if (jobs > JOBS_MAX)
        jobs = JOBS_MAX;
    while (started + 1 < jobs && (size_t)started + 1 < work->piece_count &&
           pthread_create(&threads[started], NULL, work_thread, work) == 0)
        started++;
    work_thread(work);
    for (int32_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

static tdm_status join_pieces(tdm__population *population, const shared_work *work)
{
    for (size_t i = 0; i < work->piece_count; i++) {
        population->row_count += work->pieces[i].row_count;
        population->episode_count += work->pieces[i].episode_count;
    }
    population->rows = tdm__arena_alloc(&population->arena, population->row_count * sizeof *population->rows);
    population->episodes = tdm__arena_alloc(&population->arena,
                                            population->episode_count * sizeof *population->episodes);
    if (!population->rows || !population->episodes)
        return TDM_NO_MEMORY;
    size_t row = 0, episode = 0;
    for (size_t i = 0; i < work->piece_count; i++) {
        const piece *p = &work->pieces[i];
        if (p->row_count > 0)
            memcpy(&population->rows[row], p->rows, p->row_count * sizeof *p->rows);
        if (p->episode_count > 0)
            memcpy(&population->episodes[episode], p->episodes, p->episode_count * sizeof *p->episodes);
        row += p->row_count;
        episode += p->episode_count;
    }
    return TDM_OK;
}

static tdm_status fill(tdm__population *population, const tdm_context *context, int32_t jobs,
                       tdm_error *error)
{
    shared_work work = {.context = context,
                        .chronology = population->chronology,
                        .as_of = population->as_of,
                        .child_count = population->chronology->child_count,
                        .lock = PTHREAD_MUTEX_INITIALIZER};
    work.piece_count = (work.child_count + CHILDREN_A_PIECE - 1) / CHILDREN_A_PIECE;
    work.pieces = tdm__alloc_zeroed(&context->allocator, work.piece_count + 1, sizeof *work.pieces);
    if (!work.pieces)
        return TDM_NO_MEMORY;
    work_through(&work, jobs);
    pthread_mutex_destroy(&work.lock);
    tdm_status status = work.status;
    if (status != TDM_OK && error)
        *error = work.error;
    if (status == TDM_OK)
        status = join_pieces(population, &work);
    for (size_t i = 0; i < work.piece_count; i++) {
        tdm__free(&context->allocator, work.pieces[i].rows);
        tdm__free(&context->allocator, work.pieces[i].episodes);
    }
    tdm__free(&context->allocator, work.pieces);
    return status;
}

tdm_status tdm__population_new(tdm__population **out, const tdm_context *context,
                               const tdm_chronology *chronology, tdm_day as_of, int32_t jobs,
                               tdm_error *error)
{
    *out = NULL;
    tdm__population *population = tdm__alloc_zeroed(&context->allocator, 1, sizeof *population);
    if (!population)
        return tdm__no_memory(error);
    population->allocator = context->allocator;
    tdm__arena_init(&population->arena, &population->allocator);
    population->chronology = chronology;
    population->as_of = as_of;
    tdm_status status = fill(population, context, jobs, error);
    if (status == TDM_OK)
        status = tdm__population_by_kind(population);
    if (status == TDM_OK)
        status = tdm__population_find_groups(population);
    if (status != TDM_OK) {
        tdm__population_free(population);
        return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
    }
    *out = population;
    return TDM_OK;
}

void tdm__population_free(tdm__population *population)
{
    if (!population)
        return;
    tdm_allocator allocator = population->allocator;
    tdm__arena_free(&population->arena);
    tdm__free(&allocator, population);
}

const tdm_chronology *tdm__population_chronology(const tdm__population *population)
{
    return population->chronology;
}

tdm_day tdm__population_as_of(const tdm__population *population)
{
    return population->as_of;
}
