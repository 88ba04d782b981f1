/*
 * accounts and tokens: who is there, a new one with the link that it first signs in with, a change; what
 * programs show. For administrators. Links and tokens are shown once, and nothing of them is kept but a
 * digest.
 */
#include "api/answer.h"
#include "api/members.h"
#include "api/service_operations.h"

#define TOKEN_DAYS_MAX  366
#define LABEL_MAX_BYTES 100
#define SECONDS_OF_DAY  86400
#define DIGEST_HEX_SIZE (2 * TDM_TOKEN_HASH_BYTES + 1)

static tdm_str option(const tdm_request *request, const char *name)
{
    return tdm__str(tdm__request_value(request, name));
}

/* data NULL where the body does not have it. */
static tdm_str said(const tdm__json_value *value)
{
    tdm_str text = tdm__json_string(value);
    if (!value)
        return (tdm_str){NULL, 0};
    return text.data ? text : TDM_LIT("");
}

/* --- accounts --- */

tdm_status tdm__op_accounts_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    tdm__answer answer;
    tdm__paging page;
    tdm__stored_users users = {.next = {"", 0}};
    const tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__page_of(&page, request, error);
    if (status == TDM_OK)
        status = tdm__work_users(&users, serving->work, serving->arena, page, error);
    if (status != TDM_OK)
        return status;
    tdm__list_begin(&answer, request, sink);
    for (size_t i = 0; i < users.count; i++) {
        tdm__json_open_object(&answer.json);
        tdm__member_put(&answer.json, &users.items[i]);
        tdm__json_close_object(&answer.json);
    }
    return tdm__list_end(&answer, users.next, TDM_OK);
}

static tdm_status put_account(const tdm_request *request, tdm_sink sink, const tdm__stored_user *user,
                              const char *link, int64_t link_expires)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, request, sink);
    tdm__json_open_object(&answer.json);
    tdm__member_put(&answer.json, user);
    if (link[0]) {
        tdm__answer_member(&answer.json, "link", tdm__str(link));
        tdm__answer_time(&answer.json, "link_expires", link_expires);
    }
    tdm__json_close_object(&answer.json);
    return tdm__answer_end(&answer, TDM_OK);
}

/* The account's name, and what was said of it. */
static tdm_status note(tdm__serving *serving, tdm_str name, const tdm__member_wish *wish, bool link,
                       tdm_error *error)
{
    tdm__text details;
    tdm__text_init(&details, &serving->context->allocator);
    tdm__member_details(&details, wish);
    if (link)
        tdm__text_puts(&details, details.length > 0 ? ", new link" : "new link");
    serving->note.object = tdm__arena_copy(serving->arena, name);
    serving->note.details = tdm__arena_copy(serving->arena, tdm__text_str(&details));
    bool failed = details.failed || !serving->note.details.data || !serving->note.object.data;
    tdm__text_free(&details);
    return failed ? tdm__no_memory(error) : TDM_OK;
}

/* What add and change end with: a link where one is wanted, the entry's words, the answer. */
static tdm_status finish(const tdm_request *request, const tdm__stored_user *user,
                         const tdm__member_wish *wish, bool with_link, tdm_sink sink, tdm_error *error)
{
    char link[TDM__TOKEN_SIZE] = "";
    int64_t expires = 0;
    tdm_status status = TDM_OK;
    tdm__serving *serving = request->serving;
    serving->is_secret = with_link;
    tdm__serving_etag(serving, user->version);
    if (with_link)
        status = tdm__member_link(link, &expires, serving->work, user, serving->call->now, error);
    if (status == TDM_OK)
        status = note(serving, user->name, wish, with_link, error);
    if (status == TDM_OK)
        status = put_account(request, sink, user, link, expires);
    tdm__wipe(link, sizeof link);
    return status;
}

/* One that the vocabulary has not would be given nothing that is limited. */
static tdm_status check_agency(const tdm__serving *serving, const tdm__member_wish *wish, tdm_error *error)
{
    if (!wish->agency.data || wish->agency.length == 0 ||
        tdm__vocabulary_agency(serving->rules->vocabulary, wish->agency) != TDM_NO_INDEX)
        return TDM_OK;
    return tdm__fail(error, TDM_INVALID_INPUT, "agency: there is none of that code");
}

tdm_status tdm__op_accounts_add(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    tdm__stored_user user;
    const tdm__json_value *name, *title, *role, *team, *agency;
    const tdm__json_field fields[] = {{"name", TDM__JSON_STRING, true, false, &name},
                                      {"title", TDM__JSON_STRING, false, true, &title},
                                      {"role", TDM__JSON_STRING, true, false, &role},
                                      {"team", TDM__JSON_STRING, false, true, &team},
                                      {"agency", TDM__JSON_STRING, false, true, &agency}};
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__serving_body(serving, "an account", fields, 5, error);
    if (status != TDM_OK)
        return status;
    tdm__member_wish wish = {.name = said(name),
                             .title = said(title),
                             .role = said(role),
                             .team = said(team),
                             .agency = said(agency)};
    status = check_agency(serving, &wish, error);
    if (status == TDM_OK)
        status = tdm__member_add(&user, serving->work, &wish, serving->call->now, error);
    if (status == TDM_OK)
        status = finish(request, &user, &wish, true, sink, error);
    serving->reply->created = status == TDM_OK;
    return status;
}

/* Nobody shuts out the last one who could let them in again. */
static tdm_status check_oneself(const tdm__serving *serving, const tdm__stored_user *user,
                                const tdm__member_wish *wish, tdm_error *error)
{
    bool other_role = wish->role.data && !tdm__str_equal(wish->role, user->role);
    bool other_state = wish->state.data && !tdm__str_equal(wish->state, TDM_LIT("active"));
    if (!tdm__str_equal(user->name, serving->actor.name) || (!other_role && !other_state))
        return TDM_OK;
    return tdm__fail(error, TDM_CONFLICT, "another administrator changes your role and your state");
}

/* The account as it is, which must be the version that the caller saw where one is named. */
static tdm_status find_account(tdm__stored_user *user, const tdm_request *request, tdm_error *error)
{
    int64_t version;
    const tdm__serving *serving = request->serving;
    tdm_status status = tdm__work_user(user, serving->work, serving->arena, option(request, "account"),
                                       error);
    if (status == TDM_NOT_FOUND)
        return tdm__fail(error, status, "there is no such account");
    if (status == TDM_OK && tdm__serving_version(&version, serving) && version != user->version)
        return tdm__fail(error, TDM_STALE, "somebody else has changed this account: look at it anew");
    return status;
}

tdm_status tdm__op_accounts_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    tdm__stored_user user;
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = find_account(&user, request, error);
    if (status != TDM_OK)
        return status;
    tdm__serving_etag(serving, user.version);
    return put_account(request, sink, &user, "", 0);
}

tdm_status tdm__op_accounts_change(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                   tdm_error *error)
{
    tdm__stored_user user;
    const tdm__json_value *title, *role, *team, *agency, *state, *wants_link;
    const tdm__json_field fields[] = {{"title", TDM__JSON_STRING, false, true, &title},
                                      {"role", TDM__JSON_STRING, false, true, &role},
                                      {"team", TDM__JSON_STRING, false, true, &team},
                                      {"agency", TDM__JSON_STRING, false, true, &agency},
                                      {"state", TDM__JSON_STRING, false, true, &state},
                                      {"link", TDM__JSON_BOOL, false, false, &wants_link}};
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__serving_body(serving, "an account", fields, 6, error);
    if (status != TDM_OK)
        return status;
    tdm__member_wish wish = {.title = said(title),
                             .role = said(role),
                             .team = said(team),
                             .agency = said(agency),
                             .state = said(state)};
    status = check_agency(serving, &wish, error);
    if (status == TDM_OK)
        status = find_account(&user, request, error);
    if (status == TDM_OK)
        status = check_oneself(serving, &user, &wish, error);
    if (status == TDM_OK)
        status = tdm__member_change(&user, serving->work, &wish, serving->call->now, error);
    return status == TDM_OK ? finish(request, &user, &wish, tdm__json_bool(wants_link), sink, error) : status;
}

/* --- tokens of programs --- */

/* "rules:read case:read", from a list of words. */
static tdm_status read_scopes(tdm__text *words, const tdm__json_value *list, tdm_error *error)
{
    const char *before = "";
    for (const tdm__json_value *item = tdm__json_first(list); item; item = tdm__json_next(item)) {
        tdm__text_puts(words, before);
        tdm__text_add(words, tdm__json_string(item));
        before = " ";
    }
    return words->failed ? tdm__no_memory(error) : TDM_OK;
}

static tdm_status check_grants(const tdm__stored_user *user, tdm_str words, tdm_error *error)
{
    tdm__role_set role;
    tdm__grant_set grants;
    if (words.length == 0 || !tdm__grants_read(&grants, words))
        return tdm__fail(error, TDM_INVALID_INPUT,
                         "scopes: expected one or more of rules:read, case:read, case:write, caseload:read, "
                         "store:read, store:write and audit:read, each once");
    if (user->state != TDM__USER_ACTIVE)
        return tdm__fail(error, TDM_CONFLICT, "state: an account that is not active has no tokens");
    if (!tdm__rights_role_of(&role, user->role) ||
        (grants & ~tdm__member_grants(role, user->team.length > 0)))
        return tdm__fail(error, TDM_INVALID_INPUT,
                         "scopes: a program may do no more than the account that it acts for, and cases are "
                         "granted for those of a manager's team alone");
    return TDM_OK;
}

static void put_scopes(tdm__json_writer *json, tdm_str words)
{
    tdm__json_put_name(json, "scopes");
    tdm__json_open_array(json);
    while (words.length > 0)
        tdm__json_put_string(json, tdm__str_split(&words, ' '));
    tdm__json_close_array(json);
}

/* Members of an open object. The digest is what a token is named by; nobody can show it. */
static void put_token(tdm__json_writer *json, const tdm__stored_token *token)
{
    char id[DIGEST_HEX_SIZE];
    tdm__hex(id, (const unsigned char *)token->hash.data, TDM_TOKEN_HASH_BYTES);
    tdm__answer_member(json, "id", tdm__str(id));
    tdm__answer_member(json, "account", token->account);
    tdm__answer_member(json, "label", token->label);
    put_scopes(json, token->scopes);
    tdm__answer_time(json, "created", token->created);
    tdm__answer_time(json, "expires", token->expires);
    tdm__answer_time(json, "last_used", token->last_used);
    tdm__answer_time(json, "revoked", token->revoked);
}

static tdm_status new_token(const tdm_request *request, tdm__stored_token *token, tdm_sink sink,
                            tdm_error *error)
{
    tdm__answer answer;
    tdm__token made;
    tdm__digest digest;
    char text[TDM__TOKEN_SIZE];
    if (tdm__token_new(&made, TDM__TOKEN_BEARER) != TDM_OK)
        return tdm__fail(error, TDM_INTERNAL, "%s", tdm_status_text(TDM_INTERNAL));
    tdm__token_digest(&digest, &made);
    tdm__token_write(text, &made);
    tdm__wipe(&made, sizeof made);
    token->hash = (tdm_str){(const char *)digest.bytes, sizeof digest.bytes};
    tdm_status status = tdm__work_add_token(request->serving->work, token, error);
    if (status == TDM_OK) {
        tdm__answer_begin(&answer, request, sink);
        tdm__json_open_object(&answer.json);
        tdm__answer_member(&answer.json, "token", tdm__str(text));
        put_token(&answer.json, token);
        tdm__json_close_object(&answer.json);
        status = tdm__answer_end(&answer, TDM_OK);
    }
    tdm__wipe(text, sizeof text);
    return status;
}

static tdm_status make(const tdm_request *request, tdm_str label, tdm_str words, int64_t days, tdm_sink sink,
                       tdm_error *error)
{
    tdm__stored_user user;
    tdm__serving *serving = request->serving;
    int64_t now = serving->call->now;
    tdm_status status = find_account(&user, request, error);
    if (status == TDM_OK)
        status = check_grants(&user, words, error);
    if (status != TDM_OK)
        return status;
    tdm__stored_token token = {.kind = TDM__STORED_BEARER,
                               .account = user.name,
                               .label = label,
                               .scopes = words,
                               .created = now,
                               .expires = now + days * SECONDS_OF_DAY};
    serving->note.object = user.name;
    serving->note.details = tdm__arena_copy(serving->arena, words);
    return serving->note.details.data ? new_token(request, &token, sink, error) : tdm__no_memory(error);
}

tdm_status tdm__op_tokens_make(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error)
{
    int64_t count = 0;
    tdm__text words;
    const tdm__json_value *label, *scopes, *days;
    const tdm__json_field fields[] = {{"label", TDM__JSON_STRING, true, false, &label},
                                      {"scopes", TDM__JSON_ARRAY, true, false, &scopes},
                                      {"days", TDM__JSON_NUMBER, true, false, &days}};
    tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = tdm__serving_body(serving, "a token", fields, 3, error);
    if (status != TDM_OK)
        return status;
    if (!tdm__json_int64(&count, days) || count < 1 || count > TOKEN_DAYS_MAX)
        return tdm__fail(error, TDM_INVALID_INPUT, "days: expected 1 to %d", TOKEN_DAYS_MAX);
    if (tdm__json_string(label).length == 0 || tdm__json_string(label).length > LABEL_MAX_BYTES)
        return tdm__fail(error, TDM_INVALID_INPUT, "label: expected 1 to %d bytes", LABEL_MAX_BYTES);
    tdm__text_init(&words, &serving->context->allocator);
    status = read_scopes(&words, scopes, error);
    if (status == TDM_OK)
        status = make(request, tdm__json_string(label), tdm__text_str(&words), count, sink, error);
    tdm__text_free(&words);
    serving->is_secret = true;
    serving->reply->created = status == TDM_OK;
    return status;
}

tdm_status tdm__op_tokens_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error)
{
    tdm__answer answer;
    tdm__stored_user user;
    tdm__stored_tokens tokens = {.next = {"", 0}};
    const tdm__serving *serving = request->serving;
    (void)outcome;
    tdm_status status = find_account(&user, request, error);
    if (status != TDM_OK)
        return status;
    tdm__list_begin(&answer, request, sink);
    do {
        status = tdm__work_tokens(&tokens, serving->work, serving->arena, user.name,
                                  (tdm__paging){.after = tokens.next, .limit = TDM_PAGE_MOST}, error);
        for (size_t i = 0; status == TDM_OK && i < tokens.count; i++) {
            if (tokens.items[i].kind != TDM__STORED_BEARER)
                continue;
            tdm__json_open_object(&answer.json);
            put_token(&answer.json, &tokens.items[i]);
            tdm__json_close_object(&answer.json);
        }
    } while (status == TDM_OK && tokens.next.length > 0);
    return tdm__list_end(&answer, TDM_LIT(""), status);
}

tdm_status tdm__op_tokens_revoke(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                 tdm_error *error)
{
    unsigned char bytes[TDM_TOKEN_HASH_BYTES];
    tdm__stored_token token;
    tdm_status status = TDM_NOT_FOUND;
    tdm__serving *serving = request->serving;
    tdm_str hash = {(const char *)bytes, sizeof bytes};
    (void)outcome;
    (void)sink;
    serving->reply->media_type[0] = '\0';
    if (tdm__unhex(bytes, sizeof bytes, option(request, "id")))
        status = tdm__work_token(&token, serving->work, serving->arena, hash, error);
    if (status == TDM_NOT_FOUND || (status == TDM_OK && token.kind != TDM__STORED_BEARER))
        return tdm__fail(error, TDM_NOT_FOUND, "there is no such token");
    if (status != TDM_OK)
        return status;
    serving->note.object = token.account;
    serving->note.details = token.scopes;
    return tdm__work_revoke_token(serving->work, hash, serving->call->now, error);
}
