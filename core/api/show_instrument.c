/*
 * One instrument for people and as JSON (see show_instrument.h).
 */
#include "api/show_instrument.h"

#include "api/answer.h"
#include "instrument/words.h"

static const char *const level_names[TDM__LEVEL_COUNT] = {"items", "sub_areas", "areas"};
static const char *const steps[TDM__LEVEL_COUNT] = {"items to sub-area", "sub-areas to area",
                                                    "areas to total"};

static const char *meaning_name(tdm__meaning meaning)
{
    static const char *const names[] = {"", "strength", "concern"};
    return names[meaning];
}

/* A sub-area that is graded directly is its own only item. */
static bool is_own_item(const tdm_instrument *instrument, const tdm__part *sub_area)
{
    return tdm__str_equal(instrument->items.items[sub_area->first].code, sub_area->code);
}

static bool has_names(const tdm_instrument *instrument)
{
    return instrument->scales[0].name.length > 0;
}

/* --- JSON --- */

static void put_number(tdm__json_writer *json, const char *name, int64_t number)
{
    tdm__json_put_name(json, name);
    tdm__json_put_int(json, number);
}

static void open_list(tdm__json_writer *json, const char *name)
{
    tdm__json_put_name(json, name);
    tdm__json_open_array(json);
}

static void values_json(tdm__json_writer *json, const tdm__scale *scale)
{
    for (size_t i = 0; i < scale->value_count; i++) {
        const tdm__scale_value *value = &scale->values[i];
        tdm__json_open_object(json);
        put_number(json, "value", value->value);
        tdm__answer_member(json, "label", value->label);
        tdm__answer_member(json, "meaning", tdm__str(meaning_name(value->meaning)));
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static const char *direction_of(const tdm__scale *scale)
{
    return scale->higher_is_worse ? "higher-is-worse" : "higher-is-better";
}

/* "scale" where there is one without a name; else "scales", and each area names its own. */
static void scales_json(tdm__json_writer *json, const tdm_instrument *instrument)
{
    if (!has_names(instrument)) {
        open_list(json, "scale");
        values_json(json, &instrument->scales[0]);
        return;
    }
    tdm__json_put_name(json, "scales");
    tdm__json_open_object(json);
    for (size_t i = 0; i < instrument->scale_count; i++) {
        tdm__json_put_name_str(json, instrument->scales[i].name);
        tdm__json_open_object(json);
        tdm__answer_member(json, "direction", tdm__str(direction_of(&instrument->scales[i])));
        open_list(json, "values");
        values_json(json, &instrument->scales[i]);
        tdm__json_close_object(json);
    }
    tdm__json_close_object(json);
}

static void age_bands_json(tdm__json_writer *json, const tdm_instrument *instrument)
{
    open_list(json, "age_bands");
    for (size_t i = 0; i < instrument->age_band_count; i++) {
        const tdm__age_band *band = &instrument->age_bands[i];
        tdm__json_open_object(json);
        tdm__answer_member(json, "code", band->code);
        tdm__answer_member(json, "title", band->title);
        put_number(json, "from_months", band->from_months);
        put_number(json, "to_months", band->to_months);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

/* Only where a part is not asked at every age. */
static void ages_json(tdm__json_writer *json, const tdm_instrument *instrument, uint32_t ages)
{
    if (ages == TDM__ALL_AGES)
        return;
    open_list(json, "ages");
    for (size_t i = 0; i < instrument->age_band_count; i++)
        if (ages >> i & 1)
            tdm__json_put_string(json, instrument->age_bands[i].code);
    tdm__json_close_array(json);
}

static void open_part(tdm__json_writer *json, const tdm__part *part)
{
    tdm__json_open_object(json);
    tdm__answer_member(json, "code", part->code);
    tdm__answer_member(json, "title", part->title);
}

static void sub_area_json(tdm__json_writer *json, const tdm_instrument *instrument, const tdm__part *sub_area)
{
    open_part(json, sub_area);
    ages_json(json, instrument, sub_area->ages);
    if (!is_own_item(instrument, sub_area)) {
        open_list(json, "items");
        for (uint32_t i = sub_area->first; i < sub_area->first + sub_area->count; i++) {
            open_part(json, &instrument->items.items[i]);
            ages_json(json, instrument, instrument->items.items[i].ages);
            if (tdm__instrument_policy(instrument, TDM__LEVEL_ITEMS, sub_area->parent)->weighs)
                put_number(json, "weight", instrument->items.items[i].weight);
            tdm__json_close_object(json);
        }
        tdm__json_close_array(json);
    }
    tdm__json_close_object(json);
}

/* What an area has of its own: each member only where it has it. */
static void own_rules_json(tdm__json_writer *json, const tdm_instrument *instrument, uint32_t area)
{
    const tdm__area_rules *rules = &instrument->rules[area];
    if (has_names(instrument))
        tdm__answer_member(json, "scale", tdm__instrument_area_scale(instrument, area)->name);
    for (int level = 0; level < TDM__LEVEL_AREAS; level++) {
        if (!rules->policies[level] && rules->minimum_percent[level] == instrument->minimum_percent[level])
            continue;
        tdm__json_put_name(json, level_names[level]);
        tdm__json_open_object(json);
        tdm__answer_member(json, "scoring",
                           tdm__str(tdm__instrument_policy(instrument, (tdm__level)level, area)->name));
        put_number(json, "minimum", rules->minimum_percent[level]);
        tdm__json_close_object(json);
    }
}

static void areas_json(tdm__json_writer *json, const tdm_instrument *instrument)
{
    open_list(json, "areas");
    for (uint32_t a = 0; a < instrument->areas.count; a++) {
        const tdm__part *area = &instrument->areas.items[a];
        open_part(json, area);
        own_rules_json(json, instrument, a);
        open_list(json, "sub_areas");
        for (uint32_t i = area->first; i < area->first + area->count; i++)
            sub_area_json(json, instrument, &instrument->sub_areas.items[i]);
        tdm__json_close_array(json);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void scoring_json(tdm__json_writer *json, const tdm_instrument *instrument, tdm_str chosen)
{
    tdm__json_put_name(json, "scoring");
    tdm__json_open_object(json);
    for (int level = 0; level < TDM__LEVEL_COUNT; level++)
        tdm__answer_member(json, level_names[level], tdm__str(instrument->policies[level]->name));
    tdm__json_close_object(json);
    tdm__json_put_name(json, "chosen_by_policy");
    if (chosen.length > 0)
        tdm__json_put_string(json, chosen);
    else
        tdm__json_put_null(json);
    tdm__json_put_name(json, "minimum");
    tdm__json_open_object(json);
    for (int level = 0; level < TDM__LEVEL_COUNT; level++)
        put_number(json, level_names[level], instrument->minimum_percent[level]);
    tdm__json_close_object(json);
}

static void rules_json(tdm__json_writer *json, const tdm_instrument *instrument)
{
    open_list(json, "flags");
    for (size_t i = 0; i < instrument->flag_count; i++) {
        tdm__json_open_object(json);
        tdm__answer_member(json, "item", instrument->flags[i].code);
        put_number(json, "from", instrument->flags[i].from);
        tdm__answer_member(json, "text", instrument->flags[i].text);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
    open_list(json, "conditional");
    for (size_t i = 0; i < instrument->conditional_count; i++) {
        tdm__json_open_object(json);
        tdm__answer_member(json, "condition", instrument->conditionals[i].condition);
        tdm__answer_member(json, "sub_area", instrument->conditionals[i].sub_area_code);
        tdm__answer_member(json, "takes", instrument->conditionals[i].takes_code);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void range_json(tdm__json_writer *json, const tdm__band *band)
{
    tdm__json_open_object(json);
    put_number(json, "from", band->from);
    tdm__json_put_name(json, "to");
    if (band->to < INT32_MAX)
        tdm__json_put_int(json, band->to);
    else
        tdm__json_put_null(json);
    tdm__answer_member(json, "label", band->label);
    tdm__json_close_object(json);
}

static void bands_json(tdm__json_writer *json, const tdm_instrument *instrument)
{
    open_list(json, "bands");
    for (size_t i = 0; i < instrument->band_set_count; i++) {
        const tdm__band_set *set = &instrument->band_sets[i];
        tdm__json_open_object(json);
        tdm__answer_member(json, "of", set->of);
        tdm__answer_member(json, "source", set->source);
        open_list(json, "ranges");
        for (size_t k = set->first; k < set->first + set->count; k++)
            range_json(json, &instrument->bands[k]);
        tdm__json_close_array(json);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static void review_after_json(tdm__json_writer *json, tdm_span span)
{
    static const char *const units[] = {"days", "months", "working_days"};
    tdm__json_put_name(json, "review_after");
    if (span.count == 0) {
        tdm__json_put_null(json);
        return;
    }
    tdm__json_open_object(json);
    put_number(json, units[span.unit], span.count);
    tdm__json_close_object(json);
}

void tdm__show_instrument_json(tdm__json_writer *json, const tdm_instrument *instrument, tdm_str chosen)
{
    tdm__json_open_object(json);
    tdm__answer_member(json, "id", instrument->texts[TDM__TEXT_ID]);
    tdm__answer_member(json, "version", instrument->texts[TDM__TEXT_VERSION]);
    tdm__answer_member(json, "title", instrument->texts[TDM__TEXT_TITLE]);
    tdm__answer_member(json, "source", instrument->texts[TDM__TEXT_SOURCE]);
    tdm__answer_member(json, "licence", instrument->texts[TDM__TEXT_LICENCE]);
    tdm__answer_member(json, "respondent", instrument->texts[TDM__TEXT_RESPONDENT]);
    tdm__answer_member(json, "direction", instrument->texts[TDM__TEXT_DIRECTION]);
    tdm__json_put_name(json, "event");
    if (tdm__instrument_event(instrument).length > 0)
        tdm__json_put_string(json, tdm__instrument_event(instrument));
    else
        tdm__json_put_null(json);
    scales_json(json, instrument);
    age_bands_json(json, instrument);
    scoring_json(json, instrument, chosen);
    areas_json(json, instrument);
    rules_json(json, instrument);
    bands_json(json, instrument);
    review_after_json(json, instrument->review_after);
    put_number(json, "examples", (int64_t)instrument->example_count);
    tdm__json_close_object(json);
}

/* --- text --- */

static void scale_text(tdm__text *text, const tdm__scale *scale)
{
    tdm__text_puts(text, "Scale:      ");
    if (scale->name.length > 0)
        tdm__text_printf(text, "%.*s, ", TDM_STR_ARGS(scale->name));
    tdm__text_printf(text, "%s\n", direction_of(scale));
    for (size_t i = 0; i < scale->value_count; i++) {
        const tdm__scale_value *value = &scale->values[i];
        tdm__text_printf(text, "  %d", (int)value->value);
        if (value->label.length > 0)
            tdm__text_printf(text, "  %.*s", TDM_STR_ARGS(value->label));
        if (value->meaning != TDM__MEANING_NONE)
            tdm__text_printf(text, " (%s)", meaning_name(value->meaning));
        tdm__text_char(text, '\n');
    }
}

static void age_bands_text(tdm__text *text, const tdm_instrument *instrument)
{
    tdm__text_puts(text, instrument->age_band_count > 0 ? "Ages:\n" : "");
    for (size_t i = 0; i < instrument->age_band_count; i++) {
        const tdm__age_band *band = &instrument->age_bands[i];
        tdm__text_printf(text, "  %.*s  %.*s (%d months to below %d)\n", TDM_STR_ARGS(band->code),
                         TDM_STR_ARGS(band->title), (int)band->from_months, (int)band->to_months);
    }
}

/* ", only at ages under-5, over-5" */
static void ages_text(tdm__text *text, const tdm_instrument *instrument, uint32_t ages)
{
    int32_t put = 0;
    for (size_t i = 0; ages != TDM__ALL_AGES && i < instrument->age_band_count; i++)
        if (ages >> i & 1)
            tdm__text_printf(text, "%s%.*s", put++ == 0 ? ", only at ages " : ", ",
                             TDM_STR_ARGS(instrument->age_bands[i].code));
}

static void rule_text(tdm__text *text, const char *policy, int32_t minimum)
{
    tdm__text_puts(text, policy);
    if (minimum > 0)
        tdm__text_printf(text, ", at least %d %% graded", (int)minimum);
    tdm__text_char(text, '\n');
}

/* What an area has of its own. */
static void own_rules_text(tdm__text *text, const tdm_instrument *instrument, uint32_t area)
{
    const tdm__area_rules *rules = &instrument->rules[area];
    if (has_names(instrument))
        tdm__text_printf(text, "    scale %.*s\n",
                         TDM_STR_ARGS(tdm__instrument_area_scale(instrument, area)->name));
    for (int level = 0; level < TDM__LEVEL_AREAS; level++) {
        if (!rules->policies[level] && rules->minimum_percent[level] == instrument->minimum_percent[level])
            continue;
        tdm__text_printf(text, "    %s ", steps[level]);
        rule_text(text, tdm__instrument_policy(instrument, (tdm__level)level, area)->name,
                  rules->minimum_percent[level]);
    }
}

static void scoring_text(tdm__text *text, const tdm_instrument *instrument, tdm_str chosen)
{
    tdm__text_puts(text, "Scoring:\n");
    for (int level = 0; level < TDM__LEVEL_COUNT; level++) {
        tdm__text_printf(text, "  %-18s ", steps[level]);
        rule_text(text, instrument->policies[level]->name, instrument->minimum_percent[level]);
    }
    if (chosen.length > 0)
        tdm__text_printf(text, "  the policy chooses %.*s for items and sub-areas\n", TDM_STR_ARGS(chosen));
}

static void item_text(tdm__text *text, const tdm_instrument *instrument, const tdm__part *item, bool weighs)
{
    tdm__text_printf(text, "      %.*s  %.*s", TDM_STR_ARGS(item->code), TDM_STR_ARGS(item->title));
    if (weighs)
        tdm__text_printf(text, " (weight %d)", (int)item->weight);
    ages_text(text, instrument, item->ages);
    tdm__text_char(text, '\n');
}

static void sub_area_text(tdm__text *text, const tdm_instrument *instrument, const tdm__part *sub_area)
{
    bool weighs = tdm__instrument_policy(instrument, TDM__LEVEL_ITEMS, sub_area->parent)->weighs;
    tdm__text_printf(text, "    %.*s  %.*s", TDM_STR_ARGS(sub_area->code), TDM_STR_ARGS(sub_area->title));
    ages_text(text, instrument, sub_area->ages);
    tdm__text_char(text, '\n');
    for (uint32_t i = sub_area->first; i < sub_area->first + sub_area->count; i++)
        if (!is_own_item(instrument, sub_area))
            item_text(text, instrument, &instrument->items.items[i], weighs);
}

static void parts_text(tdm__text *text, const tdm_instrument *instrument)
{
    tdm__text_puts(text, "Parts:\n");
    for (uint32_t a = 0; a < instrument->areas.count; a++) {
        const tdm__part *area = &instrument->areas.items[a];
        tdm__text_printf(text, "  %.*s  %.*s\n", TDM_STR_ARGS(area->code), TDM_STR_ARGS(area->title));
        own_rules_text(text, instrument, a);
        for (uint32_t s = area->first; s < area->first + area->count; s++)
            sub_area_text(text, instrument, &instrument->sub_areas.items[s]);
    }
}

static void rules_text(tdm__text *text, const tdm_instrument *instrument)
{
    for (size_t i = 0; i < instrument->flag_count; i++)
        tdm__text_printf(text, "Flag:       %.*s from %d: %.*s\n", TDM_STR_ARGS(instrument->flags[i].code),
                         (int)instrument->flags[i].from, TDM_STR_ARGS(instrument->flags[i].text));
    for (size_t i = 0; i < instrument->conditional_count; i++)
        tdm__text_printf(text, "Condition:  %.*s: %.*s takes the result of %.*s\n",
                         TDM_STR_ARGS(instrument->conditionals[i].condition),
                         TDM_STR_ARGS(instrument->conditionals[i].sub_area_code),
                         TDM_STR_ARGS(instrument->conditionals[i].takes_code));
}

static void bands_text(tdm__text *text, const tdm_instrument *instrument)
{
    for (size_t i = 0; i < instrument->band_set_count; i++) {
        const tdm__band_set *set = &instrument->band_sets[i];
        tdm__text_printf(text, "Bands of %.*s: %.*s\n", TDM_STR_ARGS(set->of), TDM_STR_ARGS(set->source));
        for (size_t k = set->first; k < set->first + set->count; k++) {
            const tdm__band *band = &instrument->bands[k];
            if (band->to < INT32_MAX)
                tdm__text_printf(text, "  from %d to %d", (int)band->from, (int)band->to);
            else
                tdm__text_printf(text, "  from %d", (int)band->from);
            tdm__text_printf(text, ": %.*s\n", TDM_STR_ARGS(band->label));
        }
    }
}

static void review_after_text(tdm__text *text, const tdm_instrument *instrument)
{
    if (instrument->review_after.count == 0)
        return;
    tdm__text_puts(text, "Next after: ");
    tdm__review_after_words(text, instrument);
    tdm__text_char(text, '\n');
}

void tdm__show_instrument_text(tdm__text *text, const tdm_instrument *instrument, tdm_str chosen)
{
    tdm__text_printf(text, "%.*s %.*s\n%.*s\n\n", TDM_STR_ARGS(instrument->texts[TDM__TEXT_ID]),
                     TDM_STR_ARGS(instrument->texts[TDM__TEXT_VERSION]),
                     TDM_STR_ARGS(instrument->texts[TDM__TEXT_TITLE]));
    tdm__text_printf(text, "Source:     %.*s\nLicence:    %.*s\nRespondent: %.*s\n",
                     TDM_STR_ARGS(instrument->texts[TDM__TEXT_SOURCE]),
                     TDM_STR_ARGS(instrument->texts[TDM__TEXT_LICENCE]),
                     TDM_STR_ARGS(instrument->texts[TDM__TEXT_RESPONDENT]));
    if (tdm__instrument_event(instrument).length > 0)
        tdm__text_printf(text, "Event:      %.*s\n", TDM_STR_ARGS(tdm__instrument_event(instrument)));
    for (size_t i = 0; i < instrument->scale_count; i++)
        scale_text(text, &instrument->scales[i]);
    age_bands_text(text, instrument);
    scoring_text(text, instrument, chosen);
    parts_text(text, instrument);
    rules_text(text, instrument);
    bands_text(text, instrument);
    review_after_text(text, instrument);
    tdm__text_printf(text, "Examples:   %zu\n", instrument->example_count);
}
