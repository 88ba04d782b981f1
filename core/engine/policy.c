/*
 * Reading policy files over the defaults of the scripts. How a value is checked against its
 * parameter is the script layer's business (tdm__param_check); how JSON becomes one is here.
 */
#include "engine/policy_checks.h"

#include "instrument/aggregation.h"

#include <string.h>

/* One file being read. */
typedef struct reading {
    tdm__review_policy *policy;
    tdm__json *document;
    tdm_error *error;
} reading;

static tdm_status no_memory(const reading *r)
{
    return tdm__no_memory(r->error);
}

/* "policy/default.json:12": where a value stands. */
static tdm_status place_of(tdm_str *out, const reading *r, const tdm__json_value *value)
{
    tdm__text text;
    tdm__text_init(&text, &r->policy->allocator);
    tdm__text_add(&text, tdm__json_file(r->document));
    tdm__text_char(&text, ':');
    tdm__text_int(&text, tdm__json_line(value));
    *out = tdm__arena_copy(&r->policy->arena, tdm__text_str(&text));
    bool failed = text.failed || !out->data;
    tdm__text_free(&text);
    return failed ? no_memory(r) : TDM_OK;
}

static const struct {
    const char *name;
    int32_t unit;
} span_units[] = {
    {"days", TDM_SPAN_DAYS}, {"months", TDM_SPAN_MONTHS}, {"working_days", TDM_SPAN_WORKING_DAYS}};

static bool read_span(tdm_span *out, const tdm__json_value *value)
{
    const tdm__json_value *member = tdm__json_first(value);
    int64_t count;
    if (tdm__json_type_of(value) != TDM__JSON_OBJECT || tdm__json_count(value) != 1 ||
        !tdm__json_int64(&count, member) || count < 0 || count > 36600)
        return false;
    for (size_t i = 0; i < sizeof span_units / sizeof *span_units; i++)
        if (tdm__str_equal(tdm__json_name(member), tdm__str(span_units[i].name))) {
            *out = (tdm_span){span_units[i].unit, (int32_t)count};
            return true;
        }
    return false;
}

/* A number with at most the places that `factor` (1, 10 or 1000) holds. */
static bool read_scaled(int64_t *out, const tdm__json_value *value, int32_t factor)
{
    double number = tdm__json_number(value) * factor;
    if (tdm__json_type_of(value) != TDM__JSON_NUMBER || number > 9e15 || number < -9e15)
        return false;
    *out = (int64_t)(number < 0 ? number - 0.5 : number + 0.5);
    double off = number - (double)*out;
    return off <= 1e-6 && off >= -1e-6;
}

static tdm_status read_list(bool *fits, tdm__param_value *out, const reading *r, const tdm__json_value *value,
                            bool of_spans)
{
    size_t count = tdm__json_count(value), at = 0;
    tdm_str *codes = tdm__arena_array(&r->policy->arena, count, sizeof *codes);
    tdm_span *spans = tdm__arena_array(&r->policy->arena, count, sizeof *spans);
    if (!codes || !spans)
        return no_memory(r);
    *fits = tdm__json_type_of(value) == TDM__JSON_ARRAY;
    for (const tdm__json_value *item = tdm__json_first(value); *fits && item;
         item = tdm__json_next(item), at++) {
        if (of_spans)
            *fits = read_span(&spans[at], item);
        else
            *fits = tdm__json_type_of(item) == TDM__JSON_STRING;
        codes[at] = tdm__json_string(item);
    }
    out->codes = of_spans ? NULL : codes;
    out->spans = of_spans ? spans : NULL;
    out->item_count = count;
    return TDM_OK;
}

/* A value of the parameter's type; *fits is false when the JSON is of another. */
static tdm_status read_value(bool *fits, tdm__param_value *out, const reading *r, const tdm__param *param,
                             const tdm__json_value *value)
{
    tdm__json_type type = tdm__json_type_of(value);
    *out = (tdm__param_value){.type = param->type};
    switch (param->type) {
    case TDM__PARAM_COUNT:
        *fits = read_scaled(&out->number, value, 1);
        break;
    case TDM__PARAM_RATIO:
        *fits = read_scaled(&out->number, value, 1000);
        break;
    case TDM__PARAM_PERCENT:
        *fits = read_scaled(&out->number, value, 10);
        break;
    case TDM__PARAM_SPAN:
        *fits = read_span(&out->span, value);
        break;
    case TDM__PARAM_FLAG:
        *fits = type == TDM__JSON_BOOL;
        out->number = tdm__json_bool(value);
        break;
    case TDM__PARAM_CHOICE:
        *fits = type == TDM__JSON_STRING;
        out->choice = tdm__json_string(value);
        break;
    case TDM__PARAM_LIST:
        return read_list(fits, out, r, value, param->fallback.spans != NULL);
    }
    return TDM_OK;
}

static const char *const type_words[] = {
    "a whole number",
    "a span such as {\"days\": 90}",
    "a number with at most three decimal places",
    "a percentage with at most one decimal place",
    "one of the choices as text",
    "true or false",
    "a list",
};

static tdm_status set_param(const reading *r, tdm__effective_indicator *indicator,
                            const tdm__json_value *value)
{
    tdm_str name = tdm__json_name(value);
    tdm_error inner = {0};
    bool fits = false;
    size_t i = 0;
    while (i < indicator->indicator->param_count &&
           !tdm__str_equal(indicator->indicator->params[i].name, name))
        i++;
    if (i == indicator->indicator->param_count)
        return tdm__json_fail(r->document, value, r->error, "the indicator %.*s has no such parameter",
                              TDM_STR_ARGS(indicator->indicator->id));
    tdm__effective_param *effective = &indicator->params[i];
    tdm_status status = read_value(&fits, &effective->value, r, effective->param, value);
    if (status != TDM_OK)
        return status;
    if (!fits)
        return tdm__json_fail(r->document, value, r->error, "expected %s for %.*s of %.*s",
                              type_words[effective->param->type], TDM_STR_ARGS(effective->param->name),
                              TDM_STR_ARGS(indicator->indicator->id));
    status = tdm__param_check(effective->param, &effective->value, &inner);
    if (status == TDM_NO_MEMORY)
        return no_memory(r);
    if (status != TDM_OK)
        return tdm__json_fail(r->document, value, r->error, "%.*s of %.*s: %s",
                              TDM_STR_ARGS(effective->param->name), TDM_STR_ARGS(indicator->indicator->id),
                              inner.message);
    return place_of(&effective->from, r, value);
}

const char *tdm__prompt_severity_code(tdm__prompt_severity severity)
{
    static const char *const codes[] = {"information", "review", "soon"};
    return codes[severity];
}

static tdm_status set_severity(const reading *r, tdm__effective_indicator *indicator,
                               const tdm__json_value *value)
{
    for (int i = TDM__PROMPT_INFORMATION; value && i <= TDM__PROMPT_SOON; i++)
        if (tdm__str_equal(tdm__json_string(value),
                           tdm__str(tdm__prompt_severity_code((tdm__prompt_severity)i)))) {
            indicator->severity = (tdm__prompt_severity)i;
            return TDM_OK;
        }
    return value ? tdm__json_fail(r->document, value, r->error, "expected information, review or soon")
                 : TDM_OK;
}

static tdm_status set_indicator(const reading *r, const tdm__json_value *entry)
{
    const tdm__json_value *on, *params, *severity, *replace;
    const tdm__json_field fields[] = {
        {"on", TDM__JSON_BOOL, false, false, &on},
        {"params", TDM__JSON_OBJECT, false, false, &params},
        {"severity", TDM__JSON_STRING, false, false, &severity},
        {"replace", TDM__JSON_STRING, false, false, &replace}, /* see tdm__policy_replaced */
    };
    uint32_t index = tdm__catalogue_find(r->policy->catalogue, tdm__json_name(entry));
    if (index == TDM_NO_INDEX)
        return tdm__json_fail(r->document, entry, r->error,
                              "the policy names an indicator that no script has");
    tdm_status status = tdm__json_read(r->document, entry, "an indicator's entry", fields, 4, r->error);
    if (status != TDM_OK)
        return status;
    tdm__effective_indicator *indicator = &r->policy->indicators[index];
    if (on) {
        indicator->on = tdm__json_bool(on);
        status = place_of(&indicator->on_from, r, on);
    }
    if (status == TDM_OK)
        status = set_severity(r, indicator, severity);
    for (const tdm__json_value *p = tdm__json_first(params); status == TDM_OK && p; p = tdm__json_next(p))
        status = set_param(r, indicator, p);
    return status;
}

static tdm_status set_number(const reading *r, int32_t *out, const tdm__json_value *value, int64_t min,
                             int64_t max)
{
    int64_t number;
    if (!value)
        return TDM_OK;
    if (!tdm__json_int64(&number, value) || number < min || number > max)
        return tdm__json_fail(r->document, value, r->error, "expected a whole number from %lld to %lld",
                              (long long)min, (long long)max);
    *out = (int32_t)number;
    return TDM_OK;
}

static tdm_status set_dates(const reading *r, const tdm__json_value *dates)
{
    const tdm__json_value *days, *months, *years, *pivot;
    tdm_date_rules *rules = &r->policy->dates;
    const tdm__json_field fields[] = {
        {"approximate_days", TDM__JSON_NUMBER, false, false, &days},
        {"approximate_months", TDM__JSON_NUMBER, false, false, &months},
        {"approximate_years", TDM__JSON_NUMBER, false, false, &years},
        {"pivot", TDM__JSON_NUMBER, false, false, &pivot},
    };
    if (!dates)
        return TDM_OK;
    tdm_status status = tdm__json_read(r->document, dates, "dates", fields, 4, r->error);
    if (status == TDM_OK)
        status = set_number(r, &rules->approximate_days, days, 0, 366);
    if (status == TDM_OK)
        status = set_number(r, &rules->approximate_months, months, 0, 12);
    if (status == TDM_OK)
        status = set_number(r, &rules->approximate_years, years, 0, 10);
    return status == TDM_OK ? set_number(r, &rules->pivot, pivot, 0, 99) : status;
}

/* Both figures with where they come from, or none: one alone says nothing of a change. */
static tdm_status check_reliability(const reading *r, const tdm__json_value *given)
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
static tdm_status check_instruments(const reading *r, const tdm__json_value *instruments)
{
    tdm_status status = TDM_OK;
    for (const tdm__json_value *i = tdm__json_first(instruments); status == TDM_OK && i;
         i = tdm__json_next(i)) {
        const tdm__json_value *aggregation, *reliability;
        const tdm__json_field fields[] = {{"aggregation", TDM__JSON_STRING, false, false, &aggregation},
                                          {"reliability", TDM__JSON_OBJECT, false, false, &reliability}};
        status = tdm__json_read(r->document, i, "an instrument's entry", fields, 2, r->error);
        if (status == TDM_OK)
            status = check_reliability(r, reliability);
    }
    return status;
}

/* Bank holidays are those of England: another nation's working days would be counted wrongly. */
static tdm_status check_nation(const reading *r, const tdm__json_value *nation)
{
    if (!nation || tdm__str_equal(tdm__json_string(nation), r->policy->nation))
        return TDM_OK;
    return tdm__json_fail(r->document, nation, r->error,
                          "expected \"england\", whose bank holidays are known");
}

static tdm_status set_text(const reading *r, tdm_str *out, const tdm__json_value *value)
{
    if (!value)
        return TDM_OK;
    *out = tdm__arena_copy(&r->policy->arena, tdm__json_string(value));
    return out->data ? TDM_OK : no_memory(r);
}

/* A member that has no meaning yet is an unknown key: a number that does nothing must not look as if it did.
 */
static tdm_status read_file(const reading *r)
{
    const tdm__json_value *version, *title, *nation, *include, *indicators, *instruments, *dates, *current,
        *checks;
    const tdm__json_field fields[] = {
        {"policy", TDM__JSON_NUMBER, true, false, &version},
        {"title", TDM__JSON_STRING, false, false, &title},
        {"nation", TDM__JSON_STRING, false, false, &nation},
        {"include", TDM__JSON_ARRAY, false, false, &include},
        {"indicators", TDM__JSON_OBJECT, false, false, &indicators},
        {"instruments", TDM__JSON_OBJECT, false, false, &instruments},
        {"dates", TDM__JSON_OBJECT, false, false, &dates},
        {"current_days", TDM__JSON_NUMBER, false, false, &current},
        {"checks", TDM__JSON_OBJECT, false, false, &checks},
    };
    const tdm__json_value *root = tdm__json_root(r->document);
    tdm_status status = tdm__json_read(r->document, root, "a policy", fields, sizeof fields / sizeof *fields,
                                       r->error);
    int64_t number;
    if (status == TDM_OK && (!tdm__json_int64(&number, version) || number != 1))
        status = tdm__json_fail(r->document, version, r->error, "expected \"policy\": 1");
    if (status == TDM_OK)
        status = set_text(r, &r->policy->title, title);
    if (status == TDM_OK)
        status = check_nation(r, nation);
    if (status == TDM_OK)
        status = set_number(r, &r->policy->current_days, current, 1, 36600);
    if (status == TDM_OK)
        status = set_dates(r, dates);
    if (status == TDM_OK)
        status = check_instruments(r, instruments);
    if (status == TDM_OK)
        status = tdm__policy_checks_read(r->policy, r->document, checks, r->error);
    for (const tdm__json_value *i = tdm__json_first(indicators); status == TDM_OK && i; i = tdm__json_next(i))
        status = set_indicator(r, i);
    return status;
}

/* Every indicator on, every parameter at its script's default. */
static tdm_status set_defaults(tdm__review_policy *policy)
{
    size_t count = tdm__catalogue_count(policy->catalogue);
    policy->indicators = tdm__arena_array(&policy->arena, count, sizeof *policy->indicators);
    policy->values = tdm__arena_array(&policy->arena, count, sizeof *policy->values);
    if (!policy->indicators || !policy->values)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const tdm__indicator *indicator = tdm__catalogue_at(policy->catalogue, i);
        tdm__effective_param *params = tdm__arena_array(&policy->arena, indicator->param_count,
                                                        sizeof *params);
        if (!params)
            return TDM_NO_MEMORY;
        for (size_t p = 0; p < indicator->param_count; p++)
            params[p] = (tdm__effective_param){
                &indicator->params[p], indicator->params[p].fallback, {"", 0}, indicator->file};
        policy->indicators[i] = (tdm__effective_indicator){indicator,          true,   {"", 0},
                                                           TDM__PROMPT_REVIEW, params, {"", 0}};
    }
    return TDM_OK;
}

/* Values as the script takes them, and everything in words. */
static tdm_status put_in_words(tdm__review_policy *policy)
{
    for (size_t i = 0; i < tdm__catalogue_count(policy->catalogue); i++) {
        tdm__effective_indicator *effective = &policy->indicators[i];
        size_t count = effective->indicator->param_count;
        policy->values[i] = tdm__arena_array(&policy->arena, count, sizeof **policy->values);
        if (!policy->values[i])
            return TDM_NO_MEMORY;
        for (size_t p = 0; p < count; p++) {
            policy->values[i][p] = effective->params[p].value;
            tdm_status status = tdm__param_words(&effective->params[p].words, &policy->arena,
                                                 &effective->params[p].value);
            if (status != TDM_OK)
                return status;
        }
        tdm_status status = tdm__indicator_definition(&effective->definition, &policy->arena,
                                                      effective->indicator, policy->values[i]);
        if (status != TDM_OK)
            return status;
    }
    return TDM_OK;
}

/* The hash of all files is that of their names and hashes, one a line. */
static tdm_status hash_files(tdm__review_policy *policy)
{
    tdm__text all;
    tdm__text_init(&all, &policy->allocator);
    for (size_t i = 0; i < policy->file_count; i++) {
        tdm__text_puts(&all, policy->files[i].hash);
        tdm__text_char(&all, ' ');
        tdm__text_add(&all, policy->files[i].name);
        tdm__text_char(&all, '\n');
    }
    tdm__sha256_hex(policy->hash, tdm__text_str(&all));
    bool failed = all.failed;
    tdm__text_free(&all);
    return failed ? TDM_NO_MEMORY : TDM_OK;
}

static tdm_status read_files(tdm__review_policy *policy, const tdm__policy_text *files, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < policy->file_count; i++) {
        policy->files[i].name = tdm__arena_copy(&policy->arena, files[i].name);
        if (!policy->files[i].name.data)
            return tdm__no_memory(error);
        tdm__sha256_hex(policy->files[i].hash, files[i].text);
        status = tdm__json_parse(&policy->documents[i], &policy->allocator, files[i].text, files[i].name,
                                 error);
        if (status == TDM_OK) {
            reading r = {policy, policy->documents[i], error};
            status = read_file(&r);
        }
    }
    return status;
}

tdm_status tdm__policy_new(tdm__review_policy **out, const tdm_allocator *allocator,
                           const tdm__policy_text *files, size_t file_count, const tdm__catalogue *catalogue,
                           tdm_error *error)
{
    *out = NULL;
    tdm__review_policy *policy = tdm__alloc_zeroed(allocator, 1, sizeof *policy);
    if (!policy)
        return tdm__no_memory(error);
    policy->allocator = *allocator;
    tdm__arena_init(&policy->arena, &policy->allocator);
    policy->catalogue = catalogue;
    policy->title = TDM_LIT("Defaults of the indicators");
    policy->nation = TDM_LIT("england");
    policy->current_days = TDM_CURRENT_DAYS_DEFAULT;
    policy->dates = tdm_date_rules_default();
    policy->files = tdm__arena_array(&policy->arena, file_count, sizeof *policy->files);
    policy->documents = tdm__arena_array(&policy->arena, file_count, sizeof *policy->documents);
    tdm_status status = policy->files && policy->documents ? set_defaults(policy) : TDM_NO_MEMORY;
    if (status == TDM_OK)
        status = tdm__policy_checks_default(policy);
    if (status == TDM_OK) {
        policy->file_count = file_count;
        status = read_files(policy, files, error);
    }
    if (status == TDM_OK)
        status = put_in_words(policy);
    if (status == TDM_OK)
        status = tdm__policy_checks_words(policy);
    if (status == TDM_OK)
        status = hash_files(policy);
    if (status != TDM_OK) {
        tdm__policy_free(policy);
        return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
    }
    *out = policy;
    return TDM_OK;
}

void tdm__policy_free(tdm__review_policy *policy)
{
    if (!policy)
        return;
    tdm_allocator allocator = policy->allocator;
    for (size_t i = 0; i < policy->file_count; i++)
        tdm__json_free(policy->documents[i]);
    tdm__arena_free(&policy->arena);
    tdm__free(&allocator, policy);
}

/* The strings that `pick` finds in each item of a member of one policy file. */
typedef const tdm__json_value *(*pick_fn)(const tdm__json_value *item);

static tdm_status strings_of_member(tdm_str **out, size_t *count, tdm__arena *arena, tdm__policy_text file,
                                    const char *member, pick_fn pick, tdm_error *error)
{
    tdm__json *document;
    *out = NULL;
    *count = 0;
    tdm_status status = tdm__json_parse(&document, arena->allocator, file.text, file.name, error);
    if (status != TDM_OK)
        return status;
    const tdm__json_value *items = tdm__json_member(tdm__json_root(document), member);
    *out = tdm__arena_array(arena, tdm__json_count(items), sizeof **out);
    if (!*out)
        status = tdm__no_memory(error);
    for (const tdm__json_value *i = tdm__json_first(items); status == TDM_OK && i; i = tdm__json_next(i)) {
        const tdm__json_value *text = pick(i);
        if (!text)
            continue;
        if (tdm__json_type_of(text) != TDM__JSON_STRING) {
            status = tdm__json_fail(document, text, error, "expected text in \"%s\"", member);
            break;
        }
        (*out)[*count] = tdm__arena_copy(arena, tdm__json_string(text));
        if (!(*out)[(*count)++].data)
            status = tdm__no_memory(error);
    }
    tdm__json_free(document);
    return status;
}

static const tdm__json_value *itself(const tdm__json_value *item)
{
    return item;
}

static const tdm__json_value *its_replace(const tdm__json_value *item)
{
    return tdm__json_member(item, "replace");
}

tdm_status tdm__policy_includes(tdm_str **out, size_t *count, tdm__arena *arena, tdm__policy_text file,
                                tdm_error *error)
{
    return strings_of_member(out, count, arena, file, "include", itself, error);
}

tdm_status tdm__policy_replaced(tdm_str **out, size_t *count, tdm__arena *arena, tdm__policy_text file,
                                tdm_error *error)
{
    return strings_of_member(out, count, arena, file, "indicators", its_replace, error);
}

static const tdm_instrument *find_instrument(tdm_instrument *const *instruments, size_t count, tdm_str id)
{
    for (size_t i = 0; i < count; i++)
        if (tdm__str_equal(tdm_instrument_id(instruments[i]), id))
            return instruments[i];
    return NULL;
}

static tdm_status check_entry(const reading *r, tdm_instrument *const *instruments, size_t count,
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

tdm_status tdm__policy_check_instruments(tdm__review_policy *policy, tdm_instrument *const *instruments,
                                         size_t count, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < policy->file_count; i++) {
        reading r = {policy, policy->documents[i], error};
        const tdm__json_value *entries = tdm__json_member(tdm__json_root(r.document), "instruments");
        for (const tdm__json_value *e = tdm__json_first(entries); status == TDM_OK && e;
             e = tdm__json_next(e))
            status = check_entry(&r, instruments, count, e);
    }
    return status;
}

/* The member of an instrument's entry, from the last file that has it; NULL when none has. */
static const tdm__json_value *instrument_member(const tdm__review_policy *policy, tdm_str instrument,
                                                const char *name)
{
    for (size_t i = policy->file_count; i-- > 0;) {
        const tdm__json_value *entries = tdm__json_member(tdm__json_root(policy->documents[i]),
                                                          "instruments");
        for (const tdm__json_value *e = tdm__json_first(entries); e; e = tdm__json_next(e))
            if (tdm__str_equal(tdm__json_name(e), instrument) && tdm__json_member(e, name))
                return tdm__json_member(e, name);
    }
    return NULL;
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
