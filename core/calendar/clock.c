/*
 * The time of day behind a date. A zone is read and left aside: the day stands as it was written,
 * because a return does not say in which zone its system keeps time.
 */
#include "calendar/calendar.h"

#include <string.h>

enum half { NO_HALF = 0, BEFORE_NOON, AFTER_NOON };

static const struct half_name {
    const char *text;
    int32_t half;
} half_names[] = {
    {"a.m.", BEFORE_NOON}, {"a.m", BEFORE_NOON}, {"am", BEFORE_NOON},
    {"p.m.", AFTER_NOON},  {"p.m", AFTER_NOON},  {"pm", AFTER_NOON},
};

static const char *const hour_words[] = {"hours", "hrs", "h"};

/* Moves *at behind a space and `word`. */
static bool skip_word(const char **at, const char *word)
{
    const char *start = *at + (**at == ' ');
    if (strncmp(start, word, strlen(word)) != 0)
        return false;
    *at = start + strlen(word);
    return true;
}

static int32_t half_of_day(const char **at)
{
    for (size_t i = 0; i < sizeof half_names / sizeof *half_names; i++)
        if (skip_word(at, half_names[i].text))
            return half_names[i].half;
    return NO_HALF;
}

static bool skip_hours(const char **at)
{
    for (size_t i = 0; i < sizeof hour_words / sizeof *hour_words; i++)
        if (skip_word(at, hour_words[i]))
            return true;
    return false;
}

/* ":05" and ":05.123". True too when there are none; false when there are none such seconds. */
static bool skip_seconds(const char **at)
{
    int32_t seconds, fraction;
    if (**at != ':')
        return true;
    (*at)++;
    if (tdm__digits(&seconds, at, 2) != 2 || seconds > 59)
        return false;
    if (**at == '.' || **at == ',') {
        (*at)++;
        return tdm__digits(&fraction, at, 9) > 0;
    }
    return true;
}

/* "z", "+01", "+0100", "+01:00". */
static bool skip_zone(const char **at)
{
    int32_t hours, minutes = 0;
    if (**at == 'z') {
        (*at)++;
        return true;
    }
    if (**at != '+' && **at != '-')
        return true;
    (*at)++;
    if (tdm__digits(&hours, at, 2) != 2 || hours > 14)
        return false;
    *at += **at == ':';
    int digits = tdm__digits(&minutes, at, 2);
    return (digits == 0 && (*at)[-1] != ':') || (digits == 2 && minutes <= 59);
}

/* Hour and minute; "1430" only with "hrs" behind it, "2" only with "pm". */
static bool hour_and_minute(int32_t *hour, int32_t *minute, bool *needs_half, bool *needs_hours,
                            const char **at)
{
    int digits = tdm__digits(hour, at, 4);
    *minute = 0;
    *needs_half = *needs_hours = false;
    if (digits == 4) {
        *minute = *hour % 100;
        *hour /= 100;
        *needs_hours = true;
        return true;
    }
    if (digits < 1 || digits > 2)
        return false;
    if (**at != ':' && **at != '.') {
        *needs_half = true;
        return true;
    }
    (*at)++;
    return tdm__digits(minute, at, 2) == 2;
}

bool tdm__time_read(int32_t *minute, const char *text)
{
    int32_t hour, minutes;
    bool needs_half, needs_hours;
    *minute = -1;
    if (!hour_and_minute(&hour, &minutes, &needs_half, &needs_hours, &text) || minutes > 59)
        return false;
    if (!skip_seconds(&text))
        return false;
    int32_t half = half_of_day(&text);
    bool hours = half == NO_HALF && skip_hours(&text);
    if ((needs_half && half == NO_HALF) || (needs_hours && !hours))
        return false;
    if (half != NO_HALF) {
        if (hour < 1 || hour > 12)
            return false;
        hour = hour % 12 + (half == AFTER_NOON ? 12 : 0);
    }
    if (hour > 23 || !skip_zone(&text) || *text != '\0')
        return false;
    *minute = hour * 60 + minutes;
    return true;
}
