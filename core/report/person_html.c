/*
 * What is held on one person as a page: every row in full, then the third parties with links to their rows.
 */
#include "report/html.h"
#include "report/person_words.h"
#include "report/printed.h"

static const char *const person_style[] = {
    "main,header,footer{max-width:1600px}\n"
    "table.held{min-width:1160px;font-size:13px}\n"
    ".held th,.held td,.third th,.third td{border:1px solid #a3a8ad;padding:3px 5px;overflow-wrap:break-word;"
    "white-space:pre-line;vertical-align:top;text-align:left}\n"
    ".held thead th,.third thead th{background:#e8e9eb;font-weight:700;overflow-wrap:normal}\n"
    ".held .what,.third td{overflow-wrap:anywhere}.held .what{min-width:22em}.held .why{min-width:10em}\n"
    "table.third{min-width:720px}.third .decision{min-width:8em}\n"
    "@page{size:A4 landscape;margin:10mm}\n"
    "@media print{table.held,table.third{min-width:0;font-size:7.5pt;line-height:1.3}"
    ".held .what,.held .why{min-width:0}}\n",
    NULL};

typedef struct person_page {
    tdm__page page;
    const tdm__person_report *report;
    tdm__printed printed;
    tdm__text words;
} person_page;

static void put_words(person_page *to, const char *before, const char *behind)
{
    tdm__put(&to->page.out, "%r%h%r", before, tdm__text_str(&to->words), behind);
    tdm__text_clear(&to->words);
}

static void put_lines(person_page *to, const char *const *lines)
{
    for (; *lines; lines++)
        tdm__put(&to->page.out, "<p>%z</p>\n", *lines);
}

static void put_header(person_page *to)
{
    tdm__output *out = &to->page.out;
    tdm__html_open(out);
    tdm__put(out, "What is held on %h", to->report->id);
    tdm__html_opened(out, person_style);
    tdm__put(out,
             "<a class=\"skip\" href=\"#main\">Skip to the rows</a>\n<header>\n<h1>What is held on %h</h1>\n",
             to->report->id);
    tdm__put_case(&to->words, to->report->run);
    put_words(to, "<p>", "</p>\n");
    for (size_t line = 0; tdm__put_person_line(&to->words, to->report, line); line++)
        put_words(to, "<p>As ", ".</p>\n");
    tdm__put(out, "<div class=\"stance\">");
    put_lines(to, tdm__person_explained);
    tdm__put(out, "</div>\n<nav aria-label=\"Contents\"><ul><li><a href=\"#rows\">Rows</a></li>"
                  "<li><a href=\"#third-parties\">Third parties</a></li></ul></nav>\n</header>\n");
}

static tdm_status put_row(person_page *to, size_t index)
{
    tdm__output *out = &to->page.out;
    const tdm__held_row *row = &to->report->rows[index];
    tdm__event event = tdm__chronology_event(to->report->run->chronology, row->event);
    tdm__put(out, "<tr id=\"held-%d\"%r><th scope=\"row\">%d</th>", (int)index + 1,
             tdm__event_is_later(to->report->run, &event) ? " class=\"after\"" : "", (int)index + 1);
    tdm__put(out, "<td>%h</td>", tdm_chronology_child_id(to->report->run->chronology, event.child));
    for (size_t i = 0; i < to->printed.count; i++) {
        tdm__printed_cell(&to->words, to->report->run, &event, &to->printed, i);
        put_words(to, i == to->printed.text ? "<td class=\"what\">" : "<td>", "</td>");
    }
    tdm__put_held_why(&to->words, row);
    put_words(to, "<td class=\"why\">", "</td></tr>\n");
    return out->status;
}

static void put_rows(person_page *to)
{
    const char *headings[TDM__PRINTED_COLUMNS + 4] = {"Row", "Child"};
    tdm_status status = TDM_OK;
    tdm__put(&to->page.out, "<section><h2 id=\"rows\">Rows</h2>\n");
    tdm__put_person_scope(&to->words, to->report);
    put_words(to, "<p>", "</p>\n");
    for (size_t i = 0; i < to->printed.count; i++)
        headings[i + 2] = to->printed.columns[i]->heading;
    headings[to->printed.count + 2] = "Why it is here";
    tdm__html_table(&to->page, "held", TDM_LIT("Rows"), headings);
    for (size_t i = 0; i < to->report->row_count && status == TDM_OK; i++)
        status = put_row(to, i);
    tdm__html_table_end(&to->page);
    tdm__put(&to->page.out, "</section>\n");
}

static void put_scores(person_page *to)
{
    const tdm_run *run = to->report->run;
    bool any = false;
    for (size_t i = 0; i < run->child_count; i++)
        for (size_t s = 0; s < run->children[i].score_count; s++) {
            if (!tdm__person_concerns(to->report, run->children[i].child))
                break;
            if (!any)
                tdm__put(&to->page.out,
                         "<section><h2>Assessments held</h2>\n<p>Their contents are written by "
                         "<code>tidemark assessment export</code>.</p>\n<ul>\n");
            any = true;
            tdm__put_person_score(&to->words, run->children[i].scores[s]);
            put_words(to, "<li>", "</li>\n");
        }
    if (any)
        tdm__put(&to->page.out, "</ul></section>\n");
}

static void put_third_parties(person_page *to)
{
    static const char *const headings[] = {"Row", "Place", "Words", "What it is", "Who", "Decision", NULL};
    tdm__output *out = &to->page.out;
    tdm__put(out, "<section><h2 id=\"third-parties\">Third parties</h2>\n");
    put_lines(to, tdm__third_parties_explained);
    if (to->report->third_party_count == 0)
        tdm__put(out, "<p>None was found. That is no finding that there is none.</p>\n");
    else
        tdm__html_table(&to->page, "third", TDM_LIT("Third parties"), headings);
    for (size_t i = 0; i < to->report->third_party_count && out->status == TDM_OK; i++) {
        const tdm__third_party *one = &to->report->third_parties[i];
        tdm__put(out,
                 "<tr><th scope=\"row\"><a href=\"#held-%d\">%d</a></th><td>%h</td><td>%h</td><td>%z</td>"
                 "<td>%h</td><td class=\"decision\"></td></tr>\n",
                 (int)one->row + 1, (int)one->row + 1, one->place, one->words, one->what, one->who);
    }
    if (to->report->third_party_count > 0)
        tdm__html_table_end(&to->page);
    tdm__put(out, "</section>\n");
}

tdm_status tdm__report_person_html(const tdm__person_report *report, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error)
{
    person_page to = {.page = {.run = report->run, .options = tdm__report_options_of(options)},
                      .report = report};
    tdm__output_init(&to.page.out, &report->run->allocator, sink);
    tdm__text_init(&to.words, &report->run->allocator);
    tdm__printed_columns(&to.printed);
    put_header(&to);
    tdm__put(&to.page.out, "<main id=\"main\">\n");
    put_rows(&to);
    put_scores(&to);
    put_third_parties(&to);
    tdm__put(&to.page.out, "</main>\n<footer><p>Tidemark %z.</p></footer>\n</body>\n</html>\n",
             tdm_version());
    to.page.out.text.failed = to.page.out.text.failed || to.words.failed;
    tdm__text_free(&to.words);
    return tdm__output_end(&to.page.out, error);
}
