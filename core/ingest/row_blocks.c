/*
 * Making blocks of rows and handing them over (see row_blocks.h). What a row means is table_row.c's.
 */
#include "ingest/row_blocks.h"

/* --- making --- */

static bool stands_in(tdm_str text, const char *at)
{
    return (uintptr_t)at >= (uintptr_t)text.data && (uintptr_t)at < (uintptr_t)text.data + text.length;
}

/* Cells without their quotes lie in a buffer that the next record uses again. */
static tdm_status keep_cells(tdm__row_block *block, tdm_str *cells, const tdm__row_blocks *b)
{
    const tdm__csv *csv = &b->table.csv;
    for (size_t i = 0; csv->unquoted.length > 0 && i < b->width; i++) {
        if (cells[i].length == 0 || stands_in(csv->text, cells[i].data))
            continue;
        cells[i] = tdm__arena_copy(&block->strings, cells[i]);
        if (!cells[i].data)
            return TDM_NO_MEMORY;
    }
    return TDM_OK;
}

static tdm_status add_record(tdm__row_block *block, const tdm__row_blocks *b)
{
    tdm_str *cells = block->cells + block->count * b->width;
    if (b->table.filled == 0)
        return TDM_OK;
    tdm__table_cells(cells, b->reading, &b->table);
    if (keep_cells(block, cells, b) != TDM_OK)
        return TDM_NO_MEMORY;
    block->rows[block->count++] = (tdm__ready_row){.line = b->table.row, .filled = b->table.filled};
    return TDM_OK;
}

/* What each row is known by, a column after the other. */
static void identify(tdm__row_block *block, const tdm__row_blocks *b)
{
    const tdm__table_return *reading = b->reading;
    uint64_t hashes[TDM__BLOCK_ROWS] = {0};
    for (size_t i = 0; i < reading->hash_order_count; i++)
        tdm__cells_hash_each(hashes, block->cells + reading->hash_order[i], b->width, block->count);
    for (size_t i = 0; i < block->count; i++)
        block->rows[i].identity = tdm__table_identity(reading, block->cells + i * b->width, hashes[i]);
}

/* From the first row of a block on the window stays, so that all of them stand in one. */
static void stay_while_rows_wait(tdm__row_blocks *b, const tdm__row_block *block)
{
    b->table.stay = block->count > 0;
    if (b->table.window && block->count > 0)
        b->table.window->in_use = true;
}

static void make_block(tdm__row_block *block, tdm__row_blocks *b)
{
    bool more = true;
    block->count = 0;
    block->status = TDM_OK;
    tdm__arena_reset(&block->strings);
    stay_while_rows_wait(b, block);
    while (more && block->status == TDM_OK && block->count < TDM__BLOCK_ROWS && !b->table.held_up) {
        block->status = tdm__table_next(&b->table, &more, &block->why);
        if (block->status == TDM_OK && more && !b->table.held_up)
            block->status = add_record(block, b);
        stay_while_rows_wait(b, block);
    }
    b->table.held_up = false;
    identify(block, b);
    block->text = b->table.csv.text;
    block->text_at = b->table.window ? b->table.window->at : 0;
    block->read_until = tdm__table_at(&b->table);
    block->is_last = !more || (block->status != TDM_OK && !tdm__table_record_failed(block->status));
}

/* --- handing over --- */

static void *make_blocks(void *argument)
{
    tdm__row_blocks *b = argument;
    bool goes_on = true;
    while (goes_on) {
        pthread_mutex_lock(&b->lock);
        while (!b->stop && b->made - b->taken == b->block_count)
            pthread_cond_wait(&b->changed, &b->lock);
        goes_on = !b->stop;
        pthread_mutex_unlock(&b->lock);
        if (!goes_on)
            break;
        tdm__row_block *block = &b->blocks[b->made % b->block_count];
        make_block(block, b);
        goes_on = !block->is_last;
        pthread_mutex_lock(&b->lock);
        b->made++;
        pthread_cond_signal(&b->changed);
        pthread_mutex_unlock(&b->lock);
    }
    return NULL;
}

/* Waits until there is a block that the caller has not had. */
static void wait_for_block(tdm__row_blocks *b)
{
    pthread_mutex_lock(&b->lock);
    b->taken += b->holds_one;
    pthread_cond_signal(&b->changed);
    while (b->made == b->taken)
        pthread_cond_wait(&b->changed, &b->lock);
    pthread_mutex_unlock(&b->lock);
}

/* The table of keys is larger than any cache: what is looked up in it is asked for all at once. */
static tdm_status find_keys(tdm__row_block *block, tdm__row_keys *keys)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < block->count; i++)
        tdm__row_key_expect(keys, &block->rows[i].identity);
    for (size_t i = 0; status == TDM_OK && i < block->count; i++)
        status = tdm__row_key(&block->rows[i].key, keys, &block->rows[i].identity);
    return status;
}

/* What hangs on the rows before, and what only the caller's thread knows. */
static void complete(tdm__row_block *block, tdm__row_blocks *b)
{
    if (find_keys(block, &b->reading->file->keys) == TDM_OK &&
        tdm__plain_rows_mark(&b->plain, block) == TDM_OK)
        return;
    block->count = 0;
    block->status = TDM_NO_MEMORY;
}

const tdm__row_block *tdm__row_blocks_next(tdm__row_blocks *b)
{
    if (b->holds_one && b->blocks[b->taken % b->block_count].is_last)
        return NULL;
    if (b->has_thread)
        wait_for_block(b);
    else
        make_block(&b->blocks[0], b);
    b->holds_one = true;
    tdm__row_block *block = &b->blocks[b->taken % b->block_count];
    complete(block, b);
    return block;
}

static tdm_status make_room(tdm__row_blocks *b)
{
    const tdm_allocator *allocator = b->reading->file->allocator;
    tdm_status status = tdm__plain_rows_open(&b->plain, b->reading);
    if (status != TDM_OK)
        return status;
    b->blocks = tdm__alloc_zeroed(allocator, b->block_count, sizeof *b->blocks);
    for (size_t i = 0; b->blocks && i < b->block_count; i++) {
        tdm__arena_init(&b->blocks[i].strings, allocator);
        b->blocks[i].cells = tdm__alloc_zeroed(allocator, TDM__BLOCK_ROWS * b->width, sizeof(tdm_str));
        if (!b->blocks[i].cells)
            return TDM_NO_MEMORY;
    }
    return b->blocks ? tdm__table_ahead(&b->table, &b->reading->table, b->block_count + 1) : TDM_NO_MEMORY;
}

tdm_status tdm__row_blocks_open(tdm__row_blocks *b, const tdm__table_return *reading, int32_t jobs)
{
    *b = (tdm__row_blocks){.reading = reading,
                           .width = reading->map->folded.count + 1,
                           .block_count = jobs > 1 ? TDM__BLOCKS_AHEAD : 1};
    tdm_status status = make_room(b);
    if (status != TDM_OK || jobs < 2)
        return status;
    if (pthread_mutex_init(&b->lock, NULL) != 0)
        return TDM_NO_MEMORY;
    if (pthread_cond_init(&b->changed, NULL) != 0) {
        pthread_mutex_destroy(&b->lock);
        return TDM_NO_MEMORY;
    }
    /* Where there is no thread to be had the caller makes each block itself. */
    b->has_thread = pthread_create(&b->thread, NULL, make_blocks, b) == 0;
    if (!b->has_thread) {
        pthread_cond_destroy(&b->changed);
        pthread_mutex_destroy(&b->lock);
    }
    return TDM_OK;
}

static void end_thread(tdm__row_blocks *b)
{
    pthread_mutex_lock(&b->lock);
    b->stop = true;
    pthread_cond_signal(&b->changed);
    pthread_mutex_unlock(&b->lock);
    pthread_join(b->thread, NULL);
    pthread_cond_destroy(&b->changed);
    pthread_mutex_destroy(&b->lock);
}

void tdm__row_blocks_close(tdm__row_blocks *b)
{
    const tdm_allocator *allocator = b->reading->file->allocator;
    if (b->has_thread)
        end_thread(b);
    for (size_t i = 0; b->blocks && i < b->block_count; i++) {
        tdm__free(allocator, b->blocks[i].cells);
        if (b->blocks[i].strings.allocator)
            tdm__arena_free(&b->blocks[i].strings);
    }
    tdm__free(allocator, b->blocks);
    tdm__plain_rows_close(&b->plain);
    tdm__table_free(&b->table);
    b->blocks = NULL;
}
