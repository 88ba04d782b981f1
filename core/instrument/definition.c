/*
 * A finished definition: its texts, look-ups and scale. It is built in builder.c.
 */
#include "instrument/instrument.h"

#include <string.h>

void tdm_instrument_free(tdm_instrument *instrument)
{
    if (!instrument)
        return;
    tdm_allocator allocator = instrument->allocator;
    void *const blocks[] = {instrument->scales,          instrument->age_bands,
                            instrument->areas.items,     instrument->rules,
                            instrument->sub_areas.items, instrument->items.items,
                            instrument->flags,           instrument->conditionals,
                            instrument->examples,        instrument->entries,
                            instrument->expectations,    instrument->items_by_code,
                            instrument->band_sets,       instrument->bands};
    for (size_t i = 0; i < instrument->scale_count; i++)
        tdm__free(&allocator, instrument->scales[i].values);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        tdm__free(&allocator, blocks[i]);
    tdm__arena_free(&instrument->arena);
    tdm__free(&allocator, instrument);
}

tdm_str tdm_instrument_id(const tdm_instrument *instrument)
{
    return instrument->texts[TDM__TEXT_ID];
}

tdm_str tdm_instrument_version(const tdm_instrument *instrument)
{
    return instrument->texts[TDM__TEXT_VERSION];
}

tdm_str tdm_instrument_title(const tdm_instrument *instrument)
{
    return instrument->texts[TDM__TEXT_TITLE];
}

tdm_str tdm_instrument_source(const tdm_instrument *instrument)
{
    return instrument->texts[TDM__TEXT_SOURCE];
}

tdm_str tdm_instrument_licence(const tdm_instrument *instrument)
{
    return instrument->texts[TDM__TEXT_LICENCE];
}

size_t tdm_instrument_area_count(const tdm_instrument *instrument)
{
    return instrument->areas.count;
}

size_t tdm_instrument_item_count(const tdm_instrument *instrument)
{
    return instrument->items.count;
}

uint32_t tdm__instrument_find_item(const tdm_instrument *instrument, tdm_str code)
{
    size_t low = 0, high = instrument->items.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = tdm__str_compare(instrument->items_by_code[middle].code, code);
        if (order == 0)
            return instrument->items_by_code[middle].index;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return TDM__NO_PART;
}

uint32_t tdm__instrument_find_part(const tdm__parts *parts, tdm_str code)
{
    for (size_t i = 0; i < parts->count; i++)
        if (tdm__str_equal(parts->items[i].code, code))
            return (uint32_t)i;
    return TDM__NO_PART;
}

const tdm__scale *tdm__instrument_area_scale(const tdm_instrument *instrument, uint32_t area)
{
    return &instrument->scales[instrument->rules[area].scale];
}

const tdm__scale *tdm__instrument_sub_area_scale(const tdm_instrument *instrument, uint32_t sub_area)
{
    return tdm__instrument_area_scale(instrument, instrument->sub_areas.items[sub_area].parent);
}

const tdm__scale *tdm__instrument_item_scale(const tdm_instrument *instrument, uint32_t item)
{
    return tdm__instrument_sub_area_scale(instrument, instrument->items.items[item].parent);
}

/* Every scale is one that some area is graded on. */
const tdm__scale *tdm__instrument_total_scale(const tdm_instrument *instrument)
{
    return instrument->scale_count == 1 ? tdm__instrument_area_scale(instrument, 0) : NULL;
}

const tdm__aggregation *tdm__instrument_policy(const tdm_instrument *instrument, tdm__level level,
                                               uint32_t area)
{
    const tdm__aggregation *own = level < TDM__LEVEL_AREAS ? instrument->rules[area].policies[level] : NULL;
    return own ? own : instrument->policies[level];
}

const tdm__scale_value *tdm__scale_find(const tdm__scale *scale, int64_t value)
{
    for (size_t i = 0; i < scale->value_count; i++)
        if (scale->values[i].value == value)
            return &scale->values[i];
    return NULL;
}

int32_t tdm__scale_lowest(const tdm__scale *scale)
{
    return scale->values[0].value;
}

int32_t tdm__scale_highest(const tdm__scale *scale)
{
    return scale->values[scale->value_count - 1].value;
}

tdm__grades tdm__scale_grades(const tdm__scale *scale)
{
    return (tdm__grades){NULL, 0, scale->higher_is_worse, scale->has_concern, scale->concern_from};
}

/* Sums over several scales have these in one direction, so that any area's is the total's. */
tdm__grades tdm__instrument_total_grades(const tdm_instrument *instrument)
{
    tdm__grades grades = tdm__scale_grades(tdm__instrument_area_scale(instrument, 0));
    if (instrument->scale_count > 1) {
        grades.has_concern = false;
        grades.concern_from = 0;
    }
    return grades;
}

uint32_t tdm__instrument_find_age_band(const tdm_instrument *instrument, tdm_str code)
{
    for (size_t i = 0; i < instrument->age_band_count; i++)
        if (tdm__str_equal(instrument->age_bands[i].code, code))
            return (uint32_t)i;
    return TDM__NO_PART;
}

bool tdm__instrument_asked(const tdm_instrument *instrument, uint32_t item, uint32_t age_band)
{
    return age_band == TDM__NO_PART || (instrument->items.items[item].ages >> age_band & 1) != 0;
}

tdm_str tdm__instrument_event(const tdm_instrument *instrument)
{
    return instrument->event.length > 0 ? instrument->event : (tdm_str){"", 0};
}

bool tdm__entry_state_named(tdm__entry_state *out, tdm_str word)
{
    bool not_seen = tdm__str_equal(word, TDM_LIT("not-seen"));
    *out = not_seen ? TDM__ENTRY_NOT_SEEN : TDM__ENTRY_NOT_APPLICABLE;
    return not_seen || tdm__str_equal(word, TDM_LIT("not-applicable"));
}

static bool made_of(tdm_str text, const char *letters, size_t longest)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '\0' || !strchr(letters, text.data[i]))
            return false;
    return text.length >= 1 && text.length <= longest;
}

#define LETTERS_AND_DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

bool tdm__instrument_code_valid(tdm_str code)
{
    return made_of(code, LETTERS_AND_DIGITS "-_.", 16) && !tdm__str_equal(code, TDM_LIT("total"));
}

bool tdm__code_shaped(tdm_str code)
{
    return made_of(code, LETTERS_AND_DIGITS "-", 64);
}
