/*
 * What the files of suppress share: the cells with the sums that each is in, what has been left out so far,
 * and the two attacks that are made on it.
 */
#ifndef TDM_ENGINE_SUPPRESS_PARTS_H
#define TDM_ENGINE_SUPPRESS_PARTS_H

#include "engine/suppress.h"

typedef struct tdm__hiding {
    const tdm__cells *cells;
    uint8_t *marks;
    tdm__arena *arena;      /* lasts as long as the hiding */
    const size_t *first_of; /* of a cell, in sums_of; one more at the end */
    const uint32_t *sums_of;
    uint32_t *waiting; /* sums to be looked at again, round and round; each stands in it once */
    size_t waiting_first, waiting_count;
    uint8_t *is_waiting; /* one a sum */
    uint8_t *given_away; /* one a cell: what an attack came to know */
    uint8_t *state;      /* one a cell: of the attack by bounds, 0 at first */
    uint8_t *guarded;    /* one a cell: how often something was left out for its sake */
    uint32_t *seen_in;   /* one a sum: the search that came by it last */
    uint32_t search;
    uint32_t *changed_in; /* one a sum: the round in which something of it was left out */
    uint32_t round;
} tdm__hiding;

/* Not to be read: left out, or not published anyway. */
static inline bool tdm__cell_hidden(const tdm__hiding *hiding, size_t cell)
{
    return hiding->marks[cell] != TDM__CELL_SHOWN || hiding->cells->counts[cell] < 0;
}

/* Members of a sum: its parts, then its total. */
static inline size_t tdm__member_count(const tdm__sum *sum)
{
    return sum->part_count + 1;
}

static inline uint32_t tdm__member(const tdm__sum *sum, size_t i)
{
    return i < sum->part_count ? sum->parts[i] : sum->total;
}

/* Sets given_away of the cells left out, but for 0, that some linear combination of the sums gives: of all of
 * them, and of one in a million others perhaps. */
tdm_status tdm__attack_by_sums(tdm__hiding *hiding);
/* Sets given_away of small cells that can have one value only, going round and round the sums. */
tdm_status tdm__attack_by_bounds(tdm__hiding *hiding);

#endif
