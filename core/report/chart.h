/*
 * Charts of numbers as SVG: a line with its limits, a funnel, bars, a curve in steps. They know no scorecard:
 * who draws gives numbers that may be shown, and words. Nothing is told by colour alone; every mark has a
 * title in words. Each is written twice, as the charts of assessments are: the page shows the one that its
 * width has room for. Lengths are whole tenths of a pixel.
 */
#ifndef TDM_REPORT_CHART_H
#define TDM_REPORT_CHART_H

#include "report/output.h"
#include "report/profile.h"

/* What every chart has. */
typedef struct tdm__chart_head {
    const char *id;   /* part of ids in the page: letters, digits, hyphens */
    tdm_str title;    /* of the picture, for who does not see it */
    tdm_str words;    /* what it shows, in a sentence */
    const char *unit; /* behind a number: " %", " days", "" */
} tdm__chart_head;

/* --- a line over time --- */

typedef struct tdm__line_point {
    tdm_str label; /* on the axis: "Apr 2023" */
    tdm_str name;  /* in its title: "2023-04-01 to 2023-06-30" */
    bool given;
    double value;
    tdm_str signals; /* in words; "" where it is none */
    char letter;     /* of the first of them, as in the key; 0: none */
    int change;      /* from 1: the definition changed before it, number in the key; 0: it did not */
} tdm__line_point;

typedef struct tdm__line_chart {
    tdm__chart_head head;
    const tdm__line_point *points;
    size_t count;
    bool limited;
    size_t limits_from;
    double centre, low, high;
} tdm__line_chart;
void tdm__chart_line(tdm__output *out, const tdm__line_chart *chart);
/* Whether its axis starts at 0; a picture whose axis does not must say so. */
bool tdm__chart_line_from_zero(const tdm__line_chart *chart);

/* --- a funnel --- */

typedef struct tdm__funnel_point {
    tdm_str name, words; /* "45.3 %, 12 of 30, above the 95 % limit" */
    int64_t denominator;
    double percent;
    bool own;
} tdm__funnel_point;

typedef struct tdm__funnel_limit {
    int64_t denominator;
    double low_95, high_95, low_998, high_998; /* percent */
} tdm__funnel_limit;

typedef struct tdm__funnel_chart {
    tdm__chart_head head;
    const tdm__funnel_point *points; /* own ones last, so that they lie on top */
    size_t count;
    const tdm__funnel_limit *limits; /* by denominator */
    size_t limit_count;
    double target; /* percent */
} tdm__funnel_chart;
void tdm__chart_funnel(tdm__output *out, const tdm__funnel_chart *chart);
/* `count` denominators from the smallest to the largest, evenly on the axis that a funnel is drawn on. */
int64_t tdm__funnel_denominator(int64_t smallest, int64_t largest, size_t at, size_t count);

/* --- bars --- */

typedef struct tdm__bar {
    tdm_str label, words; /* "1 to 10", "34 (12.3 %)" */
    bool given;           /* else there is no bar, only words */
    double value;
} tdm__bar;

typedef struct tdm__bar_chart {
    tdm__chart_head head;
    const tdm__bar *bars;
    size_t count;
} tdm__bar_chart;
void tdm__chart_bars(tdm__output *out, const tdm__bar_chart *chart);

/* --- steps --- */

typedef struct tdm__step_point {
    int32_t length;
    double percent, low, high; /* low and high: NAN where they cannot be given */
} tdm__step_point;

typedef struct tdm__step_chart {
    tdm__chart_head head; /* unit of the lengths */
    const tdm__step_point *points;
    size_t count;
} tdm__step_chart;
void tdm__chart_steps(tdm__output *out, const tdm__step_chart *chart);

/* --- what they share: chart_frame.c --- */

#define TDM__CHART_INK   "#1d1d1b"
#define TDM__CHART_FAINT "#4a4f55"
#define TDM__CHART_RULE  "#d5d8db"
#define TDM__CHART_LINE  "#12437c"

/* A scale with round ends and a round step. */
typedef struct tdm__chart_scale {
    double low, high, step;
} tdm__chart_scale;
/* Holds all from low to high; starts at 0 unless the values lie close together far from it. */
tdm__chart_scale tdm__chart_scale_of(double low, double high, bool from_zero);

typedef struct tdm__chart_plot {
    tdm__output *out;
    const tdm__profile_shape *shape;
    int left, top, width, height; /* of the plot, without its labels */
    tdm__chart_scale scale;       /* upwards */
    const char *unit;
} tdm__chart_plot;

bool tdm__chart_is_narrow(const tdm__profile_shape *shape);
int tdm__chart_y(const tdm__chart_plot *plot, double value);
/* <svg>, title and description, white ground. */
void tdm__chart_open(tdm__output *out, const tdm__chart_head *head, const tdm__profile_shape *shape,
                     int height);
/* Lines across the plot with their numbers to the left. */
void tdm__chart_grid(const tdm__chart_plot *plot);
/* A number with as many decimals as it needs, one at most; behind it the unit. */
void tdm__chart_number(tdm__output *out, double value, const char *unit);
/* "<text ...>" up to the words; close with </text>. anchor: "start", "middle", "end". */
void tdm__chart_text(tdm__output *out, int x, int y, int font, const char *anchor);

#endif
