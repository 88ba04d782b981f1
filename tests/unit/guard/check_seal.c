/*
 * Closing and opening under a passphrase, and telling apart what can be wrong.
 */
#include <string.h>

#include "guard/seal.h"
#include "guard/suites.h"
#include "support.h"

#define PASSPHRASE TDM_LIT("correct horse battery")
#define PLAIN      TDM_LIT("{\"tidemark_key\":1}")

static void sealed(tdm__text *out, const tdm_allocator *allocator)
{
    tdm_error error = {0};
    tdm__text_init(out, allocator);
    ck_assert_int_eq(tdm__seal(out, PLAIN, PASSPHRASE, tdm__seal_cost_least(), &error), TDM_OK);
}

START_TEST(what_was_closed_opens)
{
    tdm__text first, second;
    tdm__secret plain;
    tdm_error error = {0};
    sealed(&first, &tdm__malloc_allocator);
    sealed(&second, &tdm__malloc_allocator);
    ck_assert(tdm__looks_sealed(tdm__text_str(&first)));
    /* Salt and nonce are new each time, and the plain text stands nowhere. */
    ck_assert(!tdm__str_equal(tdm__text_str(&first), tdm__text_str(&second)));
    for (size_t i = 0; i + 12 <= first.length; i++)
        ck_assert(memcmp(first.data + i, "tidemark_key", 12) != 0);
    ck_assert_int_eq(tdm__unseal(&plain, &tdm__malloc_allocator, tdm__text_str(&first), PASSPHRASE,
                                 TDM_LIT("a.key"), &error),
                     TDM_OK);
    ck_assert(tdm__str_equal(tdm__secret_str(&plain), PLAIN));
    tdm__secret_free(&plain);
    tdm__secret_free(&plain);
    tdm__text_free(&first);
    tdm__text_free(&second);
}
END_TEST

static void opens_with(tdm_str bytes, tdm_str passphrase, tdm_status expected)
{
    tdm__secret plain;
    tdm_error error = {0};
    ck_assert_int_eq(tdm__unseal(&plain, &tdm__malloc_allocator, bytes, passphrase, TDM_LIT("a.key"), &error),
                     expected);
    ck_assert_ptr_null(plain.data);
    ck_assert_str_eq(error.file, "a.key");
    ck_assert_int_eq(error.status, expected);
}

START_TEST(a_wrong_passphrase_is_no_damage)
{
    tdm__text bytes;
    sealed(&bytes, &tdm__malloc_allocator);
    opens_with(tdm__text_str(&bytes), TDM_LIT("correct horse batterz"), TDM_CONFLICT);
    opens_with(tdm__text_str(&bytes), TDM_LIT(""), TDM_CONFLICT);
    tdm__text_free(&bytes);
}
END_TEST

START_TEST(each_changed_byte_and_each_length_is_told)
{
    tdm__text bytes;
    sealed(&bytes, &tdm__malloc_allocator);
    for (size_t i = 0; i < bytes.length; i++) {
        bytes.data[i] ^= 1;
        /* Bytes 0 to 11 say that it is a key, 12 to 15 its version (1 becomes 0 or more). */
        tdm_status expected = i < 12 ? TDM_UNSUPPORTED : i > 12 && i < 16 ? TDM_NEWER : TDM_INVALID_INPUT;
        opens_with(tdm__text_str(&bytes), PASSPHRASE, expected);
        bytes.data[i] ^= 1;
    }
    for (size_t length = 0; length < bytes.length; length++)
        opens_with((tdm_str){bytes.data, length}, PASSPHRASE,
                   length < 12 ? TDM_UNSUPPORTED : TDM_INVALID_INPUT);
    tdm__text_free(&bytes);
}
END_TEST

START_TEST(passphrases_and_costs_have_bounds)
{
    char longest[TDM__PASSPHRASE_MAX + 1];
    tdm__text out;
    tdm_error error = {0};
    tdm__seal_cost dear = tdm__seal_cost_default();
    memset(longest, 'a', sizeof longest);
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__seal(&out, PLAIN, TDM_LIT("1234567"), tdm__seal_cost_least(), &error),
                     TDM_INVALID_ARG);
    ck_assert_int_eq(
        tdm__seal(&out, PLAIN, (tdm_str){longest, sizeof longest}, tdm__seal_cost_least(), &error),
        TDM_INVALID_ARG);
    ck_assert_int_eq(
        tdm__seal(&out, PLAIN, (tdm_str){longest, sizeof longest - 1}, tdm__seal_cost_least(), &error),
        TDM_OK);
    dear.memory_bytes++;
    ck_assert_int_eq(tdm__seal(&out, PLAIN, PASSPHRASE, dear, &error), TDM_INVALID_ARG);
    ck_assert_uint_eq(tdm__seal_cost_default().passes, 3);
    ck_assert_uint_eq(tdm__seal_cost_default().memory_bytes, UINT64_C(268435456));
    tdm__text_free(&out);
}
END_TEST

static tdm_status seal_and_open(const tdm_allocator *allocator)
{
    tdm__text bytes;
    tdm__secret plain = {allocator, NULL, 0};
    tdm_error error = {0};
    tdm__text_init(&bytes, allocator);
    tdm_status status = tdm__seal(&bytes, PLAIN, PASSPHRASE, tdm__seal_cost_least(), &error);
    if (status == TDM_OK)
        status = tdm__unseal(&plain, allocator, tdm__text_str(&bytes), PASSPHRASE, TDM_LIT("a.key"), &error);
    tdm__secret_free(&plain);
    tdm__text_free(&bytes);
    return status;
}

START_TEST(memory_may_run_out)
{
    TEST_EVERY_ALLOCATION(seal_and_open);
}
END_TEST

Suite *seal_suite(void)
{
    Suite *suite = suite_create("seal");
    TCase *cases = tcase_create("seal");
    tcase_add_test(cases, what_was_closed_opens);
    tcase_add_test(cases, a_wrong_passphrase_is_no_damage);
    tcase_add_test(cases, each_changed_byte_and_each_length_is_told);
    tcase_add_test(cases, passphrases_and_costs_have_bounds);
    tcase_add_test(cases, memory_may_run_out);
    suite_add_tcase(suite, cases);
    return suite;
}
