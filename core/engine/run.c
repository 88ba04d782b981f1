/*
 * A whole run: children shared out to threads in pieces of fixed size, results put together in the
 * order of the children. What is asked of one child is in child.c.
 */
#include "engine/engine.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define CHILDREN_A_PIECE 64
#define JOBS_MAX         64

/* Children [first, end) with all that was found about them. */
typedef struct piece {
    tdm__arena arena;
    tdm__diagnostics diagnostics;
} piece;

typedef struct shared_work {
    const tdm_context *context;
    const tdm__asker *asker; /* what all have in common; worker and scratch are each thread's own */
    tdm__child_result *children;
    size_t child_count;
    piece *pieces;
    size_t piece_count;
    pthread_mutex_t lock; /* of what stands below */
    size_t next_piece, children_done;
    tdm_status status; /* the first failure ends all */
    tdm_error error;
} shared_work;

/* The run as the engine holds it: what reports see, and the pieces that own it. */
typedef struct held_run {
    tdm_run run; /* first, so that one pointer serves both */
    piece *pieces;
    size_t piece_count;
} held_run;

static bool take_piece(size_t *out, shared_work *work)
{
    pthread_mutex_lock(&work->lock);
    bool taken = work->status == TDM_OK && work->next_piece < work->piece_count;
    *out = work->next_piece;
    work->next_piece += taken;
    pthread_mutex_unlock(&work->lock);
    return taken;
}

static void fail(shared_work *work, tdm_status status, const tdm_error *error)
{
    pthread_mutex_lock(&work->lock);
    if (work->status == TDM_OK) {
        work->status = status;
        work->error = *error;
    }
    pthread_mutex_unlock(&work->lock);
}

/* Under the lock, so that what is told only grows. */
static void tell_progress(shared_work *work, const tdm__run_options *options, size_t piece_number)
{
    size_t first = piece_number * CHILDREN_A_PIECE, left = work->child_count - first;
    pthread_mutex_lock(&work->lock);
    work->children_done += left < CHILDREN_A_PIECE ? left : CHILDREN_A_PIECE;
    if (!options->quiet)
        tdm__context_progress(work->context, "review", "children", work->children_done, work->child_count);
    pthread_mutex_unlock(&work->lock);
}

static tdm_status do_piece(shared_work *work, const tdm__asker *asker, size_t number, tdm_error *error)
{
    piece *p = &work->pieces[number];
    size_t first = number * CHILDREN_A_PIECE, end = first + CHILDREN_A_PIECE;
    tdm_status status = TDM_OK;
    for (size_t child = first; status == TDM_OK && child < end && child < work->child_count; child++) {
        status = tdm__context_poll(work->context, error);
        if (status == TDM_OK)
            status = tdm__ask_child(&work->children[child], asker, (uint32_t)child, &p->arena,
                                    &p->diagnostics);
    }
    if (status == TDM_OK)
        tell_progress(work, asker->options, number);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

static void *work_thread(void *payload)
{
    shared_work *work = payload;
    tdm__asker asker = *work->asker;
    tdm__arena scratch;
    tdm_error error = {0};
    size_t number;
    tdm__arena_init(&scratch, &work->context->allocator);
    asker.scratch = &scratch;
    tdm_status status = tdm__worker_new(&asker.worker, work->asker->policy->catalogue, &error);
    while (status == TDM_OK && take_piece(&number, work))
        status = do_piece(work, &asker, number, &error);
    if (status != TDM_OK)
        fail(work, status, &error);
    tdm__worker_free(asker.worker);
    tdm__arena_free(&scratch);
    return NULL;
}

/* The calling thread works too, so one job starts none; a thread that cannot be started is done without. */
static void work_through(shared_work *work, int32_t jobs)
{
    pthread_t threads[JOBS_MAX];
    int32_t started = 0;
    size_t useful = work->piece_count;
    if (jobs > JOBS_MAX)
        jobs = JOBS_MAX;
    while (started + 1 < jobs && (size_t)started + 1 < useful &&
           pthread_create(&threads[started], NULL, work_thread, work) == 0)
        started++;
    work_thread(work);
    for (int32_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

/* A score and where the caller had it, which makes the order total. */
typedef struct placed_score {
    const tdm_score *score;
    size_t place;
} placed_score;

static int compare_scores(const void *a, const void *b)
{
    const placed_score *left = a, *right = b;
    int order = tdm__scores_compare(left->score, right->score);
    return order != 0 ? order : (left->place > right->place) - (left->place < right->place);
}

static tdm_status sorted_scores(const tdm_score ***out, tdm_run *run, const tdm_score *const *scores,
                                size_t count)
{
    placed_score *placed = tdm__arena_array(&run->arena, count, sizeof *placed);
    *out = tdm__arena_array(&run->arena, count, sizeof **out);
    if (!placed || !*out)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        placed[i] = (placed_score){scores[i], i};
    if (count > 1)
        qsort(placed, count, sizeof *placed, compare_scores);
    for (size_t i = 0; i < count; i++)
        (*out)[i] = placed[i].score;
    return TDM_OK;
}

static tdm_status copy_diagnostics(tdm__diagnostics *to, const tdm__diagnostics *from)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < from->count; i++) {
        const tdm__diagnostic *d = &from->items[i];
        status = tdm__diagnose(to, d->severity, d->code, d->file, d->row, d->column, "%.*s",
                               TDM_STR_ARGS(d->message));
    }
    return status;
}

static tdm_status gather_diagnostics(tdm__diagnostics *diagnostics, const shared_work *work)
{
    int64_t later = 0;
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < work->piece_count; i++)
        status = copy_diagnostics(diagnostics, &work->pieces[i].diagnostics);
    for (size_t i = 0; i < work->child_count; i++)
        later += work->children[i].later_rows;
    if (status == TDM_OK && later > 0)
        status = tdm__diagnose(
            diagnostics, TDM__INFORMATION, "rows-after-as-of", TDM_LIT(""), 0, TDM_LIT(""),
            "rows that occurred or were recorded after the as-of day: %lld; they feed no indicator",
            (long long)later);
    if (status == TDM_OK && later > 0)
        tdm__diagnosed_times(diagnostics, later);
    return status;
}

static tdm_status describe(tdm_run *run, const tdm__review_policy *policy, const tdm__run_options *options)
{
    run->as_of = options->as_of;
    run->as_of_from = tdm__arena_copy(&run->arena, options->as_of_from);
    run->case_id = tdm__arena_copy(&run->arena, options->case_id);
    run->explain_all = options->explain_all;
    run->policy_title = policy->title;
    memcpy(run->policy_hash, policy->hash, sizeof run->policy_hash);
    run->policy_files = policy->files;
    run->policy_file_count = policy->file_count;
    run->current_days = policy->current_days;
    run->indicators = policy->indicators;
    run->checks = policy->checks;
    run->check_count = tdm__check_count();
    run->indicator_count = policy->indicator_count;
    run->caps = policy->caps;
    run->cap_count = policy->cap_count;
    return run->as_of_from.data && run->case_id.data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status new_pieces(held_run *held, const tdm_chronology *chronology)
{
    tdm_run *run = &held->run;
    run->child_count = tdm_chronology_child_count(chronology);
    run->children = tdm__arena_array(&run->arena, run->child_count, sizeof *run->children);
    size_t count = (run->child_count + CHILDREN_A_PIECE - 1) / CHILDREN_A_PIECE;
    held->pieces = tdm__arena_array(&run->arena, count, sizeof *held->pieces);
    if (!run->children || !held->pieces)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        tdm__arena_init(&held->pieces[i].arena, &run->allocator);
        tdm__diagnostics_init(&held->pieces[i].diagnostics, &run->allocator);
    }
    held->piece_count = count;
    return TDM_OK;
}

static tdm_status ask_all(held_run *held, const tdm_context *context, const tdm__asker *asker,
                          tdm__diagnostics *diagnostics, tdm_error *error)
{
    shared_work work = {.context = context,
                        .asker = asker,
                        .children = held->run.children,
                        .child_count = held->run.child_count,
                        .pieces = held->pieces,
                        .piece_count = held->piece_count,
                        .lock = PTHREAD_MUTEX_INITIALIZER};
    work_through(&work, asker->options->jobs);
    pthread_mutex_destroy(&work.lock);
    if (work.status != TDM_OK) {
        if (error)
            *error = work.error;
        return work.status;
    }
    return gather_diagnostics(diagnostics, &work);
}

static tdm__reliability reliability_of(tdm_str instrument, const void *policy)
{
    return tdm__policy_reliability(policy, instrument);
}

tdm_status tdm__engine_run(tdm_run **out, const tdm_context *context, const tdm_chronology *chronology,
                           const tdm__review_policy *policy, const tdm_score *const *scores,
                           size_t score_count, const tdm__run_options *options, tdm__diagnostics *diagnostics,
                           const tdm__account *accounts, size_t account_count, tdm_error *error)
{
    const tdm_score **sorted;
    tdm__check_ground checks;
    *out = NULL;
    held_run *held = tdm__alloc_zeroed(&context->allocator, 1, sizeof *held);
    if (!held)
        return tdm__no_memory(error);
    tdm_run *run = &held->run;
    run->allocator = context->allocator;
    tdm__arena_init(&run->arena, &run->allocator);
    run->chronology = chronology;
    run->diagnostics = diagnostics;
    run->accounts = accounts;
    run->account_count = account_count;
    run->glossary = options->glossary;
    run->reliability = reliability_of;
    run->reliability_payload = policy;
    tdm_status status = describe(run, policy, options);
    if (status == TDM_OK)
        status = sorted_scores(&sorted, run, scores, score_count);
    if (status == TDM_OK)
        status = new_pieces(held, chronology);
    if (status == TDM_OK)
        status = tdm__check_ground_new(&checks, &run->arena, chronology, policy->checks, options->holidays,
                                       options->glossary);
    if (status == TDM_OK) {
        tdm__asker asker = {.chronology = chronology,
                            .policy = policy,
                            .scores = {sorted, score_count, reliability_of, policy},
                            .options = options,
                            .checks = &checks};
        status = ask_all(held, context, &asker, diagnostics, error);
    }
    if (status != TDM_OK) {
        tdm__run_free(run);
        return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
    }
    *out = run;
    return TDM_OK;
}

void tdm__run_keep(tdm_run *run, tdm__keeps_child_fn keeps, const void *payload)
{
    size_t kept = 0;
    for (size_t i = 0; i < run->child_count; i++)
        if (keeps(tdm_chronology_child_id(run->chronology, run->children[i].child), payload))
            run->children[kept++] = run->children[i];
    run->child_count = kept;
}

void tdm__run_free(tdm_run *run)
{
    if (!run)
        return;
    held_run *held = (held_run *)run;
    tdm_allocator allocator = run->allocator;
    for (size_t i = 0; i < held->piece_count; i++) {
        tdm__arena_free(&held->pieces[i].arena);
        tdm__diagnostics_free(&held->pieces[i].diagnostics);
    }
    tdm__arena_free(&run->arena);
    tdm__free(&allocator, held);
}
