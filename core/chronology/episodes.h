/*
 * Pairing starts and ends of episodes. Internal to the layer.
 */
#ifndef TDM_CHRONOLOGY_EPISODES_H
#define TDM_CHRONOLOGY_EPISODES_H

#include "chronology/history.h"

/* Fills the history's episodes and the own level of each row. What does not pair is a diagnostic, never a
 * guess. */
tdm_status tdm__pair_episodes(tdm_history *history, tdm__diagnostics *diagnostics);
#endif
