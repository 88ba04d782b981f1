/*
 * Documents: a copy of the text, scanned in place, and no name twice in an object. Also the getters. Tables
 * of members are in fields.c.
 */
#include "json/scan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct tdm__json {
    tdm_allocator allocator;
    tdm__json_values values;
    char *file;
    size_t file_length;
    char *text; /* that names and strings stand in */
};

#define MEMBERS_COMPARED 16 /* of more the names are sorted */

static char *zero_ended_copy(const tdm_allocator *allocator, tdm_str text)
{
    char *copy = tdm__alloc(allocator, text.length + 1);
    if (!copy)
        return NULL;
    if (text.length > 0)
        memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    return copy;
}

typedef struct member_name {
    tdm_str name;
    const tdm__json_value *member;
} member_name;

static int compare_names(const void *a, const void *b)
{
    const member_name *left = a, *right = b;
    int order = tdm__str_compare(left->name, right->name);
    return order != 0 ? order : (left->member > right->member) - (left->member < right->member);
}

/* The earliest member whose name an earlier one has, or NULL. Sorted, so that no input makes it slow. */
static const tdm__json_value *find_duplicate(const tdm__json_value *object, member_name *names)
{
    size_t count = 0;
    const tdm__json_value *found = NULL;
    for (const tdm__json_value *m = tdm__json_first(object); m; m = tdm__json_next(m))
        names[count++] = (member_name){m->name, m};
    qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 1; i < count; i++)
        if (tdm__str_equal(names[i - 1].name, names[i].name) && (!found || names[i].member < found))
            found = names[i].member;
    return found;
}

/* The same of an object of few members: a name whose bit no other has is none of theirs. */
static const tdm__json_value *find_duplicate_of_few(const tdm__json_value *object)
{
    uint64_t bits = 0;
    for (const tdm__json_value *m = tdm__json_first(object); m; m = tdm__json_next(m)) {
        tdm_str name = m->name;
        uint64_t letters = name.length == 0
                               ? 0
                               : (unsigned char)name.data[0] * 5u + (unsigned char)name.data[name.length - 1];
        uint64_t bit = UINT64_C(1) << ((letters + name.length * 11) & 63);
        for (const tdm__json_value *e = tdm__json_first(object); (bits & bit) != 0 && e != m;
             e = tdm__json_next(e))
            if (e->name.length == name.length && memcmp(e->name.data, name.data, name.length) == 0)
                return m;
        bits |= bit;
    }
    return NULL;
}

/* The first object with a name twice tells it. names: room for an object of many members. */
static const tdm__json_value *find_any_duplicate(const tdm__json_value *values, size_t count,
                                                 member_name *names)
{
    const tdm__json_value *second = NULL;
    for (const tdm__json_value *v = values; v < values + count && !second; v++)
        if (v->type == TDM__JSON_OBJECT && v->count > 1)
            second = v->count <= MEMBERS_COMPARED ? find_duplicate_of_few(v) : find_duplicate(v, names);
    return second;
}

static tdm_status check_duplicates(const tdm__json_value *values, size_t count,
                                   const tdm_allocator *allocator, tdm_str file, tdm_error *error)
{
    uint32_t largest = 0;
    member_name *names = NULL;
    for (size_t i = 0; i < count; i++)
        if (values[i].type == TDM__JSON_OBJECT && values[i].count > largest)
            largest = values[i].count;
    if (largest < 2)
        return TDM_OK;
    if (largest > MEMBERS_COMPARED) {
        names = tdm__alloc_zeroed(allocator, largest, sizeof *names);
        if (!names)
            return tdm__no_memory(error);
    }
    const tdm__json_value *second = find_any_duplicate(values, count, names);
    tdm__free(allocator, names);
    if (!second)
        return TDM_OK;
    return tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){file, second->line, second->column},
                        "a name that this object has already");
}

tdm_status tdm__json_values_read(size_t *root, tdm__json_values *values, const tdm_allocator *allocator,
                                 char *text, size_t length, tdm_str file, tdm_error *error)
{
    *root = values->count;
    tdm_status status = tdm__json_scan(values, allocator, text, length, file, error);
    if (status == TDM_OK)
        status = check_duplicates(values->items + *root, values->count - *root, allocator, file, error);
    if (status != TDM_OK)
        values->count = *root;
    return status;
}

const tdm__json_value *tdm__json_values_at(const tdm__json_values *values, size_t root)
{
    return root < values->count ? &values->items[root] : NULL;
}

uint32_t tdm__json_place(const tdm__json_value *object, const tdm__json_value *member)
{
    return (uint32_t)(member - object);
}

const tdm__json_value *tdm__json_at(const tdm__json_value *object, uint32_t place)
{
    return object + place;
}

/* Longer texts are refused as they stand: there need be no room for them twice. */
static tdm_status read_values(tdm__json *document, tdm_str text, tdm_str file, tdm_error *error)
{
    const tdm_allocator *allocator = &document->allocator;
    size_t root;
    if (text.length <= TDM_JSON_TEXT_BYTES_MAX)
        document->text = zero_ended_copy(allocator, text);
    else
        document->text = zero_ended_copy(allocator, TDM_LIT(""));
    if (!document->text)
        return tdm__no_memory(error);
    return tdm__json_values_read(&root, &document->values, allocator, document->text, text.length, file,
                                 error);
}

tdm_status tdm__json_parse(tdm__json **out, const tdm_allocator *allocator, tdm_str text, tdm_str file,
                           tdm_error *error)
{
    *out = NULL;
    if (text.length >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0)
        text = (tdm_str){text.data + 3, text.length - 3};
    tdm__json *document = tdm__alloc_zeroed(allocator, 1, sizeof *document);
    if (!document)
        return tdm__no_memory(error);
    document->allocator = *allocator;
    document->file = zero_ended_copy(allocator, file);
    document->file_length = file.length;
    tdm_status status = document->file ? read_values(document, text, file, error) : tdm__no_memory(error);
    if (status != TDM_OK) {
        tdm__json_free(document);
        return status;
    }
    *out = document;
    return TDM_OK;
}

void tdm__json_free(tdm__json *document)
{
    if (!document)
        return;
    tdm_allocator allocator = document->allocator;
    tdm__free(&allocator, document->values.items);
    tdm__free(&allocator, document->text);
    tdm__free(&allocator, document->file);
    tdm__free(&allocator, document);
}

const tdm__json_value *tdm__json_root(const tdm__json *document)
{
    return document->values.items;
}

tdm_str tdm__json_file(const tdm__json *document)
{
    return (tdm_str){document->file, document->file_length};
}

tdm__json_type tdm__json_type_of(const tdm__json_value *value)
{
    return value ? (tdm__json_type)value->type : TDM__JSON_NULL;
}

int32_t tdm__json_line(const tdm__json_value *value)
{
    return value ? value->line : 0;
}

bool tdm__json_bool(const tdm__json_value *value)
{
    return tdm__json_type_of(value) == TDM__JSON_BOOL && value->number > 0;
}

double tdm__json_number(const tdm__json_value *value)
{
    return tdm__json_type_of(value) == TDM__JSON_NUMBER ? value->number : 0;
}

bool tdm__json_int64(int64_t *out, const tdm__json_value *value)
{
    *out = 0;
    if (tdm__json_type_of(value) != TDM__JSON_NUMBER || trunc(value->number) != value->number)
        return false;
    *out = (int64_t)value->number; /* within 2^53 of zero: checked when it was read */
    return true;
}

tdm_str tdm__json_string(const tdm__json_value *value)
{
    return tdm__json_type_of(value) == TDM__JSON_STRING ? value->string : (tdm_str){"", 0};
}

size_t tdm__json_count(const tdm__json_value *value)
{
    return value ? value->count : 0;
}

const tdm__json_value *tdm__json_first(const tdm__json_value *value)
{
    return value && value->count > 0 ? value + 1 : NULL;
}

const tdm__json_value *tdm__json_next(const tdm__json_value *value)
{
    return value && !value->last ? value + value->subtree : NULL;
}

tdm_str tdm__json_name(const tdm__json_value *member)
{
    return member ? member->name : (tdm_str){"", 0};
}

const tdm__json_value *tdm__json_member(const tdm__json_value *object, const char *name)
{
    tdm_str wanted = tdm__str(name);
    if (tdm__json_type_of(object) != TDM__JSON_OBJECT)
        return NULL;
    for (const tdm__json_value *m = tdm__json_first(object); m; m = tdm__json_next(m))
        if (m->name.length == wanted.length && memcmp(m->name.data, wanted.data, wanted.length) == 0)
            return m;
    return NULL;
}
