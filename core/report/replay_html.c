/*
 * A replay as a page: for each child its picture with the strip under it, the table, and what never came
 * or could not be asked.
 */
#include "report/html.h"
#include "report/limits.h"
#include "report/replay_strip.h"

static const char *const replay_style[] = {
    ".strip,.picture.replay{display:block;max-width:100%;height:auto;min-width:720px}\n"
    "table.replay{min-width:760px}table.replay td{white-space:normal}\n"
    "@media print{.strip,.picture.replay{min-width:0}table.replay{min-width:0}}\n",
    NULL};

static void put_header(tdm__page *page)
{
    const tdm_run *run = page->run;
    char as_of[TDM__WORDS_SIZE];
    tdm__day_words(as_of, run->as_of);
    tdm__html_open(&page->out);
    tdm__put(&page->out, "What could have been known%r%h", run->case_id.length > 0 ? ": case " : "",
             run->case_id);
    tdm__html_opened(&page->out, replay_style);
    tdm__put(&page->out, "<header>\n<h1>What could have been known, day by day</h1>\n<dl class=\"facts\">");
    if (run->case_id.length > 0)
        tdm__put(&page->out, "<dt>Case</dt><dd>%h</dd>", run->case_id);
    tdm__put(&page->out, "<dt>As of</dt><dd>%z (from: %h)</dd><dt>Policy</dt><dd>%h</dd></dl>\n", as_of,
             run->as_of_from, run->policy_title);
    tdm__missing_html(&page->out, run->chronology);
    tdm__put(&page->out, "<div class=\"stance\">");
    for (size_t i = 0; tdm__replay_explained[i]; i++)
        tdm__put(&page->out, "<p>%z</p>", tdm__replay_explained[i]);
    tdm__put(&page->out, "</div>\n</header>\n");
}

static void put_table(tdm__page *page, const tdm__replay *replay, const tdm__replayed_child *child)
{
    tdm__replay_cells cells;
    tdm__html_table(page, "replay", TDM_LIT("First days of each indicator"), tdm__replay_headings);
    for (size_t i = 0; i < child->count; i++) {
        if (!tdm__replay_fired(&child->items[i]))
            continue;
        tdm__replay_cells_of(&cells, replay, &child->items[i]);
        tdm__put(&page->out, "<tr><th scope=\"row\">%h</th>", cells.cells[TDM__REPLAY_ID]);
        for (int cell = TDM__REPLAY_ID + 1; cell < TDM__REPLAY_CELLS; cell++)
            tdm__put(&page->out, "<td>%h</td>", cells.cells[cell]);
        tdm__put(&page->out, "</tr>\n");
    }
    tdm__html_table_end(page);
}

static void put_never(tdm__page *page, const tdm__replay *replay, const tdm__replayed_child *child)
{
    bool any = false;
    for (size_t i = 0; i < child->count; i++) {
        const tdm__replayed *item = &child->items[i];
        if (tdm__replay_fired(item) || item->days_not_assessed > 0)
            continue;
        tdm__put(&page->out, "%r%h", any ? ", " : "<p>Met or possible on none of these days: ",
                 replay->run->indicators[item->indicator].indicator->id);
        any = true;
    }
    tdm__put(&page->out, "%r", any ? ".</p>\n" : "");
    any = false;
    for (size_t i = 0; i < child->count; i++) {
        const tdm__replayed *item = &child->items[i];
        if (item->days_not_assessed == 0)
            continue;
        tdm__put(&page->out, "%r<li>%h: on %d of these days, at last because %h</li>\n",
                 any ? "" : "<p>Not assessed:</p><ul>",
                 replay->run->indicators[item->indicator].indicator->id, (int)item->days_not_assessed,
                 item->reason_words);
        any = true;
    }
    tdm__put(&page->out, "%r", any ? "</ul>\n" : "");
}

static const tdm__shape above_strip = {
    "replay", TDM__STRIP_WIDTH, TDM__STRIP_LEFT, TDM__STRIP_RIGHT, 120, false, 4, true};

/* The picture of the child, and under it the strip on the same axis. */
static tdm_status put_figure(tdm__page *page, const tdm__replay *replay, size_t number, tdm__arena *arena)
{
    const tdm__replayed_child *child = &replay->children[number - 1];
    tdm__picture picture = {.out = &page->out,
                            .run = page->run,
                            .child = &page->run->children[number - 1],
                            .position = number - 1,
                            .shape = &above_strip,
                            .options = &page->options,
                            .arena = arena};
    tdm_status status = tdm__picture_prepare(&picture);
    if (status != TDM_OK)
        return status;
    tdm__put(
        &page->out,
        "<figure><figcaption>The record as it stands, and below it what could have been known. A bar begins "
        "on the day from which it could have been known and runs to the last day asked; it does not say that "
        "it still holds.</figcaption><div class=\"scroll\" role=\"group\" tabindex=\"0\" "
        "aria-label=\"Picture "
        "and strip\">");
    tdm_day first = child->from, last = replay->to;
    if (!picture.empty) {
        status = tdm__picture_draw(&picture);
        first = picture.axis.first;
        last = picture.axis.last;
    }
    tdm__replay_strip(&page->out, replay, number, first, last);
    tdm__put(&page->out, "</div></figure>\n");
    return status;
}

static tdm_status put_child(tdm__page *page, const tdm__replay *replay, size_t number)
{
    const tdm__replayed_child *child = &replay->children[number - 1];
    const tdm__child *about = tdm__chronology_child(page->run->chronology, child->child);
    char words[TDM__CHILD_WORDS_SIZE], period[TDM__REPLAY_WORDS_SIZE];
    bool any = false;
    tdm_status status = TDM_OK;
    tdm__child_words(words, page->run, about);
    tdm__replay_child_words(period, replay, child);
    tdm__put(&page->out, "<section><h2>Child %h</h2>\n<p>%z</p>\n<p>%z</p>\n", about->id, words, period);
    for (size_t i = 0; i < child->count && child->from != TDM_DAY_NONE; i++)
        any = any || tdm__replay_fired(&child->items[i]);
    if (any) {
        tdm__arena arena;
        tdm__arena_init(&arena, &page->run->allocator);
        status = put_figure(page, replay, number, &arena);
        tdm__arena_free(&arena);
        put_table(page, replay, child);
    }
    if (child->from != TDM_DAY_NONE)
        put_never(page, replay, child);
    tdm__put(&page->out, "</section>\n");
    return status;
}

tdm_status tdm__report_replay_html(const tdm__replay *replay, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error)
{
    tdm__page page = {.run = replay->run, .options = tdm__report_options_of(options)};
    tdm__output_init(&page.out, &replay->run->allocator, sink);
    put_header(&page);
    tdm__put(&page.out, "<main id=\"main\">\n");
    for (size_t i = 0; i < replay->child_count && page.out.status == TDM_OK; i++) {
        tdm_status status = put_child(&page, replay, i + 1);
        if (page.out.status == TDM_OK)
            page.out.status = status;
    }
    tdm__put(&page.out,
             "</main>\n<footer><p>Tidemark %z. Policy SHA-256 %z.</p></footer>\n</body>\n</html>\n",
             tdm_version(), replay->run->policy_hash);
    return tdm__output_end(&page.out, error);
}
