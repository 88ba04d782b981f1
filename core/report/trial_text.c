/*
 * One indicator over inputs, for a terminal.
 */
#include "report/evidence.h"
#include "report/trial.h"

static void say_head(tdm__terminal *t, const tdm__trial_report *report)
{
    const tdm_run *run = report->run;
    const tdm__effective_indicator *e = &run->indicators[report->indicator];
    char as_of[TDM__WORDS_SIZE];
    tdm__answer_counts counts = tdm__count_answers(run, report->indicator);
    tdm__day_words(as_of, run->as_of);
    tdm__say(t, TDM__HEADING, 0, 2, "%p %p: %p", e->indicator->id, e->indicator->version,
             e->indicator->title);
    tdm__say(t, TDM__PLAIN, 0, 2, "%p", e->definition);
    tdm__say(t, TDM__PLAIN, 0, 2, "As of %c (from: %p). Children: %d", as_of, run->as_of_from,
             (int)run->child_count);
    tdm__blank_line(t);
    for (int answer = TDM_MET; answer >= TDM_NOT_ASSESSED; answer--)
        tdm__say(t, TDM__PLAIN, 2, 4, "%c: %d", tdm_answer_code((tdm_answer)answer), (int)counts.of[answer]);
}

static void say_reasons(tdm__terminal *t, const tdm__trial_report *report, tdm__arena *arena)
{
    size_t count;
    tdm__reason_count *reasons;
    tdm_status status = tdm__count_reasons(&reasons, &count, report->run, arena);
    if (status != TDM_OK) {
        t->out.status = status;
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (reasons[i].indicator == report->indicator)
            tdm__say(t, TDM__PLAIN, 4, 6, "%p: %d (%p)", reasons[i].reason, (int)reasons[i].children,
                     reasons[i].words);
}

static void say_failures(tdm__terminal *t, const tdm__trial_report *report)
{
    for (size_t i = 0; i < report->failure_count; i++) {
        const tdm__trial_failure *f = &report->failures[i];
        if (i == 0)
            tdm__blank_line(t);
        tdm__say(t, TDM__HEADING, 0, 2, "%p:%d: %c: %p", f->file, (int)f->line, f->reason, f->message);
        tdm__say(t, TDM__PLAIN, 2, 4, "children: %d, first %p", (int)f->children,
                 tdm_chronology_child_id(report->run->chronology, f->child));
    }
}

static void say_prompts(tdm__terminal *t, const tdm__trial_report *report)
{
    const tdm_run *run = report->run;
    for (size_t i = 0; i < run->child_count && t->out.status == TDM_OK; i++) {
        const tdm__prompt *prompt = tdm__prompt_of(&run->children[i], report->indicator);
        if (!prompt)
            continue;
        tdm__blank_line(t);
        tdm__say(t, TDM__HEADING, 0, 2, "%p: %c%r",
                 tdm_chronology_child_id(run->chronology, run->children[i].child),
                 tdm_answer_code(prompt->answer), prompt->current ? ", current" : "");
        tdm__say(t, TDM__PLAIN, 2, 2, "%p", prompt->sentence);
        for (size_t s = 0; s < prompt->spell_count; s++)
            tdm__say_evidence(t, run, prompt->spells[s].events, prompt->spells[s].event_count, 4);
    }
}

/* --- why --- */

static void say_kinds(tdm__terminal *t, const tdm__trial_report *report)
{
    const tdm__trial *why = report->why;
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(report->run->chronology);
    const char *heading = why->end == TDM__TRIAL_NO_ROW ? "Looked for entries of:" : "No source could hold:";
    if (why->kind_count + why->part_count > 0)
        tdm__say(t, TDM__PLAIN, 2, 4, "%c", heading);
    for (size_t i = 0; i < why->kind_count; i++)
        tdm__say(t, TDM__PLAIN, 4, 6, "%p", vocabulary->kinds[why->kinds[i]].code);
    for (size_t i = 0; i < why->part_count; i++) {
        const tdm__need_part *part = &why->parts[i];
        bool fact = part->fact != TDM_NO_INDEX;
        tdm__say(t, TDM__PLAIN, 4, 6, "%p%r%p", vocabulary->kinds[part->kind].code, fact ? ", its fact " : "",
                 fact ? vocabulary->facts[part->fact].key : TDM_LIT(""));
    }
}

/* "2", or "1 to 3" where it depends on doubtful dates. */
static void say_bounds(tdm__text *out, tdm_bounds bounds)
{
    tdm__text_int(out, bounds.certain);
    if (bounds.possible != bounds.certain) {
        tdm__text_puts(out, " for certain, ");
        tdm__text_int(out, bounds.possible);
        tdm__text_puts(out, " perhaps");
    }
}

static void measure_words(tdm__text *words, const tdm__trace_step *step)
{
    tdm__text_puts(words, tdm_answer_code(step->answer));
    if (step->needed == 0)
        return;
    tdm__text_printf(words, "; needs %d, the record reaches ", (int)step->needed);
    say_bounds(words, step->reached);
}

static void step_words(tdm__text *words, const tdm__trace_step *step)
{
    if (step->what == TDM__TRACE_MEASURE) {
        measure_words(words, step);
        return;
    }
    if (step->count.possible == 0) {
        tdm__text_puts(words, step->what == TDM__TRACE_ROWS ? "nothing: it is empty" : "no episode");
        return;
    }
    say_bounds(words, step->count);
}

static void say_steps(tdm__terminal *t, const tdm__trial *why, const tdm_allocator *allocator)
{
    tdm__text words;
    tdm__text_init(&words, allocator);
    if (why->trace.count > 0)
        tdm__say(t, TDM__PLAIN, 2, 4, "What the script asked, and what it was given:");
    for (size_t i = 0; i < why->trace.count; i++) {
        const tdm__trace_step *step = &why->trace.steps[i];
        tdm__text_clear(&words);
        step_words(&words, step);
        tdm__say(t, TDM__PLAIN, 4, 6, "%p:%d %p: %p", step->file, (int)step->line, step->called,
                 tdm__text_str(&words));
    }
    if (why->trace.more)
        tdm__say(t, TDM__PLAIN, 4, 6, "and more");
    if (words.failed)
        t->out.text.failed = true;
    tdm__text_free(&words);
}

static void say_doubts(tdm__terminal *t, const tdm__trial_report *report)
{
    const tdm__trial *why = report->why;
    bool any = false;
    for (uint32_t row = 0; row < why->trace.row_count; row++) {
        if (!tdm__trial_row_in_doubt(why, row))
            continue;
        if (!any)
            tdm__say(t, TDM__PLAIN, 2, 4, "Entries it looked at whose date is in doubt:");
        any = true;
        tdm__say_evidence(t, report->run, &why->history->rows[row].event, 1, 4);
    }
}

static void say_why(tdm__terminal *t, const tdm__trial_report *report)
{
    const tdm__trial *why = report->why;
    const tdm__result *result = &why->result;
    tdm__blank_line(t);
    tdm__say(t, TDM__HEADING, 0, 2, "Why %p is %c%r%c",
             tdm_chronology_child_id(report->run->chronology, why->history->child),
             tdm_answer_code(result->answer), result->reason ? ": " : "",
             result->reason ? result->reason : "");
    tdm__say(t, TDM__PLAIN, 2, 2, "%c", tdm__trial_end_words(why));
    if (why->end == TDM__TRIAL_FAILED)
        tdm__say(t, TDM__PLAIN, 2, 4, "%p:%d: %p", result->file, (int)result->line, result->message);
    say_kinds(t, report);
    say_steps(t, why, &report->run->allocator);
    say_doubts(t, report);
    if (why->history->undated_rows > 0)
        tdm__say(t, TDM__PLAIN, 2, 4, "Entries without any date, in no measure: %d",
                 (int)why->history->undated_rows);
    if (why->history->later_rows > 0)
        tdm__say(t, TDM__PLAIN, 2, 4, "Entries after the as-of day, which feed nothing: %d",
                 (int)why->history->later_rows);
}

static void say_cost(tdm__terminal *t, const tdm__trial_report *report)
{
    const tdm__cost *cost = report->cost;
    tdm__text words;
    tdm__text_init(&words, &report->run->allocator);
    tdm__text_puts(&words, "Steps: ");
    tdm__text_int(&words, cost->steps);
    tdm__text_puts(&words, "; children about whom the script was asked: ");
    tdm__text_int(&words, (int64_t)cost->asked);
    tdm__text_puts(&words, "; most steps for one: ");
    tdm__text_int(&words, cost->most_steps);
    if (cost->asked > 0) {
        tdm__text_puts(&words, ", of ");
        tdm__text_add(&words, tdm_chronology_child_id(report->run->chronology, cost->most_child));
    }
    tdm__blank_line(t);
    tdm__say(t, TDM__PLAIN, 0, 2, "%p", tdm__text_str(&words));
    tdm__say(t, TDM__PLAIN, 0, 2, "Memory of all scripts of a worker: %d KiB at most",
             (int)((cost->memory_bytes + 1023) / 1024));
    if (words.failed)
        t->out.text.failed = true;
    tdm__text_free(&words);
}

tdm_status tdm__report_trial_text(const tdm__trial_report *report, const tdm__report_options *options,
                                  tdm_sink sink, tdm_error *error)
{
    tdm__arena arena;
    tdm__terminal terminal;
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm__arena_init(&arena, &report->run->allocator);
    tdm__terminal_init(&terminal, &report->run->allocator, sink, chosen.width, chosen.colour);
    say_head(&terminal, report);
    say_reasons(&terminal, report, &arena);
    say_failures(&terminal, report);
    say_prompts(&terminal, report);
    if (report->why)
        say_why(&terminal, report);
    if (report->cost)
        say_cost(&terminal, report);
    tdm__arena_free(&arena);
    return tdm__terminal_end(&terminal, error);
}
