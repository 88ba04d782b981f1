/*
 * What a measure needs of the returns: kinds, facts, declared time; and what a reader is told of it.
 */
#include "engine/card.h"

#include <string.h>

#define CSC  "childrens-social-care"
#define YEAR "2023-04-01", "2024-03-31"

/* A measure that needs up to two kinds of `any`, one of `all` and the fact no_further_action of referrals or
 * of their outcomes. */
typedef struct needs {
    const char *any[2], *all;
    bool fact;
} needs;

static uint32_t any_kinds[2], all_kind;
static tdm__need_part parts[2];
static tdm__need fact_need;

static void set_needs(card *c, const needs *told)
{
    uint32_t fact = tdm__vocabulary_fact(world_vocabulary(), TDM_LIT("no_further_action"));
    for (size_t i = 0; i < 2 && told->any[i]; i++)
        any_kinds[c->measure.any_count++] = world_kind(told->any[i]);
    c->measure.any = any_kinds;
    if (told->all)
        all_kind = world_kind(told->all);
    c->measure.all = &all_kind;
    c->measure.all_count = told->all != NULL;
    parts[0] = (tdm__need_part){world_kind("referral"), fact};
    parts[1] = (tdm__need_part){world_kind("referral-outcome"), fact};
    fact_need = (tdm__need){.any = parts, .any_count = 2, .when = TDM_NO_INDEX};
    c->measure.parts = &fact_need;
    c->measure.part_count = told->fact;
}

#define CONTACT  "\"Contact to the front door\""
#define REFERRAL "\"Referral to children's social care\""
#define HELD     " the returns hold some entries alone, such as the latest"
#define OUTCOME  "\"Outcome of a referral\""

START_TEST(what_no_return_could_hold_is_named)
{
    static const struct {
        needs needs;
        const char *const carried[1][3];
        const char *words; /* NULL: it is asked */
    } rows[] = {
        {{{NULL}, NULL, false}, {{"visit"}}, NULL},
        {{{"contact"}, NULL, false}, {{"contact"}}, NULL},
        {{{"contact"}, NULL, false}, {{"visit"}}, "no return could hold " CONTACT},
        {{{"contact", "referral"}, NULL, false}, {{"referral"}}, NULL},
        {{{"contact", "referral"}, NULL, false},
         {{"visit"}},
         "no return could hold " CONTACT " or " REFERRAL},
        {{{"contact"}, "referral", false}, {{"contact"}}, "no return could hold " REFERRAL},
        {{{"contact"}, "referral", false}, {{"visit"}}, "no return could hold " CONTACT "; nor " REFERRAL},
        {{{NULL}, NULL, true}, {{"referral.no_further_action"}}, NULL},
        {{{NULL}, NULL, true}, {{"referral-outcome.no_further_action"}}, NULL},
        {{{NULL}, NULL, true},
         {{"referral"}},
         "no return could hold no_further_action of " REFERRAL " or no_further_action of " OUTCOME},
        {{{"contact", "referral"}, NULL, false}, {{"~contact", "referral"}}, NULL},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        card c;
        static const world_source source = {.agency = CSC};
        card_prepare(&c, &(world_case){.sources = &source, .source_count = 1, .carried = rows[i].carried});
        set_needs(&c, &rows[i].needs);
        ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
        card_same(c.out.words, rows[i].words ? rows[i].words : "");
        ck_assert_int_eq(c.out.reason != NULL, rows[i].words != NULL);
        card_answer_counts(&c, 0, (const int64_t[]){9}, 1);
        ck_assert_int_eq(card_finish(&c), TDM_OK);
        const tdm__card_figure *figure = card_figure(&c, 0, 0, -1);
        ck_assert_int_eq(figure->status, rows[i].words ? TDM__FIGURE_NOT_ASSESSED : TDM__FIGURE_GIVEN);
        ck_assert_int_eq(figure->numerator, rows[i].words ? -1 : 9);
        if (rows[i].words) {
            ck_assert_str_eq(figure->reason, "no-data");
            card_same(figure->words, rows[i].words);
        }
        card_close(&c);
    }
}
END_TEST

/* A need that a parameter decides about: referrals always, closings where they are what is counted from. */
START_TEST(a_parameter_decides_whether_it_is_needed)
{
    static const tdm_str from_closings[] = {{"closure", 7}, {"closure-183-days", 16}};
    static const struct {
        const char *anchor;
        const char *const carried[1][3];
        const char *words; /* NULL: it is asked */
    } rows[] = {
        {"referral", {{"referral"}}, NULL},
        {"closure", {{"referral", "case-closure"}}, NULL},
        {"closure", {{"referral"}}, "no return could hold \"Case closed\""},
        {"closure-183-days", {{"referral"}}, "no return could hold \"Case closed\""},
        {"closure", {{"referral", "~case-closure"}}, "of \"Case closed\"" HELD},
        {"referral", {{"referral", "~case-closure"}}, NULL},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        card c;
        static const world_source source = {.agency = CSC};
        static const needs told = {{"referral"}, NULL, false};
        card_prepare(&c, &(world_case){.sources = &source, .source_count = 1, .carried = rows[i].carried});
        tdm__need_part closing = {world_kind("case-closure"), TDM_NO_INDEX};
        tdm__need need = {
            .any = &closing, .any_count = 1, .when = 0, .choices = from_closings, .choice_count = 2};
        tdm__param_value anchor = {.type = TDM__PARAM_CHOICE, .choice = tdm__str(rows[i].anchor)};
        set_needs(&c, &told);
        c.measure.parts = &need;
        c.measure.part_count = 1;
        c.values = &anchor;
        ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
        card_same(c.out.words, rows[i].words ? rows[i].words : "");
        ck_assert_msg((c.out.reason != NULL) == (rows[i].words != NULL), "row %zu", i);
        card_close(&c);
    }
}
END_TEST

/* What is held in part would be counted too low. */
START_TEST(what_is_held_in_part_alone_is_not_assessed)
{
    static const struct {
        needs needs;
        const char *const carried[2][3];
        const char *words; /* NULL: it is asked */
    } rows[] = {
        {{{"contact"}, NULL, false}, {{"~contact"}, {"visit"}}, "of " CONTACT HELD},
        {{{"contact"}, NULL, false}, {{"~contact"}, {"contact"}}, NULL},
        {{{NULL}, "contact", false}, {{"~contact"}, {"visit"}}, "of " CONTACT HELD},
        {{{"contact", "referral"}, NULL, false},
         {{"~contact"}, {"~referral"}},
         "of " CONTACT " and " REFERRAL HELD},
        {{{"contact", "referral"}, NULL, false}, {{"~contact"}, {"referral"}}, NULL},
        {{{"contact"}, "referral", false}, {{"contact"}, {"~referral"}}, "of " REFERRAL HELD},
        {{{NULL}, NULL, true}, {{"~referral.no_further_action"}, {"visit"}}, "of " REFERRAL HELD},
        /* All referrals, and of some the fact. */
        {{{NULL}, NULL, true}, {{"~referral.no_further_action"}, {"referral"}}, "of " REFERRAL HELD},
        {{{NULL}, NULL, true},
         {{"~referral.no_further_action"}, {"referral-outcome.no_further_action"}},
         NULL},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        card c;
        static const world_source sources[] = {{.agency = CSC}, {.agency = "police"}};
        card_prepare(&c, &(world_case){.sources = sources, .source_count = 2, .carried = rows[i].carried});
        set_needs(&c, &rows[i].needs);
        ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
        ck_assert_msg((c.out.reason != NULL) == (rows[i].words != NULL), "row %zu", i);
        if (rows[i].words) {
            ck_assert_str_eq(c.out.reason, "in-part");
            ck_assert_str_eq(c.work.reasons[0], "in-part");
            card_same(c.out.words, rows[i].words);
        }
        card_close(&c);
    }
}
END_TEST

START_TEST(a_replaced_return_holds_nothing)
{
    static const char *const carried[][3] = {{"contact"}, {"visit"}};
    static const world_source sources[] = {{.agency = CSC}, {.agency = CSC}};
    for (int replaced = 0; replaced < 2; replaced++) {
        card c;
        card_prepare(
            &c, &(world_case){
                    .sources = sources, .source_count = 2, .carried = carried, .replaced = replaced != 0});
        set_needs(&c, &(needs){{"contact"}, NULL, false});
        ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
        ck_assert_int_eq(c.out.reason != NULL, replaced);
        card_close(&c);
    }
}
END_TEST

START_TEST(prompts_need_a_worklist)
{
    for (int has = 0; has < 2; has++) {
        card c;
        card_prepare(&c, NULL);
        c.measure.needs_prompts = true;
        c.options.has_prompts = has != 0;
        ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
        ck_assert_int_eq(c.out.reason != NULL, !has);
        if (!has)
            ck_assert_str_eq(c.out.reason, "no-prompts");
        card_close(&c);
    }
}
END_TEST

#define UNDECLARED "Not every return declares which time it covers: nobody can say whether all is there."
#define PARTLY     "The returns of Police do not cover all of the period."

/* Of contacts from 1 April 2023 to 31 March 2024, by quarter. `asked`: of the whole and each quarter. */
static const struct {
    world_source sources[3];
    size_t source_count;
    const char *asked;
    const char *note;
} coverages[] = {
    {{{CSC, "contact", NULL, NULL}}, 1, "yyyyy", UNDECLARED},
    {{{CSC, "contact", YEAR}}, 1, "yyyyy", NULL},
    {{{CSC, "contact", "2023-04-02", "2024-03-31"}}, 1, "nnyyy", NULL},
    {{{CSC, "contact", "2023-04-01", "2024-03-30"}}, 1, "nyyyn", NULL},
    /* One return after the other leaves no gap. */
    {{{CSC, "contact", "2023-10-01", "2024-05-01"}, {CSC, "contact", "2023-01-01", "2023-09-30"}},
     2,
     "yyyyy",
     NULL},
    {{{CSC, "contact", "2023-10-01", "2024-05-01"}, {CSC, "contact", "2023-01-01", "2023-09-29"}},
     2,
     "nynyy",
     NULL},
    /* Two agencies fill no gap of each other's. */
    {{{CSC, "contact", "2023-10-01", "2024-03-31"}, {"police", "contact", "2023-01-01", "2023-09-30"}},
     2,
     "nyyyy",
     NULL},
    {{{CSC, "contact", YEAR}, {"police", "contact", "2023-01-01", "2023-09-30"}}, 2, "yyyyy", PARTLY},
    /* What a return covers that could hold no contact is no matter. */
    {{{CSC, "visit", YEAR}, {"police", "contact", "2023-04-01", "2023-06-30"}}, 2, "nynnn", NULL},
    /* One that declares nothing may hold it. */
    {{{CSC, "contact", NULL, NULL}, {"police", "contact", "2023-04-01", "2023-06-30"}},
     2,
     "yyyyy",
     UNDECLARED},
};

START_TEST(a_period_that_is_not_covered_is_not_asked)
{
    card c;
    card_prepare(&c,
                 &(world_case){.sources = coverages[_i].sources, .source_count = coverages[_i].source_count});
    set_needs(&c, &(needs){{"contact"}, NULL, false});
    c.options.by_period = TDM_LIT("quarter");
    c.options.trend_quarters = 4;
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    ck_assert_ptr_null(c.out.reason);
    for (size_t p = 0; p < 5; p++) {
        bool asked = coverages[_i].asked[p] == 'y';
        ck_assert_msg((c.work.reasons[p] == NULL) == asked, "period %zu", p);
        if (!asked)
            ck_assert_str_eq(c.work.reasons[p], "not-covered");
        if (p > 0)
            ck_assert_ptr_eq(c.work.reasons[p], c.work.reasons[4 + p]);
    }
    ck_assert_uint_eq(c.out.note_count, coverages[_i].note != NULL);
    if (coverages[_i].note)
        ck_assert(card_notes(&c, coverages[_i].note));
    card_close(&c);
}
END_TEST

/* Days after the as-of day need not be covered yet. */
START_TEST(coverage_reaches_to_the_as_of_day)
{
    static const world_source source = {CSC, "contact", "2023-04-01", "2023-12-31"};
    card c;
    card_prepare(&c, &(world_case){.sources = &source, .source_count = 1});
    set_needs(&c, &(needs){{"contact"}, NULL, false});
    c.options.as_of = world_day("2023-12-31");
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    ck_assert_ptr_null(c.work.reasons[0]);
    card_answer_counts(&c, 0, (const int64_t[]){1}, 1);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_uint_eq(c.making.card->note_count, 1);
    card_same(c.making.card->notes[0],
              "The period ends after 31 December 2023, the day as of which it is counted: "
              "what came later is not in it.");
    card_close(&c);
}
END_TEST

START_TEST(an_agency_that_does_not_cover_the_period_has_no_figure)
{
    static const world_source sources[] = {{CSC, "contact", YEAR},
                                           {"police", "contact", "2023-04-01", "2023-06-30"}};
    card c;
    card_prepare(&c, &(world_case){.sources = sources, .source_count = 2});
    set_needs(&c, &(needs){{"contact"}, NULL, false});
    c.options.by = TDM__BY_AGENCY;
    c.names[0] = TDM_LIT(CSC);
    c.names[1] = TDM_LIT("police");
    c.groups.count = 2;
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    card_answer_counts(&c, 0, (const int64_t[]){8, 0}, 2);
    ck_assert_int_eq(card_finish(&c), TDM_OK);
    ck_assert_int_eq(card_figure(&c, 0, 0, -1)->numerator, 8);
    ck_assert_int_eq(card_figure(&c, 0, 1, -1)->numerator, 8);
    ck_assert_int_eq(card_figure(&c, 0, 2, -1)->status, TDM__FIGURE_NOT_ASSESSED);
    ck_assert_str_eq(card_figure(&c, 0, 2, -1)->reason, "not-covered");
    card_close(&c);
}
END_TEST

START_TEST(kinds_held_in_part_are_told)
{
    static const char *const carried[][3] = {{"~contact", "~visit", "referral"}};
    static const world_source source = {.agency = CSC};
    card c;
    card_prepare(&c, &(world_case){.sources = &source, .source_count = 1, .carried = carried});
    set_needs(&c, &(needs){{"contact", "referral"}, NULL, false});
    ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
    ck_assert(card_notes(&c, "Of " CONTACT
                             " the returns hold some entries alone, such as the latest; there may be more."));
    card_close(&c);
}
END_TEST

START_TEST(a_look_back_beyond_the_record_is_told)
{
    static const struct {
        const char *row, *kind;
        tdm_span back;
        const char *note; /* NULL: none */
    } rows[] = {
        {"2022-04-01", "contact", {TDM_SPAN_MONTHS, 12}, NULL},
        {"2022-04-02",
         "contact",
         {TDM_SPAN_MONTHS, 12},
         "It looks back to 1 April 2022, and the record begins on 2 April 2022: what came before is not "
         "known."},
        {"2022-04-02", "contact", {TDM_SPAN_DAYS, 364}, NULL},
        {"2022-01-01",
         "visit",
         {TDM_SPAN_MONTHS, 12},
         "It looks back to 1 April 2022, and there is no entry that it could look back on."},
        {"2023-05-01", "contact", {TDM_SPAN_MONTHS, 0}, NULL},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        static const world_source source = {CSC, "contact", NULL, NULL};
        world_row row = {rows[i].row, NULL, rows[i].kind, NULL, 0};
        card c;
        card_prepare(&c, &(world_case){.sources = &source, .source_count = 1, .rows = &row, .row_count = 1});
        set_needs(&c, &(needs){{"contact"}, NULL, false});
        c.measure.looks_back = rows[i].back;
        ck_assert_int_eq(card_begin(&c, NULL), TDM_OK);
        ck_assert_uint_eq(c.out.note_count, 1 + (rows[i].note != NULL));
        if (rows[i].note)
            ck_assert_msg(card_notes(&c, rows[i].note), "%.*s", TDM_STR_ARGS(c.out.notes[1]));
        card_close(&c);
    }
}
END_TEST

Suite *scorecard_needs_suite(void)
{
    Suite *suite = suite_create("scorecard_needs");
    TCase *tests = tcase_create("needs");
    tcase_add_test(tests, what_no_return_could_hold_is_named);
    tcase_add_test(tests, a_parameter_decides_whether_it_is_needed);
    tcase_add_test(tests, what_is_held_in_part_alone_is_not_assessed);
    tcase_add_test(tests, a_replaced_return_holds_nothing);
    tcase_add_test(tests, prompts_need_a_worklist);
    tcase_add_loop_test(tests, a_period_that_is_not_covered_is_not_asked, 0, (int)ROWS(coverages));
    tcase_add_test(tests, coverage_reaches_to_the_as_of_day);
    tcase_add_test(tests, an_agency_that_does_not_cover_the_period_has_no_figure);
    tcase_add_test(tests, kinds_held_in_part_are_told);
    tcase_add_test(tests, a_look_back_beyond_the_record_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
