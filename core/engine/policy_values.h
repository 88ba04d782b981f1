/*
 * A policy as a list: every value in force, in words, with what set it; and what differs between two. Nothing
 * here decides anything; the list is what `policy effective` shows and `policy diff` and `policy check`
 * compare.
 */
#ifndef TDM_ENGINE_POLICY_VALUES_H
#define TDM_ENGINE_POLICY_VALUES_H

#include "engine/run.h"

typedef struct tdm__policy_value {
    const char *section; /* static: "policy", "dates", "indicators", "composites", "caps", "checks",
                           "instruments", "measures" */
    tdm_str id;          /* of the indicator, composite, group, check, instrument; "" for the policy itself */
    tdm_str name;        /* "on", "severity", "params.within" */
    tdm_str value;       /* in words */
    tdm_str from;        /* "policy/default.json:12", a script, "default" */
    tdm_str standing;    /* what the number rests on; "" where that is no question */
    tdm_str offered;     /* "a, b" of a choice, "1 to 9" of a number; "" where nothing limits it */
} tdm__policy_value;

typedef struct tdm__policy_values {
    const tdm_allocator *allocator; /* of the arena that holds them */
    tdm_str title;
    const char *hash; /* over all files */
    const tdm__policy_file *files;
    size_t file_count;
    tdm__policy_value *items;
    size_t count, capacity;
} tdm__policy_values;

struct tdm__review_policy;

/* In the order of the sections as above; indicators as a run has them. Lives in the arena, and points into
 * the policy and its catalogue. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__policy_values_of(tdm__policy_values *out, tdm__arena *arena,
                                 const struct tdm__review_policy *policy, tdm_instrument *const *instruments,
                                 size_t instrument_count);

/* The value of that section, id and name; NULL: none. */
const tdm__policy_value *tdm__policy_value_find(const tdm__policy_values *values,
                                                const tdm__policy_value *like);

/* Two values of one name; one is NULL where only the other policy has it. */
typedef struct tdm__policy_difference {
    const tdm__policy_value *a, *b;
} tdm__policy_difference;

/* Those of `a` in their order, then those that only `b` has. In the arena. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__policy_values_compare(tdm__policy_difference **out, size_t *count, tdm__arena *arena,
                                      const tdm__policy_values *a, const tdm__policy_values *b);

#endif
