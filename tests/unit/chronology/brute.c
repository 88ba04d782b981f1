/*
 * Writing out worlds. Pairing of episodes, linking of incidents and finding of groups are taken as
 * given (they have tests of their own); every date and every doubt is placed here, and of each found
 * group every way to tell its entries apart.
 */
#include "chronology/brute.h"

#define WORLDS_MAX 60000

/* One thing that can be this way or that: the date of an incident, a row's presence, a membership. */
typedef struct dial {
    enum { DATE, PRESENCE, MEMBERSHIP, SAMENESS } what;
    uint32_t index; /* unit, row or found group */
    int which;      /* selection */
    tdm_day from, to, at;
} dial;

static bool same_incident(const story_row *a, const story_row *b)
{
    return a == b || (a->incident && b->incident && strcmp(a->incident, b->incident) == 0);
}

static tdm_day end_of(const story_row *row)
{
    return row->to ? row->to : row->from;
}

/* The date of a group: what all of its rows allow, or anything from the first to the last. */
static void unit_dates(dial *out, const world *w, uint32_t unit)
{
    tdm_day low = TDM_DAY_BEFORE_ALL, high = TDM_DAY_AFTER_ALL;
    tdm_day first = TDM_DAY_AFTER_ALL, last = TDM_DAY_BEFORE_ALL;
    for (uint32_t i = 0; i < w->count; i++) {
        if (w->unit[i] != unit)
            continue;
        tdm_day from = w->rows[i].from, to = end_of(&w->rows[i]);
        low = from > low ? from : low;
        high = to < high ? to : high;
        first = from < first ? from : first;
        last = to > last ? to : last;
    }
    *out = low <= high ? (dial){DATE, unit, 0, low, high, low} : (dial){DATE, unit, 0, first, last, first};
}

/* The ways to put one, two or three things into sets: the set of each. */
static const char *const ways[][5] = {{"0"}, {"00", "01"}, {"000", "001", "010", "011", "012"}};
static const int way_count[] = {1, 2, 5};

static uint32_t found_of(const world *w, uint32_t row)
{
    const tdm_history *h = w->story->history;
    return w->by_rows ? TDM_NO_INDEX : h->incidents[h->rows[row].incident].found;
}

/* The place of a row's unit among those of its found group. */
static int place_in_found(const world *w, uint32_t row)
{
    int place = 0;
    for (uint32_t i = 0; i < w->unit[row]; i++)
        place += w->unit[i] == i && found_of(w, i) == found_of(w, row);
    return place;
}

static int units_in_found(const world *w, uint32_t found)
{
    int count = 0;
    for (uint32_t i = 0; i < w->count; i++)
        count += w->unit[i] == i && found_of(w, i) == found;
    return count;
}

/* Rows of a found group that are one incident by this way to tell them apart. */
static void tell_apart(world *w, uint32_t found, int way)
{
    const char *sets = ways[units_in_found(w, found) - 1][way];
    for (uint32_t i = 0; i < w->count; i++)
        for (uint32_t k = 0; k <= i && found_of(w, i) == found; k++)
            if (found_of(w, k) == found && sets[place_in_found(w, i)] == sets[place_in_found(w, k)]) {
                w->group[i] = w->unit[k];
                break;
            }
}

static uint32_t set_dials(dial *dials, world *w, const tdm_selection *const selections[2])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        w->unit[i] = i;
        for (uint32_t k = 0; k < i && w->unit[i] == i; k++)
            if (same_incident(&w->rows[k], &w->rows[i]))
                w->unit[i] = w->unit[k];
    }
    for (uint32_t i = 0; i < w->story->history->found_group_count && !w->by_rows; i++) {
        ck_assert_int_le(units_in_found(w, i), 3);
        dials[count++] = (dial){SAMENESS, i, 0, 0, way_count[units_in_found(w, i) - 1] - 1, 0};
    }
    for (uint32_t i = 0; i < w->count; i++) {
        w->present[i] = true;
        if (w->unit[i] == i)
            unit_dates(&dials[count++], w, i);
        if (w->rows[i].uncertain)
            dials[count++] = (dial){PRESENCE, i, 0, 0, 1, 0};
    }
    for (int s = 0; s < 2; s++)
        for (uint32_t m = 0; selections[s] && m < selections[s]->count; m++)
            if (selections[s]->members[m].doubtful)
                dials[count++] = (dial){MEMBERSHIP, selections[s]->members[m].row, s, 0, 1, 0};
    return count;
}

static void read_dials(world *w, const dial *dials, uint32_t count, const tdm_selection *const selections[2])
{
    memset(w->in, 0, sizeof w->in);
    memset(w->part, 0, sizeof w->part);
    for (int s = 0; s < 2; s++)
        for (uint32_t m = 0; selections[s] && m < selections[s]->count; m++)
            w->in[s][selections[s]->members[m].row] = true;
    for (uint32_t i = 0; i < w->count; i++)
        w->group[i] = w->unit[i];
    for (uint32_t d = 0; d < count; d++) {
        if (dials[d].what == DATE)
            for (uint32_t i = 0; i < w->count; i++)
                w->day[i] = w->unit[i] == dials[d].index ? dials[d].at : w->day[i];
        else if (dials[d].what == SAMENESS)
            tell_apart(w, dials[d].index, dials[d].at);
        else if (dials[d].what == PRESENCE)
            w->present[dials[d].index] = dials[d].at == 1;
        else if (dials[d].at == 0)
            w->in[dials[d].which][dials[d].index] = false;
    }
    for (uint32_t i = 0; i < w->count; i++)
        for (int s = 0; s < 2; s++)
            w->in[s][i] = w->in[s][i] && w->present[i];
}

static bool turn(dial *dials, uint32_t count)
{
    for (uint32_t d = 0; d < count; d++) {
        if (dials[d].at < dials[d].to) {
            dials[d].at++;
            return true;
        }
        dials[d].at = dials[d].from;
    }
    return false;
}

static void put_rows(story_row *out, const story *s, const story_row *rows)
{
    for (uint32_t i = 0; i < s->history->row_count; i++)
        out[i] = rows[story_row_of(s, i)];
}

brute_result brute(const story *s, const story_row *rows, const tdm_selection *first,
                   const tdm_selection *second, judge holds, measure number, const void *rule)
{
    const tdm_selection *const selections[2] = {first, second};
    story_row ordered[BRUTE_ROWS];
    dial dials[BRUTE_ROWS * 5];
    world w = {.story = s, .rows = ordered, .count = s->history->row_count};
    brute_result result = {true, false, INT32_MAX, INT32_MIN, {false}, 0};
    long worlds = 1;
    ck_assert_uint_le(w.count, BRUTE_ROWS);
    put_rows(ordered, s, rows);
    w.by_rows = first && first->count_rows;
    uint32_t count = set_dials(dials, &w, selections);
    for (uint32_t d = 0; d < count; d++) {
        worlds *= dials[d].to - dials[d].from + 1;
        if (worlds > WORLDS_MAX)
            return result;
    }
    result.worlds = worlds;
    do {
        read_dials(&w, dials, count, selections);
        bool here = holds && holds(&w, rule);
        int32_t value = number ? number(&w, rule) : 0;
        result.all = result.all && here;
        result.some = result.some || here;
        result.low = value < result.low ? value : result.low;
        result.high = value > result.high ? value : result.high;
        for (uint32_t i = 0; i < w.count; i++)
            result.part[i] = result.part[i] || w.part[i];
    } while (turn(dials, count));
    return result;
}

static void random_kind(char out[32], uint64_t *seed, const char *kinds)
{
    int32_t count = 1;
    for (const char *at = kinds; *at; at++)
        count += *at == ' ';
    tdm_str rest = tdm__str(kinds), word = {"", 0};
    for (int32_t skip = random_below(seed, count); skip >= 0; skip--)
        word = tdm__str_split(&rest, ' ');
    snprintf(out, 32, "%.*s", TDM_STR_ARGS(word));
}

void random_rows(random_story *out, uint64_t *seed, int32_t most, const char *kinds, int32_t doubt,
                 int32_t incidents)
{
    static const char *const agencies[] = {"police", "school", "gp"};
    static const char *const names[] = {"one", "two"};
    *out = (random_story){.count = (size_t)(1 + random_below(seed, most))};
    for (size_t i = 0; i < out->count; i++) {
        story_row *row = &out->rows[i];
        random_kind(out->kinds[i], seed, kinds);
        row->kind = out->kinds[i];
        row->agency = agencies[random_below(seed, 3)];
        row->from = BRUTE_BASE + random_below(seed, 12);
        row->to = row->from + (random_below(seed, 100) < doubt ? random_below(seed, 4) : 0);
        row->uncertain = random_below(seed, 100) < doubt / 4;
        row->significance = random_below(seed, 100) < doubt / 3 ? 0 : TDM__LOW;
        row->incident = random_below(seed, 100) < incidents ? names[random_below(seed, 2)] : NULL;
    }
}

tdm_day brute_window_last(tdm_day first, tdm_span span)
{
    if (span.count == 0)
        return TDM_DAY_AFTER_ALL;
    return span.unit == TDM_SPAN_MONTHS ? tdm_day_add_months(first, span.count) : first + span.count - 1;
}

/* Whether an earlier row of the same incident counts in the same selection and time: then this one adds
 * nothing. */
static bool told_before(const world *w, int which, uint32_t row, tdm_day first, tdm_day last)
{
    for (uint32_t i = 0; i < row && !w->by_rows; i++)
        if (w->in[which][i] && w->group[i] == w->group[row] && w->day[i] >= first && w->day[i] <= last)
            return true;
    return false;
}

int32_t brute_count(const world *w, int which, tdm_day first, tdm_day last)
{
    int32_t count = 0;
    for (uint32_t i = 0; i < w->count; i++)
        count += w->in[which][i] && w->day[i] >= first && w->day[i] <= last &&
                 !told_before(w, which, i, first, last);
    return count;
}

int32_t brute_days(tdm_day *out, const world *w, int which)
{
    int32_t count = 0;
    for (tdm_day day = BRUTE_FIRST; day <= BRUTE_AS_OF; day++)
        for (int32_t here = brute_count(w, which, day, day); here > 0; here--)
            out[count++] = day;
    return count;
}

bool brute_open(const world *w, const tdm__episode *episode, tdm_day day)
{
    bool closed = episode->end_row != TDM_NO_INDEX;
    if (!w->present[episode->start_row] || (closed && !w->present[episode->end_row]))
        return false;
    tdm_day start = w->day[episode->start_row];
    return day == start || (day > start && (!closed || day < w->day[episode->end_row]));
}

static bool opens_one(const world *w, uint32_t row)
{
    const tdm_history *h = w->story->history;
    for (uint32_t i = 0; i < h->episode_count; i++)
        if (h->episodes[i].start_row == row)
            return true;
    return false;
}

int32_t brute_level(const world *w, tdm_day day, uint64_t without)
{
    const tdm_history *h = w->story->history;
    int32_t level = 0;
    for (uint32_t i = 0; i < h->episode_count; i++)
        if (!(without >> h->episodes[i].name & 1) && h->episodes[i].ladder > level &&
            brute_open(w, &h->episodes[i], day))
            level = h->episodes[i].ladder;
    for (uint32_t i = 0; i < w->count; i++) {
        int32_t ladder = vocabulary()->kinds[kind_index(w->rows[i].kind)].ladder;
        if (w->present[i] && w->day[i] == day && ladder > level && !opens_one(w, i))
            level = ladder;
    }
    return level;
}

void ck_answer(tdm_answer answer, const brute_result *expected, bool exact, uint64_t seed)
{
    tdm_answer right = expected->all ? TDM_MET : expected->some ? TDM_POSSIBLE : TDM_NOT_MET;
    if (exact)
        ck_assert_msg(answer == right, "seed %llu: %s, but it is %s", (unsigned long long)seed,
                      tdm_answer_code(answer), tdm_answer_code(right));
    ck_assert_msg(answer == right || answer == TDM_POSSIBLE, "seed %llu: %s, but it is %s",
                  (unsigned long long)seed, tdm_answer_code(answer), tdm_answer_code(right));
}

void ck_bounds(tdm_bounds bounds, const brute_result *expected, bool exact, uint64_t seed)
{
    bool right = exact ? bounds.certain == expected->low && bounds.possible == expected->high
                       : bounds.certain <= expected->low && bounds.possible >= expected->high;
    ck_assert_msg(right, "seed %llu: %d to %d, but it is %d to %d", (unsigned long long)seed,
                  (int)bounds.certain, (int)bounds.possible, (int)expected->low, (int)expected->high);
}

bool shares_incident(const random_story *r)
{
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = 0; k < i; k++)
            if (same_incident(&r->rows[i], &r->rows[k]))
                return true;
    return false;
}

bool has_uncertain(const random_story *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->rows[i].uncertain)
            return true;
    return false;
}

bool may_share_incident(const story *s)
{
    return s->history->found_group_count > 0;
}

bool may_count_once(const story *s, const tdm_selection *selection)
{
    const tdm_history *h = s->history;
    for (uint32_t i = 0; i < selection->count && !selection->count_rows; i++)
        for (uint32_t k = 0; k < i; k++) {
            uint32_t a = h->rows[selection->members[i].row].incident,
                     b = h->rows[selection->members[k].row].incident;
            if (a != b && h->incidents[a].found != TDM_NO_INDEX &&
                h->incidents[a].found == h->incidents[b].found)
                return true;
        }
    return false;
}
