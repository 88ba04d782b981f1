/*
 * What a line of an event says, as far as it hangs on no other line: its members by their names, values as
 * text, the hash of its cells.
 */
#include "ingest/ndjson_lines.h"

#include <stdio.h>
#include <string.h>

#define LINES_BESIDE 4 /* whose fields are hashed at once */

const tdm__field tdm__event_fields[TDM__EVENT_FIELDS] = {
    TDM__FIELD_CHILD,           TDM__FIELD_TIME,       TDM__FIELD_OCCURRED, TDM__FIELD_OCCURRED_AS_WRITTEN,
    TDM__FIELD_ENDED,           TDM__FIELD_RECORDED,   TDM__FIELD_AGENCY,   TDM__FIELD_KIND,
    TDM__FIELD_KIND_AS_WRITTEN, TDM__FIELD_THEME,      TDM__FIELD_POLARITY, TDM__FIELD_SIGNIFICANCE,
    TDM__FIELD_CHILD_SEEN,      TDM__FIELD_SEEN_ALONE, TDM__FIELD_VOICE,    TDM__FIELD_ROLE,
    TDM__FIELD_SIGNIFICANCE_BY, TDM__FIELD_ACTION,     TDM__FIELD_OUTCOME,  TDM__FIELD_TEXT,
    TDM__FIELD_ANALYSIS,        TDM__FIELD_REFERENCE,  TDM__FIELD_INCIDENT, TDM__FIELD_EPISODE,
};

/* --- names --- */

static size_t shape_of(tdm_str name)
{
    if (name.length == 0)
        return 0;
    unsigned first = (unsigned char)name.data[0], last = (unsigned char)name.data[name.length - 1];
    return (name.length * 7 + first * 3 + last) % TDM__NAME_SHAPES;
}

static void add_name(tdm__ndjson_names *names, size_t member, const char *name)
{
    names->names[member] = tdm__str(name);
    size_t shape = shape_of(names->names[member]);
    names->next[member] = names->first[shape];
    names->first[shape] = (uint8_t)(member + 1);
}

void tdm__ndjson_names_init(tdm__ndjson_names *names)
{
    static const struct {
        tdm__ndjson_member member;
        const char *name;
    } others[] = {
        {TDM__MEMBER_FACTS, "facts"},
        {TDM__MEMBER_TYPE, "type"},
        {TDM__MEMBER_ID, "id"},
        {TDM__MEMBER_SOURCE, "source"},
        {TDM__MEMBER_ROW_KEY, "row_key"},
        {TDM__MEMBER_PART, "part"},
        {TDM__MEMBER_REPLACED_BY, "replaced_by"},
    };
    *names = (tdm__ndjson_names){.first = {0}};
    for (size_t i = 0; i < TDM__EVENT_FIELDS; i++)
        add_name(names, tdm__event_fields[i], tdm__field_name(tdm__event_fields[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        add_name(names, others[i].member, others[i].name);
}

/* TDM__MEMBERS: none of them. */
static size_t member_named(const tdm__ndjson_names *names, tdm_str name)
{
    for (size_t at = names->first[shape_of(name)]; at > 0; at = names->next[at - 1])
        if (names->names[at - 1].length == name.length &&
            memcmp(names->names[at - 1].data, name.data, name.length) == 0)
            return at - 1;
    return TDM__MEMBERS;
}

void tdm__ndjson_find_members(tdm__ndjson_line *line, const tdm__ndjson_names *names,
                              const tdm__json_value *object)
{
    memset(line->members, 0, sizeof line->members);
    line->has_unknown = false;
    if (tdm__json_type_of(object) == TDM__JSON_OBJECT)
        for (const tdm__json_value *m = tdm__json_first(object); m; m = tdm__json_next(m)) {
            size_t member = member_named(names, tdm__json_name(m));
            if (member == TDM__MEMBERS)
                line->has_unknown = true;
            else
                line->members[member] = tdm__json_place(object, m);
        }
    line->is_event = tdm__str_equal(tdm__json_string(tdm__ndjson_member_of(line, object, TDM__MEMBER_TYPE)),
                                    TDM_LIT("event"));
}

const tdm__json_value *tdm__ndjson_member_of(const tdm__ndjson_line *line, const tdm__json_value *object,
                                             size_t member)
{
    return line->members[member] > 0 ? tdm__json_at(object, line->members[member]) : NULL;
}

/* --- values as text --- */

static tdm_status join_items(tdm_str *out, tdm__arena *scratch, const tdm__json_value *array)
{
    size_t length = 0;
    for (const tdm__json_value *i = tdm__json_first(array); i; i = tdm__json_next(i)) {
        if (tdm__json_type_of(i) != TDM__JSON_STRING)
            return TDM_INVALID_INPUT;
        length += tdm__json_string(i).length + 1;
    }
    char *room = tdm__arena_alloc(scratch, length + 1);
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

tdm_status tdm__ndjson_text(tdm_str *out, tdm__arena *scratch, const tdm__json_value *member)
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
        return join_items(out, scratch, member);
    case TDM__JSON_NUMBER:
        if (!tdm__json_int64(&number, member))
            return TDM_INVALID_INPUT;
        snprintf(room, sizeof room, "%lld", (long long)number);
        *out = tdm__arena_copy(scratch, tdm__str(room));
        return out->data ? TDM_OK : TDM_NO_MEMORY;
    case TDM__JSON_OBJECT:
    case TDM__JSON_ANY:
        break;
    }
    return TDM_INVALID_INPUT;
}

bool tdm__ndjson_hex64(uint64_t *out, tdm_str text)
{
    static const char digits[] = "0123456789abcdef";
    *out = 0;
    for (size_t i = 0; i < text.length; i++) {
        const char *digit = memchr(digits, text.data[i], 16);
        if (!digit)
            return false;
        *out = *out << 4 | (uint64_t)(digit - digits);
    }
    return text.length == 16;
}

/* --- cells --- */

/* An id of ours that the line carries stands for what it says. */
static bool is_named(const tdm__ndjson_line *line, const tdm__json_value *object)
{
    uint64_t id;
    return tdm__ndjson_hex64(&id,
                             tdm__json_string(tdm__ndjson_member_of(line, object, TDM__MEMBER_ROW_KEY))) ||
           tdm__ndjson_hex64(&id, tdm__json_string(tdm__ndjson_member_of(line, object, TDM__MEMBER_ID)));
}

static tdm_status field_text(tdm_str *out, tdm__arena *scratch, const tdm__ndjson_line *line,
                             const tdm__json_value *object, size_t field)
{
    const tdm__json_value *member = tdm__ndjson_member_of(line, object, tdm__event_fields[field]);
    *out = (tdm_str){NULL, 0};
    return member ? tdm__ndjson_text(out, scratch, member) : TDM_OK;
}

/* What is of another form than its member has is left out, and told when the line is read. */
static tdm_status hash_fields(tdm__ndjson_line *line, const tdm__json_value *object, tdm__arena *scratch)
{
    line->cells = 0;
    for (size_t i = 0; i < TDM__EVENT_FIELDS; i++) {
        tdm_str value;
        tdm_status status = field_text(&value, scratch, line, object, i);
        if (status == TDM_NO_MEMORY)
            return status;
        if (status == TDM_OK)
            line->cells = tdm__cells_hash(line->cells, value);
    }
    return TDM_OK;
}

static tdm_status hash_facts(tdm__ndjson_line *line, const tdm__json_value *object, tdm__arena *scratch)
{
    const tdm__json_value *facts = tdm__ndjson_member_of(line, object, TDM__MEMBER_FACTS);
    if (tdm__json_type_of(facts) != TDM__JSON_OBJECT)
        return TDM_OK;
    for (const tdm__json_value *f = tdm__json_first(facts); f; f = tdm__json_next(f)) {
        tdm_str value;
        tdm_status status = tdm__ndjson_text(&value, scratch, f);
        if (status == TDM_NO_MEMORY)
            return status;
        if (status == TDM_OK && value.length > 0)
            line->cells = tdm__cells_hash(tdm__cells_hash(line->cells, tdm__json_name(f)), value);
    }
    return TDM_OK;
}

tdm_status tdm__ndjson_hash_line(tdm__ndjson_line *line, const tdm__json_value *object, tdm__arena *scratch)
{
    if (!line->is_event || is_named(line, object))
        return TDM_OK;
    tdm_status status = hash_fields(line, object, scratch);
    return status == TDM_OK ? hash_facts(line, object, scratch) : status;
}

static const tdm__json_value *object_of(const tdm__line_block *block, const tdm__ndjson_line *line)
{
    return tdm__json_values_at(&block->values, line->root);
}

/* The fields of several lines at once. *fit is false where a value of one has another form. */
static tdm_status hash_fields_beside(bool *fit, tdm__line_block *block, tdm__ndjson_line *const *lines)
{
    uint64_t hashes[LINES_BESIDE] = {0};
    for (size_t i = 0; i < TDM__EVENT_FIELDS; i++) {
        tdm_str values[LINES_BESIDE];
        for (size_t row = 0; row < LINES_BESIDE; row++) {
            tdm_status status = field_text(&values[row], &block->strings, lines[row],
                                           object_of(block, lines[row]), i);
            *fit = status == TDM_OK;
            if (status != TDM_OK)
                return status == TDM_NO_MEMORY ? status : TDM_OK;
        }
        tdm__cells_hash_each(hashes, values, 1, LINES_BESIDE);
    }
    for (size_t row = 0; row < LINES_BESIDE; row++)
        lines[row]->cells = hashes[row];
    return TDM_OK;
}

static tdm_status hash_lines(tdm__line_block *block, tdm__ndjson_line *const *lines, size_t count)
{
    bool fit = false;
    tdm_status status = TDM_OK;
    if (count == LINES_BESIDE)
        status = hash_fields_beside(&fit, block, lines);
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        status = fit ? hash_facts(lines[i], object_of(block, lines[i]), &block->strings)
                     : tdm__ndjson_hash_line(lines[i], object_of(block, lines[i]), &block->strings);
    return status;
}

tdm_status tdm__ndjson_hash_block(tdm__line_block *block)
{
    tdm__ndjson_line *several[LINES_BESIDE];
    size_t count = 0;
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < block->count && status == TDM_OK; i++) {
        tdm__ndjson_line *line = &block->lines[i];
        if (line->is_event && !is_named(line, object_of(block, line)))
            several[count++] = line;
        if (count == LINES_BESIDE) {
            status = hash_lines(block, several, count);
            count = 0;
        }
    }
    return status == TDM_OK ? hash_lines(block, several, count) : status;
}
