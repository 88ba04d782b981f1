/*
 * The inside of a catalogue: what was read from each file, for the other files of this layer.
 */
#ifndef TDM_SCRIPT_CATALOGUE_H
#define TDM_SCRIPT_CATALOGUE_H

#include "script/contract.h"

/* What an example says of one agency's returns. */
typedef struct tdm__example_cover {
    tdm_str agency;
    const tdm__period *covers;
    size_t cover_count;
    const tdm__period *no_contact;
    size_t no_contact_count;
} tdm__example_cover;

/* A form that an example tells, as JSON, and the definition that it is scored by. */
typedef struct tdm__example_assessment {
    tdm_str form;
    const tdm_instrument *instrument;
} tdm__example_assessment;

/* Another child of the household. */
typedef struct tdm__example_sibling {
    tdm_str id;
    tdm_date born;
} tdm__example_sibling;

typedef struct tdm__example {
    tdm_str name;
    tdm_date born, expected;
    tdm_day as_of;
    tdm_answer expect;
    tdm_str outcome, reason; /* "" when the example does not say */
    const tdm__event_input
        *events; /* the child's, then the siblings'; source and row are filled when it runs */
    size_t event_count;
    bool has_household; /* siblings were told, be it none */
    const tdm__example_sibling *siblings;
    size_t sibling_count;
    const tdm__example_assessment *assessments;
    size_t assessment_count;
    const uint32_t *evidence; /* positions from 1, ascending: events, those of siblings, assessments */
    size_t evidence_count;
    const tdm__example_cover *covers; /* one an agency of the events or of the field `covers` */
    size_t cover_count;
    const tdm__param_value *params; /* one for each of the indicator's */
} tdm__example;

typedef struct tdm__loaded {
    tdm__indicator shown;
    tdm__script_file file;
    const tdm_str *templates; /* by outcome */
    const tdm__example *examples;
} tdm__loaded;

struct tdm__catalogue {
    tdm_allocator allocator;
    tdm__arena arena;
    tdm__script_ground ground;
    tdm__script_limits limits;
    tdm__script_file *lib;
    size_t lib_count;
    tdm__loaded *items;
    size_t count;
};

/* Reads the table on top of the stack, raising where it breaks the contract. */
void tdm__contract_read(const tdm__contract *contract, tdm__loaded *loaded);
void tdm__contract_examples(const tdm__contract *contract, int index, tdm__loaded *loaded);
/* examples.c: each table of the field `examples`, read into one of a list of items. */
typedef struct tdm__example_reader {
    size_t size; /* of an item, which is zeroed before */
    void (*read)(const tdm__contract *contract, int index, const void *of, void *item);
    const void *of; /* whose examples they are */
} tdm__example_reader;
void *tdm__contract_example_list(const tdm__contract *contract, int index, const tdm__example_reader *reader,
                                 size_t *count);
/* The event on top of the stack; `names_child`: as measures tell it, with the child's name before
 * the rest, and an end of its period. */
void tdm__contract_event(const tdm__contract *contract, tdm__event_input *event, bool names_child);
/* One source an agency: of the events in their order, then of the field `covers` of the example at `index`.
 */
const tdm__example_cover *tdm__contract_covers(const tdm__contract *contract, int index,
                                               const tdm__event_input *events, size_t event_count,
                                               size_t *count);
/* example_run.c: the events of one agency, as a source of their own; the row is the place in the example. */
tdm_status tdm__example_add_agency(tdm__builder *builder, const tdm__event_input *events, size_t event_count,
                                   const tdm__example_cover *cover);
/* example_forms.c: the field `assessments` of the example at `index`. */
void tdm__contract_assessments(const tdm__contract *contract, int index, tdm__example *example);
int tdm__group_order(tdm_str group); /* -1: no such group */

/*
 * What catalogues of indicators and of measures have in common.
 *
 * begin  empty, with copies of the shared code
 * copy   a file into the catalogue's arena
 * load   each file of the shared code compiled, then each of `files` run and its table given to `read`, which
 *        runs protected
 */
tdm_status tdm__catalogue_begin(tdm__catalogue *catalogue, const tdm_allocator *allocator,
                                const tdm__script_file *lib, size_t lib_count,
                                const tdm__script_ground *ground, const tdm__script_limits *limits);
bool tdm__catalogue_copy_file(tdm__catalogue *catalogue, tdm__script_file *out, tdm__script_file file);
typedef struct tdm__load_job {
    tdm__catalogue *catalogue;
    size_t count;
    tdm__script_file (*file)(const void *payload, size_t index);
    void (*read)(const tdm__contract *contract, void *payload, size_t index);
    void *payload;
} tdm__load_job;
tdm_status tdm__catalogue_load(const tdm__load_job *job, tdm_error *error);
/* The id of two files is one. */
tdm_status tdm__same_id(tdm__script_file later, tdm__script_file earlier, tdm_str id, tdm_error *error);

/* Opens a state that sees the catalogue's shared code. */
tdm_status tdm__catalogue_sandbox(tdm__sandbox *sandbox, const tdm__catalogue *catalogue);

/* The error of a file that could not be loaded, from what the sandbox knows. */
tdm_status tdm__load_failure(const tdm__sandbox *sandbox, tdm_status status, tdm_str file, tdm_error *error);

/* result.c: the value on top of the stack, as evaluate returned it, becomes a result. Runs protected. */
void tdm__result_read(lua_State *lua, tdm__result *out, const tdm__loaded *loaded,
                      const tdm__param_value *params);

/* What a sentence is filled from. */
typedef struct tdm__told {
    const tdm_history *history;
    const tdm__indicator *indicator;
    const tdm__param_value *params;
    const tdm__spell *spell;
    tdm_span reached; /* count 0: none */
    int values;       /* stack index of the script's values; 0: none */
} tdm__told;
/* sentence.c: fills the template; raises when a name has no value. Runs protected. */
tdm_str tdm__sentence(lua_State *lua, tdm_str text, const tdm__told *told);

#endif
