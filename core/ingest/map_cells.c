/*
 * One cell under a map (see map_cells.h).
 */
#include "ingest/map_cells.h"

static tdm_status read_item(tdm__problem *out, tdm__draft *draft, const tdm__binding *binding,
                            const tdm__how *how, tdm__text *folded, tdm_str item)
{
    tdm_str value = item;
    tdm__text_clear(folded);
    if (tdm__fold(folded, item) != TDM_OK)
        return TDM_NO_MEMORY;
    uint32_t at = tdm__dictionary_find(&binding->theirs, tdm__text_str(folded));
    if (at != TDM_NO_INDEX)
        value = tdm__str_trimmed(binding->ours[at]);
    /* As a row has it: a kind still to be filled in is none, any other value that is empty is meant so. */
    if (value.length == 0 && how->field == TDM__FIELD_KIND)
        value = item;
    *out = value.length > 0 ? tdm__draft_read(draft, how, value) : TDM__FINE;
    return *out == TDM__PROBLEM_MEMORY ? TDM_NO_MEMORY : TDM_OK;
}

tdm_status tdm__map_cell(tdm__problem *out, tdm__draft *draft, const tdm__binding *binding,
                         const tdm_date_rules *rules, tdm__text *folded, tdm_str cell)
{
    tdm__how how = binding->how;
    how.rules = rules;
    *out = TDM__FINE;
    if (!binding->has_values || !how.split)
        return read_item(out, draft, binding, &how, folded, cell);
    tdm_status status = TDM_OK;
    while (cell.length > 0 && status == TDM_OK) {
        tdm__problem problem = TDM__FINE;
        tdm_str item = tdm__str_trimmed(tdm__str_split(&cell, how.split));
        if (item.length > 0)
            status = read_item(&problem, draft, binding, &how, folded, item);
        if (*out == TDM__FINE)
            *out = problem;
    }
    return status;
}
