/*
 * measures list, show, doc and test: what the figures of a scorecard are, and whether measure files hold what
 * they promise.
 */
#include "api/rules_of.h"
#include "report/measures_doc.h"

#include <string.h>

/* --- what there is --- */

typedef tdm_status (*measures_fn)(tdm__data *data, const tdm_request *request, tdm_outcome *outcome,
                                  tdm_sink sink, tdm_error *error);

/* Reads the measures with the policy's word on them and lets `say` write. */
static tdm_status with_measures(measures_fn say, const tdm_request *request, tdm_outcome *outcome,
                                tdm_sink sink, tdm_error *error)
{
    tdm__data data;
    tdm__data_request rules = tdm__rules_request(request);
    tdm_status status = tdm__rules_data_open(&data, request, error);
    data.with_measures = true;
    if (status == TDM_OK)
        status = tdm__data_read_rules(&data, &rules, error);
    if (status == TDM_OK)
        status = say(&data, request, outcome, sink, error);
    tdm__data_free(&data);
    return status;
}

static void list_json(tdm__json_writer *json, const tdm__effective_measure *e)
{
    tdm__json_open_object(json);
    tdm__answer_member(json, "id", e->measure->id);
    tdm__answer_member(json, "version", e->measure->version);
    tdm__answer_member(json, "group", e->measure->group);
    tdm__answer_member(json, "title", e->measure->title);
    tdm__answer_member(json, "unit", e->measure->unit);
    tdm__json_put_name(json, "on");
    tdm__json_put_bool(json, e->on);
    tdm__json_close_object(json);
}

static void list_text(tdm__text *text, const tdm__effective_measure *e)
{
    tdm__text_printf(text, "%-32.*s %-17.*s %.*s%s\n", TDM_STR_ARGS(e->measure->id),
                     TDM_STR_ARGS(e->measure->group), TDM_STR_ARGS(e->measure->title), e->on ? "" : " (off)");
}

static tdm_status say_list(tdm__data *data, const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                           tdm_error *error)
{
    tdm__answer answer;
    (void)outcome;
    tdm__answer_begin(&answer, request, sink);
    if (answer.as_json)
        tdm__json_open_array(&answer.json);
    for (size_t i = 0; i < data->policy->measure_count; i++) {
        if (answer.as_json)
            list_json(&answer.json, &data->policy->measures[i]);
        else
            list_text(&answer.text, &data->policy->measures[i]);
    }
    if (answer.as_json)
        tdm__json_close_array(&answer.json);
    tdm_status status = tdm__answer_end(&answer, TDM_OK);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

tdm_status tdm__op_measures_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    return with_measures(say_list, request, outcome, sink, error);
}

/* --- pages --- */

static tdm_status fill_in(tdm__measure_doc *out, tdm__data *data, const tdm__effective_measure *e)
{
    const tdm__measure *measure = e->measure;
    const tdm_str patterns[] = {measure->definition, measure->numerator, measure->denominator};
    *out = (tdm__measure_doc){.measure = measure, .params = e->params, .on = e->on, .on_from = e->on_from};
    tdm_str *const texts[] = {&out->definition, &out->numerator, &out->denominator};
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < sizeof texts / sizeof *texts; i++)
        status = tdm__measure_text(texts[i], &data->arena, measure, patterns[i], e->values);
    return status;
}

/* The measure of the option `id`, or all. */
static tdm_status choose(size_t *first, size_t *count, const tdm__data *data, const tdm_request *request,
                         tdm_error *error)
{
    const char *id = tdm__request_value(request, "id");
    uint32_t found = id ? tdm__measures_find(data->measures, tdm__str(id)) : 0;
    *first = found;
    *count = id ? 1 : data->policy->measure_count;
    return found != TDM_NO_INDEX ? TDM_OK
                                 : tdm__fail(error, TDM_NOT_FOUND,
                                             "there is no measure of that id; tidemark measures list shows "
                                             "all");
}

static tdm_status make_doc(tdm__measures_doc *out, tdm__data *data, const tdm_request *request,
                           tdm_error *error)
{
    size_t first;
    *out = (tdm__measures_doc){.vocabulary = data->vocabulary,
                               .policy_title = data->policy->title,
                               .policy_hash = data->policy->hash};
    tdm_status status = choose(&first, &out->count, data, request, error);
    if (status != TDM_OK)
        return status;
    tdm__measure_doc *pages = tdm__arena_array(&data->arena, out->count, sizeof *pages);
    status = pages ? TDM_OK : TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < out->count; i++)
        status = fill_in(&pages[i], data, &data->policy->measures[first + i]);
    out->measures = pages;
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

static tdm_status say_pages(tdm__data *data, const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                            tdm_error *error)
{
    tdm__measures_doc doc;
    const tdm_allocator *allocator = &request->context->allocator;
    const char *format = tdm__request_value(request, "format");
    (void)outcome;
    tdm_status status = make_doc(&doc, data, request, error);
    if (status != TDM_OK)
        return status;
    if (format && strcmp(format, "json") == 0)
        return tdm__report_measure_json(&doc, allocator, sink, error);
    return format && strcmp(format, "html") == 0 ? tdm__report_measures_html(&doc, allocator, sink, error)
                                                 : tdm__report_measures_text(&doc, allocator, sink, error);
}

tdm_status tdm__op_measures_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    if (!tdm__request_value(request, "id"))
        return tdm__fail(error, TDM_INVALID_ARG, "id: name the measure");
    return with_measures(say_pages, request, outcome, sink, error);
}

tdm_status tdm__op_measures_doc(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    return with_measures(say_pages, request, outcome, sink, error);
}

/* --- tests --- */

typedef struct testing {
    tdm__data data;
    const tdm_request *request;
    tdm_outcome *outcome;
    tdm__answer answer;
    bool *chosen; /* of each measure; NULL: all are tested */
} testing;

static bool is_file(const char *input)
{
    size_t length = strlen(input);
    return length > 4 && strcmp(input + length - 4, ".lua") == 0;
}

/* Files among the inputs are then all the measures that there are; ids are of the shipped ones. */
static tdm_status add_files(testing *t, tdm_error *error)
{
    tdm_status status = TDM_OK;
    size_t files = 0;
    for (size_t i = 0; status == TDM_OK && i < t->request->input_count; i++) {
        const char *path = t->request->inputs[i].path;
        if (!path)
            return tdm__fail(error, TDM_INVALID_ARG, "measures are read from files, never from a request");
        if (!is_file(path))
            continue;
        files++;
        status = tdm__data_add_file(&t->data.measure_files, &t->data, NULL, path, tdm__str(path), error);
    }
    if (status == TDM_OK && files > 0 && files < t->request->input_count)
        status = tdm__fail(error, TDM_INVALID_ARG, "expected files, or ids of measures, not both at a time");
    return status;
}

static tdm_status choose_ids(testing *t, tdm_error *error)
{
    const tdm_request *request = t->request;
    if (request->input_count == 0 || is_file(request->inputs[0].path))
        return TDM_OK;
    t->chosen = tdm__arena_array(&t->data.arena, tdm__measures_count(t->data.measures), sizeof *t->chosen);
    if (!t->chosen)
        return tdm__no_memory(error);
    for (size_t i = 0; i < request->input_count; i++) {
        tdm_str id = tdm__str(request->inputs[i].path);
        uint32_t found = tdm__measures_find(t->data.measures, id);
        if (found == TDM_NO_INDEX)
            return tdm__fail_at(error, TDM_NOT_FOUND, (tdm_place){id, 0, 0}, "no such file, nor measure");
        t->chosen[found] = true;
    }
    return TDM_OK;
}

/* With the numbers that stand in the files: no policy decides whether a test holds. */
static tdm_status read_files(testing *t, tdm_error *error)
{
    tdm__data_request rules = tdm__rules_request(t->request);
    tdm_status status = add_files(t, error);
    if (status == TDM_OK)
        status = tdm__data_read_named(&t->data, &rules, error);
    if (status == TDM_OK)
        status = tdm__data_read_measures(&t->data, &rules, error);
    return status == TDM_OK ? choose_ids(t, error) : status;
}

static void say_example(testing *t, const tdm__measure *measure, const tdm__measure_example *example)
{
    tdm__json_writer *json = &t->answer.json;
    t->outcome->fail_on_reached = t->outcome->fail_on_reached || !example->passed;
    if (!t->answer.as_json) {
        tdm__text_printf(&t->answer.text, "%-32.*s %s  %.*s%s%.*s\n", TDM_STR_ARGS(measure->id),
                         example->passed ? "passed" : "FAILED", TDM_STR_ARGS(example->name),
                         example->passed ? "" : ": ", TDM_STR_ARGS(example->detail));
        return;
    }
    tdm__json_open_object(json);
    tdm__answer_member(json, "measure", measure->id);
    tdm__answer_member(json, "example", example->name);
    tdm__json_put_name(json, "passed");
    tdm__json_put_bool(json, example->passed);
    tdm__answer_member(json, "detail", example->detail);
    tdm__json_close_object(json);
}

static tdm_status run_examples(testing *t, tdm__measure_worker *worker, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < tdm__measures_count(t->data.measures); i++) {
        const tdm__measure *measure = tdm__measures_at(t->data.measures, i);
        size_t count = !t->chosen || t->chosen[i] ? measure->example_count : 0;
        for (size_t k = 0; status == TDM_OK && k < count; k++) {
            tdm__measure_example example;
            status = tdm__measure_worker_example(&example, worker, &t->data.arena, i, k);
            if (status == TDM_OK)
                say_example(t, measure, &example);
        }
    }
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

static tdm_status run_tests(testing *t, tdm_sink sink, tdm_error *error)
{
    tdm__measure_worker *worker;
    tdm_status status = tdm__measure_worker_new(&worker, t->data.measures, error);
    if (status != TDM_OK)
        return status;
    tdm__answer_begin(&t->answer, t->request, sink);
    if (t->answer.as_json)
        tdm__json_open_array(&t->answer.json);
    status = run_examples(t, worker, error);
    if (t->answer.as_json)
        tdm__json_close_array(&t->answer.json);
    tdm__measure_worker_free(worker);
    return tdm__answer_end(&t->answer, status);
}

tdm_status tdm__op_measures_test(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    testing t = {.request = request, .outcome = outcome};
    tdm_status status = tdm__data_open(&t.data, request->context, error);
    if (status == TDM_OK)
        status = read_files(&t, error);
    if (status == TDM_OK)
        status = run_tests(&t, sink, error);
    tdm__data_free(&t.data);
    return status;
}
