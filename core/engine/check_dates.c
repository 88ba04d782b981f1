/*
 * Checks that ask of each entry whether its day can be right: against birth, death, the as-of day, the
 * day of its record, its neighbours, the calendar.
 */
#include "engine/check_parts.h"

#include <stdlib.h>

#define PREGNANCY_DAYS        280
#define ORDERED_ROWS_MIN      10 /* fewer say nothing of how a return is ordered */
#define ORDERED_ROWS_PER_SLIP 10

static bool is_known(tdm_date date)
{
    return date.from > TDM_DAY_BEFORE_ALL && date.to < TDM_DAY_AFTER_ALL;
}

/* The birth, or the day that was expected; false when neither is known. */
static bool birth_of(tdm_date *out, const tdm__checking *c)
{
    *out = is_known(c->child->born) ? c->child->born : c->child->expected;
    return is_known(*out);
}

static tdm_str date_words(tdm__checking *c, tdm_date date)
{
    char words[TDM_DATE_TEXT_SIZE];
    tdm_date_words(words, date);
    return tdm__check_text(c, "%s", words);
}

/* --- against birth and death --- */

void tdm__check_before_conception(tdm__checking *c)
{
    tdm_date birth;
    if (!birth_of(&birth, c)) {
        tdm__check_gap_add(c, TDM__GAP_NO_BIRTH);
        return;
    }
    tdm_str what = is_known(c->child->born) ? TDM_LIT("birth")
                                            : TDM_LIT("day that was expected for the birth");
    for (uint32_t i = 0; i < c->row_count; i++) {
        const tdm__checked_row *row = &c->rows[i];
        if (!row->dated)
            continue;
        tdm_answer answer = tdm__check_before(row->from, row->to, birth.from - PREGNANCY_DAYS,
                                              birth.to - PREGNANCY_DAYS);
        if (answer == TDM_NOT_MET)
            continue;
        tdm__found found = {.answer = tdm__check_capped(answer, row->uncertain),
                            .rule = row->parts & TDM__PART_REFERRAL ? "8606" : NULL,
                            .events = &row->event.index,
                            .event_count = 1,
                            .values = {tdm__check_row_words(c, i), what, date_words(c, birth)}};
        tdm__check_found(c, &found);
    }
}

/* A child without a day of death is alive as far as the record knows: nothing can lie after it. */
void tdm__check_after_death(tdm__checking *c)
{
    tdm_date died = c->child->died;
    if (!is_known(died))
        return;
    for (uint32_t i = 0; i < c->row_count; i++) {
        const tdm__checked_row *row = &c->rows[i];
        if (!row->dated || row->parts & TDM__PART_AFTER_DEATH)
            continue;
        tdm_answer answer = tdm__check_before(died.from, died.to, row->from, row->to);
        if (answer == TDM_NOT_MET)
            continue;
        const char *rule = row->parts & TDM__PART_CP_START ? "8915" : NULL;
        tdm__found found = {.answer = tdm__check_capped(answer, row->uncertain),
                            .rule = row->parts & TDM__PART_CP_END ? "8920" : rule,
                            .events = &row->event.index,
                            .event_count = 1,
                            .values = {tdm__check_row_words(c, i), date_words(c, died)}};
        tdm__check_found(c, &found);
    }
}

/* The first day on which anything may have been recorded, and the row; false when nothing is dated. */
static bool first_row(uint32_t *out, tdm_date *first, const tdm__checking *c)
{
    bool any = false;
    for (uint32_t i = 0; i < c->row_count; i++) {
        const tdm__checked_row *row = &c->rows[i];
        if (!row->dated)
            continue;
        if (!any || row->from < first->from) {
            first->from = row->from;
            *out = i;
        }
        if (!any || row->to < first->to)
            first->to = row->to;
        any = true;
    }
    return any;
}

void tdm__check_starts_late(tdm__checking *c)
{
    tdm_date birth, first = {0, 0, 0};
    uint32_t row = 0;
    if (!birth_of(&birth, c)) {
        tdm__check_gap_add(c, TDM__GAP_NO_BIRTH);
        return;
    }
    if (!first_row(&row, &first, c)) {
        tdm__check_gap_add(c, TDM__GAP_NO_ROWS);
        return;
    }
    tdm_answer answer = tdm__check_before(tdm_day_add_months(birth.from, c->values[0]),
                                          tdm_day_add_months(birth.to, c->values[0]), first.from, first.to);
    if (answer == TDM_NOT_MET)
        return;
    tdm__found found = {.answer = tdm__check_capped(answer, c->rows[row].uncertain),
                        .events = &c->rows[row].event.index,
                        .event_count = 1,
                        .values = {tdm__check_row_words(c, row), tdm__check_text(c, "%d", (int)c->values[0]),
                                   date_words(c, birth)}};
    tdm__check_found(c, &found);
}

/* The first contact with social care is the first entry when no other lies before it. */
void tdm__check_starts_at_contact(tdm__checking *c)
{
    tdm_day others_from = TDM_DAY_AFTER_ALL, others_to = TDM_DAY_AFTER_ALL;
    uint32_t contact = TDM_NO_INDEX;
    bool any = false;
    for (uint32_t i = 0; i < c->row_count; i++) {
        const tdm__checked_row *row = &c->rows[i];
        any = any || row->dated;
        if (!row->dated)
            continue;
        if (row->parts & TDM__PART_FRONT_DOOR) {
            if (contact == TDM_NO_INDEX || row->from < c->rows[contact].from)
                contact = i;
            continue;
        }
        others_from = row->from < others_from ? row->from : others_from;
        others_to = row->to < others_to ? row->to : others_to;
    }
    if (!any)
        tdm__check_gap_add(c, TDM__GAP_NO_ROWS);
    if (contact == TDM_NO_INDEX || others_to < c->rows[contact].from)
        return;
    const tdm__checked_row *row = &c->rows[contact];
    tdm_answer answer = others_from >= row->to ? TDM_MET : TDM_POSSIBLE;
    tdm__found found = {.answer = tdm__check_capped(answer, row->uncertain),
                        .events = &row->event.index,
                        .event_count = 1,
                        .values = {tdm__check_row_words(c, contact)}};
    tdm__check_found(c, &found);
}

/* --- against the as-of day and the day of the record --- */

/*
 * Rows after the as-of day are no part of a history. One that was recorded by then, or whose return was
 * received by then, cannot be right; of one of which neither is known, nobody can tell.
 */
void tdm__check_in_future(tdm__checking *c)
{
    uint32_t first, end;
    tdm_day as_of = c->history->as_of;
    tdm__chronology_child_events(c->chronology, c->history->child, &first, &end);
    for (uint32_t at = first; at < end && c->status == TDM_OK; at++) {
        tdm__event event = tdm__chronology_event(c->chronology, at);
        bool undated = event.occurred.from == TDM_DAY_BEFORE_ALL;
        tdm_day known = event.recorded != TDM_DAY_NONE
                            ? event.recorded
                            : tdm__chronology_source(c->chronology, event.source)->received;
        if (undated || !tdm__chronology_stands(c->chronology, at, as_of) || event.occurred.from <= as_of ||
            (known != TDM_DAY_NONE && known > as_of))
            continue;
        tdm_answer answer = known == TDM_DAY_NONE ? TDM_POSSIBLE : TDM_MET;
        tdm__found found = {
            .answer = tdm__check_capped(answer, (event.occurred.flags & TDM_DATE_UNCERTAIN) != 0),
            .doubt = known == TDM_DAY_NONE
                         ? "nothing says when it was recorded, and the as-of day may lie in the past"
                         : NULL,
            .events = &event.index,
            .event_count = 1,
            .values = {tdm__check_event_words(c, &event),
                       tdm__check_day_words(c, known == TDM_DAY_NONE ? as_of : known)}};
        tdm__check_found(c, &found);
    }
}

/* A date that leaves days open was recorded on one of them or later: only the first day tells. */
void tdm__check_recorded_before(tdm__checking *c)
{
    bool any = false;
    for (uint32_t i = 0; i < c->row_count; i++) {
        const tdm__event *event = &c->rows[i].event;
        any = any || event->recorded != TDM_DAY_NONE;
        if (!c->rows[i].dated || event->recorded == TDM_DAY_NONE || event->recorded >= event->occurred.from)
            continue;
        tdm__found found = {.answer = tdm__check_capped(TDM_MET, c->rows[i].uncertain),
                            .events = &event->index,
                            .event_count = 1,
                            .values = {tdm__check_row_words(c, i), tdm__check_day_words(c, event->recorded)}};
        tdm__check_found(c, &found);
    }
    if (!any)
        tdm__check_gap_add(c, TDM__GAP_NO_RECORDED);
}

/* --- against the neighbours in the return --- */

typedef struct placed_day {
    uint32_t source, place, row; /* place: the row in the source */
    tdm_day day;
} placed_day;

static int compare_places(const void *a, const void *b)
{
    const placed_day *x = a, *y = b;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Entries with an exact day, by source and row; of several from one row the first. */
static size_t place_days(placed_day *out, const tdm__checking *c)
{
    size_t count = 0, kept = 0;
    for (uint32_t i = 0; i < c->row_count; i++)
        if (c->rows[i].dated && c->rows[i].from == c->rows[i].to)
            out[count++] = (placed_day){c->rows[i].event.source, c->rows[i].event.row, i, c->rows[i].from};
    if (count > 1)
        qsort(out, count, sizeof *out, compare_places);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || out[i].source != out[i - 1].source || out[i].place != out[i - 1].place)
            out[kept++] = out[i];
    return kept;
}

/* Of the two that are the wrong way round, the one without which the others are in order. */
static size_t the_odd_one(const placed_day *days, size_t count, size_t at)
{
    bool without_it = at + 1 == count || days[at + 1].day >= days[at - 1].day;
    bool without_other = at == 1 || days[at - 2].day <= days[at].day;
    return without_it || !without_other ? at : at - 1;
}

static void look_at_source(tdm__checking *c, placed_day *days, size_t count)
{
    size_t rises = 0, falls = 0;
    for (size_t i = 1; i < count; i++) {
        rises += days[i].day > days[i - 1].day;
        falls += days[i].day < days[i - 1].day;
    }
    size_t slips = rises < falls ? rises : falls;
    if (count < ORDERED_ROWS_MIN || slips * ORDERED_ROWS_PER_SLIP > count - 1)
        return;
    for (size_t i = 0; i < count && falls > rises; i++)
        days[i].day = -days[i].day; /* the newest first: the same question the other way round */
    for (size_t i = 1; i < count; i++) {
        if (days[i].day >= days[i - 1].day)
            continue;
        uint32_t row = days[the_odd_one(days, count, i)].row;
        tdm__found found = {.answer = tdm__check_capped(TDM_MET, c->rows[row].uncertain),
                            .events = &c->rows[row].event.index,
                            .event_count = 1,
                            .values = {tdm__check_row_words(c, row)}};
        tdm__check_found(c, &found);
    }
}

void tdm__check_not_in_order(tdm__checking *c)
{
    placed_day *days = tdm__check_room(c, c->row_count, sizeof *days);
    size_t count = days ? place_days(days, c) : 0, first = 0;
    for (size_t i = 1; i <= count; i++) {
        if (i < count && days[i].source == days[first].source)
            continue;
        look_at_source(c, &days[first], i - first);
        first = i;
    }
}

/* --- against the calendar --- */

static bool is_weekend(tdm_day day)
{
    int32_t of_week = (day % 7 + 10) % 7; /* 1970-01-01 was a Thursday; 0 is Monday */
    return of_week >= 5;
}

typedef struct day_counts {
    int days, free, weekend, unknown;
} day_counts;

static day_counts count_days(const tdm__checking *c, tdm_day from, tdm_day to)
{
    day_counts counts = {0};
    for (tdm_day day = from; day <= to; day++) {
        bool working = true, weekend = is_weekend(day);
        bool known = c->ground->holidays && tdm_is_working_day(&working, day, c->ground->holidays) == TDM_OK;
        counts.days++;
        counts.weekend += weekend;
        counts.free += weekend || (known && !working);
        counts.unknown += !weekend && !known;
    }
    return counts;
}

/* `weekend_rule`: the national rules know weekends only. */
static void look_at_days(tdm__checking *c, uint32_t row, tdm_day from, tdm_day to, tdm_str what,
                         const char *weekend_rule)
{
    day_counts counts = count_days(c, from, to);
    if (counts.unknown > 0 && counts.free < counts.days)
        tdm__check_gap_add(c, c->ground->holidays ? TDM__GAP_UNKNOWN_PERIOD : TDM__GAP_NO_CALENDAR);
    if (counts.free == 0)
        return;
    tdm__found found = {.answer = tdm__check_capped(counts.free == counts.days ? TDM_MET : TDM_POSSIBLE,
                                                    c->rows[row].uncertain),
                        .rule = counts.weekend > 0 ? weekend_rule : NULL,
                        .events = &c->rows[row].event.index,
                        .event_count = 1,
                        .values = {tdm__check_row_words(c, row), what}};
    tdm__check_found(c, &found);
}

/* A date that leaves a week open always holds a weekend, which says nothing. */
void tdm__check_meeting_day(tdm__checking *c)
{
    uint32_t due = tdm__vocabulary_fact(tdm__chronology_vocabulary(c->chronology), TDM_LIT("due"));
    tdm__fact_value value;
    for (uint32_t i = 0; i < c->row_count; i++) {
        const tdm__checked_row *row = &c->rows[i];
        bool conference = (row->parts & TDM__PART_CONFERENCE) != 0;
        if (!(row->parts & TDM__PART_MEETING) || !row->dated)
            continue;
        if (row->to - row->from >= 6)
            tdm__check_gap_add(c, TDM__GAP_DATE_TOO_WIDE);
        else
            look_at_days(c, i, row->from, row->to, TDM_LIT("the day"), conference ? "8875" : NULL);
        tdm_day day;
        if (conference && tdm__chronology_fact(&value, c->chronology, row->event.index, due) &&
            tdm_day_parse_iso(&day, value.text)) {
            tdm_str words = tdm__check_day_words(c, day);
            look_at_days(c, i, day, day,
                         tdm__check_text(c, "the day on which it was due, %.*s,", TDM_STR_ARGS(words)),
                         "8870Q");
        }
    }
}
