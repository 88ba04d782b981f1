/*
 * Tables of rows: the merged chronology, the rows without a date, the evidence of a prompt.
 */
#include "report/html.h"

#include "report/age.h"
#include "report/incidents.h"
#include "report/limits.h"
#include "report/replaced.h"

void tdm__html_table(tdm__page *page, const char *css_class, tdm_str label, const char *const *headings)
{
    tdm__put(&page->out,
             "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"%a\"><table "
             "class=\"%r\"><thead><tr>",
             label, css_class);
    for (; *headings; headings++) {
        /* A heading that starts with # stands over numbers. */
        bool number = (*headings)[0] == '#';
        tdm__put(&page->out, "<th scope=\"col\"%r>%z</th>", number ? " class=\"number\"" : "",
                 *headings + (number ? 1 : 0));
    }
    tdm__put(&page->out, "</tr></thead><tbody>\n");
}

void tdm__html_table_end(tdm__page *page)
{
    tdm__put(&page->out, "</tbody></table></div>\n");
}

static void put_place(tdm__page *page, const tdm__event *event)
{
    const tdm__source *source = tdm__chronology_source(page->run->chronology, event->source);
    tdm__put(&page->out, "<td class=\"place\">%h%r%h%r, row %d</td>", source->name,
             source->sheet.length > 0 ? " (" : "", source->sheet, source->sheet.length > 0 ? ")" : "",
             (int)event->row);
}

static void put_occurred(tdm__page *page, const tdm__event *event)
{
    char room[TDM_DATE_TEXT_SIZE];
    tdm_str written = tdm__chronology_occurred_text(room, page->run->chronology, event->index);
    tdm__put(&page->out, "<th scope=\"row\" class=\"day\">%h",
             written.length > 0 ? written : TDM_LIT("no date"));
    if (event->minute >= 0)
        tdm__put(&page->out, " %d:%r%d", (int)event->minute / 60, event->minute % 60 < 10 ? "0" : "",
                 (int)event->minute % 60);
}

static void put_age(tdm__page *page, const tdm__event *event)
{
    char age[TDM__AGE_WORDS_SIZE];
    tdm__age_line(age, page->run->chronology, event);
    if (age[0])
        tdm__put(&page->out, "<br/>%z", age);
}

/* Whether other rows tell the same. */
static void put_marks(tdm__page *page, const tdm__event *event)
{
    tdm__text marks;
    tdm__text_init(&marks, &page->run->allocator);
    tdm__put_incident_marks(&marks, page->run, event);
    if (marks.length > 0)
        tdm__put(&page->out, "<br/>%h", tdm__text_str(&marks));
    page->out.text.failed = page->out.text.failed || marks.failed;
    tdm__text_free(&marks);
}

void tdm__html_evidence(tdm__page *page, const uint32_t *events, size_t count)
{
    static const char *const headings[] = {"Date as written", "Agency", "Kind", "Source", NULL};
    tdm__html_table(page, "evidence", TDM_LIT("Rows that led to this prompt"), headings);
    for (size_t i = 0; i < count; i++) {
        char id[TDM_HEX64_SIZE];
        tdm__event event = tdm__chronology_event(page->run->chronology, events[i]);
        tdm__chronology_event_id(id, page->run->chronology, events[i]);
        tdm__put(&page->out, "<tr>");
        put_occurred(page, &event);
        tdm__put(&page->out, "</th><td>%h</td><td><a href=\"#row-%z\">%h</a>",
                 tdm__chronology_agency_title(page->run->chronology, event.agency), id,
                 tdm__kind_title(tdm__event_kind(page->run, &event)));
        put_marks(page, &event);
        tdm__put(&page->out, "</td>");
        put_place(page, &event);
        tdm__put(&page->out, "</tr>\n");
    }
    tdm__html_table_end(page);
}

/* Links back from a row to the prompts that it led to. */
static void put_prompt_links(tdm__page *page, size_t position, uint32_t event)
{
    const tdm__child_result *child = &page->run->children[position];
    int number = 0;
    bool any = false;
    for (size_t i = 0; i < child->prompt_count; i++) {
        if (!tdm__prompt_shown(&child->prompts[i], &page->options))
            continue;
        number++;
        if (!tdm__prompt_has_event(&child->prompts[i], event))
            continue;
        tdm__put(&page->out, "%r<a href=\"#prompt-%d-%d\">%d</a>", any ? ", " : "<br/>prompt ",
                 (int)position + 1, number, number);
        any = true;
    }
}

static void put_line(tdm__page *page, const char *before, tdm_str text)
{
    if (text.length > 0)
        tdm__put(&page->out, "<div>%r%h</div>", before, text);
}

static void put_string(tdm__page *page, const char *before, uint32_t event, tdm__string_field field)
{
    tdm__text room;
    tdm__text_init(&room, &page->run->allocator);
    put_line(page, before, tdm__chronology_text(&room, page->run->chronology, event, field));
    tdm__text_free(&room);
}

static void put_facts(tdm__page *page, uint32_t event)
{
    const tdm_chronology *chronology = page->run->chronology;
    size_t keys = tdm__chronology_fact_key_count(chronology);
    for (uint32_t key = 0; key < keys; key++) {
        tdm__fact_value value;
        if (tdm__chronology_fact(&value, chronology, event, key))
            tdm__put(&page->out, "<div>%h: %h</div>", tdm__chronology_fact_key(chronology, key), value.text);
    }
}

static void put_seen(tdm__page *page, const tdm__event *event)
{
    static const char *const words[] = {"not recorded", "yes", "no"};
    tdm__put(&page->out, "<td>%z", words[event->child_seen]);
    if (event->seen_alone != TDM__NOT_RECORDED)
        tdm__put(&page->out, "; alone: %z", words[event->seen_alone]);
    if (event->voice != TDM__NOT_RECORDED)
        tdm__put(&page->out, "; voice: %z", words[event->voice]);
    tdm__put(&page->out, "</td>");
}

static void put_what(tdm__page *page, const tdm__event *event)
{
    uint32_t at = event->index;
    const char *significance = tdm__significance_code(event->significance);
    const char *polarity = tdm__polarity_code(event->polarity);
    tdm__put(&page->out, "<td>%h", tdm__kind_title(tdm__event_kind(page->run, event)));
    if (polarity[0])
        tdm__put(&page->out, "<br/>%z", polarity);
    put_marks(page, event);
    tdm__put(&page->out, "</td><td>%z</td>", significance[0] ? significance : "not rated");
    put_seen(page, event);
    tdm__put(&page->out, "<td class=\"text\">");
    put_string(page, "", at, TDM__ACTION);
    put_string(page, "Outcome: ", at, TDM__OUTCOME);
    tdm__put(&page->out, "</td><td class=\"text\">");
    put_string(page, "", at, TDM__TEXT);
    put_string(page, "Analysis: ", at, TDM__ANALYSIS);
    put_string(page, "Kind as written: ", at, TDM__KIND_AS_WRITTEN);
    put_facts(page, at);
    tdm__put(&page->out, "</td>");
}

static void put_replaced(tdm__page *page, const tdm__event *event)
{
    tdm__text words;
    tdm__text_init(&words, &page->run->allocator);
    tdm__put_replaced(&words, page->run, event);
    tdm__put(&page->out, "<br/>%h", tdm__text_str(&words));
    if (words.failed)
        page->out.status = TDM_NO_MEMORY;
    tdm__text_free(&words);
}

static void put_limits(tdm__page *page, const tdm__event *event)
{
    tdm__text words;
    tdm__text_init(&words, &page->run->allocator);
    tdm__put_limits(&words, page->run, event);
    if (words.length > 0)
        tdm__put(&page->out, "<br/>%h", tdm__text_str(&words));
    if (words.failed)
        page->out.status = TDM_NO_MEMORY;
    tdm__text_free(&words);
}

static void put_row(tdm__page *page, size_t position, const tdm__event *event)
{
    char id[TDM_HEX64_SIZE], recorded[TDM_DATE_TEXT_SIZE];
    bool later = tdm__event_is_later(page->run, event), replaced = tdm__event_is_replaced(page->run, event);
    tdm__chronology_event_id(id, page->run->chronology, event->index);
    tdm__day_iso(recorded, event->recorded);
    if (tdm__event_stands(page->run, event))
        tdm__put(&page->out, "<tr id=\"row-%z\"", id);
    else
        tdm__put(&page->out, "<tr");
    tdm__put(&page->out, "%r>", later || replaced ? " class=\"after\"" : "");
    put_occurred(page, event);
    put_age(page, event);
    if (replaced)
        put_replaced(page, event);
    put_limits(page, event);
    if (later)
        tdm__put(&page->out, "<br/>after the as-of day");
    put_prompt_links(page, position, event->index);
    tdm__put(&page->out, "</th><td class=\"day\">%z</td><td>%h</td>", recorded[0] ? recorded : "not recorded",
             tdm__chronology_agency_title(page->run->chronology, event->agency));
    put_what(page, event);
    put_place(page, event);
    tdm__put(&page->out, "</tr>\n");
}

static void put_rows(tdm__page *page, size_t position, bool undated, tdm_str label)
{
    static const char *const headings[] = {"Date as written", "Recorded", "Agency", "Kind",   "Significance",
                                           "Child seen",      "Action",   "Text",   "Source", NULL};
    uint32_t first, end;
    tdm__chronology_child_events(page->run->chronology, page->run->children[position].child, &first, &end);
    tdm__html_table(page, "chronology", label, headings);
    for (uint32_t at = first; at < end; at++) {
        tdm__event event = tdm__chronology_event(page->run->chronology, at);
        if (tdm__event_is_undated(&event) == undated)
            put_row(page, position, &event);
    }
    tdm__html_table_end(page);
}

static size_t count_undated(const tdm__page *page, size_t position, size_t *all)
{
    uint32_t first, end;
    size_t undated = 0;
    tdm__chronology_child_events(page->run->chronology, page->run->children[position].child, &first, &end);
    for (uint32_t at = first; at < end; at++) {
        tdm__event event = tdm__chronology_event(page->run->chronology, at);
        undated += tdm__event_is_undated(&event) ? 1 : 0;
    }
    *all = end - first;
    return undated;
}

void tdm__html_chronology(tdm__page *page, size_t position)
{
    size_t all, undated = count_undated(page, position, &all);
    tdm__put(&page->out, "<h3 id=\"chronology-%d\">Merged chronology</h3>\n", (int)position + 1);
    if (all == undated)
        tdm__put(&page->out, "<p>No row with a date.</p>\n");
    else
        put_rows(page, position, false, TDM_LIT("Merged chronology"));
    if (undated == 0)
        return;
    tdm__put(&page->out, "<h3>Rows without any date</h3>\n<p>These are counted in nothing.</p>\n");
    put_rows(page, position, true, TDM_LIT("Rows without any date"));
}
