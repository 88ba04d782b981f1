/*
 * Windows over the spells of a composite's indicators. No number is added to another: an indicator touches a
 * window or does not.
 */
#include "engine/composites.h"

#include "chronology/worlds.h"

#include <stdlib.h>
#include <string.h>

#define NO_GROUP UINT32_MAX

/* A spell of one of the indicators. It may have a day wherever in [from, to]; whatever its doubtful dates, it
 * begins by `begun` and does not end before `last`. */
typedef struct part {
    const tdm__spell *spell;
    uint32_t which; /* of the composite's indicators */
    tdm_day from, to;
    tdm_day begun, last;
    bool met;
    uint32_t group; /* windows that share a spell */
} part;

typedef struct parts {
    const tdm_history *history;
    const tdm__composite *composite;
    part *items;
    size_t count;
    uint32_t not_assessed; /* of the indicators, a bit each */
} parts;

/* One candidate: the days that it holds, and the indicators that touch it. */
typedef struct window {
    tdm_day first, last;
    uint32_t surely, perhaps; /* bits */
} window;

static int32_t bits(uint32_t set)
{
    int32_t count = 0;
    for (; set != 0; set &= set - 1)
        count++;
    return count;
}

/* A spell that a script gave days of its own keeps them. */
static part make_part(const tdm_history *h, const tdm__spell *spell, uint32_t which)
{
    tdm_day from = TDM_DAY_AFTER_ALL, begun = TDM_DAY_AFTER_ALL;
    tdm_day to = TDM_DAY_BEFORE_ALL, last = TDM_DAY_BEFORE_ALL;
    for (uint32_t i = 0; i < spell->row_count; i++) {
        const tdm__row *row = &h->rows[spell->rows[i]];
        from = row->from < from ? row->from : from;
        begun = row->to < begun ? row->to : begun;
        to = row->to > to ? row->to : to;
        last = row->from > last ? row->from : last;
    }
    part made = {.spell = spell,
                 .which = which,
                 .from = spell->from,
                 .to = spell->open ? h->as_of : spell->to,
                 .begun = spell->from == from ? begun : spell->from,
                 .last = spell->open       ? h->as_of
                         : spell->to == to ? last
                                           : spell->to,
                 .met = spell->answer == TDM_MET,
                 .group = NO_GROUP};
    return made;
}

static tdm_status gather(parts *out, const tdm__asker *a, const tdm_history *h, const tdm__at_hand *at_hand,
                         const tdm__composite *composite)
{
    tdm__result results[TDM__COMPOSITE_OF_MAX];
    size_t count = 0;
    tdm_status status = TDM_OK;
    *out = (parts){.history = h, .composite = composite};
    for (uint32_t i = 0; status == TDM_OK && i < composite->of_count; i++) {
        status = tdm__ask_indicator(&results[i], a, h, at_hand, composite->of[i]);
        if (status != TDM_OK)
            return status;
        if (results[i].answer == TDM_NOT_ASSESSED)
            out->not_assessed |= 1u << i;
        count += results[i].spell_count;
    }
    out->items = tdm__arena_array(h->arena, count, sizeof *out->items);
    if (!out->items)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < composite->of_count; i++)
        for (size_t s = 0; s < results[i].spell_count; s++)
            out->items[out->count++] = make_part(h, &results[i].spells[s], i);
    return TDM_OK;
}

static bool touches(const part *p, const window *w)
{
    return p->from <= w->last && p->to >= w->first;
}

static bool touches_surely(const part *p, const window *w)
{
    return p->met && p->begun <= w->last && p->last >= w->first;
}

static int compare_days(const void *a, const void *b)
{
    const tdm_day *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static bool is_day(tdm_day day)
{
    return day != TDM_DAY_NONE && day != TDM_DAY_BEFORE_ALL && day != TDM_DAY_AFTER_ALL;
}

/* What touches a window touches one that begins on the earliest of their last days: those are all that need
 * asking. Ascending, without repeats. */
static tdm_status list_windows(window **out, size_t *count, const parts *p)
{
    tdm_day *days = tdm__arena_array(p->history->arena, 2 * p->count, sizeof *days);
    size_t found = 0;
    *count = 0;
    *out = tdm__arena_array(p->history->arena, 2 * p->count, sizeof **out);
    if (!days || !*out)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < p->count; i++) {
        days[found++] = p->items[i].to;
        days[found++] = p->items[i].last;
    }
    if (found > 1)
        qsort(days, found, sizeof *days, compare_days);
    for (size_t i = 0; i < found; i++) {
        window *w = &(*out)[*count];
        if (!is_day(days[i]) || (i > 0 && days[i] == days[i - 1]))
            continue;
        *w = (window){.first = days[i]};
        /* Days and months need no bank holidays. */
        if (tdm__window_last(&w->last, days[i], p->composite->within, NULL) == TDM_OK)
            (*count)++;
    }
    return TDM_OK;
}

static void look(window *w, const parts *p)
{
    for (size_t i = 0; i < p->count; i++) {
        const part *one = &p->items[i];
        w->perhaps |= touches(one, w) ? 1u << one->which : 0;
        w->surely |= touches_surely(one, w) ? 1u << one->which : 0;
    }
}

/* What touches two windows touches those between: so a window that shares a spell with an earlier one shares
 * it with the last. */
static uint32_t join(const parts *p, const window *w, uint32_t next)
{
    uint32_t group = NO_GROUP;
    for (size_t i = 0; i < p->count; i++)
        if (touches(&p->items[i], w) && p->items[i].group != NO_GROUP)
            group = p->items[i].group;
    if (group == NO_GROUP)
        group = next;
    for (size_t i = 0; i < p->count; i++)
        if (touches(&p->items[i], w))
            p->items[i].group = group;
    return group;
}

/* The day by which as many indicators as it takes had been met, of those that surely touch the window. */
static tdm_day first_met(const parts *p, const window *w)
{
    tdm_day days[TDM__COMPOSITE_OF_MAX];
    size_t count = 0;
    for (uint32_t which = 0; which < p->composite->of_count; which++) {
        tdm_day earliest = TDM_DAY_NONE;
        for (size_t i = 0; i < p->count; i++) {
            tdm_day day = p->items[i].spell->first_met;
            if (p->items[i].which == which && touches_surely(&p->items[i], w) && day != TDM_DAY_NONE &&
                (earliest == TDM_DAY_NONE || day < earliest))
                earliest = day;
        }
        if (earliest != TDM_DAY_NONE)
            days[count++] = earliest;
    }
    if (count > 1)
        qsort(days, count, sizeof *days, compare_days);
    size_t needed = (size_t)p->composite->at_least;
    return count >= needed ? days[needed - 1] : TDM_DAY_NONE;
}

static void take_window(tdm__spell *spell, const parts *p, const window *w)
{
    if (bits(w->surely) < p->composite->at_least)
        return;
    tdm_day day = first_met(p, w);
    spell->answer = TDM_MET;
    if (day != TDM_DAY_NONE && (spell->first_met == TDM_DAY_NONE || day < spell->first_met))
        spell->first_met = day;
}

static int compare_rows(const void *a, const void *b)
{
    const uint32_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* Rows of all spells of the group, ascending, each once. */
static tdm_status fill_rows(tdm__spell *spell, const parts *p, uint32_t group)
{
    size_t count = 0;
    for (size_t i = 0; i < p->count; i++)
        count += p->items[i].group == group ? p->items[i].spell->row_count : 0;
    uint32_t *rows = tdm__arena_array(p->history->arena, count, sizeof *rows);
    if (!rows)
        return TDM_NO_MEMORY;
    count = 0;
    for (size_t i = 0; i < p->count; i++)
        for (uint32_t r = 0; p->items[i].group == group && r < p->items[i].spell->row_count; r++)
            rows[count++] = p->items[i].spell->rows[r];
    if (count > 1)
        qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || rows[i] != rows[i - 1])
            rows[spell->row_count++] = rows[i];
    spell->rows = rows;
    return TDM_OK;
}

static tdm_status fill_spell(tdm__spell *spell, const parts *p, uint32_t group)
{
    spell->from = TDM_DAY_AFTER_ALL;
    spell->to = TDM_DAY_BEFORE_ALL;
    for (size_t i = 0; i < p->count; i++) {
        const tdm__spell *of = p->items[i].spell;
        if (p->items[i].group != group)
            continue;
        spell->from = of->from < spell->from ? of->from : spell->from;
        spell->to = of->to > spell->to ? of->to : spell->to;
        spell->open = spell->open || of->open;
    }
    return fill_rows(spell, p, group);
}

/* --- words --- */

/* "Within 6 months of each other: A, B and C." with the titles of those that touched. */
static void put_titles(tdm__text *text, const tdm__asker *a, const parts *p, uint32_t touched)
{
    int32_t left = bits(touched);
    tdm__text_puts(text, "Within ");
    tdm__text_add(text, p->composite->effective.params[1].words);
    tdm__text_puts(text, " of each other: ");
    for (uint32_t which = 0; which < p->composite->of_count; which++) {
        if (!(touched >> which & 1u))
            continue;
        tdm__text_add(text, a->policy->indicators[p->composite->of[which]].indicator->title);
        left--;
        tdm__text_puts(text, left == 0 ? "." : left == 1 ? " and " : ", ");
    }
}

static tdm_status say(tdm_str *out, const tdm__asker *a, const parts *p)
{
    tdm__text text;
    uint32_t touched = 0;
    tdm__text_init(&text, p->history->arena->allocator);
    for (size_t i = 0; i < p->count; i++)
        touched |= p->items[i].group != NO_GROUP ? 1u << p->items[i].which : 0;
    tdm__text_add(&text, p->composite->sentence);
    tdm__text_puts(&text, p->composite->sentence.length > 0 ? " " : "");
    put_titles(&text, a, p, touched);
    *out = tdm__arena_copy(p->history->arena, tdm__text_str(&text));
    bool failed = text.failed || !out->data;
    tdm__text_free(&text);
    return failed ? TDM_NO_MEMORY : TDM_OK;
}

/* --- the whole --- */

/* Spells out of windows; *most: indicators that touch or might touch one window, at most. */
static tdm_status find_spells(tdm__spell *spells, uint32_t *count, int32_t *most, const parts *p)
{
    window *windows;
    size_t window_count;
    *count = 0;
    *most = bits(p->not_assessed);
    tdm_status status = list_windows(&windows, &window_count, p);
    for (size_t i = 0; status == TDM_OK && i < window_count; i++) {
        window *w = &windows[i];
        look(w, p);
        int32_t reach = bits(w->perhaps | p->not_assessed);
        *most = reach > *most ? reach : *most;
        if (bits(w->perhaps) < p->composite->at_least)
            continue;
        uint32_t group = join(p, w, *count);
        if (group == *count)
            spells[(*count)++] = (tdm__spell){
                .answer = TDM_POSSIBLE, .first_met = TDM_DAY_NONE, .agency = TDM_NO_INDEX, .outcome = 0};
        take_window(&spells[group], p, w);
    }
    for (uint32_t i = 0; status == TDM_OK && i < *count; i++)
        status = fill_spell(&spells[i], p, i);
    return status;
}

tdm_status tdm__ask_composite(tdm__result *out, const tdm__asker *a, const tdm_history *h,
                              const tdm__at_hand *at_hand, const tdm__composite *composite)
{
    parts p;
    uint32_t count;
    int32_t most;
    *out = (tdm__result){.answer = TDM_NOT_MET, .outcome = TDM_NO_INDEX, .file = {"", 0}};
    tdm_status status = gather(&p, a, h, at_hand, composite);
    if (status != TDM_OK)
        return status;
    /* Each spell of the composite takes two of its indicators' at least. */
    tdm__spell *spells = tdm__arena_array(h->arena, p.count, sizeof *spells);
    if (!spells)
        return TDM_NO_MEMORY;
    status = find_spells(spells, &count, &most, &p);
    if (status != TDM_OK)
        return status;
    if (count == 0) {
        bool might = p.not_assessed != 0 && most >= composite->at_least;
        out->answer = might ? TDM_NOT_ASSESSED : TDM_NOT_MET;
        out->reason = might ? "part-not-assessed" : NULL;
        return TDM_OK;
    }
    out->answer = TDM_POSSIBLE;
    for (uint32_t i = 0; i < count; i++)
        out->answer = spells[i].answer == TDM_MET ? TDM_MET : out->answer;
    out->spells = spells;
    out->spell_count = count;
    return say(&out->sentence, a, &p);
}
