/*
 * Row keys: equal rows get ordinals, a reference names its row, the same row told twice is one.
 */
#include "ingest/row_keys.h"
#include "ingest/suites.h"
#include "support.h"

#include "base/memory.h"

/* `cells` numbers a row; the real value is a hash, so its bits are spread. */
static uint64_t key_of(tdm__row_keys *keys, const char *reference, const char *child, uint64_t cells)
{
    uint64_t key;
    tdm__row_identity row = {tdm__str(reference), tdm__str(child), cells * UINT64_C(0x9e3779b97f4a7c15)};
    ck_assert_int_eq(tdm__row_key(&key, keys, &row), TDM_OK);
    return key;
}

START_TEST(equal_rows_get_ordinals)
{
    tdm__row_keys first, second;
    tdm__row_keys_init(&first, &tdm__malloc_allocator);
    tdm__row_keys_init(&second, &tdm__malloc_allocator);
    uint64_t a = key_of(&first, "", "c", 1), b = key_of(&first, "", "c", 2), a2 = key_of(&first, "", "c", 1);
    ck_assert(a != b && a != a2 && b != a2);
    /* A row put in before changes no key; the file's own equal rows keep their ordinals. */
    ck_assert(key_of(&second, "", "c", 9) != a);
    ck_assert(key_of(&second, "", "c", 2) == b);
    ck_assert(key_of(&second, "", "c", 1) == a);
    ck_assert(key_of(&second, "", "c", 1) == a2);
    tdm__row_keys_free(&first);
    tdm__row_keys_free(&second);
}
END_TEST

START_TEST(references_name_rows)
{
    tdm__row_keys keys;
    tdm__row_keys_init(&keys, &tdm__malloc_allocator);
    uint64_t first = key_of(&keys, "R1", "c", 10);
    uint64_t other = key_of(&keys, "R1", "c", 11);
    ck_assert(first != other);
    ck_assert(key_of(&keys, "R1", "c", 10) == first);
    ck_assert(key_of(&keys, "R1", "c", 11) == other);
    /* A sibling's row under the same number: the child parts their ids. */
    ck_assert(key_of(&keys, "R1", "d", 12) == first);
    tdm__row_keys_free(&keys);
    tdm__row_keys_init(&keys, &tdm__malloc_allocator);
    /* The cells of a row that is the only one of its reference do not matter. */
    ck_assert(key_of(&keys, "R1", "c", 99) == first);
    tdm__row_keys_free(&keys);
}
END_TEST

START_TEST(cell_boundaries_count)
{
    uint64_t ab_c = tdm__cells_hash(tdm__cells_hash(0, TDM_LIT("ab")), TDM_LIT("c"));
    uint64_t a_bc = tdm__cells_hash(tdm__cells_hash(0, TDM_LIT("a")), TDM_LIT("bc"));
    uint64_t empty_first = tdm__cells_hash(tdm__cells_hash(0, TDM_LIT("")), TDM_LIT("a"));
    uint64_t empty_last = tdm__cells_hash(tdm__cells_hash(0, TDM_LIT("a")), TDM_LIT(""));
    ck_assert(ab_c != a_bc);
    ck_assert(empty_first != empty_last);
}
END_TEST

START_TEST(many_keys_stay_apart)
{
    tdm__row_keys keys;
    tdm__row_keys_init(&keys, &tdm__malloc_allocator);
    for (uint64_t round = 0; round < 2; round++)
        for (uint64_t i = 1; i <= 5000; i++) {
            uint64_t cells = i * UINT64_C(0x9e3779b97f4a7c15), key;
            ck_assert_int_eq(tdm__row_key_of_cells(&key, &keys, cells), TDM_OK);
            ck_assert((key == cells) == (round == 0));
        }
    tdm__row_keys_free(&keys);
}
END_TEST

Suite *row_keys_suite(void)
{
    Suite *suite = suite_create("ingest row keys");
    TCase *tests = tcase_create("row keys");
    tcase_add_test(tests, equal_rows_get_ordinals);
    tcase_add_test(tests, references_name_rows);
    tcase_add_test(tests, cell_boundaries_count);
    tcase_add_test(tests, many_keys_stay_apart);
    suite_add_tcase(suite, tests);
    return suite;
}
