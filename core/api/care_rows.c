/*
 * The rows of the table of operations that keep a store: accounts, the audit trail, copies, deletion. Each
 * takes one store as its input; those that change it know the time from the command.
 */
#include "api/care.h"

#define OPTION_NOW                                                                                           \
    {                                                                                                        \
        "now", TDM_OPTION_NUMBER, "SECONDS", "", "the second since 1970 that is taken as the time", false    \
    }
#define OPTION_TODAY                                                                                         \
    {                                                                                                        \
        "today", TDM_OPTION_DATE, "DAY", "", "the day that stands for today", false                          \
    }
#define OPTION_KEY                                                                                           \
    {                                                                                                        \
        "key", TDM_OPTION_TEXT, "FILE", "",                                                                  \
            "key file of the store, else STORE.keys; its passphrase is in TIDEMARK_PASSPHRASE", true         \
    }
#define OPTION_FORMAT                                                                                        \
    {                                                                                                        \
        "format", TDM_OPTION_TEXT, "FORMAT", "text|json", "form of the output", false                        \
    }
#define OPTION_NAME                                                                                          \
    {                                                                                                        \
        "id", TDM_OPTION_TEXT, "NAME", "", "the account: what is typed to sign in", false                    \
    }
#define OPTION_ROLE                                                                                          \
    {                                                                                                        \
        "role", TDM_OPTION_TEXT, "ROLE", "practitioner|manager|analyst|reviewer|administrator",              \
            "what the account may do", false                                                                 \
    }
#define OPTION_TEAM                                                                                          \
    {                                                                                                        \
        "team", TDM_OPTION_TEXT, "TEAM", "", "code of the team, a-z, 0-9 and '-'", false                     \
    }
#define OPTION_AGENCY                                                                                        \
    {                                                                                                        \
        "agency", TDM_OPTION_TEXT, "CODE", "",                                                               \
            "agency of the person, as in vocabulary/agencies.csv; a new one is childrens-social-care", false \
    }
#define OPTION_TITLE                                                                                         \
    {                                                                                                        \
        "title", TDM_OPTION_TEXT, "TEXT", "", "name of the person, as others see it", false                  \
    }

static const tdm_option_view add_options[] = {
    OPTION_NAME, OPTION_ROLE, OPTION_TEAM, OPTION_AGENCY, OPTION_TITLE, OPTION_KEY, OPTION_NOW, OPTION_FORMAT,
};
static const tdm_option_view change_options[] = {
    OPTION_NAME,
    OPTION_ROLE,
    OPTION_TEAM,
    OPTION_AGENCY,
    OPTION_TITLE,
    {"state", TDM_OPTION_TEXT, "STATE", "active|locked|closed",
     "whether one may sign in; a closed account stays in the audit trail", false},
    OPTION_KEY,
    OPTION_NOW,
    OPTION_FORMAT,
};
static const tdm_option_view link_options[] = {OPTION_NAME, OPTION_KEY, OPTION_NOW, OPTION_FORMAT};
static const tdm_option_view list_options[] = {OPTION_KEY, OPTION_FORMAT};

/* Of the service too: it gives pages. */
static const tdm_option_view trail_options[] = {
    {"account", TDM_OPTION_TEXT, "NAME", "", "only what this account did", false},
    {"object", TDM_OPTION_TEXT, "CODE", "", "only of this object: an account, or a child's code", false},
    {"operation", TDM_OPTION_TEXT, "NAME", "", "only this operation, as children.show", false},
    {"kind", TDM_OPTION_TEXT, "KIND", "", "only of this kind of object, as child or account", false},
    {"since", TDM_OPTION_DATE, "DAY", "", "only from this day on, UTC", false},
    {"until", TDM_OPTION_DATE, "DAY", "", "only up to this day and with it, UTC", false},
    {"newest", TDM_OPTION_FLAG, "", "", "the latest entry first", false},
    {"limit", TDM_OPTION_NUMBER, "N", "", "so many entries, 1 to 200; without it all", false},
    {"cursor", TDM_OPTION_TEXT, "NUMBER", "", "only behind this entry", false},
    OPTION_KEY,
    OPTION_FORMAT,
};
static const tdm_option_view verify_options[] = {
    {"head", TDM_OPTION_TEXT, "NUMBER:HEX", "",
     "where the trail ended at some time, as audit head says it; else what stands in STORE.head", false},
    OPTION_KEY,
    OPTION_FORMAT,
};
static const tdm_option_view export_options[] = {
    OPTION_KEY,
    {"format", TDM_OPTION_TEXT, "FORMAT", "ndjson", "form of the output", false},
};

static const tdm_option_view backup_options[] = {
    {"output", TDM_OPTION_TEXT, "FILE", "", "the copy; nothing may stand there", true},
    OPTION_KEY,
    OPTION_NOW,
    OPTION_FORMAT,
};
static const tdm_option_view restore_options[] = {
    {"replace", TDM_OPTION_FLAG, "", "", "where a store is there: it is kept beside, as STORE.before-TIME",
     false},
    {"head", TDM_OPTION_TEXT, "NUMBER:HEX", "",
     "where the trail ended at some time, as audit head says it; else what stands in STORE.head", false},
    OPTION_KEY,
    OPTION_NOW,
    OPTION_FORMAT,
};
static const tdm_option_view encrypt_options[] = {
    {"key", TDM_OPTION_TEXT, "FILE", "",
     "key file of the store, else STORE.keys; made where there is none, and sealed where TIDEMARK_PASSPHRASE "
     "holds a passphrase",
     true},
    OPTION_NOW,
    OPTION_FORMAT,
};
static const tdm_option_view sure_options[] = {
    {"yes", TDM_OPTION_FLAG, "", "", "it is wanted: what it does is said without it", false},
    OPTION_KEY,
    OPTION_NOW,
    OPTION_FORMAT,
};
static const tdm_option_view allocate_options[] = {
    {"child", TDM_OPTION_TEXT, "ID", "", "this child; without it all that nobody has", false},
    OPTION_TEAM,
    {"account", TDM_OPTION_TEXT, "NAME", "", "to this account", false},
    OPTION_TODAY,
    OPTION_KEY,
    OPTION_NOW,
    OPTION_FORMAT,
};
static const tdm_option_view retain_options[] = {
    {"child", TDM_OPTION_TEXT, "ID", "", "the child", false},
    {"file", TDM_OPTION_TEXT, "FILE", "",
     "of many: CSV with the columns child, until, reason, and where wanted ground and hold", true},
    {"until", TDM_OPTION_DATE, "DAY", "", "from this day on it is to be deleted (store delete --due)", false},
    {"reason", TDM_OPTION_TEXT, "TEXT", "", "why this day", false},
    {"ground", TDM_OPTION_TEXT, "TEXT", "",
     "the rule of the council's schedule; with --file, of rows that name none", false},
    {"hold", TDM_OPTION_TEXT, "TEXT", "",
     "who asks to keep the child whatever its day, and why: a court, an inquiry", false},
    {"release", TDM_OPTION_FLAG, "", "", "end the hold", false},
    {"by", TDM_OPTION_TEXT, "NAME", "", "who decided it", false},
    OPTION_KEY,
    OPTION_NOW,
    OPTION_FORMAT,
};
static const tdm_option_view due_options[] = {
    {"by", TDM_OPTION_DATE, "DAY", "", "whose day has come by then, else by today", false},
    OPTION_TODAY,
    OPTION_KEY,
    OPTION_NOW,
    OPTION_FORMAT,
};
static const tdm_option_view delete_options[] = {
    {"child", TDM_OPTION_TEXT, "ID", "", "the child", false},
    {"due", TDM_OPTION_FLAG, "", "",
     "all whose day has come (store retain), each in a transaction of its own", false},
    {"reason", TDM_OPTION_TEXT, "TEXT", "", "why; it is kept, without what was deleted", false},
    {"by", TDM_OPTION_TEXT, "NAME", "", "who decided it", false},
    OPTION_TODAY,
    OPTION_KEY,
    OPTION_NOW,
    OPTION_FORMAT,
};

#define ROW_OF(function, name, audit, title, example, options, inputs)                                       \
    {{name, "administrator", "store", audit, title, inputs, example,                                         \
      sizeof(options##_options) / sizeof *options##_options, false},                                         \
     options##_options,                                                                                      \
     tdm__op_##function},
#define ROW(function, name, audit, title, example, options)                                                  \
    ROW_OF(function, name, audit, title, example, options, "STORE")
#define COPY_ROW(function, name, audit, title, example, options)                                             \
    ROW_OF(function, name, audit, title, example, options, "COPY STORE")

static const tdm__operation rows[] = {TDM__CARE_OPERATION_MAP(ROW) TDM__CARE_COPY_OPERATION_MAP(COPY_ROW)};

size_t tdm__care_row_count(void)
{
    return sizeof rows / sizeof *rows;
}

const tdm__operation *tdm__care_row(size_t index)
{
    return index < tdm__care_row_count() ? &rows[index] : NULL;
}
