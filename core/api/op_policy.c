/*
 * policy check, diff and effective: whether a policy can be used, what differs between two, what is in force
 * and what set it.
 */
#include "api/operations.h"
#include "api/policy_files.h"
#include "report/policy.h"

#include <string.h>

/* A policy with the data that it was read over. */
typedef struct opened_policy {
    tdm__data data;
    tdm__policy_values values;
} opened_policy;

/* `policy`, `policy_json` and `scripts` of the request; an input of that number stands in for its policy. */
static tdm__data_request rules_of(const tdm_request *request)
{
    return (tdm__data_request){tdm__request_value(request, "scripts"), tdm__request_value(request, "policy"),
                               request->policy_json};
}

/* The input as a policy: a file, the word "default" where there is no such file, or contents. */
static tdm_status rules_of_input(tdm__data_request *out, const tdm_request *request, size_t number,
                                 tdm_error *error)
{
    const tdm__input *input = &request->inputs[number];
    *out = (tdm__data_request){tdm__request_value(request, "scripts"), input->path, input->content};
    if (input->path && strcmp(input->path, "default") == 0 &&
        tdm__file_look(NULL, input->path) == TDM__FILE_NONE)
        out->policy = NULL;
    return input->path || input->content.length > 0
               ? TDM_OK
               : tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){TDM_LIT("policy"), 0, 0},
                              "expected a policy, and there is nothing");
}

/* Everything that the policy is laid over, and its list. Close it whatever happens. */
static tdm_status open_policy(opened_policy *out, const tdm_request *request, const tdm__data_request *rules,
                              tdm_problem_fn tell, tdm_error *error)
{
    *out = (opened_policy){.values = {.count = 0}};
    tdm_status status = tdm__data_open(&out->data, request->context, error);
    out->data.tell = tell;
    out->data.tell_payload = request->context;
    out->data.with_measures = true;
    if (status == TDM_OK)
        status = tdm__data_read_rules(&out->data, rules, error);
    if (status == TDM_OK)
        status = tdm__data_read_instruments(&out->data, rules, error);
    if (status != TDM_OK)
        return status;
    status = tdm__policy_values_of(&out->values, &out->data.arena, out->data.policy, out->data.instruments,
                                   out->data.instrument_count);
    return status == TDM_OK ? TDM_OK : tdm__no_memory(error);
}

static void close_policy(opened_policy *opened)
{
    tdm__data_free(&opened->data);
}

static tdm__report_options options_of(const tdm_request *request)
{
    return (tdm__report_options){.width = (int32_t)tdm__request_number(request, "width", 0),
                                 .colour = tdm__request_flag(request, "colour")};
}

static bool asks_for(const tdm_request *request, const char *format)
{
    const char *given = tdm__request_value(request, "format");
    return given && strcmp(given, format) == 0;
}

/* --- effective --- */

tdm_status tdm__op_policy_effective(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                    tdm_error *error)
{
    opened_policy opened;
    tdm__data_request rules = rules_of(request);
    tdm__report_options options = options_of(request);
    (void)outcome;
    tdm_status status = open_policy(&opened, request, &rules, NULL, error);
    if (status == TDM_OK)
        status = asks_for(request, "json")  ? tdm__report_policy_json(&opened.values, &options, sink, error)
                 : asks_for(request, "csv") ? tdm__report_policy_csv(&opened.values, &options, sink, error)
                                            : tdm__report_policy_text(&opened.values, &options, sink, error);
    close_policy(&opened);
    return status;
}

/* --- diff --- */

static tdm_status compare(opened_policy *a, const opened_policy *b, const tdm_request *request,
                          tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    tdm__policy_difference *items;
    tdm__report_options options = options_of(request);
    const char *fail_on = tdm__request_value(request, "fail_on");
    tdm__policy_diff_report report = {&a->values, &b->values, NULL, 0};
    if (tdm__policy_values_compare(&items, &report.count, &a->data.arena, &a->values, &b->values) != TDM_OK)
        return tdm__no_memory(error);
    report.items = items;
    outcome->fail_on_reached = report.count > 0 && fail_on && strcmp(fail_on, "different") == 0;
    return asks_for(request, "json") ? tdm__report_policy_diff_json(&report, &options, sink, error)
                                     : tdm__report_policy_diff_text(&report, &options, sink, error);
}

tdm_status tdm__op_policy_diff(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error)
{
    opened_policy a = {.data = {.context = NULL}}, b = {.data = {.context = NULL}};
    tdm__data_request rules[2];
    if (request->input_count != 2)
        return tdm__fail(error, TDM_INVALID_ARG, "name two policies: files, or the word default");
    tdm_status status = rules_of_input(&rules[0], request, 0, error);
    if (status == TDM_OK)
        status = rules_of_input(&rules[1], request, 1, error);
    if (status == TDM_OK)
        status = open_policy(&a, request, &rules[0], NULL, error);
    if (status == TDM_OK)
        status = open_policy(&b, request, &rules[1], NULL, error);
    if (status == TDM_OK)
        status = compare(&a, &b, request, outcome, sink, error);
    close_policy(&a);
    close_policy(&b);
    return status;
}

/* --- check --- */

/* Whether the value stands in that file: "NAME:LINE". */
static bool stands_in(const tdm__policy_value *value, tdm_str file)
{
    return value->from.length > file.length && tdm__str_starts(value->from, file) &&
           value->from.data[file.length] == ':';
}

/* What would hold without the policy's own file: its includes alone. */
static tdm_status values_without(tdm__policy_values *out, tdm__review_policy **policy, tdm__data *data,
                                 const tdm__data_request *rules, tdm_error *error)
{
    tdm__policy_files files;
    *policy = NULL;
    tdm_status status = tdm__policy_files_gather(&files, data, rules, error);
    if (status == TDM_OK) {
        tdm__policy_asked asked = {.files = files.items,
                                   .file_count = files.count - 1,
                                   .catalogue = data->catalogue,
                                   .measures = data->measures};
        status = tdm__policy_read(policy, &data->context->allocator, &asked, error);
    }
    if (status == TDM_OK && tdm__policy_values_of(out, &data->arena, *policy, data->instruments,
                                                  data->instrument_count) != TDM_OK)
        status = tdm__no_memory(error);
    return status;
}

static const char *remark_on(const tdm__policy_value *value, const tdm__policy_values *without)
{
    const tdm__policy_value *other = tdm__policy_value_find(without, value);
    if (tdm__str_equal(value->name, TDM_LIT("title")))
        return NULL;
    if (other && tdm__str_equal(other->value, value->value))
        return "says-nothing-new";
    bool off = tdm__str_equal(value->name, TDM_LIT("on")) && tdm__str_equal(value->value, TDM_LIT("off"));
    return off ? "switched-off" : NULL;
}

static tdm_status look(tdm__policy_checked *out, tdm__arena *arena, const opened_policy *opened,
                       const tdm__policy_values *without)
{
    const tdm__review_policy *policy = opened->data.policy;
    tdm__policy_remark *remarks = tdm__arena_array(arena, opened->values.count, sizeof *remarks);
    *out = (tdm__policy_checked){.file_count = policy->file_count, .remarks = remarks};
    out->name = policy->files[policy->file_count - 1].name;
    if (!remarks)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < opened->values.count; i++) {
        const tdm__policy_value *value = &opened->values.items[i];
        if (!stands_in(value, out->name))
            continue;
        const char *code = remark_on(value, without);
        out->set++;
        if (code)
            remarks[out->remark_count++] = (tdm__policy_remark){code, value};
    }
    return TDM_OK;
}

/* What stays with the context of a call that goes on after a mistake. */
typedef struct told {
    tdm_context *context;
    size_t before; /* problems of the files before */
} told;

/* A failure that told no problem of its own is one. */
static void tell_failure(const told *t, const tdm_error *error)
{
    if (t->context->problem_count == t->before)
        tdm__context_add_problem(error, t->context);
}

static tdm_status check_one(tdm__policy_checked *out, opened_policy *opened, const tdm_request *request,
                            size_t number, tdm_error *error)
{
    tdm__data_request rules;
    tdm__policy_values without;
    tdm__review_policy *policy = NULL;
    tdm_status status = rules_of_input(&rules, request, number, error);
    if (status == TDM_OK)
        status = open_policy(opened, request, &rules, tdm__context_add_problem, error);
    if (status == TDM_OK)
        status = values_without(&without, &policy, &opened->data, &rules, error);
    if (status == TDM_OK && look(out, &opened->data.arena, opened, &without) != TDM_OK)
        status = tdm__no_memory(error);
    tdm__policy_free(policy);
    return status;
}

static bool ends_all(tdm_status status)
{
    return status == TDM_NO_MEMORY || status == TDM_STOPPED || status == TDM_CANCELLED;
}

/* All are read, whatever is wrong with one, so that everything is told together. */
static tdm_status check_all(tdm__policy_checked *checked, opened_policy *opened, const tdm_request *request,
                            tdm_outcome *outcome, tdm_error *error)
{
    tdm_status first = TDM_OK;
    for (size_t i = 0; i < request->input_count; i++) {
        told t = {request->context, request->context->problem_count};
        tdm_status status = check_one(&checked[i], &opened[i], request, i, error);
        if (ends_all(status))
            return status;
        if (status != TDM_OK)
            tell_failure(&t, error);
        first = first == TDM_OK ? status : first;
        outcome->trouble = outcome->trouble || checked[i].remark_count > 0;
    }
    tdm__context_order_problems(request->context);
    if (first != TDM_OK && request->context->problem_count > 0) {
        *error = request->context->problems[0];
        return error->status;
    }
    return first;
}

tdm_status tdm__op_policy_check(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    const tdm_allocator *allocator = &request->context->allocator;
    tdm__report_options options = options_of(request);
    size_t count = request->input_count;
    if (count == 0)
        return tdm__fail(error, TDM_INVALID_ARG, "name the policies to check");
    tdm__policy_checked *checked = tdm__alloc_zeroed(allocator, count, sizeof *checked);
    opened_policy *opened = tdm__alloc_zeroed(allocator, count, sizeof *opened);
    tdm_status status = checked && opened ? check_all(checked, opened, request, outcome, error)
                                          : tdm__no_memory(error);
    if (status == TDM_OK)
        status = asks_for(request, "json")
                     ? tdm__report_policy_checked_json(checked, count, allocator, &options, sink, error)
                     : tdm__report_policy_checked_text(checked, count, allocator, &options, sink, error);
    for (size_t i = 0; opened && i < count; i++)
        close_policy(&opened[i]);
    tdm__free(allocator, opened);
    tdm__free(allocator, checked);
    return status;
}
