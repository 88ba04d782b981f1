/*
 * Needs (see needs.h): kinds and facts that some source could hold, rows that are there, coverage.
 */
#include "engine/needs.h"

#include "chronology/selection.h"
#include "chronology/table.h"

tdm_status tdm__at_hand_of(tdm__at_hand *out, const tdm__asker *a, const tdm_history *h)
{
    const tdm__columns *columns = &a->chronology->columns;
    uint32_t *rows = tdm__arena_array(a->scratch, a->chronology->vocabulary->kind_count, sizeof *rows);
    uint8_t *concern_rows = tdm__arena_array(a->scratch, h->row_count, sizeof *concern_rows);
    *out = (tdm__at_hand){.history = h, .rows = rows, .concern_rows = concern_rows};
    if (!rows || !concern_rows)
        return TDM_NO_MEMORY;
    tdm_status status = tdm__chronology_carried(&out->carried, a->scratch, a->chronology, h->child, h->as_of);
    for (uint32_t row = 0; status == TDM_OK && row < h->row_count; row++) {
        uint32_t event = h->rows[row].event, kind = columns->kind[event];
        uint32_t rated = tdm__column_packed(columns, event) >> TDM__PACK_SIGNIFICANCE & 3;
        bool concern = tdm__row_is_concern(h, row);
        out->kinds[kind / 64] |= UINT64_C(1) << (kind % 64);
        rows[kind]++;
        concern_rows[row] = concern ? rated == TDM__HIGH ? TDM__HELD_HIGH : TDM__HELD_CONCERN : 0;
        out->concerns += concern;
        out->high_concerns += concern && rated == TDM__HIGH;
    }
    out->concern = out->concerns > 0;
    return status;
}

static bool could_hold_any(const tdm__carried *carried, const uint32_t *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tdm__carried_kind(carried, kinds[i]))
            return true;
    return count == 0;
}

static bool could_hold_all(const tdm__carried *carried, const uint32_t *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!tdm__carried_kind(carried, kinds[i]))
            return false;
    return true;
}

/* Days up to as-of that one declared period covers. */
static int64_t days_covered(const tdm__period *period, tdm_day as_of)
{
    return (int64_t)(period->to < as_of ? period->to : as_of) - period->from + 1;
}

/* What a replaced return declared, the one in its place may not. */
static bool covers(const tdm__asker *a, uint32_t number, uint32_t child, int32_t days)
{
    const tdm__source *source = tdm__chronology_source(a->chronology, number);
    if (!tdm__source_concerns(source, child) ||
        tdm__chronology_source_replaced(a->chronology, number, a->options->as_of))
        return false;
    for (size_t i = 0; i < source->cover_count; i++)
        if (days_covered(&source->covers[i], a->options->as_of) >= days)
            return true;
    return false;
}

/* Whether enough agencies declare a period of at least that many days; one that has no entry at all counts
 * too. */
static bool covered_enough(const tdm__asker *a, uint32_t child, const tdm__needs *needs)
{
    int32_t agencies = 0;
    size_t count = tdm__chronology_source_count(a->chronology);
    for (uint32_t i = 0; i < count && agencies < needs->coverage_agencies; i++) {
        const tdm__source *source = tdm__chronology_source(a->chronology, i);
        bool is_new = source->agency.length > 0 && covers(a, i, child, needs->coverage_days);
        for (uint32_t k = 0; k < i && is_new; k++) {
            const tdm__source *other = tdm__chronology_source(a->chronology, k);
            is_new = !tdm__str_equal(other->agency, source->agency) ||
                     !covers(a, k, child, needs->coverage_days);
        }
        agencies += is_new;
    }
    return agencies >= needs->coverage_agencies;
}

const char *tdm__missing_need(const tdm__asker *a, const tdm__at_hand *at_hand, uint32_t child,
                              const tdm__needs *needs)
{
    if (!could_hold_any(&at_hand->carried, needs->any, needs->any_count) ||
        !could_hold_all(&at_hand->carried, needs->all, needs->all_count))
        return "no-data";
    if (needs->coverage_days > 0 && !covered_enough(a, child, needs))
        return "not-covered";
    return NULL;
}

bool tdm__may_be_met(const tdm__at_hand *at_hand, const tdm__needs *needs)
{
    if (needs->held_count == 0 && !needs->held_concern)
        return true;
    for (size_t i = 0; i < needs->held_count; i++)
        if (at_hand->kinds[needs->held[i] / 64] >> (needs->held[i] % 64) & 1)
            return true;
    return needs->held_concern && at_hand->concern;
}

static bool is_among(const tdm__need *need, tdm_str word)
{
    for (size_t i = 0; i < need->choice_count; i++)
        if (tdm__str_equal(need->choices[i], word))
            return true;
    return false;
}

bool tdm__need_matters(const tdm__need *need, const tdm__param_value *params)
{
    if (need->when == TDM_NO_INDEX)
        return true;
    const tdm__param_value *value = &params[need->when];
    tdm_str word = value->choice;
    if (value->type == TDM__PARAM_FLAG)
        word = value->number ? TDM_LIT("yes") : TDM_LIT("no");
    if (value->type != TDM__PARAM_LIST)
        return is_among(need, word);
    for (size_t i = 0; value->codes && i < value->item_count; i++)
        if (is_among(need, value->codes[i]))
            return true;
    return false;
}

bool tdm__may_be_denied(const tdm__at_hand *at_hand, const tdm__needs *needs, const tdm__param_value *params)
{
    for (size_t i = 0; i < needs->deny_count; i++) {
        const tdm__need *need = &needs->deny[i];
        bool held = !tdm__need_matters(need, params);
        for (size_t k = 0; k < need->any_count && !held; k++)
            held = tdm__carried_in_full(&at_hand->carried, need->any[k].kind, need->any[k].fact);
        if (!held)
            return false;
    }
    return true;
}
