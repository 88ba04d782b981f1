/*
 * See drafts.h. The latest version of an id is the one that counts; rows before it are those that were
 * complete once.
 */
#include "store/drafts.h"

#include "store/assessments.h"
#include "store/rows.h"

#include "json/json.h"

#include <stddef.h>

static const char *const states[] = {"draft", "complete", "countersigned", "withdrawn"};
const tdm__codes tdm__draft_states = {states, 4};

static const char a_draft[] = "an assessment in work";

/* With what makes its content the same, which nobody outside needs. */
typedef struct draft_row {
    tdm__stored_draft draft;
    tdm_str hash;
} draft_row;

static const tdm__row_column columns[] = {
    {TDM__ROW_TEXT, offsetof(draft_row, draft.id), NULL},
    {TDM__ROW_TEXT, offsetof(draft_row, draft.child), NULL},
    {TDM__ROW_TEXT, offsetof(draft_row, draft.instrument), NULL},
    {TDM__ROW_NUMBER, offsetof(draft_row, draft.version), NULL},
    {TDM__ROW_CODE, offsetof(draft_row, draft.state), &tdm__draft_states},
    {TDM__ROW_TEXT, offsetof(draft_row, draft.json), NULL},
    {TDM__ROW_TEXT, offsetof(draft_row, draft.author), NULL},
    {TDM__ROW_NUMBER, offsetof(draft_row, draft.created), NULL},
    {TDM__ROW_NUMBER, offsetof(draft_row, draft.changed), NULL},
    {TDM__ROW_TEXT, offsetof(draft_row, draft.changed_by), NULL},
    {TDM__ROW_OPTIONAL_TEXT, offsetof(draft_row, draft.countersigned_by), NULL},
    {TDM__ROW_TEXT, offsetof(draft_row, hash), NULL},
};
static const tdm__row_shape row_shape = TDM__ROW_SHAPE(columns, draft_row);
/* As lists give it: the draft stands first in the row. */
static const tdm__row_shape draft_shape = {columns, sizeof columns / sizeof *columns - 1,
                                           sizeof(tdm__stored_draft)};

#define DRAFT_NAMES                                                                                          \
    "id, child_id, instrument, version, state, json, author, created, changed, changed_by, countersigned_by"
#define LATEST                                                                                               \
    "NOT EXISTS (SELECT 1 FROM draft AS later WHERE later.id = draft.id AND later.version > draft.version)"

static const char put[] = "INSERT INTO draft (" DRAFT_NAMES
                          ", sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

/* A text that is no object is refused before anything is written. */
static tdm_status check_json(const tdm__work *work, const tdm__stored_draft *draft, tdm_error *error)
{
    tdm__json *document;
    tdm_status status = tdm__json_parse(&document, &work->store.context->allocator, draft->json, draft->id,
                                        error);
    if (status == TDM_OK && tdm__json_type_of(tdm__json_root(document)) != TDM__JSON_OBJECT)
        status = tdm__json_fail(document, tdm__json_root(document), error,
                                "expected an assessment as an object");
    tdm__json_free(document);
    return status;
}

tdm_status tdm__work_add_draft(tdm__work *work, const tdm__stored_draft *draft, tdm_error *error)
{
    static const char any_version[] = "SELECT 1 FROM draft WHERE id = ?1";
    tdm__cell cells[TDM__ROW_COLUMNS_MOST];
    int64_t there = 0;
    draft_row first = {*draft, {"", 0}};
    first.draft.version = 1;
    first.draft.state = TDM__DRAFT_OPEN;
    first.draft.changed = draft->created;
    first.draft.changed_by = draft->author;
    first.draft.countersigned_by = TDM_LIT("");
    if (draft->id.length == 0)
        return tdm__fail(error, TDM_INVALID_ARG, "expected the id of an assessment");
    tdm_status status = check_json(work, draft, error);
    if (status != TDM_OK)
        return status;
    tdm__rows_cells(cells, &row_shape, &first);
    /* Its first version may be gone, when it is in a later state by now. */
    status = tdm__rows_number(&there, work, any_version, cells, 1, error);
    if (status == TDM_OK && there)
        status = tdm__fail(error, TDM_CONFLICT, "%s of that id is there already", a_draft);
    if (status == TDM_OK)
        status = tdm__rows_change(NULL, work, put, cells, row_shape.count, a_draft, error);
    return status;
}

/* Which state may follow which. */
static bool may_follow(uint32_t before, uint32_t after)
{
    static const uint32_t next[] = {
        [TDM__DRAFT_OPEN] = 1u << TDM__DRAFT_OPEN | 1u << TDM__DRAFT_COMPLETE | 1u << TDM__DRAFT_WITHDRAWN,
        [TDM__DRAFT_COMPLETE] = 1u << TDM__DRAFT_COUNTERSIGNED | 1u << TDM__DRAFT_WITHDRAWN,
        [TDM__DRAFT_COUNTERSIGNED] = 1u << TDM__DRAFT_WITHDRAWN,
        [TDM__DRAFT_WITHDRAWN] = 0,
    };
    return after <= TDM__DRAFT_WITHDRAWN && (next[before] >> after & 1) != 0;
}

/* The version before goes out of the record and this one in, where its state says so. */
static tdm_status move_record(tdm__work *work, char hash[TDM_SHA256_HEX_SIZE], const draft_row *before,
                              const tdm__stored_draft *draft, tdm_error *error)
{
    const tdm__kept_assessment kept = {draft->id, 1, draft->json};
    bool added;
    tdm_status status = TDM_OK;
    hash[0] = '\0';
    if (before->hash.length > 0)
        status = tdm__store_drop_assessment(&work->store, before->hash, error);
    if (status == TDM_OK && (draft->state == TDM__DRAFT_COMPLETE || draft->state == TDM__DRAFT_COUNTERSIGNED))
        status = tdm__store_put_assessment(&added, hash, &work->store, &kept, error);
    return status;
}

static tdm_status put_version(tdm__work *work, const draft_row *before, const tdm__stored_draft *draft,
                              tdm_error *error)
{
    static const char drop_open[] = "DELETE FROM draft WHERE id = ?1 AND version = ?2 AND state = 'draft'";
    char hash[TDM_SHA256_HEX_SIZE];
    tdm__cell cells[TDM__ROW_COLUMNS_MOST];
    const tdm__cell key[] = {tdm__cell_text(draft->id), tdm__cell_number(draft->version)};
    draft_row next = *before;
    tdm_status status = move_record(work, hash, before, draft, error);
    if (status != TDM_OK)
        return status;
    next.draft.version = draft->version + 1;
    next.draft.state = draft->state;
    next.draft.json = draft->json;
    next.draft.changed = draft->changed;
    next.draft.changed_by = draft->changed_by;
    next.draft.countersigned_by = draft->countersigned_by;
    next.hash = tdm__str(hash);
    tdm__rows_cells(cells, &row_shape, &next);
    status = tdm__rows_change(NULL, work, drop_open, key, 2, a_draft, error);
    if (status == TDM_OK)
        status = tdm__rows_change(NULL, work, put, cells, row_shape.count, a_draft, error);
    return status;
}

tdm_status tdm__work_change_draft(tdm__work *work, const tdm__stored_draft *draft, tdm_error *error)
{
    tdm__arena arena;
    draft_row before;
    const tdm__cell key = tdm__cell_text(draft->id);
    tdm__arena_init(&arena, &work->store.context->allocator);
    tdm_status status = tdm__rows_one(&before, work, &arena, &row_shape,
                                      "SELECT " DRAFT_NAMES ", sha256 FROM draft WHERE id = ?1"
                                      " ORDER BY version DESC LIMIT 1",
                                      &key, 1, a_draft, error);
    if (status == TDM_OK && before.draft.version != draft->version)
        status = tdm__fail(error, TDM_STALE, "%s has been changed by somebody else meanwhile", a_draft);
    if (status == TDM_OK && !may_follow(before.draft.state, draft->state))
        status = tdm__fail(error, TDM_CONFLICT, "what is %s does not become %s",
                           tdm__code_of(&tdm__draft_states, before.draft.state),
                           tdm__code_of(&tdm__draft_states, draft->state));
    if (status == TDM_OK)
        status = check_json(work, draft, error);
    if (status == TDM_OK) {
        status = put_version(work, &before, draft, error);
        work->is_spoiled = work->is_spoiled || status != TDM_OK;
    }
    tdm__arena_free(&arena);
    return status;
}

/* --- reading --- */

tdm_status tdm__work_draft(tdm__stored_draft *out, tdm__work *work, tdm__arena *arena, tdm_str id,
                           tdm_error *error)
{
    const tdm__cell key = tdm__cell_text(id);
    return tdm__rows_one(out, work, arena, &draft_shape,
                         "SELECT " DRAFT_NAMES " FROM draft WHERE id = ?1 ORDER BY version DESC LIMIT 1",
                         &key, 1, a_draft, error);
}

tdm_status tdm__work_draft_version(tdm__stored_draft *out, tdm__work *work, tdm__arena *arena, tdm_str id,
                                   int64_t version, tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_text(id), tdm__cell_number(version)};
    return tdm__rows_one(out, work, arena, &draft_shape,
                         "SELECT " DRAFT_NAMES " FROM draft WHERE id = ?1 AND version = ?2", cells, 2,
                         a_draft, error);
}

#define LIST_TAIL                                                                                            \
    " AND (?3 = '' OR child_id = ?3) AND (?4 = '' OR author = ?4) AND (?5 = '' OR state = ?5)"               \
    " AND " LATEST

tdm_status tdm__work_drafts(tdm__stored_drafts *out, tdm__work *work, tdm__arena *arena,
                            const tdm__draft_filter *filter, tdm__paging page, tdm_error *error)
{
    static const char all[] = "SELECT " DRAFT_NAMES " FROM draft WHERE id > ?1" LIST_TAIL
                              " ORDER BY id LIMIT ?2";
    /* Few rows are those of a child or an author: found by them, then sorted. */
    static const char of_child[] = "SELECT " DRAFT_NAMES
                                   " FROM draft WHERE child_id = ?3 AND +id > ?1" LIST_TAIL
                                   " ORDER BY +id LIMIT ?2";
    static const char of_author[] = "SELECT " DRAFT_NAMES
                                    " FROM draft WHERE author = ?4 AND +id > ?1" LIST_TAIL
                                    " ORDER BY +id LIMIT ?2";
    const char *sql = filter->child.length > 0 ? of_child : filter->author.length > 0 ? of_author : all;
    const tdm__cell cells[] = {tdm__cell_text(page.after),
                               tdm__cell_number((int64_t)tdm__page_limit(page.limit) + 1),
                               tdm__cell_text(filter->child), tdm__cell_text(filter->author),
                               tdm__cell_text(tdm__str(tdm__code_of(&tdm__draft_states, filter->state)))};
    void *items;
    *out = (tdm__stored_drafts){NULL, 0, {"", 0}};
    tdm_status status = tdm__rows_list(&items, &out->count, work, arena, &draft_shape, sql, cells, 5, error);
    out->items = items;
    if (tdm__page_cut(&out->count, page.limit))
        out->next = out->items[out->count - 1].id;
    return status;
}
