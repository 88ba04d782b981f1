/*
 * What changed, as JSON (diff.schema.json).
 */
#include "report/diff.h"
#include "report/event_json.h"
#include "report/json_members.h"

static void put_fields(tdm__json_writer *json, const tdm__field_change *fields, size_t count)
{
    tdm__json_put_name(json, "fields");
    tdm__json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        tdm__json_open_object(json);
        tdm__json_text_member(json, "field", fields[i].name);
        tdm__json_text_member(json, "before", fields[i].before);
        tdm__json_text_member(json, "after", fields[i].after);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void put_row(tdm__json_writer *json, const char *name, const tdm_chronology *of, uint32_t event)
{
    tdm__json_put_name(json, name);
    if (event == TDM_NO_INDEX)
        tdm__json_put_null(json);
    else
        tdm__event_json(json, of, event, TDM__EVENT_REVIEW, TDM__AT_THE_END);
}

static void put_child(tdm__json_writer *json, const tdm__diff_report *report,
                      const tdm__child_difference *child)
{
    tdm__json_open_object(json);
    tdm__json_text_member(json, "child", child->id);
    tdm__json_put_name(json, "before");
    tdm__json_put_bool(json, child->before);
    tdm__json_put_name(json, "after");
    tdm__json_put_bool(json, child->after);
    tdm__json_int_member(json, "same", (int64_t)child->same);
    put_fields(json, child->fields, child->field_count);
    tdm__json_put_name(json, "rows");
    tdm__json_open_array(json);
    for (size_t i = 0; i < child->row_count && json->status == TDM_OK; i++) {
        const tdm__row_difference *row = &child->rows[i];
        tdm__json_open_object(json);
        tdm__json_text_member(json, "change", tdm__str(tdm__row_change_code(row->change)));
        put_row(json, "before", report->rows->before, row->before);
        put_row(json, "after", report->rows->after, row->after);
        put_fields(json, row->fields, row->field_count);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

static void put_assessments(tdm__json_writer *json, const tdm__diff_report *report)
{
    tdm__json_put_name(json, "assessments");
    tdm__json_open_array(json);
    for (size_t i = 0; i < report->assessment_count; i++) {
        const tdm__assessment_difference *one = &report->assessments[i];
        tdm__json_open_object(json);
        tdm__json_text_member(json, "change", tdm__str(tdm__row_change_code(one->change)));
        tdm__json_text_member(json, "child", one->child);
        tdm__json_text_member(json, "instrument", one->instrument);
        tdm__json_text_member(json, "assessment", one->id);
        tdm__json_day_or_null(json, "date", one->date);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

tdm_status tdm__report_diff_json(const tdm__diff_report *report, const tdm__report_options *options,
                                 tdm_sink sink, tdm_error *error)
{
    static const char *const names[] = {"added", "removed", "changed", "perhaps_changed"};
    tdm__json_writer json;
    tdm__diff_counts counts = tdm__diff_count(report);
    (void)options;
    tdm__json_writer_init(&json, report->allocator, sink, 2);
    tdm__json_open_object(&json);
    tdm__json_int_member(&json, "schema", 1);
    tdm__json_text_member(&json, "tidemark", tdm__str(tdm_version()));
    tdm__json_put_name(&json, "counts");
    tdm__json_open_object(&json);
    for (size_t i = 0; i <= TDM__ROW_PERHAPS_CHANGED; i++)
        tdm__json_int_member(&json, names[i], (int64_t)counts.of[i]);
    tdm__json_int_member(&json, "same", (int64_t)counts.same);
    tdm__json_close_object(&json);
    tdm__json_put_name(&json, "children");
    tdm__json_open_array(&json);
    for (size_t i = 0; i < report->rows->child_count && json.status == TDM_OK; i++)
        put_child(&json, report, &report->rows->children[i]);
    tdm__json_close_array(&json);
    put_assessments(&json, report);
    tdm__json_close_object(&json);
    return tdm__json_report_end(&json, sink, "the list", error);
}
