/*
 * Whether a selection is plain, and its days (see plain.h).
 */
#include "chronology/plain.h"

static bool counts_alone(const tdm_history *h, uint32_t incident)
{
    return h->incidents[incident].row_count == 1 && h->incidents[incident].found == TDM_NO_INDEX;
}

tdm_status tdm__plain_days(const tdm_day **out, const tdm_selection *selection, tdm_budget *budget)
{
    const tdm_history *h = selection->history;
    tdm_day before = TDM_DAY_BEFORE_ALL;
    *out = NULL;
    if (!tdm__charge(budget, 1 + selection->count / 4))
        return TDM_BUDGET;
    tdm_day *days = tdm__arena_alloc(h->arena, selection->count * sizeof *days);
    if (!days)
        return TDM_NO_MEMORY;
    bool doubt = false;
    for (uint32_t i = 0; i < selection->count && !doubt; i++) {
        const tdm__member *member = &selection->members[i];
        const tdm__row *row = &h->rows[member->row];
        doubt = member->doubtful || row->uncertain || row->from != row->to || row->from < before;
        days[i] = before = row->from;
    }
    for (uint32_t i = 0; !selection->count_rows && i < selection->count && !doubt; i++)
        doubt = !counts_alone(h, h->rows[selection->members[i].row].incident);
    if (doubt)
        return TDM_OK;
    *out = days;
    return TDM_OK;
}
