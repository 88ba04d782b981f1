/*
 * Reading the words and matching them (see map_words.h).
 */
#include "ingest/map_words.h"

#include "base/csv.h"

#include <string.h>

#define HEADINGS_FILE "maps/headings.csv"
#define VALUES_FILE   "maps/values.csv"
#define CLOSE_BYTES   64 /* longer words are compared whole only */
#define WORDS_MAX     16 /* of one value */

static bool is_punctuation(char c)
{
    return (unsigned char)c < 0x80 && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') &&
           !(c >= 'A' && c <= 'Z');
}

tdm_status tdm__plain_words(tdm__text *out, tdm_str written)
{
    tdm__text spaced;
    tdm__text_init(&spaced, out->allocator);
    for (size_t i = 0; i < written.length; i++) {
        char c = written.data[i];
        bool hump = i > 0 && c >= 'A' && c <= 'Z' && written.data[i - 1] >= 'a' && written.data[i - 1] <= 'z';
        if (hump)
            tdm__text_char(&spaced, ' ');
        if (c != '\'')
            tdm__text_char(&spaced, is_punctuation(c) ? ' ' : c);
    }
    tdm_status status = spaced.failed ? TDM_NO_MEMORY : tdm__fold(out, tdm__text_str(&spaced));
    tdm__text_free(&spaced);
    return status;
}

/* --- the tables --- */

typedef struct words_table {
    tdm__map_words *words;
    const tdm_vocabulary *vocabulary;
    const char *name;
    tdm__csv csv;
    tdm__text plain;
    tdm_error *error;
} words_table;

static tdm_status fail_row(const words_table *t, const char *expected)
{
    return tdm__fail_at(t->error, TDM_INVALID_INPUT, (tdm_place){tdm__str(t->name), t->csv.line, 0}, "%s",
                        expected);
}

static tdm_status copy_plain(tdm_str *out, words_table *t, tdm_str written)
{
    tdm__text_clear(&t->plain);
    tdm_status status = tdm__plain_words(&t->plain, written);
    *out = status == TDM_OK ? tdm__arena_copy(&t->words->arena, tdm__text_str(&t->plain))
                            : (tdm_str){NULL, 0};
    return out->data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status add_heading(words_table *t)
{
    tdm_str key, to = t->csv.fields[1];
    tdm__map_words *words = t->words;
    tdm__heading_word *grown = tdm__grown(words->arena.allocator, words->headings, &words->heading_capacity,
                                          words->heading_count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    words->headings = grown;
    tdm__heading_word *word = &grown[words->heading_count];
    *word = (tdm__heading_word){.field = TDM__FIELDS, .fact = TDM_NO_INDEX};
    if (to.length > 0)
        word->field = tdm__field_named(&key, to);
    if (word->field == TDM__FIELD_FACT)
        word->fact = tdm__vocabulary_fact(t->vocabulary, key);
    if (to.length > 0 && (word->field == TDM__FIELDS || word->field == TDM__FIELD_OCCURRED_AS_WRITTEN ||
                          word->field == TDM__FIELD_KIND_AS_WRITTEN ||
                          (word->field == TDM__FIELD_FACT && word->fact == TDM_NO_INDEX)))
        return fail_row(t, "expected a field of an event, a fact of facts.csv, or nothing");
    word->to = tdm__arena_copy(&words->arena, to);
    if (!word->to.data || copy_plain(&word->plain, t, t->csv.fields[0]) != TDM_OK)
        return TDM_NO_MEMORY;
    words->heading_count++;
    return TDM_OK;
}

static tdm_status put_value(words_table *t, tdm__field field, tdm_str written, tdm_str ours)
{
    tdm__map_words *words = t->words;
    tdm__value_word *grown = tdm__grown(words->arena.allocator, words->values, &words->value_capacity,
                                        words->value_count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    words->values = grown;
    tdm__value_word *word = &grown[words->value_count];
    *word = (tdm__value_word){.field = field, .ours = tdm__arena_copy(&words->arena, ours)};
    if (!word->ours.data || copy_plain(&word->plain, t, written) != TDM_OK)
        return TDM_NO_MEMORY;
    words->value_count++;
    return TDM_OK;
}

/* Whether a row would read our word, as a map's `values` must. */
static bool is_ours(words_table *t, tdm__field field, tdm_str ours)
{
    tdm__draft draft;
    const tdm__how how = {.field = field, .fact = TDM_NO_INDEX};
    tdm__draft_init(&draft, t->vocabulary, t->words->arena.allocator, &t->words->arena);
    return tdm__draft_read(&draft, &how, ours) == TDM__FINE;
}

static bool takes_codes(tdm__field field)
{
    return field == TDM__FIELD_KIND || field == TDM__FIELD_AGENCY || field == TDM__FIELD_POLARITY ||
           field == TDM__FIELD_SIGNIFICANCE || field == TDM__FIELD_CHILD_SEEN ||
           field == TDM__FIELD_SEEN_ALONE || field == TDM__FIELD_VOICE;
}

static tdm_status add_value(words_table *t)
{
    tdm_str key;
    tdm__field field = tdm__field_named(&key, t->csv.fields[0]);
    if (!takes_codes(field) || t->csv.field_count < 3)
        return fail_row(t, "expected a field that takes codes, a word and our code");
    /* A word that means different things is there with no code, so that it is never guessed. */
    if (t->csv.fields[2].length > 0 && !is_ours(t, field, t->csv.fields[2]))
        return fail_row(t, "the last column is no code of the field");
    return put_value(t, field, t->csv.fields[1], t->csv.fields[2]);
}

static tdm_status read_table(words_table *t, tdm_str text, tdm_status (*add)(words_table *t))
{
    bool more = true, is_heading = true;
    tdm_status status = TDM_OK;
    tdm__csv_init(&t->csv, t->words->arena.allocator, text, ',');
    while (status == TDM_OK && more) {
        status = tdm__csv_next(&t->csv, &more, NULL);
        if (status == TDM_INVALID_INPUT || status == TDM_TOO_LARGE)
            status = fail_row(t, "a line that is no CSV");
        else if (status == TDM_OK && more && !is_heading)
            status = t->csv.field_count < 2 ? fail_row(t, "a column is missing") : add(t);
        is_heading = false;
    }
    tdm__csv_free(&t->csv);
    return status;
}

/* What the vocabulary itself calls its kinds and agencies. */
static tdm_status add_vocabulary(words_table *t)
{
    tdm_status status = TDM_OK;
    const tdm_vocabulary *v = t->vocabulary;
    for (size_t i = 0; i < v->kind_count && status == TDM_OK; i++) {
        status = put_value(t, TDM__FIELD_KIND, v->kinds[i].title, v->kinds[i].code);
        if (status == TDM_OK)
            status = put_value(t, TDM__FIELD_KIND, v->kinds[i].code, v->kinds[i].code);
    }
    for (size_t i = 0; i < v->agency_count && status == TDM_OK; i++) {
        status = put_value(t, TDM__FIELD_AGENCY, v->agencies[i].title, v->agencies[i].code);
        if (status == TDM_OK)
            status = put_value(t, TDM__FIELD_AGENCY, v->agencies[i].code, v->agencies[i].code);
    }
    return status;
}

tdm_status tdm__map_words_parse(tdm__map_words *words, const tdm_allocator *allocator,
                                const tdm_vocabulary *vocabulary, tdm_str headings, tdm_str values,
                                tdm_error *error)
{
    *words = (tdm__map_words){.heading_count = 0};
    tdm__arena_init(&words->arena, allocator);
    words_table t = {.words = words, .vocabulary = vocabulary, .name = HEADINGS_FILE, .error = error};
    tdm__text_init(&t.plain, allocator);
    tdm_status status = read_table(&t, headings, add_heading);
    t.name = VALUES_FILE;
    if (status == TDM_OK)
        status = read_table(&t, values, add_value);
    if (status == TDM_OK)
        status = add_vocabulary(&t);
    tdm__text_free(&t.plain);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

void tdm__map_words_free(tdm__map_words *words)
{
    if (!words->arena.allocator)
        return;
    tdm__free(words->arena.allocator, words->headings);
    tdm__free(words->arena.allocator, words->values);
    tdm__arena_free(&words->arena);
    *words = (tdm__map_words){.heading_count = 0};
}

/* --- headings --- */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to change, add or take away; at most CLOSE_BYTES letters each. */
static size_t letters_apart(tdm_str a, tdm_str b)
{
    size_t row[CLOSE_BYTES + 1];
    for (size_t k = 0; k <= b.length; k++)
        row[k] = k;
    for (size_t i = 1; i <= a.length; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t k = 1; k <= b.length; k++) {
            size_t above = row[k];
            size_t changed = corner + (a.data[i - 1] != b.data[k - 1]);
            row[k] = least(changed, least(above, row[k - 1]) + 1);
            corner = above;
        }
    }
    return row[b.length];
}

/* A slip of the pen: one letter in a word of six, two in one of twelve. */
static bool is_close(tdm_str a, tdm_str b)
{
    size_t shorter = least(a.length, b.length);
    size_t longer = a.length + b.length - shorter;
    size_t allowed = shorter >= 12 ? 2 : 1;
    if (shorter < 6 || longer > CLOSE_BYTES || longer - shorter > allowed)
        return false;
    return letters_apart(a, b) <= allowed;
}

/* Whether the words of `part` stand one after the other in `whole`. */
static bool holds_words(tdm_str whole, tdm_str part)
{
    for (size_t at = 0; part.length > 0 && at + part.length <= whole.length; at++) {
        size_t end = at + part.length;
        if ((at == 0 || whole.data[at - 1] == ' ') && (end == whole.length || whole.data[end] == ' ') &&
            memcmp(whole.data + at, part.data, part.length) == 0)
            return true;
    }
    return false;
}

static tdm__nearness heading_nearness(tdm_str plain, tdm_str known)
{
    if (tdm__str_equal(plain, known))
        return TDM__SAME;
    if (is_close(plain, known))
        return TDM__CLOSE;
    return known.length >= 4 && holds_words(plain, known) ? TDM__IN_PART : TDM__NOWHERE_NEAR;
}

const tdm__heading_word *tdm__heading_near(tdm__nearness *nearness, const tdm__map_words *words,
                                           tdm_str plain, tdm__word_fits fits, const void *payload)
{
    const tdm__heading_word *best = NULL;
    *nearness = TDM__NOWHERE_NEAR;
    for (size_t i = 0; i < words->heading_count && plain.length > 0; i++) {
        const tdm__heading_word *word = &words->headings[i];
        tdm__nearness near = heading_nearness(plain, word->plain);
        bool longer = near == TDM__IN_PART && near == *nearness && word->plain.length > best->plain.length;
        if ((near < *nearness || longer) && (!fits || fits(word, payload))) {
            best = word;
            *nearness = near;
        }
    }
    return best;
}

/* --- values --- */

typedef struct word_list {
    tdm_str items[WORDS_MAX];
    size_t count;
    bool negated;
} word_list;

static bool is_one_of(tdm_str word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tdm__str_equal(word, tdm__str(list[i])))
            return true;
    return false;
}

static word_list words_of(tdm_str plain)
{
    static const char *const small[] = {"a",  "an", "and", "at",  "by",    "for", "from", "in",
                                        "of", "on", "or",  "the", "their", "to",  "with"};
    static const char *const negating[] = {"no",      "not",       "non",    "never",    "without", "failed",
                                           "refused", "cancelled", "missed", "declined", "unable"};
    word_list list = {.count = 0};
    while (plain.length > 0) {
        tdm_str word = tdm__str_split(&plain, ' ');
        list.negated |= is_one_of(word, negating, sizeof negating / sizeof *negating);
        if (list.count < WORDS_MAX && !is_one_of(word, small, sizeof small / sizeof *small))
            list.items[list.count++] = word;
    }
    return list;
}

/* "visits" and "visit" are one. */
static bool same_word(tdm_str a, tdm_str b)
{
    if (a.length > 3 && a.data[a.length - 1] == 's')
        a.length--;
    if (b.length > 3 && b.data[b.length - 1] == 's')
        b.length--;
    return tdm__str_equal(a, b);
}

static size_t shared_words(const word_list *a, const word_list *b)
{
    size_t shared = 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (same_word(a->items[i], b->items[k])) {
                shared++;
                break;
            }
    return shared;
}

/* Twice the words shared out of a hundred of both. What says "not" has to be known as it stands. */
static size_t likeness(const word_list *a, const word_list *b)
{
    size_t both = a->count + b->count;
    return both == 0 || a->negated || b->negated ? 0 : 200 * shared_words(a, b) / both;
}

tdm_str tdm__value_near(tdm__nearness *nearness, const tdm__map_words *words, tdm__field field, tdm_str plain)
{
    const size_t least_likeness = 66; /* one word out of two, two out of four */
    word_list theirs = words_of(plain);
    size_t best = least_likeness - 1;
    tdm_str ours = {"", 0};
    *nearness = TDM__NOWHERE_NEAR;
    for (size_t i = 0; i < words->value_count; i++) {
        const tdm__value_word *word = &words->values[i];
        if (word->field != field)
            continue;
        if (tdm__str_equal(word->plain, plain)) {
            *nearness = TDM__SAME;
            return word->ours;
        }
        word_list known = words_of(word->plain);
        size_t like = field == TDM__FIELD_KIND ? likeness(&theirs, &known) : 0;
        if (like > best && word->ours.length > 0) {
            best = like;
            ours = word->ours;
        } else if (like == best && word->ours.length > 0 && !tdm__str_equal(ours, word->ours)) {
            ours = TDM_LIT(""); /* two are as near: neither */
        }
    }
    if (ours.length > 0)
        *nearness = TDM__IN_PART;
    return ours;
}
