/*
 * Passwords: which may be, hashes of another program, and an account that there is not.
 */
#include <string.h>
#include <time.h>

#include "guard/password.h"
#include "guard/suites.h"
#include "support.h"

#define PASSWORD "an old grey heron"
/* Argon2id of OpenSSL 4.0 by cryptography 48: Argon2id(salt=bytes(range(16)), length=32, ...) */
#define SALT            "AAECAwQFBgcICQoLDA0ODw"
#define HASH_LEAST      "$argon2id$v=19$m=8,t=1,p=1$" SALT "$FMsfQWvWWfCRRcfBKaVAzg9wSOvCTAmXdJhLvST2eDU"
#define HASH_USUAL      "$argon2id$v=19$m=65536,t=2,p=1$" SALT "$uP4x2ktjpu8BIlM14ARNKPX8wGP1YvcslCYZjbkm87I"
#define HASH_TWO_LANES  "$argon2id$v=19$m=16,t=1,p=2$" SALT "$XlgwajwveWOPM4cRENSp5yLXr1crrxTee1F3V0dOIOk"
#define HASH_TOO_DEAR   "$argon2id$v=19$m=262145,t=1,p=1$" SALT "$cbgHk+nX+EMSFHEiofoZdJ9pOlVFws6/8O5oaFQgRXc"
#define HASH_OF_NOTHING "$argon2id$v=19$m=16,t=2,p=1$" SALT "$8VH6r3ehIakrqcJVFLeS9qHE7vEcj8w5IL04PT12ZUE"

static tdm__password_answer answer_of(const char *stored, const char *password, tdm__password_cost cost)
{
    tdm__password_answer answer;
    tdm_error error = {0};
    ck_assert_int_eq(tdm__password_verify(&answer, tdm__str(stored), tdm__str(password), cost, &error),
                     TDM_OK);
    return answer;
}

START_TEST(hashes_of_another_program_are_known)
{
    static const struct {
        const char *stored, *password;
        tdm__password_cost cost;
        bool is_right, needs_rehash;
    } rows[] = {
        {HASH_LEAST, PASSWORD, TDM__PASSWORD_LEAST, true, false},
        {HASH_LEAST, PASSWORD, TDM__PASSWORD_INTERACTIVE, true, true},
        {HASH_USUAL, PASSWORD, TDM__PASSWORD_INTERACTIVE, true, false},
        {HASH_USUAL, PASSWORD, TDM__PASSWORD_LEAST, true, true},
        {HASH_OF_NOTHING, "", TDM__PASSWORD_LEAST, true, true},
        {HASH_LEAST, "An old grey heron", TDM__PASSWORD_INTERACTIVE, false, false},
        {HASH_LEAST, PASSWORD " ", TDM__PASSWORD_LEAST, false, false},
        {HASH_LEAST, "", TDM__PASSWORD_LEAST, false, false},
        {"", PASSWORD, TDM__PASSWORD_LEAST, false, false},
        {"", "", TDM__PASSWORD_LEAST, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tdm__password_answer answer = answer_of(rows[i].stored, rows[i].password, rows[i].cost);
        ck_assert_msg(answer.is_right == rows[i].is_right, "row %zu", i);
        ck_assert_msg(answer.needs_rehash == rows[i].needs_rehash, "row %zu", i);
    }
}
END_TEST

START_TEST(new_hashes_are_right_once)
{
    char first[TDM__PASSWORD_HASH_SIZE], second[TDM__PASSWORD_HASH_SIZE];
    tdm_error error = {0};
    ck_assert_int_eq(tdm__password_hash(first, TDM_LIT(PASSWORD), TDM__PASSWORD_LEAST, &error), TDM_OK);
    ck_assert_int_eq(tdm__password_hash(second, TDM_LIT(PASSWORD), TDM__PASSWORD_LEAST, &error), TDM_OK);
    ck_assert_str_ne(first, second);
    ck_assert(strncmp(first, "$argon2id$v=19$m=8,t=1,p=1$", 27) == 0);
    ck_assert(answer_of(first, PASSWORD, TDM__PASSWORD_LEAST).is_right);
    ck_assert(!answer_of(first, "an old grey herom", TDM__PASSWORD_LEAST).is_right);
    ck_assert_int_eq(tdm__password_hash(first, TDM_LIT(PASSWORD), TDM__PASSWORD_MODERATE, &error), TDM_OK);
    ck_assert(strncmp(first, "$argon2id$v=19$m=262144,t=3,p=1$", 32) == 0);
}
END_TEST

START_TEST(what_is_no_hash_is_refused)
{
    static const char *const wrong[] = {
        "x",
        PASSWORD,
        HASH_TWO_LANES,
        HASH_TOO_DEAR,
        "$argon2i$v=19$m=8,t=3,p=1$" SALT "$FMsfQWvWWfCRRcfBKaVAzg9wSOvCTAmXdJhLvST2eDU",
        "$argon2id$v=16$m=8,t=1,p=1$" SALT "$FMsfQWvWWfCRRcfBKaVAzg9wSOvCTAmXdJhLvST2eDU",
        "$argon2id$v=19$m=7,t=1,p=1$" SALT "$FMsfQWvWWfCRRcfBKaVAzg9wSOvCTAmXdJhLvST2eDU",
        "$argon2id$v=19$m=8,t=4,p=1$" SALT "$FMsfQWvWWfCRRcfBKaVAzg9wSOvCTAmXdJhLvST2eDU",
        "$argon2id$v=19$m=8,t=0,p=1$" SALT "$FMsfQWvWWfCRRcfBKaVAzg9wSOvCTAmXdJhLvST2eDU",
        "$argon2id$v=19$m=+8,t=1,p=1$" SALT "$FMsfQWvWWfCRRcfBKaVAzg9wSOvCTAmXdJhLvST2eDU",
        "$argon2id$v=19$m=8,t=1,p=1$" SALT "$FMsfQWvWWfCRRcfBKaVAzg9wSOvCTAmXdJhLvST2eD",
        "$argon2id$v=19$m=8,t=1,p=1$" SALT "$FMsfQWvWWfCRRcfBKaVAzg9wSOvCTAmXdJhLvST2eD!",
        "$argon2id$v=19$m=8,t=1,p=1$" SALT,
        "$argon2id$v=19$m=8,t=1$" SALT "$FMsfQWvWWfCRRcfBKaVAzg9wSOvCTAmXdJhLvST2eDU",
        HASH_LEAST "$",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        tdm__password_answer answer = {true, true};
        tdm_error error = {0};
        ck_assert_msg(tdm__password_verify(&answer, tdm__str(wrong[i]), TDM_LIT(PASSWORD),
                                           TDM__PASSWORD_LEAST, &error) == TDM_INVALID_INPUT,
                      "row %zu", i);
        ck_assert(!answer.is_right && !answer.needs_rehash);
        ck_assert_ptr_null(strstr(error.message, "heron"));
    }
}
END_TEST

static double seconds_of(const char *stored)
{
    clock_t begin = clock();
    ck_assert(!answer_of(stored, "not the one at all", TDM__PASSWORD_INTERACTIVE).is_right);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

/* Seconds of the processor, so that other programs do not count; wide bounds, for without the dummy hash it
 * is a thousandth. */
START_TEST(nobody_costs_what_somebody_costs)
{
    double somebody = seconds_of(HASH_USUAL), nobody = seconds_of("");
    ck_assert_msg(nobody > somebody / 5 && nobody < somebody * 5, "%f and %f", nobody, somebody);
}
END_TEST

START_TEST(lengths_have_bounds)
{
    char longest[TDM__PASSWORD_MAX_BYTES + 1], hash[TDM__PASSWORD_HASH_SIZE];
    tdm__password_answer answer;
    tdm_error error = {0};
    memset(longest, 'a', sizeof longest);
    tdm_str allowed = {longest, sizeof longest - 1}, longer = {longest, sizeof longest};
    ck_assert_int_eq(tdm__password_hash(hash, allowed, TDM__PASSWORD_LEAST, &error), TDM_OK);
    ck_assert_int_eq(tdm__password_verify(&answer, tdm__str(hash), allowed, TDM__PASSWORD_LEAST, &error),
                     TDM_OK);
    ck_assert(answer.is_right);
    ck_assert_int_eq(tdm__password_verify(&answer, tdm__str(hash), longer, TDM__PASSWORD_LEAST, &error),
                     TDM_OK);
    ck_assert(!answer.is_right);
    ck_assert_int_eq(tdm__password_hash(hash, longer, TDM__PASSWORD_LEAST, &error), TDM_INVALID_ARG);
    ck_assert_str_eq(hash, "");
    ck_assert_int_eq(tdm__password_hash(hash, allowed, (tdm__password_cost)3, &error), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__password_may_be(allowed, TDM_LIT("anna"), &error), TDM_OK);
    ck_assert_int_eq(tdm__password_may_be(longer, TDM_LIT("anna"), &error), TDM_INVALID_INPUT);
}
END_TEST

START_TEST(new_passwords_have_rules)
{
    static const struct {
        const char *password, *account;
        tdm_status expected;
    } rows[] = {
        {"", "anna", TDM_INVALID_INPUT},
        {"eleven char", "anna", TDM_INVALID_INPUT},
        {"twelve chars", "anna", TDM_OK},
        {"aaaaaaaaaaaa", "anna", TDM_OK},
        /* Eleven and twelve characters of two bytes. */
        {"\u0175\u0175\u0175\u0175\u0175\u0175\u0175\u0175\u0175\u0175\u0175", "anna", TDM_INVALID_INPUT},
        {"\u0175\u0175\u0175\u0175\u0175\u0175\u0175\u0175\u0175\u0175\u0175\u0175", "anna", TDM_OK},
        {"twelve chars\xFF", "anna", TDM_ENCODING},
        {"anna.smith@council.example", "Anna.Smith@council.example", TDM_INVALID_INPUT},
        {" ANNA.SMITH@council.example ", "anna.smith@council.example", TDM_INVALID_INPUT},
        {"anna.smith@council.example2", "anna.smith@council.example", TDM_OK},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tdm_error error = {0};
        tdm_status status = tdm__password_may_be(tdm__str(rows[i].password), tdm__str(rows[i].account),
                                                 &error);
        ck_assert_msg(status == rows[i].expected, "row %zu: %s", i, tdm_status_name(status));
        ck_assert(status == TDM_OK || error.message[0] != '\0');
    }
}
END_TEST

Suite *password_suite(void)
{
    Suite *suite = suite_create("password");
    TCase *cases = tcase_create("password");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, hashes_of_another_program_are_known);
    tcase_add_test(cases, new_hashes_are_right_once);
    tcase_add_test(cases, what_is_no_hash_is_refused);
    tcase_add_test(cases, nobody_costs_what_somebody_costs);
    tcase_add_test(cases, lengths_have_bounds);
    tcase_add_test(cases, new_passwords_have_rules);
    suite_add_tcase(suite, cases);
    return suite;
}
