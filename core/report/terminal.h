/*
 * Lines for a terminal: wrapped to its width, padded into columns, marked by colour only where that
 * was asked for and only where words say the same. What is said is text.c's business.
 */
#ifndef TDM_REPORT_TERMINAL_H
#define TDM_REPORT_TERMINAL_H

#include "report/output.h"

typedef struct tdm__terminal {
    tdm__output out;
    tdm__text line; /* being put together */
    int width;
    bool colour;
} tdm__terminal;

typedef enum tdm__emphasis { TDM__PLAIN, TDM__HEADING, TDM__CURRENT, TDM__FAINT } tdm__emphasis;

void tdm__terminal_init(tdm__terminal *terminal, const tdm_allocator *allocator, tdm_sink sink, int width,
                        bool colour);
tdm_status tdm__terminal_end(tdm__terminal *terminal, tdm_error *error);

/* One paragraph from a template (output.h), wrapped; lines after the first start at `hang`. */
void tdm__say(tdm__terminal *terminal, tdm__emphasis emphasis, int indent, int hang, const char *pattern,
              ...);
void tdm__blank_line(tdm__terminal *terminal);

#define TDM__COLUMNS_MAX 12

/* A table whose rows stand on one line each when they fit, else with the last cell on a second line, else as
 * a paragraph each. Give it every row twice: first to measure, then to write. */
typedef struct tdm__columns {
    int count;
    int indent;
    int widths[TDM__COLUMNS_MAX];
    bool right[TDM__COLUMNS_MAX]; /* numbers */
} tdm__columns;
void tdm__columns_measure(tdm__columns *columns, tdm__terminal *terminal, const tdm_str *cells);
void tdm__columns_write(const tdm__columns *columns, tdm__terminal *terminal, const tdm_str *cells);

/* Columns that escaped text takes: its code points. */
int tdm__display_width(tdm_str text);

#endif
