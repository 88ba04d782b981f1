/*
 * Inputs to a chronology: each through its reader, or from a store; then frozen and scored.
 */
#include "api/session.h"

#include "store/store.h"

#include <string.h>

tdm_status tdm__session_open(tdm__session *session, const tdm_request *request, tdm_error *error)
{
    *session = (tdm__session){.request = request};
    tdm_status status = tdm__data_open(&session->data, request->context, error);
    if (status == TDM_OK)
        status = tdm__collection_init(&session->collection, request->context, session->data.vocabulary);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

tdm__data_request tdm__session_rules(const tdm__session *session)
{
    return (tdm__data_request){tdm__request_value(session->request, "scripts"),
                               tdm__request_value(session->request, "policy"), session->request->policy_json};
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

/* A child of whom there is nothing but an assessment is in the record too: its score must not get lost. What
 * cannot be read as an assessment is told when it is scored. */
static tdm_status add_assessed_children(const tdm__collection *c)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; (status == TDM_OK || status == TDM_CONFLICT) && i < c->assessment_count; i++) {
        tdm_assessment *assessment;
        const tdm__raw_assessment *raw = &c->assessments[i];
        const tdm_date unknown = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
        status = tdm_assessment_read(&assessment, &c->context->allocator, raw->json, raw->file, raw->line,
                                     NULL);
        if (status == TDM_NO_MEMORY)
            return status;
        tdm__child_input child = {.born = unknown, .expected = unknown, .died = unknown};
        child.id = assessment ? tdm_assessment_child(assessment) : (tdm_str){"", 0};
        status = child.id.length > 0 ? tdm__builder_child(c->builder, &child) : TDM_OK;
        tdm_assessment_free(assessment);
    }
    return status == TDM_CONFLICT ? TDM_OK : status;
}

tdm_status tdm__session_read(tdm__session *session, tdm_error *error)
{
    const tdm_request *request = session->request;
    tdm_status status = TDM_OK;
    if (request->input_count == 0)
        return tdm__fail(error, TDM_INVALID_ARG, "name at least one input");
    for (size_t i = 0; status == TDM_OK && i < request->input_count; i++) {
        const tdm__input *input = &request->inputs[i];
        if (input->path && tdm__store_is_one(request->context, input->path))
            status = read_store(session, input, error);
        else
            status = tdm__ingest(&session->collection, input, error);
    }
    if (status == TDM_OK)
        status = add_assessed_children(&session->collection);
    session->read_diagnostics = session->collection.diagnostics.count;
    if (status == TDM_OK)
        status = tdm__builder_freeze(&session->chronology, session->collection.builder,
                                     &session->collection.diagnostics);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

/* One assessment on its instrument; *out is NULL when it cannot be scored, with the error filled. */
static tdm_status score_one(tdm_score **out, const tdm__session *session, const tdm__raw_assessment *raw,
                            tdm_error *error)
{
    tdm_assessment *assessment;
    const tdm_allocator *allocator = &session->data.context->allocator;
    *out = NULL;
    tdm_status status = tdm_assessment_read(&assessment, allocator, raw->json, raw->file, raw->line, error);
    if (status != TDM_OK)
        return status;
    const tdm_instrument *instrument = tdm__data_instrument(&session->data,
                                                            tdm_assessment_instrument(assessment));
    if (!instrument) {
        status = tdm__fail_at(error, TDM_NOT_FOUND, (tdm_place){raw->file, raw->line, 0},
                              "there is no instrument of the id that the assessment names");
    } else {
        char name[64];
        tdm_str aggregation = session->data.policy ? tdm__policy_aggregation(session->data.policy,
                                                                             tdm_instrument_id(instrument))
                                                   : (tdm_str){"", 0};
        tdm_score_options options = {.struct_size = sizeof options};
        if (aggregation.length > 0 && aggregation.length < sizeof name) {
            memcpy(name, aggregation.data, aggregation.length);
            name[aggregation.length] = '\0';
            options.aggregation = name;
        }
        status = tdm_score_make(out, allocator, assessment, instrument, &options, error);
    }
    tdm_assessment_free(assessment);
    return status;
}

tdm_status tdm__session_score(tdm__session *session, bool strict, tdm_error *error)
{
    tdm__collection *c = &session->collection;
    session->scores = tdm__arena_array(&c->arena, c->assessment_count, sizeof *session->scores);
    if (!session->scores)
        return tdm__no_memory(error);
    for (size_t i = 0; i < c->assessment_count; i++) {
        tdm_error inner = {0};
        tdm_score *score;
        tdm_status status = score_one(&score, session, &c->assessments[i], &inner);
        if (status == TDM_OK) {
            session->scores[session->score_count++] = score;
            continue;
        }
        if (strict || status == TDM_NO_MEMORY) {
            *error = inner;
            return status;
        }
        status = tdm__diagnose(&c->diagnostics, TDM__ERROR, "assessment-not-scored", tdm__str(inner.file),
                               inner.line, TDM_LIT(""), "%s", inner.message);
        if (status != TDM_OK)
            return tdm__no_memory(error);
    }
    return TDM_OK;
}

tdm_status tdm__session_read_scored(tdm__session *session, tdm_error *error)
{
    tdm__data_request rules = tdm__session_rules(session);
    tdm_status status = tdm__data_read_rules(&session->data, &rules, error);
    if (status == TDM_OK)
        status = tdm__data_read_instruments(&session->data, &rules, error);
    if (status == TDM_OK)
        status = tdm__session_read(session, error);
    if (status == TDM_OK)
        status = tdm__session_score(session, true, error);
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
    for (size_t i = 0; i < session->score_count; i++)
        tdm_score_free(session->scores[i]);
    tdm_chronology_free(session->chronology);
    tdm__collection_free(&session->collection);
    tdm__data_free(&session->data);
}
