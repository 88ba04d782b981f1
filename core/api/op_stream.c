/*
 * review --grouped and sources --merge (see streamed.h). Rules are read once; each batch of children is a
 * collection, a chronology and a run of its own, and gone when its findings are written.
 */
#include "api/assessed.h"
#include "api/streamed.h"
#include "ingest/stream.h"
#include "report/findings.h"

#include <string.h>

#define TOTALS_BYTES_MAX (64u * 1024u * 1024u)
#define SHARES_MAX       1000000

typedef struct streaming {
    const tdm_request *request;
    tdm__session session; /* of the batch at hand; its data of all */
    tdm__report_options options;
    tdm__totals totals;
    tdm__stream_grouping grouping;
    tdm_outcome *outcome;
    tdm_sink sink;
    bool head_written;
} streaming;

/* "3/8". */
static tdm_status read_share(tdm__stream_share *share, const tdm_request *request, tdm_error *error)
{
    int64_t number = 1, count = 1;
    tdm_str rest = tdm__str(tdm__request_value(request, "part"));
    *share = (tdm__stream_share){1, 1};
    if (rest.length == 0)
        return TDM_OK;
    if (!tdm__str_to_int64(&number, tdm__str_split(&rest, '/')) || !tdm__str_to_int64(&count, rest) ||
        count < 1 || count > SHARES_MAX || number < 1 || number > count)
        return tdm__fail(error, TDM_INVALID_ARG, "part: expected K/N, such as 2/8, with K from 1 to N");
    if (count > 1 && request->input_count > 1)
        return tdm__fail(error, TDM_INVALID_ARG, "part: of one input at a time");
    *share = (tdm__stream_share){(uint64_t)number, (uint64_t)count};
    return TDM_OK;
}

static tdm_status check_request(const tdm_request *request, tdm_error *error)
{
    const char *format = tdm__request_value(request, "format");
    if (format && strcmp(format, "ndjson") != 0)
        return tdm__fail(error, TDM_INVALID_ARG, "grouped: findings of a stream are ndjson, no other format");
    if (tdm__request_value(request, "crosswalk"))
        return tdm__fail(error, TDM_INVALID_ARG,
                         "grouped: no crosswalk; the rows of a stream carry the child's own id");
    if (request->input_count == 0)
        return tdm__fail(error, TDM_INVALID_ARG, "name at least one input");
    return TDM_OK;
}

static tdm_status begin_batch(streaming *s, tdm_error *error)
{
    tdm__session *session = &s->session;
    tdm__data data = session->data;
    tdm__assessed_free(session);
    tdm_chronology_free(session->chronology);
    tdm__collection_free(&session->collection);
    *session = (tdm__session){.request = s->request, .data = data, .with_assessed_rows = true};
    tdm_status status = tdm__collection_init(&session->collection, s->request->context,
                                             session->data.vocabulary);
    session->collection.dates = session->data.policy->dates;
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

/* What was read to a run over it: as tdm__session_run does for whole inputs. */
static tdm_status run_batch(tdm_run **out, streaming *s, tdm_error *error)
{
    tdm__run_options options;
    tdm__session *session = &s->session;
    tdm__collection *c = &session->collection;
    *out = NULL;
    tdm_status status = tdm__assessed_read(session, TDM__TELL_DIAGNOSTICS, error);
    if (status == TDM_OK)
        status = tdm__assessed_add(session, error);
    if (status == TDM_OK) {
        if (!s->grouping.by_household)
            tdm__builder_by_child(c->builder);
        status = tdm__builder_freeze(&session->chronology, c->builder, &c->diagnostics);
    }
    if (status == TDM_OK)
        status = tdm__session_run_options(&options, session, error);
    if (status == TDM_OK)
        status = tdm__assessed_score(session, TDM__TELL_DIAGNOSTICS, error);
    if (status != TDM_OK)
        return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
    options.quiet = true;
    status = tdm__engine_run(out, s->request->context, session->chronology, session->data.policy,
                             (const tdm_score *const *)session->scores, session->score_count, &options,
                             &c->diagnostics, c->accounts, c->account_count, error);
    if (status == TDM_OK)
        (*out)->in_parts = true;
    return status;
}

/* In the order of the stream, which no batch can change. */
static tdm_status write_children(streaming *s, const tdm_run *run, const tdm__dictionary *children,
                                 tdm_error *error)
{
    size_t written = 0;
    tdm_status status = TDM_OK;
    for (uint32_t i = 0; status == TDM_OK && i < children->count; i++) {
        uint32_t child = tdm__chronology_find_child(run->chronology, tdm__dictionary_at(children, i));
        if (child == TDM_NO_INDEX)
            continue; /* all its rows were set aside */
        status = tdm__findings_child(run, &run->children[child], &s->options, s->sink, error);
        written++;
    }
    if (status == TDM_OK && written < run->child_count)
        return tdm__fail(error, TDM_INVALID_INPUT,
                         "a row of the stream is of another child than its column or member \"child\" says");
    return status;
}

static tdm_status write_batch(streaming *s, const tdm__dictionary *children, tdm_error *error)
{
    tdm_run *run;
    tdm_status status = run_batch(&run, s, error);
    if (status == TDM_OK && !s->head_written && !tdm__request_flag(s->request, "no_header"))
        status = tdm__findings_head(run, s->sink, error);
    if (status == TDM_OK) {
        s->head_written = true;
        tdm__review_outcome(s->outcome, run, &s->session);
        status = write_children(s, run, children, error);
    }
    if (status == TDM_OK && tdm__totals_add(&s->totals, run, &s->options) != TDM_OK)
        status = tdm__no_memory(error);
    tdm__run_free(run);
    return status;
}

static tdm_status review_stream(streaming *s, tdm__stream *stream, tdm_error *error)
{
    bool more = true;
    uint64_t done, total;
    tdm_status status = TDM_OK;
    while (status == TDM_OK && more) {
        status = begin_batch(s, error);
        if (status == TDM_OK)
            status = tdm__stream_next(&more, stream, &s->session.collection, error);
        if (status == TDM_OK && more)
            status = write_batch(s, tdm__stream_children(stream), error);
        tdm__stream_progress(stream, &done, &total);
        tdm__context_progress(s->request->context, "review", "bytes", done, total);
    }
    return status;
}

static tdm_status review_inputs(streaming *s, tdm_error *error)
{
    tdm__stream *stream;
    tdm__stream_share share;
    tdm_status status = read_share(&share, s->request, error);
    if (status == TDM_OK &&
        tdm__stream_grouping_init(&s->grouping, &s->request->context->allocator,
                                  tdm__request_flag(s->request, "by_household")) != TDM_OK)
        status = tdm__no_memory(error);
    for (size_t i = 0; status == TDM_OK && i < s->request->input_count; i++) {
        const tdm__input *input = &s->request->inputs[i];
        status = tdm__stream_open(&stream, s->request->context, s->session.data.vocabulary,
                                  &s->session.data.policy->dates, input, share, &s->grouping, error);
        if (status == TDM_OK)
            status = review_stream(s, stream, error);
        tdm__stream_free(stream);
    }
    return status;
}

static tdm_status write_file(streaming *s, const char *path, tdm_error *error)
{
    tdm__file_writer *writer;
    tdm_status status = tdm__file_writer_open(&writer, &s->request->context->allocator, path, error);
    if (status != TDM_OK)
        return status;
    status = tdm__findings_totals(&s->totals, tdm__file_writer_sink(writer), error);
    if (status == TDM_OK)
        return tdm__file_writer_commit(writer, error);
    tdm__file_writer_abandon(writer);
    return status;
}

tdm_status tdm__review_grouped(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error)
{
    streaming s = {.request = request, .outcome = outcome, .sink = sink};
    const char *accounting = tdm__request_value(request, "accounting");
    tdm_status status = check_request(request, error);
    if (status != TDM_OK)
        return status;
    s.options = (tdm__report_options){.with_events = tdm__request_flag(request, "with_events"),
                                      .current_only = tdm__request_flag(request, "current")};
    tdm__totals_init(&s.totals, &request->context->allocator);
    status = tdm__session_open(&s.session, request, error);
    tdm__data_request rules = tdm__session_rules(&s.session);
    if (status == TDM_OK)
        status = tdm__data_read_rules(&s.session.data, &rules, error);
    if (status == TDM_OK)
        status = tdm__data_read_instruments(&s.session.data, &rules, error);
    if (status == TDM_OK)
        status = review_inputs(&s, error);
    if (status == TDM_OK)
        status = accounting ? write_file(&s, accounting, error)
                            : tdm__findings_totals(&s.totals, sink, error);
    tdm__stream_grouping_free(&s.grouping);
    tdm__totals_free(&s.totals);
    tdm__session_free(&s.session);
    return status;
}

/* --- sources --merge --- */

static tdm_status read_totals(tdm__totals *totals, const tdm_request *request, const tdm__input *input,
                              tdm_error *error)
{
    tdm__buffer buffer = {NULL, 0};
    tdm_str text = input->content, path = tdm__str(input->path);
    if (input->path) {
        tdm_status status = tdm__file_read(&buffer, &request->context->allocator, NULL, input->path,
                                           TOTALS_BYTES_MAX, error);
        if (status != TDM_OK)
            return status;
        text = (tdm_str){buffer.data, buffer.length};
    }
    tdm_str name = input->name.length > 0 ? input->name : tdm__path_name(path);
    tdm_status status = tdm__totals_read(totals, text, name, error);
    tdm__free(&request->context->allocator, buffer.data);
    return status;
}

tdm_status tdm__merge_totals(const tdm_request *request, tdm_sink sink, tdm_error *error)
{
    tdm__totals totals;
    tdm_status status = TDM_OK;
    const char *format = tdm__request_value(request, "format");
    if (format && strcmp(format, "json") != 0)
        return tdm__fail(error, TDM_INVALID_ARG, "merge: totals are written as json, no other format");
    if (request->input_count == 0)
        return tdm__fail(error, TDM_INVALID_ARG, "name at least one input");
    tdm__totals_init(&totals, &request->context->allocator);
    for (size_t i = 0; status == TDM_OK && i < request->input_count; i++)
        status = read_totals(&totals, request, &request->inputs[i], error);
    if (status == TDM_OK)
        status = tdm__findings_totals(&totals, sink, error);
    tdm__totals_free(&totals);
    return status;
}
