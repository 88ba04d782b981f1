/*
 * Tokens as text, as digests, and what is left of their life.
 */
#include "guard/token.h"

#include <string.h>

#include "guard/seal.h"

#define TOKEN_PREFIX(name, prefix) prefix,
static const char *const prefixes[] = {TDM__TOKEN_KIND_MAP(TOKEN_PREFIX)};
#undef TOKEN_PREFIX

static tdm_str secret_part(const tdm__token *token)
{
    return (tdm_str){(const char *)token->secret, sizeof token->secret};
}

tdm_status tdm__token_new(tdm__token *out, tdm__token_kind kind)
{
    *out = (tdm__token){.kind = kind};
    if ((size_t)kind >= TDM__TOKEN_KINDS)
        return TDM_INVALID_ARG;
    return tdm__random_bytes(out->secret, sizeof out->secret);
}

void tdm__token_write(char out[TDM__TOKEN_SIZE], const tdm__token *token)
{
    memcpy(out, prefixes[token->kind], TDM__TOKEN_PREFIX_LENGTH);
    tdm__base64(out + TDM__TOKEN_PREFIX_LENGTH, token->secret);
}

bool tdm__token_read(tdm__token *out, tdm_str text)
{
    *out = (tdm__token){0};
    if (text.length != TDM__TOKEN_LENGTH)
        return false;
    for (size_t kind = 0; kind < TDM__TOKEN_KINDS; kind++)
        if (tdm__str_starts(text, tdm__str(prefixes[kind]))) {
            out->kind = (tdm__token_kind)kind;
            if (tdm__unbase64(out->secret,
                              (tdm_str){text.data + TDM__TOKEN_PREFIX_LENGTH, TDM__BASE64_LETTERS}))
                return true;
        }
    *out = (tdm__token){0};
    return false;
}

void tdm__token_digest(tdm__digest *out, const tdm__token *token)
{
    const tdm_str parts[] = {TDM_LIT("tidemark token 1"), tdm__str(prefixes[token->kind]),
                             secret_part(token)};
    tdm__digest_parts(out->bytes, sizeof out->bytes, NULL, parts, 3);
}

bool tdm__token_fits(const tdm__token *token, const tdm__digest *stored)
{
    tdm__digest digest;
    tdm__token_digest(&digest, token);
    return tdm__digest_equal(&digest, stored);
}

void tdm__token_form(char out[TDM__BASE64_LETTERS + 1], const tdm__token *session)
{
    tdm__digest key, form;
    const tdm_str label = TDM_LIT("tidemark form 1");
    memcpy(key.bytes, session->secret, sizeof key.bytes);
    tdm__digest_parts(form.bytes, sizeof form.bytes, &key, &label, 1);
    tdm__base64(out, form.bytes);
    tdm__wipe(&key, sizeof key);
}

bool tdm__token_form_is(const tdm__token *session, tdm_str text)
{
    char expected[TDM__BASE64_LETTERS + 1];
    if (text.length != TDM__BASE64_LETTERS)
        return false;
    tdm__token_form(expected, session);
    bool is_it = tdm__same_bytes(expected, text.data, TDM__BASE64_LETTERS);
    tdm__wipe(expected, sizeof expected);
    return is_it;
}

/* Seconds from one time to a later one, however far apart; 0 when it is not later. */
static uint64_t seconds_between(int64_t earlier, int64_t later)
{
    return later > earlier ? (uint64_t)later - (uint64_t)earlier : 0;
}

tdm__token_state tdm__token_state_at(const tdm__token_life *life, int64_t now)
{
    int64_t shown_at = life->used_at > life->made_at ? life->used_at : life->made_at;
    if (life->ended_at != 0)
        return TDM__TOKEN_ENDED;
    if (now >= life->expires_at)
        return TDM__TOKEN_EXPIRED;
    if (life->idle_seconds > 0 && seconds_between(shown_at, now) >= (uint64_t)life->idle_seconds)
        return TDM__TOKEN_IDLE;
    return seconds_between(now, life->made_at) > TDM__TOKEN_SLACK_SECONDS ? TDM__TOKEN_EARLY
                                                                          : TDM__TOKEN_LIVE;
}

const char *tdm__token_state_name(tdm__token_state state)
{
    static const char *const names[] = {[TDM__TOKEN_LIVE] = "live",
                                        [TDM__TOKEN_ENDED] = "ended",
                                        [TDM__TOKEN_EXPIRED] = "expired",
                                        [TDM__TOKEN_IDLE] = "idle",
                                        [TDM__TOKEN_EARLY] = "early"};
    return names[state];
}
