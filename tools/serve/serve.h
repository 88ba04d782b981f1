/*
 * What the parts of `tidemark serve` share: the settings of one run, the server, and the clock. The
 * HTTP layer carries bytes to tdm_service_call and back; it decides nothing about children or people.
 */
#ifndef TIDEMARK_SERVE_H
#define TIDEMARK_SERVE_H

#include <tidemark/service.h>
#include <tidemark/tidemark.h>

#include <stdatomic.h>

#include "connections.h"
#include "files.h"
#include "jobs.h"
#include "log.h"

/* As typed; strings are borrowed from the arguments. */
typedef struct serve_settings {
    const char *store;
    const char *listen;   /* ADDRESS:PORT; port 0 takes one that is free */
    const char *tls_cert; /* PEM files; both or neither */
    const char *tls_key;
    const char *key;             /* key file of an encrypted store */
    const char *passphrase_file; /* of that key file; else TIDEMARK_PASSPHRASE */
    const char *policy;
    const char *scripts;
    const char *web;  /* folder of the page; NULL: web/ of the data folder */
    const char *log;  /* NULL: standard error */
    const char *data; /* data folder; "": none was found */
    bool behind_proxy;
    int32_t readers;      /* 1 to 64 */
    int32_t idle_seconds; /* 1 to 3600: a sender that takes longer is cut off */
    int32_t connections;  /* 1 to 10000 at a time */
} serve_settings;

struct MHD_Daemon;

typedef struct server {
    const serve_settings *settings;
    tdm_context *context; /* with files; of the main thread alone */
    tdm_service *service;
    struct MHD_Daemon *daemon;
    int quiet_socket; /* that takes no connection more; -1: none */
    page_folder *pages;
    job_queue *jobs;
    connection_list *connections;
    log_book *log;
    char address[80];      /* as people open it: "http://127.0.0.1:8137" */
    bool loopback;         /* reached from this machine alone */
    bool secure;           /* people come by https: cookies and addresses are of that */
    atomic_bool stopping;  /* no request more is taken on */
    atomic_bool cancelled; /* what still runs is to end */
    atomic_int exchanges;  /* requests that have begun and not ended */
    atomic_uint requests;  /* since the start, for their ids */
    atomic_int uploads;    /* large bodies on their way */
    atomic_bool tending;   /* that job waits or runs */
    job tend;
    uint32_t run_id; /* tells the requests of this run from those of another */
} server;

/* Reads arguments. Gives EXIT_FINE, or an exit code after a line on stderr. */
int serve_settings_read(serve_settings *out, int count, char **arguments);
void serve_print_help(void);

/* Seconds since 1970-01-01 UTC, the local day, and the time as "2024-09-30T08:15:00.125Z". */
int64_t now_seconds(void);
tdm_day now_day(void);
void now_text(char out[32]);

/* Tells systemd, where it waits for that: "READY=1", "STOPPING=1". */
void tell_manager(const char *state);

#endif
