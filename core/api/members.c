/*
 * See members.h.
 */
#include "api/members.h"

#include "api/answer.h"
#include "guard/seal.h"

#define NAME_MAX_BYTES   64
#define TEAM_MAX_BYTES   32
#define TITLE_MAX_BYTES  100
#define AGENCY_MAX_BYTES 64

/* --- what may stand in an account --- */

static bool is_small(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_code(tdm_str text, size_t most, const char *marks)
{
    if (text.length > most || (text.length > 0 && !is_small(text.data[0])))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        const char *mark = marks;
        while (*mark && *mark != text.data[i])
            mark++;
        if (!is_small(text.data[i]) && !*mark)
            return false;
    }
    return true;
}

static tdm_status check_name(tdm_str name, tdm_error *error)
{
    if (name.length == 0 || !is_code(name, NAME_MAX_BYTES, "._-@"))
        return tdm__fail(
            error, TDM_INVALID_INPUT,
            "name: expected up to %d of a-z, 0-9, '.', '-', '_' and '@', a letter or digit first",
            NAME_MAX_BYTES);
    return tdm__str_equal(name, TDM_LIT(TDM__COMMAND_ACTOR))
               ? tdm__fail(error, TDM_INVALID_INPUT, "name: the audit trail calls the command so")
               : TDM_OK;
}

static tdm_status check_title(tdm_str title, tdm_error *error)
{
    size_t bad_at;
    bool good = title.length > 0 && title.length <= TITLE_MAX_BYTES && tdm__utf8_valid(title, &bad_at);
    for (size_t i = 0; good && i < title.length; i++)
        good = (unsigned char)title.data[i] >= 0x20 && title.data[i] != 0x7f;
    return good ? TDM_OK
                : tdm__fail(error, TDM_INVALID_INPUT, "title: expected 1 to %d bytes of one line",
                            TITLE_MAX_BYTES);
}

/* A program is a token of an account, never an account. */
static tdm_status check_role(tdm_str role, tdm_error *error)
{
    tdm__role_set bit;
    return tdm__rights_role_of(&bit, role) && bit != TDM__ROLE_PROGRAM
               ? TDM_OK
               : tdm__fail(error, TDM_INVALID_INPUT,
                           "role: expected practitioner, manager, analyst, reviewer or administrator");
}

static tdm_status check_team(tdm_str team, tdm_error *error)
{
    return is_code(team, TEAM_MAX_BYTES, "-")
               ? TDM_OK
               : tdm__fail(error, TDM_INVALID_INPUT,
                           "team: expected up to %d of a-z, 0-9 and '-', or nothing", TEAM_MAX_BYTES);
}

/* Whether the vocabulary has it is not asked here: nothing that is limited is for an agency that it has not.
 */
static tdm_status check_agency(tdm_str agency, tdm_error *error)
{
    return agency.length > 0 && is_code(agency, AGENCY_MAX_BYTES, "-")
               ? TDM_OK
               : tdm__fail(error, TDM_INVALID_INPUT,
                           "agency: expected the code of an agency, a-z, 0-9 and '-', as in "
                           "vocabulary/agencies.csv");
}

static tdm_status check_state(tdm_str state, tdm_error *error)
{
    uint32_t number;
    return tdm__code_find(&number, &tdm__user_states, state)
               ? TDM_OK
               : tdm__fail(error, TDM_INVALID_INPUT, "state: expected active, locked or closed");
}

/* What was said, into the account. */
static tdm_status take(tdm__stored_user *user, const tdm__member_wish *wish, tdm_error *error)
{
    const struct {
        tdm_str said;
        tdm_str *to;
        tdm_status (*check)(tdm_str said, tdm_error *error);
    } members[] = {{wish->title, &user->title, check_title},
                   {wish->role, &user->role, check_role},
                   {wish->team, &user->team, check_team},
                   {wish->agency, &user->agency, check_agency},
                   {wish->state, NULL, check_state}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (!members[i].said.data)
            continue;
        tdm_status status = members[i].check(members[i].said, error);
        if (status != TDM_OK)
            return status;
        if (members[i].to)
            *members[i].to = members[i].said;
        else
            (void)tdm__code_find(&user->state, &tdm__user_states, members[i].said);
    }
    return TDM_OK;
}

/* --- making and changing --- */

tdm_status tdm__member_add(tdm__stored_user *out, tdm__work *work, const tdm__member_wish *wish, int64_t now,
                           tdm_error *error)
{
    *out = (tdm__stored_user){.name = wish->name,
                              .title = wish->name,
                              .role = {"", 0},
                              .team = {"", 0},
                              .agency = TDM_LIT(TDM__AGENCY_OF_THE_STORE),
                              .password = {"", 0},
                              .state = TDM__USER_ACTIVE,
                              .created = now,
                              .changed = now,
                              .version = 1};
    tdm_status status = check_name(wish->name, error);
    if (status == TDM_OK)
        status = take(out, wish, error);
    if (status == TDM_OK)
        status = check_role(out->role, error);
    if (status == TDM_OK)
        status = tdm__work_add_user(work, out, error);
    return status == TDM_CONFLICT ? tdm__fail(error, status, "name: there is an account of that name")
                                  : status;
}

tdm_status tdm__member_change(tdm__stored_user *user, tdm__work *work, const tdm__member_wish *wish,
                              int64_t now, tdm_error *error)
{
    const tdm_str nothing = {"", 0};
    tdm__stored_user before = *user;
    tdm_status status = take(user, wish, error);
    user->changed = now;
    if (status == TDM_OK)
        status = tdm__work_change_user(work, user, error);
    if (status != TDM_OK)
        return status;
    user->version++;
    if (user->state != TDM__USER_ACTIVE)
        return tdm__work_revoke_tokens(work, user->name, TDM_ANY, nothing, now, error);
    if (!tdm__str_equal(before.role, user->role) || !tdm__str_equal(before.team, user->team) ||
        !tdm__str_equal(before.agency, user->agency))
        return tdm__work_revoke_tokens(work, user->name, TDM__STORED_BEARER, nothing, now, error);
    return before.state == TDM__USER_ACTIVE ? TDM_OK : tdm__work_set_failures(work, user->name, 0, 0, error);
}

tdm_status tdm__member_link(char token[TDM__TOKEN_SIZE], int64_t *expires, tdm__work *work,
                            const tdm__stored_user *user, int64_t now, tdm_error *error)
{
    tdm__token made;
    tdm__digest digest;
    *expires = now + TDM__LINK_SECONDS;
    token[0] = '\0';
    if (user->state != TDM__USER_ACTIVE)
        return tdm__fail(error, TDM_CONFLICT, "state: an account that is not active has no link");
    tdm_status status = tdm__work_revoke_tokens(work, user->name, TDM__STORED_LINK, (tdm_str){"", 0}, now,
                                                error);
    if (status == TDM_OK && tdm__token_new(&made, TDM__TOKEN_LOGIN) != TDM_OK)
        status = tdm__fail(error, TDM_INTERNAL, "%s", tdm_status_text(TDM_INTERNAL));
    if (status != TDM_OK)
        return status;
    tdm__token_digest(&digest, &made);
    tdm__token_write(token, &made);
    tdm__wipe(&made, sizeof made);
    tdm__stored_token stored = {.hash = {(const char *)digest.bytes, sizeof digest.bytes},
                                .kind = TDM__STORED_LINK,
                                .account = user->name,
                                .label = TDM_LIT(""),
                                .scopes = TDM_LIT(""),
                                .created = now,
                                .expires = *expires};
    return tdm__work_add_token(work, &stored, error);
}

void tdm__member_details(tdm__text *out, const tdm__member_wish *wish)
{
    const struct {
        const char *name;
        tdm_str said;
    } members[] = {
        {"role", wish->role}, {"team", wish->team}, {"agency", wish->agency}, {"state", wish->state}};
    const char *before = "";
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (members[i].said.data) {
            tdm__text_printf(out, "%s%s %.*s", before, members[i].name,
                             TDM_STR_ARGS(members[i].said.length ? members[i].said : TDM_LIT("none")));
            before = ", ";
        }
}

/* --- programs --- */

#define GRANT_ROW(name, bit, word, scope, is_write) {TDM__GRANT_##name, scope, is_write},
static const struct {
    tdm__grant_set grant;
    tdm__scope scope;
    bool is_write;
} grants[] = {TDM__GRANT_MAP(GRANT_ROW)};
#undef GRANT_ROW

/* What is about cases is granted where a program would have no others than the account. */
static bool may_be_granted(const tdm__rights_actor *actor, tdm__scope scope, bool is_write)
{
    const tdm__wish wish = {TDM__ROLES_ALL, scope, is_write, true};
    if (tdm__rights_decide(actor, &wish, NULL, 0).access != TDM__ACCESS_ALLOW)
        return false;
    switch (scope) {
    case TDM__SCOPE_CASE:
    case TDM__SCOPE_CASELOAD:
    case TDM__SCOPE_AUDIT:
        break;
    default:
        return true;
    }
    tdm__reach reach = tdm__rights_reach(actor, scope);
    return reach == TDM__REACH_OWN_OR_TEAM || reach == TDM__REACH_TEAM || reach == TDM__REACH_ALL;
}

tdm__grant_set tdm__member_grants(tdm__role_set role, bool in_team)
{
    tdm__grant_set set = 0;
    const tdm__rights_actor actor = {.role = role, .account = 1, .team = in_team ? 1 : 0};
    for (size_t i = 0; i < sizeof grants / sizeof *grants; i++)
        if (may_be_granted(&actor, grants[i].scope, grants[i].is_write))
            set |= grants[i].grant;
    return set;
}

/* --- teams --- */

tdm_status tdm__member_team_is_known(bool *out, tdm__work *work, tdm__arena *arena, tdm_str team,
                                     tdm_error *error)
{
    tdm__stored_users users = {.next = {"", 0}};
    tdm_status status;
    *out = false;
    do {
        status = tdm__work_users(&users, work, arena,
                                 (tdm__paging){.after = users.next, .limit = TDM_PAGE_MOST}, error);
        for (size_t i = 0; status == TDM_OK && i < users.count; i++)
            *out = *out || tdm__str_equal(users.items[i].team, team);
    } while (status == TDM_OK && !*out && users.next.length > 0);
    return status;
}

/* --- shown --- */

void tdm__member_put(tdm__json_writer *json, const tdm__stored_user *user)
{
    tdm__answer_member(json, "name", user->name);
    tdm__answer_member(json, "title", user->title);
    tdm__answer_member(json, "role", user->role);
    tdm__answer_member(json, "team", user->team);
    tdm__answer_member(json, "agency", user->agency);
    tdm__answer_member(json, "state", tdm__str(tdm__code_of(&tdm__user_states, user->state)));
    tdm__json_put_name(json, "version");
    tdm__json_put_int(json, user->version);
    tdm__json_put_name(json, "has_password");
    tdm__json_put_bool(json, user->password.length > 0);
    tdm__answer_time(json, "created", user->created);
    tdm__answer_time(json, "changed", user->changed);
}
