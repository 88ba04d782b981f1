/*
 * Column maps: what is wrong with one is told by file, line and member.
 */
#include "ingest/gathered.h"
#include "ingest/map.h"
#include "ingest/suites.h"
#include "support.h"

#include <string.h>

typedef struct bad_map {
    const char *json;
    int line;
    const char *says; /* part of the message */
} bad_map;

static const bad_map bad_maps[] = {
    {"{\"map\": 2, \"columns\": {\"A\": {\"to\": \"text\"}}}", 1, "\"map\""},
    {"{\"columns\": {}}", 1, "\"map\" is missing"},
    {"{\"map\": 1}", 1, "maps no column"},
    {"{\"map\": 1,\n\"agency\": \"the nick\",\n\"columns\": {\"A\": {\"to\": \"text\"}}}", 2, "\"agency\""},
    {"{\"map\": 1,\n\"columns\": {\n\"A\": {\"to\": \"colour\"}}}", 3, "no field of this name"},
    {"{\"map\": 1,\n\"columns\": {\n\"A\": {\"from\": \"text\"}}}", 3, "unknown member"},
    {"{\"map\": 1, \"columns\": {\"A\": {\"to\": \"kind\", \"values\": {\n\"x\": \"no-such\"}}}}", 2,
     "a code of kinds.csv"},
    {"{\"map\": 1, \"columns\": {\"A\": {\"to\": \"child_seen\", \"values\": {\n\"x\": \"perhaps\"}}}}", 2,
     "yes or no"},
    {"{\"map\": 1, \"columns\": {\"A\": {\"to\": \"kind\", \"values\": {\"Visit\": \"visit\",\n\" VISIT\": "
     "\"visit\"}}}}",
     2, "twice"},
    {"{\"map\": 1, \"columns\": {\"A\": {\"to\": \"text\"},\n\"B\": {\"to\": \"text\"}}}", 2,
     "a second column"},
    {"{\"map\": 1, \"columns\": {\"A\": {\"to\": \"kind\", \"join\": \" \"}}}", 1, "joins text"},
    {"{\"map\": 1, \"columns\": {\"A\": {\"to\": \"theme\", \"split\": \"; \"}}}", 1, "one character"},
    {"{\"map\": 1, \"dates\": {\n\"order\": \"ymd\"}, \"columns\": {\"A\": {\"to\": \"text\"}}}", 2, "dmy"},
    {"{\"map\": 1, \"dates\": {\"pivot\": 100}, \"columns\": {\"A\": {\"to\": \"text\"}}}", 1, "0 to 99"},
    {"{\"map\": 1, \"delimiter\": \":\", \"columns\": {\"A\": {\"to\": \"text\"}}}", 1, "\"delimiter\""},
    {"{\"map\": 1, \"encoding\": \"latin-1\", \"columns\": {\"A\": {\"to\": \"text\"}}}", 1, "\"encoding\""},
    {"{\"map\": 1, \"header_row\": 0, \"columns\": {\"A\": {\"to\": \"text\"}}}", 1, "\"header_row\""},
    {"{\"map\": 1, \"columns\": {\"A\": {\"to\": \"text\"}},\n\"events\": [{\"when\": \"B\", \"kind\": "
     "\"nope\"}]}",
     2, "\"kind\""},
    {"{\"map\": 1, \"columns\": {\"A\": {\"to\": \"text\"}},\n\"constants\": {\"kind\": \"nope\"}}", 2,
     "a code of kinds.csv"},
    {"{\"map\": 1, \"columns\": {\"A\": {\"to\": \"text\"}},\n\"constants\": {\"kind\": 3}}", 2, "a string"},
    {"{\"map\": 1, \"columns\": {\"A\": {\"to\": \"text\"}},\n\"ignore\": [\"a \"]}", 2, "mapped above"},
    {"{\"map\": 1, \"sheet\": 3, \"columns\": {\"A\": {\"to\": \"text\"}}}", 1, "the name of a sheet"},
    {"{\"map\": 1, \"sheet\": [\"A\",\n4], \"columns\": {\"A\": {\"to\": \"text\"}}}", 2,
     "the name of a sheet"},
    {"[1]", 1, "expected an object"},
};

START_TEST(bad_maps_are_told_by_line)
{
    const bad_map *bad = &bad_maps[_i];
    gathered g;
    tdm__map *map;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm_status status = tdm__map_parse(&map, &g.allocator, g.vocabulary, NULL, tdm__str(bad->json),
                                       TDM_LIT("m.json"), &g.error);
    ck_assert_int_eq(status, TDM_INVALID_INPUT);
    ck_assert_ptr_null(map);
    ck_assert_str_eq(g.error.file, "m.json");
    ck_assert_int_eq(g.error.line, bad->line);
    ck_assert_msg(strstr(g.error.message, bad->says) != NULL, "%s", g.error.message);
    gathered_free(&g);
}
END_TEST

static const char whole_map[] =
    "{\"map\": 1, \"agency\": \"school\", \"delimiter\": \";\", \"encoding\": \"windows-1252\","
    "\"header_row\": 3, \"dates\": {\"order\": \"mdy\", \"pivot\": 30},"
    "\"columns\": {\"Kid\": {\"to\": \"child\", \"split\": \"/\"},"
    "\"Note 1\": {\"to\": \"text\"}, \"Note 2\": {\"to\": \"text\", \"join\": \" - \"},"
    "\"Kind\": {\"to\": \"kind\", \"values\": {\"Home  visit\": \"visit\"}}},"
    "\"events\": [{\"when\": \"Opened\", \"kind\": \"cp-plan-start\","
    "\"columns\": {\"Closed\": {\"to\": \"ended\"}}}],"
    "\"constants\": {\"facts.visit_type\": \"statutory\"}, \"ignore\": [\"Internal\"]}";

static tdm_status parse_whole(const tdm_allocator *allocator)
{
    gathered g;
    tdm__map *map = NULL;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm_status status = tdm__map_parse(&map, allocator, g.vocabulary, NULL, tdm__str(whole_map), TDM_LIT("m"),
                                       NULL);
    tdm__map_free(map);
    gathered_free(&g);
    return status;
}

START_TEST(a_map_is_read_whole)
{
    gathered g;
    tdm__map *map;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(
        tdm__map_parse(&map, &g.allocator, g.vocabulary, NULL, tdm__str(whole_map), TDM_LIT("m"), &g.error),
        TDM_OK);
    ck_assert_int_eq(map->delimiter, ';');
    ck_assert_int_eq(map->header_row, 3);
    ck_assert(map->has_order);
    ck_assert_int_eq(map->rules.order, TDM_MONTH_FIRST);
    ck_assert_int_eq(map->rules.pivot, 30);
    ck_assert_uint_eq(map->binding_count, 6);
    ck_assert_uint_eq(map->folded.count, 7);
    ck_assert_uint_eq(map->dated_count, 1);
    ck_assert(!tdm__map_has_own_event(map));
    /* Values are the same word whatever their case and inner spaces. */
    ck_assert_uint_eq(tdm__dictionary_find(&map->bindings[3].theirs, TDM_LIT("home visit")), 0);
    tdm__map_free(map);
    gathered_free(&g);
}
END_TEST

START_TEST(maps_survive_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(parse_whole);
}
END_TEST

Suite *map_suite(void)
{
    Suite *suite = suite_create("ingest map");
    TCase *tests = tcase_create("map");
    tcase_add_loop_test(tests, bad_maps_are_told_by_line, 0, sizeof bad_maps / sizeof bad_maps[0]);
    tcase_add_test(tests, a_map_is_read_whole);
    tcase_add_test(tests, maps_survive_every_failed_allocation);
    suite_add_tcase(suite, tests);
    return suite;
}
