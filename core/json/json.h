/*
 * JSON: strict bounded reading with the line of every value, and streaming writing. Nothing outside
 * this layer sees cJSON.
 *
 * Refused, each with line and what was expected: what RFC 8259 forbids (leading zeros, "1.", raw
 * control characters, anything behind the value), invalid UTF-8, duplicate names in one object,
 * \u0000, lone surrogates, whole numbers beyond 2^53, numbers that overflow, more than 64 levels,
 * and sizes above the limits. A BOM at the start is skipped.
 */
#ifndef TDM_JSON_JSON_H
#define TDM_JSON_JSON_H

#include "base/text.h"

#define TDM_JSON_DEPTH_MAX 64

typedef struct tdm__json tdm__json;             /* a parsed document */
typedef struct tdm__json_value tdm__json_value; /* owned by its document */

typedef enum tdm__json_type {
    TDM__JSON_NULL,
    TDM__JSON_BOOL,
    TDM__JSON_NUMBER,
    TDM__JSON_STRING,
    TDM__JSON_ARRAY,
    TDM__JSON_OBJECT,
    TDM__JSON_ANY /* in field tables only: the reader looks at the type itself */
} tdm__json_type;

/*
 * Parses a document.
 *
 * out   set to NULL first; freed with tdm__json_free
 * text  copied as far as needed; may be freed afterwards
 * file  name for errors; copied
 *
 * TDM_OK; TDM_INVALID_INPUT or TDM_ENCODING with line and column; TDM_TOO_LARGE (64 levels,
 * 64 MiB of text, 8 million values); TDM_NO_MEMORY.
 */
tdm_status tdm__json_parse(tdm__json **out, const tdm_allocator *allocator, tdm_str text, tdm_str file,
                           tdm_error *error);
void tdm__json_free(tdm__json *document);

/* The values of many small texts, such as the lines of a file, one behind the other in room that is kept:
 * zeroed, then with `count` 0 for the next round; `items` is freed by the owner. */
typedef struct tdm__json_values {
    tdm__json_value *items;
    size_t count;
    size_t capacity;
} tdm__json_values;

/* As tdm__json_parse, without a BOM. The text is written over: names and strings stand in it, and it stays as
 * long as they are looked at. *root is for tdm__json_values_at, once no more is read: values may move. */
tdm_status tdm__json_values_read(size_t *root, tdm__json_values *values, const tdm_allocator *allocator,
                                 char *text, size_t length, tdm_str file, tdm_error *error);
const tdm__json_value *tdm__json_values_at(const tdm__json_values *values, size_t root); /* NULL: none */
/* Where a member stands among the values of its object, for tdm__json_at; never 0. */
uint32_t tdm__json_place(const tdm__json_value *object, const tdm__json_value *member);
const tdm__json_value *tdm__json_at(const tdm__json_value *object, uint32_t place);

const tdm__json_value *tdm__json_root(const tdm__json *document);
tdm_str tdm__json_file(const tdm__json *document);

/* All getters accept NULL (a value that is not there): type NULL, line 0, empty, no members. */
tdm__json_type tdm__json_type_of(const tdm__json_value *value);
int32_t tdm__json_line(const tdm__json_value *value);
bool tdm__json_bool(const tdm__json_value *value);
double tdm__json_number(const tdm__json_value *value);
/* Whole number within int64; false when the value is no number or has a fraction. */
bool tdm__json_int64(int64_t *out, const tdm__json_value *value);
tdm_str tdm__json_string(const tdm__json_value *value); /* lives as long as the document */
size_t tdm__json_count(const tdm__json_value *value);   /* items or members */
/* First item or member and the next one, in file order; NULL at the end. O(1) each. */
const tdm__json_value *tdm__json_first(const tdm__json_value *value);
const tdm__json_value *tdm__json_next(const tdm__json_value *value);
tdm_str tdm__json_name(const tdm__json_value *member); /* its name in its object */
const tdm__json_value *tdm__json_member(const tdm__json_value *object, const char *name);

/*
 * One row of a table that says which members an object may have. `tdm__json_read` checks the object
 * against the table, so that an unknown member, a missing one or one of the wrong type is an error
 * that names file, line and member, in one place for every reader.
 */
typedef struct tdm__json_field {
    const char *name;
    tdm__json_type type;
    bool required;
    bool null_allowed;
    const tdm__json_value **out; /* set to the member, or NULL when it is absent or null */
} tdm__json_field;

tdm_status tdm__json_read(const tdm__json *document, const tdm__json_value *object, const char *what,
                          const tdm__json_field *fields, size_t field_count, tdm_error *error);

/* The same for readers that tell all that is wrong: each problem is told, and reading goes on. Members that
 * do not fit are as absent. Whether nothing was told. */
typedef void (*tdm__json_tell_fn)(const tdm_error *problem, void *payload);
bool tdm__json_read_telling(const tdm__json *document, const tdm__json_value *object, const char *what,
                            const tdm__json_field *fields, size_t field_count, tdm__json_tell_fn tell,
                            void *payload);

/* Fills the error with the document's file and the value's line; returns TDM_INVALID_INPUT. */
tdm_status tdm__json_fail(const tdm__json *document, const tdm__json_value *value, tdm_error *error,
                          const char *format, ...) TDM_PRINTF(4, 5);

/*
 * Streaming writer. Commas, escapes and indentation are its business; a misuse (a member outside an
 * object, a second root) is an assertion in debug builds. Bytes reach the sink in pieces of about
 * 64 KiB; a failed sink or allocation sticks and comes out of tdm__json_writer_end.
 */
typedef struct tdm__json_writer {
    tdm__text buffer;
    tdm_sink sink;
    tdm_status status;
    int32_t indent; /* spaces a level; 0: one line */
    int32_t depth;
    bool has_items[TDM_JSON_DEPTH_MAX + 1];
    bool in_object[TDM_JSON_DEPTH_MAX + 1];
    bool after_name;
} tdm__json_writer;

void tdm__json_writer_init(tdm__json_writer *writer, const tdm_allocator *allocator, tdm_sink sink,
                           int32_t indent);
/* Flushes, frees the buffer, gives the first failure. No line end is added. */
tdm_status tdm__json_writer_end(tdm__json_writer *writer);
void tdm__json_open_object(tdm__json_writer *writer);
void tdm__json_close_object(tdm__json_writer *writer);
void tdm__json_open_array(tdm__json_writer *writer);
void tdm__json_close_array(tdm__json_writer *writer);
void tdm__json_put_name(tdm__json_writer *writer, const char *name);
void tdm__json_put_name_str(tdm__json_writer *writer, tdm_str name);
void tdm__json_put_string(tdm__json_writer *writer, tdm_str text); /* invalid UTF-8 becomes U+FFFD */
void tdm__json_put_text(tdm__json_writer *writer, const char *zero_ended);
void tdm__json_put_int(tdm__json_writer *writer, int64_t number);
/* Shortest text that reads back to the same double, locale-free; a value that is not finite gives null. */
void tdm__json_put_double(tdm__json_writer *writer, double number);
void tdm__json_put_bool(tdm__json_writer *writer, bool value);
void tdm__json_put_null(tdm__json_writer *writer);
/* A parsed value written again: names in their order. */
void tdm__json_put_value(tdm__json_writer *writer, const tdm__json_value *value);
/* Text that is already JSON, as one value. */
void tdm__json_put_raw(tdm__json_writer *writer, tdm_str json);

#endif
