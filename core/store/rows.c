/*
 * See rows.h. Every value is checked on its way out: the file may have been written by anybody.
 */
#include "store/rows.h"

#include <string.h>

const char *tdm__code_of(const tdm__codes *codes, uint32_t number)
{
    return number < codes->count ? codes->codes[number] : "";
}

bool tdm__code_find(uint32_t *out, const tdm__codes *codes, tdm_str text)
{
    *out = 0;
    for (uint32_t i = 0; i < codes->count; i++)
        if (tdm__str_equal(text, tdm__str(codes->codes[i]))) {
            *out = i;
            return true;
        }
    return false;
}

size_t tdm__page_limit(size_t limit)
{
    if (limit < 1)
        return 1;
    return limit > TDM_PAGE_MOST ? TDM_PAGE_MOST : limit;
}

bool tdm__page_cut(size_t *count, size_t limit)
{
    size_t most = tdm__page_limit(limit);
    bool more = *count > most;
    *count = more ? most : *count;
    return more;
}

tdm_status tdm__work_fail(const tdm__work *work, tdm_status status, const char *message, tdm_error *error)
{
    return tdm__store_fail(&work->store, status, message, error);
}

/* --- a struct into cells --- */

static tdm__cell member_cell(const tdm__row_column *column, const void *at)
{
    switch (column->type) {
    case TDM__ROW_TEXT:
        return tdm__cell_text(*(const tdm_str *)at);
    case TDM__ROW_OPTIONAL_TEXT:
        return tdm__cell_optional_text(*(const tdm_str *)at);
    case TDM__ROW_BYTES:
        return tdm__cell_bytes(*(const tdm_str *)at);
    case TDM__ROW_NUMBER:
        return tdm__cell_number(*(const int64_t *)at);
    case TDM__ROW_DAY:
        return tdm__cell_number(*(const tdm_day *)at);
    case TDM__ROW_FLAG:
        return tdm__cell_number(*(const bool *)at);
    case TDM__ROW_CODE:
        return tdm__cell_text(tdm__str(tdm__code_of(column->codes, *(const uint32_t *)at)));
    case TDM__ROW_RANK:
        break;
    }
    return tdm__cell_number(*(const uint32_t *)at);
}

void tdm__rows_cells(tdm__cell *out, const tdm__row_shape *shape, const void *item)
{
    for (size_t i = 0; i < shape->count; i++)
        out[i] = member_cell(&shape->columns[i], (const char *)item + shape->columns[i].offset);
}

/* --- cells into a struct --- */

static bool number_within(const tdm__cell *cell, int64_t least, int64_t most)
{
    return cell->type == TDM__CELL_NUMBER && cell->number >= least && cell->number <= most;
}

static bool is_bytes(const tdm__row_column *column, const tdm__cell *cell)
{
    if (cell->type == TDM__CELL_NULL)
        return column->type == TDM__ROW_OPTIONAL_TEXT;
    return cell->type == (column->type == TDM__ROW_BYTES ? TDM__CELL_BYTES : TDM__CELL_TEXT);
}

static tdm_status take_bytes(tdm_str *out, tdm__work *work, tdm__arena *arena, const tdm__row_column *column,
                             const tdm__cell *cell, tdm_error *error)
{
    if (!is_bytes(column, cell))
        return tdm__store_damaged(&work->store, error);
    *out = tdm__arena_copy(arena, cell->text);
    return out->data ? TDM_OK : tdm__no_memory(error);
}

/* false: a value that is never written. */
static bool take_number(void *at, const tdm__row_column *column, const tdm__cell *cell)
{
    switch (column->type) {
    case TDM__ROW_DAY:
        *(tdm_day *)at = (tdm_day)cell->number;
        return number_within(cell, INT32_MIN, INT32_MAX);
    case TDM__ROW_FLAG:
        *(bool *)at = cell->number != 0;
        return number_within(cell, 0, 1);
    case TDM__ROW_RANK:
        *(uint32_t *)at = (uint32_t)cell->number;
        return number_within(cell, 0, column->codes->count - 1);
    case TDM__ROW_CODE:
        return cell->type == TDM__CELL_TEXT && tdm__code_find(at, column->codes, cell->text);
    default:
        *(int64_t *)at = cell->number;
        return cell->type == TDM__CELL_NUMBER;
    }
}

static tdm_status take_cells(void *item, tdm__work *work, tdm__arena *arena, const tdm__row_shape *shape,
                             const tdm__cell *cells, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < shape->count; i++) {
        const tdm__row_column *column = &shape->columns[i];
        void *at = (char *)item + column->offset;
        if (column->type <= TDM__ROW_BYTES)
            status = take_bytes(at, work, arena, column, &cells[i], error);
        else if (!take_number(at, column, &cells[i]))
            status = tdm__store_damaged(&work->store, error);
    }
    return status;
}

/* --- statements --- */

static tdm_status begin(sqlite3_stmt **out, tdm__work *work, const char *sql, const tdm__cell *cells,
                        size_t count, tdm_error *error)
{
    tdm_status status = tdm__statement_take(out, &work->store, sql, error);
    if (status == TDM_OK)
        status = tdm__store_bind(&work->store, *out, cells, count, error);
    return status;
}

/* What a rule of the tables that was broken says of what was asked for. */
static tdm_status refused(tdm__work *work, tdm_status status, const char *what, tdm_error *error)
{
    static const struct {
        int code;
        tdm_status status;
        const char *words;
    } rules[] = {
        {SQLITE_CONSTRAINT_PRIMARYKEY, TDM_CONFLICT, "is there already"},
        {SQLITE_CONSTRAINT_UNIQUE, TDM_CONFLICT, "is there already"},
        {SQLITE_CONSTRAINT_FOREIGNKEY, TDM_NOT_FOUND, "names a child, an account or a run that is not there"},
        {SQLITE_CONSTRAINT_CHECK, TDM_INVALID_ARG, "has a value outside its range"},
        {SQLITE_CONSTRAINT_NOTNULL, TDM_INVALID_ARG, "lacks a value"},
    };
    int code = sqlite3_extended_errcode(work->store.db);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].code == code)
            return tdm__fail_at(error, rules[i].status, (tdm_place){tdm__str(work->store.path), 0, 0},
                                "%s %s", what, rules[i].words);
    return status;
}

tdm_status tdm__rows_change(int64_t *changed, tdm__work *work, const char *sql, const tdm__cell *cells,
                            size_t count, const char *what, tdm_error *error)
{
    sqlite3_stmt *statement;
    bool row;
    int64_t before = sqlite3_total_changes64(work->store.db);
    if (changed)
        *changed = 0;
    tdm_status status = begin(&statement, work, sql, cells, count, error);
    if (status == TDM_OK) {
        status = tdm__store_step(&row, &work->store, statement, error);
        if (status == TDM_STORE)
            status = refused(work, status, what, error);
    }
    tdm__statement_give(&work->store, statement);
    if (changed && status == TDM_OK)
        *changed = sqlite3_total_changes64(work->store.db) - before;
    return status;
}

tdm_status tdm__rows_number(int64_t *out, tdm__work *work, const char *sql, const tdm__cell *cells,
                            size_t count, tdm_error *error)
{
    sqlite3_stmt *statement;
    bool row = false;
    *out = 0;
    tdm_status status = begin(&statement, work, sql, cells, count, error);
    if (status == TDM_OK)
        status = tdm__store_step(&row, &work->store, statement, error);
    if (status == TDM_OK && row)
        *out = sqlite3_column_int64(statement, 0);
    tdm__statement_give(&work->store, statement);
    return status;
}

/* *row is false at the end. */
static tdm_status next_row(bool *row, void *item, tdm__work *work, tdm__arena *arena,
                           const tdm__row_shape *shape, sqlite3_stmt *statement, tdm_error *error)
{
    tdm__cell cells[TDM__ROW_COLUMNS_MOST];
    tdm_status status = tdm__store_step(row, &work->store, statement, error);
    if (status != TDM_OK || !*row)
        return status;
    status = tdm__store_cells_or_bytes(cells, shape->count, &work->store, statement, error);
    return status == TDM_OK ? take_cells(item, work, arena, shape, cells, error) : status;
}

/* Rows gathered while nobody knows how many there are. */
typedef struct gathered {
    char *items;
    size_t count, capacity;
} gathered;

static tdm_status gather(gathered *list, tdm__work *work, tdm__arena *arena, const tdm__row_shape *shape,
                         sqlite3_stmt *statement, tdm_error *error)
{
    const tdm_allocator *allocator = &work->store.context->allocator;
    tdm_status status = TDM_OK;
    bool row = true;
    while (status == TDM_OK && row) {
        char *grown = tdm__grown(allocator, list->items, &list->capacity, list->count + 1, shape->size);
        if (!grown)
            return tdm__no_memory(error);
        list->items = grown;
        void *item = grown + list->count * shape->size;
        memset(item, 0, shape->size);
        status = next_row(&row, item, work, arena, shape, statement, error);
        list->count += status == TDM_OK && row;
    }
    return status;
}

tdm_status tdm__rows_list(void **items, size_t *item_count, tdm__work *work, tdm__arena *arena,
                          const tdm__row_shape *shape, const char *sql, const tdm__cell *cells, size_t count,
                          tdm_error *error)
{
    sqlite3_stmt *statement;
    gathered list = {NULL, 0, 0};
    *items = NULL;
    *item_count = 0;
    tdm_status status = begin(&statement, work, sql, cells, count, error);
    if (status == TDM_OK)
        status = gather(&list, work, arena, shape, statement, error);
    tdm__statement_give(&work->store, statement);
    if (status == TDM_OK) {
        *items = tdm__arena_array(arena, list.count, shape->size);
        status = *items ? TDM_OK : tdm__no_memory(error);
    }
    if (status == TDM_OK) {
        memcpy(*items, list.items, list.count * shape->size);
        *item_count = list.count;
    }
    tdm__free(&work->store.context->allocator, list.items);
    return status;
}

tdm_status tdm__rows_one(void *item, tdm__work *work, tdm__arena *arena, const tdm__row_shape *shape,
                         const char *sql, const tdm__cell *cells, size_t count, const char *what,
                         tdm_error *error)
{
    sqlite3_stmt *statement;
    bool row = false;
    memset(item, 0, shape->size);
    tdm_status status = begin(&statement, work, sql, cells, count, error);
    if (status == TDM_OK)
        status = next_row(&row, item, work, arena, shape, statement, error);
    tdm__statement_give(&work->store, statement);
    if (status == TDM_OK && !row)
        status = tdm__fail(error, TDM_NOT_FOUND, "%s is not there", what);
    return status;
}

tdm_status tdm__rows_came_first(tdm__work *work, int64_t changed, const char *sql, const tdm__cell *key,
                                const char *what, tdm_error *error)
{
    int64_t there;
    if (changed > 0)
        return TDM_OK;
    tdm_status status = tdm__rows_number(&there, work, sql, key, 1, error);
    if (status != TDM_OK)
        return status;
    return there ? tdm__fail(error, TDM_STALE, "%s has been changed by somebody else meanwhile", what)
                 : tdm__fail(error, TDM_NOT_FOUND, "%s is not there", what);
}
