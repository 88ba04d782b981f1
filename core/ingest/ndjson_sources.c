/*
 * Sources and coverage in NDJSON: gathered before the events, because a source is handed to the
 * builder whole.
 */
#include "ingest/ndjson.h"

static tdm_status copy_member(tdm_str *out, tdm__ndjson *reading, const tdm__json_value *object,
                              const char *name)
{
    *out = tdm__arena_copy(&reading->file->arena, tdm__json_string(tdm__json_member(object, name)));
    return out->data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_day exact_day(tdm_date date)
{
    return date.from == date.to ? date.from : TDM_DAY_NONE;
}

/* "KIND.FACT": the fact becomes one that the kind could be told with. */
static void read_fact(uint64_t *facts, const tdm__source_input *source, const tdm_vocabulary *vocabulary,
                      tdm_str written)
{
    tdm_str code = tdm__str_split(&written, '.');
    uint32_t kind = tdm__vocabulary_kind(vocabulary, code), fact = tdm__vocabulary_fact(vocabulary, written);
    for (size_t i = 0; i < source->carry_count && fact != TDM_NO_INDEX; i++)
        if (source->carries[i] == kind)
            facts[i] |= UINT64_C(1) << fact;
}

/* `facts`: a list of KIND.FACT; who says nothing of it may tell any. `in_part`: kinds of which it holds some
 * alone. */
static tdm_status read_carried(tdm__source_input *source, tdm__ndjson *reading, const tdm__json_value *object)
{
    const tdm_vocabulary *vocabulary = reading->file->collection->vocabulary;
    const tdm__json_value *told = tdm__json_member(object, "facts");
    const tdm__json_value *in_part = tdm__json_member(object, "in_part");
    size_t parts = tdm__json_type_of(in_part) == TDM__JSON_ARRAY ? tdm__json_count(in_part) : 0;
    uint64_t *facts = tdm__arena_array(&reading->file->arena, source->carry_count + 1, sizeof *facts);
    uint32_t *some = tdm__arena_array(&reading->file->arena, parts + 1, sizeof *some);
    if (!facts || !some)
        return TDM_NO_MEMORY;
    bool all = tdm__json_type_of(told) != TDM__JSON_ARRAY;
    for (size_t i = 0; all && i < source->carry_count; i++)
        facts[i] = UINT64_MAX;
    for (const tdm__json_value *f = all ? NULL : tdm__json_first(told); f; f = tdm__json_next(f))
        read_fact(facts, source, vocabulary, tdm__json_string(f));
    source->carries_facts = facts;
    source->in_part = some;
    for (const tdm__json_value *k = parts > 0 ? tdm__json_first(in_part) : NULL; k; k = tdm__json_next(k)) {
        uint32_t kind = tdm__vocabulary_kind(vocabulary, tdm__json_string(k));
        if (kind != TDM_NO_INDEX)
            some[source->in_part_count++] = kind;
    }
    return TDM_OK;
}

/* "all", or a list of kinds; a source that says nothing of it is one of our own and may hold any. */
static tdm_status read_carries(tdm__source_input *source, tdm__ndjson *reading,
                               const tdm__json_value *carries)
{
    const tdm_vocabulary *vocabulary = reading->file->collection->vocabulary;
    source->carries_all = tdm__json_type_of(carries) != TDM__JSON_ARRAY;
    if (source->carries_all)
        return TDM_OK;
    uint32_t *kinds = tdm__arena_array(&reading->file->arena, tdm__json_count(carries) + 1, sizeof *kinds);
    if (!kinds)
        return TDM_NO_MEMORY;
    source->carries = kinds;
    for (const tdm__json_value *c = tdm__json_first(carries); c; c = tdm__json_next(c)) {
        uint32_t kind = tdm__vocabulary_kind(vocabulary, tdm__json_string(c));
        if (kind != TDM_NO_INDEX)
            kinds[source->carry_count++] = kind;
    }
    return TDM_OK;
}

static tdm_status read_children(tdm__source_input *source, tdm__ndjson *reading,
                                const tdm__json_value *children)
{
    if (tdm__json_type_of(children) != TDM__JSON_ARRAY || tdm__json_count(children) == 0)
        return TDM_OK;
    tdm_str *ids = tdm__arena_array(&reading->file->arena, tdm__json_count(children), sizeof *ids);
    if (!ids)
        return TDM_NO_MEMORY;
    for (const tdm__json_value *c = tdm__json_first(children); c; c = tdm__json_next(c)) {
        ids[source->child_count] = tdm__arena_copy(&reading->file->arena, tdm__json_string(c));
        if (!ids[source->child_count++].data)
            return TDM_NO_MEMORY;
    }
    source->children = ids;
    return TDM_OK;
}

/* The one that an earlier line describes; TDM_NO_INDEX. */
static uint32_t earlier_source(const tdm__ndjson *reading, const tdm__ndjson_source *source, tdm_str id,
                               tdm_str hash)
{
    for (uint32_t i = 0; &reading->sources[i] < source; i++)
        if (tdm__str_equal(reading->sources[i].input.id, id) &&
            tdm__str_equal(reading->sources[i].input.hash, hash))
            return i;
    return TDM_NO_INDEX;
}

/* [{"id", "hash"}]: the sources that this one replaces as a whole. */
static tdm_status read_replaces(tdm__ndjson_source *source, tdm__ndjson *reading,
                                const tdm__json_value *replaces)
{
    tdm_status status = TDM_OK;
    bool is_list = tdm__json_type_of(replaces) == TDM__JSON_ARRAY;
    size_t count = is_list ? tdm__json_count(replaces) : 0;
    uint32_t *numbers = tdm__arena_array(&reading->file->arena, count, sizeof *numbers);
    if (!numbers)
        return TDM_NO_MEMORY;
    source->replaces = numbers;
    for (const tdm__json_value *r = is_list ? tdm__json_first(replaces) : NULL; r && status == TDM_OK;
         r = tdm__json_next(r)) {
        uint32_t number = earlier_source(reading, source, tdm__json_string(tdm__json_member(r, "id")),
                                         tdm__json_string(tdm__json_member(r, "hash")));
        if (number != TDM_NO_INDEX)
            numbers[source->replace_count++] = number;
        else
            status = tdm__note(reading->file, TDM__WARNING, "replaced-unknown", reading->line,
                               TDM_LIT("replaces"),
                               "no earlier line describes the source that this one replaces; it is left out");
    }
    return status;
}

static tdm__ndjson_source *new_source(tdm__ndjson *reading)
{
    tdm__ndjson_source *grown = tdm__grown(reading->file->allocator, reading->sources,
                                           &reading->source_capacity, reading->source_count + 1,
                                           sizeof *grown);
    if (!grown)
        return NULL;
    reading->sources = grown;
    tdm__ndjson_source *source = &reading->sources[reading->source_count++];
    *source = (tdm__ndjson_source){.input = {.received = TDM_DAY_NONE, .carries_all = true}};
    return source;
}

typedef struct source_member {
    const char *name;
    size_t offset; /* of the tdm_str in tdm__source_input */
} source_member;

static const source_member source_members[] = {
    {"id", offsetof(tdm__source_input, id)},         {"name", offsetof(tdm__source_input, name)},
    {"sheet", offsetof(tdm__source_input, sheet)},   {"agency", offsetof(tdm__source_input, agency)},
    {"map", offsetof(tdm__source_input, map)},       {"hash", offsetof(tdm__source_input, hash)},
    {"format", offsetof(tdm__source_input, format)},
};

tdm_status tdm__ndjson_add_source(tdm__ndjson *reading, const tdm__json_value *object)
{
    static const char *const names[] = {"type",    "id",       "name",     "sheet",    "agency",
                                        "map",     "hash",     "received", "carries",  "facts",
                                        "in_part", "children", "format",   "replaces", NULL};
    tdm_date received;
    tdm_status status = tdm__ndjson_note_unknown(reading, object, names);
    tdm__ndjson_source *source = status == TDM_OK ? new_source(reading) : NULL;
    if (!source)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < sizeof source_members / sizeof source_members[0] && status == TDM_OK; i++) {
        tdm_str *member = (tdm_str *)((char *)&source->input + source_members[i].offset);
        status = copy_member(member, reading, object, source_members[i].name);
    }
    if (status == TDM_OK)
        status = tdm__ndjson_date(&received, reading, object, "received");
    if (status != TDM_OK)
        return status;
    source->input.received = exact_day(received);
    status = read_carries(&source->input, reading, tdm__json_member(object, "carries"));
    if (status == TDM_OK)
        status = read_carried(&source->input, reading, object);
    if (status == TDM_OK)
        status = read_children(&source->input, reading, tdm__json_member(object, "children"));
    if (status == TDM_OK)
        status = read_replaces(source, reading, tdm__json_member(object, "replaces"));
    return status;
}

/* The source that a coverage line means: by id, else the first of the agency, else one made for it. */
static tdm__ndjson_source *covered_source(tdm__ndjson *reading, tdm_str id, tdm_str agency)
{
    for (size_t i = 0; i < reading->source_count; i++) {
        tdm__source_input *input = &reading->sources[i].input;
        if (id.length > 0 ? tdm__str_equal(input->id, id) : tdm__str_equal(input->agency, agency))
            return &reading->sources[i];
    }
    tdm__ndjson_source *source = new_source(reading);
    tdm_str copy = tdm__arena_copy(&reading->file->arena, agency);
    if (!source || !copy.data)
        return NULL;
    source->input.name = reading->file->name;
    source->input.agency = copy;
    return source;
}

static tdm_status add_period(tdm__ndjson *reading, tdm__period **periods, size_t *count, size_t *capacity,
                             tdm__period period)
{
    tdm__period *grown = tdm__grown(reading->file->allocator, *periods, capacity, *count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    *periods = grown;
    (*periods)[(*count)++] = period;
    return TDM_OK;
}

tdm_status tdm__ndjson_add_coverage(tdm__ndjson *reading, const tdm__json_value *object)
{
    static const char *const names[] = {"type", "agency", "from", "to", "no_contact", "source", NULL};
    tdm_date from, to;
    tdm_status status = tdm__ndjson_note_unknown(reading, object, names);
    if (status == TDM_OK)
        status = tdm__ndjson_date(&from, reading, object, "from");
    if (status == TDM_OK)
        status = tdm__ndjson_date(&to, reading, object, "to");
    if (status != TDM_OK)
        return status;
    tdm__period period = {exact_day(from), exact_day(to)};
    if (period.from == TDM_DAY_NONE || period.to == TDM_DAY_NONE || period.to < period.from)
        return tdm__note(reading->file, TDM__WARNING, "coverage-not-read", reading->line, TDM_LIT(""),
                         "expected two days, the first not after the last; the coverage is left out");
    tdm__ndjson_source *source = covered_source(reading, tdm__json_string(tdm__json_member(object, "source")),
                                                tdm__json_string(tdm__json_member(object, "agency")));
    if (!source)
        return TDM_NO_MEMORY;
    if (tdm__json_bool(tdm__json_member(object, "no_contact")))
        return add_period(reading, &source->no_contact, &source->input.no_contact_count,
                          &source->no_contact_capacity, period);
    return add_period(reading, &source->covers, &source->input.cover_count, &source->cover_capacity, period);
}

/* --- sources by the names that events give --- */

static tdm_str make_key(tdm__ndjson *reading, tdm_str name, tdm_str sheet, const tdm_str *agency)
{
    tdm__text_clear(&reading->key);
    tdm__text_add(&reading->key, name);
    tdm__text_char(&reading->key, '\n');
    tdm__text_add(&reading->key, sheet);
    if (agency) {
        tdm__text_char(&reading->key, '\n');
        tdm__text_add(&reading->key, *agency);
    }
    return tdm__text_str(&reading->key);
}

/* Ties a key to a source; the first source of a key keeps it. */
static tdm_status tie_key(tdm__ndjson *reading, tdm_str key, uint32_t number)
{
    uint32_t at;
    size_t before = reading->source_keys.count;
    if (reading->key.failed)
        return TDM_NO_MEMORY;
    tdm_status status = tdm__dictionary_add(&at, &reading->source_keys, key);
    if (status != TDM_OK || reading->source_keys.count == before)
        return status;
    uint32_t *grown = tdm__grown(reading->file->allocator, reading->source_numbers,
                                 &reading->source_number_capacity, before + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    reading->source_numbers = grown;
    reading->source_numbers[at] = number;
    return TDM_OK;
}

/* Where several sources have one name, what was in them tells which is meant. */
static tdm_str make_hash_key(tdm__ndjson *reading, tdm_str name, tdm_str sheet, tdm_str hash)
{
    make_key(reading, name, sheet, &hash);
    tdm__text_char(&reading->key, '\n');
    return tdm__text_str(&reading->key);
}

static tdm_status register_one(uint32_t *out, tdm__ndjson *reading, const tdm__source_input *input)
{
    tdm_status status = tdm__builder_source(out, reading->file->collection->builder, input);
    if (status == TDM_OK)
        status = tie_key(reading, make_key(reading, input->name, input->sheet, &input->agency), *out);
    if (status == TDM_OK)
        status = tie_key(reading, make_key(reading, input->name, input->sheet, NULL), *out);
    if (status == TDM_OK && input->hash.length > 0)
        status = tie_key(reading, make_hash_key(reading, input->name, input->sheet, input->hash), *out);
    return status;
}

tdm_status tdm__ndjson_register_sources(tdm__ndjson *reading)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < reading->source_count && status == TDM_OK; i++) {
        tdm__ndjson_source *source = &reading->sources[i];
        source->input.covers = source->covers;
        source->input.no_contact = source->no_contact;
        status = register_one(&source->number, reading, &source->input);
        for (size_t k = 0; k < source->replace_count && status == TDM_OK; k++)
            status = tdm__builder_source_replaces(reading->file->collection->builder, source->number,
                                                  reading->sources[source->replaces[k]].number);
    }
    /* Whether a part's rows need it must not show: the rows of other parts may. */
    uint32_t own;
    if (status == TDM_OK && reading->file->collection->part && reading->source_count == 0)
        status = tdm__ndjson_source_of(&own, reading, NULL, TDM_LIT(""));
    return status;
}

static tdm_status own_source(uint32_t *out, tdm__ndjson *reading)
{
    tdm_status status = TDM_OK;
    tdm__rows_from rows = {.agency = reading->file->agency, .carries_all = true};
    if (reading->own_source == TDM_NO_INDEX)
        status = tdm__return_source(&reading->own_source, reading->file, &rows);
    *out = reading->own_source;
    return status;
}

tdm_status tdm__ndjson_source_of(uint32_t *out, tdm__ndjson *reading, const tdm__json_value *named,
                                 tdm_str agency)
{
    tdm_str name = tdm__json_string(tdm__json_member(named, "file"));
    tdm_str sheet = tdm__json_string(tdm__json_member(named, "sheet"));
    tdm_str hash = tdm__json_string(tdm__json_member(named, "hash"));
    uint32_t at = TDM_NO_INDEX;
    bool described_only = reading->file->collection->part && reading->source_count > 0;
    *out = TDM_NO_INDEX;
    if (name.length == 0)
        return described_only ? TDM_OK : own_source(out, reading);
    if (hash.length > 0)
        at = tdm__dictionary_find(&reading->source_keys, make_hash_key(reading, name, sheet, hash));
    if (at == TDM_NO_INDEX && !reading->key.failed)
        at = tdm__dictionary_find(&reading->source_keys, make_key(reading, name, sheet, &agency));
    if (at == TDM_NO_INDEX && !reading->key.failed)
        at = tdm__dictionary_find(&reading->source_keys, make_key(reading, name, sheet, NULL));
    if (reading->key.failed)
        return TDM_NO_MEMORY;
    if (at != TDM_NO_INDEX) {
        *out = reading->source_numbers[at];
        return TDM_OK;
    }
    if (described_only)
        return TDM_OK;
    tdm__source_input made = {
        .name = name, .sheet = sheet, .agency = agency, .received = TDM_DAY_NONE, .carries_all = true};
    return register_one(out, reading, &made);
}

void tdm__ndjson_sources_free(tdm__ndjson *reading)
{
    for (size_t i = 0; i < reading->source_count; i++) {
        tdm__free(reading->file->allocator, reading->sources[i].covers);
        tdm__free(reading->file->allocator, reading->sources[i].no_contact);
    }
    tdm__free(reading->file->allocator, reading->sources);
    tdm__free(reading->file->allocator, reading->source_numbers);
    tdm__dictionary_free(&reading->source_keys);
    tdm__text_free(&reading->key);
}
