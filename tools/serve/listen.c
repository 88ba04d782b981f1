/*
 * The socket and libmicrohttpd on it: addresses, limits, TLS. Whether it may listen at all where it is
 * told to is decided in serve.c.
 */
#include "listen.h"

#include "command.h"
#include "exchange.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    POLLING_THREADS = 2,
    HEADER_BYTES_MOST = 32 * 1024,
    BACKLOG = 511,
    /* A whole office can stand behind one address. */
    CONNECTIONS_AN_ADDRESS = 256
};

static const char tls_priorities[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE";

/* "127.0.0.1:8137", "[::1]:8137", "localhost:8137". */
static bool parse(struct addrinfo **out, const char *address)
{
    char host[64];
    struct addrinfo wanted = {
        .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
    const char *colon = strrchr(address, ':');
    size_t length = colon ? (size_t)(colon - address) : 0;
    if (length == 0 || length >= sizeof host || !colon[1] || strlen(colon + 1) > 5)
        return false;
    memcpy(host, address, length);
    host[length] = '\0';
    char *name = host;
    if (host[0] == '[' && host[length - 1] == ']') {
        host[length - 1] = '\0';
        name = host + 1;
    } else if (strchr(host, ':')) {
        return false;
    }
    if (strcmp(name, "localhost") == 0)
        name = strcpy(host, "127.0.0.1");
    return strspn(colon + 1, "0123456789") == strlen(colon + 1) &&
           getaddrinfo(name, colon + 1, &wanted, out) == 0;
}

static bool is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr) >> 24 == 127;
    return address->sa_family == AF_INET6 &&
           IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
}

static int bound_socket(const struct addrinfo *found)
{
    int on = 1;
    int fd = socket(found->ai_family, SOCK_STREAM, 0);
    if (fd < 0)
        return -1;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (found->ai_family == AF_INET6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (bind(fd, found->ai_addr, found->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    close(fd);
    return -1;
}

/* With the port that the system chose. */
static void name_address(server *s, int fd)
{
    char host[64] = "", port[8] = "";
    struct sockaddr_storage bound;
    socklen_t size = sizeof bound;
    struct sockaddr *address = (struct sockaddr *)(void *)&bound;
    if (getsockname(fd, address, &size) == 0)
        (void)getnameinfo(address, size, host, sizeof host, port, sizeof port,
                          NI_NUMERICHOST | NI_NUMERICSERV);
    bool six = strchr(host, ':') != NULL;
    snprintf(s->address, sizeof s->address, "http%s://%s%s%s:%s", s->settings->tls_cert ? "s" : "",
             six ? "[" : "", host, six ? "]" : "", port);
}

int listen_open(server *s, int *code)
{
    struct addrinfo *found = NULL;
    if (!parse(&found, s->settings->listen)) {
        *code = usage("expected an address and a port such as 127.0.0.1:8137", s->settings->listen);
        return -1;
    }
    s->loopback = is_loopback(found->ai_addr);
    int fd = bound_socket(found);
    freeaddrinfo(found);
    *code = EXIT_INPUT;
    if (fd < 0) {
        (void)usage("nobody can listen there: the port is taken, or the address is not this machine's",
                    s->settings->listen);
        return -1;
    }
    name_address(s, fd);
    return fd;
}

/* Addresses are taken apart before anything in them is decoded: see routes.c. */
static size_t leave_escaped(void *payload, struct MHD_Connection *connection, char *text)
{
    (void)payload;
    (void)connection;
    return strlen(text);
}

static void on_connection(void *payload, struct MHD_Connection *connection, void **state,
                          enum MHD_ConnectionNotificationCode what)
{
    server *s = payload;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        connections_remove(s->connections, *state);
        *state = NULL;
        return;
    }
    const union MHD_ConnectionInfo *about = MHD_get_connection_info(connection,
                                                                    MHD_CONNECTION_INFO_CONNECTION_FD);
    *state = about ? connections_add(s->connections, about->connect_fd) : NULL;
}

/* Read before the daemon starts, and of no use to it afterwards. */
static bool read_tls(server *s, tdm_str *cert, tdm_str *key)
{
    *cert = *key = (tdm_str){NULL, 0};
    if (!s->settings->tls_cert)
        return true;
    if (tdm_file_read(cert, s->context, s->settings->tls_cert) == TDM_OK &&
        tdm_file_read(key, s->context, s->settings->tls_key) == TDM_OK)
        return true;
    print_error(tdm_context_error(s->context));
    return false;
}

static struct MHD_Daemon *start(server *s, int fd, char *cert, char *key)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (cert ? MHD_USE_TLS : 0);
    bool by_address = !s->loopback && !s->settings->behind_proxy;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, cert},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, key},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)tls_priorities},
        {MHD_OPTION_END, 0, NULL},
    };
    return MHD_start_daemon(
        flags, 0, NULL, NULL, exchange_step, s, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE,
        (unsigned)POLLING_THREADS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)s->settings->connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, by_address ? (unsigned)CONNECTIONS_AN_ADDRESS : 0u,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)s->settings->idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_BYTES_MOST, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_NOTIFY_COMPLETED, exchange_end, s,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_ARRAY, cert ? tls : tls + 3,
        MHD_OPTION_END);
}

/* libmicrohttpd takes texts that end with a zero byte. */
static char *text_of(tdm_str bytes, char *room, size_t size)
{
    if (!bytes.data || bytes.length >= size)
        return NULL;
    memcpy(room, bytes.data, bytes.length);
    room[bytes.length] = '\0';
    return room;
}

bool listen_start(server *s, int fd)
{
    static char cert_room[256 * 1024], key_room[64 * 1024];
    tdm_str cert, key;
    bool fine = read_tls(s, &cert, &key);
    char *cert_text = text_of(cert, cert_room, sizeof cert_room),
         *key_text = text_of(key, key_room, sizeof key_room);
    tdm_buffer_free(s->context, cert);
    tdm_buffer_free(s->context, key);
    if (fine && (!cert_text != !s->settings->tls_cert || !key_text != !s->settings->tls_key))
        fine = false;
    if (fine)
        s->daemon = start(s, fd, cert_text, key_text);
    memset(key_room, 0, sizeof key_room);
    if (fine && !s->daemon)
        (void)usage(s->settings->tls_cert ? "cannot start; are certificate and key a pair, in PEM?"
                                          : "cannot start",
                    NULL);
    return s->daemon != NULL;
}

void listen_quiesce(server *s)
{
    /* Its threads may still take the socket out of their sets: it is closed behind them. */
    s->quiet_socket = (int)MHD_quiesce_daemon(s->daemon);
    if (s->quiet_socket >= 0)
        (void)shutdown(s->quiet_socket, SHUT_RD);
}

void listen_stop(server *s)
{
    if (s->daemon)
        MHD_stop_daemon(s->daemon);
    s->daemon = NULL;
    if (s->quiet_socket >= 0)
        close(s->quiet_socket);
    s->quiet_socket = -1;
}
