/*
 * Runs the suites of the calendar layer.
 */
#include <stdlib.h>

#include "calendar/suites.h"

int main(void)
{
    SRunner *runner = srunner_create(civil_suite());
    srunner_add_suite(runner, dates_suite());
    srunner_add_suite(runner, format_suite());
    srunner_add_suite(runner, holidays_suite());
    srunner_add_suite(runner, terms_suite());
    srunner_add_suite(runner, working_days_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
