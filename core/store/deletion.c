/*
 * See deletion.h. The tables refer to each other, so that the order below is the only one that works and a
 * table that is forgotten is an error, not a leftover.
 */
#include "store/deletion.h"

#include "calendar/calendar.h"
#include "store/rows.h"

#include <stddef.h>

typedef struct removal {
    const char *sql; /* ?1 the child, ?2 sources or assessments as a JSON array of numbers */
    int cell_count;  /* of these */
    bool is_counted; /* else its rows go with others */
    size_t counted;  /* member of the counts */
} removal;

#define COUNTED(member) true, offsetof(tdm__deletion_counts, member)
#define WITH_OTHERS     false, 0

#define OWN_HOUSEHOLD "(SELECT household FROM child WHERE id = ?1)"

/* ?2: assessments about the child. */
static const removal of_the_child[] = {
    {"DELETE FROM prompt_state WHERE key IN (SELECT key FROM prompt WHERE child_id = ?1)", 1, WITH_OTHERS},
    {"DELETE FROM prompt WHERE child_id = ?1", 1, COUNTED(prompts)},
    {"DELETE FROM draft WHERE child_id = ?1", 1, COUNTED(drafts)},
    {"DELETE FROM allocation WHERE child_id = ?1", 1, COUNTED(allocations)},
    {"DELETE FROM opening WHERE child_id = ?1", 1, COUNTED(allocations)},
    {"DELETE FROM retention WHERE child_id = ?1", 1, WITH_OTHERS},
    {"DELETE FROM assessment_child WHERE child_id = ?1", 1, WITH_OTHERS},
    {"DELETE FROM assessment WHERE assessment_no IN (SELECT value FROM json_each(?2))", 2,
     COUNTED(assessments)},
    {"DELETE FROM fact WHERE child_id = ?1", 1, COUNTED(facts)},
    {"DELETE FROM event_version WHERE child_id = ?1", 1, WITH_OTHERS},
    {"DELETE FROM event WHERE child_id = ?1", 1, COUNTED(events)},
    {"DELETE FROM source_child WHERE child_id = ?1", 1, WITH_OTHERS},
    {"DELETE FROM person WHERE household = " OWN_HOUSEHOLD
     " AND NOT EXISTS (SELECT 1 FROM child WHERE household = " OWN_HOUSEHOLD " AND id <> ?1)",
     1, COUNTED(people)},
    {"DELETE FROM reply", 0, WITH_OTHERS},
    {"DELETE FROM child WHERE id = ?1", 1, WITH_OTHERS},
    {"DELETE FROM case_file WHERE NOT EXISTS (SELECT 1 FROM child)", 0, WITH_OTHERS},
};

#define ORPHANS "(SELECT value FROM json_each(?2))"
/* The names of their files, where no other source has it. */
#define THEIR_FILES                                                                                          \
    "file IN (SELECT name FROM source WHERE source_no IN " ORPHANS                                           \
    ") AND file NOT IN (SELECT name FROM source WHERE source_no NOT IN " ORPHANS ")"

/* ?2: sources that were about nobody else. */
static const removal of_its_sources[] = {
    {"DELETE FROM diagnostic WHERE " THEIR_FILES, 2, WITH_OTHERS},
    {"DELETE FROM account WHERE " THEIR_FILES, 2, WITH_OTHERS},
    {"DELETE FROM source_kind WHERE source_no IN " ORPHANS, 2, WITH_OTHERS},
    {"DELETE FROM source_fact WHERE source_no IN " ORPHANS, 2, WITH_OTHERS},
    {"DELETE FROM source_part WHERE source_no IN " ORPHANS, 2, WITH_OTHERS},
    {"DELETE FROM source_period WHERE source_no IN " ORPHANS, 2, WITH_OTHERS},
    {"DELETE FROM source_replaces WHERE source_no IN " ORPHANS " OR replaced_no IN " ORPHANS, 2, WITH_OTHERS},
    {"DELETE FROM source WHERE source_no IN " ORPHANS, 2, COUNTED(sources)},
};

/* Numbers as a JSON array. */
typedef struct numbers {
    tdm_str json;
} numbers;

static const tdm__row_column number_columns[] = {{TDM__ROW_TEXT, offsetof(numbers, json), NULL}};
static const tdm__row_shape number_shape = TDM__ROW_SHAPE(number_columns, numbers);

static tdm_status ask_numbers(tdm_str *out, tdm__work *work, tdm__arena *arena, const char *sql,
                              const tdm__cell *cells, size_t count, tdm_error *error)
{
    numbers row;
    tdm_status status = tdm__rows_one(&row, work, arena, &number_shape, sql, cells, count, "that child",
                                      error);
    *out = row.json;
    return status;
}

static tdm_status remove_rows(tdm__work *work, const removal *removals, size_t count, tdm_str child,
                              tdm_str listed, tdm__deletion_counts *counts, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_text(child), tdm__cell_text(listed)};
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        int64_t changed;
        status = tdm__rows_change(&changed, work, removals[i].sql, cells, (size_t)removals[i].cell_count,
                                  "a deletion", error);
        if (removals[i].is_counted)
            *(int64_t *)((char *)counts + removals[i].counted) += changed;
    }
    return status;
}

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

static tdm_status remove_child(tdm__work *work, tdm__arena *arena, tdm_str child, tdm_str sources,
                               tdm__deletion_counts *counts, tdm_error *error)
{
    static const char assessments[] =
        "SELECT json_group_array(assessment_no) FROM assessment_child WHERE child_id = ?1";
    /* One that takes the place of a return about somebody else goes on doing so. */
    static const char orphans[] =
        "SELECT json_group_array(source_no) FROM source WHERE source_no IN (SELECT value FROM json_each(?1))"
        " AND any_child = 0"
        " AND NOT EXISTS (SELECT 1 FROM source_child AS c WHERE c.source_no = source.source_no)"
        " AND NOT EXISTS (SELECT 1 FROM event AS e WHERE e.source_no = source.source_no)"
        " AND NOT EXISTS (SELECT 1 FROM source_replaces AS r JOIN event AS e ON e.source_no = r.replaced_no"
        " WHERE r.source_no = source.source_no)";
    const tdm__cell key = tdm__cell_text(child), listed = tdm__cell_text(sources);
    tdm_str numbers_found;
    tdm_status status = ask_numbers(&numbers_found, work, arena, assessments, &key, 1, error);
    if (status == TDM_OK)
        status = remove_rows(work, of_the_child, COUNT_OF(of_the_child), child, numbers_found, counts, error);
    if (status == TDM_OK)
        status = ask_numbers(&numbers_found, work, arena, orphans, &listed, 1, error);
    if (status == TDM_OK)
        status = remove_rows(work, of_its_sources, COUNT_OF(of_its_sources), child, numbers_found, counts,
                             error);
    return status;
}

/* --- the line that says so --- */

#define COUNT_COLUMN(member)                                                                                 \
    {                                                                                                        \
        TDM__ROW_NUMBER, offsetof(tdm__stored_deletion, counts.member), NULL                                 \
    }

static const tdm__row_column line_columns[] = {
    {TDM__ROW_NUMBER, offsetof(tdm__stored_deletion, number), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_deletion, pseudonym), NULL},
    {TDM__ROW_DAY, offsetof(tdm__stored_deletion, day), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_deletion, reason), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_deletion, by), NULL},
    COUNT_COLUMN(events),
    COUNT_COLUMN(facts),
    COUNT_COLUMN(assessments),
    COUNT_COLUMN(drafts),
    COUNT_COLUMN(prompts),
    COUNT_COLUMN(allocations),
    COUNT_COLUMN(people),
    COUNT_COLUMN(sources),
    {TDM__ROW_TEXT, offsetof(tdm__stored_deletion, ground), NULL},
    {TDM__ROW_DAY, offsetof(tdm__stored_deletion, due), NULL},
};
static const tdm__row_shape line_shape = TDM__ROW_SHAPE(line_columns, tdm__stored_deletion);

#define LINE_NAMES                                                                                           \
    "pseudonym, day, reason, by, events, facts, assessments, drafts, prompts, allocations, people, sources," \
    " ground, due"

static tdm_status write_line(tdm__work *work, tdm__stored_deletion *line, tdm_error *error)
{
    tdm__cell cells[TDM__ROW_COLUMNS_MOST];
    line->due = line->ground.length > 0 ? line->due : TDM_DAY_NONE;
    tdm__rows_cells(cells, &line_shape, line);
    tdm_status status =
        tdm__rows_change(NULL, work,
                         "INSERT INTO deletion (" LINE_NAMES
                         ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                         &cells[1], line_shape.count - 1, "a deletion", error);
    if (status == TDM_OK)
        line->number = sqlite3_last_insert_rowid(work->store.db);
    return status;
}

tdm_status tdm__work_delete_child(tdm__work *work, tdm_str child, tdm__stored_deletion *line,
                                  tdm_error *error)
{
    static const char sources_of[] =
        "SELECT (SELECT json_group_array(source_no) FROM (SELECT source_no FROM source_child"
        " WHERE child_id = ?1 UNION SELECT source_no FROM event WHERE child_id = ?1))"
        " FROM child WHERE id = ?1";
    static const tdm__deletion_counts none = {.events = 0};
    const tdm__cell key = tdm__cell_text(child);
    tdm__arena arena;
    tdm_str sources;
    line->number = 0;
    line->counts = none;
    tdm__arena_init(&arena, &work->store.context->allocator);
    tdm_status status = ask_numbers(&sources, work, &arena, sources_of, &key, 1, error);
    if (status == TDM_OK) {
        status = remove_child(work, &arena, child, sources, &line->counts, error);
        if (status == TDM_OK)
            status = write_line(work, line, error);
        work->is_spoiled = work->is_spoiled || status != TDM_OK;
    }
    tdm__arena_free(&arena);
    return status;
}

tdm_status tdm__work_last_deletion(int64_t *out, tdm__work *work, tdm_error *error)
{
    return tdm__rows_number(out, work, "SELECT max(number) FROM deletion", NULL, 0, error);
}

tdm_status tdm__work_deletions(tdm__stored_deletions *out, tdm__work *work, tdm__arena *arena, int64_t after,
                               size_t limit, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_number(after),
                               tdm__cell_number((int64_t)tdm__page_limit(limit) + 1)};
    void *items;
    *out = (tdm__stored_deletions){NULL, 0, 0};
    tdm_status status = tdm__rows_list(&items, &out->count, work, arena, &line_shape,
                                       "SELECT number, " LINE_NAMES " FROM deletion WHERE number > ?1"
                                       " ORDER BY number LIMIT ?2",
                                       cells, 2, error);
    out->items = items;
    if (tdm__page_cut(&out->count, limit))
        out->next = out->items[out->count - 1].number;
    return status;
}
