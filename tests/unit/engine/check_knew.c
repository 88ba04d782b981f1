/*
 * Who knew what when: matters, first days, lags, and what an agency without a row of it is said to be.
 */
#include "engine/knew.h"

#include "engine/world.h"

#include <string.h>

/* One entry of child C1. */
typedef struct told {
    const char *occurred, *agency, *kind, *recorded, *incident;
} told;

/* A return: its agency, what it covers, a time without contact. */
typedef struct declared {
    const char *agency, *from, *to, *none_from, *none_to;
} declared;

/* The school declares two years and no contact in August 2024; housing covers from July; the hospital
 * declares coverage and has no row at all; the police declare nothing. */
static const declared returns[] = {
    {"school", "2023-01-01", "2024-12-31", "2024-08-01", "2024-08-31"},
    {"housing", "2024-07-01", "2024-12-31", NULL, NULL},
    {"hospital", "2024-01-01", "2024-12-31", NULL, NULL},
    {"police", NULL, NULL, NULL, NULL},
};

static const told rows[] = {
    /* 0: an incident that two agencies state, written down on two days */
    {"2024-03-05", "police", "domestic-abuse-incident", "2024-03-06", "INC-1"},
    {"2024-03-05", "school", "school-concern", "2024-04-04", "INC-1"},
    /* 2: a lone concern, the school again for one of its rows without a day */
    {"2024-06", "school", "hunger-concern", "2024-06-20", NULL},
    {"2024-08-10", "housing", "housing-concern", NULL, NULL},
    /* 4: nobody states that these are one, and they lie close */
    {"2024-09-01", "police", "domestic-abuse-incident", "2024-09-03", NULL},
    {"2024-09-02", "hospital", "domestic-abuse-incident", "2024-09-02", NULL},
    /* 6: no concern, told by one: no matter */
    {"2024-05-01", "school", "strength", "2024-05-01", NULL},
    /* 7: a concern without a day */
    {"", "school", "concern", "2024-09-10", NULL},
    /* 8: after the as-of day */
    {"2024-09-20", "police", "domestic-abuse-incident", "2024-10-20", NULL},
    /* 9: one row without a day beside one with it */
    {"2024-01-08", "school", "concern", "2024-01-20", "INC-2"},
    {"2024-01-08", "school", "concern", NULL, "INC-2"},
};

static tdm_status tell(tdm__builder *builder, const told *row, uint32_t number)
{
    tdm__event_input event = {.child = TDM_LIT("C1"),
                              .minute = -1,
                              .recorded = row->recorded ? world_day(row->recorded) : TDM_DAY_NONE,
                              .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
                              .agency = tdm__str(row->agency),
                              .row = number + 1,
                              .kind = world_kind(row->kind),
                              .row_key = number + 1};
    ck_assert_int_eq(tdm_date_parse(&event.occurred, NULL, tdm__str(row->occurred), NULL), TDM_OK);
    event.strings[TDM__INCIDENT] = tdm__str(row->incident);
    return tdm__builder_event(builder, &event);
}

static tdm_status tell_return(tdm__builder *builder, const declared *one)
{
    uint32_t source;
    tdm__period covers = {0, 0}, none = {0, 0};
    if (one->from)
        covers = (tdm__period){world_day(one->from), world_day(one->to)};
    if (one->none_from)
        none = (tdm__period){world_day(one->none_from), world_day(one->none_to)};
    tdm__source_input input = {.name = tdm__str(one->agency),
                               .agency = tdm__str(one->agency),
                               .received = TDM_DAY_NONE,
                               .covers = &covers,
                               .cover_count = one->from != NULL,
                               .no_contact = &none,
                               .no_contact_count = one->none_from != NULL,
                               .carries_all = true};
    return tdm__builder_source(&source, builder, &input);
}

static tdm_chronology *build(void)
{
    tdm__builder *builder;
    tdm_chronology *chronology;
    tdm__diagnostics diagnostics;
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, world_vocabulary()), TDM_OK);
    for (size_t i = 0; i < ROWS(returns); i++)
        ck_assert_int_eq(tell_return(builder, &returns[i]), TDM_OK);
    for (uint32_t i = 0; i < ROWS(rows); i++)
        ck_assert_int_eq(tell(builder, &rows[i], i), TDM_OK);
    ck_assert_int_eq(tdm__builder_freeze(&chronology, builder, &diagnostics), TDM_OK);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    return chronology;
}

static tdm_chronology *chronology;
static tdm__child_result children[1];
static tdm_run run;
static tdm__knew *knew;

static void set_up(void)
{
    chronology = build();
    run = (tdm_run){.allocator = tdm__malloc_allocator,
                    .as_of = world_day("2024-09-30"),
                    .children = children,
                    .child_count = 1,
                    .chronology = chronology};
    ck_assert_int_eq(tdm__engine_knew(&knew, &run, NULL), TDM_OK);
}

static void tear_down(void)
{
    tdm__knew_free(knew);
    tdm_chronology_free(chronology);
}

static const tdm__known_by *by(size_t matter, const char *agency)
{
    const tdm__child_knew *child = &knew->children[0];
    ck_assert_uint_lt(matter, child->count);
    for (size_t i = 0; i < child->agency_count; i++)
        if (tdm__str_equal(child->agencies[i].code, tdm__str(agency)))
            return &child->matters[matter].by[i];
    ck_abort_msg("no agency %s", agency);
}

/* By code: hospital has a row too; housing, police and school by theirs. */
START_TEST(the_agencies_are_those_with_a_row_or_a_declared_return)
{
    static const char *const codes[] = {"hospital", "housing", "police", "school"};
    ck_assert_uint_eq(knew->children[0].agency_count, ROWS(codes));
    for (size_t i = 0; i < ROWS(codes); i++)
        ck_assert(tdm__str_equal(knew->children[0].agencies[i].code, tdm__str(codes[i])));
}
END_TEST

/* INC-2 in January, INC-1 in March, June, August, the found two in September, the one without a day. */
static const struct {
    const char *from, *to;
    size_t rows;
    bool perhaps;
} matters[] = {
    {"2024-01-08", "2024-01-08", 2, false}, {"2024-03-05", "2024-03-05", 2, false},
    {"2024-06-01", "2024-06-20", 1, false}, {"2024-08-10", "2024-08-10", 1, false},
    {"2024-09-01", "2024-09-02", 2, true},  {NULL, NULL, 1, false},
};

START_TEST(incidents_found_groups_and_lone_concerns_are_matters)
{
    ck_assert_uint_eq(knew->children[0].count, ROWS(matters));
    for (size_t i = 0; i < ROWS(matters); i++) {
        const tdm__matter *matter = &knew->children[0].matters[i];
        ck_assert_int_eq(matter->from, matters[i].from ? world_day(matters[i].from) : TDM_DAY_NONE);
        ck_assert_int_eq(matter->to, matters[i].to ? world_day(matters[i].to) : TDM_DAY_NONE);
        ck_assert_uint_eq(matter->event_count, matters[i].rows);
        ck_assert_int_eq(matter->perhaps, matters[i].perhaps);
        ck_assert(matter->is_concern);
    }
}
END_TEST

/* Lags by hand; 0, 0 without one. June 2024 was cut to the 20th, when it was written down. */
static const struct {
    size_t matter;
    const char *agency;
    tdm__knowing knowing;
    const char *recorded;
    bool or_earlier;
    int least, most;
} known[] = {
    {0, "school", TDM__KNEW_RECORDED, "2024-01-20", true, 12, 12},
    {0, "hospital", TDM__KNEW_NEVER, NULL, false, 0, 0},
    {0, "housing", TDM__KNEW_NOT_COVERED, NULL, false, 0, 0},
    {0, "police", TDM__KNEW_NO_ENTRY, NULL, false, 0, 0},
    {1, "police", TDM__KNEW_RECORDED, "2024-03-06", false, 1, 1},
    {1, "school", TDM__KNEW_RECORDED, "2024-04-04", false, 30, 30},
    {1, "hospital", TDM__KNEW_NEVER, NULL, false, 0, 0},
    {2, "school", TDM__KNEW_RECORDED, "2024-06-20", false, 0, 19},
    {2, "housing", TDM__KNEW_NOT_COVERED, NULL, false, 0, 0},
    {3, "housing", TDM__KNEW_RECORDED, NULL, false, 0, 0},
    {3, "school", TDM__KNEW_NOT_COVERED, NULL, false, 0, 0},
    {4, "police", TDM__KNEW_RECORDED, "2024-09-03", false, 2, 2},
    {4, "hospital", TDM__KNEW_RECORDED, "2024-09-02", false, 0, 0},
    {4, "school", TDM__KNEW_NEVER, NULL, false, 0, 0},
    {4, "housing", TDM__KNEW_NEVER, NULL, false, 0, 0},
    {5, "school", TDM__KNEW_RECORDED, "2024-09-10", false, 0, 0},
    {5, "hospital", TDM__KNEW_NO_ENTRY, NULL, false, 0, 0},
};

START_TEST(each_agency_knew_it_or_did_not)
{
    const tdm__known_by *one = by(known[_i].matter, known[_i].agency);
    ck_assert_int_eq(one->knowing, known[_i].knowing);
    ck_assert_int_eq(one->recorded, known[_i].recorded ? world_day(known[_i].recorded) : TDM_DAY_NONE);
    ck_assert_int_eq(one->perhaps_earlier, known[_i].or_earlier);
    ck_assert_int_eq(one->has_lag, known[_i].recorded && known[_i].matter != 5);
    ck_assert_int_eq(one->lag_days.certain, known[_i].least);
    ck_assert_int_eq(one->lag_days.possible, known[_i].most);
}
END_TEST

/* Housing covers from 1 July: some of the days from 25 June to 5 July. */
START_TEST(a_return_that_covers_some_of_the_days)
{
    tdm__knew_free(knew);
    tdm_chronology_free(chronology);
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    static const told doubtful = {"[2024-06-25..2024-07-05]", "police", "domestic-abuse-incident", NULL,
                                  NULL};
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, world_vocabulary()), TDM_OK);
    ck_assert_int_eq(tell_return(builder, &returns[1]), TDM_OK);
    ck_assert_int_eq(tell(builder, &doubtful, 0), TDM_OK);
    ck_assert_int_eq(tdm__builder_freeze(&chronology, builder, &diagnostics), TDM_OK);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    run.chronology = chronology;
    ck_assert_int_eq(tdm__engine_knew(&knew, &run, NULL), TDM_OK);
    ck_assert_int_eq(by(0, "housing")->knowing, TDM__KNEW_PART);
}
END_TEST

static tdm_status ask_with(const tdm_allocator *allocator)
{
    tdm__knew *made;
    tdm_error error = {0};
    tdm_run other = run;
    other.allocator = *allocator;
    tdm_status status = tdm__engine_knew(&made, &other, &error);
    ck_assert((status == TDM_OK) == (made != NULL));
    ck_assert(status == TDM_OK || error.status == status);
    tdm__knew_free(made);
    return status;
}

START_TEST(each_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(ask_with);
}
END_TEST

Suite *knew_suite(void)
{
    Suite *suite = suite_create("knew");
    TCase *tests = tcase_create("knew");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_agencies_are_those_with_a_row_or_a_declared_return);
    tcase_add_test(tests, incidents_found_groups_and_lone_concerns_are_matters);
    tcase_add_loop_test(tests, each_agency_knew_it_or_did_not, 0, (int)ROWS(known));
    tcase_add_test(tests, a_return_that_covers_some_of_the_days);
    tcase_add_test(tests, each_allocation_may_fail);
    suite_add_tcase(suite, tests);
    return suite;
}
