/*
 * The signs of the picture, told apart by shape first, so that they read in grey.
 */
#include "report/picture.h"

#define CONCERN_COLOUR  "#8f2f14"
#define STRENGTH_COLOUR "#1f6b3b"
#define OTHER_COLOUR    "#44546a"

static const char *const colours[] = {[TDM__SYMBOL_CONCERN] = CONCERN_COLOUR,
                                      [TDM__SYMBOL_STRENGTH] = STRENGTH_COLOUR,
                                      [TDM__SYMBOL_OTHER] = OTHER_COLOUR};

static void put_paint(tdm__output *out, const tdm__mark *mark)
{
    const char *colour = colours[mark->symbol];
    if (mark->rated)
        tdm__put(out, " fill=\"%r\" stroke=\"#fff\" stroke-width=\"0.6\"/>", colour);
    else
        tdm__put(out, " fill=\"#fff\" stroke=\"%r\" stroke-width=\"1.6\"/>", colour);
}

/* The dotted bar over the days on which it may have been. */
static void put_span(tdm__output *out, const tdm__mark *mark, int y)
{
    if (!mark->doubtful)
        return;
    const char *colour = colours[mark->symbol];
    tdm__put(out,
             "<path d=\"M%t %tH%t\" stroke=\"%r\" stroke-width=\"2\" stroke-dasharray=\"1.5 2.5\" "
             "fill=\"none\"/>",
             mark->x1, y, mark->x2, colour);
    tdm__put(out, "<path d=\"M%t %tv7M%t %tv7\" stroke=\"%r\" stroke-width=\"1.2\" fill=\"none\"/>", mark->x1,
             y - 35, mark->x2, y - 35, colour);
}

static void put_badge(tdm__output *out, const tdm__mark *mark, int y)
{
    int half = tdm__badge_half_width(mark->count);
    tdm__put(out,
             "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"12\" rx=\"6\" fill=\"#1d1d1b\"/>"
             "<text x=\"%t\" y=\"%t\" font-size=\"9.5\" font-weight=\"700\" fill=\"#fff\" "
             "text-anchor=\"middle\">%d</text>",
             mark->x - half, y - 60, 2 * half, mark->x, y + 34, mark->count);
}

void tdm__draw_symbol(tdm__output *out, const tdm__mark *mark, int y)
{
    int r = mark->radius, x = mark->x;
    put_span(out, mark, y);
    if (mark->evidence && mark->count == 1)
        tdm__put(out,
                 "<circle cx=\"%t\" cy=\"%t\" r=\"%t\" fill=\"none\" stroke=\"#1d1d1b\" stroke-width=\"1\"/>",
                 x, y, r + TDM__RING);
    if (mark->count > 1) {
        put_badge(out, mark, y);
        return;
    }
    switch (mark->symbol) {
    case TDM__SYMBOL_CONCERN:
        tdm__put(out, "<circle cx=\"%t\" cy=\"%t\" r=\"%t\"", x, y, r);
        break;
    case TDM__SYMBOL_STRENGTH:
        tdm__put(out, "<path d=\"M%t %tL%t %tL%t %tz\"", x, y - r - 6, x + r + 4, y + r, x - r - 4, y + r);
        break;
    case TDM__SYMBOL_OTHER:
        tdm__put(out, "<rect x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\"", x - r * 8 / 10, y - r * 8 / 10,
                 r * 16 / 10, r * 16 / 10);
        break;
    }
    put_paint(out, mark);
}

void tdm__draw_flag_sign(tdm__output *out, int x, int y, bool met)
{
    tdm__put(out, "<path d=\"M%t %tv13\" stroke=\"#1d1d1b\" stroke-width=\"1.4\" fill=\"none\"/>", x, y - 65);
    tdm__put(out, "<path d=\"M%t %th9l-2.5 3.2l2.5 3.2h-9z\" %r/>", x, y - 65,
             met ? "fill=\"#1d1d1b\" stroke=\"#1d1d1b\" stroke-width=\"1\""
                 : "fill=\"#fff\" stroke=\"#1d1d1b\" stroke-width=\"1\"");
}

void tdm__draw_patterns(const tdm__picture *picture)
{
    static const struct {
        char name;
        const char *inside;
    } patterns[] = {
        /* no return covers this */
        {'u', "<path d=\"M0 8L8 0\" stroke=\"#9aa0a6\" stroke-width=\"1\"/>"},
        /* declared no contact */
        {'n', "<path d=\"M0 4H8M4 0V8\" stroke=\"#9aa0a6\" stroke-width=\"0.8\"/>"},
        /* possible, of the level and of the bars */
        {'p', "<rect width=\"8\" height=\"8\" fill=\"#fff\"/><path d=\"M0 0L8 8M4 -4L12 4M-4 4L4 12\" "
              "stroke=\"#4b3b8f\" stroke-width=\"1\"/>"},
        {'l', "<rect width=\"8\" height=\"8\" fill=\"#fff\"/><path d=\"M0 0L8 8M4 -4L12 4M-4 4L4 12\" "
              "stroke=\"#8f2f14\" stroke-width=\"1\"/>"},
    };
    tdm__put(picture->out, "<defs>");
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        tdm__put(
            picture->out,
            "<pattern id=\"%r-%d-%r\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">%r</pattern>",
            picture->shape->name, (int)picture->position + 1, (char[2]){patterns[i].name, '\0'},
            patterns[i].inside);
    tdm__put(picture->out, "</defs>");
}

/* --- links --- */

void tdm__open_row_link(const tdm__picture *picture, uint32_t event)
{
    char id[TDM_HEX64_SIZE];
    if (picture->shape->alone) {
        tdm__put(picture->out, "<g>");
    } else if (event >= tdm_chronology_event_count(picture->run->chronology)) {
        tdm__put(picture->out, "<a>");
    } else {
        tdm__chronology_event_id(id, picture->run->chronology, event);
        tdm__put(picture->out, "<a href=\"#row-%z\">", id);
    }
}

void tdm__close_link(const tdm__picture *picture)
{
    tdm__put(picture->out, "%r", picture->shape->alone ? "</g>\n" : "</a>\n");
}
