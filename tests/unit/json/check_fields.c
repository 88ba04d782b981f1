/*
 * Objects read against a table: unknown, missing and wrongly typed members, each with its line.
 */
#include <string.h>

#include "support.h"
#include "json/json.h"
#include "json/suites.h"

typedef struct fields_case {
    const char *text;
    int line;              /* 0: accepted */
    const char *mentioned; /* in the message */
} fields_case;

static const fields_case cases[] = {
    {"{\"id\":\"x\"}", 0, ""},
    {"{\"id\":\"x\",\"note\":null,\"count\":3}", 0, ""},
    {"{\"id\":\"x\",\"note\":\"y\"}", 0, ""},
    {"{\n\"id\":\"x\",\n\"nmae\":1}", 3, "expected one of id, count, note"},
    {"{\n\"count\":1}", 1, "\"id\" is missing; expected a string"},
    {"{\n\"id\":7}", 2, "\"id\" must be a string"},
    {"{\n\"id\":null}", 2, "\"id\" must be a string"},
    {"{\"id\":\"x\",\n\"count\":\"3\"}", 2, "\"count\" must be a number"},
    {"{\"id\":\"x\",\n\"count\":null}", 2, "\"count\" must be a number"},
    {"\n[1]", 2, "expected an object"},
};

START_TEST(checks_members)
{
    const fields_case *row = &cases[_i];
    tdm__json *document;
    tdm_error error = {0};
    const tdm__json_value *id = NULL, *count = NULL, *note = NULL;
    const tdm__json_field fields[] = {
        {"id", TDM__JSON_STRING, true, false, &id},
        {"count", TDM__JSON_NUMBER, false, false, &count},
        {"note", TDM__JSON_STRING, false, true, &note},
    };
    ck_assert_int_eq(
        tdm__json_parse(&document, &tdm__malloc_allocator, tdm__str(row->text), TDM_LIT("b.json"), &error),
        TDM_OK);
    tdm_status status = tdm__json_read(document, tdm__json_root(document), "the thing", fields, 3, &error);
    ck_assert_int_eq(status, row->line == 0 ? TDM_OK : TDM_INVALID_INPUT);
    ck_assert_int_eq(error.line, row->line);
    ck_assert_msg(strstr(error.message, row->mentioned) != NULL, "%s", error.message);
    if (row->line > 0)
        ck_assert_str_eq(error.file, "b.json");
    else
        ck_assert(tdm__str_equal(tdm__json_string(id), TDM_LIT("x")));
    tdm__json_free(document);
}
END_TEST

START_TEST(absent_and_null_members_give_nothing)
{
    tdm__json *document;
    const tdm__json_value *note = (const tdm__json_value *)&document, *more = note;
    const tdm__json_field fields[] = {{"note", TDM__JSON_STRING, false, true, &note},
                                      {"more", TDM__JSON_STRING, false, true, &more}};
    ck_assert_int_eq(
        tdm__json_parse(&document, &tdm__malloc_allocator, TDM_LIT("{\"note\":null}"), TDM_LIT(""), NULL),
        TDM_OK);
    ck_assert_int_eq(tdm__json_read(document, tdm__json_root(document), "it", fields, 2, NULL), TDM_OK);
    ck_assert_ptr_null(note);
    ck_assert_ptr_null(more);
    tdm__json_free(document);
}
END_TEST

Suite *fields_suite(void)
{
    Suite *suite = suite_create("json fields");
    TCase *all = tcase_create("fields");
    tcase_add_loop_test(all, checks_members, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(all, absent_and_null_members_give_nothing);
    suite_add_tcase(suite, all);
    return suite;
}
