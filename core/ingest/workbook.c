/*
 * Excel workbooks (.xlsx, .xlsm): the parts that all sheets share, then sheet by sheet to a grid and
 * on under the column map. Macros are never looked at.
 */
#include "ingest/workbook.h"

#include "ingest/annex_a.h"
#include "ingest/map_file.h"

#include <string.h>

static tdm_status read_shared_parts(tdm__workbook *book, const char *part, tdm_error *error)
{
    tdm_status status = tdm__workbook_sheets(book, part, error);
    const tdm__relation *styles = tdm__relation_of_type(&book->relations, "styles");
    const tdm__relation *strings = tdm__relation_of_type(&book->relations, "sharedStrings");
    if (status == TDM_OK && styles)
        status = tdm__workbook_styles(book, styles->target, error);
    if (status == TDM_OK && strings)
        status = tdm__workbook_strings(book, strings->target, error);
    if (status == TDM_OK && tdm__relation_of_type(&book->relations, "vbaProject"))
        status = tdm__note_macros(book->file);
    return status;
}

static tdm_status open_workbook(tdm__workbook *book, tdm_error *error)
{
    const char *part;
    tdm_status status = tdm__package_open(&book->package, book->file, error);
    if (status == TDM_OK)
        status = tdm__package_main_part(&part, book->package, &book->arena, "xl/workbook.xml", error);
    if (status != TDM_OK)
        return status;
    size_t length = strlen(part);
    if (length > 4 && strcmp(part + length - 4, ".bin") == 0)
        return tdm__fail_at(error, TDM_UNSUPPORTED, (tdm_place){book->file->name, 0, 0},
                            "a binary workbook (.xlsb): save it as .xlsx");
    status = tdm__relations_read(&book->relations, book->package, part, error);
    return status == TDM_OK ? read_shared_parts(book, part, error) : status;
}

static tdm_status hand_over(tdm__workbook *book, const tdm__sheet *sheet, tdm__table_taker take,
                            void *payload, tdm_error *error)
{
    tdm__grid grid;
    const tdm__relation *relation = tdm__relation_of_id(&book->relations, sheet->relation);
    tdm_place place = {book->file->name, 0, 0};
    if (!relation)
        return tdm__fail_at(error, TDM_INVALID_INPUT, place, "a sheet is missing: the file is incomplete");
    tdm__grid_init(&grid, book->file->allocator, sheet->name, tdm__package_bytes_left(book->package));
    tdm_status status = TDM_OK;
    /* A chart or macro sheet has no rows. */
    if (tdm__str_equal(relation->type, TDM_LIT("worksheet")))
        status = tdm__workbook_sheet(&grid, book, relation->target, error);
    if (status == TDM_OK)
        status = take(&grid, payload, error);
    tdm__grid_free(&grid);
    return status;
}

static tdm_status each_sheet(tdm__workbook *book, tdm__table_taker take, void *payload, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < book->sheet_count && status == TDM_OK; i++)
        status = hand_over(book, &book->sheets[i], take, payload, error);
    return status;
}

static tdm_status take_sheet(const tdm__grid *grid, void *payload, tdm_error *error)
{
    tdm__grids *grids = payload;
    return grids->map ? tdm__grids_read(grids, grid, error) : tdm__annex_read(grids, grid, error);
}

static tdm_status read_sheets(tdm__workbook *book, const tdm__map *map, tdm_str map_name, tdm_error *error)
{
    tdm__grids grids = {
        .file = book->file, .map = map, .map_name = map_name, .is_only = book->sheet_count == 1};
    tdm_status status = each_sheet(book, take_sheet, &grids, error);
    if (status != TDM_OK || map)
        return status == TDM_OK ? tdm__grids_end(&grids, "sheet", error) : status;
    /* Neither a map nor a list of Annex A: the reader says how to give a map. */
    tdm__map *none;
    return grids.read_count > 0 ? TDM_OK : tdm__map_find(&none, &map_name, book->file, error);
}

static void free_workbook(tdm__workbook *book)
{
    tdm__free(book->file->allocator, book->sheets);
    tdm__free(book->file->allocator, book->shared);
    tdm__free(book->file->allocator, book->forms);
    tdm__text_free(&book->text);
    tdm__relations_free(&book->relations);
    tdm__package_close(book->package);
    tdm__arena_free(&book->arena);
}

static void begin_workbook(tdm__workbook *book, tdm__return *file)
{
    *book = (tdm__workbook){.file = file};
    tdm__arena_init(&book->arena, file->allocator);
    tdm__text_init(&book->text, file->allocator);
}

tdm_status tdm__workbook_grids(tdm__return *file, tdm__table_taker take, void *payload, tdm_error *error)
{
    tdm__workbook book;
    begin_workbook(&book, file);
    tdm_status status = open_workbook(&book, error);
    if (status == TDM_OK)
        status = each_sheet(&book, take, payload, error);
    free_workbook(&book);
    return status;
}

tdm_status tdm__read_workbook(tdm__return *file, tdm_error *error)
{
    tdm__map *map;
    tdm_str map_name;
    tdm__workbook book;
    begin_workbook(&book, file);
    tdm_status status = tdm__map_look(&map, &map_name, file, error);
    if (status == TDM_OK)
        status = open_workbook(&book, error);
    if (status == TDM_OK)
        status = read_sheets(&book, map, map_name, error);
    free_workbook(&book);
    tdm__map_free(map);
    return status;
}
