/*
 * Who asks, what they may do, and what is written down of it.
 */
#include "api/serving.h"

#include "api/members.h"
#include "base/hash.h"

#include <stdio.h>
#include <string.h>

int64_t tdm__rights_number(tdm_str name)
{
    if (name.length == 0)
        return 0;
    int64_t number = (int64_t)(tdm__hash64(name, 0) >> 1);
    return number == 0 ? 1 : number;
}

static tdm_status unknown(tdm_error *error)
{
    return tdm__fail(error, TDM_UNAUTHENTICATED, "sign in: nobody is signed in with these credentials");
}

/* --- credentials to an actor --- */

static bool takes_kind(uint32_t kind, const tdm_call *call, tdm__token_kind shown)
{
    if (shown == TDM__TOKEN_SESSION)
        return kind == TDM__STORED_SESSION && call->by_cookie;
    return shown == TDM__TOKEN_BEARER && kind == TDM__STORED_BEARER && !call->by_cookie;
}

static bool is_live(const tdm__stored_token *token, int64_t now)
{
    tdm__token_life life = {.made_at = token->created,
                            .expires_at = token->expires,
                            .used_at = token->last_used > token->created ? token->last_used : token->created,
                            .idle_seconds = token->kind == TDM__STORED_SESSION ? TDM__SESSION_IDLE_SECONDS
                                                                               : 0,
                            .ended_at = token->revoked};
    return tdm__token_state_at(&life, now) == TDM__TOKEN_LIVE;
}

static tdm_status find_token(tdm__stored_token *token, tdm__serving *serving, tdm__work *work,
                             tdm_error *error)
{
    tdm__actor *actor = &serving->actor;
    if (!tdm__token_read(&actor->token, serving->call->token))
        return unknown(error);
    tdm__token_digest(&actor->token_digest, &actor->token);
    tdm_str digest = {(const char *)actor->token_digest.bytes, sizeof actor->token_digest.bytes};
    tdm_status status = tdm__work_token(token, work, serving->arena, digest, error);
    if (status == TDM_NOT_FOUND)
        return unknown(error);
    if (status == TDM_OK &&
        (!takes_kind(token->kind, serving->call, actor->token.kind) || !is_live(token, serving->call->now)))
        return unknown(error);
    return status;
}

static tdm_status find_user(tdm__stored_user *user, const tdm__stored_token *token, tdm__serving *serving,
                            tdm__work *work, tdm_error *error)
{
    tdm_status status = tdm__work_user(user, work, serving->arena, token->account, error);
    if (status == TDM_NOT_FOUND)
        return unknown(error);
    return status == TDM_OK && user->state != TDM__USER_ACTIVE ? unknown(error) : status;
}

/* A program acts with the grants of its token, for the account that it was made for. */
static tdm_status be(tdm__actor *actor, const tdm__stored_user *user, const tdm__stored_token *token,
                     tdm_error *error)
{
    actor->name = user->name;
    actor->title = user->title;
    actor->team = user->team;
    actor->agency = user->agency;
    actor->expires = token->expires;
    actor->last_used = token->last_used > token->created ? token->last_used : token->created;
    actor->by_session = token->kind == TDM__STORED_SESSION;
    actor->rights.account = tdm__rights_number(user->name);
    actor->rights.team = tdm__rights_number(user->team);
    if (!tdm__rights_role_of(&actor->rights.role, user->role))
        return unknown(error);
    actor->account_role = actor->rights.role;
    if (!actor->by_session) {
        actor->rights.role = TDM__ROLE_PROGRAM;
        if (!tdm__grants_read(&actor->rights.grants, token->scopes))
            return unknown(error);
        actor->rights.grants &= tdm__member_grants(actor->account_role, actor->rights.team != 0);
    }
    actor->role = tdm__rights_role_word(actor->rights.role);
    return TDM_OK;
}

tdm_status tdm__actor_find(tdm__serving *serving, tdm__work *work, bool is_write, tdm_error *error)
{
    tdm__stored_token token;
    tdm__stored_user user;
    serving->actor = (tdm__actor){.role = ""};
    if (serving->call->token.length == 0)
        return TDM_OK;
    tdm_status status = find_token(&token, serving, work, error);
    if (status == TDM_OK)
        status = find_user(&user, &token, serving, work, error);
    if (status == TDM_OK)
        status = be(&serving->actor, &user, &token, error);
    if (status != TDM_OK)
        return status;
    if (is_write && serving->call->by_cookie &&
        !tdm__token_form_is(&serving->actor.token, serving->call->csrf)) {
        snprintf(serving->reply->problem, sizeof serving->reply->problem, "csrf");
        return tdm__fail(error, TDM_FORBIDDEN, "the request did not come from the page: load it anew");
    }
    return TDM_OK;
}

void tdm__serving_look(tdm__serving *serving, tdm__work *work)
{
    serving->eyes = (tdm__eyes){
        .agency = serving->actor.agency, .account = serving->actor.name, .now = serving->call->now};
    tdm__work_see_as(work, &serving->eyes);
}

/* --- rights --- */

/* A case that was opened stands in its own list for as long as it is. */
bool tdm__actor_allowed(tdm__allowed *out, const tdm__serving *serving, tdm__scope scope)
{
    const tdm__actor *actor = &serving->actor;
    tdm__reach reach = tdm__rights_reach(&actor->rights, scope);
    *out = (tdm__allowed){.day = serving->call->today, .now = serving->call->now};
    out->all = reach == TDM__REACH_ALL;
    if (reach == TDM__REACH_OWN || reach == TDM__REACH_OWN_OR_TEAM || reach == TDM__REACH_OPENED)
        out->account = actor->name;
    if (reach == TDM__REACH_OWN_OR_TEAM || reach == TDM__REACH_TEAM)
        out->team = actor->team;
    return reach != TDM__REACH_NONE;
}

/* A case that was opened with a reason stays open for its time; the reason stands with the opening. */
static tdm_status case_facts(tdm__case_facts *out, const tdm__serving *serving, tdm_str child,
                             tdm__work *work, tdm_error *error)
{
    tdm__child_access access;
    const tdm__actor *actor = &serving->actor;
    tdm__allowed allowed = {
        .account = actor->name, .team = actor->team, .day = serving->call->today, .now = serving->call->now};
    tdm_status status = tdm__work_access(&access, work, child, &allowed, error);
    if (status != TDM_OK || !access.exists)
        return status != TDM_OK ? status : tdm__fail(error, TDM_NOT_FOUND, "there is no such child");
    *out = (tdm__case_facts){.is_own = access.to_account,
                             .team = access.to_team ? actor->rights.team : 0,
                             .opened_until = access.opened ? access.opened_until : 0,
                             .reason = access.opened ? TDM_LIT("given when the case was opened")
                                                     : TDM_LIT("")};
    return TDM_OK;
}

tdm_status tdm__serving_may_see(bool *out, const tdm__serving *serving, tdm_str child, tdm_error *error)
{
    tdm__case_facts facts;
    const tdm__wish wish = {.roles = TDM__ROLES_ALL, .scope = TDM__SCOPE_CASE};
    tdm_status status = case_facts(&facts, serving, child, serving->work, error);
    *out = status == TDM_OK &&
           tdm__rights_decide(&serving->actor.rights, &wish, &facts, serving->call->now).access <=
               TDM__ACCESS_CHALLENGED;
    return status;
}

static tdm_status refuse(const tdm__serving *serving, tdm_error *error)
{
    const tdm__right *right = &serving->right;
    if (right->outcome == TDM__RIGHT_NOBODY)
        return tdm__fail(error, TDM_UNAUTHENTICATED, "%s", right->sentence);
    /* Whether there is such a case is not for them to know. */
    if (right->outcome == TDM__RIGHT_NOT_OPENED || right->outcome == TDM__RIGHT_REVIEW_OVER)
        return tdm__fail(error, TDM_NOT_FOUND, "there is no such child");
    snprintf(serving->reply->problem, sizeof serving->reply->problem, "%s", right->code);
    return tdm__fail(error, TDM_FORBIDDEN, "%s", right->sentence);
}

tdm__wish tdm__served_wish(const tdm__served *row)
{
    return (tdm__wish){.roles = row->roles,
                       .scope = row->scope,
                       .is_write = strcmp(row->audit, "write") == 0,
                       .is_list = !row->of_one_child && !row->child_of};
}

static tdm_status decide_case(tdm__serving *serving, const tdm__served *row, tdm__work *work,
                              tdm_error *error)
{
    tdm__case_facts facts;
    tdm__wish wish = tdm__served_wish(row);
    tdm_status status = case_facts(&facts, serving, serving->child, work, error);
    if (status != TDM_OK)
        return status;
    serving->right = tdm__rights_decide(&serving->actor.rights, &wish, &facts, serving->call->now);
    switch (serving->right.access) {
    case TDM__ACCESS_ALLOW:
    case TDM__ACCESS_CHALLENGED:
        return TDM_OK;
    case TDM__ACCESS_NEEDS_REASON:
        return row->opens_case ? TDM_OK : refuse(serving, error);
    default:
        return refuse(serving, error);
    }
}

tdm_status tdm__serving_decide(tdm__serving *serving, const tdm__served *row, const tdm_request *request,
                               tdm__work *work, tdm_error *error)
{
    tdm_status status = TDM_OK;
    tdm__wish wish = tdm__served_wish(row);
    tdm__wish as_list = wish;
    as_list.is_list = true;
    serving->right = (tdm__right){TDM__RIGHT_ALLOWED, TDM__ACCESS_ALLOW, "", ""};
    if (row->roles == 0)
        return TDM_OK;
    /* The role first: who may see no case at all is not told which there are. */
    serving->right = tdm__rights_decide(&serving->actor.rights, &as_list, NULL, serving->call->now);
    if (serving->right.access == TDM__ACCESS_REFUSE)
        return refuse(serving, error);
    if (row->child_of)
        status = row->child_of(&serving->child, request, serving, work, error);
    if (status != TDM_OK || wish.is_list || serving->child.length == 0)
        return status;
    return decide_case(serving, row, work, error);
}

/* --- the trail --- */

/* A child stands there by its code: entries outlive the record. */
tdm_status tdm__serving_audit(tdm__serving *serving, const tdm__served *row, tdm__work *work,
                              tdm_error *error)
{
    char code[TDM__CODE_SIZE] = "";
    tdm__chain_head head;
    const tdm__audit_note *note = &serving->note;
    tdm_str object = note->object;
    if (object.length == 0 && serving->child.length > 0) {
        tdm__child_code(code, serving->service, serving->child);
        object = tdm__str(code);
    }
    tdm__chain_entry entry = {.time = serving->call->now,
                              .actor = serving->actor.name,
                              .role = tdm__str(serving->actor.role),
                              .what = tdm__str(row->operation),
                              .object_kind = tdm__str(row->object_kind),
                              .object_id = object,
                              .reason = note->reason,
                              .details = note->details};
    tdm_status status = tdm__work_trail(work, &serving->service->audit_key, &entry, &head, error);
    if (status == TDM_OK)
        serving->reply->audit_number = (uint64_t)head.count;
    return status;
}

/* --- what operations of a service share --- */

bool tdm__serving_version(int64_t *out, const tdm__serving *serving)
{
    tdm_str text = serving->call->if_match;
    if (text.length >= 2 && text.data[0] == '"' && text.data[text.length - 1] == '"')
        text = (tdm_str){text.data + 1, text.length - 2};
    return tdm__str_to_int64(out, text);
}

void tdm__serving_etag(tdm__serving *serving, int64_t version)
{
    snprintf(serving->reply->etag, sizeof serving->reply->etag, "\"%lld\"", (long long)version);
}

tdm_status tdm__serving_body(tdm__serving *serving, const char *what, const tdm__json_field *fields,
                             size_t count, tdm_error *error)
{
    return tdm__json_read(serving->document, serving->body, what, fields, count, error);
}
