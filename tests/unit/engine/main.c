/*
 * Runs the suites of the engine.
 */
#include "engine/card.h"

int main(void)
{
    SRunner *runner = srunner_create(policy_suite());
    srunner_add_suite(runner, policy_whole_suite());
    srunner_add_suite(runner, composites_suite());
    srunner_add_suite(runner, needs_suite());
    srunner_add_suite(runner, held_suite());
    srunner_add_suite(runner, prompts_suite());
    srunner_add_suite(runner, run_suite());
    srunner_add_suite(runner, checks_suite());
    srunner_add_suite(runner, quality_suite());
    srunner_add_suite(runner, cumulative_suite());
    srunner_add_suite(runner, replay_suite());
    srunner_add_suite(runner, kept_suite());
    srunner_add_suite(runner, knew_suite());
    srunner_add_suite(runner, incidents_suite());
    srunner_add_suite(runner, statistics_suite());
    srunner_add_suite(runner, statistics_curves_suite());
    srunner_add_suite(runner, suppress_suite());
    srunner_add_suite(runner, scorecard_suite());
    srunner_add_suite(runner, scorecard_needs_suite());
    srunner_add_suite(runner, scorecard_hide_suite());
    srunner_add_suite(runner, scorecard_trend_suite());
    srunner_add_suite(runner, scorecard_whole_suite());
    srunner_add_suite(runner, policy_measures_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
