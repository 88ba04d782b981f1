/*
 * The JSON form of a score: the members of score.schema.json, in its order; all of them but "band",
 * which stands only where the instrument bands that number, and an area's "policy", which stands where it
 * has one of its own.
 */
#include "instrument/score.h"

#include <stdio.h>

static void put_str(tdm__json_writer *writer, const char *name, tdm_str text)
{
    tdm__json_put_name(writer, name);
    tdm__json_put_string(writer, text);
}

static void put_int(tdm__json_writer *writer, const char *name, int64_t number)
{
    tdm__json_put_name(writer, name);
    tdm__json_put_int(writer, number);
}

/* null where there is nothing to give. */
static void put_known(tdm__json_writer *writer, const char *name, bool known, int32_t number)
{
    tdm__json_put_name(writer, name);
    if (known)
        tdm__json_put_int(writer, number);
    else
        tdm__json_put_null(writer);
}

static void put_bool(tdm__json_writer *writer, const char *name, bool value)
{
    tdm__json_put_name(writer, name);
    tdm__json_put_bool(writer, value);
}

static void put_status(tdm__json_writer *writer, tdm__reason reason)
{
    tdm__json_put_name(writer, "status");
    tdm__json_put_text(writer, reason == TDM__REASON_NONE ? "assessed" : "not-assessed");
    if (reason == TDM__REASON_NONE)
        return;
    tdm__json_put_name(writer, "reason");
    tdm__json_put_text(writer, tdm__reason_code(reason));
}

static void put_deciding(tdm__json_writer *writer, const tdm_score *score, uint32_t sub_area)
{
    uint32_t takes = score->sub_areas[sub_area].takes;
    const tdm__part *part = &score->instrument->sub_areas.items[takes != TDM__NO_PART ? takes : sub_area];
    for (uint32_t i = part->first; i < part->first + part->count; i++)
        if (score->decides[i])
            tdm__json_put_string(writer, score->instrument->items.items[i].code);
}

/* An item that decides through two sub-areas, one of which takes the other's result, is named once. */
static bool taken_before(const tdm_score *score, const tdm__part *area, uint32_t sub_area)
{
    uint32_t takes = score->sub_areas[sub_area].takes;
    return takes >= area->first && takes < area->first + area->count && score->sub_areas[takes].decides;
}

static void put_counts(tdm__json_writer *writer, const tdm__item_counts *items)
{
    put_int(writer, "scored", items->of_state[TDM__ENTRY_SCORED]);
    put_int(writer, "not_seen", items->of_state[TDM__ENTRY_NOT_SEEN]);
    put_int(writer, "not_applicable", items->of_state[TDM__ENTRY_NOT_APPLICABLE]);
    put_int(writer, "not_recorded", items->of_state[TDM__ENTRY_NOT_RECORDED]);
}

static void put_head(tdm__json_writer *writer, const tdm__part_result *result)
{
    put_known(writer, "grade", result->reason == TDM__REASON_NONE, result->grade);
    put_status(writer, result->reason);
}

static void put_tail(tdm__json_writer *writer, const tdm__part_result *result)
{
    put_bool(writer, "override", result->override);
    put_bool(writer, "majority_not_clear", result->majority_not_clear);
    put_counts(writer, &result->items);
    put_known(writer, "best", result->items.has_worst, result->items.best);
    put_known(writer, "worst", result->items.has_worst, result->items.worst);
}

static void put_band(tdm__json_writer *writer, const tdm_score *score, const tdm__part_result *result,
                     uint32_t area)
{
    if (!tdm__instrument_bands_of(score->instrument, area))
        return;
    tdm__json_put_name(writer, "band");
    if (result->band)
        tdm__json_put_string(writer, result->band->label);
    else
        tdm__json_put_null(writer);
}

static void put_sub_area(tdm__json_writer *writer, const tdm_score *score, uint32_t index)
{
    tdm__json_put_name_str(writer, score->instrument->sub_areas.items[index].code);
    tdm__json_open_object(writer);
    put_head(writer, &score->sub_areas[index]);
    tdm__json_put_name(writer, "decided_by");
    tdm__json_open_array(writer);
    put_deciding(writer, score, index);
    tdm__json_close_array(writer);
    put_tail(writer, &score->sub_areas[index]);
    tdm__json_close_object(writer);
}

/* One name where all these levels share it; else each level's. `areas`: NULL where there is no total. */
static void put_policy(tdm__json_writer *writer, const tdm__aggregation *items,
                       const tdm__aggregation *sub_areas, const tdm__aggregation *areas)
{
    tdm__text text;
    tdm__json_put_name(writer, "policy");
    if (items == sub_areas && (!areas || areas == items)) {
        tdm__json_put_text(writer, items->name);
        return;
    }
    tdm__text_init(&text, writer->buffer.allocator);
    tdm__text_printf(&text, "items %s, sub-areas %s", items->name, sub_areas->name);
    if (areas)
        tdm__text_printf(&text, ", areas %s", areas->name);
    if (text.failed)
        writer->status = writer->status != TDM_OK ? writer->status : TDM_NO_MEMORY;
    tdm__json_put_string(writer, tdm__text_str(&text));
    tdm__text_free(&text);
}

/* Nothing where the area is put together as the whole is. */
static void put_own_policy(tdm__json_writer *writer, const tdm_score *score, uint32_t area)
{
    const tdm__aggregation *items = tdm__score_policy(score, TDM__LEVEL_ITEMS, area);
    const tdm__aggregation *sub_areas = tdm__score_policy(score, TDM__LEVEL_SUB_AREAS, area);
    if (items != score->policies[TDM__LEVEL_ITEMS] || sub_areas != score->policies[TDM__LEVEL_SUB_AREAS])
        put_policy(writer, items, sub_areas, NULL);
}

static void put_area(tdm__json_writer *writer, const tdm_score *score, uint32_t index)
{
    const tdm__part *area = &score->instrument->areas.items[index];
    tdm__json_put_name_str(writer, area->code);
    tdm__json_open_object(writer);
    put_head(writer, &score->areas[index]);
    tdm__json_put_name(writer, "decided_by");
    tdm__json_open_array(writer);
    for (uint32_t i = area->first; i < area->first + area->count; i++)
        if (score->sub_areas[i].decides && !taken_before(score, area, i))
            put_deciding(writer, score, i);
    tdm__json_close_array(writer);
    put_tail(writer, &score->areas[index]);
    put_band(writer, score, &score->areas[index], index);
    put_own_policy(writer, score, index);
    tdm__json_put_name(writer, "sub_areas");
    tdm__json_open_object(writer);
    for (uint32_t i = area->first; i < area->first + area->count; i++)
        put_sub_area(writer, score, i);
    tdm__json_close_object(writer);
    tdm__json_close_object(writer);
}

static void put_total(tdm__json_writer *writer, const tdm_score *score)
{
    tdm_score_view total;
    tdm__json_put_name(writer, "total");
    if (!tdm_score_total(&total, score)) {
        tdm__json_put_null(writer);
        return;
    }
    tdm__json_open_object(writer);
    put_known(writer, "value", total.assessed, total.grade);
    put_int(writer, "low", total.low);
    put_int(writer, "high", total.high);
    put_int(writer, "max", total.max);
    put_status(writer, score->total.reason);
    put_band(writer, score, &score->total, TDM__NO_PART);
    tdm__json_close_object(writer);
}

static bool has_meaning(const tdm_score *score, uint32_t item, tdm__meaning meaning)
{
    if (score->states[item] != TDM__ENTRY_SCORED)
        return false;
    const tdm__scale *scale = tdm__instrument_item_scale(score->instrument, item);
    return tdm__scale_find(scale, score->values[item])->meaning == meaning;
}

static size_t count_with_meaning(const tdm_score *score, tdm__meaning meaning)
{
    size_t count = 0;
    for (uint32_t i = 0; i < score->instrument->items.count; i++)
        count += has_meaning(score, i, meaning);
    return count;
}

static void put_share(tdm__json_writer *writer, const tdm_score *score)
{
    tdm__json_put_name(writer, "share");
    if (score->policies[TDM__LEVEL_AREAS]->kind != TDM__POLICY_SHARE) {
        tdm__json_put_null(writer);
        return;
    }
    tdm__json_open_object(writer);
    put_int(writer, "numerator", (int64_t)count_with_meaning(score, TDM__MEANING_CONCERN));
    put_int(writer, "denominator", score->total.items.of_state[TDM__ENTRY_SCORED]);
    tdm__json_close_object(writer);
}

/* How often each value of a scale was given. */
static void put_values(tdm__json_writer *writer, const tdm_score *score, const tdm__scale *scale)
{
    const tdm_instrument *instrument = score->instrument;
    tdm__json_open_object(writer);
    for (size_t v = 0; v < scale->value_count; v++) {
        char name[16];
        int64_t count = 0;
        snprintf(name, sizeof name, "%d", (int)scale->values[v].value);
        for (uint32_t i = 0; i < instrument->items.count; i++)
            count += score->states[i] == TDM__ENTRY_SCORED && score->values[i] == scale->values[v].value &&
                     tdm__instrument_item_scale(instrument, i) == scale;
        put_int(writer, name, count);
    }
    tdm__json_close_object(writer);
}

/* A 1 of one scale is no 1 of another: over several scales they are counted apart. */
static void put_all_counts(tdm__json_writer *writer, const tdm_score *score)
{
    const tdm_instrument *instrument = score->instrument;
    tdm__json_put_name(writer, "counts");
    tdm__json_open_object(writer);
    put_int(writer, "items", (int64_t)instrument->items.count);
    put_counts(writer, &score->total.items);
    if (instrument->scale_count == 1) {
        tdm__json_put_name(writer, "by_value");
        put_values(writer, score, tdm__instrument_total_scale(instrument));
    } else {
        tdm__json_put_name(writer, "by_scale");
        tdm__json_open_object(writer);
        for (size_t i = 0; i < instrument->scale_count; i++) {
            tdm__json_put_name_str(writer, instrument->scales[i].name);
            put_values(writer, score, &instrument->scales[i]);
        }
        tdm__json_close_object(writer);
    }
    tdm__json_close_object(writer);
}

static void put_flags(tdm__json_writer *writer, const tdm_score *score)
{
    tdm__json_put_name(writer, "flags");
    tdm__json_open_array(writer);
    for (size_t i = 0; i < score->flag_count; i++) {
        const tdm__raised_flag *flag = &score->flags[i];
        tdm__json_open_object(writer);
        tdm__json_put_name(writer, "flag");
        tdm__json_put_text(writer, flag->code);
        tdm__json_put_name(writer, "part");
        if (flag->part.length > 0)
            tdm__json_put_string(writer, flag->part);
        else
            tdm__json_put_null(writer);
        put_str(writer, "text", flag->text);
        tdm__json_close_object(writer);
    }
    tdm__json_close_array(writer);
}

static void put_items(tdm__json_writer *writer, const char *name, const tdm_score *score,
                      tdm__meaning meaning)
{
    const tdm_instrument *instrument = score->instrument;
    tdm__json_put_name(writer, name);
    tdm__json_open_array(writer);
    for (uint32_t i = 0; i < instrument->items.count; i++)
        if (has_meaning(score, i, meaning))
            tdm__json_put_string(writer, instrument->items.items[i].code);
    tdm__json_close_array(writer);
}

static void put_next_due(tdm__json_writer *writer, const tdm_score *score)
{
    char date[TDM_DATE_TEXT_SIZE];
    tdm__json_put_name(writer, "next_due");
    if (score->next_due == TDM_DAY_NONE) {
        tdm__json_put_null(writer);
        return;
    }
    tdm_date_format(date, (tdm_date){score->next_due, score->next_due, 0});
    tdm__json_put_text(writer, date);
}

static void put_identity(tdm__json_writer *writer, const tdm_score *score)
{
    char date[TDM_DATE_TEXT_SIZE];
    const tdm__aggregation *const *policies = score->policies;
    put_str(writer, "instrument", score->instrument->texts[TDM__TEXT_ID]);
    put_str(writer, "version", score->instrument->texts[TDM__TEXT_VERSION]);
    put_str(writer, "assessment", score->assessment);
    put_str(writer, "child", score->child);
    tdm_date_format(date, (tdm_date){score->date, score->date, 0});
    put_str(writer, "date", tdm__str(date));
    put_next_due(writer, score);
    bool total = policies[TDM__LEVEL_AREAS]->kind != TDM__POLICY_NOTHING;
    /* Where the levels differ, that there is no total is said too. */
    total = total || policies[TDM__LEVEL_ITEMS] != policies[TDM__LEVEL_SUB_AREAS];
    put_policy(writer, policies[TDM__LEVEL_ITEMS], policies[TDM__LEVEL_SUB_AREAS],
               total ? policies[TDM__LEVEL_AREAS] : NULL);
}

void tdm__score_put(tdm__json_writer *writer, const tdm_score *score)
{
    tdm__json_open_object(writer);
    put_identity(writer, score);
    tdm__json_put_name(writer, "areas");
    tdm__json_open_object(writer);
    for (uint32_t i = 0; i < score->instrument->areas.count; i++)
        put_area(writer, score, i);
    tdm__json_close_object(writer);
    put_total(writer, score);
    put_share(writer, score);
    put_all_counts(writer, score);
    put_flags(writer, score);
    put_items(writer, "strengths", score, TDM__MEANING_STRENGTH);
    put_items(writer, "concerns", score, TDM__MEANING_CONCERN);
    put_str(writer, "sentence", score->sentence);
    tdm__json_close_object(writer);
}

tdm_status tdm_score_write(const tdm_score *score, tdm_sink sink, int32_t indent)
{
    tdm__json_writer writer;
    tdm__json_writer_init(&writer, &score->allocator, sink, indent);
    tdm__score_put(&writer, score);
    return tdm__json_writer_end(&writer);
}
