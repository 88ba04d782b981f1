/*
 * Any bytes as what a request, a file or a row of a store may hold of secrets: a token, a form's token,
 * grants, the head of a chain, a stored hash, a ring of keys, a closed page. What is read is written to the
 * same bytes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "guard/chain.h"
#include "guard/cipher.h"
#include "guard/password.h"
#include "guard/rights.h"
#include "guard/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
    if (!holds)
        abort();
}

static void try_token(tdm_str bytes)
{
    tdm__token token;
    char text[TDM__TOKEN_SIZE];
    if (tdm__token_read(&token, bytes)) {
        tdm__token_write(text, &token);
        expect(tdm__str_equal(tdm__str(text), bytes));
    }
    expect(!tdm__token_form_is(&token, bytes) || bytes.length == TDM__BASE64_LETTERS);
}

static void try_head(tdm_str bytes)
{
    tdm__chain_head head;
    char text[TDM__CHAIN_HEAD_SIZE];
    if (tdm__chain_head_read(&head, bytes)) {
        tdm__chain_head_write(text, &head);
        expect(tdm__str_equal(tdm__str(text), bytes));
    }
}

static void try_grants(tdm_str bytes)
{
    tdm__grant_set grants, again;
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    if (tdm__grants_read(&grants, bytes)) {
        tdm__grants_write(&text, grants);
        expect(tdm__grants_read(&again, tdm__text_str(&text)) && again == grants);
    }
    expect(!tdm__reason_counts(bytes) || bytes.length >= 10);
    tdm__text_free(&text);
}

/* The password is too long to be anybody's: only the form of the hash is looked at, nothing is worked out. */
static void try_hash(tdm_str bytes)
{
    static char longest[TDM__PASSWORD_MAX_BYTES + 1];
    tdm__password_answer answer;
    tdm_error error = {0};
    tdm_status status = tdm__password_verify(&answer, bytes, (tdm_str){longest, sizeof longest},
                                             TDM__PASSWORD_LEAST, &error);
    expect((status == TDM_OK || status == TDM_INVALID_INPUT) && !answer.is_right);
    expect(tdm__password_may_be(bytes, TDM_LIT("anna"), &error) != TDM_OK || bytes.length >= 12);
}

static void try_ring(tdm_str bytes)
{
    tdm__ring *ring;
    tdm__secret text;
    tdm_error error = {0};
    tdm_status status = tdm__ring_read(&ring, &tdm__malloc_allocator, bytes, TDM_LIT("correct horse"),
                                       TDM_LIT("input"), &error);
    if (status == TDM_OK && !tdm__looks_sealed(bytes)) {
        expect(tdm__ring_write(&text, ring, &tdm__malloc_allocator) == TDM_OK);
        expect(tdm__str_equal(tdm__secret_str(&text), bytes));
        tdm__secret_free(&text);
    }
    expect(status == TDM_OK || error.message[0] != '\0');
    tdm__ring_free(ring);
}

/* Key 3 of the tests, which closed one page of the corpus. */
static const tdm__ring *corpus_ring(void)
{
    static tdm__ring *ring;
    const tdm_str text = TDM_LIT(
        "tidemark-keys 1 1\n3 1700000000 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f "
        "0c5f86fe9a234275\n");
    if (!ring)
        expect(tdm__ring_read(&ring, &tdm__malloc_allocator, text, TDM_LIT(""), TDM_LIT("ring"), NULL) ==
               TDM_OK);
    return ring;
}

/* None but the page that the key closed may open. */
static void try_page(tdm_str bytes)
{
    const tdm__page_place place = {TDM_LIT("child_page"), TDM_LIT("p-17"), 2};
    tdm__secret plain;
    tdm_error error = {0};
    if (tdm__page_open(&plain, &tdm__malloc_allocator, corpus_ring(), place, bytes, &error) == TDM_OK)
        expect(tdm__str_equal(tdm__secret_str(&plain), TDM_LIT("An invented name")));
    tdm__secret_free(&plain);
    expect(tdm__page_key_number(bytes) == 0 || bytes.length >= TDM__PAGE_FRAME_BYTES);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tdm_str bytes = {(const char *)data, size};
    try_token(bytes);
    try_head(bytes);
    try_grants(bytes);
    try_hash(bytes);
    try_ring(bytes);
    try_page(bytes);
    return 0;
}
