/*
 * One indicator over inputs, as JSON: indicators-run.schema.json.
 */
#include "report/event_json.h"
#include "report/evidence.h"
#include "report/json_members.h"
#include "report/trial.h"

#define INDENT 2

static void put_answers(tdm__json_writer *json, const tdm__trial_report *report)
{
    tdm__answer_counts counts = tdm__count_answers(report->run, report->indicator);
    tdm__json_put_name(json, "answers");
    tdm__json_open_object(json);
    for (int answer = TDM_MET; answer >= TDM_NOT_ASSESSED; answer--)
        tdm__json_int_member(json, tdm_answer_code((tdm_answer)answer), (int64_t)counts.of[answer]);
    tdm__json_close_object(json);
}

static tdm_status put_reasons(tdm__json_writer *json, const tdm__trial_report *report, tdm__arena *arena)
{
    size_t count;
    tdm__reason_count *reasons;
    tdm_status status = tdm__count_reasons(&reasons, &count, report->run, arena);
    if (status != TDM_OK)
        return status;
    tdm__json_put_name(json, "not_assessed");
    tdm__json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        if (reasons[i].indicator != report->indicator)
            continue;
        tdm__json_open_object(json);
        tdm__json_string_member(json, "reason", reasons[i].reason);
        tdm__json_int_member(json, "children", reasons[i].children);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
    return TDM_OK;
}

static void put_failures(tdm__json_writer *json, const tdm__trial_report *report)
{
    tdm__json_put_name(json, "failures");
    tdm__json_open_array(json);
    for (size_t i = 0; i < report->failure_count; i++) {
        const tdm__trial_failure *f = &report->failures[i];
        tdm__json_open_object(json);
        tdm__json_string_member(json, "file", f->file);
        tdm__json_int_member(json, "line", f->line);
        tdm__json_string_member(json, "reason", tdm__str(f->reason));
        tdm__json_string_member(json, "message", f->message);
        tdm__json_string_member(json, "first_child",
                                tdm_chronology_child_id(report->run->chronology, f->child));
        tdm__json_int_member(json, "children", (int64_t)f->children);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void put_prompt(tdm__json_writer *json, const tdm_run *run, uint32_t child, const tdm__prompt *prompt)
{
    tdm__json_open_object(json);
    tdm__json_string_member(json, "child", tdm_chronology_child_id(run->chronology, child));
    tdm__json_string_member(json, "answer", tdm__str(tdm_answer_code(prompt->answer)));
    tdm__json_bool_member(json, "current", prompt->current);
    tdm__json_day_or_null(json, "first_met", prompt->first_met);
    tdm__json_string_member(json, "sentence", prompt->sentence);
    tdm__json_put_name(json, "evidence");
    tdm__json_open_array(json);
    for (size_t s = 0; s < prompt->spell_count; s++)
        for (size_t i = 0; i < prompt->spells[s].event_count; i++)
            tdm__evidence_json(json, run, prompt->spells[s].events[i]);
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

static void put_prompts(tdm__json_writer *json, const tdm__trial_report *report)
{
    const tdm_run *run = report->run;
    tdm__json_put_name(json, "prompts");
    tdm__json_open_array(json);
    for (size_t i = 0; i < run->child_count; i++) {
        const tdm__prompt *prompt = tdm__prompt_of(&run->children[i], report->indicator);
        if (prompt)
            put_prompt(json, run, run->children[i].child, prompt);
    }
    tdm__json_close_array(json);
}

/* --- why --- */

static void put_missing(tdm__json_writer *json, const tdm__trial *why, const tdm_vocabulary *vocabulary)
{
    tdm__json_put_name(json, "kinds");
    tdm__json_open_array(json);
    for (size_t i = 0; i < why->kind_count; i++)
        tdm__json_put_string(json, vocabulary->kinds[why->kinds[i]].code);
    for (size_t i = 0; i < why->part_count; i++)
        tdm__json_put_string(json, vocabulary->kinds[why->parts[i].kind].code);
    tdm__json_close_array(json);
}

static void put_step(tdm__json_writer *json, const tdm__trace_step *step)
{
    static const char *const whats[] = {"rows", "episodes", "measure"};
    tdm__json_open_object(json);
    tdm__json_string_member(json, "what", tdm__str(whats[step->what]));
    tdm__json_string_member(json, "called", step->called);
    tdm__json_string_member(json, "file", step->file);
    tdm__json_int_member(json, "line", step->line);
    if (step->what == TDM__TRACE_MEASURE)
        tdm__json_string_member(json, "answer", tdm__str(tdm_answer_code(step->answer)));
    else
        tdm__json_bounds_member(json, "count", step->count);
    if (step->needed > 0) {
        tdm__json_int_member(json, "needed", step->needed);
        tdm__json_bounds_member(json, "reached", step->reached);
    }
    tdm__json_close_object(json);
}

static void put_doubts(tdm__json_writer *json, const tdm__trial_report *report)
{
    tdm__json_put_name(json, "dates_in_doubt");
    tdm__json_open_array(json);
    for (uint32_t row = 0; row < report->why->trace.row_count; row++)
        if (tdm__trial_row_in_doubt(report->why, row))
            tdm__evidence_json(json, report->run, report->why->history->rows[row].event);
    tdm__json_close_array(json);
}

static void put_why(tdm__json_writer *json, const tdm__trial_report *report)
{
    const tdm__trial *why = report->why;
    tdm__json_put_name(json, "why");
    tdm__json_open_object(json);
    tdm__json_string_member(json, "child",
                            tdm_chronology_child_id(report->run->chronology, why->history->child));
    tdm__json_string_member(json, "answer", tdm__str(tdm_answer_code(why->result.answer)));
    if (why->result.reason)
        tdm__json_string_member(json, "reason", tdm__str(why->result.reason));
    tdm__json_string_member(json, "decided_by", tdm__str(tdm__trial_end_code(why->end)));
    if (why->end == TDM__TRIAL_FAILED) {
        tdm__json_string_member(json, "file", why->result.file);
        tdm__json_int_member(json, "line", why->result.line);
        tdm__json_string_member(json, "message", why->result.message);
    }
    put_missing(json, why, tdm__chronology_vocabulary(report->run->chronology));
    tdm__json_put_name(json, "asked");
    tdm__json_open_array(json);
    for (size_t i = 0; i < why->trace.count; i++)
        put_step(json, &why->trace.steps[i]);
    tdm__json_close_array(json);
    put_doubts(json, report);
    tdm__json_int_member(json, "undated_rows", why->history->undated_rows);
    tdm__json_int_member(json, "later_rows", why->history->later_rows);
    tdm__json_close_object(json);
}

static void put_cost(tdm__json_writer *json, const tdm__trial_report *report)
{
    const tdm__cost *cost = report->cost;
    tdm__json_put_name(json, "cost");
    tdm__json_open_object(json);
    tdm__json_int_member(json, "children_asked", (int64_t)cost->asked);
    tdm__json_int_member(json, "steps", cost->steps);
    tdm__json_int_member(json, "most_steps", cost->most_steps);
    tdm__json_int_member(json, "memory_bytes", (int64_t)cost->memory_bytes);
    tdm__json_close_object(json);
}

tdm_status tdm__report_trial_json(const tdm__trial_report *report, const tdm__report_options *options,
                                  tdm_sink sink, tdm_error *error)
{
    tdm__arena arena;
    tdm__json_writer json;
    const tdm__effective_indicator *e = &report->run->indicators[report->indicator];
    (void)options;
    tdm__arena_init(&arena, &report->run->allocator);
    tdm__json_writer_init(&json, &report->run->allocator, sink, INDENT);
    tdm__json_open_object(&json);
    tdm__json_string_member(&json, "indicator", e->indicator->id);
    tdm__json_string_member(&json, "version", e->indicator->version);
    tdm__json_string_member(&json, "definition", e->definition);
    tdm__json_day_or_null(&json, "as_of", report->run->as_of);
    put_answers(&json, report);
    tdm_status status = put_reasons(&json, report, &arena);
    put_failures(&json, report);
    put_prompts(&json, report);
    if (report->why)
        put_why(&json, report);
    if (report->cost)
        put_cost(&json, report);
    tdm__json_close_object(&json);
    if (json.status == TDM_OK)
        json.status = status;
    tdm__arena_free(&arena);
    return tdm__json_report_end(&json, sink, "what the indicator said", error);
}
