/*
 * The definition of an instrument inside the library, and the builder through which `script` fills
 * it from a Lua file: plain strings and integers in, everything checked here.
 */
#ifndef TDM_INSTRUMENT_INSTRUMENT_H
#define TDM_INSTRUMENT_INSTRUMENT_H

#include "instrument/aggregation.h"

#include <tidemark/instrument.h>

#define TDM_INSTRUMENT_ITEMS_MAX  1000u
#define TDM_INSTRUMENT_VALUES_MAX 101u
#define TDM_INSTRUMENT_VALUE_MAX  10000 /* either side of zero, so that no sum can leave int32_t, */
#define TDM_INSTRUMENT_WEIGHT_MAX 100   /* weighted or not: 1000 items of 10000 with weight 100 */

/* What is put together, and so what a policy or a minimum belongs to; "items", "sub_areas", "areas". */
typedef enum tdm__level {
    TDM__LEVEL_ITEMS,     /* items to their sub-area */
    TDM__LEVEL_SUB_AREAS, /* sub-areas to their area */
    TDM__LEVEL_AREAS,     /* areas to the total */
    TDM__LEVEL_COUNT
} tdm__level;

typedef enum tdm__instrument_text {
    TDM__TEXT_ID,
    TDM__TEXT_VERSION,
    TDM__TEXT_TITLE,
    TDM__TEXT_SOURCE,
    TDM__TEXT_LICENCE,
    TDM__TEXT_RESPONDENT, /* child, carer, home, agency or case */
    TDM__TEXT_DIRECTION,  /* higher-is-worse or higher-is-better */
    TDM__TEXT_COUNT
} tdm__instrument_text;

typedef enum tdm__meaning { TDM__MEANING_NONE, TDM__MEANING_STRENGTH, TDM__MEANING_CONCERN } tdm__meaning;

typedef struct tdm__scale_value {
    int32_t value;
    tdm_str label;
    tdm__meaning meaning;
} tdm__scale_value;

/* An area, a sub-area or an item. Children of one parent lie side by side in the array below. */
typedef struct tdm__part {
    tdm_str code;
    tdm_str title;
    uint32_t parent;
    uint32_t first;
    uint32_t count;
    int32_t weight; /* of an item under weighted-sum; else 1 */
} tdm__part;

typedef struct tdm__coded {
    tdm_str code;
    uint32_t index;
} tdm__coded;

typedef struct tdm__parts {
    tdm__part *items;
    size_t count;
    size_t capacity;
} tdm__parts;

/* An item that matters alone, whatever its area comes to. */
typedef struct tdm__flag {
    tdm_str code;
    uint32_t item; /* that code's, found when the definition is finished */
    int32_t from;  /* this grade and worse ones */
    tdm_str text;
} tdm__flag;

/* Under `condition` one sub-area takes the result of another. */
typedef struct tdm__conditional {
    tdm_str condition;
    tdm_str sub_area_code;
    tdm_str takes_code;
    uint32_t sub_area; /* found when the definition is finished */
    uint32_t takes;
} tdm__conditional;

/* A named range of a sum, a count, or a share in percent; both ends belong to it. */
typedef struct tdm__band {
    int32_t from;
    int32_t to; /* INT32_MAX: no upper end */
    tdm_str label;
} tdm__band;

/* The bands of one number, rising and without overlap; there may be gaps. */
typedef struct tdm__band_set {
    tdm_str of; /* code of an area, or "total" */
    tdm_str source;
    size_t first;
    size_t count;
    uint32_t area; /* TDM__NO_PART: the total; found when the definition is finished */
} tdm__band_set;

typedef enum tdm__entry_state {
    TDM__ENTRY_NOT_RECORDED,
    TDM__ENTRY_SCORED,
    TDM__ENTRY_NOT_SEEN,
    TDM__ENTRY_NOT_APPLICABLE
} tdm__entry_state;

/* "not-seen", "not-applicable"; false for another word. */
bool tdm__entry_state_named(tdm__entry_state *out, tdm_str word);

typedef struct tdm__example_entry {
    tdm_str item;
    tdm__entry_state state;
    int32_t value;
} tdm__example_entry;

/* What one area, sub-area or, with code "total", the total must come to. */
typedef struct tdm__expectation {
    tdm_str code;
    bool assessed;
    int32_t grade;
    bool is_band; /* only the band is asked for; "": none */
    tdm_str band;
} tdm__expectation;

typedef struct tdm__instrument_example {
    tdm_str name;
    tdm_str condition; /* "": none */
    size_t first_entry;
    size_t entry_count;
    size_t first_expectation;
    size_t expectation_count;
} tdm__instrument_example;

struct tdm_instrument {
    tdm_allocator allocator;
    tdm__arena arena; /* every string below */
    tdm_str texts[TDM__TEXT_COUNT];
    bool higher_is_worse;
    bool has_concern;
    int32_t concern_from;     /* the mildest grade that is a concern */
    tdm__scale_value *values; /* ascending */
    size_t value_count;
    size_t value_capacity;
    tdm__parts areas;
    tdm__parts sub_areas;
    tdm__parts items;          /* a sub-area without items is its own only item */
    tdm__coded *items_by_code; /* by code in bytes */
    const tdm__aggregation *policies[TDM__LEVEL_COUNT];
    int32_t minimum_percent[TDM__LEVEL_COUNT]; /* of what applies; at least one is always needed */
    tdm__flag *flags;
    size_t flag_count, flag_capacity;
    tdm__conditional *conditionals;
    size_t conditional_count, conditional_capacity;
    tdm__band_set *band_sets;
    size_t band_set_count, band_set_capacity;
    tdm__band *bands;
    size_t band_count, band_capacity;
    tdm_span review_after; /* count 0: the form gives none */
    tdm__instrument_example *examples;
    size_t example_count, example_capacity;
    tdm__example_entry *entries;
    size_t entry_count, entry_capacity;
    tdm__expectation *expectations;
    size_t expectation_count, expectation_capacity;
};

#define TDM__NO_PART UINT32_MAX

/* 1 to 16 letters, digits, '-', '_' or '.'; not "total". Such a code may stand in a message. */
bool tdm__instrument_code_valid(tdm_str code);

uint32_t tdm__instrument_find_item(const tdm_instrument *instrument, tdm_str code);
/* Among areas or sub-areas. */
uint32_t tdm__instrument_find_part(const tdm__parts *parts, tdm_str code);
const tdm__scale_value *tdm__instrument_scale_value(const tdm_instrument *instrument, int64_t value);
int32_t tdm__instrument_lowest(const tdm_instrument *instrument);
int32_t tdm__instrument_highest(const tdm_instrument *instrument);
/* NULL when nothing bands that area, or the total (TDM__NO_PART). */
const tdm__band_set *tdm__instrument_bands_of(const tdm_instrument *instrument, uint32_t area);
/* The scale as policies want it, with no grades in it yet. */
tdm__grades tdm__instrument_grades(const tdm_instrument *instrument);

/*
 * Scores one example, or every one, and compares. The first that differs gives TDM_INVALID_INPUT with
 * its name, the code, what came out and what was expected.
 */
tdm_status tdm__instrument_check_example(const tdm_instrument *instrument, size_t example, tdm_error *error);
tdm_status tdm__instrument_check_examples(const tdm_instrument *instrument, tdm_error *error);

/*
 * Building. Calls come in the order of the file; the first thing that is wrong sticks, later calls
 * do nothing, and finish hands it back. Strings are copied.
 */
typedef struct tdm__instrument_builder tdm__instrument_builder;

/* file: name for errors; copied. */
tdm_status tdm__instrument_builder_new(tdm__instrument_builder **out, const tdm_allocator *allocator,
                                       tdm_str file, tdm_error *error);
void tdm__instrument_builder_free(tdm__instrument_builder *builder); /* accepts NULL */

/* name: id, version, title, source, licence, respondent or direction. */
void tdm__instrument_set_text(tdm__instrument_builder *builder, tdm_str name, tdm_str value);
/* level: items, sub_areas or areas. */
void tdm__instrument_set_policy(tdm__instrument_builder *builder, tdm_str level, tdm_str policy);
/* percent of what applies that must be graded for a result; 0 to 100. */
void tdm__instrument_set_minimum(tdm__instrument_builder *builder, tdm_str level, int64_t percent);
/* meaning: "", "strength" or "concern". */
void tdm__instrument_add_value(tdm__instrument_builder *builder, int64_t value, tdm_str label,
                               tdm_str meaning);
/* All whole numbers from lowest to highest, without labels. */
void tdm__instrument_add_range(tdm__instrument_builder *builder, int64_t lowest, int64_t highest);
void tdm__instrument_add_area(tdm__instrument_builder *builder, tdm_str code, tdm_str title);
/* To the area added last. */
void tdm__instrument_add_sub_area(tdm__instrument_builder *builder, tdm_str code, tdm_str title);
/* To the sub-area added last. */
void tdm__instrument_add_item(tdm__instrument_builder *builder, tdm_str code, tdm_str title);
/* Of the item added last, 1 to TDM_INSTRUMENT_WEIGHT_MAX. */
void tdm__instrument_set_weight(tdm__instrument_builder *builder, int64_t weight);
void tdm__instrument_add_flag(tdm__instrument_builder *builder, tdm_str item, int64_t from, tdm_str text);
void tdm__instrument_add_conditional(tdm__instrument_builder *builder, tdm_str condition, tdm_str sub_area,
                                     tdm_str takes);
/* of: the code of an area, or "total". */
void tdm__instrument_add_bands(tdm__instrument_builder *builder, tdm_str of, tdm_str source);
/* To the bands added last; to: NULL without an upper end. */
void tdm__instrument_add_band(tdm__instrument_builder *builder, int64_t from, const int64_t *to,
                              tdm_str label);
void tdm__instrument_set_review_after(tdm__instrument_builder *builder, tdm_span span);
void tdm__instrument_add_example(tdm__instrument_builder *builder, tdm_str name, tdm_str condition);
/* To the example added last. */
void tdm__instrument_example_grade(tdm__instrument_builder *builder, tdm_str item, int64_t value);
void tdm__instrument_example_state(tdm__instrument_builder *builder, tdm_str item, tdm_str state);
/* code: of an area or sub-area, or "total". */
void tdm__instrument_expect_grade(tdm__instrument_builder *builder, tdm_str code, int64_t grade);
void tdm__instrument_expect_not_assessed(tdm__instrument_builder *builder, tdm_str code);
/* code: of an area, or "total"; label "": in no band. */
void tdm__instrument_expect_band(tdm__instrument_builder *builder, tdm_str code, tdm_str label);
/* Line of the calls that follow, for errors; 0: not known. */
void tdm__instrument_at_line(tdm__instrument_builder *builder, int32_t line);

/*
 * Checks the whole and hands it over; the builder is freed in every case.
 *
 * TDM_OK; TDM_INVALID_INPUT with what is wrong; TDM_NO_MEMORY.
 */
tdm_status tdm__instrument_finish(tdm_instrument **out, tdm__instrument_builder *builder, tdm_error *error);

#endif
