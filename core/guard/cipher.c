/*
 * Pages and the blind index. Layout of a closed page, numbers with the lowest byte first:
 *   1 version, 4 number of the key, 8 its fingerprint, 24 nonce           (authenticated, with the place)
 *   the filled-up bytes with their tag of 16, then 16 bytes BLAKE2b of all that stands before.
 * Filling: one byte 0x80, then zero bytes (ISO/IEC 7816-4).
 */
#include "guard/cipher.h"

#include <sodium.h>
#include <string.h>

enum {
    VERSION = 1,
    NUMBER_AT = 1,
    FINGERPRINT_AT = NUMBER_AT + 4,
    NONCE_AT = FINGERPRINT_AT + TDM__FINGERPRINT_BYTES,
    HEADER_BYTES = NONCE_AT + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    CHECKSUM_BYTES = 16,
    FRAME_BYTES = HEADER_BYTES + TAG_BYTES + CHECKSUM_BYTES
};

_Static_assert(FRAME_BYTES == TDM__PAGE_FRAME_BYTES, "what the header says");
_Static_assert(TDM__DIGEST_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "a digest is a key");

static void checksum(unsigned char out[CHECKSUM_BYTES], const unsigned char *frame, size_t size)
{
    const tdm_str parts[] = {TDM_LIT("tidemark page check 1"), {(const char *)frame, size - CHECKSUM_BYTES}};
    tdm__digest_parts(out, CHECKSUM_BYTES, NULL, parts, 2);
}

/* What a page is authenticated with: one digest of its place and its header stands for both. */
static void bind_place(tdm__digest *out, tdm__page_place place, const unsigned char *frame)
{
    unsigned char version[8];
    const tdm_str parts[] = {TDM_LIT("tidemark page place 1"),
                             place.table,
                             place.page,
                             tdm__number_part(version, place.version),
                             {(const char *)frame, HEADER_BYTES}};
    tdm__digest_parts(out->bytes, sizeof out->bytes, NULL, parts, 5);
}

static uint32_t number_in(const unsigned char *frame)
{
    uint32_t number = 0;
    for (int i = 3; i >= 0; i--)
        number = number << 8 | frame[NUMBER_AT + i];
    return number;
}

/* --- closing --- */

static void write_header(unsigned char *frame, const tdm__ring_key *key)
{
    frame[0] = VERSION;
    for (int i = 0; i < 4; i++)
        frame[NUMBER_AT + i] = (unsigned char)(key->number >> (8 * i) & 0xFF);
    memcpy(frame + FINGERPRINT_AT, key->fingerprint, TDM__FINGERPRINT_BYTES);
    randombytes_buf(frame + NONCE_AT, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
}

static size_t padded_length(size_t length)
{
    return (length / TDM__PAGE_PADDING_BYTES + 1) * TDM__PAGE_PADDING_BYTES;
}

/* The plain bytes are filled up where they are to be closed, so that no copy of them is left. */
static void close_frame(unsigned char *frame, size_t size, tdm_str plain, const tdm__digest *key,
                        tdm__page_place place)
{
    tdm__digest bound;
    unsigned char *body = frame + HEADER_BYTES;
    size_t padded = size - FRAME_BYTES;
    unsigned long long length;
    if (plain.length > 0)
        memcpy(body, plain.data, plain.length);
    memset(body + plain.length, 0, padded - plain.length);
    body[plain.length] = 0x80;
    bind_place(&bound, place, frame);
    crypto_aead_xchacha20poly1305_ietf_encrypt(body, &length, body, padded, bound.bytes, sizeof bound.bytes,
                                               NULL, frame + NONCE_AT, key->bytes);
    checksum(frame + size - CHECKSUM_BYTES, frame, size);
}

tdm_status tdm__page_close(tdm__text *out, const tdm__ring *ring, tdm__page_place place, tdm_str plain,
                           tdm_error *error)
{
    tdm__ring_key shown;
    tdm__digest key;
    tdm__text_clear(out);
    if (!tdm__ring_find(&shown, ring, tdm__ring_newest(ring)) ||
        tdm__ring_page_key(&key, ring, shown.number, place.page) != TDM_OK)
        return tdm__fail(error, TDM_INVALID_ARG, "the ring has no key to close a page with");
    if (plain.length > TDM__PAGE_MAX_BYTES)
        return tdm__fail(error, TDM_TOO_LARGE, "a page holds at most %u bytes", TDM__PAGE_MAX_BYTES);
    if (sodium_init() < 0)
        return tdm__fail(error, TDM_INTERNAL, "libsodium could not be started");
    size_t size = padded_length(plain.length) + FRAME_BYTES;
    unsigned char *frame = tdm__alloc(out->allocator, size);
    if (frame) {
        write_header(frame, &shown);
        close_frame(frame, size, plain, &key, place);
        tdm__text_bytes(out, (const char *)frame, size);
    }
    tdm__wipe(&key, sizeof key);
    tdm__free(out->allocator, frame);
    return !frame || out->failed ? tdm__no_memory(error) : TDM_OK;
}

/* --- opening --- */

uint32_t tdm__page_key_number(tdm_str closed)
{
    bool is_page = closed.length >= FRAME_BYTES && (unsigned char)closed.data[0] == VERSION;
    return is_page ? number_in((const unsigned char *)closed.data) : 0;
}

bool tdm__page_is_whole(tdm_str closed)
{
    const unsigned char *frame = (const unsigned char *)closed.data;
    unsigned char sum[CHECKSUM_BYTES];
    if (closed.length < FRAME_BYTES + TDM__PAGE_PADDING_BYTES ||
        (closed.length - FRAME_BYTES) % TDM__PAGE_PADDING_BYTES != 0)
        return false;
    checksum(sum, frame, closed.length);
    return memcmp(sum, frame + closed.length - CHECKSUM_BYTES, CHECKSUM_BYTES) == 0;
}

/* All that can be said without opening. */
static tdm_status look_at_frame(const tdm__ring *ring, tdm_str closed, tdm_error *error)
{
    const unsigned char *frame = (const unsigned char *)closed.data;
    tdm__ring_key key;
    if (closed.length > 0 && frame[0] > VERSION)
        return tdm__fail(error, TDM_NEWER, "a closed page was made by a newer version");
    if (!tdm__page_is_whole(closed))
        return tdm__fail(error, TDM_INVALID_INPUT, "a closed page is damaged or cut off");
    if (frame[0] != VERSION)
        return tdm__fail(error, TDM_INVALID_INPUT,
                         "a closed page has a form that no version of Tidemark writes");
    if (!tdm__ring_find(&key, ring, number_in(frame)))
        return tdm__fail(error, TDM_NOT_FOUND, "a page was closed with key %u, which is not in the ring",
                         (unsigned)number_in(frame));
    if (memcmp(key.fingerprint, frame + FINGERPRINT_AT, TDM__FINGERPRINT_BYTES) != 0)
        return tdm__fail(error, TDM_CONFLICT, "a page was closed with another key %u than that of the ring",
                         (unsigned)key.number);
    return TDM_OK;
}

/* Where the filling begins; false when there is none. */
static bool unpad(size_t *length, const unsigned char *padded, size_t size)
{
    return sodium_unpad(length, padded, size, TDM__PAGE_PADDING_BYTES) == 0;
}

static tdm_status open_frame(tdm__secret *out, tdm_str closed, const tdm__digest *key, tdm__page_place place)
{
    const unsigned char *frame = (const unsigned char *)closed.data;
    unsigned char *body = (unsigned char *)out->data;
    unsigned long long padded = 0;
    tdm__digest bound;
    bind_place(&bound, place, frame);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(body, &padded, NULL, frame + HEADER_BYTES,
                                                   closed.length - HEADER_BYTES - CHECKSUM_BYTES, bound.bytes,
                                                   sizeof bound.bytes, frame + NONCE_AT, key->bytes) != 0 ||
        !unpad(&out->length, body, (size_t)padded))
        return TDM_INVALID_INPUT;
    memset(body + out->length, 0, (size_t)padded - out->length);
    return TDM_OK;
}

tdm_status tdm__page_open(tdm__secret *out, const tdm_allocator *allocator, const tdm__ring *ring,
                          tdm__page_place place, tdm_str closed, tdm_error *error)
{
    tdm__digest key;
    *out = (tdm__secret){allocator, NULL, 0};
    if (sodium_init() < 0)
        return tdm__fail(error, TDM_INTERNAL, "libsodium could not be started");
    tdm_status status = look_at_frame(ring, closed, error);
    if (status != TDM_OK)
        return status;
    size_t padded = closed.length - FRAME_BYTES;
    out->data = tdm__alloc_zeroed(allocator, padded + 1, 1);
    if (!out->data)
        return tdm__no_memory(error);
    out->length = padded;
    status = tdm__ring_page_key(&key, ring, number_in((const unsigned char *)closed.data), place.page);
    if (status == TDM_OK)
        status = open_frame(out, closed, &key, place);
    tdm__wipe(&key, sizeof key);
    if (status == TDM_OK)
        return TDM_OK;
    tdm__secret_free(out);
    return tdm__fail(
        error, status,
        "a closed page is whole but does not belong here: it was moved from another place, child "
        "or version, or forged");
}

/* --- the blind index --- */

/* Bytes of the space at the front of the text: 0 where there is none. */
static size_t space_length(tdm_str text)
{
    static const char no_break[] = "\xC2\xA0";
    if (text.data[0] == ' ' || (text.data[0] >= '\t' && text.data[0] <= '\r'))
        return 1;
    return tdm__str_starts(text, tdm__str(no_break)) ? 2 : 0;
}

static bool normalise(char out[TDM__IDENTIFIER_BYTES_MAX], size_t *length, tdm_str identifier)
{
    *length = 0;
    while (identifier.length > 0) {
        size_t space = space_length(identifier), step = space > 0 ? space : 1;
        char c = identifier.data[0];
        if (space == 0 && *length == TDM__IDENTIFIER_BYTES_MAX)
            return false;
        if (space == 0)
            out[(*length)++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        identifier = (tdm_str){identifier.data + step, identifier.length - step};
    }
    return *length > 0;
}

bool tdm__blind_index(tdm__blind *out, const tdm__digest *key, tdm_str kind, tdm_str identifier)
{
    char letters[TDM__IDENTIFIER_BYTES_MAX];
    size_t length;
    *out = (tdm__blind){{0}};
    bool has_letters = normalise(letters, &length, identifier);
    if (has_letters) {
        const tdm_str parts[] = {TDM_LIT("tidemark blind 1"), kind, {letters, length}};
        tdm__digest_parts(out->bytes, sizeof out->bytes, key, parts, 3);
    }
    tdm__wipe(letters, sizeof letters);
    return has_letters;
}
