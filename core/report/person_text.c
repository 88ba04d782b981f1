/*
 * What is held on one person, for a terminal; the third parties as CSV.
 */
#include "report/chronology_cells.h"
#include "report/csv_cell.h"
#include "report/limits.h"
#include "report/person_words.h"
#include "report/terminal.h"

/* --- text --- */

typedef struct person_text {
    tdm__terminal terminal;
    const tdm__person_report *report;
    tdm__text words;
} person_text;

/* What was put together, as a paragraph. */
static void say_words(person_text *to, int indent, int hang)
{
    tdm__say(&to->terminal, TDM__PLAIN, indent, hang, "%p", tdm__text_str(&to->words));
    tdm__text_clear(&to->words);
}

static void say_head(person_text *to)
{
    const tdm_run *run = to->report->run;
    char as_of[TDM__WORDS_SIZE];
    tdm__day_words(as_of, run->as_of);
    tdm__say(&to->terminal, TDM__HEADING, 0, 2, "What is held on %p", to->report->id);
    for (size_t i = 0; tdm__person_explained[i]; i++)
        tdm__say(&to->terminal, TDM__PLAIN, 0, 0, "%c", tdm__person_explained[i]);
    tdm__blank_line(&to->terminal);
    if (run->case_id.length > 0)
        tdm__say(&to->terminal, TDM__PLAIN, 0, 10, "Case:     %p", run->case_id);
    tdm__say(&to->terminal, TDM__PLAIN, 0, 10, "As of:    %c (from: %p)", as_of, run->as_of_from);
    tdm__say_missing(&to->terminal, run->chronology);
    for (size_t line = 0; tdm__put_person_line(&to->words, to->report, line); line++) {
        tdm__say(&to->terminal, TDM__PLAIN, 0, 10, "Person:   %p", tdm__text_str(&to->words));
        tdm__text_clear(&to->words);
    }
    tdm__put_person_scope(&to->words, to->report);
    say_words(to, 0, 0);
}

/* Every cell of the row that holds something. */
static void say_row(person_text *to, size_t number)
{
    const tdm__held_row *row = &to->report->rows[number];
    tdm__event event = tdm__chronology_event(to->report->run->chronology, row->event);
    tdm__put_held_why(&to->words, row);
    tdm__blank_line(&to->terminal);
    tdm__say(&to->terminal, TDM__HEADING, 0, 2, "Row %d: %p", (int)number + 1, tdm__text_str(&to->words));
    tdm__text_clear(&to->words);
    for (const tdm__cell_column *column = tdm__chronology_columns; column->heading; column++) {
        column->put(&to->words, to->report->run, &event);
        if (to->words.length > 0)
            tdm__say(&to->terminal, TDM__PLAIN, 2, 4, "%c: %p", column->heading, tdm__text_str(&to->words));
        tdm__text_clear(&to->words);
    }
}

static void say_scores(person_text *to)
{
    const tdm_run *run = to->report->run;
    bool any = false;
    for (size_t i = 0; i < run->child_count; i++)
        for (size_t s = 0; s < run->children[i].score_count; s++) {
            if (!tdm__person_concerns(to->report, run->children[i].child))
                break;
            if (!any) {
                tdm__blank_line(&to->terminal);
                tdm__say(&to->terminal, TDM__HEADING, 0, 0, "Assessments held");
                tdm__say(&to->terminal, TDM__PLAIN, 2, 2,
                         "Their contents are written by tidemark assessment export.");
            }
            any = true;
            tdm__put_person_score(&to->words, run->children[i].scores[s]);
            say_words(to, 2, 4);
        }
}

static void say_third_parties(person_text *to)
{
    tdm__blank_line(&to->terminal);
    tdm__say(&to->terminal, TDM__HEADING, 0, 0, "Third parties");
    for (size_t i = 0; tdm__third_parties_explained[i]; i++)
        tdm__say(&to->terminal, TDM__PLAIN, 2, 2, "%c", tdm__third_parties_explained[i]);
    if (to->report->third_party_count == 0)
        tdm__say(&to->terminal, TDM__PLAIN, 2, 2, "None was found. That is no finding that there is none.");
    for (size_t i = 0; i < to->report->third_party_count; i++) {
        const tdm__third_party *one = &to->report->third_parties[i];
        tdm__say(&to->terminal, TDM__PLAIN, 2, 4, "Row %d, %p: \"%p\": %c%r%p", (int)one->row + 1, one->place,
                 one->words, one->what, one->who.length > 0 ? ": " : "", one->who);
    }
}

tdm_status tdm__report_person_text(const tdm__person_report *report, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error)
{
    person_text to = {.report = report};
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm__terminal_init(&to.terminal, &report->run->allocator, sink, chosen.width, chosen.colour);
    tdm__text_init(&to.words, &report->run->allocator);
    say_head(&to);
    for (size_t i = 0; i < report->row_count && to.terminal.out.status == TDM_OK; i++)
        say_row(&to, i);
    say_scores(&to);
    say_third_parties(&to);
    to.terminal.out.text.failed = to.terminal.out.text.failed || to.words.failed;
    tdm__text_free(&to.words);
    return tdm__terminal_end(&to.terminal, error);
}

/* --- CSV --- */

tdm_status tdm__report_person_csv(const tdm__person_report *report, const tdm__report_options *options,
                                  tdm_sink sink, tdm_error *error)
{
    tdm__output out;
    (void)options;
    tdm__output_init(&out, &report->run->allocator, sink);
    tdm__put(&out, "row,entry,date,agency,file,sheet,row of the file,place,kind,who,words,decision\r\n");
    for (size_t i = 0; i < report->third_party_count && out.status == TDM_OK; i++) {
        char id[TDM_HEX64_SIZE], room[TDM_DATE_TEXT_SIZE];
        const tdm__third_party *one = &report->third_parties[i];
        const tdm_chronology *c = report->run->chronology;
        tdm__event event = tdm__chronology_event(c, report->rows[one->row].event);
        const tdm__source *source = tdm__chronology_source(c, event.source);
        tdm__chronology_event_id(id, c, event.index);
        tdm__put(&out, "%d,%r,", (int)one->row + 1, id);
        tdm__put_csv_cell(&out.text, tdm__chronology_occurred_text(room, c, event.index), ",");
        tdm__put_csv_cell(&out.text, tdm__chronology_agency(c, event.agency), ",");
        tdm__put_csv_cell(&out.text, source->name, ",");
        tdm__put_csv_cell(&out.text, source->sheet, ",");
        tdm__put(&out, "%d,", (int)event.row);
        tdm__put_csv_cell(&out.text, one->place, ",");
        tdm__put(&out, "%r,", one->kind);
        tdm__put_csv_cell(&out.text, one->who, ",");
        tdm__put_csv_cell(&out.text, one->words, ",");
        tdm__put(&out, "\r\n");
    }
    tdm__missing_csv(&out.text, report->run->chronology, 12);
    return tdm__output_end(&out, error);
}
