/*
 * Bands: named ranges of a sum, a count or a share, with their source. A band is a label beside the
 * number, never a level of risk, and nothing else depends on it.
 */
#include "instrument/builder.h"
#include "instrument/score.h"

#define OPEN_END INT32_MAX

void tdm__instrument_add_bands(tdm__instrument_builder *builder, tdm_str of, tdm_str source)
{
    tdm_instrument *instrument = builder->instrument;
    tdm__band_set set = {.of = tdm__builder_keep(builder, of),
                         .source = tdm__builder_keep(builder, source),
                         .first = instrument->band_count};
    if (source.length == 0)
        tdm__builder_fail(builder, "bands: expected the source of the ranges");
    if (builder->status != TDM_OK)
        return;
    MAKE_ROOM_OR_RETURN(builder, instrument->band_sets, instrument->band_set_count,
                        instrument->band_set_capacity);
    instrument->band_sets[instrument->band_set_count++] = set;
}

void tdm__instrument_add_band(tdm__instrument_builder *builder, int64_t from, const int64_t *to,
                              tdm_str label)
{
    tdm_instrument *instrument = builder->instrument;
    tdm__band band = {.label = tdm__builder_keep(builder, label)};
    if (builder->status != TDM_OK)
        return;
    tdm__band_set *set = &instrument->band_sets[instrument->band_set_count - 1];
    const tdm__band *last = set->count > 0 ? &instrument->bands[instrument->band_count - 1] : NULL;
    bool in_range = from > INT32_MIN && from < OPEN_END && (!to || (*to >= from && *to < OPEN_END));
    if (!in_range || label.length == 0)
        tdm__builder_fail(builder, "bands: expected a label and whole numbers, \"to\" not below \"from\"");
    else if (last && last->to >= from)
        tdm__builder_fail(builder, "bands: expected ranges that rise and do not overlap");
    if (builder->status != TDM_OK)
        return;
    MAKE_ROOM_OR_RETURN(builder, instrument->bands, instrument->band_count, instrument->band_capacity);
    band.from = (int32_t)from;
    band.to = to ? (int32_t)*to : OPEN_END;
    instrument->bands[instrument->band_count++] = band;
    set->count++;
}

static bool adds_up(const tdm__aggregation *policy)
{
    return policy->kind == TDM__POLICY_SUM || policy->kind == TDM__POLICY_COUNT ||
           policy->kind == TDM__POLICY_SHARE;
}

static void resolve(tdm__instrument_builder *builder, size_t index)
{
    tdm_instrument *instrument = builder->instrument;
    tdm__band_set *set = &instrument->band_sets[index];
    bool total = tdm__str_equal(set->of, TDM_LIT("total"));
    set->area = total ? TDM__NO_PART : tdm__instrument_find_part(&instrument->areas, set->of);
    for (size_t i = 0; i < index; i++)
        if (tdm__str_equal(instrument->band_sets[i].of, set->of))
            tdm__builder_fail(builder, "bands: the ranges of one number stand twice");
    if (!total && set->area == TDM__NO_PART)
        tdm__builder_fail(builder, "bands: expected the code of an area, or \"total\"");
    else if (set->count == 0)
        tdm__builder_fail(builder, "bands: expected at least one range");
    else if (!adds_up(tdm__instrument_policy(instrument, total ? TDM__LEVEL_AREAS : TDM__LEVEL_SUB_AREAS,
                                             total ? 0 : set->area)))
        tdm__builder_fail(builder, "bands: expected a sum, a count or a share to band");
}

void tdm__builder_resolve_bands(tdm__instrument_builder *builder)
{
    for (size_t i = 0; i < builder->instrument->band_set_count && builder->status == TDM_OK; i++)
        resolve(builder, i);
}

const tdm__band_set *tdm__instrument_bands_of(const tdm_instrument *instrument, uint32_t area)
{
    for (size_t i = 0; i < instrument->band_set_count; i++)
        if (instrument->band_sets[i].area == area)
            return &instrument->band_sets[i];
    return NULL;
}

static const tdm__band *band_at(const tdm_instrument *instrument, const tdm__band_set *set, int64_t number)
{
    for (size_t i = set->first; i < set->first + set->count; i++)
        if (number >= instrument->bands[i].from && number <= instrument->bands[i].to)
            return &instrument->bands[i];
    return NULL;
}

/* A number that is not complete has a band where its lowest and its highest lie in the same one. */
static const tdm__band *band_of(const tdm_score *score, const tdm__band_set *set,
                                const tdm__part_result *result, const tdm__aggregation *policy)
{
    bool assessed = result->reason == TDM__REASON_NONE;
    int64_t low = assessed ? result->grade : result->low, high = assessed ? result->grade : result->high;
    if (result->items.of_state[TDM__ENTRY_SCORED] == 0)
        return NULL;
    if (policy->kind == TDM__POLICY_SHARE) {
        if (result->applies == 0)
            return NULL;
        low = low * 100 / result->applies; /* percent, rounded down */
        high = high * 100 / result->applies;
    }
    const tdm__band *band = band_at(score->instrument, set, low);
    return band == band_at(score->instrument, set, high) ? band : NULL;
}

/* Under another policy than the instrument's own the numbers are others, and its bands say nothing. */
static bool as_defined(const tdm_score *score, uint32_t area)
{
    for (tdm__level level = TDM__LEVEL_ITEMS; level < TDM__LEVEL_COUNT; level++)
        if (tdm__score_policy(score, level, area) != tdm__instrument_policy(score->instrument, level, area))
            return false;
    return true;
}

void tdm__score_bands(tdm_score *score)
{
    const tdm_instrument *instrument = score->instrument;
    for (size_t i = 0; i < instrument->band_set_count; i++) {
        const tdm__band_set *set = &instrument->band_sets[i];
        bool total = set->area == TDM__NO_PART, defined = true;
        for (uint32_t area = 0; area < instrument->areas.count; area++)
            defined = defined && ((!total && area != set->area) || as_defined(score, area));
        tdm__part_result *result = total ? &score->total : &score->areas[set->area];
        if (defined)
            result->band = band_of(score, set, result,
                                   tdm__score_policy(score, total ? TDM__LEVEL_AREAS : TDM__LEVEL_SUB_AREAS,
                                                     total ? 0 : set->area));
    }
}
