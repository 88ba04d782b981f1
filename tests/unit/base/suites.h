/*
 * The suites that the runner of this layer runs; each stands in the check_*.c of its name.
 */
#ifndef TDM_TESTS_BASE_SUITES_H
#define TDM_TESTS_BASE_SUITES_H

#include "support.h"

Suite *csv_suite(void);
Suite *diagnostic_suite(void);
Suite *file_suite(void);
Suite *hash_suite(void);
Suite *memory_suite(void);
Suite *status_suite(void);
Suite *text_suite(void);
Suite *utf8_suite(void);

#endif
