/*
 * The builder: what it makes of a good definition, and the first thing wrong in a bad one.
 */
#include <string.h>

#include "instrument/fixture.h"

START_TEST(builds_the_tree)
{
    tdm_instrument *instrument;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    ck_assert_uint_eq(tdm_instrument_area_count(instrument), 2);
    ck_assert_uint_eq(instrument->sub_areas.count, 3);
    ck_assert_uint_eq(tdm_instrument_item_count(instrument), 6); /* X2 is its own item */
    ck_assert(tdm__str_equal(tdm_instrument_id(instrument), TDM_LIT("grades")));
    ck_assert(tdm__str_equal(tdm_instrument_version(instrument), TDM_LIT("1.0.0")));
    uint32_t item = tdm__instrument_find_item(instrument, TDM_LIT("X2"));
    ck_assert_uint_eq(item, 3);
    ck_assert_uint_eq(instrument->items.items[item].parent, 1);
    ck_assert_uint_eq(tdm__instrument_find_item(instrument, TDM_LIT("Y1b")), 5);
    ck_assert_uint_eq(tdm__instrument_find_item(instrument, TDM_LIT("Y1")), TDM__NO_PART);
    ck_assert_uint_eq(instrument->sub_areas.items[2].parent, 1);
    const tdm__scale *scale = tdm__instrument_item_scale(instrument, item);
    ck_assert_ptr_eq(scale, tdm__instrument_area_scale(instrument, 1));
    ck_assert_ptr_eq(scale, tdm__instrument_total_scale(instrument));
    ck_assert_int_eq(scale->concern_from, 4);
    ck_assert_int_eq(tdm__scale_lowest(scale), 1);
    ck_assert_int_eq(tdm__scale_highest(scale), 5);
    tdm_instrument_free(instrument);
}
END_TEST

/*
 * A definition as lines "verb argument argument ...": the good one below with one line changed or
 * added is the bad one.
 */
typedef struct verb {
    const char *name;
    void (*call)(tdm__instrument_builder *builder, const tdm_str *arguments);
} verb;

static int64_t number(tdm_str text)
{
    int64_t value;
    ck_assert(tdm__str_to_int64(&value, text));
    return value;
}

static void call_text(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_set_text(b, a[0], a[1]);
}
static void call_value(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_add_value(b, number(a[0]), TDM_LIT("label"), a[1]);
}
static void call_range(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_add_range(b, number(a[0]), number(a[1]));
}
static void call_policy(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_set_policy(b, a[0], a[1]);
}
static void call_minimum(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_set_minimum(b, a[0], number(a[1]));
}
static void call_area(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_add_area(b, a[0], TDM_LIT("title"));
}
static void call_sub_area(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_add_sub_area(b, a[0], TDM_LIT("title"));
}
static void call_item(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_add_item(b, a[0], TDM_LIT("title"));
}
static void call_flag(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_add_flag(b, a[0], number(a[1]), TDM_LIT("text"));
}
static void call_conditional(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_add_conditional(b, a[0], a[1], a[2]);
}
static void call_example(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_add_example(b, a[0], TDM_LIT(""));
}
static void call_grade(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_example_grade(b, a[0], number(a[1]));
}
static void call_state(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_example_state(b, a[0], a[1]);
}
static void call_expect(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_expect_grade(b, a[0], number(a[1]));
}
static void call_expect_none(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_expect_not_assessed(b, a[0]);
}

static void call_scale(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_add_scale(b, a[0], a[1]);
}
static void call_area_scale(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_set_area_scale(b, a[0]);
}
static void call_area_policy(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_set_area_policy(b, a[0], a[1]);
}
static void call_area_minimum(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_set_area_minimum(b, a[0], number(a[1]));
}
static void call_age_band(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_add_age_band(b, a[0], TDM_LIT("title"), number(a[1]), number(a[2]));
}
static void call_sub_area_age(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_sub_area_age(b, a[0]);
}
static void call_item_age(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_item_age(b, a[0]);
}
static void call_event(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_set_event(b, a[0]);
}
static void call_example_age(tdm__instrument_builder *b, const tdm_str *a)
{
    tdm__instrument_example_age(b, a[0]);
}

static const verb verbs[] = {
    {"scale", call_scale},
    {"area-scale", call_area_scale},
    {"area-policy", call_area_policy},
    {"area-minimum", call_area_minimum},
    {"age-band", call_age_band},
    {"sub-area-age", call_sub_area_age},
    {"item-age", call_item_age},
    {"event", call_event},
    {"example-age", call_example_age},
    {"text", call_text},
    {"value", call_value},
    {"range", call_range},
    {"policy", call_policy},
    {"minimum", call_minimum},
    {"area", call_area},
    {"sub-area", call_sub_area},
    {"item", call_item},
    {"flag", call_flag},
    {"conditional", call_conditional},
    {"example", call_example},
    {"grade", call_grade},
    {"state", call_state},
    {"expect", call_expect},
    {"expect-none", call_expect_none},
};

static const char *const good[] = {
    "text id x",
    "text version 1",
    "text title x",
    "text source x",
    "text licence x",
    "text respondent child",
    "text direction higher-is-worse",
    "value 1 strength",
    "value 2 none",
    "value 3 concern",
    "policy items worst",
    "policy sub_areas worst",
    "policy areas none",
    "area A",
    "sub-area A1",
    "item A1a",
    "item A1b",
    "sub-area A2",
    "area B",
    "sub-area B1",
    "sub-area B2",
    "item B2a",
    "example one",
    "grade A1a 1",
    "grade A1b 3",
    "grade A2 2",
    "state B1 not-seen",
    "expect A1 3",
    "expect A 3",
    "expect-none B",
};

static void say_one(tdm__instrument_builder *builder, tdm_str rest)
{
    tdm_str arguments[4];
    tdm_str name = tdm__str_split(&rest, ' ');
    for (int i = 0; i < 4; i++) {
        arguments[i] = tdm__str_split(&rest, ' ');
        if (tdm__str_equal(arguments[i], TDM_LIT("none")) && tdm__str_equal(name, TDM_LIT("value")))
            arguments[i] = (tdm_str){"", 0};
    }
    for (int i = 0; i < ROWS(verbs); i++)
        if (tdm__str_equal(name, tdm__str(verbs[i].name)))
            verbs[i].call(builder, arguments);
}

/* Several calls stand side by side with ';' between them. */
static void say(tdm__instrument_builder *builder, const char *line)
{
    tdm_str rest = tdm__str(line);
    while (rest.length > 0)
        say_one(builder, tdm__str_split(&rest, ';'));
}

/* `instead` stands in place of the line `replaced`; behind all when that is NULL, and nothing when it is "".
 */
static tdm_status build(tdm_instrument **out, const tdm_allocator *allocator, const char *replaced,
                        const char *instead, tdm_error *error)
{
    tdm__instrument_builder *builder;
    *out = NULL;
    tdm_status status = tdm__instrument_builder_new(&builder, allocator, TDM_LIT("x.lua"), error);
    if (status != TDM_OK)
        return status;
    for (int i = 0; i < ROWS(good); i++)
        say(builder, replaced && strcmp(good[i], replaced) == 0 ? instead : good[i]);
    if (!replaced)
        say(builder, instead);
    return tdm__instrument_finish(out, builder, error);
}

typedef struct bad_case {
    const char *replaced;
    const char *instead;
    const char *mentioned;
} bad_case;

static const bad_case bad_cases[] = {
    {"text id x", "", "\"id\" is missing"},
    {"value 1 strength", "scale g higher-is-worse;value 1 strength",
     "area A: expected \"scale\" to be one of \"scales\": g"},
    {"value 1 strength", "scale g up;value 1 strength", "scales: expected the direction"},
    {"policy items worst", "scale g ;policy items worst", "each to have a name"},
    {"value 1 strength", "scale g ;scale g ;value 1 strength", "each name once"},
    {"value 1 strength", "scale g/h ;value 1 strength", "names of 1 to 16 letters"},
    {"value 1 strength", "scale h ;scale g ;value 1 strength", "at least two values"},
    {"value 1 strength", "scale h ;range 0 1;scale g ;value 1 strength", "area A: expected \"scale\""},
    {NULL, "area about;sub-area C1", "code about: expected another one"},
    {NULL, "area C;sub-area targets", "code targets: expected another one"},
    {NULL, "area C;sub-area C1;area-scale g", "area C: expected no \"scale\""},
    {"area A", "area-scale g;area A", "before any area"},
    {"area A", "area-policy items worst;area A", "before any area"},
    {NULL, "area-policy areas worst", "rules of its own for items and sub_areas"},
    {NULL, "area-policy rows worst", "unknown level"},
    {NULL, "area-policy items best", "expected one of worst, majority"},
    {NULL, "area-policy items count", NULL},
    {NULL, "area-minimum items 101", "from 0 to 100"},
    {NULL, "area-minimum areas 1", "rules of its own for items and sub_areas"},
    {NULL, "area-minimum sub_areas 100", NULL},
    {"value 3 concern", "value 3 none", NULL},
    {"value 3 concern", "value 3 none;area D;sub-area D1;area-policy items count",
     "count needs a scale that marks"},
    {NULL, "age-band young 0 60;age-band old 60 200", NULL},
    {NULL, "age-band young 0 60;age-band young 60 200", "each once"},
    {NULL, "age-band a/b 0 60", "codes of 1 to 16 letters"},
    {NULL, "age-band young 60 60", "\"from\" below \"to\""},
    {NULL, "age-band young -1 60", "from 0 to 1200"},
    {NULL, "age-band young 0 1201", "from 0 to 1200"},
    {NULL, "age-band young 0 60;age-band old 59 200", "rise and do not overlap"},
    {NULL, "age-band old 60 200;age-band young 0 60", "rise and do not overlap"},
    {NULL, "item-age young", "codes of \"age_bands\""},
    {"area A", "age-band young 0 60;sub-area-age young;area A", "before any part"},
    {NULL, "age-band young 0 60;age-band old 60 90;sub-area-age young;item-age old", "have none in common"},
    {NULL, "event tool/completed", "a kind of the chronology"},
    {NULL, "event ", "a kind of the chronology"},
    {NULL, "event tool-completed", NULL},
    {"example one", "example-age young;example one", "before any example"},
    {"text source x", "text source ", "\"source\" is missing"},
    {NULL, "text id y", "\"id\" is set twice"},
    {NULL, "text colour y", "expected one of id, version"},
    {"text respondent child", "text respondent dog", "expected child, carer, home, agency or case"},
    {"text direction higher-is-worse", "text direction up", "expected higher-is-worse or higher-is-better"},
    {"text direction higher-is-worse", "text direction higher-is-better", "worse than a concern"},
    {"value 2 none", "value 1 none", "values that rise"},
    {"value 2 none", "value 0 none", "values that rise"},
    {"value 3 concern", "value 3 bad", "strength or concern"},
    {"value 2 none", "value 2 concern", NULL},
    {"value 1 strength", "value 1 concern", "worse than a concern"},
    {"value 3 concern", "value 10001 concern", "from -10000 to 10000"},
    {NULL, "range 4 4", "min below max"},
    {NULL, "range 4 200", "at most 101 values"},
    {NULL, "range 4 100", "worse than a concern"},
    {"policy items worst", "policy items best", "expected one of worst, majority"},
    {"policy items worst", "policy item worst", "unknown level"},
    {"policy areas none", "", "no policy for areas"},
    {"policy areas none", "policy areas count", NULL},
    {NULL, "minimum items 101", "from 0 to 100"},
    {NULL, "minimum items -1", "from 0 to 100"},
    {NULL, "minimum rows 10", "unknown level"},
    {NULL, "minimum items 100", NULL},
    {NULL, "area C", "area C: expected at least one sub-area"},
    {NULL, "area A", "at least one sub-area"},
    {NULL, "sub-area A1", "code A1 is used twice"},
    {NULL, "sub-area A", "code A is used twice"},
    {NULL, "sub-area A1a", "code A1a is used twice"},
    {NULL, "item A1a", "code A1a is used twice"},
    {NULL, "item A", "code A is used twice"},
    {"item A1b", "item B2", "code B2 is used twice"},
    {NULL, "item total", "a code of 1 to 16 letters"},
    {NULL, "item a/b", "a code of 1 to 16 letters"},
    {NULL, "item 12345678901234567", "a code of 1 to 16 letters"},
    {NULL, "item 1234567890123456", NULL},
    {"sub-area A1", "", "before any sub-area"},
    {NULL, "flag A9 1", "flag of A9: expected the code of an item"},
    {NULL, "flag A1a 9", "flag of A1a: expected a grade of the scale"},
    {NULL, "flag A1a 3", NULL},
    {NULL, "conditional calm A1 A9", "two sub-areas"},
    {NULL, "conditional calm A1 A1", "two sub-areas"},
    {NULL, "conditional  A1 A2", "the name of a condition"},
    {NULL, "conditional calm A1 A2", NULL},
    {NULL, "example two", "expects nothing"},
    {NULL, "example ", "expected a name"},
    {"example one", "", "before any example"},
    {NULL, "state A1a unseen", "\"not-seen\" or \"not-applicable\""},
};

START_TEST(refuses_a_bad_definition)
{
    const bad_case *row = &bad_cases[_i];
    tdm_instrument *instrument;
    tdm_error error = {0};
    tdm_status status = build(&instrument, &tdm__malloc_allocator, row->replaced, row->instead, &error);
    if (!row->mentioned) {
        ck_assert_msg(status == TDM_OK, "%s", error.message);
        tdm_instrument_free(instrument);
        return;
    }
    ck_assert_int_eq(status, TDM_INVALID_INPUT);
    ck_assert_ptr_null(instrument);
    ck_assert_str_eq(error.file, "x.lua");
    ck_assert_msg(strstr(error.message, row->mentioned) != NULL, "%s", error.message);
}
END_TEST

typedef struct example_case {
    const char *replaced;
    const char *instead;
    const char *mentioned; /* NULL: the examples hold */
} example_case;

static const example_case example_cases[] = {
    {"text id x", "text id x", NULL},
    {"area A", "age-band young 0 60;area A", NULL},
    {"item A1b", "age-band young 0 60;item A1b;item-age young",
     ": expected \"age_band\", since parts of x are asked at some ages only: one of young"},
    {"example one", "age-band young 0 60;example one;example-age young", NULL},
    {"example one", "age-band young 0 60;example one;example-age old",
     "example \"one\": \"age_band\": expected one of young"},
    {"expect A 3", "expect A 2", "example \"one\": A comes out as 3"},
    {"expect-none B", "expect B 2", "B comes out as not assessed"},
    {"expect A1 3", "expect-none A1", "A1 comes out as 3"},
    {"expect A1 3", "expect total 3", "the code of an area or sub-area"},
    {"expect A1 3", "expect A1a 1", "the code of an area or sub-area"},
    {"grade A2 2", "grade A2 7", "item A2: expected a grade from 1 to 3"},
    {"grade A2 2", "grade A7 2", "item A7: expected the code of an item"},
    {"grade A2 2", "grade A2 99999999999", "item A2: expected a grade"},
};

START_TEST(examples_are_scored_and_compared)
{
    const example_case *row = &example_cases[_i];
    tdm_instrument *instrument;
    tdm_error error = {0};
    ck_assert_int_eq(build(&instrument, &tdm__malloc_allocator, row->replaced, row->instead, &error), TDM_OK);
    tdm_status status = tdm__instrument_check_examples(instrument, &error);
    ck_assert_int_eq(status, row->mentioned ? TDM_INVALID_INPUT : TDM_OK);
    if (row->mentioned)
        ck_assert_msg(strstr(error.message, row->mentioned) != NULL, "%s", error.message);
    tdm_instrument_free(instrument);
}
END_TEST

static tdm_status build_and_check(const tdm_allocator *allocator)
{
    tdm_instrument *instrument;
    tdm_status status = fixture_grades(&instrument, allocator, "worst", "none");
    tdm_instrument_free(instrument);
    if (status == TDM_OK)
        status = build(&instrument, allocator, NULL, "flag A1a 3", NULL);
    if (status == TDM_OK) {
        status = tdm__instrument_check_examples(instrument, NULL);
        tdm_instrument_free(instrument);
    }
    return status;
}

START_TEST(survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(build_and_check);
}
END_TEST

Suite *builder_suite(void)
{
    Suite *suite = suite_create("builder");
    TCase *all = tcase_create("builder");
    tcase_add_test(all, builds_the_tree);
    tcase_add_loop_test(all, refuses_a_bad_definition, 0, ROWS(bad_cases));
    tcase_add_loop_test(all, examples_are_scored_and_compared, 0, ROWS(example_cases));
    tcase_add_test(all, survives_every_failed_allocation);
    suite_add_tcase(suite, all);
    return suite;
}
