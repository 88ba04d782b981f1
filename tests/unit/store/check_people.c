/*
 * Accounts, tokens, allocations, openings, answers kept, staged imports: what goes in comes out, and who came
 * second is told.
 */
#include "store/living.h"

#include "store/allocations.h"
#include "store/replies.h"
#include "store/staged.h"

#include <stdio.h>
#include <string.h>

static void allocate(living *l, const char *child, const char *account, const char *team, tdm_day since,
                     tdm_day until)
{
    tdm__stored_allocation row = {.child = tdm__str(child),
                                  .account = tdm__str(account),
                                  .team = tdm__str(team),
                                  .since = since,
                                  .until = until,
                                  .by = TDM_LIT("boss")};
    tdm__work *work = living_write(l);
    ck_assert_fine(tdm__work_allocate(work, &row, &l->error), l);
    ck_assert_int_gt(row.number, 0);
    living_keep(work);
}

/* --- accounts --- */

START_TEST(an_account_comes_back_as_it_went)
{
    living l;
    tdm__stored_user out;
    const tdm__stored_user user = {.name = TDM_LIT("ann"),
                                   .title = TDM_LIT("Ann Ap \xC3\x8Dthel"),
                                   .role = TDM_LIT("manager"),
                                   .team = TDM_LIT("north"),
                                   .password = TDM_LIT("$argon2id$v=19$..."),
                                   .state = TDM__USER_LOCKED,
                                   .created = 1700000000,
                                   .failures = 3,
                                   .version = 9};
    living_open(&l);
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_add_user(work, &user, &l.error), &l);
    ck_assert_int_eq(tdm__work_add_user(work, &user, &l.error), TDM_CONFLICT);
    ck_assert_ptr_nonnull(strstr(l.error.message, "an account is there already"));
    ck_assert_fine(tdm__work_set_failures(work, user.name, 2, 1700000100, &l.error), &l);
    ck_assert_int_eq(tdm__work_set_failures(work, TDM_LIT("no"), 2, 1, &l.error), TDM_NOT_FOUND);
    living_keep(work);
    work = living_read(&l);
    ck_assert_fine(tdm__work_user(&out, work, &l.arena, user.name, &l.error), &l);
    ck_assert_text(out.title, "Ann Ap \xC3\x8Dthel");
    ck_assert_text(out.role, "manager");
    ck_assert_text(out.team, "north");
    ck_assert_text(out.password, "$argon2id$v=19$...");
    ck_assert_uint_eq(out.state, TDM__USER_LOCKED);
    ck_assert_int_eq(out.created, 1700000000);
    ck_assert_int_eq(out.changed, 1700000000);
    ck_assert_int_eq(out.failures, 2);
    ck_assert_int_eq(out.last_failure, 1700000100);
    ck_assert_int_eq(out.version, 1);
    ck_assert_int_eq(tdm__work_user(&out, work, &l.arena, TDM_LIT("bob"), &l.error), TDM_NOT_FOUND);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

START_TEST(who_changes_an_account_second_is_told)
{
    living l;
    tdm__stored_user first, second;
    living_open(&l);
    living_add_user(&l, "ann", "");
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_user(&first, work, &l.arena, TDM_LIT("ann"), &l.error), &l);
    second = first;
    first.team = TDM_LIT("north");
    first.changed = 2000;
    second.team = TDM_LIT("south");
    ck_assert_fine(tdm__work_change_user(work, &first, &l.error), &l);
    ck_assert_int_eq(tdm__work_change_user(work, &second, &l.error), TDM_STALE);
    ck_assert_fine(tdm__work_user(&second, work, &l.arena, TDM_LIT("ann"), &l.error), &l);
    ck_assert_text(second.team, "north");
    ck_assert_int_eq(second.version, 2);
    ck_assert_int_eq(second.changed, 2000);
    second.name = TDM_LIT("bob");
    ck_assert_int_eq(tdm__work_change_user(work, &second, &l.error), TDM_NOT_FOUND);
    second.name = TDM_LIT("ann");
    second.state = 7;
    ck_assert_int_eq(tdm__work_change_user(work, &second, &l.error), TDM_INVALID_ARG);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* 25 in pages of 7: 4 pages, every name once, in order. */
START_TEST(pages_are_whole_and_disjoint)
{
    living l;
    char name[16];
    int pages = 0, seen = 0;
    tdm__paging page = {{"", 0}, 7};
    living_open(&l);
    tdm__work *work = living_write(&l);
    for (int i = 24; i >= 0; i--) {
        snprintf(name, sizeof name, "user-%02d", i);
        const tdm__stored_user user = {.name = tdm__str(name)};
        ck_assert_fine(tdm__work_add_user(work, &user, &l.error), &l);
    }
    do {
        tdm__stored_users users;
        ck_assert_fine(tdm__work_users(&users, work, &l.arena, page, &l.error), &l);
        for (size_t i = 0; i < users.count; i++) {
            snprintf(name, sizeof name, "user-%02d", seen++);
            ck_assert_text(users.items[i].name, name);
        }
        page.after = users.next;
        pages++;
    } while (page.after.length > 0);
    ck_assert_int_eq(pages, 4);
    ck_assert_int_eq(seen, 25);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* --- tokens --- */

static tdm__stored_token token_of(const char *hash, const char *account, uint32_t kind)
{
    return (tdm__stored_token){.hash = {hash, 32},
                               .kind = kind,
                               .account = tdm__str(account),
                               .label = TDM_LIT("tablet"),
                               .scopes = TDM_LIT("case:read"),
                               .created = 10,
                               .expires = 100};
}

static const char one[] = "\0one-4567890123456789012345678901",
                  two[] = "two-4567890123456789012345678901\xFF",
                  three[] = "three-67890123456789012345678901\xFE";

START_TEST(tokens_are_found_used_and_revoked)
{
    living l;
    tdm__stored_token out;
    tdm__stored_tokens list;
    const tdm__stored_token tokens[] = {token_of(one, "ann", TDM__STORED_SESSION),
                                        token_of(two, "ann", TDM__STORED_SESSION),
                                        token_of(three, "ann", TDM__STORED_BEARER)};
    tdm__stored_token other = token_of(one, "nobody", TDM__STORED_LINK);
    living_open(&l);
    living_add_user(&l, "ann", "");
    tdm__work *work = living_write(&l);
    for (int i = 0; i < 3; i++)
        ck_assert_fine(tdm__work_add_token(work, &tokens[i], &l.error), &l);
    ck_assert_int_eq(tdm__work_add_token(work, &tokens[0], &l.error), TDM_CONFLICT);
    other.hash = TDM_LIT("abcdefghijklmnopqrstuvwxyz012345");
    ck_assert_int_eq(tdm__work_add_token(work, &other, &l.error), TDM_NOT_FOUND);
    other.hash.length = 31;
    ck_assert_int_eq(tdm__work_add_token(work, &other, &l.error), TDM_INVALID_ARG);
    ck_assert_fine(tdm__work_token_used(work, tokens[0].hash, 50, &l.error), &l);
    ck_assert_fine(tdm__work_token_used(work, tokens[0].hash, 40, &l.error), &l);
    ck_assert_fine(tdm__work_token(&out, work, &l.arena, tokens[0].hash, &l.error), &l);
    ck_assert(tdm__str_equal(out.hash, tokens[0].hash));
    ck_assert_uint_eq(out.kind, TDM__STORED_SESSION);
    ck_assert_text(out.account, "ann");
    ck_assert_text(out.label, "tablet");
    ck_assert_text(out.scopes, "case:read");
    ck_assert_int_eq(out.last_used, 50);
    ck_assert_int_eq(out.expires, 100);
    ck_assert_int_eq(tdm__work_token(&out, work, &l.arena, TDM_LIT("x"), &l.error), TDM_NOT_FOUND);
    /* All sessions but the one in use end. */
    ck_assert_fine(
        tdm__work_revoke_tokens(work, TDM_LIT("ann"), TDM__STORED_SESSION, tokens[0].hash, 60, &l.error), &l);
    ck_assert_fine(
        tdm__work_tokens(&list, work, &l.arena, TDM_LIT("ann"), (tdm__paging){{"", 0}, 10}, &l.error), &l);
    ck_assert_uint_eq(list.count, 3);
    ck_assert_int_eq(list.items[0].revoked, 0);
    ck_assert_int_eq(list.items[1].revoked, 0); /* "three", a program's */
    ck_assert_int_eq(list.items[2].revoked, 60);
    ck_assert_fine(tdm__work_revoke_token(work, tokens[1].hash, 70, &l.error), &l);
    ck_assert_fine(tdm__work_token(&out, work, &l.arena, tokens[1].hash, &l.error), &l);
    ck_assert_int_eq(out.revoked, 60);
    ck_assert_fine(tdm__work_prune_tokens(work, 61, &l.error), &l);
    ck_assert_int_eq(tdm__work_token(&out, work, &l.arena, tokens[1].hash, &l.error), TDM_NOT_FOUND);
    ck_assert_fine(tdm__work_prune_tokens(work, 101, &l.error), &l);
    ck_assert_int_eq(tdm__work_token(&out, work, &l.arena, tokens[0].hash, &l.error), TDM_NOT_FOUND);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* --- who works with whom --- */

START_TEST(an_allocation_is_refused_where_it_makes_no_sense)
{
    static const struct {
        const char *child, *account, *team;
        tdm_day since, until;
        tdm_status status;
    } rows[] = {
        {"child-a", "ann", "", 5, 5, TDM_OK},          {"child-a", "", "north", 5, TDM_DAY_AFTER_ALL, TDM_OK},
        {"child-a", "", "", 5, 6, TDM_INVALID_ARG},    {"child-a", "ann", "north", 5, 6, TDM_INVALID_ARG},
        {"child-a", "ann", "", 6, 5, TDM_INVALID_ARG}, {"nobody", "ann", "", 5, 6, TDM_NOT_FOUND},
        {"child-a", "bob", "", 5, 6, TDM_NOT_FOUND},
    };
    living l;
    living_open(&l);
    living_add_user(&l, "ann", "");
    tdm__work *work = living_write(&l);
    for (int i = 0; i < ROWS(rows); i++) {
        tdm__stored_allocation row = {.child = tdm__str(rows[i].child),
                                      .account = tdm__str(rows[i].account),
                                      .team = tdm__str(rows[i].team),
                                      .since = rows[i].since,
                                      .until = rows[i].until};
        ck_assert_msg(tdm__work_allocate(work, &row, &l.error) == rows[i].status, "row %d", i);
    }
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

START_TEST(an_allocation_ends_once)
{
    living l;
    tdm__stored_allocations list;
    living_open(&l);
    living_add_user(&l, "ann", "");
    allocate(&l, "child-a", "ann", "", 19000, TDM_DAY_AFTER_ALL);
    allocate(&l, "child-b", "", "north", 19000, TDM_DAY_AFTER_ALL);
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_end_allocation(work, 1, 19100, TDM_LIT("boss"), &l.error), &l);
    ck_assert_fine(tdm__work_end_allocation(work, 1, 19100, TDM_LIT("boss"), &l.error), &l);
    ck_assert_int_eq(tdm__work_end_allocation(work, 1, 19200, TDM_LIT("x"), &l.error), TDM_STALE);
    ck_assert_int_eq(tdm__work_end_allocation(work, 9, 19200, TDM_LIT("x"), &l.error), TDM_NOT_FOUND);
    ck_assert_int_eq(tdm__work_end_allocation(work, 2, 18000, TDM_LIT("x"), &l.error), TDM_INVALID_ARG);
    ck_assert_fine(tdm__work_allocations(&list, work, &l.arena, TDM_LIT("child-a"), TDM_LIT(""), TDM_LIT(""),
                                         0, 9, &l.error),
                   &l);
    ck_assert_uint_eq(list.count, 1);
    ck_assert_int_eq(list.items[0].until, 19100);
    ck_assert_text(list.items[0].account, "ann");
    ck_assert_text(list.items[0].team, "");
    ck_assert_fine(tdm__work_allocations(&list, work, &l.arena, TDM_LIT(""), TDM_LIT(""), TDM_LIT("north"), 0,
                                         9, &l.error),
                   &l);
    ck_assert_uint_eq(list.count, 1);
    ck_assert_text(list.items[0].child, "child-b");
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* child-a is Ann's from 19000 to 19100, child-b the north team's, child-c open to Ann from second 50 to 60.
 */
static void share_out(living *l)
{
    tdm__stored_opening opening = {.child = TDM_LIT("child-c"),
                                   .account = TDM_LIT("ann"),
                                   .kind = TDM__OPENING_CHALLENGED,
                                   .from = 50,
                                   .until = 60,
                                   .reason = TDM_LIT("covering for a colleague"),
                                   .by = TDM_LIT("ann")};
    living_add_user(l, "ann", "north");
    allocate(l, "child-a", "ann", "", 19000, 19100);
    allocate(l, "child-b", "", "north", 19000, TDM_DAY_AFTER_ALL);
    tdm__work *work = living_write(l);
    ck_assert_fine(tdm__work_open_case(work, &opening, &l->error), l);
    opening.reason = TDM_LIT("");
    ck_assert_int_eq(tdm__work_open_case(work, &opening, &l->error), TDM_INVALID_ARG);
    living_keep(work);
}

START_TEST(eyes_see_what_they_may)
{
    static const struct {
        bool all;
        const char *account, *team;
        tdm_day day;
        int64_t now;
        const char *seen; /* last letters of the children */
    } rows[] = {
        {false, "ann", "north", 19000, 50, "abc"},
        {false, "ann", "north", 19101, 59, "bc"},
        {false, "ann", "", 19100, 60, "a"},
        {false, "ann", "", 18999, 49, ""},
        {false, "", "north", 19000, 55, "b"},
        {false, "", "", 19000, 55, ""},
        {true, "", "", 0, 0, "abc"},
        {false, "bob", "south", 19000, 55, ""},
    };
    living l;
    living_open(&l);
    share_out(&l);
    tdm__work *work = living_read(&l);
    for (int i = 0; i < ROWS(rows); i++) {
        tdm__stored_children children;
        char seen[8] = "";
        const tdm__allowed allowed = {rows[i].all, tdm__str(rows[i].account), tdm__str(rows[i].team),
                                      rows[i].day, rows[i].now};
        ck_assert_fine(tdm__work_children(&children, work, &l.arena, &allowed, TDM_LIT(""),
                                          (tdm__paging){{"", 0}, 9}, &l.error),
                       &l);
        for (size_t k = 0; k < children.count; k++)
            strncat(seen, children.items[k].id.data + 6, 1);
        ck_assert_msg(strcmp(seen, rows[i].seen) == 0, "row %d: %s", i, seen);
    }
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

START_TEST(access_says_how)
{
    living l;
    tdm__child_access access;
    tdm__stored_openings openings;
    const tdm__allowed ann = {.account = TDM_LIT("ann"), .team = TDM_LIT("north"), .day = 19050, .now = 55};
    living_open(&l);
    share_out(&l);
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_access(&access, work, TDM_LIT("child-a"), &ann, &l.error), &l);
    ck_assert(access.exists && access.to_account && !access.to_team && !access.opened);
    ck_assert_fine(tdm__work_access(&access, work, TDM_LIT("child-b"), &ann, &l.error), &l);
    ck_assert(access.exists && !access.to_account && access.to_team && !access.opened);
    ck_assert_fine(tdm__work_access(&access, work, TDM_LIT("child-c"), &ann, &l.error), &l);
    ck_assert(access.exists && !access.to_account && !access.to_team && access.opened);
    ck_assert_uint_eq(access.opened_kind, TDM__OPENING_CHALLENGED);
    ck_assert_int_eq(access.opened_until, 60);
    ck_assert_fine(tdm__work_access(&access, work, TDM_LIT("nobody"), &ann, &l.error), &l);
    ck_assert(!access.exists && !access.to_account && !access.to_team && !access.opened);
    /* Closed earlier than planned. */
    ck_assert_fine(tdm__work_close_case(work, 1, 54, &l.error), &l);
    ck_assert_fine(tdm__work_access(&access, work, TDM_LIT("child-c"), &ann, &l.error), &l);
    ck_assert(!access.opened);
    ck_assert_int_eq(tdm__work_close_case(work, 7, 54, &l.error), TDM_NOT_FOUND);
    ck_assert_fine(tdm__work_openings(&openings, work, &l.arena, TDM_LIT("child-c"), TDM_LIT("ann"),
                                      TDM_LIT(""), 0, TDM__OPENING_CHALLENGED, 0, 5, &l.error),
                   &l);
    ck_assert_uint_eq(openings.count, 1);
    ck_assert_text(openings.items[0].reason, "covering for a colleague");
    ck_assert_int_eq(openings.items[0].until, 54);
    ck_assert_fine(tdm__work_openings(&openings, work, &l.arena, TDM_LIT(""), TDM_LIT(""), TDM_LIT("north"),
                                      19050, TDM_ANY, 0, 5, &l.error),
                   &l);
    ck_assert_uint_eq(openings.count, 0);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

START_TEST(children_are_listed_with_their_counts)
{
    living l;
    tdm__stored_children children;
    const tdm__allowed all = {.all = true};
    living_open(&l);
    tdm__work *work = living_read(&l);
    ck_assert_fine(
        tdm__work_children(&children, work, &l.arena, &all, TDM_LIT(""), (tdm__paging){{"", 0}, 2}, &l.error),
        &l);
    ck_assert_uint_eq(children.count, 2);
    ck_assert_text(children.next, "child-b");
    ck_assert_text(children.items[0].household, "h1");
    ck_assert_text(children.items[0].area, "north");
    ck_assert_int_eq(children.items[0].events, 5);
    ck_assert_int_eq(children.items[1].events, 3);
    ck_assert_int_eq(children.items[1].latest_event, 19010);
    ck_assert_int_eq(children.items[1].new_prompts, 0);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* --- answers and imports --- */

START_TEST(an_answer_is_kept_until_it_is_old)
{
    living l;
    bool found = true;
    tdm__stored_reply out;
    const tdm__stored_reply reply = {.account = TDM_LIT("ann"),
                                     .key = TDM_LIT("key-1"),
                                     .operation = TDM_LIT("events.add"),
                                     .request_hash = TDM_LIT("ffee"),
                                     .status = 201,
                                     .body = TDM_LIT("{}"),
                                     .at = 500};
    living_open(&l);
    living_add_user(&l, "ann", "");
    tdm__work *work = living_write(&l);
    l.error.message[0] = '\0';
    ck_assert_fine(tdm__work_reply(&found, &out, work, &l.arena, reply.account, reply.key, &l.error), &l);
    ck_assert(!found);
    ck_assert_str_eq(l.error.message, "");
    ck_assert_fine(tdm__work_keep_reply(work, &reply, &l.error), &l);
    ck_assert_int_eq(tdm__work_keep_reply(work, &reply, &l.error), TDM_CONFLICT);
    ck_assert_fine(tdm__work_prune_replies(work, 500, &l.error), &l);
    ck_assert_fine(tdm__work_reply(&found, &out, work, &l.arena, reply.account, reply.key, &l.error), &l);
    ck_assert(found);
    ck_assert_text(out.operation, "events.add");
    ck_assert_text(out.request_hash, "ffee");
    ck_assert_text(out.body, "{}");
    ck_assert_int_eq(out.status, 201);
    ck_assert_int_eq(out.at, 500);
    ck_assert_fine(tdm__work_prune_replies(work, 501, &l.error), &l);
    ck_assert_fine(tdm__work_reply(&found, &out, work, &l.arena, reply.account, reply.key, &l.error), &l);
    ck_assert(!found);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

START_TEST(an_import_waits_and_is_dropped)
{
    static const char bytes[] = "a,b\n\0\xFF\xFE";
    living l;
    tdm__stored_import out, import = {.received = 19500,
                                      .by = TDM_LIT("ann"),
                                      .agency = TDM_LIT("police"),
                                      .format = TDM_LIT("csv"),
                                      .content = {bytes, sizeof bytes - 1},
                                      .at = 40};
    tdm__stored_imports list;
    living_open(&l);
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_stage(work, &import, &l.error), &l);
    ck_assert_fine(tdm__work_staged(&out, work, &l.arena, import.number, &l.error), &l);
    ck_assert(tdm__str_equal(out.content, import.content));
    ck_assert_int_eq(out.received, 19500);
    ck_assert_uint_eq(out.state, TDM__STAGED_WAITING);
    ck_assert_int_eq(out.version, 1);
    out.map = TDM_LIT("{\"kind\":\"b\"}");
    out.preview = TDM_LIT("[1]");
    out.at = 41;
    ck_assert_fine(tdm__work_change_staged(work, &out, &l.error), &l);
    ck_assert_int_eq(tdm__work_change_staged(work, &out, &l.error), TDM_STALE);
    ck_assert_int_eq(tdm__work_end_staged(work, import.number, 1, TDM__STAGED_CONFIRMED, 42, &l.error),
                     TDM_STALE);
    ck_assert_int_eq(tdm__work_end_staged(work, import.number, 2, TDM__STAGED_WAITING, 42, &l.error),
                     TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__work_end_staged(work, 77, 2, TDM__STAGED_CONFIRMED, 42, &l.error), TDM_NOT_FOUND);
    ck_assert_fine(tdm__work_end_staged(work, import.number, 2, TDM__STAGED_CONFIRMED, 42, &l.error), &l);
    ck_assert_int_eq(tdm__work_end_staged(work, import.number, 3, TDM__STAGED_DISCARDED, 43, &l.error),
                     TDM_CONFLICT);
    ck_assert_fine(tdm__work_staged(&out, work, &l.arena, import.number, &l.error), &l);
    ck_assert_uint_eq(out.content.length, 0);
    ck_assert_int_eq(out.content_bytes, (int)sizeof bytes - 1);
    ck_assert_text(out.preview, "[1]");
    ck_assert_text(out.map, "{\"kind\":\"b\"}");
    ck_assert_int_eq(out.at, 42);
    ck_assert_fine(
        tdm__work_staged_list(&list, work, &l.arena, TDM_LIT("ann"), TDM__STAGED_CONFIRMED, 0, 5, &l.error),
        &l);
    ck_assert_uint_eq(list.count, 1);
    ck_assert_fine(tdm__work_staged_list(&list, work, &l.arena, TDM_LIT("bob"), TDM_ANY, 0, 5, &l.error), &l);
    ck_assert_uint_eq(list.count, 0);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

Suite *people_suite(void)
{
    Suite *suite = suite_create("people");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, an_account_comes_back_as_it_went);
    tcase_add_test(all, who_changes_an_account_second_is_told);
    tcase_add_test(all, pages_are_whole_and_disjoint);
    tcase_add_test(all, tokens_are_found_used_and_revoked);
    tcase_add_test(all, an_allocation_is_refused_where_it_makes_no_sense);
    tcase_add_test(all, an_allocation_ends_once);
    tcase_add_test(all, eyes_see_what_they_may);
    tcase_add_test(all, access_says_how);
    tcase_add_test(all, children_are_listed_with_their_counts);
    tcase_add_test(all, an_answer_is_kept_until_it_is_old);
    tcase_add_test(all, an_import_waits_and_is_dropped);
    suite_add_tcase(suite, all);
    return suite;
}
