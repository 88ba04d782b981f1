/*
 * Codes of the school census: the register's by year, and those of exclusions. Those of the register
 * are the national attendance codes of the Department for Education, which changed in August 2024;
 * those of exclusions are its common basic data set.
 */
#include "ingest/school_census.h"

#define EVER INT32_MAX

typedef struct attendance_code {
    const char *code;
    tdm__attendance means;
    int32_t from, until; /* school years by the year in which they start, both included */
} attendance_code;

static const attendance_code attendance_codes[] = {
    /* Absence that the school has agreed to. */
    {"C", TDM__ATTENDANCE_ABSENT, 0, EVER},
    {"C1", TDM__ATTENDANCE_ABSENT, 2024, EVER},
    {"C2", TDM__ATTENDANCE_ABSENT, 2024, EVER},
    {"E", TDM__ATTENDANCE_ABSENT, 0, EVER},
    {"F", TDM__ATTENDANCE_ABSENT, 0, 2012},
    {"H", TDM__ATTENDANCE_ABSENT, 0, 2023},
    {"I", TDM__ATTENDANCE_ABSENT, 0, EVER},
    {"J1", TDM__ATTENDANCE_ABSENT, 2024, EVER},
    {"M", TDM__ATTENDANCE_ABSENT, 0, EVER},
    {"R", TDM__ATTENDANCE_ABSENT, 0, EVER},
    {"S", TDM__ATTENDANCE_ABSENT, 0, EVER},
    {"T", TDM__ATTENDANCE_ABSENT, 0, EVER},
    /* Absence that it has not. */
    {"G", TDM__ATTENDANCE_ABSENT, 0, EVER},
    {"N", TDM__ATTENDANCE_ABSENT, 0, EVER},
    {"O", TDM__ATTENDANCE_ABSENT, 0, EVER},
    {"U", TDM__ATTENDANCE_ABSENT, 0, EVER},
    /* Not expected, or not able to come through no doing of the family. */
    {"D", TDM__ATTENDANCE_NOT_ABSENT, 0, EVER},
    {"Q", TDM__ATTENDANCE_NOT_ABSENT, 2024, EVER},
    {"X", TDM__ATTENDANCE_NOT_ABSENT, 0, EVER},
    {"Y", TDM__ATTENDANCE_NOT_ABSENT, 0, 2023},
    {"Y1", TDM__ATTENDANCE_NOT_ABSENT, 2024, EVER},
    {"Y2", TDM__ATTENDANCE_NOT_ABSENT, 2024, EVER},
    {"Y3", TDM__ATTENDANCE_NOT_ABSENT, 2024, EVER},
    {"Y4", TDM__ATTENDANCE_NOT_ABSENT, 2024, EVER},
    {"Y5", TDM__ATTENDANCE_NOT_ABSENT, 2024, EVER},
    {"Y6", TDM__ATTENDANCE_NOT_ABSENT, 2024, EVER},
    {"Y7", TDM__ATTENDANCE_NOT_ABSENT, 2024, EVER},
    {"Z", TDM__ATTENDANCE_NOT_ABSENT, 0, EVER},
    {"#", TDM__ATTENDANCE_NOT_ABSENT, 0, EVER},
    /* There, or at something that the school arranged. */
    {"/", TDM__ATTENDANCE_NOT_ABSENT, 0, EVER},
    {"\\", TDM__ATTENDANCE_NOT_ABSENT, 0, EVER},
    {"B", TDM__ATTENDANCE_NOT_ABSENT, 0, EVER},
    {"J", TDM__ATTENDANCE_NOT_ABSENT, 0, 2023},
    {"K", TDM__ATTENDANCE_NOT_ABSENT, 2024, EVER},
    {"L", TDM__ATTENDANCE_NOT_ABSENT, 0, EVER},
    {"P", TDM__ATTENDANCE_NOT_ABSENT, 0, EVER},
    {"V", TDM__ATTENDANCE_NOT_ABSENT, 0, EVER},
    {"W", TDM__ATTENDANCE_NOT_ABSENT, 0, EVER},
};

tdm__attendance tdm__attendance_of(bool *of_other_years, tdm_str code, int32_t school_year)
{
    *of_other_years = false;
    for (size_t i = 0; i < sizeof attendance_codes / sizeof attendance_codes[0]; i++) {
        const attendance_code *row = &attendance_codes[i];
        if (!tdm__str_equal(code, tdm__str(row->code)))
            continue;
        *of_other_years = school_year != TDM__NO_SCHOOL_YEAR &&
                          (school_year < row->from || school_year > row->until);
        return row->means;
    }
    return TDM__ATTENDANCE_UNKNOWN;
}

const tdm__word tdm__exclusion_reasons[] = {
    {"PP", "physical assault against a pupil"},
    {"PA", "physical assault against an adult"},
    {"VP", "verbal abuse or threats against a pupil"},
    {"VA", "verbal abuse or threats against an adult"},
    {"OW", "weapon or prohibited item"},
    {"BU", "bullying"},
    {"RA", "racist abuse"},
    {"LG", "abuse against sexual orientation or gender identity"},
    {"DS", "abuse relating to disability"},
    {"SM", "sexual misconduct"},
    {"DA", "drugs and alcohol"},
    {"DM", "damage"},
    {"TH", "theft"},
    {"MT", "misuse of social media or online technology"},
    {"PH", "breach of public health measures"},
    {"DB", "persistent or general disruption"},
    {"OT", "other"},
    {NULL, NULL},
};

/* Lunchtimes are suspensions from the half of a day. */
const tdm__word tdm__exclusion_permanent[] = {
    {"PERM", "yes"}, {"FIXD", "no"}, {"SUSP", "no"}, {"LNCH", "no"}, {NULL, NULL},
};
