/*
 * The payload of the DfE's children's social care API: children, their episodes and what stands in
 * them, each object a row of the account. One of a wrong form is set aside alone; one that is marked
 * to be purged is set aside with all that stands in it, and said so.
 */
#include "ingest/dfe_api.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/facts.h"
#include "json/json.h"

#define CONTAINERS_MAX 12
#define HEAD_BYTES     65536u

static const char agency_code[] = "childrens-social-care";

typedef struct api {
    tdm__national national;
    tdm__return *file;
    tdm__arena texts; /* values of the object at hand */
    tdm_str child;
    tdm_str values[TDM__NATIONAL_FIELDS_MAX];
    int32_t rows[TDM__NATIONAL_FIELDS_MAX];
    tdm_day *started; /* days on which the placements at hand say that care began, in order */
    size_t started_count, started_capacity;
} api;

typedef const tdm__json_value json_value;

static const char *const child_containers[] = {"child_details", "health_and_wellbeing",
                                               "social_care_episodes", NULL};
static const char *const health_containers[] = {"sdq_assessments", "purge", NULL};
static const char *const none[] = {NULL};

bool tdm__dfe_api_recognised(tdm_str content)
{
    const tdm_str member = TDM_LIT("\"la_child_id\"");
    if (tdm__str_starts(content, TDM_LIT("\xef\xbb\xbf")))
        content = (tdm_str){content.data + 3, content.length - 3};
    content = tdm__str_trimmed(content);
    if (content.length == 0 || (content.data[0] != '[' && content.data[0] != '{'))
        return false;
    size_t length = content.length < HEAD_BYTES ? content.length : HEAD_BYTES;
    for (size_t at = 0; at + member.length <= length; at++)
        if (content.data[at] == '"' && memcmp(content.data + at, member.data, member.length) == 0)
            return true;
    return false;
}

/* --- members --- */

static bool is_named(tdm_str name, const char *const *names)
{
    for (size_t i = 0; names[i]; i++)
        if (tdm__str_equal(name, tdm__str(names[i])))
            return true;
    return false;
}

/* Items by one space. *fits is false when one of them is no text. */
static tdm_status join_items(tdm_str *out, bool *fits, api *a, json_value *array)
{
    tdm__text joined;
    tdm__text_init(&joined, a->file->allocator);
    for (json_value *i = tdm__json_first(array); i; i = tdm__json_next(i)) {
        tdm_str item = tdm__str_trimmed(tdm__json_string(i));
        *fits = *fits && tdm__json_type_of(i) == TDM__JSON_STRING;
        if (joined.length > 0 && item.length > 0)
            tdm__text_char(&joined, ' ');
        tdm__text_add(&joined, item);
    }
    *out = joined.failed ? (tdm_str){NULL, 0} : tdm__arena_copy(&a->texts, tdm__text_str(&joined));
    tdm__text_free(&joined);
    return out->data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status whole_number(tdm_str *out, bool *fits, api *a, json_value *member)
{
    char room[24];
    int64_t number = 0;
    *fits = tdm__json_int64(&number, member);
    snprintf(room, sizeof room, "%lld", (long long)number);
    *out = *fits ? tdm__arena_copy(&a->texts, tdm__str(room)) : (tdm_str){NULL, 0};
    return *fits && !out->data ? TDM_NO_MEMORY : TDM_OK;
}

/* Flags as the census writes them. */
static tdm_status text_of(tdm_str *out, bool *fits, api *a, json_value *member)
{
    tdm__json_type type = tdm__json_type_of(member);
    *fits = type != TDM__JSON_OBJECT;
    *out = (tdm_str){NULL, 0};
    if (type == TDM__JSON_ARRAY)
        return join_items(out, fits, a, member);
    if (type == TDM__JSON_NUMBER)
        return whole_number(out, fits, a, member);
    if (type == TDM__JSON_BOOL)
        *out = tdm__json_bool(member) ? TDM_LIT("true") : TDM_LIT("false");
    else
        *out = tdm__str_trimmed(tdm__json_string(member));
    return TDM_OK;
}

static tdm_status note_unknown(api *a, json_value *member, const char *object)
{
    return tdm__note_once(a->file, TDM__WARNING, "member-unknown", tdm__json_line(member), tdm__str(object),
                          tdm__json_name(member),
                          "the specification has no member of this name here; it is not read");
}

static tdm_status read_member(api *a, json_value *member, const tdm__national_form *form,
                              const char *const *containers)
{
    bool known = false, fits = true;
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < form->field_count && status == TDM_OK; i++) {
        if (!tdm__str_equal(tdm__json_name(member), tdm__str(form->fields[i].name)))
            continue;
        known = true;
        a->rows[i] = tdm__json_line(member);
        status = text_of(&a->values[i], &fits, a, member);
    }
    if (status == TDM_OK && !fits)
        status = tdm__note(a->file, TDM__WARNING, "value-of-wrong-form", tdm__json_line(member),
                           tdm__json_name(member), "not of the form that this member has; it is left out");
    if (status != TDM_OK || known || is_named(tdm__json_name(member), containers))
        return status;
    return note_unknown(a, member, form->name);
}

/* The values of an object's own members. Its containers are read elsewhere. */
static tdm_status read_members(api *a, json_value *object, const tdm__national_form *form,
                               const char *const *containers)
{
    tdm_status status = TDM_OK;
    tdm__arena_reset(&a->texts);
    memset(a->values, 0, sizeof a->values);
    memset(a->rows, 0, sizeof a->rows);
    for (json_value *m = tdm__json_first(object); m && status == TDM_OK; m = tdm__json_next(m))
        status = read_member(a, m, form, containers);
    return status;
}

static tdm_str value_named(const api *a, const tdm__national_form *form, const char *name)
{
    for (size_t i = 0; i < form->field_count; i++)
        if (strcmp(form->fields[i].name, name) == 0)
            return a->values[i];
    return (tdm_str){NULL, 0};
}

static bool is_purged(json_value *object)
{
    json_value *purge = tdm__json_member(object, "purge");
    return tdm__json_bool(purge) || tdm__yes_no_of(tdm__str_trimmed(tdm__json_string(purge))) == TDM__YES;
}

/* --- the account --- */

/* Objects of a list, or the one that stands alone; what is neither counts as one that cannot be read. */
static int64_t count_of(json_value *value, bool is_list)
{
    if (tdm__json_type_of(value) == TDM__JSON_NULL)
        return 0;
    return is_list && tdm__json_type_of(value) == TDM__JSON_ARRAY ? (int64_t)tdm__json_count(value) : 1;
}

static int64_t count_inner(json_value *object, const tdm__api_object *inner, size_t inner_count)
{
    int64_t rows = 0;
    for (size_t i = 0; i < inner_count; i++)
        rows += count_of(tdm__json_member(object, inner[i].member), inner[i].is_list);
    return rows;
}

static int64_t count_episode(json_value *episode)
{
    size_t count;
    const tdm__api_object *inner = tdm__api_of_episode(&count);
    return 1 + count_inner(episode, inner, count);
}

static int64_t count_child(json_value *child)
{
    size_t count;
    const tdm__api_object *health = tdm__api_of_health(&count);
    json_value *episodes = tdm__json_member(child, "social_care_episodes");
    int64_t rows = 1 + count_inner(tdm__json_member(child, "health_and_wellbeing"), health, count);
    if (tdm__json_type_of(episodes) != TDM__JSON_ARRAY)
        return rows + count_of(episodes, true);
    for (json_value *e = tdm__json_first(episodes); e; e = tdm__json_next(e))
        rows += count_episode(e);
    return rows;
}

typedef struct aside {
    const char *code;
    tdm__severity severity;
    const char *words;
} aside;

static const aside wrong_form = {"value-of-wrong-form", TDM__ERROR, "expected an object; it is set aside"};
static const aside purged = {"purged", TDM__WARNING,
                             "marked to be purged from the collection; it and all that stands in it are set "
                             "aside"};
static const aside no_child = {"child-missing", TDM__ERROR,
                               "the child has no id; all of its rows are set aside"};
static const aside unknown_child = {"child-unknown", TDM__ERROR,
                                    "case.json does not know this child; all of its rows are set aside"};

static tdm_status set_aside(api *a, const aside *why, json_value *at, const char *column, int64_t rows)
{
    a->file->rows += rows;
    a->file->set_aside += rows;
    return tdm__note(a->file, why->severity, why->code, tdm__json_line(at), tdm__str(column), "%s",
                     why->words);
}

static void count_row(api *a, bool landed)
{
    a->file->rows++;
    a->file->read += landed;
    a->file->set_aside += !landed;
}

/* --- what stands in an episode --- */

static int by_day(const void *left, const void *right)
{
    tdm_day a = *(const tdm_day *)left, b = *(const tdm_day *)right;
    return (a > b) - (a < b);
}

static bool day_of(tdm_day *out, const api *a, json_value *object)
{
    tdm_date date;
    int32_t minute;
    tdm_str text = tdm__json_string(tdm__json_member(object, "start_date"));
    bool is_exact = text.length > 0 &&
                    tdm__national_date(&date, &minute, &a->national, TDM__NO_FIELD, text) &&
                    date.from == date.to;
    *out = is_exact ? date.from : TDM_DAY_NONE;
    return is_exact;
}

static tdm_status find_starts(api *a, json_value *list)
{
    tdm_day day;
    a->started_count = 0;
    for (json_value *i = tdm__json_first(list); i; i = tdm__json_next(i)) {
        tdm_str reason = tdm__json_string(tdm__json_member(i, "start_reason"));
        if (is_purged(i) || tdm__word_for(tdm__national_care_started, reason, true).length == 0 ||
            !day_of(&day, a, i))
            continue;
        tdm_day *grown = tdm__grown(a->file->allocator, a->started, &a->started_capacity,
                                    a->started_count + 1, sizeof *grown);
        if (!grown)
            return TDM_NO_MEMORY;
        a->started = grown;
        a->started[a->started_count++] = day;
    }
    if (a->started_count > 1)
        qsort(a->started, a->started_count, sizeof *a->started, by_day);
    return TDM_OK;
}

/* The day on which the stretch of care began that a placement belongs to: the last start up to its own. */
static tdm_status anchor_of(tdm_str *out, api *a, json_value *placement)
{
    char room[TDM_DATE_TEXT_SIZE];
    tdm_day day;
    size_t low = 0, high = a->started_count;
    *out = (tdm_str){NULL, 0};
    if (!day_of(&day, a, placement))
        return TDM_OK;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->started[middle] <= day)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return TDM_OK;
    tdm_date_format(room, (tdm_date){a->started[low - 1], a->started[low - 1], 0});
    *out = tdm__arena_copy(&a->texts, tdm__str(room));
    return out->data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status pass_item(api *a, json_value *item, const tdm__api_object *what)
{
    count_row(a, false);
    return tdm__note_once(a->file, TDM__INFORMATION, "object-not-read", tdm__json_line(item),
                          tdm__str(what->member), tdm__str(what->member),
                          "an object of which a chronology holds nothing; it is set aside");
}

static tdm_status read_item(api *a, json_value *item, const tdm__api_object *what)
{
    bool landed = false;
    tdm_str anchor = {NULL, 0};
    if (tdm__json_type_of(item) != TDM__JSON_OBJECT)
        return set_aside(a, &wrong_form, item, what->member, 1);
    if (is_purged(item))
        return set_aside(a, &purged, item, what->member, 1);
    tdm_status status = read_members(a, item, &what->form, none);
    if (status == TDM_OK && what->kind == TDM__API_NOT_READ)
        return pass_item(a, item, what);
    if (status == TDM_OK && what->kind == TDM__API_PLACEMENTS)
        status = anchor_of(&anchor, a, item);
    tdm__national_record record = {.form = &what->form,
                                   .child = a->child,
                                   .row = tdm__json_line(item),
                                   .values = a->values,
                                   .rows = a->rows,
                                   .anchor = anchor};
    if (status == TDM_OK)
        status = tdm__national_add(&landed, &a->national, &record);
    if (status == TDM_OK)
        count_row(a, landed);
    return status;
}

static tdm_status read_inner(api *a, json_value *object, const tdm__api_object *inner, size_t count)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < count && status == TDM_OK; i++) {
        json_value *value = tdm__json_member(object, inner[i].member);
        bool is_list = inner[i].is_list && tdm__json_type_of(value) == TDM__JSON_ARRAY;
        if (is_list && inner[i].kind == TDM__API_PLACEMENTS)
            status = find_starts(a, value);
        if (status == TDM_OK && !is_list && tdm__json_type_of(value) != TDM__JSON_NULL)
            status = inner[i].is_list ? set_aside(a, &wrong_form, value, inner[i].member, 1)
                                      : read_item(a, value, &inner[i]);
        for (json_value *item = is_list ? tdm__json_first(value) : NULL; item && status == TDM_OK;
             item = tdm__json_next(item))
            status = read_item(a, item, &inner[i]);
    }
    return status;
}

/* --- episodes and children --- */

static tdm_status read_episode(api *a, json_value *episode)
{
    size_t count;
    bool landed = false;
    const char *containers[CONTAINERS_MAX] = {NULL};
    const tdm__api_object *inner = tdm__api_of_episode(&count);
    for (size_t i = 0; i < count && i + 1 < CONTAINERS_MAX; i++)
        containers[i] = inner[i].member;
    if (tdm__json_type_of(episode) != TDM__JSON_OBJECT)
        return set_aside(a, &wrong_form, episode, "social_care_episodes", 1);
    if (is_purged(episode))
        return set_aside(a, &purged, episode, "social_care_episodes", count_episode(episode));
    tdm_status status = read_members(a, episode, &tdm__api_episode, containers);
    tdm__national_record record = {.form = &tdm__api_episode,
                                   .child = a->child,
                                   .row = tdm__json_line(episode),
                                   .values = a->values,
                                   .rows = a->rows};
    if (status == TDM_OK)
        status = tdm__national_add(&landed, &a->national, &record);
    if (status != TDM_OK)
        return status;
    count_row(a, landed);
    return read_inner(a, episode, inner, count);
}

static tdm_status read_episodes(api *a, json_value *child)
{
    json_value *episodes = tdm__json_member(child, "social_care_episodes");
    tdm_status status = TDM_OK;
    if (tdm__json_type_of(episodes) == TDM__JSON_NULL)
        return TDM_OK;
    if (tdm__json_type_of(episodes) != TDM__JSON_ARRAY)
        return set_aside(a, &wrong_form, episodes, "social_care_episodes", 1);
    for (json_value *e = tdm__json_first(episodes); e && status == TDM_OK; e = tdm__json_next(e))
        status = read_episode(a, e);
    return status;
}

static tdm_status read_health(api *a, json_value *child)
{
    static const tdm__national_form health = {.name = "health_and_wellbeing"};
    size_t count;
    const tdm__api_object *inner = tdm__api_of_health(&count);
    json_value *object = tdm__json_member(child, "health_and_wellbeing");
    if (tdm__json_type_of(object) == TDM__JSON_NULL)
        return TDM_OK;
    if (tdm__json_type_of(object) != TDM__JSON_OBJECT)
        return tdm__note(a->file, TDM__WARNING, "value-of-wrong-form", tdm__json_line(object),
                         tdm__str(health.name), "expected an object; it is left out");
    if (is_purged(object))
        return set_aside(a, &purged, object, health.name, count_inner(object, inner, count));
    tdm_status status = read_members(a, object, &health, health_containers);
    return status == TDM_OK ? read_inner(a, object, inner, count) : status;
}

static tdm_status read_day(tdm_date *out, api *a, const char *member, int32_t row)
{
    int32_t minute;
    tdm_str value = value_named(a, &tdm__api_details, member);
    *out = (tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    if (value.length == 0 || tdm__national_date(out, &minute, &a->national, TDM__NO_FIELD, value))
        return TDM_OK;
    *out = (tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    return tdm__note(a->file, TDM__WARNING, "date-not-read", row, tdm__str(member),
                     "no date that can be read; it is left out");
}

static tdm_status read_details(tdm__child_input *child, api *a, json_value *details)
{
    int32_t row = tdm__json_line(details);
    tdm_status status = read_members(a, details, &tdm__api_details, none);
    if (status == TDM_OK)
        status = read_day(&child->born, a, "date_of_birth", row);
    if (status == TDM_OK)
        status = read_day(&child->expected, a, "expected_date_of_birth", row);
    tdm_str sex = value_named(a, &tdm__api_details, "sex");
    if (sex.length > 0)
        child->sex = tdm__word_for(tdm__national_sexes, sex, false);
    if (status == TDM_OK && sex.length > 0 && !child->sex.data)
        status = tdm__note_once(a->file, TDM__WARNING, "code-unknown", row, TDM_LIT("sex"), sex,
                                "none of the codes of this member; it is left out");
    return status;
}

static tdm_status add_child(api *a, json_value *object, tdm_str id)
{
    static const tdm_date undated = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    tdm__child_input child = {.id = id, .born = undated, .expected = undated, .died = undated};
    json_value *details = tdm__json_member(object, "child_details");
    tdm_status status = TDM_OK;
    if (tdm__json_type_of(details) == TDM__JSON_OBJECT && is_purged(details))
        status = tdm__note(a->file, TDM__WARNING, "purged", tdm__json_line(details), TDM_LIT("child_details"),
                           "marked to be purged from the collection; they are not read");
    else if (tdm__json_type_of(details) == TDM__JSON_OBJECT)
        status = read_details(&child, a, details);
    else if (tdm__json_type_of(details) != TDM__JSON_NULL)
        status = tdm__note(a->file, TDM__WARNING, "value-of-wrong-form", tdm__json_line(details),
                           TDM_LIT("child_details"), "expected an object; it is left out");
    return status == TDM_OK ? tdm__return_child(a->file, &child, tdm__json_line(object)) : status;
}

static tdm_status read_child(api *a, json_value *object)
{
    const tdm__roster *roster = a->file->roster;
    const char id_member[] = "la_child_id";
    if (tdm__json_type_of(object) != TDM__JSON_OBJECT)
        return set_aside(a, &wrong_form, object, "", 1);
    if (is_purged(object))
        return set_aside(a, &purged, object, "purge", count_child(object));
    tdm_status status = read_members(a, object, &tdm__api_child, child_containers);
    if (status != TDM_OK)
        return status;
    /* Kept beyond the values of the objects within: in the file's arena. */
    a->child = tdm__arena_copy(&a->file->arena, value_named(a, &tdm__api_child, id_member));
    if (!a->child.data)
        return TDM_NO_MEMORY;
    if (a->child.length == 0)
        return set_aside(a, &no_child, object, id_member, count_child(object));
    uint32_t known = roster ? tdm__roster_find(roster, tdm__str(agency_code), a->child) : 0;
    if (known == TDM_NO_INDEX)
        return set_aside(a, &unknown_child, object, id_member, count_child(object));
    tdm_str child = roster ? roster->ids[known] : a->child;
    if (!roster)
        status = tdm__return_child_id(&child, a->file, tdm__str(agency_code), a->child);
    if (status == TDM_OK)
        status = add_child(a, object, child);
    count_row(a, true);
    if (status == TDM_OK)
        status = read_health(a, object);
    return status == TDM_OK ? read_episodes(a, object) : status;
}

/* --- the file --- */

/* A list of children; one child; or an object whose one list they are. */
static json_value *children_of(json_value *root)
{
    if (tdm__json_type_of(root) != TDM__JSON_OBJECT || tdm__json_member(root, "la_child_id"))
        return root;
    for (json_value *m = tdm__json_first(root); m; m = tdm__json_next(m))
        if (tdm__json_type_of(m) == TDM__JSON_ARRAY)
            return m;
    return root;
}

static tdm_status read_children(api *a, json_value *root, tdm_error *error)
{
    json_value *children = children_of(root);
    tdm_status status = TDM_OK;
    if (tdm__json_type_of(children) != TDM__JSON_ARRAY)
        return read_child(a, children);
    for (json_value *m = children == root ? NULL : tdm__json_first(root); m && status == TDM_OK;
         m = tdm__json_next(m))
        if (m != children)
            status = note_unknown(a, m, "payload");
    for (json_value *c = tdm__json_first(children); c && status == TDM_OK; c = tdm__json_next(c)) {
        status = read_child(a, c);
        if (status == TDM_OK)
            status = tdm__context_poll(a->file->collection->context, error);
    }
    return status;
}

static tdm_status register_source(api *a)
{
    size_t count;
    const tdm__national_form *forms[CONTAINERS_MAX] = {&tdm__api_episode};
    const tdm__api_object *inner = tdm__api_of_episode(&count);
    for (size_t i = 0; i < count && i + 1 < CONTAINERS_MAX; i++)
        forms[i + 1] = &inner[i].form;
    return tdm__national_source(&a->national, forms, count + 1);
}

tdm_status tdm__read_dfe_api(tdm__return *file, tdm_error *error)
{
    tdm__json *document;
    tdm_status status = tdm__json_parse(&document, file->allocator, file->content, file->name, error);
    if (status != TDM_OK)
        return status;
    api a = {.file = file};
    tdm__arena_init(&a.texts, file->allocator);
    tdm__national_init(&a.national, file, tdm__str(agency_code));
    status = register_source(&a);
    if (status == TDM_OK)
        status = read_children(&a, tdm__json_root(document), error);
    tdm__national_free(&a.national);
    tdm__arena_free(&a.texts);
    tdm__free(file->allocator, a.started);
    tdm__json_free(document);
    return status;
}
