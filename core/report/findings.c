/*
 * The lines of findings (see findings.h).
 */
#include "report/findings.h"

#include "report/json_members.h"
#include "report/review_json.h"
#include "report/view.h"

#define WHAT "the findings"

tdm_status tdm__findings_head(const tdm_run *run, tdm_sink sink, tdm_error *error)
{
    tdm__json_writer json;
    tdm__json_writer_init(&json, &run->allocator, sink, 0);
    tdm__json_open_object(&json);
    tdm__json_code_member(&json, "type", "review");
    tdm__review_json_head(&json, run);
    tdm__json_close_object(&json);
    return tdm__json_report_end(&json, sink, WHAT, error);
}

tdm_status tdm__findings_child(const tdm_run *run, const tdm__child_result *child,
                               const tdm__report_options *options, tdm_sink sink, tdm_error *error)
{
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm__json_writer json;
    tdm__json_writer_init(&json, &run->allocator, sink, 0);
    tdm__review_json_child(&json, run, child, &chosen);
    return tdm__json_report_end(&json, sink, WHAT, error);
}

static void put_tallies(tdm__json_writer *json, const char *name, const char *of, const tdm__tallies *tallies)
{
    tdm__json_open_list(json, name);
    for (size_t i = 0; i < tallies->count; i++) {
        tdm__json_open_object(json);
        tdm__json_text_member(json, of, tallies->items[i].id);
        tdm__json_text_member(json, "reason", tallies->items[i].reason);
        tdm__json_int_member(json, "children", tallies->items[i].children);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void put_told(tdm__json_writer *json, const tdm__told *told)
{
    tdm__json_open_object(json);
    tdm__json_text_member(json, "code", told->code);
    tdm__json_text_member(json, "severity", told->severity);
    tdm__json_int_member(json, "count", told->count);
    tdm__json_open_list(json, "first");
    for (size_t i = 0; i < told->first_count; i++) {
        tdm__json_open_object(json);
        tdm__json_text_member(json, "file", told->first[i].file);
        tdm__json_int_member(json, "row", told->first[i].row);
        tdm__json_text_member(json, "column", told->first[i].column);
        tdm__json_text_member(json, "message", told->first[i].message);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

static void put_accounts(tdm__json_writer *json, const tdm__totals *totals)
{
    tdm__json_open_list(json, "accounting");
    for (size_t i = 0; i < totals->account_count; i++) {
        const tdm__account *account = &totals->accounts[i];
        tdm__json_open_object(json);
        tdm__json_text_member(json, "file", account->file);
        tdm__json_int_member(json, "rows", account->rows);
        tdm__json_int_member(json, "read", account->read);
        tdm__json_int_member(json, "set_aside", account->set_aside);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

tdm_status tdm__findings_totals(const tdm__totals *totals, tdm_sink sink, tdm_error *error)
{
    tdm__json_writer json;
    tdm__json_writer_init(&json, totals->arena.allocator, sink, 0);
    tdm__json_open_object(&json);
    tdm__json_code_member(&json, "type", "totals");
    tdm__json_text_member(&json, "as_of", totals->as_of);
    tdm__json_text_member(&json, "policy", totals->policy_hash);
    tdm__json_int_member(&json, "children", totals->children);
    tdm__json_int_member(&json, "children_with_prompts", totals->with_prompts);
    tdm__json_int_member(&json, "met", totals->met);
    tdm__json_int_member(&json, "possible", totals->possible);
    put_tallies(&json, "not_assessed", "indicator", &totals->indicators);
    put_tallies(&json, "checks_not_assessed", "check", &totals->checks);
    tdm__json_open_list(&json, "diagnostics");
    for (size_t i = 0; i < totals->told_count; i++)
        put_told(&json, &totals->told[i]);
    tdm__json_close_array(&json);
    put_accounts(&json, totals);
    tdm__json_close_object(&json);
    return tdm__json_report_end(&json, sink, WHAT, error);
}

tdm_status tdm__report_findings(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                tdm_error *error)
{
    tdm__totals totals;
    tdm__totals_init(&totals, &run->allocator);
    tdm_status status = tdm__findings_head(run, sink, error);
    for (size_t i = 0; i < run->child_count && status == TDM_OK; i++)
        status = tdm__findings_child(run, &run->children[i], options, sink, error);
    if (status == TDM_OK && tdm__totals_add(&totals, run, options) != TDM_OK)
        status = tdm__no_memory(error);
    if (status == TDM_OK)
        status = tdm__findings_totals(&totals, sink, error);
    tdm__totals_free(&totals);
    return status;
}
