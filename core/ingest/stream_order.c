/*
 * The children of a stream that are over (see stream_order.h). Two ids with one hash of 64 bits are taken
 * for the same: once in some sixty million streams of 750,000 children.
 */
#include "ingest/stream_order.h"

#define SLOTS ((size_t)1 << 20)
#define SEED  UINT64_C(0x73747265616d2e31)

tdm_status tdm__stream_order_init(tdm__stream_order *order, const tdm_allocator *allocator)
{
    *order = (tdm__stream_order){.allocator = allocator};
    tdm__text_init(&order->last, allocator);
    order->slots = tdm__alloc_zeroed(allocator, SLOTS, sizeof *order->slots);
    return order->slots ? TDM_OK : TDM_NO_MEMORY;
}

void tdm__stream_order_free(tdm__stream_order *order)
{
    if (!order->allocator)
        return;
    tdm__free(order->allocator, order->slots);
    tdm__text_free(&order->last);
    *order = (tdm__stream_order){0};
}

static tdm_status keep_last(tdm__stream_order *order, tdm_str id)
{
    tdm__text_clear(&order->last);
    tdm__text_add(&order->last, id);
    return order->last.failed ? TDM_NO_MEMORY : TDM_OK;
}

tdm_status tdm__stream_order_add(tdm__stream_order *order, tdm_str id)
{
    uint64_t hash = tdm__hash64(id, SEED);
    size_t at;
    bool ascends = order->count == 0 || tdm__str_compare(tdm__text_str(&order->last), id) < 0;
    hash += hash == 0;
    for (at = hash & (SLOTS - 1); order->slots[at] != 0 && order->slots[at] != hash;)
        at = (at + 1) & (SLOTS - 1);
    if (order->slots[at] == hash)
        return TDM_CONFLICT;
    if (order->count >= TDM__STREAM_ANY_ORDER && !ascends)
        return TDM_TOO_LARGE;
    if (order->count < TDM__STREAM_ANY_ORDER) {
        order->slots[at] = hash;
        order->count++;
    }
    return ascends ? keep_last(order, id) : TDM_OK;
}

tdm_status tdm__stream_grouping_init(tdm__stream_grouping *grouping, const tdm_allocator *allocator,
                                     bool by_household)
{
    *grouping = (tdm__stream_grouping){.by_household = by_household};
    tdm_status status = tdm__stream_order_init(&grouping->children, allocator);
    return status == TDM_OK && by_household ? tdm__stream_order_init(&grouping->households, allocator)
                                            : status;
}

void tdm__stream_grouping_free(tdm__stream_grouping *grouping)
{
    tdm__stream_order_free(&grouping->children);
    tdm__stream_order_free(&grouping->households);
}
