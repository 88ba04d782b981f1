/*
 * Where the writers of text, HTML and SVG put their bytes: a buffer that goes to the sink in
 * pieces, with a failure that sticks. What is escaped how is in escape.h.
 */
#ifndef TDM_REPORT_OUTPUT_H
#define TDM_REPORT_OUTPUT_H

#include <stdarg.h>

#include "report/escape.h"

typedef struct tdm__output {
    tdm__text text;
    tdm_sink sink;
    tdm_status status;
} tdm__output;

void tdm__output_init(tdm__output *out, const tdm_allocator *allocator, tdm_sink sink);
/* Flushes and frees; the first failure. */
tdm_status tdm__output_end(tdm__output *out, tdm_error *error);

/*
 * Writes a template of ours. Everything filled in is escaped:
 *   %h tdm_str and %z const char *  as text of an HTML element
 *   %a tdm_str                      as the inside of an attribute
 *   %g tdm_str                      as text of a picture
 *   %p tdm_str and %c const char *  for a terminal
 *   %d int                          a whole number
 *   %t int                          tenths: 125 gives 12.5
 *   %r const char *                 markup of ours, as it stands
 *   %%                              a percent sign
 */
void tdm__put(tdm__output *out, const char *pattern, ...);
/* The same into a text. False when the pattern holds a letter that is none of these. */
bool tdm__fill(tdm__text *text, const char *pattern, va_list *values);

#endif
