/*
 * The units behind measures, one by one: child, day, whether it is in the numerator or why it is counted
 * nowhere, and the row it stands in. For those who may see children; nothing is hidden.
 */
#include "report/csv_cell.h"
#include "report/event_json.h"
#include "report/scorecard_json.h"
#include "report/terminal.h"

#include <stdio.h>

enum { CHILD, DAY, GROUP, LINE, COUNTED, LENGTH, ROW, CELLS };

/* What the cells of a unit point into. */
typedef struct unit_room {
    char day[TDM_DATE_TEXT_SIZE], length[16];
    tdm__text group, place;
} unit_room;

static void room_init(unit_room *room, const tdm_scorecard *card)
{
    tdm__text_init(&room->group, &card->allocator);
    tdm__text_init(&room->place, &card->allocator);
}

/* Whether it failed. */
static bool room_free(unit_room *room)
{
    bool failed = room->group.failed || room->place.failed;
    tdm__text_free(&room->group);
    tdm__text_free(&room->place);
    return failed;
}

static bool is_counted(const tdm__measured_unit *unit)
{
    return unit->reason == TDM__COUNTED;
}

static bool has_length(const tdm__card_measure *measure)
{
    return measure->form == TDM__MEASURED_TIMES || measure->form == TDM__MEASURED_SURVIVAL;
}

static const char *counted_words(const tdm__measured_unit *unit)
{
    if (!is_counted(unit))
        return tdm__uncounted_code((tdm__uncounted)unit->reason);
    return unit->in_numerator ? "in the numerator" : "in the denominator only";
}

static void put_place(tdm__text *out, const tdm_scorecard *card, uint32_t index)
{
    tdm__event event = tdm__chronology_event(card->chronology, index);
    const tdm__source *source = tdm__chronology_source(card->chronology, event.source);
    tdm__text_add(out, source->name);
    if (source->sheet.length > 0)
        tdm__text_printf(out, " (%.*s)", TDM_STR_ARGS(source->sheet));
    tdm__text_printf(out, ":%u", (unsigned)event.row);
}

static void take_cells(tdm_str cells[CELLS], unit_room *room, const tdm_scorecard *card,
                       const tdm__card_measure *measure, const tdm__measured_unit *unit)
{
    bool row = unit->event != TDM_NO_INDEX;
    tdm__text_clear(&room->group);
    tdm__text_clear(&room->place);
    if (unit->group < card->group_count && unit->group > 0)
        tdm__put_group_words(&room->group, card, unit->group);
    if (row)
        put_place(&room->place, card, unit->event);
    room->length[0] = '\0';
    if (has_length(measure) && is_counted(unit))
        snprintf(room->length, sizeof room->length, "%d", (int)unit->length);
    cells[CHILD] = tdm_chronology_child_id(card->chronology, unit->child);
    cells[DAY] = row ? tdm__chronology_occurred_text(room->day, card->chronology, unit->event) : TDM_LIT("");
    cells[GROUP] = tdm__text_str(&room->group);
    cells[LINE] = unit->line < measure->line_count ? measure->lines[unit->line] : TDM_LIT("");
    cells[COUNTED] = tdm__str(counted_words(unit));
    cells[LENGTH] = tdm__str(room->length);
    cells[ROW] = tdm__text_str(&room->place);
}

/* --- text --- */

static void say_units(tdm__terminal *t, unit_room *room, const tdm_scorecard *card,
                      const tdm__card_measure *measure)
{
    tdm__columns columns = {.count = CELLS, .indent = 0};
    tdm_str cells[CELLS];
    columns.right[LENGTH] = true;
    for (int pass = 0; pass < 2; pass++) {
        tdm_str headings[CELLS] = {TDM_LIT("Child"),   TDM_LIT("Day"),    TDM_LIT("Group"), TDM_LIT("Line"),
                                   TDM_LIT("Counted"), TDM_LIT("Length"), TDM_LIT("Row")};
        if (pass == 0)
            tdm__columns_measure(&columns, t, headings);
        else
            tdm__columns_write(&columns, t, headings);
        for (size_t i = 0; i < measure->unit_count; i++) {
            take_cells(cells, room, card, measure, &measure->units[i]);
            if (pass == 0)
                tdm__columns_measure(&columns, t, cells);
            else
                tdm__columns_write(&columns, t, cells);
        }
    }
    tdm__blank_line(t);
}

tdm_status tdm__report_units_text(const tdm_scorecard *card, const tdm__report_options *options,
                                  tdm_sink sink, tdm_error *error)
{
    tdm__terminal terminal;
    unit_room room;
    tdm__report_options chosen = tdm__report_options_of(options);
    char period[TDM__WORDS_SIZE];
    tdm__period_words(period, card->from, card->to);
    tdm__terminal_init(&terminal, &card->allocator, sink, chosen.width, chosen.colour);
    room_init(&room, card);
    for (size_t i = 0; i < card->measure_count; i++) {
        const tdm__card_measure *measure = &card->measures[i];
        if (!measure->units)
            continue;
        tdm__say(&terminal, TDM__HEADING, 0, 2, "%p, %c: %d units", measure->measure->title, period,
                 (int)measure->unit_count);
        tdm__say(&terminal, TDM__PLAIN, 0, 2, "%p", measure->definition);
        tdm__say(&terminal, TDM__PLAIN, 0, 2,
                 "Children stand here by their ids, and nothing is hidden: this is not for publication.");
        tdm__blank_line(&terminal);
        say_units(&terminal, &room, card, measure);
    }
    if (room_free(&room) && terminal.out.status == TDM_OK)
        terminal.out.status = TDM_NO_MEMORY;
    return tdm__terminal_end(&terminal, error);
}

/* --- CSV --- */

tdm_status tdm__report_units_csv(const tdm_scorecard *card, const tdm__report_options *options, tdm_sink sink,
                                 tdm_error *error)
{
    tdm__output out;
    unit_room room;
    tdm_str cells[CELLS];
    (void)options;
    tdm__output_init(&out, &card->allocator, sink);
    room_init(&room, card);
    tdm__put(&out, "measure,child,day,group,line,counted,length,row\r\n");
    for (size_t i = 0; i < card->measure_count; i++) {
        const tdm__card_measure *measure = &card->measures[i];
        for (size_t u = 0; measure->units && u < measure->unit_count && out.status == TDM_OK; u++) {
            take_cells(cells, &room, card, measure, &measure->units[u]);
            tdm__put_csv_cell(&out.text, measure->measure->id, ",");
            for (int cell = 0; cell < CELLS; cell++)
                tdm__put_csv_cell(&out.text, cells[cell], cell + 1 < CELLS ? "," : "\r\n");
            tdm__put(&out, "%r", ""); /* sends what has come together */
        }
    }
    if (room_free(&room) && out.status == TDM_OK)
        out.status = TDM_NO_MEMORY;
    return tdm__output_end(&out, error);
}

/* --- JSON --- */

static void put_unit(tdm__json_writer *json, const tdm_scorecard *card, const tdm__card_measure *measure,
                     const tdm__measured_unit *unit)
{
    tdm__json_open_object(json);
    tdm__json_text_member(json, "child", tdm_chronology_child_id(card->chronology, unit->child));
    if (unit->event != TDM_NO_INDEX) {
        char id[TDM_HEX64_SIZE], day[TDM_DATE_TEXT_SIZE];
        tdm__event event = tdm__chronology_event(card->chronology, unit->event);
        tdm__chronology_event_id(id, card->chronology, unit->event);
        tdm__json_code_member(json, "event", id);
        tdm__json_text_member(json, "occurred",
                              tdm__chronology_occurred_text(day, card->chronology, unit->event));
        tdm__json_day_or_null(json, "from", event.occurred.from);
        tdm__json_day_or_null(json, "to", event.occurred.to);
        tdm__json_put_name(json, "source");
        tdm__source_place_json(json, card->chronology, event.source, event.row);
    }
    if (unit->group > 0 && unit->group < card->group_count)
        tdm__json_text_member(json, "group", card->groups[unit->group].code);
    if (unit->line < measure->line_count)
        tdm__json_text_member(json, "line", measure->lines[unit->line]);
    tdm__json_bool_member(json, "counted", is_counted(unit));
    tdm__json_bool_member(json, "in_numerator", is_counted(unit) && unit->in_numerator);
    if (!is_counted(unit))
        tdm__json_code_member(json, "reason", tdm__uncounted_code((tdm__uncounted)unit->reason));
    if (has_length(measure) && is_counted(unit))
        tdm__json_int_member(json, "length", unit->length);
    tdm__json_close_object(json);
}

tdm_status tdm__report_units_json(const tdm_scorecard *card, const tdm__report_options *options,
                                  tdm_sink sink, tdm_error *error)
{
    tdm__json_writer json;
    (void)options;
    tdm__json_writer_init(&json, &card->allocator, sink, 2);
    tdm__json_open_object(&json);
    tdm__card_json_head(&json, card);
    tdm__json_open_list(&json, "measures");
    for (size_t i = 0; i < card->measure_count; i++) {
        const tdm__card_measure *measure = &card->measures[i];
        if (!measure->units)
            continue;
        tdm__json_open_object(&json);
        tdm__json_text_member(&json, "id", measure->measure->id);
        tdm__json_text_member(&json, "version", measure->measure->version);
        tdm__json_text_member(&json, "title", measure->measure->title);
        tdm__json_text_member(&json, "definition", measure->definition);
        tdm__json_open_list(&json, "units");
        for (size_t u = 0; u < measure->unit_count; u++)
            put_unit(&json, card, measure, &measure->units[u]);
        tdm__json_close_array(&json);
        tdm__json_close_object(&json);
    }
    tdm__json_close_array(&json);
    tdm__json_close_object(&json);
    return tdm__json_report_end(&json, sink, "the list of units", error);
}
