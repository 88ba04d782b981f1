/*
 * A worker: one Lua state with the indicators of a catalogue, asked one child at a time. An answer
 * depends on the child and the parameters alone, never on what the worker was asked before.
 */
#include "script/worker.h"

#include <string.h>

#include "chronology/looked.h"
#include "script/params.h"
#include "script/views.h"

#define PREPARE_STEPS (2 * 1000 * 1000)

/* --- the state --- */

typedef struct prepare_job {
    tdm__worker *worker;
    size_t indicator;
} prepare_job;

/* Runs the chunk on top and leaves its function of that name. */
static void push_function(lua_State *lua, const char *name)
{
    lua_call(lua, 0, 1);
    if (!lua_istable(lua, -1))
        luaL_error(lua, "the file must return one table");
    lua_pushstring(lua, name);
    lua_rawget(lua, -2);
    if (!lua_isfunction(lua, -1))
        luaL_error(lua, "%s must be a function", name);
    lua_remove(lua, -2);
}

/*
 * Whether the function on top of the stack holds locals of its file. They would keep what one call
 * writes for the next, so that an answer would depend on which children a worker had before.
 */
static bool holds_locals(lua_State *lua)
{
    bool holds = false;
    for (int i = 1; !holds && lua_getupvalue(lua, -1, i); i++) {
        tdm__environment_push(lua);
        holds = !lua_rawequal(lua, -1, -2);
        lua_pop(lua, 2);
    }
    return holds;
}

void tdm__entry_prepare(lua_State *lua, tdm__worker_entry *entry, tdm__script_file file, const char *name)
{
    tdm__sandbox_compile(lua, file);
    lua_pushvalue(lua, -1);
    entry->chunk = luaL_ref(lua, LUA_REGISTRYINDEX);
    push_function(lua, name);
    entry->runs_anew = holds_locals(lua);
    entry->function = luaL_ref(lua, LUA_REGISTRYINDEX);
    lua_pushboolean(lua, false); /* no table yet */
    entry->params = luaL_ref(lua, LUA_REGISTRYINDEX);
}

void tdm__entry_push(lua_State *lua, const tdm__worker_entry *entry, const char *name)
{
    lua_rawgeti(lua, LUA_REGISTRYINDEX, entry->chunk);
    /* The function shares the chunk's _ENV; an earlier call may have assigned to it. */
    tdm__environment_push(lua);
    lua_setupvalue(lua, -2, 1);
    if (entry->runs_anew) {
        push_function(lua, name);
    } else {
        lua_rawgeti(lua, LUA_REGISTRYINDEX, entry->function);
        lua_remove(lua, -2);
    }
}

void tdm__entry_push_params(lua_State *lua, const tdm__worker_entry *entry, const tdm__param *params,
                            size_t count, const tdm__param_value *values)
{
    lua_rawgeti(lua, LUA_REGISTRYINDEX, entry->params);
    if (tdm__params_are(lua, -1, params, count, values))
        return;
    lua_pop(lua, 1);
    tdm__params_push(lua, params, count, values);
    lua_pushvalue(lua, -1);
    lua_rawseti(lua, LUA_REGISTRYINDEX, entry->params);
}

static int prepare_body(lua_State *lua)
{
    prepare_job *job = lua_touserdata(lua, 1);
    if (job->indicator == 0)
        tdm__use_prepare(lua);
    tdm__entry_prepare(lua, &job->worker->entries[job->indicator],
                       job->worker->catalogue->items[job->indicator].file, "evaluate");
    return 0;
}

static tdm_status prepare(tdm__worker *worker, tdm_error *error)
{
    const tdm__catalogue *catalogue = worker->catalogue;
    uint32_t generation = worker->sandbox.generation;
    tdm_status status = tdm__catalogue_sandbox(&worker->sandbox, catalogue);
    worker->sandbox.generation = generation;
    for (size_t i = 0; status == TDM_OK && i < catalogue->count; i++) {
        prepare_job job = {worker, i};
        status = tdm__sandbox_run(&worker->sandbox, prepare_body, &job, PREPARE_STEPS);
    }
    if (status == TDM_OK)
        return TDM_OK;
    tdm__sandbox_close(&worker->sandbox);
    if (status == TDM_NO_MEMORY)
        return tdm__no_memory(error);
    tdm_place place = {tdm__str(worker->sandbox.file), worker->sandbox.line, 0};
    return tdm__fail_at(error, TDM_SCRIPT, place, "%s", worker->sandbox.message);
}

tdm_status tdm__worker_new(tdm__worker **out, const tdm__catalogue *catalogue, tdm_error *error)
{
    const tdm_allocator *allocator = &catalogue->allocator;
    *out = NULL;
    tdm__worker *made = tdm__alloc_zeroed(allocator, 1, sizeof *made);
    if (!made)
        return tdm__no_memory(error);
    made->catalogue = catalogue;
    made->entries = tdm__alloc_zeroed(allocator, catalogue->count + 1, sizeof *made->entries);
    tdm_status status = made->entries ? prepare(made, error) : tdm__no_memory(error);
    if (status != TDM_OK) {
        tdm__worker_free(made);
        return status;
    }
    *out = made;
    return TDM_OK;
}

void tdm__worker_free(tdm__worker *worker)
{
    if (!worker)
        return;
    const tdm_allocator *allocator = &worker->catalogue->allocator;
    tdm__sandbox_close(&worker->sandbox);
    tdm__free(allocator, worker->entries);
    tdm__free(allocator, worker);
}

/* --- one call --- */

typedef struct evaluate_job {
    const tdm__loaded *loaded;
    const tdm__worker_entry *entry;
    const tdm_history *history;
    const tdm__known_scores *scores;
    const tdm__param_value *params;
    tdm__result *out;
} evaluate_job;

static int evaluate_body(lua_State *lua)
{
    const evaluate_job *job = lua_touserdata(lua, 1);
    const tdm__indicator *indicator = &job->loaded->shown;
    tdm__entry_push(lua, job->entry, "evaluate");
    tdm__view_push(lua, TDM__VIEW_CHILD, job->history);
    tdm__entry_push_params(lua, job->entry, indicator->params, indicator->param_count, job->params);
    lua_call(lua, 2, 1);
    tdm__result_read(lua, job->out, job->loaded, job->params);
    return 0;
}

static tdm_status call(tdm__worker *worker, evaluate_job *job)
{
    tdm__sandbox *sandbox = &worker->sandbox;
    *job->out = (tdm__result){.answer = TDM_NOT_ASSESSED, .outcome = TDM_NO_INDEX, .sentence = {"", 0}};
    sandbox->history = job->history;
    sandbox->scores = job->scores;
    sandbox->arena_start_bytes = job->history->arena->used_bytes;
    sandbox->indicator = &job->loaded->shown;
    sandbox->generation++;
    tdm__looked_start(job->history);
    tdm_status status = tdm__sandbox_run(sandbox, evaluate_body, job, worker->catalogue->limits.steps);
    sandbox->history = NULL;
    sandbox->scores = NULL;
    sandbox->indicator = NULL;
    job->out->steps = sandbox->granted_steps - sandbox->budget.steps_left;
    return status;
}

const char *tdm__script_reason(tdm_status status)
{
    switch (status) {
    case TDM_BUDGET:
        return "budget";
    case TDM_TOO_LARGE:
        return "memory";
    case TDM_UNKNOWN_PERIOD:
        return "unknown-period";
    default:
        return "script-error";
    }
}

/* One failing script costs one answer. */
static tdm_status record_failure(const tdm__sandbox *sandbox, tdm_status status, const evaluate_job *job)
{
    tdm__arena *arena = job->history->arena;
    int64_t steps = job->out->steps;
    tdm_str file = sandbox->file[0] ? tdm__str(sandbox->file) : job->loaded->shown.file;
    *job->out = (tdm__result){.answer = TDM_NOT_ASSESSED, .outcome = TDM_NO_INDEX, .sentence = {"", 0}};
    job->out->steps = steps;
    if (status == TDM_SCRIPT && sandbox->reason) {
        job->out->reason = sandbox->reason;
        return TDM_OK;
    }
    job->out->reason = tdm__script_reason(status);
    job->out->line = sandbox->line > 0 ? sandbox->line : tdm__field_line(job->loaded->file.text, "evaluate");
    job->out->file = tdm__arena_copy(arena, file);
    job->out->message = tdm__arena_copy(arena, tdm__str(sandbox->message));
    return job->out->file.data && job->out->message.data ? TDM_OK : TDM_NO_MEMORY;
}

/* A state that has served before holds other rubbish than a fresh one: where the cap was hit, only
 * what a fresh state says counts, else the number of workers would show. */
static tdm_status repeat_afresh(tdm__worker *worker, evaluate_job *job)
{
    tdm__sandbox_close(&worker->sandbox);
    tdm_status status = prepare(worker, NULL);
    return status == TDM_OK ? call(worker, job) : TDM_NO_MEMORY;
}

tdm_status tdm__worker_trace(tdm__trace *trace, tdm__result *out, tdm__worker *worker, size_t indicator,
                             const tdm_history *history, const tdm__known_scores *scores,
                             const tdm__param_value *params)
{
    *trace = (tdm__trace){
        .steps = tdm__arena_array(history->arena, TDM__TRACE_STEPS_MAX, sizeof *trace->steps),
        .rows = tdm__arena_array(history->arena, history->row_count, sizeof *trace->rows),
        .row_count = history->row_count,
    };
    if (!trace->steps || !trace->rows)
        return TDM_NO_MEMORY;
    worker->sandbox.trace = trace;
    tdm_status status = tdm__worker_evaluate(out, worker, indicator, history, scores, params);
    worker->sandbox.trace = NULL;
    return status;
}

size_t tdm__worker_peak_bytes(const tdm__worker *worker)
{
    return worker->sandbox.peak_bytes;
}

tdm_status tdm__worker_evaluate(tdm__result *out, tdm__worker *worker, size_t indicator,
                                const tdm_history *history, const tdm__known_scores *scores,
                                const tdm__param_value *params)
{
    evaluate_job job = {.loaded = &worker->catalogue->items[indicator],
                        .entry = &worker->entries[indicator],
                        .history = history,
                        .scores = scores,
                        .params = params,
                        .out = out};
    if (!worker->sandbox.lua) {
        *out = (tdm__result){.answer = TDM_NOT_ASSESSED, .outcome = TDM_NO_INDEX, .sentence = {"", 0}};
        return TDM_NO_MEMORY;
    }
    tdm_status status = call(worker, &job);
    if (status == TDM_TOO_LARGE)
        status = repeat_afresh(worker, &job);
    if (status == TDM_OK || status == TDM_NO_MEMORY)
        return status;
    return record_failure(&worker->sandbox, status, &job);
}
