/*
 * One line of type "event": its members by the same fields that column maps fill.
 */
#include "ingest/ndjson.h"

static tdm_status note_form(tdm__ndjson *reading, const char *member)
{
    return tdm__note(reading->file, TDM__WARNING, "value-of-wrong-form", reading->line, tdm__str(member),
                     "not of the form that this member has; it is left out");
}

static tdm_status read_field(tdm__ndjson *reading, const tdm__json_value *member, tdm__field field)
{
    tdm_str value;
    const tdm__how how = {.field = field, .fact = TDM_NO_INDEX};
    tdm_status status = tdm__ndjson_text(&value, &reading->scratch, member);
    if (status == TDM_INVALID_INPUT)
        return note_form(reading, tdm__field_name(field));
    if (status != TDM_OK || value.length == 0)
        return status;
    tdm__problem problem = tdm__draft_read(&reading->draft, &how, value);
    if (problem == TDM__FINE)
        return TDM_OK;
    return tdm__note_problem(reading->file, problem, reading->line, tdm__str(tdm__field_name(field)), value);
}

static tdm_status read_fields(tdm__ndjson *reading, const tdm__ndjson_line *line,
                              const tdm__json_value *object)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < TDM__EVENT_FIELDS && status == TDM_OK; i++) {
        tdm__field field = tdm__event_fields[i];
        if (line->members[field] > 0)
            status = read_field(reading, tdm__ndjson_member_of(line, object, field), field);
    }
    return status;
}

/* A limit that cannot be read is one, of which no agency is known: to leave it out would open the row. */
static tdm_str limited_to_nobody(tdm_str key)
{
    return tdm__str_equal(key, TDM_LIT(TDM__LIMITED_TO)) ? TDM_LIT("unknown") : (tdm_str){NULL, 0};
}

static tdm_status read_facts(tdm__ndjson *reading, const tdm__json_value *facts)
{
    tdm_status status = TDM_OK;
    if (facts && tdm__json_type_of(facts) != TDM__JSON_OBJECT)
        return note_form(reading, "facts");
    for (const tdm__json_value *f = tdm__json_first(facts); f && status == TDM_OK; f = tdm__json_next(f)) {
        tdm_str value;
        tdm__how how = {.field = TDM__FIELD_FACT, .fact_key = tdm__json_name(f)};
        how.fact = tdm__vocabulary_fact(reading->draft.vocabulary, how.fact_key);
        status = tdm__ndjson_text(&value, &reading->scratch, f);
        if (status == TDM_INVALID_INPUT) {
            status = note_form(reading, "facts");
            value = limited_to_nobody(how.fact_key);
        }
        if (status != TDM_OK || value.length == 0)
            continue;
        tdm__problem problem = tdm__draft_read(&reading->draft, &how, value);
        status = tdm__note_problem(reading->file, problem, reading->line, how.fact_key, value);
    }
    return status;
}

/*
 * What names the event. An export carries `id`, which is kept; a line from elsewhere may carry a
 * name of its own, which then stands for the row; else its cells do.
 */
static tdm_status identify(tdm__ndjson *reading, const tdm__ndjson_line *line, const tdm__json_value *object)
{
    tdm__event_input *event = &reading->draft.event;
    tdm_str id = tdm__json_string(tdm__ndjson_member_of(line, object, TDM__MEMBER_ID));
    tdm_str row_key = tdm__json_string(tdm__ndjson_member_of(line, object, TDM__MEMBER_ROW_KEY));
    int64_t part;
    if (tdm__json_int64(&part, tdm__ndjson_member_of(line, object, TDM__MEMBER_PART)) && part >= 0 &&
        part <= UINT16_MAX)
        event->part = (uint32_t)part;
    bool has_id = tdm__ndjson_hex64(&event->id, id);
    if (!has_id)
        event->id = 0;
    if (tdm__ndjson_hex64(&event->row_key, row_key))
        return TDM_OK;
    if (has_id) {
        event->row_key = event->id;
        return TDM_OK;
    }
    tdm__row_identity row = {id.length > 0 ? id : event->strings[TDM__REFERENCE], reading->draft.child,
                             line->cells};
    return tdm__row_key(&event->row_key, &reading->file->keys, &row);
}

static tdm_status find_source(tdm__ndjson *reading, const tdm__json_value *named)
{
    int64_t row;
    tdm__event_input *event = &reading->draft.event;
    tdm_status status = tdm__ndjson_source_of(&event->source, reading, named, event->agency);
    event->row = (uint32_t)reading->line;
    if (tdm__json_int64(&row, tdm__json_member(named, "row")) && row >= 0 && row <= INT32_MAX)
        event->row = (uint32_t)row;
    return status;
}

static tdm_status note_unknown(tdm__ndjson *reading, const tdm__json_value *object)
{
    const char *names[TDM__EVENT_FIELDS + 8] = {"type",    "id",   "source",     "facts",
                                                "row_key", "part", "replaced_by"};
    for (size_t i = 0; i < TDM__EVENT_FIELDS; i++)
        names[i + 7] = tdm__field_name(tdm__event_fields[i]);
    return tdm__ndjson_note_unknown(reading, object, names);
}

static tdm_status read_members(tdm__ndjson *reading, const tdm__ndjson_line *line,
                               const tdm__json_value *object)
{
    tdm_status status = line->has_unknown ? note_unknown(reading, object) : TDM_OK;
    if (status == TDM_OK)
        status = read_fields(reading, line, object);
    if (status == TDM_OK)
        status = read_facts(reading, tdm__ndjson_member_of(line, object, TDM__MEMBER_FACTS));
    if (status == TDM_OK)
        status = identify(reading, line, object);
    if (status == TDM_OK)
        status = find_source(reading, tdm__ndjson_member_of(line, object, TDM__MEMBER_SOURCE));
    return status;
}

tdm_status tdm__ndjson_event(bool *landed, tdm__ndjson *reading, const tdm__ndjson_line *line,
                             const tdm__json_value *object)
{
    *landed = false;
    tdm__arena_reset(&reading->scratch);
    tdm__draft_clear(&reading->draft);
    reading->draft.event.row = (uint32_t)reading->line;
    reading->draft.event.agency = reading->file->agency;
    tdm_status status = read_members(reading, line, object);
    if (status != TDM_OK)
        return status;
    if (reading->draft.event.source == TDM_NO_INDEX)
        return tdm__note(reading->file, TDM__ERROR, "source-not-described", reading->line, TDM_LIT("source"),
                         "the stream begins with its sources and the event is of none of them; it is set "
                         "aside");
    if (reading->draft.event.agency.length == 0)
        return tdm__note(reading->file, TDM__ERROR, "agency-missing", reading->line, TDM_LIT("agency"),
                         "the event names no agency; it is set aside");
    return tdm__draft_add(landed, reading->file, &reading->draft);
}
