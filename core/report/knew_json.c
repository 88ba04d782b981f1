/*
 * Who knew what when as JSON (knew.schema.json).
 */
#include "report/event_json.h"
#include "report/json_members.h"
#include "report/knew_words.h"
#include "report/limits.h"

static void put_known(tdm__json_writer *json, const tdm__known_agency *agency, const tdm__known_by *known)
{
    tdm__json_open_object(json);
    tdm__json_text_member(json, "agency", agency->code);
    tdm__json_text_member(json, "knew", tdm__str(tdm__knowing_code(known->knowing)));
    tdm__json_day_or_null(json, "recorded", known->recorded);
    tdm__json_bool_member(json, "or_earlier", known->perhaps_earlier);
    tdm__json_put_name(json, "lag_days");
    if (known->has_lag) {
        tdm__json_open_object(json);
        tdm__json_int_member(json, "least", known->lag_days.certain);
        tdm__json_int_member(json, "most", known->lag_days.possible);
        tdm__json_close_object(json);
    } else {
        tdm__json_put_null(json);
    }
    tdm__json_int_member(json, "rows", known->row_count);
    tdm__json_close_object(json);
}

void tdm__knew_agencies_json(tdm__json_writer *json, const tdm__child_knew *child, const tdm__matter *matter)
{
    for (size_t i = 0; i < child->agency_count; i++)
        put_known(json, &child->agencies[i], &matter->by[i]);
}

static void put_event(tdm__json_writer *json, const tdm_chronology *c, uint32_t index)
{
    char id[TDM_HEX64_SIZE], room[TDM_DATE_TEXT_SIZE];
    tdm__event event = tdm__chronology_event(c, index);
    tdm__chronology_event_id(id, c, index);
    tdm__json_open_object(json);
    tdm__json_text_member(json, "event", tdm__str(id));
    tdm__json_text_member(json, "occurred", tdm__chronology_occurred_text(room, c, index));
    tdm__json_day_or_null(json, "recorded", event.recorded);
    tdm__json_text_member(json, "agency", tdm__chronology_agency(c, event.agency));
    tdm__json_text_member(json, "kind", tdm__chronology_vocabulary(c)->kinds[event.kind].code);
    tdm__json_put_name(json, "source");
    tdm__source_place_json(json, c, event.source, event.row);
    tdm__json_close_object(json);
}

static void put_matter(tdm__json_writer *json, const tdm_run *run, const tdm__child_knew *child,
                       const tdm__matter *matter)
{
    char day[TDM_DATE_TEXT_SIZE];
    tdm__matter_day_iso(day, matter);
    tdm__json_open_object(json);
    tdm__json_text_member(json, "occurred", tdm__str(day));
    tdm__json_day_or_null(json, "from", matter->from);
    tdm__json_day_or_null(json, "to", matter->to);
    tdm__json_bool_member(json, "concern", matter->is_concern);
    tdm__json_bool_member(json, "perhaps_the_same", matter->perhaps);
    tdm__json_bool_member(json, "dates_contradict", matter->contradicts);
    tdm__json_put_name(json, "events");
    tdm__json_open_array(json);
    for (size_t i = 0; i < matter->event_count; i++)
        put_event(json, run->chronology, matter->events[i]);
    tdm__json_close_array(json);
    tdm__json_put_name(json, "agencies");
    tdm__json_open_array(json);
    tdm__knew_agencies_json(json, child, matter);
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

static void put_child(tdm__json_writer *json, const tdm_run *run, const tdm__child_knew *child)
{
    tdm__json_open_object(json);
    tdm__json_text_member(json, "child", tdm_chronology_child_id(run->chronology, child->child));
    tdm__json_put_name(json, "matters");
    tdm__json_open_array(json);
    for (size_t i = 0; i < child->count; i++)
        put_matter(json, run, child, &child->matters[i]);
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

tdm_status tdm__report_knew_json(const tdm__knew *knew, const tdm__report_options *options, tdm_sink sink,
                                 tdm_error *error)
{
    tdm__json_writer json;
    (void)options;
    tdm__json_writer_init(&json, &knew->run->allocator, sink, 2);
    tdm__json_open_object(&json);
    tdm__json_int_member(&json, "schema", 1);
    tdm__json_text_member(&json, "tidemark", tdm__str(tdm_version()));
    tdm__json_day_or_null(&json, "as_of", knew->run->as_of);
    tdm__missing_json(&json, knew->run->chronology);
    tdm__json_put_name(&json, "children");
    tdm__json_open_array(&json);
    for (size_t i = 0; i < knew->child_count && json.status == TDM_OK; i++)
        put_child(&json, knew->run, &knew->children[i]);
    tdm__json_close_array(&json);
    tdm__json_close_object(&json);
    return tdm__json_report_end(&json, sink, "the table", error);
}
