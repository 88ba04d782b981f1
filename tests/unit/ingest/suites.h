/*
 * The suites that the runner of this layer runs; each stands in the check_*.c of its name.
 */
#ifndef TDM_TESTS_INGEST_SUITES_H
#define TDM_TESTS_INGEST_SUITES_H

#include "support.h"

Suite *row_keys_suite(void);
Suite *map_suite(void);
Suite *map_suggest_suite(void);
Suite *crosswalk_suite(void);
Suite *csv_return_suite(void);
Suite *plain_rows_suite(void);
Suite *ndjson_suite(void);
Suite *census_suite(void);
Suite *case_folder_suite(void);
Suite *input_suite(void);
Suite *left_suite(void);
Suite *workbook_cell_suite(void);
Suite *workbook_suite(void);
Suite *word_suite(void);
Suite *annex_a_suite(void);
Suite *ssd_suite(void);
Suite *dfe_api_suite(void);
Suite *school_census_suite(void);
Suite *stream_suite(void);

#endif
