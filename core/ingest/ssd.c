/*
 * One table of the Standard Safeguarding Dataset as CSV: its rows as events, or as what is known of
 * children and families. Tables are read one by one: what only a join of two would tell is not read.
 */
#include "ingest/ssd.h"

#include <string.h>

static const char agency_code[] = "childrens-social-care";

typedef struct ssd {
    tdm__national national;
    const tdm__ssd_table *table;
} ssd;

static const tdm_date undated = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};

bool tdm__ssd_recognised(tdm_str content)
{
    return tdm__ssd_table_of(content) != NULL;
}

static bool holds_dates(const void *payload, size_t at)
{
    const ssd *reading = payload;
    return tdm__national_holds_dates(&reading->national, &reading->table->form.fields[at]);
}

static const char *column_name(const void *payload, size_t at)
{
    const ssd *reading = payload;
    return reading->table->form.fields[at].name;
}

/* --- rows --- */

static tdm_status read_event_row(bool *landed, void *payload, const tdm_str *values, int32_t row)
{
    ssd *reading = payload;
    tdm__national_record record = {.form = &reading->table->form, .row = row, .values = values};
    return tdm__national_add(landed, &reading->national, &record);
}

static size_t field_named(const ssd *reading, const char *column)
{
    size_t at = 0;
    while (at < reading->table->form.field_count && strcmp(reading->table->form.fields[at].name, column) != 0)
        at++;
    return at;
}

static tdm_str value_of(const ssd *reading, const tdm_str *values, const char *column)
{
    size_t at = field_named(reading, column);
    return at < reading->table->form.field_count ? values[at] : (tdm_str){NULL, 0};
}

static tdm_status read_day(tdm_date *out, ssd *reading, const tdm_str *values, const char *column,
                           int32_t row)
{
    int32_t minute;
    tdm_str value = value_of(reading, values, column);
    *out = undated;
    if (value.length == 0 ||
        tdm__national_date(out, &minute, &reading->national, field_named(reading, column), value))
        return TDM_OK;
    *out = undated;
    return tdm__note(reading->national.file, TDM__WARNING, "date-not-read", row, tdm__str(column),
                     "no date that can be read; it is left out");
}

static tdm_status set_aside(ssd *reading, int32_t row, const char *code, const char *column,
                            const char *words)
{
    return tdm__note(reading->national.file, TDM__ERROR, code, row, tdm__str(column), "%s", words);
}

/* Adds what a row says of a child; a case folder decides who its children are. */
static tdm_status add_child(bool *landed, ssd *reading, tdm__child_input *child, int32_t row,
                            const char *column)
{
    tdm__return *file = reading->national.file;
    if (child->id.length == 0)
        return set_aside(reading, row, "child-missing", column, "the row names no child; it is set aside");
    if (file->roster) {
        uint32_t known = tdm__roster_find(file->roster, tdm__str(agency_code), child->id);
        if (known == TDM_NO_INDEX)
            return set_aside(reading, row, "child-unknown", column,
                             "the row names a child that case.json does not know; it is set aside");
        child->id = file->roster->ids[known];
    }
    *landed = true;
    tdm_status status = file->roster
                            ? TDM_OK
                            : tdm__return_child_id(&child->id, file, tdm__str(agency_code), child->id);
    return status == TDM_OK ? tdm__return_child(file, child, row) : status;
}

static tdm_status read_person_row(bool *landed, void *payload, const tdm_str *values, int32_t row)
{
    ssd *reading = payload;
    tdm_str sex = value_of(reading, values, "pers_sex");
    tdm__child_input child = {.id = value_of(reading, values, "pers_person_id")};
    tdm_status status = read_day(&child.born, reading, values, "pers_dob", row);
    if (status == TDM_OK)
        status = read_day(&child.expected, reading, values, "pers_expected_dob", row);
    if (status == TDM_OK)
        status = read_day(&child.died, reading, values, "pers_death_date", row);
    if (sex.length > 0)
        child.sex = tdm__word_for(tdm__national_sexes, sex, false);
    if (status == TDM_OK && sex.length > 0 && !child.sex.data)
        status = tdm__note_once(reading->national.file, TDM__WARNING, "code-unknown", row,
                                TDM_LIT("pers_sex"), sex, "none of the codes of the column; it is left out");
    if (status == TDM_OK && child.born.from > TDM_DAY_BEFORE_ALL && child.died.to < child.born.from)
        status = tdm__note(reading->national.file, TDM__WARNING, "date-impossible", row,
                           TDM_LIT("pers_death_date"), "death lies before birth; both dates are kept");
    return status == TDM_OK ? add_child(landed, reading, &child, row, "pers_person_id") : status;
}

static tdm_status read_family_row(bool *landed, void *payload, const tdm_str *values, int32_t row)
{
    ssd *reading = payload;
    tdm__child_input child = {.id = value_of(reading, values, "fami_person_id"),
                              .born = undated,
                              .expected = undated,
                              .died = undated,
                              .household = value_of(reading, values, "fami_family_id")};
    if (child.household.length == 0)
        return set_aside(reading, row, "household-unknown", "fami_family_id",
                         "the row names no family; it is set aside");
    return add_child(landed, reading, &child, row, "fami_person_id");
}

static tdm_status read_mother_row(bool *landed, void *payload, const tdm_str *values, int32_t row)
{
    ssd *reading = payload;
    tdm__child_input child = {
        .id = value_of(reading, values, "moth_childs_person_id"), .expected = undated, .died = undated};
    tdm__person_input mother = {.id = value_of(reading, values, "moth_person_id"), .role = TDM_LIT("mother")};
    if (mother.id.length == 0)
        return set_aside(reading, row, "person-missing", "moth_person_id",
                         "the row names no mother; it is set aside");
    tdm_status status = read_day(&child.born, reading, values, "moth_childs_dob", row);
    if (status == TDM_OK)
        status = add_child(landed, reading, &child, row, "moth_childs_person_id");
    if (status == TDM_OK && *landed)
        status = tdm__builder_person(reading->national.file->collection->builder, &mother);
    return status;
}

/* The first row says why, for all. */
static tdm_status pass_row(bool *landed, void *payload, const tdm_str *values, int32_t row)
{
    ssd *reading = payload;
    bool factors = strcmp(reading->table->form.name, "ssd_assessment_factors") == 0;
    (void)values;
    *landed = false;
    return tdm__note_once(reading->national.file, factors ? TDM__WARNING : TDM__INFORMATION, "table-not-read",
                          row, TDM_LIT(""), tdm__str(reading->table->form.name),
                          factors ? "factors stand here without their child and day, which another table "
                                    "has; the rows are set aside"
                                  : "a table of which a chronology holds nothing; its rows are set aside");
}

typedef tdm_status (*row_reader)(bool *landed, void *payload, const tdm_str *values, int32_t row);

static const row_reader row_readers[] = {
    [TDM__SSD_EVENTS] = read_event_row,  [TDM__SSD_PERSON] = read_person_row,
    [TDM__SSD_FAMILY] = read_family_row, [TDM__SSD_MOTHER] = read_mother_row,
    [TDM__SSD_NOT_READ] = pass_row,
};

/* --- the file --- */

static tdm_status read_table(ssd *reading, tdm_error *error)
{
    const tdm__national_form *form = &reading->table->form;
    bool has_events = reading->table->rows == TDM__SSD_EVENTS;
    tdm__national_rows rows = {.name_count = form->field_count,
                               .name = column_name,
                               .row = row_readers[reading->table->rows],
                               .payload = reading,
                               .headings_open = reading->table->rows == TDM__SSD_NOT_READ,
                               .holds_dates = holds_dates,
                               .rules = &reading->national.file->collection->dates,
                               .doubtful = reading->national.doubtful};
    tdm_status status = tdm__national_source(&reading->national, &form, has_events ? 1 : 0);
    return status == TDM_OK ? tdm__national_walk(reading->national.file, &rows, error) : status;
}

tdm_status tdm__read_ssd(tdm__return *file, tdm_error *error)
{
    ssd reading;
    tdm_status status = tdm__decode(file, (tdm_str){NULL, 0}, error);
    if (status != TDM_OK)
        return status;
    reading.table = tdm__ssd_table_of(file->content);
    if (!reading.table)
        return tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){file->name, 1, 0},
                            "the heading is that of no table of the Standard Safeguarding Dataset");
    tdm__national_init(&reading.national, file, tdm__str(agency_code));
    status = read_table(&reading, error);
    tdm__national_free(&reading.national);
    return status;
}
