/*
 * Runs the suites of the instrument layer.
 */
#include "instrument/fixture.h"

int main(void)
{
    SRunner *runner = srunner_create(policy_suite());
    srunner_add_suite(runner, builder_suite());
    srunner_add_suite(runner, assessment_suite());
    srunner_add_suite(runner, score_suite());
    srunner_add_suite(runner, compare_suite());
    srunner_add_suite(runner, series_suite());
    srunner_add_suite(runner, agreement_suite());
    srunner_add_suite(runner, fhir_suite());
    srunner_add_suite(runner, fhir_other_suite());
    srunner_add_suite(runner, properties_suite());
    srunner_add_suite(runner, parts_suite());
    srunner_add_suite(runner, problems_suite());
    srunner_add_suite(runner, sheet_suite());
    srunner_add_suite(runner, texts_suite());
    srunner_add_suite(runner, words_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
