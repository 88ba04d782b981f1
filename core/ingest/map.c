/*
 * Reading column maps (see map.h). Every error names file, line and member.
 */
#include "ingest/map.h"

#include "json/json.h"

#include <string.h>

/* What the functions here pass on while a map is read. */
typedef struct map_reading {
    tdm__map *map;
    const tdm__json *document;
    const tdm_vocabulary *vocabulary;
    tdm__text folded;
    tdm_error *error;
} map_reading;

#define FAIL(reading, value, ...) tdm__json_fail((reading)->document, value, (reading)->error, __VA_ARGS__)

static tdm_status no_memory(const map_reading *reading)
{
    return tdm__no_memory(reading->error);
}

/* The number of a heading, added when it is new. */
static tdm_status heading_number(uint32_t *out, map_reading *reading, tdm_str written)
{
    tdm__map *map = reading->map;
    size_t before = map->folded.count;
    tdm__text_clear(&reading->folded);
    tdm_status status = tdm__fold(&reading->folded, written);
    if (status == TDM_OK)
        status = tdm__dictionary_add(out, &map->folded, tdm__text_str(&reading->folded));
    if (status != TDM_OK || map->folded.count == before)
        return status;
    tdm__heading *grown = tdm__grown(map->allocator, map->headings, &map->heading_capacity, map->folded.count,
                                     sizeof *grown);
    tdm_str copy = tdm__arena_copy(&map->arena, written);
    if (grown)
        map->headings = grown;
    if (!grown || !copy.data)
        return no_memory(reading);
    map->headings[*out] = (tdm__heading){copy, tdm__dictionary_at(&map->folded, *out), false};
    return TDM_OK;
}

static tdm_status copy_string(tdm_str *out, const map_reading *reading, const tdm__json_value *value)
{
    *out = tdm__arena_copy(&reading->map->arena, tdm__json_string(value));
    return out->data ? TDM_OK : no_memory(reading);
}

/* --- fields and their values --- */

static bool is_text_field(tdm__field field)
{
    return field >= TDM__FIELD_ROLE && field <= TDM__FIELD_EPISODE;
}

static tdm_status read_how(tdm__how *how, map_reading *reading, const tdm__json_value *at, tdm_str name)
{
    tdm_str key;
    *how = (tdm__how){
        .field = tdm__field_named(&key, name), .fact = TDM_NO_INDEX, .rules = &reading->map->rules};
    if (how->field == TDM__FIELDS || how->field == TDM__FIELD_OCCURRED_AS_WRITTEN ||
        how->field == TDM__FIELD_KIND_AS_WRITTEN)
        return FAIL(reading, at,
                    "there is no field of this name; expected one like \"occurred\", \"kind\", "
                    "\"text\" or \"facts.KEY\"");
    if (how->field != TDM__FIELD_FACT)
        return TDM_OK;
    how->fact_key = tdm__arena_copy(&reading->map->arena, key);
    how->fact = tdm__vocabulary_fact(reading->vocabulary, key);
    return how->fact_key.data ? TDM_OK : no_memory(reading);
}

static const char *const field_expectations[TDM__FIELDS] = {
    [TDM__FIELD_KIND] = "a code of kinds.csv",
    [TDM__FIELD_AGENCY] = "a code of agencies.csv",
    [TDM__FIELD_THEME] = "themes separated by one space",
    [TDM__FIELD_POLARITY] = "concern, neutral or strength",
    [TDM__FIELD_SIGNIFICANCE] = "low, medium or high",
    [TDM__FIELD_CHILD_SEEN] = "yes or no",
    [TDM__FIELD_SEEN_ALONE] = "yes or no",
    [TDM__FIELD_VOICE] = "yes or no",
    [TDM__FIELD_OCCURRED] = "a date",
    [TDM__FIELD_ENDED] = "a date",
    [TDM__FIELD_RECORDED] = "a day",
    [TDM__FIELD_TIME] = "a time like 14:30",
    [TDM__FIELD_FACT] = "a value of the form that the fact has",
};

/* A value of our own side is read as a row would read it, so that a slip is found before any row is. */
static tdm_status check_ours(map_reading *reading, const tdm__how *how, const tdm__json_value *value)
{
    tdm__draft draft;
    tdm__arena scratch;
    tdm_str text = tdm__str_trimmed(tdm__json_string(value));
    if (text.length == 0)
        return TDM_OK;
    tdm__arena_init(&scratch, reading->map->allocator);
    tdm__draft_init(&draft, reading->vocabulary, reading->map->allocator, &scratch);
    tdm__how ours = *how;
    ours.split = 0;
    tdm__problem problem = tdm__draft_read(&draft, &ours, text);
    tdm__draft_free(&draft);
    tdm__arena_free(&scratch);
    if (problem == TDM__PROBLEM_MEMORY)
        return no_memory(reading);
    if (problem != TDM__FINE && problem != TDM__PROBLEM_FACT_KEY)
        return FAIL(reading, value, "\"%s\" cannot take this value; expected %s", tdm__field_name(how->field),
                    field_expectations[how->field]);
    return TDM_OK;
}

static tdm_status read_values(tdm__binding *binding, map_reading *reading, const tdm__json_value *values)
{
    tdm_str *ours = tdm__arena_array(&reading->map->arena, tdm__json_count(values) + 1, sizeof *ours);
    if (!ours)
        return no_memory(reading);
    binding->has_values = true;
    binding->ours = ours;
    for (const tdm__json_value *v = tdm__json_first(values); v; v = tdm__json_next(v)) {
        uint32_t at;
        if (tdm__json_type_of(v) != TDM__JSON_STRING)
            return FAIL(reading, v, "values: each of theirs must be given one of ours, a string");
        size_t before = binding->theirs.count;
        tdm__text_clear(&reading->folded);
        tdm_status status = tdm__fold(&reading->folded, tdm__json_name(v));
        if (status == TDM_OK)
            status = tdm__dictionary_add(&at, &binding->theirs, tdm__text_str(&reading->folded));
        if (status != TDM_OK)
            return no_memory(reading);
        if (binding->theirs.count == before)
            return FAIL(reading, v, "values: this one stands here twice, but for case and spaces");
        status = check_ours(reading, &binding->how, v);
        if (status == TDM_OK)
            status = copy_string(&ours[at], reading, v);
        if (status != TDM_OK)
            return status;
    }
    return TDM_OK;
}

/* Two columns may fill one field only where their texts are joined, or where themes add up. */
static tdm_status check_only_one(map_reading *reading, const tdm__binding *binding, const tdm__json_value *at)
{
    const tdm__map *map = reading->map;
    if (binding->joins && !is_text_field(binding->how.field))
        return FAIL(reading, at, "\"join\" joins text; \"%s\" is none", tdm__field_name(binding->how.field));
    for (size_t i = 0; i < map->binding_count; i++) {
        const tdm__binding *other = &map->bindings[i];
        if (other->event != binding->event || other->how.field != binding->how.field ||
            other->how.field == TDM__FIELD_THEME)
            continue;
        if (other->how.field == TDM__FIELD_FACT &&
            !tdm__str_equal(other->how.fact_key, binding->how.fact_key))
            continue;
        if (!binding->joins)
            return FAIL(reading, at, "a second column fills \"%s\"; give it a \"join\"",
                        tdm__field_name(binding->how.field));
    }
    return TDM_OK;
}

static tdm_status add_binding(tdm__binding **out, map_reading *reading, tdm_str heading, int32_t event)
{
    tdm__map *map = reading->map;
    tdm__binding *grown = tdm__grown(map->allocator, map->bindings, &map->binding_capacity,
                                     map->binding_count + 1, sizeof *grown);
    *out = NULL;
    if (!grown)
        return no_memory(reading);
    map->bindings = grown;
    tdm__binding *binding = &map->bindings[map->binding_count];
    *binding = (tdm__binding){.event = event};
    tdm__dictionary_init(&binding->theirs, map->allocator);
    if (heading_number(&binding->heading, reading, heading) != TDM_OK)
        return no_memory(reading);
    map->headings[binding->heading].mapped = true;
    *out = binding;
    return TDM_OK;
}

typedef struct column_members {
    const tdm__json_value *to, *values, *split, *join;
} column_members;

static tdm_status fill_binding(tdm__binding *binding, map_reading *reading, const tdm__json_value *column,
                               const column_members *m)
{
    tdm_status status = read_how(&binding->how, reading, m->to, tdm__json_string(m->to));
    if (status == TDM_OK && m->split && tdm__json_string(m->split).length != 1)
        status = FAIL(reading, m->split, "\"split\" must be one character");
    if (status != TDM_OK)
        return status;
    binding->how.split = m->split ? tdm__json_string(m->split).data[0] : '\0';
    binding->joins = m->join != NULL;
    if (m->join)
        status = copy_string(&binding->join, reading, m->join);
    if (status == TDM_OK && m->values)
        status = read_values(binding, reading, m->values);
    if (status == TDM_OK)
        status = check_only_one(reading, binding, column);
    return status;
}

static tdm_status read_column(map_reading *reading, const tdm__json_value *column, int32_t event)
{
    column_members m;
    const tdm__json_field members[] = {{"to", TDM__JSON_STRING, true, false, &m.to},
                                       {"values", TDM__JSON_OBJECT, false, false, &m.values},
                                       {"split", TDM__JSON_STRING, false, false, &m.split},
                                       {"join", TDM__JSON_STRING, false, false, &m.join}};
    tdm__binding *binding;
    tdm_status status = tdm__json_read(reading->document, column, "column", members, 4, reading->error);
    if (status == TDM_OK)
        status = add_binding(&binding, reading, tdm__json_name(column), event);
    if (status != TDM_OK)
        return status;
    status = fill_binding(binding, reading, column, &m);
    if (status == TDM_OK)
        reading->map->binding_count++;
    else
        tdm__dictionary_free(&binding->theirs); /* not counted, so not freed with the map */
    return status;
}

static tdm_status read_columns(map_reading *reading, const tdm__json_value *columns, int32_t event)
{
    tdm_status status = TDM_OK;
    for (const tdm__json_value *c = tdm__json_first(columns); c && status == TDM_OK; c = tdm__json_next(c))
        status = read_column(reading, c, event);
    return status;
}

/* --- dated columns, constants, what is ignored --- */

static tdm_status read_dated_column(map_reading *reading, const tdm__json_value *event, int32_t number)
{
    const tdm__json_value *when, *kind, *columns;
    const tdm__json_field members[] = {{"when", TDM__JSON_STRING, true, false, &when},
                                       {"kind", TDM__JSON_STRING, true, false, &kind},
                                       {"columns", TDM__JSON_OBJECT, false, false, &columns}};
    tdm__binding *binding;
    tdm_status status = tdm__json_read(reading->document, event, "events", members, 3, reading->error);
    if (status != TDM_OK)
        return status;
    uint32_t code = tdm__vocabulary_kind(reading->vocabulary, tdm__json_string(kind));
    if (code == TDM_NO_INDEX)
        return FAIL(reading, kind, "\"kind\": expected a code of kinds.csv");
    reading->map->dated[number].kind = code;
    status = add_binding(&binding, reading, tdm__json_string(when), number);
    if (status != TDM_OK)
        return status;
    binding->how =
        (tdm__how){.field = TDM__FIELD_OCCURRED, .fact = TDM_NO_INDEX, .rules = &reading->map->rules};
    reading->map->binding_count++;
    return read_columns(reading, columns, number);
}

static tdm_status read_dated_columns(map_reading *reading, const tdm__json_value *events)
{
    tdm_status status = TDM_OK;
    int32_t number = 0;
    tdm__map *map = reading->map;
    map->dated = tdm__arena_array(&map->arena, tdm__json_count(events) + 1, sizeof *map->dated);
    if (!map->dated)
        return no_memory(reading);
    for (const tdm__json_value *e = tdm__json_first(events); e && status == TDM_OK; e = tdm__json_next(e))
        status = read_dated_column(reading, e, number++);
    map->dated_count = (size_t)number;
    return status;
}

static tdm_status read_constants(map_reading *reading, const tdm__json_value *constants)
{
    tdm__map *map = reading->map;
    map->constants = tdm__arena_array(&map->arena, tdm__json_count(constants) + 1, sizeof *map->constants);
    if (!map->constants)
        return no_memory(reading);
    for (const tdm__json_value *c = tdm__json_first(constants); c; c = tdm__json_next(c)) {
        tdm__constant *constant = &map->constants[map->constant_count];
        if (tdm__json_type_of(c) != TDM__JSON_STRING)
            return FAIL(reading, c, "constants: each must be a string");
        tdm_status status = read_how(&constant->how, reading, c, tdm__json_name(c));
        if (status == TDM_OK)
            status = check_ours(reading, &constant->how, c);
        if (status == TDM_OK)
            status = copy_string(&constant->value, reading, c);
        if (status != TDM_OK)
            return status;
        constant->value = tdm__str_trimmed(constant->value);
        map->constant_count++;
    }
    return TDM_OK;
}

static tdm_status read_ignored(map_reading *reading, const tdm__json_value *ignore)
{
    for (const tdm__json_value *i = tdm__json_first(ignore); i; i = tdm__json_next(i)) {
        uint32_t heading;
        if (tdm__json_type_of(i) != TDM__JSON_STRING)
            return FAIL(reading, i, "ignore: expected headings, each a string");
        if (heading_number(&heading, reading, tdm__json_string(i)) != TDM_OK)
            return no_memory(reading);
        if (reading->map->headings[heading].mapped)
            return FAIL(reading, i, "ignore: this heading is mapped above");
    }
    return TDM_OK;
}

static tdm_status read_in_part(map_reading *reading, const tdm__json_value *in_part)
{
    tdm__map *map = reading->map;
    if (!in_part)
        return TDM_OK;
    map->in_part = tdm__arena_array(&map->arena, tdm__json_count(in_part) + 1, sizeof *map->in_part);
    if (!map->in_part)
        return no_memory(reading);
    for (const tdm__json_value *k = tdm__json_first(in_part); k; k = tdm__json_next(k)) {
        uint32_t kind = tdm__vocabulary_kind(reading->vocabulary, tdm__json_string(k));
        if (kind == TDM_NO_INDEX)
            return FAIL(reading, k, "in_part: expected kinds of kinds.csv");
        map->in_part[map->in_part_count++] = kind;
    }
    return TDM_OK;
}

/* --- the settings of the file --- */

static tdm_status read_dates(map_reading *reading, const tdm__json_value *dates)
{
    const tdm__json_value *order, *pivot;
    const tdm__json_field members[] = {{"order", TDM__JSON_STRING, false, false, &order},
                                       {"pivot", TDM__JSON_NUMBER, false, false, &pivot}};
    tdm__map *map = reading->map;
    int64_t year;
    tdm_status status = tdm__json_read(reading->document, dates, "dates", members, 2, reading->error);
    if (status != TDM_OK)
        return status;
    if (pivot && (!tdm__json_int64(&year, pivot) || year < 0 || year > 99))
        return FAIL(reading, pivot, "\"pivot\": expected a whole number from 0 to 99");
    if (pivot)
        map->rules.pivot = (int32_t)year;
    map->has_order = order != NULL;
    if (!order || tdm__str_equal(tdm__json_string(order), TDM_LIT("dmy")))
        return TDM_OK;
    if (!tdm__str_equal(tdm__json_string(order), TDM_LIT("mdy")))
        return FAIL(reading, order, "\"order\": expected \"dmy\" or \"mdy\"");
    map->rules.order = TDM_MONTH_FIRST;
    return TDM_OK;
}

static tdm_status read_delimiter(map_reading *reading, const tdm__json_value *delimiter)
{
    tdm_str text = tdm__json_string(delimiter);
    if (!delimiter)
        return TDM_OK;
    if (text.length != 1 || !memchr(",;\t|", text.data[0], 4))
        return FAIL(reading, delimiter, "\"delimiter\": expected one of , ; | and tab");
    reading->map->delimiter = text.data[0];
    return TDM_OK;
}

static tdm_status read_encoding(map_reading *reading, const tdm__json_value *encoding)
{
    tdm_str text = tdm__json_string(encoding);
    if (!encoding)
        return TDM_OK;
    if (!tdm__str_equal(text, TDM_LIT("utf-8")) && !tdm__str_equal(text, TDM_LIT("windows-1252")))
        return FAIL(reading, encoding, "\"encoding\": expected \"utf-8\" or \"windows-1252\"");
    return copy_string(&reading->map->encoding, reading, encoding);
}

static tdm_status read_header_row(map_reading *reading, const tdm__json_value *header_row)
{
    int64_t row = 1;
    if (header_row && (!tdm__json_int64(&row, header_row) || row < 1 || row > 1000))
        return FAIL(reading, header_row, "\"header_row\": expected a whole number from 1 to 1000");
    reading->map->header_row = (int32_t)row;
    reading->map->has_header_row = header_row != NULL;
    return TDM_OK;
}

static tdm_status add_sheet(map_reading *reading, const tdm__json_value *sheet)
{
    uint32_t at;
    if (tdm__json_type_of(sheet) != TDM__JSON_STRING)
        return FAIL(reading, sheet, "\"sheet\": expected the name of a sheet, or a list of names");
    tdm__text_clear(&reading->folded);
    tdm_status status = tdm__fold(&reading->folded, tdm__json_string(sheet));
    if (status == TDM_OK)
        status = tdm__dictionary_add(&at, &reading->map->sheets, tdm__text_str(&reading->folded));
    return status == TDM_OK ? TDM_OK : no_memory(reading);
}

/* One name or several. */
static tdm_status read_sheets(map_reading *reading, const tdm__json_value *sheets)
{
    tdm_status status = TDM_OK;
    if (!sheets || tdm__json_type_of(sheets) != TDM__JSON_ARRAY)
        return sheets ? add_sheet(reading, sheets) : TDM_OK;
    for (const tdm__json_value *s = tdm__json_first(sheets); s && status == TDM_OK; s = tdm__json_next(s))
        status = add_sheet(reading, s);
    return status;
}

static tdm_status read_agency(map_reading *reading, const tdm__json_value *agency)
{
    if (!agency)
        return TDM_OK;
    if (tdm__vocabulary_agency(reading->vocabulary, tdm__json_string(agency)) == TDM_NO_INDEX)
        return FAIL(reading, agency, "\"agency\": expected a code of agencies.csv");
    return copy_string(&reading->map->agency, reading, agency);
}

static tdm_status read_version(map_reading *reading, const tdm__json_value *version)
{
    int64_t number;
    if (!tdm__json_int64(&number, version) || number != 1)
        return FAIL(reading, version, "\"map\": expected 1, the only version there is");
    return TDM_OK;
}

static tdm_status read_map(map_reading *reading)
{
    const tdm__json_value *version, *agency, *delimiter, *encoding, *header_row, *sheet, *dates;
    const tdm__json_value *columns, *events, *constants, *ignore, *in_part;
    const tdm__json_field members[] = {{"map", TDM__JSON_NUMBER, true, false, &version},
                                       {"agency", TDM__JSON_STRING, false, false, &agency},
                                       {"delimiter", TDM__JSON_STRING, false, false, &delimiter},
                                       {"encoding", TDM__JSON_STRING, false, false, &encoding},
                                       {"header_row", TDM__JSON_NUMBER, false, false, &header_row},
                                       {"sheet", TDM__JSON_ANY, false, false, &sheet},
                                       {"dates", TDM__JSON_OBJECT, false, false, &dates},
                                       {"columns", TDM__JSON_OBJECT, false, false, &columns},
                                       {"events", TDM__JSON_ARRAY, false, false, &events},
                                       {"constants", TDM__JSON_OBJECT, false, false, &constants},
                                       {"ignore", TDM__JSON_ARRAY, false, false, &ignore},
                                       {"in_part", TDM__JSON_ARRAY, false, false, &in_part}};
    const tdm__json_value *root = tdm__json_root(reading->document);
    tdm_status status = tdm__json_read(reading->document, root, "column map", members,
                                       sizeof members / sizeof members[0], reading->error);
    if (status == TDM_OK)
        status = read_version(reading, version);
    if (status == TDM_OK)
        status = read_agency(reading, agency);
    if (status == TDM_OK)
        status = read_delimiter(reading, delimiter);
    if (status == TDM_OK)
        status = read_encoding(reading, encoding);
    if (status == TDM_OK)
        status = read_header_row(reading, header_row);
    if (status == TDM_OK)
        status = read_sheets(reading, sheet);
    if (status == TDM_OK && dates)
        status = read_dates(reading, dates);
    if (status == TDM_OK)
        status = read_columns(reading, columns, TDM__SHARED);
    if (status == TDM_OK)
        status = read_dated_columns(reading, events);
    if (status == TDM_OK)
        status = read_constants(reading, constants);
    if (status == TDM_OK)
        status = read_ignored(reading, ignore);
    if (status == TDM_OK)
        status = read_in_part(reading, in_part);
    if (status == TDM_OK && reading->map->binding_count == 0)
        status = FAIL(reading, root, "column map: it maps no column");
    return status;
}

tdm_status tdm__map_parse(tdm__map **out, const tdm_allocator *allocator, const tdm_vocabulary *vocabulary,
                          const tdm_date_rules *dates, tdm_str json, tdm_str file, tdm_error *error)
{
    tdm__json *document;
    *out = NULL;
    tdm_status status = tdm__json_parse(&document, allocator, json, file, error);
    if (status != TDM_OK)
        return status;
    tdm__map *map = tdm__alloc_zeroed(allocator, 1, sizeof *map);
    if (!map) {
        tdm__json_free(document);
        return tdm__no_memory(error);
    }
    map->allocator = allocator;
    map->rules = dates ? *dates : tdm_date_rules_default();
    tdm__arena_init(&map->arena, allocator);
    tdm__dictionary_init(&map->folded, allocator);
    tdm__dictionary_init(&map->sheets, allocator);
    map_reading reading = {.map = map, .document = document, .vocabulary = vocabulary, .error = error};
    tdm__text_init(&reading.folded, allocator);
    status = read_map(&reading);
    tdm__text_free(&reading.folded);
    tdm__json_free(document);
    if (status != TDM_OK) {
        tdm__map_free(map);
        return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
    }
    *out = map;
    return TDM_OK;
}

void tdm__map_free(tdm__map *map)
{
    if (!map)
        return;
    for (size_t i = 0; i < map->binding_count; i++)
        tdm__dictionary_free(&map->bindings[i].theirs);
    tdm__free(map->allocator, map->bindings);
    tdm__free(map->allocator, map->headings);
    tdm__dictionary_free(&map->folded);
    tdm__dictionary_free(&map->sheets);
    tdm__arena_free(&map->arena);
    tdm__free(map->allocator, map);
}

tdm_status tdm__map_names_sheet(bool *out, const tdm__map *map, tdm_str sheet)
{
    tdm__text folded;
    *out = map->sheets.count == 0;
    if (*out)
        return TDM_OK;
    tdm__text_init(&folded, map->allocator);
    tdm_status status = tdm__fold(&folded, sheet);
    if (status == TDM_OK)
        *out = tdm__dictionary_find(&map->sheets, tdm__text_str(&folded)) != TDM_NO_INDEX;
    tdm__text_free(&folded);
    return status;
}

bool tdm__map_fills(const tdm__map *map, tdm__field field)
{
    for (size_t i = 0; i < map->binding_count; i++)
        if (map->bindings[i].how.field == field && map->bindings[i].event == TDM__SHARED)
            return true;
    return tdm__map_constant(map, field).length > 0;
}

tdm_str tdm__map_constant(const tdm__map *map, tdm__field field)
{
    for (size_t i = 0; i < map->constant_count; i++)
        if (map->constants[i].how.field == field)
            return map->constants[i].value;
    return (tdm_str){NULL, 0};
}

bool tdm__map_has_own_event(const tdm__map *map)
{
    return map->dated_count == 0 || tdm__map_fills(map, TDM__FIELD_OCCURRED);
}
