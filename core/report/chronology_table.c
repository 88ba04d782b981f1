/*
 * The merged chronology as CSV, as JSON and for a terminal. Every row of every child, those without a
 * date last, those after the as-of day marked.
 */
#include "report/age.h"
#include "report/chronology_cells.h"
#include "report/csv_cell.h"
#include "report/event_json.h"
#include "report/incidents.h"
#include "report/json_members.h"
#include "report/limits.h"
#include "report/replaced.h"
#include "report/terminal.h"

/* --- CSV --- */

typedef struct csv_writer {
    tdm__output out;
    tdm__text cell;
} csv_writer;

static void put_csv_cell(csv_writer *to, tdm_str text, bool last)
{
    tdm__put_csv_cell(&to->out.text, text, last ? "\r\n" : ",");
}

static tdm_status put_csv_row(const tdm_run *run, const tdm__event *event, void *payload)
{
    csv_writer *to = payload;
    for (const tdm__cell_column *column = tdm__chronology_columns; column->heading; column++) {
        tdm__text_clear(&to->cell);
        column->put(&to->cell, run, event);
        if (to->cell.failed)
            return TDM_NO_MEMORY;
        put_csv_cell(to, tdm__text_str(&to->cell), !column[1].heading);
    }
    return to->out.status;
}

static size_t column_count(void)
{
    size_t count = 0;
    while (tdm__chronology_columns[count].heading)
        count++;
    return count;
}

tdm_status tdm__report_chronology_csv(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                      tdm_error *error)
{
    csv_writer to;
    tdm_status status = TDM_OK;
    (void)options;
    tdm__output_init(&to.out, &run->allocator, sink);
    tdm__text_init(&to.cell, &run->allocator);
    for (const tdm__cell_column *column = tdm__chronology_columns; column->heading; column++)
        put_csv_cell(&to, tdm__str(column->heading), !column[1].heading);
    for (size_t i = 0; i < run->child_count && status == TDM_OK; i++)
        status = tdm__each_row(run, i, put_csv_row, &to);
    tdm__missing_csv(&to.out.text, run->chronology, column_count());
    if (status != TDM_OK && to.out.status == TDM_OK)
        to.out.status = status;
    tdm__text_free(&to.cell);
    return tdm__output_end(&to.out, error);
}

/* --- JSON --- */

static tdm_status put_json_row(const tdm_run *run, const tdm__event *event, void *payload)
{
    tdm__json_writer *json = payload;
    tdm__event_json(json, run->chronology, event->index, TDM__EVENT_REVIEW, run->as_of);
    return json->status;
}

tdm_status tdm__report_chronology_json(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                       tdm_error *error)
{
    tdm__json_writer json;
    (void)options;
    tdm__json_writer_init(&json, &run->allocator, sink, 2);
    tdm__json_open_object(&json);
    tdm__json_string_member(&json, "tidemark", tdm__str(tdm_version()));
    tdm__json_day_or_null(&json, "as_of", run->as_of);
    tdm__missing_json(&json, run->chronology);
    tdm__json_put_name(&json, "children");
    tdm__json_open_array(&json);
    for (size_t i = 0; i < run->child_count && json.status == TDM_OK; i++) {
        tdm__json_open_object(&json);
        tdm__json_string_member(&json, "child",
                                tdm_chronology_child_id(run->chronology, run->children[i].child));
        tdm__json_put_name(&json, "events");
        tdm__json_open_array(&json);
        tdm__each_row(run, i, put_json_row, &json);
        tdm__json_close_array(&json);
        tdm__incidents_json(&json, run, &run->children[i]);
        tdm__json_close_object(&json);
    }
    tdm__json_close_array(&json);
    tdm__json_close_object(&json);
    return tdm__json_report_end(&json, sink, "the chronology", error);
}

/* --- text --- */

static void say_string(tdm__terminal *t, const tdm_run *run, const tdm__event *event, tdm__string_field field,
                       const char *before)
{
    tdm__text room;
    tdm__text_init(&room, &run->allocator);
    tdm_str text = tdm__chronology_text(&room, run->chronology, event->index, field);
    if (text.length > 0)
        tdm__say(t, TDM__PLAIN, 14, 14, "%r%p", before, text);
    tdm__text_free(&room);
}

static void say_replaced(tdm__terminal *t, const tdm_run *run, const tdm__event *event)
{
    tdm__text words;
    tdm__text_init(&words, &run->allocator);
    tdm__put_replaced(&words, run, event);
    if (words.length > 0)
        tdm__say(t, TDM__PLAIN, 14, 14, "%p", tdm__text_str(&words));
    if (words.failed)
        t->out.status = TDM_NO_MEMORY;
    tdm__text_free(&words);
}

static void say_limits(tdm__terminal *t, const tdm_run *run, const tdm__event *event)
{
    tdm__text words;
    tdm__text_init(&words, &run->allocator);
    tdm__put_limits(&words, run, event);
    if (words.length > 0)
        tdm__say(t, TDM__PLAIN, 14, 14, "%p", tdm__text_str(&words));
    if (words.failed)
        t->out.status = TDM_NO_MEMORY;
    tdm__text_free(&words);
}

static tdm_status say_row(const tdm_run *run, const tdm__event *event, void *payload)
{
    tdm__terminal *t = payload;
    char room[TDM_DATE_TEXT_SIZE], age[TDM__AGE_WORDS_SIZE];
    const tdm__source *source = tdm__chronology_source(run->chronology, event->source);
    tdm_str written = tdm__chronology_occurred_text(room, run->chronology, event->index);
    tdm__say(t, TDM__PLAIN, 0, 14, "%p%r  %p: %p%r", written.length > 0 ? written : TDM_LIT("no date"),
             written.length < 12 ? &"            "[written.length > 0 ? written.length : 7] : "",
             tdm__chronology_agency_title(run->chronology, event->agency),
             tdm__kind_title(tdm__event_kind(run, event)),
             tdm__event_is_later(run, event) ? " (after the as-of day)" : "");
    say_replaced(t, run, event);
    say_limits(t, run, event);
    say_string(t, run, event, TDM__TEXT, "");
    say_string(t, run, event, TDM__ACTION, "Action: ");
    say_string(t, run, event, TDM__OUTCOME, "Outcome: ");
    tdm__age_line(age, run->chronology, event);
    tdm__say(t, TDM__FAINT, 14, 14, "%c%r%p%r%p%r, row %d", age, age[0] ? "; " : "", source->name,
             source->sheet.length > 0 ? " (" : "", source->sheet, source->sheet.length > 0 ? ")" : "",
             (int)event->row);
    return t->out.status;
}

tdm_status tdm__report_chronology_text(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                       tdm_error *error)
{
    tdm__terminal terminal;
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm_status status = TDM_OK;
    tdm__terminal_init(&terminal, &run->allocator, sink, chosen.width, chosen.colour);
    tdm__say_missing(&terminal, run->chronology);
    for (size_t i = 0; i < run->child_count && status == TDM_OK; i++) {
        char words[TDM__CHILD_WORDS_SIZE];
        const tdm__child *child = tdm__chronology_child(run->chronology, run->children[i].child);
        tdm__child_words(words, run, child);
        if (i > 0)
            tdm__blank_line(&terminal);
        tdm__say(&terminal, TDM__HEADING, 0, 0, "Child %p, %c", child->id, words);
        status = tdm__each_row(run, i, say_row, &terminal);
    }
    if (status != TDM_OK && terminal.out.status == TDM_OK)
        terminal.out.status = status;
    return tdm__terminal_end(&terminal, error);
}
