/*
 * Whether a stream is grouped: a child whose rows have ended must not come again, nor a household whose
 * children have. Told in a fixed amount of memory, whatever the number of children.
 */
#ifndef TDM_INGEST_STREAM_ORDER_H
#define TDM_INGEST_STREAM_ORDER_H

#include "base/hash.h"

/* So many children are told apart in any order; those behind them must ascend by bytes. */
#define TDM__STREAM_ANY_ORDER 750000

typedef struct tdm__stream_order {
    const tdm_allocator *allocator;
    uint64_t *slots; /* hashes of ids; 0: empty */
    size_t count;
    tdm__text last; /* the greatest id so far, in bytes */
} tdm__stream_order;

/* TDM_NO_MEMORY. Freed whatever happens. */
tdm_status tdm__stream_order_init(tdm__stream_order *order, const tdm_allocator *allocator);
void tdm__stream_order_free(tdm__stream_order *order);

/*
 * The next child, or household.
 *
 * TDM_OK: it was not there before. TDM_CONFLICT: it was. TDM_TOO_LARGE: too many to say, and this one does
 * not ascend. TDM_NO_MEMORY.
 */
tdm_status tdm__stream_order_add(tdm__stream_order *order, tdm_str id);

/* What is over of all streams of a call. */
typedef struct tdm__stream_grouping {
    tdm__stream_order children;
    tdm__stream_order households; /* used only where streams are grouped by household */
    bool by_household;
} tdm__stream_grouping;

/* TDM_NO_MEMORY. Freed whatever happens. */
tdm_status tdm__stream_grouping_init(tdm__stream_grouping *grouping, const tdm_allocator *allocator,
                                     bool by_household);
void tdm__stream_grouping_free(tdm__stream_grouping *grouping);

#endif
