/*
 * A child taken out of a store: nothing of it is left, everything of the others is.
 */
#include "store/living.h"

#include "store/allocations.h"
#include "store/deletion.h"
#include "store/drafts.h"
#include "store/replies.h"
#include "store/trail.h"
#include "store/worklist.h"

#include <stdio.h>
#include <string.h>

/* How often the bytes stand in the store, its log included. */
static int found_in_files(living *l, const char *bytes)
{
    static const char *const endings[] = {"", "-wal"};
    int found = 0;
    size_t length = strlen(bytes);
    for (int i = 0; i < ROWS(endings); i++) {
        char path[160];
        tdm__buffer held;
        snprintf(path, sizeof path, "%s%s", l->f.path, endings[i]);
        if (tdm__file_read(&held, &tdm__malloc_allocator, NULL, path, 1 << 26, NULL) != TDM_OK)
            continue;
        for (size_t at = 0; at + length <= held.length; at++)
            found += memcmp(held.data + at, bytes, length) == 0;
        tdm__free(&tdm__malloc_allocator, held.data);
    }
    return found;
}

static tdm__deletion_counts delete_child(living *l, const char *child)
{
    tdm__stored_deletion line = {.pseudonym = TDM_LIT("page-7"),
                                 .day = 20000,
                                 .reason = TDM_LIT("kept long enough"),
                                 .by = TDM_LIT("ann")};
    tdm__work *work = living_write(l);
    ck_assert_fine(tdm__work_delete_child(work, tdm__str(child), &line, &l->error), l);
    living_keep(work);
    ck_assert_int_gt(line.number, 0);
    return line.counts;
}

START_TEST(nothing_of_the_child_is_left)
{
    living l;
    living_open(&l);
    living_fill(&l);
    /* Of one that is encrypted there is nothing to be found. */
    ck_assert_int_gt(found_in_files(&l, "child-b"), fixture_vault() ? -1 : 5);
    ck_assert_int_gt(found_in_files(&l, "Text with \"quotes\""), fixture_vault() ? -1 : 0);
    tdm__deletion_counts counts = delete_child(&l, "child-b");
    ck_assert_int_eq(counts.events, 3);
    ck_assert_int_eq(counts.facts, 7);
    ck_assert_int_eq(counts.assessments, 1);
    ck_assert_int_eq(counts.drafts, 1);
    ck_assert_int_eq(counts.prompts, 1);
    ck_assert_int_eq(counts.allocations, 2);
    ck_assert_int_eq(counts.people, 0); /* its sibling's too */
    ck_assert_int_eq(counts.sources, 0);
    ck_assert_fine(tdm__live_settle(l.live, l.f.context, &l.error), &l);
    ck_assert_int_eq(found_in_files(&l, "child-b"), 0);
    ck_assert_int_eq(found_in_files(&l, "Text with \"quotes\""), 0);
    ck_assert_fine(tdm__live_check(l.live, l.f.context, &l.error), &l);
    tdm__live_close(l.live);
    fixture_sql(l.f.path, "VACUUM");
    ck_assert_int_eq(found_in_files(&l, "child-b"), 0);
    ck_assert_int_gt(found_in_files(&l, "child-a"), fixture_vault() ? -1 : 0);
    tdm_chronology *left = fixture_read(&l.f, l.f.path);
    ck_assert_uint_eq(tdm_chronology_child_count(left), 2);
    ck_assert_uint_eq(tdm_chronology_event_count(left), 6);
    ck_assert_uint_eq(tdm__chronology_person_count(left), 2);
    tdm_chronology_free(left);
    l.live = NULL;
    living_close(&l);
}
END_TEST

/* Sources of the three: aa11 names child-a and child-b, the others are about any child. */
START_TEST(what_was_about_nobody_else_goes_with_the_last)
{
    living l;
    living_open(&l);
    delete_child(&l, "child-b");
    tdm__deletion_counts counts = delete_child(&l, "child-a");
    ck_assert_int_eq(counts.events, 5);
    ck_assert_int_eq(counts.facts, 3);
    ck_assert_int_eq(counts.people, 1);
    ck_assert_int_eq(counts.sources, 1);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM source WHERE hash = 'aa11'"), 0);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM source"), 2);
    /* Its file is another source's too. */
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM diagnostic"), 3);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM case_file"), 1);
    delete_child(&l, "child-c");
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM case_file"), 0);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM event"), 0);
    ck_assert_fine(tdm__live_check(l.live, l.f.context, &l.error), &l);
    living_close(&l);
}
END_TEST

START_TEST(each_deletion_leaves_a_line)
{
    living l;
    tdm__stored_deletions lines;
    tdm__stored_deletion line = {.pseudonym = TDM_LIT("page-1")};
    living_open(&l);
    tdm__work *work = living_write(&l);
    ck_assert_int_eq(tdm__work_delete_child(work, TDM_LIT("nobody"), &line, &l.error), TDM_NOT_FOUND);
    tdm__work_end(work);
    delete_child(&l, "child-b");
    delete_child(&l, "child-a");
    work = living_read(&l);
    ck_assert_fine(tdm__work_deletions(&lines, work, &l.arena, 0, 1, &l.error), &l);
    ck_assert_uint_eq(lines.count, 1);
    ck_assert_int_eq(lines.next, 1);
    ck_assert_int_eq(lines.items[0].counts.events, 3);
    ck_assert_text(lines.items[0].reason, "kept long enough");
    ck_assert_int_eq(lines.items[0].day, 20000);
    ck_assert_fine(tdm__work_deletions(&lines, work, &l.arena, lines.next, 1, &l.error), &l);
    ck_assert_uint_eq(lines.count, 1);
    ck_assert_int_eq(lines.next, 0);
    ck_assert_text(lines.items[0].pseudonym, "page-7");
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* --- memory --- */

static living memory_living;

static tdm_status delete_one(tdm__work *work, tdm__arena *arena)
{
    tdm__stored_deletion line = {.pseudonym = TDM_LIT("p")};
    (void)arena;
    return tdm__work_delete_child(work, TDM_LIT("child-b"), &line, NULL);
}

static tdm_status delete_and_keep_none(const tdm_allocator *allocator)
{
    return living_try(&memory_living, allocator, delete_one);
}

START_TEST(every_allocation_may_fail)
{
    living_open(&memory_living);
    TEST_EVERY_ALLOCATION(delete_and_keep_none);
    ck_assert_int_eq(living_count(&memory_living, "SELECT count(*) FROM event"), 9);
    living_close(&memory_living);
}
END_TEST

Suite *deletion_suite(void)
{
    Suite *suite = suite_create("deletion");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, nothing_of_the_child_is_left);
    tcase_add_test(all, what_was_about_nobody_else_goes_with_the_last);
    tcase_add_test(all, each_deletion_leaves_a_line);
    tcase_add_test(all, every_allocation_may_fail);
    suite_add_tcase(suite, all);
    return suite;
}
