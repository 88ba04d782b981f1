/*
 * What goes into a store comes out of it: every field, the same order, the same ids.
 */
#include "store/fixture.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

START_TEST(everything_comes_back)
{
    fixture f;
    tdm_chronology *before;
    fixture_open(&f);
    ck_assert_int_eq(fixture_chronology(&before, &tdm__malloc_allocator, f.vocabulary, WHOLE), TDM_OK);
    tdm__store_counts counts = fixture_write(&f, f.path, WHOLE);
    tdm_chronology *after = fixture_read(&f, f.path);
    /* Nine rows, three children, two people, three sources (one came twice with another hash). */
    ck_assert_uint_eq(tdm_chronology_event_count(after), 9);
    ck_assert_int_eq(counts.events.added, 9);
    ck_assert_int_eq(counts.children.added, 3);
    ck_assert_int_eq(counts.people.added, 2);
    ck_assert_int_eq(counts.sources.added, 3);
    ck_assert_int_eq(counts.assessments.added, 2);
    ck_assert_int_eq(counts.accounts.added, 1);
    ck_assert_int_eq(counts.diagnostics.added, 3);
    fixture_same(before, after);
    tdm_chronology_free(before);
    tdm_chronology_free(after);
    fixture_close(&f);
}
END_TEST

/* Undated rows stand last, one open at its start stands at its end, one day keeps the order of coming. */
START_TEST(rows_stand_in_the_order_of_the_key)
{
    static const char *const texts[] = {"one", "two, the same day", "open at its start", "third of that day",
                                        ""};
    fixture f;
    uint32_t first, end;
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    tdm_chronology *after = fixture_read(&f, f.path);
    tdm__chronology_child_events(after, 0, &first, &end);
    ck_assert_uint_eq(end - first, 5);
    for (uint32_t i = first; i < end; i++)
        ck_assert(tdm__str_equal(tdm__chronology_string(after, i, TDM__TEXT), tdm__str(texts[i - first])));
    tdm_chronology_free(after);
    fixture_close(&f);
}
END_TEST

static void same_diagnostics(const tdm__diagnostics *a, const tdm__diagnostics *b)
{
    ck_assert_uint_eq(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const tdm__diagnostic *x = &a->items[i], *y = &b->items[i];
        ck_assert(tdm__str_equal(x->file, y->file));
        ck_assert_int_eq(x->row, y->row);
        ck_assert(tdm__str_equal(x->column, y->column));
        ck_assert_str_eq(x->code, y->code);
        ck_assert_int_eq(x->severity, y->severity);
        ck_assert(tdm__str_equal(x->message, y->message));
    }
}

START_TEST(what_stands_beside_the_events_comes_back)
{
    fixture f;
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    tdm__arena arena;
    tdm__store_content out, in = fixture_content(NULL);
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, f.vocabulary), TDM_OK);
    ck_assert_int_eq(
        tdm__store_read(f.context, f.path, builder, f.vocabulary, &diagnostics, &arena, &out, NULL), TDM_OK);
    ck_assert(tdm__str_equal(out.case_id, TDM_LIT("case-1")));
    ck_assert_int_eq(out.as_of, 19500);
    ck_assert_uint_eq(out.assessment_count, 2);
    for (int i = 0; i < 2; i++) {
        ck_assert(tdm__str_equal(out.assessments[i].json, in.assessments[i].json));
        ck_assert(tdm__str_equal(out.assessments[i].file, in.assessments[i].file));
        ck_assert_int_eq(out.assessments[i].line, in.assessments[i].line);
    }
    ck_assert_uint_eq(out.account_count, 1);
    ck_assert(tdm__str_equal(out.accounts[0].file, TDM_LIT("returns/police.csv")));
    ck_assert_int_eq(out.accounts[0].rows, 10);
    ck_assert_int_eq(out.accounts[0].read, 9);
    ck_assert_int_eq(out.accounts[0].set_aside, 1);
    ck_assert_ptr_null(out.diagnostics);
    same_diagnostics(in.diagnostics, &diagnostics);
    tdm__builder_free(builder);
    tdm__arena_free(&arena);
    tdm__diagnostics_free(&diagnostics);
    fixture_close(&f);
}
END_TEST

START_TEST(a_store_is_one_private_file)
{
    fixture f;
    struct stat about;
    char header[20];
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    ck_assert_int_eq(fixture_file_count(&f), 1);
    ck_assert_int_eq(stat(f.path, &about), 0);
    ck_assert_uint_eq(about.st_mode & 0777, 0600);
    /* Bytes 18 and 19 of an SQLite file are 2 when it has a write-ahead log. */
    FILE *file = fopen(f.path, "rb");
    ck_assert_uint_eq(fread(header, 1, sizeof header, file), sizeof header);
    fclose(file);
    if (fixture_vault()) {
        ck_assert_mem_eq(header, "TIDEMARK STORE 1", 16);
    } else {
        ck_assert_int_eq(header[18], 2);
        ck_assert_int_eq(header[19], 2);
    }
    tdm_chronology_free(fixture_read(&f, f.path));
    ck_assert_int_eq(fixture_file_count(&f), 1);
    ck_assert(tdm__store_is_one(f.context, f.path));
    fixture_close(&f);
}
END_TEST

/* A kind, a theme and a carried kind that this vocabulary lost: kept as "other", told once a code. */
START_TEST(an_unknown_code_is_told_and_kept)
{
    fixture f;
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    tdm__arena arena;
    tdm__store_content out;
    tdm_chronology *chronology;
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    fixture_sql(f.path, "UPDATE event SET kind = 'house-call' WHERE kind = 'contact';"
                        "UPDATE source_kind SET kind = 'house-call' WHERE kind = 'contact';"
                        "UPDATE event SET themes = 'physical unheard-of' WHERE id IN"
                        " (SELECT id FROM event WHERE polarity = 'neutral')");
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, f.vocabulary), TDM_OK);
    ck_assert_int_eq(
        tdm__store_read(f.context, f.path, builder, f.vocabulary, &diagnostics, &arena, &out, NULL), TDM_OK);
    /* Behind the three that were kept. */
    ck_assert_uint_eq(diagnostics.count, 5);
    ck_assert_ptr_nonnull(strstr(diagnostics.items[3].message.data, "house-call"));
    ck_assert_ptr_nonnull(strstr(diagnostics.items[4].message.data, "unheard-of"));
    ck_assert_int_eq(tdm__builder_freeze(&chronology, builder, &diagnostics), TDM_OK);
    tdm__event event = tdm__chronology_event(chronology, 0);
    ck_assert_uint_eq(event.kind, f.vocabulary->kind_other);
    ck_assert(
        tdm__str_equal(tdm__chronology_string(chronology, 0, TDM__KIND_AS_WRITTEN), TDM_LIT("house-call")));
    ck_assert_uint_eq(tdm__chronology_event(chronology, 1).themes, 1);
    tdm__builder_free(builder);
    tdm_chronology_free(chronology);
    tdm__arena_free(&arena);
    tdm__diagnostics_free(&diagnostics);
    fixture_close(&f);
}
END_TEST

/* No event at all, nothing beside: still a store. */
START_TEST(an_empty_chronology_makes_a_store)
{
    fixture f;
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    tdm_chronology *empty;
    fixture_open(&f);
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, f.vocabulary), TDM_OK);
    ck_assert_int_eq(tdm__builder_freeze(&empty, builder, &diagnostics), TDM_OK);
    tdm__store_content content = {.chronology = empty, .as_of = TDM_DAY_NONE};
    ck_assert_int_eq(tdm__store_write(f.context, f.path, &content, NULL, NULL), TDM_OK);
    tdm_chronology *after = fixture_read(&f, f.path);
    fixture_same(empty, after);
    tdm_chronology_free(after);
    tdm_chronology_free(empty);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    fixture_close(&f);
}
END_TEST

Suite *round_trip_suite(void)
{
    Suite *suite = suite_create("round trip");
    TCase *cases = tcase_create("all");
    tcase_add_test(cases, everything_comes_back);
    tcase_add_test(cases, rows_stand_in_the_order_of_the_key);
    tcase_add_test(cases, what_stands_beside_the_events_comes_back);
    tcase_add_test(cases, a_store_is_one_private_file);
    tcase_add_test(cases, an_unknown_code_is_told_and_kept);
    tcase_add_test(cases, an_empty_chronology_makes_a_store);
    suite_add_tcase(suite, cases);
    return suite;
}
