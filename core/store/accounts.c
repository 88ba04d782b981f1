/*
 * See accounts.h.
 */
#include "store/accounts.h"

#include "store/rows.h"

#include <stddef.h>

static const char *const states[] = {"active", "locked", "closed"};
const tdm__codes tdm__user_states = {states, 3};
static const char *const kinds[] = {"bearer", "session", "link"};
const tdm__codes tdm__token_kinds = {kinds, 3};

static const char an_account[] = "an account", a_token[] = "a token";

static const tdm__row_column user_columns[] = {
    {TDM__ROW_TEXT, offsetof(tdm__stored_user, name), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_user, title), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_user, role), NULL},
    {TDM__ROW_OPTIONAL_TEXT, offsetof(tdm__stored_user, team), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_user, agency), NULL},
    {TDM__ROW_OPTIONAL_TEXT, offsetof(tdm__stored_user, password), NULL},
    {TDM__ROW_CODE, offsetof(tdm__stored_user, state), &tdm__user_states},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_user, created), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_user, changed), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_user, failures), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_user, last_failure), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_user, version), NULL},
};
static const tdm__row_shape user_shape = TDM__ROW_SHAPE(user_columns, tdm__stored_user);

#define USER_NAMES                                                                                           \
    "name, title, role, team, agency, password, state, created, changed, failures, last_failure, version"

tdm_status tdm__work_add_user(tdm__work *work, const tdm__stored_user *user, tdm_error *error)
{
    static const char put[] = "INSERT INTO user_account (" USER_NAMES
                              ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    tdm__stored_user first = *user;
    tdm__cell cells[TDM__ROW_COLUMNS_MOST];
    first.changed = first.created;
    first.failures = first.last_failure = 0;
    first.version = 1;
    if (first.agency.length == 0)
        first.agency = TDM_LIT(TDM__AGENCY_OF_THE_STORE);
    if (first.name.length == 0)
        return tdm__fail(error, TDM_INVALID_ARG, "expected the name of an account");
    tdm__rows_cells(cells, &user_shape, &first);
    return tdm__rows_change(NULL, work, put, cells, user_shape.count, an_account, error);
}

tdm_status tdm__work_user(tdm__stored_user *out, tdm__work *work, tdm__arena *arena, tdm_str name,
                          tdm_error *error)
{
    const tdm__cell key = tdm__cell_text(name);
    return tdm__rows_one(out, work, arena, &user_shape,
                         "SELECT " USER_NAMES " FROM user_account WHERE name = ?1", &key, 1, an_account,
                         error);
}

tdm_status tdm__work_users(tdm__stored_users *out, tdm__work *work, tdm__arena *arena, tdm__paging page,
                           tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_text(page.after),
                               tdm__cell_number((int64_t)tdm__page_limit(page.limit) + 1)};
    void *items;
    *out = (tdm__stored_users){NULL, 0, {"", 0}};
    tdm_status status = tdm__rows_list(&items, &out->count, work, arena, &user_shape,
                                       "SELECT " USER_NAMES " FROM user_account WHERE name > ?1"
                                       " ORDER BY name LIMIT ?2",
                                       cells, 2, error);
    out->items = items;
    if (tdm__page_cut(&out->count, page.limit))
        out->next = out->items[out->count - 1].name;
    return status;
}

tdm_status tdm__work_change_user(tdm__work *work, const tdm__stored_user *user, tdm_error *error)
{
    static const char change[] =
        "UPDATE user_account SET title = ?2, role = ?3, team = ?4, password = ?5, state = ?6, changed = ?7,"
        " agency = ?9,"
        " version = version + 1 WHERE name = ?1 AND version = ?8";
    const tdm__cell cells[] = {tdm__cell_text(user->name),
                               tdm__cell_text(user->title),
                               tdm__cell_text(user->role),
                               tdm__cell_optional_text(user->team),
                               tdm__cell_optional_text(user->password),
                               tdm__cell_text(tdm__str(tdm__code_of(&tdm__user_states, user->state))),
                               tdm__cell_number(user->changed),
                               tdm__cell_number(user->version),
                               tdm__cell_text(user->agency)};
    int64_t changed;
    tdm_status status = tdm__rows_change(&changed, work, change, cells, 9, an_account, error);
    if (status != TDM_OK)
        return status;
    return tdm__rows_came_first(work, changed, "SELECT 1 FROM user_account WHERE name = ?1", cells,
                                an_account, error);
}

/* A change of one row that must be there. */
static tdm_status change_one(tdm__work *work, const char *sql, const tdm__cell *cells, size_t count,
                             const char *what, tdm_error *error)
{
    int64_t changed;
    tdm_status status = tdm__rows_change(&changed, work, sql, cells, count, what, error);
    if (status == TDM_OK && changed == 0)
        status = tdm__fail(error, TDM_NOT_FOUND, "%s is not there", what);
    return status;
}

tdm_status tdm__work_set_failures(tdm__work *work, tdm_str name, int64_t failures, int64_t last_failure,
                                  tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_text(name), tdm__cell_number(failures),
                               tdm__cell_number(last_failure)};
    return change_one(work, "UPDATE user_account SET failures = ?2, last_failure = ?3 WHERE name = ?1", cells,
                      3, an_account, error);
}

/* --- tokens --- */

static const tdm__row_column token_columns[] = {
    {TDM__ROW_BYTES, offsetof(tdm__stored_token, hash), NULL},
    {TDM__ROW_CODE, offsetof(tdm__stored_token, kind), &tdm__token_kinds},
    {TDM__ROW_TEXT, offsetof(tdm__stored_token, account), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_token, label), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_token, scopes), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_token, created), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_token, expires), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_token, last_used), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_token, revoked), NULL},
};
static const tdm__row_shape token_shape = TDM__ROW_SHAPE(token_columns, tdm__stored_token);

#define TOKEN_NAMES "hash, kind, account, label, scopes, created, expires, last_used, revoked"

tdm_status tdm__work_add_token(tdm__work *work, const tdm__stored_token *token, tdm_error *error)
{
    tdm__cell cells[TDM__ROW_COLUMNS_MOST];
    if (token->hash.length != TDM_TOKEN_HASH_BYTES)
        return tdm__fail(error, TDM_INVALID_ARG, "expected the hash of a token, of %d bytes",
                         TDM_TOKEN_HASH_BYTES);
    tdm__rows_cells(cells, &token_shape, token);
    return tdm__rows_change(NULL, work,
                            "INSERT INTO token (" TOKEN_NAMES ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                            cells, token_shape.count, a_token, error);
}

tdm_status tdm__work_token(tdm__stored_token *out, tdm__work *work, tdm__arena *arena, tdm_str hash,
                           tdm_error *error)
{
    const tdm__cell key = tdm__cell_bytes(hash);
    return tdm__rows_one(out, work, arena, &token_shape, "SELECT " TOKEN_NAMES " FROM token WHERE hash = ?1",
                         &key, 1, a_token, error);
}

tdm_status tdm__work_tokens(tdm__stored_tokens *out, tdm__work *work, tdm__arena *arena, tdm_str account,
                            tdm__paging page, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_text(account), tdm__cell_bytes(page.after),
                               tdm__cell_number((int64_t)tdm__page_limit(page.limit) + 1)};
    void *items;
    *out = (tdm__stored_tokens){NULL, 0, {"", 0}};
    tdm_status status = tdm__rows_list(&items, &out->count, work, arena, &token_shape,
                                       "SELECT " TOKEN_NAMES " FROM token WHERE account = ?1 AND hash > ?2"
                                       " ORDER BY hash LIMIT ?3",
                                       cells, 3, error);
    out->items = items;
    if (tdm__page_cut(&out->count, page.limit))
        out->next = out->items[out->count - 1].hash;
    return status;
}

tdm_status tdm__work_token_used(tdm__work *work, tdm_str hash, int64_t at, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_bytes(hash), tdm__cell_number(at)};
    return change_one(work, "UPDATE token SET last_used = max(last_used, ?2) WHERE hash = ?1", cells, 2,
                      a_token, error);
}

tdm_status tdm__work_revoke_token(tdm__work *work, tdm_str hash, int64_t at, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_bytes(hash), tdm__cell_number(at)};
    return change_one(work, "UPDATE token SET revoked = iif(revoked > 0, revoked, ?2) WHERE hash = ?1", cells,
                      2, a_token, error);
}

tdm_status tdm__work_revoke_tokens(tdm__work *work, tdm_str account, uint32_t kind, tdm_str except,
                                   int64_t at, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_text(account),
                               tdm__cell_text(tdm__str(tdm__code_of(&tdm__token_kinds, kind))),
                               tdm__cell_bytes(except), tdm__cell_number(at)};
    return tdm__rows_change(NULL, work,
                            "UPDATE token SET revoked = ?4 WHERE account = ?1 AND revoked = 0"
                            " AND (?2 = '' OR kind = ?2) AND hash <> ?3",
                            cells, 4, a_token, error);
}

tdm_status tdm__work_prune_tokens(tdm__work *work, int64_t before, tdm_error *error)
{
    const tdm__cell cell = tdm__cell_number(before);
    return tdm__rows_change(NULL, work,
                            "DELETE FROM token WHERE (expires > 0 AND expires < ?1)"
                            " OR (revoked > 0 AND revoked < ?1)",
                            &cell, 1, a_token, error);
}
