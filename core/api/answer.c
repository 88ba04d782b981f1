/*
 * JSON or text into the sink.
 */
#include "api/answer.h"

#include "report/escape.h"
#include "report/view.h"

#include <stdio.h>
#include <string.h>

#define INDENT 2

void tdm__answer_begin(tdm__answer *answer, const tdm_request *request, tdm_sink sink)
{
    const char *format = tdm__request_value(request, "format");
    const tdm_allocator *allocator = &request->context->allocator;
    answer->as_json = format ? strcmp(format, "json") == 0 : request->serving != NULL;
    answer->sink = sink;
    tdm__text_init(&answer->text, allocator);
    tdm__json_writer_init(&answer->json, allocator, tdm__text_sink(&answer->text), INDENT);
}

/* Titles and ids are words of others: nothing of them may act on a terminal. Line ends are ours. */
static void make_plain(tdm__text *text)
{
    tdm__text plain;
    tdm_str rest = tdm__text_str(text);
    tdm__text_init(&plain, text->allocator);
    plain.failed = text->failed;
    while (rest.length > 0) {
        const char *end = memchr(rest.data, '\n', rest.length);
        size_t length = end ? (size_t)(end - rest.data) : rest.length;
        tdm__escape(&plain, (tdm_str){rest.data, length}, TDM__ESCAPE_TERMINAL);
        if (end)
            tdm__text_char(&plain, '\n');
        length += end != NULL;
        rest = (tdm_str){rest.data + length, rest.length - length};
    }
    tdm__text_free(text);
    *text = plain;
}

tdm_status tdm__answer_end(tdm__answer *answer, tdm_status status)
{
    tdm_status written = tdm__json_writer_end(&answer->json);
    if (answer->as_json)
        tdm__text_char(&answer->text, '\n');
    else
        make_plain(&answer->text);
    if (status == TDM_OK)
        status = answer->text.failed ? TDM_NO_MEMORY : written;
    if (status == TDM_OK)
        status = tdm__sink_write(answer->sink, tdm__text_str(&answer->text));
    tdm__text_free(&answer->text);
    return status;
}

void tdm__answer_member(tdm__json_writer *json, const char *name, tdm_str value)
{
    tdm__json_put_name(json, name);
    tdm__json_put_string(json, value);
}

void tdm__time_text(char out[TDM__TIME_TEXT_SIZE], int64_t seconds)
{
    char day[TDM_DATE_TEXT_SIZE];
    int64_t rest = seconds % 86400, days = seconds / 86400;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    tdm__day_iso(day, days < INT32_MIN || days > INT32_MAX ? TDM_DAY_NONE : (tdm_day)days);
    snprintf(out, TDM__TIME_TEXT_SIZE, "%.10sT%02d:%02d:%02dZ", day, (int)(rest / 3600),
             (int)(rest / 60 % 60), (int)(rest % 60));
}

void tdm__answer_time(tdm__json_writer *json, const char *name, int64_t seconds)
{
    tdm__json_put_name(json, name);
    if (seconds == 0)
        tdm__json_put_null(json);
    else
        tdm__json_put_int(json, seconds);
}
