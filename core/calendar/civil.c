/*
 * Civil days and their numbers, months: arithmetic only. Reading and writing text is elsewhere.
 */
#include "calendar/calendar.h"

#define DAYS_OF_400_YEARS 146097
/* From 0000-03-01 to 1970-01-01. Years that begin in March put the leap day at their end. */
#define EPOCH_SHIFT 719468

bool tdm__day_is_real(int64_t day)
{
    return day >= TDM__FIRST_DAY && day <= TDM__LAST_DAY;
}

tdm_day tdm__day_clamped(int64_t day)
{
    if (day < TDM__FIRST_DAY)
        return TDM__FIRST_DAY;
    return day > TDM__LAST_DAY ? TDM__LAST_DAY : (tdm_day)day;
}

int32_t tdm__month_length(int32_t year, int32_t month)
{
    static const int32_t lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : lengths[month - 1];
}

int32_t tdm__weekday(tdm_day day)
{
    /* 1970-01-01 was a Thursday. */
    int32_t rest = (int32_t)(((int64_t)day + 3) % 7);
    return rest < 0 ? rest + 7 : rest;
}

bool tdm_day_from_civil(tdm_day *out, int32_t year, int32_t month, int32_t day)
{
    *out = TDM_DAY_NONE;
    if (year < 1 || year > 9999 || month < 1 || month > 12)
        return false;
    if (day < 1 || day > tdm__month_length(year, month))
        return false;
    int32_t march_year = month > 2 ? year : year - 1;
    int32_t march_month = month > 2 ? month - 3 : month + 9;
    int32_t era = march_year / 400;
    int32_t year_of_era = march_year % 400;
    /* 153 days in each five months from March on. */
    int32_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    *out = era * DAYS_OF_400_YEARS + day_of_era - EPOCH_SHIFT;
    return true;
}

void tdm_day_to_civil(tdm_day day, int32_t *year, int32_t *month, int32_t *day_of_month)
{
    *year = *month = *day_of_month = 0;
    if (!tdm__day_is_real(day))
        return;
    int32_t shifted = day + EPOCH_SHIFT;
    int32_t era = shifted / DAYS_OF_400_YEARS;
    int32_t day_of_era = shifted % DAYS_OF_400_YEARS;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (DAYS_OF_400_YEARS - 1)) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t march_month = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * march_month + 2) / 5 + 1;
    *month = march_month < 10 ? march_month + 3 : march_month - 9;
    *year = era * 400 + year_of_era + (*month <= 2 ? 1 : 0);
}

tdm_day tdm_day_add_months(tdm_day day, int32_t months)
{
    int32_t year, month, day_of_month;
    tdm_day moved;
    if (!tdm__day_is_real(day))
        return day;
    tdm_day_to_civil(day, &year, &month, &day_of_month);
    int64_t count = (int64_t)year * 12 + (month - 1) + months;
    if (count < 12)
        return TDM__FIRST_DAY;
    if (count >= (int64_t)10000 * 12)
        return TDM__LAST_DAY;
    year = (int32_t)(count / 12);
    month = (int32_t)(count % 12) + 1;
    int32_t length = tdm__month_length(year, month);
    tdm_day_from_civil(&moved, year, month, day_of_month < length ? day_of_month : length);
    return moved;
}

bool tdm__months_reading(tdm__reading *out, int32_t year, int32_t month, int32_t last_year,
                         int32_t last_month, int32_t unit)
{
    *out = (tdm__reading){TDM_DAY_NONE, TDM_DAY_NONE, 0, unit};
    if (!tdm_day_from_civil(&out->from, year, month, 1) ||
        !tdm_day_from_civil(&out->to, last_year, last_month, 1))
        return false;
    out->to += tdm__month_length(last_year, last_month) - 1;
    return out->from <= out->to;
}
