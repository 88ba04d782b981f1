/*
 * The worklist: what a review finds stands in it, what people do is kept when the next review finds it again,
 * and those who see no names see codes.
 */
#include "api/served.h"

#include <stdio.h>
#include <string.h>

static served s;

static void setup(void)
{
    served_open(&s);
    ck_assert_msg(tdm_service_tend(s.service, s.caller, SERVED_NOW, s.call.today) == TDM_OK, "%s",
                  tdm_context_error(s.caller)->message);
}

static void teardown(void)
{
    served_close(&s);
}

static size_t count_items(const char *request)
{
    ck_assert_msg(served_ask(&s, request) == TDM_OK, "%s: %s", request, tdm_context_error(s.caller)->message);
    tdm__json *document = served_json(&s);
    size_t count = tdm__json_count(tdm__json_member(tdm__json_root(document), "items"));
    tdm__json_free(document);
    return count;
}

/* Keys of the spells of all prompts of a review of the child: each is one line of the worklist. */
static size_t count_keys(void)
{
    size_t count = 0;
    char keys[128][24];
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"review\", \"child\": \"" SERVED_CHILD "\"}"), TDM_OK);
    tdm__json *document = served_json(&s);
    const tdm__json_value *child = tdm__json_first(tdm__json_member(tdm__json_root(document), "children"));
    for (const tdm__json_value *p = tdm__json_first(tdm__json_member(child, "prompts")); p;
         p = tdm__json_next(p))
        for (const tdm__json_value *spell = tdm__json_first(tdm__json_member(p, "spells")); spell;
             spell = tdm__json_next(spell)) {
            char key[24];
            size_t at = 0;
            tdm_str text = tdm__json_string(tdm__json_member(spell, "key"));
            snprintf(key, sizeof key, "%.*s", (int)text.length, text.data);
            while (at < count && strcmp(keys[at], key) != 0)
                at++;
            ck_assert_uint_lt(at, 128);
            strcpy(keys[at], key);
            count = at == count ? count + 1 : count;
        }
    tdm__json_free(document);
    return count;
}

static void member_of_first(char *out, size_t size, const char *request, const char *name)
{
    ck_assert_int_eq(served_ask(&s, request), TDM_OK);
    tdm__json *document = served_json(&s);
    tdm_str value = tdm__json_string(
        tdm__json_member(tdm__json_first(tdm__json_member(tdm__json_root(document), "items")), name));
    snprintf(out, size, "%.*s", (int)value.length, value.data);
    tdm__json_free(document);
}

#define LIST_ALL  "{\"operation\": \"prompts.list\", \"options\": {\"state\": \"all\", \"limit\": 200}}"
#define LIST_OPEN "{\"operation\": \"prompts.list\", \"options\": {\"limit\": 200}}"

START_TEST(a_line_for_each_spell)
{
    served_as(&s, "ann");
    size_t spells = count_keys();
    ck_assert_uint_gt(spells, 5);
    /* The family's other children are not hers. */
    ck_assert_uint_eq(count_items(LIST_ALL), spells);
    served_as(&s, "pat");
    ck_assert_uint_eq(count_items(LIST_ALL), 0);
    served_as(&s, "rex");
    ck_assert_uint_eq(count_items(LIST_ALL), 0);
}
END_TEST

/* Of the lines of one child and indicator one has the sentence; the others say of which days they are, and of
 * these days is all that they show. */
START_TEST(a_sentence_stands_above_its_own_rows)
{
    static const char another[] = "Another time of the same: ";
    struct {
        char name[96];
        int told;
    } seen[128];
    size_t count = 0, others = 0;
    served_as(&s, "mo");
    ck_assert_int_eq(served_ask(&s, LIST_ALL), TDM_OK);
    tdm__json *document = served_json(&s);
    for (const tdm__json_value *item = tdm__json_first(tdm__json_member(tdm__json_root(document), "items"));
         item; item = tdm__json_next(item)) {
        char name[96];
        size_t at = 0;
        tdm_str child = tdm__json_string(tdm__json_member(item, "child"));
        tdm_str id = tdm__json_string(tdm__json_member(item, "indicator"));
        tdm_str sentence = tdm__json_string(tdm__json_member(item, "sentence"));
        bool told = !tdm__str_starts(sentence, tdm__str(another));
        snprintf(name, sizeof name, "%.*s %.*s", TDM_STR_ARGS(child), TDM_STR_ARGS(id));
        while (at < count && strcmp(seen[at].name, name) != 0)
            at++;
        ck_assert_uint_lt(at, ROWS(seen));
        if (at == count)
            seen[count++].told = 0;
        strcpy(seen[at].name, name);
        seen[at].told += told;
        others += !told;
    }
    tdm__json_free(document);
    ck_assert_uint_gt(others, 10);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(seen[i].told == 1, "%s: %d", seen[i].name, seen[i].told);
}
END_TEST

START_TEST(pages_follow_one_another_without_a_gap)
{
    char request[256], seen[64][24];
    size_t count = 0;
    served_as(&s, "ann");
    size_t all = count_items(LIST_ALL);
    char next[64] = "";
    do {
        snprintf(request, sizeof request,
                 "{\"operation\": \"prompts.list\", \"options\": {\"state\": \"all\", \"limit\": 3, "
                 "\"cursor\": \"%s\"}}",
                 next);
        ck_assert_int_eq(served_ask(&s, request), TDM_OK);
        tdm__json *document = served_json(&s);
        const tdm__json_value *root = tdm__json_root(document);
        for (const tdm__json_value *item = tdm__json_first(tdm__json_member(root, "items")); item;
             item = tdm__json_next(item)) {
            tdm_str key = tdm__json_string(tdm__json_member(item, "key"));
            ck_assert_uint_lt(count, 64);
            snprintf(seen[count++], sizeof seen[0], "%.*s", (int)key.length, key.data);
        }
        tdm_str cursor = tdm__json_string(tdm__json_member(root, "next"));
        snprintf(next, sizeof next, "%.*s", (int)cursor.length, cursor.data);
        tdm__json_free(document);
    } while (next[0]);
    ck_assert_uint_eq(count, all);
    for (size_t i = 1; i < count; i++)
        ck_assert_int_lt(strcmp(seen[i - 1], seen[i]), 0);
}
END_TEST

static tdm_status act(const char *key, const char *version, const char *state, const char *reason)
{
    char request[320];
    snprintf(request, sizeof request,
             "{\"operation\": \"prompts.act\", \"options\": {\"key\": \"%s\"}, \"body\": {\"state\": \"%s\", "
             "\"reason\": \"%s\"}}",
             key, state, reason);
    s.call.if_match = tdm__str(version);
    tdm_status status = served_ask(&s, request);
    s.call.if_match = (tdm_str){"", 0};
    return status;
}

START_TEST(what_was_done_is_kept_when_it_is_found_again)
{
    char key[32], state[64];
    served_as(&s, "mo");
    size_t open = count_items(LIST_OPEN);
    member_of_first(key, sizeof key, LIST_OPEN, "key");
    ck_assert_int_eq(act(key, "\"1\"", "dismissed", "short"), TDM_INVALID_INPUT);
    ck_assert_int_eq(act(key, "", "seen", ""), TDM_INVALID_ARG);
    ck_assert_str_eq(s.reply.problem, "version-needed");
    ck_assert_int_eq(act(key, "\"1\"", "acted-on", "A core group is called for Friday."), TDM_OK);
    ck_assert_str_eq(s.reply.etag, "\"2\"");
    ck_assert(answer_holds(&s.answer, "\"acted-on\""));
    ck_assert(answer_holds(&s.answer, "\"definition\""));
    /* Somebody who saw it before that. */
    ck_assert_int_eq(act(key, "\"1\"", "dismissed", "It was not the same family."), TDM_STALE);
    ck_assert_uint_eq(count_items(LIST_OPEN), open - 1);
    s.call.today++;
    s.call.now += 86400;
    ck_assert_int_eq(tdm_service_tend(s.service, s.caller, s.call.now, s.call.today), TDM_OK);
    served_as(&s, "mo");
    ck_assert_uint_gt(count_items(LIST_OPEN), 0);
    ck_assert(!answer_holds(&s.answer, key));
    member_of_first(state, sizeof state,
                    "{\"operation\": \"prompts.list\", \"options\": {\"state\": \"acted-on\"}}", "reason");
    ck_assert_str_eq(state, "A core group is called for Friday.");
}
END_TEST

START_TEST(a_prompt_of_another_child_is_not_there)
{
    char key[32], request[128];
    served_as(&s, "mo");
    member_of_first(key, sizeof key, LIST_OPEN, "key");
    snprintf(request, sizeof request, "{\"operation\": \"prompts.show\", \"options\": {\"key\": \"%s\"}}",
             key);
    ck_assert_int_eq(served_ask(&s, request), TDM_OK);
    served_as(&s, "sue");
    ck_assert_int_eq(served_ask(&s, request), TDM_FORBIDDEN);
    ck_assert_str_eq(s.reply.problem, "reason-needed");
    served_as(&s, "rex");
    ck_assert_int_eq(served_ask(&s, request), TDM_NOT_FOUND);
    served_as(&s, "ida");
    ck_assert_int_eq(served_ask(&s, request), TDM_FORBIDDEN);
}
END_TEST

START_TEST(an_analyst_sees_codes)
{
    char code[TDM__CODE_SIZE];
    served_as(&s, "ida");
    ck_assert_uint_gt(
        count_items(
            "{\"operation\": \"caseload.prompts\", \"options\": {\"limit\": 200, \"state\": \"all\"}}"),
        5);
    tdm__child_code(code, s.service, TDM_LIT(SERVED_CHILD));
    ck_assert(answer_holds(&s.answer, code));
    ck_assert(!answer_holds(&s.answer, SERVED_CHILD));
    /* A name that is tried out tells nothing. */
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"caseload.prompts\", \"options\": {\"of_child\": "
                                    "\"" SERVED_CHILD "\"}}"),
                     TDM_INVALID_ARG);
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"quality.show\", \"child\": \"" SERVED_CHILD "\"}"),
                     TDM_INVALID_ARG);
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"quality.show\"}"), TDM_OK);
    ck_assert(!answer_holds(&s.answer, SERVED_CHILD));
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"indicators.backtest\", \"options\": {\"id\": "
                                    "\"repeat-referral\"}}"),
                     TDM_OK);
    ck_assert(!answer_holds(&s.answer, SERVED_CHILD));
    /* Another policy, in the body: nobody has a hundred small concerns. */
    ck_assert_int_eq(
        served_ask(&s, "{\"operation\": \"indicators.backtest\", \"options\": {\"id\": \"many-small\"}, "
                       "\"body\": {\"against\": {\"policy\": 1, \"indicators\": {\"many-small\": "
                       "{\"params\": {\"incidents\": 100}}}}}}"),
        TDM_OK);
    ck_assert(answer_holds(&s.answer, "\"lost\": 1"));
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"indicators.backtest\", \"options\": {\"id\": "
                                    "\"many-small\"}, \"body\": {\"params\": {}}}"),
                     TDM_INVALID_INPUT);
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"caseload.show\"}"), TDM_OK);
    ck_assert(!answer_holds(&s.answer, SERVED_CHILD));
    tdm__json *document = served_json(&s);
    const tdm__json_value *indicator =
        tdm__json_first(tdm__json_member(tdm__json_root(document), "indicators"));
    int64_t met = 0, number;
    for (; indicator; indicator = tdm__json_next(indicator)) {
        ck_assert_uint_gt(tdm__json_string(tdm__json_member(indicator, "definition")).length, 20);
        ck_assert(tdm__json_int64(&number, tdm__json_member(indicator, "met")));
        met += number;
    }
    ck_assert_int_gt(met, 0);
    tdm__json_free(document);
}
END_TEST

START_TEST(a_reason_that_is_a_formula_is_none_in_a_spreadsheet)
{
    char key[32];
    served_as(&s, "mo");
    member_of_first(key, sizeof key, LIST_OPEN, "key");
    ck_assert_int_eq(act(key, "\"1\"", "dismissed", "=HYPERLINK(1) is not it"), TDM_OK);
    ck_assert_int_eq(served_ask(&s,
                                "{\"operation\": \"prompts.list\", \"options\": {\"state\": \"dismissed\", "
                                "\"format\": \"csv\"}}"),
                     TDM_OK);
    ck_assert_str_eq(s.reply.media_type, "text/csv; charset=utf-8");
    ck_assert(answer_holds(&s.answer, "'=HYPERLINK"));
}
END_TEST

Suite *worklist_suite(void)
{
    Suite *suite = suite_create("worklist");
    TCase *lines = tcase_create("lines");
    tcase_add_checked_fixture(lines, setup, teardown);
    tcase_set_timeout(lines, 120);
    tcase_add_test(lines, a_line_for_each_spell);
    tcase_add_test(lines, a_sentence_stands_above_its_own_rows);
    tcase_add_test(lines, pages_follow_one_another_without_a_gap);
    tcase_add_test(lines, what_was_done_is_kept_when_it_is_found_again);
    tcase_add_test(lines, a_prompt_of_another_child_is_not_there);
    tcase_add_test(lines, an_analyst_sees_codes);
    tcase_add_test(lines, a_reason_that_is_a_formula_is_none_in_a_spreadsheet);
    suite_add_tcase(suite, lines);
    return suite;
}
