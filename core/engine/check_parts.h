/*
 * What the checks of one child work with. Internal to the layer.
 */
#ifndef TDM_ENGINE_CHECK_PARTS_H
#define TDM_ENGINE_CHECK_PARTS_H

#include "engine/checks.h"

/* Which part a kind plays in the checks (bits). */
enum {
    TDM__PART_FRONT_DOOR = 1 << 0, /* first contact with social care */
    TDM__PART_REFERRAL = 1 << 1,
    TDM__PART_CLOSURE = 1 << 2,
    TDM__PART_MEETING = 1 << 3, /* held on working days: conferences, core groups, reviews */
    TDM__PART_CONFERENCE = 1 << 4,
    TDM__PART_CP_REVIEW = 1 << 5,
    TDM__PART_FOLLOWS_REFERRAL = 1 << 6,
    TDM__PART_ENDS_BY_CLOSURE = 1 << 7,
    TDM__PART_AFTER_DEATH = 1 << 8, /* may follow a death */
    TDM__PART_CP_START = 1 << 9,
    TDM__PART_CP_END = 1 << 10,
    TDM__PART_S47_START = 1 << 11
};

/* Why a check could not be made; the words are in checks.c. */
enum {
    TDM__GAP_NO_ROWS,
    TDM__GAP_NO_BIRTH,
    TDM__GAP_NO_RECORDED,
    TDM__GAP_NO_CALENDAR,
    TDM__GAP_UNKNOWN_PERIOD,
    TDM__GAP_DATE_TOO_WIDE,
    TDM__GAP_NO_REFERRAL,
    TDM__GAP_NO_CONFERENCE,
    TDM__GAP_NO_DECLARED,
    TDM__GAP_NO_ACTION,
    TDM__GAP_NO_SEEN,
    TDM__GAP_NO_HEARD,
    TDM__GAP_NO_POLARITY,
    TDM__GAP_NO_COVERAGE,
    TDM__GAP_NO_TEXT,
    TDM__GAP_TOO_MANY
};

/* A row of the history with its event put together once. */
typedef struct tdm__checked_row {
    tdm__event event;
    tdm_day from, to; /* cut, as the history has them */
    bool dated, uncertain, concern;
    uint32_t parts;
} tdm__checked_row;

typedef struct tdm__checking {
    const tdm__check_ground *ground;
    const tdm_history *history;
    const tdm_chronology *chronology;
    const tdm__child *child;
    const tdm__checked_row *rows;
    uint32_t row_count;
    const tdm__level_step *levels;
    size_t level_count;
    uint32_t check; /* the one being made */
    const int32_t *values;
    tdm__arena *arena;   /* of results */
    tdm__arena *scratch; /* of the child */
    tdm__child_checks *out;
    size_t finding_capacity, gap_capacity;
    uint32_t found; /* by this check */
    int64_t steps;  /* left to this check */
    bool stopped;   /* they are spent */
    tdm_status status;
} tdm__checking;

/* One finding; `values` fill the sentence, those that are empty last. */
typedef struct tdm__found {
    tdm_answer answer;
    const char *rule;  /* NULL: none */
    const char *doubt; /* why only possible; NULL: the dates leave days open */
    const uint32_t *events;
    size_t event_count;
    tdm_str values[4];
} tdm__found;
void tdm__check_found(tdm__checking *c, const tdm__found *found);
/* Once a check and reason. */
void tdm__check_gap_add(tdm__checking *c, uint32_t reason);
/* One comparison of a row with another; false, with the gap noted, when there have been too many. */
bool tdm__check_step(tdm__checking *c);

/* Whether a lies before b: for certain, perhaps, or not. */
tdm_answer tdm__check_before(tdm_day a_from, tdm_day a_to, tdm_day b_from, tdm_day b_to);
/* Met is only possible where a date is in doubt as a whole. */
tdm_answer tdm__check_capped(tdm_answer answer, bool uncertain);

/* Text in the scratch arena; "" when there is no memory, which c->status then says. */
tdm_str tdm__check_text(tdm__checking *c, const char *format, ...) TDM_PRINTF(2, 3);
/* "Referral to children's social care of 3 March 2024", of a row and of an event. */
tdm_str tdm__check_row_words(tdm__checking *c, uint32_t row);
tdm_str tdm__check_event_words(tdm__checking *c, const tdm__event *event);
tdm_str tdm__check_day_words(tdm__checking *c, tdm_day day);
/* "Child protection plan started": title of a kind without what its table says in brackets. */
tdm_str tdm__check_kind_words(const tdm__checking *c, uint32_t kind);

/* Room for that many, zeroed; NULL with c->status when there is none. */
void *tdm__check_room(tdm__checking *c, size_t count, size_t size);

/* The checks. check_dates.c: */
void tdm__check_before_conception(tdm__checking *c);
void tdm__check_after_death(tdm__checking *c);
void tdm__check_in_future(tdm__checking *c);
void tdm__check_recorded_before(tdm__checking *c);
void tdm__check_starts_late(tdm__checking *c);
void tdm__check_starts_at_contact(tdm__checking *c);
void tdm__check_not_in_order(tdm__checking *c);
void tdm__check_meeting_day(tdm__checking *c);
/* check_episodes.c: */
void tdm__check_ends_before_start(tdm__checking *c);
void tdm__check_zero_days(tdm__checking *c);
void tdm__check_overlap(tdm__checking *c);
void tdm__check_two_open(tdm__checking *c);
void tdm__check_two_plans(tdm__checking *c);
/* check_plans.c: */
void tdm__check_review_before_plan(tdm__checking *c);
void tdm__check_conference_day(tdm__checking *c);
void tdm__check_previous_plans(tdm__checking *c);
void tdm__check_previous_not_stated(tdm__checking *c);
/* check_case.c: */
void tdm__check_before_referral(tdm__checking *c);
void tdm__check_after_closure(tdm__checking *c);
void tdm__check_assessment_open(tdm__checking *c);
void tdm__check_no_conference(tdm__checking *c);
/* check_record.c: */
void tdm__check_no_action(tdm__checking *c);
void tdm__check_no_source(tdm__checking *c);
void tdm__check_not_seen(tdm__checking *c);
void tdm__check_not_heard(tdm__checking *c);
void tdm__check_recorded_late(tdm__checking *c);
void tdm__check_all_negative(tdm__checking *c);
void tdm__check_dense(tdm__checking *c);
void tdm__check_undated(tdm__checking *c);
/* check_silence.c: */
void tdm__check_silence(tdm__checking *c);
/* check_words.c: */
void tdm__check_abbreviations(tdm__checking *c);

#endif
