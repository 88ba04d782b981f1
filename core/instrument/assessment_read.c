/*
 * The JSON form of an assessment, read member by member. Errors name file, line, item and what was
 * expected; what stands in the form is not shown.
 */
#include "instrument/assessment.h"

#include "json/json.h"

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

typedef struct reader {
    const tdm__json *document;
    tdm_assessment *assessment;
    int32_t line_offset;
    tdm_error *error;
} reader;

static int32_t line_of(const reader *r, const tdm__json_value *value)
{
    return tdm__json_line(value) + r->line_offset;
}

static tdm_status keep(tdm_str *out, const reader *r, tdm_str text)
{
    *out = tdm__arena_copy(&r->assessment->arena, text);
    return out->data ? TDM_OK : tdm__no_memory(r->error);
}

static tdm_status keep_code(tdm_str *out, const reader *r, const tdm__json_value *at, tdm_str code)
{
    *out = (tdm_str){"", 0};
    if (!tdm__instrument_code_valid(code))
        return tdm__json_fail(r->document, at, r->error,
                              "expected the code of an item, 1 to 16 letters, digits, '-', '_' or '.'");
    return keep(out, r, code);
}

/* Room for the members of `value`; NULL only where there is no memory. */
static void *array_for(const reader *r, const tdm__json_value *value, size_t item_size)
{
    return tdm__arena_array(&r->assessment->arena, tdm__json_count(value), item_size);
}

static tdm_status read_day(tdm_day *out, const reader *r, const tdm__json_value *value, const char *name)
{
    *out = TDM_DAY_NONE;
    if (!value || tdm_day_parse_iso(out, tdm__json_string(value)))
        return TDM_OK;
    *out = TDM_DAY_NONE;
    return tdm__json_fail(r->document, value, r->error, "\"%s\": expected a day that exists, as 2024-03-05",
                          name);
}

static tdm_status read_window(const reader *r, const tdm__json_value *window)
{
    tdm_assessment *assessment = r->assessment;
    const tdm__json_value *from = tdm__json_first(window), *to = tdm__json_next(from);
    assessment->window_from = assessment->window_to = TDM_DAY_NONE;
    if (!window)
        return TDM_OK;
    if (tdm__json_count(window) != 2 || tdm__json_type_of(from) != TDM__JSON_STRING ||
        tdm__json_type_of(to) != TDM__JSON_STRING)
        return tdm__json_fail(r->document, window, r->error,
                              "\"window\": expected its first and its last day");
    tdm_status status = read_day(&assessment->window_from, r, from, "window");
    if (status == TDM_OK)
        status = read_day(&assessment->window_to, r, to, "window");
    if (status == TDM_OK && assessment->window_to < assessment->window_from)
        return tdm__json_fail(r->document, to, r->error,
                              "\"window\": expected a last day that is not before the first");
    return status;
}

static tdm_status read_entry(tdm__entry *entry, const reader *r, const tdm__json_value *member)
{
    int64_t value = 0;
    tdm__json_type type = tdm__json_type_of(member);
    tdm_status status = keep_code(&entry->item, r, member, tdm__json_name(member));
    if (status != TDM_OK)
        return status;
    entry->line = line_of(r, member);
    if (type == TDM__JSON_STRING && tdm__entry_state_named(&entry->state, tdm__json_string(member)))
        return TDM_OK;
    entry->state = TDM__ENTRY_SCORED;
    if (tdm__json_int64(&value, member) && value >= -TDM_INSTRUMENT_VALUE_MAX &&
        value <= TDM_INSTRUMENT_VALUE_MAX) {
        entry->value = (int32_t)value;
        return TDM_OK;
    }
    return tdm__json_fail(r->document, member, r->error,
                          "item %.*s: expected a grade of the scale, \"not-seen\" or \"not-applicable\"",
                          TDM_STR_ARGS(entry->item));
}

static tdm_status read_entries(const reader *r, const tdm__json_value *items)
{
    tdm_assessment *assessment = r->assessment;
    assessment->entries = array_for(r, items, sizeof *assessment->entries);
    if (!assessment->entries)
        return tdm__no_memory(r->error);
    for (const tdm__json_value *m = tdm__json_first(items); m; m = tdm__json_next(m)) {
        tdm_status status = read_entry(&assessment->entries[assessment->entry_count++], r, m);
        if (status != TDM_OK)
            return status;
    }
    return TDM_OK;
}

static tdm_status read_remarks(tdm__remark **out, size_t *count, const reader *r,
                               const tdm__json_value *object, const char *name)
{
    *count = 0;
    *out = array_for(r, object, sizeof **out);
    if (!*out)
        return tdm__no_memory(r->error);
    for (const tdm__json_value *m = tdm__json_first(object); m; m = tdm__json_next(m)) {
        tdm__remark *remark = &(*out)[(*count)++];
        remark->line = line_of(r, m);
        tdm_status status = keep_code(&remark->item, r, m, tdm__json_name(m));
        if (status == TDM_OK && tdm__json_type_of(m) != TDM__JSON_STRING)
            status = tdm__json_fail(r->document, m, r->error, "\"%s\" of item %.*s: expected a text", name,
                                    TDM_STR_ARGS(remark->item));
        if (status == TDM_OK)
            status = keep(&remark->text, r, tdm__json_string(m));
        if (status != TDM_OK)
            return status;
    }
    return TDM_OK;
}

static tdm_status read_conditions(const reader *r, const tdm__json_value *array)
{
    tdm_assessment *assessment = r->assessment;
    assessment->conditions = array_for(r, array, sizeof *assessment->conditions);
    if (!assessment->conditions)
        return tdm__no_memory(r->error);
    for (const tdm__json_value *v = tdm__json_first(array); v; v = tdm__json_next(v)) {
        tdm__condition *condition = &assessment->conditions[assessment->condition_count++];
        condition->line = line_of(r, v);
        if (tdm__json_type_of(v) != TDM__JSON_STRING)
            return tdm__json_fail(r->document, v, r->error, "\"conditions\": expected names of conditions");
        tdm_status status = keep(&condition->name, r, tdm__json_string(v));
        if (status != TDM_OK)
            return status;
    }
    return TDM_OK;
}

static tdm_status read_grade(int32_t *out, bool *given, const reader *r, const tdm__json_value *value)
{
    int64_t grade = 0;
    *given = value != NULL;
    *out = 0;
    if (value && (!tdm__json_int64(&grade, value) || grade < -TDM_INSTRUMENT_VALUE_MAX ||
                  grade > TDM_INSTRUMENT_VALUE_MAX))
        return tdm__json_fail(r->document, value, r->error, "\"targets\": expected a grade of the scale");
    *out = (int32_t)grade;
    return TDM_OK;
}

static tdm_status read_target(tdm__target *target, const reader *r, const tdm__json_value *object)
{
    const tdm__json_value *item, *current, *by, *wanted, *actual;
    const tdm__json_field fields[] = {
        {"item", TDM__JSON_STRING, true, false, &item},
        {"current", TDM__JSON_NUMBER, false, true, &current},
        {"by", TDM__JSON_STRING, false, true, &by},
        {"target", TDM__JSON_NUMBER, false, true, &wanted},
        {"actual", TDM__JSON_NUMBER, false, true, &actual},
    };
    tdm_status status = tdm__json_read(r->document, object, "a target", fields, COUNT_OF(fields), r->error);
    if (status != TDM_OK)
        return status;
    target->line = line_of(r, object);
    status = keep_code(&target->item, r, item, tdm__json_string(item));
    if (status == TDM_OK)
        status = read_day(&target->by, r, by, "by");
    if (status == TDM_OK)
        status = read_grade(&target->current, &target->has_current, r, current);
    if (status == TDM_OK)
        status = read_grade(&target->target, &target->has_target, r, wanted);
    return status != TDM_OK ? status : read_grade(&target->actual, &target->has_actual, r, actual);
}

static tdm_status read_targets(const reader *r, const tdm__json_value *array)
{
    tdm_assessment *assessment = r->assessment;
    assessment->targets = array_for(r, array, sizeof *assessment->targets);
    if (!assessment->targets)
        return tdm__no_memory(r->error);
    for (const tdm__json_value *v = tdm__json_first(array); v; v = tdm__json_next(v)) {
        tdm_status status = read_target(&assessment->targets[assessment->target_count++], r, v);
        if (status != TDM_OK)
            return status;
    }
    return TDM_OK;
}

/* Texts that may only be one of a few words; the rest is free. */
typedef struct choice {
    tdm__assessment_text text;
    const char *words; /* separated by spaces */
} choice;

static const choice choices[] = {
    {TDM__FORM_PURPOSE, "baseline review"},
    {TDM__FORM_STATUS, "draft complete countersigned"},
    {TDM__FORM_SUBJECT_TYPE, "child carer home agency case"},
};

static bool is_one_of(tdm_str word, const char *words)
{
    tdm_str rest = tdm__str(words);
    while (rest.length > 0)
        if (tdm__str_equal(tdm__str_split(&rest, ' '), word))
            return true;
    return false;
}

static tdm_status check_choices(const reader *r, const tdm__json_value *const *texts)
{
    for (size_t i = 0; i < COUNT_OF(choices); i++) {
        const tdm__json_value *value = texts[choices[i].text];
        if (value && !is_one_of(tdm__json_string(value), choices[i].words))
            return tdm__json_fail(r->document, value, r->error, "expected one of: %s", choices[i].words);
    }
    return TDM_OK;
}

static tdm_status keep_texts(const reader *r, const tdm__json_value *const *texts)
{
    tdm_assessment *assessment = r->assessment;
    for (int i = 0; i < TDM__FORM_COUNT; i++) {
        tdm_status status = texts[i] ? keep(&assessment->texts[i], r, tdm__json_string(texts[i])) : TDM_OK;
        if (status != TDM_OK)
            return status;
    }
    for (int i = TDM__FORM_INSTRUMENT; i <= TDM__FORM_CHILD; i++)
        if (assessment->texts[i].length == 0)
            return tdm__json_fail(r->document, texts[i], r->error, "expected a text that is not empty");
    assessment->instrument_line = line_of(r, texts[TDM__FORM_INSTRUMENT]);
    assessment->version_line = line_of(r, texts[TDM__FORM_VERSION]);
    return check_choices(r, texts);
}

static tdm_status read_subject(const reader *r, const tdm__json_value *subject, const tdm__json_value **texts)
{
    const tdm__json_field fields[] = {
        {"type", TDM__JSON_STRING, true, false, &texts[TDM__FORM_SUBJECT_TYPE]},
        {"id", TDM__JSON_STRING, true, false, &texts[TDM__FORM_SUBJECT_ID]},
    };
    if (!subject)
        return TDM_OK;
    return tdm__json_read(r->document, subject, "the subject", fields, COUNT_OF(fields), r->error);
}

/* Members that are not plain texts. */
typedef struct members {
    const tdm__json_value *type, *subject, *date, *recorded, *window, *conditions, *items, *evidence,
        *child_words, *targets;
} members;

static tdm_status read_members(const reader *r, const members *m)
{
    tdm_assessment *assessment = r->assessment;
    if (m->type && !tdm__str_equal(tdm__json_string(m->type), TDM_LIT("assessment")))
        return tdm__json_fail(r->document, m->type, r->error, "\"type\": expected \"assessment\"");
    tdm_status status = read_day(&assessment->date, r, m->date, "date");
    if (status == TDM_OK)
        status = read_day(&assessment->recorded, r, m->recorded, "recorded");
    if (status == TDM_OK)
        status = read_window(r, m->window);
    if (status == TDM_OK)
        status = read_conditions(r, m->conditions);
    if (status == TDM_OK)
        status = read_entries(r, m->items);
    if (status == TDM_OK)
        status = read_remarks(&assessment->evidence, &assessment->evidence_count, r, m->evidence, "evidence");
    if (status == TDM_OK)
        status = read_remarks(&assessment->child_words, &assessment->child_word_count, r, m->child_words,
                              "child_words");
    return status != TDM_OK ? status : read_targets(r, m->targets);
}

static tdm_status read_object(const reader *r, const tdm__json_value *object)
{
    const tdm__json_value *texts[TDM__FORM_COUNT] = {NULL};
    members m;
    const tdm__json_field fields[] = {
        {"type", TDM__JSON_STRING, false, false, &m.type},
        {"instrument", TDM__JSON_STRING, true, false, &texts[TDM__FORM_INSTRUMENT]},
        {"version", TDM__JSON_STRING, true, false, &texts[TDM__FORM_VERSION]},
        {"id", TDM__JSON_STRING, true, false, &texts[TDM__FORM_ID]},
        {"child", TDM__JSON_STRING, true, false, &texts[TDM__FORM_CHILD]},
        {"subject", TDM__JSON_OBJECT, false, true, &m.subject},
        {"carer", TDM__JSON_STRING, false, true, &texts[TDM__FORM_CARER]},
        {"assessor", TDM__JSON_STRING, false, true, &texts[TDM__FORM_ASSESSOR]},
        {"assessor_role", TDM__JSON_STRING, false, true, &texts[TDM__FORM_ASSESSOR_ROLE]},
        {"purpose", TDM__JSON_STRING, false, true, &texts[TDM__FORM_PURPOSE]},
        {"status", TDM__JSON_STRING, false, true, &texts[TDM__FORM_STATUS]},
        {"date", TDM__JSON_STRING, true, false, &m.date},
        {"recorded", TDM__JSON_STRING, false, true, &m.recorded},
        {"window", TDM__JSON_ARRAY, false, true, &m.window},
        {"conditions", TDM__JSON_ARRAY, false, true, &m.conditions},
        {"items", TDM__JSON_OBJECT, true, false, &m.items},
        {"evidence", TDM__JSON_OBJECT, false, true, &m.evidence},
        {"child_words", TDM__JSON_OBJECT, false, true, &m.child_words},
        {"targets", TDM__JSON_ARRAY, false, true, &m.targets},
    };
    tdm_status status = tdm__json_read(r->document, object, "the assessment", fields, COUNT_OF(fields),
                                       r->error);
    r->assessment->line = line_of(r, object);
    if (status == TDM_OK)
        status = read_subject(r, m.subject, texts);
    if (status == TDM_OK)
        status = keep_texts(r, texts);
    return status != TDM_OK ? status : read_members(r, &m);
}

static tdm_status new_assessment(tdm_assessment **out, const tdm_allocator *allocator, tdm_str file,
                                 tdm_error *error)
{
    tdm_assessment *assessment = tdm__alloc_zeroed(allocator, 1, sizeof *assessment);
    *out = assessment;
    if (!assessment)
        return tdm__no_memory(error);
    assessment->allocator = *allocator;
    tdm__arena_init(&assessment->arena, &assessment->allocator);
    assessment->file = tdm__arena_copy(&assessment->arena, file);
    return assessment->file.data ? TDM_OK : tdm__no_memory(error);
}

tdm_status tdm_assessment_read(tdm_assessment **out, const tdm_allocator *allocator, tdm_str json,
                               tdm_str file, int32_t first_line, tdm_error *error)
{
    tdm__json *document;
    tdm_assessment *assessment = NULL;
    *out = NULL;
    tdm_status status = tdm__json_parse(&document, allocator, json, file, error);
    if (status == TDM_OK)
        status = new_assessment(&assessment, allocator, file, error);
    if (status == TDM_OK) {
        reader r = {document, assessment, first_line - 1, error};
        status = read_object(&r, tdm__json_root(document));
    }
    tdm__json_free(document);
    if (status == TDM_OK) {
        *out = assessment;
        return TDM_OK;
    }
    tdm_assessment_free(assessment);
    if (error && error->line > 0)
        error->line += first_line - 1;
    return status;
}
