/*
 * store restore: a copy put in the place of a store that is lost, damaged or not wanted any more. What must
 * be true of the copy, what is given up with what stood there, and the entry that says so. How files take
 * each other's place is the store's business.
 */
#include "api/care.h"
#include "api/keys.h"
#include "store/deletion.h"
#include "store/restoring.h"

#include <string.h>

#define KEPT_SUFFIX ".before-"

typedef struct replacing {
    const tdm_request *request;
    tdm_context *context;
    tdm__care care;   /* of the copy that was made beside the place */
    tdm__arena arena; /* names */
    const char *copy, *store, *keys, *head, *kept, *kept_head;
    tdm__ring *ring;
    tdm__vault *vault;
    tdm__restoring files;
    tdm__chain_head known;   /* the furthest end of the trail that is known; count 0: none */
    tdm__chain_head of_copy; /* where the copy's trail ends */
    tdm__chain_head now;     /* and with the entry of this */
    tdm_str *deleted;        /* children that were deleted since, and are in the copy */
    size_t deleted_count, deleted_capacity;
    bool is_given_up; /* the known end is not in the copy's trail ... */
    bool is_other;    /* ... which is no earlier part of that one */
} replacing;

/* --- what is asked for --- */

static tdm_status take_inputs(replacing *r, tdm_error *error)
{
    const tdm_request *request = r->request;
    const tdm__input *inputs = request->inputs;
    bool two = request->input_count == 2 && inputs[0].path && inputs[1].path;
    if (!two)
        return tdm__fail(error, TDM_INVALID_ARG, "expected a copy of a store, and the place where it goes");
    for (size_t i = 0; i < 2; i++)
        if (inputs[i].map.length > 0 || inputs[i].format.length > 0)
            return tdm__fail(error, TDM_INVALID_ARG, "a store has no map and no form");
    if (tdm__request_number(request, "now", 0) <= 0)
        return tdm__fail(error, TDM_INVALID_ARG, "now: expected seconds since 1970-01-01 UTC");
    r->copy = inputs[0].path;
    r->store = inputs[1].path;
    return TDM_OK;
}

/* NULL: no memory. */
static const char *joined(replacing *r, const char *path, const char *suffix, const char *more)
{
    tdm__text text;
    tdm__text_init(&text, &r->context->allocator);
    tdm__text_puts(&text, path);
    tdm__text_puts(&text, suffix);
    for (; *more; more++)
        if (*more != ':')
            tdm__text_char(&text, *more);
    const char *kept = text.failed ? NULL : tdm__arena_copy(&r->arena, tdm__text_str(&text)).data;
    tdm__text_free(&text);
    return kept;
}

static tdm_status make_names(replacing *r, tdm_error *error)
{
    char at[TDM__TIME_TEXT_SIZE];
    tdm__time_text(at, tdm__request_number(r->request, "now", 0));
    r->head = joined(r, r->store, TDM__HEAD_SUFFIX, "");
    r->kept = joined(r, r->store, KEPT_SUFFIX, at);
    r->kept_head = r->kept ? joined(r, r->kept, TDM__HEAD_SUFFIX, "") : NULL;
    if (!r->head || !r->kept_head)
        return tdm__no_memory(error);
    return tdm__keys_path(&r->keys, r->request, r->store, &r->arena, error);
}

/* Both the copy and what stands at the place may be encrypted with them. */
static tdm_status take_keys(replacing *r, tdm_error *error)
{
    if (tdm__file_look_itself(r->keys) == TDM__FILE_NONE)
        return TDM_OK;
    tdm_status status = tdm__keys_read(&r->ring, r->context, r->keys,
                                       tdm__secret_str(&r->request->passphrase), error);
    if (status == TDM_OK)
        status = tdm__vault_new(&r->vault, &r->context->allocator, r->ring, error);
    r->context->vault = r->vault;
    return status;
}

/* The furthest of those that were kept: of the store itself as long as it can be read. */
static tdm_status take_known_end(replacing *r, tdm_error *error)
{
    const char *given = tdm__request_value(r->request, "head");
    if (given && !tdm__chain_head_read(&r->known, tdm__str(given)))
        return tdm__fail(error, TDM_INVALID_ARG, "head: expected what audit head writes, NUMBER:HEX");
    tdm_status status = given ? TDM_OK : tdm__head_read_at(&r->known, &r->context->allocator, r->head, error);
    if (status == TDM_OK && r->files.end.count > r->known.count)
        r->known = r->files.end;
    return status;
}

/* --- what the copy says of itself --- */

static tdm_status open_copy(replacing *r, tdm_error *error)
{
    r->care = (tdm__care){.request = r->request,
                          .context = r->context,
                          .now = tdm__request_number(r->request, "now", 0),
                          .is_own = true};
    tdm__arena_init(&r->care.arena, &r->context->allocator);
    tdm_status status = tdm__service_open_store(&r->care.service, r->context, r->files.held.made, r->keys,
                                                tdm__secret_str(&r->request->passphrase),
                                                r->vault ? TDM__KEYS_AS_THEY_ARE : TDM__KEYS_MADE_AS_NAMED);
    return status == TDM_OK ? tdm__care_write(&r->care, error) : status;
}

static tdm_status fail_trail(const replacing *r, tdm__chain_finding finding, tdm_error *error)
{
    tdm__text text;
    tdm__text_init(&text, &r->context->allocator);
    tdm__chain_put_finding(&text, finding);
    tdm_status status = text.failed ? tdm__no_memory(error)
                                    : tdm__fail_at(error, TDM_STORE, (tdm_place){tdm__str(r->copy), 0, 0},
                                                   "the audit trail of the copy is not whole: %s", text.data);
    tdm__text_free(&text);
    return status;
}

/* That a copy ends before what it was copied from is what a copy is like. */
static tdm_status look_at_trail(replacing *r, tdm_error *error)
{
    tdm__trail_verdict verdict;
    tdm__care *care = &r->care;
    tdm_status status = tdm__work_trail_verify(&verdict, care->work, &care->arena, &care->service->audit_key,
                                               r->known.count > 0 ? &r->known : NULL, error);
    for (size_t i = 0; status == TDM_OK && i < verdict.count; i++) {
        tdm__chain_fault fault = verdict.findings[i].fault;
        if (fault != TDM__CHAIN_CUT_OFF && fault != TDM__CHAIN_OTHER_HEAD)
            return fail_trail(r, verdict.findings[i], error);
        r->is_given_up = true;
        r->is_other = r->is_other || fault == TDM__CHAIN_OTHER_HEAD;
    }
    if (status == TDM_OK)
        r->of_copy = verdict.head;
    return status;
}

/* A child of the copy that was deleted after the copy was made comes back with it. */
static tdm_status look_at_child(replacing *r, tdm_str child, int64_t last_line, tdm_error *error)
{
    bool is_deleted;
    char code[TDM__CODE_SIZE];
    tdm__child_code(code, r->care.service, child);
    tdm_status status = tdm__restoring_has_deleted(&is_deleted, &r->files, tdm__str(code), last_line, error);
    if (status != TDM_OK || !is_deleted)
        return status;
    tdm_str *grown = tdm__grown(&r->context->allocator, r->deleted, &r->deleted_capacity,
                                r->deleted_count + 1, sizeof *grown);
    if (!grown)
        return tdm__no_memory(error);
    r->deleted = grown;
    r->deleted[r->deleted_count++] = child;
    return TDM_OK;
}

static tdm_status find_deleted(replacing *r, tdm_error *error)
{
    const tdm__allowed all = {.all = true, .account = {"", 0}, .team = {"", 0}};
    tdm__stored_children page = {.next = {"", 0}};
    tdm__care *care = &r->care;
    int64_t last_line;
    tdm_status status = tdm__work_last_deletion(&last_line, care->work, error);
    if (status != TDM_OK || !r->files.had_trail)
        return status;
    do {
        status = tdm__work_children(&page, care->work, &r->arena, &all, TDM_LIT(""),
                                    (tdm__paging){.after = page.next, .limit = TDM_PAGE_MOST}, error);
        for (size_t i = 0; status == TDM_OK && i < page.count; i++)
            status = look_at_child(r, page.items[i].id, last_line, error);
    } while (status == TDM_OK && page.next.length > 0);
    return status;
}

static tdm_status note(replacing *r, tdm_error *error)
{
    char head[TDM__CHAIN_HEAD_SIZE];
    tdm__text details;
    tdm__care *care = &r->care;
    tdm__chain_head_write(head, &r->known);
    tdm__text_init(&details, &r->context->allocator);
    tdm__text_printf(&details, "the copy's trail ended with entry %lld", (long long)r->of_copy.count);
    if (r->is_given_up)
        tdm__text_printf(&details, "; " TDM__GIVEN_UP "%s", head);
    tdm_status status = details.failed ? tdm__no_memory(error)
                                       : tdm__care_note(care, "store", TDM_LIT(""), TDM_LIT(""),
                                                        tdm__text_str(&details), error);
    tdm__text_free(&details);
    if (status == TDM_OK)
        status = tdm__work_trail_head(&r->now, care->work, error);
    return status == TDM_OK ? tdm__care_commit(care, error) : status;
}

/* What is checked and written here happens to a file that nobody knows yet. */
static tdm_status prepare_copy(replacing *r, tdm_error *error)
{
    tdm_status status = open_copy(r, error);
    if (status == TDM_OK)
        status = look_at_trail(r, error);
    if (status == TDM_OK)
        status = find_deleted(r, error);
    if (status == TDM_OK)
        status = note(r, error);
    r->care.has_written = false; /* the end is written down beside the place, not beside this */
    return tdm__care_end(&r->care, status);
}

/* --- one in the place of the other --- */

/*
 * The end that was written down goes with the store that it was of. First: a store without one is told so by
 * audit verify, and one beside another store's end would be taken for one that was cut off.
 */
static tdm_status change_places(replacing *r, tdm_error *error)
{
    tdm_status status = tdm__file_move(r->head, r->kept_head, error);
    if (status == TDM_OK) {
        status = tdm__restoring_finish(&r->files, error);
        if (status != TDM_OK)
            (void)tdm__file_move(r->kept_head, r->head, NULL);
    }
    /* Where it fails, the next that is written in the store does it. */
    if (status == TDM_OK)
        (void)tdm__head_write_at(&r->now, &r->context->allocator, r->head, NULL);
    return status;
}

static tdm_status restore(replacing *r, tdm_error *error)
{
    tdm_status status = take_inputs(r, error);
    if (status == TDM_OK)
        status = make_names(r, error);
    if (status == TDM_OK)
        status = take_keys(r, error);
    if (status != TDM_OK)
        return status;
    status = tdm__restoring_begin(&r->files, r->context, r->store, r->kept,
                                  tdm__request_flag(r->request, "replace"), error);
    if (status == TDM_OK)
        status = take_known_end(r, error);
    if (status == TDM_OK)
        status = tdm__restoring_copy(&r->files, r->copy, error);
    if (status == TDM_OK)
        status = prepare_copy(r, error);
    if (status == TDM_OK)
        status = change_places(r, error);
    tdm__restoring_end(&r->files);
    if (status == TDM_OK)
        tdm__store_use_log(r->context, r->store);
    return status;
}

/* --- what is said of it --- */

static void put_json(tdm__json_writer *json, const replacing *r)
{
    char head[TDM__CHAIN_HEAD_SIZE], known[TDM__CHAIN_HEAD_SIZE];
    tdm__chain_head_write(head, &r->now);
    tdm__chain_head_write(known, &r->known);
    tdm__json_open_object(json);
    tdm__json_put_name(json, "entries_of_copy");
    tdm__json_put_int(json, r->of_copy.count);
    tdm__answer_member(json, "head", tdm__str(head));
    tdm__answer_member(json, "compared_with", tdm__str(r->known.count > 0 ? known : ""));
    tdm__json_put_name(json, "given_up");
    tdm__json_put_bool(json, r->is_given_up);
    tdm__json_put_name(json, "parts");
    tdm__json_put_bool(json, r->is_other);
    tdm__json_put_name(json, "deleted_since");
    tdm__json_open_array(json);
    for (size_t i = 0; i < r->deleted_count; i++)
        tdm__json_put_string(json, r->deleted[i]);
    tdm__json_close_array(json);
    tdm__answer_member(json, "kept_as", tdm__str(r->files.was_there ? r->kept : ""));
    tdm__json_put_name(json, "encrypted");
    tdm__json_put_bool(json, r->files.is_closed);
    tdm__json_close_object(json);
}

static void put_trail(tdm__text *text, const replacing *r)
{
    long long copy = r->of_copy.count, known = r->known.count;
    if (r->is_other)
        tdm__text_printf(text,
                         "the trail that was known to go on to entry %lld is another one from some entry on: "
                         "what it tells of is not in this store\n",
                         known);
    else if (r->is_given_up && known == copy + 1)
        tdm__text_printf(text,
                         "of the trail, entry %lld is newer than the copy: what it tells of is not in this "
                         "store\n",
                         known);
    else if (r->is_given_up)
        tdm__text_printf(text,
                         "of the trail, entries %lld to %lld are newer than the copy: what they tell of is "
                         "not in this store\n",
                         copy + 1, known);
    else if (known > 0)
        tdm__text_printf(text, "nothing that was known of the trail, up to entry %lld, is newer\n", known);
    else
        tdm__text_puts(text, "no end of a trail was there to compare it with: whether the copy is the latest "
                             "is not known\n");
}

static void put_text(tdm__text *text, const replacing *r)
{
    const tdm__restoring *files = &r->files;
    tdm__text_printf(text, "the copy is whole and stands in its place; its trail ended with entry %lld\n",
                     (long long)r->of_copy.count);
    put_trail(text, r);
    if (r->deleted_count > 0) {
        tdm__text_puts(text, "deleted since the copy was made, and in the store again: delete again");
        for (size_t i = 0; i < r->deleted_count; i++)
            tdm__text_printf(text, "%s%.*s", i > 0 ? ", " : " ", TDM_STR_ARGS(r->deleted[i]));
        tdm__text_char(text, '\n');
    }
    if (files->was_there)
        tdm__text_printf(text, "the store that was there is kept as %s%s\n", r->kept,
                         files->was_read ? "" : "; it could not be read");
    if (files->was_closed && !files->is_closed)
        tdm__text_puts(text, "it was encrypted and the copy is not: store encrypt\n");
}

tdm_status tdm__op_store_restore(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    tdm__answer answer;
    replacing r = {.request = request, .context = request->context};
    (void)outcome;
    tdm__arena_init(&r.arena, &request->context->allocator);
    tdm_status status = restore(&r, error);
    r.context->vault = NULL;
    if (status == TDM_OK) {
        tdm__answer_begin(&answer, request, sink);
        if (answer.as_json)
            put_json(&answer.json, &r);
        else
            put_text(&answer.text, &r);
        status = tdm__answer_end(&answer, TDM_OK);
    }
    tdm__free(&request->context->allocator, r.deleted);
    tdm__vault_free(r.vault);
    tdm__ring_free(r.ring);
    tdm__arena_free(&r.arena);
    return status;
}
