/*
 * Documents: the strict scan, then cJSON for what strings and numbers say, then our own tree. Also
 * the getters. Tables of members are in fields.c.
 */
#include "json/scan.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct tdm__json {
    tdm_allocator allocator;
    tdm__json_values values;
    char *file;
    size_t file_length;
    char *strings; /* decoded strings and names, each ended by a zero byte */
};

#define LARGEST_EXACT 9007199254740992.0 /* 2^53 */

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

static tdm_str keep_string(char **room, const char *text)
{
    tdm_str kept = {*room, strlen(text)};
    memcpy(*room, text, kept.length + 1);
    *room += kept.length + 1;
    return kept;
}

/* Numbers in another form than plain digits are only known now; over 2^53 none is exact any more. */
static tdm_status take_number(const tdm__json *document, tdm__json_value *value, const cJSON *item,
                              tdm_error *error)
{
    value->number = item->valuedouble;
    if (isfinite(value->number) && fabs(value->number) <= LARGEST_EXACT)
        return TDM_OK;
    return tdm__json_fail(document, value, error, "expected a number within 2^53 of zero");
}

static tdm_status take_value(const tdm__json *document, tdm__json_value *value, const cJSON *item,
                             char **room, tdm_error *error)
{
    if (item->string)
        value->name = keep_string(room, item->string);
    if (value->type == TDM__JSON_STRING && item->valuestring)
        value->string = keep_string(room, item->valuestring);
    if (value->type == TDM__JSON_BOOL)
        value->number = cJSON_IsTrue(item) ? 1 : 0;
    return value->type == TDM__JSON_NUMBER ? take_number(document, value, item, error) : TDM_OK;
}

/* Both trees are walked in document order; cJSON's is at most 64 levels deep by then. */
static tdm_status take_values(tdm__json *document, const cJSON *root, tdm_error *error)
{
    const cJSON *above[TDM_JSON_DEPTH_MAX];
    size_t depth = 0;
    const cJSON *item = root;
    char *room = document->strings;
    for (size_t i = 0; i < document->values.count; i++) {
        if (!item)
            return tdm__fail(error, TDM_INTERNAL, "two readings of one JSON text differ");
        tdm_status status = take_value(document, &document->values.items[i], item, &room, error);
        if (status != TDM_OK)
            return status;
        if (item->child && depth < TDM_JSON_DEPTH_MAX) {
            above[depth++] = item;
            item = item->child;
            continue;
        }
        while (depth > 0 && !item->next)
            item = above[--depth];
        item = depth > 0 ? item->next : NULL;
    }
    return TDM_OK;
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

static tdm_status check_duplicates(const tdm__json *document, tdm_error *error)
{
    const tdm__json_values *values = &document->values;
    uint32_t largest = 0;
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < values->count; i++)
        if (values->items[i].type == TDM__JSON_OBJECT && values->items[i].count > largest)
            largest = values->items[i].count;
    if (largest < 2)
        return TDM_OK;
    member_name *names = tdm__alloc_zeroed(&document->allocator, largest, sizeof *names);
    if (!names)
        return tdm__no_memory(error);
    for (size_t i = 0; i < values->count && status == TDM_OK; i++) {
        const tdm__json_value *object = &values->items[i];
        const tdm__json_value *second = object->type == TDM__JSON_OBJECT && object->count > 1
                                            ? find_duplicate(object, names)
                                            : NULL;
        if (second)
            status = tdm__json_fail(document, second, error, "a name that this object has already");
    }
    tdm__free(&document->allocator, names);
    return status;
}

static tdm_status read_values(tdm__json *document, tdm_str text, tdm_error *error)
{
    const tdm_allocator *allocator = &document->allocator;
    /* A string and its closing zero byte are shorter than what was written with two quotes. */
    document->strings = tdm__alloc(allocator, text.length + 1);
    char *copy = document->strings ? zero_ended_copy(allocator, text) : NULL;
    if (!copy)
        return tdm__no_memory(error);
    cJSON *root = cJSON_ParseWithLengthOpts(copy, text.length + 1, NULL, 1);
    tdm__free(allocator, copy);
    /* The scan has let through only what cJSON takes, so that this can only be a lack of memory. */
    if (!root)
        return tdm__no_memory(error);
    tdm_status status = take_values(document, root, error);
    cJSON_Delete(root);
    return status != TDM_OK ? status : check_duplicates(document, error);
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
    tdm_status status = document->file ? TDM_OK : tdm__no_memory(error);
    if (status == TDM_OK)
        status = tdm__json_scan(&document->values, allocator, text, file, error);
    if (status == TDM_OK)
        status = read_values(document, text, error);
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
    tdm__free(&allocator, document->strings);
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
        if (tdm__str_equal(m->name, wanted))
            return m;
    return NULL;
}
