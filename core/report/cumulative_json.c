/*
 * The cumulative picture as JSON: what holds for all children once, and each child's numbers.
 */
#include "report/cumulative.h"
#include "report/event_json.h"
#include "report/json_members.h"

static void put_rule(tdm__json_writer *json, const tdm__cusum *rise)
{
    tdm__json_put_name(json, "rise");
    tdm__json_open_object(json);
    tdm__json_put_name(json, "period");
    tdm__json_open_object(json);
    tdm__json_int_member(json, rise->of.unit == TDM_SPAN_MONTHS ? "months" : "days", rise->of.count);
    tdm__json_close_object(json);
    tdm__json_int_member(json, "baseline_periods", rise->baseline);
    tdm__json_int_member(json, "allowance_milli", rise->allowance_milli);
    tdm__json_int_member(json, "threshold_milli", rise->threshold_milli);
    tdm__json_close_object(json);
}

void tdm__put_cumulative_settings(tdm__json_writer *json, const tdm_run *run)
{
    tdm__cumulative_settings settings = tdm__cumulative_settings_of(run);
    tdm__cumulative_definition definitions[TDM__CUMULATIVE_DEFINITIONS];
    tdm__cumulative_define(definitions, run);
    tdm__json_put_name(json, "cumulative");
    tdm__json_open_object(json);
    tdm__json_int_member(json, "half_life_days", settings.half_life_days);
    put_rule(json, &settings.rise);
    tdm__json_put_name(json, "set_by");
    tdm__json_open_object(json);
    for (int i = 0; i < TDM__CUMULATIVE_NUMBERS; i++)
        tdm__json_text_member(json, settings.numbers[i].name, settings.numbers[i].from);
    tdm__json_close_object(json);
    tdm__json_open_list(json, "definitions");
    for (int i = 0; i < TDM__CUMULATIVE_DEFINITIONS; i++) {
        tdm__json_open_object(json);
        tdm__json_code_member(json, "term", definitions[i].term);
        tdm__json_code_member(json, "words", definitions[i].words);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

static void put_period(tdm__json_writer *json, const tdm__cumulative_period *period)
{
    tdm__json_open_object(json);
    tdm__json_day_or_null(json, "from", period->from);
    tdm__json_day_or_null(json, "to", period->to);
    tdm__json_bounds_member(json, "incidents", period->incidents);
    tdm__json_bounds_member(json, "load_milli", period->load_milli);
    tdm__json_bounds_member(json, "faded_milli", period->faded_milli);
    tdm__json_close_object(json);
}

static void put_rise_period(tdm__json_writer *json, const tdm__cusum_period *period)
{
    tdm__json_open_object(json);
    tdm__json_day_or_null(json, "from", period->from);
    tdm__json_day_or_null(json, "to", period->to);
    tdm__json_bounds_member(json, "incidents", period->incidents);
    tdm__json_bounds_member(json, "sum_milli", period->sum_milli);
    tdm__json_code_member(json, "above", tdm_answer_code(period->above));
    tdm__json_close_object(json);
}

static void put_line(tdm__json_writer *json, const tdm__cumulative *cumulative, size_t index)
{
    const tdm__cumulative_line *line = &cumulative->lines[index];
    tdm__json_open_object(json);
    tdm__json_code_member(json, "line", tdm__cumulative_code(index));
    tdm__json_bounds_member(json, "incidents", line->total);
    tdm__json_open_list(json, "periods");
    for (uint32_t i = 0; i < cumulative->period_count; i++)
        put_period(json, &line->periods[i]);
    tdm__json_close_array(json);
    tdm__json_open_list(json, "rise");
    for (uint32_t i = 0; i < line->rise.count; i++)
        put_rise_period(json, &line->rise.items[i]);
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

static void put_rises(tdm__json_writer *json, const tdm__verdict *rises)
{
    tdm__json_put_name(json, "sustained_rise");
    tdm__json_open_object(json);
    tdm__json_code_member(json, "answer", tdm_answer_code(rises->answer));
    tdm__json_open_list(json, "spells");
    for (uint32_t i = 0; i < rises->spell_count; i++) {
        const tdm__spell *spell = &rises->spells[i];
        tdm__json_open_object(json);
        tdm__json_code_member(json, "answer", tdm_answer_code(spell->answer));
        tdm__json_day_or_null(json, "from", spell->from);
        tdm__json_day_or_null(json, "to", spell->to);
        tdm__json_day_or_null(json, "first_met", spell->first_met);
        tdm__json_bool_member(json, "goes_on", spell->open);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

static void put_numbers(tdm__json_writer *json, const tdm__cumulative *cumulative)
{
    tdm__json_put_name(json, "cumulative");
    tdm__json_open_object(json);
    tdm__json_code_member(json, "period", cumulative->period_months == 3 ? "quarter" : "month");
    tdm__json_int_member(json, "undated", cumulative->undated);
    put_rises(json, &cumulative->rises);
    tdm__json_open_list(json, "lines");
    for (size_t line = 0; cumulative->period_count > 0 && line < TDM__CUMULATIVE_LINES; line++)
        put_line(json, cumulative, line);
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

void tdm__put_child_cumulative(tdm__json_writer *json, const tdm_run *run, uint32_t child)
{
    tdm__arena arena;
    tdm__cumulative cumulative;
    tdm__arena_init(&arena, &run->allocator);
    tdm_status status = tdm__cumulative_of(&cumulative, &arena, run, child);
    if (status == TDM_OK)
        put_numbers(json, &cumulative);
    else if (json->status == TDM_OK)
        json->status = status;
    tdm__arena_free(&arena);
}
