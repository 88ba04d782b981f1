/*
 * What an account may be, whoever makes it: its name, role and team; making and changing one; links to log in
 * once; what its programs may be granted. Who may do so is decided elsewhere. Internal to the layer.
 */
#ifndef TDM_API_MEMBERS_H
#define TDM_API_MEMBERS_H

#include "guard/rights.h"
#include "guard/token.h"
#include "store/accounts.h"
#include "json/json.h"

#define TDM__LINK_SECONDS (72 * 3600) /* product default */
/* How entries of the trail name the command; no account is called so. */
#define TDM__COMMAND_ACTOR "command"

/* What is to be; data NULL: it was not said. */
typedef struct tdm__member_wish {
    tdm_str name, title, role, team, agency, state;
} tdm__member_wish;

/* A new account, active and without a password. TDM_INVALID_INPUT; TDM_CONFLICT: the name is taken. */
tdm_status tdm__member_add(tdm__stored_user *out, tdm__work *work, const tdm__member_wish *wish, int64_t now,
                           tdm_error *error);
/*
 * Changes `user`, as it was read, in what was said. A session follows at once; programs lose their tokens
 * when role, team or agency is another, and everybody is out when the account is no longer active.
 *
 * TDM_INVALID_INPUT; TDM_STALE: it was changed meanwhile.
 */
tdm_status tdm__member_change(tdm__stored_user *user, tdm__work *work, const tdm__member_wish *wish,
                              int64_t now, tdm_error *error);
/* A link that logs in once; links made before are over. *expires: seconds. TDM_CONFLICT: the account is not
 * active. `token` is wiped by the caller. */
tdm_status tdm__member_link(char token[TDM__TOKEN_SIZE], int64_t *expires, tdm__work *work,
                            const tdm__stored_user *user, int64_t now, tdm_error *error);
/* What was said, for the trail: "role practitioner, team north". */
void tdm__member_details(tdm__text *out, const tdm__member_wish *wish);

/*
 * What a program may be granted that acts for an account: never more than the account's role may. A program
 * has the cases of its team, so that who has other cases than a team's can grant it none.
 */
tdm__grant_set tdm__member_grants(tdm__role_set role, bool in_team);

/* Whether some account stands in the team. */
tdm_status tdm__member_team_is_known(bool *out, tdm__work *work, tdm__arena *arena, tdm_str team,
                                     tdm_error *error);

/* Members name, title, role, team, agency, state, version, has_password, created, changed of an open object.
 */
void tdm__member_put(tdm__json_writer *json, const tdm__stored_user *user);

#endif
