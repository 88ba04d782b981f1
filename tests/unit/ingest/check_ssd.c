/*
 * Tables of the Standard Safeguarding Dataset: our own fixtures with every oddity at its line, and rows
 * of one episode that meet those of the census.
 */
#include "ingest/gathered.h"
#include "ingest/reader.h"
#include "ingest/suites.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

typedef struct table_case {
    const char *file;
    const char *account;
    const char *told; /* NULL: as many as the next says */
    const char *event;
} table_case;

/* Worked out from fixtures/ssd-tables/README.md. */
static const table_case tables[] = {
    {"cin_episodes.csv", "6 5 1",
     "4 date-not-read cine_referral_date\n4 code-unknown cine_referral_source_code\n"
     "4 code-unknown cine_cin_primary_need_code\n5 child-missing \n6 fact-not-read cine_referral_nfa\n"
     "7 ends-before-start cine_close_date\n",
     "S-001 2023-04-11 referral childrens-social-care 2 +outcome:single assessment +reference:R1 "
     "referral_source=3B primary_need=N1 no_further_action=no\n"},
    {"cin_episodes.csv", "6 5 1", NULL,
     "S-001 2023-11-20 referral childrens-social-care 3 +occurred_as_written:20/11/2023 +reference:R2 "
     "referral_source=3B primary_need=N1 no_further_action=yes\n"},
    {"cin_episodes.csv", "6 5 1", NULL,
     "S-002 undated referral childrens-social-care 4 +occurred_as_written:2024-02-30 +reference:R3 "
     "referral_source=2C primary_need=NX no_further_action=no\n"},
    {"cin_episodes.csv", "6 5 1", NULL,
     "S-003 2024-03-05 referral childrens-social-care 6 +time:14:20 +outcome:not json +reference:R5 "
     "referral_source=6 primary_need=N3\n"},
    {"contacts.csv", "4 4 0", "1 column-unknown cont_local_flag\n5 date-missing cont_contact_date\n",
     "S-001 2023-04-10 contact childrens-social-care 2 +time:09:30 +outcome:new referral; early help; passed "
     "on +reference:C1 referral_source=3B\n"},
    {"contacts.csv", "4 4 0", NULL, "S-001 2023-04-10 contact childrens-social-care 4 +reference:C2\n"},
    {"contacts.csv", "4 4 0", NULL, "S-001 undated contact childrens-social-care 5 +reference:C3 "},
    {"cin_assessments.csv", "3 3 0", "",
     "S-001 2023-06-14 assessment-end childrens-social-care 2 +seen:yes +outcome:plan to be drawn up "
     "+reference:A1\n"},
    {"cin_assessments.csv", "3 3 0", "",
     "S-001 2023-11-21 assessment-start childrens-social-care 3 +seen:no +reference:A2\n"},
    {"cin_assessments.csv", "3 3 0", "",
     "S-002 2024-03-20 assessment-end childrens-social-care 4 +seen:yes +reference:A3 "
     "outcome=no-further-action\n"},
    {"s47_enquiry.csv", "2 2 0", "",
     "S-003 2024-03-14 s47-end childrens-social-care 3 +reference:E2 outcome=no-conference\n"},
    {"initial_cp_conference.csv", "2 1 1", "3 row-without-event icpc_icpc_date\n",
     "S-001 2023-05-22 icpc childrens-social-care 2 +reference:I1 outcome=plan due=2023-05-24\n"},
    {"cp_plans.csv", "2 2 0", "3 code-unknown cppl_cp_plan_initial_category\n",
     "S-001 2023-05-22 cp-plan-start childrens-social-care 2 +reference:P1 category=neglect\n"
     "S-001 2023-08-30 cp-plan-end childrens-social-care 2 +reference:P1 category=emotional\n"
     "S-003 2024-04-01 cp-plan-start childrens-social-care 3 +reference:P2 category=QQQ\n"},
    {"cp_reviews.csv", "3 2 1", "4 row-without-event cppr_cp_review_date\n",
     "S-001 2023-08-14 cp-review childrens-social-care 2 +voice:yes +reference:V1 outcome=plan "
     "due=2023-08-21\n"
     "S-001 2023-08-30 cp-review childrens-social-care 3 +voice:no +reference:V2 outcome=no-plan "
     "due=2023-08-30\n"},
    {"cin_visits.csv", "2 2 0", "3 fact-not-read cinv_cin_visit_bedroom\n",
     "S-001 2023-07-04 visit childrens-social-care 2 +time:16:05 +seen:yes +alone:no +reference:X1 "
     "bedroom_seen=yes\nS-001 2023-07-18 visit childrens-social-care 3 +seen:no +reference:X2\n"},
    {"early_help_episodes.csv", "2 2 0", "",
     "S-002 2023-01-09 early-help-start childrens-social-care 2 +reference:H1 reason=home conditions "
     "organisation=Family Hub\n"
     "S-002 2023-06-30 early-help-end childrens-social-care 2 +reference:H1 reason=needs met\n"
     "S-002 2023-09-04 early-help-start childrens-social-care 3 +reference:H2 reason=housing\n"},
    {"missing.csv", "2 2 0", "",
     "S-003 2024-02-02 missing-start childrens-social-care 2 +time:21:30 +text:M +reference:Q1\n"
     "S-003 2024-02-03 missing-end childrens-social-care 2 +time:07:00 +action:return interview offered "
     "+outcome:return interview not accepted +reference:Q1\n"
     "S-003 2024-02-20 missing-start childrens-social-care 3 +text:A +action:return interview not offered "
     "+reference:Q2\n"},
    {"cla_episodes.csv", "5 5 0",
     "5 code-missing clae_cla_episode_start_reason\n5 code-missing clae_cla_episode_ceased_reason\n"
     "6 code-unknown clae_cla_episode_start_reason\n",
     "S-002 2024-05-01 looked-after-start childrens-social-care 5 +reference:L4\n"
     "S-002 2024-06-01 other childrens-social-care 6 +kind_as_written:episode of care changed +reference:L5\n"
     "S-003 2024-04-20 looked-after-start childrens-social-care 2 +reference:L1\n"
     "S-003 2024-06-01 other childrens-social-care 3 +kind_as_written:episode of care changed +reference:L2\n"
     "S-003 2024-09-30 looked-after-end childrens-social-care 4 +reference:L3 reason=E4A\n"},
    {"involvements.csv", "1 1 0", "",
     "S-001 2023-04-12 allocation childrens-social-care 2 +until:2023-09-01 +text:moved team +role:social "
     "worker +reference:N1 worker=W1 team=T1\n"},
    {"person.csv", "4 3 1",
     "3 date-not-read pers_dob\n3 code-unknown pers_sex\n5 child-missing pers_person_id\n", ""},
    {"family.csv", "3 2 1", "4 household-unknown fami_family_id\n", ""},
    {"mother.csv", "2 1 1", "3 person-missing moth_person_id\n", ""},
    {"assessment_factors.csv", "2 0 2", "2 table-not-read \n", ""},
};

START_TEST(each_table_is_read_whole)
{
    char path[256];
    gathered g;
    const table_case *t = &tables[_i];
    snprintf(path, sizeof path, "fixtures/ssd-tables/%s", t->file);
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, path, ""), TDM_OK);
    if (t->told)
        ck_assert_str_eq(gathered_diagnostics(&g, NULL), t->told);
    ck_assert_str_eq(gathered_account(&g, 0), t->account);
    const char *events = gathered_events(&g);
    ck_assert_msg(strstr(events, t->event) != NULL, "%s: %s", t->file, events);
    gathered_free(&g);
}
END_TEST

START_TEST(children_get_births_and_families)
{
    gathered g;
    tdm_day born;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "fixtures/ssd-tables/person.csv", ""), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "fixtures/ssd-tables/family.csv", ""), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, "fixtures/ssd-tables/mother.csv", ""), TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    ck_assert_uint_eq(tdm_chronology_child_count(g.chronology), 3);
    const tdm__child *first = tdm__chronology_child(g.chronology, 0);
    const tdm__child *second = tdm__chronology_child(g.chronology, 1);
    const tdm__child *unborn = tdm__chronology_child(g.chronology, 2);
    ck_assert(tdm_day_from_civil(&born, 2016, 2, 29));
    ck_assert_int_eq(first->born.from, born);
    ck_assert(tdm__str_equal(first->sex, TDM_LIT("F")));
    ck_assert(tdm__str_equal(first->household, TDM_LIT("F1")));
    ck_assert(tdm__str_equal(second->household, TDM_LIT("F1")));
    ck_assert_int_eq(second->born.from, TDM_DAY_BEFORE_ALL);
    ck_assert_int_eq(unborn->born.from, TDM_DAY_BEFORE_ALL);
    ck_assert(tdm_day_from_civil(&born, 2024, 8, 1));
    ck_assert_int_eq(unborn->expected.from, born);
    gathered_free(&g);
}
END_TEST

START_TEST(starts_and_ends_are_tied)
{
    static const char *const files[] = {"cin_episodes.csv", "cla_episodes.csv", "missing.csv"};
    char path[256];
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(path, sizeof path, "fixtures/ssd-tables/%s", files[i]);
        ck_assert_int_eq(gathered_path(&g, path, ""), TDM_OK);
    }
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    ck_assert(tdm__str_equal(gathered_episode(&g, "referral", 0), gathered_episode(&g, "case-closure", 0)));
    ck_assert_uint_gt(gathered_episode(&g, "case-closure", 0).length, 0);
    /* No further action without a closure opened no case. */
    ck_assert_uint_eq(gathered_episode(&g, "referral", 1).length, 0);
    /* From the first of three episodes to the last. */
    ck_assert(tdm__str_equal(gathered_episode(&g, "looked-after-start", 1),
                             gathered_episode(&g, "looked-after-end", 0)));
    ck_assert_uint_gt(gathered_episode(&g, "looked-after-end", 0).length, 0);
    ck_assert(
        tdm__str_equal(gathered_episode(&g, "missing-start", 0), gathered_episode(&g, "missing-end", 0)));
    ck_assert(
        !tdm__str_equal(gathered_episode(&g, "missing-start", 0), gathered_episode(&g, "missing-start", 1)));
    gathered_free(&g);
}
END_TEST

#define CENSUS                                                                                               \
    "<Message><Children><Child><ChildIdentifiers><LAchildID>A</LAchildID></ChildIdentifiers><CINdetails>"    \
    "<CINreferralDate>2023-01-09</CINreferralDate><ReferralSource>3B</ReferralSource>"                       \
    "<CINclosureDate>2023-06-01</CINclosureDate><ReasonForClosure>RC1</ReasonForClosure>"                    \
    "<ReferralNFA>false</ReferralNFA><Assessments><AssessmentActualStartDate>2023-01-10"                     \
    "</AssessmentActualStartDate><AssessmentAuthorisationDate>2023-02-20</AssessmentAuthorisationDate>"      \
    "</Assessments><CINPlanDates><CINPlanStartDate>2023-02-21</CINPlanStartDate></CINPlanDates><Section47>"  \
    "<S47ActualStartDate>2023-03-01</S47ActualStartDate></Section47><ChildProtectionPlans>"                  \
    "<CPPstartDate>2023-03-20</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><Reviews>"   \
    "<CPPreviewDate>2023-05-20</CPPreviewDate></Reviews></ChildProtectionPlans></CINdetails></Child>"        \
    "</Children></Message>"

static const char *const same_rows[] = {
    "cine_referral_id,cine_person_id,cine_referral_date,cine_referral_source_code,cine_referral_nfa,"
    "cine_close_reason,cine_close_date\nR1,A,09/01/2023 00:00:00,3B,N,RC1,2023-06-01T00:00:00\n",
    "cina_assessment_id,cina_person_id,cina_assessment_start_date,cina_assessment_auth_date\n"
    "A1,A,2023-01-10 00:00:00,20 Feb 2023\n",
    "cinp_cin_plan_id,cinp_person_id,cinp_cin_plan_start_date\nN1,A,2023-02-21\n",
    "s47e_s47_enquiry_id,s47e_person_id,s47e_s47_start_date\nE1,A,2023-03-01\n",
    "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_initial_category\n"
    "P1,A,2023-03-20,NEG\n",
    "cppr_cp_review_id,cppr_person_id,cppr_cp_review_date\nV1,A,2023-05-20\n",
};

START_TEST(rows_meet_those_of_the_census)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "census.xml", CENSUS, ""), TDM_OK);
    for (size_t i = 0; i < sizeof same_rows / sizeof same_rows[0]; i++)
        ck_assert_int_eq(gathered_content(&g, "table.csv", same_rows[i], ""), TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    /* Referral, closure, assessment with its end, plan, enquiry, protection plan, review. */
    ck_assert_uint_eq(tdm_chronology_event_count(g.chronology), 8);
    gathered_free(&g);
}
END_TEST

START_TEST(reading_twice_changes_nothing)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(gathered_path(&g, "fixtures/ssd-tables/cin_episodes.csv", ""), TDM_OK);
        ck_assert_int_eq(gathered_path(&g, "fixtures/ssd-tables/missing.csv", ""), TDM_OK);
    }
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    ck_assert_uint_eq(tdm_chronology_event_count(g.chronology), 8 + 3);
    gathered_free(&g);
}
END_TEST

typedef struct heading_case {
    const char *heading;
    bool known;
} heading_case;

static const heading_case headings[] = {
    {"cont_contact_id,cont_person_id,cont_contact_date\n", true},
    {"\xef\xbb\xbf\"CONT_CONTACT_ID\";\"CONT_PERSON_ID\"\r\n", true},
    {"cont_person_id\tcont_contact_date\tlocal_1\tlocal_2\n", true},
    {"prof_professional_id,prof_staff_id\n", true},
    {"cont_person_id,Child,Date,Kind\n", false}, /* one column of theirs among others */
    {"send_date,send_type\n", false},            /* begins like a column, and is none */
    {"Child,Date\ncont_contact_id,cont_person_id\n", false},
    {"", false},
};

START_TEST(tables_are_known_by_their_headings)
{
    ck_assert_int_eq(tdm__ssd_recognised(tdm__str(headings[_i].heading)), headings[_i].known);
}
END_TEST

START_TEST(broken_rows_are_set_aside_alone)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "v.csv",
                                      "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date,cinv_person_id\n"
                                      "1,A,2024-01-02,B,more\n"
                                      "2,A,\"2024-01-03\"x\n"
                                      ",,,\n"
                                      "3,A,2024-01-04\n",
                                      ""),
                     TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), "1 heading-twice cinv_person_id\n"
                                                     "2 row-too-long \n3 row-not-read \n");
    ck_assert_str_eq(gathered_account(&g, 0), "3 2 1");
    ck_assert_str_eq(gathered_events(&g), "A 2024-01-02 visit childrens-social-care 2 +reference:1\n"
                                          "A 2024-01-04 visit childrens-social-care 5 +reference:3\n");
    gathered_free(&g);
}
END_TEST

START_TEST(dates_of_both_orders_become_stretches)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "m.csv",
                                      "miss_table_id,miss_person_id,miss_missing_episode_start_date,"
                                      "miss_missing_episode_end_date\n"
                                      "1,A,03/05/2024,05/06/2024\n"
                                      "2,A,3/14/2024,2024-03-15\n"
                                      "3,A,25/12/2024,\n",
                                      ""),
                     TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL),
                     "3 date-order-doubtful miss_missing_episode_start_date\n");
    const char *events = gathered_events(&g);
    ck_assert_ptr_nonnull(
        strstr(events, "A [2024-03-05..2024-05-03] missing-start childrens-social-care 2 "));
    ck_assert_ptr_nonnull(strstr(events, "A 2024-06-05 missing-end childrens-social-care 2 "));
    ck_assert_ptr_nonnull(strstr(events, "A 2024-03-14 missing-start childrens-social-care 3 "));
    ck_assert_ptr_nonnull(strstr(events, "A 2024-12-25 missing-start childrens-social-care 4 "));
    gathered_free(&g);
}
END_TEST

static const char *const few[] = {
    "fixtures/ssd-tables/cin_episodes.csv", "fixtures/ssd-tables/contacts.csv",
    "fixtures/ssd-tables/person.csv",       "fixtures/ssd-tables/mother.csv",
    "fixtures/ssd-tables/cla_episodes.csv",
};

static tdm_status read_few(const tdm_allocator *allocator)
{
    gathered g;
    tdm_status status = gathered_init(&g, allocator);
    for (size_t i = 0; i < sizeof few / sizeof few[0] && status == TDM_OK; i++)
        status = gathered_path(&g, few[i], "");
    gathered_free(&g);
    return status;
}

START_TEST(tables_survive_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_few);
}
END_TEST

Suite *ssd_suite(void)
{
    Suite *suite = suite_create("ingest ssd");
    TCase *tests = tcase_create("ssd");
    tcase_add_loop_test(tests, each_table_is_read_whole, 0, sizeof tables / sizeof tables[0]);
    tcase_add_test(tests, children_get_births_and_families);
    tcase_add_test(tests, starts_and_ends_are_tied);
    tcase_add_test(tests, rows_meet_those_of_the_census);
    tcase_add_test(tests, reading_twice_changes_nothing);
    tcase_add_loop_test(tests, tables_are_known_by_their_headings, 0, sizeof headings / sizeof headings[0]);
    tcase_add_test(tests, broken_rows_are_set_aside_alone);
    tcase_add_test(tests, dates_of_both_orders_become_stretches);
    tcase_add_test(tests, tables_survive_every_failed_allocation);
    suite_add_tcase(suite, tests);
    return suite;
}
