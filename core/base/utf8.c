/*
 * UTF-8 checking and reading, Windows-1252, and the folding that decides whether two words are the
 * same word. Unicode data comes from utf8proc, which only text that is not ASCII reaches.
 */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Length of the sequence that starts with `lead`, 0 when no sequence does. */
static size_t sequence_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

static bool sequence_valid(const unsigned char *bytes, size_t length)
{
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return false;
    /* Overlong forms, surrogates and what lies above U+10FFFF show in the second byte. */
    switch (bytes[0]) {
    case 0xE0:
        return bytes[1] >= 0xA0;
    case 0xED:
        return bytes[1] <= 0x9F;
    case 0xF0:
        return bytes[1] >= 0x90;
    case 0xF4:
        return bytes[1] <= 0x8F;
    default:
        return true;
    }
}

#define ASCII_AT_ONCE 32

static bool next_are_ascii(const unsigned char bytes[ASCII_AT_ONCE])
{
    uint64_t words[ASCII_AT_ONCE / 8];
    memcpy(words, bytes, sizeof words);
    return ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080u) == 0;
}

bool tdm__utf8_valid(tdm_str text, size_t *bad_at)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t at = 0;
    while (at < text.length) {
        if (text.length - at >= ASCII_AT_ONCE && next_are_ascii(bytes + at)) {
            at += ASCII_AT_ONCE;
            continue;
        }
        size_t length = sequence_length(bytes[at]);
        if (length == 0 || length > text.length - at || !sequence_valid(bytes + at, length)) {
            *bad_at = at;
            return false;
        }
        at += length;
    }
    *bad_at = text.length;
    return true;
}

uint32_t tdm__utf8_next(tdm_str text, size_t *at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + *at;
    size_t length = sequence_length(bytes[0]);
    static const unsigned char lead_mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t code_point = bytes[0] & lead_mask[length];
    for (size_t i = 1; i < length; i++)
        code_point = code_point << 6 | (bytes[i] & 0x3Fu);
    *at += length > 0 ? length : 1;
    return code_point;
}

void tdm__utf8_put(tdm__text *out, uint32_t code_point)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t length = utf8proc_encode_char((utf8proc_int32_t)code_point, bytes);
    if (length > 0)
        tdm__text_bytes(out, (const char *)bytes, (size_t)length);
}

/* 0x80 to 0x9F; 0 where Windows-1252 has no character. The rest is Latin-1. */
static const uint16_t windows_1252_high[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

bool tdm__windows_1252_to_utf8(tdm__text *out, tdm_str bytes, size_t *bad_at)
{
    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        uint32_t code_point = byte >= 0x80 && byte <= 0x9F ? windows_1252_high[byte - 0x80] : byte;
        if (byte >= 0x80 && code_point == 0) {
            *bad_at = i;
            return false;
        }
        if (byte < 0x80)
            tdm__text_char(out, (char)byte);
        else
            tdm__utf8_put(out, code_point);
    }
    *bad_at = bytes.length;
    return true;
}

static bool is_ascii(tdm_str text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

/* Appends with ASCII letters lowered and runs of white space made one space. */
static void put_ascii_folded(tdm__text *out, tdm_str text)
{
    bool in_space = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (!space)
            tdm__text_char(out, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
        else if (!in_space)
            tdm__text_char(out, ' ');
        in_space = space;
    }
}

static tdm_status put_unicode_folded(tdm__text *out, tdm_str text)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.length,
                                           &folded, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    if (length < 0)
        return length == UTF8PROC_ERROR_NOMEM ? TDM_NO_MEMORY : TDM_ENCODING;
    tdm__text spaced;
    tdm__text_init(&spaced, out->allocator);
    for (utf8proc_ssize_t i = 0; i < length; i++) {
        if (i + 1 < length && folded[i] == 0xC2 && folded[i + 1] == 0xA0) {
            tdm__text_char(&spaced, ' ');
            i++;
        } else {
            tdm__text_char(&spaced, (char)folded[i]);
        }
    }
    put_ascii_folded(out, tdm__text_str(&spaced));
    out->failed = out->failed || spaced.failed;
    tdm__text_free(&spaced);
    free(folded);
    return TDM_OK;
}

tdm_status tdm__fold(tdm__text *out, tdm_str text)
{
    text = tdm__str_trimmed(text);
    if (is_ascii(text)) {
        put_ascii_folded(out, text);
    } else {
        tdm_status status = put_unicode_folded(out, text);
        if (status != TDM_OK)
            return status;
    }
    return out->failed ? TDM_NO_MEMORY : TDM_OK;
}
