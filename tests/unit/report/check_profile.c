/*
 * The charts of assessments and the page of what changed: places worked out by hand, words that never
 * go beyond the comparison, missing grades in sight, nothing of a title acting as markup.
 */
#include <stdio.h>
#include <string.h>

#include "report/fixture.h"
#include "report/markup.h"
#include "report/picture.h"
#include "report/profile.h"
#include "report/suites.h"

/* --- instruments and forms --- */

typedef struct definition {
    const char *direction;
    const char *items, *sub_areas, *areas; /* policies */
    int lowest, highest, concern_from;
    const char *label, *title; /* of each value; of the first area */
} definition;

static const definition graded = {
    "higher-is-worse", "majority-with-override", "majority-with-override", "none", 1, 5, 4, "so so",
    "Physical"};
static const definition turned = {"higher-is-better", "worst", "worst", "none", 1, 5, 2, "so so", "Physical"};
static const definition summed = {"higher-is-worse", "sum", "sum", "sum", 0, 1, 1, "", "Home"};
static const definition told = {"higher-is-worse", "none", "none", "none", 0, 1, 1, "", "Morning"};
static const definition hostile = {"higher-is-worse", "worst", "worst", "worst", 1, 5, 4, HOSTILE, HOSTILE};

/* X: X1 of three items and X2 alone; Y: Y1 alone. */
static tdm_instrument *defined(const definition *d)
{
    const char *texts[][2] = {
        {"id", "made"},      {"version", "1.0.0"},    {"title", d->title},        {"source", "tests"},
        {"licence", "none"}, {"respondent", "carer"}, {"direction", d->direction}};
    tdm__instrument_builder *builder;
    tdm_instrument *instrument;
    tdm_error error = {0};
    ck_assert_int_eq(
        tdm__instrument_builder_new(&builder, &tdm__malloc_allocator, TDM_LIT("made.lua"), &error), TDM_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        tdm__instrument_set_text(builder, tdm__str(texts[i][0]), tdm__str(texts[i][1]));
    for (int value = d->lowest; value <= d->highest; value++) {
        bool concern = strcmp(d->direction, "higher-is-worse") == 0 ? value >= d->concern_from
                                                                    : value <= d->concern_from;
        tdm__instrument_add_value(builder, value, tdm__str(d->label), tdm__str(concern ? "concern" : ""));
    }
    tdm__instrument_add_area(builder, TDM_LIT("X"), tdm__str(d->title));
    tdm__instrument_add_sub_area(builder, TDM_LIT("X1"), TDM_LIT("Nutrition"));
    tdm__instrument_add_item(builder, TDM_LIT("X1a"), TDM_LIT("quality"));
    tdm__instrument_add_item(builder, TDM_LIT("X1b"), TDM_LIT("quantity"));
    tdm__instrument_add_item(builder, TDM_LIT("X1c"), TDM_LIT("care"));
    tdm__instrument_add_sub_area(builder, TDM_LIT("X2"), TDM_LIT("Housing"));
    tdm__instrument_add_area(builder, TDM_LIT("Y"), TDM_LIT("Safety"));
    tdm__instrument_add_sub_area(builder, TDM_LIT("Y1"), TDM_LIT("At home"));
    tdm__instrument_set_policy(builder, TDM_LIT("items"), tdm__str(d->items));
    tdm__instrument_set_policy(builder, TDM_LIT("sub_areas"), tdm__str(d->sub_areas));
    tdm__instrument_set_policy(builder, TDM_LIT("areas"), tdm__str(d->areas));
    ck_assert_msg(tdm__instrument_finish(&instrument, builder, &error) == TDM_OK, "%s", error.message);
    return instrument;
}

/* One day is the window too, unless `more` says otherwise. */
static tdm_score *scored(const tdm_instrument *instrument, const char *day, const char *items,
                         const char *more)
{
    char json[2048];
    tdm_assessment *assessment;
    tdm_score *score;
    tdm_error error = {0};
    snprintf(json, sizeof json,
             "{\"instrument\": \"made\", \"version\": \"1.0.0\", \"id\": \"F-%s\", \"child\": \"C1\", "
             "\"date\": \"%s\", "
             "\"items\": {%s}, %s}",
             day, day, items, more);
    tdm_status status = tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__str(json),
                                            TDM_LIT("f.json"), 1, NULL, &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", error.message, json);
    status = tdm_score_make(&score, &tdm__malloc_allocator, assessment, instrument, NULL, &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", error.message, json);
    tdm_assessment_free(assessment);
    return score;
}

#define WINDOW(day) "\"window\": [\"" day "\", \"" day "\"]"
#define MARCH       "2024-03-01"
#define JUNE        "2024-06-01"

/* --- what is drawn --- */

typedef struct drawn {
    tdm_instrument *instrument;
    tdm_score *scores[4];
    size_t count;
    tdm__series_list *list;
    tdm__text text;
} drawn;

static void draw(drawn *d, const definition *what)
{
    *d = (drawn){.instrument = defined(what)};
    tdm__text_init(&d->text, &tdm__malloc_allocator);
}

static void add(drawn *d, const char *day, const char *items, const char *more)
{
    d->scores[d->count++] = scored(d->instrument, day, items, more);
}

static void compare_all(drawn *d)
{
    ck_assert_int_eq(tdm__series_list_make(&d->list, &tdm__malloc_allocator,
                                           (const tdm_score *const *)d->scores, d->count),
                     TDM_OK);
    ck_assert_uint_eq(d->list->count, 1);
    ck_assert_int_eq(tdm__series_compare(&d->list->items[0], &tdm__malloc_allocator, (tdm__reliability){0}),
                     TDM_OK);
}

/* The broad one of the two shapes that were written; the rest stands behind its end. */
static const char *broad(drawn *d, tdm__output *out)
{
    ck_assert_int_eq(tdm__output_end(out, NULL), TDM_OK);
    markup_check(tdm__text_str(&d->text));
    char *narrow = strstr(d->text.data, "class=\"chart narrow\"");
    if (narrow)
        *narrow = '\0';
    return d->text.data;
}

/* The latest against the one before. */
static const char *profile(drawn *d)
{
    tdm__output out;
    compare_all(d);
    const tdm__series *series = &d->list->items[0];
    size_t visits = series->visit_count;
    tdm__output_init(&out, &tdm__malloc_allocator, report_text_sink(&d->text));
    tdm__profile_chart(&out, series->visits[visits - 1].scores[0],
                       visits > 1 ? series->comparisons[visits - 2] : NULL, "p");
    return broad(d, &out);
}

static const char *multiples(drawn *d)
{
    tdm__output out;
    compare_all(d);
    tdm__output_init(&out, &tdm__malloc_allocator, report_text_sink(&d->text));
    tdm__small_multiples(&out, &d->list->items[0], "m");
    return broad(d, &out);
}

static tdm_status page_with(const drawn *d, const tdm_allocator *allocator, tdm_sink sink)
{
    return tdm__report_comparisons(d->list->items, d->list->count, allocator, sink, NULL);
}

static const char *page(drawn *d)
{
    compare_all(d);
    ck_assert_int_eq(page_with(d, &tdm__malloc_allocator, report_text_sink(&d->text)), TDM_OK);
    markup_check(tdm__text_str(&d->text));
    return d->text.data;
}

static void done(drawn *d)
{
    tdm__text_free(&d->text);
    tdm__series_list_free(d->list);
    for (size_t i = 0; i < d->count; i++)
        tdm_score_free(d->scores[i]);
    tdm_instrument_free(d->instrument);
}

/* From the title of a row's group to the end of the group. */
static tdm_str row_of(const char *text, const char *title)
{
    char start[96];
    snprintf(start, sizeof start, "<g><title>%s", title);
    const char *at = strstr(text, start);
    ck_assert_msg(at != NULL, "no row %s", title);
    const char *end = strstr(at, "</g>");
    ck_assert_ptr_nonnull(end);
    return (tdm_str){at, (size_t)(end - at)};
}

static void expect(tdm_str row, const char *part, int times)
{
    ck_assert_msg(report_count(row, part) == times, "%s: %d times in %.*s", part, report_count(row, part),
                  (int)row.length, row.data);
}

/* --- the profile --- */

#define X2Y1 "\"X2\":2,\"Y1\":2"

/* The plot of the broad shape is 190 + 406 wide: columns of 81.2, in the middle 230.6, 311.8, 393, 474.2,
 * 555.4. */
typedef struct place_case {
    const definition *what;
    const char *before, *now;
    const char *words;
    const char *ring, *dot; /* x of the earlier and of the later mark of X1 */
    int heads;              /* of arrows */
    int dashes;             /* lines that say no clear change */
} place_case;

static const place_case places[] = {
    {&graded, "\"X1a\":4,\"X1b\":4,\"X1c\":4", "\"X1a\":3,\"X1b\":3,\"X1c\":3", "one grade better", "474.2",
     "393", 1, 0},
    {&graded, "\"X1a\":1,\"X1b\":1,\"X1c\":1", "\"X1a\":3,\"X1b\":3,\"X1c\":3", "two grades worse", "230.6",
     "393", 1, 0},
    {&graded, "\"X1a\":2,\"X1b\":2,\"X1c\":2", "\"X1a\":2,\"X1b\":2,\"X1c\":2", "as before", "311.8", "311.8",
     0, 0},
    /* 1,2,3 is 3 and 2,2,3 is 2: drawn as it is, and called no better. */
    {&graded, "\"X1a\":1,\"X1b\":2,\"X1c\":3", "\"X1a\":2,\"X1b\":2,\"X1c\":3", "no clear change", "393",
     "311.8", 0, 1},
    /* The best value is at the left, wherever it stands in numbers. */
    {&turned, "\"X1a\":1,\"X1b\":1,\"X1c\":1", "\"X1a\":5,\"X1b\":5,\"X1c\":5", "four grades better", "555.4",
     "230.6", 1, 0},
};

START_TEST(marks_stand_where_the_grade_is)
{
    const place_case *row = &places[_i];
    char items[128], mark[96];
    drawn d;
    draw(&d, row->what);
    snprintf(items, sizeof items, "%s,%s", row->before, X2Y1);
    add(&d, MARCH, items, WINDOW(MARCH));
    snprintf(items, sizeof items, "%s,%s", row->now, X2Y1);
    add(&d, JUNE, items, WINDOW(JUNE));
    tdm_str drawn_row = row_of(profile(&d), "X1 Nutrition");
    snprintf(mark, sizeof mark, ">%s</text>", row->words);
    expect(drawn_row, mark, 1);
    snprintf(mark, sizeof mark, "<circle cx=\"%s\"", row->ring);
    expect(drawn_row, mark, strcmp(row->ring, row->dot) == 0 ? 2 : 1);
    snprintf(mark, sizeof mark, "<circle cx=\"%s\"", row->dot);
    expect(drawn_row, mark, strcmp(row->ring, row->dot) == 0 ? 2 : 1);
    expect(drawn_row, "z\" fill=\"#1d1d1b\"/>", row->heads);
    expect(drawn_row, "stroke-dasharray=\"3 3\"", row->dashes);
    expect(drawn_row, "better", strstr(row->words, "better") ? 2 : 0);
    done(&d);
}
END_TEST

START_TEST(what_was_not_seen_is_said_in_the_row)
{
    drawn d;
    draw(&d, &graded);
    add(&d, MARCH, "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":\"not-seen\",\"Y1\":2", WINDOW(MARCH));
    add(&d, JUNE,
        "\"X1a\":\"not-seen\",\"X1b\":\"not-seen\",\"X1c\":\"not-seen\",\"X2\":2,\"Y1\":\"not-applicable\"",
        WINDOW(JUNE));
    const char *text = profile(&d);
    expect(row_of(text, "X1 Nutrition: not assessed, was 2, not assessed now"), ">not assessed</text>", 1);
    expect(row_of(text, "X1 Nutrition"), "fill=\"#1c2e45\"", 0);
    expect(row_of(text, "X2 Housing: 2, not assessed before"), "<circle", 1);
    expect(row_of(text, "Y1 At home: does not apply, was 2, does not apply now"), ">does not apply</text>",
           1);
    done(&d);
}
END_TEST

START_TEST(one_assessment_alone_has_a_profile)
{
    drawn d;
    draw(&d, &graded);
    add(&d, JUNE, "\"X1a\":2,\"X1b\":2,\"X1c\":4,\"X2\":\"not-seen\",\"Y1\":2", WINDOW(JUNE));
    const char *text = profile(&d);
    /* From 2, the best item, to 4: 311.8 - 4.5, and two columns and twice 4.5 wide. */
    expect(row_of(text, "X1 Nutrition: 4, its items from 2 to 4"), "<rect x=\"307.3\"", 1);
    expect(row_of(text, "X1 Nutrition"), "width=\"171.4\"", 1);
    expect(row_of(text, "X2 Housing: not assessed<"), ">not assessed</text>", 2);
    ck_assert_ptr_null(strstr(text, "before"));
    ck_assert_ptr_nonnull(strstr(text, "The profile of 1 June 2024. The best grade is at the left."));
    done(&d);
}
END_TEST

/* Two assessors of the first visit, two grades apart on X1: bracket from 1 to 4 around 2, and 1 of it lies
 * outside. */
START_TEST(the_spread_of_two_assessors_is_drawn)
{
    drawn d;
    draw(&d, &graded);
    add(&d, MARCH, "\"X1a\":3,\"X1b\":3,\"X1c\":3," X2Y1, WINDOW(MARCH) ", \"assessor\": \"HV1\"");
    add(&d, MARCH, "\"X1a\":1,\"X1b\":1,\"X1c\":1," X2Y1, WINDOW(MARCH) ", \"assessor\": \"SW2\"");
    add(&d, JUNE, "\"X1a\":2,\"X1b\":2,\"X1c\":2," X2Y1, WINDOW(JUNE));
    tdm_str row = row_of(profile(&d), "X1 Nutrition: 2, was 3, no clear change");
    expect(row, "v3.5M474.2 ", 1);
    expect(row, "v3.5M230.6 ", 1);
    expect(row_of(d.text.data, "X2 Housing"), "v3.5M", 0);
    done(&d);
}
END_TEST

/* Bars begin at 190 and end 108 before the plot does: 298 for the whole, 74.5 for a quarter, 223.5 for three.
 */
START_TEST(a_sum_is_a_bar_with_its_bounds)
{
    drawn d;
    draw(&d, &summed);
    add(&d, MARCH, "\"X1a\":1,\"X1b\":1,\"X1c\":1,\"X2\":1,\"Y1\":0", WINDOW(MARCH));
    add(&d, JUNE, "\"X1a\":1,\"X1b\":\"not-seen\",\"X1c\":\"not-seen\",\"X2\":0,\"Y1\":0", WINDOW(JUNE));
    const char *text = profile(&d);
    tdm_str row = row_of(text, "X Home: not complete, 1 to 3 of 4, was 4");
    expect(row, "<rect x=\"190\"", 2);
    expect(row, "width=\"74.5\" height=\"12\" fill=\"#4f6580\"", 1);
    expect(row, "<rect x=\"264.5\"", 1);
    expect(row, "width=\"149\"", 1);
    expect(row, ">1 to 3 of 4</text>", 1);
    expect(row, ">not complete</text>", 1);
    expect(row, "<circle cx=\"488\"", 1);
    ck_assert_ptr_nonnull(strstr(text, "A longer bar is worse.</figcaption>"));
    ck_assert_ptr_nonnull(strstr(text, "<g><title>Total: not complete"));
    done(&d);
}
END_TEST

START_TEST(nothing_graded_gives_a_sentence)
{
    drawn d;
    draw(&d, &told);
    add(&d, JUNE, "\"X2\":1", WINDOW(JUNE));
    ck_assert_ptr_null(strstr(profile(&d), "<svg"));
    ck_assert_ptr_nonnull(strstr(d.text.data, "<p>Nothing in this instrument is graded or counted"));
    done(&d);
}
END_TEST

START_TEST(long_labels_stand_below)
{
    definition wordy = graded;
    drawn d;
    wordy.label = "incomprehensibilities";
    draw(&d, &wordy);
    add(&d, JUNE, "\"X1a\":2,\"X1b\":2,\"X1c\":2," X2Y1, WINDOW(JUNE));
    profile(&d);
    const char *key = d.text.data + strlen(d.text.data) + 1;
    ck_assert_ptr_nonnull(strstr(key, "<p class=\"note\">Grades: 1 incomprehensibilities; 2 incomp"));
    ck_assert_int_eq(report_count(tdm__str(key), "Grades: "), 1);
    done(&d);
}
END_TEST

/* --- over time --- */

/* 1 January to 30 April 2024 is 121 days with both; panels are 178 wide, plots 111 from 58 on, so that days
 * 0, 30 and 120 stand 0, 27.5 and 110 into them. */
START_TEST(time_is_as_long_as_it_was)
{
    drawn d;
    draw(&d, &graded);
    add(&d, "2024-01-01", "\"X1a\":3,\"X1b\":3,\"X1c\":3," X2Y1, WINDOW("2024-01-01"));
    add(&d, "2024-01-31", "\"X1a\":2,\"X1b\":2,\"X1c\":2," X2Y1, WINDOW("2024-01-31"));
    add(&d, "2024-04-30", "\"X1a\":1,\"X1b\":1,\"X1c\":1,\"X2\":1,\"Y1\":2", WINDOW("2024-04-30"));
    tdm_str panel = row_of(multiples(&d), "X Physical: 1 January 2024 ");
    expect(panel, "<circle cx=\"58\"", 1);
    expect(panel, "<circle cx=\"85.5\"", 1);
    expect(panel, "<circle cx=\"168\"", 1);
    expect(panel, "stroke-width=\"1.2\"/>", 2);
    expect(panel, "Jan 2024", 1);
    expect(panel, "Apr 2024", 1);
    done(&d);
}
END_TEST

START_TEST(only_what_can_be_compared_is_joined)
{
    drawn d;
    draw(&d, &graded);
    add(&d, "2024-01-01", "\"X1a\":3,\"X1b\":3,\"X1c\":3," X2Y1, WINDOW("2024-01-01"));
    add(&d, MARCH, "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":2,\"Y1\":\"not-seen\"", "\"status\": \"complete\"");
    add(&d, JUNE, "\"X1a\":2,\"X1b\":2,\"X1c\":2," X2Y1, WINDOW(JUNE));
    const char *text = multiples(&d);
    tdm_str panel = row_of(text, "X Physical");
    expect(panel, "l5 -11M", 2); /* March has no window */
    expect(panel, "fill=\"#e3e8ee\"", 2);
    expect(panel, ", not to be compared with the one before", 2);
    panel = row_of(text, "Y Safety");
    expect(panel, "1 March 2024 not assessed", 1);
    expect(panel, ">?</text>", 1);
    expect(panel, "<circle", 2);
    expect(panel, "l5 -11M", 0);
    done(&d);
}
END_TEST

START_TEST(a_series_of_one_day_has_panels_too)
{
    drawn d;
    draw(&d, &summed);
    add(&d, JUNE, "\"X1a\":1,\"X1b\":1,\"X1c\":1,\"X2\":1,\"Y1\":0", WINDOW(JUNE));
    expect(row_of(multiples(&d), "Total: 1 June 2024 4"), "<circle", 1);
    done(&d);
}
END_TEST

/* --- the page --- */

static void add_two(drawn *d)
{
    add(d, MARCH, "\"X1a\":4,\"X1b\":4,\"X1c\":4,\"X2\":2,\"Y1\":2",
        WINDOW(MARCH) ", \"targets\": ["
                      "{\"item\": \"X1a\", \"current\": 4, \"by\": \"" JUNE
                      "\", \"target\": 3, \"actual\": 3},"
                      "{\"item\": \"X1\", \"current\": 4, \"by\": \"" JUNE "\", \"target\": 2},"
                      "{\"item\": \"X1b\", \"target\": 1, \"by\": \"2024-09-01\"},"
                      "{\"item\": \"Y\", \"target\": 1}, {\"item\": \"X2\"}]");
    add(d, JUNE, "\"X1a\":3,\"X1b\":3,\"X1c\":3,\"X2\":3,\"Y1\":\"not-seen\"", WINDOW(JUNE));
}

static const char *const page_holds[] = {
    "<h3>From 1 March 2024 to 1 June 2024</h3>",
    "<h4>Better</h4>\n<ul class=\"changes\">\n<li>Physical (X) is one grade better: it was 4 and is now 3;",
    "<h4>Worse</h4>\n<ul class=\"changes\">\n<li>Housing (X2) is one grade worse: it was 2 and is now 3;",
    ("<h4>Could not be compared, and why</h4>\n<ul class=\"changes\">\n<li>Safety (Y) cannot be compared: it "
     "was not "
     "assessed the second time.</li>"),
    "<li class=\"part\">Nutrition (X1) is one grade better",
    "<li>X1a quality: was 4, now 3, better</li>",
    "<li>X2 Housing: was 2, now 3, worse</li>",
    ("<td class=\"number\">4</td><td class=\"number\">3</td><td>1 June 2024</td><td class=\"number\">3</td>"
     "<td><strong>reached</strong> (the earlier form itself notes 3)</td>"),
    "<td class=\"number\">3</td><td>not reached</td>",
    "<td>1 September 2024</td><td class=\"number\">3</td><td>not reached yet; its day has not come</td>",
    "<td>no day set</td><td class=\"number\">not known</td><td>not assessed</td>",
    "<td>no grade to reach was set</td>",
    "No measure of how risky",
    "default-src 'none'",
    ".chart.broad{display:block}",
};

START_TEST(the_page_says_what_changed)
{
    drawn d;
    draw(&d, &graded);
    add_two(&d);
    ck_assert_msg(strstr(page(&d), page_holds[_i]) != NULL, "%s", page_holds[_i]);
    done(&d);
}
END_TEST

START_TEST(what_cannot_be_compared_is_not_listed)
{
    drawn d;
    draw(&d, &graded);
    add(&d, MARCH, "\"X1a\":4,\"X1b\":4,\"X1c\":4," X2Y1,
        "\"status\": \"complete\", \"targets\": [{\"item\": \"X2\", \"target\": 2}]");
    add(&d, JUNE, "\"X1a\":2,\"X1b\":2,\"X1c\":2," X2Y1, WINDOW(JUNE));
    page(&d);
    ck_assert_ptr_nonnull(
        strstr(d.text.data, "cannot be compared, since not both say which days they are about."));
    ck_assert_ptr_null(strstr(d.text.data, "<h4>Better"));
    ck_assert_ptr_null(strstr(d.text.data, "better:"));
    ck_assert_ptr_nonnull(
        strstr(d.text.data, "<td class=\"number\">not known</td><td>cannot be compared</td>"));
    done(&d);
}
END_TEST

START_TEST(a_title_is_never_markup)
{
    drawn d;
    draw(&d, &hostile);
    add(&d, MARCH, "\"X1a\":4,\"X1b\":4,\"X1c\":4," X2Y1,
        WINDOW(MARCH) ", \"assessor\": \"<script>\", \"carer\": \"'>&\"");
    add(&d, JUNE, "\"X1a\":2,\"X1b\":2,\"X1c\":2," X2Y1, WINDOW(JUNE) ", \"carer\": \"'>&\"");
    page(&d);
    ck_assert_ptr_null(strstr(d.text.data, "<script"));
    ck_assert_ptr_null(strstr(d.text.data, "\xE2\x80\xAE"));
    ck_assert_ptr_null(strchr(d.text.data, '\x1b'));
    ck_assert_int_eq(report_count(tdm__text_str(&d.text), "http"),
                     report_count(tdm__text_str(&d.text), "xmlns=\"http://www.w3.org/2000/svg\"") + 1);
    done(&d);
}
END_TEST

START_TEST(the_same_bytes_each_time)
{
    drawn d;
    tdm__text again;
    draw(&d, &graded);
    add_two(&d);
    page(&d);
    tdm__text_init(&again, &tdm__malloc_allocator);
    ck_assert_int_eq(page_with(&d, &tdm__malloc_allocator, report_text_sink(&again)), TDM_OK);
    ck_assert(tdm__str_equal(tdm__text_str(&d.text), tdm__text_str(&again)));
    tdm__text_free(&again);
    done(&d);
}
END_TEST

/* --- failures --- */

static drawn *shared;

static tdm_status swallow(const char *bytes, size_t length, void *payload)
{
    (void)bytes;
    (void)length;
    return payload ? TDM_IO : TDM_OK;
}

static tdm_status all_of_it(const tdm_allocator *allocator)
{
    tdm__series_list *list;
    tdm_status status = tdm__series_list_make(&list, allocator, (const tdm_score *const *)shared->scores,
                                              shared->count);
    if (status == TDM_OK)
        status = tdm__series_compare(&list->items[0], allocator, (tdm__reliability){0});
    if (status == TDM_OK)
        status = tdm__report_comparisons(list->items, list->count, allocator, (tdm_sink){swallow, NULL},
                                         NULL);
    tdm__series_list_free(list);
    return status;
}

START_TEST(any_failed_allocation_is_survived)
{
    drawn d;
    draw(&d, &hostile);
    add_two(&d);
    shared = &d;
    TEST_EVERY_ALLOCATION(all_of_it);
    done(&d);
}
END_TEST

START_TEST(a_sink_that_fails_ends_it)
{
    drawn d;
    draw(&d, &graded);
    add_two(&d);
    compare_all(&d);
    ck_assert_int_eq(page_with(&d, &tdm__malloc_allocator, (tdm_sink){swallow, &d}), TDM_IO);
    done(&d);
}
END_TEST

/* --- lines --- */

START_TEST(lines_are_broken_at_spaces)
{
    tdm_str text = TDM_LIT("one two three");
    int word = tdm__text_width(TDM_LIT("one two"), 100);
    ck_assert_uint_eq(tdm__line_end(text, 100, 10000), 13);
    ck_assert_uint_eq(tdm__line_end(text, 100, word), 7);
    ck_assert_uint_eq(tdm__line_end(text, 100, word - 1), 3);
    ck_assert_uint_eq(tdm__line_end(TDM_LIT("undivided"), 100, 10), 1);
    ck_assert_int_eq(tdm__line_count(text, 100, word, 5), 2);
    ck_assert_int_eq(tdm__line_count(text, 100, 10, 5), 5);
    ck_assert_int_eq(tdm__line_count(TDM_LIT(""), 100, 10, 5), 0);
}
END_TEST

Suite *profile_suite(void)
{
    Suite *suite = suite_create("profile");
    TCase *tests = tcase_create("charts");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, marks_stand_where_the_grade_is, 0, sizeof places / sizeof *places);
    tcase_add_test(tests, what_was_not_seen_is_said_in_the_row);
    tcase_add_test(tests, one_assessment_alone_has_a_profile);
    tcase_add_test(tests, the_spread_of_two_assessors_is_drawn);
    tcase_add_test(tests, a_sum_is_a_bar_with_its_bounds);
    tcase_add_test(tests, nothing_graded_gives_a_sentence);
    tcase_add_test(tests, long_labels_stand_below);
    tcase_add_test(tests, time_is_as_long_as_it_was);
    tcase_add_test(tests, only_what_can_be_compared_is_joined);
    tcase_add_test(tests, a_series_of_one_day_has_panels_too);
    tcase_add_loop_test(tests, the_page_says_what_changed, 0, sizeof page_holds / sizeof *page_holds);
    tcase_add_test(tests, what_cannot_be_compared_is_not_listed);
    tcase_add_test(tests, a_title_is_never_markup);
    tcase_add_test(tests, the_same_bytes_each_time);
    tcase_add_test(tests, any_failed_allocation_is_survived);
    tcase_add_test(tests, a_sink_that_fails_ends_it);
    tcase_add_test(tests, lines_are_broken_at_spaces);
    suite_add_tcase(suite, tests);
    return suite;
}
