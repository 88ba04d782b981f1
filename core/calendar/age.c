/*
 * Ages. Words for them are the report's business.
 */
#include "calendar/age.h"

#include "calendar/calendar.h"

bool tdm__age_at(tdm__age *out, tdm_day born, tdm_day day)
{
    int32_t born_year, born_month, born_day, year, month, day_of_month;
    *out = (tdm__age){0, 0, 0};
    if (!tdm__day_is_real(born) || !tdm__day_is_real(day) || day < born)
        return false;
    tdm_day_to_civil(born, &born_year, &born_month, &born_day);
    tdm_day_to_civil(day, &year, &month, &day_of_month);
    /* 28 February lies before 29 February, so a leap-day child has its birthday on 1 March. */
    bool complete = day_of_month >= born_day;
    int32_t months = (year - born_year) * 12 + month - born_month - (complete ? 0 : 1);
    int32_t before = month == 1 ? 31 : tdm__month_length(year, month - 1);
    /* Behind a month that is too short the count begins on the first of this one. */
    int32_t since_last = born_day <= before ? before - born_day + day_of_month : day_of_month - 1;
    *out = (tdm__age){months / 12, months % 12, complete ? day_of_month - born_day : since_last};
    return true;
}

int32_t tdm_age_years(tdm_day born, tdm_day day)
{
    tdm__age age;
    return tdm__age_at(&age, born, day) ? age.years : -1;
}
