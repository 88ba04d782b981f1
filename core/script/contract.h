/*
 * Reading the tables of script files under a contract: every field is known, there, and of its type,
 * or the file is refused with file, line, field and what was expected. All functions run protected
 * and raise; what they copy goes to the catalogue's arena.
 */
#ifndef TDM_SCRIPT_CONTRACT_H
#define TDM_SCRIPT_CONTRACT_H

#include "script/options.h"

#define TDM__PATH_SIZE 128

typedef struct tdm__contract {
    lua_State *lua;
    tdm__arena *arena;
    tdm__script_file file;
    const tdm__script_ground *ground; /* NULL for instrument files */
} tdm__contract;

/* Line of a field in a file's text: the path "params.within.min" is followed through the braces.
 * The line of the deepest part that is there; 1 when none is. */
int32_t tdm__field_line(tdm_str text, const char *path);

/* Raises: "field 'PATH': EXPECTED". */
int tdm__contract_fail(const tdm__contract *contract, const char *path, const char *format, ...)
    TDM_PRINTF(3, 4);
/* "parent.name", or the name alone. */
void tdm__path_of(char out[TDM__PATH_SIZE], const char *parent, const char *name);

/* The value at `index` is a table with no other keys than `names`. */
void tdm__contract_names(const tdm__contract *contract, int index, const char *path,
                         const char *const *names);
/* Pushes a field of that Lua type; false (nothing pushed) when it is not there and not required. */
bool tdm__contract_field(const tdm__contract *contract, int index, const char *path, const char *name,
                         int type, bool required);
/* "" when it is not there and not required. */
tdm_str tdm__contract_string(const tdm__contract *contract, int index, const char *path, const char *name,
                             bool required);
/* The list at `index`: its length; every key must belong to it. */
size_t tdm__contract_list(const tdm__contract *contract, int index, const char *path);
/* The string on top of the stack as a copy; pops it. */
tdm_str tdm__contract_pop_string(const tdm__contract *contract, const char *path);
/* Names of the table at `index`, sorted by bytes; each made of [a-z0-9_-]. */
const tdm_str *tdm__contract_keys(const tdm__contract *contract, int index, const char *path, size_t *count);
/* The same without a say on what they are made of. */
const tdm_str *tdm__contract_any_keys(const tdm__contract *contract, int index, const char *path,
                                      size_t *count);
tdm_day tdm__contract_day(const tdm__contract *contract, int index, const char *path, const char *name,
                          bool required);
/* Zeroed room in the arena; raises when there is none. */
void *tdm__contract_room(const tdm__contract *contract, size_t count, size_t size);

/* The value on top of the stack as a value of that parameter; pops it. */
tdm__param_value tdm__contract_value(const tdm__contract *contract, const tdm__param *param,
                                     const char *path);
/* The field `params`, in order of name. */
const tdm__param *tdm__contract_params(const tdm__contract *contract, int index, bool required,
                                       size_t *count);
/* One value for each parameter: those of the field `params` of the example at `index`, else the defaults. */
const tdm__param_value *tdm__contract_overrides(const tdm__contract *contract, int index,
                                                const tdm__param *params, size_t count);
/* contract_needs.c: the field `needs`, once the parameters are read. */
void tdm__contract_needs(const tdm__contract *contract, int index, tdm__indicator *indicator);
/* A list of kinds, the field `name` of `needs` at `index`; NULL when it is not there. */
const uint32_t *tdm__contract_kinds(const tdm__contract *contract, int index, const char *name,
                                    size_t *count);
/* The string on top of the stack, "KIND" or "KIND.FACT"; pops it. */
tdm__need_part tdm__contract_pop_part(const tdm__contract *contract, const char *path);
/* The list on top of the stack, one part or more; pops it. */
const tdm__need_part *tdm__contract_pop_parts(const tdm__contract *contract, const char *path, size_t *count);
/* One entry on top of the stack: a part by itself, or { any = {PARTS}, when = {PARAM = VALUES} }; pops it. */
tdm__need tdm__contract_pop_need(const tdm__contract *contract, const char *where, const tdm__param *params,
                                 size_t param_count);
bool tdm__standing_known(tdm_str code);

/* contract.c: the fields `id`, `version`, `evidence`. */
tdm_str tdm__contract_id(const tdm__contract *contract, int index);
tdm_str tdm__contract_version(const tdm__contract *contract, int index);
typedef struct tdm__contract_evidence {
    tdm_str source;
    const tdm__standing *standings;
    size_t standing_count;
} tdm__contract_evidence;
tdm__contract_evidence tdm__contract_read_evidence(const tdm__contract *contract, int index);
/* `group` is one of the names (ended by NULL); a file in a folder named after a group belongs to that one. */
tdm_str tdm__contract_group(const tdm__contract *contract, int index, const char *const *groups);
/* The place of a group among the names; -1: it is none. */
int tdm__contract_group_place(const char *const *groups, tdm_str group);
/* A text in which {names} stand for parameters and nothing else. */
tdm_str tdm__contract_told(const tdm__contract *contract, int index, const char *name, bool required,
                           const tdm__param *params, size_t count);

#endif
