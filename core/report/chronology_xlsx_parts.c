/*
 * The fixed parts of the Excel file: what is in it, its two sheets by name, its styles.
 */
#include "report/chronology_xlsx.h"

#include <stdio.h>

#include "report/printed.h"

#define SHEETS    "application/vnd.openxmlformats-officedocument.spreadsheetml."
#define NAMESPACE "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

static const char *const types[] = {
    TDM__TYPES,
    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" SHEETS "sheet.main+xml\"/>"
    "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" SHEETS "worksheet+xml\"/>"
    "<Override PartName=\"/xl/worksheets/sheet2.xml\" ContentType=\"" SHEETS "worksheet+xml\"/>"
    "<Override PartName=\"/xl/styles.xml\" ContentType=\"" SHEETS "styles+xml\"/>",
    TDM__CORE_TYPES,
    NULL,
};

static const char *const package_relations[] = {
    TDM__RELATIONS TDM__RELATION("rId1", "officeDocument", "xl/workbook.xml"),
    TDM__CORE_RELATION,
    NULL,
};

static const char *const workbook_relations[] = {
    TDM__RELATIONS TDM__RELATION("rId1", "worksheet", "worksheets/sheet1.xml")
        TDM__RELATION("rId2", "worksheet", "worksheets/sheet2.xml")
            TDM__RELATION("rId3", "styles", "styles.xml"),
    "</Relationships>",
    NULL,
};

static const char *const workbook[] = {
    TDM__XML "<workbook " NAMESPACE
             " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
             "<sheet name=\"Chronology\" sheetId=\"1\" r:id=\"rId1\"/>"
             "<sheet name=\"Sources\" sheetId=\"2\" r:id=\"rId2\"/></sheets>"
             "<definedNames><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">Chronology!$1:$1"
             "</definedName></definedNames></workbook>",
    NULL,
};

const tdm__fixed_part tdm__xlsx_parts[] = {
    {"[Content_Types].xml", types},
    {"_rels/.rels", package_relations},
    {"docProps/core.xml", tdm__part_core},
    {"docProps/app.xml", tdm__part_app},
    {"xl/_rels/workbook.xml.rels", workbook_relations},
    {"xl/workbook.xml", workbook},
    {NULL, NULL},
};

#define FONT(bold) "<font>" bold "<sz val=\"10\"/><name val=\"Arial\"/><family val=\"2\"/></font>"

/* Format 49 is text: what is typed into such a cell later stays text too. */
#define LOOK(font, fill)                                                                                     \
    "<xf numFmtId=\"49\" fontId=\"" font "\" fillId=\"" fill "\" borderId=\"0\" xfId=\"0\" "                 \
    "applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\">"                          \
    "<alignment vertical=\"top\" wrapText=\"1\"/></xf>"

static const char *const fonts[] = {
    TDM__XML "<styleSheet " NAMESPACE "><fonts count=\"2\">" FONT("") FONT("<b/>") "</fonts>", NULL};
static const char *const looks[] = {
    "</fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    NULL};
static const char *const first_looks[] = {
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>", LOOK("1", "2"),
    LOOK("0", "0"), LOOK("1", "0"), NULL};
static const char *const names[] = {
    "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
    "</styleSheet>",
    NULL};

static void put_pieces(tdm_sink sink, const char *const *pieces)
{
    for (; *pieces; pieces++)
        tdm__sink_write(sink, tdm__str(*pieces)); /* the zip keeps its first failure */
}

static void put_fill(tdm_sink sink, const char *colour)
{
    const char *const pieces[] = {"<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF", colour,
                                  "\"/><bgColor indexed=\"64\"/></patternFill></fill>", NULL};
    put_pieces(sink, pieces);
}

/* Fills 0 and 1 are those of every workbook, 2 that of a heading, the tints behind them. */
static void put_fills(tdm_sink sink)
{
    static const char *const first[] = {
        "<fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>",
        NULL};
    char count[48];
    snprintf(count, sizeof count, "<fills count=\"%d\">", 3 + TDM__TINTS);
    tdm__sink_write(sink, tdm__str(count));
    put_pieces(sink, first);
    put_fill(sink, "E8E9EB");
    for (size_t i = 0; i < TDM__TINTS; i++)
        put_fill(sink, tdm__tints[i]);
}

void tdm__xlsx_styles(tdm__zip *zip)
{
    tdm_sink sink = tdm__zip_part(zip, "xl/styles.xml");
    char words[400];
    put_pieces(sink, fonts);
    put_fills(sink);
    put_pieces(sink, looks);
    snprintf(words, sizeof words, "<cellXfs count=\"%d\">", TDM__XLSX_TINT + TDM__TINTS);
    tdm__sink_write(sink, tdm__str(words));
    put_pieces(sink, first_looks);
    for (int i = 0; i < TDM__TINTS; i++) {
        snprintf(words, sizeof words,
                 "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"%d\" borderId=\"0\" xfId=\"0\" "
                 "applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\">"
                 "<alignment vertical=\"top\" wrapText=\"1\"/></xf>",
                 3 + i);
        tdm__sink_write(sink, tdm__str(words));
    }
    put_pieces(sink, names);
}
