/*
 * The shared world of the tests of measures.
 */
#include "script/measure_world.h"

#include <stdio.h>

/*
 * Anna     referrals on 10 January and 1 June; a plan from 1 February to 1 August.
 * Ben      referrals on 20 December 2023 and 5 March; a plan from 1 April, still open.
 * Cara     a referral some day in May, a contact told by the police on 10 May.
 * Dan      a plan that ends on 1 July and never began.
 * Eve      a referral around New Year: in 2023 or in 2024.
 */
const char measure_events[] =
    "from = '2024-01-01', to = '2024-12-31', events = {\n"
    "{ 'Anna', '2024-01-10', 'referral', 'childrens-social-care', { referral_source = 'school' }, area = 'N' "
    "},\n"
    "{ 'Anna', '2024-02-01', 'cp-plan-start', 'childrens-social-care', { category = 'neglect' } },\n"
    "{ 'Anna', '2024-06-01', 'referral', 'childrens-social-care', { referral_source = 'police' } },\n"
    "{ 'Anna', '2024-08-01', 'cp-plan-end', 'childrens-social-care' },\n"
    "{ 'Ben', '2023-12-20', 'referral', 'childrens-social-care', area = 'S' },\n"
    "{ 'Ben', '2024-03-05', 'referral', 'childrens-social-care', { referral_source = 'school' } },\n"
    "{ 'Ben', '2024-04-01', 'cp-plan-start', 'childrens-social-care', { category = 'emotional' } },\n"
    "{ 'Cara', '2024-05', 'referral', 'childrens-social-care' },\n"
    "{ 'Cara', '2024-05-10', 'contact', 'police', recorded = '2024-05-12' },\n"
    "{ 'Dan', '2024-07-01', 'cp-plan-end', 'childrens-social-care' },\n"
    "{ 'Eve', '2023-12-20/2024-01-10', 'referral', 'childrens-social-care' },\n"
    "}, ";

tdm__text measure_probe(const char *top, const char *body, const char *examples)
{
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__text_puts(&text, top);
    tdm__text_puts(&text, "return { measure = function(m, p) ");
    tdm__text_puts(&text, body);
    tdm__text_puts(&text,
                   "\nend,\n"
                   "id = 'probe', version = '1.0.0', group = 'drift', title = 'T', unit = 'things',\n"
                   "definition = '{number} things', numerator = 'things', denominator = '',\n"
                   "exclusions = {}, pitfalls = {}, chart = 'none', needs = {},\n"
                   "evidence = { source = 'S', standing = { 'local' } },\n"
                   "params = { number = { type = 'count', default = 3, min = 1, max = 9, doc = 'D' } },\n"
                   "examples = { ");
    tdm__text_puts(&text, examples);
    tdm__text_puts(&text, " } }\n");
    ck_assert(!text.failed);
    return text;
}

tdm_status measure_catalogue(tdm__measures **out, const tdm_allocator *allocator, tdm_str text,
                             const tdm__script_limits *limits, tdm_error *error)
{
    tdm__script_file file = {TDM_LIT("measures/drift/probe.lua"), text};
    tdm__script_file lib = {TDM_LIT("lib/shared.lua"), TDM_LIT("return { three = 3, list = {} }")};
    return tdm__measures_new(out, allocator, &file, 1, &lib, 1, world_ground(), limits, error);
}

tdm__text measure_example(const char *more, const char *expect)
{
    tdm__text text;
    tdm__text_init(&text, &tdm__malloc_allocator);
    tdm__text_printf(&text, "{ name = 'E', %s%s expect = { %s } }", measure_events, more, expect);
    ck_assert(!text.failed);
    return text;
}

measure_told measure_run(const char *body, const char *more, const char *expect)
{
    tdm_error error;
    tdm__measures *measures;
    tdm__measure_worker *worker;
    tdm__measure_example example;
    tdm__arena arena;
    measure_told told;
    tdm__text examples = measure_example(more, expect), text = measure_probe("", body, examples.data);
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    tdm_status status = measure_catalogue(&measures, &tdm__malloc_allocator, tdm__text_str(&text), NULL,
                                          &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", body, error.message);
    ck_assert_int_eq(tdm__measure_worker_new(&worker, measures, &error), TDM_OK);
    ck_assert_int_eq(tdm__measure_worker_example(&example, worker, &arena, 0, 0), TDM_OK);
    ck_assert_msg(example.passed == (example.detail.length == 0), "%s", body);
    snprintf(told.text, sizeof told.text, "%.*s", TDM_STR_ARGS(example.detail));
    tdm__measure_worker_free(worker);
    tdm__measures_free(measures);
    tdm__arena_free(&arena);
    tdm__text_free(&text);
    tdm__text_free(&examples);
    return told;
}
