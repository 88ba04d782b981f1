/*
 * The end of the audit trail in a second place, a file beside the store: so that entries cut off at the end
 * are found. What it does not help against is said in the README.
 */
#include "api/serving.h"

#define LIMIT_BYTES 4096

tdm_status tdm__head_read_at(tdm__chain_head *out, const tdm_allocator *allocator, const char *path,
                             tdm_error *error)
{
    tdm__buffer buffer;
    *out = (tdm__chain_head){0};
    if (tdm__file_look_itself(path) == TDM__FILE_NONE)
        return TDM_OK;
    tdm_status status = tdm__file_read(&buffer, allocator, NULL, path, LIMIT_BYTES, error);
    if (status != TDM_OK)
        return status;
    if (!tdm__chain_head_read(out, tdm__str_trimmed((tdm_str){buffer.data, buffer.length})))
        status = tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){tdm__path_name(tdm__str(path)), 1, 0},
                              "expected the end of a trail as NUMBER:HEX");
    tdm__free(allocator, buffer.data);
    return status;
}

tdm_status tdm__head_read(tdm__chain_head *out, const tdm_service *service, tdm_error *error)
{
    return tdm__head_read_at(out, &service->context->allocator, service->head_path, error);
}

/* Where the trail ends; TDM_CONFLICT where what was written down is no longer in it: that is not written
 * over, it is the proof. */
static tdm_status find(tdm__chain_head *out, const tdm__chain_head *before, tdm__work *work,
                       tdm__arena *arena)
{
    static const tdm__trail_filter any;
    tdm__stored_entries entries;
    tdm_status status = tdm__work_trail_head(out, work, NULL);
    if (status != TDM_OK || before->count == 0)
        return status;
    status = tdm__work_trail_list(&entries, work, arena, &any, before->count - 1, 1, NULL);
    if (status != TDM_OK)
        return status;
    return entries.count == 1 && entries.items[0].entry.number == before->count &&
                   tdm__digest_equal(&entries.items[0].mac, &before->mac)
               ? TDM_OK
               : TDM_CONFLICT;
}

static tdm_status find_end(tdm__chain_head *out, tdm__chain_head *before, tdm_service *service,
                           tdm_context *context)
{
    tdm__work *work = NULL;
    tdm__arena arena;
    tdm__arena_init(&arena, &context->allocator);
    tdm_status status = tdm__head_read(before, service, NULL);
    if (status == TDM_OK)
        status = tdm__live_read(&work, service->live, context, NULL);
    if (status == TDM_OK)
        status = find(out, before, work, &arena);
    tdm__work_end(work);
    tdm__arena_free(&arena);
    return status;
}

tdm_status tdm__head_write_at(const tdm__chain_head *head, const tdm_allocator *allocator, const char *path,
                              tdm_error *error)
{
    char text[TDM__CHAIN_HEAD_SIZE];
    tdm__file_writer *file;
    tdm_status status = tdm__file_writer_open(&file, allocator, path, error);
    tdm__chain_head_write(text, head);
    if (status == TDM_OK)
        status = tdm__sink_write(tdm__file_writer_sink(file), tdm__str(text));
    if (status == TDM_OK)
        status = tdm__sink_write(tdm__file_writer_sink(file), TDM_LIT("\n"));
    if (status == TDM_OK)
        return tdm__file_writer_commit(file, error);
    tdm__file_writer_abandon(file);
    return status;
}

/* Of what is committed, whoever did it: never ahead of the store. */
static void keep(tdm_service *service, tdm_context *context)
{
    tdm__chain_head head, before;
    if (find_end(&head, &before, service, context) == TDM_OK &&
        (head.count == before.count ||
         tdm__head_write_at(&head, &service->context->allocator, service->head_path, NULL) == TDM_OK))
        service->head_due = false;
}

void tdm__head_keep(tdm_service *service, tdm_context *context, int64_t now)
{
    pthread_mutex_lock(&service->head_lock);
    service->head_due = true;
    if (now != service->head_at) {
        service->head_at = now;
        keep(service, context);
    }
    pthread_mutex_unlock(&service->head_lock);
}

void tdm__head_settle(tdm_service *service, tdm_context *context)
{
    pthread_mutex_lock(&service->head_lock);
    keep(service, context);
    pthread_mutex_unlock(&service->head_lock);
}
