/*
 * What each member of an export line is: a code's place, a word of the vocabulary, a date, or free text.
 * The table is the promise of what is replaced; whatever it does not name is free text.
 */
#ifndef TDM_GUARD_MEMBERS_H
#define TDM_GUARD_MEMBERS_H

#include "guard/key.h"

typedef enum tdm__treat {
    TDM__TREAT_TEXT,   /* marked, and looked at for leaks */
    TDM__TREAT_KEEP,   /* a word of the vocabulary that the reader has checked */
    TDM__TREAT_DATE,   /* kept while it is written with digits and signs alone, else text */
    TDM__TREAT_CODE,   /* replaced whole by the code of its group */
    TDM__TREAT_ROLE,   /* kept while it is a role, else a code */
    TDM__TREAT_AGENCY, /* kept while the vocabulary has it, else a code */
    TDM__TREAT_BIRTH,  /* kept, or reduced */
    TDM__TREAT_FACT,   /* kept while the vocabulary has the key, else text */
    TDM__TREAT_ITEM,   /* a text under an item's code: the code is kept while it looks like one */
    TDM__TREAT_SUBJECT /* a code of the group that the type beside it names */
} tdm__treat;

typedef struct tdm__member_rule {
    const char *type;   /* of the line; NULL: any */
    const char *parent; /* member that the value is inside of; "" the line itself */
    const char *name;   /* NULL: any */
    tdm__treat treat;
    tdm__group group;
    const char *hint; /* member of the line that says a person's role */
} tdm__member_rule;

/* Never NULL: what nothing names is text. */
const tdm__member_rule *tdm__member_rule_of(tdm_str type, tdm_str parent, tdm_str name);
/* The name as it may stand in a list of leaks: one of the table's, or "(other)". Static. */
tdm_str tdm__member_shown(tdm_str type, tdm_str name);
/* Whether a text is nothing but the code of an item ("A1a"), or a date as the library writes it. */
bool tdm__is_item_code(tdm_str text);
bool tdm__is_written_date(tdm_str text);

#endif
