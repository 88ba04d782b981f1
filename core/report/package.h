/*
 * What a Word and an Excel file have in common: parts of fixed markup, and text of strangers in markup.
 */
#ifndef TDM_REPORT_PACKAGE_H
#define TDM_REPORT_PACKAGE_H

#include "report/output.h"
#include "report/zip.h"

typedef struct tdm__fixed_part {
    const char *name;
    const char *const *pieces; /* NULL behind the last */
} tdm__fixed_part;

/* Writes parts up to the one whose name is NULL. */
void tdm__put_parts(tdm__zip *zip, const tdm__fixed_part *parts);

#define TDM__XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define TDM__RELATIONS                                                                                       \
    TDM__XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define TDM__RELATION(id, type, target)                                                                      \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"              \
    "relationships/" type "\" Target=\"" target "\"/>"

/* _rels/.rels and docProps of a document: a title, the program, nobody's name, no day. */
#define TDM__CORE(title)                                                                                     \
    TDM__XML "<cp:coreProperties "                                                                           \
             "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "         \
             "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>" title                                \
             "</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>"
extern const char *const tdm__part_core[]; /* of a chronology */
extern const char *const tdm__part_app[];
#define TDM__CORE_RELATION                                                                                   \
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/"         \
    "metadata/core-properties\" Target=\"docProps/core.xml\"/>" TDM__RELATION(                               \
        "rId3", "extended-properties", "docProps/app.xml") "</Relationships>"
#define TDM__CORE_TYPES                                                                                      \
    "<Override PartName=\"/docProps/core.xml\" "                                                             \
    "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"                           \
    "<Override PartName=\"/docProps/app.xml\" "                                                              \
    "ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>"
#define TDM__TYPES                                                                                           \
    TDM__XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"                \
             "<Default Extension=\"rels\" "                                                                  \
             "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"                    \
             "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"

#endif
