/*
 * The writers of a replay, of who knew what when, and of what changed: what they say, that text of strangers
 * is harmless in each, memory, and a sink that fails.
 */
#include <string.h>

#include "report/diff.h"
#include "report/fixture.h"
#include "report/knew.h"
#include "report/markup.h"
#include "report/replay.h"
#include "report/suites.h"

static report_fixture *fixture;
static tdm__replayed items[3];
static tdm__replayed_child replayed[2];
static tdm__replay replay;
static tdm__knew *knew;
static tdm_chronology *later;
static tdm__arena arena;
static tdm__chronology_diff rows;
static tdm__assessment_difference forms[1];
static tdm__diff_report diff;

/* By hand: met on 5 March, known by the days of events on 29 February; a rise to level 3 on 20 March; one
 * only possible, since before the first day asked; one never, and not assessed on two days. */
static void make_replay(void)
{
    items[0] = (tdm__replayed){.indicator = 0,
                               .possible_on = report_day(2024, 2, 1),
                               .met_on = report_day(2024, 3, 5),
                               .answer = TDM_MET,
                               .first_met = report_day(2024, 2, 29),
                               .step_up = {report_day(2024, 3, 20), 0, 3}};
    items[1] = (tdm__replayed){.indicator = 1,
                               .possible_on = report_day(2023, 11, 4),
                               .possible_before = true,
                               .met_on = TDM_DAY_NONE,
                               .answer = TDM_POSSIBLE,
                               .first_met = TDM_DAY_NONE,
                               .step_up = {.day = TDM_DAY_NONE}};
    items[2] = (tdm__replayed){.indicator = 2,
                               .possible_on = TDM_DAY_NONE,
                               .met_on = TDM_DAY_NONE,
                               .days_not_assessed = 2,
                               .reason = "no-data",
                               .reason_words = TDM_LIT("no source could hold it"),
                               .first_met = TDM_DAY_NONE,
                               .step_up = {.day = TDM_DAY_NONE}};
    replayed[0] = (tdm__replayed_child){.child = 0,
                                        .from = report_day(2023, 11, 4),
                                        .starts_late = true,
                                        .items = items,
                                        .count = 3,
                                        .rows = 5,
                                        .without_recorded = 4};
    replayed[1] = (tdm__replayed_child){.child = 1, .from = TDM_DAY_NONE, .items = items, .count = 3};
    replay = (tdm__replay){
        .run = &fixture->run, .to = report_day(2024, 9, 30), .children = replayed, .child_count = 2};
}

/* The fixture's first row as a later version has it, and nothing else. */
static void make_later(void)
{
    tdm__builder *builder;
    uint32_t source;
    tdm__source_input input = {.name = TDM_LIT("later.csv"), .received = TDM_DAY_NONE, .carries_all = true};
    tdm__event_input event = {.child = TDM_LIT("C1"),
                              .minute = -1,
                              .recorded = report_day(2023, 11, 5),
                              .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
                              .agency = TDM_LIT("police"),
                              .row = 9,
                              .row_key = 1,
                              .significance = TDM__HIGH};
    tdm_day day = report_day(2023, 11, 4);
    event.kind = tdm__vocabulary_kind(fixture->vocabulary, TDM_LIT("domestic-abuse-incident"));
    event.occurred = (tdm_date){day, day, 0};
    event.strings[TDM__OCCURRED_AS_WRITTEN] = TDM_LIT("4/11/23");
    event.strings[TDM__INCIDENT] = TDM_LIT("INC");
    event.strings[TDM__TEXT] = TDM_LIT("=1+1");
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, fixture->vocabulary), TDM_OK);
    ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    ck_assert_int_eq(tdm__builder_freeze(&later, builder, &fixture->diagnostics), TDM_OK);
    tdm__builder_free(builder);
}

static void make_diff(void)
{
    make_later();
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__chronology_compare(&rows, fixture->chronology, later, &arena), TDM_OK);
    forms[0] = (tdm__assessment_difference){TDM__ROW_ADDED, TDM_LIT("C1"), TDM_LIT("graded-care"),
                                            TDM_LIT("=G2"), report_day(2024, 7, 10)};
    diff = (tdm__diff_report){&tdm__malloc_allocator, &rows, forms, 1};
}

static void set_up(void)
{
    fixture = report_fixture_new();
    make_replay();
    make_diff();
    ck_assert_int_eq(tdm__engine_knew(&knew, &fixture->run, NULL), TDM_OK);
}

static void tear_down(void)
{
    tdm__knew_free(knew);
    tdm__arena_free(&arena);
    tdm_chronology_free(later);
    report_fixture_free(fixture);
}

/* Each writer as a function of nothing but where its memory comes from and its bytes go. */
typedef tdm_status (*side_writer)(const tdm_allocator *allocator, tdm_sink sink, tdm_error *error);

#define REPLAY_WRITER(form)                                                                                  \
    static tdm_status replay_##form(const tdm_allocator *allocator, tdm_sink sink, tdm_error *error)         \
    {                                                                                                        \
        tdm_run run = fixture->run;                                                                          \
        tdm__replay own = replay;                                                                            \
        run.allocator = *allocator;                                                                          \
        own.run = &run;                                                                                      \
        return tdm__report_replay_##form(&own, &(tdm__report_options){.width = 200}, sink, error);           \
    }
REPLAY_WRITER(text)
REPLAY_WRITER(json)
REPLAY_WRITER(html)

#define KNEW_WRITER(form)                                                                                    \
    static tdm_status knew_##form(const tdm_allocator *allocator, tdm_sink sink, tdm_error *error)           \
    {                                                                                                        \
        tdm_run run = fixture->run;                                                                          \
        tdm__knew own = *knew;                                                                               \
        run.allocator = *allocator;                                                                          \
        own.run = &run;                                                                                      \
        return tdm__report_knew_##form(&own, &(tdm__report_options){.width = 200}, sink, error);             \
    }
KNEW_WRITER(text)
KNEW_WRITER(json)
KNEW_WRITER(csv)
KNEW_WRITER(html)

#define DIFF_WRITER(form)                                                                                    \
    static tdm_status diff_##form(const tdm_allocator *allocator, tdm_sink sink, tdm_error *error)           \
    {                                                                                                        \
        tdm__diff_report own = diff;                                                                         \
        own.allocator = allocator;                                                                           \
        return tdm__report_diff_##form(&own, &(tdm__report_options){.width = 200}, sink, error);             \
    }
DIFF_WRITER(text)
DIFF_WRITER(json)
DIFF_WRITER(csv)

static const side_writer writers[] = {replay_text, replay_json, replay_html, knew_text, knew_json,
                                      knew_csv,    knew_html,   diff_text,   diff_json, diff_csv};
#define WRITERS ((int)(sizeof writers / sizeof *writers))

static tdm__text written(side_writer write)
{
    tdm__text text;
    tdm_error error = {0};
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm_status status = write(&tdm__malloc_allocator, report_text_sink(&text), &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    return text;
}

static const struct {
    side_writer write;
    const char *says;
} said[] = {
    {replay_text,
     "Asked for each day from 4 November 2023 (there are earlier rows) to 30 September 2024. Of 5 rows, "
     "4 have no day on which they were recorded."},
    {replay_text,
     "2024-02-01            2024-03-05  2024-02-29         5 days  2024-03-20, after 15 days: to 3 "
     "assessment or child in need"},
    {replay_text, "2023-11-04 or before  -           -                       -  none came"},
    {replay_text, "switched-off: on 2 of these days, at last because no source could hold it (no-data)"},
    {replay_text, "Nothing of this child was recorded by 30 September 2024"},
    {replay_json, "\"met_on\": \"2024-03-05\""},
    {replay_json, "\"lag_days\": 5"},
    {replay_json, "\"days\": 15"},
    {replay_json, "\"possible_before\": true"},
    {replay_json, "\"rows_without_recorded\": 4"},
    {replay_html, "Many small &lt;concerns&gt;"},
    {replay_html, "<td>2024-03-20, after 15 days: to 3 assessment or child in need</td>"},
    {replay_html, "<svg xmlns"},
    {knew_text,
     "between 4 and 6 November 2023: Domestic abuse incident; School concern (the days that are given "
     "exclude each other)"},
    {knew_text, "recorded on 5 November 2023, 1 day later"},
    {knew_text, "recorded; the day of recording is not noted"},
    {knew_text, "no date: "},
    {knew_text, "No incident and no concern is on record. That is no finding that all is well."},
    {knew_json, "\"knew\": \"recorded\""},
    {knew_csv, "C1,1,[2023-11-04..2023-11-06],"},
    {knew_csv, "police,recorded,2023-11-05,,1,1\r\n"},
    {knew_html, "<td>recorded on 5 November 2023, 1 day later</td>"},
    {diff_text, "Rows: 0 added, 6 removed, 1 changed, 0 perhaps changed, 0 the same."},
    {diff_text, "changed: 4 November 2023, Police: Domestic abuse incident (police<&>.csv, row 2)"},
    {diff_text, "-> =1+1"},
    {diff_text, "Child C2, in the first only"},
    {diff_text, "added: child C1, graded-care, 10 July 2024, =G2"},
    {diff_json, "\"field\": \"text\""},
    {diff_json, "\"assessment\": \"=G2\""},
    {diff_csv, ",\"'=1+1\"\r\n"},
    {diff_csv, "C1,added,,\"'=G2\",2024-07-10,,assessment,instrument,,graded-care\r\n"},
    {diff_csv, "C2,removed,,,,,child,,,\r\n"},
};

START_TEST(it_says_so)
{
    tdm__text text = written(said[_i].write);
    ck_assert_msg(strstr(text.data, said[_i].says) != NULL, "it does not say: %s", said[_i].says);
    tdm__text_free(&text);
}
END_TEST

START_TEST(text_of_strangers_is_harmless)
{
    tdm__text text = written(writers[_i]);
    bool csv = writers[_i] == diff_csv || writers[_i] == knew_csv;
    /* A spreadsheet shows what is there; what it could run is the formula. JSON is for programs. */
    ck_assert(csv || strchr(text.data, '\x1b') == NULL);
    bool json = writers[_i] == diff_json || writers[_i] == knew_json || writers[_i] == replay_json;
    ck_assert(csv || json || strstr(text.data, "\xE2\x80\xAE") == NULL);
    if (writers[_i] == replay_html || writers[_i] == knew_html) {
        markup_check(tdm__text_str(&text));
        ck_assert_ptr_null(strstr(text.data, "<script"));
    }
    tdm__text_free(&text);
}
END_TEST

static side_writer chosen;

static tdm_status write_with(const tdm_allocator *allocator)
{
    return chosen(allocator, report_no_sink(), NULL);
}

START_TEST(each_allocation_may_fail)
{
    chosen = writers[_i];
    TEST_EVERY_ALLOCATION(write_with);
}
END_TEST

START_TEST(a_sink_that_fails_ends_the_writing)
{
    tdm_error error = {0};
    ck_assert_int_eq(writers[_i](&tdm__malloc_allocator, report_failing_sink(), &error), TDM_IO);
    ck_assert_int_eq(error.status, TDM_IO);
}
END_TEST

START_TEST(the_same_twice_differs_in_nothing)
{
    tdm__chronology_diff same;
    ck_assert(tdm__diff_any(&diff));
    ck_assert_int_eq(tdm__chronology_compare(&same, fixture->chronology, fixture->chronology, &arena),
                     TDM_OK);
    diff = (tdm__diff_report){&tdm__malloc_allocator, &same, NULL, 0};
    ck_assert(!tdm__diff_any(&diff));
    tdm__text text = written(diff_text);
    ck_assert_ptr_nonnull(strstr(text.data, "No difference.\n"));
    tdm__text_free(&text);
}
END_TEST

Suite *sides_suite(void)
{
    Suite *suite = suite_create("sides");
    TCase *tests = tcase_create("sides");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, it_says_so, 0, (int)(sizeof said / sizeof *said));
    tcase_add_loop_test(tests, text_of_strangers_is_harmless, 0, WRITERS);
    tcase_add_loop_test(tests, each_allocation_may_fail, 0, WRITERS);
    tcase_add_loop_test(tests, a_sink_that_fails_ends_the_writing, 0, WRITERS);
    tcase_add_test(tests, the_same_twice_differs_in_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
