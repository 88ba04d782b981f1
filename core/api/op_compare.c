/*
 * compare: each assessment against the one before it of the same child, carer and instrument.
 * agreement: how far two assessors of the same visits agree. Both begin with scores in order.
 */
#include "api/answer.h"
#include "api/session.h"
#include "instrument/agreement.h"

#include <stdlib.h>

/* A score and where it stood among the inputs, which settles what nothing else does. */
typedef struct ordered {
    const tdm_score *score;
    size_t place;
} ordered;

/* Scores by instrument, child, carer and day; what belongs together stands together. */
typedef struct series {
    ordered *items;
    size_t count;
    tdm__visit_pair *pairs; /* of one visit each */
    size_t pair_count;
} series;

static int compare_texts(const tdm_score *a, const tdm_score *b)
{
    const tdm_str *one = a->instrument->texts, *other = b->instrument->texts;
    int order = tdm__str_compare(one[TDM__TEXT_ID], other[TDM__TEXT_ID]);
    if (order == 0)
        order = tdm__str_compare(a->child, b->child);
    return order != 0 ? order : tdm__str_compare(a->carer, b->carer);
}

static int compare_ordered(const void *one, const void *other)
{
    const ordered *a = one, *b = other;
    int order = compare_texts(a->score, b->score);
    if (order == 0)
        order = (a->score->date > b->score->date) - (a->score->date < b->score->date);
    if (order == 0)
        order = tdm__str_compare(a->score->assessment, b->score->assessment);
    return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

static tdm_status put_in_order(series *out, tdm__session *session, tdm_error *error)
{
    tdm__arena *arena = &session->collection.arena;
    out->count = session->score_count;
    out->items = tdm__arena_array(arena, out->count, sizeof *out->items);
    out->pairs = tdm__arena_array(arena, out->count, sizeof *out->pairs);
    if (!out->items || !out->pairs)
        return tdm__no_memory(error);
    for (size_t i = 0; i < out->count; i++)
        out->items[i] = (ordered){session->scores[i], i};
    qsort(out->items, out->count, sizeof *out->items, compare_ordered);
    return TDM_OK;
}

/* Behind the last of the same child, carer and instrument. */
static size_t group_end(const series *s, size_t first)
{
    size_t end = first + 1;
    while (end < s->count && compare_texts(s->items[first].score, s->items[end].score) == 0)
        end++;
    return end;
}

/* Behind the last that is of one visit with `first`. */
static size_t visit_end(const series *s, size_t first, size_t end)
{
    size_t next = first + 1;
    while (next < end && tdm__same_visit(s->items[first].score, s->items[next].score))
        next++;
    return next;
}

/* Names of assessors in the order of their bytes, so that one person always stands on one side. */
static tdm__visit_pair pair_of(const tdm_score *a, const tdm_score *b)
{
    bool turned = tdm__str_compare(a->assessor, b->assessor) > 0;
    return turned ? (tdm__visit_pair){b, a} : (tdm__visit_pair){a, b};
}

static tdm_status put_change(tdm__answer *answer, const tdm__session *session, const series *s,
                             const tdm_score *before, const tdm_score *now)
{
    tdm__comparison *comparison;
    tdm__comparison_input input = {before, now, s->pairs, s->pair_count, {0}};
    if (session->data.policy)
        input.reliability = tdm__policy_reliability(session->data.policy,
                                                    tdm_instrument_id(before->instrument));
    tdm_status status = tdm__comparison_make(&comparison, &session->data.context->allocator, &input);
    if (status != TDM_OK)
        return status;
    if (answer->as_json)
        tdm__comparison_put(&answer->json, comparison);
    else
        tdm__comparison_text(&answer->text, comparison);
    tdm__comparison_free(comparison);
    return TDM_OK;
}

/* The first score of a visit stands in the row of visits; the others show how far assessors stand apart. */
static tdm_status put_group(tdm__answer *answer, const tdm__session *session, series *s, size_t first,
                            size_t end)
{
    tdm_status status = TDM_OK;
    s->pair_count = 0;
    for (size_t i = first, next; i < end; i = next) {
        next = visit_end(s, i, end);
        for (size_t other = i + 1; other < next; other++)
            s->pairs[s->pair_count++] = pair_of(s->items[i].score, s->items[other].score);
    }
    for (size_t i = first, next = visit_end(s, i, end); status == TDM_OK && next < end;) {
        status = put_change(answer, session, s, s->items[i].score, s->items[next].score);
        i = next;
        next = visit_end(s, i, end);
    }
    return status;
}

static bool has_two_visits(const series *s)
{
    for (size_t first = 0, end; first < s->count; first = end) {
        end = group_end(s, first);
        if (visit_end(s, first, end) < end)
            return true;
    }
    return false;
}

static tdm_status compare(tdm__session *session, tdm_sink sink, tdm_error *error)
{
    tdm__answer answer;
    series s = {0};
    tdm_status status = tdm__session_read_scored(session, error);
    if (status == TDM_OK)
        status = put_in_order(&s, session, error);
    if (status == TDM_OK && !has_two_visits(&s))
        status = tdm__fail(error, TDM_INVALID_INPUT,
                           "expected assessments of two visits to one child and carer on one instrument");
    if (status != TDM_OK)
        return status;
    tdm__answer_begin(&answer, session->request, sink);
    if (answer.as_json)
        tdm__json_open_array(&answer.json);
    for (size_t first = 0, end; status == TDM_OK && first < s.count; first = end) {
        end = group_end(&s, first);
        status = put_group(&answer, session, &s, first, end);
    }
    if (answer.as_json)
        tdm__json_close_array(&answer.json);
    return tdm__answer_end(&answer, status);
}

/* One pair a visit, so that no visit counts twice: the first score and the first of another assessor. */
static void pair_visits(series *s)
{
    for (size_t first = 0, end; first < s->count; first = end) {
        end = group_end(s, first);
        for (size_t i = first, next; i < end; i = next) {
            next = visit_end(s, i, end);
            if (next > i + 1)
                s->pairs[s->pair_count++] = pair_of(s->items[i].score, s->items[i + 1].score);
        }
    }
}

static tdm_status put_agreement(tdm__answer *answer, const tdm__session *session,
                                const tdm__visit_pair *pairs, size_t count)
{
    tdm__agreement_report *report;
    tdm_status status = tdm__agreement_report_make(&report, &session->data.context->allocator, pairs, count);
    if (status != TDM_OK)
        return status;
    if (answer->as_json)
        tdm__agreement_put(&answer->json, report);
    else
        tdm__agreement_text(&answer->text, report);
    tdm__agreement_report_free(report);
    return TDM_OK;
}

static tdm_status agreement(tdm__session *session, tdm_sink sink, tdm_error *error)
{
    tdm__answer answer;
    series s = {0};
    tdm_status status = tdm__session_read_scored(session, error);
    if (status == TDM_OK)
        status = put_in_order(&s, session, error);
    if (status == TDM_OK)
        pair_visits(&s);
    if (status == TDM_OK && s.pair_count == 0)
        status = tdm__fail(error, TDM_INVALID_INPUT,
                           "expected two assessments of one visit by two assessors, who are both named");
    if (status != TDM_OK)
        return status;
    tdm__answer_begin(&answer, session->request, sink);
    if (answer.as_json)
        tdm__json_open_array(&answer.json);
    for (size_t first = 0, end; status == TDM_OK && first < s.pair_count; first = end) {
        for (end = first + 1;
             end < s.pair_count && s.pairs[end].one->instrument == s.pairs[first].one->instrument;)
            end++;
        status = put_agreement(&answer, session, &s.pairs[first], end - first);
    }
    if (answer.as_json)
        tdm__json_close_array(&answer.json);
    return tdm__answer_end(&answer, status);
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
    tdm__session_free(&session);
    return status;
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
