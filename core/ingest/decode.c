/*
 * From bytes to text: what is no text is refused, Windows-1252 becomes UTF-8, a BOM goes.
 */
#include "ingest/left.h"

#include <string.h>

static bool is_utf16(tdm_str content)
{
    return tdm__str_starts(content, TDM_LIT("\xff\xfe")) || tdm__str_starts(content, TDM_LIT("\xfe\xff"));
}

tdm_status tdm__check_is_text(tdm_str content, tdm_str name, tdm_error *error)
{
    tdm_place place = {name, 0, 0};
    if (tdm__str_starts(content, TDM_LIT("\xef\xbb\xbf")))
        content = (tdm_str){content.data + 3, content.length - 3};
    if (tdm__str_trimmed(content).length == 0)
        return tdm__fail_at(error, TDM_INVALID_INPUT, place, "the file is empty");
    if (is_utf16(content))
        return tdm__fail_at(error, TDM_ENCODING, place, "not text: UTF-16; save it as UTF-8");
    if (memchr(content.data, '\0', content.length))
        return tdm__fail_at(error, TDM_ENCODING, place, "not text: it holds zero bytes");
    return TDM_OK;
}

static int32_t line_of(tdm_str content, size_t at)
{
    int32_t line = 1;
    const char *end = content.data + at;
    for (const char *c = content.data; (c = memchr(c, '\n', (size_t)(end - c))) != NULL; c++)
        line++;
    return line;
}

static tdm_status decode_windows_1252(tdm__return *file, tdm_error *error)
{
    tdm__text text;
    size_t bad_at = 0;
    tdm__text_init(&text, file->allocator);
    bool decoded = tdm__windows_1252_to_utf8(&text, file->content, &bad_at);
    if (text.failed || !decoded) {
        bool no_memory = text.failed;
        tdm__text_free(&text);
        if (no_memory)
            return tdm__no_memory(error);
        tdm_place place = {file->name, line_of(file->content, bad_at), 0};
        return tdm__fail_at(error, TDM_ENCODING, place,
                            "not text: neither UTF-8 nor Windows-1252 from this line on");
    }
    tdm__hashing_end(&file->hashing);
    tdm__free(file->allocator, file->owned);
    file->owned = text.data;
    file->content = tdm__text_str(&text);
    file->is_decoded = true;
    return TDM_OK;
}

tdm_status tdm__decode(tdm__return *file, tdm_str encoding, tdm_error *error)
{
    size_t bad_at;
    const tdm_str bom = TDM_LIT("\xef\xbb\xbf");
    if (file->left && !tdm__str_starts(file->content, bom) &&
        tdm__str_equal(encoding, TDM_LIT("windows-1252"))) {
        tdm_status loaded = tdm__left_load(file, error);
        if (loaded != TDM_OK)
            return loaded;
    }
    if (tdm__str_starts(file->content, bom))
        file->content = (tdm_str){file->content.data + bom.length, file->content.length - bom.length};
    else if (tdm__str_equal(encoding, TDM_LIT("windows-1252")))
        return decode_windows_1252(file, error);
    if (file->left || tdm__utf8_valid(file->content, &bad_at)) /* what is left has been looked at */
        return TDM_OK;
    int32_t line = line_of(file->content, bad_at);
    const tdm__input_part *part = file->collection->part;
    if (part)
        return tdm__fail_at(
            error, TDM_ENCODING,
            (tdm_place){file->name, line + (line > part->heading_lines ? part->lines_before : 0), 0},
            "not UTF-8 on this line: the map of a stream has to name any other \"encoding\"");
    tdm_status status = decode_windows_1252(file, error);
    if (status == TDM_OK)
        status = tdm__note(file, TDM__WARNING, "encoding-assumed", line, TDM_LIT(""),
                           "not UTF-8 from this line on; the file is read as Windows-1252");
    return status;
}
