/*
 * Runs the suites of the report layer.
 */
#include <stdlib.h>

#include "report/suites.h"

int main(void)
{
    SRunner *runner = srunner_create(escape_suite());
    srunner_add_suite(runner, layout_suite());
    srunner_add_suite(runner, age_suite());
    srunner_add_suite(runner, json_suite());
    srunner_add_suite(runner, text_suite());
    srunner_add_suite(runner, html_suite());
    srunner_add_suite(runner, cumulative_suite());
    srunner_add_suite(runner, forms_suite());
    srunner_add_suite(runner, form_harm_suite());
    srunner_add_suite(runner, ndjson_suite());
    srunner_add_suite(runner, profile_suite());
    srunner_add_suite(runner, chronology_zip_suite());
    srunner_add_suite(runner, chronology_printed_suite());
    srunner_add_suite(runner, chronology_office_suite());
    srunner_add_suite(runner, sides_suite());
    srunner_add_suite(runner, checks_suite());
    srunner_add_suite(runner, memory_suite());
    srunner_add_suite(runner, person_suite());
    srunner_add_suite(runner, scorecard_suite());
    srunner_add_suite(runner, scorecard_page_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
