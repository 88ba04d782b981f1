/*
 * Gaps that close: successive incidents, each gap shorter than the one before.
 *
 * An incident in between undoes a run as well as it makes one, so there are no simple bounds. But a run is
 * local: units fall into stretches that follow one another wherever the dates fall, and a run that
 * starts in one stretch ends, at the latest, where enough incidents that are certain lie behind it. What
 * may hold is asked of each such neighbourhood by its own worlds.
 *
 * Of a found group that is one incident the first day counts: all but its first unit may not count. The
 * first of their days is one that the first of them may have.
 */
#include "chronology/patterns.h"

#include "chronology/runs.h"

typedef struct question {
    const tdm__closing *rule;
    uint32_t *stretch; /* first unit of each; after the last, the number of units */
    uint32_t stretch_count;
    uint32_t *members;
} question;

static int64_t gap_after(const tdm__runs *runs, uint32_t place)
{
    return (int64_t)runs->places[place + 1].day - runs->places[place].day;
}

/* Whether the next place holds the next incident, one that is used. */
static bool successive(const tdm__runs *runs, uint32_t place)
{
    uint32_t unit = runs->places[place].unit, next = runs->places[place + 1].unit;
    return runs->use[next] && (!runs->joint || tdm__group_of(runs->candidate_group, unit) ==
                                                   tdm__group_of(runs->candidate_group, next));
}

/* How many gaps, from the one after `first` on, get shorter each time. */
static uint32_t closing_from(const tdm__runs *runs, uint32_t first, uint32_t place_count)
{
    uint32_t gaps = 0;
    for (uint32_t at = first; at + 1 < place_count && successive(runs, at); at++) {
        if (gaps > 0 && gap_after(runs, at) >= gap_after(runs, at - 1))
            break;
        gaps++;
    }
    return gaps;
}

static bool short_enough(const tdm__runs *runs, uint32_t first, uint32_t last_gap, int32_t to_percent)
{
    return to_percent == 0 || gap_after(runs, last_gap) * 100 <= gap_after(runs, first) * (int64_t)to_percent;
}

/* Gaps shrink until they cannot: each longest run is looked at once, from its first place on. */
static tdm_status closing_in_world(tdm__world_runs *out, tdm__runs *runs, uint32_t place_count)
{
    const question *q = runs->question;
    uint32_t wanted = (uint32_t)runs->wanted;
    for (uint32_t first = 0, gaps; first<place_count; first += gaps> 0 ? gaps : 1) {
        gaps = runs->use[runs->places[first].unit] ? closing_from(runs, first, place_count) : 0;
        for (uint32_t at = first; at + wanted <= first + gaps; at++) {
            tdm_day met = runs->places[at + wanted].day;
            if (!short_enough(runs, at, at + wanted - 1, q->rule->to_percent))
                continue;
            out->answer = TDM_MET;
            out->met = out->met == TDM_DAY_NONE || met < out->met ? met : out->met;
            out->count.certain = out->count.certain > (int32_t)gaps ? out->count.certain : (int32_t)gaps;
            if (runs->marking)
                tdm__runs_mark(runs, at, at + wanted + 1);
        }
    }
    out->count.possible = out->count.certain;
    return tdm__charge(runs->budget, 1 + place_count / 8) ? TDM_OK : TDM_BUDGET;
}

/* A stretch begins with a unit that lies after all before it. */
static tdm_status find_stretches(question *q, const tdm__world_units *units)
{
    tdm_day latest = TDM_DAY_BEFORE_ALL;
    size_t room = (size_t)units->count + 1;
    q->stretch = tdm__arena_array(units->history->arena, room, sizeof *q->stretch);
    q->members = tdm__arena_array(units->history->arena, room, sizeof *q->members);
    if (!q->stretch || !q->members)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < units->count; i++) {
        if (i == 0 || units->items[i].from > latest)
            q->stretch[q->stretch_count++] = i;
        latest = units->items[i].to > latest ? units->items[i].to : latest;
    }
    q->stretch[q->stretch_count] = units->count;
    return TDM_OK;
}

/* The unit after the last that a run which starts in a stretch can reach. */
static uint32_t reach_of(const question *q, const tdm__world_units *units, uint32_t stretch)
{
    int32_t certain = 0;
    uint32_t unit = q->stretch[stretch + 1];
    for (uint32_t at = stretch + 1; at < q->stretch_count && certain < q->rule->gaps; at++)
        for (; unit < q->stretch[at + 1]; unit++)
            certain += !units->items[unit].optional;
    return unit;
}

/* Where the units of a neighbourhood are all known, the run can be looked for without going through worlds.
 */
static bool known_without_run(const question *q, const tdm__world_units *units, uint32_t first, uint32_t end)
{
    tdm_day gap = TDM_DAY_AFTER_ALL;
    uint32_t gaps = 0;
    for (uint32_t i = first; i < end; i++)
        if (units->items[i].from != units->items[i].to || units->items[i].optional)
            return false;
    for (uint32_t i = first; i + 1 < end && gaps < (uint32_t)q->rule->gaps; i++) {
        tdm_day here = units->items[i + 1].from - units->items[i].from;
        gaps = here < gap ? gaps + 1 : 1;
        gap = here;
    }
    return gaps < (uint32_t)q->rule->gaps;
}

static tdm_status find_candidates(tdm__runs *runs, question *q)
{
    const tdm__world_units *units = runs->units;
    for (uint32_t s = 0; s < q->stretch_count; s++) {
        tdm_answer answer;
        bool complete;
        uint32_t first = q->stretch[s], end = reach_of(q, units, s);
        if (!tdm__charge(runs->budget, 1 + (end - first) / 4))
            return TDM_BUDGET;
        if (end - first <= (uint32_t)q->rule->gaps || known_without_run(q, units, first, end))
            continue;
        for (uint32_t i = 0; i < units->count; i++)
            runs->keep[i] = runs->use[i] = i >= first && i < end;
        tdm_status status = tdm__runs_decide(&answer, &complete, runs);
        if (status != TDM_OK)
            return status;
        for (uint32_t i = first; i < end; i++)
            q->members[i - first] = i;
        if (answer != TDM_NOT_MET)
            tdm__runs_candidates(runs, q->members, end - first);
    }
    return TDM_OK;
}

static void settle_found_groups(tdm__world_units *units)
{
    tdm__once_start(units, 0);
    for (uint32_t i = 0; i < units->count; i++)
        if (!tdm__once_counts(units, 0, &units->items[i]))
            units->items[i].optional = true;
}

tdm_status tdm__selection_closing(tdm__verdict *out, const tdm_selection *selection, const tdm__closing *rule,
                                  const tdm_holidays *holidays, tdm_budget *budget)
{
    question q = {.rule = rule};
    tdm__runs runs = {.world = closing_in_world, .question = &q, .budget = budget, .wanted = rule->gaps};
    tdm__world_units *units;
    (void)holidays;
    *out = (tdm__verdict){TDM_NOT_MET, NULL, 0};
    if (rule->gaps < 2 || rule->gaps > 1000 || rule->to_percent < 0 || rule->to_percent > 100)
        return TDM_INVALID_ARG;
    if (selection->count <= (uint32_t)rule->gaps)
        return TDM_OK;
    tdm_status status = tdm__world_units_new(&units, selection, NULL, budget);
    if (status != TDM_OK || units->count <= (uint32_t)rule->gaps)
        return status;
    settle_found_groups(units);
    runs.units = units;
    status = tdm__runs_new(&runs);
    if (status == TDM_OK)
        status = find_stretches(&q, units);
    if (status == TDM_OK)
        status = find_candidates(&runs, &q);
    return status == TDM_OK ? tdm__runs_verdict(out, &runs) : status;
}
