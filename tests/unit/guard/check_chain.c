/*
 * The audit chain: MACs of another program, the head as text, and every way in which a chain can be wrong.
 */
#include <stdio.h>
#include <string.h>

#include "guard/chain.h"
#include "guard/suites.h"
#include "guard/vectors.h"

#define ENTRIES_MAX 60

/* prev = parts([b"tidemark audit 1", prev, number, time, actor, role, ...], bytes(range(32, 64))), from 32
 * zero bytes. */
START_TEST(macs_are_those_of_another_program)
{
    static const tdm__chain_entry entries[] = {
        {1,
         1700000000,
         {"anna", 4},
         {"practitioner", 12},
         {"saw", 3},
         {"case", 4},
         {"c-1", 3},
         {"", 0},
         {"", 0}},
        {2,
         1700000060,
         {"ben", 3},
         {"manager", 7},
         {"changed", 7},
         {"account", 7},
         {"7", 1},
         {"left the team", 13},
         {"{\"role\":\"manager\"}", 18}},
        {3,
         1700000120,
         {"anna", 4},
         {"practitioner", 12},
         {"exported", 8},
         {"case", 4},
         {"c-2", 3},
         {"duty worker tonight", 19},
         {"", 0}},
    };
    static const char *const macs[] = {"35bb7d063b81c76c2644919ce413752b61d257b497e8a8aa520454f64f4e3247",
                                       "1cd995b40cc0670fb8ea456058427a17295b55de994db4cd0bc579ce2898204a",
                                       "2fc1eb095c94c5311334d2caebb0e670c073c62f565c057e7992e4dce2443d28"};
    tdm__digest key = counted_bytes(32);
    tdm__chain_head head = {0};
    char text[TDM__CHAIN_HEAD_SIZE];
    ck_assert_int_eq(tdm__chain_append(&head, &key, &entries[1]), TDM_INVALID_ARG);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(tdm__chain_append(&head, &key, &entries[i]), TDM_OK);
        assert_hex(head.mac.bytes, 32, macs[i]);
    }
    tdm__chain_head_write(text, &head);
    ck_assert_str_eq(text, "3:2fc1eb095c94c5311334d2caebb0e670c073c62f565c057e7992e4dce2443d28");
}
END_TEST

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define ONES  "1111111111111111111111111111111111111111111111111111111111111111"

START_TEST(heads_come_back)
{
    static const char *const right[] = {"0:" ZEROS, "1:" ONES, "42:" ONES, "9223372036854775807:" ONES};
    static const char *const wrong[] = {
        "",
        ":",
        "42",
        "42:",
        ":" ONES,
        "0:" ONES,
        "01:" ONES,
        "+1:" ONES,
        "-1:" ONES,
        " 1:" ONES,
        "1:" ONES "1",
        "1:" ONES " ",
        "1 :" ONES,
        "1;" ONES,
        "9223372036854775808:" ONES,
        "1:A" ONES,
        "1:A111111111111111111111111111111111111111111111111111111111111111",
        "1:1" ZEROS,
        ONES ONES,
    };
    tdm__chain_head head;
    char text[TDM__CHAIN_HEAD_SIZE];
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        ck_assert_msg(tdm__chain_head_read(&head, tdm__str(right[i])), "%s", right[i]);
        tdm__chain_head_write(text, &head);
        ck_assert_str_eq(text, right[i]);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(!tdm__chain_head_read(&head, tdm__str(wrong[i])), "%s", wrong[i]);
        ck_assert_int_eq(head.count, 0);
    }
}
END_TEST

/* --- the walk --- */

typedef struct stored_entry {
    tdm__chain_entry entry;
    tdm__digest mac;
} stored_entry;

typedef struct written_chain {
    stored_entry rows[ENTRIES_MAX];
    size_t count;
    tdm__chain_head head; /* as it was when all was written */
    bool has_head;
    int key;
} written_chain;

static void write_chain(written_chain *out, int64_t count)
{
    tdm__digest key = counted_bytes(0);
    *out = (written_chain){.has_head = false};
    for (int64_t number = 1; number <= count; number++) {
        tdm__chain_entry entry = {.number = number, .time = 1000 + number, .what = TDM_LIT("saw")};
        ck_assert_int_eq(tdm__chain_append(&out->head, &key, &entry), TDM_OK);
        out->rows[out->count++] = (stored_entry){entry, out->head.mac};
    }
}

static tdm_status put_finding(tdm__chain_finding finding, void *payload)
{
    tdm__text *text = payload;
    tdm__text_printf(text, "%s%s %lld-%lld", text->length > 0 ? ", " : "",
                     tdm__chain_fault_code(finding.fault), (long long)finding.first, (long long)finding.last);
    return TDM_OK;
}

static void walk_gives(const written_chain *chain, const char *expected, int64_t verified)
{
    tdm__chain_walk walk;
    tdm__chain_head end;
    tdm__text text;
    tdm__digest key = counted_bytes(chain->key);
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__text_puts(&text, "");
    tdm__chain_walk_begin(&walk, &key, chain->has_head ? &chain->head : NULL, put_finding, &text);
    for (size_t i = 0; i < chain->count; i++)
        ck_assert_int_eq(tdm__chain_walk_entry(&walk, &chain->rows[i].entry, &chain->rows[i].mac), TDM_OK);
    ck_assert_int_eq(tdm__chain_walk_end(&end, &walk), TDM_OK);
    ck_assert_str_eq(text.data ? text.data : "", expected);
    ck_assert_int_eq(walk.is_whole, expected[0] == '\0');
    ck_assert_int_eq(walk.verified, verified);
    tdm__text_free(&text);
}

static void remove_rows(written_chain *chain, size_t from, size_t count)
{
    memmove(&chain->rows[from], &chain->rows[from + count],
            (chain->count - from - count) * sizeof *chain->rows);
    chain->count -= count;
}

/* What somebody does to ten entries; row i holds entry i + 1. */
static void nothing(written_chain *chain)
{
    (void)chain;
}
static void change_5(written_chain *chain)
{
    chain->rows[4].entry.reason = TDM_LIT("another");
}
static void change_time_of_1(written_chain *chain)
{
    chain->rows[0].entry.time++;
}
static void change_last(written_chain *chain)
{
    chain->rows[9].entry.actor = TDM_LIT("somebody else");
}
static void change_mac_of_5(written_chain *chain)
{
    chain->rows[4].mac.bytes[31] ^= 1;
}
static void change_5_and_its_mac(written_chain *chain)
{
    change_5(chain);
    change_mac_of_5(chain);
}
static void change_5_to_7(written_chain *chain)
{
    for (size_t i = 4; i < 7; i++)
        chain->rows[i].entry.what = TDM_LIT("another");
}
static void move_text_between_fields(written_chain *chain)
{
    chain->rows[4].entry.role = TDM_LIT("saw");
    chain->rows[4].entry.what = TDM_LIT("");
}
static void change_3_and_8(written_chain *chain)
{
    chain->rows[2].entry.time = 0;
    chain->rows[7].entry.time = 0;
}
static void remove_5(written_chain *chain)
{
    remove_rows(chain, 4, 1);
}
static void remove_4_to_6(written_chain *chain)
{
    remove_rows(chain, 3, 3);
}
static void remove_first(written_chain *chain)
{
    remove_rows(chain, 0, 1);
}
static void remove_5_and_number_anew(written_chain *chain)
{
    remove_rows(chain, 4, 1);
    for (size_t i = 4; i < chain->count; i++)
        chain->rows[i].entry.number--;
}
static void swap_rows(written_chain *chain)
{
    stored_entry third = chain->rows[2];
    chain->rows[2] = chain->rows[3];
    chain->rows[3] = third;
}
static void move_2_to_the_end(written_chain *chain)
{
    stored_entry second = chain->rows[1];
    remove_rows(chain, 1, 1);
    chain->rows[chain->count++] = second;
}
static void move_5_of_a_gap(written_chain *chain)
{
    stored_entry fifth = chain->rows[4];
    remove_rows(chain, 3, 3);
    chain->rows[chain->count++] = fifth;
}
static void put_5_twice(written_chain *chain)
{
    chain->rows[chain->count++] = chain->rows[4];
}
static void cut_off_3(written_chain *chain)
{
    remove_rows(chain, 7, 3);
}
static void cut_off_all(written_chain *chain)
{
    chain->count = 0;
}
static void with_head(written_chain *chain)
{
    chain->has_head = true;
}
static void with_old_head(written_chain *chain)
{
    chain->has_head = true;
    chain->head = (tdm__chain_head){6, chain->rows[5].mac};
}
static void write_all_anew(written_chain *chain)
{
    tdm__chain_head kept = chain->head;
    tdm__digest key = counted_bytes(0);
    chain->head = (tdm__chain_head){0};
    for (size_t i = 0; i < chain->count; i++) {
        chain->rows[i].entry.actor = TDM_LIT("somebody else");
        ck_assert_int_eq(tdm__chain_append(&chain->head, &key, &chain->rows[i].entry), TDM_OK);
        chain->rows[i].mac = chain->head.mac;
    }
    chain->head = kept;
}
static void take_another_key(written_chain *chain)
{
    chain->key = 1;
}
static void number_zero(written_chain *chain)
{
    chain->rows[0].entry.number = 0;
}

START_TEST(each_fault_is_named)
{
    static const struct {
        void (*first)(written_chain *);
        void (*second)(written_chain *);
        const char *expected;
        int64_t verified;
    } rows[] = {
        {nothing, nothing, "", 10},
        {with_head, nothing, "", 10},
        {with_old_head, nothing, "", 10},
        {change_5, nothing, "changed 5-5", 9},
        {change_time_of_1, nothing, "changed 1-1", 9},
        {change_last, nothing, "changed 10-10", 9},
        {change_mac_of_5, nothing, "changed 5-5", 9},
        {change_5_and_its_mac, nothing, "changed 5-5, unsure 6-6", 8},
        {change_5_to_7, nothing, "changed 5-5, unsure 6-7", 7},
        {move_text_between_fields, nothing, "changed 5-5", 9},
        {change_3_and_8, nothing, "changed 3-3, changed 8-8", 8},
        {remove_5, nothing, "unsure 6-6, missing 5-5", 8},
        {remove_5, change_3_and_8, "changed 3-3, unsure 6-6, changed 9-9, missing 5-5", 6},
        {remove_4_to_6, nothing, "unsure 7-7, missing 4-6", 6},
        {remove_first, nothing, "unsure 2-2, missing 1-1", 8},
        {remove_5_and_number_anew, nothing, "changed 5-5, unsure 6-9", 4},
        {swap_rows, nothing, "moved 3-3, unsure 4-4", 8},
        {move_2_to_the_end, nothing, "moved 2-2, unsure 3-3", 8},
        {move_5_of_a_gap, nothing, "moved 5-5, unsure 7-7, missing 4-4, missing 6-6", 6},
        {put_5_twice, nothing, "twice 5-5", 10},
        {cut_off_3, nothing, "", 7},
        {cut_off_3, with_head, "cut-off 8-10", 7},
        {cut_off_all, with_head, "cut-off 1-10", 0},
        {cut_off_all, nothing, "", 0},
        {write_all_anew, nothing, "", 10},
        {write_all_anew, with_head, "other-head 10-10", 10},
        {with_old_head, write_all_anew, "other-head 6-6", 10},
        {take_another_key, nothing, "key 1-10", 0},
        {take_another_key, remove_5, "key 1-10, missing 5-5", 0},
        {number_zero, nothing, "moved 0-0, unsure 2-2, missing 1-1", 8},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        written_chain ten;
        write_chain(&ten, 10);
        rows[i].first(&ten);
        rows[i].second(&ten);
        walk_gives(&ten, rows[i].expected, rows[i].verified);
    }
}
END_TEST

/* Every second entry of 60 is missing: 29 gaps, of which 16 are remembered. */
START_TEST(more_gaps_than_are_remembered)
{
    static written_chain holes;
    tdm__text expected;
    write_chain(&holes, ENTRIES_MAX);
    for (size_t i = 1; i < holes.count - 1; i++)
        remove_rows(&holes, i, 1);
    tdm__text_init(&expected, &tdm__malloc_allocator);
    tdm__chain_walk walk;
    tdm__chain_head end;
    tdm__digest key = counted_bytes(0);
    tdm__chain_walk_begin(&walk, &key, NULL, put_finding, &expected);
    for (size_t i = 0; i < holes.count; i++)
        ck_assert_int_eq(tdm__chain_walk_entry(&walk, &holes.rows[i].entry, &holes.rows[i].mac), TDM_OK);
    ck_assert_uint_eq(walk.gap_count, TDM__CHAIN_GAPS_MAX);
    ck_assert_int_eq(tdm__chain_walk_end(&end, &walk), TDM_OK);
    for (int number = 2; number < 59; number += 2) {
        char missing[24];
        snprintf(missing, sizeof missing, "missing %d-%d", number, number);
        ck_assert_ptr_nonnull(strstr(expected.data, missing));
    }
    tdm__text_free(&expected);
}
END_TEST

static tdm_status stop(tdm__chain_finding finding, void *payload)
{
    (void)finding;
    ++*(int *)payload;
    return TDM_CANCELLED;
}

START_TEST(who_listens_may_end_the_walk)
{
    written_chain ten;
    tdm__chain_walk walk;
    tdm__chain_head end;
    tdm__digest key = counted_bytes(0), zero = {{0}};
    int calls = 0;
    write_chain(&ten, 10);
    put_5_twice(&ten);
    tdm__chain_walk_begin(&walk, &key, NULL, stop, &calls);
    for (size_t i = 0; i < 10; i++)
        ck_assert_int_eq(tdm__chain_walk_entry(&walk, &ten.rows[i].entry, &ten.rows[i].mac), TDM_OK);
    ck_assert_int_eq(tdm__chain_walk_entry(&walk, &ten.rows[10].entry, &ten.rows[10].mac), TDM_CANCELLED);
    ck_assert_int_eq(tdm__chain_walk_end(&end, &walk), TDM_OK);
    ck_assert_int_eq(calls, 1);
    ck_assert_int_eq(end.count, 10);
    ck_assert(tdm__digest_equal(&walk.key, &zero));
}
END_TEST

START_TEST(findings_are_sentences)
{
    static const struct {
        tdm__chain_finding finding;
        const char *expected;
    } rows[] = {
        {{TDM__CHAIN_CHANGED, 5, 5}, "entry 5 was changed"},
        {{TDM__CHAIN_CHANGED, 5, 9}, "entries 5 to 9 were changed"},
        {{TDM__CHAIN_MISSING, 4, 6}, "entries 4 to 6 are missing"},
        {{TDM__CHAIN_CUT_OFF, 10, 10}, "entry 10 is missing at the end: the head was taken after it"},
        {{TDM__CHAIN_KEY, 1, 3},
         "no entry can be verified: the key is another one, or all of 1 to 3 were changed"},
    };
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tdm__text_clear(&text);
        tdm__chain_put_finding(&text, rows[i].finding);
        ck_assert_str_eq(text.data, rows[i].expected);
    }
    for (int fault = 0; fault < TDM__CHAIN_FAULTS; fault++) {
        tdm__text_clear(&text);
        tdm__chain_put_finding(&text, (tdm__chain_finding){(tdm__chain_fault)fault, 1, 2});
        ck_assert_ptr_null(strchr(text.data, '%'));
    }
    tdm__text_free(&text);
}
END_TEST

Suite *chain_suite(void)
{
    Suite *suite = suite_create("chain");
    TCase *cases = tcase_create("chain");
    tcase_add_test(cases, macs_are_those_of_another_program);
    tcase_add_test(cases, heads_come_back);
    tcase_add_test(cases, each_fault_is_named);
    tcase_add_test(cases, more_gaps_than_are_remembered);
    tcase_add_test(cases, who_listens_may_end_the_walk);
    tcase_add_test(cases, findings_are_sentences);
    suite_add_tcase(suite, cases);
    return suite;
}
