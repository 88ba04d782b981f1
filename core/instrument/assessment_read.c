/*
 * The JSON form of an assessment, read member by member. Problems name file, line, item and what was
 * expected; what stands in the form is not shown. All are told before the reading ends.
 */
#include "instrument/assessment.h"

#include <stdarg.h>
#include <stdio.h>

#include "instrument/problems.h"
#include "json/json.h"

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

typedef struct reader {
    const tdm__json *document;
    tdm_assessment *assessment;
    int32_t line_offset;
    tdm__problems problems;
} reader;

/* Every status below is TDM_OK or TDM_NO_MEMORY; what is wrong with the form goes to the problems. */

static int32_t line_of(const reader *r, const tdm__json_value *value)
{
    return tdm__json_line(value) + r->line_offset;
}

static tdm_status keep(tdm_str *out, const reader *r, tdm_str text)
{
    *out = tdm__arena_copy(&r->assessment->arena, text);
    return out->data ? TDM_OK : TDM_NO_MEMORY;
}

static void add_problem(reader *r, bool fatal, tdm_error *problem)
{
    problem->line += r->line_offset;
    tdm__problems_add(&r->problems, fatal, problem);
}

TDM_PRINTF(4, 0)
static void problem(reader *r, bool fatal, const tdm__json_value *at, const char *format, va_list values)
{
    tdm_error error;
    char message[sizeof error.message];
    vsnprintf(message, sizeof message, format, values);
    tdm__json_fail(r->document, at, &error, "%s", message);
    add_problem(r, fatal, &error);
}

/* Without this member there is no form. */
TDM_PRINTF(3, 4) static void refuse_form(reader *r, const tdm__json_value *at, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    problem(r, true, at, format, values);
    va_end(values);
}

/* item: "" for what belongs to no item, or to one whose code is none; else as the assessment keeps it. */
TDM_PRINTF(4, 5)
static tdm_status leave_out(reader *r, const tdm__json_value *at, tdm_str item, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    problem(r, false, at, format, values);
    va_end(values);
    return tdm__assessment_leave_out(r->assessment, item, line_of(r, at));
}

static const char *type_words(tdm__json_type type)
{
    static const char *const words[] = {
        [TDM__JSON_NULL] = "null",       [TDM__JSON_BOOL] = "true or false", [TDM__JSON_NUMBER] = "a number",
        [TDM__JSON_STRING] = "a string", [TDM__JSON_ARRAY] = "an array",     [TDM__JSON_OBJECT] = "an object",
        [TDM__JSON_ANY] = "a value"};
    return words[type];
}

/* Members of an object, with what was wrong first as tdm__json_read words it. */
typedef struct members_of {
    const tdm__json_value *object;
    const char *what;
    const tdm__json_field *fields;
    size_t count;
    bool fatal;      /* there is no form without the required ones */
    tdm_error first; /* status TDM_OK once it is told */
} members_of;

TDM_PRINTF(5, 6)
static tdm_status misfit(reader *r, members_of *members, bool fatal, const tdm__json_value *at,
                         const char *format, ...)
{
    va_list values;
    va_start(values, format);
    if (members->first.status != TDM_OK)
        add_problem(r, fatal, &members->first);
    else
        problem(r, fatal, at, format, values);
    va_end(values);
    members->first.status = TDM_OK;
    return fatal ? TDM_OK : tdm__assessment_leave_out(r->assessment, TDM_LIT(""), line_of(r, at));
}

static tdm_status take_member(reader *r, members_of *members, const tdm__json_value *member)
{
    tdm__json_type type = tdm__json_type_of(member);
    const tdm__json_field *field = members->fields, *end = field + members->count;
    while (field < end && !tdm__str_equal(tdm__str(field->name), tdm__json_name(member)))
        field++;
    if (field == end)
        return misfit(r, members, false, member, "%s: unknown member", members->what);
    if (type == TDM__JSON_NULL && field->null_allowed)
        return TDM_OK;
    if (field->type != TDM__JSON_ANY && type != field->type)
        return misfit(r, members, field->required && members->fatal, member, "%s: \"%s\" must be %s",
                      members->what, field->name, type_words(field->type));
    *field->out = member;
    return TDM_OK;
}

/* All that is wrong with the members, where tdm__json_read has stopped at the first. */
static tdm_status take_members(reader *r, members_of *members)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < members->count; i++)
        *members->fields[i].out = NULL;
    if (tdm__json_type_of(members->object) != TDM__JSON_OBJECT)
        return misfit(r, members, members->fatal, members->object, "%s: expected an object", members->what);
    for (const tdm__json_value *m = tdm__json_first(members->object); status == TDM_OK && m;
         m = tdm__json_next(m))
        status = take_member(r, members, m);
    for (size_t i = 0; status == TDM_OK && i < members->count; i++) {
        const tdm__json_field *field = &members->fields[i];
        if (field->required && !tdm__json_member(members->object, field->name))
            status = misfit(r, members, members->fatal, members->object, "%s: \"%s\" is missing; expected %s",
                            members->what, field->name, type_words(field->type));
    }
    return status;
}

/* Members that do not fit are NULL; *complete: all that are required are there. */
static tdm_status read_fields(bool *complete, reader *r, members_of *members)
{
    tdm_status status = TDM_OK;
    tdm__error_clear(&members->first);
    if (tdm__json_read(r->document, members->object, members->what, members->fields, members->count,
                       &members->first) != TDM_OK)
        status = take_members(r, members);
    *complete = true;
    for (size_t i = 0; i < members->count; i++)
        *complete = *complete && (!members->fields[i].required || *members->fields[i].out);
    return status;
}

/* *out is "" for a code that is none. */
static tdm_status keep_code(tdm_str *out, reader *r, const tdm__json_value *at, tdm_str code)
{
    *out = (tdm_str){"", 0};
    if (!tdm__instrument_code_valid(code))
        return leave_out(r, at, *out,
                         "expected the code of an item, 1 to 16 letters, digits, '-', '_' or '.'");
    return keep(out, r, code);
}

/* Room for the members of `value`; NULL only where there is no memory. */
static void *array_for(const reader *r, const tdm__json_value *value, size_t item_size)
{
    return tdm__arena_array(&r->assessment->arena, tdm__json_count(value), item_size);
}

#define NOT_A_DAY "\"%s\": expected a day that exists, as 2024-03-05"

static tdm_status read_day(tdm_day *out, reader *r, const tdm__json_value *value, const char *name)
{
    *out = TDM_DAY_NONE;
    if (!value || tdm_day_parse_iso(out, tdm__json_string(value)))
        return TDM_OK;
    *out = TDM_DAY_NONE;
    return leave_out(r, value, TDM_LIT(""), NOT_A_DAY, name);
}

static void read_date(reader *r, const tdm__json_value *date)
{
    if (!date || tdm_day_parse_iso(&r->assessment->date, tdm__json_string(date)))
        return;
    r->assessment->date = TDM_DAY_NONE;
    refuse_form(r, date, NOT_A_DAY, "date");
}

static tdm_status read_window(reader *r, const tdm__json_value *window)
{
    tdm_assessment *assessment = r->assessment;
    const tdm__json_value *from = tdm__json_first(window), *to = tdm__json_next(from);
    tdm_day first, last;
    if (!window)
        return TDM_OK;
    if (tdm__json_count(window) != 2 || tdm__json_type_of(from) != TDM__JSON_STRING ||
        tdm__json_type_of(to) != TDM__JSON_STRING)
        return leave_out(r, window, TDM_LIT(""), "expected \"window\": [\"first day\", \"last day\"]");
    tdm_status status = read_day(&first, r, from, "window");
    if (status == TDM_OK)
        status = read_day(&last, r, to, "window");
    if (status != TDM_OK || first == TDM_DAY_NONE || last == TDM_DAY_NONE)
        return status;
    if (last < first)
        return leave_out(r, to, TDM_LIT(""), "\"window\": expected a last day that is not before the first");
    assessment->window_from = first;
    assessment->window_to = last;
    return TDM_OK;
}

static bool is_grade(int32_t *out, const tdm__json_value *value)
{
    int64_t grade;
    bool is = tdm__json_int64(&grade, value) && grade >= -TDM_INSTRUMENT_VALUE_MAX &&
              grade <= TDM_INSTRUMENT_VALUE_MAX;
    *out = is ? (int32_t)grade : 0;
    return is;
}

static tdm_status read_entry(reader *r, const tdm__json_value *member)
{
    tdm_assessment *assessment = r->assessment;
    tdm__entry *entry = &assessment->entries[assessment->entry_count];
    tdm_status status = keep_code(&entry->item, r, member, tdm__json_name(member));
    if (status != TDM_OK || entry->item.length == 0)
        return status;
    entry->line = line_of(r, member);
    bool word = tdm__json_type_of(member) == TDM__JSON_STRING &&
                tdm__entry_state_named(&entry->state, tdm__json_string(member));
    if (!word && !is_grade(&entry->value, member))
        return leave_out(r, member, entry->item,
                         "item %.*s: expected a grade of the scale, \"not-seen\" or \"not-applicable\"",
                         TDM_STR_ARGS(entry->item));
    if (!word)
        entry->state = TDM__ENTRY_SCORED;
    assessment->entry_count++;
    return TDM_OK;
}

static tdm_status read_entries(reader *r, const tdm__json_value *items)
{
    r->assessment->entries = array_for(r, items, sizeof *r->assessment->entries);
    tdm_status status = r->assessment->entries ? TDM_OK : TDM_NO_MEMORY;
    for (const tdm__json_value *m = tdm__json_first(items); status == TDM_OK && m; m = tdm__json_next(m))
        status = read_entry(r, m);
    return status;
}

static tdm_status read_remark(tdm__remark *remark, bool *good, reader *r, const tdm__json_value *member,
                              const char *name)
{
    *good = false;
    remark->line = line_of(r, member);
    tdm_status status = keep_code(&remark->item, r, member, tdm__json_name(member));
    if (status != TDM_OK || remark->item.length == 0)
        return status;
    if (tdm__json_type_of(member) != TDM__JSON_STRING)
        return leave_out(r, member, remark->item, "\"%s\" of item %.*s: expected a text", name,
                         TDM_STR_ARGS(remark->item));
    *good = true;
    return keep(&remark->text, r, tdm__json_string(member));
}

static tdm_status read_remarks(tdm__remark **out, size_t *count, reader *r, const tdm__json_value *object,
                               const char *name)
{
    *count = 0;
    *out = array_for(r, object, sizeof **out);
    tdm_status status = *out ? TDM_OK : TDM_NO_MEMORY;
    for (const tdm__json_value *m = tdm__json_first(object); status == TDM_OK && m; m = tdm__json_next(m)) {
        bool good;
        status = read_remark(&(*out)[*count], &good, r, m, name);
        *count += good;
    }
    return status;
}

static tdm_status read_conditions(reader *r, const tdm__json_value *array)
{
    tdm_assessment *assessment = r->assessment;
    assessment->conditions = array_for(r, array, sizeof *assessment->conditions);
    tdm_status status = assessment->conditions ? TDM_OK : TDM_NO_MEMORY;
    for (const tdm__json_value *v = tdm__json_first(array); status == TDM_OK && v; v = tdm__json_next(v)) {
        if (tdm__json_type_of(v) != TDM__JSON_STRING) {
            status = leave_out(r, v, TDM_LIT(""), "\"conditions\": expected names of conditions");
            continue;
        }
        tdm__condition *condition = &assessment->conditions[assessment->condition_count++];
        condition->line = line_of(r, v);
        status = keep(&condition->name, r, tdm__json_string(v));
    }
    return status;
}

static tdm_status read_grade(int32_t *out, bool *given, reader *r, tdm_str item, const tdm__json_value *value)
{
    *given = value && is_grade(out, value);
    if (!value || *given)
        return TDM_OK;
    return leave_out(r, value, item, "\"targets\": expected a grade of the scale");
}

static tdm_status read_target(tdm__target *target, bool *complete, reader *r, const tdm__json_value *object)
{
    const tdm__json_value *item, *current, *by, *wanted, *actual;
    const tdm__json_field fields[] = {
        {"item", TDM__JSON_STRING, true, false, &item},
        {"current", TDM__JSON_NUMBER, false, true, &current},
        {"by", TDM__JSON_STRING, false, true, &by},
        {"target", TDM__JSON_NUMBER, false, true, &wanted},
        {"actual", TDM__JSON_NUMBER, false, true, &actual},
    };
    members_of members = {object, "a target", fields, COUNT_OF(fields), false, {0}};
    tdm_status status = read_fields(complete, r, &members);
    if (status != TDM_OK || !*complete)
        return status;
    target->line = line_of(r, object);
    status = keep_code(&target->item, r, item, tdm__json_string(item));
    *complete = target->item.length > 0;
    if (status == TDM_OK)
        status = read_day(&target->by, r, by, "by");
    if (status == TDM_OK)
        status = read_grade(&target->current, &target->has_current, r, target->item, current);
    if (status == TDM_OK)
        status = read_grade(&target->target, &target->has_target, r, target->item, wanted);
    return status != TDM_OK ? status
                            : read_grade(&target->actual, &target->has_actual, r, target->item, actual);
}

static tdm_status read_targets(reader *r, const tdm__json_value *array)
{
    tdm_assessment *assessment = r->assessment;
    assessment->targets = array_for(r, array, sizeof *assessment->targets);
    tdm_status status = assessment->targets ? TDM_OK : TDM_NO_MEMORY;
    for (const tdm__json_value *v = tdm__json_first(array); status == TDM_OK && v; v = tdm__json_next(v)) {
        bool complete;
        status = read_target(&assessment->targets[assessment->target_count], &complete, r, v);
        assessment->target_count += complete;
    }
    return status;
}

/* Texts that may only be one of a few words; the rest is free. */
typedef struct choice {
    tdm__assessment_text text;
    const char *words; /* separated by spaces */
} choice;

static const choice choices[] = {
    {TDM__FORM_PURPOSE, TDM__FORM_PURPOSES},
    {TDM__FORM_STATUS, TDM__FORM_STATUSES},
    {TDM__FORM_SUBJECT_TYPE, TDM__FORM_SUBJECTS},
};

static bool is_one_of(tdm_str word, const char *words)
{
    tdm_str rest = tdm__str(words);
    while (rest.length > 0)
        if (tdm__str_equal(tdm__str_split(&rest, ' '), word))
            return true;
    return false;
}

static bool is_choice(tdm_str word, tdm__assessment_text text, const char **words)
{
    for (size_t i = 0; i < COUNT_OF(choices); i++)
        if (choices[i].text == text)
            *words = choices[i].words;
    return !*words || is_one_of(word, *words);
}

/* What may stand in one text; left out where it does not. A subject is left out as a whole. */
static tdm_status check_text(reader *r, tdm__assessment_text text, const tdm__json_value *value)
{
    tdm_str *texts = r->assessment->texts, word = texts[text];
    const char *words = NULL;
    tdm_status status = TDM_OK;
    if (text <= TDM__FORM_CHILD && word.length == 0)
        refuse_form(r, value, "expected a text that is not empty");
    else if (!is_choice(word, text, &words))
        status = leave_out(r, value, TDM_LIT(""), "expected one of: %s", words);
    else if (text == TDM__FORM_AGENCY && !tdm__code_shaped(word))
        status = leave_out(r, value, TDM_LIT(""), "\"agency\": expected the code of an agency");
    else if (text == TDM__FORM_AGE_BAND && !tdm__instrument_code_valid(word))
        status = leave_out(r, value, TDM_LIT(""), "\"age_band\": expected the code of an age band");
    else
        return TDM_OK;
    texts[text] = (tdm_str){NULL, 0};
    if (text == TDM__FORM_SUBJECT_TYPE)
        texts[TDM__FORM_SUBJECT_ID] = texts[text];
    return status;
}

static tdm_status keep_texts(reader *r, const tdm__json_value *const *texts)
{
    tdm_assessment *assessment = r->assessment;
    tdm_status status = TDM_OK;
    for (int i = 0; status == TDM_OK && i < TDM__FORM_COUNT; i++)
        if (texts[i])
            status = keep(&assessment->texts[i], r, tdm__json_string(texts[i]));
    for (int i = 0; status == TDM_OK && i < TDM__FORM_COUNT; i++)
        if (texts[i])
            status = check_text(r, (tdm__assessment_text)i, texts[i]);
    assessment->instrument_line = line_of(r, texts[TDM__FORM_INSTRUMENT]);
    assessment->version_line = line_of(r, texts[TDM__FORM_VERSION]);
    assessment->age_band_line = texts[TDM__FORM_AGE_BAND] ? line_of(r, texts[TDM__FORM_AGE_BAND]) : 0;
    return status;
}

static tdm_status read_subject(reader *r, const tdm__json_value *subject, const tdm__json_value **texts)
{
    bool complete;
    const tdm__json_field fields[] = {
        {"type", TDM__JSON_STRING, true, false, &texts[TDM__FORM_SUBJECT_TYPE]},
        {"id", TDM__JSON_STRING, true, false, &texts[TDM__FORM_SUBJECT_ID]},
    };
    members_of members = {subject, "the subject", fields, COUNT_OF(fields), false, {0}};
    if (!subject)
        return TDM_OK;
    tdm_status status = read_fields(&complete, r, &members);
    if (!complete)
        texts[TDM__FORM_SUBJECT_TYPE] = texts[TDM__FORM_SUBJECT_ID] = NULL;
    return status;
}

/* Members that are not plain texts. */
typedef struct members {
    const tdm__json_value *type, *subject, *date, *recorded, *window, *conditions, *items, *evidence,
        *child_words, *targets;
} members;

static tdm_status read_members(reader *r, const members *m)
{
    tdm_assessment *assessment = r->assessment;
    if (m->type && !tdm__str_equal(tdm__json_string(m->type), TDM_LIT("assessment")))
        refuse_form(r, m->type, "\"type\": expected \"assessment\"");
    read_date(r, m->date);
    tdm_status status = read_day(&assessment->recorded, r, m->recorded, "recorded");
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

static tdm_status read_object(reader *r, const tdm__json_value *object)
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
        {"agency", TDM__JSON_STRING, false, true, &texts[TDM__FORM_AGENCY]},
        {"age_band", TDM__JSON_STRING, false, true, &texts[TDM__FORM_AGE_BAND]},
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
    bool complete;
    members_of all = {object, "the assessment", fields, COUNT_OF(fields), true, {0}};
    tdm_status status = read_fields(&complete, r, &all);
    r->assessment->line = line_of(r, object);
    if (status == TDM_OK)
        status = read_subject(r, m.subject, texts);
    if (status == TDM_OK)
        status = keep_texts(r, texts);
    return status != TDM_OK ? status : read_members(r, &m);
}

/* A text that is no JSON is a problem too, the only one. */
static tdm_status parse(tdm__json **out, const tdm_allocator *allocator, tdm_str json, tdm_str file,
                        reader *r)
{
    tdm_error error;
    tdm__error_clear(&error);
    tdm_status status = tdm__json_parse(out, allocator, json, file, &error);
    if (status != TDM_OK && status != TDM_NO_MEMORY) {
        int32_t offset = error.line > 0 ? r->line_offset : 0;
        error.line += offset;
        tdm__problems_add(&r->problems, true, &error);
    }
    return status;
}

tdm_status tdm_assessment_read(tdm_assessment **out, const tdm_allocator *allocator, tdm_str json,
                               tdm_str file, int32_t first_line, const tdm_assessment_options *options,
                               tdm_error *error)
{
    tdm__json *document;
    reader r = {.line_offset = first_line - 1};
    *out = NULL;
    if (options && options->struct_size != sizeof *options)
        return tdm__fail(error, TDM_INVALID_ARG, "tdm_assessment_options: struct_size of no known version");
    tdm__problems_init(&r.problems, options && options->lenient, options ? options->problem : NULL,
                       options ? options->payload : NULL);
    tdm_status status = parse(&document, allocator, json, file, &r);
    r.document = document;
    if (status == TDM_OK)
        status = tdm__assessment_new(&r.assessment, allocator, file, error);
    if (status == TDM_OK)
        status = read_object(&r, tdm__json_root(document));
    tdm__json_free(document);
    if (status == TDM_NO_MEMORY)
        tdm__no_memory(error);
    else
        status = tdm__problems_end(&r.problems, error);
    if (status == TDM_OK) {
        *out = r.assessment;
        return TDM_OK;
    }
    tdm_assessment_free(r.assessment);
    return status;
}
