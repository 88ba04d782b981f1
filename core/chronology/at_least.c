/*
 * "n or more within a span", plain or with conditions on agencies, on what must not lie between, and
 * on the level of response meanwhile.
 *
 * Without conditions the answer is exact (windows.c). With them, two bounds are taken first: one
 * that only counts what lies in a window wherever the dates fall, one that counts whatever may; where
 * they disagree the worlds are gone through, if there are few enough. Units of a found group count once in
 * what is sure and each in what may be; who told them, and what must not lie between, is sure
 * either way. Where different values are asked for, they are what is counted, and they go by rows.
 */
#include "chronology/days.h"
#include "chronology/traits.h"
#include "chronology/windows.h"

#include <string.h>

typedef struct question {
    const tdm__at_least *rule;
    const tdm__world_units *units;   /* of the selection */
    const tdm__world_units *joint;   /* with those of `without`, for going through worlds */
    const tdm__world_units *without; /* NULL: no condition */
    const tdm__level_step *levels;
    size_t level_count;
    const tdm_day *reached;         /* latest day of the units up to each of them */
    tdm__unit_traits *traits;       /* by unit; NULL: incidents are counted */
    tdm__unit_traits *joint_traits; /* by joint unit */
    const tdm_holidays *holidays;
    tdm_budget *budget;
} question;

static bool plain(const tdm__at_least *rule)
{
    return rule->agencies <= 1 && !rule->without && rule->level_at_most >= TDM_LADDER_MAX &&
           rule->different.what == TDM__TRAIT_NONE;
}

static int32_t bits_set(uint64_t bits)
{
    int32_t count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

static void start_count(const tdm__world_units *units, tdm__unit_traits *traits)
{
    if (traits)
        tdm__unit_traits_start(traits);
    else
        tdm__once_start(units, 0);
}

/* What a unit adds to a count: itself, its found group once, or its values that are new. */
static int32_t counted(const tdm__world_units *units, tdm__unit_traits *traits, uint32_t unit,
                       tdm__presence least)
{
    if (traits)
        return tdm__unit_traits_add(traits, unit, least);
    return least == TDM__IN_SOME || tdm__once_counts(units, 0, &units->items[unit]);
}

/* The last day from `first` on, up to `last`, before the level of response (certain or possible) is too high.
 */
static tdm_day last_low_level(const question *q, tdm_day first, tdm_day last, bool certain)
{
    for (size_t i = 0; i < q->level_count && q->levels[i].from <= last; i++) {
        int32_t level = certain ? q->levels[i].level.certain : q->levels[i].level.possible;
        if (level > q->rule->level_at_most && q->levels[i].to >= first)
            return (q->levels[i].from > first ? q->levels[i].from : first) - 1;
    }
    return last;
}

/* The last day before something that must not lie between. `surely`: only where it lies wherever its date
 * falls. */
static tdm_day last_undisturbed(const question *q, tdm_day first, tdm_day last, bool surely)
{
    for (uint32_t i = 0; q->without && i < q->without->count; i++) {
        const tdm__unit *unit = &q->without->items[i];
        if (unit->to < first || unit->from > last)
            continue;
        if (!surely)
            last = (unit->from > first ? unit->from : first) - 1;
        else if (!unit->optional && unit->from >= first && unit->to - 1 < last)
            last = unit->to - 1;
    }
    return last;
}

/* End of the window that starts on `first` and satisfies the conditions; before `first` when none does. */
static tdm_status window_end(tdm_day *out, const question *q, tdm_day first, bool hopeful)
{
    tdm_status status = tdm__window_last(out, first, q->rule->within, q->holidays);
    if (status != TDM_OK)
        return status;
    if (*out > q->units->history->as_of)
        *out = q->units->history->as_of;
    *out = last_undisturbed(q, first, *out, hopeful);
    *out = last_low_level(q, first, *out, hopeful);
    return TDM_OK;
}

/* Units that lie in [first, last] wherever their dates fall, or, hopeful, those that may. */
static bool unit_inside(const tdm__unit *unit, tdm_day first, tdm_day last, bool hopeful)
{
    if (hopeful)
        return unit->from <= last && unit->to >= first;
    return !unit->optional && unit->from >= first && unit->to <= last;
}

/* The first unit that may reach to `day`; all before it end earlier. */
static uint32_t first_reaching(const question *q, tdm_day day)
{
    uint32_t low = 0, high = q->units->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (q->reached[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether the window that starts on `first` has enough; marks what is in it. */
static tdm_status window_holds(bool *out, bool *inside, const question *q, tdm_day first, bool hopeful)
{
    tdm_day last;
    int32_t count = 0;
    uint64_t agencies = 0;
    *out = false;
    tdm_status status = window_end(&last, q, first, hopeful);
    if (status != TDM_OK)
        return status;
    if (!tdm__charge(q->budget, 1 + q->units->count / 4))
        return TDM_BUDGET;
    start_count(q->units, q->traits);
    memset(inside, 0, q->units->count);
    for (uint32_t i = first_reaching(q, first); i < q->units->count && q->units->items[i].from <= last; i++) {
        const tdm__unit *unit = &q->units->items[i];
        inside[i] = unit_inside(unit, first, last, hopeful);
        if (!inside[i])
            continue;
        count += counted(q->units, q->traits, i, hopeful ? TDM__IN_SOME : TDM__FOR_CERTAIN);
        agencies |= hopeful ? unit->agencies : unit->certain_agencies;
    }
    *out = count >= q->rule->n && bits_set(agencies) >= q->rule->agencies;
    return TDM_OK;
}

/* Joins the units of each window that may hold. Candidates: the last day of each unit, and the day after
 * each thing that must not lie between, since a window may have to start there. */
static tdm_status possible_windows(uint32_t *group, bool *any, bool *in_some, const question *q)
{
    const tdm__world_units *units = q->units;
    size_t others = (q->without ? q->without->count : 0) + q->level_count;
    bool *inside = tdm__arena_array(units->history->arena, (size_t)units->count + 1, sizeof *inside);
    tdm_status status = inside ? TDM_OK : TDM_NO_MEMORY;
    *any = false;
    for (size_t i = 0; status == TDM_OK && i < units->count + others; i++) {
        bool holds;
        size_t k = i - units->count;
        tdm_day first = i < units->count ? units->items[i].to
                        : q->without && k < q->without->count
                            ? q->without->items[k].from + 1
                            : q->levels[k - (q->without ? q->without->count : 0)].from;
        status = window_holds(&holds, inside, q, first, true);
        if (status != TDM_OK || !holds)
            continue;
        uint32_t head = TDM_NO_INDEX;
        *any = true;
        for (uint32_t u = 0; u < units->count; u++) {
            if (!inside[u])
                continue;
            in_some[u] = true;
            if (head == TDM_NO_INDEX)
                head = u;
            tdm__group_join(group, head, u);
        }
    }
    return status;
}

/* Earliest day by which a window surely holds, TDM_DAY_NONE when none does for sure. */
static tdm_status certain_day(tdm_day *out, const question *q, const bool *use)
{
    const tdm__world_units *units = q->units;
    bool *inside = tdm__arena_array(units->history->arena, (size_t)units->count + 1, sizeof *inside);
    tdm_status status = inside ? TDM_OK : TDM_NO_MEMORY;
    *out = TDM_DAY_NONE;
    for (uint32_t i = 0; status == TDM_OK && i < units->count; i++) {
        bool holds;
        if (!use[i] || units->items[i].optional)
            continue;
        status = window_holds(&holds, inside, q, units->items[i].from, false);
        if (status != TDM_OK || !holds)
            continue;
        /* Units come by from: count them in order of their latest day, until enough are there. */
        int32_t count = 0;
        uint64_t agencies = 0;
        tdm_day reached = TDM_DAY_BEFORE_ALL;
        start_count(units, q->traits);
        for (uint32_t u = i;
             u < units->count && (count < q->rule->n || bits_set(agencies) < q->rule->agencies); u++)
            if (inside[u]) {
                count += counted(units, q->traits, u, TDM__FOR_CERTAIN);
                agencies |= units->items[u].certain_agencies;
                reached = units->items[u].to > reached ? units->items[u].to : reached;
            }
        if (*out == TDM_DAY_NONE || reached < *out)
            *out = reached;
    }
    return status;
}

/* One world: windows that start with a unit, cut at what must not lie between and where the level is too
 * high. A row that may or may not be among those of its unit is left out and, hopeful, let in. */
typedef struct world_question {
    const question *q;
    const tdm_day *days;
    const bool *use; /* which of the joint units belong to the spell */
} world_question;

static bool stands(const world_question *w, uint32_t unit, int which, bool hopeful)
{
    const tdm__unit *item = &w->q->joint->items[unit];
    return w->days[unit] != TDM_DAY_NONE && (hopeful ? item->in[which] : item->sure[which]);
}

static tdm_status world_window_end(tdm_day *last, const world_question *w, tdm_day first, bool hopeful)
{
    const question *q = w->q;
    tdm_status status = tdm__window_last(last, first, q->rule->within, q->holidays);
    if (status != TDM_OK)
        return status;
    if (*last > q->units->history->as_of)
        *last = q->units->history->as_of;
    for (uint32_t i = 0; i < q->joint->count; i++)
        if (stands(w, i, 1, !hopeful) && w->days[i] >= first && w->days[i] <= *last)
            *last = w->days[i] - 1;
    *last = last_low_level(q, first, *last, hopeful);
    return TDM_OK;
}

static tdm_status world_window(bool *holds, const world_question *w, tdm_day first, bool hopeful)
{
    const question *q = w->q;
    tdm_day last;
    int32_t count = 0;
    uint64_t agencies = 0;
    *holds = false;
    tdm_status status = world_window_end(&last, w, first, hopeful);
    if (status != TDM_OK)
        return status;
    start_count(q->joint, q->joint_traits);
    for (uint32_t i = 0; i < q->joint->count; i++)
        if (w->use[i] && stands(w, i, 0, hopeful) && w->days[i] >= first && w->days[i] <= last) {
            count += counted(q->joint, q->joint_traits, i, hopeful ? TDM__IN_SOME : TDM__WITH_UNIT);
            agencies |= hopeful ? q->joint->items[i].agencies : q->joint->items[i].sure_agencies;
        }
    *holds = count >= q->rule->n && bits_set(agencies) >= q->rule->agencies;
    return TDM_OK;
}

static tdm_status holds_in_world(tdm_answer *answer, const tdm_day *days, void *payload)
{
    world_question *w = payload;
    w->days = days;
    *answer = TDM_NOT_MET;
    for (uint32_t i = 0; i < w->q->joint->count && *answer != TDM_MET; i++) {
        bool surely = false, perhaps = false;
        tdm_status status = TDM_OK;
        if (!w->use[i] || !stands(w, i, 0, true))
            continue;
        if (stands(w, i, 0, false))
            status = world_window(&surely, w, days[i], false);
        if (status == TDM_OK && !surely && *answer == TDM_NOT_MET)
            status = world_window(&perhaps, w, days[i], true);
        if (status != TDM_OK)
            return status;
        *answer = surely ? TDM_MET : perhaps ? TDM_POSSIBLE : *answer;
    }
    return TDM_OK;
}

/* The units of `use` in the numbering of the joint units, and those whose date matters for them. Both stand
 * in one order, and each unit is among the joint ones. */
static tdm_status joint_use(bool **out, bool **matters, const question *q, const bool *use)
{
    bool *joint = tdm__arena_array(q->units->history->arena, (size_t)q->joint->count + 1, sizeof *joint);
    bool *keep = tdm__arena_array(q->units->history->arena, (size_t)q->joint->count + 1, sizeof *keep);
    *out = joint;
    *matters = keep;
    if (!joint || !keep)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0, k = 0; i < q->joint->count; i++) {
        bool same = k < q->units->count && q->units->items[k].incident == q->joint->items[i].incident &&
                    q->units->items[k].row == q->joint->items[i].row;
        joint[i] = same && use[k];
        keep[i] = joint[i] || q->joint->items[i].in[1];
        k += same;
    }
    return TDM_OK;
}

/* The same where every date is known: the n-th unit of the first window that holds n. */
static tdm_status exact_first_met(tdm_day *out, const question *q, const bool *use)
{
    const tdm__world_units *units = q->units;
    uint32_t used = 0, wanted = (uint32_t)q->rule->n;
    tdm_day *days = tdm__arena_array(units->history->arena, units->count, sizeof *days);
    *out = TDM_DAY_NONE;
    if (!days)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < units->count; i++)
        if (use[i])
            days[used++] = units->items[i].from;
    for (uint32_t i = 0; i + wanted <= used; i++) {
        tdm_day last;
        tdm_status status = tdm__window_last(&last, days[i], q->rule->within, q->holidays);
        if (status != TDM_OK)
            return status;
        if (days[i + wanted - 1] <= last) {
            *out = days[i + wanted - 1];
            return TDM_OK;
        }
    }
    return TDM_OK;
}

/* Day by which the plain rule held: the fewest units, by their latest day, that cannot be spread further
 * apart. */
static tdm_status plain_first_met(tdm_day *out, const question *q, const bool *use)
{
    const tdm__world_units *units = q->units;
    if (units->doubtful == 0)
        return exact_first_met(out, q, use);
    bool *some = tdm__arena_array(units->history->arena, (size_t)units->count + 1, sizeof *some);
    tdm__days days = {tdm__arena_array(units->history->arena, units->count, sizeof(tdm_day)), 0};
    tdm_status status = some && days.items ? TDM_OK : TDM_NO_MEMORY;
    *out = TDM_DAY_NONE;
    for (uint32_t i = 0; status == TDM_OK && i < units->count; i++)
        if (use[i] && !units->items[i].optional)
            tdm__days_add(&days, units->items[i].to);
    if (status == TDM_OK)
        tdm__days_sort(&days, TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL);
    /* More units are no easier to spread: halve the days. All of them cannot be spread, as the caller knows.
     */
    for (size_t low = 0, high = days.count; status == TDM_OK && low < high;) {
        bool can_spread;
        size_t middle = low + (high - low) / 2;
        for (uint32_t i = 0; i < units->count; i++)
            some[i] = use[i] && units->items[i].to <= days.items[middle];
        status = tdm__windows_can_hold_at_most(&can_spread, units, some, (uint32_t)q->rule->n - 1,
                                               q->rule->within, q->holidays, q->budget);
        if (can_spread)
            low = middle + 1;
        else
            *out = days.items[high = middle];
    }
    return status;
}

static tdm_day latest_of(const tdm__world_units *units, const bool *use)
{
    tdm_day latest = TDM_DAY_BEFORE_ALL;
    for (uint32_t i = 0; i < units->count; i++)
        if (use[i] && units->items[i].to > latest)
            latest = units->items[i].to;
    return latest;
}

/* The plain rule. One unit of each found group is enough where it decides; where dates are known, what each
 * window holds, its groups once each, is all there is to know. */
static tdm_status plain_answer_for(tdm_answer *answer, tdm_day *first_met, const question *q, const bool *use)
{
    bool can_spread;
    const bool *one_each;
    tdm_day spread_met = TDM_DAY_NONE;
    tdm_status status = tdm__world_units_one_each(&one_each, q->units, use);
    if (status == TDM_OK && q->units->found_count > 0)
        status = certain_day(first_met, q, use);
    if (status == TDM_OK && *first_met != TDM_DAY_NONE)
        *answer = TDM_MET;
    if (status != TDM_OK || (q->units->found_count > 0 && q->units->doubtful == 0))
        return status;
    status = tdm__windows_can_hold_at_most(&can_spread, q->units, one_each, (uint32_t)q->rule->n - 1,
                                           q->rule->within, q->holidays, q->budget);
    if (status != TDM_OK || can_spread)
        return status;
    *answer = TDM_MET;
    status = plain_first_met(&spread_met, q, one_each);
    if (*first_met == TDM_DAY_NONE || spread_met < *first_met)
        *first_met = spread_met;
    return status;
}

/* Answer and first day for some of the units. */
static tdm_status answer_for(tdm_answer *answer, tdm_day *first_met, const question *q, const bool *use)
{
    bool complete, *joint, *keep;
    tdm__world_units part;
    *answer = TDM_POSSIBLE;
    *first_met = TDM_DAY_NONE;
    if (plain(q->rule))
        return plain_answer_for(answer, first_met, q, use);
    tdm_status status = certain_day(first_met, q, use);
    if (status != TDM_OK || *first_met != TDM_DAY_NONE) {
        *answer = TDM_MET;
        return status;
    }
    status = joint_use(&joint, &keep, q, use);
    if (status == TDM_OK)
        status = tdm__world_units_fixed(&part, q->joint, keep);
    if (status != TDM_OK)
        return status;
    world_question w = {q, NULL, joint};
    int64_t steps = (int64_t)q->joint->count * (q->joint->count + (int64_t)q->level_count + 1);
    status = tdm__worlds_decide(answer, &complete, &part, holds_in_world, &w, tdm__worlds_limit(steps),
                                q->budget);
    if (status == TDM_OK && *answer == TDM_MET)
        *first_met = latest_of(q->units, use);
    return status;
}

static int32_t values_of(const question *q, const bool *use, tdm__presence least)
{
    int32_t count = 0;
    tdm__unit_traits_start(q->traits);
    for (uint32_t i = 0; i < q->units->count; i++)
        if (use[i])
            count += tdm__unit_traits_add(q->traits, i, least);
    return count;
}

static tdm_bounds values_count(const question *q, const bool *use)
{
    return (tdm_bounds){values_of(q, use, TDM__FOR_CERTAIN), values_of(q, use, TDM__IN_SOME)};
}

static tdm_status add_spell(tdm__spell_list *list, const question *q, const bool *use, tdm_answer answer,
                            tdm_day first_met)
{
    tdm__spell *spell = tdm__spell_add(list);
    tdm_status status = spell ? tdm__spell_fill(spell, q->units, use) : TDM_NO_MEMORY;
    if (status != TDM_OK)
        return status;
    spell->answer = answer;
    spell->first_met = first_met;
    spell->count = q->traits ? values_count(q, use) : tdm__world_units_count(q->units, use);
    return TDM_OK;
}

/* Spells that may be, none surely: what undoes one of them can make the other, so together they may hold in
 * every world. Then they are one. */
static tdm_status join_spells(tdm__spell_list *list, const question *q, const bool *in_some)
{
    tdm_answer answer;
    tdm_day first_met;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].answer == TDM_MET)
            return TDM_OK;
    if (plain(q->rule) || list->count < 2)
        return TDM_OK;
    tdm_status status = answer_for(&answer, &first_met, q, in_some);
    if (status != TDM_OK || answer != TDM_MET)
        return status;
    list->count = 0;
    return add_spell(list, q, in_some, answer, first_met);
}

/* One spell for each set of units whose windows touch. */
static tdm_status make_spells(tdm__spell_list *list, const question *q, uint32_t *group, const bool *in_some)
{
    const tdm__world_units *units = q->units;
    bool *use = tdm__arena_array(units->history->arena, (size_t)units->count + 1, sizeof *use);
    tdm_status status = use ? TDM_OK : TDM_NO_MEMORY;
    for (uint32_t head = 0; status == TDM_OK && head < units->count; head++) {
        tdm_answer answer;
        tdm_day first_met;
        if (!in_some[head] || tdm__group_of(group, head) != head)
            continue;
        for (uint32_t i = 0; i < units->count; i++)
            use[i] = in_some[i] && tdm__group_of(group, i) == head;
        status = answer_for(&answer, &first_met, q, use);
        if (status == TDM_OK && answer != TDM_NOT_MET)
            status = add_spell(list, q, use, answer, first_met);
    }
    return status == TDM_OK ? join_spells(list, q, in_some) : status;
}

static tdm_status prepare_traits(question *q, const tdm_selection *selection)
{
    tdm__trait trait = q->rule->different;
    tdm_status status = tdm__unit_traits_new(&q->traits, q->units, selection, trait, q->budget);
    q->joint_traits = q->traits;
    if (status == TDM_OK && q->joint != q->units)
        status = tdm__unit_traits_new(&q->joint_traits, q->joint, selection, trait, q->budget);
    return status;
}

/* Whether what there is at all could be enough. */
static bool may_be_enough(const question *q, bool different)
{
    if (different)
        return !q->traits || q->traits->value_count >= (uint32_t)q->rule->n;
    return q->units->count >= (uint32_t)q->rule->n &&
           tdm__world_units_may_gather(q->units, q->rule->n, q->rule->within);
}

/* What is asked for after the units: not where they could not be enough. */
static tdm_status prepare(question *q, const tdm_selection *selection)
{
    tdm__world_units *units = NULL, *without = NULL, *joint = NULL;
    tdm__level_step *levels = NULL;
    tdm_selection *carrying = NULL;
    tdm_status status = TDM_OK;
    if (q->rule->different.what != TDM__TRAIT_NONE) {
        status = tdm__selection_with_trait(&carrying, selection, q->rule->different, q->budget);
        selection = carrying;
    }
    if (status == TDM_OK)
        status = tdm__world_units_new(&units, selection, NULL, q->budget);
    q->units = q->joint = units;
    if (status != TDM_OK || !may_be_enough(q, carrying != NULL))
        return status;
    if (q->rule->without) {
        status = tdm__world_units_new(&without, q->rule->without, NULL, q->budget);
        if (status == TDM_OK)
            status = tdm__world_units_new(&joint, selection, q->rule->without, q->budget);
        q->without = without;
        q->joint = joint;
    }
    if (status == TDM_OK && q->rule->level_at_most < TDM_LADDER_MAX) {
        status = tdm__history_levels(&levels, &q->level_count, selection->history);
        q->levels = levels;
    }
    if (status == TDM_OK && carrying)
        status = prepare_traits(q, selection);
    return status;
}

static tdm_status find_reaches(question *q)
{
    tdm_day latest = TDM_DAY_BEFORE_ALL;
    tdm_day *reached = tdm__arena_array(q->units->history->arena, q->units->count, sizeof *reached);
    if (!reached)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < q->units->count; i++) {
        latest = q->units->items[i].to > latest ? q->units->items[i].to : latest;
        reached[i] = latest;
    }
    q->reached = reached;
    return TDM_OK;
}

tdm_status tdm__selection_at_least(tdm__verdict *out, const tdm_selection *selection,
                                   const tdm__at_least *rule, const tdm_holidays *holidays,
                                   tdm_budget *budget)
{
    question q = {.rule = rule, .holidays = holidays, .budget = budget};
    tdm__spell_list list = {.history = selection->history};
    bool any = false;
    *out = (tdm__verdict){TDM_NOT_MET, NULL, 0};
    if (rule->n < 1 || rule->n > 10000 || rule->agencies < 0)
        return TDM_INVALID_ARG;
    if (selection->count == 0 ||
        (rule->different.what == TDM__TRAIT_NONE && selection->count < (uint32_t)rule->n))
        return TDM_OK;
    tdm_status status = prepare(&q, selection);
    if (status != TDM_OK || !may_be_enough(&q, rule->different.what != TDM__TRAIT_NONE))
        return status;
    uint32_t *group = tdm__arena_array(selection->history->arena, q.units->count, sizeof *group);
    bool *in_some = tdm__arena_array(selection->history->arena, (size_t)q.units->count + 1, sizeof *in_some);
    if (!group || !in_some)
        return TDM_NO_MEMORY;
    for (uint32_t i = 0; i < q.units->count; i++)
        group[i] = i;
    status = find_reaches(&q);
    if (status == TDM_OK)
        status = possible_windows(group, &any, in_some, &q);
    if (status != TDM_OK || !any)
        return status;
    status = make_spells(&list, &q, group, in_some);
    if (status == TDM_OK)
        tdm__verdict_finish(out, &list, TDM_NOT_MET);
    return status;
}
