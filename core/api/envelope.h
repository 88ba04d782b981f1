/*
 * A JSON request read into a tdm_request, with what belongs to no operation alone: the child that it is
 * about and the body of a resource. Internal to the layer.
 */
#ifndef TDM_API_ENVELOPE_H
#define TDM_API_ENVELOPE_H

#include "api/operations.h"
#include "json/json.h"

typedef struct tdm__envelope {
    tdm_context *context;
    tdm__json *document;
    tdm_request *request;
    tdm__arena arena;            /* decoded contents */
    tdm_str child;               /* "": none is named */
    const tdm__json_value *body; /* NULL: there is none */
} tdm__envelope;

/*
 * Reads a request.
 *
 * e           overwritten; free it with tdm__envelope_free whatever happens
 * of_service  `child` and `body` may stand in it
 *
 * TDM_OK; TDM_NOT_FOUND (no such operation); TDM_INVALID_INPUT, TDM_INVALID_ARG with the line of the value;
 * what parsing JSON gives. Details in the context's error.
 */
tdm_status tdm__envelope_read(tdm__envelope *e, tdm_context *context, tdm_str request, bool of_service);
void tdm__envelope_free(tdm__envelope *e);

#endif
