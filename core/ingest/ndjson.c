/*
 * Our own NDJSON: lines by their type. A line that cannot be read is set aside and the next one read.
 */
#include "ingest/ndjson.h"

#include "base/context.h"

#include <stdio.h>
#include <string.h>

#define LINES_BETWEEN_POLLS 1024

/* --- members --- */

static tdm_status join_items(tdm_str *out, tdm__ndjson *reading, const tdm__json_value *array)
{
    size_t length = 0;
    for (const tdm__json_value *i = tdm__json_first(array); i; i = tdm__json_next(i)) {
        if (tdm__json_type_of(i) != TDM__JSON_STRING)
            return TDM_INVALID_INPUT;
        length += tdm__json_string(i).length + 1;
    }
    char *room = tdm__arena_alloc(&reading->scratch, length + 1);
    if (!room)
        return TDM_NO_MEMORY;
    length = 0;
    for (const tdm__json_value *i = tdm__json_first(array); i; i = tdm__json_next(i)) {
        tdm_str item = tdm__json_string(i);
        if (length > 0)
            room[length++] = ' ';
        if (item.length > 0)
            memcpy(room + length, item.data, item.length);
        length += item.length;
    }
    *out = (tdm_str){room, length};
    return TDM_OK;
}

tdm_status tdm__ndjson_text(tdm_str *out, tdm__ndjson *reading, const tdm__json_value *member)
{
    char room[24];
    int64_t number;
    *out = (tdm_str){NULL, 0};
    switch (tdm__json_type_of(member)) {
    case TDM__JSON_NULL:
        return TDM_OK;
    case TDM__JSON_STRING:
        *out = tdm__str_trimmed(tdm__json_string(member));
        return TDM_OK;
    case TDM__JSON_BOOL:
        *out = tdm__json_bool(member) ? TDM_LIT("yes") : TDM_LIT("no");
        return TDM_OK;
    case TDM__JSON_ARRAY:
        return join_items(out, reading, member);
    case TDM__JSON_NUMBER:
        if (!tdm__json_int64(&number, member))
            return TDM_INVALID_INPUT;
        snprintf(room, sizeof room, "%lld", (long long)number);
        *out = tdm__arena_copy(&reading->scratch, tdm__str(room));
        return out->data ? TDM_OK : TDM_NO_MEMORY;
    case TDM__JSON_OBJECT:
    case TDM__JSON_ANY:
        break;
    }
    return TDM_INVALID_INPUT;
}

static bool is_named(tdm_str name, const char *const *names)
{
    for (size_t i = 0; names[i]; i++)
        if (tdm__str_equal(name, tdm__str(names[i])))
            return true;
    return false;
}

tdm_status tdm__ndjson_note_unknown(tdm__ndjson *reading, const tdm__json_value *object,
                                    const char *const *names)
{
    tdm_status status = TDM_OK;
    for (const tdm__json_value *m = tdm__json_first(object); m && status == TDM_OK; m = tdm__json_next(m))
        if (!is_named(tdm__json_name(m), names))
            status = tdm__note_once(reading->file, TDM__WARNING, "member-unknown", reading->line, TDM_LIT(""),
                                    tdm__json_name(m),
                                    "the line has a member of a name that this type does not know; it is not "
                                    "read");
    return status;
}

tdm_status tdm__ndjson_date(tdm_date *out, tdm__ndjson *reading, const tdm__json_value *object,
                            const char *name)
{
    tdm_str text = tdm__json_string(tdm__json_member(object, name));
    if (tdm_date_parse(out, NULL, text, &reading->file->collection->dates) == TDM_OK)
        return TDM_OK;
    *out = (tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    return tdm__note(reading->file, TDM__WARNING, "date-not-read", reading->line, tdm__str(name),
                     "no date that can be read; it is left out");
}

/* --- types --- */

static tdm_status read_child(bool *landed, tdm__ndjson *reading, const tdm__json_value *object)
{
    static const char *const names[] = {"type", "id",   "born",      "expected", "died",
                                        "sex",  "area", "household", "ids",      NULL};
    tdm__child_input child = {.id = tdm__json_string(tdm__json_member(object, "id")),
                              .sex = tdm__json_string(tdm__json_member(object, "sex")),
                              .area = tdm__json_string(tdm__json_member(object, "area")),
                              .household = tdm__json_string(tdm__json_member(object, "household"))};
    if (child.id.length == 0)
        return tdm__note(reading->file, TDM__ERROR, "child-missing", reading->line, TDM_LIT("id"),
                         "the child has no id; it is set aside");
    tdm_status status = tdm__ndjson_note_unknown(reading, object, names);
    const tdm__crosswalk *crosswalk = &reading->file->collection->crosswalk;
    if (crosswalk->allocator && !reading->file->roster)
        child.id = tdm__crosswalk_of_any(crosswalk, child.id);
    if (status == TDM_OK && !child.id.data)
        return tdm__note(
            reading->file, TDM__ERROR, "child-ambiguous", reading->line, TDM_LIT("id"),
            "the crosswalk gives this number to different children, by agency; the line is set aside");
    if (status == TDM_OK)
        status = tdm__ndjson_date(&child.born, reading, object, "born");
    if (status == TDM_OK)
        status = tdm__ndjson_date(&child.expected, reading, object, "expected");
    if (status == TDM_OK)
        status = tdm__ndjson_date(&child.died, reading, object, "died");
    if (status == TDM_OK)
        status = tdm__return_child(reading->file, &child, reading->line);
    *landed = true;
    return status;
}

static tdm_status read_person(bool *landed, tdm__ndjson *reading, const tdm__json_value *object)
{
    static const char *const names[] = {"type", "id", "role", "household", "sex", "area", NULL};
    tdm__person_input person = {tdm__json_string(tdm__json_member(object, "id")),
                                tdm__json_string(tdm__json_member(object, "role")),
                                tdm__json_string(tdm__json_member(object, "household"))};
    if (person.id.length == 0)
        return tdm__note(reading->file, TDM__ERROR, "person-missing", reading->line, TDM_LIT("id"),
                         "the person has no id; the line is set aside");
    tdm_status status = tdm__ndjson_note_unknown(reading, object, names);
    if (status == TDM_OK)
        status = tdm__builder_person(reading->file->collection->builder, &person);
    *landed = true;
    return status;
}

static tdm_status to_text(const char *bytes, size_t length, void *payload)
{
    tdm__text *text = payload;
    tdm__text_bytes(text, bytes, length);
    return text->failed ? TDM_NO_MEMORY : TDM_OK;
}

/* The assessment is the line without its type. */
static tdm_status read_assessment(bool *landed, tdm__ndjson *reading, const tdm__json_value *object)
{
    tdm__text text;
    tdm__json_writer writer;
    tdm__text_init(&text, reading->file->allocator);
    tdm__json_writer_init(&writer, reading->file->allocator, (tdm_sink){to_text, &text}, 0);
    tdm__json_open_object(&writer);
    for (const tdm__json_value *m = tdm__json_first(object); m; m = tdm__json_next(m)) {
        if (tdm__str_equal(tdm__json_name(m), TDM_LIT("type")))
            continue;
        tdm__json_put_name_str(&writer, tdm__json_name(m));
        tdm__json_put_value(&writer, m);
    }
    tdm__json_close_object(&writer);
    tdm_status status = tdm__json_writer_end(&writer);
    if (status == TDM_OK)
        status = tdm__collection_assessment(reading->file->collection, reading->file->name, reading->line,
                                            tdm__text_str(&text));
    tdm__text_free(&text);
    *landed = true;
    return status;
}

/* Read by the first walk. */
static tdm_status read_before(bool *landed, tdm__ndjson *reading, const tdm__json_value *object)
{
    (void)reading;
    (void)object;
    *landed = true;
    return TDM_OK;
}

typedef struct line_type {
    const char *name;
    tdm_status (*first)(tdm__ndjson *reading, const tdm__json_value *object); /* NULL: nothing to do yet */
    tdm_status (*read)(bool *landed, tdm__ndjson *reading, const tdm__json_value *object);
} line_type;

static const line_type line_types[] = {
    {"event", NULL, tdm__ndjson_event},
    {"child", NULL, read_child},
    {"person", NULL, read_person},
    {"assessment", NULL, read_assessment},
    {"source", tdm__ndjson_add_source, read_before},
    {"coverage", tdm__ndjson_add_coverage, read_before},
};

static const line_type *type_of(const tdm__json_value *object)
{
    tdm_str name = tdm__json_string(tdm__json_member(object, "type"));
    for (size_t i = 0; i < sizeof line_types / sizeof line_types[0]; i++)
        if (tdm__str_equal(name, tdm__str(line_types[i].name)))
            return &line_types[i];
    return NULL;
}

/* --- lines --- */

/* Lines that start so are events for certain: a name that stands twice in an object is refused. */
static bool is_event_at_once(tdm_str line)
{
    return tdm__str_starts(line, TDM_LIT("{\"type\":\"event\"")) ||
           tdm__str_starts(line, TDM_LIT("{\"type\": \"event\""));
}

static tdm_status first_look(tdm__ndjson *reading, tdm_str line)
{
    tdm__json *document;
    if (is_event_at_once(line))
        return TDM_OK;
    tdm_status status = tdm__json_parse(&document, reading->file->allocator, line, reading->file->name, NULL);
    if (status == TDM_OK) {
        const line_type *type = type_of(tdm__json_root(document));
        if (type && type->first)
            status = type->first(reading, tdm__json_root(document));
    } else if (status != TDM_NO_MEMORY) {
        status = TDM_OK; /* told by the second walk */
    }
    tdm__json_free(document);
    return status;
}

static tdm_status read_line(tdm__ndjson *reading, tdm_str line)
{
    tdm__json *document;
    tdm_error why;
    bool landed = false;
    tdm__return *file = reading->file;
    const tdm__input_part *part = file->collection->part;
    if (part && part->again && reading->line <= part->heading_lines)
        return TDM_OK;
    tdm_status status = tdm__json_parse(&document, file->allocator, line, file->name, &why);
    if (status == TDM_OK) {
        const line_type *type = type_of(tdm__json_root(document));
        status = type ? type->read(&landed, reading, tdm__json_root(document))
                      : tdm__note(file, TDM__ERROR, "type-unknown", reading->line, TDM_LIT("type"),
                                  "expected an object whose \"type\" is event, child, person, source, "
                                  "coverage or assessment; the line is set aside");
    } else if (status != TDM_NO_MEMORY) {
        status = tdm__note(file, TDM__ERROR, "line-not-read", reading->line, TDM_LIT(""), "%s", why.message);
    }
    tdm__json_free(document);
    file->rows++;
    file->read += landed;
    file->set_aside += !landed;
    return status;
}

static tdm_status walk(tdm__ndjson *reading, tdm_status (*visit)(tdm__ndjson *reading, tdm_str line),
                       tdm_error *error)
{
    tdm_str rest = reading->file->content;
    tdm_status status = TDM_OK;
    const tdm__input_part *part = reading->file->collection->part;
    for (reading->line = 1; rest.length > 0 && status == TDM_OK; reading->line++) {
        if (part && reading->line == part->heading_lines + 1)
            reading->line += part->lines_before;
        tdm_str line = tdm__str_trimmed(tdm__str_split(&rest, '\n'));
        if (line.length > 0)
            status = visit(reading, line);
        if (reading->line % LINES_BETWEEN_POLLS == 0 && visit == read_line && !part)
            tdm__context_progress(reading->file->collection->context, "read", "bytes",
                                  reading->file->content.length - rest.length, reading->file->content.length);
        if (status == TDM_OK && reading->line % LINES_BETWEEN_POLLS == 0)
            status = tdm__context_poll(reading->file->collection->context, error);
    }
    return status;
}

tdm_status tdm__read_ndjson(tdm__return *file, tdm_error *error)
{
    tdm__ndjson reading = {.file = file, .own_source = TDM_NO_INDEX};
    if (tdm__str_starts(file->content, TDM_LIT("\xef\xbb\xbf")))
        file->content = (tdm_str){file->content.data + 3, file->content.length - 3};
    tdm__arena_init(&reading.scratch, file->allocator);
    tdm__text_init(&reading.key, file->allocator);
    tdm__dictionary_init(&reading.source_keys, file->allocator);
    tdm__draft_init(&reading.draft, file->collection->vocabulary, file->allocator, &reading.scratch);
    tdm_status status = walk(&reading, first_look, error);
    if (status == TDM_OK)
        status = tdm__ndjson_register_sources(&reading);
    if (status == TDM_OK)
        status = walk(&reading, read_line, error);
    tdm__draft_free(&reading.draft);
    tdm__ndjson_sources_free(&reading);
    tdm__arena_free(&reading.scratch);
    return status;
}
