/*
 * The schema as a table of steps: a store of version N was made by the first N of them.
 */
#ifndef TDM_STORE_MIGRATIONS_H
#define TDM_STORE_MIGRATIONS_H

#include "store/connection.h"

#define TDM__APPLICATION_ID 0x5449444D /* "TIDM" at byte 68 of the file */

typedef struct tdm__migration {
    const char *sql;
    const char *more; /* the rest of a long step; NULL: there is none */
} tdm__migration;

typedef struct tdm__migrations {
    const tdm__migration *steps;
    int32_t count; /* the version that this program writes */
} tdm__migrations;

extern const tdm__migrations tdm__store_migrations;

/*
 * Whose file it is and of which version: TDM_STORE when it is not ours or has no version, TDM_NEWER
 * naming both versions. Does not look at the tables.
 */
tdm_status tdm__store_version(int32_t *out, tdm__store *store, const tdm__migrations *migrations,
                              tdm_error *error);
/* The tables are exactly those that the first `version` steps make: TDM_OK, else TDM_STORE. */
tdm_status tdm__store_check_tables(tdm__store *store, const tdm__migrations *migrations, int32_t version,
                                   tdm_error *error);
/* Runs the steps behind `version` and sets the new one. The caller has begun a transaction. */
tdm_status tdm__store_migrate(tdm__store *store, const tdm__migrations *migrations, int32_t version,
                              tdm_error *error);
/*
 * Within a transaction that writes: the version, which is 0 for a file without tables, is looked at again,
 * and what it lacks is added.
 */
tdm_status tdm__store_bring_up(tdm__store *store, int32_t version, tdm_error *error);
/* The version of the file as it lies there, before it is opened for writing: that alone could change a file
 * that is not ours. */
tdm_status tdm__store_look(int32_t *version, const tdm_context *context, const char *path, tdm_error *error);

#endif
