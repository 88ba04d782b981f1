/*
 * The review as text for a terminal.
 */
#include "instrument/words.h"
#include "report/caps.h"
#include "report/checks.h"
#include "report/cumulative.h"
#include "report/evidence.h"
#include "report/incidents.h"
#include "report/limits.h"
#include "report/sources.h"

#include <stdio.h>
#include <string.h>

typedef struct writer {
    tdm__terminal terminal;
    const tdm_run *run;
    tdm__report_options options;
} writer;

static const char *plural(int64_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

static void say_counts(writer *to, int indent, const tdm__prompt_counts *counts, int not_assessed)
{
    tdm__terminal *t = &to->terminal;
    if (counts->all == 0)
        tdm__say(
            t, TDM__PLAIN, indent, indent,
            "No prompts. That is no finding that all is well: only what was recorded could be looked at.");
    else
        tdm__say(t, TDM__PLAIN, indent, indent, "%d %c: %d current, %d past; %d only possible.", counts->all,
                 plural(counts->all, "prompt", "prompts"), counts->current, counts->past, counts->possible);
    if (counts->hidden > 0)
        tdm__say(t, TDM__PLAIN, indent, indent, "%d that %c not current %c left out on request.",
                 counts->hidden, plural(counts->hidden, "is", "are"), plural(counts->hidden, "is", "are"));
    if (not_assessed > 0)
        tdm__say(t, TDM__PLAIN, indent, indent, "%d %c not assessed; why is listed below.", not_assessed,
                 plural(not_assessed, "indicator was", "indicators were"));
}

static void say_head(writer *to)
{
    const tdm_run *run = to->run;
    tdm__terminal *t = &to->terminal;
    char as_of[TDM__WORDS_SIZE];
    tdm__day_words(as_of, run->as_of);
    tdm__say(t, TDM__HEADING, 0, 0, "Prompts for review, not a measure of risk");
    tdm__say(t, TDM__PLAIN, 0, 0,
             "Each is a reason to look again at these records, with the rows that led to it. A child without "
             "a prompt is not a child without concerns.");
    tdm__blank_line(t);
    if (run->case_id.length > 0)
        tdm__say(t, TDM__PLAIN, 0, 10, "Case:     %p", run->case_id);
    tdm__say(t, TDM__PLAIN, 0, 10, "As of:    %c (from: %p)", as_of, run->as_of_from);
    tdm__say_missing(t, run->chronology);
    tdm__say(t, TDM__PLAIN, 0, 10, "Current:  reaches into the last %d days before that day",
             (int)run->current_days);
    tdm__say(t, TDM__PLAIN, 0, 10, "Policy:   %p", run->policy_title);
    for (size_t i = 0; i < run->policy_file_count; i++)
        tdm__say(t, TDM__PLAIN, 10, 12, "%p", run->policy_files[i].name);
    tdm__say(t, TDM__PLAIN, 0, 10, "Children: %d", (int)run->child_count);
    tdm__say(t, TDM__PLAIN, 0, 10, "Tidemark: %c", tdm_version());
}

static void say_standing(writer *to, const tdm__indicator *indicator)
{
    tdm__text words;
    tdm__text_init(&words, &to->run->allocator);
    for (size_t i = 0; i < indicator->standing_count; i++) {
        if (!tdm__standing_holds(to->run, &indicator->standings[i]))
            continue;
        if (words.length > 0)
            tdm__text_puts(&words, ", ");
        tdm__text_add(&words, tdm__standing_words(indicator->standings[i].code));
    }
    if (words.failed)
        to->terminal.out.text.failed = true;
    tdm__say(&to->terminal, TDM__PLAIN, 5, 17, "Standing:   %p (%p)", tdm__text_str(&words),
             indicator->source);
    tdm__text_free(&words);
}

static void say_params(writer *to, const tdm__effective_indicator *in_force)
{
    for (size_t i = 0; i < in_force->indicator->param_count; i++) {
        const tdm__effective_param *param = &in_force->params[i];
        tdm__say(&to->terminal, TDM__PLAIN, 5, 17, "%c %p = %p, set by %p",
                 i == 0 ? "Parameters:" : "           ", param->param->name, param->words, param->from);
    }
}

static void say_spell(writer *to, const tdm__run_spell *spell)
{
    char period[TDM__WORDS_SIZE];
    tdm__period_words(period, spell->from, spell->to);
    tdm__say(&to->terminal, TDM__PLAIN, 5, 7, "%c (%c, %c), from:", period,
             spell->answer == TDM_MET ? "met" : "possible", spell->current ? "current" : "past");
    tdm__say_evidence(&to->terminal, to->run, spell->events, spell->event_count, 7);
}

static void say_prompt(writer *to, const tdm__prompt *prompt, int number)
{
    tdm__terminal *t = &to->terminal;
    const tdm__effective_indicator *in_force = &to->run->indicators[prompt->indicator];
    char since[TDM__WORDS_SIZE];
    tdm__day_words(since, prompt->first_met);
    tdm__say(t, prompt->current ? TDM__CURRENT : TDM__HEADING, 2, 5, "%d. %p [%c, %c, %c]", number,
             in_force->indicator->title, prompt->answer == TDM_MET ? "met" : "possible",
             prompt->current ? "current" : "past", tdm__prompt_severity_words(in_force->severity));
    tdm__say(t, TDM__PLAIN, 5, 5, "%p", prompt->sentence);
    if (prompt->first_met == TDM_DAY_NONE)
        tdm__say(t, TDM__PLAIN, 5, 17, "Since:      holds in some of the cases that the record leaves open");
    else
        tdm__say(t, TDM__PLAIN, 5, 17, "Since:      first met on %c", since);
    tdm__say(t, TDM__PLAIN, 5, 17, "Indicator:  %p %p", in_force->indicator->id,
             in_force->indicator->version);
    tdm__say(t, TDM__PLAIN, 5, 17, "Definition: %p", in_force->definition);
    say_standing(to, in_force->indicator);
    say_params(to, in_force);
    for (size_t i = 0; i < prompt->spell_count; i++)
        say_spell(to, &prompt->spells[i]);
    tdm__blank_line(t);
}

static void say_levels(writer *to, const tdm__child_result *child)
{
    if (child->level_count == 0)
        return;
    tdm__say(&to->terminal, TDM__HEADING, 2, 2, "Level of response");
    tdm__columns columns = {.count = 2, .indent = 5};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < child->level_count; i++) {
            const tdm__level_step *step = &child->levels[i];
            char period[TDM__WORDS_SIZE], level[TDM__WORDS_SIZE];
            tdm__period_words(period, step->from, step->to);
            int certain = step->level.certain, possible = step->level.possible;
            if (certain == possible)
                snprintf(level, sizeof level, "%d %s", certain, tdm__level_words[certain]);
            else
                snprintf(level, sizeof level, "%d %s, possibly %d %s", certain, tdm__level_words[certain],
                         possible, tdm__level_words[possible]);
            tdm_str cells[2] = {tdm__str(period), tdm__str(level)};
            if (pass == 0)
                tdm__columns_measure(&columns, &to->terminal, cells);
            else
                tdm__columns_write(&columns, &to->terminal, cells);
        }
    }
    tdm__blank_line(&to->terminal);
}

static void say_incidents(writer *to, const tdm__child_result *child)
{
    tdm__text words;
    if (child->incident_count == 0)
        return;
    tdm__say(&to->terminal, TDM__HEADING, 2, 2, "Told more than once");
    tdm__say(&to->terminal, TDM__FAINT, 5, 5,
             "%c Behind a date, (1) is "
             "incident 1 and (2?) is perhaps incident 2.",
             tdm__incident_legend);
    tdm__text_init(&words, &to->run->allocator);
    for (size_t i = 0; i < child->incident_count; i++) {
        tdm__text_clear(&words);
        tdm__put_incident(&words, to->run, &child->incidents[i], i + 1);
        tdm__say(&to->terminal, TDM__PLAIN, 5, 7, "%p", tdm__text_str(&words));
    }
    to->terminal.out.text.failed = to->terminal.out.text.failed || words.failed;
    tdm__text_free(&words);
    tdm__blank_line(&to->terminal);
}

static void say_flags(writer *to, const tdm_score *score)
{
    tdm__text words;
    tdm__text_init(&words, &to->run->allocator);
    for (size_t i = 0; i < score->flag_count; i++) {
        tdm__text_clear(&words);
        tdm__flag_words(&words, score, &score->flags[i]);
        tdm__say(&to->terminal, TDM__PLAIN, 7, 9, "Flag: %p", tdm__text_str(&words));
    }
    to->terminal.out.text.failed = to->terminal.out.text.failed || words.failed;
    tdm__text_free(&words);
}

static void say_scores(writer *to, const tdm__child_result *child)
{
    if (child->score_count == 0)
        return;
    tdm__say(&to->terminal, TDM__HEADING, 2, 2, "Assessments");
    for (size_t i = 0; i < child->score_count; i++) {
        char day[TDM__WORDS_SIZE];
        tdm__day_words(day, tdm_score_date(child->scores[i]));
        tdm__say(&to->terminal, TDM__PLAIN, 5, 7, "%c, %p: %p", day, tdm_score_instrument(child->scores[i]),
                 tdm_score_sentence(child->scores[i]));
        say_flags(to, child->scores[i]);
    }
    tdm__blank_line(&to->terminal);
}

static void say_no_prompts(writer *to, const tdm__child_result *child, tdm_answer answer, const char *heading)
{
    if (tdm__count_no_prompts(child, answer) == 0)
        return;
    tdm__say(&to->terminal, TDM__HEADING, 2, 2, "%c", heading);
    for (size_t i = 0; i < child->no_prompt_count; i++) {
        const tdm__no_prompt *one = &child->no_prompts[i];
        tdm_str id = to->run->indicators[one->indicator].indicator->id;
        if (one->answer != answer)
            continue;
        if (one->file.length > 0)
            tdm__say(&to->terminal, TDM__PLAIN, 5, 7, "%p: %p (%c, %p:%d)", id, one->words, one->reason,
                     one->file, (int)one->line);
        else
            tdm__say(&to->terminal, TDM__PLAIN, 5, 7, "%p: %p (%c)", id, one->words, one->reason);
        if (answer == TDM_NOT_MET)
            tdm__say(&to->terminal, TDM__PLAIN, 7, 7, "Definition: %p",
                     to->run->indicators[one->indicator].definition);
    }
    tdm__blank_line(&to->terminal);
}

static void say_undated(writer *to, const tdm__child_result *child)
{
    if (child->undated_count > 0) {
        tdm__say(&to->terminal, TDM__HEADING, 2, 2, "Rows without any date: counted in nothing");
        tdm__say_evidence(&to->terminal, to->run, child->undated, child->undated_count, 5);
        tdm__blank_line(&to->terminal);
    }
    if (child->later_rows > 0) {
        tdm__say(&to->terminal, TDM__PLAIN, 2, 2,
                 "%d %c after the as-of day, or recorded after it: not looked at.", (int)child->later_rows,
                 plural(child->later_rows, "row is", "rows are"));
        tdm__blank_line(&to->terminal);
    }
}

static void say_child_heading(writer *to, const tdm__child_result *child)
{
    const tdm__child *about = tdm__chronology_child(to->run->chronology, child->child);
    char words[TDM__CHILD_WORDS_SIZE];
    tdm__child_words(words, to->run, about);
    tdm__blank_line(&to->terminal);
    tdm__say(&to->terminal, TDM__HEADING, 0, 2, "Child %p, %c", about->id, words);
}

static void say_over_caps(writer *to, const tdm__child_result *child)
{
    for (size_t i = 0; i < to->run->cap_count; i++) {
        const tdm__group_cap *cap = &to->run->caps[i];
        int over = (int)tdm__count_over_cap(to->run, child, cap, &to->options);
        if (over == 0)
            continue;
        tdm__say(&to->terminal, TDM__PLAIN, 2, 5,
                 "And %d more of the group %p: %d at most are shown here, as %p says. The JSON has all.",
                 over, cap->group, (int)cap->prompts_shown, cap->from);
        tdm__blank_line(&to->terminal);
    }
}

static void say_child(writer *to, const tdm__child_result *child)
{
    tdm__prompt_counts counts = tdm__count_prompts(child, &to->options);
    say_child_heading(to, child);
    say_counts(to, 2, &counts, (int)tdm__count_no_prompts(child, TDM_NOT_ASSESSED));
    tdm__blank_line(&to->terminal);
    int number = 0;
    for (size_t i = 0; i < child->prompt_count; i++)
        if (tdm__prompt_shown(&child->prompts[i], &to->options) &&
            !tdm__prompt_over_cap(to->run, child, i, &to->options))
            say_prompt(to, &child->prompts[i], ++number);
    say_over_caps(to, child);
    say_levels(to, child);
    if (to->run->child_count <= TDM__HTML_CHILDREN_WHOLE || to->options.cumulative)
        tdm__say_cumulative(&to->terminal, to->run, child->child);
    say_incidents(to, child);
    say_scores(to, child);
    tdm__say_child_checks(&to->terminal, to->run, child);
    if (!tdm__not_assessed_counted(to->run))
        say_no_prompts(to, child, TDM_NOT_ASSESSED, "Not assessed, and why");
    if (to->run->explain_all)
        say_no_prompts(to, child, TDM_NOT_MET, "Not met, and why");
    say_undated(to, child);
}

static void say_reason_counts(writer *to)
{
    tdm__arena arena;
    tdm__reason_count *rows;
    size_t count;
    tdm__arena_init(&arena, &to->run->allocator);
    if (tdm__count_reasons(&rows, &count, to->run, &arena) != TDM_OK)
        to->terminal.out.text.failed = true;
    tdm__blank_line(&to->terminal);
    tdm__say(&to->terminal, TDM__HEADING, 0, 0, "Not assessed, and why");
    for (size_t i = 0; i < count; i++)
        tdm__say(&to->terminal, TDM__PLAIN, 2, 4, "%p: %p, %d %c",
                 to->run->indicators[rows[i].indicator].indicator->id, rows[i].reason, (int)rows[i].children,
                 plural(rows[i].children, "child", "children"));
    tdm__arena_free(&arena);
}

static void say_switched_off(writer *to)
{
    bool any = false;
    for (size_t i = 0; i < to->run->indicator_count; i++) {
        const tdm__effective_indicator *one = &to->run->indicators[i];
        if (one->on)
            continue;
        if (!any) {
            tdm__blank_line(&to->terminal);
            tdm__say(&to->terminal, TDM__HEADING, 0, 0, "Switched off");
        }
        any = true;
        tdm__say(&to->terminal, TDM__PLAIN, 2, 4, "%p, by %p", one->indicator->id, one->on_from);
    }
}

tdm_status tdm__report_text(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                            tdm_error *error)
{
    writer to = {.run = run, .options = tdm__report_options_of(options)};
    tdm__terminal_init(&to.terminal, &run->allocator, sink, to.options.width, to.options.colour);
    say_head(&to);
    for (size_t i = 0; i < run->child_count && to.terminal.out.status == TDM_OK; i++)
        say_child(&to, &run->children[i]);
    if (tdm__not_assessed_counted(run))
        say_reason_counts(&to);
    say_switched_off(&to);
    tdm__say_sources(&to.terminal, run);
    return tdm__terminal_end(&to.terminal, error);
}
