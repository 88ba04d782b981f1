/*
 * A zip file written in one pass, part by part: what Word and Excel open is one. No file, no clock: every
 * part carries the first day that the format knows, so that the same parts give the same bytes.
 */
#ifndef TDM_REPORT_ZIP_H
#define TDM_REPORT_ZIP_H

#include "base/text.h"

#define TDM__ZIP_PARTS 16 /* in one file */

typedef struct tdm__zip tdm__zip;

/* TDM_OK; TDM_NO_MEMORY. `allocator` outlives the zip, which needs some 270 kB whatever the size of its
 * parts. */
tdm_status tdm__zip_new(tdm__zip **out, const tdm_allocator *allocator, tdm_sink sink);
void tdm__zip_free(tdm__zip *zip); /* accepts NULL */

/*
 * Begins a part and ends the one before. What the sink is given from now on, until the next call, is its
 * content; it gives back TDM_TOO_LARGE over 4 GiB, and the status of the zip's own sink.
 *
 * name  with folders, ASCII; stays where it is until the end
 */
tdm_sink tdm__zip_part(tdm__zip *zip, const char *name);

/* Ends the last part and writes the list of them. The first status of all that was not TDM_OK. */
tdm_status tdm__zip_end(tdm__zip *zip);

#endif
