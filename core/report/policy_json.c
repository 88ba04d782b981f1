/*
 * A policy as JSON: policy.schema.json, policy-diff.schema.json, policy-check.schema.json.
 */
#include "report/json_members.h"
#include "report/policy.h"
#include "report/policy_files.h"

static void put_policy(tdm__json_writer *json, const char *name, const tdm__policy_values *policy)
{
    tdm__json_put_name(json, name);
    tdm__json_policy_files(json, policy->title, policy->hash, policy->files, policy->file_count);
}

static void open_document(tdm__json_writer *json, const tdm_allocator *allocator, tdm_sink sink)
{
    tdm__json_writer_init(json, allocator, sink, 2);
    tdm__json_open_object(json);
    tdm__json_int_member(json, "schema", 1);
    tdm__json_code_member(json, "tidemark", tdm_version());
}

static tdm_status close_document(tdm__json_writer *json, tdm_sink sink, tdm_error *error)
{
    tdm__json_close_array(json);
    tdm__json_close_object(json);
    return tdm__json_report_end(json, sink, "the policy", error);
}

static void put_name(tdm__json_writer *json, const tdm__policy_value *value)
{
    tdm__json_code_member(json, "section", value->section);
    tdm__json_text_member(json, "id", value->id);
    tdm__json_text_member(json, "name", value->name);
}

tdm_status tdm__report_policy_json(const tdm__policy_values *values, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error)
{
    tdm__json_writer json;
    (void)options;
    open_document(&json, values->allocator, sink);
    put_policy(&json, "policy", values);
    tdm__json_open_list(&json, "values");
    for (size_t i = 0; i < values->count && json.status == TDM_OK; i++) {
        const tdm__policy_value *value = &values->items[i];
        tdm__json_open_object(&json);
        put_name(&json, value);
        tdm__json_text_member(&json, "value", value->value);
        tdm__json_text_member(&json, "from", value->from);
        tdm__json_text_member(&json, "standing", value->standing);
        tdm__json_text_member(&json, "offered", value->offered);
        tdm__json_close_object(&json);
    }
    return close_document(&json, sink, error);
}

static void put_side(tdm__json_writer *json, const char *name, const tdm__policy_value *value)
{
    tdm__json_put_name(json, name);
    if (!value) {
        tdm__json_put_null(json);
        return;
    }
    tdm__json_open_object(json);
    tdm__json_text_member(json, "value", value->value);
    tdm__json_text_member(json, "from", value->from);
    tdm__json_close_object(json);
}

tdm_status tdm__report_policy_diff_json(const tdm__policy_diff_report *report,
                                        const tdm__report_options *options, tdm_sink sink, tdm_error *error)
{
    tdm__json_writer json;
    (void)options;
    open_document(&json, report->a->allocator, sink);
    put_policy(&json, "a", report->a);
    put_policy(&json, "b", report->b);
    tdm__json_open_list(&json, "differences");
    for (size_t i = 0; i < report->count && json.status == TDM_OK; i++) {
        const tdm__policy_difference *one = &report->items[i];
        tdm__json_open_object(&json);
        put_name(&json, one->a ? one->a : one->b);
        put_side(&json, "a", one->a);
        put_side(&json, "b", one->b);
        tdm__json_close_object(&json);
    }
    return close_document(&json, sink, error);
}

static void put_remarks(tdm__json_writer *json, const tdm__policy_checked *one)
{
    tdm__json_open_list(json, "remarks");
    for (size_t i = 0; i < one->remark_count; i++) {
        tdm__json_open_object(json);
        tdm__json_code_member(json, "code", one->remarks[i].code);
        put_name(json, one->remarks[i].value);
        tdm__json_text_member(json, "from", one->remarks[i].value->from);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

tdm_status tdm__report_policy_checked_json(const tdm__policy_checked *items, size_t count,
                                           const tdm_allocator *allocator, const tdm__report_options *options,
                                           tdm_sink sink, tdm_error *error)
{
    tdm__json_writer json;
    (void)options;
    open_document(&json, allocator, sink);
    tdm__json_open_list(&json, "policies");
    for (size_t i = 0; i < count && json.status == TDM_OK; i++) {
        tdm__json_open_object(&json);
        tdm__json_text_member(&json, "policy", items[i].name);
        tdm__json_int_member(&json, "files", (int64_t)items[i].file_count);
        tdm__json_int_member(&json, "values_set", (int64_t)items[i].set);
        put_remarks(&json, &items[i]);
        tdm__json_close_object(&json);
    }
    return close_document(&json, sink, error);
}
