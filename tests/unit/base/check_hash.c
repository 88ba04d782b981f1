/*
 * SHA-256 against the published vectors, hash64 by its properties, and the dictionary.
 */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/suites.h"
#include "support.h"

/* FIPS 180-4 examples. */
static const struct {
    const char *text;
    const char *hex;
} digests[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

START_TEST(sha256_vectors)
{
    char hex[TDM_SHA256_HEX_SIZE];
    tdm__sha256_hex(hex, tdm__str(digests[_i].text));
    ck_assert_str_eq(hex, digests[_i].hex);
}
END_TEST

START_TEST(sha256_of_nothing_and_of_a_million)
{
    char hex[TDM_SHA256_HEX_SIZE];
    tdm__sha256_hex(hex, (tdm_str){NULL, 0});
    ck_assert_str_eq(hex, digests[0].hex);
    char *many = malloc(1000000);
    memset(many, 'a', 1000000);
    tdm__sha256_hex(hex, (tdm_str){many, 1000000});
    ck_assert_str_eq(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(many);
}
END_TEST

START_TEST(hex_of_numbers)
{
    char hex[TDM_HEX64_SIZE];
    tdm__hex64(hex, 0);
    ck_assert_str_eq(hex, "0000000000000000");
    tdm__hex64(hex, 0x0123456789ABCDEFu);
    ck_assert_str_eq(hex, "0123456789abcdef");
    tdm__hex64(hex, UINT64_MAX);
    ck_assert_str_eq(hex, "ffffffffffffffff");
}
END_TEST

static int compare_numbers(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

START_TEST(hash64_tells_texts_apart)
{
    enum { TEXTS = 200000 };
    uint64_t *hashes = malloc(TEXTS * sizeof *hashes);
    for (int i = 0; i < TEXTS; i++) {
        char text[32];
        int length = snprintf(text, sizeof text, "row-%d", i);
        hashes[i] = tdm__hash64((tdm_str){text, (size_t)length}, 0);
    }
    qsort(hashes, TEXTS, sizeof *hashes, compare_numbers);
    for (int i = 1; i < TEXTS; i++)
        ck_assert(hashes[i] != hashes[i - 1]);
    free(hashes);
}
END_TEST

START_TEST(hash64_sees_length_seed_and_each_bit)
{
    static const char zeros[32];
    char bytes[24] = {0};
    for (size_t length = 0; length < 24; length++)
        for (size_t other = 0; other < length; other++)
            ck_assert(tdm__hash64((tdm_str){zeros, length}, 0) != tdm__hash64((tdm_str){zeros, other}, 0));
    ck_assert(tdm__hash64(TDM_LIT("a"), 0) != tdm__hash64(TDM_LIT("a"), 1));
    ck_assert(tdm__hash64((tdm_str){NULL, 0}, 5) == tdm__hash64(TDM_LIT(""), 5));
    uint64_t plain = tdm__hash64((tdm_str){bytes, 24}, 0);
    for (size_t bit = 0; bit < 24 * 8; bit++) {
        bytes[bit / 8] = (char)(1u << bit % 8);
        uint64_t changed = plain ^ tdm__hash64((tdm_str){bytes, 24}, 0);
        int differing = 0;
        for (; changed != 0; changed &= changed - 1)
            differing++;
        ck_assert_msg(differing > 10 && differing < 54, "bit %zu changes %d bits", bit, differing);
        bytes[bit / 8] = 0;
    }
}
END_TEST

START_TEST(hash64_does_not_depend_on_alignment)
{
    char shifted[64];
    uint64_t expected = tdm__hash64(TDM_LIT("a referral on the fifth"), 3);
    for (size_t at = 0; at < 9; at++) {
        memcpy(shifted + at, "a referral on the fifth", 23);
        ck_assert(tdm__hash64((tdm_str){shifted + at, 23}, 3) == expected);
    }
}
END_TEST

/* A row of three strings each, of which the second is meant. */
START_TEST(many_at_once_give_what_each_gives)
{
    enum { ROWS = 300 };
    static const char bytes[] = "a referral on the fifth of March, told by the school and by the police";
    static tdm_str rows[ROWS][3];
    uint64_t hashes[ROWS];
    uint32_t found[ROWS], index;
    tdm__dictionary dictionary;
    tdm__dictionary_init(&dictionary, &tdm__malloc_allocator);
    for (size_t i = 0; i < ROWS; i++) {
        rows[i][1] = (tdm_str){bytes + i % 31, i * 7 % 38};
        hashes[i] = i * 1000003;
    }
    tdm__dictionary_find_each(found, &dictionary, &rows[0][1], 3, ROWS);
    for (size_t i = 0; i < ROWS; i++) {
        ck_assert_uint_eq(found[i], TDM_NO_INDEX);
        if (i % 3 != 0)
            ck_assert_int_eq(tdm__dictionary_add(&index, &dictionary, rows[i][1]), TDM_OK);
    }
    tdm__dictionary_find_each(found, &dictionary, &rows[0][1], 3, ROWS);
    tdm__hash64_each(hashes, &rows[0][1], 3, ROWS);
    for (size_t i = 0; i < ROWS; i++) {
        ck_assert_uint_eq(found[i], tdm__dictionary_find(&dictionary, rows[i][1]));
        ck_assert(i % 3 == 0 || tdm__str_equal(tdm__dictionary_at(&dictionary, found[i]), rows[i][1]));
        ck_assert(hashes[i] == tdm__hash64(rows[i][1], i * 1000003));
    }
    tdm__dictionary_free(&dictionary);
}
END_TEST

/* What hash64 was on the day that ids came to hang on it: worked out from its definition in another language.
 */
static const struct {
    size_t length;
    uint64_t hash;
} known[] = {{0, UINT64_C(0xfae0ab38d5f5fb36)},  {1, UINT64_C(0x9b2e37d6bdac6295)},
             {2, UINT64_C(0xd7895ea09eb8e912)},  {3, UINT64_C(0x968a71e419c9bae2)},
             {4, UINT64_C(0x707dd030efbc4531)},  {5, UINT64_C(0xde2f457c9d5f486a)},
             {6, UINT64_C(0x293a2ab8bd336062)},  {7, UINT64_C(0x7a0668f54e2dbdfe)},
             {8, UINT64_C(0x77decc66304aa90c)},  {9, UINT64_C(0xfdcad2405a7d30ce)},
             {16, UINT64_C(0x1feb67cf7a8e3458)}, {23, UINT64_C(0x82293b48049b5bc1)}};

START_TEST(hash64_stays_what_it_was)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        ck_assert(tdm__hash64((tdm_str){"a referral on the fifth", known[i].length}, 3) == known[i].hash);
}
END_TEST

static tdm_str numbered(char out[16], uint32_t number)
{
    int length = snprintf(out, 16, "k%u", number);
    return (tdm_str){out, (size_t)length};
}

START_TEST(dictionary_numbers_in_order)
{
    tdm__dictionary dictionary;
    uint32_t index;
    char text[16];
    tdm__dictionary_init(&dictionary, &tdm__malloc_allocator);
    ck_assert_uint_eq(tdm__dictionary_find(&dictionary, TDM_LIT("a")), TDM_NO_INDEX);
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 5000; i++) {
            ck_assert_int_eq(tdm__dictionary_add(&index, &dictionary, numbered(text, i)), TDM_OK);
            ck_assert_uint_eq(index, i);
        }
    ck_assert_uint_eq(dictionary.count, 5000);
    for (uint32_t i = 0; i < 5000; i++) {
        tdm_str expected = numbered(text, i);
        ck_assert_uint_eq(tdm__dictionary_find(&dictionary, expected), i);
        ck_assert(tdm__str_equal(tdm__dictionary_at(&dictionary, i), expected));
    }
    ck_assert_uint_eq(tdm__dictionary_find(&dictionary, TDM_LIT("k5000")), TDM_NO_INDEX);
    ck_assert_uint_eq(tdm__dictionary_at(&dictionary, 5000).length, 0);
    ck_assert_uint_eq(tdm__dictionary_at(&dictionary, TDM_NO_INDEX).length, 0);
    ck_assert_int_eq(tdm__dictionary_add(&index, &dictionary, (tdm_str){NULL, 0}), TDM_OK);
    ck_assert_uint_eq(tdm__dictionary_find(&dictionary, TDM_LIT("")), 5000);
    tdm__dictionary_free(&dictionary);
    tdm__dictionary_free(&dictionary);
}
END_TEST

static tdm_status fill_dictionary(const tdm_allocator *allocator)
{
    tdm__dictionary dictionary;
    tdm_status status = TDM_OK;
    uint32_t index, added = 0;
    char text[16];
    tdm__dictionary_init(&dictionary, allocator);
    for (; added < 200 && status == TDM_OK; added += status == TDM_OK)
        status = tdm__dictionary_add(&index, &dictionary, numbered(text, added));
    /* What was added before the failure is still there, and nothing else. */
    ck_assert_uint_eq(dictionary.count, added);
    for (uint32_t i = 0; i < 200; i++)
        ck_assert_uint_eq(tdm__dictionary_find(&dictionary, numbered(text, i)), i < added ? i : TDM_NO_INDEX);
    tdm__dictionary_free(&dictionary);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(fill_dictionary);
}
END_TEST

Suite *hash_suite(void)
{
    Suite *suite = suite_create("hash");
    TCase *cases = tcase_create("hash");
    tcase_add_loop_test(cases, sha256_vectors, 0, (int)(sizeof digests / sizeof *digests));
    tcase_add_test(cases, sha256_of_nothing_and_of_a_million);
    tcase_add_test(cases, hex_of_numbers);
    tcase_add_test(cases, hash64_tells_texts_apart);
    tcase_add_test(cases, hash64_sees_length_seed_and_each_bit);
    tcase_add_test(cases, hash64_does_not_depend_on_alignment);
    tcase_add_test(cases, hash64_stays_what_it_was);
    tcase_add_test(cases, many_at_once_give_what_each_gives);
    tcase_add_test(cases, dictionary_numbers_in_order);
    tcase_add_test(cases, every_allocation_may_fail);
    suite_add_tcase(suite, cases);
    return suite;
}
