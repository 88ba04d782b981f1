/*
 * The catalogue: indicator files read once in a state of their own, kept as plain structs, ordered by
 * group and id. Not here: what the fields mean (contract.c), asking an indicator (worker.c).
 */
#include "script/catalogue.h"

#include <string.h>

/* Loading has a budget of its own, so that a file which never ends is an error and not a halt. */
#define LOAD_STEPS           (2 * 1000 * 1000)
#define DEFAULT_STEPS        (20 * 1000 * 1000)
#define DEFAULT_MEMORY_BYTES ((size_t)64 * 1024 * 1024)
#define MEMORY_MIN_BYTES     ((size_t)256 * 1024)

tdm_status tdm__catalogue_sandbox(tdm__sandbox *sandbox, const tdm__catalogue *catalogue)
{
    *sandbox = (tdm__sandbox){
        .lib = catalogue->lib,
        .lib_count = catalogue->lib_count,
        .vocabulary = catalogue->ground.vocabulary,
        .holidays = catalogue->ground.holidays,
    };
    return tdm__sandbox_open(sandbox, &catalogue->allocator, catalogue->limits.memory_bytes);
}

/* --- copies of what the caller gave --- */

bool tdm__catalogue_copy_file(tdm__catalogue *catalogue, tdm__script_file *out, tdm__script_file file)
{
    out->name = tdm__arena_copy(&catalogue->arena, file.name);
    out->text = tdm__arena_copy(&catalogue->arena, file.text);
    return out->name.data && out->text.data;
}

static tdm_status copy_files(tdm__catalogue *catalogue, const tdm__script_file *indicators,
                             size_t indicator_count)
{
    catalogue->items = tdm__arena_array(&catalogue->arena, indicator_count, sizeof *catalogue->items);
    if (!catalogue->items)
        return TDM_NO_MEMORY;
    catalogue->count = indicator_count;
    for (size_t i = 0; i < indicator_count; i++) {
        tdm__loaded *loaded = &catalogue->items[i];
        if (!tdm__catalogue_copy_file(catalogue, &loaded->file, indicators[i]))
            return TDM_NO_MEMORY;
        loaded->shown.file = loaded->file.name;
        tdm__sha256_hex(loaded->shown.hash, loaded->file.text);
    }
    return TDM_OK;
}

/* --- loading --- */

typedef struct load_one {
    const tdm__load_job *job;
    size_t index;
} load_one;

static int load_body(lua_State *lua)
{
    const load_one *one = lua_touserdata(lua, 1);
    tdm__catalogue *catalogue = one->job->catalogue;
    tdm__script_file file = one->job->file(one->job->payload, one->index);
    tdm__contract contract = {lua, &catalogue->arena, file, &catalogue->ground};
    tdm__sandbox_compile(lua, file);
    lua_call(lua, 0, 1);
    if (!lua_istable(lua, -1))
        tdm__sandbox_raise_at(lua, file.name, 1, "the file must return one table");
    one->job->read(&contract, one->job->payload, one->index);
    return 0;
}

static int compile_body(lua_State *lua)
{
    const tdm__script_file *file = lua_touserdata(lua, 1);
    tdm__sandbox_compile(lua, *file);
    return 0;
}

/* Everything but our own lack of memory is a fault of the file. */
tdm_status tdm__load_failure(const tdm__sandbox *sandbox, tdm_status status, tdm_str file, tdm_error *error)
{
    const char *message = sandbox->message;
    if (status == TDM_NO_MEMORY)
        return tdm__no_memory(error);
    if (status == TDM_BUDGET)
        message = "the file is still running after its budget for loading";
    tdm_place place = {sandbox->file[0] ? tdm__str(sandbox->file) : file,
                       sandbox->line > 0 ? sandbox->line : 1, 0};
    return tdm__fail_at(error, TDM_SCRIPT, place, "%s", message);
}

static tdm_status load_all(const tdm__load_job *job, tdm__sandbox *sandbox, tdm_error *error)
{
    const tdm__catalogue *catalogue = job->catalogue;
    for (size_t i = 0; i < catalogue->lib_count; i++) {
        tdm_status status = tdm__sandbox_run(sandbox, compile_body, &catalogue->lib[i], LOAD_STEPS);
        if (status != TDM_OK)
            return tdm__load_failure(sandbox, status, catalogue->lib[i].name, error);
    }
    for (size_t i = 0; i < job->count; i++) {
        load_one one = {job, i};
        tdm_status status = tdm__sandbox_run(sandbox, load_body, &one, LOAD_STEPS);
        if (status != TDM_OK)
            return tdm__load_failure(sandbox, status, job->file(job->payload, i).name, error);
    }
    return TDM_OK;
}

tdm_status tdm__catalogue_load(const tdm__load_job *job, tdm_error *error)
{
    tdm__sandbox sandbox;
    tdm_status status = tdm__catalogue_sandbox(&sandbox, job->catalogue);
    if (status == TDM_NO_MEMORY)
        return tdm__no_memory(error);
    if (status != TDM_OK)
        return tdm__fail(error, status, "the memory limit of scripts is too small");
    status = load_all(job, &sandbox, error);
    tdm__sandbox_close(&sandbox);
    return status;
}

static tdm__script_file file_of(const void *payload, size_t index)
{
    const tdm__catalogue *catalogue = payload;
    return catalogue->items[index].file;
}

static void read_one(const tdm__contract *contract, void *payload, size_t index)
{
    tdm__catalogue *catalogue = payload;
    tdm__contract_read(contract, &catalogue->items[index]);
}

/* --- order --- */

static int compare(const tdm__loaded *a, const tdm__loaded *b)
{
    int group = tdm__group_order(a->shown.group) - tdm__group_order(b->shown.group);
    return group != 0 ? group : tdm__str_compare(a->shown.id, b->shown.id);
}

/* An insertion sort: a catalogue holds dozens. */
static void sort_items(tdm__catalogue *catalogue)
{
    for (size_t i = 1; i < catalogue->count; i++) {
        tdm__loaded moved = catalogue->items[i];
        size_t at = i;
        for (; at > 0 && compare(&catalogue->items[at - 1], &moved) > 0; at--)
            catalogue->items[at] = catalogue->items[at - 1];
        catalogue->items[at] = moved;
    }
}

tdm_status tdm__same_id(tdm__script_file later, tdm__script_file earlier, tdm_str id, tdm_error *error)
{
    tdm_place place = {later.name, tdm__field_line(later.text, "id"), 0};
    return tdm__fail_at(error, TDM_SCRIPT, place, "the id '%.*s' is also that of %.*s", TDM_STR_ARGS(id),
                        TDM_STR_ARGS(earlier.name));
}

/* The group does not part two files of one id. */
static tdm_status check_ids(const tdm__catalogue *catalogue, tdm_error *error)
{
    for (size_t i = 1; i < catalogue->count; i++)
        for (size_t j = 0; j < i; j++) {
            const tdm__loaded *a = &catalogue->items[j], *b = &catalogue->items[i];
            if (tdm__str_equal(a->shown.id, b->shown.id))
                return tdm__same_id(b->file, a->file, b->shown.id, error);
        }
    return TDM_OK;
}

static tdm_status fill_catalogue(tdm__catalogue *catalogue, tdm_error *error)
{
    tdm__load_job job = {catalogue, catalogue->count, file_of, read_one, catalogue};
    tdm_status status = tdm__catalogue_load(&job, error);
    if (status == TDM_OK)
        status = check_ids(catalogue, error);
    if (status == TDM_OK)
        sort_items(catalogue);
    return status;
}

static tdm__script_limits limits_of(const tdm__script_limits *given)
{
    tdm__script_limits limits = {DEFAULT_STEPS, DEFAULT_MEMORY_BYTES};
    if (given && given->steps > 0)
        limits.steps = given->steps;
    if (given && given->memory_bytes > 0)
        limits.memory_bytes = given->memory_bytes < MEMORY_MIN_BYTES ? MEMORY_MIN_BYTES : given->memory_bytes;
    return limits;
}

tdm_status tdm__catalogue_begin(tdm__catalogue *catalogue, const tdm_allocator *allocator,
                                const tdm__script_file *lib, size_t lib_count,
                                const tdm__script_ground *ground, const tdm__script_limits *limits)
{
    catalogue->allocator = *allocator;
    tdm__arena_init(&catalogue->arena, &catalogue->allocator);
    catalogue->ground = *ground;
    catalogue->limits = limits_of(limits);
    catalogue->lib = tdm__arena_array(&catalogue->arena, lib_count, sizeof *catalogue->lib);
    if (!catalogue->lib)
        return TDM_NO_MEMORY;
    catalogue->lib_count = lib_count;
    for (size_t i = 0; i < lib_count; i++)
        if (!tdm__catalogue_copy_file(catalogue, &catalogue->lib[i], lib[i]))
            return TDM_NO_MEMORY;
    return TDM_OK;
}

tdm_status tdm__catalogue_new(tdm__catalogue **out, const tdm_allocator *allocator,
                              const tdm__script_file *indicators, size_t indicator_count,
                              const tdm__script_file *lib, size_t lib_count, const tdm__script_ground *ground,
                              const tdm__script_limits *limits, tdm_error *error)
{
    *out = NULL;
    tdm__catalogue *made = tdm__alloc_zeroed(allocator, 1, sizeof *made);
    if (!made)
        return tdm__no_memory(error);
    tdm_status status = tdm__catalogue_begin(made, allocator, lib, lib_count, ground, limits);
    if (status == TDM_OK)
        status = copy_files(made, indicators, indicator_count);
    status = status == TDM_OK ? fill_catalogue(made, error) : tdm__no_memory(error);
    if (status != TDM_OK) {
        tdm__catalogue_free(made);
        return status;
    }
    *out = made;
    return TDM_OK;
}

void tdm__catalogue_free(tdm__catalogue *catalogue)
{
    if (!catalogue)
        return;
    tdm_allocator allocator = catalogue->allocator;
    tdm__arena_free(&catalogue->arena);
    tdm__free(&allocator, catalogue);
}

const tdm__script_limits *tdm__catalogue_limits(const tdm__catalogue *catalogue)
{
    return &catalogue->limits;
}

size_t tdm__catalogue_count(const tdm__catalogue *catalogue)
{
    return catalogue->count;
}

const tdm__indicator *tdm__catalogue_at(const tdm__catalogue *catalogue, size_t index)
{
    return &catalogue->items[index].shown;
}

uint32_t tdm__catalogue_find(const tdm__catalogue *catalogue, tdm_str id)
{
    for (size_t i = 0; i < catalogue->count; i++)
        if (tdm__str_equal(catalogue->items[i].shown.id, id))
            return (uint32_t)i;
    return TDM_NO_INDEX;
}

tdm__example_told tdm__catalogue_example(const tdm__catalogue *catalogue, size_t indicator, size_t example)
{
    const tdm__example *e = &catalogue->items[indicator].examples[example];
    return (tdm__example_told){
        e->name,   e->born,        e->expected,         e->as_of,    e->expect,         e->outcome, e->reason,
        e->events, e->event_count, e->assessment_count, e->evidence, e->evidence_count, e->params,
    };
}

tdm_str tdm__catalogue_sentence(const tdm__catalogue *catalogue, size_t indicator, size_t outcome)
{
    return catalogue->items[indicator].templates[outcome];
}
