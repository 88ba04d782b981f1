/*
 * What the readers of a policy share: the file being read, places of values, and problems that are told one
 * by one. A setter fails with the first thing wrong in its value; whoever calls it tells that and reads on.
 * Internal to the layer.
 */
#ifndef TDM_ENGINE_POLICY_READ_H
#define TDM_ENGINE_POLICY_READ_H

#include "engine/policy.h"
#include "instrument/problems.h"

/* One file being read. */
typedef struct tdm__policy_reading {
    tdm__review_policy *policy;
    const tdm__json *document;
    tdm_error *error; /* of the setter; never NULL */
    tdm__problems *problems;
} tdm__policy_reading;

/* "policy/default.json:12": where a value stands. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__policy_place(tdm_str *out, const tdm__policy_reading *r, const tdm__json_value *value);
/* What a setter gave: a mistake is told and is TDM_OK from then on, so that reading goes on. */
tdm_status tdm__policy_told(const tdm__policy_reading *r, tdm_status status);
/* Members of an object into the fields; what does not fit is told and stays NULL. Whether all fitted. */
bool tdm__policy_object(const tdm__policy_reading *r, const tdm__json_value *object, const char *what,
                        const tdm__json_field *fields, size_t field_count);
/* A whole number from min to max; nothing happens to *out when the value is NULL. */
tdm_status tdm__policy_number(const tdm__policy_reading *r, int32_t *out, tdm_str *from,
                              const tdm__json_value *value, int64_t min, int64_t max);
/* "information", "review", "soon"; nothing happens when the value is NULL. */
tdm_status tdm__policy_severity(const tdm__policy_reading *r, tdm__effective_indicator *out,
                                const tdm__json_value *value);
/* {"days": 90}; false when the value is no span. */
bool tdm__policy_span(tdm_span *out, const tdm__json_value *value);

/* The members of a policy, each in its file; each tells what is wrong and gives TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__policy_read_file(const tdm__policy_reading *r);
tdm_status tdm__policy_read_indicator(const tdm__policy_reading *r, const tdm__json_value *entry);
tdm_status tdm__policy_read_measure(const tdm__policy_reading *r, const tdm__json_value *entry);
tdm_status tdm__policy_read_instruments(const tdm__policy_reading *r, const tdm__json_value *instruments);
tdm_status tdm__policy_read_checks(const tdm__policy_reading *r, const tdm__json_value *checks);
tdm_status tdm__policy_read_composite(const tdm__policy_reading *r, const tdm__json_value *entry);
tdm_status tdm__policy_read_caps(const tdm__policy_reading *r, const tdm__json_value *caps);

/* Instruments that are there, once all files are read. */
tdm_status tdm__policy_instruments_told(const tdm__policy_reading *r, tdm_instrument *const *instruments,
                                        size_t count);

/* Room for the composites of all files. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__policy_composites_room(tdm__review_policy *policy);
/* Once all files are read: the composites in order, as indicators behind those of the catalogue. Mistakes are
 * told. */
tdm_status tdm__policy_composites_finish(const tdm__policy_reading *r);

/* A parameter of what a script defines, and whose it is: "indicator", "measure". */
typedef struct tdm__policy_owner {
    const char *what;
    tdm_str id;
    tdm__effective_param *params;
    size_t param_count;
} tdm__policy_owner;
/* One member of its `params`. Fails with what is wrong. */
tdm_status tdm__policy_param(const tdm__policy_reading *r, const tdm__policy_owner *owner,
                             const tdm__json_value *value);
/* Each parameter at its script's default, whose place is that script. NULL: no memory. */
tdm__effective_param *tdm__policy_params_default(tdm__review_policy *policy, const tdm__param *params,
                                                 size_t count, tdm_str file);
/* Values as the script takes them, and each in words. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__policy_params_words(tdm__param_value **values, tdm__review_policy *policy,
                                    tdm__effective_param *params, size_t count);

/* Every measure on, each parameter at its default; the values in words, once all files are read. TDM_OK or
 * TDM_NO_MEMORY. */
tdm_status tdm__policy_measures_default(tdm__review_policy *policy, const tdm__measures *measures);
tdm_status tdm__policy_measures_words(tdm__review_policy *policy);

/* Every check on, each number at its default. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__policy_checks_default(tdm__review_policy *policy);
/* The definitions with their numbers, once all files are read. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__policy_checks_words(tdm__review_policy *policy);

#endif
