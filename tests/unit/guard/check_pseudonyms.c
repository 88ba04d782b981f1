/*
 * Whole exports: every member that could tell is replaced, nothing else is, and the way back gives the bytes.
 */
#include <string.h>

#include "guard/pseudonyms.h"
#include "guard/suites.h"
#include "support.h"

static const char export[] =
    "{\"type\":\"source\",\"id\":\"ab12\",\"name\":\"Jane Roe.csv\",\"sheet\":\"Roe\","
    "\"agency\":\"st-marys\",\"map\":\"roe.map.json\",\"format\":\"csv\","
    "\"received\":\"2024-10-07\",\"hash\":\"ffee\",\"carries\":[\"referral\"],"
    "\"children\":[\"JR-1\"]}\n"
    "{\"type\":\"child\",\"id\":\"JR-1\",\"born\":\"2018-09-03\","
    "\"expected\":\"[2018-08-20..2018-09-10]\",\"sex\":\"female\",\"area\":\"Dockside\","
    "\"household\":\"Roe\"}\n"
    "{\"type\":\"person\",\"id\":\"P1\",\"role\":\"mother\",\"household\":\"Roe\"}\n"
    "{\"type\":\"person\",\"id\":\"Karen Lee\",\"role\":\"health visitor\"}\n"
    "{\"type\":\"coverage\",\"source\":\"ab12\",\"agency\":\"st-marys\",\"from\":\"2020-01-01\","
    "\"to\":\"2024-01-01\"}\n"
    "{\"type\":\"event\",\"id\":\"0123456789abcdef\",\"child\":\"JR-1\","
    "\"occurred\":\"2024-03-05\",\"occurred_as_written\":\"3/9/2018\",\"time\":\"10:30\","
    "\"episode\":\"E-91\",\"agency\":\"st-marys\",\"role\":\"HV Karen Lee\","
    "\"source\":{\"file\":\"Jane Roe.csv\",\"sheet\":\"Roe\",\"row\":12},\"kind\":\"referral\","
    "\"kind_as_written\":\"Referral of Jane\",\"significance_by\":\"Karen Lee\","
    "\"action\":\"Call N-881\",\"text\":\"JR-1 seen with Karen Lee at Dockside.\","
    "\"reference\":\"77123\",\"incident\":\"I-4471\",\"facts\":{\"Jane's bear\":\"Dockside\","
    "\"previous_plans\":2,\"phone\":7700900123,\"id\":77123}}\n"
    "{\"type\":\"assessment\",\"instrument\":\"graded-care\",\"id\":\"A-1\",\"child\":\"JR-1\","
    "\"subject\":{\"type\":\"home\",\"id\":\"Roe\"},\"carer\":\"P1\",\"assessor\":\"Karen Lee\","
    "\"assessor_role\":\"health visitor\",\"date\":\"2024-03-05\",\"items\":{\"A1a\":3,"
    "\"B2\":\"not-seen\"},\"evidence\":{\"A1a\":\"Jane was thin\","
    "\"Jane\":[{\"deep\":[\"JR-1\",null,true,1.5]}]},\"targets\":[{\"item\":\"A1a\","
    "\"by\":\"Karen Lee\"}]}\n";

static const tdm__local_id local_ids[] = {{{"N-881", 5}, {"JR-1", 4}}};

static tdm__pseudonym_options options_of(tdm__birth birth)
{
    return (tdm__pseudonym_options){.birth = birth,
                                    .names = TDM_LIT("original,code\nJane,JR-1\nRoe,Family\n"),
                                    .names_file = TDM_LIT("names.csv"),
                                    .case_id = TDM_LIT("roe-2024"),
                                    .local_ids = local_ids,
                                    .local_id_count = 1};
}

static tdm__key *key;
static tdm__text out;
static tdm__leaks leaks;

static void open_all(void)
{
    ck_assert_int_eq(tdm__key_new(&key, &tdm__malloc_allocator), TDM_OK);
    tdm__text_init(&out, &tdm__malloc_allocator);
    tdm__leaks_init(&leaks, &tdm__malloc_allocator);
}

static void close_all(void)
{
    tdm__key_free(key);
    tdm__text_free(&out);
    tdm__leaks_free(&leaks);
}

static void go(tdm__birth birth)
{
    tdm_error error = {0};
    tdm__pseudonym_options options = options_of(birth);
    tdm__text_clear(&out);
    ck_assert_int_eq(tdm__pseudonymise(&out, &leaks, key, tdm__str(export), &options, &error), TDM_OK);
}

static const char expected[] =
    "{\"type\":\"source\",\"id\":\"Source 1\",\"name\":\"File 1\",\"sheet\":\"Sheet 1\","
    "\"agency\":\"agency-1\",\"map\":\"Map 1\",\"format\":\"csv\",\"received\":\"2024-10-07\","
    "\"hash\":\"Hash 1\",\"carries\":[\"referral\"],\"children\":[\"Child 1\"]}\n"
    "{\"type\":\"child\",\"id\":\"Child 1\",\"born\":\"2018-09\","
    "\"expected\":\"[2018-08-01..2018-09-30]\",\"sex\":\"female\",\"area\":\"Area 1\","
    "\"household\":\"Household 1\"}\n"
    "{\"type\":\"person\",\"id\":\"Mother\",\"role\":\"mother\",\"household\":\"Household 1\"}\n"
    "{\"type\":\"person\",\"id\":\"HV1\",\"role\":\"health visitor\"}\n"
    "{\"type\":\"coverage\",\"source\":\"Source 1\",\"agency\":\"agency-1\","
    "\"from\":\"2020-01-01\",\"to\":\"2024-01-01\"}\n"
    "{\"type\":\"event\",\"id\":\"0000000000000001\",\"child\":\"Child 1\","
    "\"occurred\":\"2024-03-05\",\"occurred_as_written\":\"[Child 1 born]\","
    "\"time\":\"10:30\",\"episode\":\"Episode 1\",\"agency\":\"agency-1\",\"role\":\"HV2\","
    "\"source\":{\"file\":\"File 1\",\"sheet\":\"Sheet 1\",\"row\":12},\"kind\":\"referral\","
    "\"kind_as_written\":\"Referral of [Child 1]\",\"significance_by\":\"HV1\","
    "\"action\":\"Call [Child 1/2]\","
    "\"text\":\"[Child 1/3] seen with [HV1] at [Area 1].\","
    "\"reference\":\"Reference 1\",\"incident\":\"Incident 1\","
    "\"facts\":{\"[Child 1]'s bear\":\"[Area 1]\",\"previous_plans\":2,"
    "\"phone\":7700900123,\"id\":77123}}\n"
    "{\"type\":\"assessment\",\"instrument\":\"graded-care\",\"id\":\"Assessment 1\","
    "\"child\":\"Child 1\",\"subject\":{\"type\":\"home\",\"id\":\"Household 1\"},"
    "\"carer\":\"Mother\",\"assessor\":\"HV1\",\"assessor_role\":\"health visitor\","
    "\"date\":\"2024-03-05\",\"items\":{\"A1a\":3,\"B2\":\"not-seen\"},"
    "\"evidence\":{\"A1a\":\"[Child 1] was thin\","
    "\"[Child 1]\":[{\"deep\":[\"[Child 1/3]\",null,true,1.5]}]},"
    "\"targets\":[{\"item\":\"A1a\",\"by\":\"[HV1]\"}]}\n";

START_TEST(every_member_that_could_tell_is_replaced)
{
    go(TDM__BIRTH_MONTH);
    ck_assert_str_eq(out.data, expected);
}
END_TEST

START_TEST(numbers_that_tell_are_leaks)
{
    go(TDM__BIRTH_KEEP);
    /* "id" is the reference; a telephone number without its 0 is none that the patterns know. */
    ck_assert_uint_eq(leaks.count, 1);
    ck_assert_int_eq(leaks.items[0].kind, TDM__LEAK_KNOWN_NUMBER);
    ck_assert(tdm__str_equal(leaks.items[0].file, TDM_LIT("Jane Roe.csv")));
    ck_assert(tdm__str_equal(leaks.items[0].sheet, TDM_LIT("Roe")));
    ck_assert_int_eq(leaks.items[0].row, 12);
    ck_assert(tdm__str_equal(leaks.items[0].column, TDM_LIT("facts")));
}
END_TEST

START_TEST(the_way_back_gives_the_bytes)
{
    tdm__text back;
    size_t unknown;
    tdm_error error = {0};
    for (int birth = TDM__BIRTH_KEEP; birth <= TDM__BIRTH_YEAR; birth++) {
        go((tdm__birth)birth);
        tdm__text_init(&back, &tdm__malloc_allocator);
        ck_assert_int_eq(
            tdm__pseudonyms_back(&back, &unknown, key, tdm__text_str(&out), TDM_LIT("x"), &error), TDM_OK);
        ck_assert_str_eq(back.data, export);
        ck_assert_uint_eq(unknown, 0);
        tdm__text_free(&back);
    }
}
END_TEST

START_TEST(the_same_key_gives_the_same_codes)
{
    tdm__text first;
    go(TDM__BIRTH_YEAR);
    size_t entries = tdm__key_count(key);
    tdm__text_init(&first, &tdm__malloc_allocator);
    tdm__text_add(&first, tdm__text_str(&out));
    go(TDM__BIRTH_YEAR);
    ck_assert_str_eq(out.data, first.data);
    ck_assert_uint_eq(tdm__key_count(key), entries);
    tdm__text_free(&first);
}
END_TEST

static const struct {
    const char *ndjson;
    int32_t line;
} wrong[] = {
    {"x\n", 1},
    {"[]\n", 1},
    {"{\"type\":\"person\",\"id\":\"a\"}\n{}\n", 2},
    {"{\"type\":\"cat\"}\n", 1},
    {"{\"type\":\"event\",\"type\":\"child\"}\n", 1},
    {"\n", 1},
};

START_TEST(other_lines_are_refused)
{
    tdm_error error = {0};
    size_t unknown;
    tdm__pseudonym_options none = {.vocabulary = NULL};
    ck_assert_int_eq(tdm__pseudonymise(&out, &leaks, key, tdm__str(wrong[_i].ndjson), &none, &error),
                     TDM_INVALID_INPUT);
    ck_assert_int_eq(error.line, wrong[_i].line);
    ck_assert_int_eq(
        tdm__pseudonyms_back(&out, &unknown, key, tdm__str(wrong[_i].ndjson), TDM_LIT("x"), &error),
        TDM_INVALID_INPUT);
}
END_TEST

static tdm_status all_of_it(const tdm_allocator *allocator)
{
    tdm__key *made;
    tdm__text there, back;
    tdm__leaks found;
    size_t unknown;
    tdm_error error = {0};
    tdm__pseudonym_options options = options_of(TDM__BIRTH_YEAR);
    tdm__text_init(&there, allocator);
    tdm__text_init(&back, allocator);
    tdm__leaks_init(&found, allocator);
    tdm_status status = tdm__key_new(&made, allocator);
    if (status == TDM_OK)
        status = tdm__pseudonymise(&there, &found, made, tdm__str(export), &options, &error);
    if (status == TDM_OK)
        status = tdm__pseudonyms_back(&back, &unknown, made, tdm__text_str(&there), TDM_LIT("x"), &error);
    if (status == TDM_OK)
        ck_assert_str_eq(back.data, export);
    tdm__key_free(made);
    tdm__text_free(&there);
    tdm__text_free(&back);
    tdm__leaks_free(&found);
    return status;
}

START_TEST(memory_may_run_out)
{
    TEST_EVERY_ALLOCATION(all_of_it);
}
END_TEST

Suite *pseudonyms_suite(void)
{
    Suite *suite = suite_create("pseudonyms");
    TCase *cases = tcase_create("pseudonyms");
    tcase_add_checked_fixture(cases, open_all, close_all);
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, every_member_that_could_tell_is_replaced);
    tcase_add_test(cases, numbers_that_tell_are_leaks);
    tcase_add_test(cases, the_way_back_gives_the_bytes);
    tcase_add_test(cases, the_same_key_gives_the_same_codes);
    tcase_add_loop_test(cases, other_lines_are_refused, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(cases, memory_may_run_out);
    suite_add_tcase(suite, cases);
    return suite;
}
