/*
 * What an indicator needs, held against what the sources of one child could hold and what its history
 * holds: whether the script is asked, and whether what it does not find is "not met".
 */
#ifndef TDM_ENGINE_NEEDS_H
#define TDM_ENGINE_NEEDS_H

#include "engine/engine.h"

enum { TDM__HELD_CONCERN = 1, TDM__HELD_HIGH };

/* Of one child and history, gathered once for all indicators. */
struct tdm__at_hand {
    tdm__carried carried;
    uint64_t kinds[TDM_KINDS_MAX / 64]; /* of the rows, dated or not */
    const uint32_t *rows;               /* how many of each kind */
    const tdm_history *history;
    const uint8_t *concern_rows;      /* of each row: what sort of concern it is; 0: none */
    bool concern;                     /* one of them is a concern */
    uint32_t concerns, high_concerns; /* how many are; of them rated high */
};

/* In the asker's scratch arena. TDM_NO_MEMORY. */
tdm_status tdm__at_hand_of(tdm__at_hand *out, const tdm__asker *asker, const tdm_history *history);
/* Why the script is not asked: a static code; NULL: the data that could tell is there. */
const char *tdm__missing_need(const tdm__asker *asker, const tdm__at_hand *at_hand, uint32_t child,
                              const tdm__needs *needs);
/* False: no row is there without which it cannot be met. */
bool tdm__may_be_met(const tdm__at_hand *at_hand, const tdm__needs *needs);
/* False: it cannot be met with so few rows, or with rows that lie so far apart, though some are there. */
bool tdm__may_be_enough(const tdm__at_hand *at_hand, const tdm__needs *needs, const tdm__param_value *params);
/* Whether a part matters with these values of the parameters. */
bool tdm__need_matters(const tdm__need *need, const tdm__param_value *params);
/* False: something that could also show the pattern could be held by no source. */
bool tdm__may_be_denied(const tdm__at_hand *at_hand, const tdm__needs *needs, const tdm__param_value *params);

#endif
