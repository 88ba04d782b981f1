/*
 * indicators test: the examples of indicator files, and the case fixtures beside them or in a folder.
 */
#include "api/cases.h"
#include "api/rules_of.h"

#include <string.h>

#define CASE_END ".case.json"

static const char *const groups[] = {"repeat", "drift", "accumulation", "response", "seen-and-heard"};

typedef struct testing {
    tdm__data data;
    tdm__answer answer;
    const tdm_request *request;
    tdm_outcome *outcome;
} testing;

static tdm_str without(tdm_str name, tdm_str end)
{
    bool ends = name.length > end.length &&
                memcmp(name.data + name.length - end.length, end.data, end.length) == 0;
    return ends ? (tdm_str){name.data, name.length - end.length} : (tdm_str){"", 0};
}

/* The shipped file of an id, or one of the request's folder. */
static tdm_status add_by_id(testing *t, const char *id, tdm_error *error)
{
    const char *roots[] = {t->data.scripts_root.data, tdm__request_value(t->request, "scripts")};
    for (size_t r = 0; r < 2; r++)
        for (size_t g = 0; roots[r] && g < sizeof groups / sizeof *groups; g++) {
            tdm__text text;
            tdm__text_init(&text, &t->request->context->allocator);
            tdm__text_printf(&text, "indicators/%s/%s.lua", groups[g], id);
            tdm_str path = tdm__arena_copy(&t->data.arena, tdm__text_str(&text));
            bool made = !text.failed && path.data;
            tdm__text_free(&text);
            if (!made)
                return tdm__no_memory(error);
            if (tdm__file_look(roots[r], path.data) == TDM__FILE_REGULAR)
                return tdm__data_add_file(&t->data.indicators, &t->data, roots[r], path.data, path, error);
        }
    return tdm__fail_at(error, TDM_NOT_FOUND, (tdm_place){tdm__str(id), 0, 0}, "no such file, nor indicator");
}

static bool is_plain_id(tdm_str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '/' || text.data[i] == '.')
            return false;
    return text.length <= 60;
}

static tdm_status add_inputs(testing *t, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < t->request->input_count; i++) {
        const char *path = t->request->inputs[i].path;
        if (!path)
            return tdm__fail(error, TDM_INVALID_ARG, "scripts are read from files, never from a request");
        bool id = is_plain_id(tdm__str(path)) && tdm__file_look(NULL, path) != TDM__FILE_REGULAR;
        status = id ? add_by_id(t, path, error)
                    : tdm__data_add_file(&t->data.indicators, &t->data, NULL, path, tdm__str(path), error);
    }
    return status;
}

/* With the numbers that stand in the files: no policy decides whether a test holds. */
static tdm_status read_rules(testing *t, tdm_error *error)
{
    tdm__data_request rules = tdm__rules_request(t->request);
    if (t->request->input_count == 0)
        return tdm__data_read_rules(&t->data, &rules, error);
    tdm_status status = tdm__data_read_named(&t->data, &rules, error);
    return status == TDM_OK ? tdm__policy_new(&t->data.policy, &t->request->context->allocator, NULL, 0,
                                              t->data.catalogue, error)
                            : status;
}

/* --- cases --- */

static void say_case_json(tdm__json_writer *json, const tdm__indicator *indicator, const tdm__case *one,
                          const tdm__case_child *child)
{
    tdm__json_open_object(json);
    tdm__answer_member(json, "indicator", indicator->id);
    tdm__answer_member(json, "case", one->name);
    tdm__answer_member(json, "file", one->file);
    tdm__answer_member(json, "child", child->child);
    tdm__json_put_name(json, "passed");
    tdm__json_put_bool(json, child->passed);
    tdm__answer_member(json, "expected", tdm__str(tdm_answer_code(child->expected)));
    tdm__answer_member(json, "got", tdm__str(tdm_answer_code(child->got)));
    tdm__answer_member(json, "detail", child->detail);
    tdm__json_close_object(json);
}

static tdm_status run_case(testing *t, const char *root, tdm_str path, tdm_str stem, tdm_error *error)
{
    tdm__case one;
    tdm_status status = tdm__case_run(&one, &t->data, root, path, stem, error);
    for (size_t i = 0; status == TDM_OK && i < one.child_count; i++) {
        const tdm__case_child *child = &one.children[i];
        const tdm__indicator *indicator = tdm__catalogue_at(t->data.catalogue, one.indicator);
        t->outcome->fail_on_reached = t->outcome->fail_on_reached || !child->passed;
        if (t->answer.as_json)
            say_case_json(&t->answer.json, indicator, &one, child);
        else
            tdm__text_printf(&t->answer.text, "%-20.*s %s  %.*s: %.*s%.*s\n", TDM_STR_ARGS(indicator->id),
                             child->passed ? "passed" : "FAILED", TDM_STR_ARGS(one.name),
                             TDM_STR_ARGS(child->child), TDM_STR_ARGS(child->detail));
    }
    return status;
}

/* Cases of a folder: all, or those of one id: ID.case.json and ID.WORD.case.json. */
static tdm_status run_folder(testing *t, const char *root, tdm_str folder, tdm_str stem, tdm_error *error)
{
    tdm_str *names;
    size_t count;
    tdm_status status = tdm__folder_list(&names, &count, &t->data.arena, root,
                                         folder.length > 0 ? folder.data : ".", error);
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        tdm_str name = without(names[i], TDM_LIT(CASE_END));
        bool of_id = tdm__str_starts(name, stem) &&
                     (stem.length == 0 || name.length == stem.length || name.data[stem.length] == '.');
        if (name.length == 0 || !of_id)
            continue;
        tdm_str path = tdm__path_join(&t->data.arena, folder, names[i]);
        status = path.data ? run_case(t, root, path, stem, error) : tdm__no_memory(error);
    }
    return status;
}

/* Beside each file: named ones lie where the input says, the others below the folder of scripts. */
static tdm_status run_beside(testing *t, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < t->data.indicators.count; i++) {
        tdm_str path = t->data.indicators.items[i].name, name = tdm__path_name(path);
        size_t length = path.length > name.length ? path.length - name.length - 1 : 0;
        tdm_str folder = tdm__arena_copy(&t->data.arena, (tdm_str){path.data, length});
        const char *roots[] = {NULL, t->data.scripts_root.data, tdm__request_value(t->request, "scripts")};
        if (!folder.data)
            return tdm__no_memory(error);
        size_t r = 0;
        while (r < 2 && (tdm__file_look(roots[r], path.data) != TDM__FILE_REGULAR ||
                         (r == 0 && t->request->input_count == 0)))
            r++;
        if (r < 2 || roots[2])
            status = run_folder(t, roots[r], folder, without(name, TDM_LIT(".lua")), error);
    }
    return status;
}

static tdm_status run_all(testing *t, tdm_error *error)
{
    tdm__worker *worker;
    const char *cases = tdm__request_value(t->request, "cases");
    tdm_status status = tdm__worker_new(&worker, t->data.catalogue, error);
    for (size_t i = 0; status == TDM_OK && i < tdm__catalogue_count(t->data.catalogue); i++)
        status = tdm__say_examples(&t->data, &t->answer, t->outcome, worker, i, NULL);
    tdm__worker_free(worker);
    if (status == TDM_OK)
        status = run_beside(t, error);
    if (status == TDM_OK && cases) {
        tdm_str folder = tdm__arena_copy(&t->data.arena, tdm__str(cases));
        status = folder.data ? run_folder(t, NULL, folder, (tdm_str){"", 0}, error) : tdm__no_memory(error);
    }
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

tdm_status tdm__op_indicators_test(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                   tdm_error *error)
{
    testing t = {.request = request, .outcome = outcome};
    tdm_status status = tdm__data_open(&t.data, request->context, error);
    if (status == TDM_OK)
        status = add_inputs(&t, error);
    if (status == TDM_OK)
        status = read_rules(&t, error);
    if (status == TDM_OK) {
        tdm__answer_begin(&t.answer, request, sink);
        if (t.answer.as_json)
            tdm__json_open_array(&t.answer.json);
        status = run_all(&t, error);
        if (t.answer.as_json)
            tdm__json_close_array(&t.answer.json);
        status = tdm__answer_end(&t.answer, status);
    }
    tdm__data_free(&t.data);
    return status;
}
