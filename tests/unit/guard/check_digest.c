/*
 * Digests over parts, and bytes as letters and back.
 */
#include <string.h>

#include "guard/digest.h"
#include "guard/suites.h"
#include "guard/vectors.h"

/* parts([b"a", b"bc"], key=bytes(range(32))), size 32 and 16, and without a key. */
START_TEST(digests_are_those_of_another_program)
{
    tdm__digest key = counted_bytes(0), out;
    const tdm_str list[] = {TDM_LIT("a"), TDM_LIT("bc")};
    tdm__digest_parts(out.bytes, 32, &key, list, 2);
    assert_hex(out.bytes, 32, "14f7cb576e5af715f378de850a6242922eb2f0e6a5370deb35f189cdb5e9d58a");
    tdm__digest_parts(out.bytes, 16, &key, list, 2);
    assert_hex(out.bytes, 16, "5fd9999f6b4cf06712e8d02a8a292cbb");
    tdm__digest_parts(out.bytes, 32, NULL, list, 2);
    assert_hex(out.bytes, 32, "77bbcab7072b897c548327378f11776f4853104c71bdb95a12ded5d2783523bf");
}
END_TEST

START_TEST(no_two_lists_are_the_same)
{
    static const struct {
        tdm_str list[3];
        size_t count;
    } lists[] = {{{{"ab", 2}, {"c", 1}}, 2}, {{{"a", 1}, {"bc", 2}}, 2}, {{{"abc", 3}}, 1},
                 {{{"abc", 3}, {"", 0}}, 2}, {{{"", 0}, {"abc", 3}}, 2}, {{{NULL, 0}}, 0}};
    tdm__digest digests[6];
    for (size_t i = 0; i < 6; i++) {
        tdm__digest_parts(digests[i].bytes, 32, NULL, lists[i].list, lists[i].count);
        for (size_t j = 0; j < i; j++)
            ck_assert(!tdm__digest_equal(&digests[i], &digests[j]));
        ck_assert(tdm__digest_equal(&digests[i], &digests[i]));
    }
}
END_TEST

START_TEST(numbers_have_their_lowest_byte_first)
{
    unsigned char bytes[8];
    tdm__number_part(bytes, 0x0102030405060708);
    assert_hex(bytes, 8, "0807060504030201");
    tdm__number_part(bytes, -2);
    assert_hex(bytes, 8, "feffffffffffffff");
}
END_TEST

START_TEST(hex_reads_its_own_form_only)
{
    static const char *const wrong[] = {"",       "0",    "0a0",  "0A0b", "0a0b0",
                                        "0a0b0c", "0a:b", "0a b", " 0a0", "0a0g"};
    unsigned char bytes[2];
    char text[5];
    ck_assert(tdm__unhex(bytes, 2, TDM_LIT("0aff")));
    ck_assert_uint_eq(bytes[0], 10);
    ck_assert_uint_eq(bytes[1], 255);
    tdm__hex(text, bytes, 2);
    ck_assert_str_eq(text, "0aff");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        memset(bytes, 7, sizeof bytes);
        ck_assert_msg(!tdm__unhex(bytes, 2, tdm__str(wrong[i])), "%s", wrong[i]);
        ck_assert(bytes[0] == 0 && bytes[1] == 0);
    }
}
END_TEST

/* base64.urlsafe_b64encode(bytes(range(32))), padding off; 0xFB 0xFF.. gives the letters - and _. */
START_TEST(base64_is_that_of_urls)
{
    tdm__digest bytes = counted_bytes(0), back;
    char text[TDM__BASE64_LETTERS + 1];
    tdm__base64(text, bytes.bytes);
    ck_assert_str_eq(text, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    ck_assert(tdm__unbase64(back.bytes, tdm__str(text)));
    ck_assert(tdm__digest_equal(&bytes, &back));
    memset(bytes.bytes, 0xFF, sizeof bytes.bytes);
    bytes.bytes[0] = 0xFB;
    tdm__base64(text, bytes.bytes);
    ck_assert_str_eq(text, "-_________________________________________8");
}
END_TEST

/* The last of 43 letters has four bits: 16 letters may stand there, before it each of the 64. */
START_TEST(no_byte_but_the_letters_is_one)
{
    char text[] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    unsigned char bytes[TDM__DIGEST_BYTES];
    for (size_t at = 0; at < TDM__BASE64_LETTERS; at++) {
        char before = text[at];
        int letters = 0;
        for (int byte = 0; byte < 256; byte++) {
            text[at] = (char)byte;
            letters += tdm__unbase64(bytes, (tdm_str){text, TDM__BASE64_LETTERS});
        }
        ck_assert_int_eq(letters, at + 1 < TDM__BASE64_LETTERS ? 64 : 16);
        text[at] = before;
    }
}
END_TEST

START_TEST(random_bytes_are_new)
{
    tdm__digest a, b, zero = {{0}};
    ck_assert_int_eq(tdm__random_bytes(a.bytes, 32), TDM_OK);
    ck_assert_int_eq(tdm__random_bytes(b.bytes, 32), TDM_OK);
    ck_assert(!tdm__digest_equal(&a, &b));
    ck_assert(!tdm__digest_equal(&a, &zero));
}
END_TEST

Suite *digest_suite(void)
{
    Suite *suite = suite_create("digest");
    TCase *cases = tcase_create("digest");
    tcase_add_test(cases, digests_are_those_of_another_program);
    tcase_add_test(cases, no_two_lists_are_the_same);
    tcase_add_test(cases, numbers_have_their_lowest_byte_first);
    tcase_add_test(cases, hex_reads_its_own_form_only);
    tcase_add_test(cases, base64_is_that_of_urls);
    tcase_add_test(cases, no_byte_but_the_letters_is_one);
    tcase_add_test(cases, random_bytes_are_new);
    suite_add_tcase(suite, cases);
    return suite;
}
