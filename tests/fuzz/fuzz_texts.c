/*
 * Any bytes as an overlay of texts: what is read can be looked up by every code and grade, and the forms
 * that show it are written.
 */
#include "data_target.h"
#include "report/forms.h"

static tdm_status discard(const char *bytes, size_t length, void *payload)
{
    (void)bytes;
    (void)length;
    (void)payload;
    return TDM_OK;
}

static void try_instrument(tdm_str json, const tdm_instrument *instrument)
{
    tdm__texts *texts;
    tdm_error error = {0};
    tdm_status status = tdm__texts_read(&texts, &tdm__malloc_allocator, json, TDM_LIT("input"), instrument,
                                        &error);
    check_error(status, &error);
    if (status != TDM_OK)
        return;
    if (tdm__texts_licence(texts).length == 0)
        abort();
    if (tdm__report_blank_form(instrument, texts, &tdm__malloc_allocator, (tdm_sink){discard, NULL},
                               &error) != TDM_OK)
        abort();
    tdm__texts_free(texts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const tdm__data *shipped = target_data();
    for (size_t i = 0; i < shipped->instrument_count; i++)
        try_instrument(bytes_of(data, size), shipped->instruments[i]);
    return 0;
}
