/*
 * Roles by operations: for each operation that a service offers, what each role is answered, written out by
 * hand and asked for real. An operation without a row fails. Who is refused leaves no trace: neither the
 * trail nor any page of the store changes.
 */
#include "api/members.h"
#include "api/served.h"

#include <stdio.h>
#include <string.h>

/* The columns; a program holds all that the token of a manager may. */
static const char *const actors[] = {"ann", "mo", "ida", "rex", "eve", "program", "", "pat", "sue"};
#define ACTORS (sizeof actors / sizeof *actors)

/*
 *   +  let in: the answer is neither "sign in" nor "you may not"
 *   -  refused
 *   r  refused until a reason is given
 *   0  told that there is nothing of that kind
 *   u  told to sign in
 *
 * practitioner and manager of the child, analyst, reviewer, administrator, program, nobody; practitioner and
 * manager of another team. `rest` stands behind the operation in the request.
 */
#define CHILD         ", \"child\": \"" SERVED_CHILD "\""
#define NO_SUCH_CHILD ", \"child\": \"NO-1\""
#define BODY          ", \"body\": {}"
#define OPTIONS(text) ", \"options\": {" text "}"
#define NO_TOKEN      "0000000000000000000000000000000000000000000000000000000000000000"
#define NO_DRAFT      OPTIONS("\"id\": \"999\"")
#define INDICATOR     OPTIONS("\"id\": \"repeat-referral\"")
#define MEASURE       OPTIONS("\"measure\": \"referrals\"")
#define NO_MEASURE    OPTIONS("\"measure\": \"none\"")
#define INSTRUMENT    OPTIONS("\"id\": \"graded-care\"")

static const struct {
    const char *operation, *rest, *verdicts;
} table[] = {
    /* p m a r e program nobody, other p, other m */
    {"sessions.open", BODY, "+++++++++"},
    {"sessions.show", "", "+++++-u++"},
    {"sessions.close", "", "+++++-u++"},
    {"sessions.password", BODY, "+++++-u++"},
    {"children.list", "", "++-+-+u++"},
    {"children.show", CHILD, "++-0-+urr"},
    {"children.show", NO_SUCH_CHILD, "00-0-0u00"},
    {"children.access", CHILD BODY, "++----u++"},
    {"children.access", NO_SUCH_CHILD BODY, "00----u00"},
    {"children.allocate", CHILD BODY, "-+----u-r"},
    {"children.allocate", NO_SUCH_CHILD BODY, "-0----u-0"},
    {"children.open", CHILD BODY, "-+----u-r"},
    {"children.open", NO_SUCH_CHILD BODY, "-0----u-0"},
    {"openings.list", CHILD, "-+----u-r"},
    {"openings.list", NO_SUCH_CHILD, "-0----u-0"},
    {"children.close", CHILD BODY, "-+----u-r"},
    {"children.close", NO_SUCH_CHILD BODY, "-0----u-0"},
    {"children.trail", CHILD, "-+----u-r"},
    {"children.trail", NO_SUCH_CHILD, "-0----u-0"},
    {"accesses.list", "", "-+----u-+"},
    {"accounts.list", "", "----+-u--"},
    {"accounts.show", OPTIONS("\"account\": \"ann\""), "----+-u--"},
    {"accounts.show", OPTIONS("\"account\": \"nobody\""), "----0-u--"},
    {"accounts.add", BODY, "----+-u--"},
    {"accounts.change", OPTIONS("\"account\": \"ann\"") BODY, "----+-u--"},
    {"tokens.list", OPTIONS("\"account\": \"mo\""), "----+-u--"},
    {"tokens.make", OPTIONS("\"account\": \"mo\"") BODY, "----+-u--"},
    {"tokens.revoke", OPTIONS("\"id\": \"" NO_TOKEN "\""), "----0-u--"},
    {"audit.list", "", "----+-u--"},
    {"audit.verify", "", "----+-u--"},
    {"audit.head", "", "----+-u--"},
    {"events.show", CHILD OPTIONS("\"event\": \"0000000000000001\""), "00-0-0urr"},
    {"events.add", CHILD BODY, "++---+urr"},
    {"events.correct", CHILD OPTIONS("\"event\": \"0000000000000001\"") BODY, "++---+urr"},
    {"assessments.list", CHILD, "++-0-+urr"},
    {"assessments.begin", CHILD BODY, "++---+urr"},
    {"assessments.show", NO_DRAFT, "00-0-0u00"},
    {"assessments.save", NO_DRAFT BODY, "00---0u00"},
    {"assessments.complete", NO_DRAFT BODY, "00---0u00"},
    {"assessments.countersign", NO_DRAFT BODY, "-0----u-0"},
    {"assessments.withdraw", NO_DRAFT BODY, "00---0u00"},
    {"assessments.previous", NO_DRAFT, "00-0-0u00"},
    {"assessment.export", OPTIONS("\"assessment\": \"999\""), "00-0-0u00"},
    {"review", CHILD, "++-0-+urr"},
    {"review", NO_SUCH_CHILD, "00-0-0u00"},
    {"chronology", CHILD, "++-0-+urr"},
    {"timeline", CHILD, "++-0-+urr"},
    {"knew", CHILD, "++-0-+urr"},
    {"replay", CHILD OPTIONS("\"from\": \"2024-09-30\", \"to\": \"2024-09-30\""), "++-0-+urr"},
    {"check", CHILD, "++-0-+urr"},
    {"compare", CHILD, "++-0-+urr"},
    {"prompts.list", "", "++-+-+u++"},
    {"prompts.show", OPTIONS("\"key\": \"0000000000000000\""), "00-0-0u00"},
    {"prompts.act", OPTIONS("\"key\": \"0000000000000000\"") BODY, "00---0u00"},
    {"caseload.show", "", "-++--+u-+"},
    {"caseload.prompts", "", "-++--+u-+"},
    {"quality.show", "", "-++--+u-+"},
    {"scorecard.show", MEASURE, "-++--+u-+"},
    {"scorecard.list", MEASURE, "-++--+u-+"},
    {"scorecard.list", NO_MEASURE, "-00--0u-0"},
    {"reviews.list", "", "-++--+u-+"},
    {"reviews.show", OPTIONS("\"id\": 999"), "-00--0u-0"},
    {"reviews.findings", OPTIONS("\"id\": \"999\""), "-00--0u-0"},
    {"reviews.run", "", "-+----u-+"},
    {"indicators.backtest", INDICATOR BODY, "-++--+u-+"},
    {"imports.receive", BODY, "-+---+u-+"},
    {"imports.list", "", "-+---+u-+"},
    {"imports.show", NO_DRAFT, "-0---0u-0"},
    {"imports.map", NO_DRAFT BODY, "-0---0u-0"},
    {"imports.confirm", NO_DRAFT BODY, "-0---0u-0"},
    {"imports.discard", NO_DRAFT, "-0---0u-0"},
    {"agencies.list", "", "++++++u++"},
    {"kinds.list", "", "++++++u++"},
    {"instruments.list", "", "++++++u++"},
    {"instruments.show", INSTRUMENT, "++++++u++"},
    {"instruments.blank", INSTRUMENT, "++++++u++"},
    {"indicators.list", "", "++++++u++"},
    {"indicators.explain", INDICATOR, "++++++u++"},
    {"indicators.doc", INDICATOR, "++++++u++"},
    {"measures.list", "", "++++++u++"},
    {"measures.show", OPTIONS("\"id\": \"referrals\""), "++++++u++"},
    {"policy.effective", "", "++++++u++"},
};

static served s;
static char program_token[TDM__TOKEN_SIZE];

static void make_program(void)
{
    tdm__text grants;
    tdm__text_init(&grants, &tdm__malloc_allocator);
    tdm__grants_write(&grants, tdm__member_grants(TDM__ROLE_MANAGER, true));
    served_token(&s, program_token, "mo", tdm__text_str(&grants));
    tdm__text_free(&grants);
}

static void setup(void)
{
    served_open(&s);
    make_program();
    s.call.if_match = TDM_LIT("\"1\"");
}

static void teardown(void)
{
    served_close(&s);
}

/* Who asks from now on; a session is a new one each time, because some operations end it. */
static void act_as(const char *actor)
{
    bool is_program = strcmp(actor, "program") == 0;
    served_as(&s, is_program ? "" : actor);
    if (is_program)
        s.call.token = tdm__str(program_token);
}

/* The beginning of SQLite's index of the log, which every commit changes, and where the trail ends. */
typedef struct trace {
    unsigned char log[48];
    tdm__chain_head head;
} trace;

static trace look(void)
{
    trace t = {.log = {0}};
    char path[128];
    tdm__work *work;
    snprintf(path, sizeof path, "%s-shm", s.store);
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fread(t.log, 1, sizeof t.log, file), sizeof t.log);
    fclose(file);
    ck_assert_int_eq(tdm__live_read(&work, s.service->live, s.opener, NULL), TDM_OK);
    ck_assert_int_eq(tdm__work_trail_head(&t.head, work, NULL), TDM_OK);
    tdm__work_end(work);
    return t;
}

static char letter_of(tdm_status status, char expected)
{
    if (status == TDM_UNAUTHENTICATED)
        return 'u';
    if (status == TDM_FORBIDDEN)
        return strcmp(s.reply.problem, "reason-needed") == 0 ? 'r' : '-';
    return status == TDM_NOT_FOUND && expected == '0' ? '0' : '+';
}

/* What is wrong is gathered, so that one run tells all of it. */
static void check_cell(tdm__text *faults, size_t row, size_t column)
{
    char request[512];
    const char *operation = table[row].operation, *rest = table[row].rest;
    char expected = table[row].verdicts[column];
    act_as(actors[column]);
    snprintf(request, sizeof request, "{\"operation\": \"%s\"%s}", operation, rest);
    trace before = look();
    tdm_status status = served_ask(&s, request);
    if (letter_of(status, expected) != expected)
        tdm__text_printf(faults, "\n%s%s, %s: expected %c, gave %s, %s, %s", operation, rest, actors[column],
                         expected, tdm_status_name(status), s.reply.problem,
                         tdm_context_error(s.caller)->message);
    if (expected == '+')
        return;
    if (s.answer.text.length > 0)
        tdm__text_printf(faults, "\n%s, %s: an answer beside the refusal", operation, actors[column]);
    /* Of an object that is not there the asking may be noted; of what is refused nothing is. */
    trace after = look();
    if (expected != '0' && (s.reply.audit_number != 0 || before.head.count != after.head.count ||
                            memcmp(before.log, after.log, sizeof before.log) != 0))
        tdm__text_printf(faults, "\n%s, %s: a refusal left a trace", operation, actors[column]);
}

START_TEST(each_role_is_answered_as_the_table_says)
{
    tdm__text faults;
    tdm__text_init(&faults, &tdm__malloc_allocator);
    for (size_t row = 0; row < ROWS(table); row++) {
        ck_assert_uint_eq(strlen(table[row].verdicts), ACTORS);
        for (size_t column = 0; column < ACTORS; column++)
            check_cell(&faults, row, column);
    }
    ck_assert_msg(faults.length == 0, "%s", faults.data);
    tdm__text_free(&faults);
}
END_TEST

START_TEST(each_operation_has_a_row)
{
    const tdm__served *served_row;
    for (size_t i = 0; (served_row = tdm__served_at(i)) != NULL; i++) {
        size_t rows = 0;
        for (size_t row = 0; row < ROWS(table); row++)
            rows += strcmp(table[row].operation, served_row->operation) == 0;
        ck_assert_msg(rows > 0, "%s is in no row of the table of rights", served_row->operation);
    }
    for (size_t row = 0; row < ROWS(table); row++)
        ck_assert_msg(tdm__served_find(table[row].operation) != NULL, "%s is not served",
                      table[row].operation);
}
END_TEST

/* What each word of a role is let into without asking: as many as the table says. */
START_TEST(a_session_is_told_what_it_may)
{
    const tdm__served *served_row;
    for (size_t column = 0; column < 5; column++) {
        act_as(actors[column]);
        ck_assert_int_eq(served_ask(&s, "{\"operation\": \"sessions.show\"}"), TDM_OK);
        for (size_t i = 0; (served_row = tdm__served_at(i)) != NULL; i++) {
            char quoted[64];
            size_t row = 0;
            while (row < ROWS(table) - 1 && strcmp(table[row].operation, served_row->operation) != 0)
                row++;
            snprintf(quoted, sizeof quoted, "\"%s\"", served_row->operation);
            ck_assert_msg(answer_holds(&s.answer, quoted) == (table[row].verdicts[column] != '-'), "%s: %s",
                          actors[column], quoted);
        }
    }
}
END_TEST

Suite *rights_table_suite(void)
{
    Suite *suite = suite_create("rights by operations");
    TCase *tests = tcase_create("table");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, each_operation_has_a_row);
    tcase_add_test(tests, each_role_is_answered_as_the_table_says);
    tcase_add_test(tests, a_session_is_told_what_it_may);
    suite_add_tcase(suite, tests);
    return suite;
}
