/*
 * Reading and asking.
 */
#include "chronology/glossary.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

#define ENTRIES_MAX        10000
#define ABBREVIATION_BYTES 40
#define MEANING_BYTES      1000

typedef struct reading {
    tdm__glossary *glossary;
    tdm__arena *arena;
    tdm__csv csv;
    tdm__glossary_entry *entries; /* malloced while it grows */
    size_t count, capacity;
    tdm_str file;
    tdm_error *error;
} reading;

static int compare(const void *a, const void *b)
{
    const tdm__glossary_entry *x = a, *y = b;
    int order = tdm__str_compare(x->abbreviation, y->abbreviation);
    return order != 0 ? order : tdm__str_compare(x->meaning, y->meaning);
}

static tdm_status fail(reading *r, const char *expected)
{
    return tdm__fail_at(r->error, TDM_INVALID_INPUT, (tdm_place){r->file, r->csv.line, 0}, "%s", expected);
}

static tdm_status keep(reading *r, tdm_str abbreviation, tdm_str meaning)
{
    tdm__glossary_entry *grown = tdm__grown(r->arena->allocator, r->entries, &r->capacity, r->count + 1,
                                            sizeof *grown);
    if (!grown)
        return tdm__no_memory(r->error);
    r->entries = grown;
    r->entries[r->count] = (tdm__glossary_entry){tdm__arena_copy(r->arena, abbreviation),
                                                 tdm__arena_copy(r->arena, meaning)};
    tdm__glossary_entry *kept = &r->entries[r->count++];
    return kept->abbreviation.data && kept->meaning.data ? TDM_OK : tdm__no_memory(r->error);
}

static tdm_status read_headings(reading *r)
{
    bool more;
    tdm_status status = tdm__csv_next(&r->csv, &more, r->error);
    if (status != TDM_OK)
        return status;
    if (!more || r->csv.field_count != 2 ||
        !tdm__str_equal(tdm__str_trimmed(r->csv.fields[0]), TDM_LIT("abbreviation")) ||
        !tdm__str_equal(tdm__str_trimmed(r->csv.fields[1]), TDM_LIT("meaning")))
        return fail(r, "expected the headings abbreviation,meaning");
    return TDM_OK;
}

static tdm_status read_entry(reading *r)
{
    if (r->csv.field_count != 2)
        return fail(r, "expected an abbreviation and what it means");
    tdm_str abbreviation = tdm__str_trimmed(r->csv.fields[0]), meaning = tdm__str_trimmed(r->csv.fields[1]);
    if (abbreviation.length == 0 || abbreviation.length > ABBREVIATION_BYTES)
        return fail(r, "expected an abbreviation of 1 to 40 bytes");
    if (meaning.length == 0 || meaning.length > MEANING_BYTES)
        return fail(r, "expected a meaning of 1 to 1,000 bytes");
    if (r->count >= ENTRIES_MAX)
        return tdm__fail_at(r->error, TDM_TOO_LARGE, (tdm_place){r->file, r->csv.line, 0},
                            "a glossary has 10,000 entries at most");
    return keep(r, abbreviation, meaning);
}

static tdm_status read_entries(reading *r)
{
    bool more = true;
    tdm_status status = read_headings(r);
    while (status == TDM_OK) {
        status = tdm__csv_next(&r->csv, &more, r->error);
        if (status != TDM_OK || !more)
            break;
        status = read_entry(r);
    }
    if (status != TDM_OK && r->error && r->error->file[0] == '\0')
        return tdm__fail_at(r->error, status, (tdm_place){r->file, r->csv.line, 0}, "%s",
                            status == TDM_NO_MEMORY ? tdm_status_text(status) : "the line is no CSV");
    return status;
}

/* Those that were there and the new ones, in order, in the arena. */
static tdm_status finish(reading *r)
{
    tdm__glossary_entry *entries;
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < r->glossary->count && status == TDM_OK; i++)
        status = keep(r, r->glossary->entries[i].abbreviation, r->glossary->entries[i].meaning);
    entries = tdm__arena_array(r->arena, r->count, sizeof *entries);
    if (status != TDM_OK || !entries)
        return tdm__no_memory(r->error);
    if (r->count > 1)
        qsort(r->entries, r->count, sizeof *r->entries, compare);
    if (r->count > 0)
        memcpy(entries, r->entries, r->count * sizeof *entries);
    *r->glossary = (tdm__glossary){entries, r->count};
    return TDM_OK;
}

tdm_status tdm__glossary_add(tdm__glossary *glossary, tdm__arena *arena, tdm_str csv, tdm_str file,
                             tdm_error *error)
{
    reading r = {.glossary = glossary, .arena = arena, .file = file, .error = error};
    size_t bad_at;
    if (csv.length >= 3 && memcmp(csv.data, "\xEF\xBB\xBF", 3) == 0)
        csv = (tdm_str){csv.data + 3, csv.length - 3};
    if (!tdm__utf8_valid(csv, &bad_at))
        return tdm__fail_at(error, TDM_ENCODING, (tdm_place){file, 0, 0}, "expected UTF-8");
    tdm__csv_init(&r.csv, arena->allocator, csv, ',');
    tdm_status status = read_entries(&r);
    if (status == TDM_OK)
        status = finish(&r);
    tdm__csv_free(&r.csv);
    tdm__free(arena->allocator, r.entries);
    return status;
}

/* --- asking --- */

/* The first entry that is not before an abbreviation. */
static size_t first_of(const tdm__glossary *glossary, tdm_str abbreviation)
{
    size_t low = 0, high = glossary->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tdm__str_compare(glossary->entries[middle].abbreviation, abbreviation) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool tdm__glossary_explains(const tdm__glossary *glossary, tdm_str abbreviation)
{
    size_t at = glossary ? first_of(glossary, abbreviation) : 0;
    return glossary && at < glossary->count &&
           tdm__str_equal(glossary->entries[at].abbreviation, abbreviation);
}

static bool in_word(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* All meanings of it, which lie together; they were found together too. */
static void mark(bool *found, const tdm__glossary *glossary, tdm_str abbreviation)
{
    for (size_t i = first_of(glossary, abbreviation); i < glossary->count && !found[i]; i++) {
        if (!tdm__str_equal(glossary->entries[i].abbreviation, abbreviation))
            return;
        found[i] = true;
    }
}

/* All that begin at `at`: each length at which a word ends is looked for, so that a long list costs no more
 * than its logarithm. */
static void look_at(bool *found, const tdm__glossary *glossary, tdm_str text, size_t at)
{
    tdm_str rest = {text.data + at, text.length - at};
    size_t first = first_of(glossary, (tdm_str){rest.data, 1});
    if (first == glossary->count || glossary->entries[first].abbreviation.data[0] != rest.data[0])
        return;
    for (size_t length = 1; length <= rest.length && length <= ABBREVIATION_BYTES; length++)
        if (length == rest.length || !in_word(rest.data[length]))
            mark(found, glossary, (tdm_str){rest.data, length});
}

void tdm__glossary_look(bool *found, const tdm__glossary *glossary, tdm_str text)
{
    if (glossary->count == 0)
        return;
    for (size_t at = 0; at < text.length; at++)
        if (at == 0 || !in_word(text.data[at - 1]))
            look_at(found, glossary, text, at);
}
