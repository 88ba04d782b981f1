/*
 * Builds a definition from plain strings and integers and checks it: duplicate codes, unknown
 * policies, an empty scale, references to items that are not there. Lua is not its business.
 */
#include "instrument/builder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const text_names[TDM__TEXT_COUNT] = {
    [TDM__TEXT_ID] = "id",
    [TDM__TEXT_VERSION] = "version",
    [TDM__TEXT_TITLE] = "title",
    [TDM__TEXT_SOURCE] = "source",
    [TDM__TEXT_LICENCE] = "licence",
    [TDM__TEXT_RESPONDENT] = "respondent",
    [TDM__TEXT_DIRECTION] = "direction",
};

static const char *const level_names[TDM__LEVEL_COUNT] = {
    [TDM__LEVEL_ITEMS] = "items", [TDM__LEVEL_SUB_AREAS] = "sub_areas", [TDM__LEVEL_AREAS] = "areas"};

void tdm__builder_fail(tdm__instrument_builder *builder, const char *format, ...)
{
    char message[sizeof builder->error.message];
    va_list values;
    if (builder->status != TDM_OK)
        return;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    builder->status = tdm__fail_at(&builder->error, TDM_INVALID_INPUT,
                                   (tdm_place){builder->file, builder->line, 0}, "%s", message);
}

void tdm__builder_no_memory(tdm__instrument_builder *builder)
{
    if (builder->status == TDM_OK)
        builder->status = tdm__no_memory(&builder->error);
}

tdm_status tdm__instrument_builder_new(tdm__instrument_builder **out, const tdm_allocator *allocator,
                                       tdm_str file, tdm_error *error)
{
    *out = NULL;
    tdm__instrument_builder *builder = tdm__alloc_zeroed(allocator, 1, sizeof *builder);
    tdm_instrument *instrument = tdm__alloc_zeroed(allocator, 1, sizeof *instrument);
    if (!builder || !instrument) {
        tdm__free(allocator, builder);
        tdm__free(allocator, instrument);
        return tdm__no_memory(error);
    }
    builder->allocator = *allocator;
    builder->instrument = instrument;
    instrument->allocator = *allocator;
    tdm__arena_init(&instrument->arena, &instrument->allocator);
    builder->file = tdm__arena_copy(&instrument->arena, file);
    if (!builder->file.data)
        tdm__builder_no_memory(builder);
    *out = builder;
    return TDM_OK;
}

void tdm__instrument_builder_free(tdm__instrument_builder *builder)
{
    if (!builder)
        return;
    tdm_allocator allocator = builder->allocator;
    tdm_instrument_free(builder->instrument);
    tdm__free(&allocator, builder);
}

tdm_str tdm__builder_keep(tdm__instrument_builder *builder, tdm_str text)
{
    tdm_str kept = tdm__arena_copy(&builder->instrument->arena, text);
    if (!kept.data)
        tdm__builder_no_memory(builder);
    return kept;
}

static int32_t position(const char *const *names, int32_t count, tdm_str name)
{
    for (int32_t i = 0; i < count; i++)
        if (tdm__str_equal(tdm__str(names[i]), name))
            return i;
    return -1;
}

void tdm__instrument_set_text(tdm__instrument_builder *builder, tdm_str name, tdm_str value)
{
    int32_t text = position(text_names, TDM__TEXT_COUNT, name);
    if (text < 0) {
        tdm__builder_fail(
            builder,
            "unknown field; expected one of id, version, title, source, licence, respondent, direction");
        return;
    }
    if (builder->instrument->texts[text].data)
        tdm__builder_fail(builder, "\"%s\" is set twice", text_names[text]);
    builder->instrument->texts[text] = tdm__builder_keep(builder, value);
}

static tdm__level level_named(tdm__instrument_builder *builder, tdm_str name)
{
    int32_t level = position(level_names, TDM__LEVEL_COUNT, name);
    if (level < 0)
        tdm__builder_fail(builder, "unknown level; expected items, sub_areas or areas");
    return level < 0 ? TDM__LEVEL_COUNT : (tdm__level)level;
}

void tdm__instrument_set_policy(tdm__instrument_builder *builder, tdm_str level_name, tdm_str policy_name)
{
    tdm__level level = level_named(builder, level_name);
    const tdm__aggregation *policy = tdm__aggregation_named(policy_name);
    if (level == TDM__LEVEL_COUNT)
        return;
    if (!policy)
        tdm__builder_fail(builder, "scoring of %s: no such policy; expected one of %s", level_names[level],
                          tdm__aggregation_names());
    builder->instrument->policies[level] = policy;
}

void tdm__instrument_set_minimum(tdm__instrument_builder *builder, tdm_str level_name, int64_t percent)
{
    tdm__level level = level_named(builder, level_name);
    if (level == TDM__LEVEL_COUNT)
        return;
    if (percent < 0 || percent > 100)
        tdm__builder_fail(builder, "minimum of %s: expected a percentage from 0 to 100", level_names[level]);
    else
        builder->instrument->minimum_percent[level] = (int32_t)percent;
}

static bool meaning_named(tdm__meaning *out, tdm_str word)
{
    static const char *const words[] = {
        [TDM__MEANING_NONE] = "", [TDM__MEANING_STRENGTH] = "strength", [TDM__MEANING_CONCERN] = "concern"};
    int32_t meaning = position(words, 3, word);
    *out = meaning < 0 ? TDM__MEANING_NONE : (tdm__meaning)meaning;
    return meaning >= 0;
}

void tdm__instrument_add_value(tdm__instrument_builder *builder, int64_t value, tdm_str label,
                               tdm_str meaning)
{
    tdm_instrument *instrument = builder->instrument;
    tdm__scale_value row = {.label = tdm__builder_keep(builder, label)};
    if (value < -TDM_INSTRUMENT_VALUE_MAX || value > TDM_INSTRUMENT_VALUE_MAX)
        tdm__builder_fail(builder, "scale: expected values from -%d to %d", TDM_INSTRUMENT_VALUE_MAX,
                          TDM_INSTRUMENT_VALUE_MAX);
    else if (instrument->value_count >= TDM_INSTRUMENT_VALUES_MAX)
        tdm__builder_fail(builder, "scale: expected at most %u values", TDM_INSTRUMENT_VALUES_MAX);
    else if (instrument->value_count > 0 && instrument->values[instrument->value_count - 1].value >= value)
        tdm__builder_fail(builder, "scale: expected values that rise, each once");
    else if (!meaning_named(&row.meaning, meaning))
        tdm__builder_fail(builder,
                          "scale: expected the meaning of a value to be strength or concern, or none");
    if (builder->status != TDM_OK)
        return;
    MAKE_ROOM_OR_RETURN(builder, instrument->values, instrument->value_count, instrument->value_capacity);
    row.value = (int32_t)value;
    instrument->values[instrument->value_count++] = row;
}

void tdm__instrument_add_range(tdm__instrument_builder *builder, int64_t lowest, int64_t highest)
{
    if (lowest < -TDM_INSTRUMENT_VALUE_MAX || highest > TDM_INSTRUMENT_VALUE_MAX || lowest >= highest) {
        tdm__builder_fail(builder, "scale: expected min below max, both within %d of zero",
                          TDM_INSTRUMENT_VALUE_MAX);
        return;
    }
    for (int64_t value = lowest; value <= highest && builder->status == TDM_OK; value++)
        tdm__instrument_add_value(builder, value, TDM_LIT(""), TDM_LIT(""));
}

/* Adds to the last of `above`, which may be NULL. */
static void add_part(tdm__instrument_builder *builder, tdm__parts *parts, tdm__parts *above, tdm_str code,
                     tdm_str title)
{
    tdm__part part = {
        .code = tdm__builder_keep(builder, code), .title = tdm__builder_keep(builder, title), .weight = 1};
    if (!tdm__instrument_code_valid(code))
        tdm__builder_fail(builder,
                          "expected a code of 1 to 16 letters, digits, '-', '_' or '.', and not \"total\"");
    else if (parts->count >= TDM_INSTRUMENT_ITEMS_MAX)
        tdm__builder_fail(builder, "expected at most %u items", TDM_INSTRUMENT_ITEMS_MAX);
    if (builder->status != TDM_OK)
        return;
    MAKE_ROOM_OR_RETURN(builder, parts->items, parts->count, parts->capacity);
    if (above) {
        tdm__part *parent = &above->items[above->count - 1];
        if (parent->count++ == 0)
            parent->first = (uint32_t)parts->count;
        part.parent = (uint32_t)(above->count - 1);
    }
    parts->items[parts->count++] = part;
}

/* A sub-area that got no items is graded directly: it becomes its own item. */
static void close_sub_area(tdm__instrument_builder *builder)
{
    tdm__parts *sub_areas = &builder->instrument->sub_areas;
    if (builder->status != TDM_OK || sub_areas->count == 0)
        return;
    const tdm__part *last = &sub_areas->items[sub_areas->count - 1];
    if (last->count == 0)
        add_part(builder, &builder->instrument->items, sub_areas, last->code, last->title);
}

void tdm__instrument_add_area(tdm__instrument_builder *builder, tdm_str code, tdm_str title)
{
    close_sub_area(builder);
    add_part(builder, &builder->instrument->areas, NULL, code, title);
}

void tdm__instrument_add_sub_area(tdm__instrument_builder *builder, tdm_str code, tdm_str title)
{
    close_sub_area(builder);
    if (builder->instrument->areas.count == 0)
        tdm__builder_fail(builder, "a sub-area before any area");
    add_part(builder, &builder->instrument->sub_areas, &builder->instrument->areas, code, title);
}

void tdm__instrument_add_item(tdm__instrument_builder *builder, tdm_str code, tdm_str title)
{
    const tdm__parts *areas = &builder->instrument->areas;
    if (areas->count == 0 || areas->items[areas->count - 1].count == 0)
        tdm__builder_fail(builder, "an item before any sub-area of its area");
    add_part(builder, &builder->instrument->items, &builder->instrument->sub_areas, code, title);
}

void tdm__instrument_set_weight(tdm__instrument_builder *builder, int64_t weight)
{
    tdm__parts *items = &builder->instrument->items;
    if (weight < 1 || weight > TDM_INSTRUMENT_WEIGHT_MAX || items->count == 0)
        tdm__builder_fail(builder, "weight: expected a whole number from 1 to %d", TDM_INSTRUMENT_WEIGHT_MAX);
    if (builder->status == TDM_OK)
        items->items[items->count - 1].weight = (int32_t)weight;
}

void tdm__instrument_add_flag(tdm__instrument_builder *builder, tdm_str item, int64_t from, tdm_str text)
{
    tdm_instrument *instrument = builder->instrument;
    tdm__flag flag = {.code = tdm__builder_keep(builder, item), .text = tdm__builder_keep(builder, text)};
    if (from < -TDM_INSTRUMENT_VALUE_MAX || from > TDM_INSTRUMENT_VALUE_MAX || text.length == 0)
        tdm__builder_fail(builder, "flag: expected a grade of the scale and a text");
    if (builder->status != TDM_OK)
        return;
    MAKE_ROOM_OR_RETURN(builder, instrument->flags, instrument->flag_count, instrument->flag_capacity);
    flag.from = (int32_t)from;
    instrument->flags[instrument->flag_count++] = flag;
}

void tdm__instrument_add_conditional(tdm__instrument_builder *builder, tdm_str condition, tdm_str sub_area,
                                     tdm_str takes)
{
    tdm_instrument *instrument = builder->instrument;
    tdm__conditional rule = {.condition = tdm__builder_keep(builder, condition),
                             .sub_area_code = tdm__builder_keep(builder, sub_area),
                             .takes_code = tdm__builder_keep(builder, takes)};
    if (condition.length == 0)
        tdm__builder_fail(builder, "conditional: expected the name of a condition");
    if (builder->status != TDM_OK)
        return;
    MAKE_ROOM_OR_RETURN(builder, instrument->conditionals, instrument->conditional_count,
                        instrument->conditional_capacity);
    instrument->conditionals[instrument->conditional_count++] = rule;
}

void tdm__instrument_add_example(tdm__instrument_builder *builder, tdm_str name, tdm_str condition)
{
    tdm_instrument *instrument = builder->instrument;
    tdm__instrument_example example = {.name = tdm__builder_keep(builder, name),
                                       .condition = tdm__builder_keep(builder, condition),
                                       .first_entry = instrument->entry_count,
                                       .first_expectation = instrument->expectation_count};
    if (name.length == 0)
        tdm__builder_fail(builder, "example: expected a name");
    if (builder->status != TDM_OK)
        return;
    MAKE_ROOM_OR_RETURN(builder, instrument->examples, instrument->example_count,
                        instrument->example_capacity);
    instrument->examples[instrument->example_count++] = example;
}

static void add_example_entry(tdm__instrument_builder *builder, tdm__example_entry entry)
{
    tdm_instrument *instrument = builder->instrument;
    entry.item = tdm__builder_keep(builder, entry.item);
    if (instrument->example_count == 0)
        tdm__builder_fail(builder, "an item of an example before any example");
    if (builder->status != TDM_OK)
        return;
    MAKE_ROOM_OR_RETURN(builder, instrument->entries, instrument->entry_count, instrument->entry_capacity);
    instrument->entries[instrument->entry_count++] = entry;
    instrument->examples[instrument->example_count - 1].entry_count++;
}

/* Values outside int32_t are made ones that no scale has, so that the scale refuses them. */
static int32_t clamped(int64_t value)
{
    if (value > INT32_MAX)
        return INT32_MAX;
    return value < INT32_MIN ? INT32_MIN : (int32_t)value;
}

void tdm__instrument_example_grade(tdm__instrument_builder *builder, tdm_str item, int64_t value)
{
    add_example_entry(builder, (tdm__example_entry){item, TDM__ENTRY_SCORED, clamped(value)});
}

void tdm__instrument_example_state(tdm__instrument_builder *builder, tdm_str item, tdm_str state)
{
    tdm__example_entry entry = {.item = item};
    if (!tdm__entry_state_named(&entry.state, state))
        tdm__builder_fail(builder, "example: expected a grade, \"not-seen\" or \"not-applicable\"");
    add_example_entry(builder, entry);
}

static void add_expectation(tdm__instrument_builder *builder, tdm__expectation expectation)
{
    tdm_instrument *instrument = builder->instrument;
    expectation.code = tdm__builder_keep(builder, expectation.code);
    if (instrument->example_count == 0)
        tdm__builder_fail(builder, "what an example expects before any example");
    if (builder->status != TDM_OK)
        return;
    MAKE_ROOM_OR_RETURN(builder, instrument->expectations, instrument->expectation_count,
                        instrument->expectation_capacity);
    instrument->expectations[instrument->expectation_count++] = expectation;
    instrument->examples[instrument->example_count - 1].expectation_count++;
}

void tdm__instrument_expect_grade(tdm__instrument_builder *builder, tdm_str code, int64_t grade)
{
    add_expectation(builder, (tdm__expectation){.code = code, .assessed = true, .grade = clamped(grade)});
}

void tdm__instrument_expect_not_assessed(tdm__instrument_builder *builder, tdm_str code)
{
    add_expectation(builder, (tdm__expectation){.code = code});
}

void tdm__instrument_expect_band(tdm__instrument_builder *builder, tdm_str code, tdm_str label)
{
    add_expectation(builder, (tdm__expectation){
                                 .code = code, .is_band = true, .band = tdm__builder_keep(builder, label)});
}

void tdm__instrument_set_review_after(tdm__instrument_builder *builder, tdm_span span)
{
    builder->instrument->review_after = span;
}

void tdm__instrument_at_line(tdm__instrument_builder *builder, int32_t line)
{
    builder->line = line;
}

/* Everything below looks at the whole, once all of the file has been read. */

static void check_choice(tdm__instrument_builder *builder, tdm__instrument_text text,
                         const char *const *choices, int32_t count, const char *expected)
{
    if (position(choices, count, builder->instrument->texts[text]) < 0)
        tdm__builder_fail(builder, "\"%s\": expected %s", text_names[text], expected);
}

static void check_texts(tdm__instrument_builder *builder)
{
    static const char *const respondents[] = {"child", "carer", "home", "agency", "case"};
    static const char *const directions[] = {"higher-is-worse", "higher-is-better"};
    tdm_instrument *instrument = builder->instrument;
    for (int i = 0; i < TDM__TEXT_COUNT; i++)
        if (instrument->texts[i].length == 0)
            tdm__builder_fail(builder, "\"%s\" is missing or empty", text_names[i]);
    check_choice(builder, TDM__TEXT_RESPONDENT, respondents, 5, "child, carer, home, agency or case");
    check_choice(builder, TDM__TEXT_DIRECTION, directions, 2, "higher-is-worse or higher-is-better");
    instrument->higher_is_worse = tdm__str_equal(instrument->texts[TDM__TEXT_DIRECTION],
                                                 tdm__str(directions[0]));
}

/* Concerns are the worst end of the scale without a gap, so that one number says where they begin. */
static void check_scale(tdm__instrument_builder *builder)
{
    tdm_instrument *instrument = builder->instrument;
    if (instrument->value_count < 2)
        tdm__builder_fail(builder, "scale: expected at least two values");
    for (size_t i = 0; i < instrument->value_count; i++) {
        size_t at = instrument->higher_is_worse ? i : instrument->value_count - 1 - i;
        bool concern = instrument->values[at].meaning == TDM__MEANING_CONCERN;
        if (concern && !instrument->has_concern)
            instrument->concern_from = instrument->values[at].value;
        if (!concern && instrument->has_concern)
            tdm__builder_fail(builder, "scale: expected every value worse than a concern to be one too");
        instrument->has_concern = instrument->has_concern || concern;
    }
}

static void check_policies(tdm__instrument_builder *builder)
{
    const tdm_instrument *instrument = builder->instrument;
    for (int level = 0; level < TDM__LEVEL_COUNT; level++) {
        const tdm__aggregation *policy = instrument->policies[level];
        if (!policy)
            tdm__builder_fail(builder, "scoring: no policy for %s", level_names[level]);
        else if (policy->needs_concern && !instrument->has_concern)
            tdm__builder_fail(builder, "scoring of %s: %s needs a scale that marks concerns",
                              level_names[level], policy->name);
    }
}

/* A weight that no policy reads would say something that is not so. */
static void check_weights(tdm__instrument_builder *builder)
{
    const tdm_instrument *instrument = builder->instrument;
    const tdm__aggregation *policy = instrument->policies[TDM__LEVEL_ITEMS];
    for (size_t i = 0; i < instrument->items.count && builder->status == TDM_OK && !policy->weighs; i++)
        if (instrument->items.items[i].weight != 1)
            tdm__builder_fail(builder, "item %.*s: a weight needs weighted-sum as the policy of items",
                              TDM_STR_ARGS(instrument->items.items[i].code));
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
            tdm__builder_fail(builder, "flag: expected the code of an item");
        else if (!tdm__instrument_scale_value(instrument, flag->from))
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
    close_sub_area(builder);
    builder->line = 0; /* what is wrong with the whole stands at no one line */
    if (builder->status == TDM_OK) {
        check_texts(builder);
        check_scale(builder);
        check_policies(builder);
        check_weights(builder);
        check_areas(builder);
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
