/*
 * Text of strangers made harmless for each form of output. Every writer of this layer puts text
 * through here; JSON has its own escapes in json/json.h.
 */
#ifndef TDM_REPORT_ESCAPE_H
#define TDM_REPORT_ESCAPE_H

#include "base/text.h"

typedef enum tdm__escape_form {
    TDM__ESCAPE_TERMINAL,  /* one line: line ends and tabs are shown as codes too */
    TDM__ESCAPE_HTML,      /* text of an element; line ends and tabs stay */
    TDM__ESCAPE_ATTRIBUTE, /* inside quotes of either kind */
    TDM__ESCAPE_SVG,       /* text of an element in a picture: a line end becomes a space */
    TDM__ESCAPE_CELL,      /* of a table of plain text: line ends and tabs stay, each line end as \n */
    TDM__ESCAPE_FORMS
} tdm__escape_form;

/*
 * Appends `text`. Control characters are shown as \x1b, direction overrides, line separators and
 * characters that XML forbids as <U+202E>, a byte that is no UTF-8 as \xff; markup characters
 * become entities in every form but the terminal's.
 */
void tdm__escape(tdm__text *out, tdm_str text, tdm__escape_form form);

#endif
