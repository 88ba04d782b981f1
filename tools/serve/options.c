/*
 * What is typed behind `tidemark serve`: the options in a table, and their help.
 */
#include "serve.h"

#include "command.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One of the three members says where the value goes. */
static const struct {
    const char *flag;
    const char *value; /* in help; NULL: it takes none */
    const char *doc;
    size_t at; /* in serve_settings */
    enum { TEXT, FLAG, NUMBER } type;
    int32_t least, most;
} options[] = {
#define AT(member) offsetof(serve_settings, member)
    {"--listen", "ADDRESS:PORT",
     "where to listen; default 127.0.0.1:8137. Elsewhere than on this machine only\n"
     "with accounts, and with TLS or behind a proxy; port 0 is any that is free",
     AT(listen), TEXT, 0, 0},
    {"--tls-cert", "FILE", "certificate with its chain (PEM); TLS 1.2 and later", AT(tls_cert), TEXT, 0, 0},
    {"--tls-key", "FILE", "its key (PEM)", AT(tls_key), TEXT, 0, 0},
    {"--behind-proxy", NULL, "a proxy in front speaks TLS and says in X-Forwarded-For who asks",
     AT(behind_proxy), FLAG, 0, 0},
    {"--key", "FILE", "key file of an encrypted store; its passphrase is in TIDEMARK_PASSPHRASE", AT(key),
     TEXT, 0, 0},
    {"--passphrase-file", "FILE", "or in this file", AT(passphrase_file), TEXT, 0, 0},
    {"--policy", "FILE", "values of the partnership; default: the policy that is shipped", AT(policy), TEXT,
     0, 0},
    {"--scripts", "DIR", "indicators and instruments of one's own beside the shipped ones", AT(scripts), TEXT,
     0, 0},
    {"--readers", "N", "how many read the store at a time, 1 to 64; default 4", AT(readers), NUMBER, 1, 64},
    {"--connections", "N", "how many may be connected at a time; default 1000", AT(connections), NUMBER, 1,
     10000},
    {"--idle-seconds", "N", "who sends nothing for so long is cut off; default 30", AT(idle_seconds), NUMBER,
     1, 3600},
    {"--log", "FILE", "where the log goes, a JSON object a line; default: standard error", AT(log), TEXT, 0,
     0},
    {"--web", "DIR", "folder of the page; default: web/ in the data folder", AT(web), TEXT, 0, 0},
#undef AT
};

enum { OPTION_COUNT = sizeof options / sizeof *options };

static void print_wrapped(const char *doc)
{
    for (; *doc; doc++) {
        putchar(*doc);
        if (*doc == '\n')
            printf("%23s", "");
    }
    putchar('\n');
}

void serve_print_help(void)
{
    puts("Answer over HTTP: the page for people, and the JSON API under /v1.\n\n"
         "usage: tidemark serve [OPTIONS] STORE\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        int written = printf("  %s%s%s", options[i].flag, options[i].value ? " " : "",
                             options[i].value ? options[i].value : "");
        if (written > 22)
            putchar('\n');
        printf("%*s", written > 22 ? 23 : 23 - written, "");
        print_wrapped(options[i].doc);
    }
    puts("  --data DIR           folder with scripts/ and web/; else TIDEMARK_DATA, else beside the command\n"
         "  --routes             print the table of addresses and end\n"
         "  --help               this text\n\n"
         "SIGTERM and Ctrl-C end it once what it answers is sent; SIGHUP reads policy and scripts anew and "
         "opens\n"
         "the log anew.\n\n"
         "example: tidemark serve cases.db");
}

static bool read_number(int32_t *out, const char *value, int32_t least, int32_t most)
{
    char *end;
    if (value[0] < '0' || value[0] > '9' || strlen(value) > 6)
        return false;
    long number = strtol(value, &end, 10);
    *out = (int32_t)number;
    return *end == '\0' && number >= least && number <= most;
}

/* The option's value goes to its member; false: it is not one of its values. */
static bool set(serve_settings *out, size_t option, const char *value)
{
    char *member = (char *)out + options[option].at;
    switch (options[option].type) {
    case FLAG:
        memcpy(member, &(bool){true}, sizeof(bool));
        return true;
    case NUMBER: {
        int32_t number = 0;
        bool fine = read_number(&number, value, options[option].least, options[option].most);
        memcpy(member, &number, sizeof number);
        return fine;
    }
    default:
        memcpy(member, &value, sizeof value);
        return true;
    }
}

static int take(serve_settings *out, int *at, int count, char **arguments)
{
    const char *argument = arguments[*at];
    if (argument[0] != '-') {
        if (out->store)
            return usage("one store at a time", argument);
        out->store = argument;
        return EXIT_FINE;
    }
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (strcmp(options[i].flag, argument) != 0)
            continue;
        const char *value = options[i].value ? (*at + 1 < count ? arguments[++*at] : NULL) : "";
        if (!value)
            return usage("a value is missing", argument);
        return set(out, i, value) ? EXIT_FINE
                                  : usage("the value is outside its range; --help says which", argument);
    }
    return usage("there is no such option; --help lists them", argument);
}

int serve_settings_read(serve_settings *out, int count, char **arguments)
{
    common_options common = {0};
    *out =
        (serve_settings){.listen = "127.0.0.1:8137", .readers = 4, .idle_seconds = 30, .connections = 1000};
    int code = EXIT_FINE;
    for (int i = 0; code == EXIT_FINE && i < count; i++) {
        if (strcmp(arguments[i], "--data") != 0)
            code = take(out, &i, count, arguments);
        else if (take_common_option(&common, &i, count, arguments) < 0)
            code = usage("a value is missing", "--data");
    }
    out->data = data_folder(&common);
    if (code != EXIT_FINE)
        return code;
    if (!out->store)
        return usage("name the store to serve; tidemark serve --help says more", NULL);
    if (!out->tls_cert != !out->tls_key)
        return usage("--tls-cert and --tls-key belong together", NULL);
    if (out->tls_cert && out->behind_proxy)
        return usage("--behind-proxy leaves TLS to the proxy", NULL);
    return EXIT_FINE;
}
