/*
 * Runs the suites of the operations.
 */
#include "api/fixture.h"

int main(void)
{
    SRunner *runner = srunner_create(operations_suite());
    srunner_add_suite(runner, requests_suite());
    srunner_add_suite(runner, envelope_suite());
    srunner_add_suite(runner, contents_suite());
    srunner_add_suite(runner, policies_suite());
    srunner_add_suite(runner, person_suite());
    srunner_add_suite(runner, files_suite());
    srunner_add_suite(runner, rules_suite());
    srunner_add_suite(runner, service_suite());
    srunner_add_suite(runner, rights_table_suite());
    srunner_add_suite(runner, accounts_suite());
    srunner_add_suite(runner, audit_suite());
    srunner_add_suite(runner, encrypted_suite());
    srunner_add_suite(runner, restore_suite());
    srunner_add_suite(runner, retention_suite());
    srunner_add_suite(runner, card_suite());
    srunner_add_suite(runner, worklist_suite());
    srunner_add_suite(runner, findings_suite());
    srunner_add_suite(runner, served_events_suite());
    srunner_add_suite(runner, served_assessments_suite());
    srunner_add_suite(runner, served_imports_suite());
    srunner_add_suite(runner, served_limits_suite());
    srunner_add_suite(runner, card_files_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
