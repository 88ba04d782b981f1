/*
 * Reading the data folder: which files there are and in what order they are handed on. What stands
 * in them is checked by the layers that take them.
 */
#include "api/policy_files.h"

#include <string.h>

#define SCRIPT_LIMIT_BYTES     (1u << 20)
#define VOCABULARY_LIMIT_BYTES (1u << 22)

tdm_status tdm__data_file(tdm_str *out, tdm__data *data, const char *root, const char *path, tdm_str shown,
                          tdm_error *error)
{
    tdm__buffer buffer;
    *out = (tdm_str){NULL, 0};
    tdm_status status = tdm__file_read(&buffer, &data->context->allocator, root, path, VOCABULARY_LIMIT_BYTES,
                                       error);
    if (status != TDM_OK) {
        if (error && status != TDM_NO_MEMORY) {
            tdm_error inner = *error;
            return tdm__fail_at(error, status, (tdm_place){shown, 0, 0}, "%s", inner.message);
        }
        return status;
    }
    *out = tdm__arena_copy(&data->arena, (tdm_str){buffer.data, buffer.length});
    tdm__free(&data->context->allocator, buffer.data);
    return out->data ? TDM_OK : tdm__no_memory(error);
}

tdm_status tdm__data_add_file(tdm__named_files *list, tdm__data *data, const char *root, const char *path,
                              tdm_str shown, tdm_error *error)
{
    tdm_str text;
    tdm_status status = tdm__data_file(&text, data, root, path, shown, error);
    if (status != TDM_OK)
        return status;
    if (text.length > SCRIPT_LIMIT_BYTES)
        return tdm__fail_at(error, TDM_TOO_LARGE, (tdm_place){shown, 0, 0}, "a script is at most 1 MiB long");
    tdm__script_file *grown = tdm__grown(&data->context->allocator, list->items, &list->capacity,
                                         list->count + 1, sizeof *grown);
    if (!grown)
        return tdm__no_memory(error);
    list->items = grown;
    tdm_str name = tdm__arena_copy(&data->arena, shown);
    if (!name.data)
        return tdm__no_memory(error);
    list->items[list->count++] = (tdm__script_file){name, text};
    return TDM_OK;
}

static bool is_lua(tdm_str name)
{
    return name.length > 4 && memcmp(name.data + name.length - 4, ".lua", 4) == 0;
}

/* Adds the scripts of one folder, and of its folders where `deep`; a folder that is not there holds none. */
static tdm_status add_folder(tdm__named_files *list, tdm__data *data, const char *root, tdm_str folder,
                             bool deep, tdm_error *error)
{
    tdm_str *names;
    size_t count;
    if (tdm__file_look(root, folder.data) != TDM__FILE_FOLDER)
        return TDM_OK;
    tdm_status status = tdm__folder_list(&names, &count, &data->arena, root, folder.data, error);
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        tdm_str path = tdm__path_join(&data->arena, folder, names[i]);
        if (!path.data)
            return tdm__no_memory(error);
        if (is_lua(names[i]))
            status = tdm__data_add_file(list, data, root, path.data, path, error);
        else if (deep && tdm__file_look(root, path.data) == TDM__FILE_FOLDER)
            status = add_folder(list, data, root, path, false, error);
    }
    return status;
}

/* The folder with scripts/ of the context, ended by zero. */
static tdm_status scripts_root(tdm_str *out, tdm__data *data, tdm_error *error)
{
    *out = tdm__path_join(&data->arena, tdm__str(data->context->data_folder), TDM_LIT("scripts"));
    return out->data ? TDM_OK : tdm__no_memory(error);
}

static tdm_status read_vocabulary(tdm__data *data, const char *root, tdm_error *error)
{
    static const char *const names[] = {"vocabulary/kinds.csv", "vocabulary/facts.csv",
                                        "vocabulary/agencies.csv"};
    tdm_str texts[3];
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < 3; i++)
        status = tdm__data_file(&texts[i], data, root, names[i], tdm__str(names[i]), error);
    if (status != TDM_OK)
        return status;
    return tdm_vocabulary_parse(&data->vocabulary, &data->context->allocator, texts[0], texts[1], texts[2],
                                error);
}

tdm_status tdm__data_open(tdm__data *data, const tdm_context *context, tdm_error *error)
{
    tdm_str root;
    *data = (tdm__data){.context = context};
    tdm__arena_init(&data->arena, &context->allocator);
    tdm_status status = scripts_root(&root, data, error);
    if (status != TDM_OK)
        return status;
    data->scripts_root = root;
    if (tdm__file_look(NULL, root.data) != TDM__FILE_FOLDER)
        return tdm__fail(error, TDM_NOT_FOUND,
                         "the data folder with scripts/ was not found; name it with --data or "
                         "TIDEMARK_DATA");
    return read_vocabulary(data, root.data, error);
}

static tdm_status add_scripts(tdm__data *data, const char *root, tdm_error *error)
{
    tdm_status status = add_folder(&data->indicators, data, root, TDM_LIT("indicators"), true, error);
    return status == TDM_OK ? add_folder(&data->lib, data, root, TDM_LIT("lib"), false, error) : status;
}

static tdm_status check_scripts_folder(const tdm__data_request *request, tdm_error *error)
{
    if (!request->scripts || tdm__file_look(NULL, request->scripts) == TDM__FILE_FOLDER)
        return TDM_OK;
    return tdm__fail_at(error, TDM_NOT_FOUND, (tdm_place){tdm__str(request->scripts), 0, 0},
                        "no such folder of scripts");
}

static tdm_status read_holidays(tdm__data *data, const char *root, tdm_error *error)
{
    tdm_str text, name = TDM_LIT("calendar/england.csv");
    tdm_status status = tdm__data_file(&text, data, root, name.data, name, error);
    return status == TDM_OK
               ? tdm_holidays_parse(&data->holidays, &data->context->allocator, text, name, error)
               : status;
}

static tdm_status load_instrument(tdm__data *data, tdm__script_file file, tdm_error *error)
{
    tdm_instrument *instrument;
    tdm_status status = tdm__instrument_load(&instrument, &data->context->allocator, file, error);
    if (status != TDM_OK)
        return status;
    /* Each file has given one instrument so far: they lie in one order. */
    for (size_t i = 0; i < data->instrument_count; i++) {
        if (!tdm__str_equal(tdm_instrument_id(data->instruments[i]), tdm_instrument_id(instrument)))
            continue;
        tdm_instrument_free(instrument);
        return tdm__fail_at(error, TDM_CONFLICT, (tdm_place){file.name, 0, 0},
                            "%.*s has an instrument of the same id",
                            TDM_STR_ARGS(data->instrument_files.items[i].name));
    }
    data->instruments[data->instrument_count++] = instrument;
    return TDM_OK;
}

tdm_status tdm__data_load_instruments(tdm__data *data, tdm_error *error)
{
    tdm_status status = TDM_OK;
    data->instruments = tdm__arena_array(&data->arena, data->instrument_files.count,
                                         sizeof *data->instruments);
    if (!data->instruments)
        return tdm__no_memory(error);
    for (size_t i = 0; status == TDM_OK && i < data->instrument_files.count; i++)
        status = load_instrument(data, data->instrument_files.items[i], error);
    return status;
}

/* Shipped ones and those of the request's folder, once. */
static tdm_status read_instruments(tdm__data *data, const tdm__data_request *request, tdm_error *error)
{
    tdm_str root, folder = TDM_LIT("instruments");
    if (data->instruments)
        return TDM_OK;
    tdm_status status = scripts_root(&root, data, error);
    if (status == TDM_OK)
        status = check_scripts_folder(request, error);
    if (status == TDM_OK)
        status = add_folder(&data->instrument_files, data, root.data, folder, false, error);
    if (status == TDM_OK && request->scripts)
        status = add_folder(&data->instrument_files, data, request->scripts, folder, false, error);
    return status == TDM_OK ? tdm__data_load_instruments(data, error) : status;
}

tdm_status tdm__data_read_instruments(tdm__data *data, const tdm__data_request *request, tdm_error *error)
{
    if (data->shared)
        return TDM_OK;
    tdm_status status = read_instruments(data, request, error);
    if (status == TDM_OK && data->policy)
        status = tdm__policy_check_instruments(data->policy, data->instruments, data->instrument_count,
                                               error);
    return status;
}

static tdm_status read_catalogue(tdm__data *data, tdm_error *error)
{
    tdm__script_ground ground = {data->vocabulary, data->holidays, data->instruments, data->instrument_count};
    return tdm__catalogue_new(&data->catalogue, &data->context->allocator, data->indicators.items,
                              data->indicators.count, data->lib.items, data->lib.count, &ground, NULL, error);
}

tdm_status tdm__data_read_named(tdm__data *data, const tdm__data_request *request, tdm_error *error)
{
    tdm_str root, lib = TDM_LIT("lib");
    tdm_status status = scripts_root(&root, data, error);
    if (status == TDM_OK)
        status = check_scripts_folder(request, error);
    if (status == TDM_OK)
        status = read_holidays(data, root.data, error);
    if (status == TDM_OK)
        status = add_folder(&data->lib, data, root.data, lib, false, error);
    if (status == TDM_OK && request->scripts)
        status = add_folder(&data->lib, data, request->scripts, lib, false, error);
    if (status == TDM_OK)
        status = read_instruments(data, request, error);
    return status == TDM_OK ? read_catalogue(data, error) : status;
}

tdm_status tdm__data_read_measures(tdm__data *data, const tdm__data_request *request, tdm_error *error)
{
    tdm_str root, folder = TDM_LIT("measures");
    tdm__named_files *files = &data->measure_files;
    if (data->measures)
        return TDM_OK;
    tdm_status status = scripts_root(&root, data, error);
    bool named = files->count > 0;
    if (status == TDM_OK && !named)
        status = add_folder(files, data, root.data, folder, true, error);
    if (status == TDM_OK && !named && request->scripts)
        status = add_folder(files, data, request->scripts, folder, true, error);
    tdm__script_ground ground = {data->vocabulary, data->holidays, data->instruments, data->instrument_count};
    return status == TDM_OK
               ? tdm__measures_new(&data->measures, &data->context->allocator, files->items, files->count,
                                   data->lib.items, data->lib.count, &ground, NULL, error)
               : status;
}

/* Takes a shipped script, one of [first, end), out of the list: its file is named after its id. */
static void drop_script(tdm__named_files *list, size_t first, size_t end, tdm_str id)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        tdm_str name = tdm__path_name(list->items[i].name);
        bool same = i >= first && i < end && name.length == id.length + 4 && tdm__str_starts(name, id);
        if (!same)
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

/* A local script stands in for a shipped one of the same id only where the policy says so. */
static tdm_status replace_scripts(tdm__data *data, size_t first, size_t end, const tdm__policy_files *files,
                                  tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < files->count; i++) {
        tdm_str *ids;
        size_t count;
        if (files->items[i].is_terms)
            continue;
        status = tdm__policy_replaced(&ids, &count, &data->arena, files->items[i], error);
        for (size_t k = 0; status == TDM_OK && k < count; k++)
            drop_script(&data->indicators, first, end, ids[k]);
    }
    return status;
}

/* The last one stands: a policy's own over that of a file that it includes. */
static tdm_status read_terms(tdm__data *data, const tdm__policy_files *files, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < files->count; i++)
        if (files->items[i].is_terms)
            status = tdm_holidays_add_terms(data->holidays, files->items[i].text, files->items[i].name,
                                            error);
    return status;
}

/* Files in the order in which they count: those of the request's inputs, the shipped ones, those of its
 * folder. */
static tdm_status gather_rules(tdm__data *data, const tdm__data_request *request, tdm__policy_files *files,
                               tdm_error *error)
{
    tdm_str root;
    size_t first = data->indicators.count;
    tdm_status status = scripts_root(&root, data, error);
    if (status == TDM_OK)
        status = check_scripts_folder(request, error);
    if (status == TDM_OK)
        status = read_holidays(data, root.data, error);
    if (status == TDM_OK)
        status = tdm__policy_files_gather(files, data, request, error);
    if (status == TDM_OK)
        status = read_terms(data, files, error);
    if (status == TDM_OK)
        status = add_scripts(data, root.data, error);
    size_t end = data->indicators.count;
    if (status == TDM_OK && request->scripts)
        status = add_scripts(data, request->scripts, error);
    return status == TDM_OK ? replace_scripts(data, first, end, files, error) : status;
}

/* Whoever wants all problems told wants those of the instruments too. */
static tdm_status read_policy(tdm__data *data, const tdm__policy_files *files, tdm_error *error)
{
    tdm__policy_asked asked = {.files = files->items,
                               .file_count = files->count,
                               .catalogue = data->catalogue,
                               .measures = data->measures,
                               .instruments = data->tell ? data->instruments : NULL,
                               .instrument_count = data->instrument_count,
                               .tell = data->tell,
                               .payload = data->tell_payload};
    return tdm__policy_read(&data->policy, &data->context->allocator, &asked, error);
}

/* Measures take time to read and only figures need them: a policy whose text never names them has nothing to
 * say of them. */
static bool speaks_of_measures(const tdm__policy_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        for (tdm_str rest = files->items[i].text; rest.length > 0;) {
            tdm__str_split(&rest, '"');
            if (tdm__str_starts(rest, TDM_LIT("measures\"")))
                return true;
        }
    return false;
}

tdm_status tdm__data_read_rules(tdm__data *data, const tdm__data_request *request, tdm_error *error)
{
    tdm__policy_files files = {.count = 0};
    if (data->shared)
        return TDM_OK;
    tdm_status status = gather_rules(data, request, &files, error);
    if (status == TDM_OK)
        status = read_instruments(data, request, error);
    if (status == TDM_OK)
        status = read_catalogue(data, error);
    if (status == TDM_OK && (data->with_measures || speaks_of_measures(&files)))
        status = tdm__data_read_measures(data, request, error);
    if (status == TDM_OK)
        status = read_policy(data, &files, error);
    return status;
}

const tdm_instrument *tdm__data_instrument(const tdm__data *data, tdm_str id)
{
    for (size_t i = 0; i < data->instrument_count; i++)
        if (tdm__str_equal(tdm_instrument_id(data->instruments[i]), id))
            return data->instruments[i];
    return NULL;
}

tdm_status tdm__data_map_words(tdm__map_words *words, tdm__data *data, tdm_error *error)
{
    static const char *const names[] = {"maps/headings.csv", "maps/values.csv"};
    tdm_str texts[2];
    *words = (tdm__map_words){.heading_count = 0};
    tdm_str root = tdm__path_join(&data->arena, tdm__str(data->context->data_folder), TDM_LIT("scripts"));
    tdm_status status = root.data ? TDM_OK : tdm__no_memory(error);
    for (size_t i = 0; status == TDM_OK && i < 2; i++)
        status = tdm__data_file(&texts[i], data, root.data, names[i], tdm__str(names[i]), error);
    if (status != TDM_OK)
        return status;
    return tdm__map_words_parse(words, &data->context->allocator, data->vocabulary, texts[0], texts[1],
                                error);
}

tdm_status tdm__data_read_common_words(tdm__data *data, const tdm__data_request *request, tdm_error *error)
{
    static const char name[] = "passwords/common.txt";
    tdm_str own,
        root = tdm__path_join(&data->arena, tdm__str(data->context->data_folder), TDM_LIT("scripts"));
    if (!root.data)
        return tdm__no_memory(error);
    tdm_status status = tdm__data_file(&data->common_words[0], data, root.data, name, tdm__str(name), error);
    if (status != TDM_OK || !request->scripts)
        return status;
    own = tdm__path_join(&data->arena, tdm__str(request->scripts), tdm__str(name));
    if (!own.data)
        return tdm__no_memory(error);
    return tdm__file_look(NULL, own.data) == TDM__FILE_REGULAR
               ? tdm__data_file(&data->common_words[1], data, request->scripts, name, tdm__str(name), error)
               : TDM_OK;
}

bool tdm__data_aggregation(char *name, size_t size, const tdm__data *data, const tdm_instrument *instrument)
{
    if (!data->policy)
        return false;
    tdm_str chosen = tdm__policy_aggregation(data->policy, tdm_instrument_id(instrument));
    if (chosen.length == 0 || chosen.length >= size)
        return false;
    memcpy(name, chosen.data, chosen.length);
    name[chosen.length] = '\0';
    return true;
}

void tdm__data_share(tdm__data *out, const tdm__data *of, const tdm_context *context)
{
    *out = *of;
    out->context = context;
    out->shared = true;
    tdm__arena_init(&out->arena, &context->allocator);
}

static void free_rules(tdm__data *data)
{
    const tdm_allocator *allocator = &data->context->allocator;
    for (size_t i = 0; i < data->instrument_count; i++)
        tdm_instrument_free(data->instruments[i]);
    tdm__policy_free(data->policy);
    tdm__measures_free(data->measures);
    tdm__catalogue_free(data->catalogue);
    tdm_holidays_free(data->holidays);
    tdm_vocabulary_free(data->vocabulary);
    tdm__free(allocator, data->indicators.items);
    tdm__free(allocator, data->lib.items);
    tdm__free(allocator, data->instrument_files.items);
    tdm__free(allocator, data->measure_files.items);
}

void tdm__data_free(tdm__data *data)
{
    if (!data->context)
        return;
    if (!data->shared)
        free_rules(data);
    tdm__arena_free(&data->arena);
    *data = (tdm__data){0};
}
