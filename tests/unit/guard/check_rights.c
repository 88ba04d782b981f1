/*
 * Roles, what they may, and for which cases: a table of roles by situations, written by hand.
 */
#include <string.h>

#include "guard/rights.h"
#include "guard/suites.h"

#define NOW   INT64_C(1700000000)
#define TEAM  7
#define OTHER 8

static const char *const role_words[] = {"practitioner", "manager",       "analyst",
                                         "reviewer",     "administrator", "program"};

static tdm__rights_actor actor_of(const char *word)
{
    tdm__rights_actor actor = {.account = 1, .team = TEAM, .grants = TDM__GRANTS_ALL};
    ck_assert(tdm__rights_role_of(&actor.role, tdm__str(word)));
    return actor;
}

/* --- roles by what an operation is about --- */

/* p m a r d g: practitioner, manager, analyst, reviewer, administrator (d), program (g). Of one's own cases,
 * which are the team's and open for review, so that only the role decides. */
START_TEST(each_role_has_its_scopes)
{
    static const struct {
        tdm__scope scope;
        bool is_write;
        const char *may;
    } rows[] = {
        {TDM__SCOPE_RULES, false, "pmardg"}, {TDM__SCOPE_RULES, true, "ad"},
        {TDM__SCOPE_CASE, false, "pmrg"},    {TDM__SCOPE_CASE, true, "pmg"},
        {TDM__SCOPE_CASELOAD, false, "mag"}, {TDM__SCOPE_CASELOAD, true, ""},
        {TDM__SCOPE_STORE, false, "mdg"},    {TDM__SCOPE_STORE, true, "mdg"},
        {TDM__SCOPE_ACCOUNTS, false, "d"},   {TDM__SCOPE_ACCOUNTS, true, "d"},
        {TDM__SCOPE_AUDIT, false, "mdg"},    {TDM__SCOPE_AUDIT, true, ""},
        {TDM__SCOPE_SELF, false, "pmard"},   {TDM__SCOPE_SELF, true, "pmard"},
    };
    const tdm__case_facts own = {.is_own = true, .team = TEAM, .opened_until = NOW + 1};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t r = 0; r < 6; r++) {
            tdm__rights_actor actor = actor_of(role_words[r]);
            tdm__wish wish = {TDM__ROLES_ALL, rows[i].scope, rows[i].is_write, false};
            tdm__right right = tdm__rights_decide(&actor, &wish, &own, NOW);
            bool may = strchr(rows[i].may, "pmardg"[r]) != NULL;
            ck_assert_msg(right.access == (may ? TDM__ACCESS_ALLOW : TDM__ACCESS_REFUSE), "%s, row %zu: %s",
                          role_words[r], i, right.code);
            /* An operation that is not for the role is refused whatever its scope. */
            wish.roles &= ~actor.role;
            ck_assert_int_eq(tdm__rights_decide(&actor, &wish, &own, NOW).access, TDM__ACCESS_REFUSE);
        }
}
END_TEST

/* --- roles by what is known of a case --- */

static const struct {
    const char *name;
    tdm__case_facts facts;
} situations[] = {
    {"own", {true, OTHER, 0, {"", 0}}},
    {"own and of the team", {true, TEAM, 0, {"", 0}}},
    {"of the team", {false, TEAM, 0, {"", 0}}},
    {"another's", {false, OTHER, 0, {"", 0}}},
    {"another's, with a reason", {false, OTHER, 0, {"duty worker tonight", 19}}},
    {"of no team", {false, 0, 0, {"", 0}}},
    {"opened", {false, OTHER, NOW + 1, {"", 0}}},
    {"opened until now", {false, OTHER, NOW, {"", 0}}},
    {"opened until now, with a reason", {false, OTHER, NOW, {"duty worker tonight", 19}}},
};

START_TEST(each_situation_has_its_answer)
{
    static const struct {
        const char *role;
        bool is_write;
        const char *codes[9]; /* in the order of the situations */
    } rows[] = {
        {"practitioner",
         false,
         {"own-case", "own-case", "reason-needed", "reason-needed", "challenged", "reason-needed",
          "reason-needed", "reason-needed", "challenged"}},
        {"practitioner",
         true,
         {"own-case", "own-case", "reason-needed", "reason-needed", "challenged", "reason-needed",
          "reason-needed", "reason-needed", "challenged"}},
        {"manager",
         false,
         {"own-case", "team-case", "team-case", "reason-needed", "challenged", "reason-needed",
          "reason-needed", "reason-needed", "challenged"}},
        {"analyst",
         false,
         {"pseudonyms-only", "pseudonyms-only", "pseudonyms-only", "pseudonyms-only", "pseudonyms-only",
          "pseudonyms-only", "pseudonyms-only", "pseudonyms-only", "pseudonyms-only"}},
        {"reviewer",
         false,
         {"not-opened", "not-opened", "not-opened", "not-opened", "not-opened", "not-opened", "opened-case",
          "review-over", "review-over"}},
        {"reviewer",
         true,
         {"read-only", "read-only", "read-only", "read-only", "read-only", "read-only", "read-only",
          "read-only", "read-only"}},
        {"administrator",
         false,
         {"no-cases", "no-cases", "no-cases", "no-cases", "no-cases", "no-cases", "no-cases", "no-cases",
          "no-cases"}},
        {"program",
         false,
         {"other-team", "team-case", "team-case", "other-team", "other-team", "other-team", "other-team",
          "other-team", "other-team"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t s = 0; s < 9; s++) {
            tdm__rights_actor actor = actor_of(rows[i].role);
            tdm__wish wish = {TDM__ROLES_ALL, TDM__SCOPE_CASE, rows[i].is_write, false};
            tdm__right right = tdm__rights_decide(&actor, &wish, &situations[s].facts, NOW);
            ck_assert_msg(strcmp(right.code, rows[i].codes[s]) == 0, "%s, %s: %s", rows[i].role,
                          situations[s].name, right.code);
        }
}
END_TEST

START_TEST(codes_and_answers_belong_together)
{
    static const struct {
        const char *code;
        tdm__access access;
    } rows[] = {{"allowed", TDM__ACCESS_ALLOW},         {"own-case", TDM__ACCESS_ALLOW},
                {"challenged", TDM__ACCESS_CHALLENGED}, {"reason-needed", TDM__ACCESS_NEEDS_REASON},
                {"no-cases", TDM__ACCESS_REFUSE},       {"not-opened", TDM__ACCESS_REFUSE}};
    static const char *const roles[] = {"practitioner", "practitioner",  "practitioner",
                                        "practitioner", "administrator", "reviewer"};
    static const int facts[] = {-1, 0, 4, 3, 3, 4};
    for (size_t i = 0; i < 6; i++) {
        tdm__rights_actor actor = actor_of(roles[i]);
        tdm__wish wish = {TDM__ROLES_ALL, TDM__SCOPE_CASE, false, facts[i] < 0};
        tdm__right right = tdm__rights_decide(&actor, &wish,
                                              facts[i] < 0 ? NULL : &situations[facts[i]].facts, NOW);
        ck_assert_str_eq(right.code, rows[i].code);
        ck_assert_int_eq(right.access, rows[i].access);
        ck_assert_ptr_nonnull(strchr(right.sentence, '.'));
    }
}
END_TEST

START_TEST(what_is_not_known_is_refused)
{
    const tdm__case_facts own = {.is_own = true, .team = TEAM};
    const tdm__wish wish = {TDM__ROLES_ALL, TDM__SCOPE_CASE, false, false};
    tdm__wish unknown_scope = {TDM__ROLES_ALL, TDM__SCOPES, false, false};
    tdm__rights_actor actor = actor_of("practitioner");
    ck_assert_str_eq(tdm__rights_decide(&actor, &wish, NULL, NOW).code, "no-case");
    ck_assert_int_eq(tdm__rights_decide(&actor, &unknown_scope, &own, NOW).access, TDM__ACCESS_REFUSE);
    actor.account = 0;
    ck_assert_str_eq(tdm__rights_decide(&actor, &wish, &own, NOW).code, "not-logged-in");
    actor = (tdm__rights_actor){.account = 1};
    ck_assert_str_eq(tdm__rights_decide(&actor, &wish, &own, NOW).code, "not-logged-in");
    /* Two roles at once are none. */
    actor.role = TDM__ROLE_PRACTITIONER | TDM__ROLE_ADMINISTRATOR;
    ck_assert_str_eq(tdm__rights_decide(&actor, &wish, &own, NOW).code, "not-logged-in");
    /* A case of no team is not that of a manager or a program without one. */
    const tdm__case_facts of_no_team = {.team = 0};
    actor = actor_of("manager");
    actor.team = 0;
    ck_assert_str_eq(tdm__rights_decide(&actor, &wish, &of_no_team, NOW).code, "reason-needed");
}
END_TEST

START_TEST(a_program_has_its_grants)
{
    static const struct {
        const char *grants;
        tdm__scope scope;
        bool is_write;
        const char *code;
    } rows[] = {
        {"", TDM__SCOPE_RULES, false, "not-granted"},
        {"rules:read", TDM__SCOPE_RULES, false, "allowed"},
        {"rules:read", TDM__SCOPE_CASE, false, "not-granted"},
        {"case:read", TDM__SCOPE_CASE, false, "allowed"},
        {"case:read", TDM__SCOPE_CASE, true, "not-granted"},
        {"case:write", TDM__SCOPE_CASE, true, "allowed"},
        {"case:write", TDM__SCOPE_CASE, false, "not-granted"},
        {"store:write", TDM__SCOPE_STORE, true, "allowed"},
        {"store:read store:write", TDM__SCOPE_STORE, false, "allowed"},
        {"audit:read", TDM__SCOPE_AUDIT, false, "allowed"},
        {"rules:read case:read case:write caseload:read store:read store:write audit:read",
         TDM__SCOPE_ACCOUNTS, true, "not-for-role"},
    };
    const tdm__case_facts facts = {.team = OTHER};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tdm__rights_actor actor = actor_of("program");
        tdm__wish wish = {TDM__ROLES_ALL, rows[i].scope, rows[i].is_write, false};
        actor.team = 0;
        ck_assert(tdm__grants_read(&actor.grants, tdm__str(rows[i].grants)));
        tdm__right right = tdm__rights_decide(&actor, &wish, &facts, NOW);
        ck_assert_msg(strcmp(right.code, rows[i].code) == 0, "row %zu: %s", i, right.code);
    }
}
END_TEST

START_TEST(reasons_are_words)
{
    static const struct {
        const char *reason;
        bool counts;
    } rows[] = {{"", false},
                {"because", false},
                {"          ", false},
                {"0123456789", false},
                {"..........", false},
                {"on duty 12", true},
                {"   on duty   ", false},
                {"\u0175\u0175\u0175\u0175\u0175", true},
                {"on duty tonight\xFF", false}};
    static char longest[1001];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(tdm__reason_counts(tdm__str(rows[i].reason)) == rows[i].counts, "row %zu", i);
    memset(longest, 'a', sizeof longest);
    ck_assert(tdm__reason_counts((tdm_str){longest, 1000}));
    ck_assert(!tdm__reason_counts((tdm_str){longest, 1001}));
}
END_TEST

/* --- lists --- */

START_TEST(lists_reach_so_far)
{
    static const struct {
        const char *role;
        int64_t team;
        tdm__reach cases, caseload, audit;
    } rows[] = {
        {"practitioner", TEAM, TDM__REACH_OWN, TDM__REACH_NONE, TDM__REACH_NONE},
        {"practitioner", 0, TDM__REACH_OWN, TDM__REACH_NONE, TDM__REACH_NONE},
        {"manager", TEAM, TDM__REACH_OWN_OR_TEAM, TDM__REACH_TEAM, TDM__REACH_TEAM},
        {"manager", 0, TDM__REACH_OWN, TDM__REACH_NONE, TDM__REACH_NONE},
        {"analyst", TEAM, TDM__REACH_NONE, TDM__REACH_ALL, TDM__REACH_NONE},
        {"analyst", 0, TDM__REACH_NONE, TDM__REACH_ALL, TDM__REACH_NONE},
        {"reviewer", 0, TDM__REACH_OPENED, TDM__REACH_NONE, TDM__REACH_NONE},
        {"administrator", 0, TDM__REACH_NONE, TDM__REACH_NONE, TDM__REACH_ALL},
        {"program", TEAM, TDM__REACH_TEAM, TDM__REACH_TEAM, TDM__REACH_TEAM},
        {"program", 0, TDM__REACH_ALL, TDM__REACH_ALL, TDM__REACH_ALL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tdm__rights_actor actor = actor_of(rows[i].role);
        actor.team = rows[i].team;
        ck_assert_msg(tdm__rights_reach(&actor, TDM__SCOPE_CASE) == rows[i].cases, "row %zu", i);
        ck_assert_msg(tdm__rights_reach(&actor, TDM__SCOPE_CASELOAD) == rows[i].caseload, "row %zu", i);
        ck_assert_msg(tdm__rights_reach(&actor, TDM__SCOPE_AUDIT) == rows[i].audit, "row %zu", i);
        ck_assert_int_eq(tdm__rights_reach(&actor, TDM__SCOPE_STORE), TDM__REACH_NONE);
        actor.grants = 0;
        if (actor.role == TDM__ROLE_PROGRAM)
            ck_assert_int_eq(tdm__rights_reach(&actor, TDM__SCOPE_CASE), TDM__REACH_NONE);
    }
}
END_TEST

/* --- words --- */

START_TEST(rows_of_operations_become_wishes)
{
    static const struct {
        const char *role, *scope, *audit;
        const char *roles; /* letters as above */
    } rows[] = {
        {"reader", "rules", "none", "pmardg"},     {"reader", "case", "read", "pmrg"},
        {"reader", "case", "write", ""},           {"practitioner", "case", "read", "pmrg"},
        {"practitioner", "case", "write", "pmg"},  {"practitioner", "rules", "none", "pm"},
        {"manager", "case", "write", "m"},         {"manager", "audit", "read", "mdg"},
        {"manager", "audit", "write", ""},         {"analyst", "rules", "none", "a"},
        {"analyst", "case", "read", ""},           {"analyst", "caseload", "read", "mag"},
        {"analyst", "store", "write", "dg"},       {"analyst", "store", "read", "dg"},
        {"administrator", "store", "write", "d"},  {"administrator", "accounts", "write", "d"},
        {"administrator", "audit", "read", "d"},   {"administrator", "case", "write", ""},
        {"administrator", "caseload", "read", ""}, {"administrator", "rules", "write", "d"},
        {"reader", "self", "write", "pmard"},      {"administrator", "self", "read", "pmard"},
        {"reader", "accounts", "read", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tdm__wish wish;
        ck_assert(
            tdm__wish_of(&wish, tdm__str(rows[i].role), tdm__str(rows[i].scope), tdm__str(rows[i].audit)));
        ck_assert_str_eq(tdm__rights_scope_word(wish.scope), rows[i].scope);
        ck_assert_int_eq(wish.is_write, strcmp(rows[i].audit, "write") == 0);
        ck_assert(!wish.is_list);
        for (size_t r = 0; r < 6; r++) {
            bool expected = strchr(rows[i].roles, "pmardg"[r]) != NULL;
            ck_assert_msg(((wish.roles & actor_of(role_words[r]).role) != 0) == expected, "row %zu: %s", i,
                          role_words[r]);
        }
    }
}
END_TEST

START_TEST(unknown_words_are_no_wish)
{
    static const char *const rows[][3] = {{"", "case", "read"},        {"reader", "", "read"},
                                          {"reader", "case", ""},      {"Reader", "case", "read"},
                                          {"program", "case", "read"}, {"reader", "cases", "read"},
                                          {"reader", "self", "delete"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tdm__wish wish = {.roles = TDM__ROLES_ALL};
        ck_assert(!tdm__wish_of(&wish, tdm__str(rows[i][0]), tdm__str(rows[i][1]), tdm__str(rows[i][2])));
        ck_assert_uint_eq(wish.roles, 0);
    }
}
END_TEST

START_TEST(words_come_back)
{
    static const char *const wrong[] = {
        " ",           "case:read ", " case:read",           "case:read  case:write", "case:write case:write",
        "case:delete", "CASE:read",  "case:read,case:write", "accounts:write"};
    tdm__role_set role;
    tdm__grant_set grants;
    tdm__text text;
    for (size_t r = 0; r < 6; r++) {
        ck_assert(tdm__rights_role_of(&role, tdm__str(role_words[r])));
        ck_assert_uint_eq(role, 1u << r);
        ck_assert_str_eq(tdm__rights_role_word(role), role_words[r]);
    }
    ck_assert(!tdm__rights_role_of(&role, TDM_LIT("reader")));
    ck_assert_ptr_null(tdm__rights_role_word(0));
    ck_assert_ptr_null(tdm__rights_role_word(3));
    tdm__text_init(&text, &tdm__malloc_allocator);
    ck_assert(tdm__grants_read(&grants, TDM_LIT("store:write case:read")));
    tdm__grants_write(&text, grants);
    ck_assert_str_eq(text.data, "case:read store:write");
    ck_assert(tdm__grants_read(&grants, TDM_LIT("")) && grants == 0);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        grants = TDM__GRANTS_ALL;
        ck_assert_msg(!tdm__grants_read(&grants, tdm__str(wrong[i])) && grants == 0, "%s", wrong[i]);
    }
    tdm__text_free(&text);
}
END_TEST

Suite *rights_suite(void)
{
    Suite *suite = suite_create("rights");
    TCase *cases = tcase_create("rights");
    tcase_add_test(cases, each_role_has_its_scopes);
    tcase_add_test(cases, each_situation_has_its_answer);
    tcase_add_test(cases, codes_and_answers_belong_together);
    tcase_add_test(cases, what_is_not_known_is_refused);
    tcase_add_test(cases, a_program_has_its_grants);
    tcase_add_test(cases, reasons_are_words);
    tcase_add_test(cases, lists_reach_so_far);
    tcase_add_test(cases, rows_of_operations_become_wishes);
    tcase_add_test(cases, unknown_words_are_no_wish);
    tcase_add_test(cases, words_come_back);
    suite_add_tcase(suite, cases);
    return suite;
}
