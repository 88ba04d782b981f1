/*
 * The page on an indicator as Markdown, which is also plain text.
 */
#include "report/doc_parts.h"
#include "report/output.h"

/* In a cell of a table a bar would begin another one. */
static void put_cell(tdm__output *out, tdm_str text)
{
    while (text.length > 0) {
        tdm_str part = tdm__str_split(&text, '|');
        tdm__put(out, "%p%r", part, text.length > 0 ? "\\|" : "");
    }
}

static void put_row(tdm__output *out, const tdm_str *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        tdm__put(out, "| ");
        put_cell(out, cells[i]);
        tdm__put(out, " ");
    }
    tdm__put(out, "|\n");
}

static void put_params(tdm__output *out, const tdm__effective_indicator *e)
{
    if (e->indicator->param_count == 0)
        return;
    tdm__put(out,
             "\n### Numbers in force\n\n| parameter | value | what it is | set by |\n|---|---|---|---|\n");
    for (size_t i = 0; i < e->indicator->param_count; i++) {
        const tdm__effective_param *p = &e->params[i];
        const tdm_str cells[] = {p->param->name, p->words, p->param->doc, p->from};
        put_row(out, cells, sizeof cells / sizeof *cells);
    }
}

static void put_example(tdm__output *out, const tdm__doc_example *example)
{
    tdm__put(out, "\n#### %p: %c\n\n%p%r\n", example->name, example->answer, example->about,
             example->assessment_count > 0 ? ", with assessments that the file describes" : "");
    if (example->row_count > 0)
        tdm__put(out, "\n| when | agency | what | more | shown |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < example->row_count; i++) {
        const tdm__doc_row *row = &example->rows[i];
        const tdm_str cells[] = {tdm__str(row->day), row->agency, row->kind, row->more,
                                 row->shown ? TDM_LIT("shown") : TDM_LIT("")};
        put_row(out, cells, sizeof cells / sizeof *cells);
    }
}

static void put_indicator(tdm__output *out, const tdm__doc_page *page)
{
    const tdm__indicator *indicator = page->effective->indicator;
    tdm__put(out, "\n## %p\n\n%p. **%p**\n\n", indicator->title, indicator->id, indicator->question);
    for (size_t i = 0; i < page->fact_count; i++)
        tdm__put(out, "- %c: %p\n", page->facts[i].term, page->facts[i].words);
    put_params(out, page->effective);
    tdm__put(out, "%r", page->sentence_count > 0 ? "\n### How a prompt reads\n\n" : "");
    for (size_t i = 0; i < page->sentence_count; i++)
        tdm__put(out, "- %p\n", page->sentences[i]);
    tdm__put(out, "%r", page->example_count > 0 ? "\n### Examples\n" : "");
    for (size_t i = 0; i < page->example_count; i++)
        put_example(out, &page->examples[i]);
}

static void put_index(tdm__output *out, const tdm__doc *doc)
{
    tdm__put(out, "\n| indicator | what it asks | group | switched |\n|---|---|---|---|\n");
    for (size_t i = 0; i < doc->count; i++) {
        const tdm__effective_indicator *e = &doc->indicators[doc->first + i];
        const tdm_str cells[] = {e->indicator->title, e->indicator->question, e->indicator->group,
                                 e->on ? TDM_LIT("on") : TDM_LIT("off")};
        put_row(out, cells, sizeof cells / sizeof *cells);
    }
}

tdm_status tdm__report_doc_text(const tdm__doc *doc, const tdm_allocator *allocator, tdm_sink sink,
                                tdm_error *error)
{
    tdm__output out;
    tdm__arena arena;
    tdm__output_init(&out, allocator, sink);
    tdm__arena_init(&arena, allocator);
    tdm__put(&out, "# What %r means\n\n%c\n\nPolicy: %p\n", doc->count > 1 ? "each prompt" : "this prompt",
             tdm__doc_stance, doc->policy_title);
    if (doc->count > 1)
        put_index(&out, doc);
    for (size_t i = 0; i < doc->count && out.status == TDM_OK; i++) {
        tdm__doc_page page;
        tdm__arena_reset(&arena);
        out.status = tdm__doc_page_of(&page, doc, doc->first + i, &arena);
        if (out.status == TDM_OK)
            put_indicator(&out, &page);
    }
    tdm__arena_free(&arena);
    return tdm__output_end(&out, error);
}
