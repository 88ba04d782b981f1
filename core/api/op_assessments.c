/*
 * assessments: begun, saved as one goes, complete, countersigned, withdrawn; what was graded the time before.
 * A draft is kept as it is typed, sound or not; what is complete is part of the record.
 */
#include "api/answer.h"
#include "api/assessment_work.h"
#include "api/service_operations.h"
#include "api/worklist.h"
#include "report/json_members.h"
#include "report/view.h"

#include <stdio.h>
#include <string.h>

#define ID_BYTES        16
#define FORM_LIMIT      (1024u * 1024u)
#define FORM_LIMIT_TEXT "an assessment is at most 1 MiB long"

/* --- what the operations share --- */

static tdm_status answer_work(const tdm_request *request, const tdm__assessment_row *row, tdm_sink sink,
                              tdm_error *error)
{
    tdm__answer answer;
    tdm__serving *serving = request->serving;
    tdm__serving_etag(serving, row->draft.version);
    tdm__answer_begin(&answer, request, sink);
    return tdm__answer_end(&answer, tdm__put_assessment_work(&answer.json, serving, row, error));
}

static tdm_status note_it(tdm__serving *serving, tdm_str id, tdm_error *error)
{
    serving->note.details = tdm__path_join(serving->arena, TDM_LIT("assessment"), id);
    return serving->note.details.data ? TDM_OK : tdm__no_memory(error);
}

/* Over the version that the caller saw, where one is given. */
static tdm_status change(tdm__serving *serving, tdm__assessment_row *row, uint32_t state, tdm_str json,
                         tdm_error *error)
{
    int64_t seen;
    tdm__stored_draft *draft = &row->draft;
    if (draft->version == 0)
        return tdm__fail(error, TDM_CONFLICT, "a return brought this assessment: it is not changed here");
    if (tdm__serving_version(&seen, serving))
        draft->version = seen;
    draft->state = state;
    draft->json = json;
    draft->changed = serving->call->now;
    draft->changed_by = serving->actor.name;
    tdm_status status = tdm__work_change_draft(serving->work, draft, error);
    draft->version += status == TDM_OK;
    return status == TDM_OK ? note_it(serving, draft->id, error) : status;
}

/* A member that is ours to say. */
typedef struct fixed_member {
    const char *name;
    tdm_str value;
} fixed_member;

static bool is_fixed(tdm_str name, const fixed_member *fixed, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tdm__str_equal(name, tdm__str(fixed[i].name)))
            return true;
    return tdm__str_equal(name, TDM_LIT("type"));
}

/* The form with those members as they are to be, first; the others as they came. In the call's arena. */
static tdm_status rewrite(tdm_str *out, const tdm__serving *serving, const tdm__json_value *form,
                          const fixed_member *fixed, size_t count, tdm_error *error)
{
    tdm__text text;
    tdm__json_writer json;
    tdm__text_init(&text, &serving->context->allocator);
    tdm__json_writer_init(&json, &serving->context->allocator, tdm__text_sink(&text), 0);
    tdm__json_open_object(&json);
    for (size_t i = 0; i < count; i++)
        if (fixed[i].value.length > 0)
            tdm__answer_member(&json, fixed[i].name, fixed[i].value);
    for (const tdm__json_value *m = tdm__json_first(form); m; m = tdm__json_next(m)) {
        if (is_fixed(tdm__json_name(m), fixed, count))
            continue;
        tdm__json_put_name_str(&json, tdm__json_name(m));
        tdm__json_put_value(&json, m);
    }
    tdm__json_close_object(&json);
    tdm_status status = tdm__json_writer_end(&json);
    bool is_long = text.length > FORM_LIMIT;
    *out = tdm__arena_copy(serving->arena, tdm__text_str(&text));
    tdm__text_free(&text);
    if (status == TDM_OK && is_long)
        return tdm__fail(error, TDM_TOO_LARGE, FORM_LIMIT_TEXT);
    return status == TDM_OK && out->data ? TDM_OK : tdm__no_memory(error);
}

/* The form of a row with another status, and a day of recording where it has none. */
static tdm_status with_status(tdm_str *out, const tdm__serving *serving, const tdm__assessment_row *row,
                              const char *status_word, tdm_error *error)
{
    char today[TDM_DATE_TEXT_SIZE];
    tdm__json *document;
    fixed_member fixed[] = {{"status", tdm__str(status_word)}, {"recorded", {"", 0}}};
    tdm__day_iso(today, serving->call->today);
    tdm_status status = tdm__json_parse(&document, &serving->context->allocator, row->draft.json,
                                        TDM_LIT("assessment"), error);
    if (status != TDM_OK)
        return status;
    tdm_str recorded = tdm__json_string(tdm__json_member(tdm__json_root(document), "recorded"));
    fixed[1].value = recorded.length > 0 ? recorded : tdm__str(today);
    status = rewrite(out, serving, tdm__json_root(document), fixed, 2, error);
    tdm__json_free(document);
    return status;
}

/* --- list and show --- */

tdm_status tdm__op_assessments_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                    tdm_error *error)
{
    tdm__answer answer;
    tdm__assessment_rows rows;
    (void)outcome;
    tdm_status status = tdm__assessments_of(&rows, request->serving, error);
    if (status != TDM_OK)
        return status;
    tdm__list_begin(&answer, request, sink);
    for (size_t i = 0; i < rows.count; i++)
        tdm__put_assessment_row(&answer.json, request->serving, &rows.items[i]);
    return tdm__list_end(&answer, TDM_LIT(""), TDM_OK);
}

tdm_status tdm__op_assessments_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                    tdm_error *error)
{
    tdm__assessment_row row;
    (void)outcome;
    tdm_status status = tdm__assessment_find(&row, request, error);
    return status == TDM_OK ? answer_work(request, &row, sink, error) : status;
}

/* --- begin --- */

typedef struct beginning {
    const tdm__json_value *instrument, *purpose, *date, *agency, *age_band, *subject;
} beginning;

static tdm_status read_beginning(beginning *b, tdm__serving *serving, tdm_day *date, tdm_error *error)
{
    const tdm__json_field fields[] = {{"instrument", TDM__JSON_STRING, true, false, &b->instrument},
                                      {"purpose", TDM__JSON_STRING, true, false, &b->purpose},
                                      {"date", TDM__JSON_STRING, true, false, &b->date},
                                      {"agency", TDM__JSON_STRING, false, true, &b->agency},
                                      {"age_band", TDM__JSON_STRING, false, true, &b->age_band},
                                      {"subject", TDM__JSON_OBJECT, false, true, &b->subject}};
    tdm_status status = tdm__serving_body(serving, "an assessment", fields, 6, error);
    if (status != TDM_OK)
        return status;
    tdm_str purpose = tdm__json_string(b->purpose);
    if (!tdm__str_equal(purpose, TDM_LIT("baseline")) && !tdm__str_equal(purpose, TDM_LIT("review")))
        return tdm__fail(error, TDM_INVALID_INPUT, "purpose: expected baseline or review");
    if (!tdm_day_parse_iso(date, tdm__json_string(b->date)))
        return tdm__fail(error, TDM_INVALID_INPUT, "date: expected a day such as 2024-09-30");
    if (*date > serving->call->today)
        return tdm__fail(error, TDM_INVALID_INPUT, "date: this day lies ahead");
    return TDM_OK;
}

static void put_given(tdm__json_writer *json, const char *name, const tdm__json_value *value)
{
    if (!value)
        return;
    tdm__json_put_name(json, name);
    tdm__json_put_value(json, value);
}

static tdm_status first_form(tdm_str *out, const tdm__serving *serving, const beginning *b, tdm_str id,
                             const tdm_instrument *instrument)
{
    tdm__text text;
    tdm__json_writer json;
    tdm__text_init(&text, &serving->context->allocator);
    tdm__json_writer_init(&json, &serving->context->allocator, tdm__text_sink(&text), 0);
    tdm__json_open_object(&json);
    tdm__answer_member(&json, "instrument", tdm_instrument_id(instrument));
    tdm__answer_member(&json, "version", tdm_instrument_version(instrument));
    tdm__answer_member(&json, "id", id);
    tdm__answer_member(&json, "child", serving->child);
    put_given(&json, "subject", b->subject);
    put_given(&json, "agency", b->agency);
    put_given(&json, "age_band", b->age_band);
    tdm__answer_member(&json, "assessor", serving->actor.title);
    tdm__answer_member(&json, "assessor_role", tdm__str(serving->actor.role));
    put_given(&json, "purpose", b->purpose);
    tdm__answer_member(&json, "status", TDM_LIT("draft"));
    put_given(&json, "date", b->date);
    tdm__json_put_name(&json, "items");
    tdm__json_open_object(&json);
    tdm__json_close_object(&json);
    tdm__json_close_object(&json);
    tdm_status status = tdm__json_writer_end(&json);
    *out = tdm__arena_copy(serving->arena, tdm__text_str(&text));
    tdm__text_free(&text);
    return status == TDM_OK && !out->data ? TDM_NO_MEMORY : status;
}

static tdm_status new_id(tdm_str *out, const tdm__serving *serving, tdm_error *error)
{
    unsigned char bytes[ID_BYTES];
    char text[2 * ID_BYTES + 1];
    if (tdm__random_bytes(bytes, sizeof bytes) != TDM_OK)
        return tdm__fail(error, TDM_INTERNAL, "no random bytes");
    tdm__hex(text, bytes, sizeof bytes);
    *out = tdm__arena_copy(serving->arena, tdm__str(text));
    return out->data ? TDM_OK : tdm__no_memory(error);
}

static tdm_status add(tdm__assessment_row *row, tdm__serving *serving, const beginning *b, tdm_error *error)
{
    tdm__stored_draft *draft = &row->draft;
    const tdm_instrument *instrument = tdm__data_instrument(serving->rules, tdm__json_string(b->instrument));
    if (!instrument)
        return tdm__fail(error, TDM_INVALID_INPUT, "instrument: there is none of that id");
    *draft = (tdm__stored_draft){.child = serving->child,
                                 .instrument = tdm_instrument_id(instrument),
                                 .version = 1,
                                 .author = serving->actor.name,
                                 .created = serving->call->now,
                                 .changed = serving->call->now,
                                 .changed_by = serving->actor.name,
                                 .countersigned_by = {"", 0}};
    tdm_status status = new_id(&draft->id, serving, error);
    if (status == TDM_OK && first_form(&draft->json, serving, b, draft->id, instrument) != TDM_OK)
        status = tdm__no_memory(error);
    if (status == TDM_OK)
        status = tdm__work_add_draft(serving->work, draft, error);
    return status == TDM_OK ? note_it(serving, draft->id, error) : status;
}

tdm_status tdm__op_assessments_begin(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                     tdm_error *error)
{
    beginning b;
    tdm__assessment_row row;
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = read_beginning(&b, serving, &row.date, error);
    if (status == TDM_OK)
        status = add(&row, serving, &b, error);
    if (status != TDM_OK)
        return status;
    serving->reply->created = true;
    snprintf(serving->reply->location, sizeof serving->reply->location, "/v1/assessments/%.*s",
             TDM_STR_ARGS(row.draft.id));
    return answer_work(request, &row, sink, error);
}

/* --- save --- */

/* What a form is about does not change under it. */
static tdm_status check_same(const tdm__json_value *body, const fixed_member *fixed, size_t count,
                             tdm_error *error)
{
    for (size_t i = 0; i < count; i++) {
        const tdm__json_value *given = tdm__json_member(body, fixed[i].name);
        if (given && !tdm__str_equal(tdm__json_string(given), fixed[i].value))
            return tdm__fail(error, TDM_INVALID_INPUT, "%s: an assessment keeps what it began with",
                             fixed[i].name);
    }
    return TDM_OK;
}

static tdm_status save(tdm__serving *serving, tdm__assessment_row *row, tdm_error *error)
{
    tdm_str json;
    tdm__json *before;
    const tdm__stored_draft *draft = &row->draft;
    tdm_status status = tdm__json_parse(&before, &serving->context->allocator, draft->json,
                                        TDM_LIT("assessment"), error);
    if (status != TDM_OK)
        return status;
    const fixed_member fixed[] = {
        {"instrument", draft->instrument},
        {"version", tdm__json_string(tdm__json_member(tdm__json_root(before), "version"))},
        {"id", draft->id},
        {"child", draft->child},
        {"status", TDM_LIT("draft")}};
    status = check_same(serving->body, fixed, 4, error);
    if (status == TDM_OK)
        status = rewrite(&json, serving, serving->body, fixed, 5, error);
    tdm__json_free(before);
    return status == TDM_OK ? change(serving, row, TDM__DRAFT_OPEN, json, error) : status;
}

tdm_status tdm__op_assessments_save(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                    tdm_error *error)
{
    tdm_day day;
    tdm__assessment_row row;
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__assessment_find(&row, request, error);
    if (status == TDM_OK && tdm__json_type_of(serving->body) != TDM__JSON_OBJECT)
        status = tdm__fail(error, TDM_INVALID_INPUT, "expected the whole assessment as an object");
    if (status == TDM_OK)
        status = save(serving, &row, error);
    if (status != TDM_OK)
        return status;
    tdm_str date = tdm__json_string(tdm__json_member(serving->body, "date"));
    row.date = tdm_day_parse_iso(&day, date) ? day : TDM_DAY_NONE;
    return answer_work(request, &row, sink, error);
}

/* --- complete, countersign, withdraw --- */

static tdm_status check_sound(const tdm__serving *serving, const tdm__assessment_row *row, tdm_error *error)
{
    tdm__assessment_reading reading;
    tdm_status status = tdm__assessment_reading_make(&reading, serving, &row->draft, true, error);
    size_t count = reading.problem_count;
    bool is_scored = reading.score != NULL;
    tdm__assessment_reading_free(&reading);
    if (status != TDM_OK)
        return status;
    if (count > 0 || !is_scored)
        return tdm__fail(error, TDM_INVALID_INPUT, "%zu %s not fit: mend that, then complete the assessment",
                         count, count == 1 ? "entry does" : "entries do");
    return TDM_OK;
}

/* In the record from here on, where indicators may see it. */
static tdm_status enter(tdm__serving *serving, tdm__assessment_row *row, uint32_t state, tdm_error *error)
{
    tdm_str json;
    tdm_status status = with_status(&json, serving, row, tdm__code_of(&tdm__draft_states, state), error);
    if (status == TDM_OK)
        status = change(serving, row, state, json, error);
    return status == TDM_OK ? tdm__worklist_renew_child(serving, error) : status;
}

tdm_status tdm__op_assessments_complete(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                        tdm_error *error)
{
    int64_t seen;
    tdm__assessment_row row;
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__assessment_find(&row, request, error);
    /* What somebody else made of it meanwhile is not told as the caller's. */
    if (status == TDM_OK && tdm__serving_version(&seen, serving) && seen == row.draft.version)
        status = check_sound(serving, &row, error);
    if (status == TDM_OK)
        status = enter(serving, &row, TDM__DRAFT_COMPLETE, error);
    return status == TDM_OK ? answer_work(request, &row, sink, error) : status;
}

tdm_status tdm__op_assessments_countersign(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                           tdm_error *error)
{
    tdm__assessment_row row;
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__assessment_find(&row, request, error);
    if (status != TDM_OK)
        return status;
    if (tdm__str_equal(row.draft.author, serving->actor.name)) {
        snprintf(serving->reply->problem, sizeof serving->reply->problem, "own-work");
        return tdm__fail(error, TDM_FORBIDDEN, "nobody countersigns an assessment of their own");
    }
    row.draft.countersigned_by = serving->actor.name;
    status = enter(serving, &row, TDM__DRAFT_COUNTERSIGNED, error);
    return status == TDM_OK ? answer_work(request, &row, sink, error) : status;
}

tdm_status tdm__op_assessments_withdraw(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                        tdm_error *error)
{
    const tdm__json_value *reason;
    const tdm__json_field fields[] = {{"reason", TDM__JSON_STRING, true, false, &reason}};
    tdm__assessment_row row;
    tdm__serving *serving = request->serving;
    (void)outcome;
    (void)sink;
    serving->reply->media_type[0] = '\0';
    tdm_status status = tdm__serving_body(serving, "a withdrawal", fields, 1, error);
    serving->note.reason = status == TDM_OK ? tdm__str_trimmed(tdm__json_string(reason)) : (tdm_str){"", 0};
    if (status == TDM_OK && serving->note.reason.length == 0)
        status = tdm__fail(error, TDM_INVALID_INPUT, "reason: say why it is withdrawn");
    if (status == TDM_OK)
        status = tdm__assessment_find(&row, request, error);
    if (status == TDM_OK && row.draft.state != TDM__DRAFT_OPEN)
        status = tdm__fail(error, TDM_CONFLICT, "what is complete stays in the record");
    return status == TDM_OK ? change(serving, &row, TDM__DRAFT_WITHDRAWN, row.draft.json, error) : status;
}

/* --- the time before --- */

/* Complete, of the same instrument, before that day; the rows stand with the latest first. NULL: none. */
static const tdm__assessment_row *row_before(const tdm__assessment_rows *rows, const tdm__assessment_row *now)
{
    for (size_t i = 0; i < rows->count; i++) {
        const tdm__assessment_row *row = &rows->items[i];
        bool is_whole = row->draft.state == TDM__DRAFT_COMPLETE ||
                        row->draft.state == TDM__DRAFT_COUNTERSIGNED;
        if (is_whole && row->date != TDM_DAY_NONE && row->date < now->date &&
            tdm__str_equal(row->draft.instrument, now->draft.instrument))
            return row;
    }
    return NULL;
}

static void put_areas(tdm__json_writer *json, const tdm_score *score)
{
    tdm_score_view area;
    tdm__json_put_name(json, "areas");
    tdm__json_open_object(json);
    for (size_t i = 0; score && tdm_score_area(&area, score, i); i++) {
        tdm__json_put_name_str(json, area.code);
        if (area.assessed)
            tdm__json_put_int(json, area.grade);
        else
            tdm__json_put_null(json);
    }
    tdm__json_close_object(json);
}

static tdm_status put_before(tdm__json_writer *json, const tdm__serving *serving,
                             const tdm__assessment_row *row, tdm_error *error)
{
    tdm__json *document;
    tdm__assessment_reading reading;
    tdm_status status = tdm__json_parse(&document, &serving->context->allocator, row->draft.json,
                                        TDM_LIT("assessment"), error);
    if (status != TDM_OK)
        return status;
    status = tdm__assessment_reading_make(&reading, serving, &row->draft, false, error);
    const tdm__json_value *items = tdm__json_member(tdm__json_root(document), "items");
    tdm__answer_member(json, "assessment", row->draft.id);
    tdm__put_day(json, "date", row->date);
    tdm__json_put_name(json, "items");
    tdm__json_put_value(json, items);
    put_areas(json, reading.score);
    tdm__assessment_reading_free(&reading);
    tdm__json_free(document);
    return status;
}

tdm_status tdm__op_assessments_previous(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                        tdm_error *error)
{
    tdm__answer answer;
    tdm__assessment_row now;
    tdm__assessment_rows rows;
    const tdm__assessment_row *before;
    (void)outcome;
    tdm_status status = tdm__assessment_find(&now, request, error);
    if (status == TDM_OK)
        status = tdm__assessments_of(&rows, request->serving, error);
    if (status != TDM_OK)
        return status;
    tdm__answer_begin(&answer, request, sink);
    tdm__json_open_object(&answer.json);
    before = row_before(&rows, &now);
    if (before) {
        status = put_before(&answer.json, request->serving, before, error);
    } else {
        tdm__json_put_name(&answer.json, "assessment");
        tdm__json_put_null(&answer.json);
    }
    tdm__json_close_object(&answer.json);
    return tdm__answer_end(&answer, status);
}
