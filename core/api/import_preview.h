/*
 * A return that waits for somebody to look at it: read without being kept, with what was guessed, what was
 * set aside and whom it is about; and the same reading once more when it is kept. Internal to the layer.
 */
#ifndef TDM_API_IMPORT_PREVIEW_H
#define TDM_API_IMPORT_PREVIEW_H

#include "api/serving.h"
#include "api/session.h"
#include "store/staged.h"

/* A return that was read. */
typedef struct tdm__import_reading {
    tdm_request *request;
    tdm__sent sent;
    tdm__session session;
} tdm__import_reading;

/* Reads it under its number as name, with its map where it has one. Freed with tdm__import_reading_free
 * whatever happens. What reading the inputs of an import gives. */
tdm_status tdm__import_read(tdm__import_reading *out, tdm__serving *serving, const tdm__stored_import *import,
                            tdm_error *error);
void tdm__import_reading_free(tdm__import_reading *reading);

/*
 * Reads it and fills its format and its preview, and its map where it has none, no form that is known without
 * one fits, and one can be guessed. All in the call's arena.
 *
 * The preview is an object with "guesses", "headings", "sample", "accounts", "diagnostics",
 * "diagnostic_count", "children" and "counts" (null).
 */
tdm_status tdm__import_preview(tdm__stored_import *import, tdm__serving *serving, tdm_error *error);

#endif
