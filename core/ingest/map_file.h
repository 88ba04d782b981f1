/*
 * Where a return's column map comes from: as the request gives it, or beside the file.
 */
#ifndef TDM_INGEST_MAP_FILE_H
#define TDM_INGEST_MAP_FILE_H

#include "ingest/map.h"

/*
 * Finds and parses the map of a file. *name is how reports show it, in the file's arena.
 *
 * TDM_INVALID_INPUT when there is none, saying how to give one; TDM_UNSUPPORTED when it is named by
 * path and the context allows no files; what reading and tdm__map_parse give.
 */
tdm_status tdm__map_find(tdm__map **out, tdm_str *name, tdm__return *file, tdm_error *error);
/* The same, but *out is NULL, and all is well, when there is none: for forms that are known without. */
tdm_status tdm__map_look(tdm__map **out, tdm_str *name, tdm__return *file, tdm_error *error);
/* The map of that name in scripts/maps/. */
tdm_status tdm__map_shipped(tdm__map **out, tdm_str *name, tdm__return *file, tdm_str map, tdm_error *error);

#endif
