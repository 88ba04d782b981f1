/*
 * The review as text for a terminal.
 */
#include "report/terminal.h"
#include "report/view.h"

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

/* The four cells of a row of evidence; `place` and `room` hold what they point into. */
static void evidence_cells(tdm_str cells[4], const writer *to, uint32_t index, char room[TDM_DATE_TEXT_SIZE],
                           tdm__text *place)
{
    const tdm_chronology *chronology = to->run->chronology;
    tdm__event event = tdm__chronology_event(chronology, index);
    const tdm__source *source = tdm__chronology_source(chronology, event.source);
    cells[0] = tdm__chronology_occurred_text(room, chronology, index);
    if (cells[0].length == 0)
        cells[0] = TDM_LIT("no date");
    cells[1] = tdm__chronology_agency_title(chronology, event.agency);
    cells[2] = tdm__kind_title(tdm__event_kind(to->run, &event));
    tdm__text_clear(place);
    tdm__text_add(place, source->name);
    if (source->sheet.length > 0)
        tdm__text_printf(place, " (%.*s)", TDM_STR_ARGS(source->sheet));
    tdm__text_printf(place, ":%u", (unsigned)event.row);
    cells[3] = tdm__text_str(place);
}

static void say_events(writer *to, const uint32_t *events, size_t count, int indent)
{
    tdm__columns columns = {.count = 4, .indent = indent};
    char room[TDM_DATE_TEXT_SIZE];
    tdm_str cells[4];
    tdm__text place;
    tdm__text_init(&place, &to->run->allocator);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            evidence_cells(cells, to, events[i], room, &place);
            if (pass == 0)
                tdm__columns_measure(&columns, &to->terminal, cells);
            else
                tdm__columns_write(&columns, &to->terminal, cells);
        }
    }
    if (place.failed)
        to->terminal.out.text.failed = true;
    tdm__text_free(&place);
}

static void say_spell(writer *to, const tdm__run_spell *spell)
{
    char period[TDM__WORDS_SIZE];
    tdm__period_words(period, spell->from, spell->to);
    tdm__say(&to->terminal, TDM__PLAIN, 5, 7, "%c (%c, %c), from:", period,
             spell->answer == TDM_MET ? "met" : "possible", spell->current ? "current" : "past");
    say_events(to, spell->events, spell->event_count, 7);
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
        tdm__say(t, TDM__PLAIN, 5, 17, "Since:      holds for some of the days that the dates leave open");
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
        say_events(to, child->undated, child->undated_count, 5);
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

static void say_child(writer *to, const tdm__child_result *child)
{
    tdm__prompt_counts counts = tdm__count_prompts(child, &to->options);
    say_child_heading(to, child);
    say_counts(to, 2, &counts, (int)tdm__count_no_prompts(child, TDM_NOT_ASSESSED));
    tdm__blank_line(&to->terminal);
    int number = 0;
    for (size_t i = 0; i < child->prompt_count; i++)
        if (tdm__prompt_shown(&child->prompts[i], &to->options))
            say_prompt(to, &child->prompts[i], ++number);
    say_levels(to, child);
    say_scores(to, child);
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

static void say_diagnostics(writer *to)
{
    const tdm__diagnostics *list = to->run->diagnostics;
    if (!list || list->count == 0)
        return;
    tdm__blank_line(&to->terminal);
    tdm__say(&to->terminal, TDM__HEADING, 0, 0, "Doubtful or not usable");
    for (size_t i = 0; i < list->count; i++) {
        const tdm__diagnostic *one = &list->items[i];
        char row[24] = "";
        if (one->row > 0)
            snprintf(row, sizeof row, ":%d", (int)one->row);
        /* What no file is at fault for is said of all of them. */
        tdm_str file = one->file.length > 0 ? one->file : TDM_LIT("all inputs");
        tdm__say(&to->terminal, TDM__PLAIN, 2, 4, "%p%c%c%p%c%c: %p (%c)", file, row,
                 one->column.length > 0 ? " [" : "", one->column, one->column.length > 0 ? "] " : " ",
                 tdm__severity_code(one->severity), one->message, one->code);
    }
}

static void account_cells(tdm_str cells[5], const tdm__account *account, char rooms[3][24])
{
    snprintf(rooms[0], 24, "%lld", (long long)account->rows);
    snprintf(rooms[1], 24, "%lld", (long long)account->read);
    snprintf(rooms[2], 24, "%lld", (long long)account->set_aside);
    cells[0] = account->file;
    cells[1] = account->sheet;
    for (int i = 0; i < 3; i++)
        cells[i + 2] = tdm__str(rooms[i]);
}

static void say_accounts(writer *to)
{
    const tdm_str heading[5] = {TDM_LIT("input"), TDM_LIT("sheet"), TDM_LIT("rows"), TDM_LIT("read"),
                                TDM_LIT("set aside")};
    tdm__columns columns = {.count = 5, .indent = 2, .right = {false, false, true, true, true}};
    char rooms[3][24];
    tdm_str cells[5];
    if (to->run->account_count == 0)
        return;
    tdm__blank_line(&to->terminal);
    tdm__say(&to->terminal, TDM__HEADING, 0, 0, "Rows of each input");
    tdm__columns_measure(&columns, &to->terminal, heading);
    for (size_t i = 0; i < to->run->account_count; i++) {
        account_cells(cells, &to->run->accounts[i], rooms);
        tdm__columns_measure(&columns, &to->terminal, cells);
    }
    tdm__columns_write(&columns, &to->terminal, heading);
    for (size_t i = 0; i < to->run->account_count; i++) {
        account_cells(cells, &to->run->accounts[i], rooms);
        tdm__columns_write(&columns, &to->terminal, cells);
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
    say_diagnostics(&to);
    say_accounts(&to);
    return tdm__terminal_end(&to.terminal, error);
}
