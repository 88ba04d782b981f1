/*
 * The suites of the script layer.
 */
#ifndef TDM_TESTS_SCRIPT_SUITES_H
#define TDM_TESTS_SCRIPT_SUITES_H

#include "support.h"

Suite *assessments_suite(void);
Suite *environment_suite(void);
Suite *indicators_suite(void);
Suite *instruments_suite(void);
Suite *lint_suite(void);
Suite *loader_suite(void);
Suite *loads_suite(void);
Suite *measure_asks_suite(void);
Suite *measure_contract_suite(void);
Suite *measure_worker_suite(void);
Suite *measures_suite(void);
Suite *memory_suite(void);
Suite *misuses_suite(void);
Suite *params_suite(void);
Suite *sandbox_suite(void);
Suite *shipped_suite(void);
Suite *shipped_fhir_suite(void);
Suite *siblings_suite(void);
Suite *stalls_suite(void);
Suite *views_suite(void);

#endif
