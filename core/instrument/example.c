/*
 * The examples of an instrument: scored, and compared with what the file says comes out.
 */
#include "instrument/score.h"

#include <stdio.h>

typedef char outcome_words[48];

static void band_in_words(outcome_words out, tdm_str label)
{
    if (label.length > 0)
        snprintf(out, sizeof(outcome_words), "in \"%.*s\"", TDM_STR_ARGS(label));
    else
        snprintf(out, sizeof(outcome_words), "in no band");
}

static void in_words(outcome_words out, bool assessed, int32_t grade)
{
    if (assessed)
        snprintf(out, sizeof(outcome_words), "%d", (int)grade);
    else
        snprintf(out, sizeof(outcome_words), "not assessed");
}

static tdm_status fail_example(tdm_error *error, const tdm__expectation *wanted, const tdm_score_view *got)
{
    outcome_words expected, came_out;
    if (wanted->is_band) {
        band_in_words(expected, wanted->band);
        band_in_words(came_out, got->band);
    } else {
        in_words(expected, wanted->assessed, wanted->grade);
        in_words(came_out, got->assessed, got->grade);
    }
    return tdm__fail(error, TDM_INVALID_INPUT, "%.*s comes out %s%s, expected %s", TDM_STR_ARGS(wanted->code),
                     wanted->is_band ? "" : "as ", came_out, expected);
}

/* An area, a sub-area or the total by its code. */
static bool find_view(tdm_score_view *out, const tdm_score *score, tdm_str code)
{
    const tdm_instrument *instrument = score->instrument;
    if (tdm__str_equal(code, TDM_LIT("total")))
        return tdm_score_total(out, score);
    uint32_t area = tdm__instrument_find_part(&instrument->areas, code);
    if (area != TDM__NO_PART)
        return tdm_score_area(out, score, area);
    uint32_t sub_area = tdm__instrument_find_part(&instrument->sub_areas, code);
    if (sub_area == TDM__NO_PART)
        return false;
    area = instrument->sub_areas.items[sub_area].parent;
    return tdm_score_sub_area(out, score, area, sub_area - instrument->areas.items[area].first);
}

static bool as_expected(const tdm__expectation *wanted, const tdm_score_view *got)
{
    if (wanted->is_band)
        return tdm__str_equal(got->band, wanted->band);
    return got->assessed == wanted->assessed && (!wanted->assessed || got->grade == wanted->grade);
}

static tdm_status compare(const tdm_score *score, const tdm__instrument_example *example, tdm_error *error)
{
    for (size_t i = 0; i < example->expectation_count; i++) {
        const tdm__expectation *wanted = &score->instrument->expectations[example->first_expectation + i];
        tdm_score_view got;
        if (!find_view(&got, score, wanted->code))
            return tdm__fail(
                error, TDM_INVALID_INPUT,
                "%s.%.*s: expected the code of an area or sub-area, or \"total\" where there is one",
                wanted->is_band ? "bands" : "expect", TDM_STR_ARGS(wanted->code));
        if (!as_expected(wanted, &got))
            return fail_example(error, wanted, &got);
    }
    return TDM_OK;
}

static tdm_status run_example(const tdm_instrument *instrument, const tdm__instrument_example *example,
                              tdm__entry *entries, tdm_error *error)
{
    tdm_score *score;
    tdm__condition condition = {example->condition, 0};
    tdm_assessment assessment = {
        .file = example->name,
        .texts = {[TDM__FORM_INSTRUMENT] = instrument->texts[TDM__TEXT_ID],
                  [TDM__FORM_VERSION] = instrument->texts[TDM__TEXT_VERSION],
                  [TDM__FORM_AGE_BAND] = example->age_band},
        .date = TDM_DAY_NONE,
        .recorded = TDM_DAY_NONE,
        .entries = entries,
        .entry_count = example->entry_count,
        .conditions = &condition,
        .condition_count = example->condition.length > 0 ? 1 : 0,
    };
    for (size_t i = 0; i < example->entry_count; i++) {
        const tdm__example_entry *entry = &instrument->entries[example->first_entry + i];
        entries[i] = (tdm__entry){entry->item, entry->state, entry->value, 0};
    }
    tdm_status status = tdm_score_make(&score, &instrument->allocator, &assessment, instrument, NULL, error);
    if (status == TDM_OK)
        status = compare(score, example, error);
    tdm_score_free(score);
    return status;
}

tdm_status tdm__instrument_check_example(const tdm_instrument *instrument, size_t example, tdm_error *error)
{
    tdm__entry *entries = tdm__alloc_zeroed(&instrument->allocator, instrument->entry_count + 1,
                                            sizeof *entries);
    if (!entries)
        return tdm__no_memory(error);
    tdm_error failed = {.status = TDM_OK};
    const tdm__instrument_example *one = &instrument->examples[example];
    tdm_status status = run_example(instrument, one, entries, &failed);
    tdm__free(&instrument->allocator, entries);
    if (status == TDM_OK || status == TDM_NO_MEMORY)
        return status == TDM_OK ? TDM_OK : tdm__no_memory(error);
    return tdm__fail(error, status, "example \"%.*s\": %s", TDM_STR_ARGS(one->name), failed.message);
}

tdm_status tdm__instrument_check_examples(const tdm_instrument *instrument, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < instrument->example_count && status == TDM_OK; i++)
        status = tdm__instrument_check_example(instrument, i, error);
    return status;
}
