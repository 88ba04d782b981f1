/*
 * The fixture of fixture.h.
 */
#include "report/fixture.h"

#include <string.h>

#include "base/file.h"

static const tdm_date never = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};

tdm_day report_day(int year, int month, int day)
{
    tdm_day out;
    ck_assert(tdm_day_from_civil(&out, year, month, day));
    return out;
}

int report_count(tdm_str text, const char *part)
{
    size_t length = strlen(part);
    int count = 0;
    for (size_t i = 0; i + length <= text.length; i++)
        count += memcmp(text.data + i, part, length) == 0 ? 1 : 0;
    return count;
}

static tdm_status append(const char *bytes, size_t length, void *payload)
{
    tdm__text *text = payload;
    tdm__text_bytes(text, bytes, length);
    return text->failed ? TDM_NO_MEMORY : TDM_OK;
}

tdm_sink report_text_sink(tdm__text *text)
{
    return (tdm_sink){append, text};
}

tdm__text report_written(report_writer write, const tdm_run *run, const tdm__report_options *options)
{
    tdm__text text;
    tdm_error error = {0};
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm_status status = write(run, options, report_text_sink(&text), &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", tdm_status_name(status), error.message);
    return text;
}

static tdm_str read_table(const char *name)
{
    tdm__buffer buffer;
    tdm_error error;
    tdm_status status = tdm__file_read(&buffer, &tdm__malloc_allocator, TDM_SOURCE_DIR "/scripts/vocabulary",
                                       name, 1 << 24, &error);
    ck_assert_int_eq(status, TDM_OK);
    return (tdm_str){buffer.data, buffer.length};
}

static void make_vocabulary(report_fixture *f)
{
    tdm_error error;
    tdm_str kinds = read_table("kinds.csv"), facts = read_table("facts.csv"),
            agencies = read_table("agencies.csv");
    ck_assert_int_eq(
        tdm_vocabulary_parse(&f->vocabulary, &tdm__malloc_allocator, kinds, facts, agencies, &error), TDM_OK);
    tdm__free(&tdm__malloc_allocator, (void *)kinds.data);
    tdm__free(&tdm__malloc_allocator, (void *)facts.data);
    tdm__free(&tdm__malloc_allocator, (void *)agencies.data);
}

/* One row of the table below. */
typedef struct row {
    const char *child, *agency, *kind, *occurred, *written, *recorded, *incident, *text;
    uint32_t significance;
} row;

static const row rows[] = {
    {"C1", "police", "domestic-abuse-incident", "2023-11-04", "4/11/23", "2023-11-05", "INC", HOSTILE,
     TDM__HIGH},
    {"C1", "school", "school-concern", "2023-11-06", "", "", "INC", "tired", TDM__LOW},
    {"C1", "school", "hunger-concern", "2024-02", HOSTILE, "", "", "no breakfast",
     TDM__SIGNIFICANCE_NOT_RATED},
    {"C1", "school", "strength", "2024-05-01", "", "", "", "settled", TDM__MEDIUM},
    {"C1", "school", "was-not-brought", "", "", "", "", "no date", TDM__LOW},
    {"C1", "police", "police-incident", "2024-12-01", "", "", "", "later", TDM__LOW},
    {"C2", "school", "note", "2024-03-05", "", "2024-11-01", "", "all quiet", TDM__LOW},
};

static void add_row(report_fixture *f, tdm__builder *builder, const uint32_t sources[2], size_t index)
{
    const row *one = &rows[index];
    tdm__event_input event = {.minute = -1, .recorded = TDM_DAY_NONE, .ended = never};
    ck_assert_int_eq(tdm_date_parse(&event.occurred, NULL, tdm__str(one->occurred), NULL), TDM_OK);
    if (one->recorded[0])
        ck_assert(tdm_day_parse_iso(&event.recorded, tdm__str(one->recorded)));
    event.child = tdm__str(one->child);
    event.agency = tdm__str(one->agency);
    event.source = sources[strcmp(one->agency, "school") == 0 ? 1 : 0];
    event.row = (uint32_t)index + 2;
    event.kind = tdm__vocabulary_kind(f->vocabulary, tdm__str(one->kind));
    ck_assert_uint_ne(event.kind, TDM_NO_INDEX);
    event.significance = one->significance;
    event.polarity = strcmp(one->kind, "strength") == 0 ? TDM__STRENGTH : TDM__POLARITY_NOT_STATED;
    event.strings[TDM__TEXT] = tdm__str(one->text);
    event.strings[TDM__OCCURRED_AS_WRITTEN] = tdm__str(one->written);
    event.strings[TDM__INCIDENT] = tdm__str(one->incident);
    event.row_key = index + 1;
    ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
}

static void make_chronology(report_fixture *f)
{
    tdm__builder *builder;
    uint32_t sources[2];
    tdm__period covers = {report_day(2023, 1, 1), report_day(2024, 3, 31)};
    tdm__period no_contact = {report_day(2024, 4, 1), report_day(2024, 4, 30)};
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, f->vocabulary), TDM_OK);
    tdm__source_input source = {.name = TDM_LIT("police<&>.csv"),
                                .agency = TDM_LIT("police"),
                                .format = TDM_LIT("csv"),
                                .received = report_day(2024, 9, 1),
                                .hash = TDM_LIT("00"),
                                .carries_all = true};
    ck_assert_int_eq(tdm__builder_source(&sources[0], builder, &source), TDM_OK);
    source.name = TDM_LIT("school.csv");
    source.sheet = TDM_LIT("List 1");
    source.agency = TDM_LIT("school");
    source.covers = &covers;
    source.cover_count = 1;
    source.no_contact = &no_contact;
    source.no_contact_count = 1;
    ck_assert_int_eq(tdm__builder_source(&sources[1], builder, &source), TDM_OK);
    tdm__child_input child = {
        .id = TDM_LIT("C1"), .expected = never, .died = never, .household = TDM_LIT("H")};
    tdm_day born = report_day(2016, 3, 14);
    child.born = (tdm_date){born, born, 0};
    ck_assert_int_eq(tdm__builder_child(builder, &child), TDM_OK);
    child.id = TDM_LIT("C2");
    child.born = never;
    ck_assert_int_eq(tdm__builder_child(builder, &child), TDM_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        add_row(f, builder, sources, i);
    ck_assert_int_eq(tdm__builder_freeze(&f->chronology, builder, &f->diagnostics), TDM_OK);
    tdm__builder_free(builder);
}

static void make_score(report_fixture *f)
{
    static const char *const texts[][2] = {
        {"id", "graded-care"}, {"version", "1.0.0"},    {"title", "Graded care"},         {"source", "tests"},
        {"licence", "none"},   {"respondent", "carer"}, {"direction", "higher-is-worse"},
    };
    static const char form[] =
        "{\"instrument\":\"graded-care\",\"version\":\"1.0.0\",\"id\":\"G1\",\"child\":\"C1\","
        "\"subject\":{\"type\":\"carer\",\"id\":\"P1\"},\"date\":\"2024-01-10\","
        "\"status\":\"complete\",\"items\":{\"A1\":4}}";
    tdm__instrument_builder *builder;
    tdm_assessment *assessment;
    tdm_error error = {0};
    ck_assert_int_eq(tdm__instrument_builder_new(&builder, &tdm__malloc_allocator, TDM_LIT("g.lua"), &error),
                     TDM_OK);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        tdm__instrument_set_text(builder, tdm__str(texts[i][0]), tdm__str(texts[i][1]));
    for (int value = 1; value <= 5; value++)
        tdm__instrument_add_value(builder, value, TDM_LIT("label"), tdm__str(value > 3 ? "concern" : ""));
    tdm__instrument_add_area(builder, TDM_LIT("A"), TDM_LIT("Physical"));
    tdm__instrument_add_sub_area(builder, TDM_LIT("A1"), TDM_LIT("Nutrition"));
    tdm__instrument_set_policy(builder, TDM_LIT("items"), TDM_LIT("majority-with-override"));
    tdm__instrument_set_policy(builder, TDM_LIT("sub_areas"), TDM_LIT("majority-with-override"));
    tdm__instrument_set_policy(builder, TDM_LIT("areas"), TDM_LIT("none"));
    ck_assert_msg(tdm__instrument_finish(&f->instrument, builder, &error) == TDM_OK, "%s", error.message);
    ck_assert_msg(tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__str(form), TDM_LIT("a.json"),
                                      1, NULL, &error) == TDM_OK,
                  "%s", error.message);
    ck_assert_int_eq(
        tdm_score_make(&f->score, &tdm__malloc_allocator, assessment, f->instrument, NULL, &error), TDM_OK);
    tdm_assessment_free(assessment);
    f->scores[0] = f->score;
}

static void make_indicators(report_fixture *f)
{
    static const char *const ids[] = {"many-small", "repeat-domestic-abuse", "switched-off"};
    static const char *const titles[] = {"Many small <concerns>", "Domestic abuse & again", "Not wanted"};
    f->standings[0] = (tdm__standing){TDM_LIT("research"), TDM_DAY_NONE, TDM_DAY_NONE};
    f->standings[1] = (tdm__standing){TDM_LIT("statutory"), report_day(2025, 11, 1), TDM_DAY_NONE};
    f->params[0] =
        (tdm__param){.name = TDM_LIT("ratio"), .type = TDM__PARAM_RATIO, .doc = TDM_LIT("how many times")};
    f->params[1] = (tdm__param){.name = TDM_LIT("within"), .type = TDM__PARAM_SPAN, .doc = TDM_LIT("length")};
    f->in_force[0] = (tdm__effective_param){&f->params[0],
                                            {.type = TDM__PARAM_RATIO, .number = 1500},
                                            TDM_LIT("1.5"),
                                            TDM_LIT("indicators/x.lua")};
    f->in_force[1] = (tdm__effective_param){&f->params[1],
                                            {.type = TDM__PARAM_SPAN, .span = {TDM_SPAN_MONTHS, 12}},
                                            TDM_LIT("12 months"),
                                            TDM_LIT("policy/default.json:12")};
    for (int i = 0; i < 3; i++) {
        f->scripts[i] = (tdm__indicator){.id = tdm__str(ids[i]),
                                         .version = TDM_LIT("1.0.0"),
                                         .title = tdm__str(titles[i]),
                                         .question = TDM_LIT("Is it so?"),
                                         .source = TDM_LIT("A source"),
                                         .standings = f->standings,
                                         .standing_count = 2,
                                         .params = f->params,
                                         .param_count = 2,
                                         .file = TDM_LIT("indicators/x.lua")};
        f->indicators[i] = (tdm__effective_indicator){.indicator = &f->scripts[i],
                                                      .on = i != 2,
                                                      .on_from = i == 2 ? TDM_LIT("policy/local.json:3")
                                                                        : TDM_LIT(""),
                                                      .severity = TDM__PROMPT_REVIEW,
                                                      .severity_from = TDM_LIT(""),
                                                      .params = f->in_force,
                                                      .definition = TDM_LIT("three within 12 months")};
    }
}

/* Events of C1 in table order: 4 November, 6 November, February, May, December, the undated one last. */
static void make_findings(report_fixture *f)
{
    for (uint32_t i = 0; i < 3; i++)
        f->evidence[i] = i;
    f->undated[0] = 5;
    f->spells[0] = (tdm__run_spell){"00000000000000aa",
                                    TDM_MET,
                                    report_day(2023, 11, 4),
                                    report_day(2024, 2, 29),
                                    report_day(2024, 2, 29),
                                    true,
                                    f->evidence,
                                    3};
    f->spells[1] = (tdm__run_spell){"00000000000000bb",
                                    TDM_POSSIBLE,
                                    report_day(2023, 11, 4),
                                    report_day(2023, 11, 4),
                                    TDM_DAY_NONE,
                                    false,
                                    f->evidence,
                                    1};
    f->prompts[0] = (tdm__prompt){0,
                                  TDM_MET,
                                  true,
                                  report_day(2024, 2, 29),
                                  TDM_LIT("Three concerns; a <b>sentence</b>."),
                                  &f->spells[0],
                                  1};
    f->prompts[1] = (tdm__prompt){
        1, TDM_POSSIBLE, false, TDM_DAY_NONE, TDM_LIT("One incident, perhaps two."), &f->spells[1], 1};
    f->no_prompts[0] =
        (tdm__no_prompt){0, TDM_NOT_ASSESSED, "no-data", TDM_LIT("no source could hold it"), TDM_LIT(""), 0};
    f->no_prompts[1] = (tdm__no_prompt){
        1, TDM_NOT_ASSESSED, "script-error", TDM_LIT("the script failed"), TDM_LIT("indicators/x.lua"), 17};
    f->levels[0] = (tdm__level_step){report_day(2023, 11, 4), report_day(2024, 1, 31), {0, 0}};
    f->levels[1] = (tdm__level_step){report_day(2024, 2, 1), report_day(2024, 2, 29), {0, 3}};
    f->levels[2] = (tdm__level_step){report_day(2024, 3, 1), report_day(2024, 9, 30), {3, 3}};
    uint32_t plan = tdm__vocabulary_episode(f->vocabulary, TDM_LIT("cin-plan"));
    uint32_t opened = tdm__vocabulary_episode(f->vocabulary, TDM_LIT("case"));
    f->episodes[0] = (tdm__episode){.name = plan,
                                    .ladder = 3,
                                    .start_from = report_day(2024, 2, 1),
                                    .start_to = report_day(2024, 2, 29),
                                    .end_from = TDM_DAY_NONE,
                                    .end_to = TDM_DAY_NONE,
                                    .end_row = TDM_NO_INDEX};
    f->episodes[1] = (tdm__episode){.name = opened,
                                    .ladder = 1,
                                    .start_from = report_day(2024, 3, 1),
                                    .start_to = report_day(2024, 3, 1),
                                    .end_from = report_day(2024, 4, 1),
                                    .end_to = report_day(2024, 4, 1),
                                    .end_row = 1};
}

/* The stated one of the first two rows, whose days exclude each other, and a guess of the second and third.
 */
static void make_incidents(report_fixture *f)
{
    f->contradiction = (tdm__run_contradiction){1, 0, TDM_NO_INDEX};
    f->incidents[0] = (tdm__one_incident){true, f->evidence, 2, &f->contradiction, 1};
    f->incidents[1] = (tdm__one_incident){false, f->evidence + 1, 2, NULL, 0};
}

static void make_run(report_fixture *f)
{
    make_incidents(f);
    f->children[0] = (tdm__child_result){.child = 0,
                                         .prompts = f->prompts,
                                         .prompt_count = 2,
                                         .levels = f->levels,
                                         .level_count = 3,
                                         .episodes = f->episodes,
                                         .episode_count = 2,
                                         .scores = f->scores,
                                         .score_count = 1,
                                         .incidents = f->incidents,
                                         .incident_count = 2,
                                         .undated = f->undated,
                                         .undated_count = 1,
                                         .later_rows = 1};
    f->children[1] = (tdm__child_result){.child = 1, .no_prompts = f->no_prompts, .no_prompt_count = 2};
    f->policy_file = (tdm__policy_file){TDM_LIT("policy/default.json"), "ab12"};
    f->account = (tdm__account){TDM_LIT("school.csv"), TDM_LIT("List 1"), 6, 5, 1};
    tdm__diagnose(&f->diagnostics, TDM__WARNING, "date-not-read", TDM_LIT("school.csv"), 7, TDM_LIT(HOSTILE),
                  "expected a date");
    f->run = (tdm_run){.allocator = tdm__malloc_allocator,
                       .as_of = report_day(2024, 9, 30),
                       .as_of_from = TDM_LIT("option"),
                       .case_id = TDM_LIT("case-1"),
                       .policy_title = TDM_LIT("Default"),
                       .policy_hash = "cd34",
                       .policy_files = &f->policy_file,
                       .policy_file_count = 1,
                       .current_days = 180,
                       .indicators = f->indicators,
                       .indicator_count = 3,
                       .children = f->children,
                       .child_count = 2,
                       .chronology = f->chronology,
                       .diagnostics = &f->diagnostics,
                       .accounts = &f->account,
                       .account_count = 1};
}

report_fixture *report_fixture_new(void)
{
    report_fixture *f = calloc(1, sizeof *f);
    ck_assert_ptr_nonnull(f);
    tdm__diagnostics_init(&f->diagnostics, &tdm__malloc_allocator);
    make_vocabulary(f);
    make_chronology(f);
    make_score(f);
    make_indicators(f);
    make_findings(f);
    make_run(f);
    return f;
}

void report_fixture_free(report_fixture *f)
{
    tdm_score_free(f->score);
    tdm_instrument_free(f->instrument);
    tdm_chronology_free(f->chronology);
    tdm_vocabulary_free(f->vocabulary);
    tdm__diagnostics_free(&f->diagnostics);
    free(f);
}

static tdm_status discard(const char *bytes, size_t length, void *payload)
{
    (void)bytes;
    (void)length;
    (void)payload;
    return TDM_OK;
}

static tdm_status refuse(const char *bytes, size_t length, void *payload)
{
    (void)bytes;
    (void)length;
    (void)payload;
    return TDM_IO;
}

tdm_sink report_no_sink(void)
{
    return (tdm_sink){discard, NULL};
}

tdm_sink report_failing_sink(void)
{
    return (tdm_sink){refuse, NULL};
}
