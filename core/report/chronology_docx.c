/*
 * The merged chronology as a Word file: its text, tables and footer. What the file says of itself and how it
 * looks stands in chronology_docx_parts.c.
 */
#include "report/chronology_docx.h"

#include "report/abbreviations.h"
#include "report/incidents.h"
#include "report/printed.h"
#include "report/replaced.h"

/* A row with more letters than this may run over two pages; any other stays in one piece. */
#define WHOLE_ROW_BYTES 1500

typedef struct docx_writer {
    tdm__output out; /* of the part being written */
    const tdm_run *run;
    tdm__report_options options;
    tdm__printed printed;
    tdm__text cells[TDM__PRINTED_COLUMNS];
    tdm__text words;
    bool undated; /* which rows the table at hand holds */
    int widths[TDM__PRINTED_COLUMNS];
    size_t column; /* of the row at hand, the next to be written */
} docx_writer;

/* --- paragraphs --- */

/* Runs, lines apart by breaks. `first` and `others` are markup of run properties for the first line and those
 * behind it, "" for none. */
static void put_lines(docx_writer *to, const char *first, const char *others, tdm_str text)
{
    const char *look = first;
    while (text.length > 0) {
        tdm_str line = tdm__str_split(&text, '\n');
        bool more = text.data > line.data + line.length;
        tdm__put(&to->out, "<w:r>%r<w:t xml:space=\"preserve\">%h</w:t>%r</w:r>", look, line,
                 more ? "<w:br/>" : "");
        look = others;
    }
}

static void put_paragraph(docx_writer *to, const char *style, tdm_str text)
{
    tdm__put(&to->out, "<w:p><w:pPr><w:pStyle w:val=\"%r\"/></w:pPr>", style);
    put_lines(to, "", "", text);
    tdm__put(&to->out, "</w:p>\n");
}

static void put_words(docx_writer *to, const char *style)
{
    put_paragraph(to, style, tdm__text_str(&to->words));
    tdm__text_clear(&to->words);
}

/* --- tables --- */

static void open_row(docx_writer *to, const char *properties)
{
    to->column = 0;
    tdm__put(&to->out, "<w:tr><w:trPr>%r</w:trPr>", properties);
}

static void close_row(docx_writer *to)
{
    tdm__put(&to->out, "</w:tr>\n");
}

/* `fill` six hexadecimal digits, NULL: none. */
static void open_cell(docx_writer *to, const char *fill)
{
    tdm__put(&to->out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>", to->widths[to->column++]);
    if (fill)
        tdm__put(&to->out, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"%r\"/>", fill);
    tdm__put(&to->out, "</w:tcPr>");
}

static void put_plain_cell(docx_writer *to, const char *style, const char *fill, tdm_str text)
{
    open_cell(to, fill);
    put_paragraph(to, style, text);
    tdm__put(&to->out, "</w:tc>");
}

/* Columns share the width; the headings stand in a row that each page repeats. */
static void open_table(docx_writer *to, const char *caption, const char *const *headings,
                       const int32_t *shares, size_t count)
{
    int32_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += shares[i];
    tdm__put(&to->out,
             "<w:tbl><w:tblPr><w:tblStyle w:val=\"Chronology\"/><w:tblW w:w=\"%d\" w:type=\"dxa\"/>"
             "<w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/>"
             "<w:tblCaption w:val=\"%z\"/></w:tblPr><w:tblGrid>",
             (int)TDM__PAGE_ROOM, caption);
    for (size_t i = 0; i < count; i++) {
        to->widths[i] = (int)(TDM__PAGE_ROOM * shares[i] / sum);
        tdm__put(&to->out, "<w:gridCol w:w=\"%d\"/>", to->widths[i]);
    }
    tdm__put(&to->out, "</w:tblGrid>\n");
    open_row(to, "<w:cantSplit/><w:tblHeader/>");
    for (size_t i = 0; i < count; i++)
        put_plain_cell(to, "CellHeading", "E8E9EB", tdm__str(headings[i]));
    close_row(to);
}

/* A table needs a paragraph behind it. */
static void close_table(docx_writer *to)
{
    tdm__put(&to->out, "</w:tbl><w:p/>\n");
}

/* Heavy letters for what the eye looks for, those of a slant for a row that the review did not look at. */
static const char *look_of(bool bold, bool later)
{
    static const char *const looks[2][2] = {
        {"", "<w:rPr><w:i/><w:color w:val=\"4A4F55\"/></w:rPr>"},
        {"<w:rPr><w:b/></w:rPr>", "<w:rPr><w:b/><w:i/><w:color w:val=\"4A4F55\"/></w:rPr>"}};
    return looks[bold ? 1 : 0][later ? 1 : 0];
}

static void put_cell(docx_writer *to, const tdm__event *event, size_t column)
{
    tdm__cell_role role = to->printed.columns[column]->role;
    size_t tint = tdm__agency_tint(to->run, event->agency);
    bool later = tdm__event_is_later(to->run, event) || tdm__event_is_replaced(to->run, event);
    bool bold = role == TDM__CELL_DATE || role == TDM__CELL_AGENCY ||
                (role == TDM__CELL_CONCERN && tdm__event_is_concern(to->run, event));
    open_cell(to, role == TDM__CELL_AGENCY && tint < TDM__TINTS ? tdm__tints[tint] : NULL);
    tdm__put(&to->out, "<w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr>");
    put_lines(to, look_of(bold, later), look_of(false, later), tdm__text_str(&to->cells[column]));
    tdm__put(&to->out, "</w:p></w:tc>");
}

static tdm_status put_row(const tdm_run *run, const tdm__event *event, void *payload)
{
    docx_writer *to = payload;
    size_t bytes = 0;
    if (tdm__event_is_undated(event) != to->undated || !tdm__event_shown(run, event, &to->options))
        return to->out.status;
    for (size_t i = 0; i < to->printed.count; i++) {
        tdm__text_clear(&to->cells[i]);
        tdm__printed_cell(&to->cells[i], run, event, &to->printed, i);
        bytes += to->cells[i].length;
        if (to->cells[i].failed)
            return TDM_NO_MEMORY;
    }
    open_row(to, bytes <= WHOLE_ROW_BYTES ? "<w:cantSplit/>" : "");
    for (size_t i = 0; i < to->printed.count; i++)
        put_cell(to, event, i);
    close_row(to);
    return to->out.status;
}

static tdm_status put_rows(docx_writer *to, size_t position, bool undated, const char *caption)
{
    const char *headings[TDM__PRINTED_COLUMNS];
    int32_t shares[TDM__PRINTED_COLUMNS];
    for (size_t i = 0; i < to->printed.count; i++) {
        headings[i] = to->printed.columns[i]->heading;
        shares[i] = to->printed.columns[i]->share;
    }
    to->undated = undated;
    open_table(to, caption, headings, shares, to->printed.count);
    tdm_status status = tdm__each_row(to->run, position, put_row, to);
    close_table(to);
    return status;
}

/* --- the document --- */

static void put_title(docx_writer *to)
{
    put_paragraph(to, "Title", TDM_LIT("Merged chronology"));
    tdm__put_case(&to->words, to->run);
    tdm__text_printf(&to->words, ". %d %s, %d %s.", (int)to->run->child_count,
                     to->run->child_count == 1 ? "child" : "children", (int)to->run->account_count,
                     to->run->account_count == 1 ? "input" : "inputs");
    put_words(to, "Normal");
    for (const char *const *line = tdm__chronology_stance; *line; line++)
        put_paragraph(to, "Stance", tdm__str(*line));
}

static void put_incidents(docx_writer *to, const tdm__child_result *child)
{
    if (child->incident_count == 0)
        return;
    put_paragraph(to, "Heading2", TDM_LIT("Told more than once"));
    put_paragraph(to, "Lead", tdm__str(tdm__incident_legend));
    for (size_t i = 0; i < child->incident_count; i++) {
        tdm__put_incident(&to->words, to->run, &child->incidents[i], i + 1);
        put_words(to, "Normal");
    }
}

static tdm_status put_child(docx_writer *to, size_t position)
{
    char words[TDM__CHILD_WORDS_SIZE];
    const tdm__child *about = tdm__chronology_child(to->run->chronology, to->run->children[position].child);
    tdm__row_counts counts = tdm__count_rows(to->run, position, &to->options);
    tdm_status status = TDM_OK;
    tdm__child_words(words, to->run, about);
    tdm__text_puts(&to->words, "Child ");
    tdm__put_own_lines(&to->words, about->id);
    tdm__text_printf(&to->words, ", %s", words);
    if (position > 0)
        tdm__put(&to->out, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
    put_words(to, "Heading1");
    tdm__put_row_counts(&to->words, &counts);
    put_words(to, "Lead");
    tdm__put_left_out(&to->words, to->run, position, &to->options);
    if (to->words.length > 0)
        put_words(to, "Lead");
    if (counts.dated > 0)
        status = put_rows(to, position, false, "Merged chronology");
    if (status == TDM_OK && counts.undated > 0) {
        put_paragraph(to, "Heading2", TDM_LIT("Rows without any date"));
        put_paragraph(to, "Lead", TDM_LIT("Their place in the order is not known."));
        status = put_rows(to, position, true, "Rows without any date");
    }
    put_incidents(to, &to->run->children[position]);
    return status;
}

static void put_number_cell(docx_writer *to, int64_t number)
{
    tdm__text_clear(&to->words);
    tdm__text_int(&to->words, number);
    put_plain_cell(to, "CellNumber", NULL, tdm__text_str(&to->words));
    tdm__text_clear(&to->words);
}

static void put_sources(docx_writer *to)
{
    static const char *const headings[] = {"Input", "Sheet", "Rows", "Read", "Set aside"};
    static const int32_t shares[] = {50, 20, 10, 10, 10};
    put_paragraph(to, "Heading1", TDM_LIT("Sources"));
    put_paragraph(to, "Lead", TDM_LIT("Every row of each input was read or set aside."));
    open_table(to, "Sources", headings, shares, 5);
    for (size_t i = 0; i < to->run->account_count; i++) {
        const tdm__account *account = &to->run->accounts[i];
        open_row(to, "<w:cantSplit/>");
        put_plain_cell(to, "Cell", NULL, account->file);
        put_plain_cell(to, "Cell", NULL, account->sheet);
        put_number_cell(to, account->rows);
        put_number_cell(to, account->read);
        put_number_cell(to, account->set_aside);
        close_row(to);
    }
    close_table(to);
}

static void put_diagnostics(docx_writer *to)
{
    static const char *const headings[] = {"Input", "Row", "Column", "Severity", "What"};
    static const int32_t shares[] = {26, 6, 16, 10, 42};
    const tdm__diagnostics *list = to->run->diagnostics;
    if (!list || list->count == 0)
        return;
    put_paragraph(to, "Heading1", TDM_LIT("Doubtful or not usable"));
    open_table(to, "Doubtful or not usable", headings, shares, 5);
    for (size_t i = 0; i < list->count; i++) {
        const tdm__diagnostic *one = &list->items[i];
        open_row(to, "<w:cantSplit/>");
        put_plain_cell(to, "Cell", NULL, one->file.length > 0 ? one->file : TDM_LIT("all inputs"));
        if (one->row > 0)
            put_number_cell(to, one->row);
        else
            put_plain_cell(to, "Cell", NULL, TDM_LIT(""));
        put_plain_cell(to, "Cell", NULL, one->column);
        put_plain_cell(to, "Cell", NULL, tdm__str(tdm__severity_code(one->severity)));
        put_plain_cell(to, "Cell", NULL, one->message);
        close_row(to);
    }
    close_table(to);
}

static tdm_status put_glossary(docx_writer *to)
{
    static const char *const headings[] = {"Abbreviation", "Meaning"};
    static const int32_t shares[] = {20, 80};
    tdm__arena arena;
    tdm__glossary found;
    tdm__arena_init(&arena, &to->run->allocator);
    tdm_status status = tdm__abbreviations(&found, &arena, to->run, &to->options);
    if (found.count > 0) {
        put_paragraph(to, "Heading1", TDM_LIT("Abbreviations"));
        put_paragraph(to, "Lead",
                      TDM_LIT("As the glossary of the case explains those that stand in these rows."));
        open_table(to, "Abbreviations", headings, shares, 2);
        for (size_t i = 0; i < found.count; i++) {
            open_row(to, "<w:cantSplit/>");
            put_plain_cell(to, "Cell", NULL, found.entries[i].abbreviation);
            put_plain_cell(to, "Cell", NULL, found.entries[i].meaning);
            close_row(to);
        }
        close_table(to);
    }
    tdm__arena_free(&arena);
    return status;
}

static tdm_status put_document(docx_writer *to)
{
    tdm_status status = TDM_OK;
    tdm__put(&to->out, TDM__XML "<w:document " TDM__WORD_NAMESPACE " " TDM__WORD_RELATION "><w:body>\n");
    put_title(to);
    for (size_t i = 0; i < to->run->child_count && status == TDM_OK; i++)
        status = put_child(to, i);
    if (status == TDM_OK)
        status = put_glossary(to);
    put_sources(to);
    put_diagnostics(to);
    tdm__put(&to->out,
             "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"%d\" w:h=\"%d\" "
             "w:orient=\"landscape\"/><w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" "
             "w:header=\"400\" w:footer=\"400\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>\n",
             (int)TDM__PAGE_WIDTH, (int)TDM__PAGE_HEIGHT, (int)TDM__PAGE_MARGIN, (int)TDM__PAGE_MARGIN,
             (int)TDM__PAGE_MARGIN + 200, (int)TDM__PAGE_MARGIN);
    return status;
}

static void put_footer(docx_writer *to)
{
    tdm__put(&to->out,
             TDM__XML "<w:ftr " TDM__WORD_NAMESPACE "><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>");
    tdm__text_puts(&to->words, "Merged chronology. ");
    tdm__put_case(&to->words, to->run);
    put_lines(to, "", "", tdm__text_str(&to->words));
    tdm__text_clear(&to->words);
    tdm__put(&to->out,
             "<w:r><w:tab/><w:t xml:space=\"preserve\">Page </w:t></w:r>"
             "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>"
             "<w:r><w:t xml:space=\"preserve\"> of </w:t></w:r>"
             "<w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>\n");
}

static tdm_status write_parts(docx_writer *to, tdm__zip *zip, tdm_error *error)
{
    tdm__put_parts(zip, tdm__docx_parts);
    tdm__output_init(&to->out, &to->run->allocator, tdm__zip_part(zip, "word/footer1.xml"));
    put_footer(to);
    tdm_status status = tdm__output_end(&to->out, error);
    if (status != TDM_OK)
        return status;
    tdm__output_init(&to->out, &to->run->allocator, tdm__zip_part(zip, "word/document.xml"));
    status = put_document(to);
    if (to->words.failed)
        status = TDM_NO_MEMORY;
    if (to->out.status == TDM_OK)
        to->out.status = status;
    return tdm__output_end(&to->out, error);
}

tdm_status tdm__report_chronology_docx(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                       tdm_error *error)
{
    docx_writer to = {.run = run, .options = tdm__report_options_of(options)};
    tdm__zip *zip;
    tdm_status status = tdm__zip_new(&zip, &run->allocator, sink);
    if (status != TDM_OK)
        return tdm__no_memory(error);
    tdm__printed_columns(&to.printed);
    tdm__text_init(&to.words, &run->allocator);
    for (size_t i = 0; i < TDM__PRINTED_COLUMNS; i++)
        tdm__text_init(&to.cells[i], &run->allocator);
    status = write_parts(&to, zip, error);
    if (status == TDM_OK) {
        status = tdm__zip_end(zip);
        if (status != TDM_OK)
            tdm__fail(error, status, "the document could not be written: %s", tdm_status_text(status));
    }
    for (size_t i = 0; i < TDM__PRINTED_COLUMNS; i++)
        tdm__text_free(&to.cells[i]);
    tdm__text_free(&to.words);
    tdm__zip_free(zip);
    return status;
}
