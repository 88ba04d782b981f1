/*
 * Words for what people are to a child: which code a person gets, which words are never a name, and which
 * ones a name follows. Tables of English words; nothing here guesses beyond them.
 */
#ifndef TDM_GUARD_ROLES_H
#define TDM_GUARD_ROLES_H

#include "base/text.h"

typedef struct tdm__role {
    const char *words; /* lower case, single spaces: "health visitor" */
    const char *code;  /* "HV" */
    bool is_worker;    /* HV1, HV2; family: Mother, Mother 2 */
} tdm__role;

/* The longest role whose words stand in the text; NULL where none does. */
const tdm__role *tdm__role_in(tdm_str text);
/* The words of the table that have a code, one after another: *at begins with 0; NULL behind the last. */
const char *tdm__role_words(size_t *at, const char *code);
/* Whether the text is words of roles and nothing else ("mother's partner"): it says what somebody is, not
 * who. */
bool tdm__is_role(tdm_str text);

/* Whether it is a worker's code already: "HV1". */
bool tdm__is_role_code(tdm_str text);

/* Both take one folded word. A capitalised word right behind a role or title may be a name ... */
bool tdm__calls_for_name(tdm_str folded);
/* ... unless it is one of these: roles, days, months, services, "I". */
bool tdm__is_no_name(tdm_str folded);

#endif
