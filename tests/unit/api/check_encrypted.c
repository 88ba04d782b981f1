/*
 * A service over a store that is encrypted, and the command that encrypts it: what is answered is the same,
 * nothing stands in the files, and memory that runs out leaves the store whole.
 */
#include "api/served.h"

#include "base/file.h"
#include "store/vault.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SHOW   "{\"operation\": \"children.show\", \"child\": \"" SERVED_CHILD "\"}"
#define REVIEW "{\"operation\": \"review\", \"child\": \"" SERVED_CHILD "\"}"

static served s;
static char keys[128];

static void setup(void)
{
    served_open(&s);
    snprintf(keys, sizeof keys, "%s.keys", s.store);
}

static void teardown(void)
{
    served_close(&s);
}

static tdm_status run_sure(const char *operation)
{
    return served_command(&s, &tdm__malloc_allocator, operation, "yes", "true");
}

static tdm_status run_with(const tdm_allocator *allocator, const char *operation)
{
    return served_command(&s, allocator, operation, NULL, NULL);
}

static void close_service(void)
{
    tdm_service_free(s.service);
    s.service = NULL;
}

static void open_service(void)
{
    const tdm_service_options options = {.struct_size = sizeof options, .key = keys, .readers = 2};
    tdm_status status = tdm_service_open(&s.service, s.opener, s.store, &options);
    ck_assert_msg(status == TDM_OK, "%s", tdm_context_error(s.opener)->message);
}

static bool stands_in_store(const char *word)
{
    tdm__buffer held;
    bool found = false;
    ck_assert_int_eq(tdm__file_read(&held, &tdm__malloc_allocator, NULL, s.store, 1 << 26, NULL), TDM_OK);
    for (size_t at = 0; !found && at + strlen(word) <= held.length; at++)
        found = memcmp(held.data + at, word, strlen(word)) == 0;
    tdm__free(&tdm__malloc_allocator, held.data);
    return found;
}

START_TEST(a_service_answers_as_before)
{
    static const char *const requests[] = {SHOW, REVIEW};
    char *before[ROWS(requests)];
    served_as(&s, "ann");
    for (int i = 0; i < (int)ROWS(requests); i++) {
        served_expect(&s, requests[i], TDM_OK);
        before[i] = strdup(s.answer.text.data);
    }
    close_service();
    ck_assert(stands_in_store(SERVED_CHILD));
    ck_assert_int_eq(run_with(&tdm__malloc_allocator, "store.encrypt"), TDM_OK);
    ck_assert(!stands_in_store(SERVED_CHILD));
    open_service();
    for (int i = 0; i < (int)ROWS(requests); i++) {
        served_expect(&s, requests[i], TDM_OK);
        ck_assert_str_eq(s.answer.text.data, before[i]);
        free(before[i]);
    }
}
END_TEST

/* Open again, and with fewer keys: the codes, which follow from the first, are the same. */
START_TEST(codes_and_trail_outlive_their_key)
{
    char before[TDM__CODE_SIZE], after[TDM__CODE_SIZE];
    tdm__child_code(before, s.service, TDM_LIT(SERVED_CHILD));
    close_service();
    ck_assert_int_eq(run_with(&tdm__malloc_allocator, "store.encrypt"), TDM_OK);
    ck_assert_int_eq(run_with(&tdm__malloc_allocator, "store.rotate"), TDM_OK);
    ck_assert_int_eq(run_with(&tdm__malloc_allocator, "store.drop-keys"), TDM_INVALID_ARG);
    ck_assert_int_eq(run_sure("store.drop-keys"), TDM_OK);
    ck_assert_int_eq(run_with(&tdm__malloc_allocator, "audit.verify"), TDM_OK);
    ck_assert_int_eq(run_with(&tdm__malloc_allocator, "store.decrypt"), TDM_INVALID_ARG);
    ck_assert(!stands_in_store(SERVED_CHILD));
    ck_assert_int_eq(run_sure("store.decrypt"), TDM_OK);
    ck_assert(stands_in_store(SERVED_CHILD));
    open_service();
    tdm__child_code(after, s.service, TDM_LIT(SERVED_CHILD));
    ck_assert_str_eq(after, before);
    served_as(&s, "ann");
    served_expect(&s, SHOW, TDM_OK);
}
END_TEST

START_TEST(without_its_keys_it_is_not_served)
{
    char elsewhere[160];
    const tdm_service_options options = {.struct_size = sizeof options, .readers = 2};
    close_service();
    ck_assert_int_eq(run_with(&tdm__malloc_allocator, "store.encrypt"), TDM_OK);
    snprintf(elsewhere, sizeof elsewhere, "%s.away", keys);
    ck_assert_int_eq(rename(keys, elsewhere), 0);
    ck_assert_int_eq(tdm_service_open(&s.service, s.opener, s.store, &options), TDM_STORE);
    ck_assert_ptr_nonnull(strstr(tdm_context_error(s.opener)->message, "encrypted"));
    ck_assert_int_ne(access(keys, F_OK), 0); /* none are made for it */
    ck_assert_int_eq(rename(elsewhere, keys), 0);
    open_service();
}
END_TEST

/* --- memory --- */

static const struct {
    const char *name, *option; /* NULL: none */
    int keys;                  /* that the store was closed with before, one after another */
} commands[] = {{"store.encrypt", NULL, 0},
                {"store.rotate", NULL, 1},
                {"store.verify", NULL, 1},
                {"store.decrypt", "yes", 1},
                {"store.drop-keys", "yes", 3}};
static int command;
static tdm__buffer store_bytes, keys_bytes;

static void write_back(const char *path, const tdm__buffer *bytes)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes->data, 1, bytes->length, file), bytes->length);
    fclose(file);
}

/* Each run begins with the same files: what one leaves in the log would be one more thing for the next. */
static tdm_status run_command(const tdm_allocator *allocator)
{
    static const char *const beside[] = {"-wal", "-shm", ".head", ".old"};
    char path[160];
    for (int i = 0; i < (int)ROWS(beside); i++) {
        snprintf(path, sizeof path, "%s%s", s.store, beside[i]);
        unlink(path);
    }
    write_back(s.store, &store_bytes);
    write_back(keys, &keys_bytes);
    return served_command(&s, allocator, commands[command].name, commands[command].option, "true");
}

START_TEST(memory_that_runs_out_is_survived)
{
    command = _i;
    close_service();
    for (int key = 0; key < commands[_i].keys; key++)
        ck_assert_int_eq(run_with(&tdm__malloc_allocator, key > 0 ? "store.rotate" : "store.encrypt"),
                         TDM_OK);
    ck_assert_int_eq(tdm__file_read(&store_bytes, &tdm__malloc_allocator, NULL, s.store, 1 << 26, NULL),
                     TDM_OK);
    ck_assert_int_eq(tdm__file_read(&keys_bytes, &tdm__malloc_allocator, NULL, keys, 1 << 26, NULL), TDM_OK);
    TEST_EVERY_ALLOCATION(run_command);
    tdm__free(&tdm__malloc_allocator, store_bytes.data);
    tdm__free(&tdm__malloc_allocator, keys_bytes.data);
    open_service();
}
END_TEST

Suite *encrypted_suite(void)
{
    Suite *suite = suite_create("encrypted");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, setup, teardown);
    tcase_set_timeout(all, 240);
    tcase_add_test(all, a_service_answers_as_before);
    tcase_add_test(all, codes_and_trail_outlive_their_key);
    tcase_add_test(all, without_its_keys_it_is_not_served);
    tcase_add_loop_test(all, memory_that_runs_out_is_survived, 0, (int)ROWS(commands));
    suite_add_tcase(suite, all);
    return suite;
}
