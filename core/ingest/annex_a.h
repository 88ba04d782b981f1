/*
 * Ofsted's Annex A: a workbook of lists that every authority keeps for an inspection. Lists 1 to 8 have
 * column maps in scripts/maps/; 9 to 11 hold nothing that a chronology knows.
 */
#ifndef TDM_INGEST_ANNEX_A_H
#define TDM_INGEST_ANNEX_A_H

#include "ingest/grid_return.h"

/*
 * Reads a sheet as the list that it is, under that list's map; sets it aside where it is none, or one
 * that is not read. Dates of birth go to the children unless a case folder gives them.
 *
 * TDM_OK; what finding the map and tdm__grids_read give.
 */
tdm_status tdm__annex_read(tdm__grids *grids, const tdm__grid *grid, tdm_error *error);
/* The map of a CSV file that is one of the lists 1 to 8; NULL: it is none. */
tdm_status tdm__annex_csv_map(tdm__map **out, tdm_str *name, tdm__return *file, tdm_error *error);
/* Dates of birth of such a file, once it has been read. */
tdm_status tdm__annex_csv_births(tdm__return *file, tdm_str agency);

#endif
