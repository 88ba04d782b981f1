/*
 * The page on an indicator as HTML: no script, no request, the style of the other pages.
 */
#include "report/doc_parts.h"
#include "report/html.h"

static const char *const doc_style[] = {
    "table.example{max-width:900px}table.example td:last-child{white-space:nowrap}\n"
    ".indicator>h2{margin-top:52px}.indicator h4{margin-top:20px}\n"
    "@media print{.indicator{break-before:page}.indicator>h2{margin-top:0}"
    "h4,h4+p{break-after:avoid}div.scroll{break-inside:avoid}}\n"
    "@media (max-width:620px){table.params{min-width:520px}table.example{min-width:480px}}\n",
    NULL};

/* The table helper takes a page: only its output is used. */
typedef struct writing {
    tdm__page page;
    const tdm__doc *doc;
    tdm__arena arena; /* of the indicator that is being written */
} writing;

static const tdm__effective_indicator *effective(const writing *w, size_t i)
{
    return &w->doc->indicators[w->doc->first + i];
}

static void put_head(writing *w)
{
    tdm__output *out = &w->page.out;
    bool one = w->doc->count == 1;
    tdm_str title = one ? effective(w, 0)->indicator->title : TDM_LIT("Indicators");
    tdm__html_open(out);
    tdm__put(out, "%h", title);
    tdm__html_opened(out, doc_style);
    tdm__put(out, "<a class=\"skip\" href=\"#main\">Skip to the %r</a>\n<header>\n<h1>%h</h1>\n",
             one ? "page" : "list", one ? title : TDM_LIT("What each prompt means"));
    tdm__put(out, "<dl class=\"facts\"><dt>Policy</dt><dd>%h</dd></dl>\n", w->doc->policy_title);
    tdm__put(out, "<div class=\"stance\"><p>%z</p></div>\n</header>\n<main id=\"main\">\n", tdm__doc_stance);
}

static void put_index(writing *w)
{
    static const char *const headings[] = {"Indicator", "What it asks", "Group", "Switched", NULL};
    tdm__output *out = &w->page.out;
    tdm__html_table(&w->page, "params", TDM_LIT("All indicators"), headings);
    for (size_t i = 0; i < w->doc->count; i++) {
        const tdm__effective_indicator *e = effective(w, i);
        tdm__put(out,
                 "<tr><th scope=\"row\"><a href=\"#%a\">%h</a></th><td>%h</td><td>%h</td><td>%r</td></tr>\n",
                 e->indicator->id, e->indicator->title, e->indicator->question, e->indicator->group,
                 e->on ? "on" : "off");
    }
    tdm__html_table_end(&w->page);
}

static void put_params(writing *w, const tdm__effective_indicator *e)
{
    static const char *const headings[] = {"Parameter", "Value", "What it is", "Set by", NULL};
    tdm__output *out = &w->page.out;
    if (e->indicator->param_count == 0)
        return;
    tdm__put(out, "<h3>Numbers in force</h3>\n");
    tdm__html_table(&w->page, "params", TDM_LIT("Parameters"), headings);
    for (size_t i = 0; i < e->indicator->param_count; i++) {
        const tdm__effective_param *p = &e->params[i];
        tdm__put(out, "<tr><th scope=\"row\">%h</th><td>%h</td><td>%h</td><td>%h</td></tr>\n", p->param->name,
                 p->words, p->param->doc, p->from);
    }
    tdm__html_table_end(&w->page);
}

static void put_example(writing *w, const tdm__doc_example *example)
{
    static const char *const headings[] = {"When", "Agency", "What", "More", "Shown", NULL};
    tdm__output *out = &w->page.out;
    tdm__put(out, "<h4>%h <span class=\"tag%r\">%z</span></h4>\n<p class=\"note\">%h%r</p>\n", example->name,
             example->answer[0] == 'p' ? " possible" : "", example->answer, example->about,
             example->assessment_count > 0 ? ", with assessments that the file describes" : "");
    if (example->row_count == 0)
        return;
    tdm__html_table(&w->page, "example", example->name, headings);
    for (size_t i = 0; i < example->row_count; i++) {
        const tdm__doc_row *row = &example->rows[i];
        tdm__put(
            out,
            "<tr><th scope=\"row\" class=\"day\">%z</th><td>%h</td><td>%h</td><td>%h</td><td>%r</td></tr>\n",
            row->day, row->agency, row->kind, row->more, row->shown ? "shown" : "");
    }
    tdm__html_table_end(&w->page);
}

static void put_indicator(writing *w, const tdm__doc_page *page)
{
    tdm__output *out = &w->page.out;
    const tdm__indicator *indicator = page->effective->indicator;
    bool one = w->doc->count == 1;
    tdm__put(out, "<section class=\"indicator\" id=\"%a\">\n", indicator->id);
    tdm__put(out, one ? "<p class=\"note\">%h</p>\n" : "<h2>%h</h2>\n",
             one ? indicator->id : indicator->title);
    tdm__put(out, "<p><strong>%h</strong></p>\n<dl class=\"facts\">", indicator->question);
    for (size_t i = 0; i < page->fact_count; i++)
        tdm__put(out, "<dt>%z</dt><dd>%h</dd>\n", page->facts[i].term, page->facts[i].words);
    tdm__put(out, "</dl>\n");
    put_params(w, page->effective);
    tdm__put(out, "%r", page->sentence_count > 0 ? "<h3>How a prompt reads</h3>\n<ul>" : "");
    for (size_t i = 0; i < page->sentence_count; i++)
        tdm__put(out, "<li>%h</li>\n", page->sentences[i]);
    tdm__put(out, "%r", page->sentence_count > 0 ? "</ul>\n" : "");
    tdm__put(out, "%r", page->example_count > 0 ? "<h3>Examples</h3>\n" : "");
    for (size_t i = 0; i < page->example_count; i++)
        put_example(w, &page->examples[i]);
    tdm__put(out, "</section>\n");
}

tdm_status tdm__report_doc_html(const tdm__doc *doc, const tdm_allocator *allocator, tdm_sink sink,
                                tdm_error *error)
{
    writing w = {.doc = doc};
    tdm__output_init(&w.page.out, allocator, sink);
    tdm__arena_init(&w.arena, allocator);
    put_head(&w);
    if (doc->count > 1)
        put_index(&w);
    for (size_t i = 0; i < doc->count && w.page.out.status == TDM_OK; i++) {
        tdm__doc_page page;
        tdm__arena_reset(&w.arena);
        w.page.out.status = tdm__doc_page_of(&page, doc, doc->first + i, &w.arena);
        if (w.page.out.status == TDM_OK)
            put_indicator(&w, &page);
    }
    tdm__put(&w.page.out,
             "</main>\n<footer><p>Tidemark %z. Policy SHA-256 %z.</p></footer>\n</body>\n</html>\n",
             tdm_version(), doc->policy_hash);
    tdm__arena_free(&w.arena);
    return tdm__output_end(&w.page.out, error);
}
