/*
 * One measure of a scorecard as JSON: its definition, then its figures, each number only where it is shown.
 */
#include "report/event_json.h"
#include "report/measures_doc.h"
#include "report/params_json.h"
#include "report/scorecard_charts.h"
#include "report/scorecard_json.h"

#include <math.h>

/* --- the definition --- */

static void put_standing(tdm__json_writer *json, const tdm_scorecard *card, const tdm__measure *measure)
{
    tdm_run as_of = {.as_of = card->as_of};
    tdm__json_open_list(json, "standing");
    for (size_t i = 0; i < measure->standing_count; i++)
        if (tdm__standing_holds(&as_of, &measure->standings[i]))
            tdm__json_put_string(json, measure->standings[i].code);
    tdm__json_close_array(json);
}

static void put_breaks(tdm__json_writer *json, const tdm__measure *measure)
{
    tdm__json_open_list(json, "definition_changes");
    for (size_t i = 0; i < measure->break_count; i++) {
        tdm__json_open_object(json);
        tdm__json_day_or_null(json, "from", measure->breaks[i].from);
        tdm__json_text_member(json, "note", measure->breaks[i].note);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void put_definition(tdm__json_writer *json, const tdm_scorecard *card,
                           const tdm__card_measure *measure)
{
    const tdm__measure *file = measure->measure;
    tdm__json_text_member(json, "id", file->id);
    tdm__json_text_member(json, "version", file->version);
    tdm__json_text_member(json, "group", file->group);
    tdm__json_text_member(json, "title", file->title);
    tdm__json_text_member(json, "unit", file->unit);
    tdm__json_code_member(json, "form", tdm__form_code(measure->form));
    tdm__json_text_member(json, "definition", measure->definition);
    tdm__json_text_member(json, "numerator", measure->numerator);
    tdm__json_text_member(json, "denominator", measure->denominator);
    tdm__json_texts(json, "exclusions", file->exclusions, file->exclusion_count);
    tdm__json_code_member(json, "rounding", tdm__measures_rounding);
    tdm__json_texts(json, "pitfalls", file->pitfalls, file->pitfall_count);
    tdm__json_text_member(json, "source", file->source);
    put_standing(json, card, file);
    tdm__params_json(json, measure->params, file->param_count);
    put_breaks(json, file);
    if (file->per > 0)
        tdm__json_int_member(json, "per", file->per);
    tdm__json_text_member(json, "file", file->file);
    tdm__json_code_member(json, "hash", file->hash);
}

/* --- figures --- */

static void put_number(tdm__json_writer *json, const char *name, int64_t number)
{
    if (number >= 0)
        tdm__json_int_member(json, name, number);
}

static void put_tenths(tdm__json_writer *json, const char *name, int64_t tenths)
{
    if (tenths < 0)
        return;
    tdm__json_put_name(json, name);
    tdm__json_put_decimal(json, tenths, 10);
}

static void put_half(tdm__json_writer *json, const char *name, int64_t doubled)
{
    if (doubled < 0)
        return;
    tdm__json_put_name(json, name);
    tdm__json_put_decimal(json, doubled, 2);
}

static void put_real(tdm__json_writer *json, const char *name, double value)
{
    if (!isfinite(value))
        return;
    tdm__json_put_name(json, name);
    tdm__json_put_double(json, value);
}

/* null where how many is not shown. */
static void put_left_out(tdm__json_writer *json, const tdm_scorecard *card, const tdm__card_figure *figure)
{
    bool any = false;
    for (int reason = 0; reason < TDM__UNCOUNTED_COUNT; reason++) {
        bool hidden;
        int64_t count = tdm__card_left_out(&hidden, card, figure, reason);
        if (count == 0)
            continue;
        if (!any) {
            tdm__json_put_name(json, "left_out");
            tdm__json_open_object(json);
        }
        any = true;
        tdm__json_put_name(json, tdm__uncounted_code((tdm__uncounted)reason));
        if (hidden)
            tdm__json_put_null(json);
        else
            tdm__json_put_int(json, count);
    }
    if (any)
        tdm__json_close_object(json);
}

static void put_share(tdm__json_writer *json, const tdm__card_share *share)
{
    tdm__json_open_object(json);
    tdm__json_put_name(json, "after");
    tdm__json_put_span(json, share->span);
    tdm__json_int_member(json, "day", share->day);
    tdm__json_bool_member(json, "given", share->given);
    if (share->given) {
        put_real(json, "not_yet", share->share);
        put_real(json, "low", share->low);
        put_real(json, "high", share->high);
    }
    tdm__json_close_object(json);
}

static void put_step(tdm__json_writer *json, const tdm__survival_step *step, bool counts)
{
    tdm__json_open_object(json);
    tdm__json_int_member(json, "day", step->length);
    if (counts) {
        tdm__json_int_member(json, "at_risk", step->at_risk);
        tdm__json_int_member(json, "ended", step->ended);
        tdm__json_int_member(json, "waiting", step->waiting);
    }
    put_real(json, "not_yet", step->share);
    put_real(json, "low", step->low);
    put_real(json, "high", step->high);
    tdm__json_close_object(json);
}

static void put_survival(tdm__json_writer *json, const tdm_scorecard *card, const tdm__card_measure *measure,
                         const tdm__card_times *times)
{
    if (times->middle.reached) {
        put_real(json, "median", times->middle.median);
        put_real(json, "median_low", times->middle.low_reached ? times->middle.low : NAN);
        put_real(json, "median_high", times->middle.high_reached ? times->middle.high : NAN);
    }
    tdm__json_open_list(json, "shares");
    for (size_t i = 0; times->at && i < measure->at_count; i++)
        put_share(json, &times->at[i]);
    tdm__json_close_array(json);
    tdm__json_open_list(json, "curve");
    for (size_t i = 0; i < times->step_count; i++)
        put_step(json, &times->steps[i], card->threshold <= 1);
    tdm__json_close_array(json);
}

static void put_lengths(tdm__json_writer *json, const tdm_scorecard *card, const tdm__card_measure *measure,
                        const tdm__card_figure *figure)
{
    const tdm__card_times *times = tdm__card_times_of(measure, figure->period, figure->group);
    if (!times)
        return;
    tdm__json_put_name(json, "lengths");
    tdm__json_open_object(json);
    tdm__json_code_member(json, "in", tdm__counting_code(measure->counting));
    put_number(json, "ended", times->count);
    put_number(json, "waiting", times->waiting);
    if (measure->form == TDM__MEASURED_SURVIVAL) {
        put_survival(json, card, measure, times);
    } else {
        put_tenths(json, "mean", times->mean_tenths);
        put_half(json, "lower_quartile", times->lower_doubled);
        put_half(json, "median", times->median_doubled);
        put_half(json, "upper_quartile", times->upper_doubled);
    }
    tdm__json_close_object(json);
}

static void put_values(tdm__json_writer *json, const tdm__card_figure *figure)
{
    tdm__json_code_member(json, "status", tdm__card_status(figure));
    if (figure->status == TDM__FIGURE_NOT_ASSESSED) {
        tdm__json_string_member(json, "reason", tdm__str(figure->reason));
        tdm__json_string_member(json, "words", figure->words);
    }
    if (figure->status == TDM__FIGURE_NONE)
        tdm__json_int_member(json, "denominator", 0);
    if (!tdm__card_given(figure))
        return;
    put_number(json, "numerator", figure->numerator);
    put_number(json, "denominator", figure->denominator);
    put_tenths(json, "percent", figure->percent_tenths);
    put_tenths(json, "rate", figure->rate_tenths);
}

static void put_line_words(tdm__json_writer *json, const tdm_scorecard *card, tdm_str line)
{
    tdm__text text;
    tdm__text_init(&text, &card->allocator);
    tdm__put_line_words(&text, line);
    tdm__json_text_member(json, "line_words", tdm__text_str(&text));
    if (text.failed)
        json->status = TDM_NO_MEMORY;
    tdm__text_free(&text);
}

static void put_lines(tdm__json_writer *json, const tdm_scorecard *card, const tdm__card_measure *measure,
                      const tdm__card_figure *figure, bool for_page)
{
    if (measure->line_count == 0)
        return;
    tdm__json_open_list(json, "lines");
    for (uint32_t line = 0; line < measure->line_count; line++) {
        const tdm__card_figure *one = tdm__card_figure_of(measure, figure->period, figure->group, line);
        if (!one)
            continue;
        tdm__json_open_object(json);
        tdm__json_text_member(json, "line", measure->lines[line]);
        if (for_page)
            put_line_words(json, card, measure->lines[line]);
        put_values(json, one);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

/* As the page of a scorecard has it. */
static void put_words(tdm__json_writer *json, const tdm_scorecard *card, const tdm__card_measure *measure,
                      const tdm__card_figure *figure)
{
    tdm__text text;
    tdm__text_init(&text, &card->allocator);
    tdm__put_headline(&text, measure, figure->period, figure->group);
    tdm__json_text_member(json, "headline", tdm__text_str(&text));
    tdm__text_clear(&text);
    tdm__put_headline_words(&text, measure, figure->period, figure->group);
    tdm__json_text_member(json, "headline_words", tdm__text_str(&text));
    if (text.failed)
        json->status = TDM_NO_MEMORY;
    tdm__text_free(&text);
}

static void put_figure(tdm__json_writer *json, const tdm_scorecard *card, const tdm__card_measure *measure,
                       const tdm__card_figure *figure, bool for_page)
{
    tdm__json_open_object(json);
    tdm__json_int_member(json, "period", figure->period);
    tdm__json_int_member(json, "group", figure->group);
    if (for_page)
        put_words(json, card, measure, figure);
    put_values(json, figure);
    put_left_out(json, card, figure);
    if (tdm__card_given(figure))
        tdm__json_bool_member(json, "moved", figure->moved);
    tdm__json_string_member(json, "commentary", figure->commentary);
    put_lengths(json, card, measure, figure);
    put_lines(json, card, measure, figure, for_page);
    tdm__json_close_object(json);
}

static void put_figures(tdm__json_writer *json, const tdm_scorecard *card, const tdm__card_measure *measure,
                        bool for_page)
{
    tdm__json_open_list(json, "figures");
    for (uint32_t period = 0; period < card->period_count; period++)
        for (uint32_t group = 0; group < card->group_count; group++) {
            const tdm__card_figure *figure = tdm__card_figure_of(measure, period, group, TDM_NO_INDEX);
            if (figure)
                put_figure(json, card, measure, figure, for_page);
        }
    tdm__json_close_array(json);
}

/* --- trend and peers --- */

static void put_point(tdm__json_writer *json, const tdm__card_point *point)
{
    tdm__json_open_object(json);
    tdm__json_day_or_null(json, "from", point->from);
    tdm__json_day_or_null(json, "to", point->to);
    tdm__json_bool_member(json, "given", point->given);
    tdm__json_bool_member(json, "definition_breaks", point->definition_breaks);
    if (point->given) {
        put_number(json, "numerator", point->numerator);
        put_number(json, "denominator", point->denominator);
        put_real(json, "value", point->value);
        tdm__json_open_list(json, "signals");
        for (int rule = 0; rule < TDM__RULE_COUNT; rule++)
            if (point->signals & (1u << rule))
                tdm__json_put_text(json, tdm__chart_rule_code((tdm__chart_rule)rule));
        tdm__json_close_array(json);
    }
    tdm__json_close_object(json);
}

static void put_limits(tdm__json_writer *json, const tdm__card_trend *trend)
{
    if (!trend->limited)
        return;
    tdm__json_put_name(json, "limits");
    tdm__json_open_object(json);
    tdm__json_int_member(json, "from_point", (int64_t)trend->limits_from);
    put_real(json, "centre", trend->chart.centre);
    put_real(json, "low", trend->chart.low);
    put_real(json, "high", trend->chart.high);
    tdm__json_close_object(json);
}

static void put_trend(tdm__json_writer *json, const tdm__card_measure *measure)
{
    const tdm__card_trend *trend = &measure->trend;
    if (trend->point_count == 0)
        return;
    tdm__json_put_name(json, "trend");
    tdm__json_open_object(json);
    tdm__json_code_member(json, "chart", tdm__chart_kind_code(trend->kind));
    tdm__json_code_member(json, "unit", tdm__trend_unit(measure));
    put_limits(json, trend);
    tdm__json_open_list(json, "points");
    for (size_t i = 0; i < trend->point_count; i++)
        put_point(json, &trend->points[i]);
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

static void put_peer(tdm__json_writer *json, const tdm__card_measure *measure, const tdm__card_peer *peer)
{
    bool given = tdm__card_peer_given(measure, peer);
    tdm__json_open_object(json);
    tdm__json_text_member(json, "code", peer->code);
    tdm__json_text_member(json, "name", peer->name);
    tdm__json_int_member(json, "year", peer->year);
    tdm__json_bool_member(json, "own", peer->own);
    tdm__json_code_member(json, "status", given ? "given" : "suppressed");
    if (given) {
        put_number(json, "numerator", peer->numerator);
        put_number(json, "denominator", peer->denominator);
        put_tenths(json, "percent", peer->percent_tenths);
        tdm__json_code_member(json, "beyond", tdm__beyond_code(peer->beyond));
    }
    tdm__json_close_object(json);
}

static void put_peers(tdm__json_writer *json, const tdm__card_measure *measure)
{
    if (measure->peer_count == 0)
        return;
    tdm__json_open_list(json, "peers");
    for (size_t i = 0; i < measure->peer_count; i++)
        put_peer(json, measure, &measure->peers[i]);
    tdm__json_close_array(json);
    put_real(json, "peers_together", measure->target);
}

/* --- charts --- */

/* Elements of a page, one behind the other; "" where there is nothing to draw. */
static void put_charts(tdm__json_writer *json, const tdm_scorecard *card, const tdm__card_measure *measure)
{
    tdm__text text;
    tdm__output out;
    tdm__arena arena;
    tdm__text_init(&text, &card->allocator);
    tdm__arena_init(&arena, &card->allocator);
    tdm__output_init(&out, &card->allocator, tdm__text_sink(&text));
    tdm_status status = tdm__card_charts(&out, &arena, card, measure);
    tdm_status written = tdm__output_end(&out, NULL);
    if (status != TDM_OK || written != TDM_OK || text.failed)
        json->status = TDM_NO_MEMORY;
    else
        tdm__json_text_member(json, "charts", tdm__text_str(&text));
    tdm__arena_free(&arena);
    tdm__text_free(&text);
}

void tdm__card_json_measure(tdm__json_writer *json, const tdm_scorecard *card,
                            const tdm__card_measure *measure, bool for_page)
{
    tdm__json_open_object(json);
    put_definition(json, card, measure);
    if (measure->reason) {
        tdm__json_put_name(json, "not_assessed");
        tdm__json_open_object(json);
        tdm__json_code_member(json, "reason", measure->reason);
        tdm__json_text_member(json, "words", measure->words);
        tdm__json_string_member(json, "file", measure->file);
        if (measure->line > 0)
            tdm__json_int_member(json, "line", measure->line);
        tdm__json_close_object(json);
    }
    put_number(json, "within", measure->within);
    put_figures(json, card, measure, for_page);
    put_trend(json, measure);
    put_peers(json, measure);
    tdm__json_texts(json, "notes", measure->notes, measure->note_count);
    if (for_page)
        put_charts(json, card, measure);
    tdm__json_close_object(json);
}
