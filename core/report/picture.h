/*
 * The picture of one child: time from left to right, a lane an agency, episodes, graded care,
 * concerns a quarter and the level of response below, prompts as flags above.
 *
 * picture.c puts it together in this order: picture_model.c reads the run, picture_lanes.c and
 * picture_labels.c find places that do not overlap, picture_draw.c and picture_parts.c write SVG with
 * the signs of picture_symbols.c. All geometry is in tenths of a pixel, as whole numbers.
 */
#ifndef TDM_REPORT_PICTURE_H
#define TDM_REPORT_PICTURE_H

#include "report/output.h"
#include "report/view.h"

/* One layout of three: the page shows the one that its width has room for. Lengths in tenths. */
typedef struct tdm__shape {
    const char *name; /* class in the page, and part of ids */
    int width;
    int left, right;   /* beside the plot */
    int font;          /* height of letters */
    bool titles_above; /* titles of lanes stand above them instead of at their left */
    int stack_max;     /* entries on top of each other in a lane; more are counted in one sign */
    bool alone;        /* a file of its own: no page that signs could lead to */
} tdm__shape;

#define TDM__SHAPES 3
extern const tdm__shape tdm__shapes[TDM__SHAPES];

/*
 * Appends one <svg> element.
 *
 * position  of the child in the run; anchors are #row-EVENTID and #prompt-POSITION-NUMBER, from 1
 * arena     for the layout; what it took may be forgotten afterwards
 *
 * TDM_OK also for a child without a dated row (the picture says so); TDM_NO_MEMORY.
 */
tdm_status tdm__picture_svg(tdm__output *out, const tdm_run *run, size_t position, const tdm__shape *shape,
                            const tdm__report_options *options, tdm__arena *arena);

/*
 * The same in two steps, for one that has something to write around it. `picture` has what is given above as
 * its members out, run, child, position, shape, options, arena; the first step finds every place and the
 * height.
 */
typedef struct tdm__picture tdm__picture;
tdm_status tdm__picture_prepare(tdm__picture *picture);
tdm_status tdm__picture_draw(const tdm__picture *picture);

/* --- time --- */
typedef struct tdm__axis {
    tdm_day first, last; /* both shown */
    int left, width;
} tdm__axis;
/* Where a day starts; days outside are moved to the edge. */
int tdm__axis_x(const tdm__axis *axis, tdm_day day);
/* First day of the quarter that holds a day, and the number of quarters that the axis touches. */
tdm_day tdm__quarter_start(tdm_day day);
/* Where the next quarter would start, also behind the last one that has a date. */
tdm_day tdm__quarter_next(tdm_day start);
size_t tdm__axis_quarters(const tdm__axis *axis);

/* Fills the picture's axis, and whether it is empty, alone. */
void tdm__picture_axis(tdm__picture *picture);

/* --- widths of text --- */
/* Tenths that text of ours or theirs takes at most in the fonts named by the page. */
int tdm__text_width(tdm_str text, int font);
/* Bytes of the longest start of `text` that is no wider than `width`. */
size_t tdm__text_fit(tdm_str text, int font, int width);

/* --- labels of points on a line --- */
typedef struct tdm__label {
    int x;     /* the point; a pole goes down from it */
    int width; /* of flag and words */
    int start; /* out: left end */
    int row;   /* out: 0 is the top one */
} tdm__label;
/*
 * Gives each label a row and a start so that no two overlap and all lie within [left, right]; words
 * are kept off the poles of others where there is room. `labels` by x; no width over right - left.
 * Returns the number of rows.
 */
int tdm__labels_place(tdm__label *labels, size_t count, int left, int right);

/* --- signs that lie on a line, stacked --- */
typedef enum tdm__symbol { TDM__SYMBOL_CONCERN, TDM__SYMBOL_STRENGTH, TDM__SYMBOL_OTHER } tdm__symbol;

typedef struct tdm__mark {
    uint32_t event;
    uint32_t lane;
    int x;      /* centre */
    int x1, x2; /* the days on which it may have been */
    int radius;
    tdm__symbol symbol;
    bool rated;       /* significance was rated */
    bool doubtful;    /* day not known */
    bool evidence;    /* led to a prompt: has a ring */
    int row;          /* in its lane, 0 at the bottom */
    int count;        /* entries that this sign stands for; 0: another one stands for it */
    size_t stands_in; /* where count is 0: that other one */
} tdm__mark;
/* Rows for the marks of one lane, ordered by their left end (x1 or the sign's). Where `stack_max` rows
 * do not do, a mark is counted in a neighbour. Returns the rows used, at least 1. */
int tdm__marks_stack(tdm__mark *marks, size_t first, size_t end, int stack_max);
#define TDM__RING 17                  /* of evidence, outside its sign */
int tdm__badge_half_width(int count); /* of the sign that shows a number of entries */
int tdm__mark_left(const tdm__mark *mark);
int tdm__mark_right(const tdm__mark *mark);

/* --- what the picture shows --- */
typedef struct tdm__lane {
    uint32_t agency;   /* of the chronology */
    size_t first, end; /* of the marks */
    int rows;
    bool declared;     /* some return says which time it covers */
    tdm__period *gaps; /* no return covers these */
    size_t gap_count;
    tdm__period *no_contact;
    size_t no_contact_count;
} tdm__lane;

typedef struct tdm__picture_flag {
    const tdm__prompt *prompt;
    int number; /* in the child's list, from 1 */
    tdm_day day;
} tdm__picture_flag;

typedef struct tdm__episode_row {
    uint32_t name;
    int32_t ladder;
    size_t row; /* counted over all names */
    size_t rows;
} tdm__episode_row;

/* A line of grades: one area of one instrument, or its total. */
typedef struct tdm__grade_row {
    tdm_str instrument;
    tdm_str code, title;
    size_t area;
    bool total;
    bool heading; /* names the instrument of the rows below it */
} tdm__grade_row;

typedef struct tdm__quarter_load {
    int certain;  /* incidents of concern in the quarter for certain */
    int possible; /* and those that may have been in it */
} tdm__quarter_load;

struct tdm__picture {
    tdm__output *out;
    const tdm_run *run;
    const tdm__child_result *child;
    size_t position;
    const tdm__shape *shape;
    const tdm__report_options *options;
    tdm__arena *arena;
    tdm__axis axis;
    bool empty; /* no dated row */
    tdm__lane *lanes;
    size_t lane_count;
    tdm__mark *marks;
    size_t mark_count;
    tdm__picture_flag *flags;
    tdm__label *labels; /* one a flag */
    size_t flag_count;
    int label_rows;
    tdm__episode_row *episode_rows; /* one a name */
    size_t episode_row_count;
    size_t *episode_places; /* row of each episode of the child, within its name */
    tdm__grade_row *grade_rows;
    size_t grade_row_count;
    tdm__quarter_load *load;
    size_t quarter_count;
    int load_max;
    int load_unplaced; /* incidents of concern whose dates span more than a year */
    /* top edges, tenths */
    int flags_top, lanes_top, episodes_top, grades_top, load_top, level_top, level_bottom, legend_top, height;
};

/* Fills everything but the edges. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__picture_model(tdm__picture *picture);
/* The load of each quarter. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__picture_load(tdm__picture *picture);

/* Heights of things, in tenths. */
enum {
    TDM__AXIS_HEIGHT = 200,
    TDM__LABEL_ROW = 170,
    TDM__STACK_ROW = 146,
    TDM__LANE_PADDING = 70,
    TDM__TITLE_STRIP = 150, /* above a lane, where titles stand above */
    TDM__EPISODE_ROW = 150,
    TDM__GRADE_ROW = 170,
    TDM__LOAD_HEIGHT = 560,
    TDM__LEVEL_STEP = 130,
    TDM__SECTION_GAP = 100,
    TDM__LEGEND_ROW = 190
};

int tdm__lane_height(const tdm__picture *picture, const tdm__lane *lane);
int tdm__lane_top(const tdm__picture *picture, size_t lane);
/* Height of the strip for a title, 0 where titles stand at the left. */
int tdm__title_strip(const tdm__picture *picture);
/* Centre of a mark. */
int tdm__mark_y(const tdm__picture *picture, const tdm__mark *mark);

void tdm__draw_axis(const tdm__picture *picture);
void tdm__draw_flags(const tdm__picture *picture);
void tdm__draw_poles(const tdm__picture *picture);
/* Lines between lanes, times that no return covers, titles. */
void tdm__draw_grounds(const tdm__picture *picture);
void tdm__draw_marks(const tdm__picture *picture);
/* Ties between the tellings of one incident. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__draw_incidents(const tdm__picture *picture);
void tdm__draw_episodes(const tdm__picture *picture);
void tdm__draw_grades(const tdm__picture *picture);
void tdm__draw_load(const tdm__picture *picture);
void tdm__draw_levels(const tdm__picture *picture);
/* Writes the legend, or only measures it: its height. */
int tdm__draw_legend(const tdm__picture *picture, bool measure_only);
/* Title of a section: at the left, or above. */
void tdm__draw_title(const tdm__picture *picture, int top, int height, tdm_str title, const char *note);

/* What leads to a row of the page; without a page, a group. An event that is none leads nowhere. */
void tdm__open_row_link(const tdm__picture *picture, uint32_t event);
void tdm__close_link(const tdm__picture *picture);
void tdm__draw_symbol(tdm__output *out, const tdm__mark *mark, int y);
void tdm__draw_flag_sign(tdm__output *out, int x, int y, bool met);
/* Patterns that fills refer to; `id` makes their names this picture's own. */
void tdm__draw_patterns(const tdm__picture *picture);

#endif
