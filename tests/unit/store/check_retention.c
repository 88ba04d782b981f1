/*
 * Dates of deletion and holds: who is due by a day, what stands about them, and that they go with the child.
 */
#include "store/living.h"

#include "store/deletion.h"
#include "store/drafts.h"
#include "store/retention.h"
#include "store/staged.h"

#include <stdio.h>

static void put(living *l, const char *child, tdm_day until, const char *hold)
{
    const tdm__stored_retention retention = {.child = tdm__str(child),
                                             .until = until,
                                             .reason = TDM_LIT("because"),
                                             .ground = TDM_LIT("schedule 4"),
                                             .hold = tdm__str(hold),
                                             .by = TDM_LIT("ann"),
                                             .at = 77};
    tdm__work *work = living_write(l);
    ck_assert_fine(tdm__work_retain(work, &retention, &l->error), l);
    living_keep(work);
}

static tdm__stored_dues dues(living *l, tdm_day day, int64_t now)
{
    tdm__stored_dues out;
    tdm__work *work = living_read(l);
    ck_assert_fine(tdm__work_dues(&out, work, &l->arena, day, now, &l->error), l);
    tdm__work_end(work);
    return out;
}

START_TEST(what_was_put_is_there)
{
    living l;
    bool there;
    tdm__stored_retention found;
    living_open(&l);
    put(&l, "child-b", 20000, "");
    put(&l, "child-b", 20001, "a court asks");
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_retention(&found, work, &l.arena, TDM_LIT("child-b"), &l.error), &l);
    ck_assert_int_eq(found.until, 20001);
    ck_assert_text(found.hold, "a court asks");
    ck_assert_text(found.ground, "schedule 4");
    ck_assert_int_eq(found.at, 77);
    ck_assert_int_eq(tdm__work_retention(&found, work, &l.arena, TDM_LIT("child-a"), &l.error),
                     TDM_NOT_FOUND);
    const tdm__stored_retention of_nobody = {.child = TDM_LIT("nobody"), .until = 1};
    ck_assert_int_eq(tdm__work_retain(work, &of_nobody, &l.error), TDM_NOT_FOUND);
    ck_assert_fine(tdm__work_has_child(&there, work, TDM_LIT("nobody"), &l.error), &l);
    ck_assert(!there);
    ck_assert_fine(tdm__work_has_child(&there, work, TDM_LIT("child-c"), &l.error), &l);
    ck_assert(there);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* By day, then by child; a day that is not there never comes. child-a and child-b are of one household. */
START_TEST(who_is_due_by_a_day)
{
    living l;
    living_open(&l);
    put(&l, "child-b", 20000, "");
    put(&l, "child-a", 20000, "");
    put(&l, "child-c", TDM_DAY_NONE, "an inquiry asks");
    tdm__stored_dues found = dues(&l, 19999, 0);
    ck_assert_uint_eq(found.count, 0);
    ck_assert_int_eq(found.children, 3);
    ck_assert_int_eq(found.undated, 1);
    ck_assert_int_eq(found.held, 1);
    found = dues(&l, 20000, 0);
    ck_assert_uint_eq(found.count, 2);
    ck_assert_text(found.items[0].retention.child, "child-a");
    ck_assert_text(found.items[1].retention.child, "child-b");
    ck_assert_int_eq(found.items[0].siblings, 0); /* goes too */
    put(&l, "child-a", 19990, "a court asks");
    found = dues(&l, 20000, 0);
    ck_assert_text(found.items[0].retention.child, "child-a");
    ck_assert_int_eq(found.items[0].siblings, 0);
    ck_assert_int_eq(found.items[1].siblings, 1); /* is held */
    ck_assert_int_eq(dues(&l, 19995, 0).items[0].siblings, 1);
    living_close(&l);
}
END_TEST

/* What living_fill puts there, whose draft is complete, and one more; the opening is from second 5 to 9. */
START_TEST(what_stands_about_them_is_counted)
{
    static const struct {
        tdm_day day;
        int64_t now, allocations, openings;
    } at[] = {{20000, 5, 1, 1}, {20000, 9, 1, 0}, {20000, 4, 1, 0}, {18999, 8, 0, 1}};
    const tdm__stored_import returns[] = {
        {.by = TDM_LIT("ann"), .map = TDM_LIT("m"), .content = TDM_LIT("child,day\nchild-b,1\n")},
        {.by = TDM_LIT("ann"), .map = TDM_LIT("m"), .content = TDM_LIT("child,day\nchild-c,1\n")}};
    const tdm__stored_draft open = {.id = TDM_LIT("draft-2"),
                                    .child = TDM_LIT("child-b"),
                                    .instrument = TDM_LIT("gcp2"),
                                    .json = TDM_LIT("{}"),
                                    .author = TDM_LIT("ann"),
                                    .version = 1};
    living l;
    living_open(&l);
    living_fill(&l);
    put(&l, "child-b", 18000, "");
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_add_draft(work, &open, &l.error), &l);
    for (int i = 0; i < ROWS(returns); i++) {
        tdm__stored_import import = returns[i];
        ck_assert_fine(tdm__work_stage(work, &import, &l.error), &l);
    }
    living_keep(work);
    for (int i = 0; i < ROWS(at); i++) {
        tdm__stored_dues found = dues(&l, at[i].day, at[i].now);
        ck_assert_uint_eq(found.count, 1);
        ck_assert_int_eq(found.items[0].allocations, at[i].allocations);
        ck_assert_int_eq(found.items[0].openings, at[i].openings);
        ck_assert_int_eq(found.items[0].entries, 3);
        ck_assert_int_eq(found.items[0].assessments, 1);
        ck_assert_int_eq(found.items[0].open_drafts, 1);
        ck_assert_int_eq(found.items[0].open_prompts, 1);
        ck_assert_int_eq(found.items[0].returns, 1);
        ck_assert_int_eq(found.waiting, 2);
    }
    living_close(&l);
}
END_TEST

START_TEST(it_goes_with_the_child_and_stands_in_the_line)
{
    living l;
    tdm__stored_deletions lines;
    tdm__stored_deletion line = {.pseudonym = TDM_LIT("page-7"),
                                 .day = 20005,
                                 .reason = TDM_LIT("because"),
                                 .by = TDM_LIT("ann"),
                                 .ground = TDM_LIT("schedule 4"),
                                 .due = 20000};
    tdm__stored_deletion other = {.pseudonym = TDM_LIT("page-8"), .due = 1};
    living_open(&l);
    put(&l, "child-b", 20000, "");
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_delete_child(work, TDM_LIT("child-b"), &line, &l.error), &l);
    ck_assert_fine(tdm__work_delete_child(work, TDM_LIT("child-a"), &other, &l.error), &l);
    ck_assert_fine(tdm__work_deletions(&lines, work, &l.arena, 0, 9, &l.error), &l);
    ck_assert_uint_eq(lines.count, 2);
    ck_assert_text(lines.items[0].ground, "schedule 4");
    ck_assert_int_eq(lines.items[0].due, 20000);
    ck_assert_text(lines.items[1].ground, "");
    ck_assert_int_eq(lines.items[1].due, TDM_DAY_NONE); /* without a ground there was no date */
    living_keep(work);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM retention"), 0);
    living_close(&l);
}
END_TEST

/* --- memory --- */

static living memory_living;

static tdm_status ask_all(tdm__work *work, tdm__arena *arena)
{
    tdm__stored_dues found;
    tdm__stored_retention retention;
    tdm_status status = tdm__work_retention(&retention, work, arena, TDM_LIT("child-b"), NULL);
    if (status == TDM_OK)
        status = tdm__work_retain(work, &retention, NULL);
    return status == TDM_OK ? tdm__work_dues(&found, work, arena, 20000, 5, NULL) : status;
}

static tdm_status ask_and_keep_none(const tdm_allocator *allocator)
{
    return living_try(&memory_living, allocator, ask_all);
}

START_TEST(every_allocation_may_fail)
{
    living_open(&memory_living);
    put(&memory_living, "child-b", 19000, "a court asks");
    TEST_EVERY_ALLOCATION(ask_and_keep_none);
    living_close(&memory_living);
}
END_TEST

Suite *retention_suite(void)
{
    Suite *suite = suite_create("retention");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, what_was_put_is_there);
    tcase_add_test(all, who_is_due_by_a_day);
    tcase_add_test(all, what_stands_about_them_is_counted);
    tcase_add_test(all, it_goes_with_the_child_and_stands_in_the_line);
    tcase_add_test(all, every_allocation_may_fail);
    suite_add_tcase(suite, all);
    return suite;
}
