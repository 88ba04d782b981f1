/*
 * Making the cumulative picture: a selection a line, and for each what lies in its periods and what had
 * gathered by their ends. The measures are those of the chronology.
 */
#include "engine/cumulative.h"

#include <string.h>

#define NEGLECT_THEMES   (TDM__CUMULATIVE_OTHER - TDM__CUMULATIVE_FIRST_THEME)
#define LONG_MONTHS      120 /* a record longer than this is told by quarters */
#define HORIZON_DAYS     36600
#define MICRO_IN_A_MILLI 1000

const char *tdm__cumulative_code(size_t line)
{
    if (line == TDM__CUMULATIVE_ALL)
        return "all";
    if (line == TDM__CUMULATIVE_OTHER)
        return "other";
    return line == TDM__CUMULATIVE_NOT_STATED ? "not-stated"
                                              : tdm__theme_code((uint32_t)line - TDM__CUMULATIVE_FIRST_THEME);
}

/* --- the numbers in force --- */

static const tdm__effective_param *find_param(const tdm_run *run, const char *name)
{
    for (size_t i = 0; i < run->indicator_count; i++) {
        const tdm__effective_indicator *one = &run->indicators[i];
        for (size_t p = 0; tdm__str_equal(one->indicator->id, TDM_LIT("cumulative-load")) &&
                           p < one->indicator->param_count;
             p++)
            if (tdm__str_equal(one->params[p].param->name, tdm__str(name)))
                return &one->params[p];
    }
    return NULL;
}

/* A number of the indicator that is of another type is not the one meant here. */
static bool take_number(tdm__cumulative_settings *s, int which, const tdm__param_value *value)
{
    int32_t number = (int32_t)(value->number < INT32_MAX ? value->number : INT32_MAX);
    bool days = value->type == TDM__PARAM_SPAN && value->span.unit == TDM_SPAN_DAYS;
    bool months = value->type == TDM__PARAM_SPAN && value->span.unit == TDM_SPAN_MONTHS;
    switch (which) {
    case TDM__CUMULATIVE_HALF_LIFE:
        s->half_life_days = days ? value->span.count : number;
        return days || value->type == TDM__PARAM_COUNT;
    case TDM__CUMULATIVE_RISE_PERIOD:
        s->rise.of = value->span;
        return days || months;
    case TDM__CUMULATIVE_RISE_BASELINE:
        s->rise.baseline = number;
        return value->type == TDM__PARAM_COUNT;
    case TDM__CUMULATIVE_RISE_ALLOWANCE:
        s->rise.allowance_milli = number;
        return value->type == TDM__PARAM_RATIO;
    default:
        s->rise.threshold_milli = number;
        return value->type == TDM__PARAM_RATIO;
    }
}

static const char *const number_names[] = {"half_life", "of", "baseline", "allowance", "threshold"};

tdm__cumulative_settings tdm__cumulative_settings_of(const tdm_run *run)
{
    tdm__cumulative_settings s = {.half_life_days = 180, .rise = {{TDM_SPAN_MONTHS, 1}, 12, 500, 5000}};
    for (int i = 0; i < TDM__CUMULATIVE_NUMBERS; i++) {
        const tdm__effective_param *param = find_param(run, number_names[i]);
        tdm__cumulative_settings taken = s;
        s.numbers[i] = (tdm__cumulative_number){number_names[i], TDM_LIT("product default")};
        if (!param || !take_number(&taken, i, &param->value))
            continue;
        s = taken;
        s.numbers[i] = (tdm__cumulative_number){number_names[i], param->from};
    }
    return s;
}

/* --- selections --- */

typedef struct making {
    tdm__cumulative *out;
    const tdm_history *history;
    tdm_selection *referrals; /* pass on what was noticed already: no incident more */
    tdm_selection *selections[TDM__CUMULATIVE_LINES];
    uint32_t referral;      /* the kind; TDM_NO_INDEX: the vocabulary has none */
    tdm_day *period_starts; /* one more: the day after the last */
    tdm_day *ends;          /* of the periods */
    tdm_bounds *loads;
} making;

static tdm_status select_themes(tdm_selection **out, const making *m, uint32_t themes)
{
    tdm__filter filter = tdm__filter_all();
    filter.concern_only = true;
    filter.themes = themes;
    tdm_status status = tdm__selection_new(out, m->history, &filter, NULL);
    return status == TDM_OK ? tdm__selection_minus(out, *out, m->referrals) : status;
}

static tdm_status select_referrals(making *m)
{
    tdm__filter filter = tdm__filter_all();
    filter.kinds = &m->referral;
    filter.kind_count = 1;
    return tdm__selection_new(&m->referrals, m->history, &filter, NULL);
}

/* Concerns of incidents none of whose rows states a theme. */
static tdm_status select_not_stated(making *m)
{
    const tdm_history *h = m->history;
    const tdm_selection *all = m->selections[TDM__CUMULATIVE_ALL];
    tdm_selection *stated, *rest = tdm__arena_array(h->arena, 1, sizeof *rest);
    bool *told = tdm__arena_array(h->arena, (size_t)h->incident_count + 1, sizeof *told);
    tdm_status status = select_themes(&stated, m, ((uint32_t)1 << tdm__theme_count()) - 1);
    if (status != TDM_OK || !rest || !told)
        return TDM_NO_MEMORY;
    *rest = (tdm_selection){
        .history = h, .members = tdm__arena_array(h->arena, (size_t)all->count + 1, sizeof *rest->members)};
    if (!rest->members)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < stated->count; i++)
        told[h->rows[stated->members[i].row].incident] = true;
    for (uint32_t i = 0; i < all->count; i++)
        if (!told[h->rows[all->members[i].row].incident])
            rest->members[rest->count++] = all->members[i];
    m->selections[TDM__CUMULATIVE_NOT_STATED] = rest;
    return TDM_OK;
}

static tdm_status select_lines(making *m)
{
    uint32_t neglect = ((uint32_t)1 << NEGLECT_THEMES) - 1;
    uint32_t any = ((uint32_t)1 << tdm__theme_count()) - 1;
    tdm_status status = select_referrals(m);
    if (status == TDM_OK)
        status = select_themes(&m->selections[TDM__CUMULATIVE_ALL], m, 0);
    for (uint32_t theme = 0; status == TDM_OK && theme < NEGLECT_THEMES; theme++)
        status = select_themes(&m->selections[TDM__CUMULATIVE_FIRST_THEME + theme], m, (uint32_t)1 << theme);
    if (status == TDM_OK)
        status = select_themes(&m->selections[TDM__CUMULATIVE_OTHER], m, any & ~neglect);
    return status == TDM_OK ? select_not_stated(m) : status;
}

/* --- periods --- */

/* The first day on record; TDM_DAY_AFTER_ALL without a dated row. */
static tdm_day first_on_record(const tdm_history *h)
{
    tdm_day first = TDM_DAY_AFTER_ALL;
    for (uint32_t i = 0; i < h->row_count; i++) {
        tdm_day day = h->rows[i].from == TDM_DAY_BEFORE_ALL ? h->rows[i].to : h->rows[i].from;
        if (h->rows[i].dated && day < first)
            first = day;
    }
    return first < h->as_of - HORIZON_DAYS ? h->as_of - HORIZON_DAYS : first;
}

/* Calendar periods of 1, 3 or 12 months from the one that holds `first` to the one that holds `last`. */
static tdm_status calendar(tdm_day **starts, uint32_t *count, tdm__arena *arena, tdm_day first, tdm_day last,
                           int32_t months)
{
    int32_t year, month, day;
    tdm_day start;
    tdm_day_to_civil(first, &year, &month, &day);
    tdm_day_from_civil(&start, year, (month - 1) / months * months + 1, 1);
    size_t room = (size_t)(last - start) / 28 / (size_t)months + 3;
    *count = 0;
    *starts = tdm__arena_array(arena, room, sizeof **starts);
    if (!*starts)
        return TDM_NO_MEMORY;
    while (start <= last) {
        (*starts)[(*count)++] = start;
        tdm_day next = tdm_day_add_months((*starts)[0], (int32_t)*count * months);
        start = next > start ? next : last + 1; /* the calendar ends */
    }
    (*starts)[*count] = start;
    return TDM_OK;
}

static tdm_status find_periods(making *m, tdm_day first)
{
    tdm__cumulative *out = m->out;
    tdm__arena *arena = m->history->arena;
    tdm_day as_of = m->history->as_of, *quarters, *years;
    out->period_months = tdm_day_add_months(first, LONG_MONTHS) < as_of ? 3 : 1;
    tdm_status status = calendar(&m->period_starts, &out->period_count, arena, first, as_of,
                                 out->period_months);
    if (status == TDM_OK)
        status = calendar(&quarters, &out->quarter_count, arena, first, as_of, 3);
    if (status == TDM_OK)
        status = calendar(&years, &out->year_count, arena, first, as_of, 12);
    if (status != TDM_OK)
        return status;
    out->quarter_starts = quarters;
    out->year_starts = years;
    m->ends = tdm__arena_array(arena, out->period_count, sizeof *m->ends);
    m->loads = tdm__arena_array(arena, out->period_count, sizeof *m->loads);
    if (!m->ends || !m->loads)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < out->period_count; i++) {
        tdm_day last = m->period_starts[i + 1] - 1;
        m->ends[i] = last < as_of ? last : as_of;
    }
    return TDM_OK;
}

/* --- lines --- */

static tdm_bounds milli(tdm_bounds micro)
{
    return (tdm_bounds){(int32_t)(((int64_t)micro.certain + MICRO_IN_A_MILLI / 2) / MICRO_IN_A_MILLI),
                        (int32_t)(((int64_t)micro.possible + MICRO_IN_A_MILLI / 2) / MICRO_IN_A_MILLI)};
}

static tdm_status fill_periods(making *m, tdm__cumulative_line *line, const tdm_selection *of)
{
    uint32_t count = m->out->period_count;
    tdm_bounds *incidents;
    line->periods = tdm__arena_array(m->history->arena, count, sizeof *line->periods);
    if (!line->periods)
        return TDM_NO_MEMORY;
    tdm_status status = tdm__selection_by_period(&incidents, of, m->period_starts, count, NULL);
    if (status == TDM_OK)
        status = tdm__selection_decayed_on(m->loads, of, m->ends, count, 0, false, NULL);
    for (uint32_t i = 0; status == TDM_OK && i < count; i++)
        line->periods[i] = (tdm__cumulative_period){.from = m->period_starts[i],
                                                    .to = m->ends[i],
                                                    .incidents = incidents[i],
                                                    .load_milli = milli(m->loads[i])};
    if (status == TDM_OK)
        status = tdm__selection_decayed_on(m->loads, of, m->ends, count, m->out->settings.half_life_days,
                                           false, NULL);
    for (uint32_t i = 0; status == TDM_OK && i < count; i++)
        line->periods[i].faded_milli = milli(m->loads[i]);
    return status;
}

static tdm_status fill_line(making *m, size_t index)
{
    tdm__cumulative *out = m->out;
    tdm__cumulative_line *line = &out->lines[index];
    const tdm_selection *of = m->selections[index];
    line->total = tdm_selection_count(of);
    tdm_status status = fill_periods(m, line, of);
    if (status == TDM_OK)
        status = tdm__selection_by_period(&line->quarters, of, out->quarter_starts, out->quarter_count, NULL);
    if (status == TDM_OK)
        status = tdm__selection_by_period(&line->years, of, out->year_starts, out->year_count, NULL);
    if (status == TDM_OK)
        status = tdm__selection_cusum_series(&line->rise, of, &out->settings.rise, NULL);
    return status;
}

static tdm_status fill_year_ago(making *m, tdm_day first)
{
    tdm__cumulative *out = m->out;
    const tdm_selection *all = m->selections[TDM__CUMULATIVE_ALL];
    tdm_day then = tdm_day_add_months(m->history->as_of, -12);
    out->has_year_ago = first <= then;
    tdm_status status = tdm__selection_decayed(&out->year_ago_load_milli, all, then, 0, false, NULL);
    if (status == TDM_OK)
        status = tdm__selection_decayed(&out->year_ago_faded_milli, all, then, out->settings.half_life_days,
                                        false, NULL);
    out->year_ago_load_milli = milli(out->year_ago_load_milli);
    out->year_ago_faded_milli = milli(out->year_ago_faded_milli);
    return status;
}

static void count_undated(making *m)
{
    const tdm_history *h = m->history;
    for (uint32_t i = 0; i < h->row_count; i++)
        m->out->undated += !h->rows[i].dated && tdm__row_is_concern(h, i) &&
                           tdm__chronology_event(h->chronology, h->rows[i].event).kind != m->referral;
}

tdm_status tdm__cumulative_of(tdm__cumulative *out, tdm__arena *arena, const tdm_run *run, uint32_t child)
{
    tdm_history *history;
    *out = (tdm__cumulative){.settings = tdm__cumulative_settings_of(run),
                             .rises = {TDM_NOT_ASSESSED, NULL, 0}};
    tdm_status status = tdm__history_new(&history, arena, run->chronology, child, run->as_of, NULL);
    if (status != TDM_OK)
        return status;
    making m = {
        .out = out,
        .history = history,
        .referral = tdm__vocabulary_kind(tdm__chronology_vocabulary(run->chronology), TDM_LIT("referral"))};
    count_undated(&m);
    tdm_day first = first_on_record(history);
    if (first > run->as_of)
        return TDM_OK;
    status = select_lines(&m);
    if (status == TDM_OK)
        status = find_periods(&m, first);
    for (size_t line = 0; status == TDM_OK && line < TDM__CUMULATIVE_LINES; line++)
        status = fill_line(&m, line);
    if (status == TDM_OK)
        status = tdm__selection_cusum(&out->rises, m.selections[TDM__CUMULATIVE_ALL], &out->settings.rise,
                                      NULL);
    return status == TDM_OK ? fill_year_ago(&m, first) : status;
}
