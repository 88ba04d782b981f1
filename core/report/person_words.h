/*
 * What every form of what is held on a person says.
 */
#ifndef TDM_REPORT_PERSON_WORDS_H
#define TDM_REPORT_PERSON_WORDS_H

#include "report/person.h"
#include "report/view.h"

/* What a reader must know first: in sentences; ends with NULL. */
extern const char *const tdm__person_explained[];
/* What the list of third parties is, and what is not in it. */
extern const char *const tdm__third_parties_explained[];

/* What the inputs say the person is, a line each without a line end: "child, born ...", "mother". `line` from
 * 0; false behind the last. */
bool tdm__put_person_line(tdm__text *out, const tdm__person_report *report, size_t line);
/* "about a child of this person's household; names this person". */
void tdm__put_held_why(tdm__text *out, const tdm__held_row *row);
/* How the rows were chosen, for this person. */
void tdm__put_person_scope(tdm__text *out, const tdm__person_report *report);
/* Whether assessments of a child belong here: the child's own, or of a child of the household. */
bool tdm__person_concerns(const tdm__person_report *report, uint32_t child);
/* An assessment, by its own words. */
void tdm__put_person_score(tdm__text *out, const tdm_score *score);

#endif
