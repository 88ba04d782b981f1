/*
 * One text to marks and back. In every case the way back gives the same bytes.
 */
#include <string.h>

#include "guard/marks.h"
#include "guard/suites.h"
#include "support.h"

#define NO_LEAK ""

/* Known: Jane (Child 1), 3 September 2018 (Child 1 born), HV-77 (Reference 1), 07700 900123 (Phone 1), SE1
 * 9HF and 12 Mill Lane (Address 1), and, from another export, the mark [Old]. */
static const struct {
    const char *text, *marked;
    const char *leaks; /* codes, each followed by a blank */
} texts[] = {
    {"", "", NO_LEAK},
    {"Nothing to see.", "Nothing to see.", NO_LEAK},
    {"Jane's hair; JANE, jane.", "[Child 1]'s hair; [Child 1/2], [Child 1/3].", NO_LEAK},
    {"Janet", "Janet", NO_LEAK},
    {"born 3/9/18", "born [Child 1 born]", NO_LEAK},
    {"see HV-77/hv 77", "see [Reference 1]/[Reference 1/2]", NO_LEAK},
    {"ring (07700) 900 123 now", "ring ([Phone 1] now", NO_LEAK},
    {"at 12 mill lane, se19hf", "at [Address 1], [Address 1/2]", NO_LEAK},
    {"[Jane]", "[[Child 1]]", NO_LEAK},
    {"[Child 1] Jane", "[Child 1] [Child 1/2]", NO_LEAK},
    {"was [Old] news", "was [Bracket] news", NO_LEAK},
    {"[sic] [[Jane", "[sic] [[[Child 1]", NO_LEAK},
    {"mum Jane", "mum [Child 1]", NO_LEAK},
    {"mum Karen rang", "mum Karen rang", "possible-name "},
    {"Mrs. Karen", "Mrs. Karen", "possible-name "},
    {"Dad said. Karen left", "Dad said. Karen left", NO_LEAK},
    {"mum. Karen left", "mum. Karen left", "possible-name "},
    {"mum, Karen", "mum, Karen", NO_LEAK},
    {"mum karen", "mum karen", NO_LEAK},
    {"Mum I think; dad Monday; Mr HV", "Mum I think; dad Monday; Mr HV", NO_LEAK},
    {"baby \xC3\x89mile", "baby \xC3\x89mile", "possible-name "},
    {"born on 4/9/2018", "born on 4/9/2018", "birth-date "},
    {"D.O.B. 4 Sept 2018", "D.O.B. 4 Sept 2018", "birth-date "},
    {"date of birth: 4.9.18 and", "date of birth: 4.9.18 and", "birth-date "},
    {"born 3 weeks early", "born 3 weeks early", NO_LEAK},
    {"x@y.uk 943 476 5919 M1 1AE 07700 900124", "x@y.uk 943 476 5919 M1 1AE 07700 900124",
     "email nhs-number postcode phone "},
    {"jane@y.uk", "jane@y.uk", "email "},
    {"14 Jane Street", "14 [Child 1] Street", "address "},
    {"14 Old [Old] Lane", "14 Old [Bracket] Lane", "address "},
};

static tdm_status add_known(tdm__known *known)
{
    tdm_day born;
    tdm_day_from_civil(&born, 2018, 9, 3);
    tdm_status status = tdm__known_add(known, TDM_LIT("Jane"), TDM_LIT("Child 1"));
    if (status == TDM_OK)
        status = tdm__known_add_birth(known, born, TDM_LIT("Child 1 born"));
    if (status == TDM_OK)
        status = tdm__known_add(known, TDM_LIT("HV-77"), TDM_LIT("Reference 1"));
    if (status == TDM_OK)
        status = tdm__known_add(known, TDM_LIT("+44 7700 900123"), TDM_LIT("Phone 1"));
    if (status == TDM_OK)
        status = tdm__known_add(known, TDM_LIT("12 Mill Lane"), TDM_LIT("Address 1"));
    if (status == TDM_OK)
        status = tdm__known_add(known, TDM_LIT("SE1 9HF"), TDM_LIT("Address 1"));
    return status;
}

typedef struct result {
    tdm__text marked, back;
    tdm__leaks leaks;
    size_t unknown;
} result;

static void free_result(result *r)
{
    tdm__text_free(&r->marked);
    tdm__text_free(&r->back);
    tdm__leaks_free(&r->leaks);
}

static tdm_status there_and_back(result *r, const tdm_allocator *allocator, tdm_str text)
{
    tdm__key *key;
    tdm__known known;
    *r = (result){.unknown = 0};
    tdm__text_init(&r->marked, allocator);
    tdm__text_init(&r->back, allocator);
    tdm__leaks_init(&r->leaks, allocator);
    tdm__known_init(&known, allocator);
    tdm__marking marking = {.known = &known, .leaks = &r->leaks};
    tdm__text_init(&marking.fold, allocator);
    tdm_status status = tdm__key_new(&key, allocator);
    marking.key = key;
    if (status == TDM_OK)
        status = tdm__key_add(key, TDM__GROUP_MARK, TDM_LIT("[Old]"), TDM_LIT("Older"));
    if (status == TDM_OK)
        status = add_known(&known);
    if (status == TDM_OK)
        status = tdm__marks_reserve(key, text);
    if (status == TDM_OK)
        status = tdm__marks_put(&r->marked, &marking, text);
    if (status == TDM_OK)
        status = tdm__marks_back(&r->back, &r->unknown, key, tdm__text_str(&r->marked));
    tdm__text_free(&marking.fold);
    tdm__known_free(&known);
    tdm__key_free(key);
    return status;
}

START_TEST(texts_there_and_back)
{
    result r;
    char leaks[200] = "";
    ck_assert_int_eq(there_and_back(&r, &tdm__malloc_allocator, tdm__str(texts[_i].text)), TDM_OK);
    for (size_t i = 0; i < r.leaks.count; i++) {
        strcat(leaks, tdm__leak_code(r.leaks.items[i].kind));
        strcat(leaks, " ");
    }
    ck_assert_str_eq(tdm__text_str(&r.marked).data, texts[_i].marked);
    ck_assert_str_eq(tdm__text_str(&r.back).data, texts[_i].text);
    ck_assert_str_eq(leaks, texts[_i].leaks);
    ck_assert_uint_eq(r.unknown, 0);
    free_result(&r);
}
END_TEST

START_TEST(unknown_marks_stay_and_are_counted)
{
    tdm__key *key;
    tdm__text out;
    size_t unknown = 0;
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__key_new(&key, &tdm__malloc_allocator), TDM_OK);
    ck_assert_int_eq(tdm__marks_back(&out, &unknown, key, TDM_LIT("[Child 7] and [x")), TDM_OK);
    ck_assert_str_eq(out.data, "[Child 7] and [x");
    ck_assert_uint_eq(unknown, 1);
    tdm__key_free(key);
    tdm__text_free(&out);
}
END_TEST

/* Long texts without an end to anything: time in proportion to the length, or this test does not end. */
START_TEST(long_texts_take_time_in_proportion)
{
    static const char *const pieces[] = {"a.",    "a ",       "[",           "1 ", "Jane ",
                                         "[Jane", "mum Jane", "1 Aa Bb Cc ", "]["};
    size_t length = strlen(pieces[_i]), count = 400000 / length;
    char *text = malloc(count * length);
    result r;
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * length, pieces[_i], length);
    ck_assert_int_eq(there_and_back(&r, &tdm__malloc_allocator, (tdm_str){text, count * length}), TDM_OK);
    ck_assert_uint_eq(r.back.length, count * length);
    ck_assert_int_eq(memcmp(r.back.data, text, count * length), 0);
    free_result(&r);
    free(text);
}
END_TEST

static tdm_status mark_all(const tdm_allocator *allocator)
{
    result r;
    tdm_status status = there_and_back(
        &r, allocator,
        TDM_LIT("mum Karen [sic] [Old] Jane \xC3\x89mile 3/9/18 (07700) 900 123 x@y.uk se19hf"));
    free_result(&r);
    return status;
}

START_TEST(memory_may_run_out)
{
    TEST_EVERY_ALLOCATION(mark_all);
}
END_TEST

Suite *marks_suite(void)
{
    Suite *suite = suite_create("marks");
    TCase *cases = tcase_create("marks");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, texts_there_and_back, 0, (int)(sizeof texts / sizeof *texts));
    tcase_add_test(cases, unknown_marks_stay_and_are_counted);
    tcase_add_loop_test(cases, long_texts_take_time_in_proportion, 0, 9);
    tcase_add_test(cases, memory_may_run_out);
    suite_add_tcase(suite, cases);
    return suite;
}
