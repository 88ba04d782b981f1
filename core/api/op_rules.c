/*
 * indicators list, explain and check: what the rules are and what set each number; whether files of one's
 * own hold what they promise.
 */
#include "api/explain_needs.h"
#include "api/rules_of.h"
#include "api/serving.h"

static void list_json(tdm__json_writer *json, const tdm__effective_indicator *e)
{
    tdm__json_open_object(json);
    tdm__answer_member(json, "id", e->indicator->id);
    tdm__answer_member(json, "version", e->indicator->version);
    tdm__answer_member(json, "group", e->indicator->group);
    tdm__answer_member(json, "title", e->indicator->title);
    tdm__json_put_name(json, "on");
    tdm__json_put_bool(json, e->on);
    tdm__json_close_object(json);
}

static void list_text(tdm__text *text, const tdm__effective_indicator *e)
{
    tdm__text_printf(text, "%-20.*s %-15.*s %.*s%s\n", TDM_STR_ARGS(e->indicator->id),
                     TDM_STR_ARGS(e->indicator->group), TDM_STR_ARGS(e->indicator->question),
                     e->on ? "" : " (off)");
}

/* Script files that the request names; a request never brings the text of one. */
static tdm_status add_named(tdm__data *data, const tdm_request *request, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < request->input_count; i++) {
        const char *path = request->inputs[i].path;
        if (!path)
            return tdm__fail(error, TDM_INVALID_ARG, "scripts are read from files, never from a request");
        status = tdm__data_add_file(&data->indicators, data, NULL, path, tdm__str(path), error);
    }
    return status;
}

/* A service's own stand where the request names none. */
tdm__data_request tdm__rules_request(const tdm_request *request)
{
    tdm__data_request rules = {tdm__request_value(request, "scripts"), tdm__request_value(request, "policy"),
                               request->policy_json};
    if (!request->serving)
        return rules;
    const tdm__data_request *own = tdm__rules_read_from(request->serving->service->rules);
    rules.scripts = own->scripts;
    if (!rules.policy && rules.policy_json.length == 0)
        rules.policy = own->policy;
    return rules;
}

tdm_status tdm__rules_data_open(tdm__data *data, const tdm_request *request, tdm_error *error)
{
    if (!request->serving || request->policy_json.length > 0)
        return tdm__data_open(data, request->context, error);
    tdm__data_share(data, request->serving->rules, request->context);
    return TDM_OK;
}

tdm_status tdm__with_rules(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error,
                           tdm__rules_fn say)
{
    tdm__data data;
    tdm__answer answer;
    tdm__data_request rules = tdm__rules_request(request);
    tdm_status status = tdm__rules_data_open(&data, request, error);
    if (status == TDM_OK)
        status = add_named(&data, request, error);
    if (status == TDM_OK)
        status = request->input_count > 0 ? tdm__data_read_named(&data, &rules, error)
                                          : tdm__data_read_rules(&data, &rules, error);
    if (status == TDM_OK) {
        tdm__answer_begin(&answer, request, sink);
        status = tdm__answer_end(&answer, say(&data, &answer, request, outcome, error));
    }
    tdm__data_free(&data);
    return status;
}

static tdm_status say_indicators(tdm__data *data, tdm__answer *answer, const tdm_request *request,
                                 tdm_outcome *outcome, tdm_error *error)
{
    (void)request;
    (void)outcome;
    (void)error;
    if (answer->as_json)
        tdm__json_open_array(&answer->json);
    for (size_t i = 0; i < data->policy->indicator_count; i++) {
        if (answer->as_json)
            list_json(&answer->json, &data->policy->indicators[i]);
        else
            list_text(&answer->text, &data->policy->indicators[i]);
    }
    if (answer->as_json)
        tdm__json_close_array(&answer->json);
    return TDM_OK;
}

tdm_status tdm__op_indicators_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                   tdm_error *error)
{
    return tdm__with_rules(request, outcome, sink, error, say_indicators);
}

static void explain_json(tdm__json_writer *json, const tdm__effective_indicator *e,
                         const tdm_vocabulary *vocabulary)
{
    const tdm__indicator *i = e->indicator;
    tdm__json_open_object(json);
    tdm__answer_member(json, "id", i->id);
    tdm__answer_member(json, "version", i->version);
    tdm__answer_member(json, "group", i->group);
    tdm__answer_member(json, "title", i->title);
    tdm__answer_member(json, "question", i->question);
    tdm__answer_member(json, "definition", e->definition);
    tdm__answer_member(json, "source", i->source);
    tdm__json_put_name(json, "standing");
    tdm__json_open_array(json);
    for (size_t k = 0; k < i->standing_count; k++)
        tdm__json_put_string(json, i->standings[k].code);
    tdm__json_close_array(json);
    tdm__answer_member(json, "file", i->file);
    tdm__answer_member(json, "sha256", tdm__str(i->hash));
    tdm__json_put_name(json, "on");
    tdm__json_put_bool(json, e->on);
    tdm__answer_member(json, "on_from", e->on_from);
    tdm__json_put_name(json, "severity");
    tdm__json_put_text(json, tdm__prompt_severity_code(e->severity));
    tdm__json_put_name(json, "needs");
    tdm__explain_needs_json(json, i, vocabulary);
    tdm__json_put_name(json, "params");
    tdm__json_open_object(json);
    for (size_t k = 0; k < i->param_count; k++) {
        tdm__json_put_name_str(json, e->params[k].param->name);
        tdm__json_open_object(json);
        tdm__answer_member(json, "value", e->params[k].words);
        tdm__answer_member(json, "from", e->params[k].from);
        tdm__answer_member(json, "doc", e->params[k].param->doc);
        tdm__json_close_object(json);
    }
    tdm__json_close_object(json);
    tdm__json_close_object(json);
}

static void explain_text(tdm__text *text, const tdm__effective_indicator *e, const tdm_vocabulary *vocabulary)
{
    const tdm__indicator *i = e->indicator;
    tdm__text_printf(text, "%.*s %.*s (%.*s)\n%.*s\n\n%.*s\n", TDM_STR_ARGS(i->id), TDM_STR_ARGS(i->version),
                     TDM_STR_ARGS(i->group), TDM_STR_ARGS(i->title), TDM_STR_ARGS(i->question));
    tdm__text_printf(text, "Definition: %.*s\nSource:     %.*s\nStanding:   ", TDM_STR_ARGS(e->definition),
                     TDM_STR_ARGS(i->source));
    for (size_t k = 0; k < i->standing_count; k++)
        tdm__text_printf(text, "%s%.*s", k > 0 ? ", " : "", TDM_STR_ARGS(i->standings[k].code));
    tdm__text_printf(text, "\nSwitched:   %s%s%.*s\nSeverity:   %s\nFile:       %.*s\nSHA-256:    %s\n",
                     e->on ? "on" : "off", e->on_from.length > 0 ? ", by " : "", TDM_STR_ARGS(e->on_from),
                     tdm__prompt_severity_code(e->severity), TDM_STR_ARGS(i->file), i->hash);
    tdm__explain_needs_text(text, i, vocabulary);
    tdm__text_puts(text, i->param_count > 0 ? "\nParameters:\n" : "");
    for (size_t k = 0; k < i->param_count; k++)
        tdm__text_printf(text, "  %-16.*s %-14.*s %.*s\n  %-16s set by %.*s\n",
                         TDM_STR_ARGS(e->params[k].param->name), TDM_STR_ARGS(e->params[k].words),
                         TDM_STR_ARGS(e->params[k].param->doc), "", TDM_STR_ARGS(e->params[k].from));
}

/* Composites of the policy are found as the indicators are. */
tdm_status tdm__request_indicator(size_t *out, const tdm_request *request, const tdm__data *data,
                                  tdm_error *error)
{
    const char *id = tdm__request_value(request, "id");
    *out = 0;
    if (!id)
        return tdm__fail(error, TDM_INVALID_ARG, "id: name the indicator");
    for (; *out < data->policy->indicator_count; ++*out)
        if (tdm__str_equal(data->policy->indicators[*out].indicator->id, tdm__str(id)))
            return TDM_OK;
    return tdm__fail(error, TDM_NOT_FOUND,
                     "there is no indicator of that id; tidemark indicators list shows all");
}

static tdm_status say_explained(tdm__data *data, tdm__answer *answer, const tdm_request *request,
                                tdm_outcome *outcome, tdm_error *error)
{
    size_t place;
    (void)outcome;
    tdm_status status = tdm__request_indicator(&place, request, data, error);
    if (status != TDM_OK)
        return status;
    const tdm__effective_indicator *found = &data->policy->indicators[place];
    if (answer->as_json)
        explain_json(&answer->json, found, data->vocabulary);
    else
        explain_text(&answer->text, found, data->vocabulary);
    return TDM_OK;
}

tdm_status tdm__op_indicators_explain(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                      tdm_error *error)
{
    return tdm__with_rules(request, outcome, sink, error, say_explained);
}

static void example_json(tdm__json_writer *json, const tdm__indicator *indicator,
                         const tdm__example_outcome *example)
{
    tdm__json_open_object(json);
    tdm__answer_member(json, "indicator", indicator->id);
    tdm__answer_member(json, "example", example->name);
    tdm__json_put_name(json, "passed");
    tdm__json_put_bool(json, example->passed);
    tdm__json_put_name(json, "expected");
    tdm__json_put_text(json, tdm_answer_code(example->expected));
    tdm__json_put_name(json, "got");
    tdm__json_put_text(json, tdm_answer_code(example->got));
    tdm__answer_member(json, "detail", example->detail);
    tdm__json_close_object(json);
}

static void example_text(tdm__text *text, const tdm__indicator *indicator,
                         const tdm__example_outcome *example)
{
    tdm__text_printf(text, "%-20.*s %s  %.*s", TDM_STR_ARGS(indicator->id),
                     example->passed ? "passed" : "FAILED", TDM_STR_ARGS(example->name));
    if (!example->passed)
        tdm__text_printf(text, ": %.*s", TDM_STR_ARGS(example->detail));
    tdm__text_char(text, '\n');
}

static void finding_json(tdm__json_writer *json, const tdm__indicator *indicator, const tdm__lint *finding)
{
    tdm__json_open_object(json);
    tdm__answer_member(json, "indicator", indicator->id);
    tdm__answer_member(json, "finding", tdm__str(finding->code));
    tdm__answer_member(json, "severity", TDM_LIT("warning"));
    tdm__answer_member(json, "file", indicator->file);
    tdm__json_put_name(json, "line");
    tdm__json_put_int(json, finding->line);
    tdm__answer_member(json, "message", finding->message);
    tdm__json_close_object(json);
}

static tdm_status lint_one(tdm__data *data, tdm__answer *answer, tdm_outcome *outcome, size_t i,
                           const tdm__reached *reached)
{
    size_t count;
    tdm__lint *found;
    const tdm__indicator *indicator = tdm__catalogue_at(data->catalogue, i);
    tdm_status status = tdm__catalogue_lint(&found, &count, &data->arena, data->catalogue, i, reached);
    for (size_t k = 0; status == TDM_OK && k < count; k++) {
        outcome->trouble = true;
        if (answer->as_json)
            finding_json(&answer->json, indicator, &found[k]);
        else
            tdm__text_printf(&answer->text, "%.*s:%d: warning: %.*s (%s)\n", TDM_STR_ARGS(indicator->file),
                             (int)found[k].line, TDM_STR_ARGS(found[k].message), found[k].code);
    }
    return status;
}

tdm_status tdm__say_examples(tdm__data *data, tdm__answer *answer, tdm_outcome *outcome, tdm__worker *worker,
                             size_t i, tdm__reached *reached)
{
    const tdm__indicator *indicator = tdm__catalogue_at(data->catalogue, i);
    for (size_t k = 0; k < indicator->example_count; k++) {
        tdm__example_outcome example;
        tdm_status status = tdm__worker_example(&example, worker, &data->arena, i, k);
        if (status != TDM_OK)
            return status;
        outcome->fail_on_reached = outcome->fail_on_reached || !example.passed;
        if (reached)
            reached->answers[example.got] = true;
        if (reached && example.outcome != TDM_NO_INDEX)
            reached->outcomes[example.outcome] = true;
        if (answer->as_json)
            example_json(&answer->json, indicator, &example);
        else
            example_text(&answer->text, indicator, &example);
    }
    return TDM_OK;
}

/* The examples of one indicator, then what its text shows. */
static tdm_status check_one(tdm__data *data, tdm__answer *answer, tdm_outcome *outcome, tdm__worker *worker,
                            size_t i)
{
    const tdm__indicator *indicator = tdm__catalogue_at(data->catalogue, i);
    tdm__reached reached = {
        .outcomes = tdm__arena_array(&data->arena, indicator->outcome_count, sizeof *reached.outcomes)};
    if (!reached.outcomes)
        return TDM_NO_MEMORY;
    tdm_status status = tdm__say_examples(data, answer, outcome, worker, i, &reached);
    return status == TDM_OK ? lint_one(data, answer, outcome, i, &reached) : status;
}

static tdm_status say_checked(tdm__data *data, tdm__answer *answer, const tdm_request *request,
                              tdm_outcome *outcome, tdm_error *error)
{
    tdm__worker *worker;
    (void)request;
    tdm_status status = tdm__worker_new(&worker, data->catalogue, error);
    if (status != TDM_OK)
        return status;
    if (answer->as_json)
        tdm__json_open_array(&answer->json);
    for (size_t i = 0; status == TDM_OK && i < tdm__catalogue_count(data->catalogue); i++)
        status = check_one(data, answer, outcome, worker, i);
    if (answer->as_json)
        tdm__json_close_array(&answer->json);
    tdm__worker_free(worker);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

tdm_status tdm__op_indicators_check(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                    tdm_error *error)
{
    return tdm__with_rules(request, outcome, sink, error, say_checked);
}
