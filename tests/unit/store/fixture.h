/*
 * A chronology with everything a store must keep, a folder that goes away again, and comparisons,
 * shared by the suites of the store.
 */
#ifndef TDM_TESTS_STORE_FIXTURE_H
#define TDM_TESTS_STORE_FIXTURE_H

#include "base/file.h"
#include "store/store.h"
#include "store/vault.h"
#include "support.h"

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

Suite *round_trip_suite(void);
Suite *growing_suite(void);
Suite *refusals_suite(void);
Suite *failures_suite(void);
Suite *live_suite(void);
Suite *record_suite(void);
Suite *people_suite(void);
Suite *drafts_suite(void);
Suite *worklist_suite(void);
Suite *trail_suite(void);
Suite *deletion_suite(void);
Suite *retention_suite(void);
Suite *crash_suite(void);
Suite *views_suite(void);
Suite *vault_suite(void);
Suite *closing_suite(void);

enum { FIRST_HALF = 1, SECOND_HALF = 2, WHOLE = 3 };

/* The vocabulary of the project and a folder under the current one. */
typedef struct fixture {
    tdm_context *context;
    tdm_vocabulary *vocabulary;
    char folder[64];
    char path[128]; /* FOLDER/case.db; nothing there yet */
} fixture;

/* With TIDEMARK_TEST_CLOSED in the environment every store that is made is closed, and this is by what; else
 * NULL. */
tdm__vault *fixture_vault(void);
/* From now on this one, or none, whatever the environment says; and again what that says. */
void fixture_use(tdm__vault *vault);
void fixture_use_environment(void);
/* A ring of `keys` keys. */
tdm__ring *fixture_ring(int keys);

void fixture_open(fixture *f);
void fixture_close(fixture *f); /* removes the folder and the files in it */
/* FOLDER/name, in a room of its own until the next call but three. */
const char *fixture_path(fixture *f, const char *name);
/* No file may grow over so many bytes, as when the disk is full; 0: again as they like. */
void fixture_limit_files(unsigned long bytes);
/* Names in the folder, hidden ones included. */
int fixture_file_count(fixture *f);

/* The rich chronology, or the part of it that one of two imports brings. */
tdm_status fixture_chronology(tdm_chronology **out, const tdm_allocator *allocator,
                              const tdm_vocabulary *vocabulary, int part);
/* With a case, an as-of date, two assessments, an account and three diagnostics. */
tdm__store_content fixture_content(const tdm_chronology *chronology);

/* Writes a part; the status must be TDM_OK. */
tdm__store_counts fixture_write(fixture *f, const char *path, int part);
/* Reads a store that must be readable. */
tdm_chronology *fixture_read(fixture *f, const char *path);
/* What reading says of a store that cannot be read. */
tdm_status fixture_read_status(fixture *f, const char *path, tdm_error *error);

void fixture_same(const tdm_chronology *a, const tdm_chronology *b);
/* Every row of every table as text; the caller frees it. */
char *fixture_dump(const char *path);
struct sqlite3 *fixture_database(const char *path);  /* sqlite3_close */
void fixture_sql(const char *path, const char *sql); /* as a stranger would change a store */
/* Takes out what later versions added, so that the store is as a program of that version left it. */
void fixture_go_back(const char *path, int version);

#endif
