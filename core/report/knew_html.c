/*
 * Who knew what when as a page: a row a matter, a column an agency.
 */
#include "report/html.h"
#include "report/knew_words.h"
#include "report/limits.h"

static const char *const knew_style[] = {
    "table.knew{min-width:720px}.knew th[scope=row]{min-width:15em}\n"
    ".knew td.never{font-weight:700;border-left:4px solid #1d1d1b;padding-left:6px}\n"
    ".knew td.none{color:#4a4f55}\n"
    "@media print{table.knew{min-width:0;font-size:7.5pt}.knew th[scope=row]{min-width:0}}\n",
    NULL};

static void put_header(tdm__page *page)
{
    const tdm_run *run = page->run;
    char as_of[TDM__WORDS_SIZE];
    tdm__day_words(as_of, run->as_of);
    tdm__html_open(&page->out);
    tdm__put(&page->out, "Who knew what when%r%h", run->case_id.length > 0 ? ": case " : "", run->case_id);
    tdm__html_opened(&page->out, knew_style);
    tdm__put(&page->out, "<header>\n<h1>Who knew what when</h1>\n<dl class=\"facts\">");
    if (run->case_id.length > 0)
        tdm__put(&page->out, "<dt>Case</dt><dd>%h</dd>", run->case_id);
    tdm__put(&page->out, "<dt>As of</dt><dd>%z (from: %h)</dd></dl>\n", as_of, run->as_of_from);
    tdm__missing_html(&page->out, run->chronology);
    tdm__put(&page->out, "<div class=\"stance\">");
    for (size_t i = 0; tdm__knew_explained[i]; i++)
        tdm__put(&page->out, "<p>%z</p>", tdm__knew_explained[i]);
    tdm__put(&page->out, "</div>\n</header>\n");
}

static void put_matter(tdm__page *page, const tdm__child_knew *child, const tdm__matter *matter)
{
    char day[TDM_DATE_TEXT_SIZE], words[2 * TDM__WORDS_SIZE];
    const char *doubt = tdm__matter_doubt(matter);
    tdm__text kinds;
    tdm__text_init(&kinds, &page->run->allocator);
    tdm__put_matter_kinds(&kinds, page->run, matter);
    if (kinds.failed)
        page->out.text.failed = true;
    tdm__matter_day_words(day, matter);
    tdm__put(&page->out, "<tr><th scope=\"row\"><strong>%z</strong><br/>%h", day, tdm__text_str(&kinds));
    tdm__text_free(&kinds);
    if (doubt[0])
        tdm__put(&page->out, "<br/><span class=\"tag possible\">%z</span>", doubt);
    tdm__put(&page->out, "</th>");
    for (size_t i = 0; i < child->agency_count; i++) {
        tdm__knowing knowing = matter->by[i].knowing;
        tdm__known_by_words(words, &matter->by[i]);
        tdm__put(&page->out, "<td%r>%z</td>",
                 knowing == TDM__KNEW_RECORDED ? ""
                 : knowing == TDM__KNEW_NEVER  ? " class=\"never\""
                                               : " class=\"none\"",
                 words);
    }
    tdm__put(&page->out, "</tr>\n");
}

static void put_child(tdm__page *page, const tdm__child_knew *child)
{
    const tdm__child *about = tdm__chronology_child(page->run->chronology, child->child);
    char words[TDM__CHILD_WORDS_SIZE];
    tdm__child_words(words, page->run, about);
    tdm__put(&page->out, "<section><h2>Child %h</h2>\n<p>%z</p>\n", about->id, words);
    if (child->count == 0) {
        tdm__put(&page->out, "<p>No incident and no concern is on record. That is no finding that all is "
                             "well.</p>\n</section>\n");
        return;
    }
    tdm__put(&page->out, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Who knew what "
                         "when\"><table class=\"knew\"><thead><tr><th scope=\"col\">When and what</th>");
    for (size_t i = 0; i < child->agency_count; i++)
        tdm__put(&page->out, "<th scope=\"col\">%h</th>", child->agencies[i].title);
    tdm__put(&page->out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < child->count; i++)
        put_matter(page, child, &child->matters[i]);
    tdm__html_table_end(page);
    tdm__put(&page->out, "</section>\n");
}

tdm_status tdm__report_knew_html(const tdm__knew *knew, const tdm__report_options *options, tdm_sink sink,
                                 tdm_error *error)
{
    tdm__page page = {.run = knew->run, .options = tdm__report_options_of(options)};
    tdm__output_init(&page.out, &knew->run->allocator, sink);
    put_header(&page);
    tdm__put(&page.out, "<main id=\"main\">\n");
    for (size_t i = 0; i < knew->child_count && page.out.status == TDM_OK; i++)
        put_child(&page, &knew->children[i]);
    tdm__put(&page.out, "</main>\n<footer><p>Tidemark %z.</p></footer>\n</body>\n</html>\n", tdm_version());
    return tdm__output_end(&page.out, error);
}
