/*
 * The member `composites` of a policy: this and that within a period. Read file by file, a later one over an
 * earlier; put in words once all are read, as indicators that writers cannot tell from the others. When one
 * is met is composites.c's business.
 */
#include "engine/policy_read.h"

#include <stdlib.h>
#include <string.h>

#define ID_LENGTH_MAX 64
#define PARAM_COUNT   2

tdm_status tdm__policy_composites_room(tdm__review_policy *policy)
{
    size_t room = 0;
    for (size_t i = 0; i < policy->file_count; i++)
        room += tdm__json_count(tdm__json_member(
            policy->documents[i] ? tdm__json_root(policy->documents[i]) : NULL, "composites"));
    policy->composites = tdm__arena_array(&policy->arena, room, sizeof *policy->composites);
    policy->indicators = tdm__arena_array(&policy->arena, tdm__catalogue_count(policy->catalogue) + room,
                                          sizeof *policy->indicators);
    return policy->composites && policy->indicators ? TDM_OK : TDM_NO_MEMORY;
}

static bool is_id(tdm_str id)
{
    bool fits = id.length > 0 && id.length <= ID_LENGTH_MAX;
    for (size_t i = 0; fits && i < id.length; i++)
        fits = (id.data[i] >= 'a' && id.data[i] <= 'z') || (id.data[i] >= '0' && id.data[i] <= '9') ||
               id.data[i] == '-';
    return fits;
}

/* The text in the policy's arena; *out is left alone when the value is NULL. */
static tdm_status set_text(const tdm__policy_reading *r, tdm_str *out, const tdm__json_value *value)
{
    if (!value)
        return TDM_OK;
    tdm_str text = tdm__str_trimmed(tdm__json_string(value));
    if (text.length == 0)
        return tdm__json_fail(r->document, value, r->error, "expected words");
    *out = tdm__arena_copy(&r->policy->arena, text);
    return out->data ? TDM_OK : TDM_NO_MEMORY;
}

/* The composite of that id, made where no file has named it yet; NULL: no memory. */
static tdm__composite *composite_of(tdm__review_policy *policy, tdm_str name)
{
    tdm__text id;
    tdm__composite *found = NULL;
    tdm__text_init(&id, &policy->allocator);
    tdm__text_puts(&id, TDM__COMPOSITE_GROUP "/");
    tdm__text_add(&id, name);
    for (size_t i = 0; i < policy->composite_count; i++)
        if (tdm__str_equal(policy->composites[i].shown.id, tdm__text_str(&id)))
            found = &policy->composites[i];
    if (!found) {
        found = &policy->composites[policy->composite_count];
        *found = (tdm__composite){.effective = {.on = true, .severity = TDM__PROMPT_REVIEW}};
        found->shown.id = tdm__arena_copy(&policy->arena, tdm__text_str(&id));
        if (id.failed || !found->shown.id.data)
            found = NULL;
        else
            policy->composite_count++;
    }
    tdm__text_free(&id);
    return found;
}

static bool is_among(const uint32_t *items, size_t count, uint32_t item)
{
    bool found = false;
    for (size_t i = 0; i < count; i++)
        found = found || items[i] == item;
    return found;
}

static tdm_status set_of(const tdm__policy_reading *r, tdm__composite *composite, const tdm__json_value *of)
{
    size_t count = tdm__json_count(of);
    if (!of)
        return TDM_OK;
    if (count < TDM__COMPOSITE_OF_MIN || count > TDM__COMPOSITE_OF_MAX)
        return tdm__json_fail(r->document, of, r->error, "expected %d to %d indicators",
                              TDM__COMPOSITE_OF_MIN, TDM__COMPOSITE_OF_MAX);
    composite->of_count = 0;
    for (const tdm__json_value *i = tdm__json_first(of); i; i = tdm__json_next(i)) {
        uint32_t index = tdm__json_type_of(i) == TDM__JSON_STRING
                             ? tdm__catalogue_find(r->policy->catalogue, tdm__json_string(i))
                             : TDM_NO_INDEX;
        if (index == TDM_NO_INDEX)
            return tdm__json_fail(r->document, i, r->error, "expected the id of an indicator with a script");
        if (is_among(composite->of, composite->of_count, index))
            return tdm__json_fail(r->document, i, r->error, "the composite names an indicator twice");
        composite->of[composite->of_count++] = index;
    }
    composite->of_value = of;
    composite->of_document = r->document;
    return tdm__policy_place(&composite->of_from, r, of);
}

static tdm_status set_within(const tdm__policy_reading *r, tdm__composite *composite,
                             const tdm__json_value *within)
{
    tdm_span span;
    if (!within)
        return TDM_OK;
    bool fits = tdm__policy_span(&span, within) && span.unit != TDM_SPAN_WORKING_DAYS && span.count > 0 &&
                (span.unit != TDM_SPAN_MONTHS || span.count <= 1200);
    if (!fits)
        return tdm__json_fail(r->document, within, r->error,
                              "expected a span of days or months such as {\"months\": 6}");
    composite->within = span;
    return tdm__policy_place(&composite->within_from, r, within);
}

static const char *const needed[TDM__COMPOSITE_NEEDS] = {"title", "of", "within"};

/* What a composite's entry may say. */
typedef struct entry_members {
    const tdm__json_value *title, *sentence, *of, *at_least, *within, *severity, *on;
} entry_members;

/* Tells what a setter found; the composite is not to be judged as a whole then. */
static tdm_status told(const tdm__policy_reading *r, tdm__composite *composite, tdm_status status)
{
    composite->unsound = composite->unsound || status != TDM_OK;
    return tdm__policy_told(r, status);
}

static tdm_status take_members(const tdm__policy_reading *r, tdm__composite *composite,
                               const entry_members *given)
{
    tdm_status status = told(r, composite, set_text(r, &composite->shown.title, given->title));
    if (status == TDM_OK && given->title)
        status = tdm__policy_place(&composite->title_from, r, given->title);
    if (status == TDM_OK)
        status = told(r, composite, set_text(r, &composite->sentence, given->sentence));
    if (status == TDM_OK && given->sentence)
        status = tdm__policy_place(&composite->sentence_from, r, given->sentence);
    if (status == TDM_OK)
        status = told(r, composite, set_of(r, composite, given->of));
    if (status == TDM_OK)
        status = told(r, composite,
                      tdm__policy_number(r, &composite->at_least, &composite->at_least_from, given->at_least,
                                         TDM__COMPOSITE_OF_MIN, TDM__COMPOSITE_OF_MAX));
    if (status == TDM_OK)
        status = told(r, composite, set_within(r, composite, given->within));
    if (status == TDM_OK)
        status = told(r, composite, tdm__policy_severity(r, &composite->effective, given->severity));
    if (status == TDM_OK && given->on) {
        composite->effective.on = tdm__json_bool(given->on);
        status = tdm__policy_place(&composite->effective.on_from, r, given->on);
    }
    return status;
}

tdm_status tdm__policy_read_composite(const tdm__policy_reading *r, const tdm__json_value *entry)
{
    entry_members given;
    const tdm__json_field fields[] = {
        {"title", TDM__JSON_STRING, false, false, &given.title},
        {"sentence", TDM__JSON_STRING, false, false, &given.sentence},
        {"of", TDM__JSON_ARRAY, false, false, &given.of},
        {"at_least", TDM__JSON_NUMBER, false, false, &given.at_least},
        {"within", TDM__JSON_OBJECT, false, false, &given.within},
        {"severity", TDM__JSON_STRING, false, false, &given.severity},
        {"on", TDM__JSON_BOOL, false, false, &given.on},
    };
    if (!is_id(tdm__json_name(entry)))
        return tdm__policy_told(r, tdm__json_fail(r->document, entry, r->error,
                                                  "expected an id of small letters, digits and hyphens"));
    tdm__composite *composite = composite_of(r->policy, tdm__json_name(entry));
    if (!composite)
        return TDM_NO_MEMORY;
    composite->document = r->document;
    composite->entry = entry;
    for (size_t i = 0; i < TDM__COMPOSITE_NEEDS; i++)
        composite->named[i] = composite->named[i] || tdm__json_type_of(entry) != TDM__JSON_OBJECT ||
                              tdm__json_member(entry, needed[i]);
    if (!tdm__policy_object(r, entry, "a composite", fields, sizeof fields / sizeof *fields))
        composite->unsound = true;
    return take_members(r, composite, &given);
}

/* --- once all files are read --- */

static int compare_ids(const void *a, const void *b)
{
    const tdm__composite *left = a, *right = b;
    return tdm__str_compare(left->shown.id, right->shown.id);
}

static tdm_status check_off(const tdm__policy_reading *r, const tdm__composite *composite)
{
    const tdm__json_value *item = tdm__json_first(composite->of_value);
    for (size_t i = 0; composite->effective.on && i < composite->of_count; i++, item = tdm__json_next(item))
        if (!r->policy->indicators[composite->of[i]].on)
            return tdm__json_fail(composite->of_document, item, r->error,
                                  "the composite needs an indicator that is switched off, by %.*s",
                                  TDM_STR_ARGS(r->policy->indicators[composite->of[i]].on_from));
    return TDM_OK;
}

static tdm_status check_whole(const tdm__policy_reading *r, tdm__composite *composite)
{
    for (size_t i = 0; i < TDM__COMPOSITE_NEEDS; i++) {
        if (composite->named[i])
            continue;
        tdm__policy_told(r, tdm__json_fail(composite->document, composite->entry, r->error,
                                           "a composite: \"%s\" is missing", needed[i]));
        composite->unsound = true;
    }
    if (composite->unsound)
        return TDM_OK;
    if ((size_t)composite->at_least > composite->of_count)
        return tdm__json_fail(composite->document, composite->entry, r->error,
                              "the composite asks for more indicators than it names");
    return check_off(r, composite);
}

/* "a, b and c" of ids. */
static void put_ids(tdm__text *text, const tdm__review_policy *policy, const tdm__composite *composite)
{
    for (size_t i = 0; i < composite->of_count; i++) {
        tdm__text_puts(text, i == 0 ? "" : i + 1 == composite->of_count ? " and " : ", ");
        tdm__text_add(text, policy->indicators[composite->of[i]].indicator->id);
    }
}

/* One text of the composite: before and behind the ids. */
static tdm_status put_words(tdm_str *out, tdm__review_policy *policy, const tdm__composite *composite,
                            const char *before, const char *between, const char *behind)
{
    tdm__text text;
    tdm__text_init(&text, &policy->allocator);
    tdm__text_printf(&text, "%s%d of ", before, (int)composite->at_least);
    put_ids(&text, policy, composite);
    tdm__text_puts(&text, between);
    tdm__text_add(&text, composite->effective.params[1].words);
    tdm__text_puts(&text, behind);
    *out = tdm__arena_copy(&policy->arena, tdm__text_str(&text));
    bool failed = text.failed || !out->data;
    tdm__text_free(&text);
    return failed ? TDM_NO_MEMORY : TDM_OK;
}

/* Its two numbers as parameters, so that reports say what set them. */
static tdm_status make_params(tdm__review_policy *policy, tdm__composite *composite)
{
    tdm__param *params = tdm__arena_array(&policy->arena, PARAM_COUNT, sizeof *params);
    tdm__effective_param *values = tdm__arena_array(&policy->arena, PARAM_COUNT, sizeof *values);
    if (!params || !values)
        return TDM_NO_MEMORY;
    params[0] = (tdm__param){.name = TDM_LIT("at_least"),
                             .type = TDM__PARAM_COUNT,
                             .doc = TDM_LIT("how many of the indicators"),
                             .standing = TDM_LIT("")};
    params[1] = (tdm__param){.name = TDM_LIT("within"),
                             .type = TDM__PARAM_SPAN,
                             .doc = TDM_LIT("length of the window that their spells touch"),
                             .standing = TDM_LIT("")};
    values[0] = (tdm__effective_param){.param = &params[0],
                                       .value = {.type = TDM__PARAM_COUNT, .number = composite->at_least},
                                       .from = composite->at_least_from.length > 0 ? composite->at_least_from
                                                                                   : composite->of_from};
    values[1] = (tdm__effective_param){.param = &params[1],
                                       .value = {.type = TDM__PARAM_SPAN, .span = composite->within},
                                       .from = composite->within_from};
    composite->shown.params = params;
    composite->shown.param_count = PARAM_COUNT;
    composite->effective.params = values;
    tdm_status status = tdm__param_words(&values[0].words, &policy->arena, &values[0].value);
    return status == TDM_OK ? tdm__param_words(&values[1].words, &policy->arena, &values[1].value) : status;
}

static tdm_status make_standing(tdm__review_policy *policy, tdm__composite *composite)
{
    tdm__standing *standing = tdm__arena_array(&policy->arena, 1, sizeof *standing);
    if (!standing)
        return TDM_NO_MEMORY;
    *standing = (tdm__standing){TDM_LIT("local"), TDM_DAY_NONE, TDM_DAY_NONE};
    composite->shown.standings = standing;
    composite->shown.standing_count = 1;
    return TDM_OK;
}

/* The file of its list stands where a script stands for other indicators. */
static void name_file(const tdm__review_policy *policy, tdm__composite *composite)
{
    for (size_t i = 0; i < policy->file_count; i++)
        if (policy->documents[i] == composite->of_document) {
            composite->shown.file = policy->files[i].name;
            memcpy(composite->shown.hash, policy->files[i].hash, sizeof composite->shown.hash);
        }
}

static tdm_status show(tdm__review_policy *policy, tdm__composite *composite)
{
    tdm__indicator *shown = &composite->shown;
    if (composite->at_least == 0)
        composite->at_least = (int32_t)composite->of_count;
    shown->version = TDM_LIT("1");
    shown->group = TDM_LIT(TDM__COMPOSITE_GROUP);
    shown->source = TDM_LIT("local policy");
    name_file(policy, composite);
    tdm_status status = make_params(policy, composite);
    if (status == TDM_OK)
        status = make_standing(policy, composite);
    if (status == TDM_OK)
        status = put_words(&shown->question, policy, composite, "At least ", " within ", " of each other?");
    if (status == TDM_OK)
        status = put_words(&shown->definition, policy, composite, "at least ", " are met within ",
                           " of each other: one window of that length is touched by a spell of each");
    composite->effective.definition = shown->definition;
    composite->effective.indicator = shown;
    return status;
}

tdm_status tdm__policy_composites_finish(const tdm__policy_reading *r)
{
    tdm__review_policy *policy = r->policy;
    tdm_status status = TDM_OK;
    if (policy->composite_count > 1)
        qsort(policy->composites, policy->composite_count, sizeof *policy->composites, compare_ids);
    for (size_t i = 0; status == TDM_OK && i < policy->composite_count; i++) {
        status = tdm__policy_told(r, check_whole(r, &policy->composites[i]));
        if (status == TDM_OK)
            status = show(policy, &policy->composites[i]);
        policy->indicators[policy->indicator_count++] = policy->composites[i].effective;
    }
    return status;
}
