/*
 * Scores put in order: those of one child, carer and instrument make a series, those of one day by
 * several assessors a visit of it. What two visits have between them is in compare.h.
 */
#ifndef TDM_INSTRUMENT_SERIES_H
#define TDM_INSTRUMENT_SERIES_H

#include "instrument/compare.h"

/* The first stands for the visit; the others show how far assessors stand apart. */
typedef struct tdm__visit {
    const tdm_score *const *scores;
    size_t count; /* at least 1 */
} tdm__visit;

typedef struct tdm__series {
    const tdm__visit *visits; /* by day */
    size_t visit_count;
    tdm__comparison **comparisons; /* of each visit and the next, one less than visits; NULL until compared */
} tdm__series;

/* By instrument, child and carer. Scores must outlive it. */
typedef struct tdm__series_list {
    tdm_allocator allocator;
    tdm__arena arena;
    tdm__series *items;
    size_t count;
} tdm__series_list;

/* *out set to NULL first. Scores in any order; their places settle what nothing else does. TDM_OK or
 * TDM_NO_MEMORY. */
tdm_status tdm__series_list_make(tdm__series_list **out, const tdm_allocator *allocator,
                                 const tdm_score *const *scores, size_t count);
void tdm__series_list_free(tdm__series_list *list); /* accepts NULL; forgets what was compared too */

/* Compares each visit with the next. TDM_OK, or TDM_NO_MEMORY with nothing compared. */
tdm_status tdm__series_compare(tdm__series *series, const tdm_allocator *allocator,
                               tdm__reliability reliability);
/* Frees the comparisons, which may be made again then. */
void tdm__series_forget(tdm__series *series, const tdm_allocator *allocator);

/* Two scores of a visit; one person always stands on the same side. */
tdm__visit_pair tdm__visit_pair_of(const tdm_score *a, const tdm_score *b);

#endif
