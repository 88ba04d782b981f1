/*
 * Runs the suites of the base layer.
 */
#include <stdlib.h>

#include "base/suites.h"

int main(void)
{
    SRunner *runner = srunner_create(csv_suite());
    srunner_add_suite(runner, diagnostic_suite());
    srunner_add_suite(runner, file_suite());
    srunner_add_suite(runner, hash_suite());
    srunner_add_suite(runner, memory_suite());
    srunner_add_suite(runner, status_suite());
    srunner_add_suite(runner, text_suite());
    srunner_add_suite(runner, utf8_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
