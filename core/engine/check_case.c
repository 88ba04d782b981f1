/*
 * Checks on a case of social care: activity before its referral and after its closure, assessments
 * and enquiries that go on for longer than a window of working days.
 */
#include "engine/check_parts.h"

static const struct {
    const char *kind, *rule;
} before_referral_rules[] = {
    {"assessment-start", "1103"}, {"icpc", "1104"}, {"cp-plan-start", "1105"}, {"s47-start", "2889"}};

static const char *rule_before_referral(const tdm__checking *c, uint32_t kind)
{
    tdm_str code = tdm__chronology_vocabulary(c->chronology)->kinds[kind].code;
    for (size_t i = 0; i < sizeof before_referral_rules / sizeof *before_referral_rules; i++)
        if (tdm__str_equal(code, tdm__str(before_referral_rules[i].kind)))
            return before_referral_rules[i].rule;
    return NULL;
}

static bool fact_is(const tdm__checking *c, uint32_t event, const char *key, const char *value)
{
    tdm__fact_value found;
    uint32_t number = tdm__vocabulary_fact(tdm__chronology_vocabulary(c->chronology), tdm__str(key));
    return tdm__chronology_fact(&found, c->chronology, event, number) &&
           tdm__str_equal(found.text, tdm__str(value));
}

/* An assessment of early help needs no referral and no open case. */
static bool is_early_help(const tdm__checking *c, const tdm__event *event)
{
    return fact_is(c, event->index, "assessment_type", "early-help") ||
           tdm__str_equal(tdm__chronology_agency(c->chronology, event->agency), TDM_LIT("early-help"));
}

static bool is_activity(const tdm__checking *c, uint32_t row, uint32_t part)
{
    const tdm__checked_row *r = &c->rows[row];
    return r->dated && (r->parts & part) && !is_early_help(c, &r->event);
}

void tdm__check_before_referral(tdm__checking *c)
{
    tdm_day from = TDM_DAY_AFTER_ALL, to = TDM_DAY_AFTER_ALL;
    uint32_t first = TDM_NO_INDEX;
    for (uint32_t i = 0; i < c->row_count; i++) {
        const tdm__checked_row *row = &c->rows[i];
        if (!row->dated || !(row->parts & TDM__PART_REFERRAL))
            continue;
        if (row->from < from) {
            from = row->from;
            first = i;
        }
        to = row->to < to ? row->to : to;
    }
    for (uint32_t i = 0; i < c->row_count; i++) {
        if (!is_activity(c, i, TDM__PART_FOLLOWS_REFERRAL))
            continue;
        if (first == TDM_NO_INDEX) {
            tdm__check_gap_add(c, TDM__GAP_NO_REFERRAL);
            return;
        }
        const tdm__checked_row *row = &c->rows[i];
        tdm_answer answer = tdm__check_before(row->from, row->to, from, to);
        if (answer == TDM_NOT_MET)
            continue;
        uint32_t events[] = {row->event.index, c->rows[first].event.index};
        tdm__found found = {.answer = tdm__check_capped(answer, row->uncertain || c->rows[first].uncertain),
                            .rule = rule_before_referral(c, row->event.kind),
                            .events = events,
                            .event_count = 2,
                            .values = {tdm__check_row_words(c, i), tdm__check_row_words(c, first)}};
        tdm__check_found(c, &found);
    }
}

/* --- after the closure --- */

/* The rows that open and close a case, and all that the search for one activity finds among them. */
typedef struct case_rows {
    uint32_t *closures, *referrals;
    size_t closure_count, referral_count;
} case_rows;

static bool gather(case_rows *out, tdm__checking *c)
{
    *out = (case_rows){.closures = tdm__check_room(c, c->row_count, sizeof *out->closures),
                       .referrals = tdm__check_room(c, c->row_count, sizeof *out->referrals)};
    if (c->status != TDM_OK)
        return false;
    for (uint32_t i = 0; i < c->row_count; i++) {
        if (c->rows[i].dated && c->rows[i].parts & TDM__PART_CLOSURE)
            out->closures[out->closure_count++] = i;
        if (c->rows[i].dated && c->rows[i].parts & TDM__PART_REFERRAL)
            out->referrals[out->referral_count++] = i;
    }
    return true;
}

/* Whether a case is open on the days of the row: for certain, or perhaps. The day of its closure counts. */
static void case_open(bool *certain, bool *perhaps, tdm__checking *c, const tdm__checked_row *row)
{
    uint32_t name = tdm__vocabulary_episode(tdm__chronology_vocabulary(c->chronology), TDM_LIT("case"));
    *certain = *perhaps = false;
    for (uint32_t i = 0; i < c->history->episode_count && tdm__check_step(c); i++) {
        const tdm__episode *e = &c->history->episodes[i];
        bool open = e->end_row == TDM_NO_INDEX;
        if (e->name != name)
            continue;
        *certain = *certain || (e->start_to <= row->from && (open || e->end_from >= row->to));
        *perhaps = *perhaps || (e->start_from <= row->to && (open || e->end_to >= row->from));
    }
}

/* The last closure before the row, and whether a referral lies between them: for certain, then perhaps. */
static tdm_answer after_closure(uint32_t *closure, tdm__checking *c, const case_rows *of,
                                const tdm__checked_row *row)
{
    bool certain_open, may_be_open;
    tdm_day sure = TDM_DAY_NONE, may_be = TDM_DAY_NONE; /* closures */
    tdm_day last_referral = TDM_DAY_NONE, sure_referral = TDM_DAY_NONE;
    for (size_t i = 0; i < of->closure_count && tdm__check_step(c); i++) {
        const tdm__checked_row *r = &c->rows[of->closures[i]];
        if (r->to < row->from && r->from >= sure)
            sure = r->from;
        if (r->from < row->to && r->to >= may_be) {
            may_be = r->to;
            *closure = of->closures[i];
        }
    }
    for (size_t i = 0; i < of->referral_count && tdm__check_step(c); i++) {
        const tdm__checked_row *r = &c->rows[of->referrals[i]];
        if (r->from <= row->to && r->to > last_referral)
            last_referral = r->to;
        if (r->to <= row->from && r->from > sure_referral)
            sure_referral = r->from;
    }
    case_open(&certain_open, &may_be_open, c, row);
    if (sure != TDM_DAY_NONE && last_referral < sure && !may_be_open)
        return TDM_MET;
    return may_be != TDM_DAY_NONE && sure_referral < may_be && !certain_open ? TDM_POSSIBLE : TDM_NOT_MET;
}

void tdm__check_after_closure(tdm__checking *c)
{
    case_rows of;
    if (!gather(&of, c))
        return;
    for (uint32_t i = 0; i < c->row_count && of.closure_count > 0 && !c->stopped; i++) {
        uint32_t closure = TDM_NO_INDEX;
        if (!is_activity(c, i, TDM__PART_ENDS_BY_CLOSURE))
            continue;
        tdm_answer answer = after_closure(&closure, c, &of, &c->rows[i]);
        if (answer == TDM_NOT_MET || closure == TDM_NO_INDEX || c->stopped)
            continue;
        char date[TDM_DATE_TEXT_SIZE];
        tdm_date_words(date, c->rows[closure].event.occurred);
        uint32_t events[] = {c->rows[i].event.index, c->rows[closure].event.index};
        tdm__found found = {
            .answer = tdm__check_capped(answer, c->rows[i].uncertain || c->rows[closure].uncertain),
            .rule = "8565",
            .events = events,
            .event_count = 2,
            .values = {tdm__check_row_words(c, i), tdm__check_text(c, "%s", date)}};
        tdm__check_found(c, &found);
    }
}

/* --- windows of working days --- */

/* First day of the window of so many working days that ends with the as-of day, which is one of them where it
 * is a working day. National rules count so; guidance counts from day 0. */
static bool window_opens(tdm_day *out, tdm__checking *c, int32_t working_days)
{
    bool working;
    tdm_day as_of = c->history->as_of;
    if (!c->ground->holidays) {
        tdm__check_gap_add(c, TDM__GAP_NO_CALENDAR);
        return false;
    }
    tdm_status status = tdm_is_working_day(&working, as_of, c->ground->holidays);
    if (status == TDM_OK)
        status = tdm_add_working_days(out, as_of, working ? 1 - working_days : -working_days,
                                      c->ground->holidays);
    if (status != TDM_OK)
        tdm__check_gap_add(c, TDM__GAP_UNKNOWN_PERIOD);
    return status == TDM_OK;
}

static void found_before(tdm__checking *c, const tdm__episode *episode, tdm_day opens, tdm_answer answer,
                         const char *rule, const char *doubt)
{
    tdm__found found = {
        .answer = tdm__check_capped(answer, episode->uncertain),
        .rule = rule,
        .doubt = doubt,
        .events = &c->rows[episode->start_row].event.index,
        .event_count = 1,
        .values = {tdm__check_row_words(c, episode->start_row), tdm__check_day_words(c, opens)}};
    tdm__check_found(c, &found);
}

void tdm__check_assessment_open(tdm__checking *c)
{
    tdm_day opens;
    uint32_t name = tdm__vocabulary_episode(tdm__chronology_vocabulary(c->chronology), TDM_LIT("assessment"));
    for (uint32_t i = 0; i < c->history->episode_count; i++) {
        const tdm__episode *episode = &c->history->episodes[i];
        if (episode->name != name || episode->end_row != TDM_NO_INDEX)
            continue;
        if (!window_opens(&opens, c, c->values[0]))
            return;
        tdm_answer answer = tdm__check_before(episode->start_from, episode->start_to, opens, opens);
        if (answer != TDM_NOT_MET)
            found_before(c, episode, opens, answer, "8670Q", NULL);
    }
}

/* Whether a conference was held on the day of the enquiry's start or later: for certain, perhaps, or not. */
static tdm_answer conference_since(tdm__checking *c, const tdm__episode *enquiry)
{
    tdm_answer answer = TDM_NOT_MET;
    for (uint32_t i = 0; i < c->row_count && answer != TDM_MET; i++) {
        const tdm__checked_row *row = &c->rows[i];
        if (!row->dated || !(row->parts & TDM__PART_CONFERENCE) || !tdm__check_step(c))
            continue;
        if (row->from >= enquiry->start_to)
            answer = TDM_MET;
        else if (row->to >= enquiry->start_from)
            answer = TDM_POSSIBLE;
    }
    return answer;
}

/* TDM__YES, TDM__NO, or TDM__NOT_RECORDED: whether the enquiry had to lead to a conference. */
static uint32_t conference_needed(const tdm__checking *c, const tdm__episode *enquiry)
{
    uint32_t start = c->rows[enquiry->start_row].event.index;
    if (fact_is(c, start, "not_required", "yes"))
        return TDM__NO;
    if (fact_is(c, start, "not_required", "no"))
        return TDM__YES;
    if (enquiry->end_row == TDM_NO_INDEX)
        return TDM__NOT_RECORDED;
    uint32_t end = c->rows[enquiry->end_row].event.index;
    if (fact_is(c, end, "outcome", "no-conference"))
        return TDM__NO;
    return fact_is(c, end, "outcome", "conference") ? TDM__YES : TDM__NOT_RECORDED;
}

void tdm__check_no_conference(tdm__checking *c)
{
    tdm_day opens;
    uint32_t name = tdm__vocabulary_episode(tdm__chronology_vocabulary(c->chronology), TDM_LIT("s47"));
    for (uint32_t i = 0; i < c->history->episode_count && !c->stopped; i++) {
        const tdm__episode *enquiry = &c->history->episodes[i];
        if (enquiry->name != name)
            continue;
        uint32_t needed = conference_needed(c, enquiry);
        tdm_answer held = conference_since(c, enquiry);
        if (needed == TDM__NO || held == TDM_MET || c->stopped)
            continue;
        if (!window_opens(&opens, c, c->values[0]))
            return;
        tdm_answer answer = tdm__check_before(enquiry->start_from, enquiry->start_to, opens, opens);
        bool doubtful = held == TDM_POSSIBLE || needed == TDM__NOT_RECORDED;
        if (answer != TDM_NOT_MET)
            found_before(c, enquiry, opens, tdm__check_capped(answer, doubtful), "8675Q",
                         needed == TDM__NOT_RECORDED ? "nothing says whether a conference was needed" : NULL);
    }
}
