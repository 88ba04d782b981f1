/*
 * Waiting and locks: the table of delays, a whole attack, and clocks that jump.
 */
#include "guard/suites.h"
#include "guard/throttle.h"

#define DAY INT64_C(86400)

/* The last failure was at 1,000,000. */
START_TEST(delays_double_up_to_a_quarter_of_an_hour)
{
    static const struct {
        int32_t failures;
        int64_t after_seconds;
        tdm__throttle_state state;
        int64_t seconds;
    } rows[] = {
        {0, 0, TDM__THROTTLE_OPEN, 0},          {1, 0, TDM__THROTTLE_OPEN, 0},
        {4, 0, TDM__THROTTLE_OPEN, 0},          {5, 0, TDM__THROTTLE_WAIT, 1},
        {5, 1, TDM__THROTTLE_OPEN, 0},          {6, 0, TDM__THROTTLE_WAIT, 2},
        {6, 1, TDM__THROTTLE_WAIT, 1},          {7, 0, TDM__THROTTLE_WAIT, 4},
        {8, 3, TDM__THROTTLE_WAIT, 5},          {9, 0, TDM__THROTTLE_WAIT, 16},
        {10, 0, TDM__THROTTLE_WAIT, 32},        {11, 0, TDM__THROTTLE_WAIT, 64},
        {12, 0, TDM__THROTTLE_WAIT, 128},       {13, 0, TDM__THROTTLE_WAIT, 256},
        {14, 0, TDM__THROTTLE_WAIT, 512},       {15, 0, TDM__THROTTLE_WAIT, 900},
        {19, 0, TDM__THROTTLE_WAIT, 900},       {19, 899, TDM__THROTTLE_WAIT, 1},
        {19, 900, TDM__THROTTLE_OPEN, 0},       {20, 0, TDM__THROTTLE_LOCKED, DAY},
        {20, 900, TDM__THROTTLE_LOCKED, 85500}, {20, DAY - 1, TDM__THROTTLE_LOCKED, 1},
        {20, DAY, TDM__THROTTLE_OPEN, 0},       {INT32_MAX, 0, TDM__THROTTLE_LOCKED, DAY},
        {19, -1, TDM__THROTTLE_WAIT, 900},      {20, -5000, TDM__THROTTLE_LOCKED, DAY},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tdm__throttle state = {rows[i].failures, 1000000};
        tdm__throttle_answer answer = tdm__throttle_ask(&tdm__throttle_account, state,
                                                        1000000 + rows[i].after_seconds);
        ck_assert_msg(answer.state == rows[i].state && answer.seconds == rows[i].seconds,
                      "row %zu: %d, %lld s", i, (int)answer.state, (long long)answer.seconds);
    }
}
END_TEST

/* Somebody tries as soon as each try is let through: 1 + 2 + ... + 512 seconds after failures 5 to 14, then
 * 900 after 15 to 19. */
START_TEST(twenty_guesses_take_an_hour_and_a_half_and_lock)
{
    tdm__throttle state = {0};
    int64_t now = 500;
    tdm__throttle_answer answer = tdm__throttle_ask(&tdm__throttle_account, state, now);
    int tries = 0;
    while (answer.state != TDM__THROTTLE_LOCKED) {
        now += answer.seconds;
        ck_assert_int_eq(tdm__throttle_ask(&tdm__throttle_account, state, now).state, TDM__THROTTLE_OPEN);
        tdm__throttle_fail(&tdm__throttle_account, &state, now);
        answer = tdm__throttle_ask(&tdm__throttle_account, state, now);
        tries++;
    }
    ck_assert_int_eq(tries, 20);
    ck_assert_int_eq(now, 500 + 1023 + 5 * 900);
    tdm__throttle_forget(&state);
    ck_assert_int_eq(tdm__throttle_ask(&tdm__throttle_account, state, now).state, TDM__THROTTLE_OPEN);
}
END_TEST

START_TEST(old_failures_are_forgotten)
{
    tdm__throttle state = {19, 1000};
    tdm__throttle_fail(&tdm__throttle_account, &state, 1000 + DAY - 1);
    ck_assert_int_eq(state.failures, 20);
    tdm__throttle_fail(&tdm__throttle_account, &state, 1000 + 2 * DAY);
    ck_assert_int_eq(state.failures, 1);
    ck_assert_int_eq(state.failed_at, 1000 + 2 * DAY);
    state = (tdm__throttle){INT32_MAX, INT64_MAX};
    tdm__throttle_fail(&tdm__throttle_account, &state, INT64_MIN);
    ck_assert_int_eq(state.failures, INT32_MAX);
    ck_assert_int_eq(tdm__throttle_ask(&tdm__throttle_account, state, INT64_MAX).state, TDM__THROTTLE_OPEN);
}
END_TEST

START_TEST(an_address_never_locks)
{
    static const struct {
        int32_t failures;
        int64_t seconds;
    } rows[] = {{49, 0}, {50, 1}, {51, 2}, {60, 900}, {5000, 900}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tdm__throttle state = {rows[i].failures, 7};
        tdm__throttle_answer answer = tdm__throttle_ask(&tdm__throttle_address, state, 7);
        ck_assert_int_eq(answer.seconds, rows[i].seconds);
        ck_assert_int_eq(answer.state, rows[i].seconds > 0 ? TDM__THROTTLE_WAIT : TDM__THROTTLE_OPEN);
    }
}
END_TEST

Suite *throttle_suite(void)
{
    Suite *suite = suite_create("throttle");
    TCase *cases = tcase_create("throttle");
    tcase_add_test(cases, delays_double_up_to_a_quarter_of_an_hour);
    tcase_add_test(cases, twenty_guesses_take_an_hour_and_a_half_and_lock);
    tcase_add_test(cases, old_failures_are_forgotten);
    tcase_add_test(cases, an_address_never_locks);
    suite_add_tcase(suite, cases);
    return suite;
}
