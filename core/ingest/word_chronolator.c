/*
 * The built-in column map of Chronolator's tables (see word_chronolator.h).
 */
#include "ingest/word_chronolator.h"

#include "json/json.h"

#define HEADING_ROWS_MAX  20
#define HEADING_BYTES_MAX 256

typedef struct known_heading {
    const char *folded;
    const char *field;
    bool is_source;
} known_heading;

static const known_heading known[] = {
    {"start date", "occurred", false},
    {"start date/time", "occurred", false},
    {"start date / time", "occurred", false},
    {"start date and time", "occurred", false},
    {"date", "occurred", false},
    {"date/time", "occurred", false},
    {"date and time", "occurred", false},
    {"date of event", "occurred", false},
    {"event date", "occurred", false},
    {"start time", "time", false},
    {"time", "time", false},
    {"end date", "ended", false},
    {"end date/time", "ended", false},
    {"end date / time", "ended", false},
    {"end date and time", "ended", false},
    {"source of information", "text", true},
    {"information source", "text", true},
    {"source", "text", true},
    {"comment", "analysis", false},
    {"comments", "analysis", false},
    {"author's comments", "analysis", false},
    {"analysis", "analysis", false},
    {"action", "action", false},
    {"actions", "action", false},
    {"action taken", "action", false},
    {"outcome", "outcome", false},
};

static const known_heading *find_known(tdm_str folded)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (tdm__str_equal(folded, tdm__str(known[i].folded)))
            return &known[i];
    return NULL;
}

static tdm_status look_at_row(bool *out, const tdm__grid *grid, const tdm__grid_row *row, tdm__text *folded)
{
    bool has_start = false, has_source = false;
    for (size_t i = row->first; i < row->first + row->count; i++) {
        if (grid->cells[i].text.length > HEADING_BYTES_MAX)
            continue;
        tdm__text_clear(folded);
        if (tdm__fold(folded, grid->cells[i].text) != TDM_OK)
            return TDM_NO_MEMORY;
        const known_heading *heading = find_known(tdm__text_str(folded));
        has_source |= heading && heading->is_source;
        has_start |= heading && tdm__str_equal(tdm__str(heading->field), TDM_LIT("occurred"));
    }
    *out = has_start && has_source;
    return TDM_OK;
}

/* NULL: no row looks like the heading. */
static tdm_status find_heading(const tdm__grid_row **out, const tdm__grid *grid, tdm__text *folded)
{
    *out = NULL;
    for (size_t i = 0; i < grid->row_count && i < HEADING_ROWS_MAX; i++) {
        bool is_heading;
        if (look_at_row(&is_heading, grid, &grid->rows[i], folded) != TDM_OK)
            return TDM_NO_MEMORY;
        if (is_heading) {
            *out = &grid->rows[i];
            return TDM_OK;
        }
    }
    return TDM_OK;
}

/* What is kept of the columns so far: each heading and each field but the text once. */
typedef struct columns_seen {
    tdm__dictionary headings, fields;
    tdm__text *folded;
} columns_seen;

/* NULL: the heading stands in an earlier column. */
static tdm_status field_of(const char **out, columns_seen *seen, tdm_str heading)
{
    uint32_t number;
    size_t before = seen->headings.count, fields_before = seen->fields.count;
    *out = NULL;
    tdm__text_clear(seen->folded);
    tdm_status status = tdm__fold(seen->folded, heading);
    if (status == TDM_OK)
        status = tdm__dictionary_add(&number, &seen->headings, tdm__text_str(seen->folded));
    if (status != TDM_OK || seen->headings.count == before)
        return status;
    const known_heading *row = find_known(tdm__text_str(seen->folded));
    *out = row ? row->field : "text";
    status = tdm__dictionary_add(&number, &seen->fields, tdm__str(*out));
    if (status == TDM_OK && seen->fields.count == fields_before)
        *out = "text";
    return status;
}

static tdm_status put_column(tdm__json_writer *json, columns_seen *seen, tdm_str heading)
{
    const char *field;
    tdm_status status = field_of(&field, seen, heading);
    if (status != TDM_OK || !field)
        return status;
    tdm__json_put_name_str(json, heading);
    tdm__json_open_object(json);
    tdm__json_put_name(json, "to");
    tdm__json_put_text(json, field);
    if (tdm__str_equal(tdm__str(field), TDM_LIT("text"))) {
        tdm__json_put_name(json, "join");
        tdm__json_put_text(json, "\n");
    }
    tdm__json_close_object(json);
    return TDM_OK;
}

static tdm_status put_columns(tdm__json_writer *json, const tdm__grid *grid, const tdm__grid_row *heading,
                              const tdm_allocator *allocator, tdm__text *folded)
{
    tdm_status status = TDM_OK;
    columns_seen seen = {.folded = folded};
    tdm__dictionary_init(&seen.headings, allocator);
    tdm__dictionary_init(&seen.fields, allocator);
    for (size_t i = heading->first; i < heading->first + heading->count && status == TDM_OK; i++)
        if (grid->cells[i].text.length > 0)
            status = put_column(json, &seen, grid->cells[i].text);
    tdm__dictionary_free(&seen.headings);
    tdm__dictionary_free(&seen.fields);
    return status;
}

static void put_constant(tdm__json_writer *json, const char *field, const char *value)
{
    tdm__json_put_name(json, field);
    tdm__json_put_text(json, value);
}

static tdm_status write_map(tdm__text *out, const tdm__grid *grid, const tdm__grid_row *heading,
                            tdm__text *folded)
{
    tdm__json_writer json;
    tdm__json_writer_init(&json, out->allocator, tdm__text_sink(out), 0);
    tdm__json_open_object(&json);
    tdm__json_put_name(&json, "map");
    tdm__json_put_int(&json, 1);
    tdm__json_put_name(&json, "header_row");
    tdm__json_put_int(&json, heading->row);
    tdm__json_put_name(&json, "columns");
    tdm__json_open_object(&json);
    tdm_status status = put_columns(&json, grid, heading, out->allocator, folded);
    tdm__json_close_object(&json);
    tdm__json_put_name(&json, "constants");
    tdm__json_open_object(&json);
    put_constant(&json, "kind", "other");
    put_constant(&json, "child", "household");
    tdm__json_close_object(&json);
    tdm__json_close_object(&json);
    tdm_status written = tdm__json_writer_end(&json);
    return status == TDM_OK ? written : status;
}

/* One text needs no heading before it; of several each says what it is. */
static void label_texts(tdm__map *map)
{
    size_t texts = 0;
    for (size_t i = 0; i < map->binding_count; i++)
        texts += map->bindings[i].how.field == TDM__FIELD_TEXT;
    for (size_t i = 0; i < map->binding_count; i++)
        map->bindings[i].labelled = texts > 1 && map->bindings[i].how.field == TDM__FIELD_TEXT;
}

tdm_status tdm__chronolator_map(tdm__map **out, tdm__return *file, const tdm__grid *grid, tdm_error *error)
{
    tdm__text json, folded;
    const tdm__grid_row *heading;
    *out = NULL;
    tdm__text_init(&json, file->allocator);
    tdm__text_init(&folded, file->allocator);
    tdm_status status = find_heading(&heading, grid, &folded);
    if (status == TDM_OK && heading) {
        status = write_map(&json, grid, heading, &folded);
        if (status == TDM_OK)
            status = tdm__map_parse(out, file->allocator, file->collection->vocabulary,
                                    &file->collection->dates, tdm__text_str(&json),
                                    TDM_LIT(TDM__CHRONOLATOR_NAME), error);
    }
    tdm__text_free(&json);
    tdm__text_free(&folded);
    if (status == TDM_OK && *out)
        label_texts(*out);
    return status;
}
