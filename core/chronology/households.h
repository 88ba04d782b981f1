/*
 * Which children are of one household. Internal to the layer.
 */
#ifndef TDM_CHRONOLOGY_HOUSEHOLDS_H
#define TDM_CHRONOLOGY_HOUSEHOLDS_H

#include "chronology/table.h"

/* Called by freezing, once the children are in their order. */
tdm_status tdm__index_households(tdm_chronology *chronology);

#endif
