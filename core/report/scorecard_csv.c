/*
 * A scorecard as CSV, one value a row, for programs that draw and compare. A number that is not shown is an
 * empty value with its status.
 */
#include "report/csv_cell.h"
#include "report/limits.h"
#include "report/output.h"
#include "report/scorecard_view.h"

#include <math.h>
#include <stdio.h>

typedef struct rows {
    tdm__output out;
    const tdm_scorecard *card;
    const tdm__card_measure *measure;
    const tdm__card_figure *figure; /* whose values are being written */
    tdm__text value, text;
} rows;

static void put_cell(rows *r, tdm_str text, const char *behind)
{
    tdm__put_csv_cell(&r->out.text, text, behind);
}

static void put_day(rows *r, tdm_day day)
{
    char iso[TDM_DATE_TEXT_SIZE];
    tdm__day_iso(iso, day);
    tdm__put(&r->out, "%r,", iso);
}

static void put_start(rows *r, tdm_str code, tdm_str name, tdm_day from, tdm_day to, tdm_str line)
{
    put_cell(r, r->measure->measure->id, ",");
    put_cell(r, r->measure->measure->title, ",");
    put_cell(r, code, ",");
    put_cell(r, name, ",");
    put_day(r, from);
    put_day(r, to);
    put_cell(r, line, ",");
}

/* The definition: which file of a measure, and which of its versions. */
#define CELLS 13 /* of a row */

static void put_end(rows *r, const char *statistic, const char *status, tdm_str reason, tdm_str note)
{
    tdm__put(&r->out, "%r,", statistic);
    if (r->value.failed && r->out.status == TDM_OK)
        r->out.status = TDM_NO_MEMORY;
    tdm__text_add(&r->out.text, tdm__text_str(&r->value)); /* a number of ours, or nothing */
    tdm__put(&r->out, ",%r,", status);
    put_cell(r, reason, ",");
    put_cell(r, note, ",");
    tdm__text_clear(&r->text);
    tdm__text_add(&r->text, r->measure->measure->id);
    tdm__text_puts(&r->text, "@");
    tdm__text_add(&r->text, r->measure->measure->version);
    put_cell(r, tdm__text_str(&r->text), "\r\n");
    tdm__text_clear(&r->text);
    tdm__text_clear(&r->value);
}

/* One value of the figure in hand. */
static void put_value(rows *r, const char *statistic, const char *status, tdm_str note)
{
    const tdm__card_figure *figure = r->figure;
    const tdm__card_group *group = &r->card->groups[figure->group];
    const tdm__card_period *period = &r->card->periods[figure->period];
    put_start(r, group->code, figure->group == 0 ? TDM_LIT("All") : group->name, period->from, period->to,
              figure->line == TDM_NO_INDEX ? TDM_LIT("") : r->measure->lines[figure->line]);
    put_end(r, statistic, status,
            figure->status == TDM__FIGURE_NOT_ASSESSED ? tdm__str(figure->reason) : TDM_LIT(""), note);
}

static void put_number(rows *r, const char *statistic, int64_t number)
{
    if (number < 0 && number != TDM__NOT_SHOWN)
        return;
    if (number >= 0)
        tdm__text_int(&r->value, number);
    put_value(r, statistic, number < 0 ? "suppressed" : "given", TDM_LIT(""));
}

static void put_tenths(rows *r, const char *statistic, int64_t tenths)
{
    if (tenths < 0)
        return;
    tdm__put_tenths(&r->value, tenths);
    put_value(r, statistic, "given", TDM_LIT(""));
}

static void put_half(rows *r, const char *statistic, int64_t doubled)
{
    if (doubled < 0)
        return;
    tdm__put_half(&r->value, doubled);
    put_value(r, statistic, "given", TDM_LIT(""));
}

/* --- survival --- */

static void put_share(rows *r, const char *statistic, double share, tdm_str note)
{
    if (!isfinite(share))
        return;
    tdm__put_tenths(&r->value, tdm__tenths_of(100.0 * (1.0 - share)));
    put_value(r, statistic, "given", note);
}

/* "within 3 months" */
static void put_shares(rows *r, const tdm__card_times *times)
{
    static const char *const units[] = {
        [TDM_SPAN_DAYS] = "days", [TDM_SPAN_MONTHS] = "months", [TDM_SPAN_WORKING_DAYS] = "working days"};
    tdm__text note;
    tdm__text_init(&note, &r->card->allocator);
    for (size_t i = 0; times->at && i < r->measure->at_count; i++) {
        const tdm__card_share *at = &times->at[i];
        tdm__text_clear(&note);
        tdm__text_printf(&note, "within %d %s", (int)at->span.count, units[at->span.unit]);
        if (!at->given) {
            put_value(r, "percent_ended_within", "not-given", tdm__text_str(&note));
            continue;
        }
        put_share(r, "percent_ended_within", at->share, tdm__text_str(&note));
        put_share(r, "percent_ended_within_low", at->high, tdm__text_str(&note));
        put_share(r, "percent_ended_within_high", at->low, tdm__text_str(&note));
    }
    if (note.failed && r->out.status == TDM_OK)
        r->out.status = TDM_NO_MEMORY;
    tdm__text_free(&note);
}

static void put_lengths(rows *r)
{
    const tdm__card_times *times = tdm__card_times_of(r->measure, r->figure->period, r->figure->group);
    if (!times || r->figure->line != TDM_NO_INDEX)
        return;
    put_number(r, "ended", times->count);
    put_number(r, "waiting", times->waiting);
    if (r->measure->form == TDM__MEASURED_SURVIVAL) {
        if (times->middle.reached)
            put_half(r, "median", (int64_t)floor(times->middle.median * 2.0 + 0.5));
        put_shares(r, times);
        return;
    }
    put_tenths(r, "mean", times->mean_tenths);
    put_half(r, "lower_quartile", times->lower_doubled);
    put_half(r, "median", times->median_doubled);
    put_half(r, "upper_quartile", times->upper_doubled);
}

/* --- figures --- */

static void put_left_out(rows *r)
{
    for (int reason = 0; reason < TDM__UNCOUNTED_COUNT; reason++) {
        bool hidden;
        int64_t count = tdm__card_left_out(&hidden, r->card, r->figure, reason);
        if (count == 0)
            continue;
        if (!hidden)
            tdm__text_int(&r->value, count);
        put_value(r, "left_out", hidden ? "suppressed" : "given",
                  tdm__str(tdm__uncounted_code((tdm__uncounted)reason)));
    }
}

static void put_figure(rows *r)
{
    const tdm__card_figure *figure = r->figure;
    if (!tdm__card_given(figure)) {
        put_value(r, "numerator", tdm__card_status(figure),
                  figure->status == TDM__FIGURE_NOT_ASSESSED ? figure->words : TDM_LIT(""));
    } else {
        bool count = figure->denominator == -1;
        put_number(r, count ? "count" : "numerator", figure->numerator);
        put_number(r, "denominator", figure->denominator);
        put_tenths(r, "percent", figure->percent_tenths);
        if (figure->rate_tenths >= 0) {
            char statistic[32];
            snprintf(statistic, sizeof statistic, "rate_per_%d", (int)r->measure->measure->per);
            tdm__put_tenths(&r->value, figure->rate_tenths);
            put_value(r, statistic, "given", TDM_LIT(""));
        }
        put_lengths(r);
    }
    put_left_out(r);
    if (figure->commentary.length > 0)
        put_value(r, "commentary", "given", figure->commentary);
}

/* --- trend and peers --- */

static void put_points(rows *r)
{
    const tdm__card_trend *trend = &r->measure->trend;
    const char *unit = tdm__trend_unit(r->measure);
    for (size_t i = 0; i < trend->point_count; i++) {
        const tdm__card_point *point = &trend->points[i];
        put_start(r, TDM_LIT(""), TDM_LIT("All"), point->from, point->to, TDM_LIT(""));
        if (point->given)
            tdm__put_tenths(&r->value, tdm__tenths_of(point->value));
        const char *statistic = unit[0] == 'p'   ? "trend_percent"
                                : unit[0] == 'c' ? "trend_count"
                                : unit[0] == 'd' ? "trend_median"
                                                 : "trend_days_between";
        put_end(r, statistic, point->given ? "given" : "not-given", TDM_LIT(""),
                point->definition_breaks ? TDM_LIT("the definition changed before this") : TDM_LIT(""));
    }
}

static void put_peer_value(rows *r, const tdm__card_peer *peer, const char *statistic, bool given,
                           tdm_str note)
{
    put_start(r, peer->code, peer->name, TDM_DAY_NONE, TDM_DAY_NONE, TDM_LIT(""));
    put_end(r, statistic, given ? "given" : "suppressed", TDM_LIT(""), note);
}

static void put_peers(rows *r)
{
    tdm__text note;
    tdm__text_init(&note, &r->card->allocator);
    for (size_t i = 0; i < r->measure->peer_count; i++) {
        const tdm__card_peer *peer = &r->measure->peers[i];
        bool given = tdm__card_peer_given(r->measure, peer);
        tdm__text_clear(&note);
        tdm__text_printf(&note, "%d%s%s", (int)peer->year, given ? ", " : "",
                         given ? tdm__beyond_words(peer->beyond) : "");
        if (given && peer->percent_tenths >= 0)
            tdm__put_tenths(&r->value, peer->percent_tenths);
        put_peer_value(r, peer, "peer_percent", given, tdm__text_str(&note));
        if (!given)
            continue;
        tdm__text_int(&r->value, peer->numerator);
        put_peer_value(r, peer, "peer_numerator", true, tdm__text_str(&note));
        tdm__text_int(&r->value, peer->denominator);
        put_peer_value(r, peer, "peer_denominator", true, tdm__text_str(&note));
    }
    if (note.failed && r->out.status == TDM_OK)
        r->out.status = TDM_NO_MEMORY;
    tdm__text_free(&note);
}

static void put_measure(rows *r)
{
    for (size_t i = 0; i < r->measure->figure_count; i++) {
        r->figure = &r->measure->figures[i];
        put_figure(r);
    }
    if (r->measure->figure_count == 0 && r->measure->reason) {
        put_start(r, TDM_LIT(""), TDM_LIT("All"), r->card->from, r->card->to, TDM_LIT(""));
        put_end(r, "numerator", "not-assessed", tdm__str(r->measure->reason), r->measure->words);
    }
    put_points(r);
    put_peers(r);
}

tdm_status tdm__report_scorecard_csv(const tdm_scorecard *card, const tdm__report_options *options,
                                     tdm_sink sink, tdm_error *error)
{
    rows r = {.card = card};
    (void)options;
    tdm__output_init(&r.out, &card->allocator, sink);
    tdm__text_init(&r.value, &card->allocator);
    tdm__text_init(&r.text, &card->allocator);
    tdm__put(&r.out, "measure,title,group_code,group_name,period_from,period_to,line,statistic,value,status,"
                     "reason,note,definition_id\r\n");
    for (size_t i = 0; i < card->measure_count && r.out.status == TDM_OK; i++) {
        r.measure = &card->measures[i];
        put_measure(&r);
    }
    tdm__missing_csv(&r.out.text, card->chronology, CELLS);
    if ((r.value.failed || r.text.failed) && r.out.status == TDM_OK)
        r.out.status = TDM_NO_MEMORY;
    tdm__text_free(&r.value);
    tdm__text_free(&r.text);
    return tdm__output_end(&r.out, error);
}
