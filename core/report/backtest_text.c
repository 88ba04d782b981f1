/*
 * A backtest for a terminal, and its children as CSV.
 */
#include "report/backtest.h"
#include "report/csv_cell.h"
#include "report/terminal.h"
#include "report/view.h"

static void say_head(tdm__terminal *t, const tdm__backtest *b)
{
    const tdm_run *run = b->run;
    const tdm__effective_indicator *e = &run->indicators[b->indicator];
    char as_of[TDM__WORDS_SIZE];
    size_t prompts = 0;
    for (size_t i = 0; i < b->child_count; i++)
        prompts += b->children[i].answer >= TDM_POSSIBLE;
    tdm__day_words(as_of, run->as_of);
    tdm__say(t, TDM__HEADING, 0, 2, "%p %p: %p", e->indicator->id, e->indicator->version,
             e->indicator->title);
    tdm__say(t, TDM__PLAIN, 0, 2, "%p", e->definition);
    tdm__say(t, TDM__PLAIN, 0, 2, "As of %c (from: %p). Policy: %p", as_of, run->as_of_from,
             run->policy_title);
    tdm__say(t, TDM__PLAIN, 0, 2, "Children: %d, with a prompt: %d", (int)run->child_count, (int)prompts);
    if (b->has_against) {
        tdm__say(t, TDM__PLAIN, 0, 2, "Against the policy %p: %d children gain a prompt, %d lose it",
                 b->against_title, (int)b->gained, (int)b->lost);
        tdm__say(t, TDM__PLAIN, 2, 2, "there: %p", b->against_definition);
    }
    tdm__say(t, TDM__PLAIN, 0, 2, "Later steps up of the response: %d%r", (int)b->stepped_up,
             b->stepped_up > 0 ? "" : " (that says nothing of what was needed)");
    if (b->stepped_up > 0)
        tdm__say(t, TDM__PLAIN, 2, 2,
                 "it came before them by %d days in the middle; what followed is no proof that "
                 "the prompt was right",
                 (int)b->median_days_before);
}

#define CELLS 5

static void cells_of(tdm_str cells[CELLS], char days[4][TDM__WORDS_SIZE], const tdm__backtest *b,
                     const tdm__backtest_child *child)
{
    tdm__day_iso(days[0], child->first_met);
    tdm__day_iso(days[1], child->knowable);
    tdm__day_iso(days[2], child->step_up.day);
    cells[0] = tdm_chronology_child_id(b->run->chronology, child->child);
    cells[1] = tdm__str(tdm_answer_code(child->answer));
    cells[2] = tdm__str(days[0]);
    cells[3] = tdm__str(days[1]);
    cells[4] = tdm__str(days[2]);
}

static void say_children(tdm__terminal *t, const tdm__backtest *b)
{
    tdm__columns columns = {.count = CELLS, .indent = 2};
    char days[4][TDM__WORDS_SIZE];
    tdm_str cells[CELLS];
    const tdm_str headings[CELLS] = {TDM_LIT("child"), TDM_LIT("answer"), TDM_LIT("met since"),
                                     TDM_LIT("knowable"), TDM_LIT("step up")};
    if (b->child_count == 0)
        return;
    tdm__blank_line(t);
    tdm__columns_measure(&columns, t, headings);
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1)
            tdm__columns_write(&columns, t, headings);
        for (size_t i = 0; i < b->child_count; i++) {
            cells_of(cells, days, b, &b->children[i]);
            if (pass == 0)
                tdm__columns_measure(&columns, t, cells);
            else
                tdm__columns_write(&columns, t, cells);
        }
    }
}

static void say_changes(tdm__terminal *t, const tdm__backtest *b)
{
    if (b->gained + b->lost > 0)
        tdm__blank_line(t);
    for (size_t i = 0; i < b->child_count; i++) {
        const tdm__backtest_child *child = &b->children[i];
        if ((child->answer >= TDM_POSSIBLE) != (child->against >= TDM_POSSIBLE))
            tdm__say(t, TDM__PLAIN, 2, 4, "%p: %c here, %c there",
                     tdm_chronology_child_id(b->run->chronology, child->child),
                     tdm_answer_code(child->answer), tdm_answer_code(child->against));
    }
}

static void say_overlaps(tdm__terminal *t, const tdm__backtest *b)
{
    bool any = false;
    for (size_t i = 0; i < b->overlap_count; i++) {
        const tdm__backtest_overlap *o = &b->overlaps[i];
        if (o->both == 0)
            continue;
        if (!any) {
            tdm__blank_line(t);
            tdm__say(t, TDM__PLAIN, 0, 2, "Children that other indicators name too:");
        }
        any = true;
        tdm__say(t, TDM__PLAIN, 2, 4, "%p: %d of its %d", b->run->indicators[o->indicator].indicator->id,
                 (int)o->both, (int)o->children);
    }
}

tdm_status tdm__report_backtest_text(const tdm__backtest *backtest, const tdm__report_options *options,
                                     tdm_sink sink, tdm_error *error)
{
    tdm__terminal terminal;
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm__terminal_init(&terminal, &backtest->run->allocator, sink, chosen.width, chosen.colour);
    say_head(&terminal, backtest);
    say_children(&terminal, backtest);
    say_changes(&terminal, backtest);
    say_overlaps(&terminal, backtest);
    return tdm__terminal_end(&terminal, error);
}

tdm_status tdm__report_backtest_csv(const tdm__backtest *b, const tdm__report_options *options, tdm_sink sink,
                                    tdm_error *error)
{
    tdm__output out;
    char days[4][TDM__WORDS_SIZE];
    tdm_str cells[CELLS];
    (void)options;
    tdm__output_init(&out, &b->run->allocator, sink);
    tdm__put(&out, "child,answer,first_met,knowable,step_up,days_before,against\r\n");
    for (size_t i = 0; i < b->child_count; i++) {
        const tdm__backtest_child *child = &b->children[i];
        cells_of(cells, days, b, child);
        for (int cell = 0; cell < CELLS; cell++)
            tdm__put_csv_cell(&out.text, cells[cell], ",");
        if (child->step_up.day != TDM_DAY_NONE)
            tdm__text_int(&out.text, child->days_before);
        tdm__put(&out, ",%r\r\n", b->has_against ? tdm_answer_code(child->against) : "");
    }
    return tdm__output_end(&out, error);
}
