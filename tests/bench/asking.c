/*
 * What asking all indicators costs, apart from reading the rows, sorting them and writing the report: a run
 * over a frozen chronology, with one thread and two, without the checks and with them. The prompts are
 * counted, so that one can see that all asked the same.
 */
#include "bench.h"

#include <string.h>

typedef struct asking {
    tdm_context *context;
    tdm__data *data;
    tdm__collection *collection;
    const tdm_chronology *chronology;
    tdm_day as_of;
} asking;

typedef struct round_row {
    const char *name;
    int32_t jobs;
    bool checks;
} round_row;

static const round_row rounds[] = {
    {"indicators and checks, jobs 1", 1, true},
    {"indicators and checks, jobs 2", 2, true},
    {"indicators, jobs 1", 1, false},
    {"indicators, jobs 2", 2, false},
};

static void tell(const round_row *row, double seconds, double processor, const tdm_run *run)
{
    size_t children = 0, prompts = 0, findings = 0;
    for (size_t i = 0; i < run->child_count; i++) {
        children += run->children[i].prompt_count > 0;
        prompts += run->children[i].prompt_count;
        findings += run->children[i].checks.finding_count;
    }
    printf("tidemark\t%s\t%.3f\t%.3f by the clock; %zu children, %zu with prompts, %zu prompts", row->name,
           processor, seconds, run->child_count, children, prompts);
    printf(row->checks ? ", %zu findings of checks\n" : "\n", findings);
}

static tdm_status one_round(const asking *a, const round_row *row, tdm_error *error)
{
    tdm_run *run;
    tdm__run_options options = {.as_of = a->as_of,
                                .as_of_from = TDM_LIT("the bench"),
                                .case_id = TDM_LIT(""),
                                .jobs = row->jobs,
                                .holidays = a->data->holidays,
                                .glossary = &a->collection->glossary,
                                .quiet = true};
    double start = seconds_now(), processor = processor_seconds_now();
    tdm_status status = tdm__engine_run(&run, a->context, a->chronology, a->data->policy, NULL, 0, &options,
                                        &a->collection->diagnostics, NULL, 0, error);
    if (status == TDM_OK)
        tell(row, seconds_now() - start, processor_seconds_now() - processor, run);
    tdm__run_free(run);
    return status;
}

/* The rounds without checks come last: what was switched off stays so. */
static tdm_status all_rounds(const asking *a, const char *only, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t r = 0; status == TDM_OK && r < sizeof rounds / sizeof *rounds; r++) {
        if (only && strcmp(only, rounds[r].name) != 0)
            continue;
        for (size_t i = 0; !rounds[r].checks && i < tdm__check_count(); i++)
            a->data->policy->checks[i].on = false;
        status = one_round(a, &rounds[r], error);
    }
    return status;
}

/* Leaves one indicator on, to see what it takes by itself. */
static tdm_status switch_on_only(tdm__review_policy *policy, const char *id)
{
    tdm_status status = TDM_NOT_FOUND;
    for (size_t i = 0; i < policy->indicator_count; i++) {
        policy->indicators[i].on = tdm__str_equal(policy->indicators[i].indicator->id, tdm__str(id));
        if (policy->indicators[i].on)
            status = TDM_OK;
    }
    return status;
}

static tdm_status load(asking *a, tdm_chronology **out, char **names, const char *scripts, tdm_error *error)
{
    const tdm__data_request rules = {.scripts = scripts};
    tdm__input input = {.path = names[0], .map = tdm__str(names[1])};
    *out = NULL;
    tdm_status status = tdm__data_read_rules(a->data, &rules, error);
    if (status == TDM_OK)
        status = tdm__data_read_instruments(a->data, &rules, error);
    if (status != TDM_OK)
        return status;
    a->collection->dates = a->data->policy->dates;
    status = tdm__ingest(a->collection, &input, error);
    if (status == TDM_OK)
        status = tdm__builder_freeze(out, a->collection->builder, &a->collection->diagnostics);
    a->chronology = *out;
    return status;
}

int main(int argc, char **argv)
{
    tdm_context *context;
    tdm__data data;
    tdm__collection collection;
    tdm_error error = {0};
    tdm_chronology *chronology = NULL;
    if (argc < 3 || argc > 6) {
        fputs(
            "usage: bench_asking EVENTS.csv events.map.json [\"indicators, jobs 1\" [INDICATOR [SCRIPTS]]]\n",
            stderr);
        return 2;
    }
    tdm_status status = open_context(&context);
    if (status != TDM_OK)
        return tell_failure(status, &error);
    status = tdm__data_open(&data, context, &error);
    if (status == TDM_OK) {
        asking a = {.context = context, .data = &data, .collection = &collection};
        status = tdm__collection_init(&collection, context, data.vocabulary);
        if (status == TDM_OK && !tdm_day_from_civil(&a.as_of, 2023, 12, 31))
            status = TDM_INTERNAL;
        if (status == TDM_OK)
            status = load(&a, &chronology, argv + 1, argc > 5 ? argv[5] : NULL, &error);
        if (status == TDM_OK && argc > 4)
            status = switch_on_only(data.policy, argv[4]);
        if (status == TDM_OK)
            status = all_rounds(&a, argc > 3 ? argv[3] : NULL, &error);
        tdm_chronology_free(chronology);
        tdm__collection_free(&collection);
    }
    tdm__data_free(&data);
    tdm_context_free(context);
    return tell_failure(status, &error);
}
