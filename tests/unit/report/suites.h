/*
 * The suites that the runner of this layer runs; each stands in the check_*.c of its name.
 */
#ifndef TDM_TESTS_REPORT_SUITES_H
#define TDM_TESTS_REPORT_SUITES_H

#include "support.h"

Suite *escape_suite(void);
Suite *age_suite(void);
Suite *json_suite(void);
Suite *text_suite(void);
Suite *cumulative_suite(void);
Suite *html_suite(void);
Suite *forms_suite(void);
Suite *form_harm_suite(void);
Suite *layout_suite(void);
Suite *ndjson_suite(void);
Suite *profile_suite(void);
Suite *chronology_zip_suite(void);
Suite *chronology_printed_suite(void);
Suite *chronology_office_suite(void);
Suite *sides_suite(void);
Suite *memory_suite(void);
Suite *person_suite(void);
Suite *checks_suite(void);
Suite *scorecard_suite(void);
Suite *scorecard_page_suite(void);

#endif
