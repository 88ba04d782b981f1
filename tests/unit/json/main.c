/*
 * Runs the suites of the json layer.
 */
#include <stdlib.h>

#include "json/suites.h"

int main(void)
{
    SRunner *runner = srunner_create(read_suite());
    srunner_add_suite(runner, fields_suite());
    srunner_add_suite(runner, write_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
