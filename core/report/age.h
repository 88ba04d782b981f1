/*
 * How old a child was: on the day of a row, on the as-of day, at death. As numbers and in words, which are
 * the same wherever an age is told. An age is never invented: without a date of birth there is none.
 */
#ifndef TDM_REPORT_AGE_H
#define TDM_REPORT_AGE_H

#include "calendar/age.h"
#include "chronology/chronology.h"
#include "json/json.h"

typedef struct tdm__ages {
    bool known; /* false: no date of birth, no date, or so open that nothing follows */
    bool has_youngest, has_oldest;
    tdm__age youngest, oldest; /* that the child can have been; the same where both days are known */
    tdm_answer before_birth;
    bool uncertain; /* one of the dates is marked "?" */
} tdm__ages;

tdm__ages tdm__ages_on(tdm_date born, tdm_date day);

#define TDM__AGE_WORDS_SIZE 96

/*
 * "23 days", "14 months", "3 years 4 months", "14 to 16 months", "2 to 3 years", "up to 8 years", "8 years or
 * more", "up to 5 days, or before birth", "12 weeks before birth"; of a child whose birth is not recorded "12
 * weeks before the expected date". "perhaps" before an uncertain one. "": not recorded.
 */
void tdm__age_words(char out[TDM__AGE_WORDS_SIZE], const tdm__child *child, tdm_date day);
/* The same as it reads beneath a date: "child aged 14 months", "12 weeks before birth", "". */
void tdm__age_line(char out[TDM__AGE_WORDS_SIZE], const tdm_chronology *chronology, const tdm__event *event);
/* Member "age" of a row; none where it is not known. */
void tdm__age_member(tdm__json_writer *json, const tdm_chronology *chronology, const tdm__event *event);

#endif
