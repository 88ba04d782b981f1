/*
 * A store that is written to again: nothing comes twice, nothing that is there changes, what was
 * not known is filled in, what contradicts is counted.
 */
#include "store/fixture.h"

#include <stdio.h>
#include <string.h>

static tdm__buffer file_bytes(const char *path)
{
    tdm__buffer bytes;
    ck_assert_int_eq(tdm__file_read(&bytes, &tdm__malloc_allocator, NULL, path, 1 << 24, NULL), TDM_OK);
    return bytes;
}

START_TEST(the_same_again_changes_nothing)
{
    fixture f;
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    tdm__buffer before = file_bytes(f.path);
    tdm__store_counts counts = fixture_write(&f, f.path, WHOLE);
    tdm__buffer after = file_bytes(f.path);
    const tdm__store_count *const all[] = {&counts.events,     &counts.children,    &counts.people,
                                           &counts.sources,    &counts.assessments, &counts.accounts,
                                           &counts.diagnostics};
    static const int known[] = {9, 3, 2, 3, 2, 1, 3};
    for (int i = 0; i < ROWS(all); i++) {
        ck_assert_int_eq(all[i]->added, 0);
        ck_assert_int_eq(all[i]->known, known[i]);
        ck_assert_int_eq(all[i]->differs, 0);
    }
    ck_assert_uint_eq(before.length, after.length);
    ck_assert_mem_eq(before.data, after.data, before.length);
    tdm__free(&tdm__malloc_allocator, before.data);
    tdm__free(&tdm__malloc_allocator, after.data);
    fixture_close(&f);
}
END_TEST

START_TEST(two_halves_make_the_whole)
{
    fixture f;
    fixture_open(&f);
    const char *halves = fixture_path(&f, "halves.db");
    fixture_write(&f, f.path, WHOLE);
    tdm__store_counts first = fixture_write(&f, halves, FIRST_HALF);
    tdm__store_counts second = fixture_write(&f, halves, SECOND_HALF);
    ck_assert_int_eq(first.events.added, 6);
    ck_assert_int_eq(second.events.added, 3);
    ck_assert_int_eq(second.events.known, 0);
    char *whole_dump = fixture_dump(f.path), *halves_dump = fixture_dump(halves);
    ck_assert_str_eq(whole_dump, halves_dump);
    free(whole_dump);
    free(halves_dump);
    /* The second half again, into the whole. */
    ck_assert_int_eq(fixture_write(&f, f.path, SECOND_HALF).events.known, 3);
    fixture_close(&f);
}
END_TEST

/* What was read from a store and written to a new one is the same store. */
START_TEST(a_copy_through_the_builder_is_the_same_store)
{
    fixture f;
    tdm__store_counts counts;
    fixture_open(&f);
    const char *copy = fixture_path(&f, "copy.db");
    fixture_write(&f, f.path, FIRST_HALF);
    fixture_write(&f, f.path, SECOND_HALF);
    tdm_chronology *read = fixture_read(&f, f.path);
    tdm__store_content content = fixture_content(read);
    ck_assert_int_eq(tdm__store_write(f.context, copy, &content, &counts, NULL), TDM_OK);
    char *dump = fixture_dump(f.path), *copy_dump = fixture_dump(copy);
    ck_assert_str_eq(dump, copy_dump);
    /* ... and into the one it came from it brings nothing. */
    ck_assert_int_eq(tdm__store_write(f.context, f.path, &content, &counts, NULL), TDM_OK);
    ck_assert_int_eq(counts.events.added, 0);
    ck_assert_int_eq(counts.events.differs, 0);
    free(dump);
    free(copy_dump);
    tdm_chronology_free(read);
    fixture_close(&f);
}
END_TEST

/* An entry of the same id with other content: the store's stands and the difference is counted. */
static const char *const changes[] = {
    "UPDATE event SET text = 'other words' WHERE text = 'one'",
    "UPDATE event SET text = NULL WHERE text = 'one'",
    "UPDATE event SET recorded = recorded + 1 WHERE text = 'two, the same day'",
    "UPDATE event SET child_seen = 'no' WHERE child_seen = 'yes'",
    "UPDATE fact SET value = '8' WHERE key = 'zz_local'",
    "DELETE FROM fact WHERE key = 'due'",
    "INSERT INTO fact SELECT child_id, sort_day, seq, 99, 'stage', '2' FROM event WHERE text = 'one'",
};

START_TEST(an_entry_that_differs_is_counted_and_stays)
{
    fixture f;
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    fixture_sql(f.path, changes[_i]);
    char *before = fixture_dump(f.path);
    tdm__store_counts counts = fixture_write(&f, f.path, WHOLE);
    char *after = fixture_dump(f.path);
    ck_assert_int_eq(counts.events.known, 9);
    ck_assert_int_eq(counts.events.differs, 1);
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
    fixture_close(&f);
}
END_TEST

/* Where an entry stands in its file is not what it says. */
START_TEST(another_row_number_is_no_difference)
{
    fixture f;
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    fixture_sql(f.path, "UPDATE event SET source_row = source_row + 5");
    ck_assert_int_eq(fixture_write(&f, f.path, WHOLE).events.differs, 0);
    fixture_close(&f);
}
END_TEST

START_TEST(a_child_is_filled_in)
{
    fixture f;
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    char *whole = fixture_dump(f.path);
    fixture_sql(f.path, "UPDATE child SET born_from = -2147483647, born_to = 2147483647, area = NULL,"
                        " household = NULL WHERE id = 'child-a'");
    tdm__store_counts counts = fixture_write(&f, f.path, WHOLE);
    char *filled = fixture_dump(f.path);
    ck_assert_int_eq(counts.children.differs, 0);
    ck_assert_str_eq(whole, filled);
    free(whole);
    free(filled);
    fixture_close(&f);
}
END_TEST

START_TEST(a_child_that_differs_is_counted_and_stays)
{
    fixture f;
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    fixture_sql(f.path, "UPDATE child SET sex = 'M' WHERE id = 'child-a';"
                        "UPDATE child SET born_to = born_to + 1 WHERE id = 'child-b'");
    char *before = fixture_dump(f.path);
    tdm__store_counts counts = fixture_write(&f, f.path, WHOLE);
    char *after = fixture_dump(f.path);
    ck_assert_int_eq(counts.children.differs, 2);
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
    fixture_close(&f);
}
END_TEST

/* Declarations of a source that came shorter the first time grow to what is declared now. */
START_TEST(a_source_is_widened)
{
    fixture f;
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    char *whole = fixture_dump(f.path);
    fixture_sql(f.path, "DELETE FROM source_period WHERE day_from = 18000 OR what = 'no-contact';"
                        "DELETE FROM source_kind WHERE kind = 'contact';"
                        "DELETE FROM source_child WHERE position = 1;"
                        "UPDATE source SET received = -2147483648, carries_all = 0");
    tdm__store_counts counts = fixture_write(&f, f.path, WHOLE);
    char *widened = fixture_dump(f.path);
    ck_assert_int_eq(counts.sources.added, 0);
    ck_assert_str_eq(whole, widened);
    free(whole);
    free(widened);
    fixture_close(&f);
}
END_TEST

/* An export puts a type in front and spaces the members its own way: the same assessment. */
static const struct {
    const char *json;
    int added;
} assessments[] = {
    {"{\"type\":\"assessment\",\"id\":\"as-1\",\"items\":{\"A1a\":3}}", 0},
    {"{\n  \"id\" : \"as-1\",\n  \"items\" : {\"A1a\" : 3}\n}\n", 0},
    {"{\"id\":\"as-1\",\"items\":{\"A1a\":4}}", 1},
};

START_TEST(an_assessment_is_known_by_its_members)
{
    fixture f;
    tdm_chronology *chronology;
    tdm__store_counts counts;
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    ck_assert_int_eq(fixture_chronology(&chronology, &tdm__malloc_allocator, f.vocabulary, WHOLE), TDM_OK);
    tdm__kept_assessment one = {TDM_LIT("export.ndjson"), 40, tdm__str(assessments[_i].json)};
    tdm__store_content content = fixture_content(chronology);
    content.assessments = &one;
    content.assessment_count = 1;
    ck_assert_int_eq(tdm__store_write(f.context, f.path, &content, &counts, NULL), TDM_OK);
    ck_assert_int_eq(counts.assessments.added, assessments[_i].added);
    ck_assert_int_eq(counts.assessments.known, 1 - assessments[_i].added);
    tdm_chronology_free(chronology);
    fixture_close(&f);
}
END_TEST

/* Each of its parts makes a diagnostic another one. */
static const struct {
    tdm__diagnostic said;
    int added;
} diagnostics[] = {
    {{{"a.csv", 5}, 3, {"Date", 4}, "date-not-read", TDM__WARNING, {"no date", 7}, 1}, 0},
    {{{"b.csv", 5}, 3, {"Date", 4}, "date-not-read", TDM__WARNING, {"no date", 7}, 1}, 1},
    {{{"a.csv", 5}, 4, {"Date", 4}, "date-not-read", TDM__WARNING, {"no date", 7}, 1}, 1},
    {{{"a.csv", 5}, 3, {"", 0}, "date-not-read", TDM__WARNING, {"no date", 7}, 1}, 1},
    {{{"a.csv", 5}, 3, {"Date", 4}, "date-missing", TDM__WARNING, {"no date", 7}, 1}, 1},
    {{{"a.csv", 5}, 3, {"Date", 4}, "date-not-read", TDM__ERROR, {"no date", 7}, 1}, 1},
    {{{"a.csv", 5}, 3, {"Date", 4}, "date-not-read", TDM__WARNING, {"no day", 6}, 1}, 1},
};

START_TEST(a_diagnostic_is_known_by_all_of_it)
{
    fixture f;
    tdm_chronology *chronology;
    tdm__store_counts counts;
    fixture_open(&f);
    ck_assert_int_eq(fixture_chronology(&chronology, &tdm__malloc_allocator, f.vocabulary, WHOLE), TDM_OK);
    tdm__store_content content = fixture_content(chronology);
    tdm__diagnostic twice[] = {diagnostics[0].said, diagnostics[_i].said};
    const tdm__diagnostics list = {.items = twice, .count = 2};
    content.diagnostics = &list;
    ck_assert_int_eq(tdm__store_write(f.context, f.path, &content, &counts, NULL), TDM_OK);
    ck_assert_int_eq(counts.diagnostics.added, 1 + diagnostics[_i].added);
    ck_assert_int_eq(counts.diagnostics.known, 1 - diagnostics[_i].added);
    tdm_chronology_free(chronology);
    fixture_close(&f);
}
END_TEST

/* The day of a case moves on, never back, and a second case does not take the first one's place. */
static const struct {
    const char *case_id;
    tdm_day as_of;
    const char *expected;
} cases[] = {
    {"case-1", 19499, "case_file|1:1|3:case-1|1:19500\n"},
    {"case-1", 19501, "case_file|1:1|3:case-1|1:19501\n"},
    {"case-1", TDM_DAY_NONE, "case_file|1:1|3:case-1|1:19500\n"},
    {"case-2", 19700, "case_file|1:1|3:case-1|1:19500\ncase_file|1:2|3:case-2|1:19700\n"},
    {"", TDM_DAY_NONE, "case_file|1:1|3:case-1|1:19500\nchild|"},
};

START_TEST(a_case_moves_on)
{
    fixture f;
    tdm_chronology *chronology;
    fixture_open(&f);
    fixture_write(&f, f.path, WHOLE);
    ck_assert_int_eq(fixture_chronology(&chronology, &tdm__malloc_allocator, f.vocabulary, WHOLE), TDM_OK);
    tdm__store_content content = fixture_content(chronology);
    content.case_id = tdm__str(cases[_i].case_id);
    content.as_of = cases[_i].as_of;
    ck_assert_int_eq(tdm__store_write(f.context, f.path, &content, NULL, NULL), TDM_OK);
    char *dump = fixture_dump(f.path);
    ck_assert_ptr_nonnull(strstr(dump, cases[_i].expected));
    free(dump);
    tdm_chronology_free(chronology);
    fixture_close(&f);
}
END_TEST

Suite *growing_suite(void)
{
    Suite *suite = suite_create("growing");
    TCase *all = tcase_create("all");
    tcase_add_test(all, the_same_again_changes_nothing);
    tcase_add_test(all, two_halves_make_the_whole);
    tcase_add_test(all, a_copy_through_the_builder_is_the_same_store);
    tcase_add_loop_test(all, an_entry_that_differs_is_counted_and_stays, 0, ROWS(changes));
    tcase_add_test(all, another_row_number_is_no_difference);
    tcase_add_test(all, a_child_is_filled_in);
    tcase_add_test(all, a_child_that_differs_is_counted_and_stays);
    tcase_add_test(all, a_source_is_widened);
    tcase_add_loop_test(all, an_assessment_is_known_by_its_members, 0, ROWS(assessments));
    tcase_add_loop_test(all, a_diagnostic_is_known_by_all_of_it, 0, ROWS(diagnostics));
    tcase_add_loop_test(all, a_case_moves_on, 0, ROWS(cases));
    suite_add_tcase(suite, all);
    return suite;
}
