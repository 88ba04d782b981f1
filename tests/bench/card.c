/*
 * What a scorecard costs, apart from reading the rows and writing it: over a frozen chronology, with one
 * thread and two; all measures with their trend, or those named, of the period alone.
 */
#include "bench.h"

#include "engine/scorecard.h"

#include <string.h>

typedef struct carding {
    tdm_context *context;
    tdm__data *data;
    tdm__collection *collection;
    tdm_chronology *chronology;
    tdm__scorecard_options options;
} carding;

/* Ids by commas; a list of measures is counted without a trend. */
static tdm_status choose(carding *c, tdm_str ids)
{
    tdm_str *only = tdm__arena_array(&c->data->arena, ids.length + 1, sizeof *only);
    if (!only)
        return TDM_NO_MEMORY;
    c->options.only = only;
    c->options.trend_quarters = ids.length > 0 ? 0 : 12;
    while (ids.length > 0)
        only[c->options.only_count++] = tdm__str_split(&ids, ',');
    return TDM_OK;
}

static tdm_status read_record(carding *c, const char *path, tdm_error *error)
{
    const tdm__data_request rules = {0};
    tdm__input input = {.path = path};
    c->data->with_measures = true;
    tdm_status status = tdm__data_read_rules(c->data, &rules, error);
    if (status == TDM_OK)
        status = tdm__ingest(c->collection, &input, error);
    return status == TDM_OK
               ? tdm__builder_freeze(&c->chronology, c->collection->builder, &c->collection->diagnostics)
               : status;
}

static void tell(const tdm_scorecard *card, int32_t jobs, double seconds, double processor)
{
    size_t given = 0, figures = 0;
    for (size_t i = 0; i < card->measure_count; i++)
        for (size_t f = 0; f < card->measures[i].figure_count; f++) {
            given += card->measures[i].figures[f].status == TDM__FIGURE_GIVEN;
            figures++;
        }
    printf("tidemark-t%d\tscorecard\t%.3f\t%.3f of processor; %zu measures, %zu figures, %zu given\n",
           (int)jobs, seconds, processor, card->measure_count, figures, given);
}

static tdm_status one_round(carding *c, int32_t jobs, tdm_error *error)
{
    tdm_scorecard *card;
    c->options.jobs = jobs;
    double start = seconds_now(), processor = processor_seconds_now();
    tdm_status status = tdm__scorecard_new(&card, c->context, c->chronology, &c->collection->diagnostics,
                                           NULL, 0, c->data->measures, c->data->policy, &c->options, error);
    if (status == TDM_OK)
        tell(card, jobs, seconds_now() - start, processor_seconds_now() - processor);
    tdm__scorecard_free(card);
    return status;
}

static tdm_status measure(carding *c, char **names, tdm_error *error)
{
    c->options = (tdm__scorecard_options){.threshold = 6};
    bool days = tdm_day_from_civil(&c->options.from, 2024, 4, 1) &&
                tdm_day_from_civil(&c->options.to, 2025, 3, 31);
    c->options.as_of = c->options.to;
    tdm_status status = days ? read_record(c, names[0], error) : TDM_INTERNAL;
    if (status == TDM_OK)
        status = choose(c, tdm__str(names[1]));
    for (int32_t jobs = 1; status == TDM_OK && jobs <= 2; jobs++)
        status = one_round(c, jobs, error);
    return status;
}

int main(int argc, char **argv)
{
    tdm__data data;
    tdm__collection collection;
    tdm_error error = {0};
    carding c = {.data = &data, .collection = &collection};
    if (argc < 2 || argc > 3) {
        fputs("usage: bench_card full.ndjson [MEASURE,...]\n", stderr);
        return 2;
    }
    tdm_status status = open_context(&c.context);
    if (status != TDM_OK)
        return tell_failure(status, &error);
    status = tdm__data_open(&data, c.context, &error);
    if (status == TDM_OK)
        status = tdm__collection_init(&collection, c.context, data.vocabulary);
    if (status == TDM_OK) {
        status = measure(&c, argv + 1, &error);
        tdm_chronology_free(c.chronology);
        tdm__collection_free(&collection);
    }
    tdm__data_free(&data);
    tdm_context_free(c.context);
    return tell_failure(status, &error);
}
