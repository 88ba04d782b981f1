/*
 * Numbers for the different cells of a column (see plain_codes.h). What a value means is said by draft.c and
 * the map; here it is only remembered.
 */
#include "ingest/plain_codes.h"

#include <string.h>

#define SLOTS ((size_t)TDM__CODES_MAX * 4)

void tdm__code_reader_init(tdm__code_reader *reader, const tdm__table_return *reading)
{
    const tdm_allocator *allocator = reading->file->allocator;
    tdm__arena_init(&reader->scratch, allocator);
    tdm__arena_init(&reader->texts, allocator);
    tdm__text_init(&reader->folded, allocator);
    tdm__draft_init(&reader->draft, reading->draft.vocabulary, allocator, &reader->scratch);
}

void tdm__code_reader_free(tdm__code_reader *reader)
{
    tdm__draft_free(&reader->draft);
    tdm__text_free(&reader->folded);
    tdm__arena_free(&reader->scratch);
    tdm__arena_free(&reader->texts);
}

tdm_status tdm__codes_init(tdm__codes *codes, tdm__arena *arena, const tdm__how *how, const tdm__bound *bound)
{
    *codes = (tdm__codes){.bound = bound, .how = *how, .usual = TDM__NO_CODE};
    codes->codes = tdm__arena_array(arena, TDM__CODES_MAX, sizeof *codes->codes);
    codes->slots = tdm__arena_array(arena, SLOTS, sizeof *codes->slots);
    return codes->codes && codes->slots ? TDM_OK : TDM_NO_MEMORY;
}

/* What a value says by itself, as read_cell of table_row.c has it. */
static tdm_status read_value(tdm__code *code, const tdm__codes *codes, tdm__code_reader *reader,
                             tdm_str value)
{
    tdm__draft *draft = &reader->draft;
    tdm__arena_reset(&reader->scratch);
    tdm__draft_clear(draft);
    tdm__problem problem = tdm__draft_read(draft, &codes->how, value);
    if (problem == TDM__PROBLEM_MEMORY)
        return TDM_NO_MEMORY;
    code->is_plain = problem == TDM__FINE;
    code->kind = draft->event.kind;
    code->value = codes->how.field == TDM__FIELD_AGENCY ? draft->event.agency : (tdm_str){"", 0};
    if (codes->how.field == TDM__FIELD_FACT && code->is_plain)
        code->value = draft->facts[0].value;
    return TDM_OK;
}

/* The same of a cell that the map may give another word for. */
static tdm_status read_mapped(tdm__code *code, const tdm__codes *codes, tdm__code_reader *reader,
                              tdm_str cell)
{
    tdm__meaning meaning = {{NULL, 0}, TDM_NO_INDEX};
    bool is_kind = codes->how.field == TDM__FIELD_KIND;
    if (codes->bound && codes->bound->binding->has_values &&
        tdm__table_look_up(&meaning, &reader->folded, codes->bound, reader->draft.vocabulary, cell) != TDM_OK)
        return TDM_NO_MEMORY;
    tdm_str ours = tdm__str_trimmed(meaning.ours);
    if (!meaning.ours.data || (is_kind && ours.length == 0))
        return read_value(code, codes, reader, cell);
    if (ours.length == 0)
        return TDM_OK; /* a cell that says nothing: not plain */
    return read_value(code, codes, reader, ours);
}

static tdm_status learn(uint16_t *out, tdm__codes *codes, tdm__code_reader *reader, tdm_str cell)
{
    tdm__code code = {.kind = reader->draft.vocabulary->kind_other};
    tdm_status status = read_mapped(&code, codes, reader, cell);
    /* Of what has no kind of ours the row keeps its own word. */
    if (codes->how.field == TDM__FIELD_KIND && code.kind == reader->draft.vocabulary->kind_other)
        code.is_plain = false;
    if (status != TDM_OK)
        return status;
    code.written = tdm__arena_copy(&reader->texts, cell);
    code.value = tdm__arena_copy(&reader->texts, code.value);
    if (!code.written.data || !code.value.data)
        return TDM_NO_MEMORY;
    *out = (uint16_t)codes->count;
    codes->codes[codes->count++] = code;
    return TDM_OK;
}

tdm_status tdm__codes_constant(bool *is_plain, tdm__codes *codes, tdm__code_reader *reader, tdm_str value)
{
    const tdm__bound *bound = codes->bound;
    codes->bound = NULL; /* its values are for cells */
    tdm_status status = learn(&codes->usual, codes, reader, value);
    codes->bound = bound;
    *is_plain = status == TDM_OK && codes->codes[codes->usual].is_plain;
    return status;
}

static bool is_held(const tdm__code_slot *slot, const tdm__codes *codes, const uint64_t ends[2], tdm_str cell)
{
    if (slot->length != cell.length || slot->ends[0] != ends[0] || slot->ends[1] != ends[1])
        return false;
    return cell.length <= TDM__ENDS_SAY_ALL ||
           memcmp(codes->codes[slot->code].written.data, cell.data, cell.length) == 0;
}

tdm_status tdm__codes_number(uint16_t *out, tdm__codes *codes, tdm__code_reader *reader, tdm_str cell)
{
    uint64_t ends[2];
    tdm__str_ends(ends, cell);
    uint64_t hash = (ends[0] ^ (ends[1] + cell.length) * UINT64_C(0xBF58476D1CE4E5B9)) *
                    UINT64_C(0xD6E8FEB86659FD93);
    size_t at = (size_t)(hash >> 32) % SLOTS;
    for (; codes->slots[at].length > 0; at = (at + 1) % SLOTS)
        if (is_held(&codes->slots[at], codes, ends, cell)) {
            *out = codes->slots[at].code;
            return TDM_OK;
        }
    *out = TDM__NO_CODE;
    if (codes->count == TDM__CODES_MAX)
        return TDM_OK;
    tdm_status status = learn(out, codes, reader, cell);
    if (status == TDM_OK)
        codes->slots[at] = (tdm__code_slot){{ends[0], ends[1]}, cell.length, *out};
    return status;
}
