/*
 * Versions of an entry: which one stands as of a day, compared with a plain account of what each return said;
 * what a return withdraws; incidents; allocation failures.
 */
#include "chronology/fixture.h"
#include "chronology/suites.h"

#include "support.h"

#define D       ((tdm_day)19000)
#define RETURNS 5
#define ROUNDS  4000
#define TYPED   (-2)

/* What one return says of the entry: words, NULL: nothing. */
typedef struct said {
    tdm_day received;
    const char *words, *incident;
    int replaces; /* the place of an earlier return; -1: none; TYPED: none, and a person typed it */
} said;

static const tdm_date unknown = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};

static tdm_status add_return(tdm__builder *builder, const said *one)
{
    uint32_t source;
    tdm__source_input input = {
        .name = TDM_LIT("r.csv"), .agency = TDM_LIT("police"), .received = one->received};
    if (one->replaces == TYPED)
        input.format = TDM_LIT(TDM__FORMAT_ENTERED);
    tdm_status status = tdm__builder_source(&source, builder, &input);
    if (status == TDM_OK && one->replaces >= 0)
        status = tdm__builder_source_replaces(builder, source, (uint32_t)one->replaces);
    if (status != TDM_OK || !one->words)
        return status;
    tdm__event_input event = {.child = TDM_LIT("C1"),
                              .occurred = {D, D, 0},
                              .minute = -1,
                              .recorded = TDM_DAY_NONE,
                              .ended = unknown,
                              .agency = TDM_LIT("police"),
                              .source = source,
                              .row = source + 1,
                              .kind = kind_index("concern"),
                              .row_key = 7};
    event.strings[TDM__ACTION] = tdm__str(one->words);
    event.strings[TDM__INCIDENT] = tdm__str(one->incident);
    return tdm__builder_event(builder, &event);
}

static tdm_status freeze_returns(tdm_chronology **out, const tdm_allocator *allocator, const said *returns,
                                 size_t count, tdm__diagnostics *diagnostics)
{
    tdm__builder *builder;
    *out = NULL;
    tdm_status status = tdm__builder_new(&builder, allocator, vocabulary());
    if (status != TDM_OK)
        return status;
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        status = add_return(builder, &returns[i]);
    if (status == TDM_OK)
        status = tdm__builder_freeze(out, builder, diagnostics);
    tdm__builder_free(builder);
    return status;
}

static tdm_chronology *frozen(const said *returns, size_t count, tdm__diagnostics *diagnostics)
{
    tdm_chronology *c;
    tdm__diagnostics_init(diagnostics, &tdm__malloc_allocator);
    ck_assert_int_eq(freeze_returns(&c, &tdm__malloc_allocator, returns, count, diagnostics), TDM_OK);
    return c;
}

/* What stands as of a day, as the history has it: NULL: nothing; there is never more than one. */
static const char *standing(const tdm_chronology *c, tdm_day day)
{
    static char words[8];
    tdm__arena arena;
    tdm_history *h;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__history_new(&h, &arena, c, 0, day, NULL), TDM_OK);
    ck_assert_uint_le(h->row_count, 1);
    bool any = h->row_count == 1;
    if (any) {
        tdm_str text = tdm__chronology_string(c, h->rows[0].event, TDM__ACTION);
        memcpy(words, text.data, text.length);
        words[text.length] = '\0';
    }
    tdm__arena_free(&arena);
    return any ? words : NULL;
}

/* --- the plain account: returns one by one as they come, and who still says what --- */

static bool comes_before(const said *returns, size_t a, size_t b)
{
    return returns[a].received != returns[b].received ? returns[a].received < returns[b].received : a < b;
}

static void order_of_coming(size_t order[RETURNS], const said *returns)
{
    for (size_t i = 0; i < RETURNS; i++) {
        size_t at = i;
        for (; at > 0 && comes_before(returns, i, order[at - 1]); at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

/* The first to say anything is a row like any other: known from its own days on, not from its return's. */
static const char *account(const said *returns, tdm_day day)
{
    size_t order[RETURNS];
    bool says[RETURNS] = {false};
    const char *words = NULL;
    bool any = false;
    order_of_coming(order, returns);
    for (size_t i = 0; i < RETURNS; i++) {
        size_t now = order[i];
        bool first = !any && returns[now].words;
        if (returns[now].received > day && !first)
            continue;
        any = any || first;
        if (returns[now].replaces >= 0)
            says[returns[now].replaces] = false;
        if (!returns[now].words)
            continue;
        for (size_t k = 0; k < RETURNS; k++)
            says[k] = says[k] && strcmp(returns[k].words, returns[now].words) == 0;
        says[now] = true;
    }
    for (size_t k = 0; k < RETURNS; k++)
        if (says[k])
            words = returns[k].words;
    return words;
}

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void invent(said returns[RETURNS], uint32_t *seed)
{
    static const char *const words[] = {NULL, "a", "b", "a"};
    bool replaced[RETURNS] = {false};
    for (size_t i = 0; i < RETURNS; i++) {
        returns[i] = (said){D + 10 + (tdm_day)(next(seed) % 6), words[next(seed) % 4], NULL, -1};
        size_t other = next(seed) % RETURNS;
        if (other >= i || replaced[other] || returns[other].received > returns[i].received)
            continue;
        returns[i].replaces = (int)other;
        replaced[other] = true;
    }
}

START_TEST(what_stands_as_of_each_day)
{
    uint32_t seed = 11;
    for (int round = 0; round < ROUNDS; round++) {
        said returns[RETURNS];
        tdm__diagnostics diagnostics;
        invent(returns, &seed);
        tdm_chronology *c = frozen(returns, RETURNS, &diagnostics);
        for (tdm_day day = D; tdm_chronology_child_count(c) > 0 && day < D + 18; day++) {
            const char *expected = account(returns, day), *found = standing(c, day);
            ck_assert_msg((!expected && !found) || (expected && found && strcmp(expected, found) == 0),
                          "round %d, day %d: %s stands, expected %s", round, (int)(day - D),
                          found ? found : "nothing", expected ? expected : "nothing");
        }
        tdm_chronology_free(c);
        tdm__diagnostics_free(&diagnostics);
    }
}
END_TEST

/* --- by hand --- */

START_TEST(a_chain_keeps_each_version)
{
    static const said returns[] = {
        {D + 10, "a", NULL, -1}, {D + 20, "b", NULL, -1}, {D + 30, "c", NULL, -1}, {D + 40, "c", NULL, -1}};
    static const tdm_day until[] = {D + 20, D + 30, TDM_DAY_AFTER_ALL};
    tdm__diagnostics diagnostics;
    tdm_chronology *c = frozen(returns, 4, &diagnostics);
    ck_assert_uint_eq(tdm_chronology_event_count(c), 3);
    for (uint32_t at = 0; at < 3; at++) {
        const tdm__version *version = tdm__chronology_version(c, at);
        ck_assert_ptr_nonnull(version);
        ck_assert_int_eq(version->until, until[at]);
        ck_assert_uint_eq(version->by_event, at < 2 ? at + 1 : TDM_NO_INDEX);
        ck_assert(tdm__chronology_replaced(c, at, D + 100) == (at < 2));
    }
    ck_assert_uint_eq(diagnosed(&diagnostics, "rows-replaced"), 2);
    ck_assert_uint_eq(diagnosed(&diagnostics, "rows-repeated"), 1);
    ck_assert_uint_eq(diagnosed(&diagnostics, "correction-order"), 0);
    tdm_chronology_free(c);
    tdm__diagnostics_free(&diagnostics);
}
END_TEST

/* The agency says again what a person corrected: that does not undo it. Something new does. */
START_TEST(what_a_person_typed)
{
    static const said returns[] = {{D + 10, "a", NULL, -1},    {D + 20, "b", NULL, TYPED},
                                   {D + 20, "c", NULL, TYPED}, {D + 30, "a", NULL, -1},
                                   {D + 40, "c", NULL, -1},    {D + 50, "d", NULL, -1}};
    static const struct {
        tdm_day day;
        const char *stands;
    } days[] = {{D + 19, "a"}, {D + 20, "c"}, {D + 30, "c"}, {D + 49, "c"}, {D + 50, "d"}};
    tdm__diagnostics diagnostics;
    tdm_chronology *c = frozen(returns, 6, &diagnostics);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        ck_assert_str_eq(standing(c, days[i].day), days[i].stands);
    ck_assert_uint_eq(tdm_chronology_event_count(c), 4);
    ck_assert_uint_eq(diagnosed(&diagnostics, "correction-order"), 0);
    tdm_chronology_free(c);
    tdm__diagnostics_free(&diagnostics);
}
END_TEST

/* Without a day the later given stands, whatever day is asked; that is told. */
START_TEST(unknown_days)
{
    static const said returns[] = {{TDM_DAY_NONE, "a", NULL, -1}, {TDM_DAY_NONE, "b", NULL, -1}};
    tdm__diagnostics diagnostics;
    tdm_chronology *c = frozen(returns, 2, &diagnostics);
    ck_assert_str_eq(standing(c, D), "b");
    ck_assert_uint_eq(diagnosed(&diagnostics, "correction-order"), 1);
    tdm_chronology_free(c);
    tdm__diagnostics_free(&diagnostics);
}
END_TEST

START_TEST(no_versions_no_column)
{
    static const said returns[] = {{D + 10, "a", NULL, -1}, {D + 20, "a", NULL, -1}};
    tdm__diagnostics diagnostics;
    tdm_chronology *c = frozen(returns, 2, &diagnostics);
    ck_assert_uint_eq(tdm__chronology_version_count(c), 0);
    ck_assert_ptr_null(c->versions);
    tdm_chronology_free(c);
    tdm__diagnostics_free(&diagnostics);
}
END_TEST

START_TEST(a_source_replaces_one_before_it)
{
    uint32_t source;
    tdm__builder *builder;
    tdm__source_input input = {.name = TDM_LIT("r.csv"), .received = TDM_DAY_NONE};
    ck_assert_int_eq(tdm__builder_new(&builder, &tdm__malloc_allocator, vocabulary()), TDM_OK);
    ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    ck_assert_int_eq(tdm__builder_source(&source, builder, &input), TDM_OK);
    ck_assert_int_eq(tdm__builder_source_replaces(builder, 1, 0), TDM_OK);
    ck_assert_int_eq(tdm__builder_source_replaces(builder, 1, 1), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__builder_source_replaces(builder, 0, 1), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__builder_source_replaces(builder, 2, 0), TDM_INVALID_ARG);
    tdm__builder_free(builder);
}
END_TEST

static tdm_status build_all(const tdm_allocator *allocator)
{
    static const said returns[] = {
        {D + 10, "a", "I", -1}, {D + 20, "b", "J", 0}, {D + 30, "a", "I", -1}, {D + 40, NULL, NULL, 2}};
    tdm__diagnostics diagnostics;
    tdm_chronology *c;
    tdm__diagnostics_init(&diagnostics, allocator);
    tdm_status status = freeze_returns(&c, allocator, returns, 4, &diagnostics);
    tdm_chronology_free(c);
    tdm__diagnostics_free(&diagnostics);
    return status;
}

START_TEST(every_allocation)
{
    TEST_EVERY_ALLOCATION(build_all);
}
END_TEST

Suite *versions_suite(void)
{
    Suite *suite = suite_create("versions");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, what_stands_as_of_each_day);
    tcase_add_test(all, a_chain_keeps_each_version);
    tcase_add_test(all, what_a_person_typed);
    tcase_add_test(all, unknown_days);
    tcase_add_test(all, no_versions_no_column);
    tcase_add_test(all, a_source_replaces_one_before_it);
    tcase_add_test(all, every_allocation);
    suite_add_tcase(suite, all);
    return suite;
}
