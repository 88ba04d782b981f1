/*
 * When a composite of the policy is met: spells of enough of its indicators touch one window of its length.
 * Asked after the indicators, and answering as one of them does, so that nothing after this tells them apart.
 * Internal to the layer.
 */
#ifndef TDM_ENGINE_COMPOSITES_H
#define TDM_ENGINE_COMPOSITES_H

#include "engine/engine.h"

/*
 * Asks the composite's indicators and looks for windows.
 *
 * A spell touches a window when it has a day in it. Met: one window is touched by spells that are met of
 * `at_least` of the indicators, wherever the doubtful dates of their rows fall. Possible: counting spells
 * that are only possible, and doubtful dates where they suit. Not assessed: neither, and those of its
 * indicators that were not assessed might have made it so. Windows that share a spell make one spell of the
 * composite; its rows are those of all spells that touch them; it is first met on the day on which the last
 * indicator that it needs was.
 *
 * out  lives in the history's arena
 *
 * TDM_OK; TDM_NO_MEMORY.
 */
tdm_status tdm__ask_composite(tdm__result *out, const tdm__asker *asker, const tdm_history *history,
                              const tdm__at_hand *at_hand, const tdm__composite *composite);

#endif
