/*
 * Answers kept from one day to the next, against the plain way that asks everything every day: every shipped
 * indicator, and a script for each thing that scripts can look at, over random records with doubtful dates,
 * late and early recording, corrections, replaced returns, siblings and assessments.
 */
#include "engine/kept.h"

#include "engine/needs.h"
#include "engine/policy.h"
#include "engine/world.h"

#include <stdio.h>
#include <string.h>

#ifndef KEPT_STORIES
#define KEPT_STORIES 8
#endif
#define SCRIPTS   TDM_SOURCE_DIR "/scripts"
#define FILES_MAX 96
#define SPAN_DAYS 500

/* --- scripts --- */

/* Bodies that look at one thing each. What is a number is told as one of seven reasons. */
#define TELL(number)                                                                                         \
    "local n = " number "\n"                                                                                 \
    "local reasons = { 'no-data', 'not-covered', 'unknown-period', 'siblings-not-in-stream', "               \
    "'no-calendar', 'not-comparable', 'too-short' }\n"                                                       \
    "return { answer = 'not-assessed', reason = reasons[n % 7 + 1] }"
#define CONCERNS  "child:select { concern = true }"
#define REFERRALS "child:select { kind = 'referral' }"
#define VISITS    "child:select { kind = 'visit' }"
static const char *const probes[] = {
    "return " CONCERNS ":at_least { n = 4, within = { days = 60 }, outcome = 'yes' }",
    "return " CONCERNS ":at_least { n = 2, within = { days = 30 }, agencies = 2, without = " REFERRALS
    ", level_at_most = 2, outcome = 'yes' }",
    "return " CONCERNS ":at_least { n = 2, different = 'kind', within = { days = 40 }, outcome = 'yes' }",
    "return " REFERRALS ":follows { after = " REFERRALS ", within = { days = 90 }, outcome = 'yes' }",
    "return " CONCERNS
    ":rise { over = { days = 60 }, ratio = 2, n = 3, level = 'not-above', outcome = 'yes' }",
    "return " CONCERNS ":silent { over = { days = 30 }, others = 1, outcome = 'yes' }",
    "return child:select { agency = 'school' }:absent { over = { days = 20 }, covered = true, outcome = "
    "'yes' "
    "}",
    "return " REFERRALS ":restarts { n = 2, within = { months = 12 }, triggers = " CONCERNS
    ", outcome = 'yes' }",
    "return child:episodes { name = 'case' }:open_past { spans = { { days = 30 }, { days = 90 } }, outcome = "
    "'yes' }",
    "return " REFERRALS ":unanswered { by = " VISITS ", within = { days = 20 }, outcome = 'yes' }",
    "return " CONCERNS ":unanswered { by = " VISITS
    ", within = { working_days = 10 }, before = { days = 3 }, n = 2, outcome = 'yes' }",
    "return " VISITS ":absent { over = { days = 40 }, during = child:episodes { name = 'case' }, outcome = "
    "'yes' }",
    "return " VISITS ":absent { over = { days = 60 }, others = " CONCERNS
    ", n = 2, level_at_least = 1, outcome = 'yes' }",
    "return " CONCERNS ":in_periods { of = { days = 30 }, periods = 4, n = 3, outcome = 'yes' }",
    "return " CONCERNS
    ":in_periods { of = { months = 1 }, periods = 3, n = 2, level = 'not-above', outcome = 'yes' }",
    "return " REFERRALS ":turns { back = " VISITS ", n = 2, within = { days = 120 }, outcome = 'yes' }",
    "return " CONCERNS ":closing { gaps = 2, outcome = 'yes' }",
    "return " CONCERNS
    ":cusum { baseline = 2, of = { days = 30 }, allowance = 0.5, threshold = 1, outcome = 'yes' }",
    TELL("child:select { kind = 'school-concern' }:load { half_life = 30 }.possible // 1000"),
    TELL(CONCERNS ":decayed(40).possible"),
    TELL("child:level_at(19500).possible + 3 * child:level_at(19600).certain"),
    TELL("#child:covered('school', 19450, 19600) + 5 * #child:covered('police', 19400, 19700)"),
    TELL("#child:could_hold('visit') + 3 * #child:could_hold('attendance-summary')"),
    TELL("(child:has('injury') and 1 or 0) + (child:has('visit', 'referral') and 2 or 0)"),
    TELL("#child:agencies()"),
    "local sum = 0\n"
    "for _, incident in ipairs(child:select { theme = 'neglect' }:columns().incident) do sum = sum + "
    "incident end\n" TELL("sum"),
    TELL("child:select { theme = { 'neglect', 'health' } }:incidents({ 3, 5, 8 }):count().possible"),
    TELL("child:select { theme = 'neglect' }:count().possible"),
    TELL("child:select { agency = 'police' }:count().possible"),
    TELL("child:select { polarity = 'strength', significance = 'low' }:count().possible"),
    TELL("child.as_of // 3"),
    TELL("child.as_of // 50"),
    "local n = 0\n"
    "for _, sibling in ipairs(child:siblings()) do n = n + sibling:select {}:count().possible end\n" TELL(
        "n"),
    TELL("#child:assessments()"),
    TELL("child:evidence(child:assessments()):count().possible"),
    TELL("child:episodes {}:count() + child:episodes { name = 'case' }:open_on(19550).possible"),
    TELL("#child:episodes { name = 'case' }:each()"),
    TELL("child:episodes { name = 'case' }:rows():count().possible"),
    TELL(CONCERNS ":max_in({ days = 30 }).possible + " REFERRALS ":gaps().possible"),
    TELL("(" VISITS ":last() or { to = 0 }).to + (" VISITS ":first() or { from = 0 }).from"),
    TELL(CONCERNS ":spans().possible + " VISITS ":union(" REFERRALS "):count().possible"),
    TELL(CONCERNS ":during(child:episodes {}):count().possible + " CONCERNS ":after(" VISITS
                  ", { days = 20 }):count().certain"),
    TELL(CONCERNS ":minus(child:select { kind = 'hunger-concern' }):count().possible"),
    "return child:in_worlds { rows = { a = " CONCERNS ", b = " VISITS
    " }, outcome = 'yes', rule = function(world) return #world.a > 3 * #world.b end }",
    /* `held` stands in the file: answered without the script while there is no such row. */
    TELL("child:select { kind = 'injury' }:count().possible"),
};

static tdm_str probe_file(tdm__text *text, size_t number)
{
    tdm__text_printf(text,
                     "return { id = 'probe-%zu', version = '1.0.0', group = 'drift', title = 'T', question = "
                     "'Q?', definition = 'D', evidence = { source = 'S', standing = { 'local' } },\n"
                     "needs = {%s}, params = {}, outcomes = { yes = 'Yes.' },\n"
                     "evaluate = function(child, p)\n%s\nend,\n"
                     "examples = { { name = 'E', as_of = '2024-12-31', expect = 'not-met', events = {\n"
                     "{ '2024-01-01', 'referral', 'school' } } } } }\n",
                     number, number + 1 == ROWS(probes) ? "held = { 'injury' }" : "", probes[number]);
    return tdm__text_str(text);
}

typedef struct file_list {
    tdm__arena arena;
    tdm__script_file items[FILES_MAX];
    size_t count;
} file_list;

static void add_folder(file_list *files, const char *folder)
{
    tdm_error error;
    tdm_str *names;
    size_t count;
    ck_assert_int_eq(tdm__folder_list(&names, &count, &files->arena, SCRIPTS, folder, &error), TDM_OK);
    for (size_t i = 0; i < count; i++) {
        tdm__buffer buffer;
        tdm_str path = tdm__path_join(&files->arena, tdm__str(folder), names[i]);
        ck_assert_uint_lt(files->count, FILES_MAX);
        ck_assert_int_eq(tdm__file_read(&buffer, &tdm__malloc_allocator, SCRIPTS, path.data, 1 << 20, &error),
                         TDM_OK);
        tdm_str text = tdm__arena_copy(&files->arena, (tdm_str){buffer.data, buffer.length});
        tdm__free(&tdm__malloc_allocator, buffer.data);
        files->items[files->count++] = (tdm__script_file){path, text};
    }
}

static void add_probes(file_list *files)
{
    for (size_t i = 0; i < ROWS(probes); i++) {
        char name[48];
        tdm__text text;
        tdm__text_init(&text, &tdm__malloc_allocator);
        snprintf(name, sizeof name, "indicators/drift/probe-%zu.lua", i);
        ck_assert_uint_lt(files->count, FILES_MAX);
        files->items[files->count++] =
            (tdm__script_file){tdm__arena_copy(&files->arena, tdm__str(name)),
                               tdm__arena_copy(&files->arena, probe_file(&text, i))};
        tdm__text_free(&text);
    }
}

static bool is_script(tdm_str path)
{
    return path.length > 4 && strcmp(path.data + path.length - 4, ".lua") == 0;
}

static size_t load_instruments(tdm_instrument **out)
{
    static file_list files;
    size_t count = 0;
    tdm_error error;
    files.count = 0;
    tdm__arena_init(&files.arena, &tdm__malloc_allocator);
    add_folder(&files, "instruments");
    for (size_t i = 0; i < files.count; i++)
        if (is_script(files.items[i].name))
            ck_assert_int_eq(
                tdm__instrument_load(&out[count++], &tdm__malloc_allocator, files.items[i], &error), TDM_OK);
    tdm__arena_free(&files.arena);
    return count;
}

/* The shipped indicators and the probes. */
static tdm__catalogue *all_scripts(tdm_instrument **instruments, size_t instrument_count, int64_t steps)
{
    static const char *const folders[] = {"indicators/repeat", "indicators/drift", "indicators/accumulation",
                                          "indicators/response", "indicators/seen-and-heard"};
    tdm__catalogue *catalogue;
    tdm_error error = {0};
    static file_list indicators, lib;
    tdm__script_limits limits = {.steps = steps};
    indicators.count = lib.count = 0;
    tdm__arena_init(&indicators.arena, &tdm__malloc_allocator);
    tdm__arena_init(&lib.arena, &tdm__malloc_allocator);
    for (size_t i = 0; i < ROWS(folders); i++)
        add_folder(&indicators, folders[i]);
    ck_assert_uint_ge(indicators.count, 35);
    add_probes(&indicators);
    add_folder(&lib, "lib");
    tdm__script_ground ground = {world_vocabulary(), world_holidays(), instruments, instrument_count};
    tdm_status status = tdm__catalogue_new(&catalogue, &tdm__malloc_allocator, indicators.items,
                                           indicators.count, lib.items, lib.count, &ground, &limits, &error);
    ck_assert_msg(status == TDM_OK, "%s:%d: %s", error.file, (int)error.line, error.message);
    tdm__arena_free(&indicators.arena);
    tdm__arena_free(&lib.arena);
    return catalogue;
}

/* --- records --- */

static uint32_t below(uint64_t *state, uint32_t bound)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33) % bound;
}

static bool chance(uint64_t *state, uint32_t percent)
{
    return below(state, 100) < percent;
}

static const char *const agencies[] = {"childrens-social-care", "school", "police", "health-visiting"};
static const char *const kinds[] = {"referral",
                                    "referral",
                                    "case-closure",
                                    "visit",
                                    "visit",
                                    "school-concern",
                                    "school-concern",
                                    "hunger-concern",
                                    "hygiene-concern",
                                    "police-incident",
                                    "domestic-abuse-incident",
                                    "was-not-brought",
                                    "assessment-start",
                                    "assessment-end",
                                    "cp-plan-start",
                                    "cp-plan-end",
                                    "strategy-discussion",
                                    "contact",
                                    "s47-start",
                                    "s47-end",
                                    "early-help-start",
                                    "early-help-end",
                                    "supervision",
                                    "allocation",
                                    "strength",
                                    "note",
                                    "injury",
                                    "missing-start",
                                    "missing-end",
                                    "escalation-raised",
                                    "escalation-resolved",
                                    "graded-care-completed",
                                    "tool-completed",
                                    "attendance-summary",
                                    "young-carer-concern",
                                    "child-voice",
                                    "health-visitor-contact",
                                    "mash-check",
                                    "concern",
                                    "birth",
                                    "icpc",
                                    "non-engagement"};
static const tdm_date unknown = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};

static tdm_date random_date(uint64_t *state, tdm_day base)
{
    tdm_day day = base + (tdm_day)below(state, SPAN_DAYS);
    tdm_date date = {day, day, chance(state, 4) ? TDM_DATE_UNCERTAIN : 0};
    uint32_t form = below(state, 100);
    if (form < 15)
        date.to = day + (tdm_day)below(state, 45);
    else if (form < 20)
        date.to = day + 300;
    else if (form < 22)
        date.from = TDM_DAY_BEFORE_ALL;
    else if (form < 24)
        date.to = TDM_DAY_AFTER_ALL;
    return form == 24 ? unknown : date;
}

static void random_row(tdm__builder *builder, uint64_t *state, uint32_t number, tdm_day base)
{
    const tdm__fact_input facts[] = {{TDM_LIT("worker"), TDM_LIT("W1")},
                                     {TDM_LIT("worker"), TDM_LIT("W2")},
                                     {TDM_LIT("instrument"), TDM_LIT("home-conditions")},
                                     {TDM_LIT("stage"), TDM_LIT("2")},
                                     {TDM_LIT("no_further_action"), TDM_LIT("yes")},
                                     {TDM_LIT("sessions_missed"), TDM_LIT("9")}};
    static const char *const ties[] = {"T1", "T2", "T3"};
    tdm__event_input event = {.child = chance(state, 75) ? TDM_LIT("C1") : TDM_LIT("C2"),
                              .occurred = random_date(state, base),
                              .minute = -1,
                              .recorded = TDM_DAY_NONE,
                              .ended = unknown,
                              .source = below(state, 4),
                              .row = number + 1,
                              .kind = world_kind(kinds[below(state, ROWS(kinds))]),
                              .themes = chance(state, 30) ? 1u << below(state, 6) : 0,
                              .polarity = chance(state, 20) ? below(state, 4) : 0,
                              .significance = below(state, 4),
                              .child_seen = below(state, 3),
                              .voice = below(state, 3),
                              .facts = &facts[below(state, ROWS(facts))],
                              .fact_count = chance(state, 50),
                              .row_key = chance(state, 12) ? 1 + below(state, number + 1) : number + 1};
    event.agency = tdm__str(agencies[event.source]);
    if (chance(state, 60) && event.occurred.from != TDM_DAY_BEFORE_ALL)
        event.recorded = event.occurred.from - 5 + (tdm_day)below(state, chance(state, 30) ? 90 : 12);
    if (chance(state, 15))
        event.strings[TDM__INCIDENT] = tdm__str(ties[below(state, ROWS(ties))]);
    if (chance(state, 15))
        event.strings[TDM__EPISODE] = tdm__str(ties[below(state, ROWS(ties))]);
    ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
}

/* Four returns: the second covers some of the time, the third knows of a time without contact, and a fifth
 * replaces the fourth or corrects the first. */
static void random_sources(tdm__builder *builder, uint64_t *state, tdm_day base)
{
    tdm__period covers = {base - 30, base + (tdm_day)below(state, SPAN_DAYS)};
    tdm__period away = {base + 100, base + 160};
    for (size_t i = 0; i < 5; i++) {
        uint32_t number;
        tdm__source_input source = {.name = TDM_LIT("return.csv"),
                                    .id = tdm__str(i == 4 ? "later" : agencies[i]),
                                    .agency = tdm__str(agencies[i % 4]),
                                    .received = base + (tdm_day)(60 * i),
                                    .covers = &covers,
                                    .cover_count = i == 1 || i == 2,
                                    .no_contact = &away,
                                    .no_contact_count = i == 2,
                                    .carries_all = true};
        ck_assert_int_eq(tdm__builder_source(&number, builder, &source), TDM_OK);
    }
    if (chance(state, 30))
        ck_assert_int_eq(tdm__builder_source_replaces(builder, 4, below(state, 4)), TDM_OK);
}

static tdm_chronology *random_record(uint64_t *state, tdm_day base)
{
    tdm__builder *builder;
    tdm_chronology *chronology;
    tdm__diagnostics diagnostics;
    uint32_t rows = 5 + below(state, 40);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, world_vocabulary()), TDM_OK);
    random_sources(builder, state, base);
    for (size_t i = 0; i < 2; i++) {
        tdm_day born = base - 200 + (tdm_day)below(state, 400);
        tdm__child_input child = {.id = tdm__str(i == 0 ? "C1" : "C2"),
                                  .born = {born, born, 0},
                                  .expected = unknown,
                                  .died = unknown,
                                  .household = TDM_LIT("H")};
        ck_assert_int_eq(tdm__builder_child(builder, &child), TDM_OK);
    }
    for (uint32_t i = 0; i < rows; i++)
        random_row(builder, state, i, base);
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_freeze(&chronology, builder, &diagnostics), TDM_OK);
    tdm__diagnostics_free(&diagnostics);
    tdm__builder_free(builder);
    return chronology;
}

/* --- the two ways --- */

typedef struct way {
    tdm__asker asker;
    tdm__run_options options;
    tdm__arena scratch;
    tdm_history *history;
    tdm__at_hand *at_hand;
} way;

typedef struct tally {
    size_t asked, kept, told[TDM_MET + 1];
} tally;

static void begin_day(way *w, uint32_t child, tdm_day day)
{
    tdm__arena_reset(&w->scratch);
    w->options.as_of = day;
    w->asker.options = &w->options;
    w->asker.scratch = &w->scratch;
    ck_assert_int_eq(tdm__history_new(&w->history, &w->scratch, w->asker.chronology, child, day, NULL),
                     TDM_OK);
    ck_assert_int_eq(tdm__asker_begin(&w->asker), TDM_OK);
    w->at_hand = tdm__arena_array(&w->scratch, 1, sizeof *w->at_hand);
    ck_assert_int_eq(tdm__at_hand_of(w->at_hand, &w->asker, w->history), TDM_OK);
    if (w->asker.kept)
        tdm__kept_next_day(w->asker.kept, w->history);
}

static void compare_day(way *plain, way *quick, tally *t)
{
    const tdm__review_policy *policy = plain->asker.policy;
    size_t scripts = tdm__catalogue_count(policy->catalogue);
    for (uint32_t i = 0; i < policy->indicator_count; i++) {
        tdm__result expected, got;
        t->asked++;
        t->kept += i < scripts && quick->asker.kept->answers[i].known;
        ck_assert_int_eq(tdm__ask_indicator(&expected, &plain->asker, plain->history, plain->at_hand, i),
                         TDM_OK);
        ck_assert_int_eq(tdm__ask_indicator(&got, &quick->asker, quick->history, quick->at_hand, i), TDM_OK);
        t->told[expected.answer]++;
        ck_assert_msg(got.answer == expected.answer &&
                          strcmp(got.reason ? got.reason : "", expected.reason ? expected.reason : "") == 0,
                      "%.*s on day %d: %s %s, kept %s %s", TDM_STR_ARGS(policy->indicators[i].indicator->id),
                      (int)plain->options.as_of, tdm_answer_code(expected.answer),
                      expected.reason ? expected.reason : "", tdm_answer_code(got.answer),
                      got.reason ? got.reason : "");
    }
}

static void compare_child(const tdm__asker *asker, uint32_t child, uint64_t *state, tdm_day base, tally *t)
{
    tdm__arena keeping;
    way plain = {.asker = *asker}, quick = {.asker = *asker};
    tdm__arena_init(&keeping, &tdm__malloc_allocator);
    tdm__arena_init(&plain.scratch, &tdm__malloc_allocator);
    tdm__arena_init(&quick.scratch, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__kept_new(&quick.asker.kept, &keeping, asker, child), TDM_OK);
    for (tdm_day day = base; day < base + SPAN_DAYS + 60;
         day += chance(state, 80) ? 1 : (tdm_day)below(state, 20)) {
        begin_day(&plain, child, day);
        begin_day(&quick, child, day);
        compare_day(&plain, &quick, t);
    }
    tdm__arena_free(&keeping);
    tdm__arena_free(&plain.scratch);
    tdm__arena_free(&quick.scratch);
}

static void compare_stories(int64_t steps, uint32_t stories, tally *t)
{
    static const char text[] =
        "{\"policy\": 1, \"composites\": {\"two\": {\"title\": \"T\", \"sentence\": \"S.\", "
        "\"of\": [\"probe-0\", \"probe-7\", \"repeat-referral\"], \"at_least\": 2, "
        "\"within\": {\"days\": 90}, \"severity\": \"soon\"}}}";
    tdm__policy_text file = {TDM_LIT("policy/test.json"), tdm__str(text), false};
    tdm_error error = {0};
    tdm__review_policy *policy;
    tdm_day base = world_day("2023-01-01");
    tdm_instrument *instruments[FILES_MAX], *instrument = world_instrument();
    size_t instrument_count = load_instruments(instruments);
    tdm_score *scores[] = {world_score(instrument, "A1", "C1", "2023-04-01", NULL),
                           world_score(instrument, "A2", "C1", "2023-09-01", "2023-10-05")};
    tdm__catalogue *catalogue = all_scripts(instruments, instrument_count, steps);
    tdm_status status = tdm__policy_new(&policy, &tdm__malloc_allocator, &file, 1, catalogue, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    tdm__asker asker = {.policy = policy};
    ck_assert_int_eq(tdm__worker_new(&asker.worker, catalogue, &error), TDM_OK);
    for (uint32_t i = 0; i < stories; i++) {
        uint64_t state = i + 1;
        tdm_chronology *chronology = random_record(&state, base);
        asker.chronology = chronology;
        asker.scores = (tdm__known_scores){(const tdm_score *const *)scores, i % 2 * ROWS(scores), NULL,
                                           NULL};
        compare_child(&asker, i % 4 == 3, &state, base, t);
        tdm_chronology_free(chronology);
    }
    tdm__worker_free(asker.worker);
    tdm__policy_free(policy);
    tdm__catalogue_free(catalogue);
    tdm_score_free(scores[0]);
    tdm_score_free(scores[1]);
    tdm_instrument_free(instrument);
    for (size_t i = 0; i < instrument_count; i++)
        tdm_instrument_free(instruments[i]);
}

START_TEST(a_kept_answer_is_the_one_of_the_day)
{
    tally t = {0};
    compare_stories(0, KEPT_STORIES, &t);
    /* Both ways could agree on nothing at all, or nothing could have been kept. */
    for (tdm_answer answer = TDM_NOT_ASSESSED; answer <= TDM_MET; answer++)
        ck_assert_uint_ge(t.told[answer], t.asked / 100);
    ck_assert_uint_ge(t.kept, t.asked / 4);
}
END_TEST

/* One more row makes a call dearer: an answer near the limit is not kept. */
START_TEST(a_budget_that_runs_out_is_seen_on_its_day)
{
    tally t = {0};
    compare_stories(700, 2, &t);
    ck_assert_uint_ge(t.kept, 1);
}
END_TEST

Suite *kept_suite(void)
{
    Suite *suite = suite_create("kept");
    TCase *cases = tcase_create("kept");
    tcase_set_timeout(cases, 3600);
    tcase_set_tags(cases, "one-thread");
    tcase_add_test(cases, a_kept_answer_is_the_one_of_the_day);
    tcase_add_test(cases, a_budget_that_runs_out_is_seen_on_its_day);
    suite_add_tcase(suite, cases);
    return suite;
}
