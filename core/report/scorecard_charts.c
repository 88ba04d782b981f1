/*
 * Numbers of a measure for its charts, and what stands above and below each of them.
 */
#include "report/scorecard_charts.h"

#include "report/chart.h"

#include <math.h>
#include <stdio.h>

#define BARS_MAX      40 /* of groups: beyond, the table is easier to read */
#define FUNNEL_POINTS 60
#define ID_SIZE       96

typedef struct making {
    tdm__output *out;
    tdm__arena *arena;
    const tdm_scorecard *card;
    const tdm__card_measure *measure;
    tdm__text text;
    tdm_status status;
} making;

static tdm_str settle(making *m)
{
    return tdm__settled(&m->text, m->arena, &m->status);
}

static void *make_array(making *m, size_t count, size_t size)
{
    void *items = m->status == TDM_OK ? tdm__arena_array(m->arena, count, size) : NULL;
    if (!items)
        m->status = TDM_NO_MEMORY;
    return items;
}

/* "trend-ID", "Title: what is drawn". */
static tdm__chart_head head_of(making *m, char id[ID_SIZE], const char *kind, const char *drawn,
                               tdm_str words, const char *unit)
{
    snprintf(id, ID_SIZE, "%s-%.*s", kind,
             (int)(m->measure->measure->id.length < 60 ? m->measure->measure->id.length : 60),
             m->measure->measure->id.data);
    tdm__text_add(&m->text, m->measure->measure->title);
    tdm__text_printf(&m->text, ": %s", drawn);
    return (tdm__chart_head){id, settle(m), words, unit};
}

static void open_figure(making *m, const char *caption)
{
    tdm__put(m->out, "<figure class=\"profile\">\n<figcaption>%r</figcaption>\n", caption);
}

/* --- trend --- */

static const char *unit_sign(const making *m)
{
    const char *unit = tdm__trend_unit(m->measure);
    return unit[0] == 'p' ? " %" : unit[0] == 'c' ? "" : " days";
}

/* "Apr 2023" */
static tdm_str month_label(making *m, tdm_day day)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char iso[TDM_DATE_TEXT_SIZE];
    tdm__day_iso(iso, day);
    int month = iso[0] ? (iso[5] - '0') * 10 + iso[6] - '0' : 0;
    tdm__text_printf(&m->text, "%s %.4s", month >= 1 && month <= 12 ? months[month - 1] : "", iso);
    return settle(m);
}

static void take_signals(making *m, tdm__line_point *out, uint32_t signals)
{
    for (int rule = TDM__RULE_COUNT - 1; rule >= 0; rule--) {
        if (!(signals & (1u << rule)))
            continue;
        tdm__text_puts(&m->text, m->text.length > 0 ? "; " : "");
        tdm__text_puts(&m->text, tdm__chart_rule_words((tdm__chart_rule)rule));
        out->letter = (char)('A' + rule);
    }
    out->signals = settle(m);
}

static tdm__line_point *make_points(making *m)
{
    const tdm__card_trend *trend = &m->measure->trend;
    tdm__line_point *points = make_array(m, trend->point_count, sizeof *points);
    int changes = 0;
    for (size_t i = 0; points && i < trend->point_count; i++) {
        const tdm__card_point *point = &trend->points[i];
        char from[TDM_DATE_TEXT_SIZE], to[TDM_DATE_TEXT_SIZE];
        tdm__day_iso(from, point->from);
        tdm__day_iso(to, point->to);
        tdm__text_printf(&m->text, "%s to %s", from, to);
        tdm_str name = settle(m);
        points[i] = (tdm__line_point){.name = name,
                                      .given = point->given,
                                      .value = point->given ? point->value : 0,
                                      .change = point->definition_breaks ? ++changes : 0};
        points[i].label = month_label(m, point->from);
        if (point->given)
            take_signals(m, &points[i], point->signals);
    }
    return points;
}

/* What is drawn, for who does not see it. */
static tdm_str trend_words(making *m, const tdm__line_point *points)
{
    const tdm__card_trend *trend = &m->measure->trend;
    size_t given = 0, signals = 0;
    for (size_t i = 0; i < trend->point_count; i++) {
        given += points[i].given ? 1 : 0;
        signals += points[i].letter ? 1 : 0;
    }
    tdm__text_printf(&m->text, "%d points, %d of them given, %d signals. ", (int)trend->point_count,
                     (int)given, (int)signals);
    if (trend->limited) {
        tdm__text_puts(&m->text, "Centre ");
        tdm__put_tenths(&m->text, tdm__tenths_of(trend->chart.centre));
        tdm__text_puts(&m->text, ", limits ");
        tdm__put_tenths(&m->text, tdm__tenths_of(fmax(trend->chart.low, 0.0)));
        tdm__text_puts(&m->text, " to ");
        tdm__put_tenths(&m->text, tdm__tenths_of(trend->chart.high));
        tdm__text_printf(&m->text, "%s. ", unit_sign(m));
    }
    tdm__text_puts(&m->text, "The numbers stand in the table below.");
    return settle(m);
}

static void put_signal_key(making *m, const tdm__line_point *points)
{
    for (int rule = 0; rule < TDM__RULE_COUNT; rule++) {
        bool any = false;
        for (size_t i = 0; i < m->measure->trend.point_count; i++)
            any = any || points[i].letter == (char)('A' + rule);
        if (any) {
            char letter[2] = {(char)('A' + rule), '\0'};
            tdm__put(m->out, "<li><strong>%r</strong> signal: %z</li>", letter,
                     tdm__chart_rule_words((tdm__chart_rule)rule));
        }
    }
}

static void put_change_key(making *m, const tdm__line_point *points)
{
    const tdm__card_trend *trend = &m->measure->trend;
    for (size_t i = 0; i < trend->point_count; i++) {
        if (points[i].change == 0)
            continue;
        tdm_day after = i > 0 ? trend->points[i - 1].from : trend->points[i].from - 1;
        const tdm__measure_break *one = tdm__break_within(m->measure, after, trend->points[i].to);
        char day[TDM__WORDS_SIZE];
        tdm__day_words(day, one ? one->from : trend->points[i].from);
        tdm__put(m->out, "<li><strong>Change %d</strong> of the definition, %z: %h</li>", points[i].change,
                 day, one ? one->note : TDM_LIT("not comparable with what is before"));
    }
}

static const char *limits_words(const making *m)
{
    const tdm__card_trend *trend = &m->measure->trend;
    if (trend->kind == TDM__CHART_NONE)
        return "No limits are drawn for this measure.";
    if (!trend->limited)
        return "No limits: they need eight points since the latest change of definition.";
    return trend->kind == TDM__CHART_G ? "Solid: the mean; dashed: the limits of a g chart, for rare events."
                                       : "Solid: the mean; dashed: the limits within which it moves by "
                                         "chance (XmR chart, mean and 2.66 "
                                         "times the mean moving range).";
}

static bool all_given(const making *m)
{
    for (size_t i = 0; i < m->measure->trend.point_count; i++)
        if (!m->measure->trend.points[i].given)
            return false;
    return true;
}

static bool any_given(const making *m)
{
    for (size_t i = 0; i < m->measure->trend.point_count; i++)
        if (m->measure->trend.points[i].given)
            return true;
    return false;
}

static void put_trend(making *m)
{
    const tdm__card_trend *trend = &m->measure->trend;
    char id[ID_SIZE];
    if (trend->point_count < 2 || !any_given(m))
        return;
    tdm__line_point *points = make_points(m);
    if (!points || m->status != TDM_OK)
        return;
    tdm_str words = trend_words(m, points);
    const char *drawn = trend->kind == TDM__CHART_G ? "days from one to the next" : "quarter by quarter";
    tdm__line_chart chart = {.head = head_of(m, id, "trend", drawn, words, unit_sign(m)),
                             .points = points,
                             .count = trend->point_count,
                             .limited = trend->limited && trend->limits_from < trend->point_count,
                             .limits_from = trend->limits_from,
                             .centre = trend->chart.centre,
                             .low = trend->chart.low,
                             .high = trend->chart.high};
    open_figure(m, trend->kind == TDM__CHART_G ? "Days from one to the next."
                                               : "Quarter by quarter, everything.");
    tdm__chart_line(m->out, &chart);
    tdm__put(m->out, "<ul class=\"key\"><li>%z%r%r</li>", limits_words(m),
             tdm__chart_line_from_zero(&chart) ? "" : " The axis does not start at 0.",
             all_given(m) ? "" : " A question mark: not given.");
    put_signal_key(m, points);
    put_change_key(m, points);
    tdm__put(m->out, "</ul></figure>\n");
}

/* --- bars --- */

static void put_bar_words(making *m, const tdm__card_figure *figure)
{
    if (!figure || figure->status == TDM__FIGURE_NOT_ASSESSED)
        tdm__text_puts(&m->text, "not assessed");
    else if (figure->status != TDM__FIGURE_GIVEN)
        tdm__text_puts(&m->text, figure->status == TDM__FIGURE_NONE ? "none" : "c");
    else
        tdm__put_thousands(&m->text, figure->numerator);
    if (tdm__card_given(figure) && figure->percent_tenths >= 0) {
        tdm__text_puts(&m->text, " (");
        tdm__put_tenths(&m->text, figure->percent_tenths);
        tdm__text_puts(&m->text, " %)");
    }
}

static void put_lines(making *m)
{
    const tdm__card_measure *measure = m->measure;
    tdm__bar *bars = make_array(m, measure->line_count, sizeof *bars);
    char id[ID_SIZE];
    bool any = false;
    for (uint32_t i = 0; bars && i < measure->line_count; i++) {
        const tdm__card_figure *figure = tdm__card_figure_of(measure, 0, 0, i);
        tdm__put_line_words(&m->text, measure->lines[i]);
        bars[i].label = settle(m);
        put_bar_words(m, figure);
        bars[i].words = settle(m);
        bars[i].given = tdm__card_given(figure) && figure->numerator >= 0;
        bars[i].value = bars[i].given ? (double)figure->numerator : 0;
        any = any || bars[i].given;
    }
    if (!any || m->status != TDM_OK)
        return;
    const char *drawn = measure->form == TDM__MEASURED_TIMES ? "by how long it took" : "by what was recorded";
    tdm__bar_chart chart = {
        head_of(m, id, "lines", drawn, TDM_LIT("The numbers stand in the table below."), ""), bars,
        measure->line_count};
    open_figure(m, measure->form == TDM__MEASURED_TIMES ? "By how long it took, the whole period."
                                                        : "By what was recorded, the whole period.");
    tdm__chart_bars(m->out, &chart);
    tdm__put(m->out, "</figure>\n");
}

/* What groups are compared by: a share, else a rate; counts of groups of different sizes are not. */
static int64_t compared(const tdm__card_figure *figure)
{
    return figure->percent_tenths >= 0 ? figure->percent_tenths : figure->rate_tenths;
}

static bool has_compared(const making *m)
{
    for (uint32_t group = 1; group < m->card->group_count; group++) {
        const tdm__card_figure *figure = tdm__card_figure_of(m->measure, 0, group, TDM_NO_INDEX);
        if (tdm__card_given(figure) && compared(figure) >= 0)
            return m->measure->peer_count == 0 && m->measure->form != TDM__MEASURED_SURVIVAL;
    }
    return false;
}

static void take_group_bar(making *m, tdm__bar *bar, uint32_t group)
{
    const tdm__card_figure *figure = tdm__card_figure_of(m->measure, 0, group, TDM_NO_INDEX);
    tdm__put_group_words(&m->text, m->card, group);
    bar->label = settle(m);
    bar->given = tdm__card_given(figure) && compared(figure) >= 0;
    bar->value = bar->given ? (double)compared(figure) : 0;
    if (bar->given && figure->percent_tenths >= 0) {
        tdm__put_tenths(&m->text, figure->percent_tenths);
        tdm__text_puts(&m->text, " % (");
        tdm__put_thousands(&m->text, figure->numerator);
        tdm__text_puts(&m->text, " of ");
        tdm__put_thousands(&m->text, figure->denominator);
        tdm__text_puts(&m->text, ")");
    } else if (bar->given) {
        tdm__put_tenths(&m->text, figure->rate_tenths);
        tdm__text_puts(&m->text, " (");
        tdm__put_thousands(&m->text, figure->numerator);
        tdm__text_puts(&m->text, ")");
    } else {
        put_bar_words(m, figure);
    }
    bar->words = settle(m);
}

static void put_groups(making *m)
{
    size_t count = m->card->group_count;
    char id[ID_SIZE];
    if (count < 2 || count > BARS_MAX || !has_compared(m))
        return;
    tdm__bar *bars = make_array(m, count, sizeof *bars);
    for (uint32_t group = 0; bars && group < count; group++)
        take_group_bar(m, &bars[group], group);
    if (m->status != TDM_OK)
        return;
    tdm__bar_chart chart = {
        head_of(m, id, "groups", "part by part", TDM_LIT("The numbers stand in the table below."), ""), bars,
        count};
    open_figure(m, "Part by part, the whole period. No ranking: parts differ in size and in whom they see.");
    tdm__chart_bars(m->out, &chart);
    tdm__put(m->out, "</figure>\n");
}

/* --- survival --- */

static double percent_ended(double share)
{
    return 100.0 * (1.0 - share);
}

static void put_curve(making *m)
{
    const tdm__card_times *times = tdm__card_times_of(m->measure, 0, 0);
    char id[ID_SIZE];
    if (m->measure->form != TDM__MEASURED_SURVIVAL || !times || times->step_count == 0)
        return;
    tdm__step_point *points = make_array(m, times->step_count, sizeof *points);
    for (size_t i = 0; points && i < times->step_count; i++) {
        const tdm__survival_step *step = &times->steps[i];
        points[i] = (tdm__step_point){step->length, percent_ended(step->share), percent_ended(step->high),
                                      percent_ended(step->low)};
    }
    if (m->status != TDM_OK)
        return;
    tdm__put_middle(&m->text, &times->middle);
    tdm_str middle = settle(m);
    tdm__text_puts(&m->text, "Half had ended by day: ");
    tdm__text_add(&m->text, middle);
    tdm__text_puts(&m->text, ". The shares stand in the table below.");
    tdm_str words = settle(m);
    tdm__step_chart chart = {
        head_of(m, id, "curve", "the share that had come to it by each day", words, " days"), points,
        times->step_count};
    open_figure(m, "The share that had come to it by each day, the whole period.");
    tdm__chart_steps(m->out, &chart);
    tdm__put(m->out,
             "<ul class=\"key\"><li>Those still waiting count for as long as they were followed "
             "(Kaplan-Meier); the "
             "grey ground is the 95 %% limits.</li>%r</ul></figure>\n",
             m->card->threshold > 1
                 ? "<li>Steps are put together until each stands for enough to be shown.</li>"
                 : "");
}

/* --- funnel --- */

static size_t make_funnel_points(making *m, tdm__funnel_point *points)
{
    size_t count = 0;
    for (size_t i = 0; i < m->measure->peer_count; i++) {
        const tdm__card_peer *peer = &m->measure->peers[i];
        if (peer->denominator < 1 || peer->percent_tenths < 0 || peer->numerator < 0 ||
            peer->beyond == TDM__WIDER || !tdm__card_peer_given(m->measure, peer))
            continue;
        tdm__put_peer_words(&m->text, peer);
        tdm_str name = settle(m);
        tdm__put_tenths(&m->text, peer->percent_tenths);
        tdm__text_puts(&m->text, " %, ");
        tdm__put_thousands(&m->text, peer->numerator);
        tdm__text_puts(&m->text, " of ");
        tdm__put_thousands(&m->text, peer->denominator);
        tdm__text_printf(&m->text, ", %s", tdm__beyond_words(peer->beyond));
        tdm_str words = settle(m);
        points[count++] = (tdm__funnel_point){name, words, peer->denominator,
                                              (double)peer->percent_tenths / 10.0, peer->own};
    }
    return count;
}

static void make_limits(const making *m, tdm__funnel_limit *limits, const tdm__funnel_point *points,
                        size_t count)
{
    int64_t least = points[0].denominator, most = points[0].denominator;
    for (size_t i = 1; i < count; i++) {
        least = points[i].denominator < least ? points[i].denominator : least;
        most = points[i].denominator > most ? points[i].denominator : most;
    }
    /* A little room on both sides; one and the same size gets some too. */
    least = least > 2 ? least - least / 5 : 1;
    most += most / 5 + 1;
    for (size_t i = 0; i < FUNNEL_POINTS; i++) {
        int64_t denominator = tdm__funnel_denominator(least, most, i, FUNNEL_POINTS);
        tdm__limits near = tdm__funnel_limits(m->measure->target, denominator, 0.05);
        tdm__limits far = tdm__funnel_limits(m->measure->target, denominator, 0.002);
        limits[i] = (tdm__funnel_limit){denominator, 100.0 * near.low, 100.0 * near.high, 100.0 * far.low,
                                        100.0 * far.high};
    }
}

static void put_funnel(making *m)
{
    char id[ID_SIZE];
    if (m->measure->peer_count == 0 || !(m->measure->target >= 0))
        return;
    tdm__funnel_point *points = make_array(m, m->measure->peer_count, sizeof *points);
    tdm__funnel_limit *limits = make_array(m, FUNNEL_POINTS, sizeof *limits);
    size_t count = points && limits ? make_funnel_points(m, points) : 0;
    if (count == 0 || m->status != TDM_OK)
        return;
    make_limits(m, limits, points, count);
    tdm__funnel_chart chart = {
        head_of(m, id, "funnel", "beside other areas", TDM_LIT("Each area stands in the table below."), " %"),
        points,
        count,
        limits,
        FUNNEL_POINTS,
        100.0 * m->measure->target};
    open_figure(m, "Beside other areas: the share, over how many it is of.");
    tdm__chart_funnel(m->out, &chart);
    tdm__put(
        m->out,
        "<ul class=\"key\"><li>Filled diamond: this scorecard. Ring: another area.</li><li>Between the inner "
        "(solid) limits lie 95 %% of areas of that size by chance alone, between the outer (dashed) 99.8 %%. "
        "A "
        "small area moves far by chance.</li></ul></figure>\n");
}

tdm_status tdm__card_charts(tdm__output *out, tdm__arena *arena, const tdm_scorecard *card,
                            const tdm__card_measure *measure)
{
    making m = {.out = out, .arena = arena, .card = card, .measure = measure};
    if (measure->reason)
        return TDM_OK;
    tdm__text_init(&m.text, arena->allocator);
    put_trend(&m);
    put_curve(&m);
    if (measure->line_count > 0)
        put_lines(&m);
    put_groups(&m);
    put_funnel(&m);
    m.status = m.text.failed ? TDM_NO_MEMORY : m.status;
    tdm__text_free(&m.text);
    return m.status;
}
