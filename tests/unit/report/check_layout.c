/*
 * Places in the picture: labels that do not overlap, signs that do not cover each other, time.
 */
#include "report/picture.h"
#include "report/suites.h"
#include "support.h"

static uint32_t next_random(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static void check_labels(const tdm__label *labels, size_t count, int rows, int left, int right)
{
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_ge(labels[i].row, 0);
        ck_assert_int_lt(labels[i].row, rows);
        ck_assert_int_ge(labels[i].start, left);
        ck_assert_int_le(labels[i].start + labels[i].width, right);
        for (size_t j = 0; j < i; j++)
            ck_assert(labels[i].row != labels[j].row ||
                      labels[i].start >= labels[j].start + labels[j].width ||
                      labels[j].start >= labels[i].start + labels[i].width);
    }
}

START_TEST(labels_never_overlap)
{
    enum { LEFT = 1000, RIGHT = 9000 };
    uint32_t seed = (uint32_t)_i + 1;
    for (int round = 0; round < 200; round++) {
        tdm__label labels[40];
        size_t count = next_random(&seed, 41);
        int x = LEFT;
        for (size_t i = 0; i < count; i++) {
            x += (int)next_random(&seed, 400);
            labels[i] = (tdm__label){.x = x < RIGHT ? x : RIGHT,
                                     .width = 200 + (int)next_random(&seed, 7800)};
        }
        check_labels(labels, count, tdm__labels_place(labels, count, LEFT, RIGHT), LEFT, RIGHT);
    }
}
END_TEST

/* Three flags in a staircase: no pole runs through words, and a label that has room stays on top. */
START_TEST(labels_step_down_to_the_right)
{
    tdm__label labels[] = {{.x = 100, .width = 500}, {.x = 300, .width = 500}, {.x = 850, .width = 100}};
    ck_assert_int_eq(tdm__labels_place(labels, 3, 0, 2000), 2);
    ck_assert_int_eq(labels[0].row, 0);
    ck_assert_int_eq(labels[1].row, 1);
    ck_assert_int_eq(labels[2].row, 0);
    ck_assert_int_eq(labels[0].start, 100);
}
END_TEST

START_TEST(labels_at_the_right_edge_turn_left)
{
    tdm__label labels[] = {{.x = 1900, .width = 500}};
    ck_assert_int_eq(tdm__labels_place(labels, 1, 0, 2000), 1);
    ck_assert_int_eq(labels[0].start, 1400);
}
END_TEST

START_TEST(signs_of_a_lane_never_cover_each_other)
{
    enum { COUNT = 200, ROWS = 4 };
    uint32_t seed = (uint32_t)_i + 77;
    tdm__mark marks[COUNT];
    int x = 0, all = 0;
    for (size_t i = 0; i < COUNT; i++) {
        x += (int)next_random(&seed, 150);
        marks[i] = (tdm__mark){.event = (uint32_t)i, .x = x, .x1 = x, .x2 = x, .radius = 50, .count = 1};
    }
    int rows = tdm__marks_stack(marks, 0, COUNT, ROWS);
    ck_assert_int_le(rows, ROWS);
    for (size_t i = 0; i < COUNT; i++) {
        all += marks[i].count;
        if (marks[i].count == 0) {
            ck_assert_int_gt(marks[marks[i].stands_in].count, 1);
            continue;
        }
        for (size_t j = 0; j < i; j++)
            ck_assert(marks[j].count == 0 || marks[j].row != marks[i].row ||
                      tdm__mark_right(&marks[j]) <= tdm__mark_left(&marks[i]));
    }
    ck_assert_int_eq(all, COUNT); /* every entry is in the picture, alone or counted */
}
END_TEST

START_TEST(time_is_a_length)
{
    tdm_day first, last;
    ck_assert(tdm_day_from_civil(&first, 2024, 1, 1) && tdm_day_from_civil(&last, 2024, 4, 9));
    tdm__axis axis = {first, last, 500, 1000}; /* 100 days: 10 tenths each */
    ck_assert_int_eq(tdm__axis_x(&axis, first), 500);
    ck_assert_int_eq(tdm__axis_x(&axis, first + 1), 510);
    ck_assert_int_eq(tdm__axis_x(&axis, last), 1490);
    ck_assert_int_eq(tdm__axis_x(&axis, last + 1), 1500);
    ck_assert_int_eq(tdm__axis_x(&axis, TDM_DAY_AFTER_ALL), 1500);
    ck_assert_int_eq(tdm__axis_x(&axis, TDM_DAY_BEFORE_ALL), 500);
    ck_assert_int_eq(tdm__quarter_start(last), first + 91); /* 1 April of a leap year */
    ck_assert_uint_eq(tdm__axis_quarters(&axis), 2);
}
END_TEST

START_TEST(text_is_cut_at_a_character)
{
    tdm_str text = TDM_LIT("ab\xC3\xA9"); /* 64 + 64 + 78 hundredths of the height */
    ck_assert_int_eq(tdm__text_width(text, 100), 206);
    ck_assert_uint_eq(tdm__text_fit(text, 100, 205), 2);
    ck_assert_uint_eq(tdm__text_fit(text, 100, 206), 4);
    ck_assert_uint_eq(tdm__text_fit(text, 100, 0), 0);
}
END_TEST

Suite *layout_suite(void)
{
    Suite *suite = suite_create("layout");
    TCase *tests = tcase_create("places");
    tcase_add_loop_test(tests, labels_never_overlap, 0, 10);
    tcase_add_test(tests, labels_step_down_to_the_right);
    tcase_add_test(tests, labels_at_the_right_edge_turn_left);
    tcase_add_loop_test(tests, signs_of_a_lane_never_cover_each_other, 0, 10);
    tcase_add_test(tests, time_is_a_length);
    tcase_add_test(tests, text_is_cut_at_a_character);
    suite_add_tcase(suite, tests);
    return suite;
}
