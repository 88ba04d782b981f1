/*
 * Finding a column map (see map_file.h).
 */
#include "ingest/map_file.h"

#include <string.h>

#define MAP_BYTES_MAX (4u * 1024u * 1024u)

static tdm_status parse(tdm__map **out, tdm__return *file, tdm_str json, tdm_str name, tdm_error *error)
{
    return tdm__map_parse(out, file->allocator, file->collection->vocabulary, &file->collection->dates, json,
                          name, error);
}

static tdm_status parse_file(tdm__map **out, tdm__return *file, const char *root, const char *path,
                             tdm_str name, tdm_error *error)
{
    tdm__buffer buffer;
    *out = NULL;
    if (!root && !file->collection->context->files_allowed)
        return tdm__fail_at(error, TDM_UNSUPPORTED, (tdm_place){file->name, 0, 0},
                            "a column map cannot be named by its path here; give its content");
    tdm_status status = tdm__file_read(&buffer, file->allocator, root, path, MAP_BYTES_MAX, error);
    if (status == TDM_OK)
        status = parse(out, file, (tdm_str){buffer.data, buffer.length}, name, error);
    tdm__free(file->allocator, buffer.data);
    return status;
}

/* "police-standard", not "maps/police.json" nor "police.map.json". */
static bool is_bare_name(tdm_str map)
{
    for (size_t i = 0; i < map.length; i++) {
        char c = map.data[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '_')
            return false;
    }
    return map.length > 0 && map.length <= 64;
}

tdm_status tdm__map_shipped(tdm__map **out, tdm_str *name, tdm__return *file, tdm_str map, tdm_error *error)
{
    tdm__text path;
    const char *folder = file->collection->context->data_folder;
    *out = NULL;
    tdm__text_init(&path, file->allocator);
    tdm__text_puts(&path, "scripts/maps/");
    tdm__text_add(&path, map);
    tdm__text_puts(&path, ".json");
    tdm_status status = path.failed ? tdm__no_memory(error) : TDM_OK;
    if (status == TDM_OK)
        *name = tdm__arena_copy(&file->arena, tdm__text_str(&path));
    if (status == TDM_OK && !name->data)
        status = tdm__no_memory(error);
    if (status == TDM_OK)
        status = parse_file(out, file, folder ? folder : "", path.data, *name, error);
    tdm__text_free(&path);
    return status;
}

/* Names in reports are relative: of an absolute path only its last part is shown. */
static tdm_str shown_name(tdm_str path)
{
    return path.length > 0 && path.data[0] == '/' ? tdm__path_name(path) : path;
}

static tdm_status parse_named(tdm__map **out, tdm_str *name, tdm__return *file, tdm_str map, tdm_error *error)
{
    tdm_str path = tdm__arena_copy(&file->arena, map);
    *out = NULL;
    if (!path.data)
        return tdm__no_memory(error);
    *name = shown_name(path);
    return parse_file(out, file, file->root, path.data, *name, error);
}

static tdm_status parse_beside(tdm__map **out, tdm_str *name, tdm__return *file, tdm_error *error)
{
    tdm__text path;
    *out = NULL;
    if (!file->path || strcmp(file->path, "-") == 0)
        return TDM_OK;
    tdm__text_init(&path, file->allocator);
    tdm__text_puts(&path, file->path);
    tdm__text_puts(&path, ".map.json");
    tdm_status status = path.failed ? tdm__no_memory(error) : TDM_OK;
    if (status == TDM_OK && tdm__file_look(file->root, path.data) == TDM__FILE_REGULAR)
        status = parse_named(out, name, file, tdm__text_str(&path), error);
    tdm__text_free(&path);
    return status;
}

tdm_status tdm__map_look(tdm__map **out, tdm_str *name, tdm__return *file, tdm_error *error)
{
    *out = NULL;
    *name = TDM_LIT("");
    if (file->map_is_json) {
        *name = TDM_LIT("map");
        return parse(out, file, file->map, *name, error);
    }
    if (is_bare_name(file->map))
        return tdm__map_shipped(out, name, file, file->map, error);
    if (file->map.length > 0)
        return parse_named(out, name, file, file->map, error);
    return parse_beside(out, name, file, error);
}

tdm_status tdm__map_find(tdm__map **out, tdm_str *name, tdm__return *file, tdm_error *error)
{
    tdm_status status = tdm__map_look(out, name, file, error);
    if (status != TDM_OK || *out)
        return status;
    return tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){file->name, 0, 0},
                        "no column map says what the headings of this return mean: name one with --map, or "
                        "put one beside the file as its name with .map.json behind it");
}
