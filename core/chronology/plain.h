/*
 * The days of a selection about which nothing is doubtful: one world, in which every measure is a walk over
 * a column of days. Internal.
 */
#ifndef TDM_CHRONOLOGY_PLAIN_H
#define TDM_CHRONOLOGY_PLAIN_H

#include "chronology/selection.h"

/*
 * The day of each member, ascending, in the history's arena. NULL unless each is one known day that counts
 * for certain and is counted by itself: no "?", no interval, no incident of several rows or found group
 * (which play no part where rows are counted). Then the units of the selection are its members, and there is
 * one world.
 */
tdm_status tdm__plain_days(const tdm_day **out, const tdm_selection *selection, tdm_budget *budget);

#endif
