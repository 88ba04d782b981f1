/*
 * What a measure needs, held against what the returns could hold and which time they declare: whether it is
 * asked of a period at all, and what a reader has to know who sees the figure.
 */
#include "engine/needs.h"
#include "engine/scorecard_parts.h"

#include "chronology/table.h"

#include <string.h>

static const struct {
    const char *code, *words;
} reasons[] = {
    {"no-data", "no return could hold the entries that it needs"},
    {"no-prompts", "it counts prompts, and there is no worklist that keeps them"},
    {"in-part", "of the entries that it needs the returns hold some alone, such as the latest"},
    {"not-covered", "no return declares that it covers the period"},
    {"script-error", "the script failed"},
    {"budget", "the script took more steps than it may"},
    {"memory", "the script asked for more memory than it may"},
    {"unknown-period", "it needs working days outside the period for which bank holidays are known"},
};

tdm_str tdm__card_reason_words(const char *reason)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strcmp(reasons[i].code, reason) == 0)
            return tdm__str(reasons[i].words);
    return tdm__str(reason);
}

static bool has_bit(const uint64_t *bits, uint32_t number)
{
    return bits[number / 64] >> (number % 64) & 1;
}

static void set_bit(uint64_t *bits, uint32_t number)
{
    bits[number / 64] |= UINT64_C(1) << (number % 64);
}

/* --- what the returns could hold --- */

static bool stands(const tdm__carding *making, uint32_t source)
{
    return !tdm__chronology_source_replaced(making->chronology, source, making->options->as_of);
}

static void take_source(tdm__card_sources *out, const tdm__source *source, size_t kind_count)
{
    out->all = out->all || source->carries_all;
    out->declares = out->declares || source->cover_count > 0;
    for (size_t word = 0; word < (kind_count + 63) / 64; word++) {
        out->kinds[word] |= source->carries[word];
        out->in_full[word] |= source->carries[word] & ~source->in_part[word];
    }
    for (uint32_t kind = 0; kind < kind_count; kind++) {
        out->facts[kind] |= source->carries_facts[kind];
        if (!has_bit(source->in_part, kind))
            out->full_facts[kind] |= source->carries_facts[kind];
    }
}

static void find_first_days(tdm_day *first, const tdm_chronology *chronology, size_t kind_count)
{
    const tdm__columns *columns = &chronology->columns;
    for (size_t kind = 0; kind < kind_count; kind++)
        first[kind] = TDM_DAY_AFTER_ALL;
    for (size_t event = 0; event < chronology->event_count; event++) {
        tdm_day day = columns->day_from[event];
        if (day > TDM_DAY_BEFORE_ALL && day < first[columns->kind[event]])
            first[columns->kind[event]] = day;
    }
}

tdm_status tdm__card_sources_of(tdm__carding *making)
{
    const tdm_chronology *c = making->chronology;
    size_t kind_count = c->vocabulary->kind_count, words = (kind_count + 63) / 64;
    uint32_t count = (uint32_t)tdm__chronology_source_count(c);
    tdm__arena *arena = &making->card->arena;
    uint32_t *alike = tdm__arena_array(arena, count, sizeof *alike);
    tdm__card_sources *out = &making->sources;
    *out = (tdm__card_sources){.kinds = tdm__arena_array(arena, words, sizeof *out->kinds),
                               .in_full = tdm__arena_array(arena, words, sizeof *out->in_full),
                               .facts = tdm__arena_array(arena, kind_count, sizeof *out->facts),
                               .full_facts = tdm__arena_array(arena, kind_count, sizeof *out->full_facts),
                               .first = tdm__arena_array(arena, kind_count, sizeof *out->first),
                               .alike = alike};
    if (!out->kinds || !out->in_full || !out->facts || !out->full_facts || !out->first || !alike)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        const tdm__source *source = tdm__chronology_source(c, i);
        while (!tdm__str_equal(tdm__chronology_source(c, alike[i])->agency, source->agency))
            alike[i]++;
        if (stands(making, i))
            take_source(out, source, kind_count);
    }
    find_first_days(out->first, c, kind_count);
    return TDM_OK;
}

/* --- what a measure needs of it --- */

/* The measure beside the kinds that it is about; none: it is about all there is. */
typedef struct needing {
    tdm__carding *making;
    tdm__card_work *work;
    uint64_t kinds[TDM_KINDS_MAX / 64];
    bool of_kinds;
    uint8_t *carrying; /* for each source: it stands, and could hold one of them */
    uint32_t source_count;
} needing;

static void add_kinds(needing *n, const uint32_t *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        set_bit(n->kinds, kinds[i]);
    n->of_kinds = n->of_kinds || count > 0;
}

static bool carries(const needing *n, uint32_t number)
{
    const tdm__source *source = tdm__chronology_source(n->making->chronology, number);
    bool some = source->carries_all || !n->of_kinds;
    for (size_t word = 0; word < (n->making->chronology->vocabulary->kind_count + 63) / 64; word++)
        some = some || (source->carries[word] & n->kinds[word]) != 0;
    return some && stands(n->making, number);
}

/* Whether the measure's part i is asked for with its parameters. */
static bool matters(const needing *n, size_t i)
{
    return tdm__need_matters(&n->work->measure->parts[i], n->work->values);
}

static tdm_status look(needing *n)
{
    const tdm__measure *measure = n->work->measure;
    add_kinds(n, measure->any, measure->any_count);
    add_kinds(n, measure->all, measure->all_count);
    for (size_t i = 0; i < measure->part_count; i++)
        for (size_t k = 0; k < measure->parts[i].any_count && matters(n, i); k++)
            add_kinds(n, &measure->parts[i].any[k].kind, 1);
    n->source_count = (uint32_t)tdm__chronology_source_count(n->making->chronology);
    n->carrying = tdm__arena_array(&n->making->scratch, n->source_count, sizeof *n->carrying);
    if (!n->carrying)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < n->source_count; i++)
        n->carrying[i] = carries(n, i);
    return TDM_OK;
}

static bool holds_kind(const needing *n, uint32_t kind)
{
    return n->making->sources.all || has_bit(n->making->sources.kinds, kind);
}

static bool holds_part(const needing *n, const tdm__need_part *part)
{
    bool kind = holds_kind(n, part->kind);
    return n->making->sources.all || part->fact == TDM_NO_INDEX
               ? kind
               : kind && (n->making->sources.facts[part->kind] >> part->fact & 1);
}

/* "A", "A or B", "A, B or C". */
static void put_between(tdm__text *text, size_t i, size_t count, const char *word)
{
    if (i > 0 && i + 1 == count)
        tdm__text_printf(text, " %s ", word);
    else if (i > 0)
        tdm__text_puts(text, ", ");
}

static void put_kind(tdm__text *text, const needing *n, uint32_t kind)
{
    tdm_str title = n->making->chronology->vocabulary->kinds[kind].title;
    tdm__text_printf(text, "\"%.*s\"", TDM_STR_ARGS(title));
}

static void put_kinds(tdm__text *text, const needing *n, const uint32_t *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put_between(text, i, count, "or");
        put_kind(text, n, kinds[i]);
    }
}

static void put_parts(tdm__text *text, const needing *n, const tdm__need *need)
{
    const tdm_vocabulary *vocabulary = n->making->chronology->vocabulary;
    for (size_t i = 0; i < need->any_count; i++) {
        put_between(text, i, need->any_count, "or");
        if (need->any[i].fact != TDM_NO_INDEX)
            tdm__text_printf(text, "%.*s of ", TDM_STR_ARGS(vocabulary->facts[need->any[i].fact].key));
        put_kind(text, n, need->any[i].kind);
    }
}

/* Before what is missing: the first time, and then. */
static void put_before(tdm__text *text)
{
    tdm__text_puts(text, text->length > 0 ? "; nor " : "no return could hold ");
}

static void put_missing_parts(tdm__text *text, const needing *n)
{
    for (size_t i = 0; i < n->work->measure->part_count; i++) {
        const tdm__need *need = &n->work->measure->parts[i];
        bool held = !matters(n, i);
        for (size_t k = 0; k < need->any_count; k++)
            held = held || holds_part(n, &need->any[k]);
        if (held)
            continue;
        put_before(text);
        put_parts(text, n, need);
    }
}

/* What no return could hold. */
static void put_missing(tdm__text *text, const needing *n)
{
    const tdm__measure *measure = n->work->measure;
    bool any = measure->any_count == 0;
    for (size_t i = 0; i < measure->any_count; i++)
        any = any || holds_kind(n, measure->any[i]);
    if (!any) {
        put_before(text);
        put_kinds(text, n, measure->any, measure->any_count);
    }
    for (size_t i = 0; i < measure->all_count; i++)
        if (!holds_kind(n, measure->all[i])) {
            put_before(text);
            put_kind(text, n, measure->all[i]);
        }
    put_missing_parts(text, n);
}

static tdm_status settle(tdm_str *out, tdm__arena *arena, tdm__text *text)
{
    *out = tdm__arena_copy(arena, tdm__text_str(text));
    bool failed = text->failed || !out->data;
    tdm__text_free(text);
    return failed ? TDM_NO_MEMORY : TDM_OK;
}

static tdm_status look_for_missing(needing *n)
{
    tdm__card_measure *out = n->work->out;
    tdm__text text;
    if (n->work->measure->needs_prompts && !n->making->options->has_prompts) {
        out->reason = "no-prompts";
        out->words = tdm__card_reason_words(out->reason);
        return TDM_OK;
    }
    tdm__text_init(&text, &n->making->card->allocator);
    put_missing(&text, n);
    if (text.length > 0)
        out->reason = "no-data";
    return settle(&out->words, &n->making->card->arena, &text);
}

/* --- what is held in part alone --- */

static bool is_in_part(const needing *n, uint32_t kind)
{
    const tdm__card_sources *sources = &n->making->sources;
    return !sources->all && has_bit(sources->kinds, kind) && !has_bit(sources->in_full, kind);
}

static bool holds_part_in_full(const needing *n, const tdm__need_part *part)
{
    const tdm__card_sources *sources = &n->making->sources;
    bool kind = sources->all || has_bit(sources->in_full, part->kind);
    return sources->all || part->fact == TDM_NO_INDEX
               ? kind
               : kind && (sources->full_facts[part->kind] >> part->fact & 1);
}

/* Kinds of which too little is held for the figure to be right: a needed one, or all of several that would
 * do. */
static void find_in_part(uint64_t *found, const needing *n)
{
    const tdm__measure *measure = n->work->measure;
    bool full = false;
    for (size_t i = 0; i < measure->all_count; i++)
        if (is_in_part(n, measure->all[i]))
            set_bit(found, measure->all[i]);
    for (size_t i = 0; i < measure->any_count; i++)
        full = full || (holds_kind(n, measure->any[i]) && !is_in_part(n, measure->any[i]));
    for (size_t i = 0; i < measure->any_count && !full; i++)
        if (is_in_part(n, measure->any[i]))
            set_bit(found, measure->any[i]);
    for (size_t i = 0; i < measure->part_count; i++) {
        const tdm__need *need = &measure->parts[i];
        full = !matters(n, i);
        for (size_t k = 0; k < need->any_count; k++)
            full = full || holds_part_in_full(n, &need->any[k]);
        for (size_t k = 0; k < need->any_count && !full; k++)
            if (holds_part(n, &need->any[k]))
                set_bit(found, need->any[k].kind);
    }
}

/* `"A" and "B"`; whether there is one. */
static bool put_kinds_of(tdm__text *text, const needing *n, const uint64_t *kinds)
{
    size_t count = 0, at = 0, kind_count = n->making->chronology->vocabulary->kind_count;
    for (uint32_t kind = 0; kind < kind_count; kind++)
        count += has_bit(kinds, kind);
    for (uint32_t kind = 0; kind < kind_count; kind++)
        if (has_bit(kinds, kind)) {
            put_between(text, at++, count, "and");
            put_kind(text, n, kind);
        }
    return count > 0;
}

static tdm_status look_for_parts(needing *n)
{
    uint64_t kinds[TDM_KINDS_MAX / 64] = {0};
    tdm__text text;
    find_in_part(kinds, n);
    tdm__text_init(&text, &n->making->card->allocator);
    tdm__text_puts(&text, "of ");
    if (!put_kinds_of(&text, n, kinds)) {
        tdm__text_free(&text);
        return TDM_OK;
    }
    tdm__text_puts(&text, " the returns hold some entries alone, such as the latest");
    n->work->out->reason = "in-part";
    return settle(&n->work->out->words, &n->making->card->arena, &text);
}

/* --- coverage --- */

typedef enum covering { COVERED, NOT_DECLARED, NOT_COVERED } covering;

/* What the returns of one agency say of the time they cover, those that could hold what is needed. */
typedef struct agency_covers {
    bool some, declared, silent; /* there are such; one declares a time; one declares none */
} agency_covers;

static bool is_of(const needing *n, uint32_t source, uint32_t agency)
{
    return n->making->sources.alike[source] == agency && n->carrying[source];
}

static agency_covers covers_of(const needing *n, uint32_t agency)
{
    agency_covers found = {false, false, false};
    for (uint32_t i = agency; i < n->source_count; i++)
        if (is_of(n, i, agency)) {
            bool declares = tdm__chronology_source(n->making->chronology, i)->cover_count > 0;
            found.some = true;
            found.declared = found.declared || declares;
            found.silent = found.silent || !declares;
        }
    return found;
}

/* Moves *until on over the periods that begin by the day after it. */
static bool moves_on(tdm_day *until, const tdm__source *source)
{
    tdm_day before = *until;
    for (size_t i = 0; i < source->cover_count; i++)
        if (source->covers[i].from <= *until + 1 && source->covers[i].to > *until)
            *until = source->covers[i].to;
    return *until != before;
}

/* Whether the returns of one agency hold the period without a gap. */
static bool covered_by(const needing *n, uint32_t agency, tdm_day from, tdm_day to)
{
    tdm_day until = from - 1;
    for (bool further = true; further && until < to;) {
        further = false;
        for (uint32_t i = agency; i < n->source_count; i++)
            if (is_of(n, i, agency) && moves_on(&until, tdm__chronology_source(n->making->chronology, i)))
                further = true;
    }
    return from <= to && until >= to;
}

static tdm_day known_until(const needing *n, tdm_day to)
{
    return to < n->making->options->as_of ? to : n->making->options->as_of;
}

/* only: the code of an agency whose returns alone are looked at, and those that name none; NULL: all. */
static covering coverage_of(const needing *n, const tdm_str *only, tdm_day from, tdm_day to)
{
    covering found = NOT_COVERED;
    bool some = false;
    for (uint32_t i = 0; i < n->source_count; i++) {
        tdm_str agency = tdm__chronology_source(n->making->chronology, i)->agency;
        bool looked_at = !only || agency.length == 0 || tdm__str_equal(agency, *only);
        if (n->making->sources.alike[i] != i || !looked_at)
            continue;
        agency_covers covers = covers_of(n, i);
        if (covers.declared && covered_by(n, i, from, known_until(n, to)))
            return COVERED;
        some = some || covers.some;
        found = covers.silent ? NOT_DECLARED : found;
    }
    return some ? found : NOT_DECLARED;
}

static void cover_periods(needing *n)
{
    const tdm__carding *making = n->making;
    const tdm_scorecard *card = making->card;
    size_t groups = card->group_count;
    for (size_t p = 0; p < card->period_count; p++) {
        const tdm__card_period *period = &card->periods[p];
        if (coverage_of(n, NULL, period->from, period->to) == NOT_COVERED)
            n->work->reasons[p] = "not-covered";
        for (size_t g = 1; card->by == TDM__BY_AGENCY && g < groups; g++)
            if (card->groups[g].code.length > 0 &&
                coverage_of(n, &card->groups[g].code, period->from, period->to) == NOT_COVERED)
                n->work->group_reasons[p * groups + g] = "not-covered";
    }
    for (size_t q = 0; q < making->quarter_count; q++)
        if (coverage_of(n, NULL, making->quarters[q].from, making->quarters[q].to) == NOT_COVERED)
            n->work->reasons[card->period_count + q] = "not-covered";
}

/* --- what a reader has to know --- */

/* Of several that would do one is held in full, another in part. */
static tdm_status note_kinds_in_part(needing *n)
{
    uint64_t kinds[TDM_KINDS_MAX / 64] = {0};
    tdm__text text;
    for (uint32_t kind = 0; kind < n->making->chronology->vocabulary->kind_count; kind++)
        if (has_bit(n->kinds, kind) && is_in_part(n, kind))
            set_bit(kinds, kind);
    tdm__text_init(&text, &n->making->card->allocator);
    bool some = put_kinds_of(&text, n, kinds);
    tdm_status status = text.failed ? TDM_NO_MEMORY : TDM_OK;
    if (status == TDM_OK && some)
        status = tdm__card_note(n->making, n->work,
                                "Of %.*s the returns hold some entries alone, such as the latest; there may "
                                "be more.",
                                TDM_STR_ARGS(tdm__text_str(&text)));
    tdm__text_free(&text);
    return status;
}

/* The first day that is known of: of a row of its kinds, or of a declared period. */
static tdm_day first_day(const needing *n)
{
    const tdm_chronology *c = n->making->chronology;
    tdm_day first = TDM_DAY_AFTER_ALL;
    for (uint32_t kind = 0; kind < c->vocabulary->kind_count; kind++)
        if ((!n->of_kinds || has_bit(n->kinds, kind)) && n->making->sources.first[kind] < first)
            first = n->making->sources.first[kind];
    for (uint32_t i = 0; i < n->source_count; i++) {
        const tdm__source *source = tdm__chronology_source(c, i);
        for (size_t k = 0; n->carrying[i] && k < source->cover_count; k++)
            if (source->covers[k].from < first)
                first = source->covers[k].from;
    }
    return first;
}

static tdm_day day_before(tdm_day day, tdm_span span)
{
    int64_t days = span.unit == TDM_SPAN_WORKING_DAYS ? (int64_t)span.count * 7 / 5 : span.count;
    return span.unit == TDM_SPAN_MONTHS ? tdm_day_add_months(day, -span.count) : (tdm_day)(day - days);
}

static tdm_status note_look_back(needing *n)
{
    tdm_span span = n->work->measure->looks_back;
    tdm_day from = day_before(n->making->options->from, span), first = first_day(n);
    char needed[TDM_DATE_TEXT_SIZE], there[TDM_DATE_TEXT_SIZE];
    if (span.count == 0 || first <= from)
        return TDM_OK;
    tdm_date_words(needed, (tdm_date){from, from, 0});
    if (first == TDM_DAY_AFTER_ALL)
        return tdm__card_note(n->making, n->work,
                              "It looks back to %s, and there is no entry that it could look back on.",
                              needed);
    tdm_date_words(there, (tdm_date){first, first, 0});
    return tdm__card_note(n->making, n->work,
                          "It looks back to %s, and the record begins on %s: what came before is not known.",
                          needed, there);
}

/* Agencies whose declared time holds the whole period in part alone. */
static tdm_status note_partly_covered(needing *n)
{
    const tdm_chronology *c = n->making->chronology;
    const tdm__scorecard_options *options = n->making->options;
    tdm_status status = TDM_OK;
    for (uint32_t i = 0; status == TDM_OK && i < n->source_count; i++) {
        tdm_str agency = tdm__chronology_source(c, i)->agency;
        agency_covers covers = {false, false, false};
        if (n->making->sources.alike[i] == i)
            covers = covers_of(n, i);
        if (!covers.declared || covers.silent || covered_by(n, i, options->from, known_until(n, options->to)))
            continue;
        uint32_t known = tdm__vocabulary_agency(c->vocabulary, agency);
        tdm_str title = known == TDM_NO_INDEX ? agency : c->vocabulary->agencies[known].title;
        status = tdm__card_note(n->making, n->work, "The returns of %.*s do not cover all of the period.",
                                TDM_STR_ARGS(title.length > 0 ? title : TDM_LIT("some agencies")));
    }
    return status;
}

static tdm_status note_coverage(needing *n)
{
    const tdm__scorecard_options *options = n->making->options;
    covering whole = coverage_of(n, NULL, options->from, options->to);
    if (whole == NOT_DECLARED)
        return tdm__card_note(
            n->making, n->work, "%s",
            "Not every return declares which time it covers: nobody can say whether all is there.");
    return whole == COVERED ? note_partly_covered(n) : TDM_OK;
}

tdm_status tdm__card_needs(tdm__carding *making, tdm__card_work *work)
{
    needing n = {.making = making, .work = work};
    tdm_status status = look(&n);
    if (status == TDM_OK)
        status = look_for_missing(&n);
    if (status == TDM_OK && !work->out->reason)
        status = look_for_parts(&n);
    if (status != TDM_OK || work->out->reason)
        return status;
    cover_periods(&n);
    status = note_coverage(&n);
    if (status == TDM_OK)
        status = note_kinds_in_part(&n);
    return status == TDM_OK ? note_look_back(&n) : status;
}
