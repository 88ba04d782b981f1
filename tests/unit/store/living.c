/*
 * See living.h.
 */
#include "store/living.h"

#include "base/context.h"

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
