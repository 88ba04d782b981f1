/*
 * The suites that the runner of this layer runs; each stands in the check_*.c of its name.
 */
#ifndef TDM_TESTS_CHRONOLOGY_SUITES_H
#define TDM_TESTS_CHRONOLOGY_SUITES_H

#include "support.h"

Suite *absence_suite(void);
Suite *alike_suite(void);
Suite *at_least_suite(void);
Suite *budget_suite(void);
Suite *diff_suite(void);
Suite *episodes_suite(void);
Suite *found_suite(void);
Suite *glossary_suite(void);
Suite *history_suite(void);
Suite *incidents_suite(void);
Suite *kin_suite(void);
Suite *levels_suite(void);
Suite *load_suite(void);
Suite *share_suite(void);
Suite *numbers_suite(void);
Suite *patterns_suite(void);
Suite *plain_suite(void);
Suite *population_suite(void);
Suite *rules_suite(void);
Suite *series_suite(void);
Suite *table_suite(void);
Suite *units_suite(void);
Suite *units_random_suite(void);
Suite *units_results_suite(void);
Suite *versions_suite(void);
Suite *vocabulary_suite(void);
Suite *windows_suite(void);

#endif
