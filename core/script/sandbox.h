/*
 * One Lua state under guard: memory cap, step budget, "C" locale, protected calls, the place of a
 * failure. What a script may call is built in environment.c; what it sees of a child in views.h.
 *
 * Every call into Lua goes through tdm__sandbox_run, so that no error leaves Lua unprotected.
 */
#ifndef TDM_SCRIPT_SANDBOX_H
#define TDM_SCRIPT_SANDBOX_H

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "script/small_blocks.h"
#include "script/trace.h"

#define TDM__STRING_LIMIT_BYTES (64u * 1024u)
#define TDM__TABLE_LIMIT_ITEMS  65536
#define TDM__CALL_LIMIT_BYTES   (4u * 1024u * 1024u) /* what one C function hands to the script */
#define TDM__FILE_LIMIT_BYTES   (1024u * 1024u)
#define TDM__VIEW_KINDS         9 /* tdm__view_kind of views.h */

struct tdm__measure_call; /* measure.h */

typedef struct tdm__sandbox {
    const tdm_allocator *allocator;
    lua_State *lua;
    size_t used_bytes, limit_bytes;
    tdm__small_blocks small;
    size_t peak_bytes;  /* the most that was used at once */
    tdm_status refusal; /* why the allocator said no last: TDM_TOO_LARGE our cap, TDM_NO_MEMORY the host */
    tdm_status stop;    /* set before an error is raised that is not the script's own; else TDM_OK */
    tdm_budget budget;
    int64_t granted_steps;
    /* where and why the last call failed */
    char file[256];
    int32_t line;
    char message[320];
    const char
        *reason;   /* why the last call could not be answered, where it ended without failing; else NULL */
    bool placed;   /* the place was given with the error; it is not looked up */
    int use_depth; /* files of shared code that are being run inside one another */
    const void *view_tables[TDM__VIEW_KINDS]; /* the metatables of views, in the registry */
    /* borrowed for the life of the state */
    const tdm__script_file *lib;
    size_t lib_count;
    const tdm_vocabulary *vocabulary;
    const tdm_holidays *holidays; /* may be NULL */
    /* of the call that runs now */
    const tdm_history *history;        /* NULL while files are loaded, and while a measure is asked */
    struct tdm__measure_call *measure; /* NULL but while a measure is asked */
    const tdm__known_scores *scores;   /* may be NULL */
    tdm__trace *trace;                 /* NULL: nothing is kept of what is asked */
    size_t arena_start_bytes;
    const tdm__indicator *indicator;
    tdm__carried carried; /* what could be held of a child, once asked: */
    uint32_t carried_of;  /* in the call of that generation; 0: not asked */
    const tdm_history *carried_child;
    tdm__text scratch;   /* a text in the making: errors leave C by a jump, so it must not be a local one */
    uint32_t generation; /* of the views: one that was kept from an earlier call is refused */
} tdm__sandbox;

/* Opens a state with its environment. Zero-initialised before; lib, vocabulary and holidays are
 * borrowed. TDM_OK, TDM_NO_MEMORY, TDM_TOO_LARGE when the cap is too small for an empty state. */
tdm_status tdm__sandbox_open(tdm__sandbox *sandbox, const tdm_allocator *allocator, size_t limit_bytes);
void tdm__sandbox_close(tdm__sandbox *sandbox);

/*
 * Calls body(argument as light userdata) protected, with a budget of its own.
 *
 * TDM_OK; TDM_SCRIPT the script raised an error; TDM_BUDGET; TDM_TOO_LARGE the memory cap;
 * TDM_UNKNOWN_PERIOD outside the known bank holidays; TDM_NO_MEMORY our own memory ran out. Place and
 * message are in the sandbox.
 */
tdm_status tdm__sandbox_run(tdm__sandbox *sandbox, lua_CFunction body, void *argument, int64_t steps);

/* The sandbox of a state. */
static inline tdm__sandbox *tdm__sandbox_of(lua_State *lua)
{
    tdm__sandbox *sandbox;
    memcpy(&sandbox, lua_getextraspace(lua), sizeof sandbox);
    return sandbox;
}

/* What selections of the call live in, and what they are of; NULL outside any call. */
tdm__arena *tdm__call_arena(const tdm__sandbox *sandbox);
const tdm_chronology *tdm__call_chronology(const tdm__sandbox *sandbox);

/* Raises once the budget is spent. */
void tdm__sandbox_charge(lua_State *lua, int64_t steps);
/* What each C function costs: 1 + elements / 16, 1 + bytes / 64. */
void tdm__charge_elements(lua_State *lua, size_t elements);
void tdm__charge_bytes(lua_State *lua, size_t bytes);

/* Raises with a status that is not the script's own error. */
int tdm__sandbox_stop(lua_State *lua, tdm_status status);
/* Ends the call: it cannot be answered, for a reason that is one of the codes of tdm__result. */
int tdm__sandbox_give_up(lua_State *lua, const char *reason);
/* Raises with a place in a file: syntax errors, breaches of the contract. */
int tdm__sandbox_raise_at(lua_State *lua, tdm_str file, int32_t line, const char *format, ...)
    TDM_PRINTF(4, 5);
/* Raises for every status but TDM_OK; TDM_INVALID_ARG is the script's error ("`what`: out of range"). */
void tdm__sandbox_check(lua_State *lua, tdm_status status, const char *what);

/* An empty text that need not be freed; one at a time. */
tdm__text *tdm__sandbox_scratch(lua_State *lua);

/* Pushes the chunk of a file, compiled from text with the built environment; raises with file and line. */
void tdm__sandbox_compile(lua_State *lua, tdm__script_file file);

/* environment.c: makes the environment; puts it on the stack; a table as a read-only one. */
void tdm__environment_build(lua_State *lua);
void tdm__environment_push(lua_State *lua);
void tdm__readonly(lua_State *lua);
/* A table that a script may change: raises for read-only ones. */
void tdm__check_table(lua_State *lua, int index);

/* Each puts functions into the table on top of the stack. */
void tdm__strings_add(lua_State *lua);
void tdm__utf8_add(lua_State *lua);
void tdm__tables_add(lua_State *lua);
void tdm__calendar_add(lua_State *lua);
int tdm__lua_tostring(lua_State *lua);
int tdm__lua_pairs(lua_State *lua);
int tdm__lua_use(lua_State *lua);
/* Compiles all shared code, so that no later call differs from the first by it. */
void tdm__use_prepare(lua_State *lua);
int tdm__lua_any_of(lua_State *lua);
int tdm__lua_all_of(lua_State *lua);

#endif
