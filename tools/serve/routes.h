/*
 * The table of the HTTP interface: method and path to an operation of the library, and which
 * parameters become its options. Whether somebody may, and what it means, is not decided here.
 */
#ifndef TIDEMARK_SERVE_ROUTES_H
#define TIDEMARK_SERVE_ROUTES_H

#include "buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum body_kind {
    BODY_NONE,
    BODY_JSON, /* one JSON value; may be left away */
    BODY_RAW,  /* a return, as it is */
    BODY_FORM  /* fields of a form of the page without script */
};

typedef struct route {
    const char *method;
    const char *path; /* {child} is the child, any other an option of that name */
    const char *operation;
    const char *query; /* "name:type" or "name:type:option" a parameter; types text, flag, number, date */
    int body;          /* enum body_kind */
    bool needs_match;  /* a change of what has versions: If-Match must say which one */
} route;

enum { ROUTE_VALUES_MOST = 3, ROUTE_PATH_MOST = 1024 };

/* Where a path leads. */
typedef struct route_match {
    const route *route;                   /* NULL: no such path, or not with this method */
    bool is_path;                         /* the path is one, whatever the method */
    char allowed[64];                     /* the methods of the path, "GET, HEAD, POST" */
    bool bad_path;                        /* an escape in it is wrong */
    size_t value_count;                   /* of {} in the path, decoded */
    const char *names[ROUTE_VALUES_MOST]; /* as in the template, "child}..."; static */
    char *values[ROUTE_VALUES_MOST];      /* in `room` */
    char room[ROUTE_PATH_MOST];
} route_match;

/* `path` as it was sent, escapes and all. HEAD goes where GET does. */
void route_find(route_match *out, const char *method, const char *path);

/* Row of the table; NULL behind the last. */
const route *route_at(size_t index);

/* Decodes %XX in place. False: a wrong escape, or a control character. */
bool percent_decode(char *text);

/* Adds `"name":value` for a query parameter as its type says. NULL, or what is wrong with it. */
const char *route_query_option(buffer *options, const route *on, const char *name, char *value);

/* The table, a line each: method, path, operation, query, body, "if-match". */
void routes_print(void);

#endif
