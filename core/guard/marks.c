/*
 * Walking over a text: brackets, known words, forms that tell, then what may be a name.
 */
#include "guard/marks.h"
#include "guard/patterns.h"
#include "guard/roles.h"

#include <string.h>

/* A longer stretch in brackets is no mark: a label has 60 bytes, its number 10. */
#define SPAN_BYTES_MAX 100

/* Length of "[...]" at `at`, brackets included and none inside; 0: there is none. */
static size_t span_at(tdm_str text, size_t at)
{
    if (text.data[at] != '[')
        return 0;
    for (size_t i = at + 1; i < text.length && i - at < SPAN_BYTES_MAX; i++) {
        if (text.data[i] == ']')
            return i - at + 1;
        if (text.data[i] == '[')
            return 0;
    }
    return 0;
}

tdm_status tdm__marks_reserve(tdm__key *key, tdm_str text)
{
    tdm_status status = TDM_OK;
    for (size_t at = 0; at < text.length && status == TDM_OK; at++) {
        size_t length = span_at(text, at);
        tdm_str span = {text.data + at, length};
        /* One that is a mark already, or was met before, needs nothing. */
        if (length == 0 || tdm__key_by_code(key, TDM__GROUP_MARK, span) ||
            tdm__key_by_original(key, TDM__GROUP_MARK, span))
            continue;
        status = tdm__key_add(key, TDM__GROUP_MARK, span, span);
    }
    return status;
}

/* --- what stands behind which word --- */

typedef enum behind { BEHIND_NOTHING, BEHIND_ROLE, BEHIND_BORN, BEHIND_DATE_OF } behind;

typedef struct walk {
    tdm__text *out;
    tdm__marking *marking;
    tdm_str text;
    size_t copied;   /* bytes of the text that are in `out`, or have a mark there */
    size_t said_end; /* byte behind the last word */
    behind said;
    int born_words; /* words since "born" */
} walk;

static tdm_status leak(walk *w, tdm__leak_kind kind, size_t from, size_t end)
{
    if (w->marking->mention) {
        tdm__mention mention = {.kind = kind, .from = from, .end = end};
        return w->marking->mention(&mention, w->marking->payload);
    }
    tdm__leak found = w->marking->place;
    found.kind = kind;
    return tdm__leaks_add(w->marking->leaks, &found);
}

static void copy_to(walk *w, size_t end)
{
    tdm__text_bytes(w->out, w->text.data + w->copied, end - w->copied);
    w->copied = end;
}

/* A mark in the place of [from, end). */
static tdm_status put_mark(walk *w, tdm_str label, size_t from, size_t end)
{
    tdm_str mark, letters = {w->text.data + from, end - from};
    w->said_end = end;
    w->said = BEHIND_NOTHING;
    if (w->marking->mention) {
        tdm__mention mention = {.known = true, .label = label, .from = from, .end = end};
        return w->marking->mention(&mention, w->marking->payload);
    }
    tdm_status status = tdm__key_mark(&mark, w->marking->key, label, letters);
    if (status != TDM_OK)
        return status;
    copy_to(w, from);
    tdm__text_add(w->out, mark);
    w->copied = end;
    return w->out->failed ? TDM_NO_MEMORY : TDM_OK;
}

static bool only_blanks(tdm_str text, size_t from, size_t to, char also)
{
    for (size_t i = from; i < to; i++)
        if (text.data[i] != ' ' && text.data[i] != '\t' && text.data[i] != also)
            return false;
    return true;
}

/* Whether the word's first letter changes when it is folded. */
static bool is_capitalised(tdm_str text, tdm__word word, tdm_str folded)
{
    size_t a = word.start, b = 0;
    if (folded.length == 0)
        return false;
    return tdm__utf8_next(text, &a) != tdm__utf8_next(folded, &b);
}

static bool is_digit_first(tdm_str folded)
{
    return folded.length > 0 && folded.data[0] >= '0' && folded.data[0] <= '9';
}

/* Byte behind up to three words that are a date ("20/8/18", "20 August 2018"); 0: there is none. */
static size_t date_at(tdm_str text, size_t at)
{
    tdm__word word;
    size_t from = at;
    for (int words = 1; words <= 3 && tdm__word_next(&word, text, &at); words++) {
        tdm_date date;
        tdm_str part = {text.data + from, word.end - from};
        /* A bare number may be a time or a weight; a year alone tells little. */
        if (words > 1 && tdm_date_parse(&date, NULL, part, NULL) == TDM_OK)
            return word.end;
    }
    return 0;
}

/* "born", "dob", "d.o.b.", "date of birth". */
static behind born_word(walk *w, tdm_str folded)
{
    static const char *const words[] = {"born", "dob", "birthdate", "birthday", "birth"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tdm__str_equal(folded, tdm__str(words[i])))
            return BEHIND_BORN;
    if (w->said == BEHIND_DATE_OF && tdm__str_equal(folded, TDM_LIT("b")))
        return BEHIND_BORN;
    return tdm__str_equal(folded, TDM_LIT("d")) || tdm__str_equal(folded, TDM_LIT("o")) ? BEHIND_DATE_OF
                                                                                        : BEHIND_NOTHING;
}

/* What a word that is not known may be, from the word before it. */
static tdm_status judge_word(walk *w, tdm__word word, tdm_str folded)
{
    tdm_status status = TDM_OK;
    if (w->said == BEHIND_ROLE && only_blanks(w->text, w->said_end, word.start, '.') &&
        is_capitalised(w->text, word, folded) && !tdm__is_no_name(folded))
        status = leak(w, TDM__LEAK_POSSIBLE_NAME, word.start, word.end);
    bool may_be_date = w->said == BEHIND_BORN && (is_digit_first(folded) || folded.length >= 3);
    size_t date_end = status == TDM_OK && may_be_date ? date_at(w->text, word.start) : 0;
    if (date_end > 0) {
        w->said = BEHIND_NOTHING;
        return leak(w, TDM__LEAK_BIRTH_DATE, word.start, date_end);
    }
    behind next = tdm__calls_for_name(folded) ? BEHIND_ROLE : born_word(w, folded);
    /* "born on 3/4/19", "date of birth: Friday 3 April". */
    bool still = w->said == BEHIND_BORN && next == BEHIND_NOTHING && w->born_words < 2;
    w->born_words = still ? w->born_words + 1 : 0;
    w->said = still ? BEHIND_BORN : next;
    return status;
}

/* --- the walk --- */

static tdm_status take_word(walk *w, size_t *at, tdm__word word)
{
    size_t known_end;
    tdm_str label;
    tdm__pattern pattern;
    tdm__marking *m = w->marking;
    tdm_status status = tdm__known_match(&known_end, &label, m->known, w->text, word.start);
    if (status != TDM_OK)
        return status;
    bool tells = tdm__pattern_at(&pattern, w->text, word.start);
    if (known_end > 0 && (!tells || known_end >= pattern.end)) {
        *at = known_end;
        return put_mark(w, label, word.start, known_end);
    }
    if (tells) {
        /* What stands in a line of an address is looked at word by word. */
        *at = w->said_end = pattern.kind == TDM__LEAK_ADDRESS ? word.end : pattern.end;
        if (pattern.compact[0] && tdm__known_compact(&label, m->known, tdm__str(pattern.compact)))
            return put_mark(w, label, word.start, pattern.end);
        w->said = BEHIND_NOTHING;
        return leak(w, pattern.kind, word.start, pattern.end);
    }
    tdm__text_clear(&m->fold);
    status = tdm__word_fold(&m->fold, w->text, word);
    if (status == TDM_OK)
        status = judge_word(w, word, tdm__text_str(&m->fold));
    w->said_end = word.end;
    return status;
}

/* A bracket of the text that has a meaning in the key gets a mark of its own. */
static tdm_status take_span(walk *w, size_t *at, size_t length)
{
    tdm_str span = {w->text.data + *at, length};
    const tdm__key_entry *mark = tdm__key_by_code(w->marking->key, TDM__GROUP_MARK, span);
    if (!mark || tdm__str_equal(mark->original, span)) {
        ++*at;
        return TDM_OK;
    }
    size_t from = *at;
    *at += length;
    return put_mark(w, TDM_LIT("Bracket"), from, *at);
}

/* The next bracket at or behind `at`; the end of the text when there is none. */
static size_t next_bracket(tdm_str text, size_t at)
{
    const char *found = at < text.length ? memchr(text.data + at, '[', text.length - at) : NULL;
    return found ? (size_t)(found - text.data) : text.length;
}

static tdm_status take_bracket(walk *w, size_t *at, size_t bracket)
{
    size_t length = span_at(w->text, bracket);
    *at = bracket;
    if (length > 0 && !w->marking->mention)
        return take_span(w, at, length);
    ++*at;
    return TDM_OK;
}

static tdm_status walk_text(walk *w)
{
    tdm_str text = w->text;
    tdm_status status = TDM_OK;
    size_t at = 0, bracket = next_bracket(text, 0), behind_word = 0;
    tdm__word word;
    bool there = tdm__word_next(&word, text, &behind_word);
    while (at < text.length && status == TDM_OK) {
        /* Each is looked for again only once it has been passed. */
        if (bracket < at)
            bracket = next_bracket(text, at);
        if (there && word.start < at) {
            behind_word = at;
            there = tdm__word_next(&word, text, &behind_word);
        }
        if (bracket < word.start) {
            status = take_bracket(w, &at, bracket);
        } else {
            at = word.end;
            status = there ? take_word(w, &at, word) : TDM_OK;
        }
    }
    return status;
}

tdm_status tdm__mentions_find(tdm__known *known, tdm_str text,
                              tdm_status (*mention)(const tdm__mention *mention, void *payload),
                              void *payload)
{
    tdm__marking marking = {.known = known, .mention = mention, .payload = payload};
    walk w = {.marking = &marking, .text = text};
    tdm__text_init(&marking.fold, known->wanted.allocator);
    tdm_status status = walk_text(&w);
    tdm__text_free(&marking.fold);
    return status;
}

tdm_status tdm__marks_put(tdm__text *out, tdm__marking *marking, tdm_str text)
{
    walk w = {.out = out, .marking = marking, .text = text};
    tdm_status status = walk_text(&w);
    if (status == TDM_OK)
        copy_to(&w, text.length);
    return out->failed || tdm__key_failed(marking->key) ? TDM_NO_MEMORY : status;
}

tdm_status tdm__marks_back(tdm__text *out, size_t *unknown, tdm__key *key, tdm_str text)
{
    for (size_t at = 0; at < text.length;) {
        size_t length = span_at(text, at);
        tdm_str span = {text.data + at, length > 0 ? length : 1};
        const tdm__key_entry *mark = length > 0 ? tdm__key_by_code(key, TDM__GROUP_MARK, span) : NULL;
        tdm__text_add(out, mark ? mark->original : span);
        *unknown += length > 0 && !mark;
        at += span.length;
    }
    return out->failed || tdm__key_failed(key) ? TDM_NO_MEMORY : TDM_OK;
}
