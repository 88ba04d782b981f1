/*
 * Rings of keys: what follows from a key, growing and dropping, the text and what can be wrong with it.
 */
#include <string.h>

#include "guard/ring.h"
#include "guard/suites.h"
#include "guard/vectors.h"
#include "support.h"

#define PASSPHRASE TDM_LIT("correct horse battery")
/* Key 4 is bytes(range(32, 64)); its fingerprint is made like that of key 3. */
#define LINE_3                                                                                               \
    "3 1700000000 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f " FINGERPRINT_3 "\n"
#define LINE_4                                                                                               \
    "4 1730000000 202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f 29a556456b8742a2\n"

#define INDEX_3 "5bfd60fd1fdcc66f58812e45da5bae34d392d249ea285a1bad31a846789fb294"
#define AUDIT_3 "b899cb93fe97ebe7de46225f150b9e2f83a9ee48853743c45eca35c9f72a3033"
/* parts([b"tidemark fingerprint 2", 3, index], audit), its first 8 bytes. */
#define REDUCED_3 "3 1700000000 " AUDIT_3 " " INDEX_3 " 6f6b15b66be30d70\n"

/* parts([b"tidemark use key 1", 3, use], key) and parts([b"tidemark page key 1", 3, b"p-17"], key). */
START_TEST(keys_are_those_of_another_program)
{
    tdm__ring *ring = ring_of_text(RING_3);
    tdm__digest key;
    ck_assert_int_eq(tdm__ring_key_for(&key, ring, 3, TDM__RING_INDEX), TDM_OK);
    assert_hex(key.bytes, 32, INDEX_3);
    ck_assert_int_eq(tdm__ring_key_for(&key, ring, 3, TDM__RING_AUDIT), TDM_OK);
    assert_hex(key.bytes, 32, AUDIT_3);
    ck_assert_int_eq(tdm__ring_page_key(&key, ring, 3, TDM_LIT("p-17")), TDM_OK);
    assert_hex(key.bytes, 32, "be5de47fec3b9b639f88cbd962787f07e9a745ec843d0e1e230d82c6c5382635");
    ck_assert_int_eq(tdm__ring_page_key(&key, ring, 4, TDM_LIT("p-17")), TDM_NOT_FOUND);
    assert_hex(key.bytes, 32, "0000000000000000000000000000000000000000000000000000000000000000");
    ck_assert_int_eq(tdm__ring_key_for(&key, ring, 2, TDM__RING_AUDIT), TDM_NOT_FOUND);
    tdm__ring_free(ring);
}
END_TEST

START_TEST(a_ring_grows_and_drops)
{
    tdm__ring *ring;
    tdm__ring_key key;
    tdm_error error = {0};
    ck_assert_int_eq(tdm__ring_new(&ring, &tdm__malloc_allocator), TDM_OK);
    ck_assert_uint_eq(tdm__ring_newest(ring), 0);
    for (uint32_t i = 1; i <= TDM__RING_KEYS_MAX; i++)
        ck_assert_int_eq(tdm__ring_grow(ring, 1000 + i, &error), TDM_OK);
    ck_assert_uint_eq(tdm__ring_newest(ring), 64);
    ck_assert_int_eq(tdm__ring_grow(ring, 2000, &error), TDM_TOO_LARGE);
    ck_assert_int_eq(tdm__ring_drop(ring, 64, &error), TDM_CONFLICT);
    ck_assert_int_eq(tdm__ring_drop(ring, 65, &error), TDM_NOT_FOUND);
    ck_assert_int_eq(tdm__ring_drop(ring, 2, &error), TDM_OK);
    ck_assert_int_eq(tdm__ring_drop(ring, 2, &error), TDM_NOT_FOUND);
    ck_assert(!tdm__ring_find(&key, ring, 2));
    ck_assert_uint_eq(tdm__ring_count(ring), 63);
    ck_assert_uint_eq(tdm__ring_at(ring, 0).number, 1);
    ck_assert_uint_eq(tdm__ring_at(ring, 1).number, 3);
    ck_assert_int_eq(tdm__ring_at(ring, 1).made_at, 1003);
    /* A number is never given anew. */
    ck_assert_int_eq(tdm__ring_grow(ring, 2000, &error), TDM_OK);
    ck_assert_uint_eq(tdm__ring_newest(ring), 65);
    ck_assert(tdm__ring_find(&key, ring, 65) && key.made_at == 2000);
    ck_assert_int_eq(tdm__ring_drop(ring, 64, &error), TDM_OK);
    ck_assert_int_eq(tdm__ring_grow(ring, -1, &error), TDM_INVALID_ARG);
    tdm__ring_free(ring);
}
END_TEST

START_TEST(texts_come_back)
{
    tdm__ring *ring = ring_of_text("tidemark-keys 1 2\n" LINE_3 LINE_4), *again;
    tdm__secret text;
    tdm__text sealed;
    tdm_error error = {0};
    ck_assert_int_eq(tdm__ring_write(&text, ring, &tdm__malloc_allocator), TDM_OK);
    ck_assert_str_eq(text.data, "tidemark-keys 1 2\n" LINE_3 LINE_4);
    tdm__text_init(&sealed, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__ring_seal(&sealed, ring, PASSPHRASE, tdm__seal_cost_least(), &error), TDM_OK);
    tdm__secret_free(&text);
    tdm__ring_free(ring);
    ck_assert_int_eq(tdm__ring_read(&again, &tdm__malloc_allocator, tdm__text_str(&sealed),
                                    TDM_LIT("other words"), TDM_LIT("ring"), &error),
                     TDM_CONFLICT);
    ck_assert_ptr_null(again);
    ck_assert_int_eq(tdm__ring_read(&again, &tdm__malloc_allocator, tdm__text_str(&sealed), PASSPHRASE,
                                    TDM_LIT("ring"), &error),
                     TDM_OK);
    ck_assert_uint_eq(tdm__ring_newest(again), 4);
    ck_assert_int_eq(tdm__ring_at(again, 0).made_at, 1700000000);
    tdm__ring_free(again);
    tdm__text_free(&sealed);
}
END_TEST

/* The uses go on, pages of it are closed for ever, and so it stands in the text. */
START_TEST(a_reduced_key_is_for_its_uses_alone)
{
    tdm__ring *ring = ring_of_text("tidemark-keys 1 2\n" LINE_3 LINE_4);
    tdm__ring_key shown;
    tdm__digest key;
    tdm__secret text;
    tdm_error error = {0};
    ck_assert_int_eq(tdm__ring_reduce(ring, 4, &error), TDM_CONFLICT);
    ck_assert_int_eq(tdm__ring_reduce(ring, 5, &error), TDM_NOT_FOUND);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(tdm__ring_reduce(ring, 3, &error), TDM_OK);
    ck_assert_uint_eq(tdm__ring_count(ring), 2);
    ck_assert(tdm__ring_at(ring, 0).is_reduced && !tdm__ring_at(ring, 1).is_reduced);
    ck_assert(!tdm__ring_find(&shown, ring, 3) && tdm__ring_find(&shown, ring, 4));
    ck_assert_int_eq(tdm__ring_write(&text, ring, &tdm__malloc_allocator), TDM_OK);
    ck_assert_str_eq(text.data, "tidemark-keys 2 2\n" REDUCED_3 LINE_4);
    ck_assert_ptr_null(strstr(text.data, "000102030405"));
    tdm__ring_free(ring);
    ring = ring_of_text(text.data);
    ck_assert_int_eq(tdm__ring_page_key(&key, ring, 3, TDM_LIT("p-17")), TDM_NOT_FOUND);
    ck_assert_int_eq(tdm__ring_key_for(&key, ring, 3, TDM__RING_INDEX), TDM_OK);
    assert_hex(key.bytes, 32, INDEX_3);
    ck_assert_int_eq(tdm__ring_key_for(&key, ring, 3, TDM__RING_AUDIT), TDM_OK);
    assert_hex(key.bytes, 32, AUDIT_3);
    ck_assert_int_eq(tdm__ring_drop(ring, 3, &error), TDM_OK);
    tdm__secret_free(&text);
    tdm__ring_free(ring);
}
END_TEST

START_TEST(wrong_texts_are_named)
{
    static const struct {
        const char *text;
        tdm_status status;
        int32_t line;
    } rows[] = {
        {"", TDM_INVALID_INPUT, 1},
        {"tidemark-keys", TDM_INVALID_INPUT, 1},
        {"tidemark-keys 1 0", TDM_INVALID_INPUT, 1},
        {"tidemark-keys 1 0\n", TDM_OK, 0},
        {"tidemark-keys 1 0\n\n", TDM_INVALID_INPUT, 2},
        {"tidemark-keys 1 65\n", TDM_INVALID_INPUT, 1},
        {"tidemark-keys 1 01\n", TDM_INVALID_INPUT, 1},
        {"tidemark-keys 0 1\n" LINE_3, TDM_INVALID_INPUT, 1},
        {"tidemark-keys 3 1\n" LINE_3, TDM_NEWER, 1},
        {"tidemark-keys 2 1\n" LINE_3, TDM_OK, 0},
        {"tidemark-keys 2 2\n" REDUCED_3 LINE_4, TDM_OK, 0},
        {"tidemark-keys 1 2\n" REDUCED_3 LINE_4, TDM_INVALID_INPUT, 2},
        {"tidemark-keys 2 1\n" REDUCED_3, TDM_INVALID_INPUT, 2}, /* nothing closes */
        {"tidemark-key 1 1\n" LINE_3, TDM_INVALID_INPUT, 1},
        {"tidemark-keys 1 1\r\n" LINE_3, TDM_INVALID_INPUT, 1},
        {"tidemark-keys 1 2\n" LINE_3, TDM_INVALID_INPUT, 3},
        {"tidemark-keys 1 1\n" LINE_3 LINE_4, TDM_INVALID_INPUT, 3},
        {"tidemark-keys 1 2\n" LINE_4 LINE_3, TDM_INVALID_INPUT, 3},
        {"tidemark-keys 1 2\n" LINE_3 LINE_3, TDM_INVALID_INPUT, 3},
        {"tidemark-keys 1 1\n5" LINE_3, TDM_INVALID_INPUT, 2},
        {"tidemark-keys 1 1\n0" LINE_3, TDM_INVALID_INPUT, 2},
        {"tidemark-keys 1 1\n " LINE_3, TDM_INVALID_INPUT, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tdm__ring *ring;
        tdm_error error = {0};
        tdm_status status = tdm__ring_read(&ring, &tdm__malloc_allocator, tdm__str(rows[i].text), TDM_LIT(""),
                                           TDM_LIT("a.ring"), &error);
        ck_assert_msg(status == rows[i].status, "row %zu: %s", i, tdm_status_name(status));
        ck_assert_msg(error.line == rows[i].line, "row %zu: line %d", i, (int)error.line);
        ck_assert_int_eq(ring == NULL, status != TDM_OK);
        tdm__ring_free(ring);
    }
}
END_TEST

/* Each changed letter of the line is told, and nothing of the key stands in the message. */
START_TEST(a_damaged_key_is_told)
{
    char text[] = RING_3;
    const size_t heading = strlen("tidemark-keys 1 1\n"), time_at = heading + 2, key_at = time_at + 11;
    for (size_t i = heading; i < sizeof text - 1; i++) {
        tdm__ring *ring;
        tdm_error error = {0};
        char before = text[i];
        text[i] = before == '1' ? '2' : '1';
        tdm_status status = tdm__ring_read(&ring, &tdm__malloc_allocator, tdm__str(text), TDM_LIT(""),
                                           TDM_LIT("a.ring"), &error);
        /* Of the time only the form is known. */
        bool is_of_time = i >= time_at && i < key_at - 1;
        ck_assert_msg(status == (is_of_time ? TDM_OK : TDM_INVALID_INPUT), "letter %zu", i);
        ck_assert_ptr_null(strstr(error.message, "0a0b"));
        tdm__ring_free(ring);
        text[i] = before;
    }
}
END_TEST

static tdm_status write_and_read(const tdm_allocator *allocator)
{
    tdm__ring *ring, *again = NULL;
    tdm__text sealed;
    tdm_error error = {0};
    tdm__text_init(&sealed, allocator);
    tdm_status status = tdm__ring_new(&ring, allocator);
    if (status == TDM_OK)
        status = tdm__ring_grow(ring, 1, &error);
    if (status == TDM_OK)
        status = tdm__ring_seal(&sealed, ring, PASSPHRASE, tdm__seal_cost_least(), &error);
    if (status == TDM_OK)
        status = tdm__ring_read(&again, allocator, tdm__text_str(&sealed), PASSPHRASE, TDM_LIT("ring"),
                                &error);
    tdm__ring_free(ring);
    tdm__ring_free(again);
    tdm__text_free(&sealed);
    return status;
}

START_TEST(memory_may_run_out)
{
    TEST_EVERY_ALLOCATION(write_and_read);
}
END_TEST

Suite *ring_suite(void)
{
    Suite *suite = suite_create("ring");
    TCase *cases = tcase_create("ring");
    tcase_add_test(cases, keys_are_those_of_another_program);
    tcase_add_test(cases, a_ring_grows_and_drops);
    tcase_add_test(cases, texts_come_back);
    tcase_add_test(cases, a_reduced_key_is_for_its_uses_alone);
    tcase_add_test(cases, wrong_texts_are_named);
    tcase_add_test(cases, a_damaged_key_is_told);
    tcase_add_test(cases, memory_may_run_out);
    suite_add_tcase(suite, cases);
    return suite;
}
