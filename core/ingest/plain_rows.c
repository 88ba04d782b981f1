/*
 * Which columns plain rows may have, and which rows are plain (see plain_rows.h). Nothing here tells anything
 * of a row, or knows the chronology.
 */
#include "ingest/row_blocks.h"

/* --- columns: a map fills a field from one, or joins texts --- */

typedef enum column_role {
    ROLE_EMPTY, /* read by table_row.c alone */
    ROLE_CHILD,
    ROLE_DAY,
    ROLE_CODE,
    ROLE_STRING
} column_role;

static column_role role_of_field(const tdm__bound *bound)
{
    bool has_values = bound->binding->has_values;
    switch (bound->how.field) {
    case TDM__FIELD_CHILD:
        return has_values || bound->how.split ? ROLE_EMPTY : ROLE_CHILD;
    case TDM__FIELD_OCCURRED:
        return has_values ? ROLE_EMPTY : ROLE_DAY;
    case TDM__FIELD_AGENCY:
    case TDM__FIELD_KIND:
        return ROLE_CODE;
    case TDM__FIELD_FACT:
        return bound->how.fact == TDM_NO_INDEX || bound->holds_dates ? ROLE_EMPTY : ROLE_CODE;
    default:
        return has_values || tdm__field_string(bound->how.field) == TDM__STRING_FIELDS ? ROLE_EMPTY
                                                                                       : ROLE_STRING;
    }
}

static column_role role_of(const tdm__bound *bound)
{
    const tdm__binding *binding = bound->binding;
    if (binding->event != TDM__SHARED || binding->labelled || binding->joins ||
        (binding->has_values && bound->how.split))
        return ROLE_EMPTY;
    return role_of_field(bound);
}

static bool same_place(const tdm__how *a, const tdm__how *b)
{
    return a->field == b->field && (a->field != TDM__FIELD_FACT || a->fact == b->fact);
}

static tdm_status add_codes(tdm__plain_rows *plain, const tdm__how *how, const tdm__bound *bound)
{
    if (how->field == TDM__FIELD_KIND)
        plain->kind_codes = plain->codes_count;
    if (how->field == TDM__FIELD_AGENCY)
        plain->agency_codes = plain->codes_count;
    return tdm__codes_init(&plain->codes[plain->codes_count++], &plain->arena, how, bound);
}

static tdm_status add_column(tdm__plain_rows *plain, const tdm__bound *bound, column_role role)
{
    uint32_t heading = bound->binding->heading;
    switch (role) {
    case ROLE_CHILD:
        plain->child_heading = heading;
        return TDM_OK;
    case ROLE_DAY:
        plain->day_heading = heading;
        return TDM_OK;
    case ROLE_CODE:
        return add_codes(plain, &bound->how, bound);
    case ROLE_STRING:
        plain->string_headings[plain->string_count] = heading;
        plain->strings[plain->string_count++].field = tdm__field_string(bound->how.field);
        return TDM_OK;
    case ROLE_EMPTY:
        break;
    }
    plain->empty_headings[plain->empty_count++] = heading;
    return TDM_OK;
}

/* A constant is a column of codes all of whose cells are empty, or what one means by them. */
static tdm_status add_constant(tdm__plain_rows *plain, const tdm__constant *constant)
{
    size_t at = 0;
    tdm__field field = constant->how.field;
    const tdm_vocabulary *vocabulary = plain->reading->draft.vocabulary;
    if (constant->value.length == 0)
        return TDM_OK;
    plain->possible = field == TDM__FIELD_AGENCY || field == TDM__FIELD_KIND ||
                      (field == TDM__FIELD_FACT && constant->how.fact != TDM_NO_INDEX &&
                       vocabulary->facts[constant->how.fact].type != TDM__FACT_DATE);
    if (!plain->possible)
        return TDM_OK;
    while (at < plain->codes_count && !same_place(&plain->codes[at].how, &constant->how))
        at++;
    tdm_status status = at < plain->codes_count ? TDM_OK : add_codes(plain, &constant->how, NULL);
    return status == TDM_OK
               ? tdm__codes_constant(&plain->possible, &plain->codes[at], &plain->reader, constant->value)
               : status;
}

static tdm_status make_lists(tdm__plain_rows *plain)
{
    const tdm__map *map = plain->reading->map;
    size_t most = map->binding_count + map->constant_count + 1;
    plain->codes = tdm__arena_array(&plain->arena, most, sizeof *plain->codes);
    plain->string_headings = tdm__arena_array(&plain->arena, most, sizeof *plain->string_headings);
    plain->empty_headings = tdm__arena_array(&plain->arena, most, sizeof *plain->empty_headings);
    plain->strings = tdm__arena_array(&plain->arena, most, sizeof *plain->strings);
    plain->facts = tdm__arena_array(&plain->arena, most, sizeof *plain->facts);
    return plain->codes && plain->string_headings && plain->empty_headings && plain->strings && plain->facts
               ? TDM_OK
               : TDM_NO_MEMORY;
}

static tdm_status plan(tdm__plain_rows *plain)
{
    const tdm__table_return *reading = plain->reading;
    tdm_status status = make_lists(plain);
    for (size_t i = 0; i < reading->map->binding_count && status == TDM_OK; i++) {
        const tdm__bound *bound = &reading->bounds[i];
        if (bound->column->at != TDM__NO_COLUMN)
            status = add_column(plain, bound, role_of(bound));
    }
    for (size_t i = 0; i < reading->map->constant_count && status == TDM_OK && plain->possible; i++)
        status = add_constant(plain, &reading->map->constants[i]);
    plain->possible = plain->possible && plain->child_heading != TDM_NO_INDEX &&
                      plain->day_heading != TDM_NO_INDEX && plain->kind_codes != SIZE_MAX;
    return status;
}

static tdm_status make_room_for_rows(tdm__plain_rows *plain)
{
    size_t codes = plain->codes_count * TDM__CODES_MAX, rows = plain->codes_count * TDM__BLOCK_ROWS;
    plain->numbers = tdm__arena_array(&plain->arena, codes, sizeof *plain->numbers);
    plain->row_codes = tdm__arena_array(&plain->arena, rows, sizeof *plain->row_codes);
    plain->values = tdm__arena_array(&plain->arena, rows, sizeof *plain->values);
    if (!plain->numbers || !plain->row_codes || !plain->values)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < codes; i++)
        plain->numbers[i] = TDM_NO_INDEX;
    return TDM_OK;
}

tdm_status tdm__plain_rows_open(tdm__plain_rows *plain, const tdm__table_return *reading)
{
    const tdm__return *file = reading->file;
    *plain = (tdm__plain_rows){.reading = reading,
                               .child_heading = TDM_NO_INDEX,
                               .day_heading = TDM_NO_INDEX,
                               .kind_codes = SIZE_MAX,
                               .agency_codes = SIZE_MAX,
                               .agency = TDM_NO_INDEX};
    tdm__arena_init(&plain->arena, file->allocator);
    tdm__code_reader_init(&plain->reader, reading);
    /* Where numbers are not ids as they stand, rows are about other children than they name. */
    plain->possible = tdm__map_has_own_event(reading->map) && !file->roster &&
                      !file->collection->crosswalk.allocator;
    tdm_status status = plain->possible ? plan(plain) : TDM_OK;
    return status == TDM_OK && plain->possible ? make_room_for_rows(plain) : status;
}

void tdm__plain_rows_close(tdm__plain_rows *plain)
{
    if (!plain->reading)
        return;
    tdm__code_reader_free(&plain->reader);
    tdm__arena_free(&plain->arena);
    plain->reading = NULL;
}

/* --- rows --- */

/* Whether a row names one child by its id. */
static bool names_a_child(tdm_str cell)
{
    return cell.length > 0 && !tdm__str_equal(cell, TDM_LIT("all")) &&
           !tdm__str_equal(cell, TDM_LIT("household"));
}

static void mark_children_and_days(tdm__plain_rows *plain, const tdm__row_block *block, size_t width)
{
    for (size_t i = 0; i < block->count; i++) {
        const tdm__ready_row *row = &block->rows[i];
        const tdm_str *cells = block->cells + i * width;
        tdm__plain_event *event = &plain->events[i];
        event->row = (uint32_t)row->line;
        event->row_key = row->key;
        plain->facts_there[i] = 0;
        plain->is_plain[i] = row->filled <= plain->reading->heading_width &&
                             names_a_child(cells[plain->child_heading]) &&
                             tdm_day_parse_iso(&event->day, cells[plain->day_heading]);
    }
}

/* Only what plain rows hold is looked up, so that no other fills the room for codes. */
static tdm_status mark_codes(tdm__plain_rows *plain, const tdm__row_block *block, size_t column, size_t width)
{
    tdm__codes *codes = &plain->codes[column];
    uint16_t *out = plain->row_codes + column * TDM__BLOCK_ROWS;
    uint64_t fact = codes->how.field == TDM__FIELD_FACT ? UINT64_C(1) << codes->how.fact : 0;
    bool is_kind = column == plain->kind_codes;
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < block->count && status == TDM_OK; i++) {
        if (!plain->is_plain[i])
            continue;
        tdm_str cell = codes->bound ? block->cells[i * width + codes->bound->binding->heading]
                                    : (tdm_str){NULL, 0};
        out[i] = codes->usual;
        if (cell.length > 0)
            status = tdm__codes_number(&out[i], codes, &plain->reader, cell);
        bool is_read = out[i] != TDM__NO_CODE;
        plain->is_plain[i] = is_read ? codes->codes[out[i]].is_plain : cell.length == 0 && !is_kind;
        plain->facts_there[i] |= is_read ? fact : 0;
        if (is_kind && is_read)
            plain->events[i].kind = codes->codes[out[i]].kind;
    }
    return status;
}

tdm_status tdm__plain_rows_mark(tdm__plain_rows *plain, const tdm__row_block *block)
{
    tdm_status status = TDM_OK;
    size_t width = plain->reading->map->folded.count + 1;
    if (!plain->possible)
        return TDM_OK;
    mark_children_and_days(plain, block, width);
    for (size_t column = 0; column < plain->empty_count; column++)
        for (size_t i = 0; i < block->count; i++)
            plain->is_plain[i] &= block->cells[i * width + plain->empty_headings[column]].length == 0;
    for (size_t column = 0; column < plain->codes_count && status == TDM_OK; column++)
        status = mark_codes(plain, block, column, width);
    return status;
}
