/*
 * One measure on the page: its number, charts, tables, what is said of it, its definition.
 */
#include "report/measures_doc.h"
#include "report/scorecard_charts.h"
#include "report/scorecard_html.h"

#include <string.h>

/* What was put together, which is then forgotten. */
static void put_text(tdm__card_page *w)
{
    if (w->text.failed && w->page.out.status == TDM_OK)
        w->page.out.status = TDM_NO_MEMORY;
    tdm__put(&w->page.out, "%h", tdm__text_str(&w->text));
    tdm__text_clear(&w->text);
}

void tdm__card_html_headline(tdm__card_page *w, const tdm__card_measure *measure, uint32_t group)
{
    tdm__put(&w->page.out, "<a href=\"#definition-%a\">", measure->measure->id);
    tdm__put_headline(&w->text, measure, 0, group);
    put_text(w);
    tdm__put(&w->page.out, "</a>");
}

/* --- tables --- */

/* The part in brackets has a line of its own where the column is narrow. */
static void put_number_cell(tdm__card_page *w, tdm_str words)
{
    size_t at = 0;
    while (at + 1 < words.length && !(words.data[at] == ' ' && words.data[at + 1] == '('))
        at++;
    if (at + 1 >= words.length)
        at = words.length;
    size_t behind = at < words.length ? at + 1 : at; /* the blank stands between the two */
    tdm_str rest = {words.data + behind, words.length - behind};
    tdm__put(&w->page.out, "<td class=\"number\"><span>%h</span>%r%h%r</td>", (tdm_str){words.data, at},
             rest.length > 0 ? " <span>" : "", rest, rest.length > 0 ? "</span>" : "");
}

static void put_cell(tdm__card_page *w, const tdm__card_table *table, size_t row, size_t column)
{
    const tdm__card_cell *cell = &table->cells[row * table->column_count + column];
    if (column < table->heads)
        tdm__put(&w->page.out, "<th scope=\"row\">%h</th>", cell->words);
    else if (table->numbers[column] && cell->words.length > 0)
        put_number_cell(w, cell->words);
    else
        tdm__put(&w->page.out, "<td>%h</td>", cell->words);
}

static bool is_total(const tdm__card_page *w, const tdm__card_table *table, size_t row)
{
    bool parted = w->card->group_count > 1;
    size_t lines = table->row_count / (w->card->period_count * w->card->group_count);
    return parted && strcmp(table->code, "trend") != 0 && strcmp(table->code, "peers") != 0 && lines > 0 &&
           row / lines % w->card->group_count == 0;
}

static void put_table(tdm__card_page *w, const tdm__card_measure *measure, const tdm__card_table *table)
{
    tdm__output *out = &w->page.out;
    tdm__put(out,
             "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"%a: %z\"><table "
             "class=\"card\"><caption>%z (<a href=\"#definition-%a\">definition</a>)</caption>"
             "<thead><tr>",
             measure->measure->title, table->title, table->title, measure->measure->id);
    for (size_t i = 0; i < table->column_count; i++)
        tdm__put(out, "<th scope=\"col\"%r>%h</th>", table->numbers[i] ? " class=\"number\"" : "",
                 table->headings[i]);
    tdm__put(out, "</tr></thead><tbody>\n");
    for (size_t row = 0; row < table->row_count; row++) {
        tdm__put(out, "<tr%r>", is_total(w, table, row) ? " class=\"total\"" : "");
        for (size_t column = 0; column < table->column_count; column++)
            put_cell(w, table, row, column);
        tdm__put(out, "</tr>\n");
    }
    tdm__html_table_end(&w->page);
}

static void put_tables(tdm__card_page *w, const tdm__card_measure *measure)
{
    tdm__card_tables tables;
    tdm_status status = tdm__card_tables_of(&tables, &w->arena, w->card, measure, true);
    if (status != TDM_OK && w->page.out.status == TDM_OK)
        w->page.out.status = status;
    for (size_t i = 0; i < tables.count && status == TDM_OK; i++)
        put_table(w, measure, &tables.items[i]);
}

static void put_footnotes(tdm__card_page *w, const tdm__card_measure *measure)
{
    const tdm_str *notes;
    size_t count;
    tdm_status status = tdm__card_footnotes(&notes, &count, &w->arena, w->card, measure);
    if (status != TDM_OK) {
        w->page.out.status = w->page.out.status == TDM_OK ? status : w->page.out.status;
        return;
    }
    tdm__put(&w->page.out, "%r", count > 0 ? "<ul class=\"foot\">\n" : "");
    for (size_t i = 0; i < count; i++)
        tdm__put(&w->page.out, "<li>%h</li>\n", notes[i]);
    tdm__put(&w->page.out, "%r", count > 0 ? "</ul>\n" : "");
}

/* --- what is said of it --- */

static void put_of(tdm__card_page *w, const tdm__card_figure *figure)
{
    if (w->card->group_count > 1) {
        tdm__put_group_words(&w->text, w->card, figure->group);
        tdm__text_puts(&w->text, ", ");
    }
    tdm__text_add(&w->text, w->card->periods[figure->period].name);
    tdm__text_puts(&w->text, ": ");
    put_text(w);
}

static void put_commentary(tdm__card_page *w, const tdm__card_measure *measure)
{
    tdm__output *out = &w->page.out;
    size_t said = 0, wanted = 0;
    for (size_t i = 0; i < measure->figure_count; i++) {
        said += measure->figures[i].commentary.length > 0 ? 1 : 0;
        wanted += tdm__card_wants_words(&measure->figures[i]) ? 1 : 0;
    }
    tdm__put(out, "<div class=\"commentary%r\"><h4>Commentary</h4>\n", wanted > 0 ? " wanted" : "");
    for (size_t i = 0; i < measure->figure_count; i++) {
        const tdm__card_figure *figure = &measure->figures[i];
        bool missing = tdm__card_wants_words(figure);
        if (figure->commentary.length == 0 && !missing)
            continue;
        tdm__put(out, "<p><span class=\"of\">");
        put_of(w, figure);
        tdm__put(out,
                 missing ? "</span><strong>moved beyond its limits, and nothing is said of "
                           "it.</strong></p>\n"
                         : "</span>%h</p>\n",
                 figure->commentary);
    }
    tdm__put(out, "%r</div>\n",
             said == 0 || wanted > 0 ? "<div class=\"ruled\"><div></div><div></div><div></div></div>" : "");
}

/* --- the definition --- */

static void put_list(tdm__card_page *w, const char *term, const tdm_str *items, size_t count)
{
    if (count == 0)
        return;
    tdm__put(&w->page.out, "<dt>%z</dt><dd><ul>", term);
    for (size_t i = 0; i < count; i++)
        tdm__put(&w->page.out, "<li>%h</li>", items[i]);
    tdm__put(&w->page.out, "</ul></dd>\n");
}

static void put_standing(tdm__card_page *w, const tdm__measure *measure)
{
    tdm_run as_of = {.as_of = w->card->as_of};
    size_t told = 0;
    for (size_t i = 0; i < measure->standing_count; i++)
        if (tdm__standing_holds(&as_of, &measure->standings[i]))
            tdm__put(&w->page.out, "%r%h", told++ > 0 ? ", " : "<dt>Standing</dt><dd>",
                     tdm__standing_words(measure->standings[i].code));
    tdm__put(&w->page.out, "%r", told > 0 ? "</dd>\n" : "");
}

static void put_params(tdm__card_page *w, const tdm__card_measure *measure)
{
    static const char *const headings[] = {"Parameter", "Value", "Meaning", "Set by", NULL};
    if (measure->measure->param_count == 0)
        return;
    tdm__text_puts(&w->text, "Parameters of ");
    tdm__text_add(&w->text, measure->measure->title);
    if (w->text.failed && w->page.out.status == TDM_OK)
        w->page.out.status = TDM_NO_MEMORY;
    tdm__html_table(&w->page, "params", tdm__text_str(&w->text), headings);
    tdm__text_clear(&w->text);
    for (size_t i = 0; i < measure->measure->param_count; i++) {
        const tdm__effective_param *param = &measure->params[i];
        tdm__put(&w->page.out,
                 "<tr><th scope=\"row\">%h</th><td>%h</td><td>%h</td><td class=\"place\">%h</td></tr>\n",
                 param->param->name, param->words, param->param->doc, param->from);
    }
    tdm__html_table_end(&w->page);
}

static void put_breaks(tdm__card_page *w, const tdm__measure *measure)
{
    if (measure->break_count == 0)
        return;
    tdm__put(&w->page.out, "<dt>Changes</dt><dd><ul>");
    for (size_t i = 0; i < measure->break_count; i++) {
        char day[TDM__WORDS_SIZE];
        tdm__day_words(day, measure->breaks[i].from);
        tdm__put(&w->page.out, "<li>from %z: %h</li>", day, measure->breaks[i].note);
    }
    tdm__put(&w->page.out, "</ul></dd>\n");
}

static void put_details(tdm__card_page *w, const tdm__card_measure *measure)
{
    const tdm__measure *file = measure->measure;
    put_list(w, "Left out", file->exclusions, file->exclusion_count);
    tdm__put(&w->page.out, "<dt>Rounding</dt><dd>%z</dd>\n", tdm__measures_rounding);
    put_list(w, "Pitfalls", file->pitfalls, file->pitfall_count);
    put_breaks(w, file);
}

/* How to come from the figure to the children behind it. */
static void put_list_command(tdm__card_page *w, const tdm__measure *file)
{
    char from[TDM_DATE_TEXT_SIZE], to[TDM_DATE_TEXT_SIZE];
    tdm__day_iso(from, w->card->from);
    tdm__day_iso(to, w->card->to);
    tdm__put(
        &w->page.out,
        "<dt>Children behind it</dt><dd>for those who may see them: <code>tidemark scorecard INPUT --from "
        "%z --to %z --list %h</code></dd>\n",
        from, to, file->id);
}

static void put_definition(tdm__card_page *w, const tdm__card_measure *measure)
{
    tdm__output *out = &w->page.out;
    const tdm__measure *file = measure->measure;
    tdm__put(out,
             "<div class=\"definition\" id=\"definition-%a\"><h4>Definition</h4>\n<dl class=\"facts\">"
             "<dt>What it is</dt><dd>%h</dd>\n<dt>Counted</dt><dd>%h</dd>\n",
             file->id, measure->definition, measure->numerator);
    if (measure->denominator.length > 0)
        tdm__put(out, "<dt>Out of</dt><dd>%h</dd>\n", measure->denominator);
    /* Of one without a number it is enough to say what it would be. */
    if (!measure->reason)
        put_details(w, measure);
    tdm__put(out, "<dt>Source</dt><dd>%h</dd>\n", file->source);
    put_standing(w, file);
    tdm__put(out, "<dt>Measure</dt><dd>%h %h, %h</dd>\n", file->id, file->version, file->file);
    if (!measure->reason)
        put_list_command(w, file);
    tdm__put(out, "</dl>\n");
    if (!measure->reason)
        put_params(w, measure);
    tdm__put(out, "</div>\n");
}

static void put_figure(tdm__card_page *w, const tdm__card_measure *measure)
{
    const tdm__card_figure *figure = tdm__card_figure_of(measure, 0, 0, TDM_NO_INDEX);
    tdm__output *out = &w->page.out;
    if (measure->reason) {
        tdm__put(out,
                 "<p class=\"figure plain\"><a href=\"#definition-%a\">not assessed</a></p>\n<p>%h "
                 "(%z)</p>\n",
                 measure->measure->id, measure->words, measure->reason);
        return;
    }
    tdm__put(out, "<p class=\"figure%r\">", tdm__card_given(figure) ? "" : " plain");
    tdm__card_html_headline(w, measure, 0);
    tdm__put_headline_words(&w->text, measure, 0, 0);
    put_text(w);
    tdm__put(out, "</p>\n");
}

void tdm__card_html_measure(tdm__card_page *w, const tdm__card_measure *measure)
{
    tdm__arena_reset(&w->arena);
    tdm__put(&w->page.out, "<article class=\"measure\" id=\"measure-%a\"><h3>%h</h3>\n", measure->measure->id,
             measure->measure->title);
    put_figure(w, measure);
    tdm_status status = tdm__card_charts(&w->page.out, &w->arena, w->card, measure);
    if (status != TDM_OK && w->page.out.status == TDM_OK)
        w->page.out.status = status;
    put_tables(w, measure);
    put_footnotes(w, measure);
    if (!measure->reason)
        put_commentary(w, measure);
    put_definition(w, measure);
    tdm__put(&w->page.out, "</article>\n");
}
