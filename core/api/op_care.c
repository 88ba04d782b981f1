/*
 * store: a check, a copy while others work, to whom children are allocated at first.
 */
#include "api/care.h"
#include "guard/rights.h"

/* --- a look and a copy --- */

static tdm_status say(const tdm_request *request, const char *member, const char *sentence, tdm_sink sink)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, request, sink);
    if (answer.as_json) {
        tdm__json_open_object(&answer.json);
        tdm__json_put_name(&answer.json, member);
        tdm__json_put_bool(&answer.json, true);
        tdm__json_close_object(&answer.json);
    } else {
        tdm__text_printf(&answer.text, "%s\n", sentence);
    }
    return tdm__answer_end(&answer, TDM_OK);
}

tdm_status tdm__op_store_check(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error)
{
    tdm__care care;
    (void)outcome;
    tdm_status status = tdm__care_open(&care, request, false, error);
    if (status == TDM_OK)
        status = tdm__live_check(care.service->live, care.context, error);
    if (status == TDM_OK)
        status = say(request, "whole", "the store is whole", sink);
    return tdm__care_end(&care, status);
}

/* That it was copied stands in the store, and in the copy. */
tdm_status tdm__op_store_backup(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    tdm__care care;
    const char *path = tdm__request_value(request, "output");
    (void)outcome;
    tdm_status status = tdm__care_open(&care, request, true, error);
    if (status == TDM_OK && !path)
        status = tdm__fail(error, TDM_INVALID_ARG, "output: name the copy with -o FILE");
    if (status == TDM_OK && tdm__file_look_itself(path) != TDM__FILE_NONE)
        status = tdm__fail_at(error, TDM_CONFLICT, (tdm_place){tdm__str(path), 0, 0},
                              "something of that name is there already");
    if (status == TDM_OK)
        status = tdm__care_write(&care, error);
    if (status == TDM_OK)
        status = tdm__care_note(&care, "store", TDM_LIT(""), TDM_LIT(""), TDM_LIT(""), error);
    if (status == TDM_OK)
        status = tdm__care_commit(&care, error);
    if (status == TDM_OK)
        status = tdm__live_backup(care.service->live, care.context, path, error);
    if (status == TDM_OK)
        status = say(request, "copied",
                     "copied; the keys beside the store (.keys) are not in it and belong in another place",
                     sink);
    return tdm__care_end(&care, status);
}

/* --- to whom children are allocated at first --- */

typedef struct allocating {
    tdm__care care;
    tdm_str account, team;
    tdm__text details;
    int64_t children;
} allocating;

static tdm_status is_allocated(bool *out, allocating *a, tdm_str child, tdm_error *error)
{
    tdm__stored_allocations list;
    const tdm_str any = {"", 0};
    *out = false;
    tdm_status status = tdm__work_allocations(&list, a->care.work, &a->care.arena, child, any, any, 0,
                                              TDM_PAGE_MOST, error);
    for (size_t i = 0; status == TDM_OK && i < list.count; i++)
        *out = *out || list.items[i].until >= a->care.today;
    return status;
}

static tdm_status allocate_to(allocating *a, tdm_str child, tdm_str account, tdm_str team, tdm_error *error)
{
    tdm__stored_allocation allocation = {.child = child,
                                         .account = account,
                                         .team = team,
                                         .since = a->care.today,
                                         .until = TDM_DAY_AFTER_ALL,
                                         .by = TDM_LIT("command")};
    if (account.length == 0 && team.length == 0)
        return TDM_OK;
    tdm_status status = tdm__work_allocate(a->care.work, &allocation, error);
    return status == TDM_NOT_FOUND ? tdm__fail(error, status, "there is no such child or account") : status;
}

static tdm_status allocate_child(allocating *a, tdm_str child, tdm_error *error)
{
    bool allocated;
    char code[TDM__CODE_SIZE];
    const tdm_str nothing = {"", 0};
    tdm_status status = is_allocated(&allocated, a, child, error);
    if (status != TDM_OK || allocated)
        return status;
    a->children++;
    status = allocate_to(a, child, a->account, nothing, error);
    if (status == TDM_OK)
        status = allocate_to(a, child, nothing, a->team, error);
    tdm__child_code(code, a->care.service, child);
    if (status == TDM_OK)
        status = tdm__care_note(&a->care, "child", tdm__str(code), nothing, tdm__text_str(&a->details),
                                error);
    return status;
}

static tdm_status allocate_all(allocating *a, tdm_error *error)
{
    const tdm__allowed allowed = {.all = true, .account = {"", 0}, .team = {"", 0}};
    tdm__stored_children page = {.next = {"", 0}};
    tdm_status status;
    do {
        status = tdm__work_children(&page, a->care.work, &a->care.arena, &allowed, TDM_LIT(""),
                                    (tdm__paging){.after = page.next, .limit = TDM_PAGE_MOST}, error);
        for (size_t i = 0; status == TDM_OK && i < page.count; i++)
            status = allocate_child(a, page.items[i].id, error);
    } while (status == TDM_OK && page.next.length > 0);
    return status;
}

/* Somebody who has cases. */
static tdm_status check_account(allocating *a, tdm_error *error)
{
    tdm__stored_user user;
    tdm__role_set role = 0;
    if (a->account.length == 0)
        return TDM_OK;
    tdm_status status = tdm__work_user(&user, a->care.work, &a->care.arena, a->account, error);
    if (status != TDM_OK && status != TDM_NOT_FOUND)
        return status;
    if (status == TDM_NOT_FOUND || !tdm__rights_role_of(&role, user.role) ||
        !(role & (TDM__ROLE_PRACTITIONER | TDM__ROLE_MANAGER)))
        return tdm__fail(error, TDM_NOT_FOUND, "account: expected one of a practitioner or manager");
    return TDM_OK;
}

static tdm_status describe(allocating *a, tdm_error *error)
{
    if (a->account.length == 0 && a->team.length == 0)
        return tdm__fail(error, TDM_INVALID_ARG, "team: name a team, or an account with --account");
    tdm__text_printf(&a->details, "to %.*s%s%s%.*s", TDM_STR_ARGS(a->account),
                     a->account.length && a->team.length ? ", " : "", a->team.length ? "team " : "",
                     TDM_STR_ARGS(a->team));
    return a->details.failed ? tdm__no_memory(error) : TDM_OK;
}

static tdm_status put_allocated(const allocating *a, tdm_sink sink)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, a->care.request, sink);
    if (answer.as_json) {
        tdm__json_open_object(&answer.json);
        tdm__json_put_name(&answer.json, "children");
        tdm__json_put_int(&answer.json, a->children);
        tdm__json_close_object(&answer.json);
    } else {
        tdm__text_printf(&answer.text, "%lld child%s allocated; who had somebody already stays with them\n",
                         (long long)a->children, a->children == 1 ? "" : "ren");
    }
    return tdm__answer_end(&answer, TDM_OK);
}

tdm_status tdm__op_store_allocate(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                  tdm_error *error)
{
    allocating a = {.children = 0};
    (void)outcome;
    tdm_status status = tdm__care_open(&a.care, request, true, error);
    tdm_str child = tdm__care_said(&a.care, "child");
    a.account = tdm__str(tdm__request_value(request, "account"));
    a.team = tdm__str(tdm__request_value(request, "team"));
    tdm__text_init(&a.details, &request->context->allocator);
    if (status == TDM_OK)
        status = describe(&a, error);
    if (status == TDM_OK)
        status = tdm__care_write(&a.care, error);
    if (status == TDM_OK)
        status = check_account(&a, error);
    if (status == TDM_OK)
        status = child.data ? allocate_child(&a, child, error) : allocate_all(&a, error);
    if (status == TDM_OK)
        status = tdm__care_commit(&a.care, error);
    if (status == TDM_OK)
        status = put_allocated(&a, sink);
    tdm__text_free(&a.details);
    return tdm__care_end(&a.care, status);
}
