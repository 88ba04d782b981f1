/*
 * Files that are no store, or not one that we made, and names that mean something to SQLite: the
 * right status, one line that names the file, nothing changed, nothing left beside.
 */
#include "store/fixture.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void put_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

static void cut_in_half(const char *path)
{
    struct stat about;
    ck_assert_int_eq(stat(path, &about), 0);
    ck_assert_int_eq(truncate(path, about.st_size / 2), 0);
}

/* How a file comes to be, who refuses it and with which words. */
typedef struct refusal {
    const char *text; /* the whole file; NULL: a store of ours */
    const char *sql;  /* done to it */
    bool cut;
    bool is_one; /* an SQLite file at least */
    tdm_status status;
    const char *words;
} refusal;

static const refusal refusals[] = {
    {"child,date,kind\nc-1,2024-03-05,contact\n", NULL, false, false, TDM_STORE, "no database"},
    {"x", NULL, false, false, TDM_STORE, "no database"},
    {"", NULL, false, false, TDM_STORE, "no database"},
    {"", "CREATE TABLE theirs (x)", false, true, TDM_STORE, "another program"},
    {NULL, "PRAGMA application_id = 7", false, true, TDM_STORE, "another program"},
    {NULL, "PRAGMA user_version = 0", false, true, TDM_STORE, "no version"},
    {NULL, "PRAGMA user_version = -3", false, true, TDM_STORE, "no version"},
    {NULL, "PRAGMA user_version = 41", false, true, TDM_NEWER, "version 41 and this program knows version 7"},
    {NULL, NULL, true, true, TDM_STORE, "damaged"},
    {NULL, "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM event; END", false, true, TDM_STORE,
     "tables have been changed"},
    {NULL, "CREATE VIEW v AS SELECT * FROM event", false, true, TDM_STORE, "tables have been changed"},
    {NULL, "DROP VIEW v_plans", false, true, TDM_STORE, "tables have been changed"},
    {NULL, "DROP VIEW v_plans; CREATE VIEW v_plans AS SELECT * FROM v_rows", false, true, TDM_STORE,
     "tables have been changed"},
    {NULL, "CREATE TABLE more (x)", false, true, TDM_STORE, "tables have been changed"},
    {NULL, "CREATE INDEX i ON event (kind)", false, true, TDM_STORE, "tables have been changed"},
    {NULL, "ALTER TABLE child ADD COLUMN x TEXT", false, true, TDM_STORE, "tables have been changed"},
    {NULL, "DROP TABLE account", false, true, TDM_STORE, "tables have been changed"},
};

static void make_refused(fixture *f, const refusal *row)
{
    if (row->text)
        put_file(f->path, row->text, strlen(row->text));
    else
        fixture_write(f, f->path, WHOLE);
    if (row->sql)
        fixture_sql(f->path, row->sql);
    if (row->cut)
        cut_in_half(f->path);
}

static void check_error(const fixture *f, const tdm_error *error, const char *words)
{
    ck_assert_msg(strstr(error->message, words) != NULL, "'%s' has no '%s'", error->message, words);
    ck_assert_ptr_null(strchr(error->message, '\n'));
    ck_assert_str_eq(error->file, f->path);
}

static tdm_status write_to(fixture *f, const char *path, tdm_error *error)
{
    tdm_chronology *chronology;
    tdm__store_counts counts;
    ck_assert_int_eq(fixture_chronology(&chronology, &tdm__malloc_allocator, f->vocabulary, SECOND_HALF),
                     TDM_OK);
    tdm__store_content content = fixture_content(chronology);
    memset(error, 0, sizeof *error);
    tdm_status status = tdm__store_write(f->context, path, &content, &counts, error);
    if (status != TDM_OK)
        ck_assert_int_eq(counts.events.added, 0);
    tdm_chronology_free(chronology);
    return status;
}

START_TEST(is_refused_and_left_alone)
{
    const refusal *row = &refusals[_i];
    fixture f;
    tdm_error error;
    tdm__buffer before, after;
    fixture_open(&f);
    make_refused(&f, row);
    ck_assert_int_eq(tdm__file_read(&before, &tdm__malloc_allocator, NULL, f.path, 1 << 24, NULL), TDM_OK);
    ck_assert_int_eq(tdm__store_is_one(f.context, f.path), row->is_one);
    ck_assert_int_eq(fixture_read_status(&f, f.path, &error), row->status);
    check_error(&f, &error, row->words);
    ck_assert_int_eq(write_to(&f, f.path, &error), row->status);
    check_error(&f, &error, row->words);
    ck_assert_int_eq(tdm__file_read(&after, &tdm__malloc_allocator, NULL, f.path, 1 << 24, NULL), TDM_OK);
    ck_assert_uint_eq(before.length, after.length);
    if (before.length > 0)
        ck_assert_mem_eq(before.data, after.data, before.length);
    ck_assert_int_eq(fixture_file_count(&f), 1);
    tdm__free(&tdm__malloc_allocator, before.data);
    tdm__free(&tdm__malloc_allocator, after.data);
    fixture_close(&f);
}
END_TEST

/* Values that are never written: told as damage, without the value. */
static const char *const damages[] = {
    "UPDATE event SET minute = 1440",
    "UPDATE event SET minute = -2",
    "UPDATE event SET date_flags = 8",
    "UPDATE event SET day_from = 99999999999",
    "UPDATE event SET day_from = 3000000",
    "UPDATE event SET day_from = day_to + 1 WHERE day_from = day_to",
    "UPDATE event SET day_from = -2147483648",
    "UPDATE event SET recorded = 2932897",
    "UPDATE event SET ended_from = 19001, ended_to = 19000",
    "UPDATE event SET source_row = -1",
    "UPDATE event SET source_row = 4294967296",
    "PRAGMA foreign_keys = OFF; UPDATE event SET source_no = 77",
    "PRAGMA foreign_keys = OFF; UPDATE fact SET seq = seq + 1000",
    "UPDATE event SET polarity = 'fine'",
    "UPDATE event SET child_seen = 'maybe'",
    "UPDATE event SET text = CAST(x'68FF' AS TEXT)",
    "UPDATE child SET born_from = 20000, born_to = 19999",
    "UPDATE child SET died_flags = 9",
    "UPDATE source SET received = 3000000",
    "UPDATE source_period SET day_to = 3000000",
    "UPDATE assessment SET line = -1",
    "UPDATE account SET row_count = -1",
    "UPDATE diagnostic SET row_no = -1",
    "UPDATE diagnostic SET row_no = 2147483648",
    "UPDATE diagnostic SET severity = 'fine'",
    "UPDATE diagnostic SET code = 'Words of their own' WHERE row_no = 0",
    "UPDATE diagnostic SET message = CAST(x'68FF' AS TEXT)",
    "UPDATE case_file SET as_of = 3000000",
};

START_TEST(a_damaged_value_is_told)
{
    fixture f;
    tdm_error error;
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    fixture_sql(f.path, damages[_i]);
    ck_assert_msg(fixture_read_status(&f, f.path, &error) == TDM_STORE, "%s", damages[_i]);
    check_error(&f, &error, "damaged");
    fixture_close(&f);
}
END_TEST

/* Names that mean something to SQLite, to a shell or in a URI: names of files here. */
static const char *const names[] = {
    ":memory:", "file:x.db?mode=memory", "file::memory:", "file:", "a?b#c%41&d.db", "-x.db",
    " ",        "caf\xC3\xA9 '\".db",
};

START_TEST(a_name_is_a_name)
{
    fixture f;
    struct stat about;
    char home[512];
    fixture_open(&f);
    ck_assert_ptr_nonnull(getcwd(home, sizeof home));
    ck_assert_int_eq(chdir(f.folder), 0);
    ck_assert_int_eq(fixture_write(&f, names[_i], FIRST_HALF).events.added, 6);
    ck_assert_int_eq(fixture_write(&f, names[_i], SECOND_HALF).events.added, 3);
    ck_assert(tdm__store_is_one(f.context, names[_i]));
    tdm_chronology *read = fixture_read(&f, names[_i]);
    ck_assert_uint_eq(tdm_chronology_event_count(read), 9);
    ck_assert_int_eq(lstat(names[_i], &about), 0);
    ck_assert_int_eq(fixture_file_count(&f), 1);
    tdm_chronology_free(read);
    ck_assert_int_eq(chdir(home), 0);
    fixture_close(&f);
}
END_TEST

START_TEST(places_where_no_store_can_be)
{
    fixture f;
    tdm_error error;
    fixture_open(&f);
    ck_assert_int_eq(write_to(&f, "", &error), TDM_INVALID_ARG);
    ck_assert_int_eq(fixture_read_status(&f, "", &error), TDM_INVALID_ARG);
    ck_assert(!tdm__store_is_one(f.context, ""));
    ck_assert_int_eq(write_to(&f, f.folder, &error), TDM_IO);
    ck_assert_int_eq(fixture_read_status(&f, f.folder, &error), TDM_IO);
    ck_assert(!tdm__store_is_one(f.context, f.folder));
    ck_assert_int_eq(write_to(&f, fixture_path(&f, "none/case.db"), &error), TDM_NOT_FOUND);
    ck_assert_int_eq(fixture_read_status(&f, f.path, &error), TDM_NOT_FOUND);
    ck_assert(!tdm__store_is_one(f.context, f.path));
    ck_assert_int_eq(mkfifo(f.path, 0600), 0);
    ck_assert_int_eq(write_to(&f, f.path, &error), TDM_IO);
    ck_assert_int_eq(fixture_read_status(&f, f.path, &error), TDM_IO);
    ck_assert_int_eq(fixture_file_count(&f), 1);
    fixture_close(&f);
}
END_TEST

/* A link could lead the writing anywhere, even where there is nothing yet. */
START_TEST(a_link_is_not_written_through)
{
    fixture f;
    tdm_error error;
    fixture_open(&f);
    ck_assert_int_eq(symlink("elsewhere.db", f.path), 0);
    ck_assert_int_eq(write_to(&f, f.path, &error), TDM_IO);
    check_error(&f, &error, "link");
    fixture_write(&f, fixture_path(&f, "elsewhere.db"), WHOLE);
    ck_assert_int_eq(write_to(&f, f.path, &error), TDM_IO);
    ck_assert_int_eq(fixture_file_count(&f), 2);
    fixture_close(&f);
}
END_TEST

Suite *refusals_suite(void)
{
    Suite *suite = suite_create("refusals");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, is_refused_and_left_alone, 0, ROWS(refusals));
    tcase_add_loop_test(all, a_damaged_value_is_told, 0, ROWS(damages));
    tcase_add_loop_test(all, a_name_is_a_name, 0, ROWS(names));
    tcase_add_test(all, places_where_no_store_can_be);
    tcase_add_test(all, a_link_is_not_written_through);
    suite_add_tcase(suite, all);
    return suite;
}
