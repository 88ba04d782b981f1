/*
 * user: accounts by the command, for the one who keeps the store: the first administrator comes from here.
 * Administrators change accounts over the service too (op_accounts.c).
 */
#include "api/care.h"
#include "api/members.h"
#include "api/service_operations.h"

/* A name may hold what acts on a terminal; tdm__answer_end makes text plain. */
static void put_line(tdm__text *text, const tdm__stored_user *user)
{
    tdm__text_printf(text, "%-20.*s %-14.*s %-12.*s %-22.*s %-7s %.*s\n", TDM_STR_ARGS(user->name),
                     TDM_STR_ARGS(user->role), TDM_STR_ARGS(user->team.length ? user->team : TDM_LIT("-")),
                     TDM_STR_ARGS(user->agency), tdm__code_of(&tdm__user_states, user->state),
                     TDM_STR_ARGS(user->title));
}

static void put_object(tdm__json_writer *json, const tdm__stored_user *user)
{
    tdm__json_open_object(json);
    tdm__member_put(json, user);
    tdm__json_close_object(json);
}

/* --- the list --- */

static tdm_status list(tdm__care *care, tdm_sink sink, tdm_error *error)
{
    tdm__answer answer;
    tdm__stored_users users = {.next = {"", 0}};
    tdm_status status;
    tdm__answer_begin(&answer, care->request, sink);
    if (answer.as_json)
        tdm__json_open_array(&answer.json);
    do {
        status = tdm__work_users(&users, care->work, &care->arena,
                                 (tdm__paging){.after = users.next, .limit = TDM_PAGE_MOST}, error);
        for (size_t i = 0; status == TDM_OK && i < users.count; i++) {
            if (answer.as_json)
                put_object(&answer.json, &users.items[i]);
            else
                put_line(&answer.text, &users.items[i]);
        }
    } while (status == TDM_OK && users.next.length > 0);
    if (answer.as_json)
        tdm__json_close_array(&answer.json);
    return tdm__answer_end(&answer, status);
}

tdm_status tdm__op_user_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                             tdm_error *error)
{
    (void)outcome;
    return tdm__care_reading(request, list, sink, error);
}

/* --- changes --- */

typedef struct made {
    tdm__stored_user user;
    char link[TDM__TOKEN_SIZE]; /* "": none */
    int64_t expires;
} made;

static void put_link(tdm__text *text, const made *m)
{
    char until[TDM__TIME_TEXT_SIZE];
    tdm__time_text(until, m->expires);
    tdm__text_printf(text,
                     "\nlink token: %s\n\n"
                     "It signs in once, until %s, and is shown only now. Hand it over in person or by a way "
                     "that\nonly %.*s reads. Where the service asks to sign in, it goes into the field for a "
                     "link; the\naccount then chooses its password.\n",
                     m->link, until, TDM_STR_ARGS(m->user.name));
}

static tdm_status show(const tdm_request *request, const made *m, tdm_sink sink)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, request, sink);
    if (answer.as_json) {
        tdm__json_open_object(&answer.json);
        tdm__member_put(&answer.json, &m->user);
        if (m->link[0]) {
            tdm__answer_member(&answer.json, "link", tdm__str(m->link));
            tdm__answer_time(&answer.json, "link_expires", m->expires);
        }
        tdm__json_close_object(&answer.json);
    } else {
        put_line(&answer.text, &m->user);
        if (m->link[0])
            put_link(&answer.text, m);
    }
    return tdm__answer_end(&answer, TDM_OK);
}

static tdm_status note(tdm__care *care, const made *m, const tdm__member_wish *wish, tdm_error *error)
{
    tdm__text details;
    tdm__text_init(&details, &care->context->allocator);
    tdm__member_details(&details, wish);
    if (m->link[0])
        tdm__text_puts(&details, details.length > 0 ? ", new link" : "new link");
    tdm_status status = details.failed ? tdm__no_memory(error)
                                       : tdm__care_note(care, "account", m->user.name, TDM_LIT(""),
                                                        tdm__text_str(&details), error);
    tdm__text_free(&details);
    return status;
}

typedef tdm_status (*change_fn)(made *m, tdm__care *care, const tdm__member_wish *wish, tdm_error *error);

/* The change and its entry together; what is said of it when both are kept. */
static tdm_status change(const tdm_request *request, change_fn make, tdm_sink sink, tdm_error *error)
{
    tdm__care care;
    made m = {.link = ""};
    tdm_status status = tdm__care_open(&care, request, true, error);
    const tdm__member_wish wish = {.name = tdm__care_said(&care, "id"),
                                   .title = tdm__care_said(&care, "title"),
                                   .role = tdm__care_said(&care, "role"),
                                   .team = tdm__care_said(&care, "team"),
                                   .agency = tdm__care_said(&care, "agency"),
                                   .state = tdm__care_said(&care, "state")};
    if (status == TDM_OK && !wish.name.data)
        status = tdm__fail(error, TDM_INVALID_ARG, "id: name the account");
    if (status == TDM_OK)
        status = tdm__care_write(&care, error);
    if (status == TDM_OK)
        status = make(&m, &care, &wish, error);
    if (status == TDM_OK)
        status = note(&care, &m, &wish, error);
    if (status == TDM_OK)
        status = tdm__care_commit(&care, error);
    if (status == TDM_OK)
        status = show(request, &m, sink);
    tdm__wipe(m.link, sizeof m.link);
    return tdm__care_end(&care, status);
}

static tdm_status add(made *m, tdm__care *care, const tdm__member_wish *wish, tdm_error *error)
{
    if (!wish->role.data)
        return tdm__fail(error, TDM_INVALID_ARG, "role: name the account's role");
    tdm_status status = tdm__member_add(&m->user, care->work, wish, care->now, error);
    return status == TDM_OK ? tdm__member_link(m->link, &m->expires, care->work, &m->user, care->now, error)
                            : status;
}

static tdm_status find(made *m, tdm__care *care, tdm_str name, tdm_error *error)
{
    tdm_status status = tdm__work_user(&m->user, care->work, &care->arena, name, error);
    return status == TDM_NOT_FOUND ? tdm__fail(error, status,
                                               "there is no account of that name; tidemark "
                                               "user list shows all")
                                   : status;
}

static tdm_status change_found(made *m, tdm__care *care, const tdm__member_wish *wish, tdm_error *error)
{
    if (!wish->title.data && !wish->role.data && !wish->team.data && !wish->agency.data && !wish->state.data)
        return tdm__fail(error, TDM_INVALID_ARG, "say what is to change: role, team, agency, title or state");
    tdm_status status = find(m, care, wish->name, error);
    return status == TDM_OK ? tdm__member_change(&m->user, care->work, wish, care->now, error) : status;
}

/* Wrong passwords before it are forgotten. */
static tdm_status link_found(made *m, tdm__care *care, const tdm__member_wish *wish, tdm_error *error)
{
    tdm_status status = find(m, care, wish->name, error);
    if (status == TDM_OK)
        status = tdm__member_link(m->link, &m->expires, care->work, &m->user, care->now, error);
    return status == TDM_OK ? tdm__work_set_failures(care->work, m->user.name, 0, 0, error) : status;
}

tdm_status tdm__op_user_add(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink, tdm_error *error)
{
    (void)outcome;
    return change(request, add, sink, error);
}

tdm_status tdm__op_user_change(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error)
{
    (void)outcome;
    return change(request, change_found, sink, error);
}

tdm_status tdm__op_user_link(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                             tdm_error *error)
{
    (void)outcome;
    return change(request, link_found, sink, error);
}
