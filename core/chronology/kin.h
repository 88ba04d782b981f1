/*
 * The siblings of a child beside its own history: their histories as of the same day, and their rows as rows
 * of the child's, so that a rule can hold one against the other and a prompt can show both.
 *
 * Rows of kin stand after the child's own, where no loop over row_count sees them: they are in no selection
 * of the child, open no episode, and raise no level. Only tdm__selection_beside names them.
 */
#ifndef TDM_CHRONOLOGY_KIN_H
#define TDM_CHRONOLOGY_KIN_H

#include "chronology/selection.h"

struct tdm__kin {
    tdm_history *history; /* whose kin they are; rows are added to it when they are first asked for */
    bool made;
    const tdm_history **siblings; /* in order of id */
    uint32_t *first_row;          /* of each: where its rows begin in the child's history */
    uint32_t sibling_count;
    uint32_t row_count, incident_count, found_count; /* added after the child's own */
};

/* Called by tdm__history_new. */
tdm_status tdm__kin_new(tdm_history *history);
/* The siblings, made at the first call: the same ones in the same order whoever asks first. They live in the
 * history's arena; one thread at a time, as the history. */
tdm_status tdm__history_kin(const tdm__kin **out, const tdm_history *history);
/* Rows of the child and of its kin, as far as they were asked for. */
uint32_t tdm__rows_with_kin(const tdm_history *history);
/* A selection of a sibling's history as one of the child's. TDM_INVALID_ARG when it is of no sibling, the
 * child's own included: its rows need no place beside it. */
tdm_status tdm__selection_beside(tdm_selection **out, const tdm_history *history,
                                 const tdm_selection *selection);
/* The sibling a row is of, as a child of the chronology; the child itself for its own. */
uint32_t tdm__row_child(const tdm_history *history, uint32_t row);

#endif
