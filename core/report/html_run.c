/*
 * What holds for the whole run: definitions and where each number came from, counts of what was
 * not assessed, diagnostics, the account of every input.
 */
#include "report/html.h"

static void put_standing(tdm__page *page, const tdm__indicator *indicator)
{
    bool any = false;
    for (size_t i = 0; i < indicator->standing_count; i++) {
        if (!tdm__standing_holds(page->run, &indicator->standings[i]))
            continue;
        tdm__put(&page->out, "%r%h", any ? ", " : "", tdm__standing_words(indicator->standings[i].code));
        any = true;
    }
}

static void put_params(tdm__page *page, const tdm__effective_indicator *in_force)
{
    static const char *const headings[] = {"Parameter", "Value", "Set by", "Meaning", NULL};
    if (in_force->indicator->param_count == 0)
        return;
    tdm__html_table(page, "params", in_force->indicator->title, headings);
    for (size_t i = 0; i < in_force->indicator->param_count; i++) {
        const tdm__effective_param *param = &in_force->params[i];
        tdm__put(
            &page->out,
            "<tr><th scope=\"row\">%h</th><td>%h</td><td class=\"place\">%h</td><td>%h%r%h%r</td></tr>\n",
            param->param->name, param->words, param->from, param->param->doc,
            param->param->standing.length > 0 ? " (" : "",
            param->param->standing.length > 0 ? tdm__standing_words(param->param->standing) : TDM_LIT(""),
            param->param->standing.length > 0 ? ")" : "");
    }
    tdm__html_table_end(page);
}

void tdm__html_definitions(tdm__page *page)
{
    tdm__put(&page->out, "<section><h2 id=\"definitions\">Definitions and parameters</h2>\n");
    for (size_t i = 0; i < page->run->indicator_count; i++) {
        const tdm__effective_indicator *in_force = &page->run->indicators[i];
        const tdm__indicator *indicator = in_force->indicator;
        tdm__put(&page->out, "<h3 id=\"indicator-%d\">%h</h3>\n<p>%h</p>\n<dl class=\"facts\">", (int)i + 1,
                 indicator->title, indicator->question);
        tdm__put(&page->out, "<dt>Indicator</dt><dd>%h %h</dd>", indicator->id, indicator->version);
        if (!in_force->on)
            tdm__put(&page->out, "<dt>Switched off</dt><dd>by %h: it was not looked at</dd>",
                     in_force->on_from);
        tdm__put(&page->out, "<dt>Definition</dt><dd>%h</dd><dt>Standing</dt><dd>", in_force->definition);
        put_standing(page, indicator);
        tdm__put(&page->out, "</dd><dt>Source</dt><dd>%h</dd><dt>Script</dt><dd>%h, SHA-256 %z</dd></dl>\n",
                 indicator->source, indicator->file, indicator->hash);
        put_params(page, in_force);
    }
    tdm__put(&page->out, "</section>\n");
}

void tdm__html_reason_counts(tdm__page *page)
{
    static const char *const headings[] = {"Indicator", "Why", "#Children", NULL};
    tdm__arena arena;
    tdm__reason_count *rows;
    size_t count;
    tdm__arena_init(&arena, &page->run->allocator);
    tdm_status status = tdm__count_reasons(&rows, &count, page->run, &arena);
    if (status != TDM_OK && page->out.status == TDM_OK)
        page->out.status = status;
    tdm__put(&page->out, "<section><h2>Not assessed, and why</h2>\n");
    tdm__html_table(page, "reasons", TDM_LIT("Not assessed, and why"), headings);
    for (size_t i = 0; i < count; i++)
        tdm__put(&page->out, "<tr><th scope=\"row\">%h</th><td>%h</td><td class=\"number\">%d</td></tr>\n",
                 page->run->indicators[rows[i].indicator].indicator->title, rows[i].words,
                 (int)rows[i].children);
    tdm__html_table_end(page);
    tdm__put(&page->out, "</section>\n");
    tdm__arena_free(&arena);
}

void tdm__html_diagnostics(tdm__page *page)
{
    static const char *const headings[] = {"Place", "Column", "Severity", "What", NULL};
    const tdm__diagnostics *list = page->run->diagnostics;
    tdm__put(&page->out, "<section><h2 id=\"diagnostics\">Doubtful or not usable</h2>\n");
    if (!list || list->count == 0) {
        tdm__put(&page->out, "<p>Nothing was reported.</p></section>\n");
        return;
    }
    tdm__html_table(page, "diagnostics", TDM_LIT("Doubtful or not usable"), headings);
    for (size_t i = 0; i < list->count; i++) {
        const tdm__diagnostic *one = &list->items[i];
        tdm__put(&page->out, "<tr><th scope=\"row\" class=\"place\">%h", one->file);
        if (one->row > 0)
            tdm__put(&page->out, ", row %d", (int)one->row);
        tdm__put(&page->out, "</th><td>%h</td><td>%z</td><td>%h (%z)</td></tr>\n", one->column,
                 tdm__severity_code(one->severity), one->message, one->code);
    }
    tdm__html_table_end(page);
    tdm__put(&page->out, "</section>\n");
}

/* %d takes an int; counts of rows can be larger. */
static void put_count(tdm__page *page, int64_t count)
{
    tdm__put(&page->out, "<td class=\"number\">");
    tdm__text_int(&page->out.text, count);
    tdm__put(&page->out, "</td>");
}

void tdm__html_accounting(tdm__page *page)
{
    static const char *const headings[] = {"Input", "Sheet", "#Rows", "#Read", "#Set aside", NULL};
    tdm__put(&page->out, "<section><h2 id=\"accounting\">Rows of each input</h2>\n"
                         "<p>Every row was read or set aside; why it was set aside stands above.</p>\n");
    tdm__html_table(page, "accounting", TDM_LIT("Rows of each input"), headings);
    for (size_t i = 0; i < page->run->account_count; i++) {
        const tdm__account *account = &page->run->accounts[i];
        tdm__put(&page->out, "<tr><th scope=\"row\" class=\"place\">%h</th><td>%h</td>", account->file,
                 account->sheet);
        put_count(page, account->rows);
        put_count(page, account->read);
        put_count(page, account->set_aside);
        tdm__put(&page->out, "</tr>\n");
    }
    tdm__html_table_end(page);
    tdm__put(&page->out, "</section>\n");
}
