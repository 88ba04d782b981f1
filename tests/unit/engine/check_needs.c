/*
 * What an indicator needs before it is asked: kinds that some source could hold, coverage.
 */
#include "engine/world.h"

#include <string.h>

#define CSC    "childrens-social-care"
#define PERIOD "2024-04-04", "2024-09-30" /* 27 + 31 + 30 + 31 + 31 + 30 = 180 days */

/* As of 30 September 2024. `reason` "none-found": the script was asked and found nothing. */
static const struct {
    const char *needs;
    world_source sources[3];
    size_t source_count;
    const char *reason;
} rows[] = {
    {"", {{CSC, "concern", NULL, NULL}}, 1, "none-found"},
    {"any = { 'referral' }", {{CSC, "referral", NULL, NULL}}, 1, "none-found"},
    {"any = { 'referral' }", {{CSC, "concern", NULL, NULL}}, 1, "no-data"},
    {"any = { 'referral', 'concern' }", {{CSC, "concern", NULL, NULL}}, 1, "none-found"},
    {"all = { 'referral', 'concern' }", {{CSC, "concern", NULL, NULL}}, 1, "no-data"},
    {"all = { 'referral', 'concern' }",
     {{CSC, "concern", NULL, NULL}, {"police", "referral", NULL, NULL}},
     2,
     "none-found"},
    {"any = { 'referral' }, all = { 'concern' }", {{CSC, "referral", NULL, NULL}}, 1, "no-data"},
    {"coverage = { days = 180, agencies = 1 }", {{CSC, NULL, NULL, NULL}}, 1, "not-covered"},
    {"coverage = { days = 180, agencies = 1 }", {{CSC, NULL, PERIOD}}, 1, "none-found"},
    {"coverage = { days = 181, agencies = 1 }", {{CSC, NULL, PERIOD}}, 1, "not-covered"},
    /* Days after the as-of day cover nothing. */
    {"coverage = { days = 180, agencies = 1 }", {{CSC, NULL, "2024-04-05", "2025-04-04"}}, 1, "not-covered"},
    {"coverage = { days = 180, agencies = 1 }", {{CSC, NULL, "2024-04-04", "2025-04-04"}}, 1, "none-found"},
    {"coverage = { days = 180, agencies = 1 }", {{CSC, NULL, "2025-01-01", "2025-12-31"}}, 1, "not-covered"},
    /* Two returns of one agency are one agency. */
    {"coverage = { days = 180, agencies = 2 }", {{CSC, NULL, PERIOD}, {CSC, NULL, PERIOD}}, 2, "not-covered"},
    {"coverage = { days = 180, agencies = 2 }",
     {{CSC, NULL, PERIOD}, {"police", NULL, PERIOD}},
     2,
     "none-found"},
    {"coverage = { days = 180, agencies = 2 }",
     {{CSC, NULL, PERIOD}, {"police", NULL, "2024-09-01", "2024-09-30"}, {"school", NULL, NULL, NULL}},
     3,
     "not-covered"},
};

START_TEST(the_data_that_could_tell_must_be_there)
{
    world w;
    world_script script = {.id = "probe", .needs = rows[_i].needs};
    world_row entry = {"2024-05-01", NULL, "other", NULL, 0};
    world_open(&w, &(world_case){.scripts = &script,
                                 .script_count = 1,
                                 .sources = rows[_i].sources,
                                 .source_count = rows[_i].source_count,
                                 .rows = &entry,
                                 .row_count = 1,
                                 .explain_all = true});
    ck_assert_uint_eq(w.run->child_count, 1);
    const tdm__child_result *child = &w.run->children[0];
    ck_assert_uint_eq(child->prompt_count, 0);
    ck_assert_uint_eq(child->no_prompt_count, 1);
    ck_assert_msg(strcmp(child->no_prompts[0].reason, rows[_i].reason) == 0, "%s: %s", rows[_i].needs,
                  child->no_prompts[0].reason);
    bool asked = strcmp(rows[_i].reason, "none-found") == 0;
    ck_assert_int_eq(child->no_prompts[0].answer, asked ? TDM_NOT_MET : TDM_NOT_ASSESSED);
    ck_assert(child->no_prompts[0].words.length > strlen(rows[_i].reason));
    world_close(&w);
}
END_TEST

Suite *needs_suite(void)
{
    Suite *suite = suite_create("needs");
    TCase *tests = tcase_create("needs");
    tcase_add_loop_test(tests, the_data_that_could_tell_must_be_there, 0, (int)ROWS(rows));
    suite_add_tcase(suite, tests);
    return suite;
}
