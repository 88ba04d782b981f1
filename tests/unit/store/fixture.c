/*
 * See fixture.h. The rows are invented.
 */
#include "store/fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static tdm_str s(const char *text)
{
    return tdm__str(text);
}

static void read_vocabulary(tdm_vocabulary **out)
{
    static const char *const files[] = {"kinds.csv", "facts.csv", "agencies.csv"};
    tdm__buffer tables[3];
    tdm_str texts[3];
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(tdm__file_read(&tables[i], &tdm__malloc_allocator,
                                        TDM_SOURCE_DIR "/scripts/vocabulary", files[i], 1 << 20, NULL),
                         TDM_OK);
        texts[i] = (tdm_str){tables[i].data, tables[i].length};
    }
    ck_assert_int_eq(tdm_vocabulary_parse(out, &tdm__malloc_allocator, texts[0], texts[1], texts[2], NULL),
                     TDM_OK);
    for (int i = 0; i < 3; i++)
        tdm__free(&tdm__malloc_allocator, tables[i].data);
}

tdm__ring *fixture_ring(int keys)
{
    tdm__ring *ring;
    ck_assert_int_eq(tdm__ring_new(&ring, &tdm__malloc_allocator), TDM_OK);
    for (int i = 0; i < keys; i++)
        ck_assert_int_eq(tdm__ring_grow(ring, 1000 + i, NULL), TDM_OK);
    return ring;
}

static tdm__vault *used;
static bool is_used;

void fixture_use(tdm__vault *vault)
{
    used = vault;
    is_used = true;
}

void fixture_use_environment(void)
{
    is_used = false;
}

/* Both are there until the process ends, as a service's are. */
tdm__vault *fixture_vault(void)
{
    static tdm__vault *vault;
    static tdm__ring *ring;
    if (is_used)
        return used;
    if (!vault && getenv("TIDEMARK_TEST_CLOSED")) {
        ring = fixture_ring(2);
        ck_assert_int_eq(tdm__vault_new(&vault, &tdm__malloc_allocator, ring, NULL), TDM_OK);
    }
    return vault;
}

sqlite3 *fixture_database(const char *path)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                     fixture_vault() ? tdm__vault_name(fixture_vault()) : NULL),
                     SQLITE_OK);
    return db;
}

void fixture_open(fixture *f)
{
    snprintf(f->folder, sizeof f->folder, "%s", "/tmp/tidemark-store-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/case.db", f->folder);
    ck_assert_int_eq(tdm_context_new(&f->context, NULL), TDM_OK);
    f->context->vault = fixture_vault();
    read_vocabulary(&f->vocabulary);
}

/* Counts the names in the folder; removes them when asked to. */
static int walk_folder(fixture *f, bool removing)
{
    int count = 0;
    DIR *folder = opendir(f->folder);
    ck_assert_ptr_nonnull(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        count++;
        if (removing && unlinkat(dirfd(folder), entry->d_name, 0) != 0)
            unlinkat(dirfd(folder), entry->d_name, AT_REMOVEDIR);
    }
    closedir(folder);
    return count;
}

int fixture_file_count(fixture *f)
{
    return walk_folder(f, false);
}

void fixture_close(fixture *f)
{
    walk_folder(f, true);
    rmdir(f->folder);
    tdm_vocabulary_free(f->vocabulary);
    tdm_context_free(f->context);
}

const char *fixture_path(fixture *f, const char *name)
{
    static char rooms[4][256];
    static int next;
    char *room = rooms[next++ % 4];
    snprintf(room, sizeof rooms[0], "%s/%s", f->folder, name);
    return room;
}

void fixture_limit_files(unsigned long bytes)
{
    struct rlimit limit;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes > 0 ? bytes : limit.rlim_max;
    signal(SIGXFSZ, bytes > 0 ? SIG_IGN : SIG_DFL);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* --- the chronology --- */

static const tdm_date undated = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};

static const tdm__fact_input referral_facts[] = {
    {{"referral_source", 15}, {"1A", 2}},       /* code */
    {{"no_further_action", 17}, {"yes", 3}},    /* yes-no */
    {{"previous_plans", 14}, {"2", 1}},         /* count */
    {{"due", 3}, {"2024-04-02", 10}},           /* date */
    {{"received_time", 13}, {"09:30", 5}},      /* time */
    {{"factors", 7}, {"3A 4B", 5}},             /* list */
    {{"reason", 6}, {"words of their own", 18}} /* text-code */
};
static const tdm__fact_input unknown_facts[] = {{{"zz_local", 8}, {"7", 1}}, {{"aa_local", 8}, {"x", 1}}};

typedef struct fixture_event {
    int part, source;
    const char *child, *kind, *agency;
    tdm_date occurred, ended;
    int32_t minute;
    tdm_day recorded;
    uint32_t themes, polarity, significance, seen, alone, voice;
    const char *strings[TDM__STRING_FIELDS];
    const tdm__fact_input *facts;
    size_t fact_count;
} fixture_event;

#define DAY(d)                                                                                               \
    {                                                                                                        \
        19000 + (d), 19000 + (d), 0                                                                          \
    }
#define UNDATED                                                                                              \
    {                                                                                                        \
        TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0                                                             \
    }

static const fixture_event events[] = {
    {1,
     0,
     "child-b",
     "referral",
     "police",
     DAY(10),
     UNDATED,
     570,
     19011,
     1 | 4,
     TDM__CONCERN,
     TDM__HIGH,
     TDM__YES,
     TDM__NO,
     TDM__YES,
     {"Text with \"quotes\", a\nline and \xC3\xA9", "10/3/22", "Police notification", "officer",
      "duty manager", "passed on", "accepted", "pattern", "REF-00001", "INC-9", "ep-1"},
     referral_facts,
     ROWS(referral_facts)},
    {1,
     0,
     "child-a",
     "contact",
     "police",
     DAY(3),
     UNDATED,
     -1,
     TDM_DAY_NONE,
     0,
     0,
     0,
     0,
     0,
     0,
     {"one"},
     unknown_facts,
     2},
    {1,
     0,
     "child-a",
     "contact",
     "police",
     DAY(3),
     UNDATED,
     -1,
     19003,
     1u << 9,
     TDM__NEUTRAL,
     TDM__LOW,
     TDM__NO,
     0,
     TDM__NO,
     {"two, the same day"},
     NULL,
     0},
    {1,
     0,
     "child-a",
     "other",
     "school",
     UNDATED,
     UNDATED,
     -1,
     19050,
     0,
     TDM__STRENGTH,
     TDM__MEDIUM,
     0,
     TDM__YES,
     0,
     {""},
     NULL,
     0},
    {1,
     1,
     "child-a",
     "other",
     "school",
     {TDM_DAY_BEFORE_ALL, 19003, 0},
     UNDATED,
     0,
     TDM_DAY_NONE,
     0,
     0,
     0,
     0,
     0,
     0,
     {"open at its start"},
     NULL,
     0},
    {1,
     1,
     "child-b",
     "other",
     "school",
     {19001, TDM_DAY_AFTER_ALL, TDM_DATE_UNCERTAIN},
     UNDATED,
     1439,
     TDM_DAY_NONE,
     0,
     0,
     0,
     0,
     0,
     0,
     {"open at its end"},
     NULL,
     0},
    {2,
     1,
     "child-b",
     "other",
     "school",
     {19001, 19181, TDM_DATE_BOTH_ORDERS | TDM_DATE_APPROXIMATE},
     {19001, 19200, 0},
     -1,
     TDM_DAY_NONE,
     0,
     0,
     0,
     0,
     0,
     0,
     {"has a period", "01/07/22"},
     NULL,
     0},
    {2,
     2,
     "child-a",
     "contact",
     "health-visiting",
     DAY(3),
     UNDATED,
     -1,
     TDM_DAY_NONE,
     0,
     0,
     0,
     0,
     0,
     0,
     {"third of that day"},
     &unknown_facts[1],
     1},
    {2,
     2,
     "child-c",
     "contact",
     "health-visiting",
     DAY(-9000),
     UNDATED,
     -1,
     TDM_DAY_NONE,
     0,
     0,
     0,
     0,
     0,
     0,
     {[TDM__INCIDENT] = "INC-9"},
     NULL,
     0},
};

static tdm_status add_sources(uint32_t numbers[3], tdm__builder *builder, const tdm_vocabulary *vocabulary)
{
    const uint32_t kinds[] = {tdm__vocabulary_kind(vocabulary, s("referral")),
                              tdm__vocabulary_kind(vocabulary, s("contact"))};
    /* Not in the order of their days: the order of coming is kept. */
    static const tdm__period covers[] = {{19100, 19200}, {18000, 19000}};
    static const tdm__period no_contact[] = {{18500, 18600}};
    const tdm_str children[] = {s("child-b"), s("child-a")};
    const uint64_t facts[] = {UINT64_C(1) << tdm__vocabulary_fact(vocabulary, s("no_further_action")), 0};
    const tdm__source_input inputs[] = {
        {.id = s("src-police"),
         .name = s("returns/police.csv"),
         .sheet = s("Sheet 1"),
         .agency = s("police"),
         .map = s("police.map.json"),
         .format = s("csv"),
         .hash = s("aa11"),
         .received = 19300,
         .covers = covers,
         .cover_count = 2,
         .no_contact = no_contact,
         .no_contact_count = 1,
         .carries = kinds,
         .carry_count = 2,
         .carries_facts = facts,
         .in_part = &kinds[1],
         .in_part_count = 1,
         .children = children,
         .child_count = 2},
        {.name = s("school.xml"),
         .agency = s("school"),
         .format = s("ndjson"),
         .received = TDM_DAY_NONE,
         .carries_all = true},
        {.id = s("src-police"),
         .name = s("returns/police.csv"),
         .format = s("csv"),
         .hash = s("bb22"),
         .received = TDM_DAY_NONE,
         .carries = kinds,
         .carry_count = 1},
    };
    tdm_status status = TDM_OK;
    for (int i = 0; status == TDM_OK && i < 3; i++)
        status = tdm__builder_source(&numbers[i], builder, &inputs[i]);
    return status;
}

static tdm_status add_people(tdm__builder *builder)
{
    const tdm__child_input children[] = {
        {s("child-c"), undated, {20000, 20030, TDM_DATE_UNCERTAIN}, undated, s(""), s(""), s("")},
        {s("child-a"), {17000, 17000, 0}, undated, {19900, 19900, 0}, s("F"), s("north"), s("h1")},
        {s("child-b"), {17500, 17530, TDM_DATE_APPROXIMATE}, undated, undated, s("M"), s("north"), s("h1")},
    };
    const tdm__person_input people[] = {{s("p1"), s("mother"), s("h1")}, {s("p0"), s("grandfather"), s("")}};
    tdm_status status = TDM_OK;
    for (int i = 0; status == TDM_OK && i < 3; i++)
        status = tdm__builder_child(builder, &children[i]);
    for (int i = 0; status == TDM_OK && i < 2; i++)
        status = tdm__builder_person(builder, &people[i]);
    return status;
}

static tdm_status add_event(tdm__builder *builder, const tdm_vocabulary *vocabulary, int index,
                            const uint32_t sources[3])
{
    const fixture_event *from = &events[index];
    tdm__event_input event = {.child = s(from->child),
                              .occurred = from->occurred,
                              .minute = from->minute,
                              .recorded = from->recorded,
                              .ended = from->ended,
                              .agency = s(from->agency),
                              .source = sources[from->source],
                              .row = (uint32_t)index + 2,
                              .kind = tdm__vocabulary_kind(vocabulary, s(from->kind)),
                              .themes = from->themes,
                              .polarity = from->polarity,
                              .significance = from->significance,
                              .child_seen = from->seen,
                              .seen_alone = from->alone,
                              .voice = from->voice,
                              .facts = from->facts,
                              .fact_count = from->fact_count,
                              .row_key = (uint64_t)index + 1000};
    for (int field = 0; field < TDM__STRING_FIELDS; field++)
        event.strings[field] = s(from->strings[field]);
    ck_assert_uint_ne(event.kind, TDM_NO_INDEX);
    return tdm__builder_event(builder, &event);
}

static tdm_status freeze(tdm_chronology **out, tdm__builder *builder, const tdm_allocator *allocator)
{
    tdm__diagnostics diagnostics;
    tdm__diagnostics_init(&diagnostics, allocator);
    tdm_status status = tdm__builder_freeze(out, builder, &diagnostics);
    tdm__diagnostics_free(&diagnostics);
    return status;
}

tdm_status fixture_chronology(tdm_chronology **out, const tdm_allocator *allocator,
                              const tdm_vocabulary *vocabulary, int part)
{
    tdm__builder *builder;
    uint32_t sources[3];
    *out = NULL;
    tdm_status status = tdm__builder_new(&builder, allocator, vocabulary);
    if (status == TDM_OK)
        status = add_people(builder);
    if (status == TDM_OK)
        status = add_sources(sources, builder, vocabulary);
    for (int i = 0; status == TDM_OK && i < ROWS(events); i++)
        if (events[i].part & part)
            status = add_event(builder, vocabulary, i, sources);
    if (status == TDM_OK)
        status = freeze(out, builder, allocator);
    tdm__builder_free(builder);
    return status;
}

tdm__store_content fixture_content(const tdm_chronology *chronology)
{
    static const tdm__kept_assessment assessments[] = {
        {{"a.json", 6}, 1, {"{\"id\": \"as-1\", \"items\": {\"A1a\": 3}}", 35}},
        {{"b.json", 6}, 7, {"{\"id\":\"as-2\"}", 13}},
    };
    static const tdm__account accounts[] = {{{"returns/police.csv", 18}, {"", 0}, 10, 9, 1}};
    static tdm__diagnostic said[] = {
        {{"returns/police.csv", 18},
         4,
         {"Dat\xC3\xA9", 5},
         "date-not-read",
         TDM__WARNING,
         {"no date, 31/02", 14},
         1},
        {{"returns/police.csv", 18}, 3, {"child", 5}, "child-missing", TDM__ERROR, {"set aside", 9}, 1},
        {{"", 0}, 0, {"", 0}, "many", TDM__INFORMATION, {"5 more", 6}, 1},
    };
    static const tdm__diagnostics diagnostics = {.items = said, .count = 3};
    return (tdm__store_content){.chronology = chronology,
                                .assessments = assessments,
                                .assessment_count = 2,
                                .accounts = accounts,
                                .account_count = 1,
                                .diagnostics = &diagnostics,
                                .case_id = {"case-1", 6},
                                .as_of = 19500};
}

tdm__store_counts fixture_write(fixture *f, const char *path, int part)
{
    tdm_chronology *chronology;
    tdm__store_counts counts;
    tdm_error error = {0};
    ck_assert_int_eq(fixture_chronology(&chronology, &tdm__malloc_allocator, f->vocabulary, part), TDM_OK);
    tdm__store_content content = fixture_content(chronology);
    tdm_status status = tdm__store_write(f->context, path, &content, &counts, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    tdm_chronology_free(chronology);
    return counts;
}

static tdm_status read_store(tdm_chronology **out, fixture *f, const char *path, tdm_error *error)
{
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    tdm__arena arena;
    tdm__store_content content;
    *out = NULL;
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, f->vocabulary), TDM_OK);
    tdm_status status = tdm__store_read(f->context, path, builder, f->vocabulary, &diagnostics, &arena,
                                        &content, error);
    if (status == TDM_OK) {
        for (size_t i = 0; i < diagnostics.count; i++) /* reading has nothing to add to what was kept */
            ck_assert_str_ne(diagnostics.items[i].code, "code-unknown");
        status = freeze(out, builder, &tdm__malloc_allocator);
    }
    tdm__builder_free(builder);
    tdm__arena_free(&arena);
    tdm__diagnostics_free(&diagnostics);
    return status;
}

tdm_chronology *fixture_read(fixture *f, const char *path)
{
    tdm_chronology *chronology;
    tdm_error error = {0};
    tdm_status status = read_store(&chronology, f, path, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    return chronology;
}

tdm_status fixture_read_status(fixture *f, const char *path, tdm_error *error)
{
    tdm_chronology *chronology;
    memset(error, 0, sizeof *error);
    tdm_status status = read_store(&chronology, f, path, error);
    tdm_chronology_free(chronology);
    return status;
}

/* --- looking at a store from outside --- */

void fixture_sql(const char *path, const char *sql)
{
    char *message = NULL;
    sqlite3 *db = fixture_database(path);
    int code = sqlite3_exec(db, sql, NULL, NULL, &message);
    ck_assert_msg(code == SQLITE_OK, "%s", message ? message : "");
    sqlite3_close(db);
}

void fixture_go_back(const char *path, int version)
{
    static const char *const added[] = {
        [2] = "DROP TABLE source_fact; DROP TABLE source_part",
        [3] = "DROP TABLE event_version; DROP INDEX source_replaced; DROP TABLE source_replaces",
        [4] = "DROP TABLE deletion; DROP TABLE audit; DROP TABLE reply; DROP TABLE staged;"
              "DROP TABLE prompt_state; DROP TABLE prompt; DROP TABLE run; DROP TABLE draft;"
              "DROP TABLE opening; DROP TABLE allocation; DROP TABLE token; DROP TABLE user_account;"
              "DROP TABLE assessment_child; DROP INDEX child_household; DROP INDEX person_household;"
              "DROP INDEX source_child_child; DROP INDEX source_any_child; DROP INDEX event_source",
        [5] = "DROP VIEW v_contacts; DROP VIEW v_referrals; DROP VIEW v_conferences; DROP VIEW v_reviews;"
              "DROP VIEW v_visits; DROP VIEW v_closures; DROP VIEW v_graded_care; DROP VIEW v_assessments;"
              "DROP VIEW v_s47; DROP VIEW v_plans; DROP VIEW v_cin_plans; DROP VIEW v_early_help;"
              "DROP VIEW v_care; DROP VIEW v_ends; DROP VIEW v_rows; DROP VIEW v_versions",
        [6] = "DROP TABLE retention; ALTER TABLE deletion DROP COLUMN due;"
              "ALTER TABLE deletion DROP COLUMN ground",
        [7] = "DROP INDEX fact_limited; ALTER TABLE opening DROP COLUMN limited_as;"
              "ALTER TABLE user_account DROP COLUMN agency",
    };
    char sql[48];
    for (int step = ROWS(added) - 1; step > version; step--)
        fixture_sql(path, added[step]);
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", version);
    fixture_sql(path, sql);
}

static void dump_table(tdm__text *out, sqlite3 *db, const char *table)
{
    char sql[128];
    sqlite3_stmt *rows;
    snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &rows, NULL), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        tdm__text_puts(out, table);
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            tdm__text_printf(out, "|%d:", sqlite3_column_type(rows, i));
            if (sqlite3_column_type(rows, i) != SQLITE_NULL)
                tdm__text_puts(out, (const char *)sqlite3_column_text(rows, i));
        }
        tdm__text_char(out, '\n');
    }
    sqlite3_finalize(rows);
}

char *fixture_dump(const char *path)
{
    sqlite3 *db = fixture_database(path);
    sqlite3_stmt *tables;
    tdm__text out;
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(sqlite3_prepare_v2(db,
                                        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
                                        -1, &tables, NULL),
                     SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW)
        dump_table(&out, db, (const char *)sqlite3_column_text(tables, 0));
    sqlite3_finalize(tables);
    sqlite3_close(db);
    return out.data;
}
