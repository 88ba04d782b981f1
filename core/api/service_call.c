/*
 * One call of a service, from credentials to the audit trail: who asks, whether they may, the operation, what
 * is written down. Which operations there are is in service_rows.c.
 */
#include "api/serving.h"
#include "report/view.h"

#include <stdio.h>
#include <string.h>

/* After which it is worth asking again a store that another program holds. */
#define SECONDS_UNTIL_FREE 5

/* --- one answer for one key --- */

static void request_hash(char out[TDM_SHA256_HEX_SIZE], const tdm_call *call)
{
    tdm__sha256_hex(out, call->request);
}

/* *answered: `out` has the answer that was given before. */
static tdm_status find_answer(bool *answered, tdm__text *out, tdm__serving *serving, const tdm__served *row,
                              tdm_error *error)
{
    tdm__stored_reply reply;
    char hash[TDM_SHA256_HEX_SIZE];
    const tdm_call *call = serving->call;
    *answered = false;
    if (call->idempotency_key.length == 0)
        return TDM_OK;
    tdm_status status = tdm__work_reply(answered, &reply, serving->work, serving->arena, serving->actor.name,
                                        call->idempotency_key, error);
    if (status != TDM_OK || !*answered)
        return status;
    request_hash(hash, call);
    if (!tdm__str_equal(reply.operation, tdm__str(row->operation)) ||
        !tdm__str_equal(reply.request_hash, tdm__str(hash)))
        return tdm__fail(error, TDM_CONFLICT, "this key was used for another request");
    if (reply.status != TDM_OK)
        return tdm__fail(error, TDM_CONFLICT, "this was done, and what it gave was shown once");
    serving->reply->replayed = true;
    tdm__text_add(out, reply.body);
    return out->failed ? tdm__no_memory(error) : TDM_OK;
}

static tdm_status keep_answer(tdm__serving *serving, const tdm__served *row, const tdm__text *answer,
                              tdm_error *error)
{
    char hash[TDM_SHA256_HEX_SIZE];
    const tdm_call *call = serving->call;
    if (call->idempotency_key.length == 0 || serving->actor.name.length == 0)
        return TDM_OK;
    request_hash(hash, call);
    tdm__stored_reply reply = {.account = serving->actor.name,
                               .key = call->idempotency_key,
                               .operation = tdm__str(row->operation),
                               .request_hash = tdm__str(hash),
                               .status = serving->is_secret ? TDM_CONFLICT : TDM_OK,
                               .body = serving->is_secret ? TDM_LIT("") : tdm__text_str(answer),
                               .at = call->now};
    return tdm__work_keep_reply(serving->work, &reply, error);
}

/* --- the operation, in the work that its row names --- */

static tdm_status run_operation(tdm_request *request, tdm_sink sink, tdm_error *error)
{
    tdm_outcome outcome = {false, false};
    return tdm__operation_row(request->operation)->run(request, &outcome, sink, error);
}

/* Change, answer and audit entry in one transaction; the answer leaves when they are kept. */
static tdm_status run_write(tdm__serving *serving, const tdm__served *row, tdm_request *request,
                            tdm_sink sink, tdm_error *error)
{
    bool answered = false;
    tdm__text answer;
    tdm__text_init(&answer, &serving->context->allocator);
    tdm_status status = tdm__live_write(&serving->work, serving->service->live, serving->context, error);
    if (status == TDM_OK)
        tdm__serving_look(serving, serving->work);
    if (status == TDM_OK)
        status = find_answer(&answered, &answer, serving, row, error);
    if (status == TDM_OK && !answered) {
        status = run_operation(request, tdm__text_sink(&answer), error);
        if (status == TDM_OK && strcmp(row->audit, "none") != 0)
            status = tdm__serving_audit(serving, row, serving->work, error);
        if (status == TDM_OK)
            status = keep_answer(serving, row, &answer, error);
        if (status == TDM_OK)
            status = tdm__work_commit(serving->work, error);
    }
    tdm__work_end(serving->work);
    serving->work = NULL;
    if (status == TDM_OK)
        status = tdm__sink_write(sink, tdm__text_str(&answer));
    tdm__text_free(&answer);
    return status;
}

/* That something was asked for is kept before anything of it leaves. */
static tdm_status note_reading(tdm__serving *serving, const tdm__served *row, tdm_error *error)
{
    tdm__work *work;
    tdm_status status = tdm__live_write(&work, serving->service->live, serving->context, error);
    if (status == TDM_OK)
        status = tdm__serving_audit(serving, row, work, error);
    if (status == TDM_OK)
        status = tdm__work_commit(work, error);
    tdm__work_end(work);
    return status;
}

static tdm_status run_row(tdm__serving *serving, const tdm__served *row, tdm_request *request, tdm_sink sink,
                          tdm_error *error)
{
    tdm_status status = TDM_OK;
    if (row->work == TDM__WORK_WRITE)
        return run_write(serving, row, request, sink, error);
    if (strcmp(row->audit, "none") != 0)
        status = note_reading(serving, row, error);
    if (status == TDM_OK && row->work == TDM__WORK_READ)
        status = tdm__live_read(&serving->work, serving->service->live, serving->context, error);
    if (status == TDM_OK && serving->work)
        tdm__serving_look(serving, serving->work);
    if (status == TDM_OK)
        status = run_operation(request, sink, error);
    tdm__work_end(serving->work);
    serving->work = NULL;
    return status;
}

/* --- who and whether --- */

/* A session that is used goes on; written down once a minute at most. */
static bool is_stale(const tdm__serving *serving)
{
    return serving->actor.by_session && serving->call->now - serving->actor.last_used >= 60;
}

static tdm_status keep_session(tdm__serving *serving, tdm_error *error)
{
    tdm__work *work;
    tdm_str digest = {(const char *)serving->actor.token_digest.bytes, TDM__DIGEST_BYTES};
    tdm_status status = tdm__live_write(&work, serving->service->live, serving->context, error);
    if (status == TDM_OK)
        status = tdm__work_token_used(work, digest, serving->call->now, error);
    if (status == TDM_OK)
        status = tdm__work_commit(work, error);
    tdm__work_end(work);
    return status;
}

static tdm_status let_through(tdm__serving *serving, const tdm__served *row, const tdm_request *request,
                              tdm_error *error)
{
    tdm__work *work;
    bool is_write = strcmp(row->audit, "write") == 0;
    tdm_status status = tdm__live_read(&work, serving->service->live, serving->context, error);
    if (status == TDM_OK)
        status = tdm__actor_find(serving, work, is_write && row->roles != 0, error);
    if (status == TDM_OK) {
        tdm__serving_look(serving, work);
        status = tdm__serving_decide(serving, row, request, work, error);
    }
    tdm__work_end(work);
    if (status == TDM_OK && is_stale(serving))
        status = keep_session(serving, error);
    return status;
}

static tdm_status find_row(const tdm__served **out, const tdm__envelope *e, const tdm__serving *serving,
                           tdm_error *error)
{
    int64_t version;
    const tdm__served *row = tdm__served_find(tdm__operation_row(e->request->operation)->view.name);
    *out = row;
    if (!row)
        return tdm__fail(error, TDM_NOT_FOUND, "there is no such operation");
    if (row->needs_version && !tdm__serving_version(&version, serving)) {
        snprintf(serving->reply->problem, sizeof serving->reply->problem, "version-needed");
        return tdm__fail(error, TDM_INVALID_ARG, "name the version that you last saw");
    }
    /* A child that is named where nobody looks whose it is must not be read. */
    if (!row->of_one_child && !row->child_of && e->child.length > 0)
        return tdm__fail(error, TDM_INVALID_ARG, "child: this is about no child alone");
    if (row->of_one_child && e->child.length == 0)
        return tdm__fail(error, TDM_INVALID_ARG, "child: name the child");
    return TDM_OK;
}

/* --- the whole --- */

static void set_media_type(tdm_reply *reply, const tdm_request *request)
{
    static const struct {
        const char *format, *type;
    } types[] = {
        {"json", "application/json"},
        {"html", "text/html; charset=utf-8"},
        {"csv", "text/csv; charset=utf-8"},
        {"text", "text/plain; charset=utf-8"},
        {"svg", "image/svg+xml"},
        {"ndjson", "application/x-ndjson"},
        {"fhir", "application/fhir+json"},
        {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    };
    const char *format = tdm__request_value(request, "format");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(format ? format : "json", types[i].format) == 0)
            snprintf(reply->media_type, sizeof reply->media_type, "%s", types[i].type);
}

/* The first of these that the operation can give, where the caller named none. */
static tdm_status choose_format(tdm_request *request)
{
    static const char *const wanted[] = {"json", "svg", "html", "ndjson"};
    tdm_status status = TDM_INVALID_ARG;
    if (!tdm__request_has(request, "format") || tdm__request_value(request, "format"))
        return TDM_OK;
    for (size_t i = 0; status == TDM_INVALID_ARG && i < sizeof wanted / sizeof *wanted; i++)
        status = tdm_request_option(request, "format", wanted[i]);
    return status;
}

/* What the command has from its options: a form, and the day that stands for today. */
static tdm_status set_defaults(tdm__serving *serving, tdm_request *request)
{
    char today[TDM_DATE_TEXT_SIZE];
    tdm__day_iso(today, serving->call->today);
    tdm_status status = choose_format(request);
    if (status == TDM_OK && tdm__request_has(request, "today"))
        status = tdm_request_option(request, "today", today);
    return status;
}

static tdm_status answer(tdm__serving *serving, tdm__envelope *e, tdm_sink sink, tdm_error *error)
{
    const tdm__served *row;
    tdm_status status = find_row(&row, e, serving, error);
    if (status == TDM_OK)
        status = let_through(serving, row, e->request, error);
    if (status == TDM_OK)
        status = set_defaults(serving, e->request);
    if (status != TDM_OK)
        return status;
    e->request->serving = serving;
    set_media_type(serving->reply, e->request);
    return run_row(serving, row, e->request, sink, error);
}

static tdm_status serve(tdm__serving *serving, tdm_sink sink)
{
    tdm__envelope e;
    tdm_service *service = serving->service;
    tdm_error *error = &serving->context->error;
    tdm__rules_state *rules = tdm__rules_acquire(service->rules);
    serving->rules = tdm__rules_data(rules);
    serving->rules_number = tdm__rules_number(rules);
    tdm_status status = tdm__envelope_read(&e, serving->context, serving->call->request, true);
    serving->document = e.document;
    serving->body = e.body;
    serving->child = e.child;
    if (status == TDM_OK)
        status = answer(serving, &e, sink, error);
    tdm__envelope_free(&e);
    tdm__rules_release(service->rules, rules);
    return status;
}

tdm_status tdm_service_call(tdm_service *service, tdm_context *context, const tdm_call *call,
                            tdm_reply *reply, tdm_sink sink)
{
    tdm__arena arena;
    tdm__context_clear(context);
    if (call->struct_size != sizeof *call || reply->struct_size != sizeof *reply)
        return tdm__fail(&context->error, TDM_INVALID_ARG, "a call of another version");
    *reply = (tdm_reply){.struct_size = sizeof *reply};
    tdm__arena_init(&arena, &context->allocator);
    tdm__serving serving = {
        .service = service, .context = context, .call = call, .reply = reply, .arena = &arena};
    tdm_status status = serve(&serving, sink);
    tdm__wipe(&serving.actor.token, sizeof serving.actor.token);
    tdm__arena_free(&arena);
    if (reply->audit_number > 0)
        tdm__head_keep(service, context, call->now);
    if (status != TDM_OK && context->error.status == TDM_OK)
        tdm__fail(&context->error, status, "%s", tdm_status_text(status));
    if (status != TDM_OK && tdm__store_is_in_use(&context->error))
        reply->retry_after = SECONDS_UNTIL_FREE;
    return status;
}
