/*
 * The words of doc_parts.h.
 */
#include "report/doc_parts.h"

#include "report/view.h"

#include <string.h>

const char *const tdm__doc_stance = "A prompt asks for a review of the record. It is no measure of risk, and "
                                    "no prompt does not mean that all is "
                                    "well. Met: it holds wherever the doubtful dates fall. Possible: it "
                                    "holds for some of their days. Not assessed: "
                                    "the data that could tell is not there.";

typedef struct making {
    tdm__doc_page *page;
    const tdm__doc *doc;
    tdm__arena *arena;
    tdm__text text; /* being put together */
    tdm_status status;
} making;

/* What was put together, in the arena; the text begins anew. */
static tdm_str settle(making *m)
{
    return tdm__settled(&m->text, m->arena, &m->status);
}

static void add_fact(making *m, const char *term)
{
    tdm_str words = settle(m);
    if (words.length > 0 && m->page->fact_count < TDM__DOC_FACTS_MAX)
        m->page->facts[m->page->fact_count++] = (tdm__doc_fact){term, words};
}

static tdm_str kind_title(const making *m, uint32_t kind)
{
    return tdm__kind_title(&m->doc->vocabulary->kinds[kind]);
}

static void put_part(making *m, const tdm__need_part *part)
{
    tdm__text_add(&m->text, kind_title(m, part->kind));
    if (part->fact != TDM_NO_INDEX)
        tdm__text_printf(&m->text, " that tells %.*s",
                         TDM_STR_ARGS(m->doc->vocabulary->facts[part->fact].key));
}

static void put_kinds(making *m, const uint32_t *kinds, size_t count, const char *last)
{
    for (size_t i = 0; i < count; i++) {
        tdm__text_puts(&m->text, i == 0 ? "" : i + 1 == count ? last : ", ");
        tdm__text_add(&m->text, kind_title(m, kinds[i]));
    }
}

static void put_standings(making *m, const tdm__indicator *i)
{
    for (size_t k = 0; k < i->standing_count; k++) {
        char day[TDM__WORDS_SIZE];
        const tdm__standing *s = &i->standings[k];
        tdm__text_puts(&m->text, k > 0 ? "; " : "");
        tdm__text_add(&m->text, tdm__standing_words(s->code));
        if (s->from != TDM_DAY_NONE) {
            tdm__day_words(day, s->from);
            tdm__text_printf(&m->text, ", from %s", day);
        }
        if (s->until != TDM_DAY_NONE) {
            tdm__day_words(day, s->until);
            tdm__text_printf(&m->text, ", until %s", day);
        }
    }
}

static void add_needs(making *m, const tdm__indicator *i)
{
    const tdm__needs *needs = &i->needs;
    put_kinds(m, needs->any, needs->any_count, " or ");
    add_fact(m, needs->any_count > 1 ? "Needs a source that could hold one of"
                                     : "Needs a source that could hold");
    put_kinds(m, needs->all, needs->all_count, " and ");
    add_fact(m, "Needs sources that could hold each of");
    if (needs->coverage_days > 0)
        tdm__text_printf(&m->text, "%d or more agencies that each declare %d days or more",
                         (int)needs->coverage_agencies, (int)needs->coverage_days);
    add_fact(m, "Needs declared coverage");
    for (size_t k = 0; k < needs->deny_count; k++) {
        tdm__text_puts(&m->text, k > 0 ? "; and " : "");
        for (size_t p = 0; p < needs->deny[k].any_count; p++) {
            tdm__text_puts(&m->text, p > 0 ? " or " : "");
            put_part(m, &needs->deny[k].any[p]);
        }
    }
    add_fact(m, "Says \"not met\" only where sources could hold");
}

static void add_facts(making *m)
{
    const tdm__effective_indicator *e = m->page->effective;
    tdm__text_add(&m->text, e->definition);
    add_fact(m, "What is counted");
    tdm__text_add(&m->text, e->indicator->source);
    add_fact(m, "Source");
    put_standings(m, e->indicator);
    add_fact(m, "Standing");
    add_needs(m, e->indicator);
    tdm__text_printf(&m->text, "%s%s%.*s", e->on ? "on" : "off", e->on_from.length > 0 ? ", set by " : "",
                     TDM_STR_ARGS(e->on_from));
    add_fact(m, "Switched");
    tdm__text_puts(&m->text, tdm__prompt_severity_words(e->severity));
    add_fact(m, "In a worklist");
    tdm__text_printf(&m->text, "%.*s, version %.*s", TDM_STR_ARGS(e->indicator->file),
                     TDM_STR_ARGS(e->indicator->version));
    add_fact(m, "File");
}

/* --- examples --- */

static void put_facts_of(making *m, const tdm__event_input *event)
{
    for (size_t i = 0; i < event->fact_count; i++)
        tdm__text_printf(&m->text, "%s%.*s: %.*s", i > 0 ? ", " : "", TDM_STR_ARGS(event->facts[i].key),
                         TDM_STR_ARGS(event->facts[i].value));
}

static void put_marks_of(making *m, const tdm__event_input *event)
{
    static const struct {
        tdm__string_field field;
        const char *words;
    } named[] = {{TDM__INCIDENT, "incident "},
                 {TDM__EPISODE, "episode "},
                 {TDM__REFERENCE, "reference "},
                 {TDM__ACTION, "action: "}};
    char day[TDM__WORDS_SIZE];
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (event->strings[named[i].field].length > 0)
            tdm__text_printf(&m->text, "%s%s%.*s", m->text.length > 0 ? ", " : "", named[i].words,
                             TDM_STR_ARGS(event->strings[named[i].field]));
    if (event->recorded != TDM_DAY_NONE) {
        tdm__day_words(day, event->recorded);
        tdm__text_printf(&m->text, "%srecorded %s", m->text.length > 0 ? ", " : "", day);
    }
    if (!tdm__str_equal(event->child, TDM_LIT("example")))
        tdm__text_printf(&m->text, "%sof %.*s", m->text.length > 0 ? ", " : "", TDM_STR_ARGS(event->child));
}

static tdm_str agency_title(const making *m, tdm_str code)
{
    uint32_t agency = tdm__vocabulary_agency(m->doc->vocabulary, code);
    return agency == TDM_NO_INDEX ? code : m->doc->vocabulary->agencies[agency].title;
}

static void make_row(making *m, tdm__doc_row *out, const tdm__event_input *event)
{
    tdm_date_words(out->day, event->occurred);
    put_facts_of(m, event);
    put_marks_of(m, event);
    out->more = settle(m);
    out->agency = agency_title(m, event->agency);
    out->kind = kind_title(m, event->kind);
}

/* The day, and each parameter that the example sets. */
static tdm_str about(making *m, const tdm__example_told *told)
{
    char day[TDM__WORDS_SIZE];
    const tdm__indicator *indicator = m->page->effective->indicator;
    tdm__day_words(day, told->as_of);
    tdm__text_printf(&m->text, "as of %s", day);
    for (size_t i = 0; i < indicator->param_count; i++) {
        tdm_str given, fallback;
        if (tdm__param_words(&given, m->arena, &told->params[i]) != TDM_OK ||
            tdm__param_words(&fallback, m->arena, &indicator->params[i].fallback) != TDM_OK)
            m->status = TDM_NO_MEMORY;
        else if (!tdm__str_equal(given, fallback))
            tdm__text_printf(&m->text, ", with %.*s %.*s", TDM_STR_ARGS(indicator->params[i].name),
                             TDM_STR_ARGS(given));
    }
    return settle(m);
}

static void make_example(making *m, tdm__doc_example *out, const tdm__example_told *told)
{
    tdm__doc_row *rows = tdm__arena_array(m->arena, told->event_count, sizeof *rows);
    *out = (tdm__doc_example){.name = told->name,
                              .answer = tdm_answer_code(told->expect),
                              .about = about(m, told),
                              .rows = rows,
                              .row_count = rows ? told->event_count : 0,
                              .assessment_count = told->assessment_count};
    if (!rows)
        m->status = TDM_NO_MEMORY;
    for (size_t i = 0; i < out->row_count; i++)
        make_row(m, &rows[i], &told->events[i]);
    for (size_t i = 0; i < told->evidence_count; i++)
        if (told->evidence[i] <= out->row_count)
            out->named_rows = rows[told->evidence[i] - 1].shown = true;
}

static void add_script(making *m)
{
    const tdm__indicator *indicator = m->page->effective->indicator;
    const tdm__catalogue *catalogue = m->doc->catalogue;
    tdm_str *sentences = tdm__arena_array(m->arena, indicator->outcome_count, sizeof *sentences);
    tdm__doc_example *examples = tdm__arena_array(m->arena, indicator->example_count, sizeof *examples);
    if (!sentences || !examples) {
        m->status = TDM_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < indicator->outcome_count; i++)
        sentences[i] = tdm__catalogue_sentence(catalogue, m->page->place, i);
    for (size_t i = 0; i < indicator->example_count; i++) {
        tdm__example_told told = tdm__catalogue_example(catalogue, m->page->place, i);
        make_example(m, &examples[i], &told);
    }
    m->page->sentences = sentences;
    m->page->sentence_count = indicator->outcome_count;
    m->page->examples = examples;
    m->page->example_count = indicator->example_count;
}

tdm_status tdm__doc_page_of(tdm__doc_page *out, const tdm__doc *doc, size_t place, tdm__arena *arena)
{
    making m = {.page = out, .doc = doc, .arena = arena, .status = TDM_OK};
    *out = (tdm__doc_page){.effective = &doc->indicators[place], .place = place};
    out->composite = place >= tdm__catalogue_count(doc->catalogue);
    tdm__text_init(&m.text, arena->allocator);
    add_facts(&m);
    if (!out->composite)
        add_script(&m);
    tdm__text_free(&m.text);
    return m.status;
}
