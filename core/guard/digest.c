/*
 * Keyed BLAKE2b over parts, random bytes, and bytes as letters, by libsodium.
 */
#include "guard/digest.h"

#include <sodium.h>
#include <string.h>

tdm_str tdm__number_part(unsigned char bytes[8], int64_t number)
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i) & 0xFF);
    return (tdm_str){(const char *)bytes, 8};
}

void tdm__digest_parts(unsigned char *out, size_t length, const tdm__digest *key, const tdm_str *parts,
                       size_t count)
{
    crypto_generichash_state state;
    unsigned char number[8];
    /* Not started, libsodium hashes all the same, only slower. */
    int is_started = sodium_init();
    (void)is_started;
    crypto_generichash_init(&state, key ? key->bytes : NULL, key ? TDM__DIGEST_BYTES : 0, length);
    for (size_t i = 0; i < count; i++) {
        tdm__number_part(number, (int64_t)parts[i].length);
        crypto_generichash_update(&state, number, sizeof number);
        crypto_generichash_update(&state, (const unsigned char *)parts[i].data, parts[i].length);
    }
    crypto_generichash_final(&state, out, length);
    sodium_memzero(&state, sizeof state);
}

bool tdm__same_bytes(const void *a, const void *b, size_t length)
{
    return sodium_memcmp(a, b, length) == 0;
}

bool tdm__digest_equal(const tdm__digest *a, const tdm__digest *b)
{
    return tdm__same_bytes(a->bytes, b->bytes, TDM__DIGEST_BYTES);
}

tdm_status tdm__random_bytes(void *out, size_t length)
{
    memset(out, 0, length);
    if (sodium_init() < 0)
        return TDM_INTERNAL;
    randombytes_buf(out, length);
    return TDM_OK;
}

void tdm__hex(char *out, const unsigned char *bytes, size_t length)
{
    sodium_bin2hex(out, 2 * length + 1, bytes, length);
}

bool tdm__unhex(unsigned char *out, size_t length, tdm_str text)
{
    size_t found = 0;
    memset(out, 0, length);
    bool is_plain = text.length == 2 * length;
    for (size_t i = 0; i < text.length && is_plain; i++)
        is_plain = (text.data[i] >= '0' && text.data[i] <= '9') ||
                   (text.data[i] >= 'a' && text.data[i] <= 'f');
    return is_plain && sodium_hex2bin(out, length, text.data, text.length, NULL, &found, NULL) == 0 &&
           found == length;
}

void tdm__base64(char out[TDM__BASE64_LETTERS + 1], const unsigned char bytes[TDM__DIGEST_BYTES])
{
    sodium_bin2base64(out, TDM__BASE64_LETTERS + 1, bytes, TDM__DIGEST_BYTES,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* libsodium takes some bytes beyond ASCII for letters: what does not come back the same was none of ours. */
static bool comes_back(const unsigned char bytes[TDM__DIGEST_BYTES], tdm_str text)
{
    char again[TDM__BASE64_LETTERS + 1];
    tdm__base64(again, bytes);
    bool is_same = tdm__same_bytes(again, text.data, TDM__BASE64_LETTERS);
    sodium_memzero(again, sizeof again);
    return is_same;
}

bool tdm__unbase64(unsigned char out[TDM__DIGEST_BYTES], tdm_str text)
{
    size_t found = 0;
    memset(out, 0, TDM__DIGEST_BYTES);
    if (text.length != TDM__BASE64_LETTERS)
        return false;
    if (sodium_base642bin(out, TDM__DIGEST_BYTES, text.data, text.length, NULL, &found, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
        found == TDM__DIGEST_BYTES && comes_back(out, text))
        return true;
    memset(out, 0, TDM__DIGEST_BYTES);
    return false;
}
