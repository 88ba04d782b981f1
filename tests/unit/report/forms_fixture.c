/*
 * Instruments, overlays, forms and what is written of them (see forms_fixture.h).
 */
#include "report/forms_fixture.h"

#include "report/fixture.h"
#include "report/markup.h"
#include "script/script.h"

tdm__buffer forms_read_file(const char *path)
{
    tdm__buffer buffer;
    tdm_error error;
    tdm_status status = tdm__file_read(&buffer, &tdm__malloc_allocator, TDM_SOURCE_DIR, path, 1 << 20,
                                       &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", path, error.message);
    return buffer;
}

tdm_instrument *forms_defined(const char *name, tdm_str lua)
{
    tdm_instrument *instrument;
    tdm_error error = {0};
    tdm__script_file file = {tdm__str(name), lua};
    tdm_status status = tdm__instrument_load(&instrument, &tdm__malloc_allocator, file, &error);
    ck_assert_msg(status == TDM_OK, "%s:%d %s", name, (int)error.line, error.message);
    return instrument;
}

tdm_instrument *forms_shipped(const char *path)
{
    tdm__buffer lua = forms_read_file(path);
    tdm_instrument *instrument = forms_defined(path, (tdm_str){lua.data, lua.length});
    tdm__free(&tdm__malloc_allocator, lua.data);
    return instrument;
}

tdm__texts *forms_overlay(const tdm_instrument *instrument, tdm_str json)
{
    tdm__texts *texts;
    tdm_error error = {0};
    tdm_status status = tdm__texts_read(&texts, &tdm__malloc_allocator, json, TDM_LIT("t.json"), instrument,
                                        &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    return texts;
}

forms_filled forms_fill_in(const tdm_instrument *instrument, const char *json)
{
    forms_filled form;
    tdm_error error = {0};
    tdm_assessment_options reading = {.struct_size = sizeof reading, .lenient = true};
    tdm_score_options scoring = {.struct_size = sizeof scoring, .lenient = true};
    tdm_status status = tdm_assessment_read(&form.assessment, &tdm__malloc_allocator, tdm__str(json),
                                            TDM_LIT("f.json"), 1, &reading, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    status = tdm_score_make(&form.score, &tdm__malloc_allocator, form.assessment, instrument, &scoring,
                            &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    return form;
}

void forms_put_away(forms_filled form)
{
    tdm_score_free(form.score);
    tdm_assessment_free(form.assessment);
}

tdm__text forms_blank_of(const tdm_instrument *instrument, const tdm__texts *texts)
{
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    ck_assert_int_eq(
        tdm__report_blank_form(instrument, texts, &tdm__malloc_allocator, report_text_sink(&text), NULL),
        TDM_OK);
    markup_check(tdm__text_str(&text));
    return text;
}

tdm__text forms_record_of(forms_filled form, const tdm__texts *texts)
{
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__report_record(form.assessment, form.score, texts, &tdm__malloc_allocator,
                                        report_text_sink(&text), NULL),
                     TDM_OK);
    markup_check(tdm__text_str(&text));
    return text;
}

int forms_count_in(const tdm__text *text, const char *part)
{
    return report_count(tdm__text_str(text), part);
}

const char forms_visit[] =
    "{\"instrument\":\"graded-care\",\"version\":\"1.0.0\",\"id\":\"ga-1\",\"child\":\"child-1\",\"carer\":"
    "\"carer-1\","
    "\"assessor\":\"hv-12\",\"assessor_role\":\"health "
    "visitor\",\"agency\":\"health-visiting\",\"purpose\":\"review\","
    "\"status\":\"complete\",\"date\":\"2024-07-08\",\"window\":[\"2024-06-10\",\"2024-07-08\"],\"items\":{"
    "\"A1a\":2,\"A1b\":2,\"A1c\":3,\"A1d\":2,\"A2a\":3,\"A2b\":3,\"A2c\":4,\"A3a\":2,\"A3b\":2,\"A3c\":3,"
    "\"A4\":3,"
    "\"A5a\":2,\"A5b\":\"not-seen\",\"A5c\":2,\"A5d\":\"not-applicable\",\"B1a\":\"not-seen\",\"B1b\":\"not-"
    "seen\","
    "\"B1c\":\"not-seen\",\"B1d\":3,\"C1a\":1,\"C1b\":2,\"C1c\":2,\"C2a\":2,\"C2b\":2,\"D1\":2,\"D2\":1,"
    "\"D3\":5},"
    "\"evidence\":{\"A\":\"on the area\",\"A2\":\"on the sub-area\",\"A2c\":\"on the item\",\"ZZ\":\"on no "
    "part\"},"
    "\"child_words\":{\"A2c\":\"said of the item\\nin two lines\",\"D3\":\"said at the end\"},"
    "\"targets\":[{\"item\":\"A2c\",\"current\":4,\"by\":\"2024-10-01\",\"target\":2},"
    "{\"item\":\"D\",\"target\":3,\"actual\":4}]}";
