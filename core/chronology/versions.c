/*
 * Settling which version of an entry stands (see versions.h).
 *
 * Versions of one id are gone through as they were received; where that is not known, as the inputs were
 * given. One that says the same is a repetition, and so is one in another form (a census beside a table); one
 * in the same form that says something else corrects the one before.
 */
#include "chronology/versions.h"

#include <stdlib.h>
#include <string.h>

/* --- what two events say --- */

static bool same_cell(const tdm__sparse *sparse, uint32_t a, uint32_t b, size_t item_size)
{
    if (sparse->count == 0)
        return true;
    /* The last of several stands, as freezing keeps it. */
    size_t at_a = tdm__sparse_lower_bound(sparse, a + 1), at_b = tdm__sparse_lower_bound(sparse, b + 1);
    bool has_a = at_a > 0 && tdm__sparse_event(sparse, at_a - 1) == a;
    bool has_b = at_b > 0 && tdm__sparse_event(sparse, at_b - 1) == b;
    if (!has_a || !has_b)
        return has_a == has_b;
    const char *values = sparse->values;
    return memcmp(values + (at_a - 1) * item_size, values + (at_b - 1) * item_size, item_size) == 0;
}

static bool same_facts(const tdm_chronology *c, uint32_t a, uint32_t b)
{
    for (size_t key = 0; key < c->fact_column_count; key++) {
        tdm__fact_value x, y;
        if (c->facts[key].count == 0)
            continue;
        bool has_x = tdm__chronology_fact(&x, c, a, (uint32_t)key);
        bool has_y = tdm__chronology_fact(&y, c, b, (uint32_t)key);
        if (has_x != has_y || !tdm__str_equal(x.text, y.text))
            return false;
    }
    return true;
}

/* How a date was written is no difference where it says the same day. */
static bool same_strings(tdm__text rooms[2], const tdm_chronology *c, uint32_t a, uint32_t b)
{
    const tdm__columns *k = &c->columns;
    bool undated = k->day_from[a] == TDM_DAY_BEFORE_ALL && tdm__column_day_to(k, a) == TDM_DAY_AFTER_ALL;
    for (int field = 0; field < TDM__STRING_FIELDS; field++)
        if ((field != TDM__OCCURRED_AS_WRITTEN || undated) &&
            !tdm__str_equal(tdm__chronology_text(&rooms[0], c, a, (tdm__string_field)field),
                            tdm__chronology_text(&rooms[1], c, b, (tdm__string_field)field)))
            return false;
    return true;
}

static bool says_the_same(tdm__text rooms[2], const tdm_chronology *c, uint32_t a, uint32_t b)
{
    const tdm__columns *k = &c->columns;
    return k->day_from[a] == k->day_from[b] && tdm__column_day_to(k, a) == tdm__column_day_to(k, b) &&
           tdm__column_recorded(k, a) == tdm__column_recorded(k, b) &&
           tdm__column_minute(k, a) == tdm__column_minute(k, b) && k->kind[a] == k->kind[b] &&
           k->agency[a] == k->agency[b] && tdm__column_packed(k, a) == tdm__column_packed(k, b) &&
           same_cell(&c->ended, a, b, sizeof(tdm__period)) && same_strings(rooms, c, a, b) &&
           same_facts(c, a, b);
}

/* --- sources --- */

/* A return that replaces another was received no earlier, where only the other says when. */
static void rank_sources(tdm__settling *s)
{
    const tdm_chronology *c = s->chronology;
    for (size_t i = 0; i < c->source_count; i++) {
        s->received[i] = c->sources[i].received;
        s->replacer[i] = TDM_NO_INDEX;
    }
    /* Given in ascending order of the one that replaces, which comes behind the one that is replaced. */
    for (size_t i = 0; i < c->replacement_count; i++) {
        const tdm__replacement *r = &c->replacements[i];
        if (s->received[r->by] < s->received[r->replaced])
            s->received[r->by] = s->received[r->replaced];
        if (s->replacer[r->replaced] == TDM_NO_INDEX)
            s->replacer[r->replaced] = r->by;
    }
}

static int compare_replacements(const void *a, const void *b)
{
    const tdm__replacement *x = a, *y = b;
    if (x->by != y->by)
        return x->by < y->by ? -1 : 1;
    return (x->replaced > y->replaced) - (x->replaced < y->replaced);
}

static bool replaces(const tdm_chronology *c, uint32_t by, uint32_t replaced)
{
    const tdm__replacement wanted = {by, replaced};
    return c->replacement_count > 0 && bsearch(&wanted, c->replacements, c->replacement_count, sizeof wanted,
                                               compare_replacements) != NULL;
}

tdm_status tdm__settling_new(tdm__settling *out, tdm_chronology *c, uint32_t *order)
{
    *out = (tdm__settling){.chronology = c, .order = order};
    tdm__text_init(&out->rooms[0], &c->allocator);
    tdm__text_init(&out->rooms[1], &c->allocator);
    out->received = tdm__alloc_zeroed(&c->allocator, c->source_count + 1, sizeof *out->received);
    out->replacer = tdm__alloc_zeroed(&c->allocator, c->source_count + 1, sizeof *out->replacer);
    out->tallies = tdm__alloc_zeroed(&c->allocator, c->source_count + 1, sizeof *out->tallies);
    if (!out->received || !out->replacer || !out->tallies)
        return TDM_NO_MEMORY;
    if (c->replacement_count > 1)
        qsort(c->replacements, c->replacement_count, sizeof *c->replacements, compare_replacements);
    rank_sources(out);
    return TDM_OK;
}

void tdm__settling_free(tdm__settling *s)
{
    if (!s->chronology)
        return;
    tdm__free(&s->chronology->allocator, s->received);
    tdm__free(&s->chronology->allocator, s->replacer);
    tdm__free(&s->chronology->allocator, s->tallies);
    tdm__text_free(&s->rooms[0]);
    tdm__text_free(&s->rooms[1]);
}

/* --- one entry --- */

/* The version that stands so far. */
typedef struct standing {
    uint32_t event;
    tdm_day from;   /* TDM_DAY_BEFORE_ALL: since ever */
    size_t version; /* behind that of the one before it, which names this one; 0: there is none */
} standing;

/* A day that is not known is none to wait for. */
static tdm_day day_of(const tdm__settling *s, uint32_t source)
{
    tdm_day received = s->chronology->sources[source].received;
    return received == TDM_DAY_NONE ? TDM_DAY_BEFORE_ALL : received;
}

static tdm_status keep_version(tdm__settling *s, tdm__version version)
{
    tdm_chronology *c = s->chronology;
    tdm__version *grown = tdm__grown(&c->allocator, c->versions, &s->version_capacity, c->version_count + 1,
                                     sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    c->versions = grown;
    c->versions[c->version_count++] = version;
    return TDM_OK;
}

/* by: the event in its place, TDM_NO_INDEX where the return withdraws it. */
static tdm_status replace(tdm__settling *s, const standing *now, uint32_t by, uint32_t source)
{
    s->tallies[source].corrected += by != TDM_NO_INDEX;
    s->tallies[source].withdrawn += by == TDM_NO_INDEX;
    return keep_version(s, (tdm__version){now->event, by, source, now->from, day_of(s, source)});
}

static bool ranks_before(const tdm__settling *s, uint32_t a, uint32_t b)
{
    return s->received[a] != s->received[b] ? s->received[a] < s->received[b] : a < b;
}

/* Whether the return of the version that stands was replaced before this one came, by one that says nothing
 * of it. */
static bool withdrawn_before(const tdm__settling *s, uint32_t source, const tdm__claim *next)
{
    uint32_t by = s->replacer[source];
    if (by == TDM_NO_INDEX || replaces(s->chronology, next->source, source))
        return false;
    return ranks_before(s, by, next->source);
}

/* Of two that say the same, the one to keep is that of the return which is not replaced, or replaced later.
 */
static bool outlasts(const tdm__settling *s, uint32_t again, uint32_t held)
{
    uint32_t by_again = s->replacer[again], by_held = s->replacer[held];
    return by_held != TDM_NO_INDEX && (by_again == TDM_NO_INDEX || ranks_before(s, by_held, by_again));
}

/* Takes the place of the version that stands, also where the one before it names that. */
static void take_over(tdm__settling *s, standing *now, uint32_t event)
{
    tdm_chronology *c = s->chronology;
    now->event = event;
    if (now->version > 0 && c->versions[now->version - 1].by_event != TDM_NO_INDEX)
        c->versions[now->version - 1].by_event = event;
}

/* What a person types is received as it is typed, and comes in that order. */
static bool is_entered(const tdm_chronology *c, uint32_t source)
{
    return tdm__str_equal(c->sources[source].format, TDM_LIT(TDM__FORMAT_ENTERED));
}

static bool order_decides(const tdm__settling *s, const tdm__claim *held, const tdm__claim *next)
{
    return !is_entered(s->chronology, next->source) && !replaces(s->chronology, next->source, held->source) &&
           (s->chronology->sources[held->source].received == TDM_DAY_NONE ||
            held->received == next->received);
}

/* One form leaves out what another one tells, so only a return of the same form corrects what stands. */
static bool same_form(const tdm_chronology *c, uint32_t a, uint32_t b)
{
    return tdm__str_equal(c->sources[a].format, c->sources[b].format) &&
           tdm__str_equal(c->sources[a].map, c->sources[b].map);
}

/* What the returns said of the entry before people corrected it; the version that stands where they did not.
 */
static uint32_t before_people(const tdm__settling *s, const standing *now)
{
    const tdm_chronology *c = s->chronology;
    const uint64_t *ids = c->columns.id;
    uint32_t event = now->event;
    for (size_t i = now->version; i > 0 && is_entered(c, tdm__column_source(&c->columns, event)); i--) {
        if (ids[c->versions[i - 1].event] != ids[event])
            break;
        event = c->versions[i - 1].event;
    }
    return event;
}

static bool says_again(tdm__settling *s, const standing *now, const tdm__claim *next)
{
    const tdm_chronology *c = s->chronology;
    bool typed = is_entered(c, next->source);
    uint32_t said = s->order[next->place], event = typed ? now->event : before_people(s, now);
    uint32_t source = tdm__column_source(&c->columns, event);
    bool other_form = !typed && !same_form(c, source, next->source) && !replaces(c, next->source, source);
    return other_form || says_the_same(s->rooms, c, event, said) ||
           (event != now->event && says_the_same(s->rooms, c, now->event, said));
}

static tdm_status take_next(tdm__settling *s, standing *now, const tdm__claim **held, const tdm__claim *next)
{
    uint32_t event = s->order[next->place];
    bool gone = withdrawn_before(s, (*held)->source, next);
    if (!gone && says_again(s, now, next)) {
        s->repeats++;
        bool moves = outlasts(s, next->source, (*held)->source);
        s->order[moves ? (*held)->place : next->place] = TDM_NO_INDEX;
        if (moves) {
            take_over(s, now, event);
            *held = next;
        }
        return TDM_OK;
    }
    tdm_status status = gone ? replace(s, now, TDM_NO_INDEX, s->replacer[(*held)->source])
                             : replace(s, now, event, next->source);
    if (!gone && order_decides(s, *held, next))
        s->tallies[next->source].by_order++;
    *now = (standing){event, day_of(s, next->source), s->chronology->version_count};
    *held = next;
    return status;
}

static tdm_status settle_entry(tdm__settling *s, const tdm__claim *claims, size_t count)
{
    const tdm__claim *held = claims;
    standing now = {s->order[claims->place], TDM_DAY_BEFORE_ALL, 0};
    tdm_status status = TDM_OK;
    for (size_t i = 1; status == TDM_OK && i < count; i++)
        status = take_next(s, &now, &held, &claims[i]);
    if (status != TDM_OK)
        return status;
    if (s->replacer[held->source] != TDM_NO_INDEX)
        return replace(s, &now, TDM_NO_INDEX, s->replacer[held->source]);
    if (now.from == TDM_DAY_BEFORE_ALL)
        return TDM_OK;
    return keep_version(s,
                        (tdm__version){now.event, TDM_NO_INDEX, TDM_NO_INDEX, now.from, TDM_DAY_AFTER_ALL});
}

static int compare_claims(const void *a, const void *b)
{
    const tdm__claim *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    if (x->received != y->received)
        return x->received < y->received ? -1 : 1;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

tdm_status tdm__settle_child(tdm__settling *s, size_t first, size_t end, tdm__claim *room)
{
    const tdm__columns *k = &s->chronology->columns;
    size_t count = end - first;
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < count; i++) {
        uint32_t event = s->order[first + i];
        room[i] = (tdm__claim){k->id[event], s->received[tdm__column_source(k, event)],
                               tdm__column_source(k, event), (uint32_t)(first + i)};
    }
    if (count > 1)
        qsort(room, count, sizeof *room, compare_claims);
    for (size_t start = 0, past; status == TDM_OK && start < count; start = past) {
        for (past = start + 1; past < count && room[past].id == room[start].id;)
            past++;
        if (past - start > 1 || s->replacer[room[start].source] != TDM_NO_INDEX)
            status = settle_entry(s, room + start, past - start);
    }
    return status;
}

/* --- afterwards --- */

tdm_status tdm__settling_report(const tdm__settling *s, tdm__diagnostics *diagnostics)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < s->chronology->source_count; i++) {
        const tdm__source_tally *tally = &s->tallies[i];
        tdm_str name = s->chronology->sources[i].name;
        if (tally->corrected + tally->withdrawn > 0)
            status = tdm__diagnose(diagnostics, TDM__INFORMATION, "rows-replaced", name, 0, TDM_LIT(""),
                                   "entries of earlier returns: %zu corrected, %zu withdrawn; the earlier "
                                   "versions are kept and counted in nothing",
                                   tally->corrected, tally->withdrawn);
        if (status == TDM_OK && tally->corrected + tally->withdrawn > 0)
            tdm__diagnosed_times(diagnostics, (int64_t)(tally->corrected + tally->withdrawn));
        if (status == TDM_OK && tally->by_order > 0)
            status = tdm__diagnose(diagnostics, TDM__WARNING, "correction-order", name, 0, TDM_LIT(""),
                                   "%zu entries have other versions, and no received day says which is the "
                                   "later one; the one given last stands",
                                   tally->by_order);
        if (status == TDM_OK && tally->by_order > 0)
            tdm__diagnosed_times(diagnostics, (int64_t)tally->by_order);
    }
    return status;
}

static int compare_versions(const void *a, const void *b)
{
    const tdm__version *x = a, *y = b;
    return (x->event > y->event) - (x->event < y->event);
}

void tdm__versions_renumber(tdm_chronology *c, const uint32_t *place_of)
{
    for (size_t i = 0; i < c->version_count; i++) {
        tdm__version *version = &c->versions[i];
        version->event = place_of[version->event];
        if (version->by_event != TDM_NO_INDEX)
            version->by_event = place_of[version->by_event];
    }
    if (c->version_count > 1)
        qsort(c->versions, c->version_count, sizeof *c->versions, compare_versions);
}

/* --- reading the column --- */

const tdm__version *tdm__chronology_version(const tdm_chronology *c, uint32_t event)
{
    size_t low = 0, high = c->version_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->versions[middle].event == event)
            return &c->versions[middle];
        if (c->versions[middle].event < event)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool tdm__chronology_stands(const tdm_chronology *c, uint32_t event, tdm_day day)
{
    const tdm__version *version = c->version_count == 0 ? NULL : tdm__chronology_version(c, event);
    return !version || (version->from <= day && day < version->until);
}

bool tdm__chronology_replaced(const tdm_chronology *c, uint32_t event, tdm_day day)
{
    const tdm__version *version = c->version_count == 0 ? NULL : tdm__chronology_version(c, event);
    return version && version->until <= day;
}

size_t tdm__chronology_version_count(const tdm_chronology *c)
{
    return c->version_count;
}

const tdm__replacement *tdm__chronology_replacements(const tdm_chronology *c, size_t *count)
{
    *count = c->replacement_count;
    return c->replacements;
}

bool tdm__chronology_source_replaced(const tdm_chronology *c, uint32_t source, tdm_day day)
{
    for (size_t i = 0; i < c->replacement_count; i++) {
        tdm_day received = c->sources[c->replacements[i].by].received;
        if (c->replacements[i].replaced == source && (received == TDM_DAY_NONE || received <= day))
            return true;
    }
    return false;
}
