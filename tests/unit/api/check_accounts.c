/*
 * Accounts, their links and tokens, and who has which case: what becomes of them for the people concerned,
 * not only what the answer says.
 */
#include "api/members.h"
#include "api/served.h"

#include <stdio.h>
#include <string.h>

#define SHOW   "{\"operation\": \"children.show\", \"child\": \"" SERVED_CHILD "\"}"
#define REASON "asked by the duty team to look at the plan"

static served s;

static void setup(void)
{
    served_open(&s);
}

static void teardown(void)
{
    served_close(&s);
}

/* A text member of the last answer, on the stack of the caller. */
static void member(char *out, size_t size, const char *name)
{
    tdm__json *document = served_json(&s);
    tdm_str text = tdm__json_string(tdm__json_member(tdm__json_root(document), name));
    snprintf(out, size, "%.*s", (int)text.length, text.data ? text.data : "");
    tdm__json_free(document);
}

static void sign_in_by(const char *link, tdm_status expected)
{
    char request[192];
    s.call.token = s.call.csrf = (tdm_str){"", 0};
    s.call.by_cookie = false;
    snprintf(request, sizeof request, "{\"operation\": \"sessions.open\", \"body\": {\"link\": \"%s\"}}",
             link);
    served_expect(&s, request, expected);
}

START_TEST(a_new_account_signs_in_once_by_its_link)
{
    char link[TDM__TOKEN_SIZE];
    served_as(&s, "eve");
    served_expect(
        &s,
        "{\"operation\": \"accounts.add\", \"body\": {\"name\": \"zoe\", \"title\": \"Zoe Bright\", "
        "\"role\": \"practitioner\", \"team\": \"north\"}}",
        TDM_OK);
    ck_assert(s.reply.created);
    ck_assert_str_eq(s.reply.etag, "\"1\"");
    member(link, sizeof link, "link");
    ck_assert_int_eq(strncmp(link, "tdml_", 5), 0);
    sign_in_by(link, TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"Zoe Bright\""));
    sign_in_by(link, TDM_UNAUTHENTICATED);
}
END_TEST

START_TEST(a_link_ends_after_three_days)
{
    char link[TDM__TOKEN_SIZE];
    served_as(&s, "eve");
    served_expect(
        &s,
        "{\"operation\": \"accounts.change\", \"options\": {\"account\": \"ann\"}, \"body\": {\"link\": "
        "true}}",
        TDM_OK);
    member(link, sizeof link, "link");
    s.call.now += 72 * 3600;
    sign_in_by(link, TDM_UNAUTHENTICATED);
    s.call.now -= 1;
    sign_in_by(link, TDM_OK);
}
END_TEST

START_TEST(a_new_link_ends_the_one_before)
{
    char first[TDM__TOKEN_SIZE], second[TDM__TOKEN_SIZE];
    static const char again[] = "{\"operation\": \"accounts.change\", \"options\": {\"account\": \"ann\"}, "
                                "\"body\": {\"link\": true}}";
    served_as(&s, "eve");
    served_expect(&s, again, TDM_OK);
    member(first, sizeof first, "link");
    served_expect(&s, again, TDM_OK);
    member(second, sizeof second, "link");
    sign_in_by(first, TDM_UNAUTHENTICATED);
    sign_in_by(second, TDM_OK);
}
END_TEST

static const struct {
    const char *body;
    tdm_status status;
} additions[] = {
    {"{\"name\": \"Zoe\", \"role\": \"manager\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"\", \"role\": \"manager\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"-zoe\", \"role\": \"manager\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"zo\\u00e9\", \"role\": \"manager\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"command\", \"role\": \"manager\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"zoe\", \"role\": \"program\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"zoe\", \"role\": \"admin\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"zoe\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"zoe\", \"role\": \"manager\", \"team\": \"North\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"zoe\", \"role\": \"manager\", \"title\": \"a\\nb\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"zoe\", \"role\": \"manager\", \"title\": \"\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"zoe\", \"role\": \"manager\", \"password\": \"x\"}", TDM_INVALID_INPUT},
    {"{\"name\": \"ann\", \"role\": \"manager\"}", TDM_CONFLICT},
    {"{\"name\": \"zoe.b-1_x@north\", \"role\": \"manager\", \"team\": \"\"}", TDM_OK},
};

START_TEST(what_an_account_may_be)
{
    char request[256];
    served_as(&s, "eve");
    snprintf(request, sizeof request, "{\"operation\": \"accounts.add\", \"body\": %s}", additions[_i].body);
    served_expect(&s, request, additions[_i].status);
}
END_TEST

START_TEST(who_is_locked_is_out_at_once)
{
    char token[96], csrf[96];
    served_as(&s, "ann");
    snprintf(token, sizeof token, "%s", s.token);
    snprintf(csrf, sizeof csrf, "%s", s.csrf);
    served_as(&s, "eve");
    served_expect(
        &s,
        "{\"operation\": \"accounts.change\", \"options\": {\"account\": \"ann\"}, \"body\": {\"state\": "
        "\"locked\"}}",
        TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"locked\""));
    s.call.token = tdm__str(token);
    s.call.csrf = tdm__str(csrf);
    served_expect(&s, SHOW, TDM_UNAUTHENTICATED);
    served_as(&s, "eve");
    served_expect(
        &s,
        "{\"operation\": \"accounts.change\", \"options\": {\"account\": \"ann\"}, \"body\": {\"state\": "
        "\"active\"}}",
        TDM_OK);
    s.call.token = tdm__str(token);
    s.call.csrf = tdm__str(csrf);
    served_expect(&s, SHOW, TDM_UNAUTHENTICATED);
    served_as(&s, "ann");
    served_expect(&s, SHOW, TDM_OK);
}
END_TEST

START_TEST(another_role_holds_from_the_next_call_on)
{
    char token[96];
    served_as(&s, "ann");
    snprintf(token, sizeof token, "%s", s.token);
    served_as(&s, "eve");
    served_expect(
        &s,
        "{\"operation\": \"accounts.change\", \"options\": {\"account\": \"ann\"}, \"body\": {\"role\": "
        "\"analyst\"}}",
        TDM_OK);
    s.call.token = tdm__str(token);
    served_expect(&s, SHOW, TDM_FORBIDDEN);
    ck_assert_str_eq(s.reply.problem, "pseudonyms-only");
}
END_TEST

START_TEST(an_administrator_does_not_shut_themselves_out)
{
    served_as(&s, "eve");
    served_expect(
        &s,
        "{\"operation\": \"accounts.change\", \"options\": {\"account\": \"eve\"}, \"body\": {\"state\": "
        "\"closed\"}}",
        TDM_CONFLICT);
    served_expect(
        &s,
        "{\"operation\": \"accounts.change\", \"options\": {\"account\": \"eve\"}, \"body\": {\"role\": "
        "\"analyst\"}}",
        TDM_CONFLICT);
    served_expect(
        &s,
        "{\"operation\": \"accounts.change\", \"options\": {\"account\": \"eve\"}, \"body\": {\"title\": "
        "\"Eve Adams\", \"role\": \"administrator\"}}",
        TDM_OK);
}
END_TEST

START_TEST(an_account_is_shown_with_its_version)
{
    served_as(&s, "eve");
    served_expect(&s, "{\"operation\": \"accounts.show\", \"options\": {\"account\": \"ann\"}}", TDM_OK);
    ck_assert_str_eq(s.reply.etag, "\"1\"");
    ck_assert(answer_holds(&s.answer, "\"practitioner\""));
    ck_assert(!answer_holds(&s.answer, "\"link\""));
    served_expect(&s, "{\"operation\": \"accounts.show\", \"options\": {\"account\": \"an\"}}",
                  TDM_NOT_FOUND);
}
END_TEST

START_TEST(a_change_of_an_older_version_is_stale)
{
    static const char change[] = "{\"operation\": \"accounts.change\", \"options\": {\"account\": \"ann\"}, "
                                 "\"body\": {\"title\": \"Ann\"}}";
    served_as(&s, "eve");
    s.call.if_match = TDM_LIT("\"1\"");
    served_expect(&s, change, TDM_OK);
    ck_assert_str_eq(s.reply.etag, "\"2\"");
    served_expect(&s, change, TDM_STALE);
    s.call.if_match = TDM_LIT("\"2\"");
    served_expect(&s, change, TDM_OK);
}
END_TEST

/* --- tokens --- */

static void make_token(const char *account, const char *scopes, int days, tdm_status expected)
{
    char request[256];
    served_as(&s, "eve");
    snprintf(request, sizeof request,
             "{\"operation\": \"tokens.make\", \"options\": {\"account\": \"%s\"}, \"body\": {\"label\": "
             "\"nightly\", \"scopes\": [%s], \"days\": %d}}",
             account, scopes, days);
    served_expect(&s, request, expected);
}

static void show_token(char token[TDM__TOKEN_SIZE])
{
    s.call.token = tdm__str(token);
    s.call.csrf = (tdm_str){"", 0};
    s.call.by_cookie = false;
}

START_TEST(a_program_has_its_team_s_cases_until_its_token_ends)
{
    char token[TDM__TOKEN_SIZE];
    make_token("mo", "\"case:read\"", 30, TDM_OK);
    member(token, sizeof token, "token");
    show_token(token);
    served_expect(&s, SHOW, TDM_OK);
    served_expect(&s, "{\"operation\": \"events.add\", \"child\": \"" SERVED_CHILD "\", \"body\": {}}",
                  TDM_FORBIDDEN);
    ck_assert_str_eq(s.reply.problem, "not-granted");
    s.call.now += 30 * 86400;
    served_expect(&s, SHOW, TDM_UNAUTHENTICATED);
    s.call.now -= 1;
    served_expect(&s, SHOW, TDM_OK);
}
END_TEST

START_TEST(a_token_taken_back_is_over)
{
    char token[TDM__TOKEN_SIZE], id[80], request[192];
    make_token("mo", "\"case:read\"", 30, TDM_OK);
    member(token, sizeof token, "token");
    member(id, sizeof id, "id");
    ck_assert_uint_eq(strlen(id), 64);
    snprintf(request, sizeof request, "{\"operation\": \"tokens.revoke\", \"options\": {\"id\": \"%s\"}}",
             id);
    served_expect(&s, request, TDM_OK);
    served_expect(&s, "{\"operation\": \"tokens.list\", \"options\": {\"account\": \"mo\"}}", TDM_OK);
    ck_assert(answer_holds(&s.answer, id));
    ck_assert(!answer_holds(&s.answer, token + TDM__TOKEN_PREFIX_LENGTH));
    show_token(token);
    served_expect(&s, SHOW, TDM_UNAUTHENTICATED);
}
END_TEST

START_TEST(a_session_is_no_token_to_take_back)
{
    char hex[2 * TDM__DIGEST_BYTES + 1], request[192];
    tdm__token token;
    tdm__digest digest;
    served_as(&s, "ann");
    ck_assert(tdm__token_read(&token, tdm__str(s.token)));
    tdm__token_digest(&digest, &token);
    tdm__hex(hex, digest.bytes, sizeof digest.bytes);
    snprintf(request, sizeof request, "{\"operation\": \"tokens.revoke\", \"options\": {\"id\": \"%s\"}}",
             hex);
    served_as(&s, "eve");
    served_expect(&s, request, TDM_NOT_FOUND);
}
END_TEST

/* Never more than the account may; of cases none where the account has others than a team's. */
static const struct {
    const char *account, *scopes;
    int days;
    tdm_status status;
} tokens[] = {
    {"mo", "\"case:read\", \"case:write\", \"caseload:read\", \"rules:read\"", 366, TDM_OK},
    {"mo", "\"case:read\"", 0, TDM_INVALID_INPUT},
    {"mo", "\"case:read\"", 367, TDM_INVALID_INPUT},
    {"mo", "", 30, TDM_INVALID_INPUT},
    {"mo", "\"case\"", 30, TDM_INVALID_INPUT},
    {"mo", "\"case:read case:read\"", 30, TDM_INVALID_INPUT},
    {"mo", "\"case:read\", 1", 30, TDM_INVALID_INPUT},
    {"ann", "\"case:read\"", 30, TDM_INVALID_INPUT},
    {"ann", "\"rules:read\"", 30, TDM_OK},
    {"ida", "\"caseload:read\"", 30, TDM_OK},
    {"ida", "\"case:read\"", 30, TDM_INVALID_INPUT},
    {"rex", "\"case:read\"", 30, TDM_INVALID_INPUT},
    {"eve", "\"store:read\", \"store:write\"", 30, TDM_OK},
    {"eve", "\"case:read\"", 30, TDM_INVALID_INPUT},
    {"zoe", "\"rules:read\"", 30, TDM_NOT_FOUND},
};

START_TEST(what_a_program_may_be_granted)
{
    make_token(tokens[_i].account, tokens[_i].scopes, tokens[_i].days, tokens[_i].status);
}
END_TEST

START_TEST(another_team_ends_the_tokens)
{
    char token[TDM__TOKEN_SIZE];
    make_token("mo", "\"case:read\"", 30, TDM_OK);
    member(token, sizeof token, "token");
    served_expect(
        &s,
        "{\"operation\": \"accounts.change\", \"options\": {\"account\": \"mo\"}, \"body\": {\"team\": "
        "\"south\"}}",
        TDM_OK);
    show_token(token);
    served_expect(&s, "{\"operation\": \"children.list\"}", TDM_UNAUTHENTICATED);
}
END_TEST

/* Whatever stands with a token: the account's role is asked anew. */
START_TEST(a_program_is_never_more_than_its_account)
{
    char token[TDM__TOKEN_SIZE];
    served_token(&s, token, "ann", TDM_LIT("case:read rules:read"));
    show_token(token);
    served_expect(&s, SHOW, TDM_FORBIDDEN);
    ck_assert_str_eq(s.reply.problem, "not-granted");
    served_expect(&s, "{\"operation\": \"children.list\"}", TDM_FORBIDDEN);
    served_expect(&s, "{\"operation\": \"agencies.list\"}", TDM_OK);
}
END_TEST

START_TEST(what_is_shown_once_is_not_kept_for_a_second_request)
{
    static const char again[] = "{\"operation\": \"accounts.change\", \"options\": {\"account\": \"ann\"}, "
                                "\"body\": {\"link\": true}}";
    served_as(&s, "eve");
    s.call.idempotency_key = TDM_LIT("key-1");
    served_expect(&s, again, TDM_OK);
    ck_assert(answer_holds(&s.answer, "tdml_"));
    served_expect(&s, again, TDM_CONFLICT);
    ck_assert_uint_eq(s.answer.text.length, 0);
}
END_TEST

/* --- whose case it is --- */

static void ask_with_reason(const char *account, const char *reason, tdm_status expected)
{
    char request[256];
    served_as(&s, account);
    snprintf(request, sizeof request,
             "{\"operation\": \"children.access\", \"child\": \"" SERVED_CHILD
             "\", \"body\": {\"reason\": \"%s\"}}",
             reason);
    served_expect(&s, request, expected);
}

START_TEST(a_reason_opens_a_case_for_a_working_day)
{
    ask_with_reason("pat", REASON, TDM_OK);
    ck_assert(s.reply.created);
    served_expect(&s, SHOW, TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"challenged\""));
    s.call.now += 8 * 3600 - 1;
    served_as(&s, "pat");
    served_expect(&s, SHOW, TDM_OK);
    s.call.now += 1;
    served_expect(&s, SHOW, TDM_FORBIDDEN);
    ck_assert_str_eq(s.reply.problem, "reason-needed");
}
END_TEST

START_TEST(the_manager_is_shown_who_came_and_why)
{
    ask_with_reason("pat", REASON, TDM_OK);
    served_as(&s, "mo");
    served_expect(&s, "{\"operation\": \"accesses.list\"}", TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"pat\""));
    ck_assert(answer_holds(&s.answer, REASON));
    served_as(&s, "sue");
    served_expect(&s, "{\"operation\": \"accesses.list\"}", TDM_OK);
    ck_assert(!answer_holds(&s.answer, "\"pat\""));
}
END_TEST

/* "" is any team to the store. */
START_TEST(a_manager_without_a_team_is_shown_nothing)
{
    ask_with_reason("pat", REASON, TDM_OK);
    served_as(&s, "eve");
    served_expect(
        &s,
        "{\"operation\": \"accounts.change\", \"options\": {\"account\": \"mo\"}, \"body\": {\"team\": "
        "\"\"}}",
        TDM_OK);
    served_as(&s, "mo");
    served_expect(&s, "{\"operation\": \"accesses.list\"}", TDM_OK);
    ck_assert(!answer_holds(&s.answer, "\"pat\""));
}
END_TEST

START_TEST(what_does_not_count_as_a_reason)
{
    static const char *const reasons[] = {"", "because", "1234567890123", "          a   "};
    for (size_t i = 0; i < ROWS(reasons); i++)
        ask_with_reason("pat", reasons[i], TDM_INVALID_INPUT);
    served_expect(&s, SHOW, TDM_FORBIDDEN);
    ask_with_reason("ann", REASON, TDM_CONFLICT);
}
END_TEST

static void open_for(const char *manager, const char *account, const char *until, tdm_status expected)
{
    char request[320];
    served_as(&s, manager);
    snprintf(request, sizeof request,
             "{\"operation\": \"children.open\", \"child\": \"" SERVED_CHILD
             "\", \"body\": {\"account\": \"%s\", \"until\": \"%s\", \"reason\": \"" REASON "\"}}",
             account, until);
    served_expect(&s, request, expected);
}

START_TEST(a_reviewer_reads_until_the_end_of_the_day)
{
    open_for("mo", "rex", "2024-10-01", TDM_OK);
    served_as(&s, "rex");
    served_expect(&s, SHOW, TDM_OK);
    served_expect(&s, "{\"operation\": \"events.add\", \"child\": \"" SERVED_CHILD "\", \"body\": {}}",
                  TDM_FORBIDDEN);
    s.call.now = 1727740800 + 86399; /* the last second of 2024-10-01 */
    served_as(&s, "rex");
    served_expect(&s, SHOW, TDM_OK);
    s.call.now += 1;
    served_expect(&s, SHOW, TDM_NOT_FOUND);
}
END_TEST

START_TEST(to_whom_a_case_is_not_opened)
{
    open_for("mo", "rex", "2024-09-30", TDM_INVALID_INPUT);
    open_for("mo", "rex", "2025-10-03", TDM_INVALID_INPUT);
    open_for("mo", "rex", "tomorrow", TDM_INVALID_INPUT);
    open_for("mo", "pat", "2024-10-05", TDM_INVALID_INPUT);
    open_for("mo", "nobody", "2024-10-05", TDM_INVALID_INPUT);
    open_for("sue", "rex", "2024-10-05", TDM_FORBIDDEN);
    ask_with_reason("sue", REASON, TDM_OK);
    open_for("sue", "rex", "2024-10-05", TDM_FORBIDDEN);
    ck_assert_str_eq(s.reply.problem, "");
}
END_TEST

/* The number of the first opening that the list of the child's has; 0: none. */
static int64_t first_opening(const char *manager)
{
    int64_t number = 0;
    served_as(&s, manager);
    served_expect(&s, "{\"operation\": \"openings.list\", \"child\": \"" SERVED_CHILD "\"}", TDM_OK);
    tdm__json *document = served_json(&s);
    const tdm__json_value *item = tdm__json_first(tdm__json_member(tdm__json_root(document), "items"));
    (void)tdm__json_int64(&number, tdm__json_member(item, "number"));
    tdm__json_free(document);
    return number;
}

static void end_opening(const char *manager, const char *child, int64_t number, const char *reason,
                        tdm_status expected)
{
    char request[256];
    served_as(&s, manager);
    snprintf(request, sizeof request,
             "{\"operation\": \"children.close\", \"child\": \"%s\", \"options\": {\"opening\": %d}, "
             "\"body\": {\"reason\": \"%s\"}}",
             child, (int)number, reason);
    served_expect(&s, request, expected);
}

START_TEST(a_case_opened_to_a_reviewer_is_closed_at_once)
{
    open_for("mo", "rex", "2024-10-05", TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"is_open\": true"));
    int64_t number = first_opening("mo");
    ck_assert_int_gt(number, 0);
    ck_assert(answer_holds(&s.answer, "\"rex\""));
    ck_assert(answer_holds(&s.answer, REASON));
    end_opening("mo", SERVED_CHILD, number, "too short", TDM_INVALID_INPUT);
    end_opening("mo", SERVED_CHILD, number + 1, REASON, TDM_NOT_FOUND);
    end_opening("mo", SERVED_CHILD, 0, REASON, TDM_NOT_FOUND);
    end_opening("sue", SERVED_CHILD, number, REASON, TDM_FORBIDDEN);
    served_as(&s, "rex");
    served_expect(&s, SHOW, TDM_OK);
    end_opening("mo", SERVED_CHILD, number, "the review has ended early", TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"is_open\": false"));
    served_as(&s, "rex");
    served_expect(&s, SHOW, TDM_NOT_FOUND);
    end_opening("mo", SERVED_CHILD, number, REASON, TDM_CONFLICT);
    served_as(&s, "eve");
    served_expect(&s, "{\"operation\": \"audit.list\", \"options\": {\"operation\": \"children.close\"}}",
                  TDM_OK);
    ck_assert(answer_holds(&s.answer, "the review has ended early"));
    ck_assert(answer_holds(&s.answer, "\"rex\""));
}
END_TEST

/* Another child's number is no number of this one's. */
START_TEST(an_opening_is_ended_by_who_has_the_case)
{
    static const char allocate_other[] =
        "{\"operation\": \"children.allocate\", \"child\": \"LN-2\", \"body\": "
        "{\"accounts\": [], \"team\": \"south\"}}";
    ask_with_reason("pat", REASON, TDM_OK);
    int64_t number = first_opening("mo");
    served_as(&s, "sue");
    served_expect(&s,
                  "{\"operation\": \"children.access\", \"child\": \"LN-2\", \"body\": {\"reason\": \"" REASON
                  "\"}}",
                  TDM_OK);
    served_expect(&s, allocate_other, TDM_OK);
    end_opening("sue", "LN-2", number, REASON, TDM_NOT_FOUND);
    ask_with_reason("sue", REASON, TDM_OK);
    end_opening("sue", SERVED_CHILD, number, REASON, TDM_FORBIDDEN);
    served_expect(&s, "{\"operation\": \"openings.list\", \"child\": \"" SERVED_CHILD "\"}", TDM_FORBIDDEN);
    served_expect(&s, "{\"operation\": \"children.trail\", \"child\": \"" SERVED_CHILD "\"}", TDM_FORBIDDEN);
    end_opening("mo", SERVED_CHILD, number, REASON, TDM_OK);
    served_as(&s, "pat");
    served_expect(&s, SHOW, TDM_FORBIDDEN);
    ck_assert_str_eq(s.reply.problem, "reason-needed");
}
END_TEST

static void allocate(const char *manager, const char *accounts, const char *team, tdm_status expected)
{
    char request[256];
    served_as(&s, manager);
    snprintf(request, sizeof request,
             "{\"operation\": \"children.allocate\", \"child\": \"" SERVED_CHILD
             "\", \"body\": {\"accounts\": [%s], \"team\": \"%s\"}}",
             accounts, team);
    served_expect(&s, request, expected);
}

START_TEST(a_case_handed_over_is_the_other_team_s)
{
    allocate("mo", "\"pat\", \"pat\"", "south", TDM_OK);
    served_as(&s, "pat");
    served_expect(&s, SHOW, TDM_OK);
    served_as(&s, "sue");
    served_expect(&s, SHOW, TDM_OK);
    served_as(&s, "ann");
    served_expect(&s, SHOW, TDM_FORBIDDEN);
    served_as(&s, "mo");
    served_expect(&s, SHOW, TDM_FORBIDDEN);
}
END_TEST

START_TEST(who_stays_stays_since_then)
{
    allocate("mo", "\"ann\"", "north", TDM_OK);
    served_expect(&s, SHOW, TDM_OK);
    /* Allocated in the fixture on day 18000, 2019-04-14. */
    ck_assert(answer_holds(&s.answer, "\"2019-04-14\""));
    ck_assert(!answer_holds(&s.answer, "\"2024-10-01\""));
}
END_TEST

START_TEST(a_case_is_somebody_s)
{
    allocate("mo", "", "", TDM_INVALID_INPUT);
    allocate("mo", "\"ida\"", "north", TDM_INVALID_INPUT);
    allocate("mo", "\"nobody\"", "north", TDM_INVALID_INPUT);
    allocate("mo", "1", "north", TDM_INVALID_INPUT);
    allocate("mo", "", "west", TDM_INVALID_INPUT);
    /* Opened with a reason it is still not hers to take. */
    ask_with_reason("sue", REASON, TDM_OK);
    allocate("sue", "", "south", TDM_FORBIDDEN);
    served_as(&s, "ann");
    served_expect(&s, SHOW, TDM_OK);
}
END_TEST

START_TEST(a_case_that_nobody_has_is_taken_with_a_reason)
{
    static const char take[] = "{\"operation\": \"children.allocate\", \"child\": \"LN-2\", \"body\": "
                               "{\"accounts\": [], \"team\": \"south\"}}";
    served_as(&s, "sue");
    served_expect(&s, take, TDM_FORBIDDEN);
    served_expect(&s,
                  "{\"operation\": \"children.access\", \"child\": \"LN-2\", \"body\": {\"reason\": \"" REASON
                  "\"}}",
                  TDM_OK);
    served_expect(&s, take, TDM_OK);
    s.call.now += 9 * 3600;
    served_as(&s, "sue");
    served_expect(&s, "{\"operation\": \"children.show\", \"child\": \"LN-2\"}", TDM_OK);
}
END_TEST

Suite *accounts_suite(void)
{
    Suite *suite = suite_create("accounts");
    TCase *people = tcase_create("people"), *cases = tcase_create("cases");
    tcase_add_checked_fixture(people, setup, teardown);
    tcase_set_timeout(people, 60);
    tcase_add_test(people, a_new_account_signs_in_once_by_its_link);
    tcase_add_test(people, a_link_ends_after_three_days);
    tcase_add_test(people, a_new_link_ends_the_one_before);
    tcase_add_loop_test(people, what_an_account_may_be, 0, ROWS(additions));
    tcase_add_test(people, who_is_locked_is_out_at_once);
    tcase_add_test(people, another_role_holds_from_the_next_call_on);
    tcase_add_test(people, an_administrator_does_not_shut_themselves_out);
    tcase_add_test(people, an_account_is_shown_with_its_version);
    tcase_add_test(people, a_change_of_an_older_version_is_stale);
    tcase_add_test(people, a_program_has_its_team_s_cases_until_its_token_ends);
    tcase_add_test(people, a_token_taken_back_is_over);
    tcase_add_test(people, a_session_is_no_token_to_take_back);
    tcase_add_loop_test(people, what_a_program_may_be_granted, 0, ROWS(tokens));
    tcase_add_test(people, another_team_ends_the_tokens);
    tcase_add_test(people, a_program_is_never_more_than_its_account);
    tcase_add_test(people, what_is_shown_once_is_not_kept_for_a_second_request);
    suite_add_tcase(suite, people);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_reason_opens_a_case_for_a_working_day);
    tcase_add_test(cases, the_manager_is_shown_who_came_and_why);
    tcase_add_test(cases, a_manager_without_a_team_is_shown_nothing);
    tcase_add_test(cases, what_does_not_count_as_a_reason);
    tcase_add_test(cases, a_reviewer_reads_until_the_end_of_the_day);
    tcase_add_test(cases, to_whom_a_case_is_not_opened);
    tcase_add_test(cases, a_case_opened_to_a_reviewer_is_closed_at_once);
    tcase_add_test(cases, an_opening_is_ended_by_who_has_the_case);
    tcase_add_test(cases, a_case_handed_over_is_the_other_team_s);
    tcase_add_test(cases, who_stays_stays_since_then);
    tcase_add_test(cases, a_case_is_somebody_s);
    tcase_add_test(cases, a_case_that_nobody_has_is_taken_with_a_reason);
    suite_add_tcase(suite, cases);
    return suite;
}
