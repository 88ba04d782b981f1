/*
 * The views that other programs ask, and the prompts that are read out for figures: as another program sees
 * them, each expectation worked out from what is put in.
 */
#include "store/living.h"

#include "store/prompt_records.h"
#include "store/worklist.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define SOURCE_COUNT 3 /* the second replaces the first; the third was received between them */

/* 2022-01-08 is day 19,000. */
typedef struct entry {
    tdm_day from, to;
    const char *kind;
    const char *episode;
    uint32_t source;
    uint64_t key; /* rows of one key are versions of one entry */
    const char *fact, *value;
} entry;

static const entry entries[] = {
    /* A plan that names its episode, and one of the same child that names none. */
    {19000, 19000, "cp-plan-start", "P1", 1, 1, "category", "neglect"},
    {19010, 19010, "cp-plan-start", "", 1, 2, NULL, NULL},
    {19020, 19020, "cp-plan-end", "", 1, 3, NULL, NULL},
    {19090, 19090, "cp-plan-end", "P1", 1, 4, "category", "physical"},
    /* Open, and on a day that is not known. */
    {19100, 19130, "cp-plan-start", "P2", 1, 5, NULL, NULL},
    /* A referral of a return that was replaced, and as the later return has it. */
    {19200, 19200, "referral", "", 0, 6, NULL, NULL},
    {19201, 19201, "referral", "", 1, 6, "referral_source", "6"},
    /* Told in two returns that both stand: the one received last. */
    {19300, 19300, "contact", "", 2, 7, "referral_source", "1A"},
    {19301, 19301, "contact", "", 1, 7, "referral_source", "2B"},
};

static void put_entry(tdm__builder *builder, const fixture *f, const entry *e, uint32_t row)
{
    tdm__fact_input fact = {.key = tdm__str(e->fact), .value = tdm__str(e->value)};
    tdm__event_input event = {.child = TDM_LIT("child-v"),
                              .occurred = {e->from, e->to, 0},
                              .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
                              .minute = -1,
                              .recorded = TDM_DAY_NONE,
                              .agency = TDM_LIT("childrens-social-care"),
                              .source = e->source,
                              .row = row,
                              .kind = tdm__vocabulary_kind(f->vocabulary, tdm__str(e->kind)),
                              .row_key = e->key,
                              .facts = &fact,
                              .fact_count = e->fact ? 1 : 0};
    event.strings[TDM__EPISODE] = tdm__str(e->episode);
    ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
}

static void write_entries(const fixture *f)
{
    static const tdm_day received[SOURCE_COUNT] = {19400, 19500, 19450};
    static const char *const ids[SOURCE_COUNT] = {"earlier", "later", "between"};
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    tdm_chronology *chronology;
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, f->vocabulary), TDM_OK);
    for (int i = 0; i < SOURCE_COUNT; i++) {
        uint32_t source;
        tdm__source_input input = {.id = tdm__str(ids[i]),
                                   .agency = TDM_LIT("childrens-social-care"),
                                   .received = received[i],
                                   .carries_all = true};
        ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    }
    for (uint32_t i = 0; i < ROWS(entries); i++)
        put_entry(builder, f, &entries[i], i + 2);
    ck_assert_int_eq(tdm__builder_source_replaces(builder, 1, 0), TDM_OK);
    ck_assert_int_eq(tdm__builder_freeze(&chronology, builder, &diagnostics), TDM_OK);
    tdm__store_content content = fixture_content(chronology);
    ck_assert_int_eq(tdm__store_write(f->context, f->path, &content, NULL, NULL), TDM_OK);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    tdm_chronology_free(chronology);
}

/* Rows as "a,b,c;d,e,f;", NULL as "-". */
static void ask_store(tdm__text *out, const char *path, const char *sql)
{
    sqlite3_stmt *statement;
    sqlite3 *db = fixture_database(path);
    tdm__text_clear(out);
    ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK, "%s: %s", sql,
                  sqlite3_errmsg(db));
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const unsigned char *text = sqlite3_column_text(statement, i);
            tdm__text_printf(out, "%s%s", i > 0 ? "," : "", text ? (const char *)text : "-");
        }
        tdm__text_char(out, ';');
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

typedef struct question {
    const char *sql, *rows;
} question;

START_TEST(views_give_each_entry_once_with_its_end)
{
    static const question questions[] = {
        {"SELECT started, ended, category, category_at_end FROM v_plans ORDER BY started IS NULL, started",
         "2022-01-08,2022-04-08,neglect,physical;2022-01-18,2022-01-28,-,-;-,-,-,-;"},
        {"SELECT child, day, agency, referral_source FROM v_referrals",
         "child-v,2022-07-28,childrens-social-care,6;"},
        {"SELECT day, referral_source FROM v_contacts", "2022-11-05,2B;"},
        {"SELECT earliest, latest, day, source FROM v_rows WHERE episode = 'P2'",
         "2022-04-18,2022-05-18,-,later;"},
        {"SELECT count(*) FROM v_rows", "7;"},
    };
    fixture f;
    tdm__text rows;
    fixture_open(&f);
    tdm__text_init(&rows, &tdm__malloc_allocator);
    write_entries(&f);
    for (int i = 0; i < ROWS(questions); i++) {
        ask_store(&rows, f.path, questions[i].sql);
        ck_assert_msg(rows.data && strcmp(rows.data, questions[i].rows) == 0, "%s: %s", questions[i].sql,
                      rows.data ? rows.data : "");
    }
    tdm__text_free(&rows);
    fixture_close(&f);
}
END_TEST

/* A view is compiled when it is asked: none may name what there is not. */
START_TEST(every_view_can_be_asked)
{
    fixture f;
    tdm__text names, rows;
    fixture_open(&f);
    tdm__text_init(&names, &tdm__malloc_allocator);
    tdm__text_init(&rows, &tdm__malloc_allocator);
    write_entries(&f);
    ask_store(&names, f.path, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name");
    tdm_str rest = tdm__text_str(&names);
    int count = 0;
    while (rest.length > 0) {
        char sql[96];
        tdm_str name = tdm__str_split(&rest, ';');
        snprintf(sql, sizeof sql, "SELECT count(*), max(child%s) FROM %.*s",
                 tdm__str_equal(name, TDM_LIT("v_versions")) ? "_id" : "", TDM_STR_ARGS(name));
        ask_store(&rows, f.path, sql);
        ck_assert_uint_gt(rows.length, 0);
        count++;
    }
    ck_assert_int_eq(count, 16);
    tdm__text_free(&names);
    tdm__text_free(&rows);
    fixture_close(&f);
}
END_TEST

/* --- prompts --- */

static void put_prompts(living *l)
{
    tdm__work *work = living_write(l);
    tdm__stored_run run = {
        .as_of = 19500, .policy_hash = TDM_LIT("abcd"), .started = 19600 * 86400, .indicators = 1};
    const tdm__stored_prompt prompts[] = {{.key = TDM_LIT("aaaaaaaaaaaaaaaa"),
                                           .indicator = TDM_LIT("unseen"),
                                           .first_met = 19400,
                                           .group = TDM_LIT("response"),
                                           .sentence = TDM_LIT("."),
                                           .evidence = TDM_LIT("[]")},
                                          {.key = TDM_LIT("bbbbbbbbbbbbbbbb"),
                                           .indicator = TDM_LIT("moves"),
                                           .first_met = 19400,
                                           .group = TDM_LIT("response"),
                                           .sentence = TDM_LIT("."),
                                           .evidence = TDM_LIT("[]")}};
    ck_assert_fine(tdm__work_start_run(work, &run, &l->error), l);
    /* The last second of day 19,600 and the first of the next. */
    ck_assert_fine(tdm__work_put_prompts(work, run.number, TDM_LIT("child-a"), prompts, 2, 19601 * 86400 - 1,
                                         NULL, &l->error),
                   l);
    ck_assert_fine(tdm__work_set_prompt_state(work, prompts[1].key, 1, TDM__PROMPT_DISMISSED,
                                              TDM_LIT("known"), TDM_LIT("ann"), 19601 * 86400, &l->error),
                   l);
    ck_assert_fine(tdm__work_finish_run(work, run.number, 19600 * 86400 + 60, 1, &l->error), l);
    living_keep(work);
}

START_TEST(prompts_come_out_with_their_latest_state_and_days)
{
    living l;
    tdm__store_prompts prompts;
    living_open(&l);
    tdm__store_prompts_begin(&prompts, &l.arena);
    ck_assert_fine(tdm__store_prompts_add(&prompts, l.f.context, l.f.path, &l.error), &l);
    ck_assert(!prompts.has_worklist);
    ck_assert_uint_eq(prompts.count, 0);
    put_prompts(&l);
    ck_assert_fine(tdm__store_prompts_add(&prompts, l.f.context, l.f.path, &l.error), &l);
    ck_assert(prompts.has_worklist);
    ck_assert_uint_eq(prompts.count, 2);
    ck_assert_text(prompts.items[0].child, "child-a");
    ck_assert_text(prompts.items[0].indicator, "unseen");
    ck_assert_text(prompts.items[0].state, "new");
    ck_assert_int_eq(prompts.items[0].since, 19600);
    ck_assert_int_eq(prompts.items[0].decided, TDM_DAY_NONE);
    ck_assert_text(prompts.items[1].state, "dismissed");
    ck_assert_int_eq(prompts.items[1].since, 19600);
    ck_assert_int_eq(prompts.items[1].decided, 19601);
    ck_assert_int_eq(tdm__store_prompts_add(&prompts, l.f.context, "/nowhere/x.db", &l.error), TDM_NOT_FOUND);
    living_close(&l);
}
END_TEST

static tdm_status read_prompts_with(const tdm_allocator *allocator)
{
    static const char *path;
    static living l;
    tdm_context *context;
    tdm__arena arena;
    tdm__store_prompts prompts;
    tdm_error error;
    if (!path) {
        living_open(&l);
        put_prompts(&l);
        path = l.f.path;
    }
    const tdm_context_options options = {.struct_size = sizeof options, .allocator = *allocator};
    tdm_status status = tdm_context_new(&context, &options);
    if (status != TDM_OK)
        return status;
    context->vault = fixture_vault();
    tdm__arena_init(&arena, allocator);
    tdm__store_prompts_begin(&prompts, &arena);
    status = tdm__store_prompts_add(&prompts, context, path, &error);
    tdm__arena_free(&arena);
    tdm_context_free(context);
    if (status == TDM_OK)
        living_close(&l);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(read_prompts_with);
}
END_TEST

Suite *views_suite(void)
{
    Suite *suite = suite_create("views");
    TCase *all = tcase_create("all");
    tcase_add_test(all, views_give_each_entry_once_with_its_end);
    tcase_add_test(all, every_view_can_be_asked);
    tcase_add_test(all, prompts_come_out_with_their_latest_state_and_days);
    tcase_add_test(all, every_allocation_may_fail);
    suite_add_tcase(suite, all);
    return suite;
}
