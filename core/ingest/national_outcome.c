/*
 * Outcomes that a column holds as a small JSON object of flags, told in words (see national.h).
 */
#include "ingest/facts.h"
#include "ingest/national.h"
#include "json/json.h"

/* OUTCOME_NEW_REFERRAL_FLAG: "new referral". */
static tdm_str bare_name(tdm_str name)
{
    const tdm_str front = TDM_LIT("OUTCOME_"), back = TDM_LIT("_FLAG");
    if (tdm__str_starts(name, front))
        name = (tdm_str){name.data + front.length, name.length - front.length};
    if (name.length > back.length &&
        tdm__str_equal((tdm_str){name.data + name.length - back.length, back.length}, back))
        name.length -= back.length;
    return name;
}

static void put_name(tdm__text *out, tdm_str name)
{
    name = bare_name(name);
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        tdm__text_char(out, c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
}

static tdm_str text_of(const tdm__json_value *member)
{
    if (tdm__json_type_of(member) == TDM__JSON_BOOL)
        return tdm__json_bool(member) ? TDM_LIT("yes") : TDM_LIT("no");
    return tdm__str_trimmed(tdm__json_string(member));
}

/* Numbers and inner objects of an outcome are counts and copies of other columns. */
static void put_members(tdm__text *out, const tdm__json_value *object)
{
    for (const tdm__json_value *m = tdm__json_first(object); m; m = tdm__json_next(m)) {
        tdm_str value = text_of(m);
        uint32_t answer = tdm__yes_no_of(value);
        if (value.length == 0 || answer == TDM__NO)
            continue;
        if (out->length > 0)
            tdm__text_puts(out, "; ");
        if (answer == TDM__YES)
            put_name(out, tdm__json_name(m));
        else
            tdm__text_add(out, value);
    }
}

tdm_status tdm__national_outcome(tdm_str *out, tdm__national *reading, tdm_str written)
{
    tdm__json *document;
    tdm__text words;
    const tdm_allocator *allocator = reading->file->allocator;
    *out = written;
    if (written.length == 0 || (written.data[0] != '{' && written.data[0] != '['))
        return TDM_OK;
    tdm_status status = tdm__json_parse(&document, allocator, written, reading->file->name, NULL);
    if (status != TDM_OK)
        return status == TDM_NO_MEMORY ? status : TDM_OK;
    const tdm__json_value *root = tdm__json_root(document);
    tdm__text_init(&words, allocator);
    if (tdm__json_type_of(root) == TDM__JSON_OBJECT)
        put_members(&words, root);
    for (const tdm__json_value *i = tdm__json_first(root); i && tdm__json_type_of(root) == TDM__JSON_ARRAY;
         i = tdm__json_next(i))
        put_members(&words, i);
    *out = tdm__arena_copy(&reading->scratch, tdm__text_str(&words));
    status = words.failed || !out->data ? TDM_NO_MEMORY : TDM_OK;
    tdm__text_free(&words);
    tdm__json_free(document);
    return status;
}
