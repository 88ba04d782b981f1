/*
 * Names and texts of the statuses, and the error object. Not here: where errors are kept (context.c).
 */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct status_row {
    const char *code;
    const char *text;
} status_row;

#define STATUS_ROW(id, number, code, text) [number] = {code, text},
static const status_row status_rows[] = {TDM_STATUS_MAP(STATUS_ROW)};
#undef STATUS_ROW

const char *tdm_status_name(tdm_status status)
{
    return status >= 0 && status < TDM_STATUS_COUNT ? status_rows[status].code : "unknown";
}

const char *tdm_status_text(tdm_status status)
{
    return status >= 0 && status < TDM_STATUS_COUNT ? status_rows[status].text : "unknown status";
}

const char *tdm_version(void)
{
    return TDM_VERSION_STRING;
}

void tdm__error_clear(tdm_error *error)
{
    if (error)
        memset(error, 0, sizeof *error);
}

/* Where `text` may be cut at or before `length`: not within a UTF-8 sequence. */
static size_t whole_characters(const char *text, size_t length)
{
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

static void copy_name(char *to, size_t size, tdm_str name)
{
    size_t length = name.length < size ? name.length : whole_characters(name.data, size - 1);
    if (length > 0)
        memcpy(to, name.data, length);
    to[length] = '\0';
}

tdm_status tdm__fail_at(tdm_error *error, tdm_status status, tdm_place place, const char *format, ...)
{
    va_list values;
    char message[sizeof error->message + 8]; /* longer, so that a cut is made here, between characters */
    if (!error)
        return status;
    tdm__error_clear(error);
    error->status = status;
    error->line = place.line;
    error->column = place.column;
    copy_name(error->file, sizeof error->file, place.file);
    va_start(values, format);
    int length = vsnprintf(message, sizeof message, format, values);
    va_end(values);
    if (length > 0)
        copy_name(error->message, sizeof error->message, (tdm_str){message, strlen(message)});
    return status;
}

tdm_status tdm__no_memory(tdm_error *error)
{
    return tdm__fail_at(error, TDM_NO_MEMORY, (tdm_place){0}, "%s", tdm_status_text(TDM_NO_MEMORY));
}
