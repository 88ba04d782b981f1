/*
 * Time as a length, and signs stacked so that none covers another.
 */
#include "report/picture.h"

#define SIGN_GAP 12 /* between two signs of one row, tenths */

int tdm__axis_x(const tdm__axis *axis, tdm_day day)
{
    if (day <= axis->first)
        return axis->left;
    if (day > axis->last)
        return axis->left + axis->width;
    int64_t days = (int64_t)axis->last - axis->first + 1;
    return axis->left + (int)((int64_t)axis->width * (day - axis->first) / days);
}

tdm_day tdm__quarter_start(tdm_day day)
{
    int32_t year, month, day_of_month;
    tdm_day start;
    tdm_day_to_civil(day, &year, &month, &day_of_month);
    tdm_day_from_civil(&start, year, (month - 1) / 3 * 3 + 1, 1);
    return start;
}

tdm_day tdm__quarter_next(tdm_day start)
{
    /* Sums of months end with year 9999, whose last day starts no quarter. */
    tdm_day next = tdm_day_add_months(start, 3);
    return tdm__quarter_start(next) == next ? next : next + 1;
}

size_t tdm__axis_quarters(const tdm__axis *axis)
{
    size_t count = 0;
    for (tdm_day at = tdm__quarter_start(axis->first); at <= axis->last; at = tdm__quarter_next(at))
        count++;
    return count;
}

int tdm__badge_half_width(int count)
{
    return count > 99 ? 100 : count > 9 ? 75 : 60;
}

/* Half of what the sign itself takes. */
static int half_width(const tdm__mark *mark, int count)
{
    int half = mark->radius + (mark->evidence ? TDM__RING : 0);
    if (count > 1 && half < tdm__badge_half_width(count))
        half = tdm__badge_half_width(count);
    return half + SIGN_GAP;
}

static int left_end(const tdm__mark *mark, int count)
{
    int sign = mark->x - half_width(mark, count);
    return mark->doubtful && mark->x1 < sign ? mark->x1 : sign;
}

static int right_end(const tdm__mark *mark, int count)
{
    int sign = mark->x + half_width(mark, count);
    return mark->doubtful && mark->x2 > sign ? mark->x2 : sign;
}

int tdm__mark_left(const tdm__mark *mark)
{
    return left_end(mark, mark->count);
}

int tdm__mark_right(const tdm__mark *mark)
{
    return right_end(mark, mark->count);
}

static void count_in(tdm__mark *marks, size_t sign, size_t entry)
{
    marks[sign].count++;
    marks[sign].evidence = marks[sign].evidence || marks[entry].evidence;
    marks[entry].count = 0;
    marks[entry].stands_in = sign;
    marks[entry].row = marks[sign].row;
}

int tdm__marks_stack(tdm__mark *marks, size_t first, size_t end, int stack_max)
{
    enum { ROWS_MAX = 16, COUNT_ROOM = 100 };
    int ends[ROWS_MAX];
    size_t top = first; /* last sign of the highest row: takes in what finds no place */
    int rows = 0;
    if (stack_max > ROWS_MAX)
        stack_max = ROWS_MAX;
    for (size_t i = first; i < end; i++) {
        int row = 0;
        /* Signs of the highest row have room for a number, because they may have to show one. */
        while (row < rows && ends[row] > left_end(&marks[i], row + 1 == stack_max ? COUNT_ROOM : 1))
            row++;
        if (row == stack_max) {
            count_in(marks, top, i);
            continue;
        }
        rows = row == rows ? rows + 1 : rows;
        marks[i].row = row;
        marks[i].count = 1;
        ends[row] = right_end(&marks[i], row + 1 == stack_max ? COUNT_ROOM : 1);
        top = row + 1 == stack_max ? i : top;
    }
    return rows > 0 ? rows : 1;
}
