/*
 * The answer of an operation that is a list or a few numbers: JSON or plain text, put together whole
 * and then written. Internal to the layer.
 */
#ifndef TDM_API_ANSWER_H
#define TDM_API_ANSWER_H

#include "api/operations.h"
#include "json/json.h"

typedef struct tdm__answer {
    bool as_json;          /* the request's `format` */
    tdm__json_writer json; /* into `text` */
    tdm__text text;
    tdm_sink sink;
} tdm__answer;

void tdm__answer_begin(tdm__answer *answer, const tdm_request *request, tdm_sink sink);
/* Sends it unless `status` says that it failed, and frees. `answer` must not have moved since it began. */
tdm_status tdm__answer_end(tdm__answer *answer, tdm_status status);
void tdm__answer_member(tdm__json_writer *json, const char *name, tdm_str value);
/* A member that is a time in seconds since 1970 UTC; null for 0, which is never. */
void tdm__answer_time(tdm__json_writer *json, const char *name, int64_t seconds);
/* "2024-10-01T10:00:00Z" */
#define TDM__TIME_TEXT_SIZE 24
void tdm__time_text(char out[TDM__TIME_TEXT_SIZE], int64_t seconds);

#endif
