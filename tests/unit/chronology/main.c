/*
 * Runs the suites of the chronology layer.
 */
#include <stdlib.h>

#include "chronology/suites.h"

int main(void)
{
    SRunner *runner = srunner_create(at_least_suite());
    srunner_add_suite(runner, absence_suite());
    srunner_add_suite(runner, alike_suite());
    srunner_add_suite(runner, budget_suite());
    srunner_add_suite(runner, diff_suite());
    srunner_add_suite(runner, episodes_suite());
    srunner_add_suite(runner, found_suite());
    srunner_add_suite(runner, glossary_suite());
    srunner_add_suite(runner, history_suite());
    srunner_add_suite(runner, incidents_suite());
    srunner_add_suite(runner, kin_suite());
    srunner_add_suite(runner, levels_suite());
    srunner_add_suite(runner, load_suite());
    srunner_add_suite(runner, share_suite());
    srunner_add_suite(runner, numbers_suite());
    srunner_add_suite(runner, patterns_suite());
    srunner_add_suite(runner, plain_suite());
    srunner_add_suite(runner, population_suite());
    srunner_add_suite(runner, rules_suite());
    srunner_add_suite(runner, series_suite());
    srunner_add_suite(runner, table_suite());
    srunner_add_suite(runner, units_suite());
    srunner_add_suite(runner, units_random_suite());
    srunner_add_suite(runner, units_results_suite());
    srunner_add_suite(runner, versions_suite());
    srunner_add_suite(runner, vocabulary_suite());
    srunner_add_suite(runner, windows_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
