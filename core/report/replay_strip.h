/*
 * The strip of a replay: one row an indicator that was possible or met, with the step-up that came.
 * It hangs under the picture of the child, on the same axis of days.
 */
#ifndef TDM_REPORT_REPLAY_STRIP_H
#define TDM_REPORT_REPLAY_STRIP_H

#include "report/picture.h"
#include "report/replay_words.h"

/* Width of the element and of what stands beside its axis, tenths of a pixel: room for the titles of
 * indicators. */
enum { TDM__STRIP_WIDTH = 11800, TDM__STRIP_LEFT = 3000, TDM__STRIP_RIGHT = 1320 };

/*
 * Appends one <svg> element. Only for a child with an indicator that fired.
 *
 * number      of the child, from 1; makes its ids its own
 * first, last days of the axis; those that were not asked have a ground of their own
 */
void tdm__replay_strip(tdm__output *out, const tdm__replay *replay, size_t number, tdm_day first,
                       tdm_day last);

#endif
