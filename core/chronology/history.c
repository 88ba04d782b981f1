/*
 * Building a child's history as of a day: visible rows with their dates cut, and incidents. Episodes
 * are paired in episodes.c, levels and coverage read in levels.c and coverage.c.
 */
#include "chronology/episodes.h"
#include "chronology/found.h"
#include "chronology/kin.h"
#include "chronology/looked.h"
#include "chronology/table.h"

#define PREGNANCY_DAYS 280

static bool row_undated(tdm_day from, tdm_day to)
{
    return from == TDM_DAY_BEFORE_ALL && to == TDM_DAY_AFTER_ALL;
}

/* Known by as-of: it occurred by then and, where that was noted, had been recorded by then. */
static bool row_visible(const tdm__columns *columns, uint32_t event, tdm_day as_of)
{
    tdm_day recorded = tdm__column_recorded(columns, event);
    return columns->day_from[event] <= as_of && (recorded == TDM_DAY_NONE || recorded <= as_of);
}

static tdm_day earlier(tdm_day a, tdm_day b)
{
    return a < b ? a : b;
}

static tdm_day later(tdm_day a, tdm_day b)
{
    return a > b ? a : b;
}

/* Earliest day that a date open at its start can mean: the first record, or 280 days before birth. */
static tdm_day earliest_day(const tdm_history *h)
{
    const tdm__columns *k = &h->chronology->columns;
    const tdm__child *child = &h->chronology->children[h->child];
    tdm_day first = h->as_of;
    for (uint32_t i = 0; i < h->row_count; i++)
        if (k->day_from[h->rows[i].event] != TDM_DAY_BEFORE_ALL)
            first = earlier(first, k->day_from[h->rows[i].event]);
    if (child->born.from != TDM_DAY_BEFORE_ALL)
        first = earlier(first, child->born.from - PREGNANCY_DAYS);
    return first;
}

static void cut_dates(tdm_history *h)
{
    const tdm__columns *k = &h->chronology->columns;
    tdm_day earliest = earliest_day(h);
    for (uint32_t i = 0; i < h->row_count; i++) {
        tdm__row *row = &h->rows[i];
        tdm_day recorded = tdm__column_recorded(k, row->event);
        row->from = k->day_from[row->event];
        row->to = tdm__column_day_to(k, row->event);
        row->dated = !row_undated(row->from, row->to);
        row->uncertain = (tdm__column_packed(k, row->event) >> TDM__PACK_DATE_FLAGS & TDM_DATE_UNCERTAIN) !=
                         0;
        if (!row->dated) {
            h->undated_rows++;
            continue;
        }
        h->dated_kinds[k->kind[row->event] / 64] |= UINT64_C(1) << (k->kind[row->event] % 64);
        tdm_day known_by = h->as_of;
        /* A row recorded before it occurred keeps its dates. */
        if (recorded != TDM_DAY_NONE && recorded >= row->from)
            known_by = earlier(known_by, recorded);
        row->to = earlier(row->to, known_by);
        if (row->from == TDM_DAY_BEFORE_ALL)
            row->from = earlier(earliest, row->to);
        row->to = later(row->to, row->from);
    }
}

/* Rows of one incident share one date: the intersection, or their whole span where that is empty. */
static void share_dates(tdm_history *h)
{
    for (uint32_t i = 0; i < h->incident_count; i++)
        h->incidents[i] = (tdm__incident){.from = TDM_DAY_BEFORE_ALL, .to = TDM_DAY_AFTER_ALL};
    for (uint32_t i = 0; i < h->row_count; i++) {
        tdm__incident *incident = &h->incidents[h->rows[i].incident];
        incident->row_count++;
        if (!h->rows[i].dated)
            continue;
        incident->from = later(incident->from, h->rows[i].from);
        incident->to = earlier(incident->to, h->rows[i].to);
    }
    for (uint32_t i = 0; i < h->incident_count; i++)
        h->incidents[i].contradicts = h->incidents[i].from > h->incidents[i].to;
    for (uint32_t i = 0; i < h->row_count; i++) {
        tdm__incident *incident = &h->incidents[h->rows[i].incident];
        if (!incident->contradicts || !h->rows[i].dated)
            continue;
        if (incident->from > incident->to) { /* its first row: from here on the span grows */
            incident->from = h->rows[i].from;
            incident->to = h->rows[i].to;
        }
        incident->from = earlier(incident->from, h->rows[i].from);
        incident->to = later(incident->to, h->rows[i].to);
    }
    /* One true date: whoever asks a row by itself gets the same answer. */
    for (uint32_t i = 0; i < h->row_count; i++)
        if (h->rows[i].dated) {
            h->rows[i].from = h->incidents[h->rows[i].incident].from;
            h->rows[i].to = h->incidents[h->rows[i].incident].to;
        }
}

/* Where no row says that it is of one: each is an incident of its own. */
static void each_alone(tdm_history *h)
{
    for (uint32_t i = 0; i < h->row_count; i++) {
        const tdm__row *row = &h->rows[i];
        h->rows[i].incident = i;
        h->incidents[i] = (tdm__incident){row->dated ? row->from : TDM_DAY_BEFORE_ALL,
                                          row->dated ? row->to : TDM_DAY_AFTER_ALL, false, 1, TDM_NO_INDEX};
    }
    h->incident_count = h->row_count;
}

/* Numbers incidents in the order of their first row. */
static tdm_status find_incidents(tdm_history *h)
{
    const tdm__columns *k = &h->chronology->columns;
    uint32_t stated = 0;
    for (uint32_t i = 0; k->incident && i < h->row_count; i++)
        if (k->incident[h->rows[i].event] > stated)
            stated = k->incident[h->rows[i].event];
    uint32_t *number = tdm__arena_array(h->arena, (size_t)stated + 1, sizeof *number);
    h->incidents = tdm__arena_alloc(h->arena, h->row_count * sizeof *h->incidents);
    if (!number || !h->incidents)
        return TDM_NO_MEMORY;
    if (stated == 0) {
        each_alone(h);
        return TDM_OK;
    }
    for (uint32_t i = 0; i < h->row_count; i++) {
        uint32_t incident = k->incident[h->rows[i].event];
        if (incident == 0) {
            h->rows[i].incident = h->incident_count++;
            continue;
        }
        if (number[incident] == 0)
            number[incident] = ++h->incident_count;
        h->rows[i].incident = number[incident] - 1;
    }
    share_dates(h);
    return TDM_OK;
}

static tdm_status gather_rows(tdm_history *h)
{
    uint32_t first, end;
    tdm__chronology_child_events(h->chronology, h->child, &first, &end);
    h->rows = tdm__arena_array(h->arena, end - first, sizeof *h->rows);
    if (!h->rows)
        return TDM_NO_MEMORY;
    for (uint32_t event = first; event < end; event++) {
        if (tdm__chronology_replaced(h->chronology, event, h->as_of))
            continue;
        if (row_visible(&h->chronology->columns, event, h->as_of) &&
            tdm__chronology_stands(h->chronology, event, h->as_of))
            h->rows[h->row_count++].event = event;
        else
            h->later_rows++;
    }
    return TDM_OK;
}

tdm__event tdm__history_event(const tdm_history *h, uint32_t row)
{
    if (row < h->row_count)
        return tdm__chronology_event_of(h->chronology, h->rows[row].event, h->child);
    return tdm__chronology_event(h->chronology, h->rows[row].event);
}

static tdm_status report_contradictions(const tdm_history *h, tdm__diagnostics *diagnostics)
{
    tdm_status status = TDM_OK;
    uint32_t seen = 0;
    for (uint32_t i = 0; status == TDM_OK && i < h->row_count; i++) {
        const tdm__row *row = &h->rows[i];
        const tdm__incident *incident = &h->incidents[row->incident];
        if (row->incident < seen) /* numbered by their first rows: told already */
            continue;
        seen = row->incident + 1;
        if (!incident->contradicts)
            continue;
        const tdm__source *source =
            &h->chronology->sources[tdm__column_source(&h->chronology->columns, row->event)];
        status = tdm__diagnose(diagnostics, TDM__WARNING, "incident-dates-contradict", source->name,
                               (int32_t)h->chronology->columns.row[row->event], TDM_LIT("occurred"),
                               "%u rows that tell one incident give dates that exclude each other; "
                               "the whole span is used",
                               incident->row_count);
    }
    return status;
}

/* Rows with their dates and stated incidents. */
static tdm_status begin(tdm_history **out, tdm__arena *arena, const tdm_chronology *chronology,
                        uint32_t child, tdm_day as_of)
{
    tdm_history *h = tdm__arena_array(arena, 1, sizeof *h);
    *out = h;
    if (!h)
        return TDM_NO_MEMORY;
    *h = (tdm_history){.chronology = chronology, .arena = arena, .child = child, .as_of = as_of};
    tdm_status status = gather_rows(h);
    if (status != TDM_OK)
        return status;
    cut_dates(h);
    return find_incidents(h);
}

tdm_status tdm__history_of_episodes(tdm_history **out, tdm__arena *arena, const tdm_chronology *chronology,
                                    uint32_t child, tdm_day as_of)
{
    tdm_history *h;
    *out = NULL;
    tdm_status status = begin(&h, arena, chronology, child, as_of);
    if (status == TDM_OK)
        status = tdm__pair_episodes(h, NULL);
    if (status == TDM_OK)
        *out = h;
    return status;
}

tdm_status tdm__history_new(tdm_history **out, tdm__arena *arena, const tdm_chronology *chronology,
                            uint32_t child, tdm_day as_of, tdm__diagnostics *diagnostics)
{
    tdm_history *h;
    *out = NULL;
    tdm_status status = begin(&h, arena, chronology, child, as_of);
    if (status != TDM_OK)
        return status;
    h->looked = tdm__arena_array(arena, 1, sizeof *h->looked);
    tdm__looked_start(h);
    status = h->looked ? tdm__kin_new(h) : TDM_NO_MEMORY;
    if (status == TDM_OK)
        status = tdm__find_groups(h);
    if (status == TDM_OK && diagnostics)
        status = report_contradictions(h, diagnostics);
    if (status == TDM_OK)
        status = tdm__pair_episodes(h, diagnostics);
    if (status == TDM_OK)
        *out = h;
    return status;
}
