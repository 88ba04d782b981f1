/*
 * A suggestion in words: each guess with how sure it is and why, what a person has to settle, and the first
 * rows as the map would have them read. These are the cells of the file, shown to whoever holds it.
 */
#include "ingest/map_suggest.h"

#include "ingest/map_cells.h"

#include <string.h>

#define TEXT_SHOWN  40 /* letters of a free text */
#define WORDS_SHOWN 60 /* letters of a heading or value */

static const char *const sureness_words[] = {
    [TDM__SURE] = "sure", [TDM__LIKELY] = "likely", [TDM__DOUBTFUL] = "doubtful"};

static const char *const reason_words[TDM__SUGGEST_REASONS] = {
    [TDM__BY_HEADING] = "by its heading",
    [TDM__BY_CLOSE_HEADING] = "its heading is close to a known one",
    [TDM__BY_PART_OF_HEADING] = "a part of its heading is known",
    [TDM__BY_DATES] = "its cells are dates",
    [TDM__BY_LATER_DATES] = "its cells are dates, none before the day of the event",
    [TDM__BY_TEXT] = "its cells are texts",
    [TDM__BY_AGENCIES] = "its cells name agencies",
    [TDM__BY_KINDS] = "its cells name kinds of event",
    [TDM__BY_NUMBERING] = "each cell is another number; it could be the child's too",
    [TDM__NOT_OF_AN_EVENT] = "known, and no part of an event",
    [TDM__NOT_AS_HEADING] = "its cells do not read as its heading says",
    [TDM__NOT_A_SECOND] = "another column is taken for the field that its heading names",
    [TDM__NOT_DATES] = "dates, of what is not known; \"events\" in the map makes an event of each",
    [TDM__NOT_ANSWERS] = "yes and no: child_seen, seen_alone, voice or a fact?",
    [TDM__NOT_CODES] = "few short words, of what is not known",
    [TDM__NOT_KNOWN] = "nothing says what it is",
    [TDM__NOT_FILLED] = "no cell is filled",
    [TDM__NO_HEADING] = "a column without a heading; no map can name it",
    [TDM__HEADING_TWICE] = "the heading stands there before; no map can name the second",
};

const char *tdm__sureness_words(tdm__sureness sureness)
{
    return sureness_words[sureness];
}

const char *tdm__suggest_reason_words(tdm__suggest_reason reason)
{
    return reason_words[reason];
}

/* On one line, and so many letters of it. */
static void put_shown(tdm__text *out, tdm_str text, int letters)
{
    size_t at = 0;
    for (; at < text.length && letters > 0; letters--) {
        uint32_t letter = tdm__utf8_next(text, &at);
        tdm__utf8_put(out, letter == '\n' || letter == '\r' || letter == '\t' ? ' ' : letter);
    }
    if (at < text.length)
        tdm__text_puts(out, "...");
}

static void put_dates_of(tdm__text *out, const tdm__suggested_column *column)
{
    if (column->field == TDM__FIELD_OCCURRED || column->field == TDM__FIELD_ENDED ||
        column->field == TDM__FIELD_RECORDED)
        tdm__text_printf(out, "; %lld of %lld cells are dates", (long long)column->look.dates,
                         (long long)column->look.filled);
}

static void put_guesses(tdm__text *out, const tdm__suggested_table *table)
{
    tdm__text_puts(out, "\nColumns:\n");
    for (size_t i = 0; i < table->column_count; i++) {
        const tdm__suggested_column *column = &table->columns[i];
        if (column->to.length == 0)
            continue;
        tdm__text_puts(out, "  ");
        put_shown(out, column->heading, WORDS_SHOWN);
        tdm__text_printf(out, " -> %.*s  %s: %s", TDM_STR_ARGS(column->to), sureness_words[column->sureness],
                         reason_words[column->reason]);
        if (column->joins)
            tdm__text_puts(out, "; behind the column before it");
        put_dates_of(out, column);
        tdm__text_char(out, '\n');
    }
}

static void put_ignored(tdm__text *out, const tdm__suggested_table *table)
{
    bool begun = false;
    for (size_t i = 0; i < table->column_count; i++) {
        const tdm__suggested_column *column = &table->columns[i];
        if (column->to.length > 0 || (column->reason == TDM__NO_HEADING && column->look.filled == 0))
            continue;
        tdm__text_puts(out, begun ? "  " : "\nNot read:\n  ");
        begun = true;
        put_shown(out, column->heading.length > 0 ? column->heading : TDM_LIT("(blank)"), WORDS_SHOWN);
        tdm__text_printf(out, ": %s\n", reason_words[column->reason]);
    }
    if (table->columns_passed)
        tdm__text_printf(out, "  Columns behind the first %d were not looked at.\n", TDM__SUGGEST_COLUMNS);
}

static void put_value(tdm__text *out, const tdm__suggested_value *value, bool is_kind)
{
    tdm__text_puts(out, "  ");
    put_shown(out, value->theirs, WORDS_SHOWN);
    tdm__text_printf(out, " (%lld %s)", (long long)value->rows, value->rows == 1 ? "row" : "rows");
    if (value->ours.length == 0)
        tdm__text_puts(out, is_kind ? " = ?  not known: fill in a code of kinds.csv\n" : " = ?  not known\n");
    else
        tdm__text_printf(out, " = %.*s%s\n", TDM_STR_ARGS(value->ours),
                         value->nearness == TDM__SAME ? "" : "  only the nearest: check it");
}

static void put_values(tdm__text *out, const tdm__suggested_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const tdm__suggested_column *column = &table->columns[i];
        if (column->to.length == 0 || !tdm__takes_values(column->field) || column->look.value_count == 0)
            continue;
        tdm__text_puts(out, "\nWords of ");
        put_shown(out, column->heading, WORDS_SHOWN);
        tdm__text_puts(out, ":\n");
        for (size_t v = 0; v < column->look.value_count; v++)
            put_value(out, &column->look.values[v], column->field == TDM__FIELD_KIND);
    }
}

/* --- what a person has to settle --- */

static const tdm__suggested_column *column_of(const tdm__suggested_table *table, tdm__field field)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].to.length > 0 && table->columns[i].field == field)
            return &table->columns[i];
    return NULL;
}

static const char *const order_words[] = {
    [TDM__ORDER_NOT_NEEDED] = NULL,
    [TDM__ORDER_DAY_FIRST] = "Day comes before month: some date can only be read so.",
    [TDM__ORDER_MONTH_FIRST] = "Month comes before day: some date can only be read so.",
    [TDM__ORDER_OPEN] =
        "No date shows whether day or month comes first, so the map does not say: day is taken "
        "first. \"dates\": {\"order\": \"mdy\"} turns it round.",
    [TDM__ORDER_MIXED] =
        "Some dates can only be read day first, others only month first, so the map does not "
        "say: a date of such a column that can be read both ways becomes the stretch between.",
};

static size_t unknown_kinds(const tdm__suggested_column *kind)
{
    size_t count = 0;
    for (size_t i = 0; kind && i < kind->look.value_count; i++)
        count += kind->look.values[i].ours.length == 0;
    return count;
}

static void put_points(tdm__text *out, const tdm__suggestion *suggestion)
{
    const tdm__suggested_table *table = &suggestion->table;
    size_t unknown = unknown_kinds(column_of(table, TDM__FIELD_KIND));
    tdm__text_puts(out, "\nTo settle:\n");
    const tdm__suggested_column *child = column_of(table, TDM__FIELD_CHILD);
    if (child && child->look.parted > 0)
        tdm__text_puts(out,
                       "  Some cells of the child's column hold a mark such as / or ; - \"split\" in the map "
                       "reads several children.\n");
    if (child)
        tdm__text_puts(out,
                       "  Is the child's number the one that the other returns or the case folder have?\n");
    else
        tdm__text_puts(out, "  No column was taken for the child: without one, or \"constants\": {\"child\": "
                            "...}, every row is set aside.\n");
    if (!column_of(table, TDM__FIELD_OCCURRED))
        tdm__text_puts(out, "  No column was taken for the day of the event: rows would be undated.\n");
    if (!column_of(table, TDM__FIELD_KIND))
        tdm__text_puts(out,
                       "  No column was taken for the kind of event: \"constants\": {\"kind\": ...} gives "
                       "one for all rows, else they are \"other\".\n");
    if (unknown > 0)
        tdm__text_printf(out,
                         "  %llu %s of the kind still to be filled in: rows with %s are \"other\", "
                         "and told.\n",
                         (unsigned long long)unknown, unknown == 1 ? "word" : "words",
                         unknown == 1 ? "it" : "them");
    if (suggestion->agency.length == 0 && !column_of(table, TDM__FIELD_AGENCY))
        tdm__text_puts(out, "  The map names no agency: --agency CODE puts it in; else the case folder must "
                            "name it.\n");
    if (order_words[table->order])
        tdm__text_printf(out, "  %s\n", order_words[table->order]);
}

/* --- the first rows --- */

typedef struct previewing {
    const tdm__suggested_table *table;
    const tdm__map *map;
    tdm__draft draft;
    tdm__arena scratch;
    tdm__text folded;
} previewing;

/* The column that a heading of the map names. */
static size_t column_under(const previewing *p, const tdm__binding *binding)
{
    tdm_str heading = p->map->headings[binding->heading].written;
    size_t at = 0;
    while (at < p->table->column_count && !tdm__str_equal(p->table->columns[at].heading, heading))
        at++;
    return at;
}

static tdm_status read_row(previewing *p, const tdm_str *cells, tdm_str *written)
{
    tdm_status status = TDM_OK;
    *written = TDM_LIT("");
    tdm__arena_reset(&p->scratch);
    tdm__draft_clear(&p->draft);
    p->draft.event.agency = p->map->agency;
    for (size_t i = 0; i < p->map->binding_count && status == TDM_OK; i++) {
        tdm__problem problem;
        const tdm__binding *binding = &p->map->bindings[i];
        size_t at = column_under(p, binding);
        tdm_date_rules rules = p->map->rules;
        if (at == p->table->column_count || cells[at].length == 0 || binding->joins)
            continue;
        if (!p->map->has_order && p->table->columns[at].look.month_first > 0)
            rules.order = TDM_ORDER_UNKNOWN;
        if (binding->how.field == TDM__FIELD_OCCURRED)
            *written = cells[at];
        status = tdm__map_cell(&problem, &p->draft, binding, &rules, &p->folded, cells[at]);
    }
    return status;
}

static void put_date(tdm__text *out, const tdm__event_input *event, tdm_str written)
{
    char date[TDM_DATE_TEXT_SIZE];
    tdm_date_format(date, event->occurred);
    tdm__text_puts(out, date[0] ? date : "undated");
    if (event->minute >= 0)
        tdm__text_printf(out, " %02d:%02d", (int)(event->minute / 60), (int)(event->minute % 60));
    if (written.length > 0 && !tdm__str_equal(written, tdm__str(date))) {
        tdm__text_puts(out, " (written ");
        put_shown(out, written, TEXT_SHOWN);
        tdm__text_char(out, ')');
    }
}

static void put_row(tdm__text *out, const previewing *p, int32_t row, tdm_str written,
                    const tdm_vocabulary *vocabulary)
{
    const tdm__event_input *event = &p->draft.event;
    tdm_str text = event->strings[TDM__TEXT];
    tdm__text_printf(out, "  row %d: ", (int)row);
    put_date(out, event, written);
    tdm__text_printf(out, " | %.*s | ", TDM_STR_ARGS(vocabulary->kinds[event->kind].code));
    put_shown(out, event->agency.length > 0 ? event->agency : TDM_LIT("no agency"), WORDS_SHOWN);
    tdm__text_puts(out, " | ");
    put_shown(out, p->draft.child.length > 0 ? p->draft.child : TDM_LIT("no child"), WORDS_SHOWN);
    if (text.length > 0) {
        tdm__text_puts(out, " | ");
        put_shown(out, text, TEXT_SHOWN);
    }
    tdm__text_char(out, '\n');
}

static tdm_status put_rows(tdm__text *out, const tdm__suggested_table *table, const tdm__map *map,
                           const tdm_vocabulary *vocabulary)
{
    previewing p = {.table = table, .map = map};
    tdm_status status = TDM_OK;
    tdm__arena_init(&p.scratch, out->allocator);
    tdm__text_init(&p.folded, out->allocator);
    tdm__draft_init(&p.draft, vocabulary, out->allocator, &p.scratch);
    tdm__text_puts(out, "\nFirst rows, as they would be read (day, kind, agency, child, text):\n");
    for (size_t r = 0; r < table->cell_row_count && status == TDM_OK; r++) {
        tdm_str written;
        status = read_row(&p, table->cells + r * table->column_count, &written);
        if (status == TDM_OK)
            put_row(out, &p, table->cell_rows[r], written, vocabulary);
    }
    if (table->cell_row_count == 0)
        tdm__text_puts(out, "  none: nothing stands below the heading\n");
    tdm__draft_free(&p.draft);
    tdm__text_free(&p.folded);
    tdm__arena_free(&p.scratch);
    return status;
}

static const char *delimiter_words(char delimiter)
{
    return delimiter == ','    ? "commas"
           : delimiter == ';'  ? "semicolons"
           : delimiter == '\t' ? "tabs"
                               : "bars";
}

static void put_form(tdm__text *out, const tdm__suggestion *suggestion)
{
    const tdm__mapped_file *file = &suggestion->file;
    const tdm__suggested_table *table = &suggestion->table;
    put_shown(out, file->name, 200);
    if (file->is_grid) {
        tdm__text_puts(out, ": ");
        put_shown(out, suggestion->sheets[table->sheet].name, WORDS_SHOWN);
        tdm__text_printf(out, ", of %llu in the file", (unsigned long long)suggestion->sheet_count);
    } else {
        tdm__text_printf(out, ": %s, cells parted by %s",
                         strcmp(file->encoding_seen, "utf-8") == 0 ? "UTF-8" : "Windows-1252",
                         delimiter_words(file->delimiter_seen));
    }
    tdm__text_printf(out, ", heading in row %d, %lld %s below it\n", (int)table->heading_row,
                     (long long)table->rows, table->rows == 1 ? "row" : "rows");
}

tdm_status tdm__suggestion_text(tdm__text *out, const tdm__suggestion *suggestion,
                                const tdm_vocabulary *vocabulary, tdm_error *error)
{
    tdm__text json;
    tdm__map *map = NULL;
    tdm__text_init(&json, out->allocator);
    put_form(out, suggestion);
    put_guesses(out, &suggestion->table);
    put_ignored(out, &suggestion->table);
    put_values(out, &suggestion->table);
    put_points(out, suggestion);
    tdm_status status = tdm__suggestion_map(&json, suggestion);
    if (status == TDM_OK)
        status = tdm__map_parse(&map, out->allocator, vocabulary, NULL, tdm__text_str(&json), TDM_LIT("map"),
                                error);
    if (status == TDM_OK)
        status = put_rows(out, &suggestion->table, map, vocabulary);
    tdm__text_puts(out, "\nMap:\n");
    tdm__text_add(out, tdm__text_str(&json));
    tdm__text_char(out, '\n');
    tdm__map_free(map);
    tdm__text_free(&json);
    if (status == TDM_OK && out->failed)
        status = TDM_NO_MEMORY;
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}
