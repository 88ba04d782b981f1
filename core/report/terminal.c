/*
 * Wrapping, columns and colour.
 */
#include "report/terminal.h"

#include <string.h>

static const char *const colour_of[] = {
    [TDM__PLAIN] = "", [TDM__HEADING] = "\033[1m", [TDM__CURRENT] = "\033[1;35m", [TDM__FAINT] = "\033[2m"};

void tdm__terminal_init(tdm__terminal *terminal, const tdm_allocator *allocator, tdm_sink sink, int width,
                        bool colour)
{
    tdm__output_init(&terminal->out, allocator, sink);
    tdm__text_init(&terminal->line, allocator);
    terminal->width = width;
    terminal->colour = colour;
}

tdm_status tdm__terminal_end(tdm__terminal *terminal, tdm_error *error)
{
    tdm__text_free(&terminal->line);
    return tdm__output_end(&terminal->out, error);
}

static bool starts_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

int tdm__display_width(tdm_str text)
{
    int width = 0;
    for (size_t i = 0; i < text.length; i++)
        width += starts_character(text.data[i]) ? 1 : 0;
    return width;
}

/* Bytes of the first `columns` characters. */
static size_t bytes_of_columns(tdm_str text, int columns)
{
    size_t at = 0;
    for (; at < text.length; at++)
        if (starts_character(text.data[at]) && columns-- == 0)
            break;
    return at;
}

static void put_spaces(tdm__text *text, int count)
{
    for (; count > 0; count--)
        tdm__text_char(text, ' ');
}

/* The bytes that fit in `room` columns, up to the last space where there is one. */
static size_t line_length(tdm_str text, int room)
{
    size_t fits = bytes_of_columns(text, room);
    if (fits == text.length)
        return fits;
    size_t at = fits;
    while (at > 0 && text.data[at] != ' ')
        at--;
    return at > 0 ? at : fits;
}

static void put_line(tdm__terminal *terminal, tdm__emphasis emphasis, int indent, tdm_str line)
{
    tdm__text *out = &terminal->out.text;
    bool coloured = terminal->colour && emphasis != TDM__PLAIN;
    put_spaces(out, indent);
    if (coloured)
        tdm__text_puts(out, colour_of[emphasis]);
    tdm__text_add(out, line);
    if (coloured)
        tdm__text_puts(out, "\033[0m");
    tdm__put(&terminal->out, "\n");
}

static void put_wrapped(tdm__terminal *terminal, tdm__emphasis emphasis, int indent, int hang)
{
    tdm_str rest = tdm__text_str(&terminal->line);
    if (terminal->line.failed)
        terminal->out.text.failed = true;
    while (rest.length > 0) {
        size_t length = line_length(rest, terminal->width - indent);
        put_line(terminal, emphasis, indent, (tdm_str){rest.data, length});
        rest = (tdm_str){rest.data + length, rest.length - length};
        while (rest.length > 0 && rest.data[0] == ' ')
            rest = (tdm_str){rest.data + 1, rest.length - 1};
        indent = hang;
    }
}

void tdm__say(tdm__terminal *terminal, tdm__emphasis emphasis, int indent, int hang, const char *pattern, ...)
{
    va_list values;
    tdm__text_clear(&terminal->line);
    va_start(values, pattern);
    if (!tdm__fill(&terminal->line, pattern, &values) && terminal->out.status == TDM_OK)
        terminal->out.status = TDM_INTERNAL;
    va_end(values);
    put_wrapped(terminal, emphasis, indent, hang);
}

void tdm__blank_line(tdm__terminal *terminal)
{
    tdm__put(&terminal->out, "\n");
}

static int escaped_width(tdm__terminal *terminal, tdm_str cell)
{
    tdm__text_clear(&terminal->line);
    tdm__escape(&terminal->line, cell, TDM__ESCAPE_TERMINAL);
    if (terminal->line.failed)
        terminal->out.text.failed = true;
    return tdm__display_width(tdm__text_str(&terminal->line));
}

void tdm__columns_measure(tdm__columns *columns, tdm__terminal *terminal, const tdm_str *cells)
{
    for (int i = 0; i < columns->count; i++) {
        int width = escaped_width(terminal, cells[i]);
        if (width > columns->widths[i])
            columns->widths[i] = width;
    }
}

/* Whether the first `count` columns do. */
static bool fit_on_one_line(const tdm__columns *columns, const tdm__terminal *terminal, int count)
{
    int total = columns->indent - 2;
    for (int i = 0; i < count; i++)
        total += columns->widths[i] + 2;
    return total <= terminal->width;
}

static void append_padded(tdm__terminal *terminal, tdm_str cell, int width, bool right, bool last)
{
    tdm__text *line = &terminal->line;
    int used = escaped_width(terminal, cell); /* clears the line: measured first */
    tdm__text *out = &terminal->out.text;
    if (right)
        put_spaces(out, width - used);
    tdm__text_add(out, tdm__text_str(line));
    if (!last)
        put_spaces(out, (right ? 0 : width - used) + 2);
}

/* All cells behind one another, wrapped. */
static void put_paragraph(const tdm__columns *columns, tdm__terminal *terminal, const tdm_str *cells)
{
    tdm__text_clear(&terminal->line);
    for (int i = 0; i < columns->count; i++) {
        if (i > 0 && cells[i].length > 0)
            tdm__text_puts(&terminal->line, ", ");
        tdm__escape(&terminal->line, cells[i], TDM__ESCAPE_TERMINAL);
    }
    put_wrapped(terminal, TDM__PLAIN, columns->indent, columns->indent + 4);
}

void tdm__columns_write(const tdm__columns *columns, tdm__terminal *terminal, const tdm_str *cells)
{
    int count = columns->count;
    if (!fit_on_one_line(columns, terminal, count))
        count--; /* the last one on a line of its own */
    if (!fit_on_one_line(columns, terminal, count)) {
        put_paragraph(columns, terminal, cells);
        return;
    }
    put_spaces(&terminal->out.text, columns->indent);
    for (int i = 0; i < count; i++)
        append_padded(terminal, cells[i], columns->widths[i], columns->right[i], i + 1 == count);
    tdm__put(&terminal->out, "\n");
    if (count < columns->count)
        tdm__say(terminal, TDM__PLAIN, columns->indent + 4, columns->indent + 4, "%p", cells[count]);
}
