/*
 * reviews findings: what the latest run over all children found, for those who count and see no names: NDJSON
 * by pseudonym, in the order of keys, a page in memory at a time. A line says which run, a line a prompt, a
 * line of totals at the end: what lacks that one is not whole.
 */
#include "api/answer.h"
#include "api/service_operations.h"

#include "store/worklist.h"

#include <stdio.h>
#include <string.h>

typedef struct findings {
    const tdm__serving *serving;
    tdm__prompt_filter filter;
    tdm__arena arena; /* of the page at hand */
    tdm__text text;
    int64_t prompts, met, possible, current;
} findings;

static void put_number(tdm__json_writer *json, const char *name, int64_t number)
{
    tdm__json_put_name(json, name);
    tdm__json_put_int(json, number);
}

/* One line, which ends with end_line. */
static void begin_line(tdm__json_writer *json, findings *f, const char *type)
{
    tdm__json_writer_init(json, &f->serving->context->allocator, tdm__text_sink(&f->text), 0);
    tdm__json_open_object(json);
    tdm__answer_member(json, "type", tdm__str(type));
}

static void end_line(tdm__json_writer *json, findings *f)
{
    tdm__json_close_object(json);
    if (tdm__json_writer_end(json) != TDM_OK)
        f->text.failed = true;
    tdm__text_char(&f->text, '\n');
}

static tdm_status send(findings *f, tdm_sink sink, tdm_error *error)
{
    tdm_status status = f->text.failed ? tdm__no_memory(error)
                                       : tdm__sink_write(sink, tdm__text_str(&f->text));
    f->text.length = 0;
    return status;
}

/* `run` is the run that found it: a later one where the child's record was changed since. */
static void put_prompt(findings *f, const tdm__stored_prompt *prompt)
{
    tdm__json_writer json;
    char code[TDM__CODE_SIZE];
    tdm__child_code(code, f->serving->service, prompt->child);
    begin_line(&json, f, "prompt");
    tdm__put_prompt(&json, f->serving, prompt, tdm__str(code));
    put_number(&json, "run", prompt->run_last);
    end_line(&json, f);
    f->prompts++;
    f->met += prompt->answer == TDM__PROMPT_MET;
    f->possible += prompt->answer == TDM__PROMPT_POSSIBLE;
    f->current += prompt->current;
}

static tdm_status put_pages(findings *f, tdm_sink sink, tdm_error *error)
{
    char after[TDM_HEX64_SIZE] = "";
    tdm_status status;
    do {
        tdm__stored_prompts page;
        tdm__paging paging = {.after = tdm__str(after), .limit = TDM_PAGE_MOST};
        tdm__arena_reset(&f->arena);
        status = tdm__work_prompts(&page, f->serving->work, &f->arena, &f->filter, paging, error);
        for (size_t i = 0; status == TDM_OK && i < page.count; i++)
            put_prompt(f, &page.items[i]);
        if (status == TDM_OK)
            status = send(f, sink, error);
        snprintf(after, sizeof after, "%.*s", TDM_STR_ARGS(page.next));
    } while (status == TDM_OK && after[0]);
    return status;
}

static tdm_status put_all(findings *f, const tdm__stored_run *run, tdm_sink sink, tdm_error *error)
{
    tdm__json_writer json;
    tdm_status status = TDM_OK;
    begin_line(&json, f, "run");
    tdm__put_run_members(&json, run);
    end_line(&json, f);
    if (tdm__actor_allowed(&f->filter.allowed, f->serving, TDM__SCOPE_CASELOAD))
        status = put_pages(f, sink, error);
    if (status != TDM_OK)
        return status;
    int64_t withheld = 0;
    status = tdm__work_prompts_withheld(&withheld, f->serving->work, &f->filter, error);
    if (status != TDM_OK)
        return status;
    begin_line(&json, f, "totals");
    put_number(&json, "prompts", f->prompts);
    put_number(&json, "met", f->met);
    put_number(&json, "possible", f->possible);
    put_number(&json, "current", f->current);
    if (withheld > 0)
        put_number(&json, "withheld", withheld);
    end_line(&json, f);
    return send(f, sink, error);
}

/* Prompts of an earlier run are in the store as the latest one found them, or gone. */
static tdm_status find_run(tdm__stored_run *run, const tdm_request *request, tdm_error *error)
{
    tdm__stored_run latest;
    const tdm__serving *serving = request->serving;
    tdm_status status = tdm__work_run(run, serving->work, serving->arena,
                                      tdm__request_number(request, "id", 0), error);
    if (status == TDM_OK)
        status = tdm__work_latest_run(&latest, serving->work, serving->arena, error);
    if (status == TDM_NOT_FOUND)
        return tdm__fail(error, status, "there is no such run");
    if (status == TDM_OK && latest.number != run->number)
        return tdm__fail(error, TDM_CONFLICT, "only what the latest run found is kept: run %lld",
                         (long long)latest.number);
    return status;
}

tdm_status tdm__op_reviews_findings(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                    tdm_error *error)
{
    tdm__stored_run run;
    findings f = {.serving = request->serving, .filter = {.state = TDM_ANY, .answer = TDM_ANY}};
    (void)outcome;
    tdm_status status = find_run(&run, request, error);
    if (status != TDM_OK)
        return status;
    tdm__arena_init(&f.arena, &request->context->allocator);
    tdm__text_init(&f.text, &request->context->allocator);
    status = put_all(&f, &run, sink, error);
    tdm__text_free(&f.text);
    tdm__arena_free(&f.arena);
    return status;
}
