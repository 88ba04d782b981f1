/*
 * Sheets and tables under a column map (see grid_return.h).
 */
#include "ingest/grid_return.h"

tdm_status tdm__grid_set_aside(tdm__return *file, const tdm__grid *grid, tdm__severity severity,
                               const char *code, const char *words)
{
    tdm_status status = tdm__return_sheet(file, grid->name);
    file->rows = file->set_aside = (int64_t)grid->row_count;
    if (status == TDM_OK && grid->row_count > 0)
        status = tdm__note(file, severity, code, 0, TDM_LIT(""), "%s", words);
    if (status == TDM_OK)
        status = tdm__return_sheet_end(file, grid->name);
    return status;
}

static size_t mapped_count(const tdm__map *map)
{
    size_t count = 0;
    for (uint32_t h = 0; h < map->folded.count; h++)
        count += map->headings[h].mapped;
    return count;
}

static tdm_status read_grid(tdm__grids *grids, tdm__table_return *reading, bool named, tdm_error *error)
{
    size_t matched;
    const tdm__grid *grid = reading->table.grid;
    tdm_status status = tdm__table_find_heading(&matched, reading);
    if (status != TDM_OK)
        return status;
    bool known = matched > 0 && (named || grids->is_only || matched * 2 >= mapped_count(grids->map));
    if (!known)
        return tdm__grid_set_aside(grids->file, grid, named ? TDM__ERROR : TDM__WARNING, "sheet-not-known",
                                   "no row among the first holds the headings that the map names; the rows "
                                   "are set aside");
    grids->read_count++;
    status = tdm__return_sheet(grids->file, grid->name);
    if (status == TDM_OK)
        status = tdm__table_return_read(reading, error);
    if (status == TDM_OK)
        status = tdm__return_sheet_end(grids->file, grid->name);
    return status;
}

tdm_status tdm__grids_read(tdm__grids *grids, const tdm__grid *grid, tdm_error *error)
{
    bool is_meant;
    tdm__table_return reading;
    tdm_status status = tdm__map_names_sheet(&is_meant, grids->map, grid->name);
    if (status != TDM_OK)
        return status;
    if (!is_meant)
        return tdm__grid_set_aside(grids->file, grid, TDM__INFORMATION, "sheet-not-named",
                                   "the map is for sheets of other names; the rows are set aside");
    bool named = grids->map->sheets.count > 0;
    grids->named_count += named;
    status = tdm__table_return_init(&reading, grids->file, grids->map, grids->map_name, error);
    reading.sheet = grid->name;
    reading.has_author_notes = grids->has_author_notes;
    if (status == TDM_OK)
        status = tdm__table_of_grid(&reading.table, grids->file->allocator, grid);
    if (status == TDM_OK)
        status = read_grid(grids, &reading, named, error);
    tdm__table_return_free(&reading);
    return status;
}

tdm_status tdm__grids_end(const tdm__grids *grids, const char *what, tdm_error *error)
{
    tdm_place place = {grids->file->name, 0, 0};
    if (grids->read_count == 0)
        return tdm__fail_at(error, TDM_INVALID_INPUT, place,
                            "no %s has the headings that the column map names", what);
    if (grids->named_count < grids->map->sheets.count)
        return tdm__note(grids->file, TDM__ERROR, "sheet-missing", 0, TDM_LIT(""),
                         "the map names more sheets than the file has: %lld of %lld were found",
                         (long long)grids->named_count, (long long)grids->map->sheets.count);
    return TDM_OK;
}
