/*
 * Builds a definition from plain strings and integers, call by call in the order of the file: texts, parts,
 * rules, examples. Scales and ages stand in builder_scale.c, what looks at the whole in builder_check.c.
 */
#include "instrument/builder.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *const tdm__text_names[TDM__TEXT_COUNT] = {
    [TDM__TEXT_ID] = "id",
    [TDM__TEXT_VERSION] = "version",
    [TDM__TEXT_TITLE] = "title",
    [TDM__TEXT_SOURCE] = "source",
    [TDM__TEXT_LICENCE] = "licence",
    [TDM__TEXT_RESPONDENT] = "respondent",
    [TDM__TEXT_DIRECTION] = "direction",
};

const char *const tdm__level_names[TDM__LEVEL_COUNT] = {
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

int32_t tdm__position(const char *const *names, int32_t count, tdm_str name)
{
    for (int32_t i = 0; i < count; i++)
        if (tdm__str_equal(tdm__str(names[i]), name))
            return i;
    return -1;
}

void tdm__instrument_set_text(tdm__instrument_builder *builder, tdm_str name, tdm_str value)
{
    int32_t text = tdm__position(tdm__text_names, TDM__TEXT_COUNT, name);
    if (text < 0) {
        tdm__builder_fail(
            builder,
            "unknown field; expected one of id, version, title, source, licence, respondent, direction");
        return;
    }
    if (builder->instrument->texts[text].data)
        tdm__builder_fail(builder, "\"%s\" is set twice", tdm__text_names[text]);
    builder->instrument->texts[text] = tdm__builder_keep(builder, value);
}

static tdm__level level_named(tdm__instrument_builder *builder, tdm_str name)
{
    int32_t level = tdm__position(tdm__level_names, TDM__LEVEL_COUNT, name);
    if (level < 0)
        tdm__builder_fail(builder, "unknown level; expected items, sub_areas or areas");
    return level < 0 ? TDM__LEVEL_COUNT : (tdm__level)level;
}

/* NULL where there is none of that name, which is told. */
static const tdm__aggregation *policy_named(tdm__instrument_builder *builder, tdm__level level, tdm_str name)
{
    const tdm__aggregation *policy = tdm__aggregation_named(name);
    if (!policy)
        tdm__builder_fail(builder, "scoring of %s: no such policy; expected one of %s",
                          tdm__level_names[level], tdm__aggregation_names());
    return policy;
}

void tdm__instrument_set_policy(tdm__instrument_builder *builder, tdm_str level_name, tdm_str policy_name)
{
    tdm__level level = level_named(builder, level_name);
    if (level < TDM__LEVEL_COUNT)
        builder->instrument->policies[level] = policy_named(builder, level, policy_name);
}

static void set_percent(tdm__instrument_builder *builder, int32_t *out, tdm__level level, int64_t percent)
{
    if (percent < 0 || percent > 100)
        tdm__builder_fail(builder, "minimum of %s: expected a percentage from 0 to 100",
                          tdm__level_names[level]);
    else
        *out = (int32_t)percent;
}

void tdm__instrument_set_minimum(tdm__instrument_builder *builder, tdm_str level_name, int64_t percent)
{
    tdm__level level = level_named(builder, level_name);
    if (level < TDM__LEVEL_COUNT)
        set_percent(builder, &builder->instrument->minimum_percent[level], level, percent);
}

/* What the area added last has of its own; NULL once something is wrong, as a level that it has not. */
static tdm__area_rules *own_rules(tdm__instrument_builder *builder, tdm__level level)
{
    const tdm_instrument *instrument = builder->instrument;
    if (instrument->areas.count == 0)
        tdm__builder_fail(builder, "a rule of an area before any area");
    else if (level == TDM__LEVEL_AREAS)
        tdm__builder_fail(builder, "an area may have rules of its own for items and sub_areas");
    return builder->status == TDM_OK ? &instrument->rules[instrument->areas.count - 1] : NULL;
}

void tdm__instrument_set_area_policy(tdm__instrument_builder *builder, tdm_str level_name,
                                     tdm_str policy_name)
{
    tdm__level level = level_named(builder, level_name);
    tdm__area_rules *rules = own_rules(builder, level);
    if (rules)
        rules->policies[level] = policy_named(builder, level, policy_name);
}

void tdm__instrument_set_area_minimum(tdm__instrument_builder *builder, tdm_str level_name, int64_t percent)
{
    tdm__level level = level_named(builder, level_name);
    tdm__area_rules *rules = own_rules(builder, level);
    if (rules)
        set_percent(builder, &rules->minimum_percent[level], level, percent);
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
    else if (tdm__str_equal(code, TDM_LIT("about")) || tdm__str_equal(code, TDM_LIT("targets")))
        tdm__builder_fail(builder,
                          "code %.*s: expected another one, since forms sent to other systems use it",
                          TDM_STR_ARGS(code));
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

void tdm__builder_close_sub_area(tdm__instrument_builder *builder)
{
    tdm__parts *sub_areas = &builder->instrument->sub_areas;
    if (builder->status != TDM_OK || sub_areas->count == 0)
        return;
    const tdm__part *last = &sub_areas->items[sub_areas->count - 1];
    if (last->count == 0)
        add_part(builder, &builder->instrument->items, sub_areas, last->code, last->title);
}

static void add_rules(tdm__instrument_builder *builder)
{
    tdm_instrument *instrument = builder->instrument;
    if (builder->status != TDM_OK)
        return;
    MAKE_ROOM_OR_RETURN(builder, instrument->rules, instrument->areas.count, instrument->rules_capacity);
    instrument->rules[instrument->areas.count] = (tdm__area_rules){
        .minimum_percent = {TDM__NO_MINIMUM, TDM__NO_MINIMUM}, .scale_name = {"", 0}, .line = builder->line};
}

void tdm__instrument_add_area(tdm__instrument_builder *builder, tdm_str code, tdm_str title)
{
    tdm__builder_close_sub_area(builder);
    add_rules(builder);
    add_part(builder, &builder->instrument->areas, NULL, code, title);
}

void tdm__instrument_add_sub_area(tdm__instrument_builder *builder, tdm_str code, tdm_str title)
{
    tdm__builder_close_sub_area(builder);
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
                                       .age_band = {"", 0},
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

void tdm__instrument_example_age(tdm__instrument_builder *builder, tdm_str age_band)
{
    tdm_instrument *instrument = builder->instrument;
    tdm_str kept = tdm__builder_keep(builder, age_band);
    if (instrument->example_count == 0)
        tdm__builder_fail(builder, "the age band of an example before any example");
    if (builder->status == TDM_OK)
        instrument->examples[instrument->example_count - 1].age_band = kept;
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
    const tdm_instrument *instrument = builder->instrument;
    tdm_str name = instrument->example_count > 0 ? instrument->examples[instrument->example_count - 1].name
                                                 : TDM_LIT("");
    if (!tdm__entry_state_named(&entry.state, state))
        tdm__builder_fail(
            builder, "example \"%.*s\": items.%.*s: expected a grade, \"not-seen\" or \"not-applicable\"",
            TDM_STR_ARGS(name), TDM_STR_ARGS(item));
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
