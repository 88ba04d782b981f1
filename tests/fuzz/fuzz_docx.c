/*
 * Any bytes as a Word document. Bytes that are no zip file become the main part of one.
 */
#include "office_target.h"

static const char map[] =
    "{\"map\": 1, \"agency\": \"police\", \"columns\": {\"Child\": {\"to\": \"child\"}, \"Date\": {\"to\": "
    "\"occurred\"}, \"Kind\": {\"to\": \"kind\"}, \"Note\": {\"to\": \"text\"}}}";

static const office_part parts[] = {{"word/document.xml", NULL}};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_office("docx", parts, sizeof parts / sizeof *parts, bytes_of(data, size), tdm__str(map));
    read_office("docx", parts, sizeof parts / sizeof *parts, bytes_of(data, size), TDM_LIT(""));
    return 0;
}
