/*
 * The socket and libmicrohttpd on it: addresses, limits, TLS.
 */
#ifndef TIDEMARK_SERVE_LISTEN_H
#define TIDEMARK_SERVE_LISTEN_H

#include "serve.h"

/*
 * Opens the socket that the settings name, and says what address it is. Gives the socket, or -1 after a line
 * on stderr; *code is the exit code then.
 */
int listen_open(server *s, int *code);

/* Starts to answer on the socket, which is the daemon's from then on. False after a line on stderr. */
bool listen_start(server *s, int fd);
/* Takes no connection more; those that are there go on. */
void listen_quiesce(server *s);
/* No connection may be suspended. */
void listen_stop(server *s);

#endif
