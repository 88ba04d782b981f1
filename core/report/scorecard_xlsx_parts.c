/*
 * The parts of a scorecard's workbook that depend on how many groups of measures it has.
 */
#include "report/scorecard_xlsx.h"

#include <stdio.h>

#include "report/chronology_xlsx.h"

#define SHEETS    "application/vnd.openxmlformats-officedocument.spreadsheetml."
#define NAMESPACE "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

const char *const tdm__card_sheet_parts[TDM__CARD_SHEETS_MAX] = {
    "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml",
    "xl/worksheets/sheet4.xml", "xl/worksheets/sheet5.xml", "xl/worksheets/sheet6.xml",
    "xl/worksheets/sheet7.xml", "xl/worksheets/sheet8.xml", "xl/worksheets/sheet9.xml"};

static const char *const package_relations[] = {
    TDM__RELATIONS TDM__RELATION("rId1", "officeDocument", "xl/workbook.xml"),
    TDM__CORE_RELATION,
    NULL,
};
static const char *const core[] = {TDM__CORE("Scorecard"), NULL};

static const tdm__fixed_part fixed[] = {
    {"_rels/.rels", package_relations},
    {"docProps/core.xml", core},
    {"docProps/app.xml", tdm__part_app},
    {NULL, NULL},
};

/* Letters and digits of a group's code, so that nothing else stands in the name of a sheet. */
static void name_sheet(char out[32], tdm_str group)
{
    size_t length = 0;
    for (size_t i = 0; i < group.length && length < 31; i++) {
        char c = group.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        out[length++] = plain ? c : ' ';
    }
    if (length > 0 && out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 'a' + 'A');
    out[length] = '\0';
}

void tdm__card_sheets_of(tdm__card_sheets *out, const tdm_scorecard *card)
{
    *out = (tdm__card_sheets){0};
    for (size_t i = 0; i < card->measure_count; i++) {
        tdm_str group = card->measures[i].measure->group;
        bool same = i > 0 && tdm__str_equal(group, card->measures[i - 1].measure->group);
        if (!same && out->count < TDM__CARD_SHEETS_MAX - 1) {
            name_sheet(out->names[out->count], group);
            out->first[out->count++] = i;
        }
        out->end[out->count - 1] = i + 1;
    }
    snprintf(out->names[out->count], sizeof out->names[0], "Definitions");
    out->end[out->count++] = card->measure_count;
}

static void put(tdm_sink sink, const char *words)
{
    tdm__sink_write(sink, tdm__str(words)); /* the zip keeps its first failure */
}

static void put_types(tdm__zip *zip, size_t count)
{
    char words[200];
    tdm_sink sink = tdm__zip_part(zip, "[Content_Types].xml");
    put(sink,
        TDM__TYPES "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" SHEETS "sheet.main+xml\"/>");
    for (size_t i = 0; i < count; i++) {
        snprintf(words, sizeof words, "<Override PartName=\"/%s\" ContentType=\"" SHEETS "worksheet+xml\"/>",
                 tdm__card_sheet_parts[i]);
        put(sink, words);
    }
    put(sink, "<Override PartName=\"/xl/styles.xml\" ContentType=\"" SHEETS "styles+xml\"/>" TDM__CORE_TYPES);
}

static void put_workbook(tdm__zip *zip, const tdm__card_sheets *sheets)
{
    char words[200];
    tdm_sink sink = tdm__zip_part(zip, "xl/workbook.xml");
    put(sink,
        TDM__XML "<workbook " NAMESPACE
                 " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>");
    for (size_t i = 0; i < sheets->count; i++) {
        snprintf(words, sizeof words, "<sheet name=\"%s\" sheetId=\"%d\" r:id=\"rId%d\"/>", sheets->names[i],
                 (int)i + 1, (int)i + 1);
        put(sink, words);
    }
    put(sink, "</sheets></workbook>");
}

static void put_workbook_relations(tdm__zip *zip, size_t count)
{
    char words[240];
    tdm_sink sink = tdm__zip_part(zip, "xl/_rels/workbook.xml.rels");
    put(sink, TDM__RELATIONS);
    for (size_t i = 0; i <= count; i++) {
        bool styles = i == count;
        snprintf(words, sizeof words,
                 "<Relationship Id=\"rId%d\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                 "relationships/%s\" Target=\"%s\"/>",
                 (int)i + 1, styles ? "styles" : "worksheet",
                 styles ? "styles.xml" : tdm__card_sheet_parts[i] + sizeof "xl/" - 1);
        put(sink, words);
    }
    put(sink, "</Relationships>");
}

void tdm__card_xlsx_parts(tdm__zip *zip, const tdm__card_sheets *sheets)
{
    put_types(zip, sheets->count);
    tdm__put_parts(zip, fixed);
    put_workbook(zip, sheets);
    put_workbook_relations(zip, sheets->count);
    tdm__xlsx_styles(zip);
}
