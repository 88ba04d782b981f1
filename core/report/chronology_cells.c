/*
 * The columns of the merged chronology, one function a column.
 */
#include "report/chronology_cells.h"

#include "report/age.h"
#include "report/incidents.h"
#include "report/limits.h"
#include "report/replaced.h"

static void put_string(tdm__text *out, const tdm_run *run, const tdm__event *event, tdm__string_field field)
{
    tdm__text room;
    tdm__text_init(&room, out->allocator);
    tdm__text_add(out, tdm__chronology_text(&room, run->chronology, event->index, field));
    tdm__text_free(&room);
}

static void put_child(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    tdm__text_add(out, tdm_chronology_child_id(run->chronology, event->child));
}

static void put_date(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    char room[TDM_DATE_TEXT_SIZE];
    (void)run;
    tdm_date_format(room, event->occurred);
    tdm__text_puts(out, tdm__event_is_undated(event) ? "" : room);
}

static void put_written(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    char room[TDM_DATE_TEXT_SIZE];
    tdm_str written = tdm__chronology_occurred_text(room, run->chronology, event->index);
    tdm__text_add(out, written.length > 0 ? written : TDM_LIT("no date"));
}

static void put_time(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    (void)run;
    if (event->minute >= 0)
        tdm__text_printf(out, "%02d:%02d", (int)event->minute / 60 % 24, (int)event->minute % 60);
}

static void put_age(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    char words[TDM__AGE_WORDS_SIZE];
    tdm__age_words(words, tdm__chronology_child(run->chronology, event->child), event->occurred);
    tdm__text_puts(out, words);
}

static void put_ended(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    char room[TDM_DATE_TEXT_SIZE];
    (void)run;
    if (event->ended_from == TDM_DAY_NONE)
        return;
    tdm_date_format(room, (tdm_date){event->ended_from, event->ended_to, 0});
    tdm__text_puts(out, room);
}

static void put_recorded(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    char room[TDM_DATE_TEXT_SIZE];
    (void)run;
    tdm__day_iso(room, event->recorded);
    tdm__text_puts(out, room);
}

static void put_agency(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    tdm__text_add(out, tdm__chronology_agency_title(run->chronology, event->agency));
}

static void put_role(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    put_string(out, run, event, TDM__ROLE);
}

static void put_kind(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    tdm_str written = tdm__chronology_string(run->chronology, event->index, TDM__KIND_AS_WRITTEN);
    tdm__text_add(out, tdm__kind_title(tdm__event_kind(run, event)));
    if (written.length == 0)
        return;
    tdm__text_puts(out, " (as written: ");
    tdm__text_add(out, written);
    tdm__text_char(out, ')');
}

static void put_concern(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    const char *polarity = tdm__polarity_code(event->polarity);
    if (polarity[0])
        tdm__text_puts(out, polarity);
    else if (tdm__event_is_concern(run, event))
        tdm__text_puts(out, "concern");
}

static void put_significance(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    tdm_str by = tdm__chronology_string(run->chronology, event->index, TDM__SIGNIFICANCE_BY);
    const char *code = tdm__significance_code(event->significance);
    tdm__text_puts(out, code[0] || by.length == 0 ? code : "not rated");
    if (by.length == 0)
        return;
    tdm__text_puts(out, ", by ");
    tdm__text_add(out, by);
}

static void put_theme(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    bool any = false;
    (void)run;
    for (uint32_t theme = 0; theme < tdm__theme_count(); theme++) {
        if (!(event->themes & (uint32_t)1 << theme))
            continue;
        tdm__text_puts(out, any ? "; " : "");
        tdm__text_puts(out, tdm__theme_code(theme));
        any = true;
    }
}

static void put_seen(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    (void)run;
    tdm__text_puts(out, tdm__yes_no_code(event->child_seen));
}

static void put_alone(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    (void)run;
    tdm__text_puts(out, tdm__yes_no_code(event->seen_alone));
}

static void put_voice(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    (void)run;
    tdm__text_puts(out, tdm__yes_no_code(event->voice));
}

static void put_text(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    put_string(out, run, event, TDM__TEXT);
}

static void put_analysis(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    put_string(out, run, event, TDM__ANALYSIS);
}

static void put_action(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    put_string(out, run, event, TDM__ACTION);
}

static void put_outcome(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    put_string(out, run, event, TDM__OUTCOME);
}

static void put_facts(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    bool any = false;
    for (uint32_t key = 0; key < tdm__chronology_fact_key_count(run->chronology); key++) {
        tdm__fact_value value;
        if (!tdm__chronology_fact(&value, run->chronology, event->index, key))
            continue;
        tdm__text_puts(out, any ? "; " : "");
        tdm__text_add(out, tdm__chronology_fact_key(run->chronology, key));
        tdm__text_puts(out, ": ");
        tdm__text_add(out, value.text);
        any = true;
    }
}

static void put_reference(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    put_string(out, run, event, TDM__REFERENCE);
}

static void put_note(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    tdm__put_replaced(out, run, event);
    if (tdm__event_is_later(run, event) && !tdm__event_is_replaced(run, event))
        tdm__text_puts(out, "after the as-of day");
    size_t before = out->length;
    tdm__text_puts(out, before > 0 ? "; " : "");
    size_t start = out->length;
    tdm__put_limits(out, run, event);
    if (before > 0 && out->length == start && !out->failed)
        out->data[out->length = before] = '\0';
}

static void put_id(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    char id[TDM_HEX64_SIZE];
    tdm__chronology_event_id(id, run->chronology, event->index);
    tdm__text_puts(out, id);
}

const tdm__cell_column tdm__chronology_columns[] = {
    {"Child", put_child, TDM__NOT_PRINTED, TDM__CELL_PLAIN},
    {"Date", put_date, 11, TDM__CELL_DATE},
    {"Date as written", put_written, TDM__NOT_PRINTED, TDM__CELL_PLAIN},
    {"Time", put_time, 4, TDM__CELL_PLAIN},
    {"Child's age", put_age, TDM__NOT_PRINTED, TDM__CELL_PLAIN},
    {"Ended", put_ended, TDM__IN_THE_TEXT, TDM__CELL_PLAIN},
    {"Recorded", put_recorded, 8, TDM__CELL_PLAIN},
    {"Agency", put_agency, 10, TDM__CELL_AGENCY},
    {"Role", put_role, TDM__IN_THE_TEXT, TDM__CELL_PLAIN},
    {"Kind", put_kind, 12, TDM__CELL_PLAIN},
    {"Concern or strength", put_concern, 7, TDM__CELL_CONCERN},
    {"Significance", put_significance, 9, TDM__CELL_PLAIN},
    {"Theme", put_theme, TDM__IN_THE_TEXT, TDM__CELL_PLAIN},
    {"Child seen", put_seen, 5, TDM__CELL_PLAIN},
    {"Seen alone", put_alone, TDM__IN_THE_TEXT, TDM__CELL_PLAIN},
    {"Child's voice", put_voice, 5, TDM__CELL_PLAIN},
    {"What happened", put_text, 25, TDM__CELL_PLAIN},
    {"Analysis", put_analysis, TDM__IN_THE_TEXT, TDM__CELL_PLAIN},
    {"Action", put_action, 12, TDM__CELL_PLAIN},
    {"Outcome", put_outcome, TDM__IN_THE_TEXT, TDM__CELL_PLAIN},
    {"Facts", put_facts, TDM__IN_THE_TEXT, TDM__CELL_PLAIN},
    {"Same incident", tdm__put_incident_marks, TDM__IN_THE_TEXT, TDM__CELL_PLAIN},
    {"Agency's reference", put_reference, TDM__IN_THE_TEXT, TDM__CELL_PLAIN},
    {"Source", tdm__put_place, 9, TDM__CELL_PLAIN},
    {"Note", put_note, TDM__NOT_PRINTED, TDM__CELL_PLAIN},
    {"Entry", put_id, TDM__NOT_PRINTED, TDM__CELL_PLAIN},
    {NULL, NULL, TDM__NOT_PRINTED, TDM__CELL_PLAIN},
};

tdm_status tdm__each_row(const tdm_run *run, size_t position,
                         tdm_status (*row)(const tdm_run *run, const tdm__event *event, void *payload),
                         void *payload)
{
    uint32_t first, end;
    tdm_status status = TDM_OK;
    tdm__chronology_child_events(run->chronology, run->children[position].child, &first, &end);
    for (uint32_t at = first; at < end && status == TDM_OK; at++) {
        tdm__event event = tdm__chronology_event(run->chronology, at);
        status = row(run, &event, payload);
    }
    return status;
}
