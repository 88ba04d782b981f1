/*
 * Reading a bank-holiday file from a buffer. Which days count as working days is in
 * working_days.c.
 */
#include "calendar/holidays.h"

typedef struct holiday_file {
    tdm_holidays *holidays;
    tdm_place place;
    tdm_day last; /* the date of the row before */
    bool has_nation;
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
    if (tdm__str_equal(name, TDM_LIT("nation"))) {
        file->has_nation = value.length > 0;
        return file->has_nation ? TDM_OK : fail(file, "the nation is missing");
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
    if (!tdm__str_equal(line, TDM_LIT("date,name")))
        return fail(file, "expected the heading date,name");
    if (!file->has_nation || holidays->known_from == TDM_DAY_NONE || holidays->known_until == TDM_DAY_NONE)
        return fail(file, "expected comment lines nation, known-from and known-until before the heading");
    if (holidays->known_from > holidays->known_until)
        return fail(file, "known-until lies before known-from");
    file->has_heading = true;
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

static tdm_status read_line(holiday_file *file, tdm_str line)
{
    if (line.length == 0)
        return TDM_OK;
    if (line.data[0] == '#')
        return read_comment(file, (tdm_str){line.data + 1, line.length - 1});
    return file->has_heading ? read_holiday(file, line) : read_heading(file, line);
}

tdm_status tdm_holidays_parse(tdm_holidays **out, const tdm_allocator *allocator, tdm_str text,
                              tdm_str file_name, tdm_error *error)
{
    *out = NULL;
    tdm__error_clear(error);
    tdm_holidays *holidays = tdm__alloc_zeroed(allocator, 1, sizeof *holidays);
    if (!holidays)
        return tdm__no_memory(error);
    holidays->allocator = *allocator;
    holidays->known_from = holidays->known_until = TDM_DAY_NONE;
    holiday_file file = {
        .holidays = holidays, .place = {file_name, 0, 0}, .last = TDM_DAY_NONE, .error = error};
    tdm_status status = TDM_OK;
    if (tdm__str_starts(text, TDM_LIT("\xEF\xBB\xBF")))
        tdm__str_split(&text, '\xBF');
    while (status == TDM_OK && text.length > 0) {
        file.place.line++;
        status = read_line(&file, tdm__str_trimmed(tdm__str_split(&text, '\n')));
    }
    if (status == TDM_OK && !file.has_heading)
        status = fail(&file, "expected the heading date,name");
    if (status != TDM_OK) {
        tdm_holidays_free(holidays);
        return status;
    }
    *out = holidays;
    return TDM_OK;
}

void tdm_holidays_free(tdm_holidays *holidays)
{
    if (!holidays)
        return;
    tdm_allocator allocator = holidays->allocator;
    tdm__free(&allocator, holidays->days);
    tdm__free(&allocator, holidays);
}
