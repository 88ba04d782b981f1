/*
 * What changed between two assessments: each verdict with its reason on grades worked out by hand,
 * pairs that cannot be compared, the spread between assessors, the Reliable Change Index, sentences;
 * and that nothing is called better without items that bear it out.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "instrument/compare.h"
#include "instrument/fixture.h"

#define MARCH     "\"date\": \"2024-03-05\", \"window\": [\"2024-03-01\", \"2024-03-05\"]"
#define SEPTEMBER "\"date\": \"2024-09-05\", \"window\": [\"2024-09-01\", \"2024-09-05\"]"
#define STEADY    "\"Y1a\":2,\"Y1b\":2"

static tdm_score *scored(const tdm_instrument *instrument, const char *when, const char *items)
{
    char json[1024];
    tdm_assessment *assessment;
    tdm_score *score;
    tdm_error error = {0};
    snprintf(json, sizeof json,
             "{\"instrument\": \"%s\", \"version\": \"1.0.0\", \"id\": \"a\", \"child\": \"c\", %s, "
             "\"items\": {%s}}",
             tdm_instrument_id(instrument).data, when, items);
    tdm_status status = tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__str(json), TDM_LIT("f"),
                                            1, NULL, &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", error.message, json);
    status = tdm_score_make(&score, &tdm__malloc_allocator, assessment, instrument, NULL, &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", error.message, json);
    tdm_assessment_free(assessment);
    return score;
}

static tdm__comparison *compared(const tdm_score *before, const tdm_score *now)
{
    tdm__comparison *comparison;
    tdm__comparison_input input = {.before = before, .now = now};
    ck_assert_int_eq(tdm__comparison_make(&comparison, &tdm__malloc_allocator, &input), TDM_OK);
    return comparison;
}

typedef struct change_case {
    const char *policy;
    const char *before, *now;
    const char *part; /* X or X1 */
    tdm__change change;
    tdm__change_reason reason;
    int32_t steps;
} change_case;

#define OVERRIDE "majority-with-override"

static const change_case cases[] = {
    {OVERRIDE, "\"X1a\":4,\"X1b\":2,\"X1c\":2,\"X2\":2", "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":2", "X",
     TDM__CHANGE_BETTER, TDM__CHANGED, 2},
    {OVERRIDE, "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":2", "\"X1a\":2,\"X1b\":2,\"X1c\":5,\"X2\":1", "X",
     TDM__CHANGE_WORSE, TDM__CHANGED, -3},
    {OVERRIDE, "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":2", "\"X1a\":2,\"X1b\":1,\"X1c\":2,\"X2\":2", "X",
     TDM__CHANGE_NOT_CLEAR, TDM__SAME_GRADE, 0},
    /* 1,2,3 is 3 and 2,2,3 is 2: a worse item must not look like a better sub-area. */
    {OVERRIDE, "\"X1a\":1,\"X1b\":2,\"X1c\":3,\"X2\":2", "\"X1a\":2,\"X1b\":2,\"X1c\":3,\"X2\":2", "X1",
     TDM__CHANGE_NOT_CLEAR, TDM__MAJORITY_NOT_CLEAR, 1},
    {OVERRIDE, "\"X1a\":2,\"X1b\":2,\"X1c\":3,\"X2\":2", "\"X1a\":1,\"X1b\":2,\"X1c\":3,\"X2\":2", "X1",
     TDM__CHANGE_NOT_CLEAR, TDM__NO_ITEM_WORSE, -1},
    /* The area is clear, but the sub-area that decides it is not. */
    {OVERRIDE, "\"X1a\":1,\"X1b\":2,\"X1c\":3,\"X2\":3", "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":2", "X",
     TDM__CHANGE_NOT_CLEAR, TDM__MAJORITY_NOT_CLEAR, 1},
    /* The concern has gone out of sight, not away. */
    {OVERRIDE, "\"X1a\":4,\"X1b\":2,\"X1c\":2,\"X2\":2", "\"X1a\":\"not-seen\",\"X1b\":2,\"X1c\":2,\"X2\":2",
     "X", TDM__CHANGE_NOT_CLEAR, TDM__ITEM_LOST, 2},
    {OVERRIDE, "\"X1a\":4,\"X1b\":3,\"X1c\":3,\"X2\":2",
     "\"X1a\":\"not-applicable\",\"X1b\":2,\"X1c\":2,\"X2\":2", "X1", TDM__CHANGE_NOT_CLEAR, TDM__ITEM_LOST,
     2},
    {"median-to-worse", "\"X1a\":3,\"X1c\":1,\"X2\":2", "\"X1a\":3,\"X1b\":1,\"X1c\":1,\"X2\":2", "X1",
     TDM__CHANGE_NOT_CLEAR, TDM__NO_ITEM_BETTER, 2},
    {"worst", "\"X1a\":4,\"X1b\":1,\"X1c\":1,\"X2\":1", "\"X1a\":3,\"X1b\":2,\"X1c\":1,\"X2\":1", "X",
     TDM__CHANGE_NOT_CLEAR, TDM__NOT_MORE_BETTER, 1},
    {"worst", "\"X1a\":4,\"X1b\":3,\"X1c\":1,\"X2\":1", "\"X1a\":3,\"X1b\":2,\"X1c\":2,\"X2\":1", "X",
     TDM__CHANGE_BETTER, TDM__CHANGED, 1},
    /* One concern holds the grade still; what falls beside it must not go unsaid. */
    {"worst", "\"X1a\":4,\"X1b\":2,\"X1c\":2,\"X2\":2", "\"X1a\":4,\"X1b\":3,\"X1c\":4,\"X2\":2", "X",
     TDM__CHANGE_NOT_CLEAR, TDM__SAME_GRADE_ITEMS_WORSE, 0},
    /* Seen for the first time, and a concern: no item moved, but it is worse. */
    {"worst", "\"X1a\":2,\"X1b\":2,\"X2\":1", "\"X1a\":2,\"X1b\":2,\"X1c\":4,\"X2\":1", "X",
     TDM__CHANGE_WORSE, TDM__CHANGED, -2},
    {OVERRIDE, "\"X1a\":\"not-seen\"", "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":2", "X",
     TDM__CHANGE_NOT_COMPARABLE, TDM__NOT_ASSESSED_BEFORE, 0},
    {OVERRIDE, "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":2", "\"X1a\":1", "X", TDM__CHANGE_NOT_COMPARABLE,
     TDM__NOT_ASSESSED_NOW, 0},
    {"sum", "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":2", "\"X1a\":1,\"X1b\":1,\"X1c\":2,\"X2\":2", "X",
     TDM__CHANGE_BETTER, TDM__CHANGED, 2},
    {"sum", "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":2",
     "\"X1a\":1,\"X1b\":\"not-applicable\",\"X1c\":2,\"X2\":2", "X", TDM__CHANGE_NOT_COMPARABLE,
     TDM__OTHER_ITEMS, 3},
    {"count", "\"X1a\":4,\"X1b\":2,\"X1c\":2,\"X2\":2", "\"X1a\":4,\"X1b\":5,\"X1c\":4,\"X2\":2", "X1",
     TDM__CHANGE_WORSE, TDM__CHANGED, -2},
};

static const tdm__compared_part *part_of(const tdm__comparison *c, const char *code)
{
    return strcmp(code, "X") == 0 ? &c->areas[0] : &c->sub_areas[0];
}

START_TEST(says_what_changed_and_why_not)
{
    const change_case *row = &cases[_i];
    tdm_instrument *instrument;
    char before_items[256], now_items[256];
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, row->policy, "none"), TDM_OK);
    snprintf(before_items, sizeof before_items, "%s,%s", row->before, STEADY);
    snprintf(now_items, sizeof now_items, "%s,%s", row->now, STEADY);
    tdm_score *before = scored(instrument, MARCH, before_items);
    tdm_score *now = scored(instrument, SEPTEMBER, now_items);
    tdm__comparison *c = compared(before, now);
    const tdm__compared_part *part = part_of(c, row->part);
    ck_assert_str_eq(tdm__change_code(part->change), tdm__change_code(row->change));
    ck_assert_str_eq(tdm__change_reason_code(part->reason), tdm__change_reason_code(row->reason));
    ck_assert_int_eq(part->steps, row->steps);
    ck_assert(c->areas[1].change == TDM__CHANGE_NOT_CLEAR && c->areas[1].reason == TDM__SAME_GRADE);
    tdm__comparison_free(c);
    tdm_score_free(before);
    tdm_score_free(now);
    tdm_instrument_free(instrument);
}
END_TEST

#define ALL_FOUR "\"X1a\":4,\"X1b\":4,\"X1c\":4,\"X2\":4,\"Y1a\":4,\"Y1b\":4"
#define ALL_TWO  "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":2,\"Y1a\":2,\"Y1b\":2"

typedef struct whole_case {
    const char *before, *now;
    const char *now_version;
    const char *now_policy;
    tdm__change_reason reason;
} whole_case;

static const whole_case whole_cases[] = {
    {MARCH, SEPTEMBER, "1.0.0", "worst", TDM__CHANGED},
    {MARCH, SEPTEMBER, "1.7.0", "worst", TDM__CHANGED},
    {MARCH, SEPTEMBER, "2.0.0", "worst", TDM__OTHER_VERSION},
    {MARCH, SEPTEMBER, "1.0.0", "median-to-worse", TDM__OTHER_POLICY},
    {SEPTEMBER, MARCH, "1.0.0", "worst", TDM__WINDOW_OVERLAP},
    {MARCH, "\"date\": \"2024-03-20\", \"window\": [\"2024-03-05\", \"2024-03-20\"]", "1.0.0", "worst",
     TDM__WINDOW_OVERLAP},
    {MARCH, "\"date\": \"2024-03-20\", \"window\": [\"2024-03-06\", \"2024-03-20\"]", "1.0.0", "worst",
     TDM__CHANGED},
    {MARCH, "\"date\": \"2024-09-05\"", "1.0.0", "worst", TDM__WINDOW_MISSING},
    {"\"date\": \"2024-03-05\"", SEPTEMBER, "1.0.0", "worst", TDM__WINDOW_MISSING},
    {MARCH, SEPTEMBER ", \"carer\": \"Father\"", "1.0.0", "worst", TDM__OTHER_CHILD_OR_CARER},
};

/* Two definitions of one id, as two versions would be. */
START_TEST(compares_only_what_is_alike)
{
    const whole_case *row = &whole_cases[_i];
    tdm_instrument *one, *other;
    ck_assert_int_eq(fixture_grades(&one, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    ck_assert_int_eq(fixture_grades(&other, &tdm__malloc_allocator, row->now_policy, "none"), TDM_OK);
    tdm_score *before = scored(one, row->before, ALL_FOUR);
    tdm_score *now = scored(other, row->now, ALL_TWO);
    other->texts[TDM__TEXT_VERSION] = tdm__str(row->now_version);
    tdm__comparison *c = compared(before, now);
    bool better = row->reason == TDM__CHANGED;
    ck_assert_str_eq(tdm__change_reason_code(c->reason), tdm__change_reason_code(row->reason));
    ck_assert_int_eq(c->areas[0].change, better ? TDM__CHANGE_BETTER : TDM__CHANGE_NOT_COMPARABLE);
    ck_assert_int_eq(c->sub_areas[2].change, better ? TDM__CHANGE_BETTER : TDM__CHANGE_NOT_COMPARABLE);
    ck_assert_uint_eq(c->item_count, better ? 6 : 0);
    tdm__comparison_free(c);
    tdm_score_free(before);
    tdm_score_free(now);
    tdm_instrument_free(one);
    tdm_instrument_free(other);
}
END_TEST

START_TEST(another_instrument_is_never_compared)
{
    tdm_instrument *grades, *ticks;
    ck_assert_int_eq(fixture_grades(&grades, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    ck_assert_int_eq(fixture_ticks(&ticks, &tdm__malloc_allocator, "sum"), TDM_OK);
    tdm_score *before = scored(grades, MARCH, ALL_TWO), *now = scored(ticks, SEPTEMBER, "\"N1\":0");
    tdm__comparison *c = compared(before, now);
    ck_assert_int_eq(c->reason, TDM__OTHER_INSTRUMENT);
    ck_assert_str_eq(c->sentence.data, "From 5 March 2024 to 5 September 2024: cannot be compared, since two "
                                       "different instruments were used.");
    tdm__comparison_free(c);
    tdm_score_free(before);
    tdm_score_free(now);
    tdm_instrument_free(grades);
    tdm_instrument_free(ticks);
}
END_TEST

START_TEST(a_condition_on_one_side_only_is_no_change)
{
    tdm_instrument *instrument;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    tdm_score *before = scored(instrument, MARCH, ALL_FOUR);
    tdm_score *now = scored(instrument, SEPTEMBER ", \"conditions\": [\"calm\"]", ALL_TWO);
    tdm__comparison *c = compared(before, now);
    ck_assert_int_eq(c->sub_areas[0].reason, TDM__CONDITION_ONCE);
    ck_assert_int_eq(c->areas[0].reason, TDM__CONDITION_ONCE);
    ck_assert_int_eq(c->areas[1].change, TDM__CHANGE_BETTER);
    tdm__comparison_free(c);
    /* On both sides X1 stands on the item of X2 alone, and X counts that item once. */
    tdm_score_free(before);
    before = scored(instrument, MARCH ", \"conditions\": [\"calm\"]", ALL_FOUR);
    c = compared(before, now);
    ck_assert_int_eq(c->sub_areas[0].change, TDM__CHANGE_BETTER);
    ck_assert_int_eq(c->sub_areas[0].moves.better, 1);
    ck_assert_int_eq(c->areas[0].moves.better, 1);
    tdm__comparison_free(c);
    tdm_score_free(before);
    tdm_score_free(now);
    tdm_instrument_free(instrument);
}
END_TEST

typedef struct visit_case {
    const char *one, *other;
    bool same;
} visit_case;

static const visit_case visit_cases[] = {
    {MARCH ", \"assessor\": \"HV\"", MARCH ", \"assessor\": \"SW\"", true},
    {MARCH ", \"assessor\": \"HV\"", MARCH ", \"assessor\": \"HV\"", false},
    {MARCH ", \"assessor\": \"HV\"", MARCH, false},
    {MARCH ", \"assessor\": \"HV\"", SEPTEMBER ", \"assessor\": \"SW\"", false},
    {MARCH ", \"assessor\": \"HV\"", "\"date\": \"2024-03-05\", \"assessor\": \"SW\"", true},
    {MARCH ", \"assessor\": \"HV\"",
     "\"date\": \"2024-03-09\", \"window\": [\"2024-03-05\", \"2024-03-09\"], \"assessor\": \"SW\"", true},
    {MARCH ", \"assessor\": \"HV\"",
     "\"date\": \"2024-03-09\", \"window\": [\"2024-03-06\", \"2024-03-09\"], \"assessor\": \"SW\"", false},
    {MARCH ", \"assessor\": \"HV\", \"carer\": \"M\"", MARCH ", \"assessor\": \"SW\", \"carer\": \"F\"",
     false},
};

START_TEST(knows_one_visit_by_two_assessors)
{
    tdm_instrument *instrument;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    tdm_score *one = scored(instrument, visit_cases[_i].one, ALL_TWO);
    tdm_score *other = scored(instrument, visit_cases[_i].other, ALL_TWO);
    ck_assert_int_eq(tdm__same_visit(one, other), visit_cases[_i].same);
    ck_assert_int_eq(tdm__same_visit(other, one), visit_cases[_i].same);
    tdm_score_free(one);
    tdm_score_free(other);
    tdm_instrument_free(instrument);
}
END_TEST

/* X by one assessor is 4, by the other 2: two grades apart. Y: both 4. */
START_TEST(a_change_within_the_spread_is_not_clear)
{
    tdm_instrument *instrument;
    tdm__comparison *c;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "worst", "none"), TDM_OK);
    tdm_score *before = scored(instrument, MARCH, ALL_FOUR), *now = scored(instrument, SEPTEMBER, ALL_TWO);
    tdm_score *other = scored(instrument, MARCH,
                              "\"X1a\":2,\"X1b\":2,\"X1c\":2,\"X2\":2,\"Y1a\":4,\"Y1b\":4");
    tdm__visit_pair pairs[] = {{before, other}, {before, before}};
    tdm__comparison_input input = {.before = before, .now = now, .pairs = pairs, .pair_count = 2};
    ck_assert_int_eq(tdm__comparison_make(&c, &tdm__malloc_allocator, &input), TDM_OK);
    ck_assert_int_eq(c->areas[0].spread, 2);
    ck_assert_int_eq(c->areas[0].change, TDM__CHANGE_NOT_CLEAR);
    ck_assert_int_eq(c->areas[0].reason, TDM__WITHIN_SPREAD);
    ck_assert(c->areas[1].has_spread);
    ck_assert_int_eq(c->areas[1].spread, 0);
    ck_assert_int_eq(c->areas[1].change, TDM__CHANGE_BETTER);
    tdm__comparison_free(c);
    tdm_score_free(before);
    tdm_score_free(other);
    tdm_score_free(now);
    tdm_instrument_free(instrument);
}
END_TEST

/* 3 of 4 to 1 of 4. With r = 0.8 a difference has the error sd * sqrt(0.4): 2 over that is sqrt(10) / sd. */
START_TEST(the_index_tells_chance_from_change)
{
    tdm_instrument *instrument;
    tdm__comparison *c;
    ck_assert_int_eq(fixture_ticks(&instrument, &tdm__malloc_allocator, "sum"), TDM_OK);
    tdm_score *before = scored(instrument, MARCH, "\"N1\":1,\"N2\":1,\"N3\":1,\"N4\":0");
    tdm_score *now = scored(instrument, SEPTEMBER, "\"N1\":1,\"N2\":0,\"N3\":0,\"N4\":0");
    tdm__comparison_input input = {before, now, NULL, 0, {0}};
    for (int sd = 0; sd <= 2; sd++) {
        input.reliability = (tdm__reliability){sd > 0, 0.8, sd, TDM_LIT("a study")};
        ck_assert_int_eq(tdm__comparison_make(&c, &tdm__malloc_allocator, &input), TDM_OK);
        ck_assert_int_eq(c->has_index, sd > 0);
        if (sd > 0)
            ck_assert_double_eq_tol(c->index, sqrt(10) / sd, 1e-12);
        ck_assert_int_eq(c->total.change, sd < 2 ? TDM__CHANGE_BETTER : TDM__CHANGE_NOT_CLEAR);
        ck_assert_int_eq(c->total.reason, sd < 2 ? TDM__CHANGED : TDM__NOT_RELIABLE);
        tdm__comparison_free(c);
    }
    tdm_score_free(before);
    tdm_score_free(now);
    tdm_instrument_free(instrument);
}
END_TEST

START_TEST(says_it_in_words)
{
    tdm_instrument *instrument;
    tdm__text text;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, OVERRIDE, "none"), TDM_OK);
    tdm_score *before = scored(instrument, MARCH ", \"status\": \"draft\"",
                               "\"X1a\":4,\"X1b\":2,\"X1c\":2,\"X2\":2,\"Y1a\":2,\"Y1b\":2");
    tdm_score *now = scored(instrument, SEPTEMBER, "\"X1a\":2,\"X1b\":1,\"X1c\":2,\"X2\":2,\"Y1a\":4");
    tdm__comparison *c = compared(before, now);
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__comparison_text(&text, c);
    ck_assert_str_eq(text.data,
                     "grades  a -> a\n"
                     "  First (X) is two grades better: it was 4 and is now 2; 2 items got better.\n"
                     "  Second (Y) is two grades worse: it was 2 and is now 4; 1 item got worse, 1 item was "
                     "graded only the first time.\n"
                     "  X1a      4 -> 2  better\n  X1b      2 -> 1  better\n  Y1a      2 -> 4  worse\n"
                     "  From 5 March 2024 to 5 September 2024: worse in Second (Y); better in First (X). Not "
                     "both are finished: one is a draft.\n");
    ck_assert_str_eq(c->sub_areas[1].sentence.data, "Direct (X2) shows no clear change: it is 2 as before.");
    tdm__text_free(&text);
    tdm__comparison_free(c);
    tdm_score_free(before);
    tdm_score_free(now);
    tdm_instrument_free(instrument);
}
END_TEST

static uint32_t random_state = 20240305;

static uint32_t following(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

static void random_items(char *out, size_t size)
{
    static const char *const codes[] = {"X1a", "X1b", "X1c", "X2", "Y1a", "Y1b"};
    size_t at = 0;
    for (int i = 0; i < ROWS(codes); i++) {
        const char *before = i > 0 ? "," : "";
        uint32_t value = following(7);
        if (value == 6)
            at += (size_t)snprintf(out + at, size - at, "%s\"%s\":\"not-seen\"", before, codes[i]);
        else
            at += (size_t)snprintf(out + at, size - at, "%s\"%s\":%d", before, codes[i],
                                   value < 1 ? 1 : (int)value);
    }
}

/* Whatever the policy: better only with more items better than worse and no unclear majority; a grade that is
 * worse and has a worse item is always told. */
static void holds(const tdm__comparison *c, const tdm__compared_part *part, const tdm__part_result *before,
                  const tdm__part_result *now)
{
    if (part->change == TDM__CHANGE_BETTER) {
        ck_assert_int_gt(part->moves.better, part->moves.worse);
        ck_assert(!before->majority_not_clear && !now->majority_not_clear);
        ck_assert_int_gt(part->steps, 0);
    }
    if (part->steps < 0 && part->moves.worse > 0)
        ck_assert_int_eq(part->change, TDM__CHANGE_WORSE);
    ck_assert_ptr_nonnull(c->sentence.data);
}

START_TEST(nothing_is_better_that_no_item_bears_out)
{
    static const char *const policies[] = {"worst", OVERRIDE, "majority", "median-to-worse",
                                           "median-to-worse-with-override"};
    tdm_instrument *instrument;
    char items[256];
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, policies[_i], "worst"), TDM_OK);
    for (int round = 0; round < 1500; round++) {
        random_items(items, sizeof items);
        tdm_score *before = scored(instrument, MARCH, items);
        random_items(items, sizeof items);
        tdm_score *now = scored(instrument, SEPTEMBER, items);
        tdm__comparison *c = compared(before, now);
        for (size_t i = 0; i < instrument->areas.count; i++)
            holds(c, &c->areas[i], &before->areas[i], &now->areas[i]);
        for (size_t i = 0; i < instrument->sub_areas.count; i++)
            holds(c, &c->sub_areas[i], &before->sub_areas[i], &now->sub_areas[i]);
        holds(c, &c->total, &before->total, &now->total);
        tdm__comparison_free(c);
        tdm_score_free(before);
        tdm_score_free(now);
    }
    tdm_instrument_free(instrument);
}
END_TEST

static tdm_score *shared_before, *shared_now;

static tdm_status compare_and_write(const tdm_allocator *allocator)
{
    tdm__comparison *c;
    tdm__text out;
    tdm__json_writer writer;
    tdm__visit_pair pair = {shared_before, shared_before};
    tdm__comparison_input input = {shared_before, shared_now, &pair, 1, {true, 0.5, 1, TDM_LIT("s")}};
    tdm_status status = tdm__comparison_make(&c, allocator, &input);
    if (status != TDM_OK)
        return status;
    tdm__text_init(&out, allocator);
    tdm__json_writer_init(&writer, allocator, tdm__text_sink(&out), 2);
    tdm__comparison_put(&writer, c);
    status = tdm__json_writer_end(&writer);
    tdm__comparison_text(&out, c);
    if (out.failed)
        status = TDM_NO_MEMORY;
    tdm__text_free(&out);
    tdm__comparison_free(c);
    return status;
}

/* Over 5, A2 is asked neither time; A1c is. Under 5 then over 5, A2 was asked the first time. */
START_TEST(what_is_not_asked_is_not_called_missing)
{
    static const char over[] = ",\"age_band\":\"over-5\"", under[] = ",\"age_band\":\"under-5\"";
    char march[200], september[200], earlier[200];
    tdm_instrument *instrument;
    tdm__text text;
    snprintf(march, sizeof march, "%s%s", MARCH, over);
    snprintf(september, sizeof september, "%s%s", SEPTEMBER, over);
    snprintf(earlier, sizeof earlier, "%s%s", MARCH, under);
    ck_assert_int_eq(fixture_mixed(&instrument, &tdm__malloc_allocator, (mixed){"none", ""}, NULL), TDM_OK);
    tdm_score *before = scored(instrument, march, "\"A1a\":2,\"A1b\":2,\"A1c\":2");
    tdm_score *now = scored(instrument, september, "\"A1a\":2,\"A1b\":2,\"A1c\":2");
    tdm_score *young = scored(instrument, earlier, "\"A1a\":2,\"A1b\":2,\"A2\":2");
    tdm__comparison *c = compared(before, now), *grown = compared(young, now);
    ck_assert_int_eq(c->sub_areas[1].reason, TDM__NOT_ASKED);
    ck_assert_int_eq(c->sub_areas[1].change, TDM__CHANGE_NOT_COMPARABLE);
    ck_assert_str_eq(c->sub_areas[1].sentence.data, "Direct (A2) is not asked at this age.");
    ck_assert_int_eq(c->sub_areas[2].reason, TDM__NOT_ASSESSED_BEFORE); /* T1: asked, and not filled in */
    ck_assert_int_eq(grown->sub_areas[1].reason, TDM__NOT_ASSESSED_NOW);
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__comparison_words(&text, c, &c->sub_areas[1], TDM__LEVEL_ITEMS);
    ck_assert_str_eq(text.data, "not asked at this age");
    tdm__text_free(&text);
    tdm__comparison_free(c);
    tdm__comparison_free(grown);
    tdm_score_free(before);
    tdm_score_free(now);
    tdm_score_free(young);
    tdm_instrument_free(instrument);
}
END_TEST

START_TEST(survives_every_failed_allocation)
{
    tdm_instrument *instrument;
    ck_assert_int_eq(fixture_ticks(&instrument, &tdm__malloc_allocator, "sum"), TDM_OK);
    shared_before = scored(instrument, MARCH, "\"N1\":1,\"N2\":1,\"N3\":1,\"N4\":0");
    shared_now = scored(instrument, SEPTEMBER, "\"N1\":1,\"N2\":0,\"N3\":0,\"N4\":0");
    TEST_EVERY_ALLOCATION(compare_and_write);
    tdm_score_free(shared_before);
    tdm_score_free(shared_now);
    tdm_instrument_free(instrument);
}
END_TEST

Suite *compare_suite(void)
{
    Suite *suite = suite_create("comparisons");
    TCase *all = tcase_create("comparisons");
    tcase_add_loop_test(all, says_what_changed_and_why_not, 0, ROWS(cases));
    tcase_add_loop_test(all, compares_only_what_is_alike, 0, ROWS(whole_cases));
    tcase_add_test(all, another_instrument_is_never_compared);
    tcase_add_test(all, a_condition_on_one_side_only_is_no_change);
    tcase_add_loop_test(all, knows_one_visit_by_two_assessors, 0, ROWS(visit_cases));
    tcase_add_test(all, a_change_within_the_spread_is_not_clear);
    tcase_add_test(all, the_index_tells_chance_from_change);
    tcase_add_test(all, says_it_in_words);
    tcase_add_loop_test(all, nothing_is_better_that_no_item_bears_out, 0, 5);
    tcase_add_test(all, what_is_not_asked_is_not_called_missing);
    tcase_add_test(all, survives_every_failed_allocation);
    suite_add_tcase(suite, all);
    return suite;
}
