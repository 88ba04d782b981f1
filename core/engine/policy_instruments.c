/*
 * The policy's word on instruments: how a total is put together and how exactly it measures. The shape is
 * checked as a file is read; which instruments there are is known later.
 */
#include "engine/policy_read.h"

#include "instrument/aggregation.h"

/* Both figures with where they come from, or none: one alone says nothing of a change. */
static tdm_status check_reliability(const tdm__policy_reading *r, const tdm__json_value *given)
{
    const tdm__json_value *reliability, *deviation, *source;
    const tdm__json_field fields[] = {{"reliability", TDM__JSON_NUMBER, true, false, &reliability},
                                      {"standard_deviation", TDM__JSON_NUMBER, true, false, &deviation},
                                      {"source", TDM__JSON_STRING, true, false, &source}};
    if (!given)
        return TDM_OK;
    tdm_status status = tdm__json_read(r->document, given, "a reliability", fields, 3, r->error);
    if (status != TDM_OK)
        return status;
    if (tdm__json_number(reliability) < 0 || tdm__json_number(reliability) >= 1)
        return tdm__json_fail(r->document, reliability, r->error, "expected a number from 0 to below 1");
    if (tdm__json_number(deviation) <= 0 || tdm__json_number(deviation) > 1e6)
        return tdm__json_fail(r->document, deviation, r->error, "expected a number above 0, at most 1000000");
    if (tdm__str_trimmed(tdm__json_string(source)).length == 0)
        return tdm__json_fail(r->document, source, r->error, "expected where the figures come from");
    return TDM_OK;
}

/* Only the shape: instruments are read later, see tdm__policy_check_instruments. */
tdm_status tdm__policy_read_instruments(const tdm__policy_reading *r, const tdm__json_value *instruments)
{
    tdm_status status = TDM_OK;
    for (const tdm__json_value *i = tdm__json_first(instruments); status == TDM_OK && i;
         i = tdm__json_next(i)) {
        const tdm__json_value *aggregation, *reliability;
        const tdm__json_field fields[] = {{"aggregation", TDM__JSON_STRING, false, false, &aggregation},
                                          {"reliability", TDM__JSON_OBJECT, false, false, &reliability}};
        tdm__policy_object(r, i, "an instrument's entry", fields, 2);
        status = tdm__policy_told(r, check_reliability(r, reliability));
    }
    return status;
}

static const tdm_instrument *find_instrument(tdm_instrument *const *instruments, size_t count, tdm_str id)
{
    for (size_t i = 0; i < count; i++)
        if (tdm__str_equal(tdm_instrument_id(instruments[i]), id))
            return instruments[i];
    return NULL;
}

static tdm_status check_entry(const tdm__policy_reading *r, tdm_instrument *const *instruments, size_t count,
                              const tdm__json_value *entry)
{
    const tdm__json_value *aggregation = tdm__json_member(entry, "aggregation");
    const tdm__json_value *reliability = tdm__json_member(entry, "reliability");
    const tdm_instrument *instrument = find_instrument(instruments, count, tdm__json_name(entry));
    if (!instrument)
        return tdm__json_fail(r->document, entry, r->error,
                              "the policy names an instrument that no file has");
    if (aggregation && !tdm__aggregation_named(tdm__json_string(aggregation)))
        return tdm__json_fail(r->document, aggregation, r->error, "expected one of %s",
                              tdm__aggregation_names());
    if (reliability && instrument->policies[TDM__LEVEL_AREAS]->kind == TDM__POLICY_NOTHING)
        return tdm__json_fail(r->document, reliability, r->error,
                              "the instrument has no total that a reliability could be of");
    return TDM_OK;
}

tdm_status tdm__policy_instruments_told(const tdm__policy_reading *all, tdm_instrument *const *instruments,
                                        size_t count)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < all->policy->file_count; i++) {
        tdm__policy_reading r = *all;
        r.document = r.policy->documents[i];
        const tdm__json_value *entries = tdm__json_member(r.document ? tdm__json_root(r.document) : NULL,
                                                          "instruments");
        for (const tdm__json_value *e = tdm__json_first(entries); status == TDM_OK && e;
             e = tdm__json_next(e))
            status = tdm__policy_told(&r, check_entry(&r, instruments, count, e));
    }
    return status;
}

tdm_status tdm__policy_check_instruments(tdm__review_policy *policy, tdm_instrument *const *instruments,
                                         size_t count, tdm_error *error)
{
    tdm_error inner = {0};
    tdm__problems problems;
    tdm__problems_init(&problems, false, NULL, NULL);
    tdm__policy_reading r = {policy, NULL, &inner, &problems};
    tdm_status status = tdm__policy_instruments_told(&r, instruments, count);
    return status == TDM_OK ? tdm__problems_end(&problems, error) : tdm__no_memory(error);
}

const tdm__json_value *tdm__policy_instrument_member(const tdm__json **document,
                                                     const tdm__review_policy *policy, tdm_str instrument,
                                                     const char *name)
{
    for (size_t i = policy->file_count; i-- > 0;) {
        *document = policy->documents[i];
        const tdm__json_value *entries = tdm__json_member(*document ? tdm__json_root(*document) : NULL,
                                                          "instruments");
        for (const tdm__json_value *e = tdm__json_first(entries); e; e = tdm__json_next(e))
            if (tdm__str_equal(tdm__json_name(e), instrument) && tdm__json_member(e, name))
                return tdm__json_member(e, name);
    }
    *document = NULL;
    return NULL;
}

/* The member without its place. */
static const tdm__json_value *instrument_member(const tdm__review_policy *policy, tdm_str instrument,
                                                const char *name)
{
    const tdm__json *document;
    return tdm__policy_instrument_member(&document, policy, instrument, name);
}

tdm_str tdm__policy_aggregation(const tdm__review_policy *policy, tdm_str instrument)
{
    const tdm__json_value *aggregation = instrument_member(policy, instrument, "aggregation");
    return aggregation ? tdm__json_string(aggregation) : (tdm_str){"", 0};
}

tdm__reliability tdm__policy_reliability(const tdm__review_policy *policy, tdm_str instrument)
{
    const tdm__json_value *given = instrument_member(policy, instrument, "reliability");
    if (!given)
        return (tdm__reliability){0};
    return (tdm__reliability){true, tdm__json_number(tdm__json_member(given, "reliability")),
                              tdm__json_number(tdm__json_member(given, "standard_deviation")),
                              tdm__json_string(tdm__json_member(given, "source"))};
}
