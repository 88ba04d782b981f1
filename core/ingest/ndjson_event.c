/*
 * One line of type "event": its members by the same fields that column maps fill.
 */
#include "ingest/ndjson.h"

#include <string.h>

/* In this order, so that what is stated outright goes over what follows from another member. */
static const tdm__field event_fields[] = {
    TDM__FIELD_CHILD,           TDM__FIELD_TIME,       TDM__FIELD_OCCURRED, TDM__FIELD_OCCURRED_AS_WRITTEN,
    TDM__FIELD_ENDED,           TDM__FIELD_RECORDED,   TDM__FIELD_AGENCY,   TDM__FIELD_KIND,
    TDM__FIELD_KIND_AS_WRITTEN, TDM__FIELD_THEME,      TDM__FIELD_POLARITY, TDM__FIELD_SIGNIFICANCE,
    TDM__FIELD_CHILD_SEEN,      TDM__FIELD_SEEN_ALONE, TDM__FIELD_VOICE,    TDM__FIELD_ROLE,
    TDM__FIELD_SIGNIFICANCE_BY, TDM__FIELD_ACTION,     TDM__FIELD_OUTCOME,  TDM__FIELD_TEXT,
    TDM__FIELD_ANALYSIS,        TDM__FIELD_REFERENCE,  TDM__FIELD_INCIDENT, TDM__FIELD_EPISODE,
};

#define FIELD_COUNT (sizeof event_fields / sizeof event_fields[0])

static tdm_status note_form(tdm__ndjson *reading, const char *member)
{
    return tdm__note(reading->file, TDM__WARNING, "value-of-wrong-form", reading->line, tdm__str(member),
                     "not of the form that this member has; it is left out");
}

static tdm_status read_field(tdm__ndjson *reading, const tdm__json_value *object, tdm__field field,
                             uint64_t *cells)
{
    tdm_str value;
    const char *name = tdm__field_name(field);
    tdm__how how = {.field = field, .fact = TDM_NO_INDEX};
    tdm_status status = tdm__ndjson_text(&value, reading, tdm__json_member(object, name));
    if (status == TDM_INVALID_INPUT)
        return note_form(reading, name);
    if (status != TDM_OK)
        return status;
    *cells = tdm__cells_hash(*cells, value);
    if (value.length == 0)
        return TDM_OK;
    tdm__problem problem = tdm__draft_read(&reading->draft, &how, value);
    return tdm__note_problem(reading->file, problem, reading->line, tdm__str(name), value);
}

static tdm_status read_facts(tdm__ndjson *reading, const tdm__json_value *facts, uint64_t *cells)
{
    tdm_status status = TDM_OK;
    if (facts && tdm__json_type_of(facts) != TDM__JSON_OBJECT)
        return note_form(reading, "facts");
    for (const tdm__json_value *f = tdm__json_first(facts); f && status == TDM_OK; f = tdm__json_next(f)) {
        tdm_str value;
        tdm__how how = {.field = TDM__FIELD_FACT, .fact_key = tdm__json_name(f)};
        how.fact = tdm__vocabulary_fact(reading->draft.vocabulary, how.fact_key);
        status = tdm__ndjson_text(&value, reading, f);
        if (status == TDM_INVALID_INPUT)
            status = note_form(reading, "facts");
        if (status != TDM_OK || value.length == 0)
            continue;
        *cells = tdm__cells_hash(tdm__cells_hash(*cells, how.fact_key), value);
        tdm__problem problem = tdm__draft_read(&reading->draft, &how, value);
        status = tdm__note_problem(reading->file, problem, reading->line, how.fact_key, value);
    }
    return status;
}

/* 16 lower-case hex digits. */
static bool read_hex64(uint64_t *out, tdm_str text)
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

/*
 * What names the event. An export carries `id`, which is kept; a line from elsewhere may carry a
 * name of its own, which then stands for the row; else its cells do.
 */
static tdm_status identify(tdm__ndjson *reading, const tdm__json_value *object, uint64_t cells)
{
    tdm__event_input *event = &reading->draft.event;
    tdm_str id = tdm__json_string(tdm__json_member(object, "id"));
    int64_t part;
    if (tdm__json_int64(&part, tdm__json_member(object, "part")) && part >= 0 && part <= UINT16_MAX)
        event->part = (uint32_t)part;
    bool has_id = read_hex64(&event->id, id);
    if (!has_id)
        event->id = 0;
    if (read_hex64(&event->row_key, tdm__json_string(tdm__json_member(object, "row_key"))))
        return TDM_OK;
    if (has_id) {
        event->row_key = event->id;
        return TDM_OK;
    }
    tdm__row_identity row = {id.length > 0 ? id : event->strings[TDM__REFERENCE], reading->draft.child,
                             cells};
    return tdm__row_key(&event->row_key, &reading->file->keys, &row);
}

static tdm_status find_source(tdm__ndjson *reading, const tdm__json_value *object)
{
    const tdm__json_value *named = tdm__json_member(object, "source");
    int64_t row;
    tdm__event_input *event = &reading->draft.event;
    tdm_status status = tdm__ndjson_source_of(&event->source, reading, named, event->agency);
    event->row = (uint32_t)reading->line;
    if (tdm__json_int64(&row, tdm__json_member(named, "row")) && row >= 0 && row <= INT32_MAX)
        event->row = (uint32_t)row;
    return status;
}

tdm_status tdm__ndjson_event(bool *landed, tdm__ndjson *reading, const tdm__json_value *object)
{
    uint64_t cells = 0;
    tdm_status status = TDM_OK;
    const char *names[FIELD_COUNT + 8] = {"type", "id", "source", "facts", "row_key", "part", "replaced_by"};
    *landed = false;
    for (size_t i = 0; i < FIELD_COUNT; i++)
        names[i + 7] = tdm__field_name(event_fields[i]);
    tdm__arena_reset(&reading->scratch);
    tdm__draft_clear(&reading->draft);
    reading->draft.event.row = (uint32_t)reading->line;
    reading->draft.event.agency = reading->file->agency;
    status = tdm__ndjson_note_unknown(reading, object, names);
    for (size_t i = 0; i < FIELD_COUNT && status == TDM_OK; i++)
        status = read_field(reading, object, event_fields[i], &cells);
    if (status == TDM_OK)
        status = read_facts(reading, tdm__json_member(object, "facts"), &cells);
    if (status == TDM_OK)
        status = identify(reading, object, cells);
    if (status == TDM_OK)
        status = find_source(reading, object);
    if (status == TDM_OK && reading->draft.event.source == TDM_NO_INDEX)
        return tdm__note(reading->file, TDM__ERROR, "source-not-described", reading->line, TDM_LIT("source"),
                         "the stream begins with its sources and the event is of none of them; it is set "
                         "aside");
    if (status == TDM_OK && reading->draft.event.agency.length == 0)
        return tdm__note(reading->file, TDM__ERROR, "agency-missing", reading->line, TDM_LIT("agency"),
                         "the event names no agency; it is set aside");
    if (status == TDM_OK)
        status = tdm__draft_add(landed, reading->file, &reading->draft);
    return status;
}
