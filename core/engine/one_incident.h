/*
 * What the history of a child knows of rows that tell one incident, kept for the writers.
 */
#ifndef TDM_ENGINE_ONE_INCIDENT_H
#define TDM_ENGINE_ONE_INCIDENT_H

#include "chronology/history.h"
#include "engine/run.h"

/* Fills the incidents of a child; they live in `arena`. TDM_NO_MEMORY. */
tdm_status tdm__keep_incidents(tdm__child_result *out, const tdm_history *history, tdm__arena *arena);

#endif
