/*
 * The suites that the runner of this layer runs; each stands in the check_*.c of its name.
 */
#ifndef TDM_TESTS_INGEST_SUITES_H
#define TDM_TESTS_INGEST_SUITES_H

#include <check.h>

Suite *row_keys_suite(void);
Suite *map_suite(void);
Suite *csv_return_suite(void);
Suite *ndjson_suite(void);
Suite *census_suite(void);
Suite *case_folder_suite(void);
Suite *input_suite(void);

#endif
