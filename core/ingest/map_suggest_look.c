/*
 * What the cells of a column are: dates, times, answers, numbers, codes, texts. Counting only.
 */
#include "ingest/map_suggest.h"

#include "ingest/facts.h"

#include <string.h>

#define SHORT_BYTES  60   /* a longer cell is no code */
#define DISTINCT_MAX 4096 /* distinct cells that are told apart */

void tdm__look_init(tdm__column_look *look, const tdm_allocator *allocator)
{
    *look = (tdm__column_look){.filled = 0};
    tdm__dictionary_init(&look->distinct, allocator);
    for (size_t i = 0; i < TDM__SUGGEST_DAYS; i++)
        look->days[i] = TDM_DAY_NONE;
}

void tdm__look_free(tdm__column_look *look, const tdm_allocator *allocator)
{
    tdm__dictionary_free(&look->distinct);
    tdm__free(allocator, look->values);
    look->values = NULL;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(tdm_str cell)
{
    size_t digits = 0;
    for (size_t i = 0; i < cell.length; i++)
        digits += is_digit(cell.data[i]);
    return digits;
}

static bool holds_mark(tdm_str cell)
{
    for (size_t i = 0; i < cell.length; i++)
        if (memchr("/;,&+|", cell.data[i], 6))
            return true;
    return false;
}

static bool reads_as_date(tdm_date *date, tdm_str cell, int32_t order)
{
    tdm_date_rules rules = tdm_date_rules_default();
    rules.order = order;
    return tdm_date_parse(date, NULL, cell, &rules) == TDM_OK;
}

bool tdm__cell_is_date(tdm_day *day, tdm_str cell)
{
    tdm_date date;
    *day = TDM_DAY_NONE;
    /* 1234 is a year only where a map says so; a date of words has a number too. */
    if (cell.length < 5 || cell.length > TDM_DATE_TEXT_SIZE || count_digits(cell) == 0 ||
        (count_digits(cell) == cell.length && cell.length != 8))
        return false;
    if (!reads_as_date(&date, cell, TDM_DAY_FIRST) && !reads_as_date(&date, cell, TDM_MONTH_FIRST))
        return false;
    if (date.from == date.to)
        *day = date.from;
    return true;
}

static void look_at_order(tdm__column_look *look, tdm_str cell)
{
    tdm_date day_first, month_first;
    bool one = reads_as_date(&day_first, cell, TDM_DAY_FIRST);
    bool other = reads_as_date(&month_first, cell, TDM_MONTH_FIRST);
    look->day_first += one && !other;
    look->month_first += other && !one;
    look->both_ways += one && other && (day_first.from != month_first.from || day_first.to != month_first.to);
}

static tdm_status keep_value(tdm__column_look *look, tdm__arena *arena, tdm_str cell)
{
    tdm__suggested_value *grown = tdm__grown(arena->allocator, look->values, &look->value_capacity,
                                             look->value_count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    look->values = grown;
    grown[look->value_count] = (tdm__suggested_value){
        .theirs = tdm__arena_copy(arena, cell), .ours = TDM_LIT(""), .nearness = TDM__NOWHERE_NEAR};
    return grown[look->value_count++].theirs.data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status count_distinct(tdm__column_look *look, tdm__arena *arena, tdm__text *folded, tdm_str cell)
{
    uint32_t number;
    size_t before = look->distinct.count;
    look->many |= cell.length > SHORT_BYTES;
    if (cell.length > SHORT_BYTES || before == DISTINCT_MAX)
        return TDM_OK;
    tdm__text_clear(folded);
    tdm_status status = tdm__fold(folded, cell);
    if (status == TDM_OK)
        status = tdm__dictionary_add(&number, &look->distinct, tdm__text_str(folded));
    if (status != TDM_OK)
        return TDM_NO_MEMORY;
    bool is_new = look->distinct.count > before;
    look->repeats |= !is_new;
    look->many |= look->distinct.count > TDM__SUGGEST_VALUES;
    if (is_new && number < TDM__SUGGEST_VALUES)
        status = keep_value(look, arena, cell);
    if (status == TDM_OK && number < look->value_count)
        look->values[number].rows++;
    return status;
}

tdm_status tdm__look_at_cell(tdm__column_look *look, tdm__arena *arena, tdm__text *folded, tdm_str cell,
                             int64_t row)
{
    tdm_day day;
    int32_t minute;
    size_t digits = count_digits(cell);
    look->filled++;
    look->bytes += (int64_t)cell.length;
    look->longest = cell.length > look->longest ? cell.length : look->longest;
    look->spaced += memchr(cell.data, ' ', cell.length) != NULL;
    look->parted += holds_mark(cell);
    look->digits += digits > 0;
    look->numbers += digits == cell.length;
    look->answers += tdm__yes_no_of(cell) != TDM__NOT_RECORDED;
    /* A bare number may be anything. */
    look->times += digits < cell.length && tdm__time_of(&minute, cell);
    if (tdm__cell_is_date(&day, cell)) {
        look->dates++;
        look_at_order(look, cell);
        if (row < TDM__SUGGEST_DAYS)
            look->days[row] = day;
    }
    return count_distinct(look, arena, folded, cell);
}
