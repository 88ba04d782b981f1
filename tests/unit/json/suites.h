/*
 * The suites that the runner of this layer runs; each stands in the check_*.c of its name.
 */
#ifndef TDM_TESTS_JSON_SUITES_H
#define TDM_TESTS_JSON_SUITES_H

#include "support.h"

Suite *read_suite(void);
Suite *fields_suite(void);
Suite *write_suite(void);

#endif
