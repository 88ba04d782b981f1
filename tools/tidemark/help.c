/*
 * Help: written from the library's table of operations, so that it cannot differ from what they take.
 */
#include "command.h"

#include <stdio.h>
#include <string.h>

static const char *const common_help[] = {
    "  -o FILE              write to FILE, whole or not at all, instead of standard output",
    "  --data DIR           folder with scripts/; else TIDEMARK_DATA, else beside the command",
    "  --strict             exit with 3 when rows were set aside or a script failed",
    "  --time-limit N       stop the whole run after N seconds (exit 5)",
    "  --progress FORM      line, json (one object a line) or none, on standard error; else a line where",
    "                       that is a terminal",
    "  --help               this text",
};

static const char *const input_help[] = {
    "  --map FILE           column map of the inputs after it: a path, or a name from scripts/maps/",
    "  --input-format NAME  how the inputs after it are read, instead of looking: csv, xlsx, docx, ndjson,",
    "                       cin-census, ssd, dfe-api, school-census, assessment, sheet, fhir",
};

/* A name of the table as people type it: "indicators.list" is "indicators list". */
static void print_name(const char *name)
{
    for (; *name; name++)
        putchar(*name == '.' ? ' ' : *name);
}

void print_help(void)
{
    tdm_operation_view view;
    printf("tidemark: prompts for review where neglect builds up slowly. Never a measure of risk.\n\n"
           "usage: tidemark SUBCOMMAND [OPTIONS] [INPUT...]\n\n");
    for (size_t i = 0; tdm_operation_at(&view, i) && !view.of_service; i++) {
        printf("  ");
        print_name(view.name);
        printf("%*s%s\n", (int)(22 - strlen(view.name)), "", view.title);
    }
    printf(
        "  api                   Answer one JSON request from standard input, or from a file\n"
        "  serve                 Answer over HTTP: the page for people, and the JSON API\n\n"
        "INPUT is a case folder; an agency's return (CSV, Excel or Word with a column map, NDJSON); a "
        "national\n"
        "form (children-in-need census, Annex A, Standard Safeguarding Dataset, DfE payload, school census); "
        "an\n"
        "assessment (JSON, a sheet that was filled in, FHIR); or a store. tidemark SUBCOMMAND --help says "
        "more, "
        "with\nan example.\n"
        "Exit codes: 0 fine, 1 --fail-on reached, 2 usage, 3 input, 4 internal, 5 time limit, 130 Ctrl-C.\n");
}

static void print_option(const tdm_option_view *option)
{
    char flag[64];
    size_t at = 0;
    for (const char *c = option->name; *c && at + 1 < sizeof flag; c++)
        flag[at++] = *c == '_' ? '-' : *c;
    flag[at] = '\0';
    const char *value = option->choices[0] ? option->choices : option->value;
    int written = printf("  --%s%s%s", flag, option->type == TDM_OPTION_FLAG ? "" : " ",
                         option->type == TDM_OPTION_FLAG ? "" : value);
    if (written > 22)
        printf("\n%23s%s\n", "", option->doc);
    else
        printf("%*s%s\n", 23 - written, "", option->doc);
}

bool takes_id(size_t operation)
{
    tdm_option_view option;
    return tdm_operation_option(&option, operation, 0) && strcmp(option.name, "id") == 0;
}

void print_operation_help(size_t operation)
{
    tdm_operation_view view;
    tdm_option_view option;
    if (!tdm_operation_at(&view, operation))
        return;
    printf("%s.\n\nusage: tidemark ", view.title);
    print_name(view.name);
    bool names_one = takes_id(operation) && tdm_operation_option(&option, operation, 0);
    printf(" [OPTIONS]%s%s%s%s\n\n", names_one ? " " : "", names_one ? option.value : "",
           view.inputs[0] ? " " : "", view.inputs);
    for (size_t i = 0; tdm_operation_option(&option, operation, i); i++)
        print_option(&option);
    bool of_records = view.inputs[0] && strcmp(view.inputs, "STORE") != 0 &&
                      strcmp(view.inputs, "COPY STORE") != 0;
    for (size_t i = 0; of_records && i < sizeof input_help / sizeof *input_help; i++)
        puts(input_help[i]);
    for (size_t i = 0; i < sizeof common_help / sizeof *common_help; i++)
        puts(common_help[i]);
    printf("\nexample: %s\n", view.example);
}
