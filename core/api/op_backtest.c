/*
 * indicators backtest: one indicator over past data, beside the others that are on, and under another policy.
 */
#include "api/rules_of.h"
#include "api/serving.h"
#include "api/session.h"
#include "report/backtest.h"

#include <string.h>

/* It may be switched off: it is asked all the same. */
static tdm_status switch_on(tdm__session *session, tdm_error *error)
{
    size_t place;
    tdm_status status = tdm__request_indicator(&place, session->request, &session->data, error);
    if (status == TDM_OK)
        session->data.policy->indicators[place].on = true;
    return status;
}

static tdm_status keep_one(tdm__session *session, tdm_error *error)
{
    size_t place;
    tdm_status status = tdm__request_indicator(&place, session->request, &session->data, error);
    for (size_t i = 0; status == TDM_OK && i < session->data.policy->indicator_count; i++)
        session->data.policy->indicators[i].on = i == place;
    return status;
}

/* A session with its run. */
typedef struct side {
    tdm_request request; /* as the caller's, with the policy of this side; owns nothing */
    tdm__session session;
    tdm_run *run;
    size_t place;
    bool opened;
} side;

static void set_policy(side *s, const char *policy)
{
    const tdm__operation *operation = tdm__operation_row(s->request.operation);
    for (size_t i = 0; i < operation->view.option_count; i++)
        if (strcmp(operation->options[i].name, "policy") == 0)
            s->request.values[i] = policy;
    s->request.policy_json = (tdm_str){"", 0};
}

static tdm_status open_side(side *s, tdm__adjust_fn adjust, tdm_error *error)
{
    tdm_status status = tdm__session_open_adjusted(&s->session, &s->request, adjust, error);
    s->opened = true;
    if (status == TDM_OK)
        status = tdm__session_run(&s->run, &s->session, error);
    if (status == TDM_OK)
        status = tdm__request_indicator(&s->place, &s->request, &s->session.data, error);
    return status;
}

static tdm_status close_side(side *s, tdm_status status, tdm_error *error)
{
    if (!s->opened)
        return status;
    tdm__run_free(s->run);
    return tdm__session_end(&s->session, status, error);
}

static tdm_status write_backtest(const tdm__backtest *backtest, const tdm_request *request, tdm_sink sink,
                                 tdm_error *error)
{
    const char *format = tdm__request_value(request, "format");
    tdm__report_options options = {.width = (int32_t)tdm__request_number(request, "width", 0),
                                   .colour = tdm__request_flag(request, "colour"),
                                   .counts_only = request->serving != NULL};
    bool is_json = format && strcmp(format, "json") == 0;
    if (options.counts_only && !is_json)
        return tdm__fail(error, TDM_INVALID_ARG, "format: a service gives a backtest as counts, as json");
    if (is_json)
        return tdm__report_backtest_json(backtest, &options, sink, error);
    if (format && strcmp(format, "csv") == 0)
        return tdm__report_backtest_csv(backtest, &options, sink, error);
    return tdm__report_backtest_text(backtest, &options, sink, error);
}

/* With this indicator alone: a replay asks every day, and the others are not wanted. */
static tdm_status replay_one(tdm__replay **out, side *alone, const tdm_request *request, tdm_error *error)
{
    tdm__replay_options options = {
        .from = TDM_DAY_NONE, .to = TDM_DAY_NONE, .jobs = (int32_t)tdm__request_number(request, "jobs", 1)};
    tdm_status status = open_side(alone, keep_one, error);
    return status == TDM_OK ? tdm__engine_replay(out, request->context, alone->run,
                                                 alone->session.data.policy, &options, error)
                            : status;
}

static tdm_status compare(side *main, side *against, tdm__replay *replay, const tdm_request *request,
                          tdm_sink sink, tdm_error *error)
{
    tdm__arena arena;
    tdm__backtest backtest;
    tdm__arena_init(&arena, &request->context->allocator);
    tdm_status status = tdm__backtest_make(&backtest, &arena, main->run, (uint32_t)main->place, against->run,
                                           (uint32_t)against->place, replay);
    status = status == TDM_OK ? write_backtest(&backtest, request, sink, error) : tdm__no_memory(error);
    tdm__arena_free(&arena);
    return status;
}

/* Of a service the other policy stands in the body; "" where there is none. */
static tdm_status read_other(tdm_str *out, const tdm_request *request, tdm_error *error)
{
    tdm__text text;
    tdm__json_writer json;
    const tdm__json_value *against = NULL;
    const tdm__json_field fields[] = {{"against", TDM__JSON_OBJECT, false, false, &against}};
    tdm_status status = TDM_OK;
    *out = (tdm_str){"", 0};
    if (request->serving && request->serving->body)
        status = tdm__serving_body(request->serving, "a backtest", fields, 1, error);
    if (status != TDM_OK || !against)
        return status;
    tdm__text_init(&text, &request->context->allocator);
    tdm__json_writer_init(&json, &request->context->allocator, tdm__text_sink(&text), 2);
    tdm__json_put_value(&json, against);
    status = tdm__json_writer_end(&json);
    *out = tdm__arena_copy(request->serving->arena, tdm__text_str(&text));
    tdm__text_free(&text);
    return status == TDM_OK && out->data ? TDM_OK : tdm__no_memory(error);
}

tdm_status tdm__op_indicators_backtest(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                       tdm_error *error)
{
    tdm_str written;
    tdm__replay *replay = NULL;
    const char *other = tdm__request_value(request, "against");
    side sides[3] = {{.request = *request}, {.request = *request}, {.request = *request}};
    side *main = &sides[0], *against = &sides[1], *alone = &sides[2];
    tdm_status status = read_other(&written, request, error);
    if (status == TDM_OK)
        status = open_side(main, switch_on, error);
    if (status == TDM_OK && (other || written.length > 0)) {
        set_policy(against, !other || strcmp(other, "default") == 0 ? NULL : other);
        against->request.policy_json = written;
        status = open_side(against, keep_one, error);
    }
    if (status == TDM_OK && tdm__request_flag(request, "knowable"))
        status = replay_one(&replay, alone, request, error);
    if (status == TDM_OK) {
        outcome->trouble = tdm__session_trouble(&main->session);
        status = compare(main, against, replay, request, sink, error);
    }
    tdm__replay_free(replay);
    for (size_t i = 0; i < 3; i++)
        status = close_side(&sides[i], status, error);
    return status;
}
