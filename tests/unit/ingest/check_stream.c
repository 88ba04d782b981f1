/*
 * Streams: batches of whole children, told as the whole file would be; what is not grouped is refused; memory
 * is that of a batch, whatever the length.
 */
#include "ingest/gathered.h"
#include "ingest/stream.h"
#include "ingest/suites.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

static const char map_json[] =
    "{\"map\": 1, \"agency\": \"school\", \"columns\": {\"Child\": {\"to\": \"child\"}, "
    "\"Date\": {\"to\": \"occurred\"}, \"What\": {\"to\": \"text\"}}, "
    "\"constants\": {\"kind\": \"note\"}, \"dates\": {\"order\": \"dmy\"}}";

/* What a stream gave, over all its batches. */
typedef struct streamed {
    size_t batches, children, rows, diagnostics;
    int64_t counted;
    uint32_t last_row;
    char ids[512];
} streamed;

static tdm_status take_batch(streamed *out, const tdm__stream *stream, tdm__collection *c)
{
    tdm_chronology *chronology;
    const tdm__dictionary *children = tdm__stream_children(stream);
    tdm_status status = tdm__builder_freeze(&chronology, c->builder, &c->diagnostics);
    if (status != TDM_OK)
        return status;
    out->batches++;
    out->diagnostics += c->diagnostics.count;
    out->counted += c->account_count > 0 ? c->accounts[0].rows : 0;
    for (uint32_t i = 0; i < children->count; i++) {
        tdm_str id = tdm__dictionary_at(children, i);
        uint32_t first, end, child = tdm__chronology_find_child(chronology, id);
        size_t length = strlen(out->ids);
        if (length + id.length + 2 < sizeof out->ids)
            snprintf(out->ids + length, sizeof out->ids - length, "%.*s ", TDM_STR_ARGS(id));
        if (child == TDM_NO_INDEX)
            continue;
        tdm__chronology_child_events(chronology, child, &first, &end);
        out->children++;
        out->rows += end - first;
        if (end > first)
            out->last_row = tdm__chronology_event(chronology, end - 1).row;
    }
    tdm_chronology_free(chronology);
    return TDM_OK;
}

static tdm_status stream_all(streamed *out, gathered *g, const tdm__input *input, tdm__stream_share share,
                             tdm__stream_grouping *grouping)
{
    tdm__stream *stream;
    tdm__collection collection;
    tdm_date_rules dates = tdm_date_rules_default();
    bool more = true;
    *out = (streamed){.batches = 0};
    tdm_status status = tdm__stream_open(&stream, g->context, g->vocabulary, &dates, input, share, grouping,
                                         &g->error);
    while (status == TDM_OK && more) {
        status = tdm__collection_init(&collection, g->context, g->vocabulary);
        if (status == TDM_OK)
            status = tdm__stream_next(&more, stream, &collection, &g->error);
        if (status == TDM_OK && more)
            status = take_batch(out, stream, &collection);
        tdm__collection_free(&collection);
    }
    tdm__stream_free(stream);
    return status;
}

static tdm__input content_input(tdm_str content, bool is_csv)
{
    return (tdm__input){.name = TDM_LIT("caseload"),
                        .content = content,
                        .map = is_csv ? tdm__str(map_json) : TDM_LIT(""),
                        .map_is_json = is_csv};
}

static tdm_status stream_grouped(streamed *out, gathered *g, tdm_str content, tdm__stream_share share,
                                 bool by_household)
{
    tdm__stream_grouping grouping;
    bool is_csv = content.length > 0 && content.data[0] == 'C';
    tdm__input input = content_input(content, is_csv);
    ck_assert_int_eq(tdm__stream_grouping_init(&grouping, &tdm__malloc_allocator, by_household), TDM_OK);
    tdm_status status = stream_all(out, g, &input, share, &grouping);
    tdm__stream_grouping_free(&grouping);
    return status;
}

static tdm_status stream_content(streamed *out, gathered *g, tdm_str content, tdm__stream_share share)
{
    return stream_grouped(out, g, content, share, false);
}

static const tdm__stream_share all_of_it = {1, 1};

/* --- what is one stream, and what is none --- */

#define EVENT(child, more)                                                                                   \
    "{\"type\":\"event\",\"child\":\"" child "\",\"agency\":\"school\",\"kind\":\"note\",\"occurred\":"      \
    "\"2024-03-05\"" more "}\n"
#define SOURCE(more) "{\"type\":\"source\",\"name\":\"a.csv\",\"agency\":\"school\"" more "}\n"

typedef struct stream_case {
    const char *what, *content, *ids;
    size_t rows;
    int64_t counted;
    tdm_status status;
    int32_t line;
    const char *says;
} stream_case;

static const stream_case cases[] = {
    {"CSV", "Child,Date,What\nA,2024-03-05,x\nA,2024-03-06,y\nB,2024-03-05,z\n", "A B ", 3, 3, TDM_OK, 0, ""},
    {"line breaks in quotes", "Child,Date,What\nA,2024-03-05,\"B,\n\"\"C\"\n\"D\",2024-03-05,z", "A D ", 2, 2,
     TDM_OK, 0, ""},
    {"no rows", "Child,Date,What\n", "", 0, 0, TDM_OK, 0, ""},
    {"in no order, but grouped", "Child,Date,What\nB,2024-03-05,x\nA,2024-03-05,y\n", "B A ", 2, 2, TDM_OK, 0,
     ""},
    {"a row without a child stays with those above", "Child,Date,What\nA,2024-03-05,x\n,2024-03-05,y\n", "A ",
     1, 2, TDM_OK, 0, ""},
    {"not grouped", "Child,Date,What\nA,2024-03-05,x\nB,2024-03-05,y\nA,2024-03-06,z\n", "", 0, 0,
     TDM_INVALID_INPUT, 4, "sort the input by child"},
    {"the column of the child is not there", "Childe,Date,What\nA,2024-03-05,x\n", "", 0, 0,
     TDM_INVALID_INPUT, 1, "column that holds the child"},
    {"NDJSON",
     SOURCE("") EVENT("A", ",\"source\":{\"file\":\"a.csv\"}") "{\"type\":\"child\",\"id\":\"B\"}\n" EVENT(
         "B", ",\"source\":{\"file\":\"a.csv\"}"),
     "A B ", 2, 4, TDM_OK, 0, ""},
    {"members in any order, and others of the name deeper",
     "{\"facts\":{\"child\":\"X\"},\"agency\":\"school\",\"kind\":\"note\",\"chi\\u006cd\":\"A\","
     "\"occurred\":\"2024\",\"type\":\"event\"}\n" EVENT("A", ",\"text\":\"}{\\\",\\\"child\\\":\\\"B\\\"\""),
     "A ", 2, 2, TDM_OK, 0, ""},
    {"a line that is none stays with those above", EVENT("A", "") "{\"type\":\n" EVENT("A", ""), "A ", 2, 3,
     TDM_OK, 0, ""},
    {"not grouped, NDJSON", EVENT("A", "") EVENT("B", "") "{\"type\":\"child\",\"id\":\"A\"}\n", "", 0, 0,
     TDM_INVALID_INPUT, 3, "not grouped by child"},
    {"a source behind a child", EVENT("A", "") SOURCE(""), "", 0, 0, TDM_INVALID_INPUT, 2,
     "before the first child"},
    {"a source of some children", SOURCE(",\"children\":[\"A\"]") EVENT("A", ""), "", 0, 0, TDM_UNSUPPORTED,
     1, "without \"children\""},
    {"an event of a source that is not described",
     SOURCE("") EVENT("A", "") EVENT("A", ",\"source\":{\"file\":\"b\"}"), "A ", 0, 3, TDM_OK, 0, ""},
    {"XML", "<Message/>\n", "", 0, 0, TDM_UNSUPPORTED, 0, "NDJSON, or CSV"},
};

static void check_case(const stream_case *one, bool by_household)
{
    gathered g;
    streamed got;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm_status status = stream_grouped(&got, &g, tdm__str(one->content), all_of_it, by_household);
    ck_assert_msg(status == one->status, "%s: %s", one->what, g.error.message);
    if (status == TDM_OK) {
        ck_assert_str_eq(got.ids, one->ids);
        ck_assert_uint_eq(got.rows, one->rows);
        ck_assert_int_eq(got.counted, one->counted);
    } else {
        ck_assert_int_eq(g.error.line, one->line);
        ck_assert_msg(strstr(g.error.message, one->says), "%s: %s", one->what, g.error.message);
    }
    gathered_free(&g);
}

START_TEST(streams_are_read_child_by_child)
{
    check_case(&cases[_i], false);
}
END_TEST

typedef struct map_case {
    const char *map, *rows, *says;
} map_case;

#define MAP_START "{\"map\": 1, \"agency\": \"school\", \"columns\": {"

static const map_case bad_maps[] = {
    {MAP_START "\"Date\": {\"to\": \"occurred\"}}, \"constants\": {\"kind\": \"note\", \"child\": \"A\"}}",
     "Child,Date\nA,2024-03-05\n", "one column has to hold the child"},
    {MAP_START
     "\"Child\": {\"to\": \"child\", \"values\": {\"a\": \"A\"}}, \"Date\": {\"to\": \"occurred\"}}, "
     "\"constants\": {\"kind\": \"note\"}}",
     "Child,Date\nA,2024-03-05\n", "one column has to hold the child"},
    {MAP_START
     "\"Child\": {\"to\": \"child\"}, \"Date\": {\"to\": \"occurred\"}, \"What\": {\"to\": \"kind\"}}}",
     "Child,Date,What\nA,2024-03-05,note\n", "needs \"values\""},
    {MAP_START "\"Child\": {\"to\": \"child\"}, \"Date\": {\"to\": \"occurred\"}}, \"constants\": {\"kind\": "
               "\"note\"}}",
     "Child,Date\nA,5/3/24\nA,5/13/24\n", "\"order\""},
    {MAP_START "\"Child\": {\"to\": \"child\"}, \"Date\": {\"to\": \"occurred\"}}, \"constants\": {\"kind\": "
               "\"note\"}}",
     "Child,Date\nA,2024-03-05\nZo\xeb,2024-03-05\n", "\"encoding\""},
};

START_TEST(what_only_all_rows_could_tell_is_refused)
{
    gathered g;
    streamed got;
    tdm__stream_grouping grouping;
    const map_case *one = &bad_maps[_i];
    tdm__input input = {.name = TDM_LIT("caseload"),
                        .content = tdm__str(one->rows),
                        .map = tdm__str(one->map),
                        .map_is_json = true};
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(tdm__stream_grouping_init(&grouping, &tdm__malloc_allocator, false), TDM_OK);
    ck_assert_int_ne(stream_all(&got, &g, &input, all_of_it, &grouping), TDM_OK);
    ck_assert_msg(strstr(g.error.message, one->says), "%s", g.error.message);
    tdm__stream_grouping_free(&grouping);
    gathered_free(&g);
}
END_TEST

/* --- many children --- */

/* `count` children of two rows and a column that the map does not know: of each child both rows are told. */
static void write_caseload(tdm__text *text, int count, size_t text_bytes)
{
    tdm__text_init(text, &tdm__malloc_allocator);
    tdm__text_puts(text, "Child,Date,What,Extra\n");
    for (int i = 0; i < count; i++) {
        tdm__text_printf(text, "C%06d,2024-03-05,\"first\n", i);
        for (size_t b = 0; b < text_bytes; b++)
            tdm__text_char(text, b % 80 == 79 ? '\n' : 'x');
        tdm__text_printf(text, "\",\nC%06d,2024-13-05,second,\n", i);
    }
    ck_assert(!text->failed);
}

START_TEST(batches_tell_what_the_whole_file_would)
{
    gathered g;
    streamed got;
    tdm__text text;
    write_caseload(&text, TDM__STREAM_CHILDREN + 1, 0);
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(stream_content(&got, &g, tdm__text_str(&text), all_of_it), TDM_OK);
    ck_assert_uint_eq(got.batches, 2);
    ck_assert_uint_eq(got.children, TDM__STREAM_CHILDREN + 1);
    ck_assert_uint_eq(got.rows, 2 * (TDM__STREAM_CHILDREN + 1));
    ck_assert_int_eq(got.counted, 2 * (TDM__STREAM_CHILDREN + 1));
    /* The heading and three lines a child: the row that cannot be dated sorts last and is the child's third.
     */
    ck_assert_uint_eq(got.last_row, 1 + 3 * (TDM__STREAM_CHILDREN + 1));
    /* One for the heading, in the first batch alone; 200 and a count of the rest, then that of the second. */
    ck_assert_uint_eq(got.diagnostics, 1 + 201 + 1);
    tdm__text_free(&text);
    gathered_free(&g);
}
END_TEST

START_TEST(shares_are_all_children_once)
{
    gathered g;
    streamed got;
    tdm__text text;
    size_t children = 0, with_any = 0;
    int64_t counted = 0;
    const uint64_t shares = 7;
    write_caseload(&text, 20, 100);
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    for (uint64_t k = 1; k <= shares; k++) {
        ck_assert_int_eq(stream_content(&got, &g, tdm__text_str(&text), (tdm__stream_share){k, shares}),
                         TDM_OK);
        children += got.children;
        counted += got.counted;
        with_any += got.children > 0;
        /* The heading is told of by the first share. */
        ck_assert_uint_eq(got.diagnostics, got.children + (k == 1));
    }
    ck_assert_uint_eq(children, 20);
    ck_assert_int_eq(counted, 40);
    ck_assert_uint_eq(with_any, shares);
    /* More shares than children: some are empty, and none is lost. */
    children = 0;
    for (uint64_t k = 1; k <= 100; k++) {
        ck_assert_int_eq(stream_content(&got, &g, tdm__text_str(&text), (tdm__stream_share){k, 100}), TDM_OK);
        children += got.children;
    }
    ck_assert_uint_eq(children, 20);
    tdm__text_free(&text);
    gathered_free(&g);
}
END_TEST

/* --- households --- */

#define CHILD(id, household)                                                                                 \
    "{\"type\":\"child\",\"id\":\"" id "\",\"household\":\"" household "\"}\n" EVENT(id, "")
#define LONE(id) "{\"type\":\"child\",\"id\":\"" id "\"}\n" EVENT(id, "")

static const stream_case household_cases[] = {
    {"two households, and children without one",
     CHILD("A", "1") CHILD("B", "1") LONE("C") EVENT("D", "") CHILD("E", "2"), "A B C D E ", 5, 9, TDM_OK, 0,
     ""},
    {"a household comes again", CHILD("A", "1") CHILD("B", "2") CHILD("C", "1"), "", 0, 0, TDM_INVALID_INPUT,
     5, "not grouped by household"},
    {"behind one who has none", CHILD("A", "1") LONE("B") CHILD("C", "1"), "", 0, 0, TDM_INVALID_INPUT, 5,
     "not grouped by household"},
    {"as it is escaped", CHILD("A", "\\u0031") CHILD("B", "1") CHILD("C", "2") CHILD("D", "\\u0031"), "", 0,
     0, TDM_INVALID_INPUT, 7, "not grouped by household"},
    {"the line of a child behind its events", EVENT("A", "") CHILD("A", "1"), "", 0, 0, TDM_INVALID_INPUT, 2,
     "stands first of its lines"},
    {"two households of one child", CHILD("A", "1") CHILD("A", "2"), "", 0, 0, TDM_INVALID_INPUT, 3,
     "stands first of its lines"},
    {"the same line twice", CHILD("A", "1") CHILD("A", "1"), "A ", 2, 4, TDM_OK, 0, ""},
    {"a child comes again", CHILD("A", "1") CHILD("B", "1") CHILD("A", "1"), "", 0, 0, TDM_INVALID_INPUT, 5,
     "not grouped by child"},
    {"CSV", "Child,Date,What\nA,2024-03-05,x\n", "", 0, 0, TDM_UNSUPPORTED, 0, "is NDJSON"},
};

START_TEST(streams_are_read_household_by_household)
{
    check_case(&household_cases[_i], true);
}
END_TEST

/* Households of three: one lies across the number of children that ends a batch. */
START_TEST(no_household_is_parted)
{
    gathered g;
    streamed got;
    tdm__text text;
    const unsigned children_count = 2 * ((TDM__STREAM_CHILDREN + 2) / 3 * 3);
    tdm__text_init(&text, &tdm__malloc_allocator);
    ck_assert_uint_ne(TDM__STREAM_CHILDREN % 3, 0);
    for (unsigned i = 0; i < children_count; i++)
        tdm__text_printf(&text, "{\"type\":\"child\",\"id\":\"C%05u\",\"household\":\"H%05u\"}\n", i, i / 3);
    ck_assert(!text.failed);
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(stream_grouped(&got, &g, tdm__text_str(&text), all_of_it, true), TDM_OK);
    ck_assert_uint_eq(got.batches, 2);
    ck_assert_uint_eq(got.children, children_count);
    /* Every share ends where a household does. */
    size_t children = 0;
    for (uint64_t k = 1; k <= 5; k++) {
        ck_assert_int_eq(stream_grouped(&got, &g, tdm__text_str(&text), (tdm__stream_share){k, 5}, true),
                         TDM_OK);
        ck_assert_uint_eq(got.children % 3, 0);
        ck_assert_uint_gt(got.children, 0);
        children += got.children;
    }
    ck_assert_uint_eq(children, children_count);
    tdm__text_free(&text);
    gathered_free(&g);
}
END_TEST

/* --- memory --- */

/* Counts bytes: the size of a block stands before it. */
typedef struct counted_bytes {
    size_t held, peak;
} counted_bytes;

static void *counting_reallocate(void *block, size_t size, void *payload)
{
    counted_bytes *bytes = payload;
    max_align_t *start = block ? (max_align_t *)block - 1 : NULL;
    size_t before = 0;
    if (start)
        memcpy(&before, start, sizeof before);
    if (size == 0) {
        bytes->held -= before;
        free(start);
        return NULL;
    }
    max_align_t *moved = realloc(start, size + sizeof *moved);
    if (!moved)
        return NULL;
    memcpy(moved, &size, sizeof size);
    bytes->held += size - before;
    bytes->peak = bytes->held > bytes->peak ? bytes->held : bytes->peak;
    return moved + 1;
}

static size_t peak_of(int children, size_t text_bytes, size_t least_batches)
{
    gathered g;
    streamed got;
    tdm__text text;
    counted_bytes bytes = {0, 0};
    tdm_allocator allocator = {counting_reallocate, &bytes};
    write_caseload(&text, children, text_bytes);
    ck_assert_int_eq(gathered_init(&g, &allocator), TDM_OK);
    ck_assert_int_eq(stream_content(&got, &g, tdm__text_str(&text), all_of_it), TDM_OK);
    ck_assert_uint_eq(got.children, (size_t)children);
    ck_assert_uint_ge(got.batches, least_batches);
    tdm__text_free(&text);
    gathered_free(&g);
    ck_assert_uint_eq(bytes.held, 0);
    return bytes.peak;
}

START_TEST(memory_is_that_of_a_batch)
{
    size_t three = peak_of(54, 500000, 3), nine = peak_of(162, 500000, 9);
    ck_assert_msg(nine <= three + three / 100, "%zu bytes for 27 MB, %zu for 81 MB", three, nine);
    int batch = (int)TDM__STREAM_CHILDREN;
    three = peak_of(3 * batch, 0, 3);
    nine = peak_of(9 * batch, 0, 9);
    ck_assert_msg(nine <= three + three / 100, "%zu bytes for 3 batches of children, %zu for 9", three, nine);
}
END_TEST

static tdm_status stream_with(const tdm_allocator *allocator)
{
    gathered g;
    streamed got;
    tdm_status status = gathered_init(&g, allocator);
    if (status == TDM_OK)
        status = stream_content(
            &got, &g, tdm__str("Child,Date,What\nA,2024-03-05,x\nB,2024-03-05,\"y\"\"\"\n"), all_of_it);
    gathered_free(&g);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(stream_with);
}
END_TEST

/* --- order --- */

START_TEST(children_are_told_apart_in_a_fixed_room)
{
    char id[16];
    tdm__stream_order order;
    ck_assert_int_eq(tdm__stream_order_init(&order, &tdm__malloc_allocator), TDM_OK);
    for (int i = 0; i < TDM__STREAM_ANY_ORDER; i++) {
        /* Downwards: in no order that would help. */
        snprintf(id, sizeof id, "C%07d", 5000000 - i);
        ck_assert_int_eq(tdm__stream_order_add(&order, tdm__str(id)), TDM_OK);
    }
    ck_assert_int_eq(tdm__stream_order_add(&order, tdm__str(id)), TDM_CONFLICT);
    ck_assert_int_eq(tdm__stream_order_add(&order, TDM_LIT("C0000001")), TDM_TOO_LARGE);
    ck_assert_int_eq(tdm__stream_order_add(&order, TDM_LIT("C5000001")), TDM_OK);
    ck_assert_int_eq(tdm__stream_order_add(&order, TDM_LIT("C5000002")), TDM_OK);
    ck_assert_int_eq(tdm__stream_order_add(&order, TDM_LIT("C5000002")), TDM_TOO_LARGE);
    tdm__stream_order_free(&order);
}
END_TEST

Suite *stream_suite(void)
{
    Suite *suite = suite_create("stream");
    TCase *tests = tcase_create("stream");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, streams_are_read_child_by_child, 0, sizeof cases / sizeof cases[0]);
    tcase_add_loop_test(tests, what_only_all_rows_could_tell_is_refused, 0,
                        sizeof bad_maps / sizeof bad_maps[0]);
    tcase_add_test(tests, batches_tell_what_the_whole_file_would);
    tcase_add_test(tests, shares_are_all_children_once);
    tcase_add_loop_test(tests, streams_are_read_household_by_household, 0,
                        sizeof household_cases / sizeof household_cases[0]);
    tcase_add_test(tests, no_household_is_parted);
    tcase_add_test(tests, memory_is_that_of_a_batch);
    tcase_add_test(tests, every_allocation_may_fail);
    tcase_add_test(tests, children_are_told_apart_in_a_fixed_room);
    suite_add_tcase(suite, tests);
    return suite;
}
