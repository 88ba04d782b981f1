/*
 * The payload of the DfE's children's social care API: dfe_api_objects.c says which objects there are,
 * dfe_api.c reads them.
 */
#ifndef TDM_INGEST_DFE_API_H
#define TDM_INGEST_DFE_API_H

#include "ingest/national.h"

typedef enum tdm__api_kind {
    TDM__API_EVENTS,
    TDM__API_PLACEMENTS, /* events whose stretch of care another of the list began */
    TDM__API_NOT_READ    /* nothing that a chronology holds */
} tdm__api_kind;

typedef struct tdm__api_object {
    const char *member; /* of the object it stands in */
    bool is_list;
    tdm__api_kind kind;
    tdm__national_form form; /* its own members */
} tdm__api_object;

/* What stands in an episode; what stands in "health_and_wellbeing"; members of these come from here alone. */
const tdm__api_object *tdm__api_of_episode(size_t *count);
const tdm__api_object *tdm__api_of_health(size_t *count);
extern const tdm__national_form tdm__api_episode, tdm__api_child, tdm__api_details;

#endif
