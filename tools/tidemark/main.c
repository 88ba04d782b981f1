/*
 * tidemark: the command. Finds the operation that the first words name and hands the rest on.
 */
#include "command.h"

#include <stdio.h>
#include <string.h>

/* Operations of a service are asked over HTTP. */
static bool is_typed(size_t *operation, const char *name)
{
    tdm_operation_view view;
    return tdm_operation_find(&view, operation, name) && !view.of_service;
}

/* The operation named by the first one or two words ("indicators list"); *words says how many. */
static bool find_operation(size_t *operation, int *words, int count, char **arguments)
{
    char name[64];
    *words = 1;
    if (count > 1 && is_typed(operation, arguments[1]))
        return true;
    if (count < 3 || (size_t)snprintf(name, sizeof name, "%s.%s", arguments[1], arguments[2]) >= sizeof name)
        return false;
    *words = 2;
    return is_typed(operation, name);
}

static bool is_in_group(const tdm_operation_view *view, const char *group)
{
    size_t length = strlen(group);
    return strncmp(view->name, group, length) == 0 && view->name[length] == '.';
}

static bool is_group(const char *group)
{
    tdm_operation_view view;
    for (size_t i = 0; tdm_operation_at(&view, i); i++)
        if (!view.of_service && is_in_group(&view, group))
            return true;
    return false;
}

/* "tidemark indicators --help": the subcommands of a group. */
static bool print_group(const char *group)
{
    tdm_operation_view view;
    const char *example = NULL;
    for (size_t i = 0; tdm_operation_at(&view, i); i++) {
        if (view.of_service || !is_in_group(&view, group))
            continue;
        printf("tidemark %s %-10s %s\n", group, view.name + strlen(group) + 1, view.title);
        example = example ? example : view.example;
    }
    if (example)
        printf("\nexample: %s\n", example);
    return example != NULL;
}

int main(int count, char **arguments)
{
    size_t operation;
    int words;
    if (count < 2 || strcmp(arguments[1], "--help") == 0 || strcmp(arguments[1], "-h") == 0 ||
        strcmp(arguments[1], "help") == 0) {
        print_help();
        return count < 2 ? EXIT_USAGE : EXIT_FINE;
    }
    if (strcmp(arguments[1], "--version") == 0) {
        printf("tidemark %s\n", tdm_version());
        return EXIT_FINE;
    }
    if (strcmp(arguments[1], "api") == 0)
        return run_api(count - 2, arguments + 2);
    if (strcmp(arguments[1], "serve") == 0)
        return run_serve(count - 2, arguments + 2);
    if (find_operation(&operation, &words, count, arguments))
        return run_operation(operation, count - 1 - words, arguments + 1 + words);
    bool wants_group = count == 2 || strcmp(arguments[2], "--help") == 0;
    if (wants_group && print_group(arguments[1]))
        return EXIT_FINE;
    return usage("there is no subcommand of that name; tidemark --help lists them",
                 arguments[wants_group || !is_group(arguments[1]) ? 1 : 2]);
}
