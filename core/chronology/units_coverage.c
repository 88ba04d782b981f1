/*
 * Coverage of a period: the days of it that each agency's declared returns hold, less those on which it says
 * that it was not involved. What single children's returns cover is in coverage.c.
 */
#include "chronology/population_columns.h"
#include "chronology/table.h"
#include "chronology/units_tally.h"

#include <stdlib.h>
#include <string.h>

typedef struct covering {
    const tdm_chronology *chronology;
    tdm_day as_of, from, to;
    size_t day_count;
    int32_t *covered, *apart; /* by day: how much more periods hold it than the day before */
    uint32_t *all;            /* by day: how many agencies cover it */
} covering;

/* Notes where a period begins and where it is over, as far as it lies in what is asked for. */
static void mark_period(int32_t *changes, const covering *c, tdm__period period)
{
    tdm_day from = period.from > c->from ? period.from : c->from;
    tdm_day to = period.to < c->to ? period.to : c->to;
    if (from > to)
        return;
    changes[from - c->from]++;
    changes[to - c->from + 1]--;
}

/* Whether the agency declares any coverage at all. */
static bool mark_agency(covering *c, tdm_str agency)
{
    bool declares = false;
    memset(c->covered, 0, (c->day_count + 1) * sizeof *c->covered);
    memset(c->apart, 0, (c->day_count + 1) * sizeof *c->apart);
    for (uint32_t i = 0; i < c->chronology->source_count; i++) {
        const tdm__source *source = &c->chronology->sources[i];
        if (!tdm__str_equal(source->agency, agency) ||
            tdm__chronology_source_replaced(c->chronology, i, c->as_of))
            continue;
        declares = declares || source->cover_count > 0;
        for (size_t k = 0; k < source->cover_count; k++)
            mark_period(c->covered, c, source->covers[k]);
        for (size_t k = 0; k < source->no_contact_count; k++)
            mark_period(c->apart, c, source->no_contact[k]);
    }
    return declares;
}

static int64_t count_days(covering *c)
{
    int64_t days = 0;
    int32_t covered = 0, apart = 0;
    for (size_t i = 0; i < c->day_count; i++) {
        covered += c->covered[i];
        apart += c->apart[i];
        bool held = covered > 0 && apart == 0;
        days += held;
        c->all[i] += held;
    }
    return days;
}

static int compare_codes(const void *a, const void *b)
{
    return tdm__str_compare(*(const tdm_str *)a, *(const tdm_str *)b);
}

/* Those asked for, else those of any source; each once, the latter sorted. */
static tdm_status list_agencies(tdm_str **out, size_t *count, tdm__arena *arena, const tdm_chronology *c,
                                const tdm_str *agencies, size_t agency_count)
{
    size_t room = agency_count > 0 ? agency_count : c->source_count, kept = 0;
    *out = tdm__arena_array(arena, room, sizeof **out);
    if (!*out)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < room; i++)
        (*out)[i] = agency_count > 0 ? agencies[i] : c->sources[i].agency;
    if (agency_count == 0 && room > 1)
        qsort(*out, room, sizeof **out, compare_codes);
    for (size_t i = 0; i < room; i++)
        if ((*out)[i].length > 0 && (kept == 0 || !tdm__str_equal((*out)[kept - 1], (*out)[i])))
            (*out)[kept++] = (*out)[i];
    *count = kept;
    return TDM_OK;
}

/* The days that each covers; those that declare nothing are dropped. */
static tdm_status count_all(int64_t **out, tdm_str *agencies, size_t *count, covering *c, tdm__arena *arena)
{
    size_t kept = 0;
    *out = tdm__arena_array(arena, *count, sizeof **out);
    for (size_t i = 0; *out && i < *count; i++) {
        if (!mark_agency(c, agencies[i]))
            continue;
        (*out)[kept] = count_days(c);
        agencies[kept] = tdm__arena_copy(arena, agencies[i]);
        if (!agencies[kept++].data)
            return TDM_NO_MEMORY;
    }
    *count = kept;
    return *out ? TDM_OK : TDM_NO_MEMORY;
}

/* Parted by agency, that of its own name; else, and where no visible row is of it, the last. */
static uint32_t group_of_agency(const tdm__population *p, tdm__group_by by, tdm_str agency)
{
    const tdm__groups *groups = &p->groups[by];
    for (uint32_t i = 0; by == TDM__BY_AGENCY && i < groups->count; i++)
        if (tdm__str_equal(groups->names[i], agency))
            return i;
    return (uint32_t)groups->count - 1;
}

static void fill_groups(tdm__unit_tally *tally, const covering *c, const int64_t *days)
{
    const tdm__population *p = tally->population;
    tdm__group_by by = tally->measuring->by;
    int64_t all = 0;
    for (size_t i = 0; i < c->day_count; i++)
        all += tally->measured.line_count > 0 && c->all[i] == tally->measured.line_count;
    for (uint32_t i = 0; i < tally->measured.line_count; i++) {
        uint32_t group = group_of_agency(p, by, tally->measured.lines[i]);
        *tdm__unit_tally_line(tally, group, i) = days[i];
        if (by == TDM__BY_AGENCY)
            tally->groups[group].numerator = days[i];
    }
    for (size_t i = 0; i < tally->measured.group_count; i++)
        tally->groups[i].denominator = (int64_t)c->day_count;
    if (by != TDM__BY_AGENCY)
        tally->groups[tally->measured.group_count - 1].numerator = all;
}

tdm_status tdm__measured_coverage(tdm__measured *out, tdm__units_ground *ground,
                                  const tdm__measuring *measuring, const tdm_str *agencies,
                                  size_t agency_count)
{
    const tdm__population *p = ground->population;
    covering c = {.chronology = p->chronology, .as_of = p->as_of, .from = ground->from, .to = ground->to};
    tdm_str *lines;
    size_t line_count;
    int64_t *days;
    tdm__unit_tally tally;
    *out = (tdm__measured){0};
    c.day_count = ground->to < ground->from ? 0 : (size_t)((int64_t)ground->to - ground->from) + 1;
    c.covered = tdm__arena_array(ground->arena, c.day_count + 1, sizeof *c.covered);
    c.apart = tdm__arena_array(ground->arena, c.day_count + 1, sizeof *c.apart);
    c.all = tdm__arena_array(ground->arena, c.day_count + 1, sizeof *c.all);
    if (!c.covered || !c.apart || !c.all)
        return TDM_NO_MEMORY;
    tdm_status status = list_agencies(&lines, &line_count, ground->arena, p->chronology, agencies,
                                      agency_count);
    ground->looked_at +=
        (int64_t)((status == TDM_OK ? line_count : 0) * (c.day_count + p->chronology->source_count));
    if (status == TDM_OK)
        status = count_all(&days, lines, &line_count, &c, ground->arena);
    if (status == TDM_OK)
        status = tdm__unit_tally_new(&tally, ground, measuring, TDM__MEASURED_BREAKDOWN, lines, line_count,
                                     0);
    if (status != TDM_OK)
        return status;
    fill_groups(&tally, &c, days);
    tally.measured.of_time = true;
    *out = tally.measured;
    return TDM_OK;
}
