/*
 * The overlay of texts: read against a definition, kept sorted by code, looked up. What the words say is
 * not looked at, and no message shows them.
 */
#include "instrument/texts.h"

#include <stdio.h>
#include <stdlib.h>

#include "json/json.h"

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

/* The words of one grade, or of "not seen" and the like. */
typedef struct grade_text {
    tdm__entry_state state;
    int32_t value; /* of TDM__ENTRY_SCORED */
    tdm_str text;
} grade_text;

typedef struct part_text {
    tdm_str code;
    tdm_str text;
    const grade_text *grades;
    size_t grade_count;
} part_text;

struct tdm__texts {
    tdm_allocator allocator;
    tdm__arena arena; /* all below */
    tdm_str licence;
    part_text *parts; /* ascending by code, each once */
    size_t part_count;
};

typedef struct reader {
    const tdm__json *document;
    const tdm_instrument *instrument;
    tdm__texts *texts;
    tdm_error *error;
} reader;

static tdm_status keep(tdm_str *out, const reader *r, tdm_str text)
{
    *out = tdm__arena_copy(&r->texts->arena, text);
    return out->data ? TDM_OK : tdm__no_memory(r->error);
}

/* The scale of the area that a code is, or lies in; NULL when the instrument has no such code. */
static const tdm__scale *scale_of_code(const tdm_instrument *instrument, tdm_str code)
{
    uint32_t item = tdm__instrument_find_item(instrument, code);
    if (item != TDM__NO_PART)
        return tdm__instrument_item_scale(instrument, item);
    uint32_t area = tdm__instrument_find_part(&instrument->areas, code);
    if (area == TDM__NO_PART) {
        uint32_t sub_area = tdm__instrument_find_part(&instrument->sub_areas, code);
        if (sub_area == TDM__NO_PART)
            return NULL;
        area = instrument->sub_areas.items[sub_area].parent;
    }
    return tdm__instrument_area_scale(instrument, area);
}

/* A grade as a number is written shortest, so that "01" is not a second name for "1". */
static bool grade_named(grade_text *out, const tdm__scale *scale, tdm_str name)
{
    if (tdm__entry_state_named(&out->state, name))
        return true;
    for (size_t i = 0; i < scale->value_count; i++) {
        char written[16];
        snprintf(written, sizeof written, "%d", (int)scale->values[i].value);
        if (tdm__str_equal(tdm__str(written), name)) {
            out->state = TDM__ENTRY_SCORED;
            out->value = scale->values[i].value;
            return true;
        }
    }
    return false;
}

static tdm_status read_grades(part_text *part, const reader *r, const tdm__scale *scale,
                              const tdm__json_value *object)
{
    grade_text *grades = tdm__arena_array(&r->texts->arena, tdm__json_count(object), sizeof *grades);
    if (!grades)
        return tdm__no_memory(r->error);
    part->grades = grades;
    for (const tdm__json_value *m = tdm__json_first(object); m; m = tdm__json_next(m)) {
        grade_text *grade = &grades[part->grade_count++];
        if (!grade_named(grade, scale, tdm__json_name(m)))
            return tdm__json_fail(r->document, m, r->error,
                                  "\"grades\" of %.*s: expected a grade of its scale, \"not-seen\" or "
                                  "\"not-applicable\"",
                                  TDM_STR_ARGS(part->code));
        if (tdm__json_type_of(m) != TDM__JSON_STRING)
            return tdm__json_fail(r->document, m, r->error, "\"grades\" of %.*s: expected a text",
                                  TDM_STR_ARGS(part->code));
        tdm_status status = keep(&grade->text, r, tdm__json_string(m));
        if (status != TDM_OK)
            return status;
    }
    return TDM_OK;
}

static tdm_status read_part(part_text *part, const reader *r, const tdm__json_value *member)
{
    const tdm__json_value *text, *grades;
    const tdm__json_field fields[] = {
        {"text", TDM__JSON_STRING, false, false, &text},
        {"grades", TDM__JSON_OBJECT, false, false, &grades},
    };
    const tdm__scale *scale = scale_of_code(r->instrument, tdm__json_name(member));
    if (!scale)
        return tdm__json_fail(r->document, member, r->error,
                              "\"parts\": expected the code of an area, a sub-area or an item of %.*s",
                              TDM_STR_ARGS(r->instrument->texts[TDM__TEXT_ID]));
    tdm_status status = tdm__json_read(r->document, member, "a part", fields, COUNT_OF(fields), r->error);
    if (status == TDM_OK)
        status = keep(&part->code, r, tdm__json_name(member));
    if (status == TDM_OK && text)
        status = keep(&part->text, r, tdm__json_string(text));
    return status != TDM_OK || !grades ? status : read_grades(part, r, scale, grades);
}

static int by_code(const void *a, const void *b)
{
    return tdm__str_compare(((const part_text *)a)->code, ((const part_text *)b)->code);
}

static tdm_status read_parts(const reader *r, const tdm__json_value *object)
{
    tdm__texts *texts = r->texts;
    texts->parts = tdm__arena_array(&texts->arena, tdm__json_count(object), sizeof *texts->parts);
    if (!texts->parts)
        return tdm__no_memory(r->error);
    for (const tdm__json_value *m = tdm__json_first(object); m; m = tdm__json_next(m)) {
        tdm_status status = read_part(&texts->parts[texts->part_count++], r, m);
        if (status != TDM_OK)
            return status;
    }
    /* No name stands twice in an object, so the order is total. */
    if (texts->part_count > 1)
        qsort(texts->parts, texts->part_count, sizeof *texts->parts, by_code);
    return TDM_OK;
}

/* Words are only ever shown beside the definition that they were written for. */
static tdm_status check_instrument(const reader *r, const tdm__json_value *id, const tdm__json_value *version)
{
    const tdm_str *texts = r->instrument->texts;
    if (!tdm__str_equal(tdm__json_string(id), texts[TDM__TEXT_ID]))
        return tdm__json_fail(r->document, id, r->error, "expected texts of the instrument \"%.*s\"",
                              TDM_STR_ARGS(texts[TDM__TEXT_ID]));
    if (!tdm__str_equal(tdm__json_string(version), texts[TDM__TEXT_VERSION]))
        return tdm__json_fail(r->document, version, r->error, "expected texts of version %.*s of \"%.*s\"",
                              TDM_STR_ARGS(texts[TDM__TEXT_VERSION]), TDM_STR_ARGS(texts[TDM__TEXT_ID]));
    return TDM_OK;
}

static tdm_status read_overlay(const reader *r)
{
    const tdm__json_value *format, *id, *version, *licence, *parts;
    const tdm__json_field fields[] = {
        {"texts", TDM__JSON_NUMBER, true, false, &format},
        {"instrument", TDM__JSON_STRING, true, false, &id},
        {"version", TDM__JSON_STRING, true, false, &version},
        {"licence", TDM__JSON_STRING, true, false, &licence},
        {"parts", TDM__JSON_OBJECT, true, false, &parts},
    };
    int64_t number = 0;
    tdm_status status = tdm__json_read(r->document, tdm__json_root(r->document), "the texts", fields,
                                       COUNT_OF(fields), r->error);
    if (status != TDM_OK)
        return status;
    if (!tdm__json_int64(&number, format) || number != 1)
        return tdm__json_fail(r->document, format, r->error, "\"texts\": expected 1, the form of this file");
    status = check_instrument(r, id, version);
    if (status == TDM_OK && tdm__str_trimmed(tdm__json_string(licence)).length == 0)
        return tdm__json_fail(r->document, licence, r->error,
                              "\"licence\": expected who allows the use of these words");
    if (status == TDM_OK)
        status = keep(&r->texts->licence, r, tdm__json_string(licence));
    return status != TDM_OK ? status : read_parts(r, parts);
}

static tdm__texts *new_texts(const tdm_allocator *allocator)
{
    tdm__texts *texts = tdm__alloc_zeroed(allocator, 1, sizeof *texts);
    if (!texts)
        return NULL;
    texts->allocator = *allocator;
    tdm__arena_init(&texts->arena, &texts->allocator);
    return texts;
}

tdm_status tdm__texts_read(tdm__texts **out, const tdm_allocator *allocator, tdm_str json, tdm_str file,
                           const tdm_instrument *instrument, tdm_error *error)
{
    tdm__json *document;
    tdm__texts *texts = NULL;
    *out = NULL;
    tdm_status status = tdm__json_parse(&document, allocator, json, file, error);
    if (status == TDM_OK) {
        texts = new_texts(allocator);
        status = texts ? read_overlay(&(reader){document, instrument, texts, error}) : tdm__no_memory(error);
    }
    tdm__json_free(document);
    if (status == TDM_OK)
        *out = texts;
    else
        tdm__texts_free(texts);
    return status;
}

void tdm__texts_free(tdm__texts *texts)
{
    if (!texts)
        return;
    tdm_allocator allocator = texts->allocator;
    tdm__arena_free(&texts->arena);
    tdm__free(&allocator, texts);
}

static const part_text *find_part(const tdm__texts *texts, tdm_str code)
{
    const part_text wanted = {.code = code};
    if (!texts || texts->part_count == 0)
        return NULL;
    return bsearch(&wanted, texts->parts, texts->part_count, sizeof *texts->parts, by_code);
}

static tdm_str or_empty(tdm_str text)
{
    return text.data ? text : (tdm_str){"", 0};
}

tdm_str tdm__texts_part(const tdm__texts *texts, tdm_str code)
{
    const part_text *part = find_part(texts, code);
    return or_empty(part ? part->text : (tdm_str){"", 0});
}

static tdm_str find_grade(const tdm__texts *texts, tdm_str code, tdm__entry_state state, int32_t value)
{
    const part_text *part = find_part(texts, code);
    for (size_t i = 0; part && i < part->grade_count; i++)
        if (part->grades[i].state == state && (state != TDM__ENTRY_SCORED || part->grades[i].value == value))
            return part->grades[i].text;
    return (tdm_str){"", 0};
}

tdm_str tdm__texts_grade(const tdm__texts *texts, tdm_str code, int32_t grade)
{
    return find_grade(texts, code, TDM__ENTRY_SCORED, grade);
}

tdm_str tdm__texts_state(const tdm__texts *texts, tdm_str code, tdm__entry_state state)
{
    return find_grade(texts, code, state, 0);
}

tdm_str tdm__texts_licence(const tdm__texts *texts)
{
    return texts ? texts->licence : (tdm_str){"", 0};
}
