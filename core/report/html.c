/*
 * The HTML report: one file, no script, no request to anywhere. The page and the order of its parts.
 */
#include "report/checks.h"
#include "report/cumulative.h"

#include "report/forms.h"
#include "report/limits.h"

void tdm__html_open(tdm__output *out)
{
    tdm__put(
        out,
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        "<meta name=\"referrer\" content=\"no-referrer\"/>\n<title>");
}

void tdm__html_opened(tdm__output *out, const char *const *own_style)
{
    const char *const *styles[] = {tdm__html_style, tdm__profile_style, own_style};
    tdm__put(out, "</title>\n<style>\n");
    for (size_t s = 0; s < sizeof styles / sizeof *styles; s++)
        for (size_t i = 0; styles[s] && styles[s][i]; i++)
            tdm__put(out, "%r", styles[s][i]);
    tdm__put(out, "</style>\n</head>\n<body>\n");
}

static void put_head(tdm__page *page)
{
    const tdm_run *run = page->run;
    tdm__html_open(&page->out);
    tdm__put(&page->out, "Prompts for review%r%h", run->case_id.length > 0 ? ": case " : "", run->case_id);
    tdm__html_opened(&page->out, NULL);
}

static void put_policy(tdm__page *page)
{
    const tdm_run *run = page->run;
    tdm__put(&page->out, "<dt>Policy</dt><dd>%h", run->policy_title);
    for (size_t i = 0; i < run->policy_file_count; i++)
        tdm__put(&page->out, "%r%h", i == 0 ? " (" : ", ", run->policy_files[i].name);
    tdm__put(&page->out, "%r</dd>", run->policy_file_count > 0 ? ")" : "");
}

static void put_header(tdm__page *page)
{
    const tdm_run *run = page->run;
    char as_of[TDM__WORDS_SIZE];
    tdm__day_words(as_of, run->as_of);
    tdm__put(&page->out, "<a class=\"skip\" href=\"#main\">Skip to the findings</a>\n<header>\n"
                         "<h1>Prompts for review</h1>\n<dl class=\"facts\">");
    if (run->case_id.length > 0)
        tdm__put(&page->out, "<dt>Case</dt><dd>%h</dd>", run->case_id);
    tdm__put(&page->out, "<dt>As of</dt><dd>%z (from: %h)</dd>", as_of, run->as_of_from);
    put_policy(page);
    tdm__put(&page->out, "<dt>Current</dt><dd>reaches into the last %d days before that day</dd>",
             (int)run->current_days);
    tdm__put(&page->out, "<dt>Children</dt><dd>%d</dd></dl>\n", (int)run->child_count);
    tdm__missing_html(&page->out, run->chronology);
    tdm__put(
        &page->out,
        "<div class=\"stance\"><p><strong>What this is.</strong> Each prompt is a reason to look again at "
        "these records, with the rows that led to it and the definition that was used.</p>"
        "<p><strong>What this is not.</strong> No measure of how risky a child&#39;s life or a family is. A "
        "child without a prompt is not a child without concerns: what was not recorded could not be "
        "looked at. <strong>Met</strong> holds wherever the doubtful dates fall; <strong>possible</strong> "
        "holds for some of the days they leave open.</p></div>\n");
    tdm__put(&page->out, "<nav aria-label=\"Contents\"><ul><li><a href=\"#glance\">At a glance</a></li>");
    for (size_t i = 0; i < run->child_count && run->child_count <= 20; i++)
        tdm__put(&page->out, "<li><a href=\"#child-%d\">Child %h</a></li>", (int)i + 1,
                 tdm_chronology_child_id(run->chronology, run->children[i].child));
    tdm__put(&page->out,
             "<li><a href=\"#definitions\">Definitions</a></li><li><a href=\"#diagnostics\">Doubtful "
             "or not usable</a></li><li><a href=\"#accounting\">Rows of each "
             "input</a></li></ul></nav>\n</header>\n");
}

static void put_glance(tdm__page *page)
{
    const tdm_run *run = page->run;
    size_t in_brief = 0;
    tdm__put(&page->out, "<section><h2 id=\"glance\">At a glance</h2>\n");
    for (size_t i = 0; i < run->child_count; i++) {
        if (tdm__html_child_whole(page, i))
            tdm__html_glance(page, i);
        else
            in_brief++;
    }
    if (in_brief > 0) {
        tdm__put(&page->out,
                 "<h3>No prompt for %d children</h3>\n<p>That is no finding that all is well. Their "
                 "rows are not shown here.</p>\n<p>",
                 (int)in_brief);
        for (size_t i = 0; i < run->child_count; i++)
            if (!tdm__html_child_whole(page, i))
                tdm__put(&page->out, "%h ", tdm_chronology_child_id(run->chronology, run->children[i].child));
        tdm__put(&page->out, "</p>\n");
    }
    tdm__put(&page->out, "</section>\n");
}

tdm_status tdm__report_html(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                            tdm_error *error)
{
    tdm__page page = {.run = run, .options = tdm__report_options_of(options)};
    tdm__output_init(&page.out, &run->allocator, sink);
    put_head(&page);
    put_header(&page);
    tdm__put(&page.out, "<main id=\"main\">\n");
    put_glance(&page);
    for (size_t i = 0; i < run->child_count && page.out.status == TDM_OK; i++) {
        if (!tdm__html_child_whole(&page, i))
            continue;
        tdm_status status = tdm__html_child(&page, i);
        if (status != TDM_OK && page.out.status == TDM_OK)
            page.out.status = status;
    }
    if (tdm__not_assessed_counted(run))
        tdm__html_reason_counts(&page);
    tdm__html_definitions(&page);
    tdm__html_cumulative_definitions(&page);
    tdm__html_check_definitions(&page);
    tdm__html_diagnostics(&page);
    tdm__html_accounting(&page);
    tdm__put(&page.out,
             "</main>\n<footer><p>Tidemark %z. Policy SHA-256 %z.</p></footer>\n</body>\n</html>\n",
             tdm_version(), run->policy_hash);
    return tdm__output_end(&page.out, error);
}
