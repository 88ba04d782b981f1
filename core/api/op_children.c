/*
 * children: whom the caller may see, and one child with its household, the agencies that know it, and who
 * works with it. The analyst's list by pseudonym is the worklist's.
 */
#include "api/answer.h"
#include "api/service_operations.h"
#include "api/session.h"
#include "chronology/vocabulary.h"
#include "report/age.h"
#include "report/limits.h"
#include "report/view.h"

/* --- what several operations share --- */

tdm_status tdm__page_of(tdm__paging *out, const tdm_request *request, tdm_error *error)
{
    int64_t limit = tdm__request_number(request, "limit", 50);
    const char *cursor = tdm__request_value(request, "cursor");
    *out = (tdm__paging){.after = tdm__str(cursor), .limit = (size_t)limit};
    if (limit < 1 || limit > 200)
        return tdm__fail(error, TDM_INVALID_ARG, "limit: expected 1 to 200");
    return TDM_OK;
}

void tdm__open_items(tdm__json_writer *json)
{
    tdm__json_open_object(json);
    tdm__json_put_name(json, "items");
    tdm__json_open_array(json);
}

void tdm__put_next(tdm__json_writer *json, tdm_str next)
{
    tdm__json_close_array(json);
    tdm__json_put_name(json, "next");
    if (next.length > 0)
        tdm__json_put_string(json, next);
    else
        tdm__json_put_null(json);
}

void tdm__close_items(tdm__json_writer *json, tdm_str next)
{
    tdm__put_next(json, next);
    tdm__json_close_object(json);
}

void tdm__list_begin(tdm__answer *answer, const tdm_request *request, tdm_sink sink)
{
    tdm__answer_begin(answer, request, sink);
    tdm__open_items(&answer->json);
}

tdm_status tdm__list_end(tdm__answer *answer, tdm_str next, tdm_status status)
{
    tdm__close_items(&answer->json, next);
    return tdm__answer_end(answer, status);
}

void tdm__put_day(tdm__json_writer *json, const char *name, tdm_day day)
{
    char text[TDM_DATE_TEXT_SIZE];
    tdm__json_put_name(json, name);
    if (day == TDM_DAY_NONE)
        tdm__json_put_null(json);
    else {
        tdm__day_iso(text, day);
        tdm__json_put_text(json, text);
    }
}

/* --- the list --- */

static void put_date(tdm__json_writer *json, const char *name, tdm_date date)
{
    char text[TDM_DATE_TEXT_SIZE];
    if (date.from == TDM_DAY_NONE)
        return;
    tdm_date_format(text, date);
    tdm__answer_member(json, name, tdm__str(text));
}

static void put_number(tdm__json_writer *json, const char *name, int64_t number)
{
    tdm__json_put_name(json, name);
    tdm__json_put_int(json, number);
}

/* Birth, and the age on the call's day in words; neither where no birth is recorded. */
static void put_birth(tdm__json_writer *json, const tdm__serving *serving, const tdm__child *child)
{
    char age[TDM__AGE_WORDS_SIZE];
    tdm_date today = {serving->call->today, serving->call->today, 0};
    tdm__age_words(age, child, today);
    put_date(json, "born", child->born);
    tdm__answer_member(json, "age", tdm__str(age));
}

static void put_open_prompts(tdm__json_writer *json, const tdm__stored_child *child)
{
    tdm__json_put_name(json, "prompts");
    tdm__json_open_object(json);
    put_number(json, "new", child->new_prompts);
    put_number(json, "seen", child->seen_prompts);
    tdm__json_close_object(json);
}

static void put_words(tdm__json_writer *json, const char *name, tdm_str words)
{
    tdm__json_put_name(json, name);
    tdm__json_open_array(json);
    while (words.length > 0)
        tdm__json_put_string(json, tdm__str_split(&words, ' '));
    tdm__json_close_array(json);
}

static void put_row(tdm__json_writer *json, const tdm__serving *serving, const tdm__stored_child *child)
{
    tdm__child known = {.id = child->id,
                        .born = {child->born_from, child->born_to, (uint32_t)child->born_flags},
                        .expected = {TDM_DAY_NONE, TDM_DAY_NONE, 0},
                        .died = {TDM_DAY_NONE, TDM_DAY_NONE, 0}};
    tdm__json_open_object(json);
    tdm__answer_member(json, "child", child->id);
    put_birth(json, serving, &known);
    tdm__answer_member(json, "household", child->household);
    tdm__answer_member(json, "area", child->area);
    put_words(json, "allocated", child->accounts);
    put_words(json, "teams", child->teams);
    put_open_prompts(json, child);
    put_number(json, "entries", child->events);
    tdm__put_day(json, "last_entry", child->latest_event);
    if (child->withheld > 0 || child->withheld_prompts > 0) {
        tdm__json_put_name(json, "withheld");
        tdm__json_open_object(json);
        put_number(json, "rows", child->withheld);
        put_number(json, "prompts", child->withheld_prompts);
        tdm__json_close_object(json);
    }
    tdm__json_close_object(json);
}

tdm_status tdm__op_children_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    tdm__answer answer;
    tdm__paging page;
    tdm__allowed allowed;
    tdm__stored_children children = {0};
    const tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__page_of(&page, request, error);
    if (status == TDM_OK && tdm__actor_allowed(&allowed, serving, TDM__SCOPE_CASE))
        status = tdm__work_children(&children, serving->work, serving->arena, &allowed,
                                    tdm__str(tdm__request_value(request, "q")), page, error);
    if (status != TDM_OK)
        return status;
    tdm__list_begin(&answer, request, sink);
    for (size_t i = 0; i < children.count; i++)
        put_row(&answer.json, serving, &children.items[i]);
    return tdm__list_end(&answer, children.next, TDM_OK);
}

/* --- one child --- */

typedef struct known_by {
    int64_t rows;
    tdm_day first, last;
} known_by;

static void put_agencies(tdm__json_writer *json, const tdm_chronology *chronology, uint32_t child,
                         known_by *agencies)
{
    uint32_t first, end;
    size_t count = tdm__chronology_agency_count(chronology);
    tdm__chronology_child_events(chronology, child, &first, &end);
    for (uint32_t at = first; at < end; at++) {
        tdm__event event = tdm__chronology_event(chronology, at);
        known_by *by = &agencies[event.agency];
        bool dated = event.occurred.from > TDM_DAY_BEFORE_ALL;
        if (dated && (by->rows == 0 || by->first == TDM_DAY_NONE))
            by->first = event.occurred.from;
        if (dated)
            by->last = event.occurred.to;
        by->rows++;
    }
    tdm__json_put_name(json, "agencies");
    tdm__json_open_array(json);
    for (uint32_t i = 0; i < count; i++) {
        if (agencies[i].rows == 0)
            continue;
        tdm__json_open_object(json);
        tdm__answer_member(json, "code", tdm__chronology_agency(chronology, i));
        tdm__answer_member(json, "title", tdm__chronology_agency_title(chronology, i));
        tdm__json_put_name(json, "rows");
        tdm__json_put_int(json, agencies[i].rows);
        tdm__put_day(json, "first", agencies[i].first);
        tdm__put_day(json, "last", agencies[i].last);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
}

static tdm_status put_siblings(tdm__json_writer *json, const tdm__serving *serving,
                               const tdm_chronology *chronology, uint32_t child, tdm_error *error)
{
    tdm_status status = TDM_OK;
    tdm__json_put_name(json, "siblings");
    tdm__json_open_array(json);
    for (size_t i = 0; status == TDM_OK && i < tdm_chronology_child_count(chronology); i++) {
        bool may_see;
        const tdm__child *other = tdm__chronology_child(chronology, i);
        if (i == child)
            continue;
        status = tdm__serving_may_see(&may_see, serving, other->id, error);
        tdm__json_open_object(json);
        tdm__answer_member(json, "child", other->id);
        put_birth(json, serving, other);
        tdm__json_put_name(json, "may_see");
        tdm__json_put_bool(json, may_see);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
    return status;
}

static void put_access(tdm__json_writer *json, const tdm__serving *serving)
{
    tdm__json_put_name(json, "access");
    tdm__json_open_object(json);
    tdm__answer_member(json, "kind", tdm__str(serving->right.code));
    tdm__answer_member(json, "sentence", tdm__str(serving->right.sentence));
    tdm__json_close_object(json);
}

static void put_child(tdm__json_writer *json, const tdm__serving *serving, const tdm_chronology *chronology,
                      uint32_t at, known_by *agencies)
{
    const tdm__child *child = tdm__chronology_child(chronology, at);
    tdm__json_open_object(json);
    tdm__answer_member(json, "child", child->id);
    put_birth(json, serving, child);
    put_date(json, "expected", child->expected);
    put_date(json, "died", child->died);
    tdm__answer_member(json, "sex", child->sex);
    tdm__answer_member(json, "area", child->area);
    tdm__answer_member(json, "household", child->household);
    put_agencies(json, chronology, at, agencies);
    tdm__missing_json(json, chronology);
    put_access(json, serving);
}

/* Who works with it now. */
static tdm_status put_allocated(tdm__json_writer *json, const tdm__serving *serving, tdm_error *error)
{
    tdm__stored_allocations list;
    tdm_str any = TDM_LIT("");
    tdm_status status = tdm__work_allocations(&list, serving->work, serving->arena, serving->child, any, any,
                                              0, 200, error);
    if (status != TDM_OK)
        return status;
    tdm__json_put_name(json, "allocated");
    tdm__json_open_array(json);
    for (size_t i = 0; i < list.count; i++) {
        const tdm__stored_allocation *a = &list.items[i];
        if (a->until < serving->call->today)
            continue;
        tdm__json_open_object(json);
        tdm__answer_member(json, "account", a->account);
        tdm__answer_member(json, "team", a->team);
        tdm__put_day(json, "since", a->since);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
    return TDM_OK;
}

static tdm_status show(tdm__session *session, tdm_sink sink, tdm_error *error)
{
    tdm__answer answer;
    const tdm__serving *serving = session->request->serving;
    tdm_status status = tdm__session_read(session, TDM__TELL_NOTHING, error);
    if (status != TDM_OK)
        return status;
    uint32_t child = tdm__chronology_find_child(session->chronology, serving->child);
    known_by *agencies = tdm__arena_array(serving->arena, tdm__chronology_agency_count(session->chronology),
                                          sizeof *agencies);
    if (child == TDM_NO_INDEX)
        return tdm__fail(error, TDM_NOT_FOUND, "there is no such child");
    if (!agencies)
        return tdm__no_memory(error);
    for (size_t i = 0; i < tdm__chronology_agency_count(session->chronology); i++)
        agencies[i] = (known_by){0, TDM_DAY_NONE, TDM_DAY_NONE};
    tdm__answer_begin(&answer, session->request, sink);
    put_child(&answer.json, serving, session->chronology, child, agencies);
    status = put_siblings(&answer.json, serving, session->chronology, child, error);
    if (status == TDM_OK)
        status = put_allocated(&answer.json, serving, error);
    tdm__json_close_object(&answer.json);
    return tdm__answer_end(&answer, status);
}

tdm_status tdm__op_children_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    tdm__session session;
    (void)outcome;
    tdm_status status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = show(&session, sink, error);
    return tdm__session_end(&session, status, error);
}

/* --- the words that entries are written in --- */

typedef void (*code_at_fn)(tdm_str *code, tdm_str *title, const tdm_vocabulary *vocabulary, size_t index);

static void agency_at(tdm_str *code, tdm_str *title, const tdm_vocabulary *vocabulary, size_t index)
{
    *code = vocabulary->agencies[index].code;
    *title = vocabulary->agencies[index].title;
}

static void kind_at(tdm_str *code, tdm_str *title, const tdm_vocabulary *vocabulary, size_t index)
{
    *code = vocabulary->kinds[index].code;
    *title = vocabulary->kinds[index].title;
}

static tdm_status put_codes(const tdm_request *request, tdm_sink sink, size_t count, code_at_fn at)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, request, sink);
    tdm__json_open_array(&answer.json);
    for (size_t i = 0; i < count; i++) {
        tdm_str code, title;
        at(&code, &title, request->serving->rules->vocabulary, i);
        tdm__json_open_object(&answer.json);
        tdm__answer_member(&answer.json, "code", code);
        tdm__answer_member(&answer.json, "title", title);
        tdm__json_close_object(&answer.json);
    }
    tdm__json_close_array(&answer.json);
    return tdm__answer_end(&answer, TDM_OK);
}

tdm_status tdm__op_agencies_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    (void)outcome;
    (void)error;
    return put_codes(request, sink, request->serving->rules->vocabulary->agency_count, agency_at);
}

tdm_status tdm__op_kinds_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                              tdm_error *error)
{
    (void)outcome;
    (void)error;
    return put_codes(request, sink, request->serving->rules->vocabulary->kind_count, kind_at);
}
