/*
 * The blank form and the completed record: whole, and in the instrument's order.
 */
#include <stdio.h>
#include <string.h>

#include "report/fixture.h"
#include "report/forms_fixture.h"
#include "report/suites.h"

/* The text has this, after what was found before it; gives the place behind it. */
static const char *after(const char *from, const char *part)
{
    const char *found = strstr(from, part);
    ck_assert_msg(found != NULL, "%s is not there, or not in its place", part);
    return found + strlen(part);
}

/* --- blank forms --- */

static const char *const shipped_paths[] = {
    "scripts/instruments/clutter.lua",
    "scripts/instruments/cumulative-risk-index.lua",
    "scripts/instruments/dash-count.lua",
    "scripts/instruments/day-in-my-life.lua",
    "scripts/instruments/gcp2-style.lua",
    "scripts/instruments/graded-care.lua",
    "scripts/instruments/home-conditions.lua",
    "scripts/instruments/neglect-screening.lua",
    "scripts/instruments/rag-audit.lua",
    "scripts/instruments/section-11.lua",
    "scripts/instruments/was-not-brought-review.lua",
};

START_TEST(each_shipped_instrument_has_a_form)
{
    tdm_instrument *instrument = forms_shipped(shipped_paths[_i]);
    int items = (int)instrument->items.count;
    tdm__text text = forms_blank_of(instrument, NULL);
    ck_assert_int_eq(forms_count_in(&text, "class=\"boxes\""), items);
    ck_assert_int_eq(forms_count_in(&text, ">not seen</span><span class=\"b state\">n/a</span>"), items);
    /* "no" and "yes" stand in the boxes. */
    bool in_boxes = strstr(shipped_paths[_i], "dash-count") || strstr(shipped_paths[_i], "was-not-brought");
    ck_assert_int_eq(forms_count_in(&text, "class=\"legend\""), in_boxes ? 0 : (int)instrument->areas.count);
    ck_assert_int_eq(forms_count_in(&text, ">1 yes</span>"), in_boxes ? items : 0);
    ck_assert_int_eq(forms_count_in(&text, ">Evidence</div>"), (int)instrument->sub_areas.count);
    ck_assert_int_eq(forms_count_in(&text, ">The child&#39;s words</div>"), (int)instrument->sub_areas.count);
    ck_assert_int_eq(forms_count_in(&text, "<tr><td></td>"), 3);
    ck_assert_int_eq(forms_count_in(&text, "<script"), 0);
    ck_assert_int_eq(forms_count_in(&text, "http"), 1); /* http-equiv */
    const char *at = text.data;
    for (int i = 0; i < items; i++) {
        char name[64];
        snprintf(name, sizeof name, "<span class=\"code\">%.*s</span>",
                 TDM_STR_ARGS(instrument->items.items[i].code));
        at = after(at, name);
    }
    tdm__text_free(&text);
    tdm_instrument_free(instrument);
}
END_TEST

/* In the order of the page. */
static const char *const graded_care_has[] = {
    "Form to fill in by hand",
    "<h1>Graded care, original structure</h1>",
    "graded-care<br/>version 1.0.0",
    "It gives no score of risk",
    "Whose words:</strong> Codes and one- or two-word labels only.",
    "<dt>Child (id)</dt>",
    "<dt>Carer</dt>",
    "<dt>Assessor</dt>",
    "<dt>Role</dt>",
    "<dt>Agency</dt>",
    "<dt>Date</dt>",
    "<dt>About the days from, to</dt>",
    "</span>baseline</span>",
    "</span>review</span>",
    "</span>Child temperament</span>",
    "C2 then takes the grade of C1",
    "</span> Physical</h2>",
    "Grade of the area",
    "<span class=\"b\">2</span> essential needs fully met",
    "<span class=\"b c\">5</span> essential needs entirely unmet",
    "</span> Esteem</h2>",
    "<h2>Targets</h2>",
    "Grade at review",
    "<h2>Signatures</h2>",
    "Carer, date",
    "items by majority-with-override, sub-areas by majority-with-override; nothing is added up",
    "Source:</strong> Areas, sub-areas",
};

START_TEST(the_form_of_graded_care_is_whole)
{
    tdm_instrument *instrument = forms_shipped("scripts/instruments/graded-care.lua");
    tdm__text text = forms_blank_of(instrument, NULL);
    const char *at = text.data;
    for (int i = 0; i < ROWS(graded_care_has); i++)
        at = after(at, graded_care_has[i]);
    /* Of four areas, and of the seven sub-areas that have more than one item. */
    ck_assert_int_eq(forms_count_in(&text, "<span class=\"write\">"), 11);
    ck_assert_int_eq(forms_count_in(&text, "Age of the child"), 0);
    tdm__text_free(&text);
    tdm_instrument_free(instrument);
}
END_TEST

START_TEST(words_of_an_overlay_stand_in_the_form_only_with_it)
{
    static const char *const words[] = {"The lettuce hums three tunes.",
                                        "What the moon rabbits are given to eat.",
                                        "The cupboard with the lettuce was locked.",
                                        "No rabbit lives here.",
                                        "Everything in this area is about the moon",
                                        "These are the words of no form."};
    tdm_instrument *instrument = forms_shipped("scripts/instruments/graded-care.lua");
    tdm__buffer json = forms_read_file("tests/data/texts/graded-care.json");
    tdm__texts *texts = forms_overlay(instrument, (tdm_str){json.data, json.length});
    tdm__text with = forms_blank_of(instrument, texts), without = forms_blank_of(instrument, NULL);
    for (int i = 0; i < ROWS(words); i++) {
        ck_assert_msg(forms_count_in(&with, words[i]) > 0, "%s", words[i]);
        ck_assert_int_eq(forms_count_in(&without, words[i]), 0);
    }
    tdm__text_free(&with);
    tdm__text_free(&without);
    tdm__texts_free(texts);
    tdm__free(&tdm__malloc_allocator, json.data);
    tdm_instrument_free(instrument);
}
END_TEST

/* Two scales (one too long for boxes), ages, a rule of an area, one item a sub-area and several. */
static const char mixed_lua[] =
    "return { id = 'mixed', version = '1.0.0', title = 'Mixed', source = 'ours', licence = 'ours',\n"
    " respondent = 'home', direction = 'higher-is-worse',\n"
    " scales = { short = { { value = 0, label = 'no' }, { value = 1, label = 'yes', meaning = 'concern' } "
    "},\n"
    "            long = { min = 0, max = 100, direction = 'higher-is-better' } },\n"
    " age_bands = { { code = 'b', title = 'babies', from = { months = 0 }, to = { months = 12 } },\n"
    "               { code = 'o', title = 'older', from = { months = 12 }, to = { months = 216 } } },\n"
    " areas = { { code = 'S', title = 'Short', scale = 'short', sub_areas = { { code = 'S1', title = 'one',\n"
    "    items = { { code = 'S1a', title = 'a', ages = { 'b' } }, { code = 'S1b', title = 'b' } } } } },\n"
    "   { code = 'L', title = 'Long', scale = 'long', sub_areas = { { code = 'L1', title = 'of a hundred' } "
    "} } },\n"
    " scoring = { items = 'sum', sub_areas = 'sum', areas = 'none' },\n"
    " examples = { { name = 'e', age_band = 'b', items = { S1a = 1, S1b = 0, L1 = 50 },\n"
    "                expect = { S = 1, L = 50 } } } }\n";

START_TEST(scales_and_ages_are_told_where_they_hold)
{
    tdm_instrument *instrument = forms_defined("mixed.lua", tdm__str(mixed_lua));
    tdm__text text = forms_blank_of(instrument, NULL);
    const char *at = after(text.data, "<dt>Home</dt>");
    at = after(at, "</span>babies</span>");
    at = after(at, "</span>older</span>");
    at = after(at, "Sum of the area");
    at = after(at, "</span> a <span class=\"ages\">only babies</span>");
    at = after(at, "<span class=\"b l\">0 no</span><span class=\"b c l\">1 yes</span>");
    at = after(at, "</span> b</span>");
    at = after(at, "0 to 100; lower is worse");
    after(at, "<span class=\"b written\"></span><span class=\"range\">0 to 100</span>");
    ck_assert_int_eq(forms_count_in(&text, ">100</span>"), 0);
    tdm__text_free(&text);
    tdm_instrument_free(instrument);
}
END_TEST

/* --- records --- */

/* In the order of the page; worked out from the form above. */
static const char *const record_has[] = {
    "Child child-1, assessment ga-1<",
    "Completed record",
    "It gives no score of risk",
    "<dd>child-1</dd>",
    "<dd>carer-1</dd>",
    "<dd>hv-12</dd>",
    "<dd>health visitor</dd>",
    "<dd>health-visiting</dd>",
    "<dd>8 July 2024</dd>",
    "<dd>10 June 2024 to 8 July 2024</dd>",
    "<dt>Recorded on</dt><dd class=\"missing\">not recorded</dd>",
    "<dd>review</dd>",
    "<dd>complete</dd>",
    "<h2>What was found</h2>",
    "</span> Physical</th><td><span class=\"b on\">4</span> most essential needs unmet</td><td>2 to 4</td>"
    "<td class=\"number\">13</td><td class=\"number\">1</td><td class=\"number\">1</td><td "
    "class=\"number\">0</td>",
    "</span> Safety</th><td><strong>not assessed</strong>: 0 of 2 graded, at least 1 needed",
    "<h3>Strengths</h3>",
    "Nutrition: quality <strong>2</strong>, quantity <strong>2</strong>, organisation "
    "<strong>2</strong></li>",
    "Approval <strong>1</strong></li>",
    "<h3>Concerns</h3>",
    "Housing: facilities <strong>4</strong></li>",
    "Disapproval <strong>5</strong></li>",
    "<h3>Not seen</h3>",
    "In carer&#39;s presence: awareness, practice, traffic</li>",
    "<h3>Not recorded</h3>",
    "In carer&#39;s absence</li>",
    "Acceptance</li>",
    "</span> Physical</h2>",
    "Decided by <span class=\"code\">A2</span> by A2c. A grade of 4 or worse stands whatever the others are.",
    "on the area",
    "<span class=\"b on\">2</span> by A1a, A1b, A1d</p>",
    "<span class=\"b\">1</span><span class=\"b on\">2</span><span class=\"b\">3</span><span class=\"b "
    "c\">4</span>",
    "<strong>2</strong> essential needs fully met <span class=\"tag\">strength</span>",
    "<span class=\"b c on\">4</span>",
    "<strong>4</strong> most essential needs unmet <span class=\"tag current\">concern</span>",
    "on the item</span>",
    "said of the item\nin two lines</span>",
    "on the sub-area",
    "<span class=\"tag possible\">not seen</span>",
    "<span class=\"tag possible\">not applicable</span>",
    "</span> Safety</h2>",
    "<strong>not assessed</strong>: 1 of 4 graded, at least 2 needed",
    "<span class=\"tag possible\">not recorded</span>",
    "</span> Esteem</h2>",
    "Decided by <span class=\"code\">D3</span>. A grade of 4 or worse stands",
    "said at the end",
    "On codes that the instrument does not have",
    "Evidence (ZZ)",
    "on no part",
    "<h2>Targets</h2>",
    "facilities</th><td>4</td><td>1 October 2024</td><td>2</td><td class=\"missing\">not recorded</td>",
    "Esteem</th><td class=\"missing\">not recorded</td><td class=\"missing\">not "
    "recorded</td><td>3</td><td>4</td>",
    "graded-care, version 1.0.0",
    "items by majority-with-override",
    "Licence:</strong> Codes",
    "Source:</strong> Areas",
};

START_TEST(the_record_is_whole_and_in_order)
{
    tdm_instrument *instrument = forms_shipped("scripts/instruments/graded-care.lua");
    forms_filled form = forms_fill_in(instrument, forms_visit);
    tdm__text text = forms_record_of(form, NULL);
    const char *at = text.data;
    for (int i = 0; i < ROWS(record_has); i++)
        at = after(at, record_has[i]);
    /* 22 items that are graded; three areas, in the table and above their items; six sub-areas of several
     * items. */
    ck_assert_int_eq(forms_count_in(&text, " on\">") - forms_count_in(&text, "b c on\">"), 20 + 2 * 3 + 6);
    ck_assert_int_eq(forms_count_in(&text, "b c on\">"), 2);
    ck_assert_int_eq(forms_count_in(&text, "said of the item"), 1);
    ck_assert_int_eq(forms_count_in(&text, "DRAFT"), 0);
    tdm__text_free(&text);
    forms_put_away(form);
    tdm_instrument_free(instrument);
}
END_TEST

START_TEST(a_record_shows_the_words_of_the_grade_that_was_given)
{
    tdm_instrument *instrument = forms_shipped("scripts/instruments/graded-care.lua");
    tdm__buffer json = forms_read_file("tests/data/texts/graded-care.json");
    tdm__texts *texts = forms_overlay(instrument, (tdm_str){json.data, json.length});
    forms_filled form = forms_fill_in(instrument, forms_visit);
    tdm__text text = forms_record_of(form, texts);
    ck_assert_int_eq(forms_count_in(&text, "The lettuce hums two tunes."), 1);
    ck_assert_int_eq(forms_count_in(&text, "The lettuce hums three tunes."), 0);
    ck_assert_int_eq(forms_count_in(&text, "The parrot is told the news first."), 1);
    ck_assert_int_eq(forms_count_in(&text, "These are the words of no form."), 1);
    tdm__text_free(&text);
    forms_put_away(form);
    tdm__texts_free(texts);
    tdm__free(&tdm__malloc_allocator, json.data);
    tdm_instrument_free(instrument);
}
END_TEST

typedef struct small_form {
    const char *path;
    const char *json;
    const char *has[5]; /* in order; NULL behind the last */
} small_form;

#define FORM(id, more)                                                                                       \
    "{\"instrument\":\"" id                                                                                  \
    "\",\"version\":\"1.0.0\",\"id\":\"f\",\"child\":\"c\",\"date\":\"2024-07-08\"," more "}"

static const small_form small_forms[] = {
    /* Ten of eleven are known, three of them present: three or four of eleven. */
    {"scripts/instruments/home-conditions.lua",
     FORM("home-conditions",
          "\"items\":{\"H1\":1,\"H2\":1,\"H3\":1,\"H4\":0,\"H5\":0,\"H6\":0,\"H7\":0,\"H8\":0,"
          "\"H9\":0,\"H10\":0,\"H11\":\"not-seen\"}"),
     {"not assessed</strong>: 10 of 11 graded; between 3 and 4 of 11, however the rest", "<h3>Concerns</h3>",
      "<h3>Not seen</h3>", "not assessed</strong>: 10 of 11 graded", NULL}},
    {"scripts/instruments/home-conditions.lua",
     FORM("home-conditions",
          "\"items\":{\"H1\":1,\"H2\":1,\"H3\":0,\"H4\":0,\"H5\":0,\"H6\":0,\"H7\":0,\"H8\":0,"
          "\"H9\":0,\"H10\":0,\"H11\":0}"),
     {"<span class=\"b on\">2</span> of 11",
      "Made up of <span class=\"code\">H1</span>; <span class=\"code\">H2</span>.", NULL}},
    {"scripts/instruments/day-in-my-life.lua",
     FORM("day-in-my-life", "\"items\":{\"A1\":1,\"B1\":0},\"child_words\":{\"A1\":\"the cat wakes me\"}"),
     {"This instrument gives no result", "<h3>Not recorded</h3>", "the cat wakes me", NULL}},
    {"scripts/instruments/clutter.lua",
     FORM("clutter", "\"items\":{\"L1\":7,\"K1\":3,\"B1\":1}"),
     {"<span class=\"b on\">7</span> of 1 to 9; higher is worse", "<h3>Concerns</h3>",
      "Living room <strong>7</strong></li>", NULL}},
    {"scripts/instruments/neglect-screening.lua",
     FORM("neglect-screening", "\"items\":{\"P1\":1,\"P2\":2,\"P3\":0}"),
     {"<span class=\"b on\">2</span> of 3 are a concern", "All areas</th><td><strong>not assessed</strong>",
      "Made up of <span class=\"code\">P1</span>; <span class=\"code\">P2</span>.", NULL}},
    {"scripts/instruments/graded-care.lua",
     FORM("graded-care",
          "\"status\":\"draft\",\"conditions\":[\"child-temperament\"],\"items\":{\"C1a\":2,\"C1b\":2,"
          "\"C1c\":2,\"C2a\":5,\"C2b\":5}"),
     {"<strong>DRAFT</strong>", "Draft of a record", "Draft: not complete", "<dd>child-temperament</dd>",
      "by the condition, the result of C1"}},
};

START_TEST(each_kind_of_result_is_spelled_out)
{
    const small_form *one = &small_forms[_i];
    tdm_instrument *instrument = forms_shipped(one->path);
    forms_filled form = forms_fill_in(instrument, one->json);
    tdm__text text = forms_record_of(form, NULL);
    const char *at = text.data;
    for (int i = 0; i < ROWS(one->has) && one->has[i]; i++)
        at = after(at, one->has[i]);
    tdm__text_free(&text);
    forms_put_away(form);
    tdm_instrument_free(instrument);
}
END_TEST

START_TEST(the_score_of_another_form_is_refused)
{
    tdm_instrument *instrument = forms_shipped("scripts/instruments/graded-care.lua");
    forms_filled one = forms_fill_in(instrument, forms_visit),
                 other = forms_fill_in(instrument, FORM("graded-care", "\"items\":{}"));
    tdm__text text;
    tdm_error error = {0};
    tdm__text_init(&text, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__report_record(one.assessment, other.score, NULL, &tdm__malloc_allocator,
                                        report_text_sink(&text), &error),
                     TDM_INVALID_ARG);
    ck_assert_int_eq(error.status, TDM_INVALID_ARG);
    ck_assert_uint_eq(text.length, 0);
    tdm__text_free(&text);
    forms_put_away(one);
    forms_put_away(other);
    tdm_instrument_free(instrument);
}
END_TEST

Suite *forms_suite(void)
{
    Suite *suite = suite_create("forms");
    TCase *tests = tcase_create("pages");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, each_shipped_instrument_has_a_form, 0, ROWS(shipped_paths));
    tcase_add_test(tests, the_form_of_graded_care_is_whole);
    tcase_add_test(tests, words_of_an_overlay_stand_in_the_form_only_with_it);
    tcase_add_test(tests, scales_and_ages_are_told_where_they_hold);
    tcase_add_test(tests, the_record_is_whole_and_in_order);
    tcase_add_test(tests, a_record_shows_the_words_of_the_grade_that_was_given);
    tcase_add_loop_test(tests, each_kind_of_result_is_spelled_out, 0, ROWS(small_forms));
    tcase_add_test(tests, the_score_of_another_form_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
