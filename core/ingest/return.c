/*
 * One file on its way into the collection: its diagnostics, its source, its children, its account,
 * and the choice of the reader. What rows mean is the readers' business.
 */
#include "ingest/left.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Things said once are remembered up to here; a column of free text in place of codes says no more. */
#define NOTED_MAX 65536u

/* False: this code has been shown often enough. */
static bool count_note(tdm__return *file, const char *code)
{
    size_t at = 0;
    while (at < file->note_code_count && strcmp(file->note_counts[at].code, code) != 0)
        at++;
    if (at == TDM__NOTE_CODES)
        return true;
    if (at == file->note_code_count)
        file->note_counts[file->note_code_count++] = (tdm__note_count){code, 0};
    return ++file->note_counts[at].count <= TDM__NOTES_SHOWN;
}

tdm_status tdm__note(tdm__return *file, tdm__severity severity, const char *code, int32_t row, tdm_str column,
                     const char *format, ...)
{
    char message[480];
    va_list values;
    const tdm__input_part *part = file->collection->part;
    if (part && part->again && row > 0 && row <= part->heading_lines)
        return TDM_OK;
    if (!count_note(file, code))
        return TDM_OK;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    return tdm__diagnose(&file->collection->diagnostics, severity, code,
                         file->place.length > 0 ? file->place : file->name, row, column, "%s", message);
}

tdm_status tdm__note_once(tdm__return *file, tdm__severity severity, const char *code, int32_t row,
                          tdm_str column, tdm_str value, const char *message)
{
    uint32_t number;
    tdm__text *key = &file->note_key;
    size_t before = file->noted.count;
    if (file->collection->part)
        return tdm__note(file, severity, code, row, column, "%s", message);
    if (before >= NOTED_MAX)
        return TDM_OK;
    tdm__text_clear(key);
    tdm__text_puts(key, code);
    tdm__text_char(key, '\n');
    tdm__text_add(key, column);
    tdm__text_char(key, '\n');
    tdm__text_add(key, value);
    tdm_status status = key->failed ? TDM_NO_MEMORY
                                    : tdm__dictionary_add(&number, &file->noted, tdm__text_str(key));
    if (status == TDM_OK && file->noted.count > before)
        status = tdm__note(file, severity, code, row, column, "%s", message);
    return status;
}

/* Codes that were shown TDM__NOTES_SHOWN times and happened more often. */
static tdm_status note_the_rest(tdm__return *file)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < file->note_code_count && status == TDM_OK; i++) {
        long long more = (long long)(file->note_counts[i].count - TDM__NOTES_SHOWN);
        if (more > 0)
            status = tdm__diagnose(&file->collection->diagnostics, TDM__WARNING, file->note_counts[i].code,
                                   file->name, 0, TDM_LIT(""), "%lld more of these are not listed one by one",
                                   more);
        if (more > 0 && status == TDM_OK)
            tdm__diagnosed_times(&file->collection->diagnostics, more);
    }
    return status;
}

void tdm__return_describe(tdm__source_input *source, const tdm__return *file)
{
    source->format = file->format;
    source->received = file->declared.received;
    source->covers = file->declared.covers;
    source->cover_count = file->declared.cover_count;
    source->no_contact = file->declared.no_contact;
    source->no_contact_count = file->declared.no_contact_count;
    if (source->name.length == 0)
        source->name = file->name;
    if (source->hash.length == 0 && !file->hash_comes_later)
        source->hash = tdm__str(file->hash);
    if (file->roster) {
        source->children = file->roster->ids;
        source->child_count = file->roster->count;
    }
}

/* Two case folders may each hold a returns/police.csv: the case is part of what names a source. */
static void case_source_id(char out[TDM_HEX64_SIZE], const tdm__return *file, tdm_str sheet, tdm_str agency)
{
    uint64_t hash = tdm__cells_hash(0, file->case_id);
    hash = tdm__cells_hash(hash, file->name);
    if (sheet.length > 0)
        hash = tdm__cells_hash(hash, sheet);
    tdm__hex64(out, tdm__cells_hash(hash, agency));
}

tdm_status tdm__return_source(uint32_t *out, tdm__return *file, const tdm__rows_from *rows)
{
    char id[TDM_HEX64_SIZE];
    tdm__source_input source = {.agency = rows->agency,
                                .map = rows->map,
                                .sheet = rows->sheet,
                                .carries = rows->carries,
                                .carry_count = rows->carry_count,
                                .carries_facts = rows->carries_facts,
                                .in_part = rows->in_part,
                                .in_part_count = rows->in_part_count,
                                .carries_all = rows->carries_all};
    /* The hash of a file that is read in stretches may come later: no id hangs on it. */
    file->hash_comes_later = rows->text_kept && file->left && file->hashing.has_thread;
    if (!file->hash_comes_later)
        tdm__hashing_end(&file->hashing);
    if (!file->hash_comes_later && file->hashing.status != TDM_OK)
        return file->hashing.status;
    tdm__return_describe(&source, file);
    if (file->case_id.length > 0) {
        case_source_id(id, file, rows->sheet, rows->agency);
        source.id = tdm__str(id);
    }
    /* Only a block of our own outlives the call. */
    if (rows->text_kept && file->left) {
        source.file = file->left;
    } else if (rows->text_kept && file->owned) {
        source.bytes = file->content;
        source.owned_bytes = file->owned;
    }
    tdm_status status = tdm__builder_source(out, file->collection->builder, &source);
    if (status == TDM_OK && source.owned_bytes)
        file->owned = NULL;
    if (status == TDM_OK && source.file)
        file->left_is_kept = true;
    file->hash_comes_later = file->hash_comes_later && status == TDM_OK;
    file->source = *out;
    return status;
}

/* Waits for the hash, and gives it to the source that was registered without. */
static tdm_status end_hashing(tdm__return *file, tdm_status status)
{
    tdm__hashing_end(&file->hashing);
    if (status == TDM_OK && file->hash_comes_later)
        status = file->hashing.status;
    if (status == TDM_OK && file->hash_comes_later)
        status = tdm__builder_source_hash(file->collection->builder, file->source, tdm__str(file->hash));
    return status;
}

tdm_status tdm__return_child_id(tdm_str *out, tdm__return *file, tdm_str agency, tdm_str number)
{
    tdm__crosswalk *crosswalk = &file->collection->crosswalk;
    *out = number;
    if (!crosswalk->allocator)
        return TDM_OK;
    return tdm__str_equal(file->format, TDM_LIT("ndjson"))
               ? tdm__crosswalk_listed(out, crosswalk, agency, number)
               : tdm__crosswalk_child(out, crosswalk, agency, number);
}

tdm_status tdm__return_child(tdm__return *file, const tdm__child_input *child, int32_t row)
{
    tdm_status status = tdm__builder_child(file->collection->builder, child);
    if (status == TDM_CONFLICT)
        status =
            tdm__note(file, TDM__WARNING, "child-differs", row, TDM_LIT(""),
                      "what this says of the child differs from what is known already; the first stands");
    return status;
}

tdm_status tdm__return_sheet(tdm__return *file, tdm_str sheet)
{
    tdm__text place;
    file->has_sheets = true;
    file->rows = file->read = file->set_aside = 0;
    tdm__text_init(&place, file->allocator);
    tdm__text_printf(&place, "%.*s (%.*s)", TDM_STR_ARGS(file->name), TDM_STR_ARGS(sheet));
    file->place = place.failed ? (tdm_str){NULL, 0} : tdm__arena_copy(&file->arena, tdm__text_str(&place));
    tdm__text_free(&place);
    return file->place.data ? TDM_OK : TDM_NO_MEMORY;
}

tdm_status tdm__return_sheet_end(tdm__return *file, tdm_str sheet)
{
    file->place = (tdm_str){NULL, 0};
    return tdm__collection_account(file->collection, file->name, sheet, file->rows, file->read,
                                   file->set_aside);
}

static tdm_status prepare_kinds(tdm__return *file)
{
    const tdm_vocabulary *vocabulary = file->collection->vocabulary;
    uint32_t *closer = tdm__arena_array(&file->arena, vocabulary->kind_count, sizeof *closer);
    file->misplaced = tdm__arena_array(&file->arena, vocabulary->kind_count, sizeof *file->misplaced);
    if (!closer || !file->misplaced)
        return TDM_NO_MEMORY;
    for (size_t kind = 0; kind < vocabulary->kind_count; kind++) {
        int32_t opens = vocabulary->kinds[kind].opens;
        closer[kind] = TDM_NO_INDEX;
        for (uint32_t other = 0; opens != TDM_NO_EPISODE && other < vocabulary->kind_count; other++)
            if (closer[kind] == TDM_NO_INDEX && vocabulary->kinds[other].closes == opens)
                closer[kind] = other;
    }
    file->closer = closer;
    return TDM_OK;
}

static const tdm__reader *choose_reader(const tdm__return *file, tdm_str format)
{
    size_t count;
    const tdm__reader *readers = tdm__readers(&count);
    if (format.length == 0 && file->map.length > 0 && !tdm__looks_like_package(file->content))
        format = TDM_LIT("csv"); /* text with a map: only a return with headings has one */
    for (size_t i = 0; i < count; i++)
        if (format.length > 0 ? tdm__str_equal(format, tdm__str(readers[i].name))
                              : readers[i].recognises(file->content))
            return &readers[i];
    return NULL;
}

/* Only CSV is left in its file: whatever else this looks like is read as a whole. */
static tdm_status settle_left(tdm__return *file, tdm_str format, tdm_error *error)
{
    if (!file->left)
        return TDM_OK;
    const tdm__reader *reader = choose_reader(file, format);
    bool is_csv = reader && reader->read == tdm__read_csv && !tdm__looks_like_store(file->content) &&
                  !tdm__looks_like_old_office(file->content) && !tdm__looks_like_package(file->content) &&
                  tdm__check_is_text(file->content, file->name, NULL) == TDM_OK;
    return is_csv ? tdm__left_look(file, error) : tdm__left_load(file, error);
}

static tdm_status read_with(tdm__return *file, tdm_str format, tdm_error *error)
{
    tdm_place place = {file->name, 0, 0};
    tdm_status settled = settle_left(file, format, error);
    if (settled != TDM_OK)
        return settled;
    if (tdm__looks_like_store(file->content))
        return tdm__fail_at(error, TDM_UNSUPPORTED, place, "a store is not read as a file of a return");
    if (tdm__looks_like_old_office(file->content))
        return tdm__fail_at(error, TDM_UNSUPPORTED, place,
                            "password-protected, or an old .xls or .doc: save it as .xlsx or .docx without a "
                            "password");
    const tdm__reader *reader = choose_reader(file, format);
    bool is_package = tdm__looks_like_package(file->content) && reader && reader->recognises(file->content);
    tdm_status status = is_package ? TDM_OK : tdm__check_is_text(file->content, file->name, error);
    if (status != TDM_OK)
        return status;
    if (!reader && format.length > 0)
        return tdm__fail_at(error, TDM_INVALID_ARG, place, "there is no reader of the name given as format");
    if (!reader)
        return tdm__fail_at(error, TDM_UNSUPPORTED, place, "no reader knows this form of file");
    file->format = tdm__str(reader->name);
    if (!file->collection->part && !file->is_hashed)
        tdm__hashing_begin(&file->hashing, file->hash, file->content, file->left, file->collection->jobs);
    if (prepare_kinds(file) != TDM_OK)
        return tdm__no_memory(error);
    status = reader->read(file, error);
    if (status == TDM_OK)
        status = note_the_rest(file);
    if (status == TDM_OK && !file->has_sheets)
        status = tdm__collection_account(file->collection, file->name, TDM_LIT(""), file->rows, file->read,
                                         file->set_aside);
    return status;
}

tdm_status tdm__return_read(tdm__return *file, tdm_str format, tdm_error *error)
{
    file->allocator = &file->collection->context->allocator;
    tdm__arena_init(&file->arena, file->allocator);
    tdm__row_keys_init(&file->keys, file->allocator);
    tdm__dictionary_init(&file->noted, file->allocator);
    tdm__text_init(&file->note_key, file->allocator);
    tdm_status status = read_with(file, format, error);
    status = end_hashing(file, status);
    if (status == TDM_NO_MEMORY)
        tdm__no_memory(error);
    if (status != TDM_OK && status == file->hashing.status)
        tdm__hashing_check(&file->hashing, error);
    if (status == TDM_OK && file->left)
        status = tdm__held_file_check(file->left, error);
    if (!file->left_is_kept)
        tdm__held_file_close(file->left);
    tdm__free(file->allocator, file->owned);
    tdm__free(file->allocator, file->reached);
    file->left = NULL;
    file->owned = NULL;
    file->reached = NULL;
    tdm__dictionary_free(&file->noted);
    tdm__text_free(&file->note_key);
    tdm__row_keys_free(&file->keys);
    tdm__arena_free(&file->arena);
    return status;
}
