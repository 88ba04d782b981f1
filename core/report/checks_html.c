/*
 * Checks as HTML: a section of a child in the report, what the checks are, and a page of their own with
 * the quality report first.
 */
#include "report/checks.h"
#include "report/limits.h"

/* The page of its own: no table of the child's rows stands in it that a link could lead to. */
static void put_rows(tdm__page *page, const tdm__check_finding *finding, bool linked)
{
    static const char *const headings[] = {"Date as written", "Agency", "Kind", "Source", NULL};
    if (linked) {
        tdm__html_evidence(page, finding->events, finding->event_count);
        return;
    }
    tdm__html_table(page, "evidence", TDM_LIT("Rows of this finding"), headings);
    for (uint32_t i = 0; i < finding->event_count; i++) {
        char room[TDM_DATE_TEXT_SIZE];
        tdm__event event = tdm__chronology_event(page->run->chronology, finding->events[i]);
        const tdm__source *source = tdm__chronology_source(page->run->chronology, event.source);
        tdm_str written = tdm__chronology_occurred_text(room, page->run->chronology, event.index);
        tdm__put(
            &page->out,
            "<tr><th scope=\"row\" class=\"day\">%h</th><td>%h</td><td>%h</td><td class=\"place\">%h%r%h%r, "
            "row %d</td></tr>\n",
            written.length > 0 ? written : TDM_LIT("no date"),
            tdm__chronology_agency_title(page->run->chronology, event.agency),
            tdm__kind_title(tdm__event_kind(page->run, &event)), source->name,
            source->sheet.length > 0 ? " (" : "", source->sheet, source->sheet.length > 0 ? ")" : "",
            (int)event.row);
    }
    tdm__html_table_end(page);
}

static void put_finding(tdm__page *page, const tdm__check_finding *finding, bool linked)
{
    char marks[TDM__CHECK_MARKS_SIZE];
    tdm__check_marks(marks, page->run, finding);
    tdm__put(&page->out,
             "<article class=\"prompt past\">\n<h4><a href=\"#check-%d\">%z</a></h4>\n<p><span "
             "class=\"tag%r\">%z</span></p>\n<p class=\"sentence\">%h",
             (int)finding->check + 1, tdm__check_at(finding->check)->title,
             finding->answer == TDM_POSSIBLE ? " possible" : "", marks, finding->sentence);
    if (finding->answer == TDM_POSSIBLE)
        tdm__put(&page->out, " Only possible: %z.", finding->doubt);
    tdm__put(&page->out, "</p>\n");
    put_rows(page, finding, linked);
    if (finding->more_events > 0)
        tdm__put(&page->out, "<p>and %d more rows</p>\n", (int)finding->more_events);
    tdm__put(&page->out, "</article>\n");
}

static void put_findings(tdm__page *page, const tdm__child_checks *checks, bool linked)
{
    for (size_t i = 0; i < checks->finding_count; i++)
        put_finding(page, &checks->findings[i], linked);
    for (size_t i = 0; i < checks->rest_count; i++)
        tdm__put(&page->out, "<p>%d more of <a href=\"#check-%d\">%z</a> are not listed.</p>\n",
                 (int)checks->rests[i].count, (int)checks->rests[i].check + 1,
                 tdm__check_at(checks->rests[i].check)->title);
}

static void put_gaps(tdm__page *page, const tdm__child_checks *checks)
{
    static const char *const headings[] = {"Check", "Why it was not assessed", NULL};
    if (checks->gap_count == 0 || tdm__not_assessed_counted(page->run))
        return;
    tdm__html_table(page, "reasons", TDM_LIT("Checks not assessed, and why"), headings);
    for (size_t i = 0; i < checks->gap_count; i++)
        tdm__put(&page->out, "<tr><th scope=\"row\"><a href=\"#check-%d\">%z</a></th><td>%z (%z)</td></tr>\n",
                 (int)checks->gaps[i].check + 1, tdm__check_at(checks->gaps[i].check)->title,
                 tdm__check_reason_words(checks->gaps[i].reason),
                 tdm__check_reason_code(checks->gaps[i].reason));
    tdm__html_table_end(page);
}

void tdm__html_child_checks(tdm__page *page, size_t position)
{
    const tdm__child_checks *checks = &page->run->children[position].checks;
    tdm__put(&page->out, "<h3>Checks on this chronology</h3>\n");
    if (checks->finding_count == 0)
        tdm__put(&page->out, "<p>None that could be made found anything to look at.</p>\n");
    put_findings(page, checks, true);
    put_gaps(page, checks);
}

/* --- what the checks are --- */

static void put_check_params(tdm__page *page, const tdm__effective_check *effective)
{
    for (size_t i = 0; i < TDM__CHECK_PARAMS && effective->check->params[i].name; i++)
        tdm__put(&page->out, "<br/>%z = %d (%z), set by %h", effective->check->params[i].name,
                 (int)effective->values[i], effective->check->params[i].doc, effective->from[i]);
    if (!effective->on)
        tdm__put(&page->out, "<br/>Switched off by %h", effective->on_from);
    if (effective->severity_from.length > 0)
        tdm__put(&page->out, "<br/>Severity set by %h", effective->severity_from);
}

void tdm__html_check_definitions(tdm__page *page)
{
    static const char *const headings[] = {"Check",    "What is looked for", "Severity",
                                           "Standing", "National rules",     NULL};
    tdm__put(&page->out, "<section><h2 id=\"checks\">What the checks look for</h2>\n");
    tdm__html_table(page, "params", TDM_LIT("What the checks look for"), headings);
    for (size_t i = 0; i < page->run->check_count; i++) {
        const tdm__effective_check *effective = &page->run->checks[i];
        tdm__put(&page->out, "<tr id=\"check-%d\"><th scope=\"row\">%z (%z)</th><td>%h", (int)i + 1,
                 effective->check->title, effective->check->id, effective->definition);
        put_check_params(page, effective);
        tdm__put(&page->out, "</td><td>%z</td><td>%h</td><td>%z</td></tr>\n",
                 tdm__severity_code(effective->severity),
                 tdm__standing_words(tdm__str(effective->check->standing)), effective->check->rules);
    }
    tdm__html_table_end(page);
    tdm__put(&page->out, "</section>\n");
}

/* --- a page of its own --- */

static void put_page_head(tdm__page *page)
{
    const tdm_run *run = page->run;
    char as_of[TDM__WORDS_SIZE];
    tdm__day_words(as_of, run->as_of);
    tdm__html_open(&page->out);
    tdm__put(&page->out, "Checks on the record%r%h", run->case_id.length > 0 ? ": case " : "", run->case_id);
    tdm__html_opened(&page->out, NULL);
    tdm__put(&page->out, "<header>\n<h1>Checks on the record</h1>\n<dl class=\"facts\">");
    if (run->case_id.length > 0)
        tdm__put(&page->out, "<dt>Case</dt><dd>%h</dd>", run->case_id);
    tdm__put(
        &page->out,
        "<dt>As of</dt><dd>%z (from: %h)</dd><dt>Policy</dt><dd>%h</dd><dt>Children</dt><dd>%d</dd></dl>\n"
        "<div class=\"stance\"><p>Each is a place at which the record may be wrong, or tells too little. It "
        "says "
        "nothing of how a child fares; a record without any is not a child without concerns.</p></div>\n"
        "</header>\n<main id=\"main\">\n",
        as_of, run->as_of_from, run->policy_title, (int)run->child_count);
    tdm__missing_html(&page->out, run->chronology);
}

static void put_quality(tdm__page *page)
{
    static const char *const headings[] = {"What", "Number", "What is counted", NULL};
    tdm__arena arena;
    tdm__quality quality;
    tdm__quality_line *lines = NULL;
    size_t count = 0;
    tdm__arena_init(&arena, &page->run->allocator);
    tdm_status status = tdm__quality_of(&quality, &arena, page->run, 0, page->run->child_count);
    if (status == TDM_OK)
        status = tdm__quality_lines(&lines, &count, &quality, &arena);
    if (status != TDM_OK && page->out.status == TDM_OK)
        page->out.status = status;
    tdm__put(&page->out, "<section><h2 id=\"quality\">How the record is kept</h2>\n");
    tdm__html_table(page, "params", TDM_LIT("How the record is kept"), headings);
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        tdm__put(&page->out, "<tr><th scope=\"row\">%z</th><td>%h</td><td>%z</td></tr>\n", lines[i].title,
                 lines[i].words, lines[i].definition);
    tdm__html_table_end(page);
    tdm__put(&page->out, "</section>\n");
    tdm__arena_free(&arena);
}

static void put_gap_counts(tdm__page *page)
{
    static const char *const headings[] = {"Check", "Why it was not assessed", "#Children", NULL};
    tdm__arena arena;
    tdm__check_gap_count *rows;
    size_t count;
    tdm__arena_init(&arena, &page->run->allocator);
    tdm_status status = tdm__count_check_gaps(&rows, &count, page->run, &arena);
    if (status != TDM_OK && page->out.status == TDM_OK)
        page->out.status = status;
    tdm__put(&page->out, "<section><h2>Not assessed, and why</h2>\n");
    tdm__html_table(page, "reasons", TDM_LIT("Checks not assessed, and why"), headings);
    for (size_t i = 0; i < count; i++)
        tdm__put(&page->out,
                 "<tr><th scope=\"row\">%z</th><td>%z (%z)</td><td class=\"number\">%d</td></tr>\n",
                 tdm__check_at(rows[i].check)->title, tdm__check_reason_words(rows[i].reason),
                 tdm__check_reason_code(rows[i].reason), (int)rows[i].children);
    tdm__html_table_end(page);
    tdm__put(&page->out, "</section>\n");
    tdm__arena_free(&arena);
}

static void put_child(tdm__page *page, size_t position)
{
    const tdm__child_result *child = &page->run->children[position];
    const tdm__child *about = tdm__chronology_child(page->run->chronology, child->child);
    if (child->checks.finding_count == 0)
        return;
    tdm__put(&page->out, "<section class=\"child\"><h2 id=\"child-%d\">Child %h, ", (int)position + 1,
             about->id);
    tdm__html_age(page, about);
    tdm__put(&page->out, "</h2>\n");
    put_findings(page, &child->checks, false);
    tdm__put(&page->out, "</section>\n");
}

tdm_status tdm__report_checks_html(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                   tdm_error *error)
{
    tdm__page page = {.run = run, .options = tdm__report_options_of(options)};
    tdm__output_init(&page.out, &run->allocator, sink);
    put_page_head(&page);
    put_quality(&page);
    if (tdm__count_check_findings(run) == 0)
        tdm__put(&page.out, "<p>No check that could be made found anything to look at.</p>\n");
    for (size_t i = 0; i < run->child_count && page.out.status == TDM_OK; i++)
        put_child(&page, i);
    put_gap_counts(&page);
    tdm__html_check_definitions(&page);
    tdm__html_diagnostics(&page);
    tdm__html_accounting(&page);
    tdm__put(&page.out,
             "</main>\n<footer><p>Tidemark %z. Policy SHA-256 %z.</p></footer>\n</body>\n</html>\n",
             tdm_version(), run->policy_hash);
    return tdm__output_end(&page.out, error);
}
