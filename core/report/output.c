/*
 * The buffered output and its templates.
 */
#include "report/output.h"

#include <string.h>

#define FLUSH_BYTES (64u * 1024u)

void tdm__output_init(tdm__output *out, const tdm_allocator *allocator, tdm_sink sink)
{
    *out = (tdm__output){.sink = sink, .status = TDM_OK};
    tdm__text_init(&out->text, allocator);
}

static void flush(tdm__output *out)
{
    if (out->text.failed && out->status == TDM_OK)
        out->status = TDM_NO_MEMORY;
    if (out->status == TDM_OK)
        out->status = tdm__sink_write(out->sink, tdm__text_str(&out->text));
    tdm__text_clear(&out->text);
}

tdm_status tdm__output_end(tdm__output *out, tdm_error *error)
{
    flush(out);
    tdm__text_free(&out->text);
    if (out->status == TDM_OK)
        return TDM_OK;
    return tdm__fail(error, out->status, "the report could not be written: %s", tdm_status_text(out->status));
}

static void put_tenths(tdm__text *text, int tenths)
{
    if (tenths < 0)
        tdm__text_char(text, '-');
    int64_t size = tenths < 0 ? -(int64_t)tenths : tenths;
    tdm__text_int(text, size / 10);
    if (size % 10 != 0) {
        tdm__text_char(text, '.');
        tdm__text_int(text, size % 10);
    }
}

/* Writes one filled-in value; false for a letter that is none of ours. */
static bool put_value(tdm__text *text, char letter, va_list *values)
{
    switch (letter) {
    case 'h':
        tdm__escape(text, va_arg(*values, tdm_str), TDM__ESCAPE_HTML);
        return true;
    case 'z':
        tdm__escape(text, tdm__str(va_arg(*values, const char *)), TDM__ESCAPE_HTML);
        return true;
    case 'a':
        tdm__escape(text, va_arg(*values, tdm_str), TDM__ESCAPE_ATTRIBUTE);
        return true;
    case 'g':
        tdm__escape(text, va_arg(*values, tdm_str), TDM__ESCAPE_SVG);
        return true;
    case 'p':
        tdm__escape(text, va_arg(*values, tdm_str), TDM__ESCAPE_TERMINAL);
        return true;
    case 'c':
        tdm__escape(text, tdm__str(va_arg(*values, const char *)), TDM__ESCAPE_TERMINAL);
        return true;
    case 'd':
        tdm__text_int(text, va_arg(*values, int));
        return true;
    case 't':
        put_tenths(text, va_arg(*values, int));
        return true;
    case 'r':
        tdm__text_puts(text, va_arg(*values, const char *));
        return true;
    case '%':
        tdm__text_char(text, '%');
        return true;
    default:
        return false;
    }
}

bool tdm__fill(tdm__text *text, const char *pattern, va_list *values)
{
    for (const char *at = pattern; *at;) {
        size_t plain = strcspn(at, "%");
        tdm__text_bytes(text, at, plain);
        at += plain;
        if (*at == '%') {
            if (!at[1] || !put_value(text, at[1], values))
                return false;
            at += 2;
        }
    }
    return true;
}

void tdm__put(tdm__output *out, const char *pattern, ...)
{
    va_list values;
    if (out->status != TDM_OK)
        return;
    va_start(values, pattern);
    if (!tdm__fill(&out->text, pattern, &values))
        out->status = TDM_INTERNAL;
    va_end(values);
    if (out->text.length >= FLUSH_BYTES || out->text.failed)
        flush(out);
}
