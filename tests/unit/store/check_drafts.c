/*
 * Assessments in work: saved, completed, countersigned, withdrawn, and what of it stands in the record.
 */
#include "store/living.h"

#include "store/drafts.h"

#include <stdio.h>

static tdm__stored_draft first_draft(void)
{
    return (tdm__stored_draft){.id = TDM_LIT("as-7"),
                               .child = TDM_LIT("child-a"),
                               .instrument = TDM_LIT("gcp2"),
                               .version = 1,
                               .json = TDM_LIT("{\"id\":\"as-7\",\"child\":\"child-a\",\"items\":{}}"),
                               .author = TDM_LIT("ann"),
                               .created = 100,
                               .changed = 100,
                               .changed_by = TDM_LIT("ann")};
}

static void check_latest(living *l, tdm__work *work, int64_t version, uint32_t state)
{
    tdm__stored_draft out;
    ck_assert_fine(tdm__work_draft(&out, work, &l->arena, TDM_LIT("as-7"), &l->error), l);
    ck_assert_int_eq(out.version, version);
    ck_assert_uint_eq(out.state, state);
}

START_TEST(a_draft_comes_back_as_it_went)
{
    living l;
    tdm__stored_draft out, draft = first_draft();
    living_open(&l);
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_add_draft(work, &draft, &l.error), &l);
    ck_assert_int_eq(tdm__work_add_draft(work, &draft, &l.error), TDM_CONFLICT);
    ck_assert_fine(tdm__work_draft(&out, work, &l.arena, draft.id, &l.error), &l);
    ck_assert_text(out.child, "child-a");
    ck_assert_text(out.instrument, "gcp2");
    ck_assert(tdm__str_equal(out.json, draft.json));
    ck_assert_text(out.author, "ann");
    ck_assert_text(out.changed_by, "ann");
    ck_assert_text(out.countersigned_by, "");
    ck_assert_int_eq(out.created, 100);
    ck_assert_int_eq(tdm__work_draft(&out, work, &l.arena, TDM_LIT("no"), &l.error), TDM_NOT_FOUND);
    draft.id = TDM_LIT("as-8");
    draft.child = TDM_LIT("nobody");
    ck_assert_int_eq(tdm__work_add_draft(work, &draft, &l.error), TDM_NOT_FOUND);
    draft.child = TDM_LIT("child-a");
    draft.json = TDM_LIT("[1]");
    ck_assert_int_eq(tdm__work_add_draft(work, &draft, &l.error), TDM_INVALID_INPUT);
    draft.json = TDM_LIT("{\"a\":");
    ck_assert_int_eq(tdm__work_add_draft(work, &draft, &l.error), TDM_INVALID_INPUT);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* Two people have version 1: the second save is told, and the first stands. */
START_TEST(who_saves_second_is_told)
{
    living l;
    tdm__stored_draft out, draft = first_draft(), other = first_draft();
    living_open(&l);
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_add_draft(work, &draft, &l.error), &l);
    draft.json = TDM_LIT("{\"child\":\"child-a\",\"saved\":\"by ann\"}");
    draft.changed = 200;
    other.json = TDM_LIT("{\"child\":\"child-a\",\"saved\":\"by bob\"}");
    other.changed_by = TDM_LIT("bob");
    ck_assert_fine(tdm__work_change_draft(work, &draft, &l.error), &l);
    ck_assert_int_eq(tdm__work_change_draft(work, &other, &l.error), TDM_STALE);
    ck_assert_fine(tdm__work_draft(&out, work, &l.arena, draft.id, &l.error), &l);
    ck_assert(tdm__str_equal(out.json, draft.json));
    ck_assert_int_eq(out.version, 2);
    ck_assert_int_eq(out.changed, 200);
    ck_assert_int_eq(out.created, 100);
    other.version = 2;
    ck_assert_fine(tdm__work_change_draft(work, &other, &l.error), &l);
    other.id = TDM_LIT("as-9");
    ck_assert_int_eq(tdm__work_change_draft(work, &other, &l.error), TDM_NOT_FOUND);
    /* Saves of an open one follow each other in one place. */
    ck_assert_int_eq(tdm__work_draft_version(&out, work, &l.arena, draft.id, 2, &l.error), TDM_NOT_FOUND);
    ck_assert_fine(tdm__work_draft_version(&out, work, &l.arena, draft.id, 3, &l.error), &l);
    living_keep(work);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM draft"), 1);
    living_close(&l);
}
END_TEST

START_TEST(what_is_complete_stands_in_the_record)
{
    static const char record[] = "SELECT count(*) FROM assessment AS a JOIN assessment_child AS c"
                                 " USING (assessment_no) WHERE c.child_id = 'child-a'";
    living l;
    tdm__stored_draft out, draft = first_draft();
    living_open(&l);
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_add_draft(work, &draft, &l.error), &l);
    living_keep(work);
    ck_assert_int_eq(living_count(&l, record), 0);
    work = living_write(&l);
    draft.state = TDM__DRAFT_COMPLETE;
    ck_assert_fine(tdm__work_change_draft(work, &draft, &l.error), &l);
    check_latest(&l, work, 2, TDM__DRAFT_COMPLETE);
    living_keep(work);
    ck_assert_int_eq(living_count(&l, record), 1);
    work = living_write(&l);
    draft.version = 2;
    draft.state = TDM__DRAFT_COUNTERSIGNED;
    draft.json = TDM_LIT("{\"id\":\"as-7\",\"child\":\"child-a\",\"items\":{},\"status\":\"countersigned\"}");
    draft.countersigned_by = TDM_LIT("boss");
    ck_assert_fine(tdm__work_change_draft(work, &draft, &l.error), &l);
    ck_assert_fine(tdm__work_draft_version(&out, work, &l.arena, draft.id, 2, &l.error), &l);
    ck_assert_uint_eq(out.state, TDM__DRAFT_COMPLETE);
    living_keep(work);
    ck_assert_int_eq(living_count(&l, record), 1);
    ck_assert_int_eq(living_count(&l, "SELECT json LIKE '%countersigned%' FROM assessment"
                                      " ORDER BY assessment_no DESC LIMIT 1"),
                     1);
    work = living_write(&l);
    draft.version = 3;
    draft.state = TDM__DRAFT_WITHDRAWN;
    ck_assert_fine(tdm__work_change_draft(work, &draft, &l.error), &l);
    check_latest(&l, work, 4, TDM__DRAFT_WITHDRAWN);
    living_keep(work);
    ck_assert_int_eq(living_count(&l, record), 0);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM assessment"), 2); /* those of the fixture */
    living_close(&l);
}
END_TEST

/* Every state after every state: from the table of drafts.h. */
START_TEST(states_follow_one_another)
{
    static const bool may[4][4] = {
        {true, true, false, true},
        {false, false, true, true},
        {false, false, false, true},
        {false, false, false, false},
    };
    static const int path[4][3] = {{0, 0, 0}, {1, 0, 0}, {1, 2, 0}, {3, 0, 0}};
    living l;
    living_open(&l);
    for (uint32_t before = 0; before < 4; before++)
        for (uint32_t after = 0; after < 5; after++) {
            tdm__stored_draft draft = first_draft();
            tdm__work *work = living_write(&l);
            ck_assert_fine(tdm__work_add_draft(work, &draft, &l.error), &l);
            for (int step = 0; path[before][step]; step++, draft.version++) {
                draft.state = (uint32_t)path[before][step];
                ck_assert_fine(tdm__work_change_draft(work, &draft, &l.error), &l);
            }
            draft.state = after;
            tdm_status status = tdm__work_change_draft(work, &draft, &l.error);
            ck_assert_msg(status == (after < 4 && may[before][after] ? TDM_OK : TDM_CONFLICT), "%u to %u: %s",
                          before, after, tdm_status_name(status));
            tdm__work_end(work);
        }
    living_close(&l);
}
END_TEST

START_TEST(lists_show_the_latest)
{
    static const struct {
        const char *child, *author;
        uint32_t state;
        size_t count;
    } rows[] = {
        {"", "", TDM_ANY, 9},           {"child-a", "", TDM_ANY, 5},  {"", "bob", TDM_ANY, 3},
        {"child-a", "bob", TDM_ANY, 2}, {"", "", TDM__DRAFT_OPEN, 8}, {"", "", TDM__DRAFT_COMPLETE, 1},
        {"child-c", "", TDM_ANY, 0},
    };
    living l;
    living_open(&l);
    tdm__work *work = living_write(&l);
    for (int i = 0; i < 9; i++) {
        char id[8];
        tdm__stored_draft draft = first_draft();
        snprintf(id, sizeof id, "d-%d", i);
        draft.id = tdm__str(id);
        draft.child = i % 2 ? TDM_LIT("child-b") : TDM_LIT("child-a");
        draft.author = i % 3 ? TDM_LIT("ann") : TDM_LIT("bob");
        ck_assert_fine(tdm__work_add_draft(work, &draft, &l.error), &l);
        draft.state = i == 4 ? TDM__DRAFT_COMPLETE : TDM__DRAFT_OPEN;
        ck_assert_fine(tdm__work_change_draft(work, &draft, &l.error), &l);
    }
    for (int i = 0; i < ROWS(rows); i++) {
        size_t seen = 0;
        tdm_str before = TDM_LIT("");
        tdm__paging page = {{"", 0}, 2};
        const tdm__draft_filter filter = {tdm__str(rows[i].child), tdm__str(rows[i].author), rows[i].state};
        do {
            tdm__stored_drafts list;
            ck_assert_fine(tdm__work_drafts(&list, work, &l.arena, &filter, page, &l.error), &l);
            for (size_t k = 0; k < list.count; k++, seen++) {
                ck_assert_int_lt(tdm__str_compare(before, list.items[k].id), 0);
                ck_assert_int_eq(list.items[k].version, 2);
                before = list.items[k].id;
            }
            page.after = list.next;
        } while (page.after.length > 0);
        ck_assert_msg(seen == rows[i].count, "row %d: %zu", i, seen);
    }
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* --- memory --- */

static living memory_living;

static tdm_status complete(tdm__work *work, tdm__arena *arena)
{
    tdm__stored_draft draft = first_draft();
    (void)arena;
    tdm_status status = tdm__work_add_draft(work, &draft, NULL);
    draft.state = TDM__DRAFT_COMPLETE;
    return status == TDM_OK ? tdm__work_change_draft(work, &draft, NULL) : status;
}

static tdm_status complete_and_keep_none(const tdm_allocator *allocator)
{
    return living_try(&memory_living, allocator, complete);
}

START_TEST(every_allocation_may_fail)
{
    living_open(&memory_living);
    TEST_EVERY_ALLOCATION(complete_and_keep_none);
    living_close(&memory_living);
}
END_TEST

Suite *drafts_suite(void)
{
    Suite *suite = suite_create("drafts");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, a_draft_comes_back_as_it_went);
    tcase_add_test(all, who_saves_second_is_told);
    tcase_add_test(all, what_is_complete_stands_in_the_record);
    tcase_add_test(all, states_follow_one_another);
    tcase_add_test(all, lists_show_the_latest);
    tcase_add_test(all, every_allocation_may_fail);
    suite_add_tcase(suite, all);
    return suite;
}
