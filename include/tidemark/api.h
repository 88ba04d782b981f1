/*
 * The operations: what the command offers and what a JSON request can ask for. One table, two
 * mouths: tdm_request_run for callers that have options at hand, tdm_api_call for JSON. Both give
 * the same bytes. No sockets here.
 */
#ifndef TIDEMARK_API_H
#define TIDEMARK_API_H

#include <tidemark/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How an option is written. */
enum tdm_option_type {
    TDM_OPTION_TEXT = 0,
    TDM_OPTION_FLAG = 1,   /* "true" or "false"; in JSON true or false */
    TDM_OPTION_NUMBER = 2, /* whole number */
    TDM_OPTION_DATE = 3    /* ISO day */
};

/* An option of an operation, for help texts and checks. All strings static. */
typedef struct tdm_option_view {
    const char *name;    /* "explain_all" in JSON, --explain-all in the command */
    int32_t type;        /* enum tdm_option_type */
    const char *value;   /* what stands for the value in help: "FILE"; "" for a flag */
    const char *choices; /* "text|json|html", "" when any */
    const char *doc;
    bool is_path; /* names a file or folder: only in a context that allows files */
} tdm_option_view;

/* One row of the table of operations. All strings static. */
typedef struct tdm_operation_view {
    const char *name;       /* "review", "indicators.explain"; the command writes a space for the point */
    const char *role;       /* who may ask for it: reader, practitioner, analyst, administrator */
    const char *scope;      /* what it is about: case, store, rules */
    const char *audit_kind; /* how it stands in an audit trail: read, write, none */
    const char *title;
    const char *inputs; /* what stands for the inputs in help; "" when it takes none */
    const char *example;
    size_t option_count;
    bool of_service; /* only tdm_service_call answers it */
} tdm_operation_view;

TDM_API size_t tdm_operation_count(void);
/* False when there is no such row. Any thread. */
TDM_API bool tdm_operation_at(tdm_operation_view *out, size_t index);
TDM_API bool tdm_operation_find(tdm_operation_view *out, size_t *index, const char *name);
TDM_API bool tdm_operation_option(tdm_option_view *out, size_t operation, size_t option);

typedef struct tdm_request tdm_request;

/*
 * A request for one operation.
 *
 * out        set to NULL first; owned by the caller, freed with tdm_request_free before the context
 * context    borrowed until then
 * operation  name of a row of the table
 *
 * TDM_OK; TDM_NOT_FOUND; TDM_NO_MEMORY. Details in the context's error.
 */
TDM_API tdm_status tdm_request_new(tdm_request **out, tdm_context *context, const char *operation);
TDM_API void tdm_request_free(tdm_request *request);

/* Sets an option; both are copied. TDM_INVALID_ARG when the operation has no such option, the value is not of
 * its type, or it is a path and the context allows no files. */
TDM_API tdm_status tdm_request_option(tdm_request *request, const char *name, const char *value);

/* The passphrase of an operation that opens a key: copied, and wiped when the request is freed. No option,
 * so that it never stands in an argument or a log. TDM_OK; TDM_NO_MEMORY. */
TDM_API tdm_status tdm_request_passphrase(tdm_request *request, tdm_str passphrase);

/* One input: a path (only in a context that allows files), or content with a name. Strings are copied;
 * content is borrowed until the request is freed. Zero-initialise; set struct_size. */
typedef struct tdm_request_input {
    size_t struct_size;
    const char *path; /* "-" is standard input */
    const char *name; /* shown in diagnostics; NULL: the path as given */
    tdm_str content;
    const char *format; /* reader's name; NULL: found by looking */
    const char
        *map; /* path or bare name of a column map, or the map itself when it starts with '{'; NULL: none */
} tdm_request_input;
TDM_API tdm_status tdm_request_add_input(tdm_request *request, const tdm_request_input *input);

/* What the caller of an operation has to know beside its output. */
typedef struct tdm_outcome {
    bool fail_on_reached; /* the condition of `fail_on` holds */
    bool trouble;         /* some rows were set aside or a script failed: the output says what */
} tdm_outcome;

/*
 * Runs the operation and writes its output in the format asked for. Nothing is written before the
 * whole result is there.
 *
 * outcome  zeroed first; may be NULL
 *
 * TDM_OK, or what went wrong; details in the context's error.
 */
TDM_API tdm_status tdm_request_run(tdm_request *request, tdm_outcome *outcome, tdm_sink sink);

/*
 * A JSON request to a JSON response:
 *   {"operation", "inputs": [{"name", "format", "map", "content" | "content_base64" | "path"}],
 *    "as_of", "policy", "options"}
 *   -> {"ok": true, "result": ...} or {"ok": false, "error": {"code", "message", "file", "row", "column"}}
 *   with "problems": [the same members] in the error where several things were wrong at once
 * `result` is the command's JSON, byte for byte; output in another format is a string, and where that is no
 * text (docx, xlsx) the member is "result_base64" instead.
 *
 * The response, also that of a failed request, goes to the sink. Returns the operation's status.
 */
TDM_API tdm_status tdm_api_call(tdm_context *context, tdm_str request, tdm_outcome *outcome, tdm_sink sink);

/* A file that appears whole or not at all (temporary name beside it, mode 0600, sync, rename), for callers
 * that write a request's output to one. Commit and abandon free the writer; abandon accepts NULL. */
typedef struct tdm_output_file tdm_output_file;
TDM_API tdm_status tdm_output_file_open(tdm_output_file **out, tdm_context *context, const char *path);
TDM_API tdm_sink tdm_output_file_sink(tdm_output_file *file);
TDM_API tdm_status tdm_output_file_commit(tdm_output_file *file);
TDM_API void tdm_output_file_abandon(tdm_output_file *file);

/* Reads a whole file ("-": standard input) up to the context's limit for one input. *out is freed with
 * tdm_buffer_free. Only in a context that allows files. */
TDM_API tdm_status tdm_file_read(tdm_str *out, tdm_context *context, const char *path);
TDM_API void tdm_buffer_free(tdm_context *context, tdm_str buffer);

#ifdef __cplusplus
}
#endif

#endif
