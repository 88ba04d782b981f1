/*
 * Our own memory running out: at every allocation of reading a catalogue, making a worker and running
 * an example, the answer is "no memory" and nothing is left behind.
 */
#include <string.h>

#include "script/small_blocks.h"
#include "script/suites.h"
#include "script/world.h"

static const char body[] =
    "local forms = child:assessments('graded-care')\n"
    "assert(forms[1]:compare(forms[2]).worse == 13 and #forms[2]:concerns() == 13)\n"
    "assert(child:evidence(forms):count().certain == 2 and #child:siblings() == 1)\n"
    "local all = child:select { concern = true }\n"
    "local later = all:after(child:select { kind = 'concern' }):union(all)\n"
    "for _, part in ipairs(later:by('agency')) do assert(part.selection:count().certain > 0) end\n"
    "local answer = later:at_least { n = 2, within = { days = 90 }, outcome = 'yes' }\n"
    "answer.values = { number = #table.concat({ 'a', string.format('%d', 1) }) }\n"
    "return any_of { answer, child:episodes({}):open_past {\n"
    "  spans = { { months = 1 } }, outcome = 'yes' } }\n";

static tdm_status all_of_it(const tdm_allocator *allocator)
{
    tdm__catalogue *catalogue = NULL;
    tdm__worker *worker = NULL;
    tdm__example_outcome outcome;
    tdm__arena arena;
    tdm__text text = world_probe(
        "", body,
        "{ '2024-01-01', 'concern', 'school' }, { '2024-02', 'concern', 'police' },\n"
        "{ '2024-03-01', 'cp-plan-start', 'childrens-social-care' } }, assessments = {\n"
        "{ '2024-01-01', 'graded-care', grade = 3 }, { '2024-02-01', 'graded-care', grade = 4 } },\n"
        "siblings = { { born = '2020-03-01', events = { { '2024-01-01', 'concern', 'school' } } }");
    tdm__arena_init(&arena, allocator);
    tdm_status status = world_catalogue(&catalogue, allocator, tdm__text_str(&text), NULL, NULL);
    if (status == TDM_OK)
        status = tdm__worker_new(&worker, catalogue, NULL);
    if (status == TDM_OK)
        status = tdm__worker_example(&outcome, worker, &arena, 0, 0);
    if (status == TDM_OK)
        ck_assert_msg(outcome.got == TDM_MET, "%.*s", TDM_STR_ARGS(outcome.detail));
    tdm__worker_free(worker);
    tdm__arena_free(&arena);
    tdm__catalogue_free(catalogue);
    tdm__text_free(&text);
    return status;
}

START_TEST(survives_every_allocation)
{
    world_ground();
    TEST_EVERY_ALLOCATION(all_of_it);
}
END_TEST

static tdm_status instrument(const tdm_allocator *allocator)
{
    static const char text[] =
        "return { id = 'x', version = '1.0.0', title = 'T', source = 'S', licence = 'L', respondent = "
        "'home',\n"
        "direction = 'higher-is-worse', scale = { min = 0, max = 1 }, areas = { { code = 'H', title = 'H',\n"
        "sub_areas = { { code = 'H1', title = 'one', items = {\n"
        "{ code = 'H1a', title = 'one', weight = 2 } } } } } }, review_after = { days = 90 },\n"
        "scoring = { items = 'weighted-sum', sub_areas = 'sum', areas = 'sum' }, bands = { { of = 'total',\n"
        "source = 'S', ranges = { { from = 1, to = 1, label = 'A' }, { from = 2, label = 'B' } } } },\n"
        "examples = { { name = 'E', items = { H1a = 1 }, expect = { total = 2 }, bands = { total = 'B' } } } "
        "}";
    tdm_instrument *out;
    tdm_status status = tdm__instrument_load(
        &out, allocator, (tdm__script_file){TDM_LIT("x.lua"), {text, sizeof text - 1}}, NULL);
    if (status == TDM_OK)
        status = tdm__instrument_check_examples(out, NULL);
    tdm_instrument_free(out);
    return status;
}

START_TEST(an_instrument_survives_every_allocation)
{
    TEST_EVERY_ALLOCATION(instrument);
}
END_TEST

/* Three blocks and a half fit into the region. What is given back serves its own size alone, the last one
 * first. */
START_TEST(small_blocks_serve_again)
{
    static char region[7 * TDM__SMALL_STEP_BYTES];
    tdm__small_blocks blocks = {.region = region, .size = sizeof region};
    char *first = tdm__small_block_take(&blocks, 17), *second = tdm__small_block_take(&blocks, 32);
    char *third = tdm__small_block_take(&blocks, 25);
    ck_assert_ptr_eq(first, region);
    ck_assert_ptr_eq(second, region + 32);
    ck_assert_ptr_eq(third, region + 64);
    ck_assert_ptr_null(tdm__small_block_take(&blocks, 17));
    ck_assert_ptr_eq(tdm__small_block_take(&blocks, 16), region + 96);
    ck_assert_ptr_null(tdm__small_block_take(&blocks, 1));
    ck_assert(tdm__small_block_give_back(&blocks, first, 17));
    ck_assert(tdm__small_block_give_back(&blocks, third, 25));
    ck_assert_ptr_null(tdm__small_block_take(&blocks, 16));
    ck_assert_ptr_eq(tdm__small_block_take(&blocks, 31), third);
    ck_assert_ptr_eq(tdm__small_block_take(&blocks, 18), first);
    ck_assert_ptr_null(tdm__small_block_take(&blocks, 18));
    ck_assert(!tdm__small_block_give_back(&blocks, region + sizeof region, 16));
    ck_assert(!tdm__small_block_is(&(tdm__small_blocks){.size = 0}, NULL));
    ck_assert_ptr_null(tdm__small_block_take(&(tdm__small_blocks){.size = 0}, 16));
    blocks = (tdm__small_blocks){.region = region, .size = sizeof region};
    ck_assert_ptr_null(tdm__small_block_take(&blocks, 0));
    ck_assert_ptr_null(tdm__small_block_take(&blocks, TDM__SMALL_BLOCK_BYTES + 1));
}
END_TEST

Suite *memory_suite(void)
{
    Suite *suite = suite_create("memory");
    TCase *tcase = tcase_create("allocations");
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, survives_every_allocation);
    tcase_add_test(tcase, small_blocks_serve_again);
    tcase_add_test(tcase, an_instrument_survives_every_allocation);
    suite_add_tcase(suite, tcase);
    return suite;
}
