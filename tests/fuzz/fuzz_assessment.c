/*
 * Any bytes as an assessment: what is read and written again reads back to the same bytes, and scores or
 * says why not.
 */
#include "data_target.h"

static void write_again(tdm__text *out, const tdm_assessment *assessment)
{
    tdm__text_init(out, &tdm__malloc_allocator);
    if (tdm_assessment_write(assessment, tdm__text_sink(out), 0) != TDM_OK)
        abort();
}

/* Each problem has a place; the first of a strict reading is its error. */
static void count_problem(const tdm_error *problem, void *payload)
{
    check_error(problem->status, problem);
    ++*(size_t *)payload;
}

/* What a strict reading takes a lenient one takes too, and only a good form has no problem. */
static void read_leniently(tdm_str json, bool good)
{
    size_t problems = 0;
    tdm_assessment *assessment;
    tdm_error error = {0};
    tdm_assessment_options options = {sizeof options, true, count_problem, &problems};
    tdm_status status = tdm_assessment_read(&assessment, &tdm__malloc_allocator, json, TDM_LIT("input"), 1,
                                            &options, &error);
    check_error(status, &error);
    if (good != (problems == 0) || (good && status != TDM_OK))
        abort();
    tdm_assessment_free(assessment);
}

static tdm_assessment *read(tdm_str json)
{
    tdm_assessment *assessment;
    tdm_error error = {0};
    tdm_status status = tdm_assessment_read(&assessment, &tdm__malloc_allocator, json, TDM_LIT("input"), 1,
                                            NULL, &error);
    check_error(status, &error);
    return assessment;
}

static void check_round(const tdm_assessment *assessment)
{
    tdm__text once, twice;
    write_again(&once, assessment);
    tdm_assessment *again = read(tdm__text_str(&once));
    if (!again)
        abort();
    write_again(&twice, again);
    if (!tdm__str_equal(tdm__text_str(&once), tdm__text_str(&twice)))
        abort();
    tdm_assessment_free(again);
    tdm__text_free(&once);
    tdm__text_free(&twice);
}

static void score(const tdm_assessment *assessment, const tdm_instrument *instrument, bool lenient)
{
    tdm_score *made;
    tdm__text text;
    tdm_error error = {0};
    tdm_score_options options = {.struct_size = sizeof options, .lenient = lenient};
    tdm_status status = tdm_score_make(&made, &tdm__malloc_allocator, assessment, instrument, &options,
                                       &error);
    check_error(status, &error);
    if (status != TDM_OK)
        return;
    tdm__text_init(&text, &tdm__malloc_allocator);
    if (tdm_score_write(made, tdm__text_sink(&text), 2) != TDM_OK)
        abort();
    tdm__text_free(&text);
    tdm_score_free(made);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const tdm__data *shipped = target_data();
    tdm_assessment *assessment = read(bytes_of(data, size));
    read_leniently(bytes_of(data, size), assessment != NULL);
    if (!assessment)
        return 0;
    check_round(assessment);
    for (size_t i = 0; i < shipped->instrument_count; i++) {
        score(assessment, shipped->instruments[i], false);
        score(assessment, shipped->instruments[i], true);
    }
    tdm_assessment_free(assessment);
    return 0;
}
