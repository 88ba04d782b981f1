/*
 * Tables made of figures: one builder that fills cells from left to right, and one function a table.
 */
#include "report/scorecard_tables.h"

typedef struct making {
    tdm__arena *arena;
    const tdm_scorecard *card;
    const tdm__card_measure *measure;
    tdm__card_tables *tables;
    tdm__card_table *table; /* being filled */
    tdm__card_cell *cells;
    size_t filled, room;
    tdm__text text; /* of the cell being put together */
    tdm_status status;
} making;

static tdm_str settle(making *m)
{
    return tdm__settled(&m->text, m->arena, &m->status);
}

static bool begin(making *m, const char *code, const char *title, size_t rows)
{
    m->table = &m->tables->items[m->tables->count];
    *m->table = (tdm__card_table){.code = code, .title = title, .row_count = rows};
    m->filled = m->room = 0;
    return m->status == TDM_OK;
}

static void add_column(making *m, tdm_str heading, bool number)
{
    m->table->headings[m->table->column_count] = heading;
    m->table->numbers[m->table->column_count++] = number;
}

/* Behind the last column. */
static bool make_cells(making *m)
{
    if (!tdm__multiply_size(&m->room, m->table->row_count, m->table->column_count))
        m->status = TDM_NO_MEMORY;
    m->cells = m->status == TDM_OK ? tdm__arena_array(m->arena, m->room, sizeof *m->cells) : NULL;
    if (!m->cells)
        m->status = TDM_NO_MEMORY;
    m->table->cells = m->cells;
    return m->status == TDM_OK;
}

static void add_cell(making *m, tdm_str words, tdm_str number)
{
    if (m->status == TDM_OK && m->filled < m->room)
        m->cells[m->filled++] = (tdm__card_cell){words, number};
}

static void add_words(making *m, tdm_str words)
{
    add_cell(m, words, TDM_LIT(""));
}

static void add_made(making *m)
{
    add_words(m, settle(m));
}

static void add_int(making *m, int64_t number)
{
    if (number < 0) {
        add_words(m, number == TDM__NOT_SHOWN ? TDM_LIT("c") : TDM_LIT(""));
        return;
    }
    tdm__put_thousands(&m->text, number);
    tdm_str words = settle(m);
    tdm__text_int(&m->text, number);
    add_cell(m, words, settle(m));
}

static void add_tenths(making *m, int64_t tenths, const char *behind)
{
    tdm__put_tenths(&m->text, tenths);
    tdm_str number = settle(m);
    tdm__text_add(&m->text, number);
    tdm__text_puts(&m->text, behind);
    add_cell(m, settle(m), number);
}

static void add_half(making *m, int64_t doubled)
{
    if (doubled < 0) {
        add_words(m, TDM_LIT(""));
        return;
    }
    tdm__put_half(&m->text, doubled);
    tdm_str number = settle(m);
    add_cell(m, number, number);
}

static void finish(making *m)
{
    if (m->status == TDM_OK && m->table->row_count > 0)
        m->tables->count++;
}

/* --- what a row is of --- */

static bool parted_by_period(const making *m)
{
    return m->card->period_count > 1;
}

static bool parted_by_group(const making *m)
{
    return m->card->group_count > 1;
}

static void add_heads(making *m)
{
    static const char *const names[] = {[TDM__BY_NOTHING] = "Group",
                                        [TDM__BY_AGENCY] = "Agency",
                                        [TDM__BY_AREA] = "Area",
                                        [TDM__BY_TEAM] = "Team"};
    if (parted_by_period(m) || !parted_by_group(m))
        add_column(m, TDM_LIT("Period"), false);
    if (parted_by_group(m))
        add_column(m, tdm__str(names[m->card->by]), false);
    m->table->heads = m->table->column_count;
}

static void add_head_cells(making *m, uint32_t period, uint32_t group)
{
    if (parted_by_period(m) || !parted_by_group(m)) {
        tdm__text_add(&m->text, m->card->periods[period].name);
        tdm__text_puts(&m->text, m->card->periods[period].cut ? " (cut short)" : "");
        add_made(m);
    }
    if (parted_by_group(m)) {
        tdm__put_group_words(&m->text, m->card, group);
        add_made(m);
    }
}

typedef void (*row_fn)(making *m, uint32_t period, uint32_t group);

static void each_row(making *m, row_fn put)
{
    for (uint32_t period = 0; period < m->card->period_count; period++)
        for (uint32_t group = 0; group < m->card->group_count; group++)
            put(m, period, group);
}

static size_t rows_of(const making *m)
{
    return m->card->period_count * m->card->group_count;
}

static const tdm__card_figure *own_figure(const making *m, uint32_t period, uint32_t group)
{
    return tdm__card_figure_of(m->measure, period, group, TDM_NO_INDEX);
}

/* Why there is no number; false where there is one. */
static bool add_instead(making *m, const tdm__card_figure *figure)
{
    if (tdm__card_given(figure))
        return false;
    if (!figure)
        add_words(m, TDM_LIT(""));
    else if (figure->status == TDM__FIGURE_NOT_ASSESSED)
        tdm__text_printf(&m->text, "not assessed (%s)", figure->reason), add_made(m);
    else
        add_words(m, figure->status == TDM__FIGURE_NONE ? TDM_LIT("none") : TDM_LIT("c"));
    return true;
}

/* --- figures --- */

static bool has_rate(const making *m)
{
    return m->measure->measure->per > 0;
}

static bool has_share(const making *m)
{
    return m->measure->form == TDM__MEASURED_SHARE ||
           (m->measure->form == TDM__MEASURED_TIMES && m->measure->within >= 0);
}

static void add_blanks_up_to_row_end(making *m)
{
    while (m->status == TDM_OK && m->filled % m->table->column_count != 0)
        add_words(m, TDM_LIT(""));
}

static void put_figure_row(making *m, uint32_t period, uint32_t group)
{
    const tdm__card_figure *figure = own_figure(m, period, group);
    add_head_cells(m, period, group);
    if (add_instead(m, figure)) {
        add_blanks_up_to_row_end(m);
        return;
    }
    if (has_share(m)) {
        add_int(m, figure->numerator);
        add_int(m, figure->denominator);
        add_tenths(m, figure->percent_tenths, " %");
    } else {
        bool total = m->measure->form != TDM__MEASURED_COUNT && figure->denominator >= 0;
        add_int(m, total ? figure->denominator : figure->numerator);
    }
    if (has_rate(m) && figure->rate_tenths >= 0)
        add_tenths(m, figure->rate_tenths, "");
    add_blanks_up_to_row_end(m);
}

static tdm_str unit_heading(making *m)
{
    tdm_str unit = m->measure->measure->unit;
    if (unit.length == 0)
        return TDM_LIT("Number");
    tdm__put_line_words(&m->text, unit);
    return settle(m);
}

static void make_figures(making *m)
{
    if (!begin(m, "figures", "Figures", rows_of(m)))
        return;
    add_heads(m);
    if (has_share(m)) {
        if (m->measure->form == TDM__MEASURED_TIMES)
            tdm__text_printf(&m->text, "Within %d %s", (int)m->measure->within,
                             tdm__counting_words(m->measure->counting));
        else
            tdm__text_puts(&m->text, "Number");
        add_column(m, settle(m), true);
        add_column(m, TDM_LIT("Out of"), true);
        add_column(m, TDM_LIT("Percent"), true);
    } else {
        add_column(m, unit_heading(m), true);
    }
    if (has_rate(m)) {
        tdm__text_puts(&m->text, "Per ");
        tdm__put_thousands(&m->text, m->measure->measure->per);
        tdm__text_puts(&m->text, " children");
        add_column(m, settle(m), true);
    }
    if (make_cells(m))
        each_row(m, put_figure_row);
    finish(m);
}

/* --- lengths --- */

static void put_length_row(making *m, uint32_t period, uint32_t group)
{
    const tdm__card_times *times = tdm__card_times_of(m->measure, period, group);
    add_head_cells(m, period, group);
    if (!times) {
        if (!add_instead(m, own_figure(m, period, group)))
            add_words(m, tdm__str(tdm__card_without_lengths(own_figure(m, period, group))));
        add_blanks_up_to_row_end(m);
        return;
    }
    add_int(m, times->count);
    add_int(m, times->waiting);
    add_half(m, times->lower_doubled);
    add_half(m, times->median_doubled);
    add_half(m, times->upper_doubled);
    if (times->mean_tenths >= 0)
        add_tenths(m, times->mean_tenths, "");
    add_blanks_up_to_row_end(m);
}

static void make_lengths(making *m)
{
    static const char *const titles[] = {[TDM__IN_DAYS] = "How long it took, in days",
                                         [TDM__IN_WORKING_DAYS] = "How long it took, in working days",
                                         [TDM__IN_MONTHS] = "How long it took, in days"};
    if (m->measure->form != TDM__MEASURED_TIMES ||
        !begin(m, "lengths", titles[m->measure->counting], rows_of(m)))
        return;
    add_heads(m);
    add_column(m, TDM_LIT("Ended"), true);
    add_column(m, TDM_LIT("Still waiting"), true);
    add_column(m, TDM_LIT("Lower quartile"), true);
    add_column(m, TDM_LIT("Median"), true);
    add_column(m, TDM_LIT("Upper quartile"), true);
    add_column(m, TDM_LIT("Mean"), true);
    if (make_cells(m))
        each_row(m, put_length_row);
    finish(m);
}

/* --- survival --- */

static void add_share_by(making *m, const tdm__card_share *at)
{
    if (!at->given) {
        add_words(m, TDM_LIT("not given"));
        return;
    }
    tdm__put_tenths(&m->text, tdm__tenths_of(100.0 * (1.0 - at->share)));
    tdm_str number = settle(m);
    tdm__text_add(&m->text, number);
    tdm__text_puts(&m->text, " %");
    if (at->low >= 0 && at->high >= 0) { /* false of what is not known */
        tdm__text_puts(&m->text, " (");
        tdm__put_tenths(&m->text, tdm__tenths_of(100.0 * (1.0 - at->high)));
        tdm__text_puts(&m->text, " to ");
        tdm__put_tenths(&m->text, tdm__tenths_of(100.0 * (1.0 - at->low)));
        tdm__text_puts(&m->text, ")");
    }
    add_cell(m, settle(m), number);
}

static void put_survival_row(making *m, uint32_t period, uint32_t group)
{
    const tdm__card_figure *figure = own_figure(m, period, group);
    const tdm__card_times *times = tdm__card_times_of(m->measure, period, group);
    add_head_cells(m, period, group);
    if (add_instead(m, figure)) {
        add_blanks_up_to_row_end(m);
        return;
    }
    add_int(m, figure->denominator);
    add_int(m, figure->numerator);
    if (times) {
        add_int(m, times->waiting);
        tdm__put_middle(&m->text, &times->middle);
        add_made(m);
    } else {
        add_words(m, tdm__str(tdm__card_without_lengths(figure)));
    }
    size_t shares = times && times->at ? m->measure->at_count : 0;
    for (size_t i = 0; i < shares && m->filled % m->table->column_count != 0; i++)
        add_share_by(m, &times->at[i]);
    add_blanks_up_to_row_end(m);
}

static tdm_str span_words(making *m, tdm_span span)
{
    tdm__param_value value = {.type = TDM__PARAM_SPAN, .span = span};
    tdm_str words = TDM_LIT("");
    if (tdm__param_words(&words, m->arena, &value) != TDM_OK)
        m->status = TDM_NO_MEMORY;
    return words;
}

static void make_survival(making *m)
{
    if (m->measure->form != TDM__MEASURED_SURVIVAL ||
        !begin(m, "survival", "How long it took, counting those still waiting (95 % limits in brackets)",
               rows_of(m)))
        return;
    add_heads(m);
    add_column(m, TDM_LIT("Followed"), true);
    add_column(m, TDM_LIT("Ended"), true);
    add_column(m, TDM_LIT("Still waiting"), true);
    add_column(m, TDM_LIT("Median days"), true);
    for (size_t i = 0; i < m->measure->at_count && m->table->column_count < TDM__CARD_COLUMNS_MAX; i++) {
        tdm__text_puts(&m->text, "Within ");
        tdm__text_add(&m->text, span_words(m, m->measure->at[i]));
        add_column(m, settle(m), true);
    }
    if (make_cells(m))
        each_row(m, put_survival_row);
    finish(m);
}

/* --- lines --- */

static void add_line_cell(making *m, const tdm__card_figure *figure)
{
    if (add_instead(m, figure))
        return;
    tdm__put_thousands(&m->text, figure->numerator);
    if (figure->percent_tenths >= 0) {
        tdm__text_puts(&m->text, " (");
        tdm__put_tenths(&m->text, figure->percent_tenths);
        tdm__text_puts(&m->text, " %)");
    }
    add_made(m);
}

static void put_wide_line_row(making *m, uint32_t period, uint32_t group)
{
    add_head_cells(m, period, group);
    for (uint32_t line = 0; line < m->measure->line_count; line++)
        add_line_cell(m, tdm__card_figure_of(m->measure, period, group, line));
}

static tdm_str line_words(making *m, uint32_t line)
{
    tdm__put_line_words(&m->text, m->measure->lines[line]);
    return settle(m);
}

static void put_long_line_rows(making *m, uint32_t period, uint32_t group)
{
    for (uint32_t line = 0; line < m->measure->line_count; line++) {
        const tdm__card_figure *figure = tdm__card_figure_of(m->measure, period, group, line);
        if (m->table->heads > 1)
            add_head_cells(m, period, group);
        add_words(m, line_words(m, line));
        if (!add_instead(m, figure)) {
            add_int(m, figure->numerator);
            if (figure->percent_tenths >= 0)
                add_tenths(m, figure->percent_tenths, " %");
        }
        add_blanks_up_to_row_end(m);
    }
}

static const char *lines_title(const making *m)
{
    return m->measure->form == TDM__MEASURED_TIMES ? "By how long it took" : "By what was recorded";
}

static void make_wide_lines(making *m)
{
    if (!begin(m, "lines", lines_title(m), rows_of(m)))
        return;
    add_heads(m);
    for (uint32_t line = 0; line < m->measure->line_count; line++)
        add_column(m, line_words(m, line), true);
    if (make_cells(m))
        each_row(m, put_wide_line_row);
    finish(m);
}

static void make_long_lines(making *m)
{
    size_t rows;
    if (!tdm__multiply_size(&rows, rows_of(m), m->measure->line_count) ||
        !begin(m, "lines", lines_title(m), rows))
        return;
    if (rows_of(m) > 1)
        add_heads(m);
    add_column(m, m->measure->form == TDM__MEASURED_TIMES ? TDM_LIT("Length") : TDM_LIT("Line"), false);
    m->table->heads = m->table->column_count;
    add_column(m, TDM_LIT("Number"), true);
    add_column(m, TDM_LIT("Percent"), true);
    if (make_cells(m))
        each_row(m, put_long_line_rows);
    finish(m);
}

static void make_lines(making *m, bool wide)
{
    if (m->measure->line_count == 0)
        return;
    if (wide && rows_of(m) > 1 && m->measure->line_count + 2 <= TDM__CARD_COLUMNS_MAX)
        make_wide_lines(m);
    else
        make_long_lines(m);
}

/* --- trend --- */

static void add_signals(making *m, uint32_t signals)
{
    for (int rule = 0; rule < TDM__RULE_COUNT; rule++)
        if (signals & (1u << rule)) {
            tdm__text_puts(&m->text, m->text.length > 0 ? "; " : "");
            tdm__text_puts(&m->text, tdm__chart_rule_words((tdm__chart_rule)rule));
        }
}

static void put_trend_row(making *m, size_t at, const char *unit)
{
    const tdm__card_point *point = &m->measure->trend.points[at];
    char from[TDM_DATE_TEXT_SIZE], to[TDM_DATE_TEXT_SIZE];
    tdm__day_iso(from, point->from);
    tdm__day_iso(to, point->to);
    tdm__text_printf(&m->text, "%s to %s", from, to);
    add_made(m);
    if (point->given && unit[0] == 'p') {
        add_int(m, point->numerator);
        add_int(m, point->denominator);
        add_tenths(m, tdm__tenths_of(point->value), " %");
    } else if (point->given && unit[0] == 'c') {
        add_int(m, tdm__tenths_of(point->value) / 10);
    } else if (point->given) {
        add_tenths(m, tdm__tenths_of(point->value), "");
    } else {
        add_words(m, TDM_LIT("not given"));
        while (m->status == TDM_OK && m->filled % m->table->column_count != m->table->column_count - 1)
            add_words(m, TDM_LIT(""));
    }
    if (point->given)
        add_signals(m, point->signals);
    const tdm__measure_break *broken =
        point->definition_breaks
            ? tdm__break_within(m->measure, at > 0 ? m->measure->trend.points[at - 1].from : point->from - 1,
                                point->to)
            : NULL;
    if (point->definition_breaks) {
        tdm__text_puts(&m->text, m->text.length > 0 ? "; definition changed: " : "definition changed: ");
        tdm__text_add(&m->text, broken ? broken->note : TDM_LIT("not comparable with what is before"));
    }
    add_made(m);
}

static void make_trend(making *m)
{
    const char *unit = tdm__trend_unit(m->measure);
    if (m->measure->trend.point_count == 0 ||
        !begin(m, "trend", unit[0] == 'b' ? "From one to the next" : "Quarter by quarter, everything",
               m->measure->trend.point_count))
        return;
    add_column(m, unit[0] == 'b' ? TDM_LIT("From, to") : TDM_LIT("Quarter"), false);
    m->table->heads = 1;
    if (unit[0] == 'p') {
        add_column(m, TDM_LIT("Number"), true);
        add_column(m, TDM_LIT("Out of"), true);
        add_column(m, TDM_LIT("Percent"), true);
    } else {
        add_column(m,
                   unit[0] == 'd'   ? TDM_LIT("Median days")
                   : unit[0] == 'b' ? TDM_LIT("Days between")
                                    : unit_heading(m),
                   true);
    }
    add_column(m, TDM_LIT("Signals and breaks"), false);
    bool ready = make_cells(m);
    for (size_t i = 0; ready && i < m->measure->trend.point_count; i++)
        put_trend_row(m, i, unit);
    finish(m);
}

/* --- peers --- */

static void put_peer_row(making *m, const tdm__card_peer *peer)
{
    tdm__put_peer_words(&m->text, peer);
    add_made(m);
    add_words(m, peer->code);
    if (peer->year != 0)
        tdm__text_int(&m->text, peer->year);
    add_made(m);
    if (tdm__card_peer_given(m->measure, peer)) {
        add_int(m, peer->numerator);
        add_int(m, peer->denominator);
        if (peer->percent_tenths >= 0) {
            add_tenths(m, peer->percent_tenths, " %");
            add_words(m, tdm__str(tdm__beyond_words(peer->beyond)));
        } else {
            add_words(m, TDM_LIT("none"));
        }
    } else {
        add_words(m, TDM_LIT("c"));
    }
    add_blanks_up_to_row_end(m);
}

static void make_peers(making *m)
{
    if (m->measure->peer_count == 0 ||
        !begin(m, "peers", "Beside other areas, each with its own chance limits", m->measure->peer_count))
        return;
    add_column(m, TDM_LIT("Area"), false);
    m->table->heads = 1;
    add_column(m, TDM_LIT("Code"), false);
    add_column(m, TDM_LIT("Year"), false);
    add_column(m, TDM_LIT("Number"), true);
    add_column(m, TDM_LIT("Out of"), true);
    add_column(m, TDM_LIT("Percent"), true);
    add_column(m, TDM_LIT("Chance limits"), false);
    bool ready = make_cells(m);
    for (size_t i = 0; ready && i < m->measure->peer_count; i++)
        put_peer_row(m, &m->measure->peers[i]);
    finish(m);
}

tdm_status tdm__card_tables_of(tdm__card_tables *out, tdm__arena *arena, const tdm_scorecard *card,
                               const tdm__card_measure *measure, bool wide)
{
    making m = {.arena = arena, .card = card, .measure = measure, .tables = out};
    *out = (tdm__card_tables){0};
    tdm__text_init(&m.text, arena->allocator);
    if (!measure->reason) {
        if (measure->form != TDM__MEASURED_SURVIVAL)
            make_figures(&m);
        make_lengths(&m);
        make_survival(&m);
        make_lines(&m, wide);
        make_trend(&m);
        make_peers(&m);
    }
    m.status = m.text.failed ? TDM_NO_MEMORY : m.status;
    tdm__text_free(&m.text);
    return m.status;
}
