/*
 * The shipped indicators: each keeps the contract, stands in its folder, has examples of each answer,
 * and every example comes out.
 */
#include <string.h>

#include "script/suites.h"
#include "script/world.h"

#define FILES_MAX 64
#define SHIPPED   35

typedef struct shipped {
    tdm__arena arena;
    tdm__script_file files[FILES_MAX]; /* indicators, then what they share */
    size_t count;
    tdm__catalogue *catalogue;
    tdm__worker *worker;
} shipped;

static void read_folder(shipped *s, tdm_str folder)
{
    tdm_str *names;
    size_t count;
    tdm_str path = tdm__path_join(&s->arena, TDM_LIT("scripts"), folder);
    ck_assert_int_eq(tdm__folder_list(&names, &count, &s->arena, TDM_SOURCE_DIR, path.data, NULL), TDM_OK);
    for (size_t i = 0; i < count; i++) {
        tdm_str file = tdm__path_join(&s->arena, folder, names[i]);
        if (file.length < 4 || memcmp(file.data + file.length - 4, ".lua", 4) != 0)
            continue;
        ck_assert(s->count < FILES_MAX);
        tdm__buffer buffer = world_read(tdm__path_join(&s->arena, TDM_LIT("scripts"), file).data);
        tdm_str text = tdm__arena_copy(&s->arena, (tdm_str){buffer.data, buffer.length});
        s->files[s->count++] = (tdm__script_file){file, text};
        tdm__free(&tdm__malloc_allocator, buffer.data);
    }
}

static void open_shipped(shipped *s)
{
    static const char *const groups[] = {"repeat", "drift", "accumulation", "response", "seen-and-heard"};
    tdm_error error;
    *s = (shipped){.count = 0};
    tdm__arena_init(&s->arena, &tdm__malloc_allocator);
    for (size_t i = 0; i < 5; i++) {
        tdm_str folder = tdm__path_join(&s->arena, TDM_LIT("indicators"), tdm__str(groups[i]));
        tdm_str path = tdm__path_join(&s->arena, TDM_LIT("scripts"), folder);
        if (tdm__file_look(TDM_SOURCE_DIR, path.data) == TDM__FILE_FOLDER)
            read_folder(s, folder);
    }
    size_t indicators = s->count;
    read_folder(s, TDM_LIT("lib"));
    tdm_status status = tdm__catalogue_new(&s->catalogue, &tdm__malloc_allocator, s->files, indicators,
                                           s->files + indicators, s->count - indicators, world_ground(), NULL,
                                           &error);
    ck_assert_msg(status == TDM_OK, "%s:%d: %s", error.file, (int)error.line, error.message);
    status = tdm__worker_new(&s->worker, s->catalogue, &error);
    ck_assert_msg(status == TDM_OK, "%s:%d: %s", error.file, (int)error.line, error.message);
}

static void close_shipped(shipped *s)
{
    tdm__worker_free(s->worker);
    tdm__catalogue_free(s->catalogue);
    tdm__arena_free(&s->arena);
}

static const char *const ids[SHIPPED] = {
    "closure-rebound",
    "refer-close-loop",
    "repeat-plan",
    "repeat-referral",
    "start-again",
    "acclimatisation",
    "chronic-neglect",
    "early-help-drift",
    "no-reliable-change",
    "plan-drift",
    "response-flat",
    "accelerating",
    "attendance",
    "cumulative-load",
    "many-small",
    "repeat-domestic-abuse",
    "repeat-missing",
    "risk-factor-count",
    "was-not-brought",
    "clocks",
    "escalation-unresolved",
    "missed-checks",
    "premature-closure",
    "strategy-discussion-absent",
    "supervision-gap",
    "tool-not-used",
    "worker-churn",
    "agency-silence",
    "antenatal-gap",
    "child-not-seen",
    "knowledge-lag",
    "non-engagement",
    "sibling-left-out",
    "voice-absent",
    "young-carer",
};

START_TEST(stand_in_the_order_of_groups_and_ids)
{
    shipped s;
    open_shipped(&s);
    ck_assert_uint_eq(tdm__catalogue_count(s.catalogue), SHIPPED);
    for (size_t i = 0; i < SHIPPED; i++) {
        const tdm__indicator *indicator = tdm__catalogue_at(s.catalogue, i);
        tdm_str stem = tdm__path_name(indicator->file);
        ck_assert_msg(tdm__str_equal(indicator->id, tdm__str(ids[i])), "%.*s", TDM_STR_ARGS(indicator->id));
        ck_assert_uint_eq(tdm__catalogue_find(s.catalogue, indicator->id), i);
        /* the file is named after the id */
        ck_assert(tdm__str_starts(stem, indicator->id) && stem.length == indicator->id.length + 4);
        ck_assert_uint_eq(strlen(indicator->hash), 64);
    }
    ck_assert_uint_eq(tdm__catalogue_find(s.catalogue, TDM_LIT("repeat")), TDM_NO_INDEX);
    close_shipped(&s);
}
END_TEST

/* Twice, so that what one call leaves behind would show. */
static void run_examples(shipped *s, size_t indicator)
{
    const tdm__indicator *shown = tdm__catalogue_at(s->catalogue, indicator);
    bool seen[4] = {false, false, false, false};
    for (size_t i = 0; i < 2 * shown->example_count; i++) {
        tdm__arena arena;
        tdm__example_outcome outcome;
        tdm__arena_init(&arena, &tdm__malloc_allocator);
        ck_assert_int_eq(
            tdm__worker_example(&outcome, s->worker, &arena, indicator, i % shown->example_count), TDM_OK);
        ck_assert_msg(outcome.passed, "%.*s, \"%.*s\": %.*s", TDM_STR_ARGS(shown->id),
                      TDM_STR_ARGS(outcome.name), TDM_STR_ARGS(outcome.detail));
        seen[outcome.expected] = true;
        tdm__arena_free(&arena);
    }
    ck_assert_msg(seen[TDM_MET] && seen[TDM_NOT_MET] && seen[TDM_POSSIBLE],
                  "%.*s: an answer without an example", TDM_STR_ARGS(shown->id));
}

START_TEST(examples_come_out)
{
    shipped s;
    open_shipped(&s);
    ck_assert_uint_lt((size_t)_i, tdm__catalogue_count(s.catalogue));
    run_examples(&s, (size_t)_i);
    close_shipped(&s);
}
END_TEST

Suite *indicators_suite(void)
{
    Suite *suite = suite_create("indicators");
    TCase *tcase = tcase_create("shipped");
    tcase_add_test(tcase, stand_in_the_order_of_groups_and_ids);
    tcase_add_loop_test(tcase, examples_come_out, 0, SHIPPED);
    suite_add_tcase(suite, tcase);
    return suite;
}
