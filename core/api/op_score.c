/*
 * score: assessments on their instruments, each with what decided it.
 */
#include "api/answer.h"
#include "api/session.h"
#include "instrument/words.h"

static tdm_status put_score_json(tdm__answer *answer, const tdm_score *score)
{
    tdm__text one;
    tdm__text_init(&one, answer->text.allocator);
    tdm_status status = tdm_score_write(score, tdm__text_sink(&one), 0);
    if (status == TDM_OK)
        tdm__json_put_raw(&answer->json, tdm__text_str(&one));
    tdm__text_free(&one);
    return status;
}

static tdm_status score(tdm__session *session, tdm_sink sink, tdm_error *error)
{
    tdm__answer answer;
    tdm_status status = tdm__session_read_scored(session, error);
    if (status != TDM_OK)
        return status;
    tdm__answer_begin(&answer, session->request, sink);
    if (answer.as_json)
        tdm__json_open_array(&answer.json);
    for (size_t i = 0; status == TDM_OK && i < session->score_count; i++) {
        if (answer.as_json)
            status = put_score_json(&answer, session->scores[i]);
        else
            tdm__score_text(&answer.text, session->scores[i]);
    }
    if (answer.as_json)
        tdm__json_close_array(&answer.json);
    return tdm__answer_end(&answer, status);
}

tdm_status tdm__op_score(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    tdm__session session;
    tdm_status status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = score(&session, sink, error);
    outcome->trouble = status == TDM_OK && tdm__session_trouble(&session);
    return tdm__session_end(&session, status, error);
}
