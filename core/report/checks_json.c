/*
 * Checks as JSON: in a review, and alone with the quality report (check.schema.json).
 */
#include "report/checks.h"
#include "report/event_json.h"
#include "report/evidence.h"
#include "report/json_members.h"
#include "report/limits.h"
#include "report/sources.h"
#include "json/json.h"

static const char *id_of(uint32_t check)
{
    return tdm__check_at(check)->id;
}

/* --- what the checks are --- */

static void put_rules(tdm__json_writer *json, const char *rules)
{
    tdm_str rest = tdm__str(rules);
    tdm__json_open_list(json, "national_rules");
    while (rest.length > 0)
        tdm__json_put_string(json, tdm__str_split(&rest, ' '));
    tdm__json_close_array(json);
}

static void put_params(tdm__json_writer *json, const tdm__effective_check *effective)
{
    tdm__json_put_name(json, "params");
    tdm__json_open_object(json);
    for (size_t i = 0; i < TDM__CHECK_PARAMS && effective->check->params[i].name; i++) {
        tdm__json_put_name(json, effective->check->params[i].name);
        tdm__json_open_object(json);
        tdm__json_int_member(json, "value", effective->values[i]);
        tdm__json_text_member(json, "from", effective->from[i]);
        tdm__json_close_object(json);
    }
    tdm__json_close_object(json);
}

void tdm__put_check_definitions(tdm__json_writer *json, const tdm_run *run)
{
    tdm__json_open_list(json, "checks");
    for (size_t i = 0; i < run->check_count; i++) {
        const tdm__effective_check *effective = &run->checks[i];
        tdm__json_open_object(json);
        tdm__json_code_member(json, "id", effective->check->id);
        tdm__json_code_member(json, "title", effective->check->title);
        tdm__json_put_name(json, "on");
        tdm__json_put_bool(json, effective->on);
        tdm__json_code_member(json, "severity", tdm__severity_code(effective->severity));
        tdm__json_text_member(json, "definition", effective->definition);
        tdm__json_code_member(json, "standing", effective->check->standing);
        put_rules(json, effective->check->rules);
        put_params(json, effective);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

/* --- what they found --- */

static void put_finding(tdm__json_writer *json, const tdm_run *run, const tdm__check_finding *finding)
{
    tdm__json_open_object(json);
    tdm__json_code_member(json, "check", id_of(finding->check));
    tdm__json_code_member(json, "answer", tdm_answer_code(finding->answer));
    tdm__json_code_member(json, "severity", tdm__severity_code(run->checks[finding->check].severity));
    if (finding->rule[0])
        tdm__json_code_member(json, "national_rule", finding->rule);
    tdm__json_text_member(json, "sentence", finding->sentence);
    if (finding->doubt[0])
        tdm__json_code_member(json, "doubt", finding->doubt);
    tdm__json_open_list(json, "evidence");
    for (uint32_t i = 0; i < finding->event_count; i++)
        tdm__evidence_json(json, run, finding->events[i]);
    tdm__json_close_array(json);
    tdm__json_int_member(json, "more_rows", finding->more_events);
    tdm__json_close_object(json);
}

static void put_rests(tdm__json_writer *json, const tdm__child_checks *checks)
{
    if (checks->rest_count == 0)
        return;
    tdm__json_open_list(json, "checks_left_out");
    for (size_t i = 0; i < checks->rest_count; i++) {
        tdm__json_open_object(json);
        tdm__json_code_member(json, "check", id_of(checks->rests[i].check));
        tdm__json_int_member(json, "findings", checks->rests[i].count);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void put_gaps(tdm__json_writer *json, const tdm__child_checks *checks)
{
    tdm__json_open_list(json, "checks_not_assessed");
    for (size_t i = 0; i < checks->gap_count; i++) {
        tdm__json_open_object(json);
        tdm__json_code_member(json, "check", id_of(checks->gaps[i].check));
        tdm__json_code_member(json, "reason", tdm__check_reason_code(checks->gaps[i].reason));
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

void tdm__put_child_checks(tdm__json_writer *json, const tdm_run *run, const tdm__child_result *child)
{
    tdm__json_open_list(json, "checks");
    for (size_t i = 0; i < child->checks.finding_count; i++)
        put_finding(json, run, &child->checks.findings[i]);
    tdm__json_close_array(json);
    put_rests(json, &child->checks);
    if (!tdm__not_assessed_counted(run))
        put_gaps(json, &child->checks);
}

void tdm__put_check_gap_counts(tdm__json_writer *json, const tdm_run *run)
{
    tdm__arena arena;
    tdm__check_gap_count *rows;
    size_t count;
    if (!tdm__not_assessed_counted(run))
        return;
    tdm__arena_init(&arena, &run->allocator);
    tdm_status status = tdm__count_check_gaps(&rows, &count, run, &arena);
    if (status != TDM_OK && json->status == TDM_OK)
        json->status = status;
    tdm__json_open_list(json, "checks_not_assessed");
    for (size_t i = 0; i < count; i++) {
        tdm__json_open_object(json);
        tdm__json_code_member(json, "check", id_of(rows[i].check));
        tdm__json_code_member(json, "reason", tdm__check_reason_code(rows[i].reason));
        tdm__json_int_member(json, "children", rows[i].children);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
    tdm__arena_free(&arena);
}

/* --- the quality report --- */

static void put_line(tdm__json_writer *json, const tdm__quality_line *line)
{
    tdm__json_put_name(json, line->code);
    tdm__json_open_object(json);
    tdm__json_code_member(json, "title", line->title);
    tdm__json_text_member(json, "value", line->words);
    if (line->whole >= 0) {
        tdm__json_int_member(json, "numerator", line->part);
        tdm__json_int_member(json, "denominator", line->whole);
    }
    tdm__json_code_member(json, "definition", line->definition);
    tdm__json_close_object(json);
}

/* Of one child, or of all. */
static void put_quality(tdm__json_writer *json, const tdm_run *run, size_t first, size_t count)
{
    tdm__arena arena;
    tdm__quality quality;
    tdm__quality_line *lines = NULL;
    size_t line_count = 0;
    tdm__arena_init(&arena, &run->allocator);
    tdm_status status = tdm__quality_of(&quality, &arena, run, first, count);
    if (status == TDM_OK)
        status = tdm__quality_lines(&lines, &line_count, &quality, &arena);
    if (status != TDM_OK && json->status == TDM_OK)
        json->status = status;
    tdm__json_put_name(json, "quality");
    tdm__json_open_object(json);
    for (size_t i = 0; status == TDM_OK && i < line_count; i++)
        put_line(json, &lines[i]);
    tdm__json_close_object(json);
    tdm__arena_free(&arena);
}

static void put_child(tdm__json_writer *json, const tdm_run *run, size_t position)
{
    const tdm__child_result *child = &run->children[position];
    tdm__json_open_object(json);
    tdm__json_text_member(json, "child", tdm_chronology_child_id(run->chronology, child->child));
    tdm__put_child_checks(json, run, child);
    if (!tdm__not_assessed_counted(run))
        put_quality(json, run, position, 1);
    tdm__json_close_object(json);
}

tdm_status tdm__report_checks_json(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                   tdm_error *error)
{
    tdm__json_writer json;
    (void)options;
    tdm__json_writer_init(&json, &run->allocator, sink, 2);
    tdm__json_open_object(&json);
    tdm__json_int_member(&json, "schema", 1);
    tdm__json_code_member(&json, "tidemark", tdm_version());
    tdm__json_day_or_null(&json, "as_of", run->as_of);
    tdm__missing_json(&json, run->chronology);
    tdm__json_text_member(&json, "policy", run->policy_title);
    tdm__put_check_definitions(&json, run);
    put_quality(&json, run, 0, run->child_count);
    tdm__json_open_list(&json, "children");
    for (size_t i = 0; i < run->child_count && json.status == TDM_OK; i++)
        put_child(&json, run, i);
    tdm__json_close_array(&json);
    tdm__put_check_gap_counts(&json, run);
    tdm__put_sources(&json, run);
    tdm__json_close_object(&json);
    return tdm__json_report_end(&json, sink, "the checks", error);
}

/* --- the quality report of a caseload: counts, no child --- */

typedef struct check_count {
    int64_t children, findings;
} check_count;

static void count_child(check_count *counts, const tdm__child_checks *checks)
{
    for (size_t i = 0; i < checks->finding_count; i++) {
        check_count *count = &counts[checks->findings[i].check];
        bool first = true;
        for (size_t k = 0; first && k < i; k++)
            first = checks->findings[k].check != checks->findings[i].check;
        count->children += first;
        count->findings++;
    }
    for (size_t i = 0; i < checks->rest_count; i++)
        counts[checks->rests[i].check].findings += checks->rests[i].count;
}

static void put_check_counts(tdm__json_writer *json, const tdm_run *run, const check_count *counts)
{
    tdm__json_open_list(json, "checks");
    for (size_t i = 0; i < run->check_count; i++) {
        if (!run->checks[i].on)
            continue;
        tdm__json_open_object(json);
        tdm__json_code_member(json, "id", run->checks[i].check->id);
        tdm__json_code_member(json, "title", run->checks[i].check->title);
        tdm__json_code_member(json, "severity", tdm__severity_code(run->checks[i].severity));
        tdm__json_text_member(json, "definition", run->checks[i].definition);
        tdm__json_int_member(json, "children", counts[i].children);
        tdm__json_int_member(json, "findings", counts[i].findings);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

tdm_status tdm__report_quality_json(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                    tdm_error *error)
{
    tdm__arena arena;
    tdm__json_writer json;
    (void)options;
    tdm__arena_init(&arena, &run->allocator);
    check_count *counts = tdm__arena_array(&arena, run->check_count, sizeof *counts);
    tdm__json_writer_init(&json, &run->allocator, sink, 2);
    tdm__json_open_object(&json);
    tdm__json_day_or_null(&json, "as_of", run->as_of);
    tdm__missing_json(&json, run->chronology);
    tdm__json_int_member(&json, "children", (int64_t)run->child_count);
    put_quality(&json, run, 0, run->child_count);
    for (size_t i = 0; counts && i < run->check_count; i++)
        counts[i] = (check_count){0, 0};
    for (size_t i = 0; counts && i < run->child_count; i++)
        count_child(counts, &run->children[i].checks);
    if (counts)
        put_check_counts(&json, run, counts);
    else
        json.status = TDM_NO_MEMORY;
    tdm__json_close_object(&json);
    tdm__arena_free(&arena);
    return tdm__json_report_end(&json, sink, "the quality of the records", error);
}
