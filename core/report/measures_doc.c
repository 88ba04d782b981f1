/*
 * See measures_doc.h. What is said of a measure is put together once, as terms and texts; the forms only mark
 * it up.
 */
#include "report/measures_doc.h"

#include "report/html.h"
#include "report/json_members.h"
#include "report/params_json.h"
#include "report/view.h"

#define FACTS_MAX 16

const char *const tdm__measures_rounding =
    "Shares and rates are given to one decimal, half up, from whole numbers; a denominator of zero gives "
    "none.";

typedef struct fact {
    const char *term;
    tdm_str words;
} fact;

/* One measure, put together. Texts live in the arena. */
typedef struct making {
    tdm__arena arena;
    tdm__text text; /* of the fact at hand */
    const tdm__measures_doc *doc;
    const tdm__measure_doc *effective;
    const tdm__measure *measure;
    fact facts[FACTS_MAX];
    size_t fact_count;
    tdm_status status;
} making;

static void add_words(making *m, const char *term, tdm_str words)
{
    if (words.length > 0 && m->fact_count < FACTS_MAX)
        m->facts[m->fact_count++] = (fact){term, words};
}

/* What stands in the text becomes a fact; nothing stands there: none. */
static void add_fact(making *m, const char *term)
{
    tdm_str words = tdm__arena_copy(&m->arena, tdm__text_str(&m->text));
    if (m->text.failed || !words.data)
        m->status = TDM_NO_MEMORY;
    else
        add_words(m, term, words);
    tdm__text_clear(&m->text);
}

static void put_list(making *m, const tdm_str *items, size_t count, const char *between)
{
    for (size_t i = 0; i < count; i++)
        tdm__text_printf(&m->text, "%s%.*s", i > 0 ? between : "", TDM_STR_ARGS(items[i]));
}

static void put_kinds(making *m, const uint32_t *kinds, size_t count, const char *between)
{
    for (size_t i = 0; i < count; i++)
        tdm__text_printf(&m->text, "%s%.*s", i > 0 ? between : "",
                         TDM_STR_ARGS(m->doc->vocabulary->kinds[kinds[i]].code));
}

/* " (where anchor is closure or closure-183-days)" */
static void put_when(making *m, const tdm__need *need)
{
    if (need->when == TDM_NO_INDEX)
        return;
    tdm__text_printf(&m->text, " (where %.*s is ", TDM_STR_ARGS(m->measure->params[need->when].name));
    for (size_t i = 0; i < need->choice_count; i++)
        tdm__text_printf(&m->text, "%s%.*s", i > 0 ? " or " : "", TDM_STR_ARGS(need->choices[i]));
    tdm__text_char(&m->text, ')');
}

static void put_needed_parts(making *m)
{
    const tdm_vocabulary *v = m->doc->vocabulary;
    for (size_t i = 0; i < m->measure->part_count; i++) {
        const tdm__need *need = &m->measure->parts[i];
        tdm__text_puts(&m->text, i > 0 ? "; " : "");
        for (size_t k = 0; k < need->any_count; k++) {
            const tdm__need_part *part = &need->any[k];
            tdm__text_puts(&m->text, k > 0 ? " or " : "");
            tdm__text_add(&m->text, v->kinds[part->kind].code);
            if (part->fact != TDM_NO_INDEX)
                tdm__text_printf(&m->text, ".%.*s", TDM_STR_ARGS(v->facts[part->fact].key));
        }
        put_when(m, need);
    }
}

static void put_span(making *m, tdm_span span)
{
    static const char *const units[] = {
        [TDM_SPAN_DAYS] = "days", [TDM_SPAN_MONTHS] = "months", [TDM_SPAN_WORKING_DAYS] = "working days"};
    if (span.count > 0)
        tdm__text_printf(&m->text, "%d %s", (int)span.count, units[span.unit]);
}

static void add_needs(making *m)
{
    const tdm__measure *measure = m->measure;
    put_kinds(m, measure->any, measure->any_count, " or ");
    add_fact(m, "Needs a source that could hold");
    put_kinds(m, measure->all, measure->all_count, " and ");
    add_fact(m, "Needs sources that could hold each of");
    put_needed_parts(m);
    add_fact(m, "Needs of these");
    if (measure->needs_prompts)
        add_words(m, "Needs the worklist of", TDM_LIT("a store"));
    put_span(m, measure->looks_back);
    add_fact(m, "Looks back before the period");
}

static void add_breaks(making *m)
{
    char day[TDM__WORDS_SIZE];
    for (size_t i = 0; i < m->measure->break_count; i++) {
        tdm__day_words(day, m->measure->breaks[i].from);
        tdm__text_printf(&m->text, "%s%s: %.*s", i > 0 ? "; " : "", day,
                         TDM_STR_ARGS(m->measure->breaks[i].note));
    }
    add_fact(m, "Its definition changed");
}

static void add_standing(making *m)
{
    for (size_t i = 0; i < m->measure->standing_count; i++) {
        tdm__text_puts(&m->text, i > 0 ? "; " : "");
        tdm__text_add(&m->text, tdm__standing_words(m->measure->standings[i].code));
    }
    add_fact(m, "Standing");
}

static void add_facts(making *m)
{
    const tdm__measure *measure = m->measure;
    const tdm__measure_doc *e = m->effective;
    add_words(m, "Counts", measure->unit);
    add_words(m, "Numerator", e->numerator);
    add_words(m, "Denominator", e->denominator);
    put_list(m, measure->exclusions, measure->exclusion_count, "; ");
    add_fact(m, "Left out");
    put_list(m, measure->pitfalls, measure->pitfall_count, "; ");
    add_fact(m, "To be read with care");
    add_words(m, "Rounding", tdm__str(tdm__measures_rounding));
    if (measure->per > 0)
        tdm__text_printf(&m->text, "per %d children, where the areas' populations are known",
                         (int)measure->per);
    add_fact(m, "Also told as a rate");
    add_breaks(m);
    add_words(m, "Name in national figures", measure->national);
    add_words(m, "Source", measure->source);
    add_standing(m);
    add_needs(m);
    if (!e->on)
        tdm__text_printf(&m->text, "off, by %.*s", TDM_STR_ARGS(e->on_from));
    add_fact(m, "Switched");
    tdm__text_printf(&m->text, "%.*s, version %.*s", TDM_STR_ARGS(measure->file),
                     TDM_STR_ARGS(measure->version));
    add_fact(m, "File");
}

static tdm_status begin(making *m, const tdm__measures_doc *doc, size_t place)
{
    tdm__arena_reset(&m->arena);
    m->doc = doc;
    m->effective = &doc->measures[place];
    m->measure = m->effective->measure;
    m->fact_count = 0;
    add_facts(m);
    return m->status;
}

static void making_init(making *m, const tdm_allocator *allocator)
{
    *m = (making){.status = TDM_OK};
    tdm__arena_init(&m->arena, allocator);
    tdm__text_init(&m->text, allocator);
}

static void making_free(making *m)
{
    tdm__text_free(&m->text);
    tdm__arena_free(&m->arena);
}

/* --- Markdown --- */

static void put_text(tdm__output *out, const making *m)
{
    tdm__put(out, "\n## %p\n\n%p (%p). %p\n\n", m->measure->title, m->measure->id, m->measure->group,
             m->effective->definition);
    for (size_t i = 0; i < m->fact_count; i++)
        tdm__put(out, "- %c: %p\n", m->facts[i].term, m->facts[i].words);
    for (size_t i = 0; i < m->measure->param_count; i++) {
        const tdm__effective_param *p = &m->effective->params[i];
        tdm__put(out, "%r- `%p` = %p: %p (set by %p)\n", i == 0 ? "\n### Numbers in force\n\n" : "",
                 p->param->name, p->words, p->param->doc, p->from);
    }
}

static void put_text_index(tdm__output *out, const tdm__measures_doc *doc)
{
    for (size_t i = 0; i < doc->count; i++)
        tdm__put(out, "%r- %p: %p (%p)%r\n", i == 0 ? "\n" : "", doc->measures[i].measure->id,
                 doc->measures[i].measure->title, doc->measures[i].measure->group,
                 doc->measures[i].on ? "" : ", off");
}

tdm_status tdm__report_measures_text(const tdm__measures_doc *doc, const tdm_allocator *allocator,
                                     tdm_sink sink, tdm_error *error)
{
    tdm__output out;
    making m;
    tdm__output_init(&out, allocator, sink);
    making_init(&m, allocator);
    tdm__put(&out, "# What %r means\n\nPolicy: %p\n", doc->count > 1 ? "each figure" : "this figure",
             doc->policy_title);
    if (doc->count > 1)
        put_text_index(&out, doc);
    for (size_t i = 0; i < doc->count && out.status == TDM_OK; i++) {
        out.status = begin(&m, doc, i);
        if (out.status == TDM_OK)
            put_text(&out, &m);
    }
    making_free(&m);
    return tdm__output_end(&out, error);
}

/* --- HTML --- */

static void put_html_params(tdm__page *page, const making *m)
{
    static const char *const headings[] = {"Parameter", "Value", "What it is", "Set by", NULL};
    if (m->measure->param_count == 0)
        return;
    tdm__html_table(page, "params", TDM_LIT("Numbers in force"), headings);
    for (size_t i = 0; i < m->measure->param_count; i++) {
        const tdm__effective_param *p = &m->effective->params[i];
        tdm__put(&page->out, "<tr><th scope=\"row\">%h</th><td>%h</td><td>%h</td><td>%h</td></tr>\n",
                 p->param->name, p->words, p->param->doc, p->from);
    }
    tdm__html_table_end(page);
}

static void put_html(tdm__page *page, const making *m)
{
    tdm__output *out = &page->out;
    tdm__put(out, "<section id=\"%a\">\n<h2>%h</h2>\n<p class=\"note\">%h</p>\n<p>%h</p>\n", m->measure->id,
             m->measure->title, m->measure->id, m->effective->definition);
    tdm__put(out, "<dl class=\"facts\">");
    for (size_t i = 0; i < m->fact_count; i++)
        tdm__put(out, "<dt>%z</dt><dd>%h</dd>\n", m->facts[i].term, m->facts[i].words);
    tdm__put(out, "</dl>\n");
    put_html_params(page, m);
    tdm__put(out, "</section>\n");
}

static void put_html_head(tdm__page *page, const tdm__measures_doc *doc)
{
    static const char *const headings[] = {"Measure", "Group", "Counts", NULL};
    tdm__output *out = &page->out;
    tdm__html_open(out);
    tdm__put(out, "Measures");
    tdm__html_opened(out, NULL);
    tdm__put(out, "<a class=\"skip\" href=\"#main\">Skip to the list</a>\n<header>\n<h1>What each figure "
                  "means</h1>\n");
    tdm__put(out, "<dl class=\"facts\"><dt>Policy</dt><dd>%h</dd></dl>\n</header>\n<main id=\"main\">\n",
             doc->policy_title);
    if (doc->count < 2)
        return;
    tdm__html_table(page, "params", TDM_LIT("All measures"), headings);
    for (size_t i = 0; i < doc->count; i++) {
        const tdm__measure *measure = doc->measures[i].measure;
        tdm__put(out, "<tr><th scope=\"row\"><a href=\"#%a\">%h</a></th><td>%h</td><td>%h</td></tr>\n",
                 measure->id, measure->title, measure->group, measure->unit);
    }
    tdm__html_table_end(page);
}

tdm_status tdm__report_measures_html(const tdm__measures_doc *doc, const tdm_allocator *allocator,
                                     tdm_sink sink, tdm_error *error)
{
    tdm__page page = {.run = NULL};
    making m;
    tdm__output_init(&page.out, allocator, sink);
    making_init(&m, allocator);
    put_html_head(&page, doc);
    for (size_t i = 0; i < doc->count && page.out.status == TDM_OK; i++) {
        page.out.status = begin(&m, doc, i);
        if (page.out.status == TDM_OK)
            put_html(&page, &m);
    }
    tdm__put(&page.out,
             "</main>\n<footer><p>Tidemark %z. Policy SHA-256 %z.</p></footer>\n</body>\n</html>\n",
             tdm_version(), doc->policy_hash);
    making_free(&m);
    return tdm__output_end(&page.out, error);
}

/* --- JSON --- */

static void put_texts(tdm__json_writer *json, const char *name, const tdm_str *items, size_t count)
{
    tdm__json_put_name(json, name);
    tdm__json_open_array(json);
    for (size_t i = 0; i < count; i++)
        tdm__json_put_string(json, items[i]);
    tdm__json_close_array(json);
}

static void put_json(tdm__json_writer *json, const making *m)
{
    const tdm__measure *measure = m->measure;
    tdm__json_open_object(json);
    tdm__json_text_member(json, "id", measure->id);
    tdm__json_text_member(json, "version", measure->version);
    tdm__json_text_member(json, "group", measure->group);
    tdm__json_text_member(json, "title", measure->title);
    tdm__json_text_member(json, "definition", m->effective->definition);
    tdm__json_text_member(json, "unit", measure->unit);
    tdm__json_text_member(json, "numerator", m->effective->numerator);
    tdm__json_text_member(json, "denominator", m->effective->denominator);
    put_texts(json, "exclusions", measure->exclusions, measure->exclusion_count);
    put_texts(json, "pitfalls", measure->pitfalls, measure->pitfall_count);
    tdm__json_text_member(json, "rounding", tdm__str(tdm__measures_rounding));
    tdm__json_text_member(json, "national", measure->national);
    tdm__json_text_member(json, "source", measure->source);
    tdm__json_text_member(json, "file", measure->file);
    tdm__json_text_member(json, "sha256", tdm__str(measure->hash));
    tdm__json_put_name(json, "on");
    tdm__json_put_bool(json, m->effective->on);
    tdm__params_json(json, m->effective->params, measure->param_count);
    tdm__json_close_object(json);
}

tdm_status tdm__report_measure_json(const tdm__measures_doc *doc, const tdm_allocator *allocator,
                                    tdm_sink sink, tdm_error *error)
{
    making m;
    tdm__json_writer json;
    making_init(&m, allocator);
    tdm__json_writer_init(&json, allocator, sink, 2);
    tdm_status status = begin(&m, doc, 0);
    if (status == TDM_OK)
        put_json(&json, &m);
    tdm_status written = tdm__json_report_end(&json, sink, "the measure", error);
    making_free(&m);
    return status == TDM_OK ? written : tdm__no_memory(error);
}
