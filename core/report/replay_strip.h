/*
 * The strip of a replay: one row an indicator that was possible or met, on an axis of days, with the step-up
 * that came and the level of response below.
 */
#ifndef TDM_REPORT_REPLAY_STRIP_H
#define TDM_REPORT_REPLAY_STRIP_H

#include "report/replay_words.h"

/* Appends one <svg> element; `number` of the child, from 1, makes its ids its own. Only for a child with an
 * indicator that fired. */
void tdm__replay_strip(tdm__output *out, const tdm__replay *replay, size_t number);

#endif
