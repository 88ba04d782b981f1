/*
 * CSV returns: the map, the heading, what can be told of a whole column, and the walk over the rows
 * with their account. What one row means is csv_row.c's.
 */
#include "ingest/csv_return.h"

#include "base/context.h"
#include "ingest/map_file.h"

#define ROWS_BETWEEN_POLLS 4096

/* --- what the return could hold --- */

static void add_kind(uint64_t *bits, const tdm__return *file, uint32_t kind, bool ends)
{
    bits[kind / 64] |= UINT64_C(1) << (kind % 64);
    uint32_t closer = ends ? file->closer[kind] : TDM_NO_INDEX;
    if (closer != TDM_NO_INDEX)
        bits[closer / 64] |= UINT64_C(1) << (closer % 64);
}

static bool event_ends(const tdm__map *map, int32_t event)
{
    for (size_t i = 0; i < map->binding_count; i++)
        if (map->bindings[i].how.field == TDM__FIELD_ENDED && map->bindings[i].event == event)
            return true;
    return event == TDM__SHARED && tdm__map_constant(map, TDM__FIELD_ENDED).length > 0;
}

/* Kinds that the map's values, constants and dated columns name. */
static void kinds_of_map(uint64_t *bits, const tdm__csv_return *reading)
{
    const tdm__map *map = reading->map;
    const tdm_vocabulary *vocabulary = reading->file->collection->vocabulary;
    bool ends = event_ends(map, TDM__SHARED);
    tdm_str constant = tdm__map_constant(map, TDM__FIELD_KIND);
    if (constant.length > 0)
        add_kind(bits, reading->file, tdm__vocabulary_kind(vocabulary, constant), ends);
    for (size_t i = 0; i < map->dated_count; i++)
        add_kind(bits, reading->file, map->dated[i].kind, event_ends(map, (int32_t)i));
    for (size_t i = 0; i < map->binding_count; i++) {
        const tdm__binding *binding = &map->bindings[i];
        for (size_t v = 0; binding->how.field == TDM__FIELD_KIND && v < binding->theirs.count; v++) {
            uint32_t kind = tdm__vocabulary_kind(vocabulary, tdm__str_trimmed(binding->ours[v]));
            if (kind != TDM_NO_INDEX)
                add_kind(bits, reading->file, kind, ends);
        }
    }
}

/* The kinds of a bit set as a list in the file's arena. */
static tdm_status list_kinds(uint32_t **out, size_t *count, tdm__return *file, const uint64_t *bits)
{
    size_t kind_count = file->collection->vocabulary->kind_count;
    *count = 0;
    *out = tdm__arena_array(&file->arena, kind_count + 1, sizeof **out);
    for (uint32_t kind = 0; *out && kind < kind_count; kind++)
        if (bits[kind / 64] >> (kind % 64) & 1)
            (*out)[(*count)++] = kind;
    return *out ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status register_source(tdm__csv_return *reading)
{
    tdm__return *file = reading->file;
    uint32_t *kinds;
    tdm__rows_from rows = {.agency = reading->agency, .map = reading->map_name, .text_kept = true};
    uint64_t *bits = tdm__arena_array(&file->arena, TDM_KINDS_MAX / 64, sizeof *bits);
    if (!bits)
        return TDM_NO_MEMORY;
    kinds_of_map(bits, reading);
    tdm_status status = list_kinds(&kinds, &rows.carry_count, file, bits);
    rows.carries = kinds;
    return status == TDM_OK ? tdm__return_source(&reading->source, file, &rows) : status;
}

static tdm_status register_kinds_seen(tdm__csv_return *reading)
{
    uint32_t *kinds;
    size_t count;
    tdm_status status = list_kinds(&kinds, &count, reading->file, reading->kinds_seen);
    if (status != TDM_OK)
        return status;
    return tdm__builder_source_carries(reading->file->collection->builder, reading->source, kinds, count);
}

/* --- the heading --- */

static tdm_status note_unmapped(tdm__csv_return *reading, size_t column)
{
    tdm_str heading = tdm__str_trimmed(reading->csv.fields[column]);
    if (heading.length == 0)
        return TDM_OK;
    if (heading.length > 80)
        heading.length = 80;
    return tdm__note(reading->file, TDM__WARNING, "heading-not-mapped", reading->csv.line, heading,
                     "the map neither uses this column nor ignores it");
}

static tdm_status match_heading(tdm__csv_return *reading, size_t column, size_t *matched)
{
    tdm__text_clear(&reading->folded);
    if (tdm__fold(&reading->folded, reading->csv.fields[column]) != TDM_OK)
        return TDM_NO_MEMORY;
    uint32_t heading = tdm__dictionary_find(&reading->map->folded, tdm__text_str(&reading->folded));
    if (heading == TDM_NO_INDEX)
        return TDM_OK;
    (*matched)++;
    if (reading->columns[heading].at != TDM__NO_COLUMN)
        return tdm__note(reading->file, TDM__WARNING, "heading-twice", reading->csv.line,
                         reading->map->headings[heading].written,
                         "this heading stands twice; the first column is read");
    reading->columns[heading].at = column;
    return TDM_OK;
}

static tdm_status note_headings(tdm__csv_return *reading)
{
    tdm_status status = TDM_OK;
    const tdm__map *map = reading->map;
    for (uint32_t h = 0; h < map->folded.count && status == TDM_OK; h++)
        if (map->headings[h].mapped && reading->columns[h].at == TDM__NO_COLUMN)
            status = tdm__note(reading->file, TDM__ERROR, "heading-missing", reading->csv.line,
                               map->headings[h].written, "the map uses this heading and the file has none");
    for (size_t c = 0; c < reading->csv.field_count && status == TDM_OK; c++) {
        tdm__text_clear(&reading->folded);
        if (tdm__fold(&reading->folded, reading->csv.fields[c]) != TDM_OK)
            return TDM_NO_MEMORY;
        if (tdm__dictionary_find(&map->folded, tdm__text_str(&reading->folded)) == TDM_NO_INDEX)
            status = note_unmapped(reading, c);
    }
    return status;
}

static tdm_status read_heading(tdm__csv_return *reading, tdm_error *error)
{
    const tdm__map *map = reading->map;
    tdm_place place = {reading->file->name, map->header_row, 0};
    size_t matched = 0;
    bool more = true;
    reading->columns = tdm__arena_array(&reading->file->arena, map->folded.count + 1,
                                        sizeof *reading->columns);
    if (!reading->columns)
        return TDM_NO_MEMORY;
    for (size_t h = 0; h < map->folded.count; h++)
        reading->columns[h] = (tdm__column){TDM__NO_COLUMN, map->rules};
    do {
        /* Lines above the heading are a title; what is wrong with them does not matter. */
        tdm_status status = tdm__csv_next(&reading->csv, &more, error);
        if (status != TDM_OK && (status == TDM_NO_MEMORY || reading->csv.line >= map->header_row))
            return tdm__fail_at(error, status, place, "the heading cannot be read");
    } while (more && reading->csv.line < map->header_row);
    if (!more)
        return tdm__fail_at(error, TDM_INVALID_INPUT, place, "the file ends before its heading");
    for (size_t column = 0; column < reading->csv.field_count; column++)
        if (match_heading(reading, column, &matched) != TDM_OK)
            return TDM_NO_MEMORY;
    if (matched == 0)
        return tdm__fail_at(error, TDM_INVALID_INPUT, place,
                            "none of the headings that the map names stands in this line");
    return note_headings(reading);
}

/* --- the order of day and month in a column --- */

static bool holds_dates(const tdm__csv_return *reading, const tdm__binding *binding)
{
    const tdm_vocabulary *vocabulary = reading->file->collection->vocabulary;
    if (binding->how.field == TDM__FIELD_FACT)
        return binding->how.fact != TDM_NO_INDEX &&
               vocabulary->facts[binding->how.fact].type == TDM__FACT_DATE;
    return binding->how.field == TDM__FIELD_OCCURRED || binding->how.field == TDM__FIELD_ENDED ||
           binding->how.field == TDM__FIELD_RECORDED;
}

static int32_t number_at(tdm_str text, size_t *at)
{
    int32_t number = 0;
    size_t start = *at;
    while (*at < text.length && *at < start + 2 && text.data[*at] >= '0' && text.data[*at] <= '9')
        number = number * 10 + (text.data[(*at)++] - '0');
    return *at == start ? -1 : number;
}

/* 5/13/24 and the like: a date month first, none day first. */
static bool is_month_first_only(tdm_str text, const tdm_date_rules *rules)
{
    tdm_date date;
    tdm_date_rules day_first = *rules, month_first = *rules;
    size_t at = 0;
    int32_t first = number_at(text, &at);
    if (first < 1 || first > 12 || at >= text.length || (text.data[at] >= '0' && text.data[at] <= '9'))
        return false;
    at++;
    if (number_at(text, &at) < 13)
        return false;
    day_first.order = TDM_DAY_FIRST;
    month_first.order = TDM_MONTH_FIRST;
    return tdm_date_parse(&date, NULL, text, &day_first) != TDM_OK &&
           tdm_date_parse(&date, NULL, text, &month_first) == TDM_OK;
}

/* The headings of date columns that are still taken as day first. */
static size_t undecided_columns(uint32_t *out, const tdm__csv_return *reading)
{
    size_t count = 0;
    for (size_t i = 0; i < reading->map->binding_count; i++) {
        const tdm__binding *binding = &reading->map->bindings[i];
        const tdm__column *column = &reading->columns[binding->heading];
        bool known = false;
        for (size_t k = 0; k < count; k++)
            known |= out[k] == binding->heading;
        if (holds_dates(reading, binding) && column->at != TDM__NO_COLUMN && !known)
            out[count++] = binding->heading;
    }
    return count;
}

static tdm_status look_at_dates(tdm__csv_return *reading, const tdm__csv *ahead, uint32_t *headings,
                                size_t *count)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < *count && status == TDM_OK; i++) {
        tdm__column *column = &reading->columns[headings[i]];
        if (column->at >= ahead->field_count ||
            !is_month_first_only(tdm__str_trimmed(ahead->fields[column->at]), &column->rules))
            continue;
        column->rules.order = TDM_ORDER_UNKNOWN;
        status = tdm__note(reading->file, TDM__WARNING, "date-order-doubtful", ahead->line,
                           reading->map->headings[headings[i]].written,
                           "this row can only be read month first, and the map gives no order: dates of this "
                           "column that can be read both ways become the stretch between the two readings");
        headings[i--] = headings[--*count];
    }
    return status;
}

/*
 * A first walk over the file, only where the map leaves the order open: one month-first date casts
 * doubt on those above it too.
 */
static tdm_status find_doubtful_orders(tdm__csv_return *reading)
{
    tdm__csv ahead;
    bool more = true;
    if (reading->map->has_order)
        return TDM_OK;
    uint32_t *headings = tdm__arena_array(&reading->file->arena, reading->map->binding_count + 1,
                                          sizeof *headings);
    if (!headings)
        return TDM_NO_MEMORY;
    size_t count = undecided_columns(headings, reading);
    tdm__csv_init(&ahead, reading->file->allocator, reading->csv.text, reading->csv.delimiter);
    ahead.at = reading->csv.at;
    ahead.next_line = reading->csv.next_line;
    tdm_status status = TDM_OK;
    while (more && count > 0 && status == TDM_OK) {
        status = tdm__csv_next(&ahead, &more, NULL);
        if (status == TDM_OK && more)
            status = look_at_dates(reading, &ahead, headings, &count);
        else if (status != TDM_NO_MEMORY)
            status = TDM_OK; /* told when the rows are read */
    }
    tdm__csv_free(&ahead);
    return status;
}

/* --- rows --- */

static bool is_blank(const tdm__csv *csv)
{
    for (size_t i = 0; i < csv->field_count; i++)
        if (tdm__str_trimmed(csv->fields[i]).length > 0)
            return false;
    return true;
}

static tdm_status note_length(tdm__csv_return *reading, size_t heading_count)
{
    const tdm__csv *csv = &reading->csv;
    for (size_t i = heading_count; i < csv->field_count; i++)
        if (tdm__str_trimmed(csv->fields[i]).length > 0)
            return tdm__note(reading->file, TDM__WARNING, "row-too-long", csv->line, TDM_LIT(""),
                             "the row has more cells than the heading; those behind it are not read");
    return TDM_OK;
}

static tdm_status read_row(tdm__csv_return *reading, size_t heading_count)
{
    bool landed;
    tdm__return *file = reading->file;
    if (is_blank(&reading->csv))
        return TDM_OK;
    tdm_status status = note_length(reading, heading_count);
    if (status == TDM_OK)
        status = tdm__csv_row(&landed, reading);
    if (status != TDM_OK)
        return status;
    file->rows++;
    file->read += landed;
    file->set_aside += !landed;
    return TDM_OK;
}

static tdm_status set_record_aside(tdm__csv_return *reading, const tdm_error *why)
{
    reading->file->rows++;
    reading->file->set_aside++;
    return tdm__note(reading->file, TDM__ERROR, "row-not-read", why->line, TDM_LIT(""), "%s", why->message);
}

static tdm_status read_rows(tdm__csv_return *reading, tdm_error *error)
{
    tdm_error why;
    bool more = true;
    size_t heading_count = reading->csv.field_count;
    tdm_status status = TDM_OK;
    for (int64_t walked = 1; more && status == TDM_OK; walked++) {
        status = tdm__csv_next(&reading->csv, &more, &why);
        if (status == TDM_INVALID_INPUT || status == TDM_TOO_LARGE)
            status = set_record_aside(reading, &why);
        else if (status == TDM_OK && more)
            status = read_row(reading, heading_count);
        if (status == TDM_OK && walked % ROWS_BETWEEN_POLLS == 0)
            status = tdm__context_poll(reading->file->collection->context, error);
    }
    return status;
}

static tdm_status find_agency(tdm__csv_return *reading, tdm_error *error)
{
    const tdm__map *map = reading->map;
    reading->agency = reading->file->agency.length > 0 ? reading->file->agency : map->agency;
    if (reading->agency.length > 0 || tdm__map_fills(map, TDM__FIELD_AGENCY))
        return TDM_OK;
    return tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){reading->map_name, 0, 0},
                        "column map: \"agency\" is missing, and no column gives it");
}

static tdm_status read_return(tdm__csv_return *reading, tdm_error *error)
{
    tdm__return *file = reading->file;
    tdm_status status = find_agency(reading, error);
    if (status == TDM_OK)
        status = tdm__decode(file, reading->map->encoding, error);
    if (status != TDM_OK)
        return status;
    char delimiter = reading->map->delimiter;
    tdm__csv_init(&reading->csv, file->allocator, file->content,
                  delimiter ? delimiter : tdm__csv_guess_delimiter(file->content));
    status = read_heading(reading, error);
    if (status == TDM_OK)
        status = find_doubtful_orders(reading);
    if (status == TDM_OK)
        status = register_source(reading);
    if (status == TDM_OK)
        status = tdm__csv_rows_prepare(reading);
    if (status == TDM_OK)
        status = read_rows(reading, error);
    if (status == TDM_OK)
        status = register_kinds_seen(reading);
    return status;
}

tdm_status tdm__read_csv(tdm__return *file, tdm_error *error)
{
    tdm__csv_return reading = {.file = file};
    tdm_status status = tdm__map_find(&reading.map, &reading.map_name, file, error);
    if (status != TDM_OK)
        return status;
    tdm__arena_init(&reading.scratch, file->allocator);
    tdm__text_init(&reading.folded, file->allocator);
    tdm__draft_init(&reading.draft, file->collection->vocabulary, file->allocator, &reading.scratch);
    status = read_return(&reading, error);
    tdm__csv_rows_free(&reading);
    tdm__csv_free(&reading.csv);
    tdm__draft_free(&reading.draft);
    tdm__text_free(&reading.folded);
    tdm__arena_free(&reading.scratch);
    tdm__map_free(reading.map);
    return status;
}
