/*
 * What the numbers of the cumulative picture are called and mean; the two lines of the text report.
 */
#include "report/cumulative.h"

#include <stdio.h>

const char *const tdm__cumulative_caution =
    "This counts what was recorded; it does not say how bad it was. More entries may mean more looking, and "
    "none may mean that nobody looked. It is no score of risk.";

static const char *const titles[TDM__CUMULATIVE_LINES] = {
    "All concerns", "Physical",      "Educational",   "Emotional",        "Medical",
    "Supervisory",  "Environmental", "Another theme", "Theme not stated",
};

const char *tdm__cumulative_title(size_t line)
{
    return titles[line];
}

void tdm__bounds_words(char out[TDM__BOUNDS_WORDS_SIZE], tdm_bounds count)
{
    if (count.certain == count.possible)
        snprintf(out, TDM__BOUNDS_WORDS_SIZE, "%d", (int)count.certain);
    else
        snprintf(out, TDM__BOUNDS_WORDS_SIZE, "%d to %d", (int)count.certain, (int)count.possible);
}

static int tenths(int32_t milli)
{
    return (int)(((int64_t)milli + 50) / 100);
}

void tdm__milli_bounds_words(char out[TDM__BOUNDS_WORDS_SIZE], tdm_bounds milli)
{
    int least = tenths(milli.certain), most = tenths(milli.possible);
    if (least == most)
        snprintf(out, TDM__BOUNDS_WORDS_SIZE, "%d.%d", least / 10, least % 10);
    else
        snprintf(out, TDM__BOUNDS_WORDS_SIZE, "%d.%d to %d.%d", least / 10, least % 10, most / 10, most % 10);
}

void tdm__milli_words(char out[TDM__BOUNDS_WORDS_SIZE], int32_t milli)
{
    int whole = (int)(milli / 1000), rest = (int)(milli % 1000);
    if (rest == 0)
        snprintf(out, TDM__BOUNDS_WORDS_SIZE, "%d", whole);
    else if (rest % 100 == 0)
        snprintf(out, TDM__BOUNDS_WORDS_SIZE, "%d.%d", whole, rest / 100);
    else
        snprintf(out, TDM__BOUNDS_WORDS_SIZE, "%d.%03d", whole, rest);
}

void tdm__load_words(char out[TDM__BOUNDS_WORDS_SIZE], tdm_bounds milli)
{
    tdm__bounds_words(out, (tdm_bounds){milli.certain / 1000, milli.possible / 1000});
}

tdm_bounds tdm__cumulative_now(const tdm__cumulative *cumulative, bool faded)
{
    if (cumulative->period_count == 0)
        return (tdm_bounds){0, 0};
    const tdm__cumulative_period *last =
        &cumulative->lines[TDM__CUMULATIVE_ALL].periods[cumulative->period_count - 1];
    return faded ? last->faded_milli : last->load_milli;
}

/* --- a sustained rise --- */

/* The one to tell: that which still goes on, else the last one; what is met before what is only possible. */
static const tdm__spell *spell_to_tell(const tdm__verdict *rises)
{
    const tdm__spell *told = NULL;
    for (uint32_t i = 0; i < rises->spell_count; i++) {
        const tdm__spell *one = &rises->spells[i];
        if (!told || one->answer == TDM_MET || told->answer != TDM_MET)
            told = one;
    }
    return told;
}

void tdm__rise_words(char out[TDM__RISE_WORDS_SIZE], const tdm__cumulative *cumulative)
{
    const tdm__verdict *rises = &cumulative->rises;
    const tdm__spell *told = spell_to_tell(rises);
    char since[TDM__WORDS_SIZE], last[TDM__WORDS_SIZE];
    if (rises->answer == TDM_NOT_ASSESSED)
        snprintf(
            out, TDM__RISE_WORDS_SIZE,
            "Sustained rise against the child's own baseline: not assessed, the record is no longer than "
            "its baseline");
    else if (!told)
        snprintf(out, TDM__RISE_WORDS_SIZE,
                 "No sustained rise against the child's own baseline; a high baseline would hide one");
    else {
        tdm__day_words(since, told->answer == TDM_MET ? told->first_met : told->from);
        tdm__day_words(last, told->to);
        snprintf(out, TDM__RISE_WORDS_SIZE, "%s rise against the child's own baseline: %s %s%s%s",
                 told->answer == TDM_MET ? "Sustained" : "Possibly a sustained",
                 told->answer == TDM_MET ? "since" : "entries from", since,
                 told->open ? ", and it goes on" : ", its last entry on ", told->open ? "" : last);
    }
}

/* --- definitions --- */

static void put_span(char out[TDM__BOUNDS_WORDS_SIZE], tdm_span span)
{
    snprintf(out, TDM__BOUNDS_WORDS_SIZE, "%d %s%s", (int)span.count,
             span.unit == TDM_SPAN_MONTHS ? "month" : "day", span.count == 1 ? "" : "s");
}

/* Where the numbers of the rise come from: one place where they share it. */
static void put_places(char out[TDM__RISE_WORDS_SIZE], const tdm__cumulative_settings *s)
{
    size_t length = 0;
    out[0] = '\0';
    for (int i = TDM__CUMULATIVE_RISE_PERIOD; i < TDM__CUMULATIVE_NUMBERS; i++) {
        bool known = false;
        for (int k = TDM__CUMULATIVE_RISE_PERIOD; k < i; k++)
            known = known || tdm__str_equal(s->numbers[k].from, s->numbers[i].from);
        int put = known ? 0
                        : snprintf(out + length, TDM__RISE_WORDS_SIZE - length, "%s%.*s",
                                   length > 0 ? ", " : "", TDM_STR_ARGS(s->numbers[i].from));
        length += put > 0 && (size_t)put < TDM__RISE_WORDS_SIZE - length ? (size_t)put : 0;
    }
}

void tdm__cumulative_define(tdm__cumulative_definition out[TDM__CUMULATIVE_DEFINITIONS], const tdm_run *run)
{
    tdm__cumulative_settings s = tdm__cumulative_settings_of(run);
    char of[TDM__BOUNDS_WORDS_SIZE], allowance[TDM__BOUNDS_WORDS_SIZE], threshold[TDM__BOUNDS_WORDS_SIZE];
    char places[TDM__RISE_WORDS_SIZE];
    put_span(of, s.rise.of);
    tdm__milli_words(allowance, s.rise.allowance_milli);
    tdm__milli_words(threshold, s.rise.threshold_milli);
    put_places(places, &s);
    out[0].term = "What is counted";
    snprintf(
        out[0].words, sizeof out[0].words,
        "Entries that are concerns, by their polarity or, where that is not stated, by their kind; rows "
        "that tell one incident count once. Referrals are left out: they pass on what was noticed already. "
        "Entries without a date are in no number.");
    out[1].term = "Themes";
    snprintf(out[1].words, sizeof out[1].words,
             "As the entries state them; no kind of entry implies one. An incident with several themes is in "
             "the line of each, so lines do not add up. Theme not stated: it may have been about any of "
             "them. Another theme: domestic abuse, substance use, mental health, exploitation.");
    out[2].term = "Certain and possible";
    snprintf(out[2].words, sizeof out[2].words,
             "A number such as 3 to 5 runs from what is certain to what is possible: a day that could lie in "
             "another period, or entries of several agencies that may tell one incident.");
    out[3].term = "Load without fading, load with fading";
    snprintf(out[3].words, sizeof out[3].words,
             "Without: incidents up to the end of the period. With: each counts 1 on its day and half as "
             "much with every %d days that pass (half life, from: %.*s). Periods are calendar months, or "
             "quarters where the record is longer than ten years.",
             (int)s.half_life_days, TDM_STR_ARGS(s.numbers[TDM__CUMULATIVE_HALF_LIFE].from));
    out[4].term = "Sustained rise";
    snprintf(out[4].words, sizeof out[4].words,
             "Cumulative sum (CUSUM) over periods of %s from the first day on record. The mean of the first "
             "%d is the child's own baseline; from then on C = max(0, C + incidents - mean - %s), and there "
             "is a sustained rise where C is above %s, until it is 0 again (from: %s). Product settings: no "
             "study of children's "
             "records fixes these numbers. A record that begins in trouble has a high baseline and hides a "
             "rise.",
             of, (int)s.rise.baseline, allowance, threshold, places);
    out[5].term = "What it does not say";
    snprintf(out[5].words, sizeof out[5].words, "%s", tdm__cumulative_caution);
}

/* --- text --- */

static void say_loads(tdm__terminal *terminal, const tdm__cumulative *cumulative)
{
    char load[TDM__BOUNDS_WORDS_SIZE], faded[TDM__BOUNDS_WORDS_SIZE], then_load[TDM__BOUNDS_WORDS_SIZE];
    char then_faded[TDM__BOUNDS_WORDS_SIZE];
    tdm__load_words(load, tdm__cumulative_now(cumulative, false));
    tdm__milli_bounds_words(faded, tdm__cumulative_now(cumulative, true));
    tdm__load_words(then_load, cumulative->year_ago_load_milli);
    tdm__milli_bounds_words(then_faded, cumulative->year_ago_faded_milli);
    if (cumulative->has_year_ago)
        tdm__say(terminal, TDM__PLAIN, 5, 7,
                 "Incidents of concern so far: %c, a year ago %c. With fading (half life %d days): %c, a "
                 "year ago %c.",
                 load, then_load, (int)cumulative->settings.half_life_days, faded, then_faded);
    else
        tdm__say(terminal, TDM__PLAIN, 5, 7,
                 "Incidents of concern so far: %c. With fading (half life %d days): %c. The record is "
                 "shorter than a year.",
                 load, (int)cumulative->settings.half_life_days, faded);
}

void tdm__say_cumulative(tdm__terminal *terminal, const tdm_run *run, uint32_t child)
{
    tdm__arena arena;
    tdm__cumulative cumulative;
    char rise[TDM__RISE_WORDS_SIZE];
    tdm__arena_init(&arena, &run->allocator);
    tdm_status status = tdm__cumulative_of(&cumulative, &arena, run, child);
    if (status != TDM_OK && terminal->out.status == TDM_OK)
        terminal->out.status = status;
    if (status == TDM_OK && cumulative.period_count > 0) {
        tdm__say(terminal, TDM__HEADING, 2, 2, "How much was recorded");
        say_loads(terminal, &cumulative);
        tdm__rise_words(rise, &cumulative);
        tdm__say(terminal, TDM__PLAIN, 5, 7, "%c.", rise);
        tdm__say(terminal, TDM__FAINT, 5, 5, "%c", tdm__cumulative_caution);
        tdm__blank_line(terminal);
    }
    tdm__arena_free(&arena);
}
