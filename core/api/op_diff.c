/*
 * diff: two inputs, each read as a record of its own, and what changed from the first to the second.
 */
#include "api/assessed.h"
#include "report/diff.h"

#include <stdlib.h>
#include <string.h>

/* --- assessments: by child, instrument and id --- */

typedef struct form {
    tdm_str child, instrument, id;
    tdm_day date;
    uint64_t content;
    size_t place;
} form;

/* One without an id of its own is known by its day. */
static int compare_keys(const form *a, const form *b)
{
    int order = tdm__str_compare(a->child, b->child);
    if (order == 0)
        order = tdm__str_compare(a->instrument, b->instrument);
    if (order == 0)
        order = tdm__str_compare(a->id, b->id);
    if (order == 0 && a->id.length == 0)
        order = (a->date > b->date) - (a->date < b->date);
    return order;
}

static int compare_forms(const void *a, const void *b)
{
    const form *x = a, *y = b;
    int order = compare_keys(x, y);
    return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

static tdm_status hash_form(uint64_t *out, const tdm_assessment *assessment, const tdm_allocator *allocator)
{
    tdm__text text;
    tdm__text_init(&text, allocator);
    tdm_status status = tdm_assessment_write(assessment, tdm__text_sink(&text), 0);
    *out = tdm__hash64(tdm__text_str(&text), 1);
    if (text.failed)
        status = TDM_NO_MEMORY;
    tdm__text_free(&text);
    return status;
}

/* The forms that could be read, sorted; in the arena. */
static tdm_status list_forms(form **out, size_t *count, const tdm__session *session, tdm__arena *arena)
{
    tdm_status status = TDM_OK;
    *count = 0;
    *out = tdm__arena_array(arena, session->assessed_count, sizeof **out);
    if (!*out)
        return TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < session->assessed_count; i++) {
        const tdm_assessment *one = session->assessed[i].assessment;
        form *next = &(*out)[*count];
        if (!one)
            continue;
        *next = (form){.child = tdm_assessment_child(one),
                       .instrument = tdm_assessment_instrument(one),
                       .id = tdm_assessment_id(one),
                       .date = tdm_assessment_date(one),
                       .place = (*count)++};
        status = hash_form(&next->content, one, arena->allocator);
    }
    if (*count > 1)
        qsort(*out, *count, sizeof **out, compare_forms);
    return status;
}

static void add_form(tdm__diff_report *report, tdm__assessment_difference *list, const form *one,
                     tdm__row_change change)
{
    list[report->assessment_count++] = (tdm__assessment_difference){change, one->child, one->instrument,
                                                                    one->id, one->date};
}

static tdm_status compare_assessments(tdm__diff_report *report, tdm__session *sessions, tdm__arena *arena)
{
    form *before, *after;
    size_t before_count, after_count, b = 0, a = 0;
    tdm_status status = list_forms(&before, &before_count, &sessions[0], arena);
    if (status == TDM_OK)
        status = list_forms(&after, &after_count, &sessions[1], arena);
    if (status != TDM_OK)
        return status;
    tdm__assessment_difference *list = tdm__arena_array(arena, before_count + after_count, sizeof *list);
    if (!list)
        return TDM_NO_MEMORY;
    while (b < before_count || a < after_count) {
        int order = b == before_count ? 1 : a == after_count ? -1 : compare_keys(&before[b], &after[a]);
        if (order < 0)
            add_form(report, list, &before[b], TDM__ROW_REMOVED);
        else if (order > 0)
            add_form(report, list, &after[a], TDM__ROW_ADDED);
        else if (before[b].content != after[a].content)
            add_form(report, list, &after[a], TDM__ROW_CHANGED);
        b += order <= 0;
        a += order >= 0;
    }
    report->assessments = list;
    return TDM_OK;
}

/* --- two records --- */

static tdm_status read_one(tdm__session *session, tdm_error *error)
{
    tdm__data_request rules = tdm__session_rules(session);
    tdm_status status = tdm__data_read_rules(&session->data, &rules, error);
    if (status == TDM_OK)
        status = tdm__data_read_instruments(&session->data, &rules, error);
    if (status != TDM_OK)
        return status;
    session->collection.dates = session->data.policy->dates;
    return tdm__session_read(session, TDM__TELL_DIAGNOSTICS, error);
}

static tdm_status write_report(const tdm__diff_report *report, const tdm_request *request, tdm_sink sink,
                               tdm_error *error)
{
    const char *format = tdm__request_value(request, "format");
    tdm__report_options options = {.width = (int32_t)tdm__request_number(request, "width", 0),
                                   .colour = tdm__request_flag(request, "colour")};
    if (format && strcmp(format, "json") == 0)
        return tdm__report_diff_json(report, &options, sink, error);
    if (format && strcmp(format, "csv") == 0)
        return tdm__report_diff_csv(report, &options, sink, error);
    return tdm__report_diff_text(report, &options, sink, error);
}

static tdm_status compare(tdm__session *sessions, const tdm_request *request, tdm_outcome *outcome,
                          tdm_sink sink, tdm_error *error)
{
    tdm__arena arena;
    tdm__chronology_diff rows;
    tdm__diff_report report = {.allocator = &request->context->allocator, .rows = &rows};
    const char *fail_on = tdm__request_value(request, "fail_on");
    tdm__arena_init(&arena, &request->context->allocator);
    tdm_status status = tdm__chronology_compare(&rows, sessions[0].chronology, sessions[1].chronology,
                                                &arena);
    if (status == TDM_OK)
        status = compare_assessments(&report, sessions, &arena);
    if (status == TDM_OK) {
        outcome->fail_on_reached = fail_on && strcmp(fail_on, "different") == 0 && tdm__diff_any(&report);
        status = write_report(&report, request, sink, error);
    } else {
        tdm__no_memory(error);
    }
    tdm__arena_free(&arena);
    return status;
}

tdm_status tdm__op_diff(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    tdm__session sessions[2] = {{.request = NULL}, {.request = NULL}};
    tdm_request halves[2] = {*request, *request};
    tdm_status status = TDM_OK;
    if (request->input_count != 2)
        return tdm__fail(error, TDM_INVALID_ARG, "name two inputs: the earlier version, then the later one");
    for (size_t i = 0; status == TDM_OK && i < 2; i++) {
        halves[i].inputs = request->inputs + i;
        halves[i].input_count = 1;
        status = tdm__session_open(&sessions[i], &halves[i], error);
        if (status == TDM_OK)
            status = read_one(&sessions[i], error);
        outcome->trouble = outcome->trouble || (status == TDM_OK && tdm__session_trouble(&sessions[i]));
    }
    if (status == TDM_OK)
        status = compare(sessions, request, outcome, sink, error);
    for (size_t i = 0; i < 2; i++)
        if (sessions[i].request)
            status = tdm__session_end(&sessions[i], status, error);
    return status;
}
