/*
 * Two scores to what changed: which items moved, by how many grades each part did, and whether that
 * may be called a change. How it is said stands in compare_explain.c.
 */
#include "instrument/compare.h"

#include <math.h>

/* A change in which chance alone has less than 5 in 100 goes at least this far from zero. */
#define RELIABLE_FROM 1.96

/* One side of a part: its result and the sub-areas it is made of. */
typedef struct side {
    const tdm_score *score;
    const tdm__part_result *result;
    uint32_t first, count;
    uint32_t area; /* that it is or lies in; 0 for the total */
} side;

static side side_of(const tdm_score *score, tdm__level level, uint32_t index)
{
    const tdm_instrument *instrument = score->instrument;
    switch (level) {
    case TDM__LEVEL_ITEMS:
        return (side){score, &score->sub_areas[index], index, 1, instrument->sub_areas.items[index].parent};
    case TDM__LEVEL_SUB_AREAS:
        return (side){score, &score->areas[index], instrument->areas.items[index].first,
                      instrument->areas.items[index].count, index};
    default:
        return (side){score, &score->total, 0, (uint32_t)instrument->sub_areas.count, 0};
    }
}

/* The part of the same code in another score; TDM__NO_PART when there is none. The total is part 0. */
static uint32_t same_part(const tdm_score *in, const tdm_score *of, tdm__level level, uint32_t index)
{
    if (level == TDM__LEVEL_AREAS || in->instrument == of->instrument)
        return index;
    bool sub_area = level == TDM__LEVEL_ITEMS;
    const tdm__parts *from = sub_area ? &of->instrument->sub_areas : &of->instrument->areas;
    const tdm__parts *to = sub_area ? &in->instrument->sub_areas : &in->instrument->areas;
    return tdm__instrument_find_part(to, from->items[index].code);
}

static uint32_t same_item(const tdm_score *in, const tdm_score *of, uint32_t item)
{
    return in->instrument == of->instrument
               ? item
               : tdm__instrument_find_item(in->instrument, of->instrument->items.items[item].code);
}

static bool scored(const tdm_score *score, uint32_t item)
{
    return item != TDM__NO_PART && score->states[item] == TDM__ENTRY_SCORED;
}

/* The sub-area whose items make the result of `index`; NO_PART where those are looked at anyway. */
static uint32_t source_of(const side *s, uint32_t index)
{
    uint32_t takes = s->score->sub_areas[index].takes;
    if (takes == TDM__NO_PART)
        return index;
    return takes >= s->first && takes < s->first + s->count ? TDM__NO_PART : takes;
}

static void move_item(tdm__moves *moves, const side *before, const side *now, uint32_t item)
{
    tdm__grades scale = tdm__scale_grades(tdm__instrument_item_scale(before->score->instrument, item));
    uint32_t other = same_item(now->score, before->score, item);
    int32_t old = before->score->values[item];
    if (!scored(before->score, item))
        return;
    if (scored(now->score, other)) {
        int32_t new = now->score->values[other];
        moves->better += tdm__grade_worse(&scale, old, new);
        moves->worse += tdm__grade_worse(&scale, new, old);
        return;
    }
    if (!moves->has_lost || tdm__grade_worse(&scale, old, moves->worst_lost))
        moves->worst_lost = old;
    moves->has_lost = true;
    moves->lost++;
}

static void find_item(tdm__moves *moves, const side *before, const side *now, uint32_t item)
{
    moves->found += scored(now->score, item) &&
                    !scored(before->score, same_item(before->score, now->score, item));
}

/* Calls `each` for every item that the result of `walked` is made of. */
static void walk_items(tdm__moves *moves, const side *before, const side *now, const side *walked,
                       void (*each)(tdm__moves *, const side *, const side *, uint32_t))
{
    for (uint32_t i = walked->first; i < walked->first + walked->count; i++) {
        uint32_t source = source_of(walked, i);
        if (source == TDM__NO_PART)
            continue;
        const tdm__part *part = &walked->score->instrument->sub_areas.items[source];
        for (uint32_t item = part->first; item < part->first + part->count; item++)
            each(moves, before, now, item);
    }
}

/* NULL for a total over several scales. */
static const tdm__scale *scale_of(const tdm_score *score, tdm__level level, uint32_t area)
{
    return level == TDM__LEVEL_AREAS ? tdm__instrument_total_scale(score->instrument)
                                     : tdm__instrument_area_scale(score->instrument, area);
}

/* The order of what a part comes to: of its scale, of a total over several what they have in common. */
static tdm__grades grades_of(const tdm_score *score, tdm__level level, uint32_t area)
{
    return level == TDM__LEVEL_AREAS ? tdm__instrument_total_grades(score->instrument)
                                     : tdm__scale_grades(scale_of(score, level, area));
}

/* How far from one grade to another; above 0: the second is better. */
static int32_t steps_between(const tdm_score *score, tdm__level level, uint32_t area, int32_t from,
                             int32_t to)
{
    const tdm__scale *scale = scale_of(score, level, area);
    tdm__aggregation_kind kind = tdm__score_policy(score, level, area)->kind;
    bool higher_is_worse = kind == TDM__POLICY_COUNT || kind == TDM__POLICY_SHARE ||
                           grades_of(score, level, area).higher_is_worse;
    int32_t steps = to - from;
    if (kind == TDM__POLICY_GRADE && scale) {
        const tdm__scale_value *a = tdm__scale_find(scale, from);
        const tdm__scale_value *b = tdm__scale_find(scale, to);
        steps = a && b ? (int32_t)(b - a) : steps;
    }
    return higher_is_worse ? -steps : steps;
}

static int32_t distance(int32_t steps)
{
    return steps < 0 ? -steps : steps;
}

/* The widest that two assessors of one visit stood apart on this part. */
static void measure_spread(tdm__compared_part *out, const tdm__comparison_input *input, tdm__level level,
                           uint32_t index)
{
    for (size_t i = 0; i < input->pair_count; i++) {
        const tdm__visit_pair *pair = &input->pairs[i];
        uint32_t one = same_part(pair->one, input->before, level, index);
        uint32_t other = same_part(pair->other, input->before, level, index);
        if (one == TDM__NO_PART || other == TDM__NO_PART)
            continue;
        side a = side_of(pair->one, level, one), b = side_of(pair->other, level, other);
        if (a.result->reason != TDM__REASON_NONE || b.result->reason != TDM__REASON_NONE)
            continue;
        int32_t apart = distance(steps_between(pair->one, level, a.area, a.result->grade, b.result->grade));
        if (!out->has_spread || apart > out->spread)
            out->spread = apart;
        out->has_spread = true;
    }
}

/* Whether a sub-area takes another's result on one side only, or another one's. */
static bool condition_differs(const side *before, const side *now)
{
    for (uint32_t i = before->first; i < before->first + before->count; i++) {
        uint32_t other = same_part(now->score, before->score, TDM__LEVEL_ITEMS, i);
        if (other == TDM__NO_PART)
            continue;
        uint32_t takes = before->score->sub_areas[i].takes;
        uint32_t wanted = takes == TDM__NO_PART
                              ? takes
                              : same_part(now->score, before->score, TDM__LEVEL_ITEMS, takes);
        if (now->score->sub_areas[other].takes != wanted)
            return true;
    }
    return false;
}

static bool adds_up(tdm__aggregation_kind kind)
{
    return kind == TDM__POLICY_SUM || kind == TDM__POLICY_COUNT || kind == TDM__POLICY_SHARE;
}

/* An unclear majority may stand one or two levels below: a sub-area that decides its area. */
static bool majority_unclear(const side *s)
{
    if (s->result->majority_not_clear)
        return true;
    for (size_t i = 0; s->result == &s->score->total && i < s->score->instrument->areas.count; i++)
        if (s->score->areas[i].decides && s->score->areas[i].majority_not_clear)
            return true;
    for (uint32_t i = s->first; i < s->first + s->count; i++)
        if (s->score->sub_areas[i].decides && s->score->sub_areas[i].majority_not_clear)
            return true;
    return false;
}

static bool area_policies_differ(const tdm_score *a, uint32_t area, const tdm_score *b, uint32_t other)
{
    for (tdm__level level = TDM__LEVEL_ITEMS; level < TDM__LEVEL_AREAS; level++)
        if (tdm__score_policy(a, level, area) != tdm__score_policy(b, level, other))
            return true;
    return false;
}

/* Areas may have policies of their own, which a later version of the instrument may change. */
static bool put_together_otherwise(const side *before, const side *now, tdm__level level)
{
    const tdm_score *a = before->score, *b = now->score;
    if (a->instrument == b->instrument)
        return false;
    if (level != TDM__LEVEL_AREAS)
        return area_policies_differ(a, before->area, b, now->area);
    for (uint32_t area = 0; area < a->instrument->areas.count; area++) {
        uint32_t other = same_part(b, a, TDM__LEVEL_SUB_AREAS, area);
        if (other != TDM__NO_PART && area_policies_differ(a, area, b, other))
            return true;
    }
    return false;
}

/* Whether anything in it is asked at the age that the form names. */
static bool is_asked(const side *s)
{
    const tdm_instrument *instrument = s->score->instrument;
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        const tdm__part *part = &instrument->sub_areas.items[i];
        for (uint32_t item = part->first; item < part->first + part->count; item++)
            if (tdm__instrument_asked(instrument, item, s->score->age_band))
                return true;
    }
    return false;
}

static tdm__change_reason incomparable(const tdm__compared_part *part, const side *before, const side *now,
                                       tdm__level level)
{
    tdm__aggregation_kind kind = tdm__score_policy(before->score, level, before->area)->kind;
    if (put_together_otherwise(before, now, level))
        return TDM__OTHER_POLICY;
    if (!is_asked(before) && !is_asked(now))
        return TDM__NOT_ASKED;
    if (!part->has_before)
        return TDM__NOT_ASSESSED_BEFORE;
    if (!part->has_now)
        return TDM__NOT_ASSESSED_NOW;
    if (condition_differs(before, now))
        return TDM__CONDITION_ONCE;
    if (adds_up(kind) && (part->moves.lost > 0 || part->moves.found > 0))
        return TDM__OTHER_ITEMS;
    return TDM__CHANGED;
}

/* Why a fall is no better: items must bear it out, more of them than speak against it, and none that was
 * worse than the new grade may have gone out of sight. */
static tdm__change_reason doubt_better(const tdm__compared_part *part, const side *before, const side *now,
                                       tdm__level level)
{
    tdm__grades scale = grades_of(before->score, level, before->area);
    if (majority_unclear(before) || majority_unclear(now))
        return TDM__MAJORITY_NOT_CLEAR;
    if (part->moves.has_lost && tdm__grade_worse(&scale, part->moves.worst_lost, part->now))
        return TDM__ITEM_LOST;
    if (part->moves.better == 0)
        return TDM__NO_ITEM_BETTER;
    return part->moves.better > part->moves.worse ? TDM__CHANGED : TDM__NOT_MORE_BETTER;
}

static void judge(tdm__compared_part *part, const side *before, const side *now, tdm__level level)
{
    part->change = TDM__CHANGE_NOT_COMPARABLE;
    part->reason = incomparable(part, before, now, level);
    if (part->reason != TDM__CHANGED)
        return;
    part->change = TDM__CHANGE_NOT_CLEAR;
    if (part->steps == 0)
        part->reason = part->moves.worse > part->moves.better ? TDM__SAME_GRADE_ITEMS_WORSE : TDM__SAME_GRADE;
    else if (part->has_spread && distance(part->steps) <= part->spread)
        part->reason = TDM__WITHIN_SPREAD;
    else if (part->steps > 0)
        part->reason = doubt_better(part, before, now, level);
    else if (part->moves.worse == 0 && part->moves.found == 0)
        part->reason = TDM__NO_ITEM_WORSE;
    if (part->reason == TDM__CHANGED)
        part->change = part->steps > 0 ? TDM__CHANGE_BETTER : TDM__CHANGE_WORSE;
}

static void compare_part(tdm__compared_part *out, const tdm__comparison *c,
                         const tdm__comparison_input *input, tdm__level level, uint32_t index)
{
    side before = side_of(c->before, level, index);
    uint32_t other = c->reason == TDM__CHANGED ? same_part(c->now, c->before, level, index) : TDM__NO_PART;
    out->change = TDM__CHANGE_NOT_COMPARABLE;
    out->has_before = before.result->reason == TDM__REASON_NONE;
    out->before = before.result->grade;
    out->reason = c->reason != TDM__CHANGED ? c->reason : TDM__NOT_IN_BOTH;
    if (other == TDM__NO_PART)
        return;
    side now = side_of(c->now, level, other);
    out->has_now = now.result->reason == TDM__REASON_NONE;
    out->now = now.result->grade;
    if (out->has_before && out->has_now)
        out->steps = steps_between(c->before, level, before.area, out->before, out->now);
    walk_items(&out->moves, &before, &now, &before, move_item);
    walk_items(&out->moves, &before, &now, &now, find_item);
    measure_spread(out, input, level, index);
    judge(out, &before, &now, level);
}

static tdm_str major_of(tdm_str version)
{
    return tdm__str_split(&version, '.');
}

static bool policies_differ(const tdm_score *a, const tdm_score *b)
{
    for (int level = 0; level < TDM__LEVEL_COUNT; level++)
        if (a->policies[level] != b->policies[level])
            return true;
    return false;
}

static bool has_window(const tdm_score *score)
{
    return score->window_from != TDM_DAY_NONE && score->window_to != TDM_DAY_NONE;
}

static tdm__change_reason whole_reason(const tdm_score *before, const tdm_score *now)
{
    const tdm_str *a = before->instrument->texts, *b = now->instrument->texts;
    if (!tdm__str_equal(a[TDM__TEXT_ID], b[TDM__TEXT_ID]))
        return TDM__OTHER_INSTRUMENT;
    if (!tdm__str_equal(major_of(a[TDM__TEXT_VERSION]), major_of(b[TDM__TEXT_VERSION])))
        return TDM__OTHER_VERSION;
    if (!tdm__str_equal(before->child, now->child) || !tdm__str_equal(before->carer, now->carer))
        return TDM__OTHER_CHILD_OR_CARER;
    if (policies_differ(before, now))
        return TDM__OTHER_POLICY;
    if (!has_window(before) || !has_window(now))
        return TDM__WINDOW_MISSING;
    return before->window_to < now->window_from ? TDM__CHANGED : TDM__WINDOW_OVERLAP;
}

bool tdm__same_visit(const tdm_score *one, const tdm_score *other)
{
    bool two_people = one->assessor.length > 0 && other->assessor.length > 0 &&
                      !tdm__str_equal(one->assessor, other->assessor);
    if (!two_people || one->instrument != other->instrument || !tdm__str_equal(one->child, other->child) ||
        !tdm__str_equal(one->carer, other->carer))
        return false;
    return one->date == other->date ||
           (has_window(one) && has_window(other) && one->window_from <= other->window_to &&
            other->window_from <= one->window_to);
}

static void list_moved_items(tdm__comparison *c)
{
    const tdm_instrument *instrument = c->before->instrument;
    for (uint32_t i = 0; c->reason == TDM__CHANGED && i < instrument->items.count; i++) {
        uint32_t other = same_item(c->now, c->before, i);
        if (!scored(c->before, i) || !scored(c->now, other) || c->before->values[i] == c->now->values[other])
            continue;
        tdm__grades scale = tdm__scale_grades(tdm__instrument_item_scale(instrument, i));
        c->items[c->item_count++] =
            (tdm__moved_item){instrument->items.items[i].code, c->before->values[i], c->now->values[other],
                              tdm__grade_worse(&scale, c->before->values[i], c->now->values[other])};
    }
}

/* Jacobson and Truax: the change by the standard error of a difference of two measurements. */
static tdm_status take_index(tdm__comparison *c, const tdm__reliability *given)
{
    tdm__compared_part *total = &c->total;
    if (!given->given || !c->has_total || total->change == TDM__CHANGE_NOT_COMPARABLE)
        return TDM_OK;
    c->has_index = true;
    c->index = (double)total->steps / (given->standard_deviation * sqrt(2.0 * (1.0 - given->reliability)));
    if (total->reason == TDM__CHANGED && fabs(c->index) < RELIABLE_FROM) {
        total->change = TDM__CHANGE_NOT_CLEAR;
        total->reason = TDM__NOT_RELIABLE;
    }
    c->source = tdm__arena_copy(&c->arena, given->source);
    return c->source.data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status make_room(tdm__comparison *c)
{
    const tdm_instrument *instrument = c->before->instrument;
    c->areas = tdm__arena_array(&c->arena, instrument->areas.count, sizeof *c->areas);
    c->sub_areas = tdm__arena_array(&c->arena, instrument->sub_areas.count, sizeof *c->sub_areas);
    c->items = tdm__arena_array(&c->arena, instrument->items.count, sizeof *c->items);
    return c->areas && c->sub_areas && c->items ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status fill(tdm__comparison *c, const tdm__comparison_input *input)
{
    const tdm_instrument *instrument = c->before->instrument;
    tdm_score_view total;
    tdm_status status = make_room(c);
    if (status != TDM_OK)
        return status;
    c->reason = whole_reason(c->before, c->now);
    for (uint32_t i = 0; i < instrument->areas.count; i++) {
        c->areas[i].part = &instrument->areas.items[i];
        compare_part(&c->areas[i], c, input, TDM__LEVEL_SUB_AREAS, i);
    }
    for (uint32_t i = 0; i < instrument->sub_areas.count; i++) {
        c->sub_areas[i].part = &instrument->sub_areas.items[i];
        compare_part(&c->sub_areas[i], c, input, TDM__LEVEL_ITEMS, i);
    }
    c->has_total = tdm_score_total(&total, c->before);
    if (c->has_total)
        compare_part(&c->total, c, input, TDM__LEVEL_AREAS, 0);
    list_moved_items(c);
    status = take_index(c, &input->reliability);
    if (status == TDM_OK)
        status = tdm__comparison_follow_targets(c);
    return status == TDM_OK ? tdm__comparison_explain(c) : status;
}

tdm_status tdm__comparison_make(tdm__comparison **out, const tdm_allocator *allocator,
                                const tdm__comparison_input *input)
{
    *out = NULL;
    tdm__comparison *c = tdm__alloc_zeroed(allocator, 1, sizeof *c);
    if (!c)
        return TDM_NO_MEMORY;
    c->allocator = *allocator;
    c->before = input->before;
    c->now = input->now;
    tdm__arena_init(&c->arena, &c->allocator);
    tdm_status status = fill(c, input);
    if (status != TDM_OK) {
        tdm__comparison_free(c);
        return status;
    }
    *out = c;
    return TDM_OK;
}

void tdm__comparison_free(tdm__comparison *comparison)
{
    if (!comparison)
        return;
    tdm_allocator allocator = comparison->allocator;
    tdm__arena_free(&comparison->arena);
    tdm__free(&allocator, comparison);
}
