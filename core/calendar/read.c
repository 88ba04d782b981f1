/*
 * Reading a date as written: the quick path, the doubt marked before and behind it, sets and
 * intervals, and the order in which the ways of writing are tried. The ways themselves are in
 * edtf.c, uk.c and clock.c. Nothing is allocated.
 */
#include "calendar/calendar.h"
#include "calendar/edtf.h"

#include <string.h>

#define UNCERTAIN   ((uint32_t)TDM_DATE_UNCERTAIN)
#define APPROXIMATE ((uint32_t)TDM_DATE_APPROXIMATE)
#define UNDATED     ((tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0})

/* No way of writing a date is longer, with a time and both ends of an interval. */
#define TEXT_LIMIT 128

static const tdm_date_rules default_rules = {
    .struct_size = sizeof(tdm_date_rules),
    .order = TDM_DAY_FIRST,
    .pivot = 69,
    .approximate_days = 7,
    .approximate_months = 1,
    .approximate_years = 1,
};

tdm_date_rules tdm_date_rules_default(void)
{
    return default_rules;
}

static bool rules_valid(const tdm_date_rules *rules)
{
    return rules->struct_size == sizeof *rules && rules->order >= TDM_DAY_FIRST &&
           rules->order <= TDM_ORDER_UNKNOWN && rules->pivot >= 0 && rules->pivot <= 99 &&
           rules->approximate_days >= 0 && rules->approximate_days <= 36600 &&
           rules->approximate_months >= 0 && rules->approximate_months <= 1200 &&
           rules->approximate_years >= 0 && rules->approximate_years <= 100;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static int32_t two_digits(const char *at)
{
    return (at[0] - '0') * 10 + (at[1] - '0');
}

bool tdm_day_parse_iso(tdm_day *out, tdm_str text)
{
    *out = TDM_DAY_NONE;
    if (text.length != 10 || text.data[4] != '-' || text.data[7] != '-')
        return false;
    for (size_t i = 0; i < 10; i++)
        if (i != 4 && i != 7 && !is_digit(text.data[i]))
            return false;
    return tdm_day_from_civil(out, two_digits(text.data) * 100 + two_digits(text.data + 2),
                              two_digits(text.data + 5), two_digits(text.data + 8));
}

/* One or two digits at `at` and the separator behind them; the offset behind that, or 0. */
static size_t quick_number(int32_t *out, tdm_str text, size_t at, char separator)
{
    size_t start = at;
    *out = 0;
    while (at < text.length && at < start + 2 && is_digit(text.data[at]))
        *out = *out * 10 + (text.data[at++] - '0');
    return at > start && at < text.length && text.data[at] == separator ? at + 1 : 0;
}

/* "5/3/24" and "05.03.2024" alone. */
static bool quick_numeric(tdm_date *out, tdm_str text, const tdm_date_rules *rules)
{
    int32_t first, second, year = 0;
    tdm__reading reading;
    if (text.length < 6 || text.length > 10)
        return false;
    char separator = text.data[is_digit(text.data[1]) ? 2 : 1];
    if (separator != '/' && separator != '.' && separator != '-')
        return false;
    size_t at = quick_number(&first, text, 0, separator);
    at = at > 0 ? quick_number(&second, text, at, separator) : 0;
    if (at == 0 || text.length - at > 4)
        return false;
    int digits = (int)(text.length - at);
    for (; at < text.length; at++) {
        if (!is_digit(text.data[at]))
            return false;
        year = year * 10 + (text.data[at] - '0');
    }
    if (!tdm__year_of(&year, year, digits, rules) ||
        !tdm__numeric_reading(&reading, first, second, year, rules))
        return false;
    *out = (tdm_date){reading.from, reading.to, reading.flags};
    return true;
}

/* "14:30" and "14:30:00" behind a day. */
static bool quick_time(int32_t *minute, tdm_str text)
{
    if ((text.length != 5 && text.length != 8) || text.data[2] != ':')
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (i % 3 == 2 ? text.data[i] != ':' : !is_digit(text.data[i]))
            return false;
    int32_t hours = two_digits(text.data), minutes = two_digits(text.data + 3);
    if (hours > 23 || minutes > 59 || (text.length == 8 && two_digits(text.data + 6) > 59))
        return false;
    *minute = hours * 60 + minutes;
    return true;
}

/* What nearly all rows of nearly all returns hold, read in place; anything else is left to the rest. */
static bool quick(tdm_date *out, int32_t *minute, tdm_str text, const tdm_date_rules *rules)
{
    tdm_day day;
    tdm_str date = text;
    if (text.length > 10) {
        size_t space = text.data[10] == ' ' || text.data[10] == 'T' ? 10 : 0;
        for (size_t at = 6; space == 0 && at < 10; at++)
            space = text.data[at] == ' ' ? at : 0;
        if (space == 0 || !quick_time(minute, (tdm_str){text.data + space + 1, text.length - space - 1}))
            return false;
        date.length = space;
    }
    if (tdm_day_parse_iso(&day, date)) {
        *out = (tdm_date){day, day, 0};
        return true;
    }
    return quick_numeric(out, date, rules);
}

/* What is no ASCII but stands in dates that come from word processors. */
static const struct lookalike {
    const char *bytes;
    char plain;
} lookalikes[] = {
    {"\xC2\xA0", ' '},      /* no-break space */
    {"\xE2\x80\x89", ' '},  /* thin space */
    {"\xE2\x80\xAF", ' '},  /* narrow no-break space */
    {"\xE2\x80\x90", '-'},  /* hyphen */
    {"\xE2\x80\x91", '-'},  /* no-break hyphen */
    {"\xE2\x80\x93", '-'},  /* en dash */
    {"\xE2\x80\x98", '\''}, /* single quotes */
    {"\xE2\x80\x99", '\''},
};

/* One character of the text as lower-case ASCII, *at moved behind it; 0 when it has no such form. */
static char plain_character(tdm_str text, size_t *at)
{
    char c = text.data[*at];
    if ((unsigned char)c < 0x80) {
        (*at)++;
        if (c >= '\t' && c <= '\r')
            return ' ';
        if (c >= 'A' && c <= 'Z')
            return (char)(c + 32);
        return c >= ' ' && c <= '~' ? c : '\0';
    }
    tdm_str rest = {text.data + *at, text.length - *at};
    for (size_t i = 0; i < sizeof lookalikes / sizeof *lookalikes; i++) {
        tdm_str bytes = tdm__str(lookalikes[i].bytes);
        if (tdm__str_starts(rest, bytes)) {
            *at += bytes.length;
            return lookalikes[i].plain;
        }
    }
    return '\0';
}

static bool plain_text(char out[TEXT_LIMIT], tdm_str text)
{
    size_t length = 0;
    for (size_t at = 0; at < text.length;) {
        char c = plain_character(text, &at);
        if (c == '\0' || length + 1 >= TEXT_LIMIT)
            return false;
        if (c != ' ' || (length > 0 && out[length - 1] != ' '))
            out[length++] = c;
    }
    if (length > 0 && out[length - 1] == ' ')
        length--;
    out[length] = '\0';
    return true;
}

typedef struct mark {
    const char *text;
    uint32_t flags;
} mark;

/* A longer word stands before its beginning. */
static const mark marks_before[] = {
    {"approximately", APPROXIMATE},
    {"approx.", APPROXIMATE},
    {"approx", APPROXIMATE},
    {"roughly", APPROXIMATE},
    {"around", APPROXIMATE},
    {"about", APPROXIMATE},
    {"circa", APPROXIMATE},
    {"ca.", APPROXIMATE},
    {"ca", APPROXIMATE},
    {"c.", APPROXIMATE},
    {"c", APPROXIMATE},
    {"~", APPROXIMATE},
    {"perhaps", UNCERTAIN},
    {"possibly", UNCERTAIN},
    {"probably", UNCERTAIN},
    {"maybe", UNCERTAIN},
    {"?", UNCERTAIN},
    {"%", UNCERTAIN | APPROXIMATE},
    {"in", 0},
    {"on", 0},
};

static const mark marks_behind[] = {
    {"(?)", UNCERTAIN},         {"?", UNCERTAIN},
    {"~", APPROXIMATE},         {"%", UNCERTAIN | APPROXIMATE},
    {" (approx)", APPROXIMATE}, {" (approx.)", APPROXIMATE},
    {" approx", APPROXIMATE},   {" approx.", APPROXIMATE},
};

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

static char *without_space(char *text)
{
    text += *text == ' ';
    size_t length = strlen(text);
    if (length > 0 && text[length - 1] == ' ')
        text[length - 1] = '\0';
    return text;
}

static const mark *mark_before(const char *text)
{
    if (is_digit(*text))
        return NULL;
    for (size_t i = 0; i < COUNT_OF(marks_before); i++) {
        size_t length = strlen(marks_before[i].text);
        if (strncmp(text, marks_before[i].text, length) != 0)
            continue;
        /* "c2019" and "c march 2019", but not the beginning of a longer word. */
        if (!is_letter(text[length - 1]) || text[length] == ' ' || is_digit(text[length]))
            return &marks_before[i];
    }
    return NULL;
}

static const mark *mark_behind(const char *text)
{
    size_t length = strlen(text);
    if (length == 0 || is_digit(text[length - 1]))
        return NULL;
    for (size_t i = 0; i < COUNT_OF(marks_behind); i++) {
        size_t size = strlen(marks_behind[i].text);
        if (length > size && strcmp(text + length - size, marks_behind[i].text) == 0)
            return &marks_behind[i];
    }
    return NULL;
}

static char *without_marks_behind(char *text, uint32_t *flags)
{
    for (const mark *found; (found = mark_behind(text)) != NULL;) {
        *flags |= found->flags;
        text[strlen(text) - strlen(found->text)] = '\0';
        text = without_space(text);
    }
    return text;
}

static char *without_marks(char *text, uint32_t *flags)
{
    text = without_space(text);
    for (const mark *found; (found = mark_before(text)) != NULL;) {
        *flags |= found->flags;
        text = without_space(text + strlen(found->text));
    }
    return without_marks_behind(text, flags);
}

static const struct weekday_name {
    const char *text;
    int32_t weekday;
} weekday_names[] = {
    {"monday", 0}, {"mon", 0}, {"tuesday", 1},  {"tues", 1},  {"tue", 1},    {"wednesday", 2},
    {"weds", 2},   {"wed", 2}, {"thursday", 3}, {"thurs", 3}, {"thur", 3},   {"thu", 3},
    {"friday", 4}, {"fri", 4}, {"saturday", 5}, {"sat", 5},   {"sunday", 6}, {"sun", 6},
};

/* Takes "Tues " or "Tuesday, " off; -1 when no weekday stands there. */
static int32_t weekday_before(char **text)
{
    if (is_digit(**text))
        return -1;
    for (size_t i = 0; i < COUNT_OF(weekday_names); i++) {
        size_t length = strlen(weekday_names[i].text);
        const char *behind = *text + length;
        if (strncmp(*text, weekday_names[i].text, length) != 0 || is_letter(*behind))
            continue;
        *text = without_space(*text + length + (*behind == ',' || *behind == '.'));
        return weekday_names[i].weekday;
    }
    return -1;
}

/* "~" in the unit in which each end is told; the calendar's own ends stand. */
static void widen(tdm__reading *reading, const tdm_date_rules *rules)
{
    int32_t months = reading->unit == TDM__UNIT_YEAR ? 12 * rules->approximate_years
                                                     : rules->approximate_months;
    if (reading->unit == TDM__UNIT_DAY) {
        reading->from = tdm__day_clamped((int64_t)reading->from - rules->approximate_days);
        reading->to = tdm__day_clamped((int64_t)reading->to + rules->approximate_days);
        return;
    }
    reading->from = tdm_day_add_months(reading->from, -months);
    /* By the first of the next month, so that the end stays a month's end. */
    if (reading->to < TDM__LAST_DAY)
        reading->to = tdm_day_add_months(reading->to + 1, months);
    if (reading->to < TDM__LAST_DAY)
        reading->to--;
}

/* What stands behind the date: nothing, or a time behind a day. */
static bool read_rest(int32_t *minute, const char *rest, int32_t unit)
{
    *minute = -1;
    if (*rest == '\0')
        return true;
    if (unit != TDM__UNIT_DAY)
        return false;
    if (rest[0] == 't' && is_digit(rest[1]))
        return tdm__time_read(minute, rest + 1);
    if (*rest != ' ' && *rest != ',' && *rest != '@')
        return false;
    rest += strspn(rest, " ,");
    if (strncmp(rest, "at ", 3) == 0)
        rest += 3;
    rest += strspn(rest, "@ ");
    return tdm__time_read(minute, rest);
}

static bool read_by(tdm__date_reader reader, tdm__reading *out, int32_t *minute, const char *text,
                    const tdm_date_rules *rules)
{
    return reader(out, &text, rules) && read_rest(minute, text, out->unit);
}

/* One date with its marks of doubt. `flags`: doubt that is marked on the whole set. */
static bool read_single(tdm__reading *out, int32_t *minute, char *text, uint32_t flags,
                        const tdm_date_rules *rules)
{
    text = without_marks(text, &flags);
    int32_t weekday = weekday_before(&text);
    bool found = read_by(tdm__edtf_reading, out, minute, text, rules);
    for (size_t i = 0; !found && tdm__uk_readers[i]; i++)
        found = read_by(tdm__uk_readers[i], out, minute, text, rules);
    if (!found)
        return false;
    /* A weekday that is not the day's own: one of the two was written wrongly. */
    if (weekday >= 0 && out->from == out->to && tdm__weekday(out->from) != weekday)
        flags |= UNCERTAIN;
    out->flags |= flags;
    if (flags & APPROXIMATE)
        widen(out, rules);
    return true;
}

static bool is_open(const char *end)
{
    return *end == '\0' || strcmp(end, "..") == 0;
}

/* Some day from `first` to `last`; either may be left open, not both. */
static bool read_between(tdm_date *out, char *first, char *last, uint32_t flags, const tdm_date_rules *rules)
{
    int32_t unused;
    tdm__reading from = {TDM_DAY_BEFORE_ALL, TDM_DAY_BEFORE_ALL, flags, 0};
    tdm__reading to = {TDM_DAY_AFTER_ALL, TDM_DAY_AFTER_ALL, flags, 0};
    first = without_space(first);
    last = without_space(last);
    if (is_open(first) && is_open(last))
        return false;
    if (!is_open(first) && !read_single(&from, &unused, first, flags, rules))
        return false;
    if (!is_open(last) && !read_single(&to, &unused, last, flags, rules))
        return false;
    if (from.from > to.to)
        return false;
    *out = (tdm_date){from.from, to.to, from.flags | to.flags};
    return true;
}

/* "[a..b]", with doubt marked behind the bracket. */
static bool read_set(tdm_date *out, char *text, const tdm_date_rules *rules)
{
    uint32_t flags = 0;
    text = without_marks_behind(text, &flags);
    size_t length = strlen(text);
    char *dots = strstr(text, "..");
    if (!dots || text[length - 1] != ']')
        return false;
    text[length - 1] = '\0';
    *dots = '\0';
    return read_between(out, text + 1, dots + 2, flags, rules);
}

/* "a/b": an end that is left open is written "..", never left out. */
static bool read_interval(tdm_date *out, char *text, const tdm_date_rules *rules)
{
    char *slash = strchr(text, '/');
    if (!slash || strchr(slash + 1, '/') || slash == text || slash[1] == '\0')
        return false;
    *slash = '\0';
    return read_between(out, text, slash + 1, 0, rules);
}

static bool read_plain(tdm_date *out, int32_t *minute, char text[TEXT_LIMIT], const tdm_date_rules *rules)
{
    char copy[TEXT_LIMIT]; /* the readers cut the text up, and "3/2024" is to be tried in two ways */
    tdm__reading reading;
    if (text[0] == '[')
        return read_set(out, text, rules);
    memcpy(copy, text, TEXT_LIMIT);
    if (!read_single(&reading, minute, copy, 0, rules)) {
        *minute = -1;
        return read_interval(out, text, rules);
    }
    *out = (tdm_date){reading.from, reading.to, reading.flags};
    return true;
}

tdm_status tdm_date_parse(tdm_date *out, int32_t *minute, tdm_str text, const tdm_date_rules *rules)
{
    char plain[TEXT_LIMIT] = {0};
    int32_t unused;
    minute = minute ? minute : &unused;
    rules = rules ? rules : &default_rules;
    *out = UNDATED;
    *minute = -1;
    if (!rules_valid(rules))
        return TDM_INVALID_ARG;
    if (quick(out, minute, text, rules))
        return TDM_OK;
    *minute = -1;
    text = tdm__str_trimmed(text);
    if (text.length == 0)
        return TDM_OK;
    if (plain_text(plain, text) && read_plain(out, minute, plain, rules))
        return TDM_OK;
    *out = UNDATED;
    *minute = -1;
    return TDM_INVALID_INPUT;
}
