/*
 * Stated incidents of two rows or more, then found groups, as rows of the chronology; which rows belong
 * together is decided by the history alone.
 */
#include "engine/one_incident.h"

/* Rows of one incident that are held against each other: beyond, time would grow with their square. */
#define COMPARED_ROWS_MAX 200

typedef struct keeper {
    tdm__child_result *out;
    const tdm_history *history;
    tdm__arena *arena;
} keeper;

static tdm_status keep(keeper *k, bool stated, const uint32_t *rows, uint32_t count)
{
    const tdm_history *h = k->history;
    tdm__contradiction *found;
    size_t found_count;
    tdm_status status = tdm__history_contradictions(&found, &found_count, h, rows,
                                                    count < COMPARED_ROWS_MAX ? count : COMPARED_ROWS_MAX);
    uint32_t *events = tdm__arena_array(k->arena, count, sizeof *events);
    tdm__run_contradiction *kept = tdm__arena_array(k->arena, found_count, sizeof *kept);
    if (status != TDM_OK || !events || !kept)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        events[i] = h->rows[rows[i]].event;
    for (size_t i = 0; i < found_count; i++)
        kept[i] = (tdm__run_contradiction){h->rows[found[i].row].event, h->rows[found[i].other].event,
                                           found[i].key};
    k->out->incidents[k->out->incident_count++] = (tdm__one_incident){stated, events, count, kept,
                                                                      found_count};
    return TDM_OK;
}

/* Where the rows of each incident begin in `rows`, in the order of the incidents; rows stay ascending. */
static tdm_status by_incident(uint32_t **out_rows, uint32_t **out_end, const tdm_history *h)
{
    uint32_t *rows = tdm__arena_array(h->arena, h->row_count, sizeof *rows);
    uint32_t *end = tdm__arena_array(h->arena, h->incident_count, sizeof *end);
    uint32_t at = 0;
    *out_rows = rows;
    *out_end = end;
    if (!rows || !end)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < h->incident_count; i++) {
        end[i] = at;
        at += h->incidents[i].row_count;
    }
    for (uint32_t row = 0; row < h->row_count; row++)
        rows[end[h->rows[row].incident]++] = row;
    return TDM_OK;
}

static tdm_status keep_stated(keeper *k)
{
    const tdm_history *h = k->history;
    uint32_t *rows, *end;
    tdm_status status = by_incident(&rows, &end, h);
    for (uint32_t i = 0; i < h->incident_count && status == TDM_OK; i++) {
        uint32_t count = h->incidents[i].row_count;
        if (count > 1)
            status = keep(k, true, rows + (end[i] - count), count);
    }
    return status;
}

tdm_status tdm__keep_incidents(tdm__child_result *out, const tdm_history *history, tdm__arena *arena)
{
    keeper k = {out, history, arena};
    size_t count = history->found_group_count;
    for (uint32_t i = 0; i < history->incident_count; i++)
        count += history->incidents[i].row_count > 1;
    out->incidents = tdm__arena_array(arena, count, sizeof *out->incidents);
    if (!out->incidents)
        return TDM_NO_MEMORY;
    tdm_status status = count > history->found_group_count ? keep_stated(&k) : TDM_OK;
    for (uint32_t i = 0; i < history->found_group_count && status == TDM_OK; i++)
        status = keep(&k, false, history->found_groups[i].rows, history->found_groups[i].row_count);
    return status;
}
