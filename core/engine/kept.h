/*
 * Answers about one child that are kept from one as-of day to the next while nothing changes that they hang
 * on: no row that was looked at, and not the day (chronology/looked.h). Kept is what the script said; what
 * sources could hold is weighed anew each day.
 */
#ifndef TDM_ENGINE_KEPT_H
#define TDM_ENGINE_KEPT_H

#include "chronology/looked.h"
#include "engine/engine.h"

/* How an event stands in the history of a day. */
typedef struct tdm__stand {
    tdm_day from, to;
    uint32_t found; /* first event of its found group, from the child's first; TDM_NO_INDEX: in none */
    bool visible, dated, contradicts;
} tdm__stand;

typedef struct tdm__kept_answer {
    bool known;
    tdm_answer answer;
    const char *reason;
    uint32_t rows_most; /* of the history, while it is kept */
    tdm__looked looked;
} tdm__kept_answer;

struct tdm__kept {
    const tdm_chronology *chronology;
    const tdm__script_limits *limits;
    tdm__kept_answer *answers; /* by indicator of the catalogue */
    size_t answer_count;
    uint32_t first, count;    /* the child's events */
    tdm__stand *before, *now; /* on the day before and on this one */
    const uint32_t *stated;   /* by event: first event of its stated incident; TDM_NO_INDEX: of none */
    uint32_t *changed;        /* events since the day before */
    uint32_t changed_count;
    bool *touched, *touched_stated; /* by first event: some row of the group has changed */
};

/* For a child of the chronology, in the arena: empty. TDM_NO_MEMORY. */
tdm_status tdm__kept_new(tdm__kept **out, tdm__arena *arena, const tdm__asker *asker, uint32_t child);

/* The next day has come: forgets what no longer holds in its history. Days come in order. */
void tdm__kept_next_day(tdm__kept *kept, const tdm_history *history);

/* The answer of an indicator without its spells; false: ask. */
bool tdm__kept_find(tdm__result *out, const tdm__kept *kept, uint32_t indicator);

/* Keeps what was just answered from the history, unless that may be otherwise tomorrow. `bytes`: that the
 * call took of its arena. */
void tdm__kept_put(tdm__kept *kept, uint32_t indicator, const tdm__result *result, const tdm_history *history,
                   size_t bytes);

#endif
