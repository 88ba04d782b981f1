/*
 * What the blank form and the completed record share: the page, the boxes of a scale, its legend, and
 * who says so. form_blank.c writes the one; form_record.c, form_summary.c and form_parts.c the other.
 */
#ifndef TDM_REPORT_FORM_PAGE_H
#define TDM_REPORT_FORM_PAGE_H

#include "report/forms.h"

typedef struct tdm__form {
    tdm__output out;
    const tdm_instrument *instrument;
    const tdm__texts *texts;          /* may be NULL */
    const tdm_assessment *assessment; /* NULL: the blank form */
    const tdm_score *score;           /* its score; NULL with it */
} tdm__form;

extern const char *const tdm__form_style[]; /* behind tdm__html_style; NULL behind the last */

/* The page up to its header, with title and version. A record says on each sheet of paper whose it is. */
void tdm__form_open(tdm__form *form);
bool tdm__form_is_draft(const tdm__form *form);
/* The footer: instrument, version, how grades are put together, licence, source, whose words; the end. */
void tdm__form_close(tdm__form *form);
/* What such a paper is and is not. */
void tdm__form_stance(tdm__form *form);

/* Over so many values a grade is written, not ticked. */
#define TDM__FORM_BOXES_MAX 11u

/* Width of an item's boxes in tenths of a millimetre: to be ticked, with those for not seen and not
 * applicable, or only to be read. */
int tdm__form_boxes_width(const tdm__scale *scale, bool to_tick);
/* One box a value; the one of `chosen` (may be NULL) is marked. */
void tdm__form_boxes(tdm__form *form, const tdm__scale *scale, const int32_t *chosen);
/* Whether a scale of the instrument calls some grade a strength, or a concern. */
bool tdm__form_marks(const tdm_instrument *instrument, tdm__meaning meaning);
/* What the grades are called, where that does not stand in the boxes. */
void tdm__form_legend(tdm__form *form, const tdm__scale *scale);

bool tdm__form_is_own_item(const tdm_instrument *instrument, uint32_t sub_area);
/* Each sub-area of it is its own only item, so that people speak of items. */
bool tdm__form_only_items(const tdm_instrument *instrument, const tdm__part *area);
/* Code and title. */
void tdm__form_name(tdm__form *form, const tdm__part *part);
/* Words of the overlay for a part, and for its grades where `grades` (may be NULL) is its scale. */
void tdm__form_texts(tdm__form *form, tdm_str code, const tdm__scale *grades);
/* The heading and table of targets up to its first row, and what stands behind the last. */
void tdm__form_targets_open(tdm__form *form);
void tdm__form_targets_close(tdm__form *form);

#endif
