/*
 * Word documents: tables under a map, tables as Chronolator makes them, and what is refused.
 * Expectations were written out by hand from tests/data/ingest/tables/make.py.
 */
#include "ingest/gathered.h"
#include "ingest/suites.h"
#include "support.h"

#include <string.h>

#define TABLES "tests/data/ingest/tables/"

static const char police_events[] =
    "A 2024-03-05 police-incident police 3 +text:first\nsec\nond end +occurred_as_written:5 March 2024\n"
    "A 2024-03-06 police-incident police 4 +text:was often alone +occurred_as_written:06.03.2024\n"
    "A 2024-03-07 police-incident police 5\n"
    "B 2024-03-08 other police 7 +text:before\nafter +kind_as_written:Tea\n"
    "B 2024-03-09 police-incident police 8\n"
    "C undated police-incident police 11 +occurred_as_written:2024-02-30\n";

static const char police_told[] = "0 tracked-changes \n"
                                  "4 cells-merged \n"
                                  "6 heading-repeated \n"
                                  "7 table-in-cell Account\n"
                                  "7 kind-unknown Kind\n"
                                  "8 table-in-cell Account\n"
                                  "9 row-deleted \n"
                                  "10 child-missing child\n"
                                  "11 date-not-read Date of event\n"
                                  "0 sheet-not-known \n"
                                  "0 text-outside-tables \n";

START_TEST(a_document_with_every_oddity)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm_status status = gathered_path(&g, TABLES "police.docx", "");
    ck_assert_msg(status == TDM_OK, "%s", g.error.message);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), police_told);
    ck_assert_str_eq(gathered_account(&g, 0), "9 6 3");
    ck_assert_str_eq(gathered_account(&g, 1), "2 0 2");
    ck_assert(tdm__str_equal(g.collection.accounts[1].sheet, TDM_LIT("Table 2")));
    ck_assert_str_eq(gathered_events(&g), police_events);
    gathered_free(&g);
}
END_TEST

#define SOURCE "Source of Information: "

/* The second child is expected from 20 March 2024 on: the whole month reaches it, the days before do not. */
static const char chronolator_events[] =
    "K1 2024-02-01 other health-visiting 7 +until:2024-02-03 +text:" SOURCE
    "Ward record\nEvent: On the ward +occurred_as_written:1/2/24\n"
    "K1 2024-03 other health-visiting 6 +text:" SOURCE
    "GP letter\nEvent: Not brought +occurred_as_written:March 2024\n"
    "K1 2024-03-05 other health-visiting 3 +time:14:30 +text:End Time: 15:00\n" SOURCE
    "Health visitor record\nEvent: Weighed\nResponse: Advice given +occurred_as_written:5/3/24 "
    "+analysis:Weight had not changed\n"
    "K2 2024-03 other health-visiting 6 +text:" SOURCE
    "GP letter\nEvent: Not brought +occurred_as_written:March 2024\n";

START_TEST(a_chronolator_table_needs_no_map)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm_status status = gathered_path(&g, TABLES "case", "");
    ck_assert_msg(status == TDM_OK, "%s", g.error.message);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), "0 kind-not-given \n4 author-note \n5 author-note \n");
    ck_assert_str_eq(gathered_account(&g, 0), "5 3 2");
    ck_assert_str_eq(gathered_events(&g), chronolator_events);
    gathered_free(&g);
}
END_TEST

#define MAPS TDM_SOURCE_DIR "/" TABLES

static const struct {
    const char *path, *map;
    tdm_status status;
    const char *says;
} refused[] = {
    {TABLES "case/returns/health-visiting.docx", "", TDM_INVALID_INPUT, "case folder"},
    /* Another document's map is none of this one's. */
    {TABLES "police.docx", MAPS "school.xlsx.map.json", TDM_INVALID_INPUT, "no table"},
    {TABLES "bad-doctype.docx", MAPS "police.docx.map.json", TDM_INVALID_INPUT, "DOCTYPE"},
    {TABLES "bad-tables.docx", "", TDM_TOO_LARGE, "more tables"},
};

START_TEST(documents_are_refused_for_a_reason)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, refused[_i].path, refused[_i].map), refused[_i].status);
    ck_assert_msg(strstr(g.error.message, refused[_i].says) != NULL, "%s", g.error.message);
    gathered_free(&g);
}
END_TEST

static tdm_status read_one(const tdm_allocator *allocator, const char *path)
{
    gathered g;
    tdm_status status = gathered_init(&g, allocator);
    if (status == TDM_OK)
        status = gathered_path(&g, path, "");
    if (status == TDM_OK)
        status = gathered_freeze(&g);
    gathered_free(&g);
    return status;
}

static tdm_status read_police(const tdm_allocator *allocator)
{
    return read_one(allocator, TABLES "police.docx");
}

static tdm_status read_chronolator(const tdm_allocator *allocator)
{
    return read_one(allocator, TABLES "case");
}

START_TEST(documents_survive_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_police);
    TEST_EVERY_ALLOCATION(read_chronolator);
}
END_TEST

Suite *word_suite(void)
{
    Suite *suite = suite_create("ingest word");
    TCase *all = tcase_create("word");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, a_document_with_every_oddity);
    tcase_add_test(all, a_chronolator_table_needs_no_map);
    tcase_add_loop_test(all, documents_are_refused_for_a_reason, 0, (int)(sizeof refused / sizeof *refused));
    tcase_add_test(all, documents_survive_every_failed_allocation);
    suite_add_tcase(suite, all);
    return suite;
}
