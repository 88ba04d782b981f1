/*
 * sessions: signing in with a password or a link that works once, saying who is signed in, signing out, a new
 * password. A try is counted before the password is looked at, so that a hundred at once are a hundred.
 */
#include "api/answer.h"
#include "api/service_operations.h"

#include "base/hash.h"
#include "report/view.h"

#include <stdio.h>
#include <string.h>

#define PASSWORD_COST TDM__PASSWORD_INTERACTIVE

/* --- limits on trying --- */

/* Counts a failure of an address, or forgets them; the answer is what stood before. */
static tdm__throttle_answer peer(tdm_service *service, const tdm_call *call, bool right)
{
    tdm__throttle_answer answer = {TDM__THROTTLE_OPEN, 0};
    uint64_t hash = tdm__hash64(call->peer, 1);
    pthread_mutex_lock(&service->peers_lock);
    size_t at = 0, oldest = 0;
    while (at < service->peer_count && service->peers[at].hash != hash) {
        if (service->peers[at].throttle.failed_at < service->peers[oldest].throttle.failed_at)
            oldest = at;
        at++;
    }
    if (at == service->peer_count && service->peer_count < TDM__PEERS_MAX)
        service->peer_count++;
    else if (at == service->peer_count)
        at = oldest;
    tdm__peer *found = &service->peers[at];
    if (found->hash != hash)
        *found = (tdm__peer){.hash = hash};
    answer = tdm__throttle_ask(&tdm__throttle_address, found->throttle, call->now);
    if (right)
        tdm__throttle_forget(&found->throttle);
    else if (answer.state == TDM__THROTTLE_OPEN)
        tdm__throttle_fail(&tdm__throttle_address, &found->throttle, call->now);
    pthread_mutex_unlock(&service->peers_lock);
    return answer;
}

static tdm_status shut(tdm_reply *reply, tdm__throttle_answer answer, tdm_error *error)
{
    reply->retry_after = (int32_t)answer.seconds;
    if (answer.state == TDM__THROTTLE_LOCKED)
        snprintf(reply->problem, sizeof reply->problem, "locked");
    return tdm__fail(error, TDM_BUSY,
                     answer.state == TDM__THROTTLE_LOCKED
                         ? "too many wrong passwords: the account is locked"
                         : "too many wrong passwords: wait before the next try");
}

static tdm__throttle throttle_of(const tdm__stored_user *user)
{
    return (tdm__throttle){(int32_t)user->failures, user->last_failure};
}

/* The account as it is, with one failure more; its name is "" where there is none of it. */
static tdm_status begin_try(tdm__stored_user *user, const tdm__serving *serving, tdm_str name,
                            tdm_error *error)
{
    tdm__work *work;
    tdm_reply *reply = serving->reply;
    tdm__throttle_answer answer = peer(serving->service, serving->call, false);
    *user = (tdm__stored_user){.name = {"", 0}, .password = {"", 0}};
    if (answer.state != TDM__THROTTLE_OPEN)
        return shut(reply, answer, error);
    tdm_status status = tdm__live_write(&work, serving->service->live, serving->context, error);
    if (status == TDM_OK)
        status = tdm__work_user(user, work, serving->arena, name, error);
    if (status == TDM_OK) {
        tdm__throttle throttle = throttle_of(user);
        answer = tdm__throttle_ask(&tdm__throttle_account, throttle, serving->call->now);
        tdm__throttle_fail(&tdm__throttle_account, &throttle, serving->call->now);
        if (answer.state != TDM__THROTTLE_OPEN)
            status = shut(reply, answer, error);
        else
            status = tdm__work_set_failures(work, user->name, throttle.failures, throttle.failed_at, error);
        if (status == TDM_OK)
            status = tdm__work_commit(work, error);
    } else if (status == TDM_NOT_FOUND) {
        tdm__error_clear(error);
        status = TDM_OK;
    }
    tdm__work_end(work);
    return status;
}

/* --- a new session --- */

static tdm_status new_token(tdm__serving *serving, tdm__work *work, const tdm__stored_user *user,
                            tdm_error *error)
{
    char text[TDM__TOKEN_SIZE];
    tdm__actor *actor = &serving->actor;
    tdm_status status = tdm__token_new(&actor->token, TDM__TOKEN_SESSION);
    if (status != TDM_OK)
        return tdm__fail(error, status, "%s", tdm_status_text(status));
    tdm__token_digest(&actor->token_digest, &actor->token);
    actor->expires = serving->call->now + TDM__SESSION_SECONDS;
    tdm__stored_token token = {
        .hash = {(const char *)actor->token_digest.bytes, sizeof actor->token_digest.bytes},
        .kind = TDM__STORED_SESSION,
        .account = user->name,
        .label = TDM_LIT(""),
        .scopes = TDM_LIT(""),
        .created = serving->call->now,
        .expires = actor->expires,
        .last_used = serving->call->now};
    tdm__token_write(text, &actor->token);
    snprintf(serving->reply->session, sizeof serving->reply->session, "%s", text);
    tdm__wipe(text, sizeof text);
    return tdm__work_add_token(work, &token, error);
}

static tdm_status begin_session(tdm__serving *serving, tdm__work *work, const tdm__stored_user *user,
                                tdm_error *error)
{
    static const tdm__served row = {.operation = "sessions.open", .object_kind = "session"};
    tdm__actor *actor = &serving->actor;
    if (user->state != TDM__USER_ACTIVE || !tdm__rights_role_of(&actor->rights.role, user->role))
        return tdm__fail(error, TDM_UNAUTHENTICATED, "this account is closed: ask an administrator");
    actor->name = user->name;
    actor->title = user->title;
    actor->team = user->team;
    actor->role = tdm__rights_role_word(actor->rights.role);
    actor->account_role = actor->rights.role;
    actor->rights.account = tdm__rights_number(user->name);
    actor->rights.team = tdm__rights_number(user->team);
    tdm_status status = tdm__work_set_failures(work, user->name, 0, 0, error);
    if (status == TDM_OK)
        status = new_token(serving, work, user, error);
    if (status == TDM_OK)
        status = tdm__serving_audit(serving, &row, work, error);
    return status == TDM_OK ? tdm__work_commit(work, error) : status;
}

static tdm_status wrong(tdm_error *error)
{
    return tdm__fail(error, TDM_UNAUTHENTICATED, "the account or the password is not right");
}

static tdm_status open_by_password(tdm__serving *serving, tdm_str name, tdm_str password, tdm_error *error)
{
    tdm__work *work = NULL;
    tdm__stored_user user;
    tdm__password_answer answer = {false, false};
    tdm_status status = begin_try(&user, serving, name, error);
    if (status == TDM_OK)
        status = tdm__password_verify(&answer, user.password, password, PASSWORD_COST, error);
    if (status == TDM_OK && (!answer.is_right || user.name.length == 0))
        return wrong(error);
    if (status == TDM_OK)
        status = tdm__live_write(&work, serving->service->live, serving->context, error);
    if (status == TDM_OK)
        status = begin_session(serving, work, &user, error);
    tdm__work_end(work);
    if (status == TDM_OK)
        peer(serving->service, serving->call, true);
    return status;
}

/* A link is a token that ends when it is used. */
static tdm_status use_link(tdm__stored_user *user, tdm__serving *serving, tdm__work *work, tdm_str link,
                           tdm_error *error)
{
    tdm__token token;
    tdm__digest digest;
    tdm__stored_token stored;
    if (!tdm__token_read(&token, link) || token.kind != TDM__TOKEN_LOGIN)
        return tdm__fail(error, TDM_UNAUTHENTICATED, "the link is not right, was used, or is too old");
    tdm__token_digest(&digest, &token);
    tdm_str hash = {(const char *)digest.bytes, sizeof digest.bytes};
    tdm_status status = tdm__work_token(&stored, work, serving->arena, hash, error);
    tdm__token_life life = {
        .made_at = stored.created, .expires_at = stored.expires, .ended_at = stored.revoked};
    if (status == TDM_NOT_FOUND ||
        (status == TDM_OK && (stored.kind != TDM__STORED_LINK ||
                              tdm__token_state_at(&life, serving->call->now) != TDM__TOKEN_LIVE)))
        return tdm__fail(error, TDM_UNAUTHENTICATED, "the link is not right, was used, or is too old");
    if (status == TDM_OK)
        status = tdm__work_revoke_token(work, hash, serving->call->now, error);
    return status == TDM_OK ? tdm__work_user(user, work, serving->arena, stored.account, error) : status;
}

static tdm_status open_by_link(tdm__serving *serving, tdm_str link, tdm_error *error)
{
    tdm__work *work = NULL;
    tdm__stored_user user;
    tdm__throttle_answer limit = peer(serving->service, serving->call, false);
    if (limit.state != TDM__THROTTLE_OPEN)
        return shut(serving->reply, limit, error);
    tdm_status status = tdm__live_write(&work, serving->service->live, serving->context, error);
    if (status == TDM_OK)
        status = use_link(&user, serving, work, link, error);
    if (status == TDM_OK)
        status = begin_session(serving, work, &user, error);
    tdm__work_end(work);
    if (status == TDM_OK)
        peer(serving->service, serving->call, true);
    return status;
}

/* --- what is shown --- */

static void put_account(tdm__json_writer *json, const tdm__actor *actor)
{
    tdm__json_put_name(json, "account");
    tdm__json_open_object(json);
    tdm__answer_member(json, "name", actor->name);
    tdm__answer_member(json, "title", actor->title);
    tdm__answer_member(json, "role", tdm__str(actor->role));
    tdm__answer_member(json, "team", actor->team);
    tdm__answer_member(json, "agency", actor->agency);
    tdm__json_close_object(json);
}

/* What the role may ask for at all. */
static void put_may(tdm__json_writer *json, const tdm__serving *serving)
{
    const tdm__served *row;
    tdm__json_put_name(json, "may");
    tdm__json_open_array(json);
    for (size_t i = 0; (row = tdm__served_at(i)) != NULL; i++) {
        tdm__wish wish = tdm__served_wish(row);
        wish.is_list = true; /* of which case is another question */
        tdm__right right = tdm__rights_decide(&serving->actor.rights, &wish, NULL, serving->call->now);
        if (row->roles == 0 || right.access != TDM__ACCESS_REFUSE)
            tdm__json_put_text(json, row->operation);
    }
    tdm__json_close_array(json);
}

static tdm_status put_session(const tdm_request *request, tdm_sink sink)
{
    char form[TDM__BASE64_LETTERS + 1], today[TDM_DATE_TEXT_SIZE];
    tdm__answer answer;
    const tdm__serving *serving = request->serving;
    tdm__answer_begin(&answer, request, sink);
    tdm__token_form(form, &serving->actor.token);
    tdm__day_iso(today, serving->call->today);
    tdm__json_open_object(&answer.json);
    put_account(&answer.json, &serving->actor);
    tdm__answer_member(&answer.json, "csrf", tdm__str(form));
    tdm__json_put_name(&answer.json, "expires");
    tdm__json_put_int(&answer.json, serving->actor.expires);
    tdm__json_put_name(&answer.json, "idle_minutes");
    tdm__json_put_int(&answer.json, TDM__IDLE_MINUTES);
    tdm__answer_member(&answer.json, "today", tdm__str(today));
    put_may(&answer.json, serving);
    tdm__json_close_object(&answer.json);
    return tdm__answer_end(&answer, TDM_OK);
}

/* --- the operations --- */

tdm_status tdm__op_sessions_open(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    const tdm__json_value *account, *password, *link;
    const tdm__json_field fields[] = {{"account", TDM__JSON_STRING, false, false, &account},
                                      {"password", TDM__JSON_STRING, false, false, &password},
                                      {"link", TDM__JSON_STRING, false, false, &link}};
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__serving_body(serving, "a log-in", fields, 3, error);
    if (status != TDM_OK)
        return status;
    if ((link != NULL) == (account != NULL && password != NULL))
        return tdm__fail(error, TDM_INVALID_INPUT, "expected account and password, or link");
    status = link ? open_by_link(serving, tdm__json_string(link), error)
                  : open_by_password(serving, tdm__json_string(account), tdm__json_string(password), error);
    serving->reply->created = status == TDM_OK;
    return status == TDM_OK ? put_session(request, sink) : status;
}

tdm_status tdm__op_sessions_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    (void)outcome;
    (void)error;
    return put_session(request, sink);
}

static tdm_str own_digest(const tdm__serving *serving)
{
    return (tdm_str){(const char *)serving->actor.token_digest.bytes, TDM__DIGEST_BYTES};
}

tdm_status tdm__op_sessions_close(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                  tdm_error *error)
{
    tdm__serving *serving = request->serving;
    (void)outcome;
    (void)sink;
    serving->reply->session_ended = true;
    serving->reply->media_type[0] = '\0';
    return tdm__work_revoke_token(serving->work, own_digest(serving), serving->call->now, error);
}

/* Nor what somebody tries first who knows the person and the place. */
static tdm_status check_new(tdm_str password, const tdm__serving *serving, tdm_error *error)
{
    const tdm__actor *actor = &serving->actor;
    const tdm__common_words words = {
        .lists = {serving->rules->common_words[0], serving->rules->common_words[1]},
        .account = actor->name,
        .title = actor->title,
        .team = actor->team};
    tdm_status status = tdm__password_may_be(password, actor->name, error);
    if (status == TDM_OK && tdm__password_is_common(password, &words))
        status = tdm__fail(
            error, TDM_INVALID_INPUT,
            "new: this password is one of those that are tried first: take words that do not belong "
            "together, and not your own name");
    return status;
}

/* An account that came by a link has no password yet, and need not name an old one. */
static tdm_status check_old(const tdm__stored_user *user, tdm_str old, tdm_error *error)
{
    tdm__password_answer answer = {false, false};
    if (user->password.length == 0)
        return TDM_OK;
    tdm_status status = tdm__password_verify(&answer, user->password, old, PASSWORD_COST, error);
    if (status == TDM_OK && !answer.is_right)
        return tdm__fail(error, TDM_INVALID_INPUT, "the old password is not right");
    return status;
}

tdm_status tdm__op_sessions_password(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                     tdm_error *error)
{
    char hash[TDM__PASSWORD_HASH_SIZE];
    tdm__stored_user user;
    const tdm__json_value *old, *fresh;
    const tdm__json_field fields[] = {{"old", TDM__JSON_STRING, false, false, &old},
                                      {"new", TDM__JSON_STRING, true, false, &fresh}};
    tdm__serving *serving = request->serving;
    (void)outcome;
    (void)sink;
    serving->reply->media_type[0] = '\0';
    tdm_status status = tdm__serving_body(serving, "a new password", fields, 2, error);
    if (status == TDM_OK)
        status = check_new(tdm__json_string(fresh), serving, error);
    if (status == TDM_OK)
        status = tdm__work_user(&user, serving->work, serving->arena, serving->actor.name, error);
    if (status == TDM_OK)
        status = check_old(&user, tdm__json_string(old), error);
    if (status == TDM_OK)
        status = tdm__password_hash(hash, tdm__json_string(fresh), PASSWORD_COST, error);
    if (status != TDM_OK)
        return status;
    user.password = tdm__str(hash);
    user.changed = serving->call->now;
    status = tdm__work_change_user(serving->work, &user, error);
    /* Whoever else sits in a session of this account is out. */
    return status == TDM_OK ? tdm__work_revoke_tokens(serving->work, user.name, TDM__STORED_SESSION,
                                                      own_digest(serving), serving->call->now, error)
                            : status;
}
