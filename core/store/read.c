/*
 * A store into a builder: opening it without leaving a trace, checking that it is ours, and the
 * small tables. Sources are read_sources.c's, events read_events.c's.
 */
#include "store/limits.h"
#include "store/migrations.h"
#include "store/reader.h"
#include "store/statements.h"
#include "store/vault.h"

#include "base/file.h"
#include "calendar/calendar.h"

#include <stdio.h>

/* --- helpers of the files that read --- */

tdm_status tdm__reader_each(tdm__store_reader *reader, const char *sql, const tdm__cell *key, size_t columns,
                            tdm__store_row take, void *payload, tdm_error *error)
{
    tdm__cell cells[16];
    sqlite3_stmt *statement;
    bool row = true;
    tdm_status status = tdm__statement_take(&statement, reader->store, sql, error);
    if (status == TDM_OK)
        status = tdm__store_bind(reader->store, statement, key, key ? 1 : 0, error);
    while (status == TDM_OK && row) {
        status = tdm__store_step(&row, reader->store, statement, error);
        if (status == TDM_OK && row)
            status = tdm__store_cells(cells, columns, reader->store, statement, error);
        if (status == TDM_OK && row)
            status = take(reader, cells, payload, error);
    }
    tdm__statement_give(reader->store, statement);
    return status;
}

tdm_status tdm__reader_number(int64_t *out, tdm__store_reader *reader, const tdm__cell *cell, int64_t least,
                              int64_t most, tdm_error *error)
{
    bool good = cell->type == TDM__CELL_NUMBER && cell->number >= least && cell->number <= most;
    *out = good ? cell->number : least;
    return good ? TDM_OK : tdm__store_damaged(reader->store, error);
}

tdm_status tdm__reader_day(tdm_day *out, tdm__store_reader *reader, const tdm__cell *cell, tdm_error *error)
{
    int64_t day;
    tdm_status status = tdm__reader_number(&day, reader, cell, INT32_MIN, INT32_MAX, error);
    *out = (tdm_day)day;
    if (status == TDM_OK && day > TDM_DAY_BEFORE_ALL && day < TDM_DAY_AFTER_ALL &&
        (day < TDM__FIRST_DAY || day > TDM__LAST_DAY))
        status = tdm__store_damaged(reader->store, error);
    return status;
}

tdm_status tdm__reader_date(tdm_date *out, tdm__store_reader *reader, const tdm__cell *cells,
                            tdm_error *error)
{
    int64_t flags = 0;
    tdm_status status = tdm__reader_day(&out->from, reader, &cells[0], error);
    if (status == TDM_OK)
        status = tdm__reader_day(&out->to, reader, &cells[1], error);
    if (status == TDM_OK)
        status = tdm__reader_number(&flags, reader, &cells[2], 0, 7, error);
    out->flags = (uint32_t)flags;
    if (status == TDM_OK && (out->from > out->to || out->from == TDM_DAY_NONE))
        status = tdm__store_damaged(reader->store, error);
    return status;
}

#define CODE_LENGTH_MAX 64

/* Looks like a code of ours, so that it may be shown as it is. */
static bool is_code(tdm_str text)
{
    bool good = text.length > 0 && text.length <= CODE_LENGTH_MAX;
    for (size_t i = 0; good && i < text.length; i++)
        good = text.data[i] == '-' || (text.data[i] >= 'a' && text.data[i] <= 'z') ||
               (text.data[i] >= '0' && text.data[i] <= '9');
    return good;
}

tdm_status tdm__reader_unknown(tdm__store_reader *reader, const char *what, tdm_str code)
{
    uint32_t number;
    size_t before = reader->told.count;
    tdm_status status = tdm__dictionary_add(&number, &reader->told, code);
    if (status != TDM_OK || reader->told.count == before)
        return status;
    tdm_str shown = is_code(code) ? code : TDM_LIT("a code");
    return tdm__diagnose(reader->diagnostics, TDM__WARNING, "code-unknown", tdm__str(reader->store->path), 0,
                         tdm__str(what), "the store holds %.*s, which the vocabulary in use does not have",
                         TDM_STR_ARGS(shown));
}

tdm_status tdm__reader_kind(uint32_t *out, tdm__store_reader *reader, tdm_str code)
{
    *out = tdm__vocabulary_kind(reader->vocabulary, code);
    return *out == TDM_NO_INDEX ? tdm__reader_unknown(reader, "kind", code) : TDM_OK;
}

tdm_status tdm__reader_told(tdm__store_reader *reader, tdm_status status, tdm_error *error)
{
    if (status == TDM_NO_MEMORY)
        return tdm__no_memory(error);
    return status == TDM_OK ? TDM_OK : tdm__store_fail(reader->store, status, tdm_status_text(status), error);
}

/* --- the small tables --- */

static tdm_status take_child(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                             tdm_error *error)
{
    tdm__child_input child = {
        .id = cells[0].text, .sex = cells[10].text, .area = cells[11].text, .household = cells[12].text};
    (void)payload;
    tdm_status status = tdm__reader_date(&child.born, reader, &cells[1], error);
    if (status == TDM_OK)
        status = tdm__reader_date(&child.expected, reader, &cells[4], error);
    if (status == TDM_OK)
        status = tdm__reader_date(&child.died, reader, &cells[7], error);
    if (status != TDM_OK)
        return status;
    status = tdm__builder_child(reader->builder, &child);
    if (status == TDM_CONFLICT)
        status = tdm__diagnose(
            reader->diagnostics, TDM__WARNING, "child-differs", tdm__str(reader->store->path), 0, TDM_LIT(""),
            "a child has other particulars here than in an earlier input; the first stand");
    return tdm__reader_told(reader, status, error);
}

static tdm_status take_person(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                              tdm_error *error)
{
    const tdm__person_input person = {cells[0].text, cells[1].text, cells[2].text};
    (void)payload;
    return tdm__reader_told(reader, tdm__builder_person(reader->builder, &person), error);
}

static tdm_status take_case(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                            tdm_error *error)
{
    tdm__store_content *out = payload;
    out->case_id = tdm__arena_copy(reader->arena, cells[0].text);
    if (!out->case_id.data)
        return tdm__no_memory(error);
    return tdm__reader_day(&out->as_of, reader, &cells[1], error);
}

static bool severity_read(tdm__severity *out, tdm_str code)
{
    for (int severity = TDM__INFORMATION; severity <= TDM__ERROR; severity++) {
        *out = (tdm__severity)severity;
        if (tdm__str_equal(code, tdm__str(tdm__severity_code(*out))))
            return true;
    }
    return false;
}

static tdm_status take_diagnostic(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                                  tdm_error *error)
{
    char code[CODE_LENGTH_MAX + 1];
    int64_t row;
    tdm__severity severity;
    (void)payload;
    tdm_status status = tdm__reader_number(&row, reader, &cells[1], 0, INT32_MAX, error);
    if (status != TDM_OK)
        return status;
    if (!is_code(cells[3].text) || !severity_read(&severity, cells[4].text))
        return tdm__store_damaged(reader->store, error);
    snprintf(code, sizeof code, "%.*s", TDM_STR_ARGS(cells[3].text));
    status = tdm__diagnose(reader->diagnostics, severity, code, cells[0].text, (int32_t)row, cells[2].text,
                           "%.*s", TDM_STR_ARGS(cells[5].text));
    return tdm__reader_told(reader, status, error);
}

typedef struct assessment_list {
    tdm__kept_assessment *items;
    size_t count;
} assessment_list;

static tdm_status take_assessment(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                                  tdm_error *error)
{
    assessment_list *list = payload;
    tdm__kept_assessment *item = &list->items[list->count];
    int64_t line;
    tdm_status status = tdm__reader_number(&line, reader, &cells[1], 0, INT32_MAX, error);
    item->line = (int32_t)line;
    item->file = tdm__arena_copy(reader->arena, cells[0].text);
    item->json = tdm__arena_copy(reader->arena, cells[2].text);
    if (!item->file.data || !item->json.data)
        return tdm__no_memory(error);
    list->count++;
    return status;
}

typedef struct account_list {
    tdm__account *items;
    size_t count;
} account_list;

static tdm_status take_account(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                               tdm_error *error)
{
    account_list *list = payload;
    tdm__account *item = &list->items[list->count];
    int64_t *const numbers[] = {&item->rows, &item->read, &item->set_aside};
    tdm_status status = TDM_OK;
    item->file = tdm__arena_copy(reader->arena, cells[0].text);
    item->sheet = tdm__arena_copy(reader->arena, cells[1].text);
    if (!item->file.data || !item->sheet.data)
        return tdm__no_memory(error);
    for (int i = 0; status == TDM_OK && i < 3; i++)
        status = tdm__reader_number(numbers[i], reader, &cells[2 + i], 0, INT64_MAX, error);
    list->count++;
    return status;
}

static tdm_status take_count(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                             tdm_error *error)
{
    return tdm__reader_number(payload, reader, &cells[0], 0, INT64_MAX, error);
}

/* Room for as many items as the query counts. The transaction keeps the number from changing. */
static tdm_status list_room(void **out, tdm__store_reader *reader, const char *sql, size_t item_size,
                            tdm_error *error)
{
    int64_t count = 0;
    *out = NULL;
    tdm_status status = tdm__reader_each(reader, sql, reader->given, 1, take_count, &count, error);
    if (status != TDM_OK)
        return status;
    *out = tdm__arena_array(reader->arena, (size_t)count, item_size);
    return *out ? TDM_OK : tdm__no_memory(error);
}

#define ABOUT_GIVEN                                                                                          \
    " WHERE assessment_no IN (SELECT assessment_no FROM assessment_child WHERE child_id IN"                  \
    " " TDM__CHILDREN_GIVEN ")"

static tdm_status read_assessments(tdm__store_reader *reader, tdm__store_content *out, tdm_error *error)
{
    static const char count_all[] = "SELECT count(*) FROM assessment";
    static const char count_given[] = "SELECT count(*) FROM assessment" ABOUT_GIVEN;
    static const char all[] = "SELECT file, line, json FROM assessment ORDER BY assessment_no";
    static const char given[] = "SELECT file, line, json FROM assessment" ABOUT_GIVEN
                                " ORDER BY assessment_no";
    void *room;
    tdm_status status = list_room(&room, reader, reader->given ? count_given : count_all,
                                  sizeof(tdm__kept_assessment), error);
    assessment_list list = {room, 0};
    if (status == TDM_OK)
        status = tdm__reader_each(reader, reader->given ? given : all, reader->given, 3, take_assessment,
                                  &list, error);
    out->assessments = list.items;
    out->assessment_count = status == TDM_OK ? list.count : 0;
    return status;
}

static tdm_status read_accounts(tdm__store_reader *reader, tdm__store_content *out, tdm_error *error)
{
    void *room;
    tdm_status status = list_room(&room, reader, "SELECT count(*) FROM account", sizeof(tdm__account), error);
    account_list list = {room, 0};
    if (status == TDM_OK)
        status = tdm__reader_each(reader,
                                  "SELECT file, sheet, row_count, read_count, set_aside_count FROM account"
                                  " ORDER BY account_no",
                                  NULL, 5, take_account, &list, error);
    out->accounts = list.items;
    out->account_count = status == TDM_OK ? list.count : 0;
    return status;
}

/* --- what is withheld from the eyes --- */

static tdm_status take_withheld(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                                tdm_error *error)
{
    tdm__store_content *out = payload;
    tdm__withheld *item = &out->withheld[out->withheld_count];
    item->child = tdm__arena_copy(reader->arena, cells[0].text);
    if (!item->child.data)
        return tdm__no_memory(error);
    out->withheld_count++;
    return tdm__reader_number(&item->entries, reader, &cells[1], 0, INT64_MAX, error);
}

#define WITHHELD(of)                                                                                         \
    "(SELECT child_id, count(*) AS entries FROM (SELECT DISTINCT child_id, entry FROM " TDM__WITHHELD_ROWS(  \
        of) ") GROUP BY child_id)"
#define OF_GIVEN "f.child_id IN " TDM__CHILDREN_GIVEN

/* That something is missing is told, never what. */
static tdm_status read_withheld(tdm__store_reader *reader, tdm__store_content *out, tdm_error *error)
{
    static const char count_all[] = "SELECT count(*) FROM " WITHHELD("1");
    static const char count_given[] = "SELECT count(*) FROM " WITHHELD(OF_GIVEN);
    static const char all[] = "SELECT child_id, entries FROM " WITHHELD("1") " ORDER BY child_id";
    static const char given[] = "SELECT child_id, entries FROM " WITHHELD(OF_GIVEN) " ORDER BY child_id";
    void *room;
    if (!reader->store->eyes)
        return TDM_OK;
    tdm_status status = list_room(&room, reader, reader->given ? count_given : count_all,
                                  sizeof *out->withheld, error);
    out->withheld = room;
    if (status == TDM_OK)
        status = tdm__reader_each(reader, reader->given ? given : all, reader->given, 2, take_withheld, out,
                                  error);
    return status;
}

/* What is of no child. */
static tdm_status read_inputs(tdm__store_reader *reader, tdm__store_content *out, tdm_error *error)
{
    tdm_status status = tdm__reader_each(
        reader,
        "SELECT file, row_no, column_name, code, severity, message FROM diagnostic ORDER BY diagnostic_no",
        NULL, 6, take_diagnostic, NULL, error);
    if (status == TDM_OK)
        status = read_accounts(reader, out, error);
    return status;
}

static tdm_status read_people(tdm__store_reader *reader, tdm_error *error)
{
    static const char children[] = "SELECT * FROM child ORDER BY id";
    static const char given_children[] = "SELECT * FROM child WHERE id IN " TDM__CHILDREN_GIVEN
                                         " ORDER BY id";
    static const char people[] = "SELECT id, role, household FROM person ORDER BY person_no";
    static const char given_people[] =
        "SELECT id, role, household FROM person WHERE household IN (SELECT household FROM child"
        " WHERE id IN " TDM__CHILDREN_GIVEN " AND household IS NOT NULL) ORDER BY person_no";
    tdm_status status = tdm__reader_each(reader, reader->given ? given_children : children, reader->given, 13,
                                         take_child, NULL, error);
    if (status == TDM_OK)
        status = tdm__reader_each(reader, reader->given ? given_people : people, reader->given, 3,
                                  take_person, NULL, error);
    return status;
}

static tdm_status read_rows(tdm__store_reader *reader, tdm__store_content *out, tdm_error *error)
{
    tdm_status status = tdm__reader_each(reader, "SELECT id, as_of FROM case_file ORDER BY case_no LIMIT 1",
                                         NULL, 2, take_case, out, error);
    if (status == TDM_OK && !reader->given)
        status = read_inputs(reader, out, error);
    if (status == TDM_OK)
        status = read_people(reader, error);
    if (status == TDM_OK)
        status = tdm__store_read_sources(reader, error);
    if (status == TDM_OK)
        status = tdm__store_read_events(reader, error);
    if (status == TDM_OK)
        status = read_withheld(reader, out, error);
    if (status == TDM_OK)
        status = read_assessments(reader, out, error);
    return status;
}

tdm_status tdm__store_read_content(tdm__store_reader *reader, tdm__store_content *out, tdm_error *error)
{
    const tdm_allocator *allocator = &reader->store->context->allocator;
    *out = (tdm__store_content){.case_id = {"", 0}, .as_of = TDM_DAY_NONE};
    tdm__arena_init(&reader->scratch, allocator);
    tdm__dictionary_init(&reader->told, allocator);
    tdm_status status = read_rows(reader, out, error);
    tdm__free(allocator, reader->sources);
    tdm__dictionary_free(&reader->told);
    tdm__arena_free(&reader->scratch);
    return status;
}

/* --- opening --- */

/* From here on all queries see one state of the store. */
static tdm_status begin(tdm__store *store, const tdm_context *context, const char *path, tdm__store_mode mode,
                        int32_t *version, tdm_error *error)
{
    tdm_status status = tdm__store_open(store, context, path, mode, error);
    if (status != TDM_OK)
        return status;
    status = tdm__store_run(store, "BEGIN", error);
    if (status == TDM_OK)
        status = tdm__store_version(version, store, &tdm__store_migrations, error);
    if (status != TDM_OK)
        tdm__store_close(store);
    return status;
}

/* A store of this version, in a transaction that reads. */
static tdm_status open_current(tdm__store *store, const tdm_context *context, const char *path,
                               tdm_error *error)
{
    int32_t version;
    tdm_error refused;
    /* First as it lies there, because opening alone could leave files beside one that is not ours. */
    tdm_status status = begin(store, context, path, TDM__STORE_LOOK, &version, error);
    if (status == TDM_OK)
        tdm__store_close(store);
    else if (!tdm__store_may_be_torn(context, path))
        return status;
    status = begin(store, context, path, TDM__STORE_READ, &version, &refused);
    /* A folder that may not be written to: good enough as long as nobody else writes either. */
    if (status == TDM_IO && tdm__store_lies_still(context, path))
        status = begin(store, context, path, TDM__STORE_LOOK, &version, &refused);
    if (status != TDM_OK) {
        if (error)
            *error = refused;
        return status;
    }
    status = tdm__store_check_tables(store, &tdm__store_migrations, version, error);
    if (status == TDM_OK && version < tdm__store_migrations.count)
        status = tdm__fail_at(error, TDM_STORE, (tdm_place){tdm__str(path), 0, 0},
                              "the store has version %d and this program reads version %d; an import into it"
                              " brings it up to date",
                              (int)version, (int)tdm__store_migrations.count);
    if (status != TDM_OK)
        tdm__store_close(store);
    return status;
}

static tdm_status look_for_file(const char *path, tdm_error *error)
{
    tdm_place place = {tdm__str(path), 0, 0};
    if (path[0] == '\0')
        return tdm__fail(error, TDM_INVALID_ARG, "expected the name of a store");
    switch (tdm__file_look(NULL, path)) {
    case TDM__FILE_REGULAR:
        return TDM_OK;
    case TDM__FILE_NONE:
        return tdm__fail_at(error, TDM_NOT_FOUND, place, "no such file or folder");
    case TDM__FILE_FOLDER:
    case TDM__FILE_LINK:
    case TDM__FILE_OTHER:
        break;
    }
    return tdm__fail_at(error, TDM_IO, place, "not a file that can be read");
}

tdm_status tdm__store_open_to_read(tdm__store *store, const tdm_context *context, const char *path,
                                   tdm_error *error)
{
    tdm_status status = look_for_file(path, error);
    return status == TDM_OK ? open_current(store, context, path, error) : status;
}

tdm_status tdm__store_read(const tdm_context *context, const char *path, tdm__builder *builder,
                           const tdm_vocabulary *vocabulary, tdm__diagnostics *diagnostics, tdm__arena *arena,
                           tdm__store_content *out, tdm_error *error)
{
    tdm__store store;
    *out = (tdm__store_content){.case_id = {"", 0}, .as_of = TDM_DAY_NONE};
    tdm_status status = tdm__store_open_to_read(&store, context, path, error);
    if (status != TDM_OK)
        return status;
    tdm__store_reader reader = {.store = &store,
                                .builder = builder,
                                .vocabulary = vocabulary,
                                .diagnostics = diagnostics,
                                .arena = arena};
    status = tdm__store_read_content(&reader, out, error);
    tdm__store_close(&store);
    return status;
}

bool tdm__store_is_one(const tdm_context *context, const char *path)
{
    tdm__store store;
    int64_t pages = 0;
    if (path[0] == '\0' || tdm__file_look(NULL, path) != TDM__FILE_REGULAR ||
        tdm__store_open(&store, context, path, TDM__STORE_LOOK, NULL) != TDM_OK)
        return path[0] != '\0' && tdm__vault_closed_at(context, path);
    /* Anything else than a database fails here, but so does one that is cut off. */
    tdm_status status = tdm__store_number(&pages, &store, "PRAGMA page_count", NULL);
    bool damaged = (sqlite3_errcode(store.db) & 0xFF) == SQLITE_CORRUPT;
    tdm__store_close(&store);
    return damaged || (status == TDM_OK && pages > 0) || tdm__vault_closed_at(context, path);
}
