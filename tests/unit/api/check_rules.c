/*
 * Rules that are read anew while they are used: old states stay whole until they are given back, a reload
 * that fails changes nothing.
 */
#include "api/fixture.h"
#include "api/rules.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define USERS 3
#define USES  40

static void write_policy(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static const char first[] = "{\"policy\": 1, \"include\": [\"default.json\"], \"title\": \"first\"}";
static const char second[] = "{\"policy\": 1, \"include\": [\"default.json\"], \"title\": \"second\"}";

static bool has_title(const tdm__rules_state *state, const char *title)
{
    return tdm__str_equal(tdm__rules_data(state)->policy->title, tdm__str(title));
}

START_TEST(a_state_outlives_the_reload)
{
    static const char path[] = "check-rules-policy.json";
    tdm_context *context = open_context(true);
    tdm__rules *rules;
    tdm__data_request request = {NULL, path, {"", 0}};
    write_policy(path, first);
    ck_assert_int_eq(tdm__rules_open(&rules, context, &request, NULL), TDM_OK);
    tdm__rules_state *old = tdm__rules_acquire(rules);
    write_policy(path, second);
    ck_assert_int_eq(tdm__rules_reload(rules, NULL), TDM_OK);
    tdm__rules_state *now = tdm__rules_acquire(rules);
    ck_assert(has_title(old, "first") && has_title(now, "second"));
    ck_assert_uint_eq(tdm__rules_number(old), 1);
    ck_assert_uint_eq(tdm__rules_number(now), 2);
    tdm__rules_release(rules, old);
    tdm__rules_release(rules, now);
    remove(path);
    tdm__rules_free(rules);
    tdm_context_free(context);
}
END_TEST

START_TEST(a_reload_that_fails_changes_nothing)
{
    static const char path[] = "check-rules-broken.json";
    tdm_error error;
    tdm_context *context = open_context(true);
    tdm__rules *rules;
    tdm__data_request request = {NULL, path, {"", 0}};
    write_policy(path, first);
    ck_assert_int_eq(tdm__rules_open(&rules, context, &request, NULL), TDM_OK);
    write_policy(path, "{\"policy\": 1,\n \"titel\": 1}");
    ck_assert_int_eq(tdm__rules_reload(rules, &error), TDM_INVALID_INPUT);
    ck_assert_int_eq(error.line, 2);
    tdm__rules_state *state = tdm__rules_acquire(rules);
    ck_assert(has_title(state, "first"));
    ck_assert_uint_eq(tdm__rules_number(state), 1);
    tdm__rules_release(rules, state);
    remove(path);
    tdm__rules_free(rules);
    tdm_context_free(context);
}
END_TEST

typedef struct user {
    tdm__rules *rules;
    bool whole;
} user;

/* What it holds is whole, and never older than what it had before. */
static void *use(void *payload)
{
    user *u = payload;
    uint64_t last = 0;
    u->whole = true;
    for (int i = 0; i < USES; i++) {
        tdm__rules_state *state = tdm__rules_acquire(u->rules);
        const tdm__data *data = tdm__rules_data(state);
        u->whole = u->whole && tdm__rules_number(state) >= last &&
                   data->policy->catalogue == data->catalogue &&
                   data->policy->indicator_count >= tdm__catalogue_count(data->catalogue) &&
                   tdm__catalogue_find(data->catalogue, TDM_LIT("repeat-plan")) != TDM_NO_INDEX;
        last = tdm__rules_number(state);
        tdm__rules_release(u->rules, state);
    }
    return NULL;
}

START_TEST(threads_use_it_while_it_is_read_anew)
{
    pthread_t threads[USERS];
    user users[USERS];
    tdm_context *context = open_context(true);
    tdm__rules *rules;
    tdm__data_request request = {NULL, NULL, {"", 0}};
    ck_assert_int_eq(tdm__rules_open(&rules, context, &request, NULL), TDM_OK);
    for (int i = 0; i < USERS; i++) {
        users[i] = (user){rules, false};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, use, &users[i]), 0);
    }
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(tdm__rules_reload(rules, NULL), TDM_OK);
    for (int i = 0; i < USERS; i++) {
        pthread_join(threads[i], NULL);
        ck_assert(users[i].whole);
    }
    tdm__rules_state *state = tdm__rules_acquire(rules);
    ck_assert_uint_eq(tdm__rules_number(state), 4);
    tdm__rules_release(rules, state);
    tdm__rules_free(rules);
    tdm_context_free(context);
}
END_TEST

START_TEST(what_cannot_be_read_opens_nothing)
{
    tdm_context *context = open_context(true);
    tdm__rules *rules;
    tdm__data_request request = {NULL, "no-such-policy.json", {"", 0}};
    ck_assert_int_eq(tdm__rules_open(&rules, context, &request, NULL), TDM_NOT_FOUND);
    ck_assert_ptr_null(rules);
    tdm__rules_free(NULL);
    tdm_context_free(context);
}
END_TEST

Suite *rules_suite(void)
{
    Suite *suite = suite_create("rules");
    TCase *tests = tcase_create("rules");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_state_outlives_the_reload);
    tcase_add_test(tests, a_reload_that_fails_changes_nothing);
    tcase_add_test(tests, threads_use_it_while_it_is_read_anew);
    tcase_add_test(tests, what_cannot_be_read_opens_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
