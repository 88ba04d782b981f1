/*
 * Assessments read from JSON: what is kept, and what each mistake is told as.
 */
#include <string.h>

#include "instrument/fixture.h"

static const char whole[] =
    "{\"instrument\":\"grades\",\"version\":\"1.0.0\",\"id\":\"as-1\",\"child\":\"c-1\","
    "\"subject\":{\"type\":\"carer\",\"id\":\"p-1\"},\"carer\":\"p-1\",\"assessor\":\"w-1\",\"assessor_"
    "role\":\"health "
    "visitor\",\"purpose\":\"baseline\",\"status\":\"complete\",\"date\":\"2024-03-05\",\"recorded\":\"2024-"
    "03-06\","
    "\"window\":[\"2024-02-01\",\"2024-03-05\"],\"conditions\":[\"calm\"],"
    "\"items\":{\"X1a\":3,\"X1b\":\"not-seen\",\"X2\":\"not-applicable\"},\"evidence\":{\"X1a\":\"seen\"},"
    "\"child_words\":{\"X1\":\"said\"},\"targets\":[{\"item\":\"X1a\",\"current\":3,\"by\":\"2024-06-01\","
    "\"target\":2}]}";

START_TEST(keeps_and_writes_all_members)
{
    tdm_assessment *assessment;
    tdm__text out;
    ck_assert_int_eq(tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__str(whole), TDM_LIT("f"),
                                         1, NULL, NULL),
                     TDM_OK);
    ck_assert(tdm__str_equal(tdm_assessment_instrument(assessment), TDM_LIT("grades")));
    ck_assert(tdm__str_equal(tdm_assessment_id(assessment), TDM_LIT("as-1")));
    ck_assert(tdm__str_equal(tdm_assessment_child(assessment), TDM_LIT("c-1")));
    ck_assert_int_eq(tdm_assessment_date(assessment), 19787); /* 2024-03-05: 54 years and 64 days */
    ck_assert_int_eq(tdm_assessment_recorded(assessment), 19788);
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm_assessment_write(assessment, (tdm_sink){fixture_append, &out}, 0), TDM_OK);
    ck_assert_str_eq(out.data, whole);
    tdm__text_free(&out);
    tdm_assessment_free(assessment);
}
END_TEST

typedef struct bad_form {
    const char *text; /* in place of the items and what follows them; starts on line 5 */
    int line;
    const char *mentioned;
} bad_form;

#define HEAD                                                                                                 \
    "{\"instrument\":\"grades\",\"version\":\"1.0.0\",\n\"id\":\"a\",\n\"child\":\"c\",\n\"date\":\"2024-"   \
    "03-05\",\n"

static const bad_form bad_forms[] = {
    {HEAD "\"items\":{\"X1a\":\"three\"}}", 15, "item X1a: expected a grade of the scale, \"not-seen\" or"},
    {HEAD "\"items\":{\"X1a\":2.5}}", 15, "item X1a: expected a grade"},
    {HEAD "\"items\":{\"X1a\":\n\"\"}}", 16, "item X1a: expected a grade"},
    {HEAD "\"items\":{\"X1a\":null}}", 15, "item X1a: expected a grade"},
    {HEAD "\"items\":{\"X1a\":10001}}", 15, "item X1a: expected a grade"},
    {HEAD "\"items\":{\"X1a\":1,\n\"X1a\":1}}", 16, "a name that this object has already"},
    {HEAD "\"items\":{\"\":1}}", 15, "the code of an item"},
    {HEAD "\"items\":{\"his words\":1}}", 15, "the code of an item"},
    {HEAD "\"items\":[1]}", 15, "\"items\" must be an object"},
    {HEAD "\"x\":1}", 15, "unknown member"},
    {HEAD "\"recorded\":null}", 11, "\"items\" is missing"},
    {HEAD "\"items\":{},\n\"window\":[\"2024-03-06\",\n\"2024-03-05\"]}", 17,
     "a last day that is not before the first"},
    {HEAD "\"items\":{},\"window\":[\"2024-03-06\"]}", 15,
     "expected \"window\": [\"first day\", \"last day\"]"},
    {HEAD "\"items\":{},\"window\":[1,2]}", 15, "expected \"window\": [\"first day\", \"last day\"]"},
    {HEAD "\"items\":{},\"recorded\":\"2024-02-30\"}", 15, "\"recorded\": expected a day that exists"},
    {HEAD "\"items\":{},\"recorded\":\"5/3/2024\"}", 15, "\"recorded\": expected a day"},
    {HEAD "\"items\":{},\"purpose\":\"curiosity\"}", 15, "expected one of: baseline review"},
    {HEAD "\"items\":{},\"status\":\"done\"}", 15, "expected one of: draft complete countersigned"},
    {HEAD "\"items\":{},\"subject\":{\"type\":\"dog\",\"id\":\"1\"}}", 15,
     "expected one of: child carer home agency case"},
    {HEAD "\"items\":{},\"subject\":{\"type\":\"child\"}}", 15, "the subject: \"id\" is missing"},
    {HEAD "\"items\":{},\"type\":\"event\"}", 15, "expected \"assessment\""},
    {HEAD "\"items\":{},\"conditions\":[1]}", 15, "names of conditions"},
    {HEAD "\"items\":{},\"evidence\":{\"X1a\":1}}", 15, "\"evidence\" of item X1a: expected a text"},
    {HEAD "\"items\":{},\"child_words\":{\"x y\":\"z\"}}", 15, "the code of an item"},
    {HEAD "\"items\":{},\"targets\":[\n{\"item\":\"X1a\",\"current\":1.5}]}", 16, "a grade of the scale"},
    {HEAD "\"items\":{},\"targets\":[{\"current\":1}]}", 15, "\"item\" is missing"},
    {HEAD "\"items\":{},\"targets\":[{\"item\":\"X1a\",\"by\":\"soon\"}]}", 15, "\"by\": expected a day"},
    {"{\"instrument\":\"grades\",\"version\":\"1\",\"id\":\"\",\"child\":\"c\",\"date\":\"2024-03-05\","
     "\"items\":{}}",
     11, "a text that is not empty"},
    {"{\"instrument\":\"g\",\"version\":\"1\",\"id\":\"a\",\"child\":\"c\",\"date\":\"2024-03\",\"items\":{}"
     "}",
     11, "\"date\": expected a day"},
    {"[]", 11, "expected an object"},
    {"{\"instrument\"", 11, "':' behind a name"},
};

/* The form begins on line 11 of its file. */
START_TEST(tells_file_line_and_what_was_expected)
{
    const bad_form *row = &bad_forms[_i];
    tdm_assessment *assessment = (tdm_assessment *)&row;
    tdm_error error = {0};
    tdm_status status = tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__str(row->text),
                                            TDM_LIT("forms.ndjson"), 11, NULL, &error);
    ck_assert_int_eq(status, TDM_INVALID_INPUT);
    ck_assert_ptr_null(assessment);
    ck_assert_str_eq(error.file, "forms.ndjson");
    ck_assert_msg(strstr(error.message, row->mentioned) != NULL, "%s", error.message);
    ck_assert_int_eq(error.line, row->line);
    ck_assert_ptr_null(strstr(error.message, "his words"));
}
END_TEST

static tdm_status read_and_write(const tdm_allocator *allocator)
{
    tdm_assessment *assessment;
    tdm__text out;
    tdm_status status = tdm_assessment_read(&assessment, allocator, tdm__str(whole), TDM_LIT("f"), 1, NULL,
                                            NULL);
    if (status != TDM_OK)
        return status;
    tdm__text_init(&out, &tdm__malloc_allocator);
    status = tdm_assessment_write(assessment, (tdm_sink){fixture_append, &out}, 2);
    tdm__text_free(&out);
    tdm_assessment_free(assessment);
    return status;
}

START_TEST(survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_and_write);
}
END_TEST

Suite *assessment_suite(void)
{
    Suite *suite = suite_create("assessments");
    TCase *all = tcase_create("assessments");
    tcase_add_test(all, keeps_and_writes_all_members);
    tcase_add_loop_test(all, tells_file_line_and_what_was_expected, 0, ROWS(bad_forms));
    tcase_add_test(all, survives_every_failed_allocation);
    suite_add_tcase(suite, all);
    return suite;
}
