/*
 * A table under its column map: the heading, what can be told of a whole column, and the walk over the
 * rows with their account. What one row means is table_row.c's.
 */
#include "ingest/row_blocks.h"

#include "base/context.h"

#define ROWS_BETWEEN_POLLS 4096
#define HEADING_ROWS_MAX   20   /* above which the heading of a grid is looked for */
#define HEADING_BYTES_MAX  4096 /* longer ones are no headings */

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
static void kinds_of_map(uint64_t *bits, const tdm__table_return *reading)
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

/* Facts that the map's constants or a column of this file fill, of any event or of that dated column. */
static uint64_t facts_of_map(const tdm__table_return *reading, int32_t event)
{
    uint64_t facts = 0;
    const tdm__map *map = reading->map;
    for (size_t i = 0; i < map->constant_count; i++)
        if (map->constants[i].how.field == TDM__FIELD_FACT && map->constants[i].how.fact != TDM_NO_INDEX)
            facts |= UINT64_C(1) << map->constants[i].how.fact;
    for (size_t i = 0; i < map->binding_count; i++) {
        const tdm__binding *binding = &map->bindings[i];
        bool is_here = (binding->event == TDM__SHARED || binding->event == event) &&
                       reading->columns[binding->heading].at != TDM__NO_COLUMN;
        if (is_here && binding->how.field == TDM__FIELD_FACT && binding->how.fact != TDM_NO_INDEX)
            facts |= UINT64_C(1) << binding->how.fact;
    }
    return facts;
}

/* What a kind may be told with: as an entry of its own, and in dated columns of it or of what it closes. */
static uint64_t facts_of_kind(const tdm__table_return *reading, uint32_t kind)
{
    const tdm__map *map = reading->map;
    uint64_t facts = facts_of_map(reading, TDM__SHARED);
    for (size_t i = 0; i < map->dated_count; i++)
        if (map->dated[i].kind == kind || reading->file->closer[map->dated[i].kind] == kind)
            facts |= facts_of_map(reading, (int32_t)i);
    return facts;
}

/* The kinds of a bit set, each with its facts, as a list in the file's arena. */
static tdm_status list_kinds(tdm__rows_from *rows, tdm__table_return *reading, const uint64_t *bits)
{
    tdm__return *file = reading->file;
    size_t kind_count = file->collection->vocabulary->kind_count;
    uint32_t *kinds = tdm__arena_array(&file->arena, kind_count + 1, sizeof *kinds);
    uint64_t *facts = tdm__arena_array(&file->arena, kind_count + 1, sizeof *facts);
    if (!kinds || !facts)
        return TDM_NO_MEMORY;
    for (uint32_t kind = 0; kind < kind_count; kind++)
        if (bits[kind / 64] >> (kind % 64) & 1) {
            facts[rows->carry_count] = facts_of_kind(reading, kind);
            kinds[rows->carry_count++] = kind;
        }
    rows->carries = kinds;
    rows->carries_facts = facts;
    return TDM_OK;
}

static tdm_status register_source(tdm__table_return *reading)
{
    tdm__return *file = reading->file;
    tdm__rows_from rows = {.agency = reading->agency,
                           .map = reading->map_name,
                           .sheet = reading->sheet,
                           .in_part = reading->map->in_part,
                           .in_part_count = reading->map->in_part_count,
                           .text_kept = !reading->table.grid};
    uint64_t *bits = tdm__arena_array(&file->arena, TDM_KINDS_MAX / 64, sizeof *bits);
    if (!bits)
        return TDM_NO_MEMORY;
    kinds_of_map(bits, reading);
    tdm_status status = list_kinds(&rows, reading, bits);
    return status == TDM_OK ? tdm__return_source(&reading->source, file, &rows) : status;
}

static tdm_status register_kinds_seen(tdm__table_return *reading)
{
    tdm__rows_from seen = {.carry_count = 0};
    tdm_status status = list_kinds(&seen, reading, reading->kinds_seen);
    if (status != TDM_OK)
        return status;
    return tdm__builder_source_carries(reading->file->collection->builder, reading->source, seen.carries,
                                       seen.carries_facts, seen.carry_count);
}

/* --- the heading --- */

static tdm_status note_unmapped(tdm__table_return *reading, size_t column)
{
    tdm_str heading = tdm__str_trimmed(reading->table.fields[column]);
    if (heading.length == 0)
        return TDM_OK;
    if (heading.length > 80)
        heading.length = 80;
    return tdm__note(reading->file, TDM__WARNING, "heading-not-mapped", reading->table.row, heading,
                     "the map neither uses this column nor ignores it");
}

static tdm_status match_heading(tdm__table_return *reading, size_t column, size_t *matched)
{
    tdm__text_clear(&reading->folded);
    if (tdm__fold(&reading->folded, reading->table.fields[column]) != TDM_OK)
        return TDM_NO_MEMORY;
    uint32_t heading = tdm__dictionary_find(&reading->map->folded, tdm__text_str(&reading->folded));
    if (heading == TDM_NO_INDEX)
        return TDM_OK;
    (*matched)++;
    if (reading->columns[heading].at != TDM__NO_COLUMN)
        return tdm__note(reading->file, TDM__WARNING, "heading-twice", reading->table.row,
                         reading->map->headings[heading].written,
                         "this heading stands twice; the first column is read");
    reading->columns[heading].at = column;
    return TDM_OK;
}

/* What stands over each column of a grid, for what is told of its cells. */
static tdm_status list_columns(tdm__table_return *reading)
{
    size_t width = reading->table.field_count;
    uint32_t *over = tdm__alloc_zeroed(reading->file->allocator, width + 1, sizeof *over);
    if (!over)
        return TDM_NO_MEMORY;
    for (size_t c = 0; c < width; c++) {
        bool blank = tdm__str_trimmed(reading->table.fields[c]).length == 0;
        over[c] = blank && c < reading->heading_width ? TDM__NO_HEADING : TDM_NO_INDEX;
    }
    for (uint32_t h = 0; h < reading->map->folded.count; h++)
        if (reading->map->headings[h].mapped && reading->columns[h].at != TDM__NO_COLUMN)
            over[reading->columns[h].at] = h;
    reading->heading_over = over;
    return TDM_OK;
}

static tdm_status note_headings(tdm__table_return *reading)
{
    tdm_status status = TDM_OK;
    const tdm__map *map = reading->map;
    for (uint32_t h = 0; h < map->folded.count && status == TDM_OK; h++)
        if (map->headings[h].mapped && reading->columns[h].at == TDM__NO_COLUMN)
            status = tdm__note(reading->file, TDM__ERROR, "heading-missing", reading->table.row,
                               map->headings[h].written, "the map uses this heading and the file has none");
    for (size_t c = 0; c < reading->table.field_count && status == TDM_OK; c++) {
        tdm__text_clear(&reading->folded);
        if (tdm__fold(&reading->folded, reading->table.fields[c]) != TDM_OK)
            return TDM_NO_MEMORY;
        if (tdm__dictionary_find(&map->folded, tdm__text_str(&reading->folded)) == TDM_NO_INDEX)
            status = note_unmapped(reading, c);
    }
    return status;
}

/* How many of the map's headings stand in the record at hand. */
static tdm_status count_headings(size_t *count, tdm__table_return *reading, const tdm__table *table)
{
    *count = 0;
    for (size_t c = 0; c < table->field_count; c++) {
        if (table->fields[c].length == 0 || table->fields[c].length > HEADING_BYTES_MAX)
            continue;
        tdm__text_clear(&reading->folded);
        if (tdm__fold(&reading->folded, table->fields[c]) != TDM_OK)
            return TDM_NO_MEMORY;
        uint32_t heading = tdm__dictionary_find(&reading->map->folded, tdm__text_str(&reading->folded));
        *count += heading != TDM_NO_INDEX && reading->map->headings[heading].mapped;
    }
    return TDM_OK;
}

tdm_status tdm__table_find_heading(size_t *matched, tdm__table_return *reading)
{
    tdm__table ahead;
    bool more = true;
    *matched = 0;
    tdm_status status = tdm__table_ahead(&ahead, &reading->table, 1);
    int32_t given = reading->map->has_header_row ? reading->map->header_row : 0;
    for (int32_t left = given ? given : HEADING_ROWS_MAX; more && left > 0 && status == TDM_OK; left--) {
        size_t count = 0;
        status = tdm__table_next(&ahead, &more, NULL);
        if (status == TDM_OK && more && (given == 0 || ahead.row == given))
            status = count_headings(&count, reading, &ahead);
        if (count > *matched) {
            *matched = count;
            reading->heading_row = ahead.row;
        }
    }
    tdm__table_free(&ahead);
    return status;
}

/* Moves to the heading; what stands above it is a title. */
static tdm_status go_to_heading(tdm__table_return *reading, tdm_error *error)
{
    bool more = true;
    int32_t heading_row = reading->table.grid ? reading->heading_row : reading->map->header_row;
    tdm_place place = {reading->file->name, heading_row, 0};
    do {
        /* What is wrong with lines above the heading does not matter. */
        tdm_status status = tdm__table_next(&reading->table, &more, error);
        if (status == TDM_IO)
            return status;
        if (status != TDM_OK && (status == TDM_NO_MEMORY || reading->table.row >= heading_row))
            return tdm__fail_at(error, status, place, "the heading cannot be read");
    } while (more && reading->table.row < heading_row);
    reading->heading_row = reading->table.row;
    if (!more)
        return tdm__fail_at(error, TDM_INVALID_INPUT, place, "the file ends before its heading");
    return TDM_OK;
}

static tdm_status read_heading(tdm__table_return *reading, tdm_error *error)
{
    const tdm__map *map = reading->map;
    size_t matched = 0;
    reading->columns = tdm__arena_array(&reading->file->arena, map->folded.count + 1,
                                        sizeof *reading->columns);
    if (!reading->columns)
        return TDM_NO_MEMORY;
    for (size_t h = 0; h < map->folded.count; h++)
        reading->columns[h] = (tdm__column){TDM__NO_COLUMN, map->rules};
    tdm_status status = go_to_heading(reading, error);
    if (status != TDM_OK)
        return status;
    reading->heading_width = reading->table.filled;
    for (size_t column = 0; column < reading->table.field_count; column++)
        if (match_heading(reading, column, &matched) != TDM_OK)
            return TDM_NO_MEMORY;
    if (matched == 0)
        return tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){reading->file->name, reading->table.row, 0},
                            "none of the headings that the map names stands in this line");
    if (reading->table.grid && list_columns(reading) != TDM_OK)
        return TDM_NO_MEMORY;
    return note_headings(reading);
}

/* --- the order of day and month in a column --- */

bool tdm__table_holds_dates(const tdm__table_return *reading, const tdm__binding *binding)
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
static size_t undecided_columns(uint32_t *out, const tdm__table_return *reading)
{
    size_t count = 0;
    for (size_t i = 0; i < reading->map->binding_count; i++) {
        const tdm__binding *binding = &reading->map->bindings[i];
        const tdm__column *column = &reading->columns[binding->heading];
        bool known = false;
        for (size_t k = 0; k < count; k++)
            known |= out[k] == binding->heading;
        if (tdm__table_holds_dates(reading, binding) && column->at != TDM__NO_COLUMN && !known)
            out[count++] = binding->heading;
    }
    return count;
}

static tdm_status look_at_dates(tdm__table_return *reading, const tdm__table *ahead, uint32_t *headings,
                                size_t *count)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < *count && status == TDM_OK; i++) {
        tdm__column *column = &reading->columns[headings[i]];
        if (column->at >= ahead->field_count ||
            !is_month_first_only(tdm__str_trimmed(ahead->fields[column->at]), &column->rules))
            continue;
        column->rules.order = TDM_ORDER_UNKNOWN;
        status = tdm__note(reading->file, TDM__WARNING, "date-order-doubtful", ahead->row,
                           reading->map->headings[headings[i]].written,
                           "this row can only be read month first, and the map gives no order: dates of this "
                           "column that can be read both ways become the stretch between the two readings");
        headings[i--] = headings[--*count];
    }
    return status;
}

/* A walk over the whole table: one month-first date casts doubt on those above it too. */
static tdm_status find_doubtful_orders(tdm__table_return *reading, tdm_error *error)
{
    tdm__table ahead;
    bool more = true;
    uint32_t *headings = tdm__arena_array(&reading->file->arena, reading->map->binding_count + 1,
                                          sizeof *headings);
    if (!headings)
        return TDM_NO_MEMORY;
    size_t count = undecided_columns(headings, reading);
    tdm_status status = tdm__table_ahead(&ahead, &reading->table, 1);
    ahead.csv.fields_wanted = 1;
    for (size_t i = 0; i < count; i++)
        if (reading->columns[headings[i]].at >= ahead.csv.fields_wanted)
            ahead.csv.fields_wanted = reading->columns[headings[i]].at + 1;
    while (more && count > 0 && status == TDM_OK) {
        status = tdm__table_next(&ahead, &more, error);
        if (status == TDM_OK && more)
            status = look_at_dates(reading, &ahead, headings, &count);
        else if (tdm__table_record_failed(status))
            status = TDM_OK; /* told when the rows are read */
    }
    tdm__table_free(&ahead);
    return status;
}

/*
 * Only where the map leaves the order open. A grid is walked at once; lines of a file only when the first
 * date comes that begins with a day or a month: no file that writes the year first is walked twice.
 */
static tdm_status begin_orders(tdm__table_return *reading, tdm_error *error)
{
    reading->error = error;
    reading->orders_open = !reading->map->has_order && !reading->table.grid;
    if (reading->map->has_order || !reading->table.grid)
        return TDM_OK;
    return find_doubtful_orders(reading, error);
}

/* The table stands behind its heading as long as lines are read: they come from a walk of their own. */
tdm_status tdm__table_settle_orders(tdm__table_return *reading)
{
    int32_t row = reading->table.row;
    reading->orders_open = false;
    tdm_status status = find_doubtful_orders(reading, reading->error);
    reading->table.row = row;
    return status;
}

/* --- rows --- */

static tdm_status note_length(tdm__table_return *reading)
{
    if (reading->table.filled <= reading->heading_width)
        return TDM_OK;
    return tdm__note(reading->file, TDM__WARNING, "row-too-long", reading->table.row, TDM_LIT(""),
                     "the row has more cells than the heading; those behind it are not read");
}

static tdm_status count_row(tdm__return *file, bool landed)
{
    file->rows++;
    file->read += landed;
    file->set_aside += !landed;
    return TDM_OK;
}

static tdm_status read_grid_row(tdm__table_return *reading, tdm_str *cells)
{
    uint64_t key = 0;
    bool landed = false, taken = true;
    tdm__return *file = reading->file;
    if (reading->table.filled == 0)
        return TDM_OK;
    tdm_status status = note_length(reading);
    if (status == TDM_OK)
        status = tdm__table_look_at_row(&taken, reading);
    if (status == TDM_OK && taken) {
        tdm__table_cells(cells, reading, &reading->table);
        uint64_t hash = 0;
        for (size_t i = 0; i < reading->hash_order_count; i++)
            hash = tdm__cells_hash(hash, cells[reading->hash_order[i]]);
        tdm__row_identity identity = tdm__table_identity(reading, cells, hash);
        status = tdm__row_key(&key, &file->keys, &identity);
    }
    if (status == TDM_OK && taken)
        status = tdm__table_row(&landed, reading, cells, key);
    return status == TDM_OK ? count_row(file, landed) : status;
}

static tdm_status read_ready_row(tdm__table_return *reading, const tdm__ready_row *row, const tdm_str *cells)
{
    bool landed = false;
    reading->table.row = row->line;
    reading->table.filled = row->filled;
    tdm_status status = note_length(reading);
    if (status == TDM_OK)
        status = tdm__table_row(&landed, reading, cells, row->key);
    return status == TDM_OK ? count_row(reading->file, landed) : status;
}

static tdm_status set_record_aside(tdm__table_return *reading, const tdm_error *why)
{
    reading->file->rows++;
    reading->file->set_aside++;
    return tdm__note(reading->file, TDM__ERROR, "row-not-read", why->line, TDM_LIT(""), "%s", why->message);
}

static tdm_status read_grid(tdm__table_return *reading, tdm_error *error)
{
    bool more = true;
    tdm_str *cells = tdm__arena_array(&reading->file->arena, reading->map->folded.count + 1, sizeof *cells);
    tdm_status status = cells ? TDM_OK : TDM_NO_MEMORY;
    for (int64_t walked = 1; more && status == TDM_OK; walked++) {
        status = tdm__table_next(&reading->table, &more, error);
        if (status == TDM_OK && more)
            status = read_grid_row(reading, cells);
        if (status == TDM_OK && walked % ROWS_BETWEEN_POLLS == 0)
            status = tdm__context_poll(reading->file->collection->context, error);
    }
    return status;
}

/* The children of a block are looked up in a table that no cache holds: asked for all at once. */
static void expect_children(const tdm__table_return *reading, const tdm__plain_rows *plain,
                            const tdm__row_block *block)
{
    size_t count = 0;
    tdm_str children[TDM__BLOCK_ROWS];
    for (size_t i = 0; i < block->count; i++)
        if (!plain->is_plain[i])
            children[count++] = block->rows[i].identity.child;
    tdm__builder_expect_children(reading->file->collection->builder, children, count);
}

static tdm_status read_rows(tdm__table_return *reading, tdm__row_blocks *blocks, const tdm__row_block *block)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < block->count && status == TDM_OK;) {
        size_t plain = tdm__plain_rows_run(&blocks->plain, block, i);
        if (plain > 0) {
            status = tdm__plain_rows_add(&blocks->plain, block, i, plain);
            reading->file->rows += (int64_t)plain;
            reading->file->read += (int64_t)plain;
            i += plain;
        } else {
            status = read_ready_row(reading, &block->rows[i], block->cells + i * blocks->width);
            i++;
        }
    }
    return status;
}

static tdm_status read_block(tdm__table_return *reading, tdm__row_blocks *blocks, const tdm__row_block *block,
                             tdm_error *error)
{
    expect_children(reading, &blocks->plain, block);
    if (reading->table.window)
        tdm__builder_source_window(reading->file->collection->builder, reading->source, block->text,
                                   block->text_at);
    tdm_status status = read_rows(reading, blocks, block);
    if (status == TDM_OK && tdm__table_record_failed(block->status))
        return set_record_aside(reading, &block->why);
    if (status == TDM_OK && block->status == TDM_IO && error)
        *error = block->why;
    return status == TDM_OK ? block->status : status;
}

static tdm_status poll(const tdm__table_return *reading, uint64_t read_until, tdm_error *error)
{
    const tdm__collection *c = reading->file->collection;
    if (!c->part)
        tdm__context_progress(c->context, "read", "bytes", read_until, tdm__table_length(&reading->table));
    return tdm__context_poll(c->context, error);
}

static tdm_status read_lines(tdm__table_return *reading, tdm_error *error)
{
    tdm__row_blocks blocks;
    const tdm__row_block *block;
    size_t unpolled = 0;
    tdm_status status = tdm__row_blocks_open(&blocks, reading, reading->file->collection->jobs);
    while (status == TDM_OK && (block = tdm__row_blocks_next(&blocks)) != NULL) {
        status = read_block(reading, &blocks, block, error);
        unpolled += block->count + 1; /* the one behind the rows may be one that could not be read */
        if (status != TDM_OK || unpolled < ROWS_BETWEEN_POLLS)
            continue;
        status = poll(reading, block->read_until, error);
        unpolled = 0;
    }
    tdm__row_blocks_close(&blocks);
    if (reading->table.window) /* what it held is gone */
        tdm__builder_source_window(reading->file->collection->builder, reading->source, (tdm_str){NULL, 0},
                                   0);
    return status;
}

tdm_status tdm__table_return_read(tdm__table_return *reading, tdm_error *error)
{
    const tdm__input_part *part = reading->file->collection->part;
    tdm_status status = read_heading(reading, error);
    if (status == TDM_OK && part && !reading->table.grid)
        reading->table.csv.next_line += part->lines_before;
    if (status == TDM_OK)
        status = begin_orders(reading, error);
    if (status == TDM_OK)
        status = register_source(reading);
    if (status == TDM_OK)
        status = tdm__table_rows_prepare(reading);
    if (status == TDM_OK)
        status = reading->table.grid ? read_grid(reading, error) : read_lines(reading, error);
    /* Of a part the map alone says what the return could hold: the other parts have not seen these rows. */
    if (status == TDM_OK && !part)
        status = register_kinds_seen(reading);
    return status;
}

tdm_status tdm__table_return_init(tdm__table_return *reading, tdm__return *file, const tdm__map *map,
                                  tdm_str map_name, tdm_error *error)
{
    *reading = (tdm__table_return){.file = file, .map = map, .map_name = map_name};
    tdm__arena_init(&reading->scratch, file->allocator);
    tdm__text_init(&reading->folded, file->allocator);
    tdm__draft_init(&reading->draft, file->collection->vocabulary, file->allocator, &reading->scratch);
    reading->agency = file->agency.length > 0 ? file->agency : map->agency;
    if (reading->agency.length > 0 || tdm__map_fills(map, TDM__FIELD_AGENCY))
        return TDM_OK;
    return tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){map_name, 0, 0},
                        "column map: \"agency\" is missing, and no column gives it");
}

void tdm__table_return_free(tdm__table_return *reading)
{
    if (!reading->file)
        return;
    tdm__table_rows_free(reading);
    tdm__free(reading->file->allocator, reading->heading_over);
    tdm__table_free(&reading->table);
    tdm__draft_free(&reading->draft);
    tdm__text_free(&reading->folded);
    tdm__arena_free(&reading->scratch);
}
