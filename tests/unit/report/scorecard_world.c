/*
 * The scorecard of scorecard_world.h.
 */
#include "report/scorecard_world.h"

#include <math.h>
#include <stdlib.h>

/* --- what a file says of its measure --- */

static tdm_str exclusions[] = {{"unborn children <before> birth", 30}};
static tdm_str pitfalls[] = {{"three definitions are in use", 28}, {HOSTILE, sizeof HOSTILE - 1}};
static tdm__standing standings[] = {{{"national-definition", 19}, TDM_DAY_NONE, TDM_DAY_NONE},
                                    {{"local", 5}, TDM_DAY_NONE, 0}}; /* not since 1970 */
static tdm__param within_param = {.name = {"within", 6}, .doc = {"length of the window", 20}};
static tdm__effective_param params[1];
static tdm__measure_break breaks[1];

static const struct {
    const char *id, *title, *group, *unit;
    tdm__measured_form form;
    int32_t per;
    tdm__chart_kind chart;
} about[WORLD_MEASURES] = {
    [WORLD_CONTACTS] = {"contacts", "Contacts", "front-door", "contacts", TDM__MEASURED_COUNT, 10000,
                        TDM__CHART_XMR},
    [WORLD_RE_REFERRED] = {"re-referrals", "Referrals within 12 months of another", "front-door", "referrals",
                           TDM__MEASURED_SHARE, 0, TDM__CHART_XMR},
    [WORLD_SOURCES] = {"sources", "Who refers", "front-door", "referrals", TDM__MEASURED_BREAKDOWN, 0,
                       TDM__CHART_NONE},
    [WORLD_DURATION] = {"duration", "Assessments by working days", "assessments", "assessments",
                        TDM__MEASURED_TIMES, 0, TDM__CHART_XMR},
    [WORLD_SECOND] = {"second-plans", "Second or subsequent plans", "child-protection", "plans",
                      TDM__MEASURED_SHARE, 0, TDM__CHART_NONE},
    [WORLD_VISITS] = {"visits", "Visits in time", "child-protection", "visits", TDM__MEASURED_COUNT, 0,
                      TDM__CHART_NONE},
    [WORLD_WAITING] = {"waiting", "Days from a concern to a graded assessment", "neglect", "assessments",
                       TDM__MEASURED_TIMES, 0, TDM__CHART_NONE},
    [WORLD_TO_CARE] = {"plan-to-care", "From a plan to care", "drift", "plans", TDM__MEASURED_SURVIVAL, 0,
                       TDM__CHART_NONE},
    [WORLD_DEATHS] = {"incidents", "Serious incidents", "drift", "incidents", TDM__MEASURED_COUNT, 0,
                      TDM__CHART_G},
};

static void make_file(scorecard_world *world, int at)
{
    world->files[at] = (tdm__measure){.id = tdm__str(about[at].id),
                                      .version = TDM_LIT("1.2.0"),
                                      .title = tdm__str(about[at].title),
                                      .group = tdm__str(about[at].group),
                                      .unit = tdm__str(about[at].unit),
                                      .source = TDM_LIT("the guide <2024>"),
                                      .exclusions = exclusions,
                                      .exclusion_count = 1,
                                      .pitfalls = pitfalls,
                                      .pitfall_count = 2,
                                      .standings = standings,
                                      .standing_count = 2,
                                      .per = about[at].per,
                                      .chart = about[at].chart,
                                      .breaks = breaks,
                                      .break_count = at == WORLD_CONTACTS ? 1 : 0,
                                      .params = &within_param,
                                      .param_count = at == WORLD_RE_REFERRED ? 1 : 0,
                                      .file = TDM_LIT("measures/x/y.lua")};
    world->measures[at] = (tdm__card_measure){.measure = &world->files[at],
                                              .definition = TDM_LIT("what is counted, in 12 months"),
                                              .numerator = TDM_LIT("those that are"),
                                              .denominator = TDM_LIT("all of them"),
                                              .params = params,
                                              .form = about[at].form,
                                              .counting = TDM__IN_DAYS,
                                              .within = -1,
                                              .figures = world->figures[at],
                                              .times = world->times[at],
                                              .target = NAN};
}

/* --- figures --- */

static tdm__card_figure *add(scorecard_world *world, int at, uint32_t line, tdm__figure_status status,
                             int64_t numerator, int64_t denominator, int64_t percent)
{
    tdm__card_measure *measure = &world->measures[at];
    tdm__card_figure *figure = &world->figures[at][measure->figure_count++];
    *figure = (tdm__card_figure){.line = line,
                                 .status = status,
                                 .numerator = numerator,
                                 .denominator = denominator,
                                 .percent_tenths = percent,
                                 .rate_tenths = -1};
    return figure;
}

/* A figure that is not shown, with numbers that must never be. */
static tdm__card_figure *add_hidden(scorecard_world *world, int at, uint32_t line, tdm__figure_status status)
{
    tdm__card_figure *figure = add(world, at, line, status, CANARY, CANARY + 1, CANARY + 2);
    figure->rate_tenths = CANARY + 3;
    figure->left_out[TDM__UNCOUNTED_NO_DATE] = CANARY + 4;
    figure->moved = true;
    return figure;
}

static tdm__card_figure *add_not_assessed(scorecard_world *world, int at, uint32_t line)
{
    tdm__card_figure *figure = add(world, at, line, TDM__FIGURE_NOT_ASSESSED, -1, -1, -1);
    figure->reason = "not-covered";
    figure->words = TDM_LIT("No return covers this period.");
    return figure;
}

static tdm__card_times *add_times(scorecard_world *world, int at, bool shown)
{
    tdm__card_measure *measure = &world->measures[at];
    tdm__card_times *times = &world->times[at][measure->times_count++];
    *times = (tdm__card_times){.shown = shown,
                               .count = shown ? 40 : CANARY + 5,
                               .waiting = shown ? 12 : CANARY + 6,
                               .mean_tenths = shown ? 283 : CANARY + 7,
                               .median_doubled = shown ? 51 : CANARY + 8,
                               .lower_doubled = shown ? 22 : CANARY + 9,
                               .upper_doubled = shown ? 80 : CANARY + 10,
                               .middle = {.reached = true, .low_reached = true, .median = 34, .low = 21.5}};
    return times;
}

static void add_contacts(scorecard_world *world, uint32_t period, uint32_t group)
{
    tdm__card_figure *figure = add(world, WORLD_CONTACTS, TDM_NO_INDEX, TDM__FIGURE_GIVEN,
                                   group == 0 ? 12345 : 6172, -1, -1);
    figure->rate_tenths = group == 0 ? 5432 : 5431;
    figure->moved = group == 0 && period == 0;
    figure->left_out[TDM__UNCOUNTED_NO_DATE] = 12;
    figure->left_out[TDM__UNCOUNTED_DATE_IN_DOUBT] = 3;
}

static void add_re_referred(scorecard_world *world, uint32_t period, uint32_t group)
{
    if (group == 2) {
        add_hidden(world, WORLD_RE_REFERRED, TDM_NO_INDEX, TDM__FIGURE_SMALL);
        return;
    }
    if (group == 1 && period == 2) {
        add_not_assessed(world, WORLD_RE_REFERRED, TDM_NO_INDEX);
        return;
    }
    tdm__card_figure *figure = add(world, WORLD_RE_REFERRED, TDM_NO_INDEX, TDM__FIGURE_GIVEN, 154, 640, 241);
    figure->moved = group == 0 && period == 0;
    if (figure->moved)
        figure->commentary = TDM_LIT("Two teams began to record in another way.\n" HOSTILE);
}

static void add_sources(scorecard_world *world)
{
    static const int64_t counts[] = {210, 190, -1, -1, 150, 90};
    add(world, WORLD_SOURCES, TDM_NO_INDEX, TDM__FIGURE_GIVEN, 640, -1, -1);
    for (uint32_t line = 0; line < 6; line++)
        if (counts[line] >= 0)
            add(world, WORLD_SOURCES, line, TDM__FIGURE_GIVEN, counts[line], 640,
                (counts[line] * 20000 + 640) / 1280 / 10);
        else
            add_hidden(world, WORLD_SOURCES, line, line == 2 ? TDM__FIGURE_SMALL : TDM__FIGURE_BESIDE_SMALL);
}

static void add_duration(scorecard_world *world)
{
    static const int64_t counts[WORLD_LINES] = {0, 62, 70, 88, 140, 61, 30, 41, 28};
    static const int64_t percents[WORLD_LINES] = {0, 119, 135, 169, 269, 117, 58, 79, 54};
    add(world, WORLD_DURATION, TDM_NO_INDEX, TDM__FIGURE_GIVEN, 421, 520, 810);
    add_times(world, WORLD_DURATION, true);
    for (uint32_t line = 0; line < WORLD_LINES; line++)
        add(world, WORLD_DURATION, line, TDM__FIGURE_GIVEN, counts[line], 520, percents[line]);
}

static void add_second(scorecard_world *world, uint32_t group)
{
    if (group == 1)
        add(world, WORLD_SECOND, TDM_NO_INDEX, TDM__FIGURE_NONE, 0, 0, -1);
    else
        add(world, WORLD_SECOND, TDM_NO_INDEX, TDM__FIGURE_GIVEN, 20, 100, 200);
}

static tdm__survival_step steps[] = {{14, 60, 0, 2, 1.0, NAN, NAN},
                                     {30, 58, 8, 0, 0.862, 0.744, 0.929},
                                     {90, 50, 9, 3, 0.707, 0.571, 0.806},
                                     {200, 38, 10, 2, 0.521, 0.383, 0.641},
                                     {365, 26, 8, 18, 0.361, 0.236, 0.487}};
static tdm__card_share shares[] = {{{TDM_SPAN_MONTHS, 3}, 91, true, 0.707, 0.571, 0.806},
                                   {{TDM_SPAN_MONTHS, 6}, 183, false, 0, 0, 0},
                                   {{TDM_SPAN_MONTHS, 12}, 365, true, 0.361, 0.236, 0.487}};
static const tdm_span at[] = {{TDM_SPAN_MONTHS, 3}, {TDM_SPAN_MONTHS, 6}, {TDM_SPAN_MONTHS, 12}};

static void add_to_care(scorecard_world *world, uint32_t group)
{
    bool hidden = group == 2;
    if (hidden)
        add_hidden(world, WORLD_TO_CARE, TDM_NO_INDEX, TDM__FIGURE_BESIDE_SMALL);
    else
        add(world, WORLD_TO_CARE, TDM_NO_INDEX, TDM__FIGURE_GIVEN, 35, 60, 583);
    /* Said to be shown, yet its figure is not: no writer believes it. */
    tdm__card_times *times = add_times(world, WORLD_TO_CARE, true);
    times->count = hidden ? CANARY + 11 : 35;
    times->waiting = hidden ? CANARY + 12 : 25;
    times->steps = steps;
    times->step_count = sizeof steps / sizeof *steps;
    times->at = shares;
}

/* What was added since these numbers is of this period and group. */
static void mark(scorecard_world *world, const size_t *figures, const size_t *times, uint32_t period,
                 uint32_t group)
{
    for (int m = 0; m < WORLD_MEASURES; m++) {
        for (size_t i = figures[m]; i < world->measures[m].figure_count; i++) {
            world->figures[m][i].period = period;
            world->figures[m][i].group = group;
        }
        for (size_t i = times[m]; i < world->measures[m].times_count; i++) {
            world->times[m][i].period = period;
            world->times[m][i].group = group;
        }
    }
}

static void add_all(scorecard_world *world, uint32_t period, uint32_t group)
{
    size_t figures[WORLD_MEASURES], times[WORLD_MEASURES];
    for (int m = 0; m < WORLD_MEASURES; m++) {
        figures[m] = world->measures[m].figure_count;
        times[m] = world->measures[m].times_count;
    }
    add_contacts(world, period, group);
    add_re_referred(world, period, group);
    add_sources(world);
    add_duration(world);
    add_second(world, group);
    add_not_assessed(world, WORLD_VISITS, TDM_NO_INDEX);
    add(world, WORLD_WAITING, TDM_NO_INDEX, TDM__FIGURE_GIVEN, 40, -1, -1);
    add_times(world, WORLD_WAITING, group != 2);
    add_to_care(world, group);
    add(world, WORLD_DEATHS, TDM_NO_INDEX, TDM__FIGURE_GIVEN, 11, -1, -1);
    mark(world, figures, times, period, group);
}

/* --- trends --- */

static void make_trend(scorecard_world *world, int at_measure, const double *values)
{
    tdm__card_trend *trend = &world->measures[at_measure].trend;
    trend->kind = about[at_measure].chart;
    trend->points = world->points[at_measure];
    trend->point_count = WORLD_POINTS;
    for (int i = 0; i < WORLD_POINTS; i++) {
        int month = i % 4 * 3 + 4, year = 2021 + i / 4;
        tdm__card_point *point = &world->points[at_measure][i];
        *point = (tdm__card_point){.from = report_day(year + month / 13, month > 12 ? month - 12 : month, 1),
                                   .given = values[i] >= 0,
                                   .numerator = values[i] >= 0 ? (int64_t)values[i] : CANARY + 13,
                                   .denominator = -1,
                                   .value = values[i] >= 0 ? values[i] : CANARY + 14};
        point->to = point->from + 90;
    }
}

static void make_trends(scorecard_world *world)
{
    static const double contacts[] = {980, 1010, 950, 1005, 760, 745, 771, 752, 749, 768, 755, 1180};
    static const double shares_of[] = {21.2, 22.4, 20.9, -1, 23.1, 22.2, 21.7, 22.9, 24.4, 25.1, 24.8, 25.5};
    static const double between[] = {12, 31, 8, 40, 22, 17, 61, 5, 33, 19, 27, 160};
    make_trend(world, WORLD_CONTACTS, contacts);
    world->points[WORLD_CONTACTS][4].definition_breaks = true;
    world->points[WORLD_CONTACTS][11].signals = 1u << TDM__RULE_BEYOND;
    world->measures[WORLD_CONTACTS].trend.limited = true;
    world->measures[WORLD_CONTACTS].trend.limits_from = 4;
    world->measures[WORLD_CONTACTS].trend.chart =
        (tdm__control_chart){.centre = 809.9, .low = 610.3, .high = 1009.4};
    make_trend(world, WORLD_RE_REFERRED, shares_of);
    for (int i = 0; i < WORLD_POINTS; i++) {
        world->points[WORLD_RE_REFERRED][i].denominator = 160;
        world->points[WORLD_RE_REFERRED][i].signals = i > 7 ? 1u << TDM__RULE_RUN : 0;
    }
    world->measures[WORLD_RE_REFERRED].trend.limited = true;
    world->measures[WORLD_RE_REFERRED].trend.chart =
        (tdm__control_chart){.centre = 23.1, .low = 20.5, .high = 25.7};
    make_trend(world, WORLD_DEATHS, between);
    world->measures[WORLD_DEATHS].trend.limited = true;
    world->measures[WORLD_DEATHS].trend.chart = (tdm__control_chart){.centre = 36.3, .low = 0, .high = 146.6};
}

/* --- peers --- */

static tdm__card_peer peers[] = {
    {{"E1", 2}, {"<Amber> & Vale", 14}, 2024, 300, 1500, 200, TDM__WITHIN, false, 0},
    {{"E2", 2}, {"Birch", 5}, 2024, 81, 300, 270, TDM__ABOVE_95, false, 0},
    {{"E3", 2}, {"Chalk", 5}, 2024, 30, 60, 500, TDM__ABOVE_998, false, 0},
    {{"E4", 2}, {"Dunes", 5}, 2024, 9, 60, 150, TDM__WITHIN, false, 0},
    {{"E5", 2}, {"Elder", 5}, 2024, 1100, 5200, 212, TDM__WITHIN, false, 0},
    {{"", 0}, {"", 0}, 2024, 154, 640, 241, TDM__ABOVE_95, true, 0},
    {{"A1", 2}, {HOSTILE, sizeof HOSTILE - 1}, 2024, 154, 640, 241, TDM__ABOVE_95, true, 1},
    {{"A2", 2}, {"Lower", 5}, 2024, CANARY + 11, CANARY + 12, 241, TDM__ABOVE_95, true, 2}};

static void make_peers(scorecard_world *world, bool parted)
{
    tdm__card_measure *measure = &world->measures[WORLD_RE_REFERRED];
    measure->peers = peers;
    measure->peer_count = parted ? 8 : 6;
    measure->target = 0.214;
}

/* --- the whole --- */

static void make_lines(scorecard_world *world)
{
    static const char *const bins[] = {"same-day", "1-10",  "11-20", "21-30",  "31-40",
                                       "41-45",    "46-50", "51-60", "61-more"};
    static const char *const codes[] = {"police",         "school",      "housing", "=cmd|' /C calc'!A0",
                                        "health-visitor", "not-recorded"};
    static tdm_str bin_names[WORLD_LINES], code_names[6];
    for (size_t i = 0; i < WORLD_LINES; i++)
        bin_names[i] = tdm__str(bins[i]);
    for (size_t i = 0; i < 6; i++)
        code_names[i] = tdm__str(codes[i]);
    world->measures[WORLD_DURATION].lines = bin_names;
    world->measures[WORLD_DURATION].line_count = WORLD_LINES;
    world->measures[WORLD_DURATION].within = 45;
    world->measures[WORLD_DURATION].counting = TDM__IN_WORKING_DAYS;
    world->measures[WORLD_SOURCES].lines = code_names;
    world->measures[WORLD_SOURCES].line_count = 6;
    world->measures[WORLD_TO_CARE].at = at;
    world->measures[WORLD_TO_CARE].at_count = 3;
    world->measures[WORLD_VISITS].reason = "no-data";
    world->measures[WORLD_VISITS].words = TDM_LIT("No source holds visits.");
}

static tdm_str notes[] = {{"Coverage was not declared: <b>given</b> as it stands.", 53}};

static void make_card(scorecard_world *world, bool parted)
{
    world->groups[0] = (tdm__card_group){TDM_LIT(""), TDM_LIT(""), 227250};
    world->groups[1] = (tdm__card_group){TDM_LIT("A1"), TDM_LIT(HOSTILE), 113640};
    world->groups[2] = (tdm__card_group){TDM_LIT("A2"), TDM_LIT("Lower"), 113610};
    world->periods[0] = (tdm__card_period){report_day(2022, 4, 1), report_day(2024, 3, 31), false,
                                           TDM_LIT("2022-04-01 to 2024-03-31")};
    world->periods[1] = (tdm__card_period){report_day(2022, 4, 1), report_day(2023, 3, 31), false,
                                           TDM_LIT("2022-04-01 to 2023-03-31")};
    world->periods[2] = (tdm__card_period){report_day(2023, 4, 1), report_day(2024, 3, 31), true,
                                           TDM_LIT("2023-04-01 to 2024-03-31")};
    world->card = (tdm_scorecard){.allocator = tdm__malloc_allocator,
                                  .from = world->periods[0].from,
                                  .to = world->periods[0].to,
                                  .as_of = report_day(2024, 4, 30),
                                  .by = parted ? TDM__BY_AREA : TDM__BY_NOTHING,
                                  .by_period = parted ? TDM_LIT("year") : TDM_LIT(""),
                                  .threshold = 6,
                                  .policy_title = TDM_LIT("Policy of the test"),
                                  .policy_hash = "abc",
                                  .groups = world->groups,
                                  .group_count = parted ? 3 : 1,
                                  .periods = world->periods,
                                  .period_count = parted ? 3 : 1,
                                  .measures = world->measures,
                                  .measure_count = WORLD_MEASURES,
                                  .compare_name = TDM_LIT("neighbours.csv"),
                                  .notes = notes,
                                  .note_count = 1,
                                  .without_commentary = 1,
                                  .chronology = world->fixture->chronology,
                                  .diagnostics = &world->fixture->diagnostics,
                                  .accounts = &world->fixture->account,
                                  .account_count = 1};
}

scorecard_world *scorecard_world_new(bool parted)
{
    scorecard_world *world = calloc(1, sizeof *world);
    ck_assert_ptr_nonnull(world);
    world->fixture = report_fixture_new();
    breaks[0] = (tdm__measure_break){report_day(2022, 4, 1),
                                     TDM_LIT("contacts of <one> household count once")};
    params[0] = (tdm__effective_param){.param = &within_param,
                                       .value = {.type = TDM__PARAM_SPAN, .span = {TDM_SPAN_MONTHS, 12}},
                                       .words = TDM_LIT("12 months"),
                                       .from = TDM_LIT("policy/default.json:12")};
    for (int m = 0; m < WORLD_MEASURES; m++)
        make_file(world, m);
    make_lines(world);
    make_card(world, parted);
    for (uint32_t period = 0; period < world->card.period_count; period++)
        for (uint32_t group = 0; group < world->card.group_count; group++)
            add_all(world, period, group);
    make_trends(world);
    make_peers(world, parted);
    world->measures[WORLD_CONTACTS].notes = notes;
    world->measures[WORLD_CONTACTS].note_count = 1;
    return world;
}

void scorecard_world_free(scorecard_world *world)
{
    report_fixture_free(world->fixture);
    free(world);
}

tdm__text scorecard_written(scorecard_writer write, const tdm_scorecard *card)
{
    tdm__text text;
    tdm_error error = {0};
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm_status status = write(card, NULL, report_text_sink(&text), &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", tdm_status_name(status), error.message);
    return text;
}
