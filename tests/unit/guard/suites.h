/*
 * The suites that the runner of this layer runs; each stands in the check_*.c of its name.
 */
#ifndef TDM_TESTS_GUARD_SUITES_H
#define TDM_TESTS_GUARD_SUITES_H

#include <check.h>

Suite *key_suite(void);
Suite *marks_suite(void);
Suite *mentions_suite(void);
Suite *patterns_suite(void);
Suite *pseudonyms_suite(void);
Suite *seal_suite(void);
Suite *words_suite(void);

#endif
