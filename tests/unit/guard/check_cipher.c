/*
 * Pages closed and opened, what is told apart when one does not open, rotation, and the blind index.
 */
#include <string.h>

#include "guard/cipher.h"
#include "guard/suites.h"
#include "guard/vectors.h"
#include "support.h"

#define NAME TDM_LIT("An invented name")

static const tdm__page_place place = {{"child_page", 10}, {"p-17", 4}, 2};

/* Closed by Python as the layout in cipher.c says, with key 3 and nonce bytes(range(100, 124)); associated
 * data parts([b"tidemark page place 1", b"child_page", b"p-17", 2, header]). */
static const char closed_elsewhere[] =
    "01030000000c5f86fe9a2342756465666768696a6b6c6d6e6f707172737475767778797a7b019fcc8c791b8e9158abda"
    "22252e2103227f510e78b6903602c51c35b9c967243fc0d14cb24d23d217f1fb2f19e5fd01518f091c7b5da60abd442f"
    "317502bd0d2d16425ee163a7e8e05a2b6f0ab4a89cdc696f18cd76878b4e547ad7a7dba9cd5c8a99375109b483312205"
    "38b3cefe7174d9c1442a65ebf575ce97db2e3be8d1bda8d0e3f46611efee99e74d8120520d1b7b3b5b23c381ca8b3743"
    "172475832d5ee0f6fa01324263b1022ff3db69cebb57603daa0b794829d69e68d69cbb05e309fec7390bba274e6f830a"
    "6b8351c333686d233f42540e25c770b8109c7cacbe36520317d9091e9d9f3ed7c3e9f53303c1879cb4121f06764b66f8"
    "6d1ccdcb7d203ee525ea1bdb3221937a7a011070ed5d28b3fcc35bba5025452407bb64ed80";

enum { CLOSED_BYTES = sizeof closed_elsewhere / 2 };

static tdm_status open_at(const tdm__ring *ring, tdm__page_place where, tdm_str closed, tdm_str expected)
{
    tdm__secret plain;
    tdm_error error = {0};
    tdm_status status = tdm__page_open(&plain, &tdm__malloc_allocator, ring, where, closed, &error);
    ck_assert_int_eq(plain.data != NULL, status == TDM_OK);
    ck_assert_int_eq(error.status, status);
    ck_assert(status != TDM_OK || tdm__str_equal(tdm__secret_str(&plain), expected));
    tdm__secret_free(&plain);
    return status;
}

START_TEST(a_page_closed_elsewhere_opens)
{
    unsigned char bytes[CLOSED_BYTES];
    tdm__ring *ring = ring_of_text(RING_3);
    ck_assert_uint_eq(sizeof bytes, 256 + TDM__PAGE_FRAME_BYTES);
    ck_assert(tdm__unhex(bytes, sizeof bytes, tdm__str(closed_elsewhere)));
    tdm_str closed = {(const char *)bytes, sizeof bytes};
    ck_assert_uint_eq(tdm__page_key_number(closed), 3);
    ck_assert_int_eq(open_at(ring, place, closed, NAME), TDM_OK);
    tdm__ring_free(ring);
}
END_TEST

START_TEST(what_was_closed_opens_and_lengths_tell_little)
{
    static const struct {
        size_t length, closed_length;
    } rows[] = {{0, 256},   {1, 256},   {255, 256}, {256, 512},
                {257, 512}, {511, 512}, {512, 768}, {70000, 70144}};
    static char plain[70000];
    tdm__ring *ring = ring_of_text(RING_3);
    tdm__text first, second;
    tdm_error error = {0};
    memset(plain, 0, sizeof plain);
    plain[255] = (char)0x80;
    tdm__text_init(&first, &tdm__malloc_allocator);
    tdm__text_init(&second, &tdm__malloc_allocator);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tdm_str bytes = {plain, rows[i].length};
        ck_assert_int_eq(tdm__page_close(&first, ring, place, bytes, &error), TDM_OK);
        ck_assert_int_eq(tdm__page_close(&second, ring, place, bytes, &error), TDM_OK);
        ck_assert_uint_eq(first.length, rows[i].closed_length + TDM__PAGE_FRAME_BYTES);
        ck_assert(!tdm__str_equal(tdm__text_str(&first), tdm__text_str(&second)));
        ck_assert_int_eq(open_at(ring, place, tdm__text_str(&first), bytes), TDM_OK);
    }
    tdm__text_free(&first);
    tdm__text_free(&second);
    tdm__ring_free(ring);
}
END_TEST

static void closed_name(tdm__text *out, const tdm__ring *ring)
{
    tdm_error error = {0};
    tdm__text_init(out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__page_close(out, ring, place, NAME, &error), TDM_OK);
}

START_TEST(the_plain_text_stands_nowhere)
{
    tdm__ring *ring = ring_of_text(RING_3);
    tdm__text closed;
    closed_name(&closed, ring);
    for (size_t i = 0; i + 8 <= closed.length; i++)
        ck_assert(memcmp(closed.data + i, "invented", 8) != 0);
    tdm__text_free(&closed);
    tdm__ring_free(ring);
}
END_TEST

START_TEST(a_page_opens_in_its_place_only)
{
    static const tdm__page_place others[] = {
        {{"child_pages", 11}, {"p-17", 4}, 2},
        {{"child_page", 10}, {"p-18", 4}, 2},
        {{"child_page", 10}, {"p-17", 4}, 3},
        {{"child_pagep", 11}, {"-17", 3}, 2},
        {{"", 0}, {"", 0}, 0},
    };
    tdm__ring *ring = ring_of_text(RING_3);
    tdm__text closed;
    closed_name(&closed, ring);
    ck_assert_int_eq(open_at(ring, place, tdm__text_str(&closed), NAME), TDM_OK);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_int_eq(open_at(ring, others[i], tdm__text_str(&closed), NAME), TDM_INVALID_INPUT);
    tdm__text_free(&closed);
    tdm__ring_free(ring);
}
END_TEST

START_TEST(each_changed_byte_and_each_length_is_told)
{
    tdm__ring *ring = ring_of_text(RING_3);
    tdm__text closed;
    closed_name(&closed, ring);
    for (size_t i = 0; i < closed.length; i++) {
        closed.data[i] ^= 2;
        /* Byte 0 is the version: 1 becomes 3. */
        ck_assert_int_eq(open_at(ring, place, tdm__text_str(&closed), NAME),
                         i == 0 ? TDM_NEWER : TDM_INVALID_INPUT);
        ck_assert(!tdm__page_is_whole(tdm__text_str(&closed)));
        closed.data[i] ^= 2;
    }
    ck_assert(tdm__page_is_whole(tdm__text_str(&closed)));
    for (size_t length = 0; length < closed.length; length++) {
        ck_assert_int_eq(open_at(ring, place, (tdm_str){closed.data, length}, NAME), TDM_INVALID_INPUT);
        ck_assert(!tdm__page_is_whole((tdm_str){closed.data, length}));
    }
    ck_assert_uint_eq(tdm__page_key_number((tdm_str){closed.data, 10}), 0);
    tdm__text_free(&closed);
    tdm__ring_free(ring);
}
END_TEST

/* Who can write the checksum anew can change what is told apart, but never make another text of it. */
START_TEST(a_forged_page_does_not_open)
{
    tdm__ring *ring = ring_of_text(RING_3);
    tdm__text closed;
    closed_name(&closed, ring);
    size_t checked = closed.length - 16;
    for (size_t i = 13; i < checked; i += 7) {
        const tdm_str list[] = {TDM_LIT("tidemark page check 1"), {closed.data, checked}};
        closed.data[i] ^= 2;
        tdm__digest_parts((unsigned char *)closed.data + checked, 16, NULL, list, 2);
        ck_assert_int_eq(open_at(ring, place, tdm__text_str(&closed), NAME), TDM_INVALID_INPUT);
        closed.data[i] ^= 2;
    }
    tdm__text_free(&closed);
    tdm__ring_free(ring);
}
END_TEST

START_TEST(old_keys_open_and_the_newest_closes)
{
    tdm__ring *ring = ring_of_text(RING_3);
    tdm__text before, after;
    tdm_error error = {0};
    closed_name(&before, ring);
    ck_assert_int_eq(tdm__ring_grow(ring, 1800000000, &error), TDM_OK);
    closed_name(&after, ring);
    ck_assert_uint_eq(tdm__page_key_number(tdm__text_str(&before)), 3);
    ck_assert_uint_eq(tdm__page_key_number(tdm__text_str(&after)), 4);
    ck_assert_int_eq(open_at(ring, place, tdm__text_str(&before), NAME), TDM_OK);
    ck_assert_int_eq(open_at(ring, place, tdm__text_str(&after), NAME), TDM_OK);
    ck_assert_int_eq(tdm__ring_drop(ring, 3, &error), TDM_OK);
    ck_assert_int_eq(open_at(ring, place, tdm__text_str(&before), NAME), TDM_NOT_FOUND);
    ck_assert_int_eq(open_at(ring, place, tdm__text_str(&after), NAME), TDM_OK);
    tdm__ring_free(ring);
    /* Another ring's key 4 is another key. */
    ring = ring_of_text(RING_3);
    ck_assert_int_eq(tdm__ring_grow(ring, 1800000000, &error), TDM_OK);
    ck_assert_int_eq(open_at(ring, place, tdm__text_str(&after), NAME), TDM_CONFLICT);
    tdm__text_free(&before);
    tdm__text_free(&after);
    tdm__ring_free(ring);
}
END_TEST

START_TEST(an_empty_ring_and_a_huge_page_are_refused)
{
    tdm__ring *empty, *ring = ring_of_text(RING_3);
    tdm__text closed;
    tdm_error error = {0};
    tdm_str huge = {"", TDM__PAGE_MAX_BYTES + 1};
    tdm__text_init(&closed, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__ring_new(&empty, &tdm__malloc_allocator), TDM_OK);
    ck_assert_int_eq(tdm__page_close(&closed, empty, place, NAME, &error), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__page_close(&closed, ring, place, huge, &error), TDM_TOO_LARGE);
    ck_assert_uint_eq(closed.length, 0);
    tdm__text_free(&closed);
    tdm__ring_free(empty);
    tdm__ring_free(ring);
}
END_TEST

/* key = parts([b"tidemark use key 1", 3, b"index"], bytes(range(32)));
 * parts([b"tidemark blind 1", kind, letters], key, 16) with the letters 9434765919 and a801200001001. */
START_TEST(identifiers_are_found_however_they_are_written)
{
    static const struct {
        const char *kind, *identifier, *expected;
    } rows[] = {
        {"nhs-number", "9434765919", "4a3055c27f1b04e651d3fac8f11c9343"},
        {"nhs-number", "943 476 5919", "4a3055c27f1b04e651d3fac8f11c9343"},
        {"nhs-number", " \t943\u00A0476\u00A05919\r\n", "4a3055c27f1b04e651d3fac8f11c9343"},
        {"upn", "A801200001001", "425e093ee094da6fc38a3c23c1198023"},
        {"upn", "a8012 00001001 ", "425e093ee094da6fc38a3c23c1198023"},
    };
    tdm__ring *ring = ring_of_text(RING_3);
    tdm__digest key;
    tdm__blind blind;
    ck_assert_int_eq(tdm__ring_key_for(&key, ring, 3, TDM__RING_INDEX), TDM_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert(tdm__blind_index(&blind, &key, tdm__str(rows[i].kind), tdm__str(rows[i].identifier)));
        assert_hex(blind.bytes, sizeof blind.bytes, rows[i].expected);
    }
    tdm__ring_free(ring);
}
END_TEST

START_TEST(capitals_do_not_count)
{
    tdm__digest key = counted_bytes(0);
    tdm__blind capitals, small;
    ck_assert(tdm__blind_index(&capitals, &key, TDM_LIT("k"), TDM_LIT("@ABCDEFGHIJKLMNOPQRSTUVWXYZ[")));
    ck_assert(tdm__blind_index(&small, &key, TDM_LIT("k"), TDM_LIT("@abcdefghijklmnopqrstuvwxyz[")));
    ck_assert(memcmp(&capitals, &small, sizeof small) == 0);
    ck_assert(tdm__blind_index(&small, &key, TDM_LIT("k"), TDM_LIT("`abcdefghijklmnopqrstuvwxyz{")));
    ck_assert(memcmp(&capitals, &small, sizeof small) != 0);
}
END_TEST

START_TEST(other_identifiers_are_others)
{
    static const struct {
        const char *kind, *identifier;
    } rows[] = {{"upn", "9434765919"},        {"nhs-number", "9434765918"}, {"nhs-number", "943-476-5919"},
                {"nhs-numbe", "r9434765919"}, {"nhs-number", "\u00C1"},     {"nhs-number", "\u00E1"}};
    static char longest[TDM__IDENTIFIER_BYTES_MAX + 2];
    tdm__digest key = counted_bytes(0), other = counted_bytes(1);
    tdm__blind first, blind, zero = {{0}};
    ck_assert(tdm__blind_index(&first, &key, TDM_LIT("nhs-number"), TDM_LIT("9434765919")));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert(tdm__blind_index(&blind, &key, tdm__str(rows[i].kind), tdm__str(rows[i].identifier)));
        ck_assert(memcmp(&first, &blind, sizeof blind) != 0);
    }
    ck_assert(tdm__blind_index(&blind, &other, TDM_LIT("nhs-number"), TDM_LIT("9434765919")));
    ck_assert(memcmp(&first, &blind, sizeof blind) != 0);
    ck_assert(!tdm__blind_index(&blind, &key, TDM_LIT("nhs-number"), TDM_LIT("")));
    ck_assert(!tdm__blind_index(&blind, &key, TDM_LIT("nhs-number"), TDM_LIT(" \xC2\xA0\t ")));
    ck_assert(memcmp(&zero, &blind, sizeof blind) == 0);
    memset(longest, 'x', sizeof longest);
    longest[0] = ' ';
    ck_assert(tdm__blind_index(&blind, &key, TDM_LIT("k"), (tdm_str){longest, sizeof longest - 1}));
    ck_assert(!tdm__blind_index(&blind, &key, TDM_LIT("k"), (tdm_str){longest, sizeof longest}));
}
END_TEST

static tdm_status close_and_open(const tdm_allocator *allocator)
{
    tdm__ring *ring = ring_of_text(RING_3);
    tdm__text closed;
    tdm__secret plain = {allocator, NULL, 0};
    tdm_error error = {0};
    tdm__text_init(&closed, allocator);
    tdm_status status = tdm__page_close(&closed, ring, place, NAME, &error);
    if (status == TDM_OK)
        status = tdm__page_open(&plain, allocator, ring, place, tdm__text_str(&closed), &error);
    tdm__secret_free(&plain);
    tdm__text_free(&closed);
    tdm__ring_free(ring);
    return status;
}

START_TEST(memory_may_run_out)
{
    TEST_EVERY_ALLOCATION(close_and_open);
}
END_TEST

Suite *cipher_suite(void)
{
    Suite *suite = suite_create("cipher");
    TCase *cases = tcase_create("cipher");
    tcase_add_test(cases, a_page_closed_elsewhere_opens);
    tcase_add_test(cases, what_was_closed_opens_and_lengths_tell_little);
    tcase_add_test(cases, the_plain_text_stands_nowhere);
    tcase_add_test(cases, a_page_opens_in_its_place_only);
    tcase_add_test(cases, each_changed_byte_and_each_length_is_told);
    tcase_add_test(cases, a_forged_page_does_not_open);
    tcase_add_test(cases, old_keys_open_and_the_newest_closes);
    tcase_add_test(cases, an_empty_ring_and_a_huge_page_are_refused);
    tcase_add_test(cases, identifiers_are_found_however_they_are_written);
    tcase_add_test(cases, capitals_do_not_count);
    tcase_add_test(cases, other_identifiers_are_others);
    tcase_add_test(cases, memory_may_run_out);
    suite_add_tcase(suite, cases);
    return suite;
}
