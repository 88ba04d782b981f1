/*
 * store delete, store deletions: taking out a child, or all whose day has come, and the lines that say so.
 * Which day that is, is for people to say (op_retention.c).
 */
#include "api/care.h"
#include "guard/rights.h"
#include "report/view.h"
#include "store/deletion.h"
#include "store/retention.h"

static const struct {
    const char *name;
    size_t offset;
} count_rows[] = {
    {"entries", offsetof(tdm__deletion_counts, events)},
    {"facts", offsetof(tdm__deletion_counts, facts)},
    {"assessments", offsetof(tdm__deletion_counts, assessments)},
    {"drafts", offsetof(tdm__deletion_counts, drafts)},
    {"prompts", offsetof(tdm__deletion_counts, prompts)},
    {"allocations", offsetof(tdm__deletion_counts, allocations)},
    {"people", offsetof(tdm__deletion_counts, people)},
    {"sources", offsetof(tdm__deletion_counts, sources)},
};

static int64_t count_at(const tdm__deletion_counts *counts, size_t row)
{
    return *(const int64_t *)(const void *)((const char *)counts + count_rows[row].offset);
}

static void put_counts(tdm__text *text, const tdm__deletion_counts *counts)
{
    for (size_t i = 0; i < sizeof count_rows / sizeof *count_rows; i++)
        tdm__text_printf(text, "%s%s %lld", i ? ", " : "", count_rows[i].name,
                         (long long)count_at(counts, i));
}

static void put_deletion_json(tdm__json_writer *json, const tdm__stored_deletion *line)
{
    char day[TDM_DATE_TEXT_SIZE];
    tdm__day_iso(day, line->day);
    tdm__json_open_object(json);
    tdm__json_put_name(json, "number");
    tdm__json_put_int(json, line->number);
    tdm__answer_member(json, "code", line->pseudonym);
    tdm__answer_member(json, "day", tdm__str(day));
    tdm__answer_member(json, "by", line->by);
    tdm__answer_member(json, "reason", line->reason);
    if (line->ground.length > 0) {
        tdm__day_iso(day, line->due);
        tdm__answer_member(json, "ground", line->ground);
        tdm__answer_member(json, "due", tdm__str(day));
    }
    for (size_t i = 0; i < sizeof count_rows / sizeof *count_rows; i++) {
        tdm__json_put_name(json, count_rows[i].name);
        tdm__json_put_int(json, count_at(&line->counts, i));
    }
    tdm__json_close_object(json);
}

static void put_deletion_text(tdm__text *text, const tdm__stored_deletion *line)
{
    char day[TDM_DATE_TEXT_SIZE];
    tdm__day_iso(day, line->day);
    tdm__text_printf(text, "%lld  %s  %.*s  by %.*s: %.*s\n   ", (long long)line->number, day,
                     TDM_STR_ARGS(line->pseudonym), TDM_STR_ARGS(line->by), TDM_STR_ARGS(line->reason));
    if (line->ground.length > 0) {
        tdm__day_iso(day, line->due);
        tdm__text_printf(text, "due %s by %.*s\n   ", day, TDM_STR_ARGS(line->ground));
    }
    put_counts(text, &line->counts);
    tdm__text_char(text, '\n');
}

static void put_line(tdm__answer *answer, const tdm__stored_deletion *line)
{
    if (answer->as_json)
        put_deletion_json(&answer->json, line);
    else
        put_deletion_text(&answer->text, line);
}

static void put_settled(tdm__answer *answer, bool settled)
{
    if (!answer->as_json && !settled)
        tdm__text_puts(&answer->text,
                       "The log beside the store (-wal) is in use and still holds old pages: it "
                       "goes when nobody uses the store.\n");
}

/* --- one child --- */

typedef struct deleting {
    tdm__care care;
    tdm__stored_deletion *lines;
    size_t count, capacity;
    tdm__stored_dues dues; /* by date */
    int64_t held;          /* of these: kept because somebody asks for it */
    bool settled;
} deleting;

static tdm_status check_by(const deleting *d, tdm_str *by, tdm_error *error)
{
    *by = tdm__str(tdm__request_value(d->care.request, "by"));
    return by->length == 0 || by->length > TDM__BY_MAX_BYTES
               ? tdm__fail(error, TDM_INVALID_ARG, "by: name who decided it")
               : TDM_OK;
}

/* Whether somebody asks to keep the child: no reason is good enough then. */
static tdm_status check_hold(deleting *d, tdm_str child, tdm_error *error)
{
    tdm__stored_retention retention;
    tdm_status status = tdm__work_retention(&retention, d->care.work, &d->care.arena, child, error);
    if (status == TDM_NOT_FOUND) {
        tdm__error_clear(error);
        return TDM_OK;
    }
    if (status == TDM_OK && retention.hold.length > 0)
        status = tdm__fail(error, TDM_CONFLICT,
                           "somebody asks to keep this child: store retain --release ends that");
    return status;
}

static tdm_status note_line(deleting *d, const tdm__stored_deletion *line, tdm_error *error)
{
    tdm__text details;
    tdm__text_init(&details, &d->care.context->allocator);
    tdm__text_printf(&details, "decided by %.*s; ", TDM_STR_ARGS(line->by));
    if (line->ground.length > 0)
        tdm__text_printf(&details, "ground: %.*s; ", TDM_STR_ARGS(line->ground));
    put_counts(&details, &line->counts);
    tdm_status status = details.failed ? tdm__no_memory(error)
                                       : tdm__care_note(&d->care, "child", line->pseudonym, line->reason,
                                                        tdm__text_str(&details), error);
    tdm__text_free(&details);
    return status;
}

/* Within a work that writes, which it keeps. The line's strings stay the caller's. */
static tdm_status take_out(deleting *d, tdm_str child, tdm__stored_deletion line, tdm_error *error)
{
    char code[TDM__CODE_SIZE];
    tdm__child_code(code, d->care.service, child);
    line.pseudonym = tdm__arena_copy(&d->care.arena, tdm__str(code));
    line.day = d->care.today;
    tdm__stored_deletion *grown = tdm__grown(&d->care.context->allocator, d->lines, &d->capacity,
                                             d->count + 1, sizeof *grown);
    d->lines = grown ? grown : d->lines;
    if (!line.pseudonym.data || !grown)
        return tdm__no_memory(error);
    tdm_status status = tdm__work_delete_child(d->care.work, child, &line, error);
    if (status == TDM_NOT_FOUND)
        return tdm__fail(error, status, "there is no such child in the store");
    if (status == TDM_OK)
        status = note_line(d, &line, error);
    if (status == TDM_OK)
        status = tdm__care_commit(&d->care, error);
    if (status == TDM_OK)
        d->lines[d->count++] = line;
    return status;
}

static tdm_status delete_one(deleting *d, tdm_error *error)
{
    tdm_str child = tdm__care_said(&d->care, "child");
    tdm__stored_deletion line = {.reason = tdm__str(tdm__request_value(d->care.request, "reason"))};
    if (!child.data)
        return tdm__fail(error, TDM_INVALID_ARG,
                         "child: name the child, or --due for all whose day has come");
    if (!tdm__reason_counts(line.reason))
        return tdm__fail(error, TDM_INVALID_ARG, "reason: expected 10 to 1000 bytes in words");
    tdm_status status = check_by(d, &line.by, error);
    if (status == TDM_OK)
        status = tdm__care_write(&d->care, error);
    if (status == TDM_OK)
        status = check_hold(d, child, error);
    return status == TDM_OK ? take_out(d, child, line, error) : status;
}

/* --- all whose day has come --- */

static tdm_status list_due(deleting *d, tdm_error *error)
{
    tdm__care *care = &d->care;
    tdm_status status = tdm__care_read(care, error);
    if (status == TDM_OK)
        status = tdm__work_dues(&d->dues, care->work, &care->arena, care->today, care->now, error);
    tdm__work_end(care->work);
    care->work = NULL;
    return status;
}

/* Looked at again now that nobody else can change it: a child in a transaction of its own. */
static tdm_status delete_if_due(deleting *d, tdm_str child, tdm_str by, tdm_error *error)
{
    tdm__care *care = &d->care;
    tdm__stored_retention retention = {.until = TDM_DAY_NONE};
    tdm_status status = tdm__care_write(care, error);
    if (status == TDM_OK)
        status = tdm__work_retention(&retention, care->work, &care->arena, child, error);
    bool is_due = status == TDM_OK && retention.until != TDM_DAY_NONE && retention.until <= care->today;
    d->held += is_due && retention.hold.length > 0;
    if (is_due && retention.hold.length == 0)
        return take_out(
            d, child,
            (tdm__stored_deletion){
                .reason = retention.reason, .by = by, .ground = retention.ground, .due = retention.until},
            error);
    tdm__work_end(care->work);
    care->work = NULL;
    if (status == TDM_NOT_FOUND) { /* deleted, or without a date, meanwhile */
        tdm__error_clear(error);
        status = TDM_OK;
    }
    return status;
}

static tdm_status delete_due(deleting *d, tdm_error *error)
{
    tdm_str by;
    if (tdm__care_said(&d->care, "child").data || tdm__care_said(&d->care, "reason").data)
        return tdm__fail(
            error, TDM_INVALID_ARG,
            "due: the reason is that of each child's date (store retain), and no child is named");
    tdm_status status = check_by(d, &by, error);
    if (status == TDM_OK)
        status = list_due(d, error);
    for (size_t i = 0; status == TDM_OK && i < d->dues.count; i++)
        status = delete_if_due(d, d->dues.items[i].retention.child, by, error);
    return status;
}

static void put_due_text(tdm__text *text, const deleting *d)
{
    tdm__text_printf(text, "%llu child%s deleted", (unsigned long long)d->count, d->count == 1 ? "" : "ren");
    if (d->held > 0)
        tdm__text_printf(text, "; %lld kept because somebody asks for it (store due)", (long long)d->held);
    tdm__text_printf(text, "; %lld without a date\n", (long long)d->dues.undated);
    if (d->dues.waiting > 0)
        tdm__text_printf(text, "%lld return%s to be looked at and may be about any of them\n",
                         (long long)d->dues.waiting, d->dues.waiting == 1 ? " waits" : "s wait");
}

static tdm_status put_due(const deleting *d, tdm_sink sink)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, d->care.request, sink);
    if (answer.as_json) {
        tdm__json_open_object(&answer.json);
        tdm__json_put_name(&answer.json, "deleted");
        tdm__json_open_array(&answer.json);
    }
    for (size_t i = 0; i < d->count; i++)
        put_line(&answer, &d->lines[i]);
    if (answer.as_json) {
        tdm__json_close_array(&answer.json);
        tdm__json_put_name(&answer.json, "held");
        tdm__json_put_int(&answer.json, d->held);
        tdm__json_put_name(&answer.json, "undated");
        tdm__json_put_int(&answer.json, d->dues.undated);
        tdm__json_put_name(&answer.json, "returns_waiting");
        tdm__json_put_int(&answer.json, d->dues.waiting);
        tdm__json_put_name(&answer.json, "log_emptied");
        tdm__json_put_bool(&answer.json, d->settled);
        tdm__json_close_object(&answer.json);
    } else {
        put_due_text(&answer.text, d);
    }
    put_settled(&answer, d->settled);
    return tdm__answer_end(&answer, TDM_OK);
}

static tdm_status put_one(const deleting *d, tdm_sink sink)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, d->care.request, sink);
    put_line(&answer, &d->lines[0]);
    put_settled(&answer, d->settled);
    return tdm__answer_end(&answer, TDM_OK);
}

tdm_status tdm__op_store_delete(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    deleting d = {.count = 0};
    bool by_date = tdm__request_flag(request, "due");
    tdm_status status = tdm__care_open(&d.care, request, true, error);
    if (status == TDM_OK)
        status = by_date ? delete_due(&d, error) : delete_one(&d, error);
    tdm__work_end(d.care.work);
    d.care.work = NULL;
    /* Also of those that went before something went wrong. */
    d.settled = d.count == 0 || tdm__live_settle(d.care.service->live, d.care.context, NULL) == TDM_OK;
    if (status == TDM_OK) {
        outcome->trouble = !d.settled || d.held > 0;
        status = by_date ? put_due(&d, sink) : put_one(&d, sink);
    }
    tdm__free(&request->context->allocator, d.lines);
    return tdm__care_end(&d.care, status);
}

/* --- the lines --- */

static tdm_status put_lines(const tdm_request *request, const tdm__stored_deletion *lines, size_t count,
                            tdm_sink sink)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, request, sink);
    if (answer.as_json)
        tdm__json_open_array(&answer.json);
    for (size_t i = 0; i < count; i++)
        put_line(&answer, &lines[i]);
    if (answer.as_json)
        tdm__json_close_array(&answer.json);
    return tdm__answer_end(&answer, TDM_OK);
}

/* All of them, in the order in which they were made. */
static tdm_status list_deletions(tdm__care *care, tdm_sink sink, tdm_error *error)
{
    tdm__stored_deletions page = {.next = 0};
    tdm__stored_deletion *all = NULL;
    size_t count = 0, capacity = 0;
    const tdm_allocator *allocator = &care->context->allocator;
    tdm_status status;
    do {
        status = tdm__work_deletions(&page, care->work, &care->arena, page.next, TDM_PAGE_MOST, error);
        tdm__stored_deletion *grown = status == TDM_OK ? tdm__grown(allocator, all, &capacity,
                                                                    count + page.count + 1, sizeof *all)
                                                       : NULL;
        if (status == TDM_OK && !grown)
            status = tdm__no_memory(error);
        all = grown ? grown : all;
        for (size_t i = 0; status == TDM_OK && i < page.count; i++)
            all[count++] = page.items[i];
    } while (status == TDM_OK && page.next > 0);
    if (status == TDM_OK)
        status = put_lines(care->request, all, count, sink);
    tdm__free(allocator, all);
    return status;
}

tdm_status tdm__op_store_deletions(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                   tdm_error *error)
{
    (void)outcome;
    return tdm__care_reading(request, list_deletions, sink, error);
}
