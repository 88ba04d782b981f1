/*
 * Numbers and addresses that tell by their form. The check digits are worked out by hand: 943 476 5919 is
 * the specimen of the NHS; 9x10 + 4x9 + 3x8 + 4x7 + 7x6 + 6x5 + 5x4 + 9x3 + 1x2 = 299, 299 mod 11 = 2, 11 - 2
 * = 9.
 */
#include <string.h>

#include "guard/patterns.h"
#include "guard/suites.h"
#include "support.h"

#define NONE TDM__LEAK_KINDS

static const struct {
    const char *text;
    size_t at; /* of the word */
    tdm__leak_kind kind;
    const char *found; /* the bytes from `at` on */
    const char *compact;
} forms[] = {
    {"943 476 5919.", 0, TDM__LEAK_NHS_NUMBER, "943 476 5919", "9434765919"},
    {"9434765919", 0, TDM__LEAK_NHS_NUMBER, "9434765919", "9434765919"},
    {"943-476-5919", 0, TDM__LEAK_NHS_NUMBER, "943-476-5919", "9434765919"},
    {"943 476 5918", 0, NONE, "", ""},
    {"9434 76 5919", 0, NONE, "", ""},
    {"07700 900123", 0, TDM__LEAK_PHONE, "07700 900123", "07700900123"},
    {"07700900123 2024", 0, TDM__LEAK_PHONE, "07700900123", "07700900123"},
    {"(01632) 960 001,", 1, TDM__LEAK_PHONE, "01632) 960 001", "01632960001"},
    {"+44 7700 900123", 1, TDM__LEAK_PHONE, "44 7700 900123", "07700900123"},
    {"+44 (0)7700 900123", 1, TDM__LEAK_PHONE, "44 (0)7700 900123", "07700900123"},
    {"0044 7700 900123", 0, TDM__LEAK_PHONE, "0044 7700 900123", "07700900123"},
    {"05-03-2024 10.30", 0, NONE, "", ""},
    {"2018-08-20 1030", 0, NONE, "", ""},
    {"0800 1111", 0, NONE, "", ""},
    {"07700 900123x", 0, NONE, "", ""},
    {"SE1 9HF", 0, TDM__LEAK_POSTCODE, "SE1 9HF", "SE19HF"},
    {"se19hf)", 0, TDM__LEAK_POSTCODE, "se19hf", "SE19HF"},
    {"EC1A 1BB", 0, TDM__LEAK_POSTCODE, "EC1A 1BB", "EC1A1BB"},
    {"M1 1AE is", 0, TDM__LEAK_POSTCODE, "M1 1AE", "M11AE"},
    {"b1 2nd floor", 0, NONE, "", ""},
    {"SE1 9CF", 0, NONE, "", ""}, /* no C behind the digit */
    {"SE1  9HF", 0, NONE, "", ""},
    {"S47 section", 0, NONE, "", ""},
    {"a.b+c@example.org.", 0, TDM__LEAK_EMAIL, "a.b+c@example.org", ""},
    {"mum@home", 0, TDM__LEAK_EMAIL, "mum@home", ""},
    {"at @ six", 0, NONE, "", ""},
    {"12 Mill Lane", 0, TDM__LEAK_ADDRESS, "12 Mill Lane", ""},
    {"3a Upper Mill Rd, ...", 0, TDM__LEAK_ADDRESS, "3a Upper Mill Rd", ""},
    {"12 mill lane", 0, NONE, "", ""},
    {"2 Park", 0, NONE, "", ""},
    {"12345 Mill Lane", 0, NONE, "", ""},
};

START_TEST(forms_are_found)
{
    tdm__pattern pattern;
    tdm_str text = tdm__str(forms[_i].text);
    bool found = tdm__pattern_at(&pattern, text, forms[_i].at);
    ck_assert(found == (forms[_i].kind != NONE));
    if (!found)
        return;
    ck_assert_int_eq(pattern.kind, forms[_i].kind);
    ck_assert_str_eq(pattern.compact, forms[_i].compact);
    ck_assert_uint_eq(pattern.end - forms[_i].at, strlen(forms[_i].found));
    ck_assert_int_eq(memcmp(text.data + forms[_i].at, forms[_i].found, strlen(forms[_i].found)), 0);
}
END_TEST

START_TEST(whole_texts_become_compact)
{
    char compact[TDM__COMPACT_SIZE];
    ck_assert(tdm__compact_number(compact, TDM_LIT("+44 (0)7700 900123")));
    ck_assert_str_eq(compact, "07700900123");
    ck_assert(!tdm__compact_number(compact, TDM_LIT("07700 900123 x")));
    ck_assert(!tdm__compact_number(compact, TDM_LIT("123 456")));
    ck_assert(!tdm__compact_number(compact, TDM_LIT("1234567890123456")));
    ck_assert(tdm__compact_postcode(compact, TDM_LIT("se1 9hf")));
    ck_assert_str_eq(compact, "SE19HF");
    ck_assert(!tdm__compact_postcode(compact, TDM_LIT("se1 9hf x")));
}
END_TEST

Suite *patterns_suite(void)
{
    Suite *suite = suite_create("patterns");
    TCase *cases = tcase_create("patterns");
    tcase_add_loop_test(cases, forms_are_found, 0, (int)(sizeof forms / sizeof *forms));
    tcase_add_test(cases, whole_texts_become_compact);
    suite_add_tcase(suite, cases);
    return suite;
}
