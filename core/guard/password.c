/*
 * Argon2id by libsodium. The hash's own form is read here before libsodium sees it, so that nothing dearer
 * than MODERATE is worked out and want of memory is told from a wrong password.
 */
#include "guard/password.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "guard/seal.h"

typedef struct cost_limits {
    uint64_t passes;
    size_t memory_bytes;
} cost_limits;

static const cost_limits costs[] = {
    [TDM__PASSWORD_MODERATE] = {crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE},
    [TDM__PASSWORD_INTERACTIVE] = {crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE},
    [TDM__PASSWORD_LEAST] = {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN},
};

#define COST_COUNT (sizeof costs / sizeof *costs)

/* Base64 letters of libsodium's 16 bytes of salt and 32 of hash. */
enum { SALT_LETTERS = 22, HASH_LETTERS = 43 };

/* --- new ones --- */

static size_t character_count(tdm_str text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.length; count++)
        (void)tdm__utf8_next(text, &at);
    return count;
}

static unsigned char small_letter(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool same_word(tdm_str a, tdm_str b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (small_letter(a.data[i]) != small_letter(b.data[i]))
            return false;
    return true;
}

tdm_status tdm__password_may_be(tdm_str password, tdm_str account, tdm_error *error)
{
    size_t bad_at;
    if (password.length > TDM__PASSWORD_MAX_BYTES)
        return tdm__fail(error, TDM_INVALID_INPUT, "expected a password of at most %d bytes",
                         TDM__PASSWORD_MAX_BYTES);
    if (!tdm__utf8_valid(password, &bad_at))
        return tdm__fail(error, TDM_ENCODING, "expected a password in UTF-8");
    if (character_count(password) < TDM__PASSWORD_MIN_CHARACTERS)
        return tdm__fail(error, TDM_INVALID_INPUT, "expected a password of %d characters or more",
                         TDM__PASSWORD_MIN_CHARACTERS);
    if (same_word(tdm__str_trimmed(password), tdm__str_trimmed(account)))
        return tdm__fail(error, TDM_INVALID_INPUT, "expected a password that is not the name of the account");
    return TDM_OK;
}

/* --- hashing --- */

static tdm_status start(tdm__password_cost cost, tdm_error *error)
{
    if ((size_t)cost >= COST_COUNT)
        return tdm__fail(error, TDM_INVALID_ARG, "the cost of a password is out of its range");
    if (sodium_init() < 0)
        return tdm__fail(error, TDM_INTERNAL, "libsodium could not be started");
    return TDM_OK;
}

tdm_status tdm__password_hash(char out[TDM__PASSWORD_HASH_SIZE], tdm_str password, tdm__password_cost cost,
                              tdm_error *error)
{
    _Static_assert(TDM__PASSWORD_HASH_SIZE == crypto_pwhash_STRBYTES, "the size that libsodium writes");
    memset(out, 0, TDM__PASSWORD_HASH_SIZE);
    if (password.length > TDM__PASSWORD_MAX_BYTES)
        return tdm__fail(error, TDM_INVALID_ARG, "expected a password of at most %d bytes",
                         TDM__PASSWORD_MAX_BYTES);
    tdm_status status = start(cost, error);
    if (status != TDM_OK)
        return status;
    /* All arguments are in range: what is left is want of memory. */
    if (crypto_pwhash_str_alg(out, password.length > 0 ? password.data : "", password.length,
                              costs[cost].passes, costs[cost].memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) == 0)
        return TDM_OK;
    memset(out, 0, TDM__PASSWORD_HASH_SIZE);
    return tdm__no_memory(error);
}

/* --- looking at a stored one --- */

static bool is_base64(tdm_str text, size_t letters)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '0' && c <= '9') && c != '+' && c != '/')
            return false;
    }
    return text.length == letters;
}

/* "m=65536" with the letter m; the numbers are libsodium's, without sign. */
static bool read_setting(int64_t *out, tdm_str text, char letter)
{
    *out = 0;
    return text.length > 2 && text.data[0] == letter && text.data[1] == '=' && text.data[2] >= '1' &&
           text.data[2] <= '9' && tdm__str_to_int64(out, (tdm_str){text.data + 2, text.length - 2});
}

static bool is_affordable(tdm_str settings)
{
    int64_t memory_kib, passes, lanes;
    tdm_str memory_text = tdm__str_split(&settings, ','), passes_text = tdm__str_split(&settings, ',');
    return read_setting(&memory_kib, memory_text, 'm') && read_setting(&passes, passes_text, 't') &&
           read_setting(&lanes, settings, 'p') && lanes == 1 &&
           memory_kib >= crypto_pwhash_MEMLIMIT_MIN / 1024 &&
           memory_kib <= (int64_t)(crypto_pwhash_MEMLIMIT_MODERATE / 1024) &&
           passes <= (int64_t)crypto_pwhash_OPSLIMIT_MODERATE;
}

static bool has_form_of_hash(tdm_str stored)
{
    const tdm_str prefix = TDM_LIT("$argon2id$v=19$");
    if (stored.length >= TDM__PASSWORD_HASH_SIZE || !tdm__str_starts(stored, prefix))
        return false;
    tdm_str rest = {stored.data + prefix.length, stored.length - prefix.length};
    tdm_str settings = tdm__str_split(&rest, '$'), salt = tdm__str_split(&rest, '$');
    return is_affordable(settings) && is_base64(salt, SALT_LETTERS) && is_base64(rest, HASH_LETTERS);
}

/* A hash that no password has, at the cost of a real one. */
static void write_nobodys_hash(char out[TDM__PASSWORD_HASH_SIZE], cost_limits cost)
{
    static const char none[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    snprintf(out, TDM__PASSWORD_HASH_SIZE, "$argon2id$v=19$m=%lu,t=%lu,p=1$%.*s$%.*s",
             (unsigned long)(cost.memory_bytes / 1024), (unsigned long)cost.passes, SALT_LETTERS, none,
             HASH_LETTERS, none);
}

/* libsodium sets EINVAL for a password that is not the one; every other failure of a hash whose form has been
 * looked at is want of memory. */
static tdm_status compare(bool *is_right, const char *hash, tdm_str password, tdm_error *error)
{
    errno = 0;
    *is_right = crypto_pwhash_str_verify(hash, password.length > 0 ? password.data : "", password.length) ==
                0;
    return *is_right || errno == EINVAL ? TDM_OK : tdm__no_memory(error);
}

tdm_status tdm__password_verify(tdm__password_answer *out, tdm_str stored, tdm_str password,
                                tdm__password_cost cost, tdm_error *error)
{
    char hash[TDM__PASSWORD_HASH_SIZE] = {0};
    bool is_right = false, is_nobody = stored.length == 0;
    *out = (tdm__password_answer){false, false};
    tdm_status status = start(cost, error);
    if (status != TDM_OK)
        return status;
    if (!is_nobody && !has_form_of_hash(stored))
        return tdm__fail(error, TDM_INVALID_INPUT, "the stored hash of a password does not have its form");
    /* Who sent so long a password knows that it is too long: the time tells nothing of the account. */
    if (password.length > TDM__PASSWORD_MAX_BYTES)
        return TDM_OK;
    if (is_nobody)
        write_nobodys_hash(hash, costs[cost]);
    else
        memcpy(hash, stored.data, stored.length);
    status = compare(&is_right, hash, password, error);
    out->is_right = is_right && !is_nobody;
    out->needs_rehash = out->is_right && crypto_pwhash_str_needs_rehash(hash, costs[cost].passes,
                                                                        costs[cost].memory_bytes) != 0;
    tdm__wipe(hash, sizeof hash);
    return status;
}
