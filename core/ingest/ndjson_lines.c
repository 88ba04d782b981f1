/*
 * Making blocks of lines (see ndjson_lines.h). What a line means is ndjson.c's and ndjson_event.c's.
 */
#include "ingest/ndjson_lines.h"

#include <string.h>

/* A block is full when its lines have as many bytes. Longer lines are left to who takes it, one at a time. */
#define BLOCK_BYTES (64u * 1024u)

tdm_str tdm__ndjson_line_off(int32_t *line, int32_t *next, tdm_str *rest, const tdm__input_part *part)
{
    *line = *next;
    if (part && *line == part->heading_lines + 1)
        *line += part->lines_before;
    *next = *line + 1;
    return tdm__str_trimmed(tdm__str_split(rest, '\n'));
}

/* Which lines the block has; the bytes to be kept of them. */
static size_t take_lines(tdm__line_block *block, tdm__ndjson_lines *lines)
{
    const tdm__input_part *part = lines->file->collection->part;
    size_t bytes = 0;
    block->count = 0;
    while (lines->rest.length > 0 && block->count < TDM__BLOCK_LINES && bytes < BLOCK_BYTES) {
        tdm__ndjson_line *line = &block->lines[block->count++];
        line->text = tdm__ndjson_line_off(&line->number, &lines->line, &lines->rest, part);
        line->behind = lines->file->content.length - lines->rest.length;
        line->is_read = line->is_event = false;
        /* The lines that begin each part were read with the first. */
        if (part && part->again && line->number <= part->heading_lines)
            line->text.length = 0;
        bytes += line->text.length <= BLOCK_BYTES ? line->text.length : 0;
    }
    return bytes;
}

static tdm_status parse_line(tdm__ndjson_line *line, tdm__line_block *block, char *text,
                             const tdm__ndjson_lines *lines)
{
    const tdm__return *file = lines->file;
    tdm_str json = line->text;
    if (tdm__str_starts(json, TDM_LIT("\xef\xbb\xbf")))
        json = (tdm_str){json.data + 3, json.length - 3};
    if (json.length > 0)
        memcpy(text, json.data, json.length);
    tdm_status status = tdm__json_values_read(&line->root, &block->values, file->allocator, text, json.length,
                                              file->name, NULL);
    line->is_read = status == TDM_OK;
    if (line->is_read)
        tdm__ndjson_find_members(line, &lines->names, tdm__json_values_at(&block->values, line->root));
    return status == TDM_NO_MEMORY ? status : TDM_OK;
}

static tdm_status make_ready(tdm__line_block *block, tdm__ndjson_lines *lines)
{
    size_t bytes = take_lines(block, lines);
    char *text = tdm__grown(lines->file->allocator, block->text, &block->text_capacity, bytes, 1);
    if (!text && bytes > 0)
        return TDM_NO_MEMORY;
    block->text = text;
    for (size_t i = 0; i < block->count; i++) {
        tdm__ndjson_line *line = &block->lines[i];
        if (line->text.length == 0 || line->text.length > BLOCK_BYTES)
            continue;
        if (parse_line(line, block, text, lines) != TDM_OK)
            return TDM_NO_MEMORY;
        text += line->text.length;
    }
    return tdm__ndjson_hash_block(block);
}

static bool make_block(size_t slot, void *payload)
{
    tdm__ndjson_lines *lines = payload;
    tdm__line_block *block = &lines->blocks[slot];
    block->values.count = 0;
    tdm__arena_reset(&block->strings);
    block->status = make_ready(block, lines);
    if (block->status != TDM_OK)
        block->count = 0;
    return block->status == TDM_OK && lines->rest.length > 0;
}

const tdm__line_block *tdm__ndjson_lines_next(tdm__ndjson_lines *lines)
{
    size_t slot;
    return tdm__ahead_next(&slot, &lines->ahead) ? &lines->blocks[slot] : NULL;
}

tdm_status tdm__ndjson_lines_open(tdm__ndjson_lines *lines, const tdm__return *file)
{
    /* What fits into one block needs no thread. */
    bool is_ahead = file->collection->jobs > 1 && file->content.length > BLOCK_BYTES;
    *lines = (tdm__ndjson_lines){
        .file = file, .rest = file->content, .line = 1, .block_count = is_ahead ? TDM__LINE_BLOCKS : 1};
    tdm__ndjson_names_init(&lines->names);
    lines->blocks = tdm__alloc_zeroed(file->allocator, lines->block_count, sizeof *lines->blocks);
    if (!lines->blocks)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < lines->block_count; i++)
        tdm__arena_init(&lines->blocks[i].strings, file->allocator);
    return tdm__ahead_open(&lines->ahead, make_block, lines, lines->block_count);
}

void tdm__ndjson_lines_close(tdm__ndjson_lines *lines)
{
    tdm__ahead_close(&lines->ahead);
    for (size_t i = 0; lines->blocks && i < lines->block_count; i++) {
        tdm__free(lines->file->allocator, lines->blocks[i].values.items);
        tdm__free(lines->file->allocator, lines->blocks[i].text);
        tdm__arena_free(&lines->blocks[i].strings);
    }
    if (lines->file)
        tdm__free(lines->file->allocator, lines->blocks);
    lines->blocks = NULL;
}
