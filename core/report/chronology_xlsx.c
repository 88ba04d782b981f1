/*
 * The merged chronology as an Excel file: every column of every row, and what was read of each input. All
 * text stands in cells of text, so that nothing in it is worked out. What the file says of itself and how it
 * looks stands in chronology_xlsx_parts.c.
 */
#include "report/chronology_xlsx.h"

#include "report/incidents.h"
#include "report/printed.h"

#define ROWS_MAX 1048576 /* of a sheet */
/* Of a cell, as bytes: Excel counts units of UTF-16, of which a text never has more than bytes. */
#define CELL_BYTES_MAX 32000
#define LINE_POINTS    14
#define HEIGHT_MAX     400 /* of a row, in points */
#define WIDE           60  /* characters */

typedef struct xlsx_writer {
    tdm__output out; /* of the sheet being written */
    const tdm_run *run;
    tdm__report_options options;
    tdm__text cell, lines;
    int32_t row; /* the last one begun, from 1 */
    int32_t column;
    int32_t cut; /* cells that were too long */
} xlsx_writer;

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Whether "_x001B_" stands here, which a reader would take for the character of that number. */
static bool is_code(tdm_str text, size_t at)
{
    if (text.length - at < 7 || text.data[at] != '_' || text.data[at + 1] != 'x' || text.data[at + 6] != '_')
        return false;
    for (size_t i = at + 2; i < at + 6; i++)
        if (!is_hex(text.data[i]))
            return false;
    return true;
}

static void put_escaped(tdm__text *out, tdm_str text)
{
    size_t start = 0;
    for (size_t at = 0; at < text.length; at++) {
        if (!is_code(text, at))
            continue;
        tdm__escape(out, (tdm_str){text.data + start, at - start}, TDM__ESCAPE_HTML);
        tdm__text_puts(out, "_x005F");
        start = at;
    }
    tdm__escape(out, (tdm_str){text.data + start, text.length - start}, TDM__ESCAPE_HTML);
}

/* The longest start of a text that a cell can hold; never half a character. */
static tdm_str cell_start(tdm_str text)
{
    if (text.length <= CELL_BYTES_MAX)
        return text;
    size_t length = CELL_BYTES_MAX;
    while (length > CELL_BYTES_MAX - 4 && ((unsigned char)text.data[length] & 0xC0) == 0x80)
        length--;
    return (tdm_str){text.data, length};
}

/* Lines that a text takes in a cell `width` characters wide: an estimate, for the height of its row. */
static int lines_of(tdm_str text, int width)
{
    int lines = 1, used = 0, word = 0;
    for (size_t at = 0; at < text.length; at++) {
        char c = text.data[at];
        if (((unsigned char)c & 0xC0) == 0x80)
            continue;
        word = c == ' ' || c == '\n' ? 0 : word + 1;
        used++;
        if (c == '\n' || used > width) {
            lines++;
            used = c != '\n' && word < width ? word : 0;
        }
    }
    return lines;
}

/* Programs that do not find the height of a row by themselves are told it. */
static void open_row(xlsx_writer *to, int lines)
{
    int height = lines * LINE_POINTS < HEIGHT_MAX ? lines * LINE_POINTS : HEIGHT_MAX;
    to->row++;
    to->column = 0;
    tdm__put(&to->out, "<row r=\"%d\" ht=\"%d\" customHeight=\"1\">", (int)to->row, height);
}

static void close_row(xlsx_writer *to)
{
    tdm__put(&to->out, "</row>\n");
}

/* "Y", "AB": up to 702 columns. */
static void name_column(char out[3], int column)
{
    int first = (column - 1) / 26, second = (column - 1) % 26;
    size_t length = 0;
    if (first > 0)
        out[length++] = (char)('A' + first - 1);
    out[length++] = (char)('A' + second);
    out[length] = '\0';
}

/* "A1" */
static void put_place(xlsx_writer *to)
{
    char column[3];
    name_column(column, ++to->column);
    tdm__put(&to->out, "<c r=\"%r%d\"", column, (int)to->row);
}

static void put_text(xlsx_writer *to, int style, tdm_str text)
{
    tdm__text_clear(&to->lines);
    tdm__put_own_lines(&to->lines, text);
    tdm_str whole = tdm__text_str(&to->lines), start = cell_start(whole);
    put_place(to);
    if (whole.length == 0) {
        tdm__put(&to->out, " s=\"%d\"/>", style);
        return;
    }
    tdm__put(&to->out, " s=\"%d\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", style);
    put_escaped(&to->out.text, start);
    if (start.length < whole.length) {
        to->cut++;
        tdm__put(&to->out, " [cut here: a cell holds no more; the CSV holds all of it]");
    }
    tdm__put(&to->out, "</t></is></c>");
}

static void put_number(xlsx_writer *to, int64_t number)
{
    put_place(to);
    tdm__put(&to->out, "><v>");
    tdm__text_int(&to->out.text, number);
    tdm__put(&to->out, "</v></c>");
}

#define WORKSHEET                                                                                            \
    TDM__XML "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"               \
             "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
#define PAGE                                                                                                 \
    "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/>"     \
    "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>"                               \
    "<headerFooter><oddFooter>&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>\n"

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
        int lines = lines_of(tdm__text_str(&to->cell), width_of(column) - 1);
        most = lines > most ? lines : most;
    }
    return most;
}

static tdm_status put_row(const tdm_run *run, const tdm__event *event, void *payload)
{
    xlsx_writer *to = payload;
    size_t tint = tdm__agency_tint(run, event->agency);
    if (!tdm__event_shown(run, event, &to->options))
        return to->out.status;
    if (to->row == ROWS_MAX)
        return TDM_TOO_LARGE;
    open_row(to, lines_of_row(to, run, event));
    for (const tdm__cell_column *column = tdm__chronology_columns; column->heading; column++) {
        bool tinted = column->role == TDM__CELL_AGENCY && tint < TDM__TINTS;
        bool strong = column->role == TDM__CELL_CONCERN && tdm__event_is_concern(run, event);
        tdm__text_clear(&to->cell);
        column->put(&to->cell, run, event);
        if (to->cell.failed)
            return TDM_NO_MEMORY;
        put_text(to,
                 tinted   ? TDM__XLSX_TINT + (int)tint
                 : strong ? TDM__XLSX_STRONG
                          : TDM__XLSX_TEXT,
                 tdm__text_str(&to->cell));
    }
    close_row(to);
    return to->out.status;
}

static tdm_status put_chronology(xlsx_writer *to)
{
    tdm_status status = TDM_OK;
    int columns = 0;
    tdm__put(
        &to->out, WORKSHEET
        "<sheetViews><sheetView workbookViewId=\"0\" tabSelected=\"1\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
        "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr "
        "defaultRowHeight=\"14\"/><cols>");
    for (const tdm__cell_column *column = tdm__chronology_columns; column->heading; column++) {
        columns++;
        tdm__put(&to->out, "<col min=\"%d\" max=\"%d\" width=\"%d\" customWidth=\"1\"/>", columns, columns,
                 width_of(column));
    }
    tdm__put(&to->out, "</cols><sheetData>\n");
    open_row(to, 2);
    for (const tdm__cell_column *column = tdm__chronology_columns; column->heading; column++)
        put_text(to, TDM__XLSX_HEADING, tdm__str(column->heading));
    close_row(to);
    for (size_t i = 0; i < to->run->child_count && status == TDM_OK; i++)
        status = tdm__each_row(to->run, i, put_row, to);
    char last[3];
    name_column(last, columns);
    tdm__put(&to->out, "</sheetData><autoFilter ref=\"A1:%r%d\"/>" PAGE, last, (int)to->row);
    return status;
}

/* --- the second sheet --- */

static void put_line(xlsx_writer *to, int style, tdm_str text)
{
    open_row(to, lines_of(text, WIDE - 1));
    put_text(to, style, text);
    close_row(to);
}

static void put_words(xlsx_writer *to)
{
    put_line(to, TDM__XLSX_TEXT, tdm__text_str(&to->cell));
    tdm__text_clear(&to->cell);
}

static void put_headings(xlsx_writer *to, const char *const *headings)
{
    open_row(to, 1);
    for (; *headings; headings++)
        put_text(to, TDM__XLSX_HEADING, tdm__str(*headings));
    close_row(to);
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
    if (to->cut > 0) {
        tdm__text_printf(&to->cell, "Cells cut because a cell holds no more: %d.", (int)to->cut);
        put_words(to);
    }
}

static void put_accounts(xlsx_writer *to)
{
    static const char *const headings[] = {"Input", "Sheet", "Rows", "Read", "Set aside", NULL};
    put_headings(to, headings);
    for (size_t i = 0; i < to->run->account_count; i++) {
        const tdm__account *account = &to->run->accounts[i];
        open_row(to, lines_of(account->file, WIDE - 1));
        put_text(to, TDM__XLSX_TEXT, account->file);
        put_text(to, TDM__XLSX_TEXT, account->sheet);
        put_number(to, account->rows);
        put_number(to, account->read);
        put_number(to, account->set_aside);
        close_row(to);
    }
}

static tdm_status put_diagnostics(xlsx_writer *to)
{
    static const char *const headings[] = {"Input", "Column", "Row", "Severity", "Code", "What", NULL};
    const tdm__diagnostics *list = to->run->diagnostics;
    put_headings(to, headings);
    for (size_t i = 0; list && i < list->count; i++) {
        const tdm__diagnostic *one = &list->items[i];
        if (to->row == ROWS_MAX)
            return TDM_TOO_LARGE;
        open_row(to, lines_of(one->file.length > one->message.length ? one->file : one->message, WIDE - 1));
        put_text(to, TDM__XLSX_TEXT, one->file.length > 0 ? one->file : TDM_LIT("all inputs"));
        put_text(to, TDM__XLSX_TEXT, one->column);
        if (one->row > 0)
            put_number(to, one->row);
        else
            put_text(to, TDM__XLSX_TEXT, TDM_LIT(""));
        put_text(to, TDM__XLSX_TEXT, tdm__str(tdm__severity_code(one->severity)));
        put_text(to, TDM__XLSX_TEXT, tdm__str(one->code));
        put_text(to, TDM__XLSX_TEXT, one->message);
        close_row(to);
    }
    return TDM_OK;
}

static tdm_status put_sources(xlsx_writer *to)
{
    to->row = 0;
    tdm__put(&to->out,
             WORKSHEET "<sheetFormatPr defaultRowHeight=\"14\"/><cols><col min=\"1\" max=\"1\" width=\"60\" "
                       "customWidth=\"1\"/>"
                       "<col min=\"2\" max=\"2\" width=\"26\" customWidth=\"1\"/>"
                       "<col min=\"3\" max=\"5\" width=\"18\" customWidth=\"1\"/>"
                       "<col min=\"6\" max=\"6\" width=\"60\" customWidth=\"1\"/></cols><sheetData>\n");
    put_about(to);
    put_line(to, TDM__XLSX_TEXT, TDM_LIT(""));
    put_accounts(to);
    put_line(to, TDM__XLSX_TEXT, TDM_LIT(""));
    tdm_status status = put_diagnostics(to);
    tdm__put(&to->out, "</sheetData>" PAGE);
    return status;
}

/* --- the file --- */

static tdm_status write_sheet(xlsx_writer *to, tdm_sink part, tdm_status (*put)(xlsx_writer *to),
                              tdm_error *error)
{
    tdm__output_init(&to->out, &to->run->allocator, part);
    tdm_status status = put(to);
    if (to->cell.failed || to->lines.failed)
        status = TDM_NO_MEMORY;
    if (to->out.status == TDM_OK)
        to->out.status = status;
    return tdm__output_end(&to->out, error);
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
    tdm__text_init(&to.lines, &run->allocator);
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
    tdm__text_free(&to.lines);
    tdm__zip_free(zip);
    return status;
}
