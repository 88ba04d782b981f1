/*
 * Rows of which nothing is to be told become events many at once. Whatever stands in them and between them,
 * they give what table_row.c makes of them one by one: a map with a constant that no row needs leaves all to
 * it.
 */
#include "chronology/chronology.h"
#include "ingest/gathered.h"
#include "ingest/suites.h"
#include "support.h"

#include <string.h>

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

#define MAP(agency, more)                                                                                    \
    "{\"map\": 1, " agency                                                                                   \
    "\"columns\": {\"Child\": {\"to\": \"child\"}, \"Date\": {\"to\": \"occurred\"}, "                       \
    "\"Who\": {\"to\": \"agency\", \"values\": {\"A&E\": \"hospital\"}}, \"What\": "                         \
    "{\"to\": \"kind\", \"values\": {\"Home visit\": \"visit\", \"later\": \"\", \"else\": \"other\"}}, "    \
    "\"Role\": {\"to\": \"role\"}, \"Text\": {\"to\": \"text\"}, \"Done\": {\"to\": \"action\"}, "           \
    "\"Missed\":"                                                                                            \
    " {\"to\": \"facts.sessions_missed\"}, \"NFA\": {\"to\": \"facts.no_further_action\"}, \"Theme\": "      \
    "{\"to\": \"theme\"}, \"More\": {\"to\": \"text\", \"join\": \" / \"}" more "}"

/* With a constant for what every row says. */
#define ALONE "}, \"constants\": {\"role\": \"nobody\"}"

static const char *const maps[][2] = {
    {MAP("\"agency\": \"school\", ", "}"), MAP("\"agency\": \"school\", ", ALONE)},
    {MAP("", "}, \"constants\": {\"agency\": \"gp\", \"facts.sessions_missed\": \"4\"}"),
     MAP("",
         "}, \"constants\": {\"agency\": \"gp\", \"facts.sessions_missed\": \"4\", \"role\": \"nobody\"}")},
    {MAP("\"agency\": \"police\", ",
         ", \"Ref\": {\"to\": \"reference\"}}, \"constants\": {\"kind\": \"note\"}"),
     MAP("\"agency\": \"police\", ",
         ", \"Ref\": {\"to\": \"reference\"}}, \"constants\": {\"kind\": \"note\", \"role\": \"nobody\"}")},
};
enum { MAPS = sizeof maps / sizeof *maps };

/* The first of each column are plain, and come more often than the rest. */
static const char *const cells[][12] = {
    {"C1", "C2", "C3", "a child with a long name indeed", "C4", "C5", "C6", "all", "household", "", " C7 ",
     "C8"},
    {"2024-03-05", "2024-02-29", "1999-12-31", "2024-03-06", "2023-01-01", "2024-03-07", "2024-03-05",
     "5/3/24", "2023-02-29", "", "March 2024", "25/12/2023"},
    {"A&E", "school", "a&e", "gp", "", "police", "hospital", "The Lodge", "odd", "", "Childrens-social-care",
     "other"},
    {"Home visit", "visit", "note", "home  VISIT", "attendance-summary", "attendance-summary", "referral",
     "tea", "later", "else", "", "other"},
    {"SW", "teacher", "SW", "SW", "nurse", "a", "b", "c", "d", "e", "f", "g"},
    {"seen at home", "", "\"said \"\"no\"\"\"", "\"a, b\"", "seen", "seen at school", "x", "y", "  z  ",
     "\"two\nlines\"", "caf\xc3\xa9", "\xc2\xa0"},
    {"", "called", "", "wrote", "called", "", "called", "", "\"=1+1\"", "", "called", ""},
    {"", "12", "0", "3", "", "7", "12", "012", "+4", "x", "-1", "99999999999999999999"},
    {"", "yes", "N", "TRUE", "", "0", "no", "dunno", "", "", "y", "n"},
    {"", "", "", "", "", "", "", "physical", "no-theme", "", "domestic-abuse", ""},
    {"", "", "", "", "", "", "", "5", "", "", "", ""},
    {"", "R1", "R2", "R3", "R1", "R2", "", "R4", "R5", "R1", "", "R6"},
};
enum { COLUMNS = sizeof cells / sizeof *cells, CHOICES = 12, PLAIN_CHOICES = 7 };

/* One row in three has one cell that is not plain; some numbers are so many that they are not remembered. */
static void put_rows(tdm__text *csv, uint32_t seed, int rows)
{
    tdm__text_puts(csv, "Child,Date,Who,What,Role,Text,Done,Missed,NFA,Theme,More,Ref\n");
    for (int row = 0; row < rows; row++) {
        uint32_t odd_column = next_random(&seed) % (COLUMNS * 3);
        for (uint32_t column = 0; column < COLUMNS; column++) {
            uint32_t choices = column == odd_column ? CHOICES : PLAIN_CHOICES;
            const char *cell = cells[column][next_random(&seed) % choices];
            if (column == 7 && row % 5 == 0)
                tdm__text_printf(csv, "%d", row);
            else
                tdm__text_puts(csv, cell);
            tdm__text_puts(csv, column + 1 < COLUMNS ? "," : row % 71 == 0 ? ",too long\n" : "\n");
        }
        if (row % 113 == 0)
            tdm__text_puts(csv, "C1,\"2024-03-05\"x\n");
    }
}

static void read_rows(gathered *g, const tdm__text *csv, const char *map, int32_t jobs)
{
    ck_assert_int_eq(gathered_init(g, NULL), TDM_OK);
    g->collection.jobs = jobs;
    ck_assert_msg(gathered_content(g, "r.csv", csv->data, map) == TDM_OK, "%s", g->error.message);
}

static void same_reading(gathered *plain, gathered *alone)
{
    char *told = strdup(gathered_diagnostics(alone, NULL));
    ck_assert_str_eq(gathered_diagnostics(plain, NULL), told);
    free(told);
    told = strdup(gathered_account(alone, 0));
    ck_assert_str_eq(gathered_account(plain, 0), told);
    free(told);
    ck_assert_str_eq(gathered_events(plain), gathered_events(alone));
    size_t count = tdm_chronology_event_count(plain->chronology);
    ck_assert_uint_gt(count, 500);
    for (uint32_t i = 0; i < count; i++)
        ck_assert(tdm__chronology_event(plain->chronology, i).id ==
                  tdm__chronology_event(alone->chronology, i).id);
}

START_TEST(plain_rows_give_what_each_row_gives)
{
    gathered plain, alone;
    tdm__text csv;
    tdm__text_init(&csv, &tdm__malloc_allocator);
    put_rows(&csv, (uint32_t)_i + 1, 1500);
    for (int32_t jobs = 1; jobs <= 2; jobs++) {
        read_rows(&plain, &csv, maps[_i % MAPS][0], jobs);
        read_rows(&alone, &csv, maps[_i % MAPS][1], jobs);
        same_reading(&plain, &alone);
        gathered_free(&plain);
        gathered_free(&alone);
    }
    tdm__text_free(&csv);
}
END_TEST

static tdm_status read_some(const tdm_allocator *allocator)
{
    gathered g;
    tdm__text csv;
    tdm__text_init(&csv, &tdm__malloc_allocator);
    put_rows(&csv, 7, 300);
    tdm_status status = gathered_init(&g, allocator);
    if (status == TDM_OK)
        status = gathered_content(&g, "r.csv", csv.data, maps[0][0]);
    if (status == TDM_OK)
        status = gathered_freeze(&g);
    gathered_free(&g);
    tdm__text_free(&csv);
    return status;
}

START_TEST(plain_rows_survive_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_some);
}
END_TEST

Suite *plain_rows_suite(void)
{
    Suite *suite = suite_create("plain_rows");
    TCase *tcase = tcase_create("plain_rows");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, plain_rows_give_what_each_row_gives, 0, 12);
    tcase_add_test(tcase, plain_rows_survive_every_failed_allocation);
    suite_add_tcase(suite, tcase);
    return suite;
}
