/*
 * From the answers of single days to spells. What a day answers, and how far a spell reaches, the measures
 * say.
 */
#include "chronology/day_spells.h"

tdm_status tdm__day_spells_make(tdm__spell_list *list, const tdm__day_spells *days)
{
    tdm_status status = TDM_OK;
    tdm_answer answer = TDM_NOT_MET;
    size_t from = days->day_count, to = 0;
    for (size_t first = 0, end; status == TDM_OK && first < days->day_count; first = end) {
        end = first + 1;
        if (days->answers[first] == TDM_NOT_MET)
            continue;
        end = days->end(days->question, days->answers, first);
        from = from < first ? from : first;
        to = end;
        status = days->add(list, days->question, first, end, days->answers);
    }
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].answer == TDM_MET)
            return status;
    if (status == TDM_OK && list->count > 1)
        status = days->decide(&answer, days->question, from, to);
    if (status != TDM_OK || answer != TDM_MET)
        return status;
    list->count = 0;
    return days->add(list, days->question, from, to, days->answers);
}

tdm_day tdm__first_day_met(const tdm__days *days, const tdm_answer *answers, size_t first, size_t end)
{
    for (size_t at = first; at < end; at++)
        if (answers[at] == TDM_MET)
            return days->items[at];
    return TDM_DAY_NONE;
}
