/*
 * See keys.h. What keys are is guard's business, what they open the store's.
 */
#include "api/keys.h"

#include "base/file.h"

#define LIMIT_BYTES 65536

tdm_status tdm__keys_path(const char **out, const tdm_request *request, const char *store, tdm__arena *arena,
                          tdm_error *error)
{
    tdm__text path;
    *out = tdm__request_value(request, "key");
    if (*out)
        return TDM_OK;
    tdm__text_init(&path, &request->context->allocator);
    tdm__text_puts(&path, store);
    tdm__text_puts(&path, TDM__KEYS_SUFFIX);
    *out = path.failed ? NULL : tdm__arena_copy(arena, tdm__text_str(&path)).data;
    tdm__text_free(&path);
    return *out ? TDM_OK : tdm__no_memory(error);
}

tdm_status tdm__keys_read(tdm__ring **out, const tdm_context *context, const char *path, tdm_str passphrase,
                          tdm_error *error)
{
    tdm__buffer buffer;
    *out = NULL;
    tdm_status status = tdm__file_read(&buffer, &context->allocator, NULL, path, LIMIT_BYTES, error);
    if (status != TDM_OK)
        return status;
    status = tdm__ring_read(out, &context->allocator, (tdm_str){buffer.data, buffer.length}, passphrase,
                            tdm__path_name(tdm__str(path)), error);
    tdm__wipe(buffer.data, buffer.length);
    tdm__free(&context->allocator, buffer.data);
    return status;
}

bool tdm__keys_are_sealed(const tdm_context *context, const char *path)
{
    tdm__buffer buffer;
    if (tdm__file_read(&buffer, &context->allocator, NULL, path, LIMIT_BYTES, NULL) != TDM_OK)
        return false;
    bool sealed = tdm__looks_sealed((tdm_str){buffer.data, buffer.length});
    tdm__wipe(buffer.data, buffer.length);
    tdm__free(&context->allocator, buffer.data);
    return sealed;
}

static tdm_status write_bytes(const tdm_context *context, const char *path, tdm_str bytes, tdm_error *error)
{
    tdm__file_writer *file = NULL;
    tdm_status status = tdm__file_writer_open(&file, &context->allocator, path, error);
    if (status == TDM_OK)
        status = tdm__sink_write(tdm__file_writer_sink(file), bytes);
    if (status == TDM_OK)
        return tdm__file_writer_commit(file, error);
    tdm__file_writer_abandon(file);
    return status;
}

tdm_status tdm__keys_write(const tdm__ring *ring, const tdm_context *context, const char *path,
                           tdm_str passphrase, tdm_error *error)
{
    tdm__secret bare = {0};
    tdm__text sealed;
    tdm_status status;
    tdm__text_init(&sealed, &context->allocator);
    if (passphrase.length > 0)
        status = tdm__ring_seal(&sealed, ring, passphrase, tdm__seal_cost_default(), error);
    else if ((status = tdm__ring_write(&bare, ring, &context->allocator)) != TDM_OK)
        status = tdm__no_memory(error);
    if (status == TDM_OK)
        status = write_bytes(context, path,
                             passphrase.length > 0 ? tdm__text_str(&sealed) : tdm__secret_str(&bare), error);
    tdm__secret_free(&bare);
    tdm__text_free(&sealed);
    return status;
}

tdm_status tdm__keys_make(tdm__ring **out, const tdm_context *context, const char *path, tdm_str passphrase,
                          int64_t made_at, tdm_error *error)
{
    tdm_status status = tdm__ring_new(out, &context->allocator);
    if (status != TDM_OK)
        return tdm__no_memory(error);
    status = tdm__ring_grow(*out, made_at, error);
    if (status == TDM_OK)
        status = tdm__keys_write(*out, context, path, passphrase, error);
    if (status == TDM_OK)
        return TDM_OK;
    tdm__ring_free(*out);
    *out = NULL;
    return status;
}

/* --- held for a call --- */

/* `key` of pseudonymise is another file. */
static const char *named(const tdm_request *request)
{
    return tdm__request_value(request, tdm__request_has(request, "store_key") ? "store_key" : "key");
}

tdm_status tdm__keys_hold(tdm__keys_held *held, const tdm_request *request, tdm_error *error)
{
    tdm_context *context = request->context;
    const char *path = request->serving || context->vault ? NULL : named(request);
    *held = (tdm__keys_held){.context = context};
    if (!path)
        return TDM_OK;
    tdm_status status = tdm__keys_read(&held->ring, context, path, tdm__secret_str(&request->passphrase),
                                       error);
    if (status == TDM_OK)
        status = tdm__vault_new(&held->vault, &context->allocator, held->ring, error);
    context->vault = held->vault;
    return status;
}

void tdm__keys_release(tdm__keys_held *held)
{
    if (!held->ring)
        return;
    held->context->vault = NULL;
    tdm__vault_free(held->vault);
    tdm__ring_free(held->ring);
    held->ring = NULL;
}
