/*
 * The table of operations: adding one is one row here and one file for what it does.
 */
#include "api/serving.h"

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

#define OPTIONS_OF_A_DAY                                                                                     \
    {"as_of",                                                                                                \
     TDM_OPTION_DATE,                                                                                        \
     "DAY",                                                                                                  \
     "",                                                                                                     \
     "read the record as of this day; without it the day of the case folder, else today",                    \
     false},                                                                                                 \
    {                                                                                                        \
        "today", TDM_OPTION_DATE, "DAY", "", "the day that stands for today", false                          \
    }

#define OPTION_KEY                                                                                           \
    {                                                                                                        \
        "key", TDM_OPTION_TEXT, "FILE", "",                                                                  \
            "key file of inputs that are encrypted stores; its passphrase is in TIDEMARK_PASSPHRASE", true   \
    }
#define OPTION_CROSSWALK                                                                                     \
    {                                                                                                        \
        "crosswalk", TDM_OPTION_TEXT, "FILE", "",                                                            \
            "CSV agency,local_id,child: which child each agency's number is, outside case folders", true     \
    }

#define OPTIONS_OF_A_TERMINAL                                                                                \
    {"width", TDM_OPTION_NUMBER, "N", "", "text: columns of the terminal", false},                           \
    {                                                                                                        \
        "colour", TDM_OPTION_FLAG, "", "", "text: use colour", false                                         \
    }

static const tdm_option_view review_options[] = {
    OPTIONS_OF_A_DAY,
    OPTION_CROSSWALK,
    OPTION_KEY,
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json|html|ndjson"),
    {"jobs", TDM_OPTION_NUMBER, "N", "", "threads, 1 to 64; the output does not depend on it", false},
    {"explain_all", TDM_OPTION_FLAG, "", "", "add every indicator that was not met, with why", false},
    {"with_events", TDM_OPTION_FLAG, "", "", "JSON: add every row of each child", false},
    {"cumulative", TDM_OPTION_FLAG, "", "", "JSON: add how much was recorded, by theme and period", false},
    {"current", TDM_OPTION_FLAG, "", "", "only prompts that are current", false},
    {"fail_on", TDM_OPTION_TEXT, "WHEN", "never|possible|met|current", "exit with 1 when a prompt is so",
     false},
    OPTIONS_OF_A_TERMINAL,
    {"grouped", TDM_OPTION_FLAG, "", "",
     "CSV or NDJSON longer than memory, its rows grouped by child: findings as NDJSON, child by child",
     false},
    {"by_household", TDM_OPTION_FLAG, "", "",
     "with --grouped: the children of a household stand together, so that siblings are seen", false},
    {"part", TDM_OPTION_TEXT, "K/N", "", "with --grouped: only the children of this share of the file",
     false},
    {"no_header", TDM_OPTION_FLAG, "", "", "with --grouped: without the first line", false},
    {"accounting", TDM_OPTION_TEXT, "FILE", "", "with --grouped: the totals into this file, not at the end",
     true},
};

#define OPTION_SIGNIFICANT(forms)                                                                            \
    {                                                                                                        \
        "significant", TDM_OPTION_FLAG, "", "",                                                              \
            forms "only rows of a concern or rated high or medium; the others are counted", false            \
    }

static const tdm_option_view chronology_options[] = {
    OPTIONS_OF_A_DAY,
    OPTION_CROSSWALK,
    OPTION_KEY,
    OPTION_POLICY,
    OPTION_SCRIPTS,
    {"person", TDM_OPTION_TEXT, "ID", "",
     "what is held on this child or person, third parties listed: text, json, html; csv the third parties "
     "alone",
     false},
    {"names", TDM_OPTION_TEXT, "FILE", "",
     "with --person: CSV original,code: names to look for, and whose they are", true},
    OPTION_FORMAT("text|csv|json|html|docx|xlsx"),
    OPTION_SIGNIFICANT("html, docx, xlsx: "),
    OPTIONS_OF_A_TERMINAL,
};

static const tdm_option_view timeline_options[] = {
    OPTIONS_OF_A_DAY,
    OPTION_CROSSWALK,
    OPTION_KEY,
    OPTION_POLICY,
    OPTION_SCRIPTS,
    {"child", TDM_OPTION_TEXT, "ID", "", "the child, where the inputs hold several", false},
    OPTION_SIGNIFICANT(""),
    {"current", TDM_OPTION_FLAG, "", "", "only prompts that are current", false},
    OPTION_FORMAT("svg"),
};

static const tdm_option_view record_options[] = {
    OPTIONS_OF_A_DAY,
    OPTION_CROSSWALK,
    OPTION_KEY,
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json|csv|html"),
    {"jobs", TDM_OPTION_NUMBER, "N", "", "threads, 1 to 64; the output does not depend on it", false},
    {"fail_on", TDM_OPTION_TEXT, "WHEN", "never|information|warning|error",
     "exit with 1 when a finding is so severe, or more", false},
    OPTIONS_OF_A_TERMINAL,
};

static const tdm_option_view sources_options[] = {
    OPTIONS_OF_A_DAY,
    OPTION_CROSSWALK,
    OPTION_KEY,
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|csv|json"),
    OPTIONS_OF_A_TERMINAL,
    {"merge", TDM_OPTION_FLAG, "", "", "inputs are files of review --grouped --accounting: add them up",
     false},
};

static const tdm_option_view replay_options[] = {
    OPTIONS_OF_A_DAY,
    {"from", TDM_OPTION_DATE, "DAY", "", "first day asked; without it the first on which a row was recorded",
     false},
    {"to", TDM_OPTION_DATE, "DAY", "", "last day asked; without it the as-of day", false},
    OPTION_CROSSWALK,
    OPTION_KEY,
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json|html"),
    {"jobs", TDM_OPTION_NUMBER, "N", "", "threads, 1 to 64; the output does not depend on it", false},
    OPTIONS_OF_A_TERMINAL,
};

static const tdm_option_view knew_options[] = {
    OPTIONS_OF_A_DAY,      OPTION_CROSSWALK, OPTION_KEY,
    OPTION_POLICY,         OPTION_SCRIPTS,   OPTION_FORMAT("text|json|csv|html"),
    OPTIONS_OF_A_TERMINAL,
};

static const tdm_option_view diff_options[] = {
    OPTION_KEY,
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json|csv"),
    {"fail_on", TDM_OPTION_TEXT, "WHEN", "never|different", "exit with 1 when it is so", false},
    OPTIONS_OF_A_TERMINAL,
};

#define OPTION_LENIENT                                                                                       \
    {                                                                                                        \
        "lenient", TDM_OPTION_FLAG, "", "", "leave out entries that do not fit, and say so in the result",   \
            false                                                                                            \
    }
#define OPTION_TEXTS                                                                                         \
    {                                                                                                        \
        "texts", TDM_OPTION_TEXT, "FILE", "", "words of the licensed form, as the partnership holds them",   \
            true                                                                                             \
    }
#define OPTION_FHIR                                                                                          \
    {                                                                                                        \
        "fhir", TDM_OPTION_FLAG, "", "", "HL7 FHIR R4; the same as --format fhir", false                     \
    }
#define OPTION_BASE_URL                                                                                      \
    {                                                                                                        \
        "base_url", TDM_OPTION_TEXT, "URL", "", "FHIR: what canonical urls begin with", false                \
    }

static const tdm_option_view score_options[] = {
    OPTION_KEY, OPTION_POLICY, OPTION_SCRIPTS, OPTION_LENIENT, OPTION_FORMAT("text|json"),
};

static const tdm_option_view compare_options[] = {
    OPTION_KEY, OPTION_POLICY, OPTION_SCRIPTS, OPTION_LENIENT, OPTION_FORMAT("text|json|html"),
};

static const tdm_option_view assessment_options[] = {
    {"assessment", TDM_OPTION_TEXT, "ID", "", "the one to write, where the inputs hold several", false},
    OPTION_KEY,
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_LENIENT,
    OPTION_TEXTS,
    OPTION_FORMAT("json|csv|html|fhir"),
    OPTION_FHIR,
    OPTION_BASE_URL,
};

static const tdm_option_view import_options[] = {
    {"into", TDM_OPTION_TEXT, "FILE.db", "", "the store; made when it is not there", true},
    OPTION_CROSSWALK,
    {"key", TDM_OPTION_TEXT, "FILE", "",
     "key file: of a store that is encrypted, and to encrypt a new one with; its passphrase is in "
     "TIDEMARK_PASSPHRASE",
     true},
    OPTION_FORMAT("text|json"),
};

static const tdm_option_view export_options[] = {
    OPTION_KEY,
    {"format", TDM_OPTION_TEXT, "FORMAT", "ndjson", "form of the output", false},
};

static const tdm_option_view pseudonymise_options[] = {
    {"key", TDM_OPTION_TEXT, "KEYFILE", "", "table of codes under a passphrase; made when it is not there",
     true},
    {"output", TDM_OPTION_TEXT, "DIR", "", "folder for what is written: new, or empty", true},
    {"passphrase_file", TDM_OPTION_TEXT, "FILE", "",
     "file with the passphrase in its first line; else TIDEMARK_PASSPHRASE", true},
    {"names", TDM_OPTION_TEXT, "FILE", "", "CSV original,code: names and what to call them", true},
    {"store_key", TDM_OPTION_TEXT, "FILE", "",
     "key file of inputs that are encrypted stores, bare or under the passphrase in TIDEMARK_PASSPHRASE",
     true},
    {"birth", TDM_OPTION_TEXT, "PART", "keep|month|year", "how much of dates of birth is kept", false},
    {"back", TDM_OPTION_FLAG, "", "", "from codes to what they stand for", false},
    {"accept_leaks", TDM_OPTION_FLAG, "", "", "write although the leak check found something", false},
    OPTION_FORMAT("text|json"),
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

static const tdm_option_view new_options[] = {
    {"id", TDM_OPTION_TEXT, "ID", "", "what the indicator is to be called: a-z, digits and '-'", false},
    {"group", TDM_OPTION_TEXT, "GROUP", "repeat|drift|accumulation|response|seen-and-heard",
     "what it belongs to", false},
    OPTION_SCRIPTS,
    OPTION_FORMAT("lua"),
};

static const tdm_option_view run_options[] = {
    {"id", TDM_OPTION_TEXT, "ID", "", "the indicator; it may be switched off", false},
    OPTIONS_OF_A_DAY,
    {"params", TDM_OPTION_TEXT, "NAME=VALUE,...", "",
     "parameters over those of the policy: \"within=6 months\"", false},
    {"why", TDM_OPTION_TEXT, "CHILD", "", "say step by step why this child is answered as it is", false},
    {"cost", TDM_OPTION_FLAG, "", "",
     "say how many steps and how much memory it takes, and on standard error how long", false},
    OPTION_CROSSWALK,
    OPTION_KEY,
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json"),
    {"jobs", TDM_OPTION_NUMBER, "N", "", "threads, 1 to 64; the output does not depend on it", false},
    OPTIONS_OF_A_TERMINAL,
};

static const tdm_option_view doc_options[] = {
    {"id", TDM_OPTION_TEXT, "ID", "", "the indicator; without it all of them, with a list", false},
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|html"),
};

static const tdm_option_view backtest_options[] = {
    {"id", TDM_OPTION_TEXT, "ID", "", "the indicator; it may be switched off", false},
    OPTIONS_OF_A_DAY,
    OPTION_POLICY,
    {"against", TDM_OPTION_TEXT, "FILE", "",
     "another policy, or the word default: who gains and loses a prompt", true},
    {"cost", TDM_OPTION_FLAG, "", "", "say how long it took, on standard error", false},
    {"knowable", TDM_OPTION_FLAG, "", "", "find too from which day it could have been known: a replay",
     false},
    OPTION_CROSSWALK,
    OPTION_KEY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json|csv"),
    {"jobs", TDM_OPTION_NUMBER, "N", "", "threads, 1 to 64; the output does not depend on it", false},
    OPTIONS_OF_A_TERMINAL,
};

static const tdm_option_view test_options[] = {
    {"cases", TDM_OPTION_TEXT, "DIR", "", "folder of further *.case.json, each with its indicator", true},
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json"),
};

static const tdm_option_view show_options[] = {
    {"id", TDM_OPTION_TEXT, "ID", "", "the instrument", false},
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json"),
};

static const tdm_option_view blank_options[] = {
    {"id", TDM_OPTION_TEXT, "ID", "", "the instrument", false},
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_TEXTS,
    OPTION_FORMAT("html|csv"),
};

static const tdm_option_view definition_options[] = {
    {"id", TDM_OPTION_TEXT, "ID", "", "the instrument", false},
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_TEXTS,
    OPTION_FORMAT("json|fhir"),
    OPTION_FHIR,
    OPTION_BASE_URL,
};

static const tdm_option_view check_options[] = {
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json"),
};

static const tdm_option_view policy_check_options[] = {
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json"),
    OPTIONS_OF_A_TERMINAL,
};

static const tdm_option_view policy_diff_options[] = {
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json"),
    {"fail_on", TDM_OPTION_TEXT, "WHEN", "never|different", "exit with 1 when it is so", false},
    OPTIONS_OF_A_TERMINAL,
};

static const tdm_option_view policy_effective_options[] = {
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json|csv"),
    OPTIONS_OF_A_TERMINAL,
};

static const tdm_option_view suggest_options[] = {
    {"agency", TDM_OPTION_TEXT, "CODE", "", "the agency that the map is to name, as in agencies.csv", false},
    OPTION_FORMAT("text|json"),
};

static const tdm_option_view map_check_options[] = {
    OPTION_FORMAT("text|json"),
};

static const tdm_option_view scorecard_options[] = {
    {"from", TDM_OPTION_DATE, "DAY", "", "first day of the period", false},
    {"to", TDM_OPTION_DATE, "DAY", "", "last day of the period", false},
    OPTIONS_OF_A_DAY,
    {"by", TDM_OPTION_TEXT, "WORD,...", "agency|area|team|year|quarter",
     "part the figures; may be given twice: one of agency, area and team, one of year and quarter", false},
    {"areas", TDM_OPTION_TEXT, "FILE", "",
     "CSV code,name,population: the areas that there are, and how many children live there", true},
    {"compare", TDM_OPTION_TEXT, "FILE", "",
     "CSV measure,year,area_code,area,numerator,denominator: national figures and neighbours", true},
    {"commentary", TDM_OPTION_TEXT, "FILE", "", "CSV measure,group,period,text: words beside figures", true},
    {"threshold", TDM_OPTION_NUMBER, "N", "",
     "figures of 1 to N - 1 are not shown, nor others that would give them away; 6, and 0 shows all", false},
    {"trend", TDM_OPTION_NUMBER, "QUARTERS", "", "quarters of the control charts; 12, and 0 draws none",
     false},
    {"measure", TDM_OPTION_TEXT, "ID,...", "", "only these measures; may be given several times", false},
    {"list", TDM_OPTION_TEXT, "ID", "",
     "instead of figures: the children and entries behind those of this measure", false},
    OPTION_CROSSWALK,
    OPTION_KEY,
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json|csv|html|xlsx"),
    {"jobs", TDM_OPTION_NUMBER, "N", "", "threads, 1 to 64; the output does not depend on it", false},
    OPTIONS_OF_A_TERMINAL,
};

static const tdm_option_view measure_options[] = {
    {"id", TDM_OPTION_TEXT, "ID", "", "the measure", false},
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|json"),
};

static const tdm_option_view measures_doc_options[] = {
    {"id", TDM_OPTION_TEXT, "ID", "", "the measure; without it all of them, with a list", false},
    OPTION_POLICY,
    OPTION_SCRIPTS,
    OPTION_FORMAT("text|html"),
};

#define ROW(name, role, scope, audit, title, inputs, example, options, run)                                  \
    {                                                                                                        \
        {name, role, scope, audit, title, inputs, example, sizeof(options) / sizeof *(options), false},      \
            options, run                                                                                     \
    }

static const tdm__operation operations[] = {
    ROW("review", "reader", "case", "read",
        "Merge the chronologies, score the assessments, print the prompts for review", "INPUT...",
        "tidemark review fixtures/long-neglect --format html -o report.html", review_options, tdm__op_review),
    ROW("chronology", "reader", "case", "read", "Write the merged chronology, every row of it", "INPUT...",
        "tidemark chronology fixtures/long-neglect --format csv -o chronology.csv", chronology_options,
        tdm__op_chronology),
    ROW("timeline", "reader", "case", "read", "Draw the time line of one child as an SVG file", "INPUT...",
        "tidemark timeline fixtures/long-neglect --child LN-1 -o timeline.svg", timeline_options,
        tdm__op_timeline),
    ROW("check", "reader", "case", "read",
        "Check the record itself: dates that cannot be, plans that overlap, what is missing", "INPUT...",
        "tidemark check fixtures/checks --format html -o checks.html", record_options, tdm__op_check),
    ROW("sources", "reader", "case", "read", "Say of each input how many rows were read or set aside",
        "INPUT...", "tidemark sources fixtures/long-neglect", sources_options, tdm__op_sources),
    ROW("knew", "reader", "case", "read",
        "Say which agency recorded each incident and concern on which day, and which never did", "INPUT...",
        "tidemark knew fixtures/long-neglect --format html -o knew.html", knew_options, tdm__op_knew),
    ROW("replay", "reader", "case", "read",
        "Ask every day what could have been known, with what had been recorded by then", "INPUT...",
        "tidemark replay fixtures/long-neglect --format html -o replay.html", replay_options, tdm__op_replay),
    ROW("diff", "reader", "case", "read", "Compare two versions of a record: rows added, removed, changed",
        "A B", "tidemark diff family-march.db family-june.db", diff_options, tdm__op_diff),
    ROW("score", "practitioner", "case", "read", "Score assessments on their instruments", "FILE...",
        "tidemark score assessments/2024-05-14.json", score_options, tdm__op_score),
    ROW("compare", "practitioner", "case", "read", "Say what changed from each assessment to the next",
        "INPUT...", "tidemark compare assessments/2023-06-14.json assessments/2024-07-10.json",
        compare_options, tdm__op_compare),
    ROW("agreement", "analyst", "case", "read", "Measure how far two assessors of the same visits agree",
        "INPUT...", "tidemark agreement paired-visits.ndjson", score_options, tdm__op_agreement),
    ROW("assessment.export", "practitioner", "case", "read",
        "Write one assessment for paper, a spreadsheet or another system", "INPUT...",
        "tidemark assessment export assessments/2024-05-14.json --format html -o record.html",
        assessment_options, tdm__op_assessment_export),
    ROW("import", "analyst", "store", "write", "Read inputs into a store; reading one twice changes nothing",
        "INPUT...", "tidemark import returns/ --into family.db", import_options, tdm__op_import),
    ROW("export", "analyst", "store", "read", "Write inputs or a store as NDJSON, one entry a line",
        "INPUT...", "tidemark export family.db -o family.ndjson", export_options, tdm__op_export),
    ROW("map.suggest", "analyst", "case", "read",
        "Guess a column map from the headings and cells of a file, and say why", "FILE",
        "tidemark map suggest return.xlsx --agency school --format json -o return.xlsx.map.json",
        suggest_options, tdm__op_map_suggest),
    ROW("map.check", "analyst", "case", "read", "Check a column map, and what it leaves of a file",
        "MAP [FILE]", "tidemark map check return.xlsx.map.json return.xlsx", map_check_options,
        tdm__op_map_check),
    ROW("pseudonymise", "administrator", "case", "write",
        "Write records with codes for people, and the key to them; and back", "INPUT...",
        "tidemark pseudonymise returns/ --key family.key -o coded/", pseudonymise_options,
        tdm__op_pseudonymise),
    ROW("indicators.list", "reader", "rules", "none", "List the indicators, id first", "",
        "tidemark indicators list", indicators_options, tdm__op_indicators_list),
    ROW("indicators.explain", "reader", "rules", "none",
        "Say what an indicator asks, with each value and what set it", "",
        "tidemark indicators explain repeat-referral", explain_options, tdm__op_indicators_explain),
    ROW("indicators.new", "analyst", "rules", "none",
        "Write the file that an indicator of one's own begins as", "",
        "tidemark indicators new late-call --group repeat -o late-call.lua", new_options,
        tdm__op_indicators_new),
    ROW("indicators.check", "analyst", "rules", "none", "Check indicator files and run their examples",
        "FILE...", "tidemark indicators check my-rules/indicators/repeat/late-call.lua", indicators_options,
        tdm__op_indicators_check),
    ROW("indicators.test", "analyst", "rules", "none",
        "Run the examples and case fixtures of indicators, and say what differs", "[FILE|ID...]",
        "tidemark indicators test my-rules/indicators/repeat/late-call.lua", test_options,
        tdm__op_indicators_test),
    ROW("indicators.doc", "reader", "rules", "none", "Write a page on what an indicator means, from its file",
        "", "tidemark indicators doc --format html -o indicators.html", doc_options, tdm__op_indicators_doc),
    ROW("indicators.run", "analyst", "case", "read", "Ask one indicator about inputs, and say why",
        "INPUT...", "tidemark indicators run repeat-plan fixtures/long-neglect --why LN-1", run_options,
        tdm__op_indicators_run),
    ROW("indicators.backtest", "analyst", "case", "read",
        "Ask one indicator about past data: since when, beside which others, before what", "INPUT...",
        "tidemark indicators backtest response-flat fixtures/long-neglect", backtest_options,
        tdm__op_indicators_backtest),
    ROW("scorecard", "analyst", "store", "read",
        "Count the figures of a period, each with its definition, ready to publish", "INPUT...",
        "tidemark scorecard fixtures/scorecard --from 2023-04-01 --to 2025-03-31 --by year --format html -o "
        "scorecard.html",
        scorecard_options, tdm__op_scorecard),
    ROW("measures.list", "reader", "rules", "none", "List the measures of a scorecard, id first", "",
        "tidemark measures list", indicators_options, tdm__op_measures_list),
    ROW("measures.show", "reader", "rules", "none",
        "Say what a measure counts, with each value and what set it", "",
        "tidemark measures show re-referrals", measure_options, tdm__op_measures_show),
    ROW("measures.test", "analyst", "rules", "none", "Run the examples of measures, and say what differs",
        "[FILE|ID...]", "tidemark measures test my-rules/measures/front-door/late-calls.lua", check_options,
        tdm__op_measures_test),
    ROW("measures.doc", "reader", "rules", "none", "Write a page on what each figure means, from its file",
        "", "tidemark measures doc --format html -o measures.html", measures_doc_options,
        tdm__op_measures_doc),
    ROW("policy.check", "analyst", "rules", "none",
        "Check policies: everything that is wrong, with file and line", "FILE...",
        "tidemark policy check my-policy.json", policy_check_options, tdm__op_policy_check),
    ROW("policy.diff", "reader", "rules", "none",
        "Say which values differ between two policies, and what set each", "A B",
        "tidemark policy diff default my-policy.json", policy_diff_options, tdm__op_policy_diff),
    ROW("policy.effective", "reader", "rules", "none",
        "List every value in force, with the file and line that set it", "",
        "tidemark policy effective --policy my-policy.json", policy_effective_options,
        tdm__op_policy_effective),
    ROW("instruments.list", "reader", "rules", "none", "List the instruments, id first", "",
        "tidemark instruments list", indicators_options, tdm__op_instruments_list),
    ROW("instruments.show", "reader", "rules", "none",
        "Show an instrument: its parts, scale and scoring, and whose it is", "",
        "tidemark instruments show graded-care", show_options, tdm__op_instruments_show),
    ROW("instruments.check", "analyst", "rules", "none", "Check instrument files and run their examples",
        "FILE...", "tidemark instruments check my-instruments/bedtime.lua", check_options,
        tdm__op_instruments_check),
    ROW("instruments.blank", "reader", "rules", "none",
        "Write a form to fill in: HTML for paper, or CSV for a spreadsheet", "",
        "tidemark instruments blank graded-care -o form.html", blank_options, tdm__op_instruments_blank),
    ROW("instruments.export", "reader", "rules", "none",
        "Write an instrument for another system: JSON, or a FHIR Questionnaire", "",
        "tidemark instruments export graded-care --fhir", definition_options, tdm__op_instruments_export),
};

#define COMMAND_ROWS (sizeof operations / sizeof *operations)

size_t tdm_operation_count(void)
{
    return COMMAND_ROWS + tdm__care_row_count() + tdm__service_row_count();
}

const tdm__operation *tdm__operation_row(size_t index)
{
    if (index < COMMAND_ROWS)
        return &operations[index];
    index -= COMMAND_ROWS;
    return index < tdm__care_row_count() ? tdm__care_row(index)
                                         : tdm__service_row(index - tdm__care_row_count());
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
        if (strcmp(tdm__operation_row(i)->view.name, name) == 0) {
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
