/*
 * score: assessments on their instruments, each with what decided it.
 */
#include "api/answer.h"
#include "api/session.h"

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

static void put_area(tdm__text *text, const tdm_score_view *area)
{
    tdm__text_printf(text, "  %-6.*s %-28.*s ", TDM_STR_ARGS(area->code), TDM_STR_ARGS(area->title));
    if (area->assessed)
        tdm__text_printf(text, "%d%s", (int)area->grade, area->override ? " (override)" : "");
    else
        tdm__text_printf(text, "not assessed: %.*s", TDM_STR_ARGS(area->reason));
    if (area->band.length > 0)
        tdm__text_printf(text, " (band \"%.*s\")", TDM_STR_ARGS(area->band));
    tdm__text_printf(text, "  [%d scored, %d not seen, %d not applicable, %d not recorded]\n",
                     (int)area->scored, (int)area->not_seen, (int)area->not_applicable,
                     (int)area->not_recorded);
}

static void put_score_text(tdm__text *text, const tdm_score *score)
{
    char date[TDM_DATE_TEXT_SIZE];
    tdm_score_view view;
    tdm_day day = tdm_score_date(score);
    tdm_date_words(date, (tdm_date){day, day, 0});
    tdm__text_printf(text, "%.*s  %.*s  %s\n", TDM_STR_ARGS(tdm_score_assessment(score)),
                     TDM_STR_ARGS(tdm_score_instrument(score)), date);
    for (size_t i = 0; tdm_score_area(&view, score, i); i++)
        put_area(text, &view);
    if (tdm_score_total(&view, score)) {
        if (view.assessed)
            tdm__text_printf(text, "  total  %d of %d", (int)view.grade, (int)view.max);
        else
            tdm__text_printf(text, "  total  not assessed: at least %d and at most %d of %d", (int)view.low,
                             (int)view.high, (int)view.max);
        if (view.band.length > 0)
            tdm__text_printf(text, " (band \"%.*s\")", TDM_STR_ARGS(view.band));
        tdm__text_char(text, '\n');
    }
    tdm__text_puts(text, "  ");
    tdm__text_add(text, tdm_score_sentence(score));
    tdm__text_puts(text, "\n");
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
            put_score_text(&answer.text, session->scores[i]);
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
    tdm__session_free(&session);
    return status;
}
