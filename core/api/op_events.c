/*
 * events: one entry with its versions, the rows that tell the same incident and who knew of it when; a new
 * entry; a correction, beside which the earlier version stays. What may be typed is typed_entry.c's.
 */
#include "api/answer.h"
#include "api/service_operations.h"
#include "api/session.h"
#include "api/typed_entry.h"
#include "api/worklist.h"
#include "engine/knew.h"
#include "report/event_json.h"
#include "report/evidence.h"
#include "report/json_members.h"
#include "report/knew.h"
#include "report/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the versions of an entry --- */

/* Events of one id, as they were received. */
typedef struct versions {
    uint32_t *events;
    size_t count;
    size_t shown; /* the one that stands, else the last */
} versions;

typedef struct ranked {
    tdm_day received;
    uint32_t source, event;
} ranked;

static int compare_ranked(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->received != y->received)
        return x->received < y->received ? -1 : 1;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return (x->event > y->event) - (x->event < y->event);
}

static tdm_status no_entry(tdm_error *error)
{
    return tdm__fail(error, TDM_NOT_FOUND, "there is no such entry");
}

static bool read_id(uint64_t *out, const char *text)
{
    unsigned char bytes[8];
    *out = 0;
    if (!text || !tdm__unhex(bytes, sizeof bytes, tdm__str(text)))
        return false;
    for (size_t i = 0; i < sizeof bytes; i++)
        *out = *out << 8 | bytes[i];
    return true;
}

static size_t gather(ranked *out, const tdm_chronology *c, uint32_t first, uint32_t end, uint64_t id)
{
    size_t count = 0;
    for (uint32_t at = first; at < end; at++) {
        tdm__event event = tdm__chronology_event(c, at);
        if (event.id != id)
            continue;
        if (out)
            out[count] = (ranked){tdm__chronology_source(c, event.source)->received, event.source, at};
        count++;
    }
    return count;
}

/* The versions of the entry that the option `event` names. */
static tdm_status find_versions(versions *out, const tdm_request *request, const tdm_chronology *c,
                                tdm_day as_of, tdm_error *error)
{
    uint64_t id;
    uint32_t first, end;
    const tdm__serving *serving = request->serving;
    uint32_t child = tdm__chronology_find_child(c, serving->child);
    *out = (versions){.count = 0};
    if (child == TDM_NO_INDEX || !read_id(&id, tdm__request_value(request, "event")))
        return no_entry(error);
    tdm__chronology_child_events(c, child, &first, &end);
    out->count = gather(NULL, c, first, end, id);
    if (out->count == 0)
        return no_entry(error);
    ranked *all = tdm__arena_array(serving->arena, out->count, sizeof *all);
    out->events = tdm__arena_array(serving->arena, out->count, sizeof *out->events);
    if (!all || !out->events)
        return tdm__no_memory(error);
    gather(all, c, first, end, id);
    qsort(all, out->count, sizeof *all, compare_ranked);
    out->shown = out->count - 1;
    for (size_t i = 0; i < out->count; i++) {
        out->events[i] = all[i].event;
        if (tdm__chronology_stands(c, all[i].event, as_of))
            out->shown = i;
    }
    return TDM_OK;
}

/* --- who typed a version, and why --- */

/* What the trail has of changes of the child's entries by hand. */
typedef struct typed_changes {
    tdm__stored_entries added, corrected;
} typed_changes;

static tdm_status read_changes(tdm__stored_entries *out, tdm__serving *serving, const char *what,
                               tdm_error *error)
{
    char code[TDM__CODE_SIZE];
    tdm__child_code(code, serving->service, serving->child);
    tdm__trail_filter filter = {.what = tdm__str(what), .object_id = tdm__str(code)};
    return tdm__work_trail_list(out, serving->work, serving->arena, &filter, 0, TDM_PAGE_MOST, error);
}

static const tdm__chain_entry *change_in(const tdm__stored_entries *list, tdm_str details)
{
    for (size_t i = 0; i < list->count; i++)
        if (tdm__str_equal(list->items[i].entry.details, details))
            return &list->items[i].entry;
    return NULL;
}

/* NULL: a return brought it. */
static const tdm__chain_entry *change_of(const typed_changes *changes, const tdm_chronology *c,
                                         uint32_t event)
{
    char id[TDM_HEX64_SIZE], details[TDM__TYPED_DETAILS_SIZE];
    const tdm__source *source = tdm__chronology_source(c, tdm__chronology_event(c, event).source);
    tdm__chronology_event_id(id, c, event);
    tdm__typed_details(details, id, source->hash);
    const tdm__chain_entry *added = change_in(&changes->added, tdm__str(details));
    return added ? added : change_in(&changes->corrected, tdm__str(details));
}

/* --- show --- */

/* The members of an event, without its braces. */
static void put_event(tdm__json_writer *json, const tdm_run *run, uint32_t event)
{
    tdm__text text;
    tdm__json_writer one;
    tdm__json *document = NULL;
    tdm__text_init(&text, &run->allocator);
    tdm__json_writer_init(&one, &run->allocator, tdm__text_sink(&text), 0);
    tdm__event_json(&one, run->chronology, event, TDM__EVENT_REVIEW, run->as_of);
    tdm_status status = tdm__json_writer_end(&one);
    if (status == TDM_OK)
        status = tdm__json_parse(&document, &run->allocator, tdm__text_str(&text), TDM_LIT("event"), NULL);
    const tdm__json_value *member = status == TDM_OK ? tdm__json_first(tdm__json_root(document)) : NULL;
    for (; member; member = tdm__json_next(member)) {
        tdm__json_put_name_str(json, tdm__json_name(member));
        tdm__json_put_value(json, member);
    }
    if (status != TDM_OK && json->status == TDM_OK)
        json->status = status;
    tdm__json_free(document);
    tdm__text_free(&text);
}

static void put_text_or_null(tdm__json_writer *json, const char *name, tdm_str text)
{
    tdm__json_put_name(json, name);
    if (text.length > 0)
        tdm__json_put_string(json, text);
    else
        tdm__json_put_null(json);
}

static void put_version(tdm__json_writer *json, const tdm_run *run, const typed_changes *changes,
                        uint32_t event)
{
    const tdm_chronology *c = run->chronology;
    const tdm__chain_entry *change = change_of(changes, c, event);
    const tdm__source *source = tdm__chronology_source(c, tdm__chronology_event(c, event).source);
    tdm__json_open_object(json);
    tdm__json_day_or_null(json, "received", source->received);
    put_text_or_null(json, "by", change ? change->actor : (tdm_str){"", 0});
    put_text_or_null(json, "reason", change ? change->reason : (tdm_str){"", 0});
    tdm__json_bool_member(json, "stands", tdm__chronology_stands(c, event, run->as_of));
    put_event(json, run, event);
    tdm__json_close_object(json);
}

static bool is_among(const uint32_t *events, size_t count, uint32_t event)
{
    for (size_t i = 0; i < count; i++)
        if (events[i] == event)
            return true;
    return false;
}

/* Of incidents that the returns state, then of those that kind and date suggest. */
static void put_incident_members(tdm__json_writer *json, const tdm_run *run, const tdm__child_result *child,
                                 uint32_t event)
{
    tdm__json_open_list(json, "incident_members");
    for (size_t i = 0; i < child->incident_count; i++) {
        const tdm__one_incident *incident = &child->incidents[i];
        if (!is_among(incident->events, incident->event_count, event))
            continue;
        for (size_t k = 0; k < incident->event_count; k++)
            if (incident->events[k] != event)
                tdm__evidence_json(json, run, incident->events[k]);
    }
    tdm__json_close_array(json);
}

static void put_knew(tdm__json_writer *json, const tdm__knew *knew, uint32_t event)
{
    tdm__json_open_list(json, "knew");
    for (size_t c = 0; c < knew->child_count; c++)
        for (size_t m = 0; m < knew->children[c].count; m++) {
            const tdm__matter *matter = &knew->children[c].matters[m];
            if (is_among(matter->events, matter->event_count, event))
                tdm__knew_agencies_json(json, &knew->children[c], matter);
        }
    tdm__json_close_array(json);
}

static tdm_status put_shown(tdm__json_writer *json, const tdm_run *run, const versions *v,
                            const typed_changes *changes, tdm_error *error)
{
    tdm__knew *knew;
    uint32_t event = v->events[v->shown];
    tdm_status status = tdm__engine_knew(&knew, run, error);
    if (status != TDM_OK)
        return status;
    tdm__json_open_object(json);
    put_event(json, run, event);
    tdm__json_int_member(json, "version", (int64_t)v->count);
    tdm__json_open_list(json, "versions");
    for (size_t i = 0; i < v->count; i++)
        put_version(json, run, changes, v->events[i]);
    tdm__json_close_array(json);
    if (run->child_count > 0)
        put_incident_members(json, run, &run->children[0], event);
    put_knew(json, knew, event);
    tdm__missing_json(json, run->chronology);
    tdm__json_close_object(json);
    tdm__knew_free(knew);
    return TDM_OK;
}

static tdm_status show(tdm__session *session, const tdm_run *run, tdm_sink sink, tdm_error *error)
{
    versions v;
    tdm__answer answer;
    typed_changes changes = {{.count = 0}, {.count = 0}};
    tdm__serving *serving = session->request->serving;
    tdm_status status = find_versions(&v, session->request, run->chronology, run->as_of, error);
    if (status == TDM_OK)
        status = read_changes(&changes.added, serving, "events.add", error);
    if (status == TDM_OK)
        status = read_changes(&changes.corrected, serving, "events.correct", error);
    if (status != TDM_OK)
        return status;
    tdm__serving_etag(serving, (int64_t)v.count);
    tdm__answer_begin(&answer, session->request, sink);
    return tdm__answer_end(&answer, put_shown(&answer.json, run, &v, &changes, error));
}

tdm_status tdm__op_events_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error)
{
    tdm__session session;
    tdm_run *run = NULL;
    (void)outcome;
    tdm_status status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = tdm__session_run(&run, &session, error);
    if (status == TDM_OK)
        status = show(&session, run, sink, error);
    tdm__run_free(run);
    return tdm__session_end(&session, status, error);
}

/* --- add and correct --- */

static tdm_status say_kept(const tdm_request *request, const char *id, int64_t version, tdm_sink sink)
{
    tdm__answer answer;
    tdm__serving *serving = request->serving;
    tdm__serving_etag(serving, version);
    tdm__answer_begin(&answer, request, sink);
    tdm__json_open_object(&answer.json);
    tdm__answer_member(&answer.json, "event", tdm__str(id));
    tdm__json_int_member(&answer.json, "version", version);
    tdm__json_close_object(&answer.json);
    return tdm__answer_end(&answer, TDM_OK);
}

tdm_status tdm__op_events_add(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                              tdm_error *error)
{
    char id[TDM_HEX64_SIZE];
    tdm__serving *serving = request->serving;
    const tdm__typed_entry entry = {.recorded = serving->call->today, .received = serving->call->today};
    (void)outcome;
    tdm_status status = tdm__typed_entry_keep(id, serving, &entry, NULL, error);
    if (status == TDM_OK)
        status = tdm__worklist_renew_child(serving, error);
    if (status != TDM_OK)
        return status;
    serving->reply->created = true;
    snprintf(serving->reply->location, sizeof serving->reply->location, "/v1/children/%.*s/events/%s",
             TDM_STR_ARGS(serving->child), id);
    return say_kept(request, id, 1, sink);
}

/* A copy, data NULL where there is no memory for it; "" where the entry has no such fact. */
static bool fact_of(tdm_str *out, const tdm__serving *serving, const tdm_chronology *c, uint32_t event,
                    const char *key)
{
    tdm__fact_value value;
    uint32_t fact = tdm__vocabulary_fact(tdm__chronology_vocabulary(c), tdm__str(key));
    bool is_there = fact != TDM_NO_INDEX && tdm__chronology_fact(&value, c, event, fact);
    *out = tdm__arena_copy(serving->arena, is_there ? value.text : TDM_LIT(""));
    return is_there;
}

/* What of the version at hand stays where the body says nothing of it; and it comes behind that version,
 * whose return may bear a later day. */
static tdm_status correction_of(tdm__typed_entry *out, const tdm_request *request, const tdm_chronology *c,
                                int64_t *count, tdm_error *error)
{
    versions v;
    char id[TDM_HEX64_SIZE];
    tdm__serving *serving = request->serving;
    tdm_status status = find_versions(&v, request, c, TDM__AT_THE_END, error);
    *count = (int64_t)v.count;
    if (status != TDM_OK)
        return status;
    tdm__event event = tdm__chronology_event(c, v.events[v.shown]);
    tdm_day received = tdm__chronology_source(c, event.source)->received;
    tdm_day today = serving->call->today;
    tdm__chronology_event_id(id, c, event.index);
    tdm_str limited_to, sharing_basis;
    bool is_limited = fact_of(&limited_to, serving, c, event.index, TDM__LIMITED_TO);
    fact_of(&sharing_basis, serving, c, event.index, TDM__SHARING_BASIS);
    *out = (tdm__typed_entry){
        .agency = tdm__arena_copy(serving->arena, tdm__chronology_agency(c, event.agency)),
        .limited_to = limited_to,
        .sharing_basis = sharing_basis,
        .is_limited = is_limited,
        .id = tdm__arena_copy(serving->arena, tdm__str(id)),
        .episode = tdm__arena_copy(serving->arena, tdm__chronology_string(c, event.index, TDM__EPISODE)),
        .recorded = event.recorded,
        .received = received != TDM_DAY_NONE && received > today ? received : today};
    return out->id.data && out->episode.data && out->agency.data && limited_to.data && sharing_basis.data
               ? TDM_OK
               : tdm__no_memory(error);
}

/* The record of the child as it is in the work. */
static tdm_status with_record(tdm__typed_entry *out, const tdm_request *request, int64_t *count,
                              tdm_error *error)
{
    tdm__session session;
    *count = 0;
    tdm_status status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = tdm__session_read(&session, TDM__TELL_NOTHING, error);
    if (status == TDM_OK)
        status = correction_of(out, request, session.chronology, count, error);
    return tdm__session_end(&session, status, error);
}

tdm_status tdm__op_events_correct(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                  tdm_error *error)
{
    int64_t seen, count;
    char id[TDM_HEX64_SIZE];
    tdm__typed_entry entry;
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = with_record(&entry, request, &count, error);
    if (status == TDM_OK && (!tdm__serving_version(&seen, serving) || seen != count))
        status = tdm__fail(error, TDM_STALE, "the entry has been changed by somebody else meanwhile");
    if (status == TDM_OK)
        status = tdm__typed_entry_keep(id, serving, &entry, &serving->note.reason, error);
    if (status == TDM_OK)
        status = tdm__worklist_renew_child(serving, error);
    if (status == TDM_OK)
        status = with_record(&entry, request, &count, error);
    return status == TDM_OK ? say_kept(request, id, count, sink) : status;
}
