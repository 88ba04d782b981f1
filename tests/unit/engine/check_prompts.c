/*
 * What a prompt is made of: answer, current, first day, keys of spells; what is kept where there is
 * none; scores and undated rows beside them.
 */
#include "engine/world.h"

#include <stdio.h>
#include <string.h>

static const world_script two_referrals = {.id = "again", .group = "repeat", .body = REFERRALS_AGAIN};
#define TWO "{\"policy\": 1, \"indicators\": {\"again\": {\"params\": {\"number\": 2}}}}"
#define TEN                                                                                                  \
    "{\"policy\": 1, \"current_days\": 10, \"indicators\": {\"again\": {\"params\": {\"number\": 2}}}}"

/* The last 10 days up to 30 September begin on the 21st, the last 180 on 4 April. */
static const struct {
    const char *policy, *second;
    bool current;
} current_rows[] = {
    {TEN, "2024-09-30", true}, {TEN, "2024-09-21", true},  {TEN, "2024-09-20", false},
    {TWO, "2024-04-04", true}, {TWO, "2024-04-03", false},
};

START_TEST(current_reaches_into_the_last_days)
{
    world w;
    world_row entries[] = {{.occurred = "2024-01-10"}, {.occurred = current_rows[_i].second}};
    world_open(&w, &(world_case){.scripts = &two_referrals,
                                 .script_count = 1,
                                 .policy = current_rows[_i].policy,
                                 .rows = entries,
                                 .row_count = 2});
    ck_assert_uint_eq(w.run->children[0].prompt_count, 1);
    const tdm__prompt *prompt = &w.run->children[0].prompts[0];
    ck_assert_int_eq(prompt->answer, TDM_MET);
    ck_assert_int_eq(prompt->current, current_rows[_i].current);
    ck_assert_int_eq(prompt->spells[0].current, current_rows[_i].current);
    ck_assert_int_eq(prompt->first_met, world_day(current_rows[_i].second));
    ck_assert_int_eq(prompt->spells[0].from, world_day("2024-01-10"));
    ck_assert_int_eq(prompt->spells[0].to, world_day(current_rows[_i].second));
    world_close(&w);
}
END_TEST

START_TEST(a_prompt_that_is_only_possible_has_no_first_day)
{
    world w;
    /* The 12 months from 10 January 2023 include 10 January 2024 and not the 11th. */
    world_row entries[] = {{.occurred = "2023-01-10"}, {.occurred = "2024-01"}};
    world_open(
        &w,
        &(world_case){
            .scripts = &two_referrals, .script_count = 1, .policy = TWO, .rows = entries, .row_count = 2});
    ck_assert_uint_eq(w.run->children[0].prompt_count, 1);
    ck_assert_int_eq(w.run->children[0].prompts[0].answer, TDM_POSSIBLE);
    ck_assert_int_eq(w.run->children[0].prompts[0].first_met, TDM_DAY_NONE);
    world_close(&w);
}
END_TEST

/* The key of the first spell; *spells: how many there are. */
static void key_of(char out[TDM_HEX64_SIZE], const world_script *script, const world_row *entries,
                   size_t count)
{
    world w;
    char policy[128];
    snprintf(policy, sizeof policy,
             "{\"policy\": 1, \"indicators\": {\"%s\": {\"params\": {\"number\": 2}}}}", script->id);
    world_open(
        &w, &(world_case){
                .scripts = script, .script_count = 1, .policy = policy, .rows = entries, .row_count = count});
    const tdm__child_result *child = &w.run->children[w.run->child_count - 1];
    ck_assert_uint_eq(child->prompt_count, 1);
    ck_assert_uint_eq(child->prompts[0].spell_count, 1);
    memcpy(out, child->prompts[0].spells[0].key, TDM_HEX64_SIZE);
    ck_assert_uint_eq(strlen(out), 16);
    world_close(&w);
}

START_TEST(a_spell_that_grows_keeps_its_key)
{
    char first[TDM_HEX64_SIZE], other[TDM_HEX64_SIZE];
    world_row entries[] = {{.occurred = "2024-01-10", .key = 101},
                           {.occurred = "2024-03-01", .key = 102},
                           {.occurred = "2024-05-01", .key = 103}};
    world_row earlier[] = {{.occurred = "2023-12-01", .key = 100}, entries[0], entries[1]};
    world_row sibling[] = {entries[0], entries[1]};
    world_script minor = two_referrals, major = two_referrals, named = two_referrals;
    sibling[0].child = sibling[1].child = "C2";
    minor.version = "1.9.2";
    major.version = "2.0.0";
    named.id = "again-too";
    key_of(first, &two_referrals, entries, 2);
    key_of(other, &two_referrals, entries, 3);
    ck_assert_str_eq(first, other);
    key_of(other, &minor, entries, 2);
    ck_assert_str_eq(first, other);
    key_of(other, &major, entries, 2);
    ck_assert_str_ne(first, other);
    key_of(other, &named, entries, 2);
    ck_assert_str_ne(first, other);
    key_of(other, &two_referrals, sibling, 2);
    ck_assert_str_ne(first, other);
    key_of(other, &two_referrals, earlier, 3);
    ck_assert_str_ne(first, other);
}
END_TEST

/* By group as indicators.md has them: late stands last in the list of files and first in the catalogue. */
static const world_script several[] = {
    {.id = "quiet", .group = "drift"},
    {.id = "lacking",
     .group = "accumulation",
     .body = "return { answer = 'not-assessed', reason = 'no-data' }"},
    {.id = "seen", .group = "seen-and-heard", .needs = "coverage = { days = 30, agencies = 1 }"},
    {.id = "again", .group = "response", .body = REFERRALS_AGAIN},
    {.id = "off", .group = "drift", .body = REFERRALS_AGAIN},
    {.id = "early", .group = "repeat", .body = REFERRALS_AGAIN},
    {.id = "none", .group = "repeat"},
};
#define SEVERAL                                                                                              \
    "{\"policy\": 1, \"indicators\": {\"again\": {\"params\": {\"number\": 1}}, \"off\": {\"on\": false}, "  \
    "\"early\": {\"params\": {\"number\": 1}}}}"

static tdm_str id_of(const world *w, uint32_t indicator)
{
    return w->run->indicators[indicator].indicator->id;
}

static void check_ids(const world *w, const tdm__no_prompt *entries, size_t count, const char *expected)
{
    tdm_str rest = tdm__str(expected);
    for (size_t i = 0; i < count; i++) {
        tdm_str id = tdm__str_split(&rest, ' ');
        ck_assert_msg(tdm__str_equal(id_of(w, entries[i].indicator), id), "%zu is %.*s, expected %.*s", i,
                      TDM_STR_ARGS(id_of(w, entries[i].indicator)), TDM_STR_ARGS(id));
    }
    ck_assert_uint_eq(rest.length, 0);
}

START_TEST(what_gave_no_prompt_is_kept_in_order)
{
    world w;
    bool all = _i == 1;
    world_row entry = {.occurred = "2024-01-10"};
    world_open(&w, &(world_case){.scripts = several,
                                 .script_count = ROWS(several),
                                 .policy = SEVERAL,
                                 .rows = &entry,
                                 .row_count = 1,
                                 .explain_all = all});
    const tdm__child_result *child = &w.run->children[0];
    ck_assert_uint_eq(child->prompt_count, 2);
    ck_assert(tdm__str_equal(id_of(&w, child->prompts[0].indicator), TDM_LIT("early")));
    ck_assert(tdm__str_equal(id_of(&w, child->prompts[1].indicator), TDM_LIT("again")));
    ck_assert_uint_eq(w.run->indicator_count, ROWS(several));
    ck_assert_int_eq(w.run->explain_all, all);
    ck_assert_uint_eq(child->no_prompt_count, all ? 4 : 2);
    check_ids(&w, child->no_prompts, child->no_prompt_count,
              all ? "lacking seen none quiet" : "lacking seen");
    ck_assert_str_eq(child->no_prompts[0].reason, "no-data");
    ck_assert_str_eq(child->no_prompts[1].reason, "not-covered");
    world_close(&w);
}
END_TEST

START_TEST(undated_rows_are_listed_and_feed_nothing)
{
    world w;
    world_row entries[] = {{.occurred = "2024-01-10"}, {.occurred = ""}, {.occurred = ""}};
    world_open(&w, &(world_case){.scripts = &two_referrals,
                                 .script_count = 1,
                                 .policy = TWO,
                                 .rows = entries,
                                 .row_count = 3,
                                 .explain_all = true});
    const tdm__child_result *child = &w.run->children[0];
    ck_assert_uint_eq(child->prompt_count, 0);
    ck_assert_uint_eq(child->undated_count, 2);
    for (size_t i = 0; i < 2; i++) {
        tdm__event event = tdm__chronology_event(w.chronology, child->undated[i]);
        ck_assert_int_eq(event.occurred.from, TDM_DAY_BEFORE_ALL);
    }
    world_close(&w);
}
END_TEST

/* In the order in which the caller has them; as of 30 September 2024. `place` among the scores of C1, -1:
 * not there. */
static const struct {
    const char *id, *child, *date, *recorded;
    int place;
} score_rows[] = {
    {"B", "C1", "2024-05-01", "2024-05-02", 2},  {"hidden-recorded", "C1", "2024-05-01", "2024-10-01", -1},
    {"A", "C1", "2024-05-01", "2024-09-30", 1},  {"hidden-later", "C1", "2024-10-01", NULL, -1},
    {"last", "C1", "2024-09-30", NULL, 4},       {"first", "C1", "2023-01-01", NULL, 0},
    {"elsewhere", "C2", "2023-01-01", NULL, -1}, {"nobody", "C3", "2023-01-01", NULL, -1},
    {"B", "C1", "2024-05-01", "2024-05-03", 3}, /* the same form again: by its place */
};

START_TEST(scores_come_by_date_and_only_those_known_by_then)
{
    world w;
    tdm_instrument *instrument = world_instrument();
    tdm_score *scores[ROWS(score_rows)];
    size_t expected = 0;
    world_row entries[] = {{.occurred = "2024-01-10"}, {.occurred = "2024-01-10", .child = "C2"}};
    for (size_t i = 0; i < ROWS(score_rows); i++)
        scores[i] = world_score(instrument, score_rows[i].id, score_rows[i].child, score_rows[i].date,
                                score_rows[i].recorded);
    world_open(&w, &(world_case){.scripts = &two_referrals,
                                 .script_count = 1,
                                 .rows = entries,
                                 .row_count = 2,
                                 .scores = (const tdm_score *const *)scores,
                                 .score_count = ROWS(scores)});
    for (size_t i = 0; i < ROWS(score_rows); i++)
        if (score_rows[i].place >= 0) {
            ck_assert_msg(w.run->children[0].scores[score_rows[i].place] == scores[i], "%zu", i);
            expected++;
        }
    ck_assert_uint_eq(w.run->children[0].score_count, expected);
    ck_assert_uint_eq(w.run->children[1].score_count, 1);
    world_close(&w);
    for (size_t i = 0; i < ROWS(score_rows); i++)
        tdm_score_free(scores[i]);
    tdm_instrument_free(instrument);
}
END_TEST

/* Home conditions of a child on a day, `present` of the eleven items there. */
static tdm_score *conditions(const tdm_instrument *instrument, const char *child, const char *date,
                             int32_t present)
{
    char json[512], items[160] = "";
    for (int32_t i = 1; i <= 11; i++) {
        size_t length = strlen(items);
        snprintf(items + length, sizeof items - length, "%s\"H%d\": %d", i > 1 ? ", " : "", (int)i,
                 i <= present);
    }
    snprintf(json, sizeof json,
             "{\"instrument\": \"home-conditions\", \"version\": \"1.0.0\", \"id\": \"%s\", \"child\": "
             "\"%s\", \"date\": \"%s\", \"window\": [\"%s\", \"%s\"], \"items\": {%s}}",
             date, child, date, date, date, items);
    return world_score_of(instrument, json);
}

/* From six to two is 4 better; 4 / (2 * square root of 2 * (1 - 0.75)) is 4 / 1.41421 = 2.82842. */
static const world_script looks_at_scores = {
    .id = "looks",
    .body = "local all = child:assessments('home-conditions')\n"
            "if child.id == 'C2' then assert(#all == 1 and all[1]:grade('H') == 11) return nil end\n"
            "assert(#all == 2 and all[1]:grade('H') == 6 and all[2]:grade('H') == 2)\n"
            "assert(#all[1]:concerns() == 6 and table.concat(all[2]:concerns(), ' ') == 'H1 H2')\n"
            "local change = all[1]:compare(all[2])\n"
            "if p.number == 3 then assert(change.index == nil) return nil end\n"
            "assert(change.index > 2.8284 and change.index < 2.8285)"};
#define FIGURES                                                                                              \
    "{\"policy\": 1, \"indicators\": {\"looks\": {\"params\": {\"number\": 2}}}, \"instruments\": "          \
    "{\"home-conditions\": {\"reliability\": {\"reliability\": 0.75, \"standard_deviation\": 2, "            \
    "\"source\": \"a study\"}}}}"

START_TEST(scripts_see_their_childs_scores_and_what_is_known_of_them)
{
    static const char *const policies[] = {FIGURES, NULL};
    world w;
    tdm_instrument *instrument = world_instrument();
    tdm_score *scores[] = {
        conditions(instrument, "C2", "2024-03-01", 11), conditions(instrument, "C1", "2024-09-30", 2),
        conditions(instrument, "C1", "2024-10-01", 0), conditions(instrument, "C1", "2024-03-01", 6)};
    world_row entries[] = {{.occurred = "2024-01-10"}, {.occurred = "2024-01-10", .child = "C2"}};
    world_open(&w, &(world_case){.scripts = &looks_at_scores,
                                 .script_count = 1,
                                 .policy = policies[_i],
                                 .rows = entries,
                                 .row_count = 2,
                                 .explain_all = true,
                                 .scores = (const tdm_score *const *)scores,
                                 .score_count = ROWS(scores)});
    for (size_t i = 0; i < 2; i++) {
        ck_assert_uint_eq(w.run->children[i].no_prompt_count, 1);
        ck_assert_str_eq(w.run->children[i].no_prompts[0].reason, "none-found");
    }
    world_close(&w);
    for (size_t i = 0; i < ROWS(scores); i++)
        tdm_score_free(scores[i]);
    tdm_instrument_free(instrument);
}
END_TEST

Suite *prompts_suite(void)
{
    Suite *suite = suite_create("prompts");
    TCase *tests = tcase_create("prompts");
    tcase_add_loop_test(tests, current_reaches_into_the_last_days, 0, (int)ROWS(current_rows));
    tcase_add_test(tests, a_prompt_that_is_only_possible_has_no_first_day);
    tcase_add_test(tests, a_spell_that_grows_keeps_its_key);
    tcase_add_loop_test(tests, what_gave_no_prompt_is_kept_in_order, 0, 2);
    tcase_add_test(tests, undated_rows_are_listed_and_feed_nothing);
    tcase_add_test(tests, scores_come_by_date_and_only_those_known_by_then);
    tcase_add_loop_test(tests, scripts_see_their_childs_scores_and_what_is_known_of_them, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
