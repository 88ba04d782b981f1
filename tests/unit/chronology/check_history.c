/*
 * What is known by a day, where open and doubtful dates are cut, what declared coverage covers.
 */
#include "chronology/fixture.h"
#include "chronology/suites.h"

#define D     ((tdm_day)19000)
#define OPEN  TDM_DAY_BEFORE_ALL
#define NEVER TDM_DAY_AFTER_ALL

typedef struct cut_case {
    const char *name;
    story_row row;
    tdm_day as_of;
    tdm_day from, to; /* NEVER in from: hidden */
} cut_case;

/* A second row on D - 50 is the first record. */
static const cut_case cut_cases[] = {
    {"exact", {.from = D}, D + 10, D, D},
    {"on the as-of day", {.from = D}, D, D, D},
    {"later", {.from = D}, D - 1, NEVER, 0},
    {"recorded on the day", {.from = D, .recorded = D + 5}, D + 5, D, D},
    {"recorded later", {.from = D, .recorded = D + 5}, D + 4, NEVER, 0},
    {"cut to as-of", {.from = D, .to = D + 20}, D + 10, D, D + 10},
    {"cut to recorded", {.from = D, .to = D + 20, .recorded = D + 8}, D + 10, D, D + 8},
    {"the earlier of both", {.from = D, .to = D + 20, .recorded = D + 10}, D + 10, D, D + 10},
    {"recorded before it occurred", {.from = D, .to = D + 3, .recorded = D - 5}, D + 10, D, D + 3},
    {"open end", {.from = D, .to = NEVER}, D + 10, D, D + 10},
    {"open end, recorded", {.from = D, .to = NEVER, .recorded = D + 2}, D + 10, D, D + 2},
    {"open start", {.from = OPEN, .to = D}, D + 10, D - 50, D},
    {"open start, before the first record", {.from = OPEN, .to = D - 90}, D + 10, D - 90, D - 90},
};

START_TEST(dates_are_cut)
{
    const cut_case *row = &cut_cases[_i];
    story_row rows[2] = {{.from = D - 50}, row->row};
    story s;
    uint32_t at = 0;
    story_open(&s, rows, 2, row->as_of);
    ck_assert_uint_eq(s.history->later_rows, row->from == NEVER);
    ck_assert_uint_eq(s.history->row_count, row->from == NEVER ? 1 : 2);
    while (at < s.history->row_count && story_row_of(&s, at) != 1)
        at++;
    if (row->from == NEVER) {
        ck_assert_msg(at == s.history->row_count, "%s", row->name);
    } else {
        ck_assert_msg(s.history->rows[at].from == row->from && s.history->rows[at].to == row->to,
                      "%s: %d to %d", row->name, (int)(s.history->rows[at].from - D),
                      (int)(s.history->rows[at].to - D));
        ck_assert(s.history->rows[at].dated);
    }
    story_close(&s);
}
END_TEST

/* Open at its start: 280 days before birth where that is earlier than the first record. */
START_TEST(an_open_start_reaches_back_to_pregnancy)
{
    for (int late = 0; late < 2; late++) {
        tdm__builder *builder;
        tdm_chronology *c;
        tdm_history *h;
        tdm__arena arena;
        tdm__diagnostics diagnostics;
        uint32_t source;
        tdm_day born = late ? D + 400 : D + 100;
        tdm__source_input input = {.name = TDM_LIT("a"), .received = TDM_DAY_NONE};
        tdm_date unknown = {OPEN, NEVER, 0};
        tdm__child_input child = {
            .id = TDM_LIT("C1"), .born = {born, born, 0}, .expected = unknown, .died = unknown};
        tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
        tdm__arena_init(&arena, &tdm__malloc_allocator);
        ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, vocabulary()), TDM_OK);
        ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
        ck_assert_int_eq(tdm__builder_child(builder, &child), TDM_OK);
        for (int i = 0; i < 2; i++) {
            tdm__event_input event = {.child = TDM_LIT("C1"),
                                      .occurred = {i ? D : OPEN, D + 30, 0},
                                      .minute = -1,
                                      .recorded = TDM_DAY_NONE,
                                      .ended = unknown,
                                      .agency = TDM_LIT("gp"),
                                      .kind = kind_index("concern"),
                                      .row_key = (uint64_t)i};
            ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
        }
        ck_assert_int_eq(tdm__builder_freeze(&c, builder, &diagnostics), TDM_OK);
        ck_assert_int_eq(tdm__history_new(&h, &arena, c, 0, D + 60, NULL), TDM_OK);
        /* both sort: [D..] on D, the open one by its end on D + 30 */
        ck_assert_int_eq(h->rows[1].from, late ? D : D + 100 - 280);
        ck_assert_int_eq(h->rows[1].to, D + 30);
        tdm__builder_free(builder);
        tdm__arena_free(&arena);
        tdm__diagnostics_free(&diagnostics);
        tdm_chronology_free(c);
    }
}
END_TEST

START_TEST(undated_rows_take_part_in_nothing)
{
    static const story_row rows[] = {
        {.from = OPEN, .to = NEVER}, {.from = D}, {.from = OPEN, .to = NEVER, .kind = "cp-plan-start"}};
    story s;
    story_open(&s, rows, 3, D + 10);
    ck_assert_uint_eq(s.history->row_count, 3);
    ck_assert_uint_eq(s.history->undated_rows, 2);
    ck_assert_uint_eq(s.history->later_rows, 0);
    ck_assert_uint_eq(s.history->episode_count, 0);
    tdm_bounds count = tdm_selection_count(story_select(&s, NULL));
    ck_assert_int_eq(count.certain, 1);
    ck_assert_int_eq(count.possible, 1);
    ck_assert_int_eq(tdm__history_level(s.history, D, 0).possible, 0);
    story_close(&s);
}
END_TEST

/* --- coverage --- */

static tdm__covered by_days(const story_coverage *coverage, tdm_day from, tdm_day to)
{
    bool declared = false;
    int covered = 0;
    for (tdm_day day = from; day <= to; day++) {
        bool here = false, away = false;
        for (const story_coverage *c = coverage; c->agency; c++) {
            if (strcmp(c->agency, "police") != 0)
                continue;
            declared = declared || c->covers.to != 0;
            here = here || (c->covers.from <= day && day <= c->covers.to);
            away = away || (c->no_contact.from <= day && day <= c->no_contact.to);
        }
        covered += here && !away;
    }
    if (!declared)
        return TDM__COVERED_NOT_DECLARED;
    return covered == 0 ? TDM__COVERED_NO : covered == to - from + 1 ? TDM__COVERED_YES : TDM__COVERED_PART;
}

typedef struct cover_case {
    story_coverage coverage[3];
    tdm_day from, to;
    tdm__covered expected;
} cover_case;

static const cover_case cover_cases[] = {
    {{{"police", {D, D + 9}, {0, 0}}}, D, D + 9, TDM__COVERED_YES},
    {{{"police", {D, D + 9}, {0, 0}}}, D, D + 10, TDM__COVERED_PART},
    {{{"police", {D, D + 9}, {0, 0}}}, D - 1, D, TDM__COVERED_PART},
    {{{"police", {D, D + 9}, {0, 0}}}, D + 10, D + 12, TDM__COVERED_NO},
    {{{"police", {D, D + 9}, {0, 0}}, {"police", {D + 10, D + 20}, {0, 0}}}, D + 5, D + 15, TDM__COVERED_YES},
    {{{"police", {D + 10, D + 20}, {0, 0}}, {"police", {D, D + 9}, {0, 0}}}, D, D + 20, TDM__COVERED_YES},
    {{{"police", {D, D + 9}, {0, 0}}, {"police", {D + 11, D + 20}, {0, 0}}},
     D + 5,
     D + 15,
     TDM__COVERED_PART},
    {{{"police", {D, D + 9}, {D + 3, D + 3}}}, D, D + 9, TDM__COVERED_PART},
    {{{"police", {D, D + 9}, {D, D + 9}}}, D, D + 9, TDM__COVERED_NO},
    {{{"police", {D, D + 9}, {D, D + 9}}}, D + 2, D + 20, TDM__COVERED_NO},
    {{{"police", {D, D + 9}, {D, D + 4}}, {"police", {0, 0}, {D + 5, D + 9}}}, D, D + 9, TDM__COVERED_NO},
    {{{"police", {0, 0}, {D, D + 4}}}, D, D + 9, TDM__COVERED_NOT_DECLARED},
    {{{"school", {D, D + 9}, {0, 0}}}, D, D + 9, TDM__COVERED_NOT_DECLARED},
    {{{"police", {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL}, {0, 0}}}, D, D + 9, TDM__COVERED_YES},
};

START_TEST(coverage_by_hand)
{
    static const story_row rows[] = {{.from = D}};
    const cover_case *row = &cover_cases[_i];
    story s;
    story_open_covered(&s, rows, 1, row->coverage, D + 100);
    ck_assert_int_eq(tdm__history_covered(s.history, story_agency(&s, "police"), row->from, row->to),
                     row->expected);
    story_close(&s);
}
END_TEST

START_TEST(coverage_by_days)
{
    static const story_row rows[] = {{.from = D}};
    for (uint64_t seed = 0; seed < 500; seed++) {
        story_coverage coverage[6] = {{0}};
        uint64_t state = seed;
        story s;
        int32_t count = random_below(&state, 6);
        for (int32_t i = 0; i < count; i++) {
            coverage[i].agency = random_below(&state, 4) ? "police" : "school";
            coverage[i].covers.from = D + random_below(&state, 25);
            coverage[i].covers.to = coverage[i].covers.from + random_below(&state, 15);
            if (random_below(&state, 3) == 0) {
                coverage[i].no_contact.from = D + random_below(&state, 25);
                coverage[i].no_contact.to = coverage[i].no_contact.from + random_below(&state, 8);
            }
        }
        story_open_covered(&s, rows, 1, coverage, D + 100);
        for (tdm_day from = D - 2; from < D + 40; from += 3)
            for (tdm_day to = from; to < D + 42; to += 2)
                ck_assert_msg(tdm__history_covered(s.history, story_agency(&s, "police"), from, to) ==
                                  by_days(coverage, from, to),
                              "seed %llu", (unsigned long long)seed);
        story_close(&s);
    }
}
END_TEST

Suite *history_suite(void)
{
    Suite *suite = suite_create("history");
    TCase *tests = tcase_create("history");
    tcase_set_timeout(tests, 30);
    tcase_add_loop_test(tests, dates_are_cut, 0, (int)(sizeof cut_cases / sizeof *cut_cases));
    tcase_add_test(tests, an_open_start_reaches_back_to_pregnancy);
    tcase_add_test(tests, undated_rows_take_part_in_nothing);
    tcase_add_loop_test(tests, coverage_by_hand, 0, (int)(sizeof cover_cases / sizeof *cover_cases));
    tcase_add_test(tests, coverage_by_days);
    suite_add_tcase(suite, tests);
    return suite;
}
