/*
 * Instrument files: what bands, weights and the other fields come to, each refusal with its line, and
 * the properties of every instrument that is shipped on 100,000 random profiles.
 */
#include <stdio.h>
#include <string.h>

#include "instrument/score.h"
#include "script/suites.h"
#include "script/world.h"

/* Four yes-or-no items in two areas; %s stands on line 8. */
#define TICKS                                                                                                \
    "return {\n  id = \"ticks\", version = \"1.0.0\", title = \"T\", source = \"S\", licence = \"L\",\n"     \
    "  respondent = \"child\", direction = \"higher-is-worse\",\n"                                           \
    "  scale = { { value = 0 }, { value = 1, meaning = \"concern\" } },\n"                                   \
    "  areas = { { code = \"A\", title = \"a\", sub_areas = { { code = \"A1\", title = \"a\" },\n"           \
    "    { code = \"A2\", title = \"a\" } } }, { code = \"B\", title = \"b\", sub_areas = {\n"               \
    "    { code = \"B1\", title = \"b\" }, { code = \"B2\", title = \"b\" } } } },\n"                        \
    "  %s\n"                                                                                                 \
    "  examples = { { name = \"E\", items = { %s }, expect = { %s }, bands = { %s } } },\n}\n"

#define SUMS "scoring = { items = \"sum\", sub_areas = \"sum\", areas = \"sum\" }, "
#define BANDS                                                                                                \
    SUMS "bands = { { of = \"total\", source = \"S\", ranges = { { from = 1, to = 2, label = \"few\" }, "    \
         "{ from = 3, label = \"many\" } } } },"

typedef struct band_case {
    const char *top, *items, *expect, *bands;
    const char *message; /* NULL: the example holds */
} band_case;

static const band_case band_cases[] = {
    {BANDS, "A1 = 0, A2 = 0, B1 = 0, B2 = 0", "total = 0", "total = \"none\"", NULL},
    {BANDS, "A1 = 1, A2 = 0, B1 = 0, B2 = 0", "total = 1", "total = \"few\"", NULL},
    {BANDS, "A1 = 1, A2 = 1, B1 = 0, B2 = 0", "total = 2", "total = \"few\"", NULL},
    {BANDS, "A1 = 1, A2 = 1, B1 = 1, B2 = 0", "total = 3", "total = \"many\"", NULL},
    {BANDS, "A1 = 1, A2 = 1, B1 = 1, B2 = 1", "total = 4", "total = \"many\"", NULL},
    /* Two of three known, one missing: 2 or 3, on both sides of a border. */
    {BANDS, "A1 = 1, A2 = 1, B1 = 0", "total = \"not-assessed\"", "total = \"none\"", NULL},
    /* 3 or 4: the band is known, though the number is not. */
    {BANDS, "A1 = 1, A2 = 1, B1 = 1", "total = \"not-assessed\"", "total = \"many\"", NULL},
    {BANDS, "A1 = \"not-seen\"", "total = \"not-assessed\"", "total = \"none\"", NULL},
    {BANDS, "A1 = 1, A2 = 1, B1 = 1, B2 = 0", "total = 3", "total = \"few\"",
     "in \"many\", expected in \"few\""},
    {BANDS, "A1 = 0, A2 = 0, B1 = 0, B2 = 0", "total = 0", "total = \"few\"",
     "in no band, expected in \"few\""},
    /* A share in percent, rounded down: one of two is 50, none is 0. */
    {"scoring = { items = \"worst\", sub_areas = \"share\", areas = \"none\" }, bands = { { of = \"A\", "
     "source = \"S\", ranges = { { from = 0, to = 49, label = \"under half\" }, { from = 50, to = 99, label "
     "= "
     "\"half\" }, { from = 100, label = \"all\" } } } },",
     "A1 = 1, A2 = 0, B1 = 0, B2 = 0", "A = 1", "A = \"half\"", NULL},
    {"scoring = { items = \"worst\", sub_areas = \"count\", areas = \"none\" }, bands = { { of = \"B\", "
     "source = \"S\", ranges = { { from = 2, label = \"both\" } } } },",
     "A1 = 0, A2 = 0, B1 = 1, B2 = 1", "B = 2", "B = \"both\"", NULL},
};

static tdm__text ticks_with(const char *top, const char *items, const char *expect, const char *bands)
{
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    char file[4096];
    snprintf(file, sizeof file, TICKS, top, items, expect, bands);
    tdm__text_puts(&text, file);
    return text;
}

static tdm_status load_text(tdm_instrument **out, tdm_str text, tdm_error *error)
{
    tdm__script_file file = {TDM_LIT("instruments/x.lua"), text};
    return tdm__instrument_load(out, &tdm__malloc_allocator, file, error);
}

START_TEST(bands_are_found)
{
    const band_case *row = &band_cases[_i];
    tdm_instrument *instrument;
    tdm_error error = {0};
    tdm__text text = ticks_with(row->top, row->items, row->expect, row->bands);
    tdm_status status = load_text(&instrument, tdm__text_str(&text), &error);
    ck_assert_msg(status == TDM_OK, "%d %s", (int)error.line, error.message);
    status = tdm__instrument_check_examples(instrument, &error);
    ck_assert_msg((status == TDM_OK) == (row->message == NULL), "%s", error.message);
    if (row->message)
        ck_assert_msg(strstr(error.message, row->message) != NULL, "%s", error.message);
    tdm_instrument_free(instrument);
    tdm__text_free(&text);
}
END_TEST

typedef struct refusal {
    const char *top;
    int line;
    const char *message;
} refusal;

#define RANGES(ranges) SUMS "bands = { { of = \"total\", source = \"S\", ranges = { " ranges " } } },"

static const refusal refusals[] = {
    {RANGES(""), 1, "at least one range"},
    {RANGES("{ from = 1, label = \"\" }"), 8, "must not be empty"},
    {RANGES("{ from = 3, to = 2, label = \"x\" }"), 8, "\"to\" not below"},
    {RANGES("{ from = 1, label = \"x\" }, { from = 3, label = \"y\" }"), 8, "do not overlap"},
    {RANGES("{ from = 3, to = 4, label = \"x\" }, { from = 1, to = 2, label = \"y\" }"), 8, "rise"},
    {RANGES("{ from = 1, label = \"x\", colour = 1 }"), 8, "there is no such field"},
    {RANGES("{ from = 1.5, label = \"x\" }"), 8, "a whole number expected"},
    {RANGES("{ label = \"x\" }"), 8, "missing"},
    {SUMS "bands = { { of = \"C\", source = \"S\", ranges = { { from = 1, label = \"x\" } } } },", 1,
     "the code of an area"},
    {SUMS "bands = { { of = \"total\", source = \"\", ranges = { { from = 1, label = \"x\" } } } },", 8,
     "must not be empty"},
    {"scoring = { items = \"sum\", sub_areas = \"worst\", areas = \"none\" }, bands = { { of = \"A\", source "
     "= "
     "\"S\", ranges = { { from = 1, label = \"x\" } } } },",
     1, "a sum, a count or a share"},
    {"scoring = { items = \"sum\", sub_areas = \"sum\", areas = \"average\" },", 8, "no such policy"},
    {SUMS "minimum = { items = 101 },", 8, "a percentage"},
    {SUMS "review_after = { fortnights = 2 },", 8, "one of days, weeks, months and working_days expected"},
    {SUMS "review_after = { weeks = 2, days = 1 },", 8, "one of days, weeks"},
    {SUMS "review_after = { weeks = 0 },", 8, "one of days, weeks"},
    {SUMS "flags = { { item = \"A1\", from = 99999, text = \"x\" } },", 8, "a grade of the scale"},
};

START_TEST(refusals_name_their_line)
{
    const refusal *row = &refusals[_i];
    tdm_instrument *instrument;
    tdm_error error = {0};
    tdm__text text = ticks_with(row->top, "A1 = 1", "A1 = 1", "");
    ck_assert_int_eq(load_text(&instrument, tdm__text_str(&text), &error), TDM_SCRIPT);
    ck_assert_ptr_null(instrument);
    ck_assert_msg(strstr(error.message, row->message) != NULL, "%s", error.message);
    ck_assert_msg(error.line == row->line, "line %d: %s", (int)error.line, error.message);
    tdm__text_free(&text);
}
END_TEST

/* Weights 3 and 1: 2 * 3 + 1 * 1 = 7 of 2 * 3 + 2 * 1 = 8. */
#define WEIGHTED                                                                                             \
    "return {\n  id = \"w\", version = \"1.0.0\", title = \"T\", source = \"S\", licence = \"L\",\n"         \
    "  respondent = \"case\", direction = \"higher-is-worse\", scale = { min = 0, max = 2 },\n"              \
    "  areas = { { code = \"A\", title = \"a\", sub_areas = { { code = \"A1\", title = \"a\", items = {\n"   \
    "    { code = \"A1a\", title = \"a\", weight = %s }, { code = \"A1b\", title = \"b\" } } } } } },\n"     \
    "  scoring = { items = \"%s\", sub_areas = \"sum\", areas = \"sum\" }, review_after = { months = 3 },\n" \
    "  examples = { { name = \"E\", items = { A1a = 2, A1b = 1 }, expect = { A1 = 7, total = 7 } } },\n}\n"

START_TEST(weights_count)
{
    char text[1024];
    tdm_instrument *instrument;
    tdm_error error = {0};
    snprintf(text, sizeof text, WEIGHTED, "3", "weighted-sum");
    tdm_status status = load_text(&instrument, tdm__str(text), &error);
    ck_assert_msg(status == TDM_OK, "%d %s", (int)error.line, error.message);
    status = tdm__instrument_check_examples(instrument, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    ck_assert_int_eq(instrument->review_after.count, 3);
    ck_assert_int_eq(instrument->review_after.unit, TDM_SPAN_MONTHS);
    tdm_instrument_free(instrument);
}
END_TEST

START_TEST(weights_that_nothing_reads_are_refused)
{
    static const char *const rows[][3] = {{"3", "sum", "a weight needs weighted-sum"},
                                          {"0", "weighted-sum", "from 1 to 100"},
                                          {"101", "weighted-sum", "from 1 to 100"},
                                          {"1.5", "weighted-sum", "a whole number"}};
    char text[1024];
    tdm_instrument *instrument;
    tdm_error error = {0};
    snprintf(text, sizeof text, WEIGHTED, rows[_i][0], rows[_i][1]);
    ck_assert_int_eq(load_text(&instrument, tdm__str(text), &error), TDM_SCRIPT);
    ck_assert_msg(strstr(error.message, rows[_i][2]) != NULL, "%s", error.message);
}
END_TEST

/* Two scales, ages, an area with rules of its own; %s stand on lines 4, 5, 7, 8 and 13. Lists are told by the
 * line on which their field begins. */
#define PARTS                                                                                                \
    "return {\n  id = \"p\", version = \"1.0.0\", title = \"T\", source = \"S\", licence = \"L\",\n"         \
    "  respondent = \"child\", direction = \"higher-is-worse\",\n  %s\n  %s\n  areas = {\n"                  \
    "    { code = \"A\", title = \"a\", %s sub_areas = {\n"                                                  \
    "      { code = \"A1\", title = \"a\", %s },\n      { code = \"A2\", title = \"b\" } } },\n"             \
    "    { code = \"B\", title = \"b\", scale = \"wins\", sub_areas = { { code = \"B1\", title = \"c\" },\n" \
    "      { code = \"B2\", title = \"d\" } } } },\n"                                                        \
    "  scoring = { items = \"worst\", sub_areas = \"worst\", areas = \"none\" },\n  %s\n"                    \
    "  examples = { { name = \"E\", age_band = \"young\", items = { A1 = 1, A2 = 1, B1 = 0, B2 = 3 },\n"     \
    "    expect = { A = 2, B = 0 } } },\n}\n"

#define SCALES                                                                                               \
    "scales = { ticks = { { value = 0 }, { value = 1, meaning = \"concern\" } }, wins = { min = 0, max = "   \
    "3, "                                                                                                    \
    "direction = \"higher-is-better\" } },"
#define AGES                                                                                                 \
    "age_bands = { { code = \"young\", title = \"Y\", from = { months = 0 }, to = { months = 60 } } },"
#define OWN   "scale = \"ticks\", scoring = { sub_areas = \"count\" }, minimum = { items = 100 },"
#define ASKED "ages = { \"young\" }"
#define EVENT "event = \"tool-completed\","

#define BANDS_OF(area)                                                                                       \
    EVENT "bands = { { of = \"" area                                                                         \
          "\", source = \"S\", ranges = { { from = 1, to = 1, label = \"one\" }, "                           \
          "{ from = 2, label = \"both\" } } } },"

typedef struct parts_case {
    const char *pieces[5];
    int line;
    const char *message; /* NULL: the example holds */
} parts_case;

static const parts_case parts_cases[] = {
    {{SCALES, AGES, OWN, ASKED, EVENT}, 0, NULL},
    {{SCALES, AGES, OWN, ASKED, BANDS_OF("A")}, 0, NULL}, /* a count of its own may have bands */
    {{SCALES, AGES, OWN, ASKED, BANDS_OF("B")}, 1, "a sum, a count or a share to band"},
    {{SCALES "scale = { min = 0, max = 1 },", AGES, OWN, ASKED, EVENT}, 4, "either \"scale\" or \"scales\""},
    {{"scales = { ticks = { { value = 0 }, { value = 1 }, colour = 1 } },", AGES, OWN, ASKED, EVENT},
     4,
     "a list of values and \"direction\""},
    {{"scales = { ticks = { 0, 1 } },", AGES, OWN, ASKED, EVENT}, 4, "a list of tables"},
    {{"scales = { ticks = 5 },", AGES, OWN, ASKED, EVENT}, 4, "a table expected"},
    {{"scales = { ticks = { min = 0, max = 1, colour = 1 } },", AGES, OWN, ASKED, EVENT}, 4, "no such field"},
    {{"scales = { wins = { min = 0, max = 3 } },", AGES, OWN, ASKED, EVENT},
     7,
     "area A: expected \"scale\" to be one of \"scales\": wins"},
    {{"", AGES, OWN, ASKED, EVENT}, 1, "missing"},
    {{SCALES,
      "age_bands = { { code = \"young\", title = \"Y\", from = { months = 0 }, to = { days = 9 } } },", OWN,
      ASKED, EVENT},
     5,
     "there is no such field"},
    {{SCALES,
      "age_bands = { { code = \"young\", title = \"Y\", from = { months = 1.5 }, to = { months = 9 } } },",
      OWN, ASKED, EVENT},
     5,
     "a whole number expected"},
    {{SCALES,
      "age_bands = { { code = \"young\", title = \"Y\", from = { months = 9 }, to = { months = 9 } } },", OWN,
      ASKED, EVENT},
     5,
     "\"from\" below \"to\""},
    {{SCALES, AGES, "scale = \"tick\", scoring = { sub_areas = \"count\" },", ASKED, EVENT},
     7,
     "area A: expected \"scale\" to be one of \"scales\": ticks, wins"},
    {{SCALES, AGES, "scale = \"ticks\", scoring = { areas = \"count\" },", ASKED, EVENT},
     6,
     "there is no such field"},
    {{SCALES, AGES, "scale = \"ticks\", scoring = { items = \"best\" },", ASKED, EVENT}, 7, "no such policy"},
    {{SCALES, AGES, "scale = \"ticks\", minimum = { items = 101 },", ASKED, EVENT}, 7, "a percentage"},
    {{SCALES, AGES, OWN, "ages = { \"old\" }", EVENT}, 8, "codes of \"age_bands\""},
    {{SCALES, AGES, OWN, "ages = {}", EVENT}, 6, "at least one expected"},
    {{SCALES, AGES, OWN, "ages = { 5 }", EVENT}, 6, "a list of strings"},
    {{SCALES, AGES, OWN, "ages = \"young\"", EVENT}, 6, "table expected"},
    {{SCALES, AGES, OWN, ASKED, "event = \"tool completed\","}, 13, "a kind of the chronology"},
};

START_TEST(parts_may_have_rules_of_their_own)
{
    const parts_case *row = &parts_cases[_i];
    const char *const *p = row->pieces;
    tdm_instrument *instrument;
    tdm_error error = {0};
    char text[4096];
    snprintf(text, sizeof text, PARTS, p[0], p[1], p[2], p[3], p[4]);
    tdm_status status = load_text(&instrument, tdm__str(text), &error);
    if (row->message) {
        ck_assert_int_eq(status, TDM_SCRIPT);
        ck_assert_msg(strstr(error.message, row->message) != NULL, "%s", error.message);
        ck_assert_msg(error.line == row->line, "line %d: %s", (int)error.line, error.message);
        return;
    }
    ck_assert_msg(status == TDM_OK, "%d %s", (int)error.line, error.message);
    status = tdm__instrument_check_examples(instrument, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    ck_assert(tdm__instrument_area_scale(instrument, 0)->higher_is_worse);
    ck_assert(!tdm__instrument_area_scale(instrument, 1)->higher_is_worse);
    ck_assert_int_eq(instrument->age_bands[0].to_months, 60);
    ck_assert_int_eq(instrument->rules[0].minimum_percent[TDM__LEVEL_ITEMS], 100);
    ck_assert(tdm__str_equal(tdm__instrument_event(instrument), TDM_LIT("tool-completed")));
    tdm_instrument_free(instrument);
}
END_TEST

/* The band of an area holds while both of its policies are those of the file: items by worst, counted. */
START_TEST(bands_follow_the_areas_own_policies)
{
    static const char *const chosen[] = {NULL, "worst", "majority"};
    tdm_instrument *instrument;
    char text[4096];
    snprintf(text, sizeof text, PARTS, SCALES, AGES, OWN, ASKED, BANDS_OF("A"));
    ck_assert_int_eq(load_text(&instrument, tdm__str(text), NULL), TDM_OK);
    for (int i = 0; i < 3; i++) {
        tdm_score *score;
        tdm_score_view view;
        tdm_score_options options = {.struct_size = sizeof options, .aggregation = chosen[i]};
        tdm__entry entries[] = {{TDM_LIT("A1"), TDM__ENTRY_SCORED, 1, 1},
                                {TDM_LIT("A2"), TDM__ENTRY_SCORED, 1, 1}};
        tdm_assessment form = {.entries = entries, .entry_count = 2};
        form.texts[TDM__FORM_INSTRUMENT] = TDM_LIT("p");
        form.texts[TDM__FORM_VERSION] = TDM_LIT("1.0.0");
        form.texts[TDM__FORM_AGE_BAND] = TDM_LIT("young");
        ck_assert_int_eq(tdm_score_make(&score, &tdm__malloc_allocator, &form, instrument, &options, NULL),
                         TDM_OK);
        ck_assert(tdm_score_area(&view, score, 0));
        ck_assert_int_eq(view.grade, 2);
        ck_assert(tdm__str_equal(view.band, i < 2 ? TDM_LIT("both") : TDM_LIT("")));
        tdm_score_free(score);
    }
    tdm_instrument_free(instrument);
}
END_TEST

Suite *instruments_suite(void)
{
    Suite *suite = suite_create("instruments");
    TCase *tcase = tcase_create("files");
    tcase_add_loop_test(tcase, bands_are_found, 0, sizeof band_cases / sizeof *band_cases);
    tcase_add_loop_test(tcase, refusals_name_their_line, 0, sizeof refusals / sizeof *refusals);
    tcase_add_loop_test(tcase, parts_may_have_rules_of_their_own, 0,
                        sizeof parts_cases / sizeof *parts_cases);
    tcase_add_test(tcase, bands_follow_the_areas_own_policies);
    tcase_add_test(tcase, weights_count);
    tcase_add_loop_test(tcase, weights_that_nothing_reads_are_refused, 0, 4);
    suite_add_tcase(suite, tcase);
    return suite;
}
