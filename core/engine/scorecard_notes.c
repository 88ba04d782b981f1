/*
 * Sentences about a measure, and what somebody wrote about its figures.
 */
#include "engine/scorecard_parts.h"

#include <stdarg.h>
#include <stdio.h>

#define NOTES_STEP 8

static bool make_room(tdm__carding *making, tdm__card_work *work)
{
    if (work->note_count < work->note_room)
        return true;
    tdm_str *grown = tdm__arena_array(&making->card->arena, work->note_room + NOTES_STEP, sizeof *grown);
    for (size_t i = 0; grown && i < work->note_count; i++)
        grown[i] = work->notes[i];
    if (grown) {
        work->notes = grown;
        work->note_room += NOTES_STEP;
    }
    return grown != NULL;
}

static tdm_str written(tdm__arena *arena, const char *format, va_list arguments) TDM_PRINTF(2, 0);
static tdm_str written(tdm__arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *words = length < 0 ? NULL : tdm__arena_alloc(arena, (size_t)length + 1);
    if (words)
        vsnprintf(words, (size_t)length + 1, format, again);
    va_end(again);
    return (tdm_str){words, words ? (size_t)length : 0};
}

tdm_status tdm__card_note(tdm__carding *making, tdm__card_work *work, const char *format, ...)
{
    va_list arguments;
    if (!make_room(making, work))
        return TDM_NO_MEMORY;
    va_start(arguments, format);
    tdm_str note = written(&making->card->arena, format, arguments);
    va_end(arguments);
    work->notes[work->note_count++] = note;
    work->out->notes = work->notes;
    work->out->note_count = work->note_count;
    return note.data ? TDM_OK : TDM_NO_MEMORY;
}

/* --- commentary --- */

static bool is_of_group(const tdm__card_comment *comment, const tdm__card_group *group, size_t number)
{
    if (number == 0)
        return comment->group.length == 0 || tdm__str_equal(comment->group, TDM_LIT("all"));
    return (group->code.length > 0 && tdm__str_equal(comment->group, group->code)) ||
           tdm__str_equal(comment->group, group->name);
}

static bool is_of_period(const tdm__card_comment *comment, const tdm__card_period *period, size_t number)
{
    char from[TDM_DATE_TEXT_SIZE];
    tdm_date_format(from, (tdm_date){period->from, period->from, 0});
    return tdm__str_equal(comment->period, period->name) ||
           (number == 0 ? comment->period.length == 0 : tdm__str_equal(comment->period, tdm__str(from)));
}

static bool lay(const tdm_scorecard *card, const tdm__card_work *work, const tdm__card_comment *comment)
{
    bool found = false;
    for (size_t i = 0; i < work->out->figure_count; i++) {
        tdm__card_figure *figure = &work->figures[i];
        if (figure->line != TDM_NO_INDEX ||
            !is_of_group(comment, &card->groups[figure->group], figure->group) ||
            !is_of_period(comment, &card->periods[figure->period], figure->period))
            continue;
        figure->commentary = comment->text;
        found = true;
    }
    return found;
}

static tdm_status lay_all(size_t *unmatched, tdm__carding *making, tdm__card_work *works, size_t count)
{
    *unmatched = 0;
    for (size_t i = 0; i < making->options->comment_count; i++) {
        tdm__card_comment comment = making->options->comments[i];
        bool found = false;
        comment.text = tdm__arena_copy(&making->card->arena, comment.text);
        if (!comment.text.data)
            return TDM_NO_MEMORY;
        for (size_t m = 0; m < count; m++)
            if (tdm__str_equal(works[m].measure->id, comment.measure))
                found = lay(making->card, &works[m], &comment) || found;
        *unmatched += !found;
    }
    return TDM_OK;
}

static size_t count_without(const tdm__card_work *works, size_t count)
{
    size_t without = 0;
    for (size_t m = 0; m < count; m++)
        for (size_t i = 0; i < works[m].out->figure_count; i++)
            without += works[m].figures[i].moved && works[m].figures[i].commentary.length == 0;
    return without;
}

/* --- the whole --- */

#define NOTES_OF_THE_WHOLE 4

/* The next note of the whole, to be filled in. */
typedef struct notes {
    tdm__carding *making;
    tdm_str *items;
    size_t count;
    tdm_status status;
} notes;

static void add(notes *n, const char *format, ...) TDM_PRINTF(2, 3);
static void add(notes *n, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tdm_str note = written(&n->making->card->arena, format, arguments);
    va_end(arguments);
    n->items[n->count++] = note;
    n->status = note.data ? n->status : TDM_NO_MEMORY;
}

static bool gives_rates(const tdm__card_work *works, size_t count)
{
    for (size_t m = 0; m < count; m++)
        for (size_t i = 0; i < works[m].out->figure_count; i++)
            if (works[m].figures[i].rate_tenths >= 0)
                return true;
    return false;
}

tdm_status tdm__card_close(tdm__carding *making, tdm__card_work *works, size_t count)
{
    tdm_scorecard *card = making->card;
    size_t unmatched;
    notes n = {making, tdm__arena_array(&card->arena, NOTES_OF_THE_WHOLE, sizeof *n.items), 0, TDM_OK};
    tdm_status status = n.items ? lay_all(&unmatched, making, works, count) : TDM_NO_MEMORY;
    if (status != TDM_OK)
        return status;
    card->without_commentary = count_without(works, count);
    if (card->as_of < card->to) {
        char day[TDM_DATE_TEXT_SIZE];
        tdm_date_words(day, (tdm_date){card->as_of, card->as_of, 0});
        add(&n, "The period ends after %s, the day as of which it is counted: what came later is not in it.",
            day);
    }
    if (gives_rates(works, count) && tdm_day_add_months(card->from, 12) - 1 != card->to)
        add(&n, "Rates are of the period as it is, not of a year.");
    if (unmatched > 0)
        add(&n, "%zu %s of the commentary file %s on no figure that is here.", unmatched,
            unmatched == 1 ? "comment" : "comments", unmatched == 1 ? "is" : "are");
    card->notes = n.items;
    card->note_count = n.count;
    return n.status;
}
