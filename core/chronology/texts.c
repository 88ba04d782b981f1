/*
 * Reading the strings of events: out of the side blob, the text of their source, or the file that this was
 * left in. Where a string lies the builder says.
 */
#include "chronology/table.h"

#include <string.h>

/* 0 when the event has no such string. */
static tdm__text_ref text_ref(const tdm_chronology *c, uint32_t event, tdm__string_field field)
{
    if (field == TDM__TEXT)
        return c->columns.text[event];
    const tdm__text_ref *held = tdm__sparse_value(&c->strings[field], event, sizeof *held);
    return held ? *held : 0;
}

static uint64_t offset_of(tdm__text_ref ref)
{
    return ref >> TDM__TEXT_LENGTH_BITS & TDM__TEXT_OFFSET_MAX;
}

/* NULL: it lies in a file. */
static const char *bytes_of(const tdm_chronology *c, uint32_t event, tdm__text_ref ref)
{
    if (ref & TDM__IN_BLOB)
        return c->blob.data;
    const tdm__source *source = &c->sources[tdm__column_source(&c->columns, event)];
    return source->file ? NULL : source->bytes.data;
}

static tdm_str in_memory(const tdm_chronology *c, const char *bytes, tdm__text_ref ref)
{
    uint64_t length = ref & TDM__TEXT_LENGTH_MAX;
    size_t offset = (size_t)offset_of(ref);
    if (length == TDM__TEXT_LENGTH_MAX)
        memcpy(&length, c->blob.data + offset - sizeof length, sizeof length);
    return (tdm_str){bytes + offset, (size_t)length};
}

static tdm_str no_text(const tdm_chronology *c, tdm_status failure)
{
    if (failure != TDM_OK)
        atomic_store(c->text_failure, (int)failure);
    return (tdm_str){"", 0};
}

static tdm_str read_text(tdm__text *room, const tdm_chronology *c, uint32_t event, tdm__text_ref ref)
{
    size_t length = (size_t)(ref & TDM__TEXT_LENGTH_MAX);
    const tdm__held_file *file = c->sources[tdm__column_source(&c->columns, event)].file;
    tdm__text_clear(room);
    char *into = tdm__text_room(room, length);
    if (!into)
        return no_text(c, TDM_NO_MEMORY);
    tdm_status status = tdm__held_file_read(file, into, length, offset_of(ref), NULL);
    if (status != TDM_OK)
        tdm__text_clear(room);
    return status == TDM_OK ? tdm__text_str(room) : no_text(c, status);
}

tdm_str tdm__chronology_text(tdm__text *room, const tdm_chronology *c, uint32_t event,
                             tdm__string_field field)
{
    tdm__text_ref ref = text_ref(c, event, field);
    if (ref == 0)
        return (tdm_str){"", 0};
    const char *bytes = bytes_of(c, event, ref);
    return bytes ? in_memory(c, bytes, ref) : read_text(room, c, event, ref);
}

bool tdm__chronology_has_string(const tdm_chronology *c, uint32_t event, tdm__string_field field)
{
    return text_ref(c, event, field) != 0;
}

tdm_str tdm__chronology_string(const tdm_chronology *c, uint32_t event, tdm__string_field field)
{
    tdm__text_ref ref = text_ref(c, event, field);
    const char *bytes = ref != 0 ? bytes_of(c, event, ref) : NULL;
    return bytes ? in_memory(c, bytes, ref) : no_text(c, ref != 0 ? TDM_INTERNAL : TDM_OK);
}

tdm_status tdm__chronology_check_texts(const tdm_chronology *c, tdm_error *error)
{
    tdm_status status = TDM_OK, failure = (tdm_status)atomic_load(c->text_failure);
    for (size_t i = 0; i < c->source_count && status == TDM_OK; i++)
        if (c->sources[i].file)
            status = tdm__held_file_check(c->sources[i].file, error);
    if (status != TDM_OK || failure == TDM_OK)
        return status;
    return failure == TDM_NO_MEMORY
               ? tdm__no_memory(error)
               : tdm__fail(error, failure, "text that was left in a file could not be read");
}
