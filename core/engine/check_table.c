/*
 * The table of checks: adding one is a row here and a function beside the others. National rules are
 * those of the census of children in need; a rule that asks the same of one kind of entry stands with
 * the check that asks it of several.
 */
#include "engine/check_parts.h"

#define NO_PARAM                                                                                             \
    {                                                                                                        \
        NULL, 0, 0, 0, NULL                                                                                  \
    }
#define NATIONAL "national-definition"
#define PRACTICE "practice"
#define PRODUCT  "product"

static const tdm__check checks[] = {
    {"history-starts-late",
     "The history starts late",
     "the first dated entry lies more than {months} months after the birth, or after the day that was "
     "expected",
     "The first entry, {}, lies more than {} months after the birth ({}): nothing is told of the time "
     "before.",
     "",
     PRACTICE,
     TDM__INFORMATION,
     {{"months", 12, 0, 216, "months after the birth by which a history should have begun"}, NO_PARAM},
     tdm__check_starts_late},
    {"starts-at-first-contact",
     "The history starts at the first contact",
     "nothing lies before the first contact with, or referral to, social care",
     "The first entry, {}, is the first contact with social care: what led to it is not told.",
     "",
     PRACTICE,
     TDM__INFORMATION,
     {NO_PARAM, NO_PARAM},
     tdm__check_starts_at_contact},
    {"in-the-future",
     "Dated in the future",
     "an entry is dated after the as-of day, though it was recorded, or its return received, by then",
     "{}: dated after {}.",
     "",
     PRACTICE,
     TDM__ERROR,
     {NO_PARAM, NO_PARAM},
     tdm__check_in_future},
    {"before-conception",
     "Before conception",
     "an entry lies more than 280 days before the birth, or before the day that was expected",
     "{}: more than 280 days before the {} ({}).",
     "8606",
     NATIONAL,
     TDM__ERROR,
     {NO_PARAM, NO_PARAM},
     tdm__check_before_conception},
    {"after-death",
     "After the child's death",
     "an entry of what is done with a living child lies after the day of death",
     "{}: after the death of {}.",
     "8915 8920",
     NATIONAL,
     TDM__ERROR,
     {NO_PARAM, NO_PARAM},
     tdm__check_after_death},
    {"recorded-before-occurred",
     "Recorded before it occurred",
     "an entry was recorded on a day before the first on which it can have occurred",
     "{}: recorded before that, on {}.",
     "",
     PRACTICE,
     TDM__ERROR,
     {NO_PARAM, NO_PARAM},
     tdm__check_recorded_before},
    {"ends-before-start",
     "Ends before it starts",
     "an episode, or an entry that lasts some time, ends before the day on which it starts",
     "{}: it ends before that, {}.",
     "4011 8630 8925",
     NATIONAL,
     TDM__ERROR,
     {NO_PARAM, NO_PARAM},
     tdm__check_ends_before_start},
    {"not-in-order",
     "A date out of order",
     "in a return whose entries otherwise stand in order of time (at most one in ten does not), the day of "
     "an "
     "entry does not lie between those of its neighbours",
     "{}: the day does not lie between those of its neighbours in the return.",
     "",
     PRODUCT,
     TDM__INFORMATION,
     {NO_PARAM, NO_PARAM},
     tdm__check_not_in_order},
    {"meeting-on-no-working-day",
     "A meeting on a weekend or bank holiday",
     "a conference, core group or review, or the day on which a conference was due, lies on a weekend or "
     "bank "
     "holiday",
     "{}: {} is a weekend or bank holiday.",
     "8870Q 8875",
     NATIONAL,
     TDM__WARNING,
     {NO_PARAM, NO_PARAM},
     tdm__check_meeting_day},
    {"activity-before-referral",
     "Activity before the referral",
     "an assessment, enquiry, conference or plan of social care starts before the first referral",
     "{}: before the first referral, {}.",
     "1103 1104 1105 2889",
     NATIONAL,
     TDM__ERROR,
     {NO_PARAM, NO_PARAM},
     tdm__check_before_referral},
    {"activity-after-closure",
     "Activity after the case was closed",
     "an assessment, enquiry, conference or plan of social care lies after a closure of the case and before "
     "any later referral",
     "{}: after the closure of {}, and no referral between.",
     "8565",
     NATIONAL,
     TDM__ERROR,
     {NO_PARAM, NO_PARAM},
     tdm__check_after_closure},
    {"overlapping-episodes",
     "Episodes of one sort overlap",
     "an agency records one episode of a sort as starting while another of the same sort goes on; for plans "
     "the "
     "last day counts, for a case it does not",
     "{}: another of the same sort, started {}, had not ended.",
     "4014 8820 8940",
     NATIONAL,
     TDM__ERROR,
     {NO_PARAM, NO_PARAM},
     tdm__check_overlap},
    {"two-open-at-once",
     "Two of one sort are open",
     "an agency has two episodes of one sort without an end",
     "{}: still open, as is the one started {}.",
     "8815 8935",
     NATIONAL,
     TDM__ERROR,
     {NO_PARAM, NO_PARAM},
     tdm__check_two_open},
    {"two-plans-at-once",
     "Child in need plan together with child protection plan",
     "a child in need plan and a child protection plan run on the same days; the day of the change is "
     "allowed",
     "{} and {}: both plans run at once.",
     "4001 4016",
     NATIONAL,
     TDM__ERROR,
     {NO_PARAM, NO_PARAM},
     tdm__check_two_plans},
    {"zero-day-plan",
     "A plan of no days",
     "a plan ends on the day on which it starts",
     "{}: it ends the same day.",
     "8840",
     NATIONAL,
     TDM__ERROR,
     {NO_PARAM, NO_PARAM},
     tdm__check_zero_days},
    {"review-before-plan",
     "A review on or before the start of its plan",
     "a review conference lies on the day on which its plan starts, or before",
     "{}: not after the start of the plan, {}.",
     "8841",
     NATIONAL,
     TDM__ERROR,
     {NO_PARAM, NO_PARAM},
     tdm__check_review_before_plan},
    {"plan-not-on-conference-day",
     "A plan that does not start with its conference",
     "a child protection plan starts on a day on which no initial conference was held",
     "{}: no initial conference on that day.",
     "2885",
     NATIONAL,
     TDM__WARNING,
     {NO_PARAM, NO_PARAM},
     tdm__check_conference_day},
    {"previous-plans-contradict",
     "Fewer previous plans are declared than are on record",
     "the number of previous child protection plans that is declared is below that of the plans on record "
     "before",
     "{}: {} declared, {} on record.",
     "",
     PRACTICE,
     TDM__WARNING,
     {NO_PARAM, NO_PARAM},
     tdm__check_previous_plans},
    {"previous-plans-not-stated",
     "The number of previous plans is not stated",
     "a child protection plan starts and nothing says how many there were before",
     "{}: the number of previous plans is not stated.",
     "8730",
     NATIONAL,
     TDM__INFORMATION,
     {NO_PARAM, NO_PARAM},
     tdm__check_previous_not_stated},
    {"assessment-open-long",
     "An assessment open for long",
     "an assessment that was not authorised started before the {working_days} working days that end with the "
     "as-of "
     "day (that day is the last of them)",
     "{}: not authorised, and begun before {}.",
     "8670Q",
     NATIONAL,
     TDM__WARNING,
     {{"working_days", 45, 1, 1000, "working days in which an assessment is to be authorised"}, NO_PARAM},
     tdm__check_assessment_open},
    {"enquiry-without-conference",
     "An enquiry without a conference",
     "a section 47 enquiry started before the {working_days} working days that end with the as-of day, "
     "without a "
     "conference, and nothing says that none was needed",
     "{}: no conference since, and begun before {}.",
     "8675Q",
     NATIONAL,
     TDM__WARNING,
     {{"working_days", 15, 1, 1000, "working days in which a conference is to be held"}, NO_PARAM},
     tdm__check_no_conference},
    {"concern-without-action",
     "A concern without an action",
     "an entry of concern says nothing of what was done, not even that nothing was",
     "Nothing of what was done: {} of {} entries of concern.",
     "",
     PRACTICE,
     TDM__WARNING,
     {NO_PARAM, NO_PARAM},
     tdm__check_no_action},
    {"no-source",
     "No source",
     "an entry names no document or row that it comes from",
     "Without a source: {} of {} entries.",
     "",
     PRACTICE,
     TDM__WARNING,
     {NO_PARAM, NO_PARAM},
     tdm__check_no_source},
    {"not-seen",
     "The child not seen for long",
     "while social care works with the child (level of response 3 or more), more than {gap_days} days go by "
     "with entries, none of which says that the child was seen",
     "Between {} and {} none of the entries says that the child was seen; there are {}.",
     "",
     PRODUCT,
     TDM__WARNING,
     {{"gap_days", 90, 1, 3660, "days without an entry that says that the child was seen"}, NO_PARAM},
     tdm__check_not_seen},
    {"not-heard",
     "The child not heard for long",
     "while social care works with the child (level of response 3 or more), more than {gap_days} days go by "
     "with entries, none of which says that the child was heard",
     "Between {} and {} none of the entries says that the child was heard; there are {}.",
     "",
     PRODUCT,
     TDM__WARNING,
     {{"gap_days", 180, 1, 3660, "days without an entry that says that the child was heard"}, NO_PARAM},
     tdm__check_not_heard},
    {"recorded-late",
     "Recorded long after",
     "an entry was recorded more than {lag_days} days after it occurred",
     "Of the entries that say when they were recorded, {} of {} were recorded more than {} days after; the "
     "longest {} days.",
     "",
     PRODUCT,
     TDM__INFORMATION,
     {{"lag_days", 28, 0, 3660, "days between what occurred and its record"}, NO_PARAM},
     tdm__check_recorded_late},
    {"all-negative",
     "Nothing but concern",
     "{rows} entries or more are of concern, and none tells a strength or anything positive",
     "{} entries are of concern, and none tells a strength.",
     "",
     PRACTICE,
     TDM__INFORMATION,
     {{"rows", 10, 1, 10000, "entries of concern from which on it is said"}, NO_PARAM},
     tdm__check_all_negative},
    {"dense-month",
     "More a contact log than a chronology",
     "a calendar month holds more than {entries} entries",
     "{} months hold more than {} entries; most are in {}: {}.",
     "",
     PRODUCT,
     TDM__INFORMATION,
     {{"entries", 30, 1, 10000, "entries in a month that a chronology may hold"}, NO_PARAM},
     tdm__check_dense},
    {"undated",
     "Entries without any date",
     "an entry has no date at all, and so takes part in nothing",
     "Without any date: {} of {} entries.",
     "",
     PRACTICE,
     TDM__WARNING,
     {NO_PARAM, NO_PARAM},
     tdm__check_undated},
    {"agency-silent",
     "An agency silent for long",
     "an agency that had an entry before holds none for more than {months} months which its return covers, "
     "and "
     "does not say that it was not involved; one whose own plans and other episodes have all ended is not "
     "silent",
     "{} has no entry from {} to {}, and its return covers that time.",
     "",
     PRACTICE,
     TDM__INFORMATION,
     {{"months", 6, 1, 216, "calendar months without an entry"}, NO_PARAM},
     tdm__check_silence},
    {"abbreviation-unexplained",
     "An abbreviation nobody explains",
     "two to six capitals stand in the words of {rows} entries or more, and neither an entry explains them "
     "in brackets nor the case's glossary",
     "\"{}\" stands in {} entries, and none explains it.",
     "",
     PRACTICE,
     TDM__INFORMATION,
     {{"rows", 3, 1, 10000, "entries from which on an abbreviation should be explained"}, NO_PARAM},
     tdm__check_abbreviations},
};

size_t tdm__check_count(void)
{
    return sizeof checks / sizeof *checks;
}

const tdm__check *tdm__check_at(size_t index)
{
    return &checks[index];
}

uint32_t tdm__check_find(tdm_str id)
{
    for (uint32_t i = 0; i < tdm__check_count(); i++)
        if (tdm__str_equal(tdm__str(checks[i].id), id))
            return i;
    return TDM_NO_INDEX;
}

static const struct {
    const char *code, *words;
} reasons[] = {
    [TDM__GAP_NO_ROWS] = {"no-rows", "there is no entry that could be looked at"},
    [TDM__GAP_NO_BIRTH] = {"no-birth-date", "neither a date of birth nor an expected one is known"},
    [TDM__GAP_NO_RECORDED] = {"no-recorded-day", "no entry says when it was recorded"},
    [TDM__GAP_NO_CALENDAR] = {"no-calendar", "bank holidays are not known"},
    [TDM__GAP_UNKNOWN_PERIOD] = {"unknown-period",
                                 "some days lie outside the time for which bank holidays are known"},
    [TDM__GAP_DATE_TOO_WIDE] = {"date-too-wide",
                                "some dates leave a week or more open, which says nothing of the weekday"},
    [TDM__GAP_NO_REFERRAL] = {"no-referral", "there is activity of social care, and no referral on record"},
    [TDM__GAP_NO_CONFERENCE] = {"no-conference-data", "no source could hold an initial conference"},
    [TDM__GAP_NO_DECLARED] = {"not-declared", "no plan says how many there were before"},
    [TDM__GAP_NO_ACTION] = {"no-action-data",
                            "no entry at all says what was done: the returns may have no place for it"},
    [TDM__GAP_NO_SEEN] = {"no-seen-data", "no entry says whether the child was seen"},
    [TDM__GAP_NO_HEARD] = {"no-heard-data", "no entry says whether the child was heard"},
    [TDM__GAP_NO_POLARITY] = {"no-polarity", "no entry says whether it is a concern or a strength"},
    [TDM__GAP_NO_COVERAGE] = {"not-covered", "no return declares the time that it covers"},
    [TDM__GAP_NO_TEXT] = {"no-text", "no entry has any words"},
    [TDM__GAP_TOO_MANY] = {"too-many", "there are too many entries of this sort to compare each with each"},
};

size_t tdm__check_reason_count(void)
{
    return sizeof reasons / sizeof *reasons;
}

const char *tdm__check_reason_code(uint32_t reason)
{
    return reasons[reason].code;
}

const char *tdm__check_reason_words(uint32_t reason)
{
    return reasons[reason].words;
}
