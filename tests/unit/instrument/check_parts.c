/*
 * What parts of an instrument may have of their own, worked out by hand: scales, ages, policies; and what
 * each total over two scales may be.
 */
#include <string.h>

#include "instrument/compare.h"
#include "instrument/fixture.h"

static tdm_instrument *two_scales(const char *areas)
{
    tdm_instrument *instrument;
    tdm_error error = {0};
    tdm_status status = fixture_mixed(&instrument, &tdm__malloc_allocator, (mixed){areas, ""}, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    return instrument;
}

typedef struct total_case {
    const char *policy, *direction;
    const char *mentioned; /* NULL: accepted */
} total_case;

static const total_case total_cases[] = {
    {"sum", "", NULL},
    {"weighted-sum", "higher-is-worse", NULL},
    {"count", "", NULL},
    {"share", "", NULL},
    {"none", "", NULL},
    {"count", "higher-is-better", NULL},
    {"share", "higher-is-better", NULL},
    {"none", "higher-is-better", NULL},
    {"sum", "higher-is-better", "scoring of areas: sum needs scales of one direction"},
    {"weighted-sum", "higher-is-better", "weighted-sum needs scales of one direction"},
    {"worst", "", "scoring of areas: worst needs one scale, since grades of different scales"},
    {"majority", "", "majority needs one scale"},
    {"majority-with-override", "", "majority-with-override needs one scale"},
    {"median-to-worse", "", "median-to-worse needs one scale"},
    {"median-to-worse-with-override", "", "median-to-worse-with-override needs one scale"},
};

START_TEST(some_totals_span_two_scales)
{
    const total_case *row = &total_cases[_i];
    tdm_instrument *instrument;
    tdm_error error = {0};
    tdm_status status = fixture_mixed(&instrument, &tdm__malloc_allocator,
                                      (mixed){row->policy, row->direction}, &error);
    ck_assert_msg((status == TDM_OK) == (row->mentioned == NULL), "%s", error.message);
    if (row->mentioned)
        ck_assert_msg(strstr(error.message, row->mentioned) != NULL, "%s", error.message);
    tdm_instrument_free(instrument);
}
END_TEST

START_TEST(each_part_knows_its_scale_and_ages)
{
    tdm_instrument *instrument = two_scales("sum");
    uint32_t under = tdm__instrument_find_age_band(instrument, TDM_LIT("under-5"));
    uint32_t over = tdm__instrument_find_age_band(instrument, TDM_LIT("over-5"));
    uint32_t a1a = tdm__instrument_find_item(instrument, TDM_LIT("A1a"));
    uint32_t a1c = tdm__instrument_find_item(instrument, TDM_LIT("A1c"));
    uint32_t a2 = tdm__instrument_find_item(instrument, TDM_LIT("A2"));
    uint32_t t3 = tdm__instrument_find_item(instrument, TDM_LIT("T3"));
    ck_assert(tdm__str_equal(tdm__instrument_item_scale(instrument, a2)->name, TDM_LIT("grades")));
    ck_assert(tdm__str_equal(tdm__instrument_item_scale(instrument, t3)->name, TDM_LIT("ticks")));
    ck_assert(tdm__str_equal(tdm__instrument_area_scale(instrument, 1)->name, TDM_LIT("ticks")));
    ck_assert_ptr_null(tdm__instrument_total_scale(instrument));
    ck_assert(tdm__str_equal(tdm__instrument_event(instrument), TDM_LIT("tool-completed")));
    ck_assert_uint_eq(tdm__instrument_find_age_band(instrument, TDM_LIT("over-9")), TDM__NO_PART);
    ck_assert(tdm__instrument_asked(instrument, a1a, under) && tdm__instrument_asked(instrument, a1a, over));
    ck_assert(!tdm__instrument_asked(instrument, a1c, under) && tdm__instrument_asked(instrument, a1c, over));
    ck_assert(tdm__instrument_asked(instrument, a2, under) && !tdm__instrument_asked(instrument, a2, over));
    ck_assert(!tdm__instrument_asked(instrument, t3, under) && tdm__instrument_asked(instrument, t3, over));
    ck_assert(tdm__instrument_asked(instrument, t3, TDM__NO_PART));
    ck_assert_str_eq(tdm__instrument_policy(instrument, TDM__LEVEL_SUB_AREAS, 1)->name, "count");
    ck_assert_str_eq(tdm__instrument_policy(instrument, TDM__LEVEL_SUB_AREAS, 0)->name,
                     "majority-with-override");
    ck_assert_int_eq(instrument->rules[0].minimum_percent[TDM__LEVEL_ITEMS], 50);
    ck_assert_int_eq(instrument->rules[1].minimum_percent[TDM__LEVEL_ITEMS], 0);
    ck_assert_int_eq(instrument->rules[1].minimum_percent[TDM__LEVEL_SUB_AREAS], 50);
    tdm_instrument_free(instrument);
}
END_TEST

typedef struct score_case {
    const char *areas; /* policy of the total */
    const char *items, *age_band;
    const char *json; /* a piece of it */
    const char *sentence;
} score_case;

#define OVER  ",\"age_band\":\"over-5\""
#define UNDER ",\"age_band\":\"under-5\""
/* A1 is 4 by its one concern; A2 is not asked at that age. T counts two of three. */
#define ELDER "\"A1a\":2,\"A1b\":2,\"A1c\":4,\"T1\":1,\"T2\":0,\"T3\":1"
#define ELDER_A_IS_4                                                                                         \
    "Area A is graded 4: sub-area A1 is 4, decided by item A1c; a grade of 4 or worse stands "               \
    "whatever the others are. Area T is "

static const score_case score_cases[] = {
    /* 4 + 2 = 6; at most a 5 and three ticks. */
    {"sum", ELDER, OVER, "\"total\":{\"value\":6,\"low\":6,\"high\":6,\"max\":8,\"status\":\"assessed\"}",
     ELDER_A_IS_4 "2 of 3: T1, T3; put together by count. All areas together are 6 of 8."},
    /* The 4 is a concern on its scale, the 2 on its own. */
    {"count", ELDER, OVER, "\"total\":{\"value\":2,\"low\":2,\"high\":2,\"max\":2,\"status\":\"assessed\"}",
     ELDER_A_IS_4 "2 of 3: T1, T3; put together by count. All areas together are 2 of 2."},
    {"share", ELDER, OVER, "\"share\":{\"numerator\":3,\"denominator\":6}",
     ELDER_A_IS_4 "2 of 3: T1, T3; put together by count. All areas together are 2 of 2."},
    {"none", ELDER, OVER, "\"strengths\":[\"A1a\",\"A1b\"],\"concerns\":[\"A1c\",\"T1\",\"T3\"]",
     ELDER_A_IS_4 "2 of 3: T1, T3; put together by count."},
    {"none", ELDER, OVER,
     "\"by_scale\":{\"grades\":{\"1\":0,\"2\":2,\"3\":0,\"4\":1,\"5\":0},\"ticks\":{\"0\":1,\"1\":2}}}",
     NULL},
    {"none", ELDER, OVER, "\"policy\":\"items worst, sub-areas count\",\"sub_areas\":{\"T1\":", NULL},
    {"none", ELDER, OVER,
     "\"date\":\"2024-03-05\",\"next_due\":null,\"policy\":\"majority-with-override\",\"areas\"", NULL},
    /* A2 is not asked over 5: all of A2 is not applicable, with no entry for it. */
    {"none", ELDER, OVER,
     "\"A2\":{\"grade\":null,\"status\":\"not-assessed\",\"reason\":\"not-applicable\",\"decided_by\":[],"
     "\"override\":false,\"majority_not_clear\":false,\"scored\":0,\"not_seen\":0,\"not_applicable\":1,"
     "\"not_recorded\":0,\"best\":null,\"worst\":null}",
     NULL},
    /* One tick is missing: 1 or 2 of 3; the total 4 + 1 or 4 + 2. */
    {"sum", "\"A1a\":2,\"A1b\":2,\"A1c\":4,\"T1\":1,\"T2\":0", OVER,
     "\"total\":{\"value\":null,\"low\":5,\"high\":6,\"max\":8,\"status\":\"not-assessed\"", NULL},
    /* A 1 and a 3, equally frequent: the worse. No T3, and two ticks make all. */
    {"sum", "\"A1a\":1,\"A1b\":1,\"A2\":3,\"T1\":0,\"T2\":0", UNDER,
     "\"total\":{\"value\":3,\"low\":3,\"high\":3,\"max\":7,\"status\":\"assessed\"}",
     "Area A is graded 3: sub-area A2 is 3; no grade has more than half of the 2 sub-areas, so the most "
     "frequent "
     "stands, of equally frequent ones the worst. Area T is 0 of 2; put together by count. All areas "
     "together are 3 "
     "of 7."},
    /* That an item is not asked may be said all the same. */
    {"sum", "\"A1a\":1,\"A1b\":1,\"A1c\":\"not-applicable\",\"A2\":1,\"T1\":1,\"T2\":1", UNDER,
     "\"total\":{\"value\":3,\"low\":3,\"high\":3,\"max\":7,\"status\":\"assessed\"}", NULL},
};

START_TEST(scores_each_area_on_its_own_scale)
{
    const score_case *row = &score_cases[_i];
    tdm_instrument *instrument = two_scales(row->areas);
    tdm__text out;
    tdm_score *score = fixture_score(instrument, row->items, row->age_band);
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm_score_write(score, (tdm_sink){fixture_append, &out}, 0), TDM_OK);
    ck_assert_msg(strstr(out.data, row->json) != NULL, "%s", out.data);
    if (row->sentence)
        ck_assert_str_eq(tdm_score_sentence(score).data, row->sentence);
    tdm__text_free(&out);
    tdm_score_free(score);
    tdm_instrument_free(instrument);
}
END_TEST

/* A partnership's choice replaces the instrument's policy, not what an area has of its own. */
START_TEST(an_areas_own_policy_stays)
{
    tdm_instrument *instrument = two_scales("none");
    tdm_score_options options = {.struct_size = sizeof options, .aggregation = "worst"};
    tdm_score_view a, t;
    tdm_score *score;
    tdm__entry entries[] = {{TDM_LIT("A1a"), TDM__ENTRY_SCORED, 1, 1},
                            {TDM_LIT("A1b"), TDM__ENTRY_SCORED, 3, 1},
                            {TDM_LIT("A2"), TDM__ENTRY_SCORED, 2, 1},
                            {TDM_LIT("T1"), TDM__ENTRY_SCORED, 1, 1},
                            {TDM_LIT("T2"), TDM__ENTRY_SCORED, 1, 1}};
    tdm_assessment form = {.entries = entries, .entry_count = ROWS(entries)};
    form.texts[TDM__FORM_INSTRUMENT] = TDM_LIT("mixed");
    form.texts[TDM__FORM_VERSION] = TDM_LIT("1.0.0");
    form.texts[TDM__FORM_AGE_BAND] = TDM_LIT("under-5");
    ck_assert_int_eq(tdm_score_make(&score, &tdm__malloc_allocator, &form, instrument, &options, NULL),
                     TDM_OK);
    ck_assert(tdm_score_area(&a, score, 0) && tdm_score_area(&t, score, 1));
    ck_assert_int_eq(a.grade, 3); /* the worst of 3 and 2 */
    ck_assert_int_eq(t.grade, 2); /* still counted */
    tdm_score_free(score);
    tdm_instrument_free(instrument);
}
END_TEST

/* A falls by one grade and T by one tick, each on its own scale; the ticks go the other way where higher is
 * better. */
START_TEST(changes_go_by_the_scale_of_the_part)
{
    static const char *const directions[] = {"", "higher-is-better"};
    for (int d = 0; d < 2; d++) {
        tdm_instrument *instrument;
        tdm__comparison *c;
        ck_assert_int_eq(
            fixture_mixed(&instrument, &tdm__malloc_allocator, (mixed){"count", directions[d]}, NULL),
            TDM_OK);
        tdm_score *before = fixture_score(instrument, "\"A1a\":3,\"A1b\":3,\"A2\":3,\"T1\":1,\"T2\":1",
                                          UNDER ",\"window\":[\"2024-01-01\",\"2024-01-31\"]");
        tdm_score *now = fixture_score(instrument, "\"A1a\":2,\"A1b\":2,\"A2\":2,\"T1\":0,\"T2\":1",
                                       UNDER ",\"window\":[\"2024-02-01\",\"2024-02-28\"]");
        tdm__comparison_input input = {before, now, NULL, 0, {0}};
        ck_assert_int_eq(tdm__comparison_make(&c, &tdm__malloc_allocator, &input), TDM_OK);
        ck_assert_int_eq(c->areas[0].change, TDM__CHANGE_BETTER);
        ck_assert_int_eq(c->areas[0].steps, 1);
        /* One fewer yes is one concern fewer, or one more. */
        ck_assert_int_eq(c->areas[1].change, d == 0 ? TDM__CHANGE_BETTER : TDM__CHANGE_WORSE);
        ck_assert_int_eq(c->areas[1].steps, d == 0 ? 1 : -1);
        ck_assert_uint_eq(c->item_count, 4);
        ck_assert(c->items[0].better);
        ck_assert_int_eq(c->items[3].better, d == 0);
        tdm__comparison_free(c);
        tdm_score_free(before);
        tdm_score_free(now);
        tdm_instrument_free(instrument);
    }
}
END_TEST

/* A later version that sums T where the former counted it: T is put together otherwise, and so is the total.
 */
START_TEST(another_policy_of_an_area_cannot_be_compared)
{
    static const char form[] = "\"A1a\":3,\"A1b\":3,\"A2\":3,\"T1\":1,\"T2\":1";
    tdm_instrument *former = two_scales("sum"), *later = two_scales("sum");
    tdm__comparison *c;
    later->rules[1].policies[TDM__LEVEL_SUB_AREAS] = tdm__aggregation_named(TDM_LIT("sum"));
    tdm_score *before = fixture_score(former, form, UNDER ",\"window\":[\"2024-01-01\",\"2024-01-31\"]");
    tdm_score *now = fixture_score(later, form, UNDER ",\"window\":[\"2024-02-01\",\"2024-02-28\"]");
    tdm__comparison_input input = {before, now, NULL, 0, {0}};
    ck_assert_int_eq(tdm__comparison_make(&c, &tdm__malloc_allocator, &input), TDM_OK);
    ck_assert_int_eq(c->areas[0].reason, TDM__SAME_GRADE);
    ck_assert_int_eq(c->areas[1].change, TDM__CHANGE_NOT_COMPARABLE);
    ck_assert_int_eq(c->areas[1].reason, TDM__OTHER_POLICY);
    ck_assert_int_eq(c->total.reason, TDM__OTHER_POLICY);
    tdm__comparison_free(c);
    tdm_score_free(before);
    tdm_score_free(now);
    tdm_instrument_free(former);
    tdm_instrument_free(later);
}
END_TEST

static tdm_status build_and_score(const tdm_allocator *allocator)
{
    tdm_instrument *instrument;
    tdm_score *score = NULL;
    tdm__entry entries[] = {{TDM_LIT("A1a"), TDM__ENTRY_SCORED, 1, 1}};
    tdm_assessment form = {.entries = entries, .entry_count = ROWS(entries)};
    form.texts[TDM__FORM_INSTRUMENT] = TDM_LIT("mixed");
    form.texts[TDM__FORM_VERSION] = TDM_LIT("1.0.0");
    form.texts[TDM__FORM_AGE_BAND] = TDM_LIT("over-5");
    tdm_status status = fixture_mixed(&instrument, allocator, (mixed){"sum", ""}, NULL);
    if (status == TDM_OK)
        status = tdm_score_make(&score, allocator, &form, instrument, NULL, NULL);
    tdm_score_free(score);
    tdm_instrument_free(instrument);
    return status;
}

START_TEST(survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(build_and_score);
}
END_TEST

Suite *parts_suite(void)
{
    Suite *suite = suite_create("parts with rules of their own");
    TCase *all = tcase_create("parts");
    tcase_add_loop_test(all, some_totals_span_two_scales, 0, ROWS(total_cases));
    tcase_add_test(all, each_part_knows_its_scale_and_ages);
    tcase_add_loop_test(all, scores_each_area_on_its_own_scale, 0, ROWS(score_cases));
    tcase_add_test(all, an_areas_own_policy_stays);
    tcase_add_test(all, changes_go_by_the_scale_of_the_part);
    tcase_add_test(all, another_policy_of_an_area_cannot_be_compared);
    tcase_add_test(all, survives_every_failed_allocation);
    suite_add_tcase(suite, all);
    return suite;
}
