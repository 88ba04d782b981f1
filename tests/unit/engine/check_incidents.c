/*
 * Rows that tell one incident, as a run keeps them: which, in which order, and what they say differently.
 */
#include "engine/one_incident.h"

#include "engine/world.h"

#include <string.h>

typedef struct told {
    const char *occurred, *agency, *kind, *incident, *worker; /* NULL: none */
} told;

/* Stands in the chronology by date: the places in it are the comments. */
static const told rows[] = {
    {"2024-03-05", "police", "domestic-abuse-incident", "INC-1", NULL}, /* 2 */
    {"2024-03-05", "school", "school-concern", "INC-1", NULL},          /* 3 */
    {"2024-06-01", "school", "hunger-concern", "INC-3", NULL},          /* 4: told once */
    {"2024-09-01", "police", "domestic-abuse-incident", NULL, NULL},    /* 5: nobody says that these two */
    {"2024-09-02", "hospital", "domestic-abuse-incident", NULL, NULL},  /* 6: are one */
    {"2024-01-08", "school", "concern", "INC-2", "one"},                /* 0 */
    {"2024-01-08", "gp", "concern", "INC-2", "another"},                /* 1 */
};

static tdm_status add(tdm__builder *builder, const told *row, uint32_t number)
{
    tdm__fact_input worker = {TDM_LIT("worker"), tdm__str(row->worker)};
    tdm_day day = world_day(row->occurred);
    tdm__event_input event = {.child = TDM_LIT("C1"),
                              .occurred = {day, day, 0},
                              .minute = -1,
                              .recorded = TDM_DAY_NONE,
                              .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
                              .agency = tdm__str(row->agency),
                              .row = number + 1,
                              .kind = world_kind(row->kind),
                              .row_key = number + 1,
                              .facts = &worker,
                              .fact_count = row->worker != NULL};
    event.strings[TDM__INCIDENT] = tdm__str(row->incident);
    return tdm__builder_event(builder, &event);
}

static tdm_chronology *build(const told *all, size_t count)
{
    tdm__builder *builder;
    tdm_chronology *chronology;
    tdm__diagnostics diagnostics;
    uint32_t source;
    tdm__source_input input = {.name = TDM_LIT("r.csv"), .received = TDM_DAY_NONE};
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, world_vocabulary()), TDM_OK);
    ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    for (uint32_t i = 0; i < count; i++)
        ck_assert_int_eq(add(builder, &all[i], i), TDM_OK);
    ck_assert_int_eq(tdm__builder_freeze(&chronology, builder, &diagnostics), TDM_OK);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    return chronology;
}

static tdm_chronology *chronology;

static tdm_status keep_in(tdm__child_result *out, tdm__arena *arena)
{
    tdm_history *history;
    memset(out, 0, sizeof *out);
    tdm_status status = tdm__history_new(&history, arena, chronology, 0, world_day("2024-09-30"), NULL);
    return status == TDM_OK ? tdm__keep_incidents(out, history, arena) : status;
}

START_TEST(stated_ones_then_perhaps_by_their_first_row)
{
    static const struct {
        bool stated;
        uint32_t events[2];
    } expected[] = {{true, {0, 1}}, {true, {2, 3}}, {false, {5, 6}}};
    tdm__arena arena;
    tdm__child_result kept;
    chronology = build(rows, ROWS(rows));
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(keep_in(&kept, &arena), TDM_OK);
    ck_assert_uint_eq(kept.incident_count, ROWS(expected));
    for (size_t i = 0; i < ROWS(expected); i++) {
        const tdm__one_incident *one = &kept.incidents[i];
        ck_assert_int_eq(one->stated, expected[i].stated);
        ck_assert_uint_eq(one->event_count, 2);
        ck_assert_mem_eq(one->events, expected[i].events, sizeof expected[i].events);
    }
    /* two workers; two days, which only those that are stated to be one may not have */
    const tdm__run_contradiction *workers = kept.incidents[0].contradictions;
    ck_assert_uint_eq(kept.incidents[0].contradiction_count, 1);
    ck_assert(workers->event == 1 && workers->other == 0);
    ck_assert(tdm__str_equal(tdm__chronology_fact_key(chronology, workers->key), TDM_LIT("worker")));
    ck_assert_uint_eq(kept.incidents[1].contradiction_count, 0);
    ck_assert_uint_eq(kept.incidents[2].contradiction_count, 1);
    ck_assert_uint_eq(kept.incidents[2].contradictions->key, TDM_NO_INDEX);
    tdm__arena_free(&arena);
    tdm_chronology_free(chronology);
}
END_TEST

/* All rows of an incident are kept, the first 200 are held against each other: the last says otherwise. */
START_TEST(a_long_incident_is_compared_in_part)
{
    told many[201];
    for (size_t count = 200; count <= 201; count++) {
        tdm__arena arena;
        tdm__child_result kept;
        for (size_t i = 0; i < count; i++)
            many[i] = (told){"2024-03-05", "police", "concern", "INC", i + 1 == count ? "another" : "one"};
        chronology = build(many, count);
        tdm__arena_init(&arena, &tdm__malloc_allocator);
        ck_assert_int_eq(keep_in(&kept, &arena), TDM_OK);
        ck_assert_uint_eq(kept.incident_count, 1);
        ck_assert_uint_eq(kept.incidents[0].event_count, count);
        ck_assert_uint_eq(kept.incidents[0].contradiction_count, count == 200 ? 1 : 0);
        tdm__arena_free(&arena);
        tdm_chronology_free(chronology);
    }
}
END_TEST

static tdm_status keep_with(const tdm_allocator *allocator)
{
    tdm__arena arena;
    tdm__child_result kept;
    tdm__arena_init(&arena, allocator);
    tdm_status status = keep_in(&kept, &arena);
    tdm__arena_free(&arena);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    told many[300];
    for (size_t i = 0; i < ROWS(many); i++)
        many[i] = rows[i % ROWS(rows)];
    chronology = build(many, ROWS(many));
    TEST_EVERY_ALLOCATION(keep_with);
    tdm_chronology_free(chronology);
}
END_TEST

Suite *incidents_suite(void)
{
    Suite *suite = suite_create("incidents");
    TCase *tests = tcase_create("incidents");
    tcase_add_test(tests, stated_ones_then_perhaps_by_their_first_row);
    tcase_add_test(tests, a_long_incident_is_compared_in_part);
    tcase_add_test(tests, every_allocation_may_fail);
    suite_add_tcase(suite, tests);
    return suite;
}
