/*
 * Review JSON: interfaces.md "Review JSON" gives the members, review.schema.json their meaning.
 */
#include "report/checks.h"
#include "report/cumulative.h"
#include "report/event_json.h"
#include "report/evidence.h"
#include "report/incidents.h"
#include "report/json_members.h"
#include "report/limits.h"
#include "report/params_json.h"
#include "report/policy_files.h"
#include "report/review_json.h"
#include "report/sources.h"

static void put_policy(tdm__json_writer *json, const tdm_run *run)
{
    tdm__json_put_name(json, "policy");
    tdm__json_policy_files(json, run->policy_title, run->policy_hash, run->policy_files,
                           run->policy_file_count);
}

static void put_indicator(tdm__json_writer *json, const tdm_run *run,
                          const tdm__effective_indicator *in_force)
{
    const tdm__indicator *indicator = in_force->indicator;
    tdm__json_open_object(json);
    tdm__json_text_member(json, "id", indicator->id);
    tdm__json_text_member(json, "version", indicator->version);
    tdm__json_bool_member(json, "on", in_force->on);
    tdm__json_text_member(json, "definition", in_force->definition);
    tdm__json_open_list(json, "standing");
    for (size_t i = 0; i < indicator->standing_count; i++)
        if (tdm__standing_holds(run, &indicator->standings[i]))
            tdm__json_put_string(json, indicator->standings[i].code);
    tdm__json_close_array(json);
    tdm__params_json(json, in_force->params, indicator->param_count);
    tdm__json_close_object(json);
}

void tdm__spell_json(tdm__json_writer *json, const tdm_run *run, const tdm__run_spell *spell)
{
    tdm__json_open_object(json);
    tdm__json_code_member(json, "key", spell->key);
    tdm__json_code_member(json, "answer", tdm_answer_code(spell->answer));
    tdm__json_day_or_null(json, "from", spell->from);
    tdm__json_day_or_null(json, "to", spell->to);
    tdm__json_open_list(json, "evidence");
    for (size_t i = 0; i < spell->event_count; i++)
        tdm__evidence_json(json, run, spell->events[i]);
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

static void put_prompt(tdm__json_writer *json, const tdm_run *run, const tdm__prompt *prompt)
{
    const tdm__effective_indicator *in_force = &run->indicators[prompt->indicator];
    tdm__json_open_object(json);
    tdm__json_text_member(json, "indicator", in_force->indicator->id);
    tdm__json_code_member(json, "answer", tdm_answer_code(prompt->answer));
    tdm__json_code_member(json, "severity", tdm__prompt_severity_code(in_force->severity));
    tdm__json_bool_member(json, "current", prompt->current);
    tdm__json_day_or_null(json, "first_met", prompt->first_met);
    tdm__json_text_member(json, "sentence", prompt->sentence);
    tdm__json_open_list(json, "spells");
    for (size_t i = 0; i < prompt->spell_count; i++)
        tdm__spell_json(json, run, &prompt->spells[i]);
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}

static void put_no_prompts(tdm__json_writer *json, const tdm_run *run, const tdm__child_result *child,
                           tdm_answer answer)
{
    for (size_t i = 0; i < child->no_prompt_count; i++) {
        const tdm__no_prompt *one = &child->no_prompts[i];
        if (one->answer != answer)
            continue;
        tdm__json_open_object(json);
        tdm__json_text_member(json, "indicator", run->indicators[one->indicator].indicator->id);
        tdm__json_code_member(json, "reason", one->reason);
        if (one->file.length > 0) {
            tdm__json_text_member(json, "file", one->file);
            tdm__json_int_member(json, "line", one->line);
        }
        tdm__json_close_object(json);
    }
}

static void put_level(tdm__json_writer *json, const tdm__level_step *step)
{
    tdm__json_open_object(json);
    tdm__json_day_or_null(json, "from", step->from);
    tdm__json_day_or_null(json, "to", step->to);
    tdm__json_put_name(json, "level");
    tdm__json_open_object(json);
    tdm__json_int_member(json, "certain", step->level.certain);
    tdm__json_int_member(json, "possible", step->level.possible);
    tdm__json_close_object(json);
    tdm__json_close_object(json);
}

static tdm_status append_to_text(const char *bytes, size_t length, void *payload)
{
    tdm__text *text = payload;
    tdm__text_bytes(text, bytes, length);
    return text->failed ? TDM_NO_MEMORY : TDM_OK;
}

/* The score's own JSON, read and written again so that it is indented like the rest. */
static void put_score(tdm__json_writer *json, const tdm_run *run, const tdm_score *score)
{
    tdm__text text;
    tdm__json *document = NULL;
    tdm__text_init(&text, &run->allocator);
    tdm_status status = tdm_score_write(score, (tdm_sink){append_to_text, &text}, 0);
    if (status == TDM_OK)
        status = tdm__json_parse(&document, &run->allocator, tdm__text_str(&text), TDM_LIT("score"), NULL);
    if (status == TDM_OK)
        tdm__json_put_value(json, tdm__json_root(document));
    else if (json->status == TDM_OK)
        json->status = status;
    tdm__json_free(document);
    tdm__text_free(&text);
}

static void put_born(tdm__json_writer *json, const tdm__child *child)
{
    char room[TDM_DATE_TEXT_SIZE];
    tdm_date_format(room, child->born);
    tdm__json_put_name(json, "born");
    if (room[0])
        tdm__json_put_text(json, room);
    else
        tdm__json_put_null(json);
}

static void put_child_events(tdm__json_writer *json, const tdm_run *run, uint32_t child)
{
    uint32_t first, end;
    tdm__chronology_child_events(run->chronology, child, &first, &end);
    tdm__json_open_list(json, "events");
    for (uint32_t at = first; at < end; at++)
        tdm__event_json(json, run->chronology, at, TDM__EVENT_REVIEW, run->as_of);
    tdm__json_close_array(json);
}

/* Nothing for a child where the run gives counts instead. */
static void put_child_not_assessed(tdm__json_writer *json, const tdm_run *run, const tdm__child_result *child)
{
    if (!tdm__not_assessed_counted(run)) {
        tdm__json_open_list(json, "not_assessed");
        put_no_prompts(json, run, child, TDM_NOT_ASSESSED);
        tdm__json_close_array(json);
    }
    if (run->explain_all) {
        tdm__json_open_list(json, "not_met");
        put_no_prompts(json, run, child, TDM_NOT_MET);
        tdm__json_close_array(json);
    }
}

void tdm__review_json_child(tdm__json_writer *json, const tdm_run *run, const tdm__child_result *child,
                            const tdm__report_options *options)
{
    const tdm__child *about = tdm__chronology_child(run->chronology, child->child);
    tdm__json_open_object(json);
    tdm__json_text_member(json, "child", about->id);
    put_born(json, about);
    tdm__json_open_list(json, "assessments");
    for (size_t i = 0; i < child->score_count; i++)
        put_score(json, run, child->scores[i]);
    tdm__json_close_array(json);
    tdm__incidents_json(json, run, child);
    tdm__put_child_checks(json, run, child);
    tdm__json_open_list(json, "timeline");
    for (size_t i = 0; i < child->level_count; i++)
        put_level(json, &child->levels[i]);
    tdm__json_close_array(json);
    tdm__json_open_list(json, "prompts");
    for (size_t i = 0; i < child->prompt_count; i++)
        if (tdm__prompt_shown(&child->prompts[i], options))
            put_prompt(json, run, &child->prompts[i]);
    tdm__json_close_array(json);
    put_child_not_assessed(json, run, child);
    if (options->cumulative)
        tdm__put_child_cumulative(json, run, child->child);
    if (options->with_events)
        put_child_events(json, run, child->child);
    tdm__json_close_object(json);
}

static void put_reason_counts(tdm__json_writer *json, const tdm_run *run)
{
    tdm__arena arena;
    tdm__reason_count *rows;
    size_t count;
    tdm__arena_init(&arena, &run->allocator);
    tdm_status status = tdm__count_reasons(&rows, &count, run, &arena);
    if (status != TDM_OK && json->status == TDM_OK)
        json->status = status;
    tdm__json_open_list(json, "not_assessed");
    for (size_t i = 0; i < count; i++) {
        tdm__json_open_object(json);
        tdm__json_text_member(json, "indicator", run->indicators[rows[i].indicator].indicator->id);
        tdm__json_text_member(json, "reason", rows[i].reason);
        tdm__json_int_member(json, "children", rows[i].children);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
    tdm__arena_free(&arena);
}

void tdm__review_json_head(tdm__json_writer *json, const tdm_run *run)
{
    tdm__json_int_member(json, "schema", 1);
    tdm__json_code_member(json, "tidemark", tdm_version());
    tdm__json_day_or_null(json, "as_of", run->as_of);
    tdm__missing_json(json, run->chronology);
    put_policy(json, run);
    tdm__json_open_list(json, "indicators");
    for (size_t i = 0; i < run->indicator_count; i++)
        put_indicator(json, run, &run->indicators[i]);
    tdm__json_close_array(json);
    tdm__put_check_definitions(json, run);
}

static void put_tail(tdm__json_writer *json, const tdm_run *run)
{
    if (tdm__not_assessed_counted(run))
        put_reason_counts(json, run);
    tdm__put_check_gap_counts(json, run);
    tdm__put_sources(json, run);
}

tdm_status tdm__report_json(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                            tdm_error *error)
{
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm__json_writer json;
    tdm__json_writer_init(&json, &run->allocator, sink, 2);
    tdm__json_open_object(&json);
    tdm__review_json_head(&json, run);
    if (chosen.cumulative)
        tdm__put_cumulative_settings(&json, run);
    tdm__json_open_list(&json, "children");
    for (size_t i = 0; i < run->child_count && json.status == TDM_OK; i++)
        tdm__review_json_child(&json, run, &run->children[i], &chosen);
    tdm__json_close_array(&json);
    put_tail(&json, run);
    tdm__json_close_object(&json);
    return tdm__json_report_end(&json, sink, "the report", error);
}
