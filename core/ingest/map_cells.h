/*
 * What a cell comes to under a map, one cell at a time: for those who show or count what a map does. The
 * rows of a return are table_row.c's.
 */
#ifndef TDM_INGEST_MAP_CELLS_H
#define TDM_INGEST_MAP_CELLS_H

#include "ingest/map.h"

/*
 * Reads a cell, trimmed and not empty, into the draft. A list with a `split` is read item by item, and the
 * first problem is given.
 *
 * rules   for its dates
 * folded  room
 *
 * TDM_OK; TDM_NO_MEMORY.
 */
tdm_status tdm__map_cell(tdm__problem *out, tdm__draft *draft, const tdm__binding *binding,
                         const tdm_date_rules *rules, tdm__text *folded, tdm_str cell);

#endif
