/*
 * The scorecard of a service: whose children it counts, which period it takes, what it shows to whom, and
 * that no list undoes what it does not show. Figures by hand from fixtures/long-neglect: appointments of 2020
 * to 2024 with an answer are six of LN-1, four of them missed, and three of LN-2, one of them missed.
 */
#include "api/served.h"

#include <stdio.h>
#include <string.h>

#define PERIOD  "\"from\": \"2020-01-01\", \"to\": \"2024-12-31\""
#define OPTIONS ", \"options\": {" PERIOD ", \"measure\": "
#define SHOW    "{\"operation\": \"scorecard.show\"" OPTIONS
#define LIST    "{\"operation\": \"scorecard.list\"" OPTIONS
#define MISSED  "\"was-not-brought\""

static served s;

static void setup(void)
{
    served_open(&s);
}

static void teardown(void)
{
    served_close(&s);
}

/* A number of the answer, or of its first item or figure where `within` names the list; -1: it is not there.
 */
static int64_t number_of(const char *within, const char *name)
{
    int64_t number = -1;
    tdm__json *document = served_json(&s);
    const tdm__json_value *object = tdm__json_root(document);
    if (strcmp(within, "figures") == 0)
        object = tdm__json_first(tdm__json_member(object, "measures"));
    if (within[0])
        object = tdm__json_first(tdm__json_member(object, within));
    const tdm__json_value *value = tdm__json_member(object, name);
    if (value)
        ck_assert(tdm__json_int64(&number, value));
    tdm__json_free(document);
    return number;
}

static size_t items(void)
{
    tdm__json *document = served_json(&s);
    size_t count = tdm__json_count(tdm__json_member(tdm__json_root(document), "items"));
    tdm__json_free(document);
    return count;
}

/* What somebody is shown of the missed appointments, and what is listed. */
static const struct {
    const char *account, *options;
    int64_t numerator, denominator; /* of the figure; -1: not shown */
    bool of_all;
} figures[] = {
    {"ida", "", -1, -1, true},
    {"ida", ", \"threshold\": 10", -1, -1, true},
    {"mo", "", -1, -1, false},
    {"mo", ", \"threshold\": 0", 4, 6, false},
    {"mo", ", \"threshold\": 3", -1, -1, false}, /* the two that were not missed would be worked out */
    {"mo", ", \"threshold\": 2", 4, 6, false},
};

START_TEST(small_figures_are_not_shown)
{
    for (size_t i = 0; i < ROWS(figures); i++) {
        char request[256];
        served_as(&s, figures[i].account);
        snprintf(request, sizeof request, SHOW MISSED "%s}}", figures[i].options);
        served_expect(&s, request, TDM_OK);
        ck_assert_msg(number_of("figures", "numerator") == figures[i].numerator, "%s%s", figures[i].account,
                      figures[i].options);
        ck_assert_int_eq(number_of("figures", "denominator"), figures[i].denominator);
        ck_assert(answer_holds(&s.answer, "all children of the store") == figures[i].of_all);
        ck_assert(!answer_holds(&s.answer, "LN-"));
        ck_assert(!answer_holds(&s.answer, ".csv"));
    }
}
END_TEST

START_TEST(less_than_the_default_is_for_managers)
{
    static const char *const thresholds[] = {"0", "1", "5"};
    served_as(&s, "ida");
    for (size_t i = 0; i < ROWS(thresholds); i++) {
        char request[256];
        snprintf(request, sizeof request, SHOW MISSED ", \"threshold\": %s}}", thresholds[i]);
        served_expect(&s, request, TDM_FORBIDDEN);
        ck_assert_uint_eq(s.answer.text.length, 0);
    }
    served_expect(&s, SHOW MISSED ", \"threshold\": 1001}}", TDM_INVALID_ARG);
}
END_TEST

START_TEST(every_form_is_given)
{
    static const struct {
        const char *format, *type, *part;
    } forms[] = {{"json", "application/json", "\"counted\": \"all children of the store\""},
                 {"csv", "text/csv; charset=utf-8", "recording-lag"},
                 {"html", "text/html; charset=utf-8", "<dt>Counted</dt><dd>all children of the store</dd>"},
                 {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK"}};
    served_as(&s, "ida");
    for (size_t i = 0; i < ROWS(forms); i++) {
        char request[256];
        snprintf(request, sizeof request, SHOW "\"recording-lag\", \"format\": \"%s\"}}", forms[i].format);
        served_expect(&s, request, TDM_OK);
        ck_assert_str_eq(s.reply.media_type, forms[i].type);
        ck_assert(answer_holds(&s.answer, forms[i].part));
        ck_assert(!answer_holds(&s.answer, "LN-"));
        ck_assert(!answer_holds(&s.answer, "health.csv"));
    }
    served_expect(&s, SHOW "\"recording-lag\", \"page\": true}}", TDM_OK);
    ck_assert(answer_holds(&s.answer, "<svg") && answer_holds(&s.answer, "\"headline\""));
    served_expect(&s, SHOW "\"recording-lag\"}}", TDM_OK);
    ck_assert(!answer_holds(&s.answer, "<svg") && !answer_holds(&s.answer, "\"headline\""));
}
END_TEST

/* On the day on the left the financial year that was last over. */
static const struct {
    const char *today, *from, *to;
} years[] = {
    {"2024-10-01", "2023-04-01", "2024-03-31"}, {"2025-01-15", "2023-04-01", "2024-03-31"},
    {"2025-03-31", "2023-04-01", "2024-03-31"}, {"2025-04-01", "2024-04-01", "2025-03-31"},
    {"2024-02-29", "2022-04-01", "2023-03-31"}, {"2024-12-31", "2023-04-01", "2024-03-31"},
};

START_TEST(the_last_financial_year_is_the_default)
{
    for (size_t i = 0; i < ROWS(years); i++) {
        char wanted[96];
        served_as(&s, "ida");
        tdm_day_parse_iso(&s.call.today, tdm__str(years[i].today));
        served_expect(&s, "{\"operation\": \"scorecard.show\", \"options\": {\"measure\": " MISSED "}}",
                      TDM_OK);
        snprintf(wanted, sizeof wanted, "\"from\": \"%s\",\n  \"to\": \"%s\",\n  \"as_of\": \"%s\"",
                 years[i].from, years[i].to, years[i].today);
        ck_assert_msg(answer_holds(&s.answer, wanted), "%s", years[i].today);
    }
    served_expect(&s, "{\"operation\": \"scorecard.show\", \"options\": {\"from\": \"2024-01-01\"}}",
                  TDM_INVALID_ARG);
}
END_TEST

START_TEST(a_manager_is_given_the_children_behind_a_figure)
{
    served_as(&s, "mo");
    served_expect(&s, LIST MISSED "}}", TDM_OK);
    ck_assert_int_eq(number_of("", "entries"), 4);
    ck_assert_int_eq(number_of("", "children"), 1);
    ck_assert_uint_eq(items(), 4);
    ck_assert(answer_holds(&s.answer, "\"child\": \"LN-1\"") && answer_holds(&s.answer, "\"event\": \""));
    ck_assert(answer_holds(&s.answer, "\"occurred\": \"24/06/2021\"") == false); /* was brought */
    ck_assert(answer_holds(&s.answer, "11/05/2021"));
    ck_assert(!answer_holds(&s.answer, "LN-2"));
    served_expect(&s, LIST MISSED ", \"of\": \"denominator\", \"limit\": 5}}", TDM_OK);
    ck_assert_int_eq(number_of("", "entries"), 6);
    ck_assert_uint_eq(items(), 5);
    ck_assert(answer_holds(&s.answer, "\"next\": \"5\""));
    served_expect(&s, LIST MISSED ", \"of\": \"denominator\", \"limit\": 5, \"cursor\": \"5\"}}", TDM_OK);
    ck_assert_uint_eq(items(), 1);
    ck_assert(answer_holds(&s.answer, "\"next\": null"));
    served_expect(&s, LIST MISSED ", \"by\": \"agency\", \"group\": \"not-recorded\"}}", TDM_OK);
    ck_assert_int_eq(number_of("", "entries"), 0);
    served_expect(&s, LIST MISSED ", \"by\": \"agency\", \"group\": \"no-such\"}}", TDM_INVALID_ARG);
    served_expect(&s, LIST MISSED ", \"line\": \"no-such\"}}", TDM_INVALID_ARG);
    served_expect(&s, LIST MISSED ", \"cursor\": \"x\"}}", TDM_INVALID_ARG);
    served_as(&s, "sue");
    served_expect(&s, LIST MISSED "}}", TDM_OK);
    ck_assert_uint_eq(items(), 0);
    ck_assert(!answer_holds(&s.answer, "LN-"));
}
END_TEST

/* 148 entries are behind the lag, and the figure is shown: but they are two children's. */
static const char *const suppressed[] = {
    LIST MISSED "}}",
    LIST MISSED ", \"of\": \"denominator\"}}",
    LIST "\"recording-lag\"}}",
    LIST "\"recording-lag\", \"line\": \"31-90\"}}",
    LIST "\"recording-lag\", \"of\": \"left-out\"}}",
};

START_TEST(no_list_undoes_what_is_not_shown)
{
    char token[TDM__TOKEN_SIZE];
    for (size_t i = 0; i < ROWS(suppressed); i++) {
        served_as(&s, "ida");
        served_expect(&s, suppressed[i], TDM_OK);
        ck_assert_msg(answer_holds(&s.answer, "\"suppressed\": true"), "%s", suppressed[i]);
        ck_assert_int_eq(number_of("", "entries"), -1);
        ck_assert_uint_eq(items(), 0);
        ck_assert(!answer_holds(&s.answer, "LN-"));
    }
    /* A program of a manager's whose token lets it read no case. */
    served_as(&s, "");
    served_token(&s, token, "mo", TDM_LIT("caseload:read rules:read"));
    s.call.token = tdm__str(token);
    served_expect(&s, LIST MISSED "}}", TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"suppressed\": true") && answer_holds(&s.answer, "\"names\": false"));
    served_expect(&s, SHOW MISSED ", \"threshold\": 0}}", TDM_FORBIDDEN);
}
END_TEST

/* The trail says which measure was listed, before anything of it leaves. */
START_TEST(a_list_stands_in_the_trail)
{
    served_as(&s, "mo");
    served_expect(&s, LIST MISSED "}}", TDM_OK);
    ck_assert_uint_gt(s.reply.audit_number, 0);
    served_as(&s, "eve");
    served_expect(&s, "{\"operation\": \"audit.list\", \"options\": {\"object\": \"was-not-brought\"}}",
                  TDM_OK);
    ck_assert_uint_eq(items(), 1);
    ck_assert(answer_holds(&s.answer, "scorecard.list") && answer_holds(&s.answer, "\"measure\""));
}
END_TEST

START_TEST(measures_are_told)
{
    served_as(&s, "rex");
    served_expect(&s, "{\"operation\": \"measures.list\"}", TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"id\": \"was-not-brought\""));
    served_expect(&s, "{\"operation\": \"measures.show\", \"options\": {\"id\": " MISSED "}}", TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"definition\""));
    served_expect(&s, "{\"operation\": \"measures.show\", \"options\": {\"id\": \"no-such\"}}",
                  TDM_NOT_FOUND);
}
END_TEST

Suite *card_suite(void)
{
    Suite *suite = suite_create("scorecard of a service");
    TCase *tests = tcase_create("card");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, small_figures_are_not_shown);
    tcase_add_test(tests, less_than_the_default_is_for_managers);
    tcase_add_test(tests, every_form_is_given);
    tcase_add_test(tests, the_last_financial_year_is_the_default);
    tcase_add_test(tests, a_manager_is_given_the_children_behind_a_figure);
    tcase_add_test(tests, no_list_undoes_what_is_not_shown);
    tcase_add_test(tests, a_list_stands_in_the_trail);
    tcase_add_test(tests, measures_are_told);
    suite_add_tcase(suite, tests);
    return suite;
}
