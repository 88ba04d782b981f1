/*
 * A service over a store of invented children, with an account of each role: what the tests of its operations
 * share. The store and its keys are files in a folder of their own, gone when it is closed.
 *
 *   ann   practitioner, team north   LN-1 is allocated to her
 *   mo    manager, team north        LN-1 is his team's
 *   pat   practitioner, team south   has no case
 *   sue   manager, team south
 *   ida   analyst
 *   rex   reviewer                   nothing is opened to him
 *   eve   administrator
 */
#ifndef TDM_TESTS_API_SERVED_H
#define TDM_TESTS_API_SERVED_H

#include "api/fixture.h"
#include "api/serving.h"

/* 2024-10-01 and a second of its morning. */
#define SERVED_NOW   1727776800
#define SERVED_CHILD "LN-1"

typedef struct served {
    char folder[64], store[96];
    tdm_context *opener, *caller;
    tdm_service *service;
    tdm_call call; /* of the next call: `now` moves when a test moves it */
    tdm_reply reply;
    answer answer;
    char token[96], csrf[96];
} served;

void served_open(served *s);
void served_close(served *s);
/* The account's session is the caller from now on; "" is nobody. */
void served_as(served *s, const char *account);
/* A program's token for an account, put into the store with these grants whether it may hold them or not. */
void served_token(served *s, char token[TDM__TOKEN_SIZE], const char *account, tdm_str grants);
/* One call; the answer's text is of this call alone. */
tdm_status served_ask(served *s, const char *request);
/* One call that must give the status. */
void served_expect(served *s, const char *request, tdm_status expected);
/* The command on the store, which no service need have open: an operation with one option, or none (NULL). */
tdm_status served_command(const served *s, const tdm_allocator *allocator, const char *operation,
                          const char *name, const char *value);
/* The last answer as JSON; freed with tdm__json_free. */
tdm__json *served_json(const served *s);

#endif
