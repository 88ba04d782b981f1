/*
 * Whole scorecards: shipped measures over a small chronology, worked out by hand; refusals, threads, memory.
 */
#include "engine/card.h"

#include <math.h>
#include <string.h>

/* By group, then id. */
static const char *const shipped[] = {"measures/front-door/referrals.lua",
                                      "measures/child-protection/plans-open.lua",
                                      "measures/drift/referral-to-plan.lua"};

#define DOUBTFUL "[2023-03-20..2023-04-10]"

static const world_row rows[] = {
    {"2023-05-10", "C1", "referral", NULL, 0},    {"2023-06-10", "C1", "cp-plan-start", NULL, 0},
    {"2023-12-10", "C1", "cp-plan-end", NULL, 0}, {"2023-07-01", "C2", "referral", NULL, 0},
    {"2024-02-01", "C2", "referral", NULL, 0},    {"2024-03-01", "C2", "cp-plan-start", NULL, 0},
    {"2022-01-10", "C3", "referral", NULL, 0},    {"2022-02-10", "C3", "cp-plan-start", NULL, 0},
    {DOUBTFUL, "C4", "referral", NULL, 0},
};

typedef struct whole {
    world w;
    tdm__arena arena; /* of the texts */
    tdm__measures *measures;
    tdm__review_policy *policy;
    tdm__scorecard_options options;
    tdm_scorecard *card;
    tdm_error error;
} whole;

static tdm__script_file script(whole *o, tdm_str name)
{
    tdm__buffer text;
    tdm_str path = tdm__path_join(&o->arena, TDM_LIT("scripts"), name);
    tdm_status status = tdm__file_read(&text, &tdm__malloc_allocator, TDM_SOURCE_DIR, path.data, 1 << 20,
                                       &o->error);
    ck_assert_msg(status == TDM_OK, "%s", o->error.message);
    tdm__script_file file = {name, tdm__arena_copy(&o->arena, (tdm_str){text.data, text.length})};
    tdm__free(&tdm__malloc_allocator, text.data);
    return file;
}

static void read_measures(whole *o)
{
    tdm__script_file files[ROWS(shipped)], lib[64];
    tdm_str *names;
    size_t count;
    tdm__script_ground ground = {world_vocabulary(), world_holidays(), NULL, 0};
    for (size_t i = 0; i < ROWS(shipped); i++)
        files[i] = script(o, tdm__str(shipped[i]));
    ck_assert_int_eq(tdm__folder_list(&names, &count, &o->arena, TDM_SOURCE_DIR, "scripts/lib", &o->error),
                     TDM_OK);
    size_t libs = 0;
    for (size_t i = 0; i < count; i++)
        if (strstr(names[i].data, ".lua")) {
            ck_assert_uint_lt(libs, ROWS(lib));
            lib[libs++] = script(o, tdm__path_join(&o->arena, TDM_LIT("lib"), names[i]));
        }
    tdm_status status = tdm__measures_new(&o->measures, &tdm__malloc_allocator, files, ROWS(shipped), lib,
                                          libs, &ground, NULL, &o->error);
    ck_assert_msg(status == TDM_OK, "%s:%d: %s", o->error.file, (int)o->error.line, o->error.message);
}

static void open_whole(whole *o, const char *policy)
{
    *o = (whole){.card = NULL};
    world_open(&o->w, &(world_case){.rows = rows, .row_count = ROWS(rows)});
    tdm__arena_init(&o->arena, &tdm__malloc_allocator);
    read_measures(o);
    tdm__policy_text file = {TDM_LIT("a.json"), tdm__str(policy), false};
    tdm__policy_asked asked = {
        .files = &file, .file_count = policy != NULL, .catalogue = o->w.catalogue, .measures = o->measures};
    tdm_status status = tdm__policy_read(&o->policy, &tdm__malloc_allocator, &asked, &o->error);
    ck_assert_msg(status == TDM_OK, "%s", o->error.message);
    o->options = (tdm__scorecard_options){.from = world_day("2023-04-01"),
                                          .to = world_day("2024-03-31"),
                                          .as_of = world_day("2024-03-31"),
                                          .by_period = TDM_LIT("quarter"),
                                          .trend_quarters = 4,
                                          .jobs = 1};
}

static tdm_status make(whole *o)
{
    return tdm__scorecard_new(&o->card, o->w.context, o->w.chronology, &o->w.diagnostics, NULL, 0,
                              o->measures, o->policy, &o->options, &o->error);
}

static void close_whole(whole *o)
{
    tdm__scorecard_free(o->card);
    tdm__policy_free(o->policy);
    tdm__measures_free(o->measures);
    tdm__arena_free(&o->arena);
    world_close(&o->w);
}

static const tdm__card_figure *figure(const tdm__card_measure *measure, size_t period)
{
    for (size_t i = 0; i < measure->figure_count; i++)
        if (measure->figures[i].period == period && measure->figures[i].group == 0 &&
            measure->figures[i].line == TDM_NO_INDEX)
            return &measure->figures[i];
    ck_abort_msg("no figure of period %zu", period);
    return NULL;
}

/* The whole, then the four quarters. One referral came on some day around the beginning. */
START_TEST(shipped_measures_give_the_figures_worked_out_by_hand)
{
    static const int64_t referrals[] = {3, 1, 1, 0, 1}, open[] = {2, 2, 2, 1, 2};
    whole o;
    open_whole(&o, NULL);
    tdm_status status = make(&o);
    ck_assert_msg(status == TDM_OK, "%s", o.error.message);
    ck_assert_uint_eq(o.card->measure_count, 3);
    ck_assert_uint_eq(o.card->period_count, 5);
    const tdm__card_measure *front = &o.card->measures[0], *plans = &o.card->measures[1];
    card_same(front->measure->id, "referrals");
    card_same(plans->measure->id, "plans-open");
    for (size_t p = 0; p < 5; p++) {
        ck_assert_int_eq(figure(front, p)->status, TDM__FIGURE_GIVEN);
        ck_assert_int_eq(figure(front, p)->numerator, referrals[p]);
        ck_assert_int_eq(figure(plans, p)->numerator, open[p]);
        ck_assert_int_eq(figure(front, p)->left_out[TDM__UNCOUNTED_DATE_IN_DOUBT], p < 2);
        if (p > 0)
            ck_assert_double_eq_tol(front->trend.points[p - 1].value, (double)referrals[p], 1e-9);
    }
    const tdm__card_measure *drift = &o.card->measures[2];
    ck_assert_int_eq(drift->form, TDM__MEASURED_SURVIVAL);
    ck_assert_uint_eq(drift->times_count, 5);
    ck_assert_uint_eq(drift->trend.point_count, 0);
    ck_assert_uint_gt(front->definition.length, 0);
    ck_assert_str_eq(o.card->policy_hash, o.policy->hash);
    close_whole(&o);
}
END_TEST

START_TEST(units_are_listed_where_they_are_asked_for)
{
    whole o;
    open_whole(&o, NULL);
    o.options.list = TDM_LIT("referrals");
    ck_assert_int_eq(make(&o), TDM_OK);
    const tdm__card_measure *front = &o.card->measures[0];
    size_t counted = 0;
    for (size_t i = 0; i < front->unit_count; i++)
        counted += front->units[i].in_numerator && front->units[i].reason == TDM__COUNTED;
    ck_assert_uint_eq(counted, 3);
    ck_assert_uint_eq(front->unit_count, 4); /* with the one in doubt */
    ck_assert_ptr_null(o.card->measures[1].units);
    close_whole(&o);
}
END_TEST

START_TEST(the_policy_switches_measures_off)
{
    whole o;
    open_whole(&o, "{\"policy\": 1, \"measures\": {\"plans-open\": {\"on\": false}}}");
    ck_assert_int_eq(make(&o), TDM_OK);
    ck_assert_uint_eq(o.card->measure_count, 2);
    card_same(o.card->measures[1].measure->id, "referral-to-plan");
    close_whole(&o);
}
END_TEST

START_TEST(what_is_asked_for_must_be_there)
{
    static const struct {
        const char *only, *list, *words;
    } asked[] = {
        {"unheard-of", "", "there is no measure unheard-of"},
        {"plans-open", "", "switches the measure plans-open off"},
        {"", "unheard-of", "there is no measure unheard-of"},
        {"referrals", "referral-to-plan", "not among those asked for"},
    };
    whole o;
    open_whole(&o, "{\"policy\": 1, \"measures\": {\"plans-open\": {\"on\": false}}}");
    for (size_t i = 0; i < ROWS(asked); i++) {
        tdm_str only = tdm__str(asked[i].only);
        o.options.only = &only;
        o.options.only_count = only.length > 0;
        o.options.list = tdm__str(asked[i].list);
        ck_assert_int_eq(make(&o), TDM_INVALID_ARG);
        ck_assert_ptr_null(o.card);
        ck_assert_msg(strstr(o.error.message, asked[i].words) != NULL, "%s", o.error.message);
    }
    close_whole(&o);
}
END_TEST

static void tell(tdm__text *text, const tdm_scorecard *made)
{
    for (size_t m = 0; m < made->measure_count; m++) {
        const tdm__card_measure *measure = &made->measures[m];
        tdm__text_printf(text, "%.*s %d\n", TDM_STR_ARGS(measure->measure->id), (int)measure->form);
        for (size_t i = 0; i < measure->figure_count; i++) {
            const tdm__card_figure *f = &measure->figures[i];
            tdm__text_printf(text, " %u %u %u %d %lld %lld %lld\n", (unsigned)f->period, (unsigned)f->group,
                             (unsigned)f->line, (int)f->status, (long long)f->numerator,
                             (long long)f->denominator, (long long)f->percent_tenths);
        }
        for (size_t i = 0; i < measure->times_count; i++)
            tdm__text_printf(text, " times %zu %lld %lld %zu\n", i, (long long)measure->times[i].count,
                             (long long)measure->times[i].median_doubled, measure->times[i].step_count);
        for (size_t i = 0; i < measure->trend.point_count; i++)
            tdm__text_printf(text, " point %lld %u\n", (long long)measure->trend.points[i].value,
                             (unsigned)measure->trend.points[i].signals);
        for (size_t i = 0; i < measure->note_count; i++)
            tdm__text_printf(text, " %.*s\n", TDM_STR_ARGS(measure->notes[i]));
    }
    ck_assert(!text->failed);
}

START_TEST(the_number_of_threads_does_not_show)
{
    tdm__text told[2];
    whole o;
    open_whole(&o, NULL);
    o.options.by = TDM__BY_AGENCY;
    for (size_t i = 0; i < 2; i++) {
        tdm__text_init(&told[i], &tdm__malloc_allocator);
        o.options.jobs = i == 0 ? 1 : 3;
        ck_assert_int_eq(make(&o), TDM_OK);
        tell(&told[i], o.card);
        tdm__scorecard_free(o.card);
        o.card = NULL;
    }
    ck_assert_uint_gt(told[0].length, 500);
    ck_assert(tdm__str_equal(tdm__text_str(&told[0]), tdm__text_str(&told[1])));
    tdm__text_free(&told[0]);
    tdm__text_free(&told[1]);
    close_whole(&o);
}
END_TEST

static whole held;
static tdm_status make_anew(const tdm_allocator *allocator)
{
    tdm_context *context;
    tdm_context_options options = {.struct_size = sizeof options, .allocator = *allocator};
    tdm_status status = tdm_context_new(&context, &options);
    if (status == TDM_OK)
        status = tdm__scorecard_new(&held.card, context, held.w.chronology, &held.w.diagnostics, NULL, 0,
                                    held.measures, held.policy, &held.options, &held.error);
    tdm__scorecard_free(held.card);
    held.card = NULL;
    tdm_context_free(context);
    return status;
}

START_TEST(every_failed_allocation_is_survived)
{
    open_whole(&held, NULL);
    held.options.by_period = TDM_LIT("");
    held.options.trend_quarters = 1;
    held.options.threshold = 6;
    TEST_EVERY_ALLOCATION(make_anew);
    close_whole(&held);
}
END_TEST

Suite *scorecard_whole_suite(void)
{
    Suite *suite = suite_create("scorecard_whole");
    TCase *tests = tcase_create("whole");
    tcase_add_test(tests, shipped_measures_give_the_figures_worked_out_by_hand);
    tcase_add_test(tests, units_are_listed_where_they_are_asked_for);
    tcase_add_test(tests, the_policy_switches_measures_off);
    tcase_add_test(tests, what_is_asked_for_must_be_there);
    tcase_add_test(tests, the_number_of_threads_does_not_show);
    tcase_add_test(tests, every_failed_allocation_is_survived);
    suite_add_tcase(suite, tests);
    return suite;
}
