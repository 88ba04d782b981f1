/*
 * The table of codes: which code each original gets, the file of it, and lists of names.
 */
#include <string.h>

#include "guard/key.h"
#include "guard/suites.h"
#include "support.h"

static tdm__key *key;

static void open_key(void)
{
    ck_assert_int_eq(tdm__key_new(&key, &tdm__malloc_allocator), TDM_OK);
}

static void close_key(void)
{
    tdm__key_free(key);
    key = NULL;
}

static void has_code(tdm__group group, const char *original, const char *hint, const char *expected)
{
    tdm_str code;
    ck_assert_int_eq(tdm__key_code(&code, key, group, tdm__str(original), tdm__str(hint)), TDM_OK);
    ck_assert_msg(tdm__str_equal(code, tdm__str(expected)), "%.*s, expected %s", (int)code.length, code.data,
                  expected);
}

START_TEST(codes_go_by_role_and_number)
{
    has_code(TDM__GROUP_CHILD, "LN-1", "", "Child 1");
    has_code(TDM__GROUP_CHILD, "LN-2", "", "Child 2");
    has_code(TDM__GROUP_CHILD, "LN-1", "", "Child 1");
    has_code(TDM__GROUP_PERSON, "P9", "mother", "Mother");
    has_code(TDM__GROUP_PERSON, "P8", "stepmother", "Stepmother");
    has_code(TDM__GROUP_PERSON, "P7", "Mum", "Mother 2");
    has_code(TDM__GROUP_PERSON, "Karen Smith", "health visitor", "HV1");
    has_code(TDM__GROUP_PERSON, "SW J Jones", "", "SW1");
    has_code(TDM__GROUP_PERSON, "HV2", "health visitor", "HV2");
    has_code(TDM__GROUP_PERSON, "Ann Lee", "health visitor", "HV3");
    has_code(TDM__GROUP_PERSON, "Jo", "", "Person 1");
    has_code(TDM__GROUP_PERSON, "father", "", "father");
    has_code(TDM__GROUP_EVENT, "89abcdef01234567", "", "0000000000000001");
    has_code(TDM__GROUP_AGENCY, "st-x", "", "agency-1");
}
END_TEST

START_TEST(people_and_roles_share_numbers)
{
    has_code(TDM__GROUP_PERSON, "Karen Smith", "health visitor", "HV1");
    has_code(TDM__GROUP_ROLE, "HV Lee", "", "HV2");
    has_code(TDM__GROUP_ROLE, "Karen Smith", "", "HV1");
    has_code(TDM__GROUP_PERSON, "Mia", "mother", "Mother");
    /* A role's word stays as it is in a role's place, so it is no code there. */
    has_code(TDM__GROUP_ROLE, "Mia", "", "Worker 1");
}
END_TEST

START_TEST(a_mark_stands_for_the_letters)
{
    tdm_str mark, again, other;
    ck_assert_int_eq(tdm__key_add(key, TDM__GROUP_MARK, TDM_LIT("[Child 1/2]"), TDM_LIT("[Child 1/2]")),
                     TDM_OK);
    ck_assert_int_eq(tdm__key_mark(&mark, key, TDM_LIT("Child 1"), TDM_LIT("Jane")), TDM_OK);
    ck_assert(tdm__str_equal(mark, TDM_LIT("[Child 1]")));
    ck_assert_int_eq(tdm__key_mark(&again, key, TDM_LIT("Child 1"), TDM_LIT("Jane")), TDM_OK);
    ck_assert(tdm__str_equal(again, mark));
    /* The second is a bracket that some text has of its own. */
    ck_assert_int_eq(tdm__key_mark(&other, key, TDM_LIT("Child 1"), TDM_LIT("JANE")), TDM_OK);
    ck_assert(tdm__str_equal(other, TDM_LIT("[Child 1/3]")));
}
END_TEST

START_TEST(entries_exclude_each_other)
{
    ck_assert_int_eq(tdm__key_add(key, TDM__GROUP_CHILD, TDM_LIT("Child 1"), TDM_LIT("a")), TDM_OK);
    ck_assert_int_eq(tdm__key_add(key, TDM__GROUP_CHILD, TDM_LIT("Child 1"), TDM_LIT("b")), TDM_CONFLICT);
    ck_assert_int_eq(tdm__key_add(key, TDM__GROUP_CHILD, TDM_LIT("Child 2"), TDM_LIT("a")), TDM_CONFLICT);
    ck_assert_int_eq(tdm__key_add(key, TDM__GROUP_PERSON, TDM_LIT("Child 1"), TDM_LIT("a")), TDM_OK);
    ck_assert_int_eq(tdm__key_add(key, TDM__GROUP_NAME, TDM_LIT("Child 1"), TDM_LIT("Jane")), TDM_OK);
    ck_assert_int_eq(tdm__key_add(key, TDM__GROUP_NAME, TDM_LIT("Child 1"), TDM_LIT("Janie")), TDM_OK);
    ck_assert_int_eq(tdm__key_add(key, TDM__GROUP_BIRTH, TDM_LIT("x"), TDM_LIT("2018")), TDM_OK);
    ck_assert_int_eq(tdm__key_add(key, TDM__GROUP_BIRTH, TDM_LIT("x"), TDM_LIT("2019")), TDM_OK);
    ck_assert(
        tdm__str_equal(tdm__key_by_code(key, TDM__GROUP_BIRTH, TDM_LIT("x"))->original, TDM_LIT("2019")));
    ck_assert_uint_eq(tdm__key_count(key), 5);
}
END_TEST

/* --- names --- */

static tdm_status read_names(const char *csv, tdm_error *error)
{
    *error = (tdm_error){0};
    return tdm__key_read_names(key, tdm__str(csv), TDM_LIT("names.csv"), error);
}

static void names_code(const char *name, const char *expected)
{
    const tdm__key_entry *entry = tdm__key_by_original(key, TDM__GROUP_NAME, tdm__str(name));
    ck_assert_msg(entry && tdm__str_equal(entry->code, tdm__str(expected)), "%s", name);
}

START_TEST(names_of_a_list)
{
    tdm_error error;
    has_code(TDM__GROUP_CHILD, "LN-1", "", "Child 1");
    ck_assert_int_eq(
        read_names("\xEF\xBB\xBForiginal,code\r\nJane,LN-1\nJanie,Child 1\n\"Lee, Karen\",HV1\nBob,\n"
                   "Zed,Child 9\n",
                   &error),
        TDM_OK);
    names_code("Jane", "Child 1");
    names_code("Janie", "Child 1");
    names_code("Lee, Karen", "HV1");
    names_code("Bob", "Person 1");
    names_code("Zed", "Child 9");
    /* A new code is that person's from now on, also where the records hold the name. */
    has_code(TDM__GROUP_PERSON, "Lee, Karen", "", "HV1");
    has_code(TDM__GROUP_ROLE, "HV Other", "", "HV2");
    ck_assert_int_eq(read_names("original,code\nBob,\nJane,Child 1\n", &error), TDM_OK);
}
END_TEST

static const struct {
    const char *csv;
    tdm_status status;
    int32_t line;
} wrong_lists[] = {
    {"", TDM_INVALID_INPUT, 1},
    {"name,code\nJane,Child 1\n", TDM_INVALID_INPUT, 1},
    {"original,code\nJane\n", TDM_INVALID_INPUT, 2},
    {"original,code\nJane,Child 1,x\n", TDM_INVALID_INPUT, 2},
    {"original,code\n...,Child 1\n", TDM_INVALID_INPUT, 2},
    {"original,code\nJane,[Child 1]\n", TDM_INVALID_INPUT, 2},
    {"original,code\nJane,HV jane\n", TDM_INVALID_INPUT, 2},
    {"original,code\nJa\tne,HV1\n", TDM_INVALID_INPUT, 2},
    {"original,code\nJane,Child 1\n\nJane,Child 2\n", TDM_CONFLICT, 4},
    {"original,code\n\"Jane,Child 2\n", TDM_INVALID_INPUT, 2},
    {"original,code\n\xFF,Child 2\n", TDM_ENCODING, 0},
};

START_TEST(wrong_lists_name_the_line)
{
    tdm_error error;
    ck_assert_int_eq(read_names(wrong_lists[_i].csv, &error), wrong_lists[_i].status);
    ck_assert_int_eq(error.line, wrong_lists[_i].line);
    ck_assert_str_eq(error.file, "names.csv");
    ck_assert_ptr_null(strstr(error.message, "Jane"));
}
END_TEST

/* --- the file --- */

START_TEST(written_and_read_again_it_is_the_same)
{
    tdm__text first, second;
    tdm__key *again;
    tdm_error error = {0};
    has_code(TDM__GROUP_CHILD, "LN-1 \"\xC3\xA9\"\n", "", "Child 1");
    has_code(TDM__GROUP_PERSON, "P1", "aunt", "Aunt");
    ck_assert_int_eq(tdm__key_add(key, TDM__GROUP_BIRTH, TDM_LIT("Child 1\nborn"), TDM_LIT("2018-08-20")),
                     TDM_OK);
    tdm__text_init(&first, &tdm__malloc_allocator);
    tdm__text_init(&second, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__key_write(key, &tdm__malloc_allocator, tdm__text_sink(&first)), TDM_OK);
    ck_assert_int_eq(
        tdm__key_read(&again, &tdm__malloc_allocator, tdm__text_str(&first), TDM_LIT("k"), &error), TDM_OK);
    ck_assert_int_eq(tdm__key_write(again, &tdm__malloc_allocator, tdm__text_sink(&second)), TDM_OK);
    ck_assert_str_eq(first.data, second.data);
    close_key();
    key = again;
    has_code(TDM__GROUP_CHILD, "LN-2", "", "Child 2");
    tdm__text_free(&first);
    tdm__text_free(&second);
}
END_TEST

static const struct {
    const char *json;
    tdm_status status;
} wrong_tables[] = {
    {"", TDM_INVALID_INPUT},
    {"[]", TDM_INVALID_INPUT},
    {"{\"tidemark_key\":1}", TDM_INVALID_INPUT},
    {"{\"tidemark_key\":2,\"entries\":[]}", TDM_NEWER},
    {"{\"tidemark_key\":0,\"entries\":[]}", TDM_INVALID_INPUT},
    {"{\"tidemark_key\":1.5,\"entries\":[]}", TDM_INVALID_INPUT},
    {"{\"tidemark_key\":1,\"entries\":[],\"x\":1}", TDM_INVALID_INPUT},
    {"{\"tidemark_key\":1,\"entries\":[1]}", TDM_INVALID_INPUT},
    {"{\"tidemark_key\":1,\"entries\":[{\"group\":\"child\",\"code\":\"a\"}]}", TDM_INVALID_INPUT},
    {"{\"tidemark_key\":1,\"entries\":[{\"group\":\"cat\",\"code\":\"a\",\"original\":\"b\"}]}",
     TDM_INVALID_INPUT},
    {"{\"tidemark_key\":1,\"entries\":[{\"group\":\"child\",\"code\":\"a\",\"original\":\"b\"},"
     "{\"group\":\"child\",\"code\":\"a\",\"original\":\"c\"}]}",
     TDM_INVALID_INPUT},
    {"{\"tidemark_key\":1,\"entries\":[{\"group\":\"birth\",\"code\":\"a\",\"original\":\"b\"},"
     "{\"group\":\"birth\",\"code\":\"a\",\"original\":\"c\"}]}",
     TDM_INVALID_INPUT},
};

START_TEST(wrong_tables_are_refused)
{
    tdm__key *read;
    tdm_error error = {0};
    ck_assert_int_eq(
        tdm__key_read(&read, &tdm__malloc_allocator, tdm__str(wrong_tables[_i].json), TDM_LIT("k"), &error),
        wrong_tables[_i].status);
    ck_assert_ptr_null(read);
}
END_TEST

static tdm_status use_key(const tdm_allocator *allocator)
{
    tdm__key *made, *opened = NULL;
    tdm__text sealed;
    tdm_error error = {0};
    const tdm_str passphrase = TDM_LIT("correct horse");
    tdm__text_init(&sealed, allocator);
    tdm_status status = tdm__key_new(&made, allocator);
    if (status == TDM_OK)
        status = tdm__key_read_names(made, TDM_LIT("original,code\n\"J\"\"x\",Child 1\nBob,\nKaren,HV1\n"),
                                     TDM_LIT("names"), &error);
    if (status == TDM_OK)
        status = tdm__key_seal(&sealed, made, passphrase, tdm__seal_cost_least(), &error);
    if (status == TDM_OK)
        status = tdm__key_unseal(&opened, allocator, tdm__text_str(&sealed), passphrase, TDM_LIT("k"),
                                 &error);
    if (status == TDM_OK)
        ck_assert_uint_eq(tdm__key_count(opened), tdm__key_count(made));
    tdm__key_free(opened);
    tdm__key_free(made);
    tdm__text_free(&sealed);
    return status;
}

START_TEST(memory_may_run_out)
{
    TEST_EVERY_ALLOCATION(use_key);
}
END_TEST

#define COUNT(table) (int)(sizeof table / sizeof *table)

Suite *key_suite(void)
{
    Suite *suite = suite_create("key");
    TCase *cases = tcase_create("key");
    tcase_add_checked_fixture(cases, open_key, close_key);
    tcase_add_test(cases, codes_go_by_role_and_number);
    tcase_add_test(cases, people_and_roles_share_numbers);
    tcase_add_test(cases, a_mark_stands_for_the_letters);
    tcase_add_test(cases, entries_exclude_each_other);
    tcase_add_test(cases, names_of_a_list);
    tcase_add_loop_test(cases, wrong_lists_name_the_line, 0, COUNT(wrong_lists));
    tcase_add_test(cases, written_and_read_again_it_is_the_same);
    tcase_add_loop_test(cases, wrong_tables_are_refused, 0, COUNT(wrong_tables));
    tcase_add_test(cases, memory_may_run_out);
    suite_add_tcase(suite, cases);
    return suite;
}
