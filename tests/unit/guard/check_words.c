/*
 * Words and folding, roles, and finding what is known.
 */
#include <string.h>

#include "guard/known.h"
#include "guard/roles.h"
#include "guard/suites.h"
#include "support.h"

static const struct {
    const char *text;
    const char *folded; /* words with '|' between */
} foldings[] = {
    {"", ""},
    {" . - ", ""},
    {"Jane's 20th!", "jane|s|20th"},
    {"O\xE2\x80\x99Leary", "o|leary"},
    {"LN-1/x_y", "ln|1|x|y"},
    {"\xC3\x89mile caf\xC3\xA9", "\xC3\xA9mile|caf\xC3\xA9"},
    {"e\xCC\x81mile", "\xC3\xA9mile"},        /* a letter and its accent apart */
    {"Ja\xE2\x80\x8Bne", "jane"},             /* a space of no width inside */
    {"Ja\xC2\xADne", "jane"},                 /* a soft hyphen */
    {"\xE2\x80\xAEJane\xE2\x80\xAC", "jane"}, /* turned round */
    {"a\xC2\xA0"
     "b\xE2\x80\x93"
     "c",
     "a|b|c"}, /* no-break space, dash */
};

START_TEST(words_are_folded)
{
    tdm__text out;
    size_t count;
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__words_fold(&out, &count, tdm__str(foldings[_i].text), '|'), TDM_OK);
    ck_assert_str_eq(tdm__text_str(&out).data, foldings[_i].folded);
    tdm__text_free(&out);
}
END_TEST

static const struct {
    const char *text, *phrase;
    bool held;
} holdings[] = {
    {"the Smith HV", "smith", true},
    {"Smithers", "Smith", false},
    {"a b c", "B, C", true},
    {"a b c", "a c", false},
    {"x", "", false},
};

START_TEST(phrases_are_whole_words)
{
    bool held;
    ck_assert_int_eq(tdm__words_hold(&held, &tdm__malloc_allocator, tdm__str(holdings[_i].text),
                                     tdm__str(holdings[_i].phrase)),
                     TDM_OK);
    ck_assert(held == holdings[_i].held);
}
END_TEST

static const struct {
    const char *text;
    const char *code; /* NULL: no role in it */
    bool whole;
} role_texts[] = {
    {"Health Visitor", "HV", true},
    {"health-visitor", "HV", true},
    {"HV K. Smith", "HV", false},
    {"mother's partner", "Partner", true},
    {"Mum", "Mother", true},
    {"maternal grandmother", "Grandmother", true},
    {"Karen Smith", NULL, false},
    {"motherwell", NULL, false},
    {"", NULL, false},
    {"foster carer", "Foster carer", true},
    {"M\xC3\xBCller (SW)", NULL, false},
};

START_TEST(roles_are_words_of_a_table)
{
    const tdm__role *role = tdm__role_in(tdm__str(role_texts[_i].text));
    ck_assert(tdm__is_role(tdm__str(role_texts[_i].text)) == role_texts[_i].whole);
    ck_assert((role != NULL) == (role_texts[_i].code != NULL));
    if (role)
        ck_assert_str_eq(role->code, role_texts[_i].code);
}
END_TEST

START_TEST(codes_of_workers_are_known)
{
    ck_assert(tdm__is_role_code(TDM_LIT("HV1")));
    ck_assert(tdm__is_role_code(TDM_LIT("Teacher 12")));
    ck_assert(!tdm__is_role_code(TDM_LIT("HV")));
    ck_assert(!tdm__is_role_code(TDM_LIT("HV0")));
    ck_assert(!tdm__is_role_code(TDM_LIT("Mother 2")));
}
END_TEST

/* Ways of writing 3 September 2018, and some that are another day or no day. */
static const struct {
    const char *text;
    bool found;
} dates[] = {
    {"2018-09-03", true},
    {"3/9/18", true},
    {"03.09.2018", true},
    {"3 Sept 2018", true},
    {"3rd of September 2018", true},
    {"September 3, 2018", true},
    {"sep 3rd 18", true},
    {"20180903", true},
    {"03092018", true},
    {"030918", true},
    {"9/3/2018", true},
    {"3Sep2018", true},
    {"2018/9/3", true},
    {"03-SEP-18", true},
    {"4/9/2018", false},
    {"3 September", false},
    {"13/9/2018", false},
    {"2018-09-30", false},
    {"3 9", false},
    {"3918", false},
};

START_TEST(birth_dates_in_any_way_of_writing)
{
    tdm__known known;
    tdm_day born;
    size_t end;
    tdm_str label;
    ck_assert(tdm_day_from_civil(&born, 2018, 9, 3));
    tdm__known_init(&known, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__known_add_birth(&known, born, TDM_LIT("Child 1 born")), TDM_OK);
    tdm_str text = tdm__str(dates[_i].text);
    ck_assert_int_eq(tdm__known_match(&end, &label, &known, text, 0), TDM_OK);
    ck_assert_uint_eq(end, dates[_i].found ? text.length : 0);
    if (dates[_i].found)
        ck_assert(tdm__str_equal(label, TDM_LIT("Child 1 born")));
    tdm__known_free(&known);
}
END_TEST

/* Known: "Mary-Jane O'Leary" and "Mary". What is found at the start of the text, in bytes. */
static const struct {
    const char *text;
    size_t end;
} matches[] = {
    {"Mary-Jane O'Leary rang", 17}, {"mary jane oleary", 4},
    {"MARY, JANE; O. LEARY", 20},   {"Mary    Jane O'Leary", 4},
    {"maryjaneoleary", 14},         {"Maryland", 0},
    {"Mary [Jane] O'Leary", 4},     {"Jane", 0},
};

START_TEST(the_longest_form_is_found)
{
    tdm__known known;
    size_t end;
    tdm_str label;
    tdm__known_init(&known, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__known_add(&known, TDM_LIT("Mary-Jane O'Leary"), TDM_LIT("Child 1")), TDM_OK);
    ck_assert_int_eq(tdm__known_add(&known, TDM_LIT("Mary"), TDM_LIT("Mother")), TDM_OK);
    ck_assert_int_eq(tdm__known_match(&end, &label, &known, tdm__str(matches[_i].text), 0), TDM_OK);
    ck_assert_uint_eq(end, matches[_i].end);
    tdm__known_free(&known);
}
END_TEST

START_TEST(ids_that_tell)
{
    ck_assert(tdm__is_telling_id(TDM_LIT("LN-1")));
    ck_assert(tdm__is_telling_id(TDM_LIT("30011")));
    ck_assert(!tdm__is_telling_id(TDM_LIT("2024")));
    ck_assert(!tdm__is_telling_id(TDM_LIT("small")));
}
END_TEST

#define COUNT(table) (int)(sizeof table / sizeof *table)

Suite *words_suite(void)
{
    Suite *suite = suite_create("words");
    TCase *cases = tcase_create("words");
    tcase_add_loop_test(cases, words_are_folded, 0, COUNT(foldings));
    tcase_add_loop_test(cases, phrases_are_whole_words, 0, COUNT(holdings));
    tcase_add_loop_test(cases, roles_are_words_of_a_table, 0, COUNT(role_texts));
    tcase_add_test(cases, codes_of_workers_are_known);
    tcase_add_loop_test(cases, birth_dates_in_any_way_of_writing, 0, COUNT(dates));
    tcase_add_loop_test(cases, the_longest_form_is_found, 0, COUNT(matches));
    tcase_add_test(cases, ids_that_tell);
    suite_add_tcase(suite, cases);
    return suite;
}
