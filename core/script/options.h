/*
 * Reading the option tables that scripts hand to measures: strict and raw. Each function raises a
 * script error that names the option; none calls back into the script.
 */
#ifndef TDM_SCRIPT_OPTIONS_H
#define TDM_SCRIPT_OPTIONS_H

#include "script/sandbox.h"

/* Raises unless the value at `index` is a table whose keys all stand in `names` (ended by NULL, at most 32).
 * Gives a bit for each that is there, by its place. */
uint32_t tdm__options_open(lua_State *lua, int index, const char *const *names);
/* Pushes the option and gives true; pushes nothing when it is not given. */
bool tdm__option(lua_State *lua, int index, const char *name);
int32_t tdm__option_integer(lua_State *lua, int index, const char *name, int32_t min, int32_t max,
                            int32_t fallback);
/* A count that must be given. */
int32_t tdm__option_needed(lua_State *lua, int index, const char *name, int32_t min, int32_t max);
bool tdm__option_flag(lua_State *lua, int index, const char *name);
/* Count 0 when it is not given. */
tdm_span tdm__option_span(lua_State *lua, int index, const char *name);
/* The span table at `index`; `name` for the message. */
tdm_span tdm__span_at(lua_State *lua, int index, const char *name);
/* Whether working days are to be counted as school days: nothing or "school" at `index`. */
bool tdm__school_at(lua_State *lua, int index, const char *name);
/* The option `days` of a measure: the calendar in which it counts working days. Stops the script with
 * TDM_UNKNOWN_PERIOD for school days where no terms are known. */
const tdm_holidays *tdm__option_calendar(lua_State *lua, int index);
void tdm__span_push(lua_State *lua, tdm_span span);
/* Whether the value at `index` is what tdm__span_push makes. May leave values on the stack. */
bool tdm__span_is(lua_State *lua, int index, tdm_span span);
/* The string at `index`, alive as long as the value; raises when it is none. */
tdm_str tdm__string_at(lua_State *lua, int index, const char *name);
/* A decimal with at most three places, in thousandths. */
int32_t tdm__thousandths_at(lua_State *lua, int index, const char *name);

/* Walks an option that is a value or a list of values: pushes the list (made for a single value) and
 * gives its length; 0 and nothing pushed when it is not given. An empty list is refused. */
size_t tdm__option_list(lua_State *lua, int index, const char *name);
/* The length of the list on top of the stack, which is that option. */
size_t tdm__list_length(lua_State *lua, const char *name);

/* Zeroed room that lives as long as the history, or the call of a measure; raises when there is none. */
void *tdm__room(lua_State *lua, size_t count, size_t size);

void tdm__bounds_push(lua_State *lua, tdm_bounds bounds);
void tdm__str_push(lua_State *lua, tdm_str text);

#endif
