/*
 * The table of the HTTP interface. A route more is a row here and a path in openapi.json.
 */
#include "routes.h"

#include <stdio.h>
#include <string.h>

#define PAGED " cursor:text limit:number"
#define PROMPTS                                                                                              \
    "state:text indicator:text child:text:of_child severity:text since:number current:flag gone:flag" PAGED
#define TRAIL    "account:text operation:text since:date until:date newest:flag" PAGED
#define REVIEWED "as_of:date format:text"
#define COUNTED  "from:date to:date by:text as_of:date"

static const route routes[] = {
    {"POST", "/v1/sessions", "sessions.open", "", BODY_JSON, false},
    {"GET", "/v1/session", "sessions.show", "", BODY_NONE, false},
    {"DELETE", "/v1/session", "sessions.close", "", BODY_NONE, false},
    {"POST", "/v1/session/password", "sessions.password", "", BODY_JSON, false},

    {"GET", "/v1/children", "children.list", "q:text" PAGED, BODY_NONE, false},
    {"GET", "/v1/children/{child}", "children.show", "", BODY_NONE, false},
    {"POST", "/v1/children/{child}/access", "children.access", "", BODY_JSON, false},
    {"PUT", "/v1/children/{child}/allocation", "children.allocate", "", BODY_JSON, false},
    {"POST", "/v1/children/{child}/openings", "children.open", "", BODY_JSON, false},
    {"GET", "/v1/children/{child}/openings", "openings.list", "cursor:text limit:number", BODY_NONE, false},
    {"POST", "/v1/children/{child}/openings/{opening}/end", "children.close", "", BODY_JSON, false},
    {"GET", "/v1/children/{child}/audit", "children.trail", TRAIL, BODY_NONE, false},
    {"GET", "/v1/children/{child}/review", "review",
     REVIEWED " cumulative:flag with_events:flag explain_all:flag", BODY_NONE, false},
    {"GET", "/v1/children/{child}/chronology", "chronology", REVIEWED " significant:flag", BODY_NONE, false},
    {"GET", "/v1/children/{child}/timeline", "timeline", "as_of:date significant:flag current:flag",
     BODY_NONE, false},
    {"GET", "/v1/children/{child}/knew", "knew", REVIEWED, BODY_NONE, false},
    {"GET", "/v1/children/{child}/replay", "replay", "format:text from:date to:date", BODY_NONE, false},
    {"GET", "/v1/children/{child}/quality", "check", REVIEWED, BODY_NONE, false},
    {"GET", "/v1/children/{child}/comparison", "compare", "format:text", BODY_NONE, false},
    {"GET", "/v1/children/{child}/events/{event}", "events.show", "as_of:date", BODY_NONE, false},
    {"POST", "/v1/children/{child}/events", "events.add", "", BODY_JSON, false},
    {"PUT", "/v1/children/{child}/events/{event}", "events.correct", "", BODY_JSON, true},
    {"GET", "/v1/children/{child}/assessments", "assessments.list", "", BODY_NONE, false},
    {"POST", "/v1/children/{child}/assessments", "assessments.begin", "", BODY_JSON, false},

    {"GET", "/v1/assessments/{id}", "assessments.show", "", BODY_NONE, false},
    {"PUT", "/v1/assessments/{id}", "assessments.save", "", BODY_JSON, true},
    {"DELETE", "/v1/assessments/{id}", "assessments.withdraw", "", BODY_JSON, true},
    {"POST", "/v1/assessments/{id}/completion", "assessments.complete", "", BODY_JSON, true},
    {"POST", "/v1/assessments/{id}/countersignature", "assessments.countersign", "", BODY_JSON, false},
    {"GET", "/v1/assessments/{id}/previous", "assessments.previous", "", BODY_NONE, false},
    {"GET", "/v1/assessments/{assessment}/record", "assessment.export", "format:text", BODY_NONE, false},

    {"GET", "/v1/instruments", "instruments.list", "", BODY_NONE, false},
    {"GET", "/v1/instruments/{id}", "instruments.show", "", BODY_NONE, false},
    {"GET", "/v1/instruments/{id}/form", "instruments.blank", "format:text", BODY_NONE, false},
    {"GET", "/v1/indicators", "indicators.list", "", BODY_NONE, false},
    {"GET", "/v1/indicators/{id}", "indicators.explain", "", BODY_NONE, false},
    {"GET", "/v1/indicators/{id}/page", "indicators.doc", "", BODY_NONE, false},
    {"POST", "/v1/indicators/{id}/backtest", "indicators.backtest", "as_of:date", BODY_JSON, false},
    {"GET", "/v1/policies/effective", "policy.effective", "", BODY_NONE, false},
    {"GET", "/v1/agencies", "agencies.list", "", BODY_NONE, false},
    {"GET", "/v1/kinds", "kinds.list", "", BODY_NONE, false},

    {"GET", "/v1/prompts", "prompts.list", PROMPTS " format:text", BODY_NONE, false},
    {"GET", "/v1/prompts/{key}", "prompts.show", "", BODY_NONE, false},
    {"POST", "/v1/prompts/{key}/states", "prompts.act", "", BODY_JSON, true},
    {"GET", "/v1/caseload", "caseload.show", "", BODY_NONE, false},
    {"GET", "/v1/caseload/prompts", "caseload.prompts", PROMPTS, BODY_NONE, false},
    {"GET", "/v1/reviews", "reviews.list", "cursor:text limit:number", BODY_NONE, false},
    {"POST", "/v1/reviews", "reviews.run", "", BODY_JSON, false},
    {"GET", "/v1/reviews/{id}", "reviews.show", "", BODY_NONE, false},
    {"GET", "/v1/reviews/{id}/findings", "reviews.findings", "", BODY_NONE, false},
    {"GET", "/v1/quality", "quality.show", "as_of:date", BODY_NONE, false},
    {"GET", "/v1/scorecard", "scorecard.show",
     COUNTED " measure:text threshold:number trend:number page:flag format:text", BODY_NONE, false},
    {"GET", "/v1/scorecard/{measure}/children", "scorecard.list",
     COUNTED " group:text line:text of:text" PAGED, BODY_NONE, false},
    {"GET", "/v1/measures", "measures.list", "", BODY_NONE, false},
    {"GET", "/v1/measures/{id}", "measures.show", "", BODY_NONE, false},

    {"POST", "/v1/imports", "imports.receive", "agency:text received:date format:text", BODY_RAW, false},
    {"GET", "/v1/imports", "imports.list", "cursor:text limit:number", BODY_NONE, false},
    {"GET", "/v1/imports/{id}", "imports.show", "", BODY_NONE, false},
    {"DELETE", "/v1/imports/{id}", "imports.discard", "", BODY_NONE, false},
    {"PUT", "/v1/imports/{id}/map", "imports.map", "", BODY_JSON, false},
    {"POST", "/v1/imports/{id}/confirmation", "imports.confirm", "", BODY_JSON, false},

    {"GET", "/v1/audit", "audit.list", TRAIL " object:text kind:text", BODY_NONE, false},
    {"GET", "/v1/audit/verification", "audit.verify", "", BODY_NONE, false},
    {"GET", "/v1/audit/head", "audit.head", "", BODY_NONE, false},
    {"GET", "/v1/accesses", "accesses.list", "since:date" PAGED, BODY_NONE, false},
    {"GET", "/v1/accounts", "accounts.list", "cursor:text limit:number", BODY_NONE, false},
    {"POST", "/v1/accounts", "accounts.add", "", BODY_JSON, false},
    {"GET", "/v1/accounts/{account}", "accounts.show", "", BODY_NONE, false},
    {"PUT", "/v1/accounts/{account}", "accounts.change", "", BODY_JSON, false},
    {"GET", "/v1/accounts/{account}/tokens", "tokens.list", "", BODY_NONE, false},
    {"POST", "/v1/accounts/{account}/tokens", "tokens.make", "", BODY_JSON, false},
    {"DELETE", "/v1/tokens/{id}", "tokens.revoke", "", BODY_NONE, false},
};

const route *route_at(size_t index)
{
    return index < sizeof routes / sizeof *routes ? &routes[index] : NULL;
}

static int hex_value(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + ('a' - 'A') : c) : NULL;
    return at ? (int)(at - digits) : -1;
}

bool percent_decode(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        int c = (unsigned char)*from;
        if (c == '%') {
            int high = hex_value(from[1]), low = high < 0 ? -1 : hex_value(from[2]);
            if (low < 0)
                return false;
            c = high * 16 + low;
            from += 2;
        }
        if (c < 0x20 || c == 0x7f)
            return false;
        *to++ = (char)c;
    }
    *to = '\0';
    return true;
}

/* One segment of a path, from `*at` up to the next '/'; *at moves behind it. */
static size_t next_segment(const char **segment, const char **at)
{
    *segment = *at;
    size_t length = strcspn(*at, "/");
    *at += length;
    if (**at == '/')
        (*at)++;
    return length;
}

static size_t count_of(const char *path, char c)
{
    size_t count = 0;
    for (; *path; path++)
        count += *path == c;
    return count;
}

static bool is_shaped(const char *pattern, const char *path)
{
    const char *wanted, *given;
    if (count_of(pattern, '/') != count_of(path, '/'))
        return false;
    while (*pattern) {
        size_t wanted_length = next_segment(&wanted, &pattern), length = next_segment(&given, &path);
        if (wanted[0] == '{' ? length == 0 : length != wanted_length || strncmp(wanted, given, length) != 0)
            return false;
    }
    return true;
}

/* What stands for each {} of the template, decoded: only now, so that an escaped '/' parts nothing. */
static void take_values(route_match *out, const char *pattern, const char *path)
{
    const char *wanted, *given;
    char *room = out->room;
    while (*pattern) {
        (void)next_segment(&wanted, &pattern);
        size_t length = next_segment(&given, &path);
        if (wanted[0] != '{' || out->value_count == ROUTE_VALUES_MOST)
            continue;
        memcpy(room, given, length);
        room[length] = '\0';
        out->names[out->value_count] = wanted + 1;
        out->values[out->value_count++] = room;
        if (!percent_decode(room))
            out->bad_path = true;
        room += length + 1;
    }
}

static void allow(route_match *out, const char *method)
{
    size_t used = strlen(out->allowed);
    snprintf(out->allowed + used, sizeof out->allowed - used, "%s%s%s", used ? ", " : "", method,
             strcmp(method, "GET") == 0 ? ", HEAD" : "");
}

void route_find(route_match *out, const char *method, const char *path)
{
    *out = (route_match){0};
    if (strlen(path) >= ROUTE_PATH_MOST)
        return;
    if (strcmp(method, "HEAD") == 0)
        method = "GET";
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (!is_shaped(routes[i].path, path))
            continue;
        out->is_path = true;
        allow(out, routes[i].method);
        if (strcmp(routes[i].method, method) == 0)
            out->route = &routes[i];
    }
    if (out->route)
        take_values(out, out->route->path, path);
}

/* The type of a parameter in "name:type name:type"; NULL: it is not among them. */
static const char *type_of(const char *query, const char *name)
{
    size_t length = strlen(name);
    while (*query) {
        if (strncmp(query, name, length) == 0 && query[length] == ':')
            return query + length + 1;
        query += strcspn(query, " ");
        query += *query == ' ';
    }
    return NULL;
}

static bool is_type(const char *type, const char *name)
{
    size_t length = strlen(name);
    return strncmp(type, name, length) == 0 && strchr(" :", type[length]) != NULL;
}

/* The option that a parameter sets: "name:type:option", where it is not called the same. */
static const char *option_of(const char *type, const char *name, size_t *length)
{
    const char *behind = type + strcspn(type, ": ");
    if (*behind != ':')
        return name;
    *length = strcspn(behind + 1, " ");
    return behind + 1;
}

const char *route_query_option(buffer *options, const route *on, const char *name, char *value)
{
    const char *type = type_of(on->query, name);
    if (!type || strpbrk(name, ": "))
        return "there is no such query parameter here";
    if (!percent_decode(value))
        return "a query parameter is not encoded as it must be";
    bool flag = is_type(type, "flag"), number = is_type(type, "number");
    if (flag && strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
        return "a query parameter is to be true or false";
    if (number && (value[0] == '\0' || strlen(value) > 12 || strspn(value, "0123456789") != strlen(value) ||
                   (value[0] == '0' && value[1])))
        return "a query parameter is to be a whole number";
    if (options->used > 0)
        buffer_text(options, ",");
    size_t length = strlen(name);
    const char *option = option_of(type, name, &length);
    buffer_json(options, option, length);
    buffer_text(options, ":");
    if (flag || number)
        buffer_text(options, value);
    else
        buffer_json(options, value, strlen(value));
    return NULL;
}

void routes_print(void)
{
    static const char *const bodies[] = {"none", "json", "raw"};
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
        printf("%s\t%s\t%s\t%s\t%s\t%s\n", routes[i].method, routes[i].path, routes[i].operation,
               routes[i].query, bodies[routes[i].body], routes[i].needs_match ? "if-match" : "");
}
