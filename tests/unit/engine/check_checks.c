/*
 * The checks: the cases of check_cases.c, the national rules, the policy, what is much, memory.
 */
#include "engine/check_cases.h"

#include <stdio.h>
#include <string.h>

/* "8841:1,2" of a finding: its rule and the rows of its evidence in their order. */
static void tell(char out[160], const world *w, const tdm__check_finding *finding)
{
    int length = snprintf(out, 160, "%s:", finding->rule);
    for (uint32_t i = 0; i < finding->event_count; i++)
        length += snprintf(out + length, (size_t)(160 - length), "%s%u", i > 0 ? "," : "",
                           (unsigned)tdm__chronology_event(w->chronology, finding->events[i]).row);
}

static size_t findings_of(const tdm__check_finding **first, const world *w, uint32_t check)
{
    const tdm__child_checks *checks = &w->run->children[0].checks;
    size_t count = 0;
    *first = NULL;
    for (size_t i = 0; i < checks->finding_count; i++)
        if (checks->findings[i].check == check) {
            *first = count == 0 ? &checks->findings[i] : *first;
            count++;
        }
    return count;
}

static const char *gap_of(const world *w, uint32_t check)
{
    const tdm__child_checks *checks = &w->run->children[0].checks;
    for (size_t i = 0; i < checks->gap_count; i++)
        if (checks->gaps[i].check == check)
            return tdm__check_reason_code(checks->gaps[i].reason);
    return "";
}

START_TEST(says_what_it_looks_for)
{
    const check_case *c = &check_cases[_i];
    record what = c->what;
    const tdm__check_finding *first;
    char told[160] = "";
    world w;
    what.told = c->rows;
    record_open(&w, &what);
    uint32_t check = tdm__check_find(tdm__str(c->check));
    ck_assert_msg(check != TDM_NO_INDEX, "%s", c->check);
    size_t count = findings_of(&first, &w, check);
    bool finds = c->answer == MET || c->answer == POSSIBLE;
    if (first)
        tell(told, &w, first);
    ck_assert_msg(count == (finds ? 1 : 0), "%d %s: %zu findings, %s", _i, c->check, count, told);
    if (finds) {
        ck_assert_msg((int)first->answer == c->answer, "%d %s: answer %d", _i, c->check, (int)first->answer);
        ck_assert_msg(strcmp(told, c->tell) == 0, "%d %s: %s", _i, c->check, told);
        ck_assert_msg((first->doubt[0] != '\0') == (c->answer == POSSIBLE), "%d %s: %s", _i, c->check,
                      first->doubt);
        ck_assert(first->sentence.length > 0 && !memchr(first->sentence.data, '{', first->sentence.length));
    }
    if (!finds)
        ck_assert_msg(strcmp(gap_of(&w, check), c->answer == GAP ? c->tell : "") == 0, "%d %s: %s", _i,
                      c->check, gap_of(&w, check));
    world_close(&w);
}
END_TEST

/* Every check of the table has a record above on which it is met, or possible where it never is met. */
START_TEST(every_check_has_its_case)
{
    for (size_t i = 0; i < tdm__check_count(); i++) {
        int met = 0, nothing = 0;
        for (size_t k = 0; k < check_case_count; k++) {
            bool of = strcmp(check_cases[k].check, tdm__check_at(i)->id) == 0;
            met += of && check_cases[k].answer == MET;
            nothing += of && (check_cases[k].answer == NOTHING || check_cases[k].answer == GAP);
        }
        ck_assert_msg(met > 0 && nothing > 0, "%s", tdm__check_at(i)->id);
    }
}
END_TEST

/* The rules that the checks stand for, as the list of the domain has them. */
START_TEST(the_national_rules_are_all_there)
{
    static const char *const rules[] = {"1103", "1104", "1105",  "2885",  "2889", "4001", "4011",
                                        "4014", "4016", "8565",  "8606",  "8630", "8730", "8815",
                                        "8820", "8840", "8841",  "8875",  "8915", "8920", "8925",
                                        "8935", "8940", "8670Q", "8675Q", "8870Q"};
    for (size_t r = 0; r < ROWS(rules); r++) {
        int holders = 0;
        for (size_t i = 0; i < tdm__check_count(); i++) {
            tdm_str rest = tdm__str(tdm__check_at(i)->rules);
            while (rest.length > 0)
                holders += tdm__str_equal(tdm__str_split(&rest, ' '), tdm__str(rules[r]));
        }
        ck_assert_msg(holders == 1, "%s: %d checks", rules[r], holders);
    }
}
END_TEST

/* Published cases of the two rules that count working days: tests/data/official. */
START_TEST(published_validation_cases)
{
    tdm__buffer file;
    tdm_error error;
    ck_assert_int_eq(tdm__file_read(&file, &tdm__malloc_allocator, TDM_SOURCE_DIR,
                                    "tests/data/official/working_days.csv", 1 << 16, &error),
                     TDM_OK);
    tdm_str rest = {file.data, file.length};
    tdm__str_split(&rest, '\n');
    int count = 0;
    for (; rest.length > 0; count++) {
        char reference[11], start[11];
        const tdm__check_finding *first;
        world w;
        tdm_str line = tdm__str_split(&rest, '\n'), rule = tdm__str_split(&line, ',');
        snprintf(reference, sizeof reference, "%.*s", 10, tdm__str_split(&line, ',').data);
        snprintf(start, sizeof start, "%.*s", 10, tdm__str_split(&line, ',').data);
        tdm_str other = tdm__str_split(&line, ','), expected = tdm__str_split(&line, ',');
        bool assessment = tdm__str_starts(rule, TDM_LIT("assessment"));
        bool ended = tdm__str_equal(other, TDM_LIT("authorised"));
        const char *needed = tdm__str_equal(other, TDM_LIT("icpc-not-required=true"))
                                 ? "facts.not_required=yes"
                                 : "facts.not_required=no";
        const record_row rows[] = {
            {start, assessment ? "assessment-start" : "s47-start", assessment ? NULL : needed},
            {ended ? reference : NULL, "assessment-end", NULL},
            {NULL, NULL, NULL}};
        record_open(&w, &(record){.as_of = reference, .rows = rows});
        findings_of(
            &first, &w,
            tdm__check_find(tdm__str(assessment ? "assessment-open-long" : "enquiry-without-conference")));
        bool flagged = tdm__str_equal(expected, TDM_LIT("flagged"));
        ck_assert_msg((first && first->answer == TDM_MET) == flagged, "case %d", count + 1);
        world_close(&w);
    }
    ck_assert_int_eq(count, 7);
    tdm__free(&tdm__malloc_allocator, file.data);
}
END_TEST

/* 25 plans of no days: 20 findings and five counted; 25 undated rows: one finding of 20 rows and five more.
 */
START_TEST(what_is_much_is_counted)
{
    record_row rows[76] = {{NULL, NULL, NULL}};
    char episodes[25][16], days[25][11];
    const tdm__check_finding *first;
    world w;
    for (int i = 0; i < 25; i++) {
        snprintf(episodes[i], sizeof episodes[i], "episode=P%d", i);
        snprintf(days[i], sizeof days[i], "2023-05-%02d", i + 1);
        rows[3 * i] = (record_row){days[i], "cp-plan-start", episodes[i]};
        rows[3 * i + 1] = (record_row){days[i], "cp-plan-end", episodes[i]};
        rows[3 * i + 2] = (record_row){"", "note", NULL};
    }
    record_open(&w, &(record){.rows = rows});
    uint32_t check = tdm__check_find(TDM_LIT("zero-day-plan"));
    const tdm__child_checks *checks = &w.run->children[0].checks;
    ck_assert_uint_eq(findings_of(&first, &w, check), TDM__CHECK_FINDINGS_MAX);
    bool counted = false;
    for (size_t i = 0; i < checks->rest_count; i++)
        counted = counted || (checks->rests[i].check == check && checks->rests[i].count == 5);
    ck_assert(counted);
    ck_assert_uint_eq(findings_of(&first, &w, tdm__check_find(TDM_LIT("undated"))), 1);
    ck_assert_uint_eq(first->event_count, TDM__CHECK_EVENTS_MAX);
    ck_assert_uint_eq(first->more_events, 5);
    ck_assert(tdm__str_equal(first->sentence, TDM_LIT("Without any date: 25 of 75 entries.")));
    world_close(&w);
}
END_TEST

static const struct {
    const char *policy, *message;
} wrong[] = {
    {"{\"policy\":1,\n\"checks\":{\n\"no-such\":{}}}", "there is no check of that id"},
    {"{\"policy\":1,\n\"checks\":{\n\"undated\":{\"params\":{\"rows\":1}}}}",
     "the check undated has no such parameter"},
    {"{\"policy\":1,\n\"checks\":{\n\"not-seen\":{\"params\":{\"gap_days\":0}}}}",
     "expected a whole number from 1 to 3660"},
    {"{\"policy\":1,\n\"checks\":{\n\"not-seen\":{\"params\":{\"gap_days\":\"90\"}}}}",
     "expected a whole number from 1 to 3660"},
    {"{\"policy\":1,\n\"checks\":{\n\"not-seen\":{\"severity\":\"review\"}}}",
     "expected information, warning or error"},
    {"{\"policy\":1,\n\"checks\":{\n\"not-seen\":{\"of\":true}}}", "of"},
    {"{\"policy\":1,\n\"checks\":{\n\"not-seen\":{\"on\":\"no\"}}}", "on"},
};

START_TEST(a_wrong_policy_says_where)
{
    world w;
    const record_row rows[] = {{NULL, NULL, NULL}};
    ck_assert_int_eq(
        record_try(&w, &tdm__malloc_allocator, &(record){.policy = wrong[_i].policy, .rows = rows}),
        TDM_INVALID_INPUT);
    ck_assert_str_eq(w.error.file, "policy/test.json");
    ck_assert_int_eq(w.error.line, 3);
    ck_assert_msg(strstr(w.error.message, wrong[_i].message) != NULL, "%s", w.error.message);
    world_close(&w);
}
END_TEST

START_TEST(the_policy_decides)
{
    static const char policy[] =
        "{\"policy\": 1, \"checks\": {\n\"undated\": {\"on\": false},\n"
        "\"no-source\": {\"severity\": \"error\"},\n\"not-seen\": {\"params\": {\n\"gap_days\": 7}}}}";
    const record_row rows[] = {{"", "note", "source=3"}, {NULL, NULL, NULL}};
    const tdm__check_finding *first;
    world w;
    record_open(&w, &(record){.policy = policy, .rows = rows});
    const tdm__effective_check *checks = w.run->checks;
    const tdm__effective_check *undated = &checks[tdm__check_find(TDM_LIT("undated"))];
    const tdm__effective_check *source = &checks[tdm__check_find(TDM_LIT("no-source"))];
    const tdm__effective_check *seen = &checks[tdm__check_find(TDM_LIT("not-seen"))];
    ck_assert(!undated->on && tdm__str_equal(undated->on_from, TDM_LIT("policy/test.json:2")));
    ck_assert_uint_eq(findings_of(&first, &w, tdm__check_find(TDM_LIT("undated"))), 0);
    ck_assert_int_eq(source->severity, TDM__ERROR);
    ck_assert(tdm__str_equal(source->severity_from, TDM_LIT("policy/test.json:3")));
    ck_assert_int_eq(seen->values[0], 7);
    ck_assert(tdm__str_equal(seen->from[0], TDM_LIT("policy/test.json:5")));
    ck_assert(strstr(seen->definition.data, "more than 7 days") != NULL);
    world_close(&w);
}
END_TEST

static tdm_status with_allocator(const tdm_allocator *allocator)
{
    world w;
    static const record_row rows[] = {
        {"2019-01-01", "cp-plan-start", "episode=A; text=the TAF met"},
        {"2019-01-01", "cp-plan-end", "episode=A; text=TAF"},
        {"2024-02-03", "icpc", "facts.due=2024-02-04; text=the TAF"},
        {"2024-02-01", "cp-review", "seen=yes"},
        {"", "school-concern", "agency=school; action=none"},
        {"2023-01-01", "hunger-concern", "agency=school; recorded=2024-05-05"},
        {NULL, NULL, NULL},
    };
    tdm_status status =
        record_try(&w, allocator,
                   &(record){.child = "born=2020-01-01; died=2021-01-01",
                             .covers = "2022-01-01..2024-09-30",
                             .policy = "{\"policy\":1,\"checks\":{\"undated\":{\"on\":true}}}",
                             .rows = rows});
    world_close(&w);
    return status;
}

START_TEST(survives_every_failed_allocation)
{
    world_vocabulary();
    TEST_EVERY_ALLOCATION(with_allocator);
}
END_TEST

/* Twice the rows: no more than twice the comparisons that are allowed, and a word where they were too many.
 */
START_TEST(many_plans_end_in_a_word)
{
    enum { PLANS = 1600 };
    static record_row rows[PLANS + 1];
    static char episodes[PLANS][16];
    world w;
    for (int i = 0; i < PLANS; i++) {
        snprintf(episodes[i], sizeof episodes[i], "episode=P%d", i);
        rows[i] = (record_row){"2023-05-01", i % 2 == 0 ? "cp-plan-start" : "cin-plan-start", episodes[i]};
    }
    rows[PLANS] = (record_row){NULL, NULL, NULL};
    record_open(&w, &(record){.rows = rows});
    /* 800 plans of one sort against 1,600 episodes: 1,280,000 comparisons, more than the 1,000,000 allowed.
     */
    ck_assert_str_eq(gap_of(&w, tdm__check_find(TDM_LIT("two-plans-at-once"))), "too-many");
    world_close(&w);
}
END_TEST

Suite *checks_suite(void)
{
    Suite *suite = suite_create("checks");
    TCase *tests = tcase_create("checks");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, says_what_it_looks_for, 0, (int)check_case_count);
    tcase_add_test(tests, every_check_has_its_case);
    tcase_add_test(tests, the_national_rules_are_all_there);
    tcase_add_test(tests, published_validation_cases);
    tcase_add_test(tests, what_is_much_is_counted);
    tcase_add_loop_test(tests, a_wrong_policy_says_where, 0, (int)ROWS(wrong));
    tcase_add_test(tests, the_policy_decides);
    tcase_add_test(tests, survives_every_failed_allocation);
    tcase_add_test(tests, many_plans_end_in_a_word);
    suite_add_tcase(suite, tests);
    return suite;
}
