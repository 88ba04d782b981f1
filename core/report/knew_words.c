/*
 * The words for who knew what when. No writing here.
 */
#include "report/knew_words.h"

#include <stdio.h>

const char *const tdm__knew_explained[] = {
    "For each incident, and each concern that stands alone: the first day on which each agency of the child "
    "recorded it, and how long after it that was.",
    "Never recorded it is said only of an agency whose returns cover the whole time in which it may have "
    "been. Not covered: they do not. No entry: nobody says what they cover, or on which day it was. None of "
    "these says that an agency was told, or should have known.",
    "Perhaps the same: the entries lie close together and are of like kinds, but nobody states that they "
    "tell "
    "one incident.",
    NULL};

static tdm_date date_of(const tdm__matter *matter)
{
    if (matter->from == TDM_DAY_NONE)
        return (tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    return (tdm_date){matter->from, matter->to, matter->uncertain ? TDM_DATE_UNCERTAIN : 0};
}

void tdm__matter_day_words(char out[TDM_DATE_TEXT_SIZE], const tdm__matter *matter)
{
    tdm_date_words(out, date_of(matter));
}

void tdm__matter_day_iso(char out[TDM_DATE_TEXT_SIZE], const tdm__matter *matter)
{
    tdm_date_format(out, date_of(matter));
}

const char *tdm__matter_doubt(const tdm__matter *matter)
{
    if (matter->perhaps)
        return "perhaps the same";
    return matter->contradicts ? "the days that are given exclude each other" : "";
}

static void put_lag(char *out, size_t size, tdm_bounds lag)
{
    int least = (int)lag.certain, most = (int)lag.possible;
    if (least == most && least == 0)
        snprintf(out, size, ", the same day");
    else if (least == most && least < 0)
        snprintf(out, size, ", %d day%s before it occurred", -least, least == -1 ? "" : "s");
    else if (least == most)
        snprintf(out, size, ", %d day%s later", least, least == 1 ? "" : "s");
    else
        snprintf(out, size, ", %d to %d days later", least, most);
}

static void put_recorded(char out[2 * TDM__WORDS_SIZE], const tdm__known_by *known)
{
    char day[TDM__WORDS_SIZE], lag[64] = "";
    tdm__day_words(day, known->recorded);
    if (known->has_lag)
        put_lag(lag, sizeof lag, known->lag_days);
    snprintf(out, 2 * TDM__WORDS_SIZE, "recorded on %s%s%s", day, known->perhaps_earlier ? " or earlier" : "",
             lag);
}

void tdm__known_by_words(char out[2 * TDM__WORDS_SIZE], const tdm__known_by *known)
{
    static const char *const words[] = {"recorded; the day of recording is not noted", "never recorded it",
                                        "no entry; only some of these days are covered", "not covered",
                                        "no entry"};
    if (known->knowing == TDM__KNEW_RECORDED && known->recorded != TDM_DAY_NONE)
        put_recorded(out, known);
    else
        snprintf(out, 2 * TDM__WORDS_SIZE, "%s", words[known->knowing]);
}

static bool kind_before(const tdm_run *run, const tdm__matter *matter, size_t at)
{
    uint32_t kind = tdm__chronology_event(run->chronology, matter->events[at]).kind;
    for (size_t i = 0; i < at; i++)
        if (tdm__chronology_event(run->chronology, matter->events[i]).kind == kind)
            return true;
    return false;
}

void tdm__put_matter_kinds(tdm__text *out, const tdm_run *run, const tdm__matter *matter)
{
    for (size_t i = 0; i < matter->event_count; i++) {
        tdm__event event = tdm__chronology_event(run->chronology, matter->events[i]);
        if (kind_before(run, matter, i))
            continue;
        tdm__text_puts(out, i > 0 ? "; " : "");
        tdm__text_add(out, tdm__kind_title(tdm__event_kind(run, &event)));
    }
}
