/*
 * The catalogue of measures: files read once into plain structs, ordered by group and id. Not here: what the
 * fields mean (measure_contract.c), asking a measure (measure_worker.c).
 */
#include "script/measure.h"

#include "script/params.h"

static tdm_status copy_files(tdm__measures *measures, const tdm__script_file *files, size_t count)
{
    measures->items = tdm__arena_array(&measures->shared.arena, count, sizeof *measures->items);
    if (!measures->items)
        return TDM_NO_MEMORY;
    measures->count = count;
    for (size_t i = 0; i < count; i++) {
        tdm__measure_loaded *loaded = &measures->items[i];
        if (!tdm__catalogue_copy_file(&measures->shared, &loaded->file, files[i]))
            return TDM_NO_MEMORY;
        loaded->shown.file = loaded->file.name;
        tdm__sha256_hex(loaded->shown.hash, loaded->file.text);
    }
    return TDM_OK;
}

static tdm__script_file file_of(const void *payload, size_t index)
{
    const tdm__measures *measures = payload;
    return measures->items[index].file;
}

static void read_one(const tdm__contract *contract, void *payload, size_t index)
{
    tdm__measures *measures = payload;
    tdm__measure_read(contract, &measures->items[index]);
}

static int compare(const tdm__measure *a, const tdm__measure *b)
{
    int group = tdm__measure_group_place(a->group) - tdm__measure_group_place(b->group);
    return group != 0 ? group : tdm__str_compare(a->id, b->id);
}

/* An insertion sort: a catalogue holds dozens. */
static void sort_items(tdm__measures *measures)
{
    for (size_t i = 1; i < measures->count; i++) {
        tdm__measure_loaded moved = measures->items[i];
        size_t at = i;
        for (; at > 0 && compare(&measures->items[at - 1].shown, &moved.shown) > 0; at--)
            measures->items[at] = measures->items[at - 1];
        measures->items[at] = moved;
    }
}

static tdm_status check_ids(const tdm__measures *measures, tdm_error *error)
{
    for (size_t i = 1; i < measures->count; i++)
        for (size_t j = 0; j < i; j++) {
            const tdm__measure_loaded *a = &measures->items[j], *b = &measures->items[i];
            if (tdm__str_equal(a->shown.id, b->shown.id))
                return tdm__same_id(b->file, a->file, b->shown.id, error);
        }
    return TDM_OK;
}

static tdm_status fill(tdm__measures *measures, tdm_error *error)
{
    tdm__load_job job = {&measures->shared, measures->count, file_of, read_one, measures};
    tdm_status status = tdm__catalogue_load(&job, error);
    if (status == TDM_OK)
        status = check_ids(measures, error);
    if (status == TDM_OK)
        sort_items(measures);
    return status;
}

tdm_status tdm__measures_new(tdm__measures **out, const tdm_allocator *allocator,
                             const tdm__script_file *files, size_t file_count, const tdm__script_file *lib,
                             size_t lib_count, const tdm__script_ground *ground,
                             const tdm__script_limits *limits, tdm_error *error)
{
    *out = NULL;
    tdm__measures *made = tdm__alloc_zeroed(allocator, 1, sizeof *made);
    if (!made)
        return tdm__no_memory(error);
    tdm_status status = tdm__catalogue_begin(&made->shared, allocator, lib, lib_count, ground, limits);
    if (status == TDM_OK)
        status = copy_files(made, files, file_count);
    status = status == TDM_OK ? fill(made, error) : tdm__no_memory(error);
    if (status != TDM_OK) {
        tdm__measures_free(made);
        return status;
    }
    *out = made;
    return TDM_OK;
}

void tdm__measures_free(tdm__measures *measures)
{
    if (!measures)
        return;
    tdm_allocator allocator = measures->shared.allocator;
    tdm__arena_free(&measures->shared.arena);
    tdm__free(&allocator, measures);
}

size_t tdm__measures_count(const tdm__measures *measures)
{
    return measures->count;
}

const tdm__measure *tdm__measures_at(const tdm__measures *measures, size_t index)
{
    return &measures->items[index].shown;
}

uint32_t tdm__measures_find(const tdm__measures *measures, tdm_str id)
{
    for (size_t i = 0; i < measures->count; i++)
        if (tdm__str_equal(measures->items[i].shown.id, id))
            return (uint32_t)i;
    return TDM_NO_INDEX;
}

tdm_status tdm__measure_text(tdm_str *out, tdm__arena *arena, const tdm__measure *measure, tdm_str text,
                             const tdm__param_value *params)
{
    return tdm__params_told(out, arena, text, measure->params, measure->param_count, params);
}

tdm__measure_told tdm__measures_example(const tdm__measures *measures, size_t measure, size_t example)
{
    const tdm__sample *sample = &measures->items[measure].samples[example];
    return (tdm__measure_told){
        .name = sample->name,
        .from = sample->from,
        .to = sample->to,
        .as_of = sample->as_of,
        .by = sample->by,
        .events = sample->events,
        .event_count = sample->event_count,
        .params = sample->params,
        .reason = sample->reason,
        .numbers = sample->told,
        .number_count = sample->told_count,
    };
}
