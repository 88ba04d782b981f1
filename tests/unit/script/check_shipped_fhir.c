/*
 * Every instrument below scripts/instruments to FHIR and back: random forms with all that a form may say
 * come back as the same bytes and the same score, and the Questionnaire reads back with every item.
 */
#include <string.h>

#include "instrument/fhir.h"
#include "instrument/score.h"
#include "script/suites.h"
#include "script/world.h"

#define FORMS 40 /* of each instrument */

static uint32_t drawn(uint64_t *random, uint32_t below)
{
    *random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*random >> 33) % below;
}

static void put_items(tdm__text *form, const tdm_instrument *instrument, uint32_t band, uint64_t *random)
{
    const char *between = "";
    tdm__text_puts(form, ",\"items\":{");
    for (uint32_t i = 0; i < instrument->items.count; i++) {
        const tdm__scale *scale = tdm__instrument_item_scale(instrument, i);
        uint32_t draw = drawn(random, 12);
        if (draw == 0 || !tdm__instrument_asked(instrument, i, band))
            continue;
        tdm__text_printf(form, "%s\"%s\":", between, instrument->items.items[i].code.data);
        if (draw < 3)
            tdm__text_puts(form, draw == 1 ? "\"not-seen\"" : "\"not-applicable\"");
        else
            tdm__text_int(form, scale->values[drawn(random, (uint32_t)scale->value_count)].value);
        between = ",";
    }
    tdm__text_puts(form, "}");
}

/* Remarks of the first item and of the last sub-area and area, and two targets. */
static void put_remarks(tdm__text *form, const tdm_instrument *instrument)
{
    const char *item = instrument->items.items[0].code.data;
    const char *area = instrument->areas.items[instrument->areas.count - 1].code.data;
    const char *sub_area = instrument->sub_areas.items[instrument->sub_areas.count - 1].code.data;
    tdm__text_printf(form, ",\"evidence\":{\"%s\":\"a \\\"quoted\\\" <b>\",\"%s\":\"\\u00e9\"}", item, area);
    tdm__text_printf(form, ",\"child_words\":{\"%s\":\"=1+1\"}", sub_area);
    tdm__text_printf(form,
                     ",\"targets\":[{\"item\":\"%s\",\"current\":1,\"by\":\"2025-01-31\",\"target\":1},"
                     "{\"item\":\"%s\",\"actual\":1}]",
                     item, area);
}

static tdm_assessment *random_form(const tdm_instrument *instrument, uint64_t *random)
{
    static const char *const statuses[] = {"", ",\"status\":\"draft\"", ",\"status\":\"complete\"",
                                           ",\"status\":\"countersigned\""};
    tdm__text form;
    tdm_assessment *assessment;
    tdm_error error = {0};
    uint32_t bands = (uint32_t)instrument->age_band_count;
    uint32_t band = bands > 0 ? drawn(random, bands) : TDM__NO_PART;
    tdm__text_init(&form, &tdm__malloc_allocator);
    tdm__text_printf(&form, "{\"instrument\":\"%s\",\"version\":\"%s\",\"id\":\"a-1\",\"child\":\"c-1\"",
                     tdm_instrument_id(instrument).data, tdm_instrument_version(instrument).data);
    if (band != TDM__NO_PART)
        tdm__text_printf(&form, ",\"age_band\":\"%s\"", instrument->age_bands[band].code.data);
    tdm__text_puts(&form, statuses[drawn(random, 4)]);
    tdm__text_puts(&form, ",\"date\":\"2024-03-05\",\"window\":[\"2024-02-01\",\"2024-03-05\"]");
    if (instrument->conditional_count > 0 && drawn(random, 2) == 0)
        tdm__text_printf(&form, ",\"conditions\":[\"%s\"]", instrument->conditionals[0].condition.data);
    put_items(&form, instrument, band, random);
    if (drawn(random, 2) == 0)
        put_remarks(&form, instrument);
    tdm__text_puts(&form, "}");
    tdm_status status = tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__text_str(&form),
                                            TDM_LIT("f"), 1, NULL, &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", tdm_instrument_id(instrument).data, error.message);
    tdm__text_free(&form);
    return assessment;
}

static tdm_assessment *through_fhir(tdm_instrument *instrument, const tdm_assessment *form)
{
    tdm__json_writer writer;
    tdm__text text;
    tdm_assessment *again;
    const tdm_instrument *found;
    const tdm__fhir_known known = {&instrument, 1, NULL, 0};
    tdm_error error = {0};
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__json_writer_init(&writer, &tdm__malloc_allocator, tdm__text_sink(&text), 0);
    tdm__fhir_put_response(&writer, instrument, form, TDM_LIT("https://example.org/fhir"));
    ck_assert_int_eq(tdm__json_writer_end(&writer), TDM_OK);
    tdm_status status = tdm__fhir_response_read(&again, &found, &tdm__malloc_allocator, tdm__text_str(&text),
                                                TDM_LIT("f"), &known, NULL, &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", tdm_instrument_id(instrument).data, error.message);
    ck_assert_ptr_eq(found, instrument);
    tdm__text_free(&text);
    return again;
}

/* The form and its score, one behind the other. */
static tdm__text bytes_of(const tdm_instrument *instrument, const tdm_assessment *form)
{
    tdm__text text;
    tdm_score *score;
    tdm_error error = {0};
    tdm__text_init(&text, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm_assessment_write(form, tdm__text_sink(&text), 2), TDM_OK);
    tdm_status status = tdm_score_make(&score, &tdm__malloc_allocator, form, instrument, NULL, &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", tdm_instrument_id(instrument).data, error.message);
    ck_assert_int_eq(tdm_score_write(score, tdm__text_sink(&text), 2), TDM_OK);
    tdm_score_free(score);
    return text;
}

static void check_forms(tdm_instrument *instrument)
{
    uint64_t random = instrument->items.count;
    for (int i = 0; i < FORMS; i++) {
        tdm_assessment *form = random_form(instrument, &random);
        tdm_assessment *again = through_fhir(instrument, form);
        tdm__text before = bytes_of(instrument, form), after = bytes_of(instrument, again);
        ck_assert_str_eq(before.data, after.data);
        tdm__text_free(&before);
        tdm__text_free(&after);
        tdm_assessment_free(form);
        tdm_assessment_free(again);
    }
}

/* Every question with its grades is there, each link id once. */
static void check_questionnaire(const tdm_instrument *instrument)
{
    tdm__json_writer writer;
    tdm__text text;
    tdm__fhir_questionnaire *questionnaire;
    tdm_error error = {0};
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__json_writer_init(&writer, &tdm__malloc_allocator, tdm__text_sink(&text), 0);
    tdm__fhir_put_questionnaire(&writer, instrument, NULL, TDM_LIT(""));
    ck_assert_int_eq(tdm__json_writer_end(&writer), TDM_OK);
    tdm_status status = tdm__fhir_questionnaire_read(&questionnaire, &tdm__malloc_allocator,
                                                     tdm__text_str(&text), TDM_LIT("q"), &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", tdm_instrument_id(instrument).data, error.message);
    const tdm_instrument *read = tdm__fhir_questionnaire_instrument(questionnaire);
    ck_assert_uint_eq(tdm_instrument_item_count(read), tdm_instrument_item_count(instrument));
    for (uint32_t i = 0; i < instrument->items.count; i++) {
        uint32_t other = tdm__instrument_find_item(read, instrument->items.items[i].code);
        ck_assert_uint_ne(other, TDM__NO_PART);
        ck_assert_uint_eq(tdm__instrument_item_scale(read, other)->value_count,
                          tdm__instrument_item_scale(instrument, i)->value_count);
    }
    tdm__fhir_questionnaire_free(questionnaire);
    tdm__text_free(&text);
}

static bool is_lua(tdm_str name)
{
    return name.length > 4 && strcmp(name.data + name.length - 4, ".lua") == 0;
}

START_TEST(shipped_instruments_come_back)
{
    tdm__arena arena;
    tdm_str *names;
    size_t count, tried = 0;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__folder_list(&names, &count, &arena, TDM_SOURCE_DIR, "scripts/instruments", NULL),
                     TDM_OK);
    for (size_t i = 0; i < count; i++) {
        tdm_instrument *instrument;
        if (!is_lua(names[i]))
            continue;
        tdm_str path = tdm__path_join(&arena, TDM_LIT("scripts/instruments"), names[i]);
        tdm__buffer text = world_read(path.data);
        ck_assert_int_eq(tdm__instrument_load(&instrument, &tdm__malloc_allocator,
                                              (tdm__script_file){path, {text.data, text.length}}, NULL),
                         TDM_OK);
        check_forms(instrument);
        check_questionnaire(instrument);
        tdm_instrument_free(instrument);
        tdm__free(&tdm__malloc_allocator, text.data);
        tried++;
    }
    ck_assert_uint_ge(tried, 11);
    tdm__arena_free(&arena);
}
END_TEST

Suite *shipped_fhir_suite(void)
{
    Suite *suite = suite_create("shipped instruments in FHIR");
    TCase *all = tcase_create("there and back");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, shipped_instruments_come_back);
    suite_add_tcase(suite, all);
    return suite;
}
