/*
 * NDJSON: every type of line, what is told, and ids that stay through an export.
 */
#include "ingest/gathered.h"
#include "ingest/suites.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char lines[] =
    "{\"type\":\"source\",\"id\":\"s1\",\"name\":\"police.csv\",\"agency\":\"police\",\"map\":\"p\","
    "\"received\":\"2024-04-01\",\"hash\":\"ab\"}\n"
    "{\"type\":\"coverage\",\"agency\":\"police\",\"from\":\"2023-01-01\",\"to\":\"2024-03-31\"}\n"
    "{\"type\":\"coverage\",\"agency\":\"police\",\"from\":\"2023-01-01\",\"to\":\"2023-01-31\","
    "\"no_contact\":true}\n"
    "{\"type\":\"child\",\"id\":\"A\",\"born\":\"2015-03-10\",\"sex\":\"F\",\"household\":\"h\"}\n"
    "{\"type\":\"person\",\"id\":\"m\",\"role\":\"mother\",\"household\":\"h\"}\n"
    "{\"type\":\"event\",\"id\":\"00000000000000ff\",\"child\":\"A\",\"occurred\":\"2024-03-05\","
    "\"time\":\"14:30\",\"recorded\":\"2024-03-06\",\"agency\":\"police\",\"source\":{\"file\":\"police."
    "csv\","
    "\"row\":7},\"kind\":\"domestic-abuse-incident\",\"theme\":[\"emotional\",\"domestic-abuse\"],"
    "\"polarity\":\"concern\",\"significance\":\"high\",\"child_seen\":\"yes\",\"seen_alone\":false,"
    "\"text\":\"words\",\"reference\":\"CR1\",\"incident\":\"i1\",\"facts\":{\"risk\":\"high\"}}\n"
    "\n"
    "{\"type\":\"event\",\"child\":\"A\",\"occurred\":\"2024-03\",\"occurred_as_written\":\"Mar 24\","
    "\"agency\":\"gp\",\"kind\":\"tea\",\"colour\":\"red\"}\n"
    "{\"type\":\"event\",\"child\":\"A\",\n"
    "{\"type\":\"event\",\"occurred\":\"2024-03-05\",\"agency\":\"gp\",\"kind\":\"note\"}\n"
    "{\"type\":\"weather\"}\n"
    "{\"type\":\"event\",\"child\":\"A\",\"occurred\":\"2023-01-10\",\"ended\":\"2023-02-10\","
    "\"agency\":\"early-help\",\"kind\":\"early-help-start\",\"facts\":{\"reason\":\"x\",\"shoe\":3}}\n"
    "{\"type\":\"assessment\",\"instrument\":\"home-conditions\",\"items\":{\"1\":2}}\n";

START_TEST(every_type_of_line_is_read)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "all.ndjson", lines, ""), TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), "8 member-unknown \n8 kind-unknown kind\n"
                                                     "9 line-not-read \n10 child-missing child\n"
                                                     "11 type-unknown type\n12 fact-unknown shoe\n");
    ck_assert_str_eq(gathered_account(&g, 0), "12 9 3");
    ck_assert_uint_eq(g.collection.assessment_count, 1);
    ck_assert(tdm__str_equal(g.collection.assessments[0].content,
                             TDM_LIT("{\"instrument\":\"home-conditions\",\"items\":{\"1\":2}}")));
    ck_assert_int_eq(g.collection.assessments[0].line, 13);
    ck_assert_str_eq(gathered_events(&g),
                     "A 2023-01-10 early-help-start early-help 12 reason=x shoe=3\n"
                     "A 2023-02-10 early-help-end early-help 12\n"
                     "A 2024-03 other gp 8 +occurred_as_written:Mar 24 +kind_as_written:tea\n"
                     "A 2024-03-05 domestic-abuse-incident police 7 +time:14:30 +recorded:2024-03-06 "
                     "+theme:emotional +theme:domestic-abuse +polarity:concern +significance:high +seen:yes "
                     "+alone:no +text:words +reference:CR1 risk=high\n");
    gathered_free(&g);
}
END_TEST

START_TEST(sources_and_coverage_come_through)
{
    char id[TDM_HEX64_SIZE];
    tdm_day first;
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "all.ndjson", lines, ""), TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    ck_assert_uint_eq(tdm__chronology_source_count(g.chronology), 2);
    const tdm__source *police = tdm__chronology_source(g.chronology, 0);
    ck_assert(tdm__str_equal(police->id, TDM_LIT("s1")));
    ck_assert(tdm__str_equal(police->hash, TDM_LIT("ab")));
    ck_assert_uint_eq(police->cover_count, 1);
    ck_assert_uint_eq(police->no_contact_count, 1);
    ck_assert(tdm_day_from_civil(&first, 2023, 1, 1));
    ck_assert_int_eq(police->covers[0].from, first);
    ck_assert_uint_eq(tdm__chronology_person_count(g.chronology), 1);
    /* The id that the line carries is the event's. */
    tdm__chronology_event_id(id, g.chronology, 3);
    ck_assert_str_eq(id, "00000000000000ff");
    gathered_free(&g);
}
END_TEST

/* What cannot be read of a limit limits all the same; an end has that of its start; an empty one is none. */
START_TEST(a_limit_is_never_left_out)
{
    static const char limited[] =
        "{\"type\":\"event\",\"child\":\"A\",\"occurred\":\"2024-01-01\",\"agency\":\"police\","
        "\"kind\":\"note\",\"facts\":{\"limited_to\":[\"gp\",\"housing\"]}}\n"
        "{\"type\":\"event\",\"child\":\"A\",\"occurred\":\"2024-01-02\",\"agency\":\"police\","
        "\"kind\":\"note\",\"facts\":{\"limited_to\":\"gp, housing\"}}\n"
        "{\"type\":\"event\",\"child\":\"A\",\"occurred\":\"2024-01-03\",\"agency\":\"police\","
        "\"kind\":\"note\",\"facts\":{\"limited_to\":{\"gp\":true}}}\n"
        "{\"type\":\"event\",\"child\":\"A\",\"occurred\":\"2024-01-04\",\"agency\":\"police\","
        "\"kind\":\"note\",\"facts\":{\"limited_to\":\"\",\"sharing_basis\":\"because\"}}\n"
        "{\"type\":\"event\",\"child\":\"A\",\"occurred\":\"2024-01-05\",\"ended\":\"2024-02-05\","
        "\"agency\":\"early-help\",\"kind\":\"early-help-start\",\"facts\":{\"reason\":\"x\","
        "\"limited_to\":\"gp\",\"sharing_basis\":\"consent\"}}\n";
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "limited.ndjson", limited, ""), TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL),
                     "2 fact-code-unknown limited_to\n3 value-of-wrong-form facts\n"
                     "3 fact-code-unknown limited_to\n"
                     "4 fact-code-unknown sharing_basis\n");
    ck_assert_str_eq(gathered_events(&g), "A 2024-01-01 note police 1 limited_to=gp housing\n"
                                          "A 2024-01-02 note police 2 limited_to=gp, housing\n"
                                          "A 2024-01-03 note police 3 limited_to=unknown\n"
                                          "A 2024-01-04 note police 4 sharing_basis=because\n"
                                          "A 2024-01-05 early-help-start early-help 5 reason=x limited_to=gp "
                                          "sharing_basis=consent\n"
                                          "A 2024-02-05 early-help-end early-help 5 limited_to=gp "
                                          "sharing_basis=consent\n");
    gathered_free(&g);
}
END_TEST

static uint64_t only_id(const char *line)
{
    gathered g;
    char id[TDM_HEX64_SIZE];
    unsigned long long number;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "one.ndjson", line, ""), TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    ck_assert_uint_eq(tdm_chronology_event_count(g.chronology), 1);
    tdm__chronology_event_id(id, g.chronology, 0);
    ck_assert_int_eq(sscanf(id, "%llx", &number), 1);
    gathered_free(&g);
    return number;
}

START_TEST(ids_do_not_hang_on_the_order_of_members)
{
    uint64_t a = only_id("{\"type\":\"event\",\"child\":\"A\",\"occurred\":\"2024\",\"agency\":\"gp\","
                         "\"kind\":\"note\"}");
    uint64_t b = only_id("{\"kind\":\"note\",\"agency\":\"gp\",\"occurred\":\"2024\",\"child\":\"A\","
                         "\"type\":\"event\"}");
    uint64_t other = only_id("{\"type\":\"event\",\"child\":\"A\",\"occurred\":\"2023\",\"agency\":\"gp\","
                             "\"kind\":\"note\"}");
    uint64_t named = only_id("{\"type\":\"event\",\"id\":\"mine\",\"child\":\"A\",\"occurred\":\"2024\","
                             "\"agency\":\"gp\",\"kind\":\"note\"}");
    uint64_t renamed = only_id("{\"type\":\"event\",\"id\":\"mine\",\"child\":\"A\",\"occurred\":\"2022\","
                               "\"agency\":\"gp\",\"kind\":\"note\"}");
    ck_assert(a == b);
    ck_assert(a != other);
    ck_assert(a != named);
    ck_assert(named == renamed);
}
END_TEST

static tdm_status read_all(const tdm_allocator *allocator)
{
    gathered g;
    tdm_status status = gathered_init(&g, allocator);
    if (status == TDM_OK)
        status = gathered_content(&g, "all.ndjson", lines, "");
    gathered_free(&g);
    return status;
}

START_TEST(ndjson_survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_all);
}
END_TEST

/* Every 50th line is cut off, every 70th is empty, every 90th has a BOM and every 110th is of weather; the
 * last is longer than what is made ready ahead. */
static void put_lines(tdm__text *out, int count)
{
    for (int i = 1; i <= count; i++) {
        if (i % 70 == 0)
            tdm__text_printf(out, "\r\n");
        else if (i % 50 == 0)
            tdm__text_printf(out, "{\"type\":\"event\",\"child\":\"C%d\"\n", i % 40);
        else if (i % 110 == 0)
            tdm__text_printf(out, "{\"type\":\"weather\"}\n");
        else
            tdm__text_printf(
                out,
                "%s{\"child\":\"C%d\",\"occurred\":\"20%02d-05-%02d\",\"agency\":\"gp\",\"kind\":"
                "\"note\",\"text\":\"n\\u00e9\",\"facts\":{\"reason\":%d},\"type\":\"event\"}\n",
                i % 90 == 0 ? "\xef\xbb\xbf" : "", i % 40, i % 25, i % 28 + 1, i % 7);
    }
    tdm__text_printf(out,
                     "{\"type\":\"event\",\"child\":\"C1\",\"occurred\":\"2024-01-01\",\"agency\":\"gp\","
                     "\"kind\":\"note\",\"text\":\"");
    for (int i = 0; i < 9000; i++)
        tdm__text_printf(out, "long text ");
    tdm__text_printf(out, "\"}\n{\"type\":\"source\",\"name\":\"last.csv\",\"agency\":\"gp\"}");
}

START_TEST(lines_made_ahead_are_the_same)
{
    gathered one, two;
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    put_lines(&text, 3000);
    ck_assert_int_eq(gathered_init(&one, NULL), TDM_OK);
    ck_assert_int_eq(gathered_init(&two, NULL), TDM_OK);
    two.collection.jobs = 2;
    ck_assert_int_eq(gathered_content(&one, "l.ndjson", text.data, ""), TDM_OK);
    ck_assert_int_eq(gathered_content(&two, "l.ndjson", text.data, ""), TDM_OK);
    /* 42 of 3000 are empty, 60 - 8 cut off; of 27 of weather 3 are empty and 5 cut off: 19. Two more at the
     * end. */
    ck_assert_str_eq(gathered_account(&one, 0), "2960 2889 71");
    ck_assert_str_eq(gathered_account(&two, 0), "2960 2889 71");
    char *told = strdup(gathered_diagnostics(&one, NULL));
    ck_assert_str_eq(gathered_diagnostics(&two, NULL), told);
    ck_assert_str_eq(gathered_events(&two), gathered_events(&one));
    free(told);
    tdm__text_free(&text);
    gathered_free(&one);
    gathered_free(&two);
}
END_TEST

Suite *ndjson_suite(void)
{
    Suite *suite = suite_create("ingest ndjson");
    TCase *tests = tcase_create("ndjson");
    tcase_add_test(tests, every_type_of_line_is_read);
    tcase_add_test(tests, sources_and_coverage_come_through);
    tcase_add_test(tests, a_limit_is_never_left_out);
    tcase_add_test(tests, ids_do_not_hang_on_the_order_of_members);
    tcase_add_test(tests, lines_made_ahead_are_the_same);
    tcase_add_test(tests, ndjson_survives_every_failed_allocation);
    suite_add_tcase(suite, tests);
    return suite;
}
