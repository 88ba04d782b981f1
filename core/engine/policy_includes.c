/*
 * What one policy file says of other files: policies that it includes, scripts that stand in for shipped
 * ones. Read before the policies themselves, so that the caller knows what to open.
 */
#include "engine/policy.h"

/* The strings that `pick` finds in each item of a member of one policy file. */
typedef const tdm__json_value *(*pick_fn)(const tdm__json_value *item);

static tdm_status strings_of_member(tdm_str **out, size_t *count, tdm__arena *arena, tdm__policy_text file,
                                    const char *member, pick_fn pick, tdm_error *error)
{
    tdm__json *document;
    *out = NULL;
    *count = 0;
    tdm_status status = tdm__json_parse(&document, arena->allocator, file.text, file.name, error);
    if (status != TDM_OK)
        return status;
    const tdm__json_value *items = tdm__json_member(tdm__json_root(document), member);
    *out = tdm__arena_array(arena, tdm__json_count(items), sizeof **out);
    if (!*out)
        status = tdm__no_memory(error);
    for (const tdm__json_value *i = tdm__json_first(items); status == TDM_OK && i; i = tdm__json_next(i)) {
        const tdm__json_value *text = pick(i);
        if (!text)
            continue;
        if (tdm__json_type_of(text) != TDM__JSON_STRING) {
            status = tdm__json_fail(document, text, error, "expected text in \"%s\"", member);
            break;
        }
        (*out)[*count] = tdm__arena_copy(arena, tdm__json_string(text));
        if (!(*out)[(*count)++].data)
            status = tdm__no_memory(error);
    }
    tdm__json_free(document);
    return status;
}

static const tdm__json_value *itself(const tdm__json_value *item)
{
    return item;
}

static const tdm__json_value *its_replace(const tdm__json_value *item)
{
    return tdm__json_member(item, "replace");
}

tdm_status tdm__policy_includes(tdm_str **out, size_t *count, tdm__arena *arena, tdm__policy_text file,
                                tdm_error *error)
{
    return strings_of_member(out, count, arena, file, "include", itself, error);
}

tdm_status tdm__policy_terms(tdm_str *out, int32_t *line, tdm__arena *arena, tdm__policy_text file,
                             tdm_error *error)
{
    tdm__json *document;
    *out = TDM_LIT("");
    *line = 0;
    tdm_status status = tdm__json_parse(&document, arena->allocator, file.text, file.name, error);
    if (status != TDM_OK)
        return status;
    const tdm__json_value *terms = tdm__json_member(tdm__json_root(document), "terms");
    bool is_name = tdm__json_type_of(terms) == TDM__JSON_STRING && tdm__json_string(terms).length > 0;
    if (terms && !is_name)
        status = tdm__json_fail(document, terms, error, "expected the name of a file in \"terms\"");
    if (is_name) {
        *line = tdm__json_line(terms);
        *out = tdm__arena_copy(arena, tdm__json_string(terms));
        status = out->data ? TDM_OK : tdm__no_memory(error);
    }
    tdm__json_free(document);
    return status;
}

tdm_status tdm__policy_replaced(tdm_str **out, size_t *count, tdm__arena *arena, tdm__policy_text file,
                                tdm_error *error)
{
    return strings_of_member(out, count, arena, file, "indicators", its_replace, error);
}

int32_t tdm__policy_include_line(const tdm_allocator *allocator, tdm__policy_text file, size_t index)
{
    tdm__json *document;
    if (tdm__json_parse(&document, allocator, file.text, file.name, NULL) != TDM_OK)
        return 0;
    const tdm__json_value *item = tdm__json_first(tdm__json_member(tdm__json_root(document), "include"));
    for (size_t i = 0; item && i < index; i++)
        item = tdm__json_next(item);
    int32_t line = tdm__json_line(item);
    tdm__json_free(document);
    return line;
}
