/*
 * The columns of the table `event` in the order in which both writer and reader name them.
 */
#ifndef TDM_STORE_TABLES_H
#define TDM_STORE_TABLES_H

#include "chronology/chronology.h"

#define TDM__EVENT_COLUMN_NAMES                                                                              \
    "child_id, sort_day, seq, id, day_from, day_to, date_flags, minute, recorded, ended_from, ended_to,"     \
    " agency, kind, themes, polarity, significance, child_seen, seen_alone, voice, text,"                    \
    " occurred_as_written, kind_as_written, role, significance_by, action, outcome, analysis, reference,"    \
    " incident, episode, source_no, source_row"

enum {
    TDM__COLUMN_CHILD,
    TDM__COLUMN_SORT_DAY,
    TDM__COLUMN_SEQ,
    TDM__COLUMN_ID,
    TDM__COLUMN_DAY_FROM,
    TDM__COLUMN_DAY_TO,
    TDM__COLUMN_DATE_FLAGS,
    TDM__COLUMN_MINUTE,
    TDM__COLUMN_RECORDED,
    TDM__COLUMN_ENDED_FROM,
    TDM__COLUMN_ENDED_TO,
    TDM__COLUMN_AGENCY,
    TDM__COLUMN_KIND,
    TDM__COLUMN_THEMES,
    TDM__COLUMN_POLARITY,
    TDM__COLUMN_SIGNIFICANCE,
    TDM__COLUMN_CHILD_SEEN,
    TDM__COLUMN_SEEN_ALONE,
    TDM__COLUMN_VOICE,
    TDM__COLUMN_STRINGS, /* in the order of tdm__string_field */
    TDM__COLUMN_SOURCE = TDM__COLUMN_STRINGS + TDM__STRING_FIELDS,
    TDM__COLUMN_ROW,
    TDM__EVENT_COLUMNS
};

#define TDM__PERIOD_COVERS     "covers"
#define TDM__PERIOD_NO_CONTACT "no-contact"

#endif
