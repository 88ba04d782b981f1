/*
 * Entries that people type: added, corrected, refused; the earlier version stays, and stands as of an earlier
 * day.
 */
#include "api/shown.h"

#include <stdio.h>
#include <string.h>

#define TODAY     "2024-10-20" /* every return of the fixture was received before it */
#define THE_EVENT "{\"occurred\": \"2024-10-18\", \"agency\": \"school\", \"kind\": \"hygiene-concern\", "
#define ADD(members)                                                                                         \
    "{\"operation\": \"events.add\", \"child\": \"" SERVED_CHILD "\", \"body\": " THE_EVENT members "}"

static served s;
static char event[32];

static void setup(void)
{
    served_open(&s);
    tdm_day_parse_iso(&s.call.today, TDM_LIT(TODAY));
}

static void teardown(void)
{
    served_close(&s);
}

/* The event that the last answer names. */
static void take_event(void)
{
    tdm__json *shown = served_json(&s);
    tdm_str id = member_of(tdm__json_root(shown), "event");
    ck_assert_uint_eq(id.length, 16);
    snprintf(event, sizeof event, "%.*s", (int)id.length, id.data);
    tdm__json_free(shown);
}

static tdm__json *show(const char *as_of)
{
    char request[256];
    snprintf(request, sizeof request,
             "{\"operation\": \"events.show\", \"child\": \"" SERVED_CHILD
             "\", \"options\": {\"event\": \"%s\", \"as_of\": \"%s\"}}",
             event, as_of);
    ck_assert_msg(served_ask(&s, request) == TDM_OK, "%s", tdm_context_error(s.caller)->message);
    return served_json(&s);
}

static tdm_status correct(const char *version, const char *body)
{
    char request[1024];
    snprintf(request, sizeof request,
             "{\"operation\": \"events.correct\", \"child\": \"" SERVED_CHILD
             "\", \"options\": {\"event\": \"%s\"}, \"body\": %s}",
             event, body);
    s.call.if_match = tdm__str(version);
    tdm_status status = served_ask(&s, request);
    s.call.if_match = TDM_LIT("");
    return status;
}

/* All entries of the child, of all versions. */
static int64_t entries(void)
{
    tdm__work *work;
    tdm__arena arena;
    tdm__stored_children children;
    const tdm__allowed all = {.all = true};
    int64_t count = -1;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__live_read(&work, s.service->live, s.opener, NULL), TDM_OK);
    ck_assert_int_eq(
        tdm__work_children(&children, work, &arena, &all, TDM_LIT(""), (tdm__paging){.limit = 100}, NULL),
        TDM_OK);
    for (size_t i = 0; i < children.count; i++)
        if (tdm__str_equal(children.items[i].id, TDM_LIT(SERVED_CHILD)))
            count = children.items[i].events;
    tdm__work_end(work);
    tdm__arena_free(&arena);
    return count;
}

/* The first event of the row of a return. */
static void find_row(const char *file, int64_t row)
{
    int64_t at;
    event[0] = '\0';
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"review\", \"child\": \"" SERVED_CHILD
                                    "\", \"options\": {\"with_events\": true}}"),
                     TDM_OK);
    tdm__json *shown = served_json(&s);
    const tdm__json_value *child = tdm__json_first(tdm__json_member(tdm__json_root(shown), "children"));
    const tdm__json_value *e = tdm__json_first(tdm__json_member(child, "events"));
    for (; e; e = tdm__json_next(e)) {
        const tdm__json_value *source = tdm__json_member(e, "source");
        tdm_str id = member_of(e, "id");
        if (!event[0] && says(source, "file", file) &&
            tdm__json_int64(&at, tdm__json_member(source, "row")) && at == row)
            snprintf(event, sizeof event, "%.*s", (int)id.length, id.data);
    }
    tdm__json_free(shown);
    ck_assert_str_ne(event, "");
}

START_TEST(an_entry_that_is_typed_is_in_the_record)
{
    int64_t before = entries();
    served_as(&s, "ann");
    ck_assert_msg(served_ask(&s, ADD("\"text\": \"Came in wet shoes.\", \"theme\": [\"physical\"], "
                                     "\"child_seen\": true, \"facts\": {}}")) == TDM_OK,
                  "%s", tdm_context_error(s.caller)->message);
    ck_assert(s.reply.created);
    ck_assert_str_eq(s.reply.etag, "\"1\"");
    take_event();
    ck_assert_ptr_nonnull(strstr(s.reply.location, event));
    ck_assert_int_eq(entries(), before + 1);
    tdm__json *shown = show(TODAY);
    const tdm__json_value *entry = tdm__json_root(shown);
    const tdm__json_value *version = tdm__json_first(tdm__json_member(entry, "versions"));
    ck_assert(says(entry, "id", event));
    ck_assert(says(entry, "text", "Came in wet shoes."));
    ck_assert(says(entry, "child_seen", "yes"));
    ck_assert(says(entry, "recorded", TODAY));
    ck_assert(says(tdm__json_member(entry, "source"), "file", "entered by hand"));
    ck_assert(says(version, "by", "ann"));
    ck_assert(says(version, "received", TODAY));
    ck_assert_int_eq(tdm__json_type_of(tdm__json_member(version, "reason")), TDM__JSON_NULL);
    ck_assert(tdm__json_bool(tdm__json_member(version, "stands")));
    ck_assert_ptr_null(tdm__json_next(version));
    /* The school recorded it two days after; the agencies before it in the list know nothing of it. */
    const tdm__json_value *knew = tdm__json_first(tdm__json_member(entry, "knew"));
    while (knew && !says(knew, "agency", "school"))
        knew = tdm__json_next(knew);
    ck_assert(says(knew, "recorded", TODAY));
    tdm__json_free(shown);
}
END_TEST

START_TEST(two_equal_entries_are_two)
{
    char first[32];
    int64_t before = entries();
    served_as(&s, "ann");
    ck_assert_int_eq(served_ask(&s, ADD("\"text\": \"Wet shoes.\"}")), TDM_OK);
    take_event();
    memcpy(first, event, sizeof first);
    ck_assert_int_eq(served_ask(&s, ADD("\"text\": \"Wet shoes.\"}")), TDM_OK);
    take_event();
    ck_assert_str_ne(event, first);
    ck_assert_int_eq(entries(), before + 2);
}
END_TEST

START_TEST(one_key_is_one_entry)
{
    char first[32];
    int64_t before = entries();
    served_as(&s, "ann");
    s.call.idempotency_key = TDM_LIT("k-1");
    ck_assert_int_eq(served_ask(&s, ADD("\"text\": \"Wet shoes.\"}")), TDM_OK);
    take_event();
    memcpy(first, event, sizeof first);
    ck_assert_int_eq(served_ask(&s, ADD("\"text\": \"Wet shoes.\"}")), TDM_OK);
    take_event();
    ck_assert_str_eq(event, first);
    ck_assert(s.reply.replayed);
    ck_assert_int_eq(entries(), before + 1);
}
END_TEST

static const struct {
    const char *body, *begins;
} misfits[] = {
    {"{\"occurred\": \"2024-02-31\", \"agency\": \"school\", \"kind\": \"note\"}", "occurred: "},
    {"{\"occurred\": \"2024-10-21\", \"agency\": \"school\", \"kind\": \"note\"}",
     "occurred: this day lies ahead"},
    {"{\"occurred\": \" \", \"agency\": \"school\", \"kind\": \"note\"}", "occurred: "},
    {"{\"occurred\": 2024, \"agency\": \"school\", \"kind\": \"note\"}", "occurred: "},
    {"{\"occurred\": \"2024-10-18\", \"agency\": \"no-such\", \"kind\": \"note\"}", "agency: "},
    {"{\"occurred\": \"2024-10-18\", \"agency\": \"school\", \"kind\": \"no-such\"}", "kind: "},
    {"{\"occurred\": \"2024-10-18\", \"agency\": \"school\", \"kind\": \"\"}", "kind: "},
    {"{\"occurred\": \"2024-10-18\", \"agency\": null, \"kind\": \"note\"}", "agency: "},
    {"{\"occurred\": \"2024-10-18\", \"agency\": \"school\"}", "kind: "},
    {"{}", "occurred: "},
    {THE_EVENT "\"recorded\": \"2024-10-21\"}", "recorded: this day lies ahead"},
    {THE_EVENT "\"recorded\": \"2024\"}", "recorded: "},
    {THE_EVENT "\"time\": \"25:00\"}", "time: no time of day"},
    {THE_EVENT "\"significance\": \"huge\"}", "significance: "},
    {THE_EVENT "\"theme\": [\"no-such\"]}", "theme: "},
    {THE_EVENT "\"theme\": {\"a\": 1}}", "theme: "},
    {THE_EVENT "\"facts\": {\"no_such\": \"x\"}}", "no_such: "},
};

START_TEST(what_does_not_fit_is_named_and_nothing_is_kept)
{
    char request[512];
    int64_t before = entries();
    served_as(&s, "ann");
    snprintf(request, sizeof request,
             "{\"operation\": \"events.add\", \"child\": \"" SERVED_CHILD "\", \"body\": %s}",
             misfits[_i].body);
    ck_assert_int_eq(served_ask(&s, request), TDM_INVALID_INPUT);
    const tdm_error *error = tdm_context_error(s.caller);
    ck_assert_msg(tdm__str_starts(tdm__str(error->message), tdm__str(misfits[_i].begins)), "%s",
                  error->message);
    ck_assert_ptr_null(strstr(error->message, "no-such"));
    ck_assert_ptr_nonnull(tdm_context_problem(s.caller, 0));
    ck_assert_uint_eq(s.answer.text.length, 0);
    ck_assert_int_eq(entries(), before);
}
END_TEST

START_TEST(unknown_members_are_refused)
{
    static const char *const bodies[] = {THE_EVENT "\"child\": \"LN-2\"}",
                                         THE_EVENT "\"id\": \"x\"}",
                                         THE_EVENT "\"reason\": \"none is asked for\"}",
                                         "{\"occurred\": \"2024-10-18\", \"agency\": \"school\"}",
                                         "[]",
                                         "7"};
    char request[512];
    int64_t before = entries();
    served_as(&s, "ann");
    for (size_t i = 0; i < ROWS(bodies); i++) {
        snprintf(request, sizeof request,
                 "{\"operation\": \"events.add\", \"child\": \"" SERVED_CHILD "\", \"body\": %s}", bodies[i]);
        ck_assert_msg(served_ask(&s, request) == TDM_INVALID_INPUT, "%s", bodies[i]);
    }
    ck_assert_int_eq(entries(), before);
}
END_TEST

#define CORRECTED                                                                                            \
    "{\"occurred\": \"2021-11-23\", \"agency\": \"school\", \"kind\": \"hygiene-concern\", \"text\": "       \
    "\"The same jumper for three days.\", \"reason\": \"the day before, says the school\"}"

/* school.csv:4, of 24 November 2021, without a received day of its own before the return's. */
START_TEST(a_correction_leaves_the_earlier_version)
{
    served_as(&s, "ann");
    find_row("school.csv", 4);
    ck_assert_msg(correct("\"1\"", CORRECTED) == TDM_OK, "%s", tdm_context_error(s.caller)->message);
    ck_assert_str_eq(s.reply.etag, "\"2\"");
    tdm__json *shown = show(TODAY);
    const tdm__json_value *entry = tdm__json_root(shown);
    const tdm__json_value *first = tdm__json_first(tdm__json_member(entry, "versions"));
    const tdm__json_value *second = tdm__json_next(first);
    ck_assert(says(entry, "occurred", "2021-11-23"));
    ck_assert(says(entry, "recorded", "2021-11-24")); /* as it was: nobody said otherwise */
    ck_assert(says(first, "occurred", "2021-11-24"));
    ck_assert(!tdm__json_bool(tdm__json_member(first, "stands")));
    ck_assert(says(tdm__json_member(first, "replaced_by"), "file", "entered by hand"));
    ck_assert(tdm__json_bool(tdm__json_member(second, "stands")));
    ck_assert(says(second, "by", "ann"));
    ck_assert(says(second, "reason", "the day before, says the school"));
    ck_assert_ptr_null(tdm__json_next(second));
    tdm__json_free(shown);
}
END_TEST

START_TEST(as_of_an_earlier_day_the_earlier_version_stands)
{
    served_as(&s, "ann");
    find_row("school.csv", 4);
    ck_assert_int_eq(correct("\"1\"", CORRECTED), TDM_OK);
    tdm__json *shown = show("2024-10-19");
    const tdm__json_value *entry = tdm__json_root(shown);
    const tdm__json_value *first = tdm__json_first(tdm__json_member(entry, "versions"));
    ck_assert(says(entry, "occurred", "2021-11-24"));
    ck_assert(tdm__json_bool(tdm__json_member(first, "stands")));
    ck_assert(!tdm__json_bool(tdm__json_member(tdm__json_next(first), "stands")));
    tdm__json_free(shown);
}
END_TEST

START_TEST(the_second_of_two_people_is_told)
{
    int64_t before = entries();
    served_as(&s, "ann");
    find_row("school.csv", 4);
    ck_assert_int_eq(correct("\"1\"", CORRECTED), TDM_OK);
    served_as(&s, "mo");
    ck_assert_int_eq(correct("\"1\"", CORRECTED), TDM_STALE);
    ck_assert_int_eq(correct("", CORRECTED), TDM_INVALID_ARG);
    ck_assert_str_eq(s.reply.problem, "version-needed");
    ck_assert_int_eq(entries(), before + 1);
    /* Back to the words of before, and to these again: each is a version, whatever was said once. */
    ck_assert_int_eq(correct("\"2\"", "{\"occurred\": \"2021-11-24\", \"agency\": \"school\", \"kind\": "
                                      "\"hygiene-concern\", \"reason\": \"it was that day\"}"),
                     TDM_OK);
    ck_assert_int_eq(correct("\"3\"", CORRECTED), TDM_OK);
    ck_assert_str_eq(s.reply.etag, "\"4\"");
    tdm__json *shown = show(TODAY);
    ck_assert(says(tdm__json_root(shown), "occurred", "2021-11-23"));
    tdm__json_free(shown);
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"review\", \"child\": \"" SERVED_CHILD "\"}"), TDM_OK);
    ck_assert(!answer_holds(&s.answer, "correction-order"));
}
END_TEST

START_TEST(the_same_again_is_no_version)
{
    int64_t before;
    served_as(&s, "ann");
    ck_assert_int_eq(served_ask(&s, ADD("\"text\": \"Wet shoes.\"}")), TDM_OK);
    take_event();
    before = entries();
    ck_assert_int_eq(correct("\"1\"", THE_EVENT "\"text\": \"Wet shoes.\", \"reason\": \"none\"}"), TDM_OK);
    ck_assert_str_eq(s.reply.etag, "\"1\"");
    ck_assert_int_eq(entries(), before);
}
END_TEST

/* social-care.csv:3 begins an assessment that ends on 13 January 2021. */
START_TEST(a_start_keeps_its_episode_and_not_its_end)
{
#define START_OF                                                                                             \
    "{\"occurred\": \"2020-11-12\", \"agency\": \"childrens-social-care\", \"kind\": "                       \
    "\"assessment-start\", \"reason\": \"a day later\""
    served_as(&s, "ann");
    find_row("social-care.csv", 3);
    ck_assert_int_eq(correct("\"1\"", START_OF ", \"ended\": \"2021-01-14\"}"), TDM_INVALID_INPUT);
    ck_assert(tdm__str_starts(tdm__str(tdm_context_error(s.caller)->message), TDM_LIT("ended: ")));
    ck_assert_int_eq(correct("\"1\"", START_OF "}"), TDM_OK);
    tdm__json *shown = show(TODAY);
    ck_assert(says(tdm__json_root(shown), "kind", "assessment-start"));
    ck_assert(says(tdm__json_root(shown), "episode", "A-1"));
    tdm__json_free(shown);
}
END_TEST

START_TEST(a_reason_is_needed_and_stands_in_the_trail)
{
    tdm__work *work;
    tdm__arena arena;
    tdm__stored_entries list;
    const tdm__trail_filter filter = {.what = TDM_LIT("events.correct")};
    served_as(&s, "ann");
    find_row("school.csv", 4);
    ck_assert_int_eq(correct("\"1\"", THE_EVENT "\"text\": \"x\"}"), TDM_INVALID_INPUT);
    ck_assert_int_eq(correct("\"1\"", THE_EVENT "\"reason\": \"  \"}"), TDM_INVALID_INPUT);
    ck_assert_int_eq(correct("\"1\"", CORRECTED), TDM_OK);
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__live_read(&work, s.service->live, s.opener, NULL), TDM_OK);
    ck_assert_int_eq(tdm__work_trail_list(&list, work, &arena, &filter, 0, 10, NULL), TDM_OK);
    ck_assert_uint_eq(list.count, 1);
    ck_assert(tdm__str_equal(list.items[0].entry.reason, TDM_LIT("the day before, says the school")));
    ck_assert(tdm__str_starts(list.items[0].entry.details, tdm__str(event)));
    tdm__work_end(work);
    tdm__arena_free(&arena);
}
END_TEST

static const struct {
    const char *account;
    tdm_status status;
} askers[] = {
    {"", TDM_UNAUTHENTICATED}, {"ann", TDM_OK},        {"mo", TDM_OK},         {"pat", TDM_FORBIDDEN},
    {"sue", TDM_FORBIDDEN},    {"ida", TDM_FORBIDDEN}, {"rex", TDM_FORBIDDEN}, {"eve", TDM_FORBIDDEN},
};

START_TEST(who_may_add_and_correct)
{
    int64_t before = entries();
    served_as(&s, "ann");
    find_row("school.csv", 4);
    served_as(&s, askers[_i].account);
    ck_assert_int_eq(served_ask(&s, ADD("\"text\": \"x\"}")), askers[_i].status);
    ck_assert_int_eq(correct("\"1\"", CORRECTED), askers[_i].status);
    ck_assert_int_eq(entries(), before + (askers[_i].status == TDM_OK ? 2 : 0));
}
END_TEST

START_TEST(what_is_no_entry_of_the_child_is_not_found)
{
    static const char *const ids[] = {"0000000000000000", "x", "", "00000000000000000"};
    served_as(&s, "ann");
    for (size_t i = 0; i < ROWS(ids); i++) {
        snprintf(event, sizeof event, "%s", ids[i]);
        ck_assert_int_eq(correct("\"1\"", CORRECTED), TDM_NOT_FOUND);
    }
    ck_assert_int_eq(served_ask(&s, "{\"operation\": \"events.show\", \"child\": \"" SERVED_CHILD "\"}"),
                     TDM_NOT_FOUND);
}
END_TEST

START_TEST(without_memory_nothing_is_kept)
{
    int64_t before = entries();
    served_as(&s, "ann");
    ck_assert_int_ge(starve(&s, ADD("\"text\": \"Wet shoes.\"}")), 10);
    ck_assert_int_eq(entries(), before + 1);
}
END_TEST

Suite *served_events_suite(void)
{
    Suite *suite = suite_create("entries that people type");
    TCase *typed = tcase_create("typed");
    tcase_add_checked_fixture(typed, setup, teardown);
    tcase_set_timeout(typed, 60);
    tcase_add_test(typed, an_entry_that_is_typed_is_in_the_record);
    tcase_add_test(typed, two_equal_entries_are_two);
    tcase_add_test(typed, one_key_is_one_entry);
    tcase_add_loop_test(typed, what_does_not_fit_is_named_and_nothing_is_kept, 0, ROWS(misfits));
    tcase_add_test(typed, unknown_members_are_refused);
    tcase_add_test(typed, a_correction_leaves_the_earlier_version);
    tcase_add_test(typed, as_of_an_earlier_day_the_earlier_version_stands);
    tcase_add_test(typed, the_second_of_two_people_is_told);
    tcase_add_test(typed, the_same_again_is_no_version);
    tcase_add_test(typed, a_start_keeps_its_episode_and_not_its_end);
    tcase_add_test(typed, a_reason_is_needed_and_stands_in_the_trail);
    tcase_add_loop_test(typed, who_may_add_and_correct, 0, ROWS(askers));
    tcase_add_test(typed, what_is_no_entry_of_the_child_is_not_found);
    tcase_add_test(typed, without_memory_nothing_is_kept);
    suite_add_tcase(suite, typed);
    return suite;
}
