/*
 * Who knew what when, for a terminal and as CSV.
 */
#include "report/csv_cell.h"
#include "report/knew_words.h"
#include "report/limits.h"
#include "report/terminal.h"

/* --- text --- */

static void say_head(tdm__terminal *t, const tdm_run *run)
{
    char as_of[TDM__WORDS_SIZE];
    tdm__day_words(as_of, run->as_of);
    tdm__say(t, TDM__HEADING, 0, 0, "Who knew what when");
    for (size_t i = 0; tdm__knew_explained[i]; i++)
        tdm__say(t, TDM__PLAIN, 0, 0, "%r", tdm__knew_explained[i]);
    tdm__blank_line(t);
    if (run->case_id.length > 0)
        tdm__say(t, TDM__PLAIN, 0, 10, "Case:     %p", run->case_id);
    tdm__say(t, TDM__PLAIN, 0, 10, "As of:    %c (from: %p)", as_of, run->as_of_from);
    tdm__say_missing(t, run->chronology);
}

static void say_matter(tdm__terminal *t, const tdm_run *run, const tdm__child_knew *child,
                       const tdm__matter *matter)
{
    char day[TDM_DATE_TEXT_SIZE], words[2 * TDM__WORDS_SIZE];
    const char *doubt = tdm__matter_doubt(matter);
    tdm__text kinds;
    tdm__columns columns = {.count = 2, .indent = 4};
    tdm__text_init(&kinds, &run->allocator);
    tdm__put_matter_kinds(&kinds, run, matter);
    tdm__matter_day_words(day, matter);
    if (kinds.failed)
        t->out.text.failed = true;
    tdm__say(t, TDM__HEADING, 2, 4, "%c: %p%r%r%r", day, tdm__text_str(&kinds), doubt[0] ? " (" : "", doubt,
             doubt[0] ? ")" : "");
    tdm__text_free(&kinds);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < child->agency_count; i++) {
            tdm__known_by_words(words, &matter->by[i]);
            tdm_str cells[2] = {child->agencies[i].title, tdm__str(words)};
            if (pass == 0)
                tdm__columns_measure(&columns, t, cells);
            else
                tdm__columns_write(&columns, t, cells);
        }
}

static void say_child(tdm__terminal *t, const tdm_run *run, const tdm__child_knew *child)
{
    const tdm__child *about = tdm__chronology_child(run->chronology, child->child);
    char words[TDM__CHILD_WORDS_SIZE];
    tdm__child_words(words, run, about);
    tdm__blank_line(t);
    tdm__say(t, TDM__HEADING, 0, 2, "Child %p, %c", about->id, words);
    if (child->count == 0)
        tdm__say(t, TDM__PLAIN, 2, 2,
                 "No incident and no concern is on record. That is no finding that all is well.");
    for (size_t i = 0; i < child->count; i++)
        say_matter(t, run, child, &child->matters[i]);
}

tdm_status tdm__report_knew_text(const tdm__knew *knew, const tdm__report_options *options, tdm_sink sink,
                                 tdm_error *error)
{
    tdm__terminal terminal;
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm__terminal_init(&terminal, &knew->run->allocator, sink, chosen.width, chosen.colour);
    say_head(&terminal, knew->run);
    for (size_t i = 0; i < knew->child_count && terminal.out.status == TDM_OK; i++)
        say_child(&terminal, knew->run, &knew->children[i]);
    return tdm__terminal_end(&terminal, error);
}

/* --- CSV --- */

typedef struct csv_line {
    tdm__output out;
    const tdm_run *run;
    const tdm__child_knew *child;
} csv_line;

static void put_text_cell(csv_line *to, tdm_str text)
{
    tdm__put_csv_cell(&to->out.text, text, ",");
}

static void put_matter_cells(csv_line *to, size_t number, const tdm__matter *matter)
{
    char day[TDM_DATE_TEXT_SIZE];
    tdm__text kinds;
    tdm__text_init(&kinds, &to->run->allocator);
    tdm__put_matter_kinds(&kinds, to->run, matter);
    if (kinds.failed)
        to->out.text.failed = true;
    tdm__matter_day_iso(day, matter);
    put_text_cell(to, tdm_chronology_child_id(to->run->chronology, to->child->child));
    tdm__put(&to->out, "%d,%r,", (int)number, day);
    put_text_cell(to, tdm__text_str(&kinds));
    tdm__put(&to->out, "%r,", tdm__matter_doubt(matter));
    tdm__text_free(&kinds);
}

static void put_known_cells(csv_line *to, const tdm__known_agency *agency, const tdm__known_by *known)
{
    char day[TDM_DATE_TEXT_SIZE];
    tdm__day_iso(day, known->recorded);
    put_text_cell(to, agency->code);
    tdm__put(&to->out, "%r,%r,%r,", tdm__knowing_code(known->knowing), day,
             known->perhaps_earlier ? "yes" : "");
    if (known->has_lag)
        tdm__put(&to->out, "%d,%d", (int)known->lag_days.certain, (int)known->lag_days.possible);
    else
        tdm__put(&to->out, ",");
    tdm__put(&to->out, "\r\n");
}

tdm_status tdm__report_knew_csv(const tdm__knew *knew, const tdm__report_options *options, tdm_sink sink,
                                tdm_error *error)
{
    csv_line to = {.run = knew->run};
    (void)options;
    tdm__output_init(&to.out, &knew->run->allocator, sink);
    tdm__put(&to.out,
             "child,number,occurred,kinds,doubt,agency,knew,recorded,or earlier,least days later,most "
             "days later\r\n");
    for (size_t c = 0; c < knew->child_count; c++) {
        to.child = &knew->children[c];
        for (size_t m = 0; m < to.child->count; m++)
            for (size_t i = 0; i < to.child->agency_count; i++) {
                put_matter_cells(&to, m + 1, &to.child->matters[m]);
                put_known_cells(&to, &to.child->agencies[i], &to.child->matters[m].by[i]);
            }
    }
    tdm__missing_csv(&to.out.text, knew->run->chronology, 11);
    return tdm__output_end(&to.out, error);
}
