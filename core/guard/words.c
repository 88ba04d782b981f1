/*
 * Letters, gaps and folding.
 */
#include "guard/words.h"

#include <string.h>

typedef struct range {
    uint32_t first, last;
} range;

/* Not seen, and so no end of a word. */
static const range unseen[] = {{0xAD, 0xAD},     {0x200B, 0x200F}, {0x202A, 0x202E},
                               {0x2060, 0x2064}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}};

/* Beyond ASCII: signs that are no letters. All else counts as one, so that no name is cut. */
static const range signs[] = {
    {0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},       {0xD7, 0xD7},
    {0xF7, 0xF7},     {0x2000, 0x206F}, {0x20A0, 0x20CF}, {0x2190, 0x2BFF},   {0x3000, 0x3004},
    {0x3008, 0x3020}, {0xFF01, 0xFF0F}, {0xFFFD, 0xFFFD}, {0x1F000, 0x1FAFF},
};

static bool is_in(const range *ranges, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

static bool is_unseen(uint32_t c)
{
    return c >= 0x80 && is_in(unseen, sizeof unseen / sizeof *unseen, c);
}

static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return !is_unseen(c) && !is_in(signs, sizeof signs / sizeof *signs, c);
}

bool tdm__word_next(tdm__word *out, tdm_str text, size_t *at)
{
    bool open = false;
    *out = (tdm__word){text.length, text.length};
    while (*at < text.length) {
        size_t before = *at;
        uint32_t c = tdm__utf8_next(text, at);
        bool letter = is_letter(c);
        if (letter && !open)
            *out = (tdm__word){before, text.length};
        open = open || letter;
        if (open && !letter && !is_unseen(c)) {
            out->end = *at = before;
            return true;
        }
    }
    return open;
}

static tdm_status fold_letters(tdm__text *out, tdm_str word)
{
    tdm__text seen;
    tdm__text_init(&seen, out->allocator);
    for (size_t at = 0; at < word.length;) {
        uint32_t c = tdm__utf8_next(word, &at);
        if (!is_unseen(c))
            tdm__utf8_put(&seen, c);
    }
    tdm_status status = seen.failed ? TDM_NO_MEMORY : tdm__fold(out, tdm__text_str(&seen));
    tdm__text_free(&seen);
    return status;
}

tdm_status tdm__word_fold(tdm__text *out, tdm_str text, tdm__word word)
{
    tdm_str letters = {text.data + word.start, word.end - word.start};
    for (size_t i = 0; i < letters.length; i++)
        if ((unsigned char)letters.data[i] >= 0x80)
            return fold_letters(out, letters);
    for (size_t i = 0; i < letters.length; i++) {
        char c = letters.data[i];
        tdm__text_char(out, (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
    }
    return out->failed ? TDM_NO_MEMORY : TDM_OK;
}

bool tdm__has_word(tdm_str text)
{
    tdm__word word;
    size_t at = 0;
    return tdm__word_next(&word, text, &at);
}

tdm_status tdm__words_fold(tdm__text *out, size_t *count, tdm_str text, char between)
{
    tdm__word word;
    tdm_status status = TDM_OK;
    *count = 0;
    for (size_t at = 0; status == TDM_OK && tdm__word_next(&word, text, &at); ++*count) {
        if (*count > 0 && between)
            tdm__text_char(out, between);
        status = tdm__word_fold(out, text, word);
    }
    return status;
}

tdm_status tdm__words_hold(bool *out, const tdm_allocator *allocator, tdm_str text, tdm_str phrase)
{
    tdm__text whole, part;
    size_t words;
    *out = false;
    tdm__text_init(&whole, allocator);
    tdm__text_init(&part, allocator);
    tdm__text_char(&whole, ' ');
    tdm__text_char(&part, ' ');
    tdm_status status = tdm__words_fold(&whole, &words, text, ' ');
    if (status == TDM_OK)
        status = tdm__words_fold(&part, &words, phrase, ' ');
    tdm__text_char(&whole, ' ');
    tdm__text_char(&part, ' ');
    if (whole.failed || part.failed)
        status = TDM_NO_MEMORY;
    if (status == TDM_OK && words > 0)
        *out = strstr(whole.data, part.data) != NULL;
    tdm__text_free(&whole);
    tdm__text_free(&part);
    return status;
}
