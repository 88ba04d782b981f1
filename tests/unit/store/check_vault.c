/*
 * Stores whose files are closed: what stands on the disk, what is told of pages that do not open, and that a
 * log that is torn or damaged is neither lost nor believed.
 */
#include "store/living.h"

#include "store/connection.h"
#include "store/trail.h"
#include "store/vault_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    PAGE = TDM__VAULT_CLOSED(TDM__VAULT_PAGE_BYTES),
    LOG_START = TDM__VAULT_CLOSED(32),
    FRAME_START = TDM__VAULT_CLOSED(24)
};

/* A closed store of the rich chronology, and what it was closed by. */
typedef struct shut {
    fixture f;
    tdm__ring *ring;
    tdm__vault *vault;
} shut;

static void shut_open(shut *s, int keys)
{
    s->ring = fixture_ring(keys);
    ck_assert_int_eq(tdm__vault_new(&s->vault, &tdm__malloc_allocator, s->ring, NULL), TDM_OK);
    fixture_use(s->vault);
    fixture_open(&s->f);
    fixture_write(&s->f, s->f.path, WHOLE);
}

static void shut_close(shut *s)
{
    fixture_close(&s->f);
    fixture_use_environment();
    tdm__vault_free(s->vault);
    tdm__ring_free(s->ring);
}

static tdm__vault_verdict walk(const shut *s, const tdm__vault *vault)
{
    tdm_error error = {0};
    tdm__vault_verdict verdict;
    tdm_status status = tdm__vault_walk(&verdict, vault, s->f.context, s->f.path, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    return verdict;
}

/* Bytes of a file, as somebody without the key would change them. */
static void get_bytes(const char *path, char *out, size_t length, off_t at)
{
    int file = open(path, O_RDONLY);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(pread(file, out, length, at), (ssize_t)length);
    close(file);
}

static void put_bytes(const char *path, const char *bytes, size_t length, off_t at)
{
    int file = open(path, O_WRONLY);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(pwrite(file, bytes, length, at), (ssize_t)length);
    close(file);
}

static void flip_byte(const char *path, off_t at)
{
    char byte;
    get_bytes(path, &byte, 1, at);
    byte = (char)(byte ^ 0x20);
    put_bytes(path, &byte, 1, at);
}

static off_t page_at(int page)
{
    return TDM__VAULT_HEADER_BYTES + (off_t)(page - 1) * PAGE;
}

static off_t size_of(const char *path)
{
    int file = open(path, O_RDONLY);
    off_t size = lseek(file, 0, SEEK_END);
    close(file);
    return size;
}

START_TEST(pages_are_counted_by_key)
{
    shut s;
    shut_open(&s, 1);
    tdm__vault_verdict verdict = walk(&s, s.vault);
    ck_assert_int_eq(size_of(s.f.path), TDM__VAULT_HEADER_BYTES + verdict.pages * PAGE);
    ck_assert_int_gt(verdict.pages, 20);
    ck_assert_int_eq(verdict.opened, verdict.pages);
    ck_assert_uint_eq(verdict.key_count, 1);
    ck_assert_uint_eq(verdict.by_key[0].key, 1);
    ck_assert_uint_eq(verdict.finding_count, 0);
    /* What is written from now on is closed with the new one; what was there opens as before. */
    ck_assert_int_eq(tdm__ring_grow(s.ring, 2000, NULL), TDM_OK);
    fixture_sql(s.f.path, "UPDATE child SET sex = 'F'");
    verdict = walk(&s, s.vault);
    ck_assert_uint_eq(verdict.key_count, 2);
    ck_assert_uint_eq(verdict.by_key[0].key, 1);
    ck_assert_uint_eq(verdict.by_key[1].key, 2);
    ck_assert_int_gt(verdict.by_key[1].pages, 0);
    ck_assert_int_eq(verdict.by_key[0].pages + verdict.by_key[1].pages, verdict.pages);
    shut_close(&s);
}
END_TEST

/* --- what does not open is told apart --- */

static void swap_pages(const shut *s)
{
    char second[PAGE], third[PAGE];
    get_bytes(s->f.path, second, PAGE, page_at(2));
    get_bytes(s->f.path, third, PAGE, page_at(3));
    put_bytes(s->f.path, third, PAGE, page_at(2));
    put_bytes(s->f.path, second, PAGE, page_at(3));
}

static void damage_a_page(const shut *s)
{
    flip_byte(s->f.path, page_at(4) + 700);
}

static void empty_a_page(const shut *s)
{
    static const char nothing[PAGE];
    put_bytes(s->f.path, nothing, PAGE, page_at(2));
}

static void cut_the_end(const shut *s)
{
    ck_assert_int_eq(truncate(s->f.path, size_of(s->f.path) - 1), 0);
}

/* Another store of the same keys. */
static void take_from_another(const shut *s)
{
    char page[PAGE], path[160];
    fixture f = s->f;
    snprintf(path, sizeof path, "%s/other.db", s->f.folder);
    fixture_write(&f, path, WHOLE);
    get_bytes(path, page, PAGE, page_at(2));
    put_bytes(s->f.path, page, PAGE, page_at(2));
}

static const struct {
    void (*change)(const shut *s);
    tdm__vault_fault fault;
    int64_t first, last; /* last 0: the last page */
} changes[] = {
    {swap_pages, TDM__VAULT_MOVED, 2, 3},        {damage_a_page, TDM__VAULT_DAMAGED, 4, 4},
    {empty_a_page, TDM__VAULT_DAMAGED, 2, 2},    {cut_the_end, TDM__VAULT_DAMAGED, 0, 0},
    {take_from_another, TDM__VAULT_MOVED, 2, 2},
};

START_TEST(a_changed_page_is_named)
{
    shut s;
    tdm_error error;
    shut_open(&s, 1);
    changes[_i].change(&s);
    tdm__vault_verdict verdict = walk(&s, s.vault);
    int64_t first = changes[_i].first ? changes[_i].first : verdict.pages;
    int64_t last = changes[_i].last ? changes[_i].last : verdict.pages;
    ck_assert_int_eq(verdict.opened, verdict.pages - (last - first + 1));
    ck_assert_int_eq(verdict.faults[changes[_i].fault], last - first + 1);
    ck_assert_uint_eq(verdict.finding_count, 1);
    ck_assert_int_eq(verdict.findings[0].fault, changes[_i].fault);
    ck_assert_int_eq(verdict.findings[0].first, first);
    ck_assert_int_eq(verdict.findings[0].last, last);
    ck_assert_int_eq(fixture_read_status(&s.f, s.f.path, &error), TDM_STORE);
    ck_assert_msg(strstr(error.message, "damaged"), "%s", error.message);
    shut_close(&s);
}
END_TEST

START_TEST(another_key_is_told_from_damage)
{
    shut s;
    tdm_error error;
    tdm__vault *other;
    shut_open(&s, 2);
    tdm__ring *another = fixture_ring(2), *first = fixture_ring(1);
    const struct {
        tdm__ring *ring;
        tdm__vault_fault fault;
    } rows[] = {{another, TDM__VAULT_OTHER_KEY}, {first, TDM__VAULT_NO_KEY}};
    for (int i = 0; i < ROWS(rows); i++) {
        ck_assert_int_eq(tdm__vault_new(&other, &tdm__malloc_allocator, rows[i].ring, NULL), TDM_OK);
        tdm__vault_verdict verdict = walk(&s, other);
        ck_assert_int_eq(verdict.opened, 0);
        ck_assert_int_eq(verdict.faults[rows[i].fault], verdict.pages);
        s.f.context->vault = other;
        ck_assert(tdm__store_is_one(s.f.context, s.f.path));
        ck_assert_int_eq(fixture_read_status(&s.f, s.f.path, &error), TDM_STORE);
        ck_assert_msg(strstr(error.message, "key"), "%s", error.message);
        s.f.context->vault = NULL;
        tdm__vault_free(other);
    }
    ck_assert(tdm__store_is_one(s.f.context, s.f.path));
    ck_assert_int_eq(fixture_read_status(&s.f, s.f.path, &error), TDM_STORE);
    ck_assert_msg(strstr(error.message, "--key"), "%s", error.message);
    tdm__ring_free(another);
    tdm__ring_free(first);
    shut_close(&s);
}
END_TEST

START_TEST(findings_are_sentences)
{
    static const struct {
        tdm__vault_finding finding;
        const char *sentence;
    } rows[] = {
        {{TDM__VAULT_MOVED, 7, 7}, "page 7 is whole but does not belong there"},
        {{TDM__VAULT_DAMAGED, 2, 9}, "pages 2 to 9 are damaged or cut off"},
    };
    for (int i = 0; i < ROWS(rows); i++) {
        tdm__text text;
        tdm__text_init(&text, &tdm__malloc_allocator);
        tdm__vault_put_finding(&text, rows[i].finding);
        ck_assert_str_eq(text.data, rows[i].sentence);
        tdm__text_free(&text);
    }
}
END_TEST

/* --- holes and plain stores --- */

/* Pages that are made and let go in one change are written by nobody. */
START_TEST(no_page_is_left_out)
{
    shut s;
    shut_open(&s, 1);
    fixture_sql(s.f.path, "PRAGMA secure_delete = OFF; BEGIN;"
                          "CREATE TABLE more (bytes BLOB);"
                          "INSERT INTO more VALUES (randomblob(400000)), (randomblob(9000));"
                          "DELETE FROM more WHERE length(bytes) > 9000; COMMIT;"
                          "PRAGMA wal_checkpoint(TRUNCATE)");
    tdm__vault_verdict verdict = walk(&s, s.vault);
    ck_assert_int_gt(verdict.pages, 100);
    ck_assert_int_eq(verdict.opened, verdict.pages);
    fixture_sql(s.f.path, "DROP TABLE more; VACUUM");
    verdict = walk(&s, s.vault);
    ck_assert_int_lt(verdict.pages, 100);
    ck_assert_int_eq(verdict.opened, verdict.pages);
    tdm_chronology_free(fixture_read(&s.f, s.f.path));
    shut_close(&s);
}
END_TEST

START_TEST(a_plain_store_stays_plain)
{
    shut s;
    char path[160];
    tdm__vault_verdict verdict;
    shut_open(&s, 1);
    snprintf(path, sizeof path, "%s/plain.db", s.f.folder);
    s.f.context->vault = NULL;
    fixture_write(&s.f, path, FIRST_HALF);
    s.f.context->vault = s.vault;
    fixture_write(&s.f, path, WHOLE);
    tdm_chronology_free(fixture_read(&s.f, path));
    ck_assert(!tdm__vault_closed_at(s.f.context, path));
    ck_assert(tdm__vault_closed_at(s.f.context, s.f.path));
    ck_assert_int_eq(tdm__vault_walk(&verdict, s.vault, s.f.context, path, NULL), TDM_UNSUPPORTED);
    s.f.context->vault = NULL;
    tdm_chronology_free(fixture_read(&s.f, path));
    shut_close(&s);
}
END_TEST

START_TEST(a_ring_without_keys_closes_nothing)
{
    tdm__ring *ring;
    tdm__vault *vault;
    ck_assert_int_eq(tdm__ring_new(&ring, &tdm__malloc_allocator), TDM_OK);
    ck_assert_int_eq(tdm__vault_new(&vault, &tdm__malloc_allocator, ring, NULL), TDM_INVALID_ARG);
    ck_assert_ptr_null(vault);
    tdm__ring_free(ring);
}
END_TEST

/* --- the log --- */

static void log_of(const shut *s, char path[160])
{
    snprintf(path, 160, "%s-wal", s->f.path);
}

/* Two changes that are in the log alone, then what a killed program leaves; gives the log's size after the
 * first. */
static off_t leave_a_log(shut *s)
{
    char log[160];
    off_t after_first;
    log_of(s, log);
    sqlite3 *db = fixture_database(s->f.path);
    ck_assert_int_eq(sqlite3_exec(db, "UPDATE child SET sex = 'first'", NULL, NULL, NULL), SQLITE_OK);
    after_first = size_of(log);
    ck_assert_int_eq(sqlite3_exec(db, "UPDATE child SET sex = 'second'", NULL, NULL, NULL), SQLITE_OK);
    int keeps = 1;
    sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &keeps);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_close(db);
    ck_assert_int_gt(size_of(log), after_first);
    return after_first;
}

static void expect_sex(const shut *s, const char *value)
{
    sqlite3 *db = fixture_database(s->f.path);
    sqlite3_stmt *statement;
    ck_assert_int_eq(sqlite3_prepare_v2(db, "SELECT sex FROM child LIMIT 1", -1, &statement, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    ck_assert_str_eq((const char *)sqlite3_column_text(statement, 0), value);
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

START_TEST(what_waits_in_the_log_is_there)
{
    shut s;
    shut_open(&s, 1);
    leave_a_log(&s);
    expect_sex(&s, "second");
    shut_close(&s);
}
END_TEST

/* As when the power goes while the last change is written. */
START_TEST(a_torn_end_of_the_log_is_as_if_it_had_never_been)
{
    static const int cut[] = {1, FRAME_START, PAGE + 1, PAGE + FRAME_START - 1};
    shut s;
    char log[160];
    shut_open(&s, 1);
    off_t first = leave_a_log(&s);
    log_of(&s, log);
    if (_i == 0)
        flip_byte(log, size_of(log) - 900);
    else
        ck_assert_int_eq(truncate(log, first + cut[_i - 1]), 0);
    expect_sex(&s, "first");
    shut_close(&s);
}
END_TEST

/* A log that the ring cannot open is told, and not thrown away as torn. */
START_TEST(a_log_of_a_key_that_is_missing_is_kept)
{
    shut s;
    tdm_error error;
    char log[160];
    tdm__ring *older = NULL;
    tdm__vault *with_older;
    tdm__secret text;
    shut_open(&s, 1);
    ck_assert_int_eq(tdm__ring_write(&text, s.ring, &tdm__malloc_allocator), TDM_OK);
    ck_assert_int_eq(tdm__ring_read(&older, &tdm__malloc_allocator, tdm__secret_str(&text), TDM_LIT(""),
                                    TDM_LIT("ring"), NULL),
                     TDM_OK);
    tdm__secret_free(&text);
    ck_assert_int_eq(tdm__ring_grow(s.ring, 2000, NULL), TDM_OK);
    leave_a_log(&s);
    log_of(&s, log);
    off_t size = size_of(log);
    ck_assert_int_eq(tdm__vault_new(&with_older, &tdm__malloc_allocator, older, NULL), TDM_OK);
    s.f.context->vault = with_older;
    ck_assert_int_eq(fixture_read_status(&s.f, s.f.path, &error), TDM_STORE);
    ck_assert_msg(strstr(error.message, "key"), "%s", error.message);
    ck_assert_int_eq(size_of(log), size);
    tdm__vault_free(with_older);
    tdm__ring_free(older);
    expect_sex(&s, "second");
    shut_close(&s);
}
END_TEST

/* The first page may be half-written when the power goes; with the log beside it nothing is lost. */
START_TEST(a_torn_first_page_comes_from_the_log)
{
    shut s;
    shut_open(&s, 1);
    sqlite3 *db = fixture_database(s.f.path);
    int keeps = 1;
    ck_assert_int_eq(sqlite3_exec(db, "CREATE TABLE more (a)", NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "DROP TABLE more", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &keeps);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_close(db);
    flip_byte(s.f.path, page_at(1) + 2000);
    tdm_chronology_free(fixture_read(&s.f, s.f.path));
    fixture_write(&s.f, s.f.path, WHOLE);
    tdm__vault_verdict verdict = walk(&s, s.vault);
    ck_assert_int_eq(verdict.opened, verdict.pages);
    shut_close(&s);
}
END_TEST

/* --- memory --- */

static const tdm__ring *memory_ring;
static fixture *memory_fixture;
static tdm__buffer memory_store;

/* The log of one run would be one more thing for the next to read. */
static void put_back(void)
{
    static const char *const beside[] = {"-wal", "-shm"};
    char path[160];
    for (int i = 0; i < ROWS(beside); i++) {
        snprintf(path, sizeof path, "%s%s", memory_fixture->path, beside[i]);
        unlink(path);
    }
    put_bytes(memory_fixture->path, memory_store.data, memory_store.length, 0);
    ck_assert_int_eq(truncate(memory_fixture->path, (off_t)memory_store.length), 0);
}

static tdm_status change_and_walk(const tdm_allocator *allocator)
{
    tdm__live *live = NULL;
    tdm__work *work = NULL;
    tdm__vault *vault;
    tdm__vault_verdict verdict;
    const tdm__digest key = {{7}};
    const tdm__chain_entry entry = {.time = 1, .actor = TDM_LIT("ann"), .what = TDM_LIT("x")};
    tdm_context context = {.allocator = *allocator};
    put_back();
    tdm_status status = tdm__vault_new(&vault, allocator, memory_ring, NULL);
    context.vault = vault;
    if (status == TDM_OK)
        status = tdm__live_open(&live, &context, memory_fixture->path, NULL, NULL);
    if (status == TDM_OK)
        status = tdm__live_write(&work, live, &context, NULL);
    if (status == TDM_OK)
        status = tdm__work_trail(work, &key, &entry, NULL, NULL);
    if (status == TDM_OK)
        status = tdm__work_commit(work, NULL);
    tdm__work_end(work);
    if (status == TDM_OK)
        status = tdm__live_settle(live, &context, NULL);
    tdm__live_close(live);
    if (status == TDM_OK)
        status = tdm__vault_walk(&verdict, vault, &context, memory_fixture->path, NULL);
    tdm__vault_free(vault);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    shut s;
    shut_open(&s, 1);
    memory_ring = s.ring;
    memory_fixture = &s.f;
    ck_assert_int_eq(tdm__file_read(&memory_store, &tdm__malloc_allocator, NULL, s.f.path, 1 << 24, NULL),
                     TDM_OK);
    TEST_EVERY_ALLOCATION(change_and_walk);
    tdm__free(&tdm__malloc_allocator, memory_store.data);
    tdm_chronology_free(fixture_read(&s.f, s.f.path));
    shut_close(&s);
}
END_TEST

Suite *vault_suite(void)
{
    Suite *suite = suite_create("vault");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_test(all, pages_are_counted_by_key);
    tcase_add_loop_test(all, a_changed_page_is_named, 0, ROWS(changes));
    tcase_add_test(all, another_key_is_told_from_damage);
    tcase_add_test(all, findings_are_sentences);
    tcase_add_test(all, no_page_is_left_out);
    tcase_add_test(all, a_plain_store_stays_plain);
    tcase_add_test(all, a_ring_without_keys_closes_nothing);
    tcase_add_test(all, what_waits_in_the_log_is_there);
    tcase_add_loop_test(all, a_torn_end_of_the_log_is_as_if_it_had_never_been, 0, 5);
    tcase_add_test(all, a_log_of_a_key_that_is_missing_is_kept);
    tcase_add_test(all, a_torn_first_page_comes_from_the_log);
    tcase_add_test(all, every_allocation_may_fail);
    suite_add_tcase(suite, all);
    return suite;
}
