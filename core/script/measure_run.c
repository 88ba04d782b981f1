/*
 * Runs the examples of measure files: builds the small chronology and its population, asks the measure, holds
 * the figures against those that are expected (measure_expected.c).
 */
#include "script/measure.h"
#include "script/params.h"

static tdm_status add_children(tdm__builder *builder, const tdm__sample *sample)
{
    tdm_status status = TDM_OK;
    const tdm_date unknown = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    for (size_t i = 0; status == TDM_OK && i < sample->child_count; i++) {
        tdm__child_input child = {.id = sample->children[i].id,
                                  .born = unknown,
                                  .expected = unknown,
                                  .died = unknown,
                                  .area = sample->children[i].area};
        status = tdm__builder_child(builder, &child);
    }
    return status;
}

static tdm_status fill(tdm__builder *builder, const tdm__sample *sample)
{
    tdm_status status = add_children(builder, sample);
    for (size_t i = 0; status == TDM_OK && i < sample->cover_count; i++)
        status = tdm__example_add_agency(builder, sample->events, sample->event_count, &sample->covers[i]);
    return status;
}

static tdm_status build(tdm_chronology **out, const tdm__catalogue *shared, const tdm__sample *sample)
{
    tdm__builder *builder = NULL;
    tdm__diagnostics diagnostics;
    *out = NULL;
    tdm__diagnostics_init(&diagnostics, &shared->allocator);
    tdm_status status = tdm__builder_new(&builder, &shared->allocator, shared->ground.vocabulary);
    if (status == TDM_OK)
        status = fill(builder, sample);
    if (status == TDM_OK)
        status = tdm__builder_freeze(out, builder, &diagnostics);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    return status;
}

static void failure_words(tdm__text *out, const tdm__sample *sample, const tdm__measure_answer *answer)
{
    if (answer->reason)
        tdm__text_printf(out, "not assessed: %s", answer->reason);
    else
        tdm__text_puts(out, "it was answered");
    if (answer->reason && answer->file.length > 0)
        tdm__text_printf(out, " at %.*s:%d: %.*s", TDM_STR_ARGS(answer->file), (int)answer->line,
                         TDM_STR_ARGS(answer->message));
    if (sample->reason.length > 0)
        tdm__text_printf(out, "; expected not assessed: %.*s", TDM_STR_ARGS(sample->reason));
}

static tdm_status compare(tdm__measure_example *out, tdm__arena *arena, const tdm__sample *sample,
                          const tdm__population *population, const tdm__measure_answer *answer)
{
    tdm__text text;
    tdm__text_init(&text, arena->allocator);
    tdm__text_puts(&text, "");
    bool as_expected = tdm__str_equal(sample->reason, tdm__str(answer->reason));
    if (!as_expected)
        failure_words(&text, sample, answer);
    else if (!answer->reason)
        tdm__expected_compare(&text, sample, &answer->measured,
                              tdm__population_groups(population, sample->by));
    out->passed = !text.failed && text.length == 0;
    return tdm__text_settle(&out->detail, arena, &text);
}

static tdm_status ask(tdm__measure_example *out, tdm__measure_worker *worker, tdm__arena *arena,
                      size_t measure, const tdm__sample *sample, const tdm__population *population)
{
    tdm__measure_answer answer;
    tdm__measure_question question = {
        .population = population,
        .from = sample->from,
        .to = sample->to,
        .as_of = sample->as_of,
        .by = sample->by,
        .areas = sample->areas,
        .area_count = sample->area_count,
        .params = sample->params,
    };
    tdm_status status = tdm__measure_worker_ask(&answer, worker, arena, measure, &question);
    return status == TDM_OK ? compare(out, arena, sample, population, &answer) : status;
}

tdm_status tdm__measure_worker_example(tdm__measure_example *out, tdm__measure_worker *worker,
                                       tdm__arena *arena, size_t measure, size_t example)
{
    const tdm__sample *sample = &worker->measures->items[measure].samples[example];
    const tdm__catalogue *shared = &worker->measures->shared;
    tdm_context context = {.allocator = shared->allocator};
    tdm_chronology *chronology = NULL;
    tdm__population *population = NULL;
    *out = (tdm__measure_example){.name = sample->name, .detail = {"", 0}};
    tdm_status status = build(&chronology, shared, sample);
    if (status == TDM_OK)
        status = tdm__population_new(&population, &context, chronology, sample->as_of, 1, NULL);
    if (status == TDM_OK && sample->prompts)
        status = tdm__population_prompts(population, sample->prompts, sample->prompt_count);
    if (status == TDM_OK)
        status = ask(out, worker, arena, measure, sample, population);
    /* Another population may come to lie where this one lay. */
    tdm__measure_worker_forget(worker);
    tdm__population_free(population);
    tdm_chronology_free(chronology);
    return status;
}
