/*
 * What is said of one replayed indicator, for every writer of a replay.
 */
#ifndef TDM_REPORT_REPLAY_WORDS_H
#define TDM_REPORT_REPLAY_WORDS_H

#include "report/output.h"
#include "report/replay.h"
#include "report/view.h"

enum {
    TDM__REPLAY_ID,
    TDM__REPLAY_POSSIBLE,
    TDM__REPLAY_MET,
    TDM__REPLAY_OCCURRED,
    TDM__REPLAY_LAG,
    TDM__REPLAY_STEP_UP,
    TDM__REPLAY_CELLS
};
extern const char *const tdm__replay_headings[TDM__REPLAY_CELLS + 1]; /* ends with NULL */

typedef struct tdm__replay_cells {
    char rooms[TDM__REPLAY_CELLS][TDM__WORDS_SIZE];
    tdm_str cells[TDM__REPLAY_CELLS];
} tdm__replay_cells;

/* Cells of a table; they point into themselves and the run. */
void tdm__replay_cells_of(tdm__replay_cells *out, const tdm__replay *replay, const tdm__replayed *item);

/* Whether it was possible or met on a day of the period. */
bool tdm__replay_fired(const tdm__replayed *item);
/* The day from which the time to the step-up counts; days between, 0 without a step-up. */
tdm_day tdm__replay_since(const tdm__replayed *item);
int tdm__replay_days_before(const tdm__replayed *item);
/* Days from first_met, by the days things occurred, to the day on which it could be known; false where one of
 * the two is not known. */
bool tdm__replay_lag(int *out, const tdm__replayed *item);

/* What a reader must know before the tables: in sentences. */
extern const char *const tdm__replay_explained[]; /* ends with NULL */
#define TDM__REPLAY_WORDS_SIZE (3 * TDM__WORDS_SIZE)
/* "Asked for each day from ... to ...; 5 of its 30 rows ...": of one child. */
void tdm__replay_child_words(char out[TDM__REPLAY_WORDS_SIZE], const tdm__replay *replay,
                             const tdm__replayed_child *child);

#endif
