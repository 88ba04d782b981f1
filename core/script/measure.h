/*
 * The inside of a catalogue of measures, of its workers and of one call, for the files that make them.
 */
#ifndef TDM_SCRIPT_MEASURE_H
#define TDM_SCRIPT_MEASURE_H

#include "script/measures.h"
#include "script/views.h"
#include "script/worker.h"

/* --- what a file says --- */

#define TDM__NOT_SAID INT64_MIN /* a number that an example does not expect anything of */

typedef struct tdm__expected_line {
    tdm_str name;
    int64_t count;
} tdm__expected_line;

/* What an example expects of everything, or of one group. */
typedef struct tdm__expected {
    tdm_str group; /* "": of everything */
    int64_t numerator, denominator;
    int64_t count;                   /* of lengths, those still waiting too */
    const tdm__expected_line *lines; /* NULL: nothing is said of lines; else others hold none */
    size_t line_count;
    const int32_t *lengths, *waiting; /* ascending; lengths NULL: nothing is said of either */
    size_t length_count, waiting_count;
    int64_t left_out[TDM__UNCOUNTED_COUNT];
} tdm__expected;

/* A child of an example, where its events say more of it than its name. */
typedef struct tdm__sample_child {
    tdm_str id, area;
} tdm__sample_child;

typedef struct tdm__sample {
    tdm_str name;
    tdm_day from, to, as_of;
    tdm__group_by by;
    const tdm__event_input *events;
    size_t event_count;
    const tdm__sample_child *children;
    size_t child_count;
    const tdm__example_cover *covers;
    size_t cover_count;
    const tdm_str *areas; /* sorted; NULL: every code is one */
    size_t area_count;
    const tdm__prompt_record *prompts; /* NULL: there is no worklist */
    size_t prompt_count;
    const tdm__param_value *params;
    tdm_str reason;                /* of not assessed; "": it is answered */
    const tdm__expected *expected; /* of everything, then of groups */
    size_t expected_count;
    const tdm__measure_told_number *told; /* what is expected of everything, for a page */
    size_t told_count;
} tdm__sample;

typedef struct tdm__measure_loaded {
    tdm__measure shown;
    tdm__script_file file;
    const tdm__sample *samples;
} tdm__measure_loaded;

struct tdm__measures {
    tdm__catalogue shared; /* without indicators: its files, limits and memory */
    tdm__measure_loaded *items;
    size_t count;
};

/* measure_contract.c: reads the table on top of the stack, raising where it breaks the contract. */
void tdm__measure_read(const tdm__contract *contract, tdm__measure_loaded *loaded);
int tdm__measure_group_place(tdm_str group);
/* measure_samples.c: the field `examples`; its `expect` in measure_expected.c. */
void tdm__measure_read_samples(const tdm__contract *contract, int index, tdm__measure_loaded *loaded);
void tdm__measure_read_expected(const tdm__contract *contract, int index, tdm__sample *sample);
/* Puts what was expected and what came into words where they differ; nothing where they do not. */
void tdm__expected_compare(tdm__text *out, const tdm__sample *sample, const tdm__measured *measured,
                           tdm__groups groups);

/* --- one call --- */

#define TDM__KEPT_IN_CALL 256 /* different base selections that one call may ask for */

/* A base selection, and what it takes to make it: that is what asking for it costs, made anew or not. */
typedef struct tdm__kept_units {
    tdm_str key; /* what was asked for */
    tdm__units units;
    int64_t looked_at;
    size_t bytes;
    uint32_t asked_in; /* generation of the call that asked for it last */
} tdm__kept_units;

/* Base selections of one population, from call to call. */
typedef struct tdm__kept {
    tdm__arena arena;
    const tdm__population *population;
    tdm__kept_units items[2 * TDM__KEPT_IN_CALL];
    size_t count;
} tdm__kept;

/* What a script that is asked for a measure works with. */
typedef struct tdm__measure_call {
    const tdm__measure_question *question;
    tdm__units_ground ground; /* its arena is emptied before the next call */
    int64_t charged;          /* of ground.looked_at */
    tdm__arena *answer;       /* gets what the measure comes to */
    size_t answer_start_bytes;
    tdm__kept *kept;
    size_t kept_bytes; /* of those that this call asked for */
    size_t kept_count;
    size_t room_bytes; /* what all columns of a call may take */
} tdm__measure_call;

size_t tdm__measure_call_bytes(const tdm__measure_call *call);
/* The call that runs now; `m` is the value at 1. */
tdm__measure_call *tdm__measure_call_at(lua_State *lua);
/* Charges what was gone through since the last charge, and raises for a status other than TDM_OK. */
void tdm__measure_settle(lua_State *lua, tdm_status status, const char *what);
const tdm__units *tdm__units_check(lua_State *lua, int index);
/* Pushes units or stretches once settled. */
int tdm__units_push(lua_State *lua, tdm_status status, const tdm__units *units, const char *what);
int tdm__stretches_push(lua_State *lua, tdm_status status, const tdm__stretches *stretches, const char *what);

struct tdm__measure_worker {
    const tdm__measures *measures;
    tdm__sandbox sandbox;
    tdm__worker_entry *entries;
    tdm__arena arena; /* of the call */
    tdm__kept kept;
};

#endif
