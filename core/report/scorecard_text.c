/*
 * A scorecard as text for a terminal: the tables of each measure, by group, its definition under each.
 */
#include "report/measures_doc.h"
#include "report/scorecard_tables.h"
#include "report/terminal.h"

#include <string.h>

typedef struct writer {
    tdm__terminal terminal;
    const tdm_scorecard *card;
    tdm__arena arena; /* of the measure that is being written */
    tdm__text text;
} writer;

static tdm_str made(writer *to)
{
    if (to->text.failed)
        to->terminal.out.text.failed = true;
    return tdm__text_str(&to->text);
}

static void say_head(writer *to)
{
    const tdm_scorecard *card = to->card;
    tdm__terminal *t = &to->terminal;
    char period[TDM__WORDS_SIZE], as_of[TDM__WORDS_SIZE];
    tdm__period_words(period, card->from, card->to);
    tdm__day_words(as_of, card->as_of);
    tdm__say(t, TDM__HEADING, 0, 0, "Scorecard, %c", period);
    for (const char *const *line = tdm__card_stance; *line; line++)
        tdm__say(t, TDM__PLAIN, 0, 0, "%c", *line);
    tdm__put_legend(&to->text, card);
    tdm__say(t, TDM__PLAIN, 0, 0, "%p", made(to));
    tdm__text_clear(&to->text);
    tdm__say(t, TDM__PLAIN, 0, 0, "%c", tdm__measures_rounding);
    tdm__blank_line(t);
    tdm__say(t, TDM__PLAIN, 0, 12, "As of:      %c", as_of);
    for (size_t i = 0; i < card->account_count; i++)
        tdm__say(t, TDM__PLAIN, 0, 12, "%c %p", i == 0 ? "Sources:   " : "           ",
                 card->accounts[i].file);
    if (card->areas_name.length > 0)
        tdm__say(t, TDM__PLAIN, 0, 12, "Areas:      %p", card->areas_name);
    if (card->compare_name.length > 0)
        tdm__say(t, TDM__PLAIN, 0, 12, "Beside:     %p", card->compare_name);
    if (card->commentary_name.length > 0)
        tdm__say(t, TDM__PLAIN, 0, 12, "Commentary: %p", card->commentary_name);
    tdm__say(t, TDM__PLAIN, 0, 12, "Policy:     %p", card->policy_title);
    tdm__say(t, TDM__PLAIN, 0, 12, "Tidemark:   %c", tdm_version());
    if (card->without_commentary > 0)
        tdm__say(t, TDM__CURRENT, 0, 2, "Figures that moved beyond their limits and have no commentary: %d",
                 (int)card->without_commentary);
    for (size_t i = 0; i < card->note_count; i++)
        tdm__say(t, TDM__PLAIN, 0, 2, "Note: %p", card->notes[i]);
}

static void say_table(writer *to, const tdm__card_table *table)
{
    tdm__columns columns = {.count = (int)table->column_count, .indent = 4};
    tdm_str cells[TDM__COLUMNS_MAX];
    tdm__say(&to->terminal, TDM__HEADING, 2, 4, "%c", table->title);
    for (size_t i = 0; i < table->column_count; i++)
        columns.right[i] = table->numbers[i];
    for (int pass = 0; pass < 2; pass++)
        for (size_t row = 0; row <= table->row_count; row++) {
            for (size_t i = 0; i < table->column_count; i++)
                cells[i] = row == 0 ? table->headings[i]
                                    : table->cells[(row - 1) * table->column_count + i].words;
            if (pass == 0)
                tdm__columns_measure(&columns, &to->terminal, cells);
            else
                tdm__columns_write(&columns, &to->terminal, cells);
        }
    tdm__blank_line(&to->terminal);
}

static void say_commentary(writer *to, const tdm__card_measure *measure)
{
    for (size_t i = 0; i < measure->figure_count; i++) {
        const tdm__card_figure *figure = &measure->figures[i];
        bool missing = tdm__card_wants_words(figure);
        if (figure->commentary.length == 0 && !missing)
            continue;
        if (to->card->group_count > 1) {
            tdm__put_group_words(&to->text, to->card, figure->group);
            tdm__text_puts(&to->text, ", ");
        }
        tdm__text_add(&to->text, to->card->periods[figure->period].name);
        tdm__say(&to->terminal, missing ? TDM__CURRENT : TDM__PLAIN, 2, 4, "Commentary, %p: %c%p", made(to),
                 missing ? "moved beyond its limits, and nothing is said of it." : "", figure->commentary);
        tdm__text_clear(&to->text);
    }
}

static void say_list(writer *to, const char *term, const tdm_str *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        tdm__say(&to->terminal, TDM__PLAIN, 4, 16, "%c%p", term, items[i]);
}

static void say_definition(writer *to, const tdm__card_measure *measure)
{
    tdm__terminal *t = &to->terminal;
    const tdm__measure *file = measure->measure;
    tdm__say(t, TDM__PLAIN, 2, 16, "Definition:   %p", measure->definition);
    tdm__say(t, TDM__PLAIN, 4, 16, "counted:    %p", measure->numerator);
    if (measure->denominator.length > 0)
        tdm__say(t, TDM__PLAIN, 4, 16, "out of:     %p", measure->denominator);
    say_list(to, "left out:   ", file->exclusions, file->exclusion_count);
    say_list(to, "pitfall:    ", file->pitfalls, file->pitfall_count);
    for (size_t i = 0; i < file->param_count; i++)
        tdm__say(t, TDM__PLAIN, 4, 16, "parameter:  %p = %p, set by %p", measure->params[i].param->name,
                 measure->params[i].words, measure->params[i].from);
    tdm__say(t, TDM__PLAIN, 4, 16, "source:     %p", file->source);
    tdm__say(t, TDM__PLAIN, 4, 16, "measure:    %p %p, %p", file->id, file->version, file->file);
}

/* The figures of everything and the whole period, when they are the only ones, stand in the heading. */
static bool is_told(const writer *to, const tdm__card_table *table)
{
    return table->row_count == 1 && to->card->group_count == 1 && strcmp(table->code, "figures") == 0;
}

static void say_title(writer *to, const tdm__card_measure *measure)
{
    tdm__put_headline(&to->text, measure, 0, 0);
    tdm__say(&to->terminal, TDM__HEADING, 0, 2, "%p: %p", measure->measure->title,
             measure->reason ? TDM_LIT("not assessed") : made(to));
    tdm__text_clear(&to->text);
    if (measure->reason) {
        tdm__say(&to->terminal, TDM__PLAIN, 2, 2, "%p (%p: %c)", measure->words, measure->measure->id,
                 measure->reason);
        return;
    }
    tdm__put_headline_words(&to->text, measure, 0, 0);
    if (to->text.length > 0)
        tdm__say(&to->terminal, TDM__PLAIN, 2, 2, "%p", made(to));
    tdm__text_clear(&to->text);
}

static tdm_status say_measure(writer *to, const tdm__card_measure *measure)
{
    tdm__card_tables tables;
    const tdm_str *notes;
    size_t note_count;
    tdm__arena_reset(&to->arena);
    tdm_status status = tdm__card_tables_of(&tables, &to->arena, to->card, measure, false);
    if (status == TDM_OK)
        status = tdm__card_footnotes(&notes, &note_count, &to->arena, to->card, measure);
    if (status != TDM_OK)
        return status;
    say_title(to, measure);
    tdm__blank_line(&to->terminal);
    if (measure->reason)
        return TDM_OK;
    for (size_t i = 0; i < tables.count; i++)
        if (!is_told(to, &tables.items[i]))
            say_table(to, &tables.items[i]);
    say_commentary(to, measure);
    for (size_t i = 0; i < note_count; i++)
        tdm__say(&to->terminal, TDM__PLAIN, 2, 4, "%p", notes[i]);
    say_definition(to, measure);
    tdm__blank_line(&to->terminal);
    return TDM_OK;
}

static void say_group(writer *to, size_t at)
{
    const tdm__card_measure *measure = &to->card->measures[at];
    char words[TDM__WORDS_SIZE];
    if (at > 0 && tdm__str_equal(measure->measure->group, measure[-1].measure->group))
        return;
    tdm__code_as_words(words, measure->measure->group);
    tdm__blank_line(&to->terminal);
    tdm__say(&to->terminal, TDM__HEADING, 0, 0, "== %c ==", words);
    tdm__blank_line(&to->terminal);
}

/* Counted by code: the whole list is that of the readers (`tidemark check`). */
static tdm_status say_diagnosed(writer *to)
{
    tdm__diagnosed *rows;
    size_t count;
    tdm__arena_reset(&to->arena);
    tdm_status status = tdm__card_diagnosed(&rows, &count, &to->arena, to->card);
    if (status != TDM_OK)
        return status;
    if (count > 0)
        tdm__say(&to->terminal, TDM__HEADING, 0, 0, "Doubtful or not usable");
    for (size_t i = 0; i < count; i++) {
        tdm__text_clear(&to->text);
        tdm__put_thousands(&to->text, rows[i].times);
        tdm__say(&to->terminal, TDM__PLAIN, 2, 4, "%c (%c): %p times, for example: %p", rows[i].code,
                 tdm__severity_code(rows[i].severity), made(to), rows[i].example);
    }
    return TDM_OK;
}

tdm_status tdm__report_scorecard_text(const tdm_scorecard *card, const tdm__report_options *options,
                                      tdm_sink sink, tdm_error *error)
{
    writer to = {.card = card};
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm_status status = TDM_OK;
    tdm__terminal_init(&to.terminal, &card->allocator, sink, chosen.width, chosen.colour);
    tdm__arena_init(&to.arena, &card->allocator);
    tdm__text_init(&to.text, &card->allocator);
    say_head(&to);
    for (size_t i = 0; i < card->measure_count && status == TDM_OK; i++) {
        say_group(&to, i);
        status = say_measure(&to, &card->measures[i]);
    }
    tdm__say(&to.terminal, TDM__PLAIN, 0, 2,
             "What a measure that was not assessed would be: tidemark measures show ID.");
    if (status == TDM_OK)
        status = say_diagnosed(&to);
    if (status != TDM_OK && to.terminal.out.status == TDM_OK)
        to.terminal.out.status = status;
    tdm__text_free(&to.text);
    tdm__arena_free(&to.arena);
    return tdm__terminal_end(&to.terminal, error);
}
