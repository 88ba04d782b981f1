/*
 * Who sends a request: the token as it came, the address it came from, and signs that a page of
 * somebody else made a browser send it. Whose token it is, the library finds out.
 */
#include "exchange.h"

#include <netdb.h>
#include <string.h>
#include <strings.h>

static void find_peer(exchange *x)
{
    const union MHD_ConnectionInfo *about = MHD_get_connection_info(x->connection,
                                                                    MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = about ? about->client_addr : NULL;
    socklen_t size = address && address->sa_family == AF_INET6 ? (socklen_t)sizeof(struct sockaddr_in6)
                                                               : (socklen_t)sizeof(struct sockaddr_in);
    if (!address || getnameinfo(address, size, x->peer, sizeof x->peer, NULL, 0, NI_NUMERICHOST) != 0)
        x->peer[0] = '\0';
}

static enum MHD_Result take_last(void *payload, enum MHD_ValueKind kind, const char *name, const char *value)
{
    const char **last = payload;
    (void)kind;
    if (strcasecmp(name, "X-Forwarded-For") == 0)
        *last = value;
    return MHD_YES;
}

/* What stands last was put there by the proxy itself; all before it is the sender's word. */
static void find_forwarded_peer(exchange *x)
{
    const char *last = NULL;
    MHD_get_connection_values(x->connection, MHD_HEADER_KIND, take_last, &last);
    const char *comma = last ? strrchr(last, ',') : NULL;
    const char *address = comma ? comma + 1 : last;
    while (address && *address == ' ')
        address++;
    size_t length = address ? strspn(address, "0123456789abcdefABCDEF.:") : 0;
    if (length == 0 || length >= sizeof x->peer || address[length] != '\0')
        return;
    memcpy(x->peer, address, length + 1);
}

/* The host of "host:port" is one of this machine. */
static bool is_own_host(const char *host)
{
    size_t length = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":");
    static const char *const own[] = {"localhost", "127.0.0.1", "[::1]"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (length == strlen(own[i]) && strncasecmp(host, own[i], length) == 0)
            return true;
    return false;
}

/* On loopback a page of others could reach the server by a name that it has pointed here. */
static bool is_right_host(const exchange *x)
{
    const char *host = exchange_header(x, "Host");
    return !host || !x->server->loopback || x->server->settings->behind_proxy || is_own_host(host);
}

/* A browser says where a change comes from; a program says nothing. */
static bool is_right_origin(const exchange *x)
{
    const char *site = exchange_header(x, "Sec-Fetch-Site"), *origin = exchange_header(x, "Origin");
    const char *host = exchange_header(x, "Host"), *scheme = x->server->secure ? "https://" : "http://";
    size_t length = strlen(scheme);
    if (strcmp(x->method, "GET") == 0 || strcmp(x->method, "HEAD") == 0)
        return true;
    if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return false;
    return !origin ||
           (host && strncmp(origin, scheme, length) == 0 && strcasecmp(origin + length, host) == 0);
}

static void find_token(exchange *x)
{
    const char *authorization = exchange_header(x, "Authorization");
    const char *cookie = MHD_lookup_connection_value(x->connection, MHD_COOKIE_KIND, "tidemark_session");
    const char *csrf = exchange_header(x, "X-CSRF-Token");
    x->csrf = csrf ? csrf : "";
    x->by_cookie = !authorization && cookie;
    const char *token = x->by_cookie ? cookie : "";
    if (authorization && strncasecmp(authorization, "Bearer ", 7) == 0)
        token = authorization + 7;
    else if (authorization)
        refuse(x, 401, tdm_status_name(TDM_UNAUTHENTICATED), "expected a bearer token");
    x->token = (tdm_str){token, strlen(token)};
}

void check_sender(exchange *x)
{
    find_peer(x);
    if (x->server->settings->behind_proxy)
        find_forwarded_peer(x);
    if (!is_right_host(x))
        refuse(x, 421, "misdirected", "this server does not answer to that host name");
    else if (!is_right_origin(x))
        refuse(x, 403, tdm_status_name(TDM_FORBIDDEN), "a change must come from this server's own page");
    else
        find_token(x);
}
