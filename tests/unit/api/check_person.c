/*
 * Who is spoken of in the rows on a person, and refused memory on the way; what `indicators explain` says of
 * the data that an indicator needs.
 */
#include "api/explain_needs.h"
#include "api/fixture.h"
#include "api/third_parties.h"
#include "base/file.h"

#include <string.h>

#define DAY ((tdm_day)19800)

static const tdm_date unknown = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
static tdm_vocabulary *vocabulary;
static tdm_chronology *chronology;

static void read_vocabulary(void)
{
    static const char *const names[] = {"kinds.csv", "facts.csv", "agencies.csv"};
    tdm__buffer tables[3];
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(tdm__file_read(&tables[i], &tdm__malloc_allocator,
                                        TDM_SOURCE_DIR "/scripts/vocabulary", names[i], 1 << 20, NULL),
                         TDM_OK);
    ck_assert_int_eq(tdm_vocabulary_parse(&vocabulary, &tdm__malloc_allocator,
                                          (tdm_str){tables[0].data, tables[0].length},
                                          (tdm_str){tables[1].data, tables[1].length},
                                          (tdm_str){tables[2].data, tables[2].length}, NULL),
                     TDM_OK);
    for (int i = 0; i < 3; i++)
        tdm__free(&tdm__malloc_allocator, tables[i].data);
}

static void add_row(tdm__builder *builder, const char *child, const char *text, const tdm__fact_input *fact)
{
    static uint32_t number;
    number++;
    tdm__event_input event = {.child = tdm__str(child),
                              .occurred = {DAY, DAY, 0},
                              .minute = -1,
                              .recorded = TDM_DAY_NONE,
                              .ended = unknown,
                              .agency = TDM_LIT("school"),
                              .row = number,
                              .kind = tdm__vocabulary_kind(vocabulary, TDM_LIT("note")),
                              .row_key = number,
                              .facts = fact,
                              .fact_count = fact != NULL};
    event.strings[TDM__TEXT] = tdm__str(text);
    event.strings[TDM__ROLE] = TDM_LIT("head of year");
    event.strings[TDM__REFERENCE] = TDM_LIT("R-1");
    ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
}

/* Two children of one mother; the first is asked for. */
static void set_up(void)
{
    static const tdm__fact_input worker = {{"worker", 6}, {"A. Nother", 9}};
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    uint32_t source;
    tdm__source_input input = {.name = TDM_LIT("r.csv"), .received = TDM_DAY_NONE};
    tdm__child_input child = {.id = TDM_LIT("C-11"),
                              .born = {DAY - 3000, DAY - 3000, 0},
                              .expected = unknown,
                              .died = unknown,
                              .household = TDM_LIT("H")};
    tdm__person_input mother = {TDM_LIT("P-11"), TDM_LIT("mother"), TDM_LIT("H")};
    read_vocabulary();
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, vocabulary), TDM_OK);
    ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    ck_assert_int_eq(tdm__builder_child(builder, &child), TDM_OK);
    child.id = TDM_LIT("C-12");
    ck_assert_int_eq(tdm__builder_child(builder, &child), TDM_OK);
    ck_assert_int_eq(tdm__builder_person(builder, &mother), TDM_OK);
    add_row(builder, "C-11", "Zebedee came with SCH-4711, and P-11 rang from 01632 960 123", NULL);
    add_row(builder, "C-12", "Pip was here", &worker);
    ck_assert_int_eq(tdm__builder_freeze(&chronology, builder, &diagnostics), TDM_OK);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
}

static void tear_down(void)
{
    tdm_chronology_free(chronology);
    tdm_vocabulary_free(vocabulary);
}

/* All that is asked about a person, in the order of op_person.c. */
static tdm_status speak(tdm__spoken_of *s, tdm__arena *arena, bool named[2], bool role[2])
{
    const tdm_str names = TDM_LIT("original,code\nZebedee,C-12\nPip,C-11\n");
    tdm__local_id number = {TDM_LIT("SCH-4711"), TDM_LIT("C-12")};
    tdm__local_ids numbers = {&number, 1, 1};
    tdm_run run = {.allocator = *arena->allocator, .chronology = chronology};
    const tdm__person *mother = tdm__chronology_person(chronology, 0);
    tdm__held_row rows[] = {{0, 1}, {1, 2}};
    tdm__person_report report = {.run = &run,
                                 .id = TDM_LIT("C-11"),
                                 .people = &mother,
                                 .person_count = 1,
                                 .rows = rows,
                                 .row_count = 2};
    tdm_status status = tdm__spoken_of_init(s, arena, &report, &numbers, names, TDM_LIT("names.csv"), NULL);
    for (uint32_t row = 0; row < 2 && status == TDM_OK; row++)
        status = tdm__spoken_of_in(&named[row], &role[row], s, row);
    for (size_t row = 0; row < 2 && status == TDM_OK; row++)
        status = tdm__third_parties_of(s, &report, row);
    return status;
}

START_TEST(everybody_else_is_told)
{
    static const struct {
        size_t row;
        const char *place, *kind, *who, *words;
    } expected[] = {
        {0, "text", "child", "child C-12", "Zebedee"}, {0, "text", "child", "child C-12", "SCH-4711"},
        {0, "text", "person", "person P-11", "P-11"},  {0, "text", "phone", "", "01632 960 123"},
        {0, "role", "worker", "", "head of year"},     {0, "reference", "reference", "", "R-1"},
        {1, "child", "child", "child C-12", "C-12"},   {1, "role", "worker", "", "head of year"},
        {1, "reference", "reference", "", "R-1"},      {1, "facts: worker", "worker", "", "A. Nother"},
    };
    tdm__arena arena;
    tdm__spoken_of s;
    bool named[2], role[2];
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(speak(&s, &arena, named, role), TDM_OK);
    ck_assert(!named[0] && named[1]); /* the code of a name is the child's */
    ck_assert(!role[0] && !role[1]);
    for (size_t i = 0; i < ROWS(expected) && i < s.count; i++) {
        const tdm__third_party *one = &s.items[i];
        ck_assert_msg(one->row == expected[i].row &&
                          tdm__str_equal(one->place, tdm__str(expected[i].place)) &&
                          strcmp(one->kind, expected[i].kind) == 0 &&
                          tdm__str_equal(one->who, tdm__str(expected[i].who)) &&
                          tdm__str_equal(one->words, tdm__str(expected[i].words)),
                      "%zu: %zu %.*s %s '%.*s' '%.*s'", i, one->row, TDM_STR_ARGS(one->place), one->kind,
                      TDM_STR_ARGS(one->who), TDM_STR_ARGS(one->words));
    }
    ck_assert_uint_eq(s.count, ROWS(expected));
    tdm__spoken_of_free(&s);
    tdm__arena_free(&arena);
}
END_TEST

static tdm_status speak_with(const tdm_allocator *allocator)
{
    tdm__arena arena;
    tdm__spoken_of s;
    bool named[2], role[2];
    tdm__arena_init(&arena, allocator);
    tdm_status status = speak(&s, &arena, named, role);
    tdm__spoken_of_free(&s);
    tdm__arena_free(&arena);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(speak_with);
}
END_TEST

/* --- needs in words --- */

static uint32_t kind(const char *code)
{
    return tdm__vocabulary_kind(vocabulary, tdm__str(code));
}

START_TEST(needs_are_told_in_words)
{
    const uint32_t any[] = {kind("concern"), kind("note")}, all[] = {kind("visit")}, held[] = {kind("note")};
    const tdm__need_part first[] = {
        {kind("visit"), TDM_NO_INDEX},
        {kind("allocation"), tdm__vocabulary_fact(vocabulary, TDM_LIT("worker"))}};
    const tdm__need_part second[] = {{kind("note"), TDM_NO_INDEX}};
    const tdm_str choices[] = {TDM_LIT("months"), TDM_LIT("years")};
    const tdm__need deny[] = {{first, 2, 0, choices, 2}, {second, 1, TDM_NO_INDEX, NULL, 0}};
    const tdm__param counted = {.name = TDM_LIT("counted")};
    const tdm__indicator indicator = {.needs = {.any = any,
                                                .any_count = 2,
                                                .all = all,
                                                .all_count = 1,
                                                .deny = deny,
                                                .deny_count = 2,
                                                .held = held,
                                                .held_count = 1,
                                                .held_concern = true,
                                                .coverage_days = 90,
                                                .coverage_agencies = 2},
                                      .params = &counted,
                                      .param_count = 1};
    const tdm__indicator nothing = {0};
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__explain_needs_text(&text, &nothing, vocabulary);
    ck_assert_uint_eq(text.length, 0);
    tdm__explain_needs_text(&text, &indicator, vocabulary);
    ck_assert_str_eq(text.data,
                     "Needs:      a source that could hold one of concern, note\n"
                     "Needs:      sources that could hold each of visit\n"
                     "Needs:      2 or more agencies that each declare 90 covered days or more\n"
                     "Not met:    without an entry of any concern, note\n"
                     "Not met:    only where sources could hold, in full, visit or allocation.worker (where "
                     "counted is months or years)\n"
                     "            and note\n");
    tdm__text_free(&text);
}
END_TEST

Suite *person_suite(void)
{
    Suite *suite = suite_create("person");
    TCase *tests = tcase_create("person");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, everybody_else_is_told);
    tcase_add_test(tests, every_allocation_may_fail);
    tcase_add_test(tests, needs_are_told_in_words);
    suite_add_tcase(suite, tests);
    return suite;
}
