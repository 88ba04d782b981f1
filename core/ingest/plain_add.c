/*
 * Plain rows to events (see plain_rows.h): their codes as the chronology calls them, their strings where they
 * stand, and all of a run at once to the builder.
 */
#include "ingest/row_blocks.h"

/* A fact that its kind should not carry is told the first time: not of this file, or not yet. */
static bool carries_its_facts(const tdm__plain_rows *plain, size_t row)
{
    uint32_t kind = plain->events[row].kind;
    return (plain->facts_there[row] & ~plain->reading->draft.vocabulary->kinds[kind].facts &
            ~plain->reading->file->misplaced[kind]) == 0;
}

size_t tdm__plain_rows_run(const tdm__plain_rows *plain, const tdm__row_block *block, size_t first)
{
    size_t end = first;
    while (end < block->count && plain->is_plain[end] && carries_its_facts(plain, end))
        end++;
    return end - first;
}

/* The number of a code in the chronology, where it is asked for once. */
static tdm_status number_of(uint32_t *out, tdm__plain_rows *plain, size_t column, uint16_t code)
{
    uint32_t key;
    tdm_status status;
    tdm__builder *builder = plain->reading->file->collection->builder;
    const tdm__codes *codes = &plain->codes[column];
    uint32_t *number = &plain->numbers[column * TDM__CODES_MAX + code];
    *out = *number;
    if (*out != TDM_NO_INDEX)
        return TDM_OK;
    if (codes->how.field == TDM__FIELD_AGENCY) {
        status = tdm__builder_agency(number, builder, codes->codes[code].value);
    } else {
        tdm__fact_input fact = {codes->how.fact_key, codes->codes[code].value};
        status = tdm__builder_fact(&key, number, builder, &fact);
    }
    *out = *number;
    return status;
}

static tdm_status agency_of(uint32_t *out, tdm__plain_rows *plain, size_t row)
{
    tdm__builder *builder = plain->reading->file->collection->builder;
    uint16_t code = plain->agency_codes == SIZE_MAX
                        ? TDM__NO_CODE
                        : plain->row_codes[plain->agency_codes * TDM__BLOCK_ROWS + row];
    if (code != TDM__NO_CODE)
        return number_of(out, plain, plain->agency_codes, code);
    tdm_status status = TDM_OK;
    if (plain->agency == TDM_NO_INDEX)
        status = tdm__builder_agency(&plain->agency, builder, plain->reading->agency);
    *out = plain->agency;
    return status;
}

/* Row by row, so that what is new gets its number in the order of the rows. */
static tdm_status number_row(tdm__plain_rows *plain, size_t row)
{
    tdm_status status = agency_of(&plain->events[row].agency, plain, row);
    for (size_t column = 0; column < plain->codes_count && status == TDM_OK; column++) {
        uint32_t *value = &plain->values[column * TDM__BLOCK_ROWS + row];
        uint16_t code = plain->row_codes[column * TDM__BLOCK_ROWS + row];
        *value = TDM_NO_INDEX;
        if (plain->codes[column].how.field == TDM__FIELD_FACT && code != TDM__NO_CODE)
            status = number_of(value, plain, column, code);
    }
    return status;
}

static void list_facts(tdm__plain_rows *plain, size_t first)
{
    plain->fact_count = 0;
    for (size_t column = 0; column < plain->codes_count; column++)
        if (plain->codes[column].how.field == TDM__FIELD_FACT)
            plain->facts[plain->fact_count++] = (tdm__plain_facts){
                plain->codes[column].how.fact, plain->values + column * TDM__BLOCK_ROWS + first};
}

tdm_status tdm__plain_rows_add(tdm__plain_rows *plain, const tdm__row_block *block, size_t first,
                               size_t count)
{
    const tdm__table_return *reading = plain->reading;
    size_t width = reading->map->folded.count + 1;
    const tdm_str *cells = block->cells + first * width;
    tdm_status status = TDM_OK;
    for (size_t i = first; i < first + count && status == TDM_OK; i++) {
        uint32_t kind = plain->events[i].kind;
        reading->kinds_seen[kind / 64] |= UINT64_C(1) << (kind % 64);
        status = number_row(plain, i);
    }
    if (status != TDM_OK)
        return status;
    list_facts(plain, first);
    for (size_t i = 0; i < plain->string_count; i++) {
        plain->strings[i].first = cells + plain->string_headings[i];
        plain->strings[i].stride = width;
    }
    tdm__plain_events events = {.source = reading->source,
                                .events = plain->events + first,
                                .count = count,
                                .children = {.first = cells + plain->child_heading, .stride = width},
                                .strings = plain->strings,
                                .string_count = plain->string_count,
                                .facts = plain->facts,
                                .fact_count = plain->fact_count};
    return tdm__builder_plain_events(reading->file->collection->builder, &events);
}
