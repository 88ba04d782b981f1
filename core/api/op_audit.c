/*
 * The audit trail: its entries, whether it is whole, where it ends, all of it for keeping elsewhere. Asked by
 * the command of a store, and by an administrator of a service. Children stand in it by their codes.
 */
#include "api/care.h"
#include "api/service_operations.h"

#include <string.h>

#define SECONDS_OF_DAY 86400

/* --- entries --- */

typedef struct listing {
    tdm__care care;
    tdm__answer answer;
    tdm__trail_filter filter;
    int64_t after;
    size_t limit;
    bool all; /* page after page, to the end */
    /* Of a service: entries of records that the caller is not given, and nothing that was said of them. */
    tdm_str *withheld;
    size_t withheld_count;
} listing;

/* Adding and correcting an entry of a record begin their details with its id. */
static bool is_withheld(const listing *l, const tdm__chain_entry *e)
{
    const size_t id_length = TDM_HEX64_SIZE - 1;
    bool about_entry = e->what.length > 7 && memcmp(e->what.data, "events.", 7) == 0;
    for (size_t i = 0; about_entry && i < l->withheld_count; i++)
        if (e->details.length >= id_length && l->withheld[i].length == id_length &&
            memcmp(e->details.data, l->withheld[i].data, id_length) == 0)
            return true;
    return false;
}

static tdm__stored_entry as_shown(const listing *l, const tdm__stored_entry *stored)
{
    tdm__stored_entry shown = *stored;
    if (is_withheld(l, &stored->entry)) {
        shown.entry.reason = (tdm_str){"", 0};
        shown.entry.details = TDM_LIT("an entry that is limited to other agencies");
    }
    return shown;
}

static void put_entry(tdm__json_writer *json, const tdm__stored_entry *stored)
{
    const tdm__chain_entry *e = &stored->entry;
    tdm__json_open_object(json);
    tdm__json_put_name(json, "number");
    tdm__json_put_int(json, e->number);
    tdm__answer_time(json, "at", e->time);
    tdm__answer_member(json, "account", e->actor);
    tdm__answer_member(json, "role", e->role);
    tdm__answer_member(json, "operation", e->what);
    tdm__answer_member(json, "object_kind", e->object_kind);
    tdm__answer_member(json, "object", e->object_id);
    tdm__answer_member(json, "reason", e->reason);
    tdm__answer_member(json, "details", e->details);
    tdm__json_close_object(json);
}

static void put_line(tdm__text *text, const tdm__stored_entry *stored)
{
    char at[TDM__TIME_TEXT_SIZE];
    const tdm__chain_entry *e = &stored->entry;
    const tdm_str parts[] = {e->actor, e->role, e->what, e->object_kind, e->object_id, e->details, e->reason};
    tdm__time_text(at, e->time);
    tdm__text_printf(text, "%lld  %s", (long long)e->number, at);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].length > 0) {
            tdm__text_puts(text, i == 1 || i == 4 ? " " : "  ");
            tdm__text_add(text, parts[i]);
        }
    tdm__text_char(text, '\n');
}

static tdm_status put_page(listing *l, tdm_error *error)
{
    tdm__stored_entries page;
    tdm_status status = tdm__work_trail_list(&page, l->care.work, &l->care.arena, &l->filter, l->after,
                                             l->limit, error);
    for (size_t i = 0; status == TDM_OK && i < page.count; i++) {
        tdm__stored_entry shown = as_shown(l, &page.items[i]);
        if (l->answer.as_json)
            put_entry(&l->answer.json, &shown);
        else
            put_line(&l->answer.text, &shown);
    }
    l->after = page.next;
    return status;
}

/* The second in which a day begins, `later` days on; 0 where no day was given. */
static int64_t day_of(const tdm_request *request, const char *name, int later)
{
    tdm_day day;
    const char *text = tdm__request_value(request, name);
    return text && tdm_day_parse_iso(&day, tdm__str(text)) ? ((int64_t)day + later) * SECONDS_OF_DAY : 0;
}

/* An option that not every list of entries takes; "" without it. */
static tdm_str wanted(const tdm_request *request, const char *name)
{
    return tdm__request_has(request, name) ? tdm__str(tdm__request_value(request, name)) : (tdm_str){"", 0};
}

/* A service gives pages; the command all of it. */
static tdm_status prepare(listing *l, tdm_error *error)
{
    tdm__paging page;
    const tdm_request *request = l->care.request;
    tdm_status status = tdm__page_of(&page, request, error);
    l->all = !request->serving && !tdm__request_value(request, "limit");
    l->limit = l->all ? TDM_PAGE_MOST : page.limit;
    if (status == TDM_OK && page.after.length > 0 && !tdm__str_to_int64(&l->after, page.after))
        status = tdm__fail(error, TDM_INVALID_ARG, "cursor: expected the `next` of a page");
    l->filter = (tdm__trail_filter){.actor = tdm__str(tdm__request_value(request, "account")),
                                    .what = tdm__str(tdm__request_value(request, "operation")),
                                    .object_kind = wanted(request, "kind"),
                                    .object_id = wanted(request, "object"),
                                    .from = day_of(request, "since", 0),
                                    .until = day_of(request, "until", 1),
                                    .newest_first = tdm__request_flag(request, "newest")};
    return status;
}

static tdm_status list(listing *l, tdm_sink sink, tdm_error *error)
{
    tdm_str next = {"", 0};
    tdm__text cursor;
    tdm_status status = TDM_OK;
    if (l->care.request->serving)
        status = tdm__work_withheld(&l->withheld, &l->withheld_count, l->care.work, &l->care.arena, error);
    if (status != TDM_OK)
        return status;
    tdm__answer_begin(&l->answer, l->care.request, sink);
    tdm__text_init(&cursor, &l->care.context->allocator);
    if (l->answer.as_json) {
        tdm__open_items(&l->answer.json);
    }
    do {
        status = put_page(l, error);
    } while (status == TDM_OK && l->all && l->after > 0);
    if (l->after > 0) {
        tdm__text_int(&cursor, l->after);
        next = tdm__text_str(&cursor);
    }
    if (l->answer.as_json) {
        tdm__close_items(&l->answer.json, next);
    }
    status = tdm__answer_end(&l->answer, status);
    tdm__text_free(&cursor);
    return status;
}

tdm_status tdm__op_audit_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                              tdm_error *error)
{
    listing l = {.after = 0};
    (void)outcome;
    tdm_status status = tdm__care_open(&l.care, request, false, error);
    if (status == TDM_OK)
        status = prepare(&l, error);
    if (status == TDM_OK)
        status = tdm__care_read(&l.care, error);
    if (status == TDM_OK)
        status = list(&l, sink, error);
    return tdm__care_end(&l.care, status);
}

/* What was done with one record, for the manager who has the case: by its code, which entries have. */
tdm_status tdm__op_children_trail(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                  tdm_error *error)
{
    char code[TDM__CODE_SIZE];
    listing l = {.after = 0};
    const tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__serving_holds_case(serving, error);
    if (status != TDM_OK)
        return status;
    status = tdm__care_open(&l.care, request, false, error);
    if (status == TDM_OK)
        status = prepare(&l, error);
    tdm__child_code(code, serving->service, serving->child);
    l.filter.object_id = tdm__str(code);
    l.care.work = serving->work;
    if (status == TDM_OK)
        status = list(&l, sink, error);
    l.care.work = NULL; /* the call's, which ends it */
    return tdm__care_end(&l.care, status);
}

/* --- all of it, with what is needed to verify it --- */

static void export_entry(tdm__text *text, const tdm__stored_entry *stored, const tdm_allocator *allocator)
{
    char mac[2 * TDM__DIGEST_BYTES + 1];
    tdm__json_writer json;
    const tdm__chain_entry *e = &stored->entry;
    const struct {
        const char *name;
        tdm_str value;
    } members[] = {{"actor", e->actor},         {"role", e->role},
                   {"what", e->what},           {"object_kind", e->object_kind},
                   {"object_id", e->object_id}, {"reason", e->reason},
                   {"details", e->details}};
    tdm__hex(mac, stored->mac.bytes, sizeof stored->mac.bytes);
    tdm__json_writer_init(&json, allocator, tdm__text_sink(text), 0);
    tdm__json_open_object(&json);
    tdm__json_put_name(&json, "number");
    tdm__json_put_int(&json, e->number);
    tdm__json_put_name(&json, "time");
    tdm__json_put_int(&json, e->time);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        tdm__answer_member(&json, members[i].name, members[i].value);
    tdm__answer_member(&json, "mac", tdm__str(mac));
    tdm__json_close_object(&json);
    if (tdm__json_writer_end(&json) != TDM_OK)
        text->failed = true;
    tdm__text_char(text, '\n');
}

static tdm_status export(tdm__care *care, tdm_sink sink, tdm_error *error)
{
    static const tdm__trail_filter any;
    tdm__text text;
    tdm__stored_entries page = {.next = 0};
    tdm_status status;
    tdm__text_init(&text, &care->context->allocator);
    do {
        status = tdm__work_trail_list(&page, care->work, &care->arena, &any, page.next, TDM_PAGE_MOST, error);
        for (size_t i = 0; status == TDM_OK && i < page.count; i++)
            export_entry(&text, &page.items[i], &care->context->allocator);
    } while (status == TDM_OK && page.next > 0);
    if (status == TDM_OK && text.failed)
        status = tdm__no_memory(error);
    if (status == TDM_OK)
        status = tdm__sink_write(sink, tdm__text_str(&text));
    tdm__text_free(&text);
    return status;
}

tdm_status tdm__op_audit_export(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    (void)outcome;
    return tdm__care_reading(request, export, sink, error);
}

/* --- where it ends --- */

static tdm_status put_head(tdm__care *care, tdm_sink sink, tdm_error *error)
{
    char text[TDM__CHAIN_HEAD_SIZE];
    tdm__answer answer;
    tdm__chain_head head;
    tdm_status status = tdm__work_trail_head(&head, care->work, error);
    if (status != TDM_OK)
        return status;
    tdm__chain_head_write(text, &head);
    tdm__answer_begin(&answer, care->request, sink);
    if (answer.as_json) {
        tdm__json_open_object(&answer.json);
        tdm__answer_member(&answer.json, "head", tdm__str(text));
        tdm__json_close_object(&answer.json);
    } else {
        tdm__text_printf(&answer.text, "%s\n", text);
    }
    return tdm__answer_end(&answer, TDM_OK);
}

tdm_status tdm__op_audit_head(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                              tdm_error *error)
{
    (void)outcome;
    return tdm__care_reading(request, put_head, sink, error);
}

/* --- whether it is whole --- */

static tdm_status given_head(tdm__chain_head *out, const tdm__care *care, tdm_error *error)
{
    const char *given = tdm__request_value(care->request, "head");
    if (!given)
        return tdm__head_read(out, care->service, error);
    return tdm__chain_head_read(out, tdm__str(given))
               ? TDM_OK
               : tdm__fail(error, TDM_INVALID_ARG, "head: expected what audit head writes, NUMBER:HEX");
}

static void put_verdict_json(tdm__json_writer *json, const tdm__trail_verdict *verdict,
                             const tdm__chain_head *kept, const tdm_allocator *allocator)
{
    char head[TDM__CHAIN_HEAD_SIZE];
    tdm__json_open_object(json);
    tdm__json_put_name(json, "entries");
    tdm__json_put_int(json, verdict->head.count);
    tdm__chain_head_write(head, &verdict->head);
    tdm__answer_member(json, "head", tdm__str(head));
    tdm__json_put_name(json, "compared_up_to");
    tdm__json_put_int(json, kept->count);
    tdm__json_put_name(json, "sound");
    tdm__json_put_bool(json, verdict->is_whole);
    tdm__json_put_name(json, "findings");
    tdm__json_open_array(json);
    for (size_t i = 0; i < verdict->count; i++) {
        tdm__text sentence;
        const tdm__chain_finding *finding = &verdict->findings[i];
        tdm__text_init(&sentence, allocator);
        tdm__chain_put_finding(&sentence, *finding);
        tdm__json_open_object(json);
        tdm__answer_member(json, "code", tdm__str(tdm__chain_fault_code(finding->fault)));
        tdm__json_put_name(json, "first");
        tdm__json_put_int(json, finding->first);
        tdm__json_put_name(json, "last");
        tdm__json_put_int(json, finding->last);
        tdm__answer_member(json, "sentence", tdm__text_str(&sentence));
        tdm__json_close_object(json);
        tdm__text_free(&sentence);
    }
    tdm__json_close_array(json);
    tdm__json_put_name(json, "more_findings");
    tdm__json_put_int(json, (int64_t)verdict->left_out);
    tdm__json_close_object(json);
}

static void put_verdict_text(tdm__text *text, const tdm__trail_verdict *verdict, const tdm__chain_head *kept)
{
    for (size_t i = 0; i < verdict->count; i++) {
        tdm__chain_put_finding(text, verdict->findings[i]);
        tdm__text_char(text, '\n');
    }
    if (verdict->left_out > 0)
        tdm__text_printf(text, "and %llu more findings\n", (unsigned long long)verdict->left_out);
    tdm__text_printf(text, "%lld entr%s, %s", (long long)verdict->head.count,
                     verdict->head.count == 1 ? "y" : "ies",
                     verdict->is_whole ? "nothing found" : "the trail is not whole");
    if (kept->count > 0)
        tdm__text_printf(text, "; compared with the end that was written down at entry %lld\n",
                         (long long)kept->count);
    else
        tdm__text_puts(text, "; no end was written down: entries cut off there would not be found\n");
}

/* The end that a restore gave up, where it did. */
static bool gave_up(tdm__chain_head *out, tdm_str details)
{
    while (details.length > 0) {
        tdm_str part = tdm__str_trimmed(tdm__str_split(&details, ';'));
        if (tdm__str_starts(part, TDM_LIT(TDM__GIVEN_UP))) {
            size_t before = strlen(TDM__GIVEN_UP);
            return tdm__chain_head_read(out, (tdm_str){part.data + before, part.length - before});
        }
    }
    return false;
}

/* The entries that say that a copy took the store's place: there the trail parts from an end that was kept.
 */
static tdm_status put_restores(tdm__text *text, tdm__care *care, const tdm__chain_head *kept,
                               tdm_error *error)
{
    const tdm__trail_filter restores = {.what = TDM_LIT("store.restore")};
    tdm__stored_entries page = {.next = 0};
    tdm_status status;
    do {
        status = tdm__work_trail_list(&page, care->work, &care->arena, &restores, page.next, TDM_PAGE_MOST,
                                      error);
        for (size_t i = 0; status == TDM_OK && i < page.count; i++) {
            tdm__chain_head end;
            const tdm__chain_entry *e = &page.items[i].entry;
            if (gave_up(&end, e->details) && kept->count <= end.count)
                tdm__text_printf(text,
                                 "entry %lld says that a copy took the place of the store and that the trail "
                                 "up to entry %lld was given up: the store that was kept then has it\n",
                                 (long long)e->number, (long long)end.count);
        }
    } while (status == TDM_OK && page.next > 0);
    return status;
}

static tdm_status verify(tdm__care *care, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    tdm__answer answer;
    tdm__chain_head kept;
    tdm__trail_verdict verdict;
    /* The end before the state that it is compared with: entries that come between are fine. */
    tdm_status status = given_head(&kept, care, error);
    if (status == TDM_OK)
        status = tdm__care_read(care, error);
    if (status == TDM_OK)
        status = tdm__work_trail_verify(&verdict, care->work, &care->arena, &care->service->audit_key,
                                        kept.count > 0 ? &kept : NULL, error);
    if (status != TDM_OK)
        return status;
    outcome->fail_on_reached = !verdict.is_whole;
    tdm__answer_begin(&answer, care->request, sink);
    if (answer.as_json)
        put_verdict_json(&answer.json, &verdict, &kept, &care->context->allocator);
    else {
        put_verdict_text(&answer.text, &verdict, &kept);
        if (!verdict.is_whole)
            status = put_restores(&answer.text, care, &kept, error);
    }
    return tdm__answer_end(&answer, status);
}

tdm_status tdm__op_audit_verify(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    tdm__care care;
    tdm_status status = tdm__care_open(&care, request, false, error);
    if (status == TDM_OK)
        status = verify(&care, outcome, sink, error);
    return tdm__care_end(&care, status);
}
