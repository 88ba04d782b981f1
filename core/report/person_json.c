/*
 * What is held on one person as JSON (person.schema.json).
 */
#include "report/event_json.h"
#include "report/json_members.h"
#include "report/limits.h"
#include "report/person_words.h"

static void put_child(tdm__json_writer *json, const tdm__person_report *report)
{
    char room[TDM_DATE_TEXT_SIZE];
    tdm__json_put_name(json, "child");
    if (report->child == TDM_NO_INDEX) {
        tdm__json_put_null(json);
        return;
    }
    const tdm__child *child = tdm__chronology_child(report->run->chronology, report->child);
    const tdm_date dates[] = {child->born, child->expected, child->died};
    static const char *const names[] = {"born", "expected", "died"};
    tdm__json_open_object(json);
    for (size_t i = 0; i < 3; i++) {
        tdm_date_format(room, dates[i]);
        tdm__json_string_member(json, names[i], tdm__str(room));
    }
    tdm__json_string_member(json, "sex", child->sex);
    tdm__json_string_member(json, "area", child->area);
    tdm__json_string_member(json, "household", child->household);
    tdm__json_close_object(json);
}

static void put_people(tdm__json_writer *json, const tdm__person_report *report)
{
    tdm__json_open_list(json, "people");
    for (size_t i = 0; i < report->person_count; i++) {
        tdm__json_open_object(json);
        tdm__json_string_member(json, "role", report->people[i]->role);
        tdm__json_string_member(json, "household", report->people[i]->household);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void put_row(tdm__json_writer *json, const tdm__person_report *report, size_t index)
{
    const tdm__held_row *row = &report->rows[index];
    const tdm_chronology *c = report->run->chronology;
    tdm__event event = tdm__chronology_event(c, row->event);
    tdm__json_open_object(json);
    tdm__json_int_member(json, "row", (int64_t)index + 1);
    tdm__json_text_member(json, "child", tdm_chronology_child_id(c, event.child));
    tdm__json_open_list(json, "why");
    for (int why = 0; why < TDM__HELD_WHYS; why++)
        if (row->why & (uint32_t)1 << why)
            tdm__json_put_text(json, tdm__held_code((tdm__held_why)why));
    tdm__json_close_array(json);
    tdm__json_put_name(json, "event");
    tdm__event_json(json, c, row->event, TDM__EVENT_REVIEW, report->run->as_of);
    tdm__json_close_object(json);
}

static void put_third_party(tdm__json_writer *json, const tdm__third_party *one)
{
    tdm__json_open_object(json);
    tdm__json_int_member(json, "row", (int64_t)one->row + 1);
    tdm__json_text_member(json, "place", one->place);
    tdm__json_code_member(json, "kind", one->kind);
    tdm__json_string_member(json, "who", one->who);
    tdm__json_text_member(json, "words", one->words);
    tdm__json_close_object(json);
}

static void put_assessments(tdm__json_writer *json, const tdm__person_report *report)
{
    const tdm_run *run = report->run;
    tdm__json_open_list(json, "assessments");
    for (size_t i = 0; i < run->child_count; i++)
        for (size_t s = 0; s < run->children[i].score_count; s++) {
            const tdm_score *score = run->children[i].scores[s];
            if (!tdm__person_concerns(report, run->children[i].child))
                break;
            tdm__json_open_object(json);
            tdm__json_text_member(json, "assessment", tdm_score_assessment(score));
            tdm__json_text_member(json, "instrument", tdm_score_instrument(score));
            tdm__json_text_member(json, "child", tdm_score_child(score));
            tdm__json_day_or_null(json, "date", tdm_score_date(score));
            tdm__json_close_object(json);
        }
    tdm__json_close_array(json);
}

tdm_status tdm__report_person_json(const tdm__person_report *report, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error)
{
    tdm__json_writer json;
    (void)options;
    tdm__json_writer_init(&json, &report->run->allocator, sink, 2);
    tdm__json_open_object(&json);
    tdm__json_int_member(&json, "schema", 1);
    tdm__json_code_member(&json, "tidemark", tdm_version());
    tdm__json_day_or_null(&json, "as_of", report->run->as_of);
    tdm__missing_json(&json, report->run->chronology);
    tdm__json_text_member(&json, "person", report->id);
    put_child(&json, report);
    put_people(&json, report);
    tdm__json_bool_member(&json, "names_given", report->with_names);
    tdm__json_open_list(&json, "rows");
    for (size_t i = 0; i < report->row_count && json.status == TDM_OK; i++)
        put_row(&json, report, i);
    tdm__json_close_array(&json);
    put_assessments(&json, report);
    tdm__json_open_list(&json, "third_parties");
    for (size_t i = 0; i < report->third_party_count && json.status == TDM_OK; i++)
        put_third_party(&json, &report->third_parties[i]);
    tdm__json_close_array(&json);
    tdm__json_close_object(&json);
    return tdm__json_report_end(&json, sink, "what is held on the person", error);
}
