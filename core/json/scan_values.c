/*
 * What escapes and numbers mean that the scanner has found to be right (see scan.h).
 */
#include "json/scan.h"

#include <cjson/cJSON.h>
#include <string.h>

/* --- strings --- */

/* Four hex digits. */
static uint32_t unit_at(const char *digits)
{
    uint32_t unit = 0;
    for (size_t i = 0; i < 4; i++) {
        char c = digits[i];
        uint32_t digit = c <= '9' ? (uint32_t)(c - '0') : (uint32_t)((c | 0x20) - 'a') + 10;
        unit = unit << 4 | digit;
    }
    return unit;
}

/* Six bytes or more were written for what takes four at most. */
static size_t put_character(char *out, uint32_t code_point)
{
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    if (code_point < 0x80) {
        *out = (char)code_point;
        return 1;
    }
    size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1; code_point >>= 6)
        out[i] = (char)(unsigned char)(0x80 | (code_point & 0x3F));
    out[0] = (char)(unsigned char)(leads[length] | code_point);
    return length;
}

/* `from` stands behind "\u"; moved behind the escape, or behind both of a pair. */
static size_t put_unicode(char *out, const char **from)
{
    uint32_t code_point = unit_at(*from);
    *from += 4;
    if (code_point >= 0xD800 && code_point <= 0xDBFF) {
        code_point = 0x10000 + ((code_point - 0xD800) << 10) + (unit_at(*from + 2) - 0xDC00);
        *from += 6;
    }
    return put_character(out, code_point);
}

static char escaped(char c)
{
    static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
    const char *letter = memchr(letters, c, sizeof letters - 1);
    return letter ? meant[letter - letters] : c;
}

size_t tdm__json_unescape(char *text, size_t length)
{
    const char *from = text, *end = text + length;
    char *out = text;
    while (from < end) {
        if (*from != '\\') {
            *out++ = *from++;
            continue;
        }
        char c = from[1];
        from += 2;
        if (c == 'u')
            out += put_unicode(out, &from);
        else
            *out++ = escaped(c);
    }
    return (size_t)(out - text);
}

/* --- numbers --- */

/* The scanner lets no more digits through than fit. */
static double whole_number(tdm_str number)
{
    bool is_negative = number.data[0] == '-';
    uint64_t digits = 0;
    for (size_t i = is_negative ? 1 : 0; i < number.length; i++)
        digits = digits * 10 + (uint64_t)(number.data[i] - '0');
    return is_negative ? -(double)digits : (double)digits;
}

bool tdm__json_number_of(double *out, tdm_str number, bool is_whole)
{
    char room[TDM_JSON_NUMBER_BYTES_MAX + 1];
    *out = 0;
    if (is_whole) {
        *out = whole_number(number);
        return true;
    }
    memcpy(room, number.data, number.length);
    room[number.length] = '\0';
    /* Locales and hexadecimal numbers are cJSON's to know of; what it is given it takes. */
    cJSON *item = cJSON_ParseWithLengthOpts(room, number.length + 1, NULL, 1);
    if (!item)
        return false;
    *out = item->valuedouble;
    cJSON_Delete(item);
    return true;
}
