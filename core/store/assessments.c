/*
 * See assessments.h. What an assessment says is the instruments' business; here it is its text, its hash and
 * the member "child".
 */
#include "store/assessments.h"

#include "store/statements.h"

#include "json/json.h"

/* The members in their order without white space, and without the type that an export puts in front. */
static tdm_status plain_members(tdm__text *out, const tdm__json_value *root)
{
    tdm__json_writer json;
    tdm__json_writer_init(&json, out->allocator, tdm__text_sink(out), 0);
    tdm__json_open_object(&json);
    for (const tdm__json_value *member = tdm__json_first(root); member; member = tdm__json_next(member)) {
        if (tdm__str_equal(tdm__json_name(member), TDM_LIT("type")))
            continue;
        tdm__json_put_name_str(&json, tdm__json_name(member));
        tdm__json_put_value(&json, member);
    }
    tdm__json_close_object(&json);
    return tdm__json_writer_end(&json);
}

static const char put_assessment[] = "INSERT INTO assessment (sha256, file, line, json)"
                                     " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
static const char put_child[] = "INSERT INTO assessment_child (assessment_no, child_id)"
                                " SELECT assessment_no, ?2 FROM assessment WHERE sha256 = ?1";
static const char drop_child[] =
    "DELETE FROM assessment_child WHERE assessment_no = (SELECT assessment_no FROM assessment"
    " WHERE sha256 = ?1)";
static const char drop_assessment[] = "DELETE FROM assessment WHERE sha256 = ?1";

static tdm_status run(bool *changed, tdm__store *store, const char *sql, const tdm__cell *cells, size_t count,
                      tdm_error *error)
{
    sqlite3_stmt *statement;
    bool row;
    *changed = false;
    tdm_status status = tdm__statement_take(&statement, store, sql, error);
    if (status == TDM_OK)
        status = tdm__store_bind(store, statement, cells, count, error);
    if (status == TDM_OK)
        status = tdm__store_step(&row, store, statement, error);
    if (status == TDM_OK)
        *changed = sqlite3_changes64(store->db) > 0;
    tdm__statement_give(store, statement);
    return status;
}

/* What makes an assessment the same one: an export that comes back is spaced in another way. */
static tdm_status content_hash(char out[TDM_SHA256_HEX_SIZE], const tdm_allocator *allocator,
                               const tdm__json *document, tdm_error *error)
{
    tdm__text plain;
    if (tdm__json_type_of(tdm__json_root(document)) != TDM__JSON_OBJECT)
        return tdm__json_fail(document, tdm__json_root(document), error,
                              "expected an assessment as an object");
    tdm__text_init(&plain, allocator);
    tdm_status status = plain_members(&plain, tdm__json_root(document));
    if (status == TDM_OK)
        tdm__sha256_hex(out, tdm__text_str(&plain));
    tdm__text_free(&plain);
    return status == TDM_OK ? TDM_OK : tdm__no_memory(error);
}

static tdm_status put_rows(bool *added, const char *hash, tdm__store *store,
                           const tdm__kept_assessment *assessment, tdm_str child, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_text(tdm__str(hash)), tdm__cell_text(assessment->file),
                               tdm__cell_number(assessment->line), tdm__cell_text(assessment->json)};
    const tdm__cell about[] = {cells[0], tdm__cell_text(child)};
    bool told;
    tdm_status status = run(added, store, put_assessment, cells, 4, error);
    if (status == TDM_OK && *added && child.length > 0)
        status = run(&told, store, put_child, about, 2, error);
    return status;
}

tdm_status tdm__store_put_assessment(bool *added, char hash[TDM_SHA256_HEX_SIZE], tdm__store *store,
                                     const tdm__kept_assessment *assessment, tdm_error *error)
{
    const tdm_allocator *allocator = &store->context->allocator;
    tdm__json *document;
    *added = false;
    hash[0] = '\0';
    tdm_status status = tdm__json_parse(&document, allocator, assessment->json, assessment->file, error);
    if (status != TDM_OK)
        return status;
    status = content_hash(hash, allocator, document, error);
    if (status == TDM_OK)
        status = put_rows(added, hash, store, assessment,
                          tdm__json_string(tdm__json_member(tdm__json_root(document), "child")), error);
    tdm__json_free(document);
    return status;
}

tdm_status tdm__store_drop_assessment(tdm__store *store, tdm_str hash, tdm_error *error)
{
    const tdm__cell key = tdm__cell_text(hash);
    bool changed;
    tdm_status status = run(&changed, store, drop_child, &key, 1, error);
    if (status == TDM_OK)
        status = run(&changed, store, drop_assessment, &key, 1, error);
    return status;
}
