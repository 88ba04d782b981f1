/*
 * What the files of this layer share about parameter values.
 */
#ifndef TDM_SCRIPT_PARAMS_H
#define TDM_SCRIPT_PARAMS_H

#include "script/options.h"

const char *tdm__param_type_code(tdm__param_type type);
bool tdm__param_type_read(tdm__param_type *out, tdm_str code);
void tdm__value_words(tdm__text *out, const tdm__param_value *value);
void tdm__span_words(tdm__text *out, tdm_span span);
/* A code as words: hyphens are spaces. */
void tdm__code_words(tdm__text *out, tdm_str code);
/* Moves a finished text into the arena and frees it. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__text_settle(tdm_str *out, tdm__arena *arena, tdm__text *text);
/* "span from 30 days up to 60 months". */
void tdm__param_expected(char out[256], const tdm__param *param);
void tdm__param_push(lua_State *lua, const tdm__param_value *value);
/* param_tables.c: whether the value at `index` is a table with just these values in it, as a script gets
 * them. The stack stays as it was. */
bool tdm__params_are(lua_State *lua, int index, const tdm__param *params, size_t count,
                     const tdm__param_value *values);
void tdm__params_push(lua_State *lua, const tdm__param *params, size_t count, const tdm__param_value *values);
/* sentence.c: a text in which {names} are parameters, with their values as words. In the arena. */
tdm_status tdm__params_told(tdm_str *out, tdm__arena *arena, tdm_str text, const tdm__param *params,
                            size_t count, const tdm__param_value *values);

#endif
