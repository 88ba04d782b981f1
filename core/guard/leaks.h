/*
 * What was left in a text that could tell who it is about: where, and of which kind, never the words.
 */
#ifndef TDM_GUARD_LEAKS_H
#define TDM_GUARD_LEAKS_H

#include "base/text.h"

/* X(NAME, code, what it is, in words) */
#define TDM__LEAK_MAP(X)                                                                                     \
    X(POSSIBLE_NAME, "possible-name", "a capitalised word right behind a word such as mum or Dr")            \
    X(EMAIL, "email", "an e-mail address")                                                                   \
    X(PHONE, "phone", "a telephone number")                                                                  \
    X(NHS_NUMBER, "nhs-number", "ten digits with the check digit of an NHS number")                          \
    X(POSTCODE, "postcode", "a postcode")                                                                    \
    X(ADDRESS, "address", "a house number and a street")                                                     \
    X(BIRTH_DATE, "birth-date", "a date right behind a word such as born")                                   \
    X(KNOWN_NUMBER, "known-number", "a number of the key in a place that holds a number, not text")

#define TDM__LEAK_ENUM(name, code, words) TDM__LEAK_##name,
typedef enum tdm__leak_kind { TDM__LEAK_MAP(TDM__LEAK_ENUM) TDM__LEAK_KINDS } tdm__leak_kind;
#undef TDM__LEAK_ENUM

const char *tdm__leak_code(tdm__leak_kind kind);
const char *tdm__leak_words(tdm__leak_kind kind);

typedef struct tdm__leak {
    tdm__leak_kind kind;
    tdm_str file, sheet; /* of the source as it came; "" for lines of the export itself */
    int64_t row;         /* in that source; of the export, its line */
    tdm_str column;      /* member of the entry: "text", "facts" */
} tdm__leak;

typedef struct tdm__leaks {
    tdm__arena arena;
    tdm__leak *items;
    size_t count, capacity;
} tdm__leaks;

void tdm__leaks_init(tdm__leaks *leaks, const tdm_allocator *allocator);
void tdm__leaks_free(tdm__leaks *leaks);
/* Copies the strings. TDM_NO_MEMORY. */
tdm_status tdm__leaks_add(tdm__leaks *leaks, const tdm__leak *leak);

#endif
