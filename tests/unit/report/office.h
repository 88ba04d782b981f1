/*
 * Looks into a zip file with another program's eyes: libzip finds its parts, libxml2 reads them.
 */
#ifndef TDM_TESTS_REPORT_OFFICE_H
#define TDM_TESTS_REPORT_OFFICE_H

#include "base/text.h"

/* How many parts there are; each is stored with the first day of the format. */
int office_part_count(tdm_str file);
/* A part as it was before it was packed, freed with tdm__text_free. One that is not there fails the test. */
tdm__text office_part(tdm_str file, const char *name);
/* Every part read as XML 1.0 without fetching anything; the first that is none fails the test. */
void office_check_xml(tdm_str file);

#endif
