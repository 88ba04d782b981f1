/*
 * The words and members of incidents.h.
 */
#include "report/incidents.h"

#include "report/event_json.h"
#include "report/json_members.h"

#define NAMED_ROWS_MAX 20

const char *const tdm__incident_legend = "Rows that tell one incident have its number. Incident: the returns "
                                         "say that it is one. Perhaps incident: "
                                         "rows of different agencies whose kinds and dates fit, though "
                                         "nobody says that it is one; whether it is, is "
                                         "for a person to find out. No row is changed by it.";

static const tdm__child_result *result_of(const tdm_run *run, uint32_t child)
{
    size_t low = 0, high = run->child_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (run->children[middle].child < child)
            low = middle + 1;
        else
            high = middle;
    }
    return low < run->child_count && run->children[low].child == child ? &run->children[low] : NULL;
}

static bool holds(const tdm__one_incident *incident, uint32_t event)
{
    size_t low = 0, high = incident->event_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (incident->events[middle] < event)
            low = middle + 1;
        else
            high = middle;
    }
    return low < incident->event_count && incident->events[low] == event;
}

/* Number of the incident that holds a row; 0: none does. */
static size_t number_of(const tdm_run *run, const tdm__event *event, bool stated)
{
    const tdm__child_result *child = result_of(run, event->child);
    for (size_t i = 0; child && i < child->incident_count; i++)
        if (child->incidents[i].stated == stated && holds(&child->incidents[i], event->index))
            return i + 1;
    return 0;
}

void tdm__put_incident_marks(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    size_t stated = number_of(run, event, true), perhaps = number_of(run, event, false);
    if (stated > 0)
        tdm__text_printf(out, "incident %d", (int)stated);
    if (perhaps > 0)
        tdm__text_printf(out, "%sperhaps incident %d", stated > 0 ? "; " : "", (int)perhaps);
}

void tdm__put_incident_signs(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    size_t stated = number_of(run, event, true), perhaps = number_of(run, event, false);
    if (stated > 0 && perhaps > 0)
        tdm__text_printf(out, " (%d, %d?)", (int)stated, (int)perhaps);
    else if (stated > 0 || perhaps > 0)
        tdm__text_printf(out, stated > 0 ? " (%d)" : " (%d?)", (int)(stated + perhaps));
}

/* --- in words --- */

void tdm__put_place(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    const tdm__source *source = tdm__chronology_source(run->chronology, event->source);
    tdm__text_add(out, source->name);
    if (source->sheet.length > 0) {
        tdm__text_puts(out, " (");
        tdm__text_add(out, source->sheet);
        tdm__text_char(out, ')');
    }
    tdm__text_printf(out, ", row %d", (int)event->row);
}

static void put_day(tdm__text *out, const tdm_run *run, uint32_t index)
{
    char room[TDM_DATE_TEXT_SIZE];
    tdm__text_add(out, tdm__chronology_occurred_text(room, run->chronology, index));
}

static void put_row(tdm__text *out, const tdm_run *run, uint32_t index)
{
    tdm__event event = tdm__chronology_event(run->chronology, index);
    put_day(out, run, index);
    tdm__text_puts(out, ", ");
    tdm__text_add(out, tdm__chronology_agency_title(run->chronology, event.agency));
    tdm__text_puts(out, ", ");
    tdm__text_add(out, tdm__kind_title(tdm__event_kind(run, &event)));
    tdm__text_puts(out, " (");
    tdm__put_place(out, run, &event);
    tdm__text_char(out, ')');
}

/* What a row says of the matter in which it contradicts another, and where. */
static void put_saying(tdm__text *out, const tdm_run *run, uint32_t index, uint32_t key)
{
    tdm__event event = tdm__chronology_event(run->chronology, index);
    tdm__fact_value value;
    if (key == TDM_NO_INDEX)
        put_day(out, run, index);
    else if (tdm__chronology_fact(&value, run->chronology, index, key))
        tdm__text_add(out, value.text);
    tdm__text_puts(out, " (");
    tdm__put_place(out, run, &event);
    tdm__text_char(out, ')');
}

static void put_contradiction(tdm__text *out, const tdm_run *run, const tdm__run_contradiction *one)
{
    tdm__text_puts(out, " Contradiction, ");
    if (one->key == TDM_NO_INDEX)
        tdm__text_puts(out, "days that exclude each other");
    else
        tdm__text_add(out, tdm__chronology_fact_key(run->chronology, one->key));
    tdm__text_puts(out, ": ");
    put_saying(out, run, one->other, one->key);
    tdm__text_puts(out, " and ");
    put_saying(out, run, one->event, one->key);
    tdm__text_char(out, '.');
}

void tdm__put_incident(tdm__text *out, const tdm_run *run, const tdm__one_incident *incident, size_t number)
{
    tdm__text_printf(out,
                     incident->stated ? "Incident %d, as the returns say: "
                                      : "Perhaps incident %d, by kinds and dates: ",
                     (int)number);
    for (size_t i = 0; i < incident->event_count && i < NAMED_ROWS_MAX; i++) {
        tdm__text_puts(out, i > 0 ? "; " : "");
        put_row(out, run, incident->events[i]);
    }
    if (incident->event_count > NAMED_ROWS_MAX)
        tdm__text_printf(out, "; and %d rows more", (int)(incident->event_count - NAMED_ROWS_MAX));
    tdm__text_char(out, '.');
    for (size_t i = 0; i < incident->contradiction_count; i++)
        put_contradiction(out, run, &incident->contradictions[i]);
}

/* --- JSON --- */

static void put_id(tdm__json_writer *json, const tdm_run *run, uint32_t event)
{
    char id[TDM_HEX64_SIZE];
    tdm__chronology_event_id(id, run->chronology, event);
    tdm__json_put_text(json, id);
}

static void contradiction_json(tdm__json_writer *json, const tdm_run *run, const tdm__run_contradiction *one)
{
    tdm__json_open_object(json);
    tdm__json_open_list(json, "events");
    put_id(json, run, one->other);
    put_id(json, run, one->event);
    tdm__json_close_array(json);
    if (one->key != TDM_NO_INDEX)
        tdm__json_text_member(json, "fact", tdm__chronology_fact_key(run->chronology, one->key));
    else
        tdm__json_code_member(json, "fact", "occurred");
    tdm__json_close_object(json);
}

void tdm__incidents_json(tdm__json_writer *json, const tdm_run *run, const tdm__child_result *child)
{
    tdm__json_open_list(json, "incidents");
    for (size_t i = 0; i < child->incident_count; i++) {
        const tdm__one_incident *one = &child->incidents[i];
        tdm__json_open_object(json);
        tdm__json_int_member(json, "number", (int64_t)i + 1);
        tdm__json_bool_member(json, "stated", one->stated);
        tdm__json_open_list(json, "events");
        for (size_t e = 0; e < one->event_count; e++)
            put_id(json, run, one->events[e]);
        tdm__json_close_array(json);
        tdm__json_open_list(json, "contradictions");
        for (size_t c = 0; c < one->contradiction_count; c++)
            contradiction_json(json, run, &one->contradictions[c]);
        tdm__json_close_array(json);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

void tdm__incident_marks_json(tdm__json_writer *json, const tdm_run *run, const tdm__event *event)
{
    size_t stated = number_of(run, event, true), perhaps = number_of(run, event, false);
    if (stated > 0)
        tdm__json_int_member(json, "incident_number", (int64_t)stated);
    if (perhaps > 0)
        tdm__json_int_member(json, "perhaps_incident_number", (int64_t)perhaps);
}
