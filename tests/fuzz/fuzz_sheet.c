/*
 * Any bytes as a sheet: what is read is a form that our JSON can hold, and written as a sheet again it reads
 * back to the same sheet.
 */
#include "data_target.h"
#include "instrument/sheet.h"

static tdm_assessment *read_sheet(tdm_str content, bool lenient)
{
    tdm_assessment_options options = {.struct_size = sizeof options, .lenient = lenient};
    tdm_assessment *assessment;
    tdm_error error = {0};
    check_error(tdm__sheet_read(&assessment, &tdm__malloc_allocator, content, TDM_LIT("input"), NULL,
                                &options, &error),
                &error);
    return assessment;
}

static void check_json(const tdm_assessment *assessment)
{
    tdm_assessment *again;
    tdm__text json;
    tdm__text_init(&json, &tdm__malloc_allocator);
    if (tdm_assessment_write(assessment, tdm__text_sink(&json), 0) != TDM_OK ||
        tdm_assessment_read(&again, &tdm__malloc_allocator, tdm__text_str(&json), TDM_LIT("json"), 1, NULL,
                            NULL) != TDM_OK)
        abort();
    tdm_assessment_free(again);
    tdm__text_free(&json);
}

static void check_round(const tdm_assessment *assessment, const tdm_instrument *instrument)
{
    tdm__text once, twice;
    tdm__text_init(&once, &tdm__malloc_allocator);
    tdm__text_init(&twice, &tdm__malloc_allocator);
    tdm__sheet_put(&once, instrument, assessment, NULL);
    tdm_assessment *again = read_sheet(tdm__text_str(&once), false);
    if (!again)
        abort();
    tdm__sheet_put(&twice, instrument, again, NULL);
    if (once.failed || twice.failed || !tdm__str_equal(tdm__text_str(&once), tdm__text_str(&twice)))
        abort();
    tdm_assessment_free(again);
    tdm__text_free(&once);
    tdm__text_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const tdm__data *shipped = target_data();
    for (int lenient = 0; lenient < 2; lenient++) {
        tdm_assessment *assessment = read_sheet(bytes_of(data, size), lenient != 0);
        if (!assessment)
            continue;
        check_json(assessment);
        check_round(assessment, shipped->instruments[size % shipped->instrument_count]);
        tdm_assessment_free(assessment);
    }
    return 0;
}
