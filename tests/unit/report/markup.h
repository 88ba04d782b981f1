/*
 * A small reader of markup for tests: every tag closed, every attribute quoted and given once, no
 * stray sign, ids once, links within the file to ids that are there.
 */
#ifndef TDM_TESTS_REPORT_MARKUP_H
#define TDM_TESTS_REPORT_MARKUP_H

#include "base/text.h"

/* Fails the running test when the markup is not well-formed. */
void markup_check(tdm_str markup);

#endif
