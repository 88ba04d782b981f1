/*
 * All that is wrong with a form is told, in reading and in scoring; a lenient one takes what is good and
 * flags the rest.
 */
#include <string.h>

#include "instrument/fixture.h"

#define TOLD_MAX 32

typedef struct told {
    size_t count;
    tdm_error problems[TOLD_MAX];
} told;

static void tell(const tdm_error *problem, void *payload)
{
    told *all = payload;
    ck_assert_uint_lt(all->count, TOLD_MAX);
    all->problems[all->count++] = *problem;
}

typedef struct expected {
    int line;
    const char *mentioned;
} expected;

static void check_told(const told *all, const expected *rows, size_t count)
{
    for (size_t i = 0; i < all->count && i < count; i++) {
        const tdm_error *problem = &all->problems[i];
        ck_assert_msg(strstr(problem->message, rows[i].mentioned) != NULL, "%zu: %s", i, problem->message);
        ck_assert_msg(problem->line == rows[i].line, "%zu: line %d: %s", i, (int)problem->line,
                      problem->message);
        ck_assert_str_eq(problem->file, "f.ndjson");
        ck_assert_int_eq(problem->status, TDM_INVALID_INPUT);
    }
    ck_assert_uint_eq(all->count, count);
}

/* On line 11 of its file; a child's words and a name stand where they must not be told. */
static const char bad_form[] =
    "{\"instrument\":\"grades\",\"version\":\"1.0.0\",\"id\":\"a\",\"child\":\"Secret\",\n"
    "\"date\":\"2024-03-05\", \"recorded\":\"2024-02-30\",\n"
    "\"colour\":1, \"carer\":5,\n"
    "\"purpose\":\"Secret\", \"agency\":\"a secret\", \"age_band\":\"a secret\",\n"
    "\"subject\":{\"type\":\"dog\",\"id\":\"1\"},\n"
    "\"window\":[\"2024-03-06\",\"2024-03-05\"], \"conditions\":[1,\"calm\",2],\n"
    "\"items\":{\"X1a\":\"Secret\",\n\"X1b\":2, \"X1c\":1.5, \"X 2\":1},\n"
    "\"evidence\":{\"X1a\":1,\"X1b\":\"said\",\"a b\":\"x\"},\n"
    "\"targets\":[{\"item\":\"X1a\",\"current\":1.5,\"by\":\"soon\"},{\"target\":1},7,\n"
    "{\"item\":\"X1b\",\"colour\":1,\"target\":2}]}";

static const expected of_bad_form[] = {
    {13, "the assessment: unknown member; expected one of type, instrument"},
    {13, "the assessment: \"carer\" must be a string"},
    {14, "\"agency\": expected the code of an agency"},
    {14, "\"age_band\": expected the code of an age band"},
    {14, "expected one of: baseline review"},
    {15, "expected one of: child carer home agency case"},
    {12, "\"recorded\": expected a day that exists"},
    {16, "\"window\": expected a last day that is not before the first"},
    {16, "\"conditions\": expected names of conditions"},
    {16, "\"conditions\": expected names of conditions"},
    {17, "item X1a: expected a grade of the scale"},
    {18, "item X1c: expected a grade of the scale"},
    {18, "expected the code of an item"},
    {19, "\"evidence\" of item X1a: expected a text"},
    {19, "expected the code of an item"},
    {20, "\"by\": expected a day that exists"},
    {20, "\"targets\": expected a grade of the scale"},
    {20, "a target: \"item\" is missing"},
    {20, "a target: expected an object"},
    {21, "a target: unknown member"},
};

static tdm_assessment *read(const char *text, bool lenient, told *all, tdm_error *error)
{
    tdm_assessment *assessment;
    tdm_assessment_options options = {sizeof options, lenient, tell, all};
    *all = (told){.count = 0};
    tdm_status status = tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__str(text),
                                            TDM_LIT("f.ndjson"), 11, &options, error);
    ck_assert_int_eq(status == TDM_OK, assessment != NULL);
    return assessment;
}

START_TEST(reading_tells_everything)
{
    told all;
    tdm_error error = {0};
    ck_assert_ptr_null(read(bad_form, false, &all, &error));
    check_told(&all, of_bad_form, ROWS(of_bad_form));
    ck_assert_str_eq(error.message, all.problems[0].message);
    ck_assert_int_eq(error.line, 13);
    for (size_t i = 0; i < all.count; i++)
        ck_assert_msg(!strstr(all.problems[i].message, "ecret"), "%s", all.problems[i].message);
}
END_TEST

START_TEST(lenient_reading_keeps_what_is_good)
{
    told all;
    tdm__text out;
    tdm_error error = {0};
    tdm_assessment *assessment = read(bad_form, true, &all, &error);
    ck_assert_ptr_nonnull(assessment);
    check_told(&all, of_bad_form, ROWS(of_bad_form));
    ck_assert_int_eq(error.status, TDM_OK);
    ck_assert_uint_eq(assessment->left_out_count, ROWS(of_bad_form));
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm_assessment_write(assessment, (tdm_sink){fixture_append, &out}, 0), TDM_OK);
    ck_assert_str_eq(out.data,
                     "{\"instrument\":\"grades\",\"version\":\"1.0.0\",\"id\":\"a\",\"child\":\"Secret\","
                     "\"date\":\"2024-03-05\",\"conditions\":[\"calm\"],\"items\":{\"X1b\":2},"
                     "\"evidence\":{\"X1b\":\"said\"},\"targets\":[{\"item\":\"X1a\"},"
                     "{\"item\":\"X1b\",\"target\":2}]}");
    tdm__text_free(&out);
    tdm_assessment_free(assessment);
}
END_TEST

typedef struct fatal_form {
    const char *text;
    int line;
    const char *mentioned;
} fatal_form;

/* What no lenient reading can do without. */
static const fatal_form fatal_forms[] = {
    {"[]", 11, "the assessment: expected an object"},
    {"{\"instrument\"", 11, "':' behind a name"},
    {"{\"items\":{\"A\":1,\n\"A\":2}}", 12, ""},
    {"{\"colour\":1,\n\"instrument\":\"g\",\"version\":\"1\",\"id\":\"a\",\"child\":\"c\",\"date\":\"2024-03-"
     "05\"}",
     11, "\"items\" is missing"},
    {"{\"colour\":1,\"instrument\":\"g\",\n\"version\":1,\"id\":\"a\",\"child\":\"c\",\"date\":\"2024-03-"
     "05\",\"items\":{}}",
     12, "\"version\" must be a string"},
    {"{\"instrument\":\"g\",\"version\":\"1\",\"id\":\"a\",\"child\":\"c\",\"recorded\":\"x\",\n\"date\":\"5 "
     "March\","
     "\"items\":{}}",
     12, "\"date\": expected a day"},
    {"{\"instrument\":\"g\",\"version\":\"1\",\"id\":\"\",\"child\":\"c\",\"date\":\"2024-03-05\",\"items\":{"
     "}}",
     11, "a text that is not empty"},
    {"{\"type\":\"event\",\"instrument\":\"g\",\"version\":\"1\",\"id\":\"a\",\"child\":\"c\",\"date\":"
     "\"2024-03-05\","
     "\"items\":{}}",
     11, "expected \"assessment\""},
};

START_TEST(some_problems_end_a_lenient_reading)
{
    const fatal_form *row = &fatal_forms[_i];
    told all;
    tdm_error error = {0};
    ck_assert_ptr_null(read(row->text, true, &all, &error));
    ck_assert_msg(strstr(error.message, row->mentioned) != NULL, "%s", error.message);
    ck_assert_msg(error.line == row->line, "line %d: %s", (int)error.line, error.message);
    ck_assert_uint_ge(all.count, 1);
}
END_TEST

START_TEST(options_of_no_known_version_are_refused)
{
    tdm_assessment *assessment;
    tdm_assessment_options options = {.struct_size = 1};
    ck_assert_int_eq(tdm_assessment_read(&assessment, &tdm__malloc_allocator, TDM_LIT("{}"), TDM_LIT("f"), 1,
                                         &options, NULL),
                     TDM_INVALID_ARG);
    ck_assert_ptr_null(assessment);
}
END_TEST

#define MIXED(more, items)                                                                                   \
    "{\"instrument\":\"mixed\",\"version\":\"1.0.0\",\"id\":\"a\",\"child\":\"c\",\"date\":\"2024-03-"       \
    "05\"" more ",\"items\":{" items "}}"

typedef struct score_case {
    const char *form;
    bool fatal; /* a lenient scoring ends too */
    size_t flags;
    expected told[8];
} score_case;

static const score_case score_cases[] = {
    /* X9 is no item; A1a takes 1 to 5, T1 0 and 1; A2 is not asked over 5. */
    {MIXED(",\n\"age_band\":\"over-5\"", "\"X9\":1,\n\"A1a\":6,\n\"T1\":2,\"A2\":3,\"A1b\":2"),
     false,
     4,
     {{12, "item X9: expected the code of an item of mixed"},
      {13, "item A1a: expected a grade from 1 to 5 of mixed"},
      {14, "item T1: expected a grade from 0 to 1 of mixed"},
      {14, "item A2: not asked at this age; expected no entry"}}},
    {MIXED(",\"age_band\":\"under-5\"", "\n\"T3\":\"not-seen\",\"A1c\":\"not-applicable\""),
     false,
     1,
     {{12, "item T3: not asked at this age"}}},
    {MIXED("", "\"A1a\":1"),
     false,
     1,
     {{11, "expected \"age_band\", since parts of mixed are asked at some ages only"}}},
    {MIXED(",\n\"age_band\":\"teenage\"", "\"A1a\":1"),
     false,
     1,
     {{12, "\"age_band\": expected one of under-5, over-5"}}},
    {MIXED(",\"age_band\":\"over-5\",\n\"conditions\":[\"rain\",\n\"calm\"],\"evidence\":{\"Z\":\"x\",\"T\":"
           "\"y\"},"
           "\"child_words\":{\"Y\":\"x\"},\"targets\":[{\"item\":\"Z\"},{\"item\":\"A\"}]",
           "\"A1a\":0"),
     false,
     6,
     {{13, "item A1a: expected a grade"},
      {13, "a remark: expected the code"},
      {13, "a remark: expected the code"},
      {13, "a target: expected the code"},
      {12, "a condition that the instrument has no rule for"},
      {13, "a condition that the instrument has no rule for"}}},
    /* A target is a grade of the part's own scale, whichever of its three numbers it is. */
    {MIXED(",\"age_band\":\"over-5\",\"targets\":[{\"item\":\"A1a\",\"current\":1,\"target\":99},\n"
           "{\"item\":\"A1a\",\"current\":-1},\n{\"item\":\"A1a\",\"current\":1,\"target\":1}]",
           "\"A1a\":1"),
     false,
     2,
     {{11, "a target for A1a: expected grades of its scale"},
      {12, "a target for A1a: expected grades of its scale"}}},
    {"{\"instrument\":\"mixed\",\n\"version\":\"2.0.0\",\"id\":\"a\",\"child\":\"c\",\"date\":\"2024-03-05\","
     "\"age_band\":\"over-5\",\"items\":{\"A1a\":9}}",
     true,
     0,
     {{12, "made with version 2.0.0 of mixed, but 1.0.0 is loaded; score it with the file of its version"},
      {12, "item A1a: expected a grade"}}},
    /* A version that is shaped like none is not shown; an age band that could not be read was told then. */
    {"{\"instrument\":\"mixed\",\n\"version\":\"Secret "
     "name\",\"id\":\"a\",\"child\":\"c\",\"date\":\"2024-03-05\","
     "\"age_band\":\"over-5\",\"items\":{}}",
     true,
     0,
     {{12, "made with another version of mixed, but 1.0.0 is loaded"}}},
    /* Of another instrument nothing else would mean anything. */
    {"{\"instrument\":\"other\",\"version\":\"2.0.0\",\"id\":\"a\",\"child\":\"c\",\"date\":\"2024-03-05\","
     "\"items\":{\"A1a\":9}}",
     true,
     0,
     {{11, "another instrument; expected mixed"}}},
    {MIXED(",\"age_band\":\"over-5\"", "\"A1a\":1"), false, 0, {{0, NULL}}},
};

static size_t rows_of(const expected *rows)
{
    size_t count = 0;
    while (rows[count].mentioned)
        count++;
    return count;
}

START_TEST(scoring_tells_everything)
{
    const score_case *row = &score_cases[_i];
    tdm_instrument *instrument;
    told all;
    tdm_error error = {0};
    size_t count = rows_of(row->told);
    ck_assert_int_eq(fixture_mixed(&instrument, &tdm__malloc_allocator, (mixed){"none", ""}, NULL), TDM_OK);
    tdm_assessment *assessment = read(row->form, false, &all, &error);
    ck_assert_msg(assessment != NULL, "%s", error.message);
    for (int lenient = 0; lenient < 2; lenient++) {
        tdm_score *score;
        tdm_score_options options = {
            .struct_size = sizeof options, .lenient = lenient != 0, .problem = tell, .payload = &all};
        all.count = 0;
        tdm_status status = tdm_score_make(&score, &tdm__malloc_allocator, assessment, instrument, &options,
                                           &error);
        check_told(&all, row->told, count);
        bool good = count == 0 || (lenient && !row->fatal);
        ck_assert_int_eq(status, good ? TDM_OK : TDM_INVALID_INPUT);
        if (good)
            ck_assert_uint_eq(score->flag_count, row->flags);
        else
            ck_assert_str_eq(error.message, all.problems[0].message);
        tdm_score_free(score);
    }
    tdm_assessment_free(assessment);
    tdm_instrument_free(instrument);
}
END_TEST

START_TEST(an_age_band_that_is_none_is_told_once)
{
    static const char text[] = MIXED(",\n\"age_band\":\"Under 5\"", "\"A1a\":1");
    tdm_instrument *instrument;
    tdm_score *score;
    told all;
    tdm_error error = {0};
    ck_assert_int_eq(fixture_mixed(&instrument, &tdm__malloc_allocator, (mixed){"none", ""}, NULL), TDM_OK);
    tdm_assessment *assessment = read(text, true, &all, NULL);
    ck_assert_uint_eq(all.count, 1);
    ck_assert_msg(strstr(all.problems[0].message, "\"age_band\": expected the code") != NULL, "%s",
                  all.problems[0].message);
    all.count = 0;
    tdm_score_options options = {.struct_size = sizeof options, .problem = tell, .payload = &all};
    ck_assert_int_eq(tdm_score_make(&score, &tdm__malloc_allocator, assessment, instrument, &options, &error),
                     TDM_OK);
    ck_assert_uint_eq(all.count, 0);
    ck_assert_uint_eq(score->flag_count, 2); /* left out in reading, and nothing left out for age */
    tdm_score_free(score);
    tdm_assessment_free(assessment);
    tdm_instrument_free(instrument);
}
END_TEST

/* What was left out in reading is flagged when it is scored: X1a by its code, the rest of the whole. */
START_TEST(what_was_not_read_is_flagged)
{
    static const char text[] =
        "{\"instrument\":\"grades\",\"version\":\"1.0.0\",\"id\":\"a\",\"child\":\"c\","
        "\"date\":\"2024-03-05\",\"recorded\":\"x\",\"items\":{\"X1a\":\"five\",\"X1b\":2}}";
    tdm_instrument *instrument;
    tdm_score *score;
    tdm_score_view view;
    told all;
    tdm__text out;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    tdm_assessment *assessment = read(text, true, &all, NULL);
    ck_assert_int_eq(tdm_score_make(&score, &tdm__malloc_allocator, assessment, instrument, NULL, NULL),
                     TDM_OK);
    tdm_assessment_free(assessment); /* a score keeps what it needs */
    ck_assert(tdm_score_sub_area(&view, score, 0, 0));
    ck_assert_int_eq(view.not_recorded, 2); /* X1a and X1c: not read is not recorded, never fine */
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm_score_write(score, (tdm_sink){fixture_append, &out}, 0), TDM_OK);
    ck_assert_ptr_nonnull(strstr(
        out.data,
        "\"flags\":[{\"flag\":\"left-out\",\"part\":null,\"text\":\"a part of the form could not be read and "
        "is left out\"},"
        "{\"flag\":\"left-out\",\"part\":\"X1a\",\"text\":\"it could not be read and is left out\"}]"));
    tdm__text_free(&out);
    tdm_score_free(score);
    tdm_instrument_free(instrument);
}
END_TEST

/* JSON refuses a name that stands twice; other forms may bring one. */
START_TEST(an_item_stands_once)
{
    tdm_instrument *instrument;
    tdm_score *score;
    tdm_error error = {0};
    tdm__entry entries[] = {{TDM_LIT("X1a"), TDM__ENTRY_SCORED, 2, 7},
                            {TDM_LIT("X1a"), TDM__ENTRY_SCORED, 4, 9}};
    tdm_assessment form = {.file = TDM_LIT("f"), .entries = entries, .entry_count = 2};
    form.texts[TDM__FORM_INSTRUMENT] = TDM_LIT("grades");
    form.texts[TDM__FORM_VERSION] = TDM_LIT("1.0.0");
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    ck_assert_int_eq(tdm_score_make(&score, &tdm__malloc_allocator, &form, instrument, NULL, &error),
                     TDM_INVALID_INPUT);
    ck_assert_str_eq(error.message, "item X1a: expected once in a form");
    ck_assert_int_eq(error.line, 9);
    tdm_instrument_free(instrument);
}
END_TEST

static tdm_instrument *shared_instrument;

static tdm_status read_and_score(const tdm_allocator *allocator)
{
    tdm_assessment *assessment;
    tdm_score *score = NULL;
    tdm_assessment_options options = {.struct_size = sizeof options, .lenient = true};
    tdm_score_options scoring = {.struct_size = sizeof scoring, .lenient = true};
    tdm_status status = tdm_assessment_read(&assessment, allocator, tdm__str(bad_form), TDM_LIT("f"), 1,
                                            &options, NULL);
    if (status == TDM_OK)
        status = tdm_score_make(&score, allocator, assessment, shared_instrument, &scoring, NULL);
    tdm_score_free(score);
    tdm_assessment_free(assessment);
    return status;
}

START_TEST(survives_every_failed_allocation)
{
    ck_assert_int_eq(fixture_grades(&shared_instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    TEST_EVERY_ALLOCATION(read_and_score);
    tdm_instrument_free(shared_instrument);
}
END_TEST

Suite *problems_suite(void)
{
    Suite *suite = suite_create("problems of forms");
    TCase *all = tcase_create("problems");
    tcase_add_test(all, reading_tells_everything);
    tcase_add_test(all, lenient_reading_keeps_what_is_good);
    tcase_add_loop_test(all, some_problems_end_a_lenient_reading, 0, ROWS(fatal_forms));
    tcase_add_test(all, options_of_no_known_version_are_refused);
    tcase_add_loop_test(all, scoring_tells_everything, 0, ROWS(score_cases));
    tcase_add_test(all, an_age_band_that_is_none_is_told_once);
    tcase_add_test(all, what_was_not_read_is_flagged);
    tcase_add_test(all, an_item_stands_once);
    tcase_add_test(all, survives_every_failed_allocation);
    suite_add_tcase(suite, all);
    return suite;
}
