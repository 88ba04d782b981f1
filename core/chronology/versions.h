/*
 * Versions of an entry: several returns give one id. Which of them stands and from which day on, what a
 * return that replaces another withdraws, and what is only said again. Freezing asks; the answer is a sparse
 * column.
 */
#ifndef TDM_CHRONOLOGY_VERSIONS_H
#define TDM_CHRONOLOGY_VERSIONS_H

#include "chronology/table.h"

/* An event among those of its child, as it is sorted by id and then by when its version was received. */
typedef struct tdm__claim {
    uint64_t id;
    tdm_day received; /* as ranked: that of a replaced return at least */
    uint32_t source;
    uint32_t place; /* in the order */
} tdm__claim;

typedef struct tdm__source_tally {
    size_t corrected, withdrawn;
    size_t by_order; /* corrected ones of which no received day says which came later */
} tdm__source_tally;

typedef struct tdm__settling {
    tdm_chronology *chronology;
    uint32_t *order;            /* place to event; TDM_NO_INDEX: said again, to be dropped */
    tdm_day *received;          /* of each source, as ranked */
    uint32_t *replacer;         /* of each source: the first that replaces it; TDM_NO_INDEX: none */
    tdm__source_tally *tallies; /* of each source that replaces */
    size_t version_capacity, repeats;
    tdm__text rooms[2]; /* for texts that are compared */
} tdm__settling;

tdm_status tdm__settling_new(tdm__settling *out, tdm_chronology *chronology, uint32_t *order);
void tdm__settling_free(tdm__settling *settling);
/* The events at [first, end) of the order, which are those of one child. room: for so many. */
tdm_status tdm__settle_child(tdm__settling *settling, size_t first, size_t end, tdm__claim *room);
/* What each source corrected and withdrew. */
tdm_status tdm__settling_report(const tdm__settling *settling, tdm__diagnostics *diagnostics);
/* The column after events have got their new places. */
void tdm__versions_renumber(tdm_chronology *chronology, const uint32_t *place_of);

#endif
