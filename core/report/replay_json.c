/*
 * A replay as JSON (replay.schema.json).
 */
#include "report/event_json.h"
#include "report/json_members.h"
#include "report/limits.h"
#include "report/replay_words.h"

static void put_number(tdm__json_writer *json, const char *name, bool there, int64_t number)
{
    tdm__json_put_name(json, name);
    if (there)
        tdm__json_put_int(json, number);
    else
        tdm__json_put_null(json);
}

static void put_step_up(tdm__json_writer *json, const tdm__replayed *item)
{
    tdm__json_put_name(json, "step_up");
    if (item->step_up.day == TDM_DAY_NONE) {
        tdm__json_put_null(json);
        return;
    }
    tdm__json_open_object(json);
    tdm__json_day_or_null(json, "day", item->step_up.day);
    put_number(json, "from_level", true, item->step_up.from);
    put_number(json, "level", true, item->step_up.to);
    put_number(json, "days", true, tdm__replay_days_before(item));
    tdm__json_close_object(json);
}

static void put_item(tdm__json_writer *json, const tdm__replay *replay, const tdm__replayed *item)
{
    int lag;
    const tdm__indicator *indicator = replay->run->indicators[item->indicator].indicator;
    tdm__json_open_object(json);
    tdm__json_string_member(json, "indicator", indicator->id);
    tdm__json_string_member(json, "version", indicator->version);
    tdm__json_day_or_null(json, "possible_on", item->possible_on);
    tdm__json_bool_member(json, "possible_before", item->possible_before);
    tdm__json_day_or_null(json, "met_on", item->met_on);
    tdm__json_bool_member(json, "met_before", item->met_before);
    tdm__json_day_or_null(json, "first_met", item->first_met);
    bool known = tdm__replay_lag(&lag, item);
    put_number(json, "lag_days", known, lag);
    put_step_up(json, item);
    tdm__json_string_member(json, "answer", tdm__str(tdm_answer_code(item->answer)));
    put_number(json, "days_not_assessed", true, item->days_not_assessed);
    if (item->reason)
        tdm__json_string_member(json, "reason", tdm__str(item->reason));
    tdm__json_close_object(json);
}

static void put_child(tdm__json_writer *json, const tdm__replay *replay, const tdm__replayed_child *child)
{
    tdm__json_open_object(json);
    tdm__json_string_member(json, "child", tdm_chronology_child_id(replay->run->chronology, child->child));
    tdm__json_day_or_null(json, "from", child->from);
    tdm__json_day_or_null(json, "to", replay->to);
    tdm__json_bool_member(json, "earlier_rows", child->starts_late);
    put_number(json, "rows", true, child->rows);
    put_number(json, "rows_without_recorded", true, child->without_recorded);
    tdm__json_put_name(json, "indicators");
    tdm__json_open_array(json);
    for (size_t i = 0; i < child->count && child->from != TDM_DAY_NONE; i++)
        put_item(json, replay, &child->items[i]);
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

tdm_status tdm__report_replay_json(const tdm__replay *replay, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error)
{
    tdm__json_writer json;
    const tdm_run *run = replay->run;
    (void)options;
    tdm__json_writer_init(&json, &run->allocator, sink, 2);
    tdm__json_open_object(&json);
    put_number(&json, "schema", true, 1);
    tdm__json_string_member(&json, "tidemark", tdm__str(tdm_version()));
    tdm__json_day_or_null(&json, "as_of", run->as_of);
    tdm__missing_json(&json, run->chronology);
    tdm__json_string_member(&json, "policy_hash", tdm__str(run->policy_hash));
    tdm__json_put_name(&json, "children");
    tdm__json_open_array(&json);
    for (size_t i = 0; i < replay->child_count && json.status == TDM_OK; i++)
        put_child(&json, replay, &replay->children[i]);
    tdm__json_close_array(&json);
    tdm__json_close_object(&json);
    return tdm__json_report_end(&json, sink, "the replay", error);
}
