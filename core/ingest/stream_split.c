/*
 * Records and the child of each (see stream_split.h). A record that cannot be read has no child, and goes
 * with the rows before it to the reader, who says what is wrong with it.
 */
#include "ingest/stream_split.h"

#include "json/json.h"

#include <string.h>

void tdm__splitter_init(tdm__splitter *splitter, const tdm_allocator *allocator)
{
    *splitter = (tdm__splitter){.allocator = allocator};
    tdm__text_init(&splitter->key, allocator);
    tdm__text_init(&splitter->household, allocator);
}

void tdm__splitter_free(tdm__splitter *splitter)
{
    if (!splitter->allocator)
        return;
    tdm__csv_free(&splitter->csv);
    tdm__text_free(&splitter->key);
    tdm__text_free(&splitter->household);
}

static tdm_status keep_key(tdm__record *out, tdm__splitter *splitter, tdm_str key)
{
    size_t bad_at;
    tdm__text_clear(&splitter->key);
    if (splitter->is_windows_1252)
        tdm__windows_1252_to_utf8(&splitter->key, key, &bad_at);
    else
        tdm__text_add(&splitter->key, key);
    out->key = tdm__str_trimmed(tdm__text_str(&splitter->key));
    return splitter->key.failed ? TDM_NO_MEMORY : TDM_OK;
}

/* --- CSV --- */

static void aim_csv(tdm__splitter *s, tdm_str text, size_t at, int32_t line)
{
    if (s->text.data == text.data && s->text.length == text.length && s->csv.at == at)
        return;
    tdm__csv_free(&s->csv);
    tdm__csv_init(&s->csv, s->allocator, text, s->delimiter);
    s->csv.fields_wanted = s->child_column + 1;
    s->csv.at = at;
    s->csv.next_line = line;
    s->text = text;
}

static tdm_status next_csv(tdm__record *out, tdm__splitter *s, tdm_str text, size_t at, int32_t line)
{
    bool more;
    tdm_error why;
    aim_csv(s, text, at, line);
    tdm_status status = tdm__csv_next(&s->csv, &more, &why);
    out->end = s->csv.at;
    out->next_line = s->csv.next_line;
    if (status == TDM_NO_MEMORY)
        return status;
    if (status != TDM_OK || !more || s->child_column >= s->csv.field_count)
        return TDM_OK;
    return keep_key(out, s, s->csv.fields[s->child_column]);
}

/* --- NDJSON --- */

static bool is_escaped(tdm_str text)
{
    return text.length > 0 && memchr(text.data, '\\', text.length) != NULL;
}

/* Behind the closing quote; *at stands behind the opening one. */
static bool skip_string(tdm_str line, size_t *at)
{
    while (*at < line.length) {
        char c = line.data[(*at)++];
        if (c == '"')
            return true;
        if (c == '\\')
            (*at)++;
    }
    return false;
}

/* Up to the comma or the brace behind a value, however deep it goes. */
static bool skip_value(tdm_str line, size_t *at)
{
    size_t depth = 0;
    while (*at < line.length) {
        char c = line.data[*at];
        if (depth == 0 && (c == ',' || c == '}'))
            return true;
        (*at)++;
        if (c == '"' && !skip_string(line, at))
            return false;
        depth += c == '{' || c == '[';
        depth -= depth > 0 && (c == '}' || c == ']');
    }
    return false;
}

static void skip_white(tdm_str line, size_t *at)
{
    while (*at < line.length && memchr(" \t\r", line.data[*at], 3))
        (*at)++;
}

/* What a line says of itself at its top: slices of it, strings without their quotes. */
typedef struct line_look {
    tdm_str type, id, child, children, household;
} line_look;

static void keep_member(line_look *look, tdm_str name, tdm_str value)
{
    struct {
        tdm_str name, *slot;
    } wanted[] = {{TDM_LIT("type"), &look->type},
                  {TDM_LIT("id"), &look->id},
                  {TDM_LIT("child"), &look->child},
                  {TDM_LIT("children"), &look->children},
                  {TDM_LIT("household"), &look->household}};
    value = tdm__str_trimmed(value);
    if (value.length >= 2 && value.data[0] == '"')
        value = (tdm_str){value.data + 1, value.length - 2};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (tdm__str_equal(name, wanted[i].name))
            *wanted[i].slot = value;
}

/* False: not an object that can be followed without reading it. */
static bool look_at_line(line_look *look, tdm_str line)
{
    size_t at = 1;
    *look = (line_look){.type = {NULL, 0}};
    if (line.length == 0 || line.data[0] != '{')
        return false;
    for (;; at++) {
        skip_white(line, &at);
        if (at >= line.length || line.data[at] != '"')
            return false;
        size_t name = ++at;
        if (!skip_string(line, &at))
            return false;
        size_t name_end = at - 1;
        if (is_escaped((tdm_str){line.data + name, name_end - name}))
            return false;
        skip_white(line, &at);
        if (at >= line.length || line.data[at++] != ':')
            return false;
        size_t value = at;
        if (!skip_value(line, &at))
            return false;
        keep_member(look, (tdm_str){line.data + name, name_end - name},
                    (tdm_str){line.data + value, at - value});
        if (line.data[at] == '}')
            return true;
    }
}

static tdm_status keep_household(tdm__record *out, tdm__splitter *s, tdm_str household)
{
    tdm__text_clear(&s->household);
    tdm__text_add(&s->household, household);
    out->household = tdm__text_str(&s->household);
    return s->household.failed ? TDM_NO_MEMORY : TDM_OK;
}

static tdm_status name_child(tdm__record *out, tdm__splitter *s, tdm_str type, tdm_str id, tdm_str child,
                             tdm_str household)
{
    if (tdm__str_equal(type, TDM_LIT("child"))) {
        tdm_status status = keep_household(out, s, household);
        return status == TDM_OK ? keep_key(out, s, id) : status;
    }
    if (tdm__str_equal(type, TDM_LIT("event")) || tdm__str_equal(type, TDM_LIT("assessment")))
        return keep_key(out, s, child);
    out->describes = tdm__str_equal(type, TDM_LIT("source")) || tdm__str_equal(type, TDM_LIT("coverage"));
    return TDM_OK;
}

/* Escapes in a name or an id: rare, and read as every other line is. */
static tdm_status name_child_escaped(tdm__record *out, tdm__splitter *s, tdm_str line)
{
    tdm__json *document;
    tdm_status status = tdm__json_parse(&document, s->allocator, line, TDM_LIT(""), NULL);
    if (status == TDM_OK) {
        const tdm__json_value *root = tdm__json_root(document);
        status = name_child(out, s, tdm__json_string(tdm__json_member(root, "type")),
                            tdm__json_string(tdm__json_member(root, "id")),
                            tdm__json_string(tdm__json_member(root, "child")),
                            tdm__json_string(tdm__json_member(root, "household")));
        out->names_children = tdm__json_count(tdm__json_member(root, "children")) > 0;
    } else if (status != TDM_NO_MEMORY) {
        status = TDM_OK;
    }
    tdm__json_free(document);
    return status;
}

static tdm_status next_line(tdm__record *out, tdm__splitter *s, tdm_str text, size_t at, int32_t line)
{
    line_look look;
    const char *end = memchr(text.data + at, '\n', text.length - at);
    out->end = end ? (size_t)(end - text.data) + 1 : text.length;
    out->next_line = line + 1;
    tdm_str record = tdm__str_trimmed((tdm_str){text.data + at, out->end - at});
    bool followed = look_at_line(&look, record);
    bool plain = followed && look.type.length > 0 && !is_escaped(look.type) && !is_escaped(look.id) &&
                 !is_escaped(look.child) && !is_escaped(look.household);
    if (record.length == 0 || (!plain && !is_escaped(record)))
        return TDM_OK;
    if (!plain)
        return name_child_escaped(out, s, record);
    out->names_children = look.children.length > 2;
    return name_child(out, s, look.type, look.id, look.child, look.household);
}

tdm_status tdm__splitter_next(tdm__record *out, tdm__splitter *splitter, tdm_str text, size_t at,
                              int32_t line)
{
    *out = (tdm__record){.end = at};
    return splitter->is_csv ? next_csv(out, splitter, text, at, line)
                            : next_line(out, splitter, text, at, line);
}
