/*
 * The page for who has no script: addresses below /plain/ whose forms are operations and whose answers are
 * pages. Which operation it is, who may, and what is wrong, the table and the library say; here forms become
 * bodies, and answers pages of the folder `plain/`.
 */
#ifndef TIDEMARK_SERVE_PLAIN_H
#define TIDEMARK_SERVE_PLAIN_H

#include "routes.h"

#include <tidemark/base.h>

struct exchange;

typedef struct plain_route {
    route on;
    const char *done;    /* an address to go on at, a page to be shown; NULL: the answer is one */
    const char *refused; /* the page that says why not */
} plain_route;

/* Where a path below /plain/ leads, as route_find; nothing is changed where it is none of these. */
void plain_find(struct exchange *x);
/* Whether an address is that of a page with marks, which is only shown filled. */
bool plain_is_file(const char *path);
/* A field of a form that asks: the child, or an option. NULL, or what is wrong with it. */
const char *plain_take_parameter(struct exchange *x, const char *name, char *value);
/* The form as members of a body, `"body":{...},`; its field `csrf` is the exchange's. Refuses what is no
 * form. */
tdm_status plain_put_body(buffer *envelope, struct exchange *x);
/* Makes the page of an answer; to be called once, before the answer goes out. */
void plain_dress(struct exchange *x);

#endif
