/*
 * Each field of a row as text, the same text as in NDJSON, so that what is compared is what is shown. The two
 * tables may have dictionaries of their own: only texts are compared.
 */
#include "chronology/diff_fields.h"

#include <string.h>

/* A row and what it is of. */
typedef struct side {
    const tdm_chronology *chronology;
    tdm__event event;
} side;

static void put_date(tdm__text *out, tdm_date date)
{
    char room[TDM_DATE_TEXT_SIZE];
    tdm_date_format(room, date);
    tdm__text_puts(out, room);
}

static void put_occurred(tdm__text *out, const side *of)
{
    put_date(out, of->event.occurred);
}

static void put_time(tdm__text *out, const side *of)
{
    if (of->event.minute >= 0)
        tdm__text_printf(out, "%02d:%02d", (int)(of->event.minute / 60 % 24), (int)(of->event.minute % 60));
}

static void put_ended(tdm__text *out, const side *of)
{
    if (of->event.ended_from != TDM_DAY_NONE)
        put_date(out, (tdm_date){of->event.ended_from, of->event.ended_to, 0});
}

static void put_recorded(tdm__text *out, const side *of)
{
    if (of->event.recorded != TDM_DAY_NONE)
        put_date(out, (tdm_date){of->event.recorded, of->event.recorded, 0});
}

static void put_agency(tdm__text *out, const side *of)
{
    tdm__text_add(out, tdm__chronology_agency(of->chronology, of->event.agency));
}

static void put_kind(tdm__text *out, const side *of)
{
    tdm__text_add(out, tdm__chronology_vocabulary(of->chronology)->kinds[of->event.kind].code);
}

static void put_theme(tdm__text *out, const side *of)
{
    bool any = false;
    for (uint32_t theme = 0; theme < tdm__theme_count(); theme++)
        if (of->event.themes & (uint32_t)1 << theme) {
            tdm__text_puts(out, any ? " " : "");
            tdm__text_puts(out, tdm__theme_code(theme));
            any = true;
        }
}

static void put_polarity(tdm__text *out, const side *of)
{
    tdm__text_puts(out, tdm__polarity_code(of->event.polarity));
}

static void put_significance(tdm__text *out, const side *of)
{
    tdm__text_puts(out, tdm__significance_code(of->event.significance));
}

static void put_child_seen(tdm__text *out, const side *of)
{
    tdm__text_puts(out, tdm__yes_no_code(of->event.child_seen));
}

static void put_seen_alone(tdm__text *out, const side *of)
{
    tdm__text_puts(out, tdm__yes_no_code(of->event.seen_alone));
}

static void put_voice(tdm__text *out, const side *of)
{
    tdm__text_puts(out, tdm__yes_no_code(of->event.voice));
}

/* In the order of the NDJSON; those without a function of their own are strings of the row. */
static const struct {
    const char *name;
    void (*put)(tdm__text *out, const side *of);
    tdm__string_field string;
} row_fields[] = {
    {"occurred", put_occurred, TDM__TEXT},
    {"occurred_as_written", NULL, TDM__OCCURRED_AS_WRITTEN},
    {"time", put_time, TDM__TEXT},
    {"episode", NULL, TDM__EPISODE},
    {"ended", put_ended, TDM__TEXT},
    {"recorded", put_recorded, TDM__TEXT},
    {"agency", put_agency, TDM__TEXT},
    {"role", NULL, TDM__ROLE},
    {"kind", put_kind, TDM__TEXT},
    {"kind_as_written", NULL, TDM__KIND_AS_WRITTEN},
    {"theme", put_theme, TDM__TEXT},
    {"polarity", put_polarity, TDM__TEXT},
    {"significance", put_significance, TDM__TEXT},
    {"significance_by", NULL, TDM__SIGNIFICANCE_BY},
    {"child_seen", put_child_seen, TDM__TEXT},
    {"seen_alone", put_seen_alone, TDM__TEXT},
    {"voice", put_voice, TDM__TEXT},
    {"action", NULL, TDM__ACTION},
    {"outcome", NULL, TDM__OUTCOME},
    {"text", NULL, TDM__TEXT},
    {"analysis", NULL, TDM__ANALYSIS},
    {"reference", NULL, TDM__REFERENCE},
    {"incident", NULL, TDM__INCIDENT},
};
#define ROW_FIELDS (sizeof row_fields / sizeof *row_fields)

/* What is being compared, and the fields found so far: there is room for all. Most rows differ in none, so
 * that the arena gets what was found and not the room. */
typedef struct comparing {
    tdm__arena *arena;
    tdm__field_change *found;
    size_t count;
    tdm__text before, after;
} comparing;

static bool begin(comparing *c, tdm__arena *arena, size_t room)
{
    *c = (comparing){.arena = arena, .found = tdm__alloc_zeroed(arena->allocator, room, sizeof *c->found)};
    tdm__text_init(&c->before, arena->allocator);
    tdm__text_init(&c->after, arena->allocator);
    return c->found != NULL;
}

static tdm_status finish(comparing *c, tdm_status status, const tdm__field_change **out, size_t *count)
{
    if (c->before.failed || c->after.failed)
        status = TDM_NO_MEMORY;
    tdm__field_change *kept = tdm__arena_array(c->arena, c->count, sizeof *kept);
    if (kept && c->count > 0)
        memcpy(kept, c->found, c->count * sizeof *kept);
    tdm__text_free(&c->before);
    tdm__text_free(&c->after);
    tdm__free(c->arena->allocator, c->found);
    *out = kept;
    *count = kept ? c->count : 0;
    return kept ? status : TDM_NO_MEMORY;
}

static void clear(comparing *c)
{
    tdm__text_clear(&c->before);
    tdm__text_clear(&c->after);
}

/* Keeps the field where the texts differ. The name is copied: it may be of one of the two. */
static tdm_status keep(comparing *c, tdm_str name, tdm_str before, tdm_str after)
{
    if (tdm__str_equal(before, after))
        return TDM_OK;
    tdm__field_change *field = &c->found[c->count++];
    *field = (tdm__field_change){tdm__arena_copy(c->arena, name), tdm__arena_copy(c->arena, before),
                                 tdm__arena_copy(c->arena, after)};
    return field->name.data && field->before.data && field->after.data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status compare_field(comparing *c, size_t field, const side sides[2])
{
    if (!row_fields[field].put)
        return keep(c, tdm__str(row_fields[field].name),
                    tdm__chronology_text(&c->before, sides[0].chronology, sides[0].event.index,
                                         row_fields[field].string),
                    tdm__chronology_text(&c->after, sides[1].chronology, sides[1].event.index,
                                         row_fields[field].string));
    clear(c);
    row_fields[field].put(&c->before, &sides[0]);
    row_fields[field].put(&c->after, &sides[1]);
    return keep(c, tdm__str(row_fields[field].name), tdm__text_str(&c->before), tdm__text_str(&c->after));
}

static uint32_t key_named(const tdm_chronology *chronology, tdm_str name)
{
    for (uint32_t key = 0; key < tdm__chronology_fact_key_count(chronology); key++)
        if (tdm__str_equal(tdm__chronology_fact_key(chronology, key), name))
            return key;
    return TDM_NO_INDEX;
}

static tdm_str fact_of(const side *of, uint32_t key)
{
    tdm__fact_value value;
    bool there = key != TDM_NO_INDEX && tdm__chronology_fact(&value, of->chronology, of->event.index, key);
    return there ? value.text : (tdm_str){"", 0};
}

/* Facts of `sides[from]`; those that the other has too are only looked at from the first. */
static tdm_status compare_facts(comparing *c, const side sides[2], size_t from)
{
    tdm_status status = TDM_OK;
    const side *own = &sides[from], *other = &sides[1 - from];
    tdm__text name;
    tdm__text_init(&name, c->arena->allocator);
    for (uint32_t key = 0; status == TDM_OK && key < tdm__chronology_fact_key_count(own->chronology); key++) {
        tdm__fact_value value;
        if (!tdm__chronology_fact(&value, own->chronology, own->event.index, key))
            continue;
        tdm_str called = tdm__chronology_fact_key(own->chronology, key);
        tdm_str theirs = fact_of(other, key_named(other->chronology, called));
        if (from == 1 && theirs.length > 0)
            continue;
        tdm__text_clear(&name);
        tdm__text_puts(&name, "facts.");
        tdm__text_add(&name, called);
        status = name.failed ? TDM_NO_MEMORY
                             : keep(c, tdm__text_str(&name), from == 0 ? value.text : theirs,
                                    from == 0 ? theirs : value.text);
    }
    tdm__text_free(&name);
    return status;
}

tdm_status tdm__diff_row_fields(const tdm__field_change **out, size_t *count,
                                const tdm__chronology_diff *diff, uint32_t before, uint32_t after,
                                tdm__arena *arena)
{
    comparing c;
    tdm_status status = TDM_OK;
    side sides[2] = {{diff->before, tdm__chronology_event(diff->before, before)},
                     {diff->after, tdm__chronology_event(diff->after, after)}};
    size_t room = ROW_FIELDS + tdm__chronology_fact_key_count(diff->before) +
                  tdm__chronology_fact_key_count(diff->after);
    if (!begin(&c, arena, room))
        status = TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < ROW_FIELDS; i++)
        status = compare_field(&c, i, sides);
    for (size_t from = 0; status == TDM_OK && from < 2; from++)
        status = compare_facts(&c, sides, from);
    return finish(&c, status, out, count);
}

static tdm_status compare_dates(comparing *c, const char *name, tdm_date before, tdm_date after)
{
    clear(c);
    put_date(&c->before, before);
    put_date(&c->after, after);
    return keep(c, tdm__str(name), tdm__text_str(&c->before), tdm__text_str(&c->after));
}

tdm_status tdm__diff_child_fields(const tdm__field_change **out, size_t *count, const tdm__child *before,
                                  const tdm__child *after, tdm__arena *arena)
{
    comparing c;
    const struct {
        const char *name;
        tdm_date before, after;
    } dates[] = {{"born", before->born, after->born},
                 {"expected", before->expected, after->expected},
                 {"died", before->died, after->died}};
    const struct {
        const char *name;
        tdm_str before, after;
    } texts[] = {{"sex", before->sex, after->sex},
                 {"area", before->area, after->area},
                 {"household", before->household, after->household}};
    tdm_status status = begin(&c, arena, 6) ? TDM_OK : TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < 3; i++)
        status = compare_dates(&c, dates[i].name, dates[i].before, dates[i].after);
    for (size_t i = 0; status == TDM_OK && i < 3; i++)
        status = keep(&c, tdm__str(texts[i].name), texts[i].before, texts[i].after);
    return finish(&c, status, out, count);
}
