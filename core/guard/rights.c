/*
 * The tables of rights, and the answers that are read from them.
 */
#include "guard/rights.h"

#include <string.h>

#define REASON_MIN_BYTES 10
#define REASON_MAX_BYTES 1000

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* --- words --- */

#define ROLE_ROW(name, bit, word) {TDM__ROLE_##name, word},
static const struct {
    tdm__role_set role;
    const char *word;
} role_words[] = {TDM__ROLE_MAP(ROLE_ROW)};
#undef ROLE_ROW

#define SCOPE_WORD(name, word) word,
static const char *const scope_words[] = {TDM__SCOPE_MAP(SCOPE_WORD)};
#undef SCOPE_WORD

#define GRANT_ROW(name, bit, word, scope, is_write) {TDM__GRANT_##name, word, scope, is_write},
static const struct {
    tdm__grant_set grant;
    const char *word;
    tdm__scope scope;
    bool is_write;
} grant_rows[] = {TDM__GRANT_MAP(GRANT_ROW)};
#undef GRANT_ROW

const char *tdm__rights_role_word(tdm__role_set role)
{
    for (size_t i = 0; i < COUNT(role_words); i++)
        if (role_words[i].role == role)
            return role_words[i].word;
    return NULL;
}

bool tdm__rights_role_of(tdm__role_set *out, tdm_str word)
{
    *out = 0;
    for (size_t i = 0; i < COUNT(role_words); i++)
        if (tdm__str_equal(word, tdm__str(role_words[i].word)))
            *out = role_words[i].role;
    return *out != 0;
}

const char *tdm__rights_scope_word(tdm__scope scope)
{
    return scope_words[scope];
}

void tdm__grants_write(tdm__text *out, tdm__grant_set grants)
{
    const char *before = "";
    for (size_t i = 0; i < COUNT(grant_rows); i++)
        if (grants & grant_rows[i].grant) {
            tdm__text_puts(out, before);
            tdm__text_puts(out, grant_rows[i].word);
            before = " ";
        }
}

static tdm__grant_set grant_of(tdm_str word)
{
    for (size_t i = 0; i < COUNT(grant_rows); i++)
        if (tdm__str_equal(word, tdm__str(grant_rows[i].word)))
            return grant_rows[i].grant;
    return 0;
}

bool tdm__grants_read(tdm__grant_set *out, tdm_str text)
{
    tdm__grant_set grants = 0;
    bool ends_in_space = text.length > 0 && text.data[text.length - 1] == ' ';
    *out = 0;
    while (text.length > 0) {
        tdm__grant_set grant = grant_of(tdm__str_split(&text, ' '));
        if (grant == 0 || (grants & grant))
            return false;
        grants |= grant;
    }
    if (!ends_in_space)
        *out = grants;
    return !ends_in_space;
}

/* --- what a role may --- */

enum { MAY_READ = 1, MAY_WRITE = 2, MAY_BOTH = 3 };

/* Whatever the rows of operations say: no role goes beyond its line. A program's grants say more. */
static const struct {
    tdm__role_set role;
    unsigned char may[TDM__SCOPES];
} limits[] = {
    {TDM__ROLE_PRACTITIONER,
     {[TDM__SCOPE_RULES] = MAY_READ, [TDM__SCOPE_CASE] = MAY_BOTH, [TDM__SCOPE_SELF] = MAY_BOTH}},
    {TDM__ROLE_MANAGER,
     {[TDM__SCOPE_RULES] = MAY_READ,
      [TDM__SCOPE_CASE] = MAY_BOTH,
      [TDM__SCOPE_CASELOAD] = MAY_READ,
      [TDM__SCOPE_STORE] = MAY_BOTH, /* returns that are sent in: rows name who may do more */
      [TDM__SCOPE_AUDIT] = MAY_READ,
      [TDM__SCOPE_SELF] = MAY_BOTH}},
    {TDM__ROLE_ANALYST,
     {[TDM__SCOPE_RULES] = MAY_BOTH, [TDM__SCOPE_CASELOAD] = MAY_READ, [TDM__SCOPE_SELF] = MAY_BOTH}},
    {TDM__ROLE_REVIEWER,
     {[TDM__SCOPE_RULES] = MAY_READ, [TDM__SCOPE_CASE] = MAY_READ, [TDM__SCOPE_SELF] = MAY_BOTH}},
    {TDM__ROLE_ADMINISTRATOR,
     {[TDM__SCOPE_RULES] = MAY_BOTH,
      [TDM__SCOPE_STORE] = MAY_BOTH,
      [TDM__SCOPE_ACCOUNTS] = MAY_BOTH,
      [TDM__SCOPE_AUDIT] = MAY_READ,
      [TDM__SCOPE_SELF] = MAY_BOTH}},
    {TDM__ROLE_PROGRAM,
     {[TDM__SCOPE_RULES] = MAY_READ,
      [TDM__SCOPE_CASE] = MAY_BOTH,
      [TDM__SCOPE_CASELOAD] = MAY_READ,
      [TDM__SCOPE_STORE] = MAY_BOTH,
      [TDM__SCOPE_AUDIT] = MAY_READ}},
};

static unsigned char limit_of(tdm__role_set role, tdm__scope scope)
{
    for (size_t i = 0; i < COUNT(limits); i++)
        if (limits[i].role == role)
            return limits[i].may[scope];
    return 0;
}

#define RIGHT_ROW(name, code, access, sentence) {TDM__RIGHT_##name, TDM__ACCESS_##access, code, sentence},
static const tdm__right rights[] = {TDM__RIGHT_MAP(RIGHT_ROW)};
#undef RIGHT_ROW

/* --- one case --- */

static bool has_letter(tdm_str text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80)
            return true;
    }
    return false;
}

bool tdm__reason_counts(tdm_str reason)
{
    size_t bad_at;
    reason = tdm__str_trimmed(reason);
    return reason.length >= REASON_MIN_BYTES && reason.length <= REASON_MAX_BYTES &&
           tdm__utf8_valid(reason, &bad_at) && has_letter(reason);
}

static tdm__right_code with_reason(const tdm__case_facts *facts)
{
    return tdm__reason_counts(facts->reason) ? TDM__RIGHT_CHALLENGED : TDM__RIGHT_REASON_NEEDED;
}

static bool is_of_team(const tdm__rights_actor *actor, const tdm__case_facts *facts)
{
    return actor->team != 0 && actor->team == facts->team;
}

static tdm__right_code case_of_practitioner(const tdm__rights_actor *actor, const tdm__case_facts *facts,
                                            int64_t now)
{
    (void)actor;
    (void)now;
    return facts->is_own ? TDM__RIGHT_OWN_CASE : with_reason(facts);
}

static tdm__right_code case_of_manager(const tdm__rights_actor *actor, const tdm__case_facts *facts,
                                       int64_t now)
{
    (void)now;
    if (is_of_team(actor, facts))
        return TDM__RIGHT_TEAM_CASE;
    return facts->is_own ? TDM__RIGHT_OWN_CASE : with_reason(facts);
}

static tdm__right_code case_of_reviewer(const tdm__rights_actor *actor, const tdm__case_facts *facts,
                                        int64_t now)
{
    (void)actor;
    if (facts->opened_until == 0)
        return TDM__RIGHT_NOT_OPENED;
    return now < facts->opened_until ? TDM__RIGHT_OPENED_CASE : TDM__RIGHT_REVIEW_OVER;
}

static tdm__right_code case_of_program(const tdm__rights_actor *actor, const tdm__case_facts *facts,
                                       int64_t now)
{
    (void)now;
    if (actor->team == 0)
        return TDM__RIGHT_ALLOWED;
    return is_of_team(actor, facts) ? TDM__RIGHT_TEAM_CASE : TDM__RIGHT_OTHER_TEAM;
}

/* The roles that have cases at all; `reach` is what a list of them holds. */
static const struct {
    tdm__role_set role;
    tdm__reach reach;
    tdm__right_code (*decide)(const tdm__rights_actor *actor, const tdm__case_facts *facts, int64_t now);
} case_rules[] = {
    {TDM__ROLE_PRACTITIONER, TDM__REACH_OWN, case_of_practitioner},
    {TDM__ROLE_MANAGER, TDM__REACH_OWN_OR_TEAM, case_of_manager},
    {TDM__ROLE_REVIEWER, TDM__REACH_OPENED, case_of_reviewer},
    {TDM__ROLE_PROGRAM, TDM__REACH_TEAM, case_of_program},
};

static tdm__right_code decide_case(const tdm__rights_actor *actor, const tdm__case_facts *facts, int64_t now)
{
    for (size_t i = 0; i < COUNT(case_rules); i++)
        if (case_rules[i].role == actor->role)
            return case_rules[i].decide(actor, facts, now);
    return TDM__RIGHT_NOT_FOR_ROLE;
}

/* --- the decision --- */

static bool is_granted(const tdm__rights_actor *actor, const tdm__wish *wish)
{
    for (size_t i = 0; i < COUNT(grant_rows); i++)
        if (grant_rows[i].scope == wish->scope && grant_rows[i].is_write == wish->is_write &&
            (actor->grants & grant_rows[i].grant))
            return true;
    return false;
}

/* Why a role has no part in it: the sentence that helps most. */
static tdm__right_code refusal(const tdm__rights_actor *actor, const tdm__wish *wish)
{
    bool is_about_cases = wish->scope == TDM__SCOPE_CASE || wish->scope == TDM__SCOPE_CASELOAD;
    unsigned char may = limit_of(actor->role, wish->scope);
    if (actor->role == TDM__ROLE_ANALYST && wish->scope == TDM__SCOPE_CASE)
        return TDM__RIGHT_PSEUDONYMS_ONLY;
    if (actor->role == TDM__ROLE_ADMINISTRATOR && is_about_cases)
        return TDM__RIGHT_NO_CASES;
    return may == MAY_READ && wish->is_write ? TDM__RIGHT_READ_ONLY : TDM__RIGHT_NOT_FOR_ROLE;
}

static tdm__right_code decide(const tdm__rights_actor *actor, const tdm__wish *wish,
                              const tdm__case_facts *facts, int64_t now)
{
    if (actor->account == 0 || !tdm__rights_role_word(actor->role))
        return TDM__RIGHT_NOBODY;
    if ((size_t)wish->scope >= TDM__SCOPES)
        return TDM__RIGHT_NOT_FOR_ROLE;
    unsigned char needed = wish->is_write ? MAY_WRITE : MAY_READ;
    if (!(limit_of(actor->role, wish->scope) & needed) || !(wish->roles & actor->role))
        return refusal(actor, wish);
    if (actor->role == TDM__ROLE_PROGRAM && !is_granted(actor, wish))
        return TDM__RIGHT_NOT_GRANTED;
    if (wish->scope != TDM__SCOPE_CASE || wish->is_list)
        return TDM__RIGHT_ALLOWED;
    return facts ? decide_case(actor, facts, now) : TDM__RIGHT_NO_CASE;
}

tdm__right tdm__rights_decide(const tdm__rights_actor *actor, const tdm__wish *wish,
                              const tdm__case_facts *facts, int64_t now)
{
    return rights[decide(actor, wish, facts, now)];
}

/* --- lists --- */

static tdm__reach reach_of_cases(const tdm__rights_actor *actor)
{
    for (size_t i = 0; i < COUNT(case_rules); i++)
        if (case_rules[i].role == actor->role)
            return case_rules[i].reach;
    return TDM__REACH_NONE;
}

/* Of caseload and audit trail: a manager's own team, else all of it. */
static tdm__reach reach_of_others(const tdm__rights_actor *actor)
{
    return actor->role == TDM__ROLE_MANAGER || actor->role == TDM__ROLE_PROGRAM ? TDM__REACH_TEAM
                                                                                : TDM__REACH_ALL;
}

tdm__reach tdm__rights_reach(const tdm__rights_actor *actor, tdm__scope scope)
{
    bool is_listed = scope == TDM__SCOPE_CASE || scope == TDM__SCOPE_CASELOAD || scope == TDM__SCOPE_AUDIT;
    const tdm__wish wish = {TDM__ROLES_ALL, scope, false, true};
    if (!is_listed || decide(actor, &wish, NULL, 0) != TDM__RIGHT_ALLOWED)
        return TDM__REACH_NONE;
    tdm__reach reach = scope == TDM__SCOPE_CASE ? reach_of_cases(actor) : reach_of_others(actor);
    if (actor->team != 0)
        return reach;
    /* In no team: a program's token is for all teams, a manager has none. */
    if (reach == TDM__REACH_OWN_OR_TEAM)
        return TDM__REACH_OWN;
    if (reach == TDM__REACH_TEAM)
        return actor->role == TDM__ROLE_PROGRAM ? TDM__REACH_ALL : TDM__REACH_NONE;
    return reach;
}

/* --- rows of the table of operations --- */

enum {
    PRACTICE = TDM__ROLE_PRACTITIONER | TDM__ROLE_MANAGER,
    LOOKING = PRACTICE | TDM__ROLE_REVIEWER | TDM__ROLE_PROGRAM,
    KEEPING = TDM__ROLE_ADMINISTRATOR | TDM__ROLE_PROGRAM
};

/* "*" stands for any word. The first row that fits counts. */
static const struct {
    const char *role, *scope;
    tdm__role_set reading, writing;
} wish_rows[] = {
    {"*", "self", TDM__ROLES_ALL & ~TDM__ROLE_PROGRAM, TDM__ROLES_ALL & ~TDM__ROLE_PROGRAM},
    {"reader", "rules", TDM__ROLES_ALL, TDM__ROLES_ALL},
    {"reader", "case", LOOKING, 0},
    {"practitioner", "rules", PRACTICE, PRACTICE},
    {"practitioner", "case", LOOKING, PRACTICE | TDM__ROLE_PROGRAM},
    {"manager", "case", TDM__ROLE_MANAGER, TDM__ROLE_MANAGER},
    {"manager", "audit", TDM__ROLE_MANAGER | KEEPING, 0},
    {"analyst", "rules", TDM__ROLE_ANALYST, TDM__ROLE_ANALYST},
    {"analyst", "caseload", TDM__ROLE_MANAGER | TDM__ROLE_ANALYST | TDM__ROLE_PROGRAM,
     TDM__ROLE_MANAGER | TDM__ROLE_ANALYST | TDM__ROLE_PROGRAM},
    {"analyst", "store", KEEPING, KEEPING},
    {"administrator", "rules", TDM__ROLE_ADMINISTRATOR, TDM__ROLE_ADMINISTRATOR},
    {"administrator", "store", TDM__ROLE_ADMINISTRATOR, TDM__ROLE_ADMINISTRATOR},
    {"administrator", "accounts", TDM__ROLE_ADMINISTRATOR, TDM__ROLE_ADMINISTRATOR},
    {"administrator", "audit", TDM__ROLE_ADMINISTRATOR, TDM__ROLE_ADMINISTRATOR},
};

static bool fits(const char *pattern, tdm_str word)
{
    return strcmp(pattern, "*") == 0 || tdm__str_equal(word, tdm__str(pattern));
}

static bool is_listed_word(tdm_str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tdm__str_equal(word, tdm__str(words[i])))
            return true;
    return false;
}

static bool scope_of(tdm__scope *out, tdm_str word)
{
    *out = (tdm__scope)0;
    for (size_t i = 0; i < COUNT(scope_words); i++)
        if (tdm__str_equal(word, tdm__str(scope_words[i]))) {
            *out = (tdm__scope)i;
            return true;
        }
    return false;
}

bool tdm__wish_of(tdm__wish *out, tdm_str role, tdm_str scope, tdm_str audit_kind)
{
    static const char *const roles[] = {"reader", "practitioner", "manager", "analyst", "administrator"};
    static const char *const kinds[] = {"none", "read", "write"};
    *out = (tdm__wish){0};
    if (!is_listed_word(role, roles, COUNT(roles)) || !is_listed_word(audit_kind, kinds, COUNT(kinds)) ||
        !scope_of(&out->scope, scope))
        return false;
    out->is_write = tdm__str_equal(audit_kind, TDM_LIT("write"));
    for (size_t i = 0; i < COUNT(wish_rows) && out->roles == 0; i++)
        if (fits(wish_rows[i].role, role) && fits(wish_rows[i].scope, scope))
            out->roles = out->is_write ? wish_rows[i].writing : wish_rows[i].reading;
    return true;
}
