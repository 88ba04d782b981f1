/*
 * Cells of a sheet, one row after another.
 */
#include "report/worksheet.h"

#include "report/printed.h"

/* Of a cell, as bytes: Excel counts units of UTF-16, of which a text never has more than bytes. */
#define CELL_BYTES_MAX 32000
#define LINE_POINTS    14
#define HEIGHT_MAX     400 /* of a row, in points */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Whether "_x001B_" stands here, which a reader would take for the character of that number. */
static bool is_code(tdm_str text, size_t at)
{
    if (text.length - at < 7 || text.data[at] != '_' || text.data[at + 1] != 'x' || text.data[at + 6] != '_')
        return false;
    for (size_t i = at + 2; i < at + 6; i++)
        if (!is_hex(text.data[i]))
            return false;
    return true;
}

static void put_escaped(tdm__text *out, tdm_str text)
{
    size_t start = 0;
    for (size_t at = 0; at < text.length; at++) {
        if (!is_code(text, at))
            continue;
        tdm__escape(out, (tdm_str){text.data + start, at - start}, TDM__ESCAPE_HTML);
        tdm__text_puts(out, "_x005F");
        start = at;
    }
    tdm__escape(out, (tdm_str){text.data + start, text.length - start}, TDM__ESCAPE_HTML);
}

/* The longest start of a text that a cell can hold; never half a character. */
static tdm_str cell_start(tdm_str text)
{
    if (text.length <= CELL_BYTES_MAX)
        return text;
    size_t length = CELL_BYTES_MAX;
    while (length > CELL_BYTES_MAX - 4 && ((unsigned char)text.data[length] & 0xC0) == 0x80)
        length--;
    return (tdm_str){text.data, length};
}

/* Lines that a text takes in a cell `width` characters wide: an estimate, for the height of its row. */
int tdm__worksheet_lines(tdm_str text, int width)
{
    int lines = 1, used = 0, word = 0;
    for (size_t at = 0; at < text.length; at++) {
        char c = text.data[at];
        if (((unsigned char)c & 0xC0) == 0x80)
            continue;
        word = c == ' ' || c == '\n' ? 0 : word + 1;
        used++;
        if (c == '\n' || used > width) {
            lines++;
            used = c != '\n' && word < width ? word : 0;
        }
    }
    return lines;
}

/* Programs that do not find the height of a row by themselves are told it. */
void tdm__worksheet_open_row(tdm__worksheet *to, int lines)
{
    int height = lines * LINE_POINTS < HEIGHT_MAX ? lines * LINE_POINTS : HEIGHT_MAX;
    to->row++;
    to->column = 0;
    tdm__put(&to->out, "<row r=\"%d\" ht=\"%d\" customHeight=\"1\">", (int)to->row, height);
}

void tdm__worksheet_close_row(tdm__worksheet *to)
{
    tdm__put(&to->out, "</row>\n");
}

/* "Y", "AB": up to 702 columns. */
void tdm__worksheet_column(char out[3], int column)
{
    int first = (column - 1) / 26, second = (column - 1) % 26;
    size_t length = 0;
    if (first > 0)
        out[length++] = (char)('A' + first - 1);
    out[length++] = (char)('A' + second);
    out[length] = '\0';
}

/* "A1" */
static void put_place(tdm__worksheet *to)
{
    char column[3];
    tdm__worksheet_column(column, ++to->column);
    tdm__put(&to->out, "<c r=\"%r%d\"", column, (int)to->row);
}

void tdm__worksheet_text(tdm__worksheet *to, int style, tdm_str text)
{
    tdm__text_clear(&to->lines);
    tdm__put_own_lines(&to->lines, text);
    tdm_str whole = tdm__text_str(&to->lines), start = cell_start(whole);
    put_place(to);
    if (whole.length == 0) {
        tdm__put(&to->out, " s=\"%d\"/>", style);
        return;
    }
    tdm__put(&to->out, " s=\"%d\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", style);
    put_escaped(&to->out.text, start);
    if (start.length < whole.length) {
        to->cut++;
        tdm__put(&to->out, " [cut here: a cell holds no more; the CSV holds all of it]");
    }
    tdm__put(&to->out, "</t></is></c>");
}

void tdm__worksheet_number(tdm__worksheet *to, int64_t number)
{
    put_place(to);
    tdm__put(&to->out, "><v>");
    tdm__text_int(&to->out.text, number);
    tdm__put(&to->out, "</v></c>");
}

void tdm__worksheet_decimal(tdm__worksheet *to, tdm_str number)
{
    put_place(to);
    tdm__put(&to->out, "><v>%h</v></c>", number);
}
