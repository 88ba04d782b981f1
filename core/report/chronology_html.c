/*
 * The merged chronology alone as a page: for a screen, and for A4 across on paper.
 */
#include "report/abbreviations.h"
#include "report/html.h"
#include "report/printed.h"
#include "report/replaced.h"

typedef struct table_writer {
    tdm__page *page;
    tdm__printed printed;
    tdm__text cell;
    bool undated; /* which rows the table at hand holds */
} table_writer;

/* Behind the styles of the report: the columns have their widths from their shares. */
static const char own_style[] =
    "main,header,footer{max-width:1600px}\n"
    "table.printed{table-layout:fixed;min-width:1160px;font-size:13px}\n"
    ".printed th,.printed td{border:1px solid #a3a8ad;padding:3px 5px;overflow-wrap:anywhere;"
    "white-space:pre-line}\n"
    ".printed thead "
    "th{background:#e8e9eb;font-weight:700;white-space:normal;overflow-wrap:normal;font-size:.85em}\n"
    ".printed tbody th,.printed .agency,.printed .concern{font-weight:700}"
    ".printed tbody th span{font-weight:400}\n"
    ".printed tr.after{color:#4a4f55;font-style:italic}\n"
    "@page{size:A4 landscape;margin:10mm}\n"
    "@media print{table.printed{min-width:0;font-size:7.5pt;line-height:1.3}"
    ".printed th,.printed td{padding:1.5px 3px}.child+.child{break-before:page}"
    ".child>h2{break-before:auto}}\n";

/* The first line, the date itself, stands out from those beneath it. */
static void put_date(table_writer *to)
{
    tdm_str rest = tdm__text_str(&to->cell), first = tdm__str_split(&rest, '\n');
    tdm__put(&to->page->out, "%h", first);
    if (rest.length > 0)
        tdm__put(&to->page->out, "\n<span>%h</span>", rest);
}

static void put_cell(table_writer *to, const tdm__event *event, size_t column)
{
    tdm__output *out = &to->page->out;
    tdm__cell_role role = to->printed.columns[column]->role;
    size_t tint = tdm__agency_tint(to->page->run, event->agency);
    const char *element = role == TDM__CELL_DATE ? "th" : "td";
    tdm__put(out, "<%r%r", element, role == TDM__CELL_DATE ? " scope=\"row\"" : "");
    if (role == TDM__CELL_AGENCY && tint < TDM__TINTS)
        tdm__put(out, " class=\"agency\" style=\"background:#%r\"", tdm__tints[tint]);
    else if (role == TDM__CELL_CONCERN && tdm__event_is_concern(to->page->run, event))
        tdm__put(out, " class=\"concern\"");
    tdm__put(out, ">");
    if (role == TDM__CELL_DATE)
        put_date(to);
    else
        tdm__put(out, "%h", tdm__text_str(&to->cell));
    tdm__put(out, "</%r>", element);
}

static tdm_status put_row(const tdm_run *run, const tdm__event *event, void *payload)
{
    table_writer *to = payload;
    tdm__page *page = to->page;
    char id[TDM_HEX64_SIZE];
    if (tdm__event_is_undated(event) != to->undated || !tdm__event_shown(run, event, &page->options))
        return page->out.status;
    tdm__chronology_event_id(id, run->chronology, event->index);
    if (tdm__event_stands(run, event))
        tdm__put(&page->out, "<tr id=\"row-%z\"", id);
    else
        tdm__put(&page->out, "<tr");
    bool unlike = tdm__event_is_later(run, event) || tdm__event_is_replaced(run, event);
    tdm__put(&page->out, "%r>", unlike ? " class=\"after\"" : "");
    for (size_t i = 0; i < to->printed.count; i++) {
        tdm__text_clear(&to->cell);
        tdm__printed_cell(&to->cell, run, event, &to->printed, i);
        if (to->cell.failed)
            return TDM_NO_MEMORY;
        put_cell(to, event, i);
    }
    tdm__put(&page->out, "</tr>\n");
    return page->out.status;
}

static tdm_status put_rows(table_writer *to, size_t position, bool undated, tdm_str label)
{
    const char *headings[TDM__PRINTED_COLUMNS + 1] = {NULL};
    for (size_t i = 0; i < to->printed.count; i++)
        headings[i] = to->printed.columns[i]->heading;
    to->undated = undated;
    tdm__html_table(to->page, "printed", label, headings);
    tdm_status status = tdm__each_row(to->page->run, position, put_row, to);
    tdm__html_table_end(to->page);
    return status;
}

/* What was put into the cell, as a paragraph; nothing where that is nothing. */
static void put_words(table_writer *to)
{
    if (to->cell.length > 0)
        tdm__put(&to->page->out, "<p>%h</p>\n", tdm__text_str(&to->cell));
    tdm__text_clear(&to->cell);
}

static tdm_status put_child(table_writer *to, size_t position)
{
    tdm__page *page = to->page;
    const tdm__child *about = tdm__chronology_child(page->run->chronology,
                                                    page->run->children[position].child);
    tdm__row_counts counts = tdm__count_rows(page->run, position, &page->options);
    tdm_status status = TDM_OK;
    tdm__put(&page->out, "<section class=\"child\"><h2 id=\"child-%d\">Child %h, ", (int)position + 1,
             about->id);
    tdm__html_age(page, about);
    tdm__put(&page->out, "</h2>\n");
    tdm__text_clear(&to->cell);
    tdm__put_row_counts(&to->cell, &counts);
    put_words(to);
    tdm__put_left_out(&to->cell, page->run, position, &page->options);
    put_words(to);
    if (counts.dated > 0)
        status = put_rows(to, position, false, TDM_LIT("Merged chronology"));
    if (status == TDM_OK && counts.undated > 0) {
        tdm__put(&page->out,
                 "<h3>Rows without any date</h3>\n<p>Their place in the order is not known.</p>\n");
        status = put_rows(to, position, true, TDM_LIT("Rows without any date"));
    }
    if (status == TDM_OK)
        status = tdm__html_incidents(page, position);
    tdm__put(&page->out, "</section>\n");
    return status;
}

/* What the case's glossary says of abbreviations in the rows; nothing where none of them occurs. */
static tdm_status put_glossary(table_writer *to)
{
    static const char *const headings[] = {"Abbreviation", "Meaning", NULL};
    tdm__page *page = to->page;
    tdm__arena arena;
    tdm__glossary found;
    tdm__arena_init(&arena, &page->run->allocator);
    tdm_status status = tdm__abbreviations(&found, &arena, page->run, &page->options);
    if (found.count > 0) {
        tdm__put(&page->out, "<section><h2 id=\"abbreviations\">Abbreviations</h2>\n"
                             "<p>As the glossary of the case explains those that stand in these rows.</p>\n");
        tdm__html_table(page, "glossary", TDM_LIT("Abbreviations"), headings);
        for (size_t i = 0; i < found.count; i++)
            tdm__put(&page->out, "<tr><th scope=\"row\">%h</th><td>%h</td></tr>\n",
                     found.entries[i].abbreviation, found.entries[i].meaning);
        tdm__html_table_end(page);
        tdm__put(&page->out, "</section>\n");
    }
    tdm__arena_free(&arena);
    return status;
}

/* Title and styles; the widths of the columns come from their shares. */
static void put_styles(table_writer *to)
{
    tdm__page *page = to->page;
    tdm__html_open(&page->out);
    tdm__put(&page->out, "Merged chronology%r%h", page->run->case_id.length > 0 ? ": case " : "",
             page->run->case_id);
    for (size_t i = 0; i < to->printed.count; i++) {
        int tenths = (int)(1000 * to->printed.columns[i]->share / to->printed.shares);
        tdm__text_printf(&to->cell, ".printed th:nth-child(%d){width:%d.%d%%}\n", (int)i + 1, tenths / 10,
                         tenths % 10);
    }
    const char *const styles[] = {own_style, to->cell.failed ? "" : to->cell.data, NULL};
    tdm__html_opened(&page->out, styles);
    tdm__text_clear(&to->cell);
}

static void put_head(table_writer *to)
{
    tdm__page *page = to->page;
    put_styles(to);
    tdm__put(&page->out, "<a class=\"skip\" href=\"#main\">Skip to the rows</a>\n<header>\n"
                         "<h1>Merged chronology</h1>\n");
    tdm__put_case(&to->cell, page->run);
    put_words(to);
    tdm__put(&page->out, "<div class=\"stance\">");
    for (const char *const *line = tdm__chronology_stance; *line; line++)
        tdm__put(&page->out, "<p>%z</p>", *line);
    tdm__put(&page->out, "</div>\n<nav aria-label=\"Contents\"><ul>");
    for (size_t i = 0; i < page->run->child_count && page->run->child_count <= 20; i++)
        tdm__put(&page->out, "<li><a href=\"#child-%d\">Child %h</a></li>", (int)i + 1,
                 tdm_chronology_child_id(page->run->chronology, page->run->children[i].child));
    tdm__put(&page->out, "<li><a href=\"#diagnostics\">Doubtful or not usable</a></li>"
                         "<li><a href=\"#accounting\">Rows of each input</a></li></ul></nav>\n</header>\n");
}

tdm_status tdm__report_chronology_html(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                       tdm_error *error)
{
    tdm__page page = {.run = run, .options = tdm__report_options_of(options)};
    table_writer to = {.page = &page};
    tdm_status status = TDM_OK;
    tdm__output_init(&page.out, &run->allocator, sink);
    tdm__text_init(&to.cell, &run->allocator);
    tdm__printed_columns(&to.printed);
    put_head(&to);
    tdm__put(&page.out, "<main id=\"main\">\n");
    for (size_t i = 0; i < run->child_count && status == TDM_OK; i++)
        status = put_child(&to, i);
    if (status == TDM_OK)
        status = put_glossary(&to);
    tdm__html_diagnostics(&page);
    tdm__html_accounting(&page);
    tdm__put(&page.out, "</main>\n<footer><p>Tidemark %z.</p></footer>\n</body>\n</html>\n", tdm_version());
    if (to.cell.failed)
        status = TDM_NO_MEMORY;
    if (page.out.status == TDM_OK)
        page.out.status = status;
    tdm__text_free(&to.cell);
    return tdm__output_end(&page.out, error);
}
