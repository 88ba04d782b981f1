/*
 * import and export: records into a store, and out again as NDJSON.
 */
#include "api/answer.h"
#include "api/assessed.h"
#include "api/keys.h"
#include "api/stored.h"
#include "report/report.h"

/* Instruments say what answers of other systems mean. */
static tdm_status read_inputs(tdm__session *session, tdm_error *error)
{
    tdm__data_request rules = {0};
    tdm_status status = tdm__data_read_instruments(&session->data, &rules, error);
    return status == TDM_OK ? tdm__session_read(session, TDM__TELL_NOTHING, error) : status;
}

tdm_status tdm__session_content(tdm__store_content *out, tdm__diagnostics *read, tdm__session *session,
                                tdm_error *error)
{
    const tdm__collection *c = &session->collection;
    tdm__kept_assessment *texts;
    size_t count;
    tdm_status status = tdm__assessed_texts(&texts, &count, session, error);
    if (status != TDM_OK)
        return status;
    *read = c->diagnostics;
    read->count = session->read_diagnostics;
    *out = (tdm__store_content){.chronology = session->chronology,
                                .assessments = texts,
                                .assessment_count = count,
                                .accounts = c->accounts,
                                .account_count = c->account_count,
                                .diagnostics = read,
                                .case_id = c->case_id,
                                .as_of = c->as_of};
    return TDM_OK;
}

static const struct {
    const char *name;
    size_t offset;
} count_rows[] = {
    {"entries", offsetof(tdm__store_counts, events)},
    {"children", offsetof(tdm__store_counts, children)},
    {"people", offsetof(tdm__store_counts, people)},
    {"sources", offsetof(tdm__store_counts, sources)},
    {"assessments", offsetof(tdm__store_counts, assessments)},
    {"diagnostics", offsetof(tdm__store_counts, diagnostics)},
};

static const tdm__store_count *count_at(const tdm__store_counts *counts, size_t row)
{
    return (const tdm__store_count *)((const char *)counts + count_rows[row].offset);
}

void tdm__put_store_counts(tdm__json_writer *json, const tdm__store_counts *counts)
{
    tdm__json_open_object(json);
    for (size_t i = 0; i < sizeof count_rows / sizeof *count_rows; i++) {
        const tdm__store_count *count = count_at(counts, i);
        tdm__json_put_name(json, count_rows[i].name);
        tdm__json_open_object(json);
        tdm__json_put_name(json, "added");
        tdm__json_put_int(json, count->added);
        tdm__json_put_name(json, "known");
        tdm__json_put_int(json, count->known);
        tdm__json_put_name(json, "differs");
        tdm__json_put_int(json, count->differs);
        if (count == &counts->events) {
            tdm__json_put_name(json, "versions");
            tdm__json_put_int(json, count->versions);
        }
        tdm__json_close_object(json);
    }
    tdm__json_close_object(json);
}

static void put_counts_text(tdm__text *text, const tdm__store_counts *counts)
{
    long long kept = (long long)(counts->diagnostics.added + counts->diagnostics.known);
    for (size_t i = 0; i < sizeof count_rows / sizeof *count_rows; i++) {
        const tdm__store_count *count = count_at(counts, i);
        tdm__text_printf(text, "%-12s %lld added, %lld there already", count_rows[i].name,
                         (long long)count->added, (long long)count->known);
        if (count->differs > 0)
            tdm__text_printf(text, " (%lld with other content; what the store held stands)",
                             (long long)count->differs);
        if (count->versions > 0)
            tdm__text_printf(text, " (%lld another version of an entry; the one received last stands)",
                             (long long)count->versions);
        tdm__text_char(text, '\n');
    }
    if (kept > 0)
        tdm__text_printf(text, "%lld diagnostic%s kept; tidemark review shows %s\n", kept,
                         kept == 1 ? "" : "s", kept == 1 ? "it" : "them");
}

static tdm_status import_all(tdm__store_counts *counts, tdm__session *session, tdm_error *error)
{
    tdm__store_content content;
    tdm__diagnostics read;
    const char *into = tdm__request_value(session->request, "into");
    if (!into)
        return tdm__fail(error, TDM_INVALID_ARG, "into: name the store");
    tdm_status status = read_inputs(session, error);
    if (status == TDM_OK)
        status = tdm__session_content(&content, &read, session, error);
    if (status == TDM_OK)
        status = tdm__store_write(session->request->context, into, &content, counts, error);
    return status;
}

static tdm_status import(tdm__session *session, tdm_sink sink, tdm_error *error)
{
    tdm__keys_held keys;
    tdm__store_counts counts;
    tdm_status status = tdm__keys_hold(&keys, session->request, error);
    if (status == TDM_OK)
        status = import_all(&counts, session, error);
    tdm__keys_release(&keys);
    if (status != TDM_OK)
        return status;
    tdm__answer answer;
    tdm__answer_begin(&answer, session->request, sink);
    if (answer.as_json)
        tdm__put_store_counts(&answer.json, &counts);
    else
        put_counts_text(&answer.text, &counts);
    return tdm__answer_end(&answer, TDM_OK);
}

tdm_status tdm__op_import(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    tdm__session session;
    tdm_status status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = import(&session, sink, error);
    outcome->trouble = status == TDM_OK && tdm__session_trouble(&session);
    return tdm__session_end(&session, status, error);
}

static tdm_status export(tdm__session *session, tdm_sink sink, tdm_error *error)
{
    tdm__kept_assessment *texts;
    size_t count;
    tdm_status status = read_inputs(session, error);
    if (status == TDM_OK)
        status = tdm__assessed_texts(&texts, &count, session, error);
    if (status != TDM_OK)
        return status;
    return tdm__report_ndjson(session->chronology, texts, count, &session->request->context->allocator, sink,
                              error);
}

tdm_status tdm__op_export(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    tdm__session session;
    tdm_status status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = export(&session, sink, error);
    outcome->trouble = status == TDM_OK && tdm__session_trouble(&session);
    return tdm__session_end(&session, status, error);
}
