/*
 * Cutting templates into text and names.
 */
#include "script/template.h"

#include <string.h>

static bool plain_name(tdm_str name)
{
    for (size_t i = 0; i < name.length; i++)
        if (!((name.data[i] >= 'a' && name.data[i] <= 'z') || name.data[i] == '_'))
            return false;
    return name.length > 0;
}

static void take(tdm_str *rest, size_t length)
{
    rest->data += length;
    rest->length -= length;
}

tdm__piece tdm__template_next(tdm_str *rest, tdm_str *piece)
{
    if (rest->length == 0)
        return TDM__PIECE_END;
    if (rest->data[0] == '{') {
        const char *end = memchr(rest->data, '}', rest->length);
        if (!end)
            return TDM__PIECE_BAD;
        *piece = (tdm_str){rest->data + 1, (size_t)(end - rest->data) - 1};
        take(rest, piece->length + 2);
        return plain_name(*piece) ? TDM__PIECE_NAME : TDM__PIECE_BAD;
    }
    size_t length = 0;
    while (length < rest->length && rest->data[length] != '{' && rest->data[length] != '}')
        length++;
    if (length == 0)
        return TDM__PIECE_BAD;
    *piece = (tdm_str){rest->data, length};
    take(rest, length);
    return TDM__PIECE_TEXT;
}

bool tdm__template_valid(tdm_str text)
{
    tdm_str piece;
    tdm__piece kind;
    while ((kind = tdm__template_next(&text, &piece)) != TDM__PIECE_END)
        if (kind == TDM__PIECE_BAD)
            return false;
    return true;
}

bool tdm__template_uses(tdm_str text, tdm_str name)
{
    tdm_str piece;
    tdm__piece kind;
    while ((kind = tdm__template_next(&text, &piece)) != TDM__PIECE_END && kind != TDM__PIECE_BAD)
        if (kind == TDM__PIECE_NAME && tdm__str_equal(piece, name))
            return true;
    return false;
}
