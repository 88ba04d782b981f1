/*
 * Siblings beside a child: who they are, and that their rows are seen where they were asked for and nowhere
 * else.
 */
#include "chronology/fixture.h"
#include "chronology/kin.h"
#include "chronology/suites.h"

#define BASE ((tdm_day)19004)

typedef struct family {
    tdm_chronology *chronology;
    tdm__arena arena;
    tdm_history *history; /* of "B" */
} family;

typedef struct entry {
    const char *child, *kind, *agency;
    tdm_day day;
} entry;

/* A and C live with B, D does not; two agencies tell an injury of C on one day. */
static const entry entries[] = {
    {"A", "assessment-start", "childrens-social-care", BASE + 3},
    {"A", "cp-plan-start", "childrens-social-care", BASE + 9},
    {"B", "concern", "school", BASE + 5},
    {"B", "injury", "gp", BASE + 7},
    {"C", "injury", "gp", BASE + 6},
    {"C", "injury", "school", BASE + 6},
    {"D", "concern", "police", BASE + 6},
};

static tdm_status add_all(tdm__builder *builder)
{
    static const char *const children[][2] = {{"D", "H2"}, {"C", "H1"}, {"B", "H1"}, {"A", "H1"}, {"E", ""}};
    uint32_t source;
    const tdm_date unknown = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    tdm__source_input input = {.name = TDM_LIT("family.csv"), .received = TDM_DAY_NONE, .carries_all = true};
    tdm_status status = tdm__builder_source(&source, builder, &input);
    for (size_t i = 0; status == TDM_OK && i < 5; i++) {
        tdm__child_input child = {.id = tdm__str(children[i][0]),
                                  .household = tdm__str(children[i][1]),
                                  .born = unknown,
                                  .expected = unknown,
                                  .died = unknown};
        status = tdm__builder_child(builder, &child);
    }
    for (size_t i = 0; status == TDM_OK && i < sizeof entries / sizeof *entries; i++) {
        tdm__event_input event = {.child = tdm__str(entries[i].child),
                                  .occurred = {entries[i].day, entries[i].day, 0},
                                  .minute = -1,
                                  .recorded = TDM_DAY_NONE,
                                  .ended = unknown,
                                  .agency = tdm__str(entries[i].agency),
                                  .source = source,
                                  .row = (uint32_t)i + 1,
                                  .kind = kind_index(entries[i].kind),
                                  .row_key = i + 1};
        status = tdm__builder_event(builder, &event);
    }
    return status;
}

static tdm_status gather(family *f, const tdm_allocator *allocator)
{
    tdm__builder *builder;
    *f = (family){0};
    tdm__arena_init(&f->arena, allocator);
    tdm_status status = tdm__builder_new(&builder, allocator, vocabulary());
    if (status != TDM_OK)
        return status;
    status = add_all(builder);
    if (status == TDM_OK)
        status = tdm__builder_freeze(&f->chronology, builder, NULL);
    tdm__builder_free(builder);
    if (status == TDM_OK)
        status = tdm__history_new(&f->history, &f->arena, f->chronology, 1, BASE + 30, NULL);
    return status;
}

static void part(family *f)
{
    tdm__arena_free(&f->arena);
    tdm_chronology_free(f->chronology);
}

static tdm_status pick(tdm_selection **out, const tdm_history *history, const char *kind)
{
    uint32_t wanted = kind ? kind_index(kind) : 0;
    tdm__filter filter = tdm__filter_all();
    filter.kinds = &wanted;
    filter.kind_count = kind ? 1 : 0;
    return tdm__selection_new(out, history, &filter, NULL);
}

static tdm_selection *picked(const tdm_history *history, const char *kind)
{
    tdm_selection *selection;
    ck_assert_int_eq(pick(&selection, history, kind), TDM_OK);
    return selection;
}

static tdm_selection *beside(const family *f, uint32_t sibling, const char *kind)
{
    tdm_selection *selection;
    const tdm__kin *kin;
    ck_assert_int_eq(tdm__history_kin(&kin, f->history), TDM_OK);
    ck_assert_int_eq(tdm__selection_beside(&selection, f->history, picked(kin->siblings[sibling], kind)),
                     TDM_OK);
    return selection;
}

START_TEST(siblings_are_those_of_the_household)
{
    static const size_t counts[] = {2, 2, 2, 0, 0}; /* A, B, C; D alone; E of no household */
    family f;
    uint32_t *siblings;
    size_t count;
    ck_assert_int_eq(gather(&f, &tdm__malloc_allocator), TDM_OK);
    for (size_t child = 0; child < 5; child++) {
        ck_assert_int_eq(tdm__chronology_siblings(&siblings, &count, &f.arena, f.chronology, child), TDM_OK);
        ck_assert_uint_eq(count, counts[child]);
    }
    ck_assert_int_eq(tdm__chronology_siblings(&siblings, &count, &f.arena, f.chronology, 1), TDM_OK);
    ck_assert_uint_eq(siblings[0], 0);
    ck_assert_uint_eq(siblings[1], 2);
    ck_assert(!tdm__chronology_by_child(f.chronology));
    part(&f);
}
END_TEST

START_TEST(rows_of_siblings_are_seen_beside_and_nowhere_else)
{
    family f;
    ck_assert_int_eq(gather(&f, &tdm__malloc_allocator), TDM_OK);
    tdm_selection *before = picked(f.history, NULL);
    tdm_bounds level = tdm__history_level(f.history, BASE + 9, 0);
    tdm_selection *plan = beside(&f, 0, "cp-plan-start");
    ck_assert_uint_eq(plan->count, 1);
    uint32_t row = plan->members[0].row;
    ck_assert_uint_ge(row, f.history->row_count);
    ck_assert_int_eq(f.history->rows[row].from, BASE + 9);
    ck_assert_uint_eq(tdm__row_child(f.history, row), 0);
    ck_assert_uint_eq(tdm__row_child(f.history, 0), 1);
    ck_assert_uint_eq(tdm__chronology_event(f.chronology, f.history->rows[row].event).child, 0);
    ck_assert_uint_eq(picked(f.history, NULL)->count, before->count);
    ck_assert_uint_eq(f.history->row_count, 2);
    ck_assert_int_eq(tdm__history_level(f.history, BASE + 9, 0).possible, level.possible);
    ck_assert_uint_eq(tdm__rows_with_kin(f.history), 6);
    part(&f);
}
END_TEST

/* An assessment of A, and no concern of B within two days before it: held against each other. */
START_TEST(a_rule_holds_one_against_the_other)
{
    family f;
    tdm__verdict verdict;
    ck_assert_int_eq(gather(&f, &tdm__malloc_allocator), TDM_OK);
    tdm__follows rule = {beside(&f, 0, "assessment-start"), {TDM_SPAN_DAYS, 2}};
    ck_assert_int_eq(tdm__selection_follows(&verdict, picked(f.history, "concern"), &rule, NULL, NULL),
                     TDM_OK);
    ck_assert_int_eq(verdict.answer, TDM_MET);
    ck_assert_uint_eq(verdict.spells[0].row_count, 2);
    ck_assert_uint_eq(verdict.spells[0].rows[0], 0);
    ck_assert_uint_eq(tdm__row_child(f.history, verdict.spells[0].rows[1]), 0);
    ck_assert_int_eq(verdict.spells[0].from, BASE + 3);
    ck_assert_int_eq(verdict.spells[0].to, BASE + 5);
    part(&f);
}
END_TEST

/* What may be one injury of C is counted once for certain; B's own the day after is not of it. */
START_TEST(guesses_of_siblings_stay_guesses)
{
    family f;
    tdm_selection *both;
    ck_assert_int_eq(gather(&f, &tdm__malloc_allocator), TDM_OK);
    tdm_selection *of_c = beside(&f, 1, "injury");
    ck_assert_int_eq(tdm_selection_count(of_c).certain, 1);
    ck_assert_int_eq(tdm_selection_count(of_c).possible, 2);
    ck_assert_int_eq(tdm__selection_union(&both, picked(f.history, "injury"), of_c), TDM_OK);
    ck_assert_int_eq(tdm_selection_count(both).certain, 2);
    ck_assert_int_eq(tdm_selection_count(both).possible, 3);
    part(&f);
}
END_TEST

START_TEST(another_child_s_rows_are_refused)
{
    family f;
    tdm_history *other;
    tdm_selection *selection;
    ck_assert_int_eq(gather(&f, &tdm__malloc_allocator), TDM_OK);
    ck_assert_int_eq(tdm__history_new(&other, &f.arena, f.chronology, 3, BASE + 30, NULL), TDM_OK);
    ck_assert_int_eq(tdm__selection_beside(&selection, f.history, picked(other, NULL)), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__selection_beside(&selection, f.history, picked(f.history, NULL)), TDM_INVALID_ARG);
    ck_assert_ptr_null(selection);
    part(&f);
}
END_TEST

static tdm_status whole(const tdm_allocator *allocator)
{
    family f;
    const tdm__kin *kin;
    tdm_selection *of_sibling, *selection;
    tdm_status status = gather(&f, allocator);
    if (status == TDM_OK)
        status = tdm__history_kin(&kin, f.history);
    if (status == TDM_OK)
        status = pick(&of_sibling, kin->siblings[1], NULL);
    if (status == TDM_OK)
        status = tdm__selection_beside(&selection, f.history, of_sibling);
    part(&f);
    return status;
}

START_TEST(survives_no_memory)
{
    vocabulary();
    TEST_EVERY_ALLOCATION(whole);
}
END_TEST

Suite *kin_suite(void)
{
    Suite *suite = suite_create("kin");
    TCase *tests = tcase_create("kin");
    tcase_add_test(tests, siblings_are_those_of_the_household);
    tcase_add_test(tests, rows_of_siblings_are_seen_beside_and_nowhere_else);
    tcase_add_test(tests, a_rule_holds_one_against_the_other);
    tcase_add_test(tests, guesses_of_siblings_stay_guesses);
    tcase_add_test(tests, another_child_s_rows_are_refused);
    tcase_add_test(tests, survives_no_memory);
    suite_add_tcase(suite, tests);
    return suite;
}
