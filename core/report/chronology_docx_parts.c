/*
 * The fixed parts of the Word file: what is in it, its styles and settings.
 */
#include "report/chronology_docx.h"

static const char *const types[] = {
    TDM__TYPES,
    "<Override PartName=\"/word/document.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>"
    "<Override PartName=\"/word/settings.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>"
    "<Override PartName=\"/word/footer1.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    TDM__CORE_TYPES,
    NULL,
};

static const char *const package_relations[] = {
    TDM__RELATIONS TDM__RELATION("rId1", "officeDocument", "word/document.xml"),
    TDM__CORE_RELATION,
    NULL,
};

static const char *const document_relations[] = {
    TDM__RELATIONS TDM__RELATION("rId1", "styles", "styles.xml")
        TDM__RELATION("rId2", "settings", "settings.xml") TDM__RELATION("rId3", "footer", "footer1.xml"),
    "</Relationships>",
    NULL,
};

static const char *const settings[] = {
    TDM__XML "<w:settings " TDM__WORD_NAMESPACE "><w:removePersonalInformation/>"
             "<w:defaultTabStop w:val=\"720\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" "
             "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>",
    NULL,
};

#define HEADING(id, name, level, size, before)                                                               \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name                               \
    "\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/>"            \
    "<w:spacing w:before=\"" before "\" w:after=\"80\"/><w:outlineLvl w:val=\"" level "\"/></w:pPr>"         \
    "<w:rPr><w:b/><w:sz w:val=\"" size "\"/></w:rPr></w:style>"

#define LINE(side) "<w:" side " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A3A8AD\"/>"

static const char *const styles[] = {
    TDM__XML "<w:styles " TDM__WORD_NAMESPACE "><w:docDefaults><w:rPrDefault><w:rPr>"
             "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"Arial\" w:cs=\"Arial\"/>"
             "<w:color w:val=\"1D1D1B\"/><w:sz w:val=\"20\"/><w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault>"
             "<w:pPrDefault><w:pPr><w:spacing w:after=\"80\"/></w:pPr></w:pPrDefault></w:docDefaults>"
             "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
             "<w:qFormat/></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"Normal\"/>"
    "<w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:spacing w:after=\"60\"/></w:pPr><w:rPr><w:b/>"
    "<w:sz w:val=\"36\"/></w:rPr></w:style>",
    /* What says something of the table that follows stays on its page. */
    "<w:style w:type=\"paragraph\" w:styleId=\"Lead\"><w:name w:val=\"Lead\"/><w:basedOn w:val=\"Normal\"/>"
    "<w:pPr><w:keepNext/></w:pPr></w:style>",
    HEADING("Heading1", "heading 1", "0", "28", "240"),
    HEADING("Heading2", "heading 2", "1", "22", "200"),
    "<w:style w:type=\"paragraph\" w:styleId=\"Stance\"><w:name w:val=\"Stance\"/><w:basedOn "
    "w:val=\"Normal\"/>"
    "<w:pPr><w:pBdr><w:left w:val=\"single\" w:sz=\"36\" w:space=\"8\" w:color=\"1D1D1B\"/></w:pBdr>"
    "<w:spacing w:after=\"0\"/><w:ind w:left=\"200\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Cell\"><w:name w:val=\"Cell\"/><w:basedOn w:val=\"Normal\"/>"
    "<w:pPr><w:spacing w:after=\"0\"/></w:pPr><w:rPr><w:sz w:val=\"15\"/></w:rPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"CellHeading\"><w:name w:val=\"Cell heading\"/>"
    "<w:basedOn w:val=\"Cell\"/><w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/><w:sz "
    "w:val=\"14\"/></w:rPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"CellNumber\"><w:name w:val=\"Cell number\"/>"
    "<w:basedOn w:val=\"Cell\"/><w:pPr><w:jc w:val=\"right\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"Footer\"><w:name w:val=\"footer\"/><w:basedOn "
    "w:val=\"Normal\"/>"
    "<w:pPr><w:pBdr>" LINE(
        "top") "</w:pBdr><w:tabs><w:tab w:val=\"right\" w:pos=\"15590\"/></w:tabs>"
               "<w:spacing w:after=\"0\"/></w:pPr><w:rPr><w:sz w:val=\"16\"/></w:rPr></w:style>",
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>"
    "<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style>",
    "<w:style w:type=\"table\" w:styleId=\"Chronology\"><w:name w:val=\"Chronology\"/>"
    "<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>" LINE("top") LINE("left") LINE("bottom")
        LINE("right") LINE("insideH")
            LINE("insideV") "</w:tblBorders><w:tblCellMar>"
                            "<w:top w:w=\"30\" w:type=\"dxa\"/><w:left w:w=\"50\" w:type=\"dxa\"/>"
                            "<w:bottom w:w=\"30\" w:type=\"dxa\"/><w:right w:w=\"50\" "
                            "w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
    "</w:styles>",
    NULL,
};

const tdm__fixed_part tdm__docx_parts[] = {
    {"[Content_Types].xml", types},
    {"_rels/.rels", package_relations},
    {"docProps/core.xml", tdm__part_core},
    {"docProps/app.xml", tdm__part_app},
    {"word/_rels/document.xml.rels", document_relations},
    {"word/styles.xml", styles},
    {"word/settings.xml", settings},
    {NULL, NULL},
};
