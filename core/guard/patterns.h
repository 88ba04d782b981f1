/*
 * What identifies somebody by its form alone: e-mail addresses, telephone and NHS numbers, postcodes, lines
 * of an address. The forms are those of the United Kingdom.
 */
#ifndef TDM_GUARD_PATTERNS_H
#define TDM_GUARD_PATTERNS_H

#include "guard/leaks.h"

#define TDM__COMPACT_SIZE 64

typedef struct tdm__pattern {
    tdm__leak_kind kind;
    size_t end;                      /* byte behind it */
    char compact[TDM__COMPACT_SIZE]; /* as tdm__known_compact looks for it; "" none */
} tdm__pattern;

/* What begins with the word at `at`; false when nothing does. */
bool tdm__pattern_at(tdm__pattern *out, tdm_str text, size_t at);

/* The digits of a text that is a number and nothing else, +44 written as 0; false when it is none, or has
 * fewer than 7 or more than 15 of them. */
bool tdm__compact_number(char out[TDM__COMPACT_SIZE], tdm_str text);
/* A postcode that is the whole text, in capitals without its space. */
bool tdm__compact_postcode(char out[TDM__COMPACT_SIZE], tdm_str text);
/* The check digit of ten digits, by modulus 11. */
bool tdm__is_nhs_number(const char *digits);

#endif
