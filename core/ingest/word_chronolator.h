/*
 * Tables in the shape that Chronolator gives them, known without a column map: start and end, source
 * of information, and columns that each author names freely.
 */
#ifndef TDM_INGEST_WORD_CHRONOLATOR_H
#define TDM_INGEST_WORD_CHRONOLATOR_H

#include "ingest/grid.h"
#include "ingest/map.h"

#define TDM__CHRONOLATOR_NAME "Chronolator (built in)"

/*
 * Makes the map of a table from its own headings. *out is NULL when the table has not that shape: no
 * row among the first with a start date and a source of information.
 *
 * A column that it does not know goes to the text, behind its heading; so do the source of information
 * and the end time, for which an event has no field. Rows are of the household, and of kind "other".
 */
tdm_status tdm__chronolator_map(tdm__map **out, tdm__return *file, const tdm__grid *grid, tdm_error *error);

#endif
