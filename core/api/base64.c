/*
 * Base64: four letters to three bytes, and back.
 */
#include "api/base64.h"

static int32_t sextet(char letter)
{
    if (letter >= 'A' && letter <= 'Z')
        return letter - 'A';
    if (letter >= 'a' && letter <= 'z')
        return letter - 'a' + 26;
    if (letter >= '0' && letter <= '9')
        return letter - '0' + 52;
    return letter == '+' ? 62 : letter == '/' ? 63 : -1;
}

/* Bytes that the last letters leave out: 0, 1 or 2; -1 when the text is not padded rightly. */
static int padding(tdm_str text)
{
    if (text.length % 4 != 0)
        return -1;
    if (text.length == 0 || text.data[text.length - 1] != '=')
        return 0;
    return text.data[text.length - 2] == '=' ? 2 : 1;
}

tdm_status tdm__base64_decode(tdm_str *out, tdm__arena *arena, tdm_str text)
{
    int left_out = padding(text);
    *out = (tdm_str){NULL, 0};
    if (left_out < 0)
        return TDM_INVALID_INPUT;
    char *bytes = tdm__arena_alloc(arena, text.length / 4 * 3 + 1);
    if (!bytes)
        return TDM_NO_MEMORY;
    size_t length = text.length / 4 * 3 - (size_t)left_out, letters = text.length - (size_t)left_out, at = 0;
    uint32_t bits = 0;
    for (size_t i = 0; i < text.length; i++) {
        int32_t value = i < letters ? sextet(text.data[i]) : 0;
        if (value < 0)
            return TDM_INVALID_INPUT;
        bits = bits << 6 | (uint32_t)value;
        if (i % 4 == 3)
            for (int shift = 16; shift >= 0; shift -= 8, at++)
                if (at < length)
                    bytes[at] = (char)(bits >> shift & 0xFF);
    }
    bytes[length] = '\0';
    *out = (tdm_str){bytes, length};
    return TDM_OK;
}

void tdm__base64_put(tdm__text *out, tdm_str bytes)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t at = 0; at < bytes.length; at += 3) {
        size_t there = bytes.length - at < 3 ? bytes.length - at : 3;
        uint32_t bits = 0;
        for (size_t i = 0; i < 3; i++)
            bits = bits << 8 | (i < there ? (unsigned char)bytes.data[at + i] : 0u);
        for (size_t i = 0; i < 4; i++)
            tdm__text_char(out, i <= there ? letters[bits >> (18 - 6 * i) & 63] : '=');
    }
}
