/*
 * What the walk over a text says is there, and where: by hand, the first byte and the bytes themselves.
 */
#include <string.h>

#include "guard/marks.h"
#include "guard/suites.h"
#include "support.h"

typedef struct finding {
    const char *words, *label; /* label NULL: a leak */
    tdm__leak_kind kind;
} finding;

static const struct {
    const char *text;
    finding expected[4]; /* words NULL behind the last */
} texts[] = {
    {"[Zebedee] rang 01632 960 123.",
     {{"Zebedee", "child 1", TDM__LEAK_KINDS}, {"01632 960 123", NULL, TDM__LEAK_PHONE}, {0}, {0}}},
    {"Mum Kate, born 3 April 2019, a@b.example",
     {{"Kate", NULL, TDM__LEAK_POSSIBLE_NAME},
      {"3 April 2019", NULL, TDM__LEAK_BIRTH_DATE},
      {"a@b.example", NULL, TDM__LEAK_EMAIL},
      {0}}},
    {"Quiet day", {{0}, {0}, {0}, {0}}},
    {"", {{0}, {0}, {0}, {0}}},
};

typedef struct checking {
    size_t row, count;
} checking;

static tdm_status take(const tdm__mention *mention, void *payload)
{
    checking *to = payload;
    const char *text = texts[to->row].text;
    const finding *expected = &texts[to->row].expected[to->count++];
    ck_assert_ptr_nonnull(expected->words);
    ck_assert_uint_eq(mention->end - mention->from, strlen(expected->words));
    ck_assert_mem_eq(text + mention->from, expected->words, strlen(expected->words));
    ck_assert_int_eq(mention->known, expected->label != NULL);
    if (expected->label)
        ck_assert(tdm__str_equal(mention->label, tdm__str(expected->label)));
    else
        ck_assert_int_eq(mention->kind, expected->kind);
    return TDM_OK;
}

static tdm_status find(const tdm_allocator *allocator, checking *to)
{
    tdm__known known;
    tdm__known_init(&known, allocator);
    tdm_status status = tdm__known_add(&known, TDM_LIT("Zebedee"), TDM_LIT("child 1"));
    if (status == TDM_OK)
        status = tdm__mentions_find(&known, tdm__str(texts[to->row].text), take, to);
    tdm__known_free(&known);
    return status;
}

START_TEST(everything_that_tells_is_found_where_it_stands)
{
    checking to = {.row = (size_t)_i};
    ck_assert_int_eq(find(&tdm__malloc_allocator, &to), TDM_OK);
    ck_assert(to.count == 4 || texts[_i].expected[to.count].words == NULL);
}
END_TEST

static tdm_status find_with(const tdm_allocator *allocator)
{
    checking to = {.row = 1};
    return find(allocator, &to);
}

START_TEST(any_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(find_with);
}
END_TEST

Suite *mentions_suite(void)
{
    Suite *suite = suite_create("mentions");
    TCase *tests = tcase_create("walk");
    tcase_add_loop_test(tests, everything_that_tells_is_found_where_it_stands, 0,
                        sizeof texts / sizeof *texts);
    tcase_add_test(tests, any_allocation_may_fail);
    suite_add_tcase(suite, tests);
    return suite;
}
