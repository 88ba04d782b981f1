/*
 * The page of a scorecard: one file, no script, no request to anywhere, that can be put before a board. Its
 * head, its contents, the order of its parts.
 */
#include "report/scorecard_html.h"

static bool same_group(const tdm__card_measure *a, const tdm__card_measure *b)
{
    return tdm__str_equal(a->measure->group, b->measure->group);
}

static void put_file(tdm__card_page *w, const char *term, tdm_str name)
{
    if (name.length > 0)
        tdm__put(&w->page.out, "<dt>%z</dt><dd>%h</dd>", term, name);
}

static void put_sources(tdm__card_page *w)
{
    tdm__put(&w->page.out, "<dt>Sources</dt><dd>");
    for (size_t i = 0; i < w->card->account_count; i++) {
        const tdm__account *account = &w->card->accounts[i];
        tdm__put(&w->page.out, "%r%h%r%h%r", i > 0 ? ", " : "", account->file,
                 account->sheet.length > 0 ? " (" : "", account->sheet, account->sheet.length > 0 ? ")" : "");
    }
    tdm__put(&w->page.out, "%r</dd>", w->card->account_count == 0 ? "none" : "");
}

static void put_facts(tdm__card_page *w)
{
    const tdm_scorecard *card = w->card;
    tdm__output *out = &w->page.out;
    char period[TDM__WORDS_SIZE], as_of[TDM__WORDS_SIZE];
    tdm__period_words(period, card->from, card->to);
    tdm__day_words(as_of, card->as_of);
    tdm__put(out, "<dl class=\"facts\"><dt>Period</dt><dd>%z</dd><dt>As of</dt><dd>%z</dd>", period, as_of);
    if (card->by != TDM__BY_NOTHING || card->by_period.length > 0)
        tdm__put(out, "<dt>Parted by</dt><dd>%z%r%h</dd>", tdm__by_code(card->by),
                 card->by != TDM__BY_NOTHING && card->by_period.length > 0 ? " and " : "", card->by_period);
    if (card->diagnostics)
        put_sources(w);
    put_file(w, "Counted", card->counted);
    put_file(w, "Areas", card->areas_name);
    put_file(w, "Beside", card->compare_name);
    put_file(w, "Commentary", card->commentary_name);
    tdm__put(out, "<dt>Policy</dt><dd>%h", card->policy_title);
    for (size_t i = 0; i < card->policy_file_count; i++)
        tdm__put(out, "%r%h", i == 0 ? " (" : ", ", card->policy_files[i].name);
    tdm__put(out, "%r</dd></dl>\n", card->policy_file_count > 0 ? ")" : "");
}

static void put_stance(tdm__card_page *w)
{
    tdm__output *out = &w->page.out;
    tdm__put(out, "<div class=\"stance\"><p><strong>How to read this.</strong></p>\n");
    for (const char *const *line = tdm__card_stance; *line; line++)
        tdm__put(out, "<p>%z</p>\n", *line);
    tdm__put_legend(&w->text, w->card);
    tdm__put(out, "<p>%h</p></div>\n", tdm__text_str(&w->text));
    tdm__text_clear(&w->text);
}

static void put_contents(tdm__card_page *w)
{
    const tdm_scorecard *card = w->card;
    tdm__output *out = &w->page.out;
    tdm__put(out, "<nav aria-label=\"Contents\"><ul class=\"contents\"><li><a href=\"#glance\">At a "
                  "glance</a></li>\n");
    for (size_t i = 0; i < card->measure_count; i++) {
        const tdm__card_measure *measure = &card->measures[i];
        if (i == 0 || !same_group(measure, measure - 1)) {
            char words[TDM__WORDS_SIZE];
            tdm__code_as_words(words, measure->measure->group);
            tdm__put(out, "<li><a href=\"#group-%a\">%z</a><ul>", measure->measure->group, words);
        }
        tdm__put(out, "<li><a href=\"#measure-%a\">%h</a></li>", measure->measure->id,
                 measure->measure->title);
        if (i + 1 == card->measure_count || !same_group(measure, measure + 1))
            tdm__put(out, "</ul></li>\n");
    }
    tdm__put(out, "%r</ul></nav>\n",
             card->diagnostics ? "<li><a href=\"#diagnostics\">Doubtful or not usable</a></li><li><a "
                                 "href=\"#accounting\">Rows of each input</a></li>"
                               : "");
}

static void put_head(tdm__card_page *w)
{
    char period[TDM__WORDS_SIZE];
    tdm__output *out = &w->page.out;
    tdm__period_words(period, w->card->from, w->card->to);
    tdm__html_open(out);
    tdm__put(out, "Scorecard, %z", period);
    tdm__html_opened(out, tdm__scorecard_style);
    tdm__put(out,
             "<a class=\"skip\" href=\"#main\">Skip to the figures</a>\n<header>\n<h1>Scorecard, %z</h1>\n",
             period);
    put_facts(w);
    put_stance(w);
    put_contents(w);
    tdm__put(out, "</header>\n");
}

/* --- at a glance --- */

static void put_glance_row(tdm__card_page *w, const tdm__card_measure *measure)
{
    tdm__output *out = &w->page.out;
    const tdm__card_figure *figure = tdm__card_figure_of(measure, 0, 0, TDM_NO_INDEX);
    tdm__put(out, "<tr><th scope=\"row\"><a href=\"#measure-%a\">%h</a></th><td class=\"number\">",
             measure->measure->id, measure->measure->title);
    if (measure->reason)
        tdm__put(out, "<a href=\"#definition-%a\">not assessed</a></td><td>%h</td><td></td></tr>\n",
                 measure->measure->id, measure->words);
    if (measure->reason)
        return;
    tdm__card_html_headline(w, measure, 0);
    tdm__put(out, "</td><td>");
    tdm__put_headline_words(&w->text, measure, 0, 0);
    if (w->text.failed && out->status == TDM_OK)
        out->status = TDM_NO_MEMORY;
    tdm__put(out, "%h</td><td>%r%r</td></tr>\n", tdm__text_str(&w->text),
             tdm__card_given(figure) && figure->moved ? "beyond its limits" : "",
             tdm__card_wants_words(figure) ? ", <strong>no commentary</strong>" : "");
    tdm__text_clear(&w->text);
}

static size_t count_wanted(const tdm__card_measure *measure)
{
    size_t wanted = 0;
    for (size_t i = 0; i < measure->figure_count; i++)
        wanted += tdm__card_wants_words(&measure->figures[i]) ? 1 : 0;
    return wanted;
}

/* Which measures want a word from whoever knows, and for how many of their figures. */
static void put_wanted(tdm__card_page *w)
{
    tdm__output *out = &w->page.out;
    size_t told = 0;
    for (size_t i = 0; i < w->card->measure_count; i++) {
        const tdm__card_measure *measure = &w->card->measures[i];
        size_t wanted = count_wanted(measure);
        if (wanted == 0)
            continue;
        tdm__put(out, "%r<a href=\"#measure-%a\">%h</a> (%d)",
                 told++ > 0 ? ", " : "<p><strong>Moved beyond their limits, without a commentary:</strong> ",
                 measure->measure->id, measure->measure->title, (int)wanted);
    }
    tdm__put(out, "%r", told > 0 ? "</p>\n" : "");
}

static void put_glance(tdm__card_page *w)
{
    static const char *const headings[] = {"Measure", "#Figure", "What it is of", "Moved", NULL};
    const tdm_scorecard *card = w->card;
    tdm__output *out = &w->page.out;
    tdm__put(out, "<section><h2 id=\"glance\">At a glance</h2>\n");
    put_wanted(w);
    for (size_t i = 0; i < card->note_count; i++)
        tdm__put(out, "<p>%h</p>\n", card->notes[i]);
    tdm__html_table(&w->page, "glance", TDM_LIT("At a glance: everything, the whole period"), headings);
    for (size_t i = 0; i < card->measure_count; i++) {
        const tdm__card_measure *measure = &card->measures[i];
        if (i == 0 || !same_group(measure, measure - 1)) {
            char words[TDM__WORDS_SIZE];
            tdm__code_as_words(words, measure->measure->group);
            tdm__put(out, "%r<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"4\">%z</th></tr>\n",
                     i > 0 ? "</tbody><tbody>\n" : "", words);
        }
        put_glance_row(w, measure);
    }
    tdm__html_table_end(&w->page);
    tdm__put(out, "</section>\n");
}

/* Counted, not row by row: this page is for a board. */
static void put_diagnostics(tdm__card_page *w)
{
    static const char *const headings[] = {"Code", "Severity", "#Times", "For example", NULL};
    tdm__diagnosed *rows;
    size_t count;
    tdm__arena_reset(&w->arena);
    tdm_status status = tdm__card_diagnosed(&rows, &count, &w->arena, w->card);
    if (status != TDM_OK && w->page.out.status == TDM_OK)
        w->page.out.status = status;
    tdm__put(&w->page.out, "<section><h2 id=\"diagnostics\">Doubtful or not usable</h2>\n%r",
             count == 0 ? "<p>Nothing was reported.</p>" : "");
    if (count > 0 && status == TDM_OK) {
        tdm__html_table(&w->page, "diagnostics", TDM_LIT("Doubtful or not usable, counted"), headings);
        for (size_t i = 0; i < count; i++) {
            tdm__put_thousands(&w->text, rows[i].times);
            tdm__put(&w->page.out,
                     "<tr><th scope=\"row\">%z</th><td>%z</td><td class=\"number\">%h</td><td>%h</td></tr>\n",
                     rows[i].code, tdm__severity_code(rows[i].severity), tdm__text_str(&w->text),
                     rows[i].example);
            tdm__text_clear(&w->text);
        }
        tdm__html_table_end(&w->page);
    }
    tdm__put(&w->page.out, "</section>\n");
}

static void put_measures(tdm__card_page *w)
{
    const tdm_scorecard *card = w->card;
    for (size_t i = 0; i < card->measure_count && w->page.out.status == TDM_OK; i++) {
        const tdm__card_measure *measure = &card->measures[i];
        if (i == 0 || !same_group(measure, measure - 1)) {
            char words[TDM__WORDS_SIZE];
            tdm__code_as_words(words, measure->measure->group);
            tdm__put(&w->page.out, "<section class=\"measures\"><h2 id=\"group-%a\">%z</h2>\n",
                     measure->measure->group, words);
        }
        tdm__card_html_measure(w, measure);
        if (i + 1 == card->measure_count || !same_group(measure, measure + 1))
            tdm__put(&w->page.out, "</section>\n");
    }
}

tdm_status tdm__report_scorecard_html(const tdm_scorecard *card, const tdm__report_options *options,
                                      tdm_sink sink, tdm_error *error)
{
    tdm__card_page w = {.card = card, .sources = tdm__card_sources(card)};
    w.page.run = &w.sources;
    w.page.options = tdm__report_options_of(options);
    tdm__output_init(&w.page.out, &card->allocator, sink);
    tdm__arena_init(&w.arena, &card->allocator);
    tdm__text_init(&w.text, &card->allocator);
    put_head(&w);
    tdm__put(&w.page.out, "<main id=\"main\">\n");
    put_glance(&w);
    put_measures(&w);
    if (card->diagnostics) {
        put_diagnostics(&w);
        tdm__html_accounting(&w.page);
    }
    tdm__put(&w.page.out,
             "</main>\n<footer><p>Tidemark %z. Policy SHA-256 %z.</p></footer>\n</body>\n</html>\n",
             tdm_version(), card->policy_hash);
    if (w.text.failed && w.page.out.status == TDM_OK)
        w.page.out.status = TDM_NO_MEMORY;
    tdm__text_free(&w.text);
    tdm__arena_free(&w.arena);
    return tdm__output_end(&w.page.out, error);
}
