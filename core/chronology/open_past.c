/*
 * Episodes still open at the end of the day that lies a span after their start. One start and one
 * end decide, each monotone, so the bounds are exact.
 */
#include "chronology/looked.h"
#include "chronology/worlds.h"

/* Whether the episode was open past the day: wherever its dates fall, or for some placement. */
static tdm_status past(bool *out, tdm_day *reached, const tdm_history *history, const tdm__episode *episode,
                       tdm_span span, bool surely, const tdm_holidays *holidays)
{
    tdm_day as_of = history->as_of;
    bool closed = episode->end_row != TDM_NO_INDEX;
    tdm_status status = tdm_span_end(reached, surely ? episode->start_to : episode->start_from, span,
                                     holidays);
    *out = false;
    if (status != TDM_OK)
        return status;
    if (*reached > as_of)
        tdm__look_until(history, *reached - 1);
    tdm_day end = !closed ? TDM_DAY_AFTER_ALL : surely ? episode->end_from : episode->end_to;
    /* An end on that very day is closed at its end. */
    *out = *reached <= as_of && end > *reached && !(surely && episode->uncertain);
    return TDM_OK;
}

static tdm_status episode_rows(tdm__spell *spell, const tdm_history *h, const tdm__episode *episode)
{
    uint32_t *rows = tdm__arena_array(h->arena, 2, sizeof *rows);
    if (!rows)
        return TDM_NO_MEMORY;
    rows[spell->row_count++] = episode->start_row;
    if (episode->end_row != TDM_NO_INDEX)
        rows[spell->row_count++] = episode->end_row;
    if (spell->row_count == 2 && rows[0] > rows[1]) {
        uint32_t swap = rows[0];
        rows[0] = rows[1];
        rows[1] = swap;
    }
    spell->rows = rows;
    return TDM_OK;
}

static tdm_status add_spell(tdm__spell_list *list, const tdm__episode *episode, int32_t certain,
                            int32_t possible, tdm_day first_met)
{
    const tdm_history *h = list->history;
    bool closed = episode->end_row != TDM_NO_INDEX;
    tdm__spell *spell = tdm__spell_add(list);
    tdm_status status = spell ? episode_rows(spell, h, episode) : TDM_NO_MEMORY;
    if (status != TDM_OK)
        return status;
    uint32_t flags = episode->uncertain ? TDM_DATE_UNCERTAIN : 0;
    spell->answer = certain > 0 ? TDM_MET : TDM_POSSIBLE;
    spell->count = (tdm_bounds){certain, possible};
    spell->first_met = first_met;
    spell->open = !closed;
    spell->first = (tdm_date){episode->start_from, episode->start_to, flags};
    spell->last = closed ? (tdm_date){episode->end_from, episode->end_to, flags}
                         : (tdm_date){h->as_of, h->as_of, 0};
    spell->from = episode->start_from;
    spell->to = closed ? episode->end_to : h->as_of;
    spell->agencies = 1;
    return TDM_OK;
}

/* Counts are places in `spans`, from 1; the highest reached. Spans must rise. */
tdm_status tdm__episodes_open_past(tdm__verdict *out, const tdm__episodes *episodes, const tdm_span *spans,
                                   size_t span_count, const tdm_holidays *holidays, tdm_budget *budget)
{
    tdm__spell_list list = {.history = episodes->history};
    *out = (tdm__verdict){TDM_NOT_MET, NULL, 0};
    for (uint32_t i = 0; i < episodes->count; i++) {
        const tdm__episode *episode = episodes->items[i];
        int32_t certain = 0, possible = 0;
        tdm_day first_met = TDM_DAY_NONE, reached;
        if (!tdm__charge(budget, 1 + (int64_t)span_count))
            return TDM_BUDGET;
        for (size_t s = 0; s < span_count; s++) {
            bool holds;
            tdm_status status = past(&holds, &reached, list.history, episode, spans[s], true, holidays);
            if (status == TDM_OK && holds) {
                certain = (int32_t)s + 1;
                first_met = first_met == TDM_DAY_NONE || reached < first_met ? reached : first_met;
            }
            if (status == TDM_OK)
                status = past(&holds, &reached, list.history, episode, spans[s], false, holidays);
            if (status != TDM_OK)
                return status;
            possible = holds ? (int32_t)s + 1 : possible;
        }
        if (possible > 0) {
            tdm_status status = add_spell(&list, episode, certain, possible, first_met);
            if (status != TDM_OK)
                return status;
        }
    }
    tdm__verdict_finish(out, &list, TDM_NOT_MET);
    return TDM_OK;
}
