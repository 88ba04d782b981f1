/*
 * The readers, and what each kind of file looks like. A look costs no more than the first lines.
 */
#include "ingest/reader.h"

#include <string.h>

#include "instrument/fhir.h"
#include "instrument/sheet.h"

#define HEAD_BYTES 65536u

static tdm_str head_of(tdm_str content)
{
    if (tdm__str_starts(content, TDM_LIT("\xef\xbb\xbf")))
        content = (tdm_str){content.data + 3, content.length - 3};
    while (content.length > 0 && memchr(" \t\r\n", content.data[0], 4)) {
        content.data++;
        content.length--;
    }
    if (content.length > HEAD_BYTES)
        content.length = HEAD_BYTES;
    return content;
}

static bool holds(tdm_str text, tdm_str word)
{
    const char *at = text.data;
    size_t left = text.length;
    while (left >= word.length && (at = memchr(at, word.data[0], left - word.length + 1)) != NULL) {
        if (memcmp(at, word.data, word.length) == 0)
            return true;
        at++;
        left = (size_t)(text.data + text.length - at);
    }
    return false;
}

static bool starts_with_type(tdm_str head)
{
    size_t at = 1;
    while (at < head.length && memchr(" \t", head.data[at], 2))
        at++;
    return tdm__str_starts((tdm_str){head.data + at, head.length - at}, TDM_LIT("\"type\""));
}

/* Lines that begin with an object: an assessment written over several lines has one. */
static int object_lines(tdm_str head)
{
    int lines = 0;
    while (head.length > 0 && lines < 2) {
        tdm_str line = tdm__str_split(&head, '\n');
        lines += line.length > 0 && line.data[0] == '{';
    }
    return lines;
}

/* Any resource: the reader says which are read. */
static bool looks_like_fhir(tdm_str content)
{
    return tdm__fhir_recognised(content) != TDM__FHIR_NONE;
}

static bool looks_like_ndjson(tdm_str content)
{
    tdm_str head = head_of(content);
    if (head.length == 0 || head.data[0] != '{' || looks_like_fhir(content))
        return false;
    tdm_str rest = head;
    tdm_str first = tdm__str_trimmed(tdm__str_split(&rest, '\n'));
    /* An object over several lines is an assessment, whatever its first member. */
    bool whole_line = rest.length == 0 || first.data[first.length - 1] == '}' || object_lines(head) > 1;
    if (starts_with_type(head))
        return whole_line;
    return holds(first, TDM_LIT("\"type\"")) && (object_lines(head) > 1 || holds(first, TDM_LIT("\"kind\"")));
}

/* Any other JSON: the reader says what is wrong with one that is no assessment, by its line. */
static bool looks_like_assessment(tdm_str content)
{
    tdm_str head = head_of(content);
    return head.length > 0 && (head.data[0] == '{' || head.data[0] == '[') && !looks_like_ndjson(content) &&
           !looks_like_fhir(content) && !tdm__dfe_api_recognised(content);
}

static bool looks_like_census(tdm_str content)
{
    tdm_str head = head_of(content);
    return head.length > 0 && head.data[0] == '<' &&
           (holds(head, TDM_LIT("<Message")) || holds(head, TDM_LIT("<!DOCTYPE")));
}

/* A zip file that has been cut off has no list of its parts, but names each before its bytes. */
static bool has_part(tdm_str content, tdm_str start)
{
    if (!tdm__looks_like_package(content))
        return false;
    return tdm__package_lists(content, start) || holds(head_of(content), start);
}

static bool looks_like_workbook(tdm_str content)
{
    return has_part(content, TDM_LIT("xl/workbook")) &&
           !tdm__package_lists(content, TDM_LIT("word/document"));
}

static bool looks_like_document(tdm_str content)
{
    return has_part(content, TDM_LIT("word/document"));
}

/* Text that is none of the others; what its columns mean says its map. */
static bool looks_like_csv(tdm_str content)
{
    tdm_str head = head_of(content);
    return head.length > 0 && !memchr("<{[", head.data[0], 3) && !tdm__looks_like_package(content) &&
           !tdm__sheet_recognised(content) && !tdm__ssd_recognised(content) &&
           !tdm__school_census_recognised(content);
}

static const tdm__reader readers[] = {
    {"ndjson", "Events of Tidemark itself, one JSON object a line", looks_like_ndjson, tdm__read_ndjson},
    {"cin-census", "DfE children-in-need census, XML, 2017 to 2026", looks_like_census, tdm__read_census},
    {"assessment", "One assessment, JSON", looks_like_assessment, tdm__read_assessment},
    {"sheet", "One assessment, as a sheet that was filled in", tdm__sheet_recognised, tdm__read_sheet},
    {"fhir", "HL7 FHIR R4, JSON: one QuestionnaireResponse or Questionnaire", looks_like_fhir,
     tdm__read_fhir},
    {"ssd", "A table of the Standard Safeguarding Dataset, CSV", tdm__ssd_recognised, tdm__read_ssd},
    {"dfe-api", "DfE children's social care API payload, JSON", tdm__dfe_api_recognised, tdm__read_dfe_api},
    {"school-census", "School census: termly sessions or exclusions, CSV", tdm__school_census_recognised,
     tdm__read_school_census},
    {"xlsx", "A return as an Excel workbook, with its column map", looks_like_workbook, tdm__read_workbook},
    {"docx", "A return as tables of a Word document, with its column map or as Chronolator makes them",
     looks_like_document, tdm__read_document},
    {"csv", "A return as CSV, with its column map", looks_like_csv, tdm__read_csv},
};

const tdm__reader *tdm__readers(size_t *count)
{
    *count = sizeof readers / sizeof readers[0];
    return readers;
}

bool tdm__looks_like_store(tdm_str content)
{
    return tdm__str_starts(content, (tdm_str){"SQLite format 3", 16});
}
