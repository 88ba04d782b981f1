/*
 * Whole scores worked out by hand: grades, what is missing, bounds, sentences, the JSON form, and
 * entries that do not fit.
 */
#include <stdio.h>
#include <string.h>

#include "instrument/fixture.h"

#define ALL_TWO "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":2,\"Y1a\":2,\"Y1b\":2"

typedef struct score_case {
    const char *items;
    const char *more;
    int32_t x, y; /* grades; 0: not assessed */
    const char *sentence;
} score_case;

static const score_case cases[] = {
    {ALL_TWO, "", 2, 2,
     "Area X is graded 2: sub-area X1 is 2, decided by items X1a, X1b, X1c; sub-area X2 is 2. "
     "Area Y is graded 2: sub-area Y1 is 2, decided by items Y1a, Y1b."},
    {"\"X1a\":2,\"X1b\":2,\"X1c\":4,\"X2\":1,\"Y1a\":1,\"Y1b\":3", "", 4, 3,
     "Area X is graded 4: sub-area X1 is 4, decided by item X1c; a grade of 4 or worse stands whatever the "
     "others "
     "are. Area Y is graded 3: sub-area Y1 is 3, decided by item Y1b."},
    {"\"X1a\":1,\"X1b\":1,\"X1c\":1,\"X2\":3,\"Y1a\":5,\"Y1b\":\"not-seen\"", "", 3, 5,
     "Area X is graded 3: sub-area X2 is 3; no grade has more than half of the 2 sub-areas, so the most "
     "frequent "
     "stands, of equally frequent ones the worst. Area Y is graded 5 (1 item not scored): sub-area Y1 is 5, "
     "decided "
     "by item Y1a; a grade of 4 or worse stands whatever the others are."},
    {"\"X1a\":\"not-seen\",\"X1b\":4,\"X2\":1,\"Y1a\":1,\"Y1b\":1", "", 4, 1,
     "Area X is graded 4 (2 items not scored): sub-area X1 is 4, decided by item X1b; a grade of 4 or worse "
     "stands "
     "whatever the others are. Area Y is graded 1: sub-area Y1 is 1, decided by items Y1a, Y1b."},
    {"\"X1a\":1,\"X1b\":\"not-seen\",\"Y1a\":\"not-seen\"", "", 0, 0,
     "Area X is not assessed: 0 of 2 sub-areas graded, at least 1 needed. Area Y is not assessed: nothing in "
     "it is "
     "scored."},
    {"\"X1a\":1,\"X1b\":1,\"Y1a\":\"not-applicable\",\"Y1b\":\"not-applicable\"", "", 1, 0,
     "Area X is graded 1 (2 items not scored): sub-area X1 is 1, decided by items X1a, X1b. Area Y is not "
     "assessed: "
     "nothing in it applies."},
    {"\"X1a\":1,\"X1b\":1,\"X1c\":1,\"X2\":3,\"Y1a\":2,\"Y1b\":2", ",\"conditions\":[\"calm\",\"calm\"]", 3,
     2,
     "Area X is graded 3: sub-area X1 is 3, decided by item X2; sub-area X2 is 3. Area Y is graded 2: "
     "sub-area Y1 is "
     "2, decided by items Y1a, Y1b. By the condition recorded, sub-area X1 takes the result of X2."},
};

START_TEST(scores_and_says_why)
{
    const score_case *row = &cases[_i];
    tdm_instrument *instrument;
    tdm_score_view x, y, total;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "majority-with-override", "none"),
                     TDM_OK);
    tdm_score *score = fixture_score(instrument, row->items, row->more);
    ck_assert(tdm_score_area(&x, score, 0));
    ck_assert(tdm_score_area(&y, score, 1));
    ck_assert(!tdm_score_area(&total, score, 2));
    ck_assert(!tdm_score_total(&total, score));
    ck_assert_int_eq(x.assessed ? x.grade : 0, row->x);
    ck_assert_int_eq(y.assessed ? y.grade : 0, row->y);
    ck_assert_str_eq(tdm_score_sentence(score).data, row->sentence);
    ck_assert_int_eq(x.scored + x.not_seen + x.not_applicable + x.not_recorded, 4);
    tdm_score_free(score);
    tdm_instrument_free(instrument);
}
END_TEST

static const char expected_json[] =
    "{\"instrument\":\"grades\",\"version\":\"1.0.0\",\"assessment\":\"as-1\",\"child\":\"c-1\",\"date\":"
    "\"2024-03-05\","
    "\"next_due\":null,\"policy\":\"majority-with-override\",\"areas\":{"
    "\"X\":{\"grade\":4,\"status\":\"assessed\",\"decided_by\":[\"X1c\"],\"override\":true,\"majority_not_"
    "clear\":false,"
    "\"scored\":3,\"not_seen\":1,\"not_applicable\":0,\"not_recorded\":0,\"best\":1,\"worst\":4,\"sub_"
    "areas\":{"
    "\"X1\":{\"grade\":4,\"status\":\"assessed\",\"decided_by\":[\"X1c\"],\"override\":true,\"majority_not_"
    "clear\":false,"
    "\"scored\":3,\"not_seen\":0,\"not_applicable\":0,\"not_recorded\":0,\"best\":1,\"worst\":4},"
    "\"X2\":{\"grade\":null,\"status\":\"not-assessed\",\"reason\":\"nothing-scored\",\"decided_by\":[],"
    "\"override\":false,\"majority_not_clear\":false,\"scored\":0,\"not_seen\":1,\"not_applicable\":0,"
    "\"not_recorded\":0,\"best\":null,\"worst\":null}}},"
    "\"Y\":{\"grade\":3,\"status\":\"assessed\",\"decided_by\":[\"Y1a\"],\"override\":false,\"majority_not_"
    "clear\":false,"
    "\"scored\":1,\"not_seen\":0,\"not_applicable\":0,\"not_recorded\":1,\"best\":3,\"worst\":3,\"sub_"
    "areas\":{"
    "\"Y1\":{\"grade\":3,\"status\":\"assessed\",\"decided_by\":[\"Y1a\"],\"override\":false,\"majority_not_"
    "clear\":false,"
    "\"scored\":1,\"not_seen\":0,\"not_applicable\":0,\"not_recorded\":1,\"best\":3,\"worst\":3}}}},"
    "\"total\":null,\"share\":null,"
    "\"counts\":{\"items\":6,\"scored\":4,\"not_seen\":1,\"not_applicable\":0,\"not_recorded\":1,"
    "\"by_value\":{\"1\":1,\"2\":1,\"3\":1,\"4\":1,\"5\":0}},"
    "\"flags\":[{\"flag\":\"item\",\"part\":\"X1c\",\"text\":\"matters alone\"},"
    "{\"flag\":\"draft\",\"part\":null,\"text\":\"the assessment is a draft\"}],"
    "\"strengths\":[\"X1a\",\"X1b\"],\"concerns\":[\"X1c\"],"
    "\"sentence\":\"Area X is graded 4 (1 item not scored): sub-area X1 is 4, decided by item X1c; a grade "
    "of 4 or "
    "worse stands whatever the others are. Area Y is graded 3 (1 item not scored): sub-area Y1 is 3, decided "
    "by item "
    "Y1a.\"}";

START_TEST(writes_every_member)
{
    tdm_instrument *instrument;
    tdm__text out;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "majority-with-override", "none"),
                     TDM_OK);
    tdm_score *score = fixture_score(
        instrument, "\"X1a\":1,\"X1b\":2,\"X1c\":4,\"X2\":\"not-seen\",\"Y1a\":3", ",\"status\":\"draft\"");
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm_score_write(score, (tdm_sink){fixture_append, &out}, 0), TDM_OK);
    ck_assert_str_eq(out.data, expected_json);
    tdm__text_free(&out);
    tdm_score_free(score);
    tdm_instrument_free(instrument);
}
END_TEST

/* X1 takes X2, twice asked for: one flag, and X2 is named once although it decides through both. */
START_TEST(a_condition_is_applied_and_told_once)
{
    tdm_instrument *instrument;
    tdm__text out;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "majority-with-override", "none"),
                     TDM_OK);
    tdm_score *score = fixture_score(instrument, "\"X1a\":5,\"X1b\":1,\"X1c\":1,\"X2\":3",
                                     ",\"conditions\":[\"calm\",\"calm\"]");
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm_score_write(score, (tdm_sink){fixture_append, &out}, 0), TDM_OK);
    ck_assert_msg(strstr(out.data, "\"X\":{\"grade\":3,\"status\":\"assessed\",\"decided_by\":[\"X2\"],") !=
                      NULL,
                  "%s", out.data);
    ck_assert(strstr(out.data, "\"X1\":{\"grade\":3,\"status\":\"assessed\",\"decided_by\":[\"X2\"],") !=
              NULL);
    ck_assert(strstr(out.data, "\"flags\":[{\"flag\":\"condition\",\"part\":\"X1\",\"text\":\"calm\"}],") !=
              NULL);
    ck_assert(strstr(out.data, "\"concerns\":[\"X1a\"]") != NULL);
    tdm__text_free(&out);
    tdm_score_free(score);
    tdm_instrument_free(instrument);
}
END_TEST

typedef struct tick_case {
    const char *policy;
    const char *items;
    const char *json; /* of total and share */
    const char *sentence;
} tick_case;

static const tick_case tick_cases[] = {
    {"sum", "\"N1\":1,\"N2\":0,\"N3\":1,\"N4\":0",
     "\"total\":{\"value\":2,\"low\":2,\"high\":2,\"max\":4,\"status\":\"assessed\"},\"share\":null",
     "Area N is 2 of 4: N1, N3."},
    {"sum", "\"N1\":0,\"N2\":0,\"N3\":0,\"N4\":0",
     "\"total\":{\"value\":0,\"low\":0,\"high\":0,\"max\":4,\"status\":\"assessed\"},\"share\":null",
     "Area N is 0 of 4."},
    {"sum", "\"N1\":1,\"N2\":\"not-seen\",\"N3\":1",
     "\"total\":{\"value\":null,\"low\":2,\"high\":4,\"max\":4,\"status\":\"not-assessed\",\"reason\":"
     "\"incomplete\"},"
     "\"share\":null",
     "Area N is not assessed: 2 of 4 items graded; it would lie between 2 and 4 of 4."},
    {"sum", "\"N1\":1,\"N2\":\"not-applicable\",\"N3\":\"not-seen\",\"N4\":0",
     "\"total\":{\"value\":null,\"low\":1,\"high\":2,\"max\":3,\"status\":\"not-assessed\",\"reason\":"
     "\"incomplete\"},"
     "\"share\":null",
     "Area N is not assessed: 2 of 3 items graded; it would lie between 1 and 2 of 3."},
    {"sum", "\"N1\":1,\"N2\":\"not-applicable\",\"N3\":1,\"N4\":0",
     "\"total\":{\"value\":2,\"low\":2,\"high\":2,\"max\":3,\"status\":\"assessed\"},\"share\":null",
     "Area N is 2 of 3: N1, N3."},
    {"sum", "",
     "\"total\":{\"value\":null,\"low\":0,\"high\":4,\"max\":4,\"status\":\"not-assessed\",\"reason\":"
     "\"nothing-scored\"},\"share\":null",
     "Area N is not assessed: nothing in it is scored."},
    {"share", "\"N1\":1,\"N2\":0,\"N3\":1,\"N4\":\"not-seen\"",
     "\"total\":null,\"share\":{\"numerator\":2,\"denominator\":3}",
     "Area N is not assessed: 3 of 4 items graded; it would lie between 2 and 3 of 4."},
};

START_TEST(adds_up_with_bounds)
{
    const tick_case *row = &tick_cases[_i];
    tdm_instrument *instrument;
    tdm__text out;
    ck_assert_int_eq(fixture_ticks(&instrument, &tdm__malloc_allocator, row->policy), TDM_OK);
    tdm_score *score = fixture_score(instrument, row->items, "");
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm_score_write(score, (tdm_sink){fixture_append, &out}, 0), TDM_OK);
    ck_assert_msg(strstr(out.data, row->json) != NULL, "%s", out.data);
    ck_assert_str_eq(tdm_score_sentence(score).data, row->sentence);
    tdm__text_free(&out);
    tdm_score_free(score);
    tdm_instrument_free(instrument);
}
END_TEST

/* 1,2,3 gives 3 with no clear majority; one grade worse, 2,2,3, gives 2. */
START_TEST(a_worse_grade_may_give_a_better_majority)
{
    static const char *const items[] = {"\"X1a\":1,\"X1b\":2,\"X1c\":3", "\"X1a\":2,\"X1b\":2,\"X1c\":3"};
    static const int32_t grades[] = {3, 2};
    for (int i = 0; i < 2; i++) {
        tdm_instrument *instrument;
        tdm_score_view view;
        ck_assert_int_eq(
            fixture_grades(&instrument, &tdm__malloc_allocator, "majority-with-override", "none"), TDM_OK);
        tdm_score *score = fixture_score(instrument, items[i], "");
        ck_assert(tdm_score_sub_area(&view, score, 0, 0));
        ck_assert_int_eq(view.grade, grades[i]);
        ck_assert_int_eq(view.majority_not_clear, i == 0);
        ck_assert(!tdm_score_sub_area(&view, score, 0, 2));
        tdm_score_free(score);
        tdm_instrument_free(instrument);
    }
}
END_TEST

START_TEST(a_total_only_where_the_instrument_has_one)
{
    tdm_instrument *instrument;
    tdm_score_view total;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "worst"), TDM_OK);
    tdm_score *score = fixture_score(instrument, "\"X1a\":1,\"X1b\":2,\"X1c\":2,\"X2\":1,\"Y1a\":3,\"Y1b\":1",
                                     "");
    ck_assert(tdm_score_total(&total, score));
    ck_assert(total.assessed);
    ck_assert_int_eq(total.grade, 3);
    ck_assert_int_eq(total.scored, 6);
    ck_assert(strstr(tdm_score_sentence(score).data, "All areas together are graded 3.") != NULL);
    tdm_score_free(score);
    tdm_instrument_free(instrument);
}
END_TEST

typedef struct misfit {
    const char *instrument;
    const char *items;
    const char *more;
    int line;
    const char *mentioned;
} misfit;

static const misfit misfits[] = {
    {"other", "", "", 1, "another instrument; expected grades"},
    {"grades", "\"X9\":1", "", 4, "item X9: expected the code of an item of grades"},
    {"grades", "\n\"X1\":1", "", 5, "item X1: expected the code of an item of grades"},
    {"grades", "\"X1a\":0", "", 4, "item X1a: expected a grade from 1 to 5 of grades"},
    {"grades", "\"X1a\":2,\n\"X1b\":6", "", 5, "item X1b: expected a grade from 1 to 5 of grades"},
    {"grades", "", ",\n\"conditions\":[\"rain\"]", 5, "a condition that the instrument has no rule for"},
    {"grades", "", ",\n\"evidence\":{\"Z\":\"x\"}", 5, "a remark: expected the code"},
    {"grades", "", ",\n\"child_words\":{\"Z\":\"x\"}", 5, "a remark: expected the code"},
    {"grades", "", ",\n\"targets\":[{\"item\":\"Z\"}]", 5, "a target: expected the code"},
};

START_TEST(refuses_what_does_not_fit)
{
    const misfit *row = &misfits[_i];
    tdm_instrument *instrument;
    tdm_assessment *assessment;
    tdm__text form;
    tdm_error error = {0};
    tdm_score *score = (tdm_score *)&error;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    fixture_form(&form, row->instrument, row->items, row->more);
    ck_assert_int_eq(tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__text_str(&form),
                                         TDM_LIT("f.json"), 1, NULL, &error),
                     TDM_OK);
    ck_assert_int_eq(tdm_score_make(&score, &tdm__malloc_allocator, assessment, instrument, NULL, &error),
                     TDM_INVALID_INPUT);
    ck_assert_ptr_null(score);
    ck_assert_str_eq(error.file, "f.json");
    ck_assert_int_eq(error.line, row->line);
    ck_assert_msg(strstr(error.message, row->mentioned) != NULL, "%s", error.message);
    tdm_assessment_free(assessment);
    tdm__text_free(&form);
    tdm_instrument_free(instrument);
}
END_TEST

typedef struct option_case {
    tdm_score_options options;
    tdm_status status;
    int32_t grade; /* of X */
    size_t flags;
} option_case;

static const option_case option_cases[] = {
    {{sizeof(tdm_score_options), NULL, true, NULL, NULL}, TDM_OK, 2, 2},
    {{sizeof(tdm_score_options), "worst", true, NULL, NULL}, TDM_OK, 3, 2},
    {{sizeof(tdm_score_options), "sum", true, NULL, NULL}, TDM_OK, 8, 2},
    {{sizeof(tdm_score_options), "best", true, NULL, NULL}, TDM_INVALID_ARG, 0, 0},
    {{1, NULL, true, NULL, NULL}, TDM_INVALID_ARG, 0, 0},
    {{sizeof(tdm_score_options), NULL, false, NULL, NULL}, TDM_INVALID_INPUT, 0, 0},
};

/* X1c = 3 is flagged; X9 does not fit and is left out by a lenient reading. */
START_TEST(follows_the_options)
{
    const option_case *row = &option_cases[_i];
    tdm_instrument *instrument;
    tdm_assessment *assessment;
    tdm_score *score;
    tdm_score_view view;
    tdm__text form;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "majority-with-override", "none"),
                     TDM_OK);
    fixture_form(&form, "grades", "\"X1a\":2,\"X1b\":2,\"X1c\":3,\"X2\":1,\"X9\":5,\"Y1a\":2", "");
    ck_assert_int_eq(tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__text_str(&form),
                                         TDM_LIT("f"), 1, NULL, NULL),
                     TDM_OK);
    tdm_status status = tdm_score_make(&score, &tdm__malloc_allocator, assessment, instrument, &row->options,
                                       NULL);
    ck_assert_int_eq(status, row->status);
    if (status == TDM_OK) {
        ck_assert(tdm_score_area(&view, score, 0));
        ck_assert_int_eq(view.grade, row->grade);
        ck_assert_uint_eq(score->flag_count, row->flags);
    }
    tdm_score_free(score);
    tdm_assessment_free(assessment);
    tdm__text_free(&form);
    tdm_instrument_free(instrument);
}
END_TEST

static tdm_instrument *shared_instrument;
static tdm_assessment *shared_assessment;

static tdm_status score_and_write(const tdm_allocator *allocator)
{
    tdm_score *score;
    tdm__text out;
    tdm_status status = tdm_score_make(&score, allocator, shared_assessment, shared_instrument, NULL, NULL);
    if (status != TDM_OK)
        return status;
    tdm__text_init(&out, &tdm__malloc_allocator);
    status = tdm_score_write(score, (tdm_sink){fixture_append, &out}, 2);
    tdm__text_free(&out);
    tdm_score_free(score);
    return status;
}

START_TEST(survives_every_failed_allocation)
{
    tdm__text form;
    ck_assert_int_eq(fixture_ticks(&shared_instrument, &tdm__malloc_allocator, "count"), TDM_OK);
    fixture_form(&form, "ticks", "\"N1\":1,\"N2\":0", "");
    ck_assert_int_eq(tdm_assessment_read(&shared_assessment, &tdm__malloc_allocator, tdm__text_str(&form),
                                         TDM_LIT("f"), 1, NULL, NULL),
                     TDM_OK);
    TEST_EVERY_ALLOCATION(score_and_write);
    tdm_assessment_free(shared_assessment);
    tdm__text_free(&form);
    tdm_instrument_free(shared_instrument);
}
END_TEST

Suite *score_suite(void)
{
    Suite *suite = suite_create("scores");
    TCase *all = tcase_create("scores");
    tcase_add_loop_test(all, scores_and_says_why, 0, ROWS(cases));
    tcase_add_test(all, writes_every_member);
    tcase_add_test(all, a_condition_is_applied_and_told_once);
    tcase_add_loop_test(all, adds_up_with_bounds, 0, ROWS(tick_cases));
    tcase_add_test(all, a_worse_grade_may_give_a_better_majority);
    tcase_add_test(all, a_total_only_where_the_instrument_has_one);
    tcase_add_loop_test(all, refuses_what_does_not_fit, 0, ROWS(misfits));
    tcase_add_loop_test(all, follows_the_options, 0, ROWS(option_cases));
    tcase_add_test(all, survives_every_failed_allocation);
    suite_add_tcase(suite, all);
    return suite;
}
