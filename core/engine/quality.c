/*
 * Counting how a record is kept: one pass over the rows of each child.
 */
#include "engine/run.h"

#include <string.h>

#define YEAR_FIRST 1800
#define YEARS      400

/* Months are counted from January of YEAR_FIRST. */
#define MONTHS (YEARS * 12)

typedef struct counting {
    tdm__quality *out;
    const tdm_run *run;
    int64_t *lags;             /* by days, the last for all above */
    int64_t *years;            /* from YEAR_FIRST */
    int64_t *covered, *silent; /* by agency */
    bool *declares;            /* by agency: some source of it declares coverage */
    unsigned char *months;     /* of one child and agency */
} counting;

static int32_t month_of(tdm_day day)
{
    int32_t year, month, of_month;
    tdm_day_to_civil(day, &year, &month, &of_month);
    int32_t number = (year - YEAR_FIRST) * 12 + month - 1;
    return number < 0 ? 0 : number >= MONTHS ? MONTHS - 1 : number;
}

static tdm_day first_of_month(int32_t month)
{
    tdm_day day;
    tdm_day_from_civil(&day, YEAR_FIRST + month / 12, month % 12 + 1, 1);
    return day;
}

static bool is_visible(const counting *q, const tdm__event *event)
{
    tdm_day as_of = q->run->as_of;
    return event->occurred.from <= as_of && (event->recorded == TDM_DAY_NONE || event->recorded <= as_of) &&
           tdm__chronology_stands(q->run->chronology, event->index, as_of);
}

static bool is_undated(const tdm__event *event)
{
    return event->occurred.from == TDM_DAY_BEFORE_ALL && event->occurred.to == TDM_DAY_AFTER_ALL;
}

static void count_polarity(tdm__quality *out, uint32_t polarity)
{
    out->concern += polarity == TDM__CONCERN;
    out->neutral += polarity == TDM__NEUTRAL;
    out->strength += polarity == TDM__STRENGTH;
    out->not_stated += polarity == TDM__POLARITY_NOT_STATED;
}

static void count_days(counting *q, const tdm__event *event)
{
    bool exact = event->occurred.from == event->occurred.to;
    bool bounded = event->occurred.from > TDM_DAY_BEFORE_ALL && event->occurred.to < TDM_DAY_AFTER_ALL;
    if (!bounded)
        return;
    if (exact && event->recorded != TDM_DAY_NONE && event->recorded >= event->occurred.from) {
        int32_t lag = event->recorded - event->occurred.from;
        q->lags[lag > TDM__QUALITY_LAG_MAX ? TDM__QUALITY_LAG_MAX + 1 : lag]++;
        q->out->lag_rows++;
    }
    int32_t first = month_of(event->occurred.from) / 12, last = month_of(event->occurred.to) / 12;
    q->years[first] += first == last;
}

static void count_row(counting *q, const tdm__event *event)
{
    tdm__quality *out = q->out;
    const tdm__kind *kind = &tdm__chronology_vocabulary(q->run->chronology)->kinds[event->kind];
    bool concern = event->polarity == TDM__CONCERN ||
                   (event->polarity == TDM__POLARITY_NOT_STATED && kind->concern);
    out->rows++;
    out->concerns += concern;
    out->concerns_with_action += concern &&
                                 tdm__chronology_has_string(q->run->chronology, event->index, TDM__ACTION);
    out->seen_yes += event->child_seen == TDM__YES;
    out->seen_no += event->child_seen == TDM__NO;
    out->heard_yes += event->voice == TDM__YES;
    out->heard_no += event->voice == TDM__NO;
    out->with_source += tdm__chronology_source(q->run->chronology, event->source)->name.length > 0;
    out->undated += is_undated(event);
    count_polarity(out, event->polarity);
    count_days(q, event);
}

/* --- when the history starts --- */

static int32_t completed_months(tdm_day from, tdm_day to)
{
    int32_t months = (to - from) / 31;
    while (tdm_day_add_months(from, months + 1) <= to)
        months++;
    return months;
}

static void count_start(counting *q, const tdm__child *child, tdm_day first)
{
    tdm__quality *out = q->out;
    tdm_day born = child->born.from;
    if (first == TDM_DAY_NONE || born <= TDM_DAY_BEFORE_ALL || child->born.to == TDM_DAY_AFTER_ALL) {
        out->starts_unknown++;
        return;
    }
    if (first < born) {
        out->starts_before_birth++;
        out->start_months = -1 - completed_months(first, born);
        return;
    }
    out->start_months = completed_months(born, first);
    out->starts_first_year += out->start_months < 12;
    out->starts_later += out->start_months >= 12;
}

/* --- silence --- */

/* Sets the whole months of a period; those that it only touches too when it is `touched`. */
static void mark_months(unsigned char *months, tdm__period period, tdm_day as_of, bool touched,
                        unsigned char mark)
{
    tdm_day to = period.to < as_of ? period.to : as_of;
    if (period.from > to)
        return;
    int32_t first = month_of(period.from), last = month_of(to);
    if (!touched && first_of_month(first) < period.from)
        first++;
    if (!touched && tdm_day_add_months(first_of_month(last), 1) - 1 > to)
        last--;
    for (int32_t m = first; m <= last; m++)
        months[m] = mark == 0 ? 0 : (unsigned char)(months[m] | mark);
}

enum { COVERED = 1, SPOKEN = 2 };

static void mark_declared(counting *q, size_t child, tdm_str agency)
{
    size_t sources = tdm__chronology_source_count(q->run->chronology);
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < sources; i++) {
            const tdm__source *s = tdm__chronology_source(q->run->chronology, i);
            if (!tdm__str_equal(s->agency, agency) || !tdm__source_concerns(s, child) ||
                tdm__chronology_source_replaced(q->run->chronology, i, q->run->as_of))
                continue;
            for (size_t k = 0; pass == 0 && k < s->cover_count; k++)
                mark_months(q->months, s->covers[k], q->run->as_of, false, COVERED);
            for (size_t k = 0; pass == 1 && k < s->no_contact_count; k++)
                mark_months(q->months, s->no_contact[k], q->run->as_of, true, 0);
        }
}

static void count_silence(counting *q, size_t child, uint32_t agency, uint32_t first, uint32_t end)
{
    const tdm_chronology *chronology = q->run->chronology;
    tdm_day born = tdm__chronology_child(chronology, child)->born.from;
    memset(q->months, 0, MONTHS);
    mark_declared(q, child, tdm__chronology_agency(chronology, agency));
    for (uint32_t at = first; at < end; at++) {
        tdm__event event = tdm__chronology_event(chronology, at);
        bool bounded = event.occurred.from > TDM_DAY_BEFORE_ALL && event.occurred.to < TDM_DAY_AFTER_ALL;
        if (event.agency == agency && bounded && is_visible(q, &event))
            mark_months(q->months, (tdm__period){event.occurred.from, event.occurred.to}, q->run->as_of, true,
                        SPOKEN);
    }
    for (int32_t m = born > TDM_DAY_BEFORE_ALL ? month_of(born) : 0; m < MONTHS; m++) {
        q->covered[agency] += (q->months[m] & COVERED) != 0;
        q->silent[agency] += q->months[m] == COVERED;
    }
}

/* --- all --- */

static void count_child(counting *q, size_t child)
{
    const tdm_chronology *chronology = q->run->chronology;
    uint32_t first, end;
    tdm_day earliest = TDM_DAY_NONE;
    tdm__chronology_child_events(chronology, child, &first, &end);
    for (uint32_t at = first; at < end; at++) {
        tdm__event event = tdm__chronology_event(chronology, at);
        if (!is_visible(q, &event))
            continue;
        count_row(q, &event);
        if (event.occurred.from > TDM_DAY_BEFORE_ALL &&
            (earliest == TDM_DAY_NONE || event.occurred.from < earliest))
            earliest = event.occurred.from;
    }
    q->out->children++;
    count_start(q, tdm__chronology_child(chronology, child), earliest);
    for (uint32_t agency = 0; agency < tdm__chronology_agency_count(chronology); agency++)
        if (q->declares[agency])
            count_silence(q, child, agency, first, end);
}

/* The smallest lag that at least so many percent of the rows do not exceed; -1 without rows. */
static int32_t lag_at(const counting *q, int64_t percent)
{
    int64_t rank = (q->out->lag_rows * percent + 99) / 100, below = 0;
    for (int32_t lag = 0; rank > 0 && lag <= TDM__QUALITY_LAG_MAX + 1; lag++) {
        below += q->lags[lag];
        if (below >= rank)
            return lag;
    }
    return -1;
}

static tdm_status finish(counting *q, tdm__arena *arena)
{
    tdm__quality *out = q->out;
    size_t agencies = tdm__chronology_agency_count(q->run->chronology);
    out->lag_median = lag_at(q, 50);
    out->lag_p90 = lag_at(q, 90);
    out->lag_over = out->lag_p90 > TDM__QUALITY_LAG_MAX;
    out->years = tdm__arena_array(arena, YEARS, sizeof *out->years);
    out->silences = tdm__arena_array(arena, agencies, sizeof *out->silences);
    if (!out->years || !out->silences)
        return TDM_NO_MEMORY;
    for (int32_t i = 0; i < YEARS; i++)
        if (q->years[i] > 0)
            out->years[out->year_count++] = (tdm__quality_year){YEAR_FIRST + i, q->years[i]};
    for (uint32_t i = 0; i < agencies; i++)
        if (q->covered[i] > 0)
            out->silences[out->silence_count++] = (tdm__quality_silence){
                tdm__chronology_agency_title(q->run->chronology, i), q->covered[i], q->silent[i]};
    return TDM_OK;
}

static void find_declaring(counting *q)
{
    const tdm_chronology *chronology = q->run->chronology;
    for (uint32_t i = 0; i < tdm__chronology_source_count(chronology); i++) {
        const tdm__source *source = tdm__chronology_source(chronology, i);
        for (uint32_t a = 0; source->cover_count > 0 && a < tdm__chronology_agency_count(chronology); a++)
            if (tdm__str_equal(tdm__chronology_agency(chronology, a), source->agency))
                q->declares[a] = true;
    }
}

tdm_status tdm__quality_of(tdm__quality *out, tdm__arena *arena, const tdm_run *run, size_t first,
                           size_t count)
{
    size_t agencies = tdm__chronology_agency_count(run->chronology);
    *out = (tdm__quality){.start_months = INT32_MIN, .lag_median = -1, .lag_p90 = -1};
    counting q = {.out = out,
                  .run = run,
                  .lags = tdm__arena_array(arena, TDM__QUALITY_LAG_MAX + 2, sizeof *q.lags),
                  .years = tdm__arena_array(arena, YEARS, sizeof *q.years),
                  .covered = tdm__arena_array(arena, agencies, sizeof *q.covered),
                  .silent = tdm__arena_array(arena, agencies, sizeof *q.silent),
                  .declares = tdm__arena_array(arena, agencies, sizeof *q.declares),
                  .months = tdm__arena_array(arena, MONTHS, sizeof *q.months)};
    if (!q.lags || !q.years || !q.covered || !q.silent || !q.declares || !q.months)
        return TDM_NO_MEMORY;
    find_declaring(&q);
    for (size_t i = first; i < first + count && i < run->child_count; i++)
        count_child(&q, run->children[i].child);
    if (count != 1)
        out->start_months = INT32_MIN;
    return finish(&q, arena);
}
