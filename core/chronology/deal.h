/*
 * Dealing events out to stretches of children before a large table is sorted.
 */
#ifndef TDM_CHRONOLOGY_DEAL_H
#define TDM_CHRONOLOGY_DEAL_H

#include "chronology/builder.h"

/* Smaller tables stay as they are. */
#define TDM__DEAL_FROM ((size_t)1 << 16)

/*
 * Brings the events of every few children together, as they came, in every column; `rank` gives the place of
 * a child among those sorted. Nothing hangs on it but time: a child's events then lie in a stretch that the
 * cache holds, where they would else be fetched one by one from all over the table, column by column.
 * TDM_NO_MEMORY.
 */
tdm_status tdm__deal_out(tdm__builder *builder, const uint32_t *rank);

#endif
