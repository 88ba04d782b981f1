/*
 * Making the store, the accounts and their sessions. Nothing here says what should come back.
 */
#include "api/served.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name, *role, *team;
} accounts[] = {
    {"ann", "practitioner", "north"}, {"mo", "manager", "north"}, {"pat", "practitioner", "south"},
    {"sue", "manager", "south"},      {"ida", "analyst", ""},     {"rex", "reviewer", ""},
    {"eve", "administrator", ""},
};

static void import(served *s)
{
    tdm_outcome outcome;
    tdm_request *request;
    tdm_request_input input = {.struct_size = sizeof input, .path = TDM_SOURCE_DIR "/fixtures/long-neglect"};
    ck_assert_int_eq(tdm_request_new(&request, s->opener, "import"), TDM_OK);
    ck_assert_int_eq(tdm_request_option(request, "into", s->store), TDM_OK);
    ck_assert_int_eq(tdm_request_add_input(request, &input), TDM_OK);
    ck_assert_msg(tdm_request_run(request, &outcome, answer_sink(&s->answer)) == TDM_OK, "%s",
                  tdm_context_error(s->opener)->message);
    tdm_request_free(request);
}

static void add_account(tdm__work *work, const char *name, const char *role, const char *team)
{
    char hash[TDM__PASSWORD_HASH_SIZE], password[64];
    snprintf(password, sizeof password, "the password of %s", name);
    ck_assert_int_eq(tdm__password_hash(hash, tdm__str(password), TDM__PASSWORD_LEAST, NULL), TDM_OK);
    tdm__stored_user user = {.name = tdm__str(name),
                             .title = tdm__str(name),
                             .role = tdm__str(role),
                             .team = tdm__str(team),
                             .password = tdm__str(hash),
                             .created = SERVED_NOW - 86400};
    ck_assert_int_eq(tdm__work_add_user(work, &user, NULL), TDM_OK);
}

static void allocate(tdm__work *work, const char *account, const char *team)
{
    tdm__stored_allocation allocation = {.child = TDM_LIT(SERVED_CHILD),
                                         .account = tdm__str(account),
                                         .team = tdm__str(team),
                                         .since = 18000,
                                         .until = TDM_DAY_AFTER_ALL,
                                         .by = TDM_LIT("mo")};
    ck_assert_int_eq(tdm__work_allocate(work, &allocation, NULL), TDM_OK);
}

static void fill(served *s)
{
    tdm__work *work;
    ck_assert_int_eq(tdm__live_write(&work, s->service->live, s->opener, NULL), TDM_OK);
    for (size_t i = 0; i < ROWS(accounts); i++)
        add_account(work, accounts[i].name, accounts[i].role, accounts[i].team);
    allocate(work, "ann", "");
    allocate(work, "", "north");
    ck_assert_int_eq(tdm__work_commit(work, NULL), TDM_OK);
    tdm__work_end(work);
}

void served_open(served *s)
{
    *s = (served){.service = NULL};
    snprintf(s->folder, sizeof s->folder, "/tmp/tidemark-served-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(s->folder));
    snprintf(s->store, sizeof s->store, "%s/cases.db", s->folder);
    answer_open(&s->answer);
    s->opener = open_context(true);
    s->caller = open_context(false);
    import(s);
    ck_assert_msg(tdm_service_open(&s->service, s->opener, s->store, NULL) == TDM_OK, "%s",
                  tdm_context_error(s->opener)->message);
    fill(s);
    s->call = (tdm_call){.struct_size = sizeof s->call, .now = SERVED_NOW, .peer = TDM_LIT("192.0.2.1")};
    tdm_day_parse_iso(&s->call.today, TDM_LIT("2024-10-01"));
}

void served_close(served *s)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", ".keys", ".head"};
    char path[128];
    tdm_service_free(s->service);
    tdm_context_free(s->opener);
    tdm_context_free(s->caller);
    answer_close(&s->answer);
    for (size_t i = 0; i < ROWS(suffixes); i++) {
        snprintf(path, sizeof path, "%s%s", s->store, suffixes[i]);
        unlink(path);
    }
    ck_assert_int_eq(rmdir(s->folder), 0);
}

tdm_status served_ask(served *s, const char *request)
{
    s->answer.text.length = 0;
    s->reply = (tdm_reply){.struct_size = sizeof s->reply};
    s->call.request = tdm__str(request);
    return tdm_service_call(s->service, s->caller, &s->call, &s->reply, answer_sink(&s->answer));
}

void served_token(served *s, char token[TDM__TOKEN_SIZE], const char *account, tdm_str grants)
{
    tdm__token made;
    tdm__digest digest;
    tdm__work *work;
    ck_assert_int_eq(tdm__token_new(&made, TDM__TOKEN_BEARER), TDM_OK);
    tdm__token_write(token, &made);
    tdm__token_digest(&digest, &made);
    tdm__stored_token stored = {.hash = {(const char *)digest.bytes, sizeof digest.bytes},
                                .kind = TDM__STORED_BEARER,
                                .account = tdm__str(account),
                                .label = TDM_LIT("test"),
                                .scopes = grants,
                                .created = SERVED_NOW,
                                .expires = SERVED_NOW + 86400};
    ck_assert_int_eq(tdm__live_write(&work, s->service->live, s->opener, NULL), TDM_OK);
    ck_assert_int_eq(tdm__work_add_token(work, &stored, NULL), TDM_OK);
    ck_assert_int_eq(tdm__work_commit(work, NULL), TDM_OK);
    tdm__work_end(work);
}

void served_expect(served *s, const char *request, tdm_status expected)
{
    tdm_status status = served_ask(s, request);
    ck_assert_msg(status == expected, "%s: %s, %s", request, tdm_status_name(status),
                  tdm_context_error(s->caller)->message);
}

tdm__json *served_json(const served *s)
{
    tdm__json *document;
    tdm_status status = tdm__json_parse(&document, &tdm__malloc_allocator, tdm__text_str(&s->answer.text),
                                        TDM_LIT("answer"), NULL);
    ck_assert_msg(status == TDM_OK, "%.*s", (int)s->answer.text.length, s->answer.text.data);
    return document;
}

void served_as(served *s, const char *account)
{
    char request[192];
    s->call.token = s->call.csrf = (tdm_str){"", 0};
    s->call.by_cookie = false;
    if (!account[0])
        return;
    snprintf(request, sizeof request,
             "{\"operation\": \"sessions.open\", \"body\": {\"account\": \"%s\", \"password\": "
             "\"the password of %s\"}}",
             account, account);
    ck_assert_msg(served_ask(s, request) == TDM_OK, "%s", tdm_context_error(s->caller)->message);
    tdm__json *document = served_json(s);
    tdm_str csrf = tdm__json_string(tdm__json_member(tdm__json_root(document), "csrf"));
    snprintf(s->csrf, sizeof s->csrf, "%.*s", (int)csrf.length, csrf.data);
    snprintf(s->token, sizeof s->token, "%s", s->reply.session);
    tdm__json_free(document);
    s->call.token = tdm__str(s->token);
    s->call.csrf = tdm__str(s->csrf);
    s->call.by_cookie = true;
}

/* The time is given where it is asked for. */
static tdm_status run_in(const served *s, tdm_request *request, const char *operation, tdm_sink sink)
{
    tdm_operation_view view;
    size_t index;
    tdm_option_view option;
    tdm_request_input input = {.struct_size = sizeof input, .path = s->store};
    tdm_status status = tdm_request_add_input(request, &input);
    ck_assert(tdm_operation_find(&view, &index, operation));
    for (size_t i = 0; status == TDM_OK && tdm_operation_option(&option, index, i); i++)
        if (strcmp(option.name, "now") == 0)
            status = tdm_request_option(request, "now", "1727776800");
    return status == TDM_OK ? tdm_request_run(request, NULL, sink) : status;
}

tdm_status served_command(const served *s, const tdm_allocator *allocator, const char *operation,
                          const char *name, const char *value)
{
    answer a;
    tdm_request *request = NULL;
    tdm_status status = TDM_NO_MEMORY;
    tdm_context *context = open_context_with(allocator, true);
    answer_open(&a);
    if (context)
        status = tdm_request_new(&request, context, operation);
    if (status == TDM_OK && name)
        status = tdm_request_option(request, name, value);
    if (status == TDM_OK)
        status = run_in(s, request, operation, answer_sink(&a));
    tdm_request_free(request);
    tdm_context_free(context);
    answer_close(&a);
    return status;
}
