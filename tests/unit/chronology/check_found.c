/*
 * Entries that may tell one incident: which are found, what they contradict, and what each measure makes
 * of them, worked out by hand. The measures are compared with all worlds in the files of their own.
 */
#include "chronology/brute.h"
#include "chronology/suites.h"

#define D ((tdm_day)19000)
#define MISSED(day, who)                                                                                     \
    {                                                                                                        \
        .from = D + (day), .kind = "was-not-brought", .agency = (who)                                        \
    }
#define INJURY(day, who)                                                                                     \
    {                                                                                                        \
        .from = D + (day), .kind = "injury", .agency = (who)                                                 \
    }

typedef struct found_case {
    const char *name;
    story_row rows[6];
    const char *expected; /* a letter a row: the same one for rows of one group; '.': in none */
} found_case;

static const found_case found_cases[] = {
    {"three agencies, one day", {MISSED(0, "hospital"), MISSED(0, "gp"), MISSED(0, "school")}, "aaa"},
    {"one agency twice: two by its own count", {MISSED(0, "gp"), MISSED(0, "gp")}, ".."},
    {"two and two of two agencies",
     {MISSED(0, "gp"), MISSED(0, "gp"), MISSED(0, "hospital"), MISSED(0, "hospital")},
     "abab"},
    {"no tolerance for appointments", {MISSED(0, "hospital"), MISSED(1, "gp")}, ".."},
    {"two days for injuries", {INJURY(0, "school"), INJURY(2, "gp")}, "aa"},
    {"not three", {INJURY(0, "school"), INJURY(3, "gp")}, ".."},
    {"no chain: the third is too far from the first",
     {INJURY(0, "school"), INJURY(2, "gp"), INJURY(4, "police")},
     "aa."},
    {"the closest first", {INJURY(0, "school"), INJURY(1, "gp"), INJURY(1, "police")}, "aaa"},
    {"the closest first, whoever came before",
     {INJURY(0, "school"), INJURY(2, "gp"), INJURY(3, "police")},
     ".aa"},
    {"one kind before two",
     {{.from = D, .kind = "icpc", .agency = "childrens-social-care"},
      {.from = D, .kind = "core-group", .agency = "childrens-social-care"},
      {.from = D, .kind = "core-group", .agency = "school"},
      {.from = D, .kind = "icpc", .agency = "school"}},
     "abba"},
    {"two kinds of one group, the larger tolerance",
     {{.from = D, .kind = "ed-attendance", .agency = "hospital"}, INJURY(2, "school")},
     "aa"},
    {"the smaller one where no other is there",
     {{.from = D, .kind = "ed-attendance", .agency = "hospital"},
      {.from = D + 2, .kind = "ed-attendance", .agency = "gp"}},
     ".."},
    {"two groups of kinds", {MISSED(0, "hospital"), INJURY(0, "gp")}, ".."},
    {"what each sees for itself",
     {{.from = D, .kind = "hygiene-concern", .agency = "school"},
      {.from = D, .kind = "hygiene-concern", .agency = "gp"}},
     ".."},
    {"intervals that meet",
     {{.from = D, .to = D + 9, .kind = "injury", .agency = "school"}, INJURY(11, "gp")},
     "aa"},
    {"intervals that do not",
     {{.from = D, .to = D + 9, .kind = "injury", .agency = "school"}, INJURY(12, "gp")},
     ".."},
    {"known days before a vague one",
     {{.from = D - 60, .to = D + 60, .kind = "injury", .agency = "school"},
      INJURY(0, "school"),
      INJURY(0, "gp")},
     ".aa"},
    {"a vague one behind a short one",
     {{.from = D, .to = D + 60, .kind = "injury", .agency = "school"}, INJURY(5, "school"), INJURY(40, "gp")},
     "a.a"},
    {"an undated entry",
     {{.from = TDM_DAY_BEFORE_ALL, .to = TDM_DAY_AFTER_ALL, .kind = "injury", .agency = "school"},
      INJURY(0, "gp")},
     ".."},
    {"stated already", {INJURY(0, "school"), INJURY(0, "school"), INJURY(0, "gp")}, "a.a"},
    {"what is stated goes together",
     {{.from = D, .kind = "injury", .agency = "school", .incident = "i"},
      {.from = D, .kind = "injury", .agency = "gp", .incident = "i"},
      INJURY(0, "police"),
      INJURY(1, "gp")},
     "aaa."},
    {"a stated incident alone",
     {{.from = D, .kind = "injury", .agency = "school", .incident = "i"},
      {.from = D, .kind = "injury", .agency = "gp", .incident = "i"}},
     ".."},
};

static char letter_of(const story *s, uint32_t row)
{
    uint32_t found = s->history->incidents[s->history->rows[row].incident].found;
    return found == TDM_NO_INDEX ? '.' : (char)('a' + found);
}

START_TEST(which_may_be_one)
{
    const found_case *row = &found_cases[_i];
    size_t count = strlen(row->expected);
    story s;
    story_open(&s, row->rows, count, D + 100);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < count; k++) {
            char a = row->expected[story_row_of(&s, i)], b = row->expected[story_row_of(&s, k)];
            ck_assert_msg((letter_of(&s, i) == '.') == (a == '.'), "%s: row %zu", row->name,
                          story_row_of(&s, i));
            ck_assert_msg(a == '.' || (letter_of(&s, i) == letter_of(&s, k)) == (a == b),
                          "%s: rows %zu and %zu", row->name, story_row_of(&s, i), story_row_of(&s, k));
        }
    story_close(&s);
}
END_TEST

/* --- the groups of many rows: everything the rules promise, and nothing left that they would allow --- */

static bool same_agency(const tdm_history *h, uint32_t a, uint32_t b)
{
    const tdm__columns *k = &h->chronology->columns;
    return k->agency[h->rows[a].event] == k->agency[h->rows[b].event];
}

static bool rows_fit(const tdm_history *h, uint32_t a, uint32_t b)
{
    const tdm__columns *k = &h->chronology->columns;
    const tdm__kind *x = &vocabulary()->kinds[k->kind[h->rows[a].event]];
    const tdm__kind *y = &vocabulary()->kinds[k->kind[h->rows[b].event]];
    int32_t days = x->tolerance_days > y->tolerance_days ? x->tolerance_days : y->tolerance_days;
    return !same_agency(h, a, b) && x->incident_group != TDM_NO_INDEX &&
           x->incident_group == y->incident_group && h->rows[a].from <= h->rows[b].to + days &&
           h->rows[b].from <= h->rows[a].to + days;
}

/* Whether two rows are in one group, or are one row. */
static bool together(const tdm_history *h, uint32_t a, uint32_t b)
{
    uint32_t found = h->incidents[h->rows[a].incident].found;
    return a == b || (found != TDM_NO_INDEX && found == h->incidents[h->rows[b].incident].found);
}

static bool could_be_joined(const tdm_history *h, uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < h->row_count; i++)
        for (uint32_t k = 0; k < h->row_count; k++)
            if (together(h, a, i) && together(h, b, k) && !rows_fit(h, i, k))
                return false;
    return true;
}

START_TEST(groups_keep_their_promise)
{
    static const char *const kinds[] = {"injury", "ed-attendance", "injury", "concern", "visit"};
    static const char *const agencies[] = {"police", "school", "gp", "hospital"};
    long groups = 0;
    for (uint64_t seed = 0; seed < 400; seed++) {
        story_row rows[30] = {{0}};
        story s;
        uint64_t state = seed;
        uint32_t count;
        for (int i = 0; i < 30; i++) {
            rows[i] = (story_row){.from = D + random_below(&state, 30),
                                  .kind = kinds[random_below(&state, 5)],
                                  .agency = agencies[random_below(&state, 4)]};
            rows[i].to = random_below(&state, 4) == 0 ? rows[i].from + random_below(&state, 6) : 0;
        }
        story_open(&s, rows, 30, D + 100);
        const tdm_history *h = s.history;
        const tdm__found_group *found = tdm__history_found_groups(h, &count);
        for (uint32_t i = 0; i < count; i++, groups++) {
            ck_assert_uint_ge(found[i].row_count, 2);
            ck_assert(i == 0 || found[i - 1].rows[0] < found[i].rows[0]);
            for (uint32_t k = 0; k < found[i].row_count; k++)
                ck_assert_uint_eq(h->incidents[h->rows[found[i].rows[k]].incident].found, i);
        }
        for (uint32_t a = 0; a < h->row_count; a++)
            for (uint32_t b = 0; b < a; b++)
                ck_assert_msg(together(h, a, b) ? rows_fit(h, a, b) : !could_be_joined(h, a, b),
                              "seed %llu: rows %u and %u", (unsigned long long)seed, b, a);
        story_close(&s);
    }
    ck_assert_int_gt(groups, 1000);
}
END_TEST

/* The order of the rows in the files decides nothing where no two are alike: of one agency on one day. */
START_TEST(the_order_of_the_files_decides_nothing)
{
    static const char *const agencies[] = {"police", "school", "gp"};
    for (uint64_t seed = 0; seed < 200; seed++) {
        story_row rows[12] = {{0}}, turned[12];
        story s, t;
        uint64_t state = seed;
        int count = 0;
        for (int day = 0; day < 8; day++)
            for (int who = 0; who < 3 && count < 12; who++)
                if (random_below(&state, 2))
                    rows[count++] = (story_row)INJURY(3 * (day / 2) + day % 2, agencies[who]);
        for (int i = 0; i < count; i++)
            turned[i] = rows[count - 1 - i];
        story_open(&s, rows, (size_t)count, D + 100);
        story_open(&t, turned, (size_t)count, D + 100);
        ck_assert_uint_eq(s.history->found_group_count, t.history->found_group_count);
        for (uint32_t i = 0; i < s.history->row_count; i++)
            for (uint32_t k = 0; k < t.history->row_count; k++)
                for (uint32_t j = 0; j < s.history->row_count; j++)
                    for (uint32_t l = 0; l < t.history->row_count; l++)
                        if (story_row_of(&s, i) == (size_t)count - 1 - story_row_of(&t, k) &&
                            story_row_of(&s, j) == (size_t)count - 1 - story_row_of(&t, l))
                            ck_assert_msg(together(s.history, i, j) == together(t.history, k, l), "seed %llu",
                                          (unsigned long long)seed);
        story_close(&s);
        story_close(&t);
    }
}
END_TEST

/* --- what they contradict --- */

START_TEST(contradictions)
{
    static const story_row rows[] = {
        {.from = D, .kind = "injury", .agency = "school", .fact = "service", .value = "a"},
        {.from = D + 1, .kind = "injury", .agency = "gp", .fact = "service", .value = "b"},
        {.from = D, .to = D + 1, .kind = "injury", .agency = "police", .fact = "reason", .value = "b"},
        {.from = D + 40, .kind = "injury", .agency = "school", .fact = "service", .value = "a"},
        {.from = D + 40, .kind = "injury", .agency = "gp", .fact = "service", .value = "a"},
        {.from = D + 60, .agency = "school", .incident = "i"},
        {.from = D + 62, .agency = "gp", .incident = "i"},
    };
    story s;
    uint32_t count;
    size_t listed;
    tdm__contradiction *list;
    story_open(&s, rows, 7, D + 100);
    const tdm__found_group *found = tdm__history_found_groups(s.history, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_uint_eq(found[0].row_count, 3);
    ck_assert(found[0].dates_differ && !found[1].dates_differ);
    ck_assert_int_eq(
        tdm__history_contradictions(&list, &listed, s.history, found[0].rows, found[0].row_count), TDM_OK);
    ck_assert_uint_eq(listed, 2);
    for (size_t i = 0; i < listed; i++) {
        ck_assert_uint_eq(story_row_of(&s, list[i].other) + story_row_of(&s, list[i].row), 1);
        ck_assert_uint_lt(list[i].other, list[i].row);
    }
    ck_assert_uint_eq(list[0].key, TDM_NO_INDEX);
    ck_assert_uint_eq(list[1].key, tdm__vocabulary_fact(vocabulary(), TDM_LIT("service")));
    ck_assert_int_eq(
        tdm__history_contradictions(&list, &listed, s.history, found[1].rows, found[1].row_count), TDM_OK);
    ck_assert_uint_eq(listed, 0);
    uint32_t stated[2] = {s.history->row_count - 2, s.history->row_count - 1};
    ck_assert_int_eq(tdm__history_contradictions(&list, &listed, s.history, stated, 2), TDM_OK);
    ck_assert_uint_eq(listed, 1);
    ck_assert_uint_eq(list[0].key, TDM_NO_INDEX);
    story_close(&s);
}
END_TEST

/* --- by hand --- */

typedef struct rule_case {
    const char *name;
    story_row rows[6];
    size_t count;
    int32_t n;
    tdm_span within;
    int32_t agencies;
    tdm_answer answer;
    int32_t certain, possible; /* counted by the first spell */
    tdm_day first_met;         /* from D; only where it is met */
} rule_case;

static const rule_case rule_cases[] = {
    {"three agencies tell one missed appointment",
     {MISSED(0, "hospital"), MISSED(0, "gp"), MISSED(0, "school")},
     3,
     2,
     {TDM_SPAN_MONTHS, 12},
     1,
     TDM_POSSIBLE,
     1,
     3,
     0},
    {"once is certain however often it is told",
     {MISSED(0, "hospital"), MISSED(0, "gp"), MISSED(0, "school")},
     3,
     1,
     {TDM_SPAN_MONTHS, 12},
     1,
     TDM_MET,
     1,
     3,
     0},
    {"and a second one",
     {MISSED(0, "hospital"), MISSED(0, "gp"), MISSED(50, "school")},
     3,
     2,
     {TDM_SPAN_MONTHS, 12},
     1,
     TDM_MET,
     2,
     3,
     50},
    {"two of the hospital are two, whatever the surgery tells",
     {MISSED(0, "hospital"), MISSED(0, "hospital"), MISSED(0, "gp"), MISSED(0, "school")},
     4,
     2,
     {TDM_SPAN_MONTHS, 12},
     1,
     TDM_MET,
     2,
     4,
     0},
    {"agencies are those who tell it",
     {MISSED(0, "hospital"), MISSED(0, "gp")},
     2,
     1,
     {TDM_SPAN_MONTHS, 12},
     2,
     TDM_MET,
     1,
     2,
     0},
    {"one more telling takes nothing away: the gp's day alone makes two in three days",
     {INJURY(0, "school"), INJURY(2, "gp"), INJURY(4, "gp")},
     3,
     2,
     {TDM_SPAN_DAYS, 3},
     1,
     TDM_MET,
     2,
     3,
     4},
    {"in doubt whether it counts, and told twice",
     {{.from = D, .kind = "injury", .agency = "school", .uncertain = true}, INJURY(0, "gp")},
     2,
     1,
     {TDM_SPAN_DAYS, 3},
     1,
     TDM_MET,
     1,
     2,
     0},
    {"a doubtful day that may be the same",
     {{.from = D, .to = D + 5, .kind = "injury", .agency = "school"}, INJURY(3, "gp"), INJURY(20, "gp")},
     3,
     3,
     {TDM_SPAN_MONTHS, 1},
     1,
     TDM_POSSIBLE,
     2,
     3,
     0},
};

START_TEST(so_often_within)
{
    const rule_case *row = &rule_cases[_i];
    story s;
    tdm__verdict verdict;
    tdm__at_least rule = {
        .n = row->n, .within = row->within, .agencies = row->agencies, .level_at_most = TDM_LADDER_MAX};
    story_open(&s, row->rows, row->count, D + 400);
    ck_assert_int_eq(tdm__selection_at_least(&verdict, story_select(&s, NULL), &rule, NULL, NULL), TDM_OK);
    ck_assert_msg(verdict.answer == row->answer, "%s: %s", row->name, tdm_answer_code(verdict.answer));
    ck_assert_uint_eq(verdict.spell_count, 1);
    ck_assert_int_eq(verdict.spells[0].count.certain, row->certain);
    ck_assert_int_eq(verdict.spells[0].count.possible, row->possible);
    ck_assert_uint_eq(verdict.spells[0].row_count, row->count);
    ck_assert(verdict.spells[0].may_be_fewer);
    ck_assert_int_eq(verdict.spells[0].first_met, row->answer == TDM_MET ? D + row->first_met : TDM_DAY_NONE);
    story_close(&s);
}
END_TEST

/* Told by two on one day, and once more ten days later: two or three, two at most or three in a window of
 * eleven days, a gap of ten days either way, a load of 1.5 or 2.5 with half life ten on the last day. */
START_TEST(numbers)
{
    static const story_row rows[] = {INJURY(0, "school"), INJURY(0, "gp"), INJURY(10, "gp")};
    static const story_row pair[] = {INJURY(0, "school"), INJURY(2, "gp")};
    story s;
    tdm_bounds b;
    story_open(&s, rows, 3, D + 100);
    tdm_selection *all = story_select(&s, NULL);
    b = tdm_selection_count(all);
    ck_assert(b.certain == 2 && b.possible == 3);
    ck_assert_int_eq(tdm__selection_max_in(&b, all, (tdm_span){TDM_SPAN_DAYS, 11}, NULL, NULL), TDM_OK);
    ck_assert(b.certain == 2 && b.possible == 3);
    ck_assert_int_eq(tdm__selection_longest_gap(&b, all, NULL), TDM_OK);
    ck_assert(b.certain == 10 && b.possible == 10);
    ck_assert_int_eq(tdm__selection_decayed(&b, all, D + 10, 10, false, NULL), TDM_OK);
    ck_assert(b.certain == 1500000 && b.possible == 2000000);
    ck_assert_int_eq(story_try_select(&all, &s, NULL, 0, true), TDM_OK);
    b = tdm_selection_count(all); /* rows: no guess about incidents */
    ck_assert(b.certain == 3 && b.possible == 3);
    story_close(&s);
    story_open(&s, pair, 2, D + 100); /* one incident has no gap and no span */
    ck_assert_int_eq(tdm__selection_longest_gap(&b, story_select(&s, NULL), NULL), TDM_OK);
    ck_assert(b.certain == 0 && b.possible == 2);
    ck_assert_int_eq(tdm__selection_span_days(&b, story_select(&s, NULL), NULL), TDM_OK);
    ck_assert(b.certain == 0 && b.possible == 2);
    story_close(&s);
}
END_TEST

/* A plan told by two agencies, three days apart, is no second plan for certain; one years later is. */
START_TEST(it_does_not_follow_itself)
{
    static const story_row rows[] = {
        {.from = D, .kind = "cp-plan-start", .agency = "childrens-social-care"},
        {.from = D + 3, .kind = "cp-plan-start", .agency = "school"},
        {.from = D + 900, .kind = "cp-plan-start", .agency = "school"},
    };
    for (size_t count = 2; count <= 3; count++) {
        story s;
        tdm__verdict verdict;
        tdm_selection *after;
        story_open(&s, rows, count, D + 1000);
        tdm_selection *starts = story_select(&s, NULL);
        tdm__follows rule = {starts, {TDM_SPAN_DAYS, 0}};
        ck_assert_int_eq(tdm__selection_follows(&verdict, starts, &rule, NULL, NULL), TDM_OK);
        ck_assert_int_eq(verdict.answer, count == 2 ? TDM_POSSIBLE : TDM_MET);
        ck_assert_int_eq(tdm__selection_after(&after, starts, starts, rule.within, NULL, NULL), TDM_OK);
        ck_assert_uint_eq(after->count, count - 1);
        ck_assert(after->members[0].doubtful);
        ck_assert(count == 2 || !after->members[1].doubtful);
        story_close(&s);
    }
}
END_TEST

/* Four tellings of two incidents against one before: twice as many for certain, four times perhaps. */
START_TEST(rising)
{
    static const story_row rows[] = {INJURY(0, "gp"), INJURY(40, "school"), INJURY(41, "gp"),
                                     INJURY(50, "school"), INJURY(51, "gp")};
    story s;
    tdm__verdict verdict;
    story_open(&s, rows, 5, D + 55);
    for (int32_t times = 1; times <= 5; times++) {
        tdm__rise rule = {{TDM_SPAN_DAYS, 30}, times, 1, 2, 1, false};
        ck_assert_int_eq(tdm__selection_rise(&verdict, story_select(&s, NULL), &rule, NULL, NULL), TDM_OK);
        ck_assert_int_eq(verdict.answer, times <= 2 ? TDM_MET : times <= 4 ? TDM_POSSIBLE : TDM_NOT_MET);
    }
    tdm__rise rule = {{TDM_SPAN_DAYS, 30}, 2, 1, 3, 1, false};
    ck_assert_int_eq(tdm__selection_rise(&verdict, story_select(&s, NULL), &rule, NULL, NULL), TDM_OK);
    ck_assert_int_eq(verdict.answer, TDM_POSSIBLE);
    ck_assert_uint_eq(verdict.spell_count, 1);
    ck_assert_int_eq(verdict.spells[0].count.certain, 2);
    ck_assert_int_eq(verdict.spells[0].count.possible, 4);
    story_close(&s);
}
END_TEST

/* Three against two tellings of one: three times as many perhaps, never four times. */
START_TEST(rising_from_one_told_twice)
{
    static const story_row rows[] = {INJURY(0, "gp"), INJURY(1, "school"), INJURY(40, "gp"), INJURY(45, "gp"),
                                     INJURY(50, "gp")};
    story s;
    tdm__verdict verdict;
    story_open(&s, rows, 5, D + 55);
    for (int32_t times = 1; times <= 4; times++) {
        tdm__rise rule = {{TDM_SPAN_DAYS, 30}, times, 1, 3, 0, false};
        ck_assert_int_eq(tdm__selection_rise(&verdict, story_select(&s, NULL), &rule, NULL, NULL), TDM_OK);
        ck_assert_int_eq(verdict.answer, times == 1 ? TDM_MET : times <= 3 ? TDM_POSSIBLE : TDM_NOT_MET);
    }
    story_close(&s);
}
END_TEST

/* More worlds than are gone through: days 0 and 2 may be one incident and the others all on day 3, so that no
 * gap is longer than a day. */
START_TEST(a_short_gap_is_not_certain)
{
    story_row rows[8] = {INJURY(0, "gp"), INJURY(2, "school")};
    story s;
    tdm_bounds gap;
    for (int i = 2; i < 8; i++)
        rows[i] = (story_row){.from = D + 2, .to = D + 400};
    story_open(&s, rows, 8, D + 500);
    ck_assert_int_eq(tdm__selection_longest_gap(&gap, story_select(&s, NULL), NULL), TDM_OK);
    ck_assert_int_le(gap.certain, 1);
    ck_assert_int_eq(gap.possible, 400);
    story_close(&s);
}
END_TEST

/* The school falls silent while two others tell one injury: one concern for certain, two perhaps. */
START_TEST(silence_beside_one_incident)
{
    static const story_row rows[] = {
        {.from = D, .kind = "note", .agency = "school"}, INJURY(50, "gp"), INJURY(51, "police")};
    static const story_coverage coverage[] = {{"school", {D - 100, D + 90}, {0, 0}}, {0}};
    story s;
    tdm__verdict verdict;
    story_open_covered(&s, rows, 3, coverage, D + 90);
    for (int32_t others = 1; others <= 3; others++) {
        tdm__silent rule = {story_agency(&s, "school"), {TDM_SPAN_DAYS, 60}, others, 365};
        ck_assert_int_eq(tdm__selection_silent(&verdict, story_select(&s, "injury"), &rule, NULL, NULL),
                         TDM_OK);
        ck_assert_int_eq(verdict.answer, others == 1 ? TDM_MET : others == 2 ? TDM_POSSIBLE : TDM_NOT_MET);
    }
    story_close(&s);
}
END_TEST

/* Two moves told by two agencies a day apart, a new worker before each: two starts or one. */
START_TEST(starting_again)
{
    static const story_row rows[] = {
        {.from = D, .kind = "allocation"},
        {.from = D + 4, .kind = "house-move", .agency = "childrens-social-care"},
        {.from = D + 5, .kind = "allocation"},
        {.from = D + 5, .kind = "house-move", .agency = "school"},
    };
    story s;
    tdm__verdict verdict;
    story_open(&s, rows, 4, D + 100);
    tdm__restarts rule = {2, {TDM_SPAN_MONTHS, 12}, story_select(&s, "allocation"), 0};
    ck_assert_int_eq(tdm__selection_restarts(&verdict, story_select(&s, "house-move"), &rule, NULL, NULL),
                     TDM_OK);
    ck_assert_int_eq(verdict.answer, TDM_POSSIBLE);
    rule.n = 1;
    ck_assert_int_eq(tdm__selection_restarts(&verdict, story_select(&s, "house-move"), &rule, NULL, NULL),
                     TDM_OK);
    ck_assert_int_eq(verdict.answer, TDM_MET);
    story_close(&s);
}
END_TEST

/* A contact and the referral of the next day may be one start; as a referral it still is new for the start
 * after: then that one and the contact are two, of the same level. Apart, the referral is a start of a higher
 * level, with nothing new after it. */
START_TEST(a_start_that_is_a_trigger)
{
    static const story_row rows[] = {
        {.from = D - 50, .kind = "referral", .agency = "police"},
        {.from = D - 1, .kind = "allocation", .agency = "childrens-social-care"},
        {.from = D, .kind = "contact", .agency = "childrens-social-care"},
        {.from = D + 1, .kind = "referral", .agency = "police"},
        {.from = D + 20, .kind = "contact", .agency = "childrens-social-care"},
    };
    story s;
    tdm__verdict verdict;
    story_open(&s, rows, 5, D + 100);
    ck_assert_uint_eq(s.history->found_group_count, 1);
    tdm__restarts rule = {2, {TDM_SPAN_DAYS, 30}, story_select(&s, "referral allocation"), ~UINT64_C(0)};
    ck_assert_int_eq(
        tdm__selection_restarts(&verdict, story_select(&s, "contact referral"), &rule, NULL, NULL), TDM_OK);
    ck_assert_int_eq(verdict.answer, TDM_POSSIBLE);
    story_close(&s);
}
END_TEST

static tdm_status list_with(const tdm_allocator *allocator)
{
    static const story_row rows[] = {
        {.from = D, .kind = "injury", .agency = "school", .fact = "service", .value = "a"},
        {.from = D + 1, .kind = "injury", .agency = "gp", .fact = "service", .value = "b"}};
    story s;
    tdm__contradiction *list;
    size_t count;
    tdm_status status = story_try(&s, allocator, rows, 2, NULL, D + 10);
    if (status == TDM_OK)
        status = tdm__history_contradictions(&list, &count, s.history, s.history->found_groups[0].rows, 2);
    story_close(&s);
    return status;
}

START_TEST(survives_no_memory)
{
    vocabulary();
    TEST_EVERY_ALLOCATION(list_with);
}
END_TEST

Suite *found_suite(void)
{
    Suite *suite = suite_create("found");
    TCase *tests = tcase_create("found");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, which_may_be_one, 0, (int)(sizeof found_cases / sizeof *found_cases));
    tcase_add_test(tests, groups_keep_their_promise);
    tcase_add_test(tests, the_order_of_the_files_decides_nothing);
    tcase_add_test(tests, contradictions);
    tcase_add_loop_test(tests, so_often_within, 0, (int)(sizeof rule_cases / sizeof *rule_cases));
    tcase_add_test(tests, numbers);
    tcase_add_test(tests, it_does_not_follow_itself);
    tcase_add_test(tests, rising);
    tcase_add_test(tests, rising_from_one_told_twice);
    tcase_add_test(tests, a_short_gap_is_not_certain);
    tcase_add_test(tests, silence_beside_one_incident);
    tcase_add_test(tests, starting_again);
    tcase_add_test(tests, a_start_that_is_a_trigger);
    tcase_add_test(tests, survives_no_memory);
    suite_add_tcase(suite, tests);
    return suite;
}
