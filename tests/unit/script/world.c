/*
 * The shared world of the script tests.
 */
#include "script/world.h"

#include <stdio.h>
#include <string.h>

#include "script/worker.h"

tdm__buffer world_read(const char *path)
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

/* Kept for the whole process, and so reachable for the leak checker. */
static tdm_vocabulary *vocabulary;
static tdm_holidays *holidays;

const tdm_vocabulary *world_vocabulary(void)
{
    if (vocabulary)
        return vocabulary;
    tdm__buffer kinds = world_read("scripts/vocabulary/kinds.csv");
    tdm__buffer facts = world_read("scripts/vocabulary/facts.csv");
    tdm__buffer agencies = world_read("scripts/vocabulary/agencies.csv");
    tdm_error error;
    tdm_status status = tdm_vocabulary_parse(&vocabulary, &tdm__malloc_allocator, text_of(kinds),
                                             text_of(facts), text_of(agencies), &error);
    ck_assert_msg(status == TDM_OK, "%s:%d %s", error.file, (int)error.line, error.message);
    tdm__free(&tdm__malloc_allocator, kinds.data);
    tdm__free(&tdm__malloc_allocator, facts.data);
    tdm__free(&tdm__malloc_allocator, agencies.data);
    return vocabulary;
}

const tdm_holidays *world_holidays(void)
{
    if (holidays)
        return holidays;
    tdm__buffer england = world_read("scripts/calendar/england.csv");
    tdm_error error;
    tdm_status status = tdm_holidays_parse(&holidays, &tdm__malloc_allocator, text_of(england),
                                           TDM_LIT("england.csv"), &error);
    ck_assert_msg(status == TDM_OK, "%s:%d %s", error.file, (int)error.line, error.message);
    tdm__free(&tdm__malloc_allocator, england.data);
    return holidays;
}

static tdm_instrument *load_shipped(const char *path)
{
    tdm_error error;
    tdm_instrument *instrument;
    tdm__buffer buffer = world_read(path);
    tdm_status status = tdm__instrument_load(&instrument, &tdm__malloc_allocator,
                                             (tdm__script_file){tdm__str(path), text_of(buffer)}, &error);
    ck_assert_msg(status == TDM_OK, "%s:%d %s", error.file, (int)error.line, error.message);
    tdm__free(&tdm__malloc_allocator, buffer.data);
    return instrument;
}

const tdm__script_ground *world_ground(void)
{
    static tdm_instrument *instruments[3];
    static tdm__script_ground ground;
    if (!instruments[0]) {
        instruments[0] = load_shipped("scripts/instruments/graded-care.lua");
        instruments[1] = load_shipped("scripts/instruments/gcp2-style.lua");
        instruments[2] = load_shipped("scripts/instruments/neglect-screening.lua");
        ground = (tdm__script_ground){world_vocabulary(), world_holidays(), instruments, 3};
    }
    return &ground;
}

tdm__text world_probe(const char *top, const char *body, const char *events)
{
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__text_puts(&text, top);
    tdm__text_puts(&text, "return { evaluate = function(child, p) ");
    tdm__text_puts(&text, body);
    tdm__text_puts(&text,
                   "\nend,\n"
                   "id = 'probe', version = '1.0.0', group = 'drift', title = 'T', question = 'Q?',\n"
                   "definition = '{number} things', needs = {},\n"
                   "evidence = { source = 'S', standing = { 'local' } },\n"
                   "params = { number = { type = 'count', default = 3, min = 1, max = 9, doc = 'D' } },\n"
                   "outcomes = { yes = '{count} of {number} from {from} to {to}.', said = 'Said {said}.',\n"
                   "late = '{from}, {late}.', rate = '{count} at {share} per cent.' },\n"
                   "examples = { { name = 'E', as_of = '2024-12-31', expect = 'not-met', events = {\n");
    tdm__text_puts(&text, events);
    tdm__text_puts(&text, "} } } }\n");
    ck_assert(!text.failed);
    return text;
}

tdm_status world_catalogue(tdm__catalogue **out, const tdm_allocator *allocator, tdm_str text,
                           const tdm__script_limits *limits, tdm_error *error)
{
    tdm__script_file file = {TDM_LIT("indicators/drift/probe.lua"), text};
    tdm__script_file lib[] = {
        {TDM_LIT("lib/shared.lua"), TDM_LIT("return { three = 3, list = {} }")},
        {TDM_LIT("lib/itself.lua"), TDM_LIT("return use 'itself'")},
        {TDM_LIT("lib/number.lua"), TDM_LIT("return 3")},
    };
    return tdm__catalogue_new(out, allocator, &file, 1, lib, 3, world_ground(), limits, error);
}

static void copy(char *to, size_t size, tdm_str from)
{
    snprintf(to, size, "%.*s", TDM_STR_ARGS(from));
}

/* Fills a chronology from the first example and asks, as the example itself would be. */
static void ask(world_answer *out, tdm__worker *worker, const tdm__catalogue *catalogue,
                tdm_chronology *chronology)
{
    tdm__arena arena;
    tdm_history *history;
    tdm__result result;
    const tdm__example *example = &catalogue->items[0].examples[0];
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__history_new(&history, &arena, chronology, 0, example->as_of, NULL), TDM_OK);
    ck_assert_int_eq(tdm__worker_evaluate(&result, worker, 0, history, NULL, example->params), TDM_OK);
    out->answer = result.answer;
    out->line = result.line;
    out->steps = result.steps;
    out->spells = result.spell_count;
    copy(out->reason, sizeof out->reason, tdm__str(result.reason));
    copy(out->sentence, sizeof out->sentence, result.sentence);
    copy(out->message, sizeof out->message, result.message);
    copy(out->file, sizeof out->file, result.file);
    tdm__arena_free(&arena);
}

/* The child stands first: the question is about that one. */
static void fill_children(tdm__builder *builder, const tdm__example *example)
{
    tdm__child_input child = {.id = TDM_LIT("example"), .born = example->born};
    child.expected = child.died = (tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    child.household = example->has_household ? TDM_LIT("household") : (tdm_str){"", 0};
    ck_assert_int_eq(tdm__builder_child(builder, &child), TDM_OK);
    for (size_t i = 0; i < example->sibling_count; i++) {
        child.id = example->siblings[i].id;
        child.born = example->siblings[i].born;
        ck_assert_int_eq(tdm__builder_child(builder, &child), TDM_OK);
    }
}

static void fill(tdm__builder *builder, const tdm__example *example)
{
    uint32_t source;
    tdm__source_input input = {.name = TDM_LIT("probe.csv"), .received = TDM_DAY_NONE, .carries_all = true};
    ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    fill_children(builder, example);
    for (size_t i = 0; i < example->event_count; i++) {
        tdm__event_input event = example->events[i];
        event.source = source;
        event.row = (uint32_t)i + 1;
        event.row_key = i + 1;
        ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    }
}

world_answer world_ask(tdm__worker *worker, const tdm__catalogue *catalogue)
{
    world_answer answer;
    tdm__builder *builder;
    tdm_chronology *chronology;
    tdm__diagnostics diagnostics;
    memset(&answer, 0, sizeof answer);
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, world_vocabulary()), TDM_OK);
    fill(builder, &catalogue->items[0].examples[0]);
    ck_assert_int_eq(tdm__builder_freeze(&chronology, builder, &diagnostics), TDM_OK);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    ask(&answer, worker, catalogue, chronology);
    tdm_chronology_free(chronology);
    return answer;
}

world_answer world_evaluate(const char *body, const char *events)
{
    return world_evaluate_within(body, events, NULL);
}

world_answer world_evaluate_within(const char *body, const char *events, const tdm__script_limits *limits)
{
    tdm__catalogue *catalogue;
    tdm__worker *worker;
    tdm_error error;
    tdm__text text = world_probe("", body, events);
    tdm_status status = world_catalogue(&catalogue, &tdm__malloc_allocator, tdm__text_str(&text), limits,
                                        &error);
    ck_assert_msg(status == TDM_OK, "%s:%d %s", error.file, (int)error.line, error.message);
    ck_assert_int_eq(tdm__worker_new(&worker, catalogue, &error), TDM_OK);
    world_answer answer = world_ask(worker, catalogue);
    tdm__worker_free(worker);
    tdm__catalogue_free(catalogue);
    tdm__text_free(&text);
    return answer;
}
