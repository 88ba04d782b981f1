/*
 * Word documents (.docx): each table under the column map, or under the built-in one where it has the
 * shape that Chronolator gives its tables. Text outside tables is no row of a return.
 */
#include "ingest/grid_return.h"
#include "ingest/map_file.h"
#include "ingest/word_chronolator.h"
#include "ingest/word_table.h"

#define MAIN_PART "word/document.xml"

static tdm_status take_mapped(const tdm__grid *grid, void *payload, tdm_error *error)
{
    return tdm__grids_read(payload, grid, error);
}

static tdm_status check_case(const tdm__return *file, tdm_error *error)
{
    if (file->roster && file->agency.length > 0)
        return TDM_OK;
    return tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){file->name, 0, 0},
                        "a table of Chronolator names neither child nor agency: put the document in a case "
                        "folder whose case.json does, or give a column map");
}

static tdm_status read_chronolator(tdm__grids *grids, const tdm__grid *grid, tdm_error *error)
{
    tdm_status status = check_case(grids->file, error);
    if (status == TDM_OK)
        status = tdm__note_once(grids->file, TDM__INFORMATION, "kind-not-given", 0, TDM_LIT(""), TDM_LIT(""),
                                "tables of Chronolator name no kind of event: their rows are taken as "
                                "\"other\"; a column map can say more");
    return status == TDM_OK ? tdm__grids_read(grids, grid, error) : status;
}

static tdm_status take_unmapped(const tdm__grid *grid, void *payload, tdm_error *error)
{
    tdm__map *map;
    tdm__grids *grids = payload;
    tdm_status status = tdm__chronolator_map(&map, grids->file, grid, error);
    if (status != TDM_OK)
        return status;
    grids->map = map;
    if (map)
        status = read_chronolator(grids, grid, error);
    else
        status = tdm__grid_set_aside(grids->file, grid, TDM__WARNING, "sheet-not-known",
                                     "no column map was given and the table has not the shape of "
                                     "Chronolator's; its rows are set aside");
    grids->map = NULL;
    tdm__map_free(map);
    return status;
}

static tdm_status end_unmapped(const tdm__grids *grids, tdm_error *error)
{
    if (grids->read_count > 0)
        return TDM_OK;
    return tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){grids->file->name, 0, 0},
                        "no table has the shape of Chronolator's, and no column map says what the headings "
                        "mean: name one with --map, or put one beside the file as its name with .map.json "
                        "behind it");
}

static tdm_status note_macros(tdm__package *package, const char *part, tdm_error *error)
{
    tdm__relations relations;
    tdm_status status = tdm__relations_read(&relations, package, part, error);
    if (status == TDM_OK && tdm__relation_of_type(&relations, "vbaProject"))
        status = tdm__note_macros(tdm__package_file(package));
    tdm__relations_free(&relations);
    return status;
}

static tdm_status read_tables(tdm__package *package, tdm__grids *grids, tdm_error *error)
{
    const char *part;
    bool has_map = grids->map != NULL;
    grids->has_author_notes = !has_map;
    tdm_status status = tdm__package_main_part(&part, package, &grids->file->arena, MAIN_PART, error);
    if (status == TDM_OK)
        status = note_macros(package, part, error);
    if (status == TDM_OK)
        status = tdm__word_tables(package, part, has_map ? take_mapped : take_unmapped, grids, error);
    if (status != TDM_OK)
        return status;
    return has_map ? tdm__grids_end(grids, "table", error) : end_unmapped(grids, error);
}

tdm_status tdm__read_document(tdm__return *file, tdm_error *error)
{
    tdm__map *map;
    tdm__package *package = NULL;
    tdm__grids grids = {.file = file, .map_name = TDM_LIT(TDM__CHRONOLATOR_NAME)};
    tdm_str map_name;
    tdm_status status = tdm__map_look(&map, &map_name, file, error);
    if (status == TDM_OK && map) {
        grids.map = map;
        grids.map_name = map_name;
    }
    if (status == TDM_OK)
        status = tdm__package_open(&package, file, error);
    if (status == TDM_OK)
        status = read_tables(package, &grids, error);
    tdm__package_close(package);
    tdm__map_free(map);
    return status;
}
