/*
 * The tables beside a scorecard: how they may be written, what is refused and with which place, and what of
 * them is kept.
 */
#include "api/card_files.h"
#include "api/fixture.h"

#include "base/file.h"

#include <string.h>

/* In parentheses: one text of two literals is meant. */
#define BOM_AND(text) ("\xef\xbb\xbf" text)
#define FILE_OF(written)                                                                                     \
    {                                                                                                        \
        TDM_LIT("table.csv"), tdm__str(written)                                                              \
    }

/* --- areas --- */

START_TEST(areas_are_read_however_they_are_written)
{
    static const char *const texts[] = {
        "code,name,population\nE02,South,\nE01,\"North, and east\",41000\n",
        BOM_AND("code,name,population\r\nE02,South,\r\nE01,\"North, and east\",41000"),
        "population;neighbour;code;ward;name\n;;E02;x;South\n41000;no;E01;y;North, and east\n\n",
    };
    for (size_t i = 0; i < ROWS(texts); i++) {
        tdm__arena arena;
        tdm__card_areas areas;
        const tdm__card_file file = FILE_OF(texts[i]);
        tdm__arena_init(&arena, &tdm__malloc_allocator);
        ck_assert_int_eq(tdm__card_read_areas(&areas, &arena, &file, NULL), TDM_OK);
        ck_assert_uint_eq(areas.area_count, 2);
        ck_assert_str_eq(areas.areas[0].code.data, "E01");
        ck_assert_str_eq(areas.areas[0].name.data, "North, and east");
        ck_assert_int_eq(areas.areas[0].population, 41000);
        ck_assert_str_eq(areas.areas[1].code.data, "E02");
        ck_assert_int_eq(areas.areas[1].population, -1);
        ck_assert_uint_eq(areas.neighbour_count, 0);
        tdm__arena_free(&arena);
    }
}
END_TEST

/* What is wrong, where, and what was expected. */
typedef struct wrong {
    const char *text;
    tdm_status status;
    int32_t line, column;
    const char *message;
} wrong;

static void check_wrong(const wrong *row, tdm_status status, const tdm_error *error)
{
    ck_assert_msg(status == row->status, "%s: %s", row->text, tdm_status_name(status));
    ck_assert_str_eq(error->file, "table.csv");
    ck_assert_msg(error->line == row->line && error->column == row->column, "%s: %d:%d", row->text,
                  (int)error->line, (int)error->column);
    ck_assert_msg(strstr(error->message, row->message), "%s: %s", row->text, error->message);
}

START_TEST(areas_that_cannot_be_name_file_row_and_column)
{
    static const wrong rows[] = {
        {"", TDM_INVALID_INPUT, 1, 0, "expected the columns code, name, population"},
        {"code,name\nE01,North\n", TDM_INVALID_INPUT, 1, 0, "expected the columns code, name, population"},
        {"code,name,population\nE01,North,9\n,South,8\n", TDM_INVALID_INPUT, 3, 1, "the code of an area"},
        {"code,name,population\nE01,North,many\n", TDM_INVALID_INPUT, 2, 3, "how many children live there"},
        {"code,name,population\nE01,North,-1\n", TDM_INVALID_INPUT, 2, 3, "how many children live there"},
        {"code,name,population,neighbour\nE01,North,1,maybe\n", TDM_INVALID_INPUT, 2, 4,
         "yes, no or nothing"},
        {"code,name,population\nE01,North,1\nE01,South,2\n", TDM_INVALID_INPUT, 0, 0, "each area once"},
        {"code,name,population,neighbour\nE1,A,1,\nE1,B,2,yes\n", TDM_INVALID_INPUT, 0, 0, "each area once"},
        {"code,name,population\nE01,\"North,1\n", TDM_INVALID_INPUT, 2, 2, ""},
        {"code,name,population\nE01,North\xff,1\n", TDM_ENCODING, 0, 0, "UTF-8"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        tdm__arena arena;
        tdm__card_areas areas;
        tdm_error error = {0};
        const tdm__card_file file = FILE_OF(rows[i].text);
        tdm__arena_init(&arena, &tdm__malloc_allocator);
        check_wrong(&rows[i], tdm__card_read_areas(&areas, &arena, &file, &error), &error);
        tdm__arena_free(&arena);
    }
}
END_TEST

START_TEST(too_many_rows_are_refused)
{
    tdm__text text;
    tdm__arena arena;
    tdm__card_areas areas;
    tdm_error error = {0};
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    tdm__text_puts(&text, "code,name,population\n");
    for (uint32_t i = 0; i <= TDM__CARD_ROWS_MAX; i++)
        tdm__text_printf(&text, "%u,,\n", (unsigned)i);
    const tdm__card_file file = {TDM_LIT("table.csv"), tdm__text_str(&text)};
    ck_assert_int_eq(tdm__card_read_areas(&areas, &arena, &file, &error), TDM_TOO_LARGE);
    /* The heading is line 1, so that row 100,001 stands in line 100,002. */
    ck_assert_int_eq(error.line, 100002);
    tdm__arena_free(&arena);
    tdm__text_free(&text);
}
END_TEST

/* --- figures of others --- */

#define PEERS "measure,year,area_code,area,numerator,denominator\n"

START_TEST(figures_that_are_not_published_are_counted_and_those_that_cannot_be_go_through)
{
    static const char text[] = PEERS "re-referral,2024,E01,North,652,3130\n"
                                     "re-referral,2024,E02,South,c,3130\n"
                                     "re-referral,2024,E03,West,,\n"
                                     "re-referral,2024,E04,East,12,10\n"
                                     "re-referral,2024,E05,Isle,0,0\n";
    tdm__arena arena;
    tdm__card_peers peers;
    const tdm__card_file file = FILE_OF(text);
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__card_read_peers(&peers, &arena, &file, NULL), TDM_OK);
    ck_assert_uint_eq(peers.not_published, 2);
    ck_assert_uint_eq(peers.count, 3);
    ck_assert_int_eq(peers.items[0].numerator, 652);
    ck_assert_int_eq(peers.items[0].year, 2024);
    ck_assert_str_eq(peers.items[1].code.data, "E04");
    ck_assert_int_eq(peers.items[1].numerator, 12);
    ck_assert_uint_eq(peers.items[1].row, 5);
    ck_assert_int_eq(peers.items[2].denominator, 0);
    tdm__arena_free(&arena);
}
END_TEST

START_TEST(figures_that_are_no_numbers_name_their_place)
{
    static const wrong rows[] = {
        {"measure,year\n", TDM_INVALID_INPUT, 1, 0,
         "expected the columns measure, year, area_code, area, numerator, denominator"},
        {PEERS "re-referral,last,E01,North,1,2\n", TDM_INVALID_INPUT, 2, 2, "a year such as 2024"},
        {PEERS "re-referral,1066,E01,North,1,2\n", TDM_INVALID_INPUT, 2, 2, "a year such as 2024"},
        {PEERS ",2024,E01,North,1,2\n", TDM_INVALID_INPUT, 2, 1, "name of a measure"},
        {PEERS "re-referral,2024,,North,1,2\n", TDM_INVALID_INPUT, 2, 3, "code of an area"},
        {PEERS "re-referral,2024,E01,North,few,2\n", TDM_INVALID_INPUT, 2, 5, "whole number"},
        {PEERS "re-referral,2024,E01,North,1,2.5\n", TDM_INVALID_INPUT, 2, 6, "whole number"},
        {PEERS "re-referral,2024,E01,North,-1,2\n", TDM_INVALID_INPUT, 2, 5, "whole number"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        tdm__arena arena;
        tdm__card_peers peers;
        tdm_error error = {0};
        const tdm__card_file file = FILE_OF(rows[i].text);
        tdm__arena_init(&arena, &tdm__malloc_allocator);
        check_wrong(&rows[i], tdm__card_read_peers(&peers, &arena, &file, &error), &error);
        tdm__arena_free(&arena);
    }
}
END_TEST

static void read_official(tdm__buffer *buffer)
{
    ck_assert_int_eq(tdm__file_read(buffer, &tdm__malloc_allocator, NULL,
                                    TDM_SOURCE_DIR "/tests/data/official/dfe_rates.csv", 1u << 20, NULL),
                     TDM_OK);
}

START_TEST(the_published_rates_are_read_whole)
{
    tdm__buffer buffer;
    tdm__arena arena;
    tdm__card_peers peers;
    read_official(&buffer);
    const tdm__card_file file = {TDM_LIT("dfe_rates.csv"), {buffer.data, buffer.length}};
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__card_read_peers(&peers, &arena, &file, NULL), TDM_OK);
    ck_assert_uint_eq(peers.count, 1360);
    ck_assert_uint_eq(peers.not_published, 0);
    tdm__arena_free(&arena);
    tdm__free(&tdm__malloc_allocator, buffer.data);
}
END_TEST

START_TEST(with_neighbours_only_they_and_the_own_areas_stay)
{
    static const char area_text[] = "code,name,population,neighbour\nE01,North,1,\nE07,Far,1,yes\n";
    static const char peer_text[] = PEERS "a,2024,E01,North,1,2\na,2024,E02,South,1,2\na,2024,E07,Far,1,2\n";
    tdm__arena arena;
    tdm__card_areas areas, none = {.area_count = 0};
    tdm__card_peers peers;
    const tdm__card_file area_file = FILE_OF(area_text), peer_file = FILE_OF(peer_text);
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__card_read_areas(&areas, &arena, &area_file, NULL), TDM_OK);
    ck_assert_uint_eq(areas.area_count, 1);
    ck_assert_int_eq(tdm__card_read_peers(&peers, &arena, &peer_file, NULL), TDM_OK);
    tdm__card_only_neighbours(&peers, &none);
    ck_assert_uint_eq(peers.count, 3);
    tdm__card_only_neighbours(&peers, &areas);
    ck_assert_uint_eq(peers.count, 2);
    ck_assert_str_eq(peers.items[1].code.data, "E07");
    tdm__arena_free(&arena);
}
END_TEST

/* --- memory --- */

static tdm_status read_both(const tdm_allocator *allocator)
{
    static const char area_text[] =
        "code,name,population,neighbour\nE01,\"North \"\"hill\"\"\",1,\nE07,Far,1,yes\n";
    static const char peer_text[] = PEERS "a,2024,E01,North,1,2\na,2024,E02,South,1,2\n";
    tdm__arena arena;
    tdm__card_areas areas;
    tdm__card_peers peers;
    tdm_error error;
    const tdm__card_file area_file = FILE_OF(area_text), peer_file = FILE_OF(peer_text);
    tdm__arena_init(&arena, allocator);
    tdm_status status = tdm__card_read_areas(&areas, &arena, &area_file, &error);
    if (status == TDM_OK)
        status = tdm__card_read_peers(&peers, &arena, &peer_file, &error);
    tdm__arena_free(&arena);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(read_both);
}
END_TEST

Suite *card_files_suite(void)
{
    Suite *suite = suite_create("card files");
    TCase *tests = tcase_create("tables");
    tcase_add_test(tests, areas_are_read_however_they_are_written);
    tcase_add_test(tests, areas_that_cannot_be_name_file_row_and_column);
    tcase_add_test(tests, too_many_rows_are_refused);
    tcase_add_test(tests, figures_that_are_not_published_are_counted_and_those_that_cannot_be_go_through);
    tcase_add_test(tests, figures_that_are_no_numbers_name_their_place);
    tcase_add_test(tests, the_published_rates_are_read_whole);
    tcase_add_test(tests, with_neighbours_only_they_and_the_own_areas_stay);
    tcase_add_test(tests, every_allocation_may_fail);
    suite_add_tcase(suite, tests);
    return suite;
}
