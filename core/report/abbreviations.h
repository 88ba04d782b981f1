/*
 * Which entries of the case's glossary stand in the rows that are shown.
 */
#ifndef TDM_REPORT_ABBREVIATIONS_H
#define TDM_REPORT_ABBREVIATIONS_H

#include "chronology/glossary.h"
#include "report/printed.h"

/* Those that occur, in the order of the glossary; *out lives in the arena. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__abbreviations(tdm__glossary *out, tdm__arena *arena, const tdm_run *run,
                              const tdm__report_options *options);

#endif
