/*
 * Which column is which field: first by headings whose cells bear them out, then by cells alone. One field
 * has one column, but for texts, which join.
 */
#include "ingest/map_suggest.h"

#include <string.h>

#define TEXT_BYTES 25 /* on average, and with spaces: a text */

static bool is_share(int64_t part, int64_t whole, int64_t percent)
{
    return whole > 0 && part * 100 >= whole * percent;
}

bool tdm__takes_values(tdm__field field)
{
    return field == TDM__FIELD_KIND || field == TDM__FIELD_AGENCY || field == TDM__FIELD_POLARITY ||
           field == TDM__FIELD_SIGNIFICANCE || field == TDM__FIELD_CHILD_SEEN ||
           field == TDM__FIELD_SEEN_ALONE || field == TDM__FIELD_VOICE;
}

static bool is_text(tdm__field field)
{
    return field == TDM__FIELD_TEXT || field == TDM__FIELD_ACTION || field == TDM__FIELD_OUTCOME ||
           field == TDM__FIELD_ANALYSIS;
}

/* --- what cells bear out --- */

static bool looks_like_codes(const tdm__column_look *look)
{
    return !look->many && look->dates * 2 < look->filled;
}

static bool looks_like_text(const tdm__column_look *look)
{
    return look->filled > 0 && look->bytes >= look->filled * TEXT_BYTES &&
           is_share(look->spaced, look->filled, 50);
}

static bool fits_fact(const tdm__column_look *look, const tdm__fact *fact)
{
    switch (fact->type) {
    case TDM__FACT_COUNT:
        return is_share(look->numbers, look->filled, 50);
    case TDM__FACT_DATE:
        return is_share(look->dates, look->filled, 50);
    case TDM__FACT_TIME:
        return is_share(look->times, look->filled, 50);
    case TDM__FACT_YES_NO:
        return is_share(look->answers, look->filled, 50);
    default:
        return look->longest <= 60 && look->dates * 2 < look->filled;
    }
}

typedef struct column_and_facts {
    const tdm__column_look *look;
    const tdm_vocabulary *vocabulary;
} column_and_facts;

static bool fits(const tdm__heading_word *word, const void *payload)
{
    const column_and_facts *column = payload;
    const tdm__column_look *look = column->look;
    if (word->to.length == 0 || look->filled == 0)
        return true;
    switch (word->field) {
    case TDM__FIELD_OCCURRED:
    case TDM__FIELD_ENDED:
    case TDM__FIELD_RECORDED:
        return is_share(look->dates, look->filled, 50);
    case TDM__FIELD_TIME:
        return is_share(look->times, look->filled, 50);
    case TDM__FIELD_FACT:
        return fits_fact(look, &column->vocabulary->facts[word->fact]);
    case TDM__FIELD_CHILD:
    case TDM__FIELD_HOUSEHOLD:
    case TDM__FIELD_REFERENCE:
    case TDM__FIELD_EPISODE:
    case TDM__FIELD_ROLE:
    case TDM__FIELD_SIGNIFICANCE_BY:
        return look->longest <= 100 && look->dates * 2 < look->filled;
    default:
        return is_text(word->field) ? look->dates * 2 < look->filled : looks_like_codes(look);
    }
}

/* --- by headings --- */

static tdm_status read_heading(tdm__suggested_column *column, const tdm__map_words *words,
                               const tdm_vocabulary *vocabulary, tdm__text *plain)
{
    column_and_facts of = {&column->look, vocabulary};
    tdm__text_clear(plain);
    if (tdm__plain_words(plain, column->heading) != TDM_OK)
        return TDM_NO_MEMORY;
    column->word = tdm__heading_near(&column->nearness, words, tdm__text_str(plain), fits, &of);
    if (column->word)
        return TDM_OK;
    /* What the heading says and the cells do not is told. */
    if (tdm__heading_near(&column->nearness, words, tdm__text_str(plain), NULL, NULL))
        column->reason = TDM__NOT_AS_HEADING;
    return TDM_OK;
}

static bool same_field(const tdm__suggested_column *a, const tdm__heading_word *word)
{
    return a->field == word->field && (word->field != TDM__FIELD_FACT || a->fact == word->fact);
}

static const tdm__suggested_column *holder(const tdm__suggested_table *table, const tdm__heading_word *word)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].to.length > 0 && same_field(&table->columns[i], word))
            return &table->columns[i];
    return NULL;
}

static void take(tdm__suggested_column *column, const tdm__heading_word *word, tdm__sureness sureness,
                 tdm__suggest_reason reason)
{
    column->to = word->to;
    column->field = word->field;
    column->fact = word->fact;
    column->sureness = sureness;
    column->reason = reason;
}

static bool is_free(const tdm__suggested_column *column)
{
    return column->to.length == 0 && column->reason != TDM__NO_HEADING &&
           column->reason != TDM__HEADING_TWICE && column->reason != TDM__NOT_OF_AN_EVENT;
}

/* Before another: the nearer word; of two as near the one higher in the table; then the column further left.
 */
static bool goes_before(const tdm__suggested_column *a, const tdm__suggested_column *b)
{
    if (a->nearness != b->nearness)
        return a->nearness < b->nearness;
    return a->word < b->word;
}

static tdm__suggested_column *next_by_heading(tdm__suggested_table *table)
{
    tdm__suggested_column *best = NULL;
    for (size_t i = 0; i < table->column_count; i++) {
        tdm__suggested_column *column = &table->columns[i];
        if (is_free(column) && column->word && (!best || goes_before(column, best)))
            best = column;
    }
    return best;
}

static void take_by_heading(tdm__suggested_table *table, tdm__suggested_column *column)
{
    static const tdm__suggest_reason reasons[] = {TDM__BY_HEADING, TDM__BY_CLOSE_HEADING,
                                                  TDM__BY_PART_OF_HEADING};
    const tdm__heading_word *word = column->word;
    column->word = NULL; /* its say is had */
    if (word->to.length == 0)
        column->reason = TDM__NOT_OF_AN_EVENT;
    else if (column->look.filled == 0)
        column->reason = TDM__NOT_FILLED;
    else if (holder(table, word) && !is_text(word->field) && word->field != TDM__FIELD_THEME)
        column->reason = TDM__NOT_A_SECOND;
    else
        take(column, word, column->nearness == TDM__SAME ? TDM__SURE : TDM__LIKELY,
             reasons[column->nearness]);
}

/* --- by cells alone --- */

/* How many of the distinct cells are words for the field. */
static tdm_status count_known(size_t *known, const tdm__column_look *look, const tdm__map_words *words,
                              tdm__field field, tdm__text *plain)
{
    *known = 0;
    for (size_t i = 0; i < look->value_count; i++) {
        tdm__nearness nearness;
        tdm__text_clear(plain);
        if (tdm__plain_words(plain, look->values[i].theirs) != TDM_OK)
            return TDM_NO_MEMORY;
        tdm__value_near(&nearness, words, field, tdm__text_str(plain));
        *known += nearness == TDM__SAME;
    }
    return TDM_OK;
}

/* No row is recorded before it happened, in five rows at least. */
static bool never_earlier(const tdm__column_look *later, const tdm__column_look *earlier)
{
    int rows = 0;
    for (size_t i = 0; i < TDM__SUGGEST_DAYS; i++) {
        if (later->days[i] == TDM_DAY_NONE || earlier->days[i] == TDM_DAY_NONE)
            continue;
        if (later->days[i] < earlier->days[i])
            return false;
        rows++;
    }
    return rows >= 5;
}

static const tdm__heading_word by_cells[] = {
    {{NULL, 0}, {"occurred", 8}, TDM__FIELD_OCCURRED, TDM_NO_INDEX},
    {{NULL, 0}, {"recorded", 8}, TDM__FIELD_RECORDED, TDM_NO_INDEX},
    {{NULL, 0}, {"text", 4}, TDM__FIELD_TEXT, TDM_NO_INDEX},
    {{NULL, 0}, {"agency", 6}, TDM__FIELD_AGENCY, TDM_NO_INDEX},
    {{NULL, 0}, {"kind", 4}, TDM__FIELD_KIND, TDM_NO_INDEX},
    {{NULL, 0}, {"reference", 9}, TDM__FIELD_REFERENCE, TDM_NO_INDEX},
};
enum { OCCURRED, RECORDED, TEXT, AGENCY, KIND, REFERENCE };

static void take_dates(tdm__suggested_table *table, tdm__suggested_column *column)
{
    const tdm__suggested_column *occurred = holder(table, &by_cells[OCCURRED]);
    if (!occurred)
        take(column, &by_cells[OCCURRED], TDM__DOUBTFUL, TDM__BY_DATES);
    else if (table->date_columns == 2 && !holder(table, &by_cells[RECORDED]) &&
             never_earlier(&column->look, &occurred->look))
        take(column, &by_cells[RECORDED], TDM__DOUBTFUL, TDM__BY_LATER_DATES);
    else
        column->reason = TDM__NOT_DATES;
}

static bool looks_like_numbering(const tdm__column_look *look, int64_t rows)
{
    return !look->repeats && look->longest <= 40 && look->filled >= 3 && look->filled == rows &&
           look->digits == look->filled && look->spaced == 0;
}

/* Words that are known: agencies in most cells, kinds in half of them. */
static tdm_status take_codes(tdm__suggested_table *table, tdm__suggested_column *column,
                             const tdm__map_words *words, tdm__text *plain)
{
    size_t agencies, kinds;
    const tdm__column_look *look = &column->look;
    if (count_known(&agencies, look, words, TDM__FIELD_AGENCY, plain) != TDM_OK ||
        count_known(&kinds, look, words, TDM__FIELD_KIND, plain) != TDM_OK)
        return TDM_NO_MEMORY;
    if (agencies * 5 >= look->value_count * 4 && agencies >= kinds && !holder(table, &by_cells[AGENCY]))
        take(column, &by_cells[AGENCY], TDM__DOUBTFUL, TDM__BY_AGENCIES);
    else if (kinds * 2 >= look->value_count && !holder(table, &by_cells[KIND]))
        take(column, &by_cells[KIND], TDM__DOUBTFUL, TDM__BY_KINDS);
    else if (column->reason == TDM__NOT_KNOWN)
        column->reason = is_share(look->answers, look->filled, 80) && look->numbers < look->filled
                             ? TDM__NOT_ANSWERS
                             : TDM__NOT_CODES;
    return TDM_OK;
}

static tdm_status take_by_cells(tdm__suggested_table *table, tdm__suggested_column *column,
                                const tdm__map_words *words, tdm__text *plain)
{
    const tdm__column_look *look = &column->look;
    if (look->filled == 0) {
        column->reason = TDM__NOT_FILLED;
        return TDM_OK;
    }
    if (is_share(look->dates, look->filled, 80))
        take_dates(table, column);
    else if (looks_like_text(look))
        take(column, &by_cells[TEXT], TDM__DOUBTFUL, TDM__BY_TEXT);
    else if (looks_like_numbering(look, table->rows) && !holder(table, &by_cells[REFERENCE]))
        take(column, &by_cells[REFERENCE], TDM__DOUBTFUL, TDM__BY_NUMBERING);
    else if (looks_like_codes(look))
        return take_codes(table, column, words, plain);
    return TDM_OK;
}

/* --- the whole --- */

/* With three columns of dates or more each may be an event of its own. */
static void count_date_columns(tdm__suggested_table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        table->date_columns += is_share(table->columns[i].look.dates, table->columns[i].look.filled, 80);
}

/* Of the columns of one text those behind the first join it. */
static void join_texts(tdm__suggested_table *table)
{
    uint32_t begun = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        tdm__suggested_column *column = &table->columns[i];
        if (column->to.length == 0 || !is_text(column->field))
            continue;
        column->joins = (begun >> column->field & 1) != 0;
        begun |= UINT32_C(1) << column->field;
    }
}

static tdm_status name_values(tdm__suggested_column *column, const tdm__map_words *words, tdm__text *plain)
{
    for (size_t i = 0; i < column->look.value_count && tdm__takes_values(column->field); i++) {
        tdm__suggested_value *value = &column->look.values[i];
        tdm__text_clear(plain);
        if (tdm__plain_words(plain, value->theirs) != TDM_OK)
            return TDM_NO_MEMORY;
        value->ours = tdm__value_near(&value->nearness, words, column->field, tdm__text_str(plain));
    }
    return TDM_OK;
}

static bool holds_dates(const tdm__suggested_column *column, const tdm_vocabulary *vocabulary)
{
    return column->field == TDM__FIELD_OCCURRED || column->field == TDM__FIELD_ENDED ||
           column->field == TDM__FIELD_RECORDED ||
           (column->field == TDM__FIELD_FACT && vocabulary->facts[column->fact].type == TDM__FACT_DATE);
}

static void find_order(tdm__suggested_table *table, const tdm_vocabulary *vocabulary)
{
    int64_t day_first = 0, month_first = 0, both_ways = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        const tdm__suggested_column *column = &table->columns[i];
        if (column->to.length == 0 || !holds_dates(column, vocabulary))
            continue;
        day_first += column->look.day_first;
        month_first += column->look.month_first;
        both_ways += column->look.both_ways;
    }
    table->order = day_first > 0 && month_first > 0 ? TDM__ORDER_MIXED
                   : day_first > 0                  ? TDM__ORDER_DAY_FIRST
                   : month_first > 0                ? TDM__ORDER_MONTH_FIRST
                   : both_ways > 0                  ? TDM__ORDER_OPEN
                                                    : TDM__ORDER_NOT_NEEDED;
}

static tdm_status suggest(tdm__suggested_table *table, const tdm__map_words *words,
                          const tdm_vocabulary *vocabulary, tdm__text *plain)
{
    tdm__suggested_column *column;
    tdm_status status = TDM_OK;
    count_date_columns(table);
    for (size_t i = 0; i < table->column_count && status == TDM_OK; i++)
        if (is_free(&table->columns[i]))
            status = read_heading(&table->columns[i], words, vocabulary, plain);
    while (status == TDM_OK && (column = next_by_heading(table)) != NULL)
        take_by_heading(table, column);
    for (size_t i = 0; i < table->column_count && status == TDM_OK; i++)
        if (is_free(&table->columns[i]) && table->columns[i].reason != TDM__NOT_A_SECOND)
            status = take_by_cells(table, &table->columns[i], words, plain);
    for (size_t i = 0; i < table->column_count && status == TDM_OK; i++)
        if (table->columns[i].to.length > 0)
            status = name_values(&table->columns[i], words, plain);
    join_texts(table);
    if (status == TDM_OK)
        find_order(table, vocabulary);
    return status;
}

tdm_status tdm__suggest_fields(tdm__suggested_table *table, const tdm__map_words *words,
                               const tdm_vocabulary *vocabulary)
{
    tdm__text plain;
    tdm__text_init(&plain, table->allocator);
    tdm_status status = suggest(table, words, vocabulary, &plain);
    tdm__text_free(&plain);
    return status;
}
