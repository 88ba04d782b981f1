/*
 * A worker for measures: one Lua state with all of them, asked for one measure and period at a time. An
 * answer depends on the population, the period and the parameters alone, never on what the worker was asked
 * before.
 */
#include "script/measure.h"

#define PREPARE_STEPS (2 * 1000 * 1000)
/* Columns of a large authority are much larger than anything of one child. */
#define ROOM_TIMES 16

/* --- the state --- */

typedef struct prepare_job {
    tdm__measure_worker *worker;
    size_t measure;
} prepare_job;

static int prepare_body(lua_State *lua)
{
    const prepare_job *job = lua_touserdata(lua, 1);
    if (job->measure == 0)
        tdm__use_prepare(lua);
    tdm__entry_prepare(lua, &job->worker->entries[job->measure],
                       job->worker->measures->items[job->measure].file, "measure");
    return 0;
}

static tdm_status prepare(tdm__measure_worker *worker, tdm_error *error)
{
    const tdm__measures *measures = worker->measures;
    uint32_t generation = worker->sandbox.generation;
    tdm_status status = tdm__catalogue_sandbox(&worker->sandbox, &measures->shared);
    worker->sandbox.generation = generation;
    for (size_t i = 0; status == TDM_OK && i < measures->count; i++) {
        prepare_job job = {worker, i};
        status = tdm__sandbox_run(&worker->sandbox, prepare_body, &job, PREPARE_STEPS);
        if (status != TDM_OK)
            tdm__load_failure(&worker->sandbox, status, measures->items[i].file.name, error);
    }
    if (status == TDM_OK)
        return TDM_OK;
    tdm__sandbox_close(&worker->sandbox);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : TDM_SCRIPT;
}

tdm_status tdm__measure_worker_new(tdm__measure_worker **out, const tdm__measures *measures, tdm_error *error)
{
    const tdm_allocator *allocator = &measures->shared.allocator;
    *out = NULL;
    tdm__measure_worker *made = tdm__alloc_zeroed(allocator, 1, sizeof *made);
    if (!made)
        return tdm__no_memory(error);
    made->measures = measures;
    tdm__arena_init(&made->arena, allocator);
    tdm__arena_init(&made->kept.arena, allocator);
    made->entries = tdm__alloc_zeroed(allocator, measures->count + 1, sizeof *made->entries);
    tdm_status status = made->entries ? prepare(made, error) : tdm__no_memory(error);
    if (status != TDM_OK) {
        tdm__measure_worker_free(made);
        return status;
    }
    *out = made;
    return TDM_OK;
}

void tdm__measure_worker_free(tdm__measure_worker *worker)
{
    if (!worker)
        return;
    const tdm_allocator *allocator = &worker->measures->shared.allocator;
    tdm__sandbox_close(&worker->sandbox);
    tdm__arena_free(&worker->arena);
    tdm__arena_free(&worker->kept.arena);
    tdm__free(allocator, worker->entries);
    tdm__free(allocator, worker);
}

/* --- base selections --- */

void tdm__measure_worker_forget(tdm__measure_worker *worker)
{
    tdm__arena_reset(&worker->kept.arena);
    worker->kept.population = NULL;
    worker->kept.count = 0;
}

/* Room for all that one call may ask for, whatever is kept from before. */
static void make_room(tdm__measure_worker *worker, const tdm__population *population, size_t room_bytes)
{
    tdm__kept *kept = &worker->kept;
    if (kept->population != population || kept->count > TDM__KEPT_IN_CALL ||
        kept->arena.used_bytes > room_bytes)
        tdm__measure_worker_forget(worker);
    kept->population = population;
}

/* --- one call --- */

typedef struct ask_job {
    const tdm__measure_loaded *loaded;
    const tdm__worker_entry *entry;
    const tdm__measure_question *question;
    tdm__measure_call call;
    tdm__measure_answer *out;
} ask_job;

static int ask_body(lua_State *lua)
{
    const ask_job *job = lua_touserdata(lua, 1);
    const tdm__measure *measure = &job->loaded->shown;
    tdm__entry_push(lua, job->entry, "measure");
    tdm__view_push(lua, TDM__VIEW_MEASURE, &job->call);
    tdm__entry_push_params(lua, job->entry, measure->params, measure->param_count, job->question->params);
    lua_call(lua, 2, 1);
    if (lua_type(lua, -1) != LUA_TUSERDATA)
        luaL_error(lua, "measure must return what m:count, m:share, m:breakdown, m:times, m:survival or "
                        "m:coverage gives");
    const tdm__measured *measured = tdm__view_check(lua, -1, TDM__VIEW_MEASURED);
    job->out->measured = *measured;
    return 0;
}

static tdm_status run(tdm__measure_worker *worker, ask_job *job, tdm__arena *arena)
{
    tdm__sandbox *sandbox = &worker->sandbox;
    const tdm__measure_question *question = job->question;
    const tdm__catalogue *shared = &worker->measures->shared;
    tdm__arena_reset(&worker->arena);
    *job->out = (tdm__measure_answer){.file = {"", 0}, .message = {"", 0}};
    job->call = (tdm__measure_call){
        .question = question,
        .ground = {.population = question->population,
                   .holidays = shared->ground.holidays,
                   .arena = &worker->arena,
                   .from = question->from,
                   .to = question->to},
        .answer = arena,
        .answer_start_bytes = arena->used_bytes,
        .kept = &worker->kept,
        .room_bytes = shared->limits.memory_bytes * ROOM_TIMES,
    };
    make_room(worker, question->population, job->call.room_bytes);
    sandbox->measure = &job->call;
    sandbox->generation++;
    tdm_status status = tdm__sandbox_run(sandbox, ask_body, job, shared->limits.steps);
    sandbox->measure = NULL;
    job->out->steps = sandbox->granted_steps - sandbox->budget.steps_left;
    return status;
}

/* One failing script costs one answer. */
static tdm_status record_failure(const tdm__sandbox *sandbox, tdm_status status, const ask_job *job,
                                 tdm__arena *arena)
{
    tdm__measure_answer *out = job->out;
    tdm_str file = sandbox->file[0] ? tdm__str(sandbox->file) : job->loaded->shown.file;
    *out = (tdm__measure_answer){.file = {"", 0}, .message = {"", 0}, .steps = out->steps};
    if (status == TDM_SCRIPT && sandbox->reason) {
        out->reason = sandbox->reason;
        return TDM_OK;
    }
    out->reason = tdm__script_reason(status);
    out->line = sandbox->line > 0 ? sandbox->line : tdm__field_line(job->loaded->file.text, "measure");
    out->file = tdm__arena_copy(arena, file);
    out->message = tdm__arena_copy(arena, tdm__str(sandbox->message));
    return out->file.data && out->message.data ? TDM_OK : TDM_NO_MEMORY;
}

tdm_status tdm__measure_worker_ask(tdm__measure_answer *out, tdm__measure_worker *worker, tdm__arena *arena,
                                   size_t measure, const tdm__measure_question *question)
{
    ask_job job = {.loaded = &worker->measures->items[measure],
                   .entry = &worker->entries[measure],
                   .question = question,
                   .out = out};
    *out = (tdm__measure_answer){.file = {"", 0}, .message = {"", 0}};
    if (!worker->sandbox.lua) /* no memory was left for a state anew */
        return TDM_NO_MEMORY;
    tdm_status status = run(worker, &job, arena);
    if (status == TDM_TOO_LARGE) {
        /* A state that has served before holds other rubbish than a fresh one: only what that says counts. */
        tdm__sandbox_close(&worker->sandbox);
        status = prepare(worker, NULL) == TDM_OK ? run(worker, &job, arena) : TDM_NO_MEMORY;
    }
    if (status == TDM_OK || status == TDM_NO_MEMORY)
        return status;
    return record_failure(&worker->sandbox, status, &job, arena);
}
