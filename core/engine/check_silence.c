/*
 * An agency that is silent in time which its return covers, and on which it does not say that it was not
 * involved. Only after its first entry: an agency with none was not involved, rather than silent.
 */
#include "engine/check_parts.h"

#include <stdlib.h>

typedef struct periods {
    tdm__period *items;
    size_t count;
} periods;

static int compare_periods(const void *a, const void *b)
{
    const tdm__period *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

/* In order, those that touch joined. */
static void join(periods *p)
{
    size_t kept = 0;
    if (p->count > 1)
        qsort(p->items, p->count, sizeof *p->items, compare_periods);
    for (size_t i = 0; i < p->count; i++) {
        tdm__period *last = kept > 0 ? &p->items[kept - 1] : NULL;
        if (last && (last->to >= p->items[i].from || last->to + 1 == p->items[i].from))
            last->to = p->items[i].to > last->to ? p->items[i].to : last->to;
        else
            p->items[kept++] = p->items[i];
    }
    p->count = kept;
}

/* What a replaced return declared, the one in its place may not. */
static bool tells_of(const tdm__checking *c, uint32_t number)
{
    return tdm__source_concerns(tdm__chronology_source(c->chronology, number), c->history->child) &&
           !tdm__chronology_source_replaced(c->chronology, number, c->history->as_of);
}

/* All that the sources of the agency declare: covered time, or time without contact. */
static periods declared(tdm__checking *c, tdm_str agency, bool no_contact)
{
    size_t sources = tdm__chronology_source_count(c->chronology), count = 0;
    periods all = {NULL, 0};
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < sources; i++) {
            const tdm__source *s = tdm__chronology_source(c->chronology, i);
            const tdm__period *from = no_contact ? s->no_contact : s->covers;
            size_t of_source = no_contact ? s->no_contact_count : s->cover_count;
            if (!tdm__str_equal(s->agency, agency) || !tells_of(c, i))
                continue;
            for (size_t k = 0; pass == 1 && k < of_source; k++)
                all.items[all.count++] = from[k];
            count += of_source;
        }
        if (pass == 0)
            all.items = tdm__check_room(c, count, sizeof *all.items);
        if (!all.items)
            return (periods){NULL, 0};
    }
    join(&all);
    return all;
}

/* Days on which the agency has an entry or says that it was not involved; `exact_only` leaves out entries
 * whose day is in doubt. */
static periods spoken(tdm__checking *c, uint32_t agency, const periods *no_contact, bool exact_only)
{
    periods all = {tdm__check_room(c, c->row_count + no_contact->count, sizeof *all.items), 0};
    if (!all.items)
        return all;
    for (size_t i = 0; i < no_contact->count; i++)
        all.items[all.count++] = no_contact->items[i];
    for (uint32_t i = 0; i < c->row_count; i++) {
        const tdm__checked_row *row = &c->rows[i];
        bool exact = row->from == row->to && !row->uncertain;
        if (row->dated && row->event.agency == agency && (exact || !exact_only))
            all.items[all.count++] = (tdm__period){row->from, row->to};
    }
    join(&all);
    return all;
}

/* First day on which the agency has an entry for certain, TDM_DAY_NONE without any; its first and last row.
 */
static tdm_day first_entry(uint32_t *row, const tdm__checking *c, uint32_t agency)
{
    tdm_day first = TDM_DAY_NONE;
    for (uint32_t i = 0; i < c->row_count; i++) {
        if (!c->rows[i].dated || c->rows[i].event.agency != agency)
            continue;
        if (first == TDM_DAY_NONE || c->rows[i].to < first) {
            first = c->rows[i].to;
            *row = i;
        }
    }
    return first;
}

/* The last row of the agency that may lie before the day. */
static uint32_t last_before(const tdm__checking *c, uint32_t agency, tdm_day day, uint32_t otherwise)
{
    uint32_t last = otherwise;
    for (uint32_t i = 0; i < c->row_count; i++)
        if (c->rows[i].dated && c->rows[i].event.agency == agency && c->rows[i].from < day &&
            c->rows[i].from >= c->rows[last].from)
            last = i;
    return last;
}

static void found_silence(tdm__checking *c, uint32_t agency, tdm_day from, tdm_day to, tdm_answer answer,
                          uint32_t first)
{
    uint32_t row = last_before(c, agency, from, first);
    tdm__found found = {.answer = answer,
                        .events = &c->rows[row].event.index,
                        .event_count = 1,
                        .values = {tdm__chronology_agency_title(c->chronology, agency),
                                   tdm__check_day_words(c, from), tdm__check_day_words(c, to)}};
    tdm__check_found(c, &found);
}

/* Whether what the agency itself opened for the child had all ended: then nothing more is to be expected. */
static bool has_ended(const tdm__checking *c, uint32_t agency, tdm_day from)
{
    bool any = false;
    for (uint32_t i = 0; i < c->history->episode_count; i++) {
        const tdm__episode *episode = &c->history->episodes[i];
        if (c->rows[episode->start_row].event.agency != agency || episode->start_from > from)
            continue;
        any = true;
        if (episode->end_row == TDM_NO_INDEX || episode->end_from >= from)
            return false;
    }
    return any;
}

/* Looks through one covered period; whether it is silent anywhere. */
static bool look_through(tdm__checking *c, uint32_t agency, tdm__period covered, const periods *said,
                         tdm_answer answer, uint32_t first)
{
    bool any = false;
    tdm_day from = covered.from;
    for (size_t i = 0; i <= said->count && from <= covered.to; i++) {
        tdm_day to = i < said->count && said->items[i].from <= covered.to ? said->items[i].from - 1
                                                                          : covered.to;
        if (to >= from && tdm_day_add_months(from, c->values[0]) <= to && !has_ended(c, agency, from)) {
            found_silence(c, agency, from, to, answer, first);
            any = true;
        }
        if (i < said->count && said->items[i].to >= from)
            from = said->items[i].to + 1;
    }
    return any;
}

static void look_at_agency(tdm__checking *c, uint32_t agency)
{
    tdm_str code = tdm__chronology_agency(c->chronology, agency);
    uint32_t first = 0;
    tdm_day since = first_entry(&first, c, agency);
    periods covered = declared(c, code, false), absent = declared(c, code, true);
    bool any = false;
    for (int pass = 0; pass < 2 && !any && since != TDM_DAY_NONE && c->status == TDM_OK; pass++) {
        periods said = spoken(c, agency, &absent, pass == 1);
        for (size_t i = 0; i < covered.count && c->status == TDM_OK; i++) {
            tdm__period of = covered.items[i];
            of.from = of.from > since ? of.from : since;
            of.to = of.to < c->history->as_of ? of.to : c->history->as_of;
            if (look_through(c, agency, of, &said, pass == 0 ? TDM_MET : TDM_POSSIBLE, first))
                any = true;
        }
    }
}

/* Each agency that has an entry on this child, once. */
void tdm__check_silence(tdm__checking *c)
{
    size_t sources = tdm__chronology_source_count(c->chronology);
    size_t agencies = tdm__chronology_agency_count(c->chronology);
    bool *seen = tdm__check_room(c, agencies, sizeof *seen);
    bool declares = false;
    for (uint32_t i = 0; i < sources && !declares; i++) {
        const tdm__source *source = tdm__chronology_source(c->chronology, i);
        declares = source->cover_count > 0 && tells_of(c, i);
    }
    if (!declares)
        tdm__check_gap_add(c, TDM__GAP_NO_COVERAGE);
    for (uint32_t i = 0; seen && declares && i < c->row_count; i++) {
        uint32_t agency = c->rows[i].event.agency;
        if (agency >= agencies || seen[agency])
            continue;
        seen[agency] = true;
        look_at_agency(c, agency);
    }
}
