/*
 * A suggestion as a column map.
 */
#include "ingest/map_suggest.h"

#include "json/json.h"

#define INDENT 2

static void put_member(tdm__json_writer *json, const char *name, tdm_str value)
{
    tdm__json_put_name(json, name);
    tdm__json_put_string(json, value);
}

/* Only where another table of the file has other headings. */
static bool names_sheets(const tdm__suggestion *suggestion)
{
    uint64_t ours = suggestion->sheets[suggestion->table.sheet].headings;
    for (size_t i = 0; i < suggestion->sheet_count; i++)
        if (suggestion->sheets[i].headings != ours)
            return true;
    return false;
}

static void put_sheets(tdm__json_writer *json, const tdm__suggestion *suggestion)
{
    uint64_t ours = suggestion->sheets[suggestion->table.sheet].headings;
    tdm__json_put_name(json, "sheet");
    tdm__json_open_array(json);
    for (size_t i = 0; i < suggestion->sheet_count; i++)
        if (suggestion->sheets[i].headings == ours)
            tdm__json_put_string(json, suggestion->sheets[i].name);
    tdm__json_close_array(json);
}

static void put_form(tdm__json_writer *json, const tdm__suggestion *suggestion)
{
    const tdm__mapped_file *file = &suggestion->file;
    if (suggestion->agency.length > 0)
        put_member(json, "agency", suggestion->agency);
    if (file->is_grid) {
        if (names_sheets(suggestion))
            put_sheets(json, suggestion);
        return;
    }
    put_member(json, "delimiter", (tdm_str){&file->delimiter_seen, 1});
    put_member(json, "encoding", tdm__str(file->encoding_seen));
    if (suggestion->table.heading_row > 1) {
        tdm__json_put_name(json, "header_row");
        tdm__json_put_int(json, suggestion->table.heading_row);
    }
}

static void put_order(tdm__json_writer *json, tdm__suggested_order order)
{
    if (order != TDM__ORDER_DAY_FIRST && order != TDM__ORDER_MONTH_FIRST)
        return;
    tdm__json_put_name(json, "dates");
    tdm__json_open_object(json);
    put_member(json, "order", order == TDM__ORDER_DAY_FIRST ? TDM_LIT("dmy") : TDM_LIT("mdy"));
    tdm__json_close_object(json);
}

/* A word of a kind that is not known stands there to be filled in; rows with it are told meanwhile. Words of
 * another field are told as they are. */
static void put_values(tdm__json_writer *json, const tdm__suggested_column *column)
{
    bool begun = false;
    for (size_t i = 0; i < column->look.value_count && tdm__takes_values(column->field); i++) {
        const tdm__suggested_value *value = &column->look.values[i];
        if (value->ours.length == 0 && column->field != TDM__FIELD_KIND)
            continue;
        if (!begun) {
            tdm__json_put_name(json, "values");
            tdm__json_open_object(json);
        }
        begun = true;
        tdm__json_put_name_str(json, value->theirs);
        tdm__json_put_string(json, value->ours);
    }
    if (begun)
        tdm__json_close_object(json);
}

static void put_column(tdm__json_writer *json, const tdm__suggested_column *column)
{
    tdm__json_put_name_str(json, column->heading);
    tdm__json_open_object(json);
    put_member(json, "to", column->to);
    if (column->joins)
        put_member(json, "join", TDM_LIT("\n"));
    put_values(json, column);
    tdm__json_close_object(json);
}

static void put_columns(tdm__json_writer *json, const tdm__suggested_table *table)
{
    tdm__json_put_name(json, "columns");
    tdm__json_open_object(json);
    /* One that joins stands behind the one that it joins: both are in the order of the file. */
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].to.length > 0)
            put_column(json, &table->columns[i]);
    tdm__json_close_object(json);
}

static void put_ignored(tdm__json_writer *json, const tdm__suggested_table *table)
{
    tdm__json_put_name(json, "ignore");
    tdm__json_open_array(json);
    for (size_t i = 0; i < table->column_count; i++) {
        const tdm__suggested_column *column = &table->columns[i];
        if (column->to.length == 0 && column->reason != TDM__NO_HEADING &&
            column->reason != TDM__HEADING_TWICE)
            tdm__json_put_string(json, column->heading);
    }
    tdm__json_close_array(json);
}

tdm_status tdm__suggestion_map(tdm__text *out, const tdm__suggestion *suggestion)
{
    tdm__json_writer json;
    tdm__json_writer_init(&json, out->allocator, tdm__text_sink(out), INDENT);
    tdm__json_open_object(&json);
    tdm__json_put_name(&json, "map");
    tdm__json_put_int(&json, 1);
    put_form(&json, suggestion);
    put_order(&json, suggestion->table.order);
    put_columns(&json, &suggestion->table);
    put_ignored(&json, &suggestion->table);
    tdm__json_close_object(&json);
    tdm_status status = tdm__json_writer_end(&json);
    return out->failed ? TDM_NO_MEMORY : status;
}
