/*
 * What did not come, against full enumeration: incidents that nothing answered, and stretches without what
 * should have been there. Days and worlds are gone through one by one.
 */
#include "chronology/absence.h"
#include "chronology/brute.h"
#include "chronology/suites.h"

#define SEEDS 4000

static tdm_holidays *holidays;

static void read_holidays(void)
{
    holidays = england();
}

static void free_holidays(void)
{
    tdm_holidays_free(holidays);
}

/* The day that lies a span after `day`, counted day by day. */
static tdm_day after(tdm_day day, tdm_span span)
{
    if (span.unit == TDM_SPAN_MONTHS)
        return tdm_day_add_months(day, span.count);
    for (int32_t left = span.count; left > 0; day++) {
        bool working = true;
        if (span.unit == TDM_SPAN_WORKING_DAYS)
            ck_assert_int_eq(tdm_is_working_day(&working, day + 1, holidays), TDM_OK);
        left -= working;
    }
    return day;
}

static tdm_day ago(tdm_day day, tdm_span span)
{
    if (span.unit == TDM_SPAN_MONTHS)
        return tdm_day_add_months(day, -span.count);
    for (int32_t left = span.count; left > 0; day--) {
        bool working = true;
        if (span.unit == TDM_SPAN_WORKING_DAYS)
            ck_assert_int_eq(tdm_is_working_day(&working, day - 1, holidays), TDM_OK);
        left -= working;
    }
    return day;
}

static tdm_span random_span(uint64_t *state, int32_t least)
{
    static const int32_t units[] = {TDM_SPAN_DAYS, TDM_SPAN_DAYS, TDM_SPAN_WORKING_DAYS};
    return random_below(state, 12) == 0
               ? (tdm_span){TDM_SPAN_MONTHS, 1}
               : (tdm_span){units[random_below(state, 3)], least + random_below(state, 5)};
}

/* The answer is that of its strongest spell, and no spell is met that does not say since when. */
static void ck_spells(const tdm__verdict *verdict, tdm_day as_of)
{
    tdm_answer highest = TDM_NOT_MET;
    for (uint32_t i = 0; i < verdict->spell_count; i++) {
        const tdm__spell *spell = &verdict->spells[i];
        highest = spell->answer > highest ? spell->answer : highest;
        ck_assert_int_eq(spell->answer == TDM_MET, spell->first_met != TDM_DAY_NONE);
        ck_assert_int_le(spell->first_met, as_of);
        ck_assert_int_le(spell->to, as_of);
        ck_assert_int_le(spell->from, spell->to);
        ck_assert_int_le(spell->late.by.certain, spell->late.by.possible);
        ck_assert_int_ge(spell->late.by.certain, 0);
        ck_assert_int_gt(spell->row_count, 0);
        ck_assert(spell->late.known);
        for (uint32_t k = 1; k < spell->row_count; k++)
            ck_assert_uint_lt(spell->rows[k - 1], spell->rows[k]);
    }
    ck_assert_int_eq(verdict->answer, highest);
}

/* Whether the rule held by the days things occurred: some spell was met by then. */
static bool met_by(const tdm__verdict *verdict, tdm_day day)
{
    for (uint32_t i = 0; i < verdict->spell_count; i++)
        if (verdict->spells[i].answer == TDM_MET && verdict->spells[i].first_met <= day)
            return true;
    return false;
}

/* --- unanswered --- */

typedef struct answer_rule {
    tdm_span within, before;
    int32_t n;
    tdm_day until;
} answer_rule;

static bool is_left(const world *w, const answer_rule *rule, uint32_t row)
{
    tdm_day last = after(w->day[row], rule->within), first = ago(w->day[row], rule->before);
    for (uint32_t i = 0; i < w->count; i++)
        if (w->in[1][i] && w->day[i] >= first && w->day[i] <= last)
            return false;
    return w->in[0][row] && last < rule->until;
}

static bool unanswered(world *w, const void *payload)
{
    const answer_rule *rule = payload;
    int32_t count = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        bool fresh = is_left(w, rule, i);
        for (uint32_t k = 0; k < i && !w->by_rows; k++)
            fresh = fresh && !(w->group[k] == w->group[i] && is_left(w, rule, k));
        count += fresh;
    }
    return count >= rule->n;
}

START_TEST(unanswered_is_exact)
{
    static const char *const kinds[] = {"concern strategy-discussion", "injury strategy-discussion",
                                        "concern concern injury strategy-discussion"};
    long met = 0, possible = 0, exact = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 11;
        random_story r;
        story s;
        tdm_selection *asking, *answers;
        tdm__verdict verdict;
        bool known = seed % 4 == 0, by_rows = random_below(&state, 8) == 0;
        random_rows(&r, &state, 5, kinds[seed % 3], known ? 0 : 55, seed % 5 == 0 ? 40 : 0);
        story_open(&s, r.rows, r.count, BRUTE_BASE + 8 + random_below(&state, 14));
        ck_assert_int_eq(story_try_select(&asking, &s, "concern injury", seed % 6 ? 0 : 2, by_rows), TDM_OK);
        ck_assert_int_eq(story_try_select(&answers, &s,
                                          seed % 7 ? "strategy-discussion" : "strategy-discussion injury",
                                          seed % 11 ? 0 : 2, by_rows),
                         TDM_OK);
        answer_rule asked = {random_span(&state, 0),
                             random_below(&state, 3) ? (tdm_span){TDM_SPAN_DAYS, 0} : random_span(&state, 0),
                             1 + random_below(&state, 3) / 2, s.history->as_of};
        tdm__unanswered rule = {answers, asked.within, asked.before, asked.n};
        ck_assert_int_eq(tdm__selection_unanswered(&verdict, asking, &rule, holidays, NULL), TDM_OK);
        brute_result expected = brute(&s, r.rows, asking, answers, unanswered, NULL, &asked);
        if (expected.worlds > 0) {
            bool plain = !shares_incident(&r) && expected.worlds <= 2000;
            ck_answer(verdict.answer, &expected, plain, seed);
            exact += plain;
        }
        met += verdict.answer == TDM_MET;
        possible += verdict.answer == TDM_POSSIBLE;
        ck_spells(&verdict, s.history->as_of);
        for (tdm_day day = BRUTE_BASE;
             known && expected.all && !shares_incident(&r) && day <= s.history->as_of; day++) {
            asked.until = day;
            ck_assert_msg(brute(&s, r.rows, asking, answers, unanswered, NULL, &asked).all ==
                              met_by(&verdict, day),
                          "seed %llu day %d", (unsigned long long)seed, (int)(day - BRUTE_BASE));
        }
        story_close(&s);
    }
    ck_assert_int_gt(met, 300);
    ck_assert_int_gt(possible, 300);
    ck_assert_int_gt(exact, 1500);
}
END_TEST

/* --- absent --- */

typedef struct absent_rule {
    const tdm__absent *rule;
    const story_coverage *coverage;
    const tdm_selection *own;
    tdm_day until;
} absent_rule;

static bool one_is_open(const world *w, const tdm__episodes *during, tdm_day first, tdm_day last)
{
    for (uint32_t i = 0; i < during->count; i++) {
        bool open = true;
        for (tdm_day day = first; day <= last; day++)
            open = open && brute_open(w, during->items[i], day);
        if (open)
            return true;
    }
    return false;
}

/* Whether the agency tells a row of the selection, be it a doubtful one; any agency where there is none. */
static bool could_tell(const story *s, const tdm_selection *own, const char *agency)
{
    for (uint32_t i = 0; i < own->count; i++)
        if (s->history->chronology->columns.agency[s->history->rows[own->members[i].row].event] ==
            story_agency(s, agency))
            return true;
    return own->count == 0;
}

static bool days_are_covered(const world *w, const absent_rule *asked, tdm_day first, tdm_day last)
{
    for (const story_coverage *c = asked->coverage; c->agency; c++)
        if (c->covers.from <= first && c->covers.to >= last && could_tell(w->story, asked->own, c->agency))
            return true;
    return false;
}

static bool was_known(const world *w, tdm_day day)
{
    for (uint32_t i = 0; i < w->count; i++)
        if ((w->in[0][i] || w->in[1][i]) && w->day[i] <= day)
            return true;
    return false;
}

static bool stretch_holds(const world *w, const absent_rule *asked, tdm_day zero)
{
    const tdm__absent *rule = asked->rule;
    tdm_day last = after(zero, rule->over);
    if (last >= asked->until || (rule->from && zero < *rule->from) || brute_count(w, 0, zero + 1, last) > 0 ||
        (rule->others && brute_count(w, 1, zero + 1, last) < rule->n) ||
        (rule->during ? !one_is_open(w, rule->during, zero, last) : !was_known(w, zero + 1)))
        return false;
    for (tdm_day day = zero + 1; day <= last; day++) {
        int32_t level = brute_level(w, day, 0);
        if (level < rule->level_at_least || level > rule->level_at_most)
            return false;
    }
    return !rule->covered || days_are_covered(w, asked, zero + 1, last);
}

static bool absent(world *w, const void *payload)
{
    const absent_rule *asked = payload;
    for (tdm_day zero = BRUTE_BASE - 1; zero < asked->until; zero++)
        if (stretch_holds(w, asked, zero))
            return true;
    return false;
}

static tdm__absent random_absent(uint64_t *state, const tdm__episodes *during, const tdm_selection *others)
{
    bool level = random_below(state, 4) == 0;
    return (tdm__absent){.over = random_span(state, 1 + random_below(state, 4)),
                         .during = during,
                         .others = others,
                         .n = 1 + random_below(state, 2),
                         .level_at_least = level ? random_below(state, 3) : 0,
                         .level_at_most = level ? 2 + random_below(state, 4) : TDM_LADDER_MAX,
                         .covered = random_below(state, 5) == 0};
}

static bool any_doubt(const tdm__episodes *episodes)
{
    for (uint32_t i = 0; i < episodes->count; i++) {
        const tdm__episode *e = episodes->items[i];
        if (e->uncertain || e->start_from != e->start_to || e->end_from != e->end_to)
            return true;
    }
    return false;
}

START_TEST(absent_keeps_to_its_side)
{
    static const char *const kinds[] = {"visit concern", "visit concern cp-plan-start cp-plan-end",
                                        "visit injury cp-plan-start",
                                        "visit visit cp-plan-start cin-plan-start"};
    long met = 0, possible = 0, exact = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t state = seed + 23;
        random_story r;
        story s;
        story_coverage coverage[3] = {
            {"police", {0, 0}, {0, 0}}, {"school", {0, 0}, {0, 0}}, {NULL, {0, 0}, {0, 0}}};
        tdm_selection *own, *others;
        tdm__episodes *episodes;
        tdm__verdict verdict;
        bool known = seed % 4 == 0, with_episodes = random_below(&state, 3) > 0;
        random_rows(&r, &state, 5, kinds[seed / 4 % 4], known ? 0 : 60, seed % 5 == 0 ? 30 : 0);
        for (int i = 0; i < 2; i++) {
            coverage[i].covers.from = BRUTE_BASE - 10 + random_below(&state, 14);
            coverage[i].covers.to = coverage[i].covers.from + random_below(&state, 30);
        }
        story_open_covered(&s, r.rows, r.count, coverage, BRUTE_BASE + 8 + random_below(&state, 9));
        ck_assert_int_eq(story_try_select(&own, &s, "visit", seed % 6 ? 0 : 2, false), TDM_OK);
        ck_assert_int_eq(story_try_select(&others, &s, "concern injury", seed % 7 ? 0 : 2, false), TDM_OK);
        ck_assert_int_eq(tdm__episodes_new(&episodes, s.history, TDM_NO_INDEX, NULL, 0, NULL), TDM_OK);
        tdm__absent rule = random_absent(&state, with_episodes ? episodes : NULL,
                                         random_below(&state, 2) ? others : NULL);
        tdm_day from = BRUTE_BASE + (tdm_day)(seed % 7) - 1;
        rule.from = seed % 3 ? NULL : &from;
        absent_rule asked = {&rule, coverage, own, s.history->as_of};
        ck_assert_int_eq(tdm__selection_absent(&verdict, own, &rule, holidays, NULL), TDM_OK);
        brute_result expected = brute(&s, r.rows, own, rule.others, absent, NULL, &asked);
        bool level = rule.level_at_least > 0 || rule.level_at_most < TDM_LADDER_MAX;
        bool plain = !shares_incident(&r) && !may_count_once(&s, others) && expected.worlds <= 500 &&
                     (known || !level) && (known || !with_episodes || !any_doubt(episodes)) &&
                     (known || !rule.covered);
        if (expected.worlds > 0)
            ck_answer(verdict.answer, &expected, plain, seed);
        exact += plain;
        met += verdict.answer == TDM_MET;
        possible += verdict.answer == TDM_POSSIBLE;
        ck_spells(&verdict, s.history->as_of);
        for (tdm_day day = BRUTE_BASE; known && expected.all && plain && day <= s.history->as_of; day++) {
            asked.until = day;
            ck_assert_msg(brute(&s, r.rows, own, rule.others, absent, NULL, &asked).all ==
                              met_by(&verdict, day),
                          "seed %llu day %d", (unsigned long long)seed, (int)(day - BRUTE_BASE));
        }
        story_close(&s);
    }
    ck_assert_int_gt(met, 300);
    ck_assert_int_gt(possible, 120);
    ck_assert_int_gt(exact, 1500);
}
END_TEST

/* --- by hand. BRUTE_BASE is Wednesday 12 January 2022; there is no bank holiday before April. --- */

#define DAY(n) (BRUTE_BASE + (n))

static tdm__spell ask_unanswered(story *s, const story_row *rows, size_t count, tdm_day as_of,
                                 tdm_answer answer, tdm_span within, int32_t n)
{
    tdm__verdict verdict;
    story_open(s, rows, count, as_of);
    tdm__unanswered rule = {story_select(s, "strategy-discussion"), within, {TDM_SPAN_DAYS, 0}, n};
    tdm_selection *asking = story_select(s, "concern injury");
    ck_assert_int_eq(tdm__selection_unanswered(&verdict, asking, &rule, holidays, NULL), TDM_OK);
    ck_assert_int_eq(verdict.answer, answer);
    ck_assert_uint_eq(verdict.spell_count, answer != TDM_NOT_MET);
    return answer == TDM_NOT_MET ? (tdm__spell){0} : verdict.spells[0];
}

/* Due on Wednesday the 19th; answered on Monday the 24th, three working days late. */
START_TEST(an_answer_comes_late)
{
    static const story_row rows[] = {
        {.from = DAY(0), .kind = "concern", .agency = "school"},
        {.from = DAY(12), .kind = "strategy-discussion", .agency = "police"},
    };
    tdm_span within = {TDM_SPAN_WORKING_DAYS, 5};
    story s;
    ask_unanswered(&s, rows, 1, DAY(7), TDM_NOT_MET, within, 1);
    story_close(&s);
    tdm__spell spell = ask_unanswered(&s, rows, 1, DAY(8), TDM_MET, within, 1);
    ck_assert(spell.open && spell.to == DAY(8) && spell.first_met == DAY(8) && spell.row_count == 1);
    ck_assert_int_eq(spell.late.by.certain, 1);
    story_close(&s);
    spell = ask_unanswered(&s, rows, 2, DAY(40), TDM_MET, within, 1);
    ck_assert(!spell.open && spell.first_met == DAY(8) && spell.row_count == 2);
    ck_assert(spell.from == DAY(0) && spell.to == DAY(12) && spell.first.from == DAY(0));
    ck_assert_int_eq(spell.last.from, DAY(12));
    ck_assert_int_eq(spell.last.to, DAY(12));
    ck_assert_uint_eq(spell.agencies, 2);
    ck_assert(spell.late.known && spell.late.unit == TDM_SPAN_WORKING_DAYS);
    ck_assert_int_eq(spell.late.by.certain, 3);
    ck_assert_int_eq(spell.late.by.possible, 3);
    ck_assert(spell.count.certain == 1 && spell.count.possible == 1);
    story_close(&s);
}
END_TEST

/* In August 2005 the bank holidays are not known; they need not be while the time is surely not over. */
START_TEST(unknown_holidays_are_not_guessed)
{
    static const struct {
        tdm_day days_later;
        tdm_status status;
    } asked[] = {{5, TDM_OK}, {6, TDM_UNKNOWN_PERIOD}};
    static const story_row rows[] = {{.from = 13000, .kind = "concern", .agency = "school"},
                                     {.from = 13000, .kind = "cp-plan-start", .agency = "school"}};
    for (int i = 0; i < 2; i++) {
        story s;
        tdm__verdict verdict;
        tdm__episodes *plans;
        story_open(&s, rows, 2, rows[0].from + asked[i].days_later);
        tdm_span five = {TDM_SPAN_WORKING_DAYS, 5};
        tdm__unanswered rule = {story_select(&s, "visit"), five, {TDM_SPAN_DAYS, 0}, 1};
        ck_assert_int_eq(
            tdm__selection_unanswered(&verdict, story_select(&s, "concern"), &rule, holidays, NULL),
            asked[i].status);
        ck_assert_int_eq(tdm__episodes_new(&plans, s.history, TDM_NO_INDEX, NULL, 0, NULL), TDM_OK);
        tdm__absent absence = {.over = five, .during = plans, .level_at_most = TDM_LADDER_MAX};
        ck_assert_int_eq(tdm__selection_absent(&verdict, story_select(&s, "visit"), &absence, holidays, NULL),
                         asked[i].status);
        story_close(&s);
    }
}
END_TEST

/* One discussion, some day from the 2nd to the 11th after the first concern, cannot be in time for both. */
START_TEST(one_answer_does_not_do_for_two)
{
    static const story_row rows[] = {
        {.from = DAY(0), .kind = "concern", .agency = "school"},
        {.from = DAY(2), .to = DAY(11), .kind = "strategy-discussion", .agency = "police"},
        {.from = DAY(10), .kind = "concern", .agency = "school"},
    };
    tdm_span within = {TDM_SPAN_DAYS, 3};
    story s;
    tdm__spell spell = ask_unanswered(&s, rows, 3, DAY(30), TDM_MET, within, 1);
    ck_assert(spell.answer == TDM_MET && spell.first_met == DAY(14) && spell.row_count == 3);
    ck_assert(spell.count.certain == 1 && spell.count.possible == 2);
    story_close(&s);
}
END_TEST

/* Two agencies' entries a day apart may tell one injury. */
START_TEST(a_found_group_is_unanswered_once)
{
    static const story_row rows[] = {
        {.from = DAY(0), .kind = "injury", .agency = "school"},
        {.from = DAY(1), .kind = "injury", .agency = "gp"},
    };
    story s;
    tdm__spell spell = ask_unanswered(&s, rows, 2, DAY(30), TDM_MET, (tdm_span){TDM_SPAN_DAYS, 3}, 1);
    ck_assert(spell.may_be_fewer && spell.first_met == DAY(4) && spell.row_count == 2);
    ck_assert(spell.count.certain == 1 && spell.count.possible == 2);
    story_close(&s);
    ask_unanswered(&s, rows, 2, DAY(30), TDM_POSSIBLE, (tdm_span){TDM_SPAN_DAYS, 3}, 2);
    story_close(&s);
}
END_TEST

static tdm__verdict ask_visits(story *s, const story_row *rows, size_t count, tdm_day as_of)
{
    tdm__verdict verdict;
    tdm__episodes *plans;
    story_open(s, rows, count, as_of);
    ck_assert_int_eq(tdm__episodes_new(&plans, s->history, TDM_NO_INDEX, NULL, 0, NULL), TDM_OK);
    tdm__absent rule = {
        .over = {TDM_SPAN_WORKING_DAYS, 10}, .during = plans, .level_at_most = TDM_LADDER_MAX};
    ck_assert_int_eq(tdm__selection_absent(&verdict, story_select(s, "visit"), &rule, holidays, NULL),
                     TDM_OK);
    return verdict;
}

/* Seen on Monday the 17th, so again by Monday the 31st; seen on 14 February. The last day of a stretch before
 * that is Friday the 11th, nine working days after the 31st. */
START_TEST(a_child_on_a_plan_is_not_seen)
{
    static const story_row rows[] = {
        {.from = DAY(0), .kind = "cp-plan-start", .agency = "childrens-social-care"},
        {.from = DAY(5), .kind = "visit", .agency = "childrens-social-care"},
        {.from = DAY(33), .kind = "visit", .agency = "childrens-social-care"},
    };
    story s;
    tdm__verdict verdict = ask_visits(&s, rows, 3, DAY(40));
    ck_assert(verdict.answer == TDM_MET && verdict.spell_count == 1);
    const tdm__spell *spell = &verdict.spells[0];
    ck_assert(spell->first_met == DAY(20) && !spell->open && spell->to == DAY(30));
    ck_assert(spell->first.from == DAY(5) && spell->from == DAY(5) && spell->row_count == 1);
    ck_assert(spell->late.unit == TDM_SPAN_WORKING_DAYS && spell->late.by.certain == 9);
    ck_assert_int_eq(spell->late.by.possible, 9);
    story_close(&s);
    verdict = ask_visits(&s, rows, 2, DAY(19));
    ck_assert_int_eq(verdict.answer, TDM_NOT_MET);
    story_close(&s);
    verdict = ask_visits(&s, rows, 1, DAY(15)); /* due on Wednesday the 26th */
    ck_assert(verdict.answer == TDM_MET && verdict.spells[0].first_met == DAY(15));
    ck_assert(verdict.spells[0].open && verdict.spells[0].to == DAY(15) && verdict.spells[0].row_count == 1);
    ck_assert(verdict.spells[0].first.from == DAY(0));
    story_close(&s);
    verdict = ask_visits(&s, rows, 1, DAY(14));
    ck_assert_int_eq(verdict.answer, TDM_NOT_MET);
    story_close(&s);
}
END_TEST

/* Wherever in January and February the one visit lies, three weeks pass without. */
START_TEST(a_doubtful_visit_leaves_a_gap_all_the_same)
{
    static const story_row rows[] = {
        {.from = DAY(0), .kind = "cp-plan-start", .agency = "childrens-social-care"},
        {.from = DAY(1), .to = DAY(44), .kind = "visit", .agency = "childrens-social-care"},
    };
    story s;
    tdm__verdict verdict = ask_visits(&s, rows, 2, DAY(45));
    ck_assert(verdict.answer == TDM_MET && verdict.spell_count == 1);
    ck_assert(verdict.spells[0].row_count == 2 && verdict.spells[0].first_met == DAY(45));
    ck_assert_int_eq(verdict.spells[0].late.by.certain, 0);
    story_close(&s);
}
END_TEST

/* Seen on the 17th, and once more some day from the 15th to 4 March: the spell goes back to the 17th, and
 * both visits are shown. */
START_TEST(a_doubtful_visit_hides_none_before_it)
{
    static const story_row rows[] = {
        {.from = DAY(0), .kind = "cp-plan-start", .agency = "childrens-social-care"},
        {.from = DAY(5), .kind = "visit", .agency = "childrens-social-care"},
        {.from = DAY(3), .to = DAY(51), .kind = "visit", .agency = "childrens-social-care"},
    };
    story s;
    tdm__verdict verdict = ask_visits(&s, rows, 3, DAY(60));
    ck_assert(verdict.answer == TDM_MET && verdict.spell_count == 1);
    ck_assert(verdict.spells[0].first.from == DAY(5) && verdict.spells[0].first.to == DAY(5));
    ck_assert_uint_eq(verdict.spells[0].row_count, 2);
    story_close(&s);
}
END_TEST

/* No visit after that of 17 January; asked from 1 February on, with and without an episode. */
START_TEST(what_lies_before_a_day_is_not_asked)
{
    static const story_row rows[] = {
        {.from = DAY(0), .kind = "cp-plan-start", .agency = "childrens-social-care"},
        {.from = DAY(5), .kind = "visit", .agency = "childrens-social-care"},
    };
    const tdm_day from = DAY(20);
    for (int with_episodes = 0; with_episodes < 2; with_episodes++) {
        story s;
        tdm__episodes *episodes;
        tdm__verdict verdict;
        story_open(&s, rows, 2, DAY(40));
        ck_assert_int_eq(tdm__episodes_new(&episodes, s.history, TDM_NO_INDEX, NULL, 0, NULL), TDM_OK);
        tdm__absent rule = {.over = {TDM_SPAN_DAYS, 10},
                            .during = with_episodes ? episodes : NULL,
                            .level_at_most = TDM_LADDER_MAX,
                            .from = &from};
        ck_assert_int_eq(tdm__selection_absent(&verdict, story_select(&s, "visit"), &rule, holidays, NULL),
                         TDM_OK);
        ck_assert(verdict.answer == TDM_MET && verdict.spell_count == 1);
        const tdm__spell *spell = &verdict.spells[0];
        ck_assert(spell->first.from == from && spell->first.to == from);
        ck_assert(spell->first_met == DAY(31) && spell->open && spell->row_count == 1);
        story_close(&s);
    }
}
END_TEST

Suite *absence_suite(void)
{
    Suite *suite = suite_create("absence");
    TCase *tests = tcase_create("absence");
    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, read_holidays, free_holidays);
    tcase_add_test(tests, unanswered_is_exact);
    tcase_add_test(tests, absent_keeps_to_its_side);
    tcase_add_test(tests, an_answer_comes_late);
    tcase_add_test(tests, unknown_holidays_are_not_guessed);
    tcase_add_test(tests, one_answer_does_not_do_for_two);
    tcase_add_test(tests, a_found_group_is_unanswered_once);
    tcase_add_test(tests, a_child_on_a_plan_is_not_seen);
    tcase_add_test(tests, a_doubtful_visit_leaves_a_gap_all_the_same);
    tcase_add_test(tests, a_doubtful_visit_hides_none_before_it);
    tcase_add_test(tests, what_lies_before_a_day_is_not_asked);
    suite_add_tcase(suite, tests);
    return suite;
}
