/*
 * Which code an original gets: by role for people, by number for the rest, never one that is taken.
 */
#include "guard/key.h"
#include "guard/roles.h"

#include <string.h>

#define GROUP_BASE(name, text, base) base,
static const char *const group_bases[] = {TDM__GROUP_MAP(GROUP_BASE)};
#undef GROUP_BASE

/* A code is one person's in both groups of people. */
static bool is_taken(tdm__key *key, tdm__group group, tdm_str code)
{
    if (group == TDM__GROUP_PERSON || group == TDM__GROUP_ROLE)
        return tdm__key_by_code(key, TDM__GROUP_PERSON, code) || tdm__key_by_code(key, TDM__GROUP_ROLE, code);
    return tdm__key_by_code(key, group, code) != NULL;
}

static tdm_status add_and_get(tdm_str *out, tdm__key *key, tdm__group group, tdm_str code, tdm_str original)
{
    tdm_status status = tdm__key_add(key, group, code, original);
    if (status == TDM_OK)
        *out = tdm__key_at(key, tdm__key_count(key) - 1)->code;
    return status;
}

/* BASE1, BASE2, ...: the first that is free, from `first` on. */
static tdm_status add_numbered(tdm_str *out, tdm__key *key, tdm__group group, tdm_str base, uint32_t first,
                               tdm_str original)
{
    tdm__text code;
    uint32_t number = 0;
    tdm_status status = TDM_OK;
    tdm__text_init(&code, tdm__key_allocator(key));
    do {
        status = tdm__key_number(&number, key, base);
        tdm__text_clear(&code);
        tdm__text_add(&code, base);
        tdm__text_int(&code, number);
        if (code.failed)
            status = TDM_NO_MEMORY;
    } while (status == TDM_OK && (number < first || is_taken(key, group, tdm__text_str(&code))));
    if (status == TDM_OK)
        status = add_and_get(out, key, group, tdm__text_str(&code), original);
    tdm__text_free(&code);
    return status;
}

/* Read back, an event keeps its name only when that is 16 hex digits. */
static tdm_status add_event(tdm_str *out, tdm__key *key, tdm_str original)
{
    char code[TDM_HEX64_SIZE];
    uint32_t number;
    tdm_status status;
    do {
        status = tdm__key_number(&number, key, TDM_LIT("event"));
        tdm__hex64(code, number);
    } while (status == TDM_OK && is_taken(key, TDM__GROUP_EVENT, tdm__str(code)));
    return status == TDM_OK ? add_and_get(out, key, TDM__GROUP_EVENT, tdm__str(code), original) : status;
}

/* The code without its number; *bare says whether the first one goes without. */
static tdm_str role_base(bool *bare, char room[64], const tdm__role *role)
{
    size_t length = strlen(role->code);
    *bare = !role->is_worker;
    memcpy(room, role->code, length);
    if (*bare)
        room[length++] = ' ';
    return (tdm_str){room, length};
}

static tdm_status add_person(tdm_str *out, tdm__key *key, tdm_str original, tdm_str hint)
{
    char room[64];
    bool bare;
    const tdm__role *role = tdm__role_in(hint);
    /* "Mother" and "HV1" as ids are no secret: they stay what they are. */
    if ((tdm__is_role(original) || tdm__is_role_code(original)) &&
        !is_taken(key, TDM__GROUP_PERSON, original))
        return add_and_get(out, key, TDM__GROUP_PERSON, original, original);
    role = role ? role : tdm__role_in(original);
    if (!role)
        return add_numbered(out, key, TDM__GROUP_PERSON, tdm__str(group_bases[TDM__GROUP_PERSON]), 1,
                            original);
    tdm_str base = role_base(&bare, room, role);
    if (bare && !is_taken(key, TDM__GROUP_PERSON, tdm__str(role->code)))
        return add_and_get(out, key, TDM__GROUP_PERSON, tdm__str(role->code), original);
    return add_numbered(out, key, TDM__GROUP_PERSON, base, bare ? 2 : 1, original);
}

/* What stands where a role is expected, and is none. Its code must not be a role's word, which stays as it
 * is both ways; where the same person is known by that name, the code is the same. */
static tdm_status add_role(tdm_str *out, tdm__key *key, tdm_str original)
{
    char room[64];
    bool bare;
    const tdm__key_entry *person = tdm__key_by_original(key, TDM__GROUP_PERSON, original);
    if (person && !tdm__is_role(person->code) && !tdm__key_by_code(key, TDM__GROUP_ROLE, person->code))
        return add_and_get(out, key, TDM__GROUP_ROLE, person->code, original);
    const tdm__role *role = tdm__role_in(original);
    if (!role)
        return add_numbered(out, key, TDM__GROUP_ROLE, tdm__str(group_bases[TDM__GROUP_ROLE]), 1, original);
    tdm_str base = role_base(&bare, room, role);
    return add_numbered(out, key, TDM__GROUP_ROLE, base, bare ? 2 : 1, original);
}

tdm_status tdm__key_code(tdm_str *out, tdm__key *key, tdm__group group, tdm_str original, tdm_str hint)
{
    const tdm__key_entry *known = tdm__key_by_original(key, group, original);
    *out = known ? known->code : (tdm_str){NULL, 0};
    if (known)
        return TDM_OK;
    if (group == TDM__GROUP_PERSON)
        return add_person(out, key, original, hint);
    if (group == TDM__GROUP_ROLE)
        return add_role(out, key, original);
    if (group == TDM__GROUP_EVENT)
        return add_event(out, key, original);
    return add_numbered(out, key, group, tdm__str(group_bases[group]), 1, original);
}

tdm_status tdm__key_mark(tdm_str *out, tdm__key *key, tdm_str label, tdm_str letters)
{
    tdm__text mark;
    uint32_t number = 0;
    const tdm__key_entry *known = tdm__key_by_original(key, TDM__GROUP_MARK, letters);
    tdm_status status = TDM_OK;
    *out = known ? known->code : (tdm_str){NULL, 0};
    if (known)
        return TDM_OK;
    tdm__text_init(&mark, tdm__key_allocator(key));
    do {
        tdm__text_clear(&mark);
        tdm__text_char(&mark, '[');
        tdm__text_add(&mark, label);
        if (!mark.failed)
            status = tdm__key_number(&number, key, tdm__text_str(&mark));
        if (number > 1)
            tdm__text_printf(&mark, "/%u", (unsigned)number);
        tdm__text_char(&mark, ']');
        if (mark.failed)
            status = TDM_NO_MEMORY;
    } while (status == TDM_OK && is_taken(key, TDM__GROUP_MARK, tdm__text_str(&mark)));
    if (status == TDM_OK)
        status = add_and_get(out, key, TDM__GROUP_MARK, tdm__text_str(&mark), letters);
    tdm__text_free(&mark);
    return status;
}
