/*
 * The suites that the runner of this layer runs; each stands in the check_*.c of its name.
 */
#ifndef TDM_TESTS_CHRONOLOGY_SUITES_H
#define TDM_TESTS_CHRONOLOGY_SUITES_H

#include <check.h>

Suite *at_least_suite(void);
Suite *budget_suite(void);
Suite *diff_suite(void);
Suite *episodes_suite(void);
Suite *found_suite(void);
Suite *history_suite(void);
Suite *incidents_suite(void);
Suite *levels_suite(void);
Suite *numbers_suite(void);
Suite *rules_suite(void);
Suite *table_suite(void);
Suite *vocabulary_suite(void);
Suite *windows_suite(void);

#endif
