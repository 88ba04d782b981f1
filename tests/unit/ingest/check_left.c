/*
 * Files that are left where they are: read in stretches they give the records that the whole text gives, a
 * long return the same events as its content, and one that changes is told.
 */
#include "ingest/gathered.h"
#include "ingest/left.h"
#include "ingest/suites.h"
#include "ingest/table.h"
#include "support.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char path[64];

static void make_file(void)
{
    strcpy(path, "/tmp/tidemark-left-XXXXXX");
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    close(file);
}

static void remove_file(void)
{
    unlink(path);
}

static void write_file(tdm_str bytes)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes.data, 1, bytes.length, file), bytes.length);
    ck_assert_int_eq(fclose(file), 0);
}

/* --- records --- */

static uint32_t below(uint32_t *state, uint32_t limit)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % limit;
}

/* Odd pieces one behind the other; now and then a field longer than a stretch. */
static void put_pieces(tdm__text *out, uint32_t state, size_t length)
{
    static const char *const pieces[] = {
        "a,b,c\n", "plain",          ",", "\n",       "\r\n",   "\r",  "\"q,\"\"x\"\"\"", "\"two\nlines\"",
        "\"\"",    "\"bad\" behind", " ", "\xc3\xa9", "\n\n\n", ",\"", "\"\r\n\""};
    while (out->length < length) {
        if (below(&state, 3000) == 0)
            for (size_t i = 0; i < 40000; i++)
                tdm__text_puts(out, "long text ");
        tdm__text_puts(out, pieces[below(&state, sizeof pieces / sizeof *pieces)]);
    }
}

/* What a table gives, record by record. */
static void tell_records(tdm__text *told, tdm__table *table)
{
    bool more = true;
    while (more) {
        tdm_error error = {0};
        tdm_status status = tdm__table_next(table, &more, &error);
        if (status == TDM_OK && !more)
            return;
        tdm__text_printf(told, "%d at %d: ", table->row, (int)tdm__table_at(table));
        if (status != TDM_OK) {
            ck_assert(tdm__table_record_failed(status));
            tdm__text_printf(told, "%s %d %d\n", error.message, error.line, error.column);
            more = true;
            continue;
        }
        for (size_t i = 0; i < table->field_count; i++)
            tdm__text_printf(told, "[%.*s]", TDM_STR_ARGS(table->fields[i]));
        tdm__text_char(told, '\n');
    }
}

START_TEST(stretches_give_the_records_of_the_whole)
{
    tdm__text text, whole, parts;
    tdm__table table;
    tdm__held_file *held;
    tdm_error error;
    const tdm_allocator *allocator = &tdm__malloc_allocator;
    tdm__text_init(&text, allocator);
    tdm__text_init(&whole, allocator);
    tdm__text_init(&parts, allocator);
    put_pieces(&text, (uint32_t)_i * 77u + 78u, 1500000);
    write_file(tdm__text_str(&text));
    tdm__table_of_csv(&table, allocator, tdm__text_str(&text), ',');
    tell_records(&whole, &table);
    tdm__table_free(&table);
    ck_assert_int_eq(tdm__file_hold(&held, allocator, NULL, path, 1, UINT64_MAX, &error), TDM_OK);
    ck_assert_ptr_nonnull(held);
    ck_assert_int_eq(tdm__table_of_file(&table, allocator, held, 0, ',', 1), TDM_OK);
    tell_records(&parts, &table);
    tdm__table_free(&table);
    tdm__held_file_close(held);
    ck_assert(whole.length > 10000);
    ck_assert(tdm__str_equal(tdm__text_str(&whole), tdm__text_str(&parts)));
    tdm__text_free(&text);
    tdm__text_free(&whole);
    tdm__text_free(&parts);
}
END_TEST

/* --- returns --- */

static const char map[] =
    "{\"map\": 1, \"agency\": \"school\", \"columns\": {\"child\": {\"to\": \"child\"}, "
    "\"date\": {\"to\": \"occurred\"}, \"ref\": {\"to\": \"reference\"}, "
    "\"what\": {\"to\": \"text\"}, \"done\": {\"to\": \"action\"}}}";

/* Rows of some 5,000 bytes, longer in all than what is read as a whole; `last` stands in the last one. */
static void put_return(tdm__text *out, const char *last)
{
    tdm__text_puts(out, "child,date,ref,what,done\n");
    for (int row = 0; out->length < TDM__LEFT_FROM; row++) {
        tdm__text_printf(out, "C%d,2021-01-%02d,R%d,\"", row % 50, row % 28 + 1, row);
        for (int i = 0; i < 400; i++)
            tdm__text_printf(out, "word %d %s", (row * i) % 1000, i % 97 == 0 ? "caf\xc3\xa9\n" : ", ");
        tdm__text_printf(out, "\",%s\n", row % 3 == 0 ? "\"said \"\"no\"\"\"" : "visited");
    }
    tdm__text_printf(out, "C1,2022-01-01,R,%s,\n", last);
}

static void read_return(gathered *g, int32_t jobs)
{
    tdm__input input = {.name = TDM_LIT("r.csv"), .path = path, .map = tdm__str(map), .map_is_json = true};
    ck_assert_int_eq(gathered_init(g, NULL), TDM_OK);
    g->collection.jobs = jobs;
    ck_assert_msg(tdm__ingest(&g->collection, &input, &g->error) == TDM_OK, "%s", g->error.message);
}

static bool is_left(gathered *g)
{
    return tdm__chronology_source(g->chronology, 0)->file != NULL;
}

START_TEST(a_long_return_gives_what_its_content_gives)
{
    gathered left, whole;
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    if (_i == 2) /* behind a byte order mark */
        tdm__text_puts(&text, "\xef\xbb\xbf");
    put_return(&text, "the last");
    write_file(tdm__text_str(&text));
    read_return(&left, _i == 1 ? 2 : 1);
    ck_assert_int_eq(gathered_init(&whole, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&whole, "r.csv", text.data, map), TDM_OK);
    const char *expected = gathered_events(&whole);
    ck_assert(strstr(expected, "the last") != NULL);
    ck_assert_str_eq(gathered_events(&left), expected);
    ck_assert(is_left(&left) && !is_left(&whole));
    ck_assert(tdm__str_equal(tdm__chronology_source(left.chronology, 0)->hash,
                             tdm__chronology_source(whole.chronology, 0)->hash));
    ck_assert_str_eq(gathered_account(&left, 0), gathered_account(&whole, 0));
    ck_assert_int_eq(tdm__chronology_check_texts(left.chronology, &left.error), TDM_OK);
    gathered_free(&left);
    gathered_free(&whole);
    tdm__text_free(&text);
}
END_TEST

START_TEST(a_file_that_changes_is_told)
{
    gathered g;
    tdm__text text, room;
    FILE *file;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__text_init(&room, &tdm__malloc_allocator);
    put_return(&text, "the last");
    write_file(tdm__text_str(&text));
    read_return(&g, 1);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    ck_assert_uint_gt(tdm__chronology_text(&room, g.chronology, 0, TDM__TEXT).length, 0);
    ck_assert_int_eq(tdm__chronology_check_texts(g.chronology, &g.error), TDM_OK);
    if (_i == 0) { /* longer */
        file = fopen(path, "ab");
        ck_assert_ptr_nonnull(file);
        fputs("C1,2022-01-02,R2,more,\n", file);
        fclose(file);
        ck_assert_uint_gt(tdm__chronology_text(&room, g.chronology, 0, TDM__TEXT).length, 0);
    } else { /* gone but for its heading: no text is made up */
        ck_assert_int_eq(truncate(path, 20), 0);
        ck_assert_uint_eq(tdm__chronology_text(&room, g.chronology, 0, TDM__TEXT).length, 0);
        ck_assert_uint_gt(tdm__chronology_string(g.chronology, 0, TDM__REFERENCE).length, 0);
    }
    ck_assert_int_eq(tdm__chronology_check_texts(g.chronology, &g.error), TDM_IO);
    ck_assert_ptr_nonnull(strstr(g.error.message, "changed while it was in use"));
    gathered_free(&g);
    tdm__text_free(&text);
    tdm__text_free(&room);
}
END_TEST

static const struct {
    const char *last;
    tdm_status status;
} bytes[] = {{"it\x92s", TDM_OK}, {"\x81", TDM_ENCODING}};

START_TEST(a_long_return_that_is_not_utf_8_is_read_as_a_whole)
{
    gathered g;
    tdm__text text;
    tdm__input input = {.name = TDM_LIT("r.csv"), .path = path, .map = tdm__str(map), .map_is_json = true};
    tdm__text_init(&text, &tdm__malloc_allocator);
    put_return(&text, bytes[_i].last);
    /* Windows-1252 has letters where UTF-8 has none of its own. */
    write_file(tdm__text_str(&text));
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(tdm__ingest(&g.collection, &input, &g.error), bytes[_i].status);
    if (bytes[_i].status == TDM_OK) {
        ck_assert_ptr_nonnull(strstr(gathered_events(&g), "it\xe2\x80\x99s"));
        ck_assert(!is_left(&g));
    }
    gathered_free(&g);
    tdm__text_free(&text);
}
END_TEST

static tdm_status read_with(const tdm_allocator *allocator)
{
    bool more = true;
    tdm__table table;
    tdm__held_file *held;
    tdm_status status = tdm__file_hold(&held, allocator, NULL, path, 1, UINT64_MAX, NULL);
    if (status != TDM_OK)
        return status;
    status = tdm__table_of_file(&table, allocator, held, 0, ',', 2);
    while (status == TDM_OK && more)
        status = tdm__table_next(&table, &more, NULL);
    tdm__table_free(&table);
    tdm__held_file_close(held);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    write_file(TDM_LIT("a,b\n1,\"2\"\"3\"\n"));
    TEST_EVERY_ALLOCATION(read_with);
}
END_TEST

Suite *left_suite(void)
{
    Suite *suite = suite_create("ingest files left");
    TCase *cases = tcase_create("left");
    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, make_file, remove_file);
    tcase_add_loop_test(cases, stretches_give_the_records_of_the_whole, 0, 4);
    tcase_add_loop_test(cases, a_long_return_gives_what_its_content_gives, 0, 3);
    tcase_add_loop_test(cases, a_file_that_changes_is_told, 0, 2);
    tcase_add_loop_test(cases, a_long_return_that_is_not_utf_8_is_read_as_a_whole, 0,
                        (int)(sizeof bytes / sizeof *bytes));
    tcase_add_test(cases, every_allocation_may_fail);
    suite_add_tcase(suite, cases);
    return suite;
}
