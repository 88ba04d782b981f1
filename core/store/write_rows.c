/*
 * Cases, children, people, assessments, accounts, diagnostics and sources into a store. A row that is
 * there already stays; what it did not know is filled in.
 */
#include "store/writer.h"

#include "store/assessments.h"
#include "store/statements.h"
#include "store/tables.h"

/* Where one value is the parent of many, the next position is one behind the last. */
#define NEXT_POSITION(table, where) "(SELECT coalesce(max(position) + 1, 0) FROM " table " WHERE " where ")"

static const char *const statement_texts[TDM__STORE_STATEMENTS] = {
    [TDM__PUT_CASE] = "INSERT INTO case_file (id, as_of) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    /* A case that is read again on a later day moves on; the sentinel "not known" is the smallest day. */
    [TDM__MOVE_CASE] = "UPDATE case_file SET as_of = ?2 WHERE id = ?1 AND as_of < ?2",
    [TDM__PUT_CHILD] = "INSERT INTO child VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
                       " ON CONFLICT DO NOTHING",
    [TDM__FIND_CHILD] = "SELECT * FROM child WHERE id = ?1",
    [TDM__FILL_CHILD] = "UPDATE child SET born_from = ?2, born_to = ?3, born_flags = ?4, expected_from = ?5,"
                        " expected_to = ?6, expected_flags = ?7, died_from = ?8, died_to = ?9,"
                        " died_flags = ?10, sex = ?11, area = ?12, household = ?13 WHERE id = ?1",
    [TDM__PUT_PERSON] = "INSERT INTO person (id, role, household) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    [TDM__PUT_ACCOUNT] = "INSERT INTO account (case_id, file, sheet, row_count, read_count, set_aside_count)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
    [TDM__PUT_DIAGNOSTIC] = "INSERT INTO diagnostic (file, row_no, column_name, code, severity, message)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
    [TDM__PUT_SOURCE] = "INSERT INTO source (id, hash, name, sheet, agency, map, format, received,"
                        " carries_all, any_child) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
                        " ON CONFLICT DO NOTHING",
    [TDM__FIND_SOURCE] = "SELECT source_no FROM source WHERE id = ?1 AND hash = ?2",
    [TDM__WIDEN_SOURCE] =
        "UPDATE source SET received = max(received, ?2), carries_all = max(carries_all, ?3),"
        " any_child = max(any_child, ?4) WHERE source_no = ?1"
        " AND (received < ?2 OR carries_all < ?3 OR any_child < ?4)",
    [TDM__PUT_SOURCE_KIND] = "INSERT INTO source_kind VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    [TDM__PUT_SOURCE_FACT] = "INSERT INTO source_fact VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    [TDM__PUT_SOURCE_PART] = "INSERT INTO source_part VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    [TDM__PUT_SOURCE_CHILD] =
        "INSERT INTO source_child (source_no, position, child_id) VALUES (?1, " NEXT_POSITION(
            "source_child", "source_no = ?1") ", ?2) ON CONFLICT DO NOTHING",
    [TDM__PUT_SOURCE_PERIOD] =
        "INSERT INTO source_period (source_no, what, position, day_from, day_to) VALUES (?1, "
        "?2, " NEXT_POSITION("source_period",
                             "source_no = ?1 AND what = ?2") ", ?3, ?4) ON CONFLICT DO NOTHING",
    [TDM__PUT_SOURCE_REPLACES] = "INSERT INTO source_replaces VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    [TDM__FIND_REPLACED] = "SELECT 1 FROM source_replaces WHERE replaced_no = ?1",
    [TDM__LAST_SEQ] = "SELECT coalesce(max(seq), 0) FROM event WHERE child_id = ?1 AND sort_day = ?2",
    [TDM__PUT_EVENT] = "INSERT INTO event (" TDM__EVENT_COLUMN_NAMES
                       ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
                       " ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25,"
                       " ?26, ?27, ?28, ?29, ?30, ?31, ?32) ON CONFLICT (child_id, id) DO NOTHING",
    [TDM__FIND_EVENT] = "SELECT " TDM__EVENT_COLUMN_NAMES " FROM event WHERE child_id = ?1 AND id = ?2",
    [TDM__PUT_VERSION] = "INSERT INTO event_version (child_id, version_id, id) VALUES (?1, ?2, ?3)",
    [TDM__FIND_VERSION] = "SELECT 1 FROM event_version WHERE child_id = ?1 AND id = ?2",
    [TDM__PUT_FACT] = "INSERT INTO fact (child_id, sort_day, seq, position, key, value)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [TDM__FIND_FACT] = "SELECT 1 FROM fact WHERE child_id = ?1 AND sort_day = ?2 AND seq = ?3 AND key = ?4"
                       " AND value = ?5",
    [TDM__COUNT_FACTS] = "SELECT count(*) FROM fact WHERE child_id = ?1 AND sort_day = ?2 AND seq = ?3",
};

tdm_status tdm__writer_put(bool *changed, tdm__store_writer *writer, tdm__store_statement which,
                           const tdm__cell *cells, size_t count, tdm_error *error)
{
    bool row;
    sqlite3_stmt *statement = writer->statements[which];
    *changed = false;
    tdm_status status = tdm__store_bind(writer->store, statement, cells, count, error);
    if (status == TDM_OK)
        status = tdm__store_step(&row, writer->store, statement, error);
    if (status == TDM_OK)
        *changed = sqlite3_changes64(writer->store->db) > 0;
    sqlite3_reset(statement);
    return status;
}

tdm_status tdm__writer_find(bool *row, tdm__store_writer *writer, tdm__store_statement which,
                            const tdm__cell *cells, size_t count, tdm__cell *out, size_t out_count,
                            tdm_error *error)
{
    sqlite3_stmt *statement = writer->statements[which];
    *row = false;
    tdm_status status = tdm__store_bind(writer->store, statement, cells, count, error);
    if (status == TDM_OK)
        status = tdm__store_step(row, writer->store, statement, error);
    if (status == TDM_OK && *row)
        status = tdm__store_cells(out, out_count, writer->store, statement, error);
    return status;
}

void tdm__writer_done(tdm__store_writer *writer, tdm__store_statement which)
{
    sqlite3_reset(writer->statements[which]);
}

/* Puts a row that has no more to it than being there. */
static tdm_status put_counted(tdm__store_writer *writer, tdm__store_statement which, const tdm__cell *cells,
                              size_t count, tdm__store_count *counted, tdm_error *error)
{
    bool added;
    tdm_status status = tdm__writer_put(&added, writer, which, cells, count, error);
    counted->added += added;
    counted->known += !added;
    return status;
}

static tdm_status write_case(tdm__store_writer *writer, tdm_error *error)
{
    const tdm__store_content *content = writer->content;
    const tdm__cell cells[] = {tdm__cell_text(content->case_id), tdm__cell_number(content->as_of)};
    bool changed;
    if (content->case_id.length == 0 && content->as_of == TDM_DAY_NONE)
        return TDM_OK;
    tdm_status status = tdm__writer_put(&changed, writer, TDM__PUT_CASE, cells, 2, error);
    if (status == TDM_OK)
        status = tdm__writer_put(&changed, writer, TDM__MOVE_CASE, cells, 2, error);
    return status;
}

/* --- children --- */

/* Cells of a child that are known or not known together. */
typedef struct cell_group {
    size_t first, count;
} cell_group;

static const cell_group child_groups[] = {{1, 3}, {4, 3}, {7, 3}, {10, 1}, {11, 1}, {12, 1}};
#define CHILD_CELLS 13

static bool group_known(const tdm__cell *cells, const cell_group *group)
{
    const tdm__cell *first = &cells[group->first];
    if (group->count == 1)
        return first->type == TDM__CELL_TEXT;
    return first[0].number != TDM_DAY_BEFORE_ALL || first[1].number != TDM_DAY_AFTER_ALL;
}

/* Flags of a date (its third cell) are no contradiction. */
static bool group_equal(const tdm__cell *a, const tdm__cell *b, const cell_group *group)
{
    size_t compared = group->count == 1 ? 1 : 2;
    for (size_t i = group->first; i < group->first + compared; i++)
        if (!tdm__cell_equal(&a[i], &b[i]))
            return false;
    return true;
}

/* Unknown groups of `held` are filled from `given`. */
static void merge_child(tdm__cell *held, const tdm__cell *given, bool *filled, bool *differs)
{
    *filled = *differs = false;
    for (size_t g = 0; g < sizeof child_groups / sizeof *child_groups; g++) {
        const cell_group *group = &child_groups[g];
        if (!group_known(given, group))
            continue;
        if (group_known(held, group)) {
            *differs = *differs || !group_equal(held, given, group);
            continue;
        }
        for (size_t i = group->first; i < group->first + group->count; i++)
            held[i] = given[i];
        *filled = true;
    }
}

static tdm_status fill_child(tdm__store_writer *writer, const tdm__cell *given, tdm_error *error)
{
    tdm__cell held[CHILD_CELLS];
    bool row, changed, filled = false, differs = false;
    tdm_status status = tdm__writer_find(&row, writer, TDM__FIND_CHILD, given, 1, held, CHILD_CELLS, error);
    if (status == TDM_OK && row)
        merge_child(held, given, &filled, &differs);
    if (status == TDM_OK && filled)
        status = tdm__writer_put(&changed, writer, TDM__FILL_CHILD, held, CHILD_CELLS, error);
    tdm__writer_done(writer, TDM__FIND_CHILD);
    writer->counts.children.differs += differs;
    return status;
}

static void put_date(tdm__cell *out, tdm_date date)
{
    out[0] = tdm__cell_number(date.from);
    out[1] = tdm__cell_number(date.to);
    out[2] = tdm__cell_number(date.flags);
}

static tdm_status write_child(tdm__store_writer *writer, size_t index, tdm_error *error)
{
    const tdm__child *child = tdm__chronology_child(writer->content->chronology, index);
    tdm__cell cells[CHILD_CELLS] = {tdm__cell_text(child->id)};
    int64_t added_before = writer->counts.children.added;
    put_date(&cells[1], child->born);
    put_date(&cells[4], child->expected);
    put_date(&cells[7], child->died);
    cells[10] = tdm__cell_optional_text(child->sex);
    cells[11] = tdm__cell_optional_text(child->area);
    cells[12] = tdm__cell_optional_text(child->household);
    tdm_status status = put_counted(writer, TDM__PUT_CHILD, cells, CHILD_CELLS, &writer->counts.children,
                                    error);
    if (status == TDM_OK && writer->counts.children.added == added_before)
        status = fill_child(writer, cells, error);
    return status;
}

static tdm_status write_person(tdm__store_writer *writer, size_t index, tdm_error *error)
{
    const tdm__person *person = tdm__chronology_person(writer->content->chronology, index);
    const tdm__cell cells[] = {tdm__cell_text(person->id), tdm__cell_text(person->role),
                               tdm__cell_text(person->household)};
    return put_counted(writer, TDM__PUT_PERSON, cells, 3, &writer->counts.people, error);
}

/* --- assessments, accounts and diagnostics --- */

static tdm_status write_assessment(tdm__store_writer *writer, size_t index, tdm_error *error)
{
    char hash[TDM_SHA256_HEX_SIZE];
    bool added;
    tdm_status status = tdm__store_put_assessment(&added, hash, writer->store,
                                                  &writer->content->assessments[index], error);
    if (status != TDM_OK)
        return status;
    writer->counts.assessments.added += added;
    writer->counts.assessments.known += !added;
    return TDM_OK;
}

static tdm_status write_account(tdm__store_writer *writer, size_t index, tdm_error *error)
{
    const tdm__account *account = &writer->content->accounts[index];
    const tdm__cell cells[] = {
        tdm__cell_text(writer->content->case_id), tdm__cell_text(account->file),
        tdm__cell_text(account->sheet),           tdm__cell_number(account->rows),
        tdm__cell_number(account->read),          tdm__cell_number(account->set_aside)};
    return put_counted(writer, TDM__PUT_ACCOUNT, cells, 6, &writer->counts.accounts, error);
}

static tdm_status write_diagnostic(tdm__store_writer *writer, size_t index, tdm_error *error)
{
    const tdm__diagnostic *said = &writer->content->diagnostics->items[index];
    const tdm__cell cells[] = {tdm__cell_text(said->file),
                               tdm__cell_number(said->row),
                               tdm__cell_text(said->column),
                               tdm__cell_text(tdm__str(said->code)),
                               tdm__cell_text(tdm__str(tdm__severity_code(said->severity))),
                               tdm__cell_text(said->message)};
    return put_counted(writer, TDM__PUT_DIAGNOSTIC, cells, 6, &writer->counts.diagnostics, error);
}

/* --- sources --- */

static tdm_status write_source_facts(tdm__store_writer *writer, const tdm__source *source, int64_t number,
                                     size_t kind, tdm_error *error)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(writer->content->chronology);
    tdm_status status = TDM_OK;
    bool added;
    for (size_t fact = 0; status == TDM_OK && fact < vocabulary->fact_count; fact++) {
        if (!(source->carries_facts[kind] >> fact & 1))
            continue;
        const tdm__cell cells[] = {tdm__cell_number(number), tdm__cell_text(vocabulary->kinds[kind].code),
                                   tdm__cell_text(vocabulary->facts[fact].key)};
        status = tdm__writer_put(&added, writer, TDM__PUT_SOURCE_FACT, cells, 3, error);
    }
    return status;
}

static tdm_status write_source_kinds(tdm__store_writer *writer, const tdm__source *source, int64_t number,
                                     tdm_error *error)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(writer->content->chronology);
    tdm_status status = TDM_OK;
    bool added;
    for (size_t kind = 0; status == TDM_OK && kind < vocabulary->kind_count; kind++) {
        if (!(source->carries[kind / 64] >> (kind % 64) & 1))
            continue;
        const tdm__cell cells[] = {tdm__cell_number(number), tdm__cell_text(vocabulary->kinds[kind].code)};
        status = tdm__writer_put(&added, writer, TDM__PUT_SOURCE_KIND, cells, 2, error);
        if (status == TDM_OK && (source->in_part[kind / 64] >> (kind % 64) & 1))
            status = tdm__writer_put(&added, writer, TDM__PUT_SOURCE_PART, cells, 2, error);
        if (status == TDM_OK)
            status = write_source_facts(writer, source, number, kind, error);
    }
    return status;
}

static tdm_status write_source_children(tdm__store_writer *writer, const tdm__source *source, int64_t number,
                                        tdm_error *error)
{
    tdm_status status = TDM_OK;
    bool added;
    for (size_t i = 0; status == TDM_OK && i < source->child_count; i++) {
        tdm_str id = tdm_chronology_child_id(writer->content->chronology, source->children[i]);
        const tdm__cell cells[] = {tdm__cell_number(number), tdm__cell_text(id)};
        status = tdm__writer_put(&added, writer, TDM__PUT_SOURCE_CHILD, cells, 2, error);
    }
    return status;
}

static tdm_status write_periods(tdm__store_writer *writer, int64_t number, const char *what,
                                const tdm__period *periods, size_t count, tdm_error *error)
{
    tdm_status status = TDM_OK;
    bool added;
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        const tdm__cell cells[] = {tdm__cell_number(number), tdm__cell_text(tdm__str(what)),
                                   tdm__cell_number(periods[i].from), tdm__cell_number(periods[i].to)};
        status = tdm__writer_put(&added, writer, TDM__PUT_SOURCE_PERIOD, cells, 4, error);
    }
    return status;
}

static tdm_status put_source_row(int64_t *number, tdm__store_writer *writer, const tdm__source *source,
                                 tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_text(source->id),
                               tdm__cell_text(source->hash),
                               tdm__cell_text(source->name),
                               tdm__cell_text(source->sheet),
                               tdm__cell_text(source->agency),
                               tdm__cell_text(source->map),
                               tdm__cell_text(source->format),
                               tdm__cell_number(source->received),
                               tdm__cell_number(source->carries_all),
                               tdm__cell_number(source->any_child)};
    tdm__cell found;
    bool row = false, changed;
    *number = 0;
    tdm_status status = put_counted(writer, TDM__PUT_SOURCE, cells, sizeof cells / sizeof *cells,
                                    &writer->counts.sources, error);
    if (status == TDM_OK)
        status = tdm__writer_find(&row, writer, TDM__FIND_SOURCE, cells, 2, &found, 1, error);
    if (row)
        *number = found.number;
    tdm__writer_done(writer, TDM__FIND_SOURCE);
    if (status != TDM_OK)
        return status;
    const tdm__cell wider[] = {tdm__cell_number(*number), tdm__cell_number(source->received),
                               tdm__cell_number(source->carries_all), tdm__cell_number(source->any_child)};
    return tdm__writer_put(&changed, writer, TDM__WIDEN_SOURCE, wider, 4, error);
}

static tdm_status write_source(tdm__store_writer *writer, size_t index, tdm_error *error)
{
    const tdm__source *source = tdm__chronology_source(writer->content->chronology, (uint32_t)index);
    int64_t number;
    tdm_status status = put_source_row(&number, writer, source, error);
    writer->source_numbers[index] = number;
    if (status == TDM_OK)
        status = write_source_kinds(writer, source, number, error);
    if (status == TDM_OK)
        status = write_source_children(writer, source, number, error);
    if (status == TDM_OK)
        status = write_periods(writer, number, TDM__PERIOD_COVERS, source->covers, source->cover_count,
                               error);
    if (status == TDM_OK)
        status = write_periods(writer, number, TDM__PERIOD_NO_CONTACT, source->no_contact,
                               source->no_contact_count, error);
    return status;
}

/* The ones replaced stand in the store already, before those that replace them. */
static tdm_status write_replacements(tdm__store_writer *writer, tdm_error *error)
{
    size_t count;
    bool added;
    tdm_status status = TDM_OK;
    const tdm__replacement *list = tdm__chronology_replacements(writer->content->chronology, &count);
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        const tdm__cell cells[] = {tdm__cell_number(writer->source_numbers[list[i].by]),
                                   tdm__cell_number(writer->source_numbers[list[i].replaced])};
        if (cells[0].number > cells[1].number)
            status = tdm__writer_put(&added, writer, TDM__PUT_SOURCE_REPLACES, cells, 2, error);
    }
    return status;
}

/* --- all of it --- */

static tdm_status prepare_all(tdm__store_writer *writer, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (int i = 0; status == TDM_OK && i < TDM__STORE_STATEMENTS; i++)
        status = tdm__statement_take(&writer->statements[i], writer->store, statement_texts[i], error);
    return status;
}

void tdm__store_writer_free(tdm__store_writer *writer)
{
    for (int i = 0; i < TDM__STORE_STATEMENTS; i++)
        tdm__statement_give(writer->store, writer->statements[i]);
    for (int field = 0; field < TDM__STRING_FIELDS; field++)
        tdm__text_free(&writer->rooms[field]);
    tdm__free(&writer->store->context->allocator, writer->source_numbers);
}

typedef tdm_status (*write_one)(tdm__store_writer *, size_t, tdm_error *);

static tdm_status write_each(tdm__store_writer *writer, size_t count, write_one write, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        status = write(writer, i, error);
    return status;
}

tdm_status tdm__store_write_rows(tdm__store_writer *writer, tdm_error *error)
{
    const tdm__store_content *content = writer->content;
    const tdm_chronology *chronology = content->chronology;
    size_t source_count = tdm__chronology_source_count(chronology);
    writer->source_numbers = tdm__alloc_zeroed(&writer->store->context->allocator, source_count + 1,
                                               sizeof *writer->source_numbers);
    for (int field = 0; field < TDM__STRING_FIELDS; field++)
        tdm__text_init(&writer->rooms[field], &writer->store->context->allocator);
    if (!writer->source_numbers)
        return tdm__no_memory(error);
    tdm_status status = prepare_all(writer, error);
    if (status == TDM_OK)
        status = write_case(writer, error);
    if (status == TDM_OK)
        status = write_each(writer, tdm_chronology_child_count(chronology), write_child, error);
    if (status == TDM_OK)
        status = write_each(writer, tdm__chronology_person_count(chronology), write_person, error);
    if (status == TDM_OK)
        status = write_each(writer, source_count, write_source, error);
    if (status == TDM_OK)
        status = write_replacements(writer, error);
    if (status == TDM_OK)
        status = tdm__store_write_events(writer, error);
    if (status == TDM_OK)
        status = write_each(writer, content->assessment_count, write_assessment, error);
    if (status == TDM_OK)
        status = write_each(writer, content->account_count, write_account, error);
    if (status == TDM_OK && content->diagnostics)
        status = write_each(writer, content->diagnostics->count, write_diagnostic, error);
    /* Before the transaction ends: a text that could not be read would be kept as none. */
    return status == TDM_OK ? tdm__chronology_check_texts(chronology, error) : status;
}
