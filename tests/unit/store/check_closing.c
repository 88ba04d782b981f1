/*
 * A store encrypted as a whole, with other keys, and open again: nothing of it is left to read, everything is
 * there, and whoever is killed meanwhile leaves the one state or the other.
 */
#include "store/living.h"

#include "store/closing.h"
#include "store/staged.h"
#include "store/trail.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 24, SHORTEST_WORD = 5 };

static const tdm__digest trail_key = {{7}};

typedef struct changing {
    living l;
    tdm__ring *ring;
    tdm__vault *vault;
} changing;

/* Something in every table; the store lies open and nobody has it. */
static void changing_open(changing *c)
{
    const tdm__chain_entry entry = {.time = 5,
                                    .actor = TDM_LIT("ann"),
                                    .what = TDM_LIT("import.staged"),
                                    .object_id = TDM_LIT("C-planted-code"),
                                    .reason = TDM_LIT("Planted reason")};
    tdm__stored_import import = {.by = TDM_LIT("ann"),
                                 .map = TDM_LIT("planted-map"),
                                 .content = TDM_LIT("planted content of a return")};
    fixture_use(NULL);
    c->ring = fixture_ring(1);
    ck_assert_int_eq(tdm__vault_new(&c->vault, &tdm__malloc_allocator, c->ring, NULL), TDM_OK);
    living_open(&c->l);
    living_fill(&c->l);
    tdm__work *work = living_write(&c->l);
    ck_assert_fine(tdm__work_stage(work, &import, &c->l.error), &c->l);
    ck_assert_fine(tdm__work_trail(work, &trail_key, &entry, NULL, &c->l.error), &c->l);
    living_keep(work);
    tdm__live_close(c->l.live);
    c->l.live = NULL;
}

static void changing_close(changing *c)
{
    c->l.f.context->vault = NULL;
    living_close(&c->l);
    fixture_use_environment();
    tdm__vault_free(c->vault);
    tdm__ring_free(c->ring);
}

static void use_vault(changing *c)
{
    fixture_use(c->vault);
    c->l.f.context->vault = c->vault;
}

static int64_t close_anew(changing *c)
{
    int64_t pages;
    use_vault(c);
    ck_assert_fine(tdm__store_close_anew(c->l.f.context, c->l.f.path, &pages, &c->l.error), &c->l);
    return pages;
}

static tdm__vault_verdict walk(changing *c)
{
    tdm__vault_verdict verdict;
    ck_assert_fine(tdm__vault_walk(&verdict, c->vault, c->l.f.context, c->l.f.path, &c->l.error), &c->l);
    return verdict;
}

/* Every row is what it was. */
static void expect_same(const changing *c, const char *before)
{
    char *after = fixture_dump(c->l.f.path);
    ck_assert_str_eq(before, after);
    free(after);
}

/* --- what is left to read --- */

static bool stands_in(const tdm__buffer *held, const char *word, size_t length)
{
    for (size_t at = 0; at + length <= held->length; at++)
        if (memcmp(held->data + at, word, length) == 0)
            return true;
    return false;
}

/* How many of the words, which stand one a line, stand in some file of the folder. */
static int words_found(changing *c, const char *words)
{
    int found = 0;
    DIR *folder = opendir(c->l.f.folder);
    ck_assert_ptr_nonnull(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[400];
        tdm__buffer held;
        snprintf(path, sizeof path, "%s/%s", c->l.f.folder, entry->d_name);
        if (tdm__file_look(NULL, path) != TDM__FILE_REGULAR)
            continue;
        ck_assert_int_eq(tdm__file_read(&held, &tdm__malloc_allocator, NULL, path, 1 << 26, NULL), TDM_OK);
        for (const char *word = words; *word;) {
            size_t length = strcspn(word, "\n");
            found += stands_in(&held, word, length);
            word += length + (word[length] == '\n');
        }
        tdm__free(&tdm__malloc_allocator, held.data);
    }
    closedir(folder);
    return found;
}

/* Every text and every bytes of every row, from some length on, and the names of the tables. */
static void add_words(tdm__text *out, sqlite3 *db, const char *table)
{
    char sql[128];
    sqlite3_stmt *rows;
    snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &rows, NULL), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            int type = sqlite3_column_type(rows, i);
            const char *bytes = sqlite3_column_blob(rows, i);
            int length = sqlite3_column_bytes(rows, i);
            if ((type != SQLITE_TEXT && type != SQLITE_BLOB) || length < SHORTEST_WORD ||
                memchr(bytes, '\n', (size_t)length))
                continue;
            tdm__text_bytes(out, bytes, (size_t)length);
            tdm__text_char(out, '\n');
        }
    sqlite3_finalize(rows);
}

static char *all_words(const char *path)
{
    sqlite3_stmt *tables;
    tdm__text out;
    sqlite3 *db = fixture_database(path);
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(
        sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'table'", -1, &tables, NULL),
        SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW)
        add_words(&out, db, (const char *)sqlite3_column_text(tables, 0));
    add_words(&out, db, "sqlite_schema");
    sqlite3_finalize(tables);
    sqlite3_close(db);
    return out.data;
}

static int count_lines(const char *words)
{
    int lines = 0;
    for (; *words; words++)
        lines += *words == '\n';
    return lines;
}

/* A change that stays in the log, as while a service is at work. */
static void write_more(changing *c, const char *word)
{
    const tdm__chain_entry entry = {.time = 6, .actor = tdm__str(word), .what = TDM_LIT("later-words")};
    ck_assert_fine(tdm__live_open(&c->l.live, c->l.f.context, c->l.f.path, NULL, &c->l.error), &c->l);
    tdm__work *work = living_write(&c->l);
    ck_assert_fine(tdm__work_trail(work, &trail_key, &entry, NULL, &c->l.error), &c->l);
    living_keep(work);
}

static void stop_writing(changing *c)
{
    tdm__live_close(c->l.live);
    c->l.live = NULL;
}

START_TEST(nothing_is_left_to_read)
{
    changing c;
    changing_open(&c);
    char *words = all_words(c.l.f.path), *before = fixture_dump(c.l.f.path);
    ck_assert_int_ge(words_found(&c, words), count_lines(words) * 9 / 10); /* some go over a page's end */
    ck_assert_int_gt(count_lines(words), 150);
    close_anew(&c);
    expect_same(&c, before);
    ck_assert_int_eq(words_found(&c, words), 0);
    write_more(&c, "planted-actor");
    ck_assert_int_eq(words_found(&c, words), 0);
    ck_assert_int_eq(words_found(&c, "planted-actor\nlater-words\n"), 0);
    stop_writing(&c);
    fixture_sql(c.l.f.path, "VACUUM");
    ck_assert_int_eq(words_found(&c, words), 0);
    ck_assert_int_eq(tdm__ring_grow(c.ring, 9, NULL), TDM_OK);
    close_anew(&c);
    ck_assert_int_eq(words_found(&c, words), 0);
    ck_assert_int_eq(words_found(&c, "planted-actor\nlater-words\n"), 0);
    free(words);
    free(before);
    changing_close(&c);
}
END_TEST

START_TEST(other_keys_take_the_place_of_those_before)
{
    changing c;
    changing_open(&c);
    char *before = fixture_dump(c.l.f.path);
    int64_t pages = close_anew(&c);
    tdm__vault_verdict verdict = walk(&c);
    ck_assert_int_eq(verdict.pages, pages);
    ck_assert_int_eq(verdict.by_key[0].pages, pages);
    ck_assert_int_eq(tdm__ring_grow(c.ring, 9, NULL), TDM_OK);
    ck_assert_int_eq(close_anew(&c), pages);
    verdict = walk(&c);
    ck_assert_uint_eq(verdict.key_count, 1);
    ck_assert_uint_eq(verdict.by_key[0].key, 2);
    ck_assert_int_eq(verdict.opened, pages);
    /* The one before is no longer needed for it. */
    ck_assert_int_eq(tdm__ring_drop(c.ring, 1, NULL), TDM_OK);
    expect_same(&c, before);
    free(before);
    changing_close(&c);
}
END_TEST

/* --- who else is there --- */

START_TEST(a_store_in_use_is_left_alone)
{
    changing c;
    int64_t pages;
    const tdm__live_options soon = {.busy_milliseconds = 1};
    changing_open(&c);
    use_vault(&c);
    ck_assert_fine(tdm__live_open(&c.l.live, c.l.f.context, c.l.f.path, &soon, &c.l.error), &c.l);
    tdm__work *work = living_read(&c.l);
    ck_assert_int_eq(tdm__store_close_anew(c.l.f.context, c.l.f.path, &pages, &c.l.error), TDM_STORE);
    ck_assert(tdm__store_is_in_use(&c.l.error));
    tdm__work_end(work);
    /* Also one that does nothing at the moment: it would go on with what is no longer there. */
    ck_assert_int_eq(tdm__store_close_anew(c.l.f.context, c.l.f.path, &pages, &c.l.error), TDM_STORE);
    stop_writing(&c);
    close_anew(&c);
    changing_close(&c);
}
END_TEST

START_TEST(a_backup_of_it_is_closed_too)
{
    changing c;
    char path[160];
    tdm__vault_verdict verdict;
    changing_open(&c);
    close_anew(&c);
    snprintf(path, sizeof path, "%s/copy.db", c.l.f.folder);
    ck_assert_fine(tdm__live_open(&c.l.live, c.l.f.context, c.l.f.path, NULL, &c.l.error), &c.l);
    ck_assert(tdm__live_is_closed(c.l.live));
    ck_assert_fine(tdm__live_backup(c.l.live, c.l.f.context, path, &c.l.error), &c.l);
    stop_writing(&c);
    ck_assert_int_eq(words_found(&c, "Planted reason\nchild-b\n"), 0);
    ck_assert_fine(tdm__vault_walk(&verdict, c.vault, c.l.f.context, path, &c.l.error), &c.l);
    ck_assert_int_eq(verdict.opened, verdict.pages);
    char *there = fixture_dump(c.l.f.path), *copied = fixture_dump(path);
    ck_assert_str_eq(there, copied);
    free(there);
    free(copied);
    changing_close(&c);
}
END_TEST

/* --- what was stopped --- */

START_TEST(what_was_left_is_cleared_away)
{
    static const char *const left[] = {".old", ".new", ".new-wal", ".new-shm"};
    changing c;
    changing_open(&c);
    for (int i = 0; i < ROWS(left); i++) {
        char path[160];
        snprintf(path, sizeof path, "%s%s", c.l.f.path, left[i]);
        FILE *file = fopen(path, "wb");
        ck_assert_ptr_nonnull(file);
        fputs("words of before", file);
        fclose(file);
    }
    ck_assert(tdm__store_has_aside(c.l.f.context, c.l.f.path));
    close_anew(&c);
    ck_assert(!tdm__store_has_aside(c.l.f.context, c.l.f.path));
    ck_assert_int_eq(words_found(&c, "words of before\n"), 0);
    tdm_chronology_free(fixture_read(&c.l.f, c.l.f.path));
    ck_assert_int_eq(fixture_file_count(&c.l.f), 1);
    changing_close(&c);
}
END_TEST

/* Stopped after the store was given its second name and before it was replaced: its bytes are its own. */
START_TEST(a_second_name_of_the_store_is_not_overwritten)
{
    changing c;
    char path[160];
    changing_open(&c);
    char *before = fixture_dump(c.l.f.path);
    snprintf(path, sizeof path, "%s.old", c.l.f.path);
    ck_assert_int_eq(link(c.l.f.path, path), 0);
    ck_assert_int_eq(tdm__store_clear_aside(c.l.f.context, c.l.f.path, NULL), TDM_OK);
    ck_assert_int_ne(access(path, F_OK), 0);
    expect_same(&c, before);
    free(before);
    changing_close(&c);
}
END_TEST

static void kill_a_closing(changing *c, long nanoseconds)
{
    const struct timespec a_while = {0, nanoseconds};
    int64_t pages;
    pid_t closer = fork();
    ck_assert_int_ge(closer, 0);
    if (closer == 0)
        _exit(tdm__store_close_anew(c->l.f.context, c->l.f.path, &pages, NULL) == TDM_OK ? 0 : 1);
    nanosleep(&a_while, NULL);
    kill(closer, SIGKILL);
    waitpid(closer, NULL, 0);
}

START_TEST(a_killed_closing_leaves_one_state_or_the_other)
{
    int open_still = 0, closed = 0;
    changing c;
    changing_open(&c);
    char *before = fixture_dump(c.l.f.path);
    bool was_open = true;
    use_vault(&c);
    for (int round = 0; round < ROUNDS; round++) {
        kill_a_closing(&c, 300000L * (1 + round * round % 97));
        bool is_closed = tdm__vault_closed_at(c.l.f.context, c.l.f.path);
        open_still += !is_closed;
        closed += is_closed;
        ck_assert(was_open || is_closed); /* never back */
        was_open = !is_closed;
        expect_same(&c, before);
        if (is_closed)
            ck_assert_int_eq(tdm__ring_grow(c.ring, 10 + round, NULL), TDM_OK);
    }
    ck_assert_int_gt(open_still + closed, 0);
    int64_t pages = close_anew(&c);
    tdm__vault_verdict verdict = walk(&c);
    ck_assert_int_eq(verdict.opened, pages);
    ck_assert_uint_eq(verdict.by_key[0].key, tdm__ring_newest(c.ring));
    expect_same(&c, before);
    ck_assert(!tdm__store_has_aside(c.l.f.context, c.l.f.path));
    ck_assert_int_eq(fixture_file_count(&c.l.f), 1);
    free(before);
    changing_close(&c);
}
END_TEST

/* --- and open again --- */

START_TEST(a_store_lies_open_again)
{
    changing c;
    int64_t pages;
    changing_open(&c);
    char *before = fixture_dump(c.l.f.path);
    int64_t closed = close_anew(&c);
    ck_assert_int_eq(words_found(&c, "Planted reason\n"), 0);
    ck_assert_fine(tdm__store_lay_open(c.l.f.context, c.l.f.path, &pages, &c.l.error), &c.l);
    ck_assert_int_eq(pages, closed);
    ck_assert(!tdm__vault_closed_at(c.l.f.context, c.l.f.path));
    ck_assert_int_gt(words_found(&c, "Planted reason\n"), 0);
    ck_assert_int_eq(fixture_file_count(&c.l.f), 1);
    expect_same(&c, before);
    /* Somebody who has it open goes on with it. */
    close_anew(&c);
    ck_assert_fine(tdm__live_open(&c.l.live, c.l.f.context, c.l.f.path, NULL, &c.l.error), &c.l);
    ck_assert_int_eq(tdm__store_lay_open(c.l.f.context, c.l.f.path, &pages, &c.l.error), TDM_STORE);
    stop_writing(&c);
    expect_same(&c, before);
    free(before);
    changing_close(&c);
}
END_TEST

static void kill_an_opening(changing *c, long nanoseconds)
{
    const struct timespec a_while = {0, nanoseconds};
    int64_t pages;
    pid_t opener = fork();
    ck_assert_int_ge(opener, 0);
    if (opener == 0)
        _exit(tdm__store_lay_open(c->l.f.context, c->l.f.path, &pages, NULL) == TDM_OK ? 0 : 1);
    nanosleep(&a_while, NULL);
    kill(opener, SIGKILL);
    waitpid(opener, NULL, 0);
}

START_TEST(a_killed_opening_leaves_one_state_or_the_other)
{
    changing c;
    int64_t pages;
    changing_open(&c);
    char *before = fixture_dump(c.l.f.path);
    close_anew(&c);
    for (int round = 0; round < ROUNDS; round++) {
        kill_an_opening(&c, 300000L * (1 + round * round % 97));
        expect_same(&c, before);
        if (!tdm__vault_closed_at(c.l.f.context, c.l.f.path))
            close_anew(&c);
    }
    ck_assert_fine(tdm__store_lay_open(c.l.f.context, c.l.f.path, &pages, &c.l.error), &c.l);
    expect_same(&c, before);
    ck_assert_int_eq(fixture_file_count(&c.l.f), 1);
    free(before);
    changing_close(&c);
}
END_TEST

/* A killed change of an open store's mode leaves one: its head is empty, and pages may stand behind it. */
START_TEST(a_journal_that_never_became_whole_goes)
{
    changing c;
    char name[sizeof c.l.f.path + 16];
    char bytes[600] = {0};
    changing_open(&c);
    char *before = fixture_dump(c.l.f.path);
    snprintf(bytes + 512, sizeof bytes - 512, "Planted page of a journal");
    snprintf(name, sizeof name, "%s-journal", c.l.f.path);
    FILE *journal = fopen(name, "wb");
    ck_assert_ptr_nonnull(journal);
    ck_assert_uint_eq(fwrite(bytes, 1, sizeof bytes, journal), sizeof bytes);
    ck_assert_int_eq(fclose(journal), 0);
    close_anew(&c);
    ck_assert_int_eq(words_found(&c, "Planted page of a journal\n"), 0);
    ck_assert_int_ne(access(name, F_OK), 0);
    expect_same(&c, before);
    free(before);
    changing_close(&c);
}
END_TEST

START_TEST(without_room_it_stays_as_it_was)
{
    changing c;
    int64_t pages;
    changing_open(&c);
    char *before = fixture_dump(c.l.f.path);
    use_vault(&c);
    fixture_limit_files(65536);
    ck_assert_int_eq(tdm__store_close_anew(c.l.f.context, c.l.f.path, &pages, &c.l.error), TDM_IO);
    fixture_limit_files(0);
    expect_same(&c, before);
    ck_assert_int_eq(fixture_file_count(&c.l.f), 1);
    free(before);
    changing_close(&c);
}
END_TEST

/* --- memory --- */

static changing *memory_changing;

static tdm_status close_again(const tdm_allocator *allocator)
{
    int64_t pages;
    tdm__vault *vault;
    tdm_context context = {.allocator = *allocator};
    tdm_status status = tdm__vault_new(&vault, allocator, memory_changing->ring, NULL);
    context.vault = vault;
    if (status == TDM_OK)
        status = tdm__store_close_anew(&context, memory_changing->l.f.path, &pages, NULL);
    tdm__vault_free(vault);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    changing c;
    changing_open(&c);
    memory_changing = &c;
    close_anew(&c);
    char *before = fixture_dump(c.l.f.path);
    TEST_EVERY_ALLOCATION(close_again);
    expect_same(&c, before);
    ck_assert_int_eq(fixture_file_count(&c.l.f), 1);
    free(before);
    changing_close(&c);
}
END_TEST

Suite *closing_suite(void)
{
    Suite *suite = suite_create("closing");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 240);
    tcase_add_test(all, nothing_is_left_to_read);
    tcase_add_test(all, other_keys_take_the_place_of_those_before);
    tcase_add_test(all, a_store_in_use_is_left_alone);
    tcase_add_test(all, a_backup_of_it_is_closed_too);
    tcase_add_test(all, what_was_left_is_cleared_away);
    tcase_add_test(all, a_second_name_of_the_store_is_not_overwritten);
    tcase_add_test(all, a_killed_closing_leaves_one_state_or_the_other);
    tcase_add_test(all, a_store_lies_open_again);
    tcase_add_test(all, a_killed_opening_leaves_one_state_or_the_other);
    tcase_add_test(all, a_journal_that_never_became_whole_goes);
    tcase_add_test(all, without_room_it_stays_as_it_was);
    tcase_add_test(all, every_allocation_may_fail);
    suite_add_tcase(suite, all);
    return suite;
}
