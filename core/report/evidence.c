/*
 * Rows that a prompt or a check rests on.
 */
#include "report/evidence.h"

#include "report/event_json.h"
#include "report/incidents.h"

/* What the cells of a row point into. */
typedef struct evidence_room {
    char day[TDM_DATE_TEXT_SIZE];
    tdm__text place;
} evidence_room;

/* The four cells of a row of evidence. */
static void evidence_cells(tdm_str cells[4], const tdm_run *run, uint32_t index, evidence_room *room)
{
    tdm__text *place = &room->place;
    const tdm_chronology *chronology = run->chronology;
    tdm__event event = tdm__chronology_event(chronology, index);
    const tdm__source *source = tdm__chronology_source(chronology, event.source);
    cells[0] = tdm__chronology_occurred_text(room->day, chronology, index);
    if (cells[0].length == 0)
        cells[0] = TDM_LIT("no date");
    cells[1] = tdm__chronology_agency_title(chronology, event.agency);
    cells[2] = tdm__kind_title(tdm__event_kind(run, &event));
    tdm__text_clear(place);
    tdm__text_add(place, source->name);
    if (source->sheet.length > 0)
        tdm__text_printf(place, " (%.*s)", TDM_STR_ARGS(source->sheet));
    tdm__text_printf(place, ":%u", (unsigned)event.row);
    cells[3] = tdm__text_str(place);
}

/* Which of the rows others tell too: a line under the table, which has no room for it. */
static void say_signs(tdm__terminal *terminal, const tdm_run *run, const uint32_t *events, size_t count,
                      int indent, evidence_room *room)
{
    tdm__text_clear(&room->place);
    for (size_t i = 0; i < count; i++) {
        tdm__event event = tdm__chronology_event(run->chronology, events[i]);
        size_t before = room->place.length;
        tdm__text_puts(&room->place, before > 0 ? ", " : "");
        tdm__text_add(&room->place, tdm__chronology_occurred_text(room->day, run->chronology, events[i]));
        size_t unsigned_end = room->place.length;
        tdm__put_incident_signs(&room->place, run, &event);
        if (room->place.length == unsigned_end && !room->place.failed) {
            room->place.length = before;
            room->place.data[before] = '\0';
        }
    }
    if (room->place.length > 0)
        tdm__say(terminal, TDM__FAINT, indent, indent + 2, "Told more than once: %p",
                 tdm__text_str(&room->place));
}

void tdm__say_evidence(tdm__terminal *terminal, const tdm_run *run, const uint32_t *events, size_t count,
                       int indent)
{
    tdm__columns columns = {.count = 4, .indent = indent};
    evidence_room room;
    tdm_str cells[4];
    tdm__text_init(&room.place, &run->allocator);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            evidence_cells(cells, run, events[i], &room);
            if (pass == 0)
                tdm__columns_measure(&columns, terminal, cells);
            else
                tdm__columns_write(&columns, terminal, cells);
        }
    }
    say_signs(terminal, run, events, count, indent, &room);
    if (room.place.failed)
        terminal->out.text.failed = true;
    tdm__text_free(&room.place);
}

static void put_text(tdm__json_writer *json, const char *name, tdm_str text)
{
    tdm__json_put_name(json, name);
    tdm__json_put_string(json, text);
}

void tdm__evidence_json(tdm__json_writer *json, const tdm_run *run, uint32_t index)
{
    char id[TDM_HEX64_SIZE], room[TDM_DATE_TEXT_SIZE];
    tdm__event event = tdm__chronology_event(run->chronology, index);
    tdm__chronology_event_id(id, run->chronology, index);
    tdm__json_open_object(json);
    put_text(json, "event", tdm__str(id));
    put_text(json, "occurred", tdm__chronology_occurred_text(room, run->chronology, index));
    tdm__json_day_or_null(json, "from", event.occurred.from);
    tdm__json_day_or_null(json, "to", event.occurred.to);
    put_text(json, "agency", tdm__chronology_agency(run->chronology, event.agency));
    put_text(json, "kind", tdm__event_kind(run, &event)->code);
    tdm__json_put_name(json, "source");
    tdm__source_place_json(json, run->chronology, event.source, event.row);
    tdm__incident_marks_json(json, run, &event);
    tdm__json_close_object(json);
}
