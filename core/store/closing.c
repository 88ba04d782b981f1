/*
 * See closing.h. The store is held alone from before the copy until it has been replaced, so that nothing is
 * written to what is copied already. How bytes are closed is the vault's business.
 */
#include "store/closing.h"

#include "store/held.h"
#include "store/migrations.h"

#include "base/file.h"

/* --- what an earlier closing left --- */

bool tdm__store_has_aside(const tdm_context *context, const char *path)
{
    tdm__held_store held;
    bool has = tdm__held_begin(&held, context, path, NULL) == TDM_OK &&
               tdm__file_look_itself(held.aside) != TDM__FILE_NONE;
    tdm__held_end(&held);
    return has;
}

tdm_status tdm__store_clear_aside(const tdm_context *context, const char *path, tdm_error *error)
{
    tdm__held_store held;
    tdm_status status = tdm__held_begin(&held, context, path, error);
    if (status == TDM_OK)
        status = tdm__file_shred(held.aside, error);
    tdm__held_end(&held);
    return status;
}

/* --- the store itself --- */

static tdm_status check_form(tdm__held_store *held, tdm_error *error)
{
    int32_t version;
    int64_t page_bytes = 0;
    tdm__store *from = &held->from;
    tdm_status status = tdm__store_version(&version, from, &tdm__store_migrations, error);
    if (status == TDM_OK)
        status = tdm__store_check_tables(from, &tdm__store_migrations, version, error);
    if (status == TDM_OK)
        status = tdm__store_number(&page_bytes, from, "PRAGMA page_size", error);
    if (status == TDM_OK && page_bytes != TDM__VAULT_PAGE_BYTES)
        status = tdm__store_fail(from, TDM_STORE, "the store has pages that Tidemark does not make", error);
    return status;
}

static tdm_status make(tdm__held_store *held, tdm__vault *vault, tdm_error *error)
{
    tdm_status status = tdm__held_make(held, error);
    if (status == TDM_OK)
        status = tdm__store_copy(held->made, &held->from, vault, error);
    return status;
}

/* What is not whole never takes a store's place. A copy that lies open was walked through when it was made.
 */
static tdm_status check_made(tdm__held_store *held, tdm__vault *vault, int64_t *pages, tdm_error *error)
{
    tdm__vault_verdict verdict;
    if (!vault)
        return tdm__store_number(pages, &held->from, "PRAGMA page_count", error);
    tdm_status status = tdm__vault_walk(&verdict, vault, held->context, held->made, error);
    if (status == TDM_OK && (verdict.opened != verdict.pages || verdict.key_count != 1))
        status = tdm__store_fail(&held->from, TDM_IO, "what was written beside the store does not open again",
                                 error);
    *pages = verdict.pages;
    return status;
}

static tdm_status replace(tdm__held_store *held, tdm__vault *vault, int64_t *pages, tdm_error *error)
{
    tdm_status status = tdm__held_take(held, error);
    if (status == TDM_OK)
        status = check_form(held, error);
    /* Left by a closing that was stopped; while the store is held nobody else is at it. */
    if (status == TDM_OK)
        status = tdm__file_shred(held->aside, error);
    if (status == TDM_OK)
        status = make(held, vault, error);
    if (status == TDM_OK)
        status = check_made(held, vault, pages, error);
    if (status == TDM_OK)
        status = tdm__file_swap(held->made, held->path, held->aside, error);
    if (status != TDM_OK) {
        (void)tdm__held_clear_made(held, NULL);
        return status;
    }
    return tdm__file_shred(held->aside, error);
}

static tdm_status write_anew(const tdm_context *context, const char *path, tdm__vault *vault, int64_t *pages,
                             tdm_error *error)
{
    tdm__held_store held;
    *pages = 0;
    tdm_status status = tdm__held_begin(&held, context, path, error);
    if (status == TDM_OK)
        status = replace(&held, vault, pages, error);
    tdm__held_end(&held);
    return status;
}

tdm_status tdm__store_close_anew(const tdm_context *context, const char *path, int64_t *pages,
                                 tdm_error *error)
{
    *pages = 0;
    if (!context->vault)
        return tdm__fail(error, TDM_INVALID_ARG, "expected the keys to close a store with");
    return write_anew(context, path, context->vault, pages, error);
}

tdm_status tdm__store_lay_open(const tdm_context *context, const char *path, int64_t *pages, tdm_error *error)
{
    tdm_status status = write_anew(context, path, NULL, pages, error);
    if (status == TDM_OK)
        tdm__store_use_log(context, path);
    return status;
}
