/*
 * Overlays of texts: what is kept and found again, and what each mistake is told as.
 */
#include <string.h>

#include "instrument/fixture.h"
#include "instrument/texts.h"

static tdm_instrument *grades;

static void set_up(void)
{
    ck_assert_int_eq(fixture_grades(&grades, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
}

static void tear_down(void)
{
    tdm_instrument_free(grades);
}

#define HEAD "{\"texts\":1,\"instrument\":\"grades\",\"version\":\"1.0.0\",\"licence\":\"ours\",\n\"parts\":"

/* Not in the order of codes: an area, a sub-area that is its own item, items. */
static const char whole[] = HEAD
    "{\"Y1b\":{\"grades\":{\"5\":\"worst of b\",\"1\":\"best of b\"}},"
    "\"X\":{\"text\":\"an area\"},\"X2\":{\"text\":\"its own item\","
    "\"grades\":{\"not-seen\":\"nobody looked\",\"not-applicable\":\"\",\"2\":\"two\"}},"
    "\"X1\":{},\"X1c\":{\"text\":\"c\"}}}";

static const struct {
    const char *code;
    const char *part;
    const char *of_grade[5]; /* 1 to 5 */
    const char *not_seen;
} found[] = {
    {"X", "an area", {"", "", "", "", ""}, ""},
    {"X1", "", {"", "", "", "", ""}, ""},
    {"X1a", "", {"", "", "", "", ""}, ""}, /* nothing stands there */
    {"X1c", "c", {"", "", "", "", ""}, ""},
    {"X2", "its own item", {"", "two", "", "", ""}, "nobody looked"},
    {"Y1b", "", {"best of b", "", "", "", "worst of b"}, ""},
    {"Z", "", {"", "", "", "", ""}, ""}, /* no such code */
};

static void check_text(tdm_str is, const char *wanted)
{
    ck_assert_ptr_nonnull(is.data);
    ck_assert_msg(tdm__str_equal(is, tdm__str(wanted)), "%.*s, not %s", TDM_STR_ARGS(is), wanted);
}

START_TEST(keeps_and_finds_each_text)
{
    tdm__texts *texts;
    char *copy = strdup(whole);
    ck_assert_int_eq(
        tdm__texts_read(&texts, &tdm__malloc_allocator, tdm__str(copy), TDM_LIT("t.json"), grades, NULL),
        TDM_OK);
    free(copy);
    for (int i = 0; i < ROWS(found); i++) {
        tdm_str code = tdm__str(found[i].code);
        check_text(tdm__texts_part(texts, code), found[i].part);
        for (int grade = 1; grade <= 5; grade++)
            check_text(tdm__texts_grade(texts, code, grade), found[i].of_grade[grade - 1]);
        check_text(tdm__texts_grade(texts, code, 0), "");
        check_text(tdm__texts_state(texts, code, TDM__ENTRY_NOT_SEEN), found[i].not_seen);
        check_text(tdm__texts_state(texts, code, TDM__ENTRY_NOT_APPLICABLE), "");
    }
    check_text(tdm__texts_licence(texts), "ours");
    tdm__texts_free(texts);
}
END_TEST

START_TEST(without_an_overlay_there_are_no_words)
{
    check_text(tdm__texts_part(NULL, TDM_LIT("X")), "");
    check_text(tdm__texts_grade(NULL, TDM_LIT("X"), 1), "");
    check_text(tdm__texts_state(NULL, TDM_LIT("X"), TDM__ENTRY_NOT_SEEN), "");
    check_text(tdm__texts_licence(NULL), "");
    tdm__texts_free(NULL);
}
END_TEST

START_TEST(an_overlay_may_be_empty)
{
    tdm__texts *texts;
    ck_assert_int_eq(
        tdm__texts_read(&texts, &tdm__malloc_allocator, TDM_LIT(HEAD "{}}"), TDM_LIT("t.json"), grades, NULL),
        TDM_OK);
    check_text(tdm__texts_part(texts, TDM_LIT("X")), "");
    tdm__texts_free(texts);
}
END_TEST

typedef struct bad_overlay {
    const char *text;
    int line;
    const char *mentioned;
} bad_overlay;

/* SECRET stands where words may: no message shows it. */
static const bad_overlay bad_overlays[] = {
    {"[]", 1, "the texts: expected an object"},
    {"{\"texts\":1,\n\"instrument\":\"ticks\",\"version\":\"1.0.0\",\"licence\":\"SECRET\",\"parts\":{}}", 2,
     "texts of the instrument \"grades\""},
    {"{\"texts\":1,\"instrument\":\"grades\",\n\n\"version\":\"1.0.1\",\"licence\":\"SECRET\",\"parts\":{}}",
     3, "texts of version 1.0.0"},
    {"{\"texts\":2,\"instrument\":\"grades\",\"version\":\"1.0.0\",\"licence\":\"SECRET\",\"parts\":{}}", 1,
     "\"texts\": expected 1"},
    {"{\"texts\":1.5,\"instrument\":\"grades\",\"version\":\"1.0.0\",\"licence\":\"SECRET\",\"parts\":{}}", 1,
     "\"texts\": expected 1"},
    {"{\"texts\":1,\"instrument\":\"grades\",\"version\":\"1.0.0\",\"parts\":{}}", 1,
     "\"licence\" is missing"},
    {"{\"texts\":1,\"instrument\":\"grades\",\"version\":\"1.0.0\",\"licence\":\" \",\"parts\":{}}", 1,
     "who allows the use"},
    {"{\"texts\":1,\"instrument\":\"grades\",\"version\":\"1.0.0\",\"licence\":\"SECRET\"}", 1,
     "\"parts\" is missing"},
    {HEAD "[]}", 2, "\"parts\" must be an object"},
    {HEAD "{\n\"Z\":{\"text\":\"SECRET\"}}}", 3, "the code of an area, a sub-area or an item of grades"},
    {HEAD "{\"total\":{}}}", 2, "the code of an area"},
    {HEAD "{\"X\":\"SECRET\"}}", 2, "a part: expected an object"},
    {HEAD "{\"X\":{\"words\":\"SECRET\"}}}", 2, "unknown member"},
    {HEAD "{\"X\":{\"text\":1}}}", 2, "\"text\" must be"},
    {HEAD "{\"X\":{\"text\":null}}}", 2, "\"text\" must be"},
    {HEAD "{\"X\":{},\n\"X\":{}}}", 3, "a name that this object has already"},
    {HEAD "{\"X1a\":{\"grades\":{\"1\":\"SECRET\",\n\"6\":\"SECRET\"}}}}", 3,
     "\"grades\" of X1a: expected a grade of its scale"},
    {HEAD "{\"X1a\":{\"grades\":{\"0\":\"SECRET\"}}}}", 2, "expected a grade of its scale"},
    {HEAD "{\"X1a\":{\"grades\":{\"01\":\"SECRET\"}}}}", 2, "expected a grade of its scale"},
    {HEAD "{\"X1a\":{\"grades\":{\"+1\":\"SECRET\"}}}}", 2, "expected a grade of its scale"},
    {HEAD "{\"X1a\":{\"grades\":{\" 1\":\"SECRET\"}}}}", 2, "expected a grade of its scale"},
    {HEAD "{\"X1a\":{\"grades\":{\"not seen\":\"SECRET\"}}}}", 2, "\"not-seen\" or \"not-applicable\""},
    {HEAD "{\"X1a\":{\"grades\":{\"\":\"SECRET\"}}}}", 2, "expected a grade of its scale"},
    {HEAD "{\"X1a\":{\"grades\":{\"1\":1}}}}", 2, "\"grades\" of X1a: expected a text"},
    {HEAD "{\"X1a\":{\"grades\":[]}}}", 2, "\"grades\" must be an object"},
    {HEAD "{}", 2, ""},
};

START_TEST(each_mistake_is_told_with_its_line)
{
    const bad_overlay *bad = &bad_overlays[_i];
    tdm__texts *texts = (tdm__texts *)1;
    tdm_error error = {0};
    tdm_status status = tdm__texts_read(&texts, &tdm__malloc_allocator, tdm__str(bad->text),
                                        TDM_LIT("t.json"), grades, &error);
    ck_assert_int_eq(status, TDM_INVALID_INPUT);
    ck_assert_ptr_null(texts);
    ck_assert_int_eq(error.status, TDM_INVALID_INPUT);
    ck_assert_str_eq(error.file, "t.json");
    ck_assert_msg(error.line == bad->line, "line %d: %s", (int)error.line, error.message);
    ck_assert_msg(strstr(error.message, bad->mentioned) != NULL, "%s", error.message);
    ck_assert_ptr_null(strstr(error.message, "SECRET"));
}
END_TEST

static tdm_status read_with(const tdm_allocator *allocator)
{
    tdm__texts *texts;
    tdm_status status = tdm__texts_read(&texts, allocator, tdm__str(whole), TDM_LIT("t.json"), grades, NULL);
    ck_assert(status == TDM_OK || !texts);
    tdm__texts_free(texts);
    return status;
}

START_TEST(survives_any_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_with);
}
END_TEST

Suite *texts_suite(void)
{
    Suite *suite = suite_create("texts");
    TCase *tests = tcase_create("overlay");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, keeps_and_finds_each_text);
    tcase_add_test(tests, without_an_overlay_there_are_no_words);
    tcase_add_test(tests, an_overlay_may_be_empty);
    tcase_add_loop_test(tests, each_mistake_is_told_with_its_line, 0, ROWS(bad_overlays));
    tcase_add_test(tests, survives_any_failed_allocation);
    suite_add_tcase(suite, tests);
    return suite;
}
