/*
 * Looking at the tables of a file for a map: which row is the heading, which table has the best one, what
 * stands below it. What columns could be is map_suggest_fields.c's.
 */
#include "ingest/map_suggest.h"

#define HEADING_ROWS_MAX   20   /* above which the heading is looked for */
#define HEADING_ROW_LAST   1000 /* that a map may name */
#define HEADING_BYTES      120  /* longer cells are no headings */
#define ROWS_BETWEEN_POLLS 4096
#define SHOWN_BYTES        400 /* of a cell of the first rows */

typedef struct suggesting {
    tdm__suggestion *suggestion;
    tdm__collection *collection;
    const tdm__map_words *words;
    tdm__text text;
} suggesting;

static void free_table(tdm__suggested_table *table)
{
    if (!table->allocator)
        return;
    for (size_t i = 0; table->columns && i < table->column_count; i++)
        tdm__look_free(&table->columns[i].look, table->allocator);
    tdm__arena_free(&table->arena);
    *table = (tdm__suggested_table){.score = 0};
}

/* Moves on; what is wrong with a record is told when a map reads it. */
static tdm_status next_record(tdm__table *table, bool *more, bool *sound)
{
    tdm_status status = tdm__table_next(table, more, NULL);
    *sound = status == TDM_OK && *more;
    return status == TDM_INVALID_INPUT || (status == TDM_TOO_LARGE && !table->grid) ? TDM_OK : status;
}

/* --- the heading --- */

static bool is_word(tdm_str cell)
{
    for (size_t i = 0; i < cell.length; i++) {
        unsigned char c = (unsigned char)cell.data[i];
        if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            return true;
    }
    return false;
}

/* A known word counts for five; a date, a number or a text speaks against a heading. */
static tdm_status score_cell(int32_t *score, suggesting *s, tdm_str cell)
{
    tdm_day day;
    tdm__nearness nearness;
    if (cell.length == 0)
        return TDM_OK;
    if (cell.length > HEADING_BYTES || !is_word(cell) || tdm__cell_is_date(&day, cell)) {
        *score -= 4;
        return TDM_OK;
    }
    tdm__text_clear(&s->text);
    if (tdm__plain_words(&s->text, cell) != TDM_OK)
        return TDM_NO_MEMORY;
    tdm__heading_near(&nearness, s->words, tdm__text_str(&s->text), NULL, NULL);
    *score += nearness == TDM__SAME ? 5 : 1;
    return TDM_OK;
}

static tdm_status score_record(int32_t *score, suggesting *s, const tdm__table *table)
{
    tdm_status status = TDM_OK;
    *score = 0;
    for (size_t c = 0; c < table->field_count && c < TDM__SUGGEST_COLUMNS && status == TDM_OK; c++)
        status = score_cell(score, s, tdm__str_trimmed(table->fields[c]));
    return status;
}

/* A lone cell above the heading is a title. */
static tdm_status find_heading(tdm__suggested_table *out, suggesting *s, const tdm__table *table)
{
    tdm__table ahead;
    bool more = true, sound;
    size_t widest = 0;
    tdm_status status = tdm__table_ahead(&ahead, table, 1);
    for (int i = 0; i < HEADING_ROWS_MAX && more && status == TDM_OK; i++) {
        int32_t score = 0;
        status = next_record(&ahead, &more, &sound);
        if (status != TDM_OK || !sound || ahead.filled == 0 || ahead.row > HEADING_ROW_LAST)
            continue;
        status = score_record(&score, s, &ahead);
        bool wider = ahead.filled > 1 && widest <= 1;
        if (score > 0 && (score > out->score || wider)) {
            out->score = score;
            out->heading_row = ahead.row;
            widest = ahead.filled;
        }
    }
    tdm__table_free(&ahead);
    return status;
}

static bool is_twin(const tdm__suggested_table *table, size_t at, const uint32_t *numbers)
{
    for (size_t i = 0; i < at; i++)
        if (numbers[i] == numbers[at] && table->columns[i].heading.length > 0)
            return true;
    return false;
}

/* Headings that are one but for case and spaces: a map can name only the first. */
static tdm_status find_twins(tdm__suggested_table *table, suggesting *s)
{
    tdm__dictionary folded;
    tdm_status status = TDM_OK;
    uint32_t *numbers = tdm__arena_array(&table->arena, table->column_count, sizeof *numbers);
    if (!numbers)
        return TDM_NO_MEMORY;
    tdm__dictionary_init(&folded, table->allocator);
    for (size_t i = 0; i < table->column_count && status == TDM_OK; i++) {
        tdm__suggested_column *column = &table->columns[i];
        tdm__text_clear(&s->text);
        status = tdm__fold(&s->text, column->heading);
        if (status == TDM_OK)
            status = tdm__dictionary_add(&numbers[i], &folded, tdm__text_str(&s->text));
        if (column->heading.length == 0)
            column->reason = TDM__NO_HEADING;
        else if (status == TDM_OK && is_twin(table, i, numbers))
            column->reason = TDM__HEADING_TWICE;
    }
    tdm__dictionary_free(&folded);
    return status;
}

static tdm_status read_heading(tdm__suggested_table *out, suggesting *s, const tdm__table *table)
{
    size_t width = table->filled;
    out->columns_passed = width > TDM__SUGGEST_COLUMNS;
    out->column_count = out->columns_passed ? TDM__SUGGEST_COLUMNS : width;
    out->columns = tdm__arena_array(&out->arena, out->column_count, sizeof *out->columns);
    out->cells = tdm__arena_array(&out->arena, out->column_count * TDM__SUGGEST_ROWS, sizeof *out->cells);
    if (!out->columns || !out->cells)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < out->column_count; i++) {
        tdm__suggested_column *column = &out->columns[i];
        tdm__look_init(&column->look, out->allocator);
        column->field = TDM__FIELDS;
        column->fact = TDM_NO_INDEX;
        column->to = TDM_LIT("");
        column->reason = TDM__NOT_KNOWN;
        column->heading = tdm__arena_copy(&out->arena, tdm__str_trimmed(table->fields[i]));
        if (!column->heading.data)
            return TDM_NO_MEMORY;
    }
    return find_twins(out, s);
}

/* --- rows --- */

/* Not amid a letter. */
static tdm_str cut(tdm_str text, size_t limit)
{
    if (text.length <= limit)
        return text;
    while (limit > 0 && ((unsigned char)text.data[limit] & 0xC0) == 0x80)
        limit--;
    return (tdm_str){text.data, limit};
}

static tdm_status keep_cells(tdm__suggested_table *out, const tdm__table *table)
{
    if (out->cell_row_count == TDM__SUGGEST_ROWS)
        return TDM_OK;
    tdm_str *cells = out->cells + out->cell_row_count * out->column_count;
    for (size_t i = 0; i < out->column_count; i++) {
        tdm_str cell = i < table->field_count ? tdm__str_trimmed(table->fields[i]) : TDM_LIT("");
        cells[i] = tdm__arena_copy(&out->arena, cut(cell, SHOWN_BYTES));
        if (!cells[i].data)
            return TDM_NO_MEMORY;
    }
    out->cell_rows[out->cell_row_count++] = table->row;
    return TDM_OK;
}

/* A table that runs over pages may have its heading on each; a reader sets those rows aside. */
static bool repeats_heading(const tdm__suggested_table *out, const tdm__table *table)
{
    for (size_t i = 0; i < out->column_count; i++) {
        tdm_str cell = i < table->field_count ? tdm__str_trimmed(table->fields[i]) : TDM_LIT("");
        if (!tdm__str_equal(cell, out->columns[i].heading))
            return false;
    }
    return true;
}

static tdm_status look_at_record(tdm__suggested_table *out, suggesting *s, const tdm__table *table)
{
    const tdm__grid_row *row = tdm__table_grid_row(table);
    if (table->filled == 0 || (row && (row->deleted || repeats_heading(out, table))))
        return TDM_OK;
    tdm_status status = keep_cells(out, table);
    for (size_t i = 0; i < out->column_count && i < table->field_count && status == TDM_OK; i++) {
        tdm_str cell = tdm__str_trimmed(table->fields[i]);
        if (cell.length > 0)
            status = tdm__look_at_cell(&out->columns[i].look, &out->arena, &s->text, cell, out->rows);
    }
    out->rows++;
    return status;
}

static tdm_status look_at_rows(tdm__suggested_table *out, suggesting *s, tdm__table *table, tdm_error *error)
{
    bool more = true, sound;
    tdm_status status = TDM_OK;
    while (status == TDM_OK && more && table->row < out->heading_row)
        status = next_record(table, &more, &sound);
    if (status == TDM_OK)
        status = read_heading(out, s, table);
    for (int64_t walked = 1; status == TDM_OK && more; walked++) {
        status = next_record(table, &more, &sound);
        if (status == TDM_OK && sound)
            status = look_at_record(out, s, table);
        if (status == TDM_OK && walked % ROWS_BETWEEN_POLLS == 0)
            status = tdm__context_poll(s->collection->context, error);
    }
    return status;
}

/* --- the tables --- */

static tdm_status add_sheet(tdm__suggestion *suggestion, tdm_str name)
{
    tdm__suggested_sheet *grown = tdm__grown(suggestion->allocator, suggestion->sheets,
                                             &suggestion->sheet_capacity, suggestion->sheet_count + 1,
                                             sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    suggestion->sheets = grown;
    tdm_str copy = tdm__arena_copy(&suggestion->arena, name);
    grown[suggestion->sheet_count++] = (tdm__suggested_sheet){.name = copy};
    return copy.data ? TDM_OK : TDM_NO_MEMORY;
}

static uint64_t hash_headings(const tdm__suggested_table *table)
{
    uint64_t hash = 1;
    for (size_t i = 0; i < table->column_count; i++)
        hash = tdm__cells_hash(hash, table->columns[i].heading);
    return hash == 0 ? 1 : hash;
}

/* Of tables with one heading the longer one says more. */
static bool is_better(const tdm__suggested_table *a, const tdm__suggested_table *b)
{
    return a->score != b->score ? a->score > b->score : a->rows > b->rows;
}

static tdm_status take_table(tdm__table *table, tdm_str sheet, void *payload, tdm_error *error)
{
    suggesting *s = payload;
    tdm__suggestion *suggestion = s->suggestion;
    tdm__suggested_table looked = {.allocator = suggestion->allocator, .sheet = suggestion->sheet_count};
    tdm__arena_init(&looked.arena, suggestion->allocator);
    tdm_status status = add_sheet(suggestion, sheet);
    if (status == TDM_OK)
        status = find_heading(&looked, s, table);
    if (status == TDM_OK && looked.heading_row > 0)
        status = look_at_rows(&looked, s, table, error);
    if (status == TDM_OK && looked.heading_row > 0) {
        tdm__suggested_sheet *at = &suggestion->sheets[looked.sheet];
        at->headings = hash_headings(&looked);
        at->has_rows = looked.rows > 0;
    }
    if (status == TDM_OK && looked.heading_row > 0 && is_better(&looked, &suggestion->table)) {
        free_table(&suggestion->table);
        suggestion->table = looked;
        return TDM_OK;
    }
    free_table(&looked);
    return status;
}

static bool maps_any(const tdm__suggested_table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].to.length > 0)
            return true;
    return false;
}

static tdm_status check_agency(const tdm__collection *collection, tdm_str agency, tdm_error *error)
{
    if (agency.length == 0 || tdm__vocabulary_agency(collection->vocabulary, agency) != TDM_NO_INDEX)
        return TDM_OK;
    return tdm__fail(error, TDM_INVALID_ARG, "agency: expected a code of agencies.csv");
}

tdm_status tdm__map_suggest(tdm__suggestion *out, tdm__collection *collection, const tdm__map_words *words,
                            const tdm__mapped_file *file, tdm_str agency, tdm_error *error)
{
    *out = (tdm__suggestion){.allocator = &collection->context->allocator, .file = *file, .agency = agency};
    tdm__arena_init(&out->arena, out->allocator);
    suggesting s = {.suggestion = out, .collection = collection, .words = words};
    tdm__text_init(&s.text, out->allocator);
    tdm_status status = check_agency(collection, agency, error);
    if (status == TDM_OK)
        status = tdm__mapped_tables(&out->file, collection, take_table, &s, error);
    if (status == TDM_OK && !out->table.allocator)
        status = tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){file->name, 0, 0},
                              "no row among the first 20 of a table looks like headings");
    if (status == TDM_OK)
        status = tdm__suggest_fields(&out->table, words, collection->vocabulary);
    if (status == TDM_OK && !maps_any(&out->table))
        status =
            tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){file->name, out->table.heading_row, 0},
                         "neither the headings in this row nor the cells below it say what any column is");
    tdm__text_free(&s.text);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

void tdm__suggestion_free(tdm__suggestion *suggestion)
{
    if (!suggestion->allocator)
        return;
    free_table(&suggestion->table);
    tdm__free(suggestion->allocator, suggestion->sheets);
    tdm__arena_free(&suggestion->arena);
    *suggestion = (tdm__suggestion){.sheet_count = 0};
}
