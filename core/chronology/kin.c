/*
 * Siblings beside a child: see kin.h. Who is a sibling: households.c.
 */
#include "chronology/kin.h"

#include "chronology/looked.h"

#include <string.h>

tdm_status tdm__kin_new(tdm_history *h)
{
    h->kin = tdm__arena_array(h->arena, 1, sizeof *h->kin);
    if (!h->kin)
        return TDM_NO_MEMORY;
    h->kin->history = h;
    return TDM_OK;
}

uint32_t tdm__rows_with_kin(const tdm_history *h)
{
    return h->row_count + h->kin->row_count;
}

static tdm_status make_siblings(tdm__kin *kin)
{
    const tdm_history *h = kin->history;
    uint32_t *children;
    size_t count;
    tdm_status status = tdm__chronology_siblings(&children, &count, h->arena, h->chronology, h->child);
    if (status != TDM_OK)
        return status;
    kin->siblings = tdm__arena_array(h->arena, count, sizeof *kin->siblings);
    kin->first_row = tdm__arena_array(h->arena, count, sizeof *kin->first_row);
    if (!kin->siblings || !kin->first_row)
        return TDM_NO_MEMORY;
    kin->sibling_count = 0;
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        tdm_history *sibling;
        status = tdm__history_new(&sibling, h->arena, h->chronology, children[i], h->as_of, NULL);
        kin->siblings[kin->sibling_count++] = sibling;
    }
    return status;
}

/* Puts a sibling's rows and incidents behind those that are there. */
static void append(tdm_history *h, tdm__row *rows, tdm__incident *incidents, uint32_t sibling)
{
    tdm__kin *kin = h->kin;
    const tdm_history *other = kin->siblings[sibling];
    uint32_t first_incident = h->incident_count + kin->incident_count;
    uint32_t first_found = h->found_group_count + kin->found_count;
    kin->first_row[sibling] = h->row_count + kin->row_count;
    for (uint32_t i = 0; i < other->row_count; i++) {
        tdm__row *row = &rows[kin->first_row[sibling] + i];
        *row = other->rows[i];
        row->incident += first_incident;
        row->own_level = TDM_NO_LADDER;
    }
    for (uint32_t i = 0; i < other->incident_count; i++) {
        tdm__incident *incident = &incidents[first_incident + i];
        *incident = other->incidents[i];
        incident->found += incident->found == TDM_NO_INDEX ? 0 : first_found;
    }
    kin->row_count += other->row_count;
    kin->incident_count += other->incident_count;
    kin->found_count += other->found_group_count;
}

static tdm_status append_all(tdm_history *h)
{
    size_t rows = h->row_count, incidents = h->incident_count;
    for (uint32_t i = 0; i < h->kin->sibling_count; i++) {
        rows += h->kin->siblings[i]->row_count;
        incidents += h->kin->siblings[i]->incident_count;
    }
    tdm__row *all_rows = tdm__arena_array(h->arena, rows, sizeof *all_rows);
    tdm__incident *all_incidents = tdm__arena_array(h->arena, incidents, sizeof *all_incidents);
    if (!all_rows || !all_incidents)
        return TDM_NO_MEMORY;
    if (rows > UINT32_MAX - 1)
        return TDM_TOO_LARGE;
    if (h->row_count > 0)
        memcpy(all_rows, h->rows, h->row_count * sizeof *all_rows);
    if (h->incident_count > 0)
        memcpy(all_incidents, h->incidents, h->incident_count * sizeof *all_incidents);
    for (uint32_t i = 0; i < h->kin->sibling_count; i++)
        append(h, all_rows, all_incidents, i);
    h->rows = all_rows;
    h->incidents = all_incidents;
    return TDM_OK;
}

tdm_status tdm__history_kin(const tdm__kin **out, const tdm_history *history)
{
    tdm__kin *kin = history->kin;
    *out = kin;
    tdm__look_at_day(history); /* what siblings' records say is not followed */
    if (kin->made)
        return TDM_OK;
    tdm_status status = make_siblings(kin);
    if (status == TDM_OK)
        status = append_all(kin->history);
    kin->made = status == TDM_OK;
    return status;
}

/* What is added to a row's number of one history to have that of the child's; TDM_NO_INDEX: not of its kin.
 */
static uint32_t first_row_of(const tdm_history *h, const tdm_history *other)
{
    for (uint32_t i = 0; h->kin->made && i < h->kin->sibling_count; i++)
        if (h->kin->siblings[i] == other)
            return h->kin->first_row[i];
    return TDM_NO_INDEX;
}

tdm_status tdm__selection_beside(tdm_selection **out, const tdm_history *h, const tdm_selection *selection)
{
    uint32_t first = first_row_of(h, selection->history);
    *out = NULL;
    if (first == TDM_NO_INDEX)
        return TDM_INVALID_ARG;
    tdm_selection *made = tdm__arena_array(h->arena, 1, sizeof *made);
    tdm__member *members = tdm__arena_array(h->arena, selection->count, sizeof *members);
    if (!made || !members)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < selection->count; i++)
        members[i] = (tdm__member){selection->members[i].row + first, selection->members[i].doubtful};
    *made = (tdm_selection){h, members, selection->count, selection->count_rows};
    *out = made;
    return TDM_OK;
}

uint32_t tdm__row_child(const tdm_history *h, uint32_t row)
{
    for (uint32_t i = h->kin->sibling_count; row >= h->row_count && i-- > 0;)
        if (row >= h->kin->first_row[i])
            return h->kin->siblings[i]->child;
    return h->child;
}
