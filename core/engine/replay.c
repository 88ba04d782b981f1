/*
 * Asking every day. An indicator may begin to hold on a day on which nothing new was recorded (drift,
 * silence), so no day is left out; but what was answered the day before is taken again where nothing that the
 * answer hangs on is another (kept.h). An indicator is asked no more once it has been met. How a child is
 * asked as of a day is in child.c.
 */
#include "engine/replay.h"

#include "engine/engine.h"
#include "engine/kept.h"
#include "engine/needs.h"

#include <pthread.h>

#define JOBS_MAX 64

typedef struct replaying {
    const tdm_context *context;
    const tdm__review_policy *policy;
    tdm__known_scores scores;
    tdm__replay *replay;
    bool ask_all;
    pthread_mutex_t lock; /* of the rest */
    size_t next_child, children_done;
    tdm_status status; /* the first failure ends all */
    tdm_error error;
} replaying;

/* --- periods --- */

static bool is_day(tdm_day day)
{
    return day != TDM_DAY_NONE && day != TDM_DAY_BEFORE_ALL && day != TDM_DAY_AFTER_ALL;
}

/* The first day on which a row counts; TDM_DAY_NONE where nothing says when. */
static tdm_day known_on(const tdm__event *event)
{
    bool has_day = is_day(event->occurred.from);
    if (event->recorded != TDM_DAY_NONE)
        return has_day && event->occurred.from > event->recorded ? event->occurred.from : event->recorded;
    return has_day ? event->occurred.from : TDM_DAY_NONE;
}

static bool counts_by(const tdm__event *event, tdm_day day)
{
    return event->occurred.from <= day && (event->recorded == TDM_DAY_NONE || event->recorded <= day);
}

static tdm_day earlier(tdm_day a, tdm_day b)
{
    return a == TDM_DAY_NONE || (b != TDM_DAY_NONE && b < a) ? b : a;
}

static tdm_day score_known_on(const tdm_score *score)
{
    tdm_day date = tdm_score_date(score), recorded = tdm_score_recorded(score);
    return recorded != TDM_DAY_NONE && recorded > date ? recorded : date;
}

/* Counts rows; gives the first day on which something of the child is known. */
static tdm_day look_at_rows(tdm__replayed_child *out, const tdm_run *run, const tdm__child_result *child,
                            tdm_day to)
{
    uint32_t first, end;
    tdm_day known = TDM_DAY_NONE;
    tdm__chronology_child_events(run->chronology, child->child, &first, &end);
    for (uint32_t at = first; at < end; at++) {
        tdm__event event = tdm__chronology_event(run->chronology, at);
        if (!counts_by(&event, to))
            continue;
        known = earlier(known, known_on(&event));
        if (!tdm__chronology_stands(run->chronology, at, to))
            continue;
        out->rows++;
        out->without_recorded += event.recorded == TDM_DAY_NONE;
    }
    for (size_t i = 0; i < child->score_count; i++)
        known = earlier(known, score_known_on(child->scores[i]));
    return known != TDM_DAY_NONE && known <= to ? known : TDM_DAY_NONE;
}

static void choose_period(tdm__replayed_child *out, const tdm_run *run, const tdm__child_result *child,
                          const tdm__replay_options *options, tdm_day to)
{
    tdm_day known = look_at_rows(out, run, child, to);
    out->from = options->from;
    if (options->from == TDM_DAY_NONE && known != TDM_DAY_NONE) {
        tdm_day earliest = to - TDM__REPLAY_DAYS_MAX + 1;
        out->from = known > earliest ? known : earliest;
    }
    out->starts_late = known != TDM_DAY_NONE && known < out->from;
}

/* --- days --- */

static void note(tdm__replayed *item, const tdm__result *result, tdm_day day,
                 const tdm__replayed_child *child)
{
    bool before = day == child->from && child->starts_late;
    if (result->answer == TDM_NOT_ASSESSED) {
        item->days_not_assessed++;
        item->reason = result->reason ? result->reason : "none-found";
    }
    if (result->answer == TDM_MET) {
        item->met_on = day;
        item->met_before = before;
    }
    if ((result->answer == TDM_MET || result->answer == TDM_POSSIBLE) && item->possible_on == TDM_DAY_NONE) {
        item->possible_on = day;
        item->possible_before = before;
    }
}

/* All that has not been met by then. */
static tdm_status ask_day(size_t *open, const tdm__asker *all, tdm__replayed_child *child, tdm_day day)
{
    tdm_history *h;
    tdm__at_hand at_hand;
    tdm__run_options options = {.as_of = day};
    tdm__asker asker = *all;
    asker.options = &options;
    tdm__arena_reset(asker.scratch);
    tdm_status status = tdm__history_new(&h, asker.scratch, asker.chronology, child->child, day, NULL);
    if (status == TDM_OK)
        status = tdm__asker_begin(&asker);
    if (status == TDM_OK)
        status = tdm__at_hand_of(&at_hand, &asker, h);
    if (status == TDM_OK && asker.kept)
        tdm__kept_next_day(asker.kept, h);
    for (size_t i = 0; status == TDM_OK && i < child->count; i++) {
        tdm__result result;
        tdm__replayed *item = &child->items[i];
        if (item->met_on != TDM_DAY_NONE)
            continue;
        status = tdm__ask_indicator(&result, &asker, h, &at_hand, item->indicator);
        if (status == TDM_OK)
            note(item, &result, day, child);
        *open -= item->met_on != TDM_DAY_NONE;
    }
    return status;
}

static tdm_status ask_days(replaying *work, tdm__asker *asker, tdm__arena *keeping,
                           tdm__replayed_child *child, tdm_error *error)
{
    tdm_status status = TDM_OK;
    size_t open = child->from == TDM_DAY_NONE ? 0 : child->count;
    tdm__arena_reset(keeping);
    asker->kept = NULL;
    if (open > 0 && !work->ask_all)
        status = tdm__kept_new(&asker->kept, keeping, asker, child->child);
    for (tdm_day day = child->from; status == TDM_OK && open > 0 && day <= work->replay->to; day++) {
        status = tdm__context_poll(work->context, error);
        if (status == TDM_OK)
            status = ask_day(&open, asker, child, day);
    }
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

/* --- threads: a child each --- */

static tdm__replayed_child *take_child(replaying *work)
{
    pthread_mutex_lock(&work->lock);
    bool taken = work->status == TDM_OK && work->next_child < work->replay->child_count;
    tdm__replayed_child *child = taken ? &work->replay->children[work->next_child++] : NULL;
    pthread_mutex_unlock(&work->lock);
    return child;
}

/* Under the lock, so that what is told only grows. */
static void tell_progress(replaying *work)
{
    pthread_mutex_lock(&work->lock);
    work->children_done++;
    tdm__context_progress(work->context, "replay", "children", work->children_done,
                          work->replay->child_count);
    pthread_mutex_unlock(&work->lock);
}

static void *replay_children(void *payload)
{
    replaying *work = payload;
    tdm__replayed_child *child;
    tdm__arena scratch, keeping;
    tdm_error error = {0};
    tdm__asker asker = {.chronology = work->replay->run->chronology,
                        .policy = work->policy,
                        .scores = work->scores,
                        .scratch = &scratch};
    tdm__arena_init(&scratch, &work->context->allocator);
    tdm__arena_init(&keeping, &work->context->allocator);
    tdm_status status = tdm__worker_new(&asker.worker, work->policy->catalogue, &error);
    while (status == TDM_OK && (child = take_child(work)) != NULL) {
        status = ask_days(work, &asker, &keeping, child, &error);
        tell_progress(work);
    }
    pthread_mutex_lock(&work->lock);
    if (status != TDM_OK && work->status == TDM_OK) {
        work->status = status;
        work->error = error;
    }
    pthread_mutex_unlock(&work->lock);
    tdm__worker_free(asker.worker);
    tdm__arena_free(&keeping);
    tdm__arena_free(&scratch);
    return NULL;
}

static void replay_all(replaying *work, int32_t jobs)
{
    pthread_t threads[JOBS_MAX];
    size_t started = 0, useful = jobs > JOBS_MAX ? JOBS_MAX : (size_t)jobs;
    if (useful > work->replay->child_count)
        useful = work->replay->child_count;
    while (started + 1 < useful && pthread_create(&threads[started], NULL, replay_children, work) == 0)
        started++;
    replay_children(work);
    while (started > 0)
        pthread_join(threads[--started], NULL);
}

/* --- what the run says beside it --- */

tdm__step_up tdm__step_up_after(const tdm__child_result *child, tdm_day day)
{
    tdm__step_up found = {.day = TDM_DAY_NONE};
    bool any = child->level_count > 0;
    /* Before the first entry nothing was open. */
    int32_t lowest = any && child->levels[0].from <= day ? TDM_LADDER_MAX : 0;
    for (size_t i = 0; day != TDM_DAY_NONE && i < child->level_count; i++) {
        const tdm__level_step *step = &child->levels[i];
        if (step->to < day)
            continue;
        if (step->from > day && step->level.certain > lowest)
            return (tdm__step_up){step->from, lowest, step->level.certain};
        if (step->level.possible < lowest)
            lowest = step->level.possible;
    }
    return found;
}

static void compare_with_run(tdm__replayed *item, const tdm__child_result *child)
{
    item->answer = TDM_NOT_MET;
    for (size_t i = 0; i < child->prompt_count; i++)
        if (child->prompts[i].indicator == item->indicator) {
            item->answer = child->prompts[i].answer;
            item->first_met = child->prompts[i].first_met;
        }
    for (size_t i = 0; i < child->no_prompt_count; i++)
        if (child->no_prompts[i].indicator == item->indicator)
            item->answer = child->no_prompts[i].answer;
    item->step_up = tdm__step_up_after(child,
                                       item->met_on != TDM_DAY_NONE ? item->met_on : item->possible_on);
    item->reason_words = item->reason ? tdm__no_prompt_words(item->reason) : (tdm_str){"", 0};
}

static void compare_all(tdm__replay *replay)
{
    for (size_t c = 0; c < replay->child_count; c++)
        for (size_t i = 0; i < replay->children[c].count; i++)
            compare_with_run(&replay->children[c].items[i], &replay->run->children[c]);
}

/* --- the whole --- */

static tdm_status prepare_child(tdm__replay *replay, size_t position, const tdm__replay_options *options)
{
    const tdm_run *run = replay->run;
    tdm__replayed_child *child = &replay->children[position];
    child->child = run->children[position].child;
    child->items = tdm__arena_array(&replay->arena, run->indicator_count, sizeof *child->items);
    if (!child->items)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < run->indicator_count; i++)
        if (run->indicators[i].on)
            child->items[child->count++] = (tdm__replayed){.indicator = i,
                                                           .possible_on = TDM_DAY_NONE,
                                                           .met_on = TDM_DAY_NONE,
                                                           .first_met = TDM_DAY_NONE};
    choose_period(child, run, &run->children[position], options, replay->to);
    return TDM_OK;
}

/* All scores that the run shows, in the order of tdm__scores_compare: children are in order of their ids. */
tdm_status tdm__run_scores(tdm__known_scores *out, tdm__arena *arena, const tdm_run *run)
{
    size_t count = 0;
    for (size_t i = 0; i < run->child_count; i++)
        count += run->children[i].score_count;
    const tdm_score **scores = tdm__arena_array(arena, count, sizeof *scores);
    if (!scores)
        return TDM_NO_MEMORY;
    *out = (tdm__known_scores){scores, count, run->reliability, run->reliability_payload};
    for (size_t i = 0, at = 0; i < run->child_count; i++)
        for (size_t s = 0; s < run->children[i].score_count; s++)
            scores[at++] = run->children[i].scores[s];
    return TDM_OK;
}

static tdm_status prepare(replaying *work, const tdm__replay_options *options)
{
    tdm__replay *replay = work->replay;
    replay->child_count = replay->run->child_count;
    replay->children = tdm__arena_array(&replay->arena, replay->child_count, sizeof *replay->children);
    tdm_status status = replay->children ? tdm__run_scores(&work->scores, &replay->arena, replay->run)
                                         : TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < replay->child_count; i++)
        status = prepare_child(replay, i, options);
    return status;
}

static tdm_status check_options(tdm_day *to, const tdm_run *run, const tdm__replay_options *options,
                                tdm_error *error)
{
    *to = options->to == TDM_DAY_NONE ? run->as_of : options->to;
    if (*to > run->as_of)
        return tdm__fail(error, TDM_INVALID_ARG, "to: expected a day that is not after the as-of day");
    if (options->from != TDM_DAY_NONE && options->from > *to)
        return tdm__fail(error, TDM_INVALID_ARG, "from: expected a day that is not after the last one");
    return TDM_OK;
}

tdm_status tdm__engine_replay(tdm__replay **out, const tdm_context *context, const tdm_run *run,
                              const tdm__review_policy *policy, const tdm__replay_options *options,
                              tdm_error *error)
{
    tdm_day to;
    *out = NULL;
    tdm_status status = check_options(&to, run, options, error);
    if (status != TDM_OK)
        return status;
    tdm__replay *replay = tdm__alloc_zeroed(&context->allocator, 1, sizeof *replay);
    if (!replay)
        return tdm__no_memory(error);
    *replay = (tdm__replay){
        .allocator = context->allocator, .run = run, .to = to, .from_given = options->from != TDM_DAY_NONE};
    tdm__arena_init(&replay->arena, &replay->allocator);
    replaying work = {.context = context,
                      .policy = policy,
                      .replay = replay,
                      .ask_all = options->ask_all,
                      .lock = PTHREAD_MUTEX_INITIALIZER};
    work.status = prepare(&work, options);
    if (work.status == TDM_OK)
        replay_all(&work, options->jobs);
    else
        tdm__no_memory(&work.error);
    pthread_mutex_destroy(&work.lock);
    if (work.status != TDM_OK) {
        tdm__replay_free(replay);
        if (error)
            *error = work.error;
        return work.status;
    }
    compare_all(replay);
    *out = replay;
    return TDM_OK;
}

void tdm__replay_free(tdm__replay *replay)
{
    if (!replay)
        return;
    tdm_allocator allocator = replay->allocator;
    tdm__arena_free(&replay->arena);
    tdm__free(&allocator, replay);
}
