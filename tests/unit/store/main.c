/*
 * Runs the suites of the store.
 */
#include "store/fixture.h"

int main(void)
{
    SRunner *runner = srunner_create(round_trip_suite());
    srunner_add_suite(runner, growing_suite());
    srunner_add_suite(runner, refusals_suite());
    srunner_add_suite(runner, failures_suite());
    srunner_add_suite(runner, live_suite());
    srunner_add_suite(runner, record_suite());
    srunner_add_suite(runner, people_suite());
    srunner_add_suite(runner, drafts_suite());
    srunner_add_suite(runner, worklist_suite());
    srunner_add_suite(runner, trail_suite());
    srunner_add_suite(runner, deletion_suite());
    srunner_add_suite(runner, retention_suite());
    srunner_add_suite(runner, crash_suite());
    srunner_add_suite(runner, views_suite());
    srunner_add_suite(runner, vault_suite());
    srunner_add_suite(runner, closing_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
