/*
 * The crosswalk by itself: what it says of a number, what is wrong in it and where, refused memory, and files
 * of many rows.
 */
#include "ingest/crosswalk.h"

#include <stdio.h>
#include <time.h>

#include "ingest/gathered.h"
#include "ingest/suites.h"
#include "support.h"

#define HEAD "agency,local_id,child\n"

static tdm_vocabulary *vocabulary;

static void set_up(void)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    vocabulary = g.vocabulary;
    g.vocabulary = NULL;
    gathered_free(&g);
}

static void tear_down(void)
{
    tdm_vocabulary_free(vocabulary);
}

static tdm_status read_text(tdm__crosswalk *out, const tdm_allocator *allocator, tdm_str text,
                            tdm_error *error)
{
    return tdm__crosswalk_read(out, allocator, vocabulary, TDM_LIT("walk.csv"), text, error);
}

static const char listed[] = HEAD "school,11,A\npolice,11,B\ngp,12,A\n";

static const struct {
    const char *agency, *number, *child;
    bool is_listed; /* tells the same to a file whose children have ids */
} asked[] = {
    {"school", "11", "A", true},
    {"police", "11", "B", true},
    {"gp", "12", "A", true},
    {"gp", "11", "gp:11", false}, /* its own, whatever others mean by it */
    {"hospital", "13", "hospital:13", false},
    {"hospital", "B", "B", false}, /* the name of a child */
    {"", "13", "13", false},       /* no agency to tell it by */
};

START_TEST(a_number_is_who_the_list_says)
{
    tdm__crosswalk c;
    tdm_str child;
    ck_assert_int_eq(read_text(&c, &tdm__malloc_allocator, tdm__str(listed), NULL), TDM_OK);
    for (int again = 0; again < 2; again++) {
        ck_assert_int_eq(
            tdm__crosswalk_child(&child, &c, tdm__str(asked[_i].agency), tdm__str(asked[_i].number)), TDM_OK);
        ck_assert_msg(tdm__str_equal(child, tdm__str(asked[_i].child)), "%.*s", TDM_STR_ARGS(child));
    }
    ck_assert_int_eq(
        tdm__crosswalk_listed(&child, &c, tdm__str(asked[_i].agency), tdm__str(asked[_i].number)), TDM_OK);
    ck_assert(tdm__str_equal(child, tdm__str(asked[_i].is_listed ? asked[_i].child : asked[_i].number)));
    tdm__crosswalk_free(&c);
}
END_TEST

START_TEST(without_an_agency_a_number_may_be_of_two)
{
    tdm__crosswalk c;
    ck_assert_int_eq(read_text(&c, &tdm__malloc_allocator, tdm__str(listed), NULL), TDM_OK);
    ck_assert_ptr_null(tdm__crosswalk_of_any(&c, TDM_LIT("11")).data);
    ck_assert(tdm__str_equal(tdm__crosswalk_of_any(&c, TDM_LIT("12")), TDM_LIT("A")));
    ck_assert(tdm__str_equal(tdm__crosswalk_of_any(&c, TDM_LIT("13")), TDM_LIT("13")));
    tdm__crosswalk_free(&c);
}
END_TEST

static const struct {
    const char *text;
    tdm_status status;
    int line, column;
} mistakes[] = {
    {"", TDM_INVALID_INPUT, 0, 0},
    {"agency,child\n", TDM_INVALID_INPUT, 1, 0},
    {HEAD "school,11,\n", TDM_INVALID_INPUT, 2, 3},
    {HEAD "school,11\n", TDM_INVALID_INPUT, 2, 3},
    {HEAD "scool,11,A\n", TDM_INVALID_INPUT, 2, 1},
    {HEAD "school,11,A\nschool,11,A\nschool,11,B\n", TDM_INVALID_INPUT, 4, 3},
    {HEAD "school,\xff,A\n", TDM_ENCODING, 0, 0},
};

START_TEST(a_mistake_is_told_with_its_place)
{
    tdm__crosswalk c;
    tdm_error error = {0};
    ck_assert_int_eq(read_text(&c, &tdm__malloc_allocator, tdm__str(mistakes[_i].text), &error),
                     mistakes[_i].status);
    ck_assert_str_eq(error.file, "walk.csv");
    ck_assert(error.message[0] != '\0');
    if (mistakes[_i].line > 0)
        ck_assert_int_eq(error.line, mistakes[_i].line);
    ck_assert_int_eq(error.column, mistakes[_i].column);
    tdm__crosswalk_free(&c); /* as a caller may, though there is nothing */
}
END_TEST

/* Numbers of many agencies, so that all that grows does. */
static tdm_status ask_with(const tdm_allocator *allocator)
{
    tdm__crosswalk c;
    tdm_str child;
    tdm_status status = read_text(&c, allocator,
                                  TDM_LIT(HEAD
                                          "school,1,A\nschool,2,B\nschool,3,C\nschool,4,D\nschool,5,E\n"
                                          "school,6,F\nschool,7,G\nschool,8,H\nschool,9,I\npolice,9,A\n"),
                                  NULL);
    if (status != TDM_OK)
        return status;
    for (char number = 'a'; number <= 'z' && status == TDM_OK; number++)
        status = tdm__crosswalk_child(&child, &c, TDM_LIT("hospital"), (tdm_str){&number, 1});
    if (status == TDM_OK)
        status = tdm__crosswalk_listed(&child, &c, TDM_LIT("childrens-social-care"),
                                       TDM_LIT("a number that is longer than all of those before"));
    tdm__crosswalk_free(&c);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(ask_with);
}
END_TEST

#define MANY          100000
#define SECONDS_TAKEN 20 /* of the processor; row by row against all before it is a hundred times as much */

/* Half of the numbers stand in the list. */
START_TEST(many_rows_are_no_more_than_many)
{
    tdm__crosswalk c;
    tdm__text text;
    char number[16], expected[40];
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__text_puts(&text, HEAD);
    for (int i = 0; i < MANY; i++)
        tdm__text_printf(&text, "%s,N%06d,child %d\n", i % 2 ? "school" : "police", i, i / 2);
    clock_t start = clock();
    ck_assert_int_eq(read_text(&c, &tdm__malloc_allocator, tdm__text_str(&text), NULL), TDM_OK);
    ck_assert_uint_eq(c.count, MANY);
    ck_assert_uint_eq(c.children.count, MANY / 2);
    for (int i = 0; i < 2 * MANY; i++) {
        tdm_str child;
        tdm_str agency = i % 2 ? TDM_LIT("school") : TDM_LIT("police");
        snprintf(number, sizeof number, "N%06d", i);
        snprintf(expected, sizeof expected,
                 i < MANY ? "child %d"
                 : i % 2  ? "school:N%06d"
                          : "police:N%06d",
                 i < MANY ? i / 2 : i);
        ck_assert_int_eq(tdm__crosswalk_child(&child, &c, agency, tdm__str(number)), TDM_OK);
        ck_assert_msg(tdm__str_equal(child, tdm__str(expected)), "%.*s", TDM_STR_ARGS(child));
    }
    ck_assert_int_lt((clock() - start) / CLOCKS_PER_SEC, SECONDS_TAKEN);
    tdm__crosswalk_free(&c);
    tdm__text_free(&text);
}
END_TEST

Suite *crosswalk_suite(void)
{
    Suite *suite = suite_create("ingest crosswalk");
    TCase *tests = tcase_create("crosswalk");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, a_number_is_who_the_list_says, 0, sizeof asked / sizeof *asked);
    tcase_add_test(tests, without_an_agency_a_number_may_be_of_two);
    tcase_add_loop_test(tests, a_mistake_is_told_with_its_place, 0, sizeof mistakes / sizeof *mistakes);
    tcase_add_test(tests, every_allocation_may_fail);
    tcase_add_test(tests, many_rows_are_no_more_than_many);
    suite_add_tcase(suite, tests);
    return suite;
}
