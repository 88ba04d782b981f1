/*
 * Checks for a terminal: in a review, and alone with the quality report. A chronology in which nothing
 * was found takes one line.
 */
#include "report/checks.h"
#include "report/evidence.h"
#include "report/limits.h"
#include "report/sources.h"

/* In text the first rows; all that are kept stand in the other forms. */
#define ROWS_SHOWN 5

static void say_finding(tdm__terminal *t, const tdm_run *run, const tdm__check_finding *finding, int number)
{
    const tdm__check *check = tdm__check_at(finding->check);
    char marks[TDM__CHECK_MARKS_SIZE];
    tdm__check_marks(marks, run, finding);
    tdm__say(t, TDM__PLAIN, 5, 8, "%d. %c [%c] (%c)", number, check->title, marks, check->id);
    if (finding->answer == TDM_POSSIBLE)
        tdm__say(t, TDM__PLAIN, 8, 8, "%p Only possible: %c.", finding->sentence, finding->doubt);
    else
        tdm__say(t, TDM__PLAIN, 8, 8, "%p", finding->sentence);
    uint32_t shown = finding->event_count < ROWS_SHOWN ? finding->event_count : ROWS_SHOWN;
    uint32_t more = finding->event_count - shown + finding->more_events;
    tdm__say_evidence(t, run, finding->events, shown, 8);
    if (more > 0)
        tdm__say(t, TDM__PLAIN, 8, 8, "and %d more %c", (int)more, more == 1 ? "row" : "rows");
}

static void say_rests(tdm__terminal *t, const tdm__child_checks *checks)
{
    for (size_t i = 0; i < checks->rest_count; i++)
        tdm__say(t, TDM__PLAIN, 5, 8, "%d more of %c are not listed.", (int)checks->rests[i].count,
                 tdm__check_at(checks->rests[i].check)->id);
}

static void say_findings(tdm__terminal *t, const tdm_run *run, const tdm__child_checks *checks)
{
    for (size_t i = 0; i < checks->finding_count; i++)
        say_finding(t, run, &checks->findings[i], (int)i + 1);
    say_rests(t, checks);
}

void tdm__say_child_checks(tdm__terminal *t, const tdm_run *run, const tdm__child_result *child)
{
    const tdm__child_checks *checks = &child->checks;
    bool with_gaps = !tdm__not_assessed_counted(run) && checks->gap_count > 0;
    if (checks->finding_count == 0 && !with_gaps)
        return;
    tdm__say(t, TDM__HEADING, 2, 2, "Checks on this chronology");
    if (checks->finding_count == 0)
        tdm__say(t, TDM__PLAIN, 5, 5, "None that could be made found anything to look at.");
    say_findings(t, run, checks);
    for (size_t i = 0; with_gaps && i < checks->gap_count; i++)
        tdm__say(t, TDM__PLAIN, 5, 8, "Not assessed: %c: %c (%c)", tdm__check_at(checks->gaps[i].check)->id,
                 tdm__check_reason_words(checks->gaps[i].reason),
                 tdm__check_reason_code(checks->gaps[i].reason));
    tdm__blank_line(t);
}

/* --- alone --- */

typedef struct report {
    tdm__terminal terminal;
    const tdm_run *run;
    tdm__arena arena;
    tdm__quality quality;
    tdm__quality_line *lines;
    size_t line_count;
    tdm__check_gap_count *gaps;
    size_t gap_count;
} report;

static void say_head(report *r)
{
    char as_of[TDM__WORDS_SIZE];
    tdm__day_words(as_of, r->run->as_of);
    tdm__say(&r->terminal, TDM__HEADING, 0, 0, "Checks on the record, not on the child");
    tdm__say(&r->terminal, TDM__PLAIN, 0, 0,
             "Each is a place at which the record may be wrong, or tells too little. A record without any is "
             "not a "
             "child without concerns.");
    tdm__blank_line(&r->terminal);
    tdm__say(&r->terminal, TDM__PLAIN, 0, 10, "As of:    %c (from: %p)", as_of, r->run->as_of_from);
    tdm__say_missing(&r->terminal, r->run->chronology);
    tdm__say(&r->terminal, TDM__PLAIN, 0, 10, "Policy:   %p", r->run->policy_title);
    tdm__say(&r->terminal, TDM__PLAIN, 0, 10, "Children: %d", (int)r->run->child_count);
}

static void say_child(report *r, const tdm__child_result *child)
{
    const tdm__child *about = tdm__chronology_child(r->run->chronology, child->child);
    char words[TDM__CHILD_WORDS_SIZE];
    if (child->checks.finding_count == 0)
        return;
    tdm__child_words(words, r->run, about);
    tdm__blank_line(&r->terminal);
    tdm__say(&r->terminal, TDM__HEADING, 0, 2, "Child %p, %c", about->id, words);
    say_findings(&r->terminal, r->run, &child->checks);
}

static void say_gaps(report *r)
{
    if (r->gap_count == 0)
        return;
    tdm__blank_line(&r->terminal);
    tdm__say(&r->terminal, TDM__HEADING, 0, 0, "Not assessed, and why");
    for (size_t i = 0; i < r->gap_count; i++)
        tdm__say(&r->terminal, TDM__PLAIN, 2, 4, "%c: %c (%c), %d %c", tdm__check_at(r->gaps[i].check)->id,
                 tdm__check_reason_words(r->gaps[i].reason), tdm__check_reason_code(r->gaps[i].reason),
                 (int)r->gaps[i].children, r->gaps[i].children == 1 ? "child" : "children");
}

static void say_switched_off(report *r)
{
    for (size_t i = 0; i < r->run->check_count; i++)
        if (!r->run->checks[i].on)
            tdm__say(&r->terminal, TDM__PLAIN, 2, 4, "%c: switched off by %p", r->run->checks[i].check->id,
                     r->run->checks[i].on_from);
}

static void say_quality(report *r)
{
    tdm__blank_line(&r->terminal);
    tdm__say(&r->terminal, TDM__HEADING, 0, 0, "How the record is kept");
    for (size_t i = 0; i < r->line_count; i++) {
        tdm__say(&r->terminal, TDM__PLAIN, 2, 4, "%c: %p", r->lines[i].title, r->lines[i].words);
        tdm__say(&r->terminal, TDM__FAINT, 4, 4, "(%c)", r->lines[i].definition);
    }
}

/* One line, however wide the terminal: what could not be made belongs to it. */
static void say_nothing_found(report *r)
{
    tdm__output *out = &r->terminal.out;
    char as_of[TDM_DATE_TEXT_SIZE];
    tdm__day_iso(as_of, r->run->as_of);
    tdm__put(out, "No check found anything to look at in %d %c of %d %c as of %c", (int)r->quality.rows,
             r->quality.rows == 1 ? "row" : "rows", (int)r->run->child_count,
             r->run->child_count == 1 ? "child" : "children", as_of);
    for (size_t i = 0; i < r->gap_count; i++)
        tdm__put(out, "%c%c (%c)", i == 0 ? "; not assessed: " : ", ", tdm__check_at(r->gaps[i].check)->id,
                 tdm__check_reason_code(r->gaps[i].reason));
    for (size_t i = 0, off = 0; i < r->run->check_count; i++)
        if (!r->run->checks[i].on)
            tdm__put(out, "%c%c", off++ == 0 ? "; switched off: " : ", ", r->run->checks[i].check->id);
    tdm__put(out, ".\n");
}

static tdm_status count_all(report *r)
{
    tdm_status status = tdm__quality_of(&r->quality, &r->arena, r->run, 0, r->run->child_count);
    if (status == TDM_OK)
        status = tdm__quality_lines(&r->lines, &r->line_count, &r->quality, &r->arena);
    if (status == TDM_OK)
        status = tdm__count_check_gaps(&r->gaps, &r->gap_count, r->run, &r->arena);
    return status;
}

static void say_all(report *r)
{
    say_head(r);
    for (size_t i = 0; i < r->run->child_count && r->terminal.out.status == TDM_OK; i++)
        say_child(r, &r->run->children[i]);
    say_gaps(r);
    say_switched_off(r);
    say_quality(r);
    tdm__say_sources(&r->terminal, r->run);
}

tdm_status tdm__report_checks_text(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                   tdm_error *error)
{
    report r = {.run = run};
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm__arena_init(&r.arena, &run->allocator);
    tdm__terminal_init(&r.terminal, &run->allocator, sink, chosen.width, chosen.colour);
    tdm_status status = count_all(&r);
    if (status != TDM_OK)
        r.terminal.out.status = status;
    else if (tdm__count_check_findings(run) == 0)
        say_nothing_found(&r);
    else
        say_all(&r);
    status = tdm__terminal_end(&r.terminal, error);
    tdm__arena_free(&r.arena);
    return status;
}
