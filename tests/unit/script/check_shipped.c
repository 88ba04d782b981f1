/*
 * Every instrument below scripts/instruments: its examples, and the properties of its scores on
 * 100,000 profiles that change by one item at a time.
 */
#include <string.h>

#include "instrument/score.h"
#include "script/suites.h"
#include "script/world.h"

#define PROFILES      100000
#define SHIPPED_COUNT 11 /* a file that is added is counted here, so that none is left out unseen */

typedef struct walk {
    tdm_instrument *instrument;
    tdm__entry *entries; /* one for each item */
    tdm_assessment assessment;
    uint32_t age_band;
    uint64_t random;
} walk;

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

static tdm_str *shipped_names(tdm__arena *arena)
{
    tdm_str *names;
    size_t count;
    tdm__arena_init(arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__folder_list(&names, &count, arena, TDM_SOURCE_DIR, "scripts/instruments", NULL),
                     TDM_OK);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (names[i].length > 4 && memcmp(names[i].data + names[i].length - 4, ".lua", 4) == 0)
            names[kept++] = names[i];
    ck_assert_uint_eq(kept, SHIPPED_COUNT);
    return names;
}

static tdm_instrument *shipped(int index)
{
    tdm__arena arena;
    tdm_error error = {0};
    tdm_instrument *instrument;
    tdm_str *names = shipped_names(&arena);
    tdm_str path = tdm__path_join(&arena, TDM_LIT("scripts/instruments"), names[index]);
    tdm__buffer text = world_read(path.data);
    tdm__script_file file = {path, {text.data, text.length}};
    tdm_status status = tdm__instrument_load(&instrument, &tdm__malloc_allocator, file, &error);
    ck_assert_msg(status == TDM_OK, "%s:%d %s", error.file, (int)error.line, error.message);
    tdm__free(&tdm__malloc_allocator, text.data);
    tdm__arena_free(&arena);
    return instrument;
}

START_TEST(examples_hold)
{
    tdm_error error = {0};
    tdm_instrument *instrument = shipped(_i);
    tdm_status status = tdm__instrument_check_examples(instrument, &error);
    ck_assert_msg(status == TDM_OK, "%s: %s", tdm_instrument_id(instrument).data, error.message);
    ck_assert_uint_ge(instrument->example_count, 3);
    tdm_instrument_free(instrument);
}
END_TEST

static void begin_walk(walk *w, int index)
{
    *w = (walk){.instrument = shipped(index), .age_band = TDM__NO_PART, .random = (uint64_t)index + 1};
    size_t count = w->instrument->items.count;
    w->entries = tdm__alloc_zeroed(&tdm__malloc_allocator, count, sizeof *w->entries);
    ck_assert_ptr_nonnull(w->entries);
    for (size_t i = 0; i < count; i++)
        w->entries[i] = (tdm__entry){w->instrument->items.items[i].code, TDM__ENTRY_NOT_SEEN, 0, 1};
    w->assessment = (tdm_assessment){.entries = w->entries,
                                     .entry_count = count,
                                     .date = TDM_DAY_NONE,
                                     .recorded = TDM_DAY_NONE,
                                     .window_from = TDM_DAY_NONE,
                                     .window_to = TDM_DAY_NONE};
    w->assessment.texts[TDM__FORM_INSTRUMENT] = tdm_instrument_id(w->instrument);
    w->assessment.texts[TDM__FORM_VERSION] = tdm_instrument_version(w->instrument);
}

static void end_walk(walk *w)
{
    tdm_instrument_free(w->instrument);
    tdm__free(&tdm__malloc_allocator, w->entries);
}

static tdm_score *score_of(const walk *w)
{
    tdm_score *score;
    tdm_error error = {0};
    tdm_status status = tdm_score_make(&score, &tdm__malloc_allocator, &w->assessment, w->instrument, NULL,
                                       &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    return score;
}

static void grade_item(walk *w, size_t item, uint32_t value)
{
    w->entries[item].state = TDM__ENTRY_SCORED;
    const tdm__scale *scale = tdm__instrument_item_scale(w->instrument, (uint32_t)item);
    w->entries[item].value = scale->values[value % scale->value_count].value;
}

/* What a view is of: an area with its scale and policy, or the total. */
typedef struct viewed {
    const char *id;
    const tdm__aggregation *policy;
    const tdm__aggregation *below; /* of the level below */
    tdm__grades grades;
    bool one_scale;
    size_t items;
} viewed;

static bool is_grade(const tdm__aggregation *policy)
{
    return policy->kind == TDM__POLICY_GRADE;
}

static void check_bounds(const viewed *of, const tdm_score_view *view)
{
    const char *id = of->id;
    ck_assert_msg((size_t)(view->scored + view->not_seen + view->not_applicable + view->not_recorded) ==
                      of->items,
                  "%s", id);
    if (of->policy->kind == TDM__POLICY_NOTHING) {
        ck_assert_msg(!view->assessed, "%s", id);
        return;
    }
    ck_assert_msg(view->low <= view->high && view->high <= view->max, "%s: %d %d %d", id, (int)view->low,
                  (int)view->high, (int)view->max);
    ck_assert_msg(view->has_worst == (of->one_scale && view->scored > 0), "%s", id);
    if (!view->assessed)
        return;
    ck_assert_msg(view->scored > 0 && view->low <= view->grade && view->grade <= view->high, "%s", id);
    if (!is_grade(of->policy))
        ck_assert_msg(view->not_seen + view->not_recorded == 0, "%s: a sum of what is not complete", id);
    else if (is_grade(of->below))
        ck_assert_msg(!tdm__grade_worse(&of->grades, view->grade, view->worst) &&
                          !tdm__grade_worse(&of->grades, view->best, view->grade),
                      "%s: %d outside %d and %d", id, (int)view->grade, (int)view->best, (int)view->worst);
}

/* Where a concern decides at each level, an area is one exactly when an item in it is. */
static void check_override(const viewed *of, const tdm_score_view *view)
{
    if (!of->grades.has_concern || !of->below->concern_decides || !of->policy->concern_decides)
        return;
    bool concern = view->has_worst && tdm__grade_concern(&of->grades, view->worst);
    ck_assert(!concern || view->assessed);
    ck_assert(!view->assessed || tdm__grade_concern(&of->grades, view->grade) == concern);
}

static size_t items_of(const tdm_instrument *instrument, size_t area)
{
    size_t count = 0;
    const tdm__part *part = &instrument->areas.items[area];
    for (uint32_t i = part->first; i < part->first + part->count; i++)
        count += instrument->sub_areas.items[i].count;
    return count;
}

static viewed area_of(const tdm_instrument *instrument, uint32_t area)
{
    return (viewed){tdm_instrument_id(instrument).data,
                    tdm__instrument_policy(instrument, TDM__LEVEL_SUB_AREAS, area),
                    tdm__instrument_policy(instrument, TDM__LEVEL_ITEMS, area),
                    tdm__scale_grades(tdm__instrument_area_scale(instrument, area)),
                    true,
                    items_of(instrument, area)};
}

static viewed total_of(const tdm_instrument *instrument)
{
    return (viewed){tdm_instrument_id(instrument).data,
                    instrument->policies[TDM__LEVEL_AREAS],
                    instrument->policies[TDM__LEVEL_SUB_AREAS],
                    tdm__instrument_total_grades(instrument),
                    instrument->scale_count == 1,
                    instrument->items.count};
}

static void check_score(const walk *w, const tdm_score *score)
{
    tdm_score_view view;
    for (uint32_t a = 0; tdm_score_area(&view, score, a); a++) {
        viewed of = area_of(w->instrument, a);
        check_bounds(&of, &view);
        check_override(&of, &view);
    }
    viewed total = total_of(w->instrument);
    if (tdm_score_total(&view, score))
        check_bounds(&total, &view);
    const tdm__band *band = score->total.band;
    ck_assert(!band || (score->total.low >= band->from && score->total.high <= band->to));
    for (size_t i = 0; i < w->instrument->items.count; i++)
        ck_assert(score->states[i] == TDM__ENTRY_NOT_APPLICABLE ||
                  tdm__instrument_asked(w->instrument, (uint32_t)i, w->age_band));
}

/* The policies that claim it; majority and majority-with-override do not. */
static bool is_monotone(const viewed *of)
{
    return strncmp(of->policy->name, "majority", 8) != 0 && strncmp(of->below->name, "majority", 8) != 0;
}

static void check_pair(const viewed *of, const tdm_score_view *milder, const tdm_score_view *harsher)
{
    tdm__grades ticks = {NULL, 0, true, true, 1}; /* more that are a concern is worse on any scale */
    bool counts = of->policy->kind == TDM__POLICY_COUNT || of->policy->kind == TDM__POLICY_SHARE;
    if (!is_monotone(of))
        return;
    if (milder->assessed && harsher->assessed)
        ck_assert_msg(!tdm__grade_worse(counts ? &ticks : &of->grades, milder->grade, harsher->grade),
                      "%s: %d fell to %d", of->id, (int)milder->grade, (int)harsher->grade);
    ck_assert_msg(!milder->assessed || harsher->assessed, "%s: a worse grade hid a result", of->id);
}

/* `harsher` has one item worse than `milder`, all else alike. */
static void check_monotone(const walk *w, const tdm_score *milder, const tdm_score *harsher)
{
    tdm_score_view a, b;
    viewed of;
    for (uint32_t i = 0; tdm_score_area(&a, milder, i) && tdm_score_area(&b, harsher, i); i++) {
        of = area_of(w->instrument, i);
        check_pair(&of, &a, &b);
    }
    of = total_of(w->instrument);
    for (uint32_t i = 0; i < w->instrument->areas.count; i++)
        if (tdm__instrument_policy(w->instrument, TDM__LEVEL_SUB_AREAS, i)->name[0] == 'm')
            return; /* a majority somewhere below: nothing is claimed of the total */
    if (tdm_score_total(&a, milder) && tdm_score_total(&b, harsher))
        check_pair(&of, &a, &b);
}

/* Changes one item; true when it was graded before and is now, so that the two can be compared. */
static bool change_one(walk *w, size_t *item, int32_t *before)
{
    static const tdm__entry_state states[] = {TDM__ENTRY_NOT_SEEN, TDM__ENTRY_NOT_APPLICABLE,
                                              TDM__ENTRY_NOT_RECORDED};
    *item = next_random(&w->random) % w->assessment.entry_count;
    tdm__entry *entry = &w->entries[*item];
    bool graded = entry->state == TDM__ENTRY_SCORED;
    *before = entry->value;
    uint32_t draw = next_random(&w->random);
    if (draw % 16 == 0) {
        entry->state = states[draw / 16 % 3];
        return false;
    }
    grade_item(w, *item, draw / 16);
    return graded;
}

START_TEST(profiles_keep_the_properties)
{
    walk w;
    begin_walk(&w, _i);
    tdm_score *former = score_of(&w);
    for (int profile = 0; profile < test_rounds(PROFILES); profile++) {
        size_t item;
        int32_t before;
        bool comparable = change_one(&w, &item, &before);
        tdm_score *score = score_of(&w);
        check_score(&w, score);
        tdm__grades scale = tdm__scale_grades(tdm__instrument_item_scale(w.instrument, (uint32_t)item));
        if (comparable && tdm__grade_worse(&scale, w.entries[item].value, before))
            check_monotone(&w, former, score);
        else if (comparable && tdm__grade_worse(&scale, before, w.entries[item].value))
            check_monotone(&w, score, former);
        tdm_score_free(former);
        former = score;
    }
    tdm_score_free(former);
    end_walk(&w);
}
END_TEST

/* What `count` parts that all came to `value` come to. */
static int32_t together(const viewed *of, int32_t value, size_t count)
{
    if (of->policy->kind == TDM__POLICY_SUM)
        return value * (int32_t)count;
    if (of->policy->kind == TDM__POLICY_COUNT || of->policy->kind == TDM__POLICY_SHARE)
        return tdm__grade_concern(&of->grades, value) ? (int32_t)count : 0;
    return value;
}

/* Shipped instruments have no weights, so that the same grade everywhere gives each sub-area the same. */
static void check_all_equal(const walk *w, const tdm_score *score, uint32_t v)
{
    tdm_score_view view;
    for (uint32_t a = 0; tdm_score_area(&view, score, a); a++) {
        const tdm__part *area = &w->instrument->areas.items[a];
        const tdm__scale *scale = tdm__instrument_area_scale(w->instrument, a);
        int32_t value = scale->values[v % scale->value_count].value;
        viewed of = area_of(w->instrument, a);
        bool gives = of.policy->kind != TDM__POLICY_NOTHING;
        ck_assert_int_eq(view.assessed, gives);
        if (gives && of.items == area->count)
            ck_assert_int_eq(view.grade, together(&of, value, area->count));
        else if (gives)
            ck_assert_int_eq(view.grade, value); /* sub-areas with items: only graded care has them */
    }
}

START_TEST(all_equal_gives_that_grade)
{
    walk w;
    begin_walk(&w, _i);
    for (uint32_t v = 0; v < w.instrument->scales[0].value_count; v++) {
        for (size_t i = 0; i < w.assessment.entry_count; i++)
            grade_item(&w, i, v);
        tdm_score *score = score_of(&w);
        check_all_equal(&w, score, v);
        tdm_score_free(score);
    }
    end_walk(&w);
}
END_TEST

Suite *shipped_suite(void)
{
    Suite *suite = suite_create("shipped instruments");
    TCase *tcase = tcase_create("properties");
    tcase_set_timeout(tcase, 300);
    tcase_add_loop_test(tcase, examples_hold, 0, SHIPPED_COUNT);
    tcase_add_loop_test(tcase, profiles_keep_the_properties, 0, SHIPPED_COUNT);
    tcase_add_loop_test(tcase, all_equal_gives_that_grade, 0, SHIPPED_COUNT);
    suite_add_tcase(suite, tcase);
    return suite;
}
