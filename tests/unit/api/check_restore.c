/*
 * A copy put in the place of a store: killed at any moment it is the one store or the other, whole, with a
 * trail that verifies; what somebody uses is left alone; memory that runs out leaves the store as it was.
 */
#include "api/served.h"

#include "base/file.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 24, PLAIN = 0, CLOSED = 1 };

static served s;
static char copy[128];

static tdm_status run_own(const char *operation)
{
    return served_command(&s, &tdm__malloc_allocator, operation, NULL, NULL);
}

/* A copy, and a trail that goes on behind it. */
static void open_store(int form)
{
    served_open(&s);
    tdm_service_free(s.service);
    s.service = NULL;
    snprintf(copy, sizeof copy, "%s/copy.db", s.folder);
    if (form == CLOSED)
        ck_assert_int_eq(run_own("store.encrypt"), TDM_OK);
    ck_assert_int_eq(served_command(&s, &tdm__malloc_allocator, "store.backup", "output", copy), TDM_OK);
    ck_assert_int_eq(served_command(&s, &tdm__malloc_allocator, "user.link", "id", "ann"), TDM_OK);
}

typedef void (*file_fn)(const char *path);

/* Each file of the folder whose path begins so. */
static void each_file(const char *beginning, file_fn body)
{
    DIR *folder = opendir(s.folder);
    ck_assert_ptr_nonnull(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", s.folder, entry->d_name);
        if (entry->d_name[0] != '.' && strncmp(path, beginning, strlen(beginning)) == 0)
            body(path);
    }
    closedir(folder);
}

static int found;

static void remove_one(const char *path)
{
    found++;
    ck_assert_int_eq(unlink(path), 0);
}

static void close_store(void)
{
    each_file(s.folder, remove_one);
    served_close(&s);
}

/* One operation on the store, or of the copy and the store; the answer is in s.answer. */
static tdm_status run(const tdm_allocator *allocator, const char *operation, const char *first, int64_t now,
                      tdm_outcome *outcome)
{
    char seconds[24];
    const char *paths[] = {first, s.store};
    tdm_request *request = NULL;
    tdm_status status = TDM_NO_MEMORY;
    tdm_context *context = open_context_with(allocator, true);
    s.answer.text.length = 0;
    if (context)
        status = tdm_request_new(&request, context, operation);
    snprintf(seconds, sizeof seconds, "%lld", (long long)now);
    if (status == TDM_OK && first)
        status = tdm_request_option(request, "now", seconds);
    if (status == TDM_OK && first)
        status = tdm_request_option(request, "replace", "true");
    for (int i = first ? 0 : 1; status == TDM_OK && i < 2; i++) {
        tdm_request_input input = {.struct_size = sizeof input, .path = paths[i]};
        status = tdm_request_add_input(request, &input);
    }
    if (status == TDM_OK)
        status = tdm_request_run(request, outcome, answer_sink(&s.answer));
    tdm_request_free(request);
    tdm_context_free(context);
    return status;
}

static tdm_status restore(const tdm_allocator *allocator, int64_t now)
{
    return run(allocator, "store.restore", copy, now, NULL);
}

/* Pages, references and the trail, with the end that is written down where one is. */
static void expect_whole(void)
{
    tdm_outcome outcome = {false, false};
    ck_assert_int_eq(run(&tdm__malloc_allocator, "store.check", NULL, 0, &outcome), TDM_OK);
    ck_assert_int_eq(run(&tdm__malloc_allocator, "audit.verify", NULL, 0, &outcome), TDM_OK);
    ck_assert_msg(!outcome.fail_on_reached, "%.*s", (int)s.answer.text.length, s.answer.text.data);
}

static int times_restored(void)
{
    int times = 0;
    ck_assert_int_eq(run(&tdm__malloc_allocator, "audit.list", NULL, 0, NULL), TDM_OK);
    for (const char *at = s.answer.text.data; (at = strstr(at, "store.restore")); at++)
        times++;
    return times;
}

/* --- killed --- */

static void kill_a_restore(int round)
{
    const struct timespec a_while = {0, 1000000L * (1 + round * round % 97)};
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(restore(&tdm__malloc_allocator, SERVED_NOW + round) == TDM_OK ? 0 : 1);
    nanosleep(&a_while, NULL);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

/* The store of before, stopped on its way to the name that it keeps. */
static bool has_replaced(void)
{
    char path[160];
    snprintf(path, sizeof path, "%s.replaced", s.store);
    return access(path, F_OK) == 0;
}

static void drop_replaced(void)
{
    char path[160], other[160];
    snprintf(path, sizeof path, "%s.replaced", s.store);
    snprintf(other, sizeof other, "%s.was", s.store);
    ck_assert_int_eq(rename(path, other), 0);
}

START_TEST(a_killed_restore_leaves_one_store_or_the_other)
{
    open_store(_i);
    for (int round = 0; round < test_rounds(ROUNDS); round++) {
        kill_a_restore(round);
        expect_whole();
        ck_assert_int_le(times_restored(), 1); /* of each copy anew */
        if (has_replaced())
            drop_replaced();
    }
    ck_assert_int_eq(restore(&tdm__malloc_allocator, SERVED_NOW + ROUNDS), TDM_OK);
    expect_whole();
    ck_assert_int_eq(times_restored(), 1);
    /* Nothing that was made is left, and at least one store of before is. */
    char made[160], kept[160];
    snprintf(made, sizeof made, "%s.new", s.store);
    snprintf(kept, sizeof kept, "%s.before-", s.store);
    found = 0;
    each_file(made, remove_one);
    ck_assert_int_eq(found, 0);
    each_file(kept, remove_one);
    ck_assert_int_gt(found, 0);
    close_store();
}
END_TEST

/* Between the two names of a store that was stopped being replaced nothing of it is lost. */
START_TEST(a_second_name_is_dropped_and_a_store_is_not)
{
    char replaced[160];
    open_store(PLAIN);
    snprintf(replaced, sizeof replaced, "%s.replaced", s.store);
    ck_assert_int_eq(link(s.store, replaced), 0);
    ck_assert_int_eq(restore(&tdm__malloc_allocator, SERVED_NOW), TDM_OK);
    ck_assert(!has_replaced());
    FILE *file = fopen(replaced, "wb"); /* another file: the store of before */
    ck_assert_ptr_nonnull(file);
    fclose(file);
    ck_assert_int_eq(restore(&tdm__malloc_allocator, SERVED_NOW + 9), TDM_CONFLICT);
    ck_assert(has_replaced());
    expect_whole();
    close_store();
}
END_TEST

/* --- who else is there, and no room --- */

START_TEST(a_store_that_is_served_is_left_alone)
{
    open_store(_i);
    const tdm_service_options options = {.struct_size = sizeof options, .readers = 2};
    ck_assert_int_eq(tdm_service_open(&s.service, s.opener, s.store, &options), TDM_OK);
    ck_assert_int_eq(restore(&tdm__malloc_allocator, SERVED_NOW), TDM_STORE);
    served_as(&s, "ann");
    served_expect(&s, "{\"operation\": \"children.show\", \"child\": \"" SERVED_CHILD "\"}", TDM_OK);
    tdm_service_free(s.service);
    s.service = NULL;
    ck_assert_int_eq(times_restored(), 0);
    ck_assert_int_eq(restore(&tdm__malloc_allocator, SERVED_NOW), TDM_OK);
    expect_whole();
    close_store();
}
END_TEST

/* --- memory --- */

static tdm__buffer store_bytes, head_bytes;

static void take(tdm__buffer *out, const char *suffix)
{
    char path[160];
    snprintf(path, sizeof path, "%s%s", s.store, suffix);
    ck_assert_int_eq(tdm__file_read(out, &tdm__malloc_allocator, NULL, path, 1 << 26, NULL), TDM_OK);
}

static void put(const tdm__buffer *bytes, const char *suffix)
{
    char path[160];
    snprintf(path, sizeof path, "%s%s", s.store, suffix);
    unlink(path);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes->data, 1, bytes->length, file), bytes->length);
    fclose(file);
}

/* Each run begins with the same files. */
static tdm_status restore_again(const tdm_allocator *allocator)
{
    char beginning[160];
    snprintf(beginning, sizeof beginning, "%s.before-", s.store);
    each_file(beginning, remove_one);
    snprintf(beginning, sizeof beginning, "%s-", s.store);
    each_file(beginning, remove_one);
    put(&store_bytes, "");
    put(&head_bytes, ".head");
    return restore(allocator, SERVED_NOW);
}

START_TEST(memory_that_runs_out_is_survived)
{
    open_store(_i);
    take(&store_bytes, "");
    take(&head_bytes, ".head");
    TEST_EVERY_ALLOCATION(restore_again);
    expect_whole();
    ck_assert_int_eq(times_restored(), 1);
    tdm__free(&tdm__malloc_allocator, store_bytes.data);
    tdm__free(&tdm__malloc_allocator, head_bytes.data);
    close_store();
}
END_TEST

Suite *restore_suite(void)
{
    Suite *suite = suite_create("restore");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 240);
    tcase_add_loop_test(all, a_killed_restore_leaves_one_store_or_the_other, PLAIN, CLOSED + 1);
    tcase_add_test(all, a_second_name_is_dropped_and_a_store_is_not);
    tcase_add_loop_test(all, a_store_that_is_served_is_left_alone, PLAIN, CLOSED + 1);
    tcase_add_loop_test(all, memory_that_runs_out_is_survived, PLAIN, CLOSED + 1);
    suite_add_tcase(suite, all);
    return suite;
}
