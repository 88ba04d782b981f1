/*
 * Days of a child's units, laid out so that a question about "one of these before, after, around that day"
 * takes a few steps, however many there are. Internal to the layer.
 *
 * A question has three answers: surely, perhaps, not at all. Marks of what may be meant answer the second,
 * marks of what is meant for certain the first; each mark holds two days, one to look it up by and one to
 * compare.
 */
#ifndef TDM_CHRONOLOGY_UNITS_MARKS_H
#define TDM_CHRONOLOGY_UNITS_MARKS_H

#include "chronology/units_make.h"

typedef struct tdm__mark {
    tdm_day key, value;
    uint32_t event;
    /* Of this and all before it (lowest: behind it): the best value, whose it is, and the best of the others.
     */
    tdm_day best, second;
    uint32_t best_event;
} tdm__mark;

typedef struct tdm__marks {
    tdm__mark *items;
    size_t count;
    bool lowest; /* asked for the lowest value from a key on, rather than the highest up to it */
} tdm__marks;

/* The two days of a unit; false: it is no such mark. */
typedef bool (*tdm__mark_fn)(tdm__mark *out, const tdm__units *units, size_t at);

/* How marks are made of units, and which. */
typedef struct tdm__marking {
    tdm__mark_fn of;
    bool lowest;
} tdm__marking;

/* Units of which each child is asked, and their marks for the child in hand. */
typedef struct tdm__watch {
    const tdm__units *others;
    tdm__marking may, surely;
    tdm__marks may_marks, sure_marks;
    size_t first, at; /* those of the child in hand: [first, at) */
} tdm__watch;

/* Calls `judge` for each unit, with the watches' marks being those of its child. Adds to ground->looked_at.
 * TDM_NO_MEMORY; TDM_INVALID_ARG where units are of another population. */
typedef void (*tdm__judge_fn)(void *payload, size_t unit);
tdm_status tdm__watch_children(tdm__units_ground *ground, const tdm__units *units, tdm__watch *watches,
                               size_t watch_count, tdm__judge_fn judge, void *payload);

/* The highest value of a mark with a key up to `key`, the lowest of one from it on; `except`: leaving out
 * that event (TDM_NO_INDEX: none). False: there is none. */
bool tdm__marks_up_to(tdm_day *value, const tdm__marks *marks, tdm_day key, uint32_t except);
bool tdm__marks_from(tdm_day *value, const tdm__marks *marks, tdm_day key, uint32_t except);

/* Starts: looked up by their first day (last day), compared by the other. Sure ones: whose start is not in
 * doubt, whatever else is. */
bool tdm__mark_start(tdm__mark *out, const tdm__units *units, size_t at);
bool tdm__mark_start_by_last(tdm__mark *out, const tdm__units *units, size_t at);
bool tdm__mark_sure_start(tdm__mark *out, const tdm__units *units, size_t at);
bool tdm__mark_sure_start_by_last(tdm__mark *out, const tdm__units *units, size_t at);
/* Ends, likewise. */
bool tdm__mark_end(tdm__mark *out, const tdm__units *units, size_t at);
bool tdm__mark_sure_end_by_last(tdm__mark *out, const tdm__units *units, size_t at);
/* From a start to an end: as wide as may be, as narrow as is sure. Open: TDM_DAY_AFTER_ALL. */
bool tdm__mark_stay(tdm__mark *out, const tdm__units *units, size_t at);
bool tdm__mark_sure_stay(tdm__mark *out, const tdm__units *units, size_t at);
/* The same with the day of the end. */
bool tdm__mark_stay_to_last(tdm__mark *out, const tdm__units *units, size_t at);
bool tdm__mark_sure_stay_to_last(tdm__mark *out, const tdm__units *units, size_t at);

/* How many have a key up to `key`; marks stand in the order of their keys. */
size_t tdm__marks_count_up_to(const tdm__marks *marks, tdm_day key);

/* The days at the other end of a span before (after) a day, TDM_DAY_BEFORE_ALL (TDM_DAY_AFTER_ALL) of
 * TDM__ANY_TIME. False: outside the days whose bank holidays are known. */
bool tdm__span_before(tdm_day *out, tdm_day day, tdm_span span, const tdm_holidays *holidays);
bool tdm__span_after(tdm_day *out, tdm_day day, tdm_span span, const tdm_holidays *holidays);

#endif
