/*
 * Reading the crosswalk and asking it (see crosswalk.h).
 */
#include "ingest/crosswalk.h"

#include "base/csv.h"

enum { AGENCY, LOCAL_ID, CHILD, COLUMNS };
static const char *const headings[COLUMNS] = {"agency", "local_id", "child"};

typedef struct reading {
    tdm__crosswalk *to;
    const tdm_vocabulary *vocabulary;
    tdm_str file;
    tdm__csv csv;
    size_t columns[COLUMNS];
    tdm_error *error;
} reading;

static tdm_status fail_row(const reading *r, int column, const char *expected)
{
    return tdm__fail_at(
        r->error, TDM_INVALID_INPUT,
        (tdm_place){r->file, r->csv.line, column < COLUMNS ? (int32_t)r->columns[column] + 1 : 0}, "%s",
        expected);
}

static tdm_str make_key(tdm__text *room, tdm_str agency, tdm_str number)
{
    tdm__text_clear(room);
    tdm__text_add(room, agency);
    tdm__text_char(room, '\n');
    tdm__text_add(room, number);
    return tdm__text_str(room);
}

static tdm_status read_heading(reading *r)
{
    bool more;
    tdm_status status = tdm__csv_next(&r->csv, &more, r->error);
    if (status != TDM_OK)
        return status;
    for (int column = 0; column < COLUMNS; column++) {
        size_t at = 0;
        while (at < r->csv.field_count &&
               !tdm__str_equal(tdm__str_trimmed(r->csv.fields[at]), tdm__str(headings[column])))
            at++;
        if (!more || at == r->csv.field_count)
            return fail_row(r, COLUMNS, "expected the columns agency, local_id and child");
        r->columns[column] = at;
    }
    return TDM_OK;
}

static tdm_str cell(const reading *r, int column)
{
    size_t at = r->columns[column];
    return at < r->csv.field_count ? tdm__str_trimmed(r->csv.fields[at]) : TDM_LIT("");
}

static tdm_status keep_number(reading *r, const tdm__crosswalk_entry *entry)
{
    tdm__crosswalk *to = r->to;
    uint32_t number;
    size_t before = to->numbers.count;
    tdm_str *grown = tdm__grown(to->allocator, to->number_child, &to->number_capacity, before + 1,
                                sizeof *grown);
    if (!grown)
        return tdm__no_memory(r->error);
    to->number_child = grown;
    if (tdm__dictionary_add(&number, &to->numbers, entry->local_id) != TDM_OK)
        return tdm__no_memory(r->error);
    if (to->numbers.count > before)
        to->number_child[number] = entry->child;
    else if (!tdm__str_equal(to->number_child[number], entry->child))
        to->number_child[number] = (tdm_str){NULL, 0};
    return TDM_OK;
}

static tdm_status keep(reading *r)
{
    tdm__crosswalk *to = r->to;
    uint32_t number;
    tdm__crosswalk_entry *grown = tdm__grown(to->allocator, to->entries, &to->capacity, to->count + 1,
                                             sizeof *grown);
    if (!grown)
        return tdm__no_memory(r->error);
    to->entries = grown;
    tdm__crosswalk_entry entry = {tdm__arena_copy(&to->arena, cell(r, AGENCY)),
                                  tdm__arena_copy(&to->arena, cell(r, LOCAL_ID)),
                                  tdm__arena_copy(&to->arena, cell(r, CHILD)), r->csv.line};
    if (!entry.agency.data || !entry.local_id.data || !entry.child.data)
        return tdm__no_memory(r->error);
    if (tdm__dictionary_add(&number, &to->keys, tdm__text_str(&r->to->key)) != TDM_OK ||
        tdm__dictionary_add(&number, &to->children, entry.child) != TDM_OK)
        return tdm__no_memory(r->error);
    to->entries[to->count++] = entry;
    return keep_number(r, &entry);
}

static tdm_status read_row(reading *r)
{
    for (int column = 0; column < COLUMNS; column++)
        if (cell(r, column).length == 0)
            return fail_row(r, column, "expected an agency, its number, and the child");
    if (tdm__vocabulary_agency(r->vocabulary, cell(r, AGENCY)) == TDM_NO_INDEX)
        return fail_row(r, AGENCY, "expected a code of agencies.csv");
    tdm_str key = make_key(&r->to->key, cell(r, AGENCY), cell(r, LOCAL_ID));
    if (r->to->key.failed)
        return tdm__no_memory(r->error);
    uint32_t known = tdm__dictionary_find(&r->to->keys, key);
    if (known == TDM_NO_INDEX)
        return keep(r);
    if (!tdm__str_equal(r->to->entries[known].child, cell(r, CHILD)))
        return fail_row(r, CHILD, "a line above gives this number of this agency to another child");
    return TDM_OK;
}

static tdm_status read_rows(reading *r)
{
    bool more = true;
    tdm_status status = read_heading(r);
    while (status == TDM_OK && more) {
        status = tdm__csv_next(&r->csv, &more, r->error);
        if (status == TDM_OK && more)
            status = read_row(r);
    }
    if (status != TDM_OK && r->error && r->error->file[0] == '\0') {
        const tdm_error inner = *r->error; /* of the CSV, which knows no file */
        return tdm__fail_at(r->error, status, (tdm_place){r->file, inner.line, inner.column}, "%s",
                            inner.message);
    }
    return status;
}

tdm_status tdm__crosswalk_read(tdm__crosswalk *out, const tdm_allocator *allocator,
                               const tdm_vocabulary *vocabulary, tdm_str file, tdm_str text, tdm_error *error)
{
    size_t bad;
    reading r = {.to = out, .vocabulary = vocabulary, .file = file, .error = error};
    *out = (tdm__crosswalk){.allocator = allocator};
    tdm__dictionary_init(&out->keys, allocator);
    tdm__dictionary_init(&out->children, allocator);
    tdm__dictionary_init(&out->numbers, allocator);
    tdm__arena_init(&out->arena, allocator);
    tdm__text_init(&out->key, allocator);
    if (tdm__str_starts(text, TDM_LIT("\xef\xbb\xbf")))
        text = (tdm_str){text.data + 3, text.length - 3};
    if (!tdm__utf8_valid(text, &bad))
        return tdm__fail_at(error, TDM_ENCODING, (tdm_place){file, 0, 0}, "expected text in UTF-8");
    tdm__csv_init(&r.csv, allocator, text, tdm__csv_guess_delimiter(text));
    tdm_status status = read_rows(&r);
    tdm__csv_free(&r.csv);
    if (status != TDM_OK)
        tdm__crosswalk_free(out);
    return status;
}

void tdm__crosswalk_free(tdm__crosswalk *crosswalk)
{
    if (!crosswalk->allocator)
        return;
    tdm__dictionary_free(&crosswalk->keys);
    tdm__dictionary_free(&crosswalk->children);
    tdm__dictionary_free(&crosswalk->numbers);
    tdm__free(crosswalk->allocator, crosswalk->number_child);
    tdm__free(crosswalk->allocator, crosswalk->entries);
    tdm__free(crosswalk->allocator, crosswalk->own_ids);
    tdm__arena_free(&crosswalk->arena);
    tdm__text_free(&crosswalk->key);
    *crosswalk = (tdm__crosswalk){0};
}

/* Made once a number, so that rows cost nothing. */
static tdm_status own_id(tdm_str *out, tdm__crosswalk *c, tdm__text *key, tdm_str agency)
{
    uint32_t at;
    size_t own = c->keys.count - c->count;
    tdm_str *grown = tdm__grown(c->allocator, c->own_ids, &c->own_capacity, own + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    c->own_ids = grown;
    tdm_status status = tdm__dictionary_add(&at, &c->keys, tdm__text_str(key));
    if (status != TDM_OK)
        return status;
    key->data[agency.length] = ':';
    tdm_str copy = tdm__arena_copy(&c->arena, tdm__text_str(key));
    *out = c->own_ids[own] = copy;
    return copy.data ? TDM_OK : TDM_NO_MEMORY;
}

tdm_status tdm__crosswalk_child(tdm_str *out, tdm__crosswalk *c, tdm_str agency, tdm_str number)
{
    tdm__text *key = &c->key;
    *out = number;
    make_key(key, agency, number);
    if (key->failed)
        return TDM_NO_MEMORY;
    uint32_t known = tdm__dictionary_find(&c->keys, tdm__text_str(key));
    if (known != TDM_NO_INDEX)
        *out = known < c->count ? c->entries[known].child : c->own_ids[known - c->count];
    else if (agency.length > 0 && tdm__dictionary_find(&c->children, number) == TDM_NO_INDEX)
        return own_id(out, c, key, agency);
    return TDM_OK;
}

tdm_status tdm__crosswalk_listed(tdm_str *out, tdm__crosswalk *c, tdm_str agency, tdm_str number)
{
    *out = number;
    make_key(&c->key, agency, number);
    if (c->key.failed)
        return TDM_NO_MEMORY;
    uint32_t known = tdm__dictionary_find(&c->keys, tdm__text_str(&c->key));
    if (known < c->count)
        *out = c->entries[known].child;
    return TDM_OK;
}

tdm_str tdm__crosswalk_of_any(const tdm__crosswalk *c, tdm_str number)
{
    uint32_t known = tdm__dictionary_find(&c->numbers, number);
    return known == TDM_NO_INDEX ? number : c->number_child[known];
}
