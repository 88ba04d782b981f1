/*
 * Closing and opening. Layout, numbers with the lowest byte first:
 *   12 "TIDEMARK-KEY", 4 version, 8 passes, 8 bytes of memory, 16 salt, 24 nonce   (authenticated)
 *   the closed bytes with their tag, then 32 bytes BLAKE2b of all that stands before.
 */
#include "guard/seal.h"

#include <sodium.h>
#include <string.h>

static const char magic[] = "TIDEMARK-KEY";

enum {
    MAGIC_BYTES = sizeof magic - 1,
    VERSION = 1,
    VERSION_AT = MAGIC_BYTES,
    PASSES_AT = VERSION_AT + 4,
    MEMORY_AT = PASSES_AT + 8,
    SALT_AT = MEMORY_AT + 8,
    NONCE_AT = SALT_AT + crypto_pwhash_SALTBYTES,
    HEADER_BYTES = NONCE_AT + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    KEY_BYTES = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    CHECKSUM_BYTES = 32,
    FRAME_BYTES = HEADER_BYTES + TAG_BYTES + CHECKSUM_BYTES
};

tdm__seal_cost tdm__seal_cost_default(void)
{
    return (tdm__seal_cost){crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE};
}

tdm__seal_cost tdm__seal_cost_least(void)
{
    return (tdm__seal_cost){crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
}

void tdm__wipe(void *bytes, size_t length)
{
    if (bytes)
        sodium_memzero(bytes, length);
}

tdm_status tdm__secret_copy(tdm__secret *out, const tdm_allocator *allocator, tdm_str bytes)
{
    size_t size;
    *out = (tdm__secret){allocator, NULL, 0};
    if (!tdm__add_size(&size, bytes.length, 1) || !(out->data = tdm__alloc(allocator, size)))
        return TDM_NO_MEMORY;
    if (bytes.length > 0)
        memcpy(out->data, bytes.data, bytes.length);
    out->data[bytes.length] = '\0';
    out->length = bytes.length;
    return TDM_OK;
}

void tdm__secret_free(tdm__secret *secret)
{
    if (!secret->data)
        return;
    tdm__wipe(secret->data, secret->length);
    tdm__free(secret->allocator, secret->data);
    *secret = (tdm__secret){secret->allocator, NULL, 0};
}

tdm_str tdm__secret_str(const tdm__secret *secret)
{
    return (tdm_str){secret->data, secret->length};
}

static void put_number(unsigned char *out, uint64_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        out[i] = (unsigned char)(number >> (8 * i) & 0xFF);
}

static uint64_t get_number(const unsigned char *from, int bytes)
{
    uint64_t number = 0;
    for (int i = bytes - 1; i >= 0; i--)
        number = number << 8 | from[i];
    return number;
}

static bool is_cost(tdm__seal_cost cost)
{
    return cost.passes >= crypto_pwhash_OPSLIMIT_MIN && cost.passes <= crypto_pwhash_OPSLIMIT_MODERATE &&
           cost.memory_bytes >= crypto_pwhash_MEMLIMIT_MIN &&
           cost.memory_bytes <= crypto_pwhash_MEMLIMIT_MODERATE;
}

/* libsodium refuses for want of memory only: the costs have been looked at. */
static bool derive(unsigned char key[KEY_BYTES], const unsigned char *header, tdm_str passphrase)
{
    return crypto_pwhash(key, KEY_BYTES, passphrase.data, passphrase.length, header + SALT_AT,
                         get_number(header + PASSES_AT, 8), (size_t)get_number(header + MEMORY_AT, 8),
                         crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static void checksum(unsigned char out[CHECKSUM_BYTES], const unsigned char *bytes, size_t length)
{
    crypto_generichash(out, CHECKSUM_BYTES, bytes, length, NULL, 0);
}

static void write_header(unsigned char *header, tdm__seal_cost cost)
{
    memcpy(header, magic, MAGIC_BYTES);
    put_number(header + VERSION_AT, VERSION, 4);
    put_number(header + PASSES_AT, cost.passes, 8);
    put_number(header + MEMORY_AT, cost.memory_bytes, 8);
    randombytes_buf(header + SALT_AT, HEADER_BYTES - SALT_AT);
}

static tdm_status close_bytes(unsigned char *frame, size_t size, tdm_str plain, tdm_str passphrase)
{
    unsigned char key[KEY_BYTES];
    unsigned long long length;
    const unsigned char *bytes = (const unsigned char *)plain.data;
    if (!derive(key, frame, passphrase))
        return TDM_NO_MEMORY;
    crypto_aead_xchacha20poly1305_ietf_encrypt(frame + HEADER_BYTES, &length, bytes, plain.length, frame,
                                               HEADER_BYTES, NULL, frame + NONCE_AT, key);
    tdm__wipe(key, sizeof key);
    checksum(frame + size - CHECKSUM_BYTES, frame, size - CHECKSUM_BYTES);
    return TDM_OK;
}

tdm_status tdm__seal(tdm__text *out, tdm_str plain, tdm_str passphrase, tdm__seal_cost cost, tdm_error *error)
{
    size_t size;
    tdm__text_clear(out);
    if (passphrase.length < TDM__PASSPHRASE_MIN || passphrase.length > TDM__PASSPHRASE_MAX)
        return tdm__fail(error, TDM_INVALID_ARG, "the passphrase of a key has %d to %d bytes",
                         TDM__PASSPHRASE_MIN, TDM__PASSPHRASE_MAX);
    if (!is_cost(cost))
        return tdm__fail(error, TDM_INVALID_ARG, "the cost of a guess is out of its range");
    if (sodium_init() < 0)
        return tdm__fail(error, TDM_INTERNAL, "libsodium could not be started");
    if (!tdm__add_size(&size, plain.length, FRAME_BYTES))
        return tdm__no_memory(error);
    unsigned char *frame = tdm__alloc(out->allocator, size);
    if (!frame)
        return tdm__no_memory(error);
    write_header(frame, cost);
    tdm_status status = close_bytes(frame, size, plain, passphrase);
    if (status == TDM_OK)
        tdm__text_bytes(out, (const char *)frame, size);
    tdm__free(out->allocator, frame);
    return status != TDM_OK || out->failed ? tdm__no_memory(error) : TDM_OK;
}

bool tdm__looks_sealed(tdm_str bytes)
{
    return tdm__str_starts(bytes, (tdm_str){magic, MAGIC_BYTES});
}

/* All that can be said without the passphrase. */
static tdm_status look_at_frame(tdm_str sealed, tdm_place place, tdm_error *error)
{
    unsigned char sum[CHECKSUM_BYTES];
    const unsigned char *frame = (const unsigned char *)sealed.data;
    if (!tdm__looks_sealed(sealed))
        return tdm__fail_at(error, TDM_UNSUPPORTED, place, "expected a key file of Tidemark");
    if (sealed.length >= PASSES_AT && get_number(frame + VERSION_AT, 4) > VERSION)
        return tdm__fail_at(error, TDM_NEWER, place, "the key file was made by a newer version");
    if (sealed.length >= FRAME_BYTES)
        checksum(sum, frame, sealed.length - CHECKSUM_BYTES);
    if (sealed.length < FRAME_BYTES ||
        memcmp(sum, frame + sealed.length - CHECKSUM_BYTES, CHECKSUM_BYTES) != 0)
        return tdm__fail_at(error, TDM_INVALID_INPUT, place,
                            "the key file is damaged or cut off: take a copy of it; the passphrase was not "
                            "tried");
    tdm__seal_cost cost = {get_number(frame + PASSES_AT, 8), get_number(frame + MEMORY_AT, 8)};
    if (get_number(frame + VERSION_AT, 4) != VERSION || !is_cost(cost))
        return tdm__fail_at(error, TDM_INVALID_INPUT, place,
                            "the key file has a form that no version of Tidemark writes");
    return TDM_OK;
}

static tdm_status open_bytes(tdm__secret *out, const unsigned char *frame, size_t size, tdm_str passphrase)
{
    unsigned char key[KEY_BYTES];
    unsigned long long length = 0;
    if (!derive(key, frame, passphrase))
        return TDM_NO_MEMORY;
    int wrong = crypto_aead_xchacha20poly1305_ietf_decrypt(
        (unsigned char *)out->data, &length, NULL, frame + HEADER_BYTES, size - HEADER_BYTES - CHECKSUM_BYTES,
        frame, HEADER_BYTES, frame + NONCE_AT, key);
    tdm__wipe(key, sizeof key);
    return wrong ? TDM_CONFLICT : TDM_OK;
}

tdm_status tdm__unseal(tdm__secret *out, const tdm_allocator *allocator, tdm_str sealed, tdm_str passphrase,
                       tdm_str file, tdm_error *error)
{
    tdm_place place = {file, 0, 0};
    *out = (tdm__secret){allocator, NULL, 0};
    if (sodium_init() < 0)
        return tdm__fail(error, TDM_INTERNAL, "libsodium could not be started");
    tdm_status status = look_at_frame(sealed, place, error);
    if (status != TDM_OK)
        return status;
    out->length = sealed.length - FRAME_BYTES;
    out->data = tdm__alloc_zeroed(allocator, out->length + 1, 1);
    if (!out->data) {
        *out = (tdm__secret){allocator, NULL, 0};
        return tdm__no_memory(error);
    }
    status = open_bytes(out, (const unsigned char *)sealed.data, sealed.length, passphrase);
    if (status == TDM_OK)
        return TDM_OK;
    tdm__secret_free(out);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error)
                                   : tdm__fail_at(error, TDM_CONFLICT, place,
                                                  "the key file is whole, but this is not its passphrase");
}
