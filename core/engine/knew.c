/*
 * Putting matters together from a child's history, and asking of each agency.
 */
#include "engine/knew.h"

#include "chronology/selection.h"

#include <stdlib.h>
#include <string.h>

static const char *const codes[] = {"recorded", "never-recorded", "covered-in-part", "not-covered",
                                    "no-entry"};

const char *tdm__knowing_code(tdm__knowing knowing)
{
    return codes[knowing];
}

typedef struct asking {
    const tdm_run *run;
    const tdm_history *history;
    tdm__arena *arena;
    tdm__child_knew *out;
} asking;

/* --- agencies of the child --- */

/* Keeps the order by code; `agencies` has room. */
static void add_agency(tdm__child_knew *out, const tdm_vocabulary *vocabulary, tdm_str code)
{
    size_t at = out->agency_count;
    for (size_t i = 0; i < out->agency_count; i++)
        if (tdm__str_equal(out->agencies[i].code, code))
            return;
    for (; at > 0 && tdm__str_compare(out->agencies[at - 1].code, code) > 0; at--)
        out->agencies[at] = out->agencies[at - 1];
    uint32_t known = tdm__vocabulary_agency(vocabulary, code);
    out->agencies[at] = (tdm__known_agency){code,
                                            known == TDM_NO_INDEX ? code : vocabulary->agencies[known].title};
    out->agency_count++;
}

static tdm_status find_agencies(asking *a)
{
    const tdm_chronology *c = a->run->chronology;
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(c);
    size_t known = tdm__chronology_agency_count(c), sources = tdm__chronology_source_count(c);
    bool *has_row = tdm__arena_array(a->history->arena, known, sizeof *has_row);
    a->out->agencies = tdm__arena_array(a->arena, known + sources, sizeof *a->out->agencies);
    if (!has_row || !a->out->agencies)
        return TDM_NO_MEMORY;
    for (uint32_t row = 0; row < a->history->row_count; row++)
        has_row[tdm__chronology_event(c, a->history->rows[row].event).agency] = true;
    for (uint32_t agency = 0; agency < known; agency++)
        if (has_row[agency] && tdm__chronology_agency(c, agency).length > 0)
            add_agency(a->out, vocabulary, tdm__chronology_agency(c, agency));
    for (uint32_t i = 0; i < sources; i++) {
        const tdm__source *source = tdm__chronology_source(c, i);
        if (source->agency.length > 0 && source->cover_count > 0 &&
            tdm__source_concerns(source, a->out->child) &&
            !tdm__chronology_source_replaced(c, i, a->history->as_of))
            add_agency(a->out, vocabulary, source->agency);
    }
    return TDM_OK;
}

/* --- what one agency knew --- */

static void widen(tdm_day *from, tdm_day *to, tdm__period days)
{
    if (*from == TDM_DAY_NONE || days.from < *from)
        *from = days.from;
    if (*to == TDM_DAY_NONE || days.to > *to)
        *to = days.to;
}

/* The days that a row gives by itself. Rows of one incident share a date, but where their dates exclude each
 * other, that is a span of which this row says nothing. */
static tdm__period own_days(const asking *a, const tdm__row *row)
{
    tdm__event event = tdm__chronology_event(a->run->chronology, row->event);
    tdm__period days = {row->from, row->to};
    if (!a->history->incidents[row->incident].contradicts)
        return days;
    if (event.occurred.from > days.from)
        days.from = event.occurred.from;
    if (event.occurred.to < days.to)
        days.to = event.occurred.to;
    if (event.recorded >= days.from && event.recorded < days.to)
        days.to = event.recorded;
    return days;
}

static bool is_of(const asking *a, uint32_t event, tdm_str agency)
{
    const tdm_chronology *c = a->run->chronology;
    return tdm__str_equal(tdm__chronology_agency(c, tdm__chronology_event(c, event).agency), agency);
}

static tdm__knowing without_row(const asking *a, const tdm__matter *matter, tdm_str agency)
{
    if (matter->from == TDM_DAY_NONE)
        return TDM__KNEW_NO_ENTRY;
    switch (tdm__history_covered_by(a->history, agency, matter->from, matter->to)) {
    case TDM__COVERED_YES:
        return TDM__KNEW_NEVER;
    case TDM__COVERED_PART:
        return TDM__KNEW_PART;
    case TDM__COVERED_NO:
        return TDM__KNEW_NOT_COVERED;
    default:
        return TDM__KNEW_NO_ENTRY;
    }
}

/* The rows of a matter, of the history. */
typedef struct told_rows {
    const uint32_t *rows;
    uint32_t count;
} told_rows;

/* The lag is reckoned from the days that its own rows give: where rows may be of two incidents, those of
 * another say nothing of this one's. */
static tdm__known_by ask_agency(const asking *a, const tdm__matter *matter, told_rows told, tdm_str agency)
{
    tdm__known_by known = {.recorded = TDM_DAY_NONE};
    tdm_day from = TDM_DAY_NONE, to = TDM_DAY_NONE;
    bool some_unknown = false;
    for (uint32_t i = 0; i < told.count; i++) {
        const tdm__row *row = &a->history->rows[told.rows[i]];
        tdm_day recorded = tdm__chronology_event(a->run->chronology, row->event).recorded;
        if (!is_of(a, row->event, agency))
            continue;
        known.row_count++;
        some_unknown = some_unknown || recorded == TDM_DAY_NONE;
        if (recorded != TDM_DAY_NONE && (known.recorded == TDM_DAY_NONE || recorded < known.recorded))
            known.recorded = recorded;
        if (row->dated)
            widen(&from, &to, own_days(a, row));
    }
    if (known.row_count == 0) {
        known.knowing = without_row(a, matter, agency);
        return known;
    }
    known.perhaps_earlier = some_unknown && known.recorded != TDM_DAY_NONE;
    known.has_lag = known.recorded != TDM_DAY_NONE && from != TDM_DAY_NONE;
    if (known.has_lag)
        known.lag_days = (tdm_bounds){known.recorded - to, known.recorded - from};
    return known;
}

static tdm_status ask_agencies(const asking *a, tdm__matter *matter, told_rows told)
{
    tdm__known_by *by = tdm__arena_array(a->arena, a->out->agency_count, sizeof *by);
    if (!by)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < a->out->agency_count; i++)
        by[i] = ask_agency(a, matter, told, a->out->agencies[i].code);
    matter->by = by;
    return TDM_OK;
}

/* --- matters --- */

/* Rows of a found group keep their days, as nobody says that they share one: it spans them all. */
static tdm_status make_matter(const asking *a, const uint32_t *rows, uint32_t count, bool perhaps)
{
    tdm__matter matter = {.from = TDM_DAY_NONE, .to = TDM_DAY_NONE, .perhaps = perhaps};
    const tdm_history *h = a->history;
    uint32_t *events = tdm__arena_array(a->arena, count, sizeof *events);
    if (!events)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        const tdm__row *row = &h->rows[rows[i]];
        events[i] = row->event;
        matter.is_concern = matter.is_concern || tdm__row_is_concern(h, rows[i]);
        matter.uncertain = matter.uncertain || row->uncertain;
        matter.contradicts = matter.contradicts || h->incidents[row->incident].contradicts;
        if (row->dated)
            widen(&matter.from, &matter.to, (tdm__period){row->from, row->to});
    }
    matter.events = events;
    matter.event_count = count;
    if (!matter.is_concern && count == 1)
        return TDM_OK;
    a->out->matters[a->out->count] = matter;
    return ask_agencies(a, &a->out->matters[a->out->count++], (told_rows){rows, count});
}

/* Found groups first, then what is in none of them. */
static uint32_t bucket_of(const tdm_history *h, uint32_t row)
{
    uint32_t found = h->incidents[h->rows[row].incident].found;
    return found == TDM_NO_INDEX ? h->found_group_count + h->rows[row].incident : found;
}

static tdm_status make_matters(const asking *a)
{
    const tdm_history *h = a->history;
    tdm_status status = TDM_OK;
    uint32_t buckets = h->found_group_count + h->incident_count;
    uint32_t *end = tdm__arena_array(h->arena, (size_t)buckets + 1, sizeof *end);
    uint32_t *rows = tdm__arena_array(h->arena, h->row_count, sizeof *rows);
    if (!end || !rows)
        return TDM_NO_MEMORY;
    /* Counted, then placed: while rows are placed, `end` is where the next one of a bucket goes. */
    for (uint32_t row = 0; row < h->row_count; row++)
        end[bucket_of(h, row) + 1]++;
    for (uint32_t i = 0; i < buckets; i++)
        end[i + 1] += end[i];
    for (uint32_t row = 0; row < h->row_count; row++)
        rows[end[bucket_of(h, row)]++] = row;
    for (uint32_t i = 0, start = 0; status == TDM_OK && i < buckets; start = end[i++])
        if (end[i] > start)
            status = make_matter(a, rows + start, end[i] - start, i < h->found_group_count);
    return status;
}

static int compare_matters(const void *x, const void *y)
{
    const tdm__matter *a = x, *b = y;
    if ((a->from == TDM_DAY_NONE) != (b->from == TDM_DAY_NONE))
        return a->from == TDM_DAY_NONE ? 1 : -1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    return (a->events[0] > b->events[0]) - (a->events[0] < b->events[0]);
}

static tdm_status ask_child(tdm__child_knew *out, const tdm_run *run, uint32_t child, tdm__arena *arena,
                            tdm__arena *scratch)
{
    tdm_history *h;
    *out = (tdm__child_knew){.child = child};
    tdm_status status = tdm__history_new(&h, scratch, run->chronology, child, run->as_of, NULL);
    if (status != TDM_OK)
        return status;
    asking a = {.run = run, .history = h, .arena = arena, .out = out};
    out->matters = tdm__arena_array(arena, h->row_count, sizeof *out->matters);
    if (!out->matters)
        return TDM_NO_MEMORY;
    status = find_agencies(&a);
    if (status == TDM_OK)
        status = make_matters(&a);
    if (status == TDM_OK && out->count > 1)
        qsort(out->matters, out->count, sizeof *out->matters, compare_matters);
    return status;
}

tdm_status tdm__engine_knew(tdm__knew **out, const tdm_run *run, tdm_error *error)
{
    tdm__arena scratch;
    *out = NULL;
    tdm__knew *knew = tdm__alloc_zeroed(&run->allocator, 1, sizeof *knew);
    if (!knew)
        return tdm__no_memory(error);
    *knew = (tdm__knew){.allocator = run->allocator, .run = run, .child_count = run->child_count};
    tdm__arena_init(&knew->arena, &knew->allocator);
    tdm__arena_init(&scratch, &knew->allocator);
    knew->children = tdm__arena_array(&knew->arena, knew->child_count, sizeof *knew->children);
    tdm_status status = knew->children ? TDM_OK : TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < knew->child_count; i++) {
        tdm__arena_reset(&scratch);
        status = ask_child(&knew->children[i], run, run->children[i].child, &knew->arena, &scratch);
    }
    tdm__arena_free(&scratch);
    if (status == TDM_OK) {
        *out = knew;
        return TDM_OK;
    }
    tdm__knew_free(knew);
    return tdm__no_memory(error);
}

void tdm__knew_free(tdm__knew *knew)
{
    if (!knew)
        return;
    tdm_allocator allocator = knew->allocator;
    tdm__arena_free(&knew->arena);
    tdm__free(&allocator, knew);
}
