/*
 * JSON or text into the sink.
 */
#include "api/answer.h"

#include <string.h>

#define INDENT 2

void tdm__answer_begin(tdm__answer *answer, const tdm_request *request, tdm_sink sink)
{
    const char *format = tdm__request_value(request, "format");
    const tdm_allocator *allocator = &request->context->allocator;
    answer->as_json = format && strcmp(format, "json") == 0;
    answer->sink = sink;
    tdm__text_init(&answer->text, allocator);
    tdm__json_writer_init(&answer->json, allocator, tdm__text_sink(&answer->text), INDENT);
}

tdm_status tdm__answer_end(tdm__answer *answer, tdm_status status)
{
    tdm_status written = tdm__json_writer_end(&answer->json);
    if (answer->as_json)
        tdm__text_char(&answer->text, '\n');
    if (status == TDM_OK)
        status = answer->text.failed ? TDM_NO_MEMORY : written;
    if (status == TDM_OK)
        status = tdm__sink_write(answer->sink, tdm__text_str(&answer->text));
    tdm__text_free(&answer->text);
    return status;
}
