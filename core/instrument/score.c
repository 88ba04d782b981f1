/*
 * Scores an assessment: items to sub-areas, sub-areas to areas, areas to a total where the instrument has
 * one, each by the policy and on the scale of its area. Missing entries are counted, never filled in.
 */
#include "instrument/score.h"

#include <string.h>

#include "instrument/score_entries.h"

const char *tdm__reason_code(tdm__reason reason)
{
    static const char *const codes[] = {
        [TDM__REASON_NONE] = "",
        [TDM__REASON_NO_POLICY] = "no-policy",
        [TDM__REASON_NOT_APPLICABLE] = "not-applicable",
        [TDM__REASON_NOTHING_SCORED] = "nothing-scored",
        [TDM__REASON_TOO_FEW_SCORED] = "too-few-scored",
        [TDM__REASON_INCOMPLETE] = "incomplete",
    };
    return codes[reason];
}

const tdm__aggregation *tdm__score_policy(const tdm_score *score, tdm__level level, uint32_t area)
{
    const tdm__aggregation *own = level < TDM__LEVEL_AREAS ? score->instrument->rules[area].policies[level]
                                                           : NULL;
    return own ? own : score->policies[level];
}

/* What a level sees of one part below it. */
typedef struct part_below {
    bool applies;
    bool graded;
    bool concern; /* on its own scale */
    int32_t grade;
    int32_t low, high, max;
} part_below;

/* How the parts below are put together. */
typedef struct level_rules {
    const tdm__aggregation *policy;
    tdm__grades grades;      /* of the scale that they are on */
    int32_t lowest, highest; /* on it; 0 where they are on several */
    int32_t minimum_percent;
} level_rules;

typedef struct scoring {
    tdm_score *score;
    const tdm_instrument *instrument;
    const tdm_assessment *assessment;
    tdm_error *error;
    part_below *below; /* scratch for one level */
    int32_t *grades;
} scoring;

static level_rules rules_of(const scoring *s, tdm__level level, uint32_t area)
{
    const tdm__scale *scale = tdm__instrument_area_scale(s->instrument, area);
    return (level_rules){tdm__score_policy(s->score, level, area), tdm__scale_grades(scale),
                         tdm__scale_lowest(scale), tdm__scale_highest(scale),
                         s->instrument->rules[area].minimum_percent[level]};
}

static level_rules rules_of_total(const scoring *s)
{
    const tdm__scale *scale = tdm__instrument_total_scale(s->instrument);
    return (level_rules){s->score->policies[TDM__LEVEL_AREAS], tdm__instrument_total_grades(s->instrument),
                         scale ? tdm__scale_lowest(scale) : 0, scale ? tdm__scale_highest(scale) : 0,
                         s->instrument->minimum_percent[TDM__LEVEL_AREAS]};
}

static void count_item(tdm__item_counts *counts, const tdm__grades *scale, tdm__entry_state state,
                       int32_t value)
{
    counts->of_state[state]++;
    if (state != TDM__ENTRY_SCORED)
        return;
    if (!counts->has_worst || tdm__grade_worse(scale, value, counts->worst))
        counts->worst = value;
    if (!counts->has_worst || tdm__grade_worse(scale, counts->best, value))
        counts->best = value;
    counts->has_worst = true;
}

/* scale: NULL where the parts are on several, so that none of their grades is the worst of all. */
static void add_counts(tdm__item_counts *to, const tdm__grades *scale, const tdm__item_counts *from)
{
    bool has_worst = to->has_worst;
    for (int i = 0; i < 4; i++)
        to->of_state[i] += from->of_state[i];
    if (!from->has_worst || !scale)
        return;
    if (!has_worst || tdm__grade_worse(scale, from->worst, to->worst))
        to->worst = from->worst;
    if (!has_worst || tdm__grade_worse(scale, to->best, from->best))
        to->best = from->best;
    to->has_worst = true;
}

/* What the bounds of a part mean for a sum or a count. */
static void add_bounds(tdm__part_result *result, tdm__aggregation_kind kind, const part_below *part)
{
    if (kind == TDM__POLICY_SUM) {
        result->low += part->low;
        result->high += part->high;
        result->max += part->max;
    } else {
        result->low += part->concern;
        result->high += part->concern || !part->graded;
        result->max++;
    }
}

static bool adds_up(tdm__aggregation_kind kind)
{
    return kind == TDM__POLICY_SUM || kind == TDM__POLICY_COUNT || kind == TDM__POLICY_SHARE;
}

static bool any_concern(const tdm__grades *grades)
{
    for (size_t i = 0; i < grades->count; i++)
        if (tdm__grade_concern(grades, grades->values[i]))
            return true;
    return false;
}

/* Where one concern decides, what is missing could only make it worse: it stands below the minimum too. */
static tdm__reason reason_against(const tdm__part_result *result, const tdm__aggregation *policy,
                                  const tdm__grades *grades)
{
    tdm__aggregation_kind kind = policy->kind;
    if (kind == TDM__POLICY_NOTHING)
        return TDM__REASON_NO_POLICY;
    if (result->applies == 0)
        return TDM__REASON_NOT_APPLICABLE;
    if (result->items.of_state[TDM__ENTRY_SCORED] == 0)
        return TDM__REASON_NOTHING_SCORED;
    if (adds_up(kind))
        return result->graded < result->applies ? TDM__REASON_INCOMPLETE : TDM__REASON_NONE;
    bool enough = result->graded >= result->needed || (policy->concern_decides && any_concern(grades));
    return enough ? TDM__REASON_NONE : TDM__REASON_TOO_FEW_SCORED;
}

static bool counts_concerns(const tdm__aggregation *policy)
{
    return policy->kind == TDM__POLICY_COUNT || policy->kind == TDM__POLICY_SHARE;
}

/* Goes through the parts in s->below; their grades stand in s->grades afterwards. */
static void gather(tdm__part_result *result, scoring *s, const tdm__aggregation *policy, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const part_below *part = &s->below[i];
        if (!part->applies)
            continue;
        result->applies++;
        if (part->graded)
            s->grades[result->graded++] = counts_concerns(policy) ? part->concern : part->grade;
        if (adds_up(policy->kind))
            add_bounds(result, policy->kind, part);
    }
}

/* From `count` parts in s->below to one result, whose item counts are there already. */
static void aggregate(tdm__part_result *result, scoring *s, const level_rules *rules, size_t count)
{
    /* Each part is a concern or none on its own scale: what counts them sees 1 and 0. */
    static const tdm__grades ticks = {NULL, 0, true, true, 1};
    const tdm__aggregation *policy = rules->policy;
    tdm__grades grades = counts_concerns(policy) ? ticks : rules->grades;
    result->takes = TDM__NO_PART;
    gather(result, s, policy, count);
    /* At least one, and as many as the percentage asks for, rounded up. */
    result->needed = (rules->minimum_percent * result->applies + 99) / 100;
    if (result->needed < 1)
        result->needed = 1;
    grades.values = s->grades;
    grades.count = (size_t)result->graded;
    result->reason = reason_against(result, policy, &grades);
    bool assessed = result->reason == TDM__REASON_NONE;
    if (assessed) {
        tdm__grade grade = {0};
        policy->apply(&grade, &grades);
        result->grade = grade.value;
        result->override = grade.override;
        result->majority_not_clear = grade.majority_not_clear;
    }
    if (!adds_up(policy->kind)) {
        result->low = assessed ? result->grade : rules->lowest;
        result->high = assessed ? result->grade : rules->highest;
        result->max = rules->highest;
    }
}

/* Whether a part with this grade is one that the result of its level rests on. */
static bool decides(const tdm__part_result *result, const tdm__aggregation *policy, const part_below *part)
{
    if (result->reason != TDM__REASON_NONE || !part->applies || !part->graded)
        return false;
    if (counts_concerns(policy))
        return part->concern;
    return policy->kind == TDM__POLICY_SUM ? part->grade != 0 : part->grade == result->grade;
}

static void score_sub_area(scoring *s, uint32_t index)
{
    tdm_score *score = s->score;
    const tdm__part *sub_area = &s->instrument->sub_areas.items[index];
    tdm__part_result *result = &score->sub_areas[index];
    level_rules rules = rules_of(s, TDM__LEVEL_ITEMS, sub_area->parent);
    for (uint32_t i = 0; i < sub_area->count; i++) {
        tdm__entry_state state = score->states[sub_area->first + i];
        int32_t value = score->values[sub_area->first + i];
        int32_t weight = rules.policy->weighs ? s->instrument->items.items[sub_area->first + i].weight : 1;
        bool graded = state == TDM__ENTRY_SCORED;
        count_item(&result->items, &rules.grades, state, value);
        s->below[i] = (part_below){.applies = state != TDM__ENTRY_NOT_APPLICABLE,
                                   .graded = graded,
                                   .concern = graded && tdm__grade_concern(&rules.grades, value),
                                   .grade = value * weight,
                                   .low = (graded ? value : rules.lowest) * weight,
                                   .high = (graded ? value : rules.highest) * weight,
                                   .max = rules.highest * weight};
    }
    aggregate(result, s, &rules, sub_area->count);
    for (uint32_t i = 0; i < sub_area->count; i++)
        score->decides[sub_area->first + i] = decides(result, rules.policy, &s->below[i]);
}

static part_below seen_from_above(const tdm__part_result *result, const tdm__grades *scale)
{
    bool graded = result->reason == TDM__REASON_NONE;
    return (part_below){.applies = result->reason != TDM__REASON_NOT_APPLICABLE,
                        .graded = graded,
                        .concern = graded && tdm__grade_concern(scale, result->grade),
                        .grade = result->grade,
                        .low = result->low,
                        .high = result->high,
                        .max = result->max};
}

static void score_area(scoring *s, uint32_t index)
{
    const tdm__part *area = &s->instrument->areas.items[index];
    tdm__part_result *result = &s->score->areas[index], *parts = &s->score->sub_areas[area->first];
    level_rules rules = rules_of(s, TDM__LEVEL_SUB_AREAS, index);
    for (uint32_t i = 0; i < area->count; i++) {
        add_counts(&result->items, &rules.grades, &parts[i].items);
        s->below[i] = seen_from_above(&parts[i], &rules.grades);
    }
    aggregate(result, s, &rules, area->count);
    for (uint32_t i = 0; i < area->count; i++)
        parts[i].decides = decides(result, rules.policy, &s->below[i]);
}

static void score_total(scoring *s)
{
    const tdm_instrument *instrument = s->instrument;
    tdm__part_result *result = &s->score->total, *areas = s->score->areas;
    level_rules rules = rules_of_total(s);
    bool one_scale = tdm__instrument_total_scale(instrument) != NULL;
    for (uint32_t i = 0; i < instrument->areas.count; i++) {
        tdm__grades own = tdm__scale_grades(tdm__instrument_area_scale(instrument, i));
        add_counts(&result->items, one_scale ? &rules.grades : NULL, &areas[i].items);
        s->below[i] = seen_from_above(&areas[i], &own);
    }
    aggregate(result, s, &rules, instrument->areas.count);
    for (size_t i = 0; i < instrument->areas.count; i++)
        areas[i].decides = decides(result, rules.policy, &s->below[i]);
}

/* The result of the other sub-area, but its own items counted. */
static void apply_conditional(scoring *s, const tdm__conditional *rule)
{
    tdm__part_result *result = &s->score->sub_areas[rule->sub_area];
    tdm__item_counts own = result->items;
    *result = s->score->sub_areas[rule->takes];
    result->items = own;
    result->takes = rule->takes;
    tdm__score_raise(s->score, "condition", rule->sub_area_code, rule->condition);
}

static void apply_conditions(scoring *s)
{
    for (size_t i = 0; i < s->assessment->condition_count; i++) {
        const tdm__condition *condition = &s->assessment->conditions[i];
        for (size_t r = 0; r < s->instrument->conditional_count; r++) {
            const tdm__conditional *rule = &s->instrument->conditionals[r];
            if (tdm__str_equal(rule->condition, condition->name) &&
                s->score->sub_areas[rule->sub_area].takes == TDM__NO_PART)
                apply_conditional(s, rule);
        }
    }
}

static void raise_item_flags(scoring *s)
{
    for (size_t i = 0; i < s->instrument->flag_count; i++) {
        const tdm__flag *flag = &s->instrument->flags[i];
        tdm__grades scale = tdm__scale_grades(tdm__instrument_item_scale(s->instrument, flag->item));
        if (s->score->states[flag->item] == TDM__ENTRY_SCORED &&
            !tdm__grade_worse(&scale, flag->from, s->score->values[flag->item]))
            tdm__score_raise(s->score, "item", flag->code, flag->text);
    }
    if (tdm__str_equal(s->assessment->texts[TDM__FORM_STATUS], TDM_LIT("draft")))
        tdm__score_raise(s->score, "draft", TDM_LIT(""), TDM_LIT("the assessment is a draft"));
}

static void score_all(scoring *s)
{
    for (uint32_t i = 0; i < s->instrument->sub_areas.count; i++)
        score_sub_area(s, i);
    apply_conditions(s);
    for (uint32_t i = 0; i < s->instrument->areas.count; i++)
        score_area(s, i);
    score_total(s);
    tdm__score_bands(s->score);
    raise_item_flags(s);
}

/* The arrays of the score and the scratch, all in its arena. */
static tdm_status make_room(scoring *s)
{
    const tdm_instrument *instrument = s->instrument;
    tdm_score *score = s->score;
    tdm__arena *arena = &score->arena;
    size_t items = instrument->items.count;
    size_t flags = tdm__score_flags_most(instrument, s->assessment);
    score->states = tdm__arena_array(arena, items, sizeof *score->states);
    score->values = tdm__arena_array(arena, items, sizeof *score->values);
    score->decides = tdm__arena_array(arena, items, sizeof *score->decides);
    score->sub_areas = tdm__arena_array(arena, instrument->sub_areas.count, sizeof *score->sub_areas);
    score->areas = tdm__arena_array(arena, instrument->areas.count, sizeof *score->areas);
    score->flags = tdm__arena_array(arena, flags, sizeof *score->flags);
    /* No level has more parts than there are items: every area and sub-area has at least one. */
    s->below = tdm__arena_array(arena, items, sizeof *s->below);
    s->grades = tdm__arena_array(arena, items, sizeof *s->grades);
    score->assessment = tdm__arena_copy(arena, s->assessment->texts[TDM__FORM_ID]);
    score->child = tdm__arena_copy(arena, s->assessment->texts[TDM__FORM_CHILD]);
    score->carer = tdm__arena_copy(arena, s->assessment->texts[TDM__FORM_CARER]);
    score->assessor = tdm__arena_copy(arena, s->assessment->texts[TDM__FORM_ASSESSOR]);
    bool all = score->states && score->values && score->decides && score->sub_areas && score->areas &&
               score->flags && s->below && s->grades && score->assessment.data && score->child.data &&
               score->carer.data && score->assessor.data;
    return all ? TDM_OK : tdm__no_memory(s->error);
}

/* Whether each area that would be put together by it has a scale for it. */
static bool can_carry(const tdm_instrument *instrument, const tdm__aggregation *policy)
{
    for (uint32_t area = 0; policy->needs_concern && area < instrument->areas.count; area++) {
        const tdm__aggregation *const *own = instrument->rules[area].policies;
        if ((!own[TDM__LEVEL_ITEMS] || !own[TDM__LEVEL_SUB_AREAS]) &&
            !tdm__instrument_area_scale(instrument, area)->has_concern)
            return false;
    }
    return true;
}

static tdm_status choose_policies(const scoring *s, const tdm_score_options *options)
{
    memcpy(s->score->policies, s->instrument->policies, sizeof s->score->policies);
    if (!options || !options->aggregation)
        return TDM_OK;
    const tdm__aggregation *policy = tdm__aggregation_named(tdm__str(options->aggregation));
    if (!policy)
        return tdm__fail(s->error, TDM_INVALID_ARG, "no such aggregation; expected one of %s",
                         tdm__aggregation_names());
    if (!can_carry(s->instrument, policy))
        return tdm__fail(s->error, TDM_INVALID_ARG, "%s needs a scale that marks concerns", policy->name);
    s->score->policies[TDM__LEVEL_ITEMS] = policy;
    s->score->policies[TDM__LEVEL_SUB_AREAS] = policy;
    return TDM_OK;
}

static tdm_status place(const scoring *s, const tdm_score_options *options)
{
    tdm__problems problems;
    tdm__problems_init(&problems, options && options->lenient, options ? options->problem : NULL,
                       options ? options->payload : NULL);
    tdm_status status = tdm__score_place(s->score, s->assessment, &problems);
    return status == TDM_OK ? tdm__problems_end(&problems, s->error) : tdm__no_memory(s->error);
}

static tdm_status run(scoring *s, const tdm_score_options *options)
{
    tdm_status status = choose_policies(s, options);
    if (status == TDM_OK)
        status = make_room(s);
    if (status == TDM_OK)
        status = place(s, options);
    if (status != TDM_OK)
        return status;
    score_all(s);
    return tdm__score_explain(s->score) == TDM_OK ? TDM_OK : tdm__no_memory(s->error);
}

/* Working days hang on holidays, which a score does not know. */
static tdm_day next_due(const tdm_score *score)
{
    tdm_span span = score->instrument->review_after;
    tdm_day due;
    bool is_known = span.count > 0 && span.unit != TDM_SPAN_WORKING_DAYS && score->date != TDM_DAY_NONE;
    return is_known && tdm_span_end(&due, score->date, span, NULL) == TDM_OK ? due : TDM_DAY_NONE;
}

tdm_status tdm_score_make(tdm_score **out, const tdm_allocator *allocator, const tdm_assessment *assessment,
                          const tdm_instrument *instrument, const tdm_score_options *options,
                          tdm_error *error)
{
    *out = NULL;
    if (options && options->struct_size != sizeof *options)
        return tdm__fail(error, TDM_INVALID_ARG, "tdm_score_options: struct_size of no known version");
    tdm_score *score = tdm__alloc_zeroed(allocator, 1, sizeof *score);
    if (!score)
        return tdm__no_memory(error);
    score->allocator = *allocator;
    score->instrument = instrument;
    score->date = assessment->date;
    score->recorded = assessment->recorded;
    score->window_from = assessment->window_from;
    score->window_to = assessment->window_to;
    score->next_due = next_due(score);
    score->age_band = TDM__NO_PART;
    tdm__arena_init(&score->arena, &score->allocator);
    scoring s = {.score = score, .instrument = instrument, .assessment = assessment, .error = error};
    tdm_status status = run(&s, options);
    if (status != TDM_OK) {
        tdm_score_free(score);
        return status;
    }
    *out = score;
    return TDM_OK;
}

void tdm_score_free(tdm_score *score)
{
    if (!score)
        return;
    tdm_allocator allocator = score->allocator;
    tdm__arena_free(&score->arena);
    tdm__free(&allocator, score);
}
