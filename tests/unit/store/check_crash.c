/*
 * A process that is killed while it writes: what it was told is kept is there, the rest of the last piece of
 * work is not, and the trail goes with it. And a disk that is full.
 */
#include "store/living.h"

#include "store/connection.h"
#include "store/staged.h"
#include "store/trail.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 12, ROWS_A_PIECE = 20, BYTES_A_ROW = 5000 };

static const tdm__digest key = {{7}};

/* Rows enough for many pages, and one entry that goes with them. */
static tdm_status write_piece(tdm__work *work, int64_t time)
{
    static char bytes[BYTES_A_ROW];
    const tdm__chain_entry entry = {.time = time, .actor = TDM_LIT("ann"), .what = TDM_LIT("import.staged")};
    tdm_status status = TDM_OK;
    memset(bytes, 'x', sizeof bytes);
    for (int i = 0; status == TDM_OK && i < ROWS_A_PIECE; i++) {
        tdm__stored_import import = {.by = TDM_LIT("ann"), .content = {bytes, sizeof bytes}};
        status = tdm__work_stage(work, &import, NULL);
    }
    return status == TDM_OK ? tdm__work_trail(work, &key, &entry, NULL, NULL) : status;
}

/* Writes until it is killed; a byte goes into the pipe for each piece that was kept. */
static void write_for_ever(const fixture *f, int pipe_end)
{
    tdm__live *live;
    tdm__work *work;
    tdm_status status = tdm__live_open(&live, f->context, f->path, NULL, NULL);
    for (int64_t time = 1; status == TDM_OK; time++) {
        status = tdm__live_write(&work, live, f->context, NULL);
        if (status == TDM_OK)
            status = write_piece(work, time);
        if (status == TDM_OK)
            status = tdm__work_commit(work, NULL);
        tdm__work_end(work);
        if (status == TDM_OK && write(pipe_end, "k", 1) != 1)
            break;
    }
    _exit(1);
}

/* Kills a writer some microseconds after its piece number `pieces`; how many it was told are kept. */
static int64_t kill_a_writer(const fixture *f, int pieces, long nanoseconds)
{
    const struct timespec a_while = {0, nanoseconds};
    int ends[2], told = 0;
    char byte;
    ck_assert_int_eq(pipe(ends), 0);
    pid_t writer = fork();
    ck_assert_int_ge(writer, 0);
    if (writer == 0) {
        close(ends[0]);
        write_for_ever(f, ends[1]);
    }
    close(ends[1]);
    while (told < pieces && read(ends[0], &byte, 1) == 1)
        told++;
    ck_assert_int_eq(told, pieces);
    nanosleep(&a_while, NULL);
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    while (read(ends[0], &byte, 1) == 1)
        told++;
    close(ends[0]);
    return told;
}

START_TEST(a_killed_writer_loses_nothing_that_was_kept)
{
    living l;
    int64_t kept = 0;
    living_open(&l);
    for (int round = 0; round < ROUNDS; round++) {
        tdm__trail_verdict verdict;
        tdm__live_close(l.live);
        l.live = NULL;
        kept += kill_a_writer(&l.f, round % 4, 150000L * (round * 7 % 12));
        ck_assert_fine(tdm__live_open(&l.live, l.f.context, l.f.path, NULL, &l.error), &l);
        ck_assert_fine(tdm__live_check(l.live, l.f.context, &l.error), &l);
        tdm__work *work = living_read(&l);
        ck_assert_fine(tdm__work_trail_verify(&verdict, work, &l.arena, &key, NULL, &l.error), &l);
        tdm__work_end(work);
        ck_assert(verdict.is_whole);
        /* The last piece may be kept without the writer having lived to say so. */
        ck_assert_int_ge(verdict.head.count, kept);
        ck_assert_int_le(verdict.head.count, kept + 1);
        kept = verdict.head.count;
        ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM staged"), kept * ROWS_A_PIECE);
        ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM event"), 9);
    }
    ck_assert_int_gt(kept, ROUNDS);
    living_close(&l);
}
END_TEST

/* No file may grow over 600 KB: pieces are refused from some number on, and those before stay. */
START_TEST(a_full_disk_refuses_the_piece_and_keeps_the_others)
{
    living l;
    tdm_status status = TDM_OK;
    int64_t kept = 0;
    living_open(&l);
    fixture_limit_files(600000);
    while (status == TDM_OK && kept < 100) {
        tdm__work *work = living_write(&l);
        status = write_piece(work, kept);
        if (status == TDM_OK)
            status = tdm__work_commit(work, &l.error);
        kept += status == TDM_OK;
        tdm__work_end(work);
    }
    fixture_limit_files(0);
    ck_assert_int_eq(status, TDM_IO);
    ck_assert_int_gt(kept, 0);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM audit"), kept);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM staged"), kept * ROWS_A_PIECE);
    /* With room again it goes on. */
    tdm__work *work = living_write(&l);
    ck_assert_int_eq(write_piece(work, kept), TDM_OK);
    living_keep(work);
    ck_assert_fine(tdm__live_check(l.live, l.f.context, &l.error), &l);
    living_close(&l);
}
END_TEST

/* Folding the log into the file is stopped half-way, and with it the program: the file by itself then names
 * more pages than it has. With its log it is whole. */
START_TEST(a_log_that_was_folded_in_by_half_loses_nothing)
{
    living l;
    living_open(&l);
    for (int64_t time = 1; time <= 8; time++) {
        tdm__work *work = living_write(&l);
        ck_assert_int_eq(write_piece(work, time), TDM_OK);
        living_keep(work);
    }
    fixture_limit_files(8192);
    tdm__live_close(l.live);
    l.live = NULL;
    fixture_limit_files(0);
    ck_assert(!tdm__store_lies_still(l.f.context, l.f.path));
    ck_assert_fine(tdm__live_open(&l.live, l.f.context, l.f.path, NULL, &l.error), &l);
    ck_assert_fine(tdm__live_check(l.live, l.f.context, &l.error), &l);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM audit"), 8);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM staged"), 8 * ROWS_A_PIECE);
    living_close(&l);
}
END_TEST

Suite *crash_suite(void)
{
    Suite *suite = suite_create("crash");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_test(all, a_killed_writer_loses_nothing_that_was_kept);
    tcase_add_test(all, a_full_disk_refuses_the_piece_and_keeps_the_others);
    tcase_add_test(all, a_log_that_was_folded_in_by_half_loses_nothing);
    suite_add_tcase(suite, all);
    return suite;
}
