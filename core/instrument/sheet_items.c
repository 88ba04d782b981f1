/*
 * The table of a sheet: one row an item, its columns found by their headings, in whatever order rows and
 * columns come back.
 */
#include "instrument/sheet_reader.h"

/* Beside the columns that there are: of a heading that is none of them, which is told there and not again
 * for each row. */
#define NO_HEADING      TDM__COLUMN_COUNT
#define UNKNOWN_HEADING ((tdm__sheet_column)(TDM__COLUMN_COUNT + 1))

static const char *heading(tdm__sheet_column column)
{
    return tdm__sheet_headings[column];
}

bool tdm__sheet_is_headings(const tdm__sheet_reader *r)
{
    bool has_item = false, has_grade = false;
    for (size_t i = 0; i < r->csv.field_count; i++) {
        tdm__sheet_column column = tdm__sheet_column_named(r->csv.fields[i]);
        has_item = has_item || column == TDM__COLUMN_ITEM;
        has_grade = has_grade || column == TDM__COLUMN_GRADE;
    }
    return has_item && has_grade;
}

/* What the heading in a field is; problems with it are told. */
static tdm__sheet_column read_heading(tdm__sheet_reader *r, size_t field, bool *seen)
{
    tdm_str cell = tdm__str_trimmed(r->csv.fields[field]);
    tdm__sheet_column column = tdm__sheet_column_named(cell);
    if (cell.length == 0)
        return NO_HEADING;
    if (column == TDM__COLUMN_COUNT) {
        tdm__sheet_problem(r, (int64_t)field, false,
                           "the headings: expected no column beside those of the blank sheet");
        return UNKNOWN_HEADING;
    }
    if (seen[column])
        tdm__sheet_problem(r, (int64_t)field, true, "the headings: expected \"%s\" once", heading(column));
    seen[column] = true;
    return column;
}

/* The rows above the table have been read by now. */
static const tdm_instrument *known_instrument(const tdm__sheet_reader *r)
{
    tdm_str id = r->assessment->texts[TDM__FORM_INSTRUMENT];
    for (size_t i = 0; r->known && i < r->known->count; i++)
        if (tdm__str_equal(tdm_instrument_id(r->known->instruments[i]), id))
            return r->known->instruments[i];
    return NULL;
}

void tdm__sheet_read_headings(tdm__sheet_reader *r)
{
    bool seen[TDM__COLUMN_COUNT] = {false};
    r->in_table = true;
    r->instrument = known_instrument(r);
    r->columns = tdm__arena_array(&r->assessment->arena, r->csv.field_count, sizeof *r->columns);
    if (!r->columns) {
        tdm__sheet_no_memory(r);
        return;
    }
    r->column_count = r->csv.field_count;
    for (size_t i = 0; i < r->column_count; i++)
        r->columns[i] = read_heading(r, i, seen);
}

/* The cells of a row by their columns, and the field that each stands in. */
typedef struct item_row {
    tdm_str cells[TDM__COLUMN_COUNT];
    int64_t fields[TDM__COLUMN_COUNT];
} item_row;

static bool is_empty(tdm_str cell)
{
    return tdm__str_trimmed(cell).length == 0;
}

static void find_cells(item_row *row, tdm__sheet_reader *r)
{
    *row = (item_row){.fields = {0}};
    for (size_t i = 0; i < TDM__COLUMN_COUNT; i++)
        row->fields[i] = -1;
    for (size_t i = 0; i < r->csv.field_count; i++) {
        tdm__sheet_column column = i < r->column_count ? r->columns[i] : NO_HEADING;
        if (column < TDM__COLUMN_COUNT) {
            row->cells[column] = r->csv.fields[i];
            row->fields[column] = (int64_t)i;
        } else if (column == NO_HEADING && !is_empty(r->csv.fields[i])) {
            tdm__sheet_problem(r, (int64_t)i, false, "expected nothing in a column without a heading");
        }
    }
}

/* Whether a row says anything beside whose it is. */
static bool says_something(const item_row *row)
{
    bool something = false;
    for (tdm__sheet_column column = TDM__COLUMN_GRADE; column < TDM__COLUMN_COUNT; column++)
        something = something || !is_empty(row->cells[column]);
    return something;
}

static void tell(tdm__sheet_reader *r, const item_row *row, tdm__sheet_column column, const char *expected)
{
    tdm__sheet_problem(r, row->fields[column], false, "item %.*s, \"%s\": expected %s", TDM_STR_ARGS(r->item),
                       heading(column), expected);
}

/* Numbers the item in one of the lists; false where it stands there already, or there is no memory. */
static bool add_once(uint32_t *number, tdm__sheet_reader *r, int list, const item_row *row,
                     tdm__sheet_column column)
{
    size_t before = r->once[list].count;
    if (tdm__dictionary_add(number, &r->once[list], r->item) != TDM_OK) {
        tdm__sheet_no_memory(r);
        return false;
    }
    if (r->once[list].count == before)
        tell(r, row, column, "this in one row of the item alone");
    return r->once[list].count > before;
}

static void add_entry(tdm__sheet_reader *r, const tdm__entry *entry)
{
    tdm_assessment *assessment = r->assessment;
    size_t count = assessment->entry_count;
    tdm__entry *entries = tdm__sheet_room(r, assessment->entries, count, sizeof *entries);
    bool *is_twice = tdm__sheet_room(r, r->is_twice, count, sizeof *is_twice);
    if (!entries || !is_twice)
        return;
    entries[count] = *entry;
    is_twice[count] = false;
    assessment->entries = entries;
    assessment->entry_count = count + 1;
    r->is_twice = is_twice;
}

/* A grade by its label on the scale of the item at hand. */
static bool is_label(int32_t *out, const tdm__sheet_reader *r, tdm_str cell)
{
    *out = 0;
    uint32_t item = r->instrument ? tdm__instrument_find_item(r->instrument, r->item) : TDM__NO_PART;
    return item != TDM__NO_PART &&
           tdm__sheet_label(out, cell, tdm__instrument_item_scale(r->instrument, item));
}

static bool is_entry(tdm__entry *entry, const tdm__sheet_reader *r, tdm_str cell)
{
    if (tdm__sheet_grade(&entry->state, &entry->value, cell))
        return true;
    entry->state = TDM__ENTRY_SCORED;
    return is_label(&entry->value, r, cell);
}

static void read_grade(tdm__sheet_reader *r, const item_row *row)
{
    tdm__entry entry = {.item = r->item, .line = r->row};
    uint32_t number;
    if (!is_entry(&entry, r, row->cells[TDM__COLUMN_GRADE])) {
        tell(r, row, TDM__COLUMN_GRADE,
             "a grade of the scale, \"not seen\", \"not applicable\", or nothing where none is recorded");
        return;
    }
    if (entry.state == TDM__ENTRY_NOT_RECORDED)
        return;
    if (add_once(&number, r, TDM__ONCE_GRADE, row, TDM__COLUMN_GRADE))
        add_entry(r, &entry);
    else if (number < r->assessment->entry_count)
        r->is_twice[number] = true;
}

static void read_remark(tdm__remark **remarks, size_t *count, tdm__sheet_reader *r, int list,
                        const item_row *row, tdm__sheet_column column)
{
    tdm__remark remark = {.item = r->item, .line = r->row};
    tdm_str text;
    uint32_t number;
    if (!tdm__sheet_text(&text, row->cells[column]) || !add_once(&number, r, list, row, column))
        return;
    tdm__remark *room = tdm__sheet_room(r, *remarks, *count, sizeof remark);
    if (!room || !tdm__sheet_keep(&remark.text, r, text))
        return;
    *remarks = room;
    room[(*count)++] = remark;
}

/* Empty, or the apostrophe that stands for an empty text. */
static bool says_nothing(tdm_str cell)
{
    tdm_str text;
    return !tdm__sheet_text(&text, cell) || text.length == 0;
}

/* False: the cell says nothing, or is no grade, which is told. */
static bool read_number(int32_t *out, tdm__sheet_reader *r, const item_row *row, tdm__sheet_column column)
{
    *out = 0;
    if (says_nothing(row->cells[column]))
        return false;
    bool is_read = tdm__sheet_number(out, row->cells[column]) || is_label(out, r, row->cells[column]);
    if (!is_read)
        tell(r, row, column, "a grade of the scale, or nothing");
    return is_read;
}

static void read_target(tdm__sheet_reader *r, const item_row *row)
{
    tdm_assessment *assessment = r->assessment;
    tdm__target target = {.item = r->item, .line = r->row, .by = TDM_DAY_NONE};
    bool is_given = false;
    for (tdm__sheet_column column = TDM__COLUMN_CURRENT; column <= TDM__COLUMN_ACTUAL; column++)
        is_given = is_given || !is_empty(row->cells[column]);
    if (!is_given)
        return;
    target.has_current = read_number(&target.current, r, row, TDM__COLUMN_CURRENT);
    target.has_target = read_number(&target.target, r, row, TDM__COLUMN_TARGET);
    target.has_actual = read_number(&target.actual, r, row, TDM__COLUMN_ACTUAL);
    if (!says_nothing(row->cells[TDM__COLUMN_BY]) &&
        !tdm__sheet_day_read(&target.by, row->cells[TDM__COLUMN_BY], &r->dates))
        tell(r, row, TDM__COLUMN_BY, "a day that exists, as 14/05/2024, or nothing");
    tdm__target *targets = tdm__sheet_room(r, assessment->targets, assessment->target_count, sizeof target);
    if (!targets)
        return;
    assessment->targets = targets;
    assessment->targets[assessment->target_count++] = target;
}

/* Finds whose row it is; false where that cannot be said. */
static bool read_code(tdm__sheet_reader *r, const item_row *row)
{
    tdm_str code;
    bool is_given = tdm__sheet_text(&code, row->cells[TDM__COLUMN_ITEM]);
    if (is_given && tdm__instrument_code_valid(code))
        return tdm__sheet_keep(&r->item, r, code);
    tdm__sheet_problem(r, row->fields[TDM__COLUMN_ITEM], false,
                       "\"item\": expected the code of an item, 1 to 16 letters, digits, '-', '_' or '.'");
    return false;
}

void tdm__sheet_read_item(tdm__sheet_reader *r)
{
    tdm_assessment *assessment = r->assessment;
    item_row row;
    find_cells(&row, r);
    if (!says_something(&row) || !read_code(r, &row))
        return;
    read_grade(r, &row);
    read_remark(&assessment->evidence, &assessment->evidence_count, r, TDM__ONCE_EVIDENCE, &row,
                TDM__COLUMN_EVIDENCE);
    read_remark(&assessment->child_words, &assessment->child_word_count, r, TDM__ONCE_CHILD_WORDS, &row,
                TDM__COLUMN_CHILD_WORDS);
    read_target(r, &row);
    r->item = TDM_LIT("");
}

void tdm__sheet_end_table(tdm__sheet_reader *r)
{
    tdm_assessment *assessment = r->assessment;
    size_t kept = 0;
    for (size_t i = 0; i < assessment->entry_count; i++) {
        const tdm__entry *entry = &assessment->entries[i];
        if (!r->is_twice[i])
            assessment->entries[kept++] = *entry;
        else if (tdm__assessment_leave_out(assessment, entry->item, entry->line) != TDM_OK)
            tdm__sheet_no_memory(r);
    }
    assessment->entry_count = kept;
}
