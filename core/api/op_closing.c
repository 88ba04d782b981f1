/*
 * store encrypt, decrypt, rotate and verify: the order in which keys and store are written, and what is said
 * of it. How a store is closed is the store's business; what keys are, guard's.
 */
#include "api/care.h"
#include "api/keys.h"
#include "store/closing.h"

#include <stdio.h>

/* Of the one store that a request names. */
static tdm_status own_keys_path(const char **out, const tdm_request *request, tdm__arena *arena,
                                tdm_error *error)
{
    const char *store;
    *out = NULL;
    tdm_status status = tdm__care_store(&store, request, error);
    return status == TDM_OK ? tdm__keys_path(out, request, store, arena, error) : status;
}

/* --- closing a store --- */

typedef struct closed {
    uint32_t key;
    int64_t pages;
    bool lies_open; /* from now on */
} closed;

/* The entry stands in the trail before the deed: what is stopped in between was begun. */
static tdm_status note_key(tdm__care *care, uint32_t key, tdm_error *error)
{
    char details[24];
    snprintf(details, sizeof details, "key %u", (unsigned)key);
    tdm_status status = tdm__care_write(care, error);
    if (status == TDM_OK)
        status = tdm__care_note(care, "store", TDM_LIT(""), TDM_LIT(""), tdm__str(details), error);
    return status == TDM_OK ? tdm__care_commit(care, error) : status;
}

/* Ends the care of the store, which nobody may have open any more, and keeps its keys. Writes it anew. */
static tdm_status write_store(tdm__care *care, closed *out, tdm_error *error)
{
    const char *store;
    tdm__vault *vault = NULL;
    tdm_context *context = care->context;
    tdm_status status = tdm__care_store(&store, care->request, error);
    if (status == TDM_OK)
        tdm__head_settle(care->service, context);
    tdm__ring *ring = care->service->ring;
    care->service->ring = NULL;
    tdm__care_end(care, status);
    *care = (tdm__care){.context = context};
    tdm__arena_init(&care->arena, &context->allocator);
    if (status == TDM_OK)
        status = tdm__vault_new(&vault, &context->allocator, ring, error);
    context->vault = vault;
    if (status == TDM_OK)
        status = out->lies_open ? tdm__store_lay_open(context, store, &out->pages, error)
                                : tdm__store_close_anew(context, store, &out->pages, error);
    context->vault = NULL;
    tdm__vault_free(vault);
    tdm__ring_free(ring);
    return status;
}

static tdm_status put_closed(const tdm_request *request, const closed *done, const char *sentence,
                             tdm_sink sink)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, request, sink);
    if (answer.as_json) {
        tdm__json_open_object(&answer.json);
        tdm__json_put_name(&answer.json, "key");
        tdm__json_put_int(&answer.json, done->key);
        tdm__json_put_name(&answer.json, "pages");
        tdm__json_put_int(&answer.json, done->pages);
        tdm__json_close_object(&answer.json);
    } else if (done->pages > 0) {
        tdm__text_printf(&answer.text, "%lld pages closed with key %u; %s\n", (long long)done->pages,
                         (unsigned)done->key, sentence);
    } else {
        tdm__text_puts(&answer.text, "the store is encrypted already\n");
    }
    return tdm__answer_end(&answer, TDM_OK);
}

/* --- encrypt --- */

static tdm_status encrypt(tdm__care *care, closed *out, tdm_error *error)
{
    const char *store;
    tdm_status status = tdm__care_store(&store, care->request, error);
    if (status != TDM_OK)
        return status;
    out->key = tdm__ring_newest(care->service->ring);
    if (tdm__live_is_closed(care->service->live))
        return tdm__store_clear_aside(care->context, store, error);
    status = note_key(care, out->key, error);
    return status == TDM_OK ? write_store(care, out, error) : status;
}

tdm_status tdm__op_store_encrypt(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    tdm__care care;
    closed done = {.key = 0};
    (void)outcome;
    tdm_status status = tdm__care_open_making_keys(&care, request, error);
    if (status == TDM_OK)
        status = encrypt(&care, &done, error);
    if (status == TDM_OK)
        status = put_closed(request, &done,
                            tdm__request_value(request, "key")
                                ? "copies that were made before lie open as they are"
                                : "its keys lie beside it (.keys): move them to another place and name them "
                                  "with --key. Copies that were made before lie open as they are",
                            sink);
    return tdm__care_end(&care, status);
}

/* --- rotate --- */

/* The ring as it is, in its file, under the passphrase if it was. */
static tdm_status write_keys(tdm__care *care, tdm_error *error)
{
    const char *path;
    tdm_status status = own_keys_path(&path, care->request, &care->arena, error);
    if (status != TDM_OK)
        return status;
    return tdm__keys_write(care->service->ring, care->context, path,
                           tdm__keys_are_sealed(care->context, path)
                               ? tdm__secret_str(&care->request->passphrase)
                               : (tdm_str){"", 0},
                           error);
}

/* Every page, what was in the log too; none may stay closed. */
static tdm_status walk(tdm__vault_verdict *verdict, tdm__care *care, tdm_error *error)
{
    const char *store;
    tdm_service *service = care->service;
    tdm_status status = tdm__care_store(&store, care->request, error);
    if (status == TDM_OK)
        status = tdm__live_settle(service->live, care->context, error);
    if (status == TDM_OK)
        status = tdm__vault_walk(verdict, service->vault, care->context, store, error);
    if (status == TDM_OK && verdict->opened != verdict->pages)
        status = tdm__fail(error, TDM_STORE, "the store has pages that do not open: store verify names them");
    return status;
}

static tdm_status expect_time(const tdm__care *care, tdm_error *error)
{
    return care->now > 0 ? TDM_OK
                         : tdm__fail(error, TDM_INVALID_ARG, "now: expected seconds since 1970-01-01 UTC");
}

/* One rotation at a time: where pages of an older key are left, the newest is theirs. */
static tdm_status add_key(tdm__care *care, const tdm__vault_verdict *verdict, tdm_error *error)
{
    tdm__ring *ring = care->service->ring;
    if (verdict->key_count != 1 || verdict->by_key[0].key != tdm__ring_newest(ring))
        return TDM_OK;
    tdm_status status = tdm__ring_grow(ring, care->now, error);
    return status == TDM_OK ? write_keys(care, error) : status;
}

static tdm_status rotate(tdm__care *care, closed *out, tdm_error *error)
{
    tdm__vault_verdict verdict;
    tdm_service *service = care->service;
    if (!service->ring || !tdm__live_is_closed(service->live))
        return tdm__fail(error, TDM_INVALID_ARG, "the store is not encrypted: store encrypt does it");
    tdm_status status = expect_time(care, error);
    if (status == TDM_OK)
        status = walk(&verdict, care, error);
    /* The keys first: what they are to open is lost without them. */
    if (status == TDM_OK)
        status = add_key(care, &verdict, error);
    if (status != TDM_OK)
        return status;
    out->key = tdm__ring_newest(service->ring);
    status = note_key(care, out->key, error);
    return status == TDM_OK ? write_store(care, out, error) : status;
}

tdm_status tdm__op_store_rotate(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    tdm__care care;
    closed done = {.key = 0};
    (void)outcome;
    tdm_status status = tdm__care_open(&care, request, false, error);
    if (status == TDM_OK)
        status = rotate(&care, &done, error);
    if (status == TDM_OK)
        status = put_closed(request, &done, "the keys before it stay in the key file, for copies of before",
                            sink);
    return tdm__care_end(&care, status);
}

/* --- decrypt --- */

static tdm_status decrypt(tdm__care *care, closed *out, tdm_error *error)
{
    const char *store;
    tdm_status status = tdm__care_store(&store, care->request, error);
    if (status == TDM_OK)
        status = expect_time(care, error);
    if (status != TDM_OK)
        return status;
    if (!care->service->ring || !tdm__live_is_closed(care->service->live))
        return tdm__store_clear_aside(care->context, store, error);
    if (!tdm__request_flag(care->request, "yes"))
        return tdm__fail(error, TDM_INVALID_ARG,
                         "yes: after this whoever can read the file reads all of the store: --yes says that "
                         "it is wanted");
    out->lies_open = true;
    out->key = tdm__ring_newest(care->service->ring);
    status = note_key(care, out->key, error);
    return status == TDM_OK ? write_store(care, out, error) : status;
}

static tdm_status put_opened(const tdm_request *request, const closed *done, tdm_sink sink)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, request, sink);
    if (answer.as_json) {
        tdm__json_open_object(&answer.json);
        tdm__json_put_name(&answer.json, "pages");
        tdm__json_put_int(&answer.json, done->pages);
        tdm__json_close_object(&answer.json);
    } else if (done->lies_open) {
        tdm__text_printf(&answer.text,
                         "%lld pages lie open; keep the key file: it is that of the audit trail, and of "
                         "copies that were made before\n",
                         (long long)done->pages);
    } else {
        tdm__text_puts(&answer.text, "the store lies open already\n");
    }
    return tdm__answer_end(&answer, TDM_OK);
}

tdm_status tdm__op_store_decrypt(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    tdm__care care;
    closed done = {.key = 0};
    (void)outcome;
    tdm_status status = tdm__care_open(&care, request, false, error);
    if (status == TDM_OK)
        status = decrypt(&care, &done, error);
    if (status == TDM_OK)
        status = put_opened(request, &done, sink);
    return tdm__care_end(&care, status);
}

/* --- keys that open nothing any more --- */

typedef struct dropping {
    tdm__care care;
    uint32_t keys[TDM__RING_KEYS_MAX]; /* that no page of the store is closed with */
    size_t count;
    tdm__text list; /* "1, 3" */
} dropping;

/* The first stays for the trail and the codes, whose keys follow from it: it is reduced to those. */
static void find_unused(dropping *d, const tdm__vault_verdict *verdict)
{
    const tdm__ring *ring = d->care.service->ring;
    for (size_t i = 0; i + 1 < tdm__ring_count(ring); i++) {
        const tdm__ring_key key = tdm__ring_at(ring, i);
        bool used = key.is_reduced;
        for (size_t at = 0; at < verdict->key_count; at++)
            used = used || verdict->by_key[at].key == key.number;
        if (used)
            continue;
        tdm__text_printf(&d->list, "%s%u", d->count > 0 ? ", " : "", (unsigned)key.number);
        d->keys[d->count++] = key.number;
    }
}

static tdm_status drop_all(dropping *d, tdm_error *error)
{
    tdm__text details;
    tdm__care *care = &d->care;
    tdm__ring *ring = care->service->ring;
    uint32_t first = tdm__ring_at(ring, 0).number;
    tdm__text_init(&details, &care->context->allocator);
    tdm__text_printf(&details, "key%s %s", d->count == 1 ? "" : "s", d->list.data);
    tdm_status status = details.failed ? tdm__no_memory(error) : tdm__care_write(care, error);
    if (status == TDM_OK)
        status = tdm__care_note(care, "store", TDM_LIT(""), TDM_LIT(""), tdm__text_str(&details), error);
    if (status == TDM_OK)
        status = tdm__care_commit(care, error);
    for (size_t i = 0; status == TDM_OK && i < d->count; i++)
        status = d->keys[i] == first ? tdm__ring_reduce(ring, d->keys[i], error)
                                     : tdm__ring_drop(ring, d->keys[i], error);
    tdm__text_free(&details);
    return status == TDM_OK ? write_keys(care, error) : status;
}

static tdm_status drop_keys(dropping *d, tdm_error *error)
{
    char at[TDM__TIME_TEXT_SIZE];
    tdm__vault_verdict verdict = {.pages = 0};
    tdm__care *care = &d->care;
    const tdm__ring *ring = care->service->ring;
    if (!ring)
        return tdm__fail(error, TDM_NOT_FOUND, "the store has no key file beside it: name it with --key");
    tdm_status status = expect_time(care, error);
    if (status == TDM_OK && tdm__live_is_closed(care->service->live))
        status = walk(&verdict, care, error);
    if (status != TDM_OK)
        return status;
    find_unused(d, &verdict);
    if (d->list.failed)
        return tdm__no_memory(error);
    if (d->count > 0 && !tdm__request_flag(care->request, "yes")) {
        tdm__time_text(at, tdm__ring_at(ring, tdm__ring_count(ring) - 1).made_at);
        return tdm__fail(
            error, TDM_INVALID_ARG,
            "yes: copies that were made before %s, and other stores of this key file, never open "
            "again where they are closed with key %s: --yes says that nobody needs one",
            at, d->list.data);
    }
    return d->count > 0 ? drop_all(d, error) : TDM_OK;
}

static tdm_status put_dropped(const dropping *d, tdm_sink sink)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, d->care.request, sink);
    if (answer.as_json) {
        tdm__json_open_object(&answer.json);
        tdm__json_put_name(&answer.json, "dropped");
        tdm__json_open_array(&answer.json);
        for (size_t i = 0; i < d->count; i++)
            tdm__json_put_int(&answer.json, d->keys[i]);
        tdm__json_close_array(&answer.json);
        tdm__json_close_object(&answer.json);
    } else if (d->count > 0) {
        tdm__text_printf(&answer.text,
                         "key %s opens nothing any more with this key file: copies of the file hold it "
                         "still\n",
                         d->list.data);
    } else {
        tdm__text_puts(&answer.text, "every key is needed\n");
    }
    return tdm__answer_end(&answer, TDM_OK);
}

tdm_status tdm__op_store_drop_keys(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                   tdm_error *error)
{
    dropping d = {.count = 0};
    (void)outcome;
    tdm__text_init(&d.list, &request->context->allocator);
    tdm_status status = tdm__care_open(&d.care, request, false, error);
    if (status == TDM_OK)
        status = drop_keys(&d, error);
    if (status == TDM_OK)
        status = put_dropped(&d, sink);
    tdm__text_free(&d.list);
    return tdm__care_end(&d.care, status);
}

/* --- verify --- */

typedef struct verifying {
    tdm_context with; /* the vault's */
    tdm__ring *ring;
    tdm__vault *vault;
    tdm__vault_verdict verdict;
    bool has_aside, is_sound;
} verifying;

static tdm_status open_keys(verifying *v, const tdm_request *request, tdm_error *error)
{
    const char *path;
    tdm__arena arena;
    tdm_context *context = request->context;
    tdm__arena_init(&arena, &context->allocator);
    tdm_status status = own_keys_path(&path, request, &arena, error);
    if (status == TDM_OK)
        status = tdm__keys_read(&v->ring, context, path, tdm__secret_str(&request->passphrase), error);
    if (status == TDM_OK)
        status = tdm__vault_new(&v->vault, &context->allocator, v->ring, error);
    v->with = (tdm_context){.allocator = context->allocator, .vault = v->vault};
    tdm__arena_free(&arena);
    return status;
}

/* Every page, and where all open, what SQLite says of what is in them, its log included. */
static tdm_status verify(verifying *v, const tdm_request *request, tdm_error *error)
{
    const char *store;
    tdm__live *live = NULL;
    tdm_status status = tdm__care_store(&store, request, error);
    if (status == TDM_OK)
        status = open_keys(v, request, error);
    if (status == TDM_OK)
        status = tdm__vault_walk(&v->verdict, v->vault, request->context, store, error);
    if (status != TDM_OK)
        return status;
    v->has_aside = tdm__store_has_aside(request->context, store);
    v->is_sound = v->verdict.opened == v->verdict.pages && !v->has_aside;
    if (v->verdict.opened != v->verdict.pages)
        return TDM_OK;
    status = tdm__live_open(&live, &v->with, store, NULL, error);
    if (status == TDM_OK)
        status = tdm__live_check(live, request->context, error);
    tdm__live_close(live);
    return status;
}

static void put_faults_json(tdm__json_writer *json, const tdm__vault_verdict *verdict)
{
    tdm__json_put_name(json, "faults");
    tdm__json_open_object(json);
    for (int fault = 0; fault < TDM__VAULT_FAULTS; fault++) {
        tdm__json_put_name(json, tdm__vault_fault_code((tdm__vault_fault)fault));
        tdm__json_put_int(json, verdict->faults[fault]);
    }
    tdm__json_close_object(json);
    tdm__json_put_name(json, "findings");
    tdm__json_open_array(json);
    for (size_t i = 0; i < verdict->finding_count; i++) {
        const tdm__vault_finding *finding = &verdict->findings[i];
        tdm__json_open_object(json);
        tdm__answer_member(json, "code", tdm__str(tdm__vault_fault_code(finding->fault)));
        tdm__json_put_name(json, "first");
        tdm__json_put_int(json, finding->first);
        tdm__json_put_name(json, "last");
        tdm__json_put_int(json, finding->last);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void put_verdict_json(tdm__json_writer *json, const verifying *v)
{
    const tdm__vault_verdict *verdict = &v->verdict;
    tdm__json_open_object(json);
    tdm__json_put_name(json, "pages");
    tdm__json_put_int(json, verdict->pages);
    tdm__json_put_name(json, "opened");
    tdm__json_put_int(json, verdict->opened);
    tdm__json_put_name(json, "newest_key");
    tdm__json_put_int(json, tdm__ring_newest(v->ring));
    tdm__json_put_name(json, "keys");
    tdm__json_open_array(json);
    for (size_t i = 0; i < verdict->key_count; i++) {
        tdm__json_open_object(json);
        tdm__json_put_name(json, "number");
        tdm__json_put_int(json, verdict->by_key[i].key);
        tdm__json_put_name(json, "pages");
        tdm__json_put_int(json, verdict->by_key[i].pages);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
    put_faults_json(json, verdict);
    tdm__json_put_name(json, "more_findings");
    tdm__json_put_bool(json, verdict->has_more);
    tdm__json_put_name(json, "left_beside");
    tdm__json_put_bool(json, v->has_aside);
    tdm__json_put_name(json, "sound");
    tdm__json_put_bool(json, v->is_sound);
    tdm__json_close_object(json);
}

static void put_verdict_text(tdm__text *text, const verifying *v)
{
    const tdm__vault_verdict *verdict = &v->verdict;
    tdm__text_printf(text, "%lld of %lld pages open\n", (long long)verdict->opened,
                     (long long)verdict->pages);
    for (size_t i = 0; i < verdict->key_count; i++)
        tdm__text_printf(text, "  %lld with key %u%s\n", (long long)verdict->by_key[i].pages,
                         (unsigned)verdict->by_key[i].key,
                         verdict->by_key[i].key == tdm__ring_newest(v->ring) ? ", the newest" : "");
    for (size_t i = 0; i < verdict->finding_count; i++) {
        tdm__vault_put_finding(text, verdict->findings[i]);
        tdm__text_char(text, '\n');
    }
    if (verdict->has_more)
        tdm__text_puts(text, "and more\n");
    if (v->has_aside)
        tdm__text_puts(text,
                       "what stood here before it was closed lies beside the store (.old), perhaps open "
                       "to read: store encrypt overwrites and removes it\n");
}

tdm_status tdm__op_store_verify(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    tdm__answer answer;
    verifying v = {.ring = NULL};
    tdm_status status = verify(&v, request, error);
    if (status == TDM_OK) {
        outcome->fail_on_reached = !v.is_sound;
        tdm__answer_begin(&answer, request, sink);
        if (answer.as_json)
            put_verdict_json(&answer.json, &v);
        else
            put_verdict_text(&answer.text, &v);
        status = tdm__answer_end(&answer, TDM_OK);
    }
    tdm__vault_free(v.vault);
    tdm__ring_free(v.ring);
    return status;
}
