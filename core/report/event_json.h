/*
 * A row as JSON, the same in an export and in a review with events: members in the order of
 * interfaces.md "Event (NDJSON)", what was not recorded left out.
 */
#ifndef TDM_REPORT_EVENT_JSON_H
#define TDM_REPORT_EVENT_JSON_H

#include "chronology/chronology.h"
#include "json/json.h"

typedef enum tdm__event_extras {
    TDM__EVENT_EXPORT,      /* with "type" and "child" */
    TDM__EVENT_EXPORT_HASH, /* the same, and the hash of a source whose name is that of others too */
    TDM__EVENT_REVIEW       /* with the child's age, which is a view and no part of the record */
} tdm__event_extras;

#define TDM__AT_THE_END (TDM_DAY_AFTER_ALL - 1)

/* With "replaced_by" where a later return replaced it by then, and "after" where it is later than that day.
 */
void tdm__event_json(tdm__json_writer *json, const tdm_chronology *chronology, uint32_t event,
                     tdm__event_extras extras, tdm_day as_of);
/* {"file", "sheet", "row"}; no sheet when the source has none. */
void tdm__source_place_json(tdm__json_writer *json, const tdm_chronology *chronology, uint32_t source,
                            uint32_t row);
/* A string member, left out when empty. */
void tdm__json_string_member(tdm__json_writer *json, const char *name, tdm_str text);
/* A day as an ISO string, or null. */
void tdm__json_day_or_null(tdm__json_writer *json, const char *name, tdm_day day);

#endif
