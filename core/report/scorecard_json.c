/*
 * A scorecard as JSON: scorecard.schema.json. The scorecard and its parts; one measure is in
 * scorecard_json_measure.c.
 */
#include "report/scorecard_json.h"
#include "report/event_json.h"
#include "report/limits.h"
#include "report/policy_files.h"
#include "report/sources.h"

static void put_groups(tdm__json_writer *json, const tdm_scorecard *card)
{
    tdm__json_open_list(json, "groups");
    for (size_t i = 0; i < card->group_count; i++) {
        tdm__json_open_object(json);
        tdm__json_text_member(json, "code", card->groups[i].code);
        tdm__json_text_member(json, "name", card->groups[i].name);
        tdm__json_bool_member(json, "all", i == 0);
        if (card->groups[i].population >= 0)
            tdm__json_int_member(json, "population", card->groups[i].population);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void put_periods(tdm__json_writer *json, const tdm_scorecard *card)
{
    tdm__json_open_list(json, "periods");
    for (size_t i = 0; i < card->period_count; i++) {
        tdm__json_open_object(json);
        tdm__json_day_or_null(json, "from", card->periods[i].from);
        tdm__json_day_or_null(json, "to", card->periods[i].to);
        tdm__json_bool_member(json, "whole", i == 0);
        tdm__json_bool_member(json, "cut", card->periods[i].cut);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

void tdm__card_json_head(tdm__json_writer *json, const tdm_scorecard *card)
{
    tdm__json_int_member(json, "schema", 1);
    tdm__json_code_member(json, "tidemark", tdm_version());
    tdm__json_day_or_null(json, "from", card->from);
    tdm__json_day_or_null(json, "to", card->to);
    tdm__json_day_or_null(json, "as_of", card->as_of);
}

static void put_about(tdm__json_writer *json, const tdm_scorecard *card)
{
    tdm__json_string_member(json, "by", tdm__str(tdm__by_code(card->by)));
    tdm__json_string_member(json, "by_period", card->by_period);
    tdm__json_int_member(json, "threshold", card->threshold);
    tdm__json_string_member(json, "counted", card->counted);
    tdm__json_string_member(json, "areas", card->areas_name);
    tdm__json_string_member(json, "compared_with", card->compare_name);
    tdm__json_string_member(json, "commentary", card->commentary_name);
    tdm__json_put_name(json, "policy");
    tdm__json_policy_files(json, card->policy_title, card->policy_hash, card->policy_files,
                           card->policy_file_count);
    tdm__json_int_member(json, "without_commentary", (int64_t)card->without_commentary);
}

void tdm__json_texts(tdm__json_writer *json, const char *name, const tdm_str *texts, size_t count)
{
    tdm__json_open_list(json, name);
    for (size_t i = 0; i < count; i++)
        tdm__json_put_string(json, texts[i]);
    tdm__json_close_array(json);
}

tdm_status tdm__report_scorecard_json(const tdm_scorecard *card, const tdm__report_options *options,
                                      tdm_sink sink, tdm_error *error)
{
    tdm__json_writer json;
    tdm_run sources = tdm__card_sources(card);
    bool for_page = options && options->for_page;
    tdm__json_writer_init(&json, &card->allocator, sink, 2);
    tdm__json_open_object(&json);
    tdm__card_json_head(&json, card);
    put_about(&json, card);
    put_periods(&json, card);
    put_groups(&json, card);
    tdm__json_open_list(&json, "measures");
    for (size_t i = 0; i < card->measure_count; i++)
        tdm__card_json_measure(&json, card, &card->measures[i], for_page);
    tdm__json_close_array(&json);
    tdm__json_texts(&json, "notes", card->notes, card->note_count);
    tdm__missing_json(&json, card->chronology);
    tdm__put_sources(&json, &sources);
    tdm__json_close_object(&json);
    return tdm__json_report_end(&json, sink, "the scorecard", error);
}
