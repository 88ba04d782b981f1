/*
 * Finding entries of different agencies that may tell one incident, though nothing states it: by the
 * incident groups and tolerances of kinds.csv. Called while a history is built.
 */
#ifndef TDM_CHRONOLOGY_FOUND_H
#define TDM_CHRONOLOGY_FOUND_H

#include "chronology/history.h"

/* Fills the history's found groups and `found` of its incidents; dates must have been shared. */
tdm_status tdm__find_groups(tdm_history *history);

#endif
