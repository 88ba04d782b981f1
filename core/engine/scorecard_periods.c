/*
 * The periods of a scorecard, the quarters of its trend and its groups. Each period is counted in months from
 * the day on which all begin (or end), so that a short month shifts none that come after it.
 */
#include "engine/scorecard_parts.h"

#include <string.h>

#define MONTHS_A_YEAR    12
#define MONTHS_A_QUARTER 3

static tdm_status name_period(tdm__card_period *period, tdm__arena *arena)
{
    tdm__text text;
    char from[TDM_DATE_TEXT_SIZE], to[TDM_DATE_TEXT_SIZE];
    tdm_date_format(from, (tdm_date){period->from, period->from, 0});
    tdm_date_format(to, (tdm_date){period->to, period->to, 0});
    tdm__text_init(&text, arena->allocator);
    tdm__text_printf(&text, "%s to %s", from, to);
    period->name = tdm__arena_copy(arena, tdm__text_str(&text));
    bool failed = text.failed || !period->name.data;
    tdm__text_free(&text);
    return failed ? TDM_NO_MEMORY : TDM_OK;
}

/* The period of that number from the first day on. */
static tdm__card_period part_of(tdm_day from, tdm_day to, int32_t months, size_t number)
{
    tdm_day end = tdm_day_add_months(from, months * (int32_t)(number + 1)) - 1;
    tdm__card_period part = {.from = tdm_day_add_months(from, months * (int32_t)number),
                             .to = end < to ? end : to,
                             .cut = end > to};
    return part;
}

/* TDM__CARD_PERIODS_MAX + 1: there are more. */
static size_t count_parts(tdm_day from, tdm_day to, int32_t months)
{
    size_t count = 0;
    while (count <= TDM__CARD_PERIODS_MAX && tdm_day_add_months(from, months * (int32_t)count) <= to)
        count++;
    return count;
}

static tdm_status make_quarters(tdm__carding *making)
{
    const tdm__scorecard_options *options = making->options;
    size_t count = (size_t)options->trend_quarters;
    tdm__card_period *quarters = tdm__arena_array(&making->card->arena, count, sizeof *quarters);
    tdm_status status = quarters ? TDM_OK : TDM_NO_MEMORY;
    making->quarters = quarters;
    making->quarter_count = count;
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        int32_t back = MONTHS_A_QUARTER * (int32_t)(count - i);
        quarters[i].from = tdm_day_add_months(options->to + 1, -back);
        quarters[i].to = tdm_day_add_months(options->to + 1, MONTHS_A_QUARTER - back) - 1;
        status = name_period(&quarters[i], &making->card->arena);
    }
    return status;
}

static bool named(tdm_str text, const char *name)
{
    return tdm__str_equal(text, tdm__str(name));
}

static tdm_status check(const tdm__scorecard_options *options, int32_t months, size_t parts, tdm_error *error)
{
    if (options->to < options->from)
        return tdm__fail(error, TDM_INVALID_ARG, "the period ends before it starts");
    if (months == 0 && options->by_period.length > 0)
        return tdm__fail(error, TDM_INVALID_ARG, "periods are years or quarters");
    if (parts > TDM__CARD_PERIODS_MAX)
        return tdm__fail(error, TDM_INVALID_ARG, "more than %d years or quarters", TDM__CARD_PERIODS_MAX);
    if (options->trend_quarters < 0 || options->trend_quarters > TDM__CARD_PERIODS_MAX)
        return tdm__fail(error, TDM_INVALID_ARG, "a trend of 0 to %d quarters", TDM__CARD_PERIODS_MAX);
    return TDM_OK;
}

tdm_status tdm__card_periods(tdm__carding *making, tdm_error *error)
{
    const tdm__scorecard_options *options = making->options;
    tdm_scorecard *card = making->card;
    int32_t months = named(options->by_period, "year")      ? MONTHS_A_YEAR
                     : named(options->by_period, "quarter") ? MONTHS_A_QUARTER
                                                            : 0;
    size_t parts = months > 0 && options->from <= options->to
                       ? count_parts(options->from, options->to, months)
                       : 0;
    tdm_status status = check(options, months, parts, error);
    if (status != TDM_OK)
        return status;
    tdm__card_period *periods = tdm__arena_array(&card->arena, parts + 1, sizeof *periods);
    if (!periods)
        return TDM_NO_MEMORY;
    periods[0] = (tdm__card_period){.from = options->from, .to = options->to};
    for (size_t i = 0; i < parts; i++)
        periods[i + 1] = part_of(options->from, options->to, months, i);
    for (size_t i = 0; status == TDM_OK && i <= parts; i++)
        status = name_period(&periods[i], &card->arena);
    card->periods = periods;
    card->period_count = parts + 1;
    return status == TDM_OK ? make_quarters(making) : status;
}

/* --- groups --- */

static tdm_str name_of(const tdm__carding *making, tdm_str code)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(making->chronology);
    uint32_t agency = making->options->by == TDM__BY_AGENCY ? tdm__vocabulary_agency(vocabulary, code)
                                                            : TDM_NO_INDEX;
    if (code.length == 0)
        return TDM_LIT("not recorded");
    return agency == TDM_NO_INDEX ? code : vocabulary->agencies[agency].title;
}

/* Children of all areas; -1: there are none, or it is not known of one. */
static int64_t whole_population(const tdm__scorecard_options *options)
{
    int64_t sum = options->area_count > 0 ? 0 : -1;
    for (size_t i = 0; i < options->area_count && sum >= 0; i++)
        sum = options->areas[i].population < 0 ? -1 : sum + options->areas[i].population;
    return sum;
}

static void link_groups(uint32_t *group_of, const tdm_scorecard *card, tdm__groups names)
{
    for (size_t i = 0; i < names.count; i++) {
        group_of[i] = TDM_NO_INDEX;
        for (size_t g = 1; g < card->group_count && group_of[i] == TDM_NO_INDEX; g++)
            if (tdm__str_equal(card->groups[g].code, names.names[i]))
                group_of[i] = (uint32_t)g;
    }
}

/* The areas of the list, or what the rows name. Where no area is recorded stands last, as do rows of no team.
 */
static void list_groups(tdm__card_group *groups, size_t *count, const tdm__carding *making, tdm__groups names)
{
    const tdm__scorecard_options *options = making->options;
    bool listed = options->by == TDM__BY_AREA && options->area_count > 0;
    for (size_t i = 0; listed && i < options->area_count; i++) {
        const tdm__area *area = &options->areas[i];
        groups[(*count)++] = (tdm__card_group){area->code, area->name.length > 0 ? area->name : area->code,
                                               area->population};
    }
    for (size_t i = 0; options->by != TDM__BY_NOTHING && i < names.count; i++)
        if (!listed || names.names[i].length == 0)
            groups[(*count)++] = (tdm__card_group){names.names[i], name_of(making, names.names[i]), -1};
}

static tdm_status keep_words(tdm__card_group *groups, size_t count, tdm__arena *arena)
{
    for (size_t i = 0; i < count; i++) {
        groups[i].code = tdm__arena_copy(arena, groups[i].code);
        groups[i].name = tdm__arena_copy(arena, groups[i].name);
        if (!groups[i].code.data || !groups[i].name.data)
            return TDM_NO_MEMORY;
    }
    return TDM_OK;
}

tdm_status tdm__card_groups(tdm__carding *making, tdm__groups names)
{
    tdm_scorecard *card = making->card;
    tdm__card_group *groups = tdm__arena_array(&card->arena, 1 + making->options->area_count + names.count,
                                               sizeof *groups);
    uint32_t *group_of = tdm__arena_array(&card->arena, names.count, sizeof *group_of);
    if (!groups || !group_of)
        return TDM_NO_MEMORY;
    groups[0] = (tdm__card_group){TDM_LIT(""), TDM_LIT(""), whole_population(making->options)};
    card->group_count = 1;
    list_groups(groups, &card->group_count, making, names);
    card->groups = groups;
    link_groups(group_of, card, names);
    making->group_of = group_of;
    making->measured_count = names.count;
    return keep_words(groups, card->group_count, &card->arena);
}
