/*
 * The lists of Annex A (see annex_a.h). What their columns mean is said in scripts/maps/annex-a-*.json.
 */
#include "ingest/annex_a.h"

#include "ingest/map_file.h"

#define HEADING_ROWS_MAX  20
#define HEADING_BYTES_MAX 256

typedef struct annex_list {
    const char *heading; /* folded, and of no other list */
    const char *map;     /* NULL: the list is not read */
} annex_list;

static const annex_list lists[] = {
    {"date of contact", "annex-a-1"},
    {"assessment start date", "annex-a-2"},
    {"date of referral", "annex-a-3"},
    {"continuous assessment start date", "annex-a-4"},
    {"strategy discussion initiating section 47 enquiry start date", "annex-a-5"},
    {"cin start date", "annex-a-6"},
    {"child protection plan start date", "annex-a-7"},
    {"date started to be looked after", "annex-a-8"},
    {"latest pathway plan review date", NULL},
    {"date of decision that child should be placed for adoption", NULL},
    {"individual adopter identifier", NULL},
};

static const annex_list *list_with(tdm_str folded)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (tdm__str_equal(folded, tdm__str(lists[i].heading)))
            return &lists[i];
    return NULL;
}

static tdm_status fold_heading(tdm__text *folded, tdm_str heading)
{
    size_t bad_at;
    tdm__text_clear(folded);
    if (heading.length > HEADING_BYTES_MAX || !tdm__utf8_valid(heading, &bad_at))
        return TDM_OK; /* none of those that are looked for */
    return tdm__fold(folded, heading);
}

/* NULL: no cell of the row is a list's own heading. */
static tdm_status list_of_row(const annex_list **out, const tdm__grid *grid, const tdm__grid_row *row,
                              tdm__text *folded)
{
    tdm_status status = TDM_OK;
    for (size_t i = row->first; i < row->first + row->count && !*out && status == TDM_OK; i++) {
        status = fold_heading(folded, grid->cells[i].text);
        if (status == TDM_OK)
            *out = list_with(tdm__text_str(folded));
    }
    return status;
}

/* The list that a sheet is and its heading; NULL: none. */
static tdm_status list_of(const annex_list **out, const tdm__grid_row **heading, const tdm__grid *grid,
                          const tdm_allocator *allocator)
{
    tdm__text folded;
    tdm_status status = TDM_OK;
    *out = NULL;
    tdm__text_init(&folded, allocator);
    for (size_t r = 0; r < grid->row_count && r < HEADING_ROWS_MAX && !*out && status == TDM_OK; r++) {
        *heading = &grid->rows[r];
        status = list_of_row(out, grid, &grid->rows[r], &folded);
    }
    tdm__text_free(&folded);
    return status;
}

/* --- dates of birth --- */

typedef struct birth_columns {
    size_t child, born; /* SIZE_MAX: not in the list */
    tdm_str agency;     /* whose numbers the children have */
} birth_columns;

static tdm_status look_for_births(birth_columns *columns, tdm__text *folded, tdm_str heading, size_t column)
{
    tdm_status status = fold_heading(folded, heading);
    if (tdm__str_equal(tdm__text_str(folded), TDM_LIT("child unique id")))
        columns->child = column;
    else if (tdm__str_equal(tdm__text_str(folded), TDM_LIT("date of birth")))
        columns->born = column;
    return status;
}

static tdm_status add_birth(tdm__return *file, tdm_str agency, tdm_str id, tdm_str born, int32_t row)
{
    static const tdm_date not_known = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    tdm__child_input child = {.id = id, .born = not_known, .expected = not_known, .died = not_known};
    if (id.length == 0 || born.length == 0)
        return TDM_OK;
    if (tdm_date_parse(&child.born, NULL, born, &file->collection->dates) != TDM_OK)
        return tdm__note(file, TDM__WARNING, "date-not-read", row, TDM_LIT("Date of Birth"),
                         "no date that can be read; it is left out");
    tdm_status status = tdm__return_child_id(&child.id, file, agency, id);
    return status == TDM_OK ? tdm__return_child(file, &child, row) : status;
}

static tdm_status add_birth_of_row(tdm__return *file, const tdm__grid *grid, const tdm__grid_row *row,
                                   const birth_columns *columns)
{
    tdm_str id = {NULL, 0}, born = {NULL, 0};
    for (size_t i = row->first; i < row->first + row->count; i++) {
        if (grid->cells[i].column == columns->child)
            id = grid->cells[i].text;
        else if (grid->cells[i].column == columns->born)
            born = grid->cells[i].text;
    }
    return add_birth(file, columns->agency, id, born, row->row);
}

static tdm_status add_births(tdm__return *file, const tdm__grid *grid, const tdm__grid_row *heading,
                             tdm_str agency)
{
    tdm__text folded;
    tdm_status status = TDM_OK;
    birth_columns columns = {SIZE_MAX, SIZE_MAX, agency};
    if (file->roster)
        return TDM_OK; /* a case folder says itself who its children are */
    tdm__text_init(&folded, file->allocator);
    for (size_t i = heading->first; i < heading->first + heading->count && status == TDM_OK; i++)
        status = look_for_births(&columns, &folded, grid->cells[i].text, grid->cells[i].column);
    tdm__text_free(&folded);
    const tdm__grid_row *end = grid->rows + grid->row_count;
    for (const tdm__grid_row *row = heading + 1; row < end && status == TDM_OK; row++)
        status = add_birth_of_row(file, grid, row, &columns);
    return status;
}

/* --- the lists --- */

static tdm_status read_list(tdm__grids *grids, const tdm__grid *grid, const char *name,
                            const tdm__grid_row *heading, tdm_error *error)
{
    tdm__map *map;
    tdm_status status = tdm__map_shipped(&map, &grids->map_name, grids->file, tdm__str(name), error);
    grids->map = map;
    if (status == TDM_OK)
        status = tdm__grids_read(grids, grid, error);
    if (status == TDM_OK)
        status = add_births(grids->file, grid, heading, map->agency);
    grids->map = NULL;
    tdm__map_free(map);
    return status;
}

tdm_status tdm__annex_read(tdm__grids *grids, const tdm__grid *grid, tdm_error *error)
{
    const tdm__grid_row *heading;
    const annex_list *list;
    tdm_status status = list_of(&list, &heading, grid, grids->file->allocator);
    if (status != TDM_OK)
        return status;
    if (!list)
        return tdm__grid_set_aside(
            grids->file, grid, TDM__WARNING, "sheet-not-known",
            "no column map was given and the sheet is no list of Annex A; its rows are "
            "set aside");
    if (!list->map)
        return tdm__grid_set_aside(
            grids->file, grid, TDM__INFORMATION, "list-not-read",
            "a list of Annex A on care leavers or adoption, of which a chronology holds "
            "nothing; its rows are set aside");
    return read_list(grids, grid, list->map, heading, error);
}

/* --- a list as CSV --- */

static tdm_status list_of_fields(const annex_list **out, const tdm__csv *csv)
{
    tdm__text folded;
    tdm_status status = TDM_OK;
    *out = NULL;
    tdm__text_init(&folded, csv->allocator);
    for (size_t i = 0; i < csv->field_count && !*out && status == TDM_OK; i++) {
        status = fold_heading(&folded, csv->fields[i]);
        if (status == TDM_OK)
            *out = list_with(tdm__text_str(&folded));
    }
    tdm__text_free(&folded);
    return status;
}

tdm_status tdm__annex_csv_map(tdm__map **out, tdm_str *name, tdm__return *file, tdm_error *error)
{
    bool more;
    tdm__csv csv;
    const annex_list *list = NULL;
    *out = NULL;
    tdm__csv_init(&csv, file->allocator, file->content, tdm__csv_guess_delimiter(file->content));
    tdm_status status = tdm__csv_next(&csv, &more, NULL);
    if (status == TDM_OK && more)
        status = list_of_fields(&list, &csv);
    tdm__csv_free(&csv);
    if (status == TDM_NO_MEMORY)
        return status;
    return list && list->map ? tdm__map_shipped(out, name, file, tdm__str(list->map), error) : TDM_OK;
}

static tdm_status add_csv_births(tdm__return *file, tdm__csv *csv, const birth_columns *columns)
{
    bool more = true;
    tdm_status status = TDM_OK;
    while (more && status == TDM_OK) {
        status = tdm__csv_next(csv, &more, NULL);
        if (status == TDM_INVALID_INPUT || status == TDM_TOO_LARGE)
            status = TDM_OK; /* told already, when its row was read */
        else if (status == TDM_OK && more && columns->child < csv->field_count &&
                 columns->born < csv->field_count)
            status = add_birth(file, columns->agency, tdm__str_trimmed(csv->fields[columns->child]),
                               tdm__str_trimmed(csv->fields[columns->born]), csv->line);
    }
    return status;
}

tdm_status tdm__annex_csv_births(tdm__return *file, tdm_str agency)
{
    bool more;
    tdm__csv csv;
    tdm__text folded;
    birth_columns columns = {SIZE_MAX, SIZE_MAX, agency};
    if (file->roster)
        return TDM_OK;
    tdm__csv_init(&csv, file->allocator, file->content, tdm__csv_guess_delimiter(file->content));
    tdm__text_init(&folded, file->allocator);
    tdm_status status = tdm__csv_next(&csv, &more, NULL);
    for (size_t i = 0; i < csv.field_count && status == TDM_OK; i++)
        status = look_for_births(&columns, &folded, csv.fields[i], i);
    if (status == TDM_OK)
        status = add_csv_births(file, &csv, &columns);
    tdm__text_free(&folded);
    tdm__csv_free(&csv);
    return status;
}
