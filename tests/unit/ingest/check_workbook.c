/*
 * Excel workbooks: what cells, sheets and rows become, and what is refused. Expectations were written
 * out by hand from tests/data/ingest/tables/make.py.
 */
#include "ingest/gathered.h"
#include "ingest/suites.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

#define TABLES "tests/data/ingest/tables/"

static const char note_map[] =
    "{\"map\": 1, \"agency\": \"gp\", \"columns\": {\"Child\": {\"to\": \"child\"}, "
    "\"Date\": {\"to\": \"occurred\"}}, \"constants\": {\"kind\": \"note\"}}";

/* Reads a file of the folder under an inline map, or only its first bytes (SIZE_MAX: all). */
static tdm_status read_table(gathered *g, const char *name, const char *map, size_t length)
{
    tdm__buffer buffer;
    char path[256];
    snprintf(path, sizeof path, TABLES "%s", name);
    tdm_status status = tdm__file_read(&buffer, &g->allocator, TDM_SOURCE_DIR, path, 1 << 24, &g->error);
    if (status != TDM_OK)
        return status;
    /* A block of the exact size, so that a sanitizer sees a read behind it. */
    if (length > buffer.length)
        length = buffer.length;
    char *bytes = malloc(length > 0 ? length : 1);
    memcpy(bytes, buffer.data, length);
    tdm__free(&g->allocator, buffer.data);
    tdm__input input = {.name = tdm__str(name),
                        .content = {bytes, length},
                        .map = tdm__str(map),
                        .map_is_json = map[0] != '\0'};
    status = tdm__ingest(&g->collection, &input, &g->error);
    free(bytes);
    return status;
}

static const char school_events[] =
    "7001 2023-03-15 injury school 2\n"
    "7001 2024-03-05 visit school 5 +time:14:30 +recorded:2024-03-06 +seen:yes +text:said no +outcome:1.5\n"
    "7002 undated injury school 6 +outcome:36:00\n"
    "7003 2024-03-05 injury school 7 +text:first\nsecond _x0041_ third +occurred_as_written:5/3/24\n"
    "7004 1900-01-01 injury school 11\n"
    "7004 1900-02-28 injury school 9\n"
    "7004 1900-03-01 injury school 10\n"
    "7004 undated injury school 8 +occurred_as_written:1900-02-29\n"
    "7005 2024-03-05 other school 12\n"
    "7005 2024-03-09 other school 13 +time:10:15 +occurred_as_written:2024-03-09 10:15:00\n"
    "7006 2024-03-06 injury school 16 +outcome:0.0012\n"
    "7006 2024-03-09 injury school 14 +time:14:30\n"
    "7006 2024-03-10 injury school 15 +outcome:0.3\n"
    "7007 1899-12-31 injury school 18 +occurred_as_written:31/12/1899\n"
    "7007 undated injury school 17 +occurred_as_written:-1 +outcome:12345678901234567\n"
    "7008 2024-03-19 injury school 19\n"
    "7010 2024-03-20 injury school 20\n"
    "7010 2024-03-21 injury school 21\n"
    "7011 2024-03-23 injury school 25\n";

static const char school_told[] = "0 macros-ignored \n"
                                  "4 heading-not-mapped Colour\n"
                                  "6 date-missing \n"
                                  "8 date-not-read Day\n"
                                  "12 cell-error What\n"
                                  "12 cell-error Note\n"
                                  "17 date-not-read Day\n"
                                  "18 cell-broken Note\n"
                                  "21 cells-merged \n"
                                  "22 row-too-long \n"
                                  "22 child-missing child\n"
                                  "24 heading-repeated \n"
                                  "1 heading-missing Time\n"
                                  "1 heading-missing Typed up\n"
                                  "1 heading-missing Figure\n"
                                  "1 heading-missing Seen\n"
                                  "2 column-without-heading \n"
                                  "0 sheet-not-known \n";

START_TEST(a_workbook_with_every_oddity)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm_status status = gathered_path(&g, TABLES "school.xlsx", "");
    ck_assert_msg(status == TDM_OK, "%s", g.error.message);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), school_told);
    ck_assert_str_eq(gathered_events(&g), school_events);
    gathered_free(&g);
}
END_TEST

START_TEST(sheets_are_accounted_for_one_by_one)
{
    static const struct {
        const char *sheet, *account;
    } sheets[] = {{"Concerns & more", "20 18 2"},
                  {"Chart", "0 0 0"},
                  {"Old", "1 1 0"},
                  {"Lookups", "2 0 2"},
                  {"Empty", "0 0 0"}};
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, TABLES "school.xlsx", ""), TDM_OK);
    ck_assert_uint_eq(g.collection.account_count, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert(tdm__str_equal(g.collection.accounts[i].sheet, tdm__str(sheets[i].sheet)));
        ck_assert_str_eq(gathered_account(&g, i), sheets[i].account);
    }
    const tdm__diagnostic *last = &g.collection.diagnostics.items[g.collection.diagnostics.count - 1];
    ck_assert(tdm__str_equal(last->file, TDM_LIT(TABLES "school.xlsx (Lookups)")));
    gathered_free(&g);
}
END_TEST

START_TEST(an_event_names_its_sheet)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_path(&g, TABLES "school.xlsx", ""), TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    /* The first event of the first child is the only one of the second sheet. */
    tdm__event event = tdm__chronology_event(g.chronology, 0);
    const tdm__source *source = tdm__chronology_source(g.chronology, event.source);
    ck_assert(tdm__str_equal(source->sheet, TDM_LIT("Old")));
    ck_assert(tdm__str_equal(source->format, TDM_LIT("xlsx")));
    event = tdm__chronology_event(g.chronology, 1);
    source = tdm__chronology_source(g.chronology, event.source);
    ck_assert(tdm__str_equal(source->sheet, TDM_LIT("Concerns & more")));
    gathered_free(&g);
}
END_TEST

START_TEST(a_map_may_name_its_sheets)
{
    static const char map[] =
        "{\"map\": 1, \"agency\": \"school\", \"sheet\": [\" OLD\", \"Gone\"], \"columns\": {\"Pupil\": "
        "{\"to\": \"child\"}, \"Day\": {\"to\": \"occurred\"}}, \"ignore\": [\"What\", \"Note\"]}";
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(read_table(&g, "school.xlsx", map, SIZE_MAX), TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, "sheet-missing"), "0 sheet-missing \n");
    ck_assert_str_eq(gathered_diagnostics(&g, "sheet-not-named"), "0 sheet-not-named \n0 sheet-not-named \n");
    ck_assert_str_eq(gathered_account(&g, 2), "1 1 0");
    ck_assert_str_eq(gathered_events(&g), "7001 2023-03-15 other school 2\n");
    gathered_free(&g);
}
END_TEST

START_TEST(the_heading_row_of_the_map_wins)
{
    static const char map[] =
        "{\"map\": 1, \"agency\": \"school\", \"sheet\": \"Concerns & more\", \"header_row\": 3, "
        "\"columns\": {\"Note\": {\"to\": \"text\"}, \"Spring term\": {\"to\": \"child\"}}, "
        "\"constants\": {\"kind\": \"note\"}}";
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(read_table(&g, "school.xlsx", map, SIZE_MAX), TDM_OK);
    /* The heading of the others is the first row: its third cell is the text. */
    ck_assert_ptr_nonnull(strstr(gathered_events(&g), "Pupil undated note school 4 +text:Time\n"));
    gathered_free(&g);
}
END_TEST

START_TEST(plain_writers_and_days_from_1904)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(read_table(&g, "plain.xlsx", note_map, SIZE_MAX), TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), "");
    ck_assert_str_eq(gathered_events(&g), "12 1904-01-01 note gp 2\n12 2024-03-05 note gp 3\n");
    gathered_free(&g);
}
END_TEST

START_TEST(a_million_empty_cells_cost_nothing)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(read_table(&g, "wide.xlsx", note_map, SIZE_MAX), TDM_OK);
    ck_assert_str_eq(gathered_account(&g, 0), "1 1 0");
    gathered_free(&g);
}
END_TEST

static const struct {
    const char *name;
    tdm_status status;
    const char *says;
} refused[] = {
    {"bad-doctype.xlsx", TDM_INVALID_INPUT, "DOCTYPE"},
    {"bad-missing.xlsx", TDM_INVALID_INPUT, "a sheet is missing"},
    {"bad-markup.xlsx", TDM_INVALID_INPUT, "well-formed"},
    {"bad-place.xlsx", TDM_INVALID_INPUT, "no place"},
    {"bad-deep.xlsx", TDM_TOO_LARGE, "too deep"},
    {"bad-row.xlsx", TDM_TOO_LARGE, "more rows"},
    {"bad-binary.xlsb", TDM_UNSUPPORTED, ".xlsb"},
    {"bad-bomb.xlsx", TDM_TOO_LARGE, "unpacks"},
    {"bad-tag.xlsx", TDM_TOO_LARGE, "1 MiB"},
    {"bad-echo.xlsx", TDM_TOO_LARGE, "too many"},
};

START_TEST(bad_workbooks_are_refused_by_name)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm_status status = read_table(&g, refused[_i].name, note_map, SIZE_MAX);
    ck_assert_msg(status == refused[_i].status, "%s: %s %s", refused[_i].name, tdm_status_name(status),
                  g.error.message);
    ck_assert_msg(strstr(g.error.message, refused[_i].says) != NULL, "%s: %s", refused[_i].name,
                  g.error.message);
    ck_assert_str_eq(g.error.file, refused[_i].name);
    gathered_free(&g);
}
END_TEST

START_TEST(other_refusals_say_why)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm__input old = {.name = TDM_LIT("r.xlsx"), .content = TDM_LIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0")};
    ck_assert_int_eq(tdm__ingest(&g.collection, &old, &g.error), TDM_UNSUPPORTED);
    ck_assert_ptr_nonnull(strstr(g.error.message, "password"));
    tdm__input text = {.name = TDM_LIT("r.xlsx"),
                       .content = TDM_LIT("Child,Date\n"),
                       .format = TDM_LIT("xlsx"),
                       .map = tdm__str(note_map),
                       .map_is_json = true};
    ck_assert_int_eq(tdm__ingest(&g.collection, &text, &g.error), TDM_INVALID_INPUT);
    /* No map, and none that is built in. */
    ck_assert_int_eq(read_table(&g, "plain.xlsx", "", SIZE_MAX), TDM_INVALID_INPUT);
    ck_assert_ptr_nonnull(strstr(g.error.message, "column map"));
    /* A map of other headings. */
    ck_assert_int_eq(read_table(&g, "plain.xlsx",
                                "{\"map\": 1, \"agency\": \"gp\", \"columns\": {\"X\": {\"to\": \"child\"}}}",
                                SIZE_MAX),
                     TDM_INVALID_INPUT);
    ck_assert_ptr_nonnull(strstr(g.error.message, "no sheet"));
    gathered_free(&g);
}
END_TEST

/* Sets the bit that says "encrypted" on each part, in its own header and in the list at the end. */
static void mark_encrypted(char *bytes, size_t length)
{
    for (size_t at = 0; at + 12 < length; at++) {
        if (memcmp(bytes + at, "PK\3\4", 4) == 0)
            bytes[at + 6] |= 1;
        if (memcmp(bytes + at, "PK\1\2", 4) == 0)
            bytes[at + 8] |= 1;
    }
}

START_TEST(an_encrypted_part_is_named_as_such)
{
    gathered g;
    tdm__buffer buffer;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(
        tdm__file_read(&buffer, &g.allocator, TDM_SOURCE_DIR, TABLES "plain.xlsx", 1 << 20, &g.error),
        TDM_OK);
    mark_encrypted(buffer.data, buffer.length);
    tdm__input input = {.name = TDM_LIT("r.xlsx"),
                        .content = {buffer.data, buffer.length},
                        .map = tdm__str(note_map),
                        .map_is_json = true};
    ck_assert_int_eq(tdm__ingest(&g.collection, &input, &g.error), TDM_UNSUPPORTED);
    ck_assert_ptr_nonnull(strstr(g.error.message, "password"));
    tdm__free(&g.allocator, buffer.data);
    gathered_free(&g);
}
END_TEST

START_TEST(every_cut_is_refused)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    /* From a header of four bytes on it is a zip file; the last 22 bytes are the end of its list. */
    for (size_t length = 4; length < 2650; length += 41) {
        tdm_status status = read_table(&g, "plain.xlsx", note_map, length);
        ck_assert_msg(status == TDM_INVALID_INPUT || status == TDM_UNSUPPORTED || status == TDM_ENCODING,
                      "%zu bytes: %s", length, tdm_status_name(status));
    }
    ck_assert_int_eq(read_table(&g, "plain.xlsx", note_map, SIZE_MAX), TDM_OK);
    gathered_free(&g);
}
END_TEST

static tdm_status read_school(const tdm_allocator *allocator)
{
    gathered g;
    tdm_status status = gathered_init(&g, allocator);
    if (status == TDM_OK)
        status = gathered_path(&g, TABLES "school.xlsx", "");
    if (status == TDM_OK)
        status = gathered_freeze(&g);
    gathered_free(&g);
    return status;
}

START_TEST(workbooks_survive_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_school);
}
END_TEST

Suite *workbook_suite(void)
{
    Suite *suite = suite_create("ingest workbook");
    TCase *all = tcase_create("workbook");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, a_workbook_with_every_oddity);
    tcase_add_test(all, sheets_are_accounted_for_one_by_one);
    tcase_add_test(all, an_event_names_its_sheet);
    tcase_add_test(all, a_map_may_name_its_sheets);
    tcase_add_test(all, the_heading_row_of_the_map_wins);
    tcase_add_test(all, plain_writers_and_days_from_1904);
    tcase_add_test(all, a_million_empty_cells_cost_nothing);
    tcase_add_loop_test(all, bad_workbooks_are_refused_by_name, 0, (int)(sizeof refused / sizeof *refused));
    tcase_add_test(all, other_refusals_say_why);
    tcase_add_test(all, an_encrypted_part_is_named_as_such);
    tcase_add_test(all, every_cut_is_refused);
    tcase_add_test(all, workbooks_survive_every_failed_allocation);
    suite_add_tcase(suite, all);
    return suite;
}
