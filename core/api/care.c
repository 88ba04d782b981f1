/*
 * See care.h.
 */
#include "api/care.h"

#include "api/members.h"

tdm_status tdm__care_store(const char **out, const tdm_request *request, tdm_error *error)
{
    *out = NULL;
    if (request->input_count != 1 || !request->inputs[0].path)
        return tdm__fail(error, TDM_INVALID_ARG, "expected one store");
    if (request->inputs[0].map.length > 0 || request->inputs[0].format.length > 0)
        return tdm__fail(error, TDM_INVALID_ARG, "a store has no map and no form");
    *out = request->inputs[0].path;
    return TDM_OK;
}

/* Only the command knows what time it is. */
static tdm_status take_times(tdm__care *care, bool changes, tdm_error *error)
{
    const char *today = tdm__request_value(care->request, "today");
    care->now = tdm__request_number(care->request, "now", 0);
    if (changes && care->now <= 0)
        return tdm__fail(error, TDM_INVALID_ARG, "now: expected seconds since 1970-01-01 UTC");
    care->today = (tdm_day)(care->now / 86400);
    if (today && !tdm_day_parse_iso(&care->today, tdm__str(today)))
        return tdm__fail(error, TDM_INVALID_ARG, "today: expected a day such as 2024-09-30");
    return TDM_OK;
}

static tdm_status open_own(tdm__care *care, tdm__keys_wish wish, tdm_error *error)
{
    const char *store;
    const tdm_request *request = care->request;
    care->is_own = true;
    tdm_status status = tdm__care_store(&store, request, error);
    if (status == TDM_OK)
        status = take_times(care, wish != TDM__KEYS_AS_THEY_ARE, error);
    if (status == TDM_OK)
        status = tdm__service_open_store(&care->service, care->context, store,
                                         tdm__request_value(request, "key"),
                                         tdm__secret_str(&request->passphrase), wish);
    return status;
}

tdm_status tdm__care_open(tdm__care *care, const tdm_request *request, bool changes, tdm_error *error)
{
    const tdm__serving *serving = request->serving;
    *care = (tdm__care){.request = request, .context = request->context};
    tdm__arena_init(&care->arena, &request->context->allocator);
    if (serving) {
        care->service = serving->service;
        care->now = serving->call->now;
        care->today = serving->call->today;
        return TDM_OK;
    }
    return open_own(care, changes ? TDM__KEYS_MADE_BESIDE : TDM__KEYS_AS_THEY_ARE, error);
}

tdm_status tdm__care_open_making_keys(tdm__care *care, const tdm_request *request, tdm_error *error)
{
    *care = (tdm__care){.request = request, .context = request->context};
    tdm__arena_init(&care->arena, &request->context->allocator);
    return open_own(care, TDM__KEYS_MADE_AS_NAMED, error);
}

tdm_status tdm__care_read(tdm__care *care, tdm_error *error)
{
    tdm_status status = tdm__live_read(&care->work, care->service->live, care->context, error);
    if (status == TDM_OK && care->request->serving)
        tdm__serving_look(care->request->serving, care->work);
    return status;
}

tdm_status tdm__care_write(tdm__care *care, tdm_error *error)
{
    return tdm__live_write(&care->work, care->service->live, care->context, error);
}

tdm_status tdm__care_note(tdm__care *care, const char *object_kind, tdm_str object, tdm_str reason,
                          tdm_str details, tdm_error *error)
{
    const tdm__chain_entry entry = {.time = care->now,
                                    .actor = TDM_LIT(TDM__COMMAND_ACTOR),
                                    .role = TDM_LIT(""),
                                    .what = tdm__str(tdm__operation_row(care->request->operation)->view.name),
                                    .object_kind = tdm__str(object_kind),
                                    .object_id = object,
                                    .reason = reason,
                                    .details = details};
    return tdm__work_trail(care->work, &care->service->audit_key, &entry, NULL, error);
}

tdm_status tdm__care_commit(tdm__care *care, tdm_error *error)
{
    tdm_status status = tdm__work_commit(care->work, error);
    tdm__work_end(care->work);
    care->work = NULL;
    care->has_written = care->has_written || status == TDM_OK;
    return status;
}

tdm_status tdm__care_end(tdm__care *care, tdm_status status)
{
    tdm__work_end(care->work);
    if (care->is_own && care->has_written)
        tdm__head_settle(care->service, care->context);
    if (care->is_own)
        tdm_service_free(care->service);
    tdm__arena_free(&care->arena);
    return status;
}

tdm_status tdm__care_reading(const tdm_request *request, tdm__care_read_fn read, tdm_sink sink,
                             tdm_error *error)
{
    tdm__care care;
    tdm_status status = tdm__care_open(&care, request, false, error);
    if (status == TDM_OK)
        status = tdm__care_read(&care, error);
    if (status == TDM_OK)
        status = read(&care, sink, error);
    return tdm__care_end(&care, status);
}

tdm_str tdm__care_said(const tdm__care *care, const char *name)
{
    const char *value = tdm__request_value(care->request, name);
    return value ? tdm__str(value) : (tdm_str){NULL, 0};
}
