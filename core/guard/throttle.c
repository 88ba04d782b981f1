/*
 * The two rules, and what follows from a rule, a state and a second.
 */
#include "guard/throttle.h"

#define SECONDS_OF_A_DAY (INT64_C(24) * 60 * 60)

const tdm__throttle_rule tdm__throttle_account = {5, 1, 15 * 60, 20, SECONDS_OF_A_DAY};
const tdm__throttle_rule tdm__throttle_address = {50, 1, 15 * 60, 0, SECONDS_OF_A_DAY};

/* Since the last failure; 0 where the clock stands before it. */
static uint64_t seconds_since(const tdm__throttle *state, int64_t now)
{
    return now > state->failed_at ? (uint64_t)now - (uint64_t)state->failed_at : 0;
}

static int32_t failures_at(const tdm__throttle_rule *rule, const tdm__throttle *state, int64_t now)
{
    return seconds_since(state, now) >= (uint64_t)rule->forget_seconds ? 0 : state->failures;
}

static int64_t delay_after(const tdm__throttle_rule *rule, int32_t failures)
{
    int64_t delay = rule->first_delay_seconds;
    if (failures < rule->free_failures)
        return 0;
    for (int32_t n = rule->free_failures; n < failures && delay < rule->longest_delay_seconds; n++)
        delay *= 2;
    return delay < rule->longest_delay_seconds ? delay : rule->longest_delay_seconds;
}

tdm__throttle_answer tdm__throttle_ask(const tdm__throttle_rule *rule, tdm__throttle state, int64_t now)
{
    int32_t failures = failures_at(rule, &state, now);
    bool is_locked = rule->lock_at_failures > 0 && failures >= rule->lock_at_failures;
    int64_t shut_seconds = is_locked ? rule->forget_seconds : delay_after(rule, failures);
    uint64_t gone = seconds_since(&state, now);
    if (gone >= (uint64_t)shut_seconds)
        return (tdm__throttle_answer){TDM__THROTTLE_OPEN, 0};
    return (tdm__throttle_answer){is_locked ? TDM__THROTTLE_LOCKED : TDM__THROTTLE_WAIT,
                                  shut_seconds - (int64_t)gone};
}

void tdm__throttle_fail(const tdm__throttle_rule *rule, tdm__throttle *state, int64_t now)
{
    int32_t failures = failures_at(rule, state, now);
    *state = (tdm__throttle){failures < INT32_MAX ? failures + 1 : failures, now};
}

void tdm__throttle_forget(tdm__throttle *state)
{
    *state = (tdm__throttle){0, 0};
}
