/*
 * Resources, forms and scores as bytes (see fhir_fixture.h).
 */
#include "instrument/fhir_fixture.h"

#include <stdio.h>

tdm_status fhir_questionnaire_text(tdm__text *out, const tdm_allocator *allocator,
                                   const tdm_instrument *instrument, const char *base)
{
    tdm__json_writer writer;
    tdm__text_init(out, &tdm__malloc_allocator);
    tdm__json_writer_init(&writer, allocator, tdm__text_sink(out), 2);
    tdm__fhir_put_questionnaire(&writer, instrument, NULL, tdm__str(base));
    return tdm__json_writer_end(&writer);
}

tdm_status fhir_response_text(tdm__text *out, const tdm_allocator *allocator,
                              const tdm_instrument *instrument, const tdm_assessment *assessment,
                              const char *base)
{
    tdm__json_writer writer;
    tdm__text_init(out, &tdm__malloc_allocator);
    tdm__json_writer_init(&writer, allocator, tdm__text_sink(out), 2);
    tdm__fhir_put_response(&writer, instrument, assessment, tdm__str(base));
    return tdm__json_writer_end(&writer);
}

tdm_status fhir_form_text(tdm__text *out, const tdm_assessment *assessment)
{
    tdm__text_init(out, &tdm__malloc_allocator);
    return tdm_assessment_write(assessment, tdm__text_sink(out), 2);
}

tdm_status fhir_score_text(tdm__text *out, const tdm_allocator *allocator, const tdm_assessment *assessment,
                           const tdm_instrument *instrument)
{
    tdm_score *score;
    tdm__text_init(out, &tdm__malloc_allocator);
    tdm_status status = tdm_score_make(&score, allocator, assessment, instrument, NULL, NULL);
    if (status == TDM_OK)
        status = tdm_score_write(score, tdm__text_sink(out), 2);
    tdm_score_free(score);
    return status;
}

void fhir_file(tdm__text *out, const char *name)
{
    char path[512], piece[4096];
    size_t length;
    snprintf(path, sizeof path, "%s/tests/data/fhir/%s", TDM_SOURCE_DIR, name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", name);
    tdm__text_init(out, &tdm__malloc_allocator);
    while ((length = fread(piece, 1, sizeof piece, file)) > 0)
        tdm__text_bytes(out, piece, length);
    fclose(file);
}
