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
    for (uint32_t i = 0; i < selection->count; i++) {
        const tdm__member *member = &selection->members[i];
        const tdm__row *row = &h->rows[member->row];
        if (member->doubtful || row->uncertain || row->from != row->to || row->from < before ||
            !(selection->count_rows || counts_alone(h, row->incident)))
            return TDM_OK;
        days[i] = before = row->from;
    }
    *out = days;
    return TDM_OK;
}
