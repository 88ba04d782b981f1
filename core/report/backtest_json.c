/*
 * A backtest as JSON: indicators-backtest.schema.json.
 */
#include "report/backtest.h"
#include "report/event_json.h"
#include "report/json_members.h"
#include "report/limits.h"

static void put_child(tdm__json_writer *json, const tdm__backtest *b, const tdm__backtest_child *child)
{
    tdm__json_open_object(json);
    tdm__json_string_member(json, "child", tdm_chronology_child_id(b->run->chronology, child->child));
    tdm__json_code_member(json, "answer", tdm_answer_code(child->answer));
    if (b->has_against)
        tdm__json_code_member(json, "against", tdm_answer_code(child->against));
    tdm__json_day_or_null(json, "first_met", child->first_met);
    if (b->has_knowable)
        tdm__json_day_or_null(json, "knowable", child->knowable);
    tdm__json_day_or_null(json, "step_up", child->step_up.day);
    if (child->step_up.day != TDM_DAY_NONE) {
        tdm__json_int_member(json, "level", child->step_up.to);
        tdm__json_int_member(json, "days_before", child->days_before);
    }
    tdm__json_close_object(json);
}

static void put_overlaps(tdm__json_writer *json, const tdm__backtest *b)
{
    tdm__json_open_list(json, "overlaps");
    for (size_t i = 0; i < b->overlap_count; i++) {
        const tdm__backtest_overlap *o = &b->overlaps[i];
        tdm__json_open_object(json);
        tdm__json_string_member(json, "indicator", b->run->indicators[o->indicator].indicator->id);
        tdm__json_int_member(json, "children", (int64_t)o->children);
        tdm__json_int_member(json, "both", (int64_t)o->both);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void put_against(tdm__json_writer *json, const tdm__backtest *b)
{
    if (!b->has_against)
        return;
    tdm__json_put_name(json, "against");
    tdm__json_open_object(json);
    tdm__json_string_member(json, "policy", b->against_title);
    tdm__json_string_member(json, "definition", b->against_definition);
    tdm__json_int_member(json, "gained", (int64_t)b->gained);
    tdm__json_int_member(json, "lost", (int64_t)b->lost);
    tdm__json_close_object(json);
}

static void put_step_ups(tdm__json_writer *json, const tdm__backtest *b)
{
    tdm__json_put_name(json, "step_ups");
    tdm__json_open_object(json);
    tdm__json_int_member(json, "children", (int64_t)b->stepped_up);
    if (b->stepped_up > 0)
        tdm__json_int_member(json, "median_days_before", b->median_days_before);
    tdm__json_close_object(json);
}

tdm_status tdm__report_backtest_json(const tdm__backtest *b, const tdm__report_options *options,
                                     tdm_sink sink, tdm_error *error)
{
    tdm__json_writer json;
    const tdm__effective_indicator *e = &b->run->indicators[b->indicator];
    tdm__json_writer_init(&json, &b->run->allocator, sink, 2);
    tdm__json_open_object(&json);
    tdm__json_string_member(&json, "indicator", e->indicator->id);
    tdm__json_string_member(&json, "version", e->indicator->version);
    tdm__json_string_member(&json, "definition", e->definition);
    tdm__json_string_member(&json, "policy", b->run->policy_title);
    tdm__json_day_or_null(&json, "as_of", b->run->as_of);
    tdm__missing_json(&json, b->run->chronology);
    tdm__json_int_member(&json, "children_asked", (int64_t)b->run->child_count);
    put_against(&json, b);
    put_step_ups(&json, b);
    put_overlaps(&json, b);
    tdm__json_open_list(&json, "children");
    for (size_t i = 0; i < b->child_count && !options->counts_only; i++)
        put_child(&json, b, &b->children[i]);
    tdm__json_close_array(&json);
    tdm__json_close_object(&json);
    return tdm__json_report_end(&json, sink, "the backtest", error);
}
