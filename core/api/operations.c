/*
 * The table of operations: adding one is one row here and one file for what it does.
 */
#include "api/operations.h"

#include <string.h>

#define OPTION_FORMAT(choices)                                                                               \
    {                                                                                                        \
        "format", TDM_OPTION_TEXT, "FORMAT", choices, "form of the output", false                            \
    }
#define OPTION_SCRIPTS                                                                                       \
    {                                                                                                        \
        "scripts", TDM_OPTION_TEXT, "DIR", "", "folder whose indicators/, lib/ and instruments/ are added",  \
            true                                                                                             \
    }
#define OPTION_POLICY                                                                                        \
    {                                                                                                        \
        "policy", TDM_OPTION_TEXT, "FILE", "", "policy file; without it the defaults that are shipped", true \
    }

static const tdm_option_view review_options[] = {
    {"as_of", TDM_OPTION_DATE, "DAY", "",
     "read the record as of this day; without it the day of the case folder, "
     "else today",
     false},
    {"today", TDM_OPTION_DATE, "DAY", "", "the day that stands for today", false},
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json|html"),
    {"jobs", TDM_OPTION_NUMBER, "N", "", "threads, 1 to 64; the output does not depend on it", false},
    {"explain_all", TDM_OPTION_FLAG, "", "", "add every indicator that was not met, with why", false},
    {"with_events", TDM_OPTION_FLAG, "", "", "JSON: add every row of each child", false},
    {"current", TDM_OPTION_FLAG, "", "", "only prompts that are current", false},
    {"fail_on", TDM_OPTION_TEXT, "WHEN", "never|possible|met|current", "exit with 1 when a prompt is so",
     false},
    {"width", TDM_OPTION_NUMBER, "N", "", "text: columns of the terminal", false},
    {"colour", TDM_OPTION_FLAG, "", "", "text: use colour", false},
};

static const tdm_option_view score_options[] = {
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json"),
};

static const tdm_option_view import_options[] = {
    {"into", TDM_OPTION_TEXT, "FILE.db", "", "the store; made when it is not there", true},
    OPTION_FORMAT("text|json"),
};

static const tdm_option_view export_options[] = {
    {"format", TDM_OPTION_TEXT, "FORMAT", "ndjson", "form of the output", false},
};

static const tdm_option_view indicators_options[] = {
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json"),
};

static const tdm_option_view explain_options[] = {
    {"id", TDM_OPTION_TEXT, "ID", "", "the indicator", false},
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json"),
};

static const tdm_option_view show_options[] = {
    {"id", TDM_OPTION_TEXT, "ID", "", "the instrument", false},
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json"),
};

static const tdm_option_view check_options[] = {
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json"),
};

#define ROW(name, role, scope, audit, title, inputs, example, options, run)                                  \
    {                                                                                                        \
        {name, role, scope, audit, title, inputs, example, sizeof(options) / sizeof *(options)}, options,    \
            run                                                                                              \
    }

static const tdm__operation operations[] = {
    ROW("review", "reader", "case", "read",
        "Merge the chronologies, score the assessments, print the prompts for review", "INPUT...",
        "tidemark review fixtures/long-neglect --format html -o report.html", review_options, tdm__op_review),
    ROW("score", "practitioner", "case", "read", "Score assessments on their instruments", "FILE...",
        "tidemark score assessments/2024-05-14.json", score_options, tdm__op_score),
    ROW("compare", "practitioner", "case", "read", "Say what changed from each assessment to the next",
        "INPUT...", "tidemark compare assessments/2023-06-14.json assessments/2024-07-10.json", score_options,
        tdm__op_compare),
    ROW("agreement", "analyst", "case", "read", "Measure how far two assessors of the same visits agree",
        "INPUT...", "tidemark agreement paired-visits.ndjson", score_options, tdm__op_agreement),
    ROW("import", "analyst", "store", "write", "Read inputs into a store; reading one twice changes nothing",
        "INPUT...", "tidemark import returns/ --into family.db", import_options, tdm__op_import),
    ROW("export", "analyst", "store", "read", "Write inputs or a store as NDJSON, one entry a line",
        "INPUT...", "tidemark export family.db -o family.ndjson", export_options, tdm__op_export),
    ROW("indicators.list", "reader", "rules", "none", "List the indicators, id first", "",
        "tidemark indicators list", indicators_options, tdm__op_indicators_list),
    ROW("indicators.explain", "reader", "rules", "none",
        "Say what an indicator asks, with each value and what set it", "",
        "tidemark indicators explain repeat-referral", explain_options, tdm__op_indicators_explain),
    ROW("indicators.check", "analyst", "rules", "none", "Check indicator files and run their examples",
        "FILE...", "tidemark indicators check my-rules/indicators/repeat/late-call.lua", indicators_options,
        tdm__op_indicators_check),
    ROW("instruments.list", "reader", "rules", "none", "List the instruments, id first", "",
        "tidemark instruments list", indicators_options, tdm__op_instruments_list),
    ROW("instruments.show", "reader", "rules", "none",
        "Show an instrument: its parts, scale and scoring, and whose it is", "",
        "tidemark instruments show graded-care", show_options, tdm__op_instruments_show),
    ROW("instruments.check", "analyst", "rules", "none", "Check instrument files and run their examples",
        "FILE...", "tidemark instruments check my-instruments/bedtime.lua", check_options,
        tdm__op_instruments_check),
};

size_t tdm_operation_count(void)
{
    return sizeof operations / sizeof *operations;
}

const tdm__operation *tdm__operation_row(size_t index)
{
    return index < tdm_operation_count() ? &operations[index] : NULL;
}

bool tdm_operation_at(tdm_operation_view *out, size_t index)
{
    const tdm__operation *row = tdm__operation_row(index);
    *out = row ? row->view : (tdm_operation_view){0};
    return row != NULL;
}

bool tdm_operation_find(tdm_operation_view *out, size_t *index, const char *name)
{
    *index = 0;
    for (size_t i = 0; name && i < tdm_operation_count(); i++)
        if (strcmp(operations[i].view.name, name) == 0) {
            *index = i;
            return tdm_operation_at(out, i);
        }
    *out = (tdm_operation_view){0};
    return false;
}

bool tdm_operation_option(tdm_option_view *out, size_t operation, size_t option)
{
    const tdm__operation *row = tdm__operation_row(operation);
    bool there = row && option < row->view.option_count;
    *out = there ? row->options[option] : (tdm_option_view){0};
    return there;
}
