/*
 * Inputs to a chronology: each through its reader, or from a store; then frozen and scored.
 */
#include "api/assessed.h"
#include "api/keys.h"
#include "api/rules_of.h"
#include "api/serving.h"

#include "chronology/alike.h"
#include "store/store.h"

/* Rules that neither the request nor `adjust` changes are read once for all calls of a service. */
static tdm_status open_data(tdm__session *session, tdm_error *error)
{
    const tdm_request *request = session->request;
    if (!request->serving || session->adjust || request->policy_json.length > 0)
        return tdm__data_open(&session->data, request->context, error);
    tdm__data_share(&session->data, request->serving->rules, request->context);
    return TDM_OK;
}

tdm_status tdm__session_open_adjusted(tdm__session *session, const tdm_request *request,
                                      tdm__adjust_fn adjust, tdm_error *error)
{
    *session = (tdm__session){.request = request, .adjust = adjust};
    tdm_status status = open_data(session, error);
    if (status == TDM_OK)
        status = tdm__collection_init(&session->collection, request->context, session->data.vocabulary);
    session->collection.jobs = tdm__request_number(request, "jobs", 1) > 1 ? 2 : 1;
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

tdm_status tdm__session_open(tdm__session *session, const tdm_request *request, tdm_error *error)
{
    return tdm__session_open_adjusted(session, request, NULL, error);
}

tdm__data_request tdm__session_rules(const tdm__session *session)
{
    return tdm__rules_request(session->request);
}

/* Accounts and assessments come as they were when they went in. */
static tdm_status keep_content(tdm__collection *c, const tdm__store_content *content)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < content->assessment_count; i++)
        status = tdm__collection_assessment(c, content->assessments[i].file, content->assessments[i].line,
                                            content->assessments[i].json);
    for (size_t i = 0; status == TDM_OK && i < content->account_count; i++)
        status = tdm__collection_account(c, content->accounts[i].file, content->accounts[i].sheet,
                                         content->accounts[i].rows, content->accounts[i].read,
                                         content->accounts[i].set_aside);
    if (c->case_id.length == 0)
        c->case_id = content->case_id;
    if (c->as_of == TDM_DAY_NONE)
        c->as_of = content->as_of;
    return status;
}

static tdm_status read_store(tdm__session *session, const tdm__input *input, tdm_error *error)
{
    tdm__collection *c = &session->collection;
    tdm__store_content content;
    tdm_status status = tdm__store_read(c->context, input->path, c->builder, c->vocabulary, &c->diagnostics,
                                        &c->arena, &content, error);
    return status == TDM_OK ? keep_content(c, &content) : status;
}

/* What no case folder says: which child each agency's number is. */
static tdm_status read_crosswalk(tdm__session *session, tdm_error *error)
{
    tdm__buffer buffer;
    tdm__collection *c = &session->collection;
    const char *path = tdm__request_value(session->request, "crosswalk");
    if (!path)
        return TDM_OK;
    tdm_status status = tdm__file_read(&buffer, &c->context->allocator, NULL, path, TDM__CROSSWALK_BYTES_MAX,
                                       error);
    if (status != TDM_OK)
        return status;
    status = tdm__crosswalk_read(&c->crosswalk, &c->context->allocator, c->vocabulary,
                                 tdm__path_name(tdm__str(path)), (tdm_str){buffer.data, buffer.length},
                                 error);
    tdm__free(&c->context->allocator, buffer.data);
    return status;
}

static tdm_status tell_alike(tdm__session *session)
{
    tdm__arena arena;
    tdm__alike *pairs;
    size_t count, more;
    tdm__arena_init(&arena, &session->collection.context->allocator);
    tdm_status status = tdm__chronology_alike(&pairs, &count, &more, &arena, session->chronology);
    tdm__arena_free(&arena);
    if (status == TDM_OK && count > 0)
        status = tdm__diagnose(
            &session->collection.diagnostics, TDM__WARNING, "perhaps-same-child", TDM_LIT(""), 0, TDM_LIT(""),
            "%zu pairs of children of different agencies may be the same child and are kept "
            "apart; \"sources\" lists them, with the lines to add to a crosswalk",
            count + more);
    return status;
}

/* Of a service: the child that the call is about and those of its household, or all whom the caller may see.
 */
static tdm_status read_served(tdm__session *session, tdm_error *error)
{
    tdm__store_content content;
    tdm__collection *c = &session->collection;
    tdm__serving_children children;
    tdm_status status = tdm__serving_children_of(&children, session->request->serving, &c->arena, error);
    if (status == TDM_OK)
        status = tdm__work_read(session->request->serving->work, c->builder, c->vocabulary, &c->diagnostics,
                                &c->arena, children.all ? NULL : children.ids, children.count, &content,
                                error);
    if (status != TDM_OK)
        return status;
    for (size_t i = 0; i < content.withheld_count; i++) {
        const tdm__withheld *item = &content.withheld[i];
        bool shown = tdm__serving_shows(item->child, session->request->serving);
        *(shown ? &session->missing.shown : &session->missing.others) += item->entries;
    }
    return keep_content(c, &content);
}

static tdm_status read_inputs(tdm__session *session, tdm_error *error)
{
    const tdm_request *request = session->request;
    if (request->serving && request->input_count == 0)
        return read_served(session, error);
    if (request->input_count == 0)
        return tdm__fail(error, TDM_INVALID_ARG, "name at least one input");
    tdm__keys_held keys;
    tdm_status status = tdm__keys_hold(&keys, request, error);
    if (status == TDM_OK)
        status = read_crosswalk(session, error);
    for (size_t i = 0; status == TDM_OK && i < request->input_count; i++) {
        const tdm__input *input = &request->inputs[i];
        if (input->path && tdm__store_is_one(request->context, input->path))
            status = read_store(session, input, error);
        else
            status = tdm__ingest(&session->collection, input, error);
    }
    tdm__keys_release(&keys);
    return status;
}

tdm_status tdm__session_read(tdm__session *session, tdm__tell tell, tdm_error *error)
{
    tdm_status status = read_inputs(session, error);
    session->read_diagnostics = session->collection.diagnostics.count;
    if (status == TDM_OK)
        status = tdm__assessed_read(session, tell, error);
    if (status == TDM_OK)
        status = tdm__assessed_add(session, error);
    if (status == TDM_OK)
        status = tdm__builder_freeze(&session->chronology, session->collection.builder,
                                     &session->collection.diagnostics);
    if (status == TDM_OK)
        tdm__chronology_set_missing(session->chronology, session->missing);
    if (status == TDM_OK)
        status = tell_alike(session);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

tdm_status tdm__session_read_scored(tdm__session *session, tdm_error *error)
{
    tdm__data_request rules = tdm__session_rules(session);
    tdm_status status = tdm__data_read_rules(&session->data, &rules, error);
    if (status == TDM_OK)
        status = tdm__data_read_instruments(&session->data, &rules, error);
    if (status == TDM_OK)
        status = tdm__session_read(session, TDM__TELL_PROBLEMS, error);
    if (status == TDM_OK)
        status = tdm__assessed_score(session, TDM__TELL_PROBLEMS, error);
    if (status == TDM_OK && session->score_count == 0)
        status = tdm__fail(error, TDM_INVALID_INPUT, "no input holds an assessment");
    return status;
}

bool tdm__session_trouble(const tdm__session *session)
{
    const tdm__collection *c = &session->collection;
    for (size_t i = 0; i < c->account_count; i++)
        if (c->accounts[i].set_aside > 0)
            return true;
    for (size_t i = 0; i < c->diagnostics.count; i++)
        if (c->diagnostics.items[i].severity == TDM__ERROR)
            return true;
    return false;
}

void tdm__session_free(tdm__session *session)
{
    tdm__assessed_free(session);
    tdm_chronology_free(session->chronology);
    tdm__collection_free(&session->collection);
    tdm__data_free(&session->data);
}

tdm_status tdm__session_end(tdm__session *session, tdm_status status, tdm_error *error)
{
    if (status == TDM_OK && session->chronology)
        status = tdm__chronology_check_texts(session->chronology, error);
    tdm__session_free(session);
    return status;
}
