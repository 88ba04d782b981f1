/*
 * Two versions of a record: which rows are one, and in what they differ.
 */
#include "chronology/diff.h"

#include "chronology/fixture.h"
#include "chronology/suites.h"

#include <stdio.h>
#include <string.h>

/* One row of a version; NULL: not given. `key` is its row key. */
typedef struct told {
    uint64_t key;
    const char *child, *occurred, *kind, *agency, *reference, *recorded, *text, *fact, *value;
} told;

static tdm_chronology *version(const told *rows, size_t count)
{
    static const tdm__source_input source = {
        .name = {"r.csv", 5}, .received = TDM_DAY_NONE, .carries_all = true};
    tdm__builder *builder;
    tdm_chronology *out;
    tdm__diagnostics diagnostics;
    uint32_t index;
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, vocabulary()), TDM_OK);
    ck_assert_int_eq(tdm__builder_source(&index, builder, &source), TDM_OK);
    for (size_t i = 0; i < count; i++) {
        const told *row = &rows[i];
        tdm__fact_input fact = {tdm__str(row->fact), tdm__str(row->value)};
        tdm__event_input event = {.child = tdm__str(row->child ? row->child : "C1"),
                                  .minute = -1,
                                  .recorded = TDM_DAY_NONE,
                                  .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
                                  .agency = tdm__str(row->agency ? row->agency : "school"),
                                  .row = (uint32_t)i + 1,
                                  .kind = kind_index(row->kind ? row->kind : "concern"),
                                  .facts = &fact,
                                  .fact_count = row->fact ? 1 : 0,
                                  .row_key = row->key};
        ck_assert_int_eq(tdm_date_parse(&event.occurred, NULL, tdm__str(row->occurred), NULL), TDM_OK);
        if (row->recorded)
            ck_assert(tdm_day_parse_iso(&event.recorded, tdm__str(row->recorded)));
        event.strings[TDM__TEXT] = tdm__str(row->text);
        event.strings[TDM__REFERENCE] = tdm__str(row->reference);
        ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    }
    ck_assert_int_eq(tdm__builder_freeze(&out, builder, &diagnostics), TDM_OK);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    return out;
}

/* "changed 2024-03-05: recorded facts.category; ..." of all children, a difference each. */
static void tell(char *out, size_t size, const tdm__chronology_diff *diff)
{
    out[0] = '\0';
    for (size_t c = 0; c < diff->child_count; c++) {
        const tdm__child_difference *child = &diff->children[c];
        for (size_t i = 0; i < child->row_count; i++) {
            const tdm__row_difference *row = &child->rows[i];
            size_t length = strlen(out);
            snprintf(out + length, size - length, "%s%s", length > 0 ? "; " : "",
                     tdm__row_change_code(row->change));
            for (size_t f = 0; f < row->field_count; f++) {
                length = strlen(out);
                snprintf(out + length, size - length, " %.*s", TDM_STR_ARGS(row->fields[f].name));
            }
        }
    }
}

#define DAY  "2024-03-05"
#define NEXT "2024-03-06"
typedef struct expected {
    const char *name;
    told before[3], after[3]; /* up to the first without a day */
    const char *differences;
    size_t same;
} expected;

static const expected cases[] = {
    {"the same", {{.key = 1, .occurred = DAY}}, {{.key = 1, .occurred = DAY}}, "", 1},
    {"added",
     {{.key = 1, .occurred = DAY}},
     {{.key = 1, .occurred = DAY}, {.key = 2, .occurred = NEXT}},
     "added",
     1},
    {"removed",
     {{.key = 1, .occurred = DAY}, {.key = 2, .occurred = NEXT}},
     {{.key = 2, .occurred = NEXT}},
     "removed",
     1},
    {"the same id with other content",
     {{.key = 1, .occurred = DAY, .reference = "R1", .text = "a"}},
     {{.key = 1, .occurred = NEXT, .reference = "R1", .recorded = "2024-03-09", .text = "b"}},
     "changed occurred recorded text",
     0},
    {"a fact that is new, one that is gone, one that differs",
     {{.key = 1, .occurred = DAY, .fact = "category", .value = "neglect"}},
     {{.key = 1, .occurred = DAY, .fact = "outcome", .value = "agreed"}},
     "changed facts.category facts.outcome",
     0},
    {"another id with the same reference",
     {{.key = 1, .occurred = DAY, .reference = "R1"}},
     {{.key = 2, .occurred = "2024-05-01", .reference = "R1"}},
     "changed occurred",
     0},
    {"a reference of another agency is another's",
     {{.key = 1, .occurred = DAY, .reference = "R1", .agency = "police"}},
     {{.key = 2, .occurred = NEXT, .reference = "R1", .agency = "school"}},
     "removed; added",
     0},
    {"a start and an end with one reference, both moved",
     {{.key = 1, .occurred = DAY, .reference = "R1", .kind = "cp-plan-start"},
      {.key = 2, .occurred = NEXT, .reference = "R1", .kind = "cp-plan-end"}},
     {{.key = 3, .occurred = "2024-04-01", .reference = "R1", .kind = "cp-plan-end"},
      {.key = 4, .occurred = "2024-04-01", .reference = "R1", .kind = "cp-plan-start"}},
     "changed occurred; changed occurred",
     0},
    {"a reference that changed its kind",
     {{.key = 1, .occurred = DAY, .reference = "R1", .kind = "contact"}},
     {{.key = 2, .occurred = DAY, .reference = "R1", .kind = "referral"}},
     "changed kind",
     0},
    {"without a reference, of one day and kind: perhaps",
     {{.key = 1, .occurred = DAY, .text = "a"}},
     {{.key = 2, .occurred = DAY, .text = "b"}},
     "perhaps-changed text",
     0},
    {"two and one of a day: the first is taken",
     {{.key = 1, .occurred = DAY, .text = "a"}, {.key = 2, .occurred = DAY, .text = "c"}},
     {{.key = 3, .occurred = DAY, .text = "b"}},
     "perhaps-changed text; removed",
     0},
    {"other content of an id goes before the day",
     {{.key = 1, .occurred = DAY, .text = "a"}, {.key = 2, .occurred = DAY, .text = "b"}},
     {{.key = 2, .occurred = DAY, .text = "x"}, {.key = 1, .occurred = DAY, .text = "a"}},
     "changed text",
     1},
    {"another day", {{.key = 1, .occurred = DAY}}, {{.key = 2, .occurred = NEXT}}, "removed; added", 0},
    {"no date in both: perhaps",
     {{.key = 1, .occurred = "", .text = "a"}},
     {{.key = 2, .occurred = "", .text = "b"}},
     "perhaps-changed text",
     0},
    {"nothing differs but the id", {{.key = 1, .occurred = DAY}}, {{.key = 2, .occurred = DAY}}, "", 1},
    {"a child that is new",
     {{.key = 1, .occurred = DAY}},
     {{.key = 1, .occurred = DAY}, {.key = 2, .child = "C2", .occurred = NEXT}},
     "added",
     1},
};

static size_t told_count(const told *rows)
{
    size_t count = 0;
    while (count < 3 && rows[count].occurred)
        count++;
    return count;
}

/* Two versions and what changed. */
typedef struct compared {
    tdm__arena arena;
    tdm_chronology *before, *after;
    tdm__chronology_diff diff;
} compared;

static void compare(compared *c, const told *before, size_t before_count, const told *after,
                    size_t after_count)
{
    c->before = version(before, before_count);
    c->after = version(after, after_count);
    tdm__arena_init(&c->arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__chronology_compare(&c->diff, c->before, c->after, &c->arena), TDM_OK);
}

static void forget(compared *c)
{
    tdm__arena_free(&c->arena);
    tdm_chronology_free(c->before);
    tdm_chronology_free(c->after);
}

START_TEST(rows_are_paired)
{
    const expected *what = &cases[_i];
    char said[512];
    size_t same = 0;
    compared c;
    compare(&c, what->before, told_count(what->before), what->after, told_count(what->after));
    tell(said, sizeof said, &c.diff);
    ck_assert_msg(strcmp(said, what->differences) == 0, "%s: %s", what->name, said);
    for (size_t i = 0; i < c.diff.child_count; i++)
        same += c.diff.children[i].same;
    ck_assert_msg(same == what->same, "%s: %zu the same", what->name, same);
    forget(&c);
}
END_TEST

/* The other way round, what was added is removed, and nothing else is said. */
START_TEST(the_other_way_round)
{
    const expected *what = &cases[_i];
    char there[512], back[512];
    compared c;
    compare(&c, what->before, told_count(what->before), what->after, told_count(what->after));
    tell(there, sizeof there, &c.diff);
    ck_assert_int_eq(tdm__chronology_compare(&c.diff, c.after, c.before, &c.arena), TDM_OK);
    tell(back, sizeof back, &c.diff);
    ck_assert_int_eq(strstr(there, "added") != NULL, strstr(back, "removed") != NULL);
    ck_assert_int_eq(strstr(there, "removed") != NULL, strstr(back, "added") != NULL);
    ck_assert_int_eq(strstr(there, "perhaps") != NULL, strstr(back, "perhaps") != NULL);
    forget(&c);
}
END_TEST

START_TEST(values_are_those_of_the_two_versions)
{
    static const told before[] = {{.key = 1, .occurred = DAY, .reference = "R1", .text = "a"}};
    static const told after[] = {
        {.key = 1, .occurred = DAY, .reference = "R1", .recorded = "2024-03-09", .text = "b"}};
    compared c;
    compare(&c, before, 1, after, 1);
    const tdm__row_difference *row = &c.diff.children[0].rows[0];
    ck_assert_uint_eq(row->field_count, 2);
    ck_assert(tdm__str_equal(row->fields[0].name, TDM_LIT("recorded")));
    ck_assert(tdm__str_equal(row->fields[0].before, TDM_LIT("")));
    ck_assert(tdm__str_equal(row->fields[0].after, TDM_LIT("2024-03-09")));
    ck_assert(tdm__str_equal(row->fields[1].before, TDM_LIT("a")));
    ck_assert(tdm__str_equal(row->fields[1].after, TDM_LIT("b")));
    forget(&c);
}
END_TEST

START_TEST(a_record_without_rows)
{
    static const told one[] = {{.key = 1, .occurred = DAY}};
    compared c;
    compare(&c, NULL, 0, one, 1);
    ck_assert_uint_eq(c.diff.child_count, 1);
    ck_assert(!c.diff.children[0].before && c.diff.children[0].after);
    ck_assert_int_eq(tdm__chronology_compare(&c.diff, c.before, c.before, &c.arena), TDM_OK);
    ck_assert_uint_eq(c.diff.child_count, 0);
    forget(&c);
}
END_TEST

static tdm_chronology *held[2];

static tdm_status compare_with(const tdm_allocator *allocator)
{
    tdm__arena arena;
    tdm__chronology_diff diff;
    tdm__arena_init(&arena, allocator);
    tdm_status status = tdm__chronology_compare(&diff, held[0], held[1], &arena);
    tdm__arena_free(&arena);
    return status;
}

START_TEST(each_allocation_may_fail)
{
    held[0] = version(cases[4].before, 1);
    held[1] = version(cases[15].after, 2);
    TEST_EVERY_ALLOCATION(compare_with);
    tdm_chronology_free(held[0]);
    tdm_chronology_free(held[1]);
}
END_TEST

Suite *diff_suite(void)
{
    Suite *suite = suite_create("diff");
    TCase *tests = tcase_create("diff");
    tcase_add_loop_test(tests, rows_are_paired, 0, sizeof cases / sizeof *cases);
    tcase_add_loop_test(tests, the_other_way_round, 0, sizeof cases / sizeof *cases);
    tcase_add_test(tests, values_are_those_of_the_two_versions);
    tcase_add_test(tests, a_record_without_rows);
    tcase_add_test(tests, each_allocation_may_fail);
    suite_add_tcase(suite, tests);
    return suite;
}
