/*
 * Objects read against a table of their members, and errors that name file, line and member.
 */
#include "json/scan.h"

#include <stdarg.h>
#include <stdio.h>

tdm_status tdm__json_fail(const tdm__json *document, const tdm__json_value *value, tdm_error *error,
                          const char *format, ...)
{
    char message[sizeof error->message];
    va_list values;
    tdm_place place = {tdm__json_file(document), value ? value->line : 0, value ? value->column : 0};
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    return tdm__fail_at(error, TDM_INVALID_INPUT, place, "%s", message);
}

static const char *const type_names[] = {
    [TDM__JSON_NULL] = "null",       [TDM__JSON_BOOL] = "true or false", [TDM__JSON_NUMBER] = "a number",
    [TDM__JSON_STRING] = "a string", [TDM__JSON_ARRAY] = "an array",     [TDM__JSON_OBJECT] = "an object",
    [TDM__JSON_ANY] = "a value",
};

static const tdm__json_field *find_field(const tdm__json_field *fields, size_t count, tdm_str name)
{
    for (size_t i = 0; i < count; i++)
        if (tdm__str_equal(tdm__str(fields[i].name), name))
            return &fields[i];
    return NULL;
}

/* The names that are allowed, as many as fit; an unknown name itself may be anything and is not shown. */
static tdm_status fail_unknown(const tdm__json *document, const tdm__json_value *member, const char *what,
                               const tdm__json_field *fields, size_t count, tdm_error *error)
{
    char names[220] = "";
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        int wrote = snprintf(names + length, sizeof names - length, "%s%s", i > 0 ? ", " : "",
                             fields[i].name);
        if (wrote < 0 || (size_t)wrote >= sizeof names - length) {
            names[length] = '\0';
            break;
        }
        length += (size_t)wrote;
    }
    return tdm__json_fail(document, member, error, "%s: unknown member; expected one of %s", what, names);
}

static tdm_status take_member(const tdm__json *document, const tdm__json_value *member, const char *what,
                              const tdm__json_field *field, tdm_error *error)
{
    tdm__json_type type = tdm__json_type_of(member);
    if (type == TDM__JSON_NULL && field->null_allowed)
        return TDM_OK;
    if (field->type != TDM__JSON_ANY && type != field->type)
        return tdm__json_fail(document, member, error, "%s: \"%s\" must be %s", what, field->name,
                              type_names[field->type]);
    *field->out = member;
    return TDM_OK;
}

static tdm_status fail_missing(const tdm__json *document, const tdm__json_value *object, const char *what,
                               const tdm__json_field *field, tdm_error *error)
{
    return tdm__json_fail(document, object, error, "%s: \"%s\" is missing; expected %s", what, field->name,
                          type_names[field->type]);
}

static tdm_status read_member(const tdm__json *document, const tdm__json_value *member, const char *what,
                              const tdm__json_field *fields, size_t field_count, tdm_error *error)
{
    const tdm__json_field *field = find_field(fields, field_count, tdm__json_name(member));
    return field ? take_member(document, member, what, field, error)
                 : fail_unknown(document, member, what, fields, field_count, error);
}

static tdm_status begin_object(const tdm__json *document, const tdm__json_value *object, const char *what,
                               const tdm__json_field *fields, size_t field_count, tdm_error *error)
{
    for (size_t i = 0; i < field_count; i++)
        *fields[i].out = NULL;
    return tdm__json_type_of(object) == TDM__JSON_OBJECT
               ? TDM_OK
               : tdm__json_fail(document, object, error, "%s: expected an object", what);
}

tdm_status tdm__json_read(const tdm__json *document, const tdm__json_value *object, const char *what,
                          const tdm__json_field *fields, size_t field_count, tdm_error *error)
{
    tdm_status status = begin_object(document, object, what, fields, field_count, error);
    for (const tdm__json_value *m = tdm__json_first(object); status == TDM_OK && m; m = tdm__json_next(m))
        status = read_member(document, m, what, fields, field_count, error);
    /* A member that is there but null has been let through above only where null is allowed. */
    for (size_t i = 0; status == TDM_OK && i < field_count; i++)
        if (fields[i].required && !tdm__json_member(object, fields[i].name))
            status = fail_missing(document, object, what, &fields[i], error);
    return status;
}

bool tdm__json_read_telling(const tdm__json *document, const tdm__json_value *object, const char *what,
                            const tdm__json_field *fields, size_t field_count, tdm__json_tell_fn tell,
                            void *payload)
{
    tdm_error error = {0};
    bool fits = begin_object(document, object, what, fields, field_count, &error) == TDM_OK;
    if (!fits) {
        tell(&error, payload);
        return false;
    }
    for (const tdm__json_value *m = tdm__json_first(object); m; m = tdm__json_next(m))
        if (read_member(document, m, what, fields, field_count, &error) != TDM_OK) {
            tell(&error, payload);
            fits = false;
        }
    for (size_t i = 0; i < field_count; i++)
        if (fields[i].required && !tdm__json_member(object, fields[i].name)) {
            fail_missing(document, object, what, &fields[i], &error);
            tell(&error, payload);
            fits = false;
        }
    return fits;
}
