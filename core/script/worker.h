/*
 * The inside of a worker, for example_run.c.
 */
#ifndef TDM_SCRIPT_WORKER_H
#define TDM_SCRIPT_WORKER_H

#include "script/catalogue.h"

/* Registry references of one file's function in the state. */
typedef struct tdm__worker_entry {
    int chunk;
    int function;
    int params;     /* the table of parameters that it was given last */
    bool runs_anew; /* the function holds locals of its file: the file is run again for every call */
} tdm__worker_entry;

/* Runs a file's chunk and keeps its function of that name, whose place in the environment `entry` is. */
void tdm__entry_prepare(lua_State *lua, tdm__worker_entry *entry, tdm__script_file file, const char *name);
/* Pushes that function, as if it had never been called. */
void tdm__entry_push(lua_State *lua, const tdm__worker_entry *entry, const char *name);
/* Pushes the table of parameters of the call before, unless that script wrote into it or the values are
 * others now. */
void tdm__entry_push_params(lua_State *lua, const tdm__worker_entry *entry, const tdm__param *params,
                            size_t count, const tdm__param_value *values);
/* The reason of not assessed for a status that tdm__sandbox_run gave. */
const char *tdm__script_reason(tdm_status status);

struct tdm__worker {
    const tdm__catalogue *catalogue;
    tdm__sandbox sandbox;
    tdm__worker_entry *entries;
};

#endif
