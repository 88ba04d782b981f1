/*
 * Running one operation: arguments to a request, output to a file or standard output, status to an
 * exit code. What options there are stands in the library's table.
 */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* By status; what is not here is 4. */
static const struct {
    tdm_status status;
    int code;
} exit_codes[] = {
    {TDM_OK, EXIT_FINE},         {TDM_INVALID_ARG, EXIT_USAGE},     {TDM_NOT_FOUND, EXIT_INPUT},
    {TDM_IO, EXIT_INPUT},        {TDM_TOO_LARGE, EXIT_INPUT},       {TDM_INVALID_INPUT, EXIT_INPUT},
    {TDM_ENCODING, EXIT_INPUT},  {TDM_UNSUPPORTED, EXIT_INPUT},     {TDM_SCRIPT, EXIT_INPUT},
    {TDM_CONFLICT, EXIT_INPUT},  {TDM_STORE, EXIT_INPUT},           {TDM_NEWER, EXIT_INPUT},
    {TDM_STOPPED, EXIT_STOPPED}, {TDM_CANCELLED, EXIT_INTERRUPTED},
};

int exit_code(tdm_status status)
{
    for (size_t i = 0; i < sizeof exit_codes / sizeof *exit_codes; i++)
        if (exit_codes[i].status == status)
            return exit_codes[i].code;
    return EXIT_INTERNAL;
}

void print_error(const tdm_error *error)
{
    fputs("tidemark: ", stderr);
    if (error->file[0]) {
        print_plain(error->file);
        if (error->line > 0)
            fprintf(stderr, ":%d", (int)error->line);
        if (error->line > 0 && error->column > 0)
            fprintf(stderr, ":%d", (int)error->column);
        fputs(": ", stderr);
    }
    print_plain(error->message);
    fputc('\n', stderr);
}

/* Each thing that was wrong, where the call could tell several; else the error. */
static void print_problems(const tdm_context *context)
{
    for (size_t i = 0; i < tdm_context_problem_count(context); i++)
        print_error(tdm_context_problem(context, i));
    if (tdm_context_problem_count(context) == 0)
        print_error(tdm_context_error(context));
}

int usage(const char *message, const char *argument)
{
    fputs("tidemark: ", stderr);
    if (argument) {
        print_argument(argument);
        fputs(": ", stderr);
    }
    fprintf(stderr, "%s\n", message);
    return EXIT_USAGE;
}

static const char *next_value(int *at, int count, char **arguments)
{
    return *at + 1 < count ? arguments[++*at] : NULL;
}

/* 1 to 999999999 seconds. */
static bool read_seconds(int64_t *out, const char *value)
{
    char *end;
    if (!value || strlen(value) > 9 || value[0] < '0' || value[0] > '9')
        return false;
    *out = strtoll(value, &end, 10);
    return *end == '\0' && *out > 0;
}

static bool read_progress(const char **out, const char *value)
{
    *out = value;
    return value && (strcmp(value, "line") == 0 || strcmp(value, "json") == 0 || strcmp(value, "none") == 0);
}

int take_common_option(common_options *options, int *at, int count, char **arguments)
{
    const char *argument = arguments[*at];
    if (strcmp(argument, "--strict") == 0) {
        options->strict = true;
        return 1;
    }
    const char **text = strcmp(argument, "-o") == 0 || strcmp(argument, "--output") == 0 ? &options->output
                        : strcmp(argument, "--data") == 0                                ? &options->data
                                                                                         : NULL;
    if (text) {
        *text = next_value(at, count, arguments);
        return *text ? 1 : -1;
    }
    if (strcmp(argument, "--progress") == 0)
        return read_progress(&options->progress, next_value(at, count, arguments)) ? 1 : -1;
    if (strcmp(argument, "--time-limit") != 0)
        return 0;
    return read_seconds(&options->seconds, next_value(at, count, arguments)) ? 1 : -1;
}

/* What is being read from the command line. */
typedef struct reading {
    size_t operation;
    tdm_operation_view view;
    tdm_request *request;
    tdm_context *context;
    const char *output; /* -o; NULL */
    const char *map;    /* of the inputs that follow */
    const char *format;
    bool for_a_file; /* a Word or Excel file is asked for */
    bool today_given, now_given, width_given, colour_given;
    bool id_given, cost_given;
} reading;

/* "--explain-all" as the table has it: "explain_all". */
static bool option_name(char *out, size_t size, const char *argument)
{
    size_t length = strlen(argument);
    if (length < 3 || strncmp(argument, "--", 2) != 0 || length - 2 >= size)
        return false;
    for (size_t i = 2; i <= length; i++)
        out[i - 2] = argument[i] == '-' ? '_' : argument[i];
    return true;
}

static bool find_option(tdm_option_view *out, size_t operation, const char *name)
{
    for (size_t i = 0; tdm_operation_option(out, operation, i); i++)
        if (strcmp(out->name, name) == 0)
            return true;
    return false;
}

/* What the option is to be, without its name: that stands before it as it was typed. */
static int print_option_error(const reading *r, const char *name, const char *value)
{
    const char *message = tdm_context_error(r->context)->message;
    size_t length = strlen(name);
    if (strncmp(message, name, length) == 0 && strncmp(message + length, ": ", 2) == 0)
        message += length + 2;
    fputs("tidemark: --", stderr);
    for (; *name; name++)
        fputc(*name == '_' ? '-' : *name, stderr);
    fputc(' ', stderr);
    print_argument(value);
    fprintf(stderr, ": %s\n", message);
    return exit_code(tdm_context_error(r->context)->status);
}

static int set_option(reading *r, const char *name, const char *value)
{
    tdm_status status = tdm_request_option(r->request, name, value);
    return status == TDM_OK ? EXIT_FINE : print_option_error(r, name, value);
}

/* No input is a page, so that a report in the folder of a case can be made anew. */
static bool is_page(const char *path)
{
    size_t length = strlen(path);
    return length > 5 && strcmp(path + length - 5, ".html") == 0;
}

/* A report takes the place of what stood at -o: never of what it was made from. */
static int check_output(const reading *r, const char *path)
{
    if (r->output && (is_same_file(r->output, path) || is_map_beside(r->output, path)))
        return usage("the output would take the place of an input", r->output);
    if (r->output && is_in_folder(r->output, path) && !is_page(r->output))
        return usage("the output would take the place of a file in the folder of an input", r->output);
    return EXIT_FINE;
}

static int set_id(reading *r, const char *argument)
{
    if (r->id_given)
        return usage("one id at a time", argument);
    r->id_given = true;
    return set_option(r, "id", argument);
}

static int add_input(reading *r, const char *argument)
{
    if (r->view.inputs[0] == '\0' && !takes_id(r->operation))
        return usage("this subcommand takes no input", argument);
    if (takes_id(r->operation) && (r->view.inputs[0] == '\0' || !r->id_given))
        return set_id(r, argument);
    if (check_output(r, argument) != EXIT_FINE)
        return EXIT_USAGE;
    tdm_request_input input = {
        .struct_size = sizeof input, .path = argument, .map = r->map, .format = r->format};
    tdm_status status = tdm_request_add_input(r->request, &input);
    if (status != TDM_OK)
        print_error(tdm_context_error(r->context));
    return exit_code(status);
}

/* One argument; *at moves over its value. */
static int take_argument(reading *r, int *at, int count, char **arguments)
{
    char name[64];
    tdm_option_view option;
    const char *argument = arguments[*at];
    if (argument[0] != '-' || strcmp(argument, "-") == 0)
        return add_input(r, argument);
    if (strcmp(argument, "--map") == 0 || strcmp(argument, "--input-format") == 0) {
        const char *value = next_value(at, count, arguments);
        *(argument[2] == 'm' ? &r->map : &r->format) = value;
        return value ? check_output(r, value) : usage("a value is missing", argument);
    }
    if (!option_name(name, sizeof name, argument) || !find_option(&option, r->operation, name))
        return usage("there is no such option; --help lists them", argument);
    r->today_given = r->today_given || strcmp(name, "today") == 0;
    r->now_given = r->now_given || strcmp(name, "now") == 0;
    r->width_given = r->width_given || strcmp(name, "width") == 0;
    r->colour_given = r->colour_given || strcmp(name, "colour") == 0;
    r->id_given = r->id_given || strcmp(name, "id") == 0;
    r->cost_given = r->cost_given || strcmp(name, "cost") == 0;
    if (option.type == TDM_OPTION_FLAG)
        return set_option(r, name, "true");
    const char *value = next_value(at, count, arguments);
    if (!value)
        return usage("a value is missing", argument);
    if (option.is_path && check_output(r, value) != EXIT_FINE)
        return EXIT_USAGE;
    if (strcmp(name, "format") == 0)
        r->for_a_file = strcmp(value, "docx") == 0 || strcmp(value, "xlsx") == 0;
    return set_option(r, name, value);
}

/* What only the command knows: today and now, and the terminal. */
static int set_surroundings(reading *r, const common_options *common)
{
    char text[24];
    tdm_option_view option;
    struct winsize window;
    int code = EXIT_FINE;
    bool terminal = !common->output && isatty(STDOUT_FILENO);
    if (!r->today_given && find_option(&option, r->operation, "today")) {
        today_text(text);
        code = set_option(r, "today", text);
    }
    if (code == EXIT_FINE && !r->now_given && find_option(&option, r->operation, "now")) {
        snprintf(text, sizeof text, "%lld", (long long)clock_seconds());
        code = set_option(r, "now", text);
    }
    if (code == EXIT_FINE && terminal && !r->width_given && find_option(&option, r->operation, "width") &&
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col >= 40 && window.ws_col <= 400) {
        snprintf(text, sizeof text, "%d", (int)window.ws_col);
        code = set_option(r, "width", text);
    }
    const char *no_colour = getenv("NO_COLOR"), *kind = getenv("TERM");
    bool colour = terminal && (!no_colour || !no_colour[0]) && kind && strcmp(kind, "dumb") != 0;
    if (code == EXIT_FINE && colour && !r->colour_given && find_option(&option, r->operation, "colour"))
        code = set_option(r, "colour", "true");
    return code;
}

static tdm_status write_to_stdout(const char *bytes, size_t length, void *payload)
{
    (void)payload;
    progress_clear();
    return fwrite(bytes, 1, length, stdout) == length ? TDM_OK : TDM_IO;
}

/* What is written last is known to be lost only now. */
static tdm_status finish_stdout(tdm_status status)
{
    if (fflush(stdout) == 0 || status != TDM_OK)
        return status;
    fputs("tidemark: standard output could not be written\n", stderr);
    return TDM_IO;
}

static tdm_status run_to_stdout(tdm_request *request, tdm_context *context, tdm_outcome *outcome)
{
    tdm_status status = tdm_request_run(request, outcome, (tdm_sink){write_to_stdout, NULL});
    progress_end();
    if (status != TDM_OK)
        print_problems(context);
    return finish_stdout(status);
}

static tdm_status run_to_file(tdm_request *request, tdm_context *context, tdm_outcome *outcome,
                              const char *path)
{
    tdm_output_file *file;
    tdm_status status = tdm_output_file_open(&file, context, path);
    if (status == TDM_OK) {
        status = tdm_request_run(request, outcome, tdm_output_file_sink(file));
        if (status == TDM_OK)
            status = tdm_output_file_commit(file);
        else
            tdm_output_file_abandon(file);
    }
    progress_end();
    if (status != TDM_OK)
        print_problems(context);
    return status;
}

/* An operation that writes a folder takes -o itself, and one with a key the passphrase. */
static int hand_over(reading *r, common_options *common)
{
    tdm_option_view option;
    const char *passphrase = getenv("TIDEMARK_PASSPHRASE");
    if (common->output && find_option(&option, r->operation, "output")) {
        int code = set_option(r, "output", common->output);
        common->output = NULL;
        if (code != EXIT_FINE)
            return code;
    }
    if (!passphrase || !passphrase[0] || !find_option(&option, r->operation, "key"))
        return EXIT_FINE;
    return exit_code(tdm_request_passphrase(r->request, (tdm_str){passphrase, strlen(passphrase)}));
}

static int run_request(reading *r, const common_options *common)
{
    tdm_outcome outcome = {false, false};
    guard_start(common->seconds);
    progress_start(common);
    int64_t before_ms = monotonic_ms();
    tdm_status status = common->output ? run_to_file(r->request, r->context, &outcome, common->output)
                                       : run_to_stdout(r->request, r->context, &outcome);
    if (status != TDM_OK)
        return exit_code(status);
    /* Not in the output, which is the same for the same input. */
    if (r->cost_given)
        fprintf(stderr, "tidemark: took %.2f seconds\n", (double)(monotonic_ms() - before_ms) / 1000.0);
    if (outcome.fail_on_reached)
        return EXIT_FAIL_ON;
    return common->strict && outcome.trouble ? EXIT_INPUT : EXIT_FINE;
}

/* Common options stand anywhere, and the context is made from them: they are read first. */
static int read_common(common_options *common, int *count, char **arguments)
{
    int kept = 0;
    for (int i = 0; i < *count; i++) {
        const char *argument = arguments[i];
        int taken = take_common_option(common, &i, *count, arguments);
        if (taken < 0)
            return usage("a value is missing or wrong", argument);
        if (taken == 0)
            arguments[kept++] = arguments[i];
    }
    *count = kept;
    return EXIT_FINE;
}

static int open_context(tdm_context **out, const common_options *common)
{
    tdm_context_options options = {.struct_size = sizeof options,
                                   .data_folder = data_folder(common),
                                   .files_allowed = true,
                                   .interrupt = guard_ask,
                                   .progress = progress_tell};
    tdm_status status = tdm_context_new(out, &options);
    if (status != TDM_OK)
        fprintf(stderr, "tidemark: %s\n", tdm_status_text(status));
    return exit_code(status);
}

int run_operation(size_t operation, int count, char **arguments)
{
    common_options common = {0};
    reading r = {.operation = operation};
    tdm_operation_at(&r.view, operation);
    for (int i = 0; i < count; i++)
        if (strcmp(arguments[i], "--help") == 0 || strcmp(arguments[i], "-h") == 0) {
            print_operation_help(operation);
            return EXIT_FINE;
        }
    int code = read_common(&common, &count, arguments);
    if (code == EXIT_FINE)
        code = open_context(&r.context, &common);
    if (code != EXIT_FINE)
        return code;
    r.output = common.output;
    code = exit_code(tdm_request_new(&r.request, r.context, r.view.name));
    for (int i = 0; code == EXIT_FINE && i < count; i++)
        code = take_argument(&r, &i, count, arguments);
    if (code == EXIT_FINE && r.for_a_file && !common.output && isatty(STDOUT_FILENO))
        code = usage("a Word or Excel file is not for a terminal; name one with -o FILE", "--format");
    if (code == EXIT_FINE)
        code = hand_over(&r, &common);
    if (code == EXIT_FINE)
        code = set_surroundings(&r, &common);
    if (code == EXIT_FINE)
        code = run_request(&r, &common);
    tdm_request_free(r.request);
    tdm_context_free(r.context);
    return code;
}

int run_api(int count, char **arguments)
{
    common_options common = {0};
    tdm_context *context;
    tdm_str request = {NULL, 0};
    tdm_outcome outcome = {false, false};
    if (count > 0 && strcmp(arguments[0], "--help") == 0) {
        puts("Answer one JSON request with one JSON response.\n\nusage: tidemark api [--data DIR] [--strict] "
             "[FILE]\n\n"
             "example: echo '{\"operation\": \"indicators.list\"}' | tidemark api");
        return EXIT_FINE;
    }
    int code = read_common(&common, &count, arguments);
    if (code == EXIT_FINE && count > 1)
        code = usage("one request at a time", NULL);
    if (code == EXIT_FINE)
        code = open_context(&context, &common);
    if (code != EXIT_FINE)
        return code;
    tdm_status status = tdm_file_read(&request, context, count == 1 ? arguments[0] : "-");
    if (status != TDM_OK) {
        print_error(tdm_context_error(context));
    } else {
        guard_start(common.seconds);
        progress_start(&common);
        status = tdm_api_call(context, request, &outcome, (tdm_sink){write_to_stdout, NULL});
        progress_end();
        status = finish_stdout(status);
    }
    tdm_buffer_free(context, request);
    tdm_context_free(context);
    if (status == TDM_OK && outcome.fail_on_reached)
        return EXIT_FAIL_ON;
    return status == TDM_OK && common.strict && outcome.trouble ? EXIT_INPUT : exit_code(status);
}
