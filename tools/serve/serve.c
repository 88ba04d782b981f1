/*
 * `tidemark serve`: opens what it needs, refuses to listen where nobody protects it, answers until a
 * signal ends it, and closes everything in the opposite order.
 */
#include "serve.h"

#include "command.h"
#include "listen.h"
#include "routes.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SWEEP_MS = 200, TEND_MS = 60 * 1000, STOP_MS = 30 * 1000, WORKERS_BESIDE_READERS = 2 };

/* A dump of this process would hold names; files that it makes are its own. */
static void keep_to_itself(void)
{
    struct rlimit none = {0, 0}, files;
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    (void)umask(0077);
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &files);
    }
}

/* Held back in every thread, and taken one by one in the main one: no handler runs between two lines. */
static void hold_signals(sigset_t *held)
{
    sigemptyset(held);
    sigaddset(held, SIGTERM);
    sigaddset(held, SIGINT);
    sigaddset(held, SIGHUP);
    pthread_sigmask(SIG_BLOCK, held, NULL);
    struct sigaction ignored;
    memset(&ignored, 0, sizeof ignored);
    ignored.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignored, NULL);
    /* A file that may grow no further is an error of its write, as a full disk is. */
    sigaction(SIGXFSZ, &ignored, NULL);
}

static tdm_status ask_cancelled(void *payload)
{
    const server *s = payload;
    return atomic_load(&s->cancelled) ? TDM_CANCELLED : TDM_OK;
}

static int report(const server *s, tdm_status status)
{
    print_error(tdm_context_error(s->context));
    return exit_code(status);
}

/* One line on stderr about what is not as it should be, though it is typed rightly. */
static int cannot(const char *message, const char *argument)
{
    (void)usage(message, argument);
    return EXIT_INPUT;
}

/* Without its last line end, which an editor puts there. */
static tdm_status read_passphrase(tdm_str *out, tdm_str *file, server *s)
{
    const char *given = getenv("TIDEMARK_PASSPHRASE");
    *out = given ? (tdm_str){given, strlen(given)} : (tdm_str){NULL, 0};
    if (!s->settings->passphrase_file)
        return TDM_OK;
    tdm_status status = tdm_file_read(file, s->context, s->settings->passphrase_file);
    *out = *file;
    while (out->length > 0 && (out->data[out->length - 1] == '\n' || out->data[out->length - 1] == '\r'))
        out->length--;
    return status;
}

static tdm_status open_service(server *s)
{
    tdm_str passphrase, file = {NULL, 0};
    tdm_status status = read_passphrase(&passphrase, &file, s);
    tdm_service_options options = {.struct_size = sizeof options,
                                   .policy = s->settings->policy,
                                   .scripts = s->settings->scripts,
                                   .key = s->settings->key,
                                   .passphrase = passphrase,
                                   .readers = s->settings->readers};
    if (status == TDM_OK)
        status = tdm_service_open(&s->service, s->context, s->settings->store, &options);
    tdm_buffer_free(s->context, file);
    return status;
}

/* In the source tree the page stands among the tools. */
static tdm_status load_pages(server *s)
{
    char folder[4096];
    static const char *const places[] = {"/web", "/tools/web"};
    if (s->settings->web)
        return pages_load(&s->pages, s->context, s->settings->web);
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < sizeof places / sizeof *places; i++) {
        struct stat about;
        int length = snprintf(folder, sizeof folder, "%s%s", s->settings->data, places[i]);
        if (length > 0 && (size_t)length < sizeof folder && stat(folder, &about) == 0)
            return pages_load(&s->pages, s->context, folder);
    }
    return pages_load(&s->pages, s->context, "");
}

/* Where others could reach it, somebody must be asked who they are, and nobody may listen in. */
static int check_exposure(server *s)
{
    bool accounts = false;
    if (s->loopback)
        return EXIT_FINE;
    if (!s->settings->tls_cert && !s->settings->behind_proxy)
        return usage("other machines could listen in: give --tls-cert and --tls-key, or --behind-proxy",
                     s->settings->listen);
    tdm_status status = tdm_service_has_accounts(&accounts, s->service, s->context);
    if (status != TDM_OK)
        return report(s, status);
    return accounts
               ? EXIT_FINE
               : usage("the store has no accounts: make one before others can reach it", s->settings->listen);
}

static int open_parts(server *s)
{
    tdm_context_options options = {
        .struct_size = sizeof options, .data_folder = s->settings->data, .files_allowed = true};
    tdm_status status = tdm_context_new(&s->context, &options);
    if (status != TDM_OK) {
        fprintf(stderr, "tidemark: %s\n", tdm_status_text(status));
        return exit_code(status);
    }
    status = open_service(s);
    if (status != TDM_OK)
        return report(s, status);
    status = load_pages(s);
    if (status != TDM_OK)
        return cannot("the folder of the page cannot be read, or is too large for one", s->settings->web);
    s->log = log_open(s->settings->log);
    if (!s->log)
        return cannot("the log cannot be written there", s->settings->log);
    return EXIT_FINE;
}

static bool start_workers(server *s)
{
    tdm_context_options options = {.struct_size = sizeof options,
                                   .data_folder = s->settings->data,
                                   .interrupt = ask_cancelled,
                                   .interrupt_payload = s,
                                   .input_limit_bytes = 0};
    s->jobs = jobs_start(s->settings->readers + WORKERS_BESIDE_READERS, &options);
    s->connections = connections_new(s->settings->idle_seconds);
    if (s->jobs && s->connections)
        return true;
    fputs("tidemark: no memory or no threads for the workers\n", stderr);
    return false;
}

static int start(server *s)
{
    int code = open_parts(s);
    if (code != EXIT_FINE)
        return code;
    int fd = listen_open(s, &code);
    if (fd < 0)
        return code;
    s->secure = s->settings->tls_cert || s->settings->behind_proxy;
    code = check_exposure(s);
    if (code == EXIT_FINE && (!start_workers(s) || !listen_start(s, fd)))
        code = EXIT_INPUT;
    if (!s->daemon)
        close(fd);
    return code;
}

static void close_parts(server *s)
{
    listen_stop(s);
    jobs_stop(s->jobs);
    connections_free(s->connections);
    pages_free(s->pages, s->context);
    tdm_service_free(s->service);
    log_close(s->log);
    tdm_context_free(s->context);
}

static void reload(server *s)
{
    tdm_error error;
    memset(&error, 0, sizeof error);
    tell_manager("RELOADING=1");
    log_reopen(s->log);
    tdm_status status = tdm_service_reload(s->service, &error);
    /* What is wrong stands in a file of the partnership, not in a record. */
    log_event(s->log, status == TDM_OK ? "reloaded" : "reload-failed", status == TDM_OK ? "" : error.message);
    tell_manager("READY=1");
}

static void run_tend(void *payload, tdm_context *context)
{
    server *s = payload;
    tdm_status status = tdm_service_tend(s->service, context, now_seconds(), now_day());
    if (status != TDM_OK && status != TDM_CANCELLED)
        log_event(s->log, "tend-failed", tdm_status_name(status));
    atomic_store(&s->tending, false);
}

static void tend(server *s)
{
    if (atomic_exchange(&s->tending, true))
        return;
    s->tend = (job){.run = run_tend, .payload = s};
    jobs_add(s->jobs, &s->tend);
}

/* The next signal, or 0 after a moment. */
static int next_signal(const sigset_t *held)
{
    const struct timespec moment = {0, SWEEP_MS * 1000000L};
    int taken = sigtimedwait(held, NULL, &moment);
    return taken > 0 ? taken : 0;
}

static void run(server *s, const sigset_t *held)
{
    int64_t tended_ms = 0;
    for (;;) {
        if (tended_ms == 0 || monotonic_ms() - tended_ms >= TEND_MS) {
            tend(s);
            tended_ms = monotonic_ms();
        }
        int taken = next_signal(held);
        if (taken == SIGHUP)
            reload(s);
        else if (taken)
            return;
        connections_sweep(s->connections);
    }
}

/* What has begun is answered, for half a minute or until a second signal; then it is told to end. */
static void finish(server *s, const sigset_t *held)
{
    tell_manager("STOPPING=1");
    log_event(s->log, "stopping", "");
    atomic_store(&s->stopping, true);
    listen_quiesce(s);
    int64_t until_ms = monotonic_ms() + STOP_MS;
    while (atomic_load(&s->exchanges) > 0 && monotonic_ms() < until_ms) {
        int taken = next_signal(held);
        if (taken == SIGTERM || taken == SIGINT)
            break;
        connections_sweep(s->connections);
    }
    atomic_store(&s->cancelled, true);
    /* A suspended connection cannot be closed: the workers hand theirs back first. */
    jobs_stop(s->jobs);
    s->jobs = NULL;
    listen_stop(s);
    log_event(s->log, "stopped", "");
}

static void announce(server *s)
{
    log_event(s->log, "started", s->address);
    printf("Tidemark is at %s (Ctrl-C ends it)\n", s->address);
    fflush(stdout);
    tell_manager("READY=1");
}

/* --help and --routes, wherever they stand. */
static bool only_tells(int count, char **arguments)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(arguments[i], "--help") == 0 || strcmp(arguments[i], "-h") == 0) {
            serve_print_help();
            return true;
        }
        if (strcmp(arguments[i], "--routes") == 0) {
            routes_print();
            return true;
        }
    }
    return false;
}

int run_serve(int count, char **arguments)
{
    serve_settings settings;
    sigset_t held;
    if (only_tells(count, arguments))
        return EXIT_FINE;
    int code = serve_settings_read(&settings, count, arguments);
    if (code != EXIT_FINE)
        return code;
    keep_to_itself();
    hold_signals(&held);
    server s = {.settings = &settings,
                .quiet_socket = -1,
                .run_id = (uint32_t)(now_seconds() ^ ((int64_t)getpid() << 12))};
    code = start(&s);
    if (code == EXIT_FINE) {
        announce(&s);
        run(&s, &held);
        finish(&s, &held);
    }
    close_parts(&s);
    return code;
}
