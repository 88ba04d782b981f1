/*
 * Words of others on a terminal: file names and arguments are the user's own, but may hold anything. What
 * would act on a terminal, turn text around or is no UTF-8 is shown as codes, as the library's writers show
 * it.
 */
#include "command.h"

#include <stdio.h>
#include <string.h>

#define SHOWN_BYTES 200 /* of an argument in a message */

/* Marks that turn or break a line, and characters that are nothing to see. */
static const struct {
    uint32_t first, last;
} shown_as_code[] = {
    {0x061C, 0x061C}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069},
    {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE007F},
};

/* Bytes of the character that starts here, 0 when there is none. The text is ended by zero, which continues
 * no character. */
static size_t read_character(uint32_t *out, const unsigned char *bytes)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = bytes[0];
    size_t length = lead < 0x80                    ? 1
                    : lead >= 0xC2 && lead <= 0xDF ? 2
                    : (lead & 0xF0) == 0xE0        ? 3
                    : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                   : 0;
    *out = length <= 1 ? lead : lead & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        *out = *out << 6 | (bytes[i] & 0x3Fu);
    }
    bool surrogate = *out >= 0xD800 && *out <= 0xDFFF;
    return length > 0 && (*out < smallest[length] || *out > 0x10FFFF || surrogate) ? 0 : length;
}

static bool is_shown_as_code(uint32_t character)
{
    for (size_t i = 0; i < sizeof shown_as_code / sizeof *shown_as_code; i++)
        if (character >= shown_as_code[i].first && character <= shown_as_code[i].last)
            return true;
    return false;
}

void print_plain(const char *text)
{
    while (*text) {
        uint32_t character;
        size_t length = read_character(&character, (const unsigned char *)text);
        if (length == 0 || character < 0x20 || (character >= 0x7F && character < 0xA0))
            fprintf(stderr, "\\x%02x", (unsigned)(length == 0 ? (unsigned char)*text : character));
        else if (is_shown_as_code(character))
            fprintf(stderr, "<U+%04X>", (unsigned)character);
        else
            fwrite(text, 1, length, stderr);
        text += length == 0 ? 1 : length;
    }
}

void print_argument(const char *argument)
{
    char shown[SHOWN_BYTES + 1];
    size_t length = strlen(argument), end = length > SHOWN_BYTES ? SHOWN_BYTES : length;
    /* Cut before a character, not in it. */
    while (end < length && end > 0 && ((unsigned char)argument[end] & 0xC0) == 0x80)
        end--;
    memcpy(shown, argument, end);
    shown[end] = '\0';
    print_plain(shown);
    fputs(end < length ? "..." : "", stderr);
}
