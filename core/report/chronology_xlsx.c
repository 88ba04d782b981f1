/*
 * The merged chronology as an Excel file: every column of every row, and what was read of each input. All
 * text stands in cells of text, so that nothing in it is worked out. What the file says of itself and how it
 * looks stands in chronology_xlsx_parts.c.
 */
#include "report/chronology_xlsx.h"

#include "report/incidents.h"
#include "report/printed.h"
#include "report/worksheet.h"

#define WIDE 60 /* characters */

typedef struct xlsx_writer {
    tdm__worksheet sheet;
    const tdm_run *run;
    tdm__report_options options;
    tdm__text cell;
} xlsx_writer;

/* --- the first sheet --- */

/* In characters: from the share of a printed table, or what codes and short words need. */
static int width_of(const tdm__cell_column *column)
{
    return column->share > 20 ? WIDE : column->share > 8 ? 26 : column->share == TDM__IN_THE_TEXT ? 20 : 14;
}

static int lines_of_row(xlsx_writer *to, const tdm_run *run, const tdm__event *event)
{
    int most = 1;
    for (const tdm__cell_column *column = tdm__chronology_columns; column->heading; column++) {
        tdm__text_clear(&to->cell);
        column->put(&to->cell, run, event);
        int lines = tdm__worksheet_lines(tdm__text_str(&to->cell), width_of(column) - 1);
        most = lines > most ? lines : most;
    }
    return most;
}

static tdm_status put_row(const tdm_run *run, const tdm__event *event, void *payload)
{
    xlsx_writer *to = payload;
    size_t tint = tdm__agency_tint(run, event->agency);
    if (!tdm__event_shown(run, event, &to->options))
        return to->sheet.out.status;
    if (to->sheet.row == TDM__WORKSHEET_ROWS_MAX)
        return TDM_TOO_LARGE;
    tdm__worksheet_open_row(&to->sheet, lines_of_row(to, run, event));
    for (const tdm__cell_column *column = tdm__chronology_columns; column->heading; column++) {
        bool tinted = column->role == TDM__CELL_AGENCY && tint < TDM__TINTS;
        bool strong = column->role == TDM__CELL_CONCERN && tdm__event_is_concern(run, event);
        tdm__text_clear(&to->cell);
        column->put(&to->cell, run, event);
        if (to->cell.failed)
            return TDM_NO_MEMORY;
        tdm__worksheet_text(&to->sheet,
                            tinted   ? TDM__XLSX_TINT + (int)tint
                            : strong ? TDM__XLSX_STRONG
                                     : TDM__XLSX_TEXT,
                            tdm__text_str(&to->cell));
    }
    tdm__worksheet_close_row(&to->sheet);
    return to->sheet.out.status;
}

static tdm_status put_chronology(xlsx_writer *to)
{
    tdm_status status = TDM_OK;
    int columns = 0;
    tdm__put(
        &to->sheet.out, TDM__WORKSHEET
        "<sheetViews><sheetView workbookViewId=\"0\" tabSelected=\"1\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
        "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr "
        "defaultRowHeight=\"14\"/><cols>");
    for (const tdm__cell_column *column = tdm__chronology_columns; column->heading; column++) {
        columns++;
        tdm__put(&to->sheet.out, "<col min=\"%d\" max=\"%d\" width=\"%d\" customWidth=\"1\"/>", columns,
                 columns, width_of(column));
    }
    tdm__put(&to->sheet.out, "</cols><sheetData>\n");
    tdm__worksheet_open_row(&to->sheet, 2);
    for (const tdm__cell_column *column = tdm__chronology_columns; column->heading; column++)
        tdm__worksheet_text(&to->sheet, TDM__XLSX_HEADING, tdm__str(column->heading));
    tdm__worksheet_close_row(&to->sheet);
    for (size_t i = 0; i < to->run->child_count && status == TDM_OK; i++)
        status = tdm__each_row(to->run, i, put_row, to);
    char last[3];
    tdm__worksheet_column(last, columns);
    tdm__put(&to->sheet.out, "</sheetData><autoFilter ref=\"A1:%r%d\"/>" TDM__WORKSHEET_END, last,
             (int)to->sheet.row);
    return status;
}

/* --- the second sheet --- */

static void put_line(xlsx_writer *to, int style, tdm_str text)
{
    tdm__worksheet_open_row(&to->sheet, tdm__worksheet_lines(text, WIDE - 1));
    tdm__worksheet_text(&to->sheet, style, text);
    tdm__worksheet_close_row(&to->sheet);
}

static void put_words(xlsx_writer *to)
{
    put_line(to, TDM__XLSX_TEXT, tdm__text_str(&to->cell));
    tdm__text_clear(&to->cell);
}

static void put_headings(xlsx_writer *to, const char *const *headings)
{
    tdm__worksheet_open_row(&to->sheet, 1);
    for (; *headings; headings++)
        tdm__worksheet_text(&to->sheet, TDM__XLSX_HEADING, tdm__str(*headings));
    tdm__worksheet_close_row(&to->sheet);
}

static void put_about(xlsx_writer *to)
{
    put_line(to, TDM__XLSX_STRONG, TDM_LIT("Merged chronology"));
    tdm__text_clear(&to->cell);
    tdm__put_case(&to->cell, to->run);
    put_words(to);
    for (const char *const *line = tdm__chronology_stance; *line; line++)
        put_line(to, TDM__XLSX_TEXT, tdm__str(*line));
    put_line(to, TDM__XLSX_TEXT, tdm__str(tdm__incident_legend));
    for (size_t i = 0; i < to->run->child_count && to->options.significant; i++) {
        tdm__text_puts(&to->cell, "Child ");
        tdm__text_add(&to->cell, tdm_chronology_child_id(to->run->chronology, to->run->children[i].child));
        tdm__text_puts(&to->cell, ". ");
        tdm__put_left_out(&to->cell, to->run, i, &to->options);
        put_words(to);
    }
    if (to->sheet.cut > 0) {
        tdm__text_printf(&to->cell, "Cells cut because a cell holds no more: %d.", (int)to->sheet.cut);
        put_words(to);
    }
}

static void put_accounts(xlsx_writer *to)
{
    static const char *const headings[] = {"Input", "Sheet", "Rows", "Read", "Set aside", NULL};
    put_headings(to, headings);
    for (size_t i = 0; i < to->run->account_count; i++) {
        const tdm__account *account = &to->run->accounts[i];
        tdm__worksheet_open_row(&to->sheet, tdm__worksheet_lines(account->file, WIDE - 1));
        tdm__worksheet_text(&to->sheet, TDM__XLSX_TEXT, account->file);
        tdm__worksheet_text(&to->sheet, TDM__XLSX_TEXT, account->sheet);
        tdm__worksheet_number(&to->sheet, account->rows);
        tdm__worksheet_number(&to->sheet, account->read);
        tdm__worksheet_number(&to->sheet, account->set_aside);
        tdm__worksheet_close_row(&to->sheet);
    }
}

static tdm_status put_diagnostics(xlsx_writer *to)
{
    static const char *const headings[] = {"Input", "Column", "Row", "Severity", "Code", "What", NULL};
    const tdm__diagnostics *list = to->run->diagnostics;
    put_headings(to, headings);
    for (size_t i = 0; list && i < list->count; i++) {
        const tdm__diagnostic *one = &list->items[i];
        if (to->sheet.row == TDM__WORKSHEET_ROWS_MAX)
            return TDM_TOO_LARGE;
        tdm__worksheet_open_row(
            &to->sheet, tdm__worksheet_lines(
                            one->file.length > one->message.length ? one->file : one->message, WIDE - 1));
        tdm__worksheet_text(&to->sheet, TDM__XLSX_TEXT,
                            one->file.length > 0 ? one->file : TDM_LIT("all inputs"));
        tdm__worksheet_text(&to->sheet, TDM__XLSX_TEXT, one->column);
        if (one->row > 0)
            tdm__worksheet_number(&to->sheet, one->row);
        else
            tdm__worksheet_text(&to->sheet, TDM__XLSX_TEXT, TDM_LIT(""));
        tdm__worksheet_text(&to->sheet, TDM__XLSX_TEXT, tdm__str(tdm__severity_code(one->severity)));
        tdm__worksheet_text(&to->sheet, TDM__XLSX_TEXT, tdm__str(one->code));
        tdm__worksheet_text(&to->sheet, TDM__XLSX_TEXT, one->message);
        tdm__worksheet_close_row(&to->sheet);
    }
    return TDM_OK;
}

static tdm_status put_sources(xlsx_writer *to)
{
    to->sheet.row = 0;
    tdm__put(&to->sheet.out, TDM__WORKSHEET
             "<sheetFormatPr defaultRowHeight=\"14\"/><cols><col min=\"1\" max=\"1\" width=\"60\" "
             "customWidth=\"1\"/>"
             "<col min=\"2\" max=\"2\" width=\"26\" customWidth=\"1\"/>"
             "<col min=\"3\" max=\"5\" width=\"18\" customWidth=\"1\"/>"
             "<col min=\"6\" max=\"6\" width=\"60\" customWidth=\"1\"/></cols><sheetData>\n");
    put_about(to);
    put_line(to, TDM__XLSX_TEXT, TDM_LIT(""));
    put_accounts(to);
    put_line(to, TDM__XLSX_TEXT, TDM_LIT(""));
    tdm_status status = put_diagnostics(to);
    tdm__put(&to->sheet.out, "</sheetData>" TDM__WORKSHEET_END);
    return status;
}

/* --- the file --- */

static tdm_status write_sheet(xlsx_writer *to, tdm_sink part, tdm_status (*put)(xlsx_writer *to),
                              tdm_error *error)
{
    tdm__output_init(&to->sheet.out, &to->run->allocator, part);
    tdm_status status = put(to);
    if (to->cell.failed || to->sheet.lines.failed)
        status = TDM_NO_MEMORY;
    if (to->sheet.out.status == TDM_OK)
        to->sheet.out.status = status;
    return tdm__output_end(&to->sheet.out, error);
}

tdm_status tdm__report_chronology_xlsx(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                       tdm_error *error)
{
    xlsx_writer to = {.run = run, .options = tdm__report_options_of(options)};
    tdm__zip *zip;
    tdm_status status = tdm__zip_new(&zip, &run->allocator, sink);
    if (status != TDM_OK)
        return tdm__no_memory(error);
    tdm__text_init(&to.cell, &run->allocator);
    tdm__text_init(&to.sheet.lines, &run->allocator);
    tdm__put_parts(zip, tdm__xlsx_parts);
    tdm__xlsx_styles(zip);
    status = write_sheet(&to, tdm__zip_part(zip, "xl/worksheets/sheet1.xml"), put_chronology, error);
    if (status == TDM_OK)
        status = write_sheet(&to, tdm__zip_part(zip, "xl/worksheets/sheet2.xml"), put_sources, error);
    if (status == TDM_OK) {
        status = tdm__zip_end(zip);
        if (status != TDM_OK)
            tdm__fail(error, status, "the workbook could not be written: %s", tdm_status_text(status));
    }
    tdm__text_free(&to.cell);
    tdm__text_free(&to.sheet.lines);
    tdm__zip_free(zip);
    return status;
}
