/*
 * The table as JSON, under a passphrase or bare, and the list of names that people add to it.
 */
#include "base/csv.h"
#include "guard/key.h"
#include "guard/words.h"
#include "json/json.h"

#define KEY_VERSION    1
#define NAME_BYTES_MAX 200
#define CODE_BYTES_MAX 60

#define GROUP_NAME(name, text, base) text,
static const char *const group_names[] = {TDM__GROUP_MAP(GROUP_NAME)};
#undef GROUP_NAME

/* --- out --- */

tdm_status tdm__key_write(const tdm__key *key, const tdm_allocator *allocator, tdm_sink sink)
{
    tdm__json_writer json;
    tdm__json_writer_init(&json, allocator, sink, 0);
    tdm__json_open_object(&json);
    tdm__json_put_name(&json, "tidemark_key");
    tdm__json_put_int(&json, KEY_VERSION);
    tdm__json_put_name(&json, "entries");
    tdm__json_open_array(&json);
    for (size_t i = 0; i < tdm__key_count(key); i++) {
        const tdm__key_entry *entry = tdm__key_at(key, i);
        tdm__json_open_object(&json);
        tdm__json_put_name(&json, "group");
        tdm__json_put_text(&json, group_names[entry->group]);
        tdm__json_put_name(&json, "code");
        tdm__json_put_string(&json, entry->code);
        tdm__json_put_name(&json, "original");
        tdm__json_put_string(&json, entry->original);
        tdm__json_close_object(&json);
    }
    tdm__json_close_array(&json);
    tdm__json_close_object(&json);
    return tdm__json_writer_end(&json);
}

tdm_status tdm__key_seal(tdm__text *out, const tdm__key *key, tdm_str passphrase, tdm__seal_cost cost,
                         tdm_error *error)
{
    tdm__text plain;
    tdm__text_init(&plain, out->allocator);
    tdm_status status = tdm__key_write(key, out->allocator, tdm__text_sink(&plain));
    if (status == TDM_OK)
        status = tdm__seal(out, tdm__text_str(&plain), passphrase, cost, error);
    else
        tdm__fail(error, status, "%s", tdm_status_text(status));
    tdm__wipe(plain.data, plain.length);
    tdm__text_free(&plain);
    return status;
}

/* --- in --- */

static tdm_status read_group(tdm__group *out, const tdm__json *document, const tdm__json_value *value,
                             tdm_error *error)
{
    *out = (tdm__group)0;
    for (int i = 0; i < TDM__GROUPS; i++)
        if (tdm__str_equal(tdm__json_string(value), tdm__str(group_names[i]))) {
            *out = (tdm__group)i;
            return TDM_OK;
        }
    return tdm__json_fail(document, value, error, "expected the name of a group of codes");
}

static tdm_status read_entry(tdm__key *key, const tdm__json *document, const tdm__json_value *object,
                             tdm_error *error)
{
    const tdm__json_value *group, *code, *original;
    const tdm__json_field fields[] = {{"group", TDM__JSON_STRING, true, false, &group},
                                      {"code", TDM__JSON_STRING, true, false, &code},
                                      {"original", TDM__JSON_STRING, true, false, &original}};
    tdm__group number;
    tdm_status status = tdm__json_read(document, object, "entries", fields, 3, error);
    if (status == TDM_OK)
        status = read_group(&number, document, group, error);
    if (status != TDM_OK)
        return status;
    bool twice = number == TDM__GROUP_BIRTH && tdm__key_by_code(key, number, tdm__json_string(code));
    if (!twice)
        status = tdm__key_add(key, number, tdm__json_string(code), tdm__json_string(original));
    if (twice || status == TDM_CONFLICT)
        return tdm__json_fail(document, object, error, "a code, or what it stands for, is there twice");
    return status == TDM_OK ? TDM_OK : tdm__no_memory(error);
}

static tdm_status read_entries(tdm__key *key, const tdm__json *document, tdm_error *error)
{
    const tdm__json_value *version, *entries;
    const tdm__json_field fields[] = {{"tidemark_key", TDM__JSON_NUMBER, true, false, &version},
                                      {"entries", TDM__JSON_ARRAY, true, false, &entries}};
    int64_t number;
    tdm_status status = tdm__json_read(document, tdm__json_root(document), "key", fields, 2, error);
    if (status == TDM_OK && tdm__json_int64(&number, version) && number > KEY_VERSION)
        return tdm__fail(error, TDM_NEWER, "the key was made by a newer version");
    if (status == TDM_OK && (!tdm__json_int64(&number, version) || number != KEY_VERSION))
        status = tdm__json_fail(document, version, error, "expected version %d", KEY_VERSION);
    for (const tdm__json_value *e = tdm__json_first(entries); e && status == TDM_OK; e = tdm__json_next(e))
        status = read_entry(key, document, e, error);
    return status;
}

tdm_status tdm__key_read(tdm__key **out, const tdm_allocator *allocator, tdm_str json, tdm_str file,
                         tdm_error *error)
{
    tdm__json *document;
    *out = NULL;
    tdm_status status = tdm__json_parse(&document, allocator, json, file, error);
    if (status != TDM_OK)
        return status;
    status = tdm__key_new(out, allocator);
    status = status == TDM_OK ? read_entries(*out, document, error) : tdm__no_memory(error);
    tdm__json_free(document);
    if (status != TDM_OK) {
        tdm__key_free(*out);
        *out = NULL;
    }
    return status;
}

tdm_status tdm__key_unseal(tdm__key **out, const tdm_allocator *allocator, tdm_str sealed, tdm_str passphrase,
                           tdm_str file, tdm_error *error)
{
    tdm__secret plain;
    *out = NULL;
    tdm_status status = tdm__unseal(&plain, allocator, sealed, passphrase, file, error);
    if (status == TDM_OK)
        status = tdm__key_read(out, allocator, tdm__secret_str(&plain), file, error);
    tdm__secret_free(&plain);
    return status;
}

/* --- names --- */

/* Groups whose codes and ids a list may name. */
static const tdm__group named_groups[] = {TDM__GROUP_CHILD, TDM__GROUP_PERSON, TDM__GROUP_HOUSEHOLD,
                                          TDM__GROUP_AREA, TDM__GROUP_CASE};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* A code that is there, or that of an id; else the text itself, which *is_new then says. */
static tdm_str meant_code(bool *is_new, tdm__key *key, tdm_str text)
{
    const tdm__key_entry *entry = NULL;
    for (size_t i = 0; i < COUNT(named_groups) && !entry; i++)
        entry = tdm__key_by_code(key, named_groups[i], text);
    for (size_t i = 0; i < COUNT(named_groups) && !entry; i++)
        entry = tdm__key_by_original(key, named_groups[i], text);
    *is_new = !entry;
    return entry ? entry->code : text;
}

static const char *wrong_name(tdm_str original, tdm_str code)
{
    if (original.length == 0 || original.length > NAME_BYTES_MAX)
        return "expected a name of 1 to 200 bytes";
    if (!tdm__has_word(original))
        return "expected a name with a letter or a digit";
    for (size_t i = 0; i < original.length; i++)
        if ((unsigned char)original.data[i] < ' ')
            return "expected a name without control characters";
    if (code.length > CODE_BYTES_MAX)
        return "expected a code of at most 60 bytes";
    for (size_t i = 0; i < code.length; i++)
        if ((unsigned char)code.data[i] < ' ' || code.data[i] == '[' || code.data[i] == ']')
            return "expected a code without brackets and control characters";
    return NULL;
}

/* Codes that children and households will get are theirs; any other new one is a person's of the list. */
static bool is_numbered_base(tdm_str code)
{
    static const char *const bases[] = {"Child ", "Household ", "Area ", "Case "};
    for (size_t i = 0; i < COUNT(bases); i++)
        if (tdm__str_starts(code, tdm__str(bases[i])))
            return true;
    return false;
}

static tdm_status add_name(tdm__key *key, tdm_str original, tdm_str text, tdm_place place, tdm_error *error)
{
    bool is_new = false;
    tdm_str code = text;
    tdm_status status = TDM_OK;
    const tdm__key_entry *known = tdm__key_by_original(key, TDM__GROUP_NAME, original);
    if (known && text.length == 0)
        return TDM_OK;
    if (text.length > 0)
        code = meant_code(&is_new, key, text);
    else
        status = tdm__key_code(&code, key, TDM__GROUP_PERSON, original, TDM_LIT(""));
    if (known && !tdm__str_equal(known->code, code))
        return tdm__fail_at(error, TDM_CONFLICT, place, "the key has another code for this name already");
    if (status == TDM_OK && is_new && !is_numbered_base(code) &&
        !tdm__key_by_original(key, TDM__GROUP_PERSON, original))
        status = tdm__key_add(key, TDM__GROUP_PERSON, code, original);
    if (status == TDM_OK && !known)
        status = tdm__key_add(key, TDM__GROUP_NAME, code, original);
    return status == TDM_OK ? TDM_OK : tdm__no_memory(error);
}

static tdm_status read_name(tdm__key *key, const tdm__csv *csv, tdm_str file, tdm_error *error)
{
    tdm_place place = {file, csv->line, 0};
    if (csv->field_count != 2)
        return tdm__fail_at(error, TDM_INVALID_INPUT, place, "expected two cells: original, code");
    tdm_str original = tdm__str_trimmed(csv->fields[0]), code = tdm__str_trimmed(csv->fields[1]);
    const char *wrong = wrong_name(original, code);
    if (wrong)
        return tdm__fail_at(error, TDM_INVALID_INPUT, place, "%s", wrong);
    bool tells = false;
    tdm_status status = tdm__words_hold(&tells, tdm__key_allocator(key), code, original);
    if (status != TDM_OK)
        return tdm__no_memory(error);
    if (tells && !tdm__str_equal(code, original))
        return tdm__fail_at(error, TDM_INVALID_INPUT, place, "the code holds what it is to hide");
    return add_name(key, original, code, place, error);
}

/* A record reader's errors name no file. */
static tdm_status next_name(tdm__csv *csv, bool *more, tdm_str file, tdm_error *error)
{
    tdm_status status = tdm__csv_next(csv, more, error);
    if (status == TDM_OK)
        return TDM_OK;
    return tdm__fail_at(error, status, (tdm_place){file, csv->line, 0},
                        "expected records of two cells, each quote closed");
}

tdm_status tdm__key_read_names(tdm__key *key, tdm_str text, tdm_str file, tdm_error *error)
{
    tdm__csv csv;
    bool more;
    size_t bad_at;
    if (tdm__str_starts(text, TDM_LIT("\xEF\xBB\xBF")))
        text = (tdm_str){text.data + 3, text.length - 3};
    if (!tdm__utf8_valid(text, &bad_at))
        return tdm__fail_at(error, TDM_ENCODING, (tdm_place){file, 0, 0}, "expected UTF-8");
    tdm__csv_init(&csv, tdm__key_allocator(key), text, ',');
    tdm_status status = next_name(&csv, &more, file, error);
    if (status == TDM_OK && (!more || csv.field_count != 2 ||
                             !tdm__str_equal(tdm__str_trimmed(csv.fields[0]), TDM_LIT("original")) ||
                             !tdm__str_equal(tdm__str_trimmed(csv.fields[1]), TDM_LIT("code"))))
        status = tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){file, 1, 0},
                              "expected the headings original,code");
    while (status == TDM_OK && (status = next_name(&csv, &more, file, error)) == TDM_OK && more)
        status = read_name(key, &csv, file, error);
    tdm__csv_free(&csv);
    return status;
}
