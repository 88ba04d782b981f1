/*
 * A service as a whole: its store, its rules, its keys. What one call does is in service_call.c.
 */
#include "api/keys.h"
#include "api/serving.h"

#include <string.h>

/* NULL: no memory. */
static char *path_beside(const tdm_allocator *allocator, const char *store, const char *suffix)
{
    size_t length = strlen(store), added = strlen(suffix) + 1;
    char *path = tdm__alloc(allocator, length + added);
    if (path) {
        memcpy(path, store, length);
        memcpy(path + length, suffix, added);
    }
    return path;
}

/* --- the key ring --- */

/* The first key of the ring is that of the audit chain and of pseudonyms: both must stay the same. */
static tdm_status take_keys(tdm_service *service, tdm_error *error)
{
    if (tdm__ring_count(service->ring) == 0)
        return tdm__fail(error, TDM_INVALID_INPUT, "the key file holds no key");
    uint32_t first = tdm__ring_at(service->ring, 0).number;
    tdm_status status = tdm__ring_key_for(&service->audit_key, service->ring, first, TDM__RING_AUDIT);
    if (status == TDM_OK)
        status = tdm__ring_key_for(&service->index_key, service->ring, first, TDM__RING_INDEX);
    return status;
}

/* A new key would not fit a trail that was begun with another. */
static tdm_status expect_no_trail(const tdm_service *service, const char *path, tdm_error *error)
{
    tdm__work *work;
    tdm__chain_head head = {0};
    tdm_status status = tdm__live_read(&work, service->live, service->context, error);
    if (status == TDM_OK)
        status = tdm__work_trail_head(&head, work, error);
    tdm__work_end(work);
    if (status == TDM_OK && head.count > 0)
        return tdm__fail_at(error, TDM_NOT_FOUND, (tdm_place){tdm__path_name(tdm__str(path)), 0, 0},
                            "expected the keys that the audit trail of this store was begun with");
    return status;
}

/* The keys come before the store, which may be encrypted with them; none are made before it is seen that it
 * is not, and that it has no trail. */
static tdm_status open_with_keys(tdm_service *service, const char *store, const char *beside,
                                 const tdm_service_options *options, tdm__keys_wish wish, tdm_error *error)
{
    tdm_context *context = service->context;
    tdm_context with = {.allocator = context->allocator};
    tdm__live_options live = {.reader_count = (size_t)options->readers};
    const char *path = options->key ? options->key : beside;
    bool is_there = tdm__file_look_itself(path) != TDM__FILE_NONE;
    bool is_made = !is_there &&
                   (options->key ? wish == TDM__KEYS_MADE_AS_NAMED : wish != TDM__KEYS_AS_THEY_ARE);
    tdm_status status = TDM_OK;
    if (is_there || (options->key && !is_made))
        status = tdm__keys_read(&service->ring, context, path, options->passphrase, error);
    if (status == TDM_OK && service->ring)
        status = tdm__vault_new(&service->vault, &context->allocator, service->ring, error);
    with.vault = service->vault;
    if (status == TDM_OK)
        status = tdm__live_open(&service->live, &with, store, &live, error);
    if (status == TDM_OK && !service->ring)
        status = expect_no_trail(service, path, error);
    if (status == TDM_OK && is_made)
        status = tdm__keys_make(&service->ring, context, path,
                                wish == TDM__KEYS_MADE_AS_NAMED ? options->passphrase : (tdm_str){"", 0}, 0,
                                error);
    return status == TDM_OK && service->ring ? take_keys(service, error) : status;
}

/* --- open and close --- */

static tdm_status open_rules(tdm_service *service, const tdm_service_options *options, tdm_error *error)
{
    tdm__data_request rules = {
        .scripts = options->scripts, .policy = options->policy, .policy_json = {"", 0}};
    return tdm__rules_open(&service->rules, service->context, &rules, error);
}

static tdm_status open_store(tdm_service *service, const char *store, const tdm_service_options *options,
                             tdm__keys_wish wish, tdm_error *error)
{
    const tdm_allocator *allocator = &service->context->allocator;
    char *keys = path_beside(allocator, store, TDM__KEYS_SUFFIX);
    service->head_path = path_beside(allocator, store, TDM__HEAD_SUFFIX);
    tdm_status status = keys && service->head_path ? TDM_OK : tdm__no_memory(error);
    if (status == TDM_OK)
        status = open_with_keys(service, store, keys, options, wish, error);
    tdm__free(allocator, keys);
    return status;
}

static tdm_status begin(tdm_service **out, tdm_context *context)
{
    *out = NULL;
    tdm__context_clear(context);
    if (!context->files_allowed)
        return tdm__fail(&context->error, TDM_INVALID_ARG, "files may not be named here");
    tdm_service *service = tdm__alloc_zeroed(&context->allocator, 1, sizeof *service);
    if (!service)
        return tdm__no_memory(&context->error);
    service->context = context;
    pthread_mutex_init(&service->peers_lock, NULL);
    pthread_mutex_init(&service->head_lock, NULL);
    *out = service;
    return TDM_OK;
}

static tdm_status begun(tdm_service **out, tdm_status status)
{
    if (status != TDM_OK) {
        tdm_service_free(*out);
        *out = NULL;
    }
    return status;
}

tdm_status tdm_service_open(tdm_service **out, tdm_context *context, const char *store,
                            const tdm_service_options *options)
{
    tdm_service_options none = {.struct_size = sizeof none};
    tdm_status status = begin(out, context);
    if (!options)
        options = &none;
    if (status == TDM_OK &&
        (options->struct_size != sizeof *options || options->readers < 0 || options->readers > 64))
        status = tdm__fail(&context->error, TDM_INVALID_ARG, "readers: expected 1 to 64");
    if (status == TDM_OK)
        status = open_rules(*out, options, &context->error);
    if (status == TDM_OK)
        status = open_store(*out, store, options, TDM__KEYS_MADE_BESIDE, &context->error);
    return begun(out, status);
}

tdm_status tdm__service_open_store(tdm_service **out, tdm_context *context, const char *store,
                                   const char *key, tdm_str passphrase, tdm__keys_wish wish)
{
    tdm_service_options options = {
        .struct_size = sizeof options, .key = key, .passphrase = passphrase, .readers = 1};
    tdm_status status = begin(out, context);
    if (status == TDM_OK)
        status = open_store(*out, store, &options, wish, &context->error);
    return begun(out, status);
}

void tdm_service_free(tdm_service *service)
{
    if (!service)
        return;
    tdm_context *context = service->context;
    if (service->head_due)
        tdm__head_settle(service, context);
    tdm__live_close(service->live);
    tdm__rules_free(service->rules);
    tdm__vault_free(service->vault);
    tdm__ring_free(service->ring);
    pthread_mutex_destroy(&service->peers_lock);
    pthread_mutex_destroy(&service->head_lock);
    tdm__wipe(&service->audit_key, sizeof service->audit_key);
    tdm__wipe(&service->index_key, sizeof service->index_key);
    tdm__free(&context->allocator, service->head_path);
    tdm__free(&context->allocator, service);
}

tdm_status tdm_service_reload(tdm_service *service, tdm_error *error)
{
    return tdm__rules_reload(service->rules, error);
}

tdm_status tdm_service_has_accounts(bool *out, tdm_service *service, tdm_context *context)
{
    tdm__arena arena;
    tdm__work *work;
    tdm__stored_users users = {0};
    *out = false;
    tdm__context_clear(context);
    tdm__arena_init(&arena, &context->allocator);
    tdm_status status = tdm__live_read(&work, service->live, context, &context->error);
    if (status == TDM_OK)
        status = tdm__work_users(&users, work, &arena, (tdm__paging){.limit = 1}, &context->error);
    tdm__work_end(work);
    tdm__arena_free(&arena);
    *out = status == TDM_OK && users.count > 0;
    return status;
}

void tdm__child_code(char out[TDM__CODE_SIZE], const tdm_service *service, tdm_str child)
{
    unsigned char bytes[16];
    char hex[2 * sizeof bytes + 1];
    tdm_str parts[] = {TDM_LIT("tidemark child code 1"), child};
    tdm__digest_parts(bytes, sizeof bytes, &service->index_key, parts, 2);
    tdm__hex(hex, bytes, sizeof bytes);
    memcpy(out, "C-", 2);
    memcpy(out + 2, hex, 16);
    out[TDM__CODE_SIZE - 1] = '\0';
}
