/*
 * A score in words: every reason and every kind of flag, the day of the next one, lists of codes.
 */
#include <string.h>

#include "instrument/fixture.h"
#include "instrument/words.h"

typedef struct lines_case {
    const char *items, *more;
    const char *said[4]; /* whole lines, in order; NULL behind the last */
} lines_case;

/* Of `fixture_grades`: X1c is flagged from 3 on, "calm" gives X1 the result of X2, half must be graded. */
static const lines_case lines_cases[] = {
    {"\"X1c\":3,\"X2\":2",
     "",
     {"\n  Y      Second                       not assessed: nothing in it was graded  [0 scored, 0 not "
      "seen, 0 not "
      "applicable, 2 not recorded]\n",
      "\n  Flag: X1c c is 3: matters alone.\n", "\n  Area X is graded 2", NULL}},
    {"\"X1a\":1,\"X2\":2",
     ",\"status\":\"draft\",\"conditions\":[\"calm\"]",
     {"\n  Flag: X1 Of three takes the result of X2 Direct, by the condition calm.\n",
      "\n  Flag: the assessment is a draft.\n", NULL}},
    {"\"X9\":1,\"X1a\":7,\"X1b\":\"soon\"",
     ",\"recorded\":\"soon\",\"age_band\":\"old\"",
     {"\n  Flag: X1b b: it could not be read and is left out.\n"
      "  Flag: the form names no age band of the instrument, so that nothing is left out for age.\n"
      "  Flag: X9: the entry does not fit the instrument and is left out.\n"
      "  Flag: X1a a: the entry does not fit the instrument and is left out.\n",
      NULL}},
    {"\"Y1a\":\"not-applicable\",\"Y1b\":\"not-applicable\",\"X1a\":1",
     "",
     {"\n  Y      Second                       not assessed: nothing in it applies  [", NULL}},
};

static tdm__text score_lines(const tdm_instrument *instrument, const char *items, const char *more)
{
    tdm_assessment_options reading = {.struct_size = sizeof reading, .lenient = true};
    tdm_score_options scoring = {.struct_size = sizeof scoring, .lenient = true};
    tdm__text form, out;
    tdm_assessment *assessment;
    tdm_score *score;
    fixture_form(&form, tdm_instrument_id(instrument).data, items, more);
    ck_assert_int_eq(tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__text_str(&form),
                                         TDM_LIT("f.json"), 1, &reading, NULL),
                     TDM_OK);
    ck_assert_int_eq(tdm_score_make(&score, &tdm__malloc_allocator, assessment, instrument, &scoring, NULL),
                     TDM_OK);
    tdm_assessment_free(assessment);
    tdm__text_free(&form);
    tdm__text_init(&out, &tdm__malloc_allocator);
    tdm__score_text(&out, score);
    ck_assert(!out.failed);
    tdm_score_free(score);
    return out;
}

START_TEST(says_what_is_missing_and_what_is_flagged)
{
    const lines_case *row = &lines_cases[_i];
    tdm_instrument *instrument;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    tdm__text out = score_lines(instrument, row->items, row->more);
    const char *at = out.data;
    for (int i = 0; i < ROWS(row->said) && row->said[i]; i++) {
        at = strstr(at, row->said[i]);
        ck_assert_msg(at != NULL, "%s is not in %s", row->said[i], out.data);
    }
    tdm__text_free(&out);
    tdm_instrument_free(instrument);
}
END_TEST

typedef struct due_case {
    tdm_span span;
    const char *json;
    const char *line; /* NULL: none */
} due_case;

/* From 5 March 2024: March has 26 days left, and April 30; months come back to the 5th. */
static const due_case due_cases[] = {
    {{TDM_SPAN_DAYS, 0}, "\"next_due\":null", NULL},
    {{TDM_SPAN_DAYS, 56}, "\"next_due\":\"2024-04-30\"", "  Next due: 30 April 2024 (56 days after)\n"},
    {{TDM_SPAN_DAYS, 1}, "\"next_due\":\"2024-03-06\"", "  Next due: 6 March 2024 (1 day after)\n"},
    {{TDM_SPAN_MONTHS, 3}, "\"next_due\":\"2024-06-05\"", "  Next due: 5 June 2024 (3 months after)\n"},
    {{TDM_SPAN_WORKING_DAYS, 20}, "\"next_due\":null", "  Next due: 20 working days after\n"},
};

START_TEST(says_when_the_next_one_is_due)
{
    const due_case *row = &due_cases[_i];
    tdm_instrument *instrument;
    tdm__text json;
    ck_assert_int_eq(fixture_ticks(&instrument, &tdm__malloc_allocator, "sum"), TDM_OK);
    instrument->review_after = row->span;
    tdm_score *score = fixture_score(instrument, "\"N1\":1", "");
    tdm__text_init(&json, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm_score_write(score, tdm__text_sink(&json), 0), TDM_OK);
    ck_assert_msg(strstr(json.data, row->json) != NULL, "%s", json.data);
    tdm__text out = score_lines(instrument, "\"N1\":1", "");
    if (row->line)
        ck_assert_msg(strstr(out.data, row->line) != NULL, "%s", out.data);
    else
        ck_assert_ptr_null(strstr(out.data, "Next due"));
    tdm_score_free(score);
    tdm__text_free(&json);
    tdm__text_free(&out);
    tdm_instrument_free(instrument);
}
END_TEST

START_TEST(a_long_list_of_codes_ends_with_dots)
{
    tdm__code_list list = "", alone = "", long_code = "";
    for (int i = 0; i < 100; i++)
        tdm__code_list_add(list, TDM_LIT("A1a"));
    ck_assert_uint_lt(strlen(list), sizeof list);
    ck_assert_uint_gt(strlen(list), sizeof list - 12);
    ck_assert_int_eq(strncmp(list, "A1a, A1a, ", 10), 0);
    ck_assert_str_eq(list + strlen(list) - 8, "A1a, ...");
    tdm__code_list_add(alone, TDM_LIT("A1a"));
    ck_assert_str_eq(alone, "A1a");
    memset(long_code, 'x', sizeof long_code - 1);
    tdm_str code = {long_code, sizeof long_code - 1};
    *alone = '\0';
    tdm__code_list_add(alone, code);
    ck_assert_str_eq(alone, "...");
}
END_TEST

Suite *words_suite(void)
{
    Suite *suite = suite_create("words");
    TCase *all = tcase_create("words");
    tcase_add_loop_test(all, says_what_is_missing_and_what_is_flagged, 0, ROWS(lines_cases));
    tcase_add_loop_test(all, says_when_the_next_one_is_due, 0, ROWS(due_cases));
    tcase_add_test(all, a_long_list_of_codes_ends_with_dots);
    suite_add_tcase(suite, all);
    return suite;
}
