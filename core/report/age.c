/*
 * Ages of children; age.h says what is told.
 */
#include "report/age.h"

#include "report/json_members.h"

#include <stdio.h>

#define ONE_AGE_SIZE     40
#define YEARS_FROM       24 /* months: younger ones are told in months */
#define WHOLE_YEARS_FROM 11 /* months between youngest and oldest, from which years alone are told */
#define WEEKS_MOST       42 /* further back than a pregnancy lasts a number of weeks says nothing */

static bool is_dated(tdm_date date)
{
    return date.from != TDM_DAY_BEFORE_ALL || date.to != TDM_DAY_AFTER_ALL;
}

tdm__ages tdm__ages_on(tdm_date born, tdm_date day)
{
    tdm__ages ages = {.before_birth = TDM_NOT_MET,
                      .uncertain = ((born.flags | day.flags) & TDM_DATE_UNCERTAIN) != 0};
    if (!is_dated(born) || !is_dated(day))
        return ages;
    if (day.to < born.from)
        ages.before_birth = TDM_MET;
    else if (day.from < born.to)
        ages.before_birth = TDM_POSSIBLE;
    ages.has_youngest = tdm__age_at(&ages.youngest, born.to, day.from);
    ages.has_oldest = tdm__age_at(&ages.oldest, born.from, day.to);
    ages.known = ages.before_birth == TDM_MET || ages.has_youngest || ages.has_oldest;
    return ages;
}

/* --- in words --- */

static int months_of(tdm__age age)
{
    return (int)age.years * 12 + (int)age.months;
}

/* "5 days", "1 month". */
static void count_words(char out[ONE_AGE_SIZE], int count, const char *unit)
{
    snprintf(out, ONE_AGE_SIZE, "%d %s%s", count, unit, count == 1 ? "" : "s");
}

static void one_age(char out[ONE_AGE_SIZE], tdm__age age)
{
    char years[ONE_AGE_SIZE], months[ONE_AGE_SIZE];
    int all = months_of(age);
    if (all == 0 && age.days == 0)
        snprintf(out, ONE_AGE_SIZE, "less than 1 day");
    else if (all == 0)
        count_words(out, (int)age.days, "day");
    else if (all < YEARS_FROM)
        count_words(out, all, "month");
    else {
        count_words(years, (int)age.years, "year");
        count_words(months, (int)age.months, "month");
        snprintf(out, ONE_AGE_SIZE, "%.16s%s%.16s", years, age.months > 0 ? " " : "",
                 age.months > 0 ? months : "");
    }
}

/* From one to another, with the unit once where both have the same. */
static void range_words(char out[TDM__AGE_WORDS_SIZE], tdm__age youngest, tdm__age oldest)
{
    char first[ONE_AGE_SIZE], last[ONE_AGE_SIZE];
    int least = months_of(youngest), most = months_of(oldest);
    bool whole_years = least >= 12 && most >= YEARS_FROM && youngest.years < oldest.years &&
                       most - least >= WHOLE_YEARS_FROM;
    one_age(first, youngest);
    one_age(last, oldest);
    if (whole_years)
        snprintf(out, TDM__AGE_WORDS_SIZE, "%d to %d years", (int)youngest.years, (int)oldest.years);
    else if (least > 0 && least < most && most < YEARS_FROM)
        snprintf(out, TDM__AGE_WORDS_SIZE, "%d to %d months", least, most);
    else if (most == 0 && youngest.days > 0 && youngest.days < oldest.days)
        snprintf(out, TDM__AGE_WORDS_SIZE, "%d to %d days", (int)youngest.days, (int)oldest.days);
    else if (least == most && (most > 0 || youngest.days == oldest.days))
        snprintf(out, TDM__AGE_WORDS_SIZE, "%s", last);
    else
        snprintf(out, TDM__AGE_WORDS_SIZE, "%s to %s", first, last);
}

/* "12 weeks before birth", "27 to 31 weeks before birth"; without a number where doubt or distance leaves
 * none. */
static void before_words(char out[TDM__AGE_WORDS_SIZE], tdm_date day, tdm_date birth, const char *what)
{
    char length[ONE_AGE_SIZE] = "";
    bool bounded = day.from != TDM_DAY_BEFORE_ALL && birth.to != TDM_DAY_AFTER_ALL;
    int most = bounded ? (int)(birth.to - day.from) : 0, least = bounded ? (int)(birth.from - day.to) : 0;
    if (bounded && most == least && most < 7)
        count_words(length, most, "day");
    else if (bounded && least >= 7 && most / 7 == least / 7 && most / 7 <= WEEKS_MOST)
        count_words(length, most / 7, "week");
    else if (bounded && least >= 7 && most / 7 <= WEEKS_MOST)
        snprintf(length, ONE_AGE_SIZE, "%d to %d weeks", least / 7, most / 7);
    snprintf(out, TDM__AGE_WORDS_SIZE, "%s%sbefore %s", length, length[0] ? " " : "", what);
}

static void known_words(char out[TDM__AGE_WORDS_SIZE], const tdm__ages *ages)
{
    char one[ONE_AGE_SIZE];
    if (ages->has_youngest && ages->has_oldest) {
        range_words(out, ages->youngest, ages->oldest);
        return;
    }
    one_age(one, ages->has_oldest ? ages->oldest : ages->youngest);
    snprintf(out, TDM__AGE_WORDS_SIZE, "%s%s%s", ages->has_oldest ? "up to " : "", one,
             !ages->has_oldest                    ? " or more"
             : ages->before_birth == TDM_POSSIBLE ? ", or before birth"
                                                  : "");
}

/* Whether the words tell a time before birth rather than an age. */
static bool age_words(char out[TDM__AGE_WORDS_SIZE], const tdm__child *child, tdm_date day)
{
    char words[TDM__AGE_WORDS_SIZE] = "";
    tdm__ages ages = tdm__ages_on(child->born, day);
    bool expected = !is_dated(child->born) && is_dated(child->expected) && is_dated(day) &&
                    day.to < child->expected.from;
    bool uncertain = ages.uncertain || (expected && (child->expected.flags & TDM_DATE_UNCERTAIN) != 0);
    bool before = expected || ages.before_birth == TDM_MET;
    if (before)
        before_words(words, day, expected ? child->expected : child->born,
                     expected ? "the expected date" : "birth");
    else if (ages.known)
        known_words(words, &ages);
    snprintf(out, TDM__AGE_WORDS_SIZE, "%s%.80s", words[0] && uncertain ? "perhaps " : "", words);
    return before;
}

void tdm__age_words(char out[TDM__AGE_WORDS_SIZE], const tdm__child *child, tdm_date day)
{
    age_words(out, child, day);
}

void tdm__age_line(char out[TDM__AGE_WORDS_SIZE], const tdm_chronology *chronology, const tdm__event *event)
{
    char words[TDM__AGE_WORDS_SIZE];
    bool before = age_words(words, tdm__chronology_child(chronology, event->child), event->occurred);
    snprintf(out, TDM__AGE_WORDS_SIZE, "%s%.80s", words[0] && !before ? "child aged " : "", words);
}

/* --- as numbers --- */

static void put_age(tdm__json_writer *json, const char *name, tdm__age age)
{
    tdm__json_put_name(json, name);
    tdm__json_open_object(json);
    tdm__json_int_member(json, "years", age.years);
    tdm__json_int_member(json, "months", age.months);
    tdm__json_int_member(json, "days", age.days);
    tdm__json_close_object(json);
}

void tdm__age_member(tdm__json_writer *json, const tdm_chronology *chronology, const tdm__event *event)
{
    static const char *const before[] = {[TDM_POSSIBLE] = "possible", [TDM_MET] = "certain"};
    tdm__ages ages = tdm__ages_on(tdm__chronology_child(chronology, event->child)->born, event->occurred);
    if (!ages.known)
        return;
    tdm__json_put_name(json, "age");
    tdm__json_open_object(json);
    if (ages.has_youngest)
        put_age(json, "from", ages.youngest);
    if (ages.has_oldest)
        put_age(json, "to", ages.oldest);
    if (ages.before_birth >= TDM_POSSIBLE)
        tdm__json_code_member(json, "before_birth", before[ages.before_birth]);
    if (ages.uncertain)
        tdm__json_bool_member(json, "uncertain", true);
    tdm__json_close_object(json);
}
