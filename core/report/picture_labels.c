/*
 * Places for labels of points on a line, and how wide text may get.
 */
#include "report/picture.h"

/* Widths in hundredths of the letter height, of the widest of the fonts that the page names. */
static int character_width(uint32_t c)
{
    static const char narrow[] = "iljI.,:;'|!()[]ftr /-";
    if (c >= 0x2E80)
        return 100;
    if (c >= 0x80)
        return 78;
    for (const char *at = narrow; *at; at++)
        if ((uint32_t)(unsigned char)*at == c)
            return 42;
    if (c == 'm' || c == 'w' || c == 'M' || c == 'W' || c == '@' || c == '%')
        return 100;
    return c >= 'A' && c <= 'Z' ? 76 : 64;
}

/* Goes over the text until it is wider than `width`; the bytes that fit and their width. */
static size_t walk(tdm_str text, int font, int width, int *used)
{
    int64_t total = 0;
    size_t at = 0, valid;
    tdm__utf8_valid(text, &valid);
    text.length = valid;
    while (at < text.length) {
        size_t before = at;
        int64_t next = total + (int64_t)character_width(tdm__utf8_next(text, &at)) * font / 100;
        if (next > width) {
            *used = (int)total;
            return before;
        }
        total = next;
    }
    *used = (int)total;
    return at;
}

int tdm__text_width(tdm_str text, int font)
{
    int used;
    walk(text, font, INT32_MAX / 2, &used);
    return used;
}

size_t tdm__text_fit(tdm_str text, int font, int width)
{
    int used;
    return walk(text, font, width, &used);
}

static int start_of(const tdm__label *label, int left, int right)
{
    if (label->x >= left && label->x + label->width <= right)
        return label->x;
    if (label->x <= right && label->x - label->width >= left)
        return label->x - label->width;
    return label->x + label->width > right ? right - label->width : left;
}

static bool overlaps(const tdm__label *a, const tdm__label *b)
{
    return a->start < b->start + b->width && b->start < a->start + a->width;
}

/* Whether the pole of `pole` runs through the words of `label`; poles go down from their own row. */
static bool pole_crosses(const tdm__label *pole, const tdm__label *label)
{
    return pole->row < label->row && pole->x > label->start && pole->x < label->start + label->width;
}

static bool row_is_free(const tdm__label *labels, size_t index, bool mind_poles)
{
    const tdm__label *label = &labels[index];
    for (size_t i = 0; i < index; i++) {
        if (labels[i].row == label->row && overlaps(&labels[i], label))
            return false;
        if (mind_poles && (pole_crosses(&labels[i], label) || pole_crosses(label, &labels[i])))
            return false;
    }
    return true;
}

/* The first row that is free; the one behind the last always is, when poles are not minded. */
static bool find_row(tdm__label *labels, size_t index, int rows, bool mind_poles)
{
    for (int row = 0; row <= rows; row++) {
        labels[index].row = row;
        if (row_is_free(labels, index, mind_poles))
            return true;
    }
    return false;
}

int tdm__labels_place(tdm__label *labels, size_t count, int left, int right)
{
    int rows = 0;
    for (size_t i = 0; i < count; i++) {
        labels[i].start = start_of(&labels[i], left, right);
        if (!find_row(labels, i, rows, true))
            find_row(labels, i, rows, false);
        if (labels[i].row >= rows)
            rows = labels[i].row + 1;
    }
    return rows;
}
