/*
 * Cells to text (see workbook_cell.h). Decimal digits are handled as digits: no floating point, no
 * locale, the same text everywhere.
 */
#include "ingest/workbook_cell.h"

#include <stdio.h>
#include <string.h>
#include <tidemark/calendar.h>

#define DIGITS_KEPT   17 /* as many as a double has */
#define DIGITS_SHOWN  15 /* as many as Excel shows; those behind come from binary fractions */
#define EXPONENT_MAX  20 /* numbers beyond are left as they are written */
#define DAY_SECONDS   86400
#define SERIAL_MAX    2958465 /* 9999-12-31 in the 1900 system */
#define SERIAL_1904   1462    /* 1904-01-01, with which the other system starts */
#define SERIAL_NO_DAY 60      /* 29 February 1900, which Excel has and the calendar has not */

/* value = 0.d1 d2 d3... * 10^exponent */
typedef struct decimal {
    bool negative, whole; /* whole: written without point and exponent */
    int32_t digits[DIGITS_KEPT];
    int32_t count, exponent;
} decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool read_exponent(int32_t *out, tdm_str text)
{
    int64_t number;
    *out = 0;
    if (!tdm__str_to_int64(&number, text) || number < -400 || number > 400)
        return false;
    *out = (int32_t)number;
    return true;
}

/* One digit; those in front of the first that is not 0 only move the point. */
static void add_digit(decimal *d, int32_t digit, bool behind_point)
{
    bool leads = d->count == 0 && digit == 0;
    if (!leads && d->count < DIGITS_KEPT)
        d->digits[d->count++] = digit;
    if (!behind_point && !leads)
        d->exponent++;
    else if (behind_point && leads)
        d->exponent--;
}

static bool read_decimal(decimal *d, tdm_str text)
{
    size_t at = 0, seen = 0;
    bool behind_point = false;
    *d = (decimal){.whole = true};
    if (at < text.length && (text.data[at] == '-' || text.data[at] == '+'))
        d->negative = text.data[at++] == '-';
    for (; at < text.length; at++) {
        char c = text.data[at];
        if (c == '.' && !behind_point) {
            behind_point = true;
            d->whole = false;
        } else if (is_digit(c)) {
            add_digit(d, c - '0', behind_point);
            seen++;
        } else {
            break;
        }
    }
    int32_t exponent = 0;
    if (at < text.length) {
        if (text.data[at] != 'e' && text.data[at] != 'E')
            return false;
        d->whole = false;
        if (!read_exponent(&exponent, (tdm_str){text.data + at + 1, text.length - at - 1}))
            return false;
    }
    d->exponent += exponent;
    return seen > 0;
}

static void drop_zeros(decimal *d)
{
    while (d->count > 0 && d->digits[d->count - 1] == 0)
        d->count--;
    if (d->count == 0) {
        d->exponent = 0;
        d->negative = false;
    }
}

static void round_decimal(decimal *d)
{
    if (d->count > DIGITS_SHOWN) {
        bool up = d->digits[DIGITS_SHOWN] >= 5;
        d->count = DIGITS_SHOWN;
        int32_t at = DIGITS_SHOWN;
        while (up && at > 0) {
            up = ++d->digits[--at] == 10;
            d->digits[at] %= 10;
        }
        if (up) { /* 9.99... became 10 */
            d->digits[0] = 1;
            d->count = 1;
            d->exponent++;
        }
    }
    drop_zeros(d);
}

static bool put_number(char out[TDM__CELL_TEXT_SIZE], const decimal *d)
{
    size_t at = 0;
    if (d->exponent > EXPONENT_MAX || d->exponent < -EXPONENT_MAX)
        return false;
    if (d->negative)
        out[at++] = '-';
    if (d->exponent <= 0)
        out[at++] = '0';
    int32_t first = d->exponent < 0 ? d->exponent : 0;
    int32_t last = d->exponent > d->count ? d->exponent : d->count;
    for (int32_t i = first; i < last; i++) {
        if (i == d->exponent)
            out[at++] = '.';
        out[at++] = (char)('0' + (i >= 0 && i < d->count ? d->digits[i] : 0));
    }
    out[at] = '\0';
    return true;
}

/* Whole days, and the seconds of the day to the nearest one. */
static bool split_serial(int64_t *days, int64_t *seconds, const decimal *d)
{
    int64_t fraction = 0, one = 1;
    *days = *seconds = 0;
    if (d->negative || d->exponent > 7)
        return false;
    for (int32_t i = 0; i < d->exponent; i++)
        *days = *days * 10 + (i < d->count ? d->digits[i] : 0);
    for (int32_t i = d->exponent; i < d->count && one < INT64_C(1000000000000); i++) {
        fraction = fraction * 10 + (i >= 0 ? d->digits[i] : 0);
        one *= 10;
    }
    *seconds = (fraction * DAY_SECONDS + one / 2) / one;
    *days += *seconds / DAY_SECONDS;
    *seconds %= DAY_SECONDS;
    return true;
}

static void put_clock(char *out, int64_t seconds, bool pad)
{
    int hours = (int)(seconds / 3600), minutes = (int)(seconds / 60 % 60);
    int written = snprintf(out, 24, pad ? "%02d:%02d" : "%d:%02d", hours, minutes);
    if (seconds % 60 != 0)
        snprintf(out + written, 8, ":%02d", (int)(seconds % 60));
}

static bool put_day(char out[TDM__CELL_TEXT_SIZE], int64_t serial, bool from_1904)
{
    tdm_day origin;
    int32_t year, month, day_of_month;
    serial += from_1904 ? SERIAL_1904 : 0;
    if (serial > SERIAL_MAX || !tdm_day_from_civil(&origin, 1899, 12, 30))
        return false;
    if (serial == SERIAL_NO_DAY) {
        snprintf(out, TDM__CELL_TEXT_SIZE, "1900-02-29"); /* told as no date where it is read */
        return true;
    }
    tdm_day_to_civil((tdm_day)(origin + serial + (serial < SERIAL_NO_DAY)), &year, &month, &day_of_month);
    snprintf(out, TDM__CELL_TEXT_SIZE, "%04d-%02d-%02d", (int)year, (int)month, (int)day_of_month);
    return true;
}

static bool put_moment(char out[TDM__CELL_TEXT_SIZE], const decimal *d, tdm__cell_form form, bool from_1904)
{
    int64_t days, seconds;
    if (!split_serial(&days, &seconds, d))
        return false;
    if (form == TDM__SHOWN_SPAN) {
        put_clock(out, days * DAY_SECONDS + seconds, false);
        return true;
    }
    bool has_day = days > 0 || (from_1904 && form == TDM__SHOWN_DATE);
    if (!has_day && form == TDM__SHOWN_DATE && seconds == 0)
        return false; /* 0 is no day */
    if (has_day && !put_day(out, days, from_1904))
        return false;
    size_t at = strlen(out);
    if (has_day && (seconds > 0 || form == TDM__SHOWN_TIME))
        out[at++] = ' ';
    if (!has_day || seconds > 0 || form == TDM__SHOWN_TIME)
        put_clock(out + at, seconds, true);
    return true;
}

bool tdm__cell_number_text(char out[TDM__CELL_TEXT_SIZE], tdm_str number, tdm__cell_form form, bool from_1904)
{
    decimal d;
    out[0] = '\0';
    number = tdm__str_trimmed(number);
    if (!read_decimal(&d, number))
        return false;
    bool as_written = d.whole && number.length < TDM__CELL_TEXT_SIZE;
    round_decimal(&d);
    if (form != TDM__SHOWN_NUMBER && put_moment(out, &d, form, from_1904))
        return true;
    out[0] = '\0';
    return !as_written && put_number(out, &d);
}

bool tdm__cell_iso_text(char out[TDM__CELL_TEXT_SIZE], tdm_str written)
{
    written = tdm__str_trimmed(written);
    out[0] = '\0';
    if (written.length >= TDM__CELL_TEXT_SIZE || written.length < 10)
        return false;
    memcpy(out, written.data, written.length);
    out[written.length] = '\0';
    if (out[10] == 'T')
        out[10] = ' ';
    if (strncmp(out + 10, " 00:00:00", 9) == 0)
        out[10] = '\0';
    return true;
}

bool tdm__cell_is_error(tdm_str text)
{
    static const char *const names[] = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tdm__str_equal(text, tdm__str(names[i])))
            return true;
    return false;
}

/* The code point of "_xHHHH_" at the start of the text; -1: there is none. */
static int32_t escaped(tdm_str text)
{
    int32_t code = 0;
    if (text.length < 7 || text.data[1] != 'x' || text.data[6] != '_')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        char c = text.data[i];
        bool letter = (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
        if (!is_digit(c) && !letter)
            return -1;
        code = code * 16 + (is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return code >= 0xd800 && code <= 0xdfff ? -1 : code;
}

void tdm__cell_put_text(tdm__text *out, tdm_str text)
{
    const char *found;
    while (text.length > 0 && (found = memchr(text.data, '_', text.length)) != NULL) {
        size_t before = (size_t)(found - text.data);
        tdm__text_bytes(out, text.data, before);
        text = (tdm_str){found, text.length - before};
        int32_t code = escaped(text);
        size_t taken = code < 0 ? 1 : 7;
        if (code < 0)
            tdm__text_char(out, '_');
        else if (code >= 0x20 || code == '\t' || code == '\n')
            tdm__utf8_put(out, (uint32_t)code); /* other control characters have no meaning in a text */
        text = (tdm_str){text.data + taken, text.length - taken};
    }
    tdm__text_add(out, text);
}

/* --- number formats --- */

typedef struct id_range {
    int64_t from, to;
    tdm__cell_form form;
} id_range;

static const id_range built_in[] = {
    {14, 17, TDM__SHOWN_DATE}, {18, 21, TDM__SHOWN_TIME}, {22, 22, TDM__SHOWN_DATE},
    {27, 36, TDM__SHOWN_DATE}, {45, 45, TDM__SHOWN_TIME}, {46, 46, TDM__SHOWN_SPAN},
    {47, 47, TDM__SHOWN_TIME}, {50, 58, TDM__SHOWN_DATE},
};

tdm__cell_form tdm__cell_form_built_in(int64_t id)
{
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (id >= built_in[i].from && id <= built_in[i].to)
            return built_in[i].form;
    return TDM__SHOWN_NUMBER;
}

/* Behind what stands for itself: a quoted text, an escaped or filling character. */
static size_t behind_literal(tdm_str code, size_t at)
{
    if (code.data[at] == '"') {
        const char *close = memchr(code.data + at + 1, '"', code.length - at - 1);
        return close ? (size_t)(close - code.data) + 1 : code.length;
    }
    return at + 2;
}

/* "[h]", "[mm]"; not "[Magenta]". */
static bool is_span(tdm_str code, size_t at)
{
    size_t end = at + 1;
    while (end < code.length && end < at + 4 && strchr("hHmMsS", code.data[end]))
        end++;
    return end > at + 1 && end < code.length && code.data[end] == ']';
}

tdm__cell_form tdm__cell_form_of_code(tdm_str code)
{
    bool day = false, month = false, clock = false;
    size_t at = 0;
    while (at < code.length && code.data[at] != ';' && code.data[at] != '\0') {
        char c = code.data[at];
        if (strchr("\"\\_*", c)) {
            at = behind_literal(code, at);
            continue;
        }
        if (c == '[') {
            if (is_span(code, at))
                return TDM__SHOWN_SPAN;
            const char *close = memchr(code.data + at, ']', code.length - at);
            at = close ? (size_t)(close - code.data) : code.length;
        }
        day |= strchr("yYdD", c) != NULL;
        month |= c == 'm' || c == 'M';
        clock |= strchr("hHsS", c) != NULL;
        at++;
    }
    if (day || (month && !clock))
        return TDM__SHOWN_DATE;
    return clock ? TDM__SHOWN_TIME : TDM__SHOWN_NUMBER;
}
