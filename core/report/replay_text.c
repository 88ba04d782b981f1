/*
 * A replay for a terminal: a table a child, then what never came, and what could not be asked.
 */
#include "report/limits.h"
#include "report/replay_words.h"
#include "report/terminal.h"

static void say_head(tdm__terminal *t, const tdm__replay *replay)
{
    const tdm_run *run = replay->run;
    char as_of[TDM__WORDS_SIZE];
    tdm__day_words(as_of, run->as_of);
    tdm__say(t, TDM__HEADING, 0, 0, "What could have been known, day by day");
    for (size_t i = 0; tdm__replay_explained[i]; i++)
        tdm__say(t, TDM__PLAIN, 0, 0, "%r", tdm__replay_explained[i]);
    tdm__blank_line(t);
    if (run->case_id.length > 0)
        tdm__say(t, TDM__PLAIN, 0, 10, "Case:     %p", run->case_id);
    tdm__say(t, TDM__PLAIN, 0, 10, "As of:    %c (from: %p)", as_of, run->as_of_from);
    tdm__say_missing(t, run->chronology);
    tdm__say(t, TDM__PLAIN, 0, 10, "Policy:   %p", run->policy_title);
}

static void say_table(tdm__terminal *t, const tdm__replay *replay, const tdm__replayed_child *child)
{
    tdm__columns columns = {.count = TDM__REPLAY_CELLS, .indent = 2, .right = {[TDM__REPLAY_LAG] = true}};
    tdm__replay_cells cells;
    tdm_str headings[TDM__REPLAY_CELLS];
    bool any = false;
    for (int i = 0; i < TDM__REPLAY_CELLS; i++)
        headings[i] = tdm__str(tdm__replay_headings[i]);
    for (size_t i = 0; i < child->count; i++)
        any = any || tdm__replay_fired(&child->items[i]);
    if (!any)
        return;
    tdm__columns_measure(&columns, t, headings);
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1)
            tdm__columns_write(&columns, t, headings);
        for (size_t i = 0; i < child->count; i++) {
            if (!tdm__replay_fired(&child->items[i]))
                continue;
            tdm__replay_cells_of(&cells, replay, &child->items[i]);
            if (pass == 0)
                tdm__columns_measure(&columns, t, cells.cells);
            else
                tdm__columns_write(&columns, t, cells.cells);
        }
    }
}

static bool came_on_no_day(const tdm__replayed *item)
{
    return !tdm__replay_fired(item) && item->days_not_assessed == 0;
}

static bool was_not_assessed(const tdm__replayed *item)
{
    return item->days_not_assessed > 0;
}

/* The indicators of a sort below its heading, an id a line; nothing where there are none. */
static void say_rest(tdm__terminal *t, const tdm__replay *replay, const tdm__replayed_child *child,
                     bool (*is_of)(const tdm__replayed *item), const char *heading)
{
    bool any = false;
    for (size_t i = 0; i < child->count; i++) {
        const tdm__replayed *item = &child->items[i];
        tdm_str id = replay->run->indicators[item->indicator].indicator->id;
        if (!is_of(item))
            continue;
        if (!any)
            tdm__say(t, TDM__PLAIN, 2, 4, "%r", heading);
        any = true;
        if (item->reason)
            tdm__say(t, TDM__PLAIN, 4, 6, "%p: on %d of these days, at last because %p (%c)", id,
                     (int)item->days_not_assessed, item->reason_words, item->reason);
        else
            tdm__say(t, TDM__PLAIN, 4, 6, "%p", id);
    }
}

static void say_child(tdm__terminal *t, const tdm__replay *replay, const tdm__replayed_child *child)
{
    const tdm__child *about = tdm__chronology_child(replay->run->chronology, child->child);
    char words[TDM__CHILD_WORDS_SIZE], period[TDM__REPLAY_WORDS_SIZE];
    tdm__child_words(words, replay->run, about);
    tdm__replay_child_words(period, replay, child);
    tdm__blank_line(t);
    tdm__say(t, TDM__HEADING, 0, 2, "Child %p, %c", about->id, words);
    tdm__say(t, TDM__PLAIN, 2, 2, "%c", period);
    if (child->from == TDM_DAY_NONE)
        return;
    say_table(t, replay, child);
    say_rest(t, replay, child, came_on_no_day, "Met or possible on none of these days:");
    say_rest(t, replay, child, was_not_assessed, "Not assessed:");
}

tdm_status tdm__report_replay_text(const tdm__replay *replay, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error)
{
    tdm__terminal terminal;
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm__terminal_init(&terminal, &replay->run->allocator, sink, chosen.width, chosen.colour);
    say_head(&terminal, replay);
    for (size_t i = 0; i < replay->child_count && terminal.out.status == TDM_OK; i++)
        say_child(&terminal, replay, &replay->children[i]);
    return tdm__terminal_end(&terminal, error);
}
