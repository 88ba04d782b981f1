/*
 * A cell of CSV; csv_cell.h says what is harmless.
 */
#include "report/csv_cell.h"

#include "base/csv.h"
#include "report/escape.h"
#include "report/printed.h"

void tdm__put_csv_cell(tdm__text *out, tdm_str text, const char *behind)
{
    tdm__text lines, cell;
    tdm__text_init(&lines, out->allocator);
    tdm__text_init(&cell, out->allocator);
    tdm__put_own_lines(&lines, text);
    tdm__escape(&cell, tdm__text_str(&lines), TDM__ESCAPE_CELL);
    tdm__csv_put_text(out, tdm__text_str(&cell), ',');
    tdm__text_puts(out, behind);
    out->failed = out->failed || lines.failed || cell.failed;
    tdm__text_free(&lines);
    tdm__text_free(&cell);
}
