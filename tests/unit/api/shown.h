/*
 * Looking into the JSON that a service answered; and a call again and again with less memory than it needs.
 */
#ifndef TDM_TESTS_API_SHOWN_H
#define TDM_TESTS_API_SHOWN_H

#include "api/served.h"

/* A member that is text; "" where it is none. */
tdm_str member_of(const tdm__json_value *object, const char *name);
bool says(const tdm__json_value *object, const char *name, const char *text);

/* Asks with an allocator that fails at an ever later call, until the answer is TDM_OK; before that it must be
 * TDM_NO_MEMORY, nothing may come out, and no block may be left. How often it failed. */
int starve(served *s, const char *request);

#endif
