/*
 * CSV returns: the map, the encoding, and the file as one table. A list of Annex A needs no map.
 */
#include "ingest/annex_a.h"
#include "ingest/left.h"
#include "ingest/map_file.h"

static tdm_status read_file(tdm__table_return *reading, tdm_error *error)
{
    tdm__return *file = reading->file;
    tdm_status status = tdm__decode(file, reading->map->encoding, error);
    if (status != TDM_OK)
        return status;
    char delimiter = reading->map->delimiter;
    if (!delimiter && file->collection->part)
        delimiter = file->collection->part->delimiter;
    if (!delimiter)
        delimiter = tdm__csv_guess_delimiter(file->content);
    if (!file->left)
        tdm__table_of_csv(&reading->table, file->allocator, file->content, delimiter);
    else if (tdm__table_of_file(&reading->table, file->allocator, file->left,
                                (uint64_t)(file->content.data - file->owned), delimiter, 1) != TDM_OK)
        return TDM_NO_MEMORY;
    return tdm__table_return_read(reading, error);
}

/* The map that was given, or that of a list of Annex A. */
static tdm_status find_map(tdm__map **out, tdm_str *name, bool *is_list, tdm__return *file, tdm_error *error)
{
    *is_list = false;
    tdm_status status = tdm__map_look(out, name, file, error);
    if (status != TDM_OK || *out)
        return status;
    status = tdm__annex_csv_map(out, name, file, error);
    *is_list = *out != NULL;
    return status == TDM_OK && !*out ? tdm__map_find(out, name, file, error) : status;
}

tdm_status tdm__read_csv(tdm__return *file, tdm_error *error)
{
    bool is_list;
    tdm__map *map;
    tdm_str map_name;
    tdm__table_return reading = {.file = NULL};
    tdm_status status = find_map(&map, &map_name, &is_list, file, error);
    if (status == TDM_OK && is_list) /* read twice */
        status = tdm__left_load(file, error);
    if (status == TDM_OK)
        status = tdm__table_return_init(&reading, file, map, map_name, error);
    if (status == TDM_OK)
        status = read_file(&reading, error);
    if (status == TDM_OK && is_list)
        status = tdm__annex_csv_births(file, map->agency);
    tdm__table_return_free(&reading);
    tdm__map_free(map);
    return status;
}
