/*
 * See living.h.
 */
#include "store/living.h"

#include "base/context.h"
#include "store/allocations.h"
#include "store/drafts.h"
#include "store/replies.h"
#include "store/retention.h"
#include "store/worklist.h"

#include <sqlite3.h>

void living_open(living *l)
{
    *l = (living){.live = NULL};
    fixture_open(&l->f);
    fixture_write(&l->f, l->f.path, WHOLE);
    tdm__arena_init(&l->arena, &tdm__malloc_allocator);
    ck_assert_fine(tdm__live_open(&l->live, l->f.context, l->f.path, NULL, &l->error), l);
}

void living_close(living *l)
{
    tdm__live_close(l->live);
    tdm__arena_free(&l->arena);
    fixture_close(&l->f);
}

tdm__work *living_read(living *l)
{
    tdm__work *work;
    ck_assert_fine(tdm__live_read(&work, l->live, l->f.context, &l->error), l);
    return work;
}

tdm__work *living_write(living *l)
{
    tdm__work *work;
    ck_assert_fine(tdm__live_write(&work, l->live, l->f.context, &l->error), l);
    return work;
}

void living_keep(tdm__work *work)
{
    tdm_error error = {0};
    tdm_status status = tdm__work_commit(work, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    tdm__work_end(work);
}

void living_add_user(living *l, const char *name, const char *team)
{
    const tdm__stored_user user = {.name = tdm__str(name),
                                   .title = TDM_LIT("Somebody"),
                                   .role = TDM_LIT("practitioner"),
                                   .team = tdm__str(team),
                                   .created = 1000};
    tdm__work *work = living_write(l);
    ck_assert_fine(tdm__work_add_user(work, &user, &l->error), l);
    living_keep(work);
}

int64_t living_count(living *l, const char *sql)
{
    sqlite3 *db = fixture_database(l->f.path);
    sqlite3_stmt *statement;
    ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    int64_t count = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return count;
}

tdm_status living_try(living *l, const tdm_allocator *allocator, living_body body)
{
    const tdm_context context = {.allocator = *allocator, .vault = fixture_vault()};
    tdm__live *live;
    tdm__work *work = NULL;
    tdm__arena arena;
    tdm__arena_init(&arena, allocator);
    tdm_status status = tdm__live_open(&live, &context, l->f.path, NULL, NULL);
    if (status == TDM_OK)
        status = tdm__live_write(&work, live, &context, NULL);
    if (status == TDM_OK)
        status = body(work, &arena);
    tdm__work_end(work);
    tdm__live_close(live);
    tdm__arena_free(&arena);
    return status;
}

void living_fill(living *l)
{
    tdm__stored_allocation allocation = {.child = TDM_LIT("child-b"),
                                         .account = TDM_LIT("ann"),
                                         .since = 19000,
                                         .until = TDM_DAY_AFTER_ALL,
                                         .by = TDM_LIT("ann")};
    tdm__stored_opening opening = {.child = TDM_LIT("child-b"),
                                   .account = TDM_LIT("ann"),
                                   .from = 5,
                                   .until = 9,
                                   .reason = TDM_LIT("asked by the panel"),
                                   .by = TDM_LIT("ann")};
    tdm__stored_draft draft = {.id = TDM_LIT("draft-1"),
                               .child = TDM_LIT("child-b"),
                               .instrument = TDM_LIT("gcp2"),
                               .json = TDM_LIT("{\"child\":\"child-b\",\"words\":\"of child-b\"}"),
                               .author = TDM_LIT("ann"),
                               .version = 1};
    const tdm__stored_prompt prompt = {.key = TDM_LIT("0123456789abcdef"),
                                       .indicator = TDM_LIT("unseen"),
                                       .evidence = TDM_LIT("[\"child-b\"]")};
    const tdm__stored_reply reply = {
        .account = TDM_LIT("ann"), .key = TDM_LIT("k"), .body = TDM_LIT("{\"child\":\"child-b\"}")};
    const tdm__stored_retention retention = {.child = TDM_LIT("child-b"),
                                             .until = TDM_DAY_NONE,
                                             .hold = TDM_LIT("a court asks to keep child-b"),
                                             .by = TDM_LIT("ann")};
    tdm__stored_run run = {.as_of = 19500, .started = 7, .indicators = 1};
    living_add_user(l, "ann", "");
    tdm__work *work = living_write(l);
    ck_assert_fine(tdm__work_allocate(work, &allocation, &l->error), l);
    ck_assert_fine(tdm__work_open_case(work, &opening, &l->error), l);
    ck_assert_fine(tdm__work_add_draft(work, &draft, &l->error), l);
    draft.state = TDM__DRAFT_COMPLETE;
    ck_assert_fine(tdm__work_change_draft(work, &draft, &l->error), l);
    ck_assert_fine(tdm__work_start_run(work, &run, &l->error), l);
    ck_assert_fine(
        tdm__work_put_prompts(work, run.number, TDM_LIT("child-b"), &prompt, 1, 7, NULL, &l->error), l);
    ck_assert_fine(tdm__work_keep_reply(work, &reply, &l->error), l);
    ck_assert_fine(tdm__work_retain(work, &retention, &l->error), l);
    living_keep(work);
}
