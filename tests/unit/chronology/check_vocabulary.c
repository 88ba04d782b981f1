/*
 * The vocabulary: the shipped tables whole, and tables that are wrong in one place each.
 */
#include "chronology/fixture.h"
#include "chronology/suites.h"

#define KINDS    "code,title,opens,closes,ends,while_open,ladder,concern,facts,tolerance_days,incident_group\n"
#define FACTS    "key,type,unit,codes\n"
#define AGENCIES "code,title,group\n"
#define OTHER    "other,Other,,,,,,,\n"

START_TEST(shipped_tables)
{
    const tdm_vocabulary *v = vocabulary();
    const tdm__kind *plan = &v->kinds[kind_index("cp-plan-start")];
    const tdm__kind *referral = &v->kinds[kind_index("referral")];
    uint32_t category = tdm__vocabulary_fact(v, TDM_LIT("category"));
    ck_assert_uint_eq(v->agency_count, 25);
    ck_assert_uint_ge(v->kind_count, 80);
    ck_assert_uint_ge(v->fact_count, 35);
    ck_assert_int_eq(plan->ladder, 5);
    ck_assert_int_eq(plan->closes, TDM_NO_EPISODE);
    ck_assert_int_eq(plan->opens, (int32_t)tdm__vocabulary_episode(v, TDM_LIT("cp-plan")));
    ck_assert_int_eq(v->kinds[kind_index("cp-plan-end")].closes, plan->opens);
    ck_assert(plan->facts >> category & 1);
    ck_assert(!(referral->facts >> category & 1));
    ck_assert(v->kinds[kind_index("strength")].strength && !plan->strength);
    ck_assert(referral->joins && referral->concern && !plan->joins && !plan->concern);
    ck_assert_int_eq(v->kinds[kind_index("note")].ladder, TDM_NO_LADDER);
    ck_assert_uint_eq(v->kind_other, kind_index("other"));
    const tdm__kind *missed = &v->kinds[kind_index("was-not-brought")];
    const tdm__kind *injury = &v->kinds[kind_index("injury")];
    const tdm__kind *emergency = &v->kinds[kind_index("ed-attendance")];
    ck_assert(missed->incident_group == v->kinds[kind_index("appointment-cancelled")].incident_group);
    ck_assert(injury->incident_group == emergency->incident_group &&
              injury->incident_group != missed->incident_group);
    ck_assert_int_eq(missed->tolerance_days, 0);
    ck_assert_int_eq(injury->tolerance_days, 2);
    ck_assert_uint_eq(v->kinds[kind_index("concern")].incident_group, TDM_NO_INDEX);
    ck_assert_int_eq(v->facts[category].type, TDM__FACT_CODE);
    ck_assert_int_eq(v->facts[tdm__vocabulary_fact(v, TDM_LIT("due"))].type, TDM__FACT_DATE);
    ck_assert_uint_eq(tdm__vocabulary_kind(v, TDM_LIT("no such kind")), TDM_NO_INDEX);
    ck_assert_uint_eq(tdm__vocabulary_agency(v, TDM_LIT("")), TDM_NO_INDEX);
}
END_TEST

/* Each kind that opens an episode has one that closes it: an episode that nothing can end would never end. */
START_TEST(what_opens_can_be_closed)
{
    const tdm_vocabulary *v = vocabulary();
    for (size_t i = 0; i < v->kind_count; i++) {
        bool closed = v->kinds[i].opens == TDM_NO_EPISODE;
        for (size_t k = 0; k < v->kind_count; k++)
            closed = closed || v->kinds[k].closes == v->kinds[i].opens;
        ck_assert_msg(closed, "%.*s", TDM_STR_ARGS(v->kinds[i].code));
    }
}
END_TEST

typedef struct wrong_table {
    const char *kinds, *facts, *agencies;
    const char *file;
    int32_t line;
    const char *says;
} wrong_table;

static const wrong_table wrong_tables[] = {
    {KINDS OTHER, FACTS "a,number,,\n", AGENCIES, "vocabulary/facts.csv", 2, "type"},
    {KINDS OTHER, FACTS "a,code,,\nb,code,,\na,count,,\n", AGENCIES, "vocabulary/facts.csv", 4, "twice"},
    {KINDS OTHER, FACTS ",code,,\n", AGENCIES, "vocabulary/facts.csv", 2, "code"},
    {KINDS OTHER, "key,unit,codes\n", AGENCIES, "vocabulary/facts.csv", 1, "heading"},
    {KINDS OTHER, FACTS, AGENCIES "x,X,g\nx,Y,g\n", "vocabulary/agencies.csv", 3, "twice"},
    {KINDS OTHER, FACTS, "", "vocabulary/agencies.csv", -1, "heading"},
    {KINDS OTHER "x,X,,,,,8,,\n", FACTS, AGENCIES, "vocabulary/kinds.csv", 3, "0 to 7"},
    {KINDS OTHER "x,X,,,,,-1,,\n", FACTS, AGENCIES, "vocabulary/kinds.csv", 3, "0 to 7"},
    {KINDS OTHER "x,X,,,,,high,,\n", FACTS, AGENCIES, "vocabulary/kinds.csv", 3, "0 to 7"},
    {KINDS OTHER "x,X,,,,,,,a b\n", FACTS "a,code,,\n", AGENCIES, "vocabulary/kinds.csv", 3, "facts.csv"},
    {KINDS "x,X,,,,,,,\nx,X,,,,,,,\n" OTHER, FACTS, AGENCIES, "vocabulary/kinds.csv", 3, "twice"},
    {KINDS "x,X,,,,,,,\n", FACTS, AGENCIES, "vocabulary/kinds.csv", -1, "'other'"},
    {KINDS OTHER "x,X,,,,,,,,8,g\n", FACTS, AGENCIES, "vocabulary/kinds.csv", 3, "0 to 7 days"},
    {KINDS OTHER "x,X,,,,,,,,-1,g\n", FACTS, AGENCIES, "vocabulary/kinds.csv", 3, "0 to 7 days"},
    {KINDS OTHER "x,X,,,,,,,,0,\n", FACTS, AGENCIES, "vocabulary/kinds.csv", 3, "incident group"},
    {"code,title,opens,closes,ends,while_open,ladder,concern,facts,tolerance_days\n" OTHER, FACTS, AGENCIES,
     "vocabulary/kinds.csv", 1, "heading"},
    {KINDS OTHER "\"x\"y,X,,,,,,,\n", FACTS, AGENCIES, "vocabulary/kinds.csv", 3, ""},
};

START_TEST(wrong_tables_are_refused)
{
    const wrong_table *row = &wrong_tables[_i];
    tdm_vocabulary *v = (tdm_vocabulary *)&v;
    tdm_error error = {0};
    tdm_status status = tdm_vocabulary_parse(&v, &tdm__malloc_allocator, tdm__str(row->kinds),
                                             tdm__str(row->facts), tdm__str(row->agencies), &error);
    ck_assert_int_eq(status, TDM_INVALID_INPUT);
    ck_assert_ptr_null(v);
    ck_assert_str_eq(error.file, row->file);
    if (row->line >= 0)
        ck_assert_int_eq(error.line, row->line);
    ck_assert_msg(strstr(error.message, row->says), "%s", error.message);
    /* the error is not wanted */
    ck_assert_int_eq(tdm_vocabulary_parse(&v, &tdm__malloc_allocator, tdm__str(row->kinds),
                                          tdm__str(row->facts), tdm__str(row->agencies), NULL),
                     TDM_INVALID_INPUT);
}
END_TEST

START_TEST(small_tables_are_enough)
{
    tdm_vocabulary *v;
    tdm_error error;
    ck_assert_int_eq(tdm_vocabulary_parse(&v, &tdm__malloc_allocator,
                                          TDM_LIT(KINDS OTHER "x,X,e,,,joins,7,yes,a\n"),
                                          TDM_LIT(FACTS "a,code,,\n"), TDM_LIT(AGENCIES), &error),
                     TDM_OK);
    ck_assert_uint_eq(v->kind_count, 2);
    ck_assert_uint_eq(v->kinds[1].facts, 1);
    ck_assert_int_eq(v->kinds[1].ladder, 7);
    tdm_vocabulary_free(v);
    tdm_vocabulary_free(NULL);
}
END_TEST

static tdm_status parse_with(const tdm_allocator *allocator)
{
    tdm_vocabulary *v;
    tdm_status status = tdm_vocabulary_parse(
        &v, allocator, TDM_LIT(KINDS OTHER "x,X,e,,,joins,7,yes,a b,3,g\ny,\"Y \"\"z\"\"\",,e,,,,,\n"),
        TDM_LIT(FACTS "a,code,,\nb,list,,\n"), TDM_LIT(AGENCIES "p,P,g\nq,Q,g\n"), NULL);
    tdm_vocabulary_free(v);
    return status;
}

START_TEST(survives_no_memory)
{
    TEST_EVERY_ALLOCATION(parse_with);
}
END_TEST

START_TEST(themes_and_codes)
{
    uint32_t value;
    ck_assert_uint_eq(tdm__theme_count(), 10);
    for (uint32_t i = 0; i < tdm__theme_count(); i++)
        ck_assert_int_eq(tdm__theme_find(tdm__str(tdm__theme_code(i))), (int32_t)i);
    ck_assert_int_eq(tdm__theme_find(TDM_LIT("weather")), -1);
    ck_assert(tdm__yes_no_read(&value, TDM_LIT("no")) && value == TDM__NO);
    ck_assert(tdm__yes_no_read(&value, TDM_LIT("")) && value == TDM__NOT_RECORDED);
    ck_assert(!tdm__yes_no_read(&value, TDM_LIT("No")) && value == 0);
    ck_assert(tdm__polarity_read(&value, TDM_LIT("strength")) && value == TDM__STRENGTH);
    ck_assert(tdm__significance_read(&value, TDM_LIT("high")) && value == TDM__HIGH);
    ck_assert_str_eq(tdm__significance_code(TDM__MEDIUM), "medium");
    ck_assert_str_eq(tdm__polarity_code(99), "");
    ck_assert_str_eq(tdm_answer_code(TDM_POSSIBLE), "possible");
    ck_assert_str_eq(tdm_answer_code(17), "not-assessed");
}
END_TEST

Suite *vocabulary_suite(void)
{
    Suite *suite = suite_create("vocabulary");
    TCase *tests = tcase_create("vocabulary");
    tcase_add_test(tests, shipped_tables);
    tcase_add_test(tests, what_opens_can_be_closed);
    tcase_add_loop_test(tests, wrong_tables_are_refused, 0,
                        (int)(sizeof wrong_tables / sizeof *wrong_tables));
    tcase_add_test(tests, small_tables_are_enough);
    tcase_add_test(tests, survives_no_memory);
    tcase_add_test(tests, themes_and_codes);
    suite_add_tcase(suite, tests);
    return suite;
}
