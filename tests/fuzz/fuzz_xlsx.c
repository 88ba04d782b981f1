/*
 * Any bytes as an Excel workbook. Bytes that are no zip file become a worksheet within a workbook, so
 * that what a sheet says is tried as well as how it is packed.
 */
#include "office_target.h"

static const char map[] =
    "{\"map\": 1, \"agency\": \"school\", \"columns\": {\"Child\": {\"to\": \"child\"}, \"Date\": {\"to\": "
    "\"occurred\"}, \"Time\": {\"to\": \"time\"}, \"Until\": {\"to\": \"ended\"}, \"Note\": {\"to\": "
    "\"text\"}}, \"constants\": {\"kind\": \"cin-plan-start\"}}";

static const office_part parts[] = {
    {"xl/workbook.xml",
     "<workbook xmlns=\"" OFFICE_SHEET "\" xmlns:r=\"" OFFICE_RELATIONS "\"><sheets><sheet "
     "name=\"S\" r:id=\"r1\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships xmlns=\"" OFFICE_PACKAGE "\"><Relationship Id=\"r1\" Type=\"x/worksheet\" "
     "Target=\"s.xml\"/><Relationship Id=\"r2\" Type=\"x/styles\" Target=\"t.xml\"/><Relationship Id=\"r3\" "
     "Type=\"x/sharedStrings\" Target=\"u.xml\"/></Relationships>"},
    {"xl/t.xml", "<styleSheet xmlns=\"" OFFICE_SHEET
                 "\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/><xf "
                 "numFmtId=\"46\"/></cellXfs></styleSheet>"},
    {"xl/u.xml", "<sst xmlns=\"" OFFICE_SHEET "\"><si><t>Child</t></si><si><t>Date</t></si></sst>"},
    {"xl/s.xml", NULL},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_office("xlsx", parts, sizeof parts / sizeof *parts, bytes_of(data, size), tdm__str(map));
    return 0;
}
