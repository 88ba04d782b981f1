/*
 * What units of one child have to do with each other, worked out a second time over small random records: by
 * trying every day of every interval, from the words of units.h and not from the code.
 */
#include "chronology/caseload.h"
#include "chronology/suites.h"
#include "chronology/units_make.h"

#define D     ((tdm_day)19780) /* 2024-02-27: a leap day, Easter and months of three lengths lie near */
#define ROWS  24
#define SEEDS (uint64_t) test_rounds(250)

static void random_record(case_row *rows, uint64_t seed, int32_t doubt)
{
    static const char *const kinds[] = {"referral", "referral",      "visit",
                                        "visit",    "cp-plan-start", "cp-plan-end"};
    for (size_t i = 0; i < ROWS; i++) {
        tdm_day from = D + random_below(&seed, 60);
        bool doubtful = random_below(&seed, 100) < doubt;
        bool undated = doubtful && random_below(&seed, 15) == 0;
        rows[i] = (case_row){
            random_below(&seed, 2) ? "A" : "B",
            {.from = undated ? TDM_DAY_BEFORE_ALL : from,
             .to = undated    ? TDM_DAY_AFTER_ALL
                   : doubtful ? from + random_below(&seed, 6)
                              : 0,
             .kind = kinds[random_below(&seed, 6)],
             .agency = "childrens-social-care",
             .uncertain = doubtful && random_below(&seed, 6) == 0,
             .episode = random_below(&seed, 3) == 0 ? (random_below(&seed, 2) ? "p" : "q") : NULL}};
    }
}

/* --- relations of two --- */

typedef struct rule {
    const char *name;
    tdm_span within;
    bool by_end, same_day;
    /* Whether a unit that starts on s, ends on e, is in by another that starts on t, ends on f. */
    bool (*holds)(const struct rule *rule, tdm_day s, tdm_day e, tdm_day t, tdm_day f);
    tdm_status (*ask)(tdm__units *out, tdm__units_ground *ground, const tdm__units *units,
                      const tdm__units *others, const struct rule *rule);
} rule;

static tdm_holidays *holidays;

static tdm_day back(tdm_day day, tdm_span span)
{
    tdm_day out = day - span.count;
    if (span.unit == TDM_SPAN_MONTHS)
        return tdm_day_add_months(day, -span.count);
    if (span.unit == TDM_SPAN_WORKING_DAYS)
        ck_assert_int_eq(tdm_add_working_days(&out, day, -span.count, holidays), TDM_OK);
    return out;
}

static tdm_day on(tdm_day day, tdm_span span)
{
    tdm_day out;
    ck_assert_int_eq(tdm_span_end(&out, day, span, holidays), TDM_OK);
    return out;
}

static bool is_after(const rule *r, tdm_day s, tdm_day e, tdm_day t, tdm_day f)
{
    tdm_day day = r->by_end ? f : t;
    (void)e;
    return day != TDM_DAY_NONE && day < s && (r->within.count < 0 || day >= back(s, r->within));
}

static bool is_followed(const rule *r, tdm_day s, tdm_day e, tdm_day t, tdm_day f)
{
    (void)e;
    (void)f;
    return t >= s && (r->same_day || t > s) && (r->within.count < 0 || t <= on(s, r->within));
}

static bool is_during(const rule *r, tdm_day s, tdm_day e, tdm_day t, tdm_day f)
{
    (void)r;
    (void)e;
    return t <= s && (f == TDM_DAY_NONE || s < f);
}

static bool is_containing(const rule *r, tdm_day s, tdm_day e, tdm_day t, tdm_day f)
{
    (void)r;
    (void)f;
    return s <= t && (e == TDM_DAY_NONE || t < e);
}

static tdm_status ask_after(tdm__units *out, tdm__units_ground *g, const tdm__units *u, const tdm__units *v,
                            const rule *r)
{
    return tdm__units_after(out, g, u, v, r->within, r->by_end);
}

static tdm_status ask_followed(tdm__units *out, tdm__units_ground *g, const tdm__units *u,
                               const tdm__units *v, const rule *r)
{
    return tdm__units_followed(out, g, u, v, r->within, r->same_day);
}

static tdm_status ask_during(tdm__units *out, tdm__units_ground *g, const tdm__units *u, const tdm__units *v,
                             const rule *r)
{
    (void)r;
    return tdm__units_during(out, g, u, v);
}

static tdm_status ask_containing(tdm__units *out, tdm__units_ground *g, const tdm__units *u,
                                 const tdm__units *v, const rule *r)
{
    (void)r;
    return tdm__units_containing(out, g, u, v);
}

static const rule rules[] = {
    {"after 5 days", {TDM_SPAN_DAYS, 5}, false, false, is_after, ask_after},
    {"after a month", {TDM_SPAN_MONTHS, 1}, false, false, is_after, ask_after},
    {"after 2 working days", {TDM_SPAN_WORKING_DAYS, 2}, false, false, is_after, ask_after},
    {"after", {TDM_SPAN_DAYS, -1}, false, false, is_after, ask_after},
    {"after the end, 10 days", {TDM_SPAN_DAYS, 10}, true, false, is_after, ask_after},
    {"followed, 5 days", {TDM_SPAN_DAYS, 5}, false, true, is_followed, ask_followed},
    {"followed, a month, a later day", {TDM_SPAN_MONTHS, 1}, false, false, is_followed, ask_followed},
    {"followed, 3 working days", {TDM_SPAN_WORKING_DAYS, 3}, false, true, is_followed, ask_followed},
    {"followed", {TDM_SPAN_DAYS, -1}, false, true, is_followed, ask_followed},
    {"during", {TDM_SPAN_DAYS, -1}, false, false, is_during, ask_during},
    {"containing", {TDM_SPAN_DAYS, -1}, false, false, is_containing, ask_containing},
};

/* An interval cut to days near the record, so that they can be tried one by one: what lies beyond is like its
 * edge. */
static tdm_day near(tdm_day day)
{
    return day < D - 45 ? D - 45 : day > D + 110 ? D + 110 : day;
}

/* What is told of an end: an open one, one before its start and one that is not told are told apart. */
static tdm__period end_of(const tdm__units *units, size_t at, bool for_stay)
{
    tdm__unit_parts parts = tdm__unit_at(units, at);
    if (parts.end_from == TDM_DAY_NONE || (for_stay && parts.reason == TDM__UNCOUNTED_END_BEFORE_START))
        return (tdm__period){TDM_DAY_NONE, TDM_DAY_NONE};
    return (tdm__period){near(parts.end_from), near(parts.end_to)};
}

/* Whether it holds on some of the days of the two, and on all. */
static void try_all(bool *some, bool *all, const rule *r, const tdm__units *u, size_t i, const tdm__units *v,
                    size_t k)
{
    bool stay = r->holds == is_during || r->holds == is_containing;
    tdm__period e = end_of(u, i, stay), f = end_of(v, k, stay);
    *some = false;
    *all = true;
    for (tdm_day s = near(u->start_from[i]); s <= near(u->start_to[i]); s++)
        for (tdm_day t = near(v->start_from[k]); t <= near(v->start_to[k]); t++)
            for (tdm_day end = e.from; end <= e.to; end++)
                for (tdm_day other = f.from; other <= f.to; other++) {
                    bool holds = r->holds(r, s, end, t, other);
                    *some = *some || holds;
                    *all = *all && holds;
                }
}

/* What a fault says nothing against. */
static bool is_sure(const rule *r, const tdm__units *v, size_t k)
{
    uint8_t reason = tdm__unit_reason(v, k);
    if (reason == TDM__COUNTED || reason == TDM__UNCOUNTED_OVERLAPPING)
        return true;
    if (r->by_end)
        return reason == TDM__UNCOUNTED_NO_START;
    return r->holds != is_during && reason == TDM__UNCOUNTED_END_BEFORE_START;
}

static uint8_t expected(const rule *r, const tdm__units *u, size_t i, const tdm__units *v)
{
    uint8_t verdict = TDM__OUT;
    for (size_t k = 0; k < v->count; k++) {
        bool some, all, self = v->event[k] == u->event[i];
        if (v->child[k] != u->child[i] || (self && r->holds != is_during && r->holds != is_containing))
            continue;
        try_all(&some, &all, r, u, i, v, k);
        if (all && is_sure(r, v, k))
            verdict = TDM__COUNTED;
        else if (some && verdict == TDM__OUT)
            verdict = TDM__UNCOUNTED_DATE_IN_DOUBT;
    }
    if (verdict == TDM__OUT || tdm__unit_reason(u, i) == TDM__COUNTED)
        return verdict;
    return tdm__unit_reason(u, i);
}

static void ck_rule(caseload *c, const rule *r, const tdm__units *u, const tdm__units *v, uint64_t seed)
{
    tdm__units found;
    size_t at = 0;
    ck_assert_int_eq(r->ask(&found, &c->ground, u, v, r), TDM_OK);
    for (size_t i = 0; i < u->count; i++) {
        bool in = at < found.count && found.event[at] == u->event[i];
        uint8_t verdict = in ? found.reason[at] : TDM__OUT, wanted = expected(r, u, i, v);
        ck_assert_msg(verdict == wanted, "seed %llu, %s: unit %zu is %d, not %d", (unsigned long long)seed,
                      r->name, i, verdict, wanted);
        at += in;
    }
    ck_assert_uint_eq(at, found.count);
}

START_TEST(check_relations)
{
    const rule *r = &rules[_i];
    holidays = england();
    for (uint64_t seed = 1; seed <= SEEDS / 4; seed++) {
        case_row rows[ROWS];
        caseload c;
        random_record(rows, seed * 97 + (uint64_t)_i, (int32_t)(seed % 4) * 20);
        caseload_open(&c, rows, ROWS, D, D + 100);
        tdm__units visits = units_of_kind(&c, "visit"), referrals = units_of_kind(&c, "referral"),
                   plans = units_of_episode(&c, "cp-plan"), starts = units_of_kind(&c, "cp-plan-start");
        ck_rule(&c, r, &referrals, &visits, seed);
        ck_rule(&c, r, &referrals, &referrals, seed);
        ck_rule(&c, r, &visits, &plans, seed);
        ck_rule(&c, r, &plans, &visits, seed);
        ck_rule(&c, r, &plans, &plans, seed);
        ck_rule(&c, r, &starts, &plans, seed);
        caseload_close(&c);
    }
    tdm_holidays_free(holidays);
}
END_TEST

/* --- lengths: every world of the child's others is gone through --- */

#define WORLD_UNITS 12

/* Others of a child: which may be missing, and where each may be. */
typedef struct others {
    tdm__period where[WORLD_UNITS];
    bool optional[WORLD_UNITS], stops[WORLD_UNITS]; /* whether it censors */
    size_t count;
} others;

/* What a length comes to in one world. */
typedef struct outcome {
    bool out, censored;
    tdm_day from, to;
} outcome;

typedef struct length_rule {
    const char *name;
    tdm_span within;
    bool stopped, bounded; /* by the other units */
    bool same_day;
    outcome (*in_world)(const struct length_rule *rule, const others *o, const tdm_day *days, tdm_day start,
                        tdm_day until);
    tdm_status (*ask)(tdm__stretches *out, tdm__units_ground *ground, const tdm__units *units,
                      const tdm__units *others, const tdm__units *other, const struct length_rule *rule);
} length_rule;

/* Whether one of those looked for came, no later or no earlier than its own day allows. */
static bool is_other(const others *o, size_t k, const tdm_day *days)
{
    return !o->stops[k] && days[k] != TDM_DAY_NONE;
}

static outcome until_first(const length_rule *r, const others *o, const tdm_day *days, tdm_day start,
                           tdm_day until)
{
    outcome found = {false, true, start, until};
    for (size_t k = 0; k < o->count; k++)
        if (is_other(o, k, days) && days[k] >= start + !r->same_day && days[k] <= found.to)
            found = (outcome){false, false, start, days[k]};
    for (size_t k = 0; k < o->count; k++)
        if (o->stops[k] && days[k] != TDM_DAY_NONE && days[k] >= start && days[k] < found.to)
            found = (outcome){false, true, start, days[k]};
    return found;
}

/* The first day that counts; TDM_DAY_AFTER_ALL: none does. */
static tdm_day bound(const length_rule *r, const others *o, const tdm_day *days, tdm_day start)
{
    tdm_day latest = TDM_DAY_NONE, since = r->within.count < 0 ? TDM_DAY_BEFORE_ALL : back(start, r->within);
    for (size_t k = 0; k < o->count; k++)
        if (o->stops[k] && days[k] != TDM_DAY_NONE && days[k] <= start && days[k] > latest)
            latest = days[k];
    if (!r->bounded)
        return since;
    if (latest == TDM_DAY_NONE)
        return TDM_DAY_AFTER_ALL;
    return latest - 3 > since ? latest - 3 : since;
}

static outcome since(const length_rule *r, const others *o, const tdm_day *days, tdm_day start, bool first)
{
    outcome found = {true, false, 0, start};
    tdm_day from = bound(r, o, days, start);
    for (size_t k = 0; k < o->count; k++) {
        if (!is_other(o, k, days) || days[k] < from || days[k] > start - !r->same_day)
            continue;
        if (found.out || (first ? days[k] < found.from : days[k] > found.from))
            found = (outcome){false, false, days[k], start};
    }
    return found;
}

static outcome since_last(const length_rule *r, const others *o, const tdm_day *days, tdm_day start,
                          tdm_day until)
{
    (void)until;
    return since(r, o, days, start, false);
}

static outcome since_first(const length_rule *r, const others *o, const tdm_day *days, tdm_day start,
                           tdm_day until)
{
    (void)until;
    return since(r, o, days, start, true);
}

static tdm_status ask_until(tdm__stretches *out, tdm__units_ground *g, const tdm__units *u,
                            const tdm__units *v, const tdm__units *other, const length_rule *r)
{
    tdm__looking looking = {
        .same_day = r->same_day, .before = r->stopped ? other : NULL, .within = r->within};
    return tdm__units_until(out, g, u, v, &looking);
}

static tdm_status ask_since(tdm__stretches *out, tdm__units_ground *g, const tdm__units *u,
                            const tdm__units *v, const tdm__units *other, const length_rule *r)
{
    tdm__looking looking = {.same_day = r->same_day,
                            .within = r->within,
                            .not_before = r->bounded ? other : NULL,
                            .margin = {TDM_SPAN_DAYS, 3}};
    return tdm__units_since(out, g, u, v, r->in_world == since_first, &looking);
}

static const length_rule length_rules[] = {
    {"until the first", {TDM_SPAN_DAYS, -1}, false, false, true, until_first, ask_until},
    {"until the first, or another", {TDM_SPAN_DAYS, -1}, true, false, true, until_first, ask_until},
    {"until the first of a later day, or another",
     {TDM_SPAN_DAYS, -1},
     true,
     false,
     false,
     until_first,
     ask_until},
    {"since the last", {TDM_SPAN_DAYS, -1}, false, false, true, since_last, ask_since},
    {"since the last of an earlier day", {TDM_SPAN_DAYS, -1}, false, false, false, since_last, ask_since},
    {"since the last in 9 days", {TDM_SPAN_DAYS, 9}, false, false, true, since_last, ask_since},
    {"since the first", {TDM_SPAN_DAYS, -1}, false, false, true, since_first, ask_since},
    {"since the first in 9 days", {TDM_SPAN_DAYS, 9}, false, false, true, since_first, ask_since},
    {"since the first in a month, of an earlier day",
     {TDM_SPAN_MONTHS, 1},
     false,
     false,
     false,
     since_first,
     ask_since},
    {"since the first, not before another", {TDM_SPAN_DAYS, -1}, false, true, true, since_first, ask_since},
    {"since the last, not before another", {TDM_SPAN_DAYS, -1}, false, true, true, since_last, ask_since},
};

static void add_others(others *o, const tdm__units *v, uint32_t child, uint32_t self, bool stops)
{
    for (size_t k = 0; k < v->count; k++) {
        if (v->child[k] != child || v->event[k] == self)
            continue;
        ck_assert_uint_lt(o->count, WORLD_UNITS);
        o->where[o->count] = (tdm__period){v->start_from[k], v->start_to[k]};
        o->optional[o->count] = tdm__unit_reason(v, k) != TDM__COUNTED;
        o->stops[o->count++] = stops;
    }
}

static bool same_outcome(const outcome *a, const outcome *b)
{
    return a->out == b->out &&
           (a->out || (a->censored == b->censored && a->from == b->from && a->to == b->to));
}

/* Steps to the next world; false after the last. */
static bool next_world(tdm_day *days, const others *o)
{
    for (size_t k = 0; k < o->count; k++) {
        if (days[k] == TDM_DAY_NONE)
            days[k] = o->where[k].from;
        else if (days[k] < o->where[k].to)
            days[k]++;
        else {
            days[k] = o->optional[k] ? TDM_DAY_NONE : o->where[k].from;
            continue;
        }
        return true;
    }
    return false;
}

/* The outcome that all worlds have; *known false: they differ. */
static outcome in_all_worlds(bool *known, bool *any, const length_rule *r, const others *o, tdm_day start,
                             tdm_day until)
{
    tdm_day days[WORLD_UNITS];
    for (size_t k = 0; k < o->count; k++)
        days[k] = o->optional[k] ? TDM_DAY_NONE : o->where[k].from;
    outcome first = r->in_world(r, o, days, start, until);
    *known = true;
    *any = !first.out;
    while (next_world(days, o)) {
        outcome other = r->in_world(r, o, days, start, until);
        *known = *known && same_outcome(&first, &other);
        *any = *any || !other.out;
    }
    return first;
}

static void ck_length(caseload *c, const length_rule *r, const tdm__units *u, const tdm__units *v,
                      const tdm__units *before, uint64_t seed)
{
    tdm__stretches found;
    size_t at = 0;
    ck_assert_int_eq(r->ask(&found, &c->ground, u, v, before, r), TDM_OK);
    for (size_t i = 0; i < u->count; i++) {
        others o = {.count = 0};
        bool known, any, in = at < found.units.count && found.units.event[at] == u->event[i];
        tdm_day start = u->start_from[i];
        size_t mine = at;
        at += in;
        if (tdm__unit_reason(u, i) != TDM__COUNTED || start != u->start_to[i])
            continue; /* told in check_units.c */
        add_others(&o, v, u->child[i], u->event[i], false);
        if (r->stopped || r->bounded)
            add_others(&o, before, u->child[i], u->event[i], true);
        outcome wanted = in_all_worlds(&known, &any, r, &o, start, c->ground.to);
        bool out = (r->in_world == until_first && start > c->ground.to) || !any;
        ck_assert_msg(in == !out || (in && r->bounded), "seed %llu, %s: unit %zu", (unsigned long long)seed,
                      r->name, i);
        if (r->bounded && in && found.units.reason[mine] == TDM__UNCOUNTED_DATE_IN_DOUBT)
            continue; /* may be wider */
        if (out)
            continue;
        outcome got = {false, found.censored[mine], found.from[mine], found.to[mine]};
        bool counted = found.units.reason[mine] == TDM__COUNTED;
        ck_assert_msg(counted == known, "seed %llu, %s: unit %zu is%s known", (unsigned long long)seed,
                      r->name, i, counted ? "" : " not");
        ck_assert_msg(!known || same_outcome(&got, &wanted),
                      "seed %llu, %s: unit %zu: %d to %d, not %d to %d", (unsigned long long)seed, r->name, i,
                      got.from - D, got.to - D, wanted.from - D, wanted.to - D);
    }
}

/* Few rows, short intervals: what is undated would have too many worlds. */
START_TEST(check_lengths)
{
    const length_rule *r = &length_rules[_i];
    static const char *const kinds[] = {"referral", "visit", "visit", "contact"};
    holidays = england();
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        case_row rows[9];
        uint64_t state = seed * 31 + (uint64_t)_i;
        caseload c;
        for (size_t i = 0; i < 9; i++) {
            tdm_day from = D + random_below(&state, 20);
            rows[i] = (case_row){random_below(&state, 3) ? "A" : "B",
                                 {.from = from,
                                  .to = random_below(&state, 3) ? 0 : from + random_below(&state, 4),
                                  .kind = kinds[random_below(&state, 4)],
                                  .uncertain = random_below(&state, 8) == 0}};
        }
        caseload_open(&c, rows, 9, D, D + 40);
        c.ground.to = D + 12;
        tdm__units visits = units_of_kind(&c, "visit"), referrals = units_of_kind(&c, "referral"),
                   contacts = units_of_kind(&c, "contact");
        ck_length(&c, r, &referrals, &visits, &contacts, seed);
        ck_length(&c, r, &visits, &visits, &contacts, seed);
        caseload_close(&c);
    }
    tdm_holidays_free(holidays);
}
END_TEST

Suite *units_random_suite(void)
{
    Suite *suite = suite_create("units_random");
    TCase *cases = tcase_create("units_random");
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, check_relations, 0, sizeof rules / sizeof *rules);
    tcase_add_loop_test(cases, check_lengths, 0, sizeof length_rules / sizeof *length_rules);
    suite_add_tcase(suite, cases);
    return suite;
}
