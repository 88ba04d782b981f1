/*
 * One row as JSON.
 */
#include "report/event_json.h"

#include "report/age.h"

#include <stdio.h>

void tdm__json_string_member(tdm__json_writer *json, const char *name, tdm_str text)
{
    if (text.length == 0)
        return;
    tdm__json_put_name(json, name);
    tdm__json_put_string(json, text);
}

void tdm__json_day_or_null(tdm__json_writer *json, const char *name, tdm_day day)
{
    char room[TDM_DATE_TEXT_SIZE];
    tdm__json_put_name(json, name);
    if (day == TDM_DAY_NONE || day == TDM_DAY_BEFORE_ALL || day == TDM_DAY_AFTER_ALL) {
        tdm__json_put_null(json);
        return;
    }
    tdm_date_format(room, (tdm_date){day, day, 0});
    tdm__json_put_text(json, room);
}

static void place_json(tdm__json_writer *json, const tdm__source *from, uint32_t row, bool with_hash)
{
    tdm__json_open_object(json);
    tdm__json_put_name(json, "file");
    tdm__json_put_string(json, from->name);
    tdm__json_string_member(json, "sheet", from->sheet);
    tdm__json_put_name(json, "row");
    tdm__json_put_int(json, row);
    if (with_hash)
        tdm__json_string_member(json, "hash", from->hash);
    tdm__json_close_object(json);
}

void tdm__source_place_json(tdm__json_writer *json, const tdm_chronology *chronology, uint32_t source,
                            uint32_t row)
{
    place_json(json, tdm__chronology_source(chronology, source), row, false);
}

static void date_member(tdm__json_writer *json, const char *name, tdm_date date)
{
    char room[TDM_DATE_TEXT_SIZE];
    tdm_date_format(room, date);
    tdm__json_string_member(json, name, tdm__str(room));
}

static void string_field(tdm__json_writer *json, const tdm_chronology *chronology, uint32_t event,
                         tdm__string_field field)
{
    tdm__text room;
    tdm__text_init(&room, json->buffer.allocator);
    tdm__json_string_member(json, tdm__string_field_name(field),
                            tdm__chronology_text(&room, chronology, event, field));
    tdm__text_free(&room);
}

static void time_member(tdm__json_writer *json, int32_t minute)
{
    char room[16];
    if (minute < 0)
        return;
    snprintf(room, sizeof room, "%02d:%02d", (int)(minute / 60 % 24), (int)(minute % 60));
    tdm__json_string_member(json, "time", tdm__str(room));
}

static void when_members(tdm__json_writer *json, const tdm_chronology *chronology, const tdm__event *event,
                         bool with_age)
{
    date_member(json, "occurred", event->occurred);
    string_field(json, chronology, event->index, TDM__OCCURRED_AS_WRITTEN);
    time_member(json, event->minute);
    if (with_age)
        tdm__age_member(json, chronology, event);
    string_field(json, chronology, event->index, TDM__EPISODE);
    if (event->ended_from != TDM_DAY_NONE)
        date_member(json, "ended", (tdm_date){event->ended_from, event->ended_to, 0});
    if (event->recorded != TDM_DAY_NONE)
        date_member(json, "recorded", (tdm_date){event->recorded, event->recorded, 0});
}

static void theme_member(tdm__json_writer *json, uint32_t themes)
{
    if (themes == 0)
        return;
    tdm__json_put_name(json, "theme");
    tdm__json_open_array(json);
    for (uint32_t theme = 0; theme < tdm__theme_count(); theme++)
        if (themes & (UINT32_C(1) << theme))
            tdm__json_put_text(json, tdm__theme_code(theme));
    tdm__json_close_array(json);
}

static void facts_member(tdm__json_writer *json, const tdm_chronology *chronology, uint32_t event)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(chronology);
    size_t keys = tdm__chronology_fact_key_count(chronology);
    bool open = false;
    for (uint32_t key = 0; key < keys; key++) {
        tdm__fact_value value;
        if (!tdm__chronology_fact(&value, chronology, event, key))
            continue;
        if (!open) {
            tdm__json_put_name(json, "facts");
            tdm__json_open_object(json);
            open = true;
        }
        tdm__json_put_name_str(json, tdm__chronology_fact_key(chronology, key));
        if (key < vocabulary->fact_count && vocabulary->facts[key].type == TDM__FACT_COUNT)
            tdm__json_put_int(json, value.number);
        else
            tdm__json_put_string(json, value.text);
    }
    if (open)
        tdm__json_close_object(json);
}

/* What was seen and done, in the order of the table in interfaces.md. */
static void what_members(tdm__json_writer *json, const tdm_chronology *chronology, const tdm__event *event)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(chronology);
    uint32_t at = event->index;
    tdm__json_string_member(json, "kind", vocabulary->kinds[event->kind].code);
    string_field(json, chronology, at, TDM__KIND_AS_WRITTEN);
    theme_member(json, event->themes);
    tdm__json_string_member(json, "polarity", tdm__str(tdm__polarity_code(event->polarity)));
    tdm__json_string_member(json, "significance", tdm__str(tdm__significance_code(event->significance)));
    string_field(json, chronology, at, TDM__SIGNIFICANCE_BY);
    tdm__json_string_member(json, "child_seen", tdm__str(tdm__yes_no_code(event->child_seen)));
    tdm__json_string_member(json, "seen_alone", tdm__str(tdm__yes_no_code(event->seen_alone)));
    tdm__json_string_member(json, "voice", tdm__str(tdm__yes_no_code(event->voice)));
    static const tdm__string_field texts[] = {TDM__ACTION,   TDM__OUTCOME,   TDM__TEXT,
                                              TDM__ANALYSIS, TDM__REFERENCE, TDM__INCIDENT};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        string_field(json, chronology, at, texts[i]);
    facts_member(json, chronology, at);
}

static void replaced_member(tdm__json_writer *json, const tdm_chronology *chronology, uint32_t event,
                            tdm_day as_of)
{
    if (!tdm__chronology_replaced(chronology, event, as_of))
        return;
    const tdm__version *version = tdm__chronology_version(chronology, event);
    const tdm__source *by = tdm__chronology_source(chronology, version->by_source);
    tdm__json_put_name(json, "replaced_by");
    tdm__json_open_object(json);
    tdm__json_put_name(json, "file");
    tdm__json_put_string(json, by->name);
    tdm__json_string_member(json, "sheet", by->sheet);
    if (version->by_event != TDM_NO_INDEX) {
        tdm__json_put_name(json, "row");
        tdm__json_put_int(json, tdm__chronology_event(chronology, version->by_event).row);
    }
    tdm__json_day_or_null(json, "received", by->received);
    tdm__json_close_object(json);
}

static bool is_after(const tdm_chronology *chronology, const tdm__event *event, tdm_day as_of)
{
    const tdm__version *version = tdm__chronology_version(chronology, event->index);
    return event->occurred.from > as_of || (event->recorded != TDM_DAY_NONE && event->recorded > as_of) ||
           (version && version->from > as_of);
}

void tdm__event_json(tdm__json_writer *json, const tdm_chronology *chronology, uint32_t index,
                     tdm__event_extras extras, tdm_day as_of)
{
    tdm__event event = tdm__chronology_event(chronology, index);
    char id[TDM_HEX64_SIZE];
    tdm__chronology_event_id(id, chronology, index);
    tdm__json_open_object(json);
    if (extras != TDM__EVENT_REVIEW)
        tdm__json_string_member(json, "type", TDM_LIT("event"));
    tdm__json_string_member(json, "id", tdm__str(id));
    if (extras != TDM__EVENT_REVIEW)
        tdm__json_string_member(json, "child", tdm__chronology_child(chronology, event.child)->id);
    when_members(json, chronology, &event, extras == TDM__EVENT_REVIEW);
    tdm__json_string_member(json, "agency", tdm__chronology_agency(chronology, event.agency));
    string_field(json, chronology, index, TDM__ROLE);
    tdm__json_put_name(json, "source");
    place_json(json, tdm__chronology_source(chronology, event.source), event.row,
               extras == TDM__EVENT_EXPORT_HASH);
    what_members(json, chronology, &event);
    replaced_member(json, chronology, index, as_of);
    if (is_after(chronology, &event, as_of)) {
        tdm__json_put_name(json, "after");
        tdm__json_put_bool(json, true);
    }
    tdm__json_close_object(json);
}
