/*
 * compare: each assessment against the one before it of the same child, carer and instrument.
 * agreement: how far two assessors of the same visits agree. Both begin with series of scores.
 */
#include "api/answer.h"
#include "api/session.h"
#include "instrument/agreement.h"
#include "report/forms.h"

#include <string.h>

static tdm_status read_series(tdm__series_list **out, tdm__session *session, tdm_error *error)
{
    *out = NULL;
    tdm_status status = tdm__session_read_scored(session, error);
    if (status != TDM_OK)
        return status;
    status = tdm__series_list_make(out, &session->data.context->allocator,
                                   (const tdm_score *const *)session->scores, session->score_count);
    return status == TDM_OK ? TDM_OK : tdm__no_memory(error);
}

/* Takes out what was assessed once only, so that what is left can be compared. */
static void keep_repeated(tdm__series_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].visit_count > 1)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static tdm_status compare_series(tdm__series *series, const tdm__session *session)
{
    tdm__reliability reliability = {0};
    if (session->data.policy)
        reliability = tdm__policy_reliability(session->data.policy,
                                              tdm_score_instrument(series->visits[0].scores[0]));
    return tdm__series_compare(series, &session->data.context->allocator, reliability);
}

/* One series after the other, so that only one is held compared. */
static tdm_status put_changes(tdm__answer *answer, const tdm__session *session, tdm__series_list *list)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < list->count; i++) {
        tdm__series *series = &list->items[i];
        status = compare_series(series, session);
        for (size_t c = 0; status == TDM_OK && c + 1 < series->visit_count; c++) {
            if (answer->as_json)
                tdm__comparison_put(&answer->json, series->comparisons[c]);
            else
                tdm__comparison_text(&answer->text, series->comparisons[c]);
        }
        tdm__series_forget(series, &session->data.context->allocator);
    }
    return status;
}

static tdm_status answer_changes(tdm__session *session, tdm__series_list *list, tdm_sink sink)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, session->request, sink);
    if (answer.as_json)
        tdm__json_open_array(&answer.json);
    tdm_status status = put_changes(&answer, session, list);
    if (answer.as_json)
        tdm__json_close_array(&answer.json);
    return tdm__answer_end(&answer, status);
}

static tdm_status write_page(tdm__session *session, tdm__series_list *list, tdm_sink sink, tdm_error *error)
{
    for (size_t i = 0; i < list->count; i++)
        if (compare_series(&list->items[i], session) != TDM_OK)
            return tdm__no_memory(error);
    return tdm__report_comparisons(list->items, list->count, &session->data.context->allocator, sink, error);
}

static tdm_status compare(tdm__session *session, tdm_sink sink, tdm_error *error)
{
    const char *format = tdm__request_value(session->request, "format");
    tdm__series_list *list;
    tdm_status status = read_series(&list, session, error);
    if (status != TDM_OK)
        return status;
    keep_repeated(list);
    if (list->count == 0)
        status = tdm__fail(error, TDM_INVALID_INPUT,
                           "expected assessments of two visits to one child and carer on one instrument");
    else if (format && strcmp(format, "html") == 0)
        status = write_page(session, list, sink, error);
    else
        status = answer_changes(session, list, sink);
    tdm__series_list_free(list);
    return status;
}

/* Pairs of one visit each, and how many more assessments each visit has. */
typedef struct paired_visits {
    tdm__visit_pair *pairs;
    size_t *further;
    size_t count;
} paired_visits;

/* One pair a visit, so that no visit counts twice: the first score and the first of another assessor. */
static void pair_visits(paired_visits *out, const tdm__series_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        for (size_t v = 0; v < list->items[i].visit_count; v++) {
            const tdm__visit *visit = &list->items[i].visits[v];
            if (visit->count < 2)
                continue;
            out->pairs[out->count] = tdm__visit_pair_of(visit->scores[0], visit->scores[1]);
            out->further[out->count++] = visit->count - 2;
        }
}

static tdm_status put_agreement(tdm__answer *answer, const tdm__session *session, const paired_visits *visits,
                                size_t first, size_t end)
{
    tdm__agreement_report *report;
    size_t further = 0;
    for (size_t i = first; i < end; i++)
        further += visits->further[i];
    tdm_status status = tdm__agreement_report_make(&report, &session->data.context->allocator,
                                                   &visits->pairs[first], end - first, further);
    if (status != TDM_OK)
        return status;
    if (answer->as_json)
        tdm__agreement_put(&answer->json, report);
    else
        tdm__agreement_text(&answer->text, report);
    tdm__agreement_report_free(report);
    return TDM_OK;
}

/* Pairs of one instrument stand together. */
static tdm_status answer_agreement(tdm__session *session, const paired_visits *visits, tdm_sink sink)
{
    tdm__answer answer;
    tdm_status status = TDM_OK;
    const tdm__visit_pair *pairs = visits->pairs;
    size_t count = visits->count;
    tdm__answer_begin(&answer, session->request, sink);
    if (answer.as_json)
        tdm__json_open_array(&answer.json);
    for (size_t first = 0, end; status == TDM_OK && first < count; first = end) {
        for (end = first + 1; end < count && pairs[end].one->instrument == pairs[first].one->instrument;)
            end++;
        status = put_agreement(&answer, session, visits, first, end);
    }
    if (answer.as_json)
        tdm__json_close_array(&answer.json);
    return tdm__answer_end(&answer, status);
}

static tdm_status agreement(tdm__session *session, tdm_sink sink, tdm_error *error)
{
    tdm__series_list *list;
    tdm_status status = read_series(&list, session, error);
    if (status != TDM_OK)
        return status;
    paired_visits visits = {0};
    visits.pairs = tdm__arena_array(&list->arena, session->score_count, sizeof *visits.pairs);
    visits.further = tdm__arena_array(&list->arena, session->score_count, sizeof *visits.further);
    if (visits.pairs && visits.further)
        pair_visits(&visits, list);
    if (!visits.pairs || !visits.further)
        status = tdm__no_memory(error);
    else if (visits.count == 0)
        status = tdm__fail(error, TDM_INVALID_INPUT,
                           "expected two assessments of one visit by two assessors, who are both named");
    else
        status = answer_agreement(session, &visits, sink);
    tdm__series_list_free(list);
    return status;
}

/* What both operations have around them. */
static tdm_status with_session(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_status (*work)(tdm__session *, tdm_sink, tdm_error *), tdm_error *error)
{
    tdm__session session;
    tdm_status status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = work(&session, sink, error);
    outcome->trouble = status == TDM_OK && tdm__session_trouble(&session);
    return tdm__session_end(&session, status, error);
}

tdm_status tdm__op_compare(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    return with_session(request, outcome, sink, compare, error);
}

tdm_status tdm__op_agreement(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                             tdm_error *error)
{
    return with_session(request, outcome, sink, agreement, error);
}
