/*
 * Checks on child protection plans: against their reviews, their conference, and the plans before.
 */
#include "engine/check_parts.h"

static uint32_t protection_plan(const tdm__checking *c)
{
    return tdm__vocabulary_episode(tdm__chronology_vocabulary(c->chronology), TDM_LIT("cp-plan"));
}

static tdm_str episode_id(const tdm__checking *c, uint32_t row)
{
    return tdm__chronology_string(c->chronology, c->rows[row].event.index, TDM__EPISODE);
}

static tdm_day end_from(const tdm__episode *plan)
{
    return plan->end_row == TDM_NO_INDEX ? TDM_DAY_AFTER_ALL : plan->end_from;
}

static tdm_day end_to(const tdm__episode *plan)
{
    return plan->end_row == TDM_NO_INDEX ? TDM_DAY_AFTER_ALL : plan->end_to;
}

/* --- reviews --- */

/* What the plans of its agency say of a review that names no plan. */
typedef struct plans_seen {
    bool running, may_run;   /* one that started before it runs on its day */
    bool starts, may_start;  /* one starts on its day */
    bool before_all, may_be; /* it lies on or before the start of every plan */
    uint32_t plan;           /* the one whose start it does not follow */
} plans_seen;

static void look_at_plan(plans_seen *seen, const tdm__checked_row *review, const tdm__episode *plan,
                         uint32_t number)
{
    bool exact = review->from == review->to && plan->start_from == plan->start_to;
    bool meets = review->from <= plan->start_to && plan->start_from <= review->to;
    seen->running = seen->running || (plan->start_to < review->from && end_from(plan) >= review->to);
    seen->may_run = seen->may_run || (plan->start_from < review->to && end_to(plan) >= review->from);
    seen->starts = seen->starts || (exact && meets);
    seen->may_start = seen->may_start || meets;
    seen->before_all = seen->before_all && review->to <= plan->start_from;
    seen->may_be = seen->may_be && review->from <= plan->start_to;
    if (seen->plan == TDM_NO_INDEX || meets)
        seen->plan = number;
}

/* The plan that a review names, else TDM_NO_INDEX. */
static uint32_t stated_plan(tdm__checking *c, uint32_t review)
{
    tdm_str id = episode_id(c, review);
    uint32_t name = protection_plan(c);
    for (uint32_t i = 0; id.length > 0 && i < c->history->episode_count && tdm__check_step(c); i++) {
        const tdm__episode *plan = &c->history->episodes[i];
        if (plan->name == name && tdm__str_equal(episode_id(c, plan->start_row), id))
            return i;
    }
    return TDM_NO_INDEX;
}

static tdm_answer by_all_plans(uint32_t *number, tdm__checking *c, const tdm__checked_row *review)
{
    plans_seen seen = {.before_all = true, .may_be = true, .plan = TDM_NO_INDEX};
    uint32_t name = protection_plan(c);
    for (uint32_t i = 0; i < c->history->episode_count && tdm__check_step(c); i++) {
        const tdm__episode *plan = &c->history->episodes[i];
        if (plan->name == name && c->rows[plan->start_row].event.agency == review->event.agency)
            look_at_plan(&seen, review, plan, i);
    }
    *number = seen.plan;
    if (seen.plan == TDM_NO_INDEX)
        return TDM_NOT_MET;
    if ((seen.starts || seen.before_all) && !seen.may_run)
        return TDM_MET;
    return (seen.may_start || seen.may_be) && !seen.running ? TDM_POSSIBLE : TDM_NOT_MET;
}

static void look_at_review(tdm__checking *c, uint32_t row)
{
    const tdm__checked_row *review = &c->rows[row];
    uint32_t number = stated_plan(c, row);
    tdm_answer answer = TDM_NOT_MET;
    if (number == TDM_NO_INDEX) {
        answer = by_all_plans(&number, c, review);
    } else {
        const tdm__episode *plan = &c->history->episodes[number];
        answer = review->from <= plan->start_to ? TDM_POSSIBLE : TDM_NOT_MET;
        answer = review->to <= plan->start_from ? TDM_MET : answer;
    }
    if (answer == TDM_NOT_MET || number == TDM_NO_INDEX)
        return;
    uint32_t start = c->history->episodes[number].start_row;
    uint32_t events[] = {review->event.index, c->rows[start].event.index};
    tdm__found found = {.answer = tdm__check_capped(answer, review->uncertain || c->rows[start].uncertain),
                        .rule = "8841",
                        .events = events,
                        .event_count = 2,
                        .values = {tdm__check_row_words(c, row), tdm__check_row_words(c, start)}};
    tdm__check_found(c, &found);
}

void tdm__check_review_before_plan(tdm__checking *c)
{
    for (uint32_t i = 0; i < c->row_count && !c->stopped; i++)
        if (c->rows[i].dated && c->rows[i].parts & TDM__PART_CP_REVIEW)
            look_at_review(c, i);
}

/* --- the conference --- */

/* Whether no conference was held on the day of the row. */
static tdm_answer without_conference(tdm__checking *c, const tdm__checked_row *start)
{
    tdm_answer answer = TDM_MET;
    for (uint32_t i = 0; i < c->row_count; i++) {
        const tdm__checked_row *conference = &c->rows[i];
        if (!(conference->parts & TDM__PART_CONFERENCE) || !conference->dated)
            continue;
        if (!tdm__check_step(c) || (conference->from == conference->to && start->from == start->to &&
                                    start->from == conference->from && !conference->uncertain))
            return TDM_NOT_MET;
        if (conference->from <= start->to && start->from <= conference->to)
            answer = TDM_POSSIBLE;
    }
    return answer;
}

void tdm__check_conference_day(tdm__checking *c)
{
    uint32_t kind = tdm__vocabulary_kind(tdm__chronology_vocabulary(c->chronology), TDM_LIT("icpc"));
    bool could = kind != TDM_NO_INDEX &&
                 tdm__chronology_could_hold(c->chronology, c->history->child, kind, c->history->as_of);
    for (uint32_t i = 0; i < c->row_count && !c->stopped; i++) {
        const tdm__checked_row *start = &c->rows[i];
        if (!(start->parts & TDM__PART_CP_START) || !start->dated)
            continue;
        if (!could) {
            tdm__check_gap_add(c, TDM__GAP_NO_CONFERENCE);
            return;
        }
        tdm_answer answer = without_conference(c, start);
        if (answer == TDM_NOT_MET)
            continue;
        tdm__found found = {.answer = tdm__check_capped(answer, start->uncertain),
                            .rule = "2885",
                            .events = &start->event.index,
                            .event_count = 1,
                            .values = {tdm__check_row_words(c, i)}};
        tdm__check_found(c, &found);
    }
}

/* --- plans before --- */

typedef struct earlier_plans {
    int64_t certain, possible;
    uint32_t events[TDM__CHECK_EVENTS_MAX];
    size_t event_count;
} earlier_plans;

static earlier_plans plans_before(tdm__checking *c, uint32_t number)
{
    const tdm__episode *all = c->history->episodes, *plan = &all[number];
    earlier_plans found = {.event_count = 1};
    found.events[0] = c->rows[plan->start_row].event.index;
    for (uint32_t i = 0; i < c->history->episode_count && tdm__check_step(c); i++) {
        if (i == number || all[i].name != plan->name ||
            c->rows[all[i].start_row].event.agency != c->rows[plan->start_row].event.agency)
            continue;
        tdm_answer before = tdm__check_before(all[i].start_from, all[i].start_to, plan->start_from,
                                              plan->start_to);
        before = tdm__check_capped(before, all[i].uncertain || plan->uncertain);
        found.certain += before == TDM_MET;
        found.possible += before != TDM_NOT_MET;
        if (before != TDM_NOT_MET && found.event_count < TDM__CHECK_EVENTS_MAX)
            found.events[found.event_count++] = c->rows[all[i].start_row].event.index;
    }
    return found;
}

/* Fewer than are on record contradict; more do not, because the record may begin later. */
static void compare_declared(tdm__checking *c, uint32_t number, int64_t declared)
{
    earlier_plans before = plans_before(c, number);
    if (declared >= before.possible || c->stopped)
        return;
    bool certain = declared < before.certain;
    int64_t seen = certain ? before.certain : before.possible;
    tdm__found found = {.answer = certain ? TDM_MET : TDM_POSSIBLE,
                        .events = before.events,
                        .event_count = before.event_count,
                        .values = {tdm__check_row_words(c, c->history->episodes[number].start_row),
                                   tdm__check_text(c, "%lld", (long long)declared),
                                   tdm__check_text(c, "%lld", (long long)seen)}};
    tdm__check_found(c, &found);
}

/* The declared number of a plan; false when there is none. */
static bool declared_of(int64_t *out, const tdm__checking *c, const tdm__episode *plan)
{
    tdm__fact_value value;
    uint32_t key = tdm__vocabulary_fact(tdm__chronology_vocabulary(c->chronology), TDM_LIT("previous_plans"));
    return tdm__chronology_fact(&value, c->chronology, c->rows[plan->start_row].event.index, key) &&
           tdm__str_to_int64(out, value.text);
}

void tdm__check_previous_plans(tdm__checking *c)
{
    bool any = false, declared_any = false;
    uint32_t name = protection_plan(c);
    for (uint32_t i = 0; i < c->history->episode_count && !c->stopped; i++) {
        int64_t declared;
        if (c->history->episodes[i].name != name)
            continue;
        any = true;
        if (!declared_of(&declared, c, &c->history->episodes[i]))
            continue;
        declared_any = true;
        compare_declared(c, i, declared);
    }
    if (any && !declared_any)
        tdm__check_gap_add(c, TDM__GAP_NO_DECLARED);
}

void tdm__check_previous_not_stated(tdm__checking *c)
{
    uint32_t name = protection_plan(c);
    for (uint32_t i = 0; i < c->history->episode_count; i++) {
        const tdm__episode *plan = &c->history->episodes[i];
        int64_t declared;
        if (plan->name != name || declared_of(&declared, c, plan))
            continue;
        tdm__found found = {.answer = TDM_MET,
                            .rule = "8730",
                            .events = &c->rows[plan->start_row].event.index,
                            .event_count = 1,
                            .values = {tdm__check_row_words(c, plan->start_row)}};
        tdm__check_found(c, &found);
    }
}
