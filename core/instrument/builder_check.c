/*
 * What is wrong with a definition as a whole, once all of the file has been read: codes used twice, policies
 * that their scales cannot carry, references to parts that are not there.
 */
#include "instrument/builder.h"
#include "instrument/words.h"

#include <stdlib.h>

static const char *const directions[] = {"higher-is-worse", "higher-is-better"};
enum { DIRECTION_COUNT = sizeof directions / sizeof *directions };

static void check_choice(tdm__instrument_builder *builder, tdm__instrument_text text,
                         const char *const *choices, int32_t count, const char *expected)
{
    if (tdm__position(choices, count, builder->instrument->texts[text]) < 0)
        tdm__builder_fail(builder, "\"%s\": expected %s", tdm__text_names[text], expected);
}

static void check_texts(tdm__instrument_builder *builder)
{
    static const char *const respondents[] = {"child", "carer", "home", "agency", "case"};
    const tdm_instrument *instrument = builder->instrument;
    for (int i = 0; i < TDM__TEXT_COUNT; i++)
        if (instrument->texts[i].length == 0)
            tdm__builder_fail(builder, "\"%s\" is missing or empty", tdm__text_names[i]);
    check_choice(builder, TDM__TEXT_RESPONDENT, respondents, 5, "child, carer, home, agency or case");
    check_choice(builder, TDM__TEXT_DIRECTION, directions, DIRECTION_COUNT,
                 "higher-is-worse or higher-is-better");
}

/* Concerns are the worst end of the scale without a gap, so that one number says where they begin. */
static void check_scale(tdm__instrument_builder *builder, tdm__scale *scale)
{
    if (scale->value_count < 2)
        tdm__builder_fail(builder, "scale: expected at least two values");
    for (size_t i = 0; i < scale->value_count; i++) {
        size_t at = scale->higher_is_worse ? i : scale->value_count - 1 - i;
        bool concern = scale->values[at].meaning == TDM__MEANING_CONCERN;
        if (concern && !scale->has_concern)
            scale->concern_from = scale->values[at].value;
        if (!concern && scale->has_concern)
            tdm__builder_fail(builder, "scale: expected every value worse than a concern to be one too");
        scale->has_concern = scale->has_concern || concern;
    }
}

static void check_scales(tdm__instrument_builder *builder)
{
    tdm_instrument *instrument = builder->instrument;
    if (instrument->scale_count == 0)
        tdm__builder_fail(builder, "scale: expected at least two values");
    for (size_t i = 0; i < instrument->scale_count; i++) {
        tdm__scale *scale = &instrument->scales[i];
        tdm_str direction = scale->direction.length > 0 ? scale->direction
                                                        : instrument->texts[TDM__TEXT_DIRECTION];
        if (tdm__position(directions, DIRECTION_COUNT, direction) < 0)
            tdm__builder_fail(builder, "scales: expected the direction to be higher-is-worse or "
                                       "higher-is-better");
        scale->higher_is_worse = tdm__str_equal(direction, tdm__str(directions[0]));
        check_scale(builder, scale);
    }
}

/* The scale of that name; of an area that names none the only one, if that has no name. */
static uint32_t scale_named(const tdm_instrument *instrument, tdm_str name)
{
    for (uint32_t i = 0; i < instrument->scale_count; i++)
        if (tdm__str_equal(instrument->scales[i].name, name))
            return i;
    return TDM__NO_PART;
}

static void refuse_scale(tdm__instrument_builder *builder, size_t area)
{
    const tdm_instrument *instrument = builder->instrument;
    tdm_str code = instrument->areas.items[area].code;
    tdm__code_list names = "";
    builder->line = instrument->rules[area].line;
    for (size_t i = 0; i < instrument->scale_count; i++)
        tdm__code_list_add(names, instrument->scales[i].name);
    if (instrument->scales[0].name.length == 0)
        tdm__builder_fail(builder, "area %.*s: expected no \"scale\", since there are no \"scales\"",
                          TDM_STR_ARGS(code));
    else
        tdm__builder_fail(builder, "area %.*s: expected \"scale\" to be one of \"scales\": %s",
                          TDM_STR_ARGS(code), names);
}

/* A scale that nothing is graded on is a slip in a name. */
static void resolve_rules(tdm__instrument_builder *builder)
{
    tdm_instrument *instrument = builder->instrument;
    uint32_t used = 0; /* a bit a scale: there are at most TDM_INSTRUMENT_SCALES_MAX */
    for (size_t i = 0; i < instrument->areas.count && builder->status == TDM_OK; i++) {
        tdm__area_rules *rules = &instrument->rules[i];
        rules->scale = scale_named(instrument, rules->scale_name);
        for (int level = 0; level < TDM__LEVEL_AREAS; level++)
            if (rules->minimum_percent[level] == TDM__NO_MINIMUM)
                rules->minimum_percent[level] = instrument->minimum_percent[level];
        if (rules->scale == TDM__NO_PART)
            refuse_scale(builder, i);
        else
            used |= UINT32_C(1) << rules->scale;
    }
    for (size_t i = 0; i < instrument->scale_count; i++)
        if (!(used >> i & 1))
            tdm__builder_fail(builder, "scales: no area is graded on %.*s",
                              TDM_STR_ARGS(instrument->scales[i].name));
}

static void check_concern(tdm__instrument_builder *builder, tdm__level level, const tdm__aggregation *policy,
                          uint32_t area)
{
    const tdm__scale *scale = tdm__instrument_area_scale(builder->instrument, area);
    if (!policy->needs_concern || scale->has_concern)
        return;
    tdm__builder_fail(builder, "scoring of %s: %s needs a scale that marks concerns", tdm__level_names[level],
                      policy->name);
}

/* Grades of two scales are no grades of one; numbers add up where more of them means the same. */
static void check_total_of_scales(tdm__instrument_builder *builder)
{
    const tdm_instrument *instrument = builder->instrument;
    const tdm__aggregation *policy = instrument->policies[TDM__LEVEL_AREAS];
    if (instrument->scale_count == 1)
        return;
    if (policy->kind == TDM__POLICY_GRADE)
        tdm__builder_fail(builder,
                          "scoring of areas: %s needs one scale, since grades of different scales cannot be "
                          "weighed against each other; expected sum, weighted-sum, count, share or none",
                          policy->name);
    for (size_t i = 1; i < instrument->scale_count && policy->kind == TDM__POLICY_SUM; i++)
        if (instrument->scales[i].higher_is_worse != instrument->scales[0].higher_is_worse)
            tdm__builder_fail(
                builder,
                "scoring of areas: %s needs scales of one direction, since what is worse on one "
                "would make up for what is worse on the other",
                policy->name);
}

static void check_policies(tdm__instrument_builder *builder)
{
    const tdm_instrument *instrument = builder->instrument;
    for (int level = 0; level < TDM__LEVEL_COUNT; level++)
        if (!instrument->policies[level])
            tdm__builder_fail(builder, "scoring: no policy for %s", tdm__level_names[level]);
    for (uint32_t area = 0; area < instrument->areas.count && builder->status == TDM_OK; area++)
        for (tdm__level level = TDM__LEVEL_ITEMS; level < TDM__LEVEL_COUNT; level++)
            check_concern(builder, level, tdm__instrument_policy(instrument, level, area), area);
    if (builder->status == TDM_OK)
        check_total_of_scales(builder);
}

/* A weight that no policy reads would say something that is not so. */
static void check_weights(tdm__instrument_builder *builder)
{
    const tdm_instrument *instrument = builder->instrument;
    for (size_t i = 0; i < instrument->items.count && builder->status == TDM_OK; i++) {
        const tdm__part *item = &instrument->items.items[i];
        uint32_t area = instrument->sub_areas.items[item->parent].parent;
        if (item->weight != 1 && !tdm__instrument_policy(instrument, TDM__LEVEL_ITEMS, area)->weighs)
            tdm__builder_fail(builder, "item %.*s: a weight needs weighted-sum as the policy of items",
                              TDM_STR_ARGS(item->code));
    }
}

/* No ages named: all; an item's lie within those of its sub-area. */
static void resolve_ages(tdm__instrument_builder *builder)
{
    tdm_instrument *instrument = builder->instrument;
    for (size_t i = 0; i < instrument->sub_areas.count; i++) {
        tdm__part *sub_area = &instrument->sub_areas.items[i];
        sub_area->ages = sub_area->ages != 0 ? sub_area->ages : TDM__ALL_AGES;
        for (uint32_t k = sub_area->first; k < sub_area->first + sub_area->count; k++) {
            tdm__part *item = &instrument->items.items[k];
            item->ages = (item->ages != 0 ? item->ages : TDM__ALL_AGES) & sub_area->ages;
            instrument->asks_by_age = instrument->asks_by_age || item->ages != TDM__ALL_AGES;
            if (item->ages == 0)
                tdm__builder_fail(builder,
                                  "item %.*s: its ages and those of its sub-area have none in common",
                                  TDM_STR_ARGS(item->code));
        }
    }
}

static int compare_codes(const void *a, const void *b)
{
    const tdm__coded *left = a, *right = b;
    int order = tdm__str_compare(left->code, right->code);
    return order != 0 ? order : (left->index > right->index) - (left->index < right->index);
}

static void index_items(tdm__instrument_builder *builder)
{
    tdm_instrument *instrument = builder->instrument;
    const tdm__parts *items = &instrument->items;
    if (builder->status != TDM_OK)
        return;
    instrument->items_by_code = tdm__alloc_zeroed(&builder->allocator, items->count, sizeof(tdm__coded));
    if (!instrument->items_by_code) {
        tdm__builder_no_memory(builder);
        return;
    }
    for (size_t i = 0; i < items->count; i++)
        instrument->items_by_code[i] = (tdm__coded){items->items[i].code, (uint32_t)i};
    qsort(instrument->items_by_code, items->count, sizeof(tdm__coded), compare_codes);
    for (size_t i = 1; i < items->count; i++)
        if (tdm__str_equal(instrument->items_by_code[i - 1].code, instrument->items_by_code[i].code))
            tdm__builder_fail(builder, "code %.*s is used twice",
                              TDM_STR_ARGS(instrument->items_by_code[i].code));
}

/* A code may stand twice only where a sub-area is its own item. */
static void check_codes(tdm__instrument_builder *builder, const tdm__parts *parts, bool may_be_own_item)
{
    const tdm_instrument *instrument = builder->instrument;
    for (size_t i = 0; i < parts->count && builder->status == TDM_OK; i++) {
        const tdm__part *part = &parts->items[i];
        uint32_t item = tdm__instrument_find_item(instrument, part->code);
        bool own = may_be_own_item && part->count == 1 && part->first == item;
        if (tdm__instrument_find_part(parts, part->code) != i || (item != TDM__NO_PART && !own) ||
            (parts != &instrument->areas &&
             tdm__instrument_find_part(&instrument->areas, part->code) != TDM__NO_PART))
            tdm__builder_fail(builder, "code %.*s is used twice", TDM_STR_ARGS(part->code));
    }
}

static void check_areas(tdm__instrument_builder *builder)
{
    const tdm__parts *areas = &builder->instrument->areas;
    if (areas->count == 0)
        tdm__builder_fail(builder, "expected at least one area");
    for (size_t i = 0; i < areas->count; i++)
        if (areas->items[i].count == 0)
            tdm__builder_fail(builder, "area %.*s: expected at least one sub-area",
                              TDM_STR_ARGS(areas->items[i].code));
}

static void resolve_flags(tdm__instrument_builder *builder)
{
    tdm_instrument *instrument = builder->instrument;
    for (size_t i = 0; i < instrument->flag_count && builder->status == TDM_OK; i++) {
        tdm__flag *flag = &instrument->flags[i];
        flag->item = tdm__instrument_find_item(instrument, flag->code);
        if (flag->item == TDM__NO_PART)
            tdm__builder_fail(builder, "flag of %.*s: expected the code of an item",
                              TDM_STR_ARGS(flag->code));
        else if (!tdm__scale_find(tdm__instrument_item_scale(instrument, flag->item), flag->from))
            tdm__builder_fail(builder, "flag of %.*s: expected a grade of the scale",
                              TDM_STR_ARGS(flag->code));
    }
}

static void resolve_conditionals(tdm__instrument_builder *builder)
{
    tdm_instrument *instrument = builder->instrument;
    for (size_t i = 0; i < instrument->conditional_count && builder->status == TDM_OK; i++) {
        tdm__conditional *rule = &instrument->conditionals[i];
        rule->sub_area = tdm__instrument_find_part(&instrument->sub_areas, rule->sub_area_code);
        rule->takes = tdm__instrument_find_part(&instrument->sub_areas, rule->takes_code);
        if (rule->sub_area == TDM__NO_PART || rule->takes == TDM__NO_PART || rule->sub_area == rule->takes)
            tdm__builder_fail(builder, "conditional: expected the codes of two sub-areas");
        else if (tdm__instrument_sub_area_scale(instrument, rule->sub_area) !=
                 tdm__instrument_sub_area_scale(instrument, rule->takes))
            tdm__builder_fail(builder, "conditional: expected two sub-areas of one scale");
    }
}

static void check_examples_form(tdm__instrument_builder *builder)
{
    const tdm_instrument *instrument = builder->instrument;
    for (size_t i = 0; i < instrument->example_count; i++)
        if (instrument->examples[i].expectation_count == 0)
            tdm__builder_fail(builder, "example \"%.*s\": expects nothing",
                              TDM_STR_ARGS(instrument->examples[i].name));
}

tdm_status tdm__instrument_finish(tdm_instrument **out, tdm__instrument_builder *builder, tdm_error *error)
{
    *out = NULL;
    tdm__builder_close_sub_area(builder);
    builder->line = 0; /* what is wrong with the whole stands at no one line */
    if (builder->status == TDM_OK) {
        check_texts(builder);
        check_scales(builder);
        check_areas(builder);
        resolve_rules(builder);
        check_policies(builder);
        check_weights(builder);
        resolve_ages(builder);
        index_items(builder);
        check_codes(builder, &builder->instrument->areas, false);
        check_codes(builder, &builder->instrument->sub_areas, true);
        resolve_flags(builder);
        resolve_conditionals(builder);
        tdm__builder_resolve_bands(builder);
        check_examples_form(builder);
    }
    tdm_status status = builder->status;
    if (status == TDM_OK) {
        *out = builder->instrument;
        builder->instrument = NULL;
    } else if (error) {
        *error = builder->error;
    }
    tdm__instrument_builder_free(builder);
    return status;
}
