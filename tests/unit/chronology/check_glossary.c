/*
 * The glossary: what it explains, where an abbreviation stands, what is wrong in it, refused memory.
 */
#include "chronology/glossary.h"

#include <string.h>
#include <time.h>

#include "chronology/suites.h"
#include "support.h"

#define HEAD "abbreviation,meaning\n"

static const char csv[] = HEAD "SW,social worker\nCSC,children's social care\nSW,south-west\nS 47,enquiry\n";

static const struct {
    const char *text;
    bool found[4]; /* CSC, S 47, SW twice: by abbreviation, then meaning */
} texts[] = {
    {"The SW rang CSC.", {true, false, true, true}},
    {"SWs, CSCs and (csc)", {false, false, false, false}},
    {"SW", {false, false, true, true}},
    {"after S 47, nothing", {false, true, false, false}},
    {"S 475", {false, false, false, false}},
    {"\xc3\xa9SW SW\xc3\xa9", {false, false, false, false}},
    {"", {false, false, false, false}},
};

START_TEST(words_of_their_own_are_found)
{
    tdm__arena arena;
    tdm__glossary glossary = {0};
    bool found[4] = {false};
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__glossary_add(&glossary, &arena, tdm__str(csv), TDM_LIT("g.csv"), NULL), TDM_OK);
    ck_assert_uint_eq(glossary.count, 4);
    tdm__glossary_look(found, &glossary, tdm__str(texts[_i].text));
    ck_assert_mem_eq(found, texts[_i].found, sizeof found);
    ck_assert(tdm__glossary_explains(&glossary, TDM_LIT("CSC")));
    ck_assert(!tdm__glossary_explains(&glossary, TDM_LIT("csc")));
    ck_assert(!tdm__glossary_explains(&glossary, TDM_LIT("S")));
    ck_assert(!tdm__glossary_explains(NULL, TDM_LIT("CSC")));
    tdm__arena_free(&arena);
}
END_TEST

static const struct {
    const char *csv;
    tdm_status status;
    int line;
} mistakes[] = {
    {"", TDM_INVALID_INPUT, 0},
    {"meaning,abbreviation\n", TDM_INVALID_INPUT, 1},
    {HEAD "SW\n", TDM_INVALID_INPUT, 2},
    {HEAD "SW,a,b\n", TDM_INVALID_INPUT, 2},
    {HEAD "SW,a\n ,b\n", TDM_INVALID_INPUT, 3},
    {HEAD "SW, \n", TDM_INVALID_INPUT, 2},
    {HEAD "0123456789012345678901234567890123456789x,a\n", TDM_INVALID_INPUT, 2},
    {HEAD "SW,\xff\n", TDM_ENCODING, 0},
};

START_TEST(a_mistake_is_told_with_its_line)
{
    tdm__arena arena;
    tdm__glossary glossary = {0};
    tdm_error error = {0};
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(
        tdm__glossary_add(&glossary, &arena, tdm__str(mistakes[_i].csv), TDM_LIT("g.csv"), &error),
        mistakes[_i].status);
    ck_assert_str_eq(error.file, "g.csv");
    if (mistakes[_i].line > 0)
        ck_assert_int_eq(error.line, mistakes[_i].line);
    ck_assert_uint_eq(glossary.count, 0);
    tdm__arena_free(&arena);
}
END_TEST

START_TEST(ten_thousand_entries_and_no_more)
{
    for (int count = 10000; count <= 10001; count++) {
        tdm__arena arena;
        tdm__text text;
        tdm__glossary glossary = {0};
        tdm__arena_init(&arena, &tdm__malloc_allocator);
        tdm__text_init(&text, &tdm__malloc_allocator);
        tdm__text_puts(&text, HEAD);
        for (int i = count; i > 0; i--)
            tdm__text_printf(&text, "A%05d,meaning\n", i);
        ck_assert_int_eq(tdm__glossary_add(&glossary, &arena, tdm__text_str(&text), TDM_LIT("g.csv"), NULL),
                         count == 10000 ? TDM_OK : TDM_TOO_LARGE);
        ck_assert(tdm__glossary_explains(&glossary, TDM_LIT("A00001")) == (count == 10000));
        tdm__text_free(&text);
        tdm__arena_free(&arena);
    }
}
END_TEST

#define SECONDS_TAKEN 20 /* of the processor; every entry at every word would be minutes */

/* Half a million words that begin as all 10,000 entries do; an abbreviation with 10,000 meanings. */
START_TEST(a_long_list_is_no_more_than_a_long_text)
{
    for (int same = 0; same < 2; same++) {
        tdm__arena arena;
        tdm__text csv_text, text;
        tdm__glossary glossary = {0};
        tdm__arena_init(&arena, &tdm__malloc_allocator);
        tdm__text_init(&csv_text, &tdm__malloc_allocator);
        tdm__text_init(&text, &tdm__malloc_allocator);
        tdm__text_puts(&csv_text, HEAD);
        for (int i = 0; i < 10000; i++)
            tdm__text_printf(&csv_text, same ? "A,meaning %05d\n" : "A%05d,meaning\n", i);
        for (int i = 0; i < 500000; i++)
            tdm__text_puts(&text, "A ");
        tdm__text_puts(&text, "A00007");
        ck_assert_int_eq(
            tdm__glossary_add(&glossary, &arena, tdm__text_str(&csv_text), TDM_LIT("g.csv"), NULL), TDM_OK);
        bool *found = tdm__arena_array(&arena, glossary.count, sizeof *found);
        clock_t start = clock();
        tdm__glossary_look(found, &glossary, tdm__text_str(&text));
        ck_assert_int_lt((clock() - start) / CLOCKS_PER_SEC, SECONDS_TAKEN);
        for (size_t i = 0; i < glossary.count; i++)
            ck_assert_int_eq(found[i], same || i == 7);
        tdm__text_free(&csv_text);
        tdm__text_free(&text);
        tdm__arena_free(&arena);
    }
}
END_TEST

/* Two files, as two case folders have them. */
static tdm_status read_with(const tdm_allocator *allocator)
{
    tdm__arena arena;
    tdm__text text;
    tdm__glossary glossary = {0};
    tdm__arena_init(&arena, allocator);
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__text_puts(&text, HEAD);
    for (int i = 0; i < 200; i++)
        tdm__text_printf(&text, "B%03d,\"a meaning, with \"\"marks\"\"\"\n", i);
    tdm_status status = tdm__glossary_add(&glossary, &arena, tdm__text_str(&text), TDM_LIT("one.csv"), NULL);
    if (status == TDM_OK)
        status = tdm__glossary_add(&glossary, &arena, tdm__str(csv), TDM_LIT("two.csv"), NULL);
    if (status == TDM_OK) {
        ck_assert_uint_eq(glossary.count, 204);
        ck_assert(tdm__glossary_explains(&glossary, TDM_LIT("B199")) &&
                  tdm__glossary_explains(&glossary, TDM_LIT("CSC")));
    }
    tdm__text_free(&text);
    tdm__arena_free(&arena);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(read_with);
}
END_TEST

Suite *glossary_suite(void)
{
    Suite *suite = suite_create("glossary");
    TCase *tests = tcase_create("glossary");
    tcase_add_loop_test(tests, words_of_their_own_are_found, 0, sizeof texts / sizeof *texts);
    tcase_add_loop_test(tests, a_mistake_is_told_with_its_line, 0, sizeof mistakes / sizeof *mistakes);
    tcase_add_test(tests, ten_thousand_entries_and_no_more);
    tcase_add_test(tests, a_long_list_is_no_more_than_a_long_text);
    tcase_add_test(tests, every_allocation_may_fail);
    suite_add_tcase(suite, tests);
    return suite;
}
