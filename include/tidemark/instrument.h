/*
 * Assessments of a home visit and what they score on an instrument.
 *
 * A score is a profile with its working: which items decided, what is missing. It never lowers a
 * concern and never says how risky a family is. Instruments come from files (scripts/instruments).
 */
#ifndef TIDEMARK_INSTRUMENT_H
#define TIDEMARK_INSTRUMENT_H

#include <tidemark/calendar.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A definition: scale, areas, sub-areas, items, how they are put together. Frozen; any number of threads. */
typedef struct tdm_instrument tdm_instrument;

/* Frees a definition; scores made with it must be gone by then. Accepts NULL. */
TDM_API void tdm_instrument_free(tdm_instrument *instrument);

/* Texts of the definition, valid until it is freed; "" when it has none. */
TDM_API tdm_str tdm_instrument_id(const tdm_instrument *instrument);
TDM_API tdm_str tdm_instrument_version(const tdm_instrument *instrument);
TDM_API tdm_str tdm_instrument_title(const tdm_instrument *instrument);
TDM_API tdm_str tdm_instrument_source(const tdm_instrument *instrument);
TDM_API tdm_str tdm_instrument_licence(const tdm_instrument *instrument);
TDM_API size_t tdm_instrument_area_count(const tdm_instrument *instrument);
TDM_API size_t tdm_instrument_item_count(const tdm_instrument *instrument);

/* One filled-in form, as it was written; which instrument it fits is checked by tdm_score_make. */
typedef struct tdm_assessment tdm_assessment;

/* Told of each thing that is wrong, in the order of the form; `problem` is borrowed for the call. */
typedef void (*tdm_problem_fn)(const tdm_error *problem, void *payload);

/* How a form is read. Set struct_size to sizeof; NULL in place of the options gives zero for each. */
typedef struct tdm_assessment_options {
    size_t struct_size;
    bool lenient;           /* a member that cannot be read is left out and flagged when it is scored */
    tdm_problem_fn problem; /* NULL: only the error, which is the first problem */
    void *payload;
} tdm_assessment_options;

/*
 * Reads the JSON form of an assessment (core/instrument/assessment.schema.json).
 *
 * out         set to NULL first; freed with tdm_assessment_free
 * allocator   kept by value
 * json        one object in UTF-8; may be freed afterwards
 * file        name for errors; copied
 * first_line  line of `file` on which `json` starts, from 1
 * options     may be NULL
 * error       may be NULL; the first problem: file, line and what was expected, never what the form says
 *
 * TDM_OK; TDM_INVALID_INPUT, TDM_ENCODING, TDM_TOO_LARGE, TDM_NO_MEMORY; TDM_INVALID_ARG for a struct_size of
 * no known version. Where it is lenient, only what is no
 * JSON object, or lacks the members that every form must have, ends it.
 */
TDM_API tdm_status tdm_assessment_read(tdm_assessment **out, const tdm_allocator *allocator, tdm_str json,
                                       tdm_str file, int32_t first_line,
                                       const tdm_assessment_options *options, tdm_error *error);
TDM_API void tdm_assessment_free(tdm_assessment *assessment);

/* Valid until the assessment is freed. */
TDM_API tdm_str tdm_assessment_instrument(const tdm_assessment *assessment);
TDM_API tdm_str tdm_assessment_id(const tdm_assessment *assessment);
TDM_API tdm_str tdm_assessment_child(const tdm_assessment *assessment);
TDM_API tdm_day tdm_assessment_date(const tdm_assessment *assessment);
TDM_API tdm_day tdm_assessment_recorded(const tdm_assessment *assessment); /* TDM_DAY_NONE: not recorded */

/* Writes the form again: the members that were given, in a fixed order. `indent` spaces a level; 0: one line.
 */
TDM_API tdm_status tdm_assessment_write(const tdm_assessment *assessment, tdm_sink sink, int32_t indent);

/* Set struct_size to sizeof; NULL in place of the options gives the instrument's own policies. */
typedef struct tdm_score_options {
    size_t struct_size;
    const char *aggregation; /* policy for items and sub-areas in place of the instrument's (an area that has
                                one of its own keeps it); NULL: as the instrument has it */
    bool lenient; /* an entry that does not fit is left out and flagged instead of ending the call */
    tdm_problem_fn problem; /* told of each entry that does not fit; NULL: only the error */
    void *payload;
} tdm_score_options;

/* What an assessment scores. Frozen; any number of threads. */
typedef struct tdm_score tdm_score;

/*
 * Scores an assessment.
 *
 * out         set to NULL first; freed with tdm_score_free
 * allocator   kept by value
 * assessment  borrowed for the call
 * instrument  must outlive the score
 * options     may be NULL
 * error       may be NULL; file, line, item and what was expected
 *
 * TDM_OK; TDM_INVALID_INPUT (another instrument or version, an unknown item, a grade outside the
 * scale, an item not asked at the child's age, no age band where one is needed, an unknown condition);
 * TDM_INVALID_ARG (no such policy, a struct_size of no known version);
 * TDM_NO_MEMORY.
 */
TDM_API tdm_status tdm_score_make(tdm_score **out, const tdm_allocator *allocator,
                                  const tdm_assessment *assessment, const tdm_instrument *instrument,
                                  const tdm_score_options *options, tdm_error *error);
TDM_API void tdm_score_free(tdm_score *score);

/* Writes the score (core/instrument/score.schema.json). TDM_OK, TDM_NO_MEMORY, or what the sink gave. */
TDM_API tdm_status tdm_score_write(const tdm_score *score, tdm_sink sink, int32_t indent);

/* Valid until the score is freed. */
TDM_API tdm_str tdm_score_instrument(const tdm_score *score);
TDM_API tdm_str tdm_score_assessment(const tdm_score *score);
TDM_API tdm_str tdm_score_child(const tdm_score *score);
TDM_API tdm_day tdm_score_date(const tdm_score *score);
TDM_API tdm_day tdm_score_recorded(const tdm_score *score); /* TDM_DAY_NONE: not recorded */
TDM_API tdm_str tdm_score_sentence(const tdm_score *score); /* codes and numbers only; one line */

/* One area or sub-area, or the total. */
typedef struct tdm_score_view {
    tdm_str code;  /* "" for the total */
    tdm_str title; /* "" for the total */
    bool assessed;
    int32_t grade;  /* or sum or count, as the policy has it; 0 when not assessed */
    tdm_str reason; /* why it is not assessed; "" when it is */
    bool override;
    bool majority_not_clear;
    int32_t low;  /* of a sum or count: at least and at most, however the missing entries would be filled; */
    int32_t high; /* else the grade, or both ends of the scale when it is not assessed */
    int32_t max;  /* the most it could be on what applies */
    int32_t scored; /* items; the four together are all of them */
    int32_t not_seen;
    int32_t not_applicable;
    int32_t not_recorded;
    bool has_worst; /* at least one item is scored; never of a total over several scales */
    int32_t best;
    int32_t worst;
    tdm_str band; /* label of the range that a sum, count or share lies in; "" when none */
} tdm_score_view;

/* Areas in the instrument's order; sub-areas of one area likewise. False when there is no such one. */
TDM_API bool tdm_score_area(tdm_score_view *out, const tdm_score *score, size_t area);
TDM_API bool tdm_score_sub_area(tdm_score_view *out, const tdm_score *score, size_t area, size_t sub_area);
/* False when the instrument has no total over its areas, as graded care has none. */
TDM_API bool tdm_score_total(tdm_score_view *out, const tdm_score *score);

#ifdef __cplusplus
}
#endif

#endif
