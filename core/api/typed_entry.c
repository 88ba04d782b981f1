/*
 * From the body of a call to two lines of NDJSON, a source and its entry; from those to rows of the store.
 */
#include "api/typed_entry.h"

#include "base/context.h"
#include "report/view.h"

#include <stdio.h>
#include <string.h>

#define SOURCE_NAME "entered by hand"

/* As an event of NDJSON has them; the first three must be there. */
static const char *const member_names[] = {
    "occurred", "agency",   "kind",         "time",       "ended",      "recorded", "role",
    "theme",    "polarity", "significance", "child_seen", "seen_alone", "voice",    "text",
    "analysis", "action",   "outcome",      "reference",  "incident",   "facts",
};

#define MEMBERS  (sizeof member_names / sizeof *member_names)
#define REQUIRED 3
enum {
    MEMBER_OCCURRED,
    MEMBER_AGENCY,
    MEMBER_KIND,
    MEMBER_TIME,
    MEMBER_ENDED,
    MEMBER_RECORDED,
    MEMBER_TEXT = 13,
    MEMBER_REFERENCE = 17,
    MEMBER_FACTS = 19
};

typedef struct typing {
    tdm__serving *serving;
    const tdm__typed_entry *entry;
    const tdm__json_value *members[MEMBERS];
    tdm_str limited_to, sharing_basis; /* as they are to be; "" none */
    char row_key[TDM_HEX64_SIZE];
    char hash[TDM_SHA256_HEX_SIZE]; /* of the source: no two have the same */
    tdm__collection collection;
    tdm_chronology *chronology;
    tdm_error *error;
} typing;

void tdm__typed_details(char out[TDM__TYPED_DETAILS_SIZE], const char *event, tdm_str source_hash)
{
    snprintf(out, TDM__TYPED_DETAILS_SIZE, "%s %.*s", event, TDM_STR_ARGS(source_hash));
}

/* --- the body --- */

static tdm_status misfit(typing *t, const char *member, const char *words)
{
    tdm_status status = tdm__fail(t->error, TDM_INVALID_INPUT, "%s: %s", member, words);
    tdm__context_add_problem(t->error, t->serving->context);
    return status;
}

/* Free texts are texts; what the others may be, the reader of the line says. */
static tdm__json_type type_of(size_t member)
{
    return member >= MEMBER_TEXT && member <= MEMBER_REFERENCE ? TDM__JSON_STRING : TDM__JSON_ANY;
}

static tdm_status read_body(typing *t, tdm_str *reason)
{
    const tdm__json_value *why = NULL;
    tdm__json_field fields[MEMBERS + 1];
    for (size_t i = 0; i < MEMBERS; i++)
        fields[i] = (tdm__json_field){member_names[i], type_of(i), false, true, &t->members[i]};
    fields[MEMBERS] = (tdm__json_field){"reason", TDM__JSON_STRING, true, false, &why};
    tdm_status status = tdm__serving_body(t->serving, "an entry", fields, MEMBERS + (reason ? 1 : 0),
                                          t->error);
    for (size_t i = 0; status == TDM_OK && i < REQUIRED; i++)
        if (tdm__str_trimmed(tdm__json_string(t->members[i])).length == 0)
            status = misfit(t, member_names[i], "expected a text");
    if (status != TDM_OK || !reason)
        return status;
    *reason = tdm__str_trimmed(tdm__json_string(why));
    return reason->length > 0 ? TDM_OK : misfit(t, "reason", "say why the entry is corrected");
}

/* The kind that closes what this one opens; TDM_NO_INDEX: it opens nothing, or is none. */
static uint32_t closer_of(const tdm_vocabulary *vocabulary, uint32_t kind)
{
    if (kind == TDM_NO_INDEX || vocabulary->kinds[kind].opens == TDM_NO_EPISODE)
        return TDM_NO_INDEX;
    for (uint32_t other = 0; other < vocabulary->kind_count; other++)
        if (vocabulary->kinds[other].closes == vocabulary->kinds[kind].opens)
            return other;
    return TDM_NO_INDEX;
}

static uint32_t kind_of(const typing *t)
{
    tdm_str code = tdm__str_trimmed(tdm__json_string(t->members[MEMBER_KIND]));
    return tdm__vocabulary_kind(t->serving->rules->vocabulary, code);
}

/* The end of an episode is an entry of its own, with an id of its own: it is corrected there. */
static tdm_status check_ended(typing *t)
{
    bool is_start = closer_of(t->serving->rules->vocabulary, kind_of(t)) != TDM_NO_INDEX;
    if (t->entry->id.length == 0 || !t->members[MEMBER_ENDED] || !is_start)
        return TDM_OK;
    return misfit(t, "ended", "the end of this is an entry of its own: correct that one");
}

/* --- for whom it is --- */

/* A list is one text with spaces between, as the reader of the line has it. */
static tdm_status join_items(tdm_str *out, typing *t, const char *key, const tdm__json_value *items)
{
    tdm__text text;
    tdm_status status = TDM_OK;
    tdm__text_init(&text, &t->serving->context->allocator);
    for (const tdm__json_value *item = tdm__json_first(items); status == TDM_OK && item;
         item = tdm__json_next(item)) {
        if (tdm__json_type_of(item) != TDM__JSON_STRING)
            status = misfit(t, key, "expected codes");
        tdm__text_puts(&text, text.length > 0 ? " " : "");
        tdm__text_add(&text, tdm__str_trimmed(tdm__json_string(item)));
    }
    *out = tdm__arena_copy(t->serving->arena, tdm__text_str(&text));
    bool failed = text.failed || !out->data;
    tdm__text_free(&text);
    return failed ? tdm__no_memory(t->error) : status;
}

/* What the body says of it, else what the version says that is corrected: to leave it out opens nothing. */
static tdm_status read_sharing(tdm_str *out, typing *t, const char *key, tdm_str held)
{
    const tdm__json_value *said = tdm__json_member(t->members[MEMBER_FACTS], key);
    *out = held.data ? held : TDM_LIT("");
    if (!said)
        return TDM_OK;
    if (tdm__json_type_of(said) == TDM__JSON_ARRAY)
        return join_items(out, t, key, said);
    *out = tdm__str_trimmed(tdm__json_string(said));
    if (tdm__json_type_of(said) != TDM__JSON_STRING && tdm__json_type_of(said) != TDM__JSON_NULL)
        return misfit(t, key, "expected codes");
    return TDM_OK;
}

static bool names(tdm_str list, tdm_str agency)
{
    while (list.length > 0)
        if (tdm__str_equal(tdm__str_split(&list, ' '), agency))
            return true;
    return false;
}

/* Nobody types what they could not read back, and whom an entry is for says the agency that wrote it. */
static tdm_status check_limits(typing *t)
{
    const tdm__typed_entry *entry = t->entry;
    tdm_str own = t->serving->actor.agency;
    tdm_str agency = tdm__str_trimmed(tdm__json_string(t->members[MEMBER_AGENCY]));
    tdm_status status = read_sharing(&t->limited_to, t, TDM__LIMITED_TO, entry->limited_to);
    if (status == TDM_OK)
        status = read_sharing(&t->sharing_basis, t, TDM__SHARING_BASIS, entry->sharing_basis);
    if (status != TDM_OK)
        return status;
    bool is_limited = t->limited_to.length > 0;
    bool is_another = !tdm__str_equal(t->limited_to, entry->limited_to) || is_limited != entry->is_limited ||
                      (entry->is_limited && !tdm__str_equal(agency, entry->agency));
    if (entry->id.length > 0 && is_another && !tdm__str_equal(own, entry->agency))
        return misfit(t, TDM__LIMITED_TO, "the agency that wrote the entry says whom it is for");
    if (is_limited && !tdm__str_equal(own, agency) && !names(t->limited_to, own))
        return misfit(t, TDM__LIMITED_TO, "name your own agency too: you could not see the entry");
    return TDM_OK;
}

/* Two equal entries are two, and a correction that is typed again is another. */
static tdm_status name_it(typing *t)
{
    tdm__text text;
    unsigned char random[8];
    if (tdm__random_bytes(random, sizeof random) != TDM_OK)
        return tdm__fail(t->error, TDM_INTERNAL, "no random bytes");
    tdm__hex(t->row_key, random, sizeof random);
    tdm__text_init(&text, &t->serving->context->allocator);
    tdm__text_add(&text, t->serving->call->request);
    tdm__text_puts(&text, t->row_key);
    tdm__sha256_hex(t->hash, tdm__text_str(&text));
    bool failed = text.failed;
    tdm__text_free(&text);
    return failed ? tdm__no_memory(t->error) : TDM_OK;
}

/* --- lines --- */

static void put_member(tdm__json_writer *json, const char *name, tdm_str value)
{
    tdm__json_put_name(json, name);
    tdm__json_put_string(json, value);
}

static void put_day(tdm__json_writer *json, const char *name, tdm_day day)
{
    char text[TDM_DATE_TEXT_SIZE];
    tdm__day_iso(text, day);
    put_member(json, name, tdm__str(text));
}

static void put_kinds(tdm__json_writer *json, const char *name, const typing *t)
{
    const tdm_vocabulary *vocabulary = t->serving->rules->vocabulary;
    uint32_t kind = kind_of(t), closer = closer_of(vocabulary, kind);
    tdm__json_put_name(json, name);
    tdm__json_open_array(json);
    if (kind != TDM_NO_INDEX)
        tdm__json_put_string(json, vocabulary->kinds[kind].code);
    if (closer != TDM_NO_INDEX && t->members[MEMBER_ENDED])
        tdm__json_put_string(json, vocabulary->kinds[closer].code);
    tdm__json_close_array(json);
}

/* It holds this entry alone: that there is no other of its kind says nothing. */
static void put_source(tdm__json_writer *json, const typing *t)
{
    tdm_str agency = tdm__str_trimmed(tdm__json_string(t->members[MEMBER_AGENCY]));
    tdm_str id = tdm__path_join(t->serving->arena, TDM_LIT("entered-by-hand"), agency);
    tdm__json_open_object(json);
    put_member(json, "type", TDM_LIT("source"));
    put_member(json, "id", id.data ? id : TDM_LIT("entered-by-hand"));
    put_member(json, "name", TDM_LIT(SOURCE_NAME));
    put_member(json, "agency", agency);
    put_member(json, "hash", tdm__str(t->hash));
    put_day(json, "received", t->entry->received);
    put_kinds(json, "carries", t);
    tdm__json_put_name(json, "facts");
    tdm__json_open_array(json);
    tdm__json_close_array(json);
    put_kinds(json, "in_part", t);
    tdm__json_put_name(json, "children");
    tdm__json_open_array(json);
    tdm__json_put_string(json, t->serving->child);
    tdm__json_close_array(json);
    put_member(json, "format", TDM_LIT(TDM__FORMAT_ENTERED));
    tdm__json_close_object(json);
}

static void put_facts(tdm__json_writer *json, const typing *t)
{
    const struct {
        const char *key;
        tdm_str value;
    } sharing[] = {{TDM__LIMITED_TO, t->limited_to}, {TDM__SHARING_BASIS, t->sharing_basis}};
    tdm__json_put_name(json, "facts");
    tdm__json_open_object(json);
    for (const tdm__json_value *f = tdm__json_first(t->members[MEMBER_FACTS]); f; f = tdm__json_next(f)) {
        if (tdm__str_equal(tdm__json_name(f), TDM_LIT(TDM__LIMITED_TO)) ||
            tdm__str_equal(tdm__json_name(f), TDM_LIT(TDM__SHARING_BASIS)))
            continue;
        tdm__json_put_name_str(json, tdm__json_name(f));
        tdm__json_put_value(json, f);
    }
    for (size_t i = 0; i < sizeof sharing / sizeof *sharing; i++)
        if (sharing[i].value.length > 0)
            put_member(json, sharing[i].key, sharing[i].value);
    tdm__json_close_object(json);
}

/* Facts that are none are shown to the reader, which says so. */
static bool are_facts(const tdm__json_value *facts)
{
    return !facts || tdm__json_type_of(facts) == TDM__JSON_OBJECT;
}

static void put_event(tdm__json_writer *json, const typing *t)
{
    const tdm__typed_entry *entry = t->entry;
    tdm__json_open_object(json);
    put_member(json, "type", TDM_LIT("event"));
    if (entry->id.length > 0)
        put_member(json, "id", entry->id);
    else
        put_member(json, "row_key", tdm__str(t->row_key));
    put_member(json, "child", t->serving->child);
    for (size_t i = 0; i < MEMBERS; i++)
        if (t->members[i] && (i != MEMBER_FACTS || !are_facts(t->members[i]))) {
            tdm__json_put_name(json, member_names[i]);
            tdm__json_put_value(json, t->members[i]);
        }
    if (are_facts(t->members[MEMBER_FACTS]))
        put_facts(json, t);
    if (!t->members[MEMBER_RECORDED] && entry->recorded != TDM_DAY_NONE)
        put_day(json, "recorded", entry->recorded);
    if (entry->episode.length > 0)
        put_member(json, "episode", entry->episode);
    tdm__json_put_name(json, "source");
    tdm__json_open_object(json);
    put_member(json, "file", TDM_LIT(SOURCE_NAME));
    put_member(json, "hash", tdm__str(t->hash));
    tdm__json_put_name(json, "row");
    tdm__json_put_int(json, 1);
    tdm__json_close_object(json);
    tdm__json_close_object(json);
}

static tdm_status write_line(tdm__text *out, const typing *t, void (*put)(tdm__json_writer *, const typing *))
{
    tdm__json_writer json;
    tdm__json_writer_init(&json, out->allocator, tdm__text_sink(out), 0);
    put(&json, t);
    tdm_status status = tdm__json_writer_end(&json);
    tdm__text_char(out, '\n');
    return status == TDM_OK && out->failed ? TDM_NO_MEMORY : status;
}

/* --- read as a return is --- */

/* Up to the first semicolon: behind it stands what a return does with such a row, and nothing is done here.
 */
static tdm_status tell_misfits(typing *t)
{
    tdm_error problem;
    tdm_status status = TDM_OK;
    const tdm__diagnostics *list = &t->collection.diagnostics;
    for (size_t i = 0; i < list->count; i++) {
        const tdm__diagnostic *d = &list->items[i];
        tdm_str rest = d->message, words = tdm__str_split(&rest, ';');
        if (d->severity == TDM__INFORMATION)
            continue;
        tdm__fail(&problem, TDM_INVALID_INPUT, "%.*s: %.*s", TDM_STR_ARGS(d->column), TDM_STR_ARGS(words));
        tdm__context_add_problem(&problem, t->serving->context);
        if (status == TDM_OK)
            *t->error = problem;
        status = TDM_INVALID_INPUT;
    }
    return status;
}

/* Nobody has recorded what lies ahead. */
static tdm_status check_days(typing *t)
{
    tdm_day today = t->serving->call->today;
    for (uint32_t i = 0; i < tdm_chronology_event_count(t->chronology); i++) {
        tdm__event event = tdm__chronology_event(t->chronology, i);
        if (event.kind == kind_of(t) && event.occurred.from == TDM_DAY_BEFORE_ALL)
            return misfit(t, "occurred", "no date that can be read");
        if (event.occurred.from > today)
            return misfit(t, event.kind == kind_of(t) ? "occurred" : "ended", "this day lies ahead");
        if (event.recorded != TDM_DAY_NONE && event.recorded > today)
            return misfit(t, "recorded", "this day lies ahead");
    }
    return TDM_OK;
}

static tdm_status read_lines(typing *t, const tdm__text *lines)
{
    const tdm__input input = {
        .name = TDM_LIT(SOURCE_NAME), .content = tdm__text_str(lines), .format = TDM_LIT("ndjson")};
    t->collection.dates = t->serving->rules->policy->dates;
    tdm_status status = tdm__ingest(&t->collection, &input, t->error);
    if (status == TDM_OK)
        status = tell_misfits(t);
    if (status == TDM_OK)
        status = tdm__builder_freeze(&t->chronology, t->collection.builder, &t->collection.diagnostics);
    return status == TDM_OK ? check_days(t) : status;
}

static tdm_status read_as_return(typing *t)
{
    tdm__text lines;
    tdm__text_init(&lines, &t->serving->context->allocator);
    tdm_status status = write_line(&lines, t, put_source);
    if (status == TDM_OK)
        status = write_line(&lines, t, put_event);
    if (status == TDM_OK)
        status = tdm__collection_init(&t->collection, t->serving->context, t->serving->rules->vocabulary);
    if (status == TDM_OK)
        status = read_lines(t, &lines);
    tdm__text_free(&lines);
    return status == TDM_NO_MEMORY ? tdm__no_memory(t->error) : status;
}

/* --- into the store --- */

static void take_id(char id[TDM_HEX64_SIZE], const typing *t)
{
    id[0] = '\0';
    for (uint32_t i = 0; i < tdm_chronology_event_count(t->chronology); i++)
        if (tdm__chronology_event(t->chronology, i).kind == kind_of(t))
            tdm__chronology_event_id(id, t->chronology, i);
}

static tdm_status keep(char id[TDM_HEX64_SIZE], typing *t)
{
    char details[TDM__TYPED_DETAILS_SIZE];
    const tdm__store_content content = {.chronology = t->chronology, .as_of = TDM_DAY_NONE};
    take_id(id, t);
    tdm__typed_details(details, id, tdm__str(t->hash));
    t->serving->note.details = tdm__arena_copy(t->serving->arena, tdm__str(details));
    if (!t->serving->note.details.data)
        return tdm__no_memory(t->error);
    return tdm__work_write(t->serving->work, &content, NULL, t->error);
}

tdm_status tdm__typed_entry_keep(char id[TDM_HEX64_SIZE], tdm__serving *serving,
                                 const tdm__typed_entry *entry, tdm_str *reason, tdm_error *error)
{
    typing t = {.serving = serving, .entry = entry, .error = error};
    id[0] = '\0';
    tdm_status status = read_body(&t, reason);
    if (status == TDM_OK)
        status = check_ended(&t);
    if (status == TDM_OK)
        status = check_limits(&t);
    if (status == TDM_OK)
        status = name_it(&t);
    if (status != TDM_OK)
        return status;
    status = read_as_return(&t);
    if (status == TDM_OK)
        status = keep(id, &t);
    tdm_chronology_free(t.chronology);
    tdm__collection_free(&t.collection);
    return status;
}
