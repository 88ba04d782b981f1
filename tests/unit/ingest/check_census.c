/*
 * The children-in-need census: our own fixtures with every oddity at its line, the public samples
 * where they are at hand, and XML that must be refused.
 */
#include "ingest/gathered.h"
#include "ingest/suites.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Worked out from fixtures/census-2024/README.md, in the order in which a child is read. */
static const char told_2024[] = "6 year-differs Year\n"
                                "125 stray-text ChildIdentifiers\n"
                                "133 code-unknown ReferralSource\n"
                                "134 element-unknown LocalTeam\n"
                                "142 code-unknown AssessmentFactors\n"
                                "126 code-of-other-years Sex\n"
                                "132 date-not-read CINreferralDate\n"
                                "139 ends-before-start AssessmentAuthorisationDate\n"
                                "145 factors-missing AssessmentFactors\n"
                                "147 after-reference-date AssessmentAuthorisationDate\n"
                                "155 fact-not-read NumberOfPreviousCPP\n"
                                "156 row-without-event Reviews\n"
                                "160 child-missing LAchildID\n";

START_TEST(the_2024_fixture_is_read_whole)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "fixtures/census-2024/census.xml", ""), TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), told_2024);
    ck_assert_str_eq(gathered_account(&g, 0), "18 16 2");
    const char *events = gathered_events(&g);
    ck_assert_ptr_nonnull(strstr(events, "C24-001 2023-11-20 referral childrens-social-care 44 "
                                         "referral_source=3B primary_need=N1 no_further_action=no\n"));
    ck_assert_ptr_nonnull(strstr(events, "C24-002 2022-10-24 icpc childrens-social-care 68 "
                                         "due=2022-10-26 not_required=no\n"));
    ck_assert_ptr_nonnull(strstr(events, "C24-002 2024-01-09 cp-plan-start childrens-social-care 86 "
                                         "category=neglect previous_plans=1\n"));
    ck_assert_ptr_nonnull(strstr(events, "C24-004 2023-12-20 assessment-end childrens-social-care 137 "
                                         "factors=16A ZZ\n"));
    ck_assert_ptr_nonnull(strstr(events, "C24-004 undated referral childrens-social-care 131 "
                                         "+occurred_as_written:2024-02-30"));
    /* Once each: the conference told twice, the five reviews, the plans without an end. */
    ck_assert_int_eq(gathered_kind_count(&g, "icpc"), 1);
    ck_assert_int_eq(gathered_kind_count(&g, "cp-review"), 5);
    ck_assert_int_eq(gathered_kind_count(&g, "cp-plan-start"), 4);
    ck_assert_int_eq(gathered_kind_count(&g, "cp-plan-end"), 1);
    gathered_free(&g);
}
END_TEST

START_TEST(the_2019_fixture_is_read_whole)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "fixtures/census-2019/census.xml", ""), TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), "19 date-impossible ExpectedPersonBirthDate\n"
                                                     "81 code-unknown ReferralSource\n"
                                                     "74 date-impossible PersonDeathDate\n"
                                                     "85 ends-before-start CINPlanEndDate\n");
    ck_assert_str_eq(gathered_account(&g, 0), "10 10 0");
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    const tdm__child *unborn = tdm__chronology_child(g.chronology, 1);
    tdm_day expected;
    ck_assert(tdm_day_from_civil(&expected, 2019, 6, 17));
    ck_assert_int_eq(unborn->expected.from, expected);
    ck_assert_int_eq(unborn->born.from, TDM_DAY_BEFORE_ALL);
    ck_assert(tdm__str_equal(tdm__chronology_child(g.chronology, 0)->sex, TDM_LIT("M")));
    ck_assert(tdm__str_equal(unborn->sex, TDM_LIT("U")));
    gathered_free(&g);
}
END_TEST

START_TEST(starts_and_ends_are_tied)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "fixtures/census-2019/census.xml", ""), TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    ck_assert(tdm__str_equal(gathered_episode(&g, "referral", 0), gathered_episode(&g, "case-closure", 0)));
    ck_assert(!tdm__str_equal(gathered_episode(&g, "referral", 0), gathered_episode(&g, "referral", 1)));
    ck_assert_uint_gt(gathered_episode(&g, "referral", 1).length, 0);
    /* No further action without a closure opened no case. */
    ck_assert_uint_eq(gathered_episode(&g, "referral", 2).length, 0);
    ck_assert(
        tdm__str_equal(gathered_episode(&g, "cin-plan-start", 0), gathered_episode(&g, "cin-plan-end", 0)));
    gathered_free(&g);
}
END_TEST

START_TEST(reading_twice_changes_nothing)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "fixtures/census-2019/census.xml", ""), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "fixtures/census-2019/census.xml", ""), TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    ck_assert_uint_eq(tdm_chronology_event_count(g.chronology), 14);
    gathered_free(&g);
}
END_TEST

#define ONE_CASE(closure, flag)                                                                              \
    "<Message><Children><Child><ChildIdentifiers><LAchildID>A</LAchildID></ChildIdentifiers><CINdetails>"    \
    "<CINreferralDate>2023-01-09</CINreferralDate>" closure "<ReferralNFA>" flag                             \
    "</ReferralNFA></CINdetails></Child></Children></Message>"

/* However each of them writes a flag. */
START_TEST(two_years_of_one_case_meet)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "2023.xml", ONE_CASE("", "0"), ""), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "2024.xml",
                                      ONE_CASE("<CINclosureDate>2023-06-01</CINclosureDate>", "false"), ""),
                     TDM_OK);
    ck_assert_str_eq(gathered_events(&g),
                     "A 2023-01-09 referral childrens-social-care 1 no_further_action=no\n"
                     "A 2023-06-01 case-closure childrens-social-care 1\n");
    ck_assert(tdm__str_equal(gathered_episode(&g, "referral", 0), gathered_episode(&g, "case-closure", 0)));
    gathered_free(&g);
}
END_TEST

typedef struct bad_xml {
    const char *xml;
    tdm_status status;
    int line;
} bad_xml;

static const bad_xml bad_xmls[] = {
    {"<?xml version=\"1.0\"?>\n<!DOCTYPE Message [<!ENTITY a \"b\">]>\n<Message>&a;</Message>",
     TDM_INVALID_INPUT, 2},
    {"<!DOCTYPE Message SYSTEM \"file:///etc/hostname\">\n<Message/>", TDM_INVALID_INPUT, 1},
    {"<Message>\n<Header>", TDM_INVALID_INPUT, 2},
    {"<Message>\n<Children></Message>", TDM_INVALID_INPUT, 2},
    {"<Message>\n&nothing;</Message>", TDM_INVALID_INPUT, 2},
    {"<Message>\n<Children>\x81</Children></Message>", TDM_ENCODING, 2}, /* has no meaning in Windows-1252 */
    {"<?xml version=\"1.0\" encoding=\"UTF-7\"?>\n<Message>", TDM_ENCODING, 1},
    {"<Messages/>", TDM_UNSUPPORTED, 1},
};

START_TEST(bad_xml_is_refused)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "c.xml", bad_xmls[_i].xml, ""), bad_xmls[_i].status);
    ck_assert_str_eq(g.error.file, "c.xml");
    ck_assert_int_eq(g.error.line, bad_xmls[_i].line);
    gathered_free(&g);
}
END_TEST

typedef struct encoded {
    const char *declaration;
    const char *told;
} encoded;

static const encoded encodeds[] = {
    {"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", ""},
    {"<?xml version='1.0' encoding='windows-1252'?>", ""},
    {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "1 encoding-assumed \n"},
    {"", "1 encoding-assumed \n"},
};

START_TEST(old_encodings_are_read)
{
    char xml[512];
    gathered g;
    snprintf(xml, sizeof xml,
             "%s<Message><Children><Child><ChildIdentifiers><LAchildID>Zo\xe9</LAchildID></ChildIdentifiers>"
             "<CINdetails><CINreferralDate>2024-01-02</CINreferralDate></CINdetails></Child></Children>"
             "</Message>",
             encodeds[_i].declaration);
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "c.xml", xml, ""), TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), encodeds[_i].told);
    ck_assert_str_eq(gathered_events(&g), "Zo\xc3\xa9 2024-01-02 referral childrens-social-care 1\n");
    gathered_free(&g);
}
END_TEST

START_TEST(deep_nesting_ends_the_reading)
{
    gathered g;
    tdm__text xml;
    tdm__text_init(&xml, &tdm__malloc_allocator);
    tdm__text_puts(&xml, "<Message>");
    for (int i = 0; i < 100; i++)
        tdm__text_puts(&xml, "<x>");
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "c.xml", xml.data, ""), TDM_TOO_LARGE);
    tdm__text_free(&xml);
    gathered_free(&g);
}
END_TEST

static tdm_status read_fixture(const tdm_allocator *allocator)
{
    gathered g;
    tdm_status status = gathered_init(&g, allocator);
    if (status == TDM_OK)
        status = gathered_path(&g, "fixtures/census-2024/census.xml", "");
    gathered_free(&g);
    return status;
}

START_TEST(the_census_survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_fixture);
}
END_TEST

typedef struct sample {
    const char *name;
    const char *account;
    int events;
    const char *told;
} sample;

/* Counted by hand in the three public files. */
static const sample samples[] = {
    {"BAR_cin_2022.xml", "6 6 0", 12, ""},
    {"CIN_Census_2021.xml", "6 6 0", 12,
     "24 stray-text ChildIdentifiers\n25 date-impossible ExpectedPersonBirthDate\n"},
    {"CIN_Census_2024.xml", "8 8 0", 16,
     "5 year-differs Year\n24 stray-text ChildIdentifiers\n46 code-unknown AssessmentFactors\n"
     "25 code-of-other-years Sex\n42 after-reference-date AssessmentActualStartDate\n"
     "43 ends-before-start AssessmentAuthorisationDate\n87 after-reference-date CINreferralDate\n"
     "90 after-reference-date CINclosureDate\n92 factors-missing AssessmentFactors\n"},
};

START_TEST(the_public_samples_are_read)
{
    char path[1024];
    gathered g;
    const char *folder = getenv("TIDEMARK_SAMPLES");
    if (!folder) {
        puts("skipped: needs TIDEMARK_SAMPLES");
        return;
    }
    snprintf(path, sizeof path, "%s/cin/%s", folder, samples[_i].name);
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, path, ""), TDM_OK);
    ck_assert_str_eq(gathered_account(&g, 0), samples[_i].account);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), samples[_i].told);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    ck_assert_uint_eq(tdm_chronology_event_count(g.chronology), samples[_i].events);
    gathered_free(&g);
}
END_TEST

Suite *census_suite(void)
{
    Suite *suite = suite_create("ingest census");
    TCase *tests = tcase_create("census");
    tcase_add_test(tests, the_2024_fixture_is_read_whole);
    tcase_add_test(tests, the_2019_fixture_is_read_whole);
    tcase_add_test(tests, starts_and_ends_are_tied);
    tcase_add_test(tests, reading_twice_changes_nothing);
    tcase_add_test(tests, two_years_of_one_case_meet);
    tcase_add_loop_test(tests, bad_xml_is_refused, 0, sizeof bad_xmls / sizeof bad_xmls[0]);
    tcase_add_loop_test(tests, old_encodings_are_read, 0, sizeof encodeds / sizeof encodeds[0]);
    tcase_add_test(tests, deep_nesting_ends_the_reading);
    tcase_add_test(tests, the_census_survives_every_failed_allocation);
    tcase_add_loop_test(tests, the_public_samples_are_read, 0, 3);
    suite_add_tcase(suite, tests);
    return suite;
}
