/*
 * Linking rows of one incident within a child: what agencies stated, nothing guessed.
 */
#ifndef TDM_CHRONOLOGY_INCIDENTS_H
#define TDM_CHRONOLOGY_INCIDENTS_H

#include "chronology/table.h"

/* Fills the incident column: 1, 2, ... within each child; 0 for a row that shares with none. */
tdm_status tdm__link_incidents(tdm_chronology *chronology);

#endif
