/*
 * Builder and freezing: order, repeated entries, sparse columns that follow their events, strings and facts.
 */
#include "chronology/deal.h"
#include "chronology/fixture.h"
#include "chronology/suites.h"
#include "support.h"

#include <stdio.h>

#define D ((tdm_day)19000)

typedef struct entry {
    const char *child;
    tdm_day from, to;
    uint64_t key;
    const char *text, *action;
} entry;

static const tdm_date unknown = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};

static tdm__event_input event_of(const entry *e)
{
    tdm__event_input event = {.child = tdm__str(e->child),
                              .occurred = {e->from, e->to, 0},
                              .minute = -1,
                              .recorded = TDM_DAY_NONE,
                              .ended = unknown,
                              .agency = TDM_LIT("police"),
                              .row = (uint32_t)e->key,
                              .kind = kind_index("concern"),
                              .row_key = e->key};
    event.strings[TDM__TEXT] = tdm__str(e->text);
    event.strings[TDM__ACTION] = tdm__str(e->action);
    return event;
}

static tdm__builder *new_builder(tdm_str bytes)
{
    tdm__builder *builder;
    uint32_t source;
    tdm__source_input input = {.name = TDM_LIT("a.csv"), .received = TDM_DAY_NONE, .bytes = bytes};
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, vocabulary()), TDM_OK);
    ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    ck_assert_uint_eq(source, 0);
    return builder;
}

static tdm_chronology *frozen(tdm__builder *builder, tdm__diagnostics *diagnostics)
{
    tdm_chronology *c;
    tdm__diagnostics_init(diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_freeze(&c, builder, diagnostics), TDM_OK);
    tdm__builder_free(builder);
    return c;
}

/* Children by the bytes of their id, then sort day (an open start by its end, undated last), then as they
 * came. */
START_TEST(order_of_events)
{
    static const entry entries[] = {
        {"b", D + 5, D + 5, 1, "x1", NULL},
        {"a", TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 2, "x2", "a2"},
        {"a", TDM_DAY_BEFORE_ALL, D + 3, 3, "x3", NULL},
        {"a", D + 3, D + 9, 4, "x4", "a4"},
        {"a", D + 1, TDM_DAY_AFTER_ALL, 5, NULL, NULL},
        {"a", D + 3, D + 3, 6, "x6", "a6"},
        {"\xC3\xA9", D, D, 7, "x7", NULL},
        {"B", D, D, 8, "x8", NULL},
        {"a", -5, -5, 9, "x9", "a9"}, /* before 1970 */
    };
    static const uint32_t expected[] = {8, 9, 5, 3, 4, 6, 2, 1, 7};
    static const char *const children[] = {"B", "a", "b", "\xC3\xA9"};
    static const uint32_t firsts[] = {0, 1, 7, 8, 9};
    tdm__diagnostics diagnostics;
    tdm__builder *builder = new_builder((tdm_str){NULL, 0});
    for (size_t i = 0; i < 9; i++) {
        tdm__event_input event = event_of(&entries[i]);
        ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    }
    tdm_chronology *c = frozen(builder, &diagnostics);
    ck_assert_uint_eq(tdm_chronology_event_count(c), 9);
    ck_assert_uint_eq(tdm_chronology_child_count(c), 4);
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t first, end;
        tdm__chronology_child_events(c, i, &first, &end);
        ck_assert(tdm__str_equal(tdm_chronology_child_id(c, i), tdm__str(children[i])));
        ck_assert_uint_eq(tdm__chronology_find_child(c, tdm__str(children[i])), i);
        ck_assert_uint_eq(first, firsts[i]);
        ck_assert_uint_eq(end, firsts[i + 1]);
    }
    for (uint32_t i = 0; i < 9; i++) {
        const entry *e = &entries[expected[i] - 1];
        tdm__event event = tdm__chronology_event(c, i);
        ck_assert_uint_eq(event.row, expected[i]);
        ck_assert(tdm__str_equal(tdm_chronology_child_id(c, event.child), tdm__str(e->child)));
        ck_assert(tdm__str_equal(tdm__chronology_string(c, i, TDM__TEXT), tdm__str(e->text)));
        ck_assert(tdm__str_equal(tdm__chronology_string(c, i, TDM__ACTION), tdm__str(e->action)));
        ck_assert_uint_eq(tdm__chronology_string(c, i, TDM__OUTCOME).length, 0);
    }
    ck_assert_uint_eq(tdm__chronology_find_child(c, TDM_LIT("c")), TDM_NO_INDEX);
    ck_assert_uint_eq(diagnostics.count, 0);
    tdm__diagnostics_free(&diagnostics);
    tdm_chronology_free(c);
}
END_TEST

/* The same entry again is dropped with all it carries; the same row key of another child is another entry. */
START_TEST(repeated_entries)
{
    static const entry entries[] = {
        {"a", D + 2, D + 2, 1, "one", "first"},   {"a", D, D, 2, "two", NULL},
        {"a", D + 2, D + 2, 1, "one", "first"},   {"b", D + 2, D + 2, 1, "one", "other child"},
        {"a", D + 4, D + 4, 3, "three", "third"}, {"a", D, D, 2, "two", NULL},
    };
    tdm__diagnostics diagnostics;
    tdm__builder *builder = new_builder((tdm_str){NULL, 0});
    for (size_t i = 0; i < 6; i++) {
        tdm__event_input event = event_of(&entries[i]);
        ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    }
    tdm_chronology *c = frozen(builder, &diagnostics);
    ck_assert_uint_eq(tdm_chronology_event_count(c), 4);
    ck_assert_uint_eq(diagnostics.count, 1);
    ck_assert_str_eq(diagnostics.items[0].code, "rows-repeated");
    ck_assert_msg(strncmp(diagnostics.items[0].message.data, "2 ", 2) == 0, "%s",
                  diagnostics.items[0].message.data);
    ck_assert(tdm__str_equal(tdm__chronology_string(c, 1, TDM__ACTION), TDM_LIT("first")));
    ck_assert(tdm__str_equal(tdm__chronology_string(c, 2, TDM__ACTION), TDM_LIT("third")));
    ck_assert(tdm__str_equal(tdm__chronology_string(c, 3, TDM__ACTION), TDM_LIT("other child")));
    tdm__diagnostics_free(&diagnostics);
    tdm_chronology_free(c);
}
END_TEST

START_TEST(ids_are_stable)
{
    static const entry entries[] = {{"a", D, D, 7, NULL, NULL}, {"a", D + 1, D + 1, 8, NULL, NULL}};
    char ids[2][TDM_HEX64_SIZE], id[TDM_HEX64_SIZE];
    for (int round = 0; round < 2; round++) {
        tdm__diagnostics diagnostics;
        tdm__builder *builder = new_builder((tdm_str){NULL, 0});
        for (int i = 0; i < 2; i++) {
            tdm__event_input event = event_of(&entries[round ? 1 - i : i]);
            event.row += 100 * (uint32_t)round; /* a row inserted before it changes no id */
            ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
        }
        tdm_chronology *c = frozen(builder, &diagnostics);
        for (uint32_t i = 0; i < 2; i++) {
            tdm__chronology_event_id(round ? id : ids[i], c, i);
            if (round)
                ck_assert_str_eq(id, ids[i]);
        }
        tdm__diagnostics_free(&diagnostics);
        tdm_chronology_free(c);
    }
    ck_assert_str_ne(ids[0], ids[1]);
}
END_TEST

START_TEST(strings_point_into_their_source)
{
    static const char bytes[] = "2024-01-01,seen at the door,alone";
    tdm__diagnostics diagnostics;
    tdm__builder *builder = new_builder((tdm_str){bytes, sizeof bytes - 1});
    entry e = {"a", D, D, 1, NULL, NULL};
    tdm__event_input event = event_of(&e);
    event.strings[TDM__TEXT] = (tdm_str){bytes + 11, 16};
    event.strings[TDM__OUTCOME] = (tdm_str){bytes + 28, 5};
    event.strings[TDM__ROLE] = TDM_LIT("decoded elsewhere");
    ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    tdm_chronology *c = frozen(builder, &diagnostics);
    ck_assert_ptr_eq(tdm__chronology_string(c, 0, TDM__TEXT).data, bytes + 11);
    ck_assert_ptr_eq(tdm__chronology_string(c, 0, TDM__OUTCOME).data, bytes + 28);
    tdm_str role = tdm__chronology_string(c, 0, TDM__ROLE);
    ck_assert(tdm__str_equal(role, TDM_LIT("decoded elsewhere")));
    ck_assert_ptr_ne(role.data, event.strings[TDM__ROLE].data);
    tdm__diagnostics_free(&diagnostics);
    tdm_chronology_free(c);
}
END_TEST

static const struct {
    const char *key, *value;
    int64_t number;
} facts[] = {
    {"no_further_action", "yes", 1}, {"not_required", "no", 0},
    {"sessions_missed", "12", 12},   {"due", "2024-03-05", 19787},
    {"received_time", "14:30", 870}, {"category", "neglect", 0},
    {"factors", "1A 2B", 0},         {"worker", "w17", 0},
    {"shoe_size", "31", 31},
};
#define FACT_COUNT (sizeof facts / sizeof *facts)

/* Event i carries the facts from i on; the events come in reverse order. */
START_TEST(facts_follow_their_events)
{
    tdm__fact_input inputs[FACT_COUNT];
    tdm__diagnostics diagnostics;
    tdm__builder *builder = new_builder((tdm_str){NULL, 0});
    for (size_t i = 0; i < FACT_COUNT; i++)
        inputs[i] = (tdm__fact_input){tdm__str(facts[i].key), tdm__str(facts[i].value)};
    for (size_t i = FACT_COUNT; i-- > 0;) {
        entry e = {"a", D + (tdm_day)i, D + (tdm_day)i, i + 1, NULL, NULL};
        tdm__event_input event = event_of(&e);
        event.facts = inputs + i;
        event.fact_count = FACT_COUNT - i;
        ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    }
    tdm_chronology *c = frozen(builder, &diagnostics);
    for (uint32_t i = 0; i < FACT_COUNT; i++)
        for (size_t k = 0; k < FACT_COUNT; k++) {
            tdm__fact_value value;
            uint32_t key = 0;
            while (key < tdm__chronology_fact_key_count(c) &&
                   !tdm__str_equal(tdm__chronology_fact_key(c, key), tdm__str(facts[k].key)))
                key++;
            bool there = tdm__chronology_fact(&value, c, i, key);
            ck_assert_msg(there == (k >= i), "%s", facts[k].key);
            if (!there)
                continue;
            ck_assert_msg(value.number == facts[k].number, "%s: %lld", facts[k].key, (long long)value.number);
            ck_assert(tdm__str_equal(value.text, tdm__str(facts[k].value)));
        }
    ck_assert_uint_eq(tdm__chronology_fact_key_count(c), vocabulary()->fact_count + 1);
    tdm__diagnostics_free(&diagnostics);
    tdm_chronology_free(c);
}
END_TEST

START_TEST(children_are_merged)
{
    tdm__builder *builder = new_builder((tdm_str){NULL, 0});
    tdm__child_input child = {TDM_LIT("a"), {D, D, 0},     unknown,     unknown,
                              TDM_LIT(""),  TDM_LIT("N1"), TDM_LIT("h")};
    tdm__child_input more = {TDM_LIT("a"), unknown,     {D + 9, D + 9, 0}, unknown,
                             TDM_LIT("f"), TDM_LIT(""), TDM_LIT("h")};
    tdm__child_input other = {TDM_LIT("a"), {D + 1, D + 1, 0}, unknown,    {D + 50, D + 50, 0},
                              TDM_LIT("m"), TDM_LIT(""),       TDM_LIT("")};
    tdm__child_input sibling = {TDM_LIT("0"), unknown,     unknown,     unknown,
                                TDM_LIT(""),  TDM_LIT(""), TDM_LIT("h")};
    tdm__diagnostics diagnostics;
    tdm__arena arena;
    uint32_t *siblings;
    size_t count;
    ck_assert_int_eq(tdm__builder_child(builder, &child), TDM_OK);
    ck_assert_int_eq(tdm__builder_child(builder, &more), TDM_OK);
    ck_assert_int_eq(tdm__builder_child(builder, &other), TDM_CONFLICT);
    ck_assert_int_eq(tdm__builder_child(builder, &sibling), TDM_OK);
    tdm_chronology *c = frozen(builder, &diagnostics);
    const tdm__child *merged = tdm__chronology_child(c, 1);
    ck_assert_int_eq(merged->born.from, D); /* the first stands */
    ck_assert_int_eq(merged->expected.from, D + 9);
    ck_assert_int_eq(merged->died.from, D + 50); /* what does not conflict is taken */
    ck_assert(tdm__str_equal(merged->sex, TDM_LIT("f")));
    ck_assert(tdm__str_equal(merged->area, TDM_LIT("N1")));
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__chronology_siblings(&siblings, &count, &arena, c, 1), TDM_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(siblings[0], 0);
    tdm__arena_free(&arena);
    tdm__diagnostics_free(&diagnostics);
    tdm_chronology_free(c);
}
END_TEST

START_TEST(sources_say_what_they_could_hold)
{
    tdm__builder *builder = new_builder((tdm_str){NULL, 0});
    uint32_t concern = kind_index("concern"), note = kind_index("note"), visit = kind_index("visit"), source;
    tdm_str only = TDM_LIT("b");
    tdm__source_input input = {.name = TDM_LIT("b.csv"),
                               .received = TDM_DAY_NONE,
                               .carries = &concern,
                               .carry_count = 1,
                               .children = &only,
                               .child_count = 1};
    tdm__diagnostics diagnostics;
    ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    ck_assert_int_eq(tdm__builder_source_carries(builder, source, &note, NULL, 1), TDM_OK);
    for (int i = 0; i < 2; i++) {
        entry e = {i ? "b" : "a", D, D, 1, NULL, NULL};
        tdm__event_input event = event_of(&e);
        ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    }
    tdm_chronology *c = frozen(builder, &diagnostics);
    ck_assert(tdm__chronology_could_hold(c, 1, concern, D) && tdm__chronology_could_hold(c, 1, note, D));
    ck_assert(!tdm__chronology_could_hold(c, 1, visit, D) && !tdm__chronology_could_hold(c, 0, concern, D));
    tdm__diagnostics_free(&diagnostics);
    tdm_chronology_free(c);
}
END_TEST

/* Concerns and visits were told, in full, until a return of concerns and notes came in their place. */
START_TEST(a_replaced_source_could_hold_nothing)
{
    static const char *const kinds[] = {"concern", "note", "visit"};
    static const bool held[2][3] = {{true, true, true}, {true, true, false}}; /* day before, day it came */
    bool undated = _i == 1;
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    uint32_t carries[2][2] = {{kind_index("concern"), kind_index("visit")},
                              {kind_index("concern"), kind_index("note")}};
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, vocabulary()), TDM_OK);
    for (int i = 0; i < 2; i++) {
        uint32_t source;
        tdm__source_input input = {.name = TDM_LIT("r.csv"),
                                   .received = undated ? TDM_DAY_NONE : D + 10 * i,
                                   .carries = carries[i],
                                   .carry_count = 2};
        ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    }
    ck_assert_int_eq(tdm__builder_source_replaces(builder, 1, 0), TDM_OK);
    entry e = {"a", D, D, 1, NULL, NULL};
    tdm__event_input event = event_of(&e);
    event.source = 1;
    ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    tdm_chronology *c = frozen(builder, &diagnostics);
    for (int after = 0; after < 2; after++) {
        tdm__arena arena;
        tdm__carried carried;
        tdm_day day = D + 9 + after;
        tdm__arena_init(&arena, &tdm__malloc_allocator);
        ck_assert_int_eq(tdm__chronology_carried(&carried, &arena, c, 0, day), TDM_OK);
        for (int k = 0; k < 3; k++) {
            uint32_t kind = kind_index(kinds[k]);
            bool expected = held[after || undated][k];
            ck_assert_int_eq(tdm__chronology_could_hold(c, 0, kind, day), expected);
            ck_assert_int_eq(tdm__carried_kind(&carried, kind), expected);
            ck_assert_int_eq(tdm__carried_in_full(&carried, kind, TDM_NO_INDEX), expected);
        }
        tdm__arena_free(&arena);
    }
    tdm__diagnostics_free(&diagnostics);
    tdm_chronology_free(c);
}
END_TEST

START_TEST(wrong_events_are_refused)
{
    tdm__builder *builder = new_builder((tdm_str){NULL, 0});
    entry e = {"a", D, D, 1, NULL, NULL};
    for (int i = 0; i < 5; i++) {
        tdm__event_input event = event_of(&e);
        event.source += i == 0;
        event.kind = i == 1 ? (uint32_t)vocabulary()->kind_count : event.kind;
        event.minute = i == 2 ? 1440 : i == 3 ? -2 : -1;
        event.occurred.from += i == 4;
        ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_INVALID_ARG);
    }
    tdm__diagnostics diagnostics;
    tdm_chronology *c = frozen(builder, &diagnostics);
    ck_assert_uint_eq(tdm_chronology_event_count(c), 0);
    tdm__diagnostics_free(&diagnostics);
    tdm_chronology_free(c);
    tdm__builder_free(NULL);
}
END_TEST

/* 80 entries with strings and facts, one of them repeated: enough for every array to grow. */
static tdm_status build_with(const tdm_allocator *allocator)
{
    tdm__builder *builder;
    tdm_chronology *c = NULL;
    tdm__diagnostics diagnostics;
    uint32_t source;
    tdm__fact_input fact = {TDM_LIT("shoe_size"), TDM_LIT("31")};
    tdm__source_input input = {.name = TDM_LIT("a.csv"), .received = TDM_DAY_NONE};
    tdm__person_input person = {TDM_LIT("p"), TDM_LIT("mother"), TDM_LIT("h")};
    tdm_status status = tdm__builder_new(&builder, allocator, vocabulary());
    if (status != TDM_OK)
        return status;
    tdm__diagnostics_init(&diagnostics, allocator);
    status = tdm__builder_source(&source, builder, &input);
    if (status == TDM_OK)
        status = tdm__builder_person(builder, &person);
    for (uint64_t i = 0; status == TDM_OK && i < 80; i++) {
        entry e = {i % 3 ? "a" : "b", D + 90 - (tdm_day)i, D + 90 - (tdm_day)i, i == 79 ? 76 : i, "text",
                   "action"};
        tdm__event_input event = event_of(&e);
        event.facts = &fact;
        event.fact_count = 1;
        event.strings[TDM__INCIDENT] = i % 5 ? (tdm_str){"", 0} : TDM_LIT("same");
        event.ended = (tdm_date){D + 100, D + 100, 0};
        status = tdm__builder_event(builder, &event);
    }
    if (status == TDM_OK)
        status = tdm__builder_freeze(&c, builder, &diagnostics);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    tdm_chronology_free(c);
    return status;
}

START_TEST(survives_no_memory)
{
    vocabulary();
    TEST_EVERY_ALLOCATION(build_with);
}
END_TEST

/* --- a table so large that it is dealt out first --- */

#define MANY          (TDM__DEAL_FROM + 7000)
#define MANY_CHILDREN 1000u

static uint32_t child_of_row(uint32_t row)
{
    return row * 7919u % MANY_CHILDREN;
}

static tdm_day day_of_row(uint32_t row)
{
    return D + (tdm_day)(row * 31u % 3001u);
}

/* Each third row weighs something, each seventh has an action; all in the same table. */
static tdm_status add_many(tdm__builder *builder)
{
    char child[16], number[16];
    tdm_status status = TDM_OK;
    for (uint32_t row = 1; row <= MANY && status == TDM_OK; row++) {
        snprintf(child, sizeof child, "%u", (unsigned)child_of_row(row));
        snprintf(number, sizeof number, "%u", (unsigned)(row % 1000));
        tdm__fact_input weight = {TDM_LIT("weight"), tdm__str(number)};
        entry e = {child, day_of_row(row), day_of_row(row), row, NULL, row % 7 == 0 ? number : NULL};
        tdm__event_input event = event_of(&e);
        event.facts = &weight;
        event.fact_count = row % 3 == 0;
        status = tdm__builder_event(builder, &event);
    }
    return status;
}

START_TEST(a_large_table_is_sorted_whole)
{
    tdm__diagnostics diagnostics;
    tdm__builder *builder = new_builder((tdm_str){NULL, 0});
    uint32_t weight = tdm__vocabulary_fact(vocabulary(), TDM_LIT("weight"));
    uint64_t rows = 0;
    ck_assert_int_eq(add_many(builder), TDM_OK);
    tdm_chronology *c = frozen(builder, &diagnostics);
    ck_assert_uint_eq(tdm_chronology_event_count(c), MANY);
    ck_assert_uint_eq(tdm_chronology_child_count(c), MANY_CHILDREN);
    for (uint32_t i = 0; i < MANY; i++) {
        tdm__fact_value value;
        tdm__event event = tdm__chronology_event(c, i);
        char child[16], number[16];
        snprintf(child, sizeof child, "%u", (unsigned)child_of_row(event.row));
        snprintf(number, sizeof number, "%u", (unsigned)(event.row % 1000));
        rows += event.row;
        ck_assert(tdm__str_equal(tdm_chronology_child_id(c, event.child), tdm__str(child)));
        ck_assert_int_eq(event.occurred.from, day_of_row(event.row));
        ck_assert(tdm__str_equal(tdm__chronology_string(c, i, TDM__ACTION),
                                 tdm__str(event.row % 7 == 0 ? number : "")));
        ck_assert(tdm__chronology_fact(&value, c, i, weight) == (event.row % 3 == 0));
        ck_assert_int_eq(value.number, event.row % 3 == 0 ? (int64_t)(event.row % 1000) : 0);
        if (i == 0)
            continue;
        tdm__event before = tdm__chronology_event(c, i - 1);
        ck_assert(before.child < event.child || before.occurred.from < event.occurred.from ||
                  (before.occurred.from == event.occurred.from && before.row < event.row));
    }
    ck_assert_uint_eq(rows, (uint64_t)MANY * (MANY + 1) / 2); /* each once */
    tdm__diagnostics_free(&diagnostics);
    tdm_chronology_free(c);
}
END_TEST

/* The first allocations of freezing: children, then what deals the events out. */
START_TEST(dealing_survives_no_memory)
{
    for (long fail_at = 1; fail_at <= 30; fail_at++) {
        test_memory memory = {.fail_from = 0};
        tdm_allocator allocator = test_allocator(&memory);
        tdm__builder *builder;
        tdm_chronology *c;
        uint32_t source;
        tdm__source_input input = {.name = TDM_LIT("a.csv"), .received = TDM_DAY_NONE};
        ck_assert_int_eq(tdm__builder_new(&builder, &allocator, vocabulary()), TDM_OK);
        ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
        ck_assert_int_eq(add_many(builder), TDM_OK);
        memory.fail_from = memory.calls + fail_at;
        ck_assert_int_eq(tdm__builder_freeze(&c, builder, NULL), TDM_NO_MEMORY);
        tdm__builder_free(builder);
        ck_assert_int_eq(memory.blocks, 0);
    }
}
END_TEST

Suite *table_suite(void)
{
    Suite *suite = suite_create("table");
    TCase *tests = tcase_create("table");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, order_of_events);
    tcase_add_test(tests, repeated_entries);
    tcase_add_test(tests, ids_are_stable);
    tcase_add_test(tests, strings_point_into_their_source);
    tcase_add_test(tests, facts_follow_their_events);
    tcase_add_test(tests, children_are_merged);
    tcase_add_test(tests, sources_say_what_they_could_hold);
    tcase_add_loop_test(tests, a_replaced_source_could_hold_nothing, 0, 2);
    tcase_add_test(tests, wrong_events_are_refused);
    tcase_add_test(tests, survives_no_memory);
    tcase_add_test(tests, a_large_table_is_sorted_whole);
    tcase_add_test(tests, dealing_survives_no_memory);
    suite_add_tcase(suite, tests);
    return suite;
}
