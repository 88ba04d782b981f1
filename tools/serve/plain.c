/*
 * See plain.h. A page is a file of `plain/` with marks: {name} is a fact of the session or the words of a
 * refusal, and what stands between <!--if WORD--> and <!--end--> is left out unless there is a refusal
 * ("problem") or the session may do the operation WORD.
 */
#include "plain.h"

#include "exchange.h"

#include <stdio.h>
#include <string.h>

#define FOLDER "/plain/"

static const plain_route routes[] = {
    {{"GET", "/plain/", "sessions.show", "", BODY_NONE, false}, "home.html", "sign-in.html"},
    {{"POST", "/plain/session", "sessions.open", "", BODY_FORM, false}, "/plain/", "sign-in.html"},
    {{"POST", "/plain/sign-out", "sessions.close", "", BODY_FORM, false}, "/plain/", "refused.html"},
    {{"POST", "/plain/password", "sessions.password", "", BODY_FORM, false}, "kept.html", "refused.html"},
    {{"GET", "/plain/report", "review", "child:text format:text", BODY_NONE, false}, NULL, "refused.html"},
    {{"GET", "/plain/chronology", "chronology", "child:text format:text", BODY_NONE, false},
     NULL,
     "refused.html"},
    {{"GET", "/plain/prompts", "prompts.list", "format:text state:text", BODY_NONE, false},
     NULL,
     "refused.html"},
};

void plain_find(exchange *x)
{
    const char *method = strcmp(x->method, "HEAD") == 0 ? "GET" : x->method;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        const route *on = &routes[i].on;
        if (strcmp(on->path, x->url) != 0)
            continue;
        x->plain = &routes[i];
        x->match.is_path = true;
        snprintf(x->match.allowed, sizeof x->match.allowed, "%s%s", on->method,
                 strcmp(on->method, "GET") == 0 ? ", HEAD" : "");
        if (strcmp(on->method, method) == 0)
            x->match.route = on;
    }
}

bool plain_is_file(const char *path)
{
    return strncmp(path, FOLDER, sizeof FOLDER - 1) == 0;
}

/* --- forms --- */

static char *cut(char *text, char at)
{
    char *found = strchr(text, at);
    if (found)
        *found++ = '\0';
    return found;
}

static bool decode(char *text)
{
    for (char *c = text; *c; c++)
        if (*c == '+')
            *c = ' ';
    return percent_decode(text);
}

const char *plain_take_parameter(exchange *x, const char *name, char *value)
{
    if (strcmp(name, "child") != 0)
        return route_query_option(&x->options, x->match.route, name, value);
    if (!strstr(x->match.route->query, "child:") || !decode(value))
        return "a field of the form is not as it must be";
    snprintf(x->match.room, sizeof x->match.room, "%s", value);
    x->match.names[0] = "child}";
    x->match.values[0] = x->match.room;
    x->match.value_count = 1;
    return NULL;
}

/* What was left empty was not said. */
static bool put_field(buffer *envelope, exchange *x, char *name, char *value, const char **before)
{
    if (!value || !decode(name) || !decode(value))
        return false;
    if (strcmp(name, "csrf") == 0) {
        snprintf(x->form_csrf, sizeof x->form_csrf, "%s", value);
        x->csrf = x->form_csrf;
    } else if (value[0]) {
        buffer_text(envelope, *before);
        buffer_json(envelope, name, strlen(name));
        buffer_text(envelope, ":");
        buffer_json(envelope, value, strlen(value));
        *before = ",";
    }
    return true;
}

tdm_status plain_put_body(buffer *envelope, exchange *x)
{
    size_t got = 0;
    const char *before = "";
    char form[FORM_BYTES_MOST + 1];
    tdm_status status = spool_read(&got, &x->body, 0, form, FORM_BYTES_MOST);
    if (status != TDM_OK)
        return status;
    form[got] = '\0';
    bool good = strlen(form) == got;
    buffer_text(envelope, "\"body\":{");
    for (char *field = form, *next; good && field && *field; field = next) {
        next = cut(field, '&');
        char *value = cut(field, '=');
        good = put_field(envelope, x, field, value, &before);
    }
    buffer_text(envelope, "},");
    if (!good)
        refuse(x, 400, "invalid-argument", "the form is not encoded as it must be");
    return TDM_OK;
}

/* --- an answer to a page --- */

/* What marks stand for: `facts` is what sessions.show answered. */
typedef struct facts {
    const char *session;
    const char *problem; /* "": none */
} facts;

/* A text member of letters that need no escape: in JSON a quote inside a text is none that stands alone. */
static size_t member_of(const char **value, const char *json, const char *name, size_t length)
{
    char wanted[40];
    snprintf(wanted, sizeof wanted, "\"%.*s\":", (int)length, name);
    const char *found = strstr(json, wanted);
    found = found ? found + strlen(wanted) : "";
    found += strspn(found, " ");
    *value = *found == '"' ? found + 1 : "";
    return strcspn(*value, "\"\\");
}

static void put_escaped(buffer *out, const char *text, size_t length)
{
    static const struct {
        char c;
        const char *written;
    } escapes[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    for (size_t i = 0; i < length; i++) {
        size_t at = 0;
        while (at < sizeof escapes / sizeof *escapes && escapes[at].c != text[i])
            at++;
        if (at < sizeof escapes / sizeof *escapes)
            buffer_text(out, escapes[at].written);
        else
            buffer_add(out, &text[i], 1);
    }
}

static void put_member(buffer *out, const char *json, const char *name, size_t length)
{
    const char *value;
    size_t value_length = member_of(&value, json, name, length);
    put_escaped(out, value, value_length);
}

static bool holds(const facts *f, const char *word, size_t length)
{
    char wanted[64];
    if (length == 7 && strncmp(word, "problem", length) == 0)
        return f->problem[0] != '\0';
    snprintf(wanted, sizeof wanted, "\"%.*s\"", (int)length, word);
    return strstr(f->session, wanted) != NULL;
}

/* Behind a mark that begins at `at`. */
static const char *put_mark(buffer *out, const facts *f, const char *at)
{
    static const char condition[] = "<!--if ", end[] = "<!--end-->";
    const char *closed = strchr(at, '}');
    if (strncmp(at, end, sizeof end - 1) == 0)
        return at + sizeof end - 1;
    if (strncmp(at, condition, sizeof condition - 1) == 0) {
        const char *word = at + sizeof condition - 1, *behind = strstr(word, "-->");
        const char *over = behind ? strstr(behind, end) : NULL;
        if (over)
            return holds(f, word, (size_t)(behind - word)) ? behind + 3 : over;
    }
    if (*at != '{' || !closed || closed - at > 20) {
        buffer_add(out, at, 1);
        return at + 1;
    }
    size_t length = (size_t)(closed - at) - 1;
    if (length == 7 && strncmp(at + 1, "problem", length) == 0)
        put_escaped(out, f->problem, strlen(f->problem));
    else
        put_member(out, f->session, at + 1, length);
    return closed + 1;
}

static tdm_status put_page(spool *to, tdm_str file, const facts *f)
{
    buffer out = {0}, text = {0};
    buffer_add(&text, file.data, file.length);
    buffer_add(&text, "", 1);
    for (const char *at = text.failed ? "" : text.bytes; *at;) {
        size_t plain = strcspn(at, "<{");
        buffer_add(&out, at, plain);
        at += plain;
        if (*at)
            at = put_mark(&out, f, at);
    }
    tdm_status status = out.failed || text.failed ? TDM_NO_MEMORY : spool_add(to, out.bytes, out.used);
    buffer_free(&out);
    buffer_free(&text);
    return status;
}

/* A file of the folder in the place of the answer's bytes, which it is told from. */
static void show(exchange *x, const char *name, unsigned status, const char *problem)
{
    char path[80], session[SESSION_BYTES_MOST + 1];
    size_t got = 0;
    snprintf(path, sizeof path, FOLDER "%s", name);
    const page_file *file = pages_find(x->server->pages, path);
    if (!file)
        return;
    if (spool_read(&got, &x->answer.body, 0, session, SESSION_BYTES_MOST) != TDM_OK)
        got = 0;
    session[got] = '\0';
    const facts f = {session, problem};
    spool_free(&x->answer.body);
    x->answer.packed = false;
    x->answer.status = put_page(&x->answer.body, file->plain, &f) == TDM_OK ? status : 500;
    snprintf(x->answer.media_type, sizeof x->answer.media_type, "%s", file->media_type);
}

void plain_dress(exchange *x)
{
    const plain_route *row = x->plain;
    /* Nobody is signed in yet: that is what the page is for. */
    bool is_first = x->answer.status == 401 && strcmp(row->on.path, FOLDER) == 0;
    if (x->answer.status >= 400)
        show(x, row->refused, is_first ? 200 : x->answer.status, is_first ? "" : x->answer.detail);
    else if (row->done && row->done[0] == '/') {
        spool_free(&x->answer.body);
        x->answer.status = 303;
        x->answer.media_type[0] = '\0';
        snprintf(x->reply.location, sizeof x->reply.location, "%s", row->done);
    } else if (row->done)
        show(x, row->done, 200, "");
}
