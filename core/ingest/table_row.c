/*
 * One row of a table to events: cells by their bindings, values by the map, constants where the
 * row says nothing, the key of the row. The heading and the walk over rows are table_return.c's.
 */
#include "ingest/table_return.h"

#include <string.h>

/* Distinct values of a column that are remembered with their meaning. */
#define MEANINGS_MAX 65536u

static tdm_str cell_of(const tdm__table_return *reading, const tdm__table *record, uint32_t heading)
{
    size_t at = reading->columns[heading].at;
    if (at >= record->field_count)
        return (tdm_str){NULL, 0};
    tdm_str field = record->fields[at];
    return tdm__str_has_plain_ends(field) ? field : tdm__str_trimmed(field);
}

tdm_str tdm__table_cell(const tdm__table_return *reading, uint32_t heading)
{
    return cell_of(reading, &reading->table, heading);
}

static int compare_folded(const tdm__map *map, uint32_t a, uint32_t b)
{
    return tdm__str_compare(map->headings[a].folded, map->headings[b].folded);
}

/* The key of a row must not hang on the order of columns: mapped headings go in by their text. */
static tdm_status fill_hash_order(tdm__table_return *reading)
{
    const tdm__map *map = reading->map;
    uint32_t *order = tdm__arena_array(&reading->file->arena, map->folded.count + 1, sizeof *order);
    size_t count = 0;
    if (!order)
        return TDM_NO_MEMORY;
    for (uint32_t heading = 0; heading < map->folded.count; heading++) {
        if (!map->headings[heading].mapped || reading->columns[heading].at == TDM__NO_COLUMN)
            continue;
        size_t at = count++;
        while (at > 0 && compare_folded(map, order[at - 1], heading) > 0) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = heading;
    }
    reading->hash_order = order;
    reading->hash_order_count = count;
    return TDM_OK;
}

static uint32_t heading_of(const tdm__map *map, tdm__field field)
{
    for (size_t i = 0; i < map->binding_count; i++)
        if (map->bindings[i].how.field == field && map->bindings[i].event == TDM__SHARED)
            return map->bindings[i].heading;
    return TDM_NO_INDEX;
}

tdm_status tdm__table_rows_prepare(tdm__table_return *reading)
{
    const tdm__map *map = reading->map;
    const tdm_vocabulary *vocabulary = reading->file->collection->vocabulary;
    reading->bounds = tdm__arena_array(&reading->file->arena, map->binding_count + 1,
                                       sizeof *reading->bounds);
    reading->kinds_seen = tdm__arena_array(&reading->file->arena, vocabulary->kind_count / 64 + 1,
                                           sizeof(uint64_t));
    if (!reading->bounds || !reading->kinds_seen)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < map->binding_count; i++) {
        tdm__bound *bound = &reading->bounds[i];
        bound->binding = &map->bindings[i];
        bound->column = &reading->columns[bound->binding->heading];
        bound->how = bound->binding->how;
        bound->how.rules = &bound->column->rules;
        bound->holds_dates = tdm__table_holds_dates(reading, bound->binding);
        tdm__dictionary_init(&bound->seen, reading->file->allocator);
    }
    reading->reference_heading = heading_of(map, TDM__FIELD_REFERENCE);
    reading->child_heading = heading_of(map, TDM__FIELD_CHILD);
    return fill_hash_order(reading);
}

void tdm__table_rows_free(tdm__table_return *reading)
{
    for (size_t i = 0; reading->bounds && i < reading->map->binding_count; i++) {
        tdm__dictionary_free(&reading->bounds[i].seen);
        tdm__free(reading->file->allocator, reading->bounds[i].meaning);
    }
}

/* --- values --- */

tdm_status tdm__table_look_up(tdm__meaning *out, tdm__text *folded, const tdm__bound *bound,
                              const tdm_vocabulary *vocabulary, tdm_str value)
{
    const tdm__binding *binding = bound->binding;
    tdm__text_clear(folded);
    tdm_status status = tdm__fold(folded, value);
    if (status != TDM_OK)
        return TDM_NO_MEMORY;
    uint32_t at = tdm__dictionary_find(&binding->theirs, tdm__text_str(folded));
    *out = (tdm__meaning){{NULL, 0}, TDM_NO_INDEX};
    if (at == TDM_NO_INDEX)
        return TDM_OK;
    out->ours = binding->ours[at];
    if (bound->how.field == TDM__FIELD_KIND)
        out->kind = tdm__vocabulary_kind(vocabulary, tdm__str_trimmed(out->ours));
    return TDM_OK;
}

/* The same, remembered. */
static tdm_status meaning_of(tdm__meaning *out, tdm__table_return *reading, tdm__bound *bound, tdm_str value)
{
    uint32_t at = tdm__dictionary_find(&bound->seen, value);
    if (at != TDM_NO_INDEX) {
        *out = bound->meaning[at];
        return TDM_OK;
    }
    tdm_status status = tdm__table_look_up(out, &reading->folded, bound, reading->draft.vocabulary, value);
    if (status != TDM_OK || bound->seen.count >= MEANINGS_MAX)
        return status;
    tdm__meaning *grown = tdm__grown(reading->file->allocator, bound->meaning, &bound->meaning_capacity,
                                     bound->seen.count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    bound->meaning = grown;
    status = tdm__dictionary_add(&at, &bound->seen, value);
    if (status == TDM_OK)
        bound->meaning[at] = *out;
    return status;
}

/* A list item by item: ours where the map names one, separated by one space. */
static tdm_status mean_each(tdm_str *out, tdm__table_return *reading, tdm__bound *bound, tdm_str value)
{
    tdm__text made;
    tdm_status status = TDM_OK;
    tdm__text_init(&made, reading->file->allocator);
    while (value.length > 0 && status == TDM_OK) {
        tdm__meaning meaning;
        tdm_str item = tdm__str_trimmed(tdm__str_split(&value, bound->how.split));
        if (item.length == 0)
            continue;
        status = meaning_of(&meaning, reading, bound, item);
        if (made.length > 0)
            tdm__text_char(&made, bound->how.split);
        tdm__text_add(&made, status == TDM_OK && meaning.ours.data ? meaning.ours : item);
    }
    if (status == TDM_OK && !made.failed)
        *out = tdm__arena_copy(&reading->scratch, tdm__text_str(&made));
    status = status == TDM_OK && !made.failed && out->data ? TDM_OK : TDM_NO_MEMORY;
    tdm__text_free(&made);
    return status;
}

static tdm_status join_behind(tdm_str *value, tdm__table_return *reading, const tdm__bound *bound,
                              tdm_str held)
{
    size_t length = held.length + bound->binding->join.length + value->length;
    char *room = tdm__arena_alloc(&reading->scratch, length);
    if (!room)
        return TDM_NO_MEMORY;
    memcpy(room, held.data, held.length);
    if (bound->binding->join.length > 0)
        memcpy(room + held.length, bound->binding->join.data, bound->binding->join.length);
    memcpy(room + held.length + bound->binding->join.length, value->data, value->length);
    *value = (tdm_str){room, length};
    return TDM_OK;
}

/* The heading before a text that would not say what it is. */
static tdm_status put_label(tdm_str *value, tdm__table_return *reading, const tdm__bound *bound)
{
    tdm_str heading = reading->map->headings[bound->binding->heading].written;
    size_t length = heading.length + 2 + value->length;
    char *room = tdm__arena_alloc(&reading->scratch, length);
    if (!room)
        return TDM_NO_MEMORY;
    memcpy(room, heading.data, heading.length);
    memcpy(room + heading.length, ": ", 2);
    memcpy(room + heading.length + 2, value->data, value->length);
    *value = (tdm_str){room, length};
    return TDM_OK;
}

/* --- cells --- */

/* A cell that shows a time may hold a day too. */
static tdm_str time_of_cell(tdm_str value)
{
    tdm_day day;
    tdm_str rest = value, first = tdm__str_split(&rest, ' ');
    return tdm_day_parse_iso(&day, first) && rest.length > 0 ? rest : value;
}

static tdm_status note_cell(tdm__table_return *reading, const tdm__bound *bound, tdm__problem problem,
                            tdm_str cell)
{
    tdm_str heading = reading->map->headings[bound->binding->heading].written;
    if (problem != TDM__PROBLEM_AGENCY)
        return tdm__note_problem(reading->file, problem, reading->table.row, heading, cell);
    /* An agency's own name for another agency is no code; it would stand in every report as one. */
    reading->draft.event.agency = TDM_LIT("other");
    return tdm__note_once(
        reading->file, TDM__WARNING, "agency-unknown", reading->table.row, heading, cell,
        "this value is no agency of the vocabulary and the map gives none; rows with it are "
        "taken as \"other\"");
}

/* Three digits or more: neither a day nor a month. */
static bool begins_with_year(tdm_str value)
{
    for (size_t i = 0; i < 3; i++)
        if (i >= value.length || value.data[i] < '0' || value.data[i] > '9')
            return false;
    return true;
}

static tdm_status read_cell(tdm__table_return *reading, tdm__bound *bound, tdm_str cell, bool held)
{
    tdm_str value = cell, ours;
    tdm_status status = TDM_OK;
    tdm__meaning meaning = {{NULL, 0}, TDM_NO_INDEX};
    if (bound->binding->has_values && bound->how.split)
        status = mean_each(&value, reading, bound, cell);
    else if (bound->binding->has_values)
        status = meaning_of(&meaning, reading, bound, cell);
    ours = meaning.ours;
    /* A kind still to be filled in is none: the row keeps its own word, and that is told. */
    if (bound->how.field == TDM__FIELD_KIND && tdm__str_trimmed(ours).length == 0)
        ours.data = NULL;
    if (ours.data)
        value = tdm__str_trimmed(ours);
    if (status != TDM_OK || value.length == 0)
        return status;
    if (bound->binding->labelled)
        status = put_label(&value, reading, bound);
    if (status == TDM_OK && bound->binding->joins && held) {
        tdm_str *string = &reading->draft.event.strings[tdm__field_string(bound->how.field)];
        status = join_behind(&value, reading, bound, *string);
    }
    if (status != TDM_OK)
        return status;
    if (bound->how.field == TDM__FIELD_TIME && reading->table.grid)
        value = time_of_cell(value);
    if (reading->orders_open && bound->holds_dates && !begins_with_year(value) &&
        (status = tdm__table_settle_orders(reading)) != TDM_OK)
        return status;
    tdm__problem problem = TDM__FINE;
    if (ours.data && meaning.kind != TDM_NO_INDEX && !bound->binding->labelled)
        reading->draft.event.kind = meaning.kind;
    else
        problem = tdm__draft_read(&reading->draft, &bound->how, value);
    if (ours.data && bound->how.field == TDM__FIELD_KIND &&
        reading->draft.event.kind == reading->draft.vocabulary->kind_other)
        reading->draft.event.strings[TDM__KIND_AS_WRITTEN] = cell;
    return problem == TDM__FINE ? TDM_OK : note_cell(reading, bound, problem, cell);
}

/* A dated column brings its own date, time and kind; those of the row are not for it. */
static bool is_for(const tdm__bound *bound, int32_t event)
{
    tdm__field field = bound->how.field;
    if (bound->binding->event != TDM__SHARED)
        return bound->binding->event == event;
    return event == TDM__SHARED || (field != TDM__FIELD_OCCURRED && field != TDM__FIELD_TIME &&
                                    field != TDM__FIELD_ENDED && field != TDM__FIELD_KIND);
}

static bool has_fact(const tdm__draft *draft, tdm_str key)
{
    for (size_t i = 0; i < draft->fact_count; i++)
        if (tdm__str_equal(draft->facts[i].key, key))
            return true;
    return false;
}

/* `filled`: bits of the fields that the row has filled. */
static tdm_status read_constants(tdm__table_return *reading, uint32_t filled, int32_t event)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < reading->map->constant_count && status == TDM_OK; i++) {
        const tdm__constant *constant = &reading->map->constants[i];
        tdm__field field = constant->how.field;
        bool own = field == TDM__FIELD_OCCURRED || field == TDM__FIELD_TIME || field == TDM__FIELD_ENDED ||
                   field == TDM__FIELD_KIND;
        bool there = field == TDM__FIELD_FACT ? has_fact(&reading->draft, constant->how.fact_key)
                                              : (filled >> field & 1) != 0;
        if (there || constant->value.length == 0 || (own && event != TDM__SHARED))
            continue;
        tdm__problem problem = tdm__draft_read(&reading->draft, &constant->how, constant->value);
        status = tdm__note_problem(reading->file, problem, 0, TDM_LIT(""), constant->how.fact_key);
    }
    return status;
}

static tdm_status read_cells(uint32_t *filled, tdm__table_return *reading, int32_t event)
{
    tdm_status status = TDM_OK;
    *filled = 0;
    for (size_t i = 0; i < reading->map->binding_count && status == TDM_OK; i++) {
        tdm__bound *bound = &reading->bounds[i];
        tdm_str cell = is_for(bound, event) ? reading->cells[bound->binding->heading] : (tdm_str){NULL, 0};
        if (cell.length == 0)
            continue;
        status = read_cell(reading, bound, cell, (*filled >> bound->how.field & 1) != 0);
        *filled |= UINT32_C(1) << bound->how.field;
    }
    return status;
}

static bool date_stands_in_file(const tdm__table_return *reading)
{
    uint32_t heading = heading_of(reading->map, TDM__FIELD_OCCURRED);
    return heading != TDM_NO_INDEX && reading->columns[heading].at != TDM__NO_COLUMN;
}

/* --- events --- */

static tdm_status read_event(bool *landed, tdm__table_return *reading, int32_t event, uint64_t row_key)
{
    uint32_t filled;
    tdm__draft *draft = &reading->draft;
    *landed = false;
    tdm__arena_reset(&reading->scratch);
    tdm__draft_clear(draft);
    draft->event.source = reading->source;
    draft->event.row = (uint32_t)reading->table.row;
    draft->event.row_key = row_key;
    draft->event.part = (uint32_t)(event + 1) * 2; /* the odd ones are ends */
    draft->event.agency = reading->agency;
    if (event != TDM__SHARED)
        draft->event.kind = reading->map->dated[event].kind;
    tdm_status status = read_cells(&filled, reading, event);
    bool dated = (filled >> TDM__FIELD_OCCURRED & 1) != 0;
    if (status != TDM_OK || (event != TDM__SHARED && !dated))
        return status;
    status = read_constants(reading, filled, event);
    if (status == TDM_OK && !dated && date_stands_in_file(reading))
        status = tdm__note(reading->file, TDM__INFORMATION, "date-missing", reading->table.row, TDM_LIT(""),
                           "the row has no date; it is kept as undated");
    if (status == TDM_OK)
        status = tdm__draft_add(landed, reading->file, draft);
    if (*landed)
        reading->kinds_seen[draft->event.kind / 64] |= UINT64_C(1) << (draft->event.kind % 64);
    return status;
}

void tdm__table_cells(tdm_str *cells, const tdm__table_return *reading, const tdm__table *record)
{
    for (size_t i = 0; i < reading->hash_order_count; i++) {
        uint32_t heading = reading->hash_order[i];
        cells[heading] = cell_of(reading, record, heading);
    }
}

tdm__row_identity tdm__table_identity(const tdm__table_return *reading, const tdm_str *cells, uint64_t hash)
{
    tdm__row_identity row = {.cells = hash};
    if (reading->reference_heading != TDM_NO_INDEX)
        row.reference = cells[reading->reference_heading];
    if (reading->child_heading != TDM_NO_INDEX)
        row.child = cells[reading->child_heading];
    return row;
}

tdm_status tdm__table_row(bool *landed, tdm__table_return *reading, const tdm_str *cells, uint64_t key)
{
    bool event_landed;
    int32_t first = tdm__map_has_own_event(reading->map) ? TDM__SHARED : 0;
    size_t said_before = reading->file->collection->diagnostics.count;
    tdm_status status = TDM_OK;
    *landed = false;
    reading->cells = cells;
    for (int32_t event = first; event < (int32_t)reading->map->dated_count && status == TDM_OK; event++) {
        status = read_event(&event_landed, reading, event, key);
        *landed |= event_landed;
    }
    if (status == TDM_OK && !*landed && first != TDM__SHARED &&
        reading->file->collection->diagnostics.count == said_before)
        status = tdm__note(reading->file, TDM__WARNING, "row-without-event", reading->table.row, TDM_LIT(""),
                           "no dated column of the row is filled; it is set aside");
    return status;
}
