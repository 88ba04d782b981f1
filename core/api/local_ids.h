/*
 * The numbers that agencies have for the children of case folders, as their case.json gives them: a session
 * reads past them.
 */
#ifndef TDM_API_LOCAL_IDS_H
#define TDM_API_LOCAL_IDS_H

#include "api/operations.h"
#include "guard/pseudonyms.h"

typedef struct tdm__local_ids {
    tdm__local_id *items; /* freed with the arena's allocator; their strings live in the arena */
    size_t count, capacity;
} tdm__local_ids;

/* Adds those of the request's case folders. *ids is freed whatever comes back. */
tdm_status tdm__local_ids_read(tdm__local_ids *ids, const tdm_request *request, tdm__arena *arena,
                               tdm_error *error);

#endif
