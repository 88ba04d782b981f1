/*
 * Dealing events out to stretches of children before a large table is sorted.
 */
#ifndef TDM_CHRONOLOGY_DEAL_H
#define TDM_CHRONOLOGY_DEAL_H

#include "chronology/builder.h"

/* Smaller tables stay as they are. */
#define TDM__DEAL_FROM ((size_t)1 << 16)

/*
 * Brings the events of every few children together, as they came, in every column; `rank` gives the place of
 * a child among those sorted. Nothing hangs on it but time: a child's events then lie in a stretch that the
 * cache holds, where they would else be fetched one by one from all over the table, column by column.
 * TDM_NO_MEMORY.
 */
tdm_status tdm__deal_out(tdm__builder *builder, const uint32_t *rank);

/* How columns of `capacity` items are moved to blocks of `count`. */
typedef struct tdm__moving {
    const tdm_allocator *allocator;
    size_t capacity, count;
    void (*fill)(char *to, const char *from, size_t item_size, const void *payload);
    const void *payload;
} tdm__moving;

/* Moves each of these columns but those that are NULL. Larger items first: what one leaves is enough for the
 * next, and memory in use need not be asked for. TDM_NO_MEMORY. */
tdm_status tdm__move_columns(const tdm__column_ref *columns, size_t column_count, const tdm__moving *moving);

#endif
