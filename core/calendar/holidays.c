/*
 * Reading a bank-holiday file or a file of terms from a buffer. Which days count as working days is in
 * working_days.c.
 */
#include "calendar/holidays.h"

struct holiday_file;

/* What the two files differ in. */
typedef struct file_form {
    const char *whose; /* the comment line that must stand there */
    const char *heading;
    const char *heading_expected, *comments_expected;
    tdm_status (*read_row)(struct holiday_file *file, tdm_str line);
} file_form;

typedef struct holiday_file {
    const file_form *form;
    tdm_holidays *holidays;
    const tdm_holidays *bank; /* of terms: the bank holidays beside them */
    size_t bank_at;           /* the first of them not yet passed */
    tdm_place place;
    tdm_day last; /* the last day that the row before is of */
    bool has_whose;
    bool has_heading;
    tdm_error *error;
} holiday_file;

static tdm_status fail(const holiday_file *file, const char *message)
{
    return tdm__fail_at(file->error, TDM_INVALID_INPUT, file->place, "%s", message);
}

/* "# known-from: 2010-01-01". Any other comment says what it likes. */
static tdm_status read_comment(holiday_file *file, tdm_str line)
{
    tdm_str name = tdm__str_trimmed(tdm__str_split(&line, ':'));
    tdm_str value = tdm__str_trimmed(line);
    if (tdm__str_equal(name, tdm__str(file->form->whose))) {
        file->has_whose = value.length > 0;
        return file->has_whose ? TDM_OK : fail(file, "a name is missing behind the colon");
    }
    tdm_day *known = NULL;
    if (tdm__str_equal(name, TDM_LIT("known-from")))
        known = &file->holidays->known_from;
    else if (tdm__str_equal(name, TDM_LIT("known-until")))
        known = &file->holidays->known_until;
    if (known && !tdm_day_parse_iso(known, value))
        return fail(file, "expected a day such as 2010-01-01 behind known-from and known-until");
    return TDM_OK;
}

static tdm_status read_heading(holiday_file *file, tdm_str line)
{
    const tdm_holidays *holidays = file->holidays;
    if (!tdm__str_equal(line, tdm__str(file->form->heading)))
        return fail(file, file->form->heading_expected);
    if (!file->has_whose || holidays->known_from == TDM_DAY_NONE || holidays->known_until == TDM_DAY_NONE)
        return fail(file, file->form->comments_expected);
    if (holidays->known_from > holidays->known_until)
        return fail(file, "known-until lies before known-from");
    if (file->bank &&
        (holidays->known_from < file->bank->known_from || holidays->known_until > file->bank->known_until))
        return fail(file, "terms outside the days for which bank holidays are known");
    file->has_heading = true;
    return TDM_OK;
}

static tdm_status add_day(holiday_file *file, tdm_day day)
{
    tdm_holidays *holidays = file->holidays;
    if (tdm__weekday(day) >= 5)
        return TDM_OK;
    tdm_day *grown = tdm__grown(&holidays->allocator, holidays->days, &holidays->capacity,
                                holidays->count + 1, sizeof *grown);
    if (!grown)
        return tdm__no_memory(file->error);
    holidays->days = grown;
    holidays->days[holidays->count++] = day;
    return TDM_OK;
}

static tdm_status read_holiday(holiday_file *file, tdm_str line)
{
    tdm_holidays *holidays = file->holidays;
    tdm_day day;
    tdm_str date = tdm__str_split(&line, ',');
    if (!tdm_day_parse_iso(&day, tdm__str_trimmed(date)) || tdm__str_trimmed(line).length == 0)
        return fail(file, "expected a day such as 2024-03-29, a comma and the name of the holiday");
    if (day < holidays->known_from || day > holidays->known_until)
        return fail(file, "a holiday outside the period that the file says it is known for");
    if (file->last != TDM_DAY_NONE && day <= file->last)
        return fail(file, "the holidays are not in the order of their dates, or one stands twice");
    file->last = day;
    return add_day(file, day);
}

/* --- terms --- */

/* Days behind the last one up to `day` on which schools are closed: all of them, or in term the bank
 * holidays. */
static tdm_status close_until(holiday_file *file, tdm_day day, bool term)
{
    const tdm_holidays *bank = file->bank;
    tdm_status status = TDM_OK;
    for (tdm_day at = file->last + 1; at <= day && status == TDM_OK; at++) {
        while (file->bank_at < bank->count && bank->days[file->bank_at] < at)
            file->bank_at++;
        if (!term || (file->bank_at < bank->count && bank->days[file->bank_at] == at))
            status = add_day(file, at);
    }
    file->last = day;
    return status;
}

static tdm_status read_term(holiday_file *file, tdm_str line)
{
    const tdm_holidays *school = file->holidays;
    tdm_day from, to;
    tdm_str first = tdm__str_split(&line, ','), last = tdm__str_split(&line, ',');
    if (!tdm_day_parse_iso(&from, tdm__str_trimmed(first)) ||
        !tdm_day_parse_iso(&to, tdm__str_trimmed(last)) || tdm__str_trimmed(line).length == 0)
        return fail(file, "expected two days such as 2024-09-02,2024-10-25, a comma and a name");
    if (from < school->known_from || to > school->known_until)
        return fail(file, "days outside the period that the file says it is known for");
    if (from > to || (file->last != TDM_DAY_NONE && from <= file->last))
        return fail(file, "the stretches are not in order, or one lies in another");
    if (file->last == TDM_DAY_NONE)
        file->last = school->known_from - 1;
    tdm_status status = close_until(file, from - 1, false);
    return status == TDM_OK ? close_until(file, to, true) : status;
}

/* --- files --- */

static const file_form bank_form = {
    "nation", "date,name", "expected the heading date,name",
    "expected comment lines nation, known-from and known-until before the heading", read_holiday};
static const file_form term_form = {
    "area", "from,to,name", "expected the heading from,to,name",
    "expected comment lines area, known-from and known-until before the heading", read_term};

static tdm_status read_line(holiday_file *file, tdm_str line)
{
    if (line.length == 0)
        return TDM_OK;
    if (line.data[0] == '#')
        return read_comment(file, (tdm_str){line.data + 1, line.length - 1});
    return file->has_heading ? file->form->read_row(file, line) : read_heading(file, line);
}

static tdm_status read_lines(holiday_file *file, tdm_str text)
{
    tdm_status status = TDM_OK;
    if (tdm__str_starts(text, TDM_LIT("\xEF\xBB\xBF")))
        tdm__str_split(&text, '\xBF');
    while (status == TDM_OK && text.length > 0) {
        file->place.line++;
        status = read_line(file, tdm__str_trimmed(tdm__str_split(&text, '\n')));
    }
    return status == TDM_OK && !file->has_heading ? fail(file, file->form->heading_expected) : status;
}

static tdm_holidays *holidays_new(const tdm_allocator *allocator)
{
    tdm_holidays *holidays = tdm__alloc_zeroed(allocator, 1, sizeof *holidays);
    if (!holidays)
        return NULL;
    holidays->allocator = *allocator;
    holidays->known_from = holidays->known_until = TDM_DAY_NONE;
    return holidays;
}

tdm_status tdm_holidays_parse(tdm_holidays **out, const tdm_allocator *allocator, tdm_str text,
                              tdm_str file_name, tdm_error *error)
{
    *out = NULL;
    tdm__error_clear(error);
    tdm_holidays *holidays = holidays_new(allocator);
    if (!holidays)
        return tdm__no_memory(error);
    holiday_file file = {.form = &bank_form,
                         .holidays = holidays,
                         .place = {file_name, 0, 0},
                         .last = TDM_DAY_NONE,
                         .error = error};
    tdm_status status = read_lines(&file, text);
    if (status != TDM_OK) {
        tdm_holidays_free(holidays);
        return status;
    }
    *out = holidays;
    return TDM_OK;
}

tdm_status tdm_holidays_add_terms(tdm_holidays *holidays, tdm_str text, tdm_str file_name, tdm_error *error)
{
    tdm__error_clear(error);
    tdm_holidays *school = holidays_new(&holidays->allocator);
    if (!school)
        return tdm__no_memory(error);
    holiday_file file = {.form = &term_form,
                         .holidays = school,
                         .bank = holidays,
                         .place = {file_name, 0, 0},
                         .last = TDM_DAY_NONE,
                         .error = error};
    tdm_status status = read_lines(&file, text);
    if (status == TDM_OK && file.last == TDM_DAY_NONE)
        status = fail(&file, "expected at least one stretch of days on which schools are open");
    if (status == TDM_OK)
        status = close_until(&file, school->known_until, false);
    if (status != TDM_OK) {
        tdm_holidays_free(school);
        return status;
    }
    tdm_holidays_free(holidays->school);
    holidays->school = school;
    return TDM_OK;
}

const tdm_holidays *tdm_school_days(const tdm_holidays *holidays)
{
    return holidays ? holidays->school : NULL;
}

void tdm_holidays_free(tdm_holidays *holidays)
{
    if (!holidays)
        return;
    tdm_allocator allocator = holidays->allocator;
    if (holidays->school)
        tdm__free(&allocator, holidays->school->days);
    tdm__free(&allocator, holidays->school);
    tdm__free(&allocator, holidays->days);
    tdm__free(&allocator, holidays);
}
