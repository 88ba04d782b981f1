/*
 * What the tests of forms share: shipped instruments and ones made for a test, filled-in forms, and the
 * pages written of them, each checked to be well-formed.
 */
#ifndef TDM_TESTS_REPORT_FORMS_FIXTURE_H
#define TDM_TESTS_REPORT_FORMS_FIXTURE_H

#include "base/file.h"
#include "report/forms.h"

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

/* Paths are from the project's root; what is given back is freed by the caller. */
tdm__buffer forms_read_file(const char *path);
tdm_instrument *forms_shipped(const char *path);
tdm_instrument *forms_defined(const char *name, tdm_str lua);
tdm__texts *forms_overlay(const tdm_instrument *instrument, tdm_str json);

/* A form with its score, read leniently so that what does not fit can be looked at too. */
typedef struct forms_filled {
    tdm_assessment *assessment;
    tdm_score *score;
} forms_filled;
forms_filled forms_fill_in(const tdm_instrument *instrument, const char *json);
void forms_put_away(forms_filled form);

tdm__text forms_blank_of(const tdm_instrument *instrument, const tdm__texts *texts);
tdm__text forms_record_of(forms_filled form, const tdm__texts *texts);
int forms_count_in(const tdm__text *text, const char *part);

/* One visit with graded care: strengths, concerns, items not seen and not recorded, remarks at every level.
 */
extern const char forms_visit[];

#endif
