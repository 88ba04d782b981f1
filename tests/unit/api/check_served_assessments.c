/*
 * Assessments as people work on them: from a draft that does not fit yet to the record, countersigned by
 * somebody else; two people on one; what was graded the time before.
 */
#include "api/shown.h"

#include <stdio.h>
#include <string.h>

#define BEGIN                                                                                                \
    "{\"operation\": \"assessments.begin\", \"child\": \"" SERVED_CHILD                                      \
    "\", \"body\": {\"instrument\": \"graded-care\", \"purpose\": \"review\", \"date\": \"2024-09-30\", "    \
    "\"agency\": \"health-visiting\", \"subject\": {\"type\": \"carer\", \"id\": \"Mother\"}}}"

/* Grades 1 to 5; 9 is none. */
#define SOUND   "{\"date\": \"2024-09-30\", \"items\": {\"A1a\": 3, \"A1b\": \"not-seen\"}}"
#define UNSOUND "{\"date\": \"2024-09-30\", \"items\": {\"A1a\": 9, \"A1b\": 2}, \"colour\": \"blue\"}"

static served s;
static char id[64];

static void setup(void)
{
    served_open(&s);
}

static void teardown(void)
{
    served_close(&s);
}

/* version "": none is named. */
static tdm_status ask_of(const char *operation, const char *version, const char *body)
{
    char request[2048];
    snprintf(request, sizeof request,
             "{\"operation\": \"assessments.%s\", \"options\": {\"id\": \"%s\"}%s%s}", operation, id,
             body[0] ? ", \"body\": " : "", body);
    s.call.if_match = tdm__str(version);
    tdm_status status = served_ask(&s, request);
    s.call.if_match = TDM_LIT("");
    return status;
}

static void begin(void)
{
    ck_assert_msg(served_ask(&s, BEGIN) == TDM_OK, "%s", tdm_context_error(s.caller)->message);
    tdm__json *shown = served_json(&s);
    tdm_str text = member_of(tdm__json_root(shown), "id");
    ck_assert_uint_eq(text.length, 32);
    snprintf(id, sizeof id, "%.*s", (int)text.length, text.data);
    tdm__json_free(shown);
}

/* The state of the assessment, and whether a part stands in it. */
static bool is_now(const char *state, const char *part)
{
    ck_assert_int_eq(ask_of("show", "", ""), TDM_OK);
    tdm__json *shown = served_json(&s);
    bool is_so = says(tdm__json_root(shown), "state", state);
    tdm__json_free(shown);
    return is_so && answer_holds(&s.answer, part);
}

START_TEST(what_is_begun_is_a_draft_of_its_author)
{
    served_as(&s, "ann");
    begin();
    ck_assert(s.reply.created);
    ck_assert_str_eq(s.reply.etag, "\"1\"");
    ck_assert_ptr_nonnull(strstr(s.reply.location, id));
    tdm__json *shown = served_json(&s);
    const tdm__json_value *work = tdm__json_root(shown), *form = tdm__json_member(work, "assessment");
    ck_assert(says(work, "state", "draft"));
    ck_assert(says(work, "author", "ann"));
    ck_assert(says(work, "child", SERVED_CHILD));
    ck_assert(says(form, "assessor_role", "practitioner"));
    ck_assert(says(form, "status", "draft"));
    ck_assert_int_eq(tdm__json_type_of(tdm__json_member(work, "score")), TDM__JSON_OBJECT);
    ck_assert_uint_eq(tdm__json_count(tdm__json_member(work, "problems")), 0);
    tdm__json_free(shown);
}
END_TEST

START_TEST(what_does_not_fit_is_kept_and_told)
{
    int64_t grade = 0;
    served_as(&s, "ann");
    begin();
    ck_assert_msg(ask_of("save", "\"1\"", UNSOUND) == TDM_OK, "%s", tdm_context_error(s.caller)->message);
    ck_assert_str_eq(s.reply.etag, "\"2\"");
    ck_assert(is_now("draft", "\"colour\""));
    tdm__json *shown = served_json(&s);
    const tdm__json_value *work = tdm__json_root(shown);
    const tdm__json_value *items = tdm__json_member(tdm__json_member(work, "assessment"), "items");
    const tdm__json_value *problem = tdm__json_first(tdm__json_member(work, "problems"));
    ck_assert(tdm__json_int64(&grade, tdm__json_member(items, "A1a")));
    ck_assert_int_eq(grade, 9);
    while (problem && !says(problem, "item", "A1a"))
        problem = tdm__json_next(problem);
    ck_assert_ptr_nonnull(problem);
    ck_assert_int_eq(tdm__json_type_of(tdm__json_member(work, "score")), TDM__JSON_OBJECT);
    tdm__json_free(shown);
}
END_TEST

START_TEST(a_form_of_which_nothing_can_be_read_is_kept_too)
{
    served_as(&s, "ann");
    begin();
    ck_assert_int_eq(ask_of("save", "\"1\"", "{\"items\": \"none\", \"note\": \"to be done\"}"), TDM_OK);
    ck_assert(is_now("draft", "to be done"));
    tdm__json *shown = served_json(&s);
    ck_assert_int_eq(tdm__json_type_of(tdm__json_member(tdm__json_root(shown), "score")), TDM__JSON_NULL);
    ck_assert_uint_ge(tdm__json_count(tdm__json_member(tdm__json_root(shown), "problems")), 1);
    tdm__json_free(shown);
}
END_TEST

START_TEST(what_it_is_about_stays)
{
    static const char *const bodies[] = {"{\"child\": \"LN-2\", \"items\": {}}",
                                         "{\"id\": \"x\", \"items\": {}}",
                                         "{\"instrument\": \"home-conditions\", \"items\": {}}",
                                         "{\"version\": \"9\", \"items\": {}}",
                                         "[1]",
                                         "\"text\"",
                                         ""};
    served_as(&s, "ann");
    begin();
    for (size_t i = 0; i < ROWS(bodies); i++)
        ck_assert_msg(ask_of("save", "\"1\"", bodies[i]) == TDM_INVALID_INPUT, "%s", bodies[i]);
    ck_assert(is_now("draft", "\"version\": 1,"));
}
END_TEST

START_TEST(only_a_sound_one_is_completed_and_then_of_the_record)
{
    served_as(&s, "ann");
    begin();
    ck_assert_int_eq(ask_of("save", "\"1\"", UNSOUND), TDM_OK);
    ck_assert_int_eq(ask_of("complete", "\"2\"", ""), TDM_INVALID_INPUT);
    ck_assert_uint_eq(tdm_context_problem_count(s.caller), 2);
    ck_assert(is_now("draft", "\"version\": 2,"));
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"review\", \"child\": \"" SERVED_CHILD "\"}"), TDM_OK);
    ck_assert(!answer_holds(&s.answer, id));
    ck_assert_int_eq(ask_of("save", "\"2\"", SOUND), TDM_OK);
    ck_assert_msg(ask_of("complete", "\"3\"", "") == TDM_OK, "%s", tdm_context_error(s.caller)->message);
    ck_assert(is_now("complete", "\"2024-10-01\"")); /* recorded */
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"review\", \"child\": \"" SERVED_CHILD "\"}"), TDM_OK);
    ck_assert(answer_holds(&s.answer, id));
    ck_assert_int_eq(ask_of("save", "\"4\"", SOUND), TDM_CONFLICT);
    ck_assert_int_eq(ask_of("complete", "\"4\"", ""), TDM_CONFLICT);
}
END_TEST

START_TEST(somebody_else_countersigns)
{
    served_as(&s, "ann");
    begin();
    ck_assert_int_eq(ask_of("save", "\"1\"", SOUND), TDM_OK);
    ck_assert_int_eq(ask_of("complete", "\"2\"", ""), TDM_OK);
    served_as(&s, "mo");
    ck_assert_int_eq(ask_of("countersign", "\"2\"", ""), TDM_STALE);
    ck_assert_int_eq(ask_of("countersign", "\"3\"", ""), TDM_OK);
    ck_assert(is_now("countersigned", "\"countersigned_by\": \"mo\""));
    ck_assert_int_eq(ask_of("withdraw", "\"4\"", "{\"reason\": \"x\"}"), TDM_CONFLICT);
}
END_TEST

START_TEST(nobody_countersigns_work_of_their_own)
{
    served_as(&s, "mo");
    begin();
    ck_assert_int_eq(ask_of("save", "\"1\"", SOUND), TDM_OK);
    ck_assert_int_eq(ask_of("complete", "\"2\"", ""), TDM_OK);
    ck_assert_int_eq(ask_of("countersign", "\"3\"", ""), TDM_FORBIDDEN);
    ck_assert_str_eq(s.reply.problem, "own-work");
    ck_assert(is_now("complete", "\"countersigned_by\": \"\""));
}
END_TEST

START_TEST(two_people_on_one_draft)
{
    served_as(&s, "ann");
    begin();
    ck_assert_int_eq(ask_of("save", "\"1\"", SOUND), TDM_OK);
    served_as(&s, "mo");
    ck_assert_int_eq(ask_of("save", "\"1\"", "{\"items\": {\"A1a\": 5}}"), TDM_STALE);
    ck_assert_int_eq(ask_of("complete", "\"1\"", ""), TDM_STALE);
    ck_assert_int_eq(ask_of("save", "", SOUND), TDM_INVALID_ARG);
    ck_assert_str_eq(s.reply.problem, "version-needed");
    ck_assert(is_now("draft", "\"A1a\":3"));
    ck_assert_int_eq(ask_of("save", "\"2\"", "{\"items\": {\"A1a\": 5}}"), TDM_OK);
}
END_TEST

START_TEST(a_draft_is_withdrawn_with_a_reason)
{
    served_as(&s, "ann");
    begin();
    ck_assert_int_eq(ask_of("withdraw", "\"1\"", "{}"), TDM_INVALID_INPUT);
    ck_assert_int_eq(ask_of("withdraw", "\"1\"", "{\"reason\": \" \"}"), TDM_INVALID_INPUT);
    ck_assert_int_eq(ask_of("withdraw", "\"2\"", "{\"reason\": \"by mistake\"}"), TDM_STALE);
    ck_assert_int_eq(ask_of("withdraw", "\"1\"", "{\"reason\": \"by mistake\"}"), TDM_OK);
    ck_assert_str_eq(s.reply.media_type, "");
    ck_assert(is_now("withdrawn", "graded-care"));
    ck_assert_int_eq(ask_of("save", "\"2\"", SOUND), TDM_CONFLICT);
}
END_TEST

/* Of the fixture: GC-1, GC-2 and GC-3 of graded care, the last of 10 July 2024, and one of home conditions.
 */
START_TEST(the_list_has_drafts_and_the_record)
{
    served_as(&s, "ann");
    begin();
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"assessments.list\", \"child\": \"" SERVED_CHILD "\"}"),
                     TDM_OK);
    tdm__json *shown = served_json(&s);
    const tdm__json_value *items = tdm__json_member(tdm__json_root(shown), "items");
    const tdm__json_value *first = tdm__json_first(items), *second = tdm__json_next(first);
    ck_assert_uint_eq(tdm__json_count(items), 5);
    ck_assert(says(first, "id", id));
    ck_assert(says(second, "id", "GC-3"));
    ck_assert(says(second, "date", "2024-07-10"));
    ck_assert_int_eq(tdm__json_type_of(tdm__json_member(second, "changed")), TDM__JSON_NULL);
    tdm__json_free(shown);
}
END_TEST

START_TEST(the_time_before_is_the_latest_of_the_instrument)
{
    served_as(&s, "ann");
    begin();
    ck_assert_int_eq(ask_of("previous", "", ""), TDM_OK);
    tdm__json *shown = served_json(&s);
    const tdm__json_value *before = tdm__json_root(shown);
    ck_assert(says(before, "assessment", "GC-3"));
    ck_assert(says(before, "date", "2024-07-10"));
    ck_assert_uint_ge(tdm__json_count(tdm__json_member(before, "items")), 20);
    ck_assert_uint_eq(tdm__json_count(tdm__json_member(before, "areas")), 4);
    tdm__json_free(shown);
    /* Before the first there is none: asked of that, which a return brought. */
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"assessments.previous\", \"child\": \"" SERVED_CHILD
                                    "\", \"options\": {\"id\": \"GC-1\"}}"),
                     TDM_OK);
    ck_assert_str_eq(s.answer.text.data, "{\n  \"assessment\": null\n}\n");
}
END_TEST

START_TEST(what_a_return_brought_is_read_and_not_changed)
{
    snprintf(id, sizeof id, "GC-3");
    served_as(&s, "ann");
    ck_assert_int_eq(ask_of("show", "", ""), TDM_NOT_FOUND); /* whose it is must be said */
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"assessments.show\", \"child\": \"" SERVED_CHILD
                                    "\", \"options\": {\"id\": \"GC-3\"}}"),
                     TDM_OK);
    s.call.if_match = TDM_LIT("\"0\"");
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"assessments.save\", \"child\": \"" SERVED_CHILD
                                    "\", \"options\": {\"id\": \"GC-3\"}, \"body\": {\"items\": {}}}"),
                     TDM_CONFLICT);
}
END_TEST

static const struct {
    const char *format, *type, *holds;
} exports[] = {
    {"html", "text/html; charset=utf-8", "<html"},
    {"csv", "text/csv; charset=utf-8", "A1a"},
    {"fhir", "application/fhir+json", "QuestionnaireResponse"},
    {"json", "application/json", "\"graded-care\""},
};

START_TEST(one_is_exported_in_each_form)
{
    char request[256];
    served_as(&s, "ann");
    begin();
    ck_assert_int_eq(ask_of("save", "\"1\"", SOUND), TDM_OK);
    snprintf(
        request, sizeof request,
        "{\"operation\": \"assessment.export\", \"options\": {\"assessment\": \"%s\", \"format\": \"%s\"}}",
        id, exports[_i].format);
    ck_assert_msg(served_ask(&s, request) == TDM_OK, "%s", tdm_context_error(s.caller)->message);
    ck_assert_str_eq(s.reply.media_type, exports[_i].type);
    ck_assert(answer_holds(&s.answer, exports[_i].holds));
}
END_TEST

static const struct {
    const char *account;
    tdm_status read, begin, save, countersign;
} askers[] = {
    {"", TDM_UNAUTHENTICATED, TDM_UNAUTHENTICATED, TDM_UNAUTHENTICATED, TDM_UNAUTHENTICATED},
    {"ann", TDM_OK, TDM_OK, TDM_OK, TDM_FORBIDDEN},
    {"mo", TDM_OK, TDM_OK, TDM_OK, TDM_CONFLICT}, /* it is a draft yet */
    {"pat", TDM_FORBIDDEN, TDM_FORBIDDEN, TDM_FORBIDDEN, TDM_FORBIDDEN},
    {"sue", TDM_FORBIDDEN, TDM_FORBIDDEN, TDM_FORBIDDEN, TDM_FORBIDDEN},
    {"ida", TDM_FORBIDDEN, TDM_FORBIDDEN, TDM_FORBIDDEN, TDM_FORBIDDEN},
    {"rex", TDM_NOT_FOUND, TDM_FORBIDDEN, TDM_FORBIDDEN, TDM_FORBIDDEN},
    {"eve", TDM_FORBIDDEN, TDM_FORBIDDEN, TDM_FORBIDDEN, TDM_FORBIDDEN},
};

START_TEST(who_may_do_what)
{
    served_as(&s, "ann");
    begin();
    served_as(&s, askers[_i].account);
    ck_assert_int_eq(ask_of("show", "", ""), askers[_i].read);
    ck_assert_int_eq(ask_of("previous", "", ""), askers[_i].read);
    ck_assert_int_eq(served_ask(&s, BEGIN), askers[_i].begin);
    ck_assert_int_eq(ask_of("save", "\"1\"", SOUND), askers[_i].save);
    ck_assert_int_eq(ask_of("countersign", "", ""), askers[_i].countersign);
    served_as(&s, "ann");
    ck_assert(is_now("draft", askers[_i].save == TDM_OK ? "\"version\": 2," : "\"version\": 1,"));
}
END_TEST

static const char *const beginnings[] = {
    "{}",
    "{\"instrument\": \"no-such\", \"purpose\": \"review\", \"date\": \"2024-09-30\"}",
    "{\"instrument\": \"graded-care\", \"purpose\": \"other\", \"date\": \"2024-09-30\"}",
    "{\"instrument\": \"graded-care\", \"purpose\": \"review\", \"date\": \"30/09/2024\"}",
    "{\"instrument\": \"graded-care\", \"purpose\": \"review\", \"date\": \"2024-10-02\"}",
    "{\"instrument\": \"graded-care\", \"purpose\": \"review\", \"date\": \"2024-09-30\", \"id\": \"x\"}",
    "[]",
};

START_TEST(a_beginning_that_does_not_fit_begins_nothing)
{
    char request[512];
    served_as(&s, "ann");
    snprintf(request, sizeof request,
             "{\"operation\": \"assessments.begin\", \"child\": \"" SERVED_CHILD "\", \"body\": %s}",
             beginnings[_i]);
    ck_assert_int_eq(served_ask(&s, request), TDM_INVALID_INPUT);
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"assessments.list\", \"child\": \"" SERVED_CHILD "\"}"),
                     TDM_OK);
    ck_assert(!answer_holds(&s.answer, "\"draft\""));
}
END_TEST

START_TEST(without_memory_nothing_is_kept)
{
    char request[512];
    served_as(&s, "ann");
    begin();
    ck_assert_int_eq(ask_of("save", "\"1\"", SOUND), TDM_OK);
    snprintf(request, sizeof request,
             "{\"operation\": \"assessments.complete\", \"options\": {\"id\": \"%s\"}}", id);
    s.call.if_match = TDM_LIT("\"2\"");
    ck_assert_int_ge(starve(&s, request), 10);
    s.call.if_match = TDM_LIT("");
    ck_assert(is_now("complete", "\"version\": 3,"));
}
END_TEST

Suite *served_assessments_suite(void)
{
    Suite *suite = suite_create("assessments in work");
    TCase *work = tcase_create("work");
    tcase_add_checked_fixture(work, setup, teardown);
    tcase_set_timeout(work, 60);
    tcase_add_test(work, what_is_begun_is_a_draft_of_its_author);
    tcase_add_test(work, what_does_not_fit_is_kept_and_told);
    tcase_add_test(work, a_form_of_which_nothing_can_be_read_is_kept_too);
    tcase_add_test(work, what_it_is_about_stays);
    tcase_add_test(work, only_a_sound_one_is_completed_and_then_of_the_record);
    tcase_add_test(work, somebody_else_countersigns);
    tcase_add_test(work, nobody_countersigns_work_of_their_own);
    tcase_add_test(work, two_people_on_one_draft);
    tcase_add_test(work, a_draft_is_withdrawn_with_a_reason);
    tcase_add_test(work, the_list_has_drafts_and_the_record);
    tcase_add_test(work, the_time_before_is_the_latest_of_the_instrument);
    tcase_add_test(work, what_a_return_brought_is_read_and_not_changed);
    tcase_add_loop_test(work, one_is_exported_in_each_form, 0, ROWS(exports));
    tcase_add_loop_test(work, who_may_do_what, 0, ROWS(askers));
    tcase_add_loop_test(work, a_beginning_that_does_not_fit_begins_nothing, 0, ROWS(beginnings));
    tcase_add_test(work, without_memory_nothing_is_kept);
    suite_add_tcase(suite, work);
    return suite;
}
