/*
 * The scales, age bands and the event of a definition, as they are built.
 */
#include "instrument/builder.h"

#define MONTHS_MAX 1200 /* a hundred years */

static tdm__scale *add_scale(tdm__instrument_builder *builder, tdm_str name, tdm_str direction)
{
    tdm_instrument *instrument = builder->instrument;
    tdm__scale scale = {.name = tdm__builder_keep(builder, name),
                        .direction = tdm__builder_keep(builder, direction)};
    if (instrument->scale_count >= TDM_INSTRUMENT_SCALES_MAX)
        tdm__builder_fail(builder, "scales: expected at most %u", TDM_INSTRUMENT_SCALES_MAX);
    if (builder->status != TDM_OK)
        return NULL;
    tdm__scale *grown = tdm__grown(&builder->allocator, instrument->scales, &instrument->scale_capacity,
                                   instrument->scale_count + 1, sizeof *grown);
    if (!grown) {
        tdm__builder_no_memory(builder);
        return NULL;
    }
    instrument->scales = grown;
    grown[instrument->scale_count] = scale;
    return &grown[instrument->scale_count++];
}

void tdm__instrument_add_scale(tdm__instrument_builder *builder, tdm_str name, tdm_str direction)
{
    const tdm_instrument *instrument = builder->instrument;
    for (size_t i = 0; i < instrument->scale_count; i++)
        if (tdm__str_equal(instrument->scales[i].name, name) || instrument->scales[i].name.length == 0)
            tdm__builder_fail(builder, "scales: expected each to have a name, and each name once");
    if (!tdm__instrument_code_valid(name))
        tdm__builder_fail(builder, "scales: expected names of 1 to 16 letters, digits, '-', '_' or '.'");
    add_scale(builder, name, direction);
}

/* The one that values go to; the only one has no name. NULL once something is wrong. */
static tdm__scale *open_scale(tdm__instrument_builder *builder)
{
    tdm_instrument *instrument = builder->instrument;
    if (builder->status != TDM_OK)
        return NULL;
    if (instrument->scale_count == 0)
        return add_scale(builder, TDM_LIT(""), TDM_LIT(""));
    return &instrument->scales[instrument->scale_count - 1];
}

static bool meaning_named(tdm__meaning *out, tdm_str word)
{
    static const char *const words[] = {
        [TDM__MEANING_NONE] = "", [TDM__MEANING_STRENGTH] = "strength", [TDM__MEANING_CONCERN] = "concern"};
    int32_t meaning = tdm__position(words, 3, word);
    *out = meaning < 0 ? TDM__MEANING_NONE : (tdm__meaning)meaning;
    return meaning >= 0;
}

void tdm__instrument_add_value(tdm__instrument_builder *builder, int64_t value, tdm_str label,
                               tdm_str meaning)
{
    tdm__scale *scale = open_scale(builder);
    tdm__scale_value row = {.label = tdm__builder_keep(builder, label)};
    if (!scale)
        return;
    if (value < -TDM_INSTRUMENT_VALUE_MAX || value > TDM_INSTRUMENT_VALUE_MAX)
        tdm__builder_fail(builder, "scale: expected values from -%d to %d", TDM_INSTRUMENT_VALUE_MAX,
                          TDM_INSTRUMENT_VALUE_MAX);
    else if (scale->value_count >= TDM_INSTRUMENT_VALUES_MAX)
        tdm__builder_fail(builder, "scale: expected at most %u values", TDM_INSTRUMENT_VALUES_MAX);
    else if (scale->value_count > 0 && scale->values[scale->value_count - 1].value >= value)
        tdm__builder_fail(builder, "scale: expected values that rise, each once");
    else if (!meaning_named(&row.meaning, meaning))
        tdm__builder_fail(builder,
                          "scale: expected the meaning of a value to be strength or concern, or none");
    if (builder->status != TDM_OK)
        return;
    MAKE_ROOM_OR_RETURN(builder, scale->values, scale->value_count, scale->value_capacity);
    row.value = (int32_t)value;
    scale->values[scale->value_count++] = row;
}

void tdm__instrument_add_range(tdm__instrument_builder *builder, int64_t lowest, int64_t highest)
{
    if (lowest < -TDM_INSTRUMENT_VALUE_MAX || highest > TDM_INSTRUMENT_VALUE_MAX || lowest >= highest) {
        tdm__builder_fail(builder, "scale: expected min below max, both within %d of zero",
                          TDM_INSTRUMENT_VALUE_MAX);
        return;
    }
    for (int64_t value = lowest; value <= highest && builder->status == TDM_OK; value++)
        tdm__instrument_add_value(builder, value, TDM_LIT(""), TDM_LIT(""));
}

void tdm__instrument_set_area_scale(tdm__instrument_builder *builder, tdm_str name)
{
    tdm_instrument *instrument = builder->instrument;
    tdm_str kept = tdm__builder_keep(builder, name);
    if (instrument->areas.count == 0)
        tdm__builder_fail(builder, "the scale of an area before any area");
    if (builder->status == TDM_OK)
        instrument->rules[instrument->areas.count - 1].scale_name = kept;
}

void tdm__instrument_add_age_band(tdm__instrument_builder *builder, tdm_str code, tdm_str title,
                                  int64_t from_months, int64_t to_months)
{
    tdm_instrument *instrument = builder->instrument;
    tdm__age_band band = {.code = tdm__builder_keep(builder, code),
                          .title = tdm__builder_keep(builder, title)};
    size_t count = instrument->age_band_count;
    if (!tdm__instrument_code_valid(code) || tdm__instrument_find_age_band(instrument, code) != TDM__NO_PART)
        tdm__builder_fail(builder,
                          "age_bands: expected codes of 1 to 16 letters, digits, '-', '_' or '.', each once");
    else if (from_months < 0 || to_months <= from_months || to_months > MONTHS_MAX)
        tdm__builder_fail(builder, "age_bands: expected \"from\" below \"to\", in months from 0 to %d",
                          MONTHS_MAX);
    else if (count > 0 && instrument->age_bands[count - 1].to_months > from_months)
        tdm__builder_fail(builder, "age_bands: expected bands that rise and do not overlap");
    else if (count >= TDM_INSTRUMENT_AGE_BANDS_MAX)
        tdm__builder_fail(builder, "age_bands: expected at most %u", TDM_INSTRUMENT_AGE_BANDS_MAX);
    if (builder->status != TDM_OK)
        return;
    MAKE_ROOM_OR_RETURN(builder, instrument->age_bands, count, instrument->age_band_capacity);
    band.from_months = (int32_t)from_months;
    band.to_months = (int32_t)to_months;
    instrument->age_bands[instrument->age_band_count++] = band;
}

static void add_age(tdm__instrument_builder *builder, tdm__parts *parts, tdm_str age_band)
{
    uint32_t band = tdm__instrument_find_age_band(builder->instrument, age_band);
    if (parts->count == 0)
        tdm__builder_fail(builder, "the ages of a part before any part");
    else if (band == TDM__NO_PART)
        tdm__builder_fail(builder, "ages: expected codes of \"age_bands\"");
    if (builder->status == TDM_OK)
        parts->items[parts->count - 1].ages |= UINT32_C(1) << band;
}

void tdm__instrument_sub_area_age(tdm__instrument_builder *builder, tdm_str age_band)
{
    add_age(builder, &builder->instrument->sub_areas, age_band);
}

void tdm__instrument_item_age(tdm__instrument_builder *builder, tdm_str age_band)
{
    add_age(builder, &builder->instrument->items, age_band);
}

void tdm__instrument_set_event(tdm__instrument_builder *builder, tdm_str kind)
{
    if (!tdm__code_shaped(kind))
        tdm__builder_fail(builder, "\"event\": expected a kind of the chronology, letters, digits and '-'");
    builder->instrument->event = tdm__builder_keep(builder, kind);
}
