/*
 * Who may see a case from now on: a case that is not one's own, opened with a reason; one that a manager
 * opens to a reviewer for a time, and ends before that time; to whom it is allocated. And what a manager is
 * shown of such accesses.
 */
#include "api/answer.h"
#include "api/members.h"
#include "api/service_operations.h"

#include <stdio.h>

#define CHALLENGED_SECONDS (8 * 3600) /* a working day; product default */
#define REVIEW_DAYS_MAX    366
#define SECONDS_OF_DAY     86400
#define ALLOCATED_MOST     20

static tdm_status check_reason(tdm_str reason, tdm_error *error)
{
    return tdm__reason_counts(reason)
               ? TDM_OK
               : tdm__fail(error, TDM_INVALID_INPUT,
                           "reason: expected 10 to 1000 bytes in words; it is kept and shown to the manager");
}

/* In the case's list of openings, with the audit trail's reason beside it. */
static tdm_status open_case(tdm__stored_opening *opening, tdm__serving *serving, tdm_error *error)
{
    opening->child = serving->child;
    opening->from = serving->call->now;
    opening->by = serving->actor.name;
    serving->note.reason = opening->reason;
    serving->reply->created = true;
    return tdm__work_open_case(serving->work, opening, error);
}

static bool is_open(const tdm__serving *serving, const tdm__stored_opening *opening)
{
    return opening->from <= serving->call->now && serving->call->now < opening->until;
}

static void put_opening(tdm__json_writer *json, const tdm__serving *serving,
                        const tdm__stored_opening *opening)
{
    tdm__json_open_object(json);
    tdm__json_put_name(json, "number");
    tdm__json_put_int(json, opening->number);
    tdm__answer_member(json, "child", opening->child);
    tdm__answer_member(json, "account", opening->account);
    tdm__answer_member(json, "kind", tdm__str(tdm__code_of(&tdm__opening_kinds, opening->kind)));
    tdm__answer_time(json, "from", opening->from);
    tdm__answer_time(json, "until", opening->until);
    tdm__json_put_name(json, "is_open");
    tdm__json_put_bool(json, is_open(serving, opening));
    tdm__answer_member(json, "reason", opening->reason);
    tdm__answer_member(json, "by", opening->by);
    if (opening->kind == TDM__OPENING_REVIEW) {
        tdm__json_put_name(json, "limited");
        tdm__json_put_bool(json, opening->limited_as.length > 0);
    }
    tdm__json_close_object(json);
}

static tdm_status put_one(const tdm_request *request, const tdm__stored_opening *opening, tdm_sink sink)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, request, sink);
    put_opening(&answer.json, request->serving, opening);
    return tdm__answer_end(&answer, TDM_OK);
}

/* --- with a reason --- */

tdm_status tdm__op_children_access(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                   tdm_error *error)
{
    const tdm__json_value *reason;
    const tdm__json_field fields[] = {{"reason", TDM__JSON_STRING, true, false, &reason}};
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__serving_body(serving, "an access", fields, 1, error);
    if (status == TDM_OK)
        status = check_reason(tdm__json_string(reason), error);
    if (status == TDM_OK && serving->right.access == TDM__ACCESS_ALLOW)
        status = tdm__fail(error, TDM_CONFLICT, "this case is open to you as it is");
    if (status != TDM_OK)
        return status;
    tdm__stored_opening opening = {.account = serving->actor.name,
                                   .kind = TDM__OPENING_CHALLENGED,
                                   .until = serving->call->now + CHALLENGED_SECONDS,
                                   .reason = tdm__json_string(reason)};
    serving->note.details = TDM_LIT("challenged access");
    status = open_case(&opening, serving, error);
    return status == TDM_OK ? put_one(request, &opening, sink) : status;
}

/* In the order in which they were opened; the cursor is the number of the last one. */
static tdm_status page_by_number(tdm__paging *page, int64_t *after, const tdm_request *request,
                                 tdm_error *error)
{
    *after = 0;
    tdm_status status = tdm__page_of(page, request, error);
    if (status == TDM_OK && page->after.length > 0 && !tdm__str_to_int64(after, page->after))
        status = tdm__fail(error, TDM_INVALID_ARG, "cursor: expected the `next` of a page");
    return status;
}

static tdm_status end_numbered(tdm__answer *answer, int64_t next)
{
    char cursor[24] = "";
    if (next > 0)
        snprintf(cursor, sizeof cursor, "%lld", (long long)next);
    return tdm__list_end(answer, tdm__str(cursor), TDM_OK);
}

/* --- for a reviewer --- */

/* An account that is there, active and of one of the roles. */
static tdm_status find_person(tdm__stored_user *user, const tdm__serving *serving, tdm_str name,
                              tdm__role_set roles, const char *expected, tdm_error *error)
{
    tdm__role_set role = 0;
    tdm_status status = tdm__work_user(user, serving->work, serving->arena, name, error);
    if (status != TDM_OK && status != TDM_NOT_FOUND)
        return status;
    if (status == TDM_NOT_FOUND || user->state != TDM__USER_ACTIVE ||
        !tdm__rights_role_of(&role, user->role) || !(role & roles))
        return tdm__fail(error, TDM_INVALID_INPUT, "expected the account of %s", expected);
    return TDM_OK;
}

/* The end of that day, UTC. */
static tdm_status read_until(int64_t *out, const tdm__serving *serving, tdm_str text, tdm_error *error)
{
    tdm_day day, today = serving->call->today;
    if (!tdm_day_parse_iso(&day, text) || day < today || day > today + REVIEW_DAYS_MAX)
        return tdm__fail(error, TDM_INVALID_INPUT,
                         "until: expected a day such as 2024-09-30, not past and within %d days",
                         REVIEW_DAYS_MAX);
    *out = ((int64_t)day + 1) * SECONDS_OF_DAY;
    return *out > serving->call->now ? TDM_OK
                                     : tdm__fail(error, TDM_INVALID_INPUT, "until: that day is over");
}

/* A case of another team that a manager opened with a reason is not theirs to give away. */
tdm_status tdm__serving_holds_case(const tdm__serving *serving, tdm_error *error)
{
    tdm__stored_allocations list;
    const tdm_str any = {"", 0};
    if (serving->right.access == TDM__ACCESS_ALLOW)
        return TDM_OK;
    tdm_status status = tdm__work_allocations(&list, serving->work, serving->arena, serving->child, any, any,
                                              0, TDM_PAGE_MOST, error);
    for (size_t i = 0; status == TDM_OK && i < list.count; i++)
        if (list.items[i].until >= serving->call->today)
            status = tdm__fail(error, TDM_FORBIDDEN,
                               "this case is not your team's: whoever has it opens it and hands it over");
    return status;
}

static tdm_status note_opening(tdm__serving *serving, const tdm__stored_opening *opening, tdm_error *error)
{
    tdm__text details;
    tdm__text_init(&details, &serving->context->allocator);
    tdm__text_add(&details, opening->account);
    if (opening->limited_as.length > 0)
        tdm__text_printf(&details, ", with what is limited to %.*s", TDM_STR_ARGS(opening->limited_as));
    serving->note.details = tdm__arena_copy(serving->arena, tdm__text_str(&details));
    bool failed = details.failed || !serving->note.details.data;
    tdm__text_free(&details);
    return failed ? tdm__no_memory(error) : TDM_OK;
}

tdm_status tdm__op_children_open(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    tdm__stored_user reviewer;
    const tdm__json_value *account, *until, *reason, *limited;
    const tdm__json_field fields[] = {{"account", TDM__JSON_STRING, true, false, &account},
                                      {"until", TDM__JSON_STRING, true, false, &until},
                                      {"reason", TDM__JSON_STRING, true, false, &reason},
                                      {"limited", TDM__JSON_BOOL, false, false, &limited}};
    tdm__serving *serving = request->serving;
    tdm__stored_opening opening = {.kind = TDM__OPENING_REVIEW};
    (void)outcome;
    tdm_status status = tdm__serving_body(serving, "an opening", fields, 4, error);
    if (status == TDM_OK)
        status = check_reason(tdm__json_string(reason), error);
    if (status == TDM_OK)
        status = read_until(&opening.until, serving, tdm__json_string(until), error);
    if (status == TDM_OK)
        status = tdm__serving_holds_case(serving, error);
    if (status == TDM_OK)
        status = find_person(&reviewer, serving, tdm__json_string(account), TDM__ROLE_REVIEWER, "a reviewer",
                             error);
    if (status != TDM_OK)
        return status;
    opening.account = reviewer.name;
    opening.reason = tdm__json_string(reason);
    /* What the manager may see of rows that are limited to agencies, and nothing else. */
    opening.limited_as = tdm__json_bool(limited) ? serving->actor.agency : (tdm_str){"", 0};
    status = note_opening(serving, &opening, error);
    if (status == TDM_OK)
        status = open_case(&opening, serving, error);
    return status == TDM_OK ? put_one(request, &opening, sink) : status;
}

/* --- to whom a case is open, and no longer --- */

tdm_status tdm__op_openings_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    int64_t after;
    tdm__paging page;
    tdm__answer answer;
    tdm__stored_openings openings = {.items = NULL};
    const tdm__serving *serving = request->serving;
    const tdm_str any = {"", 0};
    (void)outcome;
    tdm_status status = page_by_number(&page, &after, request, error);
    if (status == TDM_OK)
        status = tdm__serving_holds_case(serving, error);
    if (status == TDM_OK)
        status = tdm__work_openings(&openings, serving->work, serving->arena, serving->child, any, any,
                                    serving->call->today, TDM_ANY, after, page.limit, error);
    if (status != TDM_OK)
        return status;
    tdm__list_begin(&answer, request, sink);
    for (size_t i = 0; i < openings.count; i++)
        put_opening(&answer.json, serving, &openings.items[i]);
    return end_numbered(&answer, openings.next);
}

/* One of the child's own, by its number. */
static tdm_status find_opening(tdm__stored_opening *out, const tdm_request *request, tdm_error *error)
{
    tdm__stored_openings found = {.items = NULL};
    const tdm__serving *serving = request->serving;
    const tdm_str any = {"", 0};
    int64_t number = tdm__request_number(request, "opening", 0);
    if (number < 1)
        return tdm__fail(error, TDM_NOT_FOUND, "there is no such opening of this case");
    tdm_status status = tdm__work_openings(&found, serving->work, serving->arena, serving->child, any, any,
                                           serving->call->today, TDM_ANY, number - 1, 1, error);
    if (status == TDM_OK && (found.count == 0 || found.items[0].number != number))
        status = tdm__fail(error, TDM_NOT_FOUND, "there is no such opening of this case");
    if (status == TDM_OK)
        *out = found.items[0];
    return status;
}

/* Whose it was stays with the opening; who ended it, and why, stands in the trail. */
tdm_status tdm__op_children_close(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                  tdm_error *error)
{
    tdm__stored_opening opening;
    const tdm__json_value *reason;
    const tdm__json_field fields[] = {{"reason", TDM__JSON_STRING, true, false, &reason}};
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__serving_body(serving, "the end of an opening", fields, 1, error);
    if (status == TDM_OK)
        status = check_reason(tdm__json_string(reason), error);
    if (status == TDM_OK)
        status = tdm__serving_holds_case(serving, error);
    if (status == TDM_OK)
        status = find_opening(&opening, request, error);
    if (status == TDM_OK && !is_open(serving, &opening))
        status = tdm__fail(error, TDM_CONFLICT, "this opening is over");
    if (status == TDM_OK)
        status = tdm__work_close_case(serving->work, opening.number, serving->call->now, error);
    if (status != TDM_OK)
        return status;
    opening.until = serving->call->now;
    serving->note.reason = tdm__json_string(reason);
    serving->note.details = opening.account;
    return put_one(request, &opening, sink);
}

/* --- allocation --- */

/* To whom it is to be; a team stands last, without an account. */
typedef struct wanted {
    tdm_str account, team;
    bool is_there;
} wanted;

static tdm_status want_accounts(wanted *list, size_t *count, const tdm__serving *serving,
                                const tdm__json_value *accounts, tdm_error *error)
{
    tdm__stored_user user;
    tdm_status status = TDM_OK;
    if (tdm__json_count(accounts) > ALLOCATED_MOST)
        return tdm__fail(error, TDM_INVALID_INPUT, "accounts: expected at most %d", ALLOCATED_MOST);
    for (const tdm__json_value *item = tdm__json_first(accounts); status == TDM_OK && item;
         item = tdm__json_next(item)) {
        status = find_person(&user, serving, tdm__json_string(item),
                             TDM__ROLE_PRACTITIONER | TDM__ROLE_MANAGER, "a practitioner or manager", error);
        bool twice = false;
        for (size_t i = 0; status == TDM_OK && i < *count; i++)
            twice = twice || tdm__str_equal(list[i].account, user.name);
        if (status == TDM_OK && !twice)
            list[(*count)++] = (wanted){user.name, {"", 0}, false};
    }
    return status;
}

static tdm_status want_team(wanted *list, size_t *count, const tdm__serving *serving, tdm_str team,
                            tdm_error *error)
{
    bool known = false;
    if (team.length == 0)
        return TDM_OK;
    tdm_status status = tdm__member_team_is_known(&known, serving->work, serving->arena, team, error);
    if (status == TDM_OK && !known)
        status = tdm__fail(error, TDM_INVALID_INPUT, "team: expected the team of some account");
    if (status == TDM_OK)
        list[(*count)++] = (wanted){{"", 0}, team, false};
    return status;
}

/* What goes on and is wanted stays; what is not ends with yesterday, or today where it began today. */
static tdm_status end_others(wanted *list, size_t count, const tdm__serving *serving, tdm_error *error)
{
    tdm__stored_allocations old;
    const tdm_str any = {"", 0};
    tdm_day today = serving->call->today;
    tdm_status status = tdm__work_allocations(&old, serving->work, serving->arena, serving->child, any, any,
                                              0, TDM_PAGE_MOST, error);
    for (size_t i = 0; status == TDM_OK && i < old.count; i++) {
        const tdm__stored_allocation *a = &old.items[i];
        bool stays = false;
        if (a->until != TDM_DAY_AFTER_ALL)
            continue;
        for (size_t k = 0; k < count; k++)
            if (!list[k].is_there && tdm__str_equal(list[k].account, a->account) &&
                tdm__str_equal(list[k].team, a->team))
                stays = list[k].is_there = true;
        if (!stays)
            status = tdm__work_end_allocation(serving->work, a->number,
                                              a->since < today ? today - 1 : a->since, serving->actor.name,
                                              error);
    }
    return status;
}

static tdm_status add_wanted(const wanted *list, size_t count, const tdm__serving *serving, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        tdm__stored_allocation allocation = {.child = serving->child,
                                             .account = list[i].account,
                                             .team = list[i].team,
                                             .since = serving->call->today,
                                             .until = TDM_DAY_AFTER_ALL,
                                             .by = serving->actor.name};
        if (!list[i].is_there)
            status = tdm__work_allocate(serving->work, &allocation, error);
    }
    return status;
}

static tdm_status note_wanted(tdm__serving *serving, const wanted *list, size_t count, tdm_error *error)
{
    tdm__text details;
    tdm__text_init(&details, &serving->context->allocator);
    for (size_t i = 0; i < count; i++) {
        tdm__text_puts(&details, i ? ", " : "to ");
        tdm__text_puts(&details, list[i].team.length ? "team " : "");
        tdm__text_add(&details, list[i].team.length ? list[i].team : list[i].account);
    }
    serving->note.details = tdm__arena_copy(serving->arena, tdm__text_str(&details));
    bool failed = details.failed || !serving->note.details.data;
    tdm__text_free(&details);
    return failed ? tdm__no_memory(error) : TDM_OK;
}

static tdm_status put_wanted(const tdm_request *request, const wanted *list, size_t count, tdm_sink sink)
{
    tdm__answer answer;
    tdm_str team = {"", 0};
    tdm__answer_begin(&answer, request, sink);
    tdm__json_open_object(&answer.json);
    tdm__answer_member(&answer.json, "child", request->serving->child);
    tdm__json_put_name(&answer.json, "accounts");
    tdm__json_open_array(&answer.json);
    for (size_t i = 0; i < count; i++)
        if (list[i].account.length > 0)
            tdm__json_put_string(&answer.json, list[i].account);
        else
            team = list[i].team;
    tdm__json_close_array(&answer.json);
    tdm__answer_member(&answer.json, "team", team);
    tdm__json_close_object(&answer.json);
    return tdm__answer_end(&answer, TDM_OK);
}

tdm_status tdm__op_children_allocate(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                     tdm_error *error)
{
    wanted list[ALLOCATED_MOST + 1];
    size_t count = 0;
    const tdm__json_value *accounts, *team;
    const tdm__json_field fields[] = {{"accounts", TDM__JSON_ARRAY, true, false, &accounts},
                                      {"team", TDM__JSON_STRING, true, false, &team}};
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__serving_body(serving, "an allocation", fields, 2, error);
    if (status == TDM_OK)
        status = tdm__serving_holds_case(serving, error);
    if (status == TDM_OK)
        status = want_accounts(list, &count, serving, accounts, error);
    if (status == TDM_OK)
        status = want_team(list, &count, serving, tdm__json_string(team), error);
    if (status == TDM_OK && count == 0)
        status = tdm__fail(error, TDM_INVALID_INPUT, "expected an account or a team: a case is somebody's");
    if (status == TDM_OK)
        status = end_others(list, count, serving, error);
    if (status == TDM_OK)
        status = add_wanted(list, count, serving, error);
    if (status == TDM_OK)
        status = note_wanted(serving, list, count, error);
    return status == TDM_OK ? put_wanted(request, list, count, sink) : status;
}

/* --- what a manager is shown --- */

static tdm_status list_accesses(tdm__stored_openings *out, const tdm_request *request, tdm_error *error)
{
    int64_t after;
    tdm__paging page;
    const tdm__serving *serving = request->serving;
    const tdm_str any = {"", 0};
    tdm_status status = page_by_number(&page, &after, request, error);
    /* Without a team there is none whose cases these would be; the store takes "" for any. */
    if (status != TDM_OK || serving->actor.team.length == 0)
        return status;
    return tdm__work_openings(out, serving->work, serving->arena, any, any, serving->actor.team,
                              serving->call->today, TDM__OPENING_CHALLENGED, after, page.limit, error);
}

tdm_status tdm__op_accesses_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    tdm_day since = TDM_DAY_NONE;
    tdm__answer answer;
    tdm__stored_openings openings = {.items = NULL};
    const tdm__serving *serving = request->serving;
    const char *from = tdm__request_value(request, "since");
    (void)outcome;
    tdm_status status = list_accesses(&openings, request, error);
    if (status != TDM_OK)
        return status;
    int64_t begin = from && tdm_day_parse_iso(&since, tdm__str(from)) ? (int64_t)since * SECONDS_OF_DAY : 0;
    tdm__list_begin(&answer, request, sink);
    for (size_t i = 0; i < openings.count; i++)
        if (openings.items[i].from >= begin)
            put_opening(&answer.json, serving, &openings.items[i]);
    return end_numbered(&answer, openings.next);
}
