/*
 * A store that stays open: the queue, snapshots, what is kept and what is not, copies, an older version.
 */
#include "store/living.h"

#include "store/work.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const tdm__stored_user somebody = {.name = {"ann", 3}, .title = {"Ann", 3}, .created = 1000};

static bool has_user(living *l, tdm__work *work, const char *name)
{
    tdm__stored_user user;
    tdm_status status = tdm__work_user(&user, work, &l->arena, tdm__str(name), &l->error);
    ck_assert(status == TDM_OK || status == TDM_NOT_FOUND);
    return status == TDM_OK;
}

START_TEST(a_reader_sees_one_state)
{
    living l;
    living_open(&l);
    tdm__work *before = living_read(&l), *writer = living_write(&l);
    ck_assert_fine(tdm__work_add_user(writer, &somebody, &l.error), &l);
    ck_assert(has_user(&l, writer, "ann"));
    tdm__work *meanwhile = living_read(&l);
    ck_assert(!has_user(&l, meanwhile, "ann"));
    living_keep(writer);
    ck_assert(!has_user(&l, before, "ann"));
    ck_assert(!has_user(&l, meanwhile, "ann"));
    tdm__work *after = living_read(&l);
    ck_assert(has_user(&l, after, "ann"));
    tdm__work_end(before);
    tdm__work_end(meanwhile);
    tdm__work_end(after);
    living_close(&l);
}
END_TEST

START_TEST(what_is_not_committed_is_not_kept)
{
    living l;
    living_open(&l);
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_add_user(work, &somebody, &l.error), &l);
    tdm__work_end(work);
    tdm__work_end(NULL);
    work = living_read(&l);
    ck_assert(!has_user(&l, work, "ann"));
    /* One that reads cannot write. */
    ck_assert_int_eq(tdm__work_add_user(work, &somebody, &l.error), TDM_IO);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* After its end SQLite would keep each further statement by itself. */
START_TEST(nothing_is_done_after_the_end_of_a_transaction)
{
    living l;
    living_open(&l);
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_commit(work, &l.error), &l);
    ck_assert_int_eq(tdm__work_add_user(work, &somebody, &l.error), TDM_STORE);
    ck_assert_int_eq(tdm__work_commit(work, &l.error), TDM_STORE);
    tdm__work_end(work);
    work = living_read(&l);
    ck_assert(!has_user(&l, work, "ann"));
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* --- the queue --- */

enum { WRITERS = 12, ROUNDS = 10 };

typedef struct counting {
    living *l;
    int number;
    pthread_t thread;
    tdm_status status;
} counting;

/* Takes a count up by one, which only comes out right when nobody else writes between look and change. */
static void *count_up(void *payload)
{
    counting *w = payload;
    tdm_context *context;
    tdm_error error;
    w->status = tdm_context_new(&context, NULL);
    for (int round = 0; w->status == TDM_OK && round < ROUNDS; round++) {
        tdm__work *work;
        tdm__arena arena;
        tdm__stored_user user;
        tdm__arena_init(&arena, &tdm__malloc_allocator);
        w->status = tdm__live_write(&work, w->l->live, context, &error);
        if (w->status == TDM_OK)
            w->status = tdm__work_user(&user, work, &arena, TDM_LIT("ann"), &error);
        if (w->status == TDM_OK)
            w->status = tdm__work_set_failures(work, TDM_LIT("ann"), user.failures + 1, w->number, &error);
        if (w->status == TDM_OK)
            w->status = tdm__work_commit(work, &error);
        tdm__work_end(work);
        tdm__arena_free(&arena);
    }
    tdm_context_free(context);
    return NULL;
}

START_TEST(writers_queue)
{
    living l;
    counting writers[WRITERS];
    tdm__stored_user user;
    living_open(&l);
    living_add_user(&l, "ann", "");
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (counting){.l = &l, .number = i};
        ck_assert_int_eq(pthread_create(&writers[i].thread, NULL, count_up, &writers[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(writers[i].thread, NULL);
        ck_assert_int_eq(writers[i].status, TDM_OK);
    }
    tdm__work *work = living_read(&l);
    ck_assert_fine(tdm__work_user(&user, work, &l.arena, TDM_LIT("ann"), &l.error), &l);
    ck_assert_int_eq(user.failures, WRITERS * ROUNDS);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

typedef struct waiting {
    living *l;
    tdm_context *context;
    pthread_t thread;
    int status, place;
} waiting;

static pthread_mutex_t places_lock = PTHREAD_MUTEX_INITIALIZER;
static int places;

static void *wait_for_turn(void *payload)
{
    waiting *w = payload;
    tdm__work *work;
    tdm_error error;
    w->status = tdm__live_write(&work, w->l->live, w->context, &error);
    pthread_mutex_lock(&places_lock);
    w->place = places++;
    pthread_mutex_unlock(&places_lock);
    tdm__work_end(work);
    return NULL;
}

/* Until so many have asked in all: then the order of asking is known. */
static void wait_for_line(tdm__pool *pool, uint64_t asked)
{
    static const struct timespec a_while = {0, 1000000};
    uint64_t next = 0;
    while (next < asked) {
        nanosleep(&a_while, NULL);
        pthread_mutex_lock(&pool->lock);
        next = pool->next;
        pthread_mutex_unlock(&pool->lock);
    }
}

START_TEST(nobody_is_overtaken_and_too_many_are_told)
{
    enum { LINE = 3 };
    living l;
    waiting line[LINE];
    tdm__work *refused;
    const tdm__live_options options = {.reader_count = 1, .waiting_most = LINE};
    living_open(&l);
    tdm__live_close(l.live);
    ck_assert_fine(tdm__live_open(&l.live, l.f.context, l.f.path, &options, &l.error), &l);
    tdm__work *first = living_write(&l);
    places = 0;
    for (int i = 0; i < LINE; i++) {
        line[i] = (waiting){.l = &l};
        ck_assert_int_eq(tdm_context_new(&line[i].context, NULL), TDM_OK);
        ck_assert_int_eq(pthread_create(&line[i].thread, NULL, wait_for_turn, &line[i]), 0);
        wait_for_line(first->pool, (uint64_t)i + 2);
    }
    ck_assert_int_eq(tdm__live_write(&refused, l.live, l.f.context, &l.error), TDM_BUSY);
    ck_assert_ptr_null(refused);
    /* Those who read are in another line. */
    tdm__work_end(living_read(&l));
    tdm__work_end(first);
    for (int i = 0; i < LINE; i++) {
        pthread_join(line[i].thread, NULL);
        ck_assert_int_eq(line[i].status, TDM_OK);
        ck_assert_int_eq(line[i].place, i);
        tdm_context_free(line[i].context);
    }
    living_close(&l);
}
END_TEST

/* --- what goes wrong --- */

START_TEST(another_program_is_waited_for_and_told)
{
    living l;
    sqlite3 *other;
    tdm__work *work;
    const tdm__live_options options = {.busy_milliseconds = 50};
    living_open(&l);
    tdm__live_close(l.live);
    ck_assert_fine(tdm__live_open(&l.live, l.f.context, l.f.path, &options, &l.error), &l);
    other = fixture_database(l.f.path);
    ck_assert_int_eq(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(tdm__live_write(&work, l.live, l.f.context, &l.error), TDM_STORE);
    ck_assert_ptr_null(work);
    ck_assert_ptr_nonnull(strstr(l.error.message, "in use"));
    ck_assert(tdm__store_is_in_use(&l.error));
    tdm__work_end(living_read(&l));
    sqlite3_close(other);
    /* The line has gone on. */
    living_keep(living_write(&l));
    living_close(&l);
}
END_TEST

static tdm_status say_cancelled(void *payload)
{
    (void)payload;
    return TDM_CANCELLED;
}

START_TEST(an_interrupt_ends_a_piece_of_work)
{
    living l;
    tdm__work *work;
    tdm_context *context;
    const tdm_context_options options = {.struct_size = sizeof options, .interrupt = say_cancelled};
    living_open(&l);
    ck_assert_int_eq(tdm_context_new(&context, &options), TDM_OK);
    ck_assert_int_eq(tdm__live_write(&work, l.live, context, &l.error), TDM_CANCELLED);
    ck_assert_ptr_null(work);
    ck_assert_int_eq(tdm__live_read(&work, l.live, context, &l.error), TDM_CANCELLED);
    ck_assert_ptr_null(work);
    tdm_context_free(context);
    living_keep(living_write(&l));
    living_close(&l);
}
END_TEST

START_TEST(what_is_no_store_is_refused)
{
    fixture f;
    tdm__live *live;
    tdm_error error;
    fixture_open(&f);
    ck_assert_int_eq(tdm__live_open(&live, f.context, "", NULL, &error), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__live_open(&live, f.context, f.path, NULL, &error), TDM_NOT_FOUND);
    ck_assert_int_eq(tdm__live_open(&live, f.context, f.folder, NULL, &error), TDM_IO);
    fixture_write(&f, f.path, WHOLE);
    const char *link = fixture_path(&f, "link.db");
    ck_assert_int_eq(symlink(f.path, link), 0);
    ck_assert_int_eq(tdm__live_open(&live, f.context, link, NULL, &error), TDM_IO);
    const tdm__live_options many = {.reader_count = 65};
    ck_assert_int_eq(tdm__live_open(&live, f.context, f.path, &many, &error), TDM_INVALID_ARG);
    fixture_sql(f.path, "CREATE TABLE more (x)");
    ck_assert_int_eq(tdm__live_open(&live, f.context, f.path, NULL, &error), TDM_STORE);
    fixture_sql(f.path, "DROP TABLE more; PRAGMA user_version = 8");
    ck_assert_int_eq(tdm__live_open(&live, f.context, f.path, NULL, &error), TDM_NEWER);
    ck_assert_ptr_null(live);
    fixture_close(&f);
}
END_TEST

/* --- an older version --- */

/* Lines of deletions stay as they are: of a date nobody spoke then. */
START_TEST(a_store_of_version_5_keeps_its_lines)
{
    static const char line[] = "INSERT INTO deletion VALUES (4, 'C-1', 19000, 'kept for 25 years', 'ann',"
                               " 1, 2, 3, 4, 5, 6, 7, 8)";
    living l = {.live = NULL};
    fixture_open(&l.f);
    fixture_write(&l.f, l.f.path, WHOLE);
    fixture_go_back(l.f.path, 5);
    fixture_sql(l.f.path, line);
    ck_assert_fine(tdm__live_open(&l.live, l.f.context, l.f.path, NULL, &l.error), &l);
    ck_assert_int_eq(living_count(&l, "PRAGMA user_version"), 7);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM deletion WHERE number = 4 AND sources = 8"
                                      " AND ground = '' AND due = -2147483648"),
                     1);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM event"), 9);
    living_close(&l);
}
END_TEST

/* Who had an account before there were agencies is the council's. */
START_TEST(accounts_of_version_6_are_of_the_council)
{
    living l = {.live = NULL};
    fixture_open(&l.f);
    fixture_write(&l.f, l.f.path, WHOLE);
    fixture_go_back(l.f.path, 6);
    fixture_sql(
        l.f.path,
        "INSERT INTO user_account VALUES ('ann', 'Ann', 'manager', NULL, NULL, 'active', 1, 1, 0, 0, 1)");
    ck_assert_fine(tdm__live_open(&l.live, l.f.context, l.f.path, NULL, &l.error), &l);
    ck_assert_int_eq(living_count(&l, "PRAGMA user_version"), 7);
    ck_assert_int_eq(
        living_count(&l, "SELECT count(*) FROM user_account WHERE agency = 'childrens-social-care'"), 1);
    living_close(&l);
}
END_TEST

START_TEST(a_store_of_version_3_is_brought_up_to_date)
{
    static const char about[] = "INSERT INTO assessment (sha256, file, line, json) VALUES"
                                " ('a', 'x.json', 1, '{\"id\":\"as-9\",\"child\":\"child-b\"}'),"
                                " ('b', 'y.json', 1, '{\"child\":7}'), ('c', 'z.json', 1, 'not json')";
    living l = {.live = NULL};
    fixture_open(&l.f);
    fixture_write(&l.f, l.f.path, WHOLE);
    fixture_go_back(l.f.path, 3);
    fixture_sql(l.f.path, about);
    tdm_chronology *before, *after;
    ck_assert_int_eq(fixture_chronology(&before, &tdm__malloc_allocator, l.f.vocabulary, WHOLE), TDM_OK);
    ck_assert_fine(tdm__live_open(&l.live, l.f.context, l.f.path, NULL, &l.error), &l);
    ck_assert_int_eq(living_count(&l, "PRAGMA user_version"), 7);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM assessment"), 5);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM assessment_child WHERE child_id = 'child-b'"), 1);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM assessment_child"), 1);
    ck_assert_fine(tdm__live_check(l.live, l.f.context, &l.error), &l);
    after = fixture_read(&l.f, l.f.path);
    fixture_same(before, after);
    tdm_chronology_free(before);
    tdm_chronology_free(after);
    tdm__live_close(l.live);
    /* Made new it has the same tables, and is known again. */
    ck_assert_fine(tdm__live_open(&l.live, l.f.context, l.f.path, NULL, &l.error), &l);
    tdm__live_close(l.live);
    fixture_close(&l.f);
}
END_TEST

/* --- copies --- */

START_TEST(a_copy_is_of_one_state)
{
    living l;
    living_open(&l);
    living_add_user(&l, "ann", "");
    const char *copy = fixture_path(&l.f, "copy.db");
    tdm__work *writer = living_write(&l);
    const tdm__stored_user late = {.name = TDM_LIT("late"), .created = 1};
    ck_assert_fine(tdm__work_add_user(writer, &late, &l.error), &l);
    ck_assert_fine(tdm__live_backup(l.live, l.f.context, copy, &l.error), &l);
    living_keep(writer);
    ck_assert_int_eq(tdm__live_backup(l.live, l.f.context, copy, &l.error), TDM_CONFLICT);
    ck_assert_int_eq(tdm__live_backup(l.live, l.f.context, "", &l.error), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__live_backup(l.live, l.f.context, fixture_path(&l.f, "no/copy.db"), &l.error),
                     TDM_NOT_FOUND);
    /* The store, its log and shared memory, the copy: nothing else is left. */
    ck_assert_int_eq(fixture_file_count(&l.f), 4);
    living other = {.f = l.f};
    tdm__arena_init(&other.arena, &tdm__malloc_allocator);
    ck_assert_fine(tdm__live_open(&other.live, l.f.context, copy, NULL, &other.error), &other);
    tdm__work *work = living_read(&other);
    ck_assert(has_user(&other, work, "ann"));
    ck_assert(!has_user(&other, work, "late"));
    tdm__work_end(work);
    ck_assert_fine(tdm__live_check(other.live, l.f.context, &l.error), &l);
    tdm__live_close(other.live);
    tdm__arena_free(&other.arena);
    living_close(&l);
}
END_TEST

START_TEST(a_damaged_store_is_found)
{
    living l;
    living_open(&l);
    tdm__live_close(l.live);
    fixture_sql(l.f.path, "PRAGMA foreign_keys = OFF; INSERT INTO fact VALUES ('nobody', 1, 1, 1, 'k', 'v')");
    ck_assert_fine(tdm__live_open(&l.live, l.f.context, l.f.path, NULL, &l.error), &l);
    ck_assert_int_eq(tdm__live_check(l.live, l.f.context, &l.error), TDM_STORE);
    ck_assert_ptr_nonnull(strstr(l.error.message, "damaged"));
    living_close(&l);
}
END_TEST

START_TEST(settling_empties_the_log)
{
    living l;
    char log[160];
    living_open(&l);
    living_add_user(&l, "ann", "");
    snprintf(log, sizeof log, "%s-wal", l.f.path);
    tdm__buffer bytes;
    ck_assert_int_eq(tdm__file_read(&bytes, &tdm__malloc_allocator, NULL, log, 1 << 24, NULL), TDM_OK);
    ck_assert_uint_gt(bytes.length, 0);
    tdm__free(&tdm__malloc_allocator, bytes.data);
    ck_assert_fine(tdm__live_settle(l.live, l.f.context, &l.error), &l);
    ck_assert_int_eq(tdm__file_read(&bytes, &tdm__malloc_allocator, NULL, log, 1 << 24, NULL), TDM_OK);
    ck_assert_uint_eq(bytes.length, 0);
    tdm__free(&tdm__malloc_allocator, bytes.data);
    living_close(&l);
}
END_TEST

/* --- memory --- */

static living memory_living;

static tdm_status open_and_copy(const tdm_allocator *allocator)
{
    living *l = &memory_living;
    const tdm_context context = {.allocator = *allocator, .vault = fixture_vault()};
    const char *copy = fixture_path(&l->f, "copy.db");
    tdm__live *live;
    unlink(copy);
    tdm_status status = tdm__live_open(&live, &context, l->f.path, NULL, NULL);
    if (status == TDM_OK)
        status = tdm__live_backup(live, &context, copy, NULL);
    if (status == TDM_OK)
        status = tdm__live_check(live, &context, NULL);
    tdm__live_close(live);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    living_open(&memory_living);
    TEST_EVERY_ALLOCATION(open_and_copy);
    living_close(&memory_living);
}
END_TEST

Suite *live_suite(void)
{
    Suite *suite = suite_create("live");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, a_reader_sees_one_state);
    tcase_add_test(all, what_is_not_committed_is_not_kept);
    tcase_add_test(all, nothing_is_done_after_the_end_of_a_transaction);
    tcase_add_test(all, writers_queue);
    tcase_add_test(all, nobody_is_overtaken_and_too_many_are_told);
    tcase_add_test(all, another_program_is_waited_for_and_told);
    tcase_add_test(all, an_interrupt_ends_a_piece_of_work);
    tcase_add_test(all, what_is_no_store_is_refused);
    tcase_add_test(all, a_store_of_version_5_keeps_its_lines);
    tcase_add_test(all, a_store_of_version_3_is_brought_up_to_date);
    tcase_add_test(all, accounts_of_version_6_are_of_the_council);
    tcase_add_test(all, a_copy_is_of_one_state);
    tcase_add_test(all, a_damaged_store_is_found);
    tcase_add_test(all, settling_empties_the_log);
    tcase_add_test(all, every_allocation_may_fail);
    suite_add_tcase(suite, all);
    return suite;
}
