/*
 * The spells of an absence: which stretches belong together, and the rows that show them. Judging is done by
 * then.
 */
#include "chronology/absent_spells.h"

#include "chronology/table.h"

#include <string.h>

/* Days 0 [first, end) of q->days without a break. */
typedef struct run {
    size_t first, end;
    tdm_day day, last; /* day 0 of the first stretch, last day of the last one */
} run;

/* The rows of the selection before the stretch, and the doubtful ones inside it, and the others inside.
 * Whether there is one before. */
static bool choose_units(bool *use, tdm_date *before, const tdm__absent_question *q, const run *stretch,
                         tdm_day since)
{
    tdm_day latest = TDM_DAY_BEFORE_ALL;
    bool found = false;
    for (uint32_t i = 0; i < q->units->count; i++) {
        const tdm__unit *unit = &q->units->items[i];
        if (unit->in[q->own] && unit->to <= stretch->day && unit->to > latest && unit->to >= since)
            latest = unit->to;
    }
    for (uint32_t i = 0; i < q->units->count; i++) {
        const tdm__unit *unit = &q->units->items[i];
        bool inside = unit->from <= stretch->last && unit->to > stretch->day;
        bool nearest = unit->in[q->own] && unit->to <= stretch->day && unit->to == latest;
        use[i] = inside || nearest;
        if (nearest)
            *before = tdm__unit_date(unit);
        found = found || nearest;
    }
    return found;
}

/* Adds a row in its place. The list has room. */
static void add_row(tdm__spell *spell, uint32_t *rows, uint32_t row)
{
    uint32_t at = spell->row_count;
    while (at > 0 && rows[at - 1] > row)
        at--;
    if (at > 0 && rows[at - 1] == row)
        return;
    memmove(rows + at + 1, rows + at, (spell->row_count - at) * sizeof *rows);
    rows[at] = row;
    spell->row_count++;
}

/* The start of the episode where the stretch begins with it, and its end. */
static tdm_status add_episode_rows(tdm__spell *spell, const tdm__absent_question *q,
                                   const tdm__episode *episode, bool starts)
{
    const tdm_history *h = q->history;
    uint32_t *rows = tdm__arena_array(h->arena, (size_t)spell->row_count + 2, sizeof *rows);
    if (!rows)
        return TDM_NO_MEMORY;
    memcpy(rows, spell->rows, spell->row_count * sizeof *rows);
    if (starts)
        add_row(spell, rows, episode->start_row);
    if (episode->end_row != TDM_NO_INDEX)
        add_row(spell, rows, episode->end_row);
    spell->rows = rows;
    if (spell->row_count > 0 && h->rows[rows[0]].from < spell->from)
        spell->from = h->rows[rows[0]].from;
    return TDM_OK;
}

tdm_status tdm__spell_agencies(tdm__spell *spell, const tdm_history *h)
{
    size_t known = tdm__chronology_agency_count(h->chronology);
    bool *seen = tdm__arena_array(h->arena, known + 1, sizeof *seen);
    if (!seen)
        return TDM_NO_MEMORY;
    spell->agencies = 0;
    for (uint32_t i = 0; i < spell->row_count; i++) {
        uint16_t agency = h->chronology->columns.agency[h->rows[spell->rows[i]].event];
        spell->agencies += !seen[agency];
        seen[agency] = true;
    }
    return TDM_OK;
}

static tdm_bounds count_others(const tdm__absent_question *q, const run *stretch, const bool *use)
{
    tdm_bounds count = {0, 0};
    tdm__once_start(q->units, 0);
    for (uint32_t i = 0; q->others >= 0 && i < q->units->count; i++) {
        const tdm__unit *unit = &q->units->items[i];
        if (!use[i] || !unit->in[q->others])
            continue;
        bool inside = unit->from > stretch->day && unit->to <= stretch->last;
        count.certain += inside && !unit->optional && unit->sure[q->others] &&
                         tdm__once_counts(q->units, 0, unit);
        count.possible++;
    }
    return count;
}

/* What shows the stretch, and when it began. */
static tdm_status fill_spell(tdm__spell *spell, const tdm__absent_question *q, const run *stretch)
{
    tdm_day last;
    tdm_answer ignored;
    const tdm__episode *episode = NULL;
    bool *use = tdm__arena_array(q->history->arena, (size_t)q->units->count + 1, sizeof *use);
    tdm_date before = {stretch->day + 1, stretch->day + 1, 0};
    tdm_status status = use ? tdm__absent_last(&last, q, stretch->day) : TDM_NO_MEMORY;
    if (status != TDM_OK)
        return status;
    if (q->rule->during)
        episode = tdm__absent_episode(&ignored, q, stretch->day, last);
    if (episode)
        before = (tdm_date){episode->start_from, episode->start_to,
                            episode->uncertain ? TDM_DATE_UNCERTAIN : 0};
    tdm_day since = episode ? episode->start_from : TDM_DAY_BEFORE_ALL;
    const tdm_day *from = q->rule->from;
    if (from && episode && episode->start_to < *from)
        since = *from;
    bool row_before = choose_units(use, &before, q, stretch, since);
    if (from && before.to < *from) /* without an episode the row stays, or nothing would show the stretch */
        before = (tdm_date){*from, *from, 0};
    status = tdm__spell_fill(spell, q->units, use);
    if (status == TDM_OK && episode)
        status = add_episode_rows(spell, q, episode, !row_before);
    spell->first = before;
    spell->count = count_others(q, stretch, use);
    return status == TDM_OK ? tdm__spell_agencies(spell, q->history) : status;
}

/* How long it went on after the last day of its first stretch, and of the first that is certain. */
static tdm_status set_late(tdm__spell *spell, const tdm__absent_question *q, tdm_day day,
                           tdm_day certain_last)
{
    tdm_day due;
    tdm_day end = spell->open ? q->history->as_of : spell->last.to;
    tdm_status status = tdm__absent_last(&due, q, day);
    bool working = q->rule->over.unit == TDM_SPAN_WORKING_DAYS;
    int32_t least = 0, most = 0;
    if (status != TDM_OK)
        return status;
    if (working)
        working = tdm_working_days_between(&most, due, end, q->holidays) == TDM_OK &&
                  (certain_last == TDM_DAY_NONE ||
                   tdm_working_days_between(&least, certain_last, end, q->holidays) == TDM_OK);
    if (!working) {
        most = end - due;
        least = certain_last == TDM_DAY_NONE ? 0 : end - certain_last;
    }
    spell->late = (tdm__late){true, working ? TDM_SPAN_WORKING_DAYS : TDM_SPAN_DAYS, {least, most}};
    return TDM_OK;
}

/* `overall` is the answer where no day 0 has it by itself. */
static tdm_status make_spell(tdm__spell_list *list, const tdm__absent_question *q, run stretch,
                             const tdm_answer *answers, tdm_answer overall)
{
    tdm_day certain_last = TDM_DAY_NONE, as_of = q->history->as_of;
    if (!tdm__charge(q->budget, 1 + (3 * q->units->count + q->history->row_count) / 8))
        return TDM_BUDGET;
    stretch.day = q->days.items[stretch.first];
    tdm_status status = tdm__absent_last(&stretch.last, q, q->days.items[stretch.end - 1]);
    tdm__spell *spell = status == TDM_OK ? tdm__spell_add(list) : NULL;
    if (status == TDM_OK)
        status = spell ? fill_spell(spell, q, &stretch) : TDM_NO_MEMORY;
    for (size_t at = stretch.first; status == TDM_OK && at < stretch.end && certain_last == TDM_DAY_NONE;
         at++)
        if (answers[at] == TDM_MET)
            status = tdm__absent_last(&certain_last, q, q->days.items[at]);
    if (status != TDM_OK)
        return status;
    spell->open = stretch.end == q->days.count;
    spell->to = spell->open ? as_of : stretch.last;
    spell->last = (tdm_date){spell->to, spell->to, 0};
    if (certain_last != TDM_DAY_NONE) {
        spell->answer = TDM_MET;
        spell->first_met = certain_last + 1;
    } else if (overall == TDM_MET) {
        spell->answer = TDM_MET;
        spell->first_met = stretch.last + 1;
    }
    return set_late(spell, q, stretch.day, certain_last);
}

tdm_status tdm__absent_spells(tdm__spell_list *list, const tdm__absent_question *q, const tdm_answer *answers,
                              bool joint)
{
    tdm_status status = TDM_OK;
    size_t first = 0, end, count = q->days.count;
    while (status == TDM_OK && first < count) {
        if (answers[first] == TDM_NOT_MET) {
            first++;
            continue;
        }
        for (end = first + 1; end < count && answers[end] != TDM_NOT_MET;)
            end++;
        for (size_t at = end; joint && at < count; at++)
            end = answers[at] != TDM_NOT_MET ? at + 1 : end;
        status = make_spell(list, q, (run){first, end, 0, 0}, answers, joint ? TDM_MET : TDM_NOT_MET);
        first = end;
    }
    return status;
}
