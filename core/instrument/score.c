/*
 * Scores an assessment: entries onto items, items to sub-areas, sub-areas to areas, areas to a total
 * where the instrument has one. Missing entries are counted, never filled in.
 */
#include "instrument/score.h"

#include <stdio.h>
#include <string.h>

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

/* What a level sees of one part below it. */
typedef struct part_below {
    bool applies;
    bool graded;
    int32_t grade;
    int32_t low, high, max;
} part_below;

typedef struct scoring {
    tdm_score *score;
    const tdm_instrument *instrument;
    const tdm_assessment *assessment;
    bool lenient;
    tdm_error *error;
    part_below *below; /* scratch for one level */
    int32_t *grades;
} scoring;

static tdm_status fail_at_line(const scoring *s, int32_t line, const char *message)
{
    return tdm__fail_at(s->error, TDM_INVALID_INPUT, (tdm_place){s->assessment->file, line, 0}, "%s",
                        message);
}

static void raise_flag(tdm_score *score, const char *code, tdm_str part, tdm_str text)
{
    score->flags[score->flag_count++] = (tdm__raised_flag){code, part, text};
}

static tdm_status check_identity(const scoring *s)
{
    const tdm_assessment *assessment = s->assessment;
    tdm_str id = s->instrument->texts[TDM__TEXT_ID], version = s->instrument->texts[TDM__TEXT_VERSION];
    if (!tdm__str_equal(assessment->texts[TDM__FORM_INSTRUMENT], id))
        return tdm__fail_at(s->error, TDM_INVALID_INPUT,
                            (tdm_place){assessment->file, assessment->instrument_line, 0},
                            "an assessment of another instrument; expected %.*s", TDM_STR_ARGS(id));
    if (!tdm__str_equal(assessment->texts[TDM__FORM_VERSION], version))
        return tdm__fail_at(s->error, TDM_INVALID_INPUT,
                            (tdm_place){assessment->file, assessment->version_line, 0},
                            "an assessment of another version of %.*s; expected %.*s", TDM_STR_ARGS(id),
                            TDM_STR_ARGS(version));
    return TDM_OK;
}

/* A strict reading ends here; a lenient one leaves the entry out and says so. */
static tdm_status refuse_entry(scoring *s, const tdm__entry *entry, const char *expected)
{
    tdm_str id = s->instrument->texts[TDM__TEXT_ID];
    if (s->lenient) {
        tdm_str part = tdm__arena_copy(&s->score->arena, entry->item);
        if (!part.data)
            return tdm__no_memory(s->error);
        raise_flag(s->score, "left-out", part,
                   TDM_LIT("the entry does not fit the instrument and is left out"));
        return TDM_OK;
    }
    return tdm__fail_at(s->error, TDM_INVALID_INPUT, (tdm_place){s->assessment->file, entry->line, 0},
                        "item %.*s: expected %s of %.*s", TDM_STR_ARGS(entry->item), expected,
                        TDM_STR_ARGS(id));
}

static tdm_status place_entry(scoring *s, const tdm__entry *entry)
{
    uint32_t item = tdm__instrument_find_item(s->instrument, entry->item);
    if (item == TDM__NO_PART)
        return refuse_entry(s, entry, "the code of an item");
    if (entry->state == TDM__ENTRY_SCORED && !tdm__instrument_scale_value(s->instrument, entry->value)) {
        char expected[64];
        snprintf(expected, sizeof expected, "a grade from %d to %d",
                 (int)tdm__instrument_lowest(s->instrument), (int)tdm__instrument_highest(s->instrument));
        return refuse_entry(s, entry, expected);
    }
    s->score->states[item] = entry->state;
    s->score->values[item] = entry->value;
    return TDM_OK;
}

static bool known_code(const tdm_instrument *instrument, tdm_str code)
{
    return tdm__instrument_find_item(instrument, code) != TDM__NO_PART ||
           tdm__instrument_find_part(&instrument->sub_areas, code) != TDM__NO_PART ||
           tdm__instrument_find_part(&instrument->areas, code) != TDM__NO_PART;
}

static tdm_status check_remarks(const scoring *s, const tdm__remark *remarks, size_t count)
{
    for (size_t i = 0; i < count && !s->lenient; i++)
        if (!known_code(s->instrument, remarks[i].item))
            return fail_at_line(s, remarks[i].line,
                                "a remark: expected the code of an item, sub-area or area");
    return TDM_OK;
}

static tdm_status check_targets(const scoring *s)
{
    for (size_t i = 0; i < s->assessment->target_count && !s->lenient; i++) {
        const tdm__target *target = &s->assessment->targets[i];
        if (!known_code(s->instrument, target->item))
            return fail_at_line(s, target->line, "a target: expected the code of an item, sub-area or area");
    }
    return TDM_OK;
}

static tdm_status place_entries(scoring *s)
{
    const tdm_assessment *assessment = s->assessment;
    for (size_t i = 0; i < assessment->entry_count; i++) {
        tdm_status status = place_entry(s, &assessment->entries[i]);
        if (status != TDM_OK)
            return status;
    }
    tdm_status status = check_remarks(s, assessment->evidence, assessment->evidence_count);
    if (status == TDM_OK)
        status = check_remarks(s, assessment->child_words, assessment->child_word_count);
    return status != TDM_OK ? status : check_targets(s);
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

static void add_counts(tdm__item_counts *to, const tdm__grades *scale, const tdm__item_counts *from)
{
    bool has_worst = to->has_worst;
    for (int i = 0; i < 4; i++)
        to->of_state[i] += from->of_state[i];
    if (!from->has_worst)
        return;
    if (!has_worst || tdm__grade_worse(scale, from->worst, to->worst))
        to->worst = from->worst;
    if (!has_worst || tdm__grade_worse(scale, to->best, from->best))
        to->best = from->best;
    to->has_worst = true;
}

/* What the bounds of a part mean for a sum or a count. */
static void add_bounds(tdm__part_result *result, const tdm__grades *scale, tdm__aggregation_kind kind,
                       const part_below *part)
{
    if (kind == TDM__POLICY_SUM) {
        result->low += part->low;
        result->high += part->high;
        result->max += part->max;
    } else {
        bool concern = part->graded && tdm__grade_concern(scale, part->grade);
        result->low += concern;
        result->high += concern || !part->graded;
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

/* From `count` parts in s->below to one result, whose item counts are there already. */
static void aggregate(tdm__part_result *result, scoring *s, tdm__level level, size_t count)
{
    const tdm__aggregation *policy = s->score->policies[level];
    tdm__grades scale = tdm__instrument_grades(s->instrument);
    result->takes = TDM__NO_PART;
    for (size_t i = 0; i < count; i++) {
        const part_below *part = &s->below[i];
        if (!part->applies)
            continue;
        result->applies++;
        if (part->graded)
            s->grades[result->graded++] = part->grade;
        if (adds_up(policy->kind))
            add_bounds(result, &scale, policy->kind, part);
    }
    /* At least one, and as many as the percentage asks for, rounded up. */
    result->needed = (s->instrument->minimum_percent[level] * result->applies + 99) / 100;
    if (result->needed < 1)
        result->needed = 1;
    scale.values = s->grades;
    scale.count = (size_t)result->graded;
    result->reason = reason_against(result, policy, &scale);
    if (result->reason == TDM__REASON_NONE) {
        tdm__grade grade = {0};
        policy->apply(&grade, &scale);
        result->grade = grade.value;
        result->override = grade.override;
        result->majority_not_clear = grade.majority_not_clear;
    }
    if (!adds_up(policy->kind)) {
        bool assessed = result->reason == TDM__REASON_NONE;
        result->low = assessed ? result->grade : tdm__instrument_lowest(s->instrument);
        result->high = assessed ? result->grade : tdm__instrument_highest(s->instrument);
        result->max = tdm__instrument_highest(s->instrument);
    }
}

/* Whether a part with this grade is one that the result of its level rests on. */
static bool decides(const scoring *s, const tdm__part_result *result, tdm__level level,
                    const part_below *part)
{
    tdm__grades scale = tdm__instrument_grades(s->instrument);
    if (result->reason != TDM__REASON_NONE || !part->applies || !part->graded)
        return false;
    switch (s->score->policies[level]->kind) {
    case TDM__POLICY_SUM:
        return part->grade != 0;
    case TDM__POLICY_COUNT:
    case TDM__POLICY_SHARE:
        return tdm__grade_concern(&scale, part->grade);
    default:
        return part->grade == result->grade;
    }
}

static void score_sub_area(scoring *s, uint32_t index)
{
    tdm_score *score = s->score;
    const tdm__part *sub_area = &s->instrument->sub_areas.items[index];
    tdm__part_result *result = &score->sub_areas[index];
    tdm__grades scale = tdm__instrument_grades(s->instrument);
    int32_t lowest = tdm__instrument_lowest(s->instrument), highest = tdm__instrument_highest(s->instrument);
    bool weighs = score->policies[TDM__LEVEL_ITEMS]->weighs;
    for (uint32_t i = 0; i < sub_area->count; i++) {
        tdm__entry_state state = score->states[sub_area->first + i];
        int32_t value = score->values[sub_area->first + i];
        int32_t weight = weighs ? s->instrument->items.items[sub_area->first + i].weight : 1;
        bool graded = state == TDM__ENTRY_SCORED;
        count_item(&result->items, &scale, state, value);
        s->below[i] = (part_below){.applies = state != TDM__ENTRY_NOT_APPLICABLE,
                                   .graded = graded,
                                   .grade = value * weight,
                                   .low = (graded ? value : lowest) * weight,
                                   .high = (graded ? value : highest) * weight,
                                   .max = highest * weight};
    }
    aggregate(result, s, TDM__LEVEL_ITEMS, sub_area->count);
    for (uint32_t i = 0; i < sub_area->count; i++)
        score->decides[sub_area->first + i] = decides(s, result, TDM__LEVEL_ITEMS, &s->below[i]);
}

static part_below seen_from_above(const tdm__part_result *result)
{
    bool graded = result->reason == TDM__REASON_NONE;
    return (part_below){result->reason != TDM__REASON_NOT_APPLICABLE,
                        graded,
                        result->grade,
                        result->low,
                        result->high,
                        result->max};
}

/* `parts` of the level below to their parent. */
static void score_parent(tdm__part_result *result, scoring *s, tdm__level level, tdm__part_result *parts,
                         size_t count)
{
    tdm__grades scale = tdm__instrument_grades(s->instrument);
    for (size_t i = 0; i < count; i++) {
        add_counts(&result->items, &scale, &parts[i].items);
        s->below[i] = seen_from_above(&parts[i]);
    }
    aggregate(result, s, level, count);
    for (size_t i = 0; i < count; i++)
        parts[i].decides = decides(s, result, level, &s->below[i]);
}

/* The result of the other sub-area, but its own items counted. */
static void apply_conditional(scoring *s, const tdm__conditional *rule)
{
    tdm__part_result *result = &s->score->sub_areas[rule->sub_area];
    tdm__item_counts own = result->items;
    *result = s->score->sub_areas[rule->takes];
    result->items = own;
    result->takes = rule->takes;
    raise_flag(s->score, "condition", rule->sub_area_code, rule->condition);
}

static tdm_status apply_conditions(scoring *s)
{
    for (size_t i = 0; i < s->assessment->condition_count; i++) {
        const tdm__condition *condition = &s->assessment->conditions[i];
        bool known = false;
        for (size_t r = 0; r < s->instrument->conditional_count; r++) {
            const tdm__conditional *rule = &s->instrument->conditionals[r];
            if (!tdm__str_equal(rule->condition, condition->name))
                continue;
            known = true;
            if (s->score->sub_areas[rule->sub_area].takes == TDM__NO_PART)
                apply_conditional(s, rule);
        }
        if (!known && !s->lenient)
            return fail_at_line(s, condition->line, "a condition that the instrument has no rule for");
    }
    return TDM_OK;
}

static void raise_item_flags(scoring *s)
{
    tdm__grades scale = tdm__instrument_grades(s->instrument);
    for (size_t i = 0; i < s->instrument->flag_count; i++) {
        const tdm__flag *flag = &s->instrument->flags[i];
        if (s->score->states[flag->item] == TDM__ENTRY_SCORED &&
            !tdm__grade_worse(&scale, flag->from, s->score->values[flag->item]))
            raise_flag(s->score, "item", flag->code, flag->text);
    }
    if (tdm__str_equal(s->assessment->texts[TDM__FORM_STATUS], TDM_LIT("draft")))
        raise_flag(s->score, "draft", TDM_LIT(""), TDM_LIT("the assessment is a draft"));
}

static tdm_status score_all(scoring *s)
{
    const tdm_instrument *instrument = s->instrument;
    for (uint32_t i = 0; i < instrument->sub_areas.count; i++)
        score_sub_area(s, i);
    tdm_status status = apply_conditions(s);
    if (status != TDM_OK)
        return status;
    for (size_t i = 0; i < instrument->areas.count; i++) {
        const tdm__part *area = &instrument->areas.items[i];
        score_parent(&s->score->areas[i], s, TDM__LEVEL_SUB_AREAS, &s->score->sub_areas[area->first],
                     area->count);
    }
    score_parent(&s->score->total, s, TDM__LEVEL_AREAS, s->score->areas, instrument->areas.count);
    tdm__score_bands(s->score);
    raise_item_flags(s);
    return TDM_OK;
}

/* The arrays of the score and the scratch, all in its arena. */
static tdm_status make_room(scoring *s)
{
    const tdm_instrument *instrument = s->instrument;
    tdm_score *score = s->score;
    tdm__arena *arena = &score->arena;
    size_t items = instrument->items.count;
    size_t flags = instrument->flag_count + instrument->conditional_count + s->assessment->entry_count + 1;
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

static tdm_status choose_policies(const scoring *s, const tdm_score_options *options)
{
    memcpy(s->score->policies, s->instrument->policies, sizeof s->score->policies);
    if (!options || !options->aggregation)
        return TDM_OK;
    const tdm__aggregation *policy = tdm__aggregation_named(tdm__str(options->aggregation));
    if (!policy)
        return tdm__fail(s->error, TDM_INVALID_ARG, "no such aggregation; expected one of %s",
                         tdm__aggregation_names());
    if (policy->needs_concern && !s->instrument->has_concern)
        return tdm__fail(s->error, TDM_INVALID_ARG, "%s needs a scale that marks concerns", policy->name);
    s->score->policies[TDM__LEVEL_ITEMS] = policy;
    s->score->policies[TDM__LEVEL_SUB_AREAS] = policy;
    return TDM_OK;
}

static tdm_status run(scoring *s, const tdm_score_options *options)
{
    tdm_status status = choose_policies(s, options);
    if (status == TDM_OK)
        status = make_room(s);
    if (status == TDM_OK)
        status = check_identity(s);
    if (status == TDM_OK)
        status = place_entries(s);
    if (status == TDM_OK)
        status = score_all(s);
    if (status == TDM_OK && tdm__score_explain(s->score) != TDM_OK)
        status = tdm__no_memory(s->error);
    return status;
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
    tdm__arena_init(&score->arena, &score->allocator);
    scoring s = {.score = score,
                 .instrument = instrument,
                 .assessment = assessment,
                 .lenient = options && options->lenient,
                 .error = error};
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
