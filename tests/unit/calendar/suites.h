/*
 * The suites that the runner of this layer runs; each stands in the check_*.c of its name.
 */
#ifndef TDM_TESTS_CALENDAR_SUITES_H
#define TDM_TESTS_CALENDAR_SUITES_H

#include "support.h"

Suite *civil_suite(void);
Suite *dates_suite(void);
Suite *format_suite(void);
Suite *holidays_suite(void);
Suite *terms_suite(void);
Suite *working_days_suite(void);

#endif
