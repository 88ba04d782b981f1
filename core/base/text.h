/*
 * Text: borrowed strings, a growing buffer whose failure sticks, and UTF-8.
 */
#ifndef TDM_BASE_TEXT_H
#define TDM_BASE_TEXT_H

#include "base/memory.h"

/* A literal as a tdm_str: TDM_LIT("abc"). */
#define TDM_LIT(text) ((tdm_str){"" text, sizeof(text) - 1})

/* For printf("%.*s", TDM_STR_ARGS(s)). */
#define TDM_STR_ARGS(s) (int)((s).length > 4096 ? 4096 : (s).length), (s).data ? (s).data : ""

tdm_str tdm__str(const char *zero_ended); /* NULL gives the empty string */
bool tdm__str_equal(tdm_str a, tdm_str b);
int tdm__str_compare(tdm_str a, tdm_str b); /* by bytes; a prefix comes first */
bool tdm__str_starts(tdm_str text, tdm_str prefix);
/* Without white space at both ends: ASCII space, tab, line ends and the no-break space. */
tdm_str tdm__str_trimmed(tdm_str text);
/* The part before the first `separator`, which with it is taken off *rest; all of *rest when there is none.
 */
tdm_str tdm__str_split(tdm_str *rest, char separator);
/* Whole decimal number with optional sign, nothing else around it. */
bool tdm__str_to_int64(int64_t *out, tdm_str text);

/*
 * A growing buffer. A failed append leaves `failed` set and does nothing from then on, so a writer
 * checks once at its end. Always ended by a zero byte when data is not NULL.
 */
typedef struct tdm__text {
    const tdm_allocator *allocator;
    char *data;
    size_t length;
    size_t capacity;
    bool failed;
} tdm__text;

void tdm__text_init(tdm__text *text, const tdm_allocator *allocator);
void tdm__text_free(tdm__text *text);
void tdm__text_clear(tdm__text *text);
/* Makes it longer by `length` bytes, which the caller then writes; NULL: no memory, and it has failed. */
char *tdm__text_room(tdm__text *text, size_t length);
void tdm__text_bytes(tdm__text *text, const char *bytes, size_t length);
void tdm__text_add(tdm__text *text, tdm_str bytes);
void tdm__text_puts(tdm__text *text, const char *zero_ended);
void tdm__text_char(tdm__text *text, char c);
void tdm__text_int(tdm__text *text, int64_t number); /* decimal, locale-free */
/* printf for our own formats; no floating point and no locale-dependent flag may stand in them. */
void tdm__text_printf(tdm__text *text, const char *format, ...) TDM_PRINTF(2, 3);
tdm_str tdm__text_str(const tdm__text *text);

/* Whether both ends are letters, figures or marks of ASCII, so that there is nothing to trim. */
static inline bool tdm__str_has_plain_ends(tdm_str text)
{
    return text.length > 0 && text.data[0] > ' ' && text.data[0] < '\x7f' &&
           text.data[text.length - 1] > ' ' && text.data[text.length - 1] < '\x7f';
}

/* Eight bytes, little-endian, so that the same bytes give the same number on every machine. */
static inline uint64_t tdm__load64(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
           (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}

static inline uint64_t tdm__load32(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24;
}

/* The first and the last bytes of a string. Of one this long or shorter they and its length say which it is.
 */
#define TDM__ENDS_SAY_ALL 16
static inline void tdm__str_ends(uint64_t ends[2], tdm_str text)
{
    const char *at = text.data;
    size_t length = text.length;
    ends[0] = ends[1] = 0;
    if (length >= 8) {
        ends[0] = tdm__load64(at);
        ends[1] = tdm__load64(at + length - 8);
    } else if (length >= 4) {
        ends[0] = tdm__load32(at);
        ends[1] = tdm__load32(at + length - 4);
    } else if (length > 0) {
        ends[0] = (uint64_t)(unsigned char)at[0] | (uint64_t)(unsigned char)at[length / 2] << 8 |
                  (uint64_t)(unsigned char)at[length - 1] << 16;
    }
}

/* A sink that appends to the text; the text must stay where it is meanwhile. */
tdm_sink tdm__text_sink(tdm__text *text);
/* Sends all to the sink. */
tdm_status tdm__sink_write(tdm_sink sink, tdm_str bytes);

/* Whether the bytes are valid UTF-8 (no surrogates, nothing over U+10FFFF, nothing overlong).
 * *bad_at is the offset of the first byte that is not, or the length. */
bool tdm__utf8_valid(tdm_str text, size_t *bad_at);
/* Next code point, *at moved behind it. The text must be valid and *at < length. */
uint32_t tdm__utf8_next(tdm_str text, size_t *at);
void tdm__utf8_put(tdm__text *out, uint32_t code_point);
/* Windows-1252 to UTF-8. false at the five bytes that have no meaning there; *bad_at says where. */
bool tdm__windows_1252_to_utf8(tdm__text *out, tdm_str bytes, size_t *bad_at);
/* Trimmed, inner white space single, NFC and case-folded: what "the same word" means in maps. */
tdm_status tdm__fold(tdm__text *out, tdm_str text);

#endif
