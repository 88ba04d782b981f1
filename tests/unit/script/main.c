/*
 * Runs the suites of the script layer.
 */
#include <stdlib.h>

#include "script/suites.h"

int main(void)
{
    SRunner *runner = srunner_create(assessments_suite());
    srunner_add_suite(runner, environment_suite());
    srunner_add_suite(runner, indicators_suite());
    srunner_add_suite(runner, instruments_suite());
    srunner_add_suite(runner, lint_suite());
    srunner_add_suite(runner, loader_suite());
    srunner_add_suite(runner, loads_suite());
    srunner_add_suite(runner, measure_asks_suite());
    srunner_add_suite(runner, measure_contract_suite());
    srunner_add_suite(runner, measure_worker_suite());
    srunner_add_suite(runner, measures_suite());
    srunner_add_suite(runner, memory_suite());
    srunner_add_suite(runner, misuses_suite());
    srunner_add_suite(runner, params_suite());
    srunner_add_suite(runner, sandbox_suite());
    srunner_add_suite(runner, shipped_suite());
    srunner_add_suite(runner, shipped_fhir_suite());
    srunner_add_suite(runner, siblings_suite());
    srunner_add_suite(runner, stalls_suite());
    srunner_add_suite(runner, views_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
