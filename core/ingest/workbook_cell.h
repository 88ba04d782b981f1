/*
 * What the raw content of a cell says as text: numbers without the noise of binary fractions, dates and
 * times from their serial numbers, characters that Excel writes as escapes, the names of errors.
 */
#ifndef TDM_INGEST_WORKBOOK_CELL_H
#define TDM_INGEST_WORKBOOK_CELL_H

#include "base/text.h"

/* How the number format of a cell shows its number. */
typedef enum tdm__cell_form {
    TDM__SHOWN_NUMBER,
    TDM__SHOWN_DATE,
    TDM__SHOWN_TIME, /* of the day */
    TDM__SHOWN_SPAN  /* hours and minutes that have passed, beyond 24 too */
} tdm__cell_form;

/* Form of a built-in number format, and of a format code as it stands in the file. */
tdm__cell_form tdm__cell_form_built_in(int64_t id);
tdm__cell_form tdm__cell_form_of_code(tdm_str code);

#define TDM__CELL_TEXT_SIZE 64

/*
 * The number as text: "12", "0.3", "2024-03-05", "2024-03-05 14:30", "14:30", "36:00". A whole serial
 * number has no time. False when the content stands for itself: a whole number, no number at all, or a
 * date that is none.
 */
bool tdm__cell_number_text(char out[TDM__CELL_TEXT_SIZE], tdm_str number, tdm__cell_form form,
                           bool from_1904);
/* An ISO date and time as a workbook writes it ("2024-03-05T00:00:00"); false when too long for one. */
bool tdm__cell_iso_text(char out[TDM__CELL_TEXT_SIZE], tdm_str written);
bool tdm__cell_is_error(tdm_str text);
/* Appends text, its escapes ("_x000D_") taken as what they stand for. */
void tdm__cell_put_text(tdm__text *out, tdm_str text);

#endif
