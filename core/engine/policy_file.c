/*
 * One policy file: its table of members, and the members that are a value or two. Indicators, instruments,
 * checks and composites have files of their own.
 */
#include "engine/policy_read.h"

tdm_status tdm__policy_place(tdm_str *out, const tdm__policy_reading *r, const tdm__json_value *value)
{
    tdm__text text;
    tdm__text_init(&text, &r->policy->allocator);
    tdm__text_add(&text, tdm__json_file(r->document));
    tdm__text_char(&text, ':');
    tdm__text_int(&text, tdm__json_line(value));
    *out = tdm__arena_copy(&r->policy->arena, tdm__text_str(&text));
    bool failed = text.failed || !out->data;
    tdm__text_free(&text);
    return failed ? TDM_NO_MEMORY : TDM_OK;
}

static void tell(const tdm_error *problem, void *problems)
{
    tdm__problems_add(problems, true, problem);
}

tdm_status tdm__policy_told(const tdm__policy_reading *r, tdm_status status)
{
    if (status == TDM_OK || status == TDM_NO_MEMORY)
        return status;
    tell(r->error, r->problems);
    return TDM_OK;
}

bool tdm__policy_object(const tdm__policy_reading *r, const tdm__json_value *object, const char *what,
                        const tdm__json_field *fields, size_t field_count)
{
    return tdm__json_read_telling(r->document, object, what, fields, field_count, tell, r->problems);
}

tdm_status tdm__policy_number(const tdm__policy_reading *r, int32_t *out, tdm_str *from,
                              const tdm__json_value *value, int64_t min, int64_t max)
{
    int64_t number;
    if (!value)
        return TDM_OK;
    if (!tdm__json_int64(&number, value) || number < min || number > max)
        return tdm__json_fail(r->document, value, r->error, "expected a whole number from %lld to %lld",
                              (long long)min, (long long)max);
    *out = (int32_t)number;
    return tdm__policy_place(from, r, value);
}

static tdm_status set_dates(const tdm__policy_reading *r, const tdm__json_value *dates)
{
    const tdm__json_value *given[TDM__DATES_COUNT];
    tdm_date_rules *rules = &r->policy->dates;
    const tdm__json_field fields[TDM__DATES_COUNT] = {
        {"approximate_days", TDM__JSON_NUMBER, false, false, &given[TDM__DATES_DAYS]},
        {"approximate_months", TDM__JSON_NUMBER, false, false, &given[TDM__DATES_MONTHS]},
        {"approximate_years", TDM__JSON_NUMBER, false, false, &given[TDM__DATES_YEARS]},
        {"pivot", TDM__JSON_NUMBER, false, false, &given[TDM__DATES_PIVOT]},
    };
    int32_t *const numbers[TDM__DATES_COUNT] = {&rules->approximate_days, &rules->approximate_months,
                                                &rules->approximate_years, &rules->pivot};
    static const int32_t most[TDM__DATES_COUNT] = {366, 12, 10, 99};
    tdm_status status = TDM_OK;
    if (!dates)
        return TDM_OK;
    tdm__policy_object(r, dates, "dates", fields, TDM__DATES_COUNT);
    for (size_t i = 0; status == TDM_OK && i < TDM__DATES_COUNT; i++)
        status = tdm__policy_told(
            r, tdm__policy_number(r, numbers[i], &r->policy->dates_from[i], given[i], 0, most[i]));
    return status;
}

/* Bank holidays are those of England: another nation's working days would be counted wrongly. */
static tdm_status check_nation(const tdm__policy_reading *r, const tdm__json_value *nation)
{
    if (!nation)
        return TDM_OK;
    if (tdm__str_equal(tdm__json_string(nation), r->policy->nation))
        return tdm__policy_place(&r->policy->nation_from, r, nation);
    return tdm__json_fail(r->document, nation, r->error,
                          "expected \"england\", whose bank holidays are known");
}

/* Which file; what stands in it whoever reads the rules has read by now. */
static tdm_status set_terms(const tdm__policy_reading *r, const tdm__json_value *value)
{
    if (!value)
        return TDM_OK;
    r->policy->terms = tdm__arena_copy(&r->policy->arena, tdm__json_string(value));
    return r->policy->terms.data ? tdm__policy_place(&r->policy->terms_from, r, value) : TDM_NO_MEMORY;
}

static tdm_status set_title(const tdm__policy_reading *r, const tdm__json_value *value)
{
    if (!value)
        return TDM_OK;
    r->policy->title = tdm__arena_copy(&r->policy->arena, tdm__json_string(value));
    return r->policy->title.data ? tdm__policy_place(&r->policy->title_from, r, value) : TDM_NO_MEMORY;
}

static tdm_status check_version(const tdm__policy_reading *r, const tdm__json_value *version)
{
    int64_t number;
    if (!version || (tdm__json_int64(&number, version) && number == 1))
        return TDM_OK;
    return tdm__json_fail(r->document, version, r->error, "expected \"policy\": 1");
}

/* --- caps --- */

#define CAP_MAX 999

static bool group_known(const tdm__review_policy *policy, tdm_str group)
{
    bool known = tdm__str_equal(group, TDM_LIT(TDM__COMPOSITE_GROUP));
    for (size_t i = 0; !known && i < tdm__catalogue_count(policy->catalogue); i++)
        known = tdm__str_equal(group, tdm__catalogue_at(policy->catalogue, i)->group);
    return known;
}

/* The cap of the group, made where it has none yet, in order of group. */
static tdm__group_cap *cap_of(tdm__review_policy *policy, tdm_str group)
{
    size_t at = 0;
    while (at < policy->cap_count && tdm__str_compare(policy->caps[at].group, group) < 0)
        at++;
    if (at < policy->cap_count && tdm__str_equal(policy->caps[at].group, group))
        return &policy->caps[at];
    for (size_t i = policy->cap_count++; i > at; i--)
        policy->caps[i] = policy->caps[i - 1];
    policy->caps[at] = (tdm__group_cap){.group = group};
    return &policy->caps[at];
}

static tdm_status read_cap(const tdm__policy_reading *r, const tdm__json_value *entry)
{
    const tdm__json_value *shown = entry;
    const tdm__json_field fields[] = {{"prompts_shown", TDM__JSON_NUMBER, true, false, &shown}};
    if (!group_known(r->policy, tdm__json_name(entry)))
        return tdm__json_fail(r->document, entry, r->error, "there is no group of indicators of that name");
    tdm_status status = tdm__json_type_of(entry) == TDM__JSON_OBJECT
                            ? tdm__json_read(r->document, entry, "a cap", fields, 1, r->error)
                            : TDM_OK;
    if (status != TDM_OK)
        return status;
    tdm__group_cap given = {.group = tdm__json_name(entry)};
    status = tdm__policy_number(r, &given.prompts_shown, &given.from, shown, 0, CAP_MAX);
    if (status == TDM_OK)
        *cap_of(r->policy, given.group) = given;
    return status;
}

/* Room for all of this file's beside those of files before it. */
tdm_status tdm__policy_read_caps(const tdm__policy_reading *r, const tdm__json_value *caps)
{
    tdm__review_policy *policy = r->policy;
    tdm_status status = TDM_OK;
    if (!caps)
        return TDM_OK;
    tdm__group_cap *room = tdm__arena_array(&policy->arena, policy->cap_count + tdm__json_count(caps),
                                            sizeof *room);
    if (!room)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < policy->cap_count; i++)
        room[i] = policy->caps[i];
    policy->caps = room;
    for (const tdm__json_value *c = tdm__json_first(caps); status == TDM_OK && c; c = tdm__json_next(c))
        status = tdm__policy_told(r, read_cap(r, c));
    return status;
}

/* --- the file --- */

/* A member of which each entry is read alone. */
typedef tdm_status (*entry_fn)(const tdm__policy_reading *r, const tdm__json_value *entry);

static tdm_status read_entries(const tdm__policy_reading *r, const tdm__json_value *member, entry_fn read)
{
    tdm_status status = TDM_OK;
    for (const tdm__json_value *e = tdm__json_first(member); status == TDM_OK && e; e = tdm__json_next(e))
        status = read(r, e);
    return status;
}

/* Members in the order of the table below. */
enum {
    VERSION,
    TITLE,
    NATION,
    TERMS,
    INCLUDE,
    INDICATORS,
    INSTRUMENTS,
    DATES,
    CURRENT_DAYS,
    CHECKS,
    COMPOSITES,
    CAPS,
    MEASURES,
    MEMBERS
};

static tdm_status take_members(const tdm__policy_reading *r, const tdm__json_value *const *given)
{
    tdm__review_policy *policy = r->policy;
    tdm_status status = tdm__policy_told(r, check_version(r, given[VERSION]));
    if (status == TDM_OK)
        status = set_title(r, given[TITLE]);
    if (status == TDM_OK)
        status = tdm__policy_told(r, check_nation(r, given[NATION]));
    if (status == TDM_OK)
        status = set_terms(r, given[TERMS]);
    if (status == TDM_OK)
        status = tdm__policy_told(r, tdm__policy_number(r, &policy->current_days, &policy->current_from,
                                                        given[CURRENT_DAYS], 1, 36600));
    if (status == TDM_OK)
        status = set_dates(r, given[DATES]);
    if (status == TDM_OK)
        status = tdm__policy_read_instruments(r, given[INSTRUMENTS]);
    if (status == TDM_OK)
        status = tdm__policy_read_checks(r, given[CHECKS]);
    if (status == TDM_OK)
        status = read_entries(r, given[INDICATORS], tdm__policy_read_indicator);
    if (status == TDM_OK)
        status = read_entries(r, given[COMPOSITES], tdm__policy_read_composite);
    if (status == TDM_OK)
        status = read_entries(r, given[MEASURES], tdm__policy_read_measure);
    return status == TDM_OK ? tdm__policy_read_caps(r, given[CAPS]) : status;
}

/* A member that has no meaning is an unknown key: a number that does nothing must not look as if it did. */
tdm_status tdm__policy_read_file(const tdm__policy_reading *r)
{
    const tdm__json_value *given[MEMBERS];
    const tdm__json_field fields[MEMBERS] = {
        {"policy", TDM__JSON_NUMBER, true, false, &given[VERSION]},
        {"title", TDM__JSON_STRING, false, false, &given[TITLE]},
        {"nation", TDM__JSON_STRING, false, false, &given[NATION]},
        {"terms", TDM__JSON_STRING, false, false, &given[TERMS]},
        {"include", TDM__JSON_ARRAY, false, false, &given[INCLUDE]},
        {"indicators", TDM__JSON_OBJECT, false, false, &given[INDICATORS]},
        {"instruments", TDM__JSON_OBJECT, false, false, &given[INSTRUMENTS]},
        {"dates", TDM__JSON_OBJECT, false, false, &given[DATES]},
        {"current_days", TDM__JSON_NUMBER, false, false, &given[CURRENT_DAYS]},
        {"checks", TDM__JSON_OBJECT, false, false, &given[CHECKS]},
        {"composites", TDM__JSON_OBJECT, false, false, &given[COMPOSITES]},
        {"caps", TDM__JSON_OBJECT, false, false, &given[CAPS]},
        {"measures", TDM__JSON_OBJECT, false, false, &given[MEASURES]},
    };
    tdm__policy_object(r, tdm__json_root(r->document), "a policy", fields, MEMBERS);
    return take_members(r, given);
}
