/*
 * Our own NDJSON: lines by their type. A line that cannot be read is set aside and the next one read.
 */
#include "ingest/ndjson.h"

#include "base/context.h"

#include <string.h>

#define LINES_BETWEEN_POLLS 1024

/* --- members --- */

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
    {"event", NULL, NULL}, /* by tdm__ndjson_event, with what is known of its line */
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

/* Whether the first look has nothing to do with a line for certain: a name that stands twice in an object is
 * refused, so that a type at either end is the only one. */
static bool is_passed_over(tdm_str line)
{
    static const char *const starts[] = {"{\"type\":\"", "{\"type\": \""};
    static const char *const ends[] = {",\"type\":\"event\"}", " \"type\": \"event\"}"};
    for (size_t i = 0; i < 2; i++) {
        tdm_str start = tdm__str(starts[i]), end = tdm__str(ends[i]);
        if (line.length > end.length &&
            memcmp(line.data + line.length - end.length, end.data, end.length) == 0)
            return true;
        if (!tdm__str_starts(line, start))
            continue;
        tdm_str rest = {line.data + start.length, line.length - start.length};
        tdm_str name = tdm__str_split(&rest, '"');
        return tdm__str_equal(name, TDM_LIT("event")) || tdm__str_equal(name, TDM_LIT("child"));
    }
    return false;
}

static tdm_status first_look(tdm__ndjson *reading, tdm_str line)
{
    tdm__json *document;
    if (line.length == 0 || is_passed_over(line))
        return TDM_OK;
    tdm_status status = tdm__json_parse(&document, reading->file->allocator, line, reading->file->name, NULL);
    if (status == TDM_OK) {
        const line_type *type = type_of(tdm__json_root(document));
        if (type && type->first)
            status = type->first(reading, tdm__json_root(document));
    } else if (status != TDM_NO_MEMORY) {
        status = TDM_OK; /* told when it is read */
    }
    tdm__json_free(document);
    return status;
}

static tdm_status look_for_sources(tdm__ndjson *reading, tdm_error *error)
{
    tdm_str rest = reading->file->content;
    tdm_status status = TDM_OK;
    int32_t next = 1;
    while (rest.length > 0 && status == TDM_OK) {
        tdm_str line = tdm__ndjson_line_off(&reading->line, &next, &rest, reading->file->collection->part);
        status = first_look(reading, line);
        if (status == TDM_OK && reading->line % LINES_BETWEEN_POLLS == 0)
            status = tdm__context_poll(reading->file->collection->context, error);
    }
    return status;
}

static tdm_status read_object(bool *landed, tdm__ndjson *reading, const tdm__ndjson_line *line,
                              const tdm__json_value *object)
{
    if (line->is_event)
        return tdm__ndjson_event(landed, reading, line, object);
    const line_type *type = type_of(object);
    return type ? type->read(landed, reading, object)
                : tdm__note(reading->file, TDM__ERROR, "type-unknown", reading->line, TDM_LIT("type"),
                            "expected an object whose \"type\" is event, child, person, source, "
                            "coverage or assessment; the line is set aside");
}

/* A line that was not made ready: it is long, or no JSON, which is told. */
static tdm_status read_alone(bool *landed, tdm__ndjson *reading, tdm__ndjson_line line,
                             const tdm__ndjson_names *names)
{
    tdm__json *document;
    tdm_error why;
    tdm__return *file = reading->file;
    tdm_status status = tdm__json_parse(&document, file->allocator, line.text, file->name, &why);
    if (status == TDM_NO_MEMORY)
        return status;
    if (status != TDM_OK)
        return tdm__note(file, TDM__ERROR, "line-not-read", reading->line, TDM_LIT(""), "%s", why.message);
    const tdm__json_value *object = tdm__json_root(document);
    tdm__arena_reset(&reading->scratch);
    tdm__ndjson_find_members(&line, names, object);
    status = tdm__ndjson_hash_line(&line, object, &reading->scratch);
    if (status == TDM_OK)
        status = read_object(landed, reading, &line, object);
    tdm__json_free(document);
    return status;
}

static tdm_status read_line(tdm__ndjson *reading, const tdm__ndjson_lines *lines,
                            const tdm__line_block *block, const tdm__ndjson_line *line)
{
    bool landed = false;
    tdm__return *file = reading->file;
    if (line->text.length == 0)
        return TDM_OK;
    tdm_status status = line->is_read ? read_object(&landed, reading, line,
                                                    tdm__json_values_at(&block->values, line->root))
                                      : read_alone(&landed, reading, *line, &lines->names);
    file->rows++;
    file->read += landed;
    file->set_aside += !landed;
    return status;
}

static tdm_status read_block(tdm__ndjson *reading, const tdm__ndjson_lines *lines,
                             const tdm__line_block *block, tdm_error *error)
{
    tdm_status status = TDM_OK;
    const tdm__return *file = reading->file;
    for (size_t i = 0; i < block->count && status == TDM_OK; i++) {
        const tdm__ndjson_line *line = &block->lines[i];
        reading->line = line->number;
        status = read_line(reading, lines, block, line);
        if (reading->line % LINES_BETWEEN_POLLS != 0)
            continue;
        if (!file->collection->part)
            tdm__context_progress(file->collection->context, "read", "bytes", line->behind,
                                  file->content.length);
        if (status == TDM_OK)
            status = tdm__context_poll(file->collection->context, error);
    }
    return status == TDM_OK ? block->status : status;
}

static tdm_status read_lines(tdm__ndjson *reading, tdm_error *error)
{
    tdm__ndjson_lines lines;
    const tdm__line_block *block;
    tdm_status status = tdm__ndjson_lines_open(&lines, reading->file);
    while (status == TDM_OK && (block = tdm__ndjson_lines_next(&lines)) != NULL)
        status = read_block(reading, &lines, block, error);
    tdm__ndjson_lines_close(&lines);
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
    tdm_status status = look_for_sources(&reading, error);
    if (status == TDM_OK)
        status = tdm__ndjson_register_sources(&reading);
    if (status == TDM_OK)
        status = read_lines(&reading, error);
    tdm__draft_free(&reading.draft);
    tdm__ndjson_sources_free(&reading);
    tdm__arena_free(&reading.scratch);
    return status;
}
