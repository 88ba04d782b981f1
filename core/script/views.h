/*
 * What a script sees of a child: read-only views of the history, its selections and episodes, the
 * assessments, and the answers that measures give. A view belongs to one call; kept and used later, it
 * raises.
 */
#ifndef TDM_SCRIPT_VIEWS_H
#define TDM_SCRIPT_VIEWS_H

#include "script/options.h"

typedef enum tdm__view_kind {
    TDM__VIEW_CHILD,
    TDM__VIEW_SELECTION,
    TDM__VIEW_EPISODES,
    TDM__VIEW_SPELLS,
    TDM__VIEW_ASSESSMENT,
    TDM__VIEW_MEASURE, /* what a measure is given: the period and the population */
    TDM__VIEW_UNITS,
    TDM__VIEW_STRETCHES,
    TDM__VIEW_MEASURED /* the last: TDM__VIEW_KINDS */
} tdm__view_kind;

/* A spell with what its sentence may ask. */
typedef struct tdm__told_spell {
    tdm__spell spell; /* outcome: index in the indicator's outcomes or TDM_NO_INDEX */
    tdm_span reached; /* open_past: the span that was reached; else count 0 */
} tdm__told_spell;

typedef struct tdm__told_list {
    tdm__told_spell *items;
    uint32_t count;
} tdm__told_list;

/* Makes the metatables; once a state. */
void tdm__views_define(lua_State *lua);
void tdm__view_push(lua_State *lua, tdm__view_kind kind, const void *object);
/* Raises when the value at `index` is no view of that kind, or one of an earlier call. */
const void *tdm__view_check(lua_State *lua, int index, tdm__view_kind kind);
const tdm_selection *tdm__selection_check(lua_State *lua, int index);
const tdm__episodes *tdm__episodes_check(lua_State *lua, int index);
/* The selection of an option; NULL when it is not given. */
const tdm_selection *tdm__option_selection(lua_State *lua, int index, const char *name);
/* Of the table at 2, for a measure of the selection at 1: of the same child, or it raises. NULL: not
 * given. */
const tdm_selection *tdm__option_beside(lua_State *lua, const char *name);

/* Pushes a selection, or raises for a status other than TDM_OK. */
int tdm__selection_push(lua_State *lua, tdm_status status, const tdm_selection *selection, const char *what);

/* Codes to indices; each raises for a code that the vocabulary does not know. */
uint32_t tdm__kind_at(lua_State *lua, int index);
/* Index in the chronology; TDM_NO_INDEX when no row is of that agency. */
uint32_t tdm__agency_at(lua_State *lua, int index);
uint32_t tdm__episode_at(lua_State *lua, int index);
/* The option of that name as filters in the call's arena. */
size_t tdm__option_facts(lua_State *lua, int index, const char *name, const tdm__fact_filter **out);
/* Of the table at 2: kind, agency, theme, polarity, significance, concern, rated, child_seen, seen_alone,
 * voice. */
void tdm__option_codes(lua_State *lua, tdm__filter *filter);
/* A kind or a list of kinds, in the table at 2. */
const uint32_t *tdm__option_kinds(lua_State *lua, const char *name, size_t *count);
uint32_t tdm__fact_key_of(lua_State *lua, tdm_str key);

/* What a measure gave, as the answer that a script gets; the options are the table at 2. */
int tdm__verdict_push(lua_State *lua, tdm_status status, const tdm__verdict *verdict, const char *what);
/* trace.c: what a script was given, told to a trace where there is one; each in the C function that the
 * script called. */
void tdm__trace_selection(lua_State *lua, const tdm_selection *selection);
void tdm__trace_episodes(lua_State *lua, const tdm__episodes *episodes);
void tdm__trace_answer(lua_State *lua, tdm_answer answer);
/* An answer without spells: not assessed, for one of the reasons that scripts may give. */
int tdm__not_assessed_push(lua_State *lua, const char *reason);

/* The option `level` of the table at 2, whose only value is "not-above"; false when it is not given. */
bool tdm__option_level_not_above(lua_State *lua);
/* "theme", "kind" or the key of a fact; `name` for the message. */
tdm__trait tdm__trait_at(lua_State *lua, int index, const char *name);

/* Index of the outcome named by the option `outcome`; TDM_NO_INDEX when it is not given. */
uint32_t tdm__outcome_named(lua_State *lua, tdm_str name);

/* Methods by kind of view. */
extern const luaL_Reg tdm__child_methods[], tdm__child_scores[], tdm__selection_methods[],
    tdm__selection_answers[], tdm__episodes_methods[], tdm__assessment_methods[], tdm__child_kin[],
    tdm__child_worlds[], tdm__selection_loads[], tdm__selection_parts[], tdm__episodes_parts[],
    tdm__selection_absences[], tdm__selection_patterns[];
extern const luaL_Reg tdm__measure_bases[], tdm__measure_results[], tdm__units_methods[],
    tdm__units_lengths[], tdm__stretches_methods[];
/* child.id, child.born ...; assessment.day ...; 0 and nothing pushed for other names */
int tdm__child_field(lua_State *lua);
int tdm__assessment_field(lua_State *lua);
int tdm__measure_field(lua_State *lua);

#endif
