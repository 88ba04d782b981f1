/*
 * Runs the suites of the guard layer.
 */
#include <stdlib.h>

#include "guard/suites.h"

int main(void)
{
    SRunner *runner = srunner_create(key_suite());
    srunner_add_suite(runner, chain_suite());
    srunner_add_suite(runner, cipher_suite());
    srunner_add_suite(runner, common_password_suite());
    srunner_add_suite(runner, digest_suite());
    srunner_add_suite(runner, marks_suite());
    srunner_add_suite(runner, mentions_suite());
    srunner_add_suite(runner, password_suite());
    srunner_add_suite(runner, patterns_suite());
    srunner_add_suite(runner, pseudonyms_suite());
    srunner_add_suite(runner, rights_suite());
    srunner_add_suite(runner, ring_suite());
    srunner_add_suite(runner, seal_suite());
    srunner_add_suite(runner, throttle_suite());
    srunner_add_suite(runner, token_suite());
    srunner_add_suite(runner, words_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
