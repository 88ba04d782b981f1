/*
 * Children who may be one: which pairs are shown and by what sign, how many, and refused memory.
 */
#include "chronology/alike.h"

#include "chronology/fixture.h"
#include "chronology/suites.h"
#include "support.h"

#include <stdio.h>

#define BORN ((tdm_day)15000)

/* NULL and 0: not told. */
typedef struct one_child {
    const char *id, *agency, *sex, *household, *area;
    tdm_day born;
} one_child;

static const tdm_date unknown = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};

static tdm_status add_child(tdm__builder *builder, const one_child *one, uint64_t key)
{
    tdm_date born = one->born ? (tdm_date){one->born, one->born, 0} : unknown;
    tdm__child_input child = {.id = tdm__str(one->id),
                              .born = born,
                              .expected = unknown,
                              .died = unknown,
                              .sex = tdm__str(one->sex),
                              .area = tdm__str(one->area),
                              .household = tdm__str(one->household)};
    tdm__event_input event = {.child = child.id,
                              .occurred = {BORN + 3000, BORN + 3000, 0},
                              .minute = -1,
                              .recorded = TDM_DAY_NONE,
                              .ended = unknown,
                              .agency = tdm__str(one->agency),
                              .row = 1,
                              .kind = kind_index("concern"),
                              .row_key = key};
    tdm_status status = tdm__builder_child(builder, &child);
    return status == TDM_OK && one->agency ? tdm__builder_event(builder, &event) : status;
}

static tdm_chronology *children_of(const one_child *children, size_t count)
{
    tdm__builder *builder;
    tdm_chronology *c;
    tdm__diagnostics diagnostics;
    uint32_t source;
    tdm__source_input input = {.name = TDM_LIT("r.csv"), .received = TDM_DAY_NONE};
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, vocabulary()), TDM_OK);
    ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(add_child(builder, &children[i], i + 1), TDM_OK);
    ck_assert_int_eq(tdm__builder_freeze(&c, builder, &diagnostics), TDM_OK);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    return c;
}

static const struct {
    one_child a, b;
    int by; /* -1: they are not shown */
} pairs[] = {
    {{"a", "gp", "f", "H", "N1", BORN}, {"b", "police", "f", "H", "N2", BORN}, TDM__ALIKE_HOUSEHOLD},
    {{"a", "gp", "f", "H", "N1", BORN}, {"b", "police", "f", "J", "N1", BORN}, TDM__ALIKE_AREA},
    {{"a", "gp", "f", "H", "N1", BORN}, {"b", "police", "m", "H", "N1", BORN}, -1},
    {{"a", "gp", "f", "H", "N1", BORN}, {"b", "police", "f", "H", "N1", BORN + 1}, -1},
    {{"a", "gp", "f", "H", "N1", 0}, {"b", "police", "f", "H", "N1", 0}, -1},
    {{"a", "gp", NULL, "H", "N1", BORN}, {"b", "police", NULL, "H", "N1", BORN}, -1},
    {{"a", "gp", "f", NULL, NULL, BORN}, {"b", "police", "f", NULL, NULL, BORN}, -1},
    /* one agency tells of both, or of one there is no row */
    {{"a", "gp", "f", "H", "N1", BORN}, {"b", "gp", "f", "H", "N1", BORN}, -1},
    {{"a", "gp", "f", "H", "N1", BORN}, {"b", NULL, "f", "H", "N1", BORN}, -1},
    {{"gp:7", "gp", NULL, NULL, NULL, 0}, {"police:7", "police", NULL, NULL, NULL, 0}, TDM__ALIKE_NUMBER},
    {{"7", "gp", "f", NULL, NULL, BORN}, {"police:7", "police", NULL, NULL, NULL, 0}, TDM__ALIKE_NUMBER},
    {{"gp:7", "gp", "f", NULL, NULL, 0}, {"police:7", "police", "m", NULL, NULL, 0}, -1},
    {{"gp:7", "gp", NULL, NULL, NULL, BORN}, {"police:7", "police", NULL, NULL, NULL, BORN + 1}, -1},
    {{"gp:7", "gp", NULL, NULL, NULL, 0}, {"police:8", "police", NULL, NULL, NULL, 0}, -1},
    /* by the first sign alone */
    {{"gp:7", "gp", "f", "H", "N1", BORN},
     {"police:7", "police", "f", "H", "N1", BORN},
     TDM__ALIKE_HOUSEHOLD},
    {{"gp:7", "gp", "f", "H", "N1", BORN}, {"police:7", "police", "f", "J", "N1", BORN}, TDM__ALIKE_AREA},
};

START_TEST(pairs_are_shown_by_their_first_sign)
{
    one_child both[2] = {pairs[_i].a, pairs[_i].b};
    tdm_chronology *c = children_of(both, 2);
    tdm__arena arena;
    tdm__alike *found;
    size_t count, more;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__chronology_alike(&found, &count, &more, &arena, c), TDM_OK);
    ck_assert_uint_eq(more, 0);
    ck_assert_uint_eq(count, pairs[_i].by < 0 ? 0 : 1);
    if (count > 0) {
        ck_assert_int_eq(found->by, pairs[_i].by);
        ck_assert(found->child == 0 && found->other == 1 && found->row == 0 && found->other_row == 1);
    }
    tdm__arena_free(&arena);
    tdm_chronology_free(c);
}
END_TEST

#define MANY 3000

/* All in one household, of two agencies in turn: each is compared with the eight before it, of which four are
 * of the other agency. */
static tdm_chronology *one_household(void)
{
    static one_child children[MANY];
    static char ids[MANY][8];
    for (int i = 0; i < MANY; i++) {
        snprintf(ids[i], sizeof ids[i], "c%05d", i);
        children[i] = (one_child){ids[i], i % 2 ? "gp" : "police", "f", "H", NULL, BORN};
    }
    return children_of(children, MANY);
}

START_TEST(a_long_list_is_counted)
{
    tdm_chronology *c = one_household();
    tdm__arena arena;
    tdm__alike *found;
    size_t count, more;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__chronology_alike(&found, &count, &more, &arena, c), TDM_OK);
    ck_assert_uint_eq(count, TDM__ALIKE_MAX);
    /* the first eight have 0, 1, 1, 2, 2, 3, 3, 4 before them */
    ck_assert_uint_eq(count + more, 16 + (MANY - 8) * 4);
    tdm__arena_free(&arena);
    tdm_chronology_free(c);
}
END_TEST

static tdm_chronology *shared_chronology;

static tdm_status list_with(const tdm_allocator *allocator)
{
    tdm__arena arena;
    tdm__alike *found;
    size_t count, more;
    tdm__arena_init(&arena, allocator);
    tdm_status status = tdm__chronology_alike(&found, &count, &more, &arena, shared_chronology);
    tdm__arena_free(&arena);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    shared_chronology = one_household();
    TEST_EVERY_ALLOCATION(list_with);
    tdm_chronology_free(shared_chronology);
}
END_TEST

Suite *alike_suite(void)
{
    Suite *suite = suite_create("alike");
    TCase *tests = tcase_create("alike");
    tcase_add_loop_test(tests, pairs_are_shown_by_their_first_sign, 0, sizeof pairs / sizeof *pairs);
    tcase_add_test(tests, a_long_list_is_counted);
    tcase_add_test(tests, every_allocation_may_fail);
    suite_add_tcase(suite, tests);
    return suite;
}
