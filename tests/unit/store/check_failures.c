/*
 * What goes wrong half way: a disk that is full, an interrupt, another program, no memory. The old
 * store stays as it was, and no half-written one is ever seen. And the steps of the schema.
 */
#include "store/fixture.h"

#include "store/migrations.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Enough rows that a write is no single page: `count` contacts of one child. */
static tdm_status many_contacts(tdm_chronology **out, const tdm_vocabulary *vocabulary, int count)
{
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    uint32_t source;
    const tdm__source_input input = {.id = TDM_LIT("many"), .received = TDM_DAY_NONE, .carries_all = true};
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    tdm_status status = tdm__builder_new(&builder, &tdm__malloc_allocator, vocabulary);
    if (status == TDM_OK)
        status = tdm__builder_source(&source, builder, &input);
    for (int i = 0; status == TDM_OK && i < count; i++) {
        tdm__event_input event = {.child = TDM_LIT("child-m"),
                                  .occurred = {19000 + i % 900, 19000 + i % 900, 0},
                                  .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
                                  .minute = -1,
                                  .recorded = TDM_DAY_NONE,
                                  .agency = TDM_LIT("school"),
                                  .source = source,
                                  .row = (uint32_t)i + 2,
                                  .kind = vocabulary->kind_other,
                                  .row_key = (uint64_t)i + 1};
        event.strings[TDM__TEXT] = TDM_LIT("some words that take up room in a row of the store");
        status = tdm__builder_event(builder, &event);
    }
    if (status == TDM_OK)
        status = tdm__builder_freeze(out, builder, &diagnostics);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    return status;
}

static tdm_status write_many(fixture *f, const tdm_context *context, const char *path, tdm_error *error)
{
    tdm_chronology *chronology;
    ck_assert_int_eq(many_contacts(&chronology, f->vocabulary, 5000), TDM_OK);
    tdm__store_content content = fixture_content(chronology);
    tdm_status status = tdm__store_write(context, path, &content, NULL, error);
    tdm_chronology_free(chronology);
    return status;
}

START_TEST(a_full_disk_leaves_no_new_store)
{
    fixture f;
    tdm_error error = {0};
    fixture_open(&f);
    fixture_limit_files(65536);
    tdm_status status = write_many(&f, f.context, f.path, &error);
    fixture_limit_files(0);
    ck_assert_int_eq(status, TDM_IO);
    ck_assert_str_eq(error.file, f.path);
    ck_assert_int_eq(fixture_file_count(&f), 0);
    fixture_close(&f);
}
END_TEST

START_TEST(a_full_disk_leaves_the_old_store)
{
    fixture f;
    tdm_error error = {0};
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    char *before = fixture_dump(f.path);
    fixture_limit_files(65536);
    tdm_status status = write_many(&f, f.context, f.path, &error);
    fixture_limit_files(0);
    char *after = fixture_dump(f.path);
    ck_assert_int_eq(status, TDM_IO);
    ck_assert_str_eq(error.file, f.path);
    ck_assert_str_eq(before, after);
    /* With room again it takes what it could not. */
    ck_assert_int_eq(write_many(&f, f.context, f.path, &error), TDM_OK);
    free(before);
    free(after);
    fixture_close(&f);
}
END_TEST

static tdm_status say_cancelled(void *payload)
{
    (*(int *)payload)++;
    return TDM_CANCELLED;
}

START_TEST(an_interrupt_ends_it)
{
    fixture f;
    tdm_context *context;
    int asked = 0;
    tdm_error error = {0};
    const tdm_context_options options = {
        .struct_size = sizeof options, .interrupt = say_cancelled, .interrupt_payload = &asked};
    fixture_open(&f);
    ck_assert_int_eq(tdm_context_new(&context, &options), TDM_OK);
    context->vault = fixture_vault();
    ck_assert_int_eq(write_many(&f, context, f.path, &error), TDM_CANCELLED);
    ck_assert_int_gt(asked, 0);
    ck_assert_int_eq(fixture_file_count(&f), 0);
    fixture_write(&f, f.path, WHOLE);
    char *before = fixture_dump(f.path);
    ck_assert_int_eq(write_many(&f, context, f.path, &error), TDM_CANCELLED);
    char *after = fixture_dump(f.path);
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
    ck_assert_int_eq(write_many(&f, f.context, f.path, &error), TDM_OK);
    tdm_context_free(f.context);
    f.context = context;
    ck_assert_int_eq(fixture_read_status(&f, f.path, &error), TDM_CANCELLED);
    fixture_close(&f);
}
END_TEST

START_TEST(another_writer_is_told)
{
    fixture f;
    sqlite3 *other;
    tdm_error error = {0};
    fixture_open(&f);
    fixture_write(&f, f.path, FIRST_HALF);
    other = fixture_database(f.path);
    ck_assert_int_eq(sqlite3_exec(other, "BEGIN IMMEDIATE; UPDATE account SET file = 'x'", NULL, NULL, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(write_many(&f, f.context, f.path, &error), TDM_STORE);
    ck_assert_ptr_nonnull(strstr(error.message, "in use"));
    /* A reader is not kept out, and sees what was there before. */
    tdm_chronology *read = fixture_read(&f, f.path);
    ck_assert_uint_eq(tdm_chronology_event_count(read), 6);
    tdm_chronology_free(read);
    sqlite3_close(other);
    fixture_close(&f);
}
END_TEST

START_TEST(an_assessment_that_is_none_ends_it)
{
    static const char *const texts[] = {"", "{\"id\": ", "[1]", "{\"id\": 1, \"id\": 2}"};
    fixture f;
    tdm_chronology *chronology;
    tdm_error error;
    fixture_open(&f);
    ck_assert_int_eq(fixture_chronology(&chronology, &tdm__malloc_allocator, f.vocabulary, WHOLE), TDM_OK);
    for (int i = 0; i < ROWS(texts); i++) {
        tdm__kept_assessment one = {TDM_LIT("a.json"), 1, tdm__str(texts[i])};
        tdm__store_content content = fixture_content(chronology);
        content.assessments = &one;
        content.assessment_count = 1;
        ck_assert_int_eq(tdm__store_write(f.context, f.path, &content, NULL, &error), TDM_INVALID_INPUT);
        ck_assert_str_eq(error.file, "a.json");
        ck_assert_int_eq(fixture_file_count(&f), 0);
    }
    tdm_chronology_free(chronology);
    fixture_close(&f);
}
END_TEST

/* --- memory --- */

static fixture memory_fixture;
static tdm_chronology *memory_chronology;

static tdm_context context_with(const tdm_allocator *allocator)
{
    return (tdm_context){.allocator = *allocator, .data_folder = NULL, .vault = fixture_vault()};
}

static tdm_status write_new_store(const tdm_allocator *allocator)
{
    fixture *f = &memory_fixture;
    const tdm_context context = context_with(allocator);
    tdm__store_content content = fixture_content(memory_chronology);
    unlink(f->path);
    tdm_status status = tdm__store_write(&context, f->path, &content, NULL, NULL);
    /* All of it or nothing; only switching the log on afterwards may go without memory. */
    ck_assert_int_eq(fixture_file_count(f), status == TDM_OK ? 1 : 0);
    return status;
}

static tdm_status write_old_store(const tdm_allocator *allocator)
{
    const tdm_context context = context_with(allocator);
    tdm__store_content content = fixture_content(memory_chronology);
    return tdm__store_write(&context, memory_fixture.path, &content, NULL, NULL);
}

static tdm_status read_old_store(const tdm_allocator *allocator)
{
    const tdm_context context = context_with(allocator);
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    tdm__arena arena;
    tdm__store_content content;
    tdm_status status = tdm__builder_new(&builder, allocator, memory_fixture.vocabulary);
    if (status != TDM_OK)
        return status;
    tdm__diagnostics_init(&diagnostics, allocator);
    tdm__arena_init(&arena, allocator);
    status = tdm__store_read(&context, memory_fixture.path, builder, memory_fixture.vocabulary, &diagnostics,
                             &arena, &content, NULL);
    tdm__builder_free(builder);
    tdm__arena_free(&arena);
    tdm__diagnostics_free(&diagnostics);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    fixture_open(&memory_fixture);
    ck_assert_int_eq(
        fixture_chronology(&memory_chronology, &tdm__malloc_allocator, memory_fixture.vocabulary, WHOLE),
        TDM_OK);
    TEST_EVERY_ALLOCATION(write_new_store);
    unlink(memory_fixture.path);
    fixture_write(&memory_fixture, memory_fixture.path, FIRST_HALF);
    TEST_EVERY_ALLOCATION(write_old_store);
    tdm_chronology *after = fixture_read(&memory_fixture, memory_fixture.path);
    ck_assert_uint_eq(tdm_chronology_event_count(after), 9);
    tdm_chronology_free(after);
    TEST_EVERY_ALLOCATION(read_old_store);
    tdm_chronology_free(memory_chronology);
    fixture_close(&memory_fixture);
}
END_TEST

/* --- steps of the schema --- */

static const tdm__migration two_steps[] = {
    {"CREATE TABLE first (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT", NULL},
    {"ALTER TABLE first ADD COLUMN more TEXT", "CREATE TABLE second (id INTEGER PRIMARY KEY) STRICT"},
};
static const tdm__migrations one_version = {two_steps, 1}, two_versions = {two_steps, 2};

static void make_old_store(fixture *f)
{
    tdm__store store;
    int file = open(f->path, O_CREAT | O_EXCL | O_WRONLY, 0600);
    ck_assert_int_ge(file, 0);
    close(file);
    ck_assert_int_eq(tdm__store_open(&store, f->context, f->path, TDM__STORE_CHANGE, NULL), TDM_OK);
    ck_assert_int_eq(tdm__store_migrate(&store, &one_version, 0, NULL), TDM_OK);
    ck_assert_int_eq(tdm__store_run(&store, "PRAGMA application_id = 1414087757", NULL), TDM_OK);
    ck_assert_int_eq(tdm__store_run(&store, "INSERT INTO first VALUES (1, 'kept')", NULL), TDM_OK);
    tdm__store_close(&store);
}

START_TEST(an_older_store_takes_the_steps_it_lacks)
{
    fixture f;
    tdm__store store;
    int32_t version;
    int64_t kept;
    fixture_open(&f);
    make_old_store(&f);
    ck_assert_int_eq(tdm__store_open(&store, f.context, f.path, TDM__STORE_CHANGE, NULL), TDM_OK);
    ck_assert_int_eq(tdm__store_version(&version, &store, &two_versions, NULL), TDM_OK);
    ck_assert_int_eq(version, 1);
    /* Right for its version, not for the next one. */
    ck_assert_int_eq(tdm__store_check_tables(&store, &two_versions, 1, NULL), TDM_OK);
    ck_assert_int_eq(tdm__store_check_tables(&store, &two_versions, 2, NULL), TDM_STORE);
    ck_assert_int_eq(tdm__store_migrate(&store, &two_versions, 1, NULL), TDM_OK);
    ck_assert_int_eq(tdm__store_check_tables(&store, &two_versions, 2, NULL), TDM_OK);
    ck_assert_int_eq(tdm__store_number(&kept, &store, "SELECT count(*) FROM first WHERE name = 'kept'", NULL),
                     TDM_OK);
    ck_assert_int_eq(kept, 1);
    /* What was brought up to date is newer to the program before. */
    ck_assert_int_eq(tdm__store_version(&version, &store, &one_version, NULL), TDM_NEWER);
    tdm__store_close(&store);
    fixture_close(&f);
}
END_TEST

START_TEST(a_step_that_fails_is_taken_back)
{
    static const tdm__migration broken_steps[] = {
        {"CREATE TABLE first (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT", NULL},
        {"CREATE TABLE second (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE first (x)", NULL},
    };
    static const tdm__migrations broken = {broken_steps, 2};
    fixture f;
    tdm__store store;
    int32_t version;
    fixture_open(&f);
    make_old_store(&f);
    ck_assert_int_eq(tdm__store_open(&store, f.context, f.path, TDM__STORE_CHANGE, NULL), TDM_OK);
    ck_assert_int_eq(tdm__store_run(&store, "BEGIN IMMEDIATE", NULL), TDM_OK);
    ck_assert_int_ne(tdm__store_migrate(&store, &broken, 1, NULL), TDM_OK);
    ck_assert_int_eq(tdm__store_run(&store, "ROLLBACK", NULL), TDM_OK);
    ck_assert_int_eq(tdm__store_version(&version, &store, &broken, NULL), TDM_OK);
    ck_assert_int_eq(version, 1);
    ck_assert_int_eq(tdm__store_check_tables(&store, &broken, 1, NULL), TDM_OK);
    tdm__store_close(&store);
    fixture_close(&f);
}
END_TEST

/* What the program before the second step wrote: the same tables without those of later steps. */
static void make_first_version(fixture *f, int part)
{
    fixture_write(f, f->path, part);
    fixture_go_back(f->path, 1);
}

/* Two returns of one agency tell one entry, the second in place of the first and with other words. */
static void write_a_correction(fixture *f)
{
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    tdm_chronology *chronology;
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, f->vocabulary), TDM_OK);
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t source;
        tdm__source_input input = {.id = i ? TDM_LIT("later") : TDM_LIT("earlier"),
                                   .agency = TDM_LIT("school"),
                                   .received = 19400 + (tdm_day)i,
                                   .carries_all = true};
        tdm__event_input event = {.child = TDM_LIT("child-v"),
                                  .occurred = {19000, 19000, 0},
                                  .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
                                  .minute = -1,
                                  .recorded = TDM_DAY_NONE,
                                  .agency = TDM_LIT("school"),
                                  .source = i,
                                  .row = 2,
                                  .kind = f->vocabulary->kind_other,
                                  .row_key = 77};
        event.strings[TDM__TEXT] = i ? TDM_LIT("corrected") : TDM_LIT("as it was");
        ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
        ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    }
    ck_assert_int_eq(tdm__builder_source_replaces(builder, 1, 0), TDM_OK);
    ck_assert_int_eq(tdm__builder_freeze(&chronology, builder, &diagnostics), TDM_OK);
    tdm__store_content content = fixture_content(chronology);
    ck_assert_int_eq(tdm__store_write(f->context, f->path, &content, NULL, NULL), TDM_OK);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    tdm_chronology_free(chronology);
}

/* Read as it is it is refused; the next import brings it up to date, and the facts of its sources come with
 * their returns. */
START_TEST(a_store_of_the_first_version_becomes_one_of_the_newest)
{
    fixture f;
    tdm_error error = {0};
    fixture_open(&f);
    make_first_version(&f, FIRST_HALF);
    ck_assert_int_eq(fixture_read_status(&f, f.path, &error), TDM_STORE);
    ck_assert_ptr_nonnull(strstr(error.message, "has version 1"));
    tdm__store_counts counts = fixture_write(&f, f.path, SECOND_HALF);
    ck_assert_int_eq(counts.events.added, 3);
    ck_assert_int_eq(fixture_write(&f, f.path, WHOLE).events.known, 9);
    const char *fresh = fixture_path(&f, "fresh.db");
    fixture_write(&f, fresh, FIRST_HALF);
    fixture_write(&f, fresh, SECOND_HALF);
    fixture_write(&f, fresh, WHOLE);
    char *brought = fixture_dump(f.path), *made = fixture_dump(fresh);
    ck_assert_str_eq(brought, made);
    free(brought);
    free(made);
    write_a_correction(&f);
    tdm_chronology *read = fixture_read(&f, f.path);
    size_t replacements;
    tdm__chronology_replacements(read, &replacements);
    ck_assert_uint_eq(replacements, 1);
    ck_assert_uint_eq(tdm__chronology_version_count(read), 2);
    ck_assert_uint_eq(tdm_chronology_event_count(read), 11);
    tdm_chronology_free(read);
    fixture_close(&f);
}
END_TEST

Suite *failures_suite(void)
{
    Suite *suite = suite_create("failures");
    TCase *all = tcase_create("all");
    tcase_add_test(all, a_full_disk_leaves_no_new_store);
    tcase_add_test(all, a_full_disk_leaves_the_old_store);
    tcase_add_test(all, an_interrupt_ends_it);
    tcase_add_test(all, another_writer_is_told);
    tcase_add_test(all, an_assessment_that_is_none_ends_it);
    tcase_add_test(all, every_allocation_may_fail);
    tcase_add_test(all, an_older_store_takes_the_steps_it_lacks);
    tcase_add_test(all, a_step_that_fails_is_taken_back);
    tcase_add_test(all, a_store_of_the_first_version_becomes_one_of_the_newest);
    suite_add_tcase(suite, all);
    return suite;
}
