/*
 * What the writers and readers of FHIR share: names that FHIR gives, link ids of the members of our form,
 * the parts of a definition by number, and the grade that an answer stands for.
 */
#ifndef TDM_INSTRUMENT_FHIR_PARTS_H
#define TDM_INSTRUMENT_FHIR_PARTS_H

#include "instrument/fhir.h"

#define TDM__FHIR_ORDINAL   "http://hl7.org/fhir/StructureDefinition/ordinalValue"
#define TDM__FHIR_WEIGHT    "http://hl7.org/fhir/StructureDefinition/itemWeight"
#define TDM__FHIR_ABOUT     "about"
#define TDM__FHIR_CONDITION "about.condition." /* and the condition's name */
#define TDM__FHIR_TARGETS   "targets"

/* What the status of a form that names none is written as, so that it is not taken for "complete". */
#define TDM__FHIR_NO_STATUS "not-given"

/* The days of a form beside the one that FHIR has a place for. */
typedef enum tdm__fhir_day {
    TDM__FHIR_NO_DAY,
    TDM__FHIR_RECORDED,
    TDM__FHIR_WINDOW_FROM,
    TDM__FHIR_WINDOW_TO
} tdm__fhir_day;

/* A member of the form that FHIR has no place for: a question of the group "about". */
typedef struct tdm__fhir_about {
    const char *link_id;
    const char *label;
    tdm__fhir_day day;         /* NO_DAY: a text, */
    tdm__assessment_text text; /* this one */
    const char *const *words;  /* what it may be, NULL behind the last; NULL: free */
} tdm__fhir_about;

/* Row by row; NULL behind the last. */
const tdm__fhir_about *tdm__fhir_about_at(size_t index);
/* NULL when no row has that link id. */
const tdm__fhir_about *tdm__fhir_about_named(tdm_str link_id);
tdm_day *tdm__fhir_day_of(tdm_assessment *assessment, tdm__fhir_day day);
tdm_day tdm__fhir_day_value(const tdm_assessment *assessment, tdm__fhir_day day);

/* What of a target a question of the group "targets" asks. */
typedef enum tdm__fhir_target {
    TDM__FHIR_TARGET_ITEM,
    TDM__FHIR_TARGET_CURRENT,
    TDM__FHIR_TARGET_BY,
    TDM__FHIR_TARGET_TARGET,
    TDM__FHIR_TARGET_ACTUAL,
    TDM__FHIR_TARGET_COUNT
} tdm__fhir_target;

typedef struct tdm__fhir_target_row {
    const char *link_id;
    const char *label;
    const char *type;
} tdm__fhir_target_row;

extern const tdm__fhir_target_row tdm__fhir_targets[TDM__FHIR_TARGET_COUNT];

/* What a form may say of one part; a link id is the code of the part and the suffix. */
typedef enum tdm__fhir_said {
    TDM__FHIR_GRADE,
    TDM__FHIR_EVIDENCE,
    TDM__FHIR_CHILD_WORDS,
    TDM__FHIR_SAID_COUNT
} tdm__fhir_said;

typedef struct tdm__fhir_said_row {
    const char *suffix;
    const char *label;
} tdm__fhir_said_row;

extern const tdm__fhir_said_row tdm__fhir_says[TDM__FHIR_SAID_COUNT];

/*
 * Items, sub-areas and areas in one numbering, so that what is said of each can stand in an array. A
 * sub-area that is its own item has the number of the item.
 */
size_t tdm__fhir_part_count(const tdm_instrument *instrument);
uint32_t tdm__fhir_sub_area_number(const tdm_instrument *instrument, uint32_t sub_area);
uint32_t tdm__fhir_area_number(const tdm_instrument *instrument, uint32_t area);
/* TDM__NO_PART when it is the code of none. */
uint32_t tdm__fhir_part_number(const tdm_instrument *instrument, tdm_str code);
/* Whether a sub-area is graded directly. */
bool tdm__fhir_is_own_item(const tdm_instrument *instrument, uint32_t sub_area);

/* Strings written one behind the other as one. */
void tdm__fhir_put_joined(tdm__json_writer *writer, const tdm_str *pieces, size_t count);
#define TDM__FHIR_PUT_JOINED(writer, ...)                                                                    \
    tdm__fhir_put_joined(writer, (const tdm_str[]){__VA_ARGS__},                                             \
                         sizeof((const tdm_str[]){__VA_ARGS__}) / sizeof(tdm_str))
/* A member; nothing when the text is empty, which FHIR does not allow. */
void tdm__fhir_put_member(tdm__json_writer *writer, const char *name, tdm_str text);
void tdm__fhir_put_word(tdm__json_writer *writer, const char *name, const char *zero_ended);
/* "linkId" of what is said of a part. */
void tdm__fhir_put_link_id(tdm__json_writer *writer, tdm_str code, tdm__fhir_said said);
/* "extension" with the grade that an answer stands for. */
void tdm__fhir_put_ordinal(tdm__json_writer *writer, int32_t grade);
/* "system" of the grades of a scale, and of the words that our form knows. */
void tdm__fhir_put_scale_system(tdm__json_writer *writer, const tdm_instrument *instrument,
                                const tdm__scale *scale, tdm_str base);
void tdm__fhir_put_form_system(tdm__json_writer *writer, tdm_str base);
/* Whether a system is that of the scale, whatever the base. */
bool tdm__fhir_is_scale_system(const tdm_instrument *instrument, const tdm__scale *scale, tdm_str system);
/* Whether a canonical is that of the definition, with its version, whatever the base. */
bool tdm__fhir_is_canonical_of(const tdm_instrument *instrument, tdm_str canonical);
/* "BASE/Questionnaire/ID", with the version behind it or without. */
void tdm__fhir_put_canonical(tdm__json_writer *writer, const tdm_instrument *instrument, tdm_str base,
                             bool versioned);

/*
 * The root of a resource of that type. TDM_UNSUPPORTED for a Bundle and for what changes how the resource is
 * to be understood (implicitRules, modifierExtension); TDM_INVALID_INPUT for another type.
 */
tdm_status tdm__fhir_check_root(const tdm__json *document, const char *type, tdm_error *error);
/* As tdm__json_fail, with TDM_UNSUPPORTED. */
tdm_status tdm__fhir_unsupported(const tdm__json *document, const tdm__json_value *value, tdm_error *error,
                                 const char *expected);
tdm_str tdm__fhir_text(const tdm__json_value *object, const char *name); /* "" when it is no string */

/* One level of nested items: the next one to read, and what holds for all of them. */
typedef struct tdm__fhir_level {
    const tdm__json_value *next;
    bool repeats;  /* what they lie in may be answered several times */
    bool question; /* they are below a question, not a group */
} tdm__fhir_level;

/* All items in document order, without recursion. */
typedef struct tdm__fhir_walk {
    tdm__fhir_level levels[TDM_JSON_DEPTH_MAX];
    size_t depth; /* 1 on an item at the top */
} tdm__fhir_walk;

void tdm__fhir_walk_from(tdm__fhir_walk *walk, const tdm__json_value *resource);
/* The next item and the level that it is on; NULL behind the last. */
const tdm__json_value *tdm__fhir_step(tdm__fhir_walk *walk, tdm__fhir_level *at);
/* Items of the one that `step` gave come next; without this call they are passed over. */
void tdm__fhir_descend(tdm__fhir_walk *walk, const tdm__json_value *item, bool repeats, bool question);
size_t tdm__fhir_count_items(const tdm__json_value *resource);
/* False where "item" is there but no array. */
bool tdm__fhir_items_are_array(const tdm__json_value *element);

/*
 * The grade that the extensions of an answer, an option or a Coding give it: ordinalValue or itemWeight, a
 * whole number. NULL, or what is wrong.
 */
const char *tdm__fhir_ordinal(bool *given, int32_t *grade, const tdm__json_value *element);

/* What an option of a Questionnaire that was read stands for. */
typedef struct tdm__fhir_option {
    tdm_str system;
    tdm_str code;
    tdm_str label;
    bool graded;
    int32_t grade;
} tdm__fhir_option;

/* A link id of a Questionnaire that was read. */
typedef struct tdm__fhir_link {
    tdm_str link_id;
    tdm_str title;
    tdm_str code; /* of its item in the definition that adds up; "": not scored */
    const tdm__fhir_option *options;
    size_t option_count;
    uint32_t root; /* index, as read, of the group at the top that it lies in; TDM__NO_PART: in none */
    uint32_t area; /* of that definition */
    int32_t line;
    bool is_group;
    bool scored;
} tdm__fhir_link;

struct tdm__fhir_questionnaire {
    tdm_allocator allocator;
    tdm__arena arena;
    tdm_str url;
    tdm_str version;
    tdm_instrument *instrument;
    tdm__fhir_link *links;        /* as read */
    const tdm__fhir_link **by_id; /* ascending by link id */
    size_t link_count;
};

/* Builds the definition that adds up, from the links. */
tdm_status tdm__fhir_define(tdm__fhir_questionnaire *questionnaire, const tdm__json *document,
                            tdm_error *error);
/* NULL when there is none. */
const tdm__fhir_link *tdm__fhir_link_named(const tdm__fhir_questionnaire *questionnaire, tdm_str link_id);

/* What an answer of a response may stand for. */
typedef struct tdm__fhir_choices {
    const tdm__fhir_link *link;       /* its options; NULL: no Questionnaire has it */
    const tdm_instrument *instrument; /* with `scale`, the codes of a definition of ours; NULL: none */
    const tdm__scale *scale;
} tdm__fhir_choices;

/* `answer`: one element of "answer". NULL, or what was expected. NOT_RECORDED: an answer without a grade. */
const char *tdm__fhir_grade_of(tdm__entry_state *state, int32_t *grade, const tdm__json_value *answer,
                               const tdm__fhir_choices *choices);

#endif
