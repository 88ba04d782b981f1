/*
 * How old a child was, in words and as numbers: worked out by hand from a calendar.
 */
#include "report/age.h"
#include "report/event_json.h"
#include "report/fixture.h"
#include "report/suites.h"

/* "" is not recorded. */
static const struct {
    const char *born, *expected, *day, *words;
} ages[] = {
    /* both days known */
    {"2018-08-20", "", "2024-09-30", "6 years 1 month"},
    {"2018-08-20", "", "2021-12-20", "3 years 4 months"},
    {"2018-08-20", "", "2021-12-19", "3 years 3 months"},
    {"2018-08-20", "", "2021-08-20", "3 years"},
    {"2018-08-20", "", "2021-08-19", "2 years 11 months"},
    {"2018-08-20", "", "2020-08-20", "2 years"},
    {"2018-08-20", "", "2020-08-19", "23 months"},
    {"2018-08-20", "", "2019-08-20", "12 months"},
    {"2018-08-20", "", "2018-09-20", "1 month"},
    {"2018-08-20", "", "2018-09-19", "30 days"},
    {"2018-08-20", "", "2018-08-21", "1 day"},
    {"2018-08-20", "", "2018-08-20", "less than 1 day"},
    {"2016-02-29", "", "2019-02-28", "2 years 11 months"},
    {"2016-02-29", "", "2019-03-01", "3 years"},
    {"2016-02-29", "", "2020-02-29", "4 years"},
    /* a doubtful day of the row */
    {"2018-08-20", "", "2021-08", "2 years 11 months to 3 years"},
    {"2018-08-20", "", "[2021-08-25..2021-09-10]", "3 years"},
    {"2018-08-20", "", "2021", "2 to 3 years"},
    {"2018-08-20", "", "[2020-01-01..2022-12-31]", "1 to 4 years"},
    {"2018-08-20", "", "[2021-08-20..2022-08-19]", "3 years to 3 years 11 months"},
    {"2018-08-20", "", "[2019-03-01..2020-12-31]", "6 months to 2 years 4 months"},
    {"2018-08-20", "", "[2020-07-25..2020-10-25]", "23 months to 2 years 2 months"},
    {"2018-08-20", "", "[2019-10-25..2019-12-25]", "14 to 16 months"},
    {"2018-08-20", "", "[2018-08-23..2018-08-30]", "3 to 10 days"},
    {"2018-08-20", "", "[2018-08-20..2018-08-23]", "less than 1 day to 3 days"},
    {"2018-08-20", "", "[2018-08-30..2018-10-25]", "10 days to 2 months"},
    {"2018-08-20", "", "2021-12-20?", "perhaps 3 years 4 months"},
    {"2018-08-20", "", "[..2021-12-20]", "up to 3 years 4 months, or before birth"},
    {"2018-08-20", "", "[2021-12-20..]", "3 years 4 months or more"},
    /* a doubtful birth */
    {"2018", "", "2024-09-30", "5 to 6 years"},
    {"2018-08", "", "2024-09-15", "6 years to 6 years 1 month"},
    {"2018-08-20?", "", "2024-09-30", "perhaps 6 years 1 month"},
    {"[..2018-08-20]", "", "2024-09-30", "6 years 1 month or more"},
    {"[2018-08-20..]", "", "2024-09-30", "up to 6 years 1 month, or before birth"},
    {"[..2018-08-20]", "", "2018-08-19", ""},
    /* before birth: 20 August 2018 is day 0; 28 days, 27 days, 3 days, 42 weeks and 43 weeks before it */
    {"2018-08-20", "", "2018-07-23", "4 weeks before birth"},
    {"2018-08-20", "", "2018-07-24", "3 weeks before birth"},
    {"2018-08-20", "", "2018-08-13", "1 week before birth"},
    {"2018-08-20", "", "2018-08-17", "3 days before birth"},
    {"2018-08-20", "", "2018-08-19", "1 day before birth"},
    {"2018-08-20", "", "2017-10-30", "42 weeks before birth"},
    {"2018-08-20", "", "2017-10-23", "before birth"},
    {"2018-08-20", "", "[2018-07-09..2018-07-23]", "4 to 6 weeks before birth"},
    {"2018-08-20", "", "[2018-08-10..2018-08-19]", "before birth"},
    {"2018-08-20", "", "[..2018-07-23]", "before birth"},
    {"2018-08-20", "", "2018-07-23?", "perhaps 4 weeks before birth"},
    {"2018-08-20", "", "[2018-08-10..2018-08-25]", "up to 5 days, or before birth"},
    /* no birth recorded */
    {"", "2018-08-20", "2018-07-23", "4 weeks before the expected date"},
    {"", "2018-08-20?", "2018-07-23", "perhaps 4 weeks before the expected date"},
    {"", "2018-08-20", "2018-08-20", ""},
    {"", "2018-08-20", "[2018-08-10..2018-08-25]", ""},
    {"2018-08-20", "2018-09-01", "2018-08-30", "10 days"},
    {"", "", "2018-08-20", ""},
    /* no date */
    {"2018-08-20", "", "", ""},
    {"", "2018-08-20", "", ""},
    {"", "", "", ""},
    /* the longest words */
    {"0001-01-02", "", "[9998-12-15..9999-10-15]?", "perhaps 9997 years 11 months to 9998 years 9 months"},
    {"[0001-01-02..]?", "", "9999-12-01", "perhaps up to 9998 years 10 months, or before birth"},
};

static tdm_date date_of(const char *text)
{
    tdm_date date;
    ck_assert_int_eq(tdm_date_parse(&date, NULL, tdm__str(text), NULL), TDM_OK);
    return date;
}

START_TEST(an_age_is_told_as_far_as_it_is_known)
{
    char words[TDM__AGE_WORDS_SIZE];
    tdm__child child = {.born = date_of(ages[_i].born), .expected = date_of(ages[_i].expected)};
    tdm__age_words(words, &child, date_of(ages[_i].day));
    ck_assert_str_eq(words, ages[_i].words);
}
END_TEST

/* A chronology of one child and one row. */
static tdm_chronology *one_row(const report_fixture *fixture, const char *born, const char *day)
{
    tdm__builder *builder;
    tdm_chronology *chronology;
    uint32_t source;
    tdm__diagnostics diagnostics = fixture->diagnostics;
    tdm__source_input input = {.name = TDM_LIT("a.csv"), .received = TDM_DAY_NONE, .carries_all = true};
    tdm__child_input child = {
        .id = TDM_LIT("C1"), .born = date_of(born), .expected = date_of(""), .died = date_of("")};
    tdm__event_input event = {.child = TDM_LIT("C1"),
                              .occurred = date_of(day),
                              .minute = -1,
                              .recorded = TDM_DAY_NONE,
                              .ended = date_of(""),
                              .agency = TDM_LIT("police"),
                              .row = 2,
                              .row_key = 1};
    event.kind = tdm__vocabulary_kind(fixture->vocabulary, TDM_LIT("note"));
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, fixture->vocabulary), TDM_OK);
    ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    ck_assert_int_eq(tdm__builder_child(builder, &child), TDM_OK);
    ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    ck_assert_int_eq(tdm__builder_freeze(&chronology, builder, &diagnostics), TDM_OK);
    tdm__builder_free(builder);
    return chronology;
}

#define AGE(name, years, months, days)                                                                       \
    "\"" name "\":{\"years\":" #years ",\"months\":" #months ",\"days\":" #days "}"

static const struct {
    const char *born, *day, *line, *member; /* "": none */
} rows[] = {
    {"2018-08-20", "2021-12-25", "child aged 3 years 4 months",
     "\"age\":{" AGE("from", 3, 4, 5) "," AGE("to", 3, 4, 5) "}"},
    {"2018-08-20", "2021-08", "child aged 2 years 11 months to 3 years",
     "\"age\":{" AGE("from", 2, 11, 12) "," AGE("to", 3, 0, 11) "}"},
    {"2018-08-20", "2018-08-25?", "child aged perhaps 5 days",
     "\"age\":{" AGE("from", 0, 0, 5) "," AGE("to", 0, 0, 5) ",\"uncertain\":true}"},
    {"2018-08-20", "[2018-08-10..2018-08-25]", "child aged up to 5 days, or before birth",
     "\"age\":{" AGE("to", 0, 0, 5) ",\"before_birth\":\"possible\"}"},
    {"2018-08-20", "2018-07-23", "4 weeks before birth", "\"age\":{\"before_birth\":\"certain\"}"},
    {"2018-08-20", "[2021-12-25..]", "child aged 3 years 4 months or more",
     "\"age\":{" AGE("from", 3, 4, 5) "}"},
    {"", "2021-12-25", "", ""},
    {"2018-08-20", "", "", ""},
};

static int json_count(const tdm_chronology *chronology, tdm__event_extras extras, const char *part)
{
    tdm__text text;
    tdm__json_writer json;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__json_writer_init(&json, &tdm__malloc_allocator, report_text_sink(&text), 0);
    tdm__event_json(&json, chronology, 0, extras, TDM__AT_THE_END);
    ck_assert_int_eq(tdm__json_writer_end(&json), TDM_OK);
    ck_assert_int_eq(report_count(tdm__text_str(&text), "\"kind\":\"note\""), 1);
    int count = report_count(tdm__text_str(&text), part);
    tdm__text_free(&text);
    return count;
}

START_TEST(a_row_has_its_age_in_a_view_and_not_in_the_record)
{
    char line[TDM__AGE_WORDS_SIZE];
    report_fixture *fixture = report_fixture_new();
    tdm_chronology *chronology = one_row(fixture, rows[_i].born, rows[_i].day);
    tdm__event event = tdm__chronology_event(chronology, 0);
    tdm__age_line(line, chronology, &event);
    ck_assert_str_eq(line, rows[_i].line);
    bool any = rows[_i].member[0] != '\0';
    ck_assert_int_eq(json_count(chronology, TDM__EVENT_REVIEW, any ? rows[_i].member : "\"age\""),
                     any ? 1 : 0);
    ck_assert_int_eq(json_count(chronology, TDM__EVENT_EXPORT, "\"age\""), 0);
    ck_assert_int_eq(json_count(chronology, TDM__EVENT_EXPORT_HASH, "\"age\""), 0);
    tdm_chronology_free(chronology);
    report_fixture_free(fixture);
}
END_TEST

Suite *age_suite(void)
{
    Suite *suite = suite_create("age");
    TCase *tests = tcase_create("age");
    tcase_add_loop_test(tests, an_age_is_told_as_far_as_it_is_known, 0, sizeof ages / sizeof ages[0]);
    tcase_add_loop_test(tests, a_row_has_its_age_in_a_view_and_not_in_the_record, 0,
                        sizeof rows / sizeof rows[0]);
    suite_add_tcase(suite, tests);
    return suite;
}
