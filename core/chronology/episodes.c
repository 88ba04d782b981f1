/*
 * Episodes: a start and an end tied by their `episode`; where an agency states none, an end closes
 * the only episode of that name which the agency has open. Two open ones, an end without a start, a
 * second start: diagnostics, and nothing is closed on a guess, so concern is never lowered by one. So
 * the closure of one case ends nothing that may be of another.
 */
#include "chronology/episodes.h"

#include "chronology/table.h"

#include <stdlib.h>

typedef struct pairing {
    tdm_history *history;
    tdm__diagnostics *diagnostics; /* NULL: not wanted */
    uint32_t *rows; /* those that open, close or end something, ascending: few of most histories */
    uint32_t row_count;
    uint32_t opening_count; /* of these */
    uint32_t closing_count;
    uint32_t no_action_key; /* of the fact */
    bool any_no_action;     /* some referral ended in no further action */
} pairing;

static tdm_status report(const pairing *p, uint32_t row, const char *code, const char *message)
{
    const tdm_chronology *c = p->history->chronology;
    uint32_t event = p->history->rows[row].event;
    if (!p->diagnostics)
        return TDM_OK;
    return tdm__diagnose(p->diagnostics, TDM__WARNING, code,
                         c->sources[tdm__column_source(&c->columns, event)].name,
                         (int32_t)c->columns.row[event], TDM_LIT("episode"), "%s (%.*s)", message,
                         TDM_STR_ARGS(c->vocabulary->kinds[c->columns.kind[event]].code));
}

static const tdm__kind *kind_of(const tdm_history *h, uint32_t row)
{
    return &h->chronology->vocabulary->kinds[h->chronology->columns.kind[h->rows[row].event]];
}

static tdm_str episode_of(const tdm_history *h, uint32_t row)
{
    return tdm__chronology_string(h->chronology, h->rows[row].event, TDM__EPISODE);
}

static uint16_t agency_of(const tdm_history *h, uint32_t row)
{
    return h->chronology->columns.agency[h->rows[row].event];
}

/* A referral that ended in no further action opens no case. */
static bool no_further_action(const pairing *p, uint32_t row)
{
    tdm__fact_value value;
    const tdm_history *h = p->history;
    return tdm__chronology_fact(&value, h->chronology, h->rows[row].event, p->no_action_key) &&
           value.number == 1;
}

/* Whether the same episode is meant: the same stated id, or none and the same agency. */
static bool same_thread(const tdm_history *h, uint32_t a, uint32_t b)
{
    tdm_str x = episode_of(h, a), y = episode_of(h, b);
    if (x.length > 0 || y.length > 0)
        return tdm__str_equal(x, y);
    return agency_of(h, a) == agency_of(h, b);
}

/* Whether a start and an end are told as one matter: one stated id; or none and one reference or, `by_day`,
 * one day. */
static bool same_matter(const tdm_history *h, uint32_t start, uint32_t end, bool by_day)
{
    const tdm__row *a = &h->rows[start], *b = &h->rows[end];
    if (!same_thread(h, start, end))
        return false;
    tdm_str reference = tdm__chronology_string(h->chronology, b->event, TDM__REFERENCE);
    return episode_of(h, end).length > 0 ||
           (reference.length > 0 &&
            tdm__str_equal(reference, tdm__chronology_string(h->chronology, a->event, TDM__REFERENCE))) ||
           (by_day && a->dated && a->from == b->from && a->to == b->to);
}

/* Whether an end belongs to a referral without further action, and to none that opened a case. */
static bool ends_no_action(const pairing *p, uint32_t end, bool by_day)
{
    const tdm_history *h = p->history;
    bool found = false;
    for (uint32_t i = 0; i < p->row_count && p->any_no_action; i++) {
        uint32_t row = p->rows[i];
        if (kind_of(h, row)->opens != kind_of(h, end)->closes || !same_matter(h, row, end, by_day))
            continue;
        if (!no_further_action(p, row))
            return false;
        found = true;
    }
    return found;
}

/* Number of open episodes of that name and thread; the last of them in *found. */
static uint32_t count_open(const tdm_history *h, int32_t name, uint32_t row, tdm__episode **found)
{
    uint32_t count = 0;
    *found = NULL;
    for (uint32_t i = 0; i < h->episode_count; i++) {
        tdm__episode *episode = &h->episodes[i];
        if (episode->name == (uint32_t)name && episode->end_row == TDM_NO_INDEX &&
            same_thread(h, episode->start_row, row)) {
            *found = episode;
            count++;
        }
    }
    return count;
}

static bool any_open(const tdm_history *h, int32_t name)
{
    for (uint32_t i = 0; i < h->episode_count; i++)
        if (h->episodes[i].name == (uint32_t)name && h->episodes[i].end_row == TDM_NO_INDEX)
            return true;
    return false;
}

static tdm_status open_episode(const pairing *p, uint32_t row)
{
    tdm_history *h = p->history;
    const tdm__kind *kind = kind_of(h, row);
    tdm__episode *open;
    uint32_t faults = 0;
    if (no_further_action(p, row))
        return TDM_OK;
    if (kind->joins && episode_of(h, row).length == 0 && any_open(h, kind->opens))
        return TDM_OK;
    if (count_open(h, kind->opens, row, &open) > 0) {
        tdm_status status = report(p, row, "episode-started-twice",
                                   "this episode starts while one of the same name and agency is open");
        if (status != TDM_OK || episode_of(h, row).length > 0)
            return status; /* the stated id is the same: still one episode */
        faults = TDM__EPISODE_STARTED_TWICE;
    }
    h->episodes[h->episode_count++] = (tdm__episode){
        .name = (uint32_t)kind->opens,
        .ladder = kind->ladder,
        .start_from = h->rows[row].from,
        .start_to = h->rows[row].to,
        .end_from = TDM_DAY_NONE,
        .end_to = TDM_DAY_NONE,
        .uncertain = h->rows[row].uncertain,
        .start_row = row,
        .end_row = TDM_NO_INDEX,
        .faults = faults,
        .ambiguous_from = TDM_DAY_NONE,
    };
    return TDM_OK;
}

/* An end that may be that of any of several open episodes. */
static void doubt_ends(tdm_history *h, int32_t name, uint32_t row)
{
    for (uint32_t i = 0; i < h->episode_count; i++) {
        tdm__episode *episode = &h->episodes[i];
        if (episode->name != (uint32_t)name || episode->end_row != TDM_NO_INDEX ||
            !same_thread(h, episode->start_row, row))
            continue;
        if (!(episode->faults & TDM__EPISODE_END_AMBIGUOUS) || h->rows[row].from < episode->ambiguous_from)
            episode->ambiguous_from = h->rows[row].from;
        episode->faults |= TDM__EPISODE_END_AMBIGUOUS;
    }
}

static tdm_status close_episode(const pairing *p, uint32_t row)
{
    tdm_history *h = p->history;
    tdm__episode *open;
    uint32_t count = count_open(h, kind_of(h, row)->closes, row, &open);
    if (ends_no_action(p, row, count == 0))
        return TDM_OK;
    if (count == 0) {
        h->loose_ends[h->loose_end_count++] = row;
        return report(p, row, "episode-end-without-start", "an end without a start");
    }
    if (count > 1) {
        doubt_ends(h, kind_of(h, row)->closes, row);
        return report(p, row, "episode-end-ambiguous",
                      "more than one episode is open and nothing says which one ends here; none is closed");
    }
    open->end_from = h->rows[row].from;
    open->end_to = h->rows[row].to;
    open->end_row = row;
    open->uncertain = open->uncertain || h->rows[row].uncertain;
    if (open->end_to >= open->start_from)
        return TDM_OK;
    open->faults |= TDM__EPISODE_ENDS_BEFORE_START;
    return report(p, row, "episode-ends-before-start", "the episode ends before it starts");
}

/* Pairs the rows for which `stated` says whether they name their episode: starts of stated ones come
 * first, because an end that lies before its start must still find it. */
static tdm_status pair(const pairing *p, bool stated, bool starts, bool ends)
{
    tdm_history *h = p->history;
    tdm_status status = TDM_OK;
    for (uint32_t i = 0; status == TDM_OK && i < p->row_count; i++) {
        uint32_t row = p->rows[i];
        const tdm__kind *kind = kind_of(h, row);
        bool opens = kind->opens != TDM_NO_EPISODE, closes = kind->closes != TDM_NO_EPISODE;
        if (!h->rows[row].dated || (!opens && !closes) || (episode_of(h, row).length > 0) != stated)
            continue;
        if (closes && ends)
            status = close_episode(p, row);
        if (status == TDM_OK && opens && starts)
            status = open_episode(p, row);
    }
    return status;
}

/* Whether the row ends the episode, or states its id. */
static bool is_of(const tdm_history *h, const tdm__episode *episode, uint32_t row)
{
    return episode->end_row == row ||
           (episode_of(h, row).length > 0 && same_thread(h, episode->start_row, row));
}

/* Whether it is open beyond that end; of two ends in doubtful order, the later is the one that may be last.
 */
static bool open_beyond(const tdm_history *h, const tdm__episode *episode, uint32_t row)
{
    if (episode->end_row == TDM_NO_INDEX || episode->end_to != h->rows[row].to)
        return episode->end_row == TDM_NO_INDEX || episode->end_to > h->rows[row].to;
    return episode->end_row > row;
}

/* First day on which the agency may have had another case than the one that the row closes, one that is open
 * still. What began by then and later may be of that one. */
static tdm_day other_case_since(const tdm_history *h, uint32_t row)
{
    tdm_day since = TDM_DAY_AFTER_ALL;
    for (uint32_t i = 0; i < h->episode_count; i++) {
        const tdm__episode *other = &h->episodes[i];
        if (other->name == (uint32_t)kind_of(h, row)->closes && other->start_from < since &&
            agency_of(h, other->start_row) == agency_of(h, row) && !is_of(h, other, row) &&
            open_beyond(h, other, row))
            since = other->start_from;
    }
    return since;
}

static bool closed_any(const tdm_history *h, uint32_t row)
{
    for (uint32_t i = 0; i < h->episode_count; i++)
        if (h->episodes[i].end_row == row)
            return true;
    return false;
}

/* What began before this day is over with the row. A closure that neither names a case nor closed one may
 * be of any: it ends everything. */
static tdm_day ends_until(const pairing *p, uint32_t row)
{
    const tdm_history *h = p->history;
    bool stated = episode_of(h, row).length > 0;
    if (kind_of(h, row)->closes == TDM_NO_EPISODE)
        return TDM_DAY_AFTER_ALL;
    if (closed_any(h, row))
        return other_case_since(h, row);
    if (ends_no_action(p, row, true))
        return TDM_DAY_BEFORE_ALL;
    return stated ? other_case_since(h, row) : TDM_DAY_AFTER_ALL;
}

/* What nothing ended by name is over with the row that ends it all the same: an enquiry with its conference,
 * an assessment with the closure of its case. Otherwise a level of response would stand for ever, and hide
 * drift. */
static void end_with(const pairing *p, uint32_t row)
{
    tdm_history *h = p->history;
    uint64_t ends = kind_of(h, row)->ends;
    tdm_day until = ends_until(p, row);
    for (uint32_t i = 0; i < h->episode_count; i++) {
        tdm__episode *episode = &h->episodes[i];
        if (!(ends >> episode->name & 1) || episode->end_row != TDM_NO_INDEX ||
            episode->start_to > h->rows[row].from || episode->start_to >= until ||
            agency_of(h, episode->start_row) != agency_of(h, row))
            continue;
        episode->end_from = h->rows[row].from;
        episode->end_to = h->rows[row].to;
        episode->end_row = row;
        episode->uncertain = episode->uncertain || h->rows[row].uncertain;
    }
}

static int compare_episodes(const void *a, const void *b)
{
    const tdm__episode *x = a, *y = b;
    if (x->start_from != y->start_from)
        return x->start_from < y->start_from ? -1 : 1;
    return (x->start_row > y->start_row) - (x->start_row < y->start_row);
}

/* The rows that pairing looks at. A kind with a ladder counts on its own day, unless its row opens something.
 */
static tdm_status gather_rows(pairing *p)
{
    tdm_history *h = p->history;
    p->rows = tdm__arena_alloc(h->arena, h->row_count * sizeof *p->rows);
    if (!p->rows)
        return TDM_NO_MEMORY;
    for (uint32_t row = 0; row < h->row_count; row++) {
        const tdm__kind *kind = kind_of(h, row);
        bool opens = kind->opens != TDM_NO_EPISODE;
        h->rows[row].own_level = h->rows[row].dated ? kind->ladder : TDM_NO_LADDER;
        p->rows[p->row_count] = row;
        p->row_count += opens || kind->closes != TDM_NO_EPISODE || kind->ends != 0;
        p->opening_count += opens;
        p->closing_count += kind->closes != TDM_NO_EPISODE;
    }
    if (p->opening_count > 0)
        p->no_action_key = tdm__vocabulary_fact(h->chronology->vocabulary, TDM_LIT("no_further_action"));
    for (uint32_t i = 0; i < p->row_count && !p->any_no_action; i++)
        p->any_no_action = kind_of(h, p->rows[i])->opens != TDM_NO_EPISODE &&
                           no_further_action(p, p->rows[i]);
    return TDM_OK;
}

tdm_status tdm__pair_episodes(tdm_history *history, tdm__diagnostics *diagnostics)
{
    pairing p = {.history = history, .diagnostics = diagnostics, .no_action_key = TDM_NO_INDEX};
    tdm_status status = gather_rows(&p);
    if (status != TDM_OK)
        return status;
    history->episodes = tdm__arena_alloc(history->arena, p.opening_count * sizeof *history->episodes);
    history->loose_ends = tdm__arena_alloc(history->arena, p.closing_count * sizeof *history->loose_ends);
    if (!history->episodes || !history->loose_ends)
        return TDM_NO_MEMORY;
    status = pair(&p, true, true, false);
    if (status == TDM_OK)
        status = pair(&p, true, false, true);
    if (status == TDM_OK)
        status = pair(&p, false, true, true);
    for (uint32_t i = 0; i < p.row_count; i++)
        if (history->rows[p.rows[i]].dated && kind_of(history, p.rows[i])->ends != 0)
            end_with(&p, p.rows[i]);
    for (uint32_t i = 0; i < history->episode_count; i++)
        history->rows[history->episodes[i].start_row].own_level = TDM_NO_LADDER;
    if (status == TDM_OK && history->episode_count > 1)
        qsort(history->episodes, history->episode_count, sizeof *history->episodes, compare_episodes);
    return status;
}
