/*
 * The other whole answers against full enumeration: follows, rise, silence, episodes open past a span,
 * starting again.
 */
#include "chronology/brute.h"
#include "chronology/suites.h"

#define SEEDS 2500

static tdm_answer highest(const tdm__verdict *verdict)
{
    tdm_answer answer = TDM_NOT_MET;
    for (uint32_t i = 0; i < verdict->spell_count; i++)
        answer = verdict->spells[i].answer > answer ? verdict->spells[i].answer : answer;
    return answer;
}

static tdm_day earliest_met(const tdm__verdict *verdict)
{
    tdm_day day = TDM_DAY_NONE;
    for (uint32_t i = 0; i < verdict->spell_count; i++) {
        tdm_day met = verdict->spells[i].first_met;
        if (met != TDM_DAY_NONE && (day == TDM_DAY_NONE || met < day))
            day = met;
    }
    return day;
}

/* --- follows --- */

typedef struct follow_rule {
    tdm_span within;
    tdm_day until;
} follow_rule;

static bool follows(world *w, const void *payload)
{
    const follow_rule *rule = payload;
    bool any = false;
    for (uint32_t a = 0; a < w->count; a++)
        for (uint32_t b = 0; b < w->count; b++) {
            tdm_day first = rule->within.unit == TDM_SPAN_MONTHS
                                ? tdm_day_add_months(w->day[b], -rule->within.count)
                                : w->day[b] - rule->within.count;
            if (!w->in[1][a] || !w->in[0][b] || w->day[b] <= w->day[a] || w->day[b] > rule->until ||
                (!w->by_rows && w->group[a] == w->group[b]) || (rule->within.count > 0 && w->day[a] < first))
                continue;
            any = w->part[a] = w->part[b] = true;
        }
    return any;
}

START_TEST(follows_is_exact)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 7;
        random_story r;
        story s;
        tdm_selection *later, *earlier;
        tdm__verdict verdict;
        bool known = seed % 5 == 0, by_rows = random_below(&state, 6) == 0;
        random_rows(&r, &state, 5, "concern injury", known ? 0 : 60, 40);
        story_open(&s, r.rows, r.count, BRUTE_AS_OF);
        ck_assert_int_eq(story_try_select(&later, &s, "concern", seed % 3 ? 2 : 0, by_rows), TDM_OK);
        ck_assert_int_eq(
            story_try_select(&earlier, &s, seed % 2 ? "injury" : NULL, seed % 7 ? 2 : 0, by_rows), TDM_OK);
        follow_rule asked = {{TDM_SPAN_DAYS, random_below(&state, 7)}, TDM_DAY_AFTER_ALL};
        tdm__follows rule = {earlier, asked.within};
        ck_assert_int_eq(tdm__selection_follows(&verdict, later, &rule, NULL, NULL), TDM_OK);
        brute_result expected = brute(&s, r.rows, later, earlier, follows, NULL, &asked);
        /* two doubtful rows of one incident: which of them counts is not followed up */
        if (expected.worlds > 0 && expected.worlds <= 4096)
            ck_answer(verdict.answer, &expected, !shares_incident(&r), seed);
        ck_assert_int_eq(verdict.answer, highest(&verdict));
        for (uint32_t i = 0; i < verdict.spell_count && !shares_incident(&r) && expected.worlds > 0; i++)
            for (uint32_t k = 0; k < verdict.spells[i].row_count; k++)
                ck_assert_msg(expected.part[verdict.spells[i].rows[k]], "seed %llu",
                              (unsigned long long)seed);
        for (tdm_day day = BRUTE_BASE; known && expected.all && !shares_incident(&r) && day < BRUTE_AS_OF;
             day++) {
            asked.until = day;
            ck_assert_int_eq(brute(&s, r.rows, later, earlier, follows, NULL, &asked).all,
                             earliest_met(&verdict) <= day);
        }
        story_close(&s);
    }
}
END_TEST

/* --- coverage by days, for rise and silence --- */

static bool covered(const story_coverage *coverage, const char *agency, tdm_day first, tdm_day last,
                    bool unknown)
{
    bool declared = false, all = true;
    for (const story_coverage *c = coverage; c && c->agency; c++)
        declared = declared || (strcmp(c->agency, agency) == 0 && c->covers.to != 0);
    for (tdm_day day = first; declared && day <= last && all; day++) {
        bool here = false, away = false;
        for (const story_coverage *c = coverage; c->agency; c++) {
            here = here || (strcmp(c->agency, agency) == 0 && c->covers.from <= day && day <= c->covers.to);
            away = away ||
                   (strcmp(c->agency, agency) == 0 && c->no_contact.from <= day && day <= c->no_contact.to);
        }
        all = here && !away;
    }
    return declared ? all : unknown;
}

static void random_coverage(story_coverage out[4], uint64_t *state)
{
    static const char *const agencies[] = {"police", "school", "gp"};
    memset(out, 0, 4 * sizeof *out);
    for (int32_t i = random_below(state, 4); i > 0; i--) {
        story_coverage *c = &out[i - 1];
        c->agency = agencies[random_below(state, 3)];
        c->covers.from = BRUTE_BASE - 15 + random_below(state, 20);
        c->covers.to = c->covers.from + random_below(state, 40);
        if (random_below(state, 4) == 0) {
            c->no_contact.from = BRUTE_BASE + random_below(state, 15);
            c->no_contact.to = c->no_contact.from + random_below(state, 6);
        }
    }
    /* the list ends where an agency is missing: indices were filled downwards, so there are no holes */
}

/* --- rise --- */

typedef struct rise_rule {
    tdm__rise rule;
    const story_coverage *coverage;
    tdm_day until;
} rise_rule;

static tdm_day before(tdm_day day, tdm_span span)
{
    return span.unit == TDM_SPAN_MONTHS ? tdm_day_add_months(day, -span.count) : day - span.count;
}

/* Incidents in [first, last] told by an agency that is not left out; by one agency where it is named. */
static int32_t told(const world *w, const bool *left_out, const char *agency, tdm_day first, tdm_day last)
{
    int32_t count = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        bool fresh = w->in[0][i] && !left_out[i] && w->day[i] >= first && w->day[i] <= last &&
                     (!agency || strcmp(w->rows[i].agency, agency) == 0);
        for (uint32_t k = 0; k < i && fresh && !w->by_rows; k++)
            fresh = !(w->in[0][k] && !left_out[k] && w->group[k] == w->group[i] && w->day[k] >= first &&
                      w->day[k] <= last && (!agency || strcmp(w->rows[k].agency, agency) == 0));
        count += fresh;
    }
    return count;
}

static bool rises_on(const world *w, const rise_rule *asked, tdm_day day)
{
    static const char *const agencies[] = {"police", "school", "gp"};
    const tdm__rise *rule = &asked->rule;
    tdm_day middle = before(day, rule->over), start = before(middle, rule->over);
    bool left_out[BRUTE_ROWS];
    int32_t rising = 0;
    for (uint32_t i = 0; i < w->count; i++)
        left_out[i] = !covered(asked->coverage, w->rows[i].agency, start + 1, day, true);
    int32_t recent = told(w, left_out, NULL, middle + 1, day),
            earlier = told(w, left_out, NULL, start + 1, middle);
    for (int i = 0; i < 3; i++)
        rising += told(w, left_out, agencies[i], middle + 1, day) >
                  told(w, left_out, agencies[i], start + 1, middle);
    return recent >= rule->n && recent * rule->ratio_denominator >= earlier * rule->ratio_numerator &&
           rising >= rule->agencies &&
           (!rule->level_not_above || brute_level(w, day, 0) <= brute_level(w, middle, 0));
}

static bool rises(world *w, const void *payload)
{
    const rise_rule *asked = payload;
    for (tdm_day day = BRUTE_BASE - 2; day <= asked->until; day++)
        if (rises_on(w, asked, day))
            return true;
    return false;
}

static rise_rule random_rise(uint64_t *state)
{
    static const tdm_span over[] = {
        {TDM_SPAN_DAYS, 1}, {TDM_SPAN_DAYS, 2}, {TDM_SPAN_DAYS, 3}, {TDM_SPAN_DAYS, 6}, {TDM_SPAN_MONTHS, 1}};
    rise_rule asked = {.until = BRUTE_AS_OF};
    asked.rule = (tdm__rise){.over = over[random_below(state, 5)],
                             .ratio_numerator = 1 + random_below(state, 4),
                             .ratio_denominator = 1 + random_below(state, 2),
                             .n = 1 + random_below(state, 3),
                             .agencies = random_below(state, 3),
                             .level_not_above = random_below(state, 2) == 0};
    return asked;
}

START_TEST(rise_keeps_to_its_side)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 70000;
        random_story r;
        story s;
        story_coverage coverage[4];
        tdm_selection *selection;
        tdm__verdict verdict;
        bool known = seed % 4 == 0;
        random_rows(&r, &state, 5, "concern concern concern injury core-group cp-plan-start cp-plan-end",
                    known ? 0 : 60, 30);
        random_coverage(coverage, &state);
        story_open_covered(&s, r.rows, r.count, coverage, BRUTE_AS_OF);
        ck_assert_int_eq(story_try_select(&selection, &s, "concern injury", seed % 3 ? 0 : 2, seed % 11 == 0),
                         TDM_OK);
        rise_rule asked = random_rise(&state);
        asked.coverage = coverage;
        ck_assert_int_eq(tdm__selection_rise(&verdict, selection, &asked.rule, NULL, NULL), TDM_OK);
        brute_result expected = brute(&s, r.rows, selection, NULL, rises, NULL, &asked);
        if (expected.worlds > 0) {
            bool single = !shares_incident(&r) && !may_count_once(&s, selection);
            ck_answer(verdict.answer, &expected,
                      single && (known || (!asked.rule.level_not_above && expected.worlds <= 1000)), seed);
        }
        ck_assert_int_eq(verdict.answer, highest(&verdict));
        for (tdm_day day = BRUTE_BASE; known && expected.all && day < BRUTE_AS_OF && !shares_incident(&r);
             day++) {
            asked.until = day;
            ck_assert_msg(brute(&s, r.rows, selection, NULL, rises, NULL, &asked).all ==
                              (earliest_met(&verdict) <= day),
                          "seed %llu day %d", (unsigned long long)seed, (int)(day - BRUTE_BASE));
        }
        story_close(&s);
    }
}
END_TEST

/* --- silence --- */

typedef struct silent_rule {
    const char *agency; /* NULL: any */
    tdm_span over;
    int32_t others, active_days;
    const story_coverage *coverage;
    tdm_day until;
} silent_rule;

static bool writes(const world *w, const char *agency, tdm_day first, tdm_day last)
{
    for (uint32_t i = 0; i < w->count; i++)
        if (w->present[i] && strcmp(w->rows[i].agency, agency) == 0 && w->day[i] >= first &&
            w->day[i] <= last)
            return true;
    return false;
}

static int32_t others_record(const world *w, const char *agency, tdm_day first, tdm_day last)
{
    bool own[BRUTE_ROWS];
    for (uint32_t i = 0; i < w->count; i++)
        own[i] = strcmp(w->rows[i].agency, agency) == 0;
    return told(w, own, NULL, first, last);
}

static bool silent(world *w, const void *payload)
{
    static const char *const agencies[] = {"police", "school", "gp"};
    const silent_rule *rule = payload;
    for (int i = 0; i < 3; i++)
        for (tdm_day day = BRUTE_BASE - 2; day <= rule->until; day++) {
            tdm_day first = before(day, rule->over) + 1;
            if ((!rule->agency || strcmp(rule->agency, agencies[i]) == 0) &&
                !writes(w, agencies[i], first, day) &&
                writes(w, agencies[i], first - rule->active_days, first - 1) &&
                covered(rule->coverage, agencies[i], first, day, false) &&
                others_record(w, agencies[i], first, day) >= rule->others)
                return true;
        }
    return false;
}

START_TEST(silence_keeps_to_its_side)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 900000;
        random_story r;
        story s;
        story_coverage coverage[4];
        tdm_selection *selection;
        tdm__verdict verdict;
        bool known = seed % 3 == 0;
        random_rows(&r, &state, 5, "concern concern injury note", known ? 0 : 60, 30);
        random_coverage(coverage, &state);
        if (coverage[0].agency) { /* a longer period, so that silence is found often enough */
            coverage[0].covers.to += 20;
            coverage[0].no_contact = (tdm__period){0, 0};
        }
        story_open_covered(&s, r.rows, r.count, coverage, BRUTE_AS_OF);
        ck_assert_int_eq(story_try_select(&selection, &s, "concern injury", seed % 5 ? 0 : 2, false), TDM_OK);
        silent_rule asked = {seed % 2 ? NULL : "police",
                             {TDM_SPAN_DAYS, 1 + random_below(&state, 8)},
                             random_below(&state, 3),
                             1 + random_below(&state, 12),
                             coverage,
                             BRUTE_AS_OF};
        tdm__silent rule = {asked.agency ? story_agency(&s, asked.agency) : TDM_NO_INDEX, asked.over,
                            asked.others, asked.active_days};
        if (asked.agency && rule.agency == TDM_NO_INDEX) {
            story_close(&s);
            continue;
        }
        ck_assert_int_eq(tdm__selection_silent(&verdict, selection, &rule, NULL, NULL), TDM_OK);
        brute_result expected = brute(&s, r.rows, selection, NULL, silent, NULL, &asked);
        if (expected.worlds > 0)
            ck_answer(verdict.answer, &expected, known && !shares_incident(&r), seed);
        ck_assert_int_eq(verdict.answer, highest(&verdict));
        for (tdm_day day = BRUTE_BASE; known && expected.all && !shares_incident(&r) && day < BRUTE_AS_OF;
             day++) {
            asked.until = day;
            ck_assert_msg(brute(&s, r.rows, selection, NULL, silent, NULL, &asked).all ==
                              (earliest_met(&verdict) <= day),
                          "seed %llu day %d", (unsigned long long)seed, (int)(day - BRUTE_BASE));
        }
        story_close(&s);
    }
}
END_TEST

/* --- open past --- */

static const tdm_span milestones[] = {
    {TDM_SPAN_DAYS, 0}, {TDM_SPAN_DAYS, 2}, {TDM_SPAN_DAYS, 5}, {TDM_SPAN_MONTHS, 1}};
#define MILESTONES 4

typedef struct past_rule {
    const tdm__episode *episode; /* NULL: any */
    tdm_day until;
} past_rule;

static int32_t milestone_of(const world *w, const tdm__episode *e, tdm_day until)
{
    bool closed = e->end_row != TDM_NO_INDEX;
    int32_t reached = 0;
    if (!w->present[e->start_row] || (closed && !w->present[e->end_row]))
        return 0;
    for (int32_t i = 0; i < MILESTONES; i++) {
        tdm_day start = w->day[e->start_row];
        tdm_day day = milestones[i].unit == TDM_SPAN_MONTHS ? tdm_day_add_months(start, milestones[i].count)
                                                            : start + milestones[i].count;
        if (day <= until && (!closed || w->day[e->end_row] > day))
            reached = i + 1;
    }
    return reached;
}

static int32_t milestone(world *w, const void *payload)
{
    const past_rule *rule = payload;
    const tdm_history *h = w->story->history;
    int32_t reached = 0;
    for (uint32_t i = 0; i < h->episode_count; i++)
        if (!rule->episode || rule->episode == &h->episodes[i]) {
            int32_t here = milestone_of(w, &h->episodes[i], rule->until);
            reached = here > reached ? here : reached;
        }
    return reached;
}

static bool past_any(world *w, const void *payload)
{
    return milestone(w, payload) > 0;
}

START_TEST(open_past_is_exact)
{
    long spells = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 31;
        random_story r;
        story s;
        tdm__episodes *episodes;
        tdm__verdict verdict;
        tdm_day as_of = BRUTE_BASE + 15 + random_below(&state, 40);
        random_rows(&r, &state, 5, "cp-plan-start cp-plan-end cin-plan-start cin-plan-end", seed % 4 ? 60 : 0,
                    0);
        story_open(&s, r.rows, r.count, as_of);
        ck_assert_int_eq(tdm__episodes_new(&episodes, s.history, TDM_NO_INDEX, NULL, 0, NULL), TDM_OK);
        ck_assert_int_eq(tdm__episodes_open_past(&verdict, episodes, milestones, MILESTONES, NULL, NULL),
                         TDM_OK);
        past_rule rule = {NULL, as_of};
        brute_result expected = brute(&s, r.rows, NULL, NULL, past_any, NULL, &rule);
        if (expected.worlds > 0)
            ck_answer(verdict.answer, &expected, s.history->episode_count < 2, seed);
        for (uint32_t i = 0; i < verdict.spell_count && expected.worlds > 0; i++, spells++) {
            const tdm__spell *spell = &verdict.spells[i];
            rule.episode = NULL;
            for (uint32_t k = 0; k < s.history->episode_count; k++)
                if (s.history->episodes[k].start_row == spell->rows[0] ||
                    (spell->row_count > 1 && s.history->episodes[k].start_row == spell->rows[1]))
                    rule.episode = &s.history->episodes[k];
            ck_assert_ptr_nonnull(rule.episode);
            brute_result of_it = brute(&s, r.rows, NULL, NULL, past_any, milestone, &rule);
            ck_bounds(spell->count, &of_it, true, seed);
            ck_answer(spell->answer, &of_it, true, seed);
        }
        for (tdm_day day = BRUTE_BASE; seed % 4 == 0 && expected.all && day <= as_of; day++) {
            rule = (past_rule){NULL, day};
            ck_assert_int_eq(brute(&s, r.rows, NULL, NULL, past_any, NULL, &rule).all,
                             earliest_met(&verdict) <= day);
        }
        story_close(&s);
    }
    ck_assert_int_gt(spells, 1000);
}
END_TEST

/* --- restarts --- */

typedef struct restart_rule {
    int32_t n;
    tdm_span within;
    uint64_t without;
    tdm_day until;
} restart_rule;

/* Days of starts in order: an incident starts on the first of its days, and starts on one day are one. */
static int32_t start_days(tdm_day *out, const world *w)
{
    int32_t count = 0;
    for (tdm_day day = BRUTE_FIRST; day <= BRUTE_AS_OF; day++)
        for (uint32_t i = 0; i < w->count; i++) {
            bool first = w->in[0][i] && w->day[i] == day;
            for (uint32_t k = 0; k < w->count && first; k++)
                first = !(k != i && w->in[0][k] && w->group[k] == w->group[i] &&
                          (w->day[k] < day || (w->day[k] == day && k < i)));
            if (first && (count == 0 || out[count - 1] != day))
                out[count++] = day;
        }
    return count;
}

static bool run_holds(world *w, const restart_rule *rule, const tdm_day *starts, int32_t first)
{
    if (starts[first + rule->n - 1] > brute_window_last(starts[first], rule->within) ||
        starts[first + rule->n - 1] > rule->until)
        return false;
    for (int32_t i = first; i < first + rule->n; i++) {
        tdm_day since = i > 0 ? starts[i - 1] + 1 : BRUTE_FIRST;
        if (since > starts[i] || brute_count(w, 1, since, starts[i]) == 0)
            return false;
        if (i > first &&
            brute_level(w, starts[i], rule->without) > brute_level(w, starts[i - 1], rule->without))
            return false;
    }
    return true;
}

static bool restarts(world *w, const void *payload)
{
    const restart_rule *rule = payload;
    tdm_day starts[BRUTE_ROWS];
    int32_t count = start_days(starts, w);
    for (int32_t i = 0; i + rule->n <= count; i++)
        if (run_holds(w, rule, starts, i))
            return true;
    return false;
}

/* Whether a row is among both. */
static bool share_a_row(const tdm_selection *a, const tdm_selection *b)
{
    for (uint32_t i = 0; i < a->count; i++)
        for (uint32_t k = 0; k < b->count; k++)
            if (a->members[i].row == b->members[k].row)
                return true;
    return false;
}

START_TEST(restarts_keep_to_their_side)
{
    long met = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 5;
        random_story r;
        story s;
        tdm_selection *starts, *triggers;
        tdm__verdict verdict;
        bool known = seed % 3 == 0, crowded = seed % 2 == 1;
        random_rows(&r, &state, 6,
                    crowded
                        ? "assessment-start assessment-start allocation"
                        : "assessment-start assessment-start referral allocation cp-plan-start cp-plan-end",
                    known ? 0 : 50, 25);
        for (size_t i = 0; i < r.count && crowded; i++) { /* several starts on one day */
            tdm_day by = (r.rows[i].from - BRUTE_BASE) % 3;
            r.rows[i].from -= by;
            r.rows[i].to -= by;
        }
        story_open(&s, r.rows, r.count, BRUTE_AS_OF);
        ck_assert_int_eq(story_try_select(&starts, &s,
                                          seed % 13 == 0   ? "assessment-start referral"
                                          : seed % 13 == 1 ? "assessment-start cp-plan-start"
                                                           : "assessment-start",
                                          seed % 7 ? 0 : 2, false),
                         TDM_OK);
        ck_assert_int_eq(story_try_select(&triggers, &s, "referral allocation", seed % 9 ? 0 : 2, false),
                         TDM_OK);
        restart_rule asked = {crowded ? 2 : 1 + random_below(&state, 3),
                              {TDM_SPAN_DAYS, crowded ? 12 : random_below(&state, 12)},
                              (uint64_t)1 << tdm__vocabulary_episode(vocabulary(), TDM_LIT("assessment")),
                              TDM_DAY_AFTER_ALL};
        tdm__restarts rule = {asked.n, asked.within, triggers, asked.without};
        ck_assert_int_eq(tdm__selection_restarts(&verdict, starts, &rule, NULL, NULL), TDM_OK);
        brute_result expected = brute(&s, r.rows, starts, triggers, restarts, NULL, &asked);
        if (expected.worlds > 0)
            ck_answer(verdict.answer, &expected,
                      known && !shares_incident(&r) &&
                          (!may_count_once(&s, starts) || !share_a_row(starts, triggers)),
                      seed);
        ck_assert_int_eq(verdict.answer, highest(&verdict));
        for (tdm_day day = BRUTE_BASE; known && expected.all && day < BRUTE_AS_OF && !shares_incident(&r) &&
                                       !may_count_once(&s, starts);
             day++) {
            asked.until = day;
            met++;
            ck_assert_msg(brute(&s, r.rows, starts, triggers, restarts, NULL, &asked).all ==
                              (earliest_met(&verdict) <= day),
                          "seed %llu day %d", (unsigned long long)seed, (int)(day - BRUTE_BASE));
        }
        story_close(&s);
    }
    ck_assert_int_gt(met, 300);
}
END_TEST

/* Every assessment told by two returns: one start a day, and both entries to be seen. */
START_TEST(starts_on_one_day_are_one)
{
    static const story_row rows[] = {
        {.from = BRUTE_BASE, .kind = "referral"},
        {.from = BRUTE_BASE + 3, .kind = "assessment-start", .episode = "a"},
        {.from = BRUTE_BASE + 3, .kind = "assessment-start", .episode = "b"},
        {.from = BRUTE_BASE + 20, .kind = "allocation"},
        {.from = BRUTE_BASE + 24, .kind = "assessment-start", .episode = "c"},
        {.from = BRUTE_BASE + 24, .kind = "assessment-start", .episode = "d"},
    };
    for (uint32_t told = 1; told <= 2; told++) {
        story s;
        tdm__verdict verdict;
        story_open(&s, rows, told == 1 ? 5 : 6, BRUTE_AS_OF);
        tdm__restarts rule = {
            2, {TDM_SPAN_MONTHS, 12}, story_select(&s, "referral allocation"), ~UINT64_C(0)};
        tdm_selection *starts = story_select(&s, "assessment-start");
        ck_assert_int_eq(tdm__selection_restarts(&verdict, starts, &rule, NULL, NULL), TDM_OK);
        ck_assert_int_eq(verdict.answer, TDM_MET);
        ck_assert_uint_eq(verdict.spell_count, 1);
        ck_assert_uint_eq(verdict.spells[0].row_count, 4 + told);
        ck_assert_int_eq(verdict.spells[0].count.certain, 2);
        ck_assert_int_eq(verdict.spells[0].count.possible, 2);
        ck_assert_int_eq(verdict.spells[0].first_met, BRUTE_BASE + 24);
        rule.n = 3;
        ck_assert_int_eq(tdm__selection_restarts(&verdict, starts, &rule, NULL, NULL), TDM_OK);
        ck_assert_int_eq(verdict.answer, TDM_NOT_MET);
        story_close(&s);
    }
}
END_TEST

Suite *rules_suite(void)
{
    Suite *suite = suite_create("rules");
    TCase *tests = tcase_create("rules");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, follows_is_exact);
    tcase_add_test(tests, rise_keeps_to_its_side);
    tcase_add_test(tests, silence_keeps_to_its_side);
    tcase_add_test(tests, open_past_is_exact);
    tcase_add_test(tests, restarts_keep_to_their_side);
    tcase_add_test(tests, starts_on_one_day_are_one);
    suite_add_tcase(suite, tests);
    return suite;
}
