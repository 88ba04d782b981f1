/*
 * The guarded state: allocator with a cap, count hook with a budget, protected calls, the place of a
 * failure. Not here: what a script can reach (environment.c).
 */
#include "script/sandbox.h"

#include "script/measure.h"

#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define HOOK_STEPS         1000
#define SMALL_REGION_BYTES ((size_t)2 * 1024 * 1024)
#define VARARGS_MAX        250
/* Beyond it a table holds more than 65,536 items: 16 bytes an item in the array part, 24 in the hash part. */
#define BLOCK_LIMIT_BYTES (24u * TDM__TABLE_LIMIT_ITEMS + 4096u)
#define STRING_HEADER_MAX 64u

/* --- memory --- */

static void *refuse(tdm__sandbox *sandbox, tdm_status why)
{
    sandbox->refusal = why;
    return NULL;
}

static bool fits(const tdm__sandbox *sandbox, size_t held, size_t wanted, bool string)
{
    if (string && wanted > TDM__STRING_LIMIT_BYTES + STRING_HEADER_MAX)
        return false;
    if (wanted > BLOCK_LIMIT_BYTES)
        return false;
    return wanted <= held || wanted - held <= sandbox->limit_bytes - sandbox->used_bytes;
}

static void give_back(tdm__sandbox *sandbox, void *block, size_t held)
{
    if (block && !tdm__small_block_give_back(&sandbox->small, block, held))
        tdm__free(sandbox->allocator, block);
}

/* NULL: no memory, and the block is as it was. */
static void *resized(tdm__sandbox *sandbox, void *block, size_t held, size_t size)
{
    void *moved = tdm__small_block_take(&sandbox->small, size);
    if (!moved && !(block && tdm__small_block_is(&sandbox->small, block)))
        return sandbox->allocator->reallocate(block, size, sandbox->allocator->payload);
    if (!moved)
        moved = tdm__alloc(sandbox->allocator, size);
    if (moved && block) {
        memcpy(moved, block, held < size ? held : size);
        give_back(sandbox, block, held);
    }
    return moved;
}

/*
 * Lua's allocator. For a first allocation `old_size` is no size but the type of the object: taking it
 * for a size would leave first allocations uncounted (Suricata CVE-2026-45763). Strings are charged
 * here too, because the concatenation operator reaches no function of ours.
 */
static void *reallocate(void *payload, void *block, size_t old_size, size_t new_size)
{
    tdm__sandbox *sandbox = payload;
    size_t held = block ? old_size : 0;
    bool string = !block && old_size == LUA_TSTRING;
    if (new_size == 0) {
        give_back(sandbox, block, held);
        sandbox->used_bytes -= held;
        return NULL;
    }
    if (new_size > held && !fits(sandbox, held, new_size, string))
        return refuse(sandbox, TDM_TOO_LARGE);
    void *moved = resized(sandbox, block, held, new_size);
    if (!moved) {
        /* Lua takes for granted that shrinking works; the old block is large enough. */
        return new_size <= held ? block : refuse(sandbox, TDM_NO_MEMORY);
    }
    sandbox->used_bytes = sandbox->used_bytes - held + new_size;
    if (sandbox->used_bytes > sandbox->peak_bytes)
        sandbox->peak_bytes = sandbox->used_bytes;
    if (string)
        sandbox->budget.steps_left -= (int64_t)(new_size / 64);
    return moved;
}

/* --- steps --- */

static void note_line(tdm__sandbox *sandbox, const lua_Debug *at)
{
    if (at->currentline <= 0)
        return;
    sandbox->line = at->currentline;
    snprintf(sandbox->file, sizeof sandbox->file, "%s", at->source[0] == '@' ? at->source + 1 : "");
}

static void hook(lua_State *lua, lua_Debug *at)
{
    tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    sandbox->budget.steps_left -= HOOK_STEPS;
    /* A memory error reaches no message handler: this is then the place that is known. */
    if (lua_getinfo(lua, "Sl", at))
        note_line(sandbox, at);
    if (sandbox->budget.steps_left < 0)
        tdm__sandbox_stop(lua, TDM_BUDGET);
    /* Each instruction that passes "..." on copies all of them. */
    if (lua_getlocal(lua, at, -VARARGS_MAX - 1))
        luaL_error(lua, "a function has at most %d extra arguments", VARARGS_MAX);
}

int tdm__sandbox_stop(lua_State *lua, tdm_status status)
{
    tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    if (sandbox->stop == TDM_OK)
        sandbox->stop = status;
    /* From now on every line raises again, so that nothing can swallow it. */
    if (status == TDM_BUDGET)
        lua_sethook(lua, hook, LUA_MASKLINE | LUA_MASKCOUNT, 1);
    return luaL_error(lua, "%s", tdm_status_text(status));
}

int tdm__sandbox_give_up(lua_State *lua, const char *reason)
{
    tdm__sandbox_of(lua)->reason = reason;
    return luaL_error(lua, "%s", reason);
}

void tdm__sandbox_charge(lua_State *lua, int64_t steps)
{
    tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    sandbox->budget.steps_left -= steps;
    if (sandbox->budget.steps_left < 0)
        tdm__sandbox_stop(lua, TDM_BUDGET);
}

void tdm__charge_elements(lua_State *lua, size_t elements)
{
    tdm__sandbox_charge(lua, 1 + (int64_t)(elements / 16));
}

void tdm__charge_bytes(lua_State *lua, size_t bytes)
{
    tdm__sandbox_charge(lua, 1 + (int64_t)(bytes / 64));
}

tdm__arena *tdm__call_arena(const tdm__sandbox *sandbox)
{
    if (sandbox->history)
        return sandbox->history->arena;
    return sandbox->measure ? sandbox->measure->ground.arena : NULL;
}

const tdm_chronology *tdm__call_chronology(const tdm__sandbox *sandbox)
{
    if (sandbox->history)
        return sandbox->history->chronology;
    return sandbox->measure ? tdm__population_chronology(sandbox->measure->ground.population) : NULL;
}

/* Selections and columns live in arenas, outside Lua's cap. */
static bool holds_too_much(const tdm__sandbox *sandbox)
{
    if (sandbox->measure)
        return tdm__measure_call_bytes(sandbox->measure) > sandbox->measure->room_bytes;
    return sandbox->history &&
           sandbox->history->arena->used_bytes - sandbox->arena_start_bytes > sandbox->limit_bytes;
}

void tdm__sandbox_check(lua_State *lua, tdm_status status, const char *what)
{
    if (status == TDM_OK && holds_too_much(tdm__sandbox_of(lua)))
        status = TDM_TOO_LARGE;
    if (status == TDM_OK)
        return;
    if (status == TDM_INVALID_ARG || status == TDM_INVALID_INPUT)
        luaL_error(lua, "%s: a value is outside its range", what);
    tdm__sandbox_stop(lua, status);
}

/* --- protected calls --- */

/* The message without the "file:line: " that Lua puts in front. */
static const char *bare_message(const char *message, const lua_Debug *at)
{
    size_t length = strlen(at->short_src);
    if (strncmp(message, at->short_src, length) != 0 || message[length] != ':')
        return message;
    const char *rest = strstr(message + length, ": ");
    return rest ? rest + 2 : message;
}

static int note_failure(lua_State *lua)
{
    tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    const char *message = lua_type(lua, 1) == LUA_TSTRING ? lua_tostring(lua, 1) : "an error without text";
    lua_Debug at;
    if (sandbox->placed)
        return 1;
    for (int level = 0; lua_getstack(lua, level, &at); level++) {
        lua_getinfo(lua, "Sl", &at);
        if (at.currentline > 0) {
            note_line(sandbox, &at);
            message = bare_message(message, &at);
            break;
        }
    }
    snprintf(sandbox->message, sizeof sandbox->message, "%s", message);
    return 1;
}

static tdm_status outcome_of(tdm__sandbox *sandbox, int code)
{
    if (code == LUA_OK)
        return TDM_OK;
    tdm_status status = sandbox->stop != TDM_OK ? sandbox->stop : TDM_SCRIPT;
    /* The buffers of lauxlib report a refusal as an ordinary error. */
    bool no_memory = code == LUA_ERRMEM || (status == TDM_SCRIPT && sandbox->refusal != TDM_OK &&
                                            strcmp(sandbox->message, "not enough memory") == 0);
    if (no_memory)
        status = sandbox->refusal == TDM_NO_MEMORY ? TDM_NO_MEMORY : TDM_TOO_LARGE;
    if (status == TDM_TOO_LARGE)
        snprintf(sandbox->message, sizeof sandbox->message, "wants more memory than a script may have");
    return status;
}

tdm_status tdm__sandbox_run(tdm__sandbox *sandbox, lua_CFunction body, void *argument, int64_t steps)
{
    lua_State *lua = sandbox->lua;
    /* Comparing strings and writing numbers ask the locale: Lua's own code does, so the thread must not. */
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = plain ? uselocale(plain) : (locale_t)0;
    sandbox->stop = sandbox->refusal = TDM_OK;
    sandbox->granted_steps = sandbox->budget.steps_left = steps;
    sandbox->line = sandbox->use_depth = 0;
    sandbox->placed = false;
    sandbox->reason = NULL;
    sandbox->file[0] = sandbox->message[0] = '\0';
    lua_settop(lua, 0);
    lua_sethook(lua, hook, LUA_MASKCOUNT, HOOK_STEPS); /* starts its count anew */
    lua_pushcfunction(lua, note_failure);
    lua_pushcfunction(lua, body);
    lua_pushlightuserdata(lua, argument);
    int code = lua_pcall(lua, 1, 0, 1);
    lua_settop(lua, 0);
    if (plain) {
        uselocale(before);
        freelocale(plain);
    }
    return outcome_of(sandbox, code);
}

static int build_environment(lua_State *lua)
{
    tdm__environment_build(lua);
    return 0;
}

tdm_status tdm__sandbox_open(tdm__sandbox *sandbox, const tdm_allocator *allocator, size_t limit_bytes)
{
    sandbox->allocator = allocator;
    sandbox->limit_bytes = limit_bytes;
    sandbox->used_bytes = 0;
    tdm__text_init(&sandbox->scratch, allocator);
    tdm_status status = tdm__small_blocks_open(
        &sandbox->small, allocator, limit_bytes < SMALL_REGION_BYTES ? limit_bytes : SMALL_REGION_BYTES);
    if (status != TDM_OK)
        return status;
    sandbox->lua = lua_newstate(reallocate, sandbox);
    if (!sandbox->lua) {
        tdm__small_blocks_close(&sandbox->small, allocator);
        return sandbox->refusal == TDM_TOO_LARGE ? TDM_TOO_LARGE : TDM_NO_MEMORY;
    }
    memcpy(lua_getextraspace(sandbox->lua), &sandbox, sizeof sandbox);
    status = tdm__sandbox_run(sandbox, build_environment, NULL, INT32_MAX);
    if (status != TDM_OK)
        tdm__sandbox_close(sandbox);
    return status;
}

void tdm__sandbox_close(tdm__sandbox *sandbox)
{
    if (sandbox->lua)
        lua_close(sandbox->lua);
    if (sandbox->scratch.allocator) {
        tdm__text_free(&sandbox->scratch);
        tdm__small_blocks_close(&sandbox->small, sandbox->allocator);
    }
    sandbox->lua = NULL;
}

tdm__text *tdm__sandbox_scratch(lua_State *lua)
{
    tdm__text *scratch = &tdm__sandbox_of(lua)->scratch;
    tdm__text_clear(scratch);
    return scratch;
}

/* --- files --- */

/* "x.lua:12: unexpected symbol": the line that a syntax error names. */
static int32_t line_in(const char *message)
{
    int32_t line = 0;
    for (const char *at = message; (at = strchr(at, ':')) != NULL; at++) {
        const char *digit = at + 1;
        for (line = 0; *digit >= '0' && *digit <= '9' && line < 100000000; digit++)
            line = line * 10 + (*digit - '0');
        if (digit > at + 1 && *digit == ':')
            return line;
    }
    return 1;
}

int tdm__sandbox_raise_at(lua_State *lua, tdm_str file, int32_t line, const char *format, ...)
{
    tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    va_list values;
    snprintf(sandbox->file, sizeof sandbox->file, "%.*s", TDM_STR_ARGS(file));
    sandbox->line = line;
    sandbox->placed = true;
    va_start(values, format);
    vsnprintf(sandbox->message, sizeof sandbox->message, format, values);
    va_end(values);
    return luaL_error(lua, "see the message");
}

static void raise_syntax(lua_State *lua, tdm__script_file file)
{
    const char *message = lua_tostring(lua, -1);
    const char *rest = message ? strstr(message, ": ") : NULL;
    tdm__sandbox_raise_at(lua, file.name, line_in(message ? message : ""), "%s",
                          rest ? rest + 2 : "does not parse");
}

void tdm__sandbox_compile(lua_State *lua, tdm__script_file file)
{
    luaL_checkstack(lua, 4, NULL);
    lua_pushfstring(lua, "@%s", lua_pushlstring(lua, file.name.data, file.name.length));
    lua_remove(lua, -2);
    if (file.text.length > TDM__FILE_LIMIT_BYTES)
        luaL_error(lua, "a script file has at most %d bytes", (int)TDM__FILE_LIMIT_BYTES);
    tdm__charge_bytes(lua, file.text.length);
    /* "t": text only. Bytecode can do what no text can (Redis CVE-2025-49844). */
    int code = luaL_loadbufferx(lua, file.text.data, file.text.length, lua_tostring(lua, -1), "t");
    if (code == LUA_ERRMEM)
        tdm__sandbox_stop(lua, tdm__sandbox_of(lua)->refusal);
    if (code != LUA_OK)
        raise_syntax(lua, file);
    tdm__environment_push(lua);
    lua_setupvalue(lua, -2, 1);
    lua_remove(lua, -2);
}
