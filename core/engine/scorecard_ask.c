/*
 * Asking the measures: each measure and period is a question, shared out to threads that have a worker each.
 * Every answer has its place, so that the number of threads never shows.
 */
#include "engine/scorecard_parts.h"

#include <pthread.h>

#define JOBS_MAX 64

typedef struct question {
    tdm__card_work *work;
    tdm__measure_answer *answer;
    tdm_day from, to;
    tdm__group_by by;
    bool list_units;
} question;

typedef struct asking {
    const tdm__carding *making;
    const tdm_context *context;
    const tdm__measures *measures;
    const tdm__population *population;
    const tdm_str *areas;
    question *questions;
    size_t count;
    tdm__arena *arenas;
    pthread_mutex_t lock; /* of what stands below */
    size_t next, done, threads;
    tdm_status status; /* the first failure ends all */
    tdm_error error;
} asking;

static bool take(const question **out, asking *a)
{
    pthread_mutex_lock(&a->lock);
    bool taken = a->status == TDM_OK && a->next < a->count;
    *out = taken ? &a->questions[a->next++] : NULL;
    pthread_mutex_unlock(&a->lock);
    return taken;
}

static void fail(asking *a, tdm_status status, const tdm_error *error)
{
    pthread_mutex_lock(&a->lock);
    if (a->status == TDM_OK) {
        a->status = status;
        a->error = *error;
    }
    pthread_mutex_unlock(&a->lock);
}

/* Under the lock, so that what is told only grows. */
static void tell_progress(asking *a)
{
    pthread_mutex_lock(&a->lock);
    tdm__context_progress(a->context, "scorecard", "figures", ++a->done, a->count);
    pthread_mutex_unlock(&a->lock);
}

static tdm_status ask_one(asking *a, const question *q, tdm__measure_worker *worker, tdm__arena *arena,
                          tdm_error *error)
{
    tdm__measure_question asked = {.population = a->population,
                                   .from = q->from,
                                   .to = q->to,
                                   .as_of = a->making->options->as_of,
                                   .by = q->by,
                                   .areas = a->areas,
                                   .area_count = a->making->options->area_count,
                                   .list_units = q->list_units,
                                   .params = q->work->values};
    tdm_status status = tdm__context_poll(a->context, error);
    if (status == TDM_OK)
        status = tdm__measure_worker_ask(q->answer, worker, arena, q->work->index, &asked);
    if (status == TDM_OK)
        tell_progress(a);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

static void *work_thread(void *payload)
{
    asking *a = payload;
    tdm__measure_worker *worker;
    const question *q;
    tdm_error error = {0};
    pthread_mutex_lock(&a->lock);
    tdm__arena *arena = &a->arenas[a->threads++];
    pthread_mutex_unlock(&a->lock);
    tdm_status status = tdm__measure_worker_new(&worker, a->measures, &error);
    while (status == TDM_OK && take(&q, a))
        status = ask_one(a, q, worker, arena, &error);
    if (status != TDM_OK)
        fail(a, status, &error);
    tdm__measure_worker_free(worker);
    return NULL;
}

/* The calling thread works too; a thread that cannot be started is done without. */
static void work_through(asking *a, int32_t jobs)
{
    pthread_t threads[JOBS_MAX];
    int32_t started = 0;
    while (started + 1 < jobs && started + 1 < JOBS_MAX && (size_t)started + 1 < a->count &&
           pthread_create(&threads[started], NULL, work_thread, a) == 0)
        started++;
    work_thread(a);
    for (int32_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

/* --- the questions --- */

static void put_questions(question *questions, size_t *count, const tdm__carding *making,
                          tdm__card_work *work)
{
    const tdm_scorecard *card = making->card;
    size_t periods = card->period_count, quarters = making->quarter_count;
    for (size_t p = 0; p < periods; p++)
        if (!work->reasons[p])
            questions[(*count)++] =
                (question){work,     &work->answers[p],    card->periods[p].from, card->periods[p].to,
                           card->by, work->lists && p == 0};
    for (size_t q = 0; q < quarters && work->measure->chart != TDM__CHART_NONE; q++)
        if (!work->reasons[periods + q])
            questions[(*count)++] = (question){work,
                                               &work->answers[periods + q],
                                               making->quarters[q].from,
                                               making->quarters[q].to,
                                               TDM__BY_NOTHING,
                                               false};
    if (work->events && !work->out->reason)
        questions[(*count)++] = (question){work,
                                           &work->answers[periods + quarters],
                                           making->quarters[0].from,
                                           making->quarters[quarters - 1].to,
                                           TDM__BY_NOTHING,
                                           true};
}

static tdm_status area_codes(const tdm_str **out, tdm__carding *making)
{
    const tdm__scorecard_options *options = making->options;
    tdm_str *codes = tdm__arena_array(&making->card->arena, options->area_count, sizeof *codes);
    for (size_t i = 0; codes && i < options->area_count; i++)
        codes[i] = options->areas[i].code;
    *out = options->area_count > 0 ? codes : NULL;
    return codes ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status ask_all(asking *a, tdm_error *error)
{
    if (a->count == 0)
        return TDM_OK;
    if (pthread_mutex_init(&a->lock, NULL) != 0)
        return tdm__no_memory(error);
    work_through(a, a->making->options->jobs);
    pthread_mutex_destroy(&a->lock);
    if (a->status != TDM_OK && error)
        *error = a->error;
    return a->status;
}

tdm_status tdm__card_ask(tdm__carding *making, tdm__card_work *works, size_t count,
                         const tdm__measures *measures, const tdm__population *population, tdm__arena *arenas,
                         const tdm_context *context, tdm_error *error)
{
    size_t each = making->card->period_count + making->quarter_count + 1;
    asking a = {.making = making,
                .context = context,
                .measures = measures,
                .population = population,
                .arenas = arenas,
                .questions = tdm__arena_array(&making->scratch, count * each, sizeof *a.questions)};
    tdm_status status = a.questions ? area_codes(&a.areas, making) : TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        put_questions(a.questions, &a.count, making, &works[i]);
    return status == TDM_OK ? ask_all(&a, error) : tdm__no_memory(error);
}
