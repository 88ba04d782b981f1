/*
 * The audit trail in the store: written with the change, found whole, and what was done to it named.
 */
#include "store/living.h"

#include "store/trail.h"

#include <stdio.h>
#include <string.h>

static const tdm__digest key = {{1, 2, 3, 4, 5, 6, 7, 8}};

static void add(living *l, tdm__work *work, const char *actor, const char *object, int64_t time,
                tdm__chain_head *head)
{
    const tdm__chain_entry entry = {.number = 77,
                                    .time = time,
                                    .actor = tdm__str(actor),
                                    .role = TDM_LIT("manager"),
                                    .what = TDM_LIT("prompt.dismissed"),
                                    .object_kind = TDM_LIT("prompt"),
                                    .object_id = tdm__str(object),
                                    .reason = TDM_LIT("known, \"and\" planned for"),
                                    .details = TDM_LIT("{}")};
    ck_assert_fine(tdm__work_trail(work, &key, &entry, head, &l->error), l);
}

/* Entries 1 to `count`, each in its own piece of work; the head after the last. */
static tdm__chain_head fill(living *l, int count)
{
    tdm__chain_head head;
    memset(&head, 0, sizeof head);
    for (int i = 1; i <= count; i++) {
        char object[16];
        tdm__work *work = living_write(l);
        snprintf(object, sizeof object, "p-%d", i);
        add(l, work, i % 2 ? "ann" : "bob", object, 100 * i, &head);
        ck_assert_int_eq(head.count, i);
        living_keep(work);
    }
    return head;
}

static tdm__trail_verdict verify(living *l, const tdm__digest *with, const tdm__chain_head *head)
{
    tdm__trail_verdict verdict;
    tdm__work *work = living_read(l);
    ck_assert_fine(tdm__work_trail_verify(&verdict, work, &l->arena, with, head, &l->error), l);
    tdm__work_end(work);
    return verdict;
}

START_TEST(a_trail_is_whole)
{
    living l;
    tdm__chain_head head;
    living_open(&l);
    tdm__trail_verdict verdict = verify(&l, &key, NULL);
    ck_assert(verdict.is_whole);
    ck_assert_int_eq(verdict.head.count, 0);
    tdm__chain_head early = fill(&l, 5);
    tdm__work *work = living_read(&l);
    ck_assert_fine(tdm__work_trail_head(&head, work, &l.error), &l);
    tdm__work_end(work);
    ck_assert_int_eq(head.count, 5);
    ck_assert(tdm__digest_equal(&head.mac, &early.mac));
    work = living_write(&l);
    add(&l, work, "ann", "p-6", 600, &head);
    add(&l, work, "ann", "p-7", 700, &head);
    living_keep(work);
    ck_assert_int_eq(head.count, 7);
    verdict = verify(&l, &key, &head);
    ck_assert(verdict.is_whole);
    ck_assert_int_eq(verdict.verified, 7);
    ck_assert_int_eq(verdict.head.count, 7);
    ck_assert(verify(&l, &key, &early).is_whole);
    const tdm__digest other = {{9}};
    ck_assert(!verify(&l, &other, NULL).is_whole);
    living_close(&l);
}
END_TEST

START_TEST(an_entry_goes_with_its_change)
{
    living l;
    const tdm__stored_user user = {.name = TDM_LIT("ann")};
    living_open(&l);
    fill(&l, 2);
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_add_user(work, &user, &l.error), &l);
    add(&l, work, "ann", "p-3", 300, NULL);
    tdm__work_end(work);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM audit"), 2);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM user_account"), 0);
    ck_assert_int_eq(fill(&l, 0).count, 0);
    work = living_write(&l);
    tdm__chain_head head;
    add(&l, work, "ann", "p-3", 300, &head);
    ck_assert_int_eq(head.count, 3);
    living_keep(work);
    ck_assert(verify(&l, &key, &head).is_whole);
    living_close(&l);
}
END_TEST

/* What a stranger with access to the file does, and what is to be said of it. */
START_TEST(what_was_done_to_a_trail_is_named)
{
    static const struct {
        const char *sql;
        tdm__chain_fault fault;
        int64_t first, last;
    } rows[] = {
        {"UPDATE audit SET reason = 'none' WHERE number = 4", TDM__CHAIN_CHANGED, 4, 4},
        {"UPDATE audit SET actor = 'bob' WHERE number = 1", TDM__CHAIN_CHANGED, 1, 1},
        {"DELETE FROM audit WHERE number IN (5, 6)", TDM__CHAIN_MISSING, 5, 6},
        {"DELETE FROM audit WHERE number = 1", TDM__CHAIN_MISSING, 1, 1},
        {"UPDATE audit SET position = -position; UPDATE audit SET position = CASE position WHEN -3 THEN 8"
         " WHEN -8 THEN 3 ELSE -position END",
         TDM__CHAIN_MOVED, 3, 3},
        {"DELETE FROM audit WHERE number > 7", TDM__CHAIN_CUT_OFF, 8, 9},
    };
    for (int i = 0; i < ROWS(rows); i++) {
        living l;
        bool named = false;
        living_open(&l);
        tdm__chain_head head = fill(&l, 9);
        fixture_sql(l.f.path, rows[i].sql);
        tdm__trail_verdict verdict = verify(&l, &key, &head);
        ck_assert_msg(!verdict.is_whole, "row %d", i);
        for (size_t k = 0; k < verdict.count; k++)
            named = named ||
                    (verdict.findings[k].fault == rows[i].fault &&
                     verdict.findings[k].first == rows[i].first && verdict.findings[k].last == rows[i].last);
        ck_assert_msg(named, "row %d: %zu findings, the first %s", i, verdict.count,
                      tdm__chain_fault_code(verdict.findings[0].fault));
        living_close(&l);
    }
}
END_TEST

/* More than is read at a time, and more findings than are kept. */
START_TEST(a_long_trail_is_walked)
{
    enum { LONG = 2 * TDM_PAGE_MOST + 7 };
    living l;
    tdm__chain_head head;
    living_open(&l);
    tdm__work *work = living_write(&l);
    for (int i = 0; i < LONG; i++)
        add(&l, work, "ann", "p", i, &head);
    living_keep(work);
    tdm__trail_verdict verdict = verify(&l, &key, &head);
    ck_assert(verdict.is_whole);
    ck_assert_int_eq(verdict.verified, LONG);
    fixture_sql(l.f.path, "DELETE FROM audit WHERE number % 10 = 0");
    verdict = verify(&l, &key, &head);
    ck_assert(!verdict.is_whole);
    ck_assert_uint_eq(verdict.count, TDM_TRAIL_FINDINGS_MOST);
    ck_assert_uint_ge(verdict.count + verdict.left_out, LONG / 10);
    living_close(&l);
}
END_TEST

START_TEST(entries_are_filtered_and_paged)
{
    static const struct {
        const char *actor, *what, *kind, *object;
        int64_t from, until;
        int count;
    } rows[] = {
        {"", "", "", "", 0, 0, 9},
        {"ann", "", "", "", 0, 0, 5},
        {"bob", "", "", "", 300, 800, 2},
        {"", "prompt.dismissed", "prompt", "p-4", 0, 0, 1},
        {"", "prompt.seen", "", "", 0, 0, 0},
        {"", "", "", "", 900, 0, 1},
    };
    living l;
    living_open(&l);
    fill(&l, 9);
    tdm__work *work = living_read(&l);
    /* Each from the first on, and from the last back. */
    for (int i = 0; i < 2 * ROWS(rows); i++) {
        bool newest_first = i >= ROWS(rows);
        int row = i % ROWS(rows);
        int64_t after = 0, last = newest_first ? INT64_MAX : 0;
        int seen = 0;
        const tdm__trail_filter filter = {tdm__str(rows[row].actor),
                                          tdm__str(rows[row].what),
                                          tdm__str(rows[row].kind),
                                          tdm__str(rows[row].object),
                                          rows[row].from,
                                          rows[row].until,
                                          newest_first};
        do {
            tdm__stored_entries list;
            ck_assert_fine(tdm__work_trail_list(&list, work, &l.arena, &filter, after, 2, &l.error), &l);
            for (size_t k = 0; k < list.count; k++, seen++) {
                const tdm__chain_entry *entry = &list.items[k].entry;
                ck_assert(newest_first ? entry->number < last : entry->number > last);
                last = entry->number;
                ck_assert_int_eq(entry->time, 100 * last);
                ck_assert_text(entry->role, "manager");
                ck_assert_text(entry->reason, "known, \"and\" planned for");
                ck_assert_text(entry->details, "{}");
            }
            after = list.next;
        } while (after > 0);
        ck_assert_msg(seen == rows[row].count, "row %d: %d", i, seen);
    }
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* --- memory --- */

static living memory_living;

static tdm_status add_and_verify(tdm__work *work, tdm__arena *arena)
{
    const tdm__chain_entry entry = {.actor = TDM_LIT("ann")};
    tdm__trail_verdict verdict;
    tdm_status status = tdm__work_trail(work, &key, &entry, NULL, NULL);
    return status == TDM_OK ? tdm__work_trail_verify(&verdict, work, arena, &key, NULL, NULL) : status;
}

static tdm_status add_and_keep_none(const tdm_allocator *allocator)
{
    return living_try(&memory_living, allocator, add_and_verify);
}

START_TEST(every_allocation_may_fail)
{
    living_open(&memory_living);
    TEST_EVERY_ALLOCATION(add_and_keep_none);
    living_close(&memory_living);
}
END_TEST

Suite *trail_suite(void)
{
    Suite *suite = suite_create("trail");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, a_trail_is_whole);
    tcase_add_test(all, an_entry_goes_with_its_change);
    tcase_add_test(all, what_was_done_to_a_trail_is_named);
    tcase_add_test(all, a_long_trail_is_walked);
    tcase_add_test(all, entries_are_filtered_and_paged);
    tcase_add_test(all, every_allocation_may_fail);
    suite_add_tcase(suite, all);
    return suite;
}
