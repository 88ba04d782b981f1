/*
 * A scorecard as an Excel file: a sheet a group of measures, with the tables of each measure one below the
 * other, and a sheet with every definition. Text stands in cells of text, numbers in cells of numbers.
 */
#include "report/scorecard_xlsx.h"

#include "report/chronology_xlsx.h"
#include "report/measures_doc.h"
#include "report/scorecard_tables.h"
#include "report/worksheet.h"

#define WIDE 60 /* characters: of a line of words, and of the first column */

typedef struct xlsx_writer {
    tdm__worksheet sheet;
    const tdm_scorecard *card;
    tdm__arena arena; /* of the measure that is being written */
    tdm__text text;
} xlsx_writer;

static void put_line(xlsx_writer *to, int style, tdm_str text)
{
    tdm__worksheet_open_row(&to->sheet, tdm__worksheet_lines(text, WIDE - 1));
    tdm__worksheet_text(&to->sheet, style, text);
    tdm__worksheet_close_row(&to->sheet);
}

/* What was put together, which is then forgotten. */
static void put_made(xlsx_writer *to, int style)
{
    put_line(to, style, tdm__text_str(&to->text));
    tdm__text_clear(&to->text);
}

static void put_cell(xlsx_writer *to, const tdm__card_cell *cell)
{
    if (cell->number.length > 0)
        tdm__worksheet_decimal(&to->sheet, cell->number);
    else
        tdm__worksheet_text(&to->sheet, TDM__XLSX_TEXT, cell->words);
}

static void put_table(xlsx_writer *to, const tdm__card_table *table)
{
    put_line(to, TDM__XLSX_STRONG, tdm__str(table->title));
    tdm__worksheet_open_row(&to->sheet, 2);
    for (size_t i = 0; i < table->column_count; i++)
        tdm__worksheet_text(&to->sheet, TDM__XLSX_HEADING, table->headings[i]);
    tdm__worksheet_close_row(&to->sheet);
    for (size_t row = 0; row < table->row_count; row++) {
        const tdm__card_cell *cells = &table->cells[row * table->column_count];
        tdm__worksheet_open_row(&to->sheet, tdm__worksheet_lines(cells[0].words, WIDE - 1));
        for (size_t i = 0; i < table->column_count; i++)
            put_cell(to, &cells[i]);
        tdm__worksheet_close_row(&to->sheet);
    }
}

static void put_commentary(xlsx_writer *to, const tdm__card_measure *measure)
{
    for (size_t i = 0; i < measure->figure_count; i++) {
        const tdm__card_figure *figure = &measure->figures[i];
        bool missing = tdm__card_wants_words(figure);
        if (figure->commentary.length == 0 && !missing)
            continue;
        tdm__text_puts(&to->text, "Commentary, ");
        tdm__put_group_words(&to->text, to->card, figure->group);
        tdm__text_puts(&to->text, ", ");
        tdm__text_add(&to->text, to->card->periods[figure->period].name);
        tdm__text_puts(&to->text, ": ");
        if (missing)
            tdm__text_puts(&to->text, "moved beyond its limits, and nothing is said of it.");
        tdm__text_add(&to->text, figure->commentary);
        put_made(to, missing ? TDM__XLSX_STRONG : TDM__XLSX_TEXT);
    }
}

static tdm_status put_measure(xlsx_writer *to, const tdm__card_measure *measure)
{
    tdm__card_tables tables;
    const tdm_str *notes;
    size_t note_count;
    tdm__arena_reset(&to->arena);
    put_line(to, TDM__XLSX_HEADING, measure->measure->title);
    put_line(to, TDM__XLSX_TEXT, measure->definition);
    if (measure->reason) {
        tdm__text_puts(&to->text, "Not assessed: ");
        tdm__text_add(&to->text, measure->words);
        put_made(to, TDM__XLSX_STRONG);
    }
    tdm_status status = tdm__card_tables_of(&tables, &to->arena, to->card, measure, false);
    if (status == TDM_OK)
        status = tdm__card_footnotes(&notes, &note_count, &to->arena, to->card, measure);
    if (status != TDM_OK)
        return status;
    for (size_t i = 0; i < tables.count; i++)
        put_table(to, &tables.items[i]);
    for (size_t i = 0; i < note_count; i++)
        put_line(to, TDM__XLSX_TEXT, notes[i]);
    put_commentary(to, measure);
    put_line(to, TDM__XLSX_TEXT, TDM_LIT(""));
    return TDM_OK;
}

/* --- definitions --- */

static void put_pair(xlsx_writer *to, const char *term, tdm_str words)
{
    if (words.length == 0)
        return;
    tdm__worksheet_open_row(&to->sheet, tdm__worksheet_lines(words, WIDE + 30));
    tdm__worksheet_text(&to->sheet, TDM__XLSX_STRONG, tdm__str(term));
    tdm__worksheet_text(&to->sheet, TDM__XLSX_TEXT, words);
    tdm__worksheet_close_row(&to->sheet);
}

static void put_made_pair(xlsx_writer *to, const char *term)
{
    put_pair(to, term, tdm__text_str(&to->text));
    tdm__text_clear(&to->text);
}

static void put_definition(xlsx_writer *to, const tdm__card_measure *measure)
{
    const tdm__measure *file = measure->measure;
    put_line(to, TDM__XLSX_HEADING, file->title);
    put_pair(to, "What it is", measure->definition);
    put_pair(to, "Counted", measure->numerator);
    put_pair(to, "Out of", measure->denominator);
    for (size_t i = 0; i < file->exclusion_count; i++)
        put_pair(to, "Left out", file->exclusions[i]);
    put_pair(to, "Rounding", tdm__str(tdm__measures_rounding));
    for (size_t i = 0; i < file->pitfall_count; i++)
        put_pair(to, "Pitfall", file->pitfalls[i]);
    for (size_t i = 0; i < file->param_count; i++) {
        tdm__text_add(&to->text, measure->params[i].param->name);
        tdm__text_puts(&to->text, " = ");
        tdm__text_add(&to->text, measure->params[i].words);
        tdm__text_puts(&to->text, ", set by ");
        tdm__text_add(&to->text, measure->params[i].from);
        put_made_pair(to, "Parameter");
    }
    put_pair(to, "Source", file->source);
    tdm__text_add(&to->text, file->id);
    tdm__text_char(&to->text, ' ');
    tdm__text_add(&to->text, file->version);
    tdm__text_puts(&to->text, ", ");
    tdm__text_add(&to->text, file->file);
    put_made_pair(to, "Measure");
    put_line(to, TDM__XLSX_TEXT, TDM_LIT(""));
}

static void put_about(xlsx_writer *to)
{
    char words[TDM__WORDS_SIZE];
    put_line(to, TDM__XLSX_HEADING, TDM_LIT("Scorecard"));
    tdm__period_words(words, to->card->from, to->card->to);
    put_pair(to, "Period", tdm__str(words));
    tdm__day_words(words, to->card->as_of);
    put_pair(to, "As of", tdm__str(words));
    for (size_t i = 0; i < to->card->account_count; i++)
        put_pair(to, "Source", to->card->accounts[i].file);
    put_pair(to, "Counted", to->card->counted);
    put_pair(to, "Areas", to->card->areas_name);
    put_pair(to, "Beside", to->card->compare_name);
    put_pair(to, "Commentary", to->card->commentary_name);
    put_pair(to, "Policy", to->card->policy_title);
    for (const char *const *line = tdm__card_stance; *line; line++)
        put_pair(to, "How to read this", tdm__str(*line));
    tdm__put_legend(&to->text, to->card);
    put_made_pair(to, "Signs");
    for (size_t i = 0; i < to->card->note_count; i++)
        put_pair(to, "Note", to->card->notes[i]);
    put_line(to, TDM__XLSX_TEXT, TDM_LIT(""));
}

static void open_sheet(xlsx_writer *to, int others)
{
    to->sheet.row = 0;
    tdm__put(&to->sheet.out,
             TDM__WORKSHEET "<sheetFormatPr defaultRowHeight=\"14\"/><cols><col min=\"1\" max=\"1\" "
                            "width=\"%d\" customWidth=\"1\"/><col min=\"2\" max=\"12\" width=\"%d\" "
                            "customWidth=\"1\"/></cols><sheetData>\n",
             others > WIDE ? 24 : WIDE, others);
}

static tdm_status write_sheet(xlsx_writer *to, const tdm__card_sheets *sheets, size_t at)
{
    bool definitions = at + 1 == sheets->count;
    tdm_status status = TDM_OK;
    open_sheet(to, definitions ? WIDE + 31 : 22);
    if (definitions)
        put_about(to);
    for (size_t i = sheets->first[at]; i < sheets->end[at] && status == TDM_OK; i++) {
        if (definitions)
            put_definition(to, &to->card->measures[i]);
        else
            status = put_measure(to, &to->card->measures[i]);
        if (to->sheet.row > TDM__WORKSHEET_ROWS_MAX)
            status = TDM_TOO_LARGE;
    }
    tdm__put(&to->sheet.out, "</sheetData>" TDM__WORKSHEET_END);
    return to->text.failed || to->sheet.lines.failed ? TDM_NO_MEMORY : status;
}

static tdm_status write_sheets(xlsx_writer *to, tdm__zip *zip, const tdm__card_sheets *sheets,
                               tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < sheets->count && status == TDM_OK; i++) {
        tdm__output_init(&to->sheet.out, &to->card->allocator, tdm__zip_part(zip, tdm__card_sheet_parts[i]));
        status = write_sheet(to, sheets, i);
        if (to->sheet.out.status == TDM_OK)
            to->sheet.out.status = status;
        status = tdm__output_end(&to->sheet.out, error);
    }
    if (status != TDM_OK)
        return status;
    status = tdm__zip_end(zip);
    return status == TDM_OK
               ? TDM_OK
               : tdm__fail(error, status, "the workbook could not be written: %s", tdm_status_text(status));
}

tdm_status tdm__report_scorecard_xlsx(const tdm_scorecard *card, const tdm__report_options *options,
                                      tdm_sink sink, tdm_error *error)
{
    xlsx_writer to = {.card = card};
    tdm__card_sheets sheets;
    tdm__zip *zip;
    (void)options;
    tdm_status status = tdm__zip_new(&zip, &card->allocator, sink);
    if (status != TDM_OK)
        return tdm__no_memory(error);
    tdm__arena_init(&to.arena, &card->allocator);
    tdm__text_init(&to.text, &card->allocator);
    tdm__text_init(&to.sheet.lines, &card->allocator);
    tdm__card_sheets_of(&sheets, card);
    tdm__card_xlsx_parts(zip, &sheets);
    status = write_sheets(&to, zip, &sheets, error);
    tdm__arena_free(&to.arena);
    tdm__text_free(&to.text);
    tdm__text_free(&to.sheet.lines);
    tdm__zip_free(zip);
    return status;
}
