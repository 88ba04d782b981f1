/*
 * Tokens as text and digest, forms of a session, and how long a token lives.
 */
#include <string.h>

#include "guard/suites.h"
#include "guard/token.h"
#include "guard/vectors.h"

#define LETTERS "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

static tdm__token counted_token(tdm__token_kind kind)
{
    tdm__token token = {.kind = kind};
    tdm__digest bytes = counted_bytes(0);
    memcpy(token.secret, bytes.bytes, sizeof token.secret);
    return token;
}

/* parts([b"tidemark token 1", prefix, bytes(range(32))]); the form: base64url of
 * parts([b"tidemark form 1"], key=bytes(range(32))). */
START_TEST(texts_and_digests_are_those_of_another_program)
{
    char text[TDM__TOKEN_SIZE], form[TDM__BASE64_LETTERS + 1];
    tdm__digest digest;
    tdm__token bearer = counted_token(TDM__TOKEN_BEARER), session = counted_token(TDM__TOKEN_SESSION);
    tdm__token_write(text, &bearer);
    ck_assert_str_eq(text, "tdmt_" LETTERS);
    tdm__token_write(text, &session);
    ck_assert_str_eq(text, "tdms_" LETTERS);
    tdm__token_digest(&digest, &bearer);
    assert_hex(digest.bytes, 32, "d4d4d973dddb738f16e0ef6b64c2978404abe47464d1c9cacdc3a43f565c5218");
    ck_assert(tdm__token_fits(&bearer, &digest));
    ck_assert(!tdm__token_fits(&session, &digest));
    tdm__token_digest(&digest, &session);
    assert_hex(digest.bytes, 32, "2010311365950c60ab06c5309e7bf16e62349bf1719cef0ce89c68daea697715");
    tdm__token_form(form, &session);
    ck_assert_str_eq(form, "WECOQeU1IvXZ9UMRjAOMQxlkpk0JCIPArOQBv0i4NJ0");
}
END_TEST

START_TEST(new_tokens_come_back)
{
    tdm__token token, again, other;
    char text[TDM__TOKEN_SIZE];
    for (int kind = 0; kind < TDM__TOKEN_KINDS; kind++) {
        ck_assert_int_eq(tdm__token_new(&token, (tdm__token_kind)kind), TDM_OK);
        ck_assert_int_eq(tdm__token_new(&other, (tdm__token_kind)kind), TDM_OK);
        ck_assert(memcmp(token.secret, other.secret, sizeof token.secret) != 0);
        tdm__token_write(text, &token);
        ck_assert_uint_eq(strlen(text), TDM__TOKEN_LENGTH);
        ck_assert(tdm__token_read(&again, tdm__str(text)));
        ck_assert_int_eq(again.kind, kind);
        ck_assert(memcmp(token.secret, again.secret, sizeof token.secret) == 0);
    }
    ck_assert_int_eq(tdm__token_new(&token, TDM__TOKEN_KINDS), TDM_INVALID_ARG);
}
END_TEST

START_TEST(other_forms_are_refused)
{
    static const char *const wrong[] = {
        "",
        "tdmt_",
        LETTERS,
        "tdmx_" LETTERS,
        "TDMT_" LETTERS,
        " tdmt_" LETTERS,
        "tdmt_" LETTERS " ",
        "tdmt_" LETTERS "=",
        "tdmt_" LETTERS "A",
        "tdmt_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh",
        /* The last letter has two bits too many: 9 would be the same bytes. */
        "tdmt_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9",
        "tdmt_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdH+8",
        "tdmt_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdH/8",
        "tdmt_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdH\n8",
        /* A byte that libsodium takes for a letter. */
        "tdms_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBk\346GxwdHh8",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        tdm__token token = counted_token(TDM__TOKEN_LOGIN);
        ck_assert_msg(!tdm__token_read(&token, tdm__str(wrong[i])), "%s", wrong[i]);
        for (size_t b = 0; b < sizeof token.secret; b++)
            ck_assert_uint_eq(token.secret[b], 0);
    }
}
END_TEST

START_TEST(each_bit_of_a_form_counts)
{
    char form[TDM__BASE64_LETTERS + 1];
    tdm__token session = counted_token(TDM__TOKEN_SESSION), other = session;
    other.secret[31] ^= 1;
    tdm__token_form(form, &session);
    ck_assert(tdm__token_form_is(&session, tdm__str(form)));
    ck_assert(!tdm__token_form_is(&other, tdm__str(form)));
    ck_assert(!tdm__token_form_is(&session, TDM_LIT("")));
    ck_assert(!tdm__token_form_is(&session, TDM_LIT(LETTERS)));
    ck_assert(!tdm__token_form_is(&session, (tdm_str){form, TDM__BASE64_LETTERS - 1}));
    for (size_t i = 0; i < TDM__BASE64_LETTERS; i++) {
        form[i] ^= 1;
        ck_assert(!tdm__token_form_is(&session, tdm__str(form)));
        form[i] ^= 1;
    }
}
END_TEST

START_TEST(lives_end)
{
    static const struct {
        tdm__token_life life; /* made, expires, used, idle, ended */
        int64_t now;
        const char *expected;
    } rows[] = {
        {{1000, 2000, 0, 0, 0}, 1000, "live"},
        {{1000, 2000, 0, 0, 0}, 1999, "live"},
        {{1000, 2000, 0, 0, 0}, 2000, "expired"},
        {{1000, 2000, 0, 0, 0}, INT64_MAX, "expired"},
        {{1000, 0, 0, 0, 0}, 1000, "expired"},
        {{1000, 2000, 0, 0, 1500}, 1400, "ended"},
        {{1000, 2000, 0, 0, 1500}, 3000, "ended"},
        {{1000, 9000, 0, 900, 0}, 1899, "live"},
        {{1000, 9000, 0, 900, 0}, 1900, "idle"},
        {{1000, 9000, 1800, 900, 0}, 2699, "live"},
        {{1000, 9000, 1800, 900, 0}, 2700, "idle"},
        /* The clock was put back by a minute, and by more. */
        {{1000, 9000, 0, 900, 0}, 940, "live"},
        {{1000, 9000, 0, 900, 0}, 939, "early"},
        {{1000, 9000, 0, 900, 0}, INT64_MIN, "early"},
        {{0}, 0, "expired"},
        {{INT64_MIN, INT64_MAX, 0, 900, 0}, 899, "live"},
        {{INT64_MIN, INT64_MAX, INT64_MIN, 900, 0}, INT64_MAX - 1, "idle"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *name = tdm__token_state_name(tdm__token_state_at(&rows[i].life, rows[i].now));
        ck_assert_msg(strcmp(name, rows[i].expected) == 0, "row %zu: %s", i, name);
    }
}
END_TEST

Suite *token_suite(void)
{
    Suite *suite = suite_create("token");
    TCase *cases = tcase_create("token");
    tcase_add_test(cases, texts_and_digests_are_those_of_another_program);
    tcase_add_test(cases, new_tokens_come_back);
    tcase_add_test(cases, other_forms_are_refused);
    tcase_add_test(cases, each_bit_of_a_form_counts);
    tcase_add_test(cases, lives_end);
    suite_add_tcase(suite, cases);
    return suite;
}
