/*
 * The shipped measures: each keeps the contract, stands in its folder, and every example comes out. All that
 * differ are printed, so that one run shows them together.
 */
#include <stdio.h>
#include <string.h>

#include "script/lint.h"
#include "script/measures.h"
#include "script/suites.h"
#include "script/world.h"

#define FILES_MAX 128

typedef struct shipped {
    tdm__arena arena;
    tdm__script_file files[FILES_MAX]; /* measures, then what they share */
    size_t count;
    tdm__measures *measures;
    tdm__measure_worker *worker;
} shipped;

static const char *const groups[] = {"front-door", "assessments", "child-protection",
                                     "neglect",    "partnership", "drift"};

static void read_folder(shipped *s, tdm_str folder)
{
    tdm_str *names;
    size_t count;
    tdm_str path = tdm__path_join(&s->arena, TDM_LIT("scripts"), folder);
    if (tdm__file_look(TDM_SOURCE_DIR, path.data) != TDM__FILE_FOLDER)
        return;
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
    tdm_error error;
    *s = (shipped){.count = 0};
    tdm__arena_init(&s->arena, &tdm__malloc_allocator);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        read_folder(s, tdm__path_join(&s->arena, TDM_LIT("measures"), tdm__str(groups[i])));
    size_t measures = s->count;
    read_folder(s, TDM_LIT("lib"));
    tdm_status status = tdm__measures_new(&s->measures, &tdm__malloc_allocator, s->files, measures,
                                          s->files + measures, s->count - measures, world_ground(), NULL,
                                          &error);
    ck_assert_msg(status == TDM_OK, "%s:%d: %s", error.file, (int)error.line, error.message);
    status = tdm__measure_worker_new(&s->worker, s->measures, &error);
    ck_assert_msg(status == TDM_OK, "%s:%d: %s", error.file, (int)error.line, error.message);
}

static void close_shipped(shipped *s)
{
    tdm__measure_worker_free(s->worker);
    tdm__measures_free(s->measures);
    tdm__arena_free(&s->arena);
}

START_TEST(stand_in_the_order_of_groups_and_ids)
{
    shipped s;
    size_t group = 0;
    open_shipped(&s);
    for (size_t i = 0; i < tdm__measures_count(s.measures); i++) {
        const tdm__measure *measure = tdm__measures_at(s.measures, i), *before = NULL;
        tdm_str stem = tdm__path_name(measure->file);
        while (group < 6 && !tdm__str_equal(measure->group, tdm__str(groups[group])))
            group++;
        ck_assert_msg(group < 6, "%.*s", TDM_STR_ARGS(measure->id));
        if (i > 0)
            before = tdm__measures_at(s.measures, i - 1);
        ck_assert(!before || !tdm__str_equal(before->group, measure->group) ||
                  tdm__str_compare(before->id, measure->id) < 0);
        ck_assert_uint_eq(tdm__measures_find(s.measures, measure->id), i);
        /* the file is named after the id */
        ck_assert_msg(tdm__str_starts(stem, measure->id) && stem.length == measure->id.length + 4, "%.*s",
                      TDM_STR_ARGS(measure->file));
    }
    close_shipped(&s);
}
END_TEST

START_TEST(examples_hold)
{
    shipped s;
    size_t failed = 0;
    open_shipped(&s);
    for (size_t i = 0; i < tdm__measures_count(s.measures); i++) {
        const tdm__measure *measure = tdm__measures_at(s.measures, i);
        for (size_t e = 0; e < measure->example_count; e++) {
            tdm__arena arena;
            tdm__measure_example example;
            tdm__arena_init(&arena, &tdm__malloc_allocator);
            ck_assert_int_eq(tdm__measure_worker_example(&example, s.worker, &arena, i, e), TDM_OK);
            if (!example.passed)
                printf("%.*s: %.*s: %.*s\n", TDM_STR_ARGS(measure->file), TDM_STR_ARGS(example.name),
                       TDM_STR_ARGS(example.detail));
            failed += example.passed ? 0 : 1;
            tdm__arena_free(&arena);
        }
    }
    close_shipped(&s);
    ck_assert_msg(failed == 0, "%d examples do not come out", (int)failed);
}
END_TEST

START_TEST(nothing_is_a_slip)
{
    shipped s;
    size_t slips = 0;
    open_shipped(&s);
    for (size_t i = 0; i < tdm__measures_count(s.measures); i++) {
        size_t count;
        tdm__lint *found;
        ck_assert_int_eq(tdm__measures_lint(&found, &count, &s.arena, s.measures, i), TDM_OK);
        for (size_t k = 0; k < count; k++)
            printf("%.*s:%d: %s: %.*s\n", TDM_STR_ARGS(tdm__measures_at(s.measures, i)->file),
                   (int)found[k].line, found[k].code, TDM_STR_ARGS(found[k].message));
        slips += count;
    }
    close_shipped(&s);
    ck_assert_uint_eq(slips, 0);
}
END_TEST

Suite *measures_suite(void)
{
    Suite *suite = suite_create("measures");
    TCase *tcase = tcase_create("shipped");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, stand_in_the_order_of_groups_and_ids);
    tcase_add_test(tcase, examples_hold);
    tcase_add_test(tcase, nothing_is_a_slip);
    suite_add_tcase(suite, tcase);
    return suite;
}
