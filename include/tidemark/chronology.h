/*
 * The chronology: every agency's entries about every child in one frozen table, a child's history
 * as of a day, selections of its rows, and measures over the possible worlds of doubtful dates.
 *
 * A frozen chronology, and the histories and selections made from it, are only read: any number of
 * threads, each with histories of its own.
 */
#ifndef TIDEMARK_CHRONOLOGY_H
#define TIDEMARK_CHRONOLOGY_H

#include <tidemark/calendar.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a rule says. The codes stand in Lua, JSON and the store. */
typedef int32_t tdm_answer;
enum {
    TDM_NOT_ASSESSED = 0, /* the data that could tell is not there, or the script failed */
    TDM_NOT_MET = 1,      /* true in no possible world */
    TDM_POSSIBLE = 2,     /* true in some */
    TDM_MET = 3           /* true wherever the doubtful dates fall */
};

/* "not-assessed", "not-met", "possible", "met". Static. */
TDM_API const char *tdm_answer_code(tdm_answer answer);

/* A count or a number of days: `certain` holds in every possible world, `possible` in some.
 * certain <= possible where more is the stronger claim. */
typedef struct tdm_bounds {
    int32_t certain;
    int32_t possible;
} tdm_bounds;

/* Steps that a call may take; charged by every measure as it goes. */
typedef struct tdm_budget {
    int64_t steps_left;
} tdm_budget;

typedef struct tdm_vocabulary tdm_vocabulary;
typedef struct tdm_chronology tdm_chronology;
typedef struct tdm_history tdm_history;
typedef struct tdm_selection tdm_selection;

/*
 * Reads the vocabulary: the three tables kinds.csv, facts.csv and agencies.csv.
 *
 * out    set to NULL first; freed with tdm_vocabulary_free
 * error  may be NULL; names table and line
 *
 * TDM_OK, TDM_INVALID_INPUT, TDM_NO_MEMORY.
 */
TDM_API tdm_status tdm_vocabulary_parse(tdm_vocabulary **out, const tdm_allocator *allocator, tdm_str kinds,
                                        tdm_str facts, tdm_str agencies, tdm_error *error);
TDM_API void tdm_vocabulary_free(tdm_vocabulary *vocabulary);

TDM_API void tdm_chronology_free(tdm_chronology *chronology);
TDM_API size_t tdm_chronology_event_count(const tdm_chronology *chronology);
TDM_API size_t tdm_chronology_child_count(const tdm_chronology *chronology);
/* Id of a child, 0 <= child < count, children ordered by the bytes of their id. Owned by the chronology. */
TDM_API tdm_str tdm_chronology_child_id(const tdm_chronology *chronology, size_t child);

/*
 * Largest number of events in any window of `window_days` days.
 *
 * A window of N days holds a first day and the N - 1 after it. Doubtful dates give two numbers:
 * the count that holds wherever they fall, and the count that some placement gives. Exact.
 *
 * out          zeroed first; filled on TDM_OK
 * selection    events of one child; borrowed for the call
 * window_days  1 to 36600 days
 * budget       steps the call may take, charged as it goes; NULL: none
 *
 * TDM_OK; TDM_INVALID_ARG when window_days is out of range; TDM_BUDGET when the budget is spent;
 * TDM_NO_MEMORY. Reads frozen data only: any number of threads.
 */
TDM_API tdm_status tdm_selection_max_in_window(tdm_bounds *out, const tdm_selection *selection,
                                               int32_t window_days, tdm_budget *budget);

/* Number of events (incidents, when the selection counts those). */
TDM_API tdm_bounds tdm_selection_count(const tdm_selection *selection);

#ifdef __cplusplus
}
#endif

#endif
