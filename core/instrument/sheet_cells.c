/*
 * The words of the sheet and its single cells, both ways (see sheet_cells.h). Where a cell stands, and what
 * an assessment makes of it, is the writer's and the reader's business.
 */
#include "instrument/sheet_cells.h"

#include <string.h>

#include "base/acting.h"
#include "base/csv.h"

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

#define DAY_EXPECTED "a day, as 14/05/2024 or 2024-05-14"

const tdm__sheet_row tdm__sheet_rows[] = {
    {"title", TDM__SHEET_TOLD, false, TDM__TOLD_TITLE, NULL, "leave this as it is"},
    {"licence", TDM__SHEET_TOLD, false, TDM__TOLD_LICENCE, NULL, "whose words stand in this sheet"},
    {"instrument", TDM__SHEET_TEXT, true, TDM__FORM_INSTRUMENT, NULL, "leave this as it is"},
    {"version", TDM__SHEET_TEXT, true, TDM__FORM_VERSION, NULL, "leave this as it is"},
    {"id", TDM__SHEET_TEXT, true, TDM__FORM_ID, NULL, "a name for this assessment that no other has"},
    {"child", TDM__SHEET_TEXT, true, TDM__FORM_CHILD, NULL, "the child's number in your records, not a name"},
    {"subject type", TDM__SHEET_TEXT, false, TDM__FORM_SUBJECT_TYPE, TDM__FORM_SUBJECTS,
     "who or what is looked at: child, carer, home, agency or case; or empty"},
    {"subject id", TDM__SHEET_TEXT, false, TDM__FORM_SUBJECT_ID, NULL, "their number; empty with no type"},
    {"carer", TDM__SHEET_TEXT, false, TDM__FORM_CARER, NULL, "the carer's number, not a name; or empty"},
    {"assessor", TDM__SHEET_TEXT, false, TDM__FORM_ASSESSOR, NULL, "who assessed; or empty"},
    {"assessor role", TDM__SHEET_TEXT, false, TDM__FORM_ASSESSOR_ROLE, NULL, "as health visitor; or empty"},
    {"agency", TDM__SHEET_TEXT, false, TDM__FORM_AGENCY, NULL, "code of the assessor's agency; or empty"},
    {"purpose", TDM__SHEET_TEXT, false, TDM__FORM_PURPOSE, TDM__FORM_PURPOSES,
     "baseline or review; or empty"},
    {"status", TDM__SHEET_TEXT, false, TDM__FORM_STATUS, TDM__FORM_STATUSES,
     "draft, complete or countersigned; or empty"},
    {"age band", TDM__SHEET_TEXT, false, TDM__FORM_AGE_BAND, NULL, ""},
    {"condition", TDM__SHEET_CONDITION, false, 0, NULL, "empty"},
    {"date", TDM__SHEET_DATE, true, TDM__SHEET_DATED, NULL, DAY_EXPECTED},
    {"recorded", TDM__SHEET_DATE, false, TDM__SHEET_RECORDED, NULL, DAY_EXPECTED "; or empty"},
    {"window from", TDM__SHEET_DATE, false, TDM__SHEET_WINDOW_FROM, NULL,
     "first day that this looks at, as 14/05/2024; or empty"},
    {"window to", TDM__SHEET_DATE, false, TDM__SHEET_WINDOW_TO, NULL,
     "last day that this looks at; empty with no first"},
    {"grades", TDM__SHEET_TOLD, false, TDM__TOLD_GRADES, NULL, ""},
};
const size_t tdm__sheet_row_count = COUNT_OF(tdm__sheet_rows);

const char *const tdm__sheet_headings[TDM__COLUMN_COUNT] = {
    [TDM__COLUMN_AREA] = "area",
    [TDM__COLUMN_SUB_AREA] = "sub-area",
    [TDM__COLUMN_ITEM] = "item",
    [TDM__COLUMN_LABEL] = "label",
    [TDM__COLUMN_WORDING] = "wording",
    [TDM__COLUMN_MEANING] = "what the grades mean",
    [TDM__COLUMN_GRADE] = "grade",
    [TDM__COLUMN_EVIDENCE] = "evidence",
    [TDM__COLUMN_CHILD_WORDS] = "child's words",
    [TDM__COLUMN_CURRENT] = "current grade",
    [TDM__COLUMN_TARGET] = "target grade",
    [TDM__COLUMN_BY] = "by",
    [TDM__COLUMN_ACTUAL] = "actual grade",
};

#define WORD_SIZE 40

/* What follows at `at` counts as a space within words; its length in bytes, or 0. */
static size_t space_at(tdm_str cell, size_t at)
{
    static const char *const spaces[] = {" ", "\t", "\r", "\n", "_", "-", "\xC2\xA0", "\xE2\x80\x91"};
    for (size_t i = 0; i < COUNT_OF(spaces); i++)
        if (tdm__str_starts((tdm_str){cell.data + at, cell.length - at}, tdm__str(spaces[i])))
            return strlen(spaces[i]);
    return 0;
}

/* Apostrophes, straight or as a word processor makes them, say nothing in a word. */
static size_t apostrophe_at(tdm_str cell, size_t at)
{
    tdm_str rest = {cell.data + at, cell.length - at};
    return tdm__str_starts(rest, TDM_LIT("'")) ? 1 : tdm__str_starts(rest, TDM_LIT("\xE2\x80\x99")) ? 3 : 0;
}

/* Small letters, single spaces, no apostrophes; "" for a cell that is longer than any word of ours. */
static void word_of(char out[WORD_SIZE], tdm_str cell)
{
    size_t length = 0, at = 0;
    while (at < cell.length && length + 1 < WORD_SIZE) {
        size_t space = space_at(cell, at), apostrophe = apostrophe_at(cell, at);
        char c = cell.data[at];
        at += space > 0 ? space : apostrophe > 0 ? apostrophe : 1;
        if (apostrophe > 0 || (space > 0 && (length == 0 || out[length - 1] == ' ')))
            continue;
        out[length++] = (char)(space > 0 ? ' ' : c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    while (length > 0 && (out[length - 1] == ' ' || out[length - 1] == ':'))
        length--;
    out[at == cell.length ? length : 0] = '\0';
}

const tdm__sheet_row *tdm__sheet_row_named(tdm_str cell)
{
    char word[WORD_SIZE];
    word_of(word, cell);
    if (strcmp(word, "conditions") == 0)
        word[strlen("condition")] = '\0';
    for (size_t i = 0; i < tdm__sheet_row_count; i++)
        if (strcmp(word, tdm__sheet_rows[i].name) == 0)
            return &tdm__sheet_rows[i];
    return NULL;
}

static const struct heading_word {
    const char *word;
    tdm__sheet_column column;
} heading_words[] = {
    {"area", TDM__COLUMN_AREA},
    {"sub area", TDM__COLUMN_SUB_AREA},
    {"item", TDM__COLUMN_ITEM},
    {"item code", TDM__COLUMN_ITEM},
    {"label", TDM__COLUMN_LABEL},
    {"wording", TDM__COLUMN_WORDING},
    {"what the grades mean", TDM__COLUMN_MEANING},
    {"grade", TDM__COLUMN_GRADE},
    {"evidence", TDM__COLUMN_EVIDENCE},
    {"childs words", TDM__COLUMN_CHILD_WORDS},
    {"child words", TDM__COLUMN_CHILD_WORDS},
    {"current grade", TDM__COLUMN_CURRENT},
    {"current", TDM__COLUMN_CURRENT},
    {"target grade", TDM__COLUMN_TARGET},
    {"target", TDM__COLUMN_TARGET},
    {"by", TDM__COLUMN_BY},
    {"actual grade", TDM__COLUMN_ACTUAL},
    {"actual", TDM__COLUMN_ACTUAL},
};

tdm__sheet_column tdm__sheet_column_named(tdm_str cell)
{
    char word[WORD_SIZE];
    word_of(word, cell);
    for (size_t i = 0; i < COUNT_OF(heading_words); i++)
        if (strcmp(word, heading_words[i].word) == 0)
            return heading_words[i].column;
    return TDM__COLUMN_COUNT;
}

bool tdm__sheet_is_marker(tdm_str cell)
{
    char word[WORD_SIZE];
    word_of(word, cell);
    return strcmp(word, TDM__SHEET_MARKER) == 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_plain_number(tdm_str text)
{
    size_t digits = 0;
    while (digits < text.length && is_digit(text.data[digits]))
        digits++;
    return digits == text.length && digits < 16 && (digits == 1 || text.data[0] != '0');
}

static bool is_one_of(char c, const char *characters)
{
    return c != '\0' && strchr(characters, c) != NULL;
}

/* Without "am", "pm", " a" or " p" at its end. */
static tdm_str without_half_day(tdm_str text)
{
    size_t at = text.length;
    at -= at > 0 && is_one_of(text.data[at - 1], "mM");
    bool has_m = at < text.length;
    if (at > 1 && is_one_of(text.data[at - 1], "aApP") && (has_m || text.data[at - 2] == ' '))
        text.length = at - 1;
    return text;
}

/* "e" between two parts of a number, as in "1e5". */
static bool is_exponent(tdm_str text, size_t at)
{
    return at > 0 && at + 1 < text.length && is_one_of(text.data[at], "eE") && is_digit(text.data[at - 1]) &&
           (is_digit(text.data[at + 1]) || is_one_of(text.data[at + 1], "+-"));
}

/* "1.10", "1/2", "007", "1e5", "5 pm", "(3)": what a spreadsheet takes for a number or a time. Not "12",
 * which it gives back as it was, and not "1.0.0", which it leaves alone. */
static bool is_taken_for_number(tdm_str text)
{
    static const char around[] = " .,:/-+()%$\xC2\xA3"; /* the last two are a pound sign */
    tdm_str number = without_half_day(text);
    size_t digits = 0, dots = 0, others = text.length - number.length;
    for (size_t i = 0; i < number.length; i++) {
        char c = number.data[i];
        if (!is_digit(c) && !is_one_of(c, around) && !is_exponent(number, i))
            return false;
        digits += is_digit(c);
        dots += c == '.';
        others += !is_digit(c) && c != '.';
    }
    return digits > 0 && !(others == 0 && dots > 1) && !is_plain_number(text);
}

static bool is_taken_for_another(tdm_str text)
{
    tdm_date date;
    char word[WORD_SIZE];
    tdm_str trimmed = tdm__str_trimmed(text);
    if (trimmed.length != text.length || text.length == 0 || memchr("=+-@'", text.data[0], 5))
        return true;
    word_of(word, text);
    return strcmp(word, "true") == 0 || strcmp(word, "false") == 0 || is_taken_for_number(text) ||
           (!is_plain_number(text) && tdm_date_parse(&date, NULL, text, NULL) == TDM_OK);
}

void tdm__sheet_put_text(tdm__text *out, tdm_str text)
{
    tdm__text marked;
    tdm__text_init(&marked, out->allocator);
    if (is_taken_for_another(text))
        tdm__text_char(&marked, '\'');
    tdm__put_shown(&marked, text);
    tdm__csv_put_field(out, tdm__text_str(&marked), ',');
    out->failed = out->failed || marked.failed;
    tdm__text_free(&marked);
}

bool tdm__sheet_text(tdm_str *out, tdm_str cell)
{
    *out = (tdm_str){"", 0};
    if (cell.length > 0 && cell.data[0] == '\'') {
        *out = (tdm_str){cell.data + 1, cell.length - 1};
        return true;
    }
    cell = tdm__str_trimmed(cell);
    if (cell.length > 0)
        *out = cell;
    return cell.length > 0;
}

bool tdm__sheet_choice(tdm_str *out, tdm_str cell, const char *choices)
{
    char word[WORD_SIZE];
    tdm_str rest = tdm__str(choices);
    word_of(word, cell);
    while (rest.length > 0) {
        *out = tdm__str_split(&rest, ' ');
        if (tdm__str_equal(*out, tdm__str(word)))
            return true;
    }
    *out = (tdm_str){"", 0};
    return false;
}

bool tdm__sheet_number(int32_t *out, tdm_str cell)
{
    int64_t number = 0;
    *out = 0;
    if (!tdm__sheet_text(&cell, cell))
        return false;
    size_t end = cell.length;
    while (end > 0 && cell.data[end - 1] == '0')
        end--;
    /* "3,0" and "3,00": behind three zeros a comma may stand for thousands. */
    bool has_zeros = end > 0 && end < cell.length && end + 2 >= cell.length;
    if (has_zeros && (cell.data[end - 1] == '.' || cell.data[end - 1] == ','))
        cell.length = end - 1;
    if (!tdm__str_to_int64(&number, cell) || number < -TDM_INSTRUMENT_VALUE_MAX ||
        number > TDM_INSTRUMENT_VALUE_MAX)
        return false;
    *out = (int32_t)number;
    return true;
}

static const struct state_word {
    const char *word;
    tdm__entry_state state;
} state_words[] = {
    {"not seen", TDM__ENTRY_NOT_SEEN},
    {"notseen", TDM__ENTRY_NOT_SEEN},
    {"not applicable", TDM__ENTRY_NOT_APPLICABLE},
    {"notapplicable", TDM__ENTRY_NOT_APPLICABLE},
    {"n/a", TDM__ENTRY_NOT_APPLICABLE},
    {"n.a.", TDM__ENTRY_NOT_APPLICABLE},
    {"not recorded", TDM__ENTRY_NOT_RECORDED},
};

bool tdm__sheet_grade(tdm__entry_state *state, int32_t *value, tdm_str cell)
{
    char word[WORD_SIZE];
    *state = TDM__ENTRY_SCORED;
    if (tdm__sheet_number(value, cell))
        return true;
    *state = TDM__ENTRY_NOT_RECORDED;
    word_of(word, cell);
    if (tdm__str_trimmed(cell).length == 0)
        return true;
    for (size_t i = 0; i < COUNT_OF(state_words); i++) {
        if (strcmp(word, state_words[i].word) != 0)
            continue;
        *state = state_words[i].state;
        return true;
    }
    return false;
}

static bool same_letters(tdm_str a, tdm_str b)
{
    for (size_t i = 0; i < a.length && a.length == b.length; i++) {
        char one = a.data[i], other = b.data[i];
        one = (char)(one >= 'A' && one <= 'Z' ? one + 32 : one);
        other = (char)(other >= 'A' && other <= 'Z' ? other + 32 : other);
        if (one != other)
            return false;
    }
    return a.length == b.length;
}

bool tdm__sheet_label(int32_t *out, tdm_str cell, const tdm__scale *scale)
{
    int found = 0;
    *out = 0;
    if (!tdm__sheet_text(&cell, cell) || cell.length == 0)
        return false;
    for (size_t i = 0; i < scale->value_count; i++) {
        if (!same_letters(cell, scale->values[i].label))
            continue;
        *out = scale->values[i].value;
        found++;
    }
    return found == 1;
}

bool tdm__sheet_day_read(tdm_day *out, tdm_str cell, const tdm_date_rules *rules)
{
    tdm_date date;
    int32_t minute;
    *out = TDM_DAY_NONE;
    if (!tdm__sheet_text(&cell, cell) || tdm_date_parse(&date, &minute, cell, rules) != TDM_OK)
        return false;
    /* A day that a spreadsheet holds is written with midnight behind it at times. */
    if (date.flags != 0 || date.from != date.to || minute > 0)
        return false;
    *out = date.from;
    return true;
}
