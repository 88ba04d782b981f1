/*
 * What a row of the profile shows, read from a score and from what changed since the one before.
 */
#include "report/profile.h"

const tdm__scale_value *tdm__profile_value(const tdm__scale *scale, int place)
{
    return &scale->values[scale->higher_is_worse ? place : (int)scale->value_count - 1 - place];
}

int tdm__profile_place(const tdm__scale *scale, int32_t value)
{
    for (int i = 0; i < (int)scale->value_count; i++)
        if (tdm__profile_value(scale, i)->value == value)
            return i;
    return -1;
}

bool tdm__profile_is_concern(const tdm__scale *scale, int32_t value)
{
    return scale->has_concern &&
           (scale->higher_is_worse ? value >= scale->concern_from : value <= scale->concern_from);
}

const tdm__compared_part *tdm__profile_change(const tdm__comparison *change, tdm__level level,
                                              const tdm__part *part)
{
    if (!change)
        return NULL;
    if (!part)
        return change->has_total ? &change->total : NULL;
    const tdm_instrument *instrument = change->before->instrument;
    bool area = level == TDM__LEVEL_SUB_AREAS;
    uint32_t at = tdm__instrument_find_part(area ? &instrument->areas : &instrument->sub_areas, part->code);
    if (at == TDM__NO_PART)
        return NULL;
    return area ? &change->areas[at] : &change->sub_areas[at];
}

/* An earlier grade may stand beside the later one only where both are on one scale by one rule. */
static bool same_scale(const tdm__comparison *change)
{
    return change->reason == TDM__CHANGED || change->reason == TDM__WINDOW_MISSING ||
           change->reason == TDM__WINDOW_OVERLAP;
}

static void add_change(tdm__profile_row *row, const tdm__comparison *change)
{
    row->change = tdm__profile_change(change, row->level, row->part);
    if (!row->change || !row->change->has_before || !same_scale(change))
        return;
    row->has_before = true;
    row->before = row->change->before;
}

/* A grade that the scale does not have cannot be placed on it. */
static void describe(tdm__profile_row *row, const tdm_score *now, const tdm__comparison *change, size_t area)
{
    tdm__aggregation_kind kind = tdm__score_policy(now, row->level, (uint32_t)area)->kind;
    add_change(row, change);
    row->more_is_worse = kind == TDM__POLICY_COUNT || kind == TDM__POLICY_SHARE ||
                         (row->scale ? row->scale->higher_is_worse
                                     : tdm__instrument_total_grades(now->instrument).higher_is_worse);
    row->assessed = row->now->reason == TDM__REASON_NONE;
    row->on_scale = row->scale && kind == TDM__POLICY_GRADE;
    if (row->on_scale && row->assessed)
        row->assessed = tdm__profile_place(row->scale, row->now->grade) >= 0;
    if (row->on_scale && row->has_before)
        row->has_before = tdm__profile_place(row->scale, row->before) >= 0;
}

static bool has_result(const tdm_score *score, tdm__level level, size_t area)
{
    return tdm__score_policy(score, level, (uint32_t)area)->kind != TDM__POLICY_NOTHING;
}

bool tdm__profile_drawn(const tdm_score *score)
{
    tdm__profile_row row;
    return tdm__profile_row_at(&row, score, NULL, 0);
}

bool tdm__profile_row_at(tdm__profile_row *out, const tdm_score *now, const tdm__comparison *change,
                         size_t number)
{
    const tdm_instrument *instrument = now->instrument;
    tdm_score_view total;
    for (size_t area = 0; area < instrument->areas.count; area++) {
        const tdm__part *part = &instrument->areas.items[area];
        size_t own = has_result(now, TDM__LEVEL_SUB_AREAS, area) ? 1 : 0;
        size_t rows = own + (has_result(now, TDM__LEVEL_ITEMS, area) ? part->count : 0);
        if (number >= rows) {
            number -= rows;
            continue;
        }
        size_t sub_area = part->first + number - own;
        if (number < own)
            *out = (tdm__profile_row){TDM__LEVEL_SUB_AREAS, part, .now = &now->areas[area]};
        else
            *out = (tdm__profile_row){TDM__LEVEL_ITEMS, &instrument->sub_areas.items[sub_area],
                                      .now = &now->sub_areas[sub_area]};
        out->scale = tdm__instrument_area_scale(instrument, (uint32_t)area);
        describe(out, now, change, area);
        return true;
    }
    *out = (tdm__profile_row){.level = TDM__LEVEL_AREAS, .now = &now->total};
    if (number > 0 || !tdm_score_total(&total, now))
        return false;
    out->scale = tdm__instrument_total_scale(instrument);
    describe(out, now, change, 0);
    return true;
}

void tdm__profile_title(tdm__text *out, const tdm__part *part)
{
    tdm__text_clear(out);
    if (!part) {
        tdm__text_puts(out, "Total");
        return;
    }
    tdm__text_add(out, part->code);
    if (part->title.length > 0) {
        tdm__text_char(out, ' ');
        tdm__text_add(out, part->title);
    }
}
