/*
 * How many graded-care assessments a second are read from their JSON, scored, and written as JSON. One
 * filled-in form of the fixtures, told again and again.
 */
#include "bench.h"

#include "instrument/instrument.h"

#include <stdlib.h>

#define FORM       "fixtures/long-neglect/assessments/2024-07-10-graded-care.json"
#define FORM_LIMIT (1u << 20)

typedef struct bench {
    const tdm_instrument *instrument;
    tdm_str json;
    tdm_assessment *assessment; /* read once, for the phases behind reading */
    tdm_score *score;
} bench;

static tdm_status read_once(const bench *b, tdm_error *error)
{
    tdm_assessment *assessment;
    tdm_status status = tdm_assessment_read(&assessment, &tdm__malloc_allocator, b->json, TDM_LIT(FORM), 1,
                                            NULL, error);
    tdm_assessment_free(assessment);
    return status;
}

static tdm_status score_once(const bench *b, tdm_error *error)
{
    tdm_score *score;
    tdm_status status = tdm_score_make(&score, &tdm__malloc_allocator, b->assessment, b->instrument, NULL,
                                       error);
    tdm_score_free(score);
    return status;
}

static tdm_status write_once(const bench *b, tdm_error *error)
{
    tdm__text text;
    (void)error;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm_status status = tdm_score_write(b->score, tdm__text_sink(&text), 0);
    tdm__text_free(&text);
    return status;
}

typedef struct phase {
    const char *name;
    tdm_status (*once)(const bench *b, tdm_error *error);
} phase;

static const phase phases[] = {{"read", read_once}, {"score", score_once}, {"write", write_once}};

static tdm_status measure(const bench *b, long times, tdm_error *error)
{
    for (size_t p = 0; p < sizeof phases / sizeof *phases; p++) {
        double start = seconds_now(), processor = processor_seconds_now();
        for (long i = 0; i < times; i++) {
            tdm_status status = phases[p].once(b, error);
            if (status != TDM_OK)
                return status;
        }
        double seconds = seconds_now() - start;
        processor = processor_seconds_now() - processor;
        printf("tidemark\t%s assessments\t%.3f\t%.0f a second of one core, %.0f by the clock\n",
               phases[p].name, seconds, (double)times / processor, (double)times / seconds);
    }
    return TDM_OK;
}

static tdm_status run(tdm__data *data, long times, tdm_error *error)
{
    bench b = {0};
    tdm__buffer form = {0};
    const tdm__data_request rules = {0};
    tdm_status status = tdm__data_read_rules(data, &rules, error);
    if (status == TDM_OK)
        status = tdm__data_read_instruments(data, &rules, error);
    if (status == TDM_OK)
        status = tdm__file_read(&form, &tdm__malloc_allocator, TDM_SOURCE_DIR, FORM, FORM_LIMIT, error);
    if (status != TDM_OK)
        return status;
    b.json = (tdm_str){form.data, form.length};
    status = tdm_assessment_read(&b.assessment, &tdm__malloc_allocator, b.json, TDM_LIT(FORM), 1, NULL,
                                 error);
    if (status == TDM_OK) {
        b.instrument = tdm__data_instrument(data, tdm_assessment_instrument(b.assessment));
        status = b.instrument ? tdm_score_make(&b.score, &tdm__malloc_allocator, b.assessment, b.instrument,
                                               NULL, error)
                              : tdm__fail(error, TDM_NOT_FOUND, "the form's instrument is not there");
    }
    if (status == TDM_OK)
        status = measure(&b, times, error);
    tdm_score_free(b.score);
    tdm_assessment_free(b.assessment);
    tdm__free(&tdm__malloc_allocator, form.data);
    return status;
}

int main(int argc, char **argv)
{
    tdm_context *context;
    tdm__data data;
    tdm_error error = {0};
    long times = argc > 1 ? strtol(argv[1], NULL, 10) : 20000;
    if (times < 1) {
        fputs("usage: bench_score [TIMES]\n", stderr);
        return 2;
    }
    tdm_status status = open_context(&context);
    if (status != TDM_OK)
        return tell_failure(status, &error);
    status = tdm__data_open(&data, context, &error);
    if (status == TDM_OK)
        status = run(&data, times, &error);
    tdm__data_free(&data);
    tdm_context_free(context);
    return tell_failure(status, &error);
}
