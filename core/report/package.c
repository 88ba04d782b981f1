/*
 * Parts of fixed markup, and those that tell about a document without telling who made it or when.
 */
#include "report/package.h"

const char *const tdm__part_core[] = {
    TDM__CORE("Merged chronology"),
    NULL,
};

const char *const tdm__part_app[] = {
    TDM__XML "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/"
             "extended-properties\"><Application>Tidemark</Application></Properties>",
    NULL,
};

void tdm__put_parts(tdm__zip *zip, const tdm__fixed_part *parts)
{
    for (; parts->name; parts++) {
        tdm_sink sink = tdm__zip_part(zip, parts->name);
        for (const char *const *piece = parts->pieces; *piece; piece++)
            tdm__sink_write(sink, tdm__str(*piece)); /* the zip keeps its first failure */
    }
}
