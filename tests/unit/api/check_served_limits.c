/*
 * Rows that are limited to named agencies: by each operation that shows anything of a child, whoever is of no
 * such agency gets nothing of them, neither a word nor an id, and is told how many there are. Who may type,
 * keep and lift a limit; what a reviewer sees.
 */
#include "api/members.h"
#include "api/shown.h"

#include "api/service_operations.h"

#include <stdio.h>
#include <string.h>

#define MARK        "quokkas on the trampoline"
#define SHORT(text) (int)((text).length < 400 ? (text).length : 400), (text).data
#define TOLD        "limited to other agencies"
#define ROWS_TYPED  3

static served s;
static char ids[ROWS_TYPED][32];
static char program_token[TDM__TOKEN_SIZE];

/*
 *   pol, hou   managers of the child's team, of the police and of housing; mo and ann are the council's
 */
static void add_people(void)
{
    static const char *const people[][3] = {{"pol", "manager", "police"}, {"hou", "manager", "housing"}};
    char hash[TDM__PASSWORD_HASH_SIZE], password[64];
    tdm__work *work;
    ck_assert_int_eq(tdm__live_write(&work, s.service->live, s.opener, NULL), TDM_OK);
    for (size_t i = 0; i < ROWS(people); i++) {
        snprintf(password, sizeof password, "the password of %s", people[i][0]);
        ck_assert_int_eq(tdm__password_hash(hash, tdm__str(password), TDM__PASSWORD_LEAST, NULL), TDM_OK);
        tdm__stored_user user = {.name = tdm__str(people[i][0]),
                                 .title = tdm__str(people[i][0]),
                                 .role = tdm__str(people[i][1]),
                                 .team = TDM_LIT("north"),
                                 .agency = tdm__str(people[i][2]),
                                 .password = tdm__str(hash),
                                 .created = SERVED_NOW - 86400};
        ck_assert_int_eq(tdm__work_add_user(work, &user, NULL), TDM_OK);
    }
    ck_assert_int_eq(tdm__work_commit(work, NULL), TDM_OK);
    tdm__work_end(work);
}

static tdm_status type_entry(const char *day, const char *agency, const char *facts)
{
    char request[1024];
    snprintf(
        request, sizeof request,
        "{\"operation\": \"events.add\", \"child\": \"" SERVED_CHILD "\", \"body\": {\"occurred\": \"%s\", "
        "\"agency\": \"%s\", \"kind\": \"domestic-abuse-incident\", \"text\": \"" MARK "\", \"facts\": %s}}",
        day, agency, facts);
    return served_ask(&s, request);
}

static void take_id(char id[32])
{
    tdm__json *shown = served_json(&s);
    tdm_str event = member_of(tdm__json_root(shown), "event");
    ck_assert_uint_eq(event.length, 16);
    snprintf(id, 32, "%.*s", (int)event.length, event.data);
    tdm__json_free(shown);
}

#define FOR_HOUSING "{\"limited_to\": \"housing\", \"sharing_basis\": \"safeguarding-without-consent\"}"

static void make_program(void)
{
    tdm__text grants;
    tdm__text_init(&grants, &tdm__malloc_allocator);
    tdm__grants_write(&grants, tdm__member_grants(TDM__ROLE_MANAGER, true));
    served_token(&s, program_token, "mo", tdm__text_str(&grants));
    tdm__text_free(&grants);
}

/* Three incidents in a year: a prompt rests on them. */
static void setup(void)
{
    static const char *const days[ROWS_TYPED] = {"2024-06-01", "2024-07-15", "2024-09-01"};
    served_open(&s);
    add_people();
    make_program();
    served_as(&s, "pol");
    for (size_t i = 0; i < ROWS_TYPED; i++) {
        ck_assert_msg(type_entry(days[i], "police", FOR_HOUSING) == TDM_OK, "%s",
                      tdm_context_error(s.caller)->message);
        take_id(ids[i]);
    }
}

static void teardown(void)
{
    served_close(&s);
}

static void act_as(const char *actor)
{
    bool is_program = strcmp(actor, "program") == 0;
    served_as(&s, is_program ? "" : actor);
    if (is_program)
        s.call.token = tdm__str(program_token);
}

/* --- each operation --- */

#define CHILD         ", \"child\": \"" SERVED_CHILD "\""
#define BODY          ", \"body\": {}"
#define OPTIONS(text) ", \"options\": {" text "}"
#define IN(form)      OPTIONS("\"format\": \"" form "\"")
#define INSTRUMENT    OPTIONS("\"id\": \"graded-care\"")
#define INDICATOR     OPTIONS("\"id\": \"repeat-domestic-abuse\"")
#define DAYS          "\"from\": \"2024-09-01\", \"to\": \"2024-09-30\""

/* shows: an answer to the police has the text or an id. tells: one to the council says that something is
 * missing. */
static const struct {
    const char *operation, *rest;
    bool shows, tells;
} table[] = {
    {"children.list", "", false, false},
    {"children.show", CHILD, false, true},
    {"review", CHILD OPTIONS("\"with_events\": true"), true, true},
    {"review", CHILD IN("text"), false, true},
    {"review", CHILD IN("html"), true, true},
    {"review", CHILD OPTIONS("\"format\": \"ndjson\", \"with_events\": true"), true, true},
    {"chronology", CHILD, true, true},
    {"chronology", CHILD IN("text"), true, true},
    {"chronology", CHILD IN("csv"), true, true},
    {"chronology", CHILD IN("html"), true, true},
    {"chronology", CHILD OPTIONS("\"person\": \"" SERVED_CHILD "\""), true, true},
    {"chronology", CHILD OPTIONS("\"person\": \"" SERVED_CHILD "\", \"format\": \"html\""), true, true},
    {"chronology", CHILD OPTIONS("\"person\": \"" SERVED_CHILD "\", \"format\": \"text\""), true, true},
    {"chronology", CHILD OPTIONS("\"person\": \"" SERVED_CHILD "\", \"format\": \"csv\""), false, true},
    {"timeline", CHILD, false, true},
    {"knew", CHILD, true, true},
    {"knew", CHILD IN("text"), false, true},
    {"knew", CHILD IN("html"), false, true},
    {"knew", CHILD IN("csv"), false, true},
    {"replay", CHILD OPTIONS(DAYS), false, true},
    {"replay", CHILD OPTIONS(DAYS ", \"format\": \"text\""), false, true},
    {"replay", CHILD OPTIONS(DAYS ", \"format\": \"html\""), false, true},
    {"check", CHILD, false, true},
    {"check", CHILD IN("text"), false, true},
    {"check", CHILD IN("html"), false, true},
    {"check", CHILD IN("csv"), false, true},
    {"compare", CHILD, false, false},
    {"prompts.list", OPTIONS("\"state\": \"all\""), false, false},
    {"prompts.list", IN("csv"), false, true},
    {"assessments.list", CHILD, false, false},
    {"accesses.list", "", false, false},
    {"imports.list", "", false, false},
    {"caseload.show", "", false, false},
    {"caseload.prompts", "", false, false},
    {"quality.show", "", false, true},
    {"indicators.backtest", INDICATOR BODY, false, true},
    {"reviews.list", "", false, false},
    {"reviews.show", OPTIONS("\"id\": 1"), false, false},
    {"reviews.findings", OPTIONS("\"id\": 1"), false, false},
    {"reviews.run", "", false, false},
    {"scorecard.show", "", false, true},
    {"scorecard.show", IN("html"), false, true},
    {"scorecard.show", IN("csv"), false, true},
    {"scorecard.list",
     OPTIONS("\"measure\": \"recording-lag\", \"from\": \"2024-04-01\", \"to\": \"2024-09-30\""), true, true},
    {"openings.list", CHILD, false, false},
    {"children.trail", CHILD, true, false},
    {"audit.list", "", true, false},
    {"audit.verify", "", false, false},
    {"audit.head", "", false, false},
};

/* Of no child's rows, or asked for in a test of their own below. */
static const char *const elsewhere[] = {
    "sessions.open",
    "sessions.show",
    "sessions.close",
    "sessions.password",
    "children.access",
    "children.allocate",
    "children.open",
    "children.close",
    "accounts.show",
    "measures.list",
    "measures.show",
    "accounts.list",
    "accounts.add",
    "accounts.change",
    "tokens.list",
    "tokens.make",
    "tokens.revoke",
    "events.show",
    "events.add",
    "events.correct",
    "assessments.begin",
    "assessments.show",
    "assessments.save",
    "assessments.complete",
    "assessments.countersign",
    "assessments.withdraw",
    "assessments.previous",
    "assessment.export",
    "prompts.show",
    "prompts.act",
    "imports.receive",
    "imports.show",
    "imports.map",
    "imports.confirm",
    "imports.discard",
    "agencies.list",
    "kinds.list",
    "instruments.list",
    "instruments.show",
    "instruments.blank",
    "indicators.list",
    "indicators.explain",
    "indicators.doc",
    "policy.effective",
};

START_TEST(each_operation_is_in_a_table)
{
    const tdm__served *row;
    for (size_t i = 0; (row = tdm__served_at(i)) != NULL; i++) {
        bool found = false;
        for (size_t k = 0; k < ROWS(table); k++)
            found = found || strcmp(table[k].operation, row->operation) == 0;
        for (size_t k = 0; k < ROWS(elsewhere); k++)
            found = found || strcmp(elsewhere[k], row->operation) == 0;
        ck_assert_msg(found, "%s: does it show rows that are limited?", row->operation);
    }
}
END_TEST

static bool leaks(void)
{
    if (s.answer.text.length == 0)
        return false;
    bool found = answer_holds(&s.answer, MARK);
    for (size_t i = 0; i < ROWS_TYPED; i++)
        found = found || answer_holds(&s.answer, ids[i]);
    return found;
}

static tdm_status ask_row(size_t row)
{
    char request[512];
    snprintf(request, sizeof request, "{\"operation\": \"%s\"%s}", table[row].operation, table[row].rest);
    return served_ask(&s, request);
}

/* Whether the answers are for one of the agencies; "administrator" and "analyst" are the council's. */
static const struct {
    const char *actor;
    bool is_named;
    size_t least; /* so many operations answer */
} actors[] = {{"pol", true, 30},      {"hou", true, 30}, {"mo", false, 30}, {"ann", false, 25},
              {"program", false, 30}, {"ida", false, 5}, {"eve", false, 3}, {"rex", false, 1}};

START_TEST(nothing_of_a_limited_row_comes_out)
{
    size_t asked = 0;
    act_as(actors[_i].actor);
    for (size_t row = 0; row < ROWS(table); row++) {
        tdm_status status = ask_row(row);
        asked += status == TDM_OK;
        if (!actors[_i].is_named)
            ck_assert_msg(!leaks(), "%s%s to %s: %.*s", table[row].operation, table[row].rest,
                          actors[_i].actor, SHORT(s.answer.text));
        if (status != TDM_OK)
            continue;
        if (actors[_i].is_named && table[row].shows)
            ck_assert_msg(leaks(), "%s%s to %s shows none", table[row].operation, table[row].rest,
                          actors[_i].actor);
        /* Nothing is opened to the reviewer yet. */
        if (table[row].tells && strcmp(actors[_i].actor, "rex") != 0)
            ck_assert_msg(answer_holds(&s.answer, TOLD) == !actors[_i].is_named, "%s%s to %s: %.*s",
                          table[row].operation, table[row].rest, actors[_i].actor, SHORT(s.answer.text));
    }
    ck_assert_uint_ge(asked, actors[_i].least);
}
END_TEST

/* --- lists --- */

static int64_t number_at(const tdm__json_value *object, const char *name)
{
    int64_t number = -1;
    const tdm__json_value *value = tdm__json_member(object, name);
    if (!value || !tdm__json_int64(&number, value))
        return -1;
    return number;
}

START_TEST(a_list_counts_without_them_and_says_so)
{
    int64_t entries[2], rows[2], prompts[2];
    static const char *const who[] = {"pol", "mo"};
    for (int i = 0; i < 2; i++) {
        served_as(&s, who[i]);
        served_expect(&s, "{\"operation\": \"children.list\"}", TDM_OK);
        tdm__json *list = served_json(&s);
        const tdm__json_value *child = tdm__json_first(tdm__json_member(tdm__json_root(list), "items"));
        const tdm__json_value *withheld = tdm__json_member(child, "withheld");
        entries[i] = number_at(child, "entries");
        rows[i] = withheld ? number_at(withheld, "rows") : 0;
        prompts[i] = withheld ? number_at(withheld, "prompts") : 0;
        tdm__json_free(list);
    }
    ck_assert_int_eq(entries[0] - entries[1], ROWS_TYPED);
    ck_assert_int_eq(rows[0], 0);
    ck_assert_int_eq(prompts[0], 0);
    ck_assert_int_eq(rows[1], ROWS_TYPED);
    ck_assert_int_gt(prompts[1], 0);
}
END_TEST

#define KEYS_MOST 128
typedef struct keys {
    char items[KEYS_MOST][20];
    size_t count;
    int64_t withheld;
} keys;

static void list_prompts(keys *out, const char *who)
{
    served_as(&s, who);
    served_expect(&s, "{\"operation\": \"prompts.list\", \"options\": {\"state\": \"all\", \"limit\": 200}}",
                  TDM_OK);
    tdm__json *list = served_json(&s);
    const tdm__json_value *item = tdm__json_first(tdm__json_member(tdm__json_root(list), "items"));
    const tdm__json_value *withheld = tdm__json_member(tdm__json_root(list), "withheld");
    *out = (keys){.withheld = withheld ? number_at(withheld, "prompts") : 0};
    for (; item && out->count < KEYS_MOST; item = tdm__json_next(item)) {
        tdm_str key = member_of(item, "key");
        snprintf(out->items[out->count++], sizeof out->items[0], "%.*s", (int)key.length, key.data);
    }
    tdm__json_free(list);
}

static bool has_key(const keys *list, const char *key)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], key) == 0)
            return true;
    return false;
}

START_TEST(a_prompt_that_rests_on_one_is_not_there)
{
    static keys all, some;
    char request[256];
    size_t missing = 0;
    list_prompts(&all, "pol");
    list_prompts(&some, "mo");
    ck_assert_int_eq(all.withheld, 0);
    for (size_t i = 0; i < some.count; i++)
        ck_assert(has_key(&all, some.items[i]));
    for (size_t i = 0; i < all.count; i++) {
        bool is_missing = !has_key(&some, all.items[i]);
        missing += is_missing;
        served_as(&s, "mo");
        snprintf(request, sizeof request, "{\"operation\": \"prompts.show\", \"options\": {\"key\": \"%s\"}}",
                 all.items[i]);
        served_expect(&s, request, is_missing ? TDM_NOT_FOUND : TDM_OK);
        s.call.if_match = TDM_LIT("\"1\"");
        snprintf(request, sizeof request,
                 "{\"operation\": \"prompts.act\", \"options\": {\"key\": \"%s\"}, \"body\": {\"state\": "
                 "\"seen\"}}",
                 all.items[i]);
        if (is_missing)
            served_expect(&s, request, TDM_NOT_FOUND);
        s.call.if_match = TDM_LIT("");
    }
    ck_assert_uint_gt(missing, 0);
    ck_assert_int_eq(some.withheld, (int64_t)missing);
}
END_TEST

/* --- one entry --- */

static tdm_status show_entry(const char *id)
{
    char request[256];
    snprintf(request, sizeof request,
             "{\"operation\": \"events.show\"" CHILD ", \"options\": {\"event\": \"%s\"}}", id);
    return served_ask(&s, request);
}

static tdm_status correct(const char *id, const char *version, const char *agency, const char *facts)
{
    char request[1024];
    snprintf(request, sizeof request,
             "{\"operation\": \"events.correct\"" CHILD ", \"options\": {\"event\": \"%s\"}, \"body\": "
             "{\"occurred\": \"2024-06-01\", \"agency\": \"%s\", \"kind\": \"domestic-abuse-incident\", "
             "\"text\": \"put otherwise\", \"reason\": \"" MARK "\"%s}}",
             id, agency, facts);
    s.call.if_match = tdm__str(version);
    tdm_status status = served_ask(&s, request);
    s.call.if_match = TDM_LIT("");
    return status;
}

START_TEST(an_entry_is_there_for_the_agencies_named)
{
    act_as(actors[_i].actor);
    tdm_status status = show_entry(ids[0]);
    if (actors[_i].is_named)
        ck_assert_int_eq(status, TDM_OK);
    else
        ck_assert_int_ne(status, TDM_OK);
    ck_assert_int_eq(leaks(), actors[_i].is_named);
}
END_TEST

START_TEST(nobody_types_what_they_could_not_see)
{
    served_as(&s, "mo");
    ck_assert_int_eq(type_entry("2024-08-01", "police", FOR_HOUSING), TDM_INVALID_INPUT);
    ck_assert_int_eq(type_entry("2024-08-01", "police", "{\"limited_to\": \"polise\"}"), TDM_INVALID_INPUT);
    ck_assert_int_eq(type_entry("2024-08-01", "police", "{\"limited_to\": {}}"), TDM_INVALID_INPUT);
    ck_assert_int_eq(type_entry("2024-08-01", "police", "{\"sharing_basis\": \"because\"}"),
                     TDM_INVALID_INPUT);
    ck_assert_int_eq(
        type_entry("2024-08-01", "police", "{\"limited_to\": [\"housing\", \"childrens-social-care\"]}"),
        TDM_OK);
    take_id(ids[0]);
    ck_assert_int_eq(show_entry(ids[0]), TDM_OK);
    ck_assert(answer_holds(&s.answer, "housing childrens-social-care"));
    served_as(&s, "hou");
    ck_assert_int_eq(show_entry(ids[0]), TDM_OK);
}
END_TEST

START_TEST(a_correction_keeps_the_limit_until_its_agency_lifts_it)
{
    served_as(&s, "mo");
    ck_assert_int_eq(correct(ids[0], "\"1\"", "police", ""), TDM_NOT_FOUND);
    served_as(&s, "hou");
    ck_assert_int_eq(correct(ids[0], "\"1\"", "police", ", \"facts\": {\"limited_to\": \"\"}"),
                     TDM_INVALID_INPUT);
    ck_assert_int_eq(correct(ids[0], "\"1\"", "housing", ""), TDM_INVALID_INPUT);
    ck_assert_int_eq(correct(ids[0], "\"1\"", "police", ""), TDM_OK);
    ck_assert_int_eq(show_entry(ids[0]), TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"limited_to\":\"housing\"") ||
              answer_holds(&s.answer, "\"limited_to\": \"housing\""));
    served_as(&s, "mo");
    ck_assert_int_eq(show_entry(ids[0]), TDM_NOT_FOUND);
    served_as(&s, "pol");
    ck_assert_int_eq(correct(ids[0], "\"2\"", "police", ", \"facts\": {\"limited_to\": \"\"}"), TDM_OK);
    served_as(&s, "mo");
    /* The version that is for all, and none of those before it; nor what was said of them. */
    ck_assert_int_eq(show_entry(ids[0]), TDM_OK);
    tdm__json *shown = served_json(&s);
    ck_assert_int_eq(number_at(tdm__json_root(shown), "version"), 1);
    ck_assert_uint_eq(tdm__json_count(tdm__json_member(tdm__json_root(shown), "versions")), 1);
    tdm__json_free(shown);
    ck_assert_str_eq(s.reply.etag, "\"1\"");
}
END_TEST

/* The return that was sent before, again: it knows nothing of what was decided by hand. */
START_TEST(a_return_lifts_no_limit)
{
    char request[1024];
    served_as(&s, "mo");
    snprintf(request, sizeof request,
             "{\"operation\": \"imports.receive\", \"inputs\": [{\"name\": \"r.ndjson\", \"content\": "
             "\"{\\\"type\\\":\\\"event\\\",\\\"id\\\":\\\"%s\\\",\\\"child\\\":\\\"" SERVED_CHILD
             "\\\",\\\"occurred\\\":\\\"2024-06-01\\\",\\\"agency\\\":\\\"police\\\",\\\"kind\\\":"
             "\\\"domestic-abuse-incident\\\",\\\"text\\\":\\\"sent again\\\"}\\n\"}]}",
             ids[0]);
    served_expect(&s, request, TDM_OK);
    s.call.if_match = TDM_LIT("\"1\"");
    served_ask(&s, "{\"operation\": \"imports.confirm\", \"options\": {\"id\": \"1\"}, \"body\": {}}");
    s.call.if_match = TDM_LIT("");
    ck_assert_int_eq(show_entry(ids[0]), TDM_NOT_FOUND);
    served_expect(&s, "{\"operation\": \"chronology\"" CHILD "}", TDM_OK);
    ck_assert(!answer_holds(&s.answer, "sent again"));
    served_as(&s, "hou");
    ck_assert_int_eq(show_entry(ids[0]), TDM_OK);
}
END_TEST

/* --- a reviewer --- */

static void open_to_rex(const char *who, const char *limited)
{
    char request[512];
    served_as(&s, who);
    snprintf(request, sizeof request,
             "{\"operation\": \"children.open\"" CHILD ", \"body\": {\"account\": \"rex\", \"until\": "
             "\"2024-10-05\", \"reason\": \"a review of a serious case\"%s}}",
             limited);
    served_expect(&s, request, TDM_OK);
}

static const struct {
    const char *who, *limited;
    bool sees;
} openings[] = {{"mo", "", false},
                {"mo", ", \"limited\": true", false},
                {"pol", "", false},
                {"pol", ", \"limited\": true", true}};

START_TEST(a_reviewer_sees_what_the_manager_may_and_says)
{
    open_to_rex(openings[_i].who, openings[_i].limited);
    served_as(&s, "rex");
    ck_assert_int_eq(show_entry(ids[0]) == TDM_OK, openings[_i].sees);
    for (size_t row = 0; row < ROWS(table); row++) {
        tdm_status status = ask_row(row);
        if (!openings[_i].sees)
            ck_assert_msg(!leaks(), "%s%s", table[row].operation, table[row].rest);
        if (openings[_i].sees && status == TDM_OK && table[row].shows)
            ck_assert_msg(leaks(), "%s%s", table[row].operation, table[row].rest);
    }
    served_as(&s, "eve");
    served_expect(&s, "{\"operation\": \"audit.list\", \"options\": {\"operation\": \"children.open\"}}",
                  TDM_OK);
    ck_assert_int_eq(answer_holds(&s.answer, "with what is limited to"), openings[_i].limited[0] != '\0');
}
END_TEST

START_TEST(what_little_memory_there_is)
{
    served_as(&s, "mo");
    ck_assert_int_gt(starve(&s, "{\"operation\": \"children.list\"}"), 5);
    ck_assert_int_gt(starve(&s, "{\"operation\": \"check\"" CHILD "}"), 10);
}
END_TEST

Suite *served_limits_suite(void)
{
    Suite *suite = suite_create("rows limited to agencies");
    TCase *tests = tcase_create("limits");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, each_operation_is_in_a_table);
    tcase_add_loop_test(tests, nothing_of_a_limited_row_comes_out, 0, (int)ROWS(actors));
    tcase_add_test(tests, a_list_counts_without_them_and_says_so);
    tcase_add_test(tests, a_prompt_that_rests_on_one_is_not_there);
    tcase_add_loop_test(tests, an_entry_is_there_for_the_agencies_named, 0, (int)ROWS(actors));
    tcase_add_test(tests, nobody_types_what_they_could_not_see);
    tcase_add_test(tests, a_correction_keeps_the_limit_until_its_agency_lifts_it);
    tcase_add_test(tests, a_return_lifts_no_limit);
    tcase_add_loop_test(tests, a_reviewer_sees_what_the_manager_may_and_says, 0, (int)ROWS(openings));
    suite_add_tcase(suite, tests);
    TCase *memory = tcase_create("memory");
    tcase_add_checked_fixture(memory, setup, teardown);
    tcase_set_timeout(memory, 600);
    tcase_add_test(memory, what_little_memory_there_is);
    suite_add_tcase(suite, memory);
    return suite;
}
