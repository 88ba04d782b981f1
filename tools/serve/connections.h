/*
 * Open connections and until when each may go on sending. libmicrohttpd ends one that is silent; a
 * sender of one byte every few seconds is ended here.
 */
#ifndef TIDEMARK_SERVE_CONNECTIONS_H
#define TIDEMARK_SERVE_CONNECTIONS_H

#include <stdint.h>

typedef struct connection_list connection_list;
typedef struct connection_entry connection_entry;

/* NULL: no memory. */
connection_list *connections_new(int32_t idle_seconds);
/* Every connection must be closed. Accepts NULL. */
void connections_free(connection_list *list);

/* NULL: no memory. Any thread, as the rest. */
connection_entry *connections_add(connection_list *list, int fd);
/* To be called before the socket is closed. Accepts NULL. */
void connections_remove(connection_list *list, connection_entry *entry);

/* Waits for a request: the next one must have come within the idle time. Accepts NULL, as the next two. */
void connection_waits(const connection_list *list, connection_entry *entry);
/* Its body of so many bytes is on its way: the idle time, and a second more for each 64 KiB. */
void connection_sends(const connection_list *list, connection_entry *entry, uint64_t bytes);
/* Everything has come. */
void connection_is_served(connection_entry *entry);

/* Ends those whose time is over. */
void connections_sweep(connection_list *list);

#endif
