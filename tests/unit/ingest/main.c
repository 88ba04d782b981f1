/*
 * Runs the suites of the ingest layer.
 */
#include <stdlib.h>

#include "ingest/suites.h"

int main(void)
{
    SRunner *runner = srunner_create(row_keys_suite());
    srunner_add_suite(runner, map_suite());
    srunner_add_suite(runner, map_suggest_suite());
    srunner_add_suite(runner, crosswalk_suite());
    srunner_add_suite(runner, csv_return_suite());
    srunner_add_suite(runner, plain_rows_suite());
    srunner_add_suite(runner, ndjson_suite());
    srunner_add_suite(runner, census_suite());
    srunner_add_suite(runner, case_folder_suite());
    srunner_add_suite(runner, input_suite());
    srunner_add_suite(runner, left_suite());
    srunner_add_suite(runner, workbook_cell_suite());
    srunner_add_suite(runner, workbook_suite());
    srunner_add_suite(runner, word_suite());
    srunner_add_suite(runner, annex_a_suite());
    srunner_add_suite(runner, ssd_suite());
    srunner_add_suite(runner, dfe_api_suite());
    srunner_add_suite(runner, school_census_suite());
    srunner_add_suite(runner, stream_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
