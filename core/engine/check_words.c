/*
 * Abbreviations that nobody explains. The words of the record are read here and nowhere else in the
 * engine; of them only the abbreviation itself, two to six capitals, goes into a sentence, and a
 * sentence goes into reports alone: never into an error, a diagnostic or a log.
 */
#include "engine/check_parts.h"

#include <stdlib.h>

#define LETTERS_MIN 2
#define LETTERS_MAX 6

/* Known to every reader. */
static const char *const plain[] = {"AM", "DR", "GP", "ID", "MR", "MRS", "MS", "NHS", "OK", "PM", "TV", "UK"};

static const tdm__string_field fields[] = {TDM__TEXT, TDM__ANALYSIS, TDM__ACTION, TDM__OUTCOME};

typedef struct token {
    char letters[LETTERS_MAX + 2];
    uint32_t event;
    bool explained;
} token;

typedef struct token_list {
    token *items;
    size_t count, capacity; /* without items: only counted */
} token_list;

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Part of a word: no token begins or ends beside it. */
static bool in_word(char c)
{
    return is_capital(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80 ||
           c == '\'' || c == '-';
}

/* All in capitals: every word would look like an abbreviation. */
static bool is_shouted(tdm_str text)
{
    size_t capitals = 0, small = 0;
    for (size_t i = 0; i < text.length; i++) {
        capitals += is_capital(text.data[i]);
        small += text.data[i] >= 'a' && text.data[i] <= 'z';
    }
    return capitals >= small;
}

/* "HV (health visitor)" or "health visitor (HV)". */
static bool is_explained(tdm_str text, size_t from, size_t to)
{
    bool in_brackets = from > 0 && text.data[from - 1] == '(' && to < text.length && text.data[to] == ')';
    bool brackets_follow = to + 1 < text.length && text.data[to] == ' ' && text.data[to + 1] == '(';
    return in_brackets || brackets_follow;
}

static bool is_plain(tdm_str word)
{
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (tdm__str_equal(word, tdm__str(plain[i])))
            return true;
    return false;
}

static void add_token(token_list *list, tdm_str text, size_t from, size_t to, uint32_t event)
{
    tdm_str word = {text.data + from, to - from};
    if (word.length < LETTERS_MIN || word.length > LETTERS_MAX || is_plain(word))
        return;
    if (list->items && list->count < list->capacity) {
        token *added = &list->items[list->count];
        *added = (token){.event = event, .explained = is_explained(text, from, to)};
        for (size_t i = 0; i < word.length; i++)
            added->letters[i] = word.data[i];
    }
    list->count++;
}

/* Most texts hold no abbreviation: this is all that is looked at then. */
static bool has_capitals_together(tdm_str text)
{
    size_t pairs = 0;
    for (size_t i = 1; i < text.length; i++)
        pairs += (unsigned)is_capital(text.data[i - 1]) & (unsigned)is_capital(text.data[i]);
    return pairs > 0;
}

static void add_tokens(token_list *list, tdm_str text, uint32_t event)
{
    if (!has_capitals_together(text) || is_shouted(text))
        return;
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        bool capitals = true;
        while (at < text.length && in_word(text.data[at]))
            capitals = is_capital(text.data[at++]) && capitals;
        if (at > from && capitals)
            add_token(list, text, from, at, event);
        at += at == from;
    }
}

/* Whether any row has words at all. */
static bool add_all(token_list *list, const tdm__checking *c)
{
    bool any = false;
    tdm__text room;
    tdm__text_init(&room, c->scratch->allocator);
    list->count = 0;
    for (uint32_t i = 0; i < c->row_count; i++)
        for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
            tdm_str text = tdm__chronology_text(&room, c->chronology, c->rows[i].event.index, fields[f]);
            any = any || text.length > 0;
            add_tokens(list, text, c->rows[i].event.index);
        }
    tdm__text_free(&room);
    return any;
}

static int compare_letters(const token *a, const token *b)
{
    return tdm__str_compare(tdm__str(a->letters), tdm__str(b->letters));
}

static int compare_tokens(const void *a, const void *b)
{
    const token *x = a, *y = b;
    int order = compare_letters(x, y);
    if (order != 0)
        return order;
    if (x->event != y->event)
        return x->event < y->event ? -1 : 1;
    return (int)x->explained - (int)y->explained;
}

/* One abbreviation in all its places. */
static void look_at_token(tdm__checking *c, const token *items, size_t count)
{
    uint32_t *events = tdm__check_room(c, count, sizeof *events);
    size_t rows = 0;
    if (tdm__glossary_explains(c->ground->glossary, tdm__str(items[0].letters)))
        return;
    for (size_t i = 0; events && i < count; i++) {
        if (items[i].explained)
            return;
        if (rows == 0 || events[rows - 1] != items[i].event)
            events[rows++] = items[i].event;
    }
    if (rows < (size_t)c->values[0])
        return;
    tdm__found found = {.answer = TDM_MET,
                        .events = events,
                        .event_count = rows,
                        .values = {tdm__str(items[0].letters), tdm__check_text(c, "%zu", rows)}};
    tdm__check_found(c, &found);
}

void tdm__check_abbreviations(tdm__checking *c)
{
    token_list list = {NULL, 0, 0};
    if (!add_all(&list, c)) {
        tdm__check_gap_add(c, TDM__GAP_NO_TEXT);
        return;
    }
    list.capacity = list.count;
    list.items = tdm__check_room(c, list.capacity, sizeof *list.items);
    if (!list.items)
        return;
    add_all(&list, c);
    if (list.count > 1)
        qsort(list.items, list.count, sizeof *list.items, compare_tokens);
    for (size_t first = 0, i = 1; i <= list.count; i++) {
        if (i < list.count && compare_letters(&list.items[i], &list.items[first]) == 0)
            continue;
        if (list.count > 0)
            look_at_token(c, &list.items[first], i - first);
        first = i;
    }
}
