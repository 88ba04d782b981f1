/*
 * What a service offers: the operations of its own, and of the command's those that read a record or the
 * rules.
 */
#include "api/service_operations.h"

#include <string.h>

/* --- the operations of its own --- */

#define OPTIONS_OF_A_LIST                                                                                    \
    {"limit", TDM_OPTION_NUMBER, "N", "", "items of a page, 1 to 200; without it 50", false},                \
    {                                                                                                        \
        "cursor", TDM_OPTION_TEXT, "CURSOR", "", "where the page before ended", false                        \
    }

static const tdm_option_view children_options[] = {
    {"q", TDM_OPTION_TEXT, "TEXT", "", "what the id begins with", false},
    OPTIONS_OF_A_LIST,
};
static const tdm_option_view list_options[] = {OPTIONS_OF_A_LIST};
static const tdm_option_view key_options[] = {
    {"key", TDM_OPTION_TEXT, "KEY", "", "the prompt", false},
};
#define OPTIONS_OF_PROMPTS                                                                                   \
    {"state",                                                                                                \
     TDM_OPTION_TEXT,                                                                                        \
     "STATE",                                                                                                \
     "new|seen|acted-on|dismissed|open|all",                                                                 \
     "without it open: new or seen",                                                                         \
     false},                                                                                                 \
        {"indicator", TDM_OPTION_TEXT, "ID", "", "of this indicator", false},                                \
        {"of_child", TDM_OPTION_TEXT, "ID", "", "of this child", false},                                     \
        {"severity", TDM_OPTION_TEXT, "SEVERITY", "information|review|soon", "so severe, or more", false},   \
        {"since", TDM_OPTION_NUMBER, "SECONDS", "", "first seen at this time or later; from 1970", false},   \
        {"current", TDM_OPTION_FLAG, "", "", "only prompts that are current", false},                        \
        {"gone", TDM_OPTION_FLAG, "", "", "those too that the last run did not give", false},                \
        OPTIONS_OF_A_LIST
static const tdm_option_view prompts_options[] = {
    OPTIONS_OF_PROMPTS,
    {"format", TDM_OPTION_TEXT, "FORMAT", "json|csv", "form of the output", false},
};
static const tdm_option_view caseload_prompts_options[] = {OPTIONS_OF_PROMPTS};
static const tdm_option_view event_options[] = {
    {"event", TDM_OPTION_TEXT, "ID", "", "16 hex digits of the entry", false},
    {"as_of", TDM_OPTION_DATE, "DAY", "", "as of this day; without it today", false},
    {"today", TDM_OPTION_DATE, "DAY", "", "the day that stands for today", false},
};
static const tdm_option_view assessment_options[] = {
    {"id", TDM_OPTION_TEXT, "ID", "", "the assessment", false},
};
static const tdm_option_view as_of_options[] = {
    {"as_of", TDM_OPTION_DATE, "DAY", "", "read the record as of this day; without it today", false},
    {"today", TDM_OPTION_DATE, "DAY", "", "the day that stands for today", false},
};
#define OPTIONS_OF_A_PERIOD                                                                                  \
    {"from", TDM_OPTION_DATE, "DAY", "", "first day; without both the last financial year", false},          \
        {"to", TDM_OPTION_DATE, "DAY", "", "last day", false},                                               \
        {"by",                                                                                               \
         TDM_OPTION_TEXT,                                                                                    \
         "WORD,...",                                                                                         \
         "",                                                                                                 \
         "part the figures: one of agency, area and team, one of year and quarter",                          \
         false},                                                                                             \
        {"as_of", TDM_OPTION_DATE, "DAY", "", "read the record as of this day; without it today", false},    \
    {                                                                                                        \
        "today", TDM_OPTION_DATE, "DAY", "", "the day that stands for today", false                          \
    }
static const tdm_option_view card_options[] = {
    OPTIONS_OF_A_PERIOD,
    {"measure", TDM_OPTION_TEXT, "ID,...", "", "only these measures", false},
    {"threshold", TDM_OPTION_NUMBER, "N", "",
     "figures of 1 to N - 1 are not shown; 6, and less for managers alone", false},
    {"trend", TDM_OPTION_NUMBER, "QUARTERS", "", "quarters of the control charts; without it 12", false},
    {"page", TDM_OPTION_FLAG, "", "", "JSON with what a page shows: figures in words, charts", false},
    {"format", TDM_OPTION_TEXT, "FORMAT", "json|csv|html|xlsx", "form of the output", false},
};
static const tdm_option_view units_options[] = {
    {"measure", TDM_OPTION_TEXT, "ID", "", "the measure", false},
    OPTIONS_OF_A_PERIOD,
    {"group", TDM_OPTION_TEXT, "CODE", "", "of this agency, area or team, or not-recorded; without it all",
     false},
    {"line", TDM_OPTION_TEXT, "NAME", "", "of this line of the figure", false},
    {"of", TDM_OPTION_TEXT, "PART", "numerator|denominator|left-out", "without it the numerator", false},
    OPTIONS_OF_A_LIST,
};
static const tdm_option_view accounts_options[] = {OPTIONS_OF_A_LIST};
static const tdm_option_view account_options[] = {
    {"account", TDM_OPTION_TEXT, "NAME", "", "the account", false},
};
static const tdm_option_view token_options[] = {
    {"id", TDM_OPTION_TEXT, "ID", "", "the token, by the id that the list gives", false},
};
static const tdm_option_view accesses_options[] = {
    {"since", TDM_OPTION_DATE, "DAY", "", "only those begun on this day or later", false},
    OPTIONS_OF_A_LIST,
};
static const tdm_option_view opening_options[] = {
    {"opening", TDM_OPTION_TEXT, "N", "", "number of the opening, as the list gives it", false},
};
static const tdm_option_view trail_options[] = {
    {"account", TDM_OPTION_TEXT, "NAME", "", "only what this account did", false},
    {"operation", TDM_OPTION_TEXT, "NAME", "", "only this operation, as children.show", false},
    {"since", TDM_OPTION_DATE, "DAY", "", "only from this day on, UTC", false},
    {"until", TDM_OPTION_DATE, "DAY", "", "only up to this day and with it, UTC", false},
    {"newest", TDM_OPTION_FLAG, "", "", "the latest entry first", false},
    OPTIONS_OF_A_LIST,
};
static const tdm_option_view receive_options[] = {
    {"agency", TDM_OPTION_TEXT, "CODE", "", "whose return it is", false},
    {"received", TDM_OPTION_DATE, "DAY", "", "when it came; without it today", false},
    {"input_format", TDM_OPTION_TEXT, "NAME", "", "its reader; without it found by looking", false},
};
static const tdm_option_view import_options[] = {
    {"id", TDM_OPTION_TEXT, "NUMBER", "", "the import", false},
};
static const tdm_option_view run_options[] = {
    {"id", TDM_OPTION_TEXT, "N", "", "number of the run", false},
};
static const tdm_option_view findings_options[] = {
    {"id", TDM_OPTION_TEXT, "N", "", "number of the run", false},
    {"format", TDM_OPTION_TEXT, "FORMAT", "ndjson", "form of the output", false},
};
static const tdm_option_view none_options[] = {{"", TDM_OPTION_TEXT, "", "", "", false}};

#define OPTION_COUNT(options)                                                                                \
    ((const void *)(options) == (const void *)none_options ? 0 : sizeof(options) / sizeof *(options))
#define TAKES_NOTHING ""
#define TAKES_CHILD   ""
#define TAKES_VERSION ""
#define TAKES_REASON  ""
#define TAKES_BOTH    ""
#define TAKES_INPUT   "FILE"
#define ROW(function, name, roles, scope, work, audit, object, needs, child_of, options, title)              \
    {{name, "", "service", audit, title, TAKES_##needs, "", OPTION_COUNT(options##_options), true},          \
     options##_options,                                                                                      \
     tdm__op_##function},

static const tdm__operation rows[] = {TDM__SERVICE_OPERATION_MAP(ROW)};

size_t tdm__service_row_count(void)
{
    return sizeof rows / sizeof *rows;
}

const tdm__operation *tdm__service_row(size_t index)
{
    return index < tdm__service_row_count() ? &rows[index] : NULL;
}

/* --- who may ask for what --- */

/* one child, a version, also of a case that is not one's own */
#define SERVED_NEEDS_NOTHING false, false, false
#define SERVED_NEEDS_CHILD   true, false, false
#define SERVED_NEEDS_VERSION false, true, false
#define SERVED_NEEDS_REASON  true, false, true
#define SERVED_NEEDS_BOTH    true, true, false
#define SERVED_NEEDS_INPUT   false, false, false
#define SERVED(function, name, roles, scope, work, audit, object, needs, child_of, options, title)           \
    {name,    TDM__ROLES_##roles, TDM__SCOPE_##scope, TDM__WORK_##work, audit, object, SERVED_NEEDS_##needs, \
     child_of},
/* Of the command: of one child, and of the rules. */
#define OF_A_CASE(name)                                                                                      \
    {                                                                                                        \
        name, TDM__ROLES_CASE_READERS, TDM__SCOPE_CASE, TDM__WORK_READ, "read", "child", true, false, false, \
            NULL                                                                                             \
    }
#define OF_RULES(name)                                                                                       \
    {                                                                                                        \
        name, TDM__ROLES_ALL_OF_THEM, TDM__SCOPE_RULES, TDM__WORK_NONE, "none", "rules", false, false,       \
            false, NULL                                                                                      \
    }
/* Not of one's own doing alone: administrators. */
#define OF_THE_TRAIL(name)                                                                                   \
    {                                                                                                        \
        name, TDM__ROLES_ADMINISTRATORS, TDM__SCOPE_AUDIT, TDM__WORK_OWN, "read", "audit", false, false,     \
            false, NULL                                                                                      \
    }

static const tdm__served served[] = {
    TDM__SERVICE_OPERATION_MAP(SERVED) /**/
    OF_A_CASE("review"),
    OF_A_CASE("chronology"),
    OF_A_CASE("timeline"),
    OF_A_CASE("knew"),
    OF_A_CASE("replay"),
    OF_A_CASE("check"),
    OF_A_CASE("compare"),
    {"assessment.export", TDM__ROLES_CASE_READERS, TDM__SCOPE_CASE, TDM__WORK_READ, "read", "child", false,
     false, false, tdm__child_of_assessment},
    OF_THE_TRAIL("audit.list"),
    OF_THE_TRAIL("audit.verify"),
    OF_THE_TRAIL("audit.head"),
    /* Over the children that one may see, as counts. */
    {.operation = "indicators.backtest",
     .roles = TDM__ROLES_CASELOAD,
     .scope = TDM__SCOPE_CASELOAD,
     .work = TDM__WORK_READ,
     .audit = "read",
     .object_kind = "caseload"},
    OF_RULES("instruments.list"),
    OF_RULES("instruments.show"),
    OF_RULES("instruments.blank"),
    OF_RULES("indicators.list"),
    OF_RULES("indicators.explain"),
    OF_RULES("indicators.doc"),
    OF_RULES("measures.list"),
    OF_RULES("measures.show"),
    OF_RULES("policy.effective"),
};

size_t tdm__served_count(void)
{
    return sizeof served / sizeof *served;
}

const tdm__served *tdm__served_at(size_t index)
{
    return index < tdm__served_count() ? &served[index] : NULL;
}

const tdm__served *tdm__served_find(const char *operation)
{
    for (size_t i = 0; i < tdm__served_count(); i++)
        if (strcmp(served[i].operation, operation) == 0)
            return &served[i];
    return NULL;
}
