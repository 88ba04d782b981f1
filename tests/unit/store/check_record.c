/*
 * Some children out of a store of many, and rows into it within a piece of work.
 */
#include "store/living.h"

#include "store/deletion.h"

#include <stdio.h>

static tdm_status freeze(tdm_chronology **out, tdm__builder *builder)
{
    tdm__diagnostics diagnostics;
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    tdm_status status = tdm__builder_freeze(out, builder, &diagnostics);
    tdm__diagnostics_free(&diagnostics);
    return status;
}

/* The children named, or all; what stands beside the events goes to `content`. */
static tdm_chronology *read_some(living *l, const tdm_str *ids, size_t count, tdm__store_content *content)
{
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    tdm_chronology *chronology;
    tdm__work *work = living_read(l);
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, l->f.vocabulary), TDM_OK);
    ck_assert_fine(tdm__work_read(work, builder, l->f.vocabulary, &diagnostics, &l->arena, ids, count,
                                  content, &l->error),
                   l);
    ck_assert_uint_eq(diagnostics.count, ids ? 0 : 3);
    ck_assert_int_eq(freeze(&chronology, builder), TDM_OK);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    tdm__work_end(work);
    return chronology;
}

static void check_event(const tdm_chronology *a, uint32_t at_a, const tdm_chronology *b, uint32_t at_b)
{
    tdm__event x = tdm__chronology_event(a, at_a), y = tdm__chronology_event(b, at_b);
    ck_assert_uint_eq(x.id, y.id);
    ck_assert_int_eq(x.occurred.from, y.occurred.from);
    ck_assert_int_eq(x.occurred.to, y.occurred.to);
    ck_assert_int_eq(x.recorded, y.recorded);
    ck_assert_uint_eq(x.kind, y.kind);
    ck_assert_uint_eq(x.row, y.row);
    ck_assert(
        tdm__str_equal(tdm__chronology_source(a, x.source)->hash, tdm__chronology_source(b, y.source)->hash));
    for (int field = 0; field < TDM__STRING_FIELDS; field++)
        ck_assert(tdm__str_equal(tdm__chronology_string(a, at_a, (tdm__string_field)field),
                                 tdm__chronology_string(b, at_b, (tdm__string_field)field)));
    for (uint32_t key = 0; key < tdm__chronology_fact_key_count(a); key++) {
        tdm__fact_value of_a, of_b;
        uint32_t other = 0;
        while (other < tdm__chronology_fact_key_count(b) &&
               !tdm__str_equal(tdm__chronology_fact_key(a, key), tdm__chronology_fact_key(b, other)))
            other++;
        bool has = tdm__chronology_fact(&of_a, a, at_a, key);
        ck_assert(has ==
                  (other < tdm__chronology_fact_key_count(b) && tdm__chronology_fact(&of_b, b, at_b, other)));
        ck_assert(!has || tdm__str_equal(of_a.text, of_b.text));
    }
}

/* A child reads the same alone as among all, and what could be known of it is the same. */
static void check_child(const tdm_chronology *all, const tdm_chronology *some, const char *id)
{
    uint32_t a = tdm__chronology_find_child(all, tdm__str(id)),
             b = tdm__chronology_find_child(some, tdm__str(id));
    uint32_t first_a, end_a, first_b, end_b;
    ck_assert_uint_ne(a, TDM_NO_INDEX);
    ck_assert_uint_ne(b, TDM_NO_INDEX);
    tdm__chronology_child_events(all, a, &first_a, &end_a);
    tdm__chronology_child_events(some, b, &first_b, &end_b);
    ck_assert_uint_eq(end_a - first_a, end_b - first_b);
    for (uint32_t i = 0; i < end_a - first_a; i++)
        check_event(all, first_a + i, some, first_b + i);
    ck_assert_int_eq(tdm__chronology_child(all, a)->born.from, tdm__chronology_child(some, b)->born.from);
    ck_assert(
        tdm__str_equal(tdm__chronology_child(all, a)->household, tdm__chronology_child(some, b)->household));
    for (uint32_t kind = 0; kind < tdm__chronology_vocabulary(all)->kind_count; kind++)
        ck_assert(tdm__chronology_could_hold(all, a, kind, 19500) ==
                  tdm__chronology_could_hold(some, b, kind, 19500));
}

START_TEST(a_child_reads_alone_as_among_all)
{
    static const char *const children[] = {"child-a", "child-b", "child-c"};
    static const size_t people[] = {1, 1, 0};
    living l;
    tdm__store_content content;
    living_open(&l);
    tdm_chronology *all = read_some(&l, NULL, 0, &content);
    ck_assert_uint_eq(content.assessment_count, 2);
    ck_assert_uint_eq(content.account_count, 1);
    for (int i = 0; i < ROWS(children); i++) {
        const tdm_str id = tdm__str(children[i]);
        tdm_chronology *some = read_some(&l, &id, 1, &content);
        ck_assert_uint_eq(tdm_chronology_child_count(some), 1);
        check_child(all, some, children[i]);
        ck_assert_uint_eq(tdm__chronology_person_count(some), people[i]);
        ck_assert_uint_eq(content.assessment_count, 0);
        ck_assert_uint_eq(content.account_count, 0);
        ck_assert_text(content.case_id, "case-1");
        tdm_chronology_free(some);
    }
    tdm_chronology_free(all);
    living_close(&l);
}
END_TEST

START_TEST(several_children_and_none)
{
    static const tdm_str three[] = {{"child-c", 7}, {"child-a", 7}, {"child-b", 7}};
    static const tdm_str strangers[] = {{"nobody", 6}, {"' OR 1 = 1 --", 13}, {"[\"child-a\"]", 11}};
    living l;
    tdm__store_content content;
    living_open(&l);
    tdm_chronology *all = read_some(&l, NULL, 0, &content), *some = read_some(&l, three, 3, &content);
    ck_assert_uint_eq(tdm_chronology_event_count(some), tdm_chronology_event_count(all));
    for (int i = 0; i < 3; i++)
        check_child(all, some, three[i].data);
    tdm_chronology_free(some);
    some = read_some(&l, strangers, 3, &content);
    ck_assert_uint_eq(tdm_chronology_child_count(some), 0);
    ck_assert_uint_eq(tdm_chronology_event_count(some), 0);
    tdm_chronology_free(some);
    tdm_chronology_free(all);
    living_close(&l);
}
END_TEST

START_TEST(assessments_of_the_child_come_with_it)
{
    const tdm__kept_assessment kept[] = {
        {TDM_LIT("a.json"), 1, TDM_LIT("{\"id\":\"x1\",\"child\":\"child-a\"}")},
        {TDM_LIT("b.json"), 1, TDM_LIT("{\"child\":\"child-b\",\"id\":\"x2\"}")},
        {TDM_LIT("b.json"), 9, TDM_LIT("{\"type\":\"assessment\",\"id\":\"x1\", \"child\":\"child-a\"}")},
    };
    living l;
    tdm_chronology *chronology;
    tdm__store_counts counts;
    tdm__store_content content;
    living_open(&l);
    ck_assert_int_eq(fixture_chronology(&chronology, &tdm__malloc_allocator, l.f.vocabulary, WHOLE), TDM_OK);
    content = fixture_content(chronology);
    content.assessments = kept;
    content.assessment_count = 3;
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_write(work, &content, &counts, &l.error), &l);
    living_keep(work);
    ck_assert_int_eq(counts.assessments.added, 2);
    ck_assert_int_eq(counts.assessments.known, 1);
    ck_assert_int_eq(counts.events.known, 9);
    tdm_chronology_free(chronology);
    const tdm_str id = TDM_LIT("child-b");
    chronology = read_some(&l, &id, 1, &content);
    ck_assert_uint_eq(content.assessment_count, 1);
    ck_assert_text(content.assessments[0].json, "{\"child\":\"child-b\",\"id\":\"x2\"}");
    tdm_chronology_free(chronology);
    living_close(&l);
}
END_TEST

START_TEST(the_household_is_found)
{
    living l;
    tdm_str *ids;
    size_t count;
    living_open(&l);
    tdm__work *work = living_read(&l);
    ck_assert_fine(tdm__work_household(work, TDM_LIT("child-b"), &l.arena, &ids, &count, &l.error), &l);
    ck_assert_uint_eq(count, 2);
    ck_assert_text(ids[0], "child-a");
    ck_assert_text(ids[1], "child-b");
    /* Two children of no known household are no siblings. */
    ck_assert_fine(tdm__work_household(work, TDM_LIT("child-c"), &l.arena, &ids, &count, &l.error), &l);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(tdm__work_household(work, TDM_LIT("nobody"), &l.arena, &ids, &count, &l.error),
                     TDM_NOT_FOUND);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* A school's first return tells of both children, the one that replaces it of the other alone: the entry of
 * the child that is not in it has been withdrawn, which only the return about somebody else says. */
static void write_a_withdrawal(living *l)
{
    const tdm_str both[] = {TDM_LIT("child-v"), TDM_LIT("child-w")};
    tdm__builder *builder;
    tdm_chronology *chronology;
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, l->f.vocabulary), TDM_OK);
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t source;
        const tdm__source_input input = {.id = i ? TDM_LIT("later") : TDM_LIT("earlier"),
                                         .received = 19400 + (tdm_day)i * 50,
                                         .carries_all = true,
                                         .children = &both[i],
                                         .child_count = 2 - i};
        ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
        for (uint32_t k = i; k < 2; k++) {
            const tdm__event_input event = {.child = both[k],
                                            .occurred = {19000, 19000, 0},
                                            .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
                                            .minute = -1,
                                            .recorded = TDM_DAY_NONE,
                                            .agency = TDM_LIT("school"),
                                            .source = source,
                                            .row = k + 2,
                                            .kind = l->f.vocabulary->kind_other,
                                            .row_key = 70 + k};
            ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
        }
    }
    ck_assert_int_eq(tdm__builder_source_replaces(builder, 1, 0), TDM_OK);
    ck_assert_int_eq(freeze(&chronology, builder), TDM_OK);
    tdm__builder_free(builder);
    tdm__store_content content = {.chronology = chronology, .as_of = TDM_DAY_NONE};
    tdm__work *work = living_write(l);
    ck_assert_fine(tdm__work_write(work, &content, NULL, &l->error), l);
    living_keep(work);
    tdm_chronology_free(chronology);
}

static bool stands(const tdm_chronology *chronology, const char *child, tdm_day day)
{
    uint32_t first, end;
    tdm__chronology_child_events(chronology, tdm__chronology_find_child(chronology, tdm__str(child)), &first,
                                 &end);
    ck_assert_uint_eq(end - first, 1);
    return tdm__chronology_stands(chronology, first, day);
}

START_TEST(a_return_about_somebody_else_withdraws)
{
    living l;
    tdm__store_content content;
    const tdm_str id = TDM_LIT("child-v");
    living_open(&l);
    write_a_withdrawal(&l);
    tdm_chronology *all = read_some(&l, NULL, 0, &content), *some = read_some(&l, &id, 1, &content);
    ck_assert(stands(all, "child-v", 19449));
    ck_assert(!stands(all, "child-v", 19450));
    ck_assert(stands(some, "child-v", 19449));
    ck_assert(!stands(some, "child-v", 19450));
    /* Also once that other child has been deleted. */
    tdm__stored_deletion line = {.pseudonym = TDM_LIT("p")};
    tdm__work *work = living_write(&l);
    ck_assert_fine(tdm__work_delete_child(work, TDM_LIT("child-w"), &line, &l.error), &l);
    living_keep(work);
    ck_assert_int_eq(line.counts.sources, 0);
    tdm_chronology_free(some);
    some = read_some(&l, &id, 1, &content);
    ck_assert(!stands(some, "child-v", 19450));
    tdm_chronology_free(some);
    tdm_chronology_free(all);
    living_close(&l);
}
END_TEST

/* --- writing --- */

START_TEST(an_import_is_kept_whole_or_not_at_all)
{
    living l;
    tdm_chronology *chronology;
    tdm__store_counts counts;
    const tdm__kept_assessment none = {TDM_LIT("bad.json"), 1, TDM_LIT("[]")};
    fixture_open(&l.f);
    fixture_write(&l.f, l.f.path, FIRST_HALF);
    ck_assert_fine(tdm__live_open(&l.live, l.f.context, l.f.path, NULL, &l.error), &l);
    tdm__arena_init(&l.arena, &tdm__malloc_allocator);
    ck_assert_int_eq(fixture_chronology(&chronology, &tdm__malloc_allocator, l.f.vocabulary, SECOND_HALF),
                     TDM_OK);
    tdm__store_content content = fixture_content(chronology);
    content.assessments = &none;
    content.assessment_count = 1;
    tdm__work *work = living_write(&l);
    ck_assert_int_eq(tdm__work_write(work, &content, &counts, &l.error), TDM_INVALID_INPUT);
    ck_assert_int_eq(tdm__work_commit(work, &l.error), TDM_STORE);
    tdm__work_end(work);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM event"), 6);
    content = fixture_content(chronology);
    for (int round = 0; round < 2; round++) {
        work = living_write(&l);
        ck_assert_fine(tdm__work_write(work, &content, &counts, &l.error), &l);
        living_keep(work);
        ck_assert_int_eq(counts.events.added, round == 0 ? 3 : 0);
    }
    tdm_chronology_free(chronology);
    tdm_chronology *held = fixture_read(&l.f, l.f.path);
    ck_assert_uint_eq(tdm_chronology_event_count(held), 9);
    tdm_chronology_free(held);
    living_close(&l);
}
END_TEST

/* --- many children --- */

enum { MANY = 3000 };

static void write_many(living *l)
{
    static char names[MANY][16];
    static tdm_str ids[MANY];
    tdm__builder *builder;
    tdm_chronology *chronology;
    uint32_t source;
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, l->f.vocabulary), TDM_OK);
    for (int i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof names[i], "many-%04d", i);
        ids[i] = tdm__str(names[i]);
    }
    const tdm__source_input input = {.id = TDM_LIT("of-many"),
                                     .received = TDM_DAY_NONE,
                                     .carries_all = true,
                                     .children = ids,
                                     .child_count = MANY};
    ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    for (int i = 0; i < MANY; i++) {
        const tdm__event_input event = {.child = ids[i],
                                        .occurred = {19000, 19000, 0},
                                        .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
                                        .minute = -1,
                                        .recorded = TDM_DAY_NONE,
                                        .agency = TDM_LIT("school"),
                                        .source = source,
                                        .row = (uint32_t)i + 2,
                                        .kind = l->f.vocabulary->kind_other,
                                        .row_key = (uint64_t)i + 1};
        ck_assert_int_eq(tdm__builder_event(builder, &event), TDM_OK);
    }
    ck_assert_int_eq(freeze(&chronology, builder), TDM_OK);
    tdm__builder_free(builder);
    tdm__store_content content = {.chronology = chronology, .as_of = TDM_DAY_NONE};
    tdm__work *work = living_write(l);
    ck_assert_fine(tdm__work_write(work, &content, NULL, &l->error), l);
    living_keep(work);
    tdm_chronology_free(chronology);
}

static tdm_status count_asking(void *payload)
{
    (*(int *)payload)++;
    return TDM_OK;
}

/* The interrupt is asked every 20,000 steps of SQLite: one child of thousands takes no more than a few. */
START_TEST(one_child_of_many_is_read_without_the_others)
{
    living l;
    int asked = 0;
    tdm__store_content content;
    tdm_context *patient;
    const tdm_context_options options = {
        .struct_size = sizeof options, .interrupt = count_asking, .interrupt_payload = &asked};
    const tdm_str one = TDM_LIT("many-1234");
    living_open(&l);
    write_many(&l);
    patient = l.f.context;
    ck_assert_int_eq(tdm_context_new(&l.f.context, &options), TDM_OK);
    tdm_chronology *some = read_some(&l, &one, 1, &content);
    ck_assert_int_le(asked, 2);
    ck_assert_uint_eq(tdm_chronology_event_count(some), 1);
    tdm_chronology_free(some);
    tdm_context_free(l.f.context);
    l.f.context = patient;
    living_close(&l);
}
END_TEST

/* --- memory --- */

static living memory_living;

static tdm_status read_and_write(const tdm_allocator *allocator)
{
    living *l = &memory_living;
    const tdm_context context = {.allocator = *allocator, .vault = fixture_vault()};
    const tdm_str id = TDM_LIT("child-b");
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    tdm__arena arena;
    tdm__store_content content;
    tdm_chronology *chronology = NULL;
    tdm__live *live = NULL;
    tdm__work *work = NULL;
    tdm__diagnostics_init(&diagnostics, allocator);
    tdm__arena_init(&arena, allocator);
    tdm_status status = tdm__builder_new(&builder, allocator, l->f.vocabulary);
    if (status == TDM_OK)
        status = tdm__live_open(&live, &context, l->f.path, NULL, NULL);
    if (status == TDM_OK)
        status = tdm__live_write(&work, live, &context, NULL);
    if (status == TDM_OK)
        status = tdm__work_read(work, builder, l->f.vocabulary, &diagnostics, &arena, &id, 1, &content, NULL);
    if (status == TDM_OK)
        status = tdm__builder_freeze(&chronology, builder, &diagnostics);
    content.chronology = chronology;
    if (status == TDM_OK)
        status = tdm__work_write(work, &content, NULL, NULL);
    if (status == TDM_OK)
        status = tdm__work_commit(work, NULL);
    tdm__work_end(work);
    tdm__live_close(live);
    tdm_chronology_free(chronology);
    tdm__builder_free(builder);
    tdm__arena_free(&arena);
    tdm__diagnostics_free(&diagnostics);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    living_open(&memory_living);
    TEST_EVERY_ALLOCATION(read_and_write);
    living_close(&memory_living);
}
END_TEST

Suite *record_suite(void)
{
    Suite *suite = suite_create("record");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, a_child_reads_alone_as_among_all);
    tcase_add_test(all, several_children_and_none);
    tcase_add_test(all, assessments_of_the_child_come_with_it);
    tcase_add_test(all, the_household_is_found);
    tcase_add_test(all, a_return_about_somebody_else_withdraws);
    tcase_add_test(all, an_import_is_kept_whole_or_not_at_all);
    tcase_add_test(all, one_child_of_many_is_read_without_the_others);
    tcase_add_test(all, every_allocation_may_fail);
    suite_add_tcase(suite, all);
    return suite;
}
