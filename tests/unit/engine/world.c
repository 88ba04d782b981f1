/*
 * Building the world of the engine's tests. Nothing here says what a run should find.
 */
#include "engine/world.h"

#include <stdio.h>
#include <string.h>

static tdm__buffer read_file(const char *path)
{
    tdm__buffer buffer;
    tdm_error error;
    tdm_status status = tdm__file_read(&buffer, &tdm__malloc_allocator, TDM_SOURCE_DIR, path, 1 << 24,
                                       &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", path, error.message);
    return buffer;
}

static tdm_str text_of(tdm__buffer buffer)
{
    return (tdm_str){buffer.data, buffer.length};
}

static tdm_vocabulary *vocabulary;
static tdm_holidays *holidays;

const tdm_vocabulary *world_vocabulary(void)
{
    tdm_error error;
    if (vocabulary)
        return vocabulary;
    tdm__buffer kinds = read_file("scripts/vocabulary/kinds.csv");
    tdm__buffer facts = read_file("scripts/vocabulary/facts.csv");
    tdm__buffer agencies = read_file("scripts/vocabulary/agencies.csv");
    tdm__buffer england = read_file("scripts/calendar/england.csv");
    ck_assert_int_eq(tdm_vocabulary_parse(&vocabulary, &tdm__malloc_allocator, text_of(kinds), text_of(facts),
                                          text_of(agencies), &error),
                     TDM_OK);
    ck_assert_int_eq(tdm_holidays_parse(&holidays, &tdm__malloc_allocator, text_of(england),
                                        TDM_LIT("england.csv"), &error),
                     TDM_OK);
    tdm__free(&tdm__malloc_allocator, kinds.data);
    tdm__free(&tdm__malloc_allocator, facts.data);
    tdm__free(&tdm__malloc_allocator, agencies.data);
    tdm__free(&tdm__malloc_allocator, england.data);
    return vocabulary;
}

const tdm_holidays *world_holidays(void)
{
    world_vocabulary();
    return holidays;
}

tdm_day world_day(const char *iso)
{
    tdm_day day;
    ck_assert_msg(tdm_day_parse_iso(&day, tdm__str(iso)), "%s", iso);
    return day;
}

uint32_t world_kind(const char *code)
{
    uint32_t kind = tdm__vocabulary_kind(world_vocabulary(), tdm__str(code));
    ck_assert_msg(kind != TDM_NO_INDEX, "%s", code);
    return kind;
}

static const char *or_else(const char *given, const char *otherwise)
{
    return given ? given : otherwise;
}

static tdm_str file_of(const world_script *script, tdm__text *text)
{
    tdm__text_printf(text,
                     "return { id = '%s', version = '%s', group = '%s', title = 'T', question = 'Q?',\n"
                     "definition = 'D {number}', evidence = { source = 'S', standing = { 'local' } },\n"
                     "needs = {%s},\n",
                     script->id, or_else(script->version, "1.0.0"), or_else(script->group, "drift"),
                     or_else(script->needs, ""));
    tdm__text_puts(text, "params = { number = { type = 'count', default = 3, min = 1, max = 9, doc = 'D' },\n"
                         "within = { type = 'span', default = { months = 12 }, max = { months = 24 }, doc = "
                         "'D' },\n");
    tdm__text_printf(text, "%s },\noutcomes = { yes = '{count} from {from} to {to}.' },\n",
                     or_else(script->params, ""));
    tdm__text_printf(text, "evaluate = function(child, p)\n%s\nend,\n", or_else(script->body, "return nil"));
    tdm__text_puts(text, "examples = { { name = 'E', as_of = '2024-12-31', expect = 'not-met', events = {\n"
                         "{ '2024-01-01', 'referral', 'school' } } } } }\n");
    return tdm__text_str(text);
}

tdm_status world_catalogue(tdm__catalogue **out, const tdm_allocator *allocator, const world_script *scripts,
                           size_t count, int64_t steps, tdm_error *error)
{
    tdm__text texts[8];
    char names[8][96];
    tdm__script_file files[8];
    tdm__script_limits limits = {.steps = steps, .memory_bytes = 64u << 20};
    ck_assert(count <= ROWS(texts));
    world_vocabulary();
    for (size_t i = 0; i < count; i++) {
        tdm__text_init(&texts[i], &tdm__malloc_allocator);
        snprintf(names[i], sizeof names[i], "indicators/%s/%s.lua", or_else(scripts[i].group, "drift"),
                 scripts[i].id);
        files[i] = (tdm__script_file){tdm__str(names[i]), file_of(&scripts[i], &texts[i])};
    }
    tdm__script_ground ground = {vocabulary, holidays, NULL, 0};
    tdm_status status = tdm__catalogue_new(out, allocator, files, count, NULL, 0, &ground,
                                           steps > 0 ? &limits : NULL, error);
    for (size_t i = 0; i < count; i++)
        tdm__text_free(&texts[i]);
    return status;
}

#define CARRIED_MAX 3

typedef struct carried {
    uint32_t kinds[CARRIED_MAX], in_part[CARRIED_MAX];
    uint64_t facts[CARRIED_MAX];
    size_t count, in_part_count;
} carried;

static void tell_carried(carried *out, const char *const *list)
{
    for (size_t i = 0; i < CARRIED_MAX && list[i]; i++) {
        tdm_str rest = tdm__str(list[i][0] == '~' ? list[i] + 1 : list[i]);
        tdm_str code = tdm__str_split(&rest, '.');
        uint32_t kind = tdm__vocabulary_kind(world_vocabulary(), code);
        uint32_t fact = rest.length > 0 ? tdm__vocabulary_fact(world_vocabulary(), rest) : TDM_NO_INDEX;
        ck_assert_msg(kind != TDM_NO_INDEX && (rest.length == 0 || fact != TDM_NO_INDEX), "%s", list[i]);
        out->kinds[out->count] = kind;
        out->facts[out->count++] = fact != TDM_NO_INDEX ? UINT64_C(1) << fact : 0;
        if (list[i][0] == '~')
            out->in_part[out->in_part_count++] = kind;
    }
}

static tdm_status tell_source(tdm__builder *builder, const world_source *told,
                              const char *const carries[CARRIED_MAX], size_t number)
{
    uint32_t source, kind = told->carries ? world_kind(told->carries) : 0;
    char name[32];
    tdm__period covers = {0, 0};
    snprintf(name, sizeof name, "return-%zu.csv", number);
    if (told->covers_from)
        covers = (tdm__period){world_day(told->covers_from), world_day(told->covers_to)};
    tdm__source_input input = {.name = tdm__str(name),
                               .agency = tdm__str(told->agency),
                               .received = TDM_DAY_NONE,
                               .covers = &covers,
                               .cover_count = told->covers_from != NULL,
                               .carries = &kind,
                               .carry_count = told->carries != NULL,
                               .carries_all = !told->carries && !(carries && carries[0])};
    carried list = {.count = 0};
    if (carries && carries[0]) {
        tell_carried(&list, carries);
        input.carries = list.kinds;
        input.carry_count = list.count;
        input.carries_facts = list.facts;
        input.in_part = list.in_part;
        input.in_part_count = list.in_part_count;
    }
    return tdm__builder_source(&source, builder, &input);
}

static tdm_status tell_row(tdm__builder *builder, const world_row *row, size_t number)
{
    tdm__event_input event = {
        .child = tdm__str(or_else(row->child, "C1")),
        .minute = -1,
        .recorded = row->recorded ? world_day(row->recorded) : TDM_DAY_NONE,
        .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
        .agency = TDM_LIT("childrens-social-care"),
        .row = (uint32_t)number + 1,
        .kind = world_kind(or_else(row->kind, "referral")),
        .row_key = row->key ? row->key : number + 1,
    };
    ck_assert_int_eq(tdm_date_parse(&event.occurred, NULL, tdm__str(row->occurred), NULL), TDM_OK);
    return tdm__builder_event(builder, &event);
}

static tdm_status build(tdm_chronology **out, const tdm_allocator *allocator, const world_case *what,
                        tdm__diagnostics *diagnostics)
{
    static const world_source everything = {"childrens-social-care", NULL, NULL, NULL};
    tdm__builder *builder;
    const tdm_date unknown = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    tdm__child_input child = {TDM_LIT("C1"), unknown, unknown, unknown, {"", 0}, {"", 0}, {"", 0}};
    *out = NULL;
    tdm_status status = tdm__builder_new(&builder, allocator, world_vocabulary());
    if (status != TDM_OK)
        return status;
    if (what->source_count == 0)
        status = tell_source(builder, &everything, NULL, 0);
    for (size_t i = 0; status == TDM_OK && i < what->source_count; i++)
        status = tell_source(builder, &what->sources[i], what->carried ? what->carried[i] : NULL, i);
    if (status == TDM_OK && what->replaced)
        status = tdm__builder_source_replaces(builder, (uint32_t)what->source_count - 1, 0);
    if (status == TDM_OK)
        status = tdm__builder_child(builder, &child);
    for (size_t i = 0; status == TDM_OK && i < what->row_count; i++)
        status = tell_row(builder, &what->rows[i], i);
    if (status == TDM_OK)
        status = tdm__builder_freeze(out, builder, diagnostics);
    tdm__builder_free(builder);
    return status;
}

tdm_status world_try(world *w, const tdm_allocator *allocator, const world_case *what)
{
    tdm_context_options options = {.struct_size = sizeof options,
                                   .allocator = *allocator,
                                   .interrupt = what->interrupt,
                                   .interrupt_payload = what->interrupt_payload};
    tdm__policy_text file = {TDM_LIT("policy/test.json"), tdm__str(what->policy), false};
    tdm__run_options asked = {.as_of = world_day(or_else(what->as_of, "2024-09-30")),
                              .as_of_from = TDM_LIT("option"),
                              .case_id = TDM_LIT("case"),
                              .jobs = what->jobs > 0 ? what->jobs : 1,
                              .explain_all = what->explain_all};
    *w = (world){.run = NULL};
    tdm__diagnostics_init(&w->diagnostics, allocator);
    tdm_status status = tdm_context_new(&w->context, &options);
    if (status == TDM_OK)
        status = world_catalogue(&w->catalogue, allocator, what->scripts, what->script_count, what->steps,
                                 &w->error);
    if (status == TDM_OK)
        status = tdm__policy_new(&w->policy, allocator, &file, what->policy != NULL, w->catalogue, &w->error);
    if (status == TDM_OK)
        status = build(&w->chronology, allocator, what, &w->diagnostics);
    if (status == TDM_OK)
        status = tdm__engine_run(&w->run, w->context, w->chronology, w->policy, what->scores,
                                 what->score_count, &asked, &w->diagnostics, NULL, 0, &w->error);
    return status;
}

void world_open(world *w, const world_case *what)
{
    tdm_status status = world_try(w, &tdm__malloc_allocator, what);
    ck_assert_msg(status == TDM_OK, "%s:%d: %s", w->error.file, (int)w->error.line, w->error.message);
}

void world_close(world *w)
{
    tdm__run_free(w->run);
    tdm__policy_free(w->policy);
    tdm__catalogue_free(w->catalogue);
    tdm_chronology_free(w->chronology);
    tdm__diagnostics_free(&w->diagnostics);
    tdm_context_free(w->context);
}

tdm_instrument *world_instrument(void)
{
    tdm_error error;
    tdm_instrument *instrument;
    tdm__buffer text = read_file("scripts/instruments/home-conditions.lua");
    tdm__script_file file = {TDM_LIT("instruments/home-conditions.lua"), text_of(text)};
    ck_assert_int_eq(tdm__instrument_load(&instrument, &tdm__malloc_allocator, file, &error), TDM_OK);
    tdm__free(&tdm__malloc_allocator, text.data);
    return instrument;
}

tdm_score *world_score_of(const tdm_instrument *instrument, const char *json)
{
    tdm_error error = {0};
    tdm_score *score;
    tdm_assessment *assessment;
    tdm_status status = tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__str(json),
                                            TDM_LIT("form.json"), 1, NULL, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    status = tdm_score_make(&score, &tdm__malloc_allocator, assessment, instrument, NULL, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    tdm_assessment_free(assessment);
    return score;
}

tdm_score *world_score(const tdm_instrument *instrument, const char *id, const char *child, const char *date,
                       const char *recorded)
{
    char json[512];
    snprintf(
        json, sizeof json,
        "{\"instrument\": \"home-conditions\", \"version\": \"1.0.0\", \"id\": \"%s\", \"child\": \"%s\", "
        "\"date\": \"%s\", \"recorded\": %s%s%s, \"items\": {\"H1\": 1}}",
        id, child, date, recorded ? "\"" : "", or_else(recorded, "null"), recorded ? "\"" : "");
    return world_score_of(instrument, json);
}

static void tell_spells(tdm__text *text, const tdm__prompt *prompt)
{
    for (size_t i = 0; i < prompt->spell_count; i++) {
        const tdm__run_spell *s = &prompt->spells[i];
        tdm__text_printf(text, "  %s %d %d..%d met %d current %d:", s->key, (int)s->answer, (int)s->from,
                         (int)s->to, (int)s->first_met, s->current);
        for (size_t e = 0; e < s->event_count; e++)
            tdm__text_printf(text, " %u", (unsigned)s->events[e]);
        tdm__text_char(text, '\n');
    }
}

tdm__text world_told(const tdm_run *run)
{
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    for (size_t i = 0; i < run->child_count; i++) {
        const tdm__child_result *child = &run->children[i];
        tdm__text_printf(&text, "child %u: levels %zu later %u undated %zu\n", (unsigned)child->child,
                         child->level_count, (unsigned)child->later_rows, child->undated_count);
        for (size_t p = 0; p < child->prompt_count; p++) {
            const tdm__prompt *prompt = &child->prompts[p];
            tdm__text_printf(&text, " prompt %u %d %d %d %.*s\n", (unsigned)prompt->indicator,
                             (int)prompt->answer, prompt->current, (int)prompt->first_met,
                             TDM_STR_ARGS(prompt->sentence));
            tell_spells(&text, prompt);
        }
        for (size_t n = 0; n < child->no_prompt_count; n++)
            tdm__text_printf(&text, " none %u %d %s %.*s:%d\n", (unsigned)child->no_prompts[n].indicator,
                             (int)child->no_prompts[n].answer, child->no_prompts[n].reason,
                             TDM_STR_ARGS(child->no_prompts[n].file), (int)child->no_prompts[n].line);
    }
    for (size_t i = 0; i < run->diagnostics->count; i++)
        tdm__text_printf(&text, "%s %.*s\n", run->diagnostics->items[i].code,
                         TDM_STR_ARGS(run->diagnostics->items[i].message));
    ck_assert(!text.failed);
    return text;
}
