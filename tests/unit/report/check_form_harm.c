/*
 * The forms with text that means harm in every field, with memory and sinks that fail, and twice.
 */
#include <string.h>

#include "report/fixture.h"
#include "report/forms_fixture.h"
#include "report/suites.h"

/* --- strangers' text --- */

/* Each "@name@" below is a stranger's text: markup, the end of an attribute, a terminal escape, a
 * direction override. As Lua and JSON write it, and as a page must show it. */
static const char *const in_lua[] = {"</b><script>", "</script>\\\" onload=\\'x\\' \\27[31m \\u{202e}olleh"};
static const char *const in_json[] = {"</b><script>", "</script>\\\" onload='x' \\u001b[31m \\u202eolleh"};
static const char *const on_page[] = {
    "&lt;/b&gt;&lt;script&gt;", "&lt;/script&gt;&quot; onload=&#39;x&#39; \\x1b[31m &lt;U+202E&gt;olleh"};

static tdm__text expand(const char *pattern, const char *const *around)
{
    tdm__text out;
    tdm_str rest = tdm__str(pattern);
    tdm__text_init(&out, &tdm__malloc_allocator);
    for (bool name = false; rest.length > 0; name = !name) {
        tdm__text_puts(&out, name ? around[0] : "");
        tdm__text_add(&out, tdm__str_split(&rest, '@'));
        tdm__text_puts(&out, name ? around[1] : "");
    }
    return out;
}

static const char lua[] =
    "return { id = 'bad', version = '1.0.0', title = '@title@', source = '@source@',\n"
    " licence = '@licence@', respondent = 'carer', direction = 'higher-is-worse',\n"
    " scale = { { value = 0, label = '@label@' }, { value = 1, label = 'yes', meaning = 'concern' } },\n"
    " age_bands = { { code = 'b', title = '@age@', from = { months = 0 }, to = { months = 12 } } },\n"
    " areas = { { code = 'S', title = '@area@', sub_areas = { { code = 'S1', title = '@sub-area@', items = "
    "{\n"
    "    { code = 'S1a', title = '@item@', ages = { 'b' } }, { code = 'S1b', title = 'b' } } } } } },\n"
    " scoring = { items = 'worst', sub_areas = 'worst', areas = 'none' },\n"
    " flags = { { item = 'S1b', from = 1, text = '@flag@' } },\n"
    " examples = { { name = 'e', age_band = 'b', items = { S1a = 0, S1b = 1 }, expect = { S = 1 } } } }\n";

static const char texts_json[] =
    "{\"texts\":1,\"instrument\":\"bad\",\"version\":\"1.0.0\",\"licence\":\"@owner@\",\"parts\":{"
    "\"S\":{\"text\":\"@part@\"},\"S1a\":{\"text\":\"x\",\"grades\":{\"0\":\"@grade@\"}}}}";

static const char form_json[] =
    "{\"instrument\":\"bad\",\"version\":\"1.0.0\",\"id\":\"@id@\",\"child\":\"@child@\",\"carer\":\"@carer@"
    "\","
    "\"assessor\":\"@assessor@\",\"assessor_role\":\"@role@\",\"age_band\":\"b\",\"subject\":{\"type\":"
    "\"home\",\"id\":\"@subject@\"},\"conditions\":[\"@condition@\"],\"date\":\"2024-07-08\",\"items\":{"
    "\"S1a\":0,"
    "\"S1b\":1},\"evidence\":{\"S1a\":\"@evidence@\",\"S\":\"@of area@\",\"Z\":\"@of "
    "none@\"},\"child_words\":"
    "{\"S1b\":\"@words@\"},\"targets\":[{\"item\":\"S1a\",\"target\":0}]}";

static const char *const in_both[] = {"@title@", "@source@", "@licence@", "@area@",  "@item@", "@sub-area@",
                                      "@owner@", "@part@",   "@age@",     "@label@", "@grade@"};
static const char *const in_record[] = {"@id@",       "@child@",   "@carer@",     "@assessor@",
                                        "@role@",     "@subject@", "@condition@", "@of area@",
                                        "@evidence@", "@words@",   "@of none@",   "@flag@"};

static void check_shown(const tdm__text *page, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        tdm__text shown = expand(names[i], on_page);
        ck_assert_msg(forms_count_in(page, shown.data) > 0, "%s is not shown as %s", names[i], shown.data);
        tdm__text_free(&shown);
    }
}

static void check_harmless(const tdm__text *page)
{
    ck_assert_int_eq(forms_count_in(page, "<script"), 0);
    ck_assert_int_eq(forms_count_in(page, "onload='"), 0);
    ck_assert_int_eq(forms_count_in(page, "\xE2\x80\xAE"), 0);
    ck_assert_ptr_null(strchr(page->data, '\x1b'));
    check_shown(page, in_both, ROWS(in_both));
}

START_TEST(hostile_text_is_shown_as_text_in_every_field)
{
    tdm__text definition = expand(lua, in_lua), words = expand(texts_json, in_json),
              said = expand(form_json, in_json);
    tdm_instrument *instrument = forms_defined("bad.lua", tdm__text_str(&definition));
    tdm__texts *texts = forms_overlay(instrument, tdm__text_str(&words));
    forms_filled form = forms_fill_in(instrument, said.data);
    tdm__text blank = forms_blank_of(instrument, texts), record = forms_record_of(form, texts);
    check_harmless(&blank);
    check_harmless(&record);
    check_shown(&record, in_record, ROWS(in_record));
    forms_put_away(form);
    tdm__texts_free(texts);
    tdm_instrument_free(instrument);
    tdm__text *const made[] = {&blank, &record, &definition, &words, &said};
    for (int i = 0; i < ROWS(made); i++)
        tdm__text_free(made[i]);
}
END_TEST

/* --- same bytes, failures --- */

static tdm_instrument *kept_instrument;
static forms_filled kept_form;

static void set_up(void)
{
    kept_instrument = forms_shipped("scripts/instruments/graded-care.lua");
    kept_form = forms_fill_in(kept_instrument, forms_visit);
}

static void tear_down(void)
{
    forms_put_away(kept_form);
    tdm_instrument_free(kept_instrument);
}

START_TEST(the_same_bytes_each_time)
{
    tdm__text one = forms_record_of(kept_form, NULL), other = forms_record_of(kept_form, NULL);
    ck_assert(tdm__str_equal(tdm__text_str(&one), tdm__text_str(&other)));
    tdm__text_free(&one);
    tdm__text_free(&other);
    one = forms_blank_of(kept_instrument, NULL);
    other = forms_blank_of(kept_instrument, NULL);
    ck_assert(tdm__str_equal(tdm__text_str(&one), tdm__text_str(&other)));
    tdm__text_free(&one);
    tdm__text_free(&other);
}
END_TEST

/* A sink that takes what comes and gives the status that its payload is. */
static tdm_status answer(const char *bytes, size_t length, void *payload)
{
    return bytes || length == 0 ? *(const tdm_status *)payload : TDM_INTERNAL;
}

static tdm_status taken = TDM_OK, refused = TDM_IO;

static tdm_status blank_with(const tdm_allocator *allocator)
{
    return tdm__report_blank_form(kept_instrument, NULL, allocator, (tdm_sink){answer, &taken}, NULL);
}

static tdm_status record_with(const tdm_allocator *allocator)
{
    return tdm__report_record(kept_form.assessment, kept_form.score, NULL, allocator,
                              (tdm_sink){answer, &taken}, NULL);
}

START_TEST(each_survives_any_failed_allocation)
{
    TEST_EVERY_ALLOCATION(blank_with);
    TEST_EVERY_ALLOCATION(record_with);
}
END_TEST

START_TEST(a_sink_that_fails_ends_the_writing)
{
    tdm_error error = {0};
    tdm_sink sink = {answer, &refused};
    ck_assert_int_eq(tdm__report_blank_form(kept_instrument, NULL, &tdm__malloc_allocator, sink, &error),
                     TDM_IO);
    ck_assert_int_eq(error.status, TDM_IO);
    ck_assert_int_eq(
        tdm__report_record(kept_form.assessment, kept_form.score, NULL, &tdm__malloc_allocator, sink, NULL),
        TDM_IO);
}
END_TEST

Suite *form_harm_suite(void)
{
    Suite *suite = suite_create("form harm");
    TCase *hostile = tcase_create("strangers"), *kept = tcase_create("failures");
    tcase_set_timeout(kept, 60);
    tcase_add_test(hostile, hostile_text_is_shown_as_text_in_every_field);
    tcase_add_checked_fixture(kept, set_up, tear_down);
    tcase_add_test(kept, the_same_bytes_each_time);
    tcase_add_test(kept, each_survives_any_failed_allocation);
    tcase_add_test(kept, a_sink_that_fails_ends_the_writing);
    suite_add_tcase(suite, hostile);
    suite_add_tcase(suite, kept);
    return suite;
}
