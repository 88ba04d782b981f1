/*
 * The definition of an instrument inside the library, and the builder through which `script` fills
 * it from a Lua file: plain strings and integers in, everything checked here.
 */
#ifndef TDM_INSTRUMENT_INSTRUMENT_H
#define TDM_INSTRUMENT_INSTRUMENT_H

#include "instrument/aggregation.h"

#include <tidemark/instrument.h>

#define TDM_INSTRUMENT_ITEMS_MAX     1000u
#define TDM_INSTRUMENT_VALUES_MAX    101u
#define TDM_INSTRUMENT_SCALES_MAX    16u
#define TDM_INSTRUMENT_AGE_BANDS_MAX 32u
#define TDM_INSTRUMENT_VALUE_MAX     10000 /* either side of zero, so that no sum can leave int32_t, */
#define TDM_INSTRUMENT_WEIGHT_MAX    100   /* weighted or not: 1000 items of 10000 with weight 100 */

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

/* What an area is graded on, its sub-areas and items with it. */
typedef struct tdm__scale {
    tdm_str name;      /* "" where the instrument has one that needs no name */
    tdm_str direction; /* "": the instrument's; higher_is_worse is what it comes to */
    bool higher_is_worse;
    bool has_concern;
    int32_t concern_from;     /* the mildest grade that is a concern */
    tdm__scale_value *values; /* ascending */
    size_t value_count;
    size_t value_capacity;
} tdm__scale;

/* Children from an age on and below another, in whole months. */
typedef struct tdm__age_band {
    tdm_str code;
    tdm_str title;
    int32_t from_months; /* included */
    int32_t to_months;   /* not included */
} tdm__age_band;

/* An area, a sub-area or an item. Children of one parent lie side by side in the array below. */
typedef struct tdm__part {
    tdm_str code;
    tdm_str title;
    uint32_t parent;
    uint32_t first;
    uint32_t count;
    int32_t weight; /* of an item under weighted-sum; else 1 */
    uint32_t ages;  /* of a sub-area or item: a bit for each age band that it is asked in; once the definition
                       is finished TDM__ALL_AGES where it names none, and an item's within its sub-area's */
} tdm__part;

#define TDM__ALL_AGES UINT32_MAX

/* What an area has of its own beside the instrument's. */
typedef struct tdm__area_rules {
    tdm_str scale_name;                                 /* "": the only scale */
    uint32_t scale;                                     /* found when the definition is finished */
    int32_t line;                                       /* in the file; 0: not known */
    const tdm__aggregation *policies[TDM__LEVEL_AREAS]; /* items and sub-areas; NULL: the instrument's */
    int32_t minimum_percent[TDM__LEVEL_AREAS];          /* once finished the one that holds */
} tdm__area_rules;

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
    tdm_str age_band;  /* "": none */
    size_t first_entry;
    size_t entry_count;
    size_t first_expectation;
    size_t expectation_count;
} tdm__instrument_example;

struct tdm_instrument {
    tdm_allocator allocator;
    tdm__arena arena; /* every string below */
    tdm_str texts[TDM__TEXT_COUNT];
    tdm_str event; /* kind of the chronology that a completed one is; "": none */
    tdm__scale *scales;
    size_t scale_count, scale_capacity;
    tdm__age_band *age_bands; /* by age */
    size_t age_band_count, age_band_capacity;
    bool asks_by_age; /* some part is not asked at every age, so that a form must name its band */
    tdm__parts areas;
    tdm__area_rules *rules; /* of each area */
    size_t rules_capacity;
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
/* 1 to 64 letters, digits or '-', as codes of the vocabulary are. */
bool tdm__code_shaped(tdm_str code);

uint32_t tdm__instrument_find_item(const tdm_instrument *instrument, tdm_str code);
/* Among areas or sub-areas. */
uint32_t tdm__instrument_find_part(const tdm__parts *parts, tdm_str code);
const tdm__scale *tdm__instrument_area_scale(const tdm_instrument *instrument, uint32_t area);
const tdm__scale *tdm__instrument_sub_area_scale(const tdm_instrument *instrument, uint32_t sub_area);
const tdm__scale *tdm__instrument_item_scale(const tdm_instrument *instrument, uint32_t item);
/* NULL where areas have different scales: their total lies on none. */
const tdm__scale *tdm__instrument_total_scale(const tdm_instrument *instrument);
/* The policy of an area's items or sub-areas: its own, or the instrument's. */
const tdm__aggregation *tdm__instrument_policy(const tdm_instrument *instrument, tdm__level level,
                                               uint32_t area);
const tdm__scale_value *tdm__scale_find(const tdm__scale *scale, int64_t value);
int32_t tdm__scale_lowest(const tdm__scale *scale);
int32_t tdm__scale_highest(const tdm__scale *scale);
/* The scale as policies want it, with no grades in it yet. */
tdm__grades tdm__scale_grades(const tdm__scale *scale);
/* The same for what areas come to: over several scales only its direction. */
tdm__grades tdm__instrument_total_grades(const tdm_instrument *instrument);
uint32_t tdm__instrument_find_age_band(const tdm_instrument *instrument, tdm_str code);
/* Whether an item is asked in that age band; TDM__NO_PART: of a form that names none. */
bool tdm__instrument_asked(const tdm_instrument *instrument, uint32_t item, uint32_t age_band);
/* Kind of the chronology that a completed assessment is; "": none. That there is such a kind is not checked.
 */
tdm_str tdm__instrument_event(const tdm_instrument *instrument);
/* NULL when nothing bands that area, or the total (TDM__NO_PART). */
const tdm__band_set *tdm__instrument_bands_of(const tdm_instrument *instrument, uint32_t area);

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
/* A scale with a name, to which values and ranges that follow belong. direction: as the text; "": the
 * instrument's. Without this call there is one scale, without a name. */
void tdm__instrument_add_scale(tdm__instrument_builder *builder, tdm_str name, tdm_str direction);
/* meaning: "", "strength" or "concern". */
void tdm__instrument_add_value(tdm__instrument_builder *builder, int64_t value, tdm_str label,
                               tdm_str meaning);
/* All whole numbers from lowest to highest, without labels. */
void tdm__instrument_add_range(tdm__instrument_builder *builder, int64_t lowest, int64_t highest);
/* Kind of the chronology: letters, digits and '-'. */
void tdm__instrument_set_event(tdm__instrument_builder *builder, tdm_str kind);
/* By age, before the parts that name them; from included, to not included, both in whole months. */
void tdm__instrument_add_age_band(tdm__instrument_builder *builder, tdm_str code, tdm_str title,
                                  int64_t from_months, int64_t to_months);
void tdm__instrument_add_area(tdm__instrument_builder *builder, tdm_str code, tdm_str title);
/* Of the area added last: its scale by name, a policy and a minimum of its own (level: items or sub_areas).
 */
void tdm__instrument_set_area_scale(tdm__instrument_builder *builder, tdm_str name);
void tdm__instrument_set_area_policy(tdm__instrument_builder *builder, tdm_str level, tdm_str policy);
void tdm__instrument_set_area_minimum(tdm__instrument_builder *builder, tdm_str level, int64_t percent);
/* To the area added last. */
void tdm__instrument_add_sub_area(tdm__instrument_builder *builder, tdm_str code, tdm_str title);
/* To the sub-area added last. */
void tdm__instrument_add_item(tdm__instrument_builder *builder, tdm_str code, tdm_str title);
/* An age band that the sub-area or the item added last is asked in; none: in all. */
void tdm__instrument_sub_area_age(tdm__instrument_builder *builder, tdm_str age_band);
void tdm__instrument_item_age(tdm__instrument_builder *builder, tdm_str age_band);
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
/* Of the example added last. */
void tdm__instrument_example_age(tdm__instrument_builder *builder, tdm_str age_band);
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
