/*
 * The table of operations: complete, without contradiction, and checked the same way for each row.
 */
#include "api/fixture.h"

#include <stdio.h>
#include <string.h>

static const char *const roles[] = {"reader", "practitioner", "analyst", "administrator"};
static const char *const scopes[] = {"case", "store", "rules"};
static const char *const audit_kinds[] = {"read", "write", "none"};

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

START_TEST(rows_are_complete)
{
    tdm_operation_view row;
    ck_assert_uint_gt(tdm_operation_count(), 0);
    for (size_t i = 0; tdm_operation_at(&row, i); i++) {
        ck_assert_msg(row.of_service || is_one_of(row.role, roles, ROWS(roles)), "%s: role %s", row.name,
                      row.role);
        ck_assert_msg(row.of_service || is_one_of(row.scope, scopes, ROWS(scopes)), "%s: scope %s", row.name,
                      row.scope);
        ck_assert_msg(is_one_of(row.audit_kind, audit_kinds, ROWS(audit_kinds)), "%s", row.name);
        ck_assert(row.title[0] != '\0' && row.title[strlen(row.title) - 1] != '.');
        ck_assert(tdm__operation_row(i)->run != NULL);
        ck_assert_uint_le(row.option_count, TDM__OPTIONS_MAX);
        /* What changes a store is written down, and nothing that a reader may ask for changes one. */
        ck_assert_msg(strcmp(row.audit_kind, "write") != 0 || strcmp(row.role, "reader") != 0, "%s",
                      row.name);
    }
}
END_TEST

/* The example begins with the name as people type it, with spaces for points. */
START_TEST(each_row_has_an_example_of_its_own)
{
    tdm_operation_view row;
    for (size_t i = 0; tdm_operation_at(&row, i) && !row.of_service; i++) {
        char typed[64];
        snprintf(typed, sizeof typed, "tidemark %s", row.name);
        for (char *c = typed; *c; c++)
            *c = *c == '.' ? ' ' : *c;
        ck_assert_msg(strncmp(row.example, typed, strlen(typed)) == 0, "%s: %s", row.name, row.example);
    }
}
END_TEST

START_TEST(names_are_unique_and_found)
{
    tdm_operation_view row, found, other;
    for (size_t i = 0; tdm_operation_at(&row, i); i++) {
        size_t index;
        ck_assert(tdm_operation_find(&found, &index, row.name));
        ck_assert_uint_eq(index, i);
        for (size_t k = 0; k < i; k++) {
            ck_assert(tdm_operation_at(&other, k));
            ck_assert_str_ne(other.name, row.name);
        }
    }
    size_t index = 7;
    ck_assert(!tdm_operation_find(&found, &index, "rewiev"));
    ck_assert(!tdm_operation_find(&found, &index, ""));
    ck_assert(!tdm_operation_find(&found, &index, NULL));
    ck_assert_ptr_null(found.name);
    ck_assert(!tdm_operation_at(&row, tdm_operation_count()));
    ck_assert_ptr_null(row.name);
}
END_TEST

static void check_option(const tdm_operation_view *row, size_t operation, const tdm_option_view *option,
                         size_t at)
{
    tdm_option_view other;
    for (size_t k = 0; k < at; k++) {
        ck_assert(tdm_operation_option(&other, operation, k));
        ck_assert_msg(strcmp(other.name, option->name) != 0, "%s: %s twice", row->name, option->name);
    }
    ck_assert_msg(strspn(option->name, "abcdefghijklmnopqrstuvwxyz_") == strlen(option->name), "%s",
                  option->name);
    ck_assert_msg(option->doc[0] != '\0', "%s %s has no doc", row->name, option->name);
    ck_assert_msg((option->value[0] == '\0') == (option->type == TDM_OPTION_FLAG), "%s %s", row->name,
                  option->name);
    ck_assert(option->choices[0] == '\0' || option->type == TDM_OPTION_TEXT);
    ck_assert(!option->is_path || (option->type == TDM_OPTION_TEXT && option->choices[0] == '\0'));
}

START_TEST(options_are_unique_and_complete)
{
    tdm_operation_view row;
    tdm_option_view option;
    for (size_t i = 0; tdm_operation_at(&row, i); i++) {
        for (size_t k = 0; k < row.option_count; k++) {
            ck_assert(tdm_operation_option(&option, i, k));
            check_option(&row, i, &option, k);
        }
        ck_assert(!tdm_operation_option(&option, i, row.option_count));
        ck_assert_ptr_null(option.name);
    }
    ck_assert(!tdm_operation_option(&option, tdm_operation_count(), 0));
}
END_TEST

Suite *operations_suite(void)
{
    Suite *suite = suite_create("operations");
    TCase *tests = tcase_create("operations");
    tcase_add_test(tests, rows_are_complete);
    tcase_add_test(tests, each_row_has_an_example_of_its_own);
    tcase_add_test(tests, names_are_unique_and_found);
    tcase_add_test(tests, options_are_unique_and_complete);
    suite_add_tcase(suite, tests);
    return suite;
}
