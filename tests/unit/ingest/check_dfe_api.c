/*
 * The payload of the DfE's API: our own fixture with every oddity at its line, and objects that meet
 * the rows of the census.
 */
#include "ingest/gathered.h"
#include "ingest/suites.h"
#include "support.h"

#include <string.h>

/* Worked out from fixtures/dfe-api/README.md, in the order in which objects are read. */
static const char told[] = "11 member-unknown child_details\n"
                           "14 object-not-read sdq_assessments\n"
                           "23 value-of-wrong-form care_worker_details\n"
                           "30 code-unknown factors\n"
                           "36 value-of-wrong-form factors\n"
                           "32 fact-not-of-kind factors\n"
                           "40 ends-before-start end_date\n"
                           "54 purged child_protection_plans\n"
                           "60 object-not-read adoption\n"
                           "74 value-of-wrong-form social_care_episodes\n"
                           "78 purged purge\n"
                           "85 child-missing la_child_id\n"
                           "95 value-of-wrong-form referral_date\n"
                           "98 member-unknown social_care_episodes\n"
                           "95 date-missing referral_date\n"
                           "96 code-unknown referral_source\n"
                           "97 value-of-wrong-form child_in_need_plans\n"
                           "100 purged social_care_episodes\n";

static const char *const event_lines[] = {
    ("D001 2023-04-11 referral childrens-social-care 16 +reference:R1 referral_source=3B "
     "no_further_action=no\n"),
    "D001 2023-04-12 allocation childrens-social-care 22 +until:2023-09-01 worker=W1\n",
    "D001 2023-05-15 s47-end childrens-social-care 43 +reference:E1 outcome=conference\n",
    "D001 2023-05-22 icpc childrens-social-care 43 +reference:E1 not_required=no\n",
    "D001 2023-06-14 assessment-end childrens-social-care 26 +reference:A1 factors=1A ZZ\n",
    "D001 2023-07-03 assessment-start childrens-social-care 32 +reference:A2 factors=3B\n",
    "D001 2023-08-09 s47-end childrens-social-care 50 +reference:E2 outcome=no-conference\n",
    "D001 2023-08-31 looked-after-start childrens-social-care 58 +reference:L1\n",
    "D001 2023-09-01 case-closure childrens-social-care 16 +reference:R1 closure_reason=RC1\n",
    "D001 2023-12-01 looked-after-end childrens-social-care 57 +reference:L2 reason=E4A\n",
    "D003 undated referral childrens-social-care 93 +reference:R5 referral_source=2C\n",
};

START_TEST(the_fixture_is_read_whole)
{
    gathered g;
    tdm_day born;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "fixtures/dfe-api/children.json", ""), TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), told);
    ck_assert_str_eq(gathered_account(&g, 0), "27 14 13");
    const char *events = gathered_events(&g);
    for (size_t i = 0; i < sizeof event_lines / sizeof event_lines[0]; i++)
        ck_assert_msg(strstr(events, event_lines[i]) != NULL, "%s", event_lines[i]);
    /* Nothing of what is to be purged. */
    ck_assert_ptr_null(strstr(events, "D002"));
    ck_assert_int_eq(gathered_kind_count(&g, "cp-plan-start"), 1);
    ck_assert_uint_eq(tdm_chronology_event_count(g.chronology), 19);
    const tdm__child *first = tdm__chronology_child(g.chronology, 0);
    ck_assert(tdm_day_from_civil(&born, 2016, 2, 29));
    ck_assert_int_eq(first->born.from, born);
    ck_assert(tdm__str_equal(first->sex, TDM_LIT("F")));
    gathered_free(&g);
}
END_TEST

START_TEST(starts_and_ends_are_tied)
{
    static const char *const pairs[][2] = {
        {"referral", "case-closure"},       {"assessment-start", "assessment-end"},
        {"cin-plan-start", "cin-plan-end"}, {"s47-start", "s47-end"},
        {"cp-plan-start", "cp-plan-end"},   {"looked-after-start", "looked-after-end"}};
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "fixtures/dfe-api/children.json", ""), TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        ck_assert(tdm__str_equal(gathered_episode(&g, pairs[i][0], 0), gathered_episode(&g, pairs[i][1], 0)));
        ck_assert_uint_gt(gathered_episode(&g, pairs[i][0], 0).length, 0);
    }
    ck_assert_uint_eq(gathered_episode(&g, "icpc", 0).length, 0);
    gathered_free(&g);
}
END_TEST

#define CENSUS                                                                                               \
    "<Message><Children><Child><ChildIdentifiers><LAchildID>A</LAchildID></ChildIdentifiers><CINdetails>"    \
    "<CINreferralDate>2023-01-09</CINreferralDate><ReferralSource>3B</ReferralSource>"                       \
    "<CINclosureDate>2023-06-01</CINclosureDate><ReasonForClosure>RC1</ReasonForClosure>"                    \
    "<ReferralNFA>false</ReferralNFA><Assessments><AssessmentActualStartDate>2023-01-10"                     \
    "</AssessmentActualStartDate><AssessmentAuthorisationDate>2023-02-20</AssessmentAuthorisationDate>"      \
    "<FactorsIdentifiedAtAssessment><AssessmentFactors>1A</AssessmentFactors><AssessmentFactors>3B"          \
    "</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments><CINPlanDates><CINPlanStartDate>"     \
    "2023-02-21</CINPlanStartDate></CINPlanDates><Section47><S47ActualStartDate>2023-03-01"                  \
    "</S47ActualStartDate><DateOfInitialCPC>2023-03-20</DateOfInitialCPC><ICPCnotRequired>false"             \
    "</ICPCnotRequired></Section47><ChildProtectionPlans><CPPstartDate>2023-03-20</CPPstartDate>"            \
    "</ChildProtectionPlans></CINdetails></Child></Children></Message>"

#define PAYLOAD                                                                                              \
    "{\"la_child_id\":\"A\",\"social_care_episodes\":[{\"social_care_episode_id\":\"R1\",\"referral_date\":" \
    "\"2023-01-09\",\"referral_source\":\"3B\",\"referral_no_further_action_flag\":false,\"closure_date\":"  \
    "\"2023-06-01\",\"closure_reason\":\"RC1\",\"child_and_family_assessments\":[{\"start_date\":"           \
    "\"2023-01-10\",\"authorisation_date\":\"2023-02-20\",\"factors\":[\"1A\",\"3B\"]}],"                    \
    "\"child_in_need_plans\":[{\"start_date\":\"2023-02-21\"}],\"section_47_assessments\":[{\"start_date\":" \
    "\"2023-03-01\",\"icpc_required_flag\":true,\"icpc_date\":\"2023-03-20\"}],"                             \
    "\"child_protection_plans\":[{\"start_date\":\"2023-03-20\"}]}]}"

START_TEST(objects_meet_rows_of_the_census)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "census.xml", CENSUS, ""), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "payload.json", PAYLOAD, ""), TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    /* Referral, closure, assessment with its end, plan, enquiry, conference, protection plan. */
    ck_assert_uint_eq(tdm_chronology_event_count(g.chronology), 8);
    gathered_free(&g);
}
END_TEST

typedef struct payload_case {
    const char *json;
    tdm_status status;
    const char *account;
    const char *told;
} payload_case;

static const payload_case payloads[] = {
    {"[{\"la_child_id\": \"A\"}]", TDM_OK, "1 1 0", ""},
    {"{\"children\": [{\"la_child_id\": \"A\"}], \"sent\": 1}", TDM_OK, "1 1 0",
     "1 member-unknown payload\n"},
    {"[{\"la_child_id\": 12}, 7]", TDM_OK, "2 1 1", "1 value-of-wrong-form \n"},
    {"[{\"la_child_id\": null, \"health_and_wellbeing\": {\"sdq_assessments\": [{}, {}]}}]", TDM_OK, "3 0 3",
     "1 child-missing la_child_id\n"},
    {"[{\"la_child_id\": \"A\", \"purge\": \"true\"}]", TDM_OK, "1 0 1", "1 purged purge\n"},
    {"[{\"la_child_id\": \"A\", \"child_details\": {\"purge\": true, \"date_of_birth\": \"2016-01-01\"}}]",
     TDM_OK, "1 1 0", "1 purged child_details\n"},
    {"[{\"la_child_id\": \"A\", \"health_and_wellbeing\": {\"sdq_assessments\": [{}], \"purge\": true}}]",
     TDM_OK, "2 1 1", "1 purged health_and_wellbeing\n"},
    {"[{\"la_child_id\": \"A\", \"child_details\": [], \"health_and_wellbeing\": 1, "
     "\"social_care_episodes\": {}}]",
     TDM_OK, "2 1 1",
     "1 value-of-wrong-form child_details\n1 value-of-wrong-form health_and_wellbeing\n"
     "1 value-of-wrong-form social_care_episodes\n"},
    {"[{\"la_child_id\": \"A\",]", TDM_INVALID_INPUT, NULL, NULL},
};

START_TEST(payloads_of_other_forms)
{
    gathered g;
    const payload_case *p = &payloads[_i];
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "p.json", p->json, ""), p->status);
    if (p->status == TDM_OK) {
        ck_assert_str_eq(gathered_account(&g, 0), p->account);
        ck_assert_str_eq(gathered_diagnostics(&g, NULL), p->told);
    } else {
        ck_assert_int_eq(g.error.line, 1);
    }
    gathered_free(&g);
}
END_TEST

static tdm_status read_fixture(const tdm_allocator *allocator)
{
    gathered g;
    tdm_status status = gathered_init(&g, allocator);
    if (status == TDM_OK)
        status = gathered_path(&g, "fixtures/dfe-api/children.json", "");
    gathered_free(&g);
    return status;
}

START_TEST(a_payload_survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_fixture);
}
END_TEST

Suite *dfe_api_suite(void)
{
    Suite *suite = suite_create("ingest dfe api");
    TCase *tests = tcase_create("dfe api");
    tcase_add_test(tests, the_fixture_is_read_whole);
    tcase_add_test(tests, starts_and_ends_are_tied);
    tcase_add_test(tests, objects_meet_rows_of_the_census);
    tcase_add_loop_test(tests, payloads_of_other_forms, 0, sizeof payloads / sizeof payloads[0]);
    tcase_add_test(tests, a_payload_survives_every_failed_allocation);
    suite_add_tcase(suite, tests);
    return suite;
}
