/*
 * Dates of deletion as the command gives and carries them out: killed at any moment each child is there whole
 * or gone with its line, and memory that runs out leaves nothing half-done.
 */
#include "api/served.h"

#include "base/file.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 16 };

static served s;
static char table[128];

typedef struct option {
    const char *name, *value;
} option;

static const option retain_one[] = {{"child", "LN-2"},
                                    {"until", "2024-09-30"},
                                    {"reason", "25 years after closure"},
                                    {"ground", "schedule 4"},
                                    {"by", "ann"},
                                    {"now", "1727776800"},
                                    {NULL, NULL}};
static const option retain_many[] = {
    {"file", table}, {"ground", "schedule 4"}, {"by", "ann"}, {"now", "1727776800"}, {NULL, NULL}};
static const option list_due[] = {{"by", "2024-10-01"}, {"format", "json"}, {NULL, NULL}};
static const option delete_due[] = {
    {"due", "true"}, {"by", "ann"}, {"today", "2024-10-01"}, {"now", "1727776800"}, {NULL, NULL}};
static const option nothing[] = {{NULL, NULL}};

static void setup(void)
{
    served_open(&s);
    tdm_service_free(s.service);
    s.service = NULL;
    snprintf(table, sizeof table, "%s/table.csv", s.folder);
    FILE *file = fopen(table, "wb");
    ck_assert_ptr_nonnull(file);
    fputs("child,until,reason,hold\nLN-1,2024-09-30,25 years after closure,\n"
          "LN-2,2024-09-30,25 years after closure,\nXX-9,,,an inquiry asks\n",
          file);
    fclose(file);
}

static void teardown(void)
{
    unlink(table);
    served_close(&s);
}

static tdm_status run(const tdm_allocator *allocator, const char *operation, const option *options)
{
    const tdm_request_input input = {.struct_size = sizeof input, .path = s.store};
    tdm_request *request = NULL;
    tdm_status status = TDM_NO_MEMORY;
    tdm_context *context = open_context_with(allocator, true);
    s.answer.text.length = 0;
    if (context)
        status = tdm_request_new(&request, context, operation);
    for (; status == TDM_OK && options->name; options++)
        status = tdm_request_option(request, options->name, options->value);
    if (status == TDM_OK)
        status = tdm_request_add_input(request, &input);
    if (status == TDM_OK)
        status = tdm_request_run(request, NULL, answer_sink(&s.answer));
    tdm_request_free(request);
    tdm_context_free(context);
    return status;
}

static void expect(const char *operation, const option *options)
{
    ck_assert_int_eq(run(&tdm__malloc_allocator, operation, options), TDM_OK);
}

static int times(const char *word)
{
    int found = 0;
    for (const char *at = s.answer.text.data; (at = strstr(at, word)); at++)
        found++;
    return found;
}

static int entries_of(const char *operation)
{
    const option only[] = {{"operation", operation}, {NULL, NULL}};
    expect("audit.list", only);
    return times(operation);
}

static int children(void)
{
    static const option as_json[] = {{"format", "json"}, {NULL, NULL}};
    expect("store.due", as_json);
    const char *at = strstr(s.answer.text.data, "\"children\": ");
    ck_assert_ptr_nonnull(at);
    return at[12] - '0';
}

/* --- killed --- */

static void kill_a_deletion(int round)
{
    const struct timespec a_while = {0, 700000L * (1 + round * round % 37)};
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(run(&tdm__malloc_allocator, "store.delete", delete_due) == TDM_OK ? 0 : 1);
    nanosleep(&a_while, NULL);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

START_TEST(a_killed_deletion_leaves_each_child_whole_or_gone)
{
    expect("store.retain", retain_many);
    ck_assert_int_eq(entries_of("store.retain"), 2);
    for (int round = 0; round < test_rounds(ROUNDS); round++) {
        kill_a_deletion(round);
        expect("store.check", nothing);
        int left = children();
        ck_assert_int_eq(entries_of("store.delete"), 2 - left);
        expect("store.deletions", nothing);
        ck_assert_int_eq(times("by ann: 25 years after closure"), 2 - left);
    }
    expect("store.delete", delete_due);
    ck_assert_int_eq(children(), 0);
    ck_assert_int_eq(entries_of("store.delete"), 2);
}
END_TEST

/* --- memory --- */

static tdm__buffer store_bytes;
static const struct {
    const char *operation;
    const option *options;
} commands[] = {{"store.retain", retain_one},
                {"store.retain", retain_many},
                {"store.due", list_due},
                {"store.delete", delete_due}};
static int command;

static void write_back(const char *suffix, const tdm__buffer *bytes)
{
    char path[160];
    snprintf(path, sizeof path, "%s%s", s.store, suffix);
    unlink(path);
    if (!bytes)
        return;
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes->data, 1, bytes->length, file), bytes->length);
    fclose(file);
}

/* Each run begins with the same files. */
static tdm_status run_command(const tdm_allocator *allocator)
{
    write_back("", &store_bytes);
    write_back("-wal", NULL);
    write_back("-shm", NULL);
    write_back(".head", NULL);
    return run(allocator, commands[command].operation, commands[command].options);
}

START_TEST(memory_that_runs_out_is_survived)
{
    command = _i;
    if (commands[_i].options == list_due || commands[_i].options == delete_due)
        expect("store.retain", retain_many);
    ck_assert_int_eq(tdm__file_read(&store_bytes, &tdm__malloc_allocator, NULL, s.store, 1 << 26, NULL),
                     TDM_OK);
    TEST_EVERY_ALLOCATION(run_command);
    expect("store.check", nothing);
    ck_assert_int_eq(children(), commands[_i].options == delete_due ? 0 : 2);
    tdm__free(&tdm__malloc_allocator, store_bytes.data);
}
END_TEST

Suite *retention_suite(void)
{
    Suite *suite = suite_create("retention");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, setup, teardown);
    tcase_set_timeout(all, 240);
    tcase_add_test(all, a_killed_deletion_leaves_each_child_whole_or_gone);
    tcase_add_loop_test(all, memory_that_runs_out_is_survived, 0, (int)ROWS(commands));
    suite_add_tcase(suite, all);
    return suite;
}
