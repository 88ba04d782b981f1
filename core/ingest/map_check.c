/*
 * Holding a map against a file (see map_check.h). The rows are read by the reader itself, for the account;
 * a second walk counts what the diagnostics, which are capped, do not.
 */
#include "ingest/map_check.h"

#include "ingest/map_cells.h"
#include "ingest/table_return.h"

#define ROWS_BETWEEN_POLLS 4096

/* A map without an agency is of a case folder, which would name it. */
#define AGENCY_STANDING_IN "other"

typedef struct checking {
    tdm__map_check *check;
    tdm__collection *collection;
    size_t *at; /* of each binding its column in the table at hand */
    tdm__draft draft;
    tdm__arena scratch;
    tdm__text folded;
    size_t account; /* of the table at hand */
} checking;

/* --- the reader's own account --- */

static tdm_status read_file(tdm__collection *collection, const tdm__map *map, tdm_str map_json,
                            const tdm__mapped_file *mapped, tdm_error *error)
{
    bool named = map->agency.length > 0 || tdm__map_fills(map, TDM__FIELD_AGENCY);
    tdm__return file = {.collection = collection,
                        .name = mapped->name,
                        .content = mapped->content,
                        .map = map_json,
                        .map_is_json = true,
                        .agency = named ? TDM_LIT("") : TDM_LIT(AGENCY_STANDING_IN),
                        .declared = {.received = TDM_DAY_NONE}};
    return tdm__return_read(&file, mapped->format, error);
}

/* --- headings --- */

static tdm_status fold_cell(checking *c, tdm_str cell)
{
    tdm__text_clear(&c->folded);
    return tdm__fold(&c->folded, cell);
}

/* Of a grid the row that the reader takes; of a CSV file the one that the map names. */
static tdm_status find_heading(int32_t *row, checking *c, const tdm__table *table)
{
    size_t matched;
    tdm__return file = {.collection = c->collection, .allocator = c->check->allocator};
    tdm__table_return reading = {.file = &file, .map = c->check->map, .table = *table};
    *row = c->check->map->header_row;
    if (!table->grid)
        return TDM_OK;
    tdm__text_init(&reading.folded, c->check->allocator);
    tdm_status status = tdm__table_find_heading(&matched, &reading);
    tdm__text_free(&reading.folded);
    *row = reading.heading_row;
    return status;
}

static tdm_status add_left(checking *c, tdm_str heading)
{
    tdm__map_check *check = c->check;
    for (size_t i = 0; i < check->left_count; i++)
        if (tdm__str_equal(check->left[i], heading))
            return TDM_OK;
    tdm_str *grown = tdm__grown(check->allocator, check->left, &check->left_capacity, check->left_count + 1,
                                sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    check->left = grown;
    grown[check->left_count] = tdm__arena_copy(&check->arena, heading);
    return grown[check->left_count++].data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status match_column(checking *c, tdm_str cell, size_t column)
{
    const tdm__map *map = c->check->map;
    if (cell.length == 0)
        return TDM_OK;
    if (fold_cell(c, cell) != TDM_OK)
        return TDM_NO_MEMORY;
    uint32_t heading = tdm__dictionary_find(&map->folded, tdm__text_str(&c->folded));
    if (heading == TDM_NO_INDEX)
        return add_left(c, cell);
    for (size_t i = 0; i < map->binding_count; i++)
        if (map->bindings[i].heading == heading && c->at[i] == TDM__NO_COLUMN) {
            c->at[i] = column;
            c->check->columns[i].found = true;
        }
    return TDM_OK;
}

static tdm_status match_columns(checking *c, const tdm__table *table)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < c->check->column_count; i++)
        c->at[i] = TDM__NO_COLUMN;
    for (size_t i = 0; i < table->field_count && status == TDM_OK; i++)
        status = match_column(c, tdm__str_trimmed(table->fields[i]), i);
    return status;
}

/* --- cells --- */

static bool is_not_mapped(tdm__problem problem)
{
    return problem == TDM__PROBLEM_KIND || problem == TDM__PROBLEM_AGENCY || problem == TDM__PROBLEM_THEME ||
           problem == TDM__PROBLEM_WORD || problem == TDM__PROBLEM_FACT_CODE;
}

static tdm_status count_value(checking *c, tdm__check_column *column, tdm_str cell, int32_t row)
{
    uint32_t number;
    column->not_mapped++;
    if (fold_cell(c, cell) != TDM_OK)
        return TDM_NO_MEMORY;
    number = tdm__dictionary_find(&column->seen, tdm__text_str(&c->folded));
    if (number != TDM_NO_INDEX) {
        column->values[number].rows++;
        return TDM_OK;
    }
    column->values_passed = column->value_count == TDM__CHECK_VALUES;
    if (column->values_passed)
        return TDM_OK;
    tdm__check_value *grown = tdm__grown(c->check->allocator, column->values, &column->value_capacity,
                                         column->value_count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    column->values = grown;
    grown[column->value_count] = (tdm__check_value){row, 1};
    if (tdm__dictionary_add(&number, &column->seen, tdm__text_str(&c->folded)) != TDM_OK)
        return TDM_NO_MEMORY;
    column->value_count++;
    return TDM_OK;
}

/* Without an order the reader takes what only one of the two can read. */
static tdm_status read_cell(tdm__problem *out, checking *c, const tdm__binding *binding, tdm_str cell)
{
    tdm_date_rules rules = c->check->map->rules;
    tdm_status status = tdm__map_cell(out, &c->draft, binding, &rules, &c->folded, cell);
    if (status != TDM_OK || *out == TDM__FINE || is_not_mapped(*out) || c->check->map->has_order)
        return status;
    rules.order = TDM_ORDER_UNKNOWN;
    return tdm__map_cell(out, &c->draft, binding, &rules, &c->folded, cell);
}

static tdm_status count_cell(checking *c, size_t binding, tdm_str cell, int32_t row)
{
    tdm__problem problem;
    tdm__check_column *column = &c->check->columns[binding];
    const tdm__map *map = c->check->map;
    column->filled++;
    tdm_status status = read_cell(&problem, c, &map->bindings[binding], cell);
    if (status != TDM_OK || problem == TDM__FINE || problem == TDM__PROBLEM_FACT_KEY)
        return status;
    if (is_not_mapped(problem))
        return count_value(c, column, cell, row);
    if (column->not_read++ == 0)
        column->first_not_read = row;
    return TDM_OK;
}

static tdm_str cell_of(const checking *c, size_t binding, const tdm__table *table)
{
    size_t at = c->at[binding];
    return at < table->field_count ? tdm__str_trimmed(table->fields[at]) : TDM_LIT("");
}

/* Rows of a grid that the reader sets aside before it looks at their cells. */
static tdm_status is_passed(bool *out, checking *c, const tdm__table *table)
{
    const tdm__map *map = c->check->map;
    const tdm__grid_row *row = tdm__table_grid_row(table);
    *out = row && !row->deleted; /* the heading again, unless a cell is another */
    for (size_t i = 0; i < c->check->column_count && *out; i++) {
        if (c->at[i] == TDM__NO_COLUMN)
            continue;
        if (fold_cell(c, cell_of(c, i, table)) != TDM_OK)
            return TDM_NO_MEMORY;
        *out = tdm__str_equal(tdm__text_str(&c->folded), map->headings[map->bindings[i].heading].folded);
    }
    *out = *out || (row && row->deleted);
    return TDM_OK;
}

static tdm_status count_record(checking *c, const tdm__table *table)
{
    bool passed;
    tdm_status status = is_passed(&passed, c, table);
    tdm__arena_reset(&c->scratch);
    tdm__draft_clear(&c->draft);
    for (size_t i = 0; i < c->check->column_count && status == TDM_OK && !passed; i++) {
        tdm_str cell = cell_of(c, i, table);
        if (cell.length > 0)
            status = count_cell(c, i, cell, table->row);
    }
    return status;
}

/* What is wrong with a record is told by the reader. */
static tdm_status next_record(tdm__table *table, bool *more, bool *sound)
{
    tdm_status status = tdm__table_next(table, more, NULL);
    *sound = status == TDM_OK && *more;
    return status == TDM_INVALID_INPUT || (status == TDM_TOO_LARGE && !table->grid) ? TDM_OK : status;
}

static tdm_status walk(checking *c, tdm__table *table, int32_t heading_row, tdm_error *error)
{
    bool more = true, sound;
    tdm_status status = TDM_OK;
    while (status == TDM_OK && more && table->row < heading_row)
        status = next_record(table, &more, &sound);
    if (status == TDM_OK)
        status = match_columns(c, table);
    for (int64_t walked = 1; status == TDM_OK && more; walked++) {
        status = next_record(table, &more, &sound);
        if (status == TDM_OK && sound)
            status = count_record(c, table);
        if (status == TDM_OK && walked % ROWS_BETWEEN_POLLS == 0)
            status = tdm__context_poll(c->collection->context, error);
    }
    return status;
}

/* The reader gave an account for each table, in this order. One set aside whole counts its heading too. */
static bool was_read(checking *c, const tdm__table *table)
{
    size_t at = c->account++;
    return !table->grid || (at < c->collection->account_count &&
                            c->collection->accounts[at].rows < (int64_t)table->grid->row_count);
}

static tdm_status take_table(tdm__table *table, tdm_str sheet, void *payload, tdm_error *error)
{
    int32_t heading_row;
    checking *c = payload;
    (void)sheet;
    if (!was_read(c, table))
        return TDM_OK;
    tdm_status status = find_heading(&heading_row, c, table);
    c->check->tables++;
    return status == TDM_OK ? walk(c, table, heading_row, error) : status;
}

/* --- the whole --- */

static tdm_status name_field(tdm_str *out, tdm__map_check *check, const tdm__how *how)
{
    tdm__text name;
    tdm__text_init(&name, check->allocator);
    tdm__text_puts(&name, tdm__field_name(how->field));
    if (how->field == TDM__FIELD_FACT) {
        tdm__text_char(&name, '.');
        tdm__text_add(&name, how->fact_key);
    }
    *out = tdm__arena_copy(&check->arena, tdm__text_str(&name));
    bool failed = name.failed || !out->data;
    tdm__text_free(&name);
    return failed ? TDM_NO_MEMORY : TDM_OK;
}

static tdm_status list_columns(tdm__map_check *check)
{
    const tdm__map *map = check->map;
    check->columns = tdm__arena_array(&check->arena, map->binding_count + 1, sizeof *check->columns);
    if (!check->columns)
        return TDM_NO_MEMORY;
    check->column_count = map->binding_count;
    for (size_t i = 0; i < map->binding_count; i++) {
        tdm__check_column *column = &check->columns[i];
        column->heading = map->headings[map->bindings[i].heading].written;
        tdm__dictionary_init(&column->seen, check->allocator);
        if (name_field(&column->field, check, &map->bindings[i].how) != TDM_OK)
            return TDM_NO_MEMORY;
    }
    return TDM_OK;
}

static tdm_status walk_file(checking *c, const tdm__mapped_file *file, tdm_error *error)
{
    const tdm__map *map = c->check->map;
    tdm__mapped_file walked = *file;
    walked.encoding = map->encoding;
    walked.delimiter = map->delimiter ? map->delimiter : tdm__csv_guess_delimiter(file->content);
    /* Text with a map is a table, whatever else it looks like. */
    if (file->format.length == 0 && !tdm__looks_like_package(file->content))
        walked.format = TDM_LIT("csv");
    tdm__arena_init(&c->scratch, c->check->allocator);
    tdm__text_init(&c->folded, c->check->allocator);
    tdm__draft_init(&c->draft, c->collection->vocabulary, c->check->allocator, &c->scratch);
    c->at = tdm__arena_array(&c->check->arena, c->check->column_count + 1, sizeof *c->at);
    tdm_status status = c->at ? tdm__mapped_tables(&walked, c->collection, take_table, c, error)
                              : TDM_NO_MEMORY;
    tdm__draft_free(&c->draft);
    tdm__text_free(&c->folded);
    tdm__arena_free(&c->scratch);
    return status;
}

tdm_status tdm__map_check_file(tdm__map_check *out, tdm__collection *collection, const tdm__map *map,
                               tdm_str map_json, const tdm__mapped_file *file, tdm_error *error)
{
    *out = (tdm__map_check){.allocator = &collection->context->allocator, .map = map};
    tdm__arena_init(&out->arena, out->allocator);
    checking c = {.check = out, .collection = collection, .account = collection->account_count};
    tdm_status status = read_file(collection, map, map_json, file, error);
    size_t told = collection->diagnostics.count;
    if (status == TDM_OK)
        status = list_columns(out);
    if (status == TDM_OK)
        status = walk_file(&c, file, error);
    collection->diagnostics.count = told; /* the second walk would tell the form of the file again */
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

void tdm__map_check_free(tdm__map_check *check)
{
    if (!check->allocator)
        return;
    for (size_t i = 0; i < check->column_count; i++) {
        tdm__dictionary_free(&check->columns[i].seen);
        tdm__free(check->allocator, check->columns[i].values);
    }
    tdm__free(check->allocator, check->left);
    tdm__arena_free(&check->arena);
    *check = (tdm__map_check){.column_count = 0};
}
