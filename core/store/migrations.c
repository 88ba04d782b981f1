/*
 * The steps of the schema, and the check that a file has exactly the tables they make. Steps that
 * have been released never change: a change is one more step (README.md).
 */
#include "store/migrations.h"

#include "store/views.h"

#include <stdio.h>

/*
 * Version 1. Days are numbers from 1970-01-01 with the sentinels of <tidemark/calendar.h>
 * (-2147483648 not recorded, -2147483647 before all, 2147483647 after all), never NULL. Codes are
 * text as in NDJSON; NULL: not recorded.
 * No CHECK on the codes of an event: five of them cost nearly half the time of an import, and the
 * reader looks at every code anyway.
 */
static const char step_1[] =
    "CREATE TABLE case_file (case_no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, as_of INTEGER NOT NULL) "
    "STRICT;"
    "CREATE TABLE child (id TEXT NOT NULL PRIMARY KEY,"
    " born_from INTEGER NOT NULL, born_to INTEGER NOT NULL, born_flags INTEGER NOT NULL,"
    " expected_from INTEGER NOT NULL, expected_to INTEGER NOT NULL, expected_flags INTEGER NOT NULL,"
    " died_from INTEGER NOT NULL, died_to INTEGER NOT NULL, died_flags INTEGER NOT NULL,"
    " sex TEXT, area TEXT, household TEXT) STRICT, WITHOUT ROWID;"
    "CREATE TABLE person (person_no INTEGER PRIMARY KEY, id TEXT NOT NULL, role TEXT NOT NULL,"
    " household TEXT NOT NULL, UNIQUE (id, role, household)) STRICT;"
    "CREATE TABLE assessment (assessment_no INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE,"
    " file TEXT NOT NULL, line INTEGER NOT NULL, json TEXT NOT NULL) STRICT;"
    "CREATE TABLE account (account_no INTEGER PRIMARY KEY, case_id TEXT NOT NULL, file TEXT NOT NULL,"
    " sheet TEXT NOT NULL, row_count INTEGER NOT NULL, read_count INTEGER NOT NULL,"
    " set_aside_count INTEGER NOT NULL,"
    " UNIQUE (case_id, file, sheet, row_count, read_count, set_aside_count)) STRICT;"
    "CREATE TABLE diagnostic (diagnostic_no INTEGER PRIMARY KEY, file TEXT NOT NULL,"
    " row_no INTEGER NOT NULL, column_name TEXT NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL,"
    " message TEXT NOT NULL, UNIQUE (file, row_no, column_name, code, severity, message)) STRICT;"
    "CREATE TABLE source (source_no INTEGER PRIMARY KEY, id TEXT NOT NULL, hash TEXT NOT NULL,"
    " name TEXT NOT NULL, sheet TEXT NOT NULL, agency TEXT NOT NULL, map TEXT NOT NULL,"
    " format TEXT NOT NULL, received INTEGER NOT NULL, carries_all INTEGER NOT NULL,"
    " any_child INTEGER NOT NULL, UNIQUE (id, hash)) STRICT;"
    "CREATE TABLE source_kind (source_no INTEGER NOT NULL REFERENCES source, kind TEXT NOT NULL,"
    " PRIMARY KEY (source_no, kind)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE source_child (source_no INTEGER NOT NULL REFERENCES source, position INTEGER NOT NULL,"
    " child_id TEXT NOT NULL REFERENCES child, PRIMARY KEY (source_no, position),"
    " UNIQUE (source_no, child_id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE source_period (source_no INTEGER NOT NULL REFERENCES source,"
    " what TEXT NOT NULL CHECK (what IN ('covers', 'no-contact')), position INTEGER NOT NULL,"
    " day_from INTEGER NOT NULL, day_to INTEGER NOT NULL, PRIMARY KEY (source_no, what, position),"
    " UNIQUE (source_no, what, day_from, day_to)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE event (child_id TEXT NOT NULL REFERENCES child, sort_day INTEGER NOT NULL,"
    " seq INTEGER NOT NULL, id INTEGER NOT NULL, day_from INTEGER NOT NULL, day_to INTEGER NOT NULL,"
    " date_flags INTEGER NOT NULL, minute INTEGER NOT NULL, recorded INTEGER NOT NULL,"
    " ended_from INTEGER NOT NULL, ended_to INTEGER NOT NULL, agency TEXT NOT NULL, kind TEXT NOT NULL,"
    " themes TEXT, polarity TEXT, significance TEXT, child_seen TEXT, seen_alone TEXT, voice TEXT,"
    " text TEXT, occurred_as_written TEXT, kind_as_written TEXT, role TEXT, significance_by TEXT,"
    " action TEXT, outcome TEXT, analysis TEXT, reference TEXT, incident TEXT, episode TEXT,"
    " source_no INTEGER NOT NULL REFERENCES source, source_row INTEGER NOT NULL,"
    " PRIMARY KEY (child_id, sort_day, seq), UNIQUE (child_id, id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE fact (child_id TEXT NOT NULL, sort_day INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " position INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY (child_id, sort_day, seq, position),"
    " FOREIGN KEY (child_id, sort_day, seq) REFERENCES event) STRICT, WITHOUT ROWID;";

/*
 * Version 2: with which facts a source could hold a kind, and of which kinds it holds some alone. Sources of
 * a store from before know of no facts until their return is imported again.
 */
static const char step_2[] =
    "CREATE TABLE source_fact (source_no INTEGER NOT NULL REFERENCES source, kind TEXT NOT NULL,"
    " fact TEXT NOT NULL, PRIMARY KEY (source_no, kind, fact)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE source_part (source_no INTEGER NOT NULL REFERENCES source, kind TEXT NOT NULL,"
    " PRIMARY KEY (source_no, kind)) STRICT, WITHOUT ROWID;";

/*
 * Version 3: other versions of an entry. The one that came first stands in `event` under the id of the entry,
 * each other one under an id of its own; and which source replaces which as a whole.
 */
static const char step_3[] =
    "CREATE TABLE event_version (child_id TEXT NOT NULL, version_id INTEGER NOT NULL, id INTEGER NOT NULL,"
    " PRIMARY KEY (child_id, version_id), UNIQUE (child_id, id, version_id),"
    " FOREIGN KEY (child_id, version_id) REFERENCES event (child_id, id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE source_replaces (source_no INTEGER NOT NULL REFERENCES source,"
    " replaced_no INTEGER NOT NULL REFERENCES source, PRIMARY KEY (source_no, replaced_no))"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX source_replaced ON source_replaces (replaced_no);";

/*
 * Version 4: what a service keeps beside the record, and what it takes to find one child's rows among many.
 * Times are seconds since 1970, UTC, 0: never. `account` was taken: those of people are user_account.
 * Everything that names a child refers to it, so that a deletion cannot forget a table.
 */
static const char step_4_cases[] =
    "CREATE INDEX child_household ON child (household) WHERE household IS NOT NULL;"
    "CREATE INDEX person_household ON person (household);"
    "CREATE INDEX source_child_child ON source_child (child_id, source_no);"
    "CREATE INDEX source_any_child ON source (source_no) WHERE any_child = 1;"
    "CREATE INDEX event_source ON event (source_no);"
    "CREATE TABLE assessment_child (assessment_no INTEGER PRIMARY KEY REFERENCES assessment,"
    " child_id TEXT NOT NULL) STRICT;"
    "CREATE INDEX assessment_child_child ON assessment_child (child_id);"
    "INSERT INTO assessment_child SELECT assessment_no, json_extract(json, '$.child') FROM assessment"
    " WHERE CASE WHEN json_valid(json) THEN json_type(json, '$.child') END = 'text';"
    "CREATE TABLE user_account (name TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, role TEXT NOT NULL,"
    " team TEXT, password TEXT, state TEXT NOT NULL CHECK (state IN ('active', 'locked', 'closed')),"
    " created INTEGER NOT NULL, changed INTEGER NOT NULL, failures INTEGER NOT NULL,"
    " last_failure INTEGER NOT NULL, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE token (hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),"
    " kind TEXT NOT NULL CHECK (kind IN ('bearer', 'session', 'link')),"
    " account TEXT NOT NULL REFERENCES user_account, label TEXT NOT NULL, scopes TEXT NOT NULL,"
    " created INTEGER NOT NULL, expires INTEGER NOT NULL, last_used INTEGER NOT NULL,"
    " revoked INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE INDEX token_account ON token (account);"
    "CREATE TABLE allocation (number INTEGER PRIMARY KEY, child_id TEXT NOT NULL REFERENCES child,"
    " account TEXT REFERENCES user_account, team TEXT, since INTEGER NOT NULL, until INTEGER NOT NULL,"
    " by TEXT NOT NULL, CHECK ((account IS NULL) <> (team IS NULL)), CHECK (since <= until)) STRICT;"
    "CREATE INDEX allocation_child ON allocation (child_id);"
    "CREATE INDEX allocation_account ON allocation (account, child_id) WHERE account IS NOT NULL;"
    "CREATE INDEX allocation_team ON allocation (team, child_id) WHERE team IS NOT NULL;"
    "CREATE TABLE opening (number INTEGER PRIMARY KEY, child_id TEXT NOT NULL REFERENCES child,"
    " account TEXT NOT NULL REFERENCES user_account,"
    " kind TEXT NOT NULL CHECK (kind IN ('review', 'challenged')), from_time INTEGER NOT NULL,"
    " until_time INTEGER NOT NULL, reason TEXT NOT NULL CHECK (reason <> ''), by TEXT NOT NULL,"
    " CHECK (from_time <= until_time)) STRICT;"
    "CREATE INDEX opening_child ON opening (child_id);"
    "CREATE INDEX opening_account ON opening (account, child_id);"
    "CREATE TABLE draft (id TEXT NOT NULL, version INTEGER NOT NULL,"
    " child_id TEXT NOT NULL REFERENCES child, instrument TEXT NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('draft', 'complete', 'countersigned', 'withdrawn')),"
    " json TEXT NOT NULL, author TEXT NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL,"
    " changed_by TEXT NOT NULL, countersigned_by TEXT, sha256 TEXT NOT NULL, PRIMARY KEY (id, version))"
    " STRICT;"
    "CREATE INDEX draft_child ON draft (child_id);"
    "CREATE INDEX draft_author ON draft (author);";
static const char step_4_work[] =
    "CREATE TABLE run (number INTEGER PRIMARY KEY, as_of INTEGER NOT NULL, policy_hash TEXT NOT NULL,"
    " started INTEGER NOT NULL, finished INTEGER NOT NULL, children INTEGER NOT NULL,"
    " indicators INTEGER NOT NULL) STRICT;"
    "CREATE TABLE prompt (key TEXT NOT NULL PRIMARY KEY CHECK (length(key) = 16),"
    " child_id TEXT NOT NULL REFERENCES child, indicator TEXT NOT NULL,"
    " answer TEXT NOT NULL CHECK (answer IN ('met', 'possible')), severity INTEGER NOT NULL,"
    " current INTEGER NOT NULL, first_met INTEGER NOT NULL, group_name TEXT NOT NULL,"
    " sentence TEXT NOT NULL, evidence TEXT NOT NULL, run_first INTEGER NOT NULL REFERENCES run,"
    " run_last INTEGER NOT NULL REFERENCES run, first_seen INTEGER NOT NULL, gone INTEGER NOT NULL)"
    " STRICT;"
    "CREATE INDEX prompt_child ON prompt (child_id, gone);"
    "CREATE INDEX prompt_standing ON prompt (indicator, child_id, answer, current, first_met, first_seen)"
    " WHERE gone = 0;"
    "CREATE TABLE prompt_state (key TEXT NOT NULL REFERENCES prompt, version INTEGER NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('new', 'seen', 'acted-on', 'dismissed')), reason TEXT,"
    " by TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (key, version)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE staged (number INTEGER PRIMARY KEY,"
    " state TEXT NOT NULL CHECK (state IN ('waiting', 'confirmed', 'discarded')), version INTEGER NOT NULL,"
    " received INTEGER NOT NULL, by TEXT NOT NULL, agency TEXT NOT NULL, map TEXT NOT NULL,"
    " format TEXT NOT NULL, content_bytes INTEGER NOT NULL, preview TEXT NOT NULL, at INTEGER NOT NULL,"
    " content BLOB NOT NULL) STRICT;"
    "CREATE TABLE reply (account TEXT NOT NULL REFERENCES user_account, key TEXT NOT NULL,"
    " operation TEXT NOT NULL, request_hash TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,"
    " at INTEGER NOT NULL, PRIMARY KEY (account, key)) STRICT;"
    "CREATE INDEX reply_at ON reply (at);"
    "CREATE TABLE audit (position INTEGER PRIMARY KEY, number INTEGER NOT NULL UNIQUE,"
    " time INTEGER NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, action TEXT NOT NULL,"
    " object_kind TEXT NOT NULL, object TEXT NOT NULL, reason TEXT NOT NULL, details TEXT NOT NULL,"
    " mac BLOB NOT NULL CHECK (length(mac) = 32)) STRICT;"
    "CREATE INDEX audit_object ON audit (object_kind, object, number);"
    "CREATE INDEX audit_actor ON audit (actor, number);"
    "CREATE TABLE deletion (number INTEGER PRIMARY KEY, pseudonym TEXT NOT NULL, day INTEGER NOT NULL,"
    " reason TEXT NOT NULL, by TEXT NOT NULL, events INTEGER NOT NULL, facts INTEGER NOT NULL,"
    " assessments INTEGER NOT NULL, drafts INTEGER NOT NULL, prompts INTEGER NOT NULL,"
    " allocations INTEGER NOT NULL, people INTEGER NOT NULL, sources INTEGER NOT NULL) STRICT;";

/* Version 6: until when a child is kept, and who asks for longer; by which date and on what ground one went.
 */
static const char step_6[] =
    "CREATE TABLE retention (child_id TEXT NOT NULL PRIMARY KEY REFERENCES child, until INTEGER NOT NULL,"
    " reason TEXT NOT NULL, ground TEXT NOT NULL, hold TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "ALTER TABLE deletion ADD COLUMN ground TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE deletion ADD COLUMN due INTEGER NOT NULL DEFAULT -2147483648;";

/*
 * Version 7: rows limited to agencies. Of which agency an account is; with the eyes of which agency an opened
 * case is seen, NULL: with the account's own; and the way to the few rows that are limited.
 */
static const char step_7[] =
    "ALTER TABLE user_account ADD COLUMN agency TEXT NOT NULL DEFAULT 'childrens-social-care';"
    "ALTER TABLE opening ADD COLUMN limited_as TEXT;"
    "CREATE INDEX fact_limited ON fact (child_id, sort_day, seq) WHERE key = 'limited_to';";

static const tdm__migration steps[] = {{step_1, NULL},
                                       {step_2, NULL},
                                       {step_3, NULL},
                                       {step_4_cases, step_4_work},
                                       {tdm__store_views_rows, tdm__store_views_more},
                                       {step_6, NULL},
                                       {step_7, NULL}};
const tdm__migrations tdm__store_migrations = {steps, (int32_t)(sizeof steps / sizeof *steps)};

tdm_status tdm__store_version(int32_t *out, tdm__store *store, const tdm__migrations *migrations,
                              tdm_error *error)
{
    int64_t application = 0, version = 0, pages = 0;
    *out = 0;
    tdm_status status = tdm__store_number(&pages, store, "PRAGMA page_count", error);
    if (status == TDM_OK && pages == 0)
        return tdm__store_fail(store, TDM_STORE, "not a Tidemark store: the file is no database", error);
    if (status == TDM_OK)
        status = tdm__store_number(&application, store, "PRAGMA application_id", error);
    if (status == TDM_OK)
        status = tdm__store_number(&version, store, "PRAGMA user_version", error);
    if (status != TDM_OK)
        return status;
    if (application != TDM__APPLICATION_ID)
        return tdm__store_fail(store, TDM_STORE, "not a Tidemark store: a database of another program",
                               error);
    if (version < 1)
        return tdm__store_fail(store, TDM_STORE, "the store is damaged: it names no version", error);
    if (version > migrations->count)
        return tdm__fail_at(
            error, TDM_NEWER, (tdm_place){tdm__str(store->path), 0, 0},
            "the store has version %d and this program knows version %d; use a newer Tidemark", (int)version,
            (int)migrations->count);
    *out = (int32_t)version;
    return TDM_OK;
}

tdm_status tdm__store_migrate(tdm__store *store, const tdm__migrations *migrations, int32_t version,
                              tdm_error *error)
{
    char sql[48];
    tdm_status status = TDM_OK;
    for (int32_t step = version; status == TDM_OK && step < migrations->count; step++) {
        status = tdm__store_run(store, migrations->steps[step].sql, error);
        if (status == TDM_OK && migrations->steps[step].more)
            status = tdm__store_run(store, migrations->steps[step].more, error);
    }
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", (int)migrations->count);
    return status == TDM_OK ? tdm__store_run(store, sql, error) : status;
}

tdm_status tdm__store_bring_up(tdm__store *store, int32_t version, tdm_error *error)
{
    const tdm__migrations *migrations = &tdm__store_migrations;
    tdm_status status = TDM_OK;
    /* Looked at again now that nobody else can change it. */
    if (version > 0)
        status = tdm__store_version(&version, store, migrations, error);
    if (status == TDM_OK && version > 0)
        status = tdm__store_check_tables(store, migrations, version, error);
    if (status == TDM_OK && version < migrations->count)
        status = tdm__store_migrate(store, migrations, version, error);
    return status;
}

tdm_status tdm__store_look(int32_t *version, const tdm_context *context, const char *path, tdm_error *error)
{
    tdm__store store;
    *version = 0;
    tdm_status status = tdm__store_open(&store, context, path, TDM__STORE_LOOK, error);
    if (status == TDM_OK) {
        status = tdm__store_version(version, &store, &tdm__store_migrations, error);
        tdm__store_close(&store);
    }
    /* Whose it is, is known, and the version is looked at again. */
    if (status != TDM_OK && status != TDM_NEWER && tdm__store_may_be_torn(context, path)) {
        *version = 1;
        status = TDM_OK;
    }
    return status;
}

#define SCHEMA_COLUMNS 4
static const char schema_query[] = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
                                   " ORDER BY type COLLATE BINARY, name COLLATE BINARY";

/* Steps both to their next row; *same turns false where they part, *more at the end of both. */
static tdm_status compare_next(bool *same, bool *more, tdm__store *store, sqlite3_stmt *held,
                               tdm__store *model, sqlite3_stmt *wanted, tdm_error *error)
{
    bool held_row = false, wanted_row = false;
    tdm__cell held_cells[SCHEMA_COLUMNS], wanted_cells[SCHEMA_COLUMNS];
    tdm_status status = tdm__store_step(&held_row, store, held, error);
    if (status == TDM_OK)
        status = tdm__store_step(&wanted_row, model, wanted, error);
    *more = held_row && wanted_row;
    *same = held_row == wanted_row;
    if (status != TDM_OK || !*more)
        return status;
    status = tdm__store_cells(held_cells, SCHEMA_COLUMNS, store, held, error);
    if (status == TDM_OK)
        status = tdm__store_cells(wanted_cells, SCHEMA_COLUMNS, model, wanted, error);
    for (int i = 0; status == TDM_OK && *same && i < SCHEMA_COLUMNS; i++)
        *same = tdm__cell_equal(&held_cells[i], &wanted_cells[i]);
    return status;
}

static tdm_status compare_tables(bool *same, tdm__store *store, tdm__store *model, tdm_error *error)
{
    sqlite3_stmt *held = NULL, *wanted = NULL;
    bool more = true;
    *same = true;
    tdm_status status = tdm__store_prepare(&held, store, schema_query, error);
    if (status == TDM_OK)
        status = tdm__store_prepare(&wanted, model, schema_query, error);
    while (status == TDM_OK && *same && more)
        status = compare_next(same, &more, store, held, model, wanted, error);
    sqlite3_finalize(held);
    sqlite3_finalize(wanted);
    return status;
}

tdm_status tdm__store_check_tables(tdm__store *store, const tdm__migrations *migrations, int32_t version,
                                   tdm_error *error)
{
    tdm__store model = {.context = store->context, .path = store->path, .stopped = TDM_OK};
    const tdm__migrations first = {migrations->steps, version};
    bool same = false;
    int code = sqlite3_open_v2(":memory:", &model.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    tdm_status status = tdm__store_result(&model, code, error);
    if (status == TDM_OK)
        status = tdm__store_migrate(&model, &first, 0, error);
    if (status == TDM_OK)
        status = compare_tables(&same, store, &model, error);
    tdm__store_close(&model);
    if (status == TDM_OK && !same)
        status = tdm__store_fail(store, TDM_STORE,
                                 "not a store that Tidemark made: its tables have been changed", error);
    return status;
}
