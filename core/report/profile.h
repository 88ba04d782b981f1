/*
 * The charts of assessments, inside the layer: profile_rows.c says what a row shows, profile_chart.c
 * draws the profile, profile_multiples.c the panels over time, profile_text.c breaks text into lines,
 * profile_style.c holds the CSS. All lengths are whole tenths of a pixel.
 */
#ifndef TDM_REPORT_PROFILE_H
#define TDM_REPORT_PROFILE_H

#include "report/forms.h"

/* Both layouts of a chart stand in the page, which shows the one that its width has room for. */
typedef struct tdm__profile_shape {
    const char *name; /* class in the page, and part of ids */
    int width;
    int left, right; /* beside the plot: titles, and words on what changed */
    int font;
    bool titles_above; /* titles and words stand above the plot instead of beside it */
    int panels;        /* of the small multiples, side by side */
} tdm__profile_shape;

#define TDM__PROFILE_SHAPES 2
extern const tdm__profile_shape tdm__profile_shapes[TDM__PROFILE_SHAPES];

/* The value at a place counted from the best one, from 0; and the place of a value, -1 when it is none. */
const tdm__scale_value *tdm__profile_value(const tdm__scale *scale, int place);
int tdm__profile_place(const tdm__scale *scale, int32_t value);
bool tdm__profile_is_concern(const tdm__scale *scale, int32_t value);

/* What a result is: a place on the scale, or an amount out of a largest one. */
typedef struct tdm__profile_row {
    tdm__level level;      /* what it is put together from: items (a sub-area), sub-areas (an area), areas */
    const tdm__part *part; /* NULL: the total */
    const tdm__scale *scale;
    bool on_scale; /* else a sum or a count */
    bool more_is_worse;
    bool assessed; /* now */
    const tdm__part_result *now;
    const tdm__compared_part *change; /* NULL: nothing to compare with */
    bool has_before;                  /* an earlier result that can be drawn beside it */
    int32_t before;
} tdm__profile_row;

/* Areas, each with its sub-areas below it, then the total where there is one; parts that no policy gives
 * a result are left out. Row `number`, from 0; false behind the last. `change` may be NULL. */
bool tdm__profile_row_at(tdm__profile_row *out, const tdm_score *now, const tdm__comparison *change,
                         size_t number);
/* Whether an instrument scored like this has a row at all. */
bool tdm__profile_drawn(const tdm_score *score);
/* The compared part of an area or sub-area by its code; the total for NULL. NULL when there is none. */
const tdm__compared_part *tdm__profile_change(const tdm__comparison *change, tdm__level level,
                                              const tdm__part *part);
/* "A Physical", "Total" into `out`, which is cleared first. */
void tdm__profile_title(tdm__text *out, const tdm__part *part);

/* Where the marks of a chart go. */
typedef struct tdm__profile_plot {
    tdm__output *out;
    const tdm__profile_shape *shape;
    int left, width;
} tdm__profile_plot;

/* Middle of a column, counted from the best value. */
int tdm__profile_column(const tdm__profile_plot *plot, const tdm__scale *scale, int place);
/* What lies behind the marks of a row: columns, and the ground of those that are a concern. */
void tdm__profile_ground(const tdm__profile_plot *plot, const tdm__scale *scale, int top, int height);
/* The marks of a row, with `y` in their middle. */
void tdm__profile_marks(const tdm__profile_plot *plot, const tdm__profile_row *row, int y);
/* "one grade better", or why there is nothing to say of a change; nothing for a result without a change. */
void tdm__profile_words(tdm__text *out, const tdm__profile_row *row, const tdm__comparison *change);
/* The row as a sentence without its end: title, grade, what it was, best and worst item. */
void tdm__profile_sentence(tdm__output *out, const tdm__profile_row *row, tdm_str title, tdm_str words);

/* A sign of the legend. */
typedef struct tdm__profile_sign {
    char drawn; /* a area, s sub-area, b before, r range, c change, d doubtful, p pair, g ground, n not
                   assessed, f filled bar, o open bar */
    int width;
    const char *words;
} tdm__profile_sign;
extern const tdm__profile_sign tdm__profile_signs[]; /* drawn 0 behind the last */
void tdm__profile_draw_sign(tdm__output *out, char drawn, int x, int y, int width);
/* Whether a row shows what the sign explains. */
bool tdm__profile_shows(const tdm__profile_row *row, char drawn);

/* Bytes of the first line of `text` no wider than `width`, broken at a space where there is one; without the
 * space. At least one character. */
size_t tdm__line_end(tdm_str text, int font, int width);
/* How many lines it takes, `most` at the most. */
int tdm__line_count(tdm_str text, int font, int width, int most);
/* Writes those lines as <text> elements, `step` apart; the last is cut with a sign where there is more.
 * attributes: of ours. */
void tdm__put_lines(tdm__output *out, tdm_str text, int x, int y, int step, int font, int width, int most,
                    const char *attributes);

/* Opens <svg> with title, description and a white ground. The description is written in between. */
void tdm__profile_open(tdm__output *out, const tdm__profile_shape *shape, int height, const char *id,
                       const char *title);
void tdm__profile_opened(tdm__output *out, const tdm__profile_shape *shape, int height);

#endif
