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
    void *const blocks[] = {instrument->values,        instrument->areas.items, instrument->sub_areas.items,
                            instrument->items.items,   instrument->flags,       instrument->conditionals,
                            instrument->examples,      instrument->entries,     instrument->expectations,
                            instrument->items_by_code, instrument->band_sets,   instrument->bands};
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

const tdm__scale_value *tdm__instrument_scale_value(const tdm_instrument *instrument, int64_t value)
{
    for (size_t i = 0; i < instrument->value_count; i++)
        if (instrument->values[i].value == value)
            return &instrument->values[i];
    return NULL;
}

int32_t tdm__instrument_lowest(const tdm_instrument *instrument)
{
    return instrument->values[0].value;
}

int32_t tdm__instrument_highest(const tdm_instrument *instrument)
{
    return instrument->values[instrument->value_count - 1].value;
}

tdm__grades tdm__instrument_grades(const tdm_instrument *instrument)
{
    return (tdm__grades){NULL, 0, instrument->higher_is_worse, instrument->has_concern,
                         instrument->concern_from};
}

bool tdm__entry_state_named(tdm__entry_state *out, tdm_str word)
{
    bool not_seen = tdm__str_equal(word, TDM_LIT("not-seen"));
    *out = not_seen ? TDM__ENTRY_NOT_SEEN : TDM__ENTRY_NOT_APPLICABLE;
    return not_seen || tdm__str_equal(word, TDM_LIT("not-applicable"));
}

bool tdm__instrument_code_valid(tdm_str code)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    for (size_t i = 0; i < code.length; i++)
        if (!memchr(letters, code.data[i], sizeof letters - 1))
            return false;
    return code.length >= 1 && code.length <= 16 && !tdm__str_equal(code, TDM_LIT("total"));
}
