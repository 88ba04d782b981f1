/*
 * The ways in which people in the UK write a date: numbers with the day first, month names in any
 * order, early / mid / late, seasons. One reader a way; the table at the end holds their order.
 */
#include "calendar/calendar.h"

#include <string.h>

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

static const char *const month_names[12] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

static const struct month_word {
    const char *text;
    int32_t month;
} month_words[] = {
    {"january", 1},  {"jan", 1},    {"february", 2},  {"feb", 2},       {"march", 3},     {"mar", 3},
    {"april", 4},    {"apr", 4},    {"may", 5},       {"june", 6},      {"jun", 6},       {"july", 7},
    {"jul", 7},      {"august", 8}, {"aug", 8},       {"september", 9}, {"sept", 9},      {"sep", 9},
    {"october", 10}, {"oct", 10},   {"november", 11}, {"nov", 11},      {"december", 12}, {"dec", 12},
};

int32_t tdm__month_named(tdm_str word)
{
    for (size_t i = 0; i < COUNT_OF(month_words); i++)
        if (tdm__str_equal(word, tdm__str(month_words[i].text)))
            return month_words[i].month;
    return 0;
}

const char *tdm__month_name(int32_t month)
{
    return month >= 1 && month <= 12 ? month_names[month - 1] : "";
}

int tdm__digits(int32_t *out, const char **at, int limit)
{
    int count = 0;
    *out = 0;
    for (; count < limit && **at >= '0' && **at <= '9'; count++, (*at)++)
        *out = *out * 10 + (**at - '0');
    return count;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static tdm_str word_at(const char *at)
{
    return (tdm_str){at, strspn(at, "abcdefghijklmnopqrstuvwxyz")};
}

bool tdm__year_of(int32_t *out, int32_t number, int digits, const tdm_date_rules *rules)
{
    if (digits == 2)
        number += number <= rules->pivot ? 2000 : 1900;
    *out = number;
    return digits == 2 || digits == 4;
}

bool tdm__numeric_reading(tdm__reading *out, int32_t first, int32_t second, int32_t year,
                          const tdm_date_rules *rules)
{
    tdm_day day_first, month_first;
    bool has_day_first = tdm_day_from_civil(&day_first, year, second, first);
    bool has_month_first = tdm_day_from_civil(&month_first, year, first, second);
    *out = (tdm__reading){day_first, day_first, 0, TDM__UNIT_DAY};
    if (rules->order == TDM_DAY_FIRST)
        return has_day_first;
    if (rules->order == TDM_MONTH_FIRST || !has_day_first) {
        out->from = out->to = month_first;
        return has_month_first;
    }
    if (has_month_first && month_first != day_first) {
        out->from = month_first < day_first ? month_first : day_first;
        out->to = month_first < day_first ? day_first : month_first;
        out->flags = TDM_DATE_BOTH_ORDERS;
    }
    return true;
}

/* "5/3/24", "05.03.2024", "5-3-2024"; "2024/03/05" can only have its year first. */
static bool three_numbers(tdm__reading *out, const char **at, const tdm_date_rules *rules)
{
    int32_t first, second, third, year;
    int first_digits = tdm__digits(&first, at, 4);
    char separator = **at;
    if (first_digits == 0 || separator == '\0' || !strchr("/.-", separator))
        return false;
    (*at)++;
    int second_digits = tdm__digits(&second, at, 2);
    if (second_digits == 0 || **at != separator)
        return false;
    (*at)++;
    int third_digits = tdm__digits(&third, at, 4);
    if (third_digits == 0 || is_digit(**at))
        return false;
    if (first_digits == 4 && third_digits <= 2) {
        bool real = tdm_day_from_civil(&out->from, first, second, third);
        *out = (tdm__reading){out->from, out->from, 0, TDM__UNIT_DAY};
        return real;
    }
    return first_digits <= 2 && tdm__year_of(&year, third, third_digits, rules) &&
           tdm__numeric_reading(out, first, second, year, rules);
}

/* "3/2024": no other reading has a year of four digits behind one number. */
static bool month_and_year(tdm__reading *out, const char **at, const tdm_date_rules *rules)
{
    int32_t month, year;
    (void)rules;
    int digits = tdm__digits(&month, at, 2);
    if (digits == 0 || **at == '\0' || !strchr("/.-", **at))
        return false;
    (*at)++;
    if (tdm__digits(&year, at, 4) != 4 || is_digit(**at))
        return false;
    return tdm__months_reading(out, year, month, year, month, TDM__UNIT_MONTH);
}

static bool skip_filler(const char **at)
{
    static const char *const fillers[] = {"of ", "the ", "in "};
    for (size_t i = 0; i < COUNT_OF(fillers); i++) {
        if (strncmp(*at, fillers[i], strlen(fillers[i])) != 0)
            continue;
        *at += strlen(fillers[i]);
        return true;
    }
    return false;
}

static void skip_fillers(const char **at)
{
    *at += strspn(*at, " ,-./");
    while (skip_filler(at))
        continue;
}

/* "2024" or "'24": a number that can be nothing but a year. */
static bool full_year(int32_t *out, const char **at, const tdm_date_rules *rules)
{
    bool short_form = **at == '\'';
    *at += short_form;
    int digits = tdm__digits(out, at, 4);
    return digits == (short_form ? 2 : 4) && !is_digit(**at) && tdm__year_of(out, *out, digits, rules);
}

/* The parts of a date with a month name. kind: n one or two digits, o with "th", y a year, m a month */
typedef struct token {
    char kind;
    int32_t number;
    int digits;
} token;

static bool skip_ordinal(const char **at)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    tdm_str word = word_at(*at);
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        if (!tdm__str_equal(word, tdm__str(endings[i])))
            continue;
        *at += 2;
        return true;
    }
    return false;
}

static bool next_token(token *out, const char **at, const tdm_date_rules *rules)
{
    skip_fillers(at);
    tdm_str word = word_at(*at);
    const char *year_at = *at;
    *out = (token){'m', tdm__month_named(word), 0};
    if (word.length > 0) {
        *at += word.length;
        return out->number > 0;
    }
    if (full_year(&out->number, &year_at, rules)) {
        *at = year_at;
        *out = (token){'y', out->number, 4};
        return true;
    }
    out->digits = tdm__digits(&out->number, at, 2);
    out->kind = skip_ordinal(at) ? 'o' : 'n';
    return out->digits > 0 && !is_digit(**at);
}

/* Where day, month and year stand among the tokens; day -1: none, a whole month. */
static const struct shape {
    const char *kinds;
    int day;
    int month;
    int year;
} shapes[] = {
    {"nmy", 0, 1, 2}, {"nmn", 0, 1, 2}, {"omy", 0, 1, 2}, {"omn", 0, 1, 2},
    {"mny", 1, 0, 2}, {"mnn", 1, 0, 2}, {"moy", 1, 0, 2}, {"mon", 1, 0, 2},
    {"ymn", 2, 1, 0}, {"ymo", 2, 1, 0}, {"my", -1, 0, 1}, {"ym", -1, 1, 0},
};

static bool shape_reading(tdm__reading *out, const token tokens[3], const struct shape *shape,
                          const tdm_date_rules *rules)
{
    int32_t year, month = tokens[shape->month].number;
    if (!tdm__year_of(&year, tokens[shape->year].number, tokens[shape->year].digits, rules))
        return false;
    if (shape->day < 0)
        return tdm__months_reading(out, year, month, year, month, TDM__UNIT_MONTH);
    *out = (tdm__reading){TDM_DAY_NONE, TDM_DAY_NONE, 0, TDM__UNIT_DAY};
    bool real = tdm_day_from_civil(&out->from, year, month, tokens[shape->day].number);
    out->to = out->from;
    return real;
}

/* "5 March 2024", "March 5th, 2024", "2024 Mar 5", "5-Mar-24", "Mar 2024". */
static bool month_name(tdm__reading *out, const char **at, const tdm_date_rules *rules)
{
    token tokens[3];
    char kinds[4] = {0};
    for (size_t count = 0; count < 3 && **at != '\0'; count++) {
        if (!next_token(&tokens[count], at, rules))
            return false;
        kinds[count] = tokens[count].kind;
    }
    for (size_t i = 0; i < COUNT_OF(shapes); i++)
        if (strcmp(kinds, shapes[i].kinds) == 0)
            return shape_reading(out, tokens, &shapes[i], rules);
    return false;
}

/* "Mar-24", as spreadsheets show a month. "Mar 24" is not read: it may be a day without its year. */
static bool month_hyphen_year(tdm__reading *out, const char **at, const tdm_date_rules *rules)
{
    tdm_str word = word_at(*at);
    int32_t year, month = tdm__month_named(word);
    *at += word.length;
    if (month == 0 || (**at != '-' && **at != '/'))
        return false;
    (*at)++;
    int digits = tdm__digits(&year, at, 2);
    return digits == 2 && **at == '\0' && tdm__year_of(&year, year, digits, rules) &&
           tdm__months_reading(out, year, month, year, month, TDM__UNIT_MONTH);
}

/* Thirds of a year by months, of a month by days; day 31 stands for the month's last. */
static const struct part {
    const char *name;
    int32_t first_month;
    int32_t last_month;
    int32_t first_day;
    int32_t last_day;
} parts[] = {
    {"early", 1, 4, 1, 10},
    {"mid", 5, 8, 11, 20},
    {"late", 9, 12, 21, 31},
};

static const struct part *part_named(tdm_str word)
{
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (tdm__str_equal(word, tdm__str(parts[i].name)))
            return &parts[i];
    return NULL;
}

static bool part_of_month(tdm__reading *out, const struct part *part, int32_t year, int32_t month)
{
    if (!tdm__months_reading(out, year, month, year, month, TDM__UNIT_DAY))
        return false;
    int32_t length = tdm__month_length(year, month);
    out->to = out->from + (part->last_day < length ? part->last_day : length) - 1;
    out->from += part->first_day - 1;
    return true;
}

/* "early 2023", "mid-2023", "late March 2024". */
static bool part_of_period(tdm__reading *out, const char **at, const tdm_date_rules *rules)
{
    tdm_str word = word_at(*at);
    const struct part *part = part_named(word);
    int32_t year;
    if (!part)
        return false;
    *at += word.length;
    skip_fillers(at);
    tdm_str month_word = word_at(*at);
    int32_t month = tdm__month_named(month_word);
    if (month_word.length > 0 && month == 0)
        return false;
    *at += month_word.length;
    skip_fillers(at);
    if (!full_year(&year, at, rules))
        return false;
    if (month > 0)
        return part_of_month(out, part, year, month);
    return tdm__months_reading(out, year, part->first_month, year, part->last_month, TDM__UNIT_MONTH);
}

static const struct season {
    const char *name;
    int32_t first_month;
} seasons[] = {{"spring", 3}, {"summer", 6}, {"autumn", 9}, {"winter", 12}};

/* "/23" or "/2023" behind "winter 2022": the year that it ends in. True when nothing stands there. */
static bool skip_second_year(const char **at, int32_t year)
{
    int32_t second;
    if (**at != '/' && **at != '-')
        return true;
    (*at)++;
    int digits = tdm__digits(&second, at, 4);
    return (digits == 2 && second == (year + 1) % 100) || (digits == 4 && second == year + 1);
}

/* Seasons by calendar months; winter 2022 is December 2022 to February 2023. */
static bool season(tdm__reading *out, const char **at, const tdm_date_rules *rules)
{
    tdm_str word = word_at(*at);
    int32_t year, first_month = 0;
    for (size_t i = 0; i < COUNT_OF(seasons); i++)
        if (tdm__str_equal(word, tdm__str(seasons[i].name)))
            first_month = seasons[i].first_month;
    if (first_month == 0)
        return false;
    *at += word.length;
    skip_fillers(at);
    if (!full_year(&year, at, rules))
        return false;
    bool winter = first_month == 12;
    if (winter && !skip_second_year(at, year))
        return false;
    return tdm__months_reading(out, year, first_month, winter ? year + 1 : year, winter ? 2 : first_month + 2,
                               TDM__UNIT_MONTH);
}

const tdm__date_reader tdm__uk_readers[] = {three_numbers,  month_and_year, month_name, month_hyphen_year,
                                            part_of_period, season,         NULL};
